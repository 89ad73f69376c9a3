"""One whole sitting through the real path: devices, signal path, rules, pictures, store, replay."""

import json
import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.store import Store
from engine.store.rows import EstimateRow, EventRow, SegmentRow, TrialRow
from game import replay
from game.wiring import play
from game.wish import Wish
from neuro.life import SILENT
from tests.game.heron import Heron, Played
from tests.test_docs import keys_of


def test_a_demonstration_ends_with_stars_and_without_a_word_of_trouble(played: Played) -> None:
    with Store.open(played.db, read_only=True) as store:
        session = store.sessions.get(played.outcome.session)
        last = [event for event in store.sessions.events(session.id) if event.kind not in ("why", "drawn")][-1]
    assert (played.outcome.ending, session.ending, played.said) == ("done", "done", [])
    assert last.kind == "sitting_done"
    assert json.loads(last.data_json)["stars"] >= 1


def test_the_file_holds_trials_estimates_signals_and_the_baseline(played: Played) -> None:
    with Store.open(played.db, read_only=True) as store:
        number = played.outcome.session
        trials = store.sessions.trials(number)
        estimates = store.sessions.estimates(number)
        eeg = list(store.signals.polls(number, "eeg"))
        gaze = list(store.signals.polls(number, "gaze"))
        calibrations = store.signals.calibrations(number)
    seconds = eeg[-1].now_s - eeg[0].now_s
    assert len([trial for trial in trials if not trial.practice]) >= 3
    assert abs(len(estimates) - 10 * seconds) < 12
    assert abs(sum(len(poll.t_s) for poll in eeg) - 256 * seconds) < 60
    assert abs(sum(len(poll.t_s) for poll in gaze) - 200 * seconds) < 60
    assert [calibration.kind for calibration in calibrations] == ["rest"]
    assert {estimate.state for estimate in estimates if estimate.trust > 0.5} == {"good"}


def test_what_the_eyes_did_in_blocks_is_kept_every_five_seconds(played: Played) -> None:
    with Store.open(played.db, read_only=True) as store:
        events = store.sessions.events(played.outcome.session)
    told = [json.loads(event.data_json) for event in events if event.kind == "eyes"]
    assert len(told) >= 2
    assert np.diff([each["t_s"] for each in told]).min() >= 4.99
    assert all(0.5 < each["on_screen_share"] <= 1 for each in told)
    assert any(each["saccades_per_s"] > 0 for each in told)
    assert all(each["on_target_share"] is None for each in told)  # the recorder knows of no target


def test_a_trial_is_stored_with_the_tick_at_which_its_creature_was_shown(played: Played) -> None:
    with Store.open(played.db, read_only=True) as store:
        events = store.sessions.events(played.outcome.session)
        trials = store.sessions.trials(played.outcome.session)
    shown = {json.loads(event.data_json)["trial"]: event.tick for event in events if event.kind == "stimulus_shown"}
    timed = [trial for trial in trials if trial.trial in shown]
    assert timed
    assert all(trial.onset_tick == shown[trial.trial] for trial in timed)


def test_a_stored_sitting_replays_to_identical_estimates_states_and_pictures(played: Played) -> None:
    with Store.open(played.db, read_only=True) as store:
        verdict = replay.check(store, store.sessions.get(played.outcome.session))
    assert verdict.identical, verdict.sentence
    assert verdict.ticks > 1500
    assert verdict.estimates > 250


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ("UPDATE estimates SET score = score + 1e-9 WHERE seq = (SELECT max(seq) FROM estimates)", "estimate"),
        ("UPDATE sessions SET setup_json = replace(setup_json, '\"seed\":3', '\"seed\":4')", "tick"),
        ("UPDATE people SET name = 'Somebody'", "tick 1 "),
    ],
)
def test_a_replay_notices_the_smallest_change(played: Played, tmp_path: Path, change: str, what: str) -> None:
    db = played.copy(tmp_path)
    connection = sqlite3.connect(db)
    with connection:
        assert connection.execute(change).rowcount == 1
    connection.close()
    with Store.open(db, read_only=True) as store:
        verdict = replay.check(store, store.sessions.get(played.outcome.session))
    assert not verdict.identical
    assert what in verdict.sentence


