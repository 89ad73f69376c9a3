"""The heron's legs: thigh, the backward joint that looks like a knee, and the long shank."""

import numpy as np
import skia
from studio.brush import ink, oval, ribbon
from studio.plumage import LEG

THIGH, SHANK = 56.0, 61.5
"""px"""


def leg(canvas: skia.Canvas, hip: tuple[float, float], foot: tuple[float, float], tone: str) -> None:
    """Thigh, the backward joint that looks like a knee, and the long shank; toes where it is lifted."""
    knee = _knee(hip, foot)
    thigh = [hip, ((hip[0] + knee[0]) / 2 + 1.5, (hip[1] + knee[1]) / 2), knee]
    low = (foot[0] + 1.5, foot[1] + 26)
    shank = [knee, ((knee[0] + foot[0]) / 2 - 0.6, (knee[1] + foot[1]) / 2), foot]
    canvas.drawPath(ribbon(thigh, (10, 6.4, 5)), ink(tone))
    canvas.drawPath(ribbon([*shank, low] if foot[1] > -2 else shank, (5.2, 4.2, 4, 4)), ink(tone))
    canvas.drawPath(oval(knee[0], knee[1], 3.5, 4.6), ink(tone))
    if foot[1] <= -2:
        for reach in ((13, 13), (4, 16), (-7, 12)):
            toe = [
                foot,
                (foot[0] + reach[0] * 0.6, foot[1] + reach[1] * 0.45),
                (foot[0] + reach[0], foot[1] + reach[1]),
            ]
            canvas.drawPath(ribbon(toe, (3.4, 2.6, 1)), ink(tone))
    if tone == LEG:
        shine = [(x + 1.4, y) for x, y in shank]
        canvas.drawPath(ribbon(shine, (0.4, 1.2, 0.9)), ink("#e3a98c", 0.85))


def _knee(hip: tuple[float, float], foot: tuple[float, float]) -> tuple[float, float]:
    """Where thigh and shank meet, behind the line from hip to foot."""
    way = np.subtract(foot, hip)
    far = min(float(np.hypot(*way)), THIGH + SHANK - 0.5)
    along_ = (THIGH**2 - SHANK**2 + far**2) / (2 * far)
    aside = float(np.sqrt(max(0.0, THIGH**2 - along_**2)))
    x, y = way / np.hypot(*way)
    return hip[0] + x * along_ - y * aside, hip[1] + y * along_ + x * aside
