"""Watching feeds: what is new is taken in once, what fails is asked less often, and nothing is lost in between."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tests.fixtures.documents import HTML
from tests.fixtures.plain_reader import make_reader
from tests.fixtures.server import Reply, serving

from sitrep.errors import SourceError
from sitrep.ingest.archive import intake, remembering
from sitrep.ingest.watch import TRIES, Watch
from sitrep.sources.feeds import Feed, load_feeds, parse
from sitrep.sources.source import Options
from sitrep.sources.web import Answer, Rules, Web
from sitrep.store.check import check
from sitrep.store.view import View
from sitrep.store.writer import Writer

NOW = datetime(2016, 8, 9, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def rss(address, *names, ttl=0):
    items = "".join(
        f"<item><title>Rockets &amp;amp; hit {name}</title><link>{address}/{name}?utm_source=rss</link><author>Nadia Ferro</author>"
        f"<pubDate>Tue, 09 Aug 2016 07:41:00 +0200</pubDate><description>The army shelled {name} on Monday, the council said."
        "</description></item>"
        for name in names
    )
    return f"<rss version='2.0'><channel><title>Gazette</title>{f'<ttl>{ttl}</ttl>' if ttl else ''}{items}</channel></rss>".encode()


def atom(address, name, updated):
    return (
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>Gazette</title><entry><title>Rockets</title>"
        f"<link href='{name}'/><id>urn:x</id><updated>{updated}</updated></entry></feed>"
    ).encode()


@pytest.fixture
def server():
    with serving() as running:
        for name in ("/a", "/b", "/c"):
            running.replies[name] = Reply(HTML.replace("three towns", f"three towns near {name[1]}").encode())
            running.replies[f"{name}?utm_source=rss"] = running.replies[name]
        yield running


class Desk:
    """Watches feeds at times of our choice."""

    def __init__(self, db, *feeds):
        self.db, self.feeds, self.now = db, feeds, NOW

    def look(self, after=timedelta()):
        """What a pass took: (source ids that were read or failed, passes)."""
        self.now += after
        web = Options(web=Web(Rules(pause=0.0, timeout=2.0, allow_private=True)))
        with (
            Writer(self.db) as writer,
            remembering(writer, web) as known,
            intake(writer, make_reader=make_reader) as take,
        ):
            watch = Watch(writer, self.feeds, known.web, clock=lambda: self.now)
            outcomes = list(watch.once(take))
            self.due = watch.next_due()
            return {one.source_id.rpartition("/")[2] for one in outcomes if not one.held}, watch.passes


def test_what_is_new_is_taken_in_once(server, tmp_path):
    server.replies["/rss"] = Reply(rss(server.address, "a", "b"), headers={"ETag": '"1"'})
    desk = Desk(tmp_path / "a.db", Feed(f"{server.address}/rss", outlet="Gazette"))
    new, (one,) = desk.look()
    assert new == {"a", "b"}
    assert (one.new, one.failure) == (2, None)
    assert desk.due == NOW + timedelta(minutes=30)
    assert desk.look()[1] == []
    server.replies["/rss"] = Reply(rss(server.address, "c", "a", "b"), headers={"ETag": '"2"'})
    assert desk.look(DAY)[0] == {"c"}
    assert server.paths().count("/a?utm_source=rss") == 1
    with View(desk.db) as view:
        assert len(view) == 3
        reading = view.get(f"{server.address}/c")
    assert (reading.report.outlet, reading.report.title, reading.report.byline) == (
        "Gazette",
        "Rockets & hit c",
        "Nadia Ferro",
    )
    assert reading.report.published.value == "2016-08-09"
    assert list(check(desk.db)) == []


def test_a_feed_is_asked_whether_anything_changed(server, tmp_path):
    server.replies["/rss"] = lambda headers: (
        Reply(status=304)
        if headers.get("if-none-match") == '"1"'
        else Reply(rss(server.address, "a"), headers={"ETag": '"1"'})
    )
    desk = Desk(tmp_path / "a.db", Feed(f"{server.address}/rss"))
    desk.look()
    for _ in range(2):
        new, (one,) = desk.look(DAY)
        assert (new, one.new, one.failure) == (set(), 0, None)


def test_a_feed_that_fails_is_asked_less_and_less_often(server, tmp_path):
    server.replies["/rss"] = Reply(status=500)
    desk = Desk(tmp_path / "a.db", Feed(f"{server.address}/rss", every=600))
    pauses = []
    for _ in range(10):
        _, (one,) = desk.look()
        assert "500" in one.failure.message
        pauses.append((desk.due - desk.now).total_seconds())
        desk.now = desk.due
    assert pauses[:3] == [1200, 2400, 4800]
    assert pauses[-1] == 86400
    server.replies["/rss"] = Reply(rss(server.address, "a"))
    assert desk.look()[0] == {"a"}
    assert (desk.due - desk.now).total_seconds() == 600


def test_servers_say_when_to_come_back(server, tmp_path):
    server.replies["/busy"] = Reply(status=503, headers={"Retry-After": "200000"})
    server.replies["/slow"] = Reply(rss(server.address, ttl=120))
    server.replies["/gone"] = Reply(status=410)
    for name, due in (("busy", timedelta(seconds=200000)), ("slow", timedelta(hours=2)), ("gone", None)):
        desk = Desk(tmp_path / f"{name}.db", Feed(f"{server.address}/{name}"))
        desk.look()
        assert desk.due == (due and NOW + due)


def test_a_page_that_fails_is_tried_in_later_passes_though_the_feed_does_not_change(server, tmp_path):
    server.replies["/rss"] = lambda headers: (
        Reply(status=304)
        if "if-none-match" in headers
        else Reply(rss(server.address, "a", "b"), headers={"ETag": '"1"'})
    )
    server.replies["/a?utm_source=rss"] = Reply(status=404)
    desk = Desk(tmp_path / "a.db", Feed(f"{server.address}/rss"))
    assert desk.look()[0] == {"a", "b"}
    assert desk.look(DAY)[0] == {"a"}
    server.replies["/a?utm_source=rss"] = server.replies["/a"]
    assert desk.look(DAY)[0] == {"a"}
    with View(desk.db) as view:
        assert len(view) == 2
        assert view.failures() == []
    assert desk.look(DAY)[0] == set()


def test_a_page_that_never_comes_is_given_up(server, tmp_path):
    server.replies["/rss"] = lambda headers: (
        Reply(status=304) if "if-none-match" in headers else Reply(rss(server.address, "x"), headers={"ETag": '"1"'})
    )
    desk = Desk(tmp_path / "a.db", Feed(f"{server.address}/rss"))
    for _ in range(TRIES + 2):
        desk.look(DAY)
    assert server.paths().count("/x?utm_source=rss") == TRIES


def test_a_changed_page_is_a_new_version(server, tmp_path):
    server.replies["/atom"] = Reply(atom(server.address, "a", "2016-08-09T08:00:00Z"))
    desk = Desk(tmp_path / "a.db", Feed(f"{server.address}/atom"))
    desk.look()
    assert desk.look(DAY)[0] == set()
    server.replies["/a"] = Reply(HTML.replace("two workers", "four workers").encode())
    server.replies["/atom"] = Reply(atom(server.address, "a", "2999-08-09T09:00:00Z"))
    assert desk.look(DAY)[0] == {"a"}
    with View(desk.db) as view:
        assert [version["version"] for version in view.versions(f"{server.address}/a")] == [1, 2]
        assert len(view) == 1


def test_stopped_before_its_end_a_pass_is_done_again_and_doubles_nothing(server, tmp_path):
    server.replies["/rss"] = Reply(rss(server.address, "a", "b"), headers={"ETag": '"1"'})
    desk = Desk(tmp_path / "a.db", Feed(f"{server.address}/rss"))
    web = Options(web=Web(Rules(pause=0.0, allow_private=True)))
    with Writer(desk.db) as writer, remembering(writer, web) as known, intake(writer, make_reader=make_reader) as take:
        outcomes = Watch(writer, desk.feeds, known.web, clock=lambda: NOW).once(take)
        next(outcomes)
        outcomes.close()
    assert desk.look()[0] == set()
    with View(desk.db) as view:
        assert len(view) == 2


def test_entries_themselves_can_be_read(server, tmp_path):
    server.replies["/rss"] = Reply(rss(server.address, "a"))
    desk = Desk(tmp_path / "a.db", Feed(f"{server.address}/rss", read="entry"))
    assert desk.look()[0] == {"a"}
    assert server.paths() == ["/robots.txt", "/rss"]
    with View(desk.db) as view:
        assert "The army shelled a on Monday" in view.get(f"{server.address}/a").report.text


def test_what_is_no_feed_is_a_failure(server, tmp_path):
    server.replies["/page"] = Reply(HTML.encode())
    _, (one,) = Desk(tmp_path / "a.db", Feed(f"{server.address}/page")).look()
    assert "no RSS or Atom feed" in one.failure.message


@pytest.mark.parametrize(
    "content",
    [
        b"", b"\0" * 1000, b"<rss" * 10_000, b"<rss version='2.0'><channel><item>" + b"<link>" * 10_000,
        b"<rss version='2.0'><channel><item><link>http://[</link></item><item><link>javascript:x</link></item></channel></rss>",
        b"<!DOCTYPE r [<!ENTITY a 'x'>" + b"<!ENTITY b '&a;&a;'>" * 1000 + b"]><rss version='2.0'>&b;</rss>",
        b"<rss version='2.0'><channel><ttl>" + b"9" * 5000 + b"</ttl></channel></rss>",
    ],
)  # fmt: skip
def test_a_hostile_feed_names_nothing(content):
    entries, ttl = parse(
        Answer(200, "http://a.example/rss", {}, content, "2016-08-09T00:00:00+00:00"), Feed("http://a.example/rss")
    )
    assert not entries
    assert ttl <= 86400


def test_a_file_of_feeds(tmp_path):
    path = tmp_path / "feeds.toml"
    path.write_text(
        'every = "2h"\n[[feed]]\nurl = "https://a.example/rss"\n[[feed]]\nurl = "https://b.example/"\nevery = "10m"\nread = "entry"\noutlet = "B"\n'
    )
    assert load_feeds(path) == [
        Feed("https://a.example/rss", every=7200),
        Feed("https://b.example/", "B", 600, "entry"),
    ]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("", "names no feed"), ("[[feed", "Reading the feeds"), ('[[feed]]\nurl = "rss"', "no http or https address"),
        ('[[feed]]\nurl = "https://a.example/"\nevery = "1s"', "no span"), ('[[feed]]\nurl = "https://a.example/"\nx = 1', "'x'"),
        ('[[feed]]\nurl = "https://a.example/"\nread = "all"', "read ="), ('[[feed]]\nurl="https://a.example"\n' * 2, "twice"),
        ("feed = [1]", "no http or https address"),
    ],
)  # fmt: skip
def test_a_file_of_feeds_that_is_wrong_says_what(tmp_path, said, why):
    (tmp_path / "feeds.toml").write_text(said)
    with pytest.raises(SourceError, match=why) as caught:
        load_feeds(tmp_path / "feeds.toml")
    assert caught.value.todo
