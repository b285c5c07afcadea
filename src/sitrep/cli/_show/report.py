"""One report on the screen: headline facts first, every value with its words."""

from __future__ import annotations

from collections.abc import Iterator

from sitrep.cli._show.screen import Part, Screen, quoted, visible
from sitrep.model import Evidence, Reading
from sitrep.review.fact import Fact, Section, Slot
from sitrep.review.facts import Facts
from sitrep.review.wording import headline, published_words

LABEL, VALUE = 19, 48
# a quoted statement longer than this is cut on the screen; the page and the JSON have it whole
LONGEST_QUOTE = 420


def show_reading(reading: Reading, screen: Screen) -> None:
    """Print everything that a report says."""
    facts = Facts(reading)
    sections = facts.sections()
    _head(reading, screen)
    for section in sections:
        if section.name != "timexes" and (section.facts or section.name == "events"):
            show_section(section, screen)
    for passage in _left_out(reading):
        screen.line([Part(passage, "dim")], indent=2)
    screen.blank()


def _head(reading: Reading, screen: Screen) -> None:
    report = reading.report
    screen.line([Part("━" * screen.width, "dim")])
    screen.line([Part(headline(report), "bold")])
    words = len(report.text.split())
    about = [report.outlet or "", report.byline or "", published_words(report.published), f"{words:,} words"]
    screen.line([Part(" · ".join(filter(None, (*about, report.source.id))), "dim")])
    if report.published.value is None and report.published.note:
        screen.line([Part(report.published.note[:1].upper() + report.published.note[1:] + ".", "dim")])
    elif "but" in report.published.note:
        screen.line([Part(f"Date {report.published.note}.", "warn")])
    screen.blank()


def show_section(section: Section, screen: Screen) -> None:
    """Print a heading and its facts."""
    screen.rule(section.title, str(len(section.facts)) if section.facts else "")
    if not section.facts:
        screen.line([Part(section.empty, "dim")], indent=2)
    facts = [fact for fact in section.facts if not fact.minor]
    others = [visible(fact.title) for fact in section.facts if fact.minor]
    for number, fact in enumerate(facts, start=1):
        {"events": _event, "uncoded": _event, "claims": _claim, "decisions": _decision}.get(section.name, _short)(
            fact, number, screen
        )
    if others:
        screen.line([Part("also named: ", "dim"), Part("; ".join(others), "dim")], indent=4)
    screen.blank()


def _event(fact: Fact, number: int, screen: Screen) -> None:
    title = [Part(fact.kind, "bold"), Part(" · ", "dim"), Part(visible(fact.title), "good")]
    screen.line(title, indent=4, number=number, right=fact.note)
    for sentence in fact.evidence[:2]:
        screen.block(_sentence(sentence, fact.key), indent=4)
    more = len(fact.evidence) - 2
    if more > 0:
        screen.line([Part(f"and in {more} more sentence{'s' * (more != 1)}", "dim")], indent=6)
    _slots(fact, screen)
    screen.blank()


def _slots(fact: Fact, screen: Screen) -> None:
    before = ""
    for slot in fact.slots:
        label = "" if slot.label == before else slot.label
        before = slot.label
        look = "warn" if slot.label == "why not" else "bold"
        screen.columns(label, Part(_value(slot), look), list(_beside(slot)), indent=4, at=(LABEL, VALUE))


def _value(slot: Slot) -> str:
    """A value; in quotation marks where it is the report's own words."""
    own = slot.value == " … ".join(part.quote for part in slot.evidence)
    return quoted(slot.value) if own else slot.value


def _beside(slot: Slot) -> Iterator[Part]:
    """The words behind a value, and what to know of it."""
    words = " … ".join(part.quote for part in slot.evidence)
    if words and words != slot.value:
        yield Part(quoted(_cut(words)), "quote")
    if slot.note:
        yield Part(f" ({slot.note})", "dim")


def _claim(fact: Fact, number: int, screen: Screen) -> None:
    title = [Part(f"{fact.kind} "), Part(visible(fact.title), "bold")]
    screen.line(title, indent=4, number=number, right=fact.note)
    words = " … ".join(part.quote for part in fact.evidence)
    if words:
        screen.block([Part(_cut(words), "quote")], indent=4)
    about = next((slot.value for slot in fact.slots if slot.label == "about"), "")
    if about:
        screen.line([Part("about ", "dim"), Part(about)], indent=4, hang=6)


def _decision(fact: Fact, number: int, screen: Screen) -> None:
    screen.line([Part(visible(fact.title), "bold")], indent=4, number=number)
    for slot in fact.slots:
        screen.columns(slot.label, Part(_value(slot), "bold"), list(_beside(slot)), indent=4, at=(LABEL, VALUE))


def _short(fact: Fact, number: int, screen: Screen) -> None:
    """A fact on one line: figures, actors, relations, control, places."""
    about = [fact.kind.lower()] if fact.layer in {"quantities", "actors", "places"} else []
    about += [fact.note] if fact.note else []
    about += [f"{slot.label} {slot.value}" for slot in fact.slots if slot.label in {"also", "at", "role", "extent"}]
    beside: list[Part] = []
    if fact.layer not in {"actors", "places"} and fact.evidence:
        words = " … ".join(part.quote for part in fact.evidence)
        beside.append(Part(quoted(_cut(words)), "quote"))
    if about:
        beside.append(Part(f" {' · '.join(about)}" if beside else " · ".join(about), "dim"))
    screen.columns(f"{number:>3}", Part(fact.title, "bold"), beside, indent=0, at=(4, VALUE), under=True)


def _sentence(sentence: Evidence, keys: tuple[Evidence, ...]) -> Iterator[Part]:
    """A sentence, with the words that name its event brought out."""
    at = sentence.start
    for key in sorted(keys):
        if sentence.start <= key.start and key.end <= sentence.end and key.start >= at:
            yield Part(sentence.quote[at - sentence.start : key.start - sentence.start], "quote")
            yield Part(key.quote, "key")
            at = key.end
    yield Part(sentence.quote[at - sentence.start :], "quote")


def _cut(words: str) -> str:
    return words if len(words) <= LONGEST_QUOTE else f"{words[:LONGEST_QUOTE].rsplit(' ', 1)[0]} …"


def _left_out(reading: Reading) -> Iterator[str]:
    """What of the page was not read, so that nobody wonders."""
    repeats = sum(passage.kind == "repeat" for passage in reading.passages)
    furniture = sum(passage.kind == "boilerplate" for passage in reading.passages)
    if repeats or furniture:
        parts = [f"{repeats} repeated line{'s' * (repeats != 1)}"] if repeats else []
        parts += [f"{furniture} line{'s' * (furniture != 1)} of page furniture"] if furniture else []
        yield f"Not read: {' and '.join(parts)}."
