"""Watch feeds: look at those that are due, take in what is new, and remember when to look again.

A feed's state is stored after its pages are: stopped before, the next pass asks for the feed again and passes over
the pages that the archive holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import chain, zip_longest
from typing import NamedTuple

import msgspec

from sitrep.errors import SourceError
from sitrep.ingest.archive import Outcome, Take
from sitrep.sources.address import normal
from sitrep.sources.feeds import LONGEST, Entry, Feed, Look, capture_of, look
from sitrep.sources.source import Found, Options
from sitrep.sources.urls import THREADS, Wanted, fetched
from sitrep.sources.web import Known, Web
from sitrep.store.feeds import FeedState
from sitrep.store.writer import Writer

# a page that cannot be had is asked for in so many passes
TRIES = 5
# a feed that is looked at by a clock comes a little early now and then
SLACK = 0.1

type Seen = Look | SourceError


class Waiting(msgspec.Struct, frozen=True):
    """A page that could not be had, and how often it was tried."""

    wanted: Wanted
    tries: int


class Pass(NamedTuple):
    """What became of one feed. new: pages that it named and that were asked for."""

    feed: Feed
    new: int = 0
    failure: SourceError | None = None


class Watch:
    """Looks at feeds. clock: gives the time."""

    def __init__(
        self, writer: Writer, feeds: Sequence[Feed], web: Web, *, clock: Callable[[], datetime] | None = None
    ) -> None:
        self._writer = writer
        self._feeds = {normal(feed.url): feed for feed in feeds}
        self._web = web
        self._clock = clock or (lambda: datetime.now(UTC))
        self._states = writer.feeds()
        self.passes: list[Pass] = []

    def due(self) -> list[str]:
        """The feeds that are due, in the order of the file."""
        now = self._clock()
        return [
            name
            for name, feed in self._feeds.items()
            if (at := self._due_at(name)) is not None and at <= now + timedelta(seconds=SLACK * feed.every)
        ]

    def next_due(self) -> datetime | None:
        """When the next feed is due; None where all are gone."""
        return min((at for name in self._feeds if (at := self._due_at(name)) is not None), default=None)

    def _due_at(self, name: str) -> datetime | None:
        state = self._states.get(name)
        if state is None:
            return datetime.min.replace(tzinfo=UTC)
        return datetime.fromisoformat(state.due_at) if state.due_at else None

    def once(self, take: Take) -> Iterator[Outcome]:
        """One pass over the feeds that are due. `passes` then says what became of each."""
        names = self.due()
        seen = dict(zip(names, self._look(names), strict=True))
        wanted = {name: self._wanted(name, seen[name]) for name in names}
        failed: set[str] = set()
        for outcome in take(self._found(names, seen, wanted)):
            if outcome.failures and any(failure.kind == "SourceError" for failure in outcome.failures):
                failed.add(outcome.source_id)
            yield outcome
        self.passes = []
        for name in names:
            look_ = seen[name]
            self._remember(name, look_, wanted[name], failed)
            failure = look_ if isinstance(look_, SourceError) else None
            self.passes.append(Pass(self._feeds[name], len(wanted[name]), failure))

    def _look(self, names: Sequence[str]) -> list[Seen]:
        """What each feed says, several asked at the same time."""

        def seen(name: str) -> Seen:
            state = self._states.get(name)
            try:
                return look(self._feeds[name], self._web, Known(state.etag, state.modified) if state else None)
            except SourceError as error:
                return error

        with ThreadPoolExecutor(THREADS, thread_name_prefix="feed") as pool:
            return list(pool.map(seen, names))

    def _wanted(self, name: str, seen: Seen) -> dict[str, tuple[Entry, int]]:
        """The pages to take, with their tries: new or changed ones that it names, and those that failed before."""
        state = self._states.get(name)
        waiting = msgspec.json.decode(state.waiting, type=list[Waiting]) if state else []
        found = {normal(one.wanted.url): (Entry(one.wanted, ""), one.tries) for one in waiting}
        for entry in (seen.entries or []) if isinstance(seen, Look) else []:
            address = normal(entry.wanted.url)
            known = self._web.known(address)
            if known is None or known.is_before(entry.wanted.changed):
                found[address] = (entry, found[address][1] if address in found else 0)
        return found

    def _found(
        self, names: Sequence[str], seen: dict[str, Seen], wanted: dict[str, dict[str, tuple[Entry, int]]]
    ) -> Iterator[Found]:
        """Everything that is wanted: entries at once, pages fetched, hosts in turn so that none waits for another."""
        failures = [one for one in seen.values() if isinstance(one, SourceError)]
        pages: list[list[Wanted]] = []
        for name in names:
            look_ = seen[name]
            if self._feeds[name].read == "page" or not isinstance(look_, Look):
                pages.append([entry.wanted for entry, _ in wanted[name].values()])
            else:
                yield from (capture_of(entry, look_.answer) for entry, _ in wanted[name].values() if entry.words)
        yield from failures
        turns: Iterable[Wanted] = filter(None, chain.from_iterable(zip_longest(*pages)))
        yield from fetched(turns, Options(web=self._web))

    def _remember(self, name: str, seen: Seen, wanted: dict[str, tuple[Entry, int]], failed: set[str]) -> None:
        feed, before, now = self._feeds[name], self._states.get(name), self._clock()
        waiting = [
            Waiting(entry.wanted, tries + 1)
            for address, (entry, tries) in wanted.items()
            if address in failed and tries + 1 < TRIES
        ]
        failures, note, etag, modified = 0, None, None, None
        if isinstance(seen, SourceError):
            failures = (before.failures if before else 0) + 1
            note = seen.message
            etag, modified = (before.etag, before.modified) if before else (None, None)
            pause = max(min(feed.every * 2**failures, LONGEST), int(seen.facts.get("retry_after", "0")))
        else:
            headers = seen.answer.headers
            unchanged = seen.entries is None and before is not None
            etag = headers.get("etag") or (before.etag if unchanged and before else None)
            modified = headers.get("last-modified") or (before.modified if unchanged and before else None)
            pause = max(feed.every, seen.ttl)
        gone = isinstance(seen, SourceError) and seen.facts.get("status") == "410"
        state = FeedState(
            address=name,
            asked_at=now.isoformat(timespec="seconds"),
            due_at=None if gone else (now + timedelta(seconds=pause)).isoformat(timespec="seconds"),
            etag=etag,
            modified=modified,
            failures=failures,
            note=note,
            waiting=msgspec.json.encode(waiting).decode(),
        )
        self._writer.remember_feed(state)
        self._states[name] = state
