"""Hide names before a record leaves: black bars of the same length, so that every offset still holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from sitrep.model import Incident, Reading
from sitrep.model.codec import decode_reading, encode

BAR = "█"


def hide(reading: Reading, names: Sequence[str]) -> Reading:
    """The reading without some names, nor any other name of those who bear them."""
    return Sensitive(names).hide(reading)


class Sensitive:
    """Names that must not leave. Whoever bears one is masked under all the names that a report gives them.

    A mask is as long as what it covers, so that every offset stays true.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self.names = tuple(sorted({" ".join(name.split()) for name in names if name.strip()}, key=len, reverse=True))
        self._pattern = _pattern(self.names)

    def __bool__(self) -> bool:
        return bool(self.names)

    def readings(self, readings: Iterable[Reading]) -> Iterator[Reading]:
        """Readings without the names."""
        return (self.hide(reading) for reading in readings)

    def incidents(self, incidents: Iterable[Incident]) -> Iterator[Incident]:
        """Incidents without the names."""
        if self._pattern is None:
            yield from incidents
            return
        for incident in incidents:
            plain = msgspec.to_builtins(incident)
            yield msgspec.convert(_masked(plain, self._pattern), Incident)

    def hide(self, reading: Reading) -> Reading:
        """A reading without the names, nor any other name of those who bear them."""
        if self._pattern is None:
            return reading
        bearers = {actor.id: actor for actor in reading.actors if self._bears(actor.name, *actor.aliases)}
        spans = {mention.id: mention for mention in reading.mentions}
        more = {
            part.quote
            for actor in bearers.values()
            for name in actor.mentions
            if (mention := spans.get(name)) and mention.form == "name"
            for part in mention.evidence
        }
        names = {*self.names, *more, *(actor.name for actor in bearers.values())}
        pattern = _pattern(tuple(sorted(names, key=len, reverse=True)))
        plain: dict[str, Any] = msgspec.to_builtins(reading)
        if pattern is None or not (bearers or pattern.search(encode(reading).decode()) or _hit(plain, pattern)):
            return reading
        for actor in plain["actors"]:
            if actor["id"] in bearers:
                actor["link"] = None
        text = _mask(reading.report.text, pattern)
        hidden = _requoted(_masked(plain, pattern), text)
        hidden["report"]["text"] = text
        return decode_reading(msgspec.json.encode(hidden), source=reading.report.source.id)

    def _bears(self, *names: str) -> bool:
        return self._pattern is not None and any(self._pattern.search(name) for name in names)


def _pattern(names: tuple[str, ...]) -> re.Pattern[str] | None:
    if not names:
        return None
    words = (r"\s+".join(re.escape(word) for word in name.split()) for name in names)
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)


def _mask(text: str, pattern: re.Pattern[str]) -> str:
    return pattern.sub(lambda found: re.sub(r"\S", BAR, found.group()), text)


def _hit(value: object, pattern: re.Pattern[str]) -> bool:
    if isinstance(value, str):
        return pattern.search(value) is not None
    inner: Iterable[object] = (
        value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    )
    return any(_hit(part, pattern) for part in inner)


def _masked(value: Any, pattern: re.Pattern[str]) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, str):
        return _mask(value, pattern)
    if isinstance(value, dict):
        return {name: _masked(part, pattern) for name, part in value.items()}
    return [_masked(part, pattern) for part in value] if isinstance(value, list | tuple) else value


def _requoted(value: Any, text: str) -> Any:  # noqa: ANN401 - JSON
    """Evidence as the masked text says it: a name may be masked where only a part of it was quoted."""
    if isinstance(value, dict):
        if value.keys() == {"start", "end", "quote"}:
            return {**value, "quote": text[value["start"] : value["end"]]}
        return {name: _requoted(part, text) for name, part in value.items()}
    return [_requoted(part, text) for part in value] if isinstance(value, list) else value
