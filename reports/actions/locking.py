"""Releasing a locked log-in before its time."""

from django.core.exceptions import PermissionDenied

from reports.models import User
from reports.permissions import is_security_administrator
from reports.queries.locks import attempts_by

from .auditing import attempted, note
from .refusals import Refused


@attempted("release_lock")
def release_lock(username: str, address: str | None, *, by: User) -> None:
    """The person may try again at once from that address. The security administrator's act."""
    if not is_security_administrator(by):
        raise PermissionDenied
    if not attempts_by(username, address).delete()[0]:
        raise Refused("这个锁定已经解除或者到期了，不用再办理。")
    known = User.objects.filter(username=username).first()
    note("release_lock", known or username, by=by, locked_address=address or "")
