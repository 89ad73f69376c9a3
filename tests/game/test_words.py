"""What Heron says in another language."""

from datetime import date

from engine.said import Said
from game.manner import Manner, worn
from game.words import later, say, say_many

PSEUDO = Manner(language="qps")


def test_english_is_said_as_it_is_written() -> None:
    assert say("Play") == "Play"
    assert say("Hello, {name}", name="Otto") == "Hello, Otto"
    assert say("") == ""


def test_how_many_there_are_decides_about_the_words() -> None:
    assert say_many("{n} minute", "{n} minutes", 1) == "1 minute"
    assert say_many("{n} minute", "{n} minutes", 3) == "3 minutes"


def test_the_pseudo_language_is_longer_and_keeps_what_is_filled_in() -> None:
    with worn(PSEUDO):
        told = say("Hello, {name}: {what}", name="Otto", what="play")
        assert "Otto" in told
        assert "play" in told
        assert "Hello" not in told
        assert len(told) > 1.1 * len("Hello, Otto: play")


def test_words_marked_for_later_are_the_same_words() -> None:
    assert later("Play") == "Play"


def test_a_sentence_of_the_rules_is_english_to_whoever_prints_it_and_can_be_said_otherwise() -> None:
    said = Said("Because of {about}, wait until {day}.", about=Said("the eyes"), day=date(2026, 3, 9))
    assert said == "Because of the eyes, wait until Monday 9 March."
    assert say(said) == said
    with worn(PSEUDO):
        told = say(said)
    assert "the eyes" not in told
    assert "Monday" not in told
    assert "9" in told
