"""Strike: a shadow comes, the clear pool shows whether it is a fish or a frog, it is caught or swims on.

A shadow is the same for both, and a creature is as plain in murky water as in clear: what attention earns is beauty,
never an easier task. The signal to stop is a hawk's shadow, which falls on a fish and glides with it.
"""

from engine.ports import TICK_S
from engine.tasks.strike import REVEAL, Strike
from engine.tasks.task import By
from game.draw import WIDTH, DrawList
from game.scenes.games.look import Look, Picture, Reminder, key
from game.scenes.heron import DOWN, POOL_Y
from game.scenes.motion import arrive, ease, mix, swell, wave
from game.scenes.pictures import put
from game.words import later, say

HINTED = 4
"""Creatures of a practice that are named as they show; after them the hint stays the same."""

HAWK_COMES, HAWK_STAYS, HAWK_GOES = 5, 30, 30  # ticks
ENTER = 24  # ticks
SHOW = 6  # ticks from shadow to creature: soft to the eye, and the same for both kinds
SWIM = 5  # ticks a frame


def swims(strike: Strike, tick: int) -> DrawList:
    """What swims in the pool; `tick` is the picture's."""
    if strike.kind is None:
        return ()
    if strike.phase == "ending":
        return _leaving(strike, tick)
    alpha = ease(strike.phase_tick / ENTER) if strike.phase == "approach" else 1.0
    return _swimmer(strike, strike.x * WIDTH, POOL_Y, tick, alpha)


def _swimmer(strike: Strike, x: float, y: float, tick: int, alpha: float, scale: float = 1.0) -> DrawList:
    """The shadow, the creature, or the one melting into the other."""
    shown = revealed(strike)
    bob = 2.5 * wave(tick, 2.1)
    frame = 1 + tick // SWIM % 8
    shadow = put("shadow_1", x, y + bob, scale, alpha * (1 - shown))
    if not shown:
        return (shadow,)
    body = put(f"{strike.creature}_{frame}", x, y + bob, scale, alpha * shown)
    return (shadow, body) if shown < 1 else (body,)


def revealed(strike: Strike) -> float:
    """How much of the creature shows, 0..1: nothing before the onset."""
    if strike.phase == "approach" or strike.x > REVEAL:
        return 0.0
    ticks = 1 + round((REVEAL - strike.x) / (strike.speed * TICK_S))
    return min(1.0, ticks / SHOW)


def _leaving(strike: Strike, tick: int) -> DrawList:
    x, t = strike.x * WIDTH, strike.phase_tick
    match strike.outcome:
        case "hit":
            return _swimmer(strike, x, POOL_Y, tick, 1.0) if t < DOWN else ()
        case "miss":
            return _swimmer(strike, x, POOL_Y, tick, 1 - ease(t / 40))
        case "held":
            return (*_dive(strike, tick, t / 36), *_thanks(x, t))
        case "false_alarm":
            return _dive(strike, tick, (t - 3) / 24)
        case "early":
            return _swimmer(strike, x + 70 * arrive(t / 40), POOL_Y, tick, 1 - ease(t / 30))
        case _:
            return _swimmer(strike, x, POOL_Y, tick, 1 - ease(t / 36))


def _dive(strike: Strike, tick: int, share: float) -> DrawList:
    deep = ease(share)
    x = strike.x * WIDTH - 30 * deep
    return _swimmer(strike, x, POOL_Y + 16 * deep, tick, 1 - deep, mix(1.0, 0.7, deep))


def _thanks(x: float, t: int) -> DrawList:
    """What was let be leaves a ring and a glint."""
    ring = put("ripple_1", x, POOL_Y, mix(0.3, 0.8, arrive(t / 42)), 0.7 * swell(t / 42))
    return (ring, put("sparkle", x - 10, POOL_Y - 34 - 0.4 * t, 0.7, 0.9 * swell(t / 42)))


def hawk(strike: Strike) -> DrawList:
    """Its shadow comes quickly, with a ring of the startled fish, glides over it and is gone before the next one."""
    t, x = strike.stop_ticks, strike.x * WIDTH
    alpha = ease(t / HAWK_COMES) * (1 - ease((t - HAWK_STAYS) / HAWK_GOES))
    if not alpha:
        return ()
    ring = put("ripple_1", x, POOL_Y + 4, mix(0.5, 1.1, arrive(t / HAWK_STAYS)), 0.9 * alpha)
    return ring, put("hawk_shadow", x + 84 - 3.4 * t, POOL_Y - 8, 1.45, 0.88 * alpha, angle=-6)


def _draw(game: Strike, tick: int) -> Picture:
    return Picture(water=(*hawk(game), *swims(game, tick)))


def _hint(game: Strike, _by: By) -> str:
    if game.phase == "reach" and game.stop_ticks:
        return later("A hawk's shadow: keep still.")
    if game.trial > HINTED:
        return say("Strike the fish: press {key}. Let the frogs be.", key=key("strike"))
    if game.phase == "reach":
        fish = say("Strike the fish: press {key}.", key=key("strike"))
        return fish if game.creature == "fish" else later("Let the frogs be.")
    return later("Something stirs: wait until you see it.")


def _reminders(_by: By) -> tuple[Reminder, Reminder]:
    return (
        Reminder("fish_2", 0.6, later("Strike the fish.")),
        Reminder("frog_1", 0.55, later("Let the frogs be.")),
    )


def _deed(right: int, trials: int) -> str:
    return say("You answered {right} of {trials} creatures well.", right=right, trials=trials)


LOOK = Look(later("Strike"), _draw, _hint, _reminders, _deed)
