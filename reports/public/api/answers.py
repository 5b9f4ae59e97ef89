"""What is answered: plain models, from which the OpenAPI document is made."""

from datetime import date, datetime
from typing import Annotated, Any, Generic, TypeVar

from django.utils import timezone
from pydantic import BaseModel, Field, PlainSerializer, WithJsonSchema

Item = TypeVar("Item")


def local(at: datetime) -> str:
    return timezone.localtime(at).isoformat(timespec="milliseconds")


Moment = Annotated[
    datetime,
    PlainSerializer(local, return_type=str),
    WithJsonSchema({"type": "string", "format": "date-time"}, mode="serialization"),
]
Link = Annotated[str, Field(json_schema_extra={"format": "uri"})]


def told(description: str, **more: Any) -> Any:
    return Field(description=description, **more)


class Page(BaseModel, Generic[Item]):
    items: list[Item] = told("本页的条目")
    next: Link | None = told("下一页的地址；没有下一页时为 null。响应头 Link 也给出")

    @classmethod
    def model_parametrized_name(cls, params: tuple[Any, ...]) -> str:
        return f"{params[0].__name__}Page"


class Named(BaseModel):
    key: str = told("标识，不会改变")
    label: str = told("名称")


class DivisionRef(BaseModel):
    code: str = told("行政区划代码")
    name: str = told("名称")


class DivisionAnswer(DivisionRef):
    level: Named = told("级别")
    parent: DivisionRef | None = told("上级区划")
    url: Link = told("本条的地址")


class AgencyRef(BaseModel):
    slug: str = told("机关的标识，用在网址中")
    name: str = told("机关全称")


class Kin(AgencyRef):
    on: date = told("承继日期")


class Alias(BaseModel):
    name: str = told("简称或曾用名")
    until: date | None = told("曾用名的停用日期；简称为 null")


class AgencyAnswer(AgencyRef):
    kind: Named = told("机关性质")
    division: DivisionRef | None = told("所在行政区划")
    parent: AgencyRef | None = told("上级机关（主管部门）")
    names: list[Alias] = told("简称和曾用名")
    predecessors: list[Kin] = told("由哪些机关承继而来")
    successors: list[Kin] = told("由哪些机关承继")
    closed_on: date | None = told("撤销日期；仍然存在的为 null")
    years: list[int] = told("有哪些年度的报告已经公布")
    url: Link = told("本条的地址")
    page: Link = told("网页")


class ReportItem(BaseModel):
    title: str = told("报告标题")
    agency: AgencyRef = told("机关的现名；报告所用的名称见 agency_name")
    agency_name: str = told("报告上的机关名称")
    division: DivisionRef | None = told("机关所在行政区划")
    kind: Named = told("机关性质")
    year: int = told("报告年度")
    edition: int = told("格式的标识，见 /editions")
    as_printed: bool = told("true：照录的历史报告，数字和错误都按原文")
    version: int = told("第几版；更正一次加一")
    published_at: Moment = told("这一版公布的时间")
    url: Link = told("本条的地址，含全部内容")
    page: Link = told("网页")


class DocumentAnswer(BaseModel):
    format: str = told("格式")
    media_type: str = told("媒体类型")
    filename: str = told("文件名")
    size: int = told("字节数")
    checksum: str = told("校验值，十六进制")
    algorithm: str = told("校验算法")
    url: Link = told("下载地址")


class VersionAnswer(BaseModel):
    number: int = told("第几版")
    state: Named = told("状态：已公布（现行）、已更正、已撤回公布")
    published_at: Moment = told("公布时间")
    reason: str = told("更正理由；第一版为空")
    url: Link | None = told("这一版的内容；已撤回的为 null")
    page: Link | None = told("网页；已撤回的为 null")


class Reason(BaseModel):
    reason: str = told("机关的说明")


class Where(BaseModel):
    part: int | None = told("第几部分；前言为 0")
    line: str | None = told("行的标识")
    column: str | None = told("列的标识")


class ExplainedFinding(BaseModel):
    code: str = told("检查项的代号")
    severity: str = told("程度")
    message: str = told("检查结果")
    place: Where = told("所在位置")
    left: str | None = told("左边的数")
    right: str | None = told("右边的数")
    explanation: Reason = told("机关随报告公布的说明")


class EquationAnswer(BaseModel):
    id: str = told("勾稽关系的代号")
    name: str = told("标识")
    label: str = told("勾稽关系的文字")
    left: list["TermAnswer"] = told("左边各项")
    right: list["TermAnswer"] = told("右边各项；空的为零")
    at_least: bool = told("true：左边不小于右边；false：两边相等")


class TermAnswer(BaseModel):
    label: str = told("这一项的名称")
    keys: list[str] = told("相加的标识")
    whole: str | None = told("另一版格式合为一项时的标识")
    sign: int = told("1 加，-1 减")
    year: int = told("0 本年度，-1 上一年度的报告")


class CellAnswer(BaseModel):
    name: str = told("数据项的全名，如 applications.natural_person.received")
    table: str = told("表的标识")
    line: str = told("行的标识")
    column: str = told("列的标识")
    line_label: str = told("行的文字")
    column_label: str = told("列的文字")
    kind: str = told("count 件数，change 增减（可以为负），amount 金额（万元）")
    computed: bool = told("true：总计，由其他数相加")
    comparable: bool = told("两版格式是否同口径，可以放进同一个序列")


