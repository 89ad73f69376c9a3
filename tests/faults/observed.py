"""What comes of a fault: what the player sees, what is stored, how soon it is noticed and over, where samples go."""

from typing import Any, NamedTuple

import numpy as np

from neuro.listener import Poll
from neuro.types import Chunk
from tests.faults.catalogue import Fault
from tests.faults.sitting import EEG_HZ, Calm, Sitting, estimates, states
from tests.neuro.sources.live import join

NOTICED_S, BACK_S = 1.0, 6.0
"""The most for a loss: age of the newest sample when it is said; time from the device's return until all is well."""

_WATCH_S = 1.0
_HELD_S = 2.0
_LIMIT_S = 20.0


class Observed(NamedTuple):
    """What came of one fault.

    lives:     of the device while it lasted, in order, as they are stored
    states:    of the estimates meanwhile
    reason:    what the therapist is told of the loss; None where nothing is
    noticed_s: of a loss the age of the newest sample when it was said, else since the fault began; None if never
    back_s:    from when it was put right until all was well; None where nothing was amiss
    marked, skipped: samples that did not arrive, with NaN in their place or room in the stamps
    dropped:   how many an emulated radio threw away meanwhile; None where there is no radio
    gap_s:     the longest time without a sample
    """

    fault: Fault
    lives: tuple[str, ...]
    states: frozenset[str]
    reason: str | None
    noticed_s: float | None
    back_s: float | None
    marked: int
    skipped: int
    dropped: int | None
    gap_s: float


def observe(sitting: Sitting, fault: Fault) -> Observed:
    """Let it happen to a sitting in which all is well, and wait until all is well again.

    Asserts that no sample is made up, and none is lost without a mark.
    """
    sitting.hear_good(_LIMIT_S)
    before, told = sitting.account(), len(sitting.notes.lives())
    dropped_before = _dropped(sitting)
    well = sitting.hear_for(0.2)
    began_s = well[-1].now_s
    fault.begin(sitting.device)
    polls, noticed_s = _noticed(sitting, fault, began_s)
    put_right_s = polls[-1].now_s
    if fault.ends:
        fault.ends(sitting.device)
    polls += sitting.hear_good(_LIMIT_S)
    back_s = polls[-1].now_s - put_right_s
    polls += sitting.hear_for(0.2)
    after, lives, dropped = sitting.account(), sitting.notes.lives()[told:], _dropped(sitting)
    return Observed(
        fault,
        tuple(state for _, state, _ in lives),
        frozenset(states(polls)),
        next((reason for _, state, reason in lives if state == "lost"), None),
        noticed_s,
        None if noticed_s is None else back_s,
        after.marked - before.marked,
        after.skipped - before.skipped,
        None if dropped is None or dropped_before is None else dropped - dropped_before,
        _longest_gap_s(well + polls, sitting),
    )


def _dropped(sitting: Sitting) -> int | None:
    radio = getattr(sitting.device, "radio", None)
    return radio.lost if radio else None


def _noticed(sitting: Sitting, fault: Fault, began_s: float) -> tuple[list[Poll], float | None]:
    """Polls until it is time to put it right, and how soon it was noticed."""
    match fault.kind:
        case "loss":
            polls = sitting.hear(lambda poll: sitting.life(poll).state == "lost", _LIMIT_S)
            return polls, sitting.age_s(polls[-1])
        case "poor":
            polls = sitting.hear(sitting.is_off, _LIMIT_S)
            noticed_s = polls[-1].now_s - began_s
            return polls + (sitting.hear_for(_HELD_S) if fault.ends else []), noticed_s
        case "restart":
            return sitting.hear(_after_a_pause(sitting), _LIMIT_S), None
        case _:
            return sitting.hear_for(_WATCH_S), None


def _after_a_pause(sitting: Sitting) -> Any:
    """A poll with samples, after a tenth of a second without."""
    newest_s = sitting.heard()[-1].now_s

    def is_so(poll: Poll) -> bool:
        nonlocal newest_s
        t_s = poll.chunk.t_s if sitting.stream == "eeg" else poll.gaze.t_s
        if not t_s.size:
            return False
        paused, newest_s = t_s[0] - newest_s > 0.1, float(t_s[-1])
        return bool(paused)

    return is_so


def _longest_gap_s(polls: list[Poll], sitting: Sitting) -> float:
    t_s = np.concatenate([poll.chunk.t_s if sitting.stream == "eeg" else poll.gaze.t_s for poll in polls])
    return float(np.diff(t_s).max())


def assert_as_it_must_be(seen: Observed) -> None:
    match seen.fault.kind:
        case "trifle":
            assert (seen.lives, seen.states - {"good"}, seen.skipped) == ((), frozenset(), 0)
            assert seen.marked == (seen.dropped or 0)
        case "poor":
            assert not {"lost", "stale"} & {*seen.lives, *seen.states}
            assert (seen.marked, seen.skipped) == (seen.dropped or 0, 0)
        case "restart":
            assert seen.gap_s < BACK_S
            assert seen.skipped > 0
        case "loss":
            assert seen.noticed_s is not None
            assert seen.back_s is not None
            assert seen.noticed_s <= NOTICED_S
            assert seen.back_s < BACK_S
            assert seen.lives == ("stale", "lost", "reconnecting", "streaming")
            assert seen.reason
            assert seen.marked == 0
            assert seen.skipped > 0


def assert_live_is_offline(sitting: Sitting, head: Calm) -> None:
    """What was estimated live, from the first sample on, is what the recording gives by itself."""
    sitting.hear_for(1.0)
    polls = sitting.heard()
    came = join([poll.chunk for poll in polls])
    live = [each for each in estimates(polls) if each.state != "absent"]
    first = int(np.abs(head.uv - came.uv[:, :1]).max(axis=0).argmin())
    n = came.t_s.size
    recorded = Chunk(head.uv[:, first : first + n], (first + np.arange(n)) / EEG_HZ)
    said = head.pipeline().step(float(recorded.t_s[-1]), "play", recorded)
    assert [(each.state, each.channels) for each in live] == [(each.state, each.channels) for each in said]
    np.testing.assert_allclose([each.score for each in live], [each.score for each in said], atol=1e-5)
    np.testing.assert_allclose([each.trust for each in live], [each.trust for each in said], atol=1e-5)
    assert np.std([each.score for each in said]) > 0
