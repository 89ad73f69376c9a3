"""The game's own window: the draw list as one ordered list of Arcade sprites, by OpenGL 3.3 or later."""

from collections import OrderedDict
from pathlib import Path
from typing import Any

import arcade
from PIL import Image, ImageOps
from pyglet.math import Mat4
from pyglet.window import key, mouse

from engine.ports import Action
from game.draw import HEIGHT, WIDTH, DrawList
from game.windows.letterbox import Letterbox, letterbox
from game.windows.quads import Quad, frame
from game.windows.shapes import Picture, Pictures, Shape, Shapes, Solid
from game.windows.window import KEYS, Shown, Step, WindowInputs, keep_pace

MASKS_KEPT = 512
"""Own choice: several screens full of words. An older one leaves the atlas when no sprite shows it any more."""

NOWHERE = Quad(Solid(), 0, 0, 1, 1, (0, 0, 0), 0.0)


class Painter:
    """Paints frames with sprites that are never thrown away, touching only those that changed.

    Colours are multiplied by alpha throughout. So added light is a sprite that hides next to nothing behind it: it
    needs no blending of its own, and the whole picture is one call.
    """

    def __init__(self, pictures: Pictures) -> None:
        self._shapes = Shapes(pictures)
        self._sprites: Any = arcade.SpriteList()
        self._shown: list[Quad] = []
        self._pictures: dict[tuple[Shape, bool], Any] = {}
        self._masks: OrderedDict[Shape, Any] = OrderedDict()

    def paint(self, ctx: Any, ops: DrawList, width: int, height: int) -> None:
        """Paint `ops` over the viewport, which is `width` x `height` pixels."""
        colour, quads = frame(ops, self._shapes, width / WIDTH)
        ctx.screen.clear(color=colour, viewport=ctx.screen.viewport)
        ctx.projection_matrix = Mat4.orthogonal_projection(0, width, 0, height, -1, 1)
        ctx.view_matrix = Mat4()
        for slot in range(max(len(quads), len(self._shown))):
            self._put(slot, quads[slot] if slot < len(quads) else NOWHERE, height)
        self._sprites.draw(blend_function=(ctx.ONE, ctx.ONE_MINUS_SRC_ALPHA))

    def _put(self, slot: int, quad: Quad, height: int) -> None:
        if slot == len(self._shown):
            self._sprites.append(arcade.Sprite(self._texture(Solid(), False)))
        elif self._shown[slot] == quad:
            return
        self._shown[slot : slot + 1] = [quad]
        sprite = self._sprites[slot]
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
            image = ImageOps.expand(image, 1)  # a clear border, for a soft edge
        image = Image.frombytes("RGBA", image.size, image.convert("RGBa").tobytes())
        box = ((-1, -1), (1, -1), (1, 1), (-1, 1))  # nothing collides; else Arcade traces the outline of each picture
        return arcade.Texture(image, hash=repr((shape, flip)), hit_box_points=box)


def _vertex_colour(quad: Quad) -> tuple[int, int, int, int]:
    red, green, blue = (round(part * quad.alpha) for part in quad.colour)
    # 1 and not 0: Arcade's shader drops a pixel that hides nothing at all.
    return red, green, blue, (min(1, red + green + blue) if quad.blend == "add" else round(255 * quad.alpha))


class ArcadeWindow:
    """A window on the screen; with ARCADE_HEADLESS set before Arcade is imported, one that is only in memory."""

    note: str | None = None

    def __init__(self, title: str, pictures: Pictures) -> None:
        self._window: Any = arcade.Window(
            WIDTH, HEIGHT, title, resizable=True, antialiasing=False, vsync=True, enable_polling=False
        )
        self._painter = Painter(pictures)
        self._pressed: set[Action] = set()
        self._mouse: tuple[float, float] | None = None
        self._clicked = self._closed = False
        self._focused = True
        self._window.push_handlers(
            on_key_press=self._on_key_press,
            on_mouse_motion=self._on_mouse,
            on_mouse_drag=self._on_mouse,
            on_mouse_enter=self._on_mouse,
            on_mouse_leave=self._on_mouse_leave,
            on_mouse_press=self._on_mouse_press,
            on_activate=lambda: self._on_focus(True),
            on_deactivate=lambda: self._on_focus(False),
            on_close=self._on_close,
        )

    def poll(self) -> WindowInputs:
        self._window.dispatch_events()
        pointer = None if self._mouse is None else self._box().to_picture(*self._mouse)
        inputs = WindowInputs(tuple(sorted(self._pressed)), pointer, self._clicked, self._closed, self._focused)
        self._pressed.clear()
        self._clicked = False
        return inputs

    def _on_key_press(self, symbol: int, modifiers: int) -> bool:
        if symbol == key.F11 or (symbol == key.RETURN and modifiers & key.MOD_ALT):
            self._window.set_fullscreen(not self._window.fullscreen)
        else:
            self._pressed.update(KEYS.get(key.symbol_string(symbol).lower().removeprefix("num_"), ()))
        return True

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

    def save(self, path: Path) -> None:
        self.screenshot().save(path)

    def close(self) -> None:
        self._window.close()
