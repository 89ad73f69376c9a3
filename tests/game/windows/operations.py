"""Every operation of the draw list, each as it may be asked for.

To paint the golden images again: python -m tests.game.windows.operations
"""

from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from game.draw import Camera, Clear, Clip, Disc, Group, Line, Op, Rect, Sprite, Text
from game.windows import Window, open_window
from tests.game.windows.made import make

GOLDEN = Path(__file__).parents[2] / "golden" / "operations.png"
WIDE, HIGH, COLUMNS = 320, 180, 6

GREY = Clear((60, 70, 80))
OPS: dict[str, Op] = {
    "sprite": Sprite("fish", 200, 200),
    "sprite between pixels": Sprite("fish", 200.5, 200.5),
    "sprite turned": Sprite("fish", 400, 300, angle=33),
    "sprite turned a little": Sprite("fish", 400, 300, angle=0.8),
    "sprite upside down": Sprite("fish", 400, 300, angle=180),
    "sprite smaller": Sprite("fish", 400, 300, scale=0.55),
    "sprite larger": Sprite("fish", 400, 300, scale=1.7),
    "sprite mirrored": Sprite("fish", 400, 300, flip=True),
    "sprite mirrored, then turned": Sprite("fish", 400, 300, angle=40, flip=True),
    "sprite faded": Sprite("fish", 400, 300, alpha=0.4),
    "sprite over all": Sprite("back", 640, 360),
    "sprite over all, faded": Sprite("back", 640, 360, alpha=0.3),
    "sprite half outside": Sprite("fish", -10, 715),
    "light": Sprite("glow", 640, 360, blend="add"),
    "light faded and larger": Sprite("glow", 640, 360, scale=3, alpha=0.37, blend="add"),
    "disc": Disc(300, 300, 40, (250, 200, 120)),
    "disc small": Disc(300.3, 300.3, 2.5, (250, 200, 120)),
    "disc very large": Disc(640, 360, 330, (250, 200, 120), 0.6),
    "rect": Rect(100.4, 100.4, 250, 130, (240, 230, 200)),
    "rect faded": Rect(100, 100, 250, 130, (240, 230, 200), 0.5),
    "rect round": Rect(100, 100, 250, 130, (240, 230, 200), 0.7, 22),
    "rect rounder than it can be": Rect(100, 100, 200, 20, (240, 230, 200), 1, 99),
    "line level": Line(100, 300, 900, 300, 3, (255, 255, 255)),
    "line upright": Line(100, 100, 100, 600, 1, (255, 255, 255)),
    "line slanted": Line(100, 100, 1100, 400, 4, (255, 255, 255)),
    "line thick and faded": Line(300, 500, 500, 200, 14.5, (255, 200, 100), 0.5),
    "text": Text("Strike the fish", 640, 360, 44, (250, 250, 240)),
    "text in Chinese": Text("等待，然后出击", 640, 360, 30, (250, 250, 240)),
    "text small, right, faded": Text("12 of 40", 1200, 40, 18, (250, 250, 240), 0.6, "right"),
    "group": Group((Disc(600, 300, 30, (255, 0, 0)), Text("group", 600, 360, 20, (0, 0, 0))), 80, -40, 1.5, 0.8),
    "clip": Clip((Disc(300, 300, 80, (250, 200, 120)), Sprite("fish", 380, 300)), 250.4, 260, 150, 60),
    "clip in a clip": Clip((Clip((Rect(0, 0, 900, 700, (255, 0, 0)),), 100, 90, 400, 300),), 300, 200, 500, 400),
    "clip over all": Clip((Clear((200, 190, 180)),), 90, 80, 300, 200),
    "clip in a group": Group((Clip((Sprite("back", 640, 360),), 500, 300, 90, 60),), 80, -40, 1.5, 0.8),
    "parallax": Camera(60, -20, 1.4).sees((Sprite("fish", 300, 300), Disc(700, 400, 30, (9, 200, 9))), 0.6),
    "clear in a group": Group((Clear((200, 190, 180)),), dx=300, alpha=0.5),
}


def sheet(window: Window) -> Image.Image:
    """Each operation over grey, a quarter as wide, beside one another in order."""
    whole = Image.new("RGB", (WIDE * COLUMNS, HIGH * -(-len(OPS) // COLUMNS)))
    for number, op in enumerate(OPS.values()):
        window.paint((GREY, op))
        small = window.screenshot().convert("RGB").resize((WIDE, HIGH), Image.Resampling.BOX)
        whole.paste(small, (number % COLUMNS * WIDE, number // COLUMNS * HIGH))
    return whole


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        GOLDEN.parent.mkdir(exist_ok=True)
        sheet(open_window("memory", "Golden", make(Path(folder)))).save(GOLDEN, optimize=True)
