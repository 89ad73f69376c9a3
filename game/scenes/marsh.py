"""The marsh at dawn, which lies under every screen: one world that never cuts, only changes slowly.

It remembers what the picture shows beyond the rules: a strike still under way, a light still in flight.
"""

from dataclasses import dataclass, replace

from engine import distractors
from engine.distractors import Distractor
from engine.ports import NO_DEVICES, TICK_S, Devices
from engine.session import Sitting, boost
from engine.tasks.strike import Strike
from game.draw import HEIGHT, WIDTH, DrawList, Group, Sprite
from game.scenes import heron, lights
from game.scenes.games.catalogue import LOOKS
from game.scenes.games.look import Picture
from game.scenes.heron import Lunge
from game.scenes.motion import ease, swell, wave
from game.scenes.pictures import put, rooted

CLARITY = 0.5
"""Of the water before a sitting; a sitting begins with the same."""

QUIET_TICKS = 90  # a blink is no rest: only a signal that has been away this long is said to be resting
FADE_TICKS = 45
GLOW_S = 4.0

_MIDDLE = (WIDTH / 2, HEIGHT / 2)
_MIST = (("mist_1", 330, 430, 47.0), ("mist_2", 940, 452, 39.0), ("mist_3", 640, 520, 61.0))
_LILIES = (("lily_1", 958, 548), ("lily_2", 262, 522), ("lily_3", 1050, 486))
_GLINTS = ((858, 402), (884, 446), (866, 492))
_GROWN = ((716, 512, 0.66), (600, 478, 0.48), (822, 540, 0.8))


@dataclass(frozen=True, slots=True)
class Marsh:
    """What the picture remembers.

    tick:     of the picture, which also goes on while the sitting is paused
    flow:     ticks of wind and mist, which are livelier the more the player attends
    lunge:    the last strike
    lights, lit_tick: rewards so far, and when the last was paid
    quiet:    ticks since the signal was good
    resting:  how far the words that say so have faded in, 0..1
    asleep:   how far those have that say the same of glasses
    hushed:   how far all that flies has gone, 0..1, so that one firefly can be looked at
    gone:     how far the heron has, in a game without it
    """

    tick: int = 0
    flow: float = 0.0
    lunge: Lunge | None = None
    lights: int = 0
    lit_tick: int | None = None
    quiet: int = 0
    resting: float = 0.0
    asleep: float = 0.0
    hushed: float = 0.0
    gone: float = 0.0


def next_tick(now: Marsh, sitting: Sitting | None = None, devices: Devices = NO_DEVICES) -> Marsh:
    """One tick later; `sitting` is given where it has made a tick too."""
    after = replace(now, tick=now.tick + 1, flow=now.flow + (boost(sitting) if sitting else 1.0))
    if sitting is None:
        return after
    quiet = 0 if sitting.signal_good else now.quiet + 1
    after = replace(
        after,
        quiet=quiet,
        resting=_faded(now.resting, quiet > QUIET_TICKS),
        asleep=_faded(now.asleep, devices.tracker == "lost"),
        hushed=_faded(now.hushed, sitting.stage == "gaze"),
    )
    if sitting.totals.rewards > now.lights:
        after = replace(after, lights=sitting.totals.rewards, lit_tick=after.tick)
    if isinstance(sitting.game, Strike) and sitting.game.strike_tick == sitting.tick:
        after = replace(after, lunge=_lunge(after, sitting.game))
    stands = sitting.task is None or LOOKS[sitting.task].heron
    return replace(after, gone=_faded(now.gone, not stands))


def _faded(now: float, comes: bool) -> float:
    return min(1.0, max(0.0, now + (1 if comes else -1) / FADE_TICKS))


def _lunge(now: Marsh, strike: Strike) -> Lunge:
    just_ended = strike.phase == "ending" and strike.phase_tick == 0
    x = strike.x * WIDTH if just_ended else None
    return heron.lunge(now.lunge, now.tick, x, caught=just_ended and strike.outcome == "hit")


