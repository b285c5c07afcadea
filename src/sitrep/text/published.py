"""When a report was published: given, in its metadata, in its dateline, inferred from its text, or unknown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from sitrep.errors import TextError
from sitrep.model import Published

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ), start=1,
    )
    for name in names.split()
}  # fmt: skip
# newspapers began about 1605; reports of wars are not published after this century
FIRST_YEAR, LAST_YEAR = 1600, 2100
# where a dateline or a date of posting stands: the first lines
DATELINE_REACH = 600
# time zones and early editions put a dateline a day ahead of the metadata; more is a lie of the metadata
SLACK_DAYS = 2
# a dateline this much older than the metadata is part of an old story told again
RETOLD_DAYS = 400
# how far into a report the date that its page bears may stand: behind its title, twice at times
FURNITURE_REACH = 320
TEXT_REACH = 100_000
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DATE = re.compile(
    rf"(?<![\w-])(?:(?P<iso>(?P<iy>\d{{4}})-(?P<im>\d\d)-(?P<id>\d\d))"
    rf"|(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m1>{_MONTH})\b\.?,?\s+(?P<y1>\d{{4}})"
    rf"|(?P<m2>{_MONTH})\b\.?\s+(?P<d2>\d{{1,2}})(?:(?:st|nd|rd|th)?,?\s+|,)?(?P<y2>\d{{4}}))(?![\w-]|\.\d)",
    re.IGNORECASE,
)
# "17-08-2016" on top of a page
_NUMERIC = re.compile(
    r"(?<![\w./-])(?P<a>\d{1,2})(?P<mark>[./-])(?P<b>\d{1,2})(?P=mark)(?P<y>(?:19|20)\d\d)(?![\w/-]|\.\d)"
)
_DAY = re.compile(
    rf"(?<![\w-])(?:(?P<d1>\d{{1,2}})\s+(?P<m1>{_MONTH})\b|(?P<m2>{_MONTH})\b\.?\s+(?P<d2>\d{{1,2}}))(?![\w-])",
    re.IGNORECASE,
)
# "SIRTE, Libya, Aug. 1 (Reuters) -", "Beirut, 3 March —", "BOGOTA, 30 AUG 89 (EFE) --": capitals, a short
# date, then a dash, with or without an agency before it
_DATELINE = re.compile(
    r"^\s*[A-Z][\w.'’-]*(?:[ ,/]+\(?[A-Z][\w.'’-]*\)?){0,5}[,\s]+"
    rf"(?P<day>(?i:{_MONTH})\b\.?\s+\d{{1,2}}|\d{{1,2}}\s+(?i:{_MONTH})\b\.?)(?:,?\s+'?(?P<year>\d{{4}}|\d\d))?"
    r"(?=,?\s*(?:\([^)\n]{2,60}\)|/[A-Z][^/\n]{2,30}/|\[[^\]\n]{2,30}\])?\s*(?:-{1,2}|–|—|:))",
    re.MULTILINE,
)
_WEEKDAY = re.compile(
    r"(?<!\bon\s)\b(?P<name>mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs|ur)?(?:day)?\.?,?\s*$", re.IGNORECASE
)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# the place of a dateline, and the dash after its date
_CAPITALS = re.compile(r"^(?:[\s,/]*[A-Z(][\w.'’)-]*(?=[\s,/]|$))*[\s,/]*$")
_DASH = re.compile(r"\s*(?:\([^)]*\)\s*)?(?:--?|–|—)")
_POSTED = re.compile(
    r"\b(?:published|posted|updated|date|issued|released)\b[^\n]{0,25}$|^\W*(?:\w{3,9},?\s*)?$|[\d:.]+\s*(?:am|pm)?\W*$",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\b(?:will|would|shall|due|scheduled|planned|plans?|expected|set\s+(?:for|to)|until|deadline|by|before|upcoming"
    r"|postponed|slated|expires?)\b",
    re.IGNORECASE,
)
# "since May 2016", "in early 2015", "the 2011 ouster": the report was published no earlier
_PERIOD = re.compile(
    rf"\b(?:in|since|during|from|early|late|mid|last|the)[\s-]+(?:(?:early|late|mid)[\s-]+)?(?:(?P<month>{_MONTH})\.?,?\s+)?"
    r"(?P<year>(?:19|20)\d\d)(?![\w-]|[.,]\d)",
    re.IGNORECASE,
)
_URL_DATE = re.compile(r"/((?:19|20)\d\d)[/-](\d\d?)[/-](\d\d?)(?:/|-|$)")
_ISO = re.compile(r"^(\d{4})-(\d\d?)-(\d\d?)(?:[T ].*)?$")
_COMPACT = re.compile(r"^(\d{4})(\d\d)(\d\d)$")


class Found(NamedTuple):
    """A date in a text, and where it stands. full: its words name the day."""

    day: date
    start: int
    end: int
    full: bool = True


class Dating(NamedTuple):
    """When a report was published, and what was wrong with the dates that were tried."""

    published: Published
    problems: tuple[TextError, ...] = ()


def parse_date(value: str, *, source: str, what: str = "the published date") -> date:
    """A date as people and pages write it. Raises TextError, which says what and why."""
    text = value.strip()
    match = _ISO.match(text) or _COMPACT.match(text)
    found = None if match else _DATE.search(text)
    if match:
        year, month, day = int(match[1]), int(match[2]), int(match[3])
    elif found:
        year, month, day = _fields(found)
    else:
        long_year = re.search(r"(?<!\d)\d{5,}", text)
        why = f"the year {long_year.group()} has {len(long_year.group())} digits" if long_year else "it is no full date"
        raise _unusable(value, source, what, why)
    valid = _valid(year, month, day)
    if valid is None:
        known = FIRST_YEAR <= year <= LAST_YEAR
        raise _unusable(value, source, what, "no such day exists" if known else f"no report is from the year {year}")
    return valid


def _unusable(value: str, source: str, what: str, why: str) -> TextError:
    return TextError(
        f"Dating {source}: {what} {value[:80]!r} cannot be used, because {why}.",
        todo="Write it as YEAR-MONTH-DAY, for example 2016-08-01, or leave it out.",
        source=source,
        published=value[:80],
    )


def find_published(
    text: str,
    *,
    source: str,
    given: str | None = None,
    metadata: str | None = None,
    uri: str = "",
) -> Dating:
    """When a report was published, by the best of: the user, its metadata, its dateline, its text.

    Raises TextError where the date that the user gave is no date; a bad metadata date is passed over and
    returned as a problem.
    """
    dateline = find_dateline(text)
    if given is not None:
        day = parse_date(given, source=source)
        return Dating(_fixed(day, "given", "given by the user", text, dateline))
    problems: list[TextError] = []
    if metadata is not None and metadata.strip():
        try:
            day = parse_date(metadata, source=source, what="the date in its metadata")
            if dateline and dateline.full and _outdoes(dateline, day):
                iso = dateline.full.isoformat()
                note = f"its opening says {dateline.words!r}; the date in its metadata is {day.isoformat()}"
                return Dating(Published(value=iso, basis="dateline", start=iso, end=iso, note=note))
            return Dating(_fixed(day, "metadata", "stands in the report's metadata", text, dateline))
        except TextError as error:
            problems.append(error)
    address = _URL_DATE.search(uri)
    if address:
        day = _valid(int(address[1]), int(address[2]), int(address[3]))
        if day:
            return Dating(_fixed(day, "metadata", "stands in the report's address", text, dateline), tuple(problems))
    tried = "no usable date given or in metadata"
    if dateline and dateline.full:
        note = f"{tried}; its opening says {dateline.words!r}"
        iso = dateline.full.isoformat()
        return Dating(Published(value=iso, basis="dateline", start=iso, end=iso, note=note), tuple(problems))
    return Dating(_inferred(text, dateline, tried), tuple(problems))


class Dateline(NamedTuple):
    """A date at the head of a report. full: None where it leaves the year out.

    posted: the page itself bears it ("Published 12 October 2016", "Wed 05 Apr 2017"), no wire's dateline.
    """

    words: str
    month: int
    day: int
    full: date | None
    posted: bool = False


def _outdoes(dateline: Dateline, metadata: date) -> bool:
    """Whether the date that opens a report is surer than the one in its metadata, which may be that of a crawl.

    What the page itself bears is; a wire's dateline where it is clearly later, or earlier but no old story.
    """
    if dateline.full is None or dateline.full == metadata:
        return False
    days = (dateline.full - metadata).days
    return dateline.posted or days > SLACK_DAYS or -RETOLD_DAYS < days < -SLACK_DAYS


def find_dateline(text: str) -> Dateline | None:
    """The date that opens a report: a dateline, or a line that says when it was posted."""
    head = text[:DATELINE_REACH]
    for found in sorted((*full_dates(head), *_numeric(head)), key=lambda found: found.start):
        dashed = _opens(head, found)
        posted = not dashed and _posted(head, found)
        if posted or dashed:
            return Dateline(head[found.start : found.end], found.day.month, found.day.day, found.day, posted)
    match = _DATELINE.search(head)
    short = _DAY.match(match["day"]) if match else None
    if match and short:
        month, day = MONTHS[(short["m1"] or short["m2"]).lower()], int(short["d1"] or short["d2"])
        if _valid(2000, month, day):
            full = _valid(_century(match["year"]), month, day) if match["year"] else None
            return Dateline(head[match.start("day") : match.end()], month, day, full)
    return None


def _opens(head: str, found: Found) -> bool:
    """Whether a full date in the first lines is that of a dateline, between its place and its dash."""
    before = head[head.rfind("\n", 0, found.start) + 1 : found.start]
    return len(before) <= 60 and bool(_CAPITALS.match(before) and _DASH.match(head, found.end))


def _posted(head: str, found: Found) -> bool:
    """Whether a full date in the first lines says when the page appeared, not when something happened."""
    before = head[head.rfind("\n", 0, found.start) + 1 : found.start]
    if len(before) <= 60 and _POSTED.search(before):
        return True
    # "AFP Friday 22 Jul 2016" is page furniture; a sentence says "on Friday"
    weekday = _WEEKDAY.search(before)
    if weekday is None or found.start >= FURNITURE_REACH:
        return False
    return WEEKDAYS[found.day.weekday()] == weekday["name"].lower()


def _numeric(head: str) -> Iterator[Found]:
    """Days in figures at the head of a page, the day first unless that is no date; "3/4/2016" is nobody's date."""
    for match in _NUMERIC.finditer(head):
        first, second, year = int(match["a"]), int(match["b"]), int(match["y"])
        if match["mark"] == "/" and first <= 12 and second <= 12 and first != second:
            continue
        day = _valid(year, second, first) or _valid(year, first, second)
        if day:
            yield Found(day, match.start(), match.end())


