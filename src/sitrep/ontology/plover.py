"""How PLOVER 2.0 codes an event in the light of its factuality: what is only spoken of is part of the speech."""

from __future__ import annotations

from sitrep.model import Event
from sitrep.ontology.vocabulary import Ontology

# PLOVER codes a future cooperative act as AGREE and a future hostile one as THREATEN (manual 2.0, AGREE, THREATEN)
COOPERATIVE = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID", "RETREAT", "CONCEDE", "AGREE"})
HOSTILE = frozenset({"SANCTION", "COERCE", "ASSAULT", "PROTEST", "MOBILIZE"})
SPEECH = frozenset({"AGREE", "REQUEST", "REJECT", "THREATEN", "ACCUSE", "SUPPORT", "CONCEDE", "CONSULT"})
NOT_YET = frozenset({"planned", "threatened", "hypothetical"})
# what somebody says that another must do is asked of them; what they say they would do is promised or threatened
MUST = frozenset({"must", "should", "ought", "need", "needs"})
WOULD = frozenset({"will", "would", "'ll", "wo", "shall"})
# an attempt at a hostile act is coded as the act
TRIED = frozenset({"attempt", "attempts", "attempted", "attempting", "try", "tries", "tried", "trying"})
# a decision or announcement to give way is a concession, the giving way itself a retreat (manual 2.0, CONCEDE)
DECIDED = frozenset({"decide", "decides", "decided", "decision", "announce", "announces", "announced", "announcement"})
GIVING_WAY = frozenset({"RETREAT", "CONCEDE"})


def own_class(event: Event, ontology: Ontology) -> str | None:
    """The PLOVER class of an event's type, null where PLOVER does not code it."""
    kind = ontology.events.get(event.type)
    return kind.crosswalk.plover.event if kind and kind.crosswalk.plover else None


def speaks(event: Event, ontology: Ontology) -> bool:
    """Whether an event is an act of speech that took place."""
    return event.factuality in ("occurred", "ongoing") and own_class(event, ontology) in SPEECH


def class_now(event: Event, label: str | None, *, in_speech: bool, said: bool) -> tuple[str | None, str]:
    """The class of an event in the light of its factuality, and the rule; null where it is not coded.

    in_speech: its sentence holds an act of speech that is coded instead. said: somebody named says it.
    """
    if label is None:
        return None, "PLOVER has no class for it"
    if event.factuality == "denied":
        return None, "it is denied"
    if event.factuality == "negated":
        if label in COOPERATIVE and not in_speech:
            return "REJECT", "cooperation that does not take place is a rejection"
        return None, "it did not take place"
    if event.factuality not in NOT_YET:
        return label, "it took place"
    if in_speech:
        return None, "it is what is asked, promised or threatened in a speech that is coded itself"
    modal = event.reason.evidence[0].quote.lower() if event.reason and event.reason.evidence else ""
    if event.factuality == "hypothetical":
        if modal in TRIED:
            return (label, "an attempt counts as the act") if label in HOSTILE else (None, "only attempted")
        if modal in MUST:
            return ("REQUEST", "what must be done is asked for") if said else (None, "nobody is named who asks for it")
        if modal not in WOULD or not said:
            return None, "it is only possible"
    if label in GIVING_WAY and modal in DECIDED:
        return "CONCEDE", "giving way that is announced is a concession"
    if label in COOPERATIVE:
        return "AGREE", "cooperation still to come is an agreement to it"
    return ("THREATEN", "hostility still to come is a threat") if label in HOSTILE else (label, "words are acts")
