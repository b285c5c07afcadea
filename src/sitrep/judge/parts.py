"""What a person marked in the text: other words for a record, or a part of the record that was missing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Any, cast, get_args

from sitrep.judge.draft import Draft
from sitrep.judge.find import locate
from sitrep.judge.values import SURE, Done, called
from sitrep.model import (
    Actor,
    ActorKind,
    AddPart,
    Claim,
    Evidence,
    Mention,
    Place,
    PlaceKind,
    Quantity,
    QuantityKind,
    SetWords,
    Stance,
    Timex,
)

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
DATES = ("%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%B %d %Y", "%d %b %Y", "%b %d, %Y")


def set_words(draft: Draft, layer: str, record: Any, correction: SetWords) -> Done | None:  # noqa: ANN401 - a record
    """Other words for a record; None where it has none of its own or they are gone."""
    located = locate(draft.text, correction.words)
    if located is None or not located.words:
        return None
    words = located.words
    match layer:
        case "events":
            fields: dict[str, object] = {
                "trigger": words[0], "triggers": words, "evidence": draft.sentences_of(words),
            }  # fmt: skip
        case "claims":
            fields = {"cue": words}
        case "mentions":
            fields = {"evidence": words, "head": words[0]}
        case "quantities" | "timexes":
            fields = {"evidence": words}
        case _:
            return None
    before = called(draft, layer, record)
    draft.change(layer, record, **fields)
    return Done(before, _said(words), moved=located.moved)


def add_part(draft: Draft, correction: AddPart) -> Done | None:
    """A part of the record that a person found; of its sort and words alone something is known."""
    located = locate(draft.text, correction.words)
    if located is None or not located.words:
        return None
    made = _made(draft, correction, located.words)
    if made is None:
        return None
    draft.put(correction.layer, made)
    return Done(None, f"{correction.sort} “{_said(located.words)}”", moved=located.moved)


def _made(draft: Draft, correction: AddPart, words: tuple[Evidence, ...]) -> Any:  # noqa: ANN401 - a record
    name, sort, said = correction.id, correction.sort, words[0].quote
    match correction.layer:
        case "actors" if sort in get_args(ActorKind):
            kind = cast("ActorKind", sort)
            mention = _mention(draft, name, "person" if sort == "person" else "organisation", words)
            return Actor(id=name, name=said, kind=kind, countries=(), aliases=(), mentions=(mention,), link=None)
        case "places" if sort in get_args(PlaceKind):
            return Place(
                id=name, name=said, kind=cast("PlaceKind", sort), lat=None, lon=None, country=None, admin1=None,
                geonames=None, radius_km=None, mentions=(_mention(draft, name, "place", words),), score=SURE,
                basis="judged",
            )  # fmt: skip
        case "timexes":
            day = day_of(said)
            return Timex(
                id=name, type="DATE", value=day or said, start=day, end=day, precision="day" if day else "unknown",
                anchor=None, evidence=words,
            )  # fmt: skip
        case "quantities" if sort in get_args(QuantityKind):
            number = number_of(said)
            return Quantity(
                id=name, kind=cast("QuantityKind", sort), of=None, low=number, best=number, high=number, unit=None,
                modifier=None, side=None, civilians=None, evidence=words,
            )  # fmt: skip
        case "claims" if sort in get_args(Stance):
            return Claim(
                id=name, speaker=None, cue=words, content=draft.sentences_of(words), kind="indirect",
                stance=cast("Stance", sort), about=(),
            )  # fmt: skip
        case _:
            return None


def _mention(draft: Draft, name: str, kind: Any, words: tuple[Evidence, ...]) -> str:  # noqa: ANN401 - a kind
    """The mention at these words, made where there is none."""
    for mention in draft.layers["mentions"].values():
        if mention.evidence == words:
            return mention.id
    made = Mention(id=f"m{name}", kind=kind, form="name", evidence=words, head=words[0])
    draft.put("mentions", made)
    return made.id


def _said(words: Sequence[Evidence]) -> str:
    return " … ".join(part.quote for part in words[:2])


def day_of(said: str) -> str | None:
    """A day that words say in full, as an ISO date."""
    for form in DATES:
        with suppress(ValueError):
            found: date = datetime.strptime(said.strip(), form).date()  # noqa: DTZ007 - a day has no zone
            return found.isoformat()
    return None


def number_of(said: str) -> float | None:
    """The one number that words say in digits."""
    found = NUMBER.findall(said)
    return float(found[0].replace(",", "")) if len(found) == 1 else None
