"""One sitting in the numbers that people read."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from statistics import fmean
from typing import Protocol

from engine import ability as ability_rules
from engine.checkup import CHECKUPS
from engine.checkup import Block as CheckedBlock
from engine.margins import Estimate, Event, Margin, margins
from engine.ports import TICK_S
from engine.tasks.catalogue import TASKS
from engine.tasks.quiet import QuietMeasures, measures
from engine.tasks.task import Trial as TaskTrial


class Session(Protocol):
    """As much of a stored sitting as a report needs."""

    @property
    def id(self) -> int: ...
    @property
    def level_id(self) -> str: ...
    @property
    def started_utc(self) -> str: ...
    @property
    def ending(self) -> str | None: ...


class Trial(TaskTrial, Protocol):
    """A trial, and what it was of."""

    @property
    def task(self) -> str: ...
    @property
    def strand(self) -> str: ...


class Block(CheckedBlock, Protocol):
    """A finished block, as `engine.events.BlockDone`."""

    @property
    def seconds(self) -> float: ...
    @property
    def reward_share(self) -> float | None: ...
    @property
    def good_share(self) -> float | None: ...
    @property
    def threshold_z(self) -> float | None: ...
    @property
    def stars(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Loss:
    """A time without a device that had been there.

    device:  "eeg" or "gaze"
    at_s:    seconds of the game until then, pauses included
    seconds: how long it lasted; None where the device did not come back
    reason:  as it was said then
    """

    device: str
    at_s: float
    seconds: float | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class GazeCheck:
    """How far gaze was off, as `engine.events.GazeChecked`; after so many blocks."""

    block: int
    mapping: str
    n_targets: int
    n_steady: int
    error_deg: float | None
    drift_deg: tuple[float, float] | None
    good: bool


@dataclass(frozen=True, slots=True)
class Played:
    """One game of the sitting. Trials are the valid ones that were not practice; None where it cannot be said.

    is_checkup:   whether it was a part of the plain check-up, which is told apart from the same game played
    levels:       that were played of it, in order; by: with what it was answered: gaze, pointer or keys
    success_rate: of all trials
    difficulty_*: of the first and the last trial, logits
    ability:      difficulty at which half would be right, logits, with its 95 % interval
    measures:     what the task measures, by name (docs/tasks.md)
    """

    task: str
    is_checkup: bool
    levels: tuple[str, ...]
    by: tuple[str, ...]
    blocks: int
    trials: int
    success_rate: float | None
    difficulty_start: float | None
    difficulty_end: float | None
    ability: float | None
    ability_interval: tuple[float, float] | None
    measures: Mapping[str, float | int | None]


@dataclass(frozen=True, slots=True)
class Scored:
    """By whose model: "own" or "common"; why: in one sentence, where it was the common one in place of an own one."""

    whose: str
    why: str | None


@dataclass(frozen=True, slots=True)
class Summary:
    """What one sitting says; None where it cannot be said. Trials are the valid ones that were not practice.

    minutes:      from the first to the last thing that happened
    success_rate: of all trials of all games
    good_share:   of the time after the fit check, how much had a good signal; None without a headset
    reward_rate:  of the time with a good signal in the blocks, how much was above the threshold
    threshold_z:  of the last block, in SDs of the player's own warm-up
    games:        in the order in which they were first played
    state_s:      seconds in each state of the signal after the fit check, as the game saw it
    losses:       of the headset and the eye tracker, in order
    gaze:         what was found where dots were looked at, in order; without those that only centred
    model:        by which it was scored; None without a headset, and in sittings of an earlier Heron
    """

    session: int
    level: str
    started_utc: str
    ending: str | None
    minutes: float
    blocks: int
    trials: int
    success_rate: float | None
    good_share: float | None
    reward_rate: float | None
    rewards: int
    threshold_z: float | None
    stars: int
    games: tuple[Played, ...]
    state_s: Mapping[str, float]
    losses: tuple[Loss, ...]
    gaze: tuple[GazeCheck, ...]
    model: Scored | None


def summarise(
    trials: Sequence[Trial],
    blocks: Sequence[Block],
    estimates: Sequence[Estimate],
    events: Sequence[Event],
    session: Session,
) -> Summary:
    """The sitting in numbers, also one that was cut off."""
    is_calm = any(not TASKS[block.task].has_trials for block in blocks)
    games = played(trials, blocks, margins(estimates, events) if is_calm else ())
    scored = [trial for trial in trials if trial.valid and not trial.practice and trial.strand == "first"]
    ticks = [event.tick for event in events] + [e.tick for e in estimates if e.tick is not None]
    # the results screen may stand for as long as anybody likes
    last_tick = next((event.tick for event in events if event.kind == "sitting_done"), max(ticks, default=0))
    state_s = _state_seconds(estimates, _first_tick_of_play(events), last_tick)
    whole_s = sum(state_s.values()) if state_s.keys() - {"absent"} else 0.0
    return Summary(
        session=session.id,
        level=session.level_id,
        started_utc=session.started_utc,
        ending=session.ending,
        minutes=last_tick * TICK_S / 60,
        blocks=len(blocks),
        trials=len(scored),
        success_rate=fmean(trial.success for trial in scored) if scored else None,
        good_share=state_s.get("good", 0.0) / whole_s if whole_s else None,
        reward_rate=_reward_rate(blocks),
        rewards=sum(event.kind == "reward_paid" for event in events),
        threshold_z=blocks[-1].threshold_z if blocks else None,
        stars=_stars(events),
        games=games,
        state_s=state_s,
        losses=_losses(events),
        gaze=_gaze_checks(events),
        model=next((Scored(**json.loads(event.data_json)) for event in events if event.kind == "model"), None),
    )


def played(trials: Sequence[Trial], blocks: Sequence[Block], attention: Sequence[Margin] = ()) -> tuple[Played, ...]:
    """Each game of a sitting in numbers; one whose only block was never finished has no block yet."""
    checks = {block.block for block in blocks if block.level in CHECKUPS.ids()}
    of_blocks = [trial for trial in trials if trial.block and not trial.practice]
    kinds = [(trial.task, trial.block in checks) for trial in of_blocks]
    kinds += [(block.task, block.block in checks) for block in blocks]
    return tuple(
        _game(
            kind,
            [trial for trial in of_blocks if (trial.task, trial.block in checks) == kind],
            [block for block in blocks if (block.task, block.block in checks) == kind],
            attention,
        )
        for kind in dict.fromkeys(kinds)
    )


def _game(
    kind: tuple[str, bool], trials: Sequence[Trial], mine: Sequence[Block], attention: Sequence[Margin]
) -> Played:
    task, is_checkup = kind
    first = [trial for trial in trials if trial.valid and not trial.practice and trial.strand == "first"]
    ability = ability_rules.of(first) if first else None
    return Played(
        task=task,
        is_checkup=is_checkup,
        levels=tuple(dict.fromkeys(block.level for block in mine)),
        by=tuple(dict.fromkeys(block.by for block in mine)),
        blocks=len(mine),
        trials=len(first),
        success_rate=fmean(trial.success for trial in first) if first else None,
        difficulty_start=first[0].difficulty if first else None,
        difficulty_end=first[-1].difficulty if first else None,
        ability=ability.mean if ability else None,
        ability_interval=ability.interval if ability else None,
        measures=asdict(TASKS[task].measures(trials) if TASKS[task].has_trials else _calm(mine, attention)),
    )


def _calm(blocks: Sequence[Block], attention: Sequence[Margin]) -> QuietMeasures:
    """Where there is nothing to answer: what attention did; between two blocks nobody knows."""
    above: list[tuple[float, bool | None]] = []
    for block in blocks:
        mine = [now for now in attention if now.block == block.block]
        above += [(now.t_s, None if now.z is None else now.z > 0) for now in mine]
        above += [(now.t_s, None) for now in mine[-1:]]
    return measures(above)


def as_json(summary: Summary) -> str:
    """The same keys as `Summary`, numbers unrounded, null where nothing can be said."""
    return json.dumps(asdict(summary), indent=2, ensure_ascii=False)


def _first_tick_of_play(events: Sequence[Event]) -> int:
    """When the fit check was over: a headset that is being put on says nothing about the sitting."""
    stages = [(e.tick, json.loads(e.data_json)["stage"]) for e in events if e.kind == "stage_started"]
    return next((tick for tick, stage in stages if stage != "fit"), 0)


def _state_seconds(estimates: Sequence[Estimate], first_tick: int, last_tick: int) -> dict[str, float]:
    """An estimate stands from the tick that first saw it to the next one's, the last one to the last tick."""
    seen = [(e.tick, e.state) for e in estimates if e.tick is not None]
    ticks: dict[str, int] = {}
    for (tick, state), (until, _) in pairwise([*seen, (last_tick, "")]):
        ticks[state] = ticks.get(state, 0) + max(0, until - max(tick, first_tick))
    return {state: n * TICK_S for state, n in sorted(ticks.items()) if n}


