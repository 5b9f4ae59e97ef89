"""A phone and its codes are lost: one administrator asks for a reset, another confirms it.

The person sets up a new second factor at the next log-in, with their password. All
their sessions end, and they are told: who took a factor away is always seen.
"""

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from reports.models import FactorReset, Notice, SecondFactor, User
from reports.permissions import is_security_administrator, is_system_administrator
from reports.queries.second_factor import factor_of

from .auditing import attempted, note
from .notifying import make
from .refusals import Refused

SHORTEST_REASON = 2
State = FactorReset.State


def may_reset(user: User) -> bool:
    return is_security_administrator(user) or is_system_administrator(user)


@attempted("propose_factor_reset")
def propose_reset(user: User, reason: str, *, by: User) -> FactorReset:
    if not may_reset(by):
        raise PermissionDenied
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.pk == by.pk:
        raise Refused("不能重置自己的第二重验证，请由另一名管理员提出。")
    if factor_of(user) is None:
        raise Refused(f"{user}没有启用第二重验证，不用重置。")
    if FactorReset.objects.filter(user=user, state=State.WAITING).exists():
        raise Refused(f"{user}的重置已经提出过，正在等待另一名管理员确认。")
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refused("请写明事由，例如本人怎样核实的身份，确认的人要据此判断。")
    asked = FactorReset.objects.create(user=user, reason=reason.strip()[:200], proposed_by=by)
    note("propose_factor_reset", user, by=by, reason=asked.reason)
    return asked


@attempted("decide_factor_reset")
def decide_reset(asked: FactorReset, *, confirmed: bool, by: User) -> FactorReset:
    """Another administrator's answer; confirmed, it takes effect at once."""
    if not may_reset(by):
        raise PermissionDenied
    asked = FactorReset.objects.select_for_update(of=("self",)).select_related("user").get(
        pk=asked.pk
    )  # fmt: skip
    if asked.state != State.WAITING:
        raise Refused(f"这项重置现在是“{asked.get_state_display()}”，不能再办理。")
    if by.pk in (asked.proposed_by_id, asked.user_id):
        raise Refused("自己提出的或者关于自己的重置，请由另一名管理员办理。")
    asked.state = State.CONFIRMED if confirmed else State.REFUSED
    asked.decided_by, asked.decided_at = by, timezone.now()
    asked.save(update_fields=["state", "decided_by", "decided_at"])
    if confirmed:
        take_away(asked)
    note("confirm_factor_reset" if confirmed else "refuse_factor_reset", asked.user, by=by)
    return asked


def take_away(asked: FactorReset) -> None:
    SecondFactor.objects.filter(user=asked.user).delete()
    User.objects.filter(pk=asked.user_id).update(sessions_from=timezone.now())
    words = "您的第二重验证已由两名管理员重置，下次登录请重新设置。不是您本人要求的，请马上告诉安全管理员。"
    key = f"factor_reset/{asked.pk}"
    make([Notice(to=asked.user, kind=Notice.Kind.FACTOR_RESET, key=key, words=words)])
