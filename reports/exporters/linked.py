"""What a page says of itself to machines: its one address, sharing, schema.org as JSON-LD.

Plain values in, a ``Linked`` out, which ``public/linked.html`` writes into the
head. The JSON is data, which no browser runs and no policy of ours has to allow;
it is escaped so that no title can end its element.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString, mark_safe

from .bulk import FILES

if TYPE_CHECKING:
    from .catalog import Year
    from .page import Comparison, Download, Publication, Site

Node = dict[str, Any]
SCHEMA = "https://schema.org"
DATA = ("xlsx", "csv", "json")  # the formats whose content is figures
UNSAFE = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}
DIRECTORY = ("机关名录", "/agencies/")


@dataclass(frozen=True)
class Linked:
    """``canonical`` is the page's one whole address; ``feeds`` are (title, address) of its own."""

    canonical: str
    title: str = ""
    description: str = ""
    kind: str = "website"
    graph: Sequence[Node] = ()
    feeds: Sequence[tuple[str, str]] = ()

    @property
    def script(self) -> SafeString:
        """The graph as JSON that may stand in a script element."""
        said = {"@context": SCHEMA, "@graph": list(self.graph)}
        return mark_safe(json.dumps(said, ensure_ascii=False).translate(UNSAFE))


def of_home(site: Site) -> Linked:
    """The site, and how it is searched."""
    search = {
        "@type": "SearchAction",
        "target": {
            "@type": "EntryPoint",
            "urlTemplate": f"{site.address}/search/?q={{search_term_string}}",
        },
        "query-input": "required name=search_term_string",
    }
    website = website_of(site) | {"inLanguage": "zh-CN", "potentialAction": search}
    return Linked(f"{site.address}/", title=site.name, graph=[website])


def of_agency(
    site: Site, slug: str, name: str, *, others: Sequence[str] = (), region: str = ""
) -> Linked:
    """An agency with its other names, and the feed of its reports."""
    path = f"/agencies/{slug}/"
    agency = organization(site, slug, name, region)
    if others:
        agency["alternateName"] = list(others)
    return Linked(
        site.address + path,
        title=name,
        graph=[breadcrumbs(site, DIRECTORY, (name, path)), agency],
        feeds=[feed_of(slug, name)],
    )


def of_report(publication: Publication) -> Linked:
    """A report, its data and who made it; of a withdrawn one only where it stood."""
    site = publication.site
    graph = [
        breadcrumbs(site, *trail_of(publication)),
        organization(site, publication.slug, publication.agency, publication.region),
    ]
    if not publication.is_withdrawn:
        graph.append(report(publication))
        data = [each for each in publication.documents if each.format in DATA]
        if data:
            graph.append(dataset(publication, data))
    return Linked(
        site.address + publication.current_url,
        title=publication.title,
        description=publication.description,
        kind="article",
        graph=graph,
        feeds=[feed_of(publication.slug, publication.agency)],
    )


def of_data(site: Site, years: Sequence[Year]) -> Linked:
    """The bulk files: a dataset for each year, with each file's address, size and checksum."""
    home = f"{site.address}/data/"
    datasets = [year_of(site, year) for year in years]
    catalog = {
        "@type": "DataCatalog",
        "@id": f"{home}#catalog",
        "url": home,
        "name": "开放数据",
        "license": license_of(site),
        "dataset": [{"@id": each["@id"]} for each in datasets],
    }
    return Linked(
        home,
        title=f"开放数据 - {site.name}",
        graph=[breadcrumbs(site, ("开放数据", "/data/")), catalog, *datasets],
    )


def year_of(site: Site, year: Year) -> Node:
    home = f"{site.address}/data/"
    return {
        "@type": "Dataset",
        "@id": f"{home}#year-{year.year}",
        "url": f"{home}#year-{year.year}",
        "name": f"{year.year}年度政府信息公开工作年度报告数据",
        "description": f"{year.year}年度全部已公布报告（{year.reports}份）的统计数字和正文。",
        "inLanguage": "zh-CN",
        "license": license_of(site),
        "isAccessibleForFree": True,
        "temporalCoverage": f"{year.year}-01-01/{year.year}-12-31",
        "dateModified": year.built_at.isoformat(timespec="seconds"),
        "distribution": [
            {
                "@type": "DataDownload",
                "name": each.name,
                "encodingFormat": FILES[each.name][1].partition(";")[0],
                "contentUrl": f"{home}{year.year}/{each.name}",
                "contentSize": f"{each.size} B",
                "sha256": each.sha256,
            }
            for each in year.files
        ],
    }


