"""Every statement that took longer than it may, with its plan."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

from django.db import connection

GOAL = 50.0  # milliseconds


@dataclass
class Watch:
    """Counts statements, and keeps the slowest run of each slow one: (ms, SQL, plan)."""

    statements: int = 0
    slow: dict[str, tuple[float, str]] = field(default_factory=dict)

    def __call__(
        self, execute: Any, sql: Any, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        begun = perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.statements += 1
            taken = (perf_counter() - begun) * 1000
            said = str(sql)
            if taken > GOAL and taken > self.slow.get(said, (0.0, ""))[0]:
                plan = self.slow[said][1] if said in self.slow else plan_of(execute, said, params)
                self.slow[said] = (taken, plan)


def plan_of(execute: Any, sql: str, params: Any) -> str:
    """The plan, not run again: a statement that writes must not write twice."""
    if not sql.lstrip("( ").upper().startswith(("SELECT", "WITH", "UPDATE", "INSERT", "DELETE")):
        return ""
    with connection.connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {sql}", params)
        return "\n".join(row[0] for row in cursor.fetchall())


@contextmanager
def watched() -> Iterator[Watch]:
    watch = Watch()
    with connection.execute_wrapper(watch):
        yield watch
