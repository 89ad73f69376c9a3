"""How simulated players waver from time to time and what practice brings them, until a clinic knows its own.

Made by `heron power --norms --checkups 0,0,0,0,0,7,13,19,24,24,24,24,24`: 400 simulated children, with and without
ADHD by turns (`--people 400`), and 200 grown players (`--grown --people 200`), who practise, each with a gain of
their own, and do not change. They are not people: docs/outcomes.md says what that means.
"""

from collections.abc import Mapping
from types import MappingProxyType

from engine.changes import Norm
from engine.traits import Alike, Sign

ALIKE: Mapping[bool, Alike] = {
    True: Alike(
        {"speed": 0.62, "evenness": 0.27, "restraint": 0.56},
        {
            ("speed", "evenness"): 0.00,
            ("speed", "telling_apart"): 0.41,
            ("speed", "restraint"): 0.39,
            ("evenness", "telling_apart"): 0.00,
            ("evenness", "restraint"): 0.00,
            ("telling_apart", "restraint"): 0.38,
        },
    ),
    False: Alike(
        {"speed": 0.61, "evenness": 0.30, "restraint": 0.57},
        {
            ("speed", "evenness"): 0.00,
            ("speed", "telling_apart"): 0.21,
            ("speed", "restraint"): 0.13,
            ("evenness", "telling_apart"): 0.19,
            ("evenness", "restraint"): 0.01,
            ("telling_apart", "restraint"): 0.09,
        },
    ),
}
"""By whether they are children."""

_NORMS: Mapping[bool, Mapping[Sign, Norm]] = {
    True: {
        Sign("speed", "checkup-still-water"): Norm(0.1371, 0.06435, 1000, -0.1212, 0.05639),
        Sign("speed", "warmup"): Norm(0.1453, 0.08162, 49.74, -0.11, 0.05643),
        Sign("evenness", "checkup-still-water"): Norm(0.1858, 0.1046, 55.84, 0.01515, 0),
        Sign("evenness", "warmup"): Norm(0.253, 0.1842, 72.9, 0.03092, 0.05002),
        Sign("telling_apart", "checkup-still-water"): Norm(0.5001, 0.3461, 47.25, 0.9153, 0.3602),
        Sign("restraint", "checkup-look-away"): Norm(0.694, 0.4227, 38.8, -0.9802, 0.3766),
        Sign("restraint", "warmup"): Norm(0.6614, 0.5298, 27.9, -0.9306, 0.3392),
    },
    False: {
        Sign("speed", "checkup-still-water"): Norm(0.126, 0.05874, 90.23, -0.03267, 0),
        Sign("speed", "warmup"): Norm(0.1269, 0.06542, 79.17, -0.03118, 0.02098),
        Sign("evenness", "checkup-still-water"): Norm(0.1957, 0.1143, 242.3, 0.005289, 0),
        Sign("evenness", "warmup"): Norm(0.2178, 0.1667, 1000, 0.01631, 0),
        Sign("telling_apart", "checkup-still-water"): Norm(0.2972, 0.3112, 36.91, 0.2568, 0),
        Sign("restraint", "checkup-look-away"): Norm(0.6281, 0.4315, 28.8, -0.2486, 0),
        Sign("restraint", "warmup"): Norm(0.6391, 0.4751, 42.49, -0.2476, 0),
    },
}


def simulated(child: bool) -> Mapping[Sign, Norm]:
    """By sign; of children, or of grown players."""
    return MappingProxyType(_NORMS[child])
