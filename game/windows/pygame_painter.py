"""The draw list painted in software, on any surface of pygame's."""

import math
from collections import OrderedDict
from collections.abc import Callable, Hashable
from itertools import groupby
from typing import Any, NamedTuple

from PIL import Image

from game.draw import WIDTH, Colour, DrawList
from game.windows.quads import WHITE, Quad, frame
from game.windows.sdl import polite_pygame
from game.windows.shapes import Picture, Pictures, Shape, Shapes, Solid

Surface = Any
"""pygame.Surface; pygame's own types are not imported before a window is opened."""

CACHE_BYTES = 36 * 2**20
"""Of what was scaled, turned or tinted. Own choice: what one level has in use takes two thirds of it."""
ORIGINALS_BYTES = 18 * 2**20
"""Of pictures as they were loaded: one place at one time of the day takes about 15 MB, with all that moves in it."""

FADES = 64
"""Steps in which light that is added may fade; alpha itself is not stepped."""


class Variant(NamedTuple):
    """What one prepared surface shows; `fade` is for added light only."""

    shape: Shape
    width: int
    height: int
    angle: float
    flip: bool
    colour: Colour
    fade: int | None


class Kept:
    """Surfaces that were used last, up to so many bytes."""

    def __init__(self, most_bytes: int) -> None:
        self._most, self._bytes = most_bytes, 0
        self._surfaces: OrderedDict[Hashable, Surface] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], Surface]) -> Surface:
        if key in self._surfaces:
            self._surfaces.move_to_end(key)
            return self._surfaces[key]
        surface = make()
        self._surfaces[key] = surface
        self._bytes += _bytes(surface)
        while self._bytes > self._most and len(self._surfaces) > 1:
            self._bytes -= _bytes(self._surfaces.popitem(last=False)[1])
        return surface


class Painter:
    """Paints frames on pygame surfaces, and keeps those that it scaled, turned or tinted while they are in use."""

    def __init__(self, pictures: Pictures) -> None:
        self._pygame = polite_pygame()
        self._shapes = Shapes(pictures)
        self._originals = Kept(ORIGINALS_BYTES)
        self._prepared = Kept(CACHE_BYTES)
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
        variant = _variant(quad, fade)
        surface = self._prepared.get(variant, lambda: self._made(variant))
        place = (_pixel(quad.x - surface.get_width() / 2), _pixel(quad.y - surface.get_height() / 2))
        if added:
            target.blit(surface, place, special_flags=self._pygame.BLEND_RGB_ADD)
        else:
            self._set_alpha(surface, round(255 * quad.alpha))
            target.blit(surface, place)

    def _set_alpha(self, surface: Surface, level: int) -> None:
        # None and 255 look the same, but on a surface without an alpha of its own 255 is thirty times slower.
        own = surface.get_flags() & self._pygame.SRCALPHA
        surface.set_alpha(level if own or level < 255 else None)

    def _made(self, variant: Variant) -> Surface:
        return self._faded(self._turned(self._tinted(self._sized(variant), variant), variant), variant)

    def _original(self, shape: Shape) -> Surface:
        if not isinstance(shape, Picture):
            return self._surface(self._shapes.image(shape))
        original = self._originals.get(shape.name, lambda: self._surface(_bled(self._shapes.image(shape))))
        self._set_alpha(original, 255)
        return original

    def _surface(self, image: Image.Image) -> Surface:
        opaque = image.getchannel("A").getextrema() == (255, 255)
        surface = self._pygame.Surface(image.size, 0 if opaque else self._pygame.SRCALPHA, 32)
        surface.get_buffer().write(image.tobytes("raw", "BGRA"))
        return surface

    def _sized(self, variant: Variant) -> Surface:
        surface, size = self._original(variant.shape), (variant.width, variant.height)
        if variant.flip:
            surface = self._pygame.transform.flip(surface, True, False)
        if surface.get_size() == size:
            return surface
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

    def _faded(self, surface: Surface, variant: Variant) -> Surface:
        if variant.fade is None:
            return surface
        light = self._pygame.Surface(surface.get_size(), 0, 32)
        light.blit(surface, (0, 0))
        level = round(255 * variant.fade / FADES)
        light.fill((level, level, level), special_flags=self._pygame.BLEND_RGB_MULT)
        return light


def _variant(quad: Quad, fade: int | None) -> Variant:
    """Sizes in whole pixels; angles in steps that move no edge by more than half a pixel."""
    width, height = max(1, round(quad.width)), max(1, round(quad.height))
    steps = math.ceil(math.radians(1) * math.hypot(width, height) / 2)
    angle = round(quad.angle * steps) / steps % 360
    return Variant(quad.shape, width, height, angle, quad.flip, quad.colour, fade)


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
