"""What pages say of themselves to machines: canonical address, Open Graph, schema.org as JSON-LD."""

import json
from hashlib import sha256

import pytest
from lxml import html
from rdflib import RDF, Graph, Literal, Namespace, URIRef

from reports.actions.aggregating import count_in
from reports.actions.open_data import build_year
from reports.exporters.bulk import FILES
from reports.exporters.linked import SCHEMA
from reports.exporters.page import LICENSE_ADDRESS
from reports.models import AgencyName, SiteSettings
from reports.workflow import State
from tests.factories import make_agency, make_division

from .shelf import put_out

pytestmark = pytest.mark.django_db
S = Namespace("https://schema.org/")
SITE = "https://example.invalid"
HOSTILE = "</script><script>alert(1)</script><!--<script>\u2028&amp;]]>"
OPEN_GRAPH = {"og:type", "og:title", "og:description", "og:url", "og:site_name", "og:locale",
              "og:image", "og:image:alt"}  # fmt: skip


@pytest.fixture(autouse=True)
def website():
    return SiteSettings.objects.create(pk=1, name="虚构市年报", domain="example.invalid")


@pytest.fixture
def agency():
    division = make_division(name="虚构市")
    return make_agency("虚构市第一局", slug="bureau", division=division)


def head(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return html.fromstring(response.content)


def canonical(client, address):
    (link,) = head(client, address).xpath('//link[@rel="canonical"]/@href')
    return link.removeprefix(SITE)


def graph_of(client, address) -> Graph:
    """The page's JSON-LD as triples; its context is ours here, nothing is fetched."""
    (script,) = head(client, address).xpath('//script[@type="application/ld+json"]')
    said = json.loads(script.text)
    assert said["@context"] == SCHEMA
    dates = {
        name: {"@type": "http://www.w3.org/2001/XMLSchema#dateTime"}
        for name in ("datePublished", "dateModified")
    }
    iris = {name: {"@type": "@id"} for name in ("url", "contentUrl", "item")}
    said["@context"] = {"@vocab": str(S)} | dates | iris
    return Graph().parse(data=json.dumps(said), format="json-ld")


def only(graph: Graph, kind: URIRef) -> URIRef:
    (node,) = graph.subjects(RDF.type, kind)
    return node


def trail(graph: Graph) -> list[tuple[str, str]]:
    steps = graph.objects(only(graph, S.BreadcrumbList), S.itemListElement)
    ordered = sorted(steps, key=lambda step: graph.value(step, S.position).toPython())
    return [
        (str(graph.value(step, S.name)), str(graph.value(step, S.item)).removeprefix(SITE))
        for step in ordered
    ]


def test_a_report_is_a_report_by_its_agency(client, agency):
    revision = put_out(agency)
    graph = graph_of(client, "/agencies/bureau/2024/")
    report, maker = only(graph, S.Report), only(graph, S.GovernmentOrganization)
    assert graph.value(report, S.author) == graph.value(report, S.publisher) == maker
    assert str(graph.value(maker, S.name)) == agency.name
    assert str(graph.value(maker, S.url)) == f"{SITE}/agencies/bureau/"
    assert str(graph.value(report, S.name)) == revision.title
    assert graph.value(report, S.datePublished).toPython() == revision.published_at
    assert graph.value(report, S.isAccessibleForFree) == Literal(True)
    assert trail(graph) == [
        ("首页", "/"),
        ("机关名录", "/agencies/"),
        (agency.name, "/agencies/bureau/"),
        ("2024年度", "/agencies/bureau/2024/"),
    ]


def test_its_figures_are_a_dataset_whose_files_can_be_had(client, agency):
    revision = put_out(agency)
    graph = graph_of(client, "/agencies/bureau/2024/")
    dataset = only(graph, S.Dataset)
    assert graph.value(dataset, S.isBasedOn) == only(graph, S.Report)
    place = graph.value(dataset, S.spatialCoverage)
    assert str(graph.value(place, S.name)) == "虚构市"
    kinds = set()
    for file in graph.objects(dataset, S.distribution):
        kind = str(graph.value(file, S.encodingFormat))
        response = client.get(str(graph.value(file, S.contentUrl)).removeprefix(SITE))
        assert (response.status_code, response["Content-Type"].split(";")[0]) == (200, kind)
        kinds.add(kind)
    assert kinds == {"text/csv", "application/json"}
    stored = revision.documents.count()
    assert len(list(graph.objects(only(graph, S.Report), S.encoding))) == stored


def test_a_correction_says_so_and_an_older_text_leads_to_the_one_in_force(client, agency):
    put_out(agency)
    put_out(agency, reason="第三部分数据有误。")
    graph = graph_of(client, "/agencies/bureau/2024/")
    correction = graph.value(only(graph, S.Report), S.correction)
    assert str(graph.value(correction, S.text)) == "第三部分数据有误。"
    older = "/agencies/bureau/2024/versions/1/"
    assert canonical(client, older) == "/agencies/bureau/2024/"
    assert trail(graph_of(client, older))[-1] == ("第1版", older)
    changes = "/agencies/bureau/2024/versions/2/changes/"
    assert canonical(client, changes) == changes
    assert trail(graph_of(client, changes))[-1] == ("更正了哪些地方", changes)


def test_nothing_is_said_of_what_was_withdrawn_but_where_it_stood(client, agency):
    put_out(agency, state=State.WITHDRAWN, reason="误。")
    graph = graph_of(client, "/agencies/bureau/2024/")
    assert not list(graph.subjects(RDF.type, S.Report))
    assert not list(graph.subjects(RDF.type, S.Dataset))
    assert len(trail(graph)) == 4


def test_an_agency_is_an_organization_with_all_its_names(client, agency):
    AgencyName.objects.create(agency=agency, name="一局")
    graph = graph_of(client, "/agencies/bureau/")
    maker = only(graph, S.GovernmentOrganization)
    assert str(graph.value(maker, S.alternateName)) == "一局"
    assert trail(graph)[-1] == (agency.name, "/agencies/bureau/")


def test_the_home_page_says_how_to_search(client):
    graph = graph_of(client, "/")
    assert str(graph.value(only(graph, S.WebSite), S.name)) == "虚构市年报"
    pattern = str(graph.value(only(graph, S.EntryPoint), S.urlTemplate))
    path = pattern.removeprefix(SITE).replace("{search_term_string}", "档案")
    assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    "address", ["/", "/agencies/", "/agencies/bureau/", "/agencies/bureau/2024/", "/search/",
                "/map/", "/check/"],
)  # fmt: skip
def test_every_page_has_one_address_and_can_be_shared(client, agency, address):
    put_out(agency)
    page = head(client, address)
    said = {each.get("property"): each.get("content") for each in page.xpath("//meta[@property]")}
    assert set(said) == OPEN_GRAPH
    assert all(said.values())
    assert said["og:url"] == f"{SITE}{address}"
    assert page.xpath('//link[@rel="canonical"]/@href') == [said["og:url"]]
    assert said["og:image"].startswith(f"{SITE}/static/img/share")


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        ("/search/?year=2024&q=+档案+&kind=&utm_source=x", "/search/?q=%E6%A1%A3%E6%A1%88&year=2024"),
        ("/search/?q=%3Cb%3E%26%22", "/search/?q=%3Cb%3E%26%22"),
        ("/agencies/?page=1", "/agencies/"),
        ("/agencies/?page=2", "/agencies/?page=2"),
        ("/?utm_campaign=x", "/"),
    ],
)  # fmt: skip
def test_filters_are_always_written_the_same_way(client, asked, address):
    assert canonical(client, asked) == address


