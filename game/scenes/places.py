"""The five places of the marsh: their pictures, and where their light lies on the water."""

from typing import NamedTuple

from engine.level import Place

Spot = tuple[float, float]


class Drift(NamedTuple):
    """A bank of mist; period_s: of its way there and back."""

    picture: str
    x: float
    y: float
    period_s: float


class Land(NamedTuple):
    """What the marsh is drawn with there.

    back, clear: the whole picture behind the reeds, and the same water when it is clear
    reeds:   left and right in front; behind them stand those whose names end with `_back`
    mist:    the less attention, the more of it
    glints:  light on the water, under sun or moon
    shafts:  of sunlight over the water, 0..1
    """

    back: str
    clear: str
    reeds: tuple[str, str]
    mist: tuple[Drift, ...]
    glints: tuple[Spot, ...]
    shafts: float


def _land(name: Place, glints: tuple[Spot, ...], shafts: float) -> Land:
    banks = ((330, 430, 47.0), (940, 452, 39.0), (640, 520, 61.0))
    return Land(
        f"{name}_back",
        f"{name}_clear",
        (f"{name}_reeds_left", f"{name}_reeds_right"),
        tuple(Drift(f"{name}_mist_{i}", *bank) for i, bank in enumerate(banks, 1)),
        glints,
        shafts,
    )


LANDS: dict[Place, Land] = {
    "shallows": _land("shallows", ((858, 402), (884, 446), (866, 492)), 1.0),
    "reedbed": _land("reedbed", ((996, 400), (1022, 440), (1004, 484)), 1.0),
    "lake": _land("lake", ((700, 404), (828, 442), (744, 488)), 0.8),
    "willow": _land("willow", ((650, 402), (682, 446), (658, 492)), 0.7),
    "night": _land("night", ((870, 402), (896, 446), (878, 492)), 0.0),
}
"""In the order of a day: dawn, morning, noon, dusk, night."""
