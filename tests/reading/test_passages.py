"""Passages: headlines, furniture, repeats; truecasing that keeps every offset."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitrep.reading.passages import find_passages
from sitrep.reading.truecase import habits, recase


def kinds(text: str) -> list[tuple[str, str]]:
    return [(p.kind, text[p.start : p.end]) for p in find_passages(text)]


def test_a_headline_said_again_in_the_text_is_read_once() -> None:
    line = "Rebels take bridge in northern town"
    text = f"{line}\n\nRebels took a bridge on Monday, officials said. Two died.\n\n{line}\n\nThe army left."
    assert [kind for kind, _ in kinds(text)] == ["headline", "body", "repeat", "body"]


def test_page_furniture_is_not_read() -> None:
    text = (
        "Shells hit market\n\nBy Ana Example\n\nShells hit a market on Monday, police said. Nobody was hurt.\n\n"
        "Read more: ten recipes\n\nShare this\n\nPhoto: the market on Monday\n\n© The Daily. All rights reserved."
    )
    assert [kind for kind, _ in kinds(text)] == [
        "headline", "byline", "body", "boilerplate", "boilerplate", "caption", "boilerplate",
    ]  # fmt: skip


def test_lines_wrapped_by_a_machine_are_one_paragraph() -> None:
    text = (
        "GUERRILLAS ATTACKED A FARM NEAR THE COAST ON SUNDAY, THE ARMY SAID IN A\n"
        "COMMUNIQUE ISSUED TODAY IN THE CAPITAL, WHERE THE PRESIDENT HAS BEEN\n"
        "STAYING SINCE FRIDAY WITH HIS FAMILY AND A NUMBER OF THE MINISTERS OF\n"
        "HIS CABINET.\n\n"
        "THE ARMY ADDED THAT NOBODY WAS HURT IN THE ATTACK ON THE FARM, WHICH IS\n"
        "OWNED BY THE STATE AND LIES ON THE ROAD TO THE HARBOUR OF THE PROVINCE.\n"
    )
    assert len(kinds(text)) == 2


@given(st.text(max_size=300))
def test_passages_are_ordered_and_leave_out_only_white_space(text: str) -> None:
    at = 0
    for passage in find_passages(text):
        assert at <= passage.start < passage.end <= len(text)
        assert not text[at : passage.start].strip()
        at = passage.end
    assert not text[at:].strip()


@given(st.text(max_size=300))
def test_recasing_never_moves_an_offset(text: str) -> None:
    assert len(recase(text, habits(text))) == len(text)


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("GUERRILLAS ATTACKED THE FARM NEAR SANTA CRUZ ON FRIDAY", "guerrillas attacked the Farm near Santa Cruz on"),
        ("Troops Launch Airstrikes Against Rebels in Homs", "Troops"),
    ],
)
def test_shouting_is_lowered(text: str, want: str) -> None:
    assert recase(text).lower() == text.lower()
    assert recase(text).startswith(want[:10])


def test_a_title_in_capitals_keeps_the_names_of_the_running_text() -> None:
    body = (
        "The attack on the town by Islamic State was launched at dawn, and airstrikes against the town followed it, said a "
        "man whose house was hit. The fighters of Islamic State left the town at noon and the airstrikes went on until night."
    )
    assert recase("Army Launches Airstrikes Against Islamic State", habits(body)) == (
        "Army launches airstrikes against Islamic State"
    )