def license_of(site: Site) -> str:
    return site.license_address or site.license_name


def of_changes(comparison: Comparison) -> Linked:
    later = comparison.later
    url = later.version.changes_url
    trail = [*trail_of(later), ("更正了哪些地方", url)]
    return Linked(
        later.site.address + url,
        title=f"{later.title}：更正了哪些地方",
        description=later.notice,
        kind="article",
        graph=[breadcrumbs(later.site, *trail)],
        feeds=[feed_of(later.slug, later.agency)],
    )


def feed_of(slug: str, name: str) -> tuple[str, str]:
    return f"{name}公布的年度报告", f"/agencies/{slug}/feed.xml"


def trail_of(publication: Publication) -> list[tuple[str, str]]:
    agency = (publication.agency, f"/agencies/{publication.slug}/")
    trail = [DIRECTORY, agency, (f"{publication.sheet.year}年度", publication.current_url)]
    if not publication.is_current:
        trail.append((f"第{publication.number}版", publication.url))
    return trail


def breadcrumbs(site: Site, *steps: tuple[str, str]) -> Node:
    """当前位置 from the home page on; steps are (name, path)."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": at, "name": name, "item": site.address + path}
            for at, (name, path) in enumerate((("首页", "/"), *steps), start=1)
        ],
    }


def website_of(site: Site) -> Node:
    address = f"{site.address}/"
    return {"@type": "WebSite", "@id": f"{address}#site", "name": site.name, "url": address}


def organization(site: Site, slug: str, name: str, region: str) -> Node:
    address = f"{site.address}/agencies/{slug}/"
    node = {
        "@type": "GovernmentOrganization",
        "@id": f"{address}#agency",
        "name": name,
        "url": address,
    }
    return node | ({"areaServed": place(region)} if region else {})


def place(region: str) -> Node:
    return {"@type": "AdministrativeArea", "name": region}


def report(publication: Publication) -> Node:
    maker = {"@id": f"{publication.site.address}/agencies/{publication.slug}/#agency"}
    node = {
        "@type": "Report",
        "@id": f"{publication.address}#report",
        "url": publication.address,
        "name": publication.title,
        "headline": publication.title,
        "description": publication.description,
        "inLanguage": "zh-CN",
        "author": maker,
        "publisher": maker,
        "datePublished": publication.first_published_at.isoformat(timespec="seconds"),
        "dateModified": publication.published_at.isoformat(timespec="seconds"),
        "version": publication.number,
        "temporalCoverage": period(publication),
        "reportNumber": publication.index_number,
        "keywords": publication.keywords,
        "isAccessibleForFree": True,
        "isPartOf": website_of(publication.site),
        "encoding": [file("MediaObject", publication, each) for each in publication.documents],
    }
    if publication.corrected and publication.notice:
        node["correction"] = {
            "@type": "CorrectionComment",
            "text": publication.notice,
            "datePublished": publication.published_at.isoformat(timespec="seconds"),
        }
    return node


def dataset(publication: Publication, data: Sequence[Download]) -> Node:
    node = {
        "@type": "Dataset",
        "@id": f"{publication.address}#data",
        "url": f"{publication.address}#downloads",
        "name": f"{publication.title}（数据）",
        "description": f"{publication.agency}{publication.sheet.year}年度政府信息公开工作的全部统计数字。",
        "inLanguage": "zh-CN",
        "creator": {"@id": f"{publication.site.address}/agencies/{publication.slug}/#agency"},
        "isBasedOn": {"@id": f"{publication.address}#report"},
        "temporalCoverage": period(publication),
        "license": license_of(publication.site),
        "isAccessibleForFree": True,
        "distribution": [file("DataDownload", publication, each) for each in data],
    }
    return node | ({"spatialCoverage": place(publication.region)} if publication.region else {})


def period(publication: Publication) -> str:
    year = publication.sheet.year
    return f"{year}-01-01/{year}-12-31"


def file(kind: str, publication: Publication, download: Download) -> Node:
    """A document at the address that stays with these very bytes."""
    base = publication.site.address + publication.current_url
    return {
        "@type": kind,
        "name": download.filename,
        "encodingFormat": download.content_type.partition(";")[0],
        "contentUrl": base + download.lasting_address,
        "contentSize": f"{download.size} B",
        "sha256": download.sha256,
    }
