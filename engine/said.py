"""A sentence with values in it that can still be said in another language."""

from datetime import date
from typing import Self


class Said(str):
    """English, as any other words; beside it the sentence and the values that were filled in.

    It is a `str`, so that whoever only prints or stores it need not know: `Said("{n} days", n=3) == "3 days"`.
    """

    __slots__ = ("values", "words")

    words: str
    values: dict[str, object]

    def __new__(cls, words: str, **values: object) -> Self:
        said = super().__new__(cls, words.format(**{name: _english(value) for name, value in values.items()}))
        said.words, said.values = words, values
        return said


def _english(value: object) -> object:
    return f"{value:%A} {value.day} {value:%B}" if isinstance(value, date) else value
