"""Tables, web archives and lists of articles: one report each row, page or address; what is broken costs only itself."""

from __future__ import annotations

import gzip
import io
import json
import zipfile

import pytest
from tests.fixtures.documents import BODY, HTML, docx, paragraph, pdf, warc, warc_record
from tests.fixtures.server import Reply, serving

from sitrep.errors import SourceError
from sitrep.model import Capture
from sitrep.sources.files import captures, count
from sitrep.sources.source import Options, format_of, formats
from sitrep.sources.web import Rules, Web


def taken(path, **options):
    return list(captures([path], options=Options(**options)))


def message(found):
    assert isinstance(found, SourceError), found
    assert found.todo
    return found.message


@pytest.mark.parametrize("name", sorted(formats()))
def test_every_source_takes_rubbish_without_a_crash(name, tmp_path):
    (tmp_path / "a").write_bytes(bytes(range(256)) * 20)
    found = taken(tmp_path / "a", kind=name)
    assert found
    assert all(isinstance(one, Capture | SourceError) for one in found)


def test_the_longest_ending_says_what_a_file_is():
    assert format_of("20160801.export.CSV") == "gdelt"
    assert format_of("a.csv") == "csv"
    assert format_of("CC-NEWS-2016.warc.gz") == "warc"
    assert format_of("a.gz") is None


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ('id,title,text,date\n7,Harbour,"The army, he said,\nshelled it.",2016-08-01\n', {}),
        ("Nr;Head;Body;Day\n7;Harbour;The army shelled it.;2016-08-01\n", {"text": "Body", "id": "Nr", "title": "Head", "published": "Day"}),
        ("\ufeffid\ttext\ttitle\tpublished\n7\tThe army shelled it.\tHarbour\t2016-08-01\n\n", {}),
    ],
)  # fmt: skip
def test_a_table_gives_a_report_a_row(tmp_path, table, columns):
    path = tmp_path / "a.csv"
    path.write_text(table, encoding="utf-8")
    (found,) = taken(path, columns=columns)
    assert found.text.startswith("The army")
    assert (found.source.id, found.title, found.published, found.media) == ("7", "Harbour", "2016-08-01", "record")
    assert count([path]) == 1


def test_a_table_without_text_says_which_columns_it_has(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"headline,body\na,b\n")
    (found,) = taken(tmp_path / "a.csv")
    assert "no column 'text', but 'headline', 'body'" in message(found)
    assert "--columns" in found.todo


def test_rows_without_text_and_rows_that_are_short_cost_only_themselves(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"id,text,url\n1,one two\n2\n3,caf\xe9 shelled,https://a.example/3\n")
    one, two, three = taken(tmp_path / "a.csv")
    assert (one.source.id, three.source.uri, three.text) == ("1", "https://a.example/3", "café shelled")
    assert 'no "text"' in message(two)


def test_a_quotation_mark_that_is_never_closed_takes_no_memory(tmp_path):
    with (tmp_path / "a.csv").open("wb") as out:
        out.write(b'id,text\n1,"')
        for _ in range(40):
            out.write(b"x" * 999_999 + b"\n")
    found = taken(tmp_path / "a.csv")
    assert any("cannot be read" in message(one) for one in found if isinstance(one, SourceError))


@pytest.mark.parametrize("packed", [False, True])
def test_a_web_archive_gives_its_pages(tmp_path, packed):
    path = tmp_path / ("a.warc.gz" if packed else "a.warc")
    path.write_bytes(
        warc(
            warc_record("https://g.example/1?utm_source=x", HTML.encode()),
            warc_record("https://g.example/i.png", b"\x89PNG", kind="image/png"),
            warc_record("https://g.example/gone", b"gone", status=404),
            warc_record("https://g.example/2", b"The army shelled it.", kind="text/plain"),
            packed=packed,
        )
    )
    page, text = taken(path)
    assert (page.source.id, page.source.uri) == ("https://g.example/1", "https://g.example/1?utm_source=x")
    assert (page.media, text.media, page.content) == ("html", "text", HTML.encode())
    assert page.retrieval.at == "2016-08-09T10:00:00Z"
    assert count([path]) == 2


