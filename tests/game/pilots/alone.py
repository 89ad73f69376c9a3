"""A simulated player alone with one task, at one difficulty: 60 ticks of gaze a second out of 200 noisy samples."""

from dataclasses import replace
from typing import Any

from engine.events import TrialDone
from engine.ports import TICK_S, Inputs
from engine.tasks.catalogue import TASKS
from engine.tasks.task import Ask, By, Rules, hand
from game.draw import HEIGHT, WIDTH
from game.pilots.catalogue import PILOTS
from game.pilots.pilot import Move
from game.simulation.looking import Looking
from neuro.twin.player import Player
from neuro.twin.profiles import PROFILES, Profile

EYES = 77


def steady(profile: str) -> Profile:
    """The same person, always in the zone and never at a loss: what the eyes do is all."""
    whole = PROFILES[profile]
    return replace(
        whole,
        attention=replace(whole.attention, in_s=1e6, out_s=1.0),
        skill=replace(whole.skill, ability=60.0, lapses=0.0),
        looking=replace(whole.looking, stray_per_s=1e-9, wander_sd=0.0),
    )


def played(
    profile: Profile, settings: Any, seed: int, trials: int, by: By = "gaze", difficulty: float = 0.0
) -> list[TrialDone]:
    """So many trials of the task that the settings are of."""
    tick = 0
    player = Player(profile, seed)
    looking = Looking(player, EYES, seed)
    pilot = PILOTS[settings.task](player, lambda: tick * TICK_S)
    game, move = TASKS[settings.task].begin(0), Move()
    rules = Rules(seed, profile.child, by, settings)
    done: list[TrialDone] = []
    while len(done) < trials:
        tick += 1
        at = move.look or game.sight
        gaze = looking.at(tick * TICK_S, at, move.jump) if by == "gaze" else None
        pointer = (at[0] * WIDTH, at[1] * HEIGHT) if by == "pointer" and at else None
        inputs = Inputs(pressed=move.pressed, gaze=gaze, pointer=pointer)
        game, events = game.step(rules, hand(inputs, by), tick, Ask(difficulty, block=1))
        done += [event for event in events if isinstance(event, TrialDone)]
        move = pilot.play(game, rules, tick)
    return done
