"""A report as PDF: A4, in a typeface that has Latin and Chinese, with its charts drawn as lines and not as pixels."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from xml.etree import ElementTree

from fpdf import FPDF
from fpdf.enums import WrapMode
from fpdf.fonts import FontFace

from assets import font
from game.manner import current
from game.portal.charts import Chart
from game.portal.reports.report import Grid, Report, Section

INK, SOFT, ACCENT, LINE = (27, 42, 74), (77, 89, 119), (138, 75, 8), (207, 208, 222)
FACE = "noto"
MARGIN_MM, LINE_MM = 18.0, 5.6
LEAST_MM = 24.0
"""So much room a section needs to begin on a page."""

CHART_MM = 92.0

_DRAWN: dict[str, dict[str, str]] = {
    "grid": {"stroke": "#dddddd"},
    "goal": {"stroke": "#8a4b08", "stroke-dasharray": "4 3"},
    "dashed": {"stroke-dasharray": "5 4"},
    "interval": {"stroke-width": "1.4"},
    "more": {"fill": "#2f5d8a"},
    "less": {"fill": "#c98a4b"},
}
"""What the portal's style sheet says of a chart, for a page that has none."""

_COLOURS = ("#2f5d8a", "#8a4b08", "#1d6b4f", "#7a3f7d", "#4d5977")


def pdf(report: Report, made: datetime) -> bytes:
    """The whole file. made: is written into it, so that the same report is the same file."""
    paper = FPDF(format="A4")
    paper.add_font(FACE, "", font())
    paper.set_margins(MARGIN_MM, MARGIN_MM)
    paper.set_auto_page_break(True, MARGIN_MM)
    paper.set_title(report.title)
    paper.set_lang("zh-Hans" if current().language == "zh_CN" else "en")
    paper.set_creator("Heron")
    paper.set_creation_date(made)
    paper.add_page()
    _say(paper, report.title, 20, INK)
    _say(paper, report.period, 10.5, SOFT)
    for section in report.sections:
        _section(paper, section)
    _foot(paper, report)
    _number(paper)
    return bytes(paper.output())


def _section(paper: FPDF, section: Section) -> None:
    high = _high(section.chart) if section.chart and not section.grid else 0.0
    if paper.will_page_break(LEAST_MM + high):
        paper.add_page()
    paper.ln(3.5)
    _say(paper, section.title, 13, ACCENT)
    for sentence in section.sentences:
        _say(paper, sentence, 10.5, INK)
    if section.grid:
        _grid(paper, section.grid)
    if section.chart:
        _chart(paper, section.chart)


def _say(paper: FPDF, words: str, size: float, colour: tuple[int, int, int]) -> None:
    paper.set_font(FACE, size=size)
    paper.set_text_color(*colour)
    wrap = WrapMode.CHAR if current().language == "zh_CN" else WrapMode.WORD
    paper.multi_cell(0, LINE_MM * max(1.0, size / 11), words, align="L", new_x="LMARGIN", new_y="NEXT", wrapmode=wrap)


def _grid(paper: FPDF, grid: Grid) -> None:
    paper.ln(1)
    paper.set_font(FACE, size=8.5)
    paper.set_text_color(*INK)
    paper.set_draw_color(*LINE)
    heading = FontFace(color=SOFT)
    widths = [max(_wide(row[n]) for row in (_words(grid.head), *grid.rows)) + 4 for n in range(len(grid.head))]
    with paper.table(
        borders_layout="HORIZONTAL_LINES",
        headings_style=heading,
        col_widths=tuple(min(width, 40) for width in widths),
        line_height=4.6,
        text_align="LEFT",
        padding=0.8,
    ) as table:
        for row in (grid.head, *grid.rows):
            table.row([str(cell) for cell in row])


def _words(head: Sequence[str]) -> list[str]:
    """A heading may be broken between its words, which a figure below it may not."""
    return [max(words.split(), key=_wide, default="") for words in head]


def _wide(words: str) -> int:
    """In Latin letters; Chinese ones are twice as wide."""
    return sum(2 if ord(letter) > 0x2E80 else 1 for letter in words)


def _chart(paper: FPDF, chart: Chart) -> None:
    high = _high(chart)
    if paper.will_page_break(high):
        paper.add_page()
    paper.image(BytesIO(_plain(chart)), w=CHART_MM, h=high, alt_text=chart.sentence)
    _say(paper, chart.sentence, 9, SOFT)


def _high(chart: Chart) -> float:
    """In mm."""
    width, height = (float(size) for size in _picture(chart).attrib["viewBox"].split()[2:])
    return CHART_MM * height / width


def _picture(chart: Chart) -> ElementTree.Element:
    return ElementTree.fromstring(str(chart.svg))


def _plain(chart: Chart) -> bytes:
    """Its picture with every style written where it is drawn."""
    picture = _picture(chart)
    picture.set("xmlns", "http://www.w3.org/2000/svg")
    for title in picture.findall("title"):
        picture.remove(title)
    for part in picture.iter():
        names = part.attrib.pop("class", "").split()
        if part.tag == "text":
            part.attrib |= {"font-family": FACE, "font-size": "12"}
        if part.tag == "polyline":
            part.attrib |= {"fill": "none", "stroke-width": "1.8"}
        for name in names:
            part.attrib |= _style(name, bool({"dot", "bar"} & set(names)))
    return ElementTree.tostring(picture)


def _style(name: str, solid: bool) -> dict[str, str]:
    if name[0] == "c" and name[1:].isdigit():
        colour = _COLOURS[int(name[1:]) % len(_COLOURS)]
        return {"fill": colour} if solid else {"stroke": colour}
    return _DRAWN.get(name, {})


def _foot(paper: FPDF, report: Report) -> None:
    paper.ln(6)
    for sentence in report.foot:
        _say(paper, sentence, 9, SOFT)


def _number(paper: FPDF) -> None:
    """Below every page, once it is known how many there are."""
    paper.set_auto_page_break(False)
    paper.set_font(FACE, size=8)
    paper.set_text_color(*SOFT)
    last = paper.page
    for number in range(1, last + 1):
        paper.page = number
        paper.set_y(-12)
        paper.cell(0, 5, f"Heron · {number} / {last}", align="R")
