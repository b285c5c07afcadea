"""Kin: words that name one thing that happens ("died", "death", "fatal"), as reports take turns with them."""

from __future__ import annotations

from functools import lru_cache

from sitrep.corroboration.sketch import stem

FAMILIES = (
    (
        "die died dies dying dead death deaths deadly deceased fatal fatally fatality fatalities kill killed killing "
        "killings slain slay slaying murder murdered homicide manslaughter mortally"
    ),
    "shoot shot shots shooting shootings shootout shooter gunfire gunshot gunshots gunman gunmen discharge discharged",
    "wound wounded wounding injure injured injuries injury hurt",
    "hit hits hitting strike struck striking",
    "arrest arrested arresting apprehend apprehended captured capture nabbed detain detained",
    "explode exploded explosion blast detonate detonated",
    "foil foiled thwart thwarted",
)


@lru_cache(maxsize=1)
def _families() -> dict[str, str]:
    return {stem(word): stem(family.split()[0]) for family in FAMILIES for word in family.split()}


def kin(word: str) -> str:
    """The stem that stands for a stemmed word and its kin."""
    return _families().get(word, word)
