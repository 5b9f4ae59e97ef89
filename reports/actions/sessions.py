"""Ending a person's sessions elsewhere: those begun before ``User.sessions_from`` are over."""

from datetime import datetime

from django.utils import timezone

from reports.models import User

from .auditing import attempted, note


@attempted("end_other_sessions")
def end_other_sessions(user: User) -> datetime:
    """From now on only sessions count that are begun, or stamped anew, from then on."""
    now = end_sessions(user)
    note("end_other_sessions", user, by=user)
    return now


def end_sessions(user: User) -> datetime:
    user.sessions_from = timezone.now()
    User.objects.filter(pk=user.pk).update(sessions_from=user.sessions_from)
    return user.sessions_from


@attempted("choose_one_session")
def choose_one_session(user: User, *, only_one: bool) -> None:
    """Whether a log-in ends the person's others."""
    user.one_session = only_one
    User.objects.filter(pk=user.pk).update(one_session=only_one)
    note("choose_one_session", user, by=user, chosen="是" if only_one else "否")
