"""Nobody teaches the model that judges them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from neuro.learn.folds import Fold, hold_out, k_fold, leaky, leave_one_out

Rng = np.random.default_rng


@given(st.integers(6, 40), st.integers(0, 99))
def test_everybody_is_judged_once_and_taught_by_others_only(people: int, seed: int) -> None:
    for folds in (leave_one_out(people), k_fold(people, Rng(seed))):
        assert sorted(each for fold in folds for each in fold.test) == list(range(people))
        assert all(sorted(fold.train + fold.test) == list(range(people)) for fold in folds)


@given(st.integers(3, 40), st.integers(0, 99))
def test_a_quarter_is_held_out(people: int, seed: int) -> None:
    (fold,) = hold_out(people, Rng(seed))
    assert len(fold.test) == max(1, round(people / 4))
    assert sorted(fold.train + fold.test) == list(range(people))


def test_groups_are_of_even_size_and_by_chance() -> None:
    one, other = k_fold(24, Rng(1)), k_fold(24, Rng(2))
    assert [len(fold.test) for fold in one] == [4] * 6
    assert one != other
    assert one == k_fold(24, Rng(1))


def test_leaving_one_out_of_three_is_written_out() -> None:
    assert leave_one_out(3) == [Fold((1, 2), (0,)), Fold((0, 2), (1,)), Fold((0, 1), (2,))]


def test_the_leaky_split_judges_every_window_once_and_has_everybody_on_both_sides() -> None:
    folds = list(leaky([30, 61], Rng(3)))
    for person, n in enumerate((30, 61)):
        assert np.sum([fold[person] for fold in folds], axis=0).tolist() == [1] * n
        assert all(fold[person].any() and not fold[person].all() for fold in folds)


def test_two_people_are_too_few() -> None:
    for split in (leave_one_out, lambda n: k_fold(n, Rng(1)), lambda n: hold_out(n, Rng(1))):
        with pytest.raises(ValueError, match="at least three people, there are 2"):
            split(2)


def test_more_groups_than_people_are_refused() -> None:
    with pytest.raises(ValueError, match="6 groups need at least 6 people, there are 5"):
        k_fold(5, Rng(1))
