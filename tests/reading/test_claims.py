"""Claims: who says what, on sentences of our own."""

from __future__ import annotations

from itertools import pairwise

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitrep.model import Actor, Evidence, Layers, Mention, evidence_in
from sitrep.reading.claims import Claims
from sitrep.reading.page import Page

CLAIMS = Claims()


def read(page, text):
    return CLAIMS(page(text)).claims


def source(claim):
    return claim.speaker.evidence[0].quote if claim.speaker else None


def said(claim):
    return " … ".join(part.quote for part in claim.content)


# text, then one row per claim: source, cue, content, kind, stance
FOUND = {
    "that-clause": (
        "The ministry said that the road had been reopened.",
        [("The ministry", "said", "that the road had been reopened", "indirect", "asserts")],
    ),
    "content before its cue": (
        "Troops have entered the port, the governor said on Friday.",
        [("the governor", "said", "Troops have entered the port", "indirect", "asserts")],
    ),
    "cue in the middle": (
        "The army, the ministry said on Monday, had withdrawn from the town.",
        [("the ministry", "said", "The army … had withdrawn from the town", "indirect", "asserts")],
    ),
    "no comma before a closing inquit": (
        "Eleven people were killed in the raid the Harbour Relief Committee said on Wednesday.",
        [
            (
                "the Harbour Relief Committee",
                "said",
                "Eleven people were killed in the raid",
                "indirect",
                "asserts",
            )
        ],
    ),
    "direct, inverted, going on after the cue": (
        "“We will hold the bridge,” said Colonel Amin Darwish, a brigade commander. “Nobody is leaving.”",
        [
            (
                "Colonel Amin Darwish, a brigade commander",
                "said",
                "“We will hold the bridge,” … “Nobody is leaving.”",
                "direct",
                "asserts",
            )
        ],
    ),
    "straight quotes": (
        '"The camp is empty," the officer said.',
        [("the officer", "said", '"The camp is empty,"', "direct", "asserts")],
    ),
    "a quotation over two paragraphs": (
        "“The first convoy arrived at dawn,” the mayor said. “It brought flour.\n\n“The second never came.”",
        [
            (
                "the mayor",
                "said",
                "“The first convoy arrived at dawn,” … “It brought flour. … “The second never came.”",
                "direct",
                "asserts",
            )
        ],
    ),
    "mixed": (
        "He said the strike had caused “heavy losses” among the rebels.",
        [("He", "said", "the strike had caused “heavy losses” among the rebels", "mixed", "asserts")],
    ),
    "according to, behind": (
        "Six villages were flooded, according to Samir Haddad, head of the provincial council.",
        [
            (
                "Samir Haddad, head of the provincial council",
                "according to",
                "Six villages were flooded",
                "indirect",
                "asserts",
            )
        ],
    ),
    "according to, in front": (
        "According to the Red Cross, two hospitals have closed.",
        [("the Red Cross", "According to", "two hospitals have closed", "indirect", "asserts")],
    ),
    "told: whom is not what": (
        "The spokesman told reporters that the talks had failed.",
        [("The spokesman", "told", "that the talks had failed", "indirect", "asserts")],
    ),
    "adding": (
        "The army said it had shelled the ridge, adding that nobody was hurt.",
        [
            ("The army", "said", "it had shelled the ridge", "indirect", "asserts"),
            ("The army", "adding", "that nobody was hurt", "indirect", "asserts"),
        ],
    ),
    "two speakers in one sentence": (
        "The army said the shells hit a depot, but residents said they hit a school.",
        [
            ("The army", "said", "the shells hit a depot", "indirect", "asserts"),
            ("residents", "said", "they hit a school", "indirect", "asserts"),
        ],
    ),
    "declines": (
        "Mr. Farouk declined to comment on the losses.",
        [("Mr. Farouk", "declined", "to comment on the losses", "indirect", "declines")],
    ),
    "denies": (
        "The group denied that it had shelled the market.",
        [("The group", "denied", "that it had shelled the market", "indirect", "denies")],
    ),
    "rejects": (
        "The government rejected accusations of torture.",
        [("The government", "rejected", "accusations of torture", "indirect", "denies")],
    ),
    "accuses": (
        "Ministers accused the rebels of hiding weapons in schools.",
        [("Ministers", "accused", "the rebels of hiding weapons in schools", "indirect", "accuses")],
    ),
    "accused by": (
        "The rebels were accused by ministers of hiding weapons.",
        [("ministers", "were accused by", "The rebels … of hiding weapons", "indirect", "accuses")],
    ),
    "warns": (
        "Doctors warned that the wards were full.",
        [("Doctors", "warned", "that the wards were full", "indirect", "warns")],
    ),
    "promises": (
        "The president vowed to retake the valley.",
        [("The president", "vowed", "to retake the valley", "indirect", "promises")],
    ),
    "confirms": (
        "The ministry confirmed that a pilot was missing.",
        [("The ministry", "confirmed", "that a pilot was missing", "indirect", "confirms")],
    ),
    "calls on": (
        "The envoy called on both sides to stop firing.",
        [("The envoy", "called on", "both sides to stop firing", "indirect", "unknown")],
    ),
    "relative pronoun": (
        "The captain, who said the road was mined, turned back.",
        [("who", "said", "the road was mined", "indirect", "asserts")],
    ),
    "hidden source": (
        "The rebels are believed to have crossed the river.",
        [(None, "are believed", "The rebels … to have crossed the river", "indirect", "asserts")],
    ),
    "reportedly": (
        "Three boats reportedly sank off the coast.",
        [(None, "reportedly", "Three boats … sank off the coast", "indirect", "asserts")],
    ),
    "anonymous source": (
        "A senior official who asked not to be named said the airport would reopen.",
        [("A senior official who asked not to be named", "said", "the airport would reopen", "indirect", "asserts")],
    ),
    "outlet as source": (
        "State television reported that the siege had been lifted.",
        [("State television", "reported", "that the siege had been lifted", "indirect", "asserts")],
    ),
    "social media": (
        "“The gate is open,” the mayor wrote on Twitter.",
        [("the mayor", "wrote", "“The gate is open,”", "direct", "asserts")],
    ),
    "noun": (
        "The army’s claim that it had taken the hill could not be checked.",
        [("The army’s", "claim", "that it had taken the hill", "indirect", "asserts")],
    ),
    "quotation goes on after the cue": (
        "The truce, the mayor said, “will not hold for long.”",
        [("the mayor", "said", "The truce … “will not hold for long.”", "mixed", "asserts")],
    ),
    "time before the cue is not said": (
        "In a statement, the mayor said, “The truce will not hold.”",
        [("the mayor", "said", "“The truce will not hold.”", "direct", "asserts")],
    ),
    "a toll put at a figure": (
        "The committee put the death toll at nine.",
        [("The committee", "put", "the death toll at nine", "indirect", "asserts")],
    ),
    "source behind a bare verb": (
        "Shells hit the market and wounded ten people said the Harbour Committee.",
        [("the Harbour Committee", "said", "Shells hit the market and wounded ten people", "indirect", "asserts")],
    ),
    "quoted as saying": (
        "The general was quoted as saying that the pass was open.",
        [("The general", "saying", "that the pass was open", "indirect", "asserts")],
    ),
    "did not comment": (
        "The ministry would not say whether the pilot had survived.",
        [("The ministry", "would not say", "whether the pilot had survived", "indirect", "declines")],
    ),
    "what one of them dubbed": (
        "Fighters burned tyres in what one rebel dubbed “a sky of smoke”.",
        [("one rebel", "dubbed", "“a sky of smoke”", "direct", "asserts")],
    ),
    "who somebody is besides": (
        "The colonel, who heads the southern command, said the road was open.",
        [("The colonel", "said", "the road was open", "indirect", "asserts")],
    ),
    "dateline is not the source": (
        "GENEVA (Newswire) - The envoy said the truce was holding.",
        [("The envoy", "said", "the truce was holding", "indirect", "asserts")],
    ),
}


