"""Leaping over ticks in which nothing happens changes no trial."""

from collections.abc import Callable

import pytest

from engine.checkup import CHECKUPS
from engine.events import TrialDone
from engine.ports import TICK_S
from engine.tasks.catalogue import TASKS, WARMUP, AnySettings
from engine.tasks.task import Ask, Hand, Rules
from game.pilots.catalogue import PILOTS
from game.simulation.leaping import played
from neuro.twin.player import Player
from neuro.twin.profiles import PROFILES

SECONDS, FROM_S, ASK = 150.0, 12.0, Ask(difficulty=0.0, block=1)


def tick_by_tick(settings: AnySettings, rules: Rules[AnySettings], player: Player) -> list[TrialDone]:
    tick, game, done = 0, TASKS[settings.task].begin(0), []
    pilot = PILOTS[settings.task](player, lambda: FROM_S + tick * TICK_S)
    while tick < round(SECONDS / TICK_S) or not game.between_trials:
        move = pilot.play(game, rules, tick)
        tick += 1
        game, events = game.step(rules, Hand(move.pressed), tick, ASK)
        for event in events:
            if isinstance(event, TrialDone):
                done.append(event)
                player.tried(FROM_S + tick * TICK_S, event.success)
    return done


@pytest.mark.parametrize("profile", ["child", "adult"])
@pytest.mark.parametrize(
    "settings",
    [
        lambda: CHECKUPS.find("checkup-still-water").game,
        lambda: CHECKUPS.find("checkup-look-away").game,
        lambda: WARMUP,
    ],
    ids=["still-water", "look-away", "flanker"],
)
def test_the_trials_are_those_of_tick_by_tick(settings: Callable[[], AnySettings], profile: str) -> None:
    person, game = PROFILES[profile], settings()
    rules = Rules(7, person.child, "keys", game)
    slowly = tick_by_tick(game, rules, Player(person, 3))
    assert len(slowly) > 15
    assert {trial.success for trial in slowly} == {True, False}
    assert played(game.task, rules, Player(person, 3), FROM_S, SECONDS, ASK) == slowly
