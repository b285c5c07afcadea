"""Relations told by a title: "Pentagon spokesman Peter Cook", "Serraj, prime minister of the unity government"."""

from __future__ import annotations

from collections.abc import Iterator

from sitrep.model import Actor, Place, RelationType
from sitrep.ontology.cues import RelationWords
from sitrep.reading.frames import verb_frame
from sitrep.reading.relation_nodes import Found, Nodes

OF = frozenset({"of", "for", "in"})
AT = frozenset({"at", "with", "from"})
COPULAS = frozenset({"be", "become", "remain", "name", "appoint", "elect", "call"})
# a member of a state is its citizen, which is no relation; these speak or act for it
STATE_OFFICERS = frozenset(
    {"ambassador", "senator", "lawmaker", "official", "diplomat", "envoy", "representative", "minister", "secretary"}
)


class Titles:
    """Reads titles."""

    def __init__(self, words: RelationWords) -> None:
        self._words = words
        self._titles: dict[str, RelationType] = {word: kind for kind, names in words.titles.items() for word in names}
        self.lemmas = frozenset(word.split()[-1] for word in self._titles)

    def read(self, nodes: Nodes, t: int) -> Iterator[Found]:
        """The relations that a title tells."""
        parse = nodes.parse
        kind = self._kind(nodes, t)
        if kind is None:
            return
        holder = self._holder(nodes, t)
        if holder is None:
            return
        person, at = holder
        for body, body_at, near in self._bodies(nodes, t, at):
            if body.id == person.id:
                continue
            sort = "member_of" if kind == "leads" and not near else kind
            if isinstance(body, Place) and sort != "leads":
                continue
            if sort == "member_of" and not self._belongs(nodes, t, body):
                continue
            if isinstance(body, Actor) and body.kind in {"person", "civilians"}:
                continue
            yield Found(sort, person, at, body, body_at, t, 0.9 if parse.pos[at] == "PROPN" else 0.75)

    def _kind(self, nodes: Nodes, t: int) -> RelationType | None:
        """What a title makes its holder to the body, or None where it is no title or no longer held."""
        parse = nodes.parse
        lemma = parse.lemmas[t].lower()
        before = parse.lowers[t - 1] if t else ""
        kind = self._titles.get(f"{before} {lemma}") or self._titles.get(lemma) or self._titles.get(parse.lowers[t])
        if kind is None or parse.tags[t] in {"NNS", "NNPS"}:
            return None
        near = {parse.lowers[k] for k in parse.children[t] if k < t} | {before}
        # in "former Pentagon spokesman Peter Cook" the words before the title may hang on the name
        if parse.deps[t] in {"compound", "nmod", "appos"}:
            near |= {parse.lowers[k] for k in parse.children[parse.heads[t]] if k < t}
        if near & self._words.ended:
            return None
        return "member_of" if kind == "leads" and near & self._words.assistants else kind

    def _holder(self, nodes: Nodes, t: int) -> tuple[Actor, int] | None:
        """Who holds the title."""
        parse = nodes.parse
        dep, head = parse.deps[t], parse.heads[t]
        if dep == "appos" and (other := nodes.party(head)) and (isinstance(other, Place) or other.kind != "person"):
            # "Turkey, a member of the alliance": no person's title
            return None
        candidates: list[int] = []
        if dep == "conj" and parse.lemmas[head].lower() in self.lemmas:
            return self._holder(nodes, head)
        if dep in {"appos", "compound", "nmod"}:
            candidates.append(head)
        candidates += parse.kids(t, "appos")
        if dep in {"attr", "oprd"} and parse.lemmas[head] in COPULAS:
            frame = verb_frame(parse, head)
            candidates += frame.object if frame.passive else frame.subject
        if dep == "dobj" and parse.lemmas[head] in COPULAS:
            candidates += parse.kids(head, "nsubjpass")
        if t + 1 < len(parse) and parse.pos[t + 1] == "PROPN" and parse.sent_of[t] == parse.sent_of[t + 1]:
            mention = nodes.page.mention_at[t + 1]
            if mention and mention.kind == "person":
                token = parse.token_at(mention.head.start)
                candidates += [token] if token is not None else []
        candidates.append(t)
        for token in candidates:
            actor = nodes.actor(token)
            if actor and actor.kind == "person":
                return actor, token
        return None

    def _bodies(self, nodes: Nodes, t: int, holder: int) -> Iterator[tuple[Actor | Place, int, bool]]:
        """What the title is of, with its token, and whether it is the thing headed itself."""
        parse = nodes.parse
        seen = False
        for prep in parse.kids(t, "prep"):
            word = parse.lowers[prep]
            if (word not in OF and word not in AT) or parse.words[prep - 1] == "-":
                # "Commander-|in|-Chief" is no commander in something
                continue
            for inner in parse.kids(prep, "pobj"):
                for token in (inner, *parse.conjuncts(inner)):
                    if parse.words[token] == "State" and parse.lemmas[t].lower() == "secretary":
                        # "Secretary of State": the state is the one named before
                        continue
                    found = nodes.actor(token) or (nodes.place(token) if word == "of" else None)
                    if found:
                        seen = True
                        yield found, token, word == "of" or (word == "for" and not seen)
                        continue
                    # "head of military intelligence for the militias"
                    for deeper in parse.kids(token, "prep"):
                        if parse.lowers[deeper] in OF | AT:
                            for end in parse.kids(deeper, "pobj"):
                                actor = nodes.actor(end)
                                if actor:
                                    seen = True
                                    yield actor, end, False
        if seen:
            return
        near = nodes.body_at(t)
        if near is None and parse.deps[t] in {"compound", "nmod"}:
            near = nodes.body_at(holder, before=t)
        if near is None and parse.deps[holder] == "appos" and parse.heads[holder] == t:
            near = nodes.body_at(t)
        if near:
            yield near[0], near[1], True

    def _belongs(self, nodes: Nodes, t: int, body: Actor | Place) -> bool:
        if isinstance(body, Actor) and body.kind == "state":
            lemma = nodes.parse.lemmas[t].lower()
            return lemma in STATE_OFFICERS and lemma not in self._words.ranks
        return True
