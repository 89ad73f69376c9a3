"""Rare things among common ones, dealt in decks: within each the share of the rare is exact."""

from engine import dice

SIZE = 20
"""Cards a deck."""

COMMON, RARE = "c", "r"
"""A card is one letter."""


def deal(seed: int, word: str, number: int, share: float, most: int, carried: int) -> str:
    """A deck of SIZE letters with `share` of them rare, and never more than `most` of these in a row.

    Each place before, between and after the common cards can hold `most` rare ones; the rare draw lots for them.
    What is left of a card is rounded up as often as it is worth, so that the share is kept over many decks.

    word, number: which deck of which game, so that no two are alike
    carried:      how many rare cards the deck before ended with
    """
    rare = int(SIZE * share + dice.roll(seed, word, "rare", number))
    common = SIZE - rare
    places = [place for place in range(common + 1) for _ in range(most)][carried:]
    lots = sorted(range(len(places)), key=lambda lot: dice.roll(seed, word, "deck", number, lot))
    taken = [places[lot] for lot in lots[:rare]]
    return COMMON.join(RARE * taken.count(place) for place in range(common + 1))
