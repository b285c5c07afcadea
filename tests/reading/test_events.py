"""Events: who did what to whom, in every voice; one event for all the words that tell it."""

from __future__ import annotations

import pytest
from tests.conftest import make_report

from sitrep.model import Event, Reading
from sitrep.reading.reader import Reader

VOICES = [
    "Israeli warplanes bombed a weapons depot near Damascus on Monday.",
    "A weapons depot near Damascus was bombed by Israeli warplanes on Monday.",
    "Israeli warplanes, which bombed a weapons depot near Damascus on Monday, were not seen again.",
    "Israeli warplanes carried out an air strike on a weapons depot near Damascus on Monday.",
    "An air strike on a weapons depot near Damascus by Israeli warplanes on Monday started a fire.",
    "Witnesses saw Israeli warplanes bomb a weapons depot near Damascus on Monday.",
]


def read(reader: Reader, text: str) -> Reading:
    return reader.read(make_report(text, published="2016-08-02"))


def fillers(reading: Reading, event: Event, *roles: str) -> list[str]:
    names = {actor.id: actor.name for actor in reading.actors} | {place.id: place.name for place in reading.places}
    return [
        names.get(argument.actor or argument.place or "", argument.text or "")
        for argument in event.arguments
        if argument.role in roles
    ]


@pytest.mark.parametrize("text", VOICES)
def test_one_event_in_every_voice(reader: Reader, text: str) -> None:
    reading = read(reader, text)
    events = [event for event in reading.events if event.type == "air_strike"]
    assert len(events) == 1
    assert fillers(reading, events[0], "attacker") == ["Military of Israel"]
    assert any("depot" in words for words in fillers(reading, events[0], "target"))
    places = {place.id: place for place in reading.places}
    assert events[0].place is not None
    assert places[events[0].place.id].name == "Damascus"
    assert events[0].time is not None
    assert (events[0].time.start, events[0].time.end) == ("2016-08-01", "2016-08-01")


def test_the_toll_belongs_to_the_attack(reader: Reader) -> None:
    reading = read(reader, "A car bomb exploded in Kabul on Monday, killing 12 people and wounding 30, police said.")
    events = [event for event in reading.events if event.type == "bombing"]
    assert len(events) == 1
    figures = {q.kind: q.best for q in reading.quantities if q.id in events[0].quantities}
    assert figures == {"killed": 12, "injured": 30}
    assert [event.type for event in reading.events if event.type == "killing"] == []


def test_alongside_is_not_against(reader: Reader) -> None:
    reading = read(reader, "Kurdish fighters clashed with Islamic State militants near Manbij alongside Arab rebels.")
    event = next(event for event in reading.events if event.type == "armed_clash")
    assert not any("Arab" in words for words in fillers(reading, event, "target"))


def test_the_victim_of_a_passive_is_not_its_agent(reader: Reader) -> None:
    reading = read(reader, "Three soldiers were shot dead by gunmen in Quetta on Sunday.")
    event = next(event for event in reading.events if event.type == "shooting")
    assert not any("soldiers" in words for words in fillers(reading, event, "attacker"))
    assert any("gunmen" in words for words in fillers(reading, event, "attacker"))


def test_two_strikes_on_two_towns_are_two(reader: Reader) -> None:
    text = "Russian warplanes bombed a market in Idlib on Monday. On the same day Russian warplanes bombed a clinic in Hama."
    reading = read(reader, text)
    assert len([event for event in reading.events if event.type == "air_strike"]) == 2


def test_one_strike_told_twice_is_one_with_all_its_words(reader: Reader) -> None:
    text = (
        "Russian warplanes bombed a market in Idlib on Monday, residents said. The air strike in Idlib killed nine people, "
        "a doctor said."
    )
    reading = read(reader, text)
    events = [event for event in reading.events if event.type == "air_strike"]
    assert len(events) == 1
    assert len(events[0].evidence) == 2
    assert [t.quote for t in events[0].triggers][:1] == ["bombed"]


def test_history_is_background(reader: Reader) -> None:
    reading = read(reader, "Islamic State captured the city of Mosul in June 2014.")
    event = next(event for event in reading.events if event.type == "territory_gain")
    assert event.background
    assert event.reason is not None
    assert event.reason.kind == "background"


def test_words_between_nobody_are_no_event(reader: Reader) -> None:
    assert not [e for e in read(reader, "It was an agreement of sorts.").events if e.type == "agreement"]


def test_no_violence_in_a_report_of_sport(reader: Reader) -> None:
    text = "The visitors attacked from the start, shot wide twice and were punished when the striker fired home the winner."
    violent = {"shooting", "shelling", "air_strike", "bombing", "killing", "missile_strike"}
    assert not [event.type for event in read(reader, text).events if event.type in violent]


