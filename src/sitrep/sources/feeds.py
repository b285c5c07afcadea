"""RSS and Atom feeds: what a feed names, and the file that says which feeds to watch.

A file of feeds is TOML:

    every = "30m"                      # for all feeds that do not say otherwise

    [[feed]]
    url = "https://gazette.example/rss.xml"
    outlet = "Harbour Gazette"         # else what the pages say
    every = "10m"
    read = "page"                      # or "entry": what stands in the feed itself
"""

from __future__ import annotations

import calendar
import re
import tomllib
from collections.abc import Mapping
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from time import struct_time
from typing import Any, Literal, NamedTuple, cast
from urllib.parse import urljoin

from sitrep.errors import SourceError
from sitrep.model import Capture, Retrieval
from sitrep.sources.address import is_address, normal
from sitrep.sources.source import refused
from sitrep.sources.urls import Wanted
from sitrep.sources.web import Answer, Known, Web, source_of

ACCEPT = "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1"
EVERY = 30 * 60
# asking more often than this helps nobody
SHORTEST = 60
LONGEST = 24 * 60 * 60
UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
SPAN = re.compile(r"^\s*(\d{1,6})\s*([smhd])\s*$")
TAG = re.compile(r"<[^>]*>")
# a feed has some dozens of entries; one with more was made to harm
MOST_ENTRIES = 2000
KEYS = frozenset({"url", "outlet", "every", "read"})


class Feed(NamedTuple):
    """A feed to watch. every: seconds between two looks. read: the pages that it names, or its entries themselves."""

    url: str
    outlet: str | None = None
    every: int = EVERY
    read: Literal["page", "entry"] = "page"


class Entry(NamedTuple):
    """What a feed says of one page. words: the entry's own text, as HTML."""

    wanted: Wanted
    words: str


class Look(NamedTuple):
    """What a look at a feed gave. entries: None where nothing changed. ttl: seconds for which it says it holds."""

    answer: Answer
    entries: list[Entry] | None
    ttl: int = 0


def load_feeds(path: str | Path) -> list[Feed]:
    """The feeds that a file names. Raises SourceError, which says what is wrong with it."""
    try:
        said = tomllib.loads(Path(path).read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _wrong(path, str(error)) from error
    listed = said.get("feed")
    if not isinstance(listed, list) or not listed:
        raise _wrong(path, "it names no feed")
    every = _seconds(said.get("every", EVERY), path)
    feeds = [_feed(cast("dict[str, Any]", one), path, every) for one in cast("list[object]", listed)]
    twice = {feed.url for feed in feeds if sum(normal(feed.url) == normal(other.url) for other in feeds) > 1}
    if twice:
        raise _wrong(path, f"it names {min(twice)} twice")
    return feeds


def _feed(one: object, path: str | Path, every: int) -> Feed:
    said = cast("dict[str, Any]", one) if isinstance(one, dict) else {}
    url, read = said.get("url"), said.get("read", "page")
    if not isinstance(url, str) or not is_address(url):
        raise _wrong(path, f"a feed has the url {url!r}, which is no http or https address")
    if read not in ("page", "entry"):
        raise _wrong(path, f'the feed {url} says read = {read!r}; it can be "page" or "entry"')
    if unknown := set(said) - KEYS:
        raise _wrong(path, f"the feed {url} has {min(unknown)!r}, which says nothing to sitrep")
    outlet = said.get("outlet")
    return Feed(url, outlet if isinstance(outlet, str) else None, _seconds(said.get("every", every), path), read)


def _seconds(value: object, path: str | Path) -> int:
    match = SPAN.match(value) if isinstance(value, str) else None
    seconds = int(match[1]) * UNITS[match[2]] if match else value if type(value) is int else 0
    if not SHORTEST <= seconds <= LONGEST:
        raise _wrong(path, f'every = {value!r} is no span between a minute and a day, such as "30m"')
    return seconds


def _wrong(path: str | Path, why: str) -> SourceError:
    return SourceError(
        f"Reading the feeds in {path}: {why}.",
        todo='Write [[feed]] and url = "https://…" for each feed; the guide has an example.',
        source=path,
        uri=path,
        kind="feeds",
    )


def look(feed: Feed, web: Web, known: Known | None) -> Look:
    """What a feed says now. Raises SourceError where it cannot be had or is none."""
    source = source_of(feed.url)
    answer = web.fetch(feed.url, source, known, accept=ACCEPT)
    if answer.status == 304:
        return Look(answer, None)
    entries, ttl = parse(answer, feed)
    if entries is None:
        raise refused(
            source, "it is no RSS or Atom feed", "Look in the page for its feed's address.", doing="Reading the feed"
        )
    return Look(answer, entries, ttl)


def parse(answer: Answer, feed: Feed) -> tuple[list[Entry] | None, int]:
    """The entries of a feed, each page once, and for how many seconds it holds; None where it is no feed."""
    import feedparser

    try:
        found = feedparser.parse(
            answer.content,
            response_headers={"content-type": answer.headers.get("content-type", "")},
            resolve_relative_uris=False,
            sanitize_html=False,
        )
    except Exception:  # noqa: BLE001 - whatever a broken feed does to the parser, it is one feed that cannot be read
        return None, 0
    if not found.get("version") and not found.get("entries"):
        return None, 0
    entries: dict[str, Entry] = {}
    for one in found["entries"][:MOST_ENTRIES]:
        entry = _entry(one, answer.address, feed)
        if entry:
            entries.setdefault(normal(entry.wanted.url), entry)
    ttl = str(found["feed"].get("ttl", ""))
    return list(entries.values()), min(int(ttl) * 60, LONGEST) if ttl.isdigit() and len(ttl) < 8 else 0


def _entry(one: Mapping[str, Any], base: str, feed: Feed) -> Entry | None:
    link = str(one.get("link") or one.get("id") or "").strip()
    try:
        url = urljoin(base, link)
    except ValueError:
        return None
    if not link or not is_address(url):
        return None
    # the parser's own look-up puts the day of publication in the place of a day of change that is not there
    updated = dict.get(cast("dict[str, Any]", one), "updated_parsed")
    content = one.get("content") or []
    words = max((str(part.get("value") or "") for part in content), key=len, default="") or str(
        one.get("summary") or ""
    )
    return Entry(
        Wanted(
            url,
            title=_plain(one.get("title")),
            outlet=feed.outlet,
            byline=_plain(one.get("author")),
            published=_time(one.get("published_parsed") or updated),
            changed=_time(updated),
        ),
        words,
    )


def _plain(value: object) -> str | None:
    return " ".join(unescape(TAG.sub("", str(value))).split()) or None if value else None


def _time(value: object) -> str | None:
    try:
        at = calendar.timegm(cast("struct_time", value)) if value else None
        return None if at is None else datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds")
    except (ValueError, OverflowError, OSError, TypeError):
        return None


def capture_of(entry: Entry, answer: Answer) -> Capture | SourceError:
    """An entry's own words as a report."""
    wanted = entry.wanted
    source = source_of(wanted.url)
    if not entry.words.strip():
        return refused(source, "the feed's entry has no words", 'Say read = "page" for its feed.', doing="Reading")
    return Capture(
        source=source,
        content=entry.words.encode("utf-8", "replace"),
        media="html",
        title=wanted.title,
        outlet=wanted.outlet,
        byline=wanted.byline,
        published=wanted.published,
        retrieval=Retrieval(at=answer.at, address=answer.address, headers={"content-type": "text/html; charset=utf-8"}),
    )
