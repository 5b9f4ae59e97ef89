"""How grave a finding is."""

from enum import StrEnum


class Severity(StrEnum):
    ERROR = "error"  # blocks
    EXPLAIN = "explain"  # a written reason lets it pass
    HINT = "hint"

    @property
    def label(self) -> str:
        return {"error": "应当改正", "explain": "需要说明", "hint": "提示"}[self]
