"""One sitting in plain words, one fact a line."""

from collections.abc import Sequence
from math import dist

from engine.report import GazeCheck, Loss, Played, Summary

FOOTNOTE = "These are numbers of one practice, compared with nobody else. They say nothing about health."


def as_text(summary: Summary) -> str:
    """Plain words, one fact a line."""
    lines = [
        _headline(summary),
        *_play(summary),
        *_signal(summary),
        *_model(summary),
        *_gaze(summary.gaze),
        *map(_loss, summary.losses),
        FOOTNOTE,
    ]
    return "\n".join(lines)


_ENDINGS = {
    "done": "played to its end",
    "left": "left before its end",
    "interrupted": "cut off, and kept as far as it was saved",
    "failed": "ended by a failure",
    None: "still running",
}


def _headline(summary: Summary) -> str:
    stars = {0: "", 1: ", 1 star"}.get(summary.stars, f", {summary.stars} stars")
    return (
        f"Sitting {summary.session}, level {summary.level}, {summary.started_utc}: {summary.minutes:.1f} minutes, "
        f"{_ENDINGS[summary.ending]}{stars}."
    )


def _play(summary: Summary) -> list[str]:
    if not summary.trials or summary.success_rate is None:
        return ["No trial was finished that counts."]
    whole = f"Trials: {summary.trials}, {summary.success_rate:.0%} of them right."
    return [whole, *(line for game in summary.games for line in _told(game))]


_BY = {"gaze": "with the eyes", "pointer": "with the pointer", "keys": "with keys"}


def _told(game: Played) -> list[str]:
    """One game: how much, how hard, and what it measured."""
    name, how = game.task.replace("-", " ").capitalize(), " and ".join(_BY[by] for by in game.by)
    name = f"Check-up, {name.lower()}" if game.is_checkup else name
    lines = [f"{name}{', ' * bool(how)}{how}: {game.trials} trials{_right(game)}."]
    if game.difficulty_start is not None and game.difficulty_end is not None:
        lines.append(f"  Difficulty went from {game.difficulty_start:+.2f} to {game.difficulty_end:+.2f}.")
    if game.ability is not None and game.ability_interval is not None:
        low, high = game.ability_interval
        lines.append(
            f"  Half would be right at {game.ability:+.2f} (most likely between {low:+.2f} and {high:+.2f})."
        )
    measured = [_measured(name, value) for name, value in game.measures.items() if isinstance(value, float)]
    return [*lines, f"  Measured: {', '.join(measured)}."] if measured else lines


def _right(game: Played) -> str:
    return "" if game.success_rate is None else f", {game.success_rate:.0%} right"


_UNITS = ((" per min", " a minute", 1.0), (" s", " ms", 1000.0), (" deg", " degrees", 1.0), (" rate", " %", 100.0))


def _measured(name: str, value: float) -> str:
    """A measure by its name and with its unit, both of which docs/tasks.md explains."""
    words = name.replace("d_prime", "d'").replace("_", " ")
    for ending, unit, scale in ((" per s", " a second", 1.0), *_UNITS):
        if words.endswith(ending):
            said = words if ending == " rate" else words.removesuffix(ending)
            return f"{said} {value * scale:.{0 if scale > 1 else 2}f}{unit}"
    return f"{words} {value:.2f}"


def _signal(summary: Summary) -> list[str]:
    if summary.good_share is None:
        return ["There was no headset: the game went by the play alone."]
    lines = [f"The signal was good {summary.good_share:.0%} of the time."]
    worse = [f"{state.replace('_', ' ')} {s:.0f} s" for state, s in summary.state_s.items() if state != "good"]
    if worse:
        lines.append(f"Otherwise it was: {', '.join(worse)}.")
    if summary.reward_rate is not None and summary.threshold_z is not None:
        lines.append(
            f"Attention was above the threshold ({summary.threshold_z:+.2f}) for {summary.reward_rate:.0%} "
            f"of the good time. Rewards: {summary.rewards}."
        )
    return lines


def _model(summary: Summary) -> list[str]:
    """Silent where it is the one that everybody has, and nothing is to be said of that."""
    if summary.model is None:
        return []
    own = "The score came from the player's own model."
    return [own] if summary.model.whose == "own" else [summary.model.why] if summary.model.why else []


def _gaze(checks: Sequence[GazeCheck]) -> list[str]:
    known = [(_when(check), check.error_deg) for check in checks if check.error_deg is not None]
    unknown = [_when(check) for check in checks if check.error_deg is None]
    lines = []
    if known:
        off = ", ".join(f"{error_deg:.1f} degrees {when}" for when, error_deg in known)
        lines.append(f"Where the player looked was off by {off}.{_drifted(checks)}")
    if unknown:
        lines.append(f"Too few dots were looked at to say how far off gaze was: {', '.join(unknown)}.")
    if checks and not checks[-1].good:
        lines.append("Gaze is not to be relied on here: seat the glasses well, and have the screen in their sight.")
    return lines


def _when(check: GazeCheck) -> str:
    return f"after part {check.block}" if check.block else "at the beginning"


def _drifted(checks: Sequence[GazeCheck]) -> str:
    """How far the gaze has wandered on the whole, where two checks tell."""
    drifts = [check.drift_deg for check in checks if check.drift_deg is not None]
    if len(drifts) < 2:
        return ""
    return f" It wandered by {dist(drifts[0], drifts[-1]):.1f} degrees in between."


def _loss(loss: Loss) -> str:
    device = {"eeg": "headset", "gaze": "eye tracker"}[loss.device]
    how_long = "until the end" if loss.seconds is None else f"for {loss.seconds:.0f} s"
    return f"After {loss.at_s / 60:.1f} minutes the {device} was gone {how_long}: {loss.reason}"
