"""The five places of the marsh: their pictures, and where their light lies on the water."""

from typing import Literal, NamedTuple, get_args

Name = Literal["shallows", "reedbed", "lake", "willow", "night"]
NAMES: tuple[Name, ...] = get_args(Name)
"""In the order of a day: dawn, morning, noon, dusk, night."""

Spot = tuple[float, float]


class Drift(NamedTuple):
    """A bank of mist; period_s: of its way there and back."""

    picture: str
    x: float
    y: float
    period_s: float


class Place(NamedTuple):
    """What the marsh is drawn with there.

    back, clear: the whole picture behind the reeds, and the same water when it is clear
    reeds:   left and right in front; behind them stand those whose names end with `_back`
    mist:    the less attention, the more of it
    lilies:  picture, x, y
    glints:  light on the water, under sun or moon
    shafts:  of sunlight over the water, 0..1
    """

    title: str
    back: str
    clear: str
    reeds: tuple[str, str]
    mist: tuple[Drift, ...]
    lilies: tuple[tuple[str, float, float], ...]
    glints: tuple[Spot, ...]
    shafts: float


def _place(name: Name, title: str, glints: tuple[Spot, ...], shafts: float) -> Place:
    banks = ((330, 430, 47.0), (940, 452, 39.0), (640, 520, 61.0))
    return Place(
        title,
        f"{name}_back",
        f"{name}_clear",
        (f"{name}_reeds_left", f"{name}_reeds_right"),
        tuple(Drift(f"{name}_mist_{i}", *bank) for i, bank in enumerate(banks, 1)),
        (("lily_1", 958, 548), ("lily_2", 262, 522), ("lily_3", 1050, 486)),
        glints,
        shafts,
    )


PLACES: dict[Name, Place] = {
    "shallows": _place("shallows", "The shallows", ((858, 402), (884, 446), (866, 492)), 1.0),
    "reedbed": _place("reedbed", "The reedbed", ((996, 400), (1022, 440), (1004, 484)), 1.0),
    "lake": _place("lake", "The lake", ((700, 404), (828, 442), (744, 488)), 0.8),
    "willow": _place("willow", "The old willow", ((650, 402), (682, 446), (658, 492)), 0.7),
    "night": _place("night", "The night pool", ((870, 402), (896, 446), (878, 492)), 0.0),
}
