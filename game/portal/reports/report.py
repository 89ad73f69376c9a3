"""What a report is made of, before it becomes a page, a file or paper."""

from collections.abc import Sequence
from dataclasses import dataclass

from game.portal.charts import Chart


@dataclass(frozen=True, slots=True)
class Grid:
    """A small table; the first cell of each row names it. days: a calendar, with a column for each day of a week"""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    days: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what is told below it."""

    title: str
    sentences: Sequence[str] = ()
    grid: Grid | None = None
    chart: Chart | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """title: whose; period: of which days; foot: what these numbers are not"""

    title: str
    period: str
    sections: Sequence[Section]
    foot: Sequence[str]

    @property
    def text(self) -> str:
        """For a terminal, one fact a line."""
        lines = [self.title, self.period]
        for section in self.sections:
            lines += ["", section.title, *(f"  {sentence}" for sentence in section.sentences)]
            if section.grid:
                lines += ["  " + "  ".join(row) for row in (section.grid.head, *section.grid.rows)]
        return "\n".join([*lines, "", *self.foot])
