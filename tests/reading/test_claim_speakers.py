"""Which actor speaks: mentions first, then whoever spoke before a pronoun."""

from __future__ import annotations

import msgspec

from sitrep.model import Actor, Evidence, Mention
from sitrep.reading.claims import Claims
from sitrep.reading.page import Page

CLAIMS = Claims()


def actors_of(page, text, *named):
    """Actor names of the claims of a text, where named holds (words, head, actor, mention kind)."""
    bare = page(text)

    def evidence(words, start):
        return Evidence(start=start, end=start + len(words), quote=words)

    mentions, actors = [], {}
    bodies = {actor for *_, actor, kind in named if kind == "organisation"}
    for number, (words, head, actor, kind) in enumerate(named):
        start = text.index(words)
        mentions.append(
            Mention(
                id=f"m{number}",
                kind=kind,
                form="pronoun" if kind == "pronoun" else "name",
                evidence=(evidence(words, start),),
                head=evidence(head, start + words.index(head)),
            )
        )
        if actor:
            actors.setdefault(actor, []).append(f"m{number}")
    made = tuple(
        Actor(
            id=name,
            name=name,
            kind="ngo" if bodies & {name} else "person",
            countries=(),
            aliases=(),
            mentions=tuple(ids),
            link=None,
        )
        for name, ids in actors.items()
    )
    layers = msgspec.structs.replace(bare.layers, mentions=tuple(mentions), actors=made)
    claims = CLAIMS(Page(bare.report, bare.parse, layers)).claims
    return [claim.speaker.actor if claim.speaker else None for claim in claims]


MAYOR = ("Rana Saleh", "Saleh", "saleh", "person")
GUARD = ("Omar Aziz", "Aziz", "aziz", "person")
COUNCIL = ("The Northern Council", "Council", "council", "organisation")


def test_he_is_whoever_spoke_last(page):
    text = "Rana Saleh said Omar Aziz had left. She added that the gate was open."
    assert actors_of(page, text, MAYOR, GUARD, ("She", "She", "aziz", "pronoun")) == ["saleh", "saleh"]


def test_it_is_not_a_person(page):
    text = "Rana Saleh said the gate was open. It said the road was mined."
    assert actors_of(page, text, MAYOR, ("It", "It", "council", "pronoun")) == ["saleh", "council"]


def test_it_is_the_body_that_spoke_last(page):
    text = "The Northern Council said Omar Aziz had left. It added that the gate was open."
    assert actors_of(page, text, COUNCIL, GUARD) == ["council", "council"]


def test_a_speaker_far_back_does_not_go_on(page):
    text = (
        "Rana Saleh said the gate was open. The sun rose at five. Boats lay in the harbour. "
        "Trucks stood in the square. He said the road was mined."
    )
    assert actors_of(page, text, MAYOR) == ["saleh", None]


def test_who_speaks_inside_a_claim_is_not_who_goes_on(page):
    text = "Rana Saleh said Omar Aziz had denied the raid. She added that the gate was open."
    assert actors_of(page, text, MAYOR, GUARD) == ["saleh", "aziz", "saleh"]


def test_relative_pronoun_takes_the_actor_of_its_noun(page):
    text = "Rana Saleh, who said the gate was open, left."
    assert actors_of(page, text, MAYOR) == ["saleh"]


def test_a_short_name_with_an_article_means_the_longer_one_that_spoke_before(page):
    text = "The Orontes Observatory said the road was cut. The observatory added that nobody was hurt."
    named = [
        ("Orontes Observatory", "Observatory", "Orontes Observatory", "organisation"),
        ("observatory", "observatory", "observatory", "organisation"),
    ]
    assert actors_of(page, text, *named) == ["Orontes Observatory", "Orontes Observatory"]
