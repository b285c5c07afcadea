"""The model card of a run, from the run's own numbers."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

# what the sets' own pages say; "not stated": no licence was found with the data
LICENCES = {
    "polnear": "US political news, 2015-2016; licence not stated",
    "plover_gsr": "examples of the CAMEO manual; CC BY-SA 4.0",
    "plv": "news sentences; licence not stated",
    "case2021_task2": "news snippets after ACLED; licence not stated",
    "india_police_events": "Times of India, Gujarat 2002; licence not stated",
    "wikievents": "news of bombings and attacks; annotation MIT, texts of the linked pages",
    "geneva": "Wikipedia sentences; CC BY 3.0",
    "rams": "news, five-sentence windows; licence not seen",
    "muc4": "FBIS reports, Latin America 1987-1990; publicly released NIST/DARPA collection",
    "re3d": "reports on Syria and Iraq, 2014-2017; per source (public domain, OGL 3, CC BY-SA, CC BY-NC, CC BY 3.0 AU)",
    "gum_news": "Wikinews; texts CC BY 2.5, annotation CC BY 4.0",
    "geo_lgl": "US local news; annotation GPL-3, texts of their publishers",
    "geo_gwn": "world news, 2018; annotation GPL-3, texts of their publishers",
    "ontology": "examples of sitrep's own event types; Apache-2.0",
    "satp": "South Asia Terrorism Portal summaries; licence not seen",
    "plain": "texts of gvdb, ecbplus, wikiwars and tempeval3 without marks: what the teacher says of them",
}


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, required=True)
    args = parser.parse_args()
    text = card(
        *(
            stored(args.run / name)
            for name in ("run.json", "scores.json", "int8.json", "decoding.json", "calibration.json")
        )
    )
    (args.run / "CARD.md").write_text(text, encoding="utf-8")
    print(args.run / "CARD.md")


def stored(file: Path) -> dict[str, Any]:
    """A file of the run, empty where that step was not done."""
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}


def card(
    run: dict[str, Any],
    scores: dict[str, Any],
    int8: dict[str, Any],
    decoding: dict[str, Any],
    calibration: dict[str, Any],
) -> str:
    """The card as Markdown."""
    labels = run["labels"]
    lines = [
        "# Reader: model card",
        "",
        "One encoder (all-MiniLM-L6-v2, Apache-2.0, 22.7 M parameters) with linear heads for spans, pairs and classes.",
        *stages(run),
        "",
        "## Data",
        "",
        "| set | what it is | windows |",
        "| --- | --- | ---: |",
        *(f"| {name} | {LICENCES.get(name, 'not described')} | {count} |" for name, count in run["sets"].items()),
        "",
        "Trained on the train parts only. Decoding was chosen on dev, so dev scores of those layers lean to the good.",
        "Windows have up to 126 and 254 pieces in training, 126 in reading. Relevance is partly learned from weak",
        "labels: an opening without any word of violence is other, one with many of them is relevant.",
        "Never trained on: test parts; any set that is not in the table.",
        "",
        "## What it tells apart",
        "",
        *(f"- {layer}: {', '.join(names)}" for layer, names in labels["layers"].items()),
        *(f"- {head}: {len(names)} classes" for head, names in {**labels["classes"], **labels["choices"]}.items()),
        f"- arguments: {', '.join(labels['roles'])}",
        "",
        "## Scores on dev",
        "",
        *score_table(scores, int8.get("int8", {})),
        "",
        *size_lines(int8),
        "",
        "## Calibration",
        "",
        "Expected calibration error over ten bins, of pieces that are not surely outside of any span, before and after",
        "scores are divided by the temperature of the head; chosen and measured on dev.",
        "",
        "| head | temperature | before | after |",
        "| --- | ---: | ---: | ---: |",
        *(
            f"| {head} | {every['temperature']} | {every['ece_before']:.3f} | {every['ece_after']:.3f} |"
            for head, every in calibration.items()
        ),
        "",
        "## Known biases",
        "",
        "Attribution comes from US politics of 2016, fillers of roles from Latin America around 1990, entities from",
        "coalition and government texts on Syria and Iraq of 2014-2017: names and words of other wars are read worse,",
        "and what those sources take for granted (who is a terrorist, what is a regime) is in their labels.",
        "",
        "## Decoding",
        "",
        *(f"- {layer}: {setting}" for layer, setting in decoding.items()),
        "",
        "## How to train it again",
        "",
        "`make train DATA=folder` in `training/`; docs/guide/training.md says more.",
    ]
    return "\n".join(lines) + "\n"


def stages(run: dict[str, Any]) -> list[str]:
    """How the run and those that it came from were trained, the first of all first."""
    lines = stages(run["origin"]) if run.get("origin") else []
    taught = " from a teacher" if run.get("teacher") else ""
    guessed = ", with guesses where a set does not mark speakers or triggers" if run.get("guessed") else ""
    lines.append(
        f"Trained jointly{taught} for {run['steps']} steps of up to {run['parts']} x {run['batch_pieces']} pieces, "
        f"seed {run['seed']}, learning rate {run['rate']}{guessed}."
    )
    if run.get("averaged"):
        share = round(100 * run["averaged"])
        lines.append(f"The weights are the mean of the last two stages, {share} % of the last.")
    if run.get("teacher") and not (run.get("origin") or {}).get("teacher"):
        lines += [
            "",
            "The teacher is all-mpnet-base-v2 (Apache-2.0, 109 M parameters) with the same heads, trained on the same",
            "data; it is not shipped.",
            *(f"Teacher: {line[0].lower()}{line[1:]}" for line in stages(run["teacher"])),
            "",
        ]
    return lines


def score_table(scores: dict[str, Any], int8: dict[str, Any]) -> list[str]:
    """Scores by set, with those of the 8-bit model where they were taken."""
    if not scores:
        return ["Not scored yet."]
    lines = ["| set | score | fp32 | int8 |", "| --- | --- | ---: | ---: |"]
    for name, every in scores.items():
        for score, value in every.items():
            small = int8.get(name, {}).get(score)
            lines.append(f"| {name} | {score} | {value:.3f} | {'' if small is None else f'{small:.3f}'} |")
    return lines


def size_lines(int8: dict[str, Any]) -> list[str]:
    """The files' sizes, and what 8 bits cost."""
    if not int8:
        return ["Not exported yet."]
    sizes = ", ".join(f"{file} {size:.1f} MB" for file, size in int8["megabytes"].items())
    worst = max(int8["lost"].items(), key=lambda pair: pair[1], default=None)
    lost = f" The largest loss of a score by 8 bits is {worst[1]:.4f} ({worst[0]})." if worst else ""
    return [f"{sizes}.{lost}"]


if __name__ == "__main__":
    main()
