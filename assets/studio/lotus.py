"""A petal of the water lily that opens and closes with the breath; held by its root."""

from studio.brush import Sheet, blob, down, ink, ribbon
from studio.picture import Picture


def petals() -> list[Picture]:
    """One that stands in front, and one of those behind it."""
    return [_petal("#fffaf2", "#ffdfe0", "#f1a7b8"), _petal("#fdeef0", "#f3bcc8", "#c9809f")]


def _petal(tip: str, middle: str, root: str) -> Picture:
    sheet = Sheet(56, 104)
    canvas = sheet.canvas
    canvas.translate(28, 100)
    edge = [(0, 0), (-9, -10), (-20, -36), (-19, -62), (-9, -86), (0, -96), (9, -86), (19, -62), (20, -36), (9, -10)]
    leaf = blob(edge)
    canvas.drawPath(leaf, ink("#5b3560", 0.25, blur=2.5))
    canvas.drawPath(leaf, down(-96, 0, tip, middle, root))
    canvas.save()
    canvas.clipPath(leaf, doAntiAlias=True)
    for lean in (-11, -5, 0, 5, 11):
        vein = [(lean * 0.2, 0), (lean, -40), (lean * 0.7, -86)]
        canvas.drawPath(ribbon(vein, (1.6, 1.1, 0.3)), ink("#d98aa4", 0.32))
    canvas.drawPath(ribbon([(-13, -30), (-14, -58), (-6, -82)], (0.5, 5, 0.5)), ink("#ffffff", 0.45, blur=1.5))
    canvas.restore()
    return Picture(sheet.pixels(), (28, 100))
