"""Every page of the admin. Imported once the site stands, so that each registers with it."""

from .agency import AgencyAdmin, DivisionAdmin
from .audit import AuditEntryAdmin
from .campaign import CampaignAdmin
from .people import MembershipAdmin, PersonAdmin
from .revision import RevisionAdmin
from .role_requests import RoleRequestAdmin
from .settings import SiteSettingsAdmin
from .tally import TallyAdmin
from .trail import EventAdmin
from .words import ListedWordAdmin, WordListAdmin

__all__ = [
    "AgencyAdmin",
    "AuditEntryAdmin",
    "CampaignAdmin",
    "DivisionAdmin",
    "EventAdmin",
    "ListedWordAdmin",
    "MembershipAdmin",
    "PersonAdmin",
    "RevisionAdmin",
    "RoleRequestAdmin",
    "SiteSettingsAdmin",
    "TallyAdmin",
    "WordListAdmin",
]
