"""From a matched rule to what it says: one reader for each name of a rule."""

from __future__ import annotations

from collections.abc import Iterator

from sitrep.reading.parse import Parse
from sitrep.reading.time_expression import POINTERS, Expression, amount_of, exactly, fill, names_of, ordinal, unit_of
from sitrep.reading.time_grammar import NAMES, SCANNER
from sitrep.reading.time_read_dates import DATE_READERS
from sitrep.reading.time_scan import Match, scan
from sitrep.reading.time_words import NAME, words

# units that are times without a number: "for weeks"
LOOSE = words("years months weeks days decades hours centuries")
COUNT = words("D SMALL Y BIG NW CENTW TY VAGUE SOME DOZENS")


def read_all(parse: Parse) -> Iterator[Expression]:
    """The time expressions of a text, in order, none overlapping."""
    for tokens, line in scan(parse):
        at = 0
        while found := SCANNER.search(line, at):
            i, j = found.span()
            match = Match(NAMES[(found.lastindex or 1) - 1], tokens[i:j], tokens[max(0, i - 4) : i], tokens[j : j + 4])
            expression = read(match) if i < j else None
            if expression:
                yield expression
            at = j if expression else i + 1


def read(match: Match) -> Expression | None:
    """What a match says; None where its surroundings show that it is no time."""
    found = Expression(match.rule, match.tokens[0].start, match.tokens[-1].end)
    return READERS[match.rule](match, found)


def _set(match: Match, found: Expression) -> Expression | None:
    names = names_of(match.tokens)
    fill(match, found)
    found.pointer = ""
    if "SETW" in names:
        found.code = str(match.tokens[names.index("SETW")].value)
        return found
    if "WDAYS" in names:
        found.weekday = int(match.tokens[names.index("WDAYS")].value)
    for token, name in zip(match.tokens, names, strict=True):
        if name in {"PARTS", "NIGHTS"} and found.weekday:
            found.part = str(token.value)
    found.unit = unit_of(match.tokens)
    if found.unit == "NI":
        found.part = "NI"
    found.amount = 2.0 if "OTHER" in names else 1.0
    if names[0] == "EVERY":
        number = exactly(match.tokens)
        found.amount = number if number is not None else (float(ordinal(match.tokens)) or found.amount)
        if "FEW" in names:
            found.amount = None
    return found


def _offset(match: Match, found: Expression) -> Expression | None:
    tokens, names = match.tokens, names_of(match.tokens)
    tail = names[-1]
    found.unit = unit_of(tokens)
    found.amount = amount_of(tokens)
    found.sign = {"AGO": -1, "EARLIER": -1, "BEFORE": -1}.get(tail, 1)
    found.base = "said" if tail in {"AGO", "HENCE", "NOW", "TIMEW"} else "text"
    found.code = tail
    if names[0] in {"A", "THE"} and names[-2] == "DASH":
        found.start = tokens[1].start
    if "APPROX" in names or "LESS" in names or "MORE" in names:
        found.mod = "APPROX"
    return found


def _deictic(match: Match, found: Expression) -> Expression | None:
    fill(match, found)
    return found


def _ends_with(names: list[str]) -> bool:
    """Of "year-end" and "the month's end"."""
    return names[-1] == "END" and names[0] in {"THE", "UYEAR", "UMONTH", "UWEEK"}


def _relunit(match: Match, found: Expression) -> Expression | None:
    tokens, names = match.tokens, names_of(match.tokens)
    fill(match, found)
    found.unit = unit_of(tokens)
    found.year_pointer = ""
    first = next((name for name in names if name in POINTERS), "")
    found.pointer = POINTERS.get(first, "")
    if found.unit == "NI":
        found.unit, found.part = "D", "NI"
    if "PART" in names:
        found.unit = "D"
    if not found.unit:
        return None
    if names == ["THE", "QUARTER"]:
        found.code = "the quarter"
    if (
        names[0] == "THE"
        and not first
        and not found.mod
        and "UYEAR" in names
        and match.after[:1]
        and match.after[0].lower in {"ended", "ending"}
    ):
        found.kind, found.amount = "duration", 1.0
    if names[:1] == ["THE"] and names[-1] == "PART" and not first:
        found.pointer = "that"
    if _ends_with(names):
        found.mod, found.pointer = "END", ""
        if names[0] == "UYEAR" and "APOS" not in names:
            found.code = "year-end"
    if names[0] == "THE" and "NEXT" in names:
        found.code = "the"
    if names[:2] == ["THE", "LAST"] and found.unit != "D":
        found.kind, found.amount, found.sign, found.base = "lastn", 1.0, -1, "said"
    return found


