"""How simulated players waver from time to time and what practice brings them, until a clinic knows its own.

Made by `heron power --norms --checkups 0,0,0,0,0,7,13,19,24,24,24,24,24`: 180 simulated children, with and without
ADHD by turns (`--people 180`), and 60 grown players (`--grown --people 60`), who practise and do not change. They are
not people: docs/outcomes.md says what that means.
"""

from collections.abc import Mapping
from types import MappingProxyType

from engine.changes import Norm
from engine.traits import Sign, Trait

SHARED: Mapping[bool, Mapping[Trait, float]] = {
    True: {"speed": 0.55, "evenness": 0.23, "restraint": 0.48},
    False: {"speed": 0.60, "evenness": 0.06, "restraint": 0.58},
}
"""By whether they are children: correlation of the errors of a trait's two signs."""

_NORMS: Mapping[bool, Mapping[Sign, Norm]] = {
    True: {
        Sign("speed", "checkup-still-water"): Norm(0.1395, 0.06452, 1000, -0.1033, 0),
        Sign("speed", "warmup"): Norm(0.1465, 0.08221, 49, -0.09877, 0),
        Sign("evenness", "checkup-still-water"): Norm(0.1788, 0.1049, 160.1, 0.008995, 0),
        Sign("evenness", "warmup"): Norm(0.255, 0.1859, 90.48, 0.01577, 0.06179),
        Sign("telling_apart", "checkup-still-water"): Norm(0.4934, 0.3532, 100.4, 0.8874, 0),
        Sign("restraint", "checkup-look-away"): Norm(0.7398, 0.4246, 44.08, -0.9595, 0),
        Sign("restraint", "warmup"): Norm(0.6824, 0.5275, 43, -0.874, 0),
    },
    False: {
        Sign("speed", "checkup-still-water"): Norm(0.1238, 0.05983, 1000, -0.02673, 0),
        Sign("speed", "warmup"): Norm(0.1266, 0.0656, 71.42, -0.027, 0),
        Sign("evenness", "checkup-still-water"): Norm(0.1968, 0.1102, 1000, 0.001019, 0),
        Sign("evenness", "warmup"): Norm(0.2155, 0.1665, 1000, 0.005495, 0),
        Sign("telling_apart", "checkup-still-water"): Norm(0.2891, 0.316, 1000, 0.2674, 0),
        Sign("restraint", "checkup-look-away"): Norm(0.6666, 0.4101, 17.5, -0.2941, 0),
        Sign("restraint", "warmup"): Norm(0.6613, 0.4759, 93.06, -0.2752, 0),
    },
}


def simulated(child: bool) -> Mapping[Sign, Norm]:
    """By sign; of children, or of grown players."""
    return MappingProxyType(_NORMS[child])
