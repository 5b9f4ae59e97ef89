"""Giving a reason for a finding that may be explained."""

from django.core.exceptions import PermissionDenied

from reports.models import Explanation, Revision, User
from reports.permissions import may_write
from reports.queries.findings import findings_of
from reports.workflow import State

from .auditing import attempted
from .drafting import record
from .refusals import Refused

SHORTEST_REASON = 5


@attempted("explain")
def explain(revision: Revision, fingerprint: str, reason: str, *, by: User) -> Explanation:
    """Keep a written reason with the report, for a finding that stands now."""
    revision = Revision.objects.select_for_update().get(pk=revision.pk)
    if not may_write(by, revision):
        raise PermissionDenied
    if revision.state != State.DRAFT:
        raise Refused(f"报告现在是“{revision.get_state_display()}”，不能补写说明。")
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refused("请写明原因（至少五个字），说明会随报告一并公开。")
    standing = {each.finding.fingerprint: each for each in findings_of(revision)}
    noted = standing.get(fingerprint)
    if noted is None:
        raise Refused("这一条检查结果已经不存在或者数字已经变动，请重新查看检查结果。")
    if not noted.may_be_explained:
        raise Refused("这一条应当改正，不能用说明代替。")
    explanation, _ = Explanation.objects.update_or_create(
        revision=revision,
        fingerprint=fingerprint,
        defaults={
            "code": noted.finding.code,
            "message": noted.finding.message,
            "reason": reason.strip(),
            "by": by,
        },
    )
    record(revision, "explain", by=by, note=reason.strip())
    return explanation
