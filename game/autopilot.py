"""Plays in place of a person: a simulated player's hands and eyes in a demonstration."""

from collections.abc import Callable

from engine import light
from engine import session as rules
from engine.copies import replace
from engine.distractors import visible
from engine.events import Event, RewardPaid, StimulusShown, TrialDone
from engine.ports import TICK_S, Inputs, Place
from engine.session import PLAYED, Setup, Sitting
from game.draw import HEIGHT, WIDTH
from game.loop import Ticked
from game.pilots.catalogue import PILOTS
from game.pilots.pilot import Move, Pilot
from game.scenes.scene import Scene
from neuro.sources.twin import Twin
from neuro.twin.mood import clenches

_UNTIL_CONFIRM_S = {"start": 1.0, "fit": 6.0, "break": 5.0, "pause": 2.0, "results": 2.0}
"""How long the hands rest on a screen that waits for a person."""

LURES_S = 3.0
"""How often what is about tries to draw the eyes. Own choice."""


class Feelings:
    """Tells a simulated player what happens to it: trials, rewards, distractors, breaks.

    Args: now_s: seconds from the twin's start.
    """

    def __init__(self, twin: Twin, now_s: Callable[[], float]) -> None:
        self._twin = twin
        self._now_s = now_s
        self._paid_s = self._lured_s = 0.0

    def saw(self, sitting: Sitting, events: tuple[Event, ...]) -> None:
        """The sitting after one more tick, and what happened in it."""
        player, now_s = self._twin.player, self._now_s()
        player.plays(now_s, sitting.stage in PLAYED)
        if sitting.stage != "block":
            self._paid_s = now_s
        for event in events:
            match event:
                case TrialDone() if event.block and event.outcome != "void":
                    player.tried(now_s, event.success)
                case RewardPaid():
                    player.rewarded(now_s)
                    self._paid_s = now_s
                case StimulusShown() if player.zone.attending(now_s):
                    self._twin.eyes.notice(now_s)
        player.distracted(now_s, sitting.distractors.level)
        self._lure(sitting, now_s)
        self._twin.brain.tense(player.profile.clench_uv if clenches(now_s - self._paid_s) else 0.0)

    def _lure(self, sitting: Sitting, now_s: float) -> None:
        """Now and then what is about draws the eyes, or tries to."""
        if now_s - self._lured_s < LURES_S:
            return
        self._lured_s = now_s
        about = visible(sitting.distractors, 0, sitting.tick)
        if about:
            self._twin.eyes.lure(now_s, (about[-1].x, about[-1].y), sitting.distractors.level)


class Autopilot:
    """Confirms what waits to be confirmed, and plays each task as a simulated player would.

    Args:
        now_s:   seconds from the twin's start
        look_at: where its eyes are told, in screens, what there is to see; None without an eye tracker
    """

    def __init__(
        self,
        twin: Twin,
        now_s: Callable[[], float],
        setup: Setup,
        look_at: Callable[[float, float], None] | None = None,
    ) -> None:
        self._twin, self._now_s, self._setup, self._look_at = twin, now_s, setup, look_at
        self._feelings = Feelings(twin, now_s)
        self._pilots: dict[str, Pilot] = {}
        self._screen = ""
        self._ticks = 0

    def act(self, scene: Scene, inputs: Inputs) -> Inputs:
        """What is done in the next tick, beside what a person does."""
        self._ticks = self._ticks + 1 if scene.name == self._screen else 0
        self._screen = scene.name
        move, sitting = self._move(scene), scene.sitting
        done = replace(inputs, pressed=tuple(sorted({*inputs.pressed, *move.pressed})))
        if sitting is None:
            return done
        place = move.look or rules.sight(sitting)
        self._see(sitting, place, move.jump)
        if place is None or sitting.by != "pointer" or sitting.stage not in PLAYED:
            return done
        return replace(done, pointer=(place[0] * WIDTH, place[1] * HEIGHT))

    def _see(self, sitting: Sitting, place: Place | None, jump: Place | None) -> None:
        """What the eyes have to look at, and how bright it is."""
        if place is not None and self._look_at:
            self._look_at(*place)
        is_grey = sitting.stage == "light"
        lit = light.luminance(sitting.stage_tick) if is_grey else self._setup.part(sitting.block).level.luminance
        self._twin.eyes.shine(lit)
        if jump is not None:
            self._twin.eyes.jump(self._now_s(), jump)

    def saw(self, ticked: Ticked) -> None:
        """What came of it."""
        if ticked.scene is not None and ticked.scene.sitting is not None:
            self._feelings.saw(ticked.scene.sitting, ticked.events)

    def _move(self, scene: Scene) -> Move:
        wait_s = _UNTIL_CONFIRM_S.get(scene.name)
        if wait_s is not None:
            return Move(("confirm",)) if self._ticks == round(wait_s / TICK_S) else Move()
        sitting = scene.sitting
        if sitting is None or sitting.stage not in PLAYED or sitting.task is None or scene.name == "pause":
            return Move()
        if sitting.task not in self._pilots:
            self._pilots[sitting.task] = PILOTS[sitting.task](self._twin.player, self._now_s)
        return self._pilots[sitting.task].play(sitting.game, rules.rules(self._setup, sitting), sitting.tick)