def _lastn(match: Match, found: Expression) -> Expression | None:
    tokens, names = match.tokens, names_of(match.tokens)
    k = next((n for n, name in enumerate(names) if name in POINTERS), -1)
    found.unit = unit_of(tokens)
    if not found.unit:
        return None
    if k < 0:
        # "the first three days": a duration without a place
        k = next(n for n, name in enumerate(names) if name in {"ORD", "ORDW"})
        found.kind = "duration"
        found.amount = amount_of(tokens[k + 1 :])
        return found
    found.pointer = POINTERS[names[k]]
    found.amount = amount_of(tokens[k + 1 :])
    found.sign = {"next": 1, "follow": 1}.get(found.pointer, -1)
    found.base = "text" if found.pointer in {"prev", "follow"} else "said"
    found.code = names[k]
    return found


def _duration(match: Match, found: Expression) -> Expression | None:
    tokens, names = match.tokens, names_of(match.tokens)
    found.unit = unit_of(tokens)
    if not found.unit:
        return None
    found.amount = amount_of(tokens)
    before = NAME[match.before[-1].char] if match.before else ""
    # three quarters of the population, a quarter mile
    if found.unit == "Q" and ((match.after and NAME[match.after[0].char] == "OF") or "DASH" in names):
        return None
    if names[0] in {"Y", "BIG", "SMALL", "D"} and before == "MONEY":
        return None
    # the 1988 quarter, the 1967 Six-Day War
    if "Y" in names and (names[-1] in {"QUARTER", "UDAY"} or names[names.index("Y") + 1] in {"NW", "TY"}):
        return None
    if len(names) == 1 and before == "X" and tokens[0].lower not in LOOSE:
        return None
    if "OLD" in names:
        # an age ("34 years old") is a length of life; TimeML's news does not mark it, least of all "34-year-old"
        found.history_only = True
        if "DASH" in names:
            return None
    # "a four-day siege", "the two-hour battle": the article is the noun's, but in "another week", "a sixty-day period"
    joined = "DASH" in names and "PERIOD" not in names
    counted = names[0] == "A" and tokens[0].lower != "another" and names[1] in COUNT and "PERIOD" not in names
    if joined and "A" in names[:3]:
        found.start = tokens[names.index("A") + 1].start
    elif (joined and names[0] == "THE") or counted:
        found.start = tokens[1].start
    return found


def _ref(match: Match, found: Expression) -> Expression | None:
    names = names_of(match.tokens)
    word = match.tokens[-1]
    # "as recently as 2015"
    if match.before and match.before[-1].lower == "as" and match.after and match.after[0].lower == "as":
        return None
    # TIMEX2 marks these words, TimeML's news does not
    found.history_only = names in (["FORMER"], ["FUTURE"], ["NIGHT"], ["RECENT"])
    match names[-1]:
        case "NIGHT":
            found.code = "XXXX-XX-XXTNI"
        case "FUTURE" | "NOW" | "REF" | "FORMER":
            found.code = str(word.value)
        case "PAST" | "RECENT":
            found.code = "PAST_REF"
        case _:
            found.code = "PRESENT_REF"
    return found


READERS = DATE_READERS | {
    "set": _set, "offset": _offset, "deictic": _deictic, "relunit": _relunit, "lastn": _lastn, "duration": _duration,
    "ref": _ref,
}  # fmt: skip
