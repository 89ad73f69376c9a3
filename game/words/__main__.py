"""`python -m game.words`: finds every sentence of Heron, brings the catalogues up to date, and says what is missing.

It needs Babel (the extra `dev`). Translators edit the .po file beside this one; the .mo file is made of it.
"""

import sys
import tomllib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from engine.plan import Plan

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
LANGUAGES = ("zh_CN",)

KEYWORDS = {
    **dict.fromkeys(("say", "later", "Said", "Words", "Button", "Card", "Switch", "Slider", "Options", "Entry")),
    **dict.fromkeys(("written", "paragraph", "folded")),
    "say_many": (1, 2),
}
"""Who takes a sentence of the catalogue as its first argument; Babel finds what stands there in quotes."""

SAID_IN_LEVELS = ("title", "story", "goal", "says")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)


def sentences() -> Iterator[tuple[str | tuple[str, ...], str]]:
    """Every sentence, or one and many, and the file that says it."""
    for room in ("engine", "game"):
        for path in sorted((ROOT / room).rglob("*.py")):
            if path.parent == HERE:
                continue
            for _, found, _, _ in extract("python", BytesIO(path.read_bytes()), KEYWORDS):
                yield found, str(path.relative_to(ROOT))
    for path in sorted((ROOT / "game").rglob("*.html")):
        for _, found, _, _ in extract("jinja2.ext:babel_extract", BytesIO(path.read_bytes()), KEYWORDS):
            yield found, str(path.relative_to(ROOT))
    for path in sorted((ROOT / "levels").rglob("*.toml")):
        told = tomllib.loads(path.read_text("utf-8"))
        for name in SAID_IN_LEVELS:
            if name in told:
                yield told[name], str(path.relative_to(ROOT))
    for setting in Plan.model_fields.values():
        yield str(setting.description), "engine/plan.py"
    for word in (*DAYS, *MONTHS, "{weekday} {day} {month}"):
        yield word, "game/words/__init__.py"


def template() -> Catalog:
    """All sentences, not translated."""
    catalogue = Catalog(project="Heron", charset="utf-8")
    for sentence, where in sentences():
        if sentence:
            catalogue.add(sentence, locations=[(where, 0)])
    return catalogue


def read(language: str) -> Catalog:
    """The translations as they are."""
    path = HERE / f"{language}.po"
    if not path.is_file():
        return Catalog(locale=language, charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language)


def missing(catalogue: Catalog) -> list[str]:
    """Sentences without a translation, or with one that was only guessed."""
    return [str(one.id) for one in catalogue if one.id and (one.fuzzy or not all(_strings(one.string)))]


def _strings(told: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (told or "",) if isinstance(told, str | None) else tuple(told)


def updated(language: str) -> Catalog:
    """The translations with all that is said now, and nothing that is said no longer."""
    catalogue = read(language)
    catalogue.update(template(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    return catalogue


def compiled(catalogue: Catalog) -> bytes:
    """The .mo file of a catalogue."""
    out = BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def main() -> int:
    for language in LANGUAGES:
        catalogue = updated(language)
        with (HERE / f"{language}.po").open("wb") as file:
            write_po(file, catalogue, width=116, sort_output=True, include_lineno=False, omit_header=False)
        (HERE / f"{language}.mo").write_bytes(compiled(catalogue))
        left = missing(catalogue)
        print(f"{language}: {len(catalogue)} sentences, {len(left)} to translate.")  # noqa: T201
        for sentence in left:
            print(f"  {sentence!r}")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
