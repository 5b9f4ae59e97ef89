"""Every page of the admin. Imported once the site stands, so that each registers with it."""

from .agency import AgencyAdmin, DivisionAdmin
from .campaign import CampaignAdmin
from .people import MembershipAdmin, PersonAdmin
from .revision import RevisionAdmin
from .settings import SiteSettingsAdmin
from .tally import TallyAdmin
from .trail import EventAdmin, LogEntryAdmin
from .words import ListedWordAdmin, WordListAdmin

__all__ = [
    "AgencyAdmin",
    "CampaignAdmin",
    "DivisionAdmin",
    "EventAdmin",
    "ListedWordAdmin",
    "LogEntryAdmin",
    "MembershipAdmin",
    "PersonAdmin",
    "RevisionAdmin",
    "SiteSettingsAdmin",
    "TallyAdmin",
    "WordListAdmin",
]
