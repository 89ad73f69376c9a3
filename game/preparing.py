"""What a sitting will be: its blocks, how hard they begin, how long it calibrates, by wish, plan and history."""

from dataclasses import dataclass, replace
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from pydantic_core import to_json

from engine import ability, checkup, garden, light
from engine import session as rules
from engine.checkup import CHECKUPS
from engine.control import Arm
from engine.level import LEVELS, Level
from engine.path import Stone
from engine.plan import PLANS, Assigned, Plan
from engine.safety import WITHDRAWN, Refused, dose, is_child, limited, may_play
from engine.session import Part
from engine.session.setup import BREAK_S, Setup
from engine.store import Store
from engine.store.models import COMMON
from engine.store.rows import History, Kind, NewSession
from engine.tasks.catalogue import TASKS
from game.course import battery, given, path
from game.errors import GameError, NotToday
from game.keeping import manner_of
from game.manner import USUAL
from game.scenes.scene import Show
from game.scenes.wearing import called
from game.wish import Wish
from game.yoke import tape
from neuro.scorer import Scorer
from neuro.twin.profiles import PROFILES
from neuro.types import Headset

DEMONSTRATED = "strike-01"
CHILD_AGE, GROWN_AGE = 9, 30  # of simulated players

LEAST_CALIBRATION_S, REST_S, WARMUP_S = 10.0, 60.0, 120.0
CHILD_REST_S, CHILD_WARMUP_S = 45.0, 90.0
CLOSED_S = 30.0
"""Rest and warm-up; a child is at play within four minutes. In a shorter sitting each is a sixth of the play, but not
less than the first."""

PRACTICE = 10
"""Trials without a score, for whoever never played a game."""
LEAST_PRACTISED_S = 180.0
"""A sitting that is shorter is a look at Heron, and practises nothing."""

LEAST_LIT_S = 300.0
"""Of play, for which a player's pupils are asked how they answer to light."""
LIT_DAYS = 30
"""So long the answer holds, with the same eye tracker."""
RESTED_S = 900.0
"""So long after a sitting its rest holds, with the same headset and model: who comes back at once need not rest."""

BY_BEHAVIOUR = "No headset: Heron plays by your answers alone."


@dataclass(frozen=True, slots=True)
class Worn:
    """Devices of a sitting; headset is None without one."""

    headset: Headset | None
    has_gaze: bool
    has_camera: bool


@dataclass(frozen=True, slots=True)
class Programme:
    """What is to be played.

    name:  of the level, or of the plan; toml: all of its levels, as they are played
    seed:  None where the sittings of the player count it
    goal:  share of the time to reward; None for what the course of sittings says
    child: whether it goes at a child's pace
    """

    name: str
    toml: str
    parts: tuple[Part, ...]
    break_s: float = BREAK_S
    seed: int | None = None
    goal: float | None = None
    child: bool = False


class Anchor(NamedTuple):
    """One moment by two clocks: host monotonic seconds, and seconds since 1970."""

    mono_s: float
    unix_s: float


def programme(wish: Wish, store: Store, now: datetime, has_gaze: bool) -> Programme:
    """By the wish, else by the player's plan, within what is good for the player.

    now: local time

    Raises: BadLevel, BadPlan; NotToday: no sitting may begin, or the plan asks for none.
    """
    player = store.players.named(wish.player).id
    if not store.wellbeing.agrees(player):  # not even to simulated hands: what they play is kept as the player's
        raise NotToday(WITHDRAWN)
    if wish.born is not None:
        store.players.born(player, wish.born)
    who = _who(wish, store, player, now)
    played = replace(_chosen(wish, store, player, now, has_gaze, who), child=is_child(who.age))
    begun = [part if part.plain else _begins(wish, store, player, now, part) for part in played.parts]
    tasks = [part.task for part in begun]
    met = [task in tasks[:place] for place, task in enumerate(tasks)]  # whoever practised it needs to do so but once
    return replace(
        played,
        parts=tuple(replace(part, practice=0) if again else part for part, again in zip(begun, met, strict=True)),
    )


class _Who(NamedTuple):
    """age: in years, None where nobody said it; most_s: of play now; today_s: of play before, today"""

    age: int | None
    most_s: float
    today_s: float
    break_s: float


def _who(wish: Wish, store: Store, player: int, now: datetime) -> _Who:
    if wish.twin is not None:  # simulated hands need nobody's permission
        age = CHILD_AGE if PROFILES[wish.twin].child else GROWN_AGE
        return _Who(age, float("inf"), 0.0, dose(age).break_s)
    standing = store.wellbeing.standing(player, now.date(), now.tzinfo)
    answer = may_play(standing, now)
    if isinstance(answer, Refused):
        raise NotToday(answer.sentence)
    break_s = limited(standing.age, standing.limits).break_s
    return _Who(standing.age, answer.seconds, standing.played.today_s, break_s)


