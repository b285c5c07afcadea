"""Who belongs to what, by "of", "from" and "including": "fighters from the front", "the bloc, including Norway"."""

from __future__ import annotations

from collections.abc import Iterator

from sitrep.model import Actor, Place, RelationType
from sitrep.ontology.cues import RelationWords
from sitrep.reading.relation_nodes import Found, Nodes

BODIES = frozenset(
    {"ngo", "igo", "party", "company", "armed_group", "military", "militia", "media", "police", "government"}
)
# "airmen |deployed| from the wing"
SENT = frozenset({"deploy", "draw", "assign", "second", "send", "recruit"})
WHOLES = frozenset({"community", "coalition", "alliance", "bloc", "union", "council", "force", "axis", "camp"})
NO_PARTY = frozenset({"civilians", "media"})


def of_body(nodes: Nodes, i: int, words: RelationWords) -> Iterator[Found]:
    """Such as "Peter Haas of Human Rights Watch", "soldiers from the Third Division"."""
    parse = nodes.parse
    head = parse.heads[i]
    if parse.deps[head] == "acl" and parse.lemmas[head] in SENT and parse.lowers[i] == "from":
        head = parse.heads[head]
    named = parse.pos[head] == "PROPN"
    mention = nodes.page.mention_headed.get(head)
    people = mention is not None and mention.kind == "group" and parse.lowers[i] == "from"
    if not named and not people and parse.lemmas[head] not in words.members:
        return
    member = nodes.actor(head)
    if parse.deps[head] == "appos" and not named:
        # "Turkey, a member of the alliance": said of Turkey
        return
    if (
        member is None
        or (people and member.kind in NO_PARTY)
        or (named and (member.kind != "person" or parse.lowers[i] != "of"))
    ):
        return
    for n, (at, body) in enumerate(nodes.actors(parse.kids(i, "pobj"))):
        named_body = nodes.page.mention_headed.get(at)
        unsure = body.kind == "other" and named_body is not None and named_body.kind == "organisation"
        organised = body.kind in BODIES or (unsure and parse.pos[at] == "PROPN")
        # "rebels from the front and fighters from the party": the fighters are others
        if organised and head < at and body.id != member.id and (n == 0 or parse.pos[at] == "PROPN"):
            yield Found("member_of", member, head, body, at, i, 0.75)


def including(nodes: Nodes, i: int) -> Iterator[Found]:
    """Such as "the international community, including Norway and Qatar"."""
    parse = nodes.parse
    whole_at = parse.heads[i]
    if parse.lemmas[whole_at].lower() not in WHOLES:
        return
    whole = nodes.actor(whole_at)
    for at, part in nodes.parties(parse.kids(i, "pobj", "dobj")) if whole else ():
        if whole and part.id != whole.id and fits("member_of", part, whole):
            yield Found("member_of", part, at, whole, whole_at, i, 0.75)


def fits(kind: RelationType, subject: Actor | Place, other: Actor | Place) -> bool:
    """Whether actors of these kinds can stand so to each other; a country's name stands for its state."""
    first = "state" if isinstance(subject, Place) else subject.kind
    second = "state" if isinstance(other, Place) else other.kind
    if subject.id == other.id or first in NO_PARTY or second in NO_PARTY:
        return False
    if kind in {"leads", "part_of", "member_of", "speaks_for", "recognises"} and second == "person":
        return False
    if kind == "part_of":
        return first not in {"person", "state"}
    return not (kind == "leads" and isinstance(other, Place))
