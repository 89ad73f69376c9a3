"""Nobody can play more than is good for their age, against their family's limits, at night, or unwell."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.events import Answer
from engine.safety import (
    Allowed,
    Limits,
    Override,
    Played,
    Refused,
    Role,
    Screening,
    Standing,
    dose,
    is_locked,
    limited,
    may_override,
    may_play,
    played,
    rest,
)

NOON = datetime(2026, 3, 4, 12, 0)
FINE = Screening("no", "no", "no")


def refusal(who: Standing, now: datetime = NOON) -> str:
    answer = may_play(who, now)
    assert isinstance(answer, Refused)
    return answer.sentence


def minutes(who: Standing, now: datetime = NOON) -> float:
    answer = may_play(who, now)
    assert isinstance(answer, Allowed), answer
    return answer.seconds / 60


@pytest.mark.parametrize(
    ("age", "sitting", "day"),
    [(6, 15, 20), (8, 15, 20), (9, 20, 25), (12, 20, 25), (13, 25, 30), (17, 25, 30), (18, 30, 40), (70, 30, 40)],
)
def test_minutes_a_sitting_and_a_day_follow_age(age: int, sitting: float, day: float) -> None:
    assert minutes(Standing(age)) == sitting
    assert minutes(Standing(age, played=Played(today_s=(day - 4) * 60))) == 4
    assert f"enough for today ({day} minutes)" in refusal(Standing(age, played=Played(today_s=day * 60)))


def test_blocks_grow_and_breaks_shrink_with_age() -> None:
    doses = [dose(age) for age in (6, 9, 13, 18)]
    assert [each.block_s for each in doses] == [180, 240, 240, 300]
    assert [each.break_s for each in doses] == [60, 45, 30, 30]


def test_who_has_not_said_an_age_plays_as_the_youngest_and_is_told_so() -> None:
    assert minutes(Standing(None)) == minutes(Standing(6))
    assert "once Heron knows the year of birth" in refusal(Standing(None, played=Played(today_s=1200)))
    assert "year of birth" not in refusal(Standing(8, played=Played(today_s=1200)))


def test_nobody_below_six_plays() -> None:
    assert refusal(Standing(5)) == "Heron is for people from 6 years on."


def test_less_than_three_minutes_are_not_begun() -> None:
    assert minutes(Standing(8, played=Played(today_s=1020))) == 3
    refusal(Standing(8, played=Played(today_s=1021)))


def test_after_five_days_of_seven_comes_a_day_of_rest_but_a_day_that_was_begun_may_be_finished() -> None:
    assert "5 of the last seven days" in refusal(Standing(10, played=Played(0, other_days=5)))
    assert minutes(Standing(10, played=Played(600, other_days=5))) == 15
    assert minutes(Standing(10, played=Played(0, other_days=4))) == 20


def test_the_week_is_the_six_days_before_and_today() -> None:
    today = date(2026, 3, 8)
    sittings = [(today - timedelta(days=k), 300.0) for k in (0, 0, 1, 3, 3, 6, 7, 9)] + [
        (today - timedelta(days=5), 0.0)
    ]
    assert played(sittings, today) == Played(today_s=600, other_days=3)


@given(
    age=st.one_of(st.none(), st.integers(6, 99)),
    sitting_s=st.one_of(st.none(), st.floats(0, 7200)),
    day_s=st.one_of(st.none(), st.floats(0, 7200)),
    days=st.one_of(st.none(), st.integers(1, 7)),
)
def test_a_limit_can_only_lower_the_dose(
    age: int | None, sitting_s: float | None, day_s: float | None, days: int | None
) -> None:
    most, within = dose(age), limited(age, Limits(None, sitting_s, day_s, days))
    assert within.sitting_s <= most.sitting_s
    assert within.day_s <= most.day_s
    assert within.block_s <= most.block_s
    assert within.days <= most.days


@given(age=st.integers(6, 99), today_s=st.floats(0, 7200), other=st.integers(0, 6), minute=st.integers(0, 1439))
def test_whatever_was_played_a_day_never_holds_more_than_its_dose(
    age: int, today_s: float, other: int, minute: int
) -> None:
    answer = may_play(Standing(age, played=Played(today_s, other)), datetime(2026, 3, 4) + timedelta(minutes=minute))
    if isinstance(answer, Allowed):
        assert 180 <= answer.seconds <= dose(age).sitting_s
        assert answer.seconds + today_s <= dose(age).day_s
        assert other < dose(age).days or today_s


def test_the_last_hour_before_bed_and_the_night_are_free() -> None:
    who = Standing(10, Limits(bedtime=time(20, 30)))
    assert minutes(who, datetime(2026, 3, 4, 19, 0)) == 20
    assert minutes(who, datetime(2026, 3, 4, 19, 20)) == 10
    for hour, minute in ((19, 28), (19, 30), (20, 45), (23, 59), (0, 0), (4, 59)):
        assert "bedtime" in refusal(who, datetime(2026, 3, 4, hour, minute))
    assert minutes(who, datetime(2026, 3, 5, 5, 0)) == 20


def test_a_bedtime_after_midnight_is_of_the_same_evening() -> None:
    who = Standing(30, Limits(bedtime=time(0, 30)))
    assert minutes(who, datetime(2026, 3, 4, 23, 0)) == 30
    refusal(who, datetime(2026, 3, 4, 23, 40))
    refusal(who, datetime(2026, 3, 5, 0, 10))


def test_children_have_a_bedtime_where_nobody_has_said_one_and_grown_ups_do_not() -> None:
    late = datetime(2026, 3, 4, 21, 30)
    for age in (7, 10, 15):
        refusal(Standing(age), late)
    assert minutes(Standing(40), late) == 30


@pytest.mark.parametrize(
    ("worried", "words"),
    [
        (replace(FINE, seizure="yes"), "flashing light"),
        (replace(FINE, migraine="yes"), "migraine"),
        (replace(FINE, eyes="yes"), "the eyes"),
    ],
)
def test_a_worrying_yes_closes_heron_until_somebody_answers_for_it(worried: Screening, words: str) -> None:
    assert words in refusal(Standing(10, screening=worried))
    opened = replace(worried, override=Override("Dr. Holm", "therapist", "seen on 3 March, no objection"))
    assert minutes(Standing(10, screening=opened)) == 20


@pytest.mark.parametrize(
    ("role", "age", "seizure", "may"),
    [
        ("therapist", 8, "yes", True),
        ("parent", 8, "yes", False),
        ("self", 30, "yes", False),
        ("parent", 8, "no", True),
        ("self", 17, "no", False),
        ("self", None, "no", False),
        ("self", 18, "no", True),
    ],
)
def test_who_may_answer_for_a_yes(role: Role, age: int | None, seizure: Answer, may: bool) -> None:
    assert may_override(Screening(seizure, "yes", "no"), role, age) is may


def test_a_skipped_question_stops_nobody_but_keeps_effects_low_and_is_asked_again() -> None:
    skipped = Screening("skipped", "no", "no")
    assert minutes(Standing(10, screening=skipped)) == 20
    assert skipped.unanswered == ("seizure",)


def test_two_complaints_in_three_sittings_lock_and_a_review_unlocks() -> None:
    assert is_locked(Standing(10, complaints=(7, 9), newest=(9, 8, 7, 6)))
    assert "when a therapist has looked at it" in refusal(
        Standing(10, screening=FINE, complaints=(7, 9), newest=(9, 8, 7, 6))
    )
    assert is_locked(Standing(10, complaints=(9, 9), newest=(9,)))
    assert not is_locked(Standing(10, complaints=(9,), newest=(9, 8, 7)))
    assert not is_locked(Standing(10, complaints=(6, 9), newest=(9, 8, 7, 6)))


def test_eyes_rest_once_at_half_time_and_the_headset_is_asked_about_once() -> None:
    rests = [rest(dose(30).break_s, k * 300.0, (k + 1) * 300.0, 1800.0, has_headset=True) for k in range(6)]
    assert [each.look_far for each in rests] == [False, False, True, False, False, False]
    assert [each.ease for each in rests] == [False, False, True, False, False, False]
    assert all(each.seconds >= 30 for each in rests)
    assert not rest(dose(30).break_s, 600, 900, 1800, has_headset=False).ease


def test_nobody_plays_after_the_consent_was_taken_back() -> None:
    assert "taken back" in refusal(Standing(30, agrees=False))
    assert minutes(Standing(30)) == 30
