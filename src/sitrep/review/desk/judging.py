"""Judging: what the desk sends becomes a judgement that says by its words what it is about."""

from __future__ import annotations

from typing import Any

from sitrep import model as m
from sitrep.errors import Conflict
from sitrep.judge.draft import NAMED, Draft
from sitrep.judge.find import ref_of
from sitrep.model.codec import digest
from sitrep.ontology.load import load_ontology
from sitrep.review.desk import incidents, reports
from sitrep.review.desk import shapes as s
from sitrep.review.desk.api import Empty, Refusal
from sitrep.review.desk.desk import Desk, known_actors
from sitrep.review.desk.units import Units
from sitrep.store import desk as asked
from sitrep.store.judgements import judgement_id, undo_of

# which corrections fit which layer; everything in a record may be rejected
LAYERS: dict[str, tuple[str, ...]] = {
    "type": ("events",),
    "factuality": ("events",),
    "role": ("events",),
    "actor": ("events", "claims"),
    "add_argument": ("events",),
    "drop_argument": ("events",),
    "place": ("events", "places"),
    "date": ("events",),
    "figure": ("quantities",),
    "add_figure": ("events",),
    "stance": ("claims",),
    "identity": ("actors",),
    "reject": NAMED,
    "add_event": ("reports",),
    "merge": ("mentions", "actors", "events", "incidents"),
    "split": ("mentions", "actors", "events", "incidents"),
    "choose": ("incidents",),
    "state": ("reports", "incidents"),
    "assign": ("reports", "incidents"),
    "veil": ("reports",),
    "sensitive": ("actors",),
}


def post_judgement(desk: Desk, _query: Empty, body: s.JudgeBody) -> dict[str, Any]:
    """Judge: the judgement is appended, and what follows from it is brought up to date."""
    kind = kind_of(body.correction)
    if body.target.layer not in LAYERS[kind]:
        raise Refusal(422, f"A {body.target.layer} has no {kind} to correct.", f"Only {', '.join(LAYERS[kind])} have.")
    if body.target.layer == "incidents":
        return incidents.judge(desk, body)
    return _judge_report(desk, body)


def kind_of(correction: s.AnyGiven) -> str:
    """The kind of a correction."""
    return str(correction.__struct_config__.tag)


def _judge_report(desk: Desk, body: s.JudgeBody) -> dict[str, Any]:
    if body.target.report is None:
        raise Refusal(422, "The target names no report.", "Send its digest as `report`.")
    held = reports.find(desk, body.target.report)
    if not any(version["current"] and version["report"] == body.target.report for version in held.versions):
        raise Refusal(422, "This is an older version of the article.", "Judge the current one.")
    user = body.user or desk.user
    second = held.sample is not None and held.sample.second == user
    # a second coder sees and corrects a record of her own
    seen = reports.corrected_of(held, user if second else None).reading
    maker = Maker(seen, held.source_id, user, desk.clock())
    target = maker.target(body.target)
    correction = maker.correction(body.correction, target)
    judgement = m.Judgement(
        id=judgement_id(target, *map(str, (correction, user, maker.at))),
        target=target,
        correction=correction,
        user=user,
        at=maker.at,
        reason=body.reason,
        hand="second" if second else "first",
    )
    return write(desk, judgement, body.version, body.target.report)


def write(desk: Desk, judgement: m.Judgement, version: str, report: str | None) -> dict[str, Any]:
    """Append a judgement about a report, and what to answer; after a conflict, what was judged since."""
    source_id = judgement.target.report or ""
    # an event that is rejected leaves its incident, which must be known before
    before = incidents.of_report(desk, source_id)
    try:
        done = desk.writer.judge(judgement, version=version)
    except Conflict as conflict:
        raise _conflicted(desk, conflict, report) from conflict
    touched = incidents.refresh(desk, source_id, before) if judgement.hand == "first" else []
    effect = desk.view.ask(lambda connection: asked.effect(connection, judgement.id))
    return {
        "judgement": reports.change_shape(judgement, report, effect),
        "version": done.version,
        "incidents": touched,
    }


def _conflicted(desk: Desk, conflict: Conflict, report: str | None) -> Refusal:
    latest = reports.list_judgements(desk, s.HistoryQuery(report=report, limit=5))["rows"] if report else []
    version = conflict.facts.get("version")
    return Refusal(409, conflict.message, conflict.todo, version=version, changes=latest)


def post_undo(desk: Desk, judgement: str, _query: Empty, body: s.UndoBody) -> dict[str, Any]:
    """Take a judgement back; that is a judgement, too."""
    found = desk.view.ask(lambda connection: asked.judgement(connection, judgement))
    if found is None:
        raise Refusal(404, f"There is no judgement {judgement!r}.", "Load the page again.")
    undo = undo_of(found, user=body.user or desk.user, at=desk.clock(), reason=body.reason)
    if found.target.report is None:
        return incidents.write(desk, undo, body.version)
    keys = desk.view.ask(lambda connection: asked.report_keys(connection, [found.target.report or ""]))
    return write(desk, undo, body.version, keys.get(found.target.report))