def test_a_denied_act_does_not_join_one_that_occurred(reader: Reader) -> None:
    """An event out of a denial is the worst fault that this reader can have."""
    text = (
        "Pentagon denies that ground troops fight in Sirte\n\n"
        "A spokeswoman rejected reports that American special forces had attacked an Islamic State position near the "
        "city. The parliament in Tobruk condemned the U.S. air strikes."
    )
    reading = read(reader, text)
    for event in reading.events:
        quotes = [trigger.quote for trigger in event.triggers]
        if "attacked" in quotes or "fight" in quotes:
            assert event.factuality in ("denied", "negated"), (event.type, quotes)
    attack = [event for event in reading.events if "attacked" in [t.quote for t in event.triggers]]
    assert attack == [] or attack[0].factuality == "denied"


BLAMED = [
    "Residents blamed the army for the air strike on Idlib.",
    "The air strike on Idlib was blamed on the army.",
    "The army was behind the air strike on Idlib, residents said.",
    "Residents accused the army of bombing Idlib from the air with warplanes.",
    "The army bears responsibility for the air strike on Idlib.",
]


@pytest.mark.parametrize("text", BLAMED)
def test_who_is_blamed_is_the_attacker_never_who_blames(reader: Reader, text: str) -> None:
    reading = read(reader, text)
    event = next(event for event in reading.events if event.type == "air_strike")
    attackers = fillers(reading, event, "attacker")
    assert any("army" in words.lower() for words in attackers)
    assert not any("esidents" in words for words in attackers)


def test_tellings_of_one_attack_are_one_event(reader: Reader) -> None:
    text = (
        "Rebel shelling killed 11 people in the town of Nawa on Monday, a monitor said.\n\n"
        "The attack also wounded 20 people. A doctor described the shelling as the worst in months."
    )
    attacks = [e for e in read(reader, text).events if e.type in ("shelling", "ground_attack", "killing")]
    assert [event.type for event in attacks] == ["shelling"]
    assert len(attacks[0].evidence) == 3


def test_a_second_attack_is_another_event(reader: Reader) -> None:
    text = "A car bomb killed four people in Kabul on Monday. A second car bomb wounded nine people in Herat on Sunday."
    assert len([e for e in read(reader, text).events if e.type == "bombing"]) == 2


def test_the_date_that_stands_alone_dates_what_follows(reader: Reader) -> None:
    reading = read(reader, "How the war went.\n\nMarch 2015\n\nRebels captured the city of Idlib.")
    event = next(event for event in reading.events if event.type == "territory_gain")
    assert event.time is not None
    assert (event.time.start, event.time.end) == ("2015-03-01", "2015-03-31")


def test_the_distance_of_a_town_is_not_its_place(reader: Reader) -> None:
    reading = read(reader, "Warplanes bombed the town of Jayrud, 60 kilometres from Damascus, on Saturday.")
    event = next(event for event in reading.events if event.type == "air_strike")
    places = {place.id: place.name for place in reading.places}
    assert event.place is not None
    assert places[event.place.id] == "Jayrud"


@pytest.mark.parametrize(
    "text",
    [
        "The senator attacked the inquiry as a waste of time.",
        "The crew finished shooting with a hand-held camera on Friday.",
        "The regulator told the platform to take down the post.",
    ],
)
def test_violent_verbs_meant_otherwise(reader: Reader, text: str) -> None:
    violent = {"ground_attack", "shooting", "territory_gain", "killing"}
    assert not [event.type for event in read(reader, text).events if event.type in violent]


PASSED = [
    ("The senator attacked the inquiry as a waste of time.", "ground_attack", "figurative"),
    ("The ceasefire of last year did not last.", "ceasefire", "no_actor"),
    ("Since 2011 more than 300,000 people have been killed.", "killing", "many"),
]


@pytest.mark.parametrize(("text", "kind", "reason"), PASSED)
def test_what_is_not_coded_is_listed_with_its_reason(reader: Reader, text: str, kind: str, reason: str) -> None:
    reading = read(reader, text)
    assert [event.type for event in reading.events if event.type == kind] == []
    assert [(p.type, p.reason) for p in reading.passed_over if p.type == kind] == [(kind, reason)]


def test_what_is_said_in_passing_is_a_claim_and_no_event(reader: Reader) -> None:
    text = (
        "Rebels shelled Nawa on Monday. Two houses burned. Three families left. The road was closed. A school was hit. "
        "Jordan accused Iran of arming the rebels."
    )
    reading = read(reader, text)
    assert "accusation" not in [event.type for event in reading.events]
    assert ("accusation", "said") in [(p.type, p.reason) for p in reading.passed_over]
    assert reading.claims


