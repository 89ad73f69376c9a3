"""Twenty moods: five places at four times of day, each told by a few colours from which all others follow."""

from typing import NamedTuple

from studio.brush import rgb
from studio.plants import Tones
from studio.pool import Bottom

BLACK, WHITE = "#040a1c", "#ffffff"


class Hour(NamedTuple):
    """What a time of day brings with it, wherever one is.

    luminance: mean and relative, of the picture in play
    y, radius: of sun or moon, px
    disc:      rim, top and foot of it
    glow:      near it, between, far off; strength: of that glow, 0..1
    light:     what lies on every edge that looks to it
    net:       what the net of light in clear water adds of red, green, blue
    low:       whether it stands so low that clouds are lit from below; moon: whether it is the moon
    """

    luminance: float
    y: float
    radius: float
    disc: tuple[str, str, str]
    glow: tuple[str, str, str]
    strength: float
    light: str
    net: tuple[float, float, float]
    low: bool = True
    moon: bool = False


HOURS = {
    "dawn": Hour(
        luminance=0.22,
        y=268,
        radius=40,
        disc=("#ffe8c0", "#fff3d8", "#ffe2b4"),
        glow=("#ffdca6", "#ffd0a0", "#ffc9a0"),
        strength=1.0,
        light="#ffd9b0",
        net=(0.16, 0.17, 0.15),
    ),
    "noon": Hour(
        luminance=0.28,
        y=-60,
        radius=40,
        disc=("#fffbe8", "#ffffff", "#fff8dc"),
        glow=("#fffbe6", "#fbf8e4", "#e2f0f4"),
        strength=1.5,
        light="#f4f2c0",
        net=(0.2, 0.21, 0.16),
        low=False,
    ),
    "dusk": Hour(
        luminance=0.21,
        y=330,
        radius=54,
        disc=("#ffd890", "#fff0bc", "#ffbe62"),
        glow=("#ffcf7a", "#ffb45e", "#ff9a58"),
        strength=1.1,
        light="#ffb274",
        net=(0.22, 0.15, 0.11),
    ),
    "night": Hour(
        luminance=0.17,
        y=164,
        radius=46,
        disc=("#f4f7ff", "#fbfcff", "#e2eafa"),
        glow=("#e4eeff", "#c6d9f6", "#a9c4ea"),
        strength=1.05,
        light="#b4cdf0",
        net=(0.15, 0.17, 0.2),
        moon=True,
    ),
}


class Mood(NamedTuple):
    """sky: from the zenith down; land: where it is nearest and darkest; water: half-way and at our feet

    pool: clear water over its bottom; leaf: of reeds
    """

    sky: tuple[str, ...]
    land: str
    water: tuple[str, str]
    pool: str
    leaf: str

    @property
    def haze(self) -> str:
        return self.sky[-1]

    def away(self, near: float) -> str:
        """Land seen through air; near: 0 dissolved in the sky, 1 as it is."""
        return mix(self.sky[3], self.land, near)


def mix(one: str, other: str, share: float) -> str:
    levels = rgb(one) * (1 - share) + rgb(other) * share
    return "#" + bytes(round(float(level) * 255) for level in levels).hex()


