"""From ticks to the ear: which sounds are begun, which music plays, and what is read aloud."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import assets
from engine import session
from engine.level import LEVELS
from engine.ports import Action, Inputs
from game.hearing import AT_HOME, Hearing
from game.loop import Loop
from game.manner import USUAL, Manner, Volumes
from game.scenes.scene import Show
from game.scenes.start import begin
from game.sound.levels import Tune

LEVEL = LEVELS.find("strike-01")
SPOKEN = replace(USUAL, voice=True)


class Ear:
    """Remembers all that it was asked for."""

    def __init__(self) -> None:
        self.read: set[str] = set()
        self.begun: list[tuple[str, bool]] = []
        self.said: list[list[str]] = []
        self.frames: list[tuple[Tune | None, float, Volumes]] = []

    def ready(self, names: Iterable[str]) -> None:
        self.read |= set(names)

    def play(self, name: str, tone: bool = False) -> None:
        self.begun.append((name, tone))

    def say(self, files: Sequence[Path]) -> None:
        self.said.append([path.name for path in files])

    def frame(self, tune: Tune | None, fullness: float, volumes: Volumes) -> None:
        self.frames.append((tune, fullness, volumes))


Recorded = Callable[[str], Mapping[str, Path]]


def two_sentences(language: str) -> Mapping[str, Path]:
    told = {"Look at the water. Blink as you like.": Path(f"{language}-look"), "Paused": Path(f"{language}-paused")}
    return told if language in ("en", "zh_CN") else {}


def hear(manner: Manner, presses: Mapping[int, Action], ticks: int, recorded: Recorded = two_sentences) -> Ear:
    """A sitting with a headset that plays by itself for so many ticks; what is pressed in which of them."""
    show = Show(
        session.Setup(session.alike(LEVEL, 10.0), seed=1, rest_s=30.0, has_headset=True),
        "Ada",
        headset="Muse",
        channels=("TP9", "AF7"),
        manner=manner,
    )
    loop, ear = Loop(begin(show)), Ear()
    hearing = Hearing(ear, recorded)
    for number in range(1, ticks + 1):
        pressed = (presses[number],) if number in presses else ()
        for ticked in loop.advance(1 / 60, Inputs(pressed=pressed)):
            hearing.played(ticked)
        if loop.scene:
            hearing.follow(loop.scene)
    return ear


INTO_REST: Mapping[int, Action] = {60: "confirm", 180: "confirm"}


def test_every_sound_of_an_event_is_read_before_it_is_needed() -> None:
    ear = hear(USUAL, {}, 1)
    assert {"plip", "wood", "cuckoo"} < ear.read
    assert "music" not in ear.read


def test_the_music_is_that_of_the_place_and_its_hour() -> None:
    tune, fullness, volumes = hear(USUAL, {}, 1).frames[-1]
    assert tune == Tune(LEVEL.hour, LEVEL.place)
    assert (fullness, volumes) == (AT_HOME, USUAL.volumes)


def test_music_follows_the_water_in_a_sitting_and_leaves_in_a_pause() -> None:
    ear = hear(USUAL, {**INTO_REST, 300: "pause"}, 330)
    assert all(tune is not None for tune, *_ in ear.frames[:290])
    assert all(tune is None for tune, *_ in ear.frames[300:])


def test_what_begins_is_played_once() -> None:
    assert hear(USUAL, INTO_REST, 300).begun == [("tap", False), ("wood", False)]


def test_the_screen_is_read_aloud_in_the_players_language() -> None:
    for language in ("en", "zh_CN"):
        manner = replace(SPOKEN, language=language)  # type: ignore[arg-type]
        assert hear(manner, {**INTO_REST, 400: "pause"}, 500).said == [
            [f"{language}-look"],
            [],
            [f"{language}-paused"],
        ]


def test_nothing_is_read_aloud_to_whoever_did_not_ask_or_has_no_voice() -> None:
    mute = replace(SPOKEN, volumes=Volumes(voice=0.0))
    for manner in (USUAL, mute, replace(SPOKEN, language="qps")):
        assert hear(manner, INTO_REST, 400).said == []


def test_the_voice_that_heron_brings_reads_its_pages() -> None:
    said = hear(SPOKEN, {**INTO_REST, 400: "pause"}, 500, assets.voice).said
    assert [name for names in said for name in names] == [
        *("headset-on.ogg", "rest-look.ogg"),
        *("paused.ogg", "pause-waits.ogg"),
    ]