AUTHORS = [
    ("The president called the use of sarin by the army a red line.", "chemical_attack", "army"),
    (
        "The report condemns an attack which inspectors say came from government forces.",
        "ground_attack",
        "government forces",
    ),
    ("A gas attack believed to be by rebel fighters killed nine people in Marea.", "chemical_attack", "rebel fighters"),
    ("The army foiled an attempt by smugglers to attack the border post.", "ground_attack", "smugglers"),
]


@pytest.mark.parametrize(("text", "kind", "attacker"), AUTHORS)
def test_the_author_stands_with_the_deed(reader: Reader, text: str, kind: str, attacker: str) -> None:
    reading = read(reader, text)
    event = next(event for event in reading.events if event.type == kind)
    assert [words.lower() for words in fillers(reading, event, "attacker")] == [attacker]


def test_who_was_not_responsible_is_not_the_attacker(reader: Reader) -> None:
    reading = read(reader, "The air force was not responsible for the bombing of a relief convoy, a spokesman said.")
    event = next(event for event in reading.events if event.type == "bombing")
    assert fillers(reading, event, "attacker") == []
    assert any("convoy" in words for words in fillers(reading, event, "target"))


def test_two_authors_are_two_events(reader: Reader) -> None:
    reading = read(
        reader, "The army used chlorine in Idlib in 2014 and Islamic State used mustard gas in Marea in 2015."
    )
    events = [event for event in reading.events if event.type == "chemical_attack"]
    assert [fillers(reading, event, "attacker") for event in events] == [["army"], ["Islamic State"]]


def test_those_killed_in_air_strikes_did_not_carry_them_out(reader: Reader) -> None:
    reading = read(reader, "Scores of civilians killed in air strikes on Raqqa")
    event = next(event for event in reading.events if event.type == "air_strike")
    assert fillers(reading, event, "attacker") == []
    assert any("civilians" in words for words in fillers(reading, event, "victim"))


def test_what_a_court_tries_is_no_news_of_war(reader: Reader) -> None:
    reading = read(reader, "A judge sentenced the couple to life in prison for torturing their son.")
    assert "torture" not in [event.type for event in reading.events]
    assert ("torture", "said") in [(p.type, p.reason) for p in reading.passed_over]


def test_soldiers_tried_for_a_killing_are_still_told_of(reader: Reader) -> None:
    reading = read(reader, "A court jailed two men for killing 12 villagers in Saraqib in May.")
    assert "killing" in [event.type for event in reading.events]


def attackers(reader: Reader, text: str) -> list[str]:
    reading = read(reader, text)
    return [name for event in reading.events for name in fillers(reading, event, "attacker")]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Fighting went on in Syria. Syria air strikes killed four farmers in Idlib.", []),
        ("Syrian air strikes killed four farmers in Idlib.", ["Syria"]),
        ("The envoy warned of new U.S. missile strikes on Syria.", ["United States"]),
        ("Russia has been waging a bombing campaign in Syria.", ["Russia"]),
        ("The report pointed the finger at the militia for three chlorine attacks in Hama.", ["militia"]),
        ("Ten soldiers were killed in clashes with Daesh near Palmyra.", ["Islamic State"]),
        ("Mortars fired from a rebel-held district hit a school in Aleppo.", ["rebel"]),
        ("No group has claimed the bombing of the market in Taiz.", []),
        ("A car bomb exploded on the bridge. No individual or group claimed responsibility for the attack.", []),
        ("Six farmers killed 22 injured in rebel attacks in Taiz", ["rebel"]),
        ("A convoy attack in Taiz threatens the truce.", []),
        (
            "Russian jets bombed a village near Damascus. Russian guns were seen. Regime forces shelled a road in Damascus.",
            ["Military of Russia", "Military of Syria"],
        ),
    ],
)
def test_who_did_it_by_the_words_around(reader: Reader, text: str, who: list[str]) -> None:
    assert attackers(reader, text) == who


def test_the_tolls_and_crackdowns_of_a_war_are_no_events_of_one_day(reader: Reader) -> None:
    text = (
        "The envoy spoke in Geneva on Monday. More than 300,000 people have been killed and millions displaced since the "
        "war began in Syria in 2011. The government cracked down on protesters in Syria in 2011."
    )
    reading = read(reader, text)
    assert {event.type for event in reading.events} <= {"protest"}
    reasons = {passed.trigger.quote: passed.reason for passed in reading.passed_over}
    assert reasons["displaced"] == "many"
    assert reasons["cracked down"] == "many"


