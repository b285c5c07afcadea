"""Stores to test on: the same tests run over SQLite and PostgreSQL."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Generator

import psycopg
import pytest
from tests.fixtures import postgres

_numbers = itertools.count()


@pytest.fixture(scope="session")
def postgres_server() -> Generator[str]:
    if postgres.programs() is None:
        pytest.skip("no PostgreSQL here; scripts/postgres.sh brings it")
    with postgres.server() as url:
        yield url


@pytest.fixture
def new_postgres(postgres_server: str) -> Callable[[], str]:
    """Makes empty places in the database, each a schema, which is cheaper than a database."""

    def make() -> str:
        name = f"store{next(_numbers)}"
        with psycopg.connect(postgres_server, autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA {name}")
        return f"{postgres_server}&options=-csearch_path%3D{name}"

    return make


# one process holds the server, so that it starts once
@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.xdist_group("postgres"))])
def new_store(request, tmp_path) -> Callable[[], str]:
    """Makes empty stores, in a file or on a server."""
    if request.param == "postgres":
        return request.getfixturevalue("new_postgres")
    return lambda: str(tmp_path / f"store{next(_numbers)}.db")


@pytest.fixture
def store(new_store) -> str:
    return new_store()
