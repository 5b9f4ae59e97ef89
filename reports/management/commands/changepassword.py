"""Django's own command, which leaves an entry in the audit trail."""

import getpass
from typing import Any

from django.contrib.auth.management.commands import changepassword

from reports.actions.auditing import note
from reports.models import User


class Command(changepassword.Command):
    def handle(self, *args: Any, **options: Any) -> Any:
        """No transaction around it all: it would keep SQLite's one writer waiting at the prompts."""
        said = super().handle(*args, **options)
        note("change_password", User.objects.get(username=options["username"] or getpass.getuser()))
        return said
