"""The report inside an e-mail: its plain text or its page, its subject, sender and date. Attachments are left alone."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime

from sitrep.errors import TextError
from sitrep.text.decode import declared_in, decode, usable
from sitrep.text.extract import Extracted, extract

# "Fwd: Re: [list] Harbour shelled"
PREFIX = re.compile(r"^(?:\s*(?:re|fwd?|aw|wg)\s*:\s*|\s*\[[^\]]{1,40}\]\s*)+", re.IGNORECASE)
ADDRESS = re.compile(r"\s*<[^<>]*>\s*$")
# everything below is a signature (RFC 3676)
SIGNATURE = re.compile(r"^-- \n.*", re.MULTILINE | re.DOTALL)


def extract_eml(content: bytes, *, source: str) -> Extracted:
    """The report in an e-mail. Raises TextError where it holds no text."""
    try:
        message = message_from_bytes(content, policy=default)
        part = message.get_body(preferencelist=("plain", "html"))
        raw = part.get_payload(decode=True) if part is not None else None
        said = part.get_content_charset() if part is not None else None
        declared = usable(said) if said else None
        kind = part.get_content_type() if part is not None else ""
        subject, sender, date = (_header(message, name) for name in ("subject", "from", "date"))
    except (MessageError, ValueError, LookupError, TypeError, AttributeError, RecursionError, AssertionError) as error:
        raise _refused(source, f"it is damaged ({type(error).__name__})", "Save it again, or copy its text.") from error
    if not isinstance(raw, bytes) or not raw.strip():
        raise _refused(source, "there is no text in it", "Save its attachment, and give that.")
    if kind == "text/html":
        page = extract(decode(raw, source=source, declared=declared or declared_in(raw)).text, source=source)
        text = page.text
    else:
        text = SIGNATURE.sub("", decode(raw, source=source, declared=declared).text.replace("\r\n", "\n"))
    return Extracted(
        text,
        title=PREFIX.sub("", subject) or None,
        byline=ADDRESS.sub("", sender).strip(' "') or None,
        published=_day(date),
    )


def _header(message: EmailMessage, name: str) -> str:
    return " ".join(str(message.get(name) or "").split())


def _day(date: str) -> str | None:
    try:
        return parsedate_to_datetime(date).date().isoformat()
    except (ValueError, TypeError, OverflowError, IndexError):
        return date or None


def _refused(source: str, why: str, todo: str) -> TextError:
    return TextError(
        f"Extracting the text of {source}: the e-mail gives none, because {why}.", todo=todo, source=source
    )
