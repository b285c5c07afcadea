"""Bytes to text: charsets, damage, and what is no text."""

from __future__ import annotations

import contextlib
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitrep.errors import TextError
from sitrep.text.decode import declared_in, decode, repair

PLAIN = "“Nobody warned us,” said José Núñez, a guard — the café was hit."


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"])
def test_unicode_charsets_are_told_by_their_bytes(charset):
    decoded = decode((PLAIN * 5).encode(charset), source="a.txt")
    assert decoded.text == PLAIN * 5
    assert decoded.doubt == ""


def test_a_declared_charset_is_followed():
    decoded = decode("Zażółć gęślą jaźń".encode("iso8859-2"), source="a.txt", declared="iso-8859-2")
    assert decoded == ("Zażółć gęślą jaźń", "iso-8859-2", "")


def test_latin_1_is_read_as_browsers_do():
    assert decode("“so”".encode("cp1252"), source="a.html", declared="ISO-8859-1").text == "“so”"


def test_a_guess_is_said_to_be_one():
    decoded = decode(PLAIN.encode("cp1252"), source="a.txt")
    assert decoded.text == PLAIN
    assert "read as cp1252" in decoded.doubt


def test_a_wrong_declaration_is_said():
    decoded = decode(PLAIN.encode("cp1252"), source="a.html", declared="utf-8")
    assert decoded.text == PLAIN
    assert "declared as utf-8" in decoded.doubt


def test_an_unknown_charset_is_an_error():
    with pytest.raises(TextError, match="no charset is called 'klingon'"):
        decode(b"x", source="a.txt", declared="klingon")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.7 and so on", "PDF"),
        (b"PK\x03\x04rest", "zip"),
        (b"\x89PNG\r\n", "PNG"),
        (b"\x1f\x8b\x08rest", "gzip"),
        (b"\0" * 100, "control characters"),
        (bytes(range(256)) * 20, "control characters"),
    ],
)
def test_what_is_no_text_is_named(content, words):
    with pytest.raises(TextError, match=words) as caught:
        decode(content, source="a.txt")
    assert caught.value.facts["source"] == "a.txt"
    assert caught.value.todo


def test_a_cut_utf_16_file_is_an_error():
    with pytest.raises(TextError, match="does not fit"):
        decode("Sirte was quiet.".encode("utf-16")[:-1], source="a.txt")


@given(st.binary(max_size=400))
def test_any_bytes_give_text_or_an_error(content):
    with contextlib.suppress(TextError):
        decoded = decode(content, source="a.txt")
        assert isinstance(decoded.text, str)
        assert decoded.text.count("\ufffd") <= max(1, len(decoded.text) // 50) or not decoded.doubt


def test_random_bytes_are_no_text():
    for seed in range(5):
        content = bytes((i * 2654435761 * (seed + 3) >> 7) & 0xFF for i in range(2000)) + os.urandom(500)
        with pytest.raises(TextError):
            decode(content, source="a.txt")


@pytest.mark.parametrize("text", ["don’t", "“so” he said", "José", "10 € — a day", "São Paulo", "naïve"])
def test_twice_encoded_text_is_repaired(text):
    assert repair(text.encode("utf-8").decode("cp1252", "replace")).startswith(text[:2])
    broken = "".join(
        chr(b) if b in {0x81, 0x8D, 0x8F, 0x90, 0x9D} else bytes([b]).decode("cp1252") for b in text.encode()
    )
    assert repair(broken) == text


@given(st.text(st.characters(max_codepoint=0x24F, exclude_categories=["Cc", "Cs"]), max_size=60))
def test_repair_leaves_what_was_never_broken(text):
    # a lead byte's letter followed by a follower's letter is what breakage looks like; without one nothing changes
    if not any("\u00c2" <= a <= "\u00f4" for a in text):
        assert repair(text) == text


def test_the_charset_of_a_page_is_found_in_its_head():
    assert declared_in(b'<html><meta charset="windows-1251">') == "windows-1251"
    assert declared_in(b'<meta http-equiv=Content-Type content="text/html; charset=iso-8859-1">') == "iso-8859-1"
    assert declared_in(b'<?xml version="1.0" encoding="utf-16"?>') == "utf-16"
    assert declared_in(b"<p>no word of it") is None


@pytest.mark.parametrize("name", ["rot13", "zlib", "idna", "utf-7", "punycode", "x-none", "unicode_escape"])
def test_a_page_that_names_no_charset_of_texts_is_read_as_if_it_named_none(name):
    assert declared_in(f"<html><head><meta charset={name}></head>".encode()) is None
