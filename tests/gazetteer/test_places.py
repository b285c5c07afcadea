"""The gazetteer of places: compiling, folding, looking up."""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.fixtures.places import tiny, write_dump

from sitrep.cache import cache_folder
from sitrep.cli import main
from sitrep.errors import GazetteerError
from sitrep.gazetteer import places_build
from sitrep.gazetteer.places import PlaceGazetteer, load_places
from sitrep.gazetteer.places_build import Middle, build_default, default_path, full_path, shortened, written_whole
from sitrep.gazetteer.places_dump import build_full, read_dump
from sitrep.gazetteer.places_names import bare, bones, checksum, fold
from sitrep.gazetteer.places_table import is_name


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> PlaceGazetteer:
    return tiny(tmp_path_factory.mktemp("gazetteer"))


@pytest.fixture(scope="session")
def whole() -> PlaceGazetteer:
    """The bundled data, compiled once per machine."""
    return load_places()


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Al-Bayḍāʾ", "al bayda"),
        ("The Hague", "hague"),
        ("Deir ez-Zor", "deir ez zor"),
        ("ST. PAUL", "st paul"),
        ("N’Djamena", "ndjamena"),
        ("Łódź", "lodz"),
        ("Bosnia & Herzegovina", "bosnia and herzegovina"),
        ("U.S.", "us"),
    ],
)
def test_names_fold_to_one_spelling(name: str, folded: str) -> None:
    assert fold(name) == folded
    assert fold(folded) == folded


def test_only_the_arabic_article_is_left_out() -> None:
    assert bare("al bayda") == "bayda"
    assert bare("ash shati") == "shati"
    assert bare("bayda") is None
    assert bare("al ab") is None  # too little would be left


def test_checksum_never_changes() -> None:
    assert checksum("sirte") == 528498832


def test_transliterations_letter_by_letter_and_airport_codes_are_no_names() -> None:
    assert is_name("Misurata")
    assert is_name("طرابلس")
    assert not is_name("swldw")
    assert not is_name("TIP")
    assert not is_name("")


def test_shortened_division_names() -> None:
    assert list(shortened(["Avoyelles Parish", "Muhafazat Idlib", "Tatarstan, Respublika"])) == [
        "Avoyelles",
        "Idlib",
        "Tatarstan",
    ]
    assert list(shortened(["District of Columbia"])) == []


def test_middle_of_settlements_crosses_the_date_line() -> None:
    middle = Middle()
    middle.add(0.0, 179.0, 10)
    middle.add(0.0, -179.0, 30)
    lat, lon = middle.point()
    assert lat == pytest.approx(0.0)
    assert abs(lon) == pytest.approx(180.0)
    assert middle.people == 40


def test_lookup_gives_all_bearers_the_most_populous_first(places: PlaceGazetteer) -> None:
    assert [(place.geonames, place.country, place.kind) for place in places.lookup("Tripoli")] == [
        (1, "LBY", "admin1"), (2, "LBY", "settlement"), (3, "LBN", "settlement"),
    ]  # fmt: skip
    assert [place.rank for place in places.lookup("Tripoli")] == [1, 0, 0]


@pytest.mark.parametrize("spelling", ["Bayda", "al-Bayda", "El Bayda", "AL BAYḌĀ’"])
def test_every_spelling_of_the_article_finds_the_place(places: PlaceGazetteer, spelling: str) -> None:
    assert {place.geonames for place in places.lookup(spelling)} == {5, 6}


def test_place_knows_what_holds_it(places: PlaceGazetteer) -> None:
    (texan,) = [place for place in places.lookup("Paris") if place.admin1 == "TX"]
    assert (texan.admin1_name, texan.admin2, texan.country) == ("Texas", "Lamar County", "USA")
    assert places.admin1("USA", "TX") == places.lookup("Texas")[0]
    assert places.lookup("Calif.") == ()


def test_has_agrees_with_lookup(places: PlaceGazetteer) -> None:
    assert places.has("Sirte")
    assert places.has("Tripoli")
    assert not places.has("Nowhereville")
    assert not places.has("swldw")


def test_countries_regions_and_adjectives_come_along(places: PlaceGazetteer) -> None:
    libya = places.country("LBY")
    assert libya is not None
    assert (libya.name, libya.geonames, libya.lat, libya.lon) == ("Libya", 2215636, 28.0, 17.0)
    assert places.lookup("Libya") == (libya,)  # the dump's own row of the country would be a second one
    assert places.country("XXX") is None
    assert [place.name for place in places.adjective("African")] == ["Africa"]
    assert places.adjective("Sirtean") == ()
    assert places.domain("uk") == "GBR"
    assert places.domain("co") is None


