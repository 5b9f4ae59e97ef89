"""What is remembered. Descriptions only: verbs are in actions, questions in queries."""

from .agency import Agency, AgencyName, Division, Succession
from .applications import ApplicationFigures
from .campaign import Campaign, Exemption, Obligation
from .disclosure import DisclosureFigures
from .finding import Explanation, FindingCount
from .fingerprint import Fingerprint, FingerprintBand
from .notice import Notice, NoticeSettings, RemindedDay
from .part import DraftInput, RevisionPart
from .people import Membership, User
from .remedies import RemedyFigures
from .report import Event, Report, Revision
from .site import SiteSettings
from .snapshot import Snapshot, StoredDocument
from .submission import Submission
from .tally import Counted, Tally
from .upload import Upload
from .verbatim import Verbatim
from .words import ListedWord, WordList

__all__ = [
    "Agency",
    "AgencyName",
    "ApplicationFigures",
    "Campaign",
    "Counted",
    "DisclosureFigures",
    "Division",
    "DraftInput",
    "Event",
    "Exemption",
    "Explanation",
    "FindingCount",
    "Fingerprint",
    "FingerprintBand",
    "ListedWord",
    "Membership",
    "Notice",
    "NoticeSettings",
    "Obligation",
    "RemedyFigures",
    "RemindedDay",
    "Report",
    "Revision",
    "RevisionPart",
    "SiteSettings",
    "Snapshot",
    "StoredDocument",
    "Submission",
    "Succession",
    "Tally",
    "Upload",
    "User",
    "Verbatim",
    "WordList",
]
