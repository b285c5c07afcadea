"""Pages from a server on this machine: politely, within limits, and never from a private network unasked."""

from __future__ import annotations

import gzip
import socket
import threading
import time

import pytest
from tests.fixtures.documents import HTML
from tests.fixtures.server import Reply, serving

from sitrep.errors import SourceError
from sitrep.model import Capture
from sitrep.sources import guard
from sitrep.sources.address import normal
from sitrep.sources.files import captures
from sitrep.sources.guard import is_public
from sitrep.sources.source import Options, Unchanged
from sitrep.sources.urls import Wanted, fetched
from sitrep.sources.web import Known, Rules, Web

RULES = Rules(pause=0.0, timeout=5.0, deadline=10.0, allow_private=True)
PAGE = Reply(HTML.encode(), headers={"ETag": '"1"', "Last-Modified": "Tue, 09 Aug 2016 10:00:00 GMT"})


@pytest.fixture
def server():
    with serving() as running:
        running.replies["/a"] = PAGE
        yield running


def take(*urls, rules=RULES, **more):
    web = Web(rules, **more)
    try:
        return list(fetched([Wanted(url) for url in urls], Options(web=web)))
    finally:
        web.close()


def message(found):
    assert isinstance(found, SourceError), found
    assert found.todo
    return found.message


def test_a_page_is_kept_with_its_address_time_and_headers(server):
    (found,) = take(f"{server.address}/a")
    assert isinstance(found, Capture)
    assert (found.media, found.content, found.source.kind) == ("html", HTML.encode(), "url")
    assert found.source.id == f"{server.address}/a"
    assert found.retrieval.headers["etag"] == '"1"'
    assert found.retrieval.at.endswith("+00:00")
    assert server.paths() == ["/robots.txt", "/a"]
    assert all("sitrep" in headers["user-agent"] for _, headers in server.asked)


def test_an_address_is_a_source_among_files(server, tmp_path):
    (tmp_path / "a.txt").write_bytes(b"The army shelled it.")
    web = Web(RULES)
    found = list(captures([tmp_path / "a.txt", f"{server.address}/a"], options=Options(web=web)))
    web.close()
    assert [capture.source.kind for capture in found] == ["file", "url"]


def test_a_list_is_taken_in_order_each_page_once(server, tmp_path):
    for n in range(30):
        server.replies[f"/{n}"] = Reply(f"{n}".encode(), headers={"Content-Type": "text/plain"})
    lines = [f"{server.address}/{n}" for n in range(30)]
    listed = tmp_path / "a.urls"
    listed.write_text("# morning\n" + "\n".join([*lines, "", "no address", lines[3] + "#top"]), encoding="utf-8")
    web = Web(RULES)
    found = list(captures([listed], options=Options(web=web)))
    web.close()
    assert [one.content.decode() for one in found if isinstance(one, Capture)] == [str(n) for n in range(30)]
    assert "no address of a page" in message(found[-1])


def test_robots_are_honoured(server):
    server.replies["/robots.txt"] = Reply(b"User-agent: sitrep\nDisallow: /a\n", headers={"Content-Type": "text/plain"})
    server.replies["/b"] = PAGE
    closed, open_ = take(f"{server.address}/a", f"{server.address}/b")
    assert "robots.txt of its host asks" in message(closed)
    assert isinstance(open_, Capture)
    assert server.paths() == ["/robots.txt", "/b"]


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_host_whose_robots_cannot_be_read_is_left_alone(server, status):
    server.replies["/robots.txt"] = Reply(status=status)
    (found,) = take(f"{server.address}/a")
    assert str(status) in message(found)
    assert "/a" not in server.paths()


def test_the_pause_that_a_host_asks_for_is_kept(server):
    server.replies["/robots.txt"] = Reply(b"User-agent: *\nCrawl-delay: 0.3\n")
    server.replies["/b"] = PAGE
    begun = time.monotonic()
    take(f"{server.address}/a", f"{server.address}/b")
    assert time.monotonic() - begun >= 0.6


