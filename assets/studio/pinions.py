"""The heron's open wings: a broad arm of coverts and long dark fingers."""

import numpy as np
import skia
from studio.brush import Points, along, blob, ink, ribbon, turned

LENGTH, DEPTH = 206.0, 92.0
"""px: of a wing from the shoulder to its tip, and from its front edge to its back"""

NEAR = ("#aab6d8", "#7686b8", "#3f4e84", "#1f2a4c")
FAR = ("#8b98c4", "#5f6fa6", "#33427a", "#1a2446")
"""Front edge, coverts, their ends, flight feathers."""
RIM = "#ffe6c2"


def wing(
    canvas: skia.Canvas, shoulder: tuple[float, float], tilt: float, rise: float, spread: float, near: bool
) -> None:
    """rise: degrees above the back; spread: share of its length that is unfolded; both wings beat together."""
    front, coverts, ends, flight = NEAR if near else FAR
    place = _Place(shoulder, tilt, rise if near else rise - 9, spread)
    for share in np.linspace(0.1, 1.0, 13)[::-1]:  # flight feathers from the tip inwards, each over the next
        root, tip = place.at(0.92 * share, 0.16), place.at(*_finger(float(share)))
        middle = (root + tip) / 2 + (place.at(0, 0.07) - place.at(0, 0)) * (1 - share)
        width = 21.0 * (0.45 + 0.55 * spread)
        canvas.drawPath(
            ribbon([root, middle, tip], (width * 0.7, width, width * 0.85, 2)), along(root, tip, ends, flight)
        )
    arm = blob(place.all([(0, -0.02), (0.3, -0.13), (0.62, -0.08), (0.93, 0.1), (0.7, 0.3), (0.4, 0.46), (0.1, 0.5)]))
    canvas.drawPath(arm, along(place.at(0.3, -0.1), place.at(0.3, 0.5), front, coverts, ends))
    canvas.save()
    canvas.clipPath(arm, doAntiAlias=True)
    for row, deep in enumerate((0.3, 0.16)):
        for share in np.linspace(0.06, 0.84, 9):
            start, end = place.at(float(share), deep - 0.12), place.at(float(share) - 0.03, deep + 0.15)
            canvas.drawPath(ribbon([start, end], (12, 10 - 2 * row)), ink(front, 0.32))
    canvas.restore()
    edge = place.all([(0.02, -0.02), (0.3, -0.13), (0.62, -0.08), (0.93, 0.1)])
    canvas.drawPath(ribbon(edge, (0.5, 3, 2.4, 0.6)), ink(RIM, 0.8 if near else 0.4))


def _finger(share: float) -> tuple[float, float]:
    """Tip of the feather that springs there: the outermost point outwards, the inner ones back."""
    return 0.92 * share + 0.16 * share**3, 0.92 - 0.55 * share**4 - 0.06 * (1 - share)


class _Place:
    """Carries points of a flat wing to the picture; u outwards and v backwards, in shares of LENGTH and DEPTH."""

    def __init__(self, shoulder: tuple[float, float], tilt: float, rise: float, spread: float) -> None:
        self._shoulder = np.asarray(shoulder)
        out = turned([(LENGTH * spread, 0)], -180 + rise + tilt)[0]  # 0 lies along the back, 90 stands up
        back = turned([(-DEPTH, 0.18 * DEPTH)], tilt + 0.3 * (rise - 60))[0]
        self._basis = np.vstack([out, back])

    def at(self, u: float, v: float) -> Points:
        return np.asarray(self._shoulder + np.array([u, v]) @ self._basis)

    def all(self, points: list[tuple[float, float]]) -> Points:
        return np.asarray(self._shoulder + np.array(points) @ self._basis)
