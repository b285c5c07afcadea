"""Judgements correct a record, are found again after a re-reading, and leave the machine's reading alone."""

from __future__ import annotations

from typing import get_args, get_type_hints

import msgspec
import pytest
from tests.fixtures.readings import TEXT, Words, rich

from sitrep.judge.apply import apply, in_force, sensitive_names, veils
from sitrep.judge.find import ref_of
from sitrep.judge.hide import BAR, hide
from sitrep.model import (
    ActorChoice,
    AddArgument,
    AddEvent,
    AddFigure,
    Anchor,
    DropArgument,
    Judgement,
    Merge,
    PlaceChoice,
    Reject,
    Sensitive,
    SetActor,
    SetDate,
    SetFactuality,
    SetFigure,
    SetIdentity,
    SetPlace,
    SetRole,
    SetStance,
    SetType,
    SplitActor,
    SplitEvent,
    SplitMention,
    Target,
    Undo,
    Veil,
)  # fmt: skip
from sitrep.model.codec import encode

w = Words(TEXT)


def words_of(reading, layer, name):
    from sitrep.judge.draft import Draft

    draft = Draft(reading)
    return draft.words_of(layer, draft.layers[layer][name]) if layer in draft.layers else ()


def judge(layer, name, correction, *, number=[0], user="ana", hand="first", reading=None):  # noqa: B006 - a counter
    number[0] += 1
    reading = reading or rich()
    return Judgement(
        id=f"j{number[0]}",
        target=Target(layer=layer, id=name, report="zawara.txt", words=words_of(reading, layer, name)),
        correction=correction,
        user=user,
        at=f"2026-01-01T00:00:00.{number[0]:06}+00:00",
        reason="as the text says",
        hand=hand,
    )


def event(reading, name="e1"):
    return next(event for event in reading.events if event.id == name)


TARGET = ref_of(rich().events[0].arguments[1])


@pytest.mark.parametrize(
    ("layer", "name", "correction", "before", "after"),
    [
        ("events", "e1", SetType(type="shelling"), "air_strike", "shelling"),
        ("events", "e3", SetFactuality(factuality="occurred"), "denied", "occurred"),
        ("events", "e1", SetRole(argument=TARGET, role="victim"), "target: an arms depot", "victim: an arms depot"),
        ("events", "e1", SetActor(argument=TARGET, actor=ActorChoice(name="Dawn Brigade", id="a2")), "an arms depot", "Dawn Brigade"),
        ("events", "e1", SetActor(argument=TARGET, actor=ActorChoice(name="Unknown Depot Guard")), "an arms depot", "Unknown Depot Guard"),
        ("events", "e1", AddArgument(role="victim", words=(w("12 fighters"),), actor=None), None, "12 fighters"),
        ("events", "e1", DropArgument(argument=TARGET), "an arms depot", None),
        ("events", "e1", SetPlace(place=PlaceChoice(name="Benghazi", geonames=88319)), "Zawara, Nuqat al Khams, LBY", "Benghazi, Benghazi, LBY"),
        ("events", "e1", SetPlace(place=PlaceChoice(name="the depot", lat=32.9, lon=12.1)), "Zawara, Nuqat al Khams, LBY", "the depot, 32.9000,12.1000"),
        ("events", "e1", SetPlace(place=None), "Zawara, Nuqat al Khams, LBY", None),
        ("places", "p3", SetPlace(place=PlaceChoice(name="the hills", kind="natural", lat=32.8, lon=12.0)), "the hills", "the hills, 32.8000,12.0000"),
        ("events", "e1", SetDate(start="2016-08-07", end="2016-08-08", precision="range"), "2016-08-08", "2016-08-07/2016-08-08"),
        ("events", "e1", SetDate(start=None, end=None, precision="unknown"), "2016-08-08", None),
        ("quantities", "q1", SetFigure(figure="killed", low=12, best=13, high=14), "killed 12/12/?", "killed 12/13/14"),
        ("events", "e2", AddFigure(words=(w("at least 12"),), figure="killed", low=12, best=12, high=None), None, "killed 12/12/?"),
        ("claims", "k1", SetStance(stance="denies"), "asserts", "denies"),
        ("claims", "k3", SetActor(argument=None, actor=ActorChoice(name="Dawn Brigade", id="a2")), "its spokesman", "Dawn Brigade"),
        ("actors", "a2", SetIdentity(name="Dawn Brigade of Zawara", actor_kind="militia", link=None), "Dawn Brigade", "Dawn Brigade of Zawara"),
        ("events", "e4", Reject(), "attack", None),
        ("quantities", "q1", Reject(), "at least 12 fighters", None),
        ("reports", "zawara.txt", AddEvent(id="ejudged", type="siege", words=(w("raids"),), factuality="ongoing"), None, "siege “raids”"),
    ],
)  # fmt: skip
def test_each_correction_changes_what_it_says_and_the_change_is_told(layer, name, correction, before, after):
    reading = rich()
    line = encode(reading)
    corrected = apply(reading, [judge(layer, name, correction)])
    assert [(change.status, change.before, change.after) for change in corrected.changes] == [
        ("applied", before, after)
    ]
    assert corrected.reading != reading
    assert encode(reading) == line
    # the corrected record is a valid record
    assert msgspec.json.decode(encode(corrected.reading), type=type(reading)) == corrected.reading


