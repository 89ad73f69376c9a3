"""The five places of the marsh, each with its hour: shallows at dawn, reedbed, lake, willow, night pool."""

from typing import NamedTuple

import skia
from studio import shores, skies
from studio.brush import Chance
from studio.marsh import Country, Path
from studio.plants import Tones
from studio.pool import Bottom


def _dawn_sky(canvas: skia.Canvas, chance: Chance) -> None:
    skies.gradient(canvas, "#34427a", "#4a5a94", "#7679ae", "#a992bb", "#d7aab3", "#eec2a6", "#f5d2aa")
    skies.stars(canvas, chance, 34, 130, 0.55)
    glow = ((520, 0.34, 0.119), (300, 0.32, 0.112), (170, 0.42, 0.147))
    skies.shine(canvas, 872, 268, ("#ffdca6", "#ffd0a0", "#ffc9a0"), glow)
    banks = (
        *((150, 92, 300), (1040, 60, 420), (560, 118, 260), (1200, 138, 300), (60, 190, 300), (420, 214, 300)),
        *((1090, 204, 300), (690, 176, 230), (230, 252, 200), (640, 250, 210), (1230, 246, 160)),
    )
    skies.lenses(canvas, chance, banks, 872, ("#ffdbb0", "#efbfbb", "#8f83b2"))
    skies.disc(canvas, 872, 268, 40, "#ffe8c0", "#fff3d8", "#ffe2b4")
    skies.birds(canvas, "#3d4b80")


_ROLLING = (
    (250, 230, 62, 13, 316, 364),
    (640, 330, 42, 11, 330, 324),
    (1120, 260, 56, 9, 340, 344),
    (120, 260, 34, 6, 352, 364),
)


def _dawn_shore(canvas: skia.Canvas, chance: Chance) -> None:
    tones = (("#a597bb", "#dcb3b4"), ("#8585b2", "#c3a4b6"), ("#6a74a6", "#a697b7"), ("#54659a", "#8a8ab2"))
    shores.hills(canvas, chance, _ROLLING, tones)
    belts = (
        13 * shores.rolling(0.75, 0.25),
        30 * shores.thinning((0.55, 0.2), (0.74, 0.98)),
        54 * shores.thinning((0.3, 0.02), (0.88, 1.0)),
    )
    woods = (("#4c5d90", "#7d82ad"), ("#3b4f80", "#62719f"), ("#2a3d69", "#465a8a"))
    shores.woods(canvas, chance, belts, woods, mist="#e6c3c0", firs=0.16)


def _morning_sky(canvas: skia.Canvas, chance: Chance) -> None:
    skies.gradient(canvas, "#3a7096", "#4f86a2", "#6fa3a8", "#9cc0a4", "#d3d494", "#f6dc90")
    glow = ((560, 0.4, 0.16), (320, 0.42, 0.17), (170, 0.52, 0.22))
    skies.shine(canvas, 1010, 226, ("#ffe8a0", "#ffdf8c", "#ffd98a"), glow)
    banks = ((230, 96, 330), (760, 72, 360), (1130, 110, 260), (80, 190, 260), (560, 170, 280), (1180, 228, 240))
    skies.lenses(canvas, chance, banks, 1010, ("#fff0bc", "#e8e6bc", "#7fa8a4"), 0.9)
    skies.disc(canvas, 1010, 226, 40, "#ffe9a4", "#fff8d8", "#ffe694")
    skies.birds(canvas, "#38607a", 160, 20)


def _morning_shore(canvas: skia.Canvas, chance: Chance) -> None:
    hills = ((330, 300, 46, 9, 312, 350), (900, 340, 40, 8, 318, 350))
    shores.hills(canvas, chance, hills, (("#9dbfb0", "#d6dcb4"), ("#83ac9f", "#c5d2ad")))
    stands = (
        (352.0, 46.0, 7.0, ("#8fb08f", "#cdd6a8")),
        (362.0, 58.0, 11.0, ("#6d9678", "#aac292")),
        (372.0, 50.0, 15.0, ("#4d7a66", "#86a67c")),
    )
    shores.reedland(canvas, chance, stands)
    belts = (40 * shores.thinning((0.2, 0.0), (0.86, 1.0)),)
    shores.woods(canvas, chance, belts, (("#2f5f5c", "#5f8a70"),), mist="#e9ecc8", firs=0.0)


