"""Figures as newspapers word them. Every passage is our own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sitrep.model import Quantity
from sitrep.reading.page import Page
from sitrep.reading.quantities import Quantities


@pytest.fixture(scope="module")
def figures(page: Callable[..., Page]) -> Callable[[str], list[Quantity]]:
    stage = Quantities()
    return lambda text: list(stage(page(text)).quantities)


def bounds(quantity: Quantity) -> tuple[float | None, float | None, float | None]:
    return quantity.low, quantity.best, quantity.high


EXACT = [
    ("At least 12 people were killed on Monday.", "killed", (12, 12, None), "at_least"),
    ("The blast killed more than 30 soldiers.", "killed", (31, 30, None), "over"),
    ("Up to 20 villagers died in the raid.", "killed", (None, None, 20), "at_most"),
    ("As many as 1,300 residents were killed.", "killed", (None, None, 1300), "at_most"),
    ("Dozens of villagers were killed.", "killed", (None, None, None), "dozens"),
    ("Between 10 and 15 rebels died.", "killed", (10, None, 15), "range"),
    ("The shelling killed 10 to 15 rebels.", "killed", (10, None, 15), "range"),
    ("Some 80 people were killed.", "killed", (None, 80, None), "about"),
    ("Nearly 40 soldiers were wounded.", "injured", (None, 40, 40), "nearly"),
    ("Fewer than 10 people were hurt.", "injured", (None, None, 9), "under"),
    ("Twenty-five soldiers were killed.", "killed", (25, 25, 25), None),
    ("A dozen people were injured.", "injured", (12, 12, 12), None),
    ("Half a million people were displaced.", "displaced", (500_000, 500_000, 500_000), None),
    ("The war displaced 1.2 million people.", "displaced", (1_200_000, 1_200_000, 1_200_000), None),
    ("Tens of thousands fled the town.", "displaced", (None, None, None), "tens_of_thousands"),
    ("The death toll rose from 40 to 58.", "killed", (58, 58, 58), None),
    ("The ministry gave a toll of 22.", "killed", (22, 22, 22), None),
    ("The bombing claimed the lives of 15 shoppers.", "killed", (15, 15, 15), None),
    ("Six people lost their lives.", "killed", (6, 6, 6), None),
    ("The killing of 15 civilians angered residents.", "killed", (15, 15, 15), None),
    ("Hospitals recorded 12 deaths.", "killed", (12, 12, 12), None),
    ("Nobody was killed.", "killed", (0, 0, 0), None),
    ("Police arrested 12 suspects.", "captured", (12, 12, 12), None),
    ("Five fishermen are missing.", "missing", (5, 5, 5), None),
    ("A civilian was killed.", "killed", (1, 1, 1), None),
    ("His wife was wounded.", "injured", (1, 1, 1), None),
    ("The column lost its way after killing a child.", "killed", (1, 1, 1), None),
    ("Gunmen shot dead two policemen.", "killed", (2, 2, 2), None),
    ("A family of five was killed.", "killed", (5, 5, 5), None),
    ("Two 15-year-old girls died on Friday.", "killed", (2, 2, 2), None),
    ("Doctors said 40 people total have been wounded.", "injured", (40, 40, 40), None),
    ("Most of the victims - 9 - died in the fire.", "killed", (9, 9, 9), None),
    ("The shelling inflicted harm on another 20 villagers.", "injured", (20, 20, 20), None),
    ("Seven residents were affected by the gas.", "injured", (7, 7, 7), None),
    ("At least 12 bodies had been brought to the hospital.", "killed", (12, 12, None), "at_least"),
]


HARMED = [
    ("The shelling sent a man to the hospital.", {"injured": 1}),
    ("She is in hospital with shrapnel wounds.", {"injured": 1}),
    ("A minister went to the hospital on Monday.", {}),
    ("Deputies found a man with gunshot wounds and took him to hospital, where he was pronounced dead.", {"killed": 1}),
    ("The victim sustained three injuries to his head.", {"injured": 1, "other": 3}),
    ("The guard sustained no gunshot wounds.", {}),
    ("He was shot at on the road.", {}),
    ("They opened fire, shooting off eight rounds.", {"count": 8}),
    ("He hung around with the fighters.", {}),
    ("Prosecutors say he acted for the purpose of killing a guard.", {}),
    ("He had the intent to use the knife to kill a guard.", {}),
    ("He used a lorry to kill eight people.", {"killed": 8}),
    ("Man, 30, killed in shelling", {"killed": 1}),
    ("The group killed both civilians and soldiers.", {}),
    ("Hundreds of dead and injured people were taken to hospitals.", {"other": None}),
    ("Shares 0 Comments 0 soldiers were seen.", {}),
    ("There has been shelling since dawn and 16 people total have been wounded.", {"injured": 16}),
    ("A man was found shot dead in a car.", {"killed": 1}),
]


@pytest.mark.parametrize(("text", "expected"), HARMED)
def test_who_is_harmed_and_how_many(figures, text, expected):
    assert {quantity.kind: quantity.best for quantity in figures(text)} == expected


@pytest.mark.parametrize(("text", "kind", "expected", "modifier"), EXACT)
def test_one_figure_about_people(figures, text, kind, expected, modifier):
    (quantity,) = figures(text)
    assert quantity.kind == kind
    assert bounds(quantity) == expected
    assert quantity.modifier == modifier


def test_two_kinds_in_one_clause(figures):
    found = {
        quantity.kind: bounds(quantity) for quantity in figures("The blast left 12 dead and more than 30 injured.")
    }
    assert found == {"killed": (12, 12, 12), "injured": (31, 30, None)}


def test_killed_or_wounded_is_neither(figures):
    (quantity,) = figures("20 people were killed or wounded.")
    assert (quantity.kind, quantity.unit, quantity.best) == ("other", "casualties", 20)


@pytest.mark.parametrize(
    "text",
    [
        "12 people including 3 children were killed.",
        "Shelling killed 12 people, among them 3 children, in the market.",
    ],
)
def test_a_part_is_not_another_toll(figures, text):
    whole, part = figures(text)
    assert (whole.best, whole.part_of) == (12, None)
    assert (part.best, part.part_of, part.civilians) == (3, whole.id, True)


def test_an_age_counts_nobody(figures):
    whole, part = figures("The raid killed six men, including a 14-year-old boy.")
    assert (whole.best, part.best, part.part_of) == (6, 1, whole.id)


def test_shot_says_neither_dead_nor_wounded(figures):
    (quantity,) = figures("Two protesters were shot.")
    assert (quantity.kind, quantity.unit, quantity.best) == ("other", "shot", 2)


def test_civilians_and_fighters_are_told_apart(figures):
    first, second = figures("The raid killed five fighters and three villagers.")
    assert (first.of, first.civilians) == ("fighters", False)
    assert (second.of, second.civilians) == ("villagers", True)


@pytest.mark.parametrize(
    ("text", "cumulative"),
    [
        ("More than 300 people have been killed since May.", True),
        ("So far this year, 40 soldiers have died.", True),
        ("On Monday 40 soldiers died.", False),
        ("The war has killed 40,000 people.", True),
        ("It is part of a wider conflict that has claimed some 4,000 lives.", True),
        ("The town was ruined by the war that began in 2011 and has since killed 40,000 people.", True),
        ("The crash killed all five people on board in the biggest loss of life since the campaign began.", False),
        ("It was the deadliest raid since gas killed 40 people in the suburb.", False),
        ("In the last 24 hours, 12 fighters have been killed.", False),
        ("A bombing last year killed 30 people.", False),
    ],
)
def test_a_running_total_is_not_the_toll_of_an_event(figures, text, cumulative):
    (quantity,) = [quantity for quantity in figures(text) if quantity.kind == "killed"]
    assert quantity.cumulative is cumulative


MEASURES = [
    ("They hold about 100 miles of coastline.", "distance", (None, 100, None), "mile", "coastline"),
    ("They were pushed into a five-kilometre (3.1-mile) radius.", "distance", (5, 5, 5), "km", "radius"),
    ("The group seized a 125-mile stretch of coastline.", "distance", (125, 125, 125), "mile", "stretch"),
    ("Troops hold 40 square kilometres of desert.", "area", (40, 40, 40), "km2", "desert"),
    ("A 72-hour truce was agreed.", "duration", (72, 72, 72), "hour", "truce"),
    ("The state paid $5 million.", "money", (5_000_000, 5_000_000, 5_000_000), "USD", None),
    ("Rebels hold 80 percent of the city.", "other", (0.8, 0.8, 0.8), "share", "the city"),
    ("Rebels hold a third of the city.", "other", (0.3333, 0.3333, 0.3333), "share", "the city"),
    ("The strikes destroyed two tanks.", "count", (2, 2, 2), None, "tanks"),
    ("Strikes hit the camp on two prior occasions.", "count", (2, 2, 2), None, "prior occasions"),
    ("The alliance has 5,000 troops there.", "strength", (5000, 5000, 5000), None, "troops"),
    ("A few hundred fighters remain.", "strength", (None, None, None), None, "fighters"),
]


@pytest.mark.parametrize(("text", "kind", "expected", "unit", "of"), MEASURES)
def test_one_measure(figures, text, kind, expected, unit, of):
    (quantity,) = figures(text)
    assert (quantity.kind, quantity.unit, quantity.of) == (kind, unit, of)
    assert bounds(quantity) == expected


@pytest.mark.parametrize(
    "text",
    [
        "In 2011 the protests began.",
        "The council adopted Resolution 2254.",
        "Samir Haddad, 43, said he would stay.",
        "The 12-year-old boy was at home.",
        "He came second in the third round.",
    ],
)
def test_what_is_no_figure(figures, text):
    assert figures(text) == []


def test_a_negated_killing_has_no_toll(figures):
    assert [quantity.kind for quantity in figures("The army did not kill 12 rebels.")] == ["strength"]


def test_evidence_is_the_figure_with_its_words(figures):
    (quantity,) = figures("Officials said at least 12 Syrian soldiers had been killed.")
    assert [evidence.quote for evidence in quantity.evidence] == ["at least 12 Syrian soldiers", "killed"]


def test_the_same_page_gives_the_same_figures(figures):
    text = "The blast left 12 dead and 30 injured, and 200 families fled."
    assert figures(text) == figures(text)
