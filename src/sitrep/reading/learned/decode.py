"""From scores of pieces to spans, links and arguments, in plain arrays; training decodes with the same code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, TypedDict

import numpy as np
from numpy.typing import NDArray

from sitrep.reading.learned.spans import bucket, buckets
from sitrep.reading.learned.texts import Attribution, Span, continues

if TYPE_CHECKING:
    from threadpoolctl import ThreadpoolController

Floats = NDArray[np.float32]
Pieces = tuple[int, int]
FORBIDDEN = -1e9
# what may stand between two parts of one span that tagging has torn: marks that end no sentence
JOINTS = frozenset(" \u00a0,;'’‘\"“”()[]-–—`")


class Setting(TypedDict, total=False):
    """How a layer is decoded: see `best_tags`."""

    switch: float
    lift: float


class Found(NamedTuple):
    """A span with the pieces it is made of and how sure its tags are."""

    span: Span
    pieces: Pieces
    score: float


@cache
def _threads() -> ThreadpoolController:
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


def product(one: Floats, other: Floats) -> Floats:
    """A matrix product on one thread: several add up in another order, and last digits would change."""
    with _threads().limit(limits=1, user_api="blas"):
        return one @ other


def log_softmax(scores: Floats) -> Floats:
    """Log probabilities over the last axis."""
    shifted = scores - scores.max(-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))


def best_tags(logits: Floats, inside_word: Sequence[bool], switch: float = 0.0, lift: float = 0.0) -> list[int]:
    """The best tags under the rules of BIO (Viterbi): I goes on a span of its label, and no span ends in a word.

    switch: what starting a span costs, so that spans crumble less. lift: what every piece inside a span is given.
    Stretches that are surely outside of any span are not searched, nor labels that no piece of a stretch favours.
    """
    count = len(logits)
    if logits.size <= count:  # no piece, or no label
        return [0] * count
    # Viterbi compares paths, so scores need not sum to one; what is outside of any span stands at nought
    scores = logits.astype(np.float32) - logits[:, :1]
    near = -(MARGIN + switch) - lift
    tags = [0] * count
    for first, last in _stretches((scores[:, 1:].max(1) > near).tolist(), inside_word):
        part = scores[first:last]
        labels = np.flatnonzero(np.maximum(part[:, 1::2].max(0), part[:, 2::2].max(0)) > near)
        tags[first:last] = _viterbi(
            part[:, 0].tolist(),
            (part[:, 1 + 2 * labels] + lift).tolist(),
            (part[:, 2 + 2 * labels] + lift).tolist(),
            inside_word[first:last],
            switch,
            labels.tolist(),
        )
    return tags


MARGIN = 2.0  # a label that scores so much less than outside on every piece of a stretch is not searched


def _stretches(maybe: Sequence[bool], inside_word: Sequence[bool]) -> list[Pieces]:
    """Where a span could be: pieces that may stand in one, and all of the words that they stand in."""
    found: list[Pieces] = []
    for piece in [piece for piece, one in enumerate(maybe) if one]:
        if found and piece < found[-1][1]:
            continue
        first, last = piece, piece + 1
        while first > 0 and inside_word[first]:
            first -= 1
        while last < len(maybe) and (inside_word[last] or maybe[last]):
            last += 1
        if found and first <= found[-1][1]:
            first = found.pop()[0]
        found.append((first, last))
    return found


def _viterbi(
    outside: list[float],
    begin: list[list[float]],
    inside: list[list[float]],
    inside_word: Sequence[bool],
    switch: float,
    labels: list[int],
) -> list[int]:
    """The best path over one stretch; states are 0 for outside, 1 + 2n and 2 + 2n for B and I of the nth label."""
    width = range(len(labels))
    best = [outside[0]]
    for n in width:
        best += (begin[0][n] - switch, FORBIDDEN)
    came: list[list[int]] = []
    for piece in range(1, len(outside)):
        back = [0]
        if inside_word[piece]:
            new = [best[0] + outside[piece]]
        else:
            top = max(range(len(best)), key=best.__getitem__)
            back = [top]
            new = [best[top] + outside[piece]]
        for n in width:
            started, going = best[1 + 2 * n], best[2 + 2 * n]
            back += (back[0], 1 + 2 * n if started >= going else 2 + 2 * n)
            opened = FORBIDDEN if inside_word[piece] else best[back[0]] - switch + begin[piece][n]
            new += (opened, max(started, going) + inside[piece][n])
        came.append(back)
        best = new
    state = max(range(len(best)), key=best.__getitem__)
    path = [state]
    for back in reversed(came):
        state = back[state]
        path.append(state)
    return [0 if one == 0 else 2 * labels[(one - 1) // 2] + 2 - one % 2 for one in reversed(path)]


def find_spans(
    text: str,
    offsets: Sequence[Pieces],
    logits: Floats,
    labels: Sequence[str],
    *,
    inside_word: Sequence[bool] | None = None,
    switch: float = 0.0,
    lift: float = 0.0,
    mend: bool = False,
    temperature: float = 1.0,
) -> list[Found]:
    """The spans of a layer. mend: parts of one label with nothing but a joint between them become one.

    inside_word: `continues` of the offsets, where it is known already. temperature: what the scores are divided by
    before they count as probabilities; it changes no span.
    """
    inside_word = continues(text, offsets) if inside_word is None else inside_word
    tags = best_tags(logits, inside_word, switch, lift)
    if not any(tags):
        return []
    if mend:
        tags = mended(text, offsets, tags)
    sure = np.exp(log_softmax(logits.astype(np.float32) / temperature))
    found: list[Found] = []
    first = 0
    while first < len(tags):
        if tags[first] == 0:
            first += 1
            continue
        last = first + 1
        inside = tags[first] + 1 if tags[first] % 2 else tags[first]
        while last < len(tags) and tags[last] == inside:
            last += 1
        score = float(np.mean([sure[piece, inside - 1 : inside + 1].sum() for piece in range(first, last)]))
        span = Span(offsets[first][0], offsets[last - 1][1], labels[(inside - 2) // 2])
        found.append(Found(span, (first, last), score))
        first = last
    return found


def mended(text: str, offsets: Sequence[Pieces], tags: Sequence[int]) -> list[int]:
    """Tags with torn spans joined: where a span begins anew right behind one of its label, or behind a joint."""
    tags = list(tags)
    for piece in range(1, len(tags)):
        if tags[piece] % 2 == 0:
            continue
        before = piece - 1
        while before >= 0 and tags[before] == 0 and piece - before <= 3:
            before -= 1
        if before < 0 or tags[before] not in (tags[piece], tags[piece] + 1):
            continue
        if set(text[offsets[before][1] : offsets[piece][0]]) <= JOINTS and text[offsets[before][0]] not in ".!?":
            for between in range(before + 1, piece + 1):
                tags[between] = tags[piece] + 1
    return tags


def runs_of(asked: NDArray[np.bool_], kinds: NDArray[np.int64] | None = None) -> list[Pieces]:
    """The stretches of pieces that are asked for, each of one kind."""
    runs: list[Pieces] = []
    for piece in np.flatnonzero(asked).tolist():
        if runs and runs[-1][1] == piece and (kinds is None or kinds[piece] == kinds[piece - 1]):
            runs[-1] = (runs[-1][0], piece + 1)
        else:
            runs.append((piece, piece + 1))
    return runs


class Pairing(NamedTuple):
    """The learned numbers that pair spans: those of the model's parameters of the same names."""

    nobody: Floats
    link_distance: Floats
    argument_distance: Floats
    weight: Floats
    bias: Floats


