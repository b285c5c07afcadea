"""PDF: the situation report as a printable brief: map, timeline, table, and the quoted words of every event."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from sitrep.errors import ExportError
from sitrep.export._brief import COLUMNS, LABELS, VIEW, Brief, Map, Told, brief, code, line, sentence, under
from sitrep.export._options import DATED, TITLE, Option
from sitrep.model import Reading

if TYPE_CHECKING:
    from types import ModuleType

__all__ = ["COLUMNS", "VIEW", "code"]

suffix = ".pdf"
label = "Situation report (PDF)"
description = "a situation report to print: map, timeline, table and the quoted words"
same_rows = "csv"
OPTIONS: tuple[Option, ...] = (TITLE, DATED)

DATA = Path(__file__).parent / "data"
FAMILY = "DejaVu"
# the same bytes every time: a file's own date says nothing of what is in it
MADE = datetime(2000, 1, 1, tzinfo=UTC)
TALLEST = 0.7  # of a map, as a share of its width
HEADINGS = ("When", "Where", "What", "Reported toll", "Said by")


def write(
    readings: Iterable[Reading], out: BinaryIO, *, title: str = "Situation report", dated: str | None = None
) -> int:
    """Write one file; how many events it tells."""
    made = brief(readings, title, dated)
    page = _Page(_fpdf(), made)
    page.head()
    drawn = Map(made.news)
    if not drawn.empty:
        page.map(drawn)
    page.timeline()
    page.table("What is reported", made.news)
    page.table("Denied, threatened, planned or not so", made.unsure)
    page.table("Told as history", made.history)
    page.quotes([*made.news, *made.unsure])
    out.write(bytes(page.pdf.output()))
    return len(made.news) + len(made.unsure) + len(made.history)


def _fpdf() -> ModuleType:
    try:
        import fpdf
    except ImportError as error:
        raise ExportError(
            "Exporting to pdf: fpdf2 is not installed.",
            todo="Install it with `pip install 'sitrep[pdf]'`, or export html and print that.",
            format="pdf",
        ) from error
    return fpdf


class _Page:
    """The pages in the making."""

    def __init__(self, fpdf: ModuleType, made: Brief) -> None:
        self.made = made
        self.pdf: Any = fpdf.FPDF(format="A4")
        self._fonts: Any = fpdf
        self.pdf.set_creation_date(MADE)
        self.pdf.set_title(made.title)
        self.pdf.set_lang("en")
        self.pdf.set_auto_page_break(auto=True, margin=15)
        for style, name in (("", "DejaVuSansCondensed.ttf"), ("B", "DejaVuSansCondensed-Bold.ttf")):
            self.pdf.add_font(FAMILY, style, DATA / name)
        self.pdf.add_page()
        known = self.pdf.fonts[FAMILY.lower()].cmap
        self._known = frozenset(known)

    def text(self, text: str) -> str:
        """A text in letters that the font has; others become a replacement sign, so that nothing vanishes unseen."""
        plain = re.sub(r"\s+", " ", text)
        return "".join(one if ord(one) in self._known else "\N{REPLACEMENT CHARACTER}" for one in plain)

    def say(self, text: str, size: float, *, bold: bool = False, grey: bool = False) -> None:
        """A paragraph."""
        self.pdf.set_font(FAMILY, "B" if bold else "", size)
        self.pdf.set_text_color(90 if grey else 20)
        self.pdf.multi_cell(0, size * 0.5, self.text(text), new_x="LMARGIN", new_y="NEXT", align="L")

    def heading(self, text: str) -> None:
        """A heading that is not left alone at the foot of a page."""
        if self.pdf.get_y() > self.pdf.eph - 15:
            self.pdf.add_page()
        self.pdf.ln(4)
        self.say(text, 12, bold=True)
        self.pdf.ln(1)

    def head(self) -> None:
        """Title, date, counts."""
        self.say(self.made.title, 18, bold=True)
        self.pdf.ln(1)
        self.say(under(self.made), 8.5, grey=True)
        kinds = ", ".join(f"{label.lower()} {count}" for label, count in self.made.kinds)
        self.pdf.ln(2)
        self.say(f"{kinds.capitalize()}." if kinds else "No event is reported as news.", 9.5)

    def map(self, drawn: Map) -> None:
        """Coasts, borders, and a circle for each place."""
        self.heading("Where")
        width = self.pdf.epw * min(1.0, TALLEST / drawn.height)
        left, top = self.pdf.l_margin, self.pdf.get_y()
        if top + drawn.height * width > self.pdf.eph:
            self.pdf.add_page()
            top = self.pdf.get_y()
        with self.pdf.rect_clip(x=left, y=top, w=width, h=drawn.height * width):
            self.pdf.set_draw_color(138, 151, 159)
            self.pdf.set_line_width(0.2)
            for line in drawn.lines():
                self.pdf.polyline([(left + x * width, top + y * width) for x, y in line])
            for number, one in enumerate(drawn.circles()):
                colour = tuple(int(one.colour[at : at + 2], 16) for at in (1, 3, 5))
                self.pdf.set_draw_color(*colour)
                self.pdf.set_fill_color(*colour)
                x, y, r = left + one.x * width, top + one.y * width, one.r * width
                with self.pdf.local_context(fill_opacity=0.45):
                    self.pdf.circle(x=x, y=y, radius=r, style="FD")
                if number < LABELS:
                    self.pdf.set_font(FAMILY, "", 7.5)
                    self.pdf.set_text_color(20)
                    self.pdf.text(x + r + 0.8, y + 1, self.text(one.place))
        self.pdf.set_draw_color(170)
        self.pdf.rect(left, top, width, drawn.height * width)
        self.pdf.set_y(top + drawn.height * width + 1)
        self.say("Circles are as wide as the named place may reach. Outlines: Natural Earth.", 7, grey=True)

    def timeline(self) -> None:
        """A bar a day."""
        days = self.made.days
        if not days:
            return
        self.heading("When")
        top, tall = self.pdf.get_y(), 22.0
        most = max(sum(kinds.values()) for _, kinds in days)
        wide = self.pdf.epw / max(len(days), 7)
        for n, (day, kinds) in enumerate(days):
            x, y = self.pdf.l_margin + n * wide, top + tall
            for colour, count in sorted(kinds.items()):
                high = tall * count / most
                y -= high
                self.pdf.set_fill_color(*(int(colour[at : at + 2], 16) for at in (1, 3, 5)))
                self.pdf.rect(x + 0.3, y, wide - 0.6, high, style="F")
            if len(days) <= 9 or n % (len(days) // 7) == 0:
                self.pdf.set_font(FAMILY, "", 7)
                self.pdf.set_text_color(20)
                self.pdf.text(x + 0.3, top + tall + 3, day)
        self.pdf.set_y(top + tall + 5)

    def table(self, heading: str, rows: list[Told]) -> None:
        """Events in rows; the header comes again on each page."""
        if not rows:
            return
        self.heading(heading)
        self.pdf.set_font(FAMILY, "", 8)
        self.pdf.set_text_color(20)
        self.pdf.set_draw_color(200)
        self.pdf.set_fill_color(255)
        style = self._fonts.fonts.FontFace(emphasis="BOLD", fill_color=(240, 243, 245))
        with self.pdf.table(
            col_widths=(16, 17, 42, 18, 20), line_height=4, headings_style=style, text_align="LEFT"
        ) as table:
            table.row(HEADINGS)
            for row in rows:
                table.row([self.text(cell) for cell in line(row)])

    def quotes(self, rows: list[Told]) -> None:
        """The report's words behind each event."""
        if rows:
            self.heading("In the reports' words")
        for row in rows:
            source = ", ".join(str(part) for part in (row["outlet"] or row["report"], row["published"]) if part)
            self.say(f"“{row['quote']}”", 8.5)
            self.say(f"{sentence(row)} · {source} · {row['report']}", 7, grey=True)
            self.pdf.ln(1.5)
