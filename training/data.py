"""The data sets in the one format: a loader for each, and the mapping of their labels to ours."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml

from examples import Attribution, Event, Example, Span, levels

Row = dict[str, Any]
HERE = Path(__file__).parent
ONTOLOGY = HERE.parent / "src" / "sitrep" / "ontology" / "data"
KINDS = frozenset("person organisation group place facility weapon vehicle time quantity pronoun".split())
# what a set has nobody mapped: its spans are marked, but no loss is taken of them
UNMAPPED = "~"
# texts without marks, from which a reader learns only what its teacher says of them
PLAIN = "plain"
PLAIN_SETS = ("gvdb", "ecbplus", "wikiwars", "tempeval3")
SPLITS = ("train", "dev")


@functools.cache
def mapping(name: str) -> dict[str, dict[str, Any]]:
    """A mapping file, checked. Raises ValueError where a label on its right side is none of ours."""
    table: dict[str, dict[str, Any]] = yaml.safe_load((HERE / "mapping" / f"{name}.yaml").read_text(encoding="utf-8"))
    known = vocabulary(name)
    for part, pairs in table.items():
        for theirs, ours in pairs.items():
            if known and ours is not None and ours not in known:
                raise ValueError(
                    f"mapping/{name}.yaml, {part}: {theirs!r} is mapped to {ours!r}, which is none of ours."
                )
    return table


def vocabulary(name: str) -> frozenset[str]:
    """The labels that a mapping may use, empty where it may use any."""
    if name == "mentions":
        return KINDS
    if name == "events":
        types = {file.stem for file in (ONTOLOGY / "events").glob("*.yaml")}
        return frozenset(types | set(yaml.safe_load((ONTOLOGY / "parents.yaml").read_text(encoding="utf-8"))))
    if name == "roles":
        return frozenset(yaml.safe_load((ONTOLOGY / "roles.yaml").read_text(encoding="utf-8")))
    return frozenset()


def ours(name: str, part: str, label: str) -> str:
    """Our label for a set's label: the label's own entry, else that of its first parts, else UNMAPPED."""
    pairs = mapping(name)[part]
    while label not in pairs and "." in label:
        label = label.rpartition(".")[0]
    return pairs.get(label) or UNMAPPED


def span(marked: Row, label: str = "") -> Span:
    """A span object of the data as a Span."""
    return Span(marked["start"], marked["end"], label)


def polnear(row: Row) -> Example:
    """Attributions in political news. Content, cue and source are layers of their own since they may overlap."""
    attributions = tuple(
        Attribution(*(tuple(span(part, kind) for part in one[kind]) for kind in ("content", "cue", "source")))
        for one in row["attributions"]
    )
    return Example(
        id=f"{row['doc_id']}-{row.get('annotator')}",
        set="polnear",
        text=row["text"],
        layers={
            kind: tuple(sorted({part for one in attributions for part in getattr(one, kind)}))
            for kind in ("content", "cue", "source")
        },
        attributions=attributions,
        classes=weak_relevance(row["text"]),
    )


def plover_class(label: str, part: str) -> tuple[str, ...]:
    """The PLOVER classes that a set's label stands for."""
    mapped = mapping("classes")["plover"][part].get(label, label)
    return (mapped,) if isinstance(mapped, str) else tuple(mapped)


def plover_gsr(row: Row) -> Example:
    """Records of the CAMEO manual: one sentence, its first source and target, its class."""
    first: dict[str, Span] = {}
    for actor in row["actors"]:
        if actor["start"] is not None and actor["end"] > actor["start"]:
            first.setdefault(actor["role"], span(actor, actor["role"]))
    return Example(
        id=row["id"],
        set="plover_gsr",
        text=row["text"],
        classes={"plover": plover_class(row["event"], "plover_gsr")},
        marks=tuple(first.values()),
    )


def plv(row: Row) -> Example:
    """News sentences with a marked source and target."""
    return Example(
        id=f"{row['doc_id']}-{row['sentence_id']}",
        set="plv",
        text=row["text"],
        classes={"plover": plover_class(row["event"], "plv")},
        marks=(span(row["source"], "source"), span(row["target"], "target")),
    )


def case2021_task2(row: Row) -> Example:
    """Snippets with one of thirty labels after ACLED."""
    return Example(id=str(row["id"]), set="case2021_task2", text=row["text"], classes={"case2021": (row["label"],)})


def india_police_events(row: Row) -> Iterator[Example]:
    """Sentences with what police did in them; each with the sentence before it, as "they" needs one."""
    before = ""
    for sentence in row["sentences"]:
        yield Example(
            id=f"{row['doc_id']}-{sentence['sent_id']}",
            set="india_police_events",
            text=f"{before} {sentence['text']}".strip(),
            choices={"police": tuple(sentence["labels"])},
            marks=(Span(len(before) + bool(before), len(before) + bool(before) + len(sentence["text"]), "target"),),
        )
        before = sentence["text"]


