"""Models of a player's own: what sittings teach, how a model is fitted and judged, and which one plays."""
