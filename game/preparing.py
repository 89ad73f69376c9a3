"""What a sitting will be: its blocks, how hard they begin, how long it calibrates, by wish and by history."""

from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from pydantic_core import to_json

from engine import ability
from engine import session as rules
from engine.level import LEVELS, Level
from engine.session import Part
from engine.session.setup import Setup
from engine.store import Store
from engine.store.rows import Kind, NewSession
from game.errors import GameError
from game.scenes.scene import Show
from game.scenes.wearing import called
from game.wish import Wish
from game.yoke import tape
from neuro.scorer import Scorer
from neuro.twin.profiles import PROFILES
from neuro.types import Headset

LEAST_CALIBRATION_S, REST_S, WARMUP_S = 10.0, 60.0, 120.0
CHILD_REST_S, CHILD_WARMUP_S = 45.0, 90.0
"""Rest and warm-up; a child is at play within four minutes. In a shorter sitting each is a sixth of the play, but not
less than the first."""

PRACTICE = 10
"""Trials without a score, for whoever never played a game."""
LEAST_PRACTISED_S = 60.0
"""A sitting that is shorter is a look at Heron, and practises nothing."""

BY_BEHAVIOUR = "No headset: Heron plays by your answers alone."


@dataclass(frozen=True, slots=True)
class Worn:
    """Devices of a sitting; headset is None without one."""

    headset: Headset | None
    has_gaze: bool
    has_camera: bool


@dataclass(frozen=True, slots=True)
class Programme:
    """What is to be played. name: of the level, or of the plan; toml: all of its levels, as they are played"""

    name: str
    toml: str
    parts: tuple[Part, ...]


class Anchor(NamedTuple):
    """One moment by two clocks: host monotonic seconds, and seconds since 1970."""

    mono_s: float
    unix_s: float


def programme(wish: Wish, store: Store, unix_s: float) -> Programme:
    """By the wish; a game begins where the player's last sitting with it says. Raises: BadLevel."""
    level, toml = _level(wish.level)
    play_s = wish.play_s or level.minutes * 60
    begins = partial(_begins, wish, store, unix_s)
    return Programme(level.id, toml, tuple(begins(part) for part in rules.alike(level, play_s)))


def show(wish: Wish, played: Programme, store: Store, worn: Worn) -> Show:
    """All that the scenes and the rules are told once. Raises: GameError, StoreError."""
    history = store.sessions.history(store.players.named(wish.player).id, _kind(wish))
    child = wish.twin is not None and PROFILES[wish.twin].child
    calibration_s = max(LEAST_CALIBRATION_S, sum(part.seconds for part in played.parts) / 6)
    setup = Setup(
        parts=played.parts,
        seed=history.sittings + 1 if wish.seed is None else wish.seed,
        rest_s=min(CHILD_REST_S if child else REST_S, calibration_s),
        warmup_s=min(CHILD_WARMUP_S if child else WARMUP_S, calibration_s),
        last_threshold=history.last_threshold_z,
        sitting_number=history.sittings + 1,
        child=child,
        has_headset=worn.headset is not None,
        has_camera=worn.has_camera,
        has_gaze=worn.has_gaze,
        usual=history.last_calibration,
        arm=wish.arm,
        tape=_tape(wish, store),
    )
    return Show(
        setup=setup,
        player=wish.player,
        channels=worn.headset.channels if worn.headset else (),
        headset=worn.headset.name if worn.headset else None,
        tracker=called(wish.gaze),
        note=None if worn.headset else BY_BEHAVIOUR,
        simulated=wish.twin is not None,
    )


def allocated(wish: Wish, store: Store) -> Wish:
    """In a study the arm is the one that was sealed; a yoked player has another of the donors' sittings each time."""
    if wish.study is None:
        return wish
    player = store.players.named(wish.player).id
    arm, donors = store.studies.enrolled(wish.study, player).arm, store.studies.get(wish.study).donors
    turn = store.studies.finished(wish.study, player)
    return replace(wish, arm=arm, yoked_to=donors[turn % len(donors)] if arm == "yoked_replay" else None)


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
        model_sha=store.models.add(scorer.onnx, "attention", scorer.metadata) if headset else None,
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


def _begins(wish: Wish, store: Store, unix_s: float, part: Part) -> Part:
    """With the difficulties that the newest sitting of its game leaves, and with practice where there was none."""
    player = store.players.named(wish.player).id
    last = store.sessions.last_of(player, part.task, _kind(wish))
    if last is None:
        looks_only = (wish.play_s or part.level.minutes * 60) < LEAST_PRACTISED_S
        return replace(part, practice=0 if looks_only else PRACTICE)
    days = max(0.0, unix_s - last.anchor_unix_s) / 86_400
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
        raise GameError("A yoked replay needs a sitting to replay: give its number with --yoke.")
    return tape(store, wish.yoked_to)
