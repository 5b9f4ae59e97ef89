"""How old a password is, and how long it may still be used."""

from datetime import timedelta
from math import ceil

from django.conf import settings
from django.utils import timezone

from reports.models import User

DAY = timedelta(days=1)


def days_left(user: object) -> int | None:
    """Days until the password has to be changed, 0 or less from then on; None where it need not.

    An account without a password of its own (single sign-on) has nothing to change.
    """
    if not isinstance(user, User) or not settings.PASSWORD_DAYS:
        return None
    if not user.has_usable_password():
        return None
    end = (user.password_changed_at or user.date_joined) + settings.PASSWORD_DAYS * DAY
    return ceil((end - timezone.now()) / DAY)


def days_to_warn_of(user: object) -> int | None:
    """The same where it is time to say so."""
    left = days_left(user)
    return left if left is not None and 0 < left <= settings.PASSWORD_WARNED_DAYS else None
