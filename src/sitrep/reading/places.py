"""Stage: places. Mentions of places become places on the map, all names of a report decided together."""

from __future__ import annotations

import re
from collections import Counter

from sitrep.gazetteer.actors import ActorGazetteer
from sitrep.gazetteer.places import PlaceGazetteer
from sitrep.model import LayerName, Layers, Mention, Place, PlaceCandidate, PlaceKind
from sitrep.reading.page import Page
from sitrep.reading.place_gather import Span
from sitrep.reading.place_locate import Located, locate
from sitrep.reading.place_nominals import BIG, Capital, Named, Nominals, is_place_noun
from sitrep.reading.place_offsets import measure_before, moved
from sitrep.reading.place_resolve import Name

HOST = re.compile(r"(?:https?://)?(?:[\w-]+\.)+([a-z]{2})(?=[/:?#]|$)", re.IGNORECASE)
ANY_HOST = re.compile(r"(?:https?://)?((?:[\w-]+\.)+[a-z]{2,6})(?=[/:?#]|$)", re.IGNORECASE)
# what an actor's country says about where unnamed places lie
ACTOR_HINT = 0.4
NEAR_SLACK = 0.3
# how sure "the Syrian capital" is
SURE = 0.9


def country_of_address(address: str | None, places: PlaceGazetteer) -> str | None:
    """The country that an internet address ends in, as ISO 3166 alpha-3 code."""
    match = HOST.match(address) if address else None
    return places.domain(match[1].lower()) if match else None


def host_of(address: str | None) -> str:
    """The host of an internet address, "" where it is none."""
    match = ANY_HOST.match(address) if address else None
    return match[1] if match else ""


def group_key(located: Located) -> object:
    """What the mentions of one place share: the gazetteer's row, else the name."""
    known = located.place is not None and located.basis == "gazetteer"
    return located.place.key if known and located.place else located.name.folded


