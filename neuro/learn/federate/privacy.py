"""How much can be learned of one player from everything that a home ever sent."""

from dp_accounting import GaussianDpEvent, SelfComposedDpEvent
from dp_accounting.pld import PLDAccountant


def epsilon(noise: float, rounds: int, delta: float) -> float:
    """Of (epsilon, delta)-differential privacy; infinite without noise.

    Two databases are neighbours where one player's part of a mean is nought instead: how many players a home has is
    no secret. Each round is a Gaussian mechanism of sensitivity `clip` with noise of `noise` times that, and every
    round sees everybody. Source: Kairouz et al. 2021, ICML (zeroing out); Google's dp-accounting (PLD).
    """
    if noise == 0:
        return float("inf")
    accountant = PLDAccountant()
    accountant.compose(SelfComposedDpEvent(GaussianDpEvent(noise), rounds))
    return float(accountant.get_epsilon(delta))
