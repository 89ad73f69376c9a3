"""What a therapist finds on the pages of clients and sittings, and what they can write there."""

import io
import json
import re
from dataclasses import replace
from typing import get_args
from zipfile import ZipFile

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from engine import reward, supervisor
from engine.checkup import CHECKUPS
from engine.events import Outcome
from engine.store.rows import EstimateRow, EventRow, Row, TrialRow
from game.portal.names import REASONS
from neuro.life import LATE, SILENT
from neuro.listener import NO_EYES, NO_HEAD
from tests.engine.store.sittings import BLOCK, NEW, TRIAL, play
from tests.game.exporting.sittings import HEADSET
from tests.game.portal.conftest import Portal, send

Browser = TestClient[Litestar]

ACT = {
    "action": "easier",
    "situation": "too_hard",
    "reason": "three <b>misses</b> in a row",
    "success": 0.4,
    "target": 0.8,
    "attention": 0.1,
    "difficulty": 0.5,
    "distractors": 0,
}
WHY = {
    "t_s": 110.0,
    "score": 0.4,
    "channels": {"TP9": 0.2, "AF7": 0.6, "AF8": 0.1, "TP10": 0.1},
    "eyes": 0.25,
    "ago_s": 1.5,
    "bands": {"theta": -1.0, "alpha": 3.0},
    "sentence": "Alpha had more than usual.",
}
NO_IDLE = '{"early":0,"again":0}'
THRESHOLD = {"block": 1, "threshold_z": 0.5, "centre": 0.4, "spread": 0.2, "reason": "calibrated on today"}


def event(tick: int, name: str, **data: object) -> EventRow:
    return EventRow(tick, name, json.dumps(data))


def rows() -> list[Row]:
    """Two minutes, one of them without a good signal from 60 s to 70 s; 48 right answers at .5 s."""
    estimates = [
        EstimateRow(100 + n / 10, 0.3, 0.9, "artifact" if 600 <= n < 700 else "good", ("good",) * 4, 6 * n)
        for n in range(1200)
    ]
    return [
        event(0, "stage_started", stage="block", block=1),
        event(60, "threshold_set", **THRESHOLD),
        event(300, "difficulty_changed", difficulty=0.75, reason="hit", strand="first"),
        event(600, "why", **WHY),
        event(900, "eyes", on_screen_share=0.9, fixation_share=0.5, saccades_per_s=1.5, blinks_per_min=12.0),
        event(1800, "supervisor_acted", **ACT),
        event(2400, "overridden", number=1, what="easier", reason="he sighed", applied=True),
        event(2460, "overridden", number=2, what="pause", reason="a knock", applied=False),
        *[replace(TRIAL, trial=n, reaction_s=0.5 + n / 1000) for n in range(1, 49)],
        BLOCK,
        event(7200, "sitting_done", stars=2, trials=48, success_rate=1.0, rewards=0, threshold_z=0.5, difficulty=0.7),
        *estimates,
    ]


def sat(here: Portal, name: str, *left: Row, day: int = 0, **known: object) -> int:
    began = NEW.anchor_unix_s + 86_400 * day
    return play(here.house.db, *left, name=name, anchor_unix_s=began, headset_json=HEADSET, **known)


@pytest.fixture
def ada(here: Portal) -> Browser:
    here.person("Ada", "therapist")
    return here.signed_in("Ada")


def client_of(here: Portal, name: str = "Otto") -> str:
    return here.player(name, here.store.people.named("Ada", "therapist").id)


def test_clients_are_sorted_by_what_needs_a_look_and_found_by_a_part_of_their_name(
    here: Portal, ada: Browser
) -> None:
    for name, good in (("Otto", 0.9), ("Mia", 0.2), ("Zoe", 0.9)):
        client_of(here, name)
        sat(here, name, replace(BLOCK, good_share=good), day=570)
    order = re.findall(r'scope="row"><a [^>]*>(\w+)', ada.get("/clients?sort=signal").text)
    assert order == ["Mia", "Otto", "Zoe"]
    assert re.findall(r'scope="row"><a [^>]*>(\w+)', ada.get("/clients?name=zO").text) == ["Zoe"]
    assert "Nobody is called like that" in ada.get("/clients?name=nobody").text
    assert ada.get("/clients?sort=no-such").status_code == 200


