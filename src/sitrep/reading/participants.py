"""Stage: participants. Who and what takes part in a report's violence, as the trained reader proposes it."""

from __future__ import annotations

from sitrep.model import LayerName, Layers, Participant, ParticipantRole
from sitrep.reading.learned.decode import Found
from sitrep.reading.page import UNREAD, Page

ROLES: dict[str, ParticipantRole] = {
    "PerpInd": "perpetrator_individual",
    "PerpOrg": "perpetrator_organisation",
    "Target": "target",
    "Victim": "victim",
    "Weapon": "weapon",
}


class Participants:
    """Finds participants by the trained reader; without it there are none."""

    name = "participants"
    version = "1"
    needs: frozenset[LayerName] = frozenset({"passages", "mentions", "actors"})
    gives: frozenset[LayerName] = frozenset({"participants"})

    def __call__(self, page: Page, /) -> Layers:
        if page.learned is None:
            return Layers()
        made: list[Participant] = []
        for role, groups in page.learned.participants.items():
            for group in groups:
                read = [found for found in group if _is_read(page, found)]
                if read and role in ROLES:
                    made.append(_participant(page, ROLES[role], read))
        return Layers(participants=tuple(sorted(made, key=lambda one: (one.evidence[0].start, one.role))))


def _is_read(page: Page, found: Found) -> bool:
    passage = page.passage(found.span.start)
    return passage is None or passage.kind not in UNREAD


def _participant(page: Page, role: ParticipantRole, group: list[Found]) -> Participant:
    evidence = tuple(page.evidence(found.span.start, found.span.end) for found in group)
    return Participant(
        id=page.id("r", role, evidence[0].start, evidence[0].end),
        role=role,
        name=" ".join(evidence[0].quote.split()),
        actor=_actor(page, group),
        evidence=evidence,
        score=round(max(found.score for found in group), 3),
    )


def _actor(page: Page, group: list[Found]) -> str | None:
    """The actor that the words name: of a mention whose head stands in them."""
    for found in group:
        first, last = page.parse.tokens_in(found.span.start, found.span.end)
        for k in range(last - 1, first - 1, -1):
            actor = page.actor_at(k)
            if actor is not None:
                return actor.id
    return None