def represent(projected: Floats, spans: Sequence[Pieces], kind: int, size: int) -> Floats:
    """Spans as vectors, as the model makes them in training."""
    parts = projected[:, kind * 3 * size : (kind + 1) * 3 * size]
    rows = [
        parts[first, :size] + parts[last - 1, size : 2 * size] + parts[first:last, 2 * size :].mean(0)
        for first, last in spans
    ]
    return np.tanh(np.array(rows, dtype=np.float32).reshape(len(spans), size))


def link_scores(
    projected: Floats, contents: Sequence[Pieces], anchors: Sequence[Pieces], which: int, pairing: Pairing
) -> Floats:
    """Log probabilities of every anchor for every content, the last column for none. which: 0 cues, 1 sources."""
    size = pairing.nobody.shape[1]
    mine = represent(projected, contents, which, size)
    none = (mine @ pairing.nobody[which])[:, None]
    if not anchors:
        return log_softmax(none)
    theirs = represent(projected, anchors, 2 + which, size)
    places = np.array([[bucket(content, anchor) for anchor in anchors] for content in contents])
    return log_softmax(np.concatenate((mine @ theirs.T + pairing.link_distance[which][places], none), 1))


SLOPE = np.float32(np.sqrt(2 / np.pi))  # of the tanh that stands for GELU