def test_prominence(places: PlaceGazetteer) -> None:
    assert places.prominence("libya").points > places.prominence("tripoli").points > places.prominence("derna").points
    assert places.prominence("zawba airport").points < 1.0  # of a dump's facilities few are known to anybody
    assert places.prominence("nowhereville").points < 0


def test_spellings_by_ear(places: PlaceGazetteer) -> None:
    assert [place.geonames for place in places.spelled("Misratah")] == [7]
    assert [place.geonames for place in places.spelled("Mesratha")] == [7]
    assert {place.rank for place in places.spelled("Mesratha")} == {2}
    assert places.lookup("Mesratha") == ()
    assert places.spelled("Moscow") == ()
    assert places.spelled("Pariz") == ()  # French names are not spelled by ear


@pytest.mark.parametrize(
    ("name", "sound"),
    [
        ("tel abyad", "tlbd"),
        ("tall abyad", "tlbd"),
        ("al qayyarah", "kr"),
        ("khan shaykhun", "knskn"),
        ("khan sheikhoun", "knskn"),
        ("sirte", "srt"),
        ("raqqa", "rk"),
        ("aden", "dn"),
        ("aba", None),
    ],
)
def test_consonants(name: str, sound: str | None) -> None:
    assert bones(name) == sound


def test_counts_and_source(places: PlaceGazetteer) -> None:
    counts = places.counts()
    assert counts["admin2"] == 1
    assert counts["country"] > 240
    assert "allCountries.txt, 23 places" in places.source()
    assert len(places.digest) == 10


def test_historical_divisions_are_left_out(places: PlaceGazetteer) -> None:
    assert not places.lookup("Bābil")


def test_dump_in_a_zip_and_alternate_names(tmp_path: Path) -> None:
    plain = write_dump(tmp_path / "allCountries.txt")
    packed = tmp_path / "allCountries.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(plain, "allCountries.txt")
    more = tmp_path / "alternateNamesV2.txt"
    more.write_text("1\t4\ten\tSirt\t\t\t\t\n2\t4\twkdt\tQ123\t\t\t\t\n", encoding="utf-8")
    said: list[str] = []
    places = PlaceGazetteer(build_full(packed, tmp_path / "cache", alternates=more, progress=said.append))
    assert [place.geonames for place in places.lookup("Sirt")] == [4]
    assert places.lookup("Q123") == ()
    assert said


def test_a_file_that_is_no_dump_says_so(tmp_path: Path) -> None:
    wrong = tmp_path / "places.txt"
    wrong.write_text("Sirte\t31.2\t16.6\n", encoding="utf-8")
    with pytest.raises(GazetteerError, match=r"places.txt, line 1: 3 fields"):
        list(read_dump(wrong))
    with pytest.raises(GazetteerError, match="line 1"):
        build_full(wrong, tmp_path)
    assert not full_path(tmp_path).exists()
    assert [path for path in tmp_path.iterdir() if path.suffix == ".sqlite"] == []
    empty = tmp_path / "empty.txt"
    empty.write_text("", encoding="utf-8")
    with pytest.raises(GazetteerError, match="holds no place"):
        build_full(empty, tmp_path)
    (tmp_path / "broken.zip").write_bytes(b"no zip")
    with pytest.raises(GazetteerError, match=r"broken\.zip"):
        build_full(tmp_path / "broken.zip", tmp_path)


def test_cache_folder_follows_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.delenv("SITREP_CACHE", raising=False)
    assert cache_folder() == tmp_path / "sitrep"
    monkeypatch.setenv("SITREP_CACHE", str(tmp_path / "mine"))
    assert cache_folder() == tmp_path / "mine"


def test_the_users_own_gazetteer_goes_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SITREP_CACHE", str(tmp_path))
    tiny(tmp_path)
    assert load_places().path == full_path(tmp_path)


def test_a_half_written_file_never_appears(tmp_path: Path) -> None:
    target = tmp_path / "places.sqlite"

    def fail() -> None:
        with written_whole(target) as fresh:
            fresh.write_text("half")
            raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        fail()
    assert list(tmp_path.iterdir()) == []