def test_a_web_archive_that_is_cut_gives_what_stood_before(tmp_path):
    whole = warc(warc_record("https://g.example/1", HTML.encode()), warc_record("https://g.example/2", HTML.encode()))
    (tmp_path / "a.warc").write_bytes(whole[:-200])
    page, cut = taken(tmp_path / "a.warc")
    assert page.content == HTML.encode()
    assert "cut off" in message(cut)
    (tmp_path / "b.warc.gz").write_bytes(gzip.compress(whole[:-900]) + b"\x1f\x8bnonsense")
    assert "damaged" in message(taken(tmp_path / "b.warc.gz")[-1])


def test_a_web_archive_comes_through_a_pipe(tmp_path):
    class Pipe(io.BytesIO):
        def seekable(self):
            return False

    stream = Pipe(warc(warc_record("https://g.example/1", HTML.encode())))
    (found,) = captures(["-"], stdin=stream, options=Options(kind="warc"))
    assert found.content == HTML.encode()


def test_documents_are_known_by_how_they_begin(tmp_path):
    (tmp_path / "a.txt").write_bytes(pdf([[(72, 700, "Rockets.")]]))
    (tmp_path / "b").write_bytes(docx(paragraph("Rockets.")))
    assert [found.media for name in "ab" for found in taken(next(tmp_path.glob(f"{name}*")))] == ["pdf", "docx"]


@pytest.fixture
def server():
    with serving() as running:
        for name in ("/a", "/b"):
            running.replies[name] = Reply(HTML.encode())
        yield running


def fetched(path):
    web = Web(Rules(pause=0.0, allow_private=True))
    try:
        return taken(path, web=web)
    finally:
        web.close()


def test_tables_of_gdelt_name_pages(tmp_path, server):
    events = "\n".join("\t".join(["x"] * 60 + [f"{server.address}/{name}"]) for name in ("a", "b", "a"))
    (tmp_path / "20160801.export.CSV").write_text(events, encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "20160801.gkg.csv.zip", "w") as archive:
        archive.writestr("20160801.gkg.csv", "\t".join(["x"] * 4 + [f"{server.address}/b", "x"]))
    assert [found.source.uri for found in fetched(tmp_path / "20160801.export.CSV")] == [
        f"{server.address}/{n}" for n in "ab"
    ]
    assert [found.source.uri for found in fetched(tmp_path / "20160801.gkg.csv.zip")] == [f"{server.address}/b"]
    assert count([tmp_path / "20160801.export.CSV"]) == 2
    (tmp_path / "cut.gkg.csv.zip").write_bytes((tmp_path / "20160801.gkg.csv.zip").read_bytes()[:50])
    assert "damaged" in message(fetched(tmp_path / "cut.gkg.csv.zip")[0])


def test_answers_of_searches_name_pages(tmp_path, server):
    gdelt, registry = tmp_path / "gdelt.json", tmp_path / "er.json"
    gdelt.write_text(
        json.dumps({"articles": [{"url": f"{server.address}/a", "title": "Rockets", "seendate": "x"}, {}]})
    )
    article = {"url": f"{server.address}/b", "title": "Depot", "source": {"title": "Gazette"}, "dateTimePub": "2016-08-09T07:00:00Z",
               "authors": [{"name": "Nadia Ferro"}, None]}  # fmt: skip
    registry.write_text(json.dumps({"articles": {"results": [article, 3], "totalResults": 2}}))
    (one,) = fetched(gdelt)
    assert (one.source.uri, one.title) == (f"{server.address}/a", "Rockets")
    (two,) = fetched(registry)
    assert (two.outlet, two.byline, two.published[:10]) == ("Gazette", "Nadia Ferro", "2016-08-09")
    (tmp_path / "other.json").write_text('{"text": "Rockets."}')
    assert "no list of articles" in message(fetched(tmp_path / "other.json")[0])


def test_lists_in_a_folder_are_not_followed(tmp_path):
    (tmp_path / "a.txt").write_bytes(BODY[0].encode())
    (tmp_path / "b.urls").write_text("http://127.0.0.1:9/x\n")
    (tmp_path / "c.json").write_text('{"articles": [{"url": "http://127.0.0.1:9/x"}]}')
    assert [found.source.id for found in taken(tmp_path)] == ["a.txt"]
