"""Pages that ask: about health before the first sitting, in a pause, and after a sitting."""

from dataclasses import replace
from itertools import product

import pytest

from engine.events import CheckedIn, Event, Grew, Screened, Unwell
from engine.garden import GROWING
from engine.ports import Action, Inputs
from game.draw import Sprite, Text, flatten
from game.scenes import Quit, Scene, begin, checkin, garden, questions, unwell
from game.scenes.asking import CALM_TICKS
from game.scenes.grown import THINGS
from game.scenes.marsh import Marsh
from game.widgets.choices import Card
from game.widgets.paint import Box
from tests.game.scenes.moments import ASKING_SHOW, moments, pressed, ticked

DONE = Quit("done")


def answered(scene: Scene, *actions: Action) -> tuple[Scene | Quit, tuple[Event, ...]]:
    """Each action on a page that has settled; what was told on the way."""
    told: tuple[Event, ...] = ()
    for action in actions:
        scene = ticked(scene, CALM_TICKS)
        after, events = scene.update(Inputs((action,)))
        told += events
        if isinstance(after, Quit):
            return after, told
        scene = after
    return scene, told


def said(scene: Scene | Quit) -> str:
    assert not isinstance(scene, Quit)
    return " ".join(op.words for op in flatten(ticked(scene, 80).draw()) if isinstance(op, Text))


def asking_questions() -> Scene:
    return begin(ASKING_SHOW)


def check_in() -> Scene:
    return checkin.ask(ASKING_SHOW, None, Marsh(), (), lambda *_: DONE)


def growing() -> Scene:
    return garden.ask(ASKING_SHOW, None, Marsh(), (), lambda *_: DONE, ASKING_SHOW.offers)


ANSWERS: dict[str, tuple[Action, ...]] = {
    "yes": ("left", "confirm"),
    "no": ("confirm",),
    "skipped": ("right", "confirm"),
}


@pytest.mark.parametrize("given", list(product(ANSWERS, repeat=3)), ids="-".join)
def test_three_answers_are_told_and_only_a_yes_keeps_from_playing(given: tuple[str, ...]) -> None:
    scene, told = answered(asking_questions(), *(action for answer in given for action in ANSWERS[answer]))
    assert told == (Screened(*given),)
    if "yes" in given:
        assert "Please ask first" in said(scene)
        assert answered(scene, "confirm")[0] == Quit("left")
    else:
        assert "Hello" in said(scene)


def test_who_goes_back_can_answer_again() -> None:
    scene, told = answered(asking_questions(), "left", "confirm", "back", "confirm", "confirm", "confirm")
    assert told == (Screened("no", "no", "no"),)
    assert "Hello" in said(scene)
    assert answered(asking_questions(), "back") == (Quit("left"), ())


def test_each_worry_is_told_by_its_own_reason() -> None:
    for number, question in enumerate(questions.QUESTIONS):
        given = ["no"] * 3
        given[number] = "yes"
        scene, _ = answered(asking_questions(), *(action for answer in given for action in ANSWERS[answer]))
        assert question.worry[:30] in said(scene)


def test_a_hand_that_is_still_pressing_answers_nothing() -> None:
    for page in (asking_questions(), check_in(), growing()):
        scene = page
        for _ in range(CALM_TICKS):
            after, told = scene.update(Inputs(("confirm",)))
            assert told == ()
            assert not isinstance(after, Quit)
            scene = after
        assert scene.name == page.name


@pytest.mark.parametrize(("number", "kind"), list(enumerate(unwell.KINDS)))
def test_every_kind_of_not_being_well_is_told_at_once_and_answered_kindly(number: int, kind: str) -> None:
    page = moments()["unwell"]
    scene, told = answered(page, *("right",) * (number + 1), "confirm")
    assert told == (Unwell(kind),)
    assert "Rest a while" in said(scene)
    assert "Tell somebody near you" in said(scene)


def test_after_a_rest_one_ends_or_comes_back_to_the_pause() -> None:
    rest = moments()["unwell_rest"]
    ended, _ = answered(rest, "confirm")
    on, _ = answered(rest, "right", "confirm")
    back, told = answered(moments()["unwell"], "confirm")
    assert not isinstance(ended, Quit)
    assert not isinstance(on, Quit)
    assert not isinstance(back, Quit)
    assert (ended.name, on.name, back.name, told) == ("results", "pause", "pause", ())
    assert on.sitting == rest.sitting
    assert pressed(on, "confirm").name == "play"


def test_faces_are_numbers_and_what_is_skipped_is_nothing() -> None:
    second_face, fifth_face, skip = ("left",), ("right", "right"), ("right", "right", "right")
    scene, told = answered(
        check_in(),
        *(*second_face, "confirm"),
        *(*fifth_face, "confirm"),
        *(*skip, "confirm"),
        "confirm",
        *("left", "confirm"),
        "confirm",
    )
    assert scene == DONE
    assert told == (CheckedIn(mood=2, tired=5, fun=None, effort=3, headache=True, eyes=False),)


def test_all_of_it_can_be_skipped_at_once() -> None:
    nothing = CheckedIn(None, None, None, None, None, None)
    assert answered(check_in(), "left", "left", "left", "confirm") == (DONE, (nothing,))
    assert answered(check_in(), "back") == (DONE, (nothing,))
    scene, told = answered(check_in(), "confirm", "back", "left", "confirm", *("right",) * 4, "confirm")
    assert (scene, told) == (DONE, (replace(nothing, mood=2),))


def test_nobody_takes_it_for_a_test() -> None:
    assert "No test" in said(check_in())


def test_what_is_chosen_grows_and_stays_in_the_picture() -> None:
    page = growing()
    scene, told = answered(page, "right", "confirm")
    assert told == (Grew("otter"),)
    assert "otter" in said(scene)
    assert not isinstance(scene, Quit)
    faded = [of_otters(ticked(scene, t)) for t in (2, 60, 200)]
    assert faded[0] < 0.05 < faded[1] < 0.9 * faded[2]
    assert answered(scene, "confirm") == (DONE, ())


def of_otters(scene: Scene) -> float:
    """How plainly they are there, beside the one on the card."""
    there = [op for op in flatten(scene.draw()) if isinstance(op, Sprite) and op.texture.startswith("otter_swim")]
    return max((op.alpha for op in there), default=0.0)


def test_choosing_can_wait() -> None:
    assert answered(growing(), "left", "confirm") == (DONE, ())
    assert answered(growing(), "back") == (DONE, ())


def test_every_name_that_may_grow_has_its_places_and_its_words() -> None:
    assert {name: len(thing.spots) for name, thing in THINGS.items()} == {n: g.most for n, g in GROWING.items()}
    assert len({thing.words for thing in THINGS.values()}) == len(THINGS)


def test_a_card_is_chosen_by_a_click_anywhere_on_it() -> None:
    card = Card("An otter", "grown_otter_card").placed(Box(640, 360, 180, 168))
    assert card.box.holds((555, 280))
    assert not card.box.holds((545, 280))
    assert not card.box.holds(None)


def test_the_garden_comes_after_the_check_in_and_neither_after_leaving_early() -> None:
    ended = replace(moments()["results"], show=ASKING_SHOW)
    first, _ = answered(ended, *("confirm",) * 4)
    assert not isinstance(first, Quit)
    assert first.name == "checkin"
    assert answered(moments()["left"], *("confirm",) * 4)[0] == Quit("left")