def _century(year: str) -> int:
    """A year of two digits: wire copy wrote them until about 2000."""
    return int(year) if len(year) == 4 else int(year) + (1900 if int(year) > 40 else 2000)


def full_dates(text: str) -> Iterator[Found]:
    """Every date of a text that names its day, month and year."""
    for match in _DATE.finditer(text, 0, TEXT_REACH):
        day = _valid(*_fields(match))
        if day:
            yield Found(day, match.start(), match.end())


def _fixed(day: date, basis: str, how: str, text: str, dateline: Dateline | None) -> Published:
    notes = [how]
    if dateline:
        other = dateline.full or _valid(day.year, dateline.month, dateline.day)
        # a wire story dated the day before it is printed is no contradiction
        if other and abs((day - other).days) > 3:
            notes.append(f"but its opening says {dateline.words!r}")
    else:
        later = max((found.day for found in full_dates(text) if not _ahead(text, found)), default=None)
        if later and later > day:
            notes.append(f"but its text tells of {later.isoformat()} as past")
    iso = day.isoformat()
    return Published(
        value=iso, basis="given" if basis == "given" else "metadata", start=iso, end=iso, note=", ".join(notes)
    )


def _inferred(text: str, dateline: Dateline | None, tried: str) -> Published:
    past = [found for found in (*full_dates(text), *_periods(text)) if not _ahead(text, found)]
    latest = max(past, key=lambda found: found.day, default=None)
    if latest is None:
        if dateline:
            note = f"{tried}; its dateline says {dateline.words!r} without a year"
        else:
            note = f"{tried}; no dateline; its text names no year"
        return Published(value=None, basis="unknown", note=note)
    words = text[latest.start : latest.end]
    if dateline and latest.full:
        day = _valid(latest.day.year, dateline.month, dateline.day)
        if day and day < latest.day:
            day = _valid(latest.day.year + 1, dateline.month, dateline.day)
        if day:
            iso = day.isoformat()
            note = f"{tried}; its dateline says {dateline.words!r}, and its text names {words!r}"
            return Published(value=iso, basis="dateline", start=iso, end=iso, note=note)
    note = f"{tried}; no full dateline; its text tells of {words!r} as past, so it was published then or later"
    return Published(value=None, basis="inferred", start=latest.day.isoformat(), end=None, note=note)


def _periods(text: str) -> Iterator[Found]:
    """The first day of every month and year that a text names."""
    for match in _PERIOD.finditer(text, 0, TEXT_REACH):
        day = _valid(int(match["year"]), MONTHS[match["month"].lower()] if match["month"] else 1, 1)
        if day:
            yield Found(day, match.start(), match.end(), full=False)


def _ahead(text: str, found: Found) -> bool:
    """Whether a date lies ahead of its sentence ("will be held on 24 December 2021")."""
    start = max(text.rfind(". ", 0, found.start), text.rfind("\n", 0, found.start), found.start - 120)
    return bool(_AHEAD.search(text, max(start, 0), found.start))


def _fields(match: re.Match[str]) -> tuple[int, int, int]:
    if match["iso"]:
        return int(match["iy"]), int(match["im"]), int(match["id"])
    month = MONTHS[(match["m1"] or match["m2"]).lower()]
    return int(match["y1"] or match["y2"]), month, int(match["d1"] or match["d2"])


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if FIRST_YEAR <= year <= LAST_YEAR else None
    except ValueError:
        return None
