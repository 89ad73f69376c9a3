"""A water lily that opens and closes with the breath: one petal, its heart, and the leaf it rests on."""

from studio.brush import Sheet, along, around, blob, down, ink, ribbon, shape, curve
from studio.picture import Picture

import numpy as np
