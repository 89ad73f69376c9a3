"""Sittings as lessons: raw signals once more through the live front end, with what the play says of each moment."""

import json
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.store import Store
from engine.store.rows import Session, TrialRow
from engine.tasks.task import counted
from game.recorder import now_of
from game.replay import chunk_of, gaze_of, headset_of
from neuro.errors import BadRecording
from neuro.eyes.tokens import EyeTokens
from neuro.learn.data import Stretch
from neuro.learn.lessons import Lesson, Trial, lesson, of_trials
from neuro.pipeline import GAP_S, Front, Moment
from neuro.tokens import STEP_HOPS
from neuro.types import Headset

ASKED = {"rest": 0.0, "task": 1.0}
"""What the player was asked to do in the calibration, by the phase of the look: rest, or the warm-up."""

ASKED_TRUST = 0.2
"""How far that is believed: it says what was asked and not what the mind did, and rest is no lapse. Behaviour is
believed from .25 on (neuro.learn.lessons). Own choice."""

_ANSWERED = ("hit", "wrong", "false_alarm")


@dataclass(frozen=True, slots=True)
class Taught:
    """What a sitting teaches; lesson is None where it teaches nothing, and why says so in one sentence."""

    session: int
    lesson: Lesson | None
    why: str | None = None


class Seen(NamedTuple):
    """A moment of a sitting, what the player was asked to do in it, and the newest eye token."""

    moment: Moment
    phase: str
    eyes: NDArray[np.float64]


def read(store: Store, session: Session) -> Taught:
    """A sitting against its own rest, or against that of minutes before with which it began."""
    try:
        return Taught(session.id, _lesson(store, session))
    except BadRecording as error:
        return Taught(session.id, None, str(error))


def read_all(db: Path, sessions: Sequence[int], workers: int) -> Iterator[Taught]:
    """As `read`, in that order, so many at a time in processes of their own; with one worker in this one.

    Whoever stops asking stops the work.
    """
    if workers == 1:
        yield from map(partial(_read_of, db), sessions)
        return
    pool = ProcessPoolExecutor(workers, get_context("spawn"))
    try:
        yield from pool.map(partial(_read_of, db), sessions)
    finally:
        pool.shutdown(cancel_futures=True)


def _read_of(db: Path, session: int) -> Taught:
    with Store.open(db, read_only=True) as store:
        return read(store, store.sessions.get(session))


def _lesson(store: Store, session: Session) -> Lesson:
    """Raises: BadRecording: it teaches nothing, and why."""
    if session.headset_json is None:
        raise BadRecording(f"Sitting {session.id} was played without a headset.")
    headset = headset_of(session.headset_json)
    seen = list(_moments(store, session, headset))
    if not seen:
        raise BadRecording(f"Of sitting {session.id} no raw signals are kept.")
    rest = _rest(seen) or _rest_before(store, session, headset)
    if not rest:
        raise BadRecording(f"Sitting {session.id} has no rest to be compared with.")
    trials = _trials(store, session)
    # the rest stands first, as the baseline alone, and once more in its place, where it is asked about
    nothing = np.full(len(rest), np.nan)
    stretches, trust, done = [_stretch(rest, nothing)], [nothing], [nothing]
    for part in _unbroken(seen):
        engaged, believed = _asked(part)
        stretches.append(_stretch(part, engaged))
        trust.append(believed)
        done.append(_done(part, trials))
    return lesson(f"sitting {session.id}", headset.channels, stretches, trust, done, rest[-1].moment.t_s)


def _moments(store: Store, session: Session, headset: Headset) -> Iterator[Seen]:
    """As live: look by look, so that no moment knows of gaze that came later."""
    front, eyes = Front(headset), EyeTokens()
    looks = store.signals.polls(session.id, "gaze")
    for poll in store.signals.polls(session.id, "eeg"):
        eyes.take(gaze_of(next(looks, None)))
        for moment in front(chunk_of(poll, len(headset.channels))):
            if isinstance(moment, Moment):
                yield Seen(moment, poll.phase, eyes.token(moment.t_s))


def _rest(seen: Iterable[Seen]) -> list[Seen]:
    """The longest rest that nothing broke off: a pause begins it anew."""
    rests = [list(run) for phase, run in groupby(seen, key=lambda one: one.phase) if phase == "rest"]
    return max(rests, key=len, default=[])


def _rest_before(store: Store, session: Session, headset: Headset) -> list[Seen]:
    """That of the earlier sitting whose baseline this one began with; none where it is not kept."""
    rested = json.loads(session.setup_json).get("rested")
    for earlier in store.sessions.recent(session.player_id) if rested else ():
        baselines = [row.data_json for row in store.signals.calibrations(earlier.id) if row.kind == "rest"]
        if earlier.id < session.id and rested in baselines:
            return _rest(_moments(store, earlier, headset))
    return []


def _unbroken(seen: list[Seen]) -> Iterator[list[Seen]]:
    """Cut where the signal was lost."""
    part: list[Seen] = []
    for one in seen:
        if part and one.moment.t_s - part[-1].moment.t_s > GAP_S:
            yield part
            part = []
        part.append(one)
    yield part


def _stretch(part: list[Seen], engaged: NDArray[np.float64]) -> Stretch:
    return Stretch([one.moment for one in part], engaged, np.stack([one.eyes for one in part]))


def _asked(part: list[Seen]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(n,) whether to be engaged was asked, and (n,) how far to believe it; play asks for nothing that is known."""
    said = np.array([ASKED.get(one.phase, np.nan) for one in part])
    return np.nan_to_num(said), np.where(np.isnan(said), 0.0, ASKED_TRUST)


def _done(part: list[Seen], trials: list[list[Trial]]) -> NDArray[np.float64]:
    """(n,) what was done in play, of all games together, at each moment of which a token is made; NaN outside it."""
    t_s = np.array([one.moment.t_s for one in part[::STEP_HOPS]])
    done = np.array([np.nan if one.phase in ASKED else 0.0 for one in part])
    for of_one_game in trials:
        done[::STEP_HOPS] += of_trials(t_s, of_one_game)
    return done


def _trials(store: Store, session: Session) -> list[list[Trial]]:
    """Of each game by itself, for one game's quick answer is another's slow one."""
    rows = [row for row in counted(store.sessions.trials(session.id)) if _tells(row)]
    onsets = {row.onset_tick for row in rows}
    at_s = {tick.tick: now_of(tick.inputs_json) for tick in store.sessions.ticks(session.id) if tick.tick in onsets}
    games: dict[str, list[Trial]] = {}
    for row in rows:
        if row.onset_tick in at_s:
            games.setdefault(row.task, []).append(_trial(row, at_s[row.onset_tick]))
    return list(games.values())


def _tells(row: TrialRow) -> bool:
    """Not an answer of which nobody knows how late it came; nor what was to be stopped on the way, for how often that
    succeeds is made so.
    """
    timed = row.outcome not in _ANSWERED or row.reaction_s is not None
    return bool(row.block) and row.outcome != "early" and row.kind != "stop" and timed


def _trial(row: TrialRow, at_s: float) -> Trial:
    go = row.outcome in ("hit", "wrong", "miss")
    return Trial(at_s, go, row.reaction_s if row.outcome in _ANSWERED else None)
