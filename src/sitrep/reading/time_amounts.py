"""TIMEX3 values of durations and of times that repeat."""

from __future__ import annotations

from sitrep.reading.time_expression import Expression

# the next smaller unit, and how many of them: half a year is six months
SMALLER = {
    "Y": ("M", 12),
    "M": ("W", 4),
    "W": ("D", 7),
    "D": ("TH", 24),
    "TH": ("TM", 60),
    "TM": ("TS", 60),
    "DE": ("Y", 10),
    "CE": ("Y", 100),
}


def duration_value(amount: float | None, unit: str) -> str:
    """P3D, PT2H, P2Y6M; X where the words leave the number open."""
    if unit == "FN":
        amount, unit = (None if amount is None else amount * 2), "W"
    if unit == "NI":
        unit = "N"
    if amount is None:
        return _period("X", unit)
    whole, rest = int(amount), amount % 1
    if not rest:
        return _period(str(whole), unit)
    small, size = SMALLER.get(unit, ("", 0))
    part = rest * size
    if not small or part != int(part) or unit in {"M", "W"}:
        return _period(f"{amount:g}", unit)
    if not whole:
        return _period(str(int(part)), small)
    if unit in {"DE", "CE"}:
        return _period(str(int(amount * size)), small)
    if unit == "D":
        return f"P{whole}DT{int(part)}H"
    return _period(str(whole), unit) + f"{int(part)}{small[-1]}"


def _period(amount: str, unit: str) -> str:
    return f"PT{amount}{unit[1]}" if len(unit) == 2 and unit[0] == "T" else f"P{amount}{unit}"


def set_value(found: Expression) -> str:
    """Of a time that repeats: every Monday is XXXX-WXX-1, daily P1D, every night XXXX-XX-XXTNI."""
    if found.code and found.code[0] in "PX":
        return found.code
    if found.weekday:
        return f"XXXX-WXX-{found.weekday}" + (f"T{found.part}" if found.part else "")
    if found.month:
        return f"XXXX-{found.month:02}"
    if found.season:
        return f"XXXX-{found.season}"
    if found.part:
        return f"XXXX-XX-XXT{found.part}"
    return duration_value(found.amount, found.unit or "D")
