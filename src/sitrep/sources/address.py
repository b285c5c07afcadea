"""Addresses of pages: which of them name the same page."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

# what newsletters and networks hang on an address to follow readers
TRACKING = re.compile(
    r"^(?:utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|ocid|cmpid|at_\w+|ns_\w+|smid|ref_src|_ga)$"
)
PORTS = {"http": 80, "https": 443}


def normal(url: str) -> str:
    """An address as it is compared: host in lower case, no fragment, no usual port, nothing that follows readers."""
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return url.strip()
    if ":" in host:
        host = f"[{host}]"
    if port and port != PORTS.get(parts.scheme.lower()):
        host = f"{host}:{port}"
    query = parts.query
    if query:
        pairs = parse_qsl(query, keep_blank_values=True)
        kept = [(name, value) for name, value in pairs if not TRACKING.match(name.lower())]
        # an address that needs nothing left out stays as it is, to the letter
        query = query if len(kept) == len(pairs) else urlencode(kept)
    return urlunsplit((parts.scheme.lower(), host, parts.path or "/", query, ""))


def is_address(text: str) -> bool:
    """Whether a word is the address of a page."""
    return text[:8].lower().startswith(("http://", "https://")) and len(text) < 8000 and not re.search(r"\s", text)
