"""Metrics of the event benchmarks on cases worked out by hand."""

import sys
import textwrap

import msgspec
import pytest
from tests.evaluation.handmade import Desk

from sitrep.errors import BenchmarkError
from sitrep.evaluation.benchmarks import case2021_task2, desk, india_police_events, muc4, wikievents
from sitrep.evaluation.harness import Bench
from sitrep.evaluation.metrics import Filled
from sitrep.model import Participant, Topic
from sitrep.ontology.load import load_ontology


@pytest.fixture(scope="module")
def ontology():
    return load_ontology()


def one(*names):
    return tuple(frozenset({name}) for name in names)


def test_muc4_strings_compare_without_case_articles_and_punctuation():
    assert muc4.plain('THE "SANTO TOMAS" FARM') == "santo tomas farm"


def test_muc4_counts_by_role_and_template():
    gold = muc4.gold_template(
        {
            "incident_type": "attack / bombing",
            "PerpInd": [[["guerrillas", 3], ["guerrilla column", 40]]],
            "PerpOrg": [],
            "Target": [],
            "Victim": [[["the mayor", 9]]],
            "Weapon": [],
        }
    )
    assert gold.kind == "attack"
    mine = Filled("attack", {"PerpInd": one("guerrillas", "soldiers"), "Victim": one("mayor")})
    scores = muc4.score([([mine], [gold])])
    # fillers: 2 of 3 ours are right, 2 of 2 gold are found
    assert scores["ceaf_ree_f1"] == pytest.approx(2 * (2 / 3) / (2 / 3 + 1))
    # with the type as a slot: 3 of 4, 3 of 3
    assert scores["template_f1"] == pytest.approx(2 * (3 / 4) / (3 / 4 + 1))
    assert scores["perpind_f1"] == pytest.approx(2 / 3)
    assert scores["weapon_f1"] == 0


def test_muc4_fills_its_roles_from_events(ontology):
    text = "Guerrillas of the FMLN shot the mayor"
    made = Desk(text)
    guerrillas, mayor = made.actor("Guerrillas", kind="armed_group"), made.actor("mayor", kind="person")
    made.event("shooting", "shot", attacker=guerrillas, victim=mayor)
    (template,) = muc4.templates(made.reading(), ontology)
    assert template.kind == "attack"
    assert template.roles["PerpOrg"] == one("guerrillas")
    assert template.roles["Victim"] == one("mayor")
    denied = Desk(text)
    denied.event("shooting", "shot", "denied", attacker=denied.actor("Guerrillas"))
    assert muc4.templates(denied.reading(), ontology) == []


def test_muc4_gives_participants_to_the_kind_of_the_nearest_event(ontology):
    text = (
        "Men with dynamite blew up the bridge of the town. " + "The night was long. " * 30 + "The mayor was kidnapped."
    )
    made = Desk(text)
    made.event("bombing", "blew up")
    made.event("abduction", "kidnapped")
    told = [("weapon", "dynamite"), ("target", "the bridge"), ("victim", "The mayor")]
    reading = msgspec.structs.replace(
        made.reading(),
        topic=Topic(relevance=0.9, types=()),
        participants=tuple(
            Participant(id=words, role=role, name=words, actor=None, evidence=(made.words(words),), score=0.9)
            for role, words in told
        ),
    )
    templates = {template.kind: template.roles for template in muc4.templates(reading, ontology)}
    assert templates == {
        "bombing": {"Weapon": one("dynamite"), "Target": one("bridge")},
        "kidnapping": {"Victim": one("mayor")},
    }


def test_india_labels_follow_the_type_and_the_agent(ontology):
    made = Desk("police shot two men and arrested the leader while officers failed to act")
    police, leader = made.actor("police", kind="police"), made.actor("leader", kind="person")
    made.event("shooting", "shot", attacker=police)
    made.event("arrest", "arrested", captive=leader)
    made.event("evacuation", "act", "negated", actor=police)
    reading = made.reading()
    sentences = [{"sent_id": 0, "start": 0, "end": len(reading.report.text), "labels": []}]
    assert india_police_events.answers(sentences, reading, ontology) == {
        (0, "FORCE"),
        (0, "ANY_ACTION"),
        (0, "ARREST"),
        (0, "FAIL"),
    }


def test_india_leaves_others_acts_alone(ontology):
    made = Desk("a mob killed two men")
    made.event("killing", "killed", attacker=made.actor("mob", kind="other"))
    sentences = [{"sent_id": 0, "start": 0, "end": 20, "labels": []}]
    assert india_police_events.answers(sentences, made.reading(), ontology) == set()


def test_india_scores():
    found = [{("d", 0, "ARREST"), ("d", 1, "FORCE")}]
    gold = [{("d", 0, "ARREST"), ("d", 0, "ANY_ACTION"), ("d", 2, "FORCE"), ("d", 2, "ANY_ACTION")}]
    scores = india_police_events.score(found, gold)
    assert scores["sentence_recall"] == 1 / 4
    assert scores["sentence_f1"] == pytest.approx(2 * (1 / 2) * (1 / 4) / (3 / 4))
    assert scores["arrest_f1"] == 1
    assert scores["force_f1"] == 0


