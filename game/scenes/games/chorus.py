"""Marsh Chorus: calm water that rings with every call, and stones that say how far back to think.

By itself the picture tells that someone called, not who. Where the level lets calls be seen, the singers sit on the
water, each of its own shape, and whoever calls stands up in a ring of light.
"""

from math import pi, sin

from engine.tasks.chorus import ECHO, LULL, ODD_CALLS, SINGERS, Chorus
from engine.tasks.task import By
from game.draw import Disc, DrawList, Group
from game.scenes.games.look import Look, Picture, Reminder, key
from game.scenes.motion import arrive, ease, mix, swell, wave
from game.scenes.pictures import put
from game.widgets.paint import colour, panel, pill
from game.words import later, say

HINTED = 6
"""Calls of a practice that are named; after them the hint stays the same."""

X, Y = 742.0, 528.0
"""Where the water rings, in px."""
SEATS = dict(
    zip(SINGERS, ((604.0, 566.0), (688.0, 508.0), (784.0, 480.0), (880.0, 512.0), (846.0, 590.0)), strict=True)
)
RIVAL = (850.0, 540.0)
"""Where the plover sits, who has the other voice."""

CALL = 72  # ticks that a call can be seen for
STONES_Y, STONE_GAP = 170.0, 58.0
FADE = 30  # ticks in which the words before the first call come, and go


def _draw(game: Chorus, tick: int) -> Picture:
    calm = put("ripple_2", X, Y, 1.3 + 0.04 * wave(tick, 9.0), 0.3)
    singing = _seats(game, tick) if game.seen else (*_ring(game, X, Y, 1.0),)
    stones = _stones(game) if game.variant == "back" else ()
    return Picture(water=(calm, *singing, *_echo(game)), air=(*stones, *_asked(game)))


def _ring(game: Chorus, x: float, y: float, scale: float) -> DrawList:
    """The water answers every call alike."""
    if game.voice is None or game.age >= CALL:
        return ()
    share = game.age / CALL
    return (put("ripple_1", x, y, scale * mix(0.4, 1.2, arrive(share)), 0.8 * swell(share)),)


def _seats(game: Chorus, tick: int) -> DrawList:
    seats = SEATS if game.variant == "back" else {"cuckoo": (640.0, 520.0), "plover": RIVAL}
    there = 1.0 if game.voice else ease(game.age / LULL * 2)
    caller = "plover" if game.voice in ODD_CALLS else game.voice
    ops: list[DrawList] = []
    for i, (name, (x, y)) in enumerate(sorted(seats.items(), key=lambda seat: seat[1][1])):
        up = swell(game.age / CALL) if name == caller else 0.0
        ops.append(_singer(name, x, y + 1.4 * wave(tick, 6.7, i / 5), up))
        if name == caller:
            ops.append(_ring(game, x, y + 4, 0.8))
    return (Group(tuple(op for group in ops for op in group), alpha=there),)


def _singer(name: str, x: float, y: float, up: float) -> DrawList:
    """On its leaf; `up` says how far it stands up to sing."""
    light = (put("glow", x, y - 44, 1.5, 0.4 * up, blend="add"),) if up else ()
    return (put("pad_2", x, y + 4, 0.62), *light, put(f"singer_{name}", x, y - 5 * up, 0.86 + 0.1 * up))


def _echo(game: Chorus) -> DrawList:
    """A glint for what was heard rightly; a ring alone for what was not."""
    if game.echo is None:
        return ()
    share = game.echo / ECHO
    ring = put("ripple_1", X, Y, mix(0.3, 0.8, arrive(share)), 0.6 * swell(share))
    if game.echo_of == "false_alarm":
        return (ring,)
    return (ring, put("sparkle", X, Y - 26 - 16 * share, 0.9, 0.9 * swell(share)))


def _stones(game: Chorus) -> DrawList:
    """One for each call from the one n before to the newest, and a bow between the two that are to be compared."""
    half = game.n * STONE_GAP / 2
    places = [640 - half + STONE_GAP * k for k in range(game.n + 1)]
    bow = [(mix(places[0], places[-1], k / 12), STONES_Y - 14 - 16 * sin(pi * k / 12)) for k in range(1, 12)]
    called = 1 - ease(game.age / CALL) if game.voice else 0.0
    stones: list[Disc] = []
    for k, x in enumerate(places):
        laid = k >= len(places) - len(game.heard)
        ends = k in (0, game.n)
        radius = 13.0 + (3 * called if k == game.n else 0)
        stones.append(
            Disc(x, STONES_Y + 8, radius, colour("accent" if ends else "text_soft"), 0.95 if laid else 0.35)
        )
    dots = tuple(Disc(x, y, 2.6, colour("text"), 0.8) for x, y in bow)
    return (*panel(640 - half - 44, STONES_Y - 44, 2 * half + 88, 84), *dots, *stones)


def _asked(game: Chorus) -> DrawList:
    """What will be asked, in words, before the first call."""
    if game.voice or not game.age:
        return ()
    shown = ease(game.age / FADE) * ease((LULL - game.age) / FADE)
    return (Group(pill(_rule(game), 222), alpha=shown),)


def _hint(game: Chorus, _by: By) -> str:
    rule = _rule(game)
    if game.trial > HINTED or not game.open:
        return rule
    this = say("This one: press {key}.", key=key("strike"))
    return this if game.kind in ("odd", "same") else later("Not this one: wait.")


_BACK = {
    1: later("Press {key} when the same call comes twice running."),
    2: later("Press {key} when it is the same as two calls before."),
    3: later("Press {key} when it is the same as three calls before."),
    4: later("Press {key} when it is the same as four calls before."),
}


def _rule(game: Chorus) -> str:
    if game.variant == "odd":
        return say("Press {key} when it is not the cuckoo.", key=key("strike"))
    return say(_BACK[game.n], key=key("strike"))


def _reminders(_by: By) -> tuple[Reminder, Reminder]:
    return (
        Reminder("singer_cuckoo", 0.5, later("Listen to every call.")),
        Reminder("singer_frog", 0.5, later("Press for the right one.")),
    )


def _deed(right: int, trials: int) -> str:
    return say("You heard {right} of {trials} calls rightly.", right=right, trials=trials)


LOOK = Look(later("Marsh Chorus"), _draw, _hint, _reminders, _deed)
"""What the game shows and says."""
