"""Reader: runs the stages over reports, in a fixed order, and merges what they give."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

import msgspec

from sitrep.errors import PipelineError, SitrepError, StageError
from sitrep.model import LAYERS, Failure, LayerName, Layers, Provenance, Reading, Report
from sitrep.model.version import VERSION
from sitrep.reading.effort import limited
from sitrep.reading.link import link
from sitrep.reading.page import Page
from sitrep.reading.parser import Parser, thinned
from sitrep.reading.passages import find_passages
from sitrep.reading.stage import Stage
from sitrep.reading.topic import topic_of

if TYPE_CHECKING:
    from sitrep.reading.learned.reader import LearnedReader

# reports whose passages share one spaCy batch: more gains no speed and holds more memory
BATCH = 16


class Reader:
    """Report in, Reading out. Checks at construction that the stages fit together.

    stages: run in this order, after passages were found and parsed. digests: what the readings
    were made with ("ontology", "gazetteer"), for provenance. learned: the trained reader, whose proposals the
    stages weigh; without it rules read alone.
    """

    def __init__(
        self,
        stages: Sequence[Stage],
        *,
        digests: dict[str, str],
        parser: Parser | None = None,
        learned: LearnedReader | None = None,
    ) -> None:
        self.stages = tuple(stages)
        self.parser = parser or Parser()
        self.learned = learned
        check(self.stages)
        self.provenance = Provenance(
            sitrep=VERSION,
            stages={stage.name: stage.version for stage in self.stages},
            ontology=digests.get("ontology", ""),
            gazetteer=digests.get("gazetteer", ""),
            weights=learned.weights.digest if learned else None,
        )

    def read(self, report: Report) -> Reading:
        """Read one report."""
        return next(iter(self.read_many([report])))

    def read_many(self, reports: Iterable[Report], *, strict: bool = False) -> Iterator[Reading]:
        """Read reports in order. A stage that fails leaves its layers empty and a Failure in the
        reading; with strict, the StageError is raised instead.
        """
        todo = iter(reports)
        while batch := list(islice(todo, BATCH)):
            found = [find_passages(report.text) for report in batch]
            parses = self.parser.parse_many(
                (report.text, passages) for report, passages in zip(batch, found, strict=True)
            )
            for report, passages, parse in zip(batch, found, parses, strict=True):
                learned = self.learned.read(thinned(report.text)) if self.learned else None
                yield self.run(Page(report, parse, Layers(passages=passages), learned), strict=strict)

    def run(self, page: Page, *, strict: bool = False) -> Reading:
        """Run the stages over one parsed page."""
        failures: list[Failure] = []
        for stage in self.stages:
            try:
                with limited(stage.name, len(page.parse.words)):
                    given = stage(page)
            except (SitrepError, ArithmeticError, LookupError, TypeError, ValueError, RecursionError) as error:
                failure = StageError(
                    f"Stage {stage.name!r} failed on report {page.report.source.id!r}: {type(error).__name__}: {error}",
                    todo="The other layers of this reading stand. Please report it with the text of the report.",
                    stage=stage.name,
                    version=stage.version,
                    report_id=page.report.id,
                )
                if strict:
                    raise failure from error
                failures.append(to_failure(failure, tried=f"stage {stage.name}", on=page.report.source.id))
                continue
            page = page.turned(merge(page.layers, given, stage.gives))
        layers = link(page)
        return Reading(
            report=page.report,
            provenance=self.provenance,
            topic=topic_of(page.learned),
            failures=tuple(failures),
            **{name: getattr(layers, name) for name in LAYERS},
        )


def check(stages: Sequence[Stage]) -> None:
    """Raise PipelineError where a stage needs a layer that nobody gives before it, or two give the same one."""
    givers: dict[LayerName, str] = {"passages": "passages"}
    for stage in stages:
        for layer in sorted(stage.needs):
            if layer not in givers:
                raise PipelineError(
                    f"Stage {stage.name!r} needs the layer {layer!r}, which no stage before it gives.",
                    todo="Put the stage that gives it earlier in the order.",
                    stage=stage.name,
                    layer=layer,
                )
        for layer in sorted(stage.gives):
            if layer in givers:
                raise PipelineError(
                    f"Stage {stage.name!r} gives the layer {layer!r}, which {givers[layer]!r} gives already.",
                    todo="Let one of them give it.",
                    stage=stage.name,
                    layer=layer,
                )
            givers[layer] = stage.name


def merge(layers: Layers, given: Layers, names: frozenset[LayerName]) -> Layers:
    """New Layers with the named layers taken from what a stage gave, each id once."""
    return msgspec.structs.replace(layers, **{name: _distinct(getattr(given, name)) for name in names})


def _distinct(records: tuple[Any, ...]) -> tuple[Any, ...]:
    """Records without those that bear the id of an earlier one: the same words of the same kind say the same thing."""
    if not records or not hasattr(records[0], "id"):
        return records
    found: dict[str, Any] = {}
    for record in records:
        found.setdefault(record.id, record)
    return tuple(found.values())


def to_failure(error: SitrepError, *, tried: str, on: str) -> Failure:
    """The record of an error."""
    return Failure(
        kind=type(error).__name__, tried=tried, on=on, message=error.message, todo=error.todo, facts=error.facts
    )