def test_case2021_takes_the_label_of_the_highest_rank(ontology):
    labels = case2021_task2.load_labels()
    made = Desk("Police fired tear gas as students marched and the minister met the envoy")
    made.event("crowd_dispersal", "fired")
    made.event("protest", "marched")
    made.event("meeting", "met")
    assert case2021_task2.answer(made.reading(), labels, ontology) == "PROTEST_WITH_INTER"
    only_talk = Desk("the minister met the envoy")
    only_talk.event("meeting", "met")
    assert case2021_task2.answer(only_talk.reading(), labels, ontology) == "DIPLO"
    assert case2021_task2.answer(Desk("It rained").reading(), labels, ontology) == "OTHER"


def test_case2021_tells_who_takes_a_place(ontology):
    labels = case2021_task2.load_labels()
    made = Desk("The army retook the town")
    made.event("territory_gain", "retook", **_side(ontology, "territory_gain", made.actor("army", kind="military")))
    assert case2021_task2.answer(made.reading(), labels, ontology) == "GOV_REGAINS_TERIT"
    rebels = Desk("The rebels took the town")
    rebels.event(
        "territory_gain", "took", **_side(ontology, "territory_gain", rebels.actor("rebels", kind="armed_group"))
    )
    assert case2021_task2.answer(rebels.reading(), labels, ontology) == "NON_STATE_ACTOR_OVERTAKES_TER"


def _side(ontology, kind, actor):
    role = next(name for name in ontology.events[kind].roles if ontology.roles[name].side == "agent")
    return {role: actor}


def test_case2021_maps_only_types_that_exist_to_labels_that_have_a_rank(ontology):
    labels = case2021_task2.load_labels()
    assert set(labels.labels) <= set(ontology.events)
    assert set(labels.labels.values()) | set(labels.weapons) <= set(labels.rank)


def test_wikievents_maps_only_types_that_exist(ontology):
    assert set(wikievents.TYPES) - set(ontology.events) <= {"drone_strike"}


def test_wikievents_counts(ontology):
    made = Desk("Gunmen attacked a convoy and killed the driver")
    gunmen, convoy = made.actor("Gunmen", kind="armed_group"), made.actor("convoy", kind="military")
    made.event("ground_attack", "attacked", attacker=gunmen, target=convoy)
    text = made.text

    def span(words, **more):
        return {"start": text.index(words), "end": text.index(words) + len(words), **more}

    gold = [
        {
            "type": "Conflict.Attack.Unspecified",
            "trigger": span("attacked"),
            "arguments": [span("Gunmen", role="Attacker"), span("a convoy", role="Place")],
        },
        {
            "type": "Life.Die.Unspecified",
            "trigger": span("killed"),
            "arguments": [span("driver", role="Victim")],
        },
    ]
    right, identified, predicted, wanted, role_right, span_right, argued, arguments, _ = wikievents.count_row(
        gold, made.reading(), ontology
    )
    assert (right, identified, predicted, wanted) == (1, 1, 1, 2)
    # both words are right, but a target is no place; the death has no event of ours
    assert (role_right, span_right, argued, arguments) == (1, 2, 2, 3)


def test_desk_needs_its_gold_and_its_scorer(tmp_path):
    with pytest.raises(BenchmarkError, match="is missing"):
        desk.files(Bench(tmp_path))


def test_desk_asks_the_scorer_beside_the_data(tmp_path, ontology):
    (tmp_path / "tools").mkdir()
    folder = tmp_path / "data" / "war_desk"
    folder.mkdir(parents=True)
    (folder / "dev.gold.jsonl").write_text('{"doc_id": "r"}\n{"doc_id": "other"}\n', encoding="utf-8")
    (tmp_path / "tools" / "score_desk.py").write_text(
        textwrap.dedent(
            """
            import json, sys
            count = [sum(1 for _ in open(name)) for name in (sys.argv[1], sys.argv[2], sys.argv[4])]
            zero = {"p": 0.1, "r": 0.2, "f1": 0.3}
            print(json.dumps({"events": zero, "full_record": zero, "main_recall": count[0], "claims": zero,
                "claims_with_speaker": zero, "incident_pairs": {"f1": count[2]}, "slots": {"place": "1/4 = 0.250"}}))
            """
        ),
        encoding="utf-8",
    )
    scorer, gold = desk.files(Bench(folder))
    said = desk.judge(scorer, gold, {"r"}, [Desk("Rain fell").reading()], [])
    scores = desk.scores_of(said)
    # one gold article of two was wanted
    assert (scores["main_recall"], scores["incident_pair_f1"]) == (1, 0)
    assert scores["slot_place"] == 0.25
    (tmp_path / "tools" / "score_desk.py").write_text("import sys; sys.exit('no such field')", encoding="utf-8")
    with pytest.raises(BenchmarkError, match="no such field"):
        desk.judge(scorer, gold, {"r"}, [], [])
    assert sys.executable


def test_desk_leaves_out_what_the_coders_were_not_asked_for(ontology):
    made = Desk("The army shelled the town and accused the rebels")
    made.event("shelling", "shelled")
    made.event("accusation", "accused")
    assert [event.type for event in desk.only_asked(made.reading(), ontology).events] == ["shelling"]
