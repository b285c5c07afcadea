"""What the words around a name say about it: a place, a person, part of an institution's name."""

from __future__ import annotations

from sitrep.gazetteer.places import UNKNOWN, Prominence
from sitrep.model import PlaceKind
from sitrep.reading.parse import Parse
from sitrep.reading.place_words import (
    AT,
    CALLS_PLACE,
    COMMON,
    DASHES,
    DIRECTIONS,
    FACILITIES,
    FROM,
    INSTITUTION,
    INSTITUTION_OF,
    NEVER,
    NOT_AFTER,
    PEOPLE,
    PLACE_NOUNS,
    PLACES_OF,
    SPEECH,
    TAKES_PLACE,
    TITLES,
    WIRES,
)  # fmt: skip

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
PARTIES = frozenset({"D", "R", "I"})
PROPER = frozenset({"NNP", "NNPS"})
ARTICLES = frozenset("al el ar as ash at an ad adh az ez ul".split())
HYPHENS = frozenset({"-", "‐", "–", "'", "’"})
# tokens of the longest name of a place that no gazetteer knows
LONGEST_NAME = 7
# points of the recogniser's label where it covers just the name
WHOLE = {"GPE": 3.0, "LOC": 2.0, "FAC": 1.5, "ORG": 0.3, "PERSON": -1.0, "NORP": 0.0, "": 0.0}
# an entity's edge words that do not make the name in it a part of another name
EDGE = frozenset({"the", "'s", "’s", "'", "’", "-"}) | DIRECTIONS


