"""Between picture and eye: a game that flashes is dimmed and said, a slow machine gets less to paint."""

import json
from collections.abc import Sequence
from typing import NamedTuple

import pytest

import assets
from engine.ports import TICK_S
from engine.store.rows import EventRow, Row
from game.draw import Clear, DrawList, Group, Rect
from game.effects import SKIPPED, WINDOW
from game.flash import ACROSS, DIM, DOWN, Flash
from game.manner import Effects
from game.recorder import Recorder
from game.viewing import Viewing
from game.windows import Window
from game.windows.pygame_window import MemoryWindow

BRIGHT, DARK = (Clear((250, 250, 250)),), (Clear((0, 0, 0)),)
SHAFT = Group((Rect(0, 0, 9, 9, (9, 9, 9)),), beauty=1)


@pytest.fixture
def window() -> Window:
    return MemoryWindow(assets.picture, ACROSS, DOWN)


def shown(
    window: Window, pictures: Sequence[DrawList], effects: Effects = "auto"
) -> tuple[list[DrawList], list[Flash]]:
    """What was painted, tick by tick, and what was told."""
    viewing, painted, told = Viewing(window), [], []
    for number, picture in enumerate(pictures):
        painted.append(viewing.picture(picture, effects, TICK_S, number * TICK_S))
        window.paint(painted[-1])
        told += viewing.drawn(0.03, number * TICK_S)
    return painted, told


def test_a_picture_that_flashes_is_dimmed_and_told_once(window: Window) -> None:
    painted, told = shown(window, [BRIGHT if tick // 6 % 2 else DARK for tick in range(120)], "high")
    assert [flash.kind for flash in told] == ["general"]
    assert painted[0] == DARK
    veil = painted[-1][-1]
    assert isinstance(veil, Rect)
    assert veil.alpha == pytest.approx(DIM)


def test_a_calm_picture_reaches_the_eye_as_it_is(window: Window) -> None:
    painted, told = shown(window, [(*DARK, SHAFT)] * 30, "high")
    assert painted == [(*DARK, SHAFT)] * 30
    assert told == []


def test_the_journal_hears_of_flashes() -> None:
    rows: list[Row] = []
    Recorder(Notebook(rows), None, None).flashed(Flash("red", 3.0, 5.0, 0.4))
    (row,) = rows
    assert isinstance(row, EventRow)
    assert row.kind == "flash"
    assert json.loads(row.data_json) == {"kind": "red", "t_s": 3.0, "per_s": 5.0, "area": 0.4}


class Notebook(NamedTuple):
    rows: list[Row]

    def put(self, row: Row) -> None:
        self.rows.append(row)


def test_effects_follow_the_machine_only_where_nothing_was_chosen(window: Window) -> None:
    slow = [(*DARK, SHAFT)] * (SKIPPED + 2 * WINDOW + 200)
    assert shown(window, slow)[0][-1] == DARK
    assert shown(window, slow, "high")[0][-1] == (*DARK, SHAFT)
