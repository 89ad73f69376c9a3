"""Reed Search, played by a simulated player, one creature after another."""

from collections.abc import Callable
from typing import NamedTuple

from engine import dice
from engine.ports import TICK_S, Action, Place
from engine.tasks.reed_search import ReedSearch, Settings
from engine.tasks.reed_search_field import MIDDLE
from engine.tasks.task import Rules
from game.pilots.pilot import Move
from neuro.twin.player import Player

SLOPE_S, SLOPE_CHILD_S = 0.025, 0.045
"""What one more creature costs, seconds: typical of conjunctions, 20 to 30 ms in adults and 30 to 60 in children."""
FIXATION_S = 0.25  # own choice: several creatures are seen from one place


class _Search(NamedTuple):
    """What the player will do: until when it searches, what it chooses then, and what it says of it with keys."""

    tick: int
    chosen: Place
    says: Action


class Pilot:
    """Sees one creature after the other until it comes to the target, half of them on average, or has seen them all.

    Who does not know the answer takes another for it, or overlooks it.
    """

    def __init__(self, player: Player, now_s: Callable[[], float]) -> None:
        self._player, self._now_s = player, now_s
        self._trial = 0
        self._search = _Search(0, (0.5, 0.5), "right")

    def play(self, game: ReedSearch, rules: Rules[Settings], tick: int) -> Move:
        if game.phase != "search":
            return Move()
        if game.trial != self._trial:
            self._trial = game.trial
            self._search = self._decide(game, rules, tick)
        until, chosen, says = self._search
        if rules.by == "keys":
            return Move((says,)) if until == tick + 1 else Move()
        if until <= tick + 1:
            pressed: tuple[Action, ...] = ("strike",) if rules.by == "pointer" and until == tick + 1 else ()
            return Move(pressed, look=chosen, jump=chosen if until == tick + 1 else None)
        return _searches(game, tick)

    def _decide(self, game: ReedSearch, rules: Rules[Settings], tick: int) -> _Search:
        player, now_s, n = self._player, self._now_s(), len(game.field.seated)
        knows = player.knows(now_s, game.trial, game.difficulty)
        seen = 1 + int(dice.roll(rules.seed, "seen", game.trial) * n) if game.present else n
        search_s = player.reaction_s(now_s, game.trial) + 2 * seen * (SLOPE_CHILD_S if rules.child else SLOPE_S)
        return _Search(
            tick + max(1, round(search_s / TICK_S)),
            game.field.places[0 if knows else 1],
            "right" if knows == game.present else "left",
        )


def _searches(game: ReedSearch, tick: int) -> Move:
    """The eyes go from place to place, and at times back to the card."""
    assert game.onset_tick is not None
    number, begun = divmod(tick - game.onset_tick, round(FIXATION_S / TICK_S))
    places = (MIDDLE, *game.field.places[1:])
    place = places[-1 - number % len(places)]
    return Move(look=place, jump=None if begun else place)
