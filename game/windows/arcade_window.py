"""The game's own window: the draw list as one ordered list of Arcade sprites, by OpenGL 3.3 or later."""

from collections import OrderedDict
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

import arcade
import numpy as np
from PIL import Image, ImageOps
from pyglet import gl
from pyglet.math import Mat4
from pyglet.window import key, mouse

from game.draw import HEIGHT, WIDTH, DrawList
from game.flash import ACROSS, DOWN, Pixels
from game.windows.letterbox import Letterbox, letterbox
from game.windows.quads import Cut, Quad, frame
from game.windows.shapes import Picture, Pictures, Shape, Shapes, Solid
from game.windows.window import Shown, Step, WindowInputs, keep_pace, usual

MASKS_KEPT = 512
"""Own choice: several screens full of words. An older one leaves the atlas when no sprite shows it any more."""

NO_CARD = ("llvmpipe", "softpipe", "swrast", "swiftshader", "software", "basic render")
"""In the names of the renderers of Mesa, Google, Apple and Microsoft that use no graphics card."""

NOWHERE = Quad(Solid(), 0, 0, 1, 1, (0, 0, 0), 0.0)


class _Layer(NamedTuple):
    """Sprites that are drawn in one call, and the quads that they show."""

    sprites: Any
    shown: list[Quad]


class Painter:
    """Paints frames with sprites that are never thrown away, touching only those that changed.

    Colours are multiplied by alpha throughout. So added light is a sprite that hides next to nothing behind it: it
    needs no blending of its own, and the whole picture is one call, or one for each stretch with a cut of its own.
    """

    def __init__(self, pictures: Pictures) -> None:
        self._shapes = Shapes(pictures)
        self._layers: list[_Layer] = []
        self._pictures: dict[tuple[Shape, bool], Any] = {}
        self._masks: OrderedDict[Shape, Any] = OrderedDict()

    def paint(self, ctx: Any, ops: DrawList, width: int, height: int) -> None:
        """Paint `ops` over the viewport, which is `width` x `height` pixels."""
        colour, quads = frame(ops, self._shapes, width / WIDTH)
        target = ctx.active_framebuffer
        target.clear(color=colour, viewport=target.viewport)
        ctx.projection_matrix = Mat4.orthogonal_projection(0, width, 0, height, -1, 1)
        ctx.view_matrix = Mat4()
        for number, (cut, some) in enumerate(groupby(quads, key=lambda quad: quad.cut)):
            if number == len(self._layers):
                self._layers.append(_Layer(arcade.SpriteList(), []))
            layer = self._layers[number]
            self._fill(layer, list(some), height)
            if cut is not None:
                _scissor(cut, height)
            layer.sprites.draw(blend_function=(ctx.ONE, ctx.ONE_MINUS_SRC_ALPHA))
            if cut is not None:
                target.scissor = None

    def _fill(self, layer: _Layer, quads: list[Quad], height: int) -> None:
        for slot in range(max(len(quads), len(layer.shown))):
            self._put(layer, slot, quads[slot] if slot < len(quads) else NOWHERE, height)

    def _put(self, layer: _Layer, slot: int, quad: Quad, height: int) -> None:
        if slot == len(layer.shown):
            layer.sprites.append(arcade.Sprite(self._texture(Solid(), False)))
        elif layer.shown[slot] == quad:
            return
        layer.shown[slot : slot + 1] = [quad]
        sprite = layer.sprites[slot]
        sprite.texture = self._texture(quad.shape, quad.flip)
        sprite.size = self._size(quad)
        sprite.position = (quad.x, height - quad.y)
        sprite.angle = quad.angle
        sprite.color = _vertex_colour(quad)

    def _size(self, quad: Quad) -> tuple[float, float]:
        """Arcade stretches a texture from the middles of its outermost pixels, which are the border's."""
        if isinstance(quad.shape, Solid):
            return quad.width, quad.height
        width, height = self._shapes.size(quad.shape)
        return (width + 1) * quad.width / width, (height + 1) * quad.height / height

    def _texture(self, shape: Shape, flip: bool) -> Any:
        if isinstance(shape, Picture | Solid):
            if (shape, flip) not in self._pictures:
                self._pictures[shape, flip] = self._made(shape, flip)
            return self._pictures[shape, flip]
        if shape in self._masks:
            self._masks.move_to_end(shape)
        else:
            self._masks[shape] = self._made(shape, flip)
            if len(self._masks) > MASKS_KEPT:
                self._masks.popitem(last=False)
        return self._masks[shape]

    def _made(self, shape: Shape, flip: bool) -> Any:
        image = self._shapes.image(shape)
        if flip:  # here, because Arcade's own mirrored textures are a pixel off
            image = ImageOps.mirror(image)
        if not isinstance(shape, Solid):
            image = _bordered(image)
        image = Image.frombytes("RGBA", image.size, image.convert("RGBa").tobytes())
        box = ((-1, -1), (1, -1), (1, 1), (-1, 1))  # nothing collides; else Arcade traces the outline of each picture
        return arcade.Texture(image, hash=repr((shape, flip)), hit_box_points=box)


def _bordered(image: Image.Image) -> Image.Image:
    """With one more pixel all round: clear, for a soft edge; but what is as wide as the screen goes on beyond it."""
    if image.width < WIDTH:
        return ImageOps.expand(image, 1)
    return Image.fromarray(np.pad(np.asarray(image), ((1, 1), (1, 1), (0, 0)), mode="edge"))


