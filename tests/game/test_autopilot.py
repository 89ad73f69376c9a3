"""The simulated player lives through what the sitting brings."""

from dataclasses import replace

import numpy as np

from engine.distractors import Distractors
from engine.events import Event, RewardPaid, Stage, StimulusShown, TrialDone
from engine.level import LEVELS
from engine.session import Setup, Sitting, alike, begin
from game.autopilot import Feelings
from neuro.sources.twin import Twin
from neuro.twin.eyes import RATE_HZ

SITTING = replace(begin(Setup(alike(LEVELS.find("strike-01"), 60.0), 1)), stage="block")
PAID = RewardPaid(1, 0.5, 0.2)
SHOWN = StimulusShown(1, "strike", "fish", 0.0, 1)
MISSED = TrialDone(1, 1, "strike", "fish", "miss", False, True, False, 1, None, 0.0, 0)


class Lived:
    """A twin whose time is moved by hand."""

    def __init__(self, profile: str, seed: int = 1) -> None:
        self.twin = Twin(profile, seed)
        self.now_s = 0.0
        self.feelings = Feelings(self.twin, lambda: self.now_s)

    def saw(self, sitting: Sitting, *events: Event, after_s: float = 1.0) -> None:
        self.now_s += after_s
        self.feelings.saw(sitting, events)


def test_failures_frustrate_and_rewards_glow() -> None:
    lived = Lived("child")
    for _ in range(3):
        lived.saw(SITTING, MISSED)
    assert lived.twin.player.mood.frustration(lived.now_s) > 0.2
    usual = lived.twin.player.mood.pace(lived.now_s)
    lived.saw(SITTING, PAID)
    assert lived.twin.player.mood.pace(lived.now_s) < usual


def test_the_pupil_widens_when_a_creature_is_recognised_and_attended_to() -> None:
    def widest_mm(*events: Event) -> float:
        lived = Lived("adult")
        lived.saw(SITTING, after_s=next(t for t in range(60) if lived.twin.zone.attending(t)))
        lived.saw(SITTING, *events, after_s=0.0)
        pupil_mm = lived.twin.eyes.samples(round((lived.now_s + 2) * RATE_HZ), (0.5, 0.5)).pupil_mm
        assert pupil_mm is not None
        return float(np.nanmax(pupil_mm[-2 * round(RATE_HZ) :]))

    assert widest_mm(SHOWN) > widest_mm() + 0.1


def test_distractors_pull() -> None:
    lived = Lived("adhd")
    lived.saw(SITTING)
    calm = lived.twin.player.mood.pace(lived.now_s)
    lived.saw(replace(SITTING, distractors=Distractors(3, 3, 1000)))
    assert lived.twin.player.mood.pace(lived.now_s) > calm + 1


def test_a_cheat_clenches_while_no_rewards_come_and_lets_go_when_they_do() -> None:
    lived = Lived("emg_cheat")

    def muscle() -> float:
        """RMS of what changes from sample to sample, of the next seconds: muscle is fast."""
        lived.twin.brain.samples(512)
        uv = lived.twin.brain.samples(512)
        return float((uv[:, 1:] - uv[:, :-1]).std())

    lived.saw(SITTING)
    relaxed = muscle()
    for _ in range(3):
        lived.saw(SITTING)
    tight = muscle()
    lived.saw(SITTING, PAID)
    assert tight > 1.5 * relaxed
    assert muscle() < 1.2 * relaxed


def test_breaks_are_rest() -> None:
    def arousal(stage: Stage) -> float:
        """After a quarter of an hour of play and ten minutes of that stage, mean of eight players."""
        found = []
        for seed in range(8):
            lived = Lived("adhd", seed)
            lived.saw(SITTING)
            lived.saw(replace(SITTING, stage=stage), after_s=900.0)
            found.append(lived.twin.zone.arousal(np.array([lived.now_s + 600.0]))[0])
        return float(np.mean(found))

    assert arousal("break") > arousal("block") + 0.5
