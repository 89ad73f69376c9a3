"""The marsh, which lies under every screen: one world that never cuts, only changes slowly.

It remembers what the picture shows beyond the rules: a strike still under way, a light still in flight.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from engine import distractors
from engine.distractors import Distractor
from engine.ports import NO_DEVICES, TICK_S, Devices
from engine.session import Sitting, boost
from engine.tasks.strike import Strike
from game.draw import HEIGHT, WIDTH, DrawList, Group, Sprite
from game.manner import current
from game.scenes import grown, heron, lights, places, plain, specks, visitors
from game.scenes.games.catalogue import LOOKS
from game.scenes.games.look import Picture
from game.scenes.heron import Lunge
from game.scenes.motion import ease, swell, wave
from game.scenes.pictures import put
from game.scenes.places import Mood
from game.widgets.paint import Box

CLARITY = 0.5
"""Of the water before a sitting; a sitting begins with the same."""

QUIET_TICKS = 90  # a blink is no rest: only a signal that has been away this long is said to be resting
FADE_TICKS = 45
TURN_TICKS = 180  # from one place to the next
LOAD_TICKS = 2  # a picture is loaded when it is first shown: on the way to a place one after the other, while unseen
REEDS_TICKS = 30  # by then what lies behind them is there
GROW_TICKS = 210
STROLL_TICKS, FACE_TICKS = 420, 16  # of a break that the heron stays away; that it takes to turn round
GLOW_S = 4.0

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
    covered:  how far it has for words that lie over it
    came_tick: when the heron came down out of the air
    stroll, walks, facing: px that it has walked from its place, whether it does now, and -1 to the left .. 1 right
    visits:   how far what comes by between games may be seen, 0..1
    away, hid: pictures that a game asks to be away, and how far they are, 0..1
    mood, was, turned: where and when it is, where and when it was before, and the ticks since
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
    covered: float = 0.0
    came_tick: int = -heron.LAND
    stroll: float = 0.0
    walks: bool = False
    facing: float = 1.0
    visits: float = 1.0
    away: tuple[str, ...] = ()
    hid: float = 0.0
    mood: Mood = Mood()  # noqa: RUF009 -- frozen
    was: Mood = Mood()  # noqa: RUF009 -- frozen
    turned: int = TURN_TICKS
    grown: tuple[str, ...] = ()
    grew_tick: int = -GROW_TICKS


def next_tick(
    now: Marsh, sitting: Sitting | None = None, devices: Devices = NO_DEVICES, words: Box | None = None
) -> Marsh:
    """One tick later; `sitting` is given where it has made a tick too. words: what they lie on"""
    flow = now.flow + (boost(sitting) if sitting else 1.0)
    covered = _faded(now.covered, words is not None and heron.is_covered(words, now.stroll))
    after = _walked(replace(now, tick=now.tick + 1, flow=flow, turned=now.turned + 1, covered=covered), sitting)
    if sitting is None:
        return after
    quiet = 0 if sitting.signal_good else now.quiet + 1
    after = replace(
        after,
        quiet=quiet,
        resting=_faded(now.resting, quiet > QUIET_TICKS),
        asleep=_faded(now.asleep, devices.tracker == "lost"),
        hushed=_faded(now.hushed, sitting.stage == "gaze"),
        visits=_faded(now.visits, sitting.stage == "break"),
    )
    if sitting.totals.rewards > now.lights:
        after = replace(after, lights=sitting.totals.rewards, lit_tick=after.tick)
    if isinstance(sitting.game, Strike) and sitting.game.strike_tick == sitting.tick:
        after = replace(after, lunge=_lunge(after, sitting.game), stroll=0.0, walks=False, facing=1.0)
    look = None if sitting.task is None else LOOKS[sitting.task]
    after = _hidden(after, () if look is None else look.away)
    return replace(after, gone=_faded(now.gone, look is not None and not look.heron))


def _walked(now: Marsh, sitting: Sitting | None) -> Marsh:
    """In a break the heron walks a little way off and stands there; it is back, and quicker, for the next game."""
    if current().still:
        return now
    is_break = sitting is not None and sitting.stage == "break"
    away = is_break and sitting is not None and sitting.stage_tick < STROLL_TICKS
    if not away and now.stroll == 0:
        return now if now.facing == 1 and not now.walks else replace(now, walks=False, facing=1.0)
    facing = min(1.0, max(-1.0, now.facing + (-2 if away else 2) / FACE_TICKS))
    way = (heron.STROLL if away else 0.0) - now.stroll
    step = min(abs(way), heron.PACE * (1 if is_break else 2)) if way * facing == abs(way) else 0.0
    return replace(now, stroll=now.stroll + step * facing, walks=step > 0, facing=facing)


def _hidden(now: Marsh, away: tuple[str, ...]) -> Marsh:
    """What was away for another game comes back first."""
    asked = now.away if now.hid else away
    return replace(now, away=asked, hid=_faded(now.hid, bool(away) and away == asked))


def begun(mood: Mood, what: tuple[str, ...] = ()) -> Marsh:
    """The marsh there and then, with what the player has let grow in it; the heron comes down to its place."""
    return Marsh(mood=mood, was=mood, grown=what, came_tick=0)


def turned(now: Marsh, mood: Mood) -> Marsh:
    """On the way to another place or time of day; the same where it is there already."""
    return now if mood == now.mood else replace(now, mood=mood, was=now.mood, turned=0)


def grew(now: Marsh, what: str) -> Marsh:
    """With one more thing that grows in it, which now comes."""
    return replace(now, grown=(*now.grown, what), grew_tick=now.tick)


def _faded(now: float, comes: bool) -> float:
    return min(1.0, max(0.0, now + (1 if comes else -1) / FADE_TICKS))


def _lunge(now: Marsh, strike: Strike) -> Lunge:
    just_ended = strike.phase == "ending" and strike.phase_tick == 0
    x = strike.x * WIDTH if just_ended else None
    return heron.lunge(now.lunge, now.tick, x, just_ended and strike.outcome == "hit", now.stroll)


def world(now: Marsh, sitting: Sitting | None, seed: int, leaving: float = 0.0, lilies: float = 0.0) -> DrawList:
    """The whole marsh.

    leaving: how far what swims and flutters has gone, 0..1, as when the sitting is over
    lilies:  that opened today; a part of one is a bud
    """
    clarity = CLARITY if sitting is None else sitting.feedback
    game = _game(now, sitting, 1 - leaving)
    idle = now.tick
    if current().still:  # nothing drifts, sways or breathes; what a game moves goes on
        now, idle = replace(now, flow=0.0, came_tick=-heron.LAND, visits=0.0), 0
    return (
        *_ground(now, clarity),
        *_rest(now, grown.things(now.grown, idle, (now.tick - now.grew_tick) / GROW_TICKS)),
        *visitors.passing(now.tick, now.visits),
        *_dimmed(_rest(now, lights.earned(now.lights, now.lit_tick, now.tick)), now.hushed),
        *_rest(now, _lilies(idle, lilies)),
        *_dimmed(_below(now), max(now.gone, now.covered)),
        *_glow(sitting),
        *plain.rimmed(game.water),
        *_dimmed(plain.rimmed(_heron(now)), max(now.gone, now.covered)),
        *heron.water(now.lunge, now.tick),
        *specks.splashed(now.lunge, now.tick),
        *specks.rewarded(now.lit_tick, now.tick),
        *_mist(now, clarity),
        *_dimmed(_rest(now, lights.wild(idle)), now.hushed),
        *_dimmed(specks.carried(now.mood, now.was, now.turned / TURN_TICKS, now.flow), now.hushed),
        *plain.rimmed(_flutters(now, sitting, seed, (1 - leaving) * (1 - ease(now.hushed)))),
        *plain.rimmed(game.air),
        *_in_front(now),
    )


def _below(now: Marsh) -> DrawList:
    """What lies on the water at the heron's feet; it comes when it stands there."""
    here = ease((now.tick - now.came_tick - heron.DOWN_AT) / (heron.LAND - heron.DOWN_AT))
    return _dimmed(heron.behind(now.lunge, now.tick, now.stroll), 1 - here) if here else ()