def _noon_sky(canvas: skia.Canvas, chance: Chance) -> None:
    skies.gradient(canvas, "#2c63a3", "#3d7bb6", "#5c98c8", "#84b5d6", "#aed0df", "#cfe2e2")
    banks = ((1085, 236, 170), (820, 268, 110), (210, 214, 150), (36, 262, 120), (620, 292, 84), (1236, 284, 110))
    skies.heaps(canvas, chance, banks, "#fbf8f0", "#d3e0ec", "#8fb2d4")
    thin = ((520, 84, 320), (980, 60, 360), (240, 60, 240))
    skies.lenses(canvas, chance, thin, 640, ("#f4f8f8", "#e4eef4", "#7fa8d0"), 0.8)


def _noon_shore(canvas: skia.Canvas, chance: Chance) -> None:
    ranges = ((760, 300, 118, 12, 366, 372), (330, 260, 66, 9, 368, 372), (1190, 280, 60, 8, 368, 372))
    tones = (("#5a86b6", "#a3c3d8"), ("#4a7aa6", "#86afc4"), ("#437298", "#7aa6bb"))
    shores.mountains(canvas, chance, ranges, tones, "#eef3f6")
    belts = (
        16 * shores.rolling(0.8, 0.2),
        36 * shores.thinning((0.46, 0.1), (0.7, 0.95)),
        58 * shores.thinning((0.26, 0.02), (0.86, 1.0)),
    )
    woods = (("#4f8aa0", "#86b2bb"), ("#357382", "#639aa0"), ("#235a68", "#437d84"))
    shores.woods(canvas, chance, belts, woods, mist="#d8e8e6", firs=0.62)


def _dusk_sky(canvas: skia.Canvas, chance: Chance) -> None:
    skies.gradient(canvas, "#3f3a78", "#664a84", "#a05a80", "#d47874", "#f0a066", "#fac472", "#fddc8c")
    skies.stars(canvas, chance, 40, 120, 0.6)
    glow = ((560, 0.36, 0.14), (320, 0.36, 0.14), (180, 0.46, 0.18))
    skies.shine(canvas, 664, 332, ("#ffcf7a", "#ffb45e", "#ff9a58"), glow)
    banks = (
        *((180, 100, 320), (980, 84, 380), (600, 132, 300), (1150, 168, 280), (330, 182, 280), (760, 210, 320)),
        *((520, 244, 240), (980, 258, 220), (240, 262, 180)),
    )
    skies.lenses(canvas, chance, banks, 664, ("#ffc076", "#e98d84", "#6c3f72"), 1.15)
    skies.disc(canvas, 664, 332, 54, "#ffd890", "#fff0bc", "#ffbe62")
    skies.birds(canvas, "#4a2c58", 430, -26)


def _dusk_shore(canvas: skia.Canvas, chance: Chance) -> None:
    ranges = ((980, 320, 56, 10, 350, 368), (240, 300, 50, 9, 354, 366))
    shores.hills(canvas, chance, ranges, (("#93506f", "#d98a70"), ("#74426a", "#b66a6c")))
    belts = (12 * shores.rolling(0.75, 0.25), 24 * shores.thinning((0.5, 0.1), (0.6, 0.95)))
    shores.woods(canvas, chance, belts, (("#5f3a66", "#a3606c"), ("#472f5a", "#7a4a68")), mist="#f0a878", firs=0.05)
    leaves = ("#5a3a66", "#432e5c", "#2f2650", "#d9846a")
    shores.bank(canvas, chance, 1110, 230, "#2f2650", "#433059")
    shores.bank(canvas, chance, 80, 190, "#2f2650", "#433059")
    shores.willow(canvas, chance, 1124, 366, 158, leaves)
    shores.willow(canvas, chance, 92, 368, 110, leaves)


def _night_sky(canvas: skia.Canvas, chance: Chance) -> None:
    skies.gradient(canvas, "#1d3272", "#284786", "#3c639f", "#5b86b8", "#86abcb", "#a9c6d6")
    skies.river(canvas, chance, "#b9cdf0")
    skies.stars(canvas, chance, 150, 250, 0.95, 1.7)
    glow = ((560, 0.34, 0.14), (300, 0.36, 0.15), (150, 0.5, 0.24))
    skies.shine(canvas, 884, 178, ("#e4eeff", "#c6d9f6", "#a9c4ea"), glow)
    banks = ((1000, 236, 300), (740, 262, 260), (250, 262, 240), (1180, 150, 240), (560, 300, 200))
    skies.lenses(canvas, chance, banks, 884, ("#dfe9f8", "#9db9dc", "#41619a"), 0.8)
    skies.disc(canvas, 884, 178, 50, "#f4f7ff", "#fbfcff", "#e2eafa")
    skies.seas(canvas, 884, 178, 50, "#a9b9d8")