@pytest.mark.parametrize(
    ("asked", "address", "title"),
    [
        ("/search/", "/search/", "全部报告"),
        ("/search/?year=2024", "/search/?year=2024", "2024年度的报告"),
        ("/search/?kind=department&year=2024", "/search/?year=2024&kind=department", "2024年度政府部门的报告"),
        ("/search/?region=990100", "/search/?region=990100", "云泽市的报告"),
        ("/search/?year=2024&order=year&utm_source=x&q=+&foo=1", "/search/?year=2024", "2024年度的报告"),
        ("/search/?year=20x4", "/search/", "全部报告"),
    ],
)  # fmt: skip
def test_a_list_by_year_kind_or_region_may_be_found_at_its_one_address(
    client, asked, address, title
):
    put_out(make_agency(division=make_division(name="云泽市", code="990100")), 2024)
    page = head(client, asked)
    assert page.xpath('//meta[@name="robots"]') == []
    assert page.xpath('//link[@rel="canonical"]/@href') == [f"{SITE}{address}"]
    assert page.findtext(".//title").split(" - ")[0] == title
    about = page.xpath('//meta[@name="ColumnDescription"]/@content')[0]
    assert title.removesuffix("的报告").removesuffix("报告") in about


@pytest.mark.parametrize(
    "asked",
    ["/search/?q=信息", "/search/?q=信息&year=2024", "/search/?q=没有的词", "/search/?year=1999",
     "/search/?kind=union", "/search/?region=123456", "/search/?after=2024-999999"],
)  # fmt: skip
def test_a_search_by_words_an_empty_list_and_a_further_page_are_not_found(client, asked):
    put_out(make_agency(), 2024)
    assert head(client, asked).xpath('//meta[@name="robots"]/@content') == ["noindex, follow"]


