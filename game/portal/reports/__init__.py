"""Reports on paper and on the screen: for families in plain words, for therapists in figures."""
