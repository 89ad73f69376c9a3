"""The colours of the heron."""

WHITE, PALE, SHADE = "#f4f1f3", "#dcdfee", "#a9b3d3"
BACK, WING, DARK, NIGHT = "#8e9cc6", "#6d7db0", "#45558a", "#1f2a4c"
RIM = "#ffe6c2"
FEATHERS = ((44, "#56679f", "#8d9bca"), (38, "#7080b5", "#a3b0d8"), (32, "#8997c6", "#b9c4e2"))
"""rows of coverts from the lowest up: length px, tone, rim"""
BILL_TOP, BILL_LOW = "#d88a4e", "#f8b66e"
LEG, LEG_FAR = "#4a4767", "#363c63"