class PartAnswer(Named):
    number: int = told("第几部分；前言为 0")
    table: str | None = told("这一部分的表的标识；文字部分为 null")


class EditionItem(BaseModel):
    edition: int = told("格式的标识")
    name: str = told("名称")
    order: str = told("依据的文件")
    first_year: int = told("从哪一年度起使用")
    last_year: int | None = told("用到哪一年度；现行的为 null")
    url: Link = told("数据字典的地址")


class EditionAnswer(EditionItem):
    parts: list[PartAnswer] = told("各部分")
    cells: list[CellAnswer] = told("三张表的全部数据项，按印制顺序")
    equations: dict[str, list[EquationAnswer]] = told(
        "勾稽关系：disclosure 第二部分，applications_down 第三部分逐列，applications_across "
        "第三部分逐行，remedies 第四部分逐项，continuity 与上一年度之间"
    )
    not_comparable: list[str] = told("两版格式不同口径的数据项和原因")


class FigureRow(BaseModel):
    agency: str = told("机关的标识")
    agency_name: str = told("报告上的机关名称")
    division: str | None = told("行政区划代码")
    year: int = told("报告年度")
    edition: int = told("格式的标识")
    version: int = told("第几版")
    as_printed: bool = told("true：照录的历史报告")
    name: str = told("数据项的全名")
    table: str = told("表的标识")
    line: str = told("行的标识")
    column: str = told("列的标识")
    line_label: str = told("行的文字")
    column_label: str = told("列的文字")
    kind: str = told("count 件数，change 增减，amount 金额（万元）")
    value: int | float | None = told("数；空白为 null，空白不是零")


class Segment(BaseModel):
    text: str = told("文字")
    is_hit: bool = told("是不是检索词")


class Extract(BaseModel):
    label: str = told("所在的部分")
    segments: list[Segment] = told("逐段的文字，连起来就是原文")


class SearchItem(ReportItem):
    title_segments: list[Segment] = told("标题，检索词单独成段")
    extracts: list[Extract] = told("正文中检索词所在的地方")


class SearchAnswer(Page[SearchItem]):
    words: list[str] = told("按哪些词检索的")
    too_short: list[str] = told("只有一个字、不能检索正文的词；这时没有结果，请至少写两个字")
    total: int | None = told("共有多少份；没有数完或者不是第一页时为 null")
    at_least: int = told("至少有多少份")
    is_cut: bool = told("true：只按相关度排了最近的若干份，全部的请用 order=newest")


class IndicatorAnswer(Named):
    unit: str = told("单位")
    definition: str = told("怎样计算")


class ValueAnswer(BaseModel):
    number: int | float | None = told("数；没有时为 null，原因见 why")
    blanks: int = told("有几个空白的单元格；空白不当作零，没有计入")
    why: str = told(
        "没有数的原因：no_report 没有现行报告，blank 全部空白，nothing_closed 没有办结的申请；有数时为空"
    )


class ValueOfYear(ValueAnswer):
    year: int = told("年度")


class SeriesOfIndicator(IndicatorAnswer):
    values: list[ValueOfYear] = told("逐年的数")


class YearAnswer(BaseModel):
    year: int = told("年度")
    state: str = told("in_force 有现行报告，withdrawn 已撤回公布，none 没有")
    edition: int | None = told("格式的标识")
    as_printed: bool = told("true：照录的历史报告")
    name: str = told("报告上的机关名称")


class NotComparable(BaseModel):
    figures: str = told("哪些数据项")
    reason: str = told("为什么不能放进同一个序列")


class SeriesAnswer(BaseModel):
    agency: AgencyRef = told("机关")
    years: list[YearAnswer] = told("逐年的情况")
    predecessors: list[Kin] = told("由哪些机关承继而来")
    successors: list[Kin] = told("由哪些机关承继")
    indicators: list[SeriesOfIndicator] = told("指标和逐年的数")
    not_comparable: list[NotComparable] = told("两版格式不同口径、不在序列里的数据项")
    page: Link = told("网页，有图和表")


class ValueOfIndicator(ValueAnswer):
    indicator: str = told("指标的标识")


class StatisticsRow(Named):
    bodies: int = told("应当有报告的机关数")
    published: int = told("已经公布并计入的报告数")
    values: list[ValueOfIndicator] = told("合计")


class RegionAnswer(BaseModel):
    division: DivisionRef = told("行政区划")
    year: int = told("年度")
    kind: str | None = told("只合计这一种机关；全部时为 null")
    years: list[int] = told("这个区域有哪些年度的报告")
    bodies: int = told("应当有报告的机关数")
    published: int = told("已经公布并计入的报告数")
    editions: dict[str, int] = told("按格式分的报告数")
    indicators: list[IndicatorAnswer] = told("指标")
    values: list[ValueOfIndicator] = told("合计")
    regions: list[StatisticsRow] = told("直接下级各区划")
    kinds: list[StatisticsRow] = told("按机关性质")
    page: Link = told("网页，有图和表")
