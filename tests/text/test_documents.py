"""PDF, Word and e-mail: the report in them, and files that are locked, cut or made to harm."""

from __future__ import annotations

import io
import zipfile

import pytest
from tests.fixtures.documents import BODY, HTML, docx, paragraph, pdf

from sitrep.errors import TextError
from sitrep.text import docx as word
from sitrep.text.docx import extract_docx
from sitrep.text.eml import extract_eml
from sitrep.text.pdf import Line, extract_pdf, paragraphs

MAIL = (
    "From: Nadia Ferro <nadia@gazette.example>\r\nSubject: Fwd: [desk] Rockets hit fuel depot\r\n"
    "Date: Tue, 09 Aug 2016 07:41:00 +0200\r\nMIME-Version: 1.0\r\n"
)


def page(*lines, top=700.0, step=14.0, left=72.0):
    return [Line(text, left, top - step * n) for n, text in enumerate(lines)]


def test_a_pdf_gives_its_paragraphs():
    lines = [
        (72, 700, "Rockets struck a fuel depot south of the town on Monday night, wound-"),
        (72, 686, "ing two workers, the council said."),
        (72, 652, "The depot supplies three towns."),
    ]
    found = extract_pdf(pdf([lines], title="Rockets struck a fuel depot"), source="a.pdf")
    assert found.text == (
        "Rockets struck a fuel depot south of the town on Monday night, wounding two workers, the council said.\n\n"
        "The depot supplies three towns."
    )
    assert found.title == "Rockets struck a fuel depot"


def test_running_heads_and_page_numbers_are_left_out_and_sentences_go_on_over_pages():
    towns = ("Zawara", "Misrata", "Tobruk")
    pages = [
        page(f"Weekly brief {n}", f"Shells fell on {town}, the", f"council of {town} said.", f"Page {n} of 3")
        for n, town in enumerate(towns, start=1)
    ]
    assert paragraphs(pages).split("\n\n") == [f"Shells fell on {town}, the council of {town} said." for town in towns]
    assert paragraphs([page("The shells fell on"), page("the harbour.")]) == "The shells fell on the harbour."


def test_columns_and_indents():
    two = [*page("The army shelled", "the harbour."), *page("The council said", "so on Monday.", left=320.0)]
    assert paragraphs([two]) == "The army shelled the harbour.\n\nThe council said so on Monday."
    indented = [*page("The army shelled", "the harbour."), Line("The council spoke.", 90.0, 672.0)]
    assert paragraphs([indented]) == "The army shelled the harbour.\n\nThe council spoke."


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"%PDF-1.4", "cannot be opened"),
        (pdf([[]]), "no text, as in a scan"),
        (pdf([[(72, 700, "Rockets.")]])[:300], "PDF"),
        (
            b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[2 0 R]/Count 999999999>>endobj\ntrailer<</Root 1 0 R>>",
            "PDF",
        ),
    ],
)
def test_a_pdf_without_text_says_why(content, why):
    with pytest.raises(TextError, match=why) as caught:
        extract_pdf(content, source="a.pdf")
    assert caught.value.todo


def test_a_pdf_that_hangs_is_given_up(monkeypatch):
    from sitrep.text import pdf as room

    monkeypatch.setattr(room, "SECONDS", 0.01)
    with pytest.raises(TextError, match="more than"):
        extract_pdf(pdf([[(72, 700, "Rockets.")]]), source="a.pdf")


def test_a_word_document_gives_its_paragraphs():
    struck = "<w:p><w:r><w:t>The army </w:t></w:r><w:del><w:r><w:delText>never </w:delText></w:r></w:del><w:r><w:t>shelled &amp; left</w:t><w:tab/><w:t>it.</w:t></w:r></w:p>"
    found = extract_docx(docx(paragraph("Rockets hit.") + struck, title="Rockets"), source="a.docx")
    assert found.text == "Rockets hit.\n\nThe army shelled & left\tit."
    assert (found.title, found.byline) == ("Rockets", "Nadia Ferro")


def zipped(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("_", "/"), content)
    return out.getvalue()


BOMB = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12)
) + "]><d>&m;</d>"  # fmt: skip


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (docx(""), "no text in it"),
        (docx(paragraph("Rockets."))[:200], "cut, locked or damaged"),
        (zipped(a_txt="x"), "no Word document"),
        (zipped(**{"word_document.xml": "<w:p"}), "damaged"),
        (zipped(**{"word_document.xml": BOMB}), "damaged"),
        (b"", "damaged"),
    ],
)
def test_a_word_document_without_text_says_why(content, why):
    with pytest.raises(TextError, match=why) as caught:
        extract_docx(content, source="a.docx")
    assert caught.value.todo


def test_a_zip_bomb_is_stopped(monkeypatch):
    monkeypatch.setattr(word, "LARGEST", 1_000_000)
    with pytest.raises(TextError, match="unpacks to more than"):
        extract_docx(docx("<w:p/>" * 500_000), source="a.docx")


def test_depth_drowns_nothing():
    deep = "<w:sdt>" * 100_000 + paragraph("Rockets.") + "</w:sdt>" * 100_000
    assert extract_docx(docx(deep), source="a.docx").text == "Rockets."


def test_an_email_gives_its_text_subject_sender_and_day():
    mail = (
        MAIL
        + "Content-Type: text/plain; charset=utf-8\r\n\r\n"
        + "\r\n\r\n".join(BODY)
        + "\r\n-- \r\nNadia\r\n+218 000"
    )
    found = extract_eml(mail.encode(), source="a.eml")
    assert (found.title, found.byline, found.published) == ("Rockets hit fuel depot", "Nadia Ferro", "2016-08-09")
    assert found.text.strip().endswith("fire engines.")


def test_an_email_of_a_page_gives_its_main_text():
    mail = MAIL + f"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{HTML}"
    assert "fuel depot" in extract_eml(mail.encode(), source="a.eml").text


@pytest.mark.parametrize(
    "content",
    [
        b"",
        MAIL.encode(),
        MAIL.encode() + b"Content-Type: application/pdf\r\n\r\n%PDF",
        b"".join(b"Content-Type: multipart/mixed; boundary=%d\r\n\r\n--%d\r\n" % (n, n) for n in range(3000)),
        b"Content-Type: text/plain; charset=\xff\xfe\r\nContent-Transfer-Encoding: base64\r\n\r\n%%%%",
    ],
)
def test_an_email_without_text_says_why(content):
    with pytest.raises(TextError) as caught:
        extract_eml(content, source="a.eml")
    assert caught.value.todo
