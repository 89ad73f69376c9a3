"""What EEG says beyond the score: logged once a second, summed up offline, never paid (docs/features.md)."""

from neuro.features.alpha import Alpha
from neuro.features.erp import Evoked, evoked, p300
from neuro.features.seconds import COLUMNS, Features, Second, alpha_at_rest, seconds_of

__all__ = ["COLUMNS", "Alpha", "Evoked", "Features", "Second", "alpha_at_rest", "evoked", "p300", "seconds_of"]
