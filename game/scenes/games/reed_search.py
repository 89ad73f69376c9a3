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
_SIT = 30  # px from the middle of an animal to its leaf
_RISE, _CARD_COMES, _CARD_GOES = 48, 18, 24  # ticks
_STALKS = 3


def _draw(game: ReedSearch, tick: int) -> Picture:
    if game.phase == "gap":
        return Picture()
    return Picture(air=(*_stand(game, tick), *_animals(game, tick), *_card(game)))  # no mist hides anybody


def _there(game: ReedSearch) -> float:
    """How far the reeds have come up."""
    if game.phase == "card":
        return ease(game.phase_tick / _RISE)
    return 1 - ease((game.phase_tick - 12) / (game.phase_ticks - 12)) if game.phase == "ending" else 1.0


def _stand(game: ReedSearch, tick: int) -> DrawList:
    """A stalk for each place, and those on which nobody sits, the farthest first."""
    there = _there(game)
    taken = [(x, y, 1.0) for _, (x, y) in game.field.seated]
    empty = [(x, y, 0.8) for x, y in game.field.leaves]
    stalks = []
    for i, (x, y, strength) in enumerate(sorted((*taken, *empty), key=lambda one: one[1])):
        sway, name = 2.5 * wave(tick, 5.3, i / 7), f"stalk_{1 + i % _STALKS}"
        stalks.append(
            put(
                name, x * WIDTH + sway, y * HEIGHT + _SIT + mix(70, 0, there), alpha=strength * there, flip=i % 2 == 1
            )
        )
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
