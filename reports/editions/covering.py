"""S1: the report of a government covers its whole area and is a sum (format.md).

Its own office is one of the bodies that are summed where it reports by itself;
where it does not, its figures come on top and the difference is explained.
"""

from .bodies import BodyKind

COVERING = frozenset({BodyKind.GOVERNMENT})  # the kinds whose report sums those below
STATEMENT = "政府的年度报告覆盖本行政区域，各表的数等于下级机关已公布报告的合计，再加上没有单独编报的本级办公机构的数"
ADVICE = "请核对；差额属于本级办公机构或者尚未公布报告的机关的，请写明说明。"
