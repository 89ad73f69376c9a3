"""Windows without OpenGL: one on the screen, and a canvas in memory that needs no display at all."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from game.draw import HEIGHT, WIDTH, DrawList
from game.errors import NoDisplay
from game.flash import ACROSS, DOWN, Pixels
from game.windows.letterbox import Letterbox, letterbox
from game.windows.pygame_painter import Painter, Surface
from game.windows.sdl import PAD_EVENTS, polite_pygame
from game.windows.shapes import Pictures
from game.windows.window import UNWATCHED_S, Shown, Step, WindowInputs, keep_pace, usual


class MemoryWindow:
    """A picture in memory, of 1280 x 720 or of another size that is 16:9: no display, no keys.

    Args: painted_s: between two pictures in a run; nobody watches.
    """

    note: str | None = None

    def __init__(
        self, pictures: Pictures, width: int = WIDTH, height: int = HEIGHT, *, painted_s: float = UNWATCHED_S
    ) -> None:
        self._painter, self._painted_s = Painter(pictures), painted_s
        self._canvas: Surface = polite_pygame().Surface((width, height), 0, 32)

    def poll(self) -> WindowInputs:
        return WindowInputs()

    def paint(self, ops: DrawList) -> None:
        self._painter.paint(self._canvas, ops)

    def show(self) -> None:
        """There is nobody to show it to."""

    def run(self, step: Step, shown: Shown, hurry: bool = False) -> None:
        keep_pace(self, step, shown, hurry, self._painted_s)

    def screenshot(self) -> Image.Image:
        return _photograph(self._canvas)

    def glance(self) -> Pixels:
        return _glanced(self._canvas)

    def pixels(self) -> NDArray[np.uint8]:
        """(height, width, 4) blue, green, red and anything; it is painted over with the next picture."""
        width, height = self._canvas.get_size()
        return np.frombuffer(self._canvas.get_buffer(), np.uint8).reshape(height, width, 4)

    def save(self, path: Path) -> None:
        self.screenshot().save(path)

    def close(self) -> None:
        """There is nothing to give back."""


class PygameWindow:
    """A window on the screen, painted in software.

    Raises: NoDisplay: SDL finds no screen.
    """

    def __init__(self, title: str, pictures: Pictures, note: str | None = None) -> None:
        self.note = note
        self._pygame = polite_pygame()
        self._painter = Painter(pictures)
        self._full = False
        self._down: set[str] = set()
        self._at: tuple[Surface, Letterbox] | None = None
        self._picture: Surface = None
        try:
            self._pygame.display.init()
            if self._pygame.display.get_driver() == "offscreen":  # SDL's last resort, which nobody sees
                raise self._pygame.error("no screen answers")
            self._pygame.display.set_mode((WIDTH, HEIGHT), self._pygame.RESIZABLE)
        except self._pygame.error as error:
            self._pygame.display.quit()
            raise NoDisplay from error
        self._pygame.display.set_caption(title)

    def poll(self) -> WindowInputs:
        pygame = self._pygame
        keys: list[str] = []
        typed = ""
        clicked = closed = False
        for event in pygame.event.get(exclude=[getattr(pygame, name) for name in PAD_EVENTS]):
            if event.type == pygame.QUIT:
                closed = True
            elif event.type == pygame.MOUSEBUTTONDOWN and event.button == pygame.BUTTON_LEFT:
                clicked = True
                self._down.add("left button")
            elif event.type == pygame.MOUSEBUTTONUP and event.button == pygame.BUTTON_LEFT:
                self._down.discard("left button")
            elif event.type == pygame.WINDOWFOCUSLOST:  # what is let go elsewhere is not told here
                self._down.clear()
            elif event.type == pygame.KEYUP:
                self._down.discard(pygame.key.name(event.key))
            elif event.type == pygame.TEXTINPUT:
                typed += event.text
            elif event.type != pygame.KEYDOWN:
                continue
            elif self._wants_other_size(event):
                self._toggle_fullscreen()
            else:
                keys.append(pygame.key.name(event.key))
                self._down.add(keys[-1])
                typed += "\b" if event.key == pygame.K_BACKSPACE else ""
        focused = pygame.key.get_focused()
        held = bool(self._down)
        return WindowInputs(usual(keys), self._pointer(), clicked, closed, focused, tuple(keys), typed, held)

    def _wants_other_size(self, event: Any) -> bool:
        with_alt = bool(event.mod & self._pygame.KMOD_ALT)
        return event.key == self._pygame.K_F11 or (event.key == self._pygame.K_RETURN and with_alt)

    def _toggle_fullscreen(self) -> None:
        self._full = not self._full
        if self._full:
            self._pygame.display.set_mode((0, 0), self._pygame.FULLSCREEN)
            return
        for _ in range(2):  # SDL leaves full screen with the first call, and takes the size with the second
            self._pygame.display.set_mode((WIDTH, HEIGHT), self._pygame.RESIZABLE)

    def _pointer(self) -> tuple[float, float] | None:
        x, y = self._pygame.mouse.get_pos()
        return self._box().to_picture(x + 0.5, y + 0.5) if self._pygame.mouse.get_focused() else None

    def _box(self) -> Letterbox:
        return letterbox(*self._pygame.display.get_surface().get_size())

    def _canvas(self) -> Surface:
        """The same as long as window and picture are: what is painted on is not prepared for another."""
        window, box = self._pygame.display.get_surface(), self._box()
        if self._at != (window, box):
            self._at, self._picture = (window, box), window.subsurface(tuple(box))
        return self._picture

    def paint(self, ops: DrawList) -> None:
        canvas = self._canvas()
        if canvas.get_size() != canvas.get_parent().get_size():
            canvas.get_parent().fill((0, 0, 0))
        self._painter.paint(canvas, ops)

    def show(self) -> None:
        self._pygame.display.flip()

    def run(self, step: Step, shown: Shown, hurry: bool = False) -> None:
        keep_pace(self, step, shown, hurry)

    def screenshot(self) -> Image.Image:
        return _photograph(self._canvas())

    def glance(self) -> Pixels:
        return _glanced(self._canvas())

    def save(self, path: Path) -> None:
        self.screenshot().save(path)

    def close(self) -> None:
        self._pygame.display.quit()


def _glanced(surface: Surface) -> Pixels:
    """Each cell's mean: a moving texture that is finer than a cell does not flash."""
    pygame = polite_pygame()
    small = pygame.transform.smoothscale(surface, (ACROSS, DOWN))
    return np.ascontiguousarray(pygame.surfarray.pixels3d(small).swapaxes(0, 1))


def _photograph(surface: Surface) -> Image.Image:
    return Image.frombytes("RGB", surface.get_size(), polite_pygame().image.tobytes(surface, "RGB"))
