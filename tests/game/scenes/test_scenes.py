"""The screens as a person meets them."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, pairwise, product
from typing import get_args

import numpy as np
import pytest
from numpy.typing import NDArray

import assets
from engine.events import StageStarted, TrialDone
from engine.level import LEVELS
from engine.ports import Devices, Inputs
from engine.session import alike
from engine.session.state import Deed
from engine.tasks.task import By
from game.draw import WIDTH, Disc, DrawList, Flat, Rect, Sprite, Text, flatten
from game.flash import luminance
from game.manner import LARGEST_TEXT, PALETTES, SMALLEST_TEXT, Language, Manner, Palette, worn
from game.scenes import Quit, Scene, begin, wearing
from game.scenes.games.catalogue import LOOKS
from game.scenes.places import LAYERS, MOODS
from game.scenes.play import pause_box
from game.scenes.results import Results
from game.scenes.sit import Sit
from game.scenes.wearing import Card
from game.tags import tags
from game.type import text_width
from game.widgets.choices import SMALLEST_TARGET
from game.widgets.menu import Menu
from game.widgets.paint import colour
from game.widgets.sheet import floor_y
from game.windows import Window, open_window
from neuro.life import LifeState
from tests.game.scenes.moments import (
    BARE_SHOW,
    GLASSES_SHOW,
    LEVEL,
    MUSE,
    MUSE_SHOW,
    NAMES,
    WELL,
    Player,
    Signal,
    captured,
    creature,
    moments,
    named,
    played,
    pressed,
    sitting,
    ticked,
)

Picture = NDArray[np.uint8]
SETTLED = [name for name in NAMES if name != "fading"]
BLAME = ("wrong", "bad", "fail", "miss", "lost", "distract", "poor", "error", "inattent", "sorry", "again!")


@pytest.fixture(scope="module")
def window() -> Window:
    return open_window("memory", "Heron", assets.picture)


def drawn(scene: Scene) -> list[Flat]:
    return [op for op in flatten(scene.draw()) if not isinstance(op, Text | Sprite | Disc | Rect) or op.alpha > 0]


def words(scene: Scene) -> list[Text]:
    return [op for op in drawn(scene) if isinstance(op, Text) and op.words]


def said(scene: Scene) -> str:
    return " ".join(op.words for op in words(scene))


def painted(window: Window, ops: DrawList) -> Picture:
    window.paint(ops)
    return np.asarray(window.screenshot(), np.uint8)


def box(op: Text) -> tuple[float, float, float, float]:
    """left, top, right, bottom: what the letters cover"""
    reach = text_width(op.words, op.size)
    left = op.x - {"left": 0.0, "middle": reach / 2, "right": reach}[op.anchor]
    return left, op.y - op.size / 2, left + reach, op.y + op.size / 2


# the way through


def test_three_presses_lead_from_the_start_to_play() -> None:
    scene, presses = begin(MUSE_SHOW), 0
    for tick in range(6000):
        waits_for_me = scene.name in ("start", "fit")
        presses += waits_for_me
        does = Inputs(("confirm",) if waits_for_me else (), attention=Signal(tick / 60), devices=WELL)
        scene = ticked(scene, 1, does)
        if scene.name == "play":
            break
    assert scene.name == "play"
    assert presses <= 3


def test_the_stages_come_in_their_order() -> None:
    with_headset, bare = (
        list(dict.fromkeys(s.name for s in played(Player(show)))) for show in (MUSE_SHOW, BARE_SHOW)
    )
    assert with_headset == ["start", "fit", "rest", "warmup", "ready", "play", "break", "results"]
    assert bare == [name for name in with_headset if name != "rest"]
    glasses = [s.name for s in played(Player(GLASSES_SHOW))]
    assert list(dict.fromkeys(glasses)) == ["start", "fit", "gaze", *with_headset[2:]]


@pytest.mark.parametrize("name", NAMES)
def test_leaving_is_always_possible(name: str) -> None:
    now: Scene | Quit = moments()[name]
    back, leave = Inputs(("back", "pause")), (Inputs(("right",)), Inputs(("confirm",)))
    asked = leave if name.startswith("pause") else (back, *leave)
    turning_back = (*(Inputs(),) * 30, back) * 8  # through the pages of a check-in and what it leads to
    for inputs in (*asked, *(Inputs(),) * 120, back, *turning_back):
        if not isinstance(now, Quit):
            now, _ = now.update(inputs)
    assert isinstance(now, Quit)


def test_who_leaves_early_sees_what_was_kept_and_who_finishes_is_done() -> None:
    left = ticked(moments()["left"], 60)
    assert left.update(Inputs(("confirm",)))[0] == Quit("left")
    assert moments()["results"].update(Inputs(("confirm",)))[0] == Quit("done")
    assert begin(MUSE_SHOW).update(Inputs(("back",)))[0] == Quit("left")


def test_a_pause_voids_the_running_trial() -> None:
    paused = pressed(moments()["play_fish"], "back", "pause")
    scene, events = pressed(paused, "pause").update(Inputs(("strike",)))
    assert not isinstance(scene, Quit)
    assert [(e.outcome, e.valid) for e in events if isinstance(e, TrialDone)] == [("void", False)]


def test_a_sitting_stands_still_while_it_is_paused() -> None:
    paused = pressed(moments()["play_fish"], "pause")
    assert sitting(ticked(paused, 200, Inputs(attention=Signal(99.0)))) == sitting(paused)
    on = pressed(paused, "confirm")
    assert on.name == "play"
    assert sitting(on).tick == sitting(paused).tick


def test_the_pause_button_is_no_strike() -> None:
    fish = moments()["play_fish"]
    pause = pause_box()
    paused, events = fish.update(Inputs(pointer=(pause.x, pause.y), clicked=True))
    assert isinstance(paused, type(moments()["pause"]))
    assert events == ()
    assert creature(paused).strike_tick == creature(fish).strike_tick
    assert min(pause.width, pause.height) >= SMALLEST_TARGET


def test_a_click_in_play_is_a_strike() -> None:
    scene = ticked(moments()["play_fish"], 1, Inputs(pointer=(600, 600), clicked=True))
    assert creature(scene).outcome == "hit"


def test_a_hand_that_still_strikes_skips_neither_the_last_words_nor_the_count_down() -> None:
    ready = captured(Player(), {"ready": (named("ready"), 0)})["ready"]
    assert ticked(ready, 50, Inputs(("confirm", "strike"))).name == "ready"
    results = captured(Player(), {"results": (named("results"), 0)})["results"]
    assert ticked(results, 80, Inputs(("confirm", "strike"))).name == "results"


def test_a_break_can_be_cut_short_after_three_seconds() -> None:
    at_once = captured(Player(), {"break": (named("break"), 0)})["break"]
    assert ticked(at_once, 60, Inputs(("confirm",))).name == "break"
    later = ticked(at_once, 190)
    assert "Continue" in said(later)
    assert pressed(later, "confirm").name == "play"


def test_every_stage_that_starts_is_told_once() -> None:
    now, told, tick, player = begin(MUSE_SHOW), [], 0, Player()
    while now.name != "results":
        after, events = now.update(player.inputs(now, tick))
        assert not isinstance(after, Quit)
        told += [event.stage for event in events if isinstance(event, StageStarted)]
        now, tick = after, tick + 1
    assert told == ["rest", "warmup", "ready", "block", "break", "block", "done"]


def test_the_same_inputs_give_the_same_pictures() -> None:
    def pictures() -> list[DrawList]:
        return [scene.draw() for n, scene in enumerate(played(Player(GLASSES_SHOW))) if n % 97 == 0]

    assert pictures() == pictures()


# the look


@pytest.mark.parametrize("name", NAMES)
def test_only_known_textures_are_drawn(name: str) -> None:
    textures = {op.texture for op in drawn(moments()[name]) if isinstance(op, Sprite)}
    assert textures <= set(assets.pictures())


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_is_made_of_few_parts(name: str) -> None:
    ops = drawn(moments()[name])
    whole = {mood.picture(layer) for mood in MOODS for layer in LAYERS if layer in ("sky", "water", "clear")}
    full = [op for op in ops if isinstance(op, Sprite) and op.texture in whole]
    assert len(ops) <= 180
    assert len(full) <= 3


def manners() -> Iterator[Manner]:
    """Every size of words in English, and drawn out; on either side, with and without captions."""
    languages: tuple[Language, ...] = ("en", "qps")
    for text in (SMALLEST_TEXT, 1.0, 1.5, LARGEST_TEXT):
        for language in languages:
            yield Manner(language, text=text, hand="left" if text == 1.5 else "right", captions=language == "qps")


@pytest.mark.parametrize("manner", list(manners()), ids=lambda manner: f"{manner.language}-{manner.text}")
def test_in_every_size_and_language_words_and_choices_have_room(manner: Manner) -> None:
    for name in SETTLED:
        with worn(manner):
            ops = drawn(moments()[name])
            foot = floor_y()
        has_room(ops, name, foot)


def test_the_heron_makes_room_for_large_words_before_a_game_and_stays_beside_small_ones() -> None:
    for text, goes in ((1.0, False), (2.0, True)):
        with worn(Manner(text=text)):
            after, _ = moments()["ready"].update(Inputs())
        assert isinstance(after, Sit)
        assert (after.marsh.covered > 0) == goes


def has_room(ops: list[Flat], name: str, foot: float) -> None:
    """Nothing leaves the picture or its panel, nothing lies over anything else, what is pressed is large enough."""
    told = [op for op in ops if isinstance(op, Text) and op.words and op.words not in "zz"]
    boxes = [(op.words, box(op)) for op in told]
    for said, (left, top, right, bottom) in boxes:
        assert 16 <= left <= right <= WIDTH - 16, (name, said)
        assert 6 <= top <= bottom <= foot, (name, said)
    for (one, a), (other, b) in combinations(boxes, 2):
        assert apart(a, b), f"{name}: {one!r} and {other!r} lie over one another"
    panels = [op for op in ops if isinstance(op, Rect) and min(op.width, op.height) > 20]
    for op in told:
        left, top, right, bottom = box(op)
        for p in panels:
            if p.x <= op.x <= p.x + p.width and p.y <= op.y <= p.y + p.height and p.width < WIDTH:
                inside = p.x + 6 <= left and right <= p.x + p.width - 6 and p.y <= top and bottom <= p.y + p.height
                assert inside, (name, op.words)
    pressed_on = [(op.x, op.y, op.x + op.width, op.y + op.height) for op in panels if op.colour in plates()]
    for left, top, right, bottom in pressed_on:
        assert min(right - left, bottom - top) >= SMALLEST_TARGET, name
        assert 0 <= left < right <= WIDTH, name
        assert 0 <= top < bottom <= foot + 1, name
    for a, b in combinations(pressed_on, 2):
        assert apart(a, b), f"{name}: two choices lie over one another"


def plates() -> tuple[object, object]:
    """Colours of what can be chosen: at rest, and with the focus."""
    return colour("panel_soft"), colour("accent")


def apart(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


@pytest.mark.parametrize("palette", PALETTES)
def test_words_can_be_read(palette: Palette, window: Window) -> None:
    """Contrast of at least 4.5 (3 for large words) with nine tenths of what lies behind them (WCAG 2.2, 1.4.3)."""
    for name in SETTLED:
        with worn(Manner(palette=palette)):
            ops = drawn(moments()[name])
            picture = painted(window, tuple(op for op in ops if not isinstance(op, Text)))
        for op in ops:
            if isinstance(op, Text) and op.words and op.alpha > 0.9:
                assert contrast(op, picture) >= (3 if op.size >= 32 else 4.5), (name, op.words)


def contrast(op: Text, picture: Picture) -> float:
    left, top, right, bottom = (round(edge) for edge in box(op))
    behind = luminance(picture[top:bottom, left:right])
    ink = float(luminance(np.array(op.colour)))
    return float(np.quantile((np.maximum(ink, behind) + 0.05) / (np.minimum(ink, behind) + 0.05), 0.1))


@pytest.mark.parametrize(
    "name",
    [
        "play_shadow",
        "play_fish",
        "play_frog",
        "murky",
        "clear",
        "catch",
        "bare_play",
        "cue",
        "distracted",
        "play_marks",
    ],
)
def test_play_keeps_the_light_that_its_level_declares(name: str, window: Window) -> None:
    mean = float(luminance(painted(window, moments()[name].draw())).mean())
    assert abs(mean - MUSE_SHOW.setup.parts[0].level.luminance) <= 0.03


def steady(scenes: Iterator[Scene]) -> Iterator[dict[str, Sprite]]:
    """What is always there, by texture."""
    for scene in scenes:
        sprites = (op for op in flatten(scene.draw()) if isinstance(op, Sprite))
        yield {op.texture: op for op in sprites if op.texture.startswith(("shallows", "sunlight"))}


def test_nothing_jumps() -> None:
    """From the first screen to the last: mist, water, light and reeds change by next to nothing in a tick."""
    for before, now in pairwise(steady(played(Player(attends=0.35)))):
        assert before.keys() == now.keys()
        for texture, op in now.items():
            was = before[texture]
            assert abs(op.alpha - was.alpha) < 0.005, texture
            assert abs(op.x - was.x) < 0.5, texture
            assert abs(op.y - was.y) < 0.5, texture
            assert abs(op.angle - was.angle) < 0.02, texture


def test_nothing_flashes(window: Window) -> None:
    """No tick changes the picture's light by 1 % of white: neither a new screen nor a strike."""
    scenes = list(played(Player()))
    turns = [n for n, (a, b) in enumerate(pairwise(scenes)) if a.name != b.name]
    hit = next(n for n, scene in enumerate(scenes) if scene.name == "play" and creature(scene).outcome == "hit")
    for start in (*turns, hit):
        light = [
            float(luminance(painted(window, scene.draw())[::4, ::4]).mean())
            for scene in scenes[start : start + 45 : 3]
        ]
        assert np.abs(np.diff(light)).max() < 0.03  # in three ticks


