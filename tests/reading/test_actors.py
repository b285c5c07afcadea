"""Actors: one actor for all the words that mean them, and none for words that mean somebody else."""

from __future__ import annotations

import pytest
from tests.conftest import make_report

from sitrep.model import Actor, Reading
from sitrep.reading.reader import Reader


def read(reader: Reader, text: str) -> Reading:
    return reader.read(make_report(text))


def who(reading: Reading, words: str) -> Actor | None:
    """The actor whose mention is, or holds, these words (the smallest such mention)."""
    mentions = [m for m in reading.mentions if words in m.evidence[0].quote]
    for mention in sorted(mentions, key=lambda m: len(m.evidence[0].quote)):
        for actor in reading.actors:
            if mention.id in actor.mentions:
                return actor
    return None


def test_the_names_of_islamic_state_are_one_actor(reader: Reader) -> None:
    text = (
        "Islamic State seized a village on Monday. ISIL said its fighters held the road. Troops later attacked ISIS there, "
        "and the extremist group left."
    )
    reading = read(reader, text)
    found = {
        actor.id for words in ("Islamic State", "ISIL", "ISIS", "the extremist group") if (actor := who(reading, words))
    }
    assert len(found) == 1


@pytest.mark.parametrize(
    ("text", "words", "link"),
    [
        ("Syrian troops shelled the town.", "Syrian troops", "SYR:MIL"),
        ("Libya's army advanced.", "army", "LBY:MIL"),
        ("U.S. aircraft struck a convoy.", "U.S. aircraft", "USA:MIL"),
        ("The Iraqi government condemned the raid.", "Iraqi government", "IRQ:GOV"),
        ("Turkey condemned the raid.", "Turkey", "TUR"),
    ],
)
def test_bodies_of_states(reader: Reader, text: str, words: str, link: str) -> None:
    actor = who(read(reader, text), words)
    assert actor is not None
    assert actor.link is not None
    assert actor.link.id == link


def test_forces_loyal_to_a_general_are_neither_the_state_nor_the_general(reader: Reader) -> None:
    reading = read(reader, "Libyan forces loyal to General Khalifa Haftar attacked the port on Sunday.")
    actor = who(reading, "Libyan forces loyal")
    assert actor is not None
    assert actor.kind == "militia"
    assert actor.link is None


def test_rebels_of_a_country_are_not_its_state(reader: Reader) -> None:
    actor = who(read(reader, "Syrian rebels shelled the airport."), "Syrian rebels")
    assert actor is not None
    assert actor.kind == "armed_group"
    assert actor.countries == ("SYR",)
    assert actor.link is None


def test_a_person_keeps_one_actor_through_title_surname_and_pronoun(reader: Reader) -> None:
    text = "Colonel Ahmed Example led the raid, officials said. Mr. Example denied it. He said he had been abroad."
    reading = read(reader, text)
    person = who(reading, "Ahmed Example")
    assert person is not None
    assert person.kind == "person"
    quotes = [m.evidence[0].quote for m in reading.mentions if m.id in person.mentions]
    assert len(quotes) >= 3
    assert any(quote in ("He", "he") for quote in quotes)


def test_an_acronym_defined_in_the_text(reader: Reader) -> None:
    text = "The Northern Valley Defence Front (NVDF) attacked a post on Monday. NVDF fighters then withdrew."
    reading = read(reader, text)
    one, two = who(reading, "Northern Valley Defence Front"), who(reading, "NVDF")
    assert one is not None
    assert two is not None
    assert one.id == two.id


def test_a_country_where_things_happen_is_a_place_and_not_an_actor(reader: Reader) -> None:
    reading = read(reader, "A bomb exploded in Turkey on Monday.")
    assert [actor.name for actor in reading.actors if actor.kind == "state"] == []


def test_a_role_is_dated_to_its_words(reader: Reader) -> None:
    reading = read(reader, "Pentagon spokesman Jim Example said the raid was over.")
    person = who(reading, "Jim Example")
    assert person is not None
    assert [role.title for role in person.roles] == ["spokesman"]


def test_they_are_those_of_the_main_clause(reader: Reader) -> None:
    text = (
        "Brigades from the coast launched an offensive in May to retake Sirte, which Islamic State seized in 2015. "
        "They captured the port on Monday."
    )
    reading = read(reader, text)
    they, brigades = who(reading, "They"), who(reading, "Brigades")
    assert they is not None
    assert brigades is not None
    assert they.id == brigades.id


def test_the_country_after_a_city_is_no_actor(reader: Reader) -> None:
    reading = read(
        reader, "The virus was first seen in December in Wuhan, China. Doctors said it had killed three people."
    )
    assert [actor.name for actor in reading.actors if actor.kind == "state"] == []


def test_a_group_and_the_name_beside_it_are_one_and_so_is_the_pronoun_after_them(reader):
    reading = reader.read(make_report("The rebel group Jaish al-Islam said it had shot down a plane near Hama."))
    (event,) = [event for event in reading.events if event.type == "downing"]
    actors = {actor.id: actor.name for actor in reading.actors}
    assert [actors[a.actor] for a in event.arguments if a.role == "attacker"] == ["Jaysh al-Islam"]


def test_a_date_in_a_name_is_no_date(reader):
    reading = reader.read(make_report("The March 23 Movement seized the town of Rutshuru on Monday."))
    assert [timex.evidence[0].quote for timex in reading.timexes] == ["Monday"]
    assert "March 23 Movement" in [actor.name for actor in reading.actors]


@pytest.mark.parametrize(
    ("text", "words", "link"),
    [
        ("Israeli tanks fired four shells at the camp.", "Israeli tanks", "ISR:MIL"),
        ("Turkish artillery shelled Afrin.", "Turkish artillery", "TUR:MIL"),
        ("Government planes bombed the Syrian town of Saraqib in northern Syria.", "Government planes", "SYR:MIL"),
    ],
)
def test_machines_of_war_act_for_their_owner(reader: Reader, text: str, words: str, link: str) -> None:
    reading = read(reader, text)
    actor = who(reading, words)
    assert actor is not None
    assert actor.link is not None
    assert actor.link.id == link
    attackers = [a.actor for event in reading.events for a in event.arguments if a.role == "attacker"]
    assert attackers == [actor.id]


def test_rebel_tanks_are_the_rebels(reader: Reader) -> None:
    reading = read(reader, "Rebel tanks shelled the bridge in Hama. The rebels then withdrew.")
    tanks = who(reading, "Rebel tanks")
    assert tanks is not None
    assert tanks.kind == "armed_group"
    assert tanks == who(reading, "rebels")


@pytest.mark.parametrize(
    ("text", "words", "countries"),
    [
        ("Georgian President Eduard Shevardnadze met the envoy.", "Shevardnadze", ("GEO",)),
        ("The Albanians of southern Serbia demand autonomy.", "Albanians", ("SRB",)),
        ("Iraqi Kurds sought refuge in Germany.", "Kurds", ("IRQ",)),
        ("The Turkish and Greek sides agreed on a list.", "sides", ("TUR", "GRC")),
        ("The envoy met leaders of Romania's new government.", "leaders", ("ROU",)),
    ],
)
def test_whose_people_they_are(reader: Reader, text: str, words: str, countries: tuple[str, ...]) -> None:
    actor = who(read(reader, text), words)
    assert actor is not None
    assert actor.countries[: len(countries)] == countries
