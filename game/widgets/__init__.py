"""What every screen is made of: words, marks, choices, and the menu that hands the focus round."""