class Places:
    """Resolves place names jointly; null where nothing fits."""

    name = "places"
    version = "1"
    needs: frozenset[LayerName] = frozenset({"mentions", "actors"})
    gives: frozenset[LayerName] = frozenset({"places"})

    def __init__(self, places: PlaceGazetteer, actors: ActorGazetteer) -> None:
        self.places = places
        self.actors = actors

    def __call__(self, page: Page, /) -> Layers:
        mentions: list[Mention] = []
        spans: list[Span] = []
        for mention in page.layers.mentions:
            if mention.form not in {"name", "adjective"} or mention.kind not in {"place", "facility"}:
                continue
            i, j = page.parse.tokens_in(mention.evidence[0].start, mention.evidence[0].end)
            if i < j:
                mentions.append(mention)
                kind: PlaceKind | None = "facility" if mention.kind == "facility" else None
                spans.append(Span(i, j, mention.form == "adjective", kind))
        found, of_span = locate(
            page.parse,
            spans,
            self.places,
            self.actors,
            self.hints(page),
            host_of(page.report.source.uri) or page.report.outlet or "",
        )
        groups: dict[object, list[tuple[Mention, Located]]] = {}
        for mention, number in zip(mentions, of_span, strict=True):
            if number < 0 or mention.form == "adjective":
                continue
            groups.setdefault(group_key(found[number]), []).append((mention, found[number]))
        bare = self.nominals(page, mentions, of_span, found)
        for mention, key in bare:
            if isinstance(key, Capital):
                place = self.places.capital(key.country)
                if place is None:
                    continue
                spot = (place.lat, place.lon, place.radius_km)
                located = Located(Name(place.name), place, place.kind, *spot, "gazetteer", SURE, ((place, 1.0),))
                groups.setdefault(place.key, []).append((mention, located))
            elif key in groups:
                groups[key].append((mention, groups[key][0][1]))
        made = [self.place(page, members) for members in groups.values()]
        made += self.offsets(page, spans, of_span, found)
        return Layers(places=tuple(made))

    def nominals(
        self, page: Page, mentions: list[Mention], of_span: list[int], found: list[Located]
    ) -> list[tuple[Mention, object]]:
        """Bare nouns with the key of the place that they stand for."""
        parse = page.parse
        named: list[Named] = []
        for mention, number in zip(mentions, of_span, strict=True):
            token = parse.token_at(mention.head.start)
            if number < 0 or token is None:
                continue
            one = found[number]
            if mention.form == "adjective" and one.kind != "country":
                continue
            place = one.place
            big = place is not None and (place.population >= BIG or place.feature == "PPLC")
            named.append(Named(token, group_key(one), one.kind, place.country if place else "", big))
        reader = Nominals(parse, named, self.places, self.actors)
        bare: list[tuple[Mention, object]] = []
        for mention in page.layers.mentions:
            if mention.form != "nominal" or mention.kind not in {"place", "facility"}:
                continue
            token = parse.token_at(mention.head.start)
            key = reader.stands_for(token) if token is not None and is_place_noun(parse, token) else None
            if key is not None:
                bare.append((mention, key))
        return bare

    def hints(self, page: Page) -> dict[str, float]:
        """Countries that the outlet's address and the actors of the report speak for."""
        hints: dict[str, float] = {}
        for actor in page.layers.actors:
            if actor.link is not None and len(actor.countries) < 3:
                for country in actor.countries:
                    hints[country] = min(1.0, hints.get(country, 0.0) + ACTOR_HINT)
        for address in (page.report.outlet, page.report.source.uri):
            country = country_of_address(address, self.places)
            if country is not None:
                hints[country] = 1.0
        return hints

    def place(self, page: Page, members: list[tuple[Mention, Located]]) -> Place:
        """The record of the mentions that mean one place."""
        located = members[0][1]
        names = [mention for mention, _ in members if mention.form != "nominal"]
        spoken = Counter(mention.evidence[0].quote for mention in names)
        place = located.place
        facility = located.basis != "gazetteer" and any(mention.kind == "facility" for mention in names)
        own = place if located.basis == "gazetteer" else None
        return Place(
            id=page.id("p", own.key if own else located.name.folded),
            name=own.name if own and (own.kind == "country" or not spoken) else spoken.most_common(1)[0][0],
            kind="facility" if facility else located.kind,
            lat=located.lat,
            lon=located.lon,
            country=(place.country or None) if place else None,
            admin1=place.admin1_name if place and place.kind != "country" else None,
            geonames=own.geonames if own else None,
            radius_km=round(located.radius_km, 1) if located.radius_km is not None else None,
            mentions=tuple(mention.id for mention, _ in members),
            score=located.score,
            candidates=tuple(
                PlaceCandidate(
                    name=bearer.name, kind=bearer.kind, lat=bearer.lat, lon=bearer.lon, country=bearer.country,
                    admin1=bearer.admin1_name, geonames=bearer.geonames, score=chance,
                )
                for bearer, chance in located.candidates
            ),
            basis=located.basis,
        )  # fmt: skip

    def offsets(self, page: Page, spans: list[Span], of_span: list[int], found: list[Located]) -> list[Place]:
        """Places without a name at a distance from a named one: "a village 30 km north of Hama"."""
        parse = page.parse
        made: list[Place] = []
        for span, number in zip(spans, of_span, strict=True):
            if number < 0 or span.adjective:
                continue
            start, km, bearing = measure_before(parse, span.start)
            anchor = found[number]
            if not start or anchor.lat is None or anchor.lon is None or anchor.basis != "gazetteer":
                continue
            k = start - 1
            while k > 0 and parse.lowers[k] in {"about", "some", "around", "roughly", "nearly", "just", ","}:
                k -= 1
            mention = page.mention_headed.get(k)
            if mention is None or mention.form != "nominal" or mention.kind not in {"place", "facility"}:
                continue
            lat, lon = moved(anchor.lat, anchor.lon, km, bearing)
            evidence = page.words(start, span.end)
            slack = max(NEAR_SLACK * km, 5.0) + (0.0 if bearing is not None else km)
            made.append(
                Place(
                    id=page.id("p", "offset", evidence.start),
                    name=evidence.quote,
                    kind="facility" if mention.kind == "facility" else "area",
                    lat=round(lat, 4),
                    lon=round(lon, 4),
                    country=(anchor.place.country or None) if anchor.place else None,
                    admin1=None,
                    geonames=None,
                    radius_km=round(slack, 1),
                    mentions=(mention.id,),
                    score=round(anchor.score * 0.7, 3),
                    basis="offset",
                )
            )
        return made
