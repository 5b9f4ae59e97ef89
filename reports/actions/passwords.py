"""Initial passwords: made at random, told once, never stored in clear, replaced at first log-in.

Whoever did not choose their password has ``password_issued_at``; the door of
accounts lets them do nothing but choose one (``accounts.standing_between``).
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from reports.models import FormerPassword, User
from reports.permissions import is_system_administrator
from reports.queries.people import awaiting_a_password

from .auditing import attempted, note
from .refusals import Refused

SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another on paper
GROUPS, GROUP = 4, 4  # 16 signs: 79 bits
MOST_AT_ONCE = 100  # hashing one takes a noticeable part of a second, on purpose


@dataclass(frozen=True)
class Issued:
    user: User
    password: str


def random_password() -> str:
    return "-".join("".join(secrets.choice(SIGNS) for _ in range(GROUP)) for _ in range(GROUPS))


@attempted("issue_passwords")
def issue_passwords(users: Sequence[int], *, by: User, told_as: str) -> list[Issued]:
    """A new password for each account that has none of its own yet; what was issued before ends.

    Telling them is an export of personal data and noted as such. Refused as a
    whole where one of the accounts has chosen a password meanwhile.
    """
    if not is_system_administrator(by):
        raise PermissionDenied
    if not users:
        raise Refused("还没有选择账号，请先选择。")
    if len(users) > MOST_AT_ONCE:
        raise Refused(f"一次最多 {MOST_AT_ONCE} 个账号，选了 {len(users)} 个，请分几次办理。")
    open_to = awaiting_a_password(by).select_for_update().filter(pk__in=users)
    found = list(open_to.prefetch_related("memberships__agency"))
    if len(found) != len(set(users)):
        raise Refused("有的账号已经有自己的密码或者停用了，没有发放。请重新选择。")
    now = timezone.now()
    issued = [Issued(user, random_password()) for user in found]
    for each in issued:
        each.user.set_password(each.password)
        each.user.password_issued_at = now
    User.objects.bulk_update(found, ["password", "password_issued_at"], batch_size=100)
    note(
        "issue_passwords", f"{len(found)} 个账号", by=by, told_as=told_as,
        accounts=[each.username for each in found],
    )  # fmt: skip
    return issued


def mark_issued(user: User) -> None:
    """Somebody else set this person's password: it is to be replaced."""
    User.objects.filter(pk=user.pk).update(password_issued_at=timezone.now())


def keep_present(user: User) -> None:
    """The password about to be replaced is remembered, if the account was made with it."""
    kept = FormerPassword.objects.filter(user=user.pk)
    if user.has_usable_password() and not kept.filter(password=user.password).exists():
        FormerPassword.objects.create(user=user, password=user.password)


def mark_own(user: User) -> None:
    """The person chose a password of their own."""
    User.objects.filter(pk=user.pk).update(password_issued_at=None)
    user.password_issued_at = None
