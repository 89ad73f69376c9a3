"""A client's last sittings as charts: skill, attention, reaction times, eyes and comfort."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from statistics import fmean, median

from engine import ability
from engine.checkup import CHECKUPS
from engine.store import Store
from engine.store.clinic import Answer, Asker, Look, Outcome
from engine.tasks.measures import TAIL_TRIALS, ex_gaussian
from game.exporting.table import Cell
from game.portal.charts import Bars, Chart, Line, Sheet, bars, lines, percent, plain
from game.portal.names import game_name
from game.words import say

LAST = 24
"""Sittings on a client's page (own choice: six weeks of a usual plan); the table has all."""

FEW = 20
"""Answers below which a distribution of reaction times is not drawn (own choice)."""

_STEP_S = 0.05


@dataclass(frozen=True, slots=True)
class Sat:
    """One sitting, the trials that count of it, and what its signals were measured against."""

    outcome: Outcome
    look: Look
    trials: Sequence[Answer]

    @property
    def at(self) -> float:
        return self.outcome.began_unix_s

    @property
    def z(self) -> float | None:
        """Mean score of the good signal, in SD of the sitting's own warm-up."""
        score, centre, spread = self.outcome.score, self.look.centre, self.look.spread
        return None if score is None or centre is None or not spread else (score - centre) / spread


def charts(store: Store, asker: Asker, player_id: int) -> tuple[Chart, ...]:
    """Those of which there is something to show. Raises: NotFound: it is not the asker's to see."""
    sittings = _sat(store, asker, player_id)
    if not sittings:
        return ()
    return (*_skill(sittings), *_attention(sittings), *_reactions(sittings), *_eyes(sittings), *_felt(sittings))


def _sat(store: Store, asker: Asker, player_id: int) -> list[Sat]:
    """The last ones, the oldest first."""
    outcomes = {one.session_id: one for one in store.clinic.sittings(asker, player_id, LAST)}
    looks = store.clinic.looks(asker, player_id, LAST)
    answers = store.clinic.answers(asker, player_id, LAST, CHECKUPS.ids())  # check-ups are told apart
    return [Sat(outcomes[one.session_id], one, answers.get(one.session_id, ())) for one in looks]


def _skill(sittings: Sequence[Sat]) -> Iterator[Chart]:
    yield _trend(
        "right",
        say("Right answers"),
        [Line("", [one.at for one in sittings], [one.outcome.success_rate for one in sittings])],
        {"right": say("Share of answers that were right")},
        up=(0.0, 1.0),
        shares=True,
    )
    played = [{trial.task for trial in one.trials} for one in sittings]
    for task in dict.fromkeys(trial.task for one in sittings for trial in one.trials):
        if sum(task in tasks for tasks in played) > 1:
            yield _ability(task, sittings)


def _ability(task: str, sittings: Sequence[Sat]) -> Chart:
    """Each sitting by itself: what the difficulty was at which half would have been right."""
    played = [(one, [trial for trial in one.trials if trial.task == task]) for one in sittings]
    known = [(one, ability.of(trials), len(trials)) for one, trials in played if trials]
    newest, low, high = known[-1][1].mean, *known[-1][1].interval
    sentence = say(
        "In the last of {n} sittings half would have been right at a difficulty of {mean:.2f}, "
        "most likely between {low:.2f} and {high:.2f}.",
        n=len(known),
        mean=newest,
        low=low,
        high=high,
    )
    at = [one.at for one, _, _ in known]
    line = Line(
        "",
        at,
        [found.mean for _, found, _ in known],
        [found.interval[0] for _, found, _ in known],
        [found.interval[1] for _, found, _ in known],
    )
    sheet = Sheet(
        f"ability-{task}",
        say("Ability in {game}", game=game_name(task)),
        {
            "day": say("Day"),
            "ability": say("Difficulty at which half would be right, logits"),
            "low": say("Lower end of its 95 % interval"),
            "high": say("Upper end"),
            "trials": say("Answers that count"),
        },
        [
            (_iso(one.at), round(found.mean, 3), *(round(end, 3) for end in found.interval), n)
            for one, found, n in known
        ],
    )
    return Chart(sheet, sentence, lines([line], sentence))


def _attention(sittings: Sequence[Sat]) -> Iterator[Chart]:
    at = [one.at for one in sittings]
    threshold = Line(say("Threshold"), at, [one.outcome.threshold_z for one in sittings])
    z = Line(say("Attention"), at, [one.z for one in sittings])
    if any(value is not None for value in (*threshold.ys, *z.ys)):
        yield _trend(
            "threshold",
            say("Attention and its threshold"),
            [threshold, z],
            {
                "threshold_z": say("Threshold at the end, SD of the day's warm-up"),
                "z": say("Mean attention while the signal was good, SD of the day's warm-up"),
            },
            marks=(0.0,),
        )
    yield from _if_known(
        "signal",
        say("Signal"),
        [
            Line(say("Good signal"), at, [one.outcome.good_share for one in sittings]),
            Line(say("Of it rewarded"), at, [one.outcome.reward_share for one in sittings]),
        ],
        {
            "good": say("Share of the time with a good signal"),
            "rewarded": say("Share of that time above the threshold"),
        },
        up=(0.0, 1.0),
        shares=True,
    )


def _reactions(sittings: Sequence[Sat]) -> Iterator[Chart]:
    trials = [trial for one in sittings for trial in one.trials if trial.success and trial.reaction_s is not None]
    for task in dict.fromkeys(trial.task for trial in trials):
        times_s = [trial.reaction_s for trial in trials if trial.task == task and trial.reaction_s is not None]
        if len(times_s) >= FEW:
            yield _distribution(task, times_s)


