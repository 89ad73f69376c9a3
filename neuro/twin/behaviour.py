"""The hands of the simulated player: when they press, when they should not have, and how practice betters them."""

from collections.abc import Callable
from math import exp
from statistics import NormalDist

from numpy.random import Generator  # noqa: TID251 - a type here, not a source of chance

from neuro.twin.profiles import Learning, Profile, Reaction

_FASTEST_S = 0.15  # nobody reacts sooner; earlier presses are guesses

_FALSE_ALARM_PACE = 0.85  # own choice: presses that should have been held are the hasty ones

_FASTER_PER_LOGIT = 0.12  # own choice: log of reaction time; a course of practice makes it about a tenth shorter

_STOP_SD_S, _FASTEST_STOP_S = 0.02, 0.10  # own choices

_NORMAL = NormalDist()


class Hands:
    """Presses of one player.

    Args: chance: a fresh generator for a trial number, so that the order of questions does not matter.
    """

    def __init__(self, profile: Profile, chance: Callable[[int], Generator]) -> None:
        self._profile = profile
        self._chance = chance

    def answer(
        self,
        trial: int,
        go: bool,
        attending: bool,
        caution: float = 0.0,
        practice: float = 0.0,
        difficulty: float = 0.0,
    ) -> float | None:
        """Seconds from the moment the stimulus can be recognised to the press; None for no press.

        caution:    shift of the criterion towards not pressing, in SD
        practice:   logits gained since the profile's numbers were taken
        difficulty: logits by which slips are likelier than in the profile; how fast the hand is stays as it is
        """
        rng = self._chance(trial)
        reaction = self._profile.reaction_in if attending else self._profile.reaction_out
        slip = rng.random()
        time_s = _reaction_time(reaction, rng, exp(-_FASTER_PER_LOGIT * practice))
        if go:
            return time_s if slip >= _odds(_shifted(reaction.omission, caution), difficulty - practice) else None
        false_alarm = _odds(_shifted(reaction.false_alarm, -caution), difficulty - practice)
        return max(_FASTEST_S, time_s * _FALSE_ALARM_PACE) if slip < false_alarm else None

    def reaction_s(self, trial: int, attending: bool, practice: float = 0.0) -> float:
        """Seconds to a press that is sure to come, as after a decision of `knows`."""
        rng = self._chance(trial)
        rng.random()  # what the decision was drawn by
        reaction = self._profile.reaction_in if attending else self._profile.reaction_out
        return _reaction_time(reaction, rng, exp(-_FASTER_PER_LOGIT * practice))

    def stop_s(self, trial: int, attending: bool) -> float:
        """Seconds from a stop signal until it is too late to press: the other runner of the race."""
        reaction = self._profile.reaction_in if attending else self._profile.reaction_out
        own = self._chance(trial).spawn(1)[0]  # whatever else the trial draws
        return max(_FASTEST_STOP_S, float(own.normal(reaction.stop_s, _STOP_SD_S)))

    def knows(
        self, trial: int, difficulty: float, attending: bool, arousal: float = 0.0, practice: float = 0.0
    ) -> bool:
        """Whether a trial of any task is answered right, by difficulty in logits alone.

        p = (1 - lapses) / (1 + exp(difficulty - ability)), where being out of the zone costs `out_costs` logits and
        an SD of arousal brings half of one.
        """
        skill = self._profile.skill
        ability = skill.ability + practice + 0.5 * arousal - (0.0 if attending else skill.out_costs)
        chance = (1 - skill.lapses) / (1 + exp(difficulty - ability))
        return bool(self._chance(trial).random() < chance)


def caution(profile: Profile, minutes: float) -> float:
    """How far the criterion has drifted towards not pressing after so many minutes of play, in SD.

    Source: Huang-Pollock et al. 2020: children's vigilance decrement is mainly a shift of bias.
    """
    return profile.learning.caution_per_min * minutes


def practice(learning: Learning, sitting: int, trials: int) -> float:
    """Logits gained by the trials of today and the sittings before; `sitting` is 1 in the first.

    Between sittings a saturating exponential with 85 % of its gain by the twelfth sitting.
    """
    before = learning.gain * float(1 - 0.15 ** ((sitting - 1) / 12))
    return before + min(learning.most_within, learning.per_trial * trials)


def _shifted(probability: float, by: float) -> float:
    """A probability of not pressing (or, with a negative shift, of pressing) after the criterion has moved."""
    return _NORMAL.cdf(_NORMAL.inv_cdf(probability) + by) if by else probability


def _odds(probability: float, logits: float) -> float:
    """The probability whose odds are exp(logits) times as high."""
    return probability / (probability + (1 - probability) * exp(-logits)) if logits else probability


def _reaction_time(reaction: Reaction, rng: Generator, pace: float) -> float:
    time_s = reaction.mu_s + reaction.sigma_s * rng.standard_normal() + rng.exponential(reaction.tau_s)
    return float(max(_FASTEST_S, time_s * pace))