class Context:
    """The words of a report, ready to be asked about names."""

    def __init__(self, parse: Parse) -> None:
        self.parse = parse
        self.surnames: set[str] = set()
        self.forenames: set[str] = set()
        for ent in parse.ents:
            if ent.label == "PERSON" and ent.end - ent.start > 1:
                names = [word for word in parse.lowers[ent.start : ent.end] if word[0].isalpha() and word != "'s"]
                if len(names) > 1:
                    self.surnames.add(names[-1])
                    self.forenames.add(names[0])
        # a word that the report also writes small is seldom a name
        self.small = {word for word in parse.words if word.islower()}

    def label(self, i: int, j: int) -> tuple[str, bool]:
        """The recogniser's label over a name, and whether it covers little more than the name."""
        parse = self.parse
        number = parse.ent_of[i] if parse.ent_of[i] >= 0 else parse.ent_of[j - 1]
        if number < 0:
            return "", True
        ent = parse.ents[number]
        start, end = ent.start, ent.end
        while start < i and parse.lowers[start] in EDGE:
            start += 1
        while end > j and (parse.lowers[end - 1] in EDGE or parse.words[end - 1] in PLACE_NOUNS):
            end -= 1
        return ent.label, start >= i and end <= j

    def is_abbreviation(self, i: int, end: int) -> bool:
        """Whether a short form stands where abbreviations of states stand: after a comma or a party's letter."""
        words = self.parse.words
        word = words[end - 1]
        before = words[i - 1] if i else ""
        if before == "-" and i > 1 and words[i - 2] in PARTIES:
            return True
        if before in {",", "("} and i > 1 and words[i - 2][0].isalpha():
            return word.endswith(".") or word.isupper()
        return "." in word[:-1] and word[0].isupper()

    def named_place(self, i: int) -> tuple[int, PlaceKind] | None:
        """The end and kind of a name unknown to the gazetteer that something here calls a place."""
        parse = self.parse
        number = parse.ent_of[i]
        if number >= 0:
            ent = parse.ents[number]
            if ent.label in PLACE_LABELS:
                end = ent.end
                while end > i + 1 and parse.lowers[end - 1] in EDGE:
                    end -= 1
                if parse.lowers[i] in EDGE or end <= i:
                    return None
                return end, "facility" if ent.label == "FAC" else "natural" if ent.label == "LOC" else "settlement"
        if parse.tags[i] not in PROPER or (i and parse.words[i - 1][0].isupper() and parse.tags[i - 1] in PROPER):
            return None
        end = i + 1
        while end < len(parse) and parse.tags[end] in PROPER and parse.words[end][0].isupper():
            end += 1
        kind = self.kind(i, end)
        return (end, kind) if kind is not None else None

    def chunk(self, i: int) -> int:
        """The end of the name that begins at a token: capitalised words, joined also by Arabic articles."""
        parse = self.parse
        stop = min(parse.sents[parse.sent_of[i]][1], i + LONGEST_NAME)
        end = j = i
        while j < stop:
            if parse.words[j][0].isupper() and parse.tags[j] in PROPER:
                j += 1
                end = j
            elif parse.lowers[j] in ARTICLES or (
                parse.words[j] in HYPHENS and j > i and parse.lowers[j - 1] in ARTICLES
            ):
                j += 1
            else:
                break
        return end

    def called(self, i: int, j: int) -> PlaceKind | None:
        """The kind of place that a noun says a name is: "the village of X", "X neighbourhood", "X - a town"."""
        parse = self.parse
        lowers, words = parse.lowers, parse.words
        if i > 1 and lowers[i - 1] == "of" and words[i - 2].islower():
            before = lowers[i - 2]
            kind = PLACE_NOUNS.get(before) if before in CALLS_PLACE else PLACES_OF.get(before)
            if kind is not None:
                return kind
        if j < len(words) and words[j] in CALLS_PLACE:
            return PLACE_NOUNS.get(words[j], "area")
        for kid in parse.kids(j - 1, "appos"):
            if (
                kid >= j
                and words[kid] in CALLS_PLACE
                and any(lowers[k] in {"a", "the"} for k in parse.kids(kid, "det"))
            ):
                return PLACE_NOUNS.get(words[kid], "area")
        return None

    def kind(self, i: int, j: int) -> PlaceKind | None:
        """The kind of place that the words around a name speak of: "X province", "the town of X"."""
        lowers = self.parse.lowers
        after = lowers[j] if j < len(lowers) else ""
        if after in PLACE_NOUNS:
            return PLACE_NOUNS[after]
        if i > 1 and lowers[i - 1] == "of" and lowers[i - 2] in PLACE_NOUNS:
            return PLACE_NOUNS[lowers[i - 2]]
        if i and lowers[i - 1] in PLACE_NOUNS and self.parse.words[i - 1].islower():
            return PLACE_NOUNS[lowers[i - 1]]
        if j - i > 1 and lowers[j - 1] in FACILITIES:
            return "facility"
        return None

    def points(self, i: int, j: int, prominence: Prominence) -> tuple[float, str]:
        """Points for a name being a place, and the label of the larger name that it stands in, "" for none."""
        label, whole = self.label(i, j)
        lowers = self.parse.lowers
        if label == "PERSON" and not whole:
            return -4.0, "PERSON"
        inside = self.inside(i, j, label, whole)
        points = self.around(i, j)
        if inside:
            points = 1.0 if label in PLACE_LABELS else 0.0
            if j < len(lowers) and lowers[j] in INSTITUTION:
                points += 1.0
            elif label and lowers[self.parse.ents[self.parse.ent_of[j - 1]].end - 1] in INSTITUTION:
                points += 0.5
            if i > 1 and lowers[i - 1] == "of" and lowers[i - 2] in INSTITUTION_OF:
                points += 1.0
        else:
            points += WHOLE.get(label, 0.0)
        if j - i == 1:
            points += self.as_word(i, label, prominence)
        return points, inside

    def inside(self, i: int, j: int, label: str, whole: bool) -> str:
        """The label of the larger name around a name ("ORG" where nothing says what it is), "" where it stands free."""
        parse = self.parse
        if label and not whole:
            return label
        if j < len(parse) and parse.tags[j] in PROPER and parse.words[j][0].isupper() and parse.ent_of[j] < 0:
            return "ORG"
        if (
            i > 1
            and parse.lowers[i - 1] == "of"
            and parse.lowers[i - 2] in INSTITUTION_OF
            and parse.words[i - 2][0].isupper()
            and parse.lowers[i - 2] not in PLACE_NOUNS
        ):
            return "ORG"
        return ""

    def as_word(self, i: int, label: str, prominence: Prominence) -> float:
        """Points against a single word that is somebody's name or an everyday word."""
        parse = self.parse
        word, lower = parse.words[i], parse.lowers[i]
        points = 0.0
        before = parse.lowers[i - 1] if i else ""
        if before in TITLES and parse.words[i - 1][0].isupper():
            points -= 4.0
        named = label in PLACE_LABELS and prominence is not UNKNOWN
        if lower in self.surnames or lower.removesuffix("s") in self.surnames:
            points -= 1.0 if named else 2.5
        elif lower in self.forenames:
            points -= 0.5 if named else 2.0
        if lower in self.small and word not in {"US", "UK"}:
            points -= 2.0
        if lower in COMMON:
            points -= 5.0
        if lower in NEVER:
            points -= 9.0
        if len(word) < 5 and prominence.points < 3.0 and word.isupper() and "." not in word and not self.loud(i):
            points -= 3.0
        elif len(word) < 4 and prominence.kind == "country" and not word.isupper():
            points -= 6.0  # "Us" is no country
        if before in NOT_AFTER and parse.words[i - 1][0].isupper():
            points -= 6.0
        if parse.tags[i] not in PROPER and label not in PLACE_LABELS:
            points -= 1.5
        return points

    def loud(self, i: int) -> bool:
        """Whether the words next to one in capitals are in capitals too, so that it is no acronym."""
        words = self.parse.words
        near = words[max(0, i - 2) : i] + words[i + 1 : i + 3]
        return any(word.isupper() and len(word) > 4 for word in near)

    def around(self, i: int, j: int) -> float:
        """Points from the words before and after a name."""
        parse = self.parse
        lowers, words = parse.lowers, parse.words
        points = 0.0
        k = i - 1
        first = parse.sents[parse.sent_of[i]][0]
        while k >= first and (lowers[k] in EDGE or lowers[k] in DIRECTIONS):
            if lowers[k] in DIRECTIONS:
                points += 0.3
            k -= 1
        before = lowers[k] if k >= first else ""
        if before in AT:
            points += 1.5
        elif before in FROM:
            points += 0.7 if before == "from" else 0.4
            if before == "of" and k > first and lowers[k - 1] in PLACE_NOUNS:
                points += 3.0
            elif before == "of" and k > first + 1 and lowers[k - 1] == "," and words[k - 2].isdecimal():
                points += 1.5  # "Lee Smith, 44, of Ozark"
        elif before in TAKES_PLACE:
            points += 0.8
        elif before in PLACE_NOUNS and words[k].islower():
            points += 1.0
        elif before == "-" and k > first and words[k - 1] in PARTIES:
            points += 3.0
        after = lowers[j] if j < len(parse) else ""
        if after in PLACE_NOUNS:
            points += 2.0
        elif after in PEOPLE:
            points += 1.2
        elif after in SPEECH:
            points -= 1.0
        if i == first and self.dateline(j):
            points += 3.0
        return points

    def dateline(self, j: int) -> bool:
        """Whether a dash follows soon, as after the place that opens a wire report: "MANSFIELD, Ohio (AP) --"."""
        parse = self.parse
        for k in range(j, min(j + 9, len(parse))):
            word = parse.words[k]
            if word in DASHES and word not in {"/", ":", "-"}:
                return True
            if word == "(" and k + 1 < len(parse) and parse.lowers[k + 1] in WIRES:
                return True
            if word[0].isalpha() and word[0].islower():
                return False
        return False
