"""Who comes from the city's single sign-on: an account of ours, found by one claim.

It gives no role and makes no account by itself; ``OIDC_CREATE_USERS`` lets it make
one, which has no role until one is proposed and confirmed.
"""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from reports.models import User

from .auditing import note
from .refusals import Refused

LONGEST_NAME = 60


@transaction.atomic
def admit(claims: dict[str, Any]) -> User:
    """The account that the claim names. Raises ``Refused`` with whom to ask."""
    said = claims.get(settings.OIDC_CLAIM)
    if not isinstance(said, str) or not said:
        raise Refused("统一身份认证没有告诉本系统您的用户名，请系统管理员检查单点登录的设置。")
    user = User.objects.filter(username=said.replace("\0", "")).first()
    if user is None and settings.OIDC_CREATE_USERS:
        return made(said, str(claims.get("name") or said)[:LONGEST_NAME])
    if user is None:
        raise Refused("您在统一身份认证的账号在本系统没有对应的用户，请系统管理员核对用户名。")
    if not user.is_active:
        raise Refused("您在本系统的账号已经停用，请联系系统管理员。")
    return user


def made(username: str, name: str) -> User:
    user = User(username=username, display_name=name)
    user.set_unusable_password()
    try:
        user.full_clean()
    except ValidationError:
        raise Refused("统一身份认证给出的用户名本系统不能用，请系统管理员核对。") from None
    user.save()
    note("add_user", user, origin="统一身份认证")
    return user
