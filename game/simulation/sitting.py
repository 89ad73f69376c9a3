"""One sitting of a simulated player, tick by tick through the rules that people play by."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from engine.events import (
    BlockDone,
    Event,
    RewardPaid,
    SittingDone,
    StageStarted,
    StimulusShown,
    SupervisorActed,
    ThresholdSet,
    TrialDone,
)
from engine.ports import TICK_S, Action, Inputs
from engine.session import PLAYED, Setup, Sitting, begin, rules, sight, step
from game.draw import HEIGHT, WIDTH
from game.pilots.catalogue import PILOTS
from game.pilots.pilot import Move, Pilot
from game.simulation.looking import Looking
from game.simulation.stream import RATE_HZ, Stream
from neuro.twin.mood import clenches
from neuro.twin.player import Player

_TICKS = round(1 / (RATE_HZ * TICK_S))
_SECOND = round(1 / TICK_S)
_EYES = 7
"""Stream of chance of the simulated eyes."""
_SURE_S = 0.3  # when those press who know the answer at once

Kind = Literal["hands", "knows"]
"""Whether a task is played as its pilot plays it, or Strike is answered by difficulty in logits alone."""

Meddle = Callable[[Sitting, tuple[Event, ...]], Sitting]
"""What changes the rules after each tick, in the comparison with rules that must not ship."""


@dataclass(frozen=True, slots=True)
class Share:
    """Estimates in blocks with a good signal, and how many of them were above the threshold."""

    all: int = 0
    above: int = 0

    def counted(self, above: bool) -> "Share":
        return Share(self.all + 1, self.above + above)


@dataclass(frozen=True, slots=True)
class Played:
    """What a sitting came to.

    trials:     of blocks, voids left out
    lost:       of each trial, whether the headset was off at any moment between the creature's coming and its end
    blocks:     as they ended
    attending, away: time in and out of the zone, and how much of it was paid; of blocks, with a good signal
    paid:       rewards; paid_dirty: those that came during an artifact
    seconds:    of blocks; attended_s: of those in the zone
    thresholds: in scores, one each time it was set
    heard:      good scores in blocks, each with whether the player was in the zone
    actions:    the supervisor's
    returns_s:  from each return of a lost headset to the first tick with a good signal
    tape:       margins, for a yoked sitting
    usual:      centre and spread of the calibration; None without
    hazard:     of leaving the game for good, integrated over the sitting
    """

    trials: tuple[TrialDone, ...]
    lost: tuple[bool, ...]
    blocks: tuple[BlockDone, ...]
    done: SittingDone
    attending: Share
    away: Share
    paid: int
    paid_dirty: int
    seconds: float
    attended_s: float
    clenched_s: float
    thresholds: tuple[float, ...]
    heard: tuple[tuple[float, bool], ...]
    actions: tuple[SupervisorActed, ...]
    returns_s: tuple[float, ...]
    tape: tuple[float, ...]
    usual: tuple[float, float] | None
    hazard: float


class _Notes:
    """What is gathered while a sitting runs."""

    def __init__(self) -> None:
        self.trials: list[TrialDone] = []
        self.lost: list[bool] = []
        self.blocks: list[BlockDone] = []
        self.done: SittingDone | None = None
        self.attending, self.away = Share(), Share()
        self.paid = self.paid_dirty = 0
        self.steps = self.attended = self.clenched = 0
        self.thresholds: list[ThresholdSet] = []
        self.actions: list[SupervisorActed] = []
        self.returns_s: list[float] = []
        self.tape: list[float] = []
        self.heard: list[tuple[float, bool]] = []
        self.hazard = 0.0


class Sim:
    """A player and the rules, one tick after another."""

    def __init__(self, setup: Setup, player: Player, stream: Stream, kind: Kind, meddle: Meddle | None) -> None:
        self._setup = setup
        self._player = player
        self._stream = stream
        self._kind = kind
        self._meddle = meddle
        self._now = begin(setup)
        self._inputs = Inputs()
        self._pilots: dict[str, Pilot] = {}
        self._looking = Looking(player, _EYES, setup.seed) if setup.has_gaze else None
        self._presses: set[int] = set()
        self._paid_s = 0.0
        self._trial_lost, self._done_trial = False, 0
        self._gone_s: float | None = None
        self._notes = _Notes()

    def run(self) -> Played:
        """The whole sitting."""
        while self._now.stage != "done":
            self._tick()
        return _played(self._notes, self._now)

    def _tick(self) -> None:
        tick = self._now.tick
        if tick % _TICKS == 0:
            self._inputs = Inputs(attention=self._stream.at(tick * TICK_S))
        before = self._now
        self._now, events = step(self._setup, before, self._pressed())
        if self._meddle:
            self._now = self._meddle(self._now, events)
        t_s = self._now.tick * TICK_S
        for event in events:
            self._heard(event, t_s)
        if self._now.tick % _SECOND == 0:
            self._second(t_s)
        if tick % _TICKS == 0:
            self._watch_loss(t_s)
            if self._now.stage == "block":
                self._note(t_s)
        if self._now.reward.paid > before.reward.paid:
            self._notes.paid_dirty += self._stream.clenching

    def _pressed(self) -> Inputs:
        now = self._now
        move = Move(("confirm",)) if now.stage in ("fit", "ready") else self._played()
        look = move.look or sight(now)
        if self._looking:
            gaze = self._looking.at(now.tick * TICK_S, look, move.jump)
            return Inputs(move.pressed, gaze=gaze, attention=self._inputs.attention)
        if look and now.by == "pointer":
            pointer = (look[0] * WIDTH, look[1] * HEIGHT)
            return Inputs(move.pressed, pointer=pointer, attention=self._inputs.attention)
        return Inputs(move.pressed, attention=self._inputs.attention) if move.pressed else self._inputs

    def _played(self) -> Move:
        """What the hands and the eyes do for the task."""
        now = self._now
        if now.stage not in PLAYED or now.task is None:
            return Move()
        if self._kind == "knows" and now.task == "strike":
            pressed: tuple[Action, ...] = ("strike",) if now.tick + 1 in self._presses else ()
            self._presses.discard(now.tick + 1)
            return Move(pressed)
        if now.task not in self._pilots:
            self._pilots[now.task] = PILOTS[now.task](self._player, lambda: self._now.tick * TICK_S)
        return self._pilots[now.task].play(now.game, rules(self._setup, now), now.tick)

    def _heard(self, event: Event, t_s: float) -> None:
        notes = self._notes
        match event:
            case StimulusShown() if self._kind == "knows" and event.task == "strike":
                self._answer(event, t_s)
            case TrialDone():
                if event.block and event.outcome != "void":
                    notes.trials.append(event)
                    notes.lost.append(self._trial_lost)
                    self._player.tried(t_s, event.success)
                self._trial_lost, self._done_trial = False, event.trial
            case RewardPaid():
                self._paid_s = t_s
                notes.paid += 1
                self._player.rewarded(t_s)
            case StageStarted():
                self._player.plays(t_s, event.stage in PLAYED)
                self._paid_s = t_s
            case BlockDone():
                notes.blocks.append(event)
            case ThresholdSet():
                notes.thresholds.append(event)
            case SupervisorActed():
                notes.actions.append(event)
            case SittingDone():
                notes.done = event
            case _:
                pass

    def _answer(self, shown: StimulusShown, t_s: float) -> None:
        if self._player.knows(t_s, shown.trial, shown.difficulty) == (shown.kind == "fish"):
            self._presses.add(shown.onset_tick + round(_SURE_S / TICK_S))

    def _second(self, t_s: float) -> None:
        self._player.distracted(t_s, self._now.distractors.level)
        self._notes.hazard += self._player.mood.quit_per_s(t_s)
        cheats = self._player.profile.clench_uv > 0 and self._now.stage == "block"
        self._stream.clenching = cheats and clenches(t_s - self._paid_s)

    def _note(self, t_s: float) -> None:
        """What one estimate of a block says of the reward loop."""
        notes, now = self._notes, self._now
        is_in = self._player.zone.attending(t_s)
        notes.steps += 1
        notes.attended += is_in
        notes.clenched += self._stream.clenching
        if now.signal_good and now.reward.threshold_z is not None:
            assert self._inputs.attention is not None
            notes.heard.append((self._inputs.attention.score, is_in))
            if is_in:
                notes.attending = notes.attending.counted(now.reward.above)
            else:
                notes.away = notes.away.counted(now.reward.above)
            if now.reward.z_now is not None:
                notes.tape.append(now.reward.z_now - now.reward.threshold_z)

    def _watch_loss(self, t_s: float) -> None:
        assert self._inputs.attention is not None
        if self._inputs.attention.state == "not_worn":
            self._gone_s = t_s
            self._trial_lost |= self._now.game is not None and self._now.game.trial > self._done_trial
        elif self._gone_s is not None and self._now.signal_good:
            self._notes.returns_s.append(t_s - self._gone_s)
            self._gone_s = None


def play(setup: Setup, player: Player, stream: Stream, kind: Kind = "hands", meddle: Meddle | None = None) -> Played:
    """One sitting, from the fit check to its end."""
    return Sim(setup, player, stream, kind, meddle).run()


def _played(notes: _Notes, now: Sitting) -> Played:
    assert notes.done is not None
    reward = now.reward
    usual = (reward.centre, reward.spread) if reward.centre is not None and reward.spread is not None else None
    return Played(
        trials=tuple(notes.trials),
        lost=tuple(notes.lost),
        blocks=tuple(notes.blocks),
        done=notes.done,
        attending=notes.attending,
        away=notes.away,
        paid=notes.paid,
        paid_dirty=notes.paid_dirty,
        seconds=notes.steps / RATE_HZ,
        attended_s=notes.attended / RATE_HZ,
        clenched_s=notes.clenched / RATE_HZ,
        thresholds=tuple(event.centre + event.spread * event.threshold_z for event in notes.thresholds),
        heard=tuple(notes.heard),
        actions=tuple(notes.actions),
        returns_s=tuple(notes.returns_s),
        tape=tuple(notes.tape),
        usual=usual,
        hazard=notes.hazard,
    )
