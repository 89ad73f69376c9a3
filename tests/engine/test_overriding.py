"""What a therapist asks of a running sitting, as the rules answer it."""

from dataclasses import replace

import pytest

from engine.events import DifficultyChanged, DistractorsChanged, Event, Overridden
from engine.ports import Asked, Inputs, Override
from engine.session import Setup, Sitting, step
from engine.supervisor import EASIER_STEP
from tests.engine.test_session import LONG, SETUP, simple_inputs, ticks


def in_block(setup: Setup = LONG) -> Sitting:
    return next(now for now, _ in ticks(setup, simple_inputs()) if now.stage == "block" and now.stage_tick == 5)


def asked(setup: Setup, now: Sitting, what: Override) -> tuple[Sitting, tuple[Event, ...]]:
    return step(setup, now, Inputs(asked=Asked(7, what, "it is late")))


def of(events: tuple[Event, ...], kind: type[Event]) -> list[Event]:
    return [event for event in events if isinstance(event, kind)]


def test_harder_and_then_easier_is_where_it_was_and_both_say_why() -> None:
    before = in_block()
    harder, events = asked(LONG, before, "harder")
    assert harder.skill.x == pytest.approx(before.skill.x - EASIER_STEP)
    assert of(events, DifficultyChanged) == [DifficultyChanged(harder.skill.x, "therapist: it is late")]
    easier, events = asked(LONG, harder, "easier")
    assert easier.skill.x == pytest.approx(before.skill.x)
    assert of(events, Overridden) == [Overridden(7, "easier", "it is late", applied=True)]


def test_the_supervisor_holds_back_after_a_therapist_has_acted() -> None:
    after, _ = asked(LONG, in_block(), "more_distractors")
    assert after.distractors.level == 1
    assert after.supervisor.acted == 1  # a tick of play has passed since


@pytest.mark.parametrize("what", ["fewer_distractors", "easier"])
def test_where_there_is_nothing_left_to_take_nothing_changes_and_that_is_said(what: Override) -> None:
    now = in_block()
    now = replace(now, skill=replace(now.skill, x=-3.0))
    after, events = asked(LONG, now, what)
    assert (after.skill, after.distractors) == (now.skill, now.distractors)
    assert of(events, Overridden) == [Overridden(7, what, "it is late", applied=False)]
    assert not of(events, DifficultyChanged)
    assert not of(events, DistractorsChanged)


def test_neither_a_warm_up_nor_a_check_up_adapts_to_a_wish() -> None:
    warm = next(now for now, _ in ticks(SETUP, simple_inputs()) if now.stage == "warmup")
    plain = replace(LONG, parts=tuple(replace(part, plain=True) for part in LONG.parts))
    for setup, now in ((SETUP, warm), (plain, in_block(plain))):
        after, events = asked(setup, now, "harder")
        assert after.skill == now.skill
        assert of(events, Overridden) == [Overridden(7, "harder", "it is late", applied=False)]
