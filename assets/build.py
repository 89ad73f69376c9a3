"""Paints every picture and makes every sound of Heron again: python assets/build.py [--preview FILE].

Seeded: the same versions of NumPy and Skia give the same files.
"""

import argparse
import io
import json
import wave
from pathlib import Path

import numpy as np
from PIL import Image
from studio import (
    chimes,
    creatures,
    faces,
    feelings,
    growing,
    hawk,
    heron,
    lanterns,
    lilies,
    lotus,
    marks,
    marsh,
    places,
    plants,
    pool,
    sailing,
    school,
    seekers,
    singers,
    stones,
)
from studio.brush import Chance, Pixels
from studio.picture import Picture, luminance, numbered, over

HERE = Path(__file__).parent
CLARITIES = (0.0, 0.5, 1.0)


def chance(seed: int) -> Chance:
    return np.random.default_rng(seed)


def pictures() -> dict[str, Picture]:
    return {
        **landscapes(),
        "sunlight": pool.sunlight(),
        **numbered("lily", plants.lilies(chance(4))),
        **numbered("pad", lilies.pads()),
        "bud": lilies.bud(),
        **numbered("lotus", lilies.lotuses()),
        **singers.pictures(),
        **lanterns.pictures(),
        **numbered("heron_wait", heron.waiting()),
        **numbered("heron_strike", heron.striking()),
        "heron_catch": heron.catching(),
        "heron_mirror_wait": heron.mirrored(),
        **numbered("shadow", creatures.shadows()),
        **numbered("fish", creatures.fish()),
        **numbered("frog", creatures.frogs()),
        **numbered("dragonfly", creatures.dragonflies()),
        **numbered("minnow", school.minnows()),
        "minnow_facing": school.facing(),
        "hawk_shadow": hawk.hawk_shadow(),
        **numbered("petal", lotus.petals()),
        **seekers.seekers(),
        **numbered("stalk", seekers.stalks(chance(21))),
        "card": seekers.card(),
        "pond": sailing.pond(chance(23)),
        "rule_sun": sailing.sun(),
        "rule_moon": sailing.moon(),
        "boat": sailing.boat(),
        "current": sailing.current(),
        "buoy": sailing.buoy(),
        **numbered("ripple", marks.ripples()),
        **numbered("splash", marks.splashes()),
        "glow": marks.glow(),
        "firefly": marks.firefly(),
        "sparkle": marks.sparkle(),
        "star_full": marks.star_full(),
        "star_empty": marks.star_empty(),
        "head": marks.head(),
        "face": faces.face(),
        "glasses": faces.glasses(),
        "logo_heron": marks.emblem(),
        **marks.icons(),
        **numbered("mood", feelings.moods()),
        **numbered("tired", feelings.tiredness()),
        **numbered("effort", feelings.efforts()),
        **feelings.unwell(),
        **growing.grown(chance(60)),
        **stones.stones(),
    }


def landscapes() -> dict[str, Picture]:
    """Of each place: what lies behind, its water when clear, its mist and its reeds."""
    painted: dict[str, Picture] = {}
    for name, place in places.PLACES.items():
        left, right, left_back, right_back = (chance(seed) for seed in place.seeds)
        painted |= {
            f"{name}_back": marsh.back(place.country, chance(11)),
            f"{name}_clear": pool.clear(place.bottom, chance(5)),
            **numbered(f"{name}_mist", pool.mist(chance(3), *place.mist)),
            f"{name}_reeds_left": plants.reeds(left, place.near, left=True, front=True, thick=place.thick),
            f"{name}_reeds_right": plants.reeds(right, place.near, left=False, front=True, thick=place.thick),
            f"{name}_reeds_left_back": plants.reeds(left_back, place.far, True, False, place.thick),
            f"{name}_reeds_right_back": plants.reeds(right_back, place.far, False, False, place.thick),
        }
    return painted


def encoded(picture: Picture, grain: np.random.Generator) -> bytes:
    """Eight bits a channel; what is smooth is dithered first, so that skies show no steps."""
    levels = picture.pixels * 255.0
    opaque = bool((picture.pixels[..., 3] == 1).all())
    if opaque:
        levels[..., :3] += grain.uniform(-0.5, 0.5, levels.shape[:2])[..., None]
    image = as_image(levels)
    out = io.BytesIO()
    if picture.file_type == "png":
        (image.convert("RGB") if opaque else image).save(out, "png", optimize=True)
    else:
        image.save(out, "webp", quality=88, alpha_quality=85, method=6)
    return out.getvalue()


def as_image(levels: Pixels) -> Image.Image:
    return Image.fromarray(np.rint(np.clip(levels, 0, 255)).astype(np.uint8))