def _distribution(task: str, times_s: Sequence[float]) -> Chart:
    lowest = int(min(times_s) / _STEP_S)
    n_bars = int(max(times_s) / _STEP_S) - lowest + 1
    step = _STEP_S * max(1, -(-n_bars // 40))  # at most forty bars
    counts = [0] * (int((max(times_s) - lowest * _STEP_S) / step) + 1)
    for time_s in times_s:
        counts[int((time_s - lowest * _STEP_S) / step)] += 1
    edges = [round(lowest * _STEP_S + n * step, 3) for n in range(len(counts) + 1)]
    sentence = say(
        "{n} right answers, half of them within {middle:.2f} s.{tail}",
        n=len(times_s),
        middle=median(times_s),
        tail=_tail(times_s),
    )
    sheet = Sheet(
        f"reactions-{task}",
        say("Reaction times in {game}", game=game_name(task)),
        {"from_s": say("From, s"), "to_s": say("To, s"), "answers": say("Right answers")},
        [(left, right, count) for (left, right), count in zip(pairwise(edges), counts, strict=True)],
    )
    return Chart(sheet, sentence, bars(Bars(edges, counts), sentence, lambda at_s: f"{at_s:g} s"))


def _tail(times_s: Sequence[float]) -> str:
    fit = ex_gaussian(times_s) if len(times_s) >= TAIL_TRIALS else None
    if fit is None:
        return ""
    return " " + say(
        "As an ex-Gaussian: μ {mu:.3f} s, σ {sigma:.3f} s, τ {tau:.3f} s.",
        mu=fit.mu_s,
        sigma=fit.sigma_s,
        tau=fit.tau_s,
    )


def _eyes(sittings: Sequence[Sat]) -> Iterator[Chart]:
    at = [one.at for one in sittings]
    looks = [one.look for one in sittings]
    yield from _if_known(
        "gaze",
        say("Where the eyes were"),
        [
            Line(say("On the screen"), at, [one.on_screen_share for one in looks]),
            Line(say("On the target"), at, [one.on_target_share for one in looks]),
            Line(say("At rest"), at, [one.fixation_share for one in looks]),
        ],
        {
            "on_screen": say("Share of the time on the screen"),
            "on_target": say("Share of the time on the target"),
            "at_rest": say("Share of the time at rest"),
        },
        up=(0.0, 1.0),
        shares=True,
    )
    for name, title, unit, values in (
        ("saccades", say("Saccades"), say("Jumps of the eyes a second"), [one.saccades_per_s for one in looks]),
        ("blinks", say("Blinks"), say("Blinks a minute"), [one.blinks_per_min for one in looks]),
        ("steadiness", say("Spread of gaze"), say("Square degrees (BCEA)"), [one.bcea_deg2 for one in looks]),
    ):
        yield from _if_known(name, title, [Line("", at, values)], {name: unit})


def _felt(sittings: Sequence[Sat]) -> Iterator[Chart]:
    at = [one.at for one in sittings]
    yield from _if_known(
        "comfort",
        say("How it felt, 1 to 5"),
        [
            Line(say("Mood"), at, [one.outcome.mood for one in sittings]),
            Line(say("Tired"), at, [one.outcome.tired for one in sittings]),
            Line(say("Fun"), at, [one.outcome.fun for one in sittings]),
        ],
        {
            "mood": say("Mood, 5 the best"),
            "tired": say("Tired, 5 the most"),
            "fun": say("Fun, 5 the best"),
        },
        up=(1.0, 5.0),
    )


def _if_known(
    name: str,
    title: str,
    series: Sequence[Line],
    columns: dict[str, str],
    up: tuple[float, float] | None = None,
    shares: bool = False,
) -> Iterator[Chart]:
    """The chart, without what nobody knows; none where that is all."""
    there = [n for n, one in enumerate(series) if any(value is not None for value in one.ys)]
    if there:
        words = list(columns.items())
        yield _trend(name, title, [series[n] for n in there], dict(words[n] for n in there), up, shares)


def _trend(
    name: str,
    title: str,
    series: Sequence[Line],
    columns: dict[str, str],
    up: tuple[float, float] | None = None,
    shares: bool = False,
    marks: Sequence[float] = (),
) -> Chart:
    """Lines over days, one a column."""
    sentence = " ".join(_told(one, words, shares) for one, words in zip(series, columns.values(), strict=True))
    rows: list[Sequence[Cell]] = [
        (_iso(x), *(None if (y := one.ys[n]) is None else round(y, 3) for one in series))
        for n, x in enumerate(series[0].xs)
    ]
    picture = lines(series, sentence, up, spell_y=percent if shares else plain, marks=marks)
    return Chart(Sheet(name, title, {"day": say("Day")} | columns, rows), sentence, picture)


def _iso(unix_s: float) -> str:
    return datetime.fromtimestamp(unix_s).date().isoformat()


def _told(one: Line, words: str, shares: bool) -> str:
    """One line of a chart as a sentence."""
    known = [value for value in one.ys if value is not None]
    if not known:
        return say("{what}: not known.", what=words)
    spelt = "{:.0%}".format if shares else "{:.2f}".format
    return say(
        "{what}: {last} in the last sitting, {mean} on average of {n}.",
        what=words,
        last=spelt(known[-1]),
        mean=spelt(fmean(known)),
        n=len(known),
    )
