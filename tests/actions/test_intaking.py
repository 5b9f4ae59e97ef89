"""Lists from a file: each row's fate beforehand, all or nothing, the second time nothing."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from reports.actions.aggregating import count_in, differences_from_raw
from reports.actions.intaking import FatesChanged, check_list, drop, fates_of, take_in
from reports.actions.people import confirm_role
from reports.actions.refusals import Refused
from reports.importers import UnreadableDocument
from reports.models import Agency, AuditEntry, Intake, Membership, Revision, RoleRequest, User
from reports.queries.intake import Outcome, seal_of
from reports.workflow import Role, State
from tests.factories import complete, make_agency, make_division, make_revision, make_user

pytestmark = pytest.mark.django_db
HEAD = "名称,网址标识,性质,区划代码,上级标识,信息公开机构,地址,邮编,电话,电子邮箱"
PEOPLE = "用户名,姓名,电子邮箱,机关标识,角色"
AGENCIES = Intake.Kind.AGENCIES


@pytest.fixture
def system():
    return make_user(Role.SYSTEM_ADMINISTRATOR)


def checked(kind, by, *lines, head="", encoding="utf-8-sig"):
    head = head or (HEAD if kind == AGENCIES else PEOPLE)
    return check_list(kind, "名单.csv", "\r\n".join([head, *lines]).encode(encoding), by=by)


def fates(intake, by):
    return fates_of(intake, by=by)


def outcomes(intake, by):
    return [each.outcome for each in fates(intake, by)]


def why(intake, by):
    return " ".join(each.said for each in fates(intake, by))


def stored(intake, by):
    return take_in(intake, seen=seal_of(fates(intake, by)), by=by)


CITY = "虚构市人民政府,city,人民政府,,,,,,,"
BUREAU = (
    "虚构市档案局,archives,政府部门,,city,办公室,虚构路1号,999001,+86 999 1234567,a@example.invalid"
)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030"])
def test_a_list_of_agencies_becomes_a_tree_in_whatever_order(system, encoding):
    intake = checked(AGENCIES, system, BUREAU, CITY, encoding=encoding)
    assert outcomes(intake, system) == [Outcome.NEW, Outcome.NEW]
    stored(intake, system)
    city, bureau = (Agency.objects.get(slug=slug) for slug in ("city", "archives"))
    assert bureau.path == f"{city.path}{bureau.pk:08d}/"
    assert (bureau.telephone, bureau.office) == ("+86 999 1234567", "办公室")
    entry = AuditEntry.objects.get(verb="import_agencies")
    assert entry.detail["counts"]["新增"] == 2


def test_the_same_list_twice_changes_nothing(system):
    stored(checked(AGENCIES, system, CITY, BUREAU), system)
    again = checked(AGENCIES, system, CITY, BUREAU)
    assert outcomes(again, system) == [Outcome.SAME, Outcome.SAME]
    with pytest.raises(Refused, match="没有可以导入的行"):
        stored(again, system)


def test_what_changes_is_said_and_done(system):
    stored(checked(AGENCIES, system, CITY, BUREAU), system)
    make_agency("虚构县人民政府", slug="county", kind="government")
    line = "虚构市档案局,archives,其他单位,,county,,虚构路2号,,,"
    intake = checked(AGENCIES, system, line)
    (fate,) = fates(intake, system)
    assert fate.outcome is Outcome.CHANGED
    assert "上级标识：city 改为 county" in fate.said
    assert "地址：虚构路1号 改为 虚构路2号" in fate.said
    stored(intake, system)
    bureau = Agency.objects.get(slug="archives")
    assert (bureau.parent.slug, bureau.kind, bureau.office) == ("county", "other", "办公室")
    assert AuditEntry.objects.filter(verb="move_agency").exists()


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["某局,,政府部门,,,,,,,"], "第 2 行“网址标识”没有填写"),
        (["某局,某,政府部门,,,,,,,"], "只能用英文字母"),
        (["某局,a,局,,,,,,,"], "“性质”写的是“局”，请写人民政府"),
        (["某局,a,,,,,,,,"], "“性质”没有填写"),
        ([",a,政府部门,,,,,,,"], "“名称”没有填写"),
        (["某局,a,政府部门,123,,,,,,"], "“区划代码”123没有登记"),
        (["某局,a,政府部门,,nowhere,,,,,"], "“上级标识”nowhere没有这个机关"),
        (["某局,a,政府部门,,a,,,,,"], "就是它自己的标识"),
        (["某局,a,政府部门,,,,,,,不是"], "不是邮箱地址"),
        (["=1+1,a,政府部门,,,,,,,"], "像是公式"),
        (["某局,a,政府部门,,,@SUM(A1),,,,"], "“信息公开机构”以“@”开头"),
        (["某局,a,政府部门,,,,,1234567,,"], "“邮编”最多 6 个字"),
        (["甲,a,政府部门,,,,,,,", "乙,a,政府部门,,,,,,,"], "与第 2 行相同"),
        (["甲,a,政府部门,,,,,,,", "甲,b,政府部门,,,,,,,"], "与标识为 a 的机关相同"),
        (["甲,a,政府部门,,b,,,,,", "乙,b,政府部门,,a,,,,,"], "互为上下级（a → b → a）"),
        (["甲,a,政府部门,,b,,,,,", "乙,b,局,,,,,,,"], "所以它也不能导入"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_is_refused_with_what_to_do(system, lines, said):
    assert said in why(checked(AGENCIES, system, *lines), system)


def test_names_and_closed_bodies_are_left_to_the_acts(system):
    make_agency("旧局", slug="old")
    make_agency("撤局", slug="gone", closed_on="2024-01-01")
    said = why(checked(AGENCIES, system, "新局,old,,,,,,,,", "撤局,gone,,,,,,,,"), system)
    assert "更名请在机关页面办理" in said
    assert "已经撤销" in said


def test_a_ring_through_the_database_is_seen(system):
    top = make_agency("上局", slug="top")
    make_agency("下局", slug="below", parent=top)
    intake = checked(AGENCIES, system, "上局,top,,,below,,,,,")
    assert outcomes(intake, system) == [Outcome.REFUSED]
    assert "互为上下级" in why(intake, system)


def test_two_bodies_may_change_places(system):
    top = make_agency("上局", slug="top")
    below = make_agency("下局", slug="below", parent=make_agency("中局", slug="mid", parent=top))
    lines = ["上局,top,,,below,,,,,", "下局,below,,,other,,,,,", "别局,other,政府部门,,,,,,,"]
    stored(checked(AGENCIES, system, *lines), system)
    top.refresh_from_db()
    below.refresh_from_db()
    assert top.path.startswith(below.path)


def test_depth_is_bounded(system):
    lines = [f"局{n},a{n},政府部门,,{f'a{n - 1}' if n else ''},,,,," for n in range(25)]
    found = outcomes(checked(AGENCIES, system, *lines), system)
    assert (found.count(Outcome.NEW), found.count(Outcome.REFUSED)) == (20, 5)


def test_what_the_page_showed_is_stored_or_nothing(system):
    intake = checked(AGENCIES, system, CITY, BUREAU)
    seen = seal_of(fates(intake, system))
    make_agency("虚构市档案局", slug="another")
    with pytest.raises(FatesChanged, match="什么都没有导入"):
        take_in(intake, seen=seen, by=system)
    assert not Agency.objects.filter(slug="city").exists()
    stored(intake, system)
    intake.refresh_from_db()
    assert intake.rows == []
    with pytest.raises(Refused, match="已导入"):
        take_in(intake, seen=seen, by=system)


def test_a_list_given_up_is_forgotten(system):
    intake = checked(AGENCIES, system, CITY)
    drop(intake, by=system)
    intake.refresh_from_db()
    assert (intake.state, intake.rows) == (Intake.State.DROPPED, [])


def test_only_a_system_administrator_imports(system):
    intake = checked(AGENCIES, system, CITY)
    for role in set(Role) - {Role.SYSTEM_ADMINISTRATOR}:
        other = make_user(role, agency=make_agency())
        with pytest.raises(PermissionDenied):
            checked(AGENCIES, other, CITY)
        with pytest.raises(PermissionDenied):
            stored(intake, other)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "没有内容"),
        ("名称,性质\n某局,政府部门".encode(), "没有“网址标识”一列"),
        ((HEAD + "\n").encode(), "没有内容"),
        ((HEAD + ",名称\n某").encode(), "两列都叫“名称”"),
        (b"\0\1\2\3" * 900, "不是文本"),
    ],
)
def test_a_file_that_is_no_list_says_why(system, data, said):
    with pytest.raises(UnreadableDocument, match=said):
        check_list(AGENCIES, "名单.csv", data, by=system)


def test_a_government_that_gets_bodies_below_it_is_a_sum(system):
    top = make_agency("虚构省人民政府", slug="province", kind="government")
    city = make_agency("虚构市人民政府", slug="city", kind="government", parent=top)
    revision = complete(make_revision(2023, city))
    Revision.objects.filter(pk=revision.pk).update(
        state=str(State.PUBLISHED), published_at=timezone.now()
    )
    count_in(Revision.objects.get(pk=revision.pk))
    assert differences_from_raw() == []
    stored(checked(AGENCIES, system, BUREAU), system)
    assert differences_from_raw() == []


def test_many_agencies_take_few_statements(system, django_assert_max_num_queries):
    division = make_division()
    lines = [f"虚构{n}局,b{n},政府部门,{division.code},{'' if n < 5 else f'b{n % 5}'},,,,,"
             for n in range(400)]  # fmt: skip
    intake = checked(AGENCIES, system, *lines)
    with django_assert_max_num_queries(4):
        found = fates(intake, system)
    with django_assert_max_num_queries(60):
        take_in(intake, seen=seal_of(found), by=system)
    assert Agency.objects.count() == 400


def test_people_get_accounts_and_only_proposals(system):
    make_agency("虚构市档案局", slug="archives")
    lines = [
        "zhen,甄填报,z@example.invalid,archives,填报员",
        "zhen,,,archives,审核员",
        "jia,贾某,,,",
    ]
    intake = checked(Intake.Kind.PEOPLE, system, *lines)
    assert outcomes(intake, system) == [Outcome.NEW, Outcome.CHANGED, Outcome.NEW]
    stored(intake, system)
    zhen = User.objects.get(username="zhen")
    assert not zhen.has_usable_password()
    assert not Membership.objects.filter(user=zhen).exists()
    assert list(zhen.role_requests.order_by("role").values_list("role", "state")) == [
        ("author", "waiting"), ("supervisor", "waiting"),
    ]  # fmt: skip
    again = checked(Intake.Kind.PEOPLE, system, *lines)
    assert set(outcomes(again, system)) == {Outcome.SAME}
    security = make_user(Role.SECURITY_ADMINISTRATOR)
    for asked in RoleRequest.objects.all():
        confirm_role(asked, by=security)
    assert set(outcomes(again, system)) == {Outcome.SAME}


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([",甄,,,"], "“用户名”没有填写"),
        (["zhen,,,,"], "“姓名”没有填写"),
        (["甄 填,甄,,,"], "不能有空格"),
        (["zhen,=甄,,,"], "像是公式"),
        (["zhen,甄,不是,,"], "不是邮箱地址"),
        (["zhen,甄,,nowhere,填报员"], "“机关标识”nowhere没有这个机关"),
        (["zhen,甄,,archives,局长"], "“角色”写的是“局长”"),
        (["zhen,甄,,archives,"], "没有写“角色”"),
        (["zhen,甄,,,填报员"], "请选择机关"),
        (["zhen,甄,,archives,审计员"], "不属于某个机关"),
        (["zhen,甄,,,审计员", "zhen,甄,,,系统管理员"], "应当由三个人分别担任"),
        (["zhen,甄,,archives,填报员", "zhen,甄,,archives,填报员"], "与第 2 行相同"),
        (["zhen,甄,,,", "zhen,贾,,,"], "与第 2 行同一用户的不同"),
        (["KNOWN,甄,,,"], "只差大小写"),
        (["asleep,甄,,,"], "已经停用"),
        (["known,,,gone,填报员"], "已经撤销"),
        (["myself,,,archives,填报员"], "不能给自己提出角色"),
    ],
)
def test_a_person_who_cannot_be_is_refused_with_what_to_do(system, lines, said):
    make_agency("虚构市档案局", slug="archives")
    make_agency("撤局", slug="gone", closed_on="2024-01-01")
    User.objects.create_user("known", display_name="已有")
    User.objects.create_user("asleep", display_name="停用", is_active=False)
    User.objects.filter(pk=system.pk).update(username="myself")
    assert said in why(checked(Intake.Kind.PEOPLE, system, *lines), system)


def test_a_changed_name_is_said_and_done(system):
    User.objects.create_user("known", display_name="旧名")
    intake = checked(Intake.Kind.PEOPLE, system, "known,新名,,,")
    assert "姓名改为“新名”" in why(intake, system)
    stored(intake, system)
    assert User.objects.get(username="known").display_name == "新名"


def test_many_people_take_few_statements(system, django_assert_max_num_queries):
    make_agency("虚构市档案局", slug="archives")
    lines = [f"user{n},用户{n},,archives,填报员" for n in range(300)]
    intake = checked(Intake.Kind.PEOPLE, system, *lines)
    with django_assert_max_num_queries(6):
        found = fates(intake, system)
    with django_assert_max_num_queries(30):
        take_in(intake, seen=seal_of(found), by=system)
    assert RoleRequest.objects.count() == 300
