"""Django's own command, which leaves an entry in the audit trail."""

from typing import Any

from django.contrib.auth.management.commands import createsuperuser

from reports.actions.auditing import note
from reports.models import User


class Command(createsuperuser.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        """``is_superuser`` gives no right here, but the account is one to be known of.

        No transaction around it all: it would keep SQLite's one writer waiting at the prompts.
        """
        known = set(User.objects.values_list("pk", flat=True))
        super().handle(*args, **options)
        for made in User.objects.filter(is_superuser=True).exclude(pk__in=known):
            note("create_superuser", made)
