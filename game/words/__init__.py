"""What Heron says, in the language of whoever plays: gettext catalogues beside this file, English in the code."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from engine.said import Said
from game.manner import current

_HERE = Path(__file__).parent
_ACCENTS = str.maketrans("AEINOSUaeinosuyc", "ÀÉÎÑÖŠÛàéîñöšûýç")

_noting: ContextVar[list[str] | None] = ContextVar("noting", default=None)


@contextmanager
def noted() -> Iterator[list[str]]:
    """Every sentence that is said within, as it stands in the code, in the order of saying."""
    sentences: list[str] = []
    token = _noting.set(sentences)
    try:
        yield sentences
    finally:
        _noting.reset(token)


def say(sentence: str, **values: object) -> str:
    """The sentence in the player's language, its {names} filled with the values, which are said in it too."""
    if isinstance(sentence, Said):
        return say(sentence.words, **sentence.values)
    if (noting := _noting.get()) is not None:
        noting.append(sentence)
    told = _catalogue(current().language).gettext(sentence) if sentence else ""
    return told.format(**{name: _value(value) for name, value in values.items()}) if values else told


def say_many(one: str, many: str, number: int, **values: object) -> str:
    """As `say`, by how many there are; {n} is filled with the number."""
    return _catalogue(current().language).ngettext(one, many, number).format(n=number, **values)


def _value(value: object) -> object:
    """Sentences and days by the language; a name or a number is what it is."""
    if isinstance(value, Said):
        return say(value)
    if isinstance(value, date):
        day, month = (_catalogue(current().language).gettext(f"{value:{part}}") for part in ("%A", "%B"))
        return say("{weekday} {day} {month}", weekday=day, day=value.day, month=month)
    return value


def later(sentence: str) -> str:
    """The same sentence: it marks words that are translated where they are shown."""
    return sentence


@cache
def _catalogue(language: str) -> NullTranslations:
    if language == "qps":
        return _Pseudo()
    path = _HERE / f"{language}.mo"
    if not path.is_file():
        return NullTranslations()
    with path.open("rb") as file:
        return GNUTranslations(file)


class _Pseudo(NullTranslations):
    """English with accents, a third longer, in brackets; what stands in {braces} stays, and what was said already."""

    def gettext(self, message: str) -> str:
        return _accented(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return _accented(msgid1 if n == 1 else msgid2)


def _accented(message: str) -> str:
    if message.startswith("["):
        return message
    parts = message.split("{")
    told = [parts[0].translate(_ACCENTS)]
    for part in parts[1:]:
        name, _, rest = part.partition("}")
        told.append(f"{name}}}{rest.translate(_ACCENTS)}")
    return f"[{'{'.join(told)}{' ·' * max(1, len(message) // 6)}]"
