"""Every page of the home, as it first opens.

To look at them: python -m tests.game.scenes.home.pages FOLDER [LANGUAGE] [TEXT] [PALETTE]
"""

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import cast

import assets
from engine.level import LEVELS
from engine.path import Stone
from engine.safety import Dose, Limits
from engine.said import Said
from game.loop import drawn
from game.manner import USUAL, Language, Manner, Palette, worn
from game.scenes.heron import is_covered
from game.scenes.home.corner import Allowed, Corner, Gate, Whom
from game.scenes.home.door import Door
from game.scenes.home.games import Games
from game.scenes.home.grown import Grown
from game.scenes.home.keys import Keys, Press
from game.scenes.home.map import PLACES, Map
from game.scenes.home.newcomer import Born, Named, Portrait
from game.scenes.home.room import ON_MAP, TURN_TICKS, Page, Room, room
from game.scenes.home.settings import ROWS, Rows, Settings
from game.scenes.home.told import Face, Home, Inhabitant
from game.scenes.marsh import Marsh
from game.scenes.scene import FADE_TICKS, Scene
from game.windows import open_window

TODAY = date(2026, 3, 2)
ADA = Face("Ada", "portrait_otter")
FACES = (ADA, Face("Grandfather Wilhelm", "portrait_heron"), Face("Bo", "portrait_frog"))
STONES = tuple(
    Stone(LEVELS.find(level), 150.0, done=done)
    for level, done in (
        ("strike-01", True),
        ("still-water-01", True),
        ("reed-search-01", False),
        ("candle-01", False),
    )
)
STARS = {"strike-01": 3, "strike-02": 1, "reed-search-02": 2, "candle-01": 2}
WALKED = ((LEVELS.find("strike-01").title, 150.0, 3), (LEVELS.find("still-water-01").title, 150.0, 2))
DOSE = Dose(sitting_s=900.0, block_s=180.0, break_s=45.0, day_s=1500.0, days=5)
OPEN = Inhabitant(ADA, STONES, None, None, STARS, ("iris", "turtle", "iris", "rainbow"), WALKED, DOSE, Limits())
REFUSED = replace(
    OPEN,
    why=Said("It is nearly bedtime: for the last hour of the day the marsh is asleep; come back after the night."),
    grown=(),
    walked=(),
)


def pages(manner: Manner = USUAL) -> dict[str, Room]:
    """By name, in that manner, each faded in."""
    door = Home(manner, False, TODAY, FACES)
    crowd = replace(door, faces=(*FACES, *(Face(f"Guest {i}", "portrait_moth") for i in range(5))))
    nobody = replace(door, faces=())
    home = replace(door, player=OPEN)
    refused = replace(home, player=REFUSED)
    keys = Keys(Rows("Hands"))
    listed: dict[str, tuple[Home, Page]] = {
        "door": (door, Door()),
        "door of many": (crowd, Door()),
        "who are you": (nobody, Portrait()),
        "name": (nobody, Named("portrait_frog")),
        "name taken": (
            door,
            Named("portrait_frog", "Ada", Said("{name} lives here already: take another name.", name="Ada")),
        ),
        "birth": (door, Born("portrait_frog", "Ada", "2010", 2015)),
        "map": (home, Map()),
        "map of a refused": (refused, Map()),
        **{f"games {place}": (home, Games(Map(), place, PLACES[place])) for place in PLACES},
        "garden": (home, Grown(Map())),
        "garden, empty": (refused, Grown(Map())),
        "settings": (home, Settings()),
        **{f"settings {name}": (home, Rows(name, manner)) for name in ROWS},
        "keys": (home, replace(keys, was=manner)),
        "press": (home, Press(keys, "strike")),
        "gate": (door, Gate()),
        "whom": (crowd, Whom()),
        "corner": (home, Corner()),
        "limits": (home, Allowed(Corner(), Limits())),
    }
    with worn(manner):
        return {name: _come(room(*at, _marsh(at[0]))) for name, at in listed.items()}


def _marsh(home: Home) -> Marsh:
    return Marsh(tick=200, grown=home.player.grown if home.player else ())


def _come(room: Room) -> Room:
    marsh = replace(room.marsh, covered=float(is_covered(room.laid.box, 0.0)))
    return replace(room, marsh=marsh, since=FADE_TICKS, mapped=TURN_TICKS if room.name in ON_MAP else 0)


PAGES: dict[str, Scene] = {**pages()}


def main(folder: Path, language: str = "en", text: str = "1", palette: str = "dawn") -> None:
    """One picture a page."""
    manner = Manner(cast(Language, language), cast(Palette, palette), float(text))
    window = open_window("memory", "Heron", assets.picture)
    for name, scene in pages(manner).items():
        window.paint(drawn(scene))
        window.save(folder / f"{name.replace(' ', '-')}.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
