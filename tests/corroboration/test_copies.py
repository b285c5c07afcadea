"""Copies of a text: cut, extended, with a new lead; and what is no copy."""

from sitrep.corroboration.copies import chains, find, trace

STORY = """Shells fell on the harbour of Zawara on Monday morning, killing four dock workers, the town council said.

The council's head, Salem Omar, said that the shells came from the hills east of the town, where fighters of the Dawn \
Brigade have dug in since the spring. A spokesman for the brigade denied it.

Two ships that had brought flour left without unloading. The port authority closed the quay until further notice and \
asked the fishing fleet to stay in the inner basin."""
OTHER = """The parliament in Tobruk put off its vote on the budget for a third time. Members from the south left the \
hall after an hour. The speaker said that talks would go on through the week, and that nobody had been told to stay."""
HABIT = (
    "The war in the country began in the spring of 2011 after protests were put down, and has cost many lives since."
)


def test_copies_are_found_whole_cut_extended_and_with_a_new_lead():
    lead, *rest = STORY.split("\n\n")
    texts = {
        "wire": STORY,
        "whole": STORY.upper(),
        "cut": "\n\n".join(STORY.split("\n\n")[:2]),
        "extended": STORY + "\n\n" + OTHER[:120],
        "new lead": "Four people died when a port came under fire.\n\n" + "\n\n".join(rest),
        "else": OTHER,
    }
    assert chains(find(texts)) == dict.fromkeys(("cut", "extended", "new lead", "whole", "wire"), "cut")
    assert lead in STORY


def test_a_paragraph_that_an_outlet_adds_by_habit_makes_no_copy():
    assert find({"a": f"{STORY}\n\n{HABIT}", "b": f"{OTHER}\n\n{HABIT}"}) == []
    assert find({"a": "Too short.", "b": "Too short."}) == []


def test_a_trace_says_what_is_shared_and_what_was_added():
    paragraphs = STORY.split("\n\n")
    mine = (
        f"{paragraphs[0]}\n\nOur reporter counted nine craters on the quay and spoke to two drivers.\n\n{paragraphs[2]}"
    )
    copy = trace("ours", mine, "wire", STORY)
    assert [part.quote for part in copy.shared] == [paragraphs[0], paragraphs[2]]
    assert [part.quote[:12] for part in copy.added] == ["Our reporter"]
    assert mine[copy.added[0].start : copy.added[0].end] == copy.added[0].quote
    assert 0.6 < copy.share < 1
