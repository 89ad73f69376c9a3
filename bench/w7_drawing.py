"""W7: one picture of 1280 x 720, by each of Heron's painters."""

import os
from collections.abc import Callable
from dataclasses import replace

import numpy as np

import assets
from bench.measure import Contender, Progress, Result, interleaved
from engine.distractors import LADDER, Distractors
from engine.level import LEVELS
from engine.ports import Inputs
from engine.session import Setup, alike
from game.draw import HEIGHT, WIDTH, Clear, DrawList, Op, Sprite, Text
from game.loop import drawn
from game.scenes.scene import Quit, Scene, Show
from game.scenes.sit import Sit
from game.scenes.start import begin
from game.windows import Window, open_window

SPRITES, TEXTS = 500, 20
CROWD, MARSH = "500 sprites and 20 texts", "the marsh as played, all distractors about"
WARM_FRAMES = 120
PLAYED_TICKS = 600
"""Pictures of the game that are painted one after the other."""


def run(seconds: float, progress: Progress) -> Result:
    """A crowded picture and the pictures of the game, in software and by OpenGL where there is one."""
    crowd = [crowded(k) for k in range(PLAYED_TICKS)]
    marsh = played()
    software = open_window("memory", "Heron", assets.picture)
    contenders = [
        Contender("pygame", _paints(software, crowd), ours=True, carries=True, work=CROWD),
        Contender("pygame", _paints(software, marsh), ours=True, carries=True, work=MARSH),
        Contender("copying one picture", _copies(), work="the machine"),
    ]
    os.environ["ARCADE_HEADLESS"] = "1"
    hardware = open_window("arcade", "Heron", assets.picture)
    notes: tuple[str, ...] = ()
    if hardware.note:
        notes = ("Arcade was not measured: no OpenGL 3.3 by EGL was found here.",)
    else:
        notes = (f"Arcade's OpenGL here: {_renderer()}.",)
        contenders += [
            Contender("Arcade", _finishes(hardware, crowd), ours=True, carries=True, work=CROWD),
            Contender("Arcade", _finishes(hardware, marsh), ours=True, carries=True, work=MARSH),
        ]
    timed = interleaved(contenders, seconds, progress, WARM_FRAMES)
    hardware.close()
    return Result("W7", "draw a frame", *timed, notes=notes)


def crowded(k: int) -> DrawList:
    """Frame k of 500 fireflies that drift and 20 texts of which two change ten times a second."""
    sprites: list[Op] = [
        Sprite("firefly", (37 * i + k) % WIDTH, (53 * i) % HEIGHT, alpha=0.5 + (i % 5) / 10) for i in range(SPRITES)
    ]
    texts = [Text(f"words {i}", 100 + 300 * (i % 4), 40 + 130 * (i // 4), 20, (250, 250, 240)) for i in range(TEXTS)]
    texts[:2] = [
        t._replace(words=f"{name} {k // 6 % 10}") for t, name in zip(texts, ("trial", "score"), strict=False)
    ]
    return (Clear((40, 60, 70)), *sprites, *texts)


def played() -> list[DrawList]:
    """PLAYED_TICKS pictures of a sitting without a headset, from the tick in which its first block begins."""
    setup = replace(SETUP, has_headset=False)
    scene: Scene | Quit = begin(Show(setup, "Bench"))
    pictures: list[DrawList] = []
    while len(pictures) < PLAYED_TICKS:
        if isinstance(scene, Quit):
            raise ValueError("the sitting ended before it was painted")
        plays = isinstance(scene, Sit) and scene.name == "play"
        if plays:
            pictures.append(drawn(replace(scene, sitting=replace(scene.sitting, distractors=ALL))))
        scene, _ = scene.update(Inputs(pressed=() if plays else ("confirm",)))
    return pictures


SETUP = Setup(alike(LEVELS.find("strike-04"), 60.0), seed=1, rest_s=10.0, warmup_s=10.0)
"""Noon by the lake: the place and the time with the most light to paint."""
ALL = Distractors(len(LADDER), len(LADDER), 1000)


def _paints(window: Window, pictures: list[DrawList]) -> Callable[[int], None]:
    def step(k: int) -> None:
        window.paint(pictures[k % len(pictures)])
        window.show()

    return step


def _finishes(window: Window, pictures: list[DrawList]) -> Callable[[int], None]:
    from pyglet import gl  # noqa: PLC0415 -- opens a display; by now it knows that there is none

    paint = _paints(window, pictures)

    def step(k: int) -> None:
        paint(k)
        gl.glFinish()

    return step


def _copies() -> Callable[[int], None]:
    """The bound of all painting: every pixel is written once."""
    from_, to = np.ones((HEIGHT, WIDTH), np.uint32), np.ones((HEIGHT, WIDTH), np.uint32)
    return lambda _k: np.copyto(to, from_)


def _renderer() -> str:
    from pyglet.gl import gl_info  # noqa: PLC0415

    return str(gl_info.get_renderer())
