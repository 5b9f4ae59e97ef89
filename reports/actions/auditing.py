"""Noting acts and attempts in the audit trail.

An entry is written in the transaction of its act and is gone with it. A refusal
is noted after the act was rolled back: within a request when the answer is
ready (``arrived``), since some door may still hold a transaction of its own.
What a person typed is not repeated here, and no figure: an entry says who did
what to what, and the tables it names say the rest.
"""

import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import partial, wraps
from inspect import signature
from typing import Any, ParamSpec, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone

from reports.models import Agency, AuditEntry, Report, Revision, User
from reports.permissions import roles_of

from .chaining import link_entry
from .refusals import FiguresRefused, Refused

COMMAND, TASK, PAGE = "命令行", "后台任务", "网页"
LONGEST = {"agent": 160, "subject": 200, "subject_key": 40, "why": 300}
Result = AuditEntry.Result
P = ParamSpec("P")
R = TypeVar("R")


@dataclass
class Origin:
    """From where acts come now: a request, a command, a task. ``refused`` waits to be noted."""

    words: str = COMMAND
    address: str = ""
    agent: str = ""
    request_key: str = ""
    user: Callable[[], Any] = lambda: None
    refused: list[AuditEntry] = field(default_factory=list)
    noted: bool = False  # whether anything was


ORIGIN: ContextVar[Origin | None] = ContextVar("audit_origin", default=None)
ATTEMPTING: ContextVar[bool] = ContextVar("audit_attempting", default=False)


@contextmanager
def arrived(address: str, agent: str, user: Callable[[], Any]) -> Iterator[Origin]:
    """A request: what is noted meanwhile came from there; refusals are written at its end."""
    origin = Origin(PAGE, address, agent, secrets.token_hex(8), user)
    token = ORIGIN.set(origin)
    try:
        yield origin
    finally:
        ORIGIN.reset(token)
        for entry in origin.refused:
            write(entry)


@contextmanager
def by_task() -> Iterator[None]:
    """Work that a background task does."""
    token = ORIGIN.set(Origin(TASK))
    try:
        yield
    finally:
        ORIGIN.reset(token)


def asker_of(origin: Origin) -> User | None:
    user = origin.user()
    return user if isinstance(user, User) else None


def note(
    verb: str,
    subject: Any = None,
    *,
    by: User | None = None,
    result: Result = Result.DONE,
    **detail: Any,
) -> None:
    """Write what was done, within the caller's transaction. ``by`` None: the product itself."""
    write(entry_of(verb, subject, by=by, result=result, **detail))


def note_of_asker(verb: str, subject: Any = None, **detail: Any) -> None:
    """The same, done by whoever the request is from."""
    note(verb, subject, by=asker_of(ORIGIN.get() or Origin()), **detail)


def write(entry: AuditEntry) -> None:
    entry.save(force_insert=True)
    if origin := ORIGIN.get():
        origin.noted = True
    transaction.on_commit(partial(chain, entry.pk), robust=True)


def chain(pk: int) -> None:
    """A function with a name of its own, by which Django logs a failure; the sweep links later."""
    link_entry(pk)


def entry_of(
    verb: str, subject: Any, *, by: User | None, result: Result, **detail: Any
) -> AuditEntry:
    origin = ORIGIN.get() or Origin()
    entry = AuditEntry(
        at=timezone.now(),
        origin=origin.words,
        address=cut(origin.address, "subject")[:64],
        agent=cut(origin.agent, "agent"),
        request_key=origin.request_key,
        verb=verb[:40],
        result=result,
        detail={name: plain(value) for name, value in detail.items() if value not in ("", None)},
        **described(subject),
    )
    if by is not None:
        entry.user_key, entry.username, entry.display_name = by.pk, by.username, by.display_name
        entry.roles = " ".join(sorted(roles_of(by)))
    return entry


def described(subject: Any) -> dict[str, str]:
    """The subject as it was: kind, key, words, and the agency whose affair it is."""
    if subject is None:
        return {}
    if not isinstance(subject, models.Model):
        return {"subject": cut(str(subject), "subject")}
    return {
        "subject_kind": str(subject._meta.model_name),
        "subject_key": "" if subject.pk is None else str(subject.pk)[: LONGEST["subject_key"]],
        "subject": cut(str(subject), "subject"),
        "agency_path": path_of(subject),
    }


def path_of(subject: models.Model) -> str:
    if isinstance(subject, Agency):
        return subject.path
    if isinstance(subject, Report):
        return subject.agency.path
    if isinstance(subject, Revision):
        return subject.report.agency.path
    for name in ("agency", "revision", "report", "campaign"):
        found = getattr(subject, name, None)
        if isinstance(found, models.Model):
            return path_of(found)
    return ""


def cut(text: str, name: str) -> str:
    """Text as every database keeps it (no NUL, no half character), not too long."""
    clean = text.replace("\0", "").encode("utf-8", "replace").decode()
    longest = LONGEST[name]
    return clean if len(clean) <= longest else f"{clean[: longest - 1]}…"


def plain(value: Any) -> Any:
    """A detail as JSON that reads back the same everywhere."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Mapping):
        return {cut(str(key), "why"): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(each) for each in value]
    return cut(str(value), "why")


@contextmanager
def attempt(verb: str, subject: Any = None, *, by: User | None = None) -> Iterator[None]:
    """One transaction. Where it is refused or fails, that is noted after it was rolled back.

    Of attempts within one another the outermost notes: it is what was asked for.
    """
    if ATTEMPTING.get():
        with transaction.atomic():
            yield
        return
    token = ATTEMPTING.set(True)
    try:
        with transaction.atomic():
            yield
    except Exception as problem:
        refuse(verb, subject, problem, by=by)
        raise
    finally:
        ATTEMPTING.reset(token)


def refuse(verb: str, subject: Any, problem: Exception, *, by: User | None) -> None:
    entry = entry_of(verb, subject, by=by, **reason_of(problem))
    origin = ORIGIN.get()
    if origin is not None and origin.words == PAGE:
        origin.refused.append(entry)
    else:
        write(entry)


def reason_of(problem: Exception) -> dict[str, Any]:
    if isinstance(problem, FiguresRefused):
        codes = sorted({finding.code for finding in problem.findings})
        return {"result": Result.REFUSED, "findings": len(problem.findings), "codes": codes}
    if isinstance(problem, Refused):
        return {"result": Result.REFUSED, "why": str(problem)}
    if isinstance(problem, PermissionDenied):
        return {"result": Result.REFUSED, "why": "没有权限"}
    return {"result": Result.FAILED, "why": type(problem).__name__}


def attempted(verb: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """An action as an ``attempt`` at its first argument; ``verb`` may name arguments in braces."""

    def decorate(action: Callable[P, R]) -> Callable[P, R]:
        form = signature(action)

        @wraps(action)
        def attempting(*args: P.args, **kwargs: P.kwargs) -> R:
            given = form.bind(*args, **kwargs).arguments
            first = next(iter(given.values()), None)
            subject = first if isinstance(first, models.Model) else None
            with attempt(verb.format_map(given), subject, by=given.get("by")):  # type: ignore[arg-type]
                return action(*args, **kwargs)

        return attempting

    return decorate
