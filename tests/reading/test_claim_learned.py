"""Statements of the rules and of the trained reader, brought together."""

from sitrep.reading.claims import Claims
from sitrep.reading.learned.texts import Attribution, Span
from sitrep.reading.page import Page

CLAIMS = Claims()


class Proposing:
    """A trained reader that proposes what a test says. believed: words in whose content it half believes."""

    def __init__(self, text, *attributions, believed=()):
        self.text = text
        self.attributions = tuple(
            Attribution(*(tuple(self.span(words) for words in part) for part in one)) for one in attributions
        )
        self.inside = [self.span(words) for one in attributions for words in one[0]] + [self.span(w) for w in believed]

    def span(self, words):
        start = self.text.index(words)
        return Span(start, start + len(words))

    def mass(self, layer, start, end):
        return 0.9 if any(span.start < end and start < span.end for span in self.inside) else 0.05


def read(page, text, *attributions, believed=()):
    made = page(text)
    learned = Proposing(text, *attributions, believed=believed)
    return CLAIMS(Page(made.report, made.parse, made.layers, learned)).claims


SAID = "The ministry said that the road had been reopened."


def test_both_agree(page):
    (claim,) = read(page, SAID, (["that the road had been reopened"], ["said"], ["The ministry"]))
    assert claim.score >= 0.9
    assert claim.stance == "asserts"


def test_the_trained_reader_draws_the_edges_and_the_lexicon_names_the_stance(page):
    text = "The army denied on Monday, as before, that it had shelled the market."
    (claim,) = read(page, text, (["that it had shelled the market"], ["denied"], ["The army"]))
    assert [part.quote for part in claim.content] == ["that it had shelled the market"]
    assert claim.stance == "denies"
    assert claim.speaker.evidence[0].quote == "The army"


def test_speech_that_only_the_rules_find_stands_lower(page):
    (claim,) = read(page, SAID)
    assert claim.score < 0.9


def test_a_thought_that_only_the_rules_find_and_the_other_doubts_is_no_claim(page):
    text = "The governor believed that the road had been reopened."
    assert CLAIMS(page(text)).claims
    assert read(page, text) == ()
    (claim,) = read(page, text, believed=["the road had been reopened"])
    assert claim.score < 0.9


def test_what_only_the_trained_reader_finds_is_added(page):
    text = "For the mayor, the town was lost: no relief would come."
    (claim,) = read(page, text, (["the town was lost"], ["For"], ["the mayor"]))
    assert claim.speaker.evidence[0].quote == "the mayor"
    assert claim.score < 0.9


def test_without_words_of_saying_it_adds_nothing_of_its_own(page):
    text = "The bridge held. The road stayed open, he said."
    (claim,) = read(page, text, (["The bridge held"], [], []), believed=["The road stayed open"])
    assert claim.content[0].quote == "The road stayed open"


def test_rules_alone_have_no_score(page):
    (claim,) = CLAIMS(page(SAID)).claims
    assert claim.score is None


def quotes(parts):
    return [part.quote for part in parts]


def test_who_speaks_comes_from_the_grammar_where_the_trained_reader_names_nobody(page):
    text = "Residents longed for an end to the siege."
    (claim,) = read(page, text, (["an end to the siege"], ["longed for"], []))
    assert quotes(claim.speaker.evidence) == ["Residents"]


def test_what_cannot_speak_gives_way_to_whom_the_trained_reader_names(page):
    text = "The governor arrived with a stern face accusing the army of looting."
    (claim,) = read(page, text, (["the army of looting"], ["accusing"], ["The governor"]))
    assert quotes(claim.speaker.evidence) == ["The governor"]


def test_edges_do_not_cut_names(page):
    text = "The ministry said Iraqi army units had reached the outskirts of Tal Afar."
    (claim,) = read(page, text, (["army units had reached the outskirts of"], ["said"], ["The ministry"]))
    assert quotes(claim.content) == ["Iraqi army units had reached the outskirts of Tal Afar"]


def test_stray_words_of_another_sentence_are_not_said(page):
    text = "The minister met the Council of Elders. He said that the road had been reopened."
    (claim,) = read(page, text, (["Council of Elders", "that the road had been reopened"], ["said"], ["He"]))
    assert quotes(claim.content) == ["that the road had been reopened"]


def test_a_part_that_another_statement_says_is_not_said_twice(page):
    text = "The colonel declined to comment on the raid, calling the report “a rumour”."
    both = ["to comment on the raid", "the report “a rumour”"]
    found = read(page, text, ([both[0]], ["declined"], ["The colonel"]), (both, ["calling"], ["The colonel"]))
    assert [quotes(claim.content) for claim in found] == [[both[0]], [both[1]]]


def test_to_withhold_is_not_to_deny(page):
    text = "A victory would deny the rebels a base near the border."
    assert read(page, text, (["the rebels a base near the border"], ["would deny"], ["A victory"])) == ()


def test_an_object_of_speech_stands_only_where_the_trained_reader_believes_it(page):
    text = "The shepherd showed the road."
    assert CLAIMS(page(text)).claims
    assert read(page, text) == ()


def test_whoever_is_accused_does_not_accuse(page):
    text = "It is accused of looting the depot."
    (claim,) = read(page, text, (["looting the depot"], ["is accused of"], ["It"]))
    assert claim.speaker is None


def test_a_subject_is_not_cut_from_its_verb(page):
    text = "State media says rebels hit the school a day after dozens of children were killed in a raid."
    cut = "rebels hit the school a day after dozens of children"
    (claim,) = read(page, text, ([cut], ["says"], ["State media"]))
    assert quotes(claim.content) == [cut + " were killed in a raid"]


def test_a_source_does_not_end_before_its_noun(page):
    text = "A photographer at the scene longed for an end to it."
    (claim,) = read(page, text, (["an end to it"], ["longed for"], ["A photographer at the"]))
    assert quotes(claim.speaker.evidence) == ["A photographer at the scene"]


def test_a_quotation_without_a_cue_goes_on_what_its_speaker_says_beside_it(page):
    text = "“The road is open,” Colonel Amal Haddad said. “Trucks passed at noon.” Nobody else spoke."
    (claim,) = read(
        page,
        text,
        (["“The road is open,”"], ["said"], ["Colonel Amal Haddad"]),
        (["“Trucks passed at noon.”"], [], ["Colonel Amal Haddad"]),
    )
    assert [part.quote for part in claim.content] == ["“The road is open,”", "“Trucks passed at noon.”"]


def test_words_that_the_trained_reader_adds_belong_to_what_is_said(page):
    text = "The mayor called for calm in all of the towns along the coast road, and an end to the blockade of the port."
    whole = "calm in all of the towns along the coast road, and an end to the blockade of the port"
    (claim,) = read(page, text, ([whole], ["called for"], ["The mayor"]))
    assert claim.content[0].quote == whole
