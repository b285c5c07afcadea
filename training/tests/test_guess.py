import json

from examples import Example, Span
from guess import added, load


def test_what_was_marked_stays_before_what_was_guessed(tmp_path):
    file = tmp_path / "guessed.jsonl"
    rows = [
        {"set": "muc4", "id": "a", "layers": {"cue": [[0, 4, "cue"]], "fillers": []}},
        {"set": "muc4", "id": "a", "layers": {"events": [[5, 9, "killing"]]}},
    ]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    marked = (Span(5, 9, "Victim"),)
    some = [Example("a", "muc4", "said dead", {"fillers": marked}), Example("b", "muc4", "said")]
    first, other = added(some, load(file))
    assert first.layers == {
        "fillers": marked, "cue": (Span(0, 4, "cue"),), "events": (Span(5, 9, "killing"),),
    }  # fmt: skip
    assert other == some[1]