def test_every_picture_has_its_numbers_beside_it_and_in_a_file(here: Portal, ada: Browser) -> None:
    mine = f"/clients/{client_of(here)}"
    for day in range(2):
        sat(here, "Otto", *rows(), day=day)
    shown = ada.get(mine).text
    names = re.findall(rf'href="{mine}/tables/([\w-]+)"', shown)
    assert {"right", "ability-strike", "threshold", "signal", "reactions-strike", "gaze", "sittings"} <= set(names)
    assert shown.count('role="img"') == shown.count("<figure") == len(names) - 1
    for name in names:
        lines = ada.get(f"{mine}/tables/{name}").text.splitlines()
        assert len(lines) > 1, name
        assert {line.count(",") for line in lines} == {lines[0].count(",")}, name
    assert ada.get(f"{mine}/tables/none").status_code == 404


def test_ability_comes_with_its_interval(here: Portal, ada: Browser) -> None:
    mine = f"/clients/{client_of(here)}"
    for day in range(2):
        sat(here, "Otto", *rows(), day=day)
    (head, *days) = ada.get(f"{mine}/tables/ability-strike").text.splitlines()
    assert head == "day,ability,low,high,trials"
    for line in days:
        _, ability, low, high, trials = line.split(",")
        assert float(low) < float(ability) < float(high)
        assert trials == "48"


def test_check_ups_are_no_games_and_change_is_told_from_the_third_on(here: Portal, ada: Browser) -> None:
    mine = f"/clients/{client_of(here)}"
    level = CHECKUPS.find("checkup-still-water")
    block = replace(BLOCK, task=level.game.task, level=level.id)

    def check_up(day: int, right: int) -> None:
        trials = [
            replace(TRIAL, trial=n, task="still-water", kind="bud", outcome="hit" if n < right else "miss")
            for n in range(40)
        ]
        trials = [replace(trial, success=trial.outcome == "hit", detail_json=NO_IDLE) for trial in trials]
        sat(here, "Otto", block, *trials, day=day)

    check_up(0, 30)
    check_up(1, 32)
    assert "success rate" in ada.get(mine).text
    assert "+0.175" not in ada.get(mine).text
    check_up(20, 38)
    shown = ada.get(mine).text
    assert "+0.175" in shown  # .950 - (.750 + .800) / 2
    assert ">0.050<" in shown  # how far the first two lie apart
    assert "ability-still-water" not in shown


def test_a_sitting_shows_what_changed_and_why_with_every_word_escaped(here: Portal, ada: Browser) -> None:
    mine = f"/clients/{client_of(here)}"
    sitting = sat(here, "Otto", *rows())
    shown = ada.get(f"{mine}/sittings/{sitting}").text
    assert "three &lt;b&gt;misses&lt;/b&gt; in a row" in shown
    assert "<b>misses" not in shown
    assert "calibrated on today" in shown
    assert "Once, for 10 s, the signal was not good" in shown
    figure = json.loads(re.search(r'id="figure">(.*?)</script>', shown, re.DOTALL)[1])  # type: ignore[index]
    by_name = {trace["name"]: trace for trace in figure["data"]}
    assert by_name["Threshold"]["y"][-1] == pytest.approx(0.5)  # .4 + .5 * .2
    assert by_name["Difficulty"]["y"] == [0.75]
    assert by_name["Acts and complaints"]["text"] == [
        "Supervisor – easier – three <b>misses</b> in a row",
        "Asked by the therapist – Easier – he sighed",
        "Asked by the therapist – Pause: not possible just then – a knock",
    ]


def test_an_act_that_only_a_newer_heron_knows_is_shown_by_its_own_name(here: Portal, ada: Browser) -> None:
    mine = f"/clients/{client_of(here)}"
    acted = event(1900, "supervisor_acted", **ACT | {"action": "stand_on_one_leg"})
    assert "stand_on_one_leg" in ada.get(f"{mine}/sittings/{sat(here, 'Otto', *rows(), acted)}").text


