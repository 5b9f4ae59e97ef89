"""What the pages of figures say of themselves to machines: a dataset with its CSV."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from .linked import DIRECTORY, Linked, Node, breadcrumbs, feed_of, license_of, organization, place

if TYPE_CHECKING:
    from .page import Site


def of_trends(site: Site, slug: str, name: str, region: str, years: Sequence[int]) -> Linked:
    """A body's figures over the years; without years only the page."""
    home = f"/agencies/{slug}/"
    title = f"{name}历年政府信息公开数据"
    steps = (DIRECTORY, (name, home), ("历年数据", f"{home}trends/"))
    graph = [breadcrumbs(site, *steps), organization(site, slug, name, region)]
    if years:
        data = dataset(site, f"{home}trends/", title, years, f"{home}trends/series.csv")
        graph.append(data | {"creator": {"@id": f"{site.address}{home}#agency"}})
    return Linked(
        f"{site.address}{home}trends/", title=title, graph=graph, feeds=[feed_of(slug, name)]
    )


def of_region(site: Site, address: str, code: str, name: str, year: int, *, data: bool) -> Linked:
    """A region's sums of a year; ``address`` is the page's own, as kinds and pages have theirs."""
    home = f"/statistics/{code}/{year}/"
    title = f"{name}{year}年度政府信息公开统计"
    steps = (("地区统计", "/statistics/"), (f"{name}{year}年度", home))
    graph = [breadcrumbs(site, *steps)]
    if data:
        said = dataset(site, home, title, (year,), f"{home}statistics.csv")
        graph.append(said | {"spatialCoverage": place(name)})
    feed = (f"{name}公布的年度报告", f"/divisions/{code}/feed.xml")
    return Linked(address, title=title, graph=graph, feeds=[feed])


def dataset(site: Site, home: str, name: str, years: Sequence[int], csv: str) -> Node:
    return {
        "@type": "Dataset",
        "@id": f"{site.address}{home}#data",
        "url": f"{site.address}{home}",
        "name": name,
        "description": f"{name}：收到和办理申请、行政复议和行政诉讼等指标的数字和说明。",
        "inLanguage": "zh-CN",
        "license": license_of(site),
        "isAccessibleForFree": True,
        "temporalCoverage": f"{min(years)}-01-01/{max(years)}-12-31",
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": "text/csv",
                "contentUrl": f"{site.address}{csv}",
            }
        ],
    }