# the words


def test_no_words_blame() -> None:
    for name in NAMES:
        if not name.startswith("fit"):
            assert not [blame for blame in BLAME if blame in said(moments()[name]).lower()], name


def test_a_resting_signal_is_said_softly_and_play_goes_on() -> None:
    resting = moments()["resting"]
    assert "signal is resting" in said(resting)
    assert creature(resting).phase == "approach"
    assert "signal is resting" not in said(moments()["clear"])


def test_a_cue_is_a_few_kind_words_and_a_glow_that_go_again() -> None:
    cue = moments()["cue"]
    assert "Watch the water" in said(cue)
    assert any(isinstance(op, Sprite) and op.texture == "glow" and op.blend == "add" for op in drawn(cue))
    gone = ticked(cue, 300)
    assert "Watch" not in said(gone)
    assert not any(isinstance(op, Sprite) and op.texture == "glow" for op in drawn(gone))


def test_without_a_headset_no_signal_is_said_to_rest() -> None:
    assert "signal" not in said(moments()["bare_play"])
    assert "by your answers alone" in said(moments()["fit_bare"])


def test_the_fit_check_says_what_to_do() -> None:
    assert "AF7: press it gently to the skin." in said(moments()["fit_muse"])
    assert "All sensors sit well" in said(moments()["fit_good"])
    assert "The glasses see your eyes" in said(moments()["fit_marks"])
    assert "Put the headset on" in said(moments()["fit_fitting"])
    assert "Put the glasses on" in said(moments()["fit_fitting"])


