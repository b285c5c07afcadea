"""What the API gives and takes about exports."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

Words = Annotated[str, Meta(min_length=1, max_length=2000)]
Day = Annotated[str, Meta(pattern=r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$")]


class FormatOption(Struct):
    """A choice that an export format offers. choices: what may be given; any text where there are none."""

    name: str
    help: str
    choices: list[str]
    default: str | None
    yes_or_no: bool


class FormatChoice(Struct):
    """An export format."""

    name: str
    label: str
    description: str
    suffix: str
    options: list[FormatOption]


class ExportQuery(Struct, forbid_unknown_fields=True, kw_only=True):
    """Which events leave, and options of the format. Of type, country, actor and place several with "|" between."""

    type: Words | None = None
    country: Words | None = None
    actor: Words | None = None
    place: Words | None = None
    km: Annotated[float, Meta(ge=0, le=20_040)] | None = None
    since: Day | None = None
    until: Day | None = None
    killed: Annotated[float, Meta(ge=0, le=1e12)] | None = None
    state: Literal["unreviewed", "in_review", "accepted", "rejected", "second_look", "open"] | None = None
    inter: Literal["text", "numeric"] | None = None
    strict: bool | None = None
    table_name: Literal["events", "claims", "figures", "control", "sources", "readings"] | None = None
    title: Words | None = None
    dated: Day | None = None
