"""The marsh, which lies under every screen: one world that never cuts, only changes slowly.

It remembers what the picture shows beyond the rules: a strike still under way, a light still in flight.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from engine import distractors
from engine.distractors import Distractor
from engine.level import Place
from engine.ports import NO_DEVICES, TICK_S, Devices
from engine.session import Sitting, boost
from engine.tasks.strike import Strike
from game.draw import HEIGHT, WIDTH, DrawList, Group, Sprite
from game.scenes import grown, heron, lights
from game.scenes.games.catalogue import LOOKS
from game.scenes.games.look import Picture
from game.scenes.heron import Lunge
from game.scenes.motion import ease, swell, wave
from game.scenes.pictures import put, rooted
from game.scenes.places import LANDS, Land

CLARITY = 0.5
"""Of the water before a sitting; a sitting begins with the same."""

QUIET_TICKS = 90  # a blink is no rest: only a signal that has been away this long is said to be resting
FADE_TICKS = 45
TURN_TICKS = 180  # from one place to the next
GROW_TICKS = 150
GLOW_S = 4.0

_MIDDLE = (WIDTH / 2, HEIGHT / 2)
_LILIES = (("lily_1", 958, 548), ("lily_2", 262, 522), ("lily_3", 1050, 486))
_TODAY = ((716, 512, 0.66), (600, 478, 0.48), (822, 540, 0.8))


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
    away, hid: pictures that a game asks to be away, and how far they are, 0..1
    place, was, turned: where it is, where it was before, and the ticks since
    grown, grew_tick: what the player has let grow, and when the last of it came
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
    away: tuple[str, ...] = ()
    hid: float = 0.0
    place: Place = "shallows"
    was: Place = "shallows"
    turned: int = TURN_TICKS
    grown: tuple[str, ...] = ()
    grew_tick: int = -GROW_TICKS


def next_tick(now: Marsh, sitting: Sitting | None = None, devices: Devices = NO_DEVICES) -> Marsh:
    """One tick later; `sitting` is given where it has made a tick too."""
    flow = now.flow + (boost(sitting) if sitting else 1.0)
    after = replace(now, tick=now.tick + 1, flow=flow, turned=now.turned + 1)
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
    look = None if sitting.task is None else LOOKS[sitting.task]
    after = _hidden(after, () if look is None else look.away)
    return replace(after, gone=_faded(now.gone, look is not None and not look.heron))


def _hidden(now: Marsh, away: tuple[str, ...]) -> Marsh:
    """What was away for another game comes back first."""
    asked = now.away if now.hid else away
    return replace(now, away=asked, hid=_faded(now.hid, bool(away) and away == asked))


def turned(now: Marsh, place: Place) -> Marsh:
    """On the way to another place; the same where it is there already."""
    return now if place == now.place else replace(now, place=place, was=now.place, turned=0)


def grew(now: Marsh, what: str) -> Marsh:
    """With one more thing that grows in it, which now comes."""
    return replace(now, grown=(*now.grown, what), grew_tick=now.tick)


def _faded(now: float, comes: bool) -> float:
    return min(1.0, max(0.0, now + (1 if comes else -1) / FADE_TICKS))


def _lunge(now: Marsh, strike: Strike) -> Lunge:
    just_ended = strike.phase == "ending" and strike.phase_tick == 0
    x = strike.x * WIDTH if just_ended else None
    return heron.lunge(now.lunge, now.tick, x, caught=just_ended and strike.outcome == "hit")


def world(now: Marsh, sitting: Sitting | None, seed: int, leaving: float = 0.0, lilies: float = 0.0) -> DrawList:
    """The whole marsh.

    leaving: how far what swims and flutters has gone, 0..1, as when the sitting is over
    lilies:  that opened today; a part of one is a bud
    """
    clarity = CLARITY if sitting is None else sitting.feedback
    game = _game(now, sitting, 1 - leaving)
    return (
        *_ground(now, clarity),
        *_rest(now, grown.things(now.grown, now.tick, (now.tick - now.grew_tick) / GROW_TICKS)),
        *_dimmed(_rest(now, lights.earned(now.lights, now.lit_tick, now.tick)), now.hushed),
        *_rest(now, _lilies(now, lilies)),
        *_dimmed(heron.behind(now.lunge, now.tick), now.gone),
        *_glow(sitting),
        *game.water,
        *_dimmed(heron.bird(now.lunge, now.tick), now.gone),
        *heron.water(now.lunge, now.tick),
        *_mist(now, clarity),
        *_dimmed(_rest(now, lights.wild(now.tick)), now.hushed),
        *_flutters(now, sitting, seed, (1 - leaving) * (1 - ease(now.hushed))),
        *game.air,
        *_in_front(now),
    )


def _rest(now: Marsh, ops: Sequence[Sprite]) -> DrawList:
    """Without what is away."""
    here = 1 - ease(now.hid)
    return tuple(op._replace(alpha=op.alpha * here) if now.hid and op.texture in now.away else op for op in ops)


def _dimmed(ops: DrawList, hushed: float) -> DrawList:
    return (Group(ops, alpha=1 - ease(hushed)),) if hushed else ops


def _ground(now: Marsh, clarity: float) -> DrawList:
    """On the way from one place to another the new one comes over the old."""
    here = _land(LANDS[now.place], clarity, now.flow)
    if now.turned >= TURN_TICKS:
        return here
    return (*_land(LANDS[now.was], clarity, now.flow), Group(here, alpha=ease(now.turned / TURN_TICKS)))


def _land(land: Land, clarity: float, tick: float) -> DrawList:
    glints = (
        put("sparkle", x, y, 0.3, 0.25 + 0.25 * wave(tick, 6 + i, i / 3)) for i, (x, y) in enumerate(land.glints)
    )
    return (
        put(land.back, *_MIDDLE),
        put(land.clear, *_MIDDLE, alpha=clarity),
        *_shafts(land, clarity, tick),
        *glints,
        *_reeds(land, "_back", tick, 0.3),
    )


def _shafts(land: Land, clarity: float, tick: float) -> DrawList:
    alpha = land.shafts * (0.10 + 0.10 * clarity + 0.03 * wave(tick, 19))
    return (put("sunlight", 800, 300, alpha=alpha, blend="add"),) if alpha else ()


def _in_front(now: Marsh) -> DrawList:
    """The near reeds; on the way the new ones stand before the old ones go, so that the edge stays closed."""
    share = now.turned / TURN_TICKS
    here = _reeds(LANDS[now.place], "", now.flow, 0.0)
    if share >= 1:
        return here
    was = Group(_reeds(LANDS[now.was], "", now.flow, 0.0), alpha=1 - ease(2 * share - 1))
    return (was, Group(here, alpha=ease(2 * share)))


def _reeds(land: Land, layer: str, tick: float, turn: float) -> DrawList:
    """They bend outwards only, so that the picture's edge stays closed."""
    left, right = (0.4 + 0.3 * wave(tick, period_s, turn) for period_s in (7.3, 8.9))
    at_left, at_right = land.reeds
    return (rooted(at_left + layer, *_MIDDLE, -left), rooted(at_right + layer, *_MIDDLE, right))


def _lilies(now: Marsh, today: float) -> tuple[Sprite, ...]:
    there = [put(name, x, y + 1.6 * wave(now.tick, 6.1, i / 3)) for i, (name, x, y) in enumerate(_LILIES)]
    for i, (x, y, scale) in enumerate(_TODAY):
        bud = ease(today - i)
        if bud:
            there.append(put("lily_1", x, y + 1.6 * wave(now.tick, 6.7, i / 3), scale * (0.4 + 0.6 * bud), bud))
    return tuple(there)


def _mist(now: Marsh, clarity: float) -> DrawList:
    share = ease(now.turned / TURN_TICKS)
    here = _banks(LANDS[now.place], (1 - clarity) * share, now.flow)
    return here if share == 1 else (*_banks(LANDS[now.was], (1 - clarity) * (1 - share), now.flow), *here)


def _banks(land: Land, alpha: float, tick: float) -> DrawList:
    return tuple(
        put(name, x + 24 * wave(tick, period_s), y, alpha=alpha * (0.93 + 0.07 * wave(tick, 0.6 * period_s)))
        for name, x, y, period_s in land.mist
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