def test_the_same_seed_is_the_same_sitting(played: Played, tmp_path: Path, heron: Heron) -> None:
    said = heron("demo", "--headless", "--seconds", 12, "--seed", 3, "--db", tmp_path / "b.sqlite", "--json")
    figures = json.loads(said.out)
    with Store.open(played.db, read_only=True) as store:
        trials = store.sessions.trials(played.outcome.session)
    assert said.status == 0, said.err
    assert set(figures) == keys_of("report N") | keys_of("demo")
    assert figures["session"] == 1
    with Store.open(tmp_path / "b.sqlite", read_only=True) as store:
        again = store.sessions.trials(1)
    assert [trial.reaction_s for trial in again] == [trial.reaction_s for trial in trials]


def test_replay_and_report_speak_at_the_prompt_by_their_documented_keys(played: Played, heron: Heron) -> None:
    number = played.outcome.session
    verdict = heron("replay", number, "--check", "--db", played.db)
    assert (verdict.status, verdict.err) == (0, "")
    assert "identical" in verdict.out
    figures = json.loads(heron("replay", number, "--check", "--db", played.db, "--json").out)
    assert set(figures) == keys_of("replay N")
    assert figures["identical"] is True
    report = json.loads(heron("report", number, "--db", played.db, "--json").out)
    assert set(report) == keys_of("report N")
    assert report["trials"] >= 3
    assert "minutes" in heron("report", number, "--db", played.db).out


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Played:
    """Without a headset, and with nowhere to leave the last screen: a folder has its name."""
    folder, said = tmp_path_factory.mktemp("bare"), list[str]()
    picture = folder / "last.png"
    picture.mkdir()
    wish = Wish(db=folder / "x.sqlite", window="memory", play_s=10.0, hurry=True, twin="child")
    return Played(wish.db, play(replace(wish, picture=picture, say=said.append)), said)


def test_without_a_headset_the_game_plays_by_behaviour_alone(bare: Played) -> None:
    with Store.open(bare.db, read_only=True) as store:
        assert bare.outcome.ending == "done"
        assert store.sessions.estimates(bare.outcome.session) == ()
        assert replay.check(store, store.sessions.get(bare.outcome.session)).identical
        kinds = {event.kind for event in store.sessions.events(bare.outcome.session)}
    assert "reward_paid" not in kinds


def test_a_picture_that_cannot_be_written_costs_no_sitting(bare: Played) -> None:
    assert bare.outcome.ending == "done"
    assert any("cannot be written" in each for each in bare.said), bare.said


def head_on_file(path: Path, seconds: float, gone_s: tuple[float, float] = (0.0, 0.0)) -> Path:
    """A recording of something like a head, without what came while it was gone."""
    rng = np.random.default_rng(1)
    n = round(seconds * 250)
    shared = rng.normal(size=n).cumsum()
    rows = ["t_s,Fp1,Fp2"]
    for i in range(n):
        values = 8 * (shared[i] - shared[max(0, i - 40)]) / 6 + rng.normal(size=2) * 3
        if not gone_s[0] <= i / 250 < gone_s[1]:
            rows.append(f"{i / 250:.4f},{values[0]:.3f},{values[1]:.3f}")
    path.write_text("\n".join(rows))
    return path


def lives_of(events: tuple[EventRow, ...], device: str) -> list[tuple[int, str, str | None]]:
    """Tick, state and reason of each change in the life of a device."""
    told = [(event.tick, json.loads(event.data_json)) for event in events if event.kind == "device_life"]
    return [(tick, life["state"], life["reason"]) for tick, life in told if life["device"] == device]


