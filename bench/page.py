"""A run as a page of Markdown: what was measured, against whom, and which targets it met."""

from collections.abc import Iterable, Sequence

from bench.measure import STRIDE, Result, Row
from bench.targets import Outcome, Verdict

HEAD = """# Performance

Written by `python -m bench`, in one run of {minutes:.0f} minutes on {machine}.
Do not edit it by hand: install the peers (`python -m pip install -r bench/requirements.txt`) and run it again.

Contenders take turns in a new order each round, on one pinned core and the same signal. A turn is {hops} hops. Before
the first of them {evicted} MB of other memory are touched, so that caches are as cold as after a frame is painted:
*cold* is its median. The others follow at once: medians, p99, *x* and verdicts are of these, the contender *in its
stride*, but where *cold* stands beside the verdict. A game calls cold, and everybody is slower then: Python's code
must come back to the caches, and that takes most of the time of whoever is quick. Times repeat within 10 to 25 %, p99
within a factor of two: **only ratios inside one run hold.** *x* is the median over the best one's at the same work.
*apart* is how far an answer is from Heron's at the same hop: rms of the difference over rms of Heron's.
Where a contender computes something else, that is said, and its distance promises nothing.
"""


UNDISTURBED = 0.95
"""Share of the time that a work must have its core; with less, long calls grow sooner than short ones."""


def page(results: Sequence[Result], verdicts: Sequence[Verdict], machine: str, minutes: float, evicted: float) -> str:
    """The whole page; `evicted` in MB."""
    parts = [
        HEAD.format(minutes=minutes, machine=machine, evicted=f"{evicted:.1f}", hops=1 + STRIDE),
        _targets(verdicts),
    ]
    return "\n".join([*parts, *map(_work, results)])


def _targets(verdicts: Sequence[Verdict]) -> str:
    lines = [
        f"| {v.target} | {v.demand} | {_number(v.found)} | {_number(v.cold)} | {_loud(v.outcome)}{_counted(v)} |"
        for v in verdicts
    ]
    return _table("## Targets", "| | | in stride | cold | |\n|---|---|---:|---:|---|", lines)


def _work(result: Result) -> str:
    lines = [_line(row, [one.median_us for one in result.rows if one.work == row.work]) for row in result.rows]
    head = "| | median us | p99 us | cold us | x | apart | |\n|---|---:|---:|---:|---:|---:|---|"
    table = _table(f"## {result.key}: {result.title}, {result.rounds} rounds{_disturbed(result)}", head, lines)
    facts = "".join(f"- {name.replace('_', ' ')}: {_number(value)}\n" for name, value in result.facts.items())
    notes = "".join(f"\n{note}\n" for note in result.notes)
    return table + ("\n" + facts if facts else "") + notes


def _disturbed(result: Result) -> str:
    if result.had_core is None or result.had_core > UNDISTURBED:
        return ""
    return f", **disturbed: others had its core {1 - result.had_core:.0%} of the time**"


def _line(row: Row, same_work_us: list[float]) -> str:
    name = f"{row.name}, {row.work}" if row.work else row.name
    name = f"**{name}**" if row.ours else name
    apart = "" if row.apart is None else f"{row.apart:.1e}"
    said = row.differs if row.agrees else f"**its answer is another than promised**; {row.differs}".rstrip("; ")
    us = " | ".join(map(_number, (row.median_us, row.p99_us, row.cold_us)))
    times = f"{row.median_us / min(same_work_us):.3g}" if len(same_work_us) > 1 else ""
    return f"| {name} | {us} | {times} | {apart} | {said} |"


def _table(title: str, head: str, lines: Iterable[str]) -> str:
    return "\n".join([title, "", head, *lines, ""])


def _counted(verdict: Verdict) -> str:
    return ", cold" if verdict.counts == "cold" and verdict.cold is not None else ""


def _loud(outcome: Outcome) -> str:
    return f"**{outcome}**" if outcome == "missed" else outcome


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.3g}"
