"""Makes pictures, sounds and the voice of Heron again: python assets/build.py pictures|sounds|voice [--preview FILE].

Seeded: the same versions of NumPy, Skia and libsndfile give the same files. The voice needs the extra `voice` and the
program espeak-ng.
"""

import argparse
from pathlib import Path

import numpy as np
from studio import airs, album, calls, chimes, music, panorama, scene, tape
from studio.moods import MOODS

HERE = Path(__file__).parent


def chance(seed: int) -> np.random.Generator:
    return np.random.default_rng(seed)


def write_sounds(to: Path) -> int:
    """Returns the bytes written: WAV of what is short, Ogg Vorbis of what goes on and on."""
    to.mkdir(exist_ok=True)
    short = chimes.chimes(chance(2)) | calls.calls()
    loops = music.music(chance(70)) | airs.airs(chance(71))
    return sum(tape.keep_wav(to / f"{name}.wav", sound) for name, sound in short.items()) + sum(
        tape.keep_ogg(to / f"{name}.ogg", sound, squeeze=0.6) for name, sound in loops.items()
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("pictures", "sounds", "voice"), nargs="+")
    parser.add_argument(
        "--only", default="", metavar="START", help="no moods but those that begin so: lake, lake_dusk"
    )
    parser.add_argument("--preview", type=Path, metavar="FILE", help="also write the composed scenes to look at")
    options = parser.parse_args()
    if "pictures" in options.what:
        paint(options.only, options.preview)
    if "sounds" in options.what:
        print(f"sounds, {write_sounds(HERE / 'sounds') / 1e6:.2f} MB")
    if "voice" in options.what:
        from studio import voices  # noqa: PLC0415 -- what it needs is only there where somebody records

        print(f"voice, {voices.record(HERE / 'voice') / 1e6:.2f} MB")


def paint(only: str, to_look_at: Path | None) -> None:
    common = album.pictures(chance)
    painted, moods = dict(common), [mood for mood in map("_".join, MOODS) if mood.startswith(only)]
    print("mean relative luminance of the play picture, in murky, half clear and clear water:")
    for mood in moods:
        painted |= scene.mood(mood, chance, common)
        print(f"  {mood}: {painted[f'{mood}_sky'].more['luminance']}", flush=True)
    painted |= album.rims(painted) | ({} if only else panorama.pictures(painted))
    size = album.keep(HERE / "pictures", painted, chance, whole=not only)
    print(f"{len(painted)} pictures, {size / 1e6:.2f} MB")
    if to_look_at:
        album.preview(painted, moods, to_look_at)


if __name__ == "__main__":
    main()
