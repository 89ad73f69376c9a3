"""Proves levels by playing them: each loads, gets harder, can be won by simulated players, and finds its pictures."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import assets
from engine.errors import BadLevel
from engine.events import Called, Event
from engine.level import LEVELS, Level
from engine.session import PLAYED, Setup, Sitting, alike
from game.draw import Group, Op, Sprite
from game.scenes.games.catalogue import LOOKS
from game.scenes.places import LAYERS, mood_of
from game.simulation.sitting import Played, play
from game.simulation.stream import Quality, Stream
from neuro.twin.player import Player
from neuro.twin.profiles import PROFILES

PLAYED_S, WARMUP_S = 120.0, 20.0
LOOKED_AT = 15  # of so many ticks' pictures one is looked at
SEED = 1


@dataclass(frozen=True, slots=True)
class Proof:
    """What came of one level; why: what is wrong with it, in sentences, empty where nothing is."""

    id: str
    task: str
    ok: bool
    why: str


def proved(level_id: str, toml: str | None = None) -> Proof:
    """One of Heron's levels; toml: as it would be with this text."""
    try:
        level = LEVELS.find(level_id) if toml is None else LEVELS.parse(toml, f"{level_id}.toml")
    except BadLevel as mistakes:
        return Proof(level_id, "", False, str(mistakes))
    wrong = [*_name(level_id, level), *_harder(level), *_pictures(level)]
    if not wrong:  # nobody can play what cannot be drawn
        wrong = [*_won(level, "adult"), *(_won(level, "child") if level.ages[0] < 13 else ())]
    return Proof(level_id, level.game.task, not wrong, " ".join(wrong))


def _name(level_id: str, level: Level) -> Iterator[str]:
    if level.id != level_id:
        yield f"Its id is {level.id}: it must be the name of its file."
    if level.minutes * 60 < level.block_s:
        yield "Its block_s is longer than all of its minutes."


def _harder(level: Level) -> Iterator[str]:
    """That no setting gets easier is checked when the level is loaded."""
    pairs = [pair for pair in dict(level.game).values() if isinstance(pair, tuple) and len(pair) == 2]
    if level.game.task != "quiet" and not any(easy != hard for easy, hard in pairs):
        yield "Nothing in its game gets harder: give a setting two different numbers."


def _pictures(level: Level) -> Iterator[str]:
    look = LOOKS.get(level.game.task)
    if look is None:
        yield f"Nothing says how {level.game.task} looks."
        return
    named = [mood_of(level).picture(layer) for layer in LAYERS]
    named += [reminder.picture for by in ("keys", "pointer", "gaze") for reminder in look.reminders(by)]
    for name in sorted(set(named) - assets.pictures().keys()):
        yield f"There is no picture {name}."


def _won(level: Level, profile: str) -> Iterator[str]:
    """A few minutes of a simulated player, who gets a second star, and whose pictures and sounds are all there."""
    setup = Setup(
        parts=alike(level, max(PLAYED_S, level.block_s), first_x=-2.0),
        seed=SEED,
        rest_s=0.0,
        warmup_s=WARMUP_S,
        child=profile == "child",
        has_gaze=True,
    )
    player, seen = Player(PROFILES[profile], SEED), _Seen()
    played = play(setup, player, Stream(player, Quality(), SEED), meddle=seen.watch)
    for name in sorted(seen.pictures - assets.pictures().keys()):
        yield f"There is no picture {name}."
    for name in sorted(name for name in seen.sounds if not _sounds(name)):
        yield f"There is no sound {name}."
    yield from _too_hard(level, profile, played)


class _Seen:
    """Names of all pictures and sounds of a sitting."""

    def __init__(self) -> None:
        self.pictures: set[str] = set()
        self.sounds: set[str] = set()

    def watch(self, now: Sitting, events: tuple[Event, ...]) -> Sitting:
        """Looks on, and changes nothing."""
        self.sounds |= {event.sound for event in events if isinstance(event, Called)}
        if now.tick % LOOKED_AT == 0 and now.task and now.stage in PLAYED:
            drawn = LOOKS[now.task].draw(now.game, now.tick)
            self.pictures |= set(_sprites((*drawn.water, *drawn.air)))
        return now


def _sprites(ops: Iterable[Op]) -> Iterator[str]:
    for op in ops:
        if isinstance(op, Sprite):
            yield op.texture
        elif isinstance(op, Group):
            yield from _sprites(op.ops)


def _too_hard(level: Level, profile: str, played: Played) -> Iterator[str]:
    if level.game.task == "quiet":
        if not played.paid:
            yield f"A simulated {profile} was never rewarded in it."
        return
    tried = [trial for trial in played.trials if trial.valid and trial.strand == "first"]
    rate = sum(trial.success for trial in tried) / len(tried) if tried else 0.0
    if rate < level.stars[1]:
        need = level.stars[1]
        yield f"It cannot be won: a simulated {profile} got {rate:.0%} right, and two stars begin at {need:.0%}."


def _sounds(name: str) -> bool:
    try:
        return assets.sound(name).is_file()
    except LookupError:
        return False