@pytest.mark.parametrize("device", ["headset", "glasses"])
def test_each_life_of_a_device_has_a_picture_and_words_of_its_own(device: str) -> None:
    def picture(life: str) -> DrawList:
        if device == "glasses":
            return wearing.glasses(Card(0, "Neon", 500), life, 40)
        return wearing.headset(Card(0, "Muse", 500), life, MUSE, ("good",) * 4, 40)

    lives = [picture(life) for life in get_args(LifeState)]
    spoken = [" ".join(op.words for op in flatten(ops) if isinstance(op, Text) and op.words != "z") for ops in lives]
    assert len(set(spoken)) == len(set(lives)) == 7


def test_a_sensor_is_asked_for_one_at_a_time_the_worst_first() -> None:
    words = ("line", "flat", "railed", "good")
    assert "AF7: press it gently" in asked_for(words)
    assert "TP9: press it gently, keep cables" in asked_for(("line", "good", "good", "good"))
    assert "AF8: lift it" in asked_for(("line", "good", "railed", "good"))


def asked_for(words: tuple[str, ...]) -> str:
    ops = wearing.headset(Card(0, "Muse", 500), "streaming", MUSE, words, 0)
    return " ".join(op.words for op in flatten(ops) if isinstance(op, Text))


def test_good_and_bad_sensors_differ_in_shape_and_not_in_colour_alone() -> None:
    def shapes(word: str) -> tuple[str, ...]:
        ops = wearing.headset(Card(0, "Muse", 500), "streaming", ("Cz", "Pz"), ("flat", word), 0)
        return tuple(type(op).__name__ for op in flatten(ops) if not isinstance(op, Text))

    assert len({shapes(word) for word in ("good", "line", "railed")}) == 3


