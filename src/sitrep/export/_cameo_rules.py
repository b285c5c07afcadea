"""CAMEO codes of events: that of the type for what took place, that of the intent, threat or refusal for the rest."""

from __future__ import annotations

from sitrep.export._plover_rules import Coding
from sitrep.ontology.codebooks import Cameo, load_cameo
from sitrep.ontology.vocabulary import Ontology

# by the PLOVER class of the event's type: what is agreed to, threatened and refused in CAMEO's terms
INTENT = {"CONSULT": "036", "SUPPORT": "032", "COOPERATE": "031", "AID": "033", "RETREAT": "035", "CONCEDE": "035"}
THREAT = {"ASSAULT": "138", "MOBILIZE": "138", "SANCTION": "131", "PROTEST": "133"}
REFUSAL = {"CONSULT": "125", "COOPERATE": "121", "AID": "122", "RETREAT": "124", "CONCEDE": "124"}
MILITARY_AID, INTENT_MILITARY = "072", "0332"


def cameo(coding: Coding, ontology: Ontology) -> tuple[Cameo, str, str] | str:
    """The code of an event, the rule and the code that it decided against; or why there is none."""
    kind = ontology.events[coding.event.type]
    own, plover = kind.crosswalk.cameo, kind.crosswalk.plover
    if own is None or plover is None:
        return "CAMEO has no code for it"
    codes = load_cameo()
    if coding.type == plover.event:
        return codes[own], f"crosswalk: {coding.event.type} is {own}, and it took place", ""
    was = plover.event
    if coding.type == "AGREE":
        code = INTENT_MILITARY if own == MILITARY_AID else INTENT.get(was, "030")
    elif coding.type == "THREATEN":
        code = THREAT.get(was, "130")
    elif coding.type == "REJECT":
        code = REFUSAL.get(was, "120")
    elif coding.type == "REQUEST":
        code = "020"
    else:
        code = "080"  # giving way that is only announced
    why = f"{coding.event.type} ({own}) did not take place ({coding.event.factuality}): {codes[code].name.lower()}"
    return codes[code], why, f"{own} {codes[own].name}: only for what took place"
