"""A mood of the marsh put together as the game shows it, and made as bright as levels ask, murky and clear."""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

import numpy as np
from PIL import Image
from studio import marsh, plants, pool
from studio.brush import Chance, Pixels
from studio.moods import HOURS, MOODS, bottom, mists, reeds_far, reeds_near
from studio.picture import HEIGHT, WIDTH, Picture, luminance, numbered, over
from studio.places import PLACES

CLARITIES = (0.0, 0.5, 1.0)
STEP = slice(None, None, 3)
"""These pixels are looked at to find the mean."""

Painted = Mapping[str, Picture]


class Put(NamedTuple):
    """One picture of the scene, its anchor at x, y."""

    name: str
    x: float
    y: float
    alpha: float = 1.0
    scale: float = 1.0


class Front(NamedTuple):
    """What stands before the water: the light of it, and the share of what lies behind that comes through."""

    light: Pixels
    through: Pixels


def mood(name: str, chance: Callable[[int], Chance], common: Painted) -> dict[str, Picture]:
    """Every layer of "<place>_<hour>"; common: what stands in every mood. The sky says how bright the whole is."""
    place_name, hour_name = name.split("_")
    place, mood, hour = PLACES[place_name], MOODS[place_name, hour_name], HOURS[hour_name]
    left, right, left_back, right_back = (chance(seed) for seed in place.seeds)
    near, far = reeds_near(mood, hour), reeds_far(mood, hour)
    front = {
        **numbered(f"{name}_mist", pool.mist(chance(3), *mists(mood, hour))),
        f"{name}_reeds_left": plants.reeds(left, near, left=True, front=True, thick=place.thick),
        f"{name}_reeds_right": plants.reeds(right, near, left=False, front=True, thick=place.thick),
        f"{name}_reeds_left_back": plants.reeds(left_back, far, left=True, front=False, thick=place.thick),
        f"{name}_reeds_right_back": plants.reeds(right_back, far, left=False, front=False, thick=place.thick),
    }
    layers, clear = marsh.layers(place, mood, hour, chance(11)), pool.clear(bottom(mood, hour), chance(5))
    fronts = {clarity: _front({**common, **front}, name, clarity) for clarity in CLARITIES}
    layers = layers.toned(_depth_of_land(layers.whole(), fronts[0.0], hour.luminance))
    back = layers.whole()
    depth = _depth_of_pool(back, _alone(clear), fronts[1.0], hour.luminance)
    clear = clear._replace(pixels=marsh.toned(clear.pixels, depth))
    seen = [luminance(_seen(over(back, _alone(clear), c), fronts[c])) for c in CLARITIES]
    painted = layers.pictures()
    painted["sky"].more["luminance"] = [round(light, 3) for light in seen]
    painted["water"].more["path"] = place.sun_x
    return {f"{name}_{layer}": picture for layer, picture in painted.items()} | {f"{name}_clear": clear} | front


def preview(painted: Painted, name: str, clarity: float) -> Pixels:
    """(HEIGHT, WIDTH, 4) the play picture, with the water as clear as attention makes it, 0..1."""
    return _seen(over(land(painted, name), _alone(painted[f"{name}_clear"]), clarity), _front(painted, name, clarity))


def land(painted: Painted, name: str) -> Pixels:
    """(HEIGHT, WIDTH, 4) what lies behind all reeds, its water murky."""
    back = np.ones((HEIGHT, WIDTH, 4), np.float32)
    for layer in ("water", "sky", "clouds", "hills", "shore", "trees_left", "trees_right"):
        if f"{name}_{layer}" in painted:
            back = over(back, _alone(painted[f"{name}_{layer}"]))
    return back


def _depth_of_land(back: Pixels, front: Front, wanted: float) -> float:
    """The power that makes murky water, and all that stands about it, as bright as wanted."""
    back, front = back[STEP, STEP], Front(front.light[STEP, STEP], front.through[STEP, STEP])
    return _power(lambda power: luminance(_seen(marsh.toned(back, power), front)), wanted)


