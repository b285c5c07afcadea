"""Reader: stages must fit together; one that fails leaves the rest standing."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from tests.conftest import make_report

from sitrep.errors import PipelineError, StageError
from sitrep.model import Evidence, Layers, Mention
from sitrep.model.codec import encode
from sitrep.reading import effort
from sitrep.reading.parser import Parser
from sitrep.reading.reader import Reader, check, merge
from sitrep.reading.sentences import Sentences


class Fake:
    version = "1"

    def __init__(self, name: str, needs: set[str], gives: set[str], error: Exception | None = None) -> None:
        self.name: Any = name
        self.needs: Any = frozenset(needs)
        self.gives: Any = frozenset(gives)
        self.error = error

    def __call__(self, page: Any, /) -> Layers:
        if self.error:
            raise self.error
        return Layers()


def test_a_stage_that_comes_too_early_is_refused() -> None:
    with pytest.raises(PipelineError, match="needs the layer 'events'"):
        check([Fake("claims", {"events"}, {"claims"}), Fake("events", set(), {"events"})])


def test_a_layer_has_one_giver() -> None:
    with pytest.raises(PipelineError, match="'a' gives already"):
        check([Fake("a", set(), {"events"}), Fake("b", set(), {"events"})])


def test_a_failing_stage_leaves_a_failure_and_the_other_layers(parser: Parser) -> None:
    reader = Reader([Sentences(), Fake("events", set(), {"events"}, ValueError("boom"))], digests={}, parser=parser)
    reading = reader.read(make_report("Troops left. The town is empty."))
    assert len(reading.sentences) == 2
    assert [f.kind for f in reading.failures] == ["StageError"]
    assert "boom" in reading.failures[0].message
    assert reading.failures[0].facts["stage"] == "events"


def test_a_stage_that_would_never_end_gives_up_and_the_others_stand(parser: Parser, monkeypatch: Any) -> None:
    class Endless(Fake):
        def __call__(self, page: Any, /) -> Layers:
            rounds = 0
            while page:
                rounds += 1
            return Layers()

    monkeypatch.setattr(effort, "SHORT", 0)
    monkeypatch.setattr(effort, "ROUNDS", 1_000)
    reader = Reader(
        [Sentences(), Endless("events", set(), {"events"}), Fake("claims", set(), {"claims"})],
        digests={},
        parser=parser,
    )
    for _ in range(2):
        reading = reader.read(make_report("Troops left. The town is empty."))
        assert len(reading.sentences) == 2
        (failure,) = reading.failures
        assert "Stage 'events' gave up" in failure.message
        assert sys.monitoring.get_tool(effort.TOOL) is None


def test_what_a_stage_gives_twice_under_one_id_is_kept_once() -> None:
    words = (Evidence(start=0, end=6, quote="Troops"),)
    given = Layers(
        mentions=tuple(
            Mention(id=name, kind=kind, form="name", evidence=words, head=words[0])
            for name, kind in (("m1", "name"), ("m1", "nominal"), ("m2", "name"))
        )
    )
    kept = merge(Layers(), given, frozenset({"mentions"})).mentions
    assert [(mention.id, mention.kind) for mention in kept] == [("m1", "name"), ("m2", "name")]


def test_strict_raises_at_the_first(parser: Parser) -> None:
    reader = Reader([Fake("events", set(), {"events"}, ValueError("boom"))], digests={}, parser=parser)
    with pytest.raises(StageError):
        list(reader.read_many([make_report("Troops left.")], strict=True))


def test_one_by_one_or_together_the_bytes_are_the_same(parser: Parser) -> None:
    reader = Reader([Sentences()], digests={}, parser=parser)
    reports = [make_report(f"Troops left town {n}. They did not return to it.") for n in range(40)]
    alone = [encode(reader.read(report)) for report in reports]
    assert [encode(reading) for reading in reader.read_many(reports)] == alone
