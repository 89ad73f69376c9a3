"""The catalogues of words: complete, true to their sentences, and compiled from what a translator reads."""

from collections import Counter
from string import Formatter

import pytest
from babel.messages.catalog import Message

from game.words.__main__ import HERE, LANGUAGES, compiled, missing, read, updated


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def names(sentence: str) -> Counter[str]:
    return Counter(name for _, name, _, _ in Formatter().parse(sentence) if name)


def sentences(message: Message) -> tuple[str, ...]:
    return tuple(message.id) if isinstance(message.id, tuple | list) else (message.id,)


def told(message: Message) -> tuple[str, ...]:
    return tuple(message.string) if isinstance(message.string, tuple | list) else (message.string,)


def test_every_sentence_is_translated_and_nothing_is_that_is_said_no_longer(language: str) -> None:
    now = updated(language)
    assert missing(now) == []
    assert {m.id for m in read(language) if m.id} == {m.id for m in now if m.id}


def test_a_translation_fills_in_the_same_names(language: str) -> None:
    for message in read(language):
        if message.id:
            asked = names(sentences(message)[-1])
            assert all(names(one) == asked for one in told(message)), message.id


def test_what_is_read_is_what_was_compiled(language: str) -> None:
    assert (HERE / f"{language}.mo").read_bytes() == compiled(read(language))
