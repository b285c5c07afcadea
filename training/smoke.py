"""Made-up data in the folders and fields of the real sets, so that every script can be tried without them."""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

Row = dict[str, Any]
SPEAKERS = (
    "a spokesman for the Harbour Front",
    "Gen. Osman Tal",
    "the ministry",
    "Two residents of Karsa",
    "Mayor Lena Voss",
)
CUES = ("said", "told reporters", "announced", "warned", "denied")
CONTENTS = (
    "the bridge near Karsa had been shelled twice",
    "four soldiers were wounded in the raid",
    "fighters of the Harbour Front had left the town of Dunmor",
    "a truck bomb killed nine people at the grain market",
    "talks with the River Council would go on in Selbe",
)
PLACES = ("Karsa", "Dunmor", "Selbe", "Ostrava Bay")
GROUPS = ("Harbour Front", "River Council", "Northern Guard")
WEAPONS = ("mortars", "a truck bomb", "rifles")


class Text:
    """A text that grows, and remembers where its marked words stand."""

    def __init__(self) -> None:
        self.text = ""

    def add(self, words: str) -> Row:
        """Words put at the end, as a span object."""
        start = len(self.text)
        self.text += words
        return {"start": start, "end": len(self.text), "text": words}


def polnear(chance: random.Random, number: int) -> Row:
    """Speech before or after what is said."""
    text, attributions = Text(), []
    for _ in range(6):
        speaker, cue, content = chance.choice(SPEAKERS), chance.choice(CUES), chance.choice(CONTENTS)
        if chance.random() < 0.5:
            parts: Row = {"source": [text.add(speaker)]}
            text.add(" ")
            parts["cue"] = [text.add(cue)]
            text.add(" that ")
            parts["content"] = [text.add(content)]
        else:
            parts = {"content": [text.add(f"“{content[0].upper()}{content[1:]},”")]}
            text.add(" ")
            parts["source"] = [text.add(speaker)]
            text.add(" ")
            parts["cue"] = [text.add(cue)]
        text.add(". ")
        attributions.append(parts)
        text.add(f"The road to {chance.choice(PLACES)} stayed closed. ")
    return {"doc_id": f"made-{number}", "annotator": "made", "text": text.text, "attributions": attributions}


def attack(chance: random.Random) -> tuple[Text, Row]:
    """A sentence of an attack and its marked words."""
    text, parts = Text(), {}
    parts["group"] = text.add(chance.choice(GROUPS))
    text.add(" fighters ")
    parts["trigger"] = text.add(chance.choice(("attacked", "shelled", "stormed")))
    text.add(" the ")
    parts["target"] = text.add(chance.choice(("barracks", "police station", "bridge")))
    text.add(" in ")
    parts["place"] = text.add(chance.choice(PLACES))
    text.add(" with ")
    parts["weapon"] = text.add(chance.choice(WEAPONS))
    text.add(" on ")
    parts["time"] = text.add(chance.choice(("Tuesday", "4 March", "Sunday night")))
    text.add(".\n")
    return text, parts


def events(chance: random.Random, number: int, *, kind: str, roles: tuple[str, str, str]) -> Row:
    """One event with an attacker, a target and a place."""
    text, parts = attack(chance)
    arguments = [{"role": role, **parts[part]} for role, part in zip(roles, ("group", "target", "place"), strict=True)]
    return {
        "doc_id": f"made-{number}", "sent_id": f"made-{number}", "text": text.text,
        "events": [{"id": "e", "type": kind, "trigger": parts["trigger"], "arguments": arguments}],
    }  # fmt: skip


def muc4(chance: random.Random, number: int) -> Row:
    """A report with one template, or none."""
    text, parts = attack(chance)
    if chance.random() < 0.3:
        plain = f"the river council met in {chance.choice(PLACES).lower()} and spoke of fishing rights."
        return {"doc_id": f"made-{number}", "gtt": {"doctext": plain, "templates": []}}
    template: Row = {"incident_type": "attack", "PerpInd": [], "Victim": []}
    for role, part in (("PerpOrg", "group"), ("Target", "target"), ("Weapon", "weapon")):
        template[role] = [[[parts[part]["text"].lower(), parts[part]["start"]]]]
    return {"doc_id": f"made-{number}", "gtt": {"doctext": text.text.lower(), "templates": [template]}}


