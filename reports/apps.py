from importlib import import_module

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class ReportsConfig(AppConfig):
    name = "reports"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "政府信息公开工作年度报告"


class ReportsAdminConfig(AdminConfig):
    """Django's admin with our own site: who may enter is in the memberships."""

    default_site = "reports.admin.site.ReportsAdminSite"

    def ready(self) -> None:
        """The rooms come after the site: within its own module they would register with another."""
        super().ready()
        import_module("reports.admin.rooms")
