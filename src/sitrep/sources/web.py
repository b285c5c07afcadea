"""Pages from the web, as a polite guest takes them: robots.txt honoured, one page at a time from each host."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin, urlsplit

from sitrep.errors import SourceError
from sitrep.model import Source
from sitrep.model.version import VERSION
from sitrep.sources.address import is_address, normal
from sitrep.sources.body import unpack
from sitrep.sources.source import CHUNK, LARGEST, refused

if TYPE_CHECKING:
    import httpcore
    from protego import Protego

    from sitrep.sources.guard import Deadline

AGENT = f"sitrep/{VERSION}"
# a robots.txt may be cut here (RFC 9309, 2.5)
LONGEST_ROBOTS = 500 * 1024
# a host that asks for more time between two pages is asking to be left alone
LONGEST_PAUSE = 60.0
# the answer to "too many requests" is waited for this long, else the page fails and may be tried in a later run
LONGEST_WAIT = 20.0
KEPT = ("content-type", "date", "last-modified", "etag", "server", "content-language")
REDIRECTS = (301, 302, 303, 307, 308)
LATER = (429, 503)


class Rules(NamedTuple):
    """How pages are asked for.

    agent: what sitrep calls itself; robots.txt is read for it. timeout: seconds for one step. deadline: seconds
    for one answer in all. pause: seconds between two requests to one host. allow_private: also take addresses
    of private networks, such as an archive in the house.
    """

    agent: str = AGENT
    timeout: float = 20.0
    deadline: float = 60.0
    largest: int = LARGEST
    redirects: int = 5
    pause: float = 1.0
    robots: bool = True
    allow_private: bool = False


class Known(NamedTuple):
    """What an earlier answer said of a page, so that a server may answer that nothing changed. at: when that was."""

    etag: str | None = None
    modified: str | None = None
    at: str = ""

    def is_before(self, changed: str | None) -> bool:
        """Whether the page is said to have changed since. Both times are ISO, in UTC."""
        return changed is not None and self.at < changed


class Answer(NamedTuple):
    """What a server sent. address: where it came from in the end."""

    status: int
    address: str
    headers: dict[str, str]
    content: bytes
    at: str


class Web:
    """Asks for pages. Threads may share one; `close` lets go of its connections.

    known: what is known of an address, None where it was never taken. again: ask for known pages again too.
    """

    def __init__(
        self,
        rules: Rules | None = None,
        known: Callable[[str], Known | None] | None = None,
        *,
        again: bool = False,
    ) -> None:
        self.rules = rules or Rules()
        self.again = again
        self._known = known
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()
        self._pool: httpcore.ConnectionPool | None = None

    def known(self, address: str) -> Known | None:
        """What is known of an address (see `normal`)."""
        return self._known(address) if self._known else None

    def fetch(
        self, url: str, source: Source, known: Known | None = None, accept: str = "text/html,*/*;q=0.5"
    ) -> Answer:
        """The answer of a server, redirects followed: 200, or 304 where the page is as it was known.

        Raises SourceError for everything else.
        """

        def ask(address: str) -> Answer:
            address = _checked(address, source)
            self._may(address, source)
            return self._patient(address, source, known, accept)

        answer = self._follow(url, source, ask)
        if answer.status not in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED):
            raise _refusal(answer, source)
        return answer

    def _follow(self, url: str, source: Source, ask: Callable[[str], Answer]) -> Answer:
        """The answer at the end of the redirects."""
        for _ in range(self.rules.redirects + 1):
            answer = ask(url)
            if answer.status not in REDIRECTS:
                return answer
            url = _target(answer, source)
        raise refused(
            source,
            f"it is redirected more than {self.rules.redirects} times, last to {url[:200]}",
            "Give the address at which the page is in the end.",
            doing="Fetching",
        )

    def _patient(self, url: str, source: Source, known: Known | None, accept: str) -> Answer:
        """One answer, asked for a second time where the server says soon when to come back."""
        answer = self._ask(url, source, known, accept)
        wait = retry_after(answer.headers) if answer.status in LATER else None
        if wait is None or wait > LONGEST_WAIT:
            return answer
        time.sleep(wait)
        return self._ask(url, source, known, accept)

    def _ask(self, url: str, source: Source, known: Known | None, accept: str) -> Answer:
        """One request, no redirect followed."""
        import httpcore

        from sitrep.sources.guard import PrivateAddressError

        headers = {
            "Host": urlsplit(url).netloc.rpartition("@")[2],
            "User-Agent": self.rules.agent,
            "Accept": accept,
            "Accept-Language": "en, *;q=0.5",
            "Accept-Encoding": "gzip, deflate",
        }
        if known and known.etag:
            headers["If-None-Match"] = known.etag
        if known and known.modified:
            headers["If-Modified-Since"] = known.modified
        host = self._host(url)
        with host.lock:
            host.wait(self.rules.pause)
            try:
                return self._send(url, headers, source)
            except PrivateAddressError as error:
                raise refused(
                    source,
                    f"{error}; sitrep does not read private networks for a page or feed",
                    "Where this is an archive in your own house, say --allow-private.",
                    doing="Fetching",
                    private="yes",
                ) from error
            except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
                late = isinstance(error, httpcore.TimeoutException)
                why = "it takes too long" if late else str(error) or type(error).__name__
                raise refused(
                    source, f"the server cannot be read ({why})", "Try again later.", doing="Fetching"
                ) from error
            except (ValueError, UnicodeError) as error:
                raise refused(source, str(error), "Check the address in a browser.", doing="Fetching") from error
            finally:
                host.last = time.monotonic()

    def _send(self, url: str, headers: dict[str, str], source: Source) -> Answer:
        pool, deadline = self._connections()
        largest = self.rules.largest
        deadline.at = time.monotonic() + self.rules.deadline
        steps = dict.fromkeys(("connect", "read", "write", "pool"), self.rules.timeout)
        with pool.stream("GET", url, headers=list(headers.items()), extensions={"timeout": steps}) as response:
            said = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
            content = bytearray()
            if response.status == HTTPStatus.OK:
                for chunk in response.iter_stream():
                    content += chunk
                    if len(content) > largest:
                        break
        unpacked = (
            unpack(bytes(content), said.get("content-encoding", ""), largest) if len(content) <= largest else content
        )
        if len(unpacked) > largest:
            raise refused(
                source,
                f"it is larger than {largest / CHUNK:.0f} MiB, which no single report is",
                "Save the page, and give the file.",
                doing="Fetching",
            )
        return Answer(response.status, url, said, bytes(unpacked), datetime.now(UTC).isoformat(timespec="seconds"))

    def _connections(self) -> tuple[httpcore.ConnectionPool, Deadline]:
        with self._lock:
            if self._pool is None:
                import ssl

                import httpcore

                from sitrep.sources.guard import Deadline, Guard

                self._deadline = Deadline()
                self._pool = httpcore.ConnectionPool(
                    ssl_context=ssl.create_default_context(),
                    max_connections=32,
                    max_keepalive_connections=16,
                    keepalive_expiry=30,
                    network_backend=Guard(self._deadline, allow_private=self.rules.allow_private),
                )
            return self._pool, self._deadline

    def _host(self, url: str) -> _Host:
        parts = urlsplit(url)
        with self._lock:
            return self._hosts.setdefault(f"{parts.scheme}://{parts.netloc.lower()}", _Host())

    def _may(self, url: str, source: Source) -> None:
        """Raises SourceError where the host asks that the page not be taken."""
        if not self.rules.robots:
            return
        host = self._host(url)
        with host.once:
            if host.robots is None:
                host.robots = self._robots(url, host)
        if not host.robots.can_fetch(url, self.rules.agent):
            raise refused(
                source,
                f"{host.why or 'the robots.txt of its host asks that it not be taken'}",
                "Ask the outlet, or save the page by hand and give the file.",
                doing="Fetching",
            )

    def _robots(self, url: str, host: _Host) -> Protego:
        """What a host asks of robots. A host that has no robots.txt asks nothing (RFC 9309, 2.3.1)."""
        from protego import Protego

        address = urljoin(url, "/robots.txt")
        source = Source(kind="url", uri=address, id=address)
        try:
            answer = self._follow(
                address, source, lambda at: self._ask(_checked(at, source), source, None, "text/plain,*/*;q=0.5")
            )
        except SourceError as error:
            if "private" in error.facts:
                raise
            host.why = f"its robots.txt cannot be read: {error.message}"
            return Protego.parse("User-agent: *\nDisallow: /")
        if answer.status >= 500 or answer.status == 429:
            host.why = f"its robots.txt is answered with {answer.status}, which means that nothing may be taken for now"
            return Protego.parse("User-agent: *\nDisallow: /")
        said = answer.content[:LONGEST_ROBOTS].decode("utf-8", "replace") if answer.status == HTTPStatus.OK else ""
        robots = Protego.parse(said)
        host.pause = min(robots.crawl_delay(self.rules.agent) or 0.0, LONGEST_PAUSE)
        return robots

    def close(self) -> None:
        """Let go of the connections."""
        with self._lock:
            if self._pool is not None:
                self._pool.close()
                self._pool = None


class _Host:
    """One host: what it asks for, and when it was last asked."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.once = threading.Lock()
        self.robots: Protego | None = None
        self.why = ""
        self.pause = 0.0
        self.last = float("-inf")

    def wait(self, pause: float) -> None:
        """Wait until it may be asked again."""
        time.sleep(max(0.0, self.last + max(pause, self.pause) - time.monotonic()))