@pytest.mark.parametrize("case", FOUND, ids=list(FOUND))
def test_found(page, case):
    text, expected = FOUND[case]
    claims = read(page, text)
    assert [(source(c), c.cue[0].quote, said(c), c.kind, c.stance) for c in claims] == expected


def test_colon_in_headline(page):
    text = "Minister: Border will stay closed\n\nThe border has been shut since May. It runs along the river."
    (claim,) = read(page, text)
    assert (source(claim), claim.cue[0].quote, said(claim)) == ("Minister", ":", "Border will stay closed")


def test_signed_quotation(page):
    text = "Readers wrote to us.\n\n“The road was shelled all night.” ― Amal Haddad\n\n“Nobody came to help.” ― Karim Nasser"
    told = [(claim.speaker.evidence[0].quote, claim.content[0].quote) for claim in CLAIMS(page(text)).claims]
    assert ("Amal Haddad", "“The road was shelled all night.”") in told
    assert ("Karim Nasser", "“Nobody came to help.”") in told


def test_turns_of_an_interview(page):
    text = (
        "We spoke with two officers.\n\nDaily Post: Who holds the bridge?\n\nHaddad: We do. The rebels left on Monday.\n\n"
        "Daily Post: And the market?\n\nNasser: It is empty."
    )
    told = [(claim.speaker.evidence[0].quote, claim.content[0].quote) for claim in CLAIMS(page(text)).claims]
    assert ("Haddad", "We do. The rebels left on Monday") in [(who, what.rstrip(".")) for who, what in told]
    assert "Nasser" in dict(told)


