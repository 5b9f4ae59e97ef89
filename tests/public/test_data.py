"""The open data's page, files and catalog."""

import gzip
from hashlib import sha256
from io import BytesIO

import brotli
import pytest
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, XSD

from reports.actions.open_data import build_year, note_change
from reports.exporters import bulk
from reports.models import SiteSettings
from reports.queries.open_data import years
from tests.factories import make_agency

from .shelf import put_out

pytestmark = pytest.mark.django_db
SPDX = Namespace("http://spdx.org/rdf/terms#")
SITE = {
    "name": "虚构市", "domain": "data.example.invalid", "identification_code": "9900000001",
    "icp_record": "虚构", "police_record": "虚构", "host_organization": "虚构市人民政府",
    "contact": "虚构",
}  # fmt: skip


@pytest.fixture
def built():
    put_out(year=2024)
    put_out(year=2024)
    put_out(year=2020)
    for year in (2020, 2024):
        build_year(year)


def test_the_page_says_when_and_of_how_many_reports_the_files_are(client, built):
    note_change(2024)
    page = client.get("/data/").content.decode()
    assert page.index("2024年度") < page.index("2020年度")
    assert "共 2 份报告" in page
    assert "此后又有 1 次公布、更正或者撤回" in page
    assert "知识共享署名 4.0 国际许可" in page
    for year in (2020, 2024):
        for name in (
            "reports.csv",
            "figures.csv.gz",
            "reports.jsonl",
            "reports.xlsx",
            "SHA256SUMS",
        ):
            assert f'href="/data/{year}/{name}"' in page
            assert client.get(f"/data/{year}/{name}").status_code == 200


def test_before_the_first_building_the_page_says_so(client):
    assert "还没有数据文件" in client.get("/data/").content.decode()
    note_change(2024)
    assert "正在后台生成" in client.get("/data/").content.decode()
    assert client.get("/data/2024/reports.csv").status_code == 404
    assert client.get("/data/2024/secrets.csv").status_code == 404


