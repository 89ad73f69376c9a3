"""The draw list painted by OpenGL: one array of corners a picture, and a call for each stretch of one texture."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any, NamedTuple

import arcade
import numpy as np
from arcade.gl import BufferDescription
from numpy.typing import NDArray
from PIL import Image, ImageOps
from pyglet import gl

from game.draw import HEIGHT, WIDTH, DrawList
from game.windows.canvas import canvas, texture
from game.windows.kept import Kept
from game.windows.quads import Cut, Quad, frame, whole
from game.windows.shapes import Picture, Pictures, Shape, Shapes, Solid
from game.windows.tiles import parts_of

LARGE = 2**14
"""Pixels from which a picture has a texture of its own; what is smaller lies on one, so that much is one call."""
LARGE_BYTES = 48 * 2**20
"""Of large pictures. Own choice: one place at one time of the day takes 15 MB, and on the way to another both are."""
SMALL_KEPT = 512
"""Small pictures and words: several screens full of them. An older one leaves the atlas."""

_PLACE = """#version 330
uniform vec2 size;
in vec2 in_at;
in vec2 in_on;
in vec4 in_colour;
out vec2 on;
out vec4 colour;
void main() {
    gl_Position = vec4(2 * in_at / size - 1, 0, 1);
    on = in_on;
    colour = in_colour;
}"""
_TINT = """#version 330
uniform sampler2D picture;
in vec2 on;
in vec4 colour;
out vec4 light;
void main() {
    light = texture(picture, on) * colour;
}"""
_FADE = """#version 330
uniform sampler2D picture;
uniform vec4 tint;
in vec2 on;
out vec4 light;
void main() {
    light = texture(picture, on) * tint;
}"""
"""For large pictures: a colour that comes with the corners llvmpipe mixes up on its fast path."""
_COPY = """#version 330
uniform sampler2D picture;
in vec2 on;
out vec4 light;
void main() {
    light = texture(picture, on);
}"""

_PLAIN = (1.0, 1.0, 1.0, 1.0)
_WHOLE = np.array([(0.0, 0.0, 1.0, 1.0)])
_TWO_TRIANGLES = np.array([0, 1, 2, 2, 1, 3], np.uint32)


class _Sheet(NamedTuple):
    """The texture that a shape lies on, and where, of a texture that is 1 wide and 1 high.

    wider, higher: how much larger it is with its clear edge, for a soft one
    own:    pixels, of what has a texture of its own
    parts:  (n, 4) left, top, right and bottom of all that is not clear, 0..1 of it
    opaque: so many of the last of them hide all that is behind them
    """

    texture: Any
    left: float
    top: float
    width: float
    height: float
    wider: float = 1.0
    higher: float = 1.0
    own: tuple[int, int] | None = None
    parts: NDArray[np.float64] = _WHOLE
    opaque: int = 0


class _Stretch(NamedTuple):
    """What one call can paint.

    sharp: each pixel is one of the texture's; opaque: nothing behind shines through; turned: large and not upright
    tint:  what its light is multiplied by; None where each quad has its own
    """

    texture: Any
    sharp: bool
    opaque: bool
    turned: bool
    tint: tuple[float, float, float, float] | None
    cut: Cut | None


class Painter:
    """Paints each quad of a frame as two triangles, in order.

    Colours are multiplied by alpha throughout. So added light is a quad that hides nothing behind it: it needs no
    blending of its own.
    """

    def __init__(self, ctx: Any, pictures: Pictures) -> None:
        self._ctx = ctx
        self._canvas = canvas(ctx, (WIDTH, HEIGHT))
        self._brush = _Brush(ctx)
        self._shapes = Shapes(pictures)
        self._large = Kept[_Sheet](LARGE_BYTES, lambda sheet: 4 * sheet.texture.width * sheet.texture.height)
        self._small = Kept[Any](SMALL_KEPT, lambda _texture: 1)

    def paint(self, ops: DrawList, width: int, height: int) -> Any:
        """Paint `ops` on a canvas of `width` x `height` pixels and give it (`game.windows.canvas`).

        It is the same one each time.
        """
        colour, quads = frame(ops, self._shapes, width / WIDTH)
        laid = list(zip(quads, self._sheets(quads), strict=True))
        self._brush.dip(_corners(laid), width, height)
        if self._canvas.size != (width, height):
            self._canvas = canvas(self._ctx, (width, height))
        self._canvas.use(force=True)
        self._canvas.clear(color=colour)
        first, turned = 0, False
        for stretch, some in groupby(_stretches(laid), key=lambda stretch: stretch[0]):
            if stretch.turned != turned:  # llvmpipe is slow wherever anything is turned in what it paints at a time
                turned = stretch.turned
                gl.glFlush()
            count = sum(n for _, n in some)
            self._brush.stroke(stretch, first, count)
            first += count
        return self._canvas

    def _sheets(self, quads: Sequence[Quad]) -> list[_Sheet]:
        """Where each shape lies; all are there before any is looked up, for what is new may move what is small."""
        papers = [self._paper(quad.shape) for quad in quads]
        return [
            paper if isinstance(paper, _Sheet) else _small_sheet(self._ctx.default_atlas, paper) for paper in papers
        ]

    def _paper(self, shape: Shape) -> Any:
        """A sheet for itself, or one of the textures in Arcade's atlas."""
        width, height = self._shapes.size(shape)
        if isinstance(shape, Picture) and width * height >= LARGE:
            return self._large.get(shape, lambda: _large_sheet(self._ctx, self._shapes.image(shape)))
        return self._small.get(
            shape, lambda: _small_texture(self._ctx.default_atlas, shape, self._shapes.image(shape))
        )