class Maker:
    """Makes records of the model out of what the desk sends about one report."""

    def __init__(self, seen: m.Reading, source_id: str, user: str, at: str) -> None:
        self.draft = Draft(seen)
        self.units = Units(seen.report.text)
        self.source_id = source_id
        self.user = user
        self.at = at

    def record(self, layer: str, name: str) -> Any:  # noqa: ANN401 - a record of the model
        """A record of the reading, or 404."""
        found = self.draft.layers.get(layer, {}).get(name)
        if found is None:
            raise Refusal(404, f"The record holds no {layer} {name!r}.", "Load the page again.")
        return found

    def anchor(self, layer: str, name: str) -> m.Anchor:
        """A record with the words that find it again."""
        return m.Anchor(id=name, words=self.draft.words_of(layer, self.record(layer, name)))

    def target(self, given: s.TargetGiven) -> m.Target:
        """What is judged."""
        if given.layer == "reports":
            return m.Target(layer="reports", id=self.source_id, report=self.source_id)
        words = self.anchor(given.layer, given.id).words
        return m.Target(layer=given.layer, id=given.id, report=self.source_id, words=words)

    def words(self, given: list[s.Words]) -> tuple[m.Evidence, ...]:
        """Words of the text, checked."""
        return tuple(self._words(part) for part in given)

    def _words(self, given: s.Words) -> m.Evidence:
        try:
            start, end = self.units.to_points(given.start), self.units.to_points(given.end)
        except ValueError as error:
            raise Refusal(422, f"Looking for the words: {error}.", "Select them again.") from error
        if start >= end or self.draft.text[start:end] != given.quote:
            raise Refusal(422, f"These words do not stand there: {given.quote[:80]!r}.", "Select them again.")
        return self.draft.evidence(start, end)

    def new_id(self, letter: str, *parts: object) -> str:
        """An id for something that a person found."""
        return letter + digest(self.draft.before.report.id, "judged", self.user, self.at, *parts)

    def argument(self, target: m.Target, index: int) -> m.ArgumentRef:
        """An argument of an event, by its number."""
        arguments = self.record("events", target.id).arguments
        if index >= len(arguments):
            raise Refusal(422, f"The event has no argument {index}.", "Load the page again.")
        return ref_of(arguments[index])

    def actor(self, given: s.ActorGiven | None) -> m.ActorChoice | None:
        """Who is meant."""
        if given is None:
            return None
        if given.id is not None:
            actor = self.record("actors", given.id)
            return m.ActorChoice(name=actor.name, id=actor.id, link=actor.link.id if actor.link else None)
        name = given.name
        if name is None and given.link is not None:
            entry = known_actors().get(given.link)
            name = entry.name if entry else None
        if name is None:
            raise Refusal(422, "The correction names nobody.", "Send `id`, `link` or `name`.")
        return m.ActorChoice(name=name, link=given.link)

    def place(self, given: s.PlaceGiven | None) -> m.PlaceChoice | None:
        """Where is meant."""
        if given is None:
            return None
        if given.id is not None:
            p = self.record("places", given.id)
            return m.PlaceChoice(
                name=p.name, id=p.id, kind=p.kind, lat=p.lat, lon=p.lon, country=p.country, admin1=p.admin1,
                geonames=p.geonames, radius_km=p.radius_km,
            )  # fmt: skip
        if given.name is None or (given.lat is None) != (given.lon is None):
            raise Refusal(422, "The place has no name, or half a point.", "Send `name`, and both `lat` and `lon`.")
        return m.PlaceChoice(
            name=given.name, kind=given.kind, lat=given.lat, lon=given.lon, country=given.country, admin1=given.admin1,
            geonames=given.geonames, radius_km=given.radius_km,
        )  # fmt: skip

    def correction(self, given: s.AnyGiven, target: m.Target) -> m.Correction:
        """A correction as the model has it."""
        match given:
            case s.TypeGiven(type=kind):
                return m.SetType(type=checked_type(kind))
            case s.FactualityGiven(factuality=factuality):
                return m.SetFactuality(factuality=factuality)
            case s.RoleGiven(argument=index, role=role):
                return m.SetRole(argument=self.argument(target, index), role=checked_role(role))
            case s.ActorCorrection(argument=index, actor=actor):
                if (index is None) == (target.layer == "events"):
                    raise Refusal(422, "An event's actor needs its argument, a claim's has none.", "")
                ref = None if index is None else self.argument(target, index)
                return m.SetActor(argument=ref, actor=self.actor(actor))
            case s.ArgumentGiven(role=role, words=words, actor=actor):
                return m.AddArgument(role=checked_role(role), words=self.words(words), actor=self.actor(actor))
            case s.ArgumentDropped(argument=index):
                return m.DropArgument(argument=self.argument(target, index))
            case s.PlaceCorrection(place=place, precision=precision):
                if place is None and target.layer == "places":
                    raise Refusal(422, "A place must lie somewhere.", "Reject it if it is none.")
                return m.SetPlace(place=self.place(place), precision=precision)
            case s.DateGiven(start=start, end=end, precision=precision):
                return m.SetDate(start=checked_day(start), end=checked_day(end), precision=precision)
            case s.FigureGiven():
                _ordered(given.low, given.best, given.high)
                return m.SetFigure(
                    figure=given.figure, low=given.low, best=given.best, high=given.high, civilians=given.civilians
                )
            case s.FigureAdded():
                _ordered(given.low, given.best, given.high)
                return m.AddFigure(
                    words=self.words(given.words), figure=given.figure, low=given.low, best=given.best,
                    high=given.high, civilians=given.civilians,
                )  # fmt: skip
            case s.StanceGiven(stance=stance):
                return m.SetStance(stance=stance)
            case s.IdentityGiven(name=name, actor_kind=kind, link=link):
                return m.SetIdentity(name=name, actor_kind=kind, link=link)
            case s.Rejected():
                return m.Reject()
            case s.EventAdded(type=kind, words=words, factuality=factuality):
                found = self.words(words)
                name = self.new_id("e", kind, *found)
                return m.AddEvent(id=name, type=checked_type(kind), words=found, factuality=factuality)
            case s.MergeGiven(others=others):
                if target.id in others:
                    raise Refusal(422, "It cannot be merged with itself.", "Leave it out of `others`.")
                return m.Merge(others=tuple(self.anchor(target.layer, name) for name in others))
            case s.SplitGiven():
                return self._split(given, target)
            case s.StateGiven(state=state):
                return m.SetState(state=state)
            case s.AssignGiven(to=to):
                return m.Assign(to=to)
            case s.VeilGiven(words=words, on=on):
                return m.Veil(words=self.words(words), on=on)
            case s.SensitiveGiven(on=on):
                actor = self.record("actors", target.id)
                held = self.draft.layers["mentions"]
                called = [
                    part.quote
                    for name in actor.mentions
                    if name in held and held[name].form == "name"
                    for part in held[name].evidence
                ]
                names = dict.fromkeys((actor.name, *actor.aliases, *called))
                return m.Sensitive(names=tuple(names), on=on)
            case s.ChooseGiven():
                raise Refusal(422, "Only incidents have values to choose from.", "")

    def _split(self, given: s.SplitGiven, target: m.Target) -> m.Correction:
        record = self.record(target.layer, target.id)
        if target.layer == "mentions" and given.at is not None:
            try:
                at = self.units.to_points(given.at)
            except ValueError as error:
                raise Refusal(422, f"Splitting: {error}.", "Choose another place.") from error
            if not any(part.start < at < part.end for part in record.evidence):
                raise Refusal(422, "The mention cannot be split there.", "Choose a place inside its words.")
            return m.SplitMention(at=at)
        if target.layer == "actors" and given.mentions:
            if not set(given.mentions) < set(record.mentions):
                raise Refusal(422, "These are not some of the actor's mentions.", "Leave it at least one.")
            mentions = tuple(self.anchor("mentions", name) for name in given.mentions)
            return m.SplitActor(id=self.new_id("a", *given.mentions), mentions=mentions)
        if target.layer == "events" and given.triggers:
            chosen = sorted(set(given.triggers))
            if chosen[-1] >= len(record.triggers) or len(chosen) == len(record.triggers):
                raise Refusal(422, "These are not some of the event's triggers.", "Leave it at least one.")
            triggers = tuple(record.triggers[n] for n in chosen)
            return m.SplitEvent(id=self.new_id("e", *chosen), triggers=triggers)
        raise Refusal(422, "The request does not say where to split.", "See docs/guide/desk-api.md.")


