"""Situation reports and snapshots: what is on the page, that nothing on it runs, and that hashes hold."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile

import msgspec
import pypdf
from tests.fixtures.readings import failed, rich
from tests.fixtures.strikes import CLASH, STRIKE, reading

from sitrep.export import datapackage, html, pdf
from sitrep.export._brief import Map, brief, toll
from sitrep.export._sheets import sheets


def written(module, *readings, **options):
    out = io.BytesIO()
    return module.write(readings, out, **options), out


def test_the_page_has_map_timeline_table_and_words():
    count, out = written(html, rich(), reading(STRIKE, CLASH), failed(), title="Coast, week 32", dated="2016-08-10")
    page = out.getvalue().decode()
    assert count == 7
    assert "<h1>Coast, week 32</h1>" in page
    assert "2016-08-10 · 4 events of 2016-08-01 to 2016-08-08, from 2 reports" in page
    assert page.count("<svg") == 2
    assert page.count("<circle") == 2
    days = brief([rich(), reading(STRIKE)], "x", None).days
    assert [sum(kinds.values()) for _, kinds in days] == [1, 0, 0, 0, 0, 0, 0, 1]
    assert "<title>Zawara: Air strike</title>" in page
    assert "at least 12 killed" in page
    assert "Government jets struck an arms depot south of Zawara" in page
    # what is denied or threatened is no news, and history is apart
    news, unsure, history = (part for part in page.split("<h2>") if part.startswith(("What", "Denied", "Told")))
    assert ("Shelling" not in news, "Shelling" in unsure) == (True, True)
    assert "Benghazi" in history
    assert "no date said" in news


def test_nothing_on_the_page_runs():
    whole = rich()
    bad = '<script>alert(1)</script><img src=x onerror="alert(1)">'
    hostile = msgspec.structs.replace(whole.report, outlet=bad)
    _, out = written(html, msgspec.structs.replace(whole, report=hostile), title=bad)
    page = out.getvalue().decode()
    assert "<script" not in page
    assert "<img" not in page
    assert "default-src 'none'" in page


def test_a_map_shows_coasts_and_keeps_its_proportions():
    made = brief([rich(), reading(STRIKE)], "x", None)
    drawn = Map(made.news)
    west, south, east, north = drawn.box
    assert (west < 12.082, east > 16.58866) == (True, True)
    assert (south < 31.20892, north > 32.931) == (True, True)
    assert sum(len(line) for line in drawn.lines()) > 20
    assert all(0 <= circle.x <= 1 and 0 <= circle.y <= drawn.height for circle in drawn.circles())
    assert Map([]).empty


def test_tolls_say_no_more_than_the_words():
    row = dict.fromkeys(f"{kind}_{bound}" for kind in ("killed", "injured") for bound in ("low", "best", "high"))
    assert toll(row) == ""
    assert toll(row | {"killed_low": 12, "killed_best": 12}) == "at least 12 killed"
    assert toll(row | {"killed_low": 3, "killed_best": 3, "killed_high": 3}) == "3 killed"
    assert toll(row | {"injured_high": 5}) == "up to 5 injured"
    assert toll(row | {"injured_low": 5, "injured_high": 9}) == "5 to 9 injured"


def test_a_snapshot_can_be_cited_and_checked():
    count, out = written(datapackage, rich("a"), rich("b"), title="Coast", dated="2016-08-10")
    assert count == 10
    with zipfile.ZipFile(out) as archive:
        package = json.loads(archive.read("datapackage.json"))
        assert package["created"] == "2016-08-10T00:00:00Z"
        assert {resource["name"] for resource in package["resources"]} == {*sheets(), "incidents", "readings"}
        for resource in package["resources"]:
            content = archive.read(resource["path"])
            assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
            assert resource["bytes"] == len(content)
            if "schema" in resource:
                header = content.decode().splitlines()[0]
                assert header.split(",") == [one["name"] for one in resource["schema"]["fields"]]
                assert all(one["description"] for one in resource["schema"]["fields"])
        codebook = archive.read("CODEBOOK.md").decode()
        assert all(resource["hash"] in codebook for resource in package["resources"])
    again = written(datapackage, rich("a"), rich("b"), title="Coast", dated="2016-08-10")[1]
    assert again.getvalue() == out.getvalue()
    other = json.loads(zipfile.ZipFile(written(datapackage, rich("a"))[1]).read("datapackage.json"))
    assert other["version"] != package["version"]
    assert "created" not in other


def test_the_pdf_tells_the_same_in_letters_that_it_has():
    whole = msgspec.structs.replace(rich(), report=msgspec.structs.replace(rich().report, outlet="Şahin — Київ 新"))
    count, out = written(pdf, whole, reading(STRIKE, CLASH), title="Coast, week 32", dated="2016-08-10")
    assert count == 7
    read = pypdf.PdfReader(out)
    assert read.metadata.title == "Coast, week 32"
    text = " ".join(" ".join(page.extract_text() for page in read.pages).split())
    for words in (
        "Coast, week 32",
        "2016-08-10",
        "at least 12 killed",
        "Government jets struck an arms depot",
        "Zawara",
    ):
        assert words in text
    # a letter that the font lacks is seen to be missing
    assert "Şahin — Київ \N{REPLACEMENT CHARACTER}" in text
    assert (
        written(pdf, whole, reading(STRIKE, CLASH), title="Coast, week 32", dated="2016-08-10")[1].getvalue()
        == out.getvalue()
    )
