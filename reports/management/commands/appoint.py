"""The first administrators of a new site: from then on roles are given in the admin."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reports.actions.people import appoint_first
from reports.actions.refusals import Refused
from reports.models import User
from reports.workflow import SITE_ROLES, Role


class Command(BaseCommand):
    help = "任命新站点的第一位系统管理员、安全管理员或审计员（用户先用 createsuperuser 建立）。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="用户名")
        parser.add_argument("role", choices=sorted(SITE_ROLES), help="角色")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["username"]).first()
        if user is None:
            raise CommandError(f"没有用户名为“{options['username']}”的用户，请先建立。")
        role = Role(options["role"])
        try:
            appoint_first(user, role)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"{user}现在是{role.label}。")
