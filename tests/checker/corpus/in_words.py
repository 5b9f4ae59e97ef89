"""Plantings in what the prose says and how: copies, omissions, slips, data, leftovers."""

from dataclasses import replace

from reports.sheet import Contact

from .planting import Planting, add, beside, put, swap, then
from .prose import BUREAU_OVERVIEW, COUNTY_PROBLEMS
from .reports import BUREAU, BUREAU_2022, COUNTY, SCHOOLS, TOWN, UNION

P = Planting


def contact(**changes: str):
    return lambda sheet: replace(sheet, contact=replace(sheet.contact, **changes))


def like(sheet, agency: str):
    return (replace(sheet, agency=agency),)


OLD = BUREAU_2022.problems
LIKE = (
    P("C15", "bureau", "a sister's part one", put(), 1, sisters=like(replace(BUREAU, problems=""), "石桥市林业局")),
    P("C15", "union", "a sister's part one", put(), 1, sisters=like(replace(UNION, problems=""), "澜溪市石桥区总工会")),
    P("C15", "county", "a sister's with the names changed", put(), 1, sisters=like(replace(COUNTY, overview=COUNTY.overview.replace("青岚", "赤松"), problems=""), "赤松县人民政府")),
    P("C15", "town", "a sister's with a paragraph more", put(), 1, sisters=like(replace(TOWN, overview=TOWN.overview + "\n另外组织志愿者上门宣讲。", problems=""), "青岚县青石镇人民政府")),
    P("C15", "schools", "a sister's with other figures", put(), 1, sisters=like(replace(SCHOOLS, overview=SCHOOLS.overview.replace("342", "207"), problems=""), "石桥区教育局")),
    P("C15", "bureau", "last year's part five", put(problems=OLD + "公开还不够及时。下一步，我局将加强学习。"), 5),
)  # fmt: skip


def without(*topics: int):
    """Part one of the bureau's report without some of its five paragraphs."""
    lines = [line for line in BUREAU_OVERVIEW.split("\n") if not line.startswith("因政府")]
    return put(overview="\n".join(line for n, line in enumerate(lines) if n not in topics))