# the marks, and what is looked at


@pytest.mark.parametrize("name", [name for name in NAMES if "marks" in name or "gaze" in name or name == "asleep"])
def test_the_marks_lie_on_top_and_nothing_but_the_marsh_beneath(name: str) -> None:
    picture = moments()[name].draw()
    assert picture[-len(tags()) :] == tags()
    for op in flatten(picture[: -len(tags())]):
        for x, y in ((0, 0), (1160, 0), (0, 600), (1160, 600)):
            left, top, right, bottom = covered(op)
            assert left >= x + 120 or right <= x or top >= y + 120 or bottom <= y, op


def covered(op: Flat) -> tuple[float, float, float, float]:
    """left, top, right, bottom of what is not the marsh; the marsh itself covers nothing"""
    match op:
        case Text():
            return box(op)
        case Rect():
            return op.x, op.y, op.x + op.width, op.y + op.height
        case Disc():
            return op.x - op.radius, op.y - op.radius, op.x + op.radius, op.y + op.radius
        case Sprite() if op.texture.startswith(("icon", "head", "face", "glasses", "star")):
            reach = op.scale * max(assets.pictures()[op.texture][side] for side in ("width", "height")) / 2
            return op.x - reach, op.y - reach, op.x + reach, op.y + reach
    return 0.0, 0.0, 0.0, 0.0


