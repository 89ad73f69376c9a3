"""A plan as a form: from a plan to its fields, from fields to a plan or to a sentence on each mistake."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from engine.errors import BadPlan
from engine.level import LEVELS
from engine.path import Path
from engine.plan import PLANS, Aim, Assigned, Plan, about
from engine.safety import Refused, may_play
from engine.store import Store
from engine.toml import faults
from game.course import battery, path
from game.portal.names import GAMES
from game.words import later, say

LABELS = {
    "id": later("Made of the template"),
    "title": later("Title"),
    "says": later("In a sentence"),
    "every_days": later("Days in a stretch"),
    "sittings": later("Sittings in each stretch"),
    "times": later("Stretches"),
    "minutes": later("Minutes of play a sitting"),
    "games": later("Games, in the order in which they come in"),
    "first_games": later("Games in the first sitting"),
    "new_game_every": later("Sittings from one new game to the next"),
    "difficulty": later("Difficulty, from and to"),
    "distractors": later("Distractors at most"),
    "reward": later("Share of good time to reward, from and to"),
    "arm": later("Who decides about rewards"),
    "checkup_days": later("Days from one check-up to the next"),
    "checkups_alone": later("Sittings with a check-up alone, at the start and again at the end"),
    "aim": later("What is to change above all"),
    "sharing": later("What to ask consent for"),
    "since": later("First day"),
}
"""Of each setting."""

NOT_A_FIRST_DAY = later("today or a day of the coming year")

EXPECTED = {name: about(name) for name in LABELS if name in Plan.model_fields} | {"since": NOT_A_FIRST_DAY}
"""Of each setting."""

ARMS = {
    "live": later("attention, as it is now"),
    "yoked_replay": later("another sitting's attention (a control arm of a study)"),
    "performance_only": later("answers alone (a control arm of a study)"),
    "fixed": later("a fixed course (a control arm of a study)"),
}

AIMS: Mapping[Aim, str] = {
    "any": later("nothing above the rest"),
    "speed": later("time to answer"),
    "evenness": later("spread of the times to answer"),
    "telling_apart": later("telling buds from lotuses"),
    "restraint": later("answers to the wrong side"),
}

SHARING = {
    "raw": later("To keep raw signals"),
    "own_model": later("To fit a model to the player's own data"),
    "research": later("To pool data for research"),
    "therapist": later("To show results to a therapist"),
}

DAYS_AHEAD = 366
"""A plan that begins later than that is a slip of the keyboard (own choice)."""


@dataclass(slots=True)
class PlanForm:
    """The fields as somebody wrote them. act: the button that was pressed; games: names with commas between them"""

    act: str = ""
    id: str = ""
    title: str = ""
    says: str = ""
    every_days: str = ""
    sittings: str = ""
    times: str = ""
    minutes: str = ""
    games: str = ""
    more: str = ""
    first_games: str = ""
    new_game_every: str = ""
    least_difficulty: str = ""
    most_difficulty: str = ""
    distractors: str = ""
    least_reward: str = ""
    most_reward: str = ""
    arm: str = ""
    checkup_days: str = ""
    checkups_alone: str = ""
    aim: str = ""
    raw: str = ""
    own_model: str = ""
    research: str = ""
    therapist: str = ""
    since: str = ""

    @property
    def order(self) -> list[str]:
        """The games."""
        return [name for name in self.games.split(",") if name]


@dataclass(frozen=True, slots=True)
class Checked:
    """A form that was read. wrong: a sentence on each mistake, by the name of its setting; plan: None with any"""

    plan: Plan | None
    since: date | None
    wrong: Mapping[str, str]

    @property
    def assigned(self) -> Assigned | None:
        return Assigned(self.plan, self.since) if self.plan and self.since and not self.wrong else None


@dataclass(frozen=True, slots=True)
class Preview:
    """What a plan asks of this client on a day; sentence: why it asks nothing."""

    day: date
    asked: Path | None
    sentence: str | None


def form(plan: Plan, since: date) -> PlanForm:
    """The plan's fields, filled in."""
    (least_x, most_x), (least, most) = plan.difficulty, plan.reward
    told = {name: f"{getattr(plan, name)}" for name in ("id", "title", "says", "arm", "aim")}
    numbers = ("every_days", "sittings", "times", "minutes", "first_games", "new_game_every", "distractors")
    told |= {name: f"{getattr(plan, name):g}" for name in (*numbers, "checkup_days", "checkups_alone")}
    told |= {"least_difficulty": f"{least_x:g}", "most_difficulty": f"{most_x:g}"}
    told |= {"least_reward": f"{least:g}", "most_reward": f"{most:g}"}
    told |= {name: "yes" if shared else "" for name, shared in plan.sharing}
    return PlanForm(games=",".join(plan.games), since=since.isoformat(), **told)


