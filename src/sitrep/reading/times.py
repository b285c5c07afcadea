"""Stage: time expressions, with TIMEX3 values and intervals (TimeML's rules of what belongs to one)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from datetime import date

from sitrep.model import LayerName, Layers, Timex
from sitrep.reading.page import Page
from sitrep.reading.parse import Parse
from sitrep.reading.time_calendar import ERA_FROM
from sitrep.reading.time_expression import Expression
from sitrep.reading.time_read import read_all
from sitrep.reading.time_resolve import SAID, Answer, Resolver

# between the two ends of "3 to 5 May", "July and September 2015", "May 3-5"
BETWEEN = re.compile(r"\s*(?:,|-|–|—|/|to|and|or|until|till|through|thru|, and)\s*(?:the\s+|on\s+)?\s*", re.IGNORECASE)
# a history names at least so many years, most of them over, and hardly a "Monday" or "last week" for each of them
NEWS_POINTERS = frozenset({"last", "this", "next"})
# what is named after a day
NAMED_AFTER = frozenset(
    "movement brigade brigades battalion battalions front forces coalition martyrs alliance army regiment division "
    "party organization organisation revolution street square bridge university stadium".split()
)
HISTORY_YEARS, HISTORY_SHARE, HISTORY_NEWS = 5, 0.6, 0.15


class Times:
    """Time expressions of the read sentences, resolved against the publication date or one another."""

    name = "times"
    version = "1"
    needs: frozenset[LayerName] = frozenset()
    gives: frozenset[LayerName] = frozenset({"timexes"})

    def __call__(self, page: Page, /) -> Layers:
        parse = page.parse
        expressions = [found for found in read_all(parse) if not in_a_name(parse, found.end)]
        if not expressions:
            return Layers()
        published = page.report.published
        history = is_history(expressions, _iso(published.value) or _iso(published.end))
        if not history:
            expressions = [found for found in expressions if not found.history_only]
        expressions = list(_with_quarters(expressions))
        share(parse.text, expressions)
        place_clocks(parse, expressions)
        tighten(parse, expressions)
        possess(parse, expressions)
        answers = _answers(parse, expressions, _iso(published.value), _iso(published.start), _iso(published.end))
        ids = [page.id("t", found.start, found.end) for found in expressions]
        return Layers(
            timexes=tuple(
                Timex(
                    id=ids[n],
                    type=answer.type,
                    value=answer.value,
                    start=answer.start.isoformat() if answer.start else None,
                    end=answer.end.isoformat() if answer.end else None,
                    precision=answer.precision,
                    anchor=None
                    if answer.anchor is None
                    else "published"
                    if answer.anchor == SAID
                    else ids[answer.anchor],
                    evidence=(page.evidence(found.start, found.end),),
                )
                for n, (found, answer) in enumerate(zip(expressions, answers, strict=True))
            )
        )


def in_a_name(parse: Parse, end: int) -> bool:
    """Whether a date that ends here belongs to a name: "March 23 Movement", "17 February Brigade"."""
    token = parse.token_at(end - 1)
    if token is None or token + 1 >= len(parse):
        return False
    return parse.words[token + 1][0].isupper() and parse.lowers[token + 1] in NAMED_AFTER


def _iso(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value[:10]) if value else None
    except ValueError:
        return None


def _answers(
    parse: Parse, expressions: list[Expression], value: date | None, start: date | None, end: date | None
) -> list[Answer]:
    """Answers by the publication date; where only an interval is known, what both its ends agree on."""
    if value is not None or start is None or end is None:
        return _run(parse, expressions, value)
    if start == end:
        return _run(parse, expressions, start)
    open_, first, last = (_run(parse, expressions, said) for said in (None, start, end))
    found: list[Answer] = []
    for plain, one, two in zip(open_, first, last, strict=True):
        if one == two:
            found.append(one)
        elif one.start and two.end and one.anchor == two.anchor:
            found.append(plain._replace(start=one.start, end=two.end, precision="range", anchor=one.anchor))
        else:
            found.append(plain)
    return found


def _run(parse: Parse, expressions: list[Expression], said: date | None) -> list[Answer]:
    resolver = Resolver(parse, said, history=is_history(expressions, said))
    return [resolver.resolve(found) for found in expressions]


def _with_quarters(expressions: list[Expression]) -> Iterator[Expression]:
    """Leave out a bare "the quarter" where no quarter of a year was named: it is one of a town."""
    seen = False
    for found in expressions:
        seen = seen or found.kind == "quarter"
        if found.code != "the quarter" or seen:
            yield found


def is_history(expressions: list[Expression], said: date | None) -> bool:
    """Whether a text tells of the past year by year, so that its dates hang on one another."""
    years = [found.year for found in expressions if found.year is not None]
    old = sum(said is None or year < said.year or year >= ERA_FROM for year in years)
    news = sum(
        (found.kind == "deictic") or (found.kind == "date" and found.month is None and found.weekday is not None)
        or (found.kind in {"relunit", "offset", "lastn"} and found.pointer in NEWS_POINTERS and found.code != "the")
        for found in expressions
    )  # fmt: skip
    return len(years) >= HISTORY_YEARS and old / len(years) >= HISTORY_SHARE and news < HISTORY_NEWS * len(years)


# a date so few characters behind a time of day is its date
CLOCK_REACH = 25
ARTICLE = re.compile(r"(?:the|an?)\s+", re.IGNORECASE)
# how a word hangs on a noun behind it
BEFORE_NOUN = frozenset({"compound", "amod", "nmod", "nummod", "npadvmod"})
NOUNS = frozenset({"NOUN", "PROPN"})
ARTICLE_OF_NOUN = frozenset({"duration", "season", "quarter", "date"})


def tighten(parse: Parse, expressions: list[Expression]) -> None:
    """Leave out an article that belongs to a noun behind: "the [summer] offensive"."""
    for found in expressions:
        if found.kind not in ARTICLE_OF_NOUN or not (article := ARTICLE.match(parse.text, found.start, found.end)):
            continue
        i = parse.token_at(found.end - 1)
        if i is None or parse.deps[i] not in BEFORE_NOUN:
            continue
        head = parse.heads[i]
        if parse.starts[head] >= found.end and parse.pos[head] in NOUNS:
            found.start = article.end()


def possess(parse: Parse, expressions: list[Expression]) -> None:
    """Read "Tuesdays attack", printed without its apostrophe, as the attack of one Tuesday."""
    for found in expressions:
        if found.kind != "set" or not found.weekday or found.unit or found.part:
            continue
        i = parse.token_at(found.start)
        if i is not None and parse.ends[i] == found.end and parse.heads[i] > i and parse.pos[parse.heads[i]] in NOUNS:
            found.kind = "date"


def place_clocks(parse: Parse, expressions: list[Expression]) -> None:
    """Give a time of day the date of its sentence: "at 8pm (1700 GMT) on Saturday", "on Saturday ... at 8pm"."""
    for n, found in enumerate(expressions):
        if found.kind != "clock":
            continue
        i = parse.token_at(found.start)
        ahead, behind = expressions[n + 1 : n + 3], expressions[max(0, n - 2) : n][::-1]
        for other in [one for one in ahead if one.start - found.end < CLOCK_REACH] + behind + ahead:
            j = parse.token_at(other.start)
            dated = other.kind == "deictic" or (other.kind == "date" and (other.weekday or other.day))
            if set_in_brackets(parse.text[found.end : other.start]):
                continue  # "at 3 a.m. (8 p.m. Tuesday EDT)": Tuesday is of another place
            if dated and i is not None and j is not None and parse.sent_of[i] == parse.sent_of[j]:
                found.kind, found.code, found.pointer = other.kind, other.code, other.pointer
                found.year, found.month, found.day, found.weekday = other.year, other.month, other.day, other.weekday
                found.look_at = other.end
                break


def set_in_brackets(gap: str) -> bool:
    """Whether a bracket opens in the words between two expressions and does not close before the second."""
    return gap.count("(") > gap.count(")")


def share(text: str, expressions: list[Expression]) -> None:
    """Let the two ends of a range lend each other the month and the year that stand only once."""
    pairs = [
        (one, two)
        for one, two in itertools.pairwise(expressions)
        if two.start - one.end < 14 and BETWEEN.fullmatch(text, one.end, two.start)
    ]
    for one, two in reversed(pairs):
        if one.code == "day_only" and one.month is None and two.month is not None:
            one.month, one.year, one.year_pointer = two.month, two.year, two.year_pointer
        elif (
            one.kind == two.kind == "date"
            and one.month
            and two.month
            and one.year is None
            and two.year is not None
            and not one.year_pointer
        ):
            one.year = two.year - (one.month > two.month)
    for one, two in pairs:
        if two.code == "day_only" and two.month is None:
            one.year = one.year or two.year
            two.month, two.year, two.year_pointer = one.month, two.year or one.year, one.year_pointer
        elif (
            one.kind == two.kind == "date"
            and one.month
            and two.month
            and two.year is None
            and one.year is not None
            and not two.year_pointer
        ):
            two.year = one.year + (one.month > two.month)