def write_pictures(to: Path, painted: dict[str, Picture]) -> int:
    """Returns the bytes written."""
    to.mkdir(exist_ok=True)
    index = {}
    total = 0
    grain = np.random.default_rng(1)
    for name, picture in painted.items():
        data = encoded(picture, grain)
        file = f"{name}.{picture.file_type}"
        (to / file).write_bytes(data)
        height, width = picture.pixels.shape[:2]
        anchor = [round(float(at), 1) for at in picture.anchor]
        index[name] = {"file": file, "width": width, "height": height, "anchor": anchor, **picture.more}
        total += len(data)
    (to / "index.json").write_text(json.dumps(index, indent=1) + "\n", "utf-8")
    return total


def write_sounds(to: Path) -> int:
    """Returns the bytes written: WAV, mono, 16 bit."""
    to.mkdir(exist_ok=True)
    total = 0
    for name, sound in chimes.sounds(chance(2)).items():
        path = to / f"{name}.wav"
        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(chimes.RATE_HZ)
            file.writeframes(np.rint(np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes())
        total += path.stat().st_size
    return total


def scene(painted: dict[str, Picture], place: str, clarity: float) -> Pixels:
    """The play picture as the game composes it, with the water as clear as attention makes it, 0..1."""
    out = painted[f"{place}_back"].pixels.copy()

    def put(name: str, x: float, y: float, alpha: float = 1, scale: float = 1) -> None:
        _put(out, painted[name], x, y, alpha=alpha, scale=scale)

    put(f"{place}_clear", 640, 360, clarity)
    for name, x, y in ((f"{place}_reeds_left_back", 640, 360), (f"{place}_reeds_right_back", 640, 360)):
        put(name, x, y)
    for name, x, y in (("lily_1", 958, 548), ("lily_2", 262, 522), ("lily_3", 1050, 486)):
        put(name, x, y)
    put("heron_mirror_wait", 420, 566)
    put("shadow_1", 900, 622)
    put("fish_2" if clarity > 0.2 else "shadow_2", 700, 616)
    put("frog_3" if clarity > 0.2 else "shadow_1", 570, 640)
    put("ripple_2", 420, 568, 0.8, 0.6)
    put("heron_wait_1", 420, 566)
    for i, (x, y) in enumerate(((330, 430), (940, 452), (640, 520)), 1):
        put(f"{place}_mist_{i}", x, y, 1 - clarity)
    for i, (x, y) in enumerate(((620, 420), (760, 350), (230, 400), (1080, 400), (520, 330), (900, 470))):
        put("firefly", x, y, 1, 1 - 0.08 * i)
    put("dragonfly_2", 690, 470)
    put(f"{place}_reeds_left", 640, 360)
    put(f"{place}_reeds_right", 640, 360)
    return out


def _put(below: Pixels, picture: Picture, x: float, y: float, *, alpha: float, scale: float) -> None:
    pixels, anchor = picture.pixels, np.array(picture.anchor)
    if scale != 1:
        size = (round(pixels.shape[1] * scale), round(pixels.shape[0] * scale))
        image = as_image(pixels * 255).resize(size, Image.Resampling.LANCZOS)
        pixels, anchor = np.asarray(np.asarray(image) / 255, np.float32), anchor * scale
    left, top = (round(float(v)) for v in np.array((x, y)) - anchor)
    x0, y0 = max(0, left), max(0, top)
    x1, y1 = min(below.shape[1], left + pixels.shape[1]), min(below.shape[0], top + pixels.shape[0])
    part = pixels[y0 - top : y1 - top, x0 - left : x1 - left]
    below[y0:y1, x0:x1] = over(below[y0:y1, x0:x1], part, alpha)


def preview(painted: dict[str, Picture], file: Path) -> None:
    """Every place at three clarities: a row each."""
    rows = [np.concatenate([scene(painted, place, c) for c in CLARITIES], axis=1) for place in places.PLACES]
    sheet = np.concatenate(rows)
    as_image(sheet * 255).convert("RGB").save(file)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--preview", type=Path, metavar="FILE", help="also write the composed scene to look at")
    options = parser.parse_args()
    painted = pictures()
    print("mean relative luminance of the play picture, by clarity of the water:")
    for place in places.PLACES:
        by_clarity = {clarity: round(luminance(scene(painted, place, clarity)), 3) for clarity in CLARITIES}
        painted[f"{place}_back"].more["luminance"] = by_clarity[0.5]
        print(f"  {place}: {by_clarity}")
    print(f"{len(painted)} pictures, {write_pictures(HERE / 'pictures', painted) / 1e6:.2f} MB")
    print(f"sounds, {write_sounds(HERE / 'sounds') / 1e6:.2f} MB")
    if options.preview:
        preview(painted, options.preview)


if __name__ == "__main__":
    main()
