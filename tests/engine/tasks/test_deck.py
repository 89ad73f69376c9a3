"""Decks keep the share of what is rare, and never deal too much of it in a row."""

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.tasks.deck import RARE, SIZE, deal


@settings(max_examples=60)
@given(seed=st.integers(0, 1000), share=st.floats(0.05, 0.5), most=st.integers(1, 3), carried=st.integers(0, 3))
def test_rare_cards_are_never_more_than_allowed_in_a_row(seed: int, share: float, most: int, carried: int) -> None:
    dealt = deal(seed, "word", 0, share, most, min(most, carried))
    assert RARE * (most + 1) not in RARE * min(most, carried) + dealt
    assert len(dealt) == SIZE
    assert 0 <= dealt.count(RARE) - int(SIZE * share) <= 1


def test_over_many_decks_the_share_is_kept_where_a_deck_cannot_hold_it() -> None:
    dealt = "".join(deal(1, "word", number, 0.13, 1, 0) for number in range(200))
    assert abs(dealt.count(RARE) / len(dealt) - 0.13) < 0.005


def test_each_deck_of_each_game_lies_otherwise() -> None:
    decks = {deal(seed, word, number, 0.3, 2, 0) for seed in (1, 2) for word in ("a", "b") for number in (0, 1)}
    assert len(decks) == 8
