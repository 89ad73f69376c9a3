"""What `heron outcomes PLAYER` tells: one player's traits, the course of the play, and the own study."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from statistics import fmean
from typing import Any

from engine.changes import FEWEST
from engine.outcomes import learning_curve, n_of_1
from engine.store import Store
from engine.store.clinic import Asker, Outcome
from game.changes import changes

ANSWERS = {
    "yes": "more than it wavers and than practice usually brings",
    "no": "no more than it wavers",
    "unclear": "unclear: these sittings cannot tell",
}
TRAITS = {
    "speed": "time to answer",
    "evenness": "spread of the times to answer",
    "telling_apart": "telling buds from lotuses (d')",
    "restraint": "answers to the wrong side",
    "whole": "all together, above zero faster, more even, surer, less often the wrong side",
}
CURVES = ("difficulty", "score", "reaction_s")
"""Of a sitting's play, of which a curve is told; they are numbers of games that adapt."""

FOOT = (
    "Held against {whom}. What changed it, nothing here can tell: that needs a "
    "comparison, and in one clinic before and after are none."
)

Figures = Mapping[str, Any]


def figures(store: Store, name: str) -> dict[str, Any]:
    """Of one player. Raises: NotFound: there is none of that name."""
    player = store.players.known(name)
    asker = Asker(next(one.id for one in store.people.all() if one.player_id == player.id), "player")
    sittings = [one for one in store.clinic.sittings(asker, player.id)[::-1] if one.ending == "done"]
    found = changes(store, player.id, datetime.now().date())  # noqa: TID251 -- by this computer's calendar
    return {
        "player": player.pseudonym,
        "sittings": len(sittings),
        "checkups": found.checkups,
        "norms": "clinic" if found.people else "simulated",
        "people": found.people,
        "aim": found.aim,
        "traits": {trait: asdict(one) for trait, one in found.traits.items()},
        "curves": {name: curve for name in CURVES if (curve := _curve(sittings, name))},
        "alone": [told for study in store.studies.alone(player.id) if (told := _alone(store, study, sittings))],
    }


def _curve(sittings: Sequence[Outcome], name: str) -> dict[str, Any] | None:
    values = [value for one in sittings if (value := getattr(one, name)) is not None]
    try:
        found = learning_curve(values)
    except ValueError:
        return None
    return found._asdict() | {"plateau": found.plateau, "sittings": len(values)}


def _alone(store: Store, study: str, sittings: Sequence[Outcome]) -> dict[str, Any] | None:
    """The result of a study of one player; None before its end, so that nobody learns which turn it is."""
    if not store.studies.is_over(study):
        return None
    known = store.studies.get(study)
    mine = [one for one in sittings if store.sessions.get(one.session_id).study == study]
    arms = [place.arm for place in store.studies.places(study)]
    told: dict[str, Any] = {"study": study, "arms": [arms[0], next(arm for arm in arms if arm != arms[0])]}
    for name in ("score", "reaction_s"):
        stretches = [mine[at : at + known.sittings] for at in range(0, known.sittings * len(arms), known.sittings)]
        means = [_mean([getattr(one, name) for one in some]) for some in stretches]
        if all(mean is not None for mean in means):
            found = n_of_1([mean for mean in means if mean is not None], [arm == arms[0] for arm in arms])
            told[name] = found._asdict()
    return told


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return fmean(known) if known else None


def lines(name: str, found: Figures) -> Iterator[str]:
    """For people."""
    yield f"{name}: {found['sittings']} sittings, {found['checkups']} check-ups."
    if found["checkups"] < FEWEST:
        yield f"A change is told from {FEWEST} check-ups on: play one with heron play --checkup."
    for trait, one in found["traits"].items():
        yield _trait(trait, one)
    if found["traits"] and found["aim"]:
        yield f"Named beforehand as what is to change above all: {TRAITS[found['aim']]}."
    if found["traits"]:
        people = f"{found['people']} people of this clinic"
        whom = people if found["people"] else "simulated players, not against people"
        yield FOOT.format(whom=whom)
    for what, curve in found["curves"].items():
        yield _course(what, curve)
    for study in found["alone"]:
        yield from _turns(study)


def _trait(trait: str, one: Figures) -> str:
    low, high = one["interval"]
    return (
        f"{TRAITS[trait]}: {ANSWERS[one['answer']]}. {one['change']:+.2f} SD between people (95 % {low:+.2f} to "
        f"{high:+.2f}), p {one['adjusted']:.3f} for all that was looked at; less than {one['detectable']:.2f} SD "
        f"could not have been told, and 1 SD is told in {one['power']:.0%} of such courses."
    )


def _course(what: str, curve: Figures) -> str:
    low, high = curve["last"]
    flat = "may be a plateau" if curve["plateau"] else "are none yet"
    return (
        f"{what} over {curve['sittings']} sittings: {curve['start']:.3g} to {curve['end']:.3g} "
        f"({curve['law']}); the last four {flat} (95 % {low:+.3g} to {high:+.3g} a sitting). These games adapt."
    )


def _turns(study: Figures) -> Iterator[str]:
    first, other = study["arms"]
    for name in ("score", "reaction_s"):
        if name in study:
            one = study[name]
            yield (
                f"Study {study['study']}, {name}, {first} less {other}: {one['difference']:+.3f}, p {one['p']:.3f} "
                f"of {one['orders']} orders; below {2 / one['orders']:.3f} it cannot be."
            )