def _chosen(wish: Wish, store: Store, player: int, now: datetime, has_gaze: bool, who: _Who) -> Programme:
    if wish.checkup:
        parts = checkup.parts(is_child(who.age), has_gaze)
        return _programme("checkup", parts, who.break_s, _checkup_seed(store, player, now))
    name = wish.level or (DEMONSTRATED if wish.twin and wish.plan is None else None)
    if name is None:
        return _walk(wish, store, player, now, has_gaze, who)
    level, toml = _level(name)
    play_s = min(who.most_s, wish.play_s or level.minutes * 60)
    return Programme(level.id, toml, rules.alike(level, play_s))


def _checkup_seed(store: Store, player: int, now: datetime) -> int:
    """The n-th check-up is the same for everybody."""
    days, plain = store.plans.days(player, now.tzinfo), CHECKUPS.ids()
    return checkup.seed(1 + sum(any(game.level_id in plain for game in day.walked) for day in days))


def _walk(wish: Wish, store: Store, player: int, now: datetime, has_gaze: bool, who: _Who) -> Programme:
    """Today's path by a plan: the wished one, else the player's; who has none is given the first."""
    day = now.date()
    if wish.plan is not None:
        tried = _plan(wish.plan).model_copy(update={"checkups_alone": 0})  # of which every day is the first
        assigned, by = Assigned(tried, day), wish.player
    else:
        own = given(store, player, day)
        assigned, by = own.assigned, own.by
    history, check = store.plans.days(player, now.tzinfo), battery(by, who.age, has_gaze)
    asked = path(assigned, history, who.age, day, check, who.today_s + who.most_s)
    stones = [stone for stone in asked.stones if not stone.done]
    if not stones:
        raise NotToday(asked.sentence or "Today's path is walked: the marsh waits until another day.")
    faster = (wish.play_s or float("inf")) / sum(stone.seconds for stone in stones)
    parts = tuple(_part(stone, assigned.plan, min(1.0, faster)) for stone in stones)
    seed = _checkup_seed(store, player, now) if any(part.plain for part in parts) else None
    return _programme(assigned.plan.id, parts, who.break_s, seed, asked.goal)


def _part(stone: Stone, plan: Plan, faster: float) -> Part:
    if stone.is_checkup:
        return replace(checkup.part(stone.level), seconds=stone.seconds * faster)
    most = min(plan.distractors, stone.level.distractors.most)
    calm = stone.level.distractors.model_copy(update={"most": most})
    level = stone.level.model_copy(update={"distractors": calm})
    return Part(level, stone.seconds * faster, bounds=plan.difficulty)


def _programme(
    name: str, parts: tuple[Part, ...], break_s: float, seed: int | None = None, goal: float | None = None
) -> Programme:
    levels = dict.fromkeys(part.level.id for part in parts)
    texts = [(CHECKUPS if level in CHECKUPS.ids() else LEVELS).text(level) for level in levels]
    return Programme(name, "\n".join(texts), parts, break_s, seed, goal)


def show(wish: Wish, played: Programme, store: Store, now: datetime, worn: Worn, model_sha: str) -> Show:
    """All that the scenes and the rules are told once. Raises: GameError, StoreError."""
    player = store.players.named(wish.player).id
    history = store.sessions.history(player, _kind(wish), model_sha)
    is_person = wish.twin is None
    screening = store.wellbeing.screening(player)
    grown = store.gardens.grown(player)
    rested = None
    if worn.headset and is_person:
        headset_json, since = to_json(worn.headset).decode(), now.timestamp() - RESTED_S
        rested = store.signals.newest_rest(player, headset_json, model_sha, since)
    setup = _setup(wish, played, store, history, now, worn)
    return Show(
        setup=replace(setup, rest_s=0.0) if rested else setup,
        player=wish.player,
        channels=worn.headset.channels if worn.headset else (),
        headset=worn.headset.name if worn.headset else None,
        tracker=called(wish.gaze),
        note=None if worn.headset else BY_BEHAVIOUR,
        simulated=not is_person,
        manner=manner_of(store, player) if is_person else USUAL,
        asks=is_person and (screening is None or bool(screening.unanswered)),
        checks_in=is_person,
        grown=grown if is_person else (),
        offers=garden.offers(grown) if is_person else (),
        rested=rested,
        at_home=wish.at_home,
    )


