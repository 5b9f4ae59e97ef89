"""Plantings in headings, names, years, periods and dates."""

from datetime import date

from reports.sheet import Heading

from .planting import Planting, add, beside, heading, headings, put, swap, then

P = Planting

PARTS = (
    P("C05", "union", "4、", heading(4, "4、政府信息公开行政复议、行政诉讼情况"), 4),
    P("C05", "bureau", "basic situation", heading(1, "一、基本情况"), 1),
    P("C05", "county", "unnumbered", heading(2, "主动公开政府信息情况"), 2),
    P("C05", "town", "out of order", headings(lambda h: [*h[:4], h[5], h[4]]), 5),
    P("C05", "schools", "a seventh part", headings(lambda h: [*h, Heading("七、附件")]), None),
    P("C05", "bureau", "part six missing", then(headings(lambda h: h[:5]), put(other_matters="")), 6, also=("C19",)),
    P("C05", "union", "twice", headings(lambda h: [*h[:5], h[4], h[5]]), 5),
    P("C05", "town", "part four only prose", then(put(remedies={}), beside("remedies", text="无。")), 4),
    P("C05", "union", "part five empty", put(problems=""), 5),
    P("C05", "town", "the preface lists part four twice", swap("五、存在的主要问题及改进情况；", "四、存在的主要问题及改进情况；"), 0),
    P("C05", "county", "the preface lacks a part", swap("政府信息公开行政复议、行政诉讼情况、存在", "存在"), 0),
    P("C05", "county", "the preface counts five", swap("等六部分", "等五部分"), 0),
    P("C05", "town", "the preface lists seven", swap("六、其他需要报告的事项。", "六、其他需要报告的事项；七、附表。"), 0),
)  # fmt: skip
NAMES = (
    P("C11", "bureau", "signed by another", put(signed_by="澜溪市水务局"), None),
    P("C11", "bureau", "another bureau received", swap("2023年，我局新收", "2023年，市水务局收到"), 1),
    P("C11", "bureau", "another bureau published", swap("全年主动公开政府信息1026条", "市水务局主动公开政府信息1026条"), 1),
    P("C11", "union", "a county in a district", swap("参加全区培训", "参加全县培训"), 1),
    P("C11", "schools", "我县", swap("全区86所", "我县86所"), 1),
    P("C11", "union", "fees of another", swap("区总工会未收取", "区妇联未收取"), 6),
    P("C11", "schools", "signed by the district", put(signed_by="澜溪市云门区民政局"), None),
    P("C11", "bureau", "made by another", swap("由澜溪市林业和草原局编制", "由澜溪市水务局编制"), 0),
    P("C11", "union", "the preface of another", swap("现公布云门区总工会2021年度", "现公布石桥区总工会2021年度"), 0),
    P("C11", "town", "the title of another", put(title="青岚县青石镇人民政府2020年政府信息公开工作年度报告"), None),
)  # fmt: skip
YEARS = (
    P("C12", "bureau", "opening", swap("2023年，我局坚持", "2022年，我局坚持"), 1, also=()),
    P("C12", "bureau", "title", put(title="澜溪市林业和草原局2022年政府信息公开工作年度报告"), None),
    P("C12", "union", "applications", swap("2021年，区总工会未收到", "2020年，区总工会未收到"), 1),
    P("C12", "county", "until", swap("截至2022年底现行有效58件", "截至2021年底现行有效58件"), 1),
    P("C12", "union", "the preface", swap("总工会2021年度政府", "总工会2020年度政府"), 0),
    P("C12", "bureau", "fees", swap("2023年，我局依据", "2022年，我局依据"), 6),
    P("C12", "union", "fees of the year before", swap("2021年度，区总工会未收取", "2020年度，区总工会未收取"), 6),
    P("C12", "schools", "the year after", swap("公开政府信息342条，同比", "2020年，我局公开政府信息342条，同比"), 1),
    P("C12", "town", "in Chinese numerals", swap("二〇二〇年，白鹭镇", "二〇一九年，白鹭镇"), 1),
    P("C12", "union", "this year in brackets", add("overview", "本年度（2020年）公开工作有新的进步。"), 1),
)  # fmt: skip
PERIODS = (
    P("C13", "bureau", "begun late", swap("自2023年1月1日起", "自2023年2月1日起"), 0),
    P("C13", "bureau", "ended early", swap("2023年12月31日止", "2023年12月11日止"), 0),
    P("C13", "county", "last year's", swap("2022年1月1日至12月31日", "2021年1月1日至12月31日"), 0),
    P("C13", "town", "dots", swap("2020.1.1—2020.12.31", "2020.1.1—2020.11.30"), 0),
    P("C13", "union", "two years", swap("从2021年1月1日起", "从2020年1月1日起"), 0),
    P("C13", "schools", "not said", swap("，统计数据期限为2019年1月1日至2019年12月31日", ""), 0),
    P("C13", "town", "Chinese numerals", swap("2020.1.1—2020.12.31", "二〇一九年一月一日至二〇一九年十二月三十一日"), 0),
    P("C13", "town", "slashes", swap("2020.1.1—2020.12.31", "2020/01/01-2020/10/31"), 0),
    P("C13", "county", "months", swap("2022年1月1日至12月31日", "2022年1—11月"), 0),
    P("C13", "county", "digits with hyphens", swap("2022年1月1日至12月31日", "2022-01-01至2022-12-30"), 0),
)  # fmt: skip
SIGNATURES = (
    P("C14", "bureau", "no signature", put(signed_by="")),
    P("C14", "union", "no date", put(signed_on=None)),
    P("C14", "town", "before the end", put(signed_on=date(2020, 12, 28))),
    P("C14", "bureau", "late for a bureau", put(signed_on=date(2024, 2, 20))),
    P("C14", "county", "late for a government", put(signed_on=date(2023, 4, 6))),
    P("C14", "schools", "a year too early", put(signed_on=date(2019, 1, 16))),
    P("C14", "union", "not yet", put(signed_on=date(2027, 1, 18))),
)  # fmt: skip
IN_NAMES = (*PARTS, *NAMES, *YEARS, *PERIODS, *SIGNATURES)
