"""What is remembered. Descriptions only: verbs are in actions, questions in queries."""

from .agency import Agency, AgencyName, Division, Succession
from .agency_act import ActBody, AgencyAct
from .applications import ApplicationFigures
from .audit import AuditAnchor, AuditEntry, AuditHead, AuditLink
from .backup import Backup
from .campaign import Campaign, CampaignEvent, Exemption, Obligation
from .comment import Comment
from .disclosure import DisclosureFigures
from .errand import Batch, BatchItem, ScheduledPublication
from .finding import Explanation, FindingCount
from .fingerprint import Fingerprint, FingerprintBand
from .intake import Intake
from .notice import Notice, NoticeSettings, RemindedDay
from .open_data import DataChange, DataYear
from .part import DraftInput, RevisionPart
from .people import Membership, User
from .region_tally import RegionCounted, RegionTally
from .remedies import RemedyFigures
from .report import Event, Report, Revision
from .role_request import RoleRequest
from .search import NameGram, ReportCount, SearchedName, SearchEntry
from .site import SiteSettings
from .snapshot import Snapshot, StoredDocument
from .submission import Submission
from .tally import Counted, Tally
from .upload import Upload
from .verbatim import Verbatim
from .words import ListedWord, WordList

__all__ = [
    "ActBody",
    "Agency",
    "AgencyAct",
    "AgencyName",
    "ApplicationFigures",
    "AuditAnchor",
    "AuditEntry",
    "AuditHead",
    "AuditLink",
    "Backup",
    "Batch",
    "BatchItem",
    "Campaign",
    "CampaignEvent",
    "Comment",
    "Counted",
    "DataChange",
    "DataYear",
    "DisclosureFigures",
    "Division",
    "DraftInput",
    "Event",
    "Exemption",
    "Explanation",
    "FindingCount",
    "Fingerprint",
    "FingerprintBand",
    "Intake",
    "ListedWord",
    "Membership",
    "NameGram",
    "Notice",
    "NoticeSettings",
    "Obligation",
    "RegionCounted",
    "RegionTally",
    "RemedyFigures",
    "RemindedDay",
    "Report",
    "ReportCount",
    "Revision",
    "RevisionPart",
    "RoleRequest",
    "ScheduledPublication",
    "SearchEntry",
    "SearchedName",
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
