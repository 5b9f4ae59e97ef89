"""Comments: who may write them, where and when, what follows, and that none leaves the house."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied

from reports.actions.commenting import LONGEST, comment, follow
from reports.actions.drafting import save_applications, save_narrative
from reports.actions.moves import move
from reports.actions.refusals import MoveRefused, Refused
from reports.models import Comment, Event, Revision, RevisionPart, Snapshot
from reports.permissions import wrote_in
from reports.queries.comments import open_comments, threads_of, unresolved_comments
from reports.queries.findings import findings_of
from reports.queries.history import history_of
from reports.queries.sheets import sheet_of, with_content
from reports.workflow import (
    AUTHORS,
    COMMENTED,
    OPEN,
    REVIEWERS,
    STEPS,
    Role,
    Standing,
    State,
    Turn,
)
from tests.factories import complete, in_state, make_agency, make_revision, make_user, sheet_with

pytestmark = pytest.mark.django_db
CELL = "applications.natural_person.received"
COLUMNS = {"natural_person": {"received": 3, "granted": 3}}
SENTENCE = "维护了门户网站的信息公开专栏。"


@pytest.fixture
def city():
    return make_agency("虚构市人民政府")


@pytest.fixture
def bureau(city):
    return make_agency("虚构市某局", parent=city)


@pytest.fixture
def author(bureau):
    return make_user(Role.AUTHOR, agency=bureau, name="甄填报")


@pytest.fixture
def supervisor(city):
    return make_user(Role.SUPERVISOR, agency=city, name="申审核")


@pytest.fixture
def revision(bureau):
    return in_state(complete(make_revision(2024, bureau), columns=COLUMNS), State.IN_REVIEW)


def thread(revision):
    fresh = with_content(Revision.objects.all()).get(pk=revision.pk)
    standing = {each.finding.fingerprint for each in findings_of(fresh)}
    [found] = threads_of(fresh, sheet_of(fresh), standing)
    return found


def rewrite(revision, part, by, **content):
    version = RevisionPart.objects.get(revision=revision, key=part).version
    in_state(revision, State.DRAFT)
    if part == "applications":
        columns = sheet_with().applications
        columns = {key: {**row, **content.get(key, {})} for key, row in columns.items()}
        save_applications(revision, columns, base_version=version, by=by)
    else:
        save_narrative(revision, part, content["text"], base_version=version, by=by)


def test_a_comment_on_a_cell_keeps_the_number_it_spoke_of(revision, supervisor, author):
    comment(revision, "请核对台账。", by=supervisor, place=CELL)
    found = thread(revision)
    assert (found.part.key, found.where) == (
        "applications",
        "“自然人”列“一、本年新收政府信息公开申请数量”",
    )
    assert (found.cell, found.comment.quote, found.changed) == (CELL, "3", "")
    rewrite(revision, "applications", author, natural_person={"received": 4, "granted": 4})
    assert thread(revision).changed == "之后已修改：原为 3，现为 4。"


def test_a_comment_on_a_sentence_says_when_the_sentence_is_gone(revision, supervisor, author):
    comment(revision, "写明专栏名称。", by=supervisor, quote=SENTENCE)
    found = thread(revision)
    assert (found.part.key, found.sentence, found.changed) == ("overview", SENTENCE, "")
    assert found.report_anchor == "p-overview-8"
    rewrite(revision, "overview", author, text="另写的正文。")
    assert thread(revision).changed == "之后已修改：正文里已经没有这一句，上面是原来的写法。"
    assert thread(revision).sentence == SENTENCE


def test_a_sentence_is_found_whatever_blanks_the_browser_made(revision, supervisor):
    written = comment(
        revision, "同上。", by=supervisor, quote="共0件， 0\u00a0元。", place="other_matters"
    )
    assert written.quote == "共 0 件，0 元。"


def test_a_comment_on_a_finding_says_when_the_finding_is_gone(bureau, supervisor, author):
    revision = in_state(
        complete(make_revision(2024, bureau), columns=COLUMNS, other_matters="本机关无其他事项。"),
        State.IN_REVIEW,
    )
    fees = next(each.finding for each in findings_of(revision) if each.finding.code == "C19")
    comment(revision, "请补写。", by=supervisor, fingerprint=fees.fingerprint)
    found = thread(revision)
    assert (found.part.key, found.comment.finding, found.changed) == (
        "other_matters", fees.message, "",
    )  # fmt: skip
    text = "本机关本年度没有收取信息处理费，共 0 件，0 元。"
    rewrite(revision, "other_matters", author, text=text)
    assert thread(revision).changed == "之后已修改：这一条检查结果现在没有了。"


@pytest.mark.parametrize(("place", "where"), [("", "整份报告"), ("problems", "整个部分")])
def test_a_part_and_the_whole_report_may_be_commented(revision, supervisor, place, where):
    comment(revision, "太短。", by=supervisor, place=place)
    found = thread(revision)
    assert (found.where, found.part.key if found.part else "") == (where, place)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"text": " \n　"}, "请写明批注的内容"),
        ({"text": "长" * (LONGEST + 1)}, "最多 2000 字"),
        ({"place": "applications.natural_person.nothing"}, "没有这个位置"),
        ({"quote": "这句话不在报告里。"}, "正文里没有找到“这句话不在报告里。”"),
        ({"quote": SENTENCE, "place": "problems"}, "正文里没有找到"),
        ({"quote": SENTENCE, "place": CELL}, "只能指一处"),
        ({"fingerprint": "0" * 32}, "检查结果已经不存在"),
    ],
)
def test_what_is_not_there_cannot_be_commented(revision, supervisor, given, why):
    with pytest.raises(Refused, match=why):
        comment(revision, **{"text": "请改。", "by": supervisor} | given)
    assert not Comment.objects.exists()


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("where", ["own", "above", "below", "sister"])
def test_only_reviewers_of_the_agency_comment(city, bureau, revision, role, where):
    places = {
        "own": bureau,
        "above": city,
        "below": make_agency(parent=bureau),
        "sister": make_agency(parent=city),
    }
    user = make_user(role, agency=places[where])
    if role in REVIEWERS and where in ("own", "above"):
        assert comment(revision, "请改。", by=user).by == user
    else:
        with pytest.raises(PermissionDenied):
            comment(revision, "请改。", by=user)


@pytest.mark.parametrize("state", sorted(OPEN - COMMENTED))
def test_a_draft_is_commented_after_it_is_submitted(revision, supervisor, state):
    with pytest.raises(Refused, match="送审之后才能写批注"):
        comment(in_state(revision, state), "请改。", by=supervisor)


@pytest.fixture
def published(revision, supervisor, django_capture_on_commit_callbacks):
    opening = comment(revision, "一条机密的批注甲。", by=supervisor, place=CELL)
    follow(opening, Turn.ANSWER, by=supervisor, text="一条机密的答复乙。")
    comment(revision, "一条机密的批注丙。", by=supervisor, quote=SENTENCE)
    move(revision, "approve", by=supervisor)
    with django_capture_on_commit_callbacks(execute=True):  # they draw the pages
        return move(revision, "publish", by=supervisor)


def test_a_published_text_takes_no_comment_and_no_turn(published, supervisor):
    opening = Comment.objects.filter(parent=None).first()
    with pytest.raises(Refused, match="已经公布过的文本不能再写批注"):
        comment(published, "请改。", by=supervisor)
    with pytest.raises(Refused, match="批注只供查阅，不能再办结"):
        follow(opening, Turn.RESOLVE, by=supervisor)


@pytest.mark.every_format
def test_comments_are_never_published(published, published_root: Path, client):
    """Neither in the snapshot, nor in a page or file on disk, nor in what a reader is sent."""
    snapshot = Snapshot.objects.get(revision=published)
    said = [str(snapshot.sheet) + str(snapshot.findings)]
    slug, year = published.report.agency.slug, published.report.year
    for extension in ("", "report.json", "report.csv"):
        sent = client.get(f"/agencies/{slug}/{year}/{extension}")
        assert sent.status_code == 200
        said.append(b"".join(sent).decode())
    files = [path for path in published_root.rglob("*") if path.is_file()]
    assert {path.suffix for path in files} >= {".html", ".docx", ".xlsx", ".pdf", ".csv", ".json"}
    for path in files:
        said.append(content_of(path))
    assert len([each for each in said if SENTENCE in each]) >= 5  # they are read as they should be
    assert [each[:40] for each in said if "机密" in each or "申审核" in each] == []


def content_of(path: Path) -> str:
    content = path.read_bytes()
    if path.suffix == ".pdf":
        import pdfplumber

        with pdfplumber.open(BytesIO(content)) as pdf:
            return "".join(page.extract_text() for page in pdf.pages).replace("\n", "")
    if path.suffix in (".docx", ".xlsx"):
        with zipfile.ZipFile(path) as archive:
            return "".join(
                archive.read(name).decode("utf-8", "replace") for name in archive.namelist()
            )
    return content.decode("utf-8", "replace")


def test_commenting_makes_nobody_an_author(revision, supervisor):
    opening = comment(revision, "请改。", by=supervisor)
    for turn in (Turn.ANSWER, Turn.RESOLVE, Turn.REOPEN):
        follow(opening, turn, by=supervisor, text="再说一次。")
    assert not wrote_in(supervisor, revision)
    assert move(revision, "approve", by=supervisor).state == State.APPROVED


def test_each_turn_leaves_its_event_and_is_told_in_the_history(revision, supervisor, author):
    opening = comment(revision, "请核对。", by=supervisor, place=CELL)
    follow(opening, Turn.ANSWER, by=author, text="已核对。")
    follow(opening, Turn.HANDLE, by=author)
    follow(opening, Turn.RESOLVE, by=supervisor)
    assert [(each.words, each.by, each.note) for each in history_of(revision)] == [
        ("批注：办结", "申审核", "请核对。"),
        ("批注：标为已处理", "甄填报", "请核对。"),
        ("批注：答复", "甄填报", "请核对。 → 已核对。"),
        (
            "写批注", "申审核",
            "三、收到和处理政府信息公开申请情况，“自然人”列“一、本年新收政府信息公开申请数量”：请核对。",
        ),
    ]  # fmt: skip
    assert set(Event.objects.values_list("part", flat=True)) == {"applications"}


def put_into(opening, standing, author, supervisor):
    if standing is not Standing.OPEN:
        follow(opening, Turn.HANDLE, by=author)
    if standing is Standing.RESOLVED:
        follow(opening, Turn.RESOLVE, by=supervisor)


@pytest.mark.parametrize("standing", Standing)
@pytest.mark.parametrize("turn", STEPS)
@pytest.mark.parametrize("role", ["author", "supervisor"])
def test_what_may_follow_is_what_the_table_says(revision, author, supervisor, standing, turn, role):
    opening = comment(revision, "请改。", by=supervisor)
    put_into(opening, standing, author, supervisor)
    step, user = STEPS[turn], {"author": author, "supervisor": supervisor}[role]
    if not step.roles & (AUTHORS if role == "author" else REVIEWERS):
        with pytest.raises(PermissionDenied):
            follow(opening, turn, by=user, text="话。")
    elif standing in step.sources:
        follow(opening, turn, by=user, text="话。")
        assert thread(revision).standing == (step.target or standing)
    else:
        with pytest.raises(Refused, match=f"现在是“{standing.label}”，不能{step.label}"):
            follow(opening, turn, by=user, text="话。")


@pytest.mark.parametrize("turn", [turn for turn, step in STEPS.items() if step.worded])
def test_an_answer_without_words_is_refused(revision, supervisor, turn):
    opening = comment(revision, "请改。", by=supervisor)
    if turn is Turn.REOPEN:
        follow(opening, Turn.RESOLVE, by=supervisor)
    with pytest.raises(Refused, match="应当写明内容"):
        follow(opening, turn, by=supervisor, text=" \n")


def test_pressing_twice_says_it_once(revision, supervisor, author):
    opening = comment(revision, "请改。", by=supervisor)
    assert comment(revision, "请改。", by=supervisor) == opening
    answer = follow(opening, Turn.ANSWER, by=author, text="已改。")
    assert follow(opening, Turn.ANSWER, by=author, text="已改。") == answer
    follow(opening, Turn.HANDLE, by=author)
    follow(opening, Turn.HANDLE, by=author)
    assert Comment.objects.count() == 3
    assert Event.objects.count() == 3


def test_comments_survive_return_and_submission(revision, supervisor, author):
    comment(revision, "请改。", by=supervisor, place=CELL)
    move(revision, "return", by=supervisor)
    move(revision, "submit", by=author)
    assert thread(revision).comment.text == "请改。"


def test_open_comments_serve_as_the_reason_of_a_return(revision, supervisor, author):
    with pytest.raises(MoveRefused, match="应当写明理由"):
        move(revision, "return", by=supervisor)
    opening = comment(revision, "请改。", by=supervisor)
    follow(opening, Turn.HANDLE, by=author)
    with pytest.raises(MoveRefused, match="应当写明理由"):
        move(revision, "return", by=supervisor)
    follow(opening, Turn.REOPEN, by=supervisor, text="还没有改。")
    assert move(revision, "return", by=supervisor).state == State.DRAFT


def test_unresolved_comments_do_not_stop_an_approval(revision, supervisor):
    comment(revision, "小处。", by=supervisor)
    assert move(revision, "approve", by=supervisor).state == State.APPROVED


@pytest.mark.parametrize("standing", Standing)
def test_what_waits_is_counted_as_it_stands(revision, author, supervisor, standing):
    opening = comment(revision, "请改。", by=supervisor)
    put_into(opening, standing, author, supervisor)
    assert open_comments(revision).count() == (standing is Standing.OPEN)
    assert unresolved_comments(revision).count() == (standing is not Standing.RESOLVED)


def test_threads_are_one_statement_however_many(
    revision, supervisor, author, django_assert_num_queries
):
    fresh = with_content(Revision.objects.all()).get(pk=revision.pk)
    sheet = sheet_of(fresh)
    for number in range(3):
        opening = comment(revision, f"第{number}处。", by=supervisor, place=CELL)
        follow(opening, Turn.ANSWER, by=author, text="好。")
    with django_assert_num_queries(1):
        threads = threads_of(fresh, sheet)
        assert [str(turn.by) for each in threads for turn in each.turns] == ["甄填报"] * 3


def test_the_threads_stand_in_the_order_of_the_parts(revision, supervisor):
    for place in ("other_matters", CELL, "", "overview"):
        comment(revision, "请改。", by=supervisor, place=place)
    found = threads_of(revision, sheet_of(revision))
    assert [each.comment.part for each in found] == [
        "",
        "overview",
        "applications",
        "other_matters",
    ]


def test_a_comment_goes_with_no_move_but_stays_open_in_every_open_state(revision, supervisor):
    opening = comment(revision, "请改。", by=supervisor)
    for state in sorted(OPEN):
        in_state(revision, state)
        follow(opening, Turn.ANSWER, by=supervisor, text=f"在{state.label}时。")
    assert thread(revision).standing is Standing.OPEN