def world(now: Marsh, sitting: Sitting | None, seed: int, leaving: float = 0.0, grown: float = 0.0) -> DrawList:
    """The whole marsh.

    leaving: how far what swims and flutters has gone, 0..1, as when the sitting is over
    grown:   lilies that grew today; a part of one is a bud
    """
    clarity = CLARITY if sitting is None else sitting.feedback
    game = _game(now, sitting, 1 - leaving)
    return (
        *_ground(clarity, now.flow),
        *_dimmed(lights.earned(now.lights, now.lit_tick, now.tick), now.hushed),
        *_lilies(now.tick, grown),
        *_dimmed(heron.behind(now.lunge, now.tick), now.gone),
        *_glow(sitting),
        *game.water,
        *_dimmed(heron.bird(now.lunge, now.tick), now.gone),
        *heron.water(now.lunge, now.tick),
        *_mist(clarity, now.flow),
        *_dimmed(lights.wild(now.tick), now.hushed),
        *_flutters(now, sitting, seed, (1 - leaving) * (1 - ease(now.hushed))),
        *game.air,
        *_reeds("", now.flow, 0.0),
    )


def _dimmed(ops: DrawList, hushed: float) -> DrawList:
    return (Group(ops, alpha=1 - ease(hushed)),) if hushed else ops


def _ground(clarity: float, tick: float) -> DrawList:
    glints = (put("sparkle", x, y, 0.3, 0.25 + 0.25 * wave(tick, 6 + i, i / 3)) for i, (x, y) in enumerate(_GLINTS))
    return (
        put("dawn_back", *_MIDDLE),
        put("dawn_clear", *_MIDDLE, alpha=clarity),
        put("sunlight", 800, 300, alpha=0.10 + 0.10 * clarity + 0.03 * wave(tick, 19), blend="add"),
        *glints,
        *_reeds("_back", tick, 0.3),
    )


def _reeds(layer: str, tick: float, turn: float) -> DrawList:
    """They bend outwards only, so that the picture's edge stays closed."""
    left, right = (0.4 + 0.3 * wave(tick, period_s, turn) for period_s in (7.3, 8.9))
    return (
        rooted(f"reeds_left{layer}", *_MIDDLE, -left),
        rooted(f"reeds_right{layer}", *_MIDDLE, right),
    )


def _lilies(tick: int, grown: float) -> DrawList:
    there = [put(name, x, y + 1.6 * wave(tick, 6.1, i / 3)) for i, (name, x, y) in enumerate(_LILIES)]
    for i, (x, y, scale) in enumerate(_GROWN):
        bud = ease(grown - i)
        if bud:
            there.append(put("lily_1", x, y + 1.6 * wave(tick, 6.7, i / 3), scale * (0.4 + 0.6 * bud), bud))
    return tuple(there)


def _mist(clarity: float, tick: float) -> DrawList:
    return tuple(
        put(name, x + 24 * wave(tick, period_s), y, alpha=(1 - clarity) * (0.93 + 0.07 * wave(tick, 0.6 * period_s)))
        for name, x, y, period_s in _MIST
    )


def _game(now: Marsh, sitting: Sitting | None, alpha: float) -> Picture:
    """What the task shows."""
    if sitting is None or sitting.task is None:
        return Picture()
    shown = LOOKS[sitting.task].draw(sitting.game, now.tick)
    return shown if alpha == 1 else Picture((Group(shown.water, alpha=alpha),), (Group(shown.air, alpha=alpha),))


def _glow(sitting: Sitting | None) -> DrawList:
    """The supervisor's cue: light wells up in the pool, where the next creature will show."""
    if sitting is None or sitting.cue_tick is None:
        return ()
    share = (sitting.tick - sitting.cue_tick) * TICK_S / GLOW_S
    return (put("glow", 700, heron.POOL_Y, 3.4, 0.3 * swell(share), blend="add"),) if share < 1 else ()


def _flutters(now: Marsh, sitting: Sitting | None, seed: int, alpha: float) -> DrawList:
    if sitting is None:
        return ()
    about = distractors.visible(sitting.distractors, seed, sitting.tick)
    return tuple(_distractor(one, now.tick + 7 * i, alpha) for i, one in enumerate(about))


def _distractor(one: Distractor, tick: int, alpha: float) -> Sprite:
    x, y = one.x * WIDTH, one.y * HEIGHT
    if one.kind == "task_like":
        return put(f"shadow_{1 + tick // 20 % 2}", x, y, 0.6, 0.8 * alpha * one.alpha)
    frame = 1 + tick // (38 if one.kind == "static" else 7) % 4
    return put(f"dragonfly_{frame}", x, y, 0.8, alpha * one.alpha, flip=not one.faces_left)