MOODS = {
    ("shallows", "dawn"): Mood(
        ("#34427a", "#4a5a94", "#7679ae", "#a992bb", "#d7aab3", "#eec2a6", "#f5d2aa"),
        "#2a3d69",
        ("#5a6da0", "#263c6c"),
        "#30688a",
        "#2c4a80",
    ),
    ("shallows", "noon"): Mood(
        ("#2a7fc4", "#3f97d4", "#62b0e0", "#8ac8e8", "#aedcea", "#cdeae6"),
        "#2f7a6a",
        ("#38a4b8", "#1c7894"),
        "#36aec0",
        "#58a856",
    ),
    ("shallows", "dusk"): Mood(
        ("#4b4a86", "#7a5f96", "#b2788f", "#e09a84", "#f5bd84", "#fbd695"),
        "#4a3c66",
        ("#8a6f96", "#403f72"),
        "#5f6292",
        "#6a4c70",
    ),
    ("shallows", "night"): Mood(
        ("#232b68", "#33407f", "#4d5c9a", "#7280b4", "#9aa4c8", "#b6bdd4"),
        "#232f60",
        ("#46568f", "#222e62"),
        "#3c5c9a",
        "#3a4a86",
    ),
    ("reedbed", "dawn"): Mood(
        ("#3a7096", "#4f86a2", "#6fa3a8", "#9cc0a4", "#d3d494", "#f6dc90"),
        "#2f5f5c",
        ("#4f8288", "#1f4a60"),
        "#3a7478",
        "#3a7454",
    ),
    ("reedbed", "noon"): Mood(
        ("#2b84bc", "#4a9fcb", "#77bbd2", "#a4d2cc", "#c6e2bc", "#e0ecb4"),
        "#447f58",
        ("#5fa88e", "#2a7480"),
        "#4cae9c",
        "#74a658",
    ),
    ("reedbed", "dusk"): Mood(
        ("#4a5482", "#6f6a8c", "#a08488", "#cfa074", "#eec06c", "#fbda86"),
        "#4a4650",
        ("#9a7f74", "#3c4462"),
        "#5f6e74",
        "#6e663c",
    ),
    ("reedbed", "night"): Mood(
        ("#123a5e", "#1f5274", "#3a7288", "#5e949c", "#86b2ae", "#a8c8ba"),
        "#143f4c",
        ("#346c7c", "#153f56"),
        "#2f7080",
        "#2c6862",
    ),
    ("lake", "dawn"): Mood(
        ("#3a5f9c", "#5d80b6", "#8ea2c8", "#c0b4cc", "#e6c2c2", "#f6d4be"),
        "#33507c",
        ("#6a8cb4", "#274f82"),
        "#4a82ac",
        "#3a6384",
    ),
    ("lake", "noon"): Mood(
        ("#1f62b4", "#3480c8", "#5a9fd8", "#88bfe4", "#b2d8ea", "#d2e8ea"),
        "#1f6a70",
        ("#2b8fb8", "#155a92"),
        "#2a98b8",
        "#469a68",
    ),
    ("lake", "dusk"): Mood(
        ("#3d3f7e", "#5f549a", "#9468a4", "#cd829a", "#f2a590", "#fccb98"),
        "#443c6e",
        ("#7a659c", "#353e78"),
        "#5a6098",
        "#56497c",
    ),
    ("lake", "night"): Mood(
        ("#14295e", "#20427c", "#38649c", "#5c8ab4", "#88adc8", "#aecada"),
        "#1b3a66",
        ("#36659a", "#173662"),
        "#33699c",
        "#2c5884",
    ),
    ("willow", "dawn"): Mood(
        ("#5a5f94", "#7f7cab", "#a99ab8", "#cfb6ba", "#ebccb4", "#f8e0ba"),
        "#465474",
        ("#8484a4", "#3d4a72"),
        "#5f7494",
        "#566e78",
    ),
    ("willow", "noon"): Mood(
        ("#3a8ac8", "#60a8d4", "#90c6d8", "#b8dcd0", "#d6e8cc", "#ecf0d4"),
        "#467c56",
        ("#66ac90", "#2c7084"),
        "#4aa69a",
        "#70a45c",
    ),
    ("willow", "dusk"): Mood(
        ("#3f3a78", "#664a84", "#a05a80", "#d47874", "#f0a066", "#fac472", "#fddc8c"),
        "#2f2650",
        ("#86608f", "#3e3e72"),
        "#4f4f82",
        "#4a3060",
    ),
    ("willow", "night"): Mood(
        ("#231f5c", "#362f74", "#54498e", "#7a6ea8", "#a197c0", "#c0b8d0"),
        "#2a2556",
        ("#54508c", "#262558"),
        "#4f5090",
        "#433c7c",
    ),
    ("night", "dawn"): Mood(
        ("#1f4a7c", "#386a96", "#6590ac", "#9cb2ba", "#d2c4b8", "#f0d2b0"),
        "#24496c",
        ("#5a86a2", "#1f4a70"),
        "#3f7896",
        "#33607c",
    ),
    ("night", "noon"): Mood(
        ("#2478ac", "#4498bc", "#72b6c4", "#a0d0c4", "#c4e2c4", "#dcecc8"),
        "#1f6a58",
        ("#38a094", "#156478"),
        "#2f9c98",
        "#419468",
    ),
    ("night", "dusk"): Mood(
        ("#2c3a7c", "#4f4c92", "#8560a2", "#c07ca2", "#e8a09c", "#f8c6a0"),
        "#33346a",
        ("#6a5f98", "#2c3670"),
        "#4c5c98",
        "#4a467c",
    ),
    ("night", "night"): Mood(
        ("#1d3272", "#284786", "#3c639f", "#5b86b8", "#86abcb", "#a9c6d6"),
        "#152b56",
        ("#3b6296", "#1c3868"),
        "#396b9e",
        "#24427a",
    ),
}


_STONES = ("#7d8a94", "#8a8f92", "#9a9a98", "#6f7f8c", "#a59c94")


def bottom(mood: Mood, hour: Hour) -> Bottom:
    """The pool's: sand, stones and weed, all seen through its water."""
    deep = mood.water[1]
    seen = [mix(mood.pool, stone, 0.36) for stone in _STONES]
    return Bottom(
        bed=(
            mix(mood.pool, mood.haze, 0.34),
            mix(mood.pool, mood.haze, 0.14),
            mood.pool,
            mix(mood.pool, deep, 0.5),
            deep,
        ),
        stones=tuple((tone, mix(tone, hour.light, 0.42)) for tone in seen),
        foot=(mix(mood.pool, deep, 0.55), mix(deep, BLACK, 0.4)),
        sand=(mix(mood.pool, mood.haze, 0.6), mix(mood.pool, deep, 0.7)),
        weed=(mix(mood.pool, "#3a8a5c", 0.3), mix(mood.pool, "#58a05c", 0.36), mix(deep, "#2f7a5c", 0.36)),
        net=hour.net,
    )


def mists(mood: Mood, hour: Hour) -> tuple[str, str]:
    """Above and below."""
    return mix(mood.sky[-3], hour.light, 0.4), mix(mood.sky[3], mood.water[0], 0.3)


def reeds_near(mood: Mood, hour: Hour) -> Tones:
    low = mix(mood.land, BLACK, 0.5)
    return _reeds((low, mix(low, mood.leaf, 0.34), mix(low, mood.leaf, 0.76)), hour)


def reeds_far(mood: Mood, hour: Hour) -> Tones:
    middle = mood.water[0]
    return _reeds((mix(mood.land, middle, 0.2), mix(mood.leaf, middle, 0.25), mix(mood.leaf, middle, 0.5)), hour)


def _reeds(stalks: tuple[str, str, str], hour: Hour) -> Tones:
    high = stalks[2]
    return Tones(
        stalks,
        cattail=mix(high, "#7a4a34", 0.45),
        plume=mix(high, hour.light, 0.28),
        rim=mix(hour.light, high, 0.14),
        lit=mix(hour.light, "#d08a60", 0.3),
        seed=hour.light,
    )
