"""Hostile inputs of our own making: files broken by chance, and files built to harm."""

from __future__ import annotations

import gzip
import io
import json
import random
import zipfile
import zlib
from collections.abc import Callable
from typing import NamedTuple

from tests.fixtures.documents import BODY, HTML, docx, paragraph, pdf, warc, warc_record

DEPTH = 10_000
# what text is rarely made of
STRANGE = (
    "\0", "\u202e", "\u202d", "\u200f", "\u2066", "\ufeff", "\u0301" * 40, "\ud83d\ude92", "\u200b", "\x1b[2J", "\x08", "\x85", "\u2028", "ﷺ",
    "＜", "𝕬", "\u00ad", "İ", "ß", "\U000e0041", "\ufffe", "'", '"', "((", "))", "“", "“", "--", "1e999", "9" * 400, "%s", "{}", "${x}", "\\",
)  # fmt: skip
WORDS = " ".join(BODY).split()


class Input(NamedTuple):
    """A file: its ending, and its bytes."""

    suffix: str
    content: bytes


def broken(chance: random.Random, content: bytes) -> bytes:
    """Bytes cut, turned, doubled or overwritten by chance."""
    made = bytearray(content)
    for _ in range(chance.choice((1, 1, 3, 10, 60))):
        at = chance.randrange(len(made)) if made else 0
        act = chance.randrange(6)
        if act == 0:
            del made[at:]
        elif act == 1:
            del made[at : at + chance.randrange(1, 200)]
        elif act == 2:
            made[at:at] = made[at : at + chance.randrange(1, 2000)] * chance.randrange(1, 20)
        elif act == 3:
            made[at:at] = chance.randbytes(chance.randrange(1, 50))
        elif act == 4:
            made[at : at + 1] = b"\0" * chance.randrange(1, 9)
        elif made:
            made[at] ^= 1 << chance.randrange(8)
    return bytes(made)


def strange(chance: random.Random, length: int = 200) -> str:
    """Words with what nobody writes between and inside them."""
    return "".join(chance.choice((" ", "")) + chance.choice((*STRANGE, *WORDS)) for _ in range(length))


