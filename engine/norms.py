"""How simulated players waver from time to time and what practice brings them, until a clinic knows its own.

Made by `heron power --norms --child` and `--grown`: 180 simulated children, with and without ADHD by
turns, who practise and do not change. They are not people: docs/outcomes.md says what that means.
"""

from collections.abc import Mapping
from types import MappingProxyType

from engine.changes import Norm
from engine.traits import Sign, Trait

SHARED: Mapping[bool, Mapping[Trait, float]] = {
    True: {"speed": 0.55, "evenness": 0.25, "restraint": 0.48},
    False: {},
}
"""By whether they are children: correlation of the errors of a trait's two signs."""

_NORMS: Mapping[bool, Mapping[Sign, Norm]] = {
    True: {
        Sign("speed", "checkup-still-water"): Norm(0.1405, 0.06441, 1000, -0.102, 0),
        Sign("speed", "warmup"): Norm(0.1461, 0.08223, 48.69, -0.09808, 0.02749),
        Sign("evenness", "checkup-still-water"): Norm(0.1826, 0.1044, 112.6, 0.008542, 0),
        Sign("evenness", "warmup"): Norm(0.2535, 0.1857, 73.72, 0.01984, 0.05775),
        Sign("telling_apart", "checkup-still-water"): Norm(0.483, 0.3526, 143.1, 0.8721, 0),
        Sign("restraint", "checkup-look-away"): Norm(0.7607, 0.4282, 73.61, -0.9464, 0),
        Sign("restraint", "warmup"): Norm(0.6993, 0.5263, 45.6, -0.8588, 0),
    },
    False: {},
}


def simulated(child: bool) -> Mapping[Sign, Norm]:
    """By sign; of children, or of grown players."""
    return MappingProxyType(_NORMS[child])
