"""One stored sitting, whole and on one timeline: what every kind of file is written from."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter

from engine.ports import TICK_S
from engine.store import Store
from engine.store.rows import (
    BlockRow,
    CalibrationRow,
    EstimateRow,
    EventRow,
    Model,
    PollRow,
    SegmentRow,
    Session,
    Stream,
    TrialRow,
)
from game.recorder import now_of
from neuro.types import Headset

_HEADSET = TypeAdapter(Headset)
_GAZE_ROWS = 6


@dataclass(frozen=True, slots=True)
class Samples:
    """All that one device sent.

    t_s:      (n,) float64 host monotonic seconds, strictly increasing
    data:     (k, n) float32: k channels in microvolts, or x, y, pupil, confidence and scene x, y
    device_s: (n,) float64 as the device or its driver stamped; NaN where nobody did
    """

    t_s: NDArray[np.float64]
    data: NDArray[np.float32]
    device_s: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sitting:
    """A sitting under its player's pseudonym; nobody's name is in it.

    zero_s: host monotonic seconds of the first sample of EEG; of gaze, or of the anchor, where there is none.
            Every time in a file is seconds since then.
    clock:  (2, n) ticks, and when they were played in host monotonic seconds
    """

    pseudonym: str
    age: int | None
    session: Session
    headset: Headset | None
    eeg: Samples | None
    gaze: Samples | None
    model: Model | None
    zero_s: float
    clock: NDArray[np.float64]
    trials: tuple[TrialRow, ...]
    blocks: tuple[BlockRow, ...]
    events: tuple[EventRow, ...]
    estimates: tuple[EstimateRow, ...]
    segments: tuple[SegmentRow, ...]
    calibrations: tuple[CalibrationRow, ...]

    @property
    def began(self) -> datetime:
        """When second 0 was, by the calendar."""
        session = self.session
        return datetime.fromtimestamp(session.anchor_unix_s + self.zero_s - session.anchor_mono_s, UTC)

    @property
    def stamp(self) -> str:
        """As `stamp_of`."""
        return stamp_of(self.session)

    @property
    def label(self) -> str:
        """For names of files, as P-1f2e3d4c_20261122T143501."""
        return f"{self.pseudonym}_{self.stamp}"

    @property
    def mode(self) -> str:
        """Who decided about rewards; in a study that is sealed, and an export opens no seal."""
        return "sealed" if self.session.study else self.session.mode

    def seconds(self, t_s: NDArray[np.float64] | float) -> NDArray[np.float64]:
        """Host monotonic seconds as seconds of this sitting, to the microsecond."""
        return np.round(np.asarray(t_s, np.float64) - self.zero_s, 6)

    def of_ticks(self, ticks: list[int]) -> NDArray[np.float64]:
        """(n,) when ticks were played, in seconds of this sitting; as if at full pace beyond those that are kept."""
        at, known = np.array(ticks, np.float64), self.clock
        if not known.size:
            return self.seconds(self.session.anchor_mono_s + at * TICK_S)
        beyond = np.maximum(at - known[0, -1], 0) + np.minimum(at - known[0, 0], 0)
        return self.seconds(np.interp(at, known[0], known[1]) + beyond * TICK_S)


def stamp_of(session: Session) -> str:
    """A name among the player's sittings that is the same on every computer, as 20261122T143501."""
    return datetime.fromtimestamp(session.anchor_unix_s, UTC).strftime("%Y%m%dT%H%M%S")


def read(store: Store, session_id: int) -> Sitting:
    """The sitting as it is kept. Raises: NotFound."""
    session = store.sessions.get(session_id)
    player = store.players.get(session.player_id)
    headset = _HEADSET.validate_json(session.headset_json) if session.headset_json else None
    eeg = _joined(store, session_id, "eeg", len(headset.channels)) if headset else None
    gaze = _joined(store, session_id, "gaze", _GAZE_ROWS)
    first = eeg or gaze
    began_year = datetime.fromtimestamp(session.anchor_unix_s, UTC).year
    return Sitting(
        pseudonym=player.pseudonym,
        age=began_year - player.birth_year if player.birth_year else None,
        session=session,
        headset=headset,
        eeg=eeg,
        gaze=gaze,
        model=store.models.get(session.model_sha) if session.model_sha else None,
        zero_s=float(first.t_s[0]) if first else session.anchor_mono_s,
        clock=_clock(store, session_id),
        trials=store.sessions.trials(session_id),
        blocks=store.sessions.blocks(session_id),
        events=store.sessions.events(session_id),
        estimates=store.sessions.estimates(session_id),
        segments=store.signals.segments(session_id),
        calibrations=store.signals.calibrations(session_id),
    )


def _joined(store: Store, session_id: int, stream: Stream, k: int) -> Samples | None:
    """All looks at one device as one; None where it sent nothing, or where its samples are no longer kept."""
    polls = [poll for poll in store.signals.polls(session_id, stream) if len(poll.t_s)]
    if not polls:
        return None
    t_s = np.concatenate([poll.t_s for poll in polls])
    return Samples(t_s, np.concatenate(list(_rows(polls, k)), axis=1), np.concatenate([_stamps(p) for p in polls]))


def _rows(polls: list[PollRow], k: int) -> Iterator[NDArray[np.float32]]:
    """(k, n) each; rows that a device did not have yet are NaN."""
    for poll in polls:
        missing = np.full((k - len(poll.data), poll.data.shape[1]), np.nan, np.float32)
        yield np.concatenate([poll.data, missing]) if len(missing) else poll.data


def _stamps(poll: PollRow) -> NDArray[np.float64]:
    return np.full(len(poll.t_s), np.nan) if poll.device_s is None else poll.device_s


def _clock(store: Store, session_id: int) -> NDArray[np.float64]:
    pairs = [(tick.tick, now_of(tick.inputs_json)) for tick in store.sessions.ticks(session_id)]
    return np.array(pairs, np.float64).T if pairs else np.empty((2, 0))
