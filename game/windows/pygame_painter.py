"""The draw list painted in software, on any surface of pygame's."""

import math
from itertools import groupby
from typing import Any, NamedTuple

import numpy as np
from PIL import Image

from game.draw import WIDTH, Colour, DrawList
from game.windows.kept import Kept
from game.windows.quads import WHITE, Quad, frame
from game.windows.sdl import polite_pygame
from game.windows.shapes import Picture, Pictures, Shape, Shapes, Solid

Surface = Any
"""pygame.Surface; pygame's own types are not imported before a window is opened."""

CACHE_BYTES = 24 * 2**20
"""Of what is painted. Own choice: what one level has in use takes two thirds of it."""
ORIGINALS_BYTES = 8 * 2**20
"""Of pictures as they were loaded, and are painted in other sizes and turned: near reeds, and all that flies."""

FADES = 64
"""Steps in which light that is added may fade; alpha itself is not stepped."""


TILE = 64
"""Side of the tiles, px, by which what fades is painted, without those that are clear: a pixel that fades costs four
times as much as another, and of a reed nine tenths are clear."""


class Variant(NamedTuple):
    """What one prepared surface shows; `fade` is for added light only.

    solid: whether it is all there, and only its clear parts are seen through
    """

    shape: Shape
    width: int
    height: int
    angle: float
    flip: bool
    colour: Colour
    fade: int | None
    solid: bool


_Area = tuple[int, int, int, int]
"""Left, top, width and height, px."""


class _Stamp(NamedTuple):
    """A prepared surface, the bytes that it takes, and where in it anything is to be seen.

    tiles: none where it is painted as a whole
    """

    surface: Surface
    weight: int
    tiles: tuple[_Area, ...] = ()


