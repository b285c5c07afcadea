"""Toponyms: which words name places, and where those places are (LGL and GeoWebNews)."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sitrep.evaluation.metrics import micro
from sitrep.gazetteer.actors import ActorGazetteer
from sitrep.gazetteer.places import PlaceGazetteer
from sitrep.reading.parse import Parse
from sitrep.reading.passages import find_passages
from sitrep.reading.place_gather import name_of
from sitrep.reading.place_locate import Located, Span, locate
from sitrep.reading.place_resolve import great_circle_km
from sitrep.reading.place_words import OPEN_GROUND
from sitrep.reading.places import Places, country_of_address, host_of
from sitrep.reading.toponyms import Toponym, find_toponyms

if TYPE_CHECKING:
    from sitrep.evaluation.harness import Bench

PAPER = (
    "Gritta, Pilehvar and Collier 2020, A pragmatic guide to geoparsing evaluation (Language Resources and Evaluation "
    "54). Recognition: micro F1 of exact spans; gold is every toponym of LGL, and in GeoWebNews every literal and "
    "associative toponym of the guide's taxonomy (its expressions and non-toponyms are common words and no place "
    "names). Resolution: accuracy@161 km is the share of gold toponyms that are placed within 161 km (100 miles) of "
    "the gold point, over those with a GeoNames id and a point; a toponym without an answer is wrong, and counts as "
    "20,038 km, half the Earth's girth, in the median error. With own toponyms a gold toponym is right where exactly "
    "its span was found and placed within 161 km. Exact id: the GeoNames id is the gold one."
)
SCORES = ("recognition_f1", "acc161_gold", "acc161_own", "exact_id_gold", "median_error_km_gold")

NEAR_KM = 161.0
FARTHEST_KM = 20_038.0
# GeoWebNews' classes that name places (Gritta et al. 2020, section 3); the rest are common words and other names
CLASSES = frozenset(
    {
        "Literal", "Coercion", "Mixed", "Embedded_Literal", "Literal_Modifier", "Metonymic", "Non_Literal_Modifier",
        "Embedded_Non_Lit", "Demonym", "Homonym", "Language",
    }
)  # fmt: skip

Chars = tuple[int, int]


class Answer(NamedTuple):
    """What one gold toponym got: how far off (None: no answer), and whether the GeoNames id is right."""

    error_km: float | None
    same_id: bool


def run(rows: list[dict[str, Any]], bench: Bench) -> dict[str, float | None]:
    """Scores over the rows of a split."""
    stage = next(stage for stage in bench.reader.stages if isinstance(stage, Places))
    places, actors = stage.places, stage.actors
    texts = [(row["text"], find_passages(row["text"])) for row in rows]
    pairs: list[tuple[set[Chars], set[Chars]]] = []
    with_gold: list[Answer] = []
    with_own: list[Answer] = []
    for number, (row, parse) in enumerate(zip(rows, bench.reader.parser.parse_many(texts), strict=True), start=1):
        hint = country_of_address(row.get("url"), places)
        hints = {hint: 1.0} if hint else {}
        learned = bench.reader.learned.read(row["text"]) if bench.reader.learned else None
        own = marked(parse, find_toponyms(parse, places, actors, learned, inside=True), places)
        gold = [toponym for toponym in row["toponyms"] if is_toponym(toponym)]
        pairs.append((set(own), {(toponym["start"], toponym["end"]) for toponym in gold}))
        placed = [toponym for toponym in gold if toponym.get("lat") is not None and toponym.get("geonameid")]
        outlet = host_of(row.get("url"))
        with_gold += place_gold(parse, placed, own, places, actors, hints, outlet)
        located, of_span = locate(parse, list(own.values()), places, actors, hints, outlet)
        found = {chars: located[n] for chars, n in zip(own, of_span, strict=True) if n >= 0}
        with_own += [answer(toponym, found.get((toponym["start"], toponym["end"]))) for toponym in placed]
        if bench.progress:
            bench.progress(number)
    return {
        "recognition_f1": micro(pairs).f1 if pairs else None,
        "acc161_gold": accuracy(with_gold),
        "acc161_own": accuracy(with_own),
        "exact_id_gold": share(one.same_id for one in with_gold),
        "median_error_km_gold": median_error(with_gold),
    }


def is_toponym(toponym: dict[str, Any]) -> bool:
    """Whether an annotation is a toponym by its data set's guideline."""
    return "type" not in toponym or toponym["type"] in CLASSES


