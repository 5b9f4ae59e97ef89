"""Comments of reviewers (批注), and what follows them: answered, handled, resolved, taken up again.

A comment is written while a reviewer reads the text (in review or approved),
and its thread goes on until the revision is published. Nothing is edited and
nothing removed: who misspoke answers themselves and resolves it. An author
marks a comment as handled, a reviewer resolves it. No event of these begins as
writing does, so commenting makes nobody an author.
"""

import re
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction

from reports.exporters.presentation import present
from reports.models import Comment, Revision, User
from reports.permissions import agencies_where, may_comment
from reports.queries.comments import (
    WHOLE,
    cell_text,
    paragraphs_of,
    places_by_name,
    standing_after,
)
from reports.queries.finding_lists import placed
from reports.queries.findings import findings_of
from reports.queries.sheets import sheet_of
from reports.sheet import Sheet
from reports.workflow import COMMENTED, OPEN, STEPS, State, Step, Turn

from .drafting import record
from .refusals import Refused

LONGEST = 2000  # characters of one comment
LONGEST_QUOTE = 500
EXCERPT = 40


@dataclass(frozen=True)
class Spot:
    """What a comment is on, and what stood there; ``where`` in words for the history."""

    where: str
    part: str = ""
    place: str = ""
    quote: str = ""
    fingerprint: str = ""
    finding: str = ""

    def fields(self) -> dict[str, str]:
        return {name: value for name, value in vars(self).items() if name != "where"}


@transaction.atomic
def comment(
    revision: Revision,
    text: str,
    *,
    by: User,
    place: str = "",
    quote: str = "",
    fingerprint: str = "",
) -> Comment:
    """Comment on the whole report, a part, a cell, a sentence or a finding.

    ``place`` is empty, a part's key or a cell's full name; ``quote`` a sentence
    as it stands in the text; ``fingerprint`` a finding's. The same words on the
    same spot twice in a row are one comment. Refused where nothing of the kind
    stands in the text now.
    """
    revision = locked(revision)
    if not may_comment(by, revision):
        raise PermissionDenied
    refuse_unless_read(revision)
    said = worded(text)
    if not said:
        raise Refused("请写明批注的内容。")
    spot = spot_of(revision, place, cleaned(quote), fingerprint)
    fields = {"parent_id": None, "by": by, "text": said, **spot.fields()}
    last = Comment.objects.filter(revision=revision).order_by("pk").last()
    if last is not None and all(getattr(last, name) == value for name, value in fields.items()):
        return last
    written = Comment.objects.create(revision=revision, **fields)
    record(revision, "comment", by=by, part=spot.part, note=f"{spot.where}：{said}")
    return written


@transaction.atomic
def follow(opening: Comment, turn: Turn, *, by: User, text: str = "") -> Comment:
    """Answer a comment, mark it as handled, resolve it or take it up again (``STEPS``)."""
    step = STEPS[turn]
    revision = locked(opening.revision)
    if not agencies_where(by, step.roles).filter(pk=revision.report.agency_id).exists():
        raise PermissionDenied
    if State(revision.state) not in OPEN:
        raise Refused(
            f"报告现在是“{revision.get_state_display()}”，批注只供查阅，不能再{step.label}。"
        )
    said = worded(text)
    turns = list(Comment.objects.filter(parent=opening).order_by("pk"))
    if turns and (turns[-1].turn, turns[-1].by_id, turns[-1].text) == (str(turn), by.pk, said):
        return turns[-1]
    refuse_unless_possible(step, turns, said)
    followed = Comment.objects.create(
        revision=revision, parent=opening, turn=str(turn), text=said, by=by
    )
    note = f"{shortened(opening.text)} → {said}" if said else shortened(opening.text)
    record(revision, step.verb, by=by, part=opening.part, note=note)
    return followed


