"""A sitting of several games: what comes between them, and what each keeps."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise

from engine import light
from engine.events import BlockDone, DifficultyChanged, Event, LightShown, RewardPaid, StageStarted, TrialDone
from engine.level import LEVELS
from engine.ports import Inputs
from engine.session import Part, Setup, Sitting, alike, begin, least_break_s, stage_s, step
from engine.tasks.catalogue import TASKS, WARMUP

STRIKE = LEVELS.find("strike-01")
WATER = LEVELS.find("still-water-01")
QUIET = LEVELS.find("quiet-01")
PARTS = (
    Part(STRIKE, 20.0, first_x=0.5, practice=2),
    Part(WATER, 20.0, first_x=-1.0),
    Part(STRIKE, 20.0, first_x=0.5),
)
SETUP = Setup(PARTS, seed=3, rest_s=1.0, warmup_s=6.0, has_headset=False)

Run = tuple[tuple[Sitting, tuple[Event, ...]], ...]


def hands() -> Iterator[Inputs]:
    """Confirms once a second, and answers now and then."""
    tick = 0
    while True:
        tick += 1
        confirm = ("confirm",) if tick % 60 == 0 else ()
        yield Inputs(pressed=(*confirm, *(("strike",) if tick % 97 == 0 else ())))


@cache
def whole(setup: Setup = SETUP) -> Run:
    now, run = begin(setup), []
    for inputs in hands():
        now, events = step(setup, now, replace(inputs, pressed=()) if now.stage == "practice" else inputs)
        run.append((now, events))
        if now.stage == "done":
            return tuple(run)
    raise AssertionError("hands never rest")


def happened(run: Run) -> list[Event]:
    return [event for _, events in run for event in events]


def stages(run: Run) -> list[tuple[str, int]]:
    return [(event.stage, event.block) for event in happened(run) if isinstance(event, StageStarted)]


def test_another_game_is_practised_where_it_is_new_and_always_told_before_it_begins() -> None:
    setup = replace(SETUP, parts=(PARTS[0], replace(PARTS[1], practice=2), PARTS[2]))
    assert [stage for stage, _ in stages(whole(setup))] == [
        *("warmup", "practice", "ready", "block", "break"),
        *("practice", "ready", "block", "break"),
        *("ready", "block", "done"),
    ]


def test_practice_counts_trials_and_for_nothing() -> None:
    practice = [e for now, events in whole() if now.stage == "practice" for e in events if isinstance(e, TrialDone)]
    assert {(trial.task, trial.block, trial.practice) for trial in practice} == {("strike", 0, True)}
    assert all(trial.difficulty == 0.5 - 1.5 for trial in practice)
    assert len([trial for trial in practice if trial.outcome != "void"]) <= 2
    assert next(e.difficulty for e in happened(whole()) if isinstance(e, TrialDone) and e.block) == 0.5


def test_the_warm_up_is_the_same_for_everybody() -> None:
    trials = [e for now, events in whole() if now.stage == "warmup" for e in events if isinstance(e, TrialDone)]
    assert {(trial.task, trial.difficulty) for trial in trials} == {(WARMUP.task, 0.0)}


def test_a_game_that_comes_again_goes_on_where_it_was_left() -> None:
    blocks = [e for e in happened(whole()) if isinstance(e, BlockDone)]
    assert [(block.task, block.level) for block in blocks] == [
        ("strike", "strike-01"),
        ("still-water", "still-water-01"),
        ("strike", "strike-01"),
    ]
    third = [now for now, _ in whole() if now.stage == "block" and now.block == 3]
    assert third[0].skill.x == blocks[0].difficulty != PARTS[2].first_x


def test_trials_are_numbered_through_the_whole_sitting() -> None:
    trials = [e.trial for e in happened(whole()) if isinstance(e, TrialDone)]
    assert trials == sorted(trials)
    assert len(set(trials)) == len(trials)


def test_what_came_of_each_block_is_kept_for_the_end() -> None:
    last = whole()[-1][0]
    assert [(deed.task, deed.trials) for deed in last.deeds] == [
        (e.task, e.trials) for e in happened(whole()) if isinstance(e, BlockDone)
    ]
    assert last.stars == round(sum(deed.stars for deed in last.deeds) / 3)


def test_difficulty_stays_within_the_bounds_of_the_plan() -> None:
    bound = replace(SETUP, parts=tuple(replace(part, first_x=-2.0, bounds=(-0.2, 0.1)) for part in PARTS))
    asked = [e for e in happened(whole(bound)) if isinstance(e, TrialDone) and e.block]
    assert asked
    assert all(-0.2 <= trial.difficulty <= 0.1 for trial in asked)
    assert all(-0.2 <= e.difficulty <= 0.1 for e in happened(whole(bound)) if isinstance(e, DifficultyChanged))


def test_a_check_up_adapts_nothing_pays_nothing_and_has_no_stars() -> None:
    plain = replace(SETUP, parts=tuple(replace(part, plain=True) for part in PARTS))
    events = happened(whole(plain))
    assert not any(isinstance(e, DifficultyChanged | RewardPaid) for e in events)
    assert {e.stars for e in events if isinstance(e, BlockDone)} == {0}
    assert whole(plain)[-1][0].stars == 0
    assert {now.feedback for now, _ in whole(plain)} == {0.5}


def test_a_sitting_ends_on_a_success_if_one_comes_soon() -> None:
    one = replace(SETUP, parts=(Part(STRIKE, 20.0),))
    played = [now for now, _ in whole(one) if now.stage == "block"]
    assert played[-1].succeeded or played[-1].stage_tick / 60 >= 40.0 - 5
    assert played[-1].stage_tick / 60 < 45.0


def test_eyes_rest_longer_at_half_time_of_a_long_sitting_and_a_headset_is_asked_after() -> None:
    long = Setup(alike(STRIKE.model_copy(update={"block_s": 300.0}), 1800.0), seed=1)
    assert [long.rest(block).look_far for block in range(1, 7)] == [False, False, True, False, False, False]
    assert [least_break_s(long, block) for block in (1, 3)] == [3.0, 20.0]
    assert [block for block in range(1, 7) if long.rest(block).ease] == [3]
    assert not SETUP.rest(1).look_far


def test_grey_steps_come_only_where_there_are_eyes_and_say_when_each_light_is_reached() -> None:
    lit = replace(SETUP, light_s=light.WHOLE_S, has_gaze=True)
    run = whole(lit)
    assert stages(run)[0][0] == "light"
    assert [e.luminance for e in happened(run) if isinstance(e, LightShown)] == list(light.LIGHTS)
    assert ("light", 0) not in stages(whole(replace(lit, has_gaze=False)))


def test_no_grey_step_is_a_flash() -> None:
    shown = [light.luminance(tick) for tick in range(round(light.WHOLE_S * 60))]
    assert max(abs(b - a) for a, b in zip(shown, shown[30:], strict=False)) < 0.1
    assert max(abs(b - a) for a, b in pairwise(shown)) < 0.01


def test_a_game_without_trials_is_a_block_like_any_other() -> None:
    calm = replace(SETUP, parts=(Part(QUIET, 15.0), PARTS[1]))
    (first, second) = [e for e in happened(whole(calm)) if isinstance(e, BlockDone)]
    assert (first.task, first.trials, first.success_rate, first.stars) == ("quiet", 0, None, 1)
    assert second.task == "still-water"


def test_each_task_is_played_with_the_best_that_is_there() -> None:
    task = next(name for name, task in TASKS.items() if task.modes[0] == "gaze")
    level = next(LEVELS.find(each) for each in LEVELS.ids() if LEVELS.find(each).game.task == task)
    seen = {
        has_gaze: next(
            now.by for now, _ in whole(replace(SETUP, parts=(Part(level, 10.0),), has_gaze=has_gaze)) if now.block
        )
        for has_gaze in (True, False)
    }
    assert seen == {True: "gaze", False: TASKS[task].modes[1]}


def test_stages_that_wait_for_somebody_have_no_length() -> None:
    assert stage_s(SETUP, "practice", 1) is None
    assert stage_s(SETUP, "practice", 2) == 0
    assert stage_s(SETUP, "rest") == 0
