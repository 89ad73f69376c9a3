"""How simulated players waver from time to time and what practice brings them, until a clinic knows its own.

Made by `heron power --norms --checkups 0,0,0,0,0,7,13,19,24,24,24,24,24`: 400 simulated children, with and without
ADHD by turns (`--people 400`), and 200 grown players (`--grown --people 200`), who practise, each with a gain of
their own, and do not change. They are not people: docs/outcomes.md says what that means.
"""

from collections.abc import Mapping
from types import MappingProxyType

from engine.changes import Norm
from engine.traits import Sign, Trait

SHARED: Mapping[bool, Mapping[Trait, float]] = {
    True: {"speed": 0.66, "evenness": 0.22, "restraint": 0.60},
    False: {"speed": 0.66, "evenness": 0.29, "restraint": 0.56},
}
"""By whether they are children: correlation of the errors of a trait's two signs."""

_NORMS: Mapping[bool, Mapping[Sign, Norm]] = {
    True: {
        Sign("speed", "checkup-still-water"): Norm(0.1371, 0.06465, 1000, -0.121, 0.05922),
        Sign("speed", "warmup"): Norm(0.1453, 0.08148, 46.49, -0.1087, 0.05716),
        Sign("evenness", "checkup-still-water"): Norm(0.1858, 0.1038, 48.1, 0.01272, 0),
        Sign("evenness", "warmup"): Norm(0.253, 0.185, 62.86, 0.02743, 0.04876),
        Sign("telling_apart", "checkup-still-water"): Norm(0.5001, 0.3506, 61.27, 0.9245, 0.3437),
        Sign("restraint", "checkup-look-away"): Norm(0.694, 0.4409, 39.15, -0.9922, 0.3362),
        Sign("restraint", "warmup"): Norm(0.6614, 0.5311, 30.33, -0.928, 0.3381),
    },
    False: {
        Sign("speed", "checkup-still-water"): Norm(0.126, 0.05917, 403.8, -0.02965, 0.01948),
        Sign("speed", "warmup"): Norm(0.1269, 0.06519, 86.36, -0.03171, 0.02301),
        Sign("evenness", "checkup-still-water"): Norm(0.1957, 0.1133, 1000, 0.006685, 0),
        Sign("evenness", "warmup"): Norm(0.2178, 0.1675, 483.7, 0.0148, 0),
        Sign("telling_apart", "checkup-still-water"): Norm(0.2972, 0.3083, 38.93, 0.2452, 0.1164),
        Sign("restraint", "checkup-look-away"): Norm(0.6281, 0.4257, 20.82, -0.2574, 0),
        Sign("restraint", "warmup"): Norm(0.6391, 0.4751, 42.92, -0.253, 0),
    },
}


def simulated(child: bool) -> Mapping[Sign, Norm]:
    """By sign; of children, or of grown players."""
    return MappingProxyType(_NORMS[child])