class _Brush:
    """The program and the buffers that everything is painted with."""

    def __init__(self, ctx: Any) -> None:
        self._ctx = ctx
        self._tint, self._fade, self._copy = (
            ctx.program(vertex_shader=_PLACE, fragment_shader=way) for way in (_TINT, _FADE, _COPY)
        )
        self._room = 0

    def dip(self, corners: NDArray[np.float32], width: int, height: int) -> None:
        """Take up the quads of a picture, as `_corners` has them."""
        while len(corners) > self._room:
            self._make_room(max(256, 2 * self._room))
        self._tint["size"] = self._fade["size"] = self._copy["size"] = width, height
        if len(corners):
            self._corners.write(corners.tobytes())

    def _make_room(self, quads: int) -> None:
        self._room = quads
        self._corners = self._ctx.buffer(reserve=quads * 4 * 8 * 4)
        numbers = 4 * np.arange(quads, dtype=np.uint32)[:, None] + _TWO_TRIANGLES
        self._geometry = self._ctx.geometry(
            [BufferDescription(self._corners, "2f 2f 4f", ["in_at", "in_on", "in_colour"])],
            index_buffer=self._ctx.buffer(data=numbers.tobytes()),
        )

    def stroke(self, stretch: _Stretch, first: int, count: int) -> None:
        """Paint so many of them on the canvas."""
        ctx = self._ctx
        nearness = ctx.NEAREST if stretch.sharp else ctx.LINEAR
        if stretch.texture.filter != (nearness, nearness):
            stretch.texture.filter = nearness, nearness
        stretch.texture.use()
        if stretch.opaque:
            ctx.disable(ctx.BLEND)
        else:
            ctx.enable(ctx.BLEND)
            ctx.blend_func = ctx.ONE, ctx.ONE_MINUS_SRC_ALPHA
        if stretch.cut is not None:
            left, top, right, bottom = stretch.cut
            gl.glScissor(left, top, right - left, bottom - top)
        self._geometry.render(self._way(stretch.tint), mode=ctx.TRIANGLES, first=6 * first, vertices=6 * count)
        if stretch.cut is not None:
            ctx.active_framebuffer.scissor = None

    def _way(self, tint: tuple[float, float, float, float] | None) -> Any:
        if tint is None:
            return self._tint
        if tint == _PLAIN:
            return self._copy
        self._fade["tint"] = tint
        return self._fade


