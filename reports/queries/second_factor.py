"""Who has a second factor, and who has to have one."""

from django.conf import settings

from reports.models import FactorReset, SecondFactor, User
from reports.permissions import roles_of
from reports.workflow import REVIEWERS, SITE_ROLES

OF_WHOM = REVIEWERS | SITE_ROLES


def factor_of(user: User) -> SecondFactor | None:
    """The one in use."""
    return SecondFactor.objects.filter(user=user.pk, confirmed_at__isnull=False).first()


def must_have_one(user: User) -> bool:
    """By role, where the site asks for it; an author may choose."""
    return bool(settings.SECOND_FACTOR_REQUIRED and roles_of(user) & OF_WHOM)


def lacks_one(user: User) -> bool:
    """A second factor which the single sign-on asked for serves as well."""
    if user.__dict__.get("proved_elsewhere"):
        return False
    return must_have_one(user) and factor_of(user) is None


def codes_left(factor: SecondFactor) -> int:
    return factor.codes.filter(used_at=None).count()


def resets_waiting() -> list[FactorReset]:
    waiting = FactorReset.objects.filter(state=FactorReset.State.WAITING)
    return list(waiting.select_related("user", "proposed_by").order_by("pk")[:100])


def user_called(username: str) -> User | None:
    return User.objects.filter(username=username, second_factor__confirmed_at__isnull=False).first()
