"""An invented report of ordinary length: 2,300 characters, three tables, a fictional body."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from reports.editions import EDITIONS
from reports.editions.grammar import Edition
from reports.editions.wording import period_text, title_of
from reports.sheet import Contact, Sheet, filled, foot_applications, foot_results

AGENCY = "云泽市教育局"

PREFACE = """\
本报告依据《中华人民共和国政府信息公开条例》（国务院令第711号，以下简称《条例》）第四十九条、第五十条和国务院办公厅政府信息与政务公开办公室关于年度报告格式的规定编制，由总体情况，主动公开政府信息情况，收到和处理政府信息公开申请情况，政府信息公开行政复议、行政诉讼情况，存在的主要问题及改进情况，其他需要报告的事项六部分组成。本报告所列数据的统计期限为{period}。
本报告的电子版可在云泽市人民政府门户网站“政府信息公开”专栏查阅、下载。公众对本报告有疑问的，请与云泽市教育局办公室联系（地址：云泽市湖滨路18号，邮政编码：000018，电话：0000－1234567，电子邮箱：jyj@yunze.example）。"""

OVERVIEW = """\
{year}年，云泽市教育局坚持以人民为中心的发展思想，认真落实《条例》和市政府关于政务公开工作的部署，围绕群众关心的招生入学、学生资助、校园安全、教师招聘等重点领域，以公开促落实、以公开促规范、以公开促服务，政府信息公开工作取得新成效。
（一）主动公开。全年通过市政府门户网站公开信息326条，其中政策文件21件、财政信息14条、招生考试信息63条、学生资助信息38条、教师招聘与职称信息45条、其他工作动态145条；通过“云泽教育”政务新媒体发布信息512条，阅读量累计186万次。义务教育阶段招生政策出台后3个工作日内，配套发布图文解读、问答手册和学区查询指引，召开新闻发布会2场，在线访谈3期，回应群众关切问题47个。民办学校收费标准、中小学课后服务办法、校外培训机构白名单等事项按季度更新，做到应公开尽公开。邀请人大代表、政协委员、家长代表走进学校和考场，参加“政府开放日”活动2次，现场介绍招生录取、阳光食堂和校车运行情况；对校外培训机构治理、普通高中自主招生等涉及面广的决策，通过网站和社区公告栏征求意见4次，收到意见建议213条，采纳情况全部公开。
（二）依申请公开。畅通信函、当面、网络三种申请渠道，完善登记、审核、办理、答复、归档的全流程管理，对答复文书实行业务科室拟办、法制审核、分管领导签批三道把关。全年办理的政府信息公开申请均在法定期限内答复，申请内容主要集中在教师编制、学校建设资金、学区划分依据等方面。对内容不明确的申请，一次性告知补正要求并提供协助；对不属于本机关公开的，告知申请人负责公开的机关名称和联系方式。
（三）政府信息管理。严格执行公文公开属性源头认定制度，公文拟制时同步明确主动公开、依申请公开、不予公开的属性并说明理由。
1.健全发布审查。落实“三审三校”和保密审查制度，全年审查拟公开信息326条，退回修改19条，未发生泄密和失信事件。
2.开展文件清理。对2015年以来印发的规范性文件逐件评估，及时公布继续有效、修改、废止文件的目录，并在网站文件页面标注有效性，现行有效的规范性文件全部可以按文号、主题和年度检索、下载。
3.规范历史信息。对已公开信息开展合规性检查，更正错漏链接24处，隐去不必要的个人信息11条。
（四）政府信息公开平台建设。优化门户网站教育专栏，设置招生入学、学生资助、教师发展、规划财务等8个子栏目，增加无障碍浏览和长者模式。在市行政服务中心和12个乡镇（街道）便民服务中心设立教育信息查阅点，配备电子查阅终端，全年接待查阅2300余人次。政务新媒体实行备案管理，关停长期不更新的账号2个。政务服务大厅教育窗口同步公开办事指南36项，办理时限、收费依据和投诉渠道一次看清。
（五）监督保障。成立由局长任组长的政务公开工作领导小组，明确1名副局长分管、办公室牵头、2名专职人员负责，全年召开专题会议4次。
（1）把政务公开纳入局机关科室和直属学校年度考核，分值权重为4%，考核结果与评先评优挂钩。
（2）面向全市学校举办政务公开业务培训2期，培训160人次，内容包括《条例》解读、公开属性认定、答复文书制作。
（3）设立监督电话和网上意见箱，收到意见建议18条，全部办结并反馈。{year}年度未发生因政府信息公开工作不力被追究责任的情形。"""

PROBLEMS = """\
（一）存在的主要问题
一是政策解读形式还不够丰富。部分解读材料以文字转述为主，对家长和学生关心的办理条件、材料、时限说明得不够直观，短视频、图解类解读占比仅为28%。
二是基层学校公开水平不均衡。乡镇中心学校和村小的公开栏更新不及时，少数学校收费公示、食堂账目公示停留在学期初，群众查询不便。
三是答复申请的说理性有待加强。个别答复对不予公开的法律依据说明简单，与申请人沟通不够充分，容易引发复议。
（二）改进情况
一是丰富解读形式。制定解读材料编制指引，要求涉及学生和家长切身利益的文件至少配套两种形式的解读，由起草科室负责人出镜讲解，{year}年下半年图解、视频解读占比提高到46%。
二是推进学校信息公开标准化。编制中小学、幼儿园信息公开目录示范文本，明确42项公开内容、时限和载体，组织第三方对86所学校开展评估，评估结果在全市通报，整改问题131个。
三是提升申请办理质量。修订答复文书示范文本，建立与司法行政部门的会商机制，对疑难申请集体研究，答复前主动与申请人沟通，推动争议实质性化解；对上一年度被复议机关指出的说理不充分问题逐案复盘，形成典型案例6个，供各科室和直属单位学习。"""

FEES = "本机关{year}年度收取信息处理费0件，总金额0元。"
OTHER = "除上述内容外，本机关没有其他需要报告的事项。"

# received, brought forward and what became of them; the rest is zero
APPLICATIONS = {
    "natural_person": {
        "received": 23, "brought_forward": 1, "granted": 11, "granted_in_part": 3,
        "denied_third_party_rights": 1, "denied_internal_affairs": 1, "unable_not_held": 4,
        "not_processed_petition": 2, "carried_forward": 2,
    },
    "business": {"received": 3, "granted": 2, "denied_process_information": 1},
    "legal_service": {"received": 2, "granted": 1, "unable_not_compiled": 1},
}  # fmt: skip
REMEDIES = {"reconsideration": {"upheld": 1, "pending": 1}, "litigation_direct": {"upheld": 1}}
DISCLOSURE = {
    2021: {
        "normative_documents_issued": 4, "normative_documents_repealed": 2,
        "normative_documents_in_force": 19, "licenses_decided": 57, "penalties_decided": 3,
        "administrative_fees_amount": Decimal("1284.35"),
    },
    2019: {
        "normative_documents_made": 4, "normative_documents_newly_disclosed": 4,
        "normative_documents_disclosed": 19, "licenses_items_last_year": 7,
        "licenses_items_change": -1, "licenses_decided": 57, "other_services_items_last_year": 12,
        "other_services_items_change": 2, "other_services_decided": 1360, "penalties_decided": 3,
        "administrative_fees_items_last_year": 5, "administrative_fees_items_change": -2,
        "central_procurement_items": 9, "central_procurement_amount": Decimal("3268.4"),
    },
}  # fmt: skip
YEARS = {2019: 2020, 2021: 2024}


def specimen(key: int = 2021, agency: str = AGENCY) -> Sheet:
    """A report that balances, in the edition of 2019 or of 2021."""
    edition, year = EDITIONS[key], YEARS[key]
    blank = filled(edition, agency, year)
    words = {"year": year, "period": period_text(year)}
    return replace(
        blank,
        title=title_of(agency, year),
        preface=PREFACE.format(**words),
        overview=OVERVIEW.format(**words),
        problems=PROBLEMS.format(**words),
        other_matters="\n".join([FEES, OTHER] if edition.fee_reported else [OTHER]).format(**words),
        disclosure={**blank.disclosure, **DISCLOSURE[key]},
        applications=applications(edition, blank),
        remedies={
            group: foot_results(edition, {**figures, **REMEDIES.get(group, {})})
            for group, figures in blank.remedies.items()
        },
        signed_by=agency,
        signed_on=date(year + 1, 1, 21),
        contact=Contact("云泽市湖滨路18号", "000018", "0000－1234567", "jyj@yunze.example"),
    )


def applications(edition: Edition, blank: Sheet) -> dict[str, dict[str, int | Decimal | None]]:
    columns = {
        key: {**figures, **APPLICATIONS.get(key, {})} for key, figures in blank.applications.items()
    }
    return foot_applications(edition, columns)