def _night_shore(canvas: skia.Canvas, chance: Chance) -> None:
    tones = (("#6e93bd", "#a3c0d4"), ("#567cae", "#8aabc8"), ("#42659a", "#7597bb"), ("#335488", "#5f82ac"))
    shores.hills(canvas, chance, _ROLLING, tones)
    belts = (
        13 * shores.rolling(0.75, 0.25),
        34 * shores.thinning((0.5, 0.16), (0.72, 0.96)),
        66 * shores.thinning((0.3, 0.02), (0.86, 1.0)),
    )
    woods = (("#345583", "#5f83ab"), ("#243f70", "#446795"), ("#152b56", "#2c4b7b"))
    shores.woods(canvas, chance, belts, woods, mist="#b9d0e4", firs=0.45)


_SHALLOWS = Country(
    _dawn_sky,
    _dawn_shore,
    water=("#c9abb6", "#8d8bb4", "#5a6da0", "#375084", "#263c6c"),
    mirror=(0.86, 0.36),
    path=Path(872, "#ffe9c6", "#ffd9b2"),
    mist="#f0cfc4",
    edge="#fbe0cb",
    glints=("#f3d3cc", "#1d2f5c"),
    frame=("#14234c", "#2a2459", "#1b2858"),
    depth=1.09,
)
_REEDBED = Country(
    _morning_sky,
    _morning_shore,
    water=("#c2cfac", "#86aa9c", "#4f8288", "#2f6274", "#1f4a60"),
    mirror=(0.84, 0.34),
    path=Path(1010, "#fff3cc", "#fff0c0", 0.9, 40),
    mist="#eef0cf",
    edge="#fbf5d6",
    glints=("#eef2d0", "#1b4a58"),
    frame=("#12394e", "#1f4f58", "#20506e"),
    depth=1.55,
)
_LAKE = Country(
    _noon_sky,
    _noon_shore,
    water=("#a3cbd2", "#5ea5b8", "#33849f", "#1f6488", "#17496f"),
    mirror=(0.72, 0.2),
    path=Path(760, "#f4fbf6", "#dff2f0", 0.55, 120),
    mist="#dcebe8",
    edge="#f0f8f4",
    glints=("#dff2ee", "#154a6e"),
    frame=("#0f3a62", "#1d4c7c", "#1d4a86"),
    depth=1.52,
)
_WILLOW = Country(
    _dusk_sky,
    _dusk_shore,
    water=("#f0b080", "#c98088", "#86608f", "#5a5086", "#3e3e72"),
    mirror=(0.88, 0.4),
    path=Path(664, "#ffdf9c", "#ffb870", 1.0, 34),
    mist="#f7b98a",
    edge="#ffd89c",
    glints=("#f7b998", "#2b2252"),
    frame=("#1d1a44", "#2a1f4e", "#241d4e"),
    depth=0.81,
)
_NIGHT = Country(
    _night_sky,
    _night_shore,
    water=("#94b6cf", "#5f88b2", "#3b6296", "#274a80", "#1c3868"),
    mirror=(0.84, 0.36),
    path=Path(884, "#f2f6ff", "#cfe0fa", 1.0, 34),
    mist="#c6d9ea",
    edge="#e6f0fa",
    glints=("#d3e2f4", "#152c5c"),
    frame=("#10234e", "#14265a", "#121f52"),
    depth=0.93,
)


class Place(NamedTuple):
    """Everything of a place that is painted.

    mist:  its upper and its lower colour
    far, near: of the reeds behind and in front
    thick: share of the plants of a full stand
    seeds: of the four stands of reeds
    """

    country: Country
    bottom: Bottom
    mist: tuple[str, str]
    far: Tones
    near: Tones
    thick: float
    seeds: tuple[int, int, int, int]


_BLUE_STONES = (
    ("#5a7d96", "#8fa9b2"),
    ("#4c6f8c", "#7f9cab"),
    ("#67809a", "#a5b1b6"),
    ("#416585", "#6f8fa4"),
    ("#757f97", "#b5b0b3"),
)

