"""The catalog of the open data by DCAT (W3C, version 3), as JSON-LD which needs no other file."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from reports.editions import EDITIONS, NoEdition, edition_for
from reports.editions.wording import period_of

from .bulk import FILES, Built
from .dictionary import as_csv, as_json
from .page import Site

TYPE = "application/ld+json"
IANA = "https://www.iana.org/assignments/media-types/"
AUTHORITY = "http://publications.europa.eu/resource/authority/"
CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/", "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#", "skos": "http://www.w3.org/2004/02/skos/core#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
}  # fmt: skip
KEYWORDS = ("政府信息公开", "年度报告", "依申请公开", "主动公开", "行政复议", "行政诉讼")


@dataclass(frozen=True)
class Year:
    """What the catalog says of a year's files."""

    year: int
    reports: int
    built_at: datetime
    files: tuple[Built, ...]


def catalog(site: Site, years: Sequence[Year], regions: Sequence[tuple[str, str]]) -> bytes:
    """Catalog, a dataset for each year, and the dictionary; ``regions`` are codes and names."""
    home = f"{site.address}/data/"
    shared = {
        "dct:publisher": {"@id": f"{home}#publisher"},
        "dct:license": {"@id": site.license_address} if site.license_address else site.license_name,
        "dct:rights": {"@id": f"{home}#terms"},
        "dct:language": {"@id": f"{AUTHORITY}language/ZHO"},
        "dct:spatial": {"@id": f"{home}#area"},
        "dcat:theme": {"@id": f"{AUTHORITY}data-theme/GOVE"},
    }
    datasets = [*(dataset(home, each, shared) for each in years), words(home, shared)]
    newest = max((each.built_at for each in years), default=None)
    whole = {
        "@id": f"{home}catalog.jsonld",
        "@type": "dcat:Catalog",
        "dct:title": said(f"{site.name}：开放数据"),
        "dct:description": said("各机关依法公布的政府信息公开工作年度报告的全部数据，按年度提供。"),
        "foaf:homepage": {"@id": home},
        **shared,
        "dcat:dataset": [{"@id": each["@id"]} for each in datasets],
    }
    if newest:
        whole["dct:modified"] = moment(newest)
    graph = [whole, *about(home, site, regions), *datasets]
    text = json.dumps({"@context": CONTEXT, "@graph": graph}, ensure_ascii=False, indent=2)
    return f"{text}\n".encode()


def about(home: str, site: Site, regions: Sequence[tuple[str, str]]) -> Iterator[dict[str, Any]]:
    """Publisher, terms, license and area, to which the others point."""
    yield {
        "@id": f"{home}#publisher",
        "@type": "foaf:Agent",
        "foaf:name": site.host_organization,
        "foaf:homepage": {"@id": f"{site.address}/"},
    }
    yield {
        "@id": f"{home}#terms",
        "@type": "dct:RightsStatement",
        "rdfs:label": said(site.data_terms),
    }
    if site.license_address:
        yield {
            "@id": site.license_address,
            "@type": "dct:LicenseDocument",
            "dct:title": said(site.license_name),
        }
    names = regions or (("", "中华人民共和国"),)
    yield {
        "@id": f"{home}#area",
        "@type": "dct:Location",
        "skos:prefLabel": [said(name) for _, name in names],
        "dct:identifier": [code for code, _ in names if code],
    }


def dataset(home: str, year: Year, shared: dict[str, Any]) -> dict[str, Any]:
    first, last = period_of(year.year)
    own = f"{home}#year-{year.year}"
    made = {
        "@id": own,
        "@type": "dcat:Dataset",
        "dct:identifier": own,
        "dct:title": said(f"{year.year}年度政府信息公开工作年度报告数据"),
        "dct:description": said(
            f"{year.reports}份{year.year}年度报告的正文和全部法定数据项，不含已经撤回的报告。"
        ),
        "dcat:keyword": [said(word) for word in KEYWORDS],
        "dcat:landingPage": {"@id": own},
        "dct:accrualPeriodicity": {"@id": f"{AUTHORITY}frequency/ANNUAL"},
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": day(first),
            "dcat:endDate": day(last),
        },
        "dct:modified": moment(year.built_at),
        **shared,
        "dct:conformsTo": {"@id": f"{home}dictionary/"},
        "dcat:distribution": [
            distribution(home, f"{year.year}/{built.name}", built, FILES[built.name][:2], shared)
            for built in year.files
        ],
    }
    return made | {"dct:source": form_of(year.year)}


def form_of(year: int) -> str:
    try:
        return edition_for(year).order
    except NoEdition as reason:
        return str(reason)


def distribution(
    home: str, path: str, built: Built, kind: tuple[str, str], shared: dict[str, Any]
) -> dict[str, Any]:
    title, media = kind
    return {
        "@id": f"{home}{path}",
        "@type": "dcat:Distribution",
        "dct:title": said(title),
        "dcat:accessURL": {"@id": home},
        "dcat:downloadURL": {"@id": f"{home}{path}"},
        "dcat:mediaType": {"@id": f"{IANA}{media}"},
        "dcat:byteSize": {"@value": str(built.size), "@type": "xsd:nonNegativeInteger"},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": {"@value": built.sha256, "@type": "xsd:hexBinary"},
        },
        "dct:license": shared["dct:license"],
        "dct:rights": shared["dct:rights"],
    }


def words(home: str, shared: dict[str, Any]) -> dict[str, Any]:
    """The data dictionary as a dataset: what the figures' names mean."""
    files = {"dictionary.csv": ("text/csv", as_csv()), "dictionary.json": ("application/json", as_json())}  # fmt: skip
    own = f"{home}dictionary/"
    started = period_of(min(edition.years.start for edition in EDITIONS.values()))[0]
    return {
        "@id": own,
        "@type": "dcat:Dataset",
        "dct:identifier": own,
        "dct:title": said("政府信息公开工作年度报告数据字典"),
        "dct:description": said("每个数据项的标识、名称、单位、勾稽关系，以及能否跨格式比较。"),
        "dcat:keyword": [said(word) for word in (*KEYWORDS[:2], "数据字典")],
        "dcat:landingPage": {"@id": own},
        "dct:temporal": {"@type": "dct:PeriodOfTime", "dcat:startDate": day(started)},
        **shared,
        "dcat:distribution": [
            distribution(
                home,
                name,
                Built(name, len(content), sha256(content).hexdigest()),
                ("数据字典", media),
                shared,
            )
            for name, (media, content) in files.items()
        ],
    }


def said(text: str) -> dict[str, str]:
    return {"@value": text, "@language": "zh-CN"}


def day(on: date) -> dict[str, str]:
    return {"@value": on.isoformat(), "@type": "xsd:date"}


def moment(at: datetime) -> dict[str, str]:
    return {"@value": at.isoformat(timespec="seconds"), "@type": "xsd:dateTime"}