def retry_after(headers: dict[str, str]) -> float | None:
    """In how many seconds a server wants to be asked again, where it says."""
    from email.utils import parsedate_to_datetime

    said = headers.get("retry-after", "").strip()
    if said.isdigit():
        return float(said[:9])
    try:
        return max(0.0, (parsedate_to_datetime(said) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _checked(url: str, source: Source) -> str:
    """An address as it goes over the wire. Raises SourceError where it is none of the web."""
    import httpx

    why = "it names no host"
    try:
        if is_address(url) and urlsplit(url).hostname:
            return str(httpx.URL(url).copy_with(fragment=None))
    except (httpx.InvalidURL, ValueError) as error:
        why = str(error)
    raise refused(
        source, f"{url[:200]!r} is no address of the web ({why})", "Give an http or https address.", doing="Fetching"
    )


def _target(answer: Answer, source: Source) -> str:
    said = answer.headers.get("location", "").strip()
    try:
        target = urljoin(answer.address, said)
    except ValueError:
        target = said
    if not is_address(target) or "location" not in answer.headers:
        raise refused(
            source,
            f"it is redirected to {target[:200]!r}, which is no page",
            "Check the address in a browser.",
            doing="Fetching",
        )
    return target


def _refusal(answer: Answer, source: Source) -> SourceError:
    try:
        phrase = HTTPStatus(answer.status).phrase
    except ValueError:
        phrase = "unknown"
    gone = answer.status in (404, 410)
    later = retry_after(answer.headers)
    return refused(
        source,
        f"the server answers {answer.status} ({phrase})",
        "The page is gone; look for a copy in a web archive." if gone else "Try again later, or save the page by hand.",
        doing="Fetching",
        status=answer.status,
        **({} if later is None else {"retry_after": round(later)}),
    )


def source_of(url: str, kind: str = "url") -> Source:
    """The source that an address is."""
    return Source(kind=kind, uri=url, id=normal(url))