def test_redirects_are_followed_and_counted(server):
    server.replies["/old"] = Reply(status=301, headers={"Location": "/a"})
    server.replies["/ring"] = Reply(status=302, headers={"Location": "/ring"})
    server.replies["/file"] = Reply(status=302, headers={"Location": "file:///etc/passwd"})
    moved, ring, file = take(*(f"{server.address}/{name}" for name in ("old", "ring", "file")))
    assert moved.retrieval.address == f"{server.address}/a"
    assert moved.source.id == f"{server.address}/old"
    assert "redirected more than 5 times" in message(ring)
    assert "which is no page" in message(file)
    assert server.paths().count("/ring") == 6


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (Reply(b"x" * 3000), "larger than"),
        (Reply(gzip.compress(b"x" * 5_000_000), headers={"Content-Encoding": "gzip"}), "larger than"),
        (Reply(gzip.compress(b"x" * 1000)[:-9], headers={"Content-Encoding": "gzip"}), "cut off"),
        (Reply(b"x", headers={"Content-Encoding": "br"}), "which nobody asked for"),
        (Reply(b"x", headers={"Content-Type": "image/png"}), "image/png"),
        (Reply(b"x", 403), "403 (Forbidden)"),
        (Reply(b"x", 410), "gone"),
        (Reply(b"x", 200, {"Content-Length": "400"}), "cannot be read"),
        (Reply(b"x", 599), "599"),
    ],
)
def test_what_cannot_be_taken_is_told(server, reply, why):
    server.replies["/b"] = reply
    bad, good = take(f"{server.address}/b", f"{server.address}/a", rules=RULES._replace(largest=2000, timeout=0.5))
    assert why in str(message(bad)) + bad.todo
    assert isinstance(good, Capture)


def test_a_packed_page_is_unpacked(server):
    server.replies["/b"] = Reply(gzip.compress(HTML.encode()), headers={"Content-Encoding": "gzip"})
    (found,) = take(f"{server.address}/b")
    assert found.content == HTML.encode()


def test_a_server_that_drips_is_left_after_the_deadline(server):
    server.replies["/b"] = Reply(b"x" * 1000, drip=0.05)
    begun = time.monotonic()
    (found,) = take(f"{server.address}/b", rules=RULES._replace(deadline=0.4))
    assert time.monotonic() - begun < 5
    assert "too long" in message(found)


def test_a_busy_server_is_asked_once_more(server):
    replies = iter([Reply(status=503, headers={"Retry-After": "0"}), PAGE])
    server.replies["/b"] = lambda _: next(replies)
    (found,) = take(f"{server.address}/b")
    assert isinstance(found, Capture)


def test_known_pages_are_not_asked_for_and_unchanged_ones_not_sent_again(server):
    server.replies["/b"] = lambda headers: Reply(status=304) if headers.get("if-none-match") == '"1"' else PAGE
    url = f"{server.address}/b"

    def known(address):
        return Known('"1"', None) if address == url else None

    assert [type(found) for found in take(url, known=known)] == [Unchanged]
    assert server.asked == []
    assert [type(found) for found in take(url, known=known, again=True)] == [Unchanged]
    assert [type(found) for found in take(url)] == [Capture]


def test_private_networks_are_refused_unless_allowed(server):
    (found,) = take(f"{server.address}/a", rules=RULES._replace(allow_private=False))
    assert "no address of the public internet" in message(found)
    assert "--allow-private" in found.todo
    assert server.asked == []


def resolving(monkeypatch, **names):
    """Names resolve to the addresses given, one after the other."""
    real = socket.getaddrinfo
    answers = {name: iter(found) for name, found in names.items()}

    def resolve(host, port, *args, **more):
        name = host.decode() if isinstance(host, bytes) else host
        key = name.partition(".")[0]
        return real(next(answers[key]) if key in answers else name, port, *args, **more)

    monkeypatch.setattr(guard.socket, "getaddrinfo", resolve)


