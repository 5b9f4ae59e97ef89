"""What a password has to be, as Django's validators: each says in words what is missing.

Named in ``AUTH_PASSWORD_VALIDATORS``, so every way to set a password asks them:
the person's own page, the administrator's, and the commands of the shell.
Django tells the last of them (``password_changed``) when a password was stored,
by whatever way; that is where its age begins. Raise ``ValidationError``.
"""

from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils import timezone

from reports.models import FormerPassword, User

SHORTEST_NAME = 3  # a name of two letters is found in every other password


def kinds_in(password: str) -> frozenset[str]:
    """Which of the four kinds of characters stand in it; what is no letter or digit is a sign."""
    kinds = set()
    for each in password:
        if each.isupper():
            kinds.add("大写字母")
        elif each.islower():
            kinds.add("小写字母")
        elif each.isdigit():
            kinds.add("数字")
        else:
            kinds.add("符号")
    return frozenset(kinds)


KINDS = ("大写字母", "小写字母", "数字", "符号")


class LongEnough:
    def __init__(self, shortest: int = 10) -> None:
        self.shortest = shortest

    def validate(self, password: str, user: User | None = None) -> None:
        if len(password) < self.shortest:
            lacking = self.shortest - len(password)
            raise ValidationError(
                f"密码有 {len(password)} 个字符，至少要 {self.shortest} 个，还差 {lacking} 个。",
                code="password_too_short",
            )

    def get_help_text(self) -> str:
        return f"至少 {self.shortest} 个字符。"


class EnoughKinds:
    def __init__(self, fewest: int = 3) -> None:
        self.fewest = fewest

    def validate(self, password: str, user: User | None = None) -> None:
        found = kinds_in(password)
        lacking = self.fewest - len(found)
        if lacking > 0:
            there = "、".join(each for each in KINDS if each in found) or "空白"
            absent = "、".join(each for each in KINDS if each not in found)
            raise ValidationError(
                f"密码里只有{there}，还要在{absent}里至少加 {lacking} 种。",
                code="password_too_few_kinds",
            )

    def get_help_text(self) -> str:
        return f"{'、'.join(KINDS)}四种里至少有 {self.fewest} 种。"


class WithoutTheName:
    """Neither the user name nor the person's name nor that of their mail box stands in it."""

    def validate(self, password: str, user: User | None = None) -> None:
        if user is None:
            return
        lower = password.lower()
        for words, name in (
            ("用户名", user.username),
            ("姓名", getattr(user, "display_name", "")),
            ("邮箱名", user.email.split("@")[0]),
        ):
            long_enough = len(name) >= SHORTEST_NAME or (name and not name.isascii())
            if long_enough and name.lower() in lower:
                raise ValidationError(
                    f"密码里有您的{words}，容易被猜到，请去掉。", code="password_has_the_name"
                )

    def get_help_text(self) -> str:
        return "不含用户名、姓名和邮箱名。"


class NotCommon(CommonPasswordValidator):
    """Django's list of twenty thousand passwords that others tried first."""

    def get_error_message(self) -> str:
        return "这是很多人用过的密码，会被最先试到，请换一个。"

    def get_help_text(self) -> str:
        return "不是人人都用的密码。"


class NotUsedBefore:
    """Neither the present one nor one of the last; remembers what was stored."""

    def __init__(self, last: int = 5) -> None:
        self.last = last

    def validate(self, password: str, user: User | None = None) -> None:
        if user is None or user.pk is None:
            return
        now = User.objects.filter(pk=user.pk).values_list("password", flat=True).first() or ""
        if now and check_password(password, now):
            raise ValidationError("新密码与原密码相同，请换一个。", code="password_is_the_same")
        kept = FormerPassword.objects.filter(user=user.pk).order_by("-pk")[: self.last]
        if any(check_password(password, each.password) for each in kept if each.password != now):
            raise ValidationError(
                f"这个密码用过，最近 {self.last} 个密码不能再用，请换一个。",
                code="password_used_before",
            )

    def get_help_text(self) -> str:
        return f"与最近 {self.last} 个密码不同。"

    def password_changed(self, password: str, user: User | None = None) -> None:
        """Called by Django after a password was stored."""
        if user is None or user.pk is None:
            return
        user.password_changed_at = timezone.now()
        User.objects.filter(pk=user.pk).update(password_changed_at=user.password_changed_at)
        FormerPassword.objects.create(user=user, password=user.password)
        kept = FormerPassword.objects.filter(user=user.pk).order_by("-pk")
        FormerPassword.objects.filter(user=user.pk).exclude(
            pk__in=list(kept.values_list("pk", flat=True)[: self.last])
        ).delete()
