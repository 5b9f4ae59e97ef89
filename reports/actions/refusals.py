"""Why an action was not done, in a sentence for the person who asked."""

from collections.abc import Sequence

from reports.checker.finding import Finding
from reports.models import RevisionPart


class Refused(Exception):
    """Not done, and nothing has changed; ``str()`` says why and what to do."""


class MoveRefused(Refused):
    """The revision is not in a state, or a condition, to make the move."""


class NoRoom(Refused):
    """The disk is full; nothing half is left on it."""

    def __init__(self) -> None:
        super().__init__(
            "服务器的磁盘已满，文件没有存下，这一步没有办成，报告没有变动。"
            "请联系系统管理员清理磁盘，之后再办理一次。"
        )


class FiguresRefused(Refused):
    """What was entered breaks equations; ``findings`` names each."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = findings
        super().__init__("\n".join(finding.message for finding in findings))


class ChangedByAnother(Refused):
    """Another saved the part since it was opened; ``part`` is as it stands now."""

    def __init__(self, part: RevisionPart) -> None:
        self.part = part
        super().__init__(
            f"“{part.get_key_display()}”在您打开之后已由{part.saved_by}保存过，"
            "您键入的内容没有丢失。请对照后选择保留哪一份。"
        )
