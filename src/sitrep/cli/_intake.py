"""What `ingest` and `watch` say while reports are taken in, and at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sitrep.cli._progress import Progress
    from sitrep.ingest.archive import Outcome

UNREAD = "LanguageError"


class Tally:
    """How many reports were taken in, were held already, stand in other languages, or failed."""

    def __init__(self) -> None:
        self.taken = self.held = self.failed = 0
        self.languages: Counter[str] = Counter()

    def add(self, outcomes: Iterable[Outcome], progress: Progress) -> None:
        """Count outcomes as they come, and tell what failed."""
        from sitrep.cli._outputs import describe

        for outcome in outcomes:
            if outcome.held:
                self.held += 1
                progress.pass_over()
                continue
            failures = [failure for failure in outcome.failures if failure.kind != UNREAD]
            self.languages.update(
                failure.facts.get("language", "und") for failure in outcome.failures if failure.kind == UNREAD
            )
            self.failed += bool(failures)
            self.taken += not failures
            for failure in failures:
                progress.echo(describe(failure))
            progress.advance(failed=bool(failures))

    def __str__(self) -> str:
        unread = ", ".join(f"{language} {count:,}" for language, count in self.languages.most_common())
        kept = f"{self.languages.total():,} of them kept unread in other languages ({unread}), " if unread else ""
        return (
            f"{self.taken:,} report{'s' * (self.taken != 1)} taken in, {kept}{self.held:,} held already, "
            f"{self.failed:,} failed."
        )


def bring_up_to_date(db: str, progress: Progress) -> str:
    """Bring new reports' events together into incidents; what the archive then holds, in words."""
    from sitrep.ingest.archive import bring_together
    from sitrep.store.view import View

    with View(db) as view:
        stale = view.is_stale()
    if stale:
        progress.tell("Bringing the reports of each incident together")
        bring_together(db)
    with View(db) as view:
        total, found = len(view), view.count_incidents()
    return f"{db} holds {total:,} report{'s' * (total != 1)} and {found:,} incident{'s' * (found != 1)}."
