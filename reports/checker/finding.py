"""What the checker says: one finding, its severity and its place."""

import re
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any

from reports.editions.bodies import Body
from reports.editions.wording import nested_quotes
from reports.sheet import Sheet

from .severity import Severity
from .vocabulary import SiteWord, Vocabulary, WordKind

FIGURES = re.compile(r"\d+(?:\.\d+)?")


__all__ = ["Context", "Finding", "Severity", "Sister", "SiteWord", "Vocabulary", "WordKind"]


@dataclass(frozen=True)
class Finding:
    """One thing the checker would say to the person who holds the report.

    ``message`` is one Chinese sentence with the figures in it, then the next
    step. ``part`` is the number of the part (0 the preface, None the whole
    document); ``line`` and ``column`` are the editions' keys; ``left`` and
    ``right`` the two sides as texts; ``rule`` the equation's id; ``quote`` the
    sentence or cell as it stands in the report; ``basis`` the figures it rests
    on where the message cannot name them all.
    """

    code: str
    severity: Severity
    message: str
    part: int | None = None
    line: str = ""
    column: str = ""
    left: str = ""
    right: str = ""
    rule: str = ""
    quote: str = ""
    basis: str = ""

    def __post_init__(self) -> None:
        """Whatever was quoted, its own quotation marks are the inner ones."""
        object.__setattr__(self, "message", nested_quotes(self.message))

    @property
    def fingerprint(self) -> str:
        """Names the finding with its figures: an explanation falls when they change.

        All figures of the message count, for a side may be the sum of several.
        """
        said = (self.code, self.rule, str(self.part), self.line, self.column,
                self.left, self.right, self.quote, *FIGURES.findall(self.message),
                *((self.basis,) if self.basis else ()))  # fmt: skip
        return sha256("\x1f".join(said).encode()).hexdigest()[:32]

    def to_json(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "severity": str(self.severity),
            "message": self.message,
            "place": {
                "part": self.part,
                "line": self.line or None,
                "column": self.column or None,
            },
            "left": self.left or None,
            "right": self.right or None,
            "rule": self.rule or None,
            "quote": self.quote or None,
        }


@dataclass(frozen=True)
class Sister:
    """Another body's text of the year, earlier than the one checked.

    ``public`` where anybody may read it: only then is the body named.
    """

    sheet: Sheet
    public: bool = True


@dataclass(frozen=True)
class Context:
    """What the checker may know besides the sheet: last year's, the body, the day.

    ``sisters`` are the few texts of other bodies that it may have been copied
    from, ``words`` the site's own lists, ``subordinates`` the sum of what the
    bodies below published, for a government that covers them.
    """

    last_year: Sheet | None = None
    body: Body | None = None
    today: date | None = None
    sisters: tuple[Sister, ...] = ()
    words: Vocabulary = field(default_factory=Vocabulary)
    subordinates: Sheet | None = None
