"""An archive for the desk's browser tests: the API's contract over records written here, without reading or a store.

The pages are tested against what docs/guide/desk-api.md promises. Everything that is judged is kept in `judged`, so
that a test can say what its reviewer did.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

STATIC = Path(__file__).parents[2] / "src" / "sitrep" / "review" / "static"
TOKEN = "a-token-of-this-desk"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
    "trusted-types svelte-trusted-html"
)
TYPES = {
    "air_strike": ("Air strike", "remote_violence"),
    "shelling": ("Shelling", "remote_violence"),
    "armed_clash": ("Armed clash", "violence"),
    "territory_gain": ("Territory gained", "territory"),
    "statement": ("Statement", "verbal"),
}
PLACES = {
    "sirte": (31.2, 16.6, "LBY"),
    "misrata": (32.38, 15.09, "LBY"),
    "mosul": (36.34, 43.13, "IRQ"),
    "tikrit": (34.6, 43.68, "IRQ"),
}
ACTORS = ("Unity government", "River Brigade", "Northern Command", "United States")
# an emoji before the words: offsets count UTF-16 units
TEXT = (
    "Air strike hits market in Sirte 🚁\n\n"
    "Warplanes of the Unity government struck a market in Sirte on Monday, killing at least 12 people, doctors said.\n\n"
    "The River Brigade denied that its fighters had been there. Residents described bodies under the rubble."
)


def units(text: str) -> int:
    """The length of a text in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def words(text: str, quote: str) -> dict[str, Any]:
    start = units(text[: text.index(quote)])
    return {"start": start, "end": start + units(quote), "quote": quote}