class Interrupted(NamedTuple):
    """A sitting in whose play the headset goes for five seconds, comes back, and then ends as a battery would."""

    ending: str
    estimates: tuple[EstimateRow, ...]
    events: tuple[EventRow, ...]
    trials: tuple[TrialRow, ...]
    segments: tuple[SegmentRow, ...]
    eeg_t_s: NDArray[np.float64]
    verdict: replay.Verdict


@pytest.fixture(scope="module")
def interrupted(tmp_path_factory: pytest.TempPathFactory) -> Interrupted:
    folder = tmp_path_factory.mktemp("interrupted")
    recording, db = head_on_file(folder / "gap.csv", 45.0, gone_s=(31.0, 36.0)), folder / "gap.sqlite"
    wish = Wish(db, window="memory", play_s=20.0, hurry=True, twin="adult", eeg=f"recording:{recording}", gaze="twin")
    outcome = play(wish)
    with Store.open(db, read_only=True) as store:
        session = store.sessions.get(outcome.session)
        return Interrupted(
            ending=outcome.ending,
            estimates=store.sessions.estimates(session.id),
            events=store.sessions.events(session.id),
            trials=store.sessions.trials(session.id),
            segments=store.signals.segments(session.id),
            eeg_t_s=np.concatenate([poll.t_s for poll in store.signals.polls(session.id, "eeg")]),
            verdict=replay.check(store, session),
        )


def test_a_headset_that_is_lost_in_play_pays_nothing_and_ends_nothing(interrupted: Interrupted) -> None:
    events = interrupted.events
    lost_tick = [tick for tick, state, _ in lives_of(events, "eeg") if state == "lost"][-1]
    later = [estimate for estimate in interrupted.estimates if estimate.tick and estimate.tick > lost_tick + 90]
    assert interrupted.ending == "done"
    assert {estimate.state for estimate in later} == {"stale"}
    assert not [event for event in events if event.kind == "reward_paid" and event.tick > lost_tick + 90]
    assert not [trial for trial in interrupted.trials if trial.valid and trial.onset_tick > lost_tick + 120]
    assert interrupted.verdict.identical, interrupted.verdict.sentence


def test_a_headset_that_comes_back_is_taken_up_in_the_same_sitting(interrupted: Interrupted) -> None:
    estimates, events, stamps = interrupted.estimates, interrupted.events, interrupted.eeg_t_s
    back = 31 * 250  # the first sample after the gap
    ended = "gap.csv has ended: start it again, or choose a longer one."
    assert [state for _, state, _ in lives_of(events, "eeg")] == [
        *("fitting", "streaming", "stale", "lost"),
        *("reconnecting", "streaming", "lost"),
    ]
    assert [reason for _, state, reason in lives_of(events, "eeg") if state == "lost"] == [SILENT, ended]
    assert np.diff(stamps)[back - 1] == np.diff(stamps).max() == pytest.approx(5.004)
    gone = {each.state for each in estimates if stamps[back] - 3.5 < each.t_s < stamps[back]}
    there = {each.state for each in estimates if stamps[back] < each.t_s <= stamps[-1]}
    assert gone == {"stale"}
    assert "stale" not in there


def test_each_stretch_of_signal_is_stored_with_its_figures(interrupted: Interrupted) -> None:
    stamps, (first, second, eyes) = interrupted.eeg_t_s, interrupted.segments
    back = 31 * 250
    assert (first.from_s, first.until_s) == (stamps[0], stamps[back - 1])
    assert (second.from_s, second.until_s) == (stamps[back], stamps[-1])
    assert (first.name, first.rate_hz, first.loss) == ("gap.csv", pytest.approx(250), 0)
    assert first.jitter_ms == pytest.approx(0, abs=0.1)
    assert (eyes.device, eyes.name, eyes.rate_hz) == ("gaze", "twin", pytest.approx(200))
    assert (eyes.clock_offset_s, eyes.reason) == (None, None)