PLACES = {
    "shallows": Place(
        _SHALLOWS,
        Bottom(
            ("#6791ac", "#477f9b", "#30688a", "#245379", "#1c4067"),
            _BLUE_STONES,
            ("#2d5573", "#12334f"),
            ("#a9c4bd", "#1d4a6b"),
            ("#2b6a77", "#37797c", "#245a72"),
            (0.15, 0.18, 0.17),
        ),
        ("#cfb3c4", "#a79cc4"),
        Tones(("#273f70", "#33507f", "#43638f"), "#665a84", "#6f6692", "#c98f8f", "#e0a28f", "#d3a09a"),
        Tones(("#101d3c", "#182a50", "#21386a"), "#5b4660", "#5f4d6e", "#c98f8f", "#e0a28f", "#d3a09a"),
        1.0,
        (10, 9, 8, 7),
    ),
    "reedbed": Place(
        _REEDBED,
        Bottom(
            ("#7fa89a", "#5a9088", "#3a7478", "#2a5e68", "#1f4a58"),
            (("#6d8a80", "#a8b89c"), ("#5c7c78", "#95aa94"), ("#7c9080", "#bcc0a0"), ("#557872", "#88a090")),
            ("#345f62", "#153c46"),
            ("#c4cfa4", "#265a60"),
            ("#4a8a5c", "#5c9a62", "#37775c"),
            (0.2, 0.19, 0.12),
        ),
        ("#dfe3c4", "#a9c4b4"),
        Tones(("#2f6660", "#447c68", "#5f9272"), "#7a6a4c", "#8f8458", "#e4d894", "#e0c080", "#e6d6a0"),
        Tones(("#123a40", "#1c5048", "#2f6a50"), "#5c4630", "#74683c", "#d8d084", "#d8b070", "#e0d094"),
        1.15,
        (20, 19, 18, 27),
    ),
    "lake": Place(
        _LAKE,
        Bottom(
            ("#74b8c2", "#4aa0b2", "#2f86a2", "#226e92", "#1a567e"),
            (("#6a98a6", "#b4cbc8"), ("#5a8a9e", "#9cbcc2"), ("#8aa4a4", "#d0d6c8"), ("#4f8098", "#88acb8")),
            ("#2c6a88", "#124664"),
            ("#cfe0c8", "#1f6484"),
            ("#2f8a7c", "#44987f", "#237274"),
            (0.2, 0.22, 0.18),
        ),
        ("#d6e6e8", "#9cc2d4"),
        Tones(("#1f5a74", "#2f7080", "#4a8a8c"), "#6a6458", "#7c8468", "#bcd8b0", "#d0b890", "#d4d8b0"),
        Tones(("#0f3350", "#17485e", "#28646a"), "#584a44", "#64684c", "#b0d0a4", "#c8a880", "#ccd0a0"),
        0.72,
        (30, 29, 38, 27),
    ),
    "willow": Place(
        _WILLOW,
        Bottom(
            ("#8a6f90", "#6a5f8c", "#4f4f82", "#3e4274", "#2f3562"),
            (("#7a6a8c", "#b89aa4"), ("#685f86", "#a488a0"), ("#86708c", "#cca8a4"), ("#5c567e", "#947c98")),
            ("#43406e", "#22234e"),
            ("#d8a894", "#37386a"),
            ("#4c5c7c", "#5a6a80", "#40507a"),
            (0.24, 0.15, 0.1),
        ),
        ("#e0a898", "#a880a4"),
        Tones(("#3f2f60", "#543a6a", "#6c4872"), "#7c4a60", "#8c5c6c", "#e89a70", "#f0a870", "#eeb080"),
        Tones(("#1c1638", "#291d48", "#3b2856"), "#62384c", "#704a54", "#e08c64", "#ec9c64", "#e8a474"),
        0.9,
        (40, 39, 48, 37),
    ),
    "night": Place(
        _NIGHT,
        Bottom(
            ("#6f9cc0", "#5084b0", "#396b9e", "#2c578c", "#224676"),
            (("#567ca6", "#9ab4d0"), ("#486e9c", "#88a6c6"), ("#6886ae", "#b0c6dc"), ("#406496", "#7898be")),
            ("#2b5286", "#12305e"),
            ("#a9c6dc", "#1f4880"),
            ("#2f6a90", "#3c7896", "#285c88"),
            (0.16, 0.18, 0.2),
        ),
        ("#b9cde4", "#8aa6d0"),
        Tones(("#1f3a70", "#2b4b82", "#3c6096"), "#3f4f80", "#4c6494", "#a9c4ea", "#a0b8e0", "#b0c8ea"),
        Tones(("#0b1838", "#12244c", "#1c3464"), "#2c3560", "#34487a", "#90b0e0", "#8ca8d8", "#9cb8e4"),
        0.9,
        (50, 49, 48, 57),
    ),
}