def _losses(events: Sequence[Event]) -> tuple[Loss, ...]:
    """Each lasts until the device's next change of life."""
    lives = [(event.tick, json.loads(event.data_json)) for event in events if event.kind == "device_life"]
    found = []
    for number, (tick, life) in enumerate(lives):
        if life["state"] == "lost":
            back = next((at for at, later in lives[number + 1 :] if later["device"] == life["device"]), None)
            seconds = None if back is None else (back - tick) * TICK_S
            found.append(Loss(life["device"], tick * TICK_S, seconds, life["reason"]))
    return tuple(found)


def _gaze_checks(events: Sequence[Event]) -> tuple[GazeCheck, ...]:
    told = [json.loads(event.data_json) for event in events if event.kind == "gaze_checked"]
    checks = [check for check in told if check.pop("purpose") != "centre"]
    return tuple(GazeCheck(**check | {"drift_deg": _pair(check["drift_deg"])}) for check in checks)


def _pair(xy: Sequence[float] | None) -> tuple[float, float] | None:
    return None if xy is None else (xy[0], xy[1])


def _reward_rate(blocks: Sequence[Block]) -> float | None:
    """The blocks' shares, each weighted by its seconds of good signal."""
    weighted = [
        (block.seconds * block.good_share, block.reward_share)
        for block in blocks
        if block.good_share is not None and block.reward_share is not None
    ]
    good_s = sum(seconds for seconds, _ in weighted)
    return sum(seconds * share for seconds, share in weighted) / good_s if good_s else None


def _stars(events: Sequence[Event]) -> int:
    """Those of the finished sitting; none before its end."""
    return next((int(json.loads(e.data_json)["stars"]) for e in reversed(events) if e.kind == "sitting_done"), 0)
