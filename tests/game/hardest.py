"""Every level as hard as it gets, all distractors about and rewards coming: the most that painters have to bear."""

from dataclasses import replace

from engine.anchors import X_MAX
from engine.distractors import LADDER, Distractors
from engine.events import Event
from engine.level import LEVELS, Level
from engine.ports import TICK_S
from engine.session import Part, Setup, Sitting
from game.scenes.marsh import Marsh, begun, next_tick
from game.scenes.places import mood_of
from game.scenes.scene import Show
from game.scenes.sit import Sit
from game.simulation.sitting import play
from game.simulation.stream import Quality, Stream
from neuro.twin.player import Player
from neuro.twin.profiles import PROFILES

REWARD_TICKS = 120
ALL = Distractors(len(LADDER), len(LADDER), 1000)


def levels() -> list[Level]:
    return [LEVELS.find(each) for each in LEVELS.ids()]


def scenes(level: Level, seconds: float) -> list[Sit]:
    """Each tick of a block, as a simulated adult plays it; the water goes from murky to clear and back."""
    part = Part(level, seconds, X_MAX, X_MAX, bounds=(X_MAX, X_MAX))
    setup = Setup((part,), seed=4, rest_s=0.0, warmup_s=0.0, has_headset=False, has_gaze=True)
    show = Show(setup, "Ada")
    marsh: Marsh = begun(mood_of(level))
    seen: list[Sit] = []

    def watch(now: Sitting, _events: tuple[Event, ...]) -> Sitting:
        nonlocal marsh
        if now.stage != "block" or len(seen) * TICK_S >= seconds:
            return now
        rewards = len(seen) // REWARD_TICKS
        now = replace(now, distractors=ALL, totals=replace(now.totals, rewards=rewards))
        marsh = next_tick(marsh, now)
        share = len(seen) * TICK_S / seconds
        seen.append(Sit(show, replace(now, feedback=abs(2 * share - 1)), marsh, since=1000))
        return now

    player = Player(PROFILES["adult"], 4)
    play(setup, player, Stream(player, Quality(), 4), meddle=watch)
    return seen
