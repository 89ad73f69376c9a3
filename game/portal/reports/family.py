"""The page of one child in plain words: what was played, how it felt, one strength, one tip, and what comes next."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from statistics import fmean

from engine.store.glances import POOR_SHARE
from game.portal.changed import for_family
from game.portal.charts import Chart, Line, Sheet, lines, percent
from game.portal.names import COMPLAINTS
from game.portal.reports.facts import WEEK, Facts, day
from game.portal.reports.report import Grid, Report, Section
from game.words import later, say, say_many

WEEKDAYS = tuple(
    later(name) for name in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
)

TIRED, KEEN = 3.5, 4.0
"""Means of the check-in's five steps, above which somebody was often tired, or put a lot into it (own choice)."""


def family(facts: Facts) -> Report:
    """What is told, and what never is: no rank, no percentile, no raw signal, no judgement in red or green."""
    return Report(
        title=say("{name} and the marsh", name=facts.player.name),
        period=period(facts.since, min(facts.until, facts.today)),
        sections=[
            Section(say("What was played"), list(_played(facts)), calendar(facts)),
            Section(say("How it felt"), list(_felt(facts))),
            Section(say("Steadiness"), list(_steady(facts)), chart=chart(facts)),
            *([Section(say("Check-ups"), told)] if (told := list(for_family(facts.changes))) else []),
            Section(say("One strength"), [strength(facts)]),
            Section(say("One tip"), [tip(facts)]),
            *([Section(say("What comes next"), [following(facts)])] if facts.until >= facts.today else []),
        ],
        foot=limits(facts.player.name),
    )


def limits(name: str) -> list[str]:
    """What these numbers are not; it stands below every report for a family."""
    return [
        say("These are practice data, not a diagnosis. They compare {name} with nobody else.", name=name),
        say("Ask your doctor before you change any medicine."),
    ]


def period(since: date, until: date) -> str:
    """From day to day."""
    return say("{since} to {until}", since=since, until=until)


def calendar(facts: Facts) -> Grid:
    """Minutes by day, a week a row; a day without play is a dot, and one to come is empty."""
    played = facts.played
    first = facts.since.weekday()
    head = [say("Week"), *(_weekday((first + n) % WEEK) for n in range(WEEK)), say("Played")]
    if facts.given and facts.given.plan.every_days == WEEK:
        head.append(say("Plan"))
    rows = []
    for week in facts.weeks:
        minutes = [_minutes(played.get(one), one, facts.today) for one in week]
        done = sum(day(one) in week for one in facts.sittings)
        rows.append([_short(week[0]), *minutes, str(done), _asks(facts, week[0])][: len(head)])
    return Grid(head, rows, days=True)


def _weekday(n: int) -> str:
    """As short as a column is: three Latin letters, or the last of a Chinese word, which tells the days apart."""
    name = say(WEEKDAYS[n])
    return name[-1] if ord(name[-1]) > 0x2E80 else name[:3]


def _short(when: date) -> str:
    return say("{day} {month}", day=when.day, month=say(f"{when:%B}")[:3])


def _minutes(minutes: float | None, when: date, today: date) -> str:
    if minutes:
        return str(max(1, round(minutes)))
    return "" if when >= today else "·"


def _asks(facts: Facts, since: date) -> str:
    given = facts.given
    return str(given.plan.sittings) if given and given.since <= since <= given.assigned.until else ""


def _played(facts: Facts) -> Iterator[str]:
    name = facts.player.name
    if not facts.sittings:
        yield say("{name} did not play in these days. The marsh waits, and nothing is lost.", name=name)
    else:
        yield say_many(
            "{name} played {n} sitting, {minutes} minutes in all.",
            "{name} played {n} sittings, {minutes} minutes in all.",
            len(facts.sittings),
            name=name,
            minutes=round(facts.minutes),
        )
    if facts.given:
        plan = facts.given.plan
        yield say(
            "The plan asks for {sittings} sittings of {minutes} minutes in {days} days.",
            sittings=plan.sittings,
            minutes=f"{plan.minutes:g}",
            days=plan.every_days,
        )
    else:
        yield say("There is no plan at present: {name} plays as it comes.", name=name)
    yield say("Minutes of play, day by day:")


def _felt(facts: Facts) -> Iterator[str]:
    mood = _mean(facts, "mood")
    if mood is None:
        yield say("Nobody said after a sitting how it felt.")
    else:
        yield say("Asked after a sitting, {name} mostly felt {mood}.", name=facts.player.name, mood=_mood(mood))
    if _is_tired(facts):
        yield say("{name} was often tired afterwards.", name=facts.player.name)
    if facts.complaints:
        kinds = Counter(say(COMPLAINTS[one.kind]) for one in facts.complaints)
        told = [say("{what} ({n} times)", what=what, n=n) if n > 1 else what for what, n in kinds.items()]
        yield say("Not well during play: {what}.", what=say(", ").join(told))
    else:
        yield say("Nothing hurt or felt wrong during play.")
    good = _good(facts)
    if good is not None:
        yield say("The headset heard well for {share} of the time.", share=percent(good))


