"""The war desk: events, slots, claims and incidents of newspaper articles on one war, against a coder's work."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from sitrep.errors import BenchmarkError
from sitrep.model.codec import encode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sitrep.evaluation.harness import Bench
    from sitrep.model import Incident, Reading
    from sitrep.ontology.vocabulary import Ontology

PAPER = (
    "The desk's own scorer, tools/score_desk.py beside the data, on the readings as `sitrep read --json` writes them: "
    "an event is found where one of the same coarse type shares the evidence sentence, or place and target; slots are "
    "scored on found events; a claim is found from a Dice coefficient of 0.5 of its words; incidents by pairs of "
    "found events of different articles. The coders were asked for acts of war, protest, aid and agreements; "
    "asked_events_f1 leaves out our events of types that they were not asked for (accusations, requests, visits)."
)
SCORES = (
    "events_f1", "full_record_f1", "main_recall", "claims_f1", "claims_with_speaker_f1", "incident_pair_f1",
    "slot_date", "slot_factuality", "slot_injured", "slot_killed", "slot_perpetrator", "slot_place", "slot_target",
)  # fmt: skip
SCORER = Path("tools") / "score_desk.py"
# what the coders' guide asks for: groups of types, and single types of the other groups
ASKED_PARENTS = frozenset(
    {"violence", "remote_violence", "territory", "movement", "detention", "destruction", "dissent"}
)
ASKED_TYPES = frozenset({"agreement", "ceasefire", "aid"})


def run(rows: list[dict[str, Any]], bench: Bench) -> dict[str, float | None]:
    """Scores over the rows of a split."""
    scorer, gold = files(bench)
    reports = [
        bench.report(
            str(row["doc_id"]),
            row["text"],
            title=row.get("title"),
            published=row.get("published"),
            outlet=row.get("outlet"),
        )
        for row in rows
    ]
    readings = list(bench.read(reports))
    from sitrep.corroboration.cluster import incidents
    from sitrep.ontology.load import load_ontology

    ontology = load_ontology()
    wanted = {str(row["doc_id"]) for row in rows}
    scores = scores_of(judge(scorer, gold, wanted, readings, incidents(readings, ontology)))
    asked = judge(scorer, gold, wanted, [only_asked(reading, ontology) for reading in readings], ())
    return {**scores, "asked_events_f1": asked["events"]["f1"]}


def only_asked(reading: Reading, ontology: Ontology) -> Reading:
    """A reading with the events alone that the coders were asked for."""
    events = tuple(
        event
        for event in reading.events
        if event.type in ASKED_TYPES
        or (event.type in ontology.events and ontology.events[event.type].parent in ASKED_PARENTS)
    )
    return msgspec.structs.replace(reading, events=events)


def files(bench: Bench) -> tuple[Path, Path]:
    """The scorer and the gold file. Raises BenchmarkError where one is missing."""
    gold = bench.folder / f"{bench.split}.gold.jsonl"
    scorer = next(
        (parent / SCORER for parent in bench.folder.resolve().parents[:3] if (parent / SCORER).is_file()), None
    )
    for path, what in ((scorer, SCORER.as_posix()), (gold if gold.is_file() else None, gold.name)):
        if path is None:
            raise BenchmarkError(
                f"Running benchmark 'desk': {what} is missing.",
                todo=f"It needs {gold.name} in the data folder and {SCORER.as_posix()} beside or above it.",
                benchmark="desk",
            )
    return scorer or gold, gold


def judge(
    scorer: Path, gold: Path, wanted: set[str], readings: Iterable[Reading], incidents: Iterable[Incident]
) -> dict[str, Any]:
    """What the scorer says of readings and incidents, over the wanted articles."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines = [line for line in gold.read_text(encoding="utf-8").splitlines() if line.strip()]
        chosen = [line for line in lines if str(json.loads(line)["doc_id"]) in wanted]
        (folder / "gold.jsonl").write_text("\n".join(chosen) + "\n", encoding="utf-8")
        (folder / "readings.jsonl").write_bytes(b"".join(encode(reading) + b"\n" for reading in readings))
        (folder / "incidents.jsonl").write_bytes(b"".join(encode(incident) + b"\n" for incident in incidents))
        command = [
            sys.executable, str(scorer), "gold.jsonl", "readings.jsonl", "--incidents", "incidents.jsonl", "--json",
        ]  # fmt: skip
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603 - the data's own scorer
    if done.returncode:
        raise BenchmarkError(
            f"Running benchmark 'desk': the scorer failed: {done.stderr.strip()[-400:]}.",
            todo="Look at the readings; the scorer expects the record of `sitrep schema`.",
            benchmark="desk",
        )
    return json.loads(done.stdout)


def scores_of(said: dict[str, Any]) -> dict[str, float | None]:
    """The scorer's answer under the names of SCORES."""
    scores: dict[str, float | None] = {
        "events_f1": said["events"]["f1"],
        "full_record_f1": said["full_record"]["f1"],
        "main_recall": said["main_recall"],
        "claims_f1": said["claims"]["f1"],
        "claims_with_speaker_f1": said["claims_with_speaker"]["f1"],
        "incident_pair_f1": said["incident_pairs"]["f1"],
        "events_precision": said["events"]["p"],
        "events_recall": said["events"]["r"],
    }
    for name, share in said["slots"].items():
        scores[f"slot_{name}"] = float(share.rsplit("=", 1)[1])
    return scores
