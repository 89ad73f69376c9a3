"""How the simulated player looks away: with the eyes by a race of will and reflex, with hands by what it knows."""

from collections.abc import Callable

from engine.ports import TICK_S, Place
from engine.tasks.look_away import MIDDLE, LookAway, Settings, Side
from engine.tasks.task import Rules
from game.pilots.pilot import Move
from neuro.twin.player import Player


class Pilot:
    """What it will do is settled when the light comes: some moves, each with the tick that it is due in."""

    def __init__(self, player: Player, now_s: Callable[[], float]) -> None:
        self._player = player
        self._now_s = now_s
        self._trial = 0
        self._due: dict[int, Side] = {}
        self._at: Place = MIDDLE

    @property
    def due(self) -> int | None:
        """The tick of the next press that is settled; None where nothing is."""
        return min(self._due) + 1 if self._due else None

    def play(self, game: LookAway, rules: Rules[Settings], tick: int) -> Move:
        if game.phase in ("gap", "mark", "dark"):
            self._at = MIDDLE
        if game.phase == "cue" and game.trial != self._trial:
            self._trial = game.trial
            sides = self._gazes(game) if rules.by == "gaze" else self._answers(game)
            self._due = {tick + max(0, round(after_s / TICK_S) - 1): side for after_s, side in sides.items()}
        side = self._due.pop(tick, None)
        if side is None:
            return Move(look=self._at)
        if rules.by == "keys":
            return Move(pressed=("left",) if side == -1 else ("right",))
        self._at = game.beside(side)
        return Move(look=self._at, jump=self._at if rules.by == "gaze" and game.kind == "anti" else None)

    def _gazes(self, game: LookAway) -> dict[float, Side]:
        """Seconds from the light to each jump, and to which side; to look towards is but a reflex."""
        if game.kind == "pro":
            return {0.0: game.side}
        eyes = self._player.antisaccades.look_away(game.trial, game.difficulty)
        if not eyes.error:
            return {eyes.latency_s: game.right}
        jumps = {eyes.latency_s: game.side}
        return jumps if eyes.corrected_s is None else jumps | {eyes.corrected_s: game.right}

    def _answers(self, game: LookAway) -> dict[float, Side]:
        after_s = self._player.answer(self._now_s(), game.trial, go=True)
        if after_s is None:
            return {}
        knows = self._player.knows(self._now_s(), game.trial, game.difficulty)
        wrong: Side = -1 if game.right == 1 else 1
        return {after_s: game.right if knows else wrong}