def entities(chance: random.Random, number: int, *, kinds: dict[str, str]) -> Row:
    """Marked entities."""
    text, parts = attack(chance)
    return {
        "doc_id": f"made-{number}", "text": text.text,
        "entities": [{**parts[part], "type": kind} for part, kind in kinds.items()],
    }  # fmt: skip


def toponyms(chance: random.Random, number: int) -> Row:
    """Marked places."""
    text, parts = attack(chance)
    return {"doc_id": f"made-{number}", "text": text.text, "toponyms": [{**parts["place"], "type": "Literal"}]}


def pair(chance: random.Random, number: int, *, names: dict[str, str]) -> Row:
    """Somebody and somebody else, and what the one does to the other."""
    text = Text()
    source = text.add(chance.choice(GROUPS))
    event = chance.choice(list(names))
    text.add(f" {names[event]} ")
    target = text.add(chance.choice(("the ministry", "Selbe", "Gen. Osman Tal")))
    text.add(" on Monday.")
    return {
        "id": f"made-{number}", "doc_id": f"made-{number}", "sentence_id": "1", "text": text.text, "event": event,
        "source": source, "target": target,
        "actors": [{"role": "source", **source}, {"role": "target", **target}],
    }  # fmt: skip


def snippet(chance: random.Random, number: int, *, field: str, labels: dict[str, str]) -> Row:
    """A snippet with a label."""
    label = chance.choice(list(labels))
    return {"id": f"made-{number}", "text": f"In {chance.choice(PLACES)}, {labels[label]}.", field: label}


def police(chance: random.Random, number: int) -> Row:
    """Sentences with what police did."""
    choices = {
        "police shot at the crowd.": ["FORCE", "ANY_ACTION"],
        "shops were closed all day.": [],
        "officers arrested six men.": ["ARREST", "ANY_ACTION"],
    }
    sentences = [chance.choice(list(choices)) for _ in range(3)]
    return {
        "doc_id": number,
        "sentences": [{"sent_id": n, "text": text, "labels": choices[text]} for n, text in enumerate(sentences)],
    }


DEMANDS = {"DEMAND": "demanded an answer from", "FIGHT": "fired on"}
GIVES = {"YIELD": "pulled back before", "AID": "sent flour to"}
SNIPPETS = {"ARREST": "police held six men", "AIR_STRIKE": "jets bombed a depot"}
RELEVANT = {"1": "a mine killed two men", "0": "the fair opened"}
ENTITIES = {"group": "Organisation", "place": "Location", "weapon": "Weapon", "time": "Temporal"}
PHRASES = {"group": "organization", "place": "place", "target": "object"}
KAIROS = ("Attacker", "Target", "Place")
MADE: dict[str, tuple[int, Callable[[random.Random, int], Row]]] = {
    "polnear": (8, polnear),
    "plover_gsr": (12, lambda c, n: pair(c, n, names=DEMANDS)),
    "plv": (12, lambda c, n: pair(c, n, names=GIVES)),
    "case2021_task2": (12, lambda c, n: snippet(c, n, field="label", labels=SNIPPETS)),
    "india_police_events": (6, police),
    "wikievents": (12, lambda c, n: events(c, n, kind="Conflict.Attack", roles=KAIROS)),
    "geneva": (12, lambda c, n: events(c, n, kind="Attack", roles=("Assailant", "Victim", "Place"))),
    "rams": (12, lambda c, n: events(c, n, kind="conflict.attack.n/a", roles=("attacker", "target", "place"))),
    "muc4": (12, muc4),
    "re3d": (12, lambda c, n: entities(c, n, kinds=ENTITIES)),
    "gum_news": (12, lambda c, n: entities(c, n, kinds=PHRASES)),
    "geo_lgl": (12, toponyms),
    "geo_gwn": (12, toponyms),
    "satp": (12, lambda c, n: snippet(c, n, field="relevant", labels=RELEVANT)),
}  # fmt: skip


def write(folder: Path) -> None:
    """All sets, with a train and a dev part each."""
    from data import CUT, FILES

    for name, (count, make) in MADE.items():
        (folder / name).mkdir(parents=True, exist_ok=True)
        for seed, split in enumerate(("train", "dev")):
            chance = random.Random(f"{name} {seed}")
            file = CUT.get(name) or FILES.get((name, split), split)
            made = [json.dumps(make(chance, number)) for number in range(count)]
            (folder / name / f"{file}.jsonl").write_text("".join(f"{line}\n" for line in made), encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