class Archive:
    """Reports and incidents, and what was judged of them."""

    def __init__(self, incidents: int = 24, hostile: list[str] | None = None) -> None:
        self.judged: list[dict[str, Any]] = []
        self.undone: list[str] = []
        self.version: dict[str, int] = {}
        self.state: dict[str, str] = {}
        self.chosen: dict[tuple[str, str], str] = {}
        self.added: list[dict[str, Any]] = []
        self.veils: list[dict[str, Any]] = []
        self.views: dict[str, Any] = {}
        self.hostile = hostile or []
        self.incidents = [self._incident(n) for n in range(incidents)]
        self.reports = [f"r{n}" for n in range(6)]

    def said(self, n: int, plain: str) -> str:
        """A stored text: a hostile one where this archive holds such."""
        return self.hostile[n % len(self.hostile)] if self.hostile else plain

    def _incident(self, n: int) -> dict[str, Any]:
        place = list(PLACES)[n % len(PLACES)]
        kind = list(TYPES)[n % len(TYPES)]
        day = (date(2016, 8, 1) + timedelta(days=3 * n)).isoformat()
        return {
            "id": f"i{n}", "type": kind, "label": TYPES[kind][0], "place": self.said(7 * n, place) if n % 5 == 4 else place,
            "country": PLACES[place][2], "start": day, "end": day, "reports": 1 + n % 3, "killed_low": n % 9 or None,
            "killed_high": (n % 9) + 2 if n % 2 else None, "score": 0.6, "assignee": None,
            "title": self.said(n, "Air strike hits market in Sirte"), "priority": 100 - n,
            "why": [{"reason": "deaths", "weight": 3, "words": self.said(n + 1, f"at least {n % 9 or 1} killed")}],
            "who": [self.said(n + 2, ACTORS[n % 4])], "whom": [self.said(n + 3, ACTORS[(n + 1) % 4])],
            "lat": PLACES[place][0], "lon": PLACES[place][1], "radius_km": 5.0,
        }  # fmt: skip

    # what the API answers

    def session(self) -> dict[str, Any]:
        counts = {
            "reports": 6,
            "events": 12,
            "incidents": len(self.incidents),
            "failures": 1,
            "judgements": len(self.judged),
        }
        return {
            "user": self.said(5, "mina"),
            "csrf": TOKEN,
            "store": "sitrep.db",
            "sitrep": "0.1.0",
            "counts": counts,
            "stale": False,
            "tiles": None,
        }

    def vocabulary(self) -> dict[str, Any]:
        return {
            "types": [{"name": name, "label": label, "parent": parent} for name, (label, parent) in TYPES.items()],
            "parents": [{"name": parent, "label": parent.replace("_", " ").capitalize()} for parent in dict.fromkeys(p for _, p in TYPES.values())],
            "roles": [{"name": "attacker", "label": "attacker", "side": "agent"}, {"name": "target", "label": "target", "side": "patient"}],
            "factualities": [{"name": "occurred", "label": "happened"}, {"name": "denied", "label": "denied"}],
            "states": ["unreviewed", "in_review", "accepted", "rejected", "second_look"],
            "corrections": [{"kind": "type", "layers": ["events"], "label": "Change the type"}],
            "actor_kinds": ["state", "armed_group", "other"], "figure_kinds": ["killed", "injured"],
            "place_precisions": [{"name": "1", "label": "exact"}, {"name": "4", "label": "province"}],
            "exports": [
                {"name": "acled", "label": "ACLED", "description": "One row a pair, place and day.", "suffix": ".csv", "options": [{"name": "inter", "help": "Kinds of actors.", "choices": ["text", "numeric"], "default": "text", "yes_or_no": False}]},
                {"name": "ged", "label": "UCDP", "description": "Events with deaths.", "suffix": ".csv", "options": [{"name": "strict", "help": "Leave out the rest.", "choices": [], "default": "true", "yes_or_no": True}]},
                {"name": "own", "label": "A format of somebody's own", "description": "As it is.", "suffix": ".txt", "options": []},
            ],
        }  # fmt: skip

    def row(self, incident: dict[str, Any]) -> dict[str, Any]:
        name = incident["id"]
        return {**incident, "state": self.state.get(name, "unreviewed"), "version": self.at(name)}

    def at(self, name: str) -> str:
        return f"v.{self.version.get(name, 0)}"

    def queue(self, query: dict[str, str]) -> dict[str, Any]:
        if query.get("of") == "reports":
            return self.report_rows(query)
        rows = [self.row(incident) for incident in self.incidents]
        if query.get("type"):
            rows = [row for row in rows if row["type"] == query["type"]]
        if query.get("state") == "open":
            rows = [row for row in rows if row["state"] not in {"accepted", "rejected"}]
        elif query.get("state"):
            rows = [row for row in rows if row["state"] == query["state"]]
        return page(rows, query)

    def report_rows(self, query: dict[str, str]) -> dict[str, Any]:
        rows = [
            {
                "report": name, "source_id": f"wire-{n}", "title": self.said(11 * n, f"Air strike hits market in Sirte, report {n}"),
                "outlet": self.said(11 * n + 1, "Sample Wire"), "published": f"2016-08-0{n + 1}", "language": "en", "events": 2, "claims": 2,
                "killed_low": 12, "killed_high": None, "score": 0.6, "state": self.state.get(name, "unreviewed"), "assignee": None,
                "judgements": 0, "failures": 0, "incidents": 1, "priority": 5, "why": [{"reason": "low_score", "weight": 1, "words": "unsure reading"}],
            }
            for n, name in enumerate(self.reports)
        ]  # fmt: skip
        return page(rows, query)

    def report(self, name: str) -> dict[str, Any] | None:
        if name not in self.reports:
            return None
        n = self.reports.index(name)
        text = TEXT + "".join(f"\n\n{line}" for line in self.hostile)
        quote = lambda part: words(text, part)  # noqa: E731 - a word for it in this table
        attack = {
            "id": "e1", "layer": "events", "kind": "Air strike", "title": self.said(3, "Unity government → market"), "note": "in the headline",
            "key": [quote("struck")], "evidence": [quote("Warplanes of the Unity government struck a market in Sirte on Monday")],
            "score": 0.7, "minor": False, "related": ["k1"], "judgements": [],
            "slots": [
                slot("attacker", self.said(4, "Unity government"), [quote("the Unity government")], field="argument", index=0, id="a1"),
                slot("target", "“a market”", [quote("a market")], field="argument", index=1),
                slot("where", "Sirte, Libya", [words(text, "Sirte on Monday") | {"end": words(text, "Sirte on Monday")["start"] + 5, "quote": "Sirte"}], field="place", id="p1"),
                slot("when", "Mon 1 Aug 2016", [quote("Monday")], field="date"),
                slot("how many", "at least 12 killed", [quote("at least 12 people")], field="figure", id="q1"),
            ],
        }  # fmt: skip
        claim = {
            "id": "k1", "layer": "claims", "kind": "denied by", "title": "River Brigade", "note": "in the report's words",
            "key": [quote("its fighters had been there")], "evidence": [quote("its fighters had been there")], "score": None, "minor": False,
            "related": [], "judgements": [], "slots": [slot("speaker", "River Brigade", [quote("The River Brigade")], field="speaker")],
        }  # fmt: skip
        actor = {
            "id": "a1", "layer": "actors", "kind": "Government", "title": self.said(4, "Unity government"), "note": "named once",
            "key": [quote("the Unity government")], "evidence": [quote("the Unity government")], "score": None, "minor": False, "related": [],
            "judgements": [], "slots": [],
        }  # fmt: skip
        facts = [*(fact for fact in self.added), attack]
        judged = [one for one in self.judged if one["target"].get("report") == name]
        changed = next(
            (one["correction"]["type"] for one in reversed(judged) if one["correction"]["kind"] == "type"), None
        )
        if changed:
            attack["kind"] = TYPES[changed][0]
        rejected = [
            fact
            for fact in facts
            if any(one["correction"]["kind"] == "reject" and one["target"]["id"] == fact["id"] for one in judged)
        ]
        section = lambda name, title, listed: {"name": name, "title": title, "empty": f"No {name}.", "facts": listed}  # noqa: E731
        return {
            "report": {
                "report": name, "source_id": f"wire-{n}", "title": self.said(11 * n, "Air strike hits market in Sirte 🚁"), "outlet": self.said(11 * n + 1, "Sample Wire"),
                "byline": self.said(n + 9, "A. Reporter"), "uri": "wire.txt", "language": "en",
                "published": {"value": "2016-08-02", "basis": "metadata", "start": None, "end": None, "note": ""},
            },
            "version": self.at(name), "text": text, "passages": [{"start": 0, "end": units(TEXT.split("\n")[0]), "kind": "headline"}],
            "record": {
                "mentions": [{"id": "m1", "kind": "organisation", "form": "name", "evidence": [quote("the Unity government")], "head": quote("government")}],
                "actors": [{"id": "a1", "name": "Unity government", "kind": "government", "countries": ["LBY"], "mentions": ["m1"], "link": None}],
                "places": [{"id": "p1", "name": "Sirte", "kind": "settlement", "lat": 31.2, "lon": 16.6, "country": "LBY", "admin1": "Surt", "geonames": 1, "radius_km": 5.0, "mentions": [],
                            "candidates": [{"name": "Sirte", "kind": "settlement", "lat": 31.2, "lon": 16.6, "country": "LBY", "admin1": "Surt", "geonames": 1, "score": 0.9}]}],
                "events": [{"id": "e1", "type": changed or "air_strike", "factuality": "occurred", "trigger": quote("struck"), "triggers": [quote("struck")],
                            "arguments": [{"role": "attacker", "actor": "a1", "place": None, "text": None, "evidence": []}, {"role": "target", "actor": None, "place": None, "text": "a market", "evidence": []}],
                            "place": {"id": "p1", "precision": 1, "basis": "stated"}, "time": {"timex": None, "start": "2016-08-01", "end": "2016-08-01", "precision": "day"}}],
                "quantities": [{"id": "q1", "kind": "killed", "of": "people", "low": 12, "best": 12, "high": None, "civilians": None, "evidence": []}],
                "claims": [{"id": "k1", "stance": "denies"}], "timexes": [], "relations": [], "control": [], "decisions": [],
            },
            "sections": [
                section("events", "What happened", [fact for fact in facts if fact not in rejected]), section("claims", "Who says what", [claim]),
                section("actors", "Actors", [actor]), section("rejected", "Rejected", rejected),
            ],
            "changes": [
                {"judgement": one["judgement"], "kind": one["correction"]["kind"], "target": one["target"], "user": self.said(2, "mina"), "at": "2026-01-05T10:11:12+00:00",
                 "reason": one["reason"], "before": None, "after": None, "status": "applied"} for one in judged
            ],
            "state": self.state.get(name, "unreviewed"), "assignee": None, "veils": self.veils, "sensitive": [], "incidents": {"e1": "i0"}, "coding": None,
            "versions": [{"report": name, "version": 1, "current": True}], "failures": [],
        }  # fmt: skip

    def incident(self, name: str) -> dict[str, Any] | None:
        incident = next((one for one in self.incidents if one["id"] == name), None)
        if incident is None:
            return None
        columns = [
            {"key": f"c{n}", "report": f"r{n}", "source_id": f"wire-{n}", "event": "e1", "outlet": self.said(13 * n, outlet), "published": f"2016-08-0{n + 2}",
             "title": "Air strike", "copies": [{"report": "r5", "source_id": "wire-5", "outlet": self.said(17, "Copy Daily")}] if n == 0 else [],
             "words": self.said(n + 21, "Warplanes of the Unity government struck a market in Sirte on Monday.")}
            for n, outlet in enumerate(("Sample Wire", "The Sample Daily", "River Post"))
        ]  # fmt: skip
        quote = words(TEXT, "struck")

        def cells(*values: str | None) -> list[dict[str, Any]]:
            return [
                {
                    "column": f"c{n}",
                    "value": value,
                    "label": TYPES.get(value or "", (value or "",))[0],
                    "evidence": [quote],
                }
                for n, value in enumerate(values)
            ]

        def line(field: str, label: str, *values: str | None) -> dict[str, Any]:
            own = self.chosen.get((name, field))
            value = own or values[0]
            return {"field": field, "label": label, "agrees": len({v for v in values if v}) <= 1, "chosen": value, "chosen_label": TYPES.get(value or "", (value or "",))[0],
                    "rule": "said by most sources", "by": "mina" if own else None, "cells": cells(*values)}  # fmt: skip

        killed = [
            {
                "column": f"c{n}",
                "low": low,
                "best": low,
                "high": high,
                "day": f"2016-08-0{n + 2}",
                "evidence": [words(TEXT, "at least 12 people")],
                "speaker": self.said(8, "doctors"),
            }
            for n, (low, high) in enumerate(((12, None), (10, 14), (15, 15)))
        ]
        return {
            **{key: incident[key] for key in ("id", "type", "label", "place", "lat", "lon", "radius_km", "country", "start", "end", "assignee")},
            "version": self.at(name), "state": self.state.get(name, "unreviewed"), "columns": columns,
            "rows": [
                line("type", "What", incident["type"], "shelling", incident["type"]), line("place", "Where", incident["place"], incident["place"], None),
                line("date", "When", incident["start"], incident["start"], incident["start"]), line("attacker", "By whom", incident["who"][0], None, ACTORS[1]),
                line("killed", "Killed", "12..", "10..14", "15"),
            ],
            "figures": [{"kind": "killed", "low": 10, "best": 12, "high": 15, "rule": "range of the independent sources", "points": killed}],
            "linked": [{"id": "i1", "type": "shelling", "label": "Shelling", "place": "misrata", "start": "2016-08-04", "end": "2016-08-04", "why": "a day apart", "km": 0.0}],
            "changes": [],
        }  # fmt: skip

    def situation(self) -> dict[str, Any]:
        rows = [self.row(incident) for incident in self.incidents]
        types = list(TYPES)
        actors = [{"id": f"A{n}", "name": self.said(n + 31, name), "kind": "other"} for n, name in enumerate(ACTORS)]
        columns: dict[str, Callable[[int, dict[str, Any]], Any]] = {
            "id": lambda _, row: row["id"], "lat": lambda n, row: row["lat"] + (n // 4 % 3) * 0.4 if n % 6 else None, "lon": lambda n, row: row["lon"] + (n // 4 % 2) * 0.5 if n % 6 else None,
            "radius_km": lambda n, row: (3.0, 12.0, 40.0)[n % 3], "start": lambda _, row: row["start"], "end": lambda _, row: row["end"],
            "type": lambda _, row: types.index(row["type"]), "place": lambda _, row: row["place"], "killed": lambda _, row: row["killed_low"],
            "reports": lambda _, row: row["reports"], "state": lambda _, row: row["state"], "country": lambda _, row: row["country"],
            "agents": lambda n, _: [n % 4], "targets": lambda n, _: [(n + 1) % 4],
        }  # fmt: skip
        listed = {name: [column(n, row) for n, row in enumerate(rows)] for name, column in columns.items()}
        return {
            "total": len(rows),
            "located": sum(lat is not None for lat in listed["lat"]),
            "types": types,
            "actors": actors,
            **listed,
        }

    def control(self) -> dict[str, Any]:
        rows = [
            {"place": self.said(3 * n + 2, place), "country": PLACES[place.lower()][2], "lat": PLACES[place.lower()][0], "lon": PLACES[place.lower()][1], "radius_km": 6.0, "holder": self.said(n + 31, ACTORS[n % 3]),
             "actor": f"A{n % 3}", "status": ("holds", "contested")[n % 2], "start": f"2016-0{7 + n % 2}-10", "end": None, "basis": ("asserted", "inferred")[n % 2], "report": "r0",
             "source_id": "wire-0", "outlet": "Sample Wire", "published": "2016-08-02", "evidence": words(TEXT, "struck")}
            for n, place in enumerate(("Sirte", "Sirte", "Mosul", "Tikrit"))
        ]  # fmt: skip
        holders = [{"actor": f"A{n}", "name": self.said(n + 31, ACTORS[n]), "rows": 2} for n in range(3)]
        return {"rows": rows, "holders": holders}

    def network(self) -> dict[str, Any]:
        nodes = [
            {"id": f"A{n}", "name": self.said(n + 31, name), "kind": "other", "events": 5}
            for n, name in enumerate(ACTORS)
        ]
        kinds = ("hostility", "alliance", "support", "rivalry")
        ties = [
            {
                "source": f"A{n}",
                "target": f"A{(n + 1) % 4}",
                "type": kinds[n],
                "from": "2016-08-01",
                "to": None,
                "weight": n + 1,
                "report": "r0",
                "evidence": words(TEXT, "denied"),
            }
            for n in range(4)
        ]
        return {"nodes": nodes, "ties": ties}

    def decisions(self) -> dict[str, Any]:
        def step(kind, label, actor):
            return {
                "step": kind,
                "label": label,
                "actor": actor,
                "time": None,
                "evidence": [words(TEXT, "struck")],
            }

        steps = [
            step("requested", "asked for by", self.said(41, ACTORS[0])),
            step("approved", "approved by", self.said(42, ACTORS[3])),
            step("carried_out", "carried out by", None),
        ]
        return {"rows": [{"report": "r0", "source_id": "wire-0", "outlet": "Sample Wire", "published": "2016-08-02", "about": self.said(43, "Air strike"), "event": "e1", "steps": steps,
                          "conditions": [{**words(TEXT, "Monday"), "quote": self.said(44, "Monday")}]}]}  # fmt: skip

    def timeline(self) -> dict[str, Any]:
        return {"bars": [
            {"kind": "siege", "id": "s1", "label": self.said(45, "Siege of Sirte"), "lane": "sirte", "start": "2016-08-03", "end": "2016-09-10", "weight": 1, "report": "r0"},
            {"kind": "claim", "id": "k1", "label": self.said(46, "denied"), "lane": "sirte", "start": "2016-08-02", "end": "2016-08-02", "weight": 1, "report": "r0"},
        ]}  # fmt: skip

    def actor(self) -> dict[str, Any]:
        rows = [self.row(incident) for incident in self.incidents[:9]]
        return {
            "id": "A0", "name": self.said(31, ACTORS[0]), "kind": "government", "aliases": [self.said(51, "the unity cabinet")], "gazetteer": {"founded": self.said(52, "2015")}, "reports": 4,
            "events": 9, "roles": [{"role": "attacker", "label": "attacker", "count": 4}], "incidents": rows, "ties": self.network()["ties"], "holds": self.control()["rows"],
            "claims": [{"stance": "denies", "report": "r0", "source_id": "wire-0", "outlet": self.said(53, "Sample Wire"), "published": "2016-08-02", "evidence": {**words(TEXT, "denied"), "quote": self.said(54, "denied")}}],
            "outlets": [{"outlet": self.said(55, "Sample Wire"), "reports": 3}],
        }  # fmt: skip

    def place(self) -> dict[str, Any]:
        rows = [self.row(incident) for incident in self.incidents[:9]]
        return {"name": self.said(56, "Sirte"), "country": "LBY", "admin1": self.said(57, "Surt"), "lat": 31.2, "lon": 16.6, "radius_km": 6.0, "reports": 4, "events": 9,
                "types": [{"key": "air_strike", "label": "Air strike", "count": 4}], "incidents": rows, "control": self.control()["rows"], "outlets": [{"outlet": "Sample Wire", "reports": 3}]}  # fmt: skip

    def search(self, query: dict[str, str]) -> dict[str, Any]:
        # every hostile text is once a title, an outlet, words found, and a name
        times = len(self.hostile) or len(self.reports)
        reports = [
            {
                "report": f"r{n % 6}",
                "source_id": f"wire-{n}",
                "title": self.said(n, "Air strike hits market in Sirte"),
                "outlet": self.said(n + 1, "Sample Wire"),
                "published": "2016-08-02",
                "words": f"… {self.said(n + 2, 'a market in')} «{query.get('q', '')}» …",
            }
            for n in range(times)
        ]
        actors = [
            {"id": f"A{n}", "name": self.said(n + 3, ACTORS[n % 4]), "kind": "other", "reports": 1}
            for n in range(times)
        ]
        place = {"name": self.said(56, "Sirte"), "country": "LBY", "reports": 4, "lat": 31.2, "lon": 16.6}
        return {
            "reports": reports,
            "actors": actors,
            "places": [place],
            "incidents": [self.row(one) for one in self.incidents[:5]],
        }

    def coding(self) -> dict[str, Any]:
        rows = [
            {
                "report": "r0",
                "source_id": "wire-0",
                "title": self.said(0, "Air strike hits market"),
                "first": self.said(71, "mina"),
                "second": self.said(72, "omar"),
                "differences": 1,
                "done": True,
            }
        ]
        return {
            "rows": rows,
            "agreement": [
                {"field": "type", "alpha": 0.83, "units": 24, "agree": 21},
                {"field": "place", "alpha": 0.7, "units": 24, "agree": 19},
                {"field": "killed", "alpha": None, "units": 0, "agree": 0},
            ],
        }

    def differences(self) -> dict[str, Any]:
        fields = [
            {"field": "type", "first": "air_strike", "second": "shelling", "agrees": False},
            {"field": "place", "first": self.said(73, "Sirte"), "second": self.said(73, "Sirte"), "agrees": True},
        ]
        return {
            "report": "r0",
            "first": self.said(71, "mina"),
            "second": self.said(72, "omar"),
            "version": "v.0",
            "rows": [{"event_first": "e1", "event_second": "e1", "words": self.said(74, "struck"), "fields": fields}],
        }

    def failures(self) -> dict[str, Any]:
        return {
            "total": 1,
            "rows": [
                {
                    "kind": "TextError",
                    "tried": "reading",
                    "on": self.said(81, "broken.html"),
                    "message": self.said(82, "No text could be extracted."),
                    "todo": "Look at the file.",
                }
            ],
        }

    # what a reviewer does

    def judge(self, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        target, correction = body["target"], body["correction"]
        name = target.get("report") or target["id"]
        if body["version"] != self.at(name):
            return 409, {
                "error": "Somebody judged this since.",
                "todo": "Look again.",
                "version": self.at(name),
                "judgements": [],
            }
        judgement = f"j{len(self.judged)}"
        self.judged.append({**body, "judgement": judgement})
        self.version[name] = self.version.get(name, 0) + 1
        if correction["kind"] == "state":
            self.state[target["id"]] = correction["state"]
        elif correction["kind"] == "choose":
            self.chosen[target["id"], correction["field"]] = correction["value"]
        elif correction["kind"] == "veil":
            self.veils = [{**part, "judgement": judgement} for part in correction["words"]] if correction["on"] else []
        elif correction["kind"] == "add_event":
            part = correction["words"][0]
            self.added.append({"id": f"n{len(self.added)}", "layer": "events", "kind": TYPES[correction["type"]][0], "title": f"“{part['quote']}”", "note": "added", "key": [part],
                               "evidence": [part], "score": None, "minor": False, "related": [], "judgements": [judgement], "slots": []})  # fmt: skip
        return 201, {"judgement": {"judgement": judgement}, "version": self.at(name), "incidents": []}

    def undo(self, judgement: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        one = next(one for one in self.judged if one["judgement"] == judgement)
        name = one["target"].get("report") or one["target"]["id"]
        if body["version"] != self.at(name):
            return 409, {"error": "Somebody judged this since.", "todo": "Look again."}
        self.undone.append(judgement)
        self.version[name] += 1
        if one["correction"]["kind"] == "state":
            self.state.pop(one["target"]["id"], None)
        return 201, {"judgement": {"judgement": f"u{judgement}"}, "version": self.at(name), "incidents": []}


def slot(
    label: str,
    value: str,
    evidence: list[dict[str, Any]],
    *,
    field: str,
    index: int | None = None,
    id: str | None = None,  # noqa: A002 - the contract's name
) -> dict[str, Any]:
    return {"label": label, "value": value, "note": "", "field": field, "index": index, "id": id, "evidence": evidence}


def page(rows: list[dict[str, Any]], query: dict[str, str]) -> dict[str, Any]:
    start = int(query.get("offset", 0))
    return {"total": len(rows), "rows": rows[start : start + int(query.get("limit", 50))]}


class Server:
    """The archive over HTTP, with the desk's own headers, on a free port of this machine."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.tokens: list[str | None] = []
        desk = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: object) -> None:
                """Say nothing."""

            def do_GET(self) -> None:
                self._answer(None)

            def do_POST(self) -> None:
                desk.tokens.append(self.headers.get("X-CSRF-Token"))
                self._answer(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

            do_PUT = do_POST  # noqa: N815 - the name that http.server calls

            def _answer(self, body: dict[str, Any] | None) -> None:
                url = urlsplit(self.path)
                if url.path.startswith("/api/"):
                    query = {name: values[0] for name, values in parse_qs(url.query).items()}
                    status, found = desk.api(url.path[5:], query, body)
                    self._send(status, json.dumps(found).encode(), "application/json")
                    return
                file = STATIC / url.path.lstrip("/")
                file = file if file.is_file() else STATIC / "index.html"
                self._send(200, file.read_bytes(), guess_type(file.name)[0] or "font/woff2")

            def _send(self, status: int, content: bytes, kind: str) -> None:
                self.send_response(status)
                for name, value in (
                    ("Content-Type", kind),
                    ("Content-Length", str(len(content))),
                    ("Content-Security-Policy", POLICY),
                ):
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content)

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def api(self, path: str, query: dict[str, str], body: dict[str, Any] | None) -> tuple[int, Any]:
        archive = self.archive
        plain: dict[str, Callable[[], Any]] = {
            "session": archive.session, "vocabulary": archive.vocabulary, "queue": lambda: archive.queue(query), "incidents": lambda: archive.queue(query),
            "reports": lambda: archive.report_rows(query), "situation/incidents": archive.situation, "situation/control": archive.control, "situation/network": archive.network,
            "situation/decisions": archive.decisions, "situation/timeline": archive.timeline, "dossiers/actor": archive.actor, "dossiers/place": archive.place,
            "search": lambda: archive.search(query), "coding": archive.coding, "failures": archive.failures, "lookup/actors": lambda: {"total": 0, "rows": []}, "lookup/places": lambda: {"total": 0, "rows": []},
            "views": lambda: {"rows": [{"name": name, **kept} for name, kept in archive.views.items()]},
        }  # fmt: skip
        if path == "judgements" and body:
            return archive.judge(body)
        if path == "judgements/preview":
            return 200, {"incidents": [archive.incident("i0"), archive.incident("i1")]}
        if found := re.fullmatch(r"judgements/(.+)/undo", path):
            return archive.undo(unquote(found[1]), body or {})
        if found := re.fullmatch(r"views/(.+)", path):
            archive.views[unquote(found[1])] = {**(body or {}), "version": "1"}
            return 200, {}
        answer: Any = None
        if path in plain:
            answer = plain[path]()
        elif found := re.fullmatch(r"(reports|incidents|coding)/(.+)", path):
            name = unquote(found[2])
            answer = (
                archive.report(name)
                if found[1] == "reports"
                else archive.incident(name)
                if found[1] == "incidents"
                else archive.differences()
            )
        return (
            (200, answer)
            if answer is not None
            else (404, {"error": f"There is no {path}.", "todo": "Look at the address."})
        )

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