def _events(row: Row, part: str) -> tuple[Event, ...]:
    return tuple(
        Event(
            span(event["trigger"], ours("events", part, event["type"])),
            tuple(
                span(argument, ours("roles", part, argument["role"]))
                for argument in event["arguments"]
                if argument["start"] is not None  # words that WikiEvents' rebuilt text does not have
            ),
        )
        for event in row["events"]
    )


def wikievents(row: Row) -> Example:
    """Long reports of attacks with triggers and arguments."""
    events = _events(row, "wikievents")
    return Example(
        id=row["doc_id"],
        set="wikievents",
        text=row["text"],
        layers={"events": tuple(event.trigger for event in events)},
        events=events,
        classes={"relevance": ("relevant",)},
    )


def geneva(row: Row) -> Example:
    """Encyclopedia sentences; their guideline marks other words than news sets do, hence a head of its own."""
    events = _events(row, "geneva")
    return Example(
        id=row["sent_id"],
        set="geneva",
        text=row["text"],
        layers={"events_geneva": tuple(event.trigger for event in events)},
        events=events,
    )


def rams(row: Row) -> Example:
    """Five sentences with one event, of which the arguments are learned; others are not marked, so no triggers."""
    events = _events(row, "rams")
    return Example(
        id=row["doc_id"],
        set="rams",
        text=row["text"],
        events=events,
        classes=(
            {"relevance": ("relevant",)} if any(e["type"].startswith("conflict.attack") for e in row["events"]) else {}
        ),
    )


MUC_ROLES = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")


def muc4(row: Row) -> Example:
    """Fillers of the five roles, wherever the report has the words of one, as whole words; GTT's text."""
    text: str = row["gtt"]["doctext"]
    found: set[Span] = set()
    for template in row["gtt"]["templates"]:
        for role in MUC_ROLES:
            for entity in template[role]:
                for words, _ in entity:
                    pattern = rf"(?<!\w){re.escape(words)}(?!\w)"
                    found |= {Span(match.start(), match.end(), role) for match in re.finditer(pattern, text)}
    return Example(
        id=row["doc_id"], set="muc4", text=text, layers={"fillers": tuple(sorted(found))},
        classes={"relevance": ("relevant",)} if row["gtt"]["templates"] else {},
    )  # fmt: skip


def _mentions(row: Row, part: str, layer: str) -> Example:
    outer, inner = levels(span(entity, ours("mentions", part, entity["type"])) for entity in row["entities"])
    return Example(
        id=row["doc_id"], set=part, text=row["text"], layers={layer: outer, f"{layer}_inner": inner},
        classes=weak_relevance(row["text"]),
    )  # fmt: skip


def re3d(row: Row) -> Example:
    """Entities in reports on Syria and Iraq, on two levels."""
    return _mentions(row, "re3d", "mentions")


def gum_news(row: Row) -> Example:
    """Every noun phrase of Wikinews articles."""
    return _mentions(row, "gum_news", "phrases")


def geo_lgl(row: Row) -> Example:
    """Toponyms in local news."""
    places = tuple(span(toponym, "place") for toponym in row["toponyms"])
    return Example(
        id=str(row["doc_id"]),
        set="geo_lgl",
        text=row["text"],
        layers={"toponyms_lgl": places},
        classes=weak_relevance(row["text"]),
    )


def geo_gwn(row: Row) -> Example:
    """Toponyms in world news, without common words and names of other things."""
    kinds = mapping("mentions")["geo_gwn"]
    places = tuple(span(toponym, "place") for toponym in row["toponyms"] if toponym["type"] in kinds)
    return Example(
        id=row["doc_id"],
        set="geo_gwn",
        text=row["text"],
        layers={"toponyms": places},
        classes=weak_relevance(row["text"]),
    )


VIOLENT = re.compile(
    r"attack|bomb|explo|kill|dead|died|deaths|shoot|shot|gun|troops|soldier|militant|rebel|terror|war\b|armed|military"
    r"|violen|clash|fighter|insurg|strike|wound|hostage|police|murder",
    re.IGNORECASE,
)
OPENING = 1500  # characters
MUCH = 4  # different words of violence


def weak_relevance(text: str) -> dict[str, tuple[str, ...]]:
    """Weak supervision: a report whose opening has many words of violence is about it, one that has none is not."""
    found = {match.lower() for match in VIOLENT.findall(text[:OPENING])}
    if not found:
        return {"relevance": ("other",)}
    return {"relevance": ("relevant",)} if len(found) >= MUCH and found & {"kill", "bomb", "attack"} else {}