def argument_logits(argument: Floats, trigger: Floats, where: Pieces, pairing: Pairing) -> Floats:
    """The tags of all pieces as arguments of the trigger at `where`, as the model makes them in training."""
    places = buckets(where, len(argument))
    mixed = argument + trigger[where[0] : where[1]].mean(0) + pairing.argument_distance[places]
    gelu = 0.5 * mixed * (1 + np.tanh(SLOPE * (mixed + 0.044715 * mixed * mixed * mixed)))
    return (product(gelu, pairing.weight.T) + pairing.bias).astype(np.float32)


SHARED = -0.6  # log probability from which a content belongs to a cue that another content has taken
LIKELY = -2.0  # log probability from which a cue or source that nobody chose still joins a content


def attributions(
    projected: Floats, contents: Sequence[Found], cues: Sequence[Found], sources: Sequence[Found], pairing: Pairing
) -> list[Attribution]:
    """Contents that share a cue, with that cue and their likeliest source.

    A cue or source that no content chose joins the content that it scores best for, where that is likelier than
    none; else nobody's words are behind it and it is left out.
    """
    if not contents:
        return []
    places = [found.pieces for found in contents]
    to_cue = link_scores(projected, places, [found.pieces for found in cues], 0, pairing)
    to_source = link_scores(projected, places, [found.pieces for found in sources], 1, pairing)
    by_cue: dict[int, list[int]] = {}
    for content in sorted(range(len(contents)), key=lambda content: -to_cue[content].max()):
        chosen = int(to_cue[content].argmax())
        # a second content joins a cue's first only where it is sure of it: else its own cue was not found
        alone = chosen == len(cues) or (chosen in by_cue and to_cue[content, chosen] < SHARED)
        by_cue.setdefault(-1 - content if alone else chosen, []).append(content)
    groups = list(by_cue.items())
    group_of = {content: number for number, (_, members) in enumerate(groups) for content in members}
    cue_parts = [[cue] if cue >= 0 else [] for cue, _ in groups]
    source_parts: list[list[int]] = []
    for _, members in groups:
        chosen = int(to_source[members].sum(0).argmax())
        source_parts.append([chosen] if chosen < len(sources) else [])
    for scores, parts in ((to_cue, cue_parts), (to_source, source_parts)):
        taken = {one for some in parts for one in some}
        for anchor in set(range(scores.shape[1] - 1)) - taken:
            content = int(scores[:, anchor].argmax())
            if scores[content, anchor] > max(scores[content, -1], LIKELY):
                parts[group_of[content]].append(anchor)
    made = [
        Attribution(
            tuple(contents[content].span for content in sorted(members)),
            tuple(cues[cue].span for cue in sorted(cue_parts[number])),
            tuple(sources[source].span for source in sorted(source_parts[number])),
        )
        for number, (_, members) in enumerate(groups)
    ]
    return sorted(made, key=lambda one: one.content[0])


def entities(found: Iterable[Found], text: str) -> dict[str, list[list[Found]]]:
    """The different fillers of each role, each as all its mentions, the first first.

    Words are the same filler's where they are the same, where one is the other's initials, and where the words of
    one end the other ("colonel isaacs", "isaacs").
    """
    roles: dict[str, list[list[Found]]] = {}
    for one in found:
        known = roles.setdefault(one.span.label, [])
        words = words_of(one, text)
        same = next((group for group in known if same_name(words, words_of(group[0], text))), None)
        if same:
            same.append(one)
        elif words:
            known.append([one])
    return roles


def words_of(found: Found, text: str) -> str:
    """The words of a span on one line."""
    return " ".join(text[found.span.start : found.span.end].split())


SMALL = frozenset("of the de la del los las and for y e in".split())


def same_name(one: str, other: str) -> bool:
    """Whether two names may be one thing's."""
    first, second = one.lower().split(), other.lower().split()
    if first == second:
        return True
    short, long = sorted((first, second), key=len)
    if len(short) == 1 and len(long) > 2 and len(short[0]) > 2:
        # a translated name has its initials in another order, and often one more
        initials = [word[0] for word in long if word not in SMALL]
        missing = Counter(short[0]) - Counter(initials)
        if short[0][0] == initials[0] and not missing and len(initials) - len(short[0]) <= 1:
            return True
    return bool(short) and len(short) < len(long) and long[-len(short) :] == short
