"""Strike: fish and frogs in the pool."""

from engine.tasks.strike import Strike
from engine.tasks.task import By
from game.scenes.creature import creature
from game.scenes.games.look import Look, Picture, Reminder

HINTED = 4
"""Creatures of a practice that are named as they show; after them the hint stays the same."""


def _draw(game: Strike, tick: int) -> Picture:
    return Picture(water=creature(game, tick))


def _hint(game: Strike, _by: By) -> str:
    if game.trial > HINTED:
        return "Strike the fish: press Space. Let the frogs be."
    if game.phase == "reach":
        return "Strike the fish: press Space" if game.kind == "fish" else "Let the frogs be"
    return "Something stirs: wait until you see it"


def _reminders(_by: By) -> tuple[Reminder, Reminder]:
    return Reminder("fish_2", 0.6, "Strike the fish."), Reminder("frog_1", 0.55, "Let the frogs be.")


def _deed(right: int, trials: int) -> str:
    return f"You answered {right} of {trials} creatures well."


LOOK = Look("Strike", _draw, _hint, _reminders, _deed)