def _corners(laid: Sequence[tuple[Quad, _Sheet]]) -> NDArray[np.float32]:
    """(n, 4, 8) of each part of each quad, the corners: where they lie, where on the texture, and their colour."""
    if not laid:
        return np.empty((0, 4, 8), np.float32)
    parts = np.concatenate([sheet.parts for _, sheet in laid])
    told = np.repeat([_row(*each) for each in laid], [len(sheet.parts) for _, sheet in laid], axis=0)
    across, down = parts[:, [0, 2, 0, 2]], parts[:, [1, 1, 3, 3]]
    x, y = (across - 0.5) * told[:, 2:3], (down - 0.5) * told[:, 3:4]
    cos, sin = (turn(np.radians(told[:, 4:5])) for turn in (np.cos, np.sin))
    corners = np.empty((len(told), 4, 8), np.float32)
    corners[..., 0] = told[:, 0:1] + cos * x - sin * y
    corners[..., 1] = told[:, 1:2] + sin * x + cos * y
    corners[..., 2] = told[:, 5:6] + across * told[:, 7:8]
    corners[..., 3] = told[:, 6:7] + down * told[:, 8:9]
    corners[..., 4:] = told[:, None, 9:]
    return corners


def _row(quad: Quad, sheet: _Sheet) -> tuple[float, ...]:
    """x, y, width, height and degrees; left, top, width and height on the texture; colour and alpha."""
    if _is_sharp(quad, sheet):
        quad = whole(quad)
    width = -quad.width if quad.flip else quad.width  # mirrored where it lies: its parts stay with it
    return (
        *(quad.x, quad.y, width * sheet.wider, quad.height * sheet.higher, quad.angle),
        *(sheet.left, sheet.top, sheet.width, sheet.height),
        *_tint(quad),
    )


def _tint(quad: Quad) -> tuple[float, float, float, float]:
    red, green, blue = (part * quad.alpha / 255 for part in quad.colour)
    return red, green, blue, 0.0 if quad.blend == "add" else quad.alpha


def _is_sharp(quad: Quad, sheet: _Sheet) -> bool:
    return quad.angle == 0 and (quad.width, quad.height) == sheet.own


def _stretches(laid: Iterable[tuple[Quad, _Sheet]]) -> Iterable[tuple[_Stretch, int]]:
    """How each quad's parts are painted, and how many alike."""
    for quad, sheet in laid:
        tint = None if sheet.own is None else _tint(quad)
        opaque = sheet.opaque if tint == _PLAIN else 0
        turned = sheet.own is not None and quad.angle % 90 != 0
        through = _Stretch(sheet.texture, _is_sharp(quad, sheet), False, turned, tint, quad.cut)
        if len(sheet.parts) > opaque:
            yield through, len(sheet.parts) - opaque
        if opaque:
            yield through._replace(opaque=True), opaque


def _large_sheet(ctx: Any, image: Image.Image) -> _Sheet:
    """What is as wide as the screen goes on beyond its edges; all else has soft ones."""
    border = 0 if image.width >= WIDTH else 1
    pixels = _multiplied(ImageOps.expand(image, border))
    parts = parts_of(np.pad(np.asarray(image.getchannel("A")), border))
    return _Sheet(texture(ctx, pixels.size, pixels), 0, 0, 1, 1, *_grown(pixels.size, border), image.size, *parts)


def _small_texture(atlas: Any, shape: Shape, image: Image.Image) -> Any:
    if not isinstance(shape, Solid):
        image = ImageOps.expand(image, 1)
    nowhere = ((-1, -1), (1, -1), (1, 1), (-1, 1))  # nothing collides; else Arcade traces the outline of each picture
    texture = arcade.Texture(_multiplied(image), hash=repr(shape), hit_box_points=nowhere)
    atlas.add(texture)
    return texture


def _small_sheet(atlas: Any, texture: Any) -> _Sheet:
    left, top, *_, right, bottom = atlas.get_texture_region_info(texture.atlas_name).texture_coordinates
    if texture.size == (1, 1):  # one colour: its middle, which nothing beside it reaches into
        return _Sheet(atlas.texture, (left + right) / 2, (top + bottom) / 2, 0, 0)
    return _Sheet(atlas.texture, left, top, right - left, bottom - top, *_grown(texture.size, 1))


def _grown(size: tuple[int, int], border: int) -> tuple[float, float]:
    width, height = size
    return width / (width - 2 * border), height / (height - 2 * border)


def _multiplied(image: Image.Image) -> Image.Image:
    """Colours multiplied by alpha; to Arcade it is an image like any other."""
    return Image.frombytes("RGBA", image.size, image.convert("RGBa").tobytes())
