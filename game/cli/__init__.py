"""The commands: words in, one call of the house, words or JSON out."""