def test_a_sitting_without_a_camera_has_no_marks() -> None:
    assert not set(tags()) & set(moments()["play_fish"].draw())


def test_while_a_firefly_is_looked_at_nothing_else_flies() -> None:
    flying = [op for op in drawn(moments()["gaze_rest"]) if isinstance(op, Sprite) and op.texture == "firefly"]
    assert len({(op.x, op.y) for op in flying}) == 1
    assert said(moments()["gaze_rest"]) == "A simulated player is playing"


def test_a_firefly_that_rests_holds_still() -> None:
    def places(scene: Scene) -> list[tuple[float, float]]:
        return [(op.x, op.y) for op in drawn(scene) if isinstance(op, Sprite) and op.texture == "firefly"]

    resting = moments()["gaze_rest"]
    assert places(resting) == places(ticked(resting, 8, Inputs(devices=WELL)))


def test_what_goes_wrong_with_gaze_is_said_with_what_to_do() -> None:
    assert "push the glasses up" in said(moments()["gaze_poor"])
    assert "cable" in said(moments()["gaze_asleep"])
    for name in ("gaze_poor", "gaze_asleep"):
        assert "The game goes on" in said(moments()[name])


def test_devices_that_sleep_are_one_small_picture_each_and_play_goes_on() -> None:
    asleep = moments()["asleep"]
    assert "The headset sleeps" in said(asleep)
    assert "The glasses sleep" in said(asleep)
    assert asleep.name == "play"
    assert "sleep" not in said(moments()["play_marks"])


def test_sensors_are_read_once_a_second() -> None:
    fit = moments()["fit_good"]
    flickering = [Signal(99 + n / 10, channels=("flat",) * 4 if n % 2 else ("good",) * 4) for n in range(100)]
    spoken = []
    for signal in flickering:
        fit = ticked(fit, 6, Inputs(attention=signal, devices=WELL))
        spoken.append(said(fit))
    changes = sum(a != b for a, b in pairwise(spoken))
    assert changes <= 10


def test_the_warm_up_says_what_to_do() -> None:
    now = sitting(moments()["warmup"])
    assert now.task is not None
    assert LOOKS[now.task].hint(now.game, now.by) in said(moments()["warmup"])


def test_results_say_what_was_done_in_plain_words() -> None:
    best = max(sitting(moments()["results"]).deeds, key=lambda deed: deed.right / deed.trials)
    assert f"You answered {best.right} of {best.trials} creatures well." in said(moments()["results"])
    assert "See you next time, Ada" in said(moments()["results_murky"])


def test_a_simulated_player_is_named_as_such() -> None:
    assert "A simulated player is playing" in said(moments()["start_simulated"])
    assert "simulated" not in said(moments()["start"])