def test_a_hostile_title_stays_data(client):
    agency = make_agency(HOSTILE, slug="hostile")
    put_out(agency)
    own = {"/agencies/hostile/": [], "/agencies/hostile/2024/": ["/static/js/reading.js"]}
    for address, more in own.items():
        scripts = head(client, address).xpath("//script")
        assert [each.get("src") or each.get("type") for each in scripts] == [
            "application/ld+json", "/static/js/public.js", *more,
        ]  # fmt: skip
        graph = graph_of(client, address)
        named = graph.value(only(graph, S.GovernmentOrganization), S.name)
        assert str(named) == HOSTILE


def test_the_pages_of_figures_are_datasets_with_their_csv(client, agency):
    for year in (2022, 2024):
        count_in(put_out(agency, year))
    code = agency.division.code
    bodies = "/agencies/bureau/trends/"
    region = f"/statistics/{code}/2024/"
    for address, csv, years in (
        (bodies, f"{bodies}series.csv", "2022"),
        (region, f"{region}statistics.csv", "2024"),
        (f"{region}?kind=department", f"{region}statistics.csv", "2024"),
    ):
        graph = graph_of(client, address)
        dataset = only(graph, S.Dataset)
        assert str(graph.value(dataset, S.temporalCoverage)).startswith(f"{years}-01-01/")
        assert graph.value(dataset, S.license) == Literal(LICENSE_ADDRESS)
        for needed in (S.name, S.description, S.url, S.inLanguage):
            assert graph.value(dataset, needed) is not None
        download = graph.value(dataset, S.distribution)
        assert str(graph.value(download, S.contentUrl)) == SITE + csv
        assert client.get(csv)["Content-Type"].startswith("text/csv")
        assert canonical(client, address) == address
        assert only(graph, S.BreadcrumbList)
    graph = graph_of(client, bodies)
    maker = graph.value(only(graph, S.Dataset), S.creator)
    assert str(graph.value(maker, S.name)) == "虚构市第一局"
    empty = make_agency(slug="empty")
    for address in ("/agencies/empty/trends/", f"/statistics/{empty.division.code}/2024/"):
        assert list(graph_of(client, address).subjects(RDF.type, S.Dataset)) == []


def test_the_years_of_open_data_are_datasets_with_a_license(client, agency):
    revision = put_out(agency, 2024)
    build_year(2024)
    graph = graph_of(client, "/data/")
    dataset = only(graph, S.Dataset)
    assert graph.value(dataset, S.license) == Literal(LICENSE_ADDRESS)
    found = {
        str(graph.value(each, S.contentUrl)) for each in graph.objects(dataset, S.distribution)
    }
    assert found == {f"{SITE}/data/2024/{name}" for name in FILES}
    for address in found:
        content = b"".join(client.get(address.removeprefix(SITE), headers={"Accept-Encoding": ""}))
        each = next(graph.subjects(S.contentUrl, URIRef(address)))
        assert str(graph.value(each, S.sha256)) == sha256(content).hexdigest()
    assert revision.title in client.get("/data/2024/reports.jsonl").getvalue().decode()
