"""One self-contained page: reports with their words marked, beside what was read in them.

It opens from disk and asks the network for nothing: style and script stand in the page, and a content
security policy forbids everything else. All words of reports are escaped.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from html import escape
from importlib.resources import files
from string import Template

from sitrep.model import Passage, Reading
from sitrep.review.facts import Facts
from sitrep.review.highlight import Mark, stretches
from sitrep.review.overview import Told, gather
from sitrep.review.record import Record
from sitrep.review.wording import headline, published_words

# how the marks of a layer look; the order is that of the legend
LAYERS = (
    ("ev", "Events"),
    ("un", "Not coded"),
    ("cl", "Statements"),
    ("fi", "Figures"),
    ("ac", "Actors"),
    ("pl", "Places"),
    ("ti", "Dates"),
)
PASSAGES = {
    "repeat": "said before, not read again",
    "boilerplate": "page furniture, not read",
    "caption": "caption",
    "byline": "byline",
}


def render(readings: Iterable[Reading]) -> str:
    """The page, as HTML."""
    listed = list(readings)
    style, script = _template("page.css"), _template("page.js")
    policy = (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; base-uri 'none'; form-action 'none'"
    )
    several = len(listed) > 1
    told = gather(listed) if several else []
    articles = [_overview(told, len(listed))] if several else []
    articles += [_article(reading, number) for number, reading in enumerate(listed)]
    return Template(_template("page.html")).substitute(
        policy=policy,
        title=escape(_title(listed)),
        style=style,
        script=script,
        kind="several" if several else "single",
        legend="".join(_legend(code, label) for code, label in LAYERS),
        contents=_contents(listed, len(told)) if several else "",
        articles="\n".join(articles),
    )


def _template(name: str) -> str:
    return (files("sitrep.review") / "templates" / name).read_text(encoding="utf-8")


def _hash(content: str) -> str:
    digest = hashlib.sha256(content.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _title(readings: Sequence[Reading]) -> str:
    if len(readings) == 1:
        return f"{headline(readings[0].report)} · sitrep"
    return f"{len(readings)} reports · sitrep"


def _legend(code: str, label: str) -> str:
    return (
        f'<label class="layer"><input type="checkbox" data-layer="{code}" checked>'
        f'<span class="swatch {code}">{escape(label)}</span></label>'
    )


def _contents(readings: Sequence[Reading], told: int) -> str:
    """The list of reports."""
    rows = [f'<li><a href="#overview" data-report="overview"><b>The situation</b><small>{told} events</small></a></li>']
    for number, reading in enumerate(readings):
        report = reading.report
        about = " · ".join(filter(None, (report.outlet, report.published.value)))
        state = '<em class="failed">failed</em>' if not report.text else _failures(len(reading.failures))
        rows.append(
            f'<li><a href="#r{number}" data-report="r{number}"><b dir="auto">{escape(headline(report))}</b>'
            f"<small>{escape(about or report.source.id)} {state}</small></a></li>"
        )
    return f'<nav class="contents" aria-label="Reports"><ol>{"".join(rows)}</ol></nav>'


def _failures(count: int) -> str:
    return f'<em class="failed">{count} failure{"s" * (count != 1)}</em>' if count else ""


def _article(reading: Reading, number: int) -> str:
    report = reading.report
    record = Record(Facts(reading))
    about = [report.outlet, report.byline, published_words(report.published), report.source.id]
    note = report.published.note if report.published.value is None or "but" in report.published.note else ""
    # a headline that stands in the text is shown there, with its marks
    shown = bool(reading.passages) and reading.passages[0].kind == "headline"
    unseen = ' class="unseen"' if shown else ""
    return (
        f'<article class="report" id="r{number}">'
        f'<section class="text" aria-label="Report" tabindex="-1"><header>'
        f'<h1 dir="auto"{unseen}>{escape(headline(report))}</h1>'
        f'<p class="about">{" · ".join(escape(part) for part in about if part)}</p>'
        + (f'<p class="about note">Date: {escape(note)}.</p>' if note and report.text else "")
        + f"</header>{_text(reading, record.marks)}</section>"
        f'<section class="record" aria-label="Record" tabindex="-1">{_problems(reading)}{record.html}'
        f"{_made_by(reading)}</section></article>"
    )


def _problems(reading: Reading) -> str:
    rows = [
        f'<li><b>{escape(failure.kind)}</b> <span dir="auto">{escape(failure.message)}</span> '
        f"<i>{escape(failure.todo)}</i></li>"
        for failure in reading.failures
    ]
    return f'<ul class="problems">{"".join(rows)}</ul>' if rows else ""


def _made_by(reading: Reading) -> str:
    made = reading.provenance
    if made is None:
        return ""
    stages = ", ".join(f"{name} {version}" for name, version in made.stages.items())
    parts = [f"sitrep {made.sitrep}", f"ontology {made.ontology}", f"gazetteer {made.gazetteer}", f"stages: {stages}"]
    return f'<footer class="made">{escape(" · ".join(parts))}</footer>'


def _text(reading: Reading, marks: Sequence[Mark]) -> str:
    text = reading.report.text
    passages = reading.passages or (Passage(start=0, end=len(text), kind="body"),)
    blocks: list[str] = []
    at = 0
    for passage in passages:
        if text[at : passage.start].strip():
            blocks.append(f'<p dir="auto">{_marked(text, marks, at, passage.start)}</p>')
        label = PASSAGES.get(passage.kind)
        aside = f'<small class="label">{label}</small>' if label else ""
        words = _marked(text, marks, passage.start, passage.end)
        blocks.append(f'<p class="{passage.kind}" dir="auto">{aside}{words}</p>')
        at = passage.end
    if text[at:].strip():
        blocks.append(f'<p dir="auto">{_marked(text, marks, at, len(text))}</p>')
    return "\n".join(blocks)


def _marked(text: str, marks: Sequence[Mark], start: int, end: int) -> str:
    parts: list[str] = []
    near = [mark for mark in marks if mark.start < end and mark.end > start]
    for stretch in stretches(near, start, end):
        words = escape(text[stretch.start : stretch.end], quote=False)
        if not stretch.tags:
            parts.append(words)
            continue
        layers = dict.fromkeys(tag[1:] for tag in stretch.tags if tag.startswith("."))
        units = [tag for tag in stretch.tags if not tag.startswith(".")]
        # the words that name a fact can be reached by the keyboard, where they begin
        stop = ' tabindex="0"' if any(tag.startswith("k") for tag in stretch.opens) else ""
        linked = f' data-u="{" ".join(units)}"' if units else ""
        parts.append(f'<span class="{" ".join(("w", *layers))}"{linked}{stop}>{words}</span>')
    return "".join(parts)


def _overview(told: Sequence[Told], reports: int) -> str:
    """All reports together: their events by date."""
    rows = [
        f"<tr><td>{escape(row.when) or '<i>not said</i>'}</td><td>{escape(row.where) or '<i>not said</i>'}</td>"
        f'<td><span class="swatch ev">{escape(row.what)}</span></td><td dir="auto">{escape(row.who)}</td>'
        f'<td>{escape(row.figures)}</td><td><a href="#r{row.number}" data-report="r{row.number}" '
        f'data-fact="{row.fact}" dir="auto">{escape(row.report)}</a></td></tr>'
        for row in told
    ]
    return (
        '<article class="report overview" id="overview"><section class="text" tabindex="-1"><header>'
        f'<h1>The situation, as {reports} reports tell it</h1><p class="about">One line an event of a report, by '
        "date and place. Reports of one act stand together; nothing is merged.</p></header><table><thead><tr>"
        "<th>When</th><th>Where</th><th>What</th><th>Who to whom</th><th>How many</th><th>Report</th></tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table></section></article>"
    )
