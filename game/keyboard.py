"""What keys mean, where nobody has chosen otherwise."""

from engine.ports import Action

KEYS: dict[str, tuple[Action, ...]] = {
    "space": ("confirm", "strike"),
    "return": ("confirm", "strike"),
    "enter": ("confirm", "strike"),
    "escape": ("back", "pause"),
    "p": ("pause",),
    "up": ("up",),
    "w": ("up",),
    "down": ("down",),
    "s": ("down",),
    "left": ("left",),
    "a": ("left",),
    "right": ("right",),
    "d": ("right",),
}
"""By the name of the key in lower case."""