def checked_type(name: str) -> str:
    """An event type of the ontology, or 422."""
    if name not in load_ontology().events:
        raise Refusal(422, f"There is no event type {name!r}.", "GET /api/vocabulary lists them.")
    return name


def checked_role(name: str) -> str:
    """A role of the ontology, or 422."""
    if name not in load_ontology().roles:
        raise Refusal(422, f"There is no role {name!r}.", "GET /api/vocabulary lists them.")
    return name


def checked_day(day: str | None) -> str | None:
    """A date of the calendar, or 422."""
    from datetime import date

    if day is None:
        return None
    try:
        date.fromisoformat(f"{day}-01-01"[:10] if len(day) == 4 else f"{day}-01"[:10] if len(day) == 7 else day)
    except ValueError as error:
        raise Refusal(422, f"{day!r} is no day of the calendar.", "Write it as 2016-08-01.") from error
    return day


def _ordered(low: float | None, best: float | None, high: float | None) -> None:
    said = [part for part in (low, best, high) if part is not None]
    if said != sorted(said):
        raise Refusal(422, "The figures are not in order.", "low ≤ best ≤ high.")
    if not said:
        raise Refusal(422, "The figure says nothing.", "Give at least one of low, best and high.")


def preview(desk: Desk, _query: Empty, body: s.JudgeBody) -> dict[str, Any]:
    """What merging or splitting would make of incidents; nothing is written."""
    return incidents.preview(desk, body)