def marked(parse: Parse, toponyms: Sequence[Toponym], places: PlaceGazetteer) -> dict[Chars, Span]:
    """The toponyms that the guidelines count, by their characters.

    Both data sets mark places inside names of institutions. Of facilities they mark ways and open ground, and other
    buildings only where the gazetteer knows them; where a facility's name holds a place, that place.
    """
    found: dict[Chars, Span] = {}
    facilities: list[Chars] = []
    for toponym in toponyms:
        chars = (parse.starts[toponym.start], parse.ends[toponym.end - 1])
        if toponym.kind == "facility":
            last = parse.words[toponym.end - 1]
            known = places.has(parse.slice(toponym.start, toponym.end))
            if not known and (last.islower() or last.lower() not in OPEN_GROUND):
                continue
            facilities.append(chars)
        found[chars] = Span(toponym.start, toponym.end, toponym.form == "adjective")
    for start, end in facilities:
        if any(start <= first and last <= end and (first, last) != (start, end) for first, last in found):
            del found[start, end]
    return found


def place_gold(
    parse: Parse,
    gold: Sequence[dict[str, Any]],
    own: dict[Chars, Span],
    places: PlaceGazetteer,
    actors: ActorGazetteer,
    hints: dict[str, float],
    outlet: str = "",
) -> list[Answer]:
    """Answers for gold toponyms, the reader's own other toponyms being their context."""
    spans: dict[Chars, Span] = {}
    for toponym in gold:
        i, j = parse.tokens_in(toponym["start"], toponym["end"])
        if i < j:
            spans[toponym["start"], toponym["end"]] = Span(i, j, is_adjective(toponym["text"], places, actors))
    taken = {token for span in spans.values() for token in range(span.start, span.end)}
    context = [span for span in own.values() if taken.isdisjoint(range(span.start, span.end))]
    ordered = sorted({*spans.values(), *context})
    located, of_span = locate(parse, ordered, places, actors, hints, outlet)
    number_of = dict(zip(ordered, of_span, strict=True))
    by_name = {one.name.folded: one for one in located}
    answers: list[Answer] = []
    for toponym in gold:
        span = spans.get((toponym["start"], toponym["end"]))
        if span is not None:
            number = number_of[span]
            answers.append(answer(toponym, located[number] if number >= 0 else None))
        else:  # in a passage that repeats another: the same name got its answer there
            text = toponym["text"]
            name = name_of(text, None, places, actors, adjective=is_adjective(text, places, actors))
            answers.append(answer(toponym, by_name.get(name.folded) if name else None))
    return answers


def is_adjective(text: str, places: PlaceGazetteer, actors: ActorGazetteer) -> bool:
    """Whether a gold toponym is an adjective or a demonym: the data sets do not say."""
    if actors.demonym(text) is not None:
        return actors.state(text) is None
    return bool(places.adjective(text)) and not places.has(text)


def answer(toponym: dict[str, Any], located: Located | None) -> Answer:
    """The answer that a gold toponym got."""
    if located is None or located.lat is None or located.lon is None:
        return Answer(None, same_id=False)
    error = great_circle_km(located.lat, located.lon, float(toponym["lat"]), float(toponym["lon"]))
    number = located.place.geonames if located.place else None
    return Answer(error, same_id=number is not None and str(number) == str(toponym["geonameid"]))


def accuracy(answers: Sequence[Answer]) -> float | None:
    """The share of answers within 161 km; None where nothing was asked."""
    return share(one.error_km is not None and one.error_km <= NEAR_KM for one in answers)


def median_error(answers: Sequence[Answer]) -> float | None:
    """The median distance in kilometres, no answer being the farthest."""
    errors = [FARTHEST_KM if one.error_km is None else one.error_km for one in answers]
    return round(statistics.median(errors), 3) if errors else None


def share(right: Iterable[bool]) -> float | None:
    """How many of several are true; None of none."""
    every = list(right)
    return sum(every) / len(every) if every else None
