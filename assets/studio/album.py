"""Every picture that Heron shows, by name, and how they are kept."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy.ndimage import gaussian_filter
from studio import (
    creatures,
    faces,
    feelings,
    growing,
    hawk,
    heron,
    icons,
    lanterns,
    lilies,
    lotus,
    marks,
    plants,
    pool,
    portraits,
    sailing,
    scene,
    school,
    seekers,
    singers,
    stones,
    stride,
    visitors,
)
from studio.brush import Chance, Pixels
from studio.moods import HOURS
from studio.picture import Picture, numbered


def pictures(chance: Callable[[int], Chance]) -> dict[str, Picture]:
    """What is the same at every place and time of day."""
    return {
        **{f"shafts_{name}": pool.shafts(hour.glow[0]) for name, hour in HOURS.items()},
        **{f"glint_{name}": pool.glint(hour.disc[1]) for name, hour in HOURS.items()},
        **numbered("lily", plants.lilies(chance(4))),
        **numbered("pad", lilies.pads()),
        "bud": lilies.bud(),
        **numbered("lotus", lilies.lotuses()),
        **singers.pictures(),
        **lanterns.pictures(),
        **numbered("heron_wait", heron.waiting()),
        **numbered("heron_strike", heron.striking()),
        **numbered("heron_walk", stride.walking()),
        **numbered("heron_land", stride.landing()),
        **numbered("heron_turn", stride.turning()),
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
        **numbered("stalk_far", seekers.far_stalks(seekers.stalks(chance(21)))),
        "card": seekers.card(),
        "pond": sailing.pond(chance(23)),
        "rule_sun": sailing.sun(),
        "rule_moon": sailing.moon(),
        "boat": sailing.boat(),
        "current": sailing.current(),
        "buoy": sailing.buoy(),
        **visitors.pictures(),
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
        **icons.icons(),
        **numbered("mood", feelings.moods()),
        **numbered("tired", feelings.tiredness()),
        **numbered("effort", feelings.efforts()),
        **feelings.unwell(),
        **growing.grown(lambda: chance(60)),
        **stones.stones(),
        **portraits.portraits(),
    }


RIM = 6
"""px that a rim reaches beyond its picture, at most"""
RIMMED = (
    "heron_",
    "fish_",
    "frog_",
    "shadow_",
    "dragonfly_",
    "minnow_",
    "glowfly_",
    "seeker_",
    "singer_",
    "wisp",
    "boat",
)


def rims(painted: dict[str, Picture]) -> dict[str, Picture]:
    """rim_<name>: a light edge for behind whatever is alive, for those who ask for contrast; both have one middle."""
    alive = {name: picture for name, picture in painted.items() if name.startswith(RIMMED) and "mirror" not in name}
    return {f"rim_{name}": _rim(picture) for name, picture in alive.items()}


def _rim(picture: Picture) -> Picture:
    alpha = np.pad(picture.pixels[..., 3], RIM)
    solid = np.clip(2 * alpha, 0, 1) if alpha.max() > 0.9 else alpha / alpha.max()
    pixels = np.ones((*alpha.shape, 4), np.float32)
    pixels[..., 3] = np.clip(4.2 * gaussian_filter(solid * (alpha > 0.25), 2.2) - 0.3, 0, 1)
    anchor = (picture.anchor[0] + RIM, picture.anchor[1] + RIM)
    return Picture(pixels, anchor, file_type="webp")


def encoded(picture: Picture, chance: Chance) -> bytes:
    """Eight bits a channel; what is smooth is dithered first, so that skies show no steps."""
    levels = picture.pixels * 255.0
    opaque = bool((picture.pixels[..., 3] == 1).all())
    if opaque:
        levels[..., :3] += _grain(levels.shape[:2], chance)[..., None]
    image = as_image(levels)
    out = io.BytesIO()
    if picture.file_type == "png":
        (image.convert("RGB") if opaque else image).save(out, "png", optimize=True)
    else:
        image.save(out, "webp", quality=82, alpha_quality=80, method=6)
    return out.getvalue()


def _grain(shape: tuple[int, ...], chance: Chance) -> NDArray[np.float64]:
    """Even noise of one level about 0: a hash of the place, as Chance gives one number at a time."""
    start = chance.uniform(0, 1000)
    return np.asarray(np.modf(np.sin(np.arange(np.prod(shape)) * 12.9898 + start) * 43758.5453)[0].reshape(shape) / 2)


def as_image(levels: Pixels) -> Image.Image:
    return Image.fromarray(np.rint(np.clip(levels, 0, 255)).astype(np.uint8))


def keep(to: Path, painted: dict[str, Picture], chance: Callable[[int], Chance], whole: bool) -> int:
    """Returns the bytes written; whole: whether what was there of other names goes."""
    to.mkdir(exist_ok=True)
    index_file = to / "index.json"
    index = {} if whole else json.loads(index_file.read_text("utf-8"))
    total = 0
    for name, picture in painted.items():
        data = encoded(picture, chance(1))
        file = f"{name}.{picture.file_type}"
        (to / file).write_bytes(data)
        height, width = picture.pixels.shape[:2]
        anchor = [round(float(at), 1) for at in picture.anchor]
        index[name] = {"file": file, "width": width, "height": height, "anchor": anchor, **picture.more}
        total += len(data)
    index_file.write_text(json.dumps(index, indent=1) + "\n", "utf-8")
    for path in set(to.iterdir()) - {to / str(entry["file"]) for entry in index.values()} - {index_file}:
        path.unlink()
    return total


def preview(painted: dict[str, Picture], moods: list[str], file: Path) -> None:
    """Each of these moods at three clarities: a row each."""
    shown = [
        np.concatenate([scene.preview(painted, mood, clarity) for clarity in scene.CLARITIES], axis=1)
        for mood in moods
    ]
    as_image(np.concatenate([row[::2, ::2] for row in shown]) * 255).convert("RGB").save(file)
