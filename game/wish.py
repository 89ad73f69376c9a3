"""What somebody asked for, before anything is opened."""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from engine.control import Arm
from game.windows import Kind


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asked for.

    level:    id of a level, or a TOML file; plan: id of a plan, or a TOML file, whose path of today is played
    checkup:  whether it is one; without any of the three the player's own plan says what is played
    at_home:  whether the player has just chosen it at home
    born:     the player's year of birth; None leaves what is known
    closed_eyes: whether half a minute of rest is with closed eyes
    play_s:   how long to play; None for as long as the level says
    seed:     the same deals the same creatures; None for others in each sitting
    hurry:    a virtual clock as fast as the machine allows; only what is simulated or recorded can follow it
    twin:     profile of the simulated player whose hands play; None for a person
    arm:      what the loops see of attention
    yoked_to: sitting whose score the yoked arm replays
    study:    whose sealed allocation decides about both; None outside of studies
    lsl_out:  whether other programs may listen by the Lab Streaming Layer; needs a clock at real pace
    picture:  where the last screen goes; None for nowhere
    say:      takes a sentence for the person; progress: takes the share 0..1 of the sitting that is done
    sat:      is told who has played, after each sitting of a person
    """

    db: Path
    player: str = "Player"
    eeg: str = "none"
    gaze: str = "none"
    level: str | None = None
    plan: str | None = None
    checkup: bool = False
    at_home: bool = False
    born: int | None = None
    closed_eyes: bool = False
    window: Kind = "arcade"
    play_s: float | None = None
    seed: int | None = None
    hurry: bool = False
    twin: str | None = None
    arm: Arm = "live"
    yoked_to: int | None = None
    study: str | None = None
    lsl_out: bool = False
    picture: Path | None = None
    say: Callable[[str], None] = field(default=lambda sentence: print(sentence, file=sys.stderr))  # noqa: T201
    progress: Callable[[float], None] = field(default=lambda _share: None)
    sat: Callable[[str], None] = field(default=lambda _player: None)

    @property
    def has_gaze(self) -> bool:
        """Whether there are eyes to play with; a mouse that stands for them is a pointer."""
        return self.gaze not in ("none", "mouse")