def _scissor(cut: Cut, height: int) -> None:
    """Nothing is painted outside the cut until the target's own scissor is set again."""
    viewport = (gl.GLint * 4)()
    gl.glGetIntegerv(gl.GL_VIEWPORT, viewport)
    left, bottom = viewport[0] + cut.left, viewport[1] + height - cut.bottom
    gl.glScissor(left, bottom, cut.right - cut.left, cut.bottom - cut.top)


def _vertex_colour(quad: Quad) -> tuple[int, int, int, int]:
    red, green, blue = (round(part * quad.alpha) for part in quad.colour)
    # 1 and not 0: Arcade's shader drops a pixel that hides nothing at all.
    return red, green, blue, (min(1, red + green + blue) if quad.blend == "add" else round(255 * quad.alpha))


class _Glance:
    """The picture in few pixels, made smaller in two steps on the graphics card: each is a mean of sixteen."""

    def __init__(self, ctx: Any) -> None:
        self._ctx = ctx
        self._steps = [
            ctx.framebuffer(color_attachments=[ctx.texture((ACROSS * times, DOWN * times), components=4)])
            for times in (2, 1)
        ]
        self._bytes = (gl.GLubyte * (ACROSS * DOWN * 4))()

    def take(self) -> None:
        """Of what is painted on the screen's viewport."""
        viewport = (gl.GLint * 4)()
        gl.glGetIntegerv(gl.GL_VIEWPORT, viewport)
        left, bottom, width, height = viewport
        source, area = self._ctx.screen.glo, (left, bottom, left + width, bottom + height)
        for step in self._steps:
            gl.glBindFramebuffer(gl.GL_READ_FRAMEBUFFER, source)
            gl.glBindFramebuffer(gl.GL_DRAW_FRAMEBUFFER, step.glo)
            gl.glScissor(0, 0, step.width, step.height)
            gl.glBlitFramebuffer(*area, 0, 0, step.width, step.height, gl.GL_COLOR_BUFFER_BIT, gl.GL_LINEAR)
            source, area = step.glo, (0, 0, step.width, step.height)
        gl.glBindFramebuffer(gl.GL_FRAMEBUFFER, self._ctx.screen.glo)
        gl.glScissor(*viewport)

    def pixels(self) -> Pixels:
        gl.glBindFramebuffer(gl.GL_READ_FRAMEBUFFER, self._steps[-1].glo)
        gl.glReadPixels(0, 0, ACROSS, DOWN, gl.GL_RGBA, gl.GL_UNSIGNED_BYTE, self._bytes)
        gl.glBindFramebuffer(gl.GL_READ_FRAMEBUFFER, self._ctx.screen.glo)
        return np.frombuffer(bytes(self._bytes), np.uint8).reshape(DOWN, ACROSS, 4)[::-1, :, :3]


class ArcadeWindow:
    """A window on the screen; with ARCADE_HEADLESS set before Arcade is imported, one that is only in memory."""

    note: str | None = None

    def __init__(self, title: str, pictures: Pictures) -> None:
        self._window: Any = arcade.Window(
            WIDTH, HEIGHT, title, resizable=True, antialiasing=False, vsync=True, enable_polling=False
        )
        self._painter = Painter(pictures)
        self._glance = _Glance(self._window.ctx)
        self._keys: list[str] = []
        self._typed = ""
        self._mouse: tuple[float, float] | None = None
        self._clicked = self._closed = False
        self._focused = True
        self._window.push_handlers(
            on_key_press=self._on_key_press,
            on_text=self._on_text,
            on_text_motion=self._on_text_motion,
            on_mouse_motion=self._on_mouse,
            on_mouse_drag=self._on_mouse,
            on_mouse_enter=self._on_mouse,
            on_mouse_leave=self._on_mouse_leave,
            on_mouse_press=self._on_mouse_press,
            on_activate=lambda: self._on_focus(True),
            on_deactivate=lambda: self._on_focus(False),
            on_close=self._on_close,
        )

    @property
    def has_card(self) -> bool:
        """Whether a graphics card paints; the processor in its stead takes five times as long as by pygame."""
        renderer = str(self._window.ctx.info.RENDERER).lower()
        return not any(name in renderer for name in NO_CARD)

    def poll(self) -> WindowInputs:
        self._window.dispatch_events()
        pointer = None if self._mouse is None else self._box().to_picture(*self._mouse)
        keys, typed = tuple(self._keys), self._typed
        inputs = WindowInputs(usual(keys), pointer, self._clicked, self._closed, self._focused, keys, typed)
        self._keys.clear()
        self._typed, self._clicked = "", False
        return inputs

    def _on_key_press(self, symbol: int, modifiers: int) -> bool:
        if symbol == key.F11 or (symbol == key.RETURN and modifiers & key.MOD_ALT):
            self._window.set_fullscreen(not self._window.fullscreen)
        else:
            self._keys.append(key.symbol_string(symbol).lower().removeprefix("num_"))
        return True

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
        self._clicked = self._clicked or button == mouse.LEFT

    def _on_focus(self, focused: bool) -> None:
        self._focused = focused

    def _on_close(self) -> bool:
        self._closed = True
        return True  # the game closes the window itself, when all is saved

    def _box(self) -> Letterbox:
        return letterbox(*self._window.get_size())

    def paint(self, ops: DrawList) -> None:
        box, ratio, screen = self._box(), self._window.get_pixel_ratio(), self._window.ctx.screen
        self._window.switch_to()
        screen.use()
        screen.clear(color=(0, 0, 0))
        screen.viewport = (box.left, self._window.height - box.top - box.height, box.width, box.height)
        self._painter.paint(self._window.ctx, ops, round(box.width * ratio), round(box.height * ratio))
        self._glance.take()

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
