"""One sitting in plain words, one fact a line; each can still be said in another language."""

from collections.abc import Iterator, Sequence
from functools import reduce
from math import dist

from engine.report import GazeCheck, Loss, Played, Summary
from engine.said import Said

FOOTNOTE = Said("These are numbers of one practice, compared with nobody else. They say nothing about health.")


def as_text(summary: Summary) -> str:
    """In English, what belongs to a game below its line, and the footnote."""
    return "\n".join([*(f"{'  ' * depth}{line}" for depth, line in told(summary)), FOOTNOTE])


def told(summary: Summary) -> Iterator[tuple[int, Said]]:
    """Every line, and how deep it stands: 1 for what belongs to the game above it."""
    yield 0, _headline(summary)
    yield from _play(summary)
    for line in (*_signal(summary), *_model(summary), *_gaze(summary.gaze), *map(_loss, summary.losses)):
        yield 0, line


_ENDINGS = {
    "done": Said("played to its end"),
    "left": Said("left before its end"),
    "interrupted": Said("cut off, and kept as far as it was saved"),
    "failed": Said("ended by a failure"),
    None: Said("still running"),
}


def _headline(summary: Summary) -> Said:
    return Said(
        "Sitting {n}, level {level}, {started}: {minutes:.1f} minutes, {ending}{stars}.",
        n=summary.session,
        level=summary.level,
        started=summary.started_utc,
        minutes=summary.minutes,
        ending=_ENDINGS[summary.ending],
        stars=_stars(summary.stars),
    )


def _stars(n: int) -> str:
    if n == 1:
        return Said(", 1 star")
    return Said(", {n} stars", n=n) if n else ""


def _play(summary: Summary) -> Iterator[tuple[int, Said]]:
    if not summary.trials or summary.success_rate is None:
        yield 0, Said("No trial was finished that counts.")
        return
    yield 0, Said("Trials: {n}, {share:.0%} of them right.", n=summary.trials, share=summary.success_rate)
    for game in summary.games:
        yield 0, _game(game)
        yield from ((1, line) for line in _details(game))


_BY = {"gaze": Said("with the eyes"), "pointer": Said("with the pointer"), "keys": Said("with keys")}


def _game(game: Played) -> Said:
    name = Said(game.task.replace("-", " ").capitalize())
    if game.is_checkup:
        name = Said("Check-up, {name}", name=name)
    if game.by:
        how = reduce(lambda a, b: Said("{first} and {more}", first=a, more=b), (_BY[by] for by in game.by))
        name = Said("{first}, {more}", first=name, more=how)
    right = "" if game.success_rate is None else Said(", {share:.0%} right", share=game.success_rate)
    return Said("{game}: {n} trials{right}.", game=name, n=game.trials, right=right)


def _details(game: Played) -> Iterator[Said]:
    """How hard it was, and what it measured."""
    if game.difficulty_start is not None and game.difficulty_end is not None:
        yield Said(
            "Difficulty went from {first:+.2f} to {last:+.2f}.",
            first=game.difficulty_start,
            last=game.difficulty_end,
        )
    if game.ability is not None and game.ability_interval is not None:
        low, high = game.ability_interval
        yield Said(
            "Half would be right at {mean:+.2f} (most likely between {low:+.2f} and {high:+.2f}).",
            mean=game.ability,
            low=low,
            high=high,
        )
    measured = [_measured(name, value) for name, value in game.measures.items() if isinstance(value, float)]
    if measured:
        yield Said("Measured: {what}.", what=_listed(measured))


def _listed(parts: Sequence[Said]) -> Said:
    return reduce(lambda a, b: Said("{first}, {more}", first=a, more=b), parts)


def _measured(name: str, value: float) -> Said:
    """A measure by its name and with its unit, both of which docs/tasks.md explains."""
    words = name.replace("d_prime", "d′").replace("_", " ")
    if words.endswith(" per s"):
        return Said("{name} {value:.2f} a second", name=Said(words.removesuffix(" per s")), value=value)
    if words.endswith(" per min"):
        return Said("{name} {value:.2f} a minute", name=Said(words.removesuffix(" per min")), value=value)
    if words.endswith(" s"):
        return Said("{name} {value:.0f} ms", name=Said(words.removesuffix(" s")), value=1000 * value)
    if words.endswith(" deg"):
        return Said("{name} {value:.2f} degrees", name=Said(words.removesuffix(" deg")), value=value)
    if words.endswith(" rate"):
        return Said("{name} {value:.0f} %", name=Said(words), value=100 * value)
    return Said("{name} {value:.2f}", name=Said(words), value=value)


_WORSE = {
    "poor": Said("poor contact"),
    "artifact": Said("movement"),
    "not_worn": Said("not worn"),
    "stale": Said("no new signal"),
    "absent": Said("no headset"),
}


def _signal(summary: Summary) -> Iterator[Said]:
    if summary.good_share is None:
        yield Said("There was no headset: the game went by the play alone.")
        return
    yield Said("The signal was good {share:.0%} of the time.", share=summary.good_share)
    worse = [
        Said("{state} {seconds:.0f} s", state=_WORSE[state], seconds=s)
        for state, s in summary.state_s.items()
        if state != "good"
    ]
    if worse:
        yield Said("Otherwise it was: {what}.", what=_listed(worse))
    if summary.reward_rate is not None and summary.threshold_z is not None:
        yield Said(
            "Attention was above the threshold ({z:+.2f}) for {share:.0%} of the good time. Rewards: {n}.",
            z=summary.threshold_z,
            share=summary.reward_rate,
            n=summary.rewards,
        )


def _model(summary: Summary) -> Iterator[Said]:
    """Silent where it is the one that everybody has, and nothing is to be said of that."""
    if summary.model is None:
        return
    if summary.model.whose == "own":
        yield Said("The score came from the player's own model.")
    elif summary.model.why:
        yield Said(summary.model.why)


def _gaze(checks: Sequence[GazeCheck]) -> Iterator[Said]:
    known = [
        Said("{degrees:.1f} degrees {when}", degrees=check.error_deg, when=_when(check))
        for check in checks
        if check.error_deg is not None
    ]
    unknown = [_when(check) for check in checks if check.error_deg is None]
    if known:
        yield Said("Where the player looked was off by {off}.{drifted}", off=_listed(known), drifted=_drifted(checks))
    if unknown:
        yield Said("Too few dots were looked at to say how far off gaze was: {when}.", when=_listed(unknown))
    if checks and not checks[-1].good:
        yield Said("Gaze is not to be relied on here: seat the glasses well, and have the screen in their sight.")


def _when(check: GazeCheck) -> Said:
    return Said("after part {n}", n=check.block) if check.block else Said("at the beginning")


def _drifted(checks: Sequence[GazeCheck]) -> str:
    """How far the gaze has wandered on the whole, where two checks tell."""
    drifts = [check.drift_deg for check in checks if check.drift_deg is not None]
    if len(drifts) < 2:
        return ""
    return Said(" It wandered by {degrees:.1f} degrees in between.", degrees=dist(drifts[0], drifts[-1]))


_DEVICES = {"eeg": Said("headset"), "gaze": Said("eye tracker")}


def _loss(loss: Loss) -> Said:
    how_long = Said("until the end") if loss.seconds is None else Said("for {n:.0f} s", n=loss.seconds)
    return Said(
        "After {minutes:.1f} minutes the {device} was gone {how_long}: {reason}",
        minutes=loss.at_s / 60,
        device=_DEVICES[loss.device],
        how_long=how_long,
        reason=loss.reason,
    )
