"""The door: only this machine's own pages may ask, and a page runs nothing but its own files."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders

from sitrep.review.desk.api import JSON, trouble

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

SAFE = frozenset({"GET", "HEAD"})
LARGEST = 1_000_000
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


class Guard:
    """Checks Host, Origin, token, size and kind of every request, and says what pages may do.

    A page elsewhere can make a browser send requests here: its Origin gives it away, it cannot read the token,
    and a name that was made to point here (DNS rebinding) is no host of ours.
    """

    def __init__(self, app: ASGIApp, *, port: int, token: str, tiles: str | None = None) -> None:
        self._app = app
        self._token = token
        named = frozenset(LOOPBACK) if port == 80 else frozenset[str]()
        self._hosts = named | {f"{name}:{port}" for name in LOOPBACK}
        self._origins = frozenset(f"http://{host}" for host in self._hosts)
        self._headers = _headers(tiles)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refusal = self._refuse(scope["method"], Headers(scope=scope))

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers[name] = value
                if scope["path"].startswith("/api/"):
                    headers["Cache-Control"] = "no-store"
            await send(message)

        if refusal is not None:
            status, error, todo = refusal
            await trouble(status, error, todo)(scope, receive, guarded)
            return
        await self._app(scope, _bounded(receive), guarded)

    def _refuse(self, method: str, headers: Headers) -> tuple[int, str, str] | None:
        if headers.get("host", "").lower() not in self._hosts:
            return 403, "This host is not the desk.", "Open the address that `sitrep desk` prints."
        origin = headers.get("origin")
        if origin is not None and origin.lower() not in self._origins:
            return 403, "Another site may not use the desk.", "Open the address that `sitrep desk` prints."
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none") and method not in SAFE:
            return 403, "Another site may not use the desk.", "Open the address that `sitrep desk` prints."
        if method in SAFE:
            return None
        given = headers.get("x-csrf-token", "")
        if not hmac.compare_digest(given.encode("utf-8", "replace"), self._token.encode()):
            return 403, "The token is missing or of another run.", "Load the page again."
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > LARGEST:
            return 413, "The request is too long.", f"Send at most {LARGEST:,} bytes."
        if method != "DELETE" and headers.get("content-type", "").partition(";")[0].strip().lower() != JSON:
            return 415, "The request is no JSON.", f"Send it with Content-Type: {JSON}."
        return None


def _bounded(receive: Receive) -> Receive:
    """A body without a stated length is cut off where it becomes too long; what is left is no JSON."""
    seen = 0

    async def bounded() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        return {**message, "body": b"", "more_body": False} if seen > LARGEST else message

    return bounded


def _headers(tiles: str | None) -> dict[str, str]:
    images = "img-src 'self' data: blob:" + (f" {tiles}" if tiles else "")
    connect = "connect-src 'self'" + (f" {tiles}" if tiles else "")
    policy = (
        "default-src 'none'", "script-src 'self'", "style-src 'self'", images, "font-src 'self'", connect,
        "worker-src 'self'", "manifest-src 'self'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
    )  # fmt: skip
    return {
        "Content-Security-Policy": "; ".join(policy),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    }