def reordered(given: PlanForm) -> tuple[PlanForm, int | None]:
    """After a button beside a game, or the one that adds one; and which game was moved, None for none."""
    act, _, place = given.act.partition(":")
    order = given.order
    if act == "add" and given.more:
        return replace(given, games=",".join([*order, given.more]), more=""), None
    at = int(place) if place.isascii() and place.isdecimal() and len(place) < 3 else len(order)
    if at >= len(order):
        return given, None
    game = order.pop(at)
    if act == "drop":
        return replace(given, games=",".join(order)), None
    after = {"up": max(0, at - 1), "down": at + 1}.get(act, at)
    order.insert(after, game)
    return replace(given, games=",".join(order)), min(after, len(order) - 1)


def checked(given: PlanForm, today: date) -> Checked:
    """Every mistake at once."""
    document = _document(given)
    wrong = {fault.place[0]: _wrong(fault.expected, fault.found) for fault in faults(document, Plan)}
    plan = None if wrong else Plan.model_validate(document)
    since, wrong_day = _first_day(given.since, today)
    if wrong_day:
        wrong["since"] = wrong_day
    known = choices()
    unknown = [name for name in given.order if name not in known]
    if unknown:
        wrong["games"] = _wrong(say("games and levels that Heron has"), ", ".join(unknown))
    if plan and since and not wrong:
        try:
            path(Assigned(plan, since), (), None, since, ())
        except BadPlan as error:
            wrong["games"] = str(error)
    return Checked(plan, since, wrong)


def choices() -> dict[str, str]:
    """All that a plan's games may be, with what they are called: games, then single levels."""
    levels = {level_id: say(LEVELS.find(level_id).title) for level_id in LEVELS.ids()}
    return {task: say(words) for task, words in GAMES.items()} | levels


def preview(store: Store, client_id: int, assigned: Assigned, by: str, now: datetime) -> Preview:
    """What it would ask for today, or on its first day, within what is good for the player."""
    day = max(assigned.since, now.date())
    standing = store.wellbeing.standing(client_id, now.date(), now.tzinfo)
    seconds = float("inf")
    if day == now.date():
        answer = may_play(standing, now)
        if isinstance(answer, Refused):
            return Preview(day, None, say(answer.sentence))
        seconds = standing.played.today_s + answer.seconds
    try:
        asked = path(
            assigned,
            store.plans.days(client_id, now.tzinfo),
            standing.age,
            day,
            battery(by, standing.age, _has_gaze(store, client_id)),
            seconds,
        )
    except BadPlan as error:  # none of its games is for this age
        return Preview(day, None, str(error))
    return Preview(day, asked, asked.sentence and say(asked.sentence))


def template_of(name: str) -> Plan | None:
    return PLANS.find(name) if name in PLANS.ids() else None


def _has_gaze(store: Store, client_id: int) -> bool:
    return any(one.gaze not in (None, "mouse") for one in store.sessions.recent(client_id, 1))


def _document(given: PlanForm) -> dict[str, Any]:
    """As the TOML of the plan would be; what is no number stays words, and is told as a mistake."""
    words = {name: getattr(given, name) for name in ("id", "title", "says", "arm", "aim")}
    days = ("every_days", "sittings", "times", "checkup_days", "checkups_alone")
    whole = (*days, "first_games", "new_game_every", "distractors")
    return {
        **words,
        **{name: _number(getattr(given, name)) for name in (*whole, "minutes")},
        "games": given.order,
        "difficulty": _numbers(given.least_difficulty, given.most_difficulty),
        "reward": _numbers(given.least_reward, given.most_reward),
        "sharing": {name: getattr(given, name) == "yes" for name in SHARING},
    }


def _numbers(*written: str) -> Sequence[float | str]:
    return [_number(one) for one in written]


def _number(written: str) -> float | str:
    for kind in (int, float):
        try:
            return kind(written.strip().replace(",", "."))
        except ValueError:
            continue
    return written


def _first_day(written: str, today: date) -> tuple[date | None, str | None]:
    """The day, or what is wrong with it: the past is not planned anew."""
    try:
        since = date.fromisoformat(written)
    except ValueError:
        return None, _wrong(say("a day, as {day}", day=today.isoformat()), f'"{written}"')
    if not today <= since <= today + timedelta(days=DAYS_AHEAD):
        return None, _wrong(NOT_A_FIRST_DAY, since.isoformat())
    return since, None


def _wrong(expected: str, found: str) -> str:
    return say("Expected: {expected}. Here stands: {found}.", expected=say(expected), found=found)
