"""What each kind of body does: the words for it, and how much of it there is in a year."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Work:
    """``fields`` are what it discloses, ``subjects`` what people ask it for.

    The numbers are a city body's; a district's are a share of them.
    """

    fields: tuple[str, ...]
    subjects: tuple[str, ...]
    columns: tuple[str, ...]
    policies: tuple[str, ...]
    documents: int = 6  # normative documents in force
    licenses: int = 0
    penalties: int = 0
    measures: int = 0
    fees: Decimal = Decimal(0)  # 万元
    applications: int = 8


WORKS = {
    "government": Work(
        ("重大民生实事", "优化营商环境", "财政预决算", "重大建设项目审批", "常务会议议定事项", "公共资源配置"),
        ("征地补偿安置", "旧城改造", "会议纪要", "规划调整依据"),
        ("民生实事进度", "常务会议", "政策问答", "规范性文件库"),
        ("稳就业措施", "老旧小区改造办法", "养老服务补贴", "中小企业扶持措施"),
        documents=48, applications=46,
    ),
    "development": Work(
        ("重点项目安排", "价格和收费目录", "节能审查", "信用体系建设"),
        ("项目立项批复", "收费标准依据"), ("重点项目", "价格公示", "信用信息"),
        ("电价调整", "招标投标领域改革", "公共停车收费"), documents=9, licenses=190, applications=14,
    ),
    "education": Work(
        ("义务教育招生", "学校收费和资助", "教师招聘", "校园食品安全", "民办学校年检"),
        ("学区划分依据", "教师编制安排", "学校建设计划"), ("招生入学", "学校名录", "教师队伍"),
        ("义务教育入学办法", "学生资助", "课后服务收费", "校外培训治理"),
        documents=12, licenses=64, penalties=9, fees=Decimal("36.48"), applications=18,
    ),
    "police": Work(
        ("户籍业务办理", "道路交通管理", "出入境证件", "养犬管理"),
        ("交通设施设置依据", "户籍档案", "警情处置经过"), ("户政服务", "交通出行", "安全提示"),
        ("居住证办理", "电动自行车登记", "限行路段调整"),
        documents=14, licenses=18650, penalties=9240, measures=1830, fees=Decimal("412.7"),
        applications=26,
    ),
    "civil-affairs": Work(
        ("低保和特困供养", "养老机构备案", "社会组织登记", "殡葬服务价格", "婚姻登记"),
        ("低保审核结果", "社区区划调整", "养老机构补贴"), ("社会救助", "养老服务", "社会组织"),
        ("低保认定办法", "高龄津贴", "殡葬惠民措施"), documents=10, licenses=46, penalties=6,
        applications=9,
    ),
    "finance": Work(
        ("预算和决算", "政府采购", "惠民补贴资金", "政府债务", "会计管理"),
        ("专项资金分配依据", "政府采购投诉处理"), ("预决算", "补贴资金", "政府采购"),
        ("会计人员继续教育", "政府采购限额标准", "惠民补贴一卡通"),
        documents=11, licenses=38, penalties=5, applications=10,
    ),
    "labor": Work(
        ("就业补贴", "职业技能培训", "工伤认定", "劳动人事争议", "社会保险待遇"),
        ("工伤认定材料", "职称评审结果", "补贴发放名单"), ("就业创业", "社会保险", "劳动维权"),
        ("就业补贴", "最低工资标准", "灵活就业人员参保", "技能提升补贴"),
        documents=13, licenses=210, penalties=34, fees=Decimal("28.6"), applications=22,
    ),
    "planning": Work(
        ("国土空间规划", "土地征收", "建设用地供应", "不动产登记", "矿产资源管理"),
        ("征地批复", "补偿安置方案", "规划许可附图", "不动产登记档案"),
        ("征地信息", "规划公示", "土地供应"), ("征地补偿标准", "不动产登记简化", "临时用地管理"),
        documents=15, licenses=860, penalties=42, measures=3, fees=Decimal("205.34"),
        applications=64,
    ),
    "environment": Work(
        ("环境质量状况", "建设项目环评", "排污许可", "重污染天气应对"),
        ("环评批复", "污染投诉处理结果", "监测数据"), ("环境质量", "环评公示", "行政处罚公示"),
        ("排污许可管理", "扬尘治理", "噪声投诉处理"), documents=7, licenses=320, penalties=118,
        measures=12, applications=24,
    ),
    "housing": Work(
        ("保障性住房分配", "房屋征收", "物业管理", "工程质量安全", "商品房预售"),
        ("房屋征收决定", "预售资金监管", "物业维修资金使用", "竣工验收备案"),
        ("住房保障", "房屋征收", "物业服务"), ("公租房申请", "老旧小区加装电梯", "预售资金监管"),
        documents=12, licenses=540, penalties=96, fees=Decimal("64.2"), applications=42,
    ),
    "transport": Work(
        ("公路建设养护", "公共交通线路", "出租汽车管理", "道路运输安全"),
        ("公路用地批文", "线路调整依据"), ("公交出行", "工程建设", "运输市场"),
        ("网约车管理", "公交线路优化", "超限运输许可"), documents=8, licenses=2860, penalties=640,
        measures=75, applications=12,
    ),
    "water": Work(
        ("水资源管理", "河湖保护", "农村饮水安全", "水利工程建设"),
        ("取水许可", "河道管理范围", "供水水质"), ("河湖长制", "供水水质", "防汛信息"),
        ("取水许可告知承诺", "水资源税改革", "节水奖励"), documents=6, licenses=130, penalties=17,
        measures=2, fees=Decimal("96.05"), applications=7,
    ),
    "agriculture": Work(
        ("惠农补贴", "农产品质量安全", "农村宅基地", "动物防疫", "农机购置"),
        ("补贴发放明细", "宅基地审批资料"), ("惠农补贴", "质量安全", "乡村建设"),
        ("耕地地力保护补贴", "农机购置补贴", "宅基地审批"), documents=7, licenses=260, penalties=31,
        measures=2, applications=9,
    ),
    "arts": Work(
        ("公共文化服务", "文物保护", "广播电视管理"), ("文物保护范围", "演出审批"),
        ("公共文化", "文物保护"), ("文化场馆免费开放", "文物保护单位公布", "演出市场管理"),
        documents=5, licenses=88, penalties=12, applications=4,
    ),
    "tourism": Work(
        ("景区服务质量", "旅行社监管", "旅游投诉处理"), ("景区评定结果", "投诉处理结果"),
        ("景区信息", "投诉通报"), ("景区门票减免", "旅行社质量保证金", "文明旅游"),
        documents=3, licenses=40, penalties=15, applications=3,
    ),
    "culture": Work(
        ("公共文化服务", "文物保护", "旅游市场监管", "广播电视管理"),
        ("文物保护范围", "景区评定结果"), ("公共文化", "旅游服务", "文物保护"),
        ("文旅消费券", "文化场馆免费开放", "旅行社质量保证金"), documents=8, licenses=130,
        penalties=26, applications=7,
    ),
    "health": Work(
        ("医疗机构服务", "疫苗接种", "公共场所卫生", "生育支持措施"),
        ("医疗事故鉴定", "机构设置规划", "卫生监督结果"), ("医疗服务", "卫生监督", "健康知识"),
        ("育儿补贴", "家庭医生签约", "职业病防治"), documents=9, licenses=1240, penalties=156,
        measures=4, applications=16,
    ),
    "market": Work(
        ("食品药品安全抽检", "经营主体登记", "特种设备安全", "消费投诉公示", "价格监督检查"),
        ("投诉举报处理结果", "企业登记档案", "抽检报告"), ("抽检公示", "消费提示", "行政处罚公示"),
        ("个体工商户扶持", "食品小作坊登记", "明码标价"), documents=8, licenses=6420, penalties=760,
        measures=88, applications=38,
    ),
    "emergency": Work(
        ("安全生产监督检查", "自然灾害救助", "事故调查处理", "应急避难场所"),
        ("事故调查报告", "检查记录"), ("事故调查", "灾害救助", "安全提示"),
        ("安全生产举报奖励", "应急预案管理", "自然灾害救助标准"), documents=6, licenses=178,
        penalties=64, measures=5, applications=8,
    ),
    "statistics": Work(
        ("统计数据发布", "经济普查", "统计执法检查"), ("分乡镇统计数据", "普查资料"),
        ("数据发布", "统计公报"), ("统计调查制度", "经济普查登记", "统计诚信管理"),
        documents=2, penalties=3, applications=6,
    ),
    "data": Work(
        ("公共数据开放", "政务云建设", "电子证照应用"), ("系统建设合同", "数据开放目录"),
        ("数据开放", "项目建设"), ("公共数据授权运营", "电子证照互认", "政务信息化项目管理"),
        documents=3, applications=5,
    ),
    "town": Work(
        ("惠民补贴发放", "村级财务", "宅基地审批", "社会救助对象", "综合执法检查"),
        ("宅基地审批资料", "土地流转合同", "补贴发放名单"), ("惠民补贴", "村务公开", "综合执法"),
        ("医疗保险缴费", "耕地保护补贴", "危房改造"), documents=0, licenses=32, penalties=7,
        measures=1, applications=4,
    ),
    "union": Work(
        ("困难职工帮扶", "工会经费收支", "劳动竞赛和评选", "职工维权服务", "女职工权益保护"),
        ("工会经费使用情况", "评先评优结果"), ("职工帮扶", "财务公开", "评选公示"),
        ("职工互助保障", "职工疗休养", "新就业形态劳动者入会"), documents=0, applications=1,
    ),
}  # fmt: skip
DISTRICT_SHARE = 0.22  # of a city body's cases
