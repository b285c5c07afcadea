"""CAMEO and GDELT tables, and MUC templates: their columns, their codes, and what each leaves out."""

from __future__ import annotations

import io
import re

import msgspec
import pytest
from tests.fixtures.readings import failed, rich
from tests.fixtures.strikes import APPROVAL, CLASH, JETS, REQUEST, STRIKE, TANK, event, reading, side

from sitrep.export import cameo, gdelt_mentions, muc
from sitrep.export._cells import LeftOut, Row
from sitrep.model import Claim, Reason, Speaker
from sitrep.ontology.codebooks import load_cameo
from sitrep.ontology.load import load_ontology

REPORT = reading(REQUEST, APPROVAL, STRIKE, TANK, CLASH, JETS)


def written(module, *readings):
    out = io.BytesIO()
    return module.write(readings, out), out.getvalue().decode()


def coded(module, whole):
    found = list(module.code(whole))
    return [row for row in found if isinstance(row, Row)], [row for row in found if isinstance(row, LeftOut)]


def test_every_code_of_the_crosswalk_has_its_name_and_score():
    codes = load_cameo()
    assert {kind.crosswalk.cameo for kind in load_ontology().events.values()} - {None} <= set(codes)
    assert all(re.fullmatch(r"\d{3,4}", code) and one.name for code, one in codes.items())


def test_cameo_rows_are_pairs_in_the_columns_of_icews():
    rows, missed = coded(cameo, REPORT)
    count, text = written(cameo, REPORT, failed())
    lines = [line.split("\t") for line in text.splitlines()]
    assert lines[0] == list(cameo.COLUMNS)
    assert len(cameo.COLUMNS) == 20
    assert count == len(rows) == len(lines) - 1
    strike = next(row for row in rows if row.events == ("e3",)).cells
    assert (strike["CAMEO Code"].value, strike["Event Text"].value) == ("195", "Employ aerial weapons")
    assert (strike["Intensity"].value, strike["Sentence Number"].value) == (-10.0, 1)
    assert (strike["Source Name"].value, strike["Source Country"].value) == (
        "Military of United States",
        "United States",
    )
    assert (strike["Target Name"].value, strike["Target Country"].value) == (
        "Islamic State",
        "Transnational armed group",
    )
    assert strike["Target Sectors"].value == "Rebels"
    request = next(row for row in rows if row.events == ("e1",)).cells
    assert (request["CAMEO Code"].value, request["Target Name"].value) == ("020", "Military of United States")
    assert {one.event: one.reason for one in missed}[
        "e2"
    ] == "nobody is named to whom it is done, and CAMEO asks for both sides"


@pytest.mark.parametrize(
    ("factuality", "kind", "expected"),
    [("threatened", "air_strike", "138"), ("planned", "military_support", "0332"), ("planned", "withdrawal", "035")],
)
def test_what_did_not_take_place_is_coded_as_words_about_it(factuality, kind, expected):
    roles = ("provider", "recipient") if kind == "military_support" else ("attacker", "target")
    roles = ("mover", "recipient") if kind == "withdrawal" else roles
    told = event("e1", kind, "struck", side(roles[0], "American aircraft", "a1"), side(roles[1], "Islamic State", "a2"))
    told = msgspec.structs.replace(told, factuality=factuality, reason=Reason(kind="plan", evidence=()))
    rows, _ = coded(cameo, reading(told))
    assert [row.cells["CAMEO Code"].value for row in rows] == [expected]
    assert "only for what took place" in rows[0].cells["CAMEO Code"].rejected


def test_gdelt_mentions_point_into_the_text():
    count, text = written(gdelt_mentions, rich(), REPORT)
    lines = [line.split("\t") for line in text.splitlines()]
    assert count == len(lines)
    assert {len(line) for line in lines} == {16}
    whole = rich()
    own = [line for line in lines if line[4] == "Harbour Gazette"]
    first = dict(zip(gdelt_mentions.COLUMNS, own[1], strict=True))
    assert whole.report.text[int(first["ActionCharOffset"]) :].startswith("struck")
    assert whole.report.text[int(first["Actor1CharOffset"]) :].startswith("Government jets")
    assert (first["EventTimeDate"], first["MentionTimeDate"]) == ("20160808000000", "20160809000000")
    assert (first["MentionType"], first["Confidence"], first["InRawText"]) == ("2", "90", "1")
    assert first["MentionDocLen"] == str(len(whole.report.text))
    # one event has one number over all its mentions, and nobody is -1
    assert len({line[0] for line in own}) == len(whole.events)
    assert any(line[7] == "-1" for line in own)


def test_muc_templates_have_25_slots_in_the_words_of_the_report():
    whole = rich()
    count, text = written(muc, whole, REPORT)
    assert count == 6
    assert len(muc.COLUMNS) == 25
    first = text.split("\n\n")[0].splitlines()
    assert [line.split(".")[0] for line in first if line[0].isdigit()] == [str(number) for number in range(25)]
    rows, missed = coded(muc, whole)
    strike = {name: cell.value for name, cell in rows[0].cells.items()}
    assert strike["INCIDENT: TYPE"] == "BOMBING"
    assert strike["INCIDENT: DATE"] == "08 AUG 16"
    assert strike["INCIDENT: LOCATION"] == "LIBYA: NUQAT AL KHAMS: ZAWARA"
    assert strike["INCIDENT: STAGE OF EXECUTION"] == "ACCOMPLISHED"
    assert strike["INCIDENT: INSTRUMENT TYPE"] == "AERIAL BOMB"
    assert strike["PERP: ORGANIZATION ID"] == '"LIBYAN ARMY"'
    assert strike["PERP: ORGANIZATION CONFIDENCE"] == "CLAIMED OR ADMITTED"
    assert strike["PERP: INCIDENT CATEGORY"] == "STATE-SPONSORED VIOLENCE"
    assert strike["PHYS TGT: ID"] == '"AN ARMS DEPOT"'
    assert strike["HUM TGT: DESCRIPTION"] == '"AT LEAST 12 FIGHTERS"'
    assert (strike["HUM TGT: NUMBER"], strike["HUM TGT: EFFECT OF INCIDENT"]) == ("12", "DEATH")
    assert {one.event: one.reason for one in missed} == {
        "e2": "MUC-4 has no incident of this type",
        "e3": "it did not happen (denied)",
        "e5": "MUC-4 has no incident of this type",
    }
    assert rows[1].cells["INCIDENT: STAGE OF EXECUTION"].value == "THREATENED"


def test_muc_says_how_sure_it_is_who_did_it():
    def sure(stance, speaker):
        claim = Claim(id="k1", speaker=Speaker(actor=speaker, evidence=()) if speaker else None, cue=(), content=(),
                      kind="indirect", stance=stance, about=("e3",))  # fmt: skip
        told = msgspec.structs.replace(STRIKE, claims=("k1",))
        whole = msgspec.structs.replace(reading(told), claims=(claim,))
        return coded(muc, whole)[0][0].cells["PERP: ORGANIZATION CONFIDENCE"].value

    assert coded(muc, reading(STRIKE))[0][0].cells["PERP: ORGANIZATION CONFIDENCE"].value == "REPORTED AS FACT"
    assert sure("confirms", "a1") == "CLAIMED OR ADMITTED"
    assert sure("denies", "a1") == "ACQUITTED"
    assert sure("accuses", "a3") == "SUSPECTED OR ACCUSED BY AUTHORITIES"
    assert sure("asserts", "a2") == "POSSIBLE"
