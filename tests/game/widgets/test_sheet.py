"""Words and choices below one another: whatever their size and language, all of them fit the picture."""

from itertools import combinations

import pytest

from game.draw import HEIGHT, WIDTH, Rect, Text
from game.manner import Manner, worn
from game.type import text_width
from game.widgets.choices import SMALLEST_TARGET, Button, Card, Choice, Options, Slider, Switch
from game.widgets.sheet import Gap, Pair, Row, Sheet, Words, sheet

STORY = "The marsh wakes. Something stirs under the water: wait for the fish, and let the frogs go by. " * 2


def page() -> Sheet:
    return sheet(
        [
            Pair(Words("Hello, Otto", 22, "accent"), Words("about 12 minutes", 20, "text_soft", "right")),
            Words("First light", 30),
            Words(STORY, 20, "text_soft"),
            Gap(),
            Row((Switch("Captions"),)),
            Row((Slider("How large words are", 100.0, 80.0, 200.0),)),
            Row((Options("Colours", "dawn", (("dawn", "Dawn"), ("contrast", "High contrast"))),)),
            Row((Button("Play"), Button("Leave"), Button("I don't feel well"))),
        ]
    )


def inside(choice: Choice) -> bool:
    box = choice.box
    return box.left >= 0 and box.top >= 0 and box.left + box.width <= WIDTH and box.top + box.height <= HEIGHT


def apart(one: Choice, other: Choice) -> bool:
    a, b = one.box, other.box
    return abs(a.x - b.x) >= (a.width + b.width) / 2 - 0.01 or abs(a.y - b.y) >= (a.height + b.height) / 2 - 0.01


def reach(op: Text) -> tuple[float, float]:
    wide = text_width(op.words, op.size)
    left = {"left": op.x, "middle": op.x - wide / 2, "right": op.x - wide}[op.anchor]
    return left, left + wide


@pytest.mark.parametrize("language", ["en", "qps"])
@pytest.mark.parametrize("text", [0.8, 1.0, 1.5, 2.0])
def test_everything_is_on_the_panel_large_enough_and_apart(text: float, language: str) -> None:
    with worn(Manner(text=text, language=language)):  # type: ignore[arg-type]
        laid = page()
        drawn = [*laid.ops, *(op for choice in laid.choices for op in choice.draw(True))]
    assert all(inside(choice) for choice in laid.choices)
    assert all(apart(one, other) for one, other in combinations(laid.choices, 2))
    assert min(min(choice.box.width, choice.box.height) for choice in laid.choices) >= SMALLEST_TARGET
    left, right = laid.box.left, laid.box.left + laid.box.width
    for op in drawn:
        if isinstance(op, Text):
            assert left <= reach(op)[0] <= reach(op)[1] <= right + 1, op.words
            assert laid.box.top <= op.y <= laid.box.top + laid.box.height


def test_larger_words_make_a_larger_sheet_before_they_shrink() -> None:
    def first(text: float) -> tuple[float, float]:
        with worn(Manner(text=text)):
            laid = sheet([Words(STORY, 20), Row((Button("Play"),))])
            return laid.box.width * laid.box.height, max(op.size for op in laid.ops if isinstance(op, Text))

    (small, _), (large, size) = first(1.0), first(2.0)
    assert large > small
    assert size == 40


def test_a_sheet_beside_the_heron_leaves_the_heron_free() -> None:
    laid = sheet([Words("Paused", 34), Row((Button("Continue"),))])
    assert laid.box.left > 500
    (panel,) = (op for op in laid.ops if isinstance(op, Rect))
    assert (panel.x, panel.y) == (laid.box.left, laid.box.top)


def test_choices_that_do_not_fit_beside_one_another_go_below() -> None:
    row = sheet([Row(tuple(Button(f"Choice number {n}") for n in range(6)))]).choices
    assert len({choice.box.y for choice in row}) > 1


def test_a_cut_paragraph_ends_in_an_ellipsis() -> None:
    told = [op.words for op in sheet([Words(STORY, 20, most=2)]).ops if isinstance(op, Text)]
    assert len(told) == 2
    assert told[-1].endswith("…")


def test_cards_are_as_wide_as_their_longest_word() -> None:
    with worn(Manner(text=2.0)):
        (card,) = sheet([Row((Card("Kingfishers", "grown_kingfisher_card", least=(100, 120)),))]).choices
    assert card.box.width >= text_width("Kingfishers", 40)
