"""PLOVER's view of a reading, and the two benchmarks that use it, on readings written by hand."""

import pytest
from tests.evaluation.handmade import Desk

from sitrep.evaluation.benchmarks import plover_gsr, plv
from sitrep.evaluation.plover import Coded, Named, Party, code, completed, dyads, main_event, pairs
from sitrep.ontology.load import load_ontology
from sitrep.ontology.plover import class_now


@pytest.fixture(scope="module")
def ontology():
    return load_ontology()


def test_what_is_asked_for_is_part_of_the_request(ontology):
    desk = Desk("Mali asked France to strike the camps")
    mali, france = desk.actor("Mali", "MLI"), desk.actor("France", "FRA")
    desk.event("request", "asked", requester=mali, recipient=france)
    desk.event("air_strike", "strike", "planned", attacker=france)
    (coded,) = code(desk.reading(), ontology)
    assert coded.event == "REQUEST"
    assert dyads(coded) == {("MLI", "FRA")}


def test_what_a_side_says_it_will_do_is_promised_or_threatened(ontology):
    desk = Desk("Iraq said it would meet the envoy from Norway")
    iraq = desk.actor("Iraq", "IRQ")
    desk.actor("Norway", "NOR")
    claim = desk.claim(iraq, "said")
    desk.event("meeting", "meet", "hypothetical", "would", [claim])
    (coded,) = code(desk.reading(), ontology)
    assert coded.event == "AGREE"
    assert dyads(coded) == {("IRQ", "NOR")}


def test_what_a_side_says_that_another_must_do_is_asked(ontology):
    desk = Desk("Britain said Libya must withdraw")
    britain, libya = desk.actor("Britain", "GBR"), desk.actor("Libya", "LBY")
    claim = desk.claim(britain, "said")
    desk.event("withdrawal", "withdraw", "hypothetical", "must", [claim], mover=libya)
    (coded,) = code(desk.reading(), ontology)
    assert coded.event == "REQUEST"
    assert dyads(coded) == {("GBR", "LBY")}


def test_factuality():
    assert class_now(_bare("denied"), "ASSAULT", in_speech=False, said=False)[0] is None
    assert class_now(_bare("negated"), "AID", in_speech=False, said=False)[0] == "REJECT"
    assert class_now(_bare("negated"), "ASSAULT", in_speech=False, said=False)[0] is None
    assert class_now(_bare("planned"), "COERCE", in_speech=False, said=False)[0] == "THREATEN"
    assert class_now(_bare("planned"), "COERCE", in_speech=True, said=False)[0] is None
    assert class_now(_bare("ongoing"), "COERCE", in_speech=True, said=False)[0] == "COERCE"
    assert class_now(_bare("occurred"), None, in_speech=False, said=False)[0] is None


def _bare(factuality):
    desk = Desk("Troops left")
    desk.event("withdrawal", "left", factuality)
    return desk.events[0]


def test_pairs_of_countries():
    assert pairs(["A"], ["B", "C"]) == {("A", "B"), ("A", "C")}
    assert pairs(["A", "B"], []) == {("A", "B"), ("B", "A")}
    assert pairs(["A"], []) == {("A", None)}
    assert pairs([None], []) == set()


def test_a_missing_target_is_the_next_country_named_and_no_source_if_there_is_one():
    source = (Party(0, 4, "YEM"),)
    near = [Named(0, 4, "YEM"), Named(12, 16, "YEM"), Named(20, 24, "USA")]
    assert completed(source, (), near, 6)[1] == (Party(20, 24, "USA"),)
    assert completed(source, (), near[:2], 6)[1] == (Party(12, 16, "YEM"),)
    assert completed(source, (), near[:1], 6)[1] == ()


def test_a_side_of_unknown_country_takes_the_one_named_beside_it():
    near = [Named(8, 12, "MAR"), Named(30, 34, "FRA")]
    king = (Party(0, 4, None),)
    assert completed(king, (), near, 20) == ((Party(0, 4, "MAR"),), (Party(30, 34, "FRA"),))
    nobody = (Party(36, 40, None),)
    assert completed((Party(8, 12, "MAR"),), nobody, near, 20)[1] == (Party(36, 40, "FRA"),)
    assert completed(king, nobody, [], 20) == (king, nobody)


def test_main_event_is_the_first_with_a_side():
    one = Coded("ASSAULT", "killing", 0, 4, 0, (), (), 0.9)
    other = Coded("REQUEST", "request", 9, 12, 0, (Party(0, 1, "A"),), (), 0.5)
    assert main_event([one, other]) is other
    assert main_event([one]) is one
    assert main_event([]) is None


def test_plover_gsr_by_hand():
    rows = [
        {"event": "DEMAND", "actors": [{"role": "source", "code": "USA"}, {"role": "target", "code": "JAPGOV"}]},
        {"event": "CONSULT", "actors": [{"role": "source", "code": "ISR"}, {"role": "source", "code": "LBN"}]},
        {"event": "FIGHT", "actors": []},
    ]
    found = [
        Coded("REQUEST", "demand", 0, 1, 0, (Party(0, 1, "USA"),), (Party(2, 3, "CHN"),), 0.9),
        Coded("CONSULT", "meeting", 0, 1, 0, (Party(0, 1, "ISR"), Party(2, 3, "LBN")), (), 0.9),
        None,
    ]
    scores = plover_gsr.score(rows, found)
    assert scores["event_type_f1"] == pytest.approx(2 * (2 / 2) * (2 / 3) / (2 / 2 + 2 / 3))
    # gold pairs: USA-JPN, ISR-LBN, LBN-ISR; ours: USA-CHN, ISR-LBN, LBN-ISR
    assert scores["country_dyad_f1"] == pytest.approx(2 / 3)
    assert scores["dyad_type_f1"] == pytest.approx(2 / 3)


def test_plv_takes_the_event_between_the_marked_sides():
    first = Coded("CONSULT", "meeting", 5, 8, 0, (Party(0, 4, "A"),), (), 0.9)
    second = Coded("RETREAT", "release", 30, 37, 0, (Party(20, 25, "B"),), (Party(40, 45, "C"),), 0.6)
    assert plv.answer([first, second], (20, 25), (40, 45)) == "YIELD"
    assert plv.answer([first, second], (0, 4), (10, 12)) == "CONSULT"
    assert plv.answer([first, second], (50, 51), (52, 53)) == "CONSULT"
    assert plv.answer([], (0, 1), (2, 3)) is None
