"""Two Ponds: what comes is sent to one of two ponds, or tapped while a leaf sails down the light of a current."""

from engine.tasks.task import By
from engine.tasks.two_ponds import HERE, TwoPonds
from engine.tasks.two_ponds_boat import current
from engine.tasks.two_ponds_rounds import ONE_RULE, SORTS, Doing
from game.draw import HEIGHT, WIDTH, DrawList, Group, Sprite
from game.scenes.games.look import Look, Picture, Reminder, key
from game.scenes.motion import arrive, ease, mix, swell, wave
from game.scenes.pictures import put
from game.words import later, say

PONDS = ((330.0, 590.0), (950.0, 590.0))
LIGHT = (640.0, 215.0)
CREATURE = (HERE[0] * WIDTH, HERE[1] * HEIGHT)
BOAT_Y = 640.0

SHOW = 6  # ticks: soft to the eye, and the same for all of them
COMES, DAWNS, CHANGES, TRAVELS = 24, 10, 24, 34  # ticks
SMALL, LARGE = 0.6, 1.2

_HORIZON_Y, _DEEP = 372.0, 2.2
_AHEAD, _BEHIND, _ROWS, _BUOYS = 1.8, 0.25, 33, 11
"""Radians of bends that can be seen before and behind, the streaks of light in them, and one in how many has buds."""
_STREAK = 176.0  # px, half the width of its picture
_ASLEEP = 0.2
"""How much of a current shows while there is nothing to steer."""


def _draw(game: TwoPonds, tick: int) -> Picture:
    if game.rule is None:
        return Picture()
    banks, played = _ponds(game, tick) if game.doing == "sort" else _river(game, tick)
    picture = Picture(banks, (*played, *_creature(game, tick), *_light(game)))  # no mist hides what counts
    if game.round > 1 or game.phase != "lead":
        return picture
    comes = ease(game.phase_tick / COMES)
    return Picture((Group(picture.water, alpha=comes),), (Group(picture.air, alpha=comes),))


def _light(game: TwoPonds) -> DrawList:
    """A sun or a moon. Where the rule cannot change it stays from one creature to the next."""
    alpha = _lit(game)
    return (put("rule_sun" if game.rule == "kind" else "rule_moon", *LIGHT, alpha=alpha),) if alpha else ()


def _lit(game: TwoPonds) -> float:
    """How far the light has come up; where the rule may change there is none without a creature."""
    if game.mixed and not game.creature and game.phase != "gap":
        return 0.0
    place = (game.round - 1) % SORTS if game.doing == "sort" else game.round - 1
    stayed = not game.mixed and place > 0
    match game.phase:
        case "lead":
            return float(stayed)
        case "cue":
            return 1.0 if stayed else ease(game.phase_tick / DAWNS)
        case "gap" if game.doing == "steer" and game.mixed:
            return 0.0
        case "gap" if game.mixed or (game.doing == "sort" and place == ONE_RULE - 1):
            return 1 - ease(game.phase_tick / game.phase_ticks)
        case _:
            return 1.0


def _ponds(game: TwoPonds, tick: int) -> tuple[DrawList, DrawList]:
    """In the left one a small fish is at home, in the right one a large frog."""
    (left_x, y), (right_x, _) = PONDS
    at_home = (
        put(f"fish_{1 + tick // 7 % 8}", left_x - 50 + 8 * wave(tick, 7), y, SMALL, 0.9),
        put("frog_7", right_x + 20 + 6 * wave(tick, 8), y, LARGE, 0.9, flip=True),
    )
    return (_heron(tick, 500, 512), *(put("pond", x, y) for x, _ in PONDS)), (*_welcome(game), *at_home)


def _heron(tick: int, x: float, y: float) -> Sprite:
    return put(f"heron_wait_{1 + tick // 64 % 4}", x, y, 0.8)


def _welcome(game: TwoPonds) -> DrawList:
    """Light in the pond where it belongs, whichever way it was sent."""
    if game.phase != "ending" or game.creature is None or game.rule is None or game.outcome == "void":
        return ()
    x, y = PONDS[0 if game.creature.belongs(game.rule) else 1]
    strength = 0.32 if game.outcome == "hit" else 0.2
    return (put("glow", x, y, 2.6, strength * swell(game.phase_tick / game.phase_ticks), blend="add"),)


def _creature(game: TwoPonds, tick: int) -> DrawList:
    x, y = CREATURE
    leaf = put("lily_3", x, y + 22 + 1.6 * wave(tick, 6.1), 1.7)
    if game.creature is None or game.phase not in ("reach", "ending"):
        return (leaf,)
    if game.phase == "ending":
        return (leaf, *_leaving(game, tick))
    return (leaf, *_body(game, tick, x, y, ease(game.phase_tick / SHOW)))


def _body(game: TwoPonds, tick: int, x: float, y: float, alpha: float, share: float = 1.0) -> DrawList:
    assert game.creature is not None
    scale = share * (SMALL if game.creature.small else LARGE)
    return (put(f"{game.creature.kind}_{1 + tick // 9 % 4}", x, y + 2 * wave(tick, 2.1), scale, alpha),)


