"""The game's own window, by OpenGL 3.3 or later."""

from pathlib import Path
from typing import Any

import arcade
import numpy as np
from PIL import Image
from pyglet import gl
from pyglet.window import key, mouse

from game.draw import HEIGHT, WIDTH, DrawList
from game.flash import ACROSS, DOWN, Pixels
from game.windows.arcade_painter import Painter
from game.windows.canvas import hang
from game.windows.letterbox import Letterbox, letterbox
from game.windows.shapes import Pictures
from game.windows.window import Shown, Step, WindowInputs, keep_pace, usual

NO_CARD = ("llvmpipe", "softpipe", "swrast", "swiftshader", "software", "basic render")
"""In the names of the renderers of Mesa, Google, Apple and Microsoft that use no graphics card."""


class _Glance:
    """The picture in few pixels, made smaller in two steps on the graphics card: each is a mean of sixteen."""

    def __init__(self, ctx: Any) -> None:
        self._ctx = ctx
        self._steps = [
            ctx.framebuffer(color_attachments=[ctx.texture((ACROSS * times, DOWN * times), components=4)])
            for times in (2, 1)
        ]
        self._bytes = (gl.GLubyte * (ACROSS * DOWN * 4))()

    def take(self, canvas: Any) -> None:
        """Of what is painted on a canvas."""
        source, (across, down) = canvas.glo, canvas.size
        for step in self._steps:
            gl.glBindFramebuffer(gl.GL_READ_FRAMEBUFFER, source)
            gl.glBindFramebuffer(gl.GL_DRAW_FRAMEBUFFER, step.glo)
            gl.glScissor(0, 0, step.width, step.height)
            gl.glBlitFramebuffer(
                0, 0, across, down, 0, 0, step.width, step.height, gl.GL_COLOR_BUFFER_BIT, gl.GL_LINEAR
            )
            source, across, down = step.glo, step.width, step.height

    def pixels(self) -> Pixels:
        gl.glBindFramebuffer(gl.GL_READ_FRAMEBUFFER, self._steps[-1].glo)
        gl.glReadPixels(0, 0, ACROSS, DOWN, gl.GL_RGBA, gl.GL_UNSIGNED_BYTE, self._bytes)
        gl.glBindFramebuffer(gl.GL_READ_FRAMEBUFFER, self._ctx.screen.glo)
        return np.frombuffer(bytes(self._bytes), np.uint8).reshape(DOWN, ACROSS, 4)[..., :3]


class ArcadeWindow:
    """A window on the screen; with ARCADE_HEADLESS set before Arcade is imported, one that is only in memory."""

    note: str | None = None

    def __init__(self, title: str, pictures: Pictures) -> None:
        self._window: Any = arcade.Window(
            WIDTH, HEIGHT, title, resizable=True, antialiasing=False, vsync=True, enable_polling=False
        )
        self._painter = Painter(self._window.ctx, pictures)
        self._glance = _Glance(self._window.ctx)
        self._keys: list[str] = []
        self._typed = ""
        self._down: set[str] = set()
        self._mouse: tuple[float, float] | None = None
        self._clicked = self._closed = False
        self._focused = True
        self._window.push_handlers(
            on_key_press=self._on_key_press,
            on_key_release=self._on_key_release,
            on_text=self._on_text,
            on_text_motion=self._on_text_motion,
            on_mouse_motion=self._on_mouse,
            on_mouse_drag=self._on_mouse,
            on_mouse_enter=self._on_mouse,
            on_mouse_leave=self._on_mouse_leave,
            on_mouse_press=self._on_mouse_press,
            on_mouse_release=self._on_mouse_release,
            on_activate=lambda: self._on_focus(True),
            on_deactivate=lambda: self._on_focus(False),
            on_close=self._on_close,
        )

    @property
    def has_card(self) -> bool:
        """Whether a graphics card paints; the processor in its stead takes twice as long as by pygame."""
        renderer = str(self._window.ctx.info.RENDERER).lower()
        return not any(name in renderer for name in NO_CARD)

    def poll(self) -> WindowInputs:
        self._window.dispatch_events()
        pointer = None if self._mouse is None else self._box().to_picture(*self._mouse)
        keys, typed = tuple(self._keys), self._typed
        held = bool(self._down)
        inputs = WindowInputs(usual(keys), pointer, self._clicked, self._closed, self._focused, keys, typed, held)
        self._keys.clear()
        self._typed, self._clicked = "", False
        return inputs

    def _on_key_press(self, symbol: int, modifiers: int) -> bool:
        if symbol == key.F11 or (symbol == key.RETURN and modifiers & key.MOD_ALT):
            self._window.set_fullscreen(not self._window.fullscreen)
        else:
            self._keys.append(_name(symbol))
            self._down.add(self._keys[-1])
        return True

    def _on_key_release(self, symbol: int, _modifiers: int) -> None:
        self._down.discard(_name(symbol))

    def _on_text(self, text: str) -> None:
        self._typed += "".join(letter for letter in text if letter.isprintable())

    def _on_text_motion(self, motion: int) -> None:
        self._typed += "\b" if motion == key.MOTION_BACKSPACE else ""

    def _on_mouse(self, x: int, y: int, *_others: int) -> None:
        self._mouse = (x + 0.5, self._window.height - y - 0.5)

    def _on_mouse_leave(self, _x: int, _y: int) -> None:
        self._mouse = None

    def _on_mouse_press(self, x: int, y: int, button: int, _modifiers: int) -> None:
        self._on_mouse(x, y)
        if button == mouse.LEFT:
            self._clicked = True
            self._down.add("left button")

    def _on_mouse_release(self, _x: int, _y: int, button: int, _modifiers: int) -> None:
        if button == mouse.LEFT:
            self._down.discard("left button")

    def _on_focus(self, focused: bool) -> None:
        self._focused = focused
        self._down.clear()  # what is let go elsewhere is not told here

    def _on_close(self) -> bool:
        self._closed = True
        return True  # the game closes the window itself, when all is saved

    def _box(self) -> Letterbox:
        return letterbox(*self._window.get_size())

    def paint(self, ops: DrawList) -> None:
        box, ratio, screen = self._box(), self._window.get_pixel_ratio(), self._window.ctx.screen
        self._window.switch_to()
        canvas = self._painter.paint(ops, round(box.width * ratio), round(box.height * ratio))
        self._glance.take(canvas)
        screen.use(force=True)
        if (box.width, box.height) != self._window.get_size():
            screen.clear(color=(0, 0, 0))
        bottom = self._window.height - box.top - box.height
        hang(canvas, screen, round(box.left * ratio), round(bottom * ratio))

    def show(self) -> None:
        self._window.flip()

    def run(self, step: Step, shown: Shown, hurry: bool = False) -> None:
        keep_pace(self, step, shown, hurry)

    def screenshot(self) -> Image.Image:
        """What was painted last; call it before `show`, which leaves the hidden side undefined."""
        box = self._box()
        whole = arcade.get_image(components=3)
        ratio = whole.width / self._window.width
        place = (box.left, box.top, box.left + box.width, box.top + box.height)
        return whole.crop(tuple(round(edge * ratio) for edge in place))

    def glance(self) -> Pixels:
        self._window.switch_to()
        return self._glance.pixels()

    def save(self, path: Path) -> None:
        self.screenshot().save(path)

    def close(self) -> None:
        self._window.close()


def _name(symbol: int) -> str:
    """Of a key, as in KEYS."""
    return str(key.symbol_string(symbol)).lower().removeprefix("num_")
