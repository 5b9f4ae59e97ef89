"""The second factor: set up, asked for, taken away.

A code is that of RFC 6238 (six digits, half a minute, SHA-1, which every app knows),
one step early or late, and serves once. After five wrong ones in a row no code is
taken for fifteen minutes: a million codes are not tried out.
"""

import re
import secrets
from base64 import b32encode
from datetime import timedelta
from math import ceil
from urllib.parse import quote, urlencode

from django.db import transaction
from django.utils import timezone
from django_otp.oath import TOTP

from reports.models import RecoveryCode, SecondFactor, User
from reports.queries.second_factor import must_have_one

from .auditing import Result, attempted, note
from .refusals import Refused
from .sealing import digests, seal, unseal

SECRET = 20  # bytes, as RFC 4226 recommends
DRIFT = 1
WRONG_IN_A_ROW, PAUSE = 5, timedelta(minutes=15)
CODES = 10
SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
CODE_SHAPE = re.compile(r"\d{6}")
UNREADABLE = "网站的密钥换过，原来的第二重验证读不出来了，请管理员为您重置。"


@transaction.atomic
def begin_factor(user: User) -> SecondFactor:
    """One not yet in use, with its secret; the same one until it is confirmed."""
    factor, _ = SecondFactor.objects.select_for_update().get_or_create(
        user=user, defaults={"secret": seal(secrets.token_bytes(SECRET))}
    )
    if factor.confirmed_at is None and unseal(factor.secret) is None:
        factor.secret = seal(secrets.token_bytes(SECRET))
        factor.save(update_fields=["secret"])
    return factor


def typed_secret(factor: SecondFactor) -> str:
    """The secret in groups of four, for whoever cannot scan."""
    text = b32encode(unseal(factor.secret) or b"").decode()
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def provisioning(factor: SecondFactor, site: str) -> str:
    """What the QR code says: the address form that every authenticator reads."""
    name = quote(f"{site}:{factor.user.username}")
    secret = typed_secret(factor).replace(" ", "")
    return f"otpauth://totp/{name}?{urlencode({'secret': secret, 'issuer': site})}"


@attempted("set_second_factor")
def confirm_factor(user: User, code: str) -> list[str]:
    """Take it into use, if the app shows the right code; the recovery codes, told only now."""
    factor = SecondFactor.objects.select_for_update().filter(user=user).first()
    if factor is None or factor.confirmed_at is not None:
        raise Refused("第二重验证已经启用，或者还没有开始设置，请从“我的账号”重新打开。")
    step = step_of(factor, code)
    if step is None:
        raise Refused("验证码不对。请看手机上现在显示的 6 位数字；手机的时间要准确。")
    factor.confirmed_at, factor.last_step = timezone.now(), step
    factor.save(update_fields=["confirmed_at", "last_step"])
    note("set_second_factor", user, by=user)
    return make_codes(factor)


def make_codes(factor: SecondFactor) -> list[str]:
    """Ten new ones; those before serve no more."""
    factor.codes.all().delete()
    codes = ["-".join(random_group() for _ in range(3)) for _ in range(CODES)]
    RecoveryCode.objects.bulk_create(
        RecoveryCode(factor=factor, digest=digests(plain(code))[0]) for code in codes
    )
    return codes


def random_group() -> str:
    return "".join(secrets.choice(SIGNS) for _ in range(4))


def plain(code: str) -> str:
    """As typed, whatever blanks or hyphens stand between."""
    return re.sub(r"[\s-]", "", code).lower()


def step_of(factor: SecondFactor, code: str) -> int | None:
    """Which half minute the code is of, if it is right and was not used."""
    key, typed = unseal(factor.secret), plain(code)
    if key is None:
        raise Refused(UNREADABLE)
    if not CODE_SHAPE.fullmatch(typed) or not typed.isascii():
        return None
    clock = TOTP(key)
    clock.time = timezone.now().timestamp()
    right = clock.verify(int(typed), tolerance=DRIFT, min_t=factor.last_step + 1)
    return int(clock.t()) if right else None


def use_code(user: User, code: str) -> None:
    """Take a code of the app or a recovery code. Raises ``Refused`` with what to do.

    The count of wrong ones stays although it is refused, so this is no ``attempt``.
    """
    with transaction.atomic():
        wrong = refusal_of(user, code)
    if wrong:
        note("use_second_factor", user, result=Result.REFUSED, why=wrong)
        raise Refused(wrong)


def refusal_of(user: User, code: str) -> str:
    """Why the code is not taken, counted; empty where it is, and used up then."""
    factor = SecondFactor.objects.select_for_update().get(user=user, confirmed_at__isnull=False)
    now = timezone.now()
    if factor.blocked_until and factor.blocked_until > now:
        minutes = ceil((factor.blocked_until - now) / timedelta(minutes=1))
        return f"连续输错多次，{minutes} 分钟之后再试；急用请联系安全管理员。"
    step = step_of(factor, code)
    if step is not None:
        factor.last_step = step
    if step is not None or spend(factor, code):
        factor.failures, factor.blocked_until = 0, None
        factor.save(update_fields=["failures", "blocked_until", "last_step"])
        return ""
    factor.failures += 1
    if factor.failures >= WRONG_IN_A_ROW:
        factor.failures, factor.blocked_until = 0, now + PAUSE
    factor.save(update_fields=["failures", "blocked_until"])
    return "验证码不对，或者已经用过。请输入手机上现在显示的 6 位数字，或者一个没有用过的恢复码。"


def spend(factor: SecondFactor, code: str) -> bool:
    """Whether it is a recovery code not used yet; it is now."""
    asked = factor.codes.filter(digest__in=digests(plain(code)), used_at=None)
    if not asked.update(used_at=timezone.now()):
        return False
    left = factor.codes.filter(used_at=None).count()
    note("use_recovery_code", factor.user, by=factor.user, left=left)
    return True


@attempted("renew_recovery_codes")
def renew_codes(user: User) -> list[str]:
    """Ten new recovery codes; the caller has just taken a code."""
    factor = SecondFactor.objects.select_for_update().get(user=user, confirmed_at__isnull=False)
    note("renew_recovery_codes", user, by=user)
    return make_codes(factor)


@attempted("remove_second_factor")
def remove_factor(user: User) -> None:
    """Give one's own up, where it is free; the caller has just taken a code."""
    if must_have_one(user):
        raise Refused("您的角色必须使用第二重验证，不能停用。")
    SecondFactor.objects.filter(user=user).delete()
    note("remove_second_factor", user, by=user)
