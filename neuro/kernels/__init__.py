"""The hot path: all that happens to EEG before anybody judges it, one call a hop.

    hops = Hops(recipe(250.0, mains_notch(250.0).sos, band_pass(250.0).sos, [(4, 8), (8, 13)]), n_channels=8)
    for used in hops.push(uv):      # (8, any number) microvolts, NaN where a packet was lost
        hops.ranges, hops.measures  # of the 2 s that end there; views

Filters with carried state, then for every hop: a transform of 2 s and one of the last 0.5 s, power in any ranges of
frequency, spectral entropy, Hjorth's parameters, line noise, muscle, and what amplitudes tell of quality. `plain`
goes the long way. `compiled` computes of each hop only its own transform, turns it to the phase of a cycle of 2 s and
adds it to those since the cycle began; a segment is that sum and what the cycle before had after the same hop. So
nothing is ever taken away that was not added within 4 s, no rounding error outlives that, and a Hann window is three
neighbours of the transform. Both say the same, within rounding (tests ask for 1e-6); `ready` chooses.
"""

from neuro.kernels.hops import Hops, Measures
from neuro.kernels.recipe import Recipe, bins_hz, recipe

__all__ = ["Hops", "Measures", "Recipe", "bins_hz", "recipe"]
