"""Every game at its easiest and its hardest, with each rung of distractors, and the marsh in every mood.

To look at them: python -m tests.game.scenes.gallery FOLDER
"""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import get_args

from PIL import Image

import assets
from engine.anchors import X_MAX, X_MIN
from engine.distractors import LADDER, Distractors
from engine.events import Event, StimulusShown
from engine.level import LEVELS, Hour, Level, Place
from engine.session import Part, Setup, Sitting
from engine.tasks.catalogue import TASKS
from game.scenes.marsh import begun, next_tick
from game.scenes.places import Mood, mood_of
from game.scenes.scene import Show
from game.scenes.sit import Sit
from game.simulation.sitting import play
from game.simulation.stream import Quality, Stream
from game.windows import Window, open_window
from neuro.twin.player import Player
from neuro.twin.profiles import PROFILES

TRIAL = 5
LATER = 24
"""Ticks after the onset of that trial, or of any if there is none: what was to be seen has come by then."""
PLAIN_TICKS = 900

WIDE, HIGH = 640, 360


def levels(task: str) -> list[Level]:
    """Of one task, the first and the last of its path."""
    mine = [LEVELS.find(each) for each in LEVELS.ids() if LEVELS.find(each).game.task == task]
    return [mine[0], mine[-1]]


def moment(level: Level, x: float, later: int = LATER) -> Sit:
    """So many ticks after the onset of a trial, as a simulated adult plays it at one difficulty."""
    setup = Setup(
        (Part(level, 60.0, x, x, bounds=(x, x)),), seed=4, rest_s=0.0, warmup_s=10.0, has_headset=False, has_gaze=True
    )
    found: list[Sitting] = []
    onset: list[int] = []

    def watch(now: Sitting, events: tuple[Event, ...]) -> Sitting:
        if now.stage == "block" and not found:
            seen = [e for e in events if isinstance(e, StimulusShown)]
            first = now.game.trial if now.game and not onset else 0
            if not onset and ((seen and first >= TRIAL) or now.stage_tick >= PLAIN_TICKS):
                onset.append(now.tick)
            if onset and now.tick == onset[0] + later:
                found.append(now)
        return now

    player = Player(PROFILES["adult"], 4)
    play(setup, player, Stream(player, Quality(), 4), meddle=watch)
    marsh = begun(mood_of(level))
    for _ in range(200):
        marsh = next_tick(marsh, found[0])
    return Sit(Show(setup, "Ada"), found[0], marsh, since=100)


def painted(window: Window, scene: Sit) -> Image.Image:
    window.paint(scene.draw())
    return window.screenshot().convert("RGB").resize((WIDE, HIGH), Image.Resampling.LANCZOS)


def rungs(scene: Sit) -> Iterator[Sit]:
    """The same moment with ever more distractors, from none to all."""
    for level in range(len(LADDER) + 1):
        about = Distractors(level, level, 1000)
        yield replace(scene, sitting=replace(scene.sitting, distractors=about))


def moods(window: Window, scene: Sit) -> list[list[Image.Image]]:
    """A row a place, from dawn to night; murky beside clear."""
    rows = []
    for place in get_args(Place):
        shown = []
        for hour in get_args(Hour):
            marsh = replace(scene.marsh, mood=Mood(place, hour), was=Mood(place, hour))
            for clarity in (0.0, 1.0):
                sitting = replace(scene.sitting, feedback=clarity)
                shown.append(painted(window, replace(scene, marsh=marsh, sitting=sitting)))
        rows.append(shown)
    return rows


def sheet(rows: list[list[Image.Image]], scale: float) -> Image.Image:
    wide, high = round(WIDE * scale), round(HIGH * scale)
    whole = Image.new("RGB", (wide * len(rows[0]), high * len(rows)))
    for y, row in enumerate(rows):
        for x, one in enumerate(row):
            whole.paste(one.resize((wide, high), Image.Resampling.LANCZOS), (x * wide, y * high))
    return whole


def main(folder: Path) -> None:
    """Sheets: easiest beside hardest, the hardest with each rung, a row a game; and every mood, a row a place."""
    folder.mkdir(parents=True, exist_ok=True)
    window = open_window("memory", "Gallery", assets.picture)
    ends, ladders = [], []
    for task in TASKS:
        first, last = levels(task)
        easy, hard = moment(first, X_MIN), moment(last, X_MAX)
        ends.append([painted(window, easy), painted(window, hard)])
        ladders.append([painted(window, scene) for scene in rungs(hard)])
    shown = moods(window, moment(LEVELS.find("strike-01"), 0.0))
    window.close()
    sheet(shown, 0.5).save(folder / "moods.jpg", quality=84)
    sheet(ends, 0.8).save(folder / "games.jpg", quality=84)
    sheet(ladders, 0.5).save(folder / "distractors.jpg", quality=82)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
