"""How far each part of a revision is."""

from collections.abc import Iterable
from dataclasses import dataclass

from reports.editions import EDITIONS
from reports.editions.grammar import Part
from reports.models import DraftInput, Revision, RevisionPart

from .findings import Noted


@dataclass(frozen=True)
class PartProgress:
    """A part with one word for how far it is, and who saved it when."""

    part: Part
    stored: RevisionPart
    typing: tuple[DraftInput, ...]
    blocking: int
    findings: int

    @property
    def word(self) -> str:
        if self.typing:
            return "填写中"
        if not self.stored.version:
            return "空白"
        return "有检查结果" if self.blocking else "已完成"

    @property
    def tag(self) -> str:
        return {"填写中": "info", "空白": "draft", "有检查结果": "explain", "已完成": "ok"}[
            self.word
        ]


def progress_of(revision: Revision, findings: Iterable[Noted]) -> list[PartProgress]:
    """The seven parts in order; two statements besides what ``with_content`` fetched."""
    listed = list(findings)
    stored = {each.key: each for each in revision.parts.select_related("saved_by").order_by("pk")}
    typing = list(revision.draft_inputs.select_related("user"))
    return [
        PartProgress(
            part,
            stored[part.key],
            tuple(each for each in typing if each.part == part.key),
            sum(each.blocks for each in listed if each.finding.part == part.number),
            sum(each.finding.part == part.number for each in listed),
        )
        for part in EDITIONS[revision.edition].parts
    ]
