"""Representative moments of every screen, reached by playing.

As sheets to look at: python -m tests.game.scenes.contact (docs/screens/README.md).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from math import pi, sin
from typing import Any, get_args

from engine.distractors import Distractors
from engine.dots import NINE, Dots
from engine.dots import Part as DotsPart
from engine.events import Cue
from engine.level import LEVELS
from engine.level import Place as MarshPlace
from engine.ports import Action, Devices, Inputs, Looked, Place
from engine.session import Part, Setup, Sitting, alike
from engine.session.state import Deed
from engine.tasks.strike import Strike
from game.scenes import Quit, Scene, Show, begin
from game.scenes.results import Results
from game.scenes.sit import LOST_TICKS, Pause, Sit

MUSE = ("TP9", "AF7", "AF8", "TP10")
CAP = (
    *("Fp1", "Fp2", "F7", "F3", "Fz", "F4", "F8", "T3", "C3", "Cz"),
    *("C4", "T4", "T5", "P3", "Pz", "P4", "T6", "O1", "O2"),
)
LEVEL = LEVELS.find("strike-01").model_copy(update={"block_s": 30.0})
SETUP = Setup(alike(LEVEL, 60.0), seed=5, rest_s=8.0, warmup_s=16.0)
BARE = replace(SETUP, has_headset=False)
MUSE_SHOW = Show(SETUP, "Ada", MUSE, "Muse 2")
GLASSES_SHOW = Show(replace(SETUP, has_camera=True), "Ada", MUSE, "Muse 2", "Neon", simulated=True)
NEAR_SHOW = replace(GLASSES_SHOW, tracker="lsl:Eyes of the laboratory downstairs")
CAP_SHOW = Show(replace(SETUP, warmup_s=26.0), "Ada", CAP, "Cyton and Daisy")
ASKING_SHOW = replace(
    MUSE_SHOW, asks=True, checks_in=True, grown=("turtle", "iris"), offers=("iris", "otter", "rainbow")
)
DAY = tuple(
    Part(LEVEL.model_copy(update={"id": f"{place}-01", "place": place}), 30.0) for place in get_args(MarshPlace)
)
DAY_SHOW = replace(ASKING_SHOW, asks=False, setup=replace(SETUP, parts=DAY))
BARE_SHOW = Show(BARE, "Ada", note="No headset: Heron plays by your answers alone.")
WELL = Devices("streaming", "streaming", "marks")

Until = Callable[[Scene], bool]


@dataclass(frozen=True)
class Signal:
    t_s: float
    score: float = 0.5
    trust: float = 0.9
    state: str = "good"
    channels: tuple[str, ...] = ("good",) * 4


@dataclass(frozen=True)
class Player:
    """Strikes in the pool, and confirms where there is something to confirm.

    fish_at, frog_at: px at which it strikes at each; None to let it be
    attends: how much higher its score is in play than in the warm-up
    devices: how they are, all the time
    misses:  the dots that it does not look at steadily
    """

    show: Show = MUSE_SHOW
    words: tuple[str, ...] = ("good",) * 4
    state: str = "good"
    fish_at: float | None = 690.0
    frog_at: float | None = None
    attends: float = 0.03
    devices: Devices = WELL
    misses: tuple[Place, ...] = ()

    def inputs(self, scene: Scene, tick: int) -> Inputs:
        pressed: tuple[Action, ...] = ()
        if scene.name in ("start", "fit") and tick % 230 == 229:
            pressed = ("confirm", "strike")
        if scene.name == "play" and strikes(scene, self.fish_at, self.frog_at):
            pressed = ("confirm", "strike")
        return Inputs(
            pressed, attention=self.attention(scene.name, tick), devices=self.devices, looked=self.looked(scene)
        )

    def looked(self, scene: Scene) -> Looked | None:
        dots = scene.sitting.dots if scene.sitting else None
        if dots is None or dots.part != "judge":
            return None
        missed = tuple(place for place in self.misses if place in dots.places)
        return Looked(missed, None if self.devices.mapping == "none" and len(missed) > 3 else 1.2, (0.3, -0.2))

    def attention(self, name: str, tick: int) -> Signal | None:
        if not self.show.setup.has_headset:
            return None
        hop = tick // 6
        score = 0.5 + (self.attends if name == "play" else 0.0) + 0.08 * sin(2 * pi * hop / 43)
        return Signal(hop / 10, score, 0.9, self.state, self.words)


def strikes(scene: Scene, fish_at: float | None, frog_at: float | None) -> bool:
    strike = creature(scene)
    at = fish_at if strike.kind == "fish" else frog_at
    return strike.phase == "reach" and at is not None and strike.x * 1280 <= at


def played(player: Player) -> Iterator[Scene]:
    """Every scene that the player sees, tick by tick, up to four seconds of results."""
    now, tick, last = begin(player.show), 0, 240
    while last:
        yield now
        now, tick = ticked(now, 1, player.inputs(now, tick)), tick + 1
        last -= now.name == "results"


def captured(player: Player, wanted: Mapping[str, tuple[Until, int]]) -> dict[str, Scene]:
    """By name: so many ticks after the first moment at which its condition holds."""
    due: dict[str, int] = {}
    seen: dict[str, Scene] = {}
    for tick, scene in enumerate(played(player)):
        for name, (until, then) in wanted.items():
            if name not in due and until(scene):
                due[name] = tick + then
            if due.get(name) == tick:
                seen[name] = scene
        if len(seen) == len(wanted):
            return seen
    raise AssertionError(f"never came: {set(wanted) - set(seen)}")


def sitting(scene: Scene) -> Sitting:
    assert scene.sitting is not None
    return scene.sitting


def creature(scene: Scene) -> Strike:
    game = sitting(scene).game
    assert isinstance(game, Strike)
    return game


def named(name: str) -> Until:
    return lambda scene: scene.name == name


def swims(kind: str, phase: str = "reach", x: float = 700.0, block: int = 1) -> Until:
    def holds(scene: Scene) -> bool:
        if scene.name != "play" or sitting(scene).block != block:
            return False
        strike = creature(scene)
        return strike.kind == kind and strike.phase == phase and strike.x * 1280 <= x

    return holds


def asked(scene: Scene) -> Dots:
    dots = sitting(scene).dots
    assert dots is not None
    return dots


def asks(part: DotsPart, number: int = 0) -> Until:
    return lambda scene: scene.name == "gaze" and asked(scene).part == part and asked(scene).number == number


def says(scene: Scene) -> bool:
    return scene.name == "gaze" and asked(scene).part == "say"


def ended(outcome: str) -> Until:
    return lambda scene: scene.name == "play" and creature(scene).outcome == outcome


def murky(scene: Scene) -> bool:
    return swims("fish")(scene) and sitting(scene).feedback < 0.2


def ticked(scene: Scene, ticks: int, inputs: Inputs | None = None) -> Scene:
    """The scene so many ticks later, in which nothing is done."""
    for _ in range(ticks):
        after, _events = scene.update(inputs or Inputs())
        assert not isinstance(after, Quit)
        scene = after
    return scene


def pressed(scene: Scene, *actions: Action) -> Scene:
    return ticked(scene, 1, Inputs(tuple(sorted(actions))))


def answered(scene: Scene, *actions: Action) -> Scene:
    """Each pressed when the page has settled."""
    for action in actions:
        scene = ticked(pressed(scene, action), 80)
    return scene


def changed(scene: Scene, **about: Any) -> Scene:
    """What only a long sitting would bring."""
    assert isinstance(scene, Sit)
    return replace(scene, sitting=replace(scene.sitting, **about))


@dataclass(frozen=True)
class Run:
    player: Player
    wanted: Mapping[str, tuple[Until, int]] = field(default_factory=dict)


RUNS = (
    Run(
        Player(),
        {
            "start": (named("start"), 80),
            "fading": (named("fit"), 10),
            "fit_good": (named("fit"), 80),
            "rest": (named("rest"), 280),
            "warmup": (named("warmup"), 200),
            "ready": (named("ready"), 80),
            "play_shadow": (swims("fish", "approach", 1000), 0),
            "play_fish": (swims("fish"), 0),
            "play_frog": (swims("frog"), 0),
            "strike_2": (ended("hit"), 4),
            "strike_3": (ended("hit"), 9),
            "strike_4": (ended("hit"), 14),
            "strike_5": (ended("hit"), 21),
            "catch": (ended("hit"), 40),
            "held": (ended("held"), 18),
            "break": (named("break"), 260),
        },
    ),
    Run(
        Player(attends=0.35),
        {"clear": (swims("fish", block=2), 0), "results": (named("results"), 200)},
    ),
    Run(
        Player(attends=-0.35, fish_at=None, frog_at=690.0),
        {
            "murky": (murky, 0),
            "false_strike": (ended("false_alarm"), 10),
            "miss": (ended("miss"), 16),
            "results_murky": (named("results"), 200),
        },
    ),
    Run(
        Player(CAP_SHOW, ("good", "loud", "flat", *("good",) * 13, "noise", "railed", "lost")),
        {
            "fit_cap": (named("fit"), 80),
        },
    ),
    Run(
        Player(replace(MUSE_SHOW, simulated=True), ("good", "flat", "line", "good"), "poor"),
        {
            "start_simulated": (named("start"), 80),
            "fit_muse": (named("fit"), 80),
            "resting": (swims("fish", "approach", 1000), 0),
        },
    ),
    Run(Player(replace(MUSE_SHOW, channels=("Ch1", "Ch2", "Cz", "Ch4"))), {"fit_unknown": (named("fit"), 80)}),
    Run(
        Player(GLASSES_SHOW, ("good", "flat", "good", "good")),
        {
            "start_marks": (named("start"), 80),
            "fit_marks": (named("fit"), 80),
            "gaze_greet": (asks("greet"), 60),
            "gaze_fly": (asks("show", 1), 12),
            "gaze_rest": (asks("show", 1), 60),
            "gaze_thanks": (says, 60),
            "play_marks": (swims("fish", "approach", 1000), 0),
            "break_marks": (named("break"), 260),
            "results_marks": (named("results"), 200),
        },
    ),
    Run(
        Player(NEAR_SHOW, devices=Devices("streaming", "streaming", "none"), misses=NINE[:5]),
        {
            "gaze_again": (lambda s: asks("show")(s) and asked(s).again, 30),
            "gaze_poor": (says, 60),
        },
    ),
    *(
        Run(Player(NEAR_SHOW, devices=Devices(life, life)), {f"fit_{life}": (named("fit"), 80)})
        for life in ("absent", "connecting", "fitting", "stale", "lost", "reconnecting")
    ),
    Run(Player(BARE_SHOW), {"fit_bare": (named("fit"), 80), "bare_play": (swims("fish"), 0)}),
)


def asked_pages(known: Mapping[str, Scene]) -> dict[str, Scene]:
    """Before the first sitting, in a pause, and after the last block."""
    paused, ended = known["pause"], known["results"]
    assert isinstance(paused, Pause)
    assert isinstance(ended, Results)
    paused, ended = replace(paused, of=replace(paused.of, show=ASKING_SHOW)), replace(ended, show=ASKING_SHOW)
    seen: dict[str, Scene] = {"questions": ticked(begin(ASKING_SHOW), 80)}
    seen["questions_eyes"] = answered(seen["questions"], "confirm", "confirm")
    seen["ask_first"] = answered(seen["questions"], *("left", "confirm") * 3)
    seen["unwell"] = answered(paused, "down", "confirm")
    seen["unwell_rest"] = answered(seen["unwell"], "up", "confirm")
    seen["checkin"] = answered(ended, "confirm")
    seen["checkin_tired"] = answered(seen["checkin"], "confirm")
    seen["checkin_eyes"] = answered(seen["checkin_tired"], *("confirm",) * 4)
    seen["garden"] = answered(seen["checkin_eyes"], "confirm")
    seen["garden_grown"] = ticked(answered(seen["garden"], "confirm"), 120)
    return seen


def of_a_day(known: Mapping[str, Scene]) -> dict[str, Scene]:
    """A sitting of five games in five places."""
    rests, ended = known["break"], known["results"]
    assert isinstance(rests, Sit)
    assert isinstance(ended, Results)
    deeds = tuple(Deed("strike", 12 + n, 17, 1 + n % 3) for n in range(5))
    return {
        "start_path": ticked(begin(DAY_SHOW), 80),
        "break_path": replace(rests, show=DAY_SHOW, sitting=replace(rests.sitting, blocks=5, block=2)),
        "results_parts": replace(
            ended, show=DAY_SHOW, sitting=replace(ended.sitting, blocks=5, block=5, deeds=deeds)
        ),
    }


REACHED = (
    *("pause", "asleep", "pause_lost", "gaze_asleep", "distracted", "cue", "cue_resting", "pause_marks", "left"),
    *(
        "questions",
        "questions_eyes",
        "ask_first",
        "unwell",
        "unwell_rest",
        "checkin",
        "checkin_tired",
        "checkin_eyes",
    ),
    *("garden", "garden_grown", "start_path", "break_path", "results_parts"),
)
"""Moments that others lead to."""

NAMES = tuple(sorted((*(name for run in RUNS for name in run.wanted), *REACHED)))


@cache
def moments() -> dict[str, Scene]:
    """Each by the name of its picture."""
    seen = {name: scene for run in RUNS for name, scene in captured(run.player, run.wanted).items()}
    seen["pause"] = ticked(pressed(seen["play_fish"], "back", "pause"), 60)
    gone = Inputs(devices=Devices("lost", "lost"))
    seen["asleep"] = ticked(seen["play_marks"], 150, gone)
    seen["pause_lost"] = ticked(seen["play_fish"], LOST_TICKS + 80, gone)
    seen["gaze_asleep"] = ticked(seen["gaze_fly"], 240, gone)
    seen["distracted"] = changed(seen["play_fish"], distractors=Distractors(3, was=3))
    cued = sitting(seen["play_shadow"]).tick - 120
    seen["cue"] = changed(seen["play_shadow"], cue=Cue("re-engage", "a lapse"), cue_tick=cued)
    seen["cue_resting"] = changed(seen["resting"], cue=Cue("offer_break", "a second lapse"), cue_tick=cued)
    seen["pause_marks"] = ticked(pressed(seen["play_marks"], "pause"), 60)
    seen |= asked_pages(seen) | of_a_day(seen)
    seen["left"] = ticked(pressed(pressed(seen["pause"], "right"), "confirm"), 60)
    assert seen.keys() == set(NAMES)
    return seen
