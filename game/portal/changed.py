"""Whether a player's traits changed by more than they waver: figures for therapists, plain words for families."""

from collections.abc import Iterator, Mapping
from math import exp

from engine.changes import FEWEST, Answer, Change
from engine.traits import LEADING, WHOLE, Measure
from game.changes import Changes
from game.portal.charts import percent
from game.portal.reports.report import Grid
from game.words import later, say

TRAITS: Mapping[Measure, str] = {
    "speed": later("Time to answer"),
    "evenness": later("Spread of the times to answer"),
    "telling_apart": later("Telling buds from lotuses, d′"),
    "restraint": later("Answers to the wrong side, odds"),
    "whole": later("All together, SD"),
}

ANSWERS: Mapping[Answer, str] = {
    "yes": later("yes"),
    "no": later("no"),
    "unclear": later("unclear"),
}

FAMILY: Mapping[Measure, str] = {
    "speed": later("how fast answers come"),
    "evenness": later("how evenly answers come"),
    "telling_apart": later("how surely things are told apart"),
    "restraint": later("how often the wrong side is answered"),
    "whole": later("all of it taken together"),
}

MANY = 2.5
"""A ratio from which on a change is told as so many times as much: hundreds of percent say nothing to anybody."""


def grid(found: Changes) -> Grid | None:
    """A row a trait; None before there are enough check-ups."""
    if not found.traits:
        return None
    head = [
        say("Measure"),
        say("Changed by more than it wavers?"),
        say("Change"),
        say("95 % interval"),
        say("Least that could be told"),
        say("A change of 1 SD is told in"),
    ]
    return Grid(head, [_row(trait, one, found) for trait, one in found.traits.items()])


def _row(trait: Measure, one: Change, found: Changes) -> list[str]:
    unit = 1.0 if trait == WHOLE else found.between[LEADING[trait]]
    low, high = (_told(trait, side * unit) for side in one.interval)
    return [
        say(TRAITS[trait]),
        say(ANSWERS[one.answer]),
        _told(trait, one.change * unit),
        say("{low} to {high}", low=low, high=high),
        say("{low} or {high}", low=_told(trait, -one.detectable * unit), high=_told(trait, one.detectable * unit)),
        percent(one.power),
    ]


def _told(trait: Measure, change: float) -> str:
    """In the measure's own unit: d', SD, or a share of what it was, since the others waver evenly as logs."""
    if trait in ("telling_apart", WHOLE):
        return f"{change:+.2f}"
    ratio = exp(change)
    return f"{ratio - 1:+.0%}" if ratio < MANY else f"×{ratio:.1f}"


def sentences(found: Changes) -> Iterator[str]:
    """Under the table: on what it rests, and what it cannot show."""
    if not found.traits:
        yield say(
            "Whether anything changed can be told from {n} check-ups on, answered with keys; there are {have}.",
            n=FEWEST,
            have=found.checkups,
        )
        return
    if found.people:
        yield say(
            "From {n} check-ups and the warm-up of every sitting. Usual practice is taken off; how far the numbers "
            "waver is known from {people} people of this clinic and this player's own days.",
            n=found.checkups,
            people=found.people,
        )
    else:
        yield say(
            "From {n} check-ups and the warm-up of every sitting. Usual practice is taken off; how far the numbers "
            "waver is known from simulated players and this player's own days, not from other people.",
            n=found.checkups,
        )
    if WHOLE in found.traits:
        yield say(
            "All together: the mean of the changes, each in the SD between people and by how well it is known; above "
            "zero is faster, more even, more surely told apart, less often the wrong side."
        )
    if found.aim:
        yield say(
            "Before the first sitting the plan named what is to change above all, so that it is found sooner: "
            "{what}.",
            what=say(TRAITS[found.aim]),
        )
    elif WHOLE in found.traits:
        yield say("Nothing was named before the first sitting, so that all together is the first question.")
    yield say(
        "Yes is said to at most one in twenty in whom nothing changed, all measures taken together. What a change "
        "comes from cannot be told from it: growing up, practice, medicine and days differ too."
    )


def for_family(found: Changes) -> Iterator[str]:
    """No number and no direction: within the usual day-to-day variation, or more than that."""
    told = {answer: [say(FAMILY[t]) for t, one in found.traits.items() if one.answer == answer] for answer in ANSWERS}
    if told["no"]:
        yield say("Within the usual day-to-day variation: {what}.", what=_listed(told["no"]))
    if told["yes"]:
        yield say("Moved by more than the usual day-to-day variation: {what}.", what=_listed(told["yes"]))
    if told["unclear"]:
        yield say("Cannot be told yet: {what}.", what=_listed(told["unclear"]))
    if told["yes"]:
        yield say("What it comes from the check-ups cannot say: ask your therapist.")


def _listed(words: list[str]) -> str:
    return say(", ").join(words)
