"""The life of a device: what is believed of it, when, and for which reason."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from neuro.life import ABSENT, LATE, LOST_AFTER_S, SILENT, STALE_AFTER_S, Life, LifeState, Look, next_life

GONE = "The headset has gone: switch it on."
OFF = "It sits on no head: put it on."
LOOK_S = 0.04


def live(seconds: float, *, sends: bool = True, trouble: str | None = None, unfit: str | None = None) -> list[Look]:
    """Looks at a device that does the same all the time; stamps and ages are put in by `lives`."""
    return [Look(0.0, 0.0 if sends else None, trouble, unfit)] * round(seconds / LOOK_S)


def lives(looks: list[Look]) -> list[Life]:
    """What comes of looks 25 times a second, each with the age of the newest sample until then."""
    newest_s: float | None = None
    found = [ABSENT]
    for k, look in enumerate(looks):
        now_s = (k + 1) * LOOK_S
        newest_s = now_s if look.age_s is not None else newest_s
        age_s = None if newest_s is None else now_s - newest_s
        found.append(next_life(found[-1], Look(now_s, age_s, look.trouble, look.unfit)))
    return found[1:]


def changes(looks: list[Look]) -> list[tuple[LifeState, str | None]]:
    found = lives(looks)
    first = (found[0].state, found[0].reason)
    return [first, *((b.state, b.reason) for a, b in pairwise(found) if a.state != b.state)]


def test_a_headset_connects_is_fitted_and_streams() -> None:
    looks = live(3, sends=False) + live(4, unfit=OFF) + live(4)
    assert changes(looks) == [("connecting", None), ("fitting", OFF), ("streaming", None)]


def test_what_cannot_be_fitted_streams_at_once() -> None:
    assert changes(live(1)) == [("streaming", None)]


def test_silence_is_stale_then_lost_and_a_return_is_believed_after_half_a_second() -> None:
    looks = live(2) + live(3, sends=False) + live(2)
    said = [("streaming", None), ("stale", LATE), ("lost", SILENT), ("reconnecting", None), ("streaming", None)]
    assert changes(looks) == said


def test_silence_is_noticed_by_the_age_of_the_data() -> None:
    found = lives(live(2) + live(3, sends=False))
    since_s = {life.state: life.since_s for life in found}
    assert STALE_AFTER_S <= since_s["stale"] - 2.0 <= STALE_AFTER_S + 2 * LOOK_S
    assert LOST_AFTER_S <= since_s["lost"] - 2.0 <= LOST_AFTER_S + 2 * LOOK_S


def test_a_source_that_says_it_lost_its_device_is_believed_at_once_and_its_reason_stays() -> None:
    looks = live(2) + live(0.2, sends=False, trouble=GONE) + live(3, sends=False) + live(2)
    assert changes(looks) == [("streaming", None), ("lost", GONE), ("reconnecting", None), ("streaming", None)]
    assert {life.reason for life in lives(looks) if life.state == "lost"} == {GONE}


def test_a_device_that_comes_back_without_its_head_is_fitted_again() -> None:
    looks = live(2) + live(2, sends=False, trouble=GONE) + live(3, unfit=OFF)
    assert [state for state, _ in changes(looks)] == ["streaming", "lost", "reconnecting", "fitting"]


def test_a_device_that_never_sent_can_be_lost_too() -> None:
    assert changes(live(2, sends=False) + live(1, sends=False, trouble=GONE))[-1] == ("lost", GONE)


@pytest.mark.parametrize("glimpse_s", [0.04, 0.4, 1.6])
def test_a_blink_or_a_hand_in_the_hair_changes_nothing(glimpse_s: float) -> None:
    assert changes(live(3) + live(glimpse_s, unfit=OFF) + live(3)) == [("streaming", None)]


def test_a_signal_that_stutters_is_stale_once_and_not_again_and_again() -> None:
    stutter = live(0.6, sends=False) + live(0.3)
    assert changes(live(2) + 5 * stutter) == [("streaming", None), ("stale", LATE)]


def test_a_headset_that_is_taken_off_is_fitted_again() -> None:
    assert changes(live(3) + live(3, unfit=OFF) + live(3)) == [
        ("streaming", None),
        ("fitting", OFF),
        ("streaming", None),
    ]


LOOKS = st.lists(
    st.tuples(st.booleans(), st.sampled_from([None, GONE]), st.sampled_from([None, OFF])).map(
        lambda given: Look(0.0, 0.0 if given[0] else None, given[1], given[2])
    ),
    min_size=1,
    max_size=200,
)


@given(LOOKS)
def test_what_sends_no_more_is_never_called_well(looks: list[Look]) -> None:
    silent = lives(looks + live(LOST_AFTER_S + 3 * LOOK_S, sends=False))[-1]
    assert silent.state in ("lost", "connecting")
    assert silent.state == "connecting" or silent.reason


@given(LOOKS)
def test_whatever_was_before_a_device_that_sends_well_streams_within_two_seconds(looks: list[Look]) -> None:
    assert lives(looks + live(2))[-1].state == "streaming"


@given(LOOKS)
def test_what_is_wrong_always_has_a_reason_and_what_is_well_never(looks: list[Look]) -> None:
    for life in lives(looks):
        assert (life.reason is None) == (life.state in ("absent", "connecting", "streaming", "reconnecting"))
