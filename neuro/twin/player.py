"""The part of the simulated player that plays: attention, mood and hands, moved by what happens in the game."""

import numpy as np
from numpy.random import default_rng  # noqa: TID251 - seeded by the caller

from neuro.twin.attention import Zone
from neuro.twin.behaviour import Hands, caution, practice
from neuro.twin.mood import Mood
from neuro.twin.people import practised
from neuro.twin.profiles import Profile
from neuro.twin.reflex import Antisaccades

_ZONE, _HANDS, _REFLEX = 0, 4, 5
"""Streams of chance; brain, eyes and blinks have their own in neuro.sources.twin."""


class Player:
    """One simulated player in one sitting; times are seconds from the twin's start.

    Args:
        seed:    the same profile, seed and happenings are the same sitting.
        sitting: 1 for the player's first; later ones have learned.
    """

    def __init__(self, profile: Profile, seed: int, sitting: int = 1) -> None:
        self.profile = practised(profile, sitting)
        self.zone = Zone(self.profile.attention, default_rng([seed, _ZONE]))
        self.mood = Mood(profile.temper, self.profile.attention.in_s)
        self.hands = Hands(profile, lambda trial: default_rng([seed, _HANDS, trial]))
        self.antisaccades = Antisaccades(profile.looking, lambda trial: default_rng([seed, _REFLEX, trial]))
        self._sitting = sitting
        self._trials = 0
        self._played_s = 0.0
        self._began_s: float | None = None

    def answer(self, t_s: float, trial: int, go: bool, difficulty: float = 0.0) -> float | None:
        """Seconds from the stimulus at t_s to the press; None for no press."""
        attending = self.zone.attending(t_s)
        return self.hands.answer(trial, go, attending, self._caution(t_s), self._practice(), difficulty)

    def reaction_s(self, t_s: float, trial: int) -> float:
        """Seconds from the stimulus at t_s to a press that is sure to come, as after a decision of `knows`."""
        return self.hands.reaction_s(trial, self.zone.attending(t_s), self._practice())

    def stop_s(self, t_s: float, trial: int) -> float:
        """Seconds from the stop signal at t_s until an answer that is still under way is stopped."""
        return self.hands.stop_s(trial, self.zone.attending(t_s))

    def knows(self, t_s: float, trial: int, difficulty: float) -> bool:
        """Whether the trial at t_s is answered right, in any task, by its difficulty in logits."""
        arousal = float(self.zone.arousal(np.array([t_s]))[0])
        return self.hands.knows(trial, difficulty, self.zone.attending(t_s), arousal, self._practice())

    def tried(self, t_s: float, success: bool) -> None:
        """A trial is over."""
        self._trials += 1
        self.mood.tried(t_s, success)
        self._feel(t_s)

    def rewarded(self, t_s: float) -> None:
        self.mood.rewarded(t_s)
        self._feel(t_s)

    def distracted(self, t_s: float, level: int) -> None:
        """So much flutters about; to be said about once a second, so that a glow may end and frustration cool."""
        self.mood.distracted(level)
        self._feel(t_s)

    def plays(self, t_s: float, playing: bool) -> None:
        """A stretch of play begins, or ends: between them is rest."""
        if playing == (self._began_s is not None):
            return
        if self._began_s is not None:
            self._played_s += t_s - self._began_s
        self._began_s = t_s if playing else None
        self.zone.rest(t_s, not playing)

    def _feel(self, t_s: float) -> None:
        self.zone.urge(t_s, self.mood.pace(t_s))

    def _caution(self, t_s: float) -> float:
        since_s = 0.0 if self._began_s is None else t_s - self._began_s
        return caution(self.profile, (self._played_s + since_s) / 60)

    def _practice(self) -> float:
        return practice(self.profile.learning, self._sitting, self._trials)
