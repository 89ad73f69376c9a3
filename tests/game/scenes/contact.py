"""Contact sheets of every screen, for docs/screens.

To make them: python -m tests.game.scenes.contact docs/screens
"""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import product
from math import ceil
from pathlib import Path
from typing import Any, NamedTuple

from PIL import Image, ImageDraw

import assets
from engine.ports import Inputs
from game.draw import DrawList
from game.loop import drawn
from game.manner import PALETTES, Language, Manner, Palette, worn
from game.scenes.scene import Scene
from game.type import face
from game.windows import Window, open_window
from game.windows.pygame_window import MemoryWindow
from tests.game.scenes.home.pages import pages
from tests.game.scenes.moments import moments

WIDE, HIGH, COLUMNS = 400, 225, 4
LABEL = 18
QUALITY = 62
SIZES = ((1280, 720), (1920, 1080))

SITTING = (
    *("questions", "ask_first", "start", "start_path", "fit_muse", "fit_cap", "fit_marks", "fit_fitting"),
    *("fit_lost", "fit_bare", "gaze_greet", "gaze_rest", "gaze_poor", "rest", "warmup", "ready"),
    *("play_fish", "catch", "play_frog", "murky", "clear", "distracted", "resting", "asleep"),
    *("cue_resting", "pause", "pause_lost", "unwell", "unwell_rest", "break", "break_path", "results"),
    *("results_parts", "left", "checkin", "checkin_tired", "checkin_eyes", "garden", "garden_grown", "play_marks"),
)

Paint = Callable[[DrawList], Image.Image]


class Look(NamedTuple):
    """How one sheet is painted."""

    painter: str
    language: Language
    palette: Palette
    size: tuple[int, int]

    @property
    def name(self) -> str:
        return f"{self.painter}-{self.language}-{self.palette}-{self.size[0]}"


def looks(painter: str) -> Iterator[Look]:
    """Each language in each palette, by turns in the one size and the other."""
    languages: tuple[Language, ...] = ("en", "zh_CN")
    for number, (language, palette) in enumerate(product(languages, PALETTES)):
        yield Look(painter, language, palette, SIZES[(number + number // 3 + (painter == "arcade")) % 2])


def pygame_paints(size: tuple[int, int]) -> Paint:
    window = MemoryWindow(assets.picture, *size)

    def paint(ops: DrawList) -> Image.Image:
        window.paint(ops)
        return window.screenshot()

    return paint


def arcade_paints(window: Any, size: tuple[int, int]) -> Paint:
    """A window without a display has one size, but what is painted for it may have any."""

    def paint(ops: DrawList) -> Image.Image:
        return Image.frombytes("RGB", size, window._painter.paint(ops, *size).read(components=3))

    return paint


def arcade_window() -> Window:
    os.environ["ARCADE_HEADLESS"] = "1"
    window = open_window("arcade", "Heron", assets.picture)
    assert window.note is None, window.note
    return window


def sheet(shown: Iterable[tuple[str, Image.Image]]) -> Image.Image:
    """Small pictures in rows, each over its name."""
    small = [(name, one.convert("RGB").resize((WIDE, HIGH), Image.Resampling.LANCZOS)) for name, one in shown]
    whole = Image.new("RGB", (WIDE * COLUMNS, (HIGH + LABEL) * ceil(len(small) / COLUMNS)), (16, 22, 38))
    pen = ImageDraw.Draw(whole)
    for number, (name, one) in enumerate(small):
        x, y = WIDE * (number % COLUMNS), (HIGH + LABEL) * (number // COLUMNS)
        whole.paste(one, (x, y))
        pen.text((x + 6, y + HIGH + LABEL / 2), name.replace("_", " "), (214, 218, 232), face(12.0), anchor="lm")
    return whole


def painted(scenes: dict[str, Scene], manner: Manner, paint: Paint) -> Iterator[tuple[str, Image.Image]]:
    for name, scene in scenes.items():
        with worn(manner):
            ops = _come(scene).draw()
        yield name, paint(ops)


def _come(scene: Any) -> Scene:
    """When the heron has made room for words that are larger than when the scene was caught."""
    after, _ = scene.update(Inputs())
    goes = after.name == scene.name and after.marsh.covered > scene.marsh.covered
    come: Scene = replace(scene, marsh=replace(scene.marsh, covered=1.0)) if goes else scene
    return come


def written(folder: Path, name: str, shown: Iterable[tuple[str, Image.Image]]) -> None:
    sheet(shown).save(folder / f"{name}.jpg", quality=QUALITY, optimize=True)


def both(folder: Path, name: str, manner: Manner, paint: Paint) -> None:
    """A sheet of the sitting, and one of the home."""
    written(folder, f"sitting-{name}", painted({each: moments()[each] for each in SITTING}, manner, paint))
    written(folder, f"home-{name}", ((each, paint(drawn(scene))) for each, scene in pages(manner).items()))


def main(folder: Path) -> None:
    """All of them."""
    folder.mkdir(parents=True, exist_ok=True)
    for look in looks("pygame"):
        both(folder, look.name, Manner(look.language, look.palette), pygame_paints(look.size))
    large = Manner("qps", text=2.0, hand="left", captions=True, still=True)
    both(folder, "large-drawn-out-left", large, pygame_paints(SIZES[0]))
    window = arcade_window()
    for look in looks("arcade"):
        both(folder, look.name, Manner(look.language, look.palette), arcade_paints(window, look.size))
    paint = pygame_paints(SIZES[0])
    paint(moments()["play_fish"].draw()).save(folder / "play.jpg", quality=88, optimize=True)
    window.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