def _heron(now: Marsh) -> DrawList:
    if now.tick - now.came_tick < heron.LAND:
        return heron.coming(now.tick - now.came_tick)
    if now.walks:
        return heron.walking(now.stroll, now.facing)
    if now.facing < 1:
        return heron.turning(now.stroll, now.facing)
    return heron.bird(now.lunge, now.tick, now.stroll)


def _rest(now: Marsh, ops: Sequence[Sprite]) -> DrawList:
    """Without what is away."""
    here = 1 - ease(now.hid)
    return tuple(op._replace(alpha=op.alpha * here) if now.hid and op.texture in now.away else op for op in ops)


def _dimmed(ops: DrawList, hushed: float) -> DrawList:
    return (Group(ops, alpha=1 - ease(hushed)),) if hushed else ops


def _ground(now: Marsh, clarity: float) -> DrawList:
    """On the way from one mood to another the new one comes over the old."""
    land = _land(now.mood, clarity, now.flow)
    if now.turned >= TURN_TICKS:
        return land
    coming = land[: 1 + now.turned // LOAD_TICKS]
    return (*_land(now.was, clarity, now.flow), Group(coming, alpha=ease(now.turned / TURN_TICKS)))


def _land(mood: Mood, clarity: float, flow: float) -> DrawList:
    return plain.land(mood, clarity) if plain.is_asked() else places.land(mood, clarity, flow)


def _in_front(now: Marsh) -> DrawList:
    """The near reeds; on the way the new ones stand before the old ones go, so that the edge stays closed."""
    share = now.turned / TURN_TICKS
    here = places.reeds(now.mood, "", now.flow, 0.0)
    if share >= 1:
        return here
    was = Group(places.reeds(now.was, "", now.flow, 0.0), alpha=1 - ease(2 * share - 1.2))
    coming = here[: max(0, (now.turned - REEDS_TICKS) // LOAD_TICKS)]
    return (was, Group(coming, alpha=ease((now.turned - REEDS_TICKS) / (TURN_TICKS / 2))))


def _lilies(tick: int, today: float) -> tuple[Sprite, ...]:
    there = [put(name, x, y + 1.6 * wave(tick, 6.1, i / 3)) for i, (name, x, y) in enumerate(_LILIES)]
    for i, (x, y, scale) in enumerate(_TODAY):
        bud = ease(today - i)
        if bud:
            there.append(put("lily_1", x, y + 1.6 * wave(tick, 6.7, i / 3), scale * (0.4 + 0.6 * bud), bud))
    return tuple(there)


def _mist(now: Marsh, clarity: float) -> DrawList:
    """On the way the old one lifts before the new one comes."""
    share = now.turned / TURN_TICKS
    mood, alpha = (now.mood, ease(2 * share - 1)) if share >= 0.5 else (now.was, 1 - ease(2 * share))
    murk = (1 - clarity) * alpha
    ops = plain.mist(mood, murk) if plain.is_asked() else places.mist(mood, murk, now.flow)
    return ops if share >= 1 else ops[: max(0, abs(2 * now.turned - TURN_TICKS) // (2 * LOAD_TICKS))]


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
    frame = 1 + tick // (19 if one.kind == "static" else 4) % 8
    return put(f"dragonfly_{frame}", x, y, 0.8, alpha * one.alpha, flip=not one.faces_left)
