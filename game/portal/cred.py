"""The CRED-nf sheet of a client: each of the 24 items, what is known of it here, and what is missing."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.store import Store
from engine.store.clinic import Outcome
from engine.store.rows import Model, Papers, Session
from game.words import say


@dataclass(frozen=True, slots=True)
class Item:
    """number: as the checklist counts; known: what the file says, None where it is silent; where: docs/store.md."""

    number: str
    what: str
    known: str | None
    where: str


def items(store: Store, player_id: int, sittings: Sequence[Outcome]) -> tuple[Item, ...]:
    """Source: Ros et al. 2020, Brain 143:1674. The arm of a study stays sealed: it is not told here.

    sittings: of the player, the newest first
    """
    newest = store.sessions.get(sittings[0].session_id) if sittings else None
    study = newest.study if newest else None
    papers = store.studies.papers(study) if study else Papers()
    return (
        *_design(store, study, papers),
        *_measures(store, player_id, papers, sittings, newest),
        *_outcomes(sittings, papers),
    )


def _design(store: Store, study: str | None, papers: Papers) -> Iterator[Item]:
    sealed = say("sealed in the study {name}", name=study) if study else None
    opened = len(store.studies.unblindings(study)) if study else 0
    guesses = len(store.studies.guesses(study)) if study else 0
    yield Item("1a", say("Preregistered"), papers.preregistered, "studies.preregistered")
    yield Item("1b", say("Sample size"), papers.sample_size, "studies.sample_size")
    yield Item("2a", say("Control condition"), sealed, "allocations.arm, sessions.mode")
    blind = say("{n} allocations were opened", n=opened) if study else None
    yield Item("2b", say("Double blind"), blind, "allocations.commitment, unblindings.who")
    yield Item("2c", say("Raters blinded"), papers.raters, "studies.raters")
    yield Item("2c", say("Statistician blinded"), papers.raters, "studies.raters")
    asked = say("{n} guesses", n=guesses) if guesses else None
    yield Item("2d", say("Check of blinding"), asked, "guesses.answer")
    yield Item("2e", say("Standard of care"), papers.comparator, "studies.comparator")


def _measures(
    store: Store, player_id: int, papers: Papers, sittings: Sequence[Outcome], newest: Session | None
) -> Iterator[Item]:
    totals = store.records.totals(player_id)
    asked = sorted({one.instrument for one in totals} & {"motivation", "expectancy"})
    strategies = sum(note.kind == "strategy" for note in store.records.notes(player_id))
    model = store.models.get(newest.model_sha) if newest and newest.model_sha else None
    headset = json.loads(newest.headset_json)["name"] if newest and newest.headset_json else None
    version = newest.version if newest else None
    moods = sum(one.mood is not None for one in sittings)
    felt = say("mood after {n} of {all} sittings", n=moods, all=len(sittings)) if moods else None
    yield Item(
        "3a",
        say("Motivation, mood, expectancy"),
        ", ".join(filter(None, [felt, *asked])) or None,
        "totals.total, checkins.mood",
    )
    yield Item("3b", say("Strategies that were told"), papers.instructions, "studies.instructions")
    used = say("{n} notes", n=strategies) if strategies else None
    yield Item("3c", say("Strategies that were used"), used, "notes.kind, notes.text")
    name = f"{_whose(model)}, {model.sha256[:12]}" if model else None
    yield Item("3d", say("Processing while playing"), name, "sessions.version, models.metadata_json")
    yield Item("3e", say("Artifacts in each arm"), say("in every block") if headset else None, "blocks.good_share")
    yield Item("4a", say("Definition of the feature"), name, "models.metadata_json, sessions.model_sha")
    rules = say("thresholds and shares of reward of every block") if headset else None
    yield Item("4b", say("Schedule of reinforcement"), rules, "blocks.threshold_z, blocks.reward_share")
    way = newest.level_id if newest else None
    yield Item("4c", say("Way of the feedback"), way, "sessions.level_toml, sessions.setup_json")
    shown = say("ten scores a second, as they were seen") if headset else None
    yield Item("4d", say("The variable that was fed back"), shown, "estimates.score, estimates.tick")
    used_with = ", ".join(filter(None, (headset, newest.gaze if newest else None, version and f"Heron {version}")))
    yield Item("4e", say("Hardware and software"), used_with or None, "sessions.headset_json, sessions.version")


def _whose(model: Model) -> str:
    return say("the model that everybody has") if model.player_id is None else say("a model of the player's own")


def _outcomes(sittings: Sequence[Outcome], papers: Papers) -> Iterator[Item]:
    n = len(sittings)
    rewarded = sum(one.reward_share is not None for one in sittings)
    regulated = say("{n} sittings", n=rewarded) if rewarded else None
    yield Item("5a", say("Success of regulation"), regulated, "outcomes.reward_share, outcomes.threshold_z")
    course = say("{n} sittings", n=n) if n else None
    yield Item("5b", say("Within and between sittings"), course, "estimates.t_s, calibrations.kind")
    yield Item("5c", say("Against control"), None, "outcomes.score, allocations.arm")
    yield Item("6a", say("Change that counts"), papers.criterion, "studies.criterion")
    both = say("{n} sittings", n=n) if rewarded else None
    yield Item("6b", say("Regulation and behaviour"), both, "outcomes.score, outcomes.success_rate")
    yield Item("7a", say("Data and code"), papers.availability, "studies.availability")
