"""How tired the player has become since the first minutes: slower to stay even, more misses, less attention."""

from dataclasses import dataclass
from math import sqrt
from statistics import fmean

from engine.copies import replace

RESTED_SIGNALS = 40  # own choice: about the first three minutes stand for a rested player
RECENT_SIGNALS = 20  # half-life
RECENT_S = 60.0  # half-life of attention

CV_SD, MISSED_SD, ATTENTION_SD = 0.05, 0.05, 0.5
"""What one SD of fatigue is in each measure (own simulation: the spread of a rested twin's, over as many fish)."""

TIRED = 1.0


@dataclass(frozen=True, slots=True)
class Tally:
    """Sums over trials that asked for an answer, in which newer ones may weigh more.

    signals, hits: weights; reaction_s, reaction_s2: weighted sums of hits' reaction times and of their squares
    """

    signals: float = 0.0
    hits: float = 0.0
    reaction_s: float = 0.0
    reaction_s2: float = 0.0


@dataclass(frozen=True, slots=True)
class Fatigue:
    """What is remembered.

    seen:     trials of this game that asked for an answer
    rested_z, recent_z: attention, mean of the rested minutes and EWMA since; None without
    is_first: whether no other game was played before
    """

    seen: int = 0
    rested: Tally = Tally()
    recent: Tally = Tally()
    rested_z: float | None = None
    recent_z: float | None = None
    is_first: bool = True


def saw_signal(now: Fatigue, reaction_s: float | None) -> Fatigue:
    """After one trial that asked for an answer: the time to a hit, or None for one that was missed."""
    kept = 1.0 if now.seen < RESTED_SIGNALS else 2 ** (-1 / RECENT_SIGNALS)
    recent = _counted(now.recent, kept, reaction_s)
    rested = recent if now.seen < RESTED_SIGNALS else now.rested
    return replace(now, seen=now.seen + 1, rested=rested, recent=recent)


def moved_on(now: Fatigue) -> Fatigue:
    """Before another game: other times and other misses are usual in it."""
    return Fatigue(rested_z=now.rested_z, recent_z=now.recent_z, is_first=False)


def saw_attention(now: Fatigue, z: float, step_s: float) -> Fatigue:
    """After one new good estimate, `step_s` after the one before."""
    before = z if now.recent_z is None else now.recent_z
    recent = before + (z - before) * (1 - 2 ** (-step_s / RECENT_S))
    return replace(
        now, recent_z=recent, rested_z=recent if now.is_first and now.seen < RESTED_SIGNALS else now.rested_z
    )


def index(now: Fatigue) -> float | None:
    """The mean change since the rested minutes, in SD, worse above 0; None before there is anything to compare."""
    if now.seen <= RESTED_SIGNALS:
        return None
    changes = [(_missed(now.recent) - _missed(now.rested)) / MISSED_SD]
    then, lately = _variation(now.rested), _variation(now.recent)
    if then is not None and lately is not None:
        changes.append((lately - then) / CV_SD)
    if now.rested_z is not None and now.recent_z is not None:
        changes.append((now.rested_z - now.recent_z) / ATTENTION_SD)
    return fmean(changes)


def _counted(tally: Tally, kept: float, reaction_s: float | None) -> Tally:
    time_s = reaction_s or 0.0
    return Tally(
        signals=tally.signals * kept + 1,
        hits=tally.hits * kept + (reaction_s is not None),
        reaction_s=tally.reaction_s * kept + time_s,
        reaction_s2=tally.reaction_s2 * kept + time_s**2,
    )


def _missed(tally: Tally) -> float:
    return 1 - tally.hits / tally.signals


def _variation(tally: Tally) -> float | None:
    """SD over mean of hits' reaction times; None of fewer than five hits."""
    if tally.hits < 5:
        return None
    mean_s = tally.reaction_s / tally.hits
    return sqrt(max(0.0, tally.reaction_s2 / tally.hits - mean_s**2)) / mean_s
