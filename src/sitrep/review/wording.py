"""The record's codes in a reader's words, and dates and figures as people write them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sitrep.model import Published, Quantity, Report

FACTUALITY = {
    "occurred": "happened",
    "ongoing": "going on",
    "planned": "planned",
    "threatened": "threatened",
    "hypothetical": "hypothetical",
    "denied": "denied",
    "negated": "said not to have happened",
}
REASON = {
    "negation": "it is said not to have happened",
    "denial": "somebody denies it",
    "modality": "it is said to be possible, not to have happened",
    "conditional": "it hangs on a condition",
    "plan": "it is planned",
    "threat": "it is threatened",
    "purpose": "it is an aim",
    "generic": "it is said of such acts in general",
    "background": "it is told as background, not as news",
    "question": "it is asked about",
}
# why a word that names an event was passed over
PASSED = {
    "no_actor": "the report names nobody who does it",
    "said": "it was said in passing: see who says what",
    "bare": "it has neither target, toll nor place of its own",
    "figurative": "the words mean something else here",
    "unlikely": "the trained reader sees no event in the word, or no conflict in the report",
    "many": "it is the toll of many events",
    "state": "it tells a lasting state, or what is only thought of",
}
# UCDP's where_prec
PRECISION = {
    1: "",
    2: "near there",
    3: "somewhere in the district",
    4: "somewhere in the province",
    5: "along a line or in an area",
    6: "somewhere in the country",
    7: "at sea or in the air",
}
# worded so that one speaker or holder and several read alike
STANCE = {
    "asserts": "said by",
    "denies": "denied by",
    "confirms": "confirmed by",
    "accuses": "accusation by",
    "promises": "promised by",
    "warns": "warning by",
    "declines": "comment declined by",
    "unknown": "told by",
}
STATUS = {
    "holds": "held by",
    "contested": "contested by",
    "lost": "lost by",
    "presence": "with a presence of",
    "seat": "seat of",
}
STEP = {
    "requested": "asked for by",
    "approved": "approved by",
    "ordered": "ordered by",
    "vetted": "vetted by",
    "carried_out": "carried out by",
    "assessed": "assessed by",
    "refused": "refused by",
    "denied": "denied by",
}
CLAIM_KIND = {"direct": "word for word", "indirect": "in the report's words", "mixed": "partly word for word"}
COUNTED = {
    "killed": "killed",
    "injured": "injured",
    "captured": "captured",
    "missing": "missing",
    "displaced": "displaced",
}
BASIS = {
    "given": "as given",
    "metadata": "from its metadata",
    "dateline": "from its dateline",
    "inferred": "inferred from its text",
    "unknown": "",
}


def label_words(code: str) -> str:
    """A code as words: "armed_group" is "Armed group"."""
    return code.replace("_", " ").capitalize()


def kind_words(kind: str) -> str:
    """How a statement is quoted."""
    return CLAIM_KIND.get(kind, kind)


def once(names: Iterable[str]) -> list[str]:
    """Names without repeats, in order."""
    return list(dict.fromkeys(names))


def day_words(iso: str) -> str:
    """An ISO date as "Mon 1 Aug 2016"; anything else as it is."""
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{day:%a} {day.day} {day:%b %Y}"


def date_words(start: str | None, end: str | None) -> str:
    """An interval of ISO dates in words, "" where nothing is known."""
    if not start and not end:
        return ""
    if not start or not end:
        return f"since {day_words(start)}" if start else f"until {day_words(end or '')}"
    if start == end:
        return day_words(start)
    try:
        first, last = date.fromisoformat(start), date.fromisoformat(end)
    except ValueError:
        return f"{start} to {end}"
    if first.day == 1 and (last.month, last.day) == (12, 31) and first.month == 1:
        return str(first.year) if first.year == last.year else f"{first.year} to {last.year}"
    if first.day == 1 and first.month == last.month and first.year == last.year and last.day >= 28:
        return f"{first:%B %Y}"
    left = f"{first.day}" if (first.year, first.month) == (last.year, last.month) else f"{first.day} {first:%b}"
    if first.year != last.year:
        left += f" {first.year}"
    return f"{left} to {last.day} {last:%b %Y}"


def published_words(published: Published) -> str:
    """When a report was published and how that is known, in a few words."""
    if published.value:
        return f"published {day_words(published.value)} ({BASIS[published.basis]})"
    if published.start or published.end:
        interval = date_words(published.start, published.end).replace("since ", "").replace("until ", "before ")
        return f"published {interval}{'' if published.end else ' or later'} ({BASIS[published.basis]})"
    return "published at an unknown date"


def number_words(value: float) -> str:
    """A number with its thousands apart."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,g}"


def figure_words(quantity: Quantity) -> str:
    """A figure as its words say it: bounds, what is counted, and what became of it."""
    words = [_amount(quantity), quantity.unit or "", quantity.of or "", COUNTED.get(quantity.kind, "")]
    return " ".join(once(filter(None, words)))


def _amount(quantity: Quantity) -> str:
    low, best, high = quantity.low, quantity.best, quantity.high
    # "more than 30" is low 31 in the record, since what is counted is counted whole
    if quantity.modifier == "over" and low is not None and high is None:
        return f"more than {number_words(low - 1 if low == int(low) else low)}"
    if quantity.modifier == "under" and high is not None and low is None:
        return f"fewer than {number_words(high + 1 if high == int(high) else high)}"
    if low is not None and high is not None and low != high:
        return f"{number_words(low)} to {number_words(high)}"
    if quantity.modifier == "about" and best is not None:
        return f"about {number_words(best)}"
    if low is not None and high is None:
        return f"at least {number_words(low)}"
    if high is not None and low is None:
        return f"at most {number_words(high)}"
    if best is not None:
        return number_words(best)
    return f"“{quantity.evidence[0].quote}”"


def is_quoted(words: str) -> bool:
    """Whether words bring their own quotation marks."""
    words = words.strip()
    return words[:1] in {"“", '"'} and words[-1:] in {"”", '"'}


def headline(report: Report) -> str:
    """What to call a report: its title, else its first line, else its name."""
    first = next((line.strip() for line in report.text.splitlines() if line.strip()), "")
    return report.title or first[:160] or report.source.id
