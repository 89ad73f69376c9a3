"""Where the pictures, sounds, colours, type and the model of Heron lie on this machine."""

import json
import tomllib
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

__all__ = ["eyes", "font", "model", "palette", "picture", "pictures", "shapes", "sound", "voice"]

_HERE = Path(__file__).parent


@cache
def pictures() -> dict[str, dict[str, Any]]:
    """Every picture by name: file, width, height, anchor [x, y] in px from its top left corner, and what some add.

    A heron adds `beak`, the tip of its bill in px from the anchor; the head adds `radius`, the skull's, in px. A sky
    adds `luminance`, of its whole mood in murky, half clear and clear water; a water `path`, the x of light on it.
    """
    index: dict[str, dict[str, Any]] = json.loads((_HERE / "pictures" / "index.json").read_text("utf-8"))
    return index


def picture(name: str) -> Path:
    """Raises: LookupError: no picture has this name."""
    try:
        return _HERE / "pictures" / str(pictures()[name]["file"])
    except KeyError:
        raise LookupError(
            f"Heron has no picture {name!r}; run `python assets/build.py pictures` to paint them again."
        ) from None


def sound(name: str) -> Path:
    """Raises: LookupError: no sound has this name."""
    for kind in ("wav", "ogg"):
        path = _HERE / "sounds" / f"{name}.{kind}"
        if path.is_file():
            return path
    raise LookupError(f"Heron has no sound {name!r}; run `python assets/build.py sounds` to make them again.")


@cache
def voice(language: str) -> dict[str, Path]:
    """What has been recorded in a language: the file by the English sentence. Nothing in one without a voice."""
    folder = _HERE / "voice"
    told = tomllib.loads((folder / "prompts.toml").read_text("utf-8"))
    return {words["en"]: folder / language / f"{name}.ogg" for name, words in told.items() if language in words}


def font() -> Path:
    """Noto Sans SC (SIL Open Font License): Latin and Chinese in one family.

    Raises: LookupError: the package that carries it is not installed.
    """
    package = find_spec("pylopdf_fonts_zh_cn")  # found, not imported
    if package is None or package.origin is None:
        raise LookupError("The typeface is missing; run `pip install pylopdf-fonts-zh-cn`.")
    return Path(package.origin).parent / "NotoSansSC-Regular.otf"


def model() -> Path:
    """The attention model that Heron ships with."""
    return _HERE / "models" / "attention.onnx"


def eyes() -> Path:
    """The net of eye movements that Heron ships with."""
    return _HERE / "models" / "eyes.npz"


def palette(name: str) -> dict[str, tuple[int, int, int]]:
    """Named colours (red, green, blue 0..255) of one time of day.

    Raises: LookupError: no palette has this name.
    """
    colours = _palettes().get(name)
    if colours is None or name == "shapes":
        raise LookupError(f"Heron has no palette {name!r}; assets/palettes.toml names them.")
    return {key: _rgb(value) for key, value in colours.items()}


def shapes() -> dict[str, str]:
    """The shape that says the same as a colour of state, for eyes that see colours otherwise."""
    return dict(_palettes()["shapes"])


@cache
def _palettes() -> dict[str, dict[str, str]]:
    return tomllib.loads((_HERE / "palettes.toml").read_text("utf-8"))


def _rgb(value: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(value.removeprefix("#"))
    return red, green, blue
