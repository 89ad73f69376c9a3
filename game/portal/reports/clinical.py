"""What a therapist takes along: a player's sittings in figures, or one sitting with all that its loops did."""

import json
from collections.abc import Iterator
from datetime import datetime

from engine.ports import TICK_S
from engine.report import summarise
from engine.store import Store
from engine.store.clinic import Asker, Outcome
from engine.store.rows import Session
from engine.telling import told
from game.portal import changed, cred
from game.portal.charts import percent
from game.portal.names import ACTS, COMPLAINTS, ENDINGS, called
from game.portal.reports.facts import Facts, day
from game.portal.reports.family import period
from game.portal.reports.report import Grid, Report, Section
from game.portal.trends import charts
from game.words import say

NONE = "–"


def clinical(store: Store, asker: Asker, facts: Facts) -> Report:
    """Raises: NotFound: the player is not the asker's to see."""
    return Report(
        title=say("{name}: report for the therapist", name=facts.player.name),
        period=period(facts.since, min(facts.until, facts.today)),
        sections=[
            Section(say("Dose and plan"), list(_dose(facts))),
            Section(say("Sittings"), grid=_sittings(facts)),
            *(Section(one.sheet.title, chart=one) for one in charts(store, asker, facts.player.id)),
            Section(say("Check-ups"), list(changed.sentences(facts.changes)), changed.grid(facts.changes)),
            Section(say("Complaints"), list(_complaints(facts))),
            Section(say("With what it was made"), list(_made(store, facts))),
            Section(say("CRED-nf sheet"), list(_sheet(store, asker, facts))),
        ],
        foot=_foot(),
    )


def _foot() -> list[str]:
    return [
        say("Numbers of practice, not a diagnosis; games adapt, so that a share of right answers stays where it is."),
        say("Change in one person or one clinic does not show what caused it: that needs a group for comparison."),
    ]


def _dose(facts: Facts) -> Iterator[str]:
    yield say(
        "{n} sittings, {minutes} minutes of play, on {days} days.",
        n=len(facts.sittings),
        minutes=round(facts.minutes),
        days=len(facts.played),
    )
    if facts.given is None:
        yield say("No plan holds.")
        return
    plan, kept = facts.given.plan, facts.at_a_glance.kept
    yield say(
        "Plan {title}: {sittings} sittings of {minutes} minutes in {days} days, since {since}.",
        title=plan.title,
        sittings=plan.sittings,
        minutes=f"{plan.minutes:g}",
        days=plan.every_days,
        since=facts.given.since,
    )
    if kept and kept.on_time is not None:
        yield say(
            "{done} of {planned} sittings done, {share} of the planned ones in their own stretch.",
            done=kept.done,
            planned=kept.planned,
            share=percent(kept.on_time),
        )


def _sittings(facts: Facts) -> Grid:
    head = [
        say("Day"),
        say("Minutes"),
        say("Trials"),
        say("Right answers"),
        say("Reaction, ms"),
        say("Good signal"),
        say("Reward"),
        say("Threshold, SD"),
        say("Difficulty"),
        say("Mood"),
        say("Ending"),
    ]
    return Grid(head, [_sitting(one) for one in facts.sittings])


def _sitting(one: Outcome) -> list[str]:
    return [
        day(one).isoformat(),
        f"{one.seconds / 60:.0f}",
        str(one.trials),
        _share(one.success_rate),
        _told(one.reaction_s, 1000, 0),
        _share(one.good_share),
        _share(one.reward_share),
        _told(one.threshold_z, 1, 2),
        _told(one.difficulty, 1, 2),
        NONE if one.mood is None else str(one.mood),
        say(ENDINGS[one.ending]),
    ]


def _share(value: float | None) -> str:
    return NONE if value is None else percent(value)


def _told(value: float | None, scale: float, digits: int) -> str:
    return NONE if value is None else f"{value * scale:.{digits}f}"


def _sheet(store: Store, asker: Asker, facts: Facts) -> Iterator[str]:
    items = cred.items(store, facts.player.id, store.clinic.sittings(asker, facts.player.id))
    missing = [one.number for one in items if one.known is None]
    yield say(
        "Of the {n} items of the checklist (Ros et al. 2020) {known} are known here.",
        n=len(items),
        known=len(items) - len(missing),
    )
    if missing:
        yield say("Missing: {items}.", items=say(", ").join(missing))


def _complaints(facts: Facts) -> Iterator[str]:
    days = {one.session_id: day(one) for one in facts.sittings}
    for one in facts.complaints:
        reviewed = (
            say("looked at by {who}", who=one.reviewed_by) if one.reviewed_by else say("nobody has looked at it yet")
        )
        yield say(
            "{day}, sitting {number}: {what}; {reviewed}.",
            day=days[one.session_id],
            number=one.session_id,
            what=say(COMPLAINTS[one.kind]),
            reviewed=reviewed,
        )
    if not facts.complaints:
        yield say("None in these days.")


def _made(store: Store, facts: Facts) -> Iterator[str]:
    made = dict.fromkeys(_with(store.sessions.get(one.session_id)) for one in facts.sittings)
    yield from made or [say("No sitting.")]


def _with(session: Session) -> str:
    return say(
        "Heron {version}, arm {arm}, model {model}.",
        version=session.version,
        arm=say("sealed") if session.study else session.mode,
        model=(session.model_sha or say("none"))[:12],
    )


def sitting(store: Store, session: Session) -> Report:
    """One sitting: what it came to, its blocks, and every act of the supervisor with its reason."""
    events = store.sessions.events(session.id)
    blocks = store.sessions.blocks(session.id)
    summary = summarise(
        store.sessions.trials(session.id), blocks, store.sessions.estimates(session.id), events, session
    )
    began = datetime.fromtimestamp(session.anchor_unix_s)
    acts = [(event.tick, json.loads(event.data_json)) for event in events if event.kind == "supervisor_acted"]
    return Report(
        title=say("{name}: sitting {number}", name=store.players.get(session.player_id).name, number=session.id),
        period=say("{day}, {time}", day=began.date(), time=f"{began:%H:%M}"),
        sections=[
            Section(say("In words"), [say(line) for _, line in told(summary)]),
            Section(
                say("Blocks"),
                grid=Grid(
                    [
                        say("Block"),
                        say("Level"),
                        say("Seconds"),
                        say("Trials"),
                        say("Right answers"),
                        say("Good signal"),
                        say("Difficulty"),
                    ],
                    [
                        [
                            str(one.block),
                            one.level or NONE,
                            f"{one.seconds:.0f}",
                            str(one.trials),
                            _share(one.success_rate),
                            _share(one.good_share),
                            _told(one.difficulty, 1, 2),
                        ]
                        for one in blocks
                    ],
                ),
            ),
            Section(
                say("What the supervisor did, and why"),
                [] if acts else [say("Nothing.")],
                Grid(
                    [say("Minute"), say("Act"), say("Reason")],
                    [
                        [f"{tick * TICK_S / 60:.1f}", called(ACTS, act["action"]), say(reason)]
                        for tick, act in acts
                        for reason in (act["reason"],)
                    ],
                )
                if acts
                else None,
            ),
        ],
        foot=_foot(),
    )
