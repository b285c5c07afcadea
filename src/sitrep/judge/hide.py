"""Hide names before a record leaves: black bars of the same length, so that every offset still holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, cast

import msgspec

from sitrep.model import Reading
from sitrep.model.codec import encode

BAR = "█"
# ids, codes and digests are no words of the report
KEPT = frozenset("id type kind role factuality basis precision report stages sitrep ontology gazetteer weights".split())


def hide(reading: Reading, names: Sequence[str]) -> Reading:
    """The reading with every occurrence of the names barred, in the text and in all that quotes it."""
    words = [name for name in names if name.strip()]
    if not words:
        return reading
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in words), re.IGNORECASE)
    plain = msgspec.json.decode(encode(reading))
    text = reading.report.text
    barred = _bars(text, pattern)
    if barred == text and not pattern.search(encode(reading).decode()):
        return reading
    return msgspec.convert(_hidden(plain, pattern, barred), Reading)


def _bars(words: str, pattern: re.Pattern[str]) -> str:
    return pattern.sub(lambda match: BAR * len(match.group()), words)


def _hidden(value: object, pattern: re.Pattern[str], text: str) -> object:
    """A value without the names. Quotes are taken from the barred text: a name may run over their edge."""
    if isinstance(value, str):
        return _bars(value, pattern)
    if isinstance(value, list):
        return [_hidden(part, pattern, text) for part in cast("list[object]", value)]
    if isinstance(value, dict):
        fields = cast("dict[str, Any]", value)
        hidden = {
            name: part if name in KEPT and isinstance(part, str) else _hidden(part, pattern, text)
            for name, part in fields.items()
        }
        if fields.keys() >= {"start", "end", "quote"}:
            hidden["quote"] = text[fields["start"] : fields["end"]]
        return hidden
    return value
