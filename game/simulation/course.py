"""One simulated player's sittings, one after another, as the game would set them up."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from numpy.random import default_rng  # noqa: TID251 - seeded by the caller

from engine import reward, skill
from engine.control import Arm
from engine.level import LEVELS, Level
from engine.session import Setup, alike
from game.simulation.figures import Figures, figures
from game.simulation.rivals import RIVALS
from game.simulation.sitting import Kind, Played, play
from game.simulation.stream import Quality, Stream
from neuro.twin.people import somebody
from neuro.twin.player import Player
from neuro.twin.profiles import PROFILES, Profile

BLOCK_S, BLOCKS = 240.0, 2
WARMUP_S = 120.0

Start = Literal["usual", "too_easy", "too_hard"]
"""Where difficulty begins: where the game puts it, or three logits off."""


@dataclass(frozen=True, slots=True)
class Job:
    """Sittings of one player.

    number:   of the player: the same profile, seed and number are the same person, whatever is played
    sittings: how many, the first being the player's first
    kind:     "knows" plays with people for whom four of five succeed at a difficulty of 0
    rival:    a rule that must not ship, by its name in `rivals.RIVALS`; None for Heron's own
    """

    profile: str
    seed: int
    number: int
    sittings: int = 10
    first: int = 1
    quality: Quality = field(default_factory=Quality)
    arm: Arm = "live"
    kind: Kind = "hands"
    rival: str | None = None
    blocks: int = BLOCKS
    start: Start = "usual"


def level() -> Level:
    """The level of the study: Strike, with anchors wide enough for everybody and blocks as long as in a plan."""
    usual = LEVELS.find("strike-01")
    game = usual.game.model_copy(update={"speed": (0.10, 0.70)})  # beyond levels for people: nobody stands at the end
    return usual.model_copy(update={"block_s": BLOCK_S, "game": game})


def course(job: Job) -> list[Figures]:
    """The numbers of all sittings of a job; nothing else decides them."""
    person, target = _person(job), level().success_target
    found: list[Figures] = []
    last: Played | None = None
    for number in range(job.first, job.first + job.sittings):
        donor = _donor(job, number) if job.arm == "yoked_replay" else None
        last = _play(job, person, _setup(job, person, number, last, donor), number)
        found.append(figures(last, number, skill.target_for(target, person.child, number), donor))
    return found


def _person(job: Job) -> Profile:
    person = somebody(PROFILES[job.profile], default_rng([job.seed, job.number]))
    if job.kind == "hands":
        return person
    # four of five succeed at a difficulty of 0: an error of three logits either way is within bounds
    settled = replace(person.skill, ability=1.9)
    return replace(person, skill=settled, learning=replace(person.learning, gain=0.0, per_trial=0.0))


def _setup(job: Job, person: Profile, number: int, last: Played | None, donor: Played | None) -> Setup:
    """As the game sets a sitting up, from what the last one left."""
    starts = {"usual": skill.warm_start(_final(last)) if last else skill.FIRST_X, "too_easy": -3.0, "too_hard": 3.0}
    return Setup(
        parts=alike(level(), job.blocks * BLOCK_S, starts[job.start]),
        seed=_seed(job, number),
        rest_s=0.0,
        warmup_s=WARMUP_S,
        last_threshold=last.done.threshold_z if last else None,
        usual=last.usual if last else None,
        sitting_number=number,
        child=person.child,
        arm=job.arm,
        tape=donor.tape if donor else (),
    )


def _play(job: Job, person: Profile, setup: Setup, number: int) -> Played:
    seed = _seed(job, number)
    player = Player(person, seed, number)
    meddle = RIVALS[job.rival](reward.goal(number)) if job.rival else None
    return play(setup, player, Stream(player, job.quality, seed), job.kind, meddle)


def _donor(job: Job, number: int) -> Played:
    """A live sitting of another player of the same kind, with the same number."""
    other = replace(job, arm="live", number=job.number + 100_000)
    person = _person(other)
    return _play(other, person, _setup(other, person, number, None, None), number)


def _final(played: Played) -> float | None:
    """Mean difficulty over the final third of the trials."""
    xs = [trial.difficulty for trial in played.trials if trial.valid]
    third: Sequence[float] = xs[-(len(xs) // 3) :]
    return sum(third) / len(third) if third else None


def _seed(job: Job, number: int) -> int:
    return (job.seed * 1_000_000 + job.number) * 1000 + number