def ontology(row: Row) -> Iterator[Example]:
    """The examples of our own event types: trigger and roles, the PLOVER class of the parties, CASE 2021's type."""
    text: str = row["text"]

    def where(words: str, label: str) -> Span | None:
        match = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text)
        return Span(match.start(), match.end(), label) if match else None

    trigger = where(row["trigger"], row["type"])
    fillers = [span for role, words in row["roles"].items() if (span := where(words, role))]
    if trigger:
        yield Example(
            id=row["id"], set="ontology", text=text, layers={"events": (trigger,)},
            events=(Event(trigger, tuple(fillers)),),
        )  # fmt: skip
    marks = {row["sides"].get(span.label): span for span in reversed(fillers)}
    if row["plover"] and "agent" in marks and "patient" in marks:
        yield Example(
            id=f"{row['id']}-pair", set="ontology", text=text, classes={"plover": (row["plover"],)},
            marks=(marks["agent"]._replace(label="source"), marks["patient"]._replace(label="target")),
        )  # fmt: skip
    if row["case2021"]:
        yield Example(id=f"{row['id']}-type", set="ontology", text=text, classes={"case2021": (row["case2021"],)})


def ontology_rows() -> Iterator[Row]:
    """The examples in the files of the event types."""
    sides = {
        role: entry["side"]
        for role, entry in yaml.safe_load((ONTOLOGY / "roles.yaml").read_text(encoding="utf-8")).items()
    }
    case = json.loads((HERE.parent / "src/sitrep/evaluation/data/case2021.json").read_text(encoding="utf-8"))["labels"]
    for file in sorted((ONTOLOGY / "events").glob("*.yaml")):
        for name, entry in yaml.safe_load(file.read_text(encoding="utf-8")).items():
            plover = ((entry.get("crosswalk") or {}).get("plover") or {}).get("event")
            for number, example in enumerate(entry.get("examples") or ()):
                if example.get("trigger"):
                    yield {
                        "id": f"{name}-{number}", "type": name, "text": example["text"],
                        "trigger": example["trigger"], "roles": example.get("roles") or {}, "sides": sides,
                        "plover": plover, "case2021": case.get(name),
                    }  # fmt: skip


def satp(row: Row) -> Example:
    """Incident summaries: is one about political violence?"""
    label = "relevant" if str(row["relevant"]) == "1" else "other"
    return Example(id=row["id"], set="satp", text=row["text"], classes={"relevance": (label,)})


LOADERS: dict[str, Callable[[Row], Example | Iterator[Example]]] = {
    loader.__name__: loader
    for loader in (
        polnear, plover_gsr, plv, case2021_task2, india_police_events, wikievents, geneva, rams, muc4, re3d, gum_news,
        geo_lgl, geo_gwn, satp, ontology,
    )
}  # fmt: skip
# file names that are not SPLIT.jsonl; RAMS has no training part, so its dev part is cut in two, and SATP has no dev
FILES = {("wikievents", "train"): "train_reconstructed", ("geneva", "train"): "train_reconstructed"}
CUT = {"rams": "dev", "satp": "train"}


def load(folder: Path, name: str, split: str) -> list[Example]:
    """The examples of one split of a set. Raises FileNotFoundError where the set is not there."""
    if name == "ontology":  # lies in the repository itself; all of it is for training
        return [example for row in ontology_rows() for example in ontology(row)] if split == "train" else []
    file = CUT.get(name) or FILES.get((name, split), split)
    examples: list[Example] = []
    with (folder / name / f"{file}.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            made = LOADERS[name](json.loads(line))
            examples += [made] if isinstance(made, Example) else made
    if name in CUT:
        examples = [example for example in examples if _is_dev(example.id) == (split == "dev")]
    return examples


def plain(folder: Path) -> list[Example]:
    """The texts of the training parts of sets that teach no head."""
    return [
        Example(id=f"{name}-{row['doc_id']}", set=PLAIN, text=row["text"])
        for name in PLAIN_SETS
        if (folder / name / "train.jsonl").exists()
        for row in rows(folder, name, "train")
    ]


def rows(folder: Path, name: str, split: str) -> list[Row]:
    """The rows themselves, for metrics that need more than the examples hold."""
    file = CUT.get(name) or FILES.get((name, split), split)
    with (folder / name / f"{file}.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _is_dev(key: str) -> bool:
    from hashlib import md5

    return int(md5(key.encode(), usedforsecurity=False).hexdigest(), 16) % 5 == 0


def present(folder: Path) -> list[str]:
    """The sets that a folder has, and our own examples."""
    return [name for name in LOADERS if name == "ontology" or (folder / name).is_dir()]
