"""Endpoints as data: each says what it takes and gives, so that checking and OpenAPI come from one place."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, cast

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.routing import Route

from sitrep.errors import Conflict, SitrepError, StoreError
from sitrep.model.version import VERSION

if TYPE_CHECKING:
    from starlette.requests import Request

Method = Literal["GET", "POST", "PUT", "DELETE"]
JSON = "application/json"
# what is asked of the whole archive takes long and changes only when somebody writes
WHOLE = ("/api/situation/", "/api/dossiers/", "/api/vocabulary")
# what any endpoint may answer besides what it is for
TROUBLE = {
    400: "The request cannot be understood.",
    403: "It comes from elsewhere, or without the token.",
    404: "There is no such thing.",
    409: "Somebody changed it since; nothing was written.",
    413: "It is too long.",
    415: "It is no JSON.",
    422: "It cannot be so.",
    503: "The archive cannot be used now.",
}


class Refusal(Exception):  # noqa: N818 - an answer, not an accident
    """An answer other than what was asked for. more: what the answer says besides."""

    def __init__(self, status: int, error: str, todo: str = "", **more: object) -> None:
        super().__init__(error)
        self.status = status
        self.error = error
        self.todo = todo
        self.more = more


class Trouble(msgspec.Struct, omit_defaults=True):
    """Why an answer is not what was asked for. version, changes: what changed since, after a conflict."""

    error: str
    todo: str
    version: str | None = None
    changes: list[dict[str, Any]] = []


class Empty(msgspec.Struct, forbid_unknown_fields=True):
    """A query without parameters."""


class Endpoint(NamedTuple):
    """One method of one path.

    answer: the type of what it gives, None for bytes of another kind. handle: takes the desk, the path's
    parameters, the query and the body.
    """

    method: Method
    path: str
    summary: str
    handle: Callable[..., Any]
    query: type[msgspec.Struct] = Empty
    body: Any = None
    answer: Any = None
    status: int = 200

    @property
    def parameters(self) -> list[str]:
        """The names in the path."""
        return [part[1:-1].partition(":")[0] for part in self.path.split("/") if part.startswith("{")]


class File(NamedTuple):
    """Bytes to keep as a file."""

    name: str
    media: str
    content: bytes


def routes(endpoints: Iterable[Endpoint], desk: object) -> list[Route]:
    """Routes for endpoints; methods of one path share a route, so that another method is 405."""
    by_path: dict[str, dict[str, Endpoint]] = {}
    for endpoint in endpoints:
        by_path.setdefault(endpoint.path, {})[endpoint.method] = endpoint
    return [Route(path, _serve(methods, desk), methods=list(methods)) for path, methods in by_path.items()]


def _serve(methods: dict[str, Endpoint], desk: object) -> Callable[..., Any]:
    async def serve(request: Request) -> Response:
        endpoint = methods["GET" if request.method == "HEAD" else request.method]
        content = await request.body() if endpoint.body is not None else b""
        return await run_in_threadpool(_answer, endpoint, desk, request, content)

    return serve


def _answer(endpoint: Endpoint, desk: object, request: Request, content: bytes) -> Response:
    try:
        query = _query(endpoint.query, request)
        given: list[Any] = [desk, *(request.path_params[name] for name in endpoint.parameters), query]
        if endpoint.body is not None:
            given.append(_body(endpoint.body, content))
        if endpoint.path.startswith(WHOLE):
            asked = f"{request.url.path}?{request.url.query}"
            answer = _kept(desk, asked, endpoint, given)
        else:
            answer = endpoint.handle(*given)
    except Refusal as refusal:
        return trouble(refusal.status, refusal.error, refusal.todo, **refusal.more)
    except Conflict as conflict:
        return trouble(409, conflict.message, conflict.todo, version=conflict.facts.get("version"))
    except StoreError as error:
        # a place that nobody knows is no fault of the archive
        return trouble(404 if "place" in error.facts else 503, error.message, error.todo)
    except SitrepError as error:
        return trouble(422, error.message, error.todo)
    if isinstance(answer, File):
        headers = {"Content-Disposition": f'attachment; filename="{answer.name}"'}
        return Response(answer.content, media_type=answer.media, headers=headers)
    content = answer if isinstance(answer, bytes) else msgspec.json.encode(answer)
    return Response(content, endpoint.status, media_type=JSON)


def _kept(desk: object, asked: str, endpoint: Endpoint, given: list[Any]) -> bytes:
    return cast("Any", desk).kept.answer(asked, lambda: msgspec.json.encode(endpoint.handle(*given)))


def warm(endpoints: Iterable[Endpoint], desk: object) -> None:
    """Find answers about the whole archive before somebody asks."""
    for endpoint in endpoints:
        # what cannot be told now is told to whoever asks
        with suppress(SitrepError):
            _kept(desk, f"{endpoint.path}?", endpoint, [desk, endpoint.query()])


def trouble(status: int, error: str, todo: str = "", **more: object) -> Response:
    """An answer that says why it is not what was asked for."""
    told = Trouble(error, todo, **cast("dict[str, Any]", more))
    return Response(msgspec.json.encode(told), status, media_type=JSON)


def _query(kind: type[msgspec.Struct], request: Request) -> msgspec.Struct:
    given: dict[str, str] = {}
    for name, value in request.query_params.multi_items():
        if name in given:
            raise Refusal(400, f"The parameter {name!r} stands there twice.", "Give it once.")
        given[name] = value
    try:
        return msgspec.convert(given, kind, strict=False)
    except msgspec.ValidationError as error:
        raise Refusal(400, f"Reading the query: {error}.", "See /api/openapi.json.") from error


def _body(kind: Any, content: bytes) -> Any:  # noqa: ANN401 - whatever the endpoint takes
    try:
        return msgspec.json.decode(content, type=kind)
    except msgspec.ValidationError as error:
        raise Refusal(422, f"Reading the request: {error}.", "See /api/openapi.json.") from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Refusal(400, f"Reading the request: {error}.", "Send JSON in UTF-8.") from error


# OpenAPI


def openapi(endpoints: Iterable[Endpoint]) -> dict[str, Any]:
    """The API as OpenAPI 3.1."""
    listed = list(endpoints)
    types = [kind for e in listed for kind in (e.query, e.body, e.answer) if kind not in (None, Empty)]
    found, parts = msgspec.json.schema_components([*types, Trouble], ref_template="#/components/schemas/{name}")
    schemas = dict(zip([*map(id, types), id(Trouble)], found, strict=True))
    paths: dict[str, Any] = {}
    for endpoint in listed:
        path = "/".join(
            "{" + part[1:-1].partition(":")[0] + "}" if part.startswith("{") else part
            for part in endpoint.path.split("/")
        )
        paths.setdefault(path, {})[endpoint.method.lower()] = _operation(endpoint, schemas, parts)
    queries = {e.query.__name__ for e in listed}
    components = {name: part for name, part in parts.items() if name not in queries}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "The desk of sitrep",
            "version": VERSION,
            "description": "Read, check and correct records of reports. Offsets count UTF-16 units.",
        },
        "paths": paths,
        "components": {"schemas": components},
    }


def _operation(endpoint: Endpoint, schemas: dict[int, Any], parts: dict[str, Any]) -> dict[str, Any]:
    parameters: list[dict[str, Any]] = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
        for name in endpoint.parameters
    ]
    if endpoint.query is not Empty:
        fields = parts[endpoint.query.__name__]
        required = set(fields.get("required", ()))
        parameters += [
            {"name": name, "in": "query", "required": name in required, "schema": _plain(schema)}
            for name, schema in fields["properties"].items()
        ]
    changes = endpoint.method != "GET"
    if changes:
        parameters.append(
            {"name": "X-CSRF-Token", "in": "header", "required": True, "schema": {"type": "string"},
             "description": "From GET /api/session."}
        )  # fmt: skip
    trouble_schema = {"content": {JSON: {"schema": schemas[id(Trouble)]}}}
    answers: dict[str, Any] = {
        str(status): {"description": words, **trouble_schema}
        for status, words in TROUBLE.items()
        if changes or status not in (409, 413, 415)
    }
    media: dict[str, Any] = {"*/*": {}}
    if endpoint.answer is not None:
        media = {JSON: {"schema": schemas[id(endpoint.answer)]}}
    answers[str(endpoint.status)] = {"description": endpoint.summary, "content": media}
    operation: dict[str, Any] = {
        "summary": endpoint.summary,
        "operationId": endpoint.handle.__name__,
        "parameters": parameters,
        "responses": answers,
    }
    if endpoint.body is not None:
        operation["requestBody"] = {"required": True, "content": {JSON: {"schema": schemas[id(endpoint.body)]}}}
    return operation


def _plain(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of a parameter: what may be left out is left out, not null."""
    schema = {name: value for name, value in schema.items() if not (name == "default" and value is None)}
    if "anyOf" in schema:
        kinds = [kind for kind in schema["anyOf"] if kind != {"type": "null"}]
        rest = {name: value for name, value in schema.items() if name != "anyOf"}
        return {**rest, **kinds[0]} if len(kinds) == 1 else {**rest, "anyOf": kinds}
    if "enum" in schema:
        return {**schema, "enum": [value for value in schema["enum"] if value is not None]}
    return schema
