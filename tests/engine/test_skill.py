from hypothesis import given
from hypothesis import strategies as st

from engine.anchors import X_MAX, X_MIN, geometric, linear
from engine.skill import (
    FIRST_X,
    Skill,
    next_skill,
    nudged,
    presented,
    target_for,
    warm_start,
)

xs = st.floats(X_MIN, X_MAX)
skills = st.builds(Skill, x=xs, trials=st.integers(0, 500), failures=st.integers(0, 2), easy=st.integers(0, 2))


@given(skills, st.lists(st.tuples(st.booleans(), st.booleans()), max_size=80), st.floats(0.6, 0.95))
def test_difficulty_never_leaves_its_bounds(skill: Skill, trials: list[tuple[bool, bool]], target: float) -> None:
    for success, valid in trials:
        skill = next_skill(skill, success, valid, target)
        assert X_MIN <= skill.x <= X_MAX
        assert X_MIN <= presented(skill) <= X_MAX


@given(skills, st.booleans())
def test_an_invalid_trial_says_nothing_about_skill(skill: Skill, success: bool) -> None:
    assert next_skill(skill, success, valid=False, target=0.8) == skill


@given(skills)
def test_success_is_followed_by_at_least_the_difficulty_that_failure_is(skill: Skill) -> None:
    assert next_skill(skill, True, True, 0.8).x >= skill.x >= next_skill(skill, False, True, 0.8).x


def test_at_the_floor_gain_a_failure_weighs_four_successes() -> None:
    settled = Skill(x=0.0, trials=100)
    up = next_skill(settled, True, True, 0.8).x
    down = next_skill(settled, False, True, 0.8).x
    assert abs(up - 0.07) < 1e-9
    assert abs(down + 0.28) < 1e-9


def test_the_first_trials_move_most() -> None:
    assert abs(next_skill(Skill(x=0.0), False, True, 0.8).x + 0.8) < 1e-9


def test_three_failures_in_a_row_rescue_once_and_make_two_trials_easy() -> None:
    skill = Skill(x=1.0, trials=100)
    for _ in range(3):
        skill = next_skill(skill, False, True, 0.8)
    assert abs(skill.x - (1.0 - 3 * 0.28 - 1.0)) < 1e-9
    assert presented(skill) == skill.x - 1.0
    skill = next_skill(next_skill(skill, True, True, 0.8), True, True, 0.8)
    assert presented(skill) == skill.x
    assert next_skill(skill, False, True, 0.8).easy == 0


@given(xs, xs, st.floats(0.05, 1.0), st.floats(0.05, 1.0))
def test_a_harder_x_is_never_a_gentler_parameter(one: float, other: float, a: float, b: float) -> None:
    easy, hard = sorted((a, b))
    low, high = sorted((one, other))
    assert geometric(low, (easy, hard)) <= geometric(high, (easy, hard)) * (1 + 1e-12)
    assert linear(low, (hard, easy)) >= linear(high, (hard, easy)) - 1e-12


def test_the_middle_of_a_speed_is_its_geometric_mean() -> None:
    assert abs(geometric(0.0, (0.1, 0.4)) - 0.2) < 1e-12
    assert geometric(X_MIN, (0.1, 0.4)) == 0.1
    assert linear(X_MAX, (0.15, 0.30)) == 0.30


def test_a_sitting_begins_half_a_logit_below_where_the_last_one_ended() -> None:
    assert warm_start(1.0) == 0.5
    assert warm_start(None) == FIRST_X
    assert warm_start(-3.0) == X_MIN


def test_children_find_their_first_three_sittings_easier() -> None:
    assert abs(target_for(0.80, child=True, sitting_number=3) - 0.85) < 1e-12
    assert target_for(0.80, child=True, sitting_number=4) == 0.80
    assert target_for(0.80, child=False, sitting_number=1) == 0.80


def test_another_loop_can_nudge_only_within_bounds() -> None:
    assert nudged(Skill(x=2.9), 0.3).x == X_MAX
