"""Which agency a person at the keyboard means."""

from django.core.management.base import CommandError
from django.db.models import Q

from reports.models import Agency


def agency_called(name: str) -> Agency:
    """The agency of that slug, or of exactly that name, short or former one."""
    found = list(
        Agency.objects.filter(Q(slug=name) | Q(name=name) | Q(names__name=name)).distinct()[:2]
    )
    if not found:
        raise CommandError(f"没有名称或网址标识是“{name}”的机关。")
    if len(found) > 1:
        raise CommandError(f"不止一个机关叫“{name}”，请改用网址标识。")
    return found[0]