@pytest.mark.parametrize("manner", list(manners()), ids=lambda manner: f"{manner.language}-{manner.text}")
def test_what_every_game_says_before_it_and_after_it_has_room(manner: Manner) -> None:
    ready, results = moments()["ready"], moments()["results"]
    assert isinstance(ready, Sit)
    assert isinstance(results, Results)
    with worn(manner):
        for task, by in product(LOOKS, get_args(By)):
            level = next(LEVELS.find(name) for name in LEVELS.ids() if LEVELS.find(name).game.task == task)
            show = replace(MUSE_SHOW, setup=replace(MUSE_SHOW.setup, parts=alike(level, 60.0)))
            has_room(drawn(replace(ready, show=show, sitting=replace(ready.sitting, by=by))), task, floor_y())
            deeds = (Deed(task, 19, 20, 3),)
            has_room(drawn(replace(results, sitting=replace(results.sitting, deeds=deeds))), task, floor_y())


@pytest.mark.parametrize("text", [1.0, LARGEST_TEXT])
def test_long_names_and_stories_leave_room_for_the_rest(text: float) -> None:
    level = LEVEL.model_copy(update={"title": "Title " * 30, "story": "A story of a marsh. " * 10})
    setup = replace(MUSE_SHOW.setup, parts=alike(level, 60.0))
    show = replace(MUSE_SHOW, player="Ada Lovelace, Countess of Lovelace", setup=setup)
    results = replace(moments()["results"], show=show)  # type: ignore[type-var]
    with worn(Manner(text=text)):
        for scene in (ticked(begin(show), 60), results):
            has_room(drawn(scene), scene.name, floor_y())


def test_in_chinese_nothing_stays_english_but_names() -> None:
    names = {"Heron", "Ada", "Muse", "Neon", "Cyton", "Daisy", "Eyes", "laboratory", "downst"}
    with worn(Manner("zh_CN")):
        for name in SETTLED:
            english = set(re.findall(r"[A-Za-z]{4,}", said(moments()[name])))
            assert english <= names, (name, english - names)


# how it is handled


def test_for_a_left_hand_the_pause_lies_at_the_left_and_small_words_at_the_right() -> None:
    with worn(Manner(hand="left")):
        left = pause_box()
        paused, _ = moments()["play_fish"].update(Inputs(pointer=(left.x, left.y), clicked=True))
        small = [op for op in words(moments()["asleep"]) if "sleep" in op.words]
    assert not isinstance(paused, Quit)
    assert paused.name == "pause"
    assert left.x < WIDTH / 4
    assert pause_box().x == WIDTH - left.x
    assert min(op.x for op in small) > WIDTH / 2


def test_eyes_that_rest_on_the_pause_pause_and_eyes_that_pass_do_not() -> None:
    pause = pause_box()
    looks = Inputs(gaze=(pause.x, pause.y), devices=WELL)
    with worn(Manner(dwell_s=1.0)):
        assert ticked(moments()["play_fish"], 50, looks).name == "play"
        assert ticked(moments()["play_fish"], 62, looks).name == "pause"
    assert ticked(moments()["play_fish"], 62, looks).name == "play"


def test_one_switch_can_pause_in_a_break() -> None:
    with worn(Manner(scan_s=0.5)):
        rests = ticked(replace(moments()["break"], menu=Menu()), 31)  # type: ignore[type-var]
        assert pressed(rests, "confirm", "strike").name == "pause"


def test_own_keys_are_told_by_their_own_names() -> None:
    assert "Press P." in said(moments()["cue_resting"])
    with worn(Manner(keys=(("k", "pause"),))):
        assert "Press K." in said(moments()["cue_resting"])


def test_where_nothing_shall_move_the_stars_and_stones_of_a_page_stand_still() -> None:
    def stands(name: str, ticks: int) -> set[Sprite]:
        ops = drawn(ticked(moments()[name], ticks, Inputs(devices=devices.get(name, WELL))))
        shown = ("star_", "stone", "fish", "icon", "glasses")
        return {
            op
            for op in ops
            if isinstance(op, Text | Disc) or (isinstance(op, Sprite) and op.texture.startswith(shown))
        }

    devices = {f"fit_{life}": Devices(life, life) for life in ("fitting", "lost", "connecting")}

    with worn(Manner(still=True)):
        for name in ("results", "start_path", *devices):
            assert stands(name, 1) == stands(name, 47), name
    assert stands("results", 1) != stands("results", 47)