def test_what_is_rejected_is_referred_to_no_more():
    for layer in ("actors", "places", "timexes", "quantities", "claims", "events", "mentions", "relations"):
        for record in getattr(rich(), layer):
            reading = apply(rich(), [judge(layer, record.id, Reject())]).reading
            assert f'"{record.id}"' not in encode(reading).decode(), (layer, record.id)
    # the words of somebody who is nobody stay
    reading = apply(rich(), [judge("actors", "a1", Reject())]).reading
    assert event(reading).arguments[0].text == "Government jets"


def test_every_layer_whose_records_have_ids_can_be_judged():
    from sitrep.judge.draft import NAMED
    from sitrep.model import LAYERS, Reading

    hints = get_type_hints(Reading)
    with_id = {name for name in LAYERS if "id" in get_args(hints[name])[0].__struct_fields__}
    assert set(NAMED) == with_id


def test_undo_takes_back_and_undoing_the_undo_brings_back():
    change = judge("events", "e1", SetType(type="shelling"))
    undo = judge("events", "e1", Undo(judgement=change.id))
    again = judge("events", "e1", Undo(judgement=undo.id))
    assert apply(rich(), [change, undo]).reading == rich()
    assert event(apply(rich(), [change, undo, again]).reading).type == "shelling"
    assert in_force([change, undo, again]) == [change]


def test_the_later_judgement_wins():
    first, second = (judge("events", "e1", SetType(type=kind)) for kind in ("shelling", "bombing"))
    assert event(apply(rich(), [first, second]).reading).type == "bombing"


def test_a_second_coders_judgements_are_kept_apart():
    own = judge("events", "e1", SetType(type="shelling"), user="ben", hand="second")
    assert apply(rich(), [own]).reading == rich()
    assert event(apply(rich(), [own], coder="ben").reading).type == "shelling"


def renamed(reading):
    """The reading as another version of a stage would name its records."""
    line = encode(reading).decode()
    for prefix, numbers in (("e", 5), ("m", 13), ("a", 4), ("q", 2), ("k", 4)):
        for number in range(numbers, 0, -1):
            line = line.replace(f'"{prefix}{number}"', f'"{prefix}{number}x"')
    return msgspec.json.decode(line, type=type(reading))


def test_judgements_find_their_words_after_a_re_reading():
    judged = [
        judge("events", "e1", SetType(type="shelling")),
        judge("quantities", "q1", SetFigure(figure="killed", low=1, best=1, high=1)),
        judge("actors", "a2", SetIdentity(name="Brigade", actor_kind="militia", link=None)),
    ]
    corrected = apply(renamed(rich()), judged)
    assert {change.status for change in corrected.changes} == {"applied"}
    assert event(corrected.reading, "e1x").type == "shelling"


def shifted(reading, by="Update. "):
    """The reading of a text that begins with other words."""
    plain = msgspec.to_builtins(reading)

    def shift(value):
        if isinstance(value, list | tuple):
            return [shift(part) for part in value]
        if isinstance(value, dict):
            moved = {name: shift(part) for name, part in value.items()}
            if isinstance(value.get("start"), int):
                moved["start"], moved["end"] = value["start"] + len(by), value["end"] + len(by)
            return moved
        return value

    plain = shift(plain)
    plain["report"]["text"] = by + reading.report.text
    return renamed(msgspec.convert(plain, type(reading)))


