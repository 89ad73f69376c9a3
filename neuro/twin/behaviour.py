"""The hands of the simulated player: when they press, and when they should not have."""

from collections.abc import Callable

from numpy.random import Generator  # noqa: TID251 - a type here, not a source of chance

from neuro.twin.profiles import Profile, Reaction

_FASTEST_S = 0.15  # nobody reacts sooner; earlier presses are guesses

_FALSE_ALARM_PACE = 0.85  # own choice: presses that should have been held are the hasty ones


class Hands:
    """Presses of one player.

    Args: chance: a fresh generator for a trial number, so that the order of questions does not matter.
    """

    def __init__(self, profile: Profile, chance: Callable[[int], Generator]) -> None:
        self._profile = profile
        self._chance = chance

    def answer(self, trial: int, go: bool, attending: bool) -> float | None:
        """Seconds from the moment the stimulus can be recognised to the press; None for no press."""
        rng = self._chance(trial)
        reaction = self._profile.reaction_in if attending else self._profile.reaction_out
        slip = rng.random()
        time_s = _reaction_time(reaction, rng)
        if go:
            return time_s if slip >= reaction.omission else None
        return max(_FASTEST_S, time_s * _FALSE_ALARM_PACE) if slip < reaction.false_alarm else None


def _reaction_time(reaction: Reaction, rng: Generator) -> float:
    time_s = reaction.mu_s + reaction.sigma_s * rng.standard_normal() + rng.exponential(reaction.tau_s)
    return max(_FASTEST_S, time_s)
