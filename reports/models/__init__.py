"""What is remembered. Descriptions only: verbs are in actions, questions in queries."""

from .agency import Agency, AgencyName, Division, Succession
from .applications import ApplicationFigures
from .disclosure import DisclosureFigures
from .finding import Explanation
from .part import DraftInput, RevisionPart
from .people import Membership, User
from .remedies import RemedyFigures
from .report import Event, Report, Revision
from .site import SiteSettings
from .snapshot import Snapshot, StoredDocument
from .submission import Submission
from .upload import Upload
from .verbatim import Verbatim

__all__ = [
    "Agency",
    "AgencyName",
    "ApplicationFigures",
    "DisclosureFigures",
    "Division",
    "DraftInput",
    "Event",
    "Explanation",
    "Membership",
    "RemedyFigures",
    "Report",
    "Revision",
    "RevisionPart",
    "SiteSettings",
    "Snapshot",
    "StoredDocument",
    "Submission",
    "Succession",
    "Upload",
    "User",
    "Verbatim",
]
