"""UIMA CAS XMI: one report a file in a zip, with its type system, for INCEpTION and other UIMA tools.

Offsets count UTF-16 units there, as UIMA does; `sitrep import` counts them back.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO
from xml.sax.saxutils import quoteattr

from sitrep.export._cells import Coded, clean
from sitrep.export._marks import Mark, Tie, explained, marks, ties
from sitrep.export._zip import add
from sitrep.model import Reading

suffix = ".zip"
label = "UIMA CAS XMI"
description = "UIMA CAS XMI, one file a report, with the type system in which INCEpTION shows spans and roles"

SPAN, ROLE = "webanno.custom.SitrepSpan", "webanno.custom.SitrepRole"
SENTENCE = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence"
METADATA = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData"
TYPES = "TypeSystem.xml"
_NO_NAME = re.compile(r"[^\w.-]+")


# the archive's own tables hold these: its view is made of them
kept = False
COLUMNS = ("begin", "end", "label", "part", "note", "Governor", "Dependent", "role")
RULES = {
    "begin": "where the words begin, in UTF-16 units", "end": "where they end, in UTF-16 units", "label": "",
    "part": "the part of the record that the words are evidence of", "note": "its factuality, name or value",
    "Governor": "the trigger of the event", "Dependent": "the words that play the role",
    "role": "the role in the event",
}  # fmt: skip


def write(readings: Iterable[Reading], out: BinaryIO) -> int:
    """Write a zip: the type system, then a file for each report with a text."""
    count = 0
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        add(archive, TYPES, type_system().encode())
        for reading in readings:
            if reading.report.text:
                count += 1
                name = _NO_NAME.sub("_", reading.report.source.id)[-80:]
                add(archive, f"{count:06}_{name}.xmi", xmi(reading).encode())
    return count


def code(reading: Reading) -> Coded:
    """The spans and roles of a report, each value with its rule and its words."""
    at = units(reading.report.text)

    def span(mark: Mark) -> dict[str, Any]:
        return {
            "begin": at[mark.start], "end": at[mark.end], "label": mark.label, "part": mark.name,
            "note": clean("; ".join(mark.notes)),
        }  # fmt: skip

    def role(tie: Tie) -> dict[str, Any]:
        return {
            "begin": at[tie.other.start], "end": at[tie.other.end], "Governor": tie.event.name,
            "Dependent": tie.other.name, "role": tie.role,
        }  # fmt: skip

    return explained(reading, marks(reading), span, role, RULES)


def units(text: str) -> list[int]:
    """For each offset in code points the offset in UTF-16 units, the end of the text included."""
    at = 0
    found = [0]
    for character in text:
        at += 2 if ord(character) > 0xFFFF else 1
        found.append(at)
    return found


def xmi(reading: Reading) -> str:
    """A report as XMI."""
    text = reading.report.text
    # XML cannot hold every character; a replacement of the same length keeps the offsets
    shown = "".join(character if clean(character) else "\N{REPLACEMENT CHARACTER}" for character in text)
    at = units(text)
    found = marks(reading)
    numbers = {mark: number for number, mark in enumerate(found, start=len(reading.sentences) + 10)}
    elements = [*_fixed(reading, at), *_spans(found, numbers, at), *_ties(reading, found, numbers, at)]
    members = " ".join(re.findall(r'xmi:id="(\d+)"', "".join(elements)))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<xmi:XMI xmi:version="2.0" xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" '
        'xmlns:tcas="http:///uima/tcas.ecore" xmlns:custom="http:///webanno/custom.ecore" '
        'xmlns:type="http:///de/tudarmstadt/ukp/dkpro/core/api/segmentation/type.ecore" '
        'xmlns:meta="http:///de/tudarmstadt/ukp/dkpro/core/api/metadata/type.ecore">\n'
        f'<cas:NULL xmi:id="0"/>\n{"".join(elements)}'
        f'<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString={_text(shown)}/>\n'
        f'<cas:View sofa="1" members="{members}"/>\n</xmi:XMI>\n'
    )


def _text(text: str) -> str:
    """A text as an attribute, which must not lose its line ends."""
    return quoteattr(text, {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def _fixed(reading: Reading, at: list[int]) -> Iterator[str]:
    report, end = reading.report, at[-1]
    yield (
        f'<meta:DocumentMetaData xmi:id="2" sofa="1" begin="0" end="{end}" language={quoteattr(report.language)} '
        f"documentId={_text(clean(report.source.id))} documentTitle={_text(clean(report.title or ''))} "
        f"documentUri={_text(clean(report.source.uri))}/>\n"
    )
    for number, sentence in enumerate(reading.sentences, start=10):
        yield f'<type:Sentence xmi:id="{number}" sofa="1" begin="{at[sentence.start]}" end="{at[sentence.end]}"/>\n'


def _spans(found: list[Mark], numbers: dict[Mark, int], at: list[int]) -> Iterator[str]:
    for mark in found:
        yield (
            f'<custom:SitrepSpan xmi:id="{numbers[mark]}" sofa="1" begin="{at[mark.start]}" end="{at[mark.end]}" '
            f"label={quoteattr(mark.label)} part={quoteattr(mark.name)} note={_text(clean('; '.join(mark.notes)))}/>\n"
        )


def _ties(reading: Reading, found: list[Mark], numbers: dict[Mark, int], at: list[int]) -> Iterator[str]:
    first = max(numbers.values(), default=0) + len(reading.sentences) + 11
    for number, tie in enumerate(ties(reading, found), start=first):
        yield (
            f'<custom:SitrepRole xmi:id="{number}" sofa="1" begin="{at[tie.other.start]}" end="{at[tie.other.end]}" '
            f'Governor="{numbers[tie.event]}" Dependent="{numbers[tie.other]}" role={quoteattr(tie.role)}/>\n'
        )


def type_system() -> str:
    """The types of the annotations, as UIMA describes them."""
    text = "uima.cas.String"

    def feature(name: str, kind: str) -> str:
        return (
            f"<featureDescription><name>{name}</name><description/><rangeTypeName>{kind}</rangeTypeName>"
            "</featureDescription>"
        )

    def described(name: str, parent: str, features: dict[str, str]) -> str:
        inner = "".join(feature(*pair) for pair in features.items())
        return (
            f"<typeDescription><name>{name}</name><description/><supertypeName>{parent}</supertypeName>"
            f"<features>{inner}</features></typeDescription>\n"
        )

    annotation = "uima.tcas.Annotation"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier"><types>\n'
        + described(SENTENCE, annotation, {})
        + described(
            METADATA, "uima.tcas.DocumentAnnotation",
            {"documentId": text, "documentTitle": text, "documentUri": text},
        )
        + described(SPAN, annotation, {"label": text, "part": text, "note": text})
        + described(ROLE, annotation, {"Governor": annotation, "Dependent": annotation, "role": text})
        + "</types></typeSystemDescription>\n"
    )  # fmt: skip