def refuse_unless_possible(step: Step, turns: list[Comment], said: str) -> None:
    standing = standing_after(turns)
    if standing not in step.sources:
        raise Refused(f"这条批注现在是“{standing.label}”，不能{step.label}。")
    if step.worded and not said:
        raise Refused(f"{step.label}应当写明内容，请填写后再提交。")


def locked(revision: Revision) -> Revision:
    return (
        Revision.objects.select_for_update(of=("self",))
        .select_related("report__agency__division")
        .get(pk=revision.pk)
    )


def refuse_unless_read(revision: Revision) -> None:
    state = State(revision.state)
    if state in COMMENTED:
        return
    advice = "送审之后才能写批注" if state in OPEN else "已经公布过的文本不能再写批注"
    raise Refused(f"报告现在是“{revision.get_state_display()}”，{advice}。")


def worded(text: str) -> str:
    said = cleaned(text)
    if len(said) > LONGEST:
        raise Refused(f"内容有 {len(said)} 字，最多 {LONGEST} 字，请分成几条。")
    return said


def cleaned(text: str) -> str:
    """Without what no database keeps, and with one sign for the end of a line."""
    return text.replace("\0", "").replace("\r\n", "\n").strip()


def shortened(text: str) -> str:
    line = text.replace("\n", " ")
    return line if len(line) <= EXCERPT else f"{line[:EXCERPT]}…"


def spot_of(revision: Revision, place: str, quote: str, fingerprint: str) -> Spot:
    sheet = sheet_of(revision)
    if fingerprint:
        return finding_spot(revision, sheet, fingerprint)
    cell = places_by_name(sheet.edition).get(place)
    if cell is not None:
        if quote:
            raise Refused("一条批注只能指一处：选了数字，就不要再填原句。")
        part = place.partition(".")[0]
        where = f"{sheet.edition.part(part).title}，{cell.label}"
        return Spot(where, part, place, cell_text(sheet, cell))
    if place and place not in {part.key for part in sheet.edition.parts}:
        raise Refused("报告里没有这个位置，请重新选择。")
    if quote:
        return sentence_spot(sheet, place, quote)
    return Spot(sheet.edition.part(place).title if place else WHOLE, place)


def sentence_spot(sheet: Sheet, part: str, quote: str) -> Spot:
    """The sentence as it stands in the text, whatever blanks the browser made of its own."""
    if len(quote) > LONGEST_QUOTE:
        raise Refused(f"引用的原句太长，最多 {LONGEST_QUOTE} 字，请只引用要改的一句。")
    report = present(sheet)
    wanted = re.compile(r"\s*".join(re.escape(sign) for sign in quote if not sign.isspace()))
    for each in sheet.edition.parts:
        if part not in ("", each.key):
            continue
        for paragraph in paragraphs_of(report, each.key):
            found = wanted.search(paragraph.text)
            if found:
                return Spot(f"{each.title}“{shortened(found[0])}”", each.key, quote=found[0])
    raise Refused(
        f"正文里没有找到“{shortened(quote)}”：请从报告中照抄一句，不要跨段；"
        "或者不填原句，只选它所在的部分。"
    )


def finding_spot(revision: Revision, sheet: Sheet, fingerprint: str) -> Spot:
    finding = next(
        (each.finding for each in findings_of(revision) if each.finding.fingerprint == fingerprint),
        None,
    )
    if finding is None:
        raise Refused("这一条检查结果已经不存在或者数字已经变动，请重新查看检查结果。")
    part = next((each for each in sheet.edition.parts if each.number == finding.part), None)
    name = placed(present(sheet), finding).anchor.removeprefix("cell-")
    cell = places_by_name(sheet.edition).get(name)
    return Spot(
        where=f"{part.title if part else WHOLE}，检查结果",
        part=part.key if part else "",
        place=name if cell else "",
        quote=cell_text(sheet, cell) if cell else finding.quote,
        fingerprint=fingerprint,
        finding=finding.message,
    )