def test_the_use_of_a_weapon_told_of_nowhere_and_never_is_no_attack(reader: Reader) -> None:
    text = "The envoy spoke in Geneva on Monday. He was tired. Both sides have accused the other of using poison gas."
    assert [event.type for event in read(reader, text).events if event.type == "chemical_attack"] == []


def test_the_date_of_the_page_dates_an_event_only_where_no_other_does(reader: Reader) -> None:
    alone = read(
        reader, "Jets bomb market in Idlib\n\nPublished August 2 2016. Jets bombed a market in Idlib, a doctor said."
    )
    (event,) = alone.events
    assert event.time is None or event.time.basis == "published"
    dated = read(
        reader,
        "Jets bomb market in Idlib\n\nPublished August 2 2016. Jets bombed a market in Idlib on Monday, a doctor said.",
    )
    (event,) = dated.events
    assert event.time is not None
    assert event.time.start == "2016-08-01"


def test_bombs_of_a_headline_are_no_attackers(reader: Reader) -> None:
    reading = read(reader, "Twin Car Bombs in Kabul Kill 32 People. The bombs went off on Monday, police said.")
    assert reading.events
    assert not [words for event in reading.events for words in fillers(reading, event, "attacker") if "Bombs" in words]


def test_who_blows_himself_up_is_not_his_own_target(reader: Reader) -> None:
    reading = read(reader, "A suicide bomber blew himself up in front of a school in Kabul on Monday.")
    event = next(event for event in reading.events if event.type == "suicide_bombing")
    assert [words.lower() for words in fillers(reading, event, "attacker")] == ["suicide bomber"]
    assert not fillers(reading, event, "target")


def test_who_issues_a_declaration_demands_what_it_demands(reader: Reader) -> None:
    reading = read(reader, "The Kurdistan Workers' Party issued a declaration demanding that Turkey free its leader.")
    demands = [event for event in reading.events if event.type == "demand"]
    assert [fillers(reading, event, "demander") for event in demands] == [["Kurdistan Workers' Party"]]


def test_a_refusal_is_directed_at_those_whose_plan_it_is(reader: Reader) -> None:
    reading = read(reader, "Serbia rejected an Australian ultimatum over the consulate of Yugoslavia on Thursday.")
    refusals = [event for event in reading.events if event.type == "refusal"]
    assert [fillers(reading, event, "recipient") for event in refusals] == [["Australia"]]


def test_both_of_two_that_are_addressed_are_named(reader: Reader) -> None:
    reading = read(reader, "Pakistan threatened to break off relations with Benin and Costa Rica.")
    threats = [event for event in reading.events if event.type == "threat"]
    assert [fillers(reading, event, "threatened", "target", "recipient") for event in threats] == [
        ["Benin", "Costa Rica"]
    ]


def test_what_each_side_did_is_an_event_of_its_own(reader: Reader) -> None:
    text = (
        "Government forces pounded rebel positions with aerial bombardment on Monday. "
        "Rebels attacked the army base near Aleppo the same day."
    )
    found = {event.type: fillers(read(reader, text), event, "attacker") for event in read(reader, text).events}
    assert found == {"air_strike": ["Government forces"], "ground_attack": ["rebel"]}


def test_fire_that_attackers_met_is_part_of_their_battle(reader: Reader) -> None:
    text = (
        "At least 34 fighters of the unity government were killed and 100 wounded on Tuesday when they attacked a camp in "
        "Sirte. The fighters came under sniper fire at dawn."
    )
    reading = read(reader, text)
    assert [event.type for event in reading.events] == ["ground_attack"]
    assert "sniper" not in fillers(reading, reading.events[0], "attacker")
    assert len(reading.events[0].evidence) == 2


def test_who_comes_under_fire_is_hit(reader: Reader) -> None:
    reading = read(reader, "Peacekeepers came under fire near the airport in Goma on Sunday.")
    (event,) = reading.events
    assert fillers(reading, event, "attacker") == []
    assert fillers(reading, event, "target", "victim") == ["Peacekeepers"]


def test_a_battle_and_the_attack_in_it_are_one(reader: Reader) -> None:
    text = (
        "Eighteen fighters were killed in Sunday's fighting in Sirte. "
        "The Misrata brigades attacked the last districts of Sirte on Sunday."
    )
    assert [event.type for event in read(reader, text).events] == ["armed_clash"]


def test_people_killed_and_wounded_are_nobody_who_kills(reader: Reader) -> None:
    text = "At least 100 people killed and over 400 wounded mostly women and children in the town of Idlib."
    reading = read(reader, text)
    assert [fillers(reading, event, "attacker") for event in reading.events] == [[]]


def test_jets_that_hit_a_town_are_an_air_strike(reader: Reader) -> None:
    assert [event.type for event in read(reader, "Syrian and Russian jets hit Idlib.").events] == ["air_strike"]
