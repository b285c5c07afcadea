"""The desk as a web application: the API, the pages, and the door before both."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from starlette.applications import Starlette
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from sitrep.review.desk.api import JSON, openapi, routes, trouble, warm
from sitrep.review.desk.desk import Desk
from sitrep.review.desk.endpoints import ENDPOINTS
from sitrep.review.desk.guard import Guard

if TYPE_CHECKING:
    from starlette.requests import Request

# large answers that the pages begin with
FIRST = ("/api/vocabulary", "/api/situation/incidents", "/api/situation/control")
STATIC = Path(str(files("sitrep.review"))) / "static"
NOT_BUILT = (
    "The desk's pages are not built yet; the API under /api/ works.\n\n"
    "From a checkout: `make frontend`, which needs nothing but uv, or install sitrep from a wheel.\n"
)


def make_app(desk: Desk, *, port: int, static: Path = STATIC) -> Guard:
    """The application behind its guard. port: that of the address, which Host and Origin must name."""
    described = msgspec.json.encode(openapi(ENDPOINTS))

    def describe(_: Request) -> Response:
        return Response(described, media_type=JSON)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncGenerator[None]:
        yield
        desk.close()

    async def lost(request: Request, error: Exception) -> Response:
        status = getattr(error, "status_code", 404)
        return trouble(status, f"{request.method} {request.url.path}: {getattr(error, 'detail', 'not found')}.", "")

    async def broken(_request: Request, error: Exception) -> Response:
        return trouble(500, f"The desk failed: {type(error).__name__}.", "Please report it with what you did.")

    listed: list[Any] = [
        Route("/api/openapi.json", describe, methods=["GET"]),
        *routes(ENDPOINTS, desk),
        Route("/{path:path}", _pages(static), methods=["GET"]),
    ]
    handlers: Any = {404: lost, 405: lost, 500: broken}
    app = Starlette(routes=listed, lifespan=lifespan, exception_handlers=handlers)
    return Guard(app, port=port, token=desk.token, tiles=desk.tiles)


def get_ready(desk: Desk) -> None:
    """Find the large answers that the pages begin with, so that nobody waits for them."""
    warm([endpoint for endpoint in ENDPOINTS if endpoint.path in FIRST], desk)


def _pages(static: Path) -> Any:  # noqa: ANN401 - an endpoint of Starlette
    root = static.resolve()

    def page(request: Request) -> Response:
        path = request.path_params["path"]
        if path == "api" or path.startswith("api/"):
            return trouble(404, f"There is nothing at /{path}.", "See /api/openapi.json.")
        try:
            file = (root / path).resolve()
            inside = file.is_relative_to(root) and file.is_file()
        except (OSError, ValueError):
            inside, file = False, root
        if inside and file != root:
            # names of assets carry a digest, so they never change
            kept = "public, max-age=31536000, immutable" if path.startswith("assets/") else "no-cache"
            return FileResponse(file, headers={"Cache-Control": kept})
        index = root / "index.html"
        if not index.is_file():
            return PlainTextResponse(NOT_BUILT, 503)
        # an address of the pages' own, or one that is gone: the pages tell
        return FileResponse(index, headers={"Cache-Control": "no-cache"})

    return page