def test_the_tables_of_a_sitting_hold_its_own_numbers(here: Portal, ada: Browser) -> None:
    mine = f"/clients/{client_of(here)}/sittings/{sat(here, 'Otto', *rows())}"
    why = ada.get(f"{mine}/tables/why").text.splitlines()
    assert why[1] == "10.0,0.4,0.25,Alpha had more than usual."
    timeline = [line.split(",") for line in ada.get(f"{mine}/tables/timeline").text.splitlines()]
    assert timeline[1] == ["0.0", "0.3", "", "0.9", "1.0"]
    assert timeline[-1][1:] == ["0.3", "0.5", "0.9", "1.0"]
    assert sum(float(line[4]) == 0 for line in timeline[1:]) * 0.4 == pytest.approx(10.0, abs=0.8)


def test_what_the_score_rested_on_is_said_in_the_readers_language(here: Portal, ada: Browser) -> None:
    mine = f"/clients/{client_of(here)}/sittings/{sat(here, 'Otto', *rows())}"
    ada.cookies.set("heron_language", "zh_CN")
    why = ada.get(f"{mine}/tables/why").text.splitlines()
    assert (
        why[1]
        == "10.0,0.4,0.25,分数 0.40：模型主要看的是AF7，1.5 秒之前；那里Alpha 波的占比高于平时，差 3.0 个标准差。"
    )


def test_every_fixed_reason_of_rules_and_devices_can_be_said_in_another_language() -> None:
    given = {*get_args(Outcome), *supervisor.REASONS.values(), supervisor.REST, NO_HEAD, NO_EYES, LATE, SILENT}
    given |= {reward._threshold_step(share, 0.7)[1] for share in (0.0, 0.55, 0.82, 1.0)}
    assert given <= set(REASONS)


def test_two_sittings_are_compared_by_the_games_they_share(here: Portal, ada: Browser) -> None:
    mine = f"/clients/{client_of(here)}"
    one = sat(here, "Otto", *rows())
    slower = [replace(row, reaction_s=0.9) if isinstance(row, TrialRow) else row for row in rows()]
    other = sat(here, "Otto", *slower, day=1)
    shown = ada.get(f"{mine}/compare?first={one}&second={other}").text
    mean = re.search(r"reaction mean, s</th>.*?([\d.]+)</td>.*?([\d.]+)</td>.*?([+\d.]+)</td>", shown, re.DOTALL)
    assert mean is not None
    assert mean.groups() == ("0.525", "0.9", "+0.375")
    assert ada.get(f"{mine}/compare?first={one}&second={other + 1}").status_code == 404


def test_a_sitting_that_is_not_the_clients_is_not_there(here: Portal, ada: Browser) -> None:
    mine = client_of(here)
    sat(here, "Otto", *rows())
    for number in (0, -1, sat(here, "Mia", *rows()), 10**30):
        assert ada.get(f"/clients/{mine}/sittings/{number}").status_code == 404
        assert ada.get(f"/clients/{mine}/sittings/{number}/files/csv").status_code == 404
        assert send(ada, f"/clients/{mine}/sittings/{number}/notes", text="Hello").status_code == 404


def test_a_demonstration_is_no_sitting(here: Portal, ada: Browser) -> None:
    mine = f"/clients/{client_of(here)}"
    assert ada.get(f"{mine}/sittings/{sat(here, 'Otto', *rows(), kind='demo')}").status_code == 404


def test_notes_stand_on_the_client_and_on_the_sitting_that_they_are_of(here: Portal, ada: Browser) -> None:
    mine = f"/clients/{client_of(here)}"
    sitting = sat(here, "Otto", *rows())
    assert send(ada, f"{mine}/notes", text="Came <i>tired</i>", strategy="true").status_code == 303
    assert send(ada, f"{mine}/sittings/{sitting}/notes", text="Went well after the break").status_code == 303
    assert send(ada, f"{mine}/notes", text="  ").status_code == 400
    page = ada.get(mine).text
    assert "Came &lt;i&gt;tired&lt;/i&gt;" in page
    assert "how it was done" in page
    assert "Went well after the break" in ada.get(f"{mine}/sittings/{sitting}").text
    assert "Came" not in ada.get(f"{mine}/sittings/{sitting}").text