def _mood(mood: float) -> str:
    return {
        1: say("not well at all"),
        2: say("not so well"),
        3: say("neither well nor badly"),
        4: say("well"),
        5: say("very well"),
    }[round(mood)]


def _steady(facts: Facts) -> Iterator[str]:
    name = facts.player.name
    match facts.steady.verdict:
        case "unknown":
            yield say("There are too few sittings yet to say what is usual for {name}.", name=name)
        case "usual":
            yield say("In the last week answers came evenly, within {name}'s usual day-to-day variation.", name=name)
        case "steadier":
            yield say("In the last week answers came more evenly than is usual for {name}.", name=name)
        case "less_steady":
            yield say("In the last week answers came less evenly than is usual for {name}.", name=name)
            yield say("Sleep, a cold or a hard day are often enough for that: look at it again in two weeks.")


def chart(facts: Facts) -> Chart | None:
    """Every sitting's variation, with lines round what is usual; None before there is one."""
    known = [
        (one.began_unix_s, value)
        for one, value in zip(facts.compared, facts.steady.variation, strict=True)
        if value is not None
    ]
    if len(known) < 2:
        return None
    usual = facts.steady.usual
    sentence = (
        say("How much answering times vary, sitting by sitting.")
        if usual is None
        else say(
            "How much answering times vary, sitting by sitting; {low} to {high} is usual for {name}.",
            low=percent(usual[0]),
            high=percent(usual[1]),
            name=facts.player.name,
        )
    )
    xs, ys = [at for at, _ in known], [value for _, value in known]
    sheet = Sheet(
        "steadiness",
        say("Steadiness"),
        {"day": say("Day"), "variation": say("SD of answering times, divided by their mean")},
        [(_date(at), round(value, 3)) for at, value in known],
    )
    return Chart(sheet, sentence, lines([Line("", xs, ys)], sentence, spell_y=percent, marks=usual or ()))


def strength(facts: Facts) -> str:
    """What went well, the rarest first; always about what was done, never about what somebody is."""
    name = facts.player.name
    if not facts.sittings:
        return say("Everybody needs days without practice, too.")
    asked = _asked(facts, facts.until)
    if facts.steady.verdict == "steadier":
        return say("{name} stayed with it: answers came more evenly than usual.", name=name)
    if asked and len(facts.sittings) >= asked:
        return say("{name} played everything that the plan asked for.", name=name)
    if (_mean(facts, "effort") or 0.0) >= KEEN:
        return say("{name} put a lot of effort into it, and said so.", name=name)
    if (_mean(facts, "fun") or 0.0) >= KEEN:
        return say("{name} had fun, which is what brings one back.", name=name)
    return say("{name} sat down, put on the headset and began: that is the hardest part.", name=name)


def tip(facts: Facts) -> str:
    """One thing to try; what hurts comes first."""
    good, asked = _good(facts), _asked(facts, min(facts.until, facts.today))
    if facts.complaints:
        return say("Try shorter sittings, a glass of water before and a screen at arm's length; stop when it hurts.")
    if good is not None and good <= POOR_SHARE:
        return say("Moisten the skin under the sensors and wait a minute before you begin: the headset hears better.")
    if _is_tired(facts):
        return say("Try another time of day: for many children before homework is easier than after.")
    if asked and len(facts.sittings) < asked / 2:
        return say("Tie the sitting to something that happens every day anyway, as after a snack.")
    return say("Ask what helped to notice that attention had wandered, and say it before the next sitting.")


def following(facts: Facts) -> str:
    """The next step."""
    name, at_a_glance = facts.player.name, facts.at_a_glance
    if at_a_glance.complaints:
        return say("Talk with your therapist about how {name} felt before the next sitting.", name=name)
    if facts.given is None:
        return say(
            "Your therapist can give {name} a plan; until then short sittings now and then will do.", name=name
        )
    if at_a_glance.next_day is None:
        return say("The plan is done. Talk with your therapist about what comes now.")
    if at_a_glance.next_day <= facts.today:
        return say("The next sitting may be today.")
    return say("The next sitting may be on {day} or later.", day=at_a_glance.next_day)


def _asked(facts: Facts, last: date) -> float | None:
    """Sittings that the plan asks for in those of these days that it holds, up to the last."""
    if facts.given is None:
        return None
    plan, first = facts.given.plan, max(facts.since, facts.given.since)
    days = (min(last, facts.given.assigned.until) - first).days + 1
    return max(0.0, plan.sittings * days / plan.every_days)


def _is_tired(facts: Facts) -> bool:
    return (_mean(facts, "tired") or 0.0) >= TIRED


def _good(facts: Facts) -> float | None:
    return _average([one.good_share for one in facts.sittings])


def _mean(facts: Facts, what: str) -> float | None:
    return _average([getattr(one, what) for one in facts.sittings])


def _average(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return fmean(known) if known else None


def _date(unix_s: float) -> str:
    return date.fromtimestamp(unix_s).isoformat()
