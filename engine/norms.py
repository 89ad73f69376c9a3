"""How simulated players waver from time to time and what practice brings them, until a clinic knows its own.

Made by `heron power --norms --child` and `--grown`: 240 simulated players each, children with and without ADHD by
turns, who practise and do not change. They are not people: docs/outcomes.md says what that means.
"""

from collections.abc import Mapping
from types import MappingProxyType

from engine.changes import Norm
from engine.traits import Sign, Trait

SHARED: Mapping[bool, Mapping[Trait, float]] = {
    True: {"speed": 0.56, "evenness": 0.38, "restraint": 0.47},
    False: {},
}
"""By whether they are children: correlation of the errors of a trait's two signs."""

_NORMS: Mapping[bool, Mapping[Sign, Norm]] = {
    True: {
        Sign("speed", "checkup-still-water"): Norm(0.1341, 0.0659, 1000, -0.09855, 0.007546),
        Sign("speed", "warmup"): Norm(0.1473, 0.08235, 68.24, -0.0896, 0.01967),
        Sign("evenness", "checkup-still-water"): Norm(0.2039, 0.1042, 1000, 0.01388, 0),
        Sign("evenness", "warmup"): Norm(0.2614, 0.1853, 137.5, 0.0267, 0),
        Sign("telling_apart", "checkup-still-water"): Norm(0.5266, 0.3722, 1000, 0.8771, 0),
        Sign("restraint", "checkup-look-away"): Norm(0.7613, 0.4257, 41.21, -0.9867, 0.1828),
        Sign("restraint", "warmup"): Norm(0.7311, 0.5179, 26.16, -0.8407, 0),
    },
    False: {},
}


def simulated(child: bool) -> Mapping[Sign, Norm]:
    """By sign; of children, or of grown players."""
    return MappingProxyType(_NORMS[child])