def test_where_words_moved_the_judgement_is_flagged_and_where_they_are_gone_it_is_lost():
    change = judge("events", "e1", SetType(type="shelling"))
    added = judge("reports", "zawara.txt", AddEvent(id="en", type="siege", words=(w("raids"),), factuality="ongoing"))
    corrected = apply(shifted(rich()), [change, added])
    assert [entry.status for entry in corrected.changes] == ["moved", "moved"]
    assert event(corrected.reading, "e1x").type == "shelling"
    assert event(corrected.reading, "en").trigger.quote == "raids"
    without = msgspec.structs.replace(renamed(rich()), events=(), decisions=(), claims=())
    assert [entry.status for entry in apply(without, [change]).changes] == ["lost"]


def anchor(layer, name):
    return Anchor(id=name, words=words_of(rich(), layer, name))


def test_merging_and_splitting():
    reading = apply(rich(), [judge("actors", "a2", Merge(others=(anchor("actors", "a1"),)))]).reading
    assert [actor.id for actor in reading.actors] == ["a2", "a3", "a4"]
    assert event(reading).arguments[0].actor == "a2"
    assert "Libyan Army" in reading.actors[0].aliases

    reading = apply(
        rich(), [judge("actors", "a1", SplitActor(id="anew", mentions=(anchor("mentions", "m13"),)))]
    ).reading
    assert [actor.name for actor in reading.actors if actor.id == "anew"] == ["the army"]
    assert reading.claims[0].speaker.actor == "anew"
    assert event(reading).arguments[0].actor == "a1"

    reading = apply(rich(), [judge("events", "e1", Merge(others=(anchor("events", "e2"),)))]).reading
    assert {part.quote for part in event(reading).triggers} == {"hit", "struck", "approved"}
    assert reading.decisions[0].steps[1].event == "e1"

    reading = apply(rich(), [judge("events", "e1", SplitEvent(id="enew", triggers=(w("hit"),)))]).reading
    assert (event(reading).trigger.quote, event(reading, "enew").trigger.quote) == ("struck", "hit")
    assert event(reading).quantities == ("q1",)
    assert event(reading, "enew").quantities == ()

    at = w("Adel Mansour").start + len("Adel ")
    reading = apply(rich(), [judge("mentions", "m4", SplitMention(at=at))]).reading
    parts = [m for m in reading.mentions if m.id in next(a for a in reading.actors if a.id == "a4").mentions]
    assert [part.evidence[0].quote for part in parts] == ["Adel", "Mansour"]
    back = Merge(others=(Anchor(id=parts[1].id, words=parts[1].evidence),))
    reading = apply(reading, [judge("mentions", "m4", back)]).reading
    assert next(m for m in reading.mentions if m.id == "m4").evidence[0].quote == "Adel Mansour"


def test_a_split_that_would_leave_nothing_is_lost():
    every = tuple(anchor("mentions", name) for name in ("m1", "m13"))
    corrected = apply(rich(), [judge("actors", "a1", SplitActor(id="anew", mentions=every))])
    assert corrected.changes[0].status == "lost"
    assert corrected.reading == rich()


def test_sensitive_names_are_barred_everywhere_and_every_offset_holds():
    names = ("Salem Omar", "omar")
    mark = judge("actors", "a3", Sensitive(names=names, on=True))
    assert sensitive_names([mark]) == names
    assert sensitive_names([mark, judge("actors", "a3", Sensitive(names=names, on=False))]) == ()
    hidden = hide(rich(), names)
    line = encode(hidden).decode()
    assert "Omar" not in line
    assert hidden.actors[2].name == f"{BAR * 5} {BAR * 4}"
    assert len(hidden.report.text) == len(TEXT)
    assert hide(rich(), ("Nobody Known",)) is not None
    assert "Zawara" in line


def test_veils_cover_and_lift():
    words = (w("burnt-out truck"),)
    on, off = (judge("reports", "zawara.txt", Veil(words=words, on=on)) for on in (True, False))
    assert veils([on]) == [(on.id, words)]
    assert veils([on, off]) == []