def test_a_file_is_sent_as_it_is_or_compressed_and_only_once(client, built):
    plain = client.get("/data/2024/figures.csv")
    content = b"".join(plain.streaming_content)
    file = next(each for each in years()[0].files if each["name"] == "figures.csv")
    assert sha256(content).hexdigest() == file["sha256"]
    assert plain["Content-Type"] == "text/csv; charset=utf-8"
    assert plain["Content-Disposition"] == 'attachment; filename="2024-figures.csv"'
    tags = {plain["ETag"]}
    for taken, encoding, unpacked in (
        ("gzip", "gzip", gzip.decompress),
        ("gzip, deflate, br", "br", brotli.decompress),
        ("gzip, br;q=0", "gzip", gzip.decompress),
    ):
        packed = client.get("/data/2024/figures.csv", headers={"Accept-Encoding": taken})
        assert packed["Content-Encoding"] == encoding
        assert packed["Vary"] == "Accept-Encoding"
        assert unpacked(b"".join(packed.streaming_content)) == content
        tags.add(packed["ETag"])
        same = {"If-None-Match": packed["ETag"], "Accept-Encoding": taken}
        again = client.get("/data/2024/figures.csv", headers=same)
        assert (again.status_code, again.content) == (304, b"")
    assert len(tags) == 3
    book = client.get("/data/2024/reports.xlsx", headers={"Accept-Encoding": "gzip, br"})
    assert "Content-Encoding" not in book
    again = client.get("/data/2024/figures.csv", headers={"If-None-Match": plain["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    asked = client.get("/data/2024/figures.csv.gz")
    assert asked["Content-Type"] == "application/gzip"
    assert gzip.decompress(b"".join(asked.streaming_content)) == content


@pytest.mark.parametrize("quality", [bulk.FINE, bulk.COARSE])
def test_a_file_of_several_blocks_is_compressed_whole(quality, monkeypatch):
    monkeypatch.setattr(bulk, "BLOCK", 1_000)
    content = "".join(f"{number},虚构市第{number % 7}局\r\n" for number in range(2_000)).encode()
    packed = BytesIO()
    bulk.pack(BytesIO(content), packed, quality)
    assert brotli.decompress(packed.getvalue()) == content
    assert len(packed.getvalue()) * 4 < len(content)


def test_a_file_is_served_without_the_database(client, built, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/data/2024/reports.xlsx").close()


@pytest.mark.parametrize("address", ["/data/", "/data/catalog.jsonld"])
def test_more_years_cost_no_more_statements(client, built, address, django_assert_num_queries):
    with django_assert_num_queries(3):
        client.get(address)
    put_out(year=2023)
    build_year(2023)
    with django_assert_num_queries(3):
        client.get(address)


def graph(client) -> Graph:
    response = client.get("/data/catalog.jsonld")
    assert response["Content-Type"] == "application/ld+json"
    return Graph().parse(data=response.content, format="json-ld")


def test_the_catalog_has_what_dcat_asks_of_every_dataset(client, built):
    SiteSettings.objects.create(pk=1, **SITE)
    found = graph(client)
    home = "https://data.example.invalid/data/"
    (catalog,) = found.subjects(RDF.type, DCAT.Catalog)
    datasets = set(found.subjects(RDF.type, DCAT.Dataset))
    assert set(found.objects(catalog, DCAT.dataset)) == datasets
    assert {str(each) for each in datasets} == {
        f"{home}#year-2024", f"{home}#year-2020", f"{home}dictionary/",
    }  # fmt: skip
    for each in (catalog, *datasets):
        for needed in (DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCTERMS.license,
                       DCTERMS.spatial, DCTERMS.language):  # fmt: skip
            assert found.value(each, needed) is not None, (each, needed)
        publisher = found.value(each, DCTERMS.publisher)
        assert str(found.value(publisher, FOAF.name)) == "虚构市人民政府"
        assert (found.value(each, DCTERMS.spatial), RDF.type, DCTERMS.Location) in found
        license = found.value(each, DCTERMS.license)
        assert (license, RDF.type, DCTERMS.LicenseDocument) in found
    for each in datasets:
        period = found.value(each, DCTERMS.temporal)
        assert found.value(period, DCAT.startDate).datatype == XSD.date
    period = found.value(URIRef(f"{home}#year-2024"), DCTERMS.temporal)
    assert found.value(period, DCAT.startDate) == Literal("2024-01-01", datatype=XSD.date)
    assert found.value(period, DCAT.endDate) == Literal("2024-12-31", datatype=XSD.date)


def test_every_distribution_leads_to_the_bytes_it_describes(client, built):
    found = graph(client)
    distributions = set(found.subjects(RDF.type, DCAT.Distribution))
    assert len(distributions) == 2 * 4 + 2
    for each in distributions:
        address = found.value(each, DCAT.downloadURL)
        assert str(found.value(each, DCAT.accessURL)) == "https://localhost/data/"
        response = client.get(str(address).removeprefix("https://localhost"))
        content = b"".join(response)
        assert str(found.value(each, DCAT.byteSize)) == str(len(content))
        assert found.value(each, DCAT.byteSize).datatype == XSD.nonNegativeInteger
        checksum = found.value(each, SPDX.checksum)
        assert found.value(checksum, SPDX.algorithm) == SPDX.checksumAlgorithm_sha256
        said = found.value(checksum, SPDX.checksumValue)
        assert (str(said).lower(), said.datatype) == (sha256(content).hexdigest(), XSD.hexBinary)
        media = str(found.value(each, DCAT.mediaType)).removeprefix(
            "https://www.iana.org/assignments/media-types/"
        )
        assert response["Content-Type"].startswith(media)
        assert found.value(each, DCTERMS.license) is not None


def test_the_sites_own_license_takes_the_place_of_the_default(client, built):
    SiteSettings.objects.create(
        pk=1, **SITE, license_name="虚构市公共数据许可", data_terms="注明来源。"
    )
    page = client.get("/data/").content.decode()
    assert "虚构市公共数据许可" in page
    assert "注明来源。" in page
    assert "creativecommons" not in page
    found = graph(client)
    (catalog,) = found.subjects(RDF.type, DCAT.Catalog)
    assert found.value(catalog, DCTERMS.license) == Literal("虚构市公共数据许可")


def test_the_dictionary_is_read_as_page_and_as_files(client):
    page = client.get("/data/dictionary/").content.decode()
    assert page.count('<th scope="row">') > 350
    assert "口径不同" in page
    assert client.get("/data/dictionary.csv")["Content-Type"] == "text/csv; charset=utf-8"
    response = client.get("/data/dictionary.json")
    assert len(response.json()["editions"]) == 2
    again = client.get("/data/dictionary.json", headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304


def test_the_catalog_names_the_regions(client, built):
    names = {str(each) for each in graph(client).objects(None, URIRef("http://www.w3.org/2004/02/skos/core#prefLabel"))}  # fmt: skip
    assert make_agency().division.name not in names
    assert len(names) == 3
