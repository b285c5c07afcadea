"""The Gun Violence Database: gold counts and scores, worked by hand; passages are our own."""

from __future__ import annotations

from typing import Any

from tests.conftest import make_report

from sitrep.evaluation.benchmarks.gvdb import Row, body, commonest, gold_counts, is_stated, own_counts, scores
from sitrep.model import Quantity
from sitrep.reading.reader import Reader


def row(*states: tuple[int, str]) -> dict[str, Any]:
    fields = [{"field": f"victim-section/{n}/victim-was/{k}", "value": value} for k, (n, value) in enumerate(states)]
    return {"fields": [*fields, {"field": "victim-section/9/gender", "value": "Male"}]}


def test_gold_counts_each_victim_once_and_the_dead_as_dead():
    assert gold_counts(row((0, "injured"), (0, "killed"), (1, "hospitalized"), (1, "injured"))) == (1, 1)
    assert gold_counts(row()) == (0, 0)


def test_an_article_without_any_state_is_not_stated():
    assert is_stated(row((0, "killed")))
    assert not is_stated(row())


def test_scores_are_shares_of_articles():
    gold = [(1, 0), (0, 2), (0, 0), (3, 1)]
    own = [(1.0, 0.0), (1.0, 2.0), (0.0, 1.0), (3.0, 1.0)]
    assert scores(gold, own, [True, True, False, True]) == {
        "killed_exact": 0.75,
        "injured_exact": 0.75,
        "killed_stated": 0.6667,
        "injured_stated": 1.0,
    }


def counted(sentence: int, best: float) -> Row:
    quantity = Quantity(
        id="q1", kind="killed", of=None, low=best, best=best, high=best, unit=None, modifier=None, side=None,
        civilians=None, evidence=(),
    )  # fmt: skip
    return Row(sentence, quantity, None)


def test_no_articles_have_no_score():
    assert scores([], [], [])["killed_exact"] is None


def test_the_title_in_front_of_the_text_is_split_off():
    assert body({"title": "Two shot", "text": "Two shotPolice said so."}) == "Police said so."


def test_the_commonest_toll_is_the_articles(reader: Reader):
    text = (
        "Two men were killed and a woman was wounded on Friday. The two men were killed in a car, police said. "
        "Last year 40 people were killed in the county."
    )
    assert own_counts(reader.read(make_report(text))) == (2, 1)


def test_a_wounded_man_who_died_is_counted_as_dead(reader: Reader):
    text = "Salim Aziz was shot in the leg on Friday. Aziz died in hospital."
    assert own_counts(reader.read(make_report(text))) == (1, 0)


def test_one_person_named_again_is_not_another_victim(reader: Reader):
    text = "A man was found shot dead in a car on Friday. The victim was taken to a hospital, police said."
    assert own_counts(reader.read(make_report(text))) == (1, 0)


def test_the_lead_and_a_count_of_several_weigh_more():
    singles = [counted(number, 1) for number in (4, 5, 6)]
    assert commonest([counted(0, 4), *singles]) == 4
    assert commonest([counted(8, 4), *singles]) == 1