class Painter:
    """Paints frames on pygame surfaces, and keeps those that it scaled, turned or tinted while they are in use."""

    def __init__(self, pictures: Pictures) -> None:
        self._pygame = polite_pygame()
        self._shapes = Shapes(pictures)
        self._originals = Kept[Surface](ORIGINALS_BYTES, _bytes)
        self._prepared = Kept[_Stamp](CACHE_BYTES, lambda stamp: stamp.weight)
        self._ink: Surface | None = None

    def paint(self, target: Surface, ops: DrawList) -> None:
        """Paint `ops` over the whole of `target`, which is 16:9."""
        colour, quads = frame(ops, self._shapes, target.get_width() / WIDTH)
        target.fill(colour)
        for cut, some in groupby(quads, key=lambda quad: quad.cut):
            target.set_clip(cut and (cut.left, cut.top, cut.right - cut.left, cut.bottom - cut.top))
            for quad in some:
                if isinstance(quad.shape, Solid):
                    self._bar(target, quad)
                else:
                    self._stamp(target, quad)
        target.set_clip(None)

    def _bar(self, target: Surface, quad: Quad) -> None:
        left, top = round(quad.x - quad.width / 2), round(quad.y - quad.height / 2)
        area = self._pygame.Rect(left, top, round(quad.width), round(quad.height)).clip(target.get_clip())
        if quad.alpha >= 1:
            target.fill(quad.colour, area)
            return
        if self._ink is None or self._ink.get_size() != target.get_size():
            self._ink = self._pygame.Surface(target.get_size(), 0, 32)
        self._ink.fill(quad.colour, area)
        self._ink.set_alpha(round(255 * quad.alpha))
        target.blit(self._ink, area, area)

    def _stamp(self, target: Surface, quad: Quad) -> None:
        added = quad.blend == "add"
        fade = math.ceil(FADES * quad.alpha) if added else None
        level = round(255 * quad.alpha)
        variant = _variant(quad, fade, level == 255)
        surface, _, tiles = self._prepared.get(variant, lambda: self._made(variant))
        width, height = surface.get_size()
        x, y = _pixel(quad.x - width / 2), _pixel(quad.y - height / 2)
        if added:
            target.blit(surface, (x, y), special_flags=self._pygame.BLEND_RGB_ADD)
            return
        if level < 255:
            surface.set_alpha(level)
        if tiles:
            target.blits([(surface, (x + tile[0], y + tile[1]), tile) for tile in tiles], doreturn=False)
        else:
            target.blit(surface, (x, y))

    def _made(self, variant: Variant) -> _Stamp:
        if variant.fade is not None:
            light = self._light(variant, variant.fade)
            return _Stamp(light, _bytes(light))
        other = self._prepared.known(variant._replace(solid=not variant.solid))
        surface = (
            other.surface.copy() if other else self._turned(self._tinted(self._sized(variant), variant), variant)
        )
        if not variant.solid:
            return _Stamp(surface, _bytes(surface), self._tiles(surface))
        if not surface.get_flags() & self._pygame.SRCALPHA:
            surface.set_alpha(None)  # 255 looks the same, and is thirty times slower
        elif not variant.angle:  # what is turned will soon be turned further
            seen = self._pygame.mask.from_surface(surface, 0).count()
            surface.set_alpha(255, self._pygame.RLEACCEL)  # of what is clear nothing is kept
            return _Stamp(surface, 4 * seen)
        return _Stamp(surface, _bytes(surface))

    def _tiles(self, surface: Surface) -> tuple[_Area, ...]:
        """Those that are not clear; none of a small picture."""
        if not surface.get_flags() & self._pygame.SRCALPHA or min(surface.get_size()) < 2 * TILE:
            return ()
        seen = self._pygame.surfarray.array_alpha(surface).astype(bool)
        rows = np.logical_or.reduceat(seen, range(0, seen.shape[1], TILE), axis=1)
        tiles = np.argwhere(np.logical_or.reduceat(rows, range(0, seen.shape[0], TILE), axis=0))
        return tuple((int(x) * TILE, int(y) * TILE, TILE, TILE) for x, y in tiles)

    def _original(self, shape: Shape) -> Surface:
        if not isinstance(shape, Picture):
            return self._loaded(shape)
        return self._originals.get(shape.name, lambda: self._loaded(shape))

    def _loaded(self, shape: Shape) -> Surface:
        image = self._shapes.image(shape)
        return self._surface(_bled(image) if isinstance(shape, Picture) else image)

    def _surface(self, image: Image.Image) -> Surface:
        opaque = image.getchannel("A").getextrema() == (255, 255)
        surface = self._pygame.Surface(image.size, 0 if opaque else self._pygame.SRCALPHA, 32)
        surface.get_buffer().write(image.tobytes("raw", "BGRA"))
        return surface

    def _sized(self, variant: Variant) -> Surface:
        size = variant.width, variant.height
        as_it_is = not variant.angle and not variant.flip and size == self._shapes.size(variant.shape)
        surface = self._loaded(variant.shape) if as_it_is else self._original(variant.shape)
        if variant.flip:
            surface = self._pygame.transform.flip(surface, True, False)
        if surface.get_size() == size:
            return surface if as_it_is else surface.copy()
        if size > surface.get_size():
            surface = self._with_last_pixels_twice(surface)
        return self._pygame.transform.smoothscale(surface, size)

    def _with_last_pixels_twice(self, surface: Surface) -> Surface:
        """What smoothscale needs to enlarge evenly: it stops at the middles of the last column and row."""
        width, height = surface.get_size()
        longer = self._pygame.Surface((width + 1, height + 1), surface.get_flags(), 32)
        longer.blit(surface, (0, 0))
        longer.blit(surface, (width, 0), (width - 1, 0, 1, height))
        longer.blit(surface, (0, height), (0, height - 1, width, 1))
        return longer

    def _tinted(self, surface: Surface, variant: Variant) -> Surface:
        if variant.colour == WHITE:
            return surface
        surface.fill((*variant.colour, 255), special_flags=self._pygame.BLEND_RGBA_MULT)
        return surface

    def _turned(self, surface: Surface, variant: Variant) -> Surface:
        if variant.angle % 90 == 0:
            return self._pygame.transform.rotate(surface, -variant.angle) if variant.angle else surface
        width, height = surface.get_size()
        padded = self._pygame.Surface((width + 2, height + 2), self._pygame.SRCALPHA, 32)
        padded.fill((*variant.colour, 0))  # a clear border, for a soft edge
        padded.blit(surface, (1, 1))
        return self._pygame.transform.rotozoom(padded, -variant.angle, 1)

    def _light(self, variant: Variant, fade: int) -> Surface:
        """What is added: over black, where it is bright nothing shines through."""
        whole = variant._replace(fade=FADES)
        if fade < FADES:
            surface = self._prepared.get(whole, lambda: self._made(whole)).surface
        else:
            surface = self._turned(self._tinted(self._sized(variant), variant), variant)
        light = self._pygame.Surface(surface.get_size(), 0, 32)
        surface.set_alpha(255 * fade // FADES if fade < FADES else 255)
        light.blit(surface, (0, 0))
        surface.set_alpha(None)
        return light


def _variant(quad: Quad, fade: int | None, solid: bool) -> Variant:
    """Sizes in whole pixels; angles in steps that move no edge by more than half a pixel."""
    width, height = max(1, round(quad.width)), max(1, round(quad.height))
    steps = math.ceil(math.radians(1) * math.hypot(width, height) / 2)
    angle = round(quad.angle * steps) / steps % 360
    return Variant(quad.shape, width, height, angle, quad.flip, quad.colour, fade, solid)


def _bled(picture: Image.Image) -> Image.Image:
    """Colour spread some pixels into what is transparent, so that smoothing drags no black into the edges."""
    clear = picture.getchannel("A").point(lambda alpha: 255 * (alpha == 0))
    if clear.getbbox() is None:
        return picture
    small = (max(1, picture.width // 4), max(1, picture.height // 4))
    spread = picture.resize(small, Image.Resampling.BILINEAR).resize(picture.size, Image.Resampling.NEAREST)
    spread.putalpha(0)
    picture.paste(spread, mask=clear)
    return picture


def _bytes(surface: Surface) -> int:
    return int(surface.get_pitch() * surface.get_height())


def _pixel(value: float) -> int:
    return math.floor(value + 0.5)
