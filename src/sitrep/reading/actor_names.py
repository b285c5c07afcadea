"""Names of actors as strings: titles, acronyms, folding; and where a country's name acts."""

from __future__ import annotations

import re
import unicodedata

from sitrep.reading.parse import Parse

TITLES = frozenset(
    "mr mr. mrs mrs. ms ms. miss dr dr. prof prof. gen gen. general lt lt. lieutenant col col. colonel maj maj. "
    "major capt "
    "capt. captain sgt sgt. sergeant cpl cpl. corporal adm adm. admiral brig brig. brigadier cmdr cmdr. commander "
    "sheikh sheik "
    "imam mullah ayatollah president premier prime minister secretary sen sen. senator rep rep. gov gov. governor "
    "mayor king "
    "queen prince princess emir sultan chancellor ambassador spokesman spokeswoman spokesperson pope bishop "
    "archbishop rev "
    "rev. judge justice field marshal air vice deputy foreign defense defence interior chief staff sir lord "
    "dame abu".split()
) - {"abu"}
NONSTATE = re.compile(
    r"(?:rebel|insurgen|guerr?illa|militant|jihadi|islamist|separatist|extremist|terrorist|opposition|paramilitar|anti-|"
    r"(?:backed|supported|led|aligned|affiliated|allied|loyal|linked|trained|funded|armed)$)"
)
# "Deputy Assistant Secretary of State for Near Eastern Affairs" is about as long as titles get
LONGEST_TITLE = 10
LOCATIVE = frozenset(
    "in near at inside across around outside throughout within off along over above beyond into toward towards via "
    "through under".split()
)
WORD = re.compile(r"[^\W_]+")
SMALL = frozenset("of the and for in on de la el al to".split())
# possessed nouns that make a country's possessive an actor ("Turkey's offensive"), by their endings
DEVERBAL = re.compile(
    r"(?:tion|sion|ment|ance|ence|al|ing|ade|ure|attack|strike|raid|offensive|support|request|demand|threat|call|offer|decision|"
    r"plan|effort|campaign|aid|war|role|claim|report|assault|barrage|fire|siege|ambush|massacre|blast|attempt|operation|help|"
    r"ultimatum|initiative|change|bid|riot|protest|rally|rallie|march|marche)s?$"
)


BEFORE_NOUN = frozenset({"amod", "compound", "nmod"})


def fold(text: str) -> str:
    """A name for comparison: no case, accents, apostrophes or hyphens."""
    plain = unicodedata.normalize("NFKD", text.replace("'", "").replace("’", "").replace("ʿ", ""))
    return " ".join(WORD.findall("".join(c for c in plain if not unicodedata.combining(c)).casefold()))


def strip_titles(name: str) -> str:
    """A person's name without the titles before it and the possessive after it."""
    words = re.sub(r"['’]s?$", "", name).split()
    while words and words[0].lower() in TITLES:
        words.pop(0)
    return " ".join(words)


def acronym_of(text: str) -> bool:
    """Whether a name is written as an acronym (GNA, U.N., YPG)."""
    letters = text.replace(".", "").replace("-", "")
    return 2 <= len(letters) <= 8 and letters.isalpha() and letters.isupper()


def initials(name: str) -> str:
    """The acronym that a name would have: "Government of National Accord" gives GNA."""
    return "".join(word[0] for word in WORD.findall(name) if word.lower() not in SMALL and word[0].isupper())


def title_words(parse: Parse, i: int, head: int) -> tuple[int, int] | None:
    """The range of tokens before a person's name that belong to its noun phrase, titles and all.

    i: first token of the name. head: the token that the name hangs on ("U.S. Secretary of State John Kerry").
    """
    start = max(parse.left[head], parse.sentence(i)[0], i - LONGEST_TITLE)
    for token in range(i - 1, start - 1, -1):
        if parse.pos[token] in ("VERB", "AUX", "PUNCT", "CCONJ", "SCONJ", "PRON", "NUM"):
            start = token + 1
            break
    while start < i and (
        parse.pos[start] in ("DET", "ADP", "PART") or parse.lowers[start] in ("former", "late", "then")
    ):
        start += 1
    return (start, i) if start < i else None


def acts(parse: Parse, head: int) -> bool:
    """Whether a country's name stands where somebody acts or is acted on, not where things are."""
    dep = parse.deps[head]
    if dep in ("conj", "appos"):
        # "in Wuhan, China": the country stands where the city stands
        return acts(parse, parse.heads[head])
    if dep in ("nsubj", "nsubjpass", "dobj", "dative", "ROOT", "attr", "oprd"):
        return True
    if dep == "pobj":
        prep = parse.heads[head]
        if parse.lowers[prep] == "of":
            return bool(DEVERBAL.search(parse.lowers[parse.heads[prep]]))
        return parse.lowers[prep] not in LOCATIVE
    if dep == "poss":
        return bool(DEVERBAL.search(parse.lowers[parse.heads[head]]))
    return modifies_event(parse, head)


def modifies_event(parse: Parse, i: int) -> bool:
    """Whether a word stands before a noun of doing, as "Israeli" in "Israeli shelling" and "U.S." in "U.S. "
    "airstrikes".
    """
    if parse.deps[i] not in BEFORE_NOUN:
        return False
    head = parse.heads[i]
    if parse.deps[head] in BEFORE_NOUN and i < head < parse.heads[head]:
        # "U.S. missile strikes"
        head = parse.heads[head]
    return bool(DEVERBAL.search(parse.lowers[head]))
