"""Control arms: what the loops see of attention in each, who is in which arm, and who came to know it.

Every arm looks and sounds the same: the same water, the same fireflies, and the player's own artifacts stop both.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from hmac import compare_digest
from typing import Literal, get_args

from engine import dice
from engine.errors import BrokenSeal

Arm = Literal["live", "yoked_replay", "performance_only", "fixed"]
ARMS: tuple[Arm, ...] = get_args(Arm)

Guesser = Literal["player", "parent", "therapist"]
Answer = Literal["live", "control"] | None
"""What somebody believes an arm to be; None for "I do not know"."""

BY_BEHAVIOUR: tuple[Arm, ...] = ("performance_only", "fixed")
"""Arms in which nothing that is seen depends on attention."""

MARGIN_Z = 1.0  # own choice: so far above or below its threshold attention is shown where it is not measured
CYCLE_S = 10.0  # own choice: of the fixed arm, about as long as people stay in one state


@dataclass(frozen=True, slots=True)
class Own:
    """What the loops know of the player at a new good estimate of a block.

    score:     0..1
    t_s:       stamp of the estimate
    centre, spread, threshold_z: the player's own calibration; z = (score - centre) / spread
    good:      how many good estimates there have been in blocks before this one
    succeeded: in the newest valid trial; None before the first
    goal:      share of the time to reward
    """

    score: float
    t_s: float
    centre: float
    spread: float
    threshold_z: float
    good: int
    succeeded: bool | None
    goal: float


def score(arm: Arm, tape: Sequence[float], own: Own) -> float:
    """The score that the loops see, on the scale of the player's own.

    live:             the player's own
    yoked_replay:     as far above or below the threshold as another player was above or below theirs; `tape` is that
                      sitting's margins in SD, one a good estimate, begun anew at its end. So its share of rewards is
                      that sitting's, and it knows nothing of this player
    performance_only: above the threshold after a success, below it after a failure
    fixed:            above it for the goal's share of every ten seconds
    """
    match arm:
        case "live":
            return own.score
        case "yoked_replay":
            margin_z = tape[own.good % len(tape)]
        case "performance_only":
            margin_z = MARGIN_Z if own.succeeded in (True, None) else -MARGIN_Z
        case "fixed":
            margin_z = MARGIN_Z if own.t_s % CYCLE_S < own.goal * CYCLE_S else -MARGIN_Z
    return own.centre + own.spread * (own.threshold_z + margin_z)


@dataclass(frozen=True, slots=True)
class Sealed:
    """An allocation nobody has to see.

    commitment: SHA-256 of arm and nonce; it may be published, for it says nothing of the arm as long as the nonce is
                unknown, and afterwards proves that the arm was not changed
    """

    commitment: str
    arm: Arm
    nonce: str


def sealed(arm: Arm, nonce: str) -> Sealed:
    """The arm under a seal. Raises ValueError: a nonce of less than 128 bits, in hexadecimal, can be guessed."""
    if len(bytes.fromhex(nonce)) < 16:
        raise ValueError("A nonce needs at least 32 hexadecimal digits.")
    return Sealed(_commitment(arm, nonce), arm, nonce)


def opened(commitment: str, arm: Arm, nonce: str) -> Arm:
    """The arm, if it is the one that was sealed. Raises BrokenSeal."""
    if not compare_digest(_commitment(arm, nonce), commitment):
        raise BrokenSeal(
            "This allocation is not the one that was sealed; keep the file as it is and ask who holds the list."
        )
    return arm


def _commitment(arm: Arm, nonce: str) -> str:
    return sha256(f"{arm}:{nonce}".encode()).hexdigest()


def allocation(arms: Sequence[Arm], number: int, seed: int) -> Arm:
    """Who comes as `number`, from 0: permuted blocks of twice the arms, so that the arms stay of one size."""
    block, place = divmod(number, 2 * len(arms))
    lots = [dice.roll(seed, "allocation", block, lot) for lot in range(2 * len(arms))]
    return arms[sorted(range(len(lots)), key=lots.__getitem__)[place] % len(arms)]


def turns(arms: tuple[Arm, Arm], pairs: int, seed: int) -> tuple[Arm, ...]:
    """One player's stretches, two a pair: which of both arms comes first in it is drawn by lot."""
    firsts = [dice.roll(seed, "turn", pair) < 0.5 for pair in range(pairs)]
    return tuple(arm for is_first in firsts for arm in (arms if is_first else arms[::-1]))


@dataclass(frozen=True, slots=True)
class Unblinding:
    """Somebody has seen an arm; `link` ties this to all entries before it, so that none can be changed unseen."""

    who: str
    why: str
    at_unix_s: float
    commitment: str
    link: str


def unblinded(
    log: Sequence[Unblinding], who: str, why: str, at_unix_s: float, commitment: str
) -> tuple[Unblinding, ...]:
    """The log with one more entry."""
    before = log[-1].link if log else ""
    return (*log, Unblinding(who, why, at_unix_s, commitment, _link(before, who, why, at_unix_s, commitment)))


def checked(log: Iterable[Unblinding]) -> None:
    """Raises BrokenSeal: an entry was changed, taken out or put in."""
    before = ""
    for number, entry in enumerate(log, 1):
        if entry.link != _link(before, entry.who, entry.why, entry.at_unix_s, entry.commitment):
            raise BrokenSeal(f"Entry {number} of the unblinding log does not follow from those before it.")
        before = entry.link


def _link(before: str, who: str, why: str, at_unix_s: float, commitment: str) -> str:
    return sha256(repr((before, who, why, at_unix_s, commitment)).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Guess:
    """What somebody believes at the end of a course."""

    by: Guesser
    arm: Arm
    answer: Answer


def blinding_index(guesses: Iterable[Guess], live: bool) -> float | None:
    """How far one side saw through the blinding: 1 all guessed right, 0 chance, -1 all wrong; None without guesses.

    (right - wrong) / all, those who do not know included. Source: Bang et al. 2004, Control Clin Trials 25:143.
    """
    answers = [guess.answer for guess in guesses if (guess.arm == "live") == live]
    if not answers:
        return None
    right = sum(answer == ("live" if live else "control") for answer in answers)
    wrong = sum(answer == ("control" if live else "live") for answer in answers)
    return (right - wrong) / len(answers)