def test_a_complaint_waits_until_somebody_writes_what_they_found(here: Portal, ada: Browser) -> None:
    mine = f"/clients/{client_of(here)}"
    sat(here, "Otto", *rows(), event(3000, "unwell", kind="headache"))
    complaint = here.store.wellbeing.complaints(1)[0].id
    assert "1 complaint waits for a look" in ada.get(mine).text
    assert send(ada, f"{mine}/complaints/{complaint}/review", note=" ").status_code == 400
    assert send(ada, f"{mine}/complaints/{complaint}/review", note="Slept badly").status_code == 303
    shown = ada.get(mine).text
    assert "Slept badly" in shown
    assert "waits for a look" not in shown


def test_a_complaint_of_another_client_cannot_be_answered_here(here: Portal, ada: Browser) -> None:
    mine = client_of(here)
    client_of(here, "Mia")
    sat(here, "Mia", *rows(), event(3000, "unwell", kind="headache"))
    complaint = here.store.wellbeing.complaints(2)[0].id
    assert send(ada, f"/clients/{mine}/complaints/{complaint}/review", note="Mine?").status_code == 404


def test_a_total_is_kept_where_its_instrument_can_come_to_it(here: Portal, ada: Browser) -> None:
    mine = f"/clients/{client_of(here)}"

    def kept(instrument: str, total: str, day: str) -> bool:
        answer = send(ada, f"{mine}/totals", instrument=instrument, total=total, day=day)
        assert answer.status_code in (303, 400)
        return bool(answer.status_code == 303)

    assert kept("sdq", "14", "2025-01-05")
    assert kept("sdq", "14,5", "2025-01-05")
    assert not kept("sdq", "41", "2025-01-05")
    assert not kept("sdq", "many", "2025-01-05")
    assert not kept("sdq", "14", "yesterday")
    assert not kept("sdq", "14", "2999-01-01")
    assert not kept("none", "14", "2025-01-05")
    assert [one.total for one in here.store.records.totals(1)] == [14.0, 14.5]


def test_a_sitting_leaves_as_files_under_the_pseudonym_and_the_log_says_so(here: Portal, ada: Browser) -> None:
    pseudonym = client_of(here)
    sitting = sat(here, "Otto", *rows())
    packed = ada.get(f"/clients/{pseudonym}/sittings/{sitting}/files/csv")
    with ZipFile(io.BytesIO(packed.content)) as held:
        names = held.namelist()
        assert any(name.endswith("/trials.csv") for name in names)
        assert all(b"Otto" not in held.read(name) for name in names)
    assert here.store.audit.page()[0].what == f"{pseudonym} {sitting} as csv"
    assert ada.get(f"/clients/{pseudonym}/sittings/{sitting}/files/exe").status_code == 404


def test_the_sheet_names_all_24_items_and_what_is_missing(here: Portal, ada: Browser) -> None:
    mine = f"/clients/{client_of(here)}"
    before = ada.get(f"{mine}/cred-nf").text
    assert before.count('<th scope="row">') == 24
    sat(here, "Otto", *rows())
    after = ada.get(f"{mine}/cred-nf").text
    assert after.count(">missing<") < before.count(">missing<")
    assert "Muse 2, mouse, Heron 0.1.0" in after


def test_a_client_who_has_not_played_has_a_page(here: Portal, ada: Browser) -> None:
    assert "Otto has not played yet." in ada.get(f"/clients/{client_of(here)}").text


def test_a_sitting_of_which_only_results_are_kept_has_a_page(here: Portal, ada: Browser) -> None:
    mine = f"/clients/{client_of(here)}"
    shown = ada.get(f"{mine}/sittings/{sat(here, 'Otto', BLOCK)}")
    assert shown.status_code == 200
    assert "only its results are kept" in shown.text
    assert "plotly" not in shown.text


def test_a_trend_comes_with_its_interval(here: Portal, ada: Browser) -> None:
    client_of(here)
    first_day = int((here.clock() - NEW.anchor_unix_s) // 86_400) - 20
    for day, right in enumerate([0.5, 0.6, 0.5, 0.6, 0.5, 0.8, 0.7, 0.8, 0.7, 0.8]):
        trials = [replace(TRIAL, trial=n, success=n < 10 * right) for n in range(10)]
        sat(here, "Otto", BLOCK, *trials, day=first_day + day)
    shown = ada.get("/clients").text
    assert "+22 %" in shown  # .76 - .54
    assert "+14 to +30" in shown  # 2.306 * sqrt((.003 + .003) / 5) = .080
