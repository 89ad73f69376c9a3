"""The live monitor: what it shows of a sitting whose journal beats, for how long, and what can be asked of it."""

import asyncio
import json
from collections.abc import AsyncGenerator
from typing import Any

from engine.store import Journal
from engine.store.clinic import Asker
from engine.store.rows import EstimateRow, EventRow, Row
from game.portal.live import beats
from tests.engine.store.sittings import TRIAL, begin
from tests.game.portal.conftest import Portal, send
from tests.game.portal.families import Family, entered, two_families


def told(tick: int, kind: str, **data: object) -> EventRow:
    return EventRow(tick, kind, json.dumps(data))


ROWS: tuple[Row, ...] = (
    told(10, "stage_started", stage="block", block=2),
    told(20, "threshold_set", block=1, threshold_z=0.5, centre=0.4, spread=0.2, reason="calibrated"),
    told(30, "difficulty_changed", difficulty=1.2, reason="hit", strand="first"),
    told(31, "difficulty_changed", difficulty=-2.0, reason="hit", strand="second"),
    told(40, "distractors_changed", level=3, reason="flow"),
    TRIAL,
    *(EstimateRow(12.5 + n / 10, n / 100, 0.9, "good", ("good",), tick=n) for n in range(61)),
)


def running(here: Portal, family: Family, name: str = "Otto") -> int:
    """The number of a sitting of the family's child that beats at the portal's clock."""
    number = begin(here.house.db, name, anchor_unix_s=here.clock())
    with Journal(here.house.db, number, here.clock) as journal:
        for row in ROWS:
            journal.put(row)
    assert here.store.sessions.get(number).player_id == family.player_id
    return number


def events(stream: AsyncGenerator[Any, None], n: int) -> list[Any]:
    async def heard() -> list[Any]:
        return [await anext(stream) for _ in range(n)]

    return asyncio.run(heard())


def test_a_running_sitting_is_listed_and_shown_as_it_was_written_down(here: Portal) -> None:
    own, _ = two_families(here)
    number = running(here, own)
    browser = entered(here, "therapist")
    assert f"/live/{own.pseudonym}/{number}" in browser.get("/live").text
    here.clock.now_s += 2
    moment = here.store.live.moment(number)
    assert (moment.score, moment.threshold, moment.difficulty, moment.distractors) == (0.6, 0.5, 1.2, 3)
    assert (moment.stage, moment.block, moment.success, moment.trials) == ("block", 2, 1.0, 1)
    assert (len(moment.trail), moment.trail[-1]) == (13, (0.0, 0.6, True))
    shown = browser.get(f"/live/{own.pseudonym}/{number}").text
    assert "<dd>0.60</dd>" in shown
    assert "Written down 2.0 seconds ago." in shown


def test_a_sitting_that_has_been_silent_is_no_longer_live(here: Portal) -> None:
    own, _ = two_families(here)
    number = running(here, own)
    here.clock.now_s += 5.1
    browser = entered(here, "therapist")
    assert f"/live/{own.pseudonym}/{number}" not in browser.get("/live").text
    answer = browser.get(f"/live/{own.pseudonym}/{number}")
    assert answer.headers["location"] == f"/clients/{own.pseudonym}#sittings"


def test_another_familys_sitting_is_neither_listed_nor_shown_nor_asked_anything(here: Portal) -> None:
    own, other = two_families(here)
    theirs = running(here, other, "Mia Zebrafinch")
    browser = entered(here, "therapist")
    assert other.pseudonym not in browser.get("/live").text
    assert browser.get(f"/live/{own.pseudonym}/{theirs}").status_code in (400, 404)
    mixed = send(browser, f"/live/{own.pseudonym}/{theirs}/ask", what="end", reason="mischief")
    assert mixed.status_code in (400, 404)
    assert here.store.live.wishes(theirs) == ()


def test_the_stream_goes_on_until_the_sitting_is_over(here: Portal) -> None:
    own, _ = two_families(here)
    number = running(here, own)
    account = here.store.accounts.by_login("therapist")
    assert account is not None
    token = here.store.accounts.enter(account.person_id, here.clock())
    player = here.store.players.get(own.player_id)

    async def heard() -> list[str | None]:
        kinds: list[str | None] = []
        async for event in beats(here.house, Asker(account.person_id, "therapist"), player, number, token):
            kinds.append(event.event)
            if len(kinds) == 4:
                here.store.sessions.end(number, "done", here.clock())
        return kinds

    assert asyncio.run(heard()) == ["now", "asked", "now", "asked", "ended"]


def test_the_stream_ends_with_the_consent_and_with_the_browser(here: Portal) -> None:
    own, _ = two_families(here)
    number = running(here, own)
    account = here.store.accounts.by_login("therapist")
    assert account is not None
    who, player = Asker(account.person_id, "therapist"), here.store.players.get(own.player_id)
    token = here.store.accounts.enter(account.person_id, here.clock())
    (first,) = events(beats(here.house, who, player, number, token), 1)
    assert first.event == "now"
    (signed_out,) = events(beats(here.house, who, player, number, "another"), 1)
    assert signed_out.event == "ended"
    here.store.consents.say(own.player_id, "share", False, "a parent", "parent")
    (withdrawn,) = events(beats(here.house, who, player, number, token), 1)
    assert withdrawn.event == "ended"


def test_a_wish_needs_a_reason_and_waits_for_the_games_answer(here: Portal) -> None:
    own, _ = two_families(here)
    number = begin(here.house.db, "Otto", anchor_unix_s=here.clock())
    browser, address = entered(here, "therapist"), f"/live/{own.pseudonym}/{number}"
    for wrong in ({"what": "easier", "reason": " "}, {"what": "explode", "reason": "why not"}, {"what": "easier"}):
        assert send(browser, f"{address}/ask", **wrong).status_code == 400
    assert send(browser, f"{address}/ask", what="easier", reason="three misses").status_code == 303
    (wish,) = here.store.live.wishes(number)
    assert (wish.what, wish.reason, wish.applied) == ("easier", "three misses", None)
    assert "the game has not answered yet" in browser.get(address).text
    with Journal(here.house.db, number, here.clock) as journal:
        journal.put(told(99, "overridden", number=wish.id, what="easier", reason="three misses", applied=True))
    assert "done" in browser.get(address).text.partition("data-asked")[2]
