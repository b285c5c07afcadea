"""What codebooks know beside event types: countries by code, ACLED's order of rules, PLOVER's scale."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import msgspec

from sitrep.model.span import Record

CROSSWALKS = Path(__file__).parent / "data" / "crosswalks"


class Country(NamedTuple):
    """A country as codebooks number it. gw, cow: empty where it is no member of those systems of states."""

    iso3: str
    iso2: str
    numeric: int
    name: str
    acled_region: str
    gw: str
    cow: str
    ucdp_region: str


class AcledRules(Record, frozen=True, kw_only=True):
    """ACLED's sub-event types by precedence, their disorder types, the codes of actors and of their pairs."""

    precedence: tuple[str, ...]
    precedence_note: str
    disorder_type: dict[str, str]
    inter: dict[str, str]
    interaction_codes: tuple[int, ...]


class PloverScale(Record, frozen=True, kw_only=True):
    """PLOVER's quad classes and scores, by class and by mode; null where the manual prints no score."""

    quad: dict[str, int]
    recipient_required: tuple[str, ...]
    base_score: dict[str, float]
    mode_score: dict[str, dict[str, float | None]]
    auxiliary_modes: tuple[str, ...]
    sectors: tuple[str, ...]
    nonstate_codes: tuple[str, ...]


@lru_cache(maxsize=1)
def load_countries() -> dict[str, Country]:
    """All countries by ISO 3166 alpha-3 code."""
    lines = (CROSSWALKS / "countries.csv").read_text(encoding="utf-8").splitlines()
    rows = csv.reader(line for line in lines if not line.startswith("#"))
    next(rows)
    return {row[0]: Country(row[0], row[1], int(row[2]), *row[3:8]) for row in rows}


class Cameo(NamedTuple):
    """A CAMEO code with its name and its score on Goldstein's scale of conflict and cooperation."""

    code: str
    name: str
    goldstein: float


@lru_cache(maxsize=1)
def load_cameo() -> dict[str, Cameo]:
    """The CAMEO codes that sitrep writes, by code."""
    lines = (CROSSWALKS / "cameo_codes.csv").read_text(encoding="utf-8").splitlines()
    rows = csv.reader(line for line in lines if not line.startswith("#"))
    next(rows)
    return {row[0]: Cameo(row[0], row[1], float(row[2])) for row in rows}


@lru_cache(maxsize=1)
def load_acled_rules() -> AcledRules:
    """ACLED's rules as data."""
    return msgspec.json.decode((CROSSWALKS / "acled_rules.json").read_bytes(), type=AcledRules)


@lru_cache(maxsize=1)
def load_plover_scale() -> PloverScale:
    """PLOVER's scale as data."""
    return msgspec.json.decode((CROSSWALKS / "plover_scale.json").read_bytes(), type=PloverScale)