def _setup(wish: Wish, played: Programme, store: Store, history: History, now: datetime, worn: Worn) -> Setup:
    play_s = sum(part.seconds for part in played.parts)
    calibration_s = max(LEAST_CALIBRATION_S, play_s / 6)
    seed = played.seed if wish.seed is None else wish.seed
    player, since = store.players.named(wish.player).id, now.timestamp() - LIT_DAYS * 86_400
    known = store.signals.has_calibration(player, _kind(wish), "pupil", wish.gaze, since)
    return Setup(
        parts=played.parts,
        seed=history.sittings + 1 if seed is None else seed,
        rest_s=min(CHILD_REST_S if played.child else REST_S, calibration_s),
        closed_s=min(CLOSED_S, calibration_s) if wish.closed_eyes else 0.0,
        light_s=light.WHOLE_S if worn.has_gaze and play_s >= LEAST_LIT_S and not known else 0.0,
        warmup_s=min(CHILD_WARMUP_S if played.child else WARMUP_S, calibration_s),
        break_s=played.break_s,
        last_threshold=history.last_threshold_z,
        goal=played.goal,
        sitting_number=history.sittings + 1,
        child=played.child,
        has_headset=worn.headset is not None,
        has_camera=worn.has_camera,
        has_gaze=worn.has_gaze,
        usual=history.last_calibration,
        arm=wish.arm,
        tape=_tape(wish, store),
    )


def allocated(wish: Wish, store: Store, now: datetime) -> Wish:
    """With the arm that decides about rewards: that of the study, else the wished one, else that of today's plan.

    A study of this player alone is played whenever the plan's path is walked. In a study the arm is the one that was
    sealed; a yoked player has another of the donors' sittings each time.

    Raises: BadPlan; NotFound: there is no such study; BrokenSeal; StoreError: all its places are taken.
    """
    player = store.players.named(wish.player).id
    walks = wish.level is None and not wish.checkup and wish.arm == "live" and (wish.twin is None or bool(wish.plan))
    study = wish.study or (store.studies.running(player) if walks else None)
    if study is None:
        return replace(wish, arm=_planned(wish, store, player, now)) if walks else wish
    arm, donors = store.studies.enrolled(study, player).arm, store.studies.get(study).donors
    turn = store.studies.finished(study, player)
    return replace(wish, study=study, arm=arm, yoked_to=donors[turn % len(donors)] if arm == "yoked_replay" else None)


def unpaid(wish: Wish, played: Programme) -> Wish:
    """Without study and arm where nothing but a check-up is played: that pays nothing, and is no turn of a study."""
    if not all(part.plain for part in played.parts):
        return wish
    return replace(wish, study=None, arm="live", yoked_to=None)


def _planned(wish: Wish, store: Store, player: int, now: datetime) -> Arm:
    if wish.plan is not None:
        return _plan(wish.plan).arm
    given = store.plans.current(player, now.date())
    return given.plan.arm if given else "live"


def new_session(
    wish: Wish, played: Programme, store: Store, shown: Show, headset: Headset | None, scorer: Scorer, anchor: Anchor
) -> NewSession:
    """The row with which the sitting begins; the model goes into the store with it."""
    return NewSession(
        player_id=store.players.named(wish.player).id,
        level_id=played.name,
        level_toml=played.toml,
        setup_json=to_json(shown).decode(),
        seed=shown.setup.seed,
        kind=_kind(wish),
        anchor_mono_s=anchor.mono_s,
        anchor_unix_s=anchor.unix_s,
        headset_json=to_json(headset).decode() if headset else None,
        gaze=None if wish.gaze == "none" else wish.gaze,
        mode=wish.arm,
        model_sha=store.models.add(scorer.onnx, COMMON, scorer.metadata) if headset else None,
        version=version("heron-focus"),
        study=wish.study,
    )


def _kind(wish: Wish) -> Kind:
    return "demo" if wish.twin else "play"


def _level(name: str) -> tuple[Level, str]:
    """A level and its text as it is played."""
    path = Path(name)
    if path.suffix != ".toml":
        return LEVELS.find(name), LEVELS.text(name)
    return LEVELS.load(path), path.read_text("utf-8-sig")


def _plan(name: str) -> Plan:
    return PLANS.load(Path(name)) if name.endswith(".toml") else PLANS.find(name)


def _begins(wish: Wish, store: Store, player: int, now: datetime, part: Part) -> Part:
    """With the difficulties that the newest sitting of its game leaves, and with practice where there was none."""
    last = store.sessions.last_of(player, part.task, _kind(wish))
    if last is None:
        looks_only = (wish.play_s or LEAST_PRACTISED_S) < LEAST_PRACTISED_S
        return replace(part, practice=0 if looks_only or not TASKS[part.task].has_trials else PRACTICE)
    days = max(0.0, now.timestamp() - last.anchor_unix_s) / 86_400
    trials = [trial for trial in store.sessions.trials(last.id) if trial.task == part.task]
    first, second = (
        ability.first_difficulty([t for t in trials if t.strand == strand], days, part.level.success_target)
        for strand in ("first", "second")
    )
    return replace(part, first_x=first, second_x=second)


def _tape(wish: Wish, store: Store) -> tuple[float, ...]:
    if wish.arm != "yoked_replay":
        return ()
    if wish.yoked_to is None:
        raise GameError("A yoked replay needs a sitting to replay: give its number with --yoke, or a study's name.")
    return tape(store, wish.yoked_to)