TOPICS = (
    P("C16", "union", "nothing on applications", swap("（二）依申请公开情况\n2021年，区总工会未收到政府信息公开申请，无上年结转申请，未发生因政府信息公开引起的行政复议和行政诉讼。\n", ""), 1),
    P("C16", "union", "nothing on platforms", then(swap("（四）平台建设情况\n依托区政府网站专栏，利用“云门工会”公众号推送信息132条，阅读量3.6万人次。\n", ""), swap("在区政府网站", "")), 1),
    P("C16", "union", "nothing on supervision", then(swap("\n（五）监督保障情况\n组织业务学习两次，参加全区培训1次，年内没有收到对信息公开工作的投诉举报。", ""), swap("在区委和市总工会的领导下，", "")), 1),
    P("C16", "union", "nothing on management", swap("（三）政府信息管理情况\n严格执行信息审核和保密审查制度，做到先审后发。\n", ""), 1),
    P("C16", "schools", "two missing", put(overview="2019年公开政府信息342条，利用教育局网站发布招生入学办法，举办培训3次。"), 1),
)  # fmt: skip
TOLD = (
    P("C17", "county", "no appraisal", swap("政务公开占年度工作考核的分值为4分，", ""), 1),
    P("C17", "county", "no public opinion", swap("委托第三方开展社会评议，满意度96.5%，", ""), 1),
    P("C17", "county", "no accountability", swap("，全年没有发生责任追究的情况", ""), 1),
    P("C17", "town", "no appraisal", then(swap("把政务公开列入村级工作考核；", ""), swap("把公开栏更新情况纳入考核", "常查公开栏")), 1),
    P("C17", "town", "no public opinion", swap("向群众发放评议问卷200份，收回186份，回收率93%；", ""), 1),
    P("C17", "town", "no accountability", swap("全年无责任追究情况。", ""), 1),
)  # fmt: skip
SUBSTANCE = (
    P("C18", "union", "无", put(problems="无。"), 5),
    P("C18", "town", "暂无", put(problems="暂无存在的问题。"), 5),
    P("C18", "bureau", "too short", put(problems="公开不够及时，今后将改进。"), 5),
    P("C18", "schools", "problems only", put(problems=SCHOOLS.problems.split("\n")[0]), 5),
    P("C18", "county", "problems without measures", put(problems=COUNTY_PROBLEMS.split("\n")[0]), 5),
    P("C18", "union", "measures only", put(problems="下一步，我会将加强学习培训，完善公开制度，丰富公开内容，推动各项工作落实到每一名干部职工。"), 5),
    P("C18", "town", "本年度不存在问题", put(problems="2020年，我镇政府信息公开工作总体良好，没有存在的主要问题，也没有需要改进的情况。"), 5),
)  # fmt: skip
FEES = (
    P("C19", "union", "nothing else", put(other_matters="没有其他需要报告的事项。"), 6),
    P("C19", "bureau", "only proposals", put(other_matters="办理市人大代表建议6件、政协委员提案9件。"), 6),
    P("C19", "county", "only key points", swap("（一）收取信息处理费情况。2022年，全县各级行政机关发出收费通知2件，总金额为1300元，实际收取1件，金额为300元。\n", ""), 6),
    P("C19", "union", "无", put(other_matters="无。"), 6),
    P("C19", "bureau", "暂无", put(other_matters="暂无。"), 6),
)  # fmt: skip
CARD, IDENTITY = "6222021234567890128", "110101199003070134"  # made up, with their check digits
DATA = (
    P("C22", "bureau", "identity card", add("overview", f"申请人证件号码{IDENTITY}。"), 1),
    P("C22", "county", "bank card", add("other_matters", f"退费账户{CARD}。"), 6),
    P("C22", "union", "mobile in the contact", contact(telephone="13900139000"), 0),
    P("C22", "town", "private mail", contact(email="bailu_town@qq.com"), 0),
    P("C22", "schools", "an applicant's name", add("overview", "申请人王小明向我局申请公开学区划分方案。"), 1),
    P("C22", "union", "mobile in a local row", beside("disclosure", ("填表人电话", "13900139000")), 2),
    P("C22", "bureau", "in a cell's text", lambda s: replace(s, printed=replace(s.printed, cells={"disclosure.rules_issued": "0 13900139000"})), 2, also=("C20",)),
)  # fmt: skip
SECRECY = (
    P("C23", "bureau", "机密★", add("overview", "机密★十年"), 1),
    P("C23", "union", "内部资料", add("other_matters", "（内部资料，注意保存）"), 6),
    P("C23", "county", "秘密", add("problems", "秘密"), 5),
    P("C23", "town", "a word of the site's list", add("problems", "有人议论青石矿难。"), 5, sensitive_words=("青石矿难",)),
    P("C23", "schools", "绝密 in the preface", add("preface", "【绝密】"), 0),
)  # fmt: skip
STYLE = (
    P("C24", "union", "the same word twice", swap("扎实推进信息公开。", "扎实推进的的信息公开。"), 1),
    P("C24", "town", "性性", swap("个别村两个月没有更新", "及时性性不够"), 5),
    P("C24", "union", "half-width brackets", swap("（二）依申请公开情况", "(二)依申请公开情况"), 1),
    P("C24", "schools", "（一）, （2）", swap("（二）依申请公开。", "（2）依申请公开。"), 1),
    P("C24", "county", "1. and 2、", swap("2.依申请公开。", "2、依申请公开。"), 1),
    P("C24", "bureau", "two stops", swap("信息更新不够及时；", "信息更新不够及时；；"), 5),
)  # fmt: skip
LINKS = (
    P("C25", "bureau", "another's column", swap("gov.cn/lcj/", "gov.cn/jyj/"), 0),
    P("C25", "county", "inside", swap("http://www.qinglan.example.gov.cn/zwgk/", "http://192.168.1.20/zwgk/"), 0),
    P("C25", "bureau", "no host", swap("https://www.lanxi.example.gov.cn/lcj/", "http://localhost/lcj/"), 0),
    P("C25", "schools", "a broken host", add("preface", "网址http://www..gov.cn/。"), 0),
    P("C25", "union", "a full-width colon", add("preface", "网址：http://yunmen/gh/。"), 0),
)  # fmt: skip
CONTACTS = (
    P("C26", "union", "no address", then(contact(address=""), swap("联系地址：澜溪市云门区工人路8号；", "")), 0),
    P("C26", "union", "no postcode", then(contact(postcode=""), swap("邮编：000101；", "")), 0),
    P("C26", "union", "no telephone", then(contact(telephone=""), swap("电话：0999-8800108", "欢迎来访")), 0),
    P("C26", "union", "five digits", then(contact(postcode="00101"), swap("000101", "00101")), 0),
    P("C26", "union", "no area code", then(contact(telephone="8800108"), swap("0999-8800108", "8800108")), 0),
    P("C26", "schools", "nothing", then(put(contact=Contact()), swap("联系单位：云门区教育局办公室，地址：澜溪市云门区书院路20号，邮编：000102，电话：0999-8800120。", "")), 0),
)  # fmt: skip
LEFT = (
    P("C27", "bureau", "XX", add("overview", "全年开展XX活动，受到好评。"), 1),
    P("C27", "union", "××", add("problems", "××同志负责落实。"), 5),
    P("C27", "town", "a bookmark", add("overview", "[bookmark: _GoBack]"), 1),
    P("C27", "county", "某某", add("other_matters", "某某部门提供了支持。"), 6),
    P("C27", "schools", "（文字描述）", add("other_matters", "（文字描述）"), 6),
    P("C27", "union", "该部分以表格形式报告", beside("disclosure", text="该部分以表格形式报告"), 2),
)  # fmt: skip
LONG = "我局高度重视主动公开工作，及时在网站公开各类信息，方便群众查阅。"
ADDITIONS = (
    P("C28", "bureau", "prose in part two", beside("disclosure", text=LONG), 2),
    P("C28", "schools", "prose in part three", beside("applications", text=LONG), 3),
    P("C28", "union", "prose in part four", beside("remedies", text="全年没有发生因政府信息公开引起的行政复议和行政诉讼案件，工作平稳有序。"), 4),
    P("C28", "county", "a table in part one", beside("overview", ("渠道", "条数"), ("网站", "200")), 1),
    P("C28", "town", "a table in part six", beside("other_matters", ("项目", "数量"), ("来信", "43")), 6),
)  # fmt: skip
IN_WORDS = (
    *LIKE, *TOPICS, *TOLD, *SUBSTANCE, *FEES, *DATA, *SECRECY, *STYLE, *LINKS, *CONTACTS, *LEFT,
    *ADDITIONS,
)  # fmt: skip
