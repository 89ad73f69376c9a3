"""Which sentences are read aloud, and when."""

from game.reading import SETTLED_TICKS, Reader


def read(*screens: tuple[tuple[str, ...], int]) -> list[tuple[str, ...]]:
    """All that is asked for while each of these screens stands for so many ticks."""
    reader, told, number = Reader(), [], 0
    for sentences, ticks in screens:
        for _ in range(ticks):
            number += 1
            if (spoken := reader.saw(sentences, number)) is not None:
                told.append(spoken)
    return told


def test_a_screen_is_read_once() -> None:
    assert read((("Rest your eyes", "Look far away."), 600)) == [("Rest your eyes", "Look far away.")]


def test_what_is_gone_at_once_is_not_read() -> None:
    assert read((("One moment, please.",), SETTLED_TICKS - 1), ((), 100)) == []


def test_only_what_is_new_on_a_screen_is_read() -> None:
    assert read((("Put the headset on.",), 60), (("Put the headset on.", "Put the glasses on."), 60)) == [
        ("Put the headset on.",),
        ("Put the glasses on.",),
    ]


def test_the_next_screen_ends_the_reading_of_the_last() -> None:
    assert read((("Paused",), 60), ((), 60)) == [("Paused",), ()]
    assert read((("Paused",), 60), (("Rest a while",), 60)) == [("Paused",), (), ("Rest a while",)]


def test_a_screen_that_comes_back_is_read_again() -> None:
    assert read((("Paused",), 60), ((), 60), (("Paused",), 60)) == [("Paused",), (), ("Paused",)]


def test_a_screen_that_flickers_is_read_when_it_stands_still() -> None:
    flicker = tuple(screen for _ in range(20) for screen in ((("One moment.",), 5), (("Sit still.",), 5)))
    assert read(*flicker, (("Sit still.",), 60)) == [("Sit still.",)]