def test_a_single_label_is_no_interview(page):
    assert CLAIMS(page("A report on the war.\n\nAleppo: The bridge was hit.\n\nNobody was hurt.")).claims == ()


def test_source_after_headline(page):
    text = "Shelling kills nine near harbour: monitor\n\nThe harbour has been shut since May. It lies on the river."
    (claim,) = read(page, text)
    assert (source(claim), said(claim)) == ("monitor", "Shelling kills nine near harbour")


def test_quotation_after_a_full_sentence(page):
    text = "The mayor spoke to reporters at the bridge.\n\n“Nobody was hurt,” she said. “We were lucky.”"
    claims = read(page, text)
    assert [(source(c), said(c)) for c in claims] == [("she", "“Nobody was hurt,” … “We were lucky.”")]


def test_nested(page):
    claims = read(page, "The mayor said the army had denied shelling the camp.")
    assert [(source(c), said(c)) for c in claims] == [
        ("The mayor", "the army had denied shelling the camp"),
        ("the army", "shelling the camp"),
    ]


def test_antecedent_follows_a_relative_pronoun(page):
    (claim,) = read(page, "The captain, who said the road was mined, turned back.")
    assert [part.quote for part in claim.speaker.evidence] == ["who", "The captain"]


SILENT = [
    "The army withdrew from the town on Monday.",
    "Rebels pointed their guns at the convoy.",
    "The attack claimed the lives of nine people.",
    "The collapse of the dam would threaten three villages.",
    "The soldiers' families left the barracks' yard.",
    "The plane showed up on radar at noon.",
    "The so-called “iron brigade” holds the hill.",
    "The war: a chronology",
]


@pytest.mark.parametrize("text", SILENT)
def test_nobody_speaks(page, text):
    assert read(page, text) == ()


def test_addressee_is_not_the_speaker(page):
    (claim,) = read(page, "“The truce is over,” the commander told the mayor.")
    assert source(claim) == "the commander"


def test_speaker_is_the_actor_of_the_mention(page):
    text = "The Northern Front said it had left the town."
    bare = page(text)

    def evidence(start, end):
        return Evidence(start=start, end=end, quote=text[start:end])

    mention = Mention(id="m1", kind="group", form="name", evidence=(evidence(0, 18),), head=evidence(13, 18))
    actor = Actor(
        id="a1", name="Northern Front", kind="armed_group", countries=(), aliases=(), mentions=("m1",), link=None
    )
    layers = msgspec.structs.replace(bare.layers, mentions=(mention,), actors=(actor,))
    (claim,) = CLAIMS(Page(bare.report, bare.parse, layers)).claims
    assert claim.speaker.actor == "a1"


def test_without_mentions_the_actor_is_unknown(page):
    (claim,) = read(page, "The Northern Front said it had left the town.")
    assert claim.speaker.actor is None


def test_repeats_are_not_read_twice(page):
    line = "The governor said the port was open."
    text = f"Port news\n\n{line}\n\n{line}"
    assert len(read(page, text)) == 1


def test_same_page_gives_the_same_claims(page):
    text = "The army said it had left. “We are done,” the colonel said, adding that roads were open."
    assert read(page, text) == read(page, text)


PIECES = [
    "The army said ", "that the town had fallen", ", according to ", "the ministry", ".", " ", "\n\n", "“", "”", '"',
    "''", "'", "‘", "’", "«", "»", "he added", ", the group said", "denied", " told reporters ", "accused", " of ",
    "Mr. Amin", ":", " - ", "reportedly", "who said", "\u00a0", "é", "😀", "(", ")",
]  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_every_claim_quotes_the_report(page, text):
    for claim in read(page, text):
        assert claim.content
        assert claim.cue
        for part in evidence_in(claim):
            assert text[part.start : part.end] == part.quote
            assert part.quote.strip() == part.quote != ""
        ends = [(part.start, part.end) for part in claim.content]
        assert ends == sorted(ends)
        assert all(one[1] <= two[0] for one, two in pairwise(ends))


def test_layers_given(page):
    given = CLAIMS(page("The army said it had left."))
    assert isinstance(given, Layers)
    assert CLAIMS.gives == {"claims"}
    assert given.events == given.actors == ()