def test_a_redirect_into_a_private_network_is_refused(server, monkeypatch):
    port = server.address.rpartition(":")[2]
    server.replies["/out"] = Reply(status=302, headers={"Location": f"http://inside.example:{port}/a"})
    resolving(monkeypatch, inside=["10.0.0.1"] * 9)
    monkeypatch.setattr(guard, "is_public", lambda address: address == "127.0.0.1" or is_public(address))
    (found,) = take(f"{server.address}/out", rules=RULES._replace(allow_private=False))
    assert "10.0.0.1" in message(found)
    assert "/a" not in server.paths()


def test_a_name_that_changes_its_address_is_judged_every_time(server, monkeypatch):
    port = server.address.rpartition(":")[2]
    # public when robots.txt is asked for, private when the page is; 192.0.2.1 stands for the public server here
    resolving(monkeypatch, rebind=["127.0.0.1", "169.254.169.254"])
    monkeypatch.setattr(guard, "is_public", lambda address: address == "127.0.0.1")
    server.replies["/robots.txt"] = Reply(b"", headers={"Connection": "close"})
    (found,) = take(f"http://rebind.example:{port}/a", rules=RULES._replace(allow_private=False))
    assert "169.254.169.254" in message(found)
    assert server.paths() == ["/robots.txt"]


def test_a_name_is_resolved_once_for_a_connection(server, monkeypatch):
    port = server.address.rpartition(":")[2]
    # judged at the first answer; a second look, as a careless client takes it, would lead elsewhere
    resolving(monkeypatch, rebind=["127.0.0.1", "10.0.0.1"])
    monkeypatch.setattr(guard, "is_public", lambda address: address == "127.0.0.1")
    rules = RULES._replace(allow_private=False, robots=False)
    (found,) = take(f"http://rebind.example:{port}/a", rules=rules)
    assert isinstance(found, Capture)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True), ("2606:2800:220:1::1", True), ("127.0.0.1", False), ("10.1.2.3", False),
        ("172.16.0.1", False), ("192.168.1.1", False), ("169.254.169.254", False), ("100.64.0.1", False),
        ("0.0.0.0", False), ("224.0.0.1", False), ("255.255.255.255", False), ("::1", False), ("::", False),
        ("fe80::1%eth0", False), ("fc00::1", False), ("ff02::1", False), ("::ffff:127.0.0.1", False),
        ("::ffff:93.184.216.34", True), ("::127.0.0.1", False), ("64:ff9b::7f00:1", False), ("64:ff9b::5db8:d822", True),
        ("2002:7f00:1::", False), ("2001:db8::1", False), ("192.0.2.1", False),
    ],
)  # fmt: skip
def test_which_addresses_are_public(address, public):
    assert is_public(address) is public


@pytest.mark.parametrize(
    "url", ["http://[", "http://", "http://a b/", "http://\x00/", "ftp://a.example/", "http://xn--/"]
)
def test_what_is_no_address_is_told(url):
    (found,) = take(url, rules=RULES._replace(robots=False))
    assert message(found)


def test_pages_of_one_host_are_asked_for_one_at_a_time(server):
    now, most = 0, 0
    lock = threading.Lock()

    def reply(_headers):
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        time.sleep(0.01)
        with lock:
            now -= 1
        return PAGE

    for n in range(8):
        server.replies[f"/{n}"] = reply
    assert len(take(*(f"{server.address}/{n}" for n in range(8)))) == 8
    assert most == 1


@pytest.mark.parametrize(
    ("url", "same"),
    [
        ("HTTP://A.Example:80/x#y", "http://a.example/x"),
        ("https://a.example", "https://a.example/"),
        ("https://a.example/x?id=3&utm_source=feed", "https://a.example/x?id=3"),
        ("https://a.example/x?b=%20&a", "https://a.example/x?b=%20&a"),
        ("http://[::1]:8080/x", "http://[::1]:8080/x"),
        ("http://[", "http://["),
    ],
)
def test_addresses_of_one_page_are_the_same(url, same):
    assert normal(url) == same