def _leaving(game: TwoPonds, tick: int) -> DrawList:
    (x, y), t = CREATURE, game.phase_tick
    gone = ease((t - 4) / TRAVELS)
    match game.answer:
        case "left" | "right":
            pond_x, pond_y = PONDS[game.answer == "right"]
            along = mix(x, pond_x, gone), mix(y, pond_y, gone) - 90 * swell(0.5 * gone)
            ring = put("ripple_1", pond_x, pond_y + 6, mix(0.3, 0.9, gone), 0.6 * swell((t - 24) / 30))
            return (*_body(game, tick, *along, 1 - ease((t - 24) / 12)), ring)
        case "tap" if game.outcome == "hit":
            splash = put(f"splash_{min(4, 1 + t // 5)}", x, y + 20, 0.7, 1 - ease((t - 10) / 14))
            sparkles = (
                put("sparkle", x + dx, y - 20 - 0.6 * t, 0.6, 0.9 * swell(t / (36 + abs(dx)))) for dx in (-24, 6, 28)
            )
            return (*_body(game, tick, x, y - 24 * swell(t / 24), 1 - ease((t - 12) / 20)), splash, *sparkles)
        case _:
            ring = put("ripple_1", x, y + 22, mix(0.3, 0.8, arrive(t / 36)), 0.6 * swell(t / 36))
            return (*_body(game, tick, x, y + 16 * gone, 1 - gone, mix(1, 0.7, gone)), ring)


def _river(game: TwoPonds, tick: int) -> tuple[DrawList, DrawList]:
    """The current as it comes from afar, and the leaf on it."""
    shown = (
        mix(_shown(game.was), _shown(game.doing), ease(game.phase_tick / CHANGES))
        if game.phase == "lead"
        else _shown(game.doing)
    )
    seen, way = _AHEAD + _BEHIND, game.boat.way + _BEHIND
    rows = sorted(((row * seen / _ROWS - way) % seen - _BEHIND, row) for row in range(_ROWS))
    far_first = [op for ahead, row in reversed(rows) for op in _row(game, ahead, row % _BUOYS == 0, shown)]
    return (_heron(tick, 196, 560),), (*far_first, *_boat(game, tick, shown))


def _shown(doing: Doing) -> float:
    return _ASLEEP if doing == "tap" else 1.0


def _row(game: TwoPonds, ahead: float, has_buds: bool, shown: float) -> DrawList:
    """A streak of light across the current so many radians further on, and perhaps a bud on either side."""
    share = ahead / _AHEAD
    near = 1 / (1 + _DEEP * share)
    x = WIDTH / 2 + (current(game.boat.way + ahead) - 0.5) * WIDTH * near
    y, half = mix(_HORIZON_Y, BOAT_Y + 8, near), game.lane * WIDTH * near
    alpha = shown * ease((ahead + _BEHIND) / _BEHIND) * ease(4 * (1 - share))
    streak = put("current", x, y, half / _STREAK, 0.5 * alpha)  # brighter ones that rush by would flash
    if not has_buds:
        return (streak,)
    return (streak, *(put("buoy", x + side * (half + 16 * near), y, near, alpha) for side in (-1, 1)))


def _boat(game: TwoPonds, tick: int, shown: float) -> DrawList:
    x, y = game.boat.x * WIDTH, BOAT_Y + 2.2 * wave(tick, 2.6)
    well = ease((1.3 - abs(game.boat.off) / game.lane) / 0.6) * shown
    tilt = max(-9.0, min(9.0, 26 * game.boat.speed)) + 1.5 * wave(tick, 3.4)
    return (put("glow", x, y, 1.7, 0.4 * well, blend="add"), put("boat", x, y, 0.9, angle=tilt))


_STEER: dict[By, str] = {
    "keys": later("Keep the leaf in the light: left and right arrow."),
    "pointer": later("Keep the leaf in the light: point where it should go."),
    "gaze": later("Keep the leaf in the light: look where it should go."),
}


def _hint(game: TwoPonds, by: By) -> str:
    if game.doing == "steer" or game.rule is None:
        return _STEER[by]
    if game.doing == "sort":
        fish, small = later("Sun: fish go left, frogs go right."), later("Moon: small go left, large go right.")
        return fish if game.rule == "kind" else small
    if game.rule == "kind":
        return say("Sun: tap the fish with {key}.", key=key("strike"))
    return say("Moon: tap the small ones with {key}.", key=key("strike"))


def _reminders(_by: By) -> tuple[Reminder, Reminder]:
    return (
        Reminder("rule_sun", 0.7, later("Sun: fish or frog? That counts.")),
        Reminder("rule_moon", 0.7, later("Moon: small or large? That counts.")),
    )


def _deed(right: int, trials: int) -> str:
    return say("You did right by {right} of {trials} at the two ponds.", right=right, trials=trials)


LOOK = Look(later("Two Ponds"), _draw, _hint, _reminders, _deed, heron=False)
