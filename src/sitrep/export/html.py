"""HTML: a situation report on one page to print: map, timeline, table, and the quoted words of every event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import BinaryIO

from sitrep.export._brief import COLUMNS, LABELS, VIEW, Brief, Map, Told, brief, code, line, sentence, under
from sitrep.export._options import DATED, TITLE, Option
from sitrep.model import Reading

__all__ = ["COLUMNS", "VIEW", "code"]

suffix = ".html"
label = "Situation report (HTML)"
description = "a situation report to print: map, timeline, table and the quoted words; one file, nothing is fetched"
same_rows = "csv"
OPTIONS: tuple[Option, ...] = (TITLE, DATED)

WIDTH = 900
STYLE = """
body { font: 15px/1.45 system-ui, sans-serif; max-width: 900px; margin: 2rem auto; padding: 0 1rem; color: #1b1b1b; }
h1 { font-size: 1.7rem; margin: 0; } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; border-bottom: 1px solid #bbb; }
.under { color: #555; margin: .2rem 0 1rem; } svg { width: 100%; height: auto; background: #f6f8f9; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: .3rem .5rem;
border-bottom: 1px solid #ddd; } th { font-size: .85rem; color: #555; } thead { display: table-header-group; }
blockquote { margin: .2rem 0 .8rem; padding-left: .8rem; border-left: 3px solid #bbb; }
.from { color: #555; font-size: .85rem; }
tr, blockquote { break-inside: avoid; } @media print { body { margin: 0; max-width: none; font-size: 11px; } }
"""


def write(
    readings: Iterable[Reading], out: BinaryIO, *, title: str = "Situation report", dated: str | None = None
) -> int:
    """Write one page; how many events it tells."""
    made = brief(readings, title, dated)
    out.writelines(part.encode("utf-8", "replace") for part in page(made))
    return len(made.news) + len(made.unsure) + len(made.history)


def page(made: Brief) -> Iterator[str]:
    """The page, part by part. All text is from reports, so all is escaped; there is no script."""
    yield (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f'<meta name="viewport" content="width=device-width"><title>{escape(made.title)}</title>'
        f"<style>{STYLE}</style></head><body>\n<h1>{escape(made.title)}</h1>\n"
        f'<p class="under">{escape(under(made))}</p>\n'
    )
    kinds = ", ".join(f"{label.lower()} {count}" for label, count in made.kinds)
    yield f"<p>{escape(kinds.capitalize())}.</p>\n" if kinds else "<p>No event is reported as news.</p>\n"
    drawn = Map(made.news)
    if not drawn.empty:
        yield "<h2>Where</h2>\n"
        yield svg(drawn)
        yield '<p class="from">Circles are as wide as the named place may reach. Outlines: Natural Earth.</p>\n'
    if made.days:
        yield "<h2>When</h2>\n"
        yield timeline(made)
    yield from _table("What is reported", made.news)
    yield from _table("Denied, threatened, planned or not so", made.unsure)
    yield from _table("Told as history", made.history)
    yield from _quotes(made)
    yield "</body></html>\n"


def svg(drawn: Map) -> str:
    """The map."""
    height = drawn.height * WIDTH
    lines = " ".join("M" + "L".join(f"{x * WIDTH:.1f},{y * WIDTH:.1f}" for x, y in line) for line in drawn.lines())
    marks: list[str] = []
    for number, one in enumerate(drawn.circles()):
        x, y, r = one.x * WIDTH, one.y * WIDTH, one.r * WIDTH
        marks.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" fill="{one.colour}" fill-opacity=".45" '
            f'stroke="{one.colour}"><title>{escape(one.place)}: {escape(one.names)}</title></circle>'
        )
        if number < LABELS:
            marks.append(
                f'<text x="{x + r + 3:.1f}" y="{y + 4:.1f}" font-size="13" stroke="#fff" stroke-width="3" '
                f'paint-order="stroke">{escape(one.place)}</text>'
            )
    return (
        f'<svg viewBox="0 0 {WIDTH} {height:.0f}" role="img" aria-label="Map of the events">'
        f'<path d="{lines}" fill="none" stroke="#8a979f" stroke-width="1"/>{"".join(marks)}</svg>\n'
    )


def timeline(made: Brief) -> str:
    """A bar a day, as high as its events are many."""
    most = max(sum(kinds.values()) for _, kinds in made.days)
    wide = WIDTH / max(len(made.days), 7)
    parts: list[str] = []
    for n, (day, kinds) in enumerate(made.days):
        y = 110.0
        for colour, count in sorted(kinds.items()):
            tall = 100 * count / most
            y -= tall
            parts.append(f'<rect x="{n * wide + 1:.1f}" y="{y:.1f}" width="{wide - 2:.1f}" height="{tall:.1f}" '
                         f'fill="{colour}"><title>{day}: {sum(kinds.values())} events</title></rect>')  # fmt: skip
        if len(made.days) <= 12 or n % (len(made.days) // 8) == 0:
            parts.append(f'<text x="{n * wide + 2:.1f}" y="126" font-size="12">{day}</text>')
    return f'<svg viewBox="0 0 {WIDTH} 132" role="img" aria-label="Events by day">{"".join(parts)}</svg>\n'


def _table(heading: str, rows: list[Told]) -> Iterator[str]:
    if not rows:
        return
    heads = "<tr><th>When<th>Where<th>What<th>Reported toll<th>Said by</tr>"
    yield f"<h2>{escape(heading)}</h2>\n<table><thead>{heads}</thead>\n"
    for row in rows:
        yield "<tr>" + "".join(f"<td>{escape(cell)}" for cell in line(row)) + "</tr>\n"
    yield "</table>\n"


def _quotes(made: Brief) -> Iterator[str]:
    rows = [*made.news, *made.unsure]
    if rows:
        yield "<h2>In the reports' words</h2>\n"
    for row in rows:
        source = ", ".join(str(part) for part in (row["outlet"] or row["report"], row["published"]) if part)
        yield (
            f"<blockquote>{escape(' '.join(row['quote'].split()))}<br>"
            f'<span class="from">{escape(f"{sentence(row)} · {source} · {row['report']}")}</span></blockquote>\n'
        )
