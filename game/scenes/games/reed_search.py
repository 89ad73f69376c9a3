"""Reed Search: a card shows who is looked for, the reeds fill, and one of those who sit there is the one."""

from engine.ports import TICK_S
from engine.tasks.dwell import DWELL_CHILD_S
from engine.tasks.reed_search import ReedSearch
from engine.tasks.reed_search_field import MIDDLE, Seated
from engine.tasks.task import By
from game.draw import HEIGHT, WIDTH, DrawList, Group
from game.scenes.games.look import Look, Picture, Reminder
from game.scenes.motion import arrive, ease, mix, swell, wave
from game.scenes.pictures import put
from game.words import later, say

CARD = (MIDDLE[0] * WIDTH, MIDDLE[1] * HEIGHT)
SHOW = 6  # ticks: soft to the eye, and the same for all of them
_GOLDEN = 0.618034  # whose turn it is next is far from the last
_SIT = 30  # px from the middle of an animal to its leaf
_RISE, _CARD_COMES, _CARD_GOES = 48, 18, 24  # ticks
_EACH = 0.35
"""Of the time in which all stalks come, one takes so much."""
_STALKS = 3


def _draw(game: ReedSearch, tick: int) -> Picture:
    if game.phase == "gap":
        return Picture()
    return Picture(air=(*_stand(game, tick), *_animals(game, tick), *_card(game)))  # no mist hides anybody


def _there(game: ReedSearch, turn: float) -> float:
    """How far a stalk has come up; they come and go one after another, whose turns are from 0 to 1."""
    if game.phase == "card":
        return ease(_after(game.phase_tick / _RISE, turn))
    return 1 - ease(_after((game.phase_tick - 12) / (game.phase_ticks - 12), turn)) if game.phase == "ending" else 1.0


def _after(share: float, turn: float) -> float:
    return (share - (1 - _EACH) * turn) / _EACH


def _stand(game: ReedSearch, tick: int) -> DrawList:
    """A stalk for each place, and those on which nobody sits, the farthest first."""
    taken = [(x, y, "stalk") for _, (x, y) in game.field.seated]
    empty = [(x, y, "stalk_far") for x, y in game.field.leaves]
    stalks = []
    for i, (x, y, kind) in enumerate(sorted((*taken, *empty), key=lambda one: one[1])):
        there, sway = _there(game, i * _GOLDEN % 1), 2.5 * wave(tick, 5.3, i / 7)
        at = x * WIDTH + sway, y * HEIGHT + _SIT + mix(70, 0, there)
        stalks.append(put(f"{kind}_{1 + i % _STALKS}", *at, alpha=there, flip=i % 2 == 1))
    return tuple(stalks)


def _animals(game: ReedSearch, tick: int) -> DrawList:
    if game.phase == "card":
        return ()
    shown = ease(game.phase_tick / SHOW) if game.phase == "search" else 1.0
    drawn = [op for i, one in enumerate(game.field.seated) for op in _animal(game, i, one, tick)]
    return (Group(tuple(drawn), alpha=shown),) if shown < 1 else tuple(drawn)


def _animal(game: ReedSearch, i: int, one: Seated, tick: int) -> DrawList:
    order = sorted(range(len(game.field.seated)), key=lambda k: game.field.seated[k].at[1]).index(i)
    x = one.at[0] * WIDTH + 2.5 * wave(tick, 5.3, order / 7)
    y, name = one.at[1] * HEIGHT, f"seeker_{one.animal.kind}_{one.animal.coat}"
    if game.phase == "search":
        return (*_looked_at(game, i, x, y), put(name, x, y))
    gone, is_it = ease((game.phase_tick - 6) / 30), i == 0 and game.present
    if not is_it:
        return (put(name, x, y + 16 * gone, alpha=1 - gone),)
    left = 1 - ease((game.phase_tick - 30) / (game.phase_ticks - 30))
    if game.outcome != "hit":  # who it was is shown, and that is all
        return (put("glow", x, y, 1.1, 0.35 * left, blend="add"), put(name, x, y, alpha=left))
    hop = 26 * swell(game.phase_tick / 26)
    sparkles = (
        put("sparkle", x + dx, y - 30 - 0.5 * game.phase_tick, 0.6, 0.9 * swell(game.phase_tick / (40 + abs(dx))))
        for dx in (-26, 4, 30)
    )
    glow = put("glow", x, y, 1.4, 0.5 * arrive(game.phase_tick / 12) * left, blend="add")
    return (glow, put(name, x, y - hop, 1 + 0.08 * swell(game.phase_tick / 26), left), *sparkles)


def _looked_at(game: ReedSearch, i: int, x: float, y: float) -> DrawList:
    """Light gathers where the eyes rest."""
    if game.dwell.on != i or game.onset_tick is None:
        return ()
    rested_s = (game.onset_tick + game.phase_tick - game.dwell.since_tick) * TICK_S
    return (put("glow", x, y, 1.0, 0.4 * ease(rested_s / DWELL_CHILD_S), blend="add"),)


def _card(game: ReedSearch) -> DrawList:
    """It comes up large, and stays as a small reminder while the search goes on."""
    x, y = CARD
    if game.phase == "card":
        come, small = arrive(game.phase_tick / _CARD_COMES), 0.0
    elif game.phase == "search":
        come, small = 1.0, ease(game.phase_tick / _CARD_GOES)
    else:
        come, small = 1 - ease(game.phase_tick / 30), 1.0
    scale, target = mix(1.1, 0.62, small), game.field.target
    y += 40 * (1 - come) if game.phase == "card" else 0
    held = put("glow", x, y, 1.6, 0.4 * swell(game.phase_tick / 40), blend="add")
    return (
        *((held,) if game.outcome == "held" else ()),
        put("card", x, y, scale, come),
        put(f"seeker_{target.kind}_{target.coat}", x, y, 1.3 * scale, come),
    )


def _hint(game: ReedSearch, by: By) -> str:
    if game.phase == "card":
        return later("This is the one to look for.")
    return {
        "gaze": later("Find it, and rest your eyes on it."),
        "pointer": later("Find it, and click on it."),
        "keys": later("Right arrow: it is there. Left arrow: it is not."),
    }[by]


def _reminders(by: By) -> tuple[Reminder, Reminder]:
    found = {
        "gaze": later("Rest your eyes on it."),
        "pointer": later("Click on it."),
        "keys": later("Right: it is there. Left: it is not."),
    }
    return (
        Reminder("seeker_turtle_spotted", 0.8, later("Look who is on the card.")),
        Reminder("seeker_snail_striped", 0.8, found[by]),
    )


def _deed(right: int, trials: int) -> str:
    return say("You found {right} of {trials} in the reeds.", right=right, trials=trials)


LOOK = Look(later("Reed Search"), _draw, _hint, _reminders, _deed, heron=False)
