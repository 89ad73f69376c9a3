"""No word of Heron promises what only trials could show: what it says of itself is held against a list.

Source of the list: what regulators took for a claim to treat (FTC v. Lumosity 2016; FDA, general wellness: intended
use is read from what is written). A sentence may hold such a word to deny it: "not a diagnosis".
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).parents[1]

CLAIMS = re.compile(
    r"\b(treat(s|ed|ing|ment|ments)?|cur(e|es|ed|ing)|heal(s|ed|ing)?|diagnos\w*|therapeutic|remed(y|ies)|"
    r"clinically (proven|tested|validated)|scientifically proven|evidence-based|FDA|"
    r"(improv|boost|enhanc|reduc|reliev|lower|eas)(e|es|ed|ing) (your |the |a child's |their )?"
    r"(ADHD|symptoms?|IQ|intelligence|grades|school|memory|brain)|"
    r"(instead of|replac(e|es|ing)|without|less) (medicine|medication|drugs)|"
    r"rewir(e|es|ed|ing)|brain age|guarante(e|es|ed)|miracle)\b|治疗(?!师)|治愈|疗效|根治|诊断|药效|提高智商",
    re.IGNORECASE,
)

DENIED = re.compile(
    r"\b(not?|nor|never|neither|nobody|nothing|cannot|without claim)\b|n't\b|不|非|没有|并非", re.IGNORECASE
)

OF_SOMETHING_ELSE = re.compile(
    r"\btreat\w*\b (as|it as|them as|alike|both|every|each)|\bdoctor treats\b|"
    r"guarantee\w* (that|by|on every|within|the order)",
    re.IGNORECASE,
)
"""Where such a word speaks of data, of programs, or of what somebody else does."""


def claims(text: str) -> list[str]:
    """Sentences that promise."""
    sentences = re.split(r"(?<=[.!?:;。！？])\s+|\n\s*\n|\n(?=[-*|#])", text)
    honest = (DENIED, OF_SOMETHING_ELSE)
    return [one.strip() for one in sentences if CLAIMS.search(one) and not any(word.search(one) for word in honest)]


def spoken(path: Path) -> Iterator[str]:
    """Every string of a module that is no docstring: what can reach a person."""
    tree = ast.parse(path.read_text("utf-8"))
    silent = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent:
            yield node.value


def written() -> list[Path]:
    """What people read as it stands: pages, levels, templates, catalogues."""
    folders = ("docs/**/*.md", "*.md", "levels/**/*.toml", "game/**/*.html", "game/**/*.js", "game/words/*.po")
    return sorted(path for folder in folders for path in HERE.glob(folder))


@pytest.mark.parametrize("path", written(), ids=lambda path: str(path.relative_to(HERE)))
def test_nothing_that_people_read_promises_treatment(path: Path) -> None:
    assert claims(re.sub(r"<[^>]+>", " ", path.read_text("utf-8"))) == []


@pytest.mark.parametrize("room", ["engine", "game", "neuro"])
def test_nothing_that_the_program_says_promises_treatment(room: str) -> None:
    said = {
        str(path.relative_to(HERE)): [claim for text in spoken(path) for claim in claims(text)]
        for path in sorted((HERE / room).rglob("*.py"))
    }
    assert len(said) > 10
    assert {path: found for path, found in said.items() if found} == {}


@pytest.mark.parametrize(
    "sentence",
    [
        "Heron treats ADHD.",
        "A treatment for inattention.",
        "Improves your memory in two weeks.",
        "Clinically proven to help.",
        "Play it instead of medication.",
        "It rewires the brain.",
        "Results are guaranteed.",
        "苍鹭可以治疗多动症。",
    ],
)
def test_a_promise_is_found(sentence: str) -> None:
    assert claims(f"Welcome. {sentence} Have fun.") == [sentence] or claims(sentence) == [sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "Practice data, not a diagnosis.",
        "It does not diagnose or treat anything.",
        "Heron is a game.",
        "这不是诊断。",
    ],
)
def test_a_denial_and_a_plain_word_are_no_promise(sentence: str) -> None:
    assert claims(sentence) == []