def _depth_of_pool(back: Pixels, clear: Pixels, front: Front, wanted: float) -> float:
    """The power that makes clear water as bright as murky water is."""
    back, clear = back[STEP, STEP], clear[STEP, STEP]
    front = Front(front.light[STEP, STEP], front.through[STEP, STEP])
    return _power(lambda power: luminance(_seen(over(back, marsh.toned(clear, power)), front)), wanted)


def _power(light: Callable[[float], float], wanted: float) -> float:
    """The higher, the darker."""
    low, high = 0.4, 2.6
    for _ in range(9):
        middle = (low + high) / 2
        low, high = (middle, high) if light(middle) > wanted else (low, middle)
    return (low + high) / 2


def _seen(back: Pixels, front: Front) -> Pixels:
    out = back.copy()
    out[..., :3] = back[..., :3] * front.through + front.light
    return out


def _front(painted: Painted, name: str, clarity: float) -> Front:
    light = np.zeros((HEIGHT, WIDTH, 3), np.float32)
    through = np.ones((HEIGHT, WIDTH, 1), np.float32)
    for put in _things(name, clarity):
        box, above = _placed(painted[put.name], put)
        a = above[..., 3:] * put.alpha
        light[box] = light[box] * (1 - a) + above[..., :3] * a
        through[box] *= 1 - a
    return Front(light, through)


def _things(name: str, clarity: float) -> Iterator[Put]:
    """From far to near, as game/scenes/marsh.py shows them in Strike."""
    yield Put(f"{name}_reeds_left_back", 640, 360)
    yield Put(f"{name}_reeds_right_back", 640, 360)
    yield from (Put("lily_1", 958, 548), Put("lily_2", 262, 522), Put("lily_3", 1050, 486))
    yield Put("heron_mirror_wait", 420, 566)
    yield Put("shadow_1", 900, 622)
    yield Put("fish_2" if clarity > 0.2 else "shadow_2", 700, 616)
    yield Put("ripple_2", 420, 568, 0.8, 0.6)
    yield Put("heron_wait_1", 420, 566)
    for i, (x, y) in enumerate(((330, 430), (940, 452), (640, 520)), 1):
        yield Put(f"{name}_mist_{i}", x, y, 1 - clarity, pool.MIST_SCALE)
    for i, (x, y) in enumerate(((620, 420), (760, 350), (230, 400), (1080, 400), (520, 330), (900, 470)), 1):
        yield Put("firefly", x, y, 1, 1 - 0.08 * i)
    yield Put("dragonfly_2", 690, 470)
    yield Put(f"{name}_reeds_left", 640, 360)
    yield Put(f"{name}_reeds_right", 640, 360)


def _alone(picture: Picture) -> Pixels:
    """(HEIGHT, WIDTH, 4) nothing but this layer."""
    out = np.zeros((HEIGHT, WIDTH, 4), np.float32)
    box, pixels = _placed(picture, Put("", WIDTH / 2, HEIGHT / 2))
    out[box] = pixels
    return out


def _placed(picture: Picture, put: Put) -> tuple[tuple[slice, slice], Pixels]:
    """Where it lies in the scene, and what of it is seen."""
    pixels, anchor = _sized(picture, put.scale)
    left, top = round(put.x - anchor[0]), round(put.y - anchor[1])
    x0, y0 = max(0, left), max(0, top)
    x1, y1 = min(WIDTH, left + pixels.shape[1]), min(HEIGHT, top + pixels.shape[0])
    return (slice(y0, y1), slice(x0, x1)), pixels[y0 - top : y1 - top, x0 - left : x1 - left]


def _sized(picture: Picture, scale: float) -> tuple[Pixels, tuple[float, float]]:
    if scale == 1:
        return picture.pixels, picture.anchor
    height, width = picture.pixels.shape[:2]
    levels = np.rint(np.clip(picture.pixels, 0, 1) * 255).astype(np.uint8)
    image = Image.fromarray(levels).resize((round(width * scale), round(height * scale)), Image.Resampling.LANCZOS)
    return np.asarray(np.asarray(image) / 255, np.float32), (picture.anchor[0] * scale, picture.anchor[1] * scale)