def test_an_unwritable_cache_says_what_to_do(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    with pytest.raises(GazetteerError, match="SITREP_CACHE"):
        build_default(blocked)


def test_a_spoiled_gazetteer_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "places.sqlite"
    path.write_bytes(b"not a database at all, but long enough to be looked at" * 20)
    with pytest.raises(GazetteerError, match="Delete the file"):
        PlaceGazetteer(path)


def _build(folder: str, log: str) -> None:
    def compiled(path: Path, _say: object) -> None:
        with Path(log).open("a", encoding="utf-8") as handle:
            handle.write("compiled\n")
        sqlite3.connect(path).executescript("CREATE TABLE fact (name TEXT, value TEXT);").close()

    places_build.compile_packages = compiled
    build_default(Path(folder))


def test_two_processes_at_once_compile_once(tmp_path: Path) -> None:
    log = tmp_path / "log"
    context = multiprocessing.get_context("fork")
    workers = [context.Process(target=_build, args=(str(tmp_path / "cache"), str(log))) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    assert log.read_text(encoding="utf-8") == "compiled\n"
    assert default_path(tmp_path / "cache").is_file()


def test_lookups_survive_a_fork(places: PlaceGazetteer) -> None:
    assert places.lookup("Sirte")
    read, write = os.pipe()
    child = os.fork()
    if child == 0:  # the child must open its own connection
        found = places.lookup("Misrata")
        os.write(write, str(found[0].geonames).encode())
        os._exit(0)
    os.waitpid(child, 0)
    assert os.read(read, 10) == b"7"
    os.close(read)
    os.close(write)


def test_build_and_info_commands(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SITREP_CACHE", str(tmp_path / "cache"))
    dump = write_dump(tmp_path / "allCountries.txt")
    done = CliRunner().invoke(main, ["gazetteer", "build", str(dump)])
    assert done.exit_code == 0, done.output
    assert "1 second-order divisions" in done.output
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("x\n")
    failed = CliRunner().invoke(main, ["gazetteer", "build", str(wrong)])
    assert failed.exit_code == 1
    assert "line 1" in failed.output
    assert "Traceback" not in failed.output


class TestBundledData:
    """The real data: counts of its kinds, ids, and names that reports of the example campaign use."""

    def test_size(self, whole: PlaceGazetteer) -> None:
        counts = whole.counts()
        assert counts["settlement"] > 230_000
        assert counts["names"] > 1_000_000
        assert counts["admin1"] + counts["admin2"] > 50_000
        assert counts["country"] == 250

    @pytest.mark.parametrize(
        ("name", "country", "geonames"),
        [
            ("Sirte", "LBY", 2210554), ("Misrata", "LBY", 2214846), ("Tripoli", "LBY", 2210247), ("Bayda", "LBY", 89055),
            ("Benghazi", "LBY", 88319), ("Derna", "LBY", 87205), ("Manbij", "SYR", 167357), ("Mosul", "IRQ", 99072),
            ("Libya", "LBY", 2215636), ("Iraq", "IRQ", 99237), ("Syria", "SYR", 163843), ("Afghanistan", "AFG", 1149361),
            ("United States", "USA", 6252001), ("U.S.", "USA", 6252001),
        ],
    )  # fmt: skip
    def test_names_of_the_news(self, whole: PlaceGazetteer, name: str, country: str, geonames: int) -> None:
        assert geonames in {place.geonames for place in whole.lookup(name) if place.country == country}

    @pytest.mark.parametrize("name", ["Mitiga airport", "Bagram air base", "Bab al-Hawa crossing", "Ain al-Hilweh"])
    def test_sites_of_conflict(self, whole: PlaceGazetteer, name: str) -> None:
        assert [place.kind for place in whole.lookup(name)] == ["facility"]

    @pytest.mark.parametrize(
        "name", ["Middle East", "Sahel", "Donbas", "Kurdistan", "Golan Heights", "Euphrates", "Mediterranean", "Darfur"]
    )
    def test_regions_seas_and_rivers(self, whole: PlaceGazetteer, name: str) -> None:
        assert any(place.kind in {"area", "natural"} for place in whole.lookup(name))

    def test_divisions_have_ids_and_points(self, whole: PlaceGazetteer) -> None:
        texas = whole.admin1("USA", "TX")
        assert texas is not None
        assert (texas.name, texas.geonames) == ("Texas", 4736286)
        assert any(place.kind == "admin2" and place.geonames == 4315243 for place in whole.lookup("Avoyelles"))
        assert [place.name for place in whole.lookup("Calif.")] == ["California"]

    def test_countries_lie_where_they_should(self, whole: PlaceGazetteer) -> None:
        for code, lat, lon in (("LBY", 28, 17), ("NGA", 10, 8), ("UKR", 49, 32), ("COL", 4, -73), ("MMR", 21, 96)):
            place = whole.country(code)
            assert place is not None
            assert (round(place.lat), round(place.lon)) == (lat, lon)