def text(chance: random.Random) -> Input:
    """Text that is none, or too much of something."""
    kind = chance.randrange(12)
    many = chance.choice((500, 5_000, DEPTH))
    said = {
        0: lambda: chance.randbytes(chance.randrange(20_000)),
        1: lambda: strange(chance, many).encode("utf-8", "surrogatepass"),
        2: lambda: ("(" * many + " ".join(WORDS) + ")" * many).encode(),
        3: lambda: ("“" * many + BODY[0] + "”" * many).encode(),
        4: lambda: (" ".join(chance.choice(WORDS) for _ in range(many)).replace(".", "")).encode(),
        5: lambda: ("x" * chance.randrange(1_000_000)).encode(),
        6: lambda: ("\n" * many + BODY[0] + "\n\n" * many).encode(),
        7: lambda: " ".join(f"{chance.randrange(40)} {chance.choice(('May', 'killed', 'of', '1999', 'to'))}" for _ in range(many)).encode(),
        8: lambda: (BODY[0] * 30).encode("utf-16")[: -chance.randrange(1, 60)],
        9: lambda: ("who said that the army said " * (many // 5) + BODY[0]).encode(),
        10: lambda: ("A, B and C, " * (many // 4) + "shelled the town.").encode(),
        11: lambda: "\u202e".join(WORDS * 10).encode(),
    }[kind]()  # fmt: skip
    return Input(chance.choice((".txt", ".md", "")), said)


def html(chance: random.Random) -> Input:
    """Pages that are broken, deep or endless."""
    kind = chance.randrange(14)
    tag = chance.choice(("div", "b", "table", "ul", "span", "blockquote", "font", "svg", "form", "template", "p", "a"))
    many = chance.choice((300, 3_000, DEPTH))
    page = HTML.encode()
    said = {
        0: lambda: broken(chance, page * chance.choice((1, 5))),
        1: lambda: broken(chance, page),
        2: lambda: f"<html><body>{f'<{tag}>' * many}{BODY[0]}{f'</{tag}>' * many}".encode(),
        3: lambda: f"<html><body>{f'<{tag} class=x>' * many}{BODY[0]}".encode(),
        4: lambda: f"<html><body>{f'<{tag}><p>{BODY[0]}</p></{tag}>' * (many // 3)}".encode(),
        5: lambda: f"<html><body><p title='{'x' * many * 30}'>{BODY[0]}</p>".encode(),
        6: lambda: f"<html><body><!--{'-' * many}{BODY[0]}<![CDATA[{']' * many}".encode(),
        7: lambda: f"<html><body><p>{'&' * many}{'&#x110000;' * many}{'&amp' * many}{BODY[0]}</p>".encode(),
        8: lambda: f"<html><head><meta charset={chance.choice(('utf-7', 'utf-16', 'x', 'idna', 'rot13', 'zlib'))}></head><body><p>{strange(chance)}{BODY[0]}".encode("utf-8", "surrogatepass"),
        9: lambda: f"<html><body><script>{'<' * many}</script{BODY[0]}<style>{'{' * many}".encode(),
        10: lambda: f"<html><head>{'<meta property=og:title content=x>' * many}<title>{'t' * many}</title></head><body><p>{BODY[0]}</p>".encode(),
        11: lambda: f"<html><head><script type='application/ld+json'>{'[' * many}</script></head><body><p>{BODY[0]}</p>".encode(),
        12: lambda: f"<!DOCTYPE html [{'<!ENTITY a &a;>' * many}]><html><body><p>&a;{BODY[0]}".encode(),
        13: lambda: page.replace(b"<p>", "<p>\u202e\0\u2066".encode()) + b"\0" * many,
    }[kind]()  # fmt: skip
    return Input(chance.choice((".html", ".htm", "")), said)


def document(chance: random.Random) -> Input:
    """PDF files that are broken, or packed to burst."""
    lines = [[(72.0, 700.0 - 14 * n, part[:90]) for n, part in enumerate(BODY)]]
    whole = pdf(lines * chance.choice((1, 20)), title=BODY[0][:60])
    kind = chance.randrange(8)
    bomb = zlib.compress(b"BT /F1 11 Tf (x) Tj ET\n" * 200_000, 9)
    said = {
        0: lambda: broken(chance, whole),
        1: lambda: broken(chance, whole),
        2: lambda: whole[: chance.randrange(len(whole))],
        3: lambda: whole.replace(b"/Count 1", b"/Count 99999999"),
        4: lambda: whole.replace(b"/Parent 2 0 R", b"/Parent 2 0 R /Kids [2 0 R]"),
        5: lambda: whole.replace(b"<< /Type /Catalog", b"<< /X " + b"[" * DEPTH + b" /Type /Catalog"),
        6: lambda: _stream(whole, bomb),
        7: lambda: b"%PDF-1.7\n" + chance.randbytes(chance.randrange(5000)),
    }[kind]()
    return Input(".pdf", said)


def _stream(whole: bytes, packed: bytes) -> bytes:
    """A PDF whose first page's words are a packed stream."""
    start, end = whole.index(b"<< /Length"), whole.index(b"endstream") + len(b"endstream")
    return (
        whole[:start]
        + b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)
        + whole[end:]
    )


def archive(chance: random.Random) -> Input:
    """Web archives that are broken, cut or packed to burst."""
    page = HTML.encode()
    packed = chance.random() < 0.5
    records = [
        warc_record(f"https://g.example/{chance.random()}", chance.choice((page, broken(chance, page))))
        for _ in range(3)
    ]
    whole = warc(*records, packed=packed)
    kind = chance.randrange(8)
    zeros = gzip.compress(b"<p>" + b"\0" * chance.choice((1_000_000, 64_000_000)))
    said = {
        0: lambda: broken(chance, whole),
        1: lambda: broken(chance, whole),
        2: lambda: whole[: chance.randrange(len(whole))],
        3: lambda: warc(warc_record("https://g.example/z", zeros).replace(b"charset=utf-8", b"charset=utf-8\r\nContent-Encoding: gzip", 1), packed=packed),
        4: lambda: warc(records[0].replace(b"Content-Length: ", b"Content-Length: 99999999"), records[1]),
        5: lambda: warc(records[0].replace(b"WARC-Type", b"X: " + b"x" * 100_000 + b"\r\nWARC-Type"), records[1]),
        6: lambda: gzip.compress(warc(*records))[: chance.randrange(20, 600)],
        7: lambda: warc(warc_record("https://g.example/c", b"ffffffff\r\nx\r\n").replace(b"Content-Type: text", b"Transfer-Encoding: chunked\r\nContent-Type: text")),
    }[kind]()  # fmt: skip
    return Input(chance.choice((".warc", ".warc.gz")), said)


def rows(chance: random.Random) -> Input:
    """JSON Lines and tables that are broken, deep or wide."""
    row = {"id": f"r{chance.random()}", "text": " ".join(BODY), "title": "Rockets", "published": "2016-08-09"}
    line = json.dumps(row).encode()
    kind = chance.randrange(13)
    many = chance.choice((1_000, DEPTH, 100_000))
    said = {
        0: lambda: broken(chance, b"\n".join([line] * 5)),
        1: lambda: b'{"text": ' + b"[" * many + b"]" * many + b"}\n" + line,
        2: lambda: b'{"a":' * many + line + b"}" * many,
        3: lambda: json.dumps(row | {"text": strange(chance, 400)}).encode(),
        4: lambda: b'{"text": "\\ud800\\udc00 \\ud800 ' + BODY[0].encode() + b'\\u0000"}',
        5: lambda: b'{"text": "' + b"x" * (many * 100) + b'"}\n' + line,
        6: lambda: json.dumps(
            row | {"published": strange(chance, 3), "title": strange(chance, 100), "id": strange(chance, 5)}
        ).encode(),
        7: lambda: b"{" + b",".join(b'"text": "army"' for _ in range(many)) + b"}",
        8: lambda: (b'{"text": "x y", "n": ' + b"9" * many + b"}\n") + line,
        9: lambda: b"\0" * many + b"\n" + line,
        10: lambda: ("id,text\n" + "".join(f'{n},"{BODY[n % 3]}"\n' for n in range(5))).encode(),
        11: lambda: b'id,text\n1,"' + b"x\n" * many,
        12: lambda: ",".join(["text"] * many).encode() + b"\n" + chance.randbytes(5_000),
    }[kind]()
    if kind == 10:
        said = broken(chance, said)
    return Input(".csv" if kind >= 10 else ".jsonl", said)


def package(chance: random.Random) -> Input:
    """Word documents and e-mails that are broken, deep or packed to burst."""
    whole = docx("".join(map(paragraph, BODY)), title="Rockets")
    mail = f"From: a@b.example\r\nSubject: Rockets\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{HTML}".encode()
    kind = chance.randrange(11)
    many = chance.choice((1_000, DEPTH))
    said: bytes = {
        0: lambda: broken(chance, whole),
        1: lambda: docx("<w:p/>" * chance.choice((1_000, 3_000_000))),
        2: lambda: docx("<w:sdt>" * many + paragraph(BODY[0]) + "</w:sdt>" * many),
        3: lambda: docx(paragraph("x" * 2_000_000)),
        4: lambda: _zip({"word/document.xml": b"\0" * 70_000_000}),
        5: lambda: _zip({"word/document.xml": b"<!DOCTYPE d [<!ENTITY a '" + b"x" * many + b"'><!ENTITY b '" + b"&a;" * many + b"'>]><d>&b;</d>"}),
        6: lambda: broken(chance, mail),
        7: lambda: b"".join(b"Content-Type: multipart/mixed; boundary=%d\r\n\r\n--%d\r\n" % (n, n) for n in range(many)),
        8: lambda: b"Subject: " + b"=?utf-8?q?=" * many + b"\r\n\r\n" + mail,
        9: lambda: b"Content-Type: text/plain; " + b"a*0*=x;" * many + b"\r\n\r\n" + BODY[0].encode(),
        10: lambda: mail.replace(b"charset=utf-8", b"charset=" + chance.choice((b"zlib", b"\xff", b"utf-16", b"rot13", b"idna"))),
    }[kind]()  # fmt: skip
    return Input(".docx" if kind < 6 else ".eml", said)


def _zip(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return out.getvalue()


def lists(chance: random.Random) -> Input:
    """Lists of addresses that lead nowhere or inside."""
    kind = chance.randrange(5)
    said = {
        0: lambda: "\n".join(chance.choice(("http://127.0.0.1:1/", "http://[::1]/", "http://0x7f.1/", "http://[", "file:///etc/passwd", "http://\u202e/", "x" * 20_000, "http://a b", "http://169.254.169.254/")) for _ in range(8)).encode(),
        1: lambda: b'{"articles": ' + b"[" * chance.choice((10, DEPTH, 1_000_000)),
        2: lambda: json.dumps({"articles": {"results": [1, None, {"url": 3}, {"url": "http://127.0.0.1:1/", "source": [], "authors": [[]]}]}}).encode(),
        3: lambda: _zip({"a.gkg.csv": b"x\t" * 10_000_000}),
        4: lambda: broken(chance, _zip({"a.gkg.csv": b"x\tx\tx\tx\thttp://127.0.0.1:1/\n" * 3})),
    }[kind]()  # fmt: skip
    return Input((".urls", ".json", ".json", ".gkg.csv.zip", ".gkg.csv.zip")[kind], said)


KINDS: tuple[Callable[[random.Random], Input], ...] = (
    text, html, html, html, document, document, archive, archive, rows, rows, package, lists,
)  # fmt: skip


def hostile(number: int, seed: int = 1) -> Input:
    """The hostile input of a number, the same on every machine."""
    chance = random.Random(seed * 1_000_003 + number)
    return KINDS[number % len(KINDS)](chance)
