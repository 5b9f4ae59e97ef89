"""Addresses of the public site. They are stable: what was published stays where it was."""

from django.urls import include, path, register_converter

from . import (
    agencies,
    archive,
    checking,
    comparing,
    crawlers,
    data,
    display,
    downloads,
    feeds,
    help,
    home,
    portal,
    regions,
    reports,
    searching,
    trends,
)
from .api.addresses import patterns
from .converters import Checksum, DataFile, DivisionCode, Format, SitemapPart, Year
from .fresh import fresh

register_converter(Year, "year")
register_converter(Format, "format")
register_converter(Checksum, "checksum")
register_converter(DataFile, "data_file")
register_converter(DivisionCode, "division")
register_converter(SitemapPart, "sitemap_part")

app_name = "public"
STATISTICS = "statistics/<division:code>/<year:year>/"
REPORT = "agencies/<slug:slug>/<year:year>/"

urlpatterns = [
    path("", fresh(home.home), name="home"),
    path("search/", searching.search, name="search"),
    path("map/", fresh(home.site_map), name="map"),
    path("check/", checking.check, name="check"),
    path("agencies/", fresh(agencies.directory), name="agencies"),
    path("agencies/<slug:slug>/", fresh(agencies.agency), name="agency"),
    path("agencies/<slug:slug>/trends/", trends.trends, name="trends"),
    path("agencies/<slug:slug>/trends/series.csv", trends.trends_csv, name="trends_csv"),
    path("compare/", comparing.compare, name="compare"),
    path("compare/series.csv", comparing.compare_csv, name="compare_csv"),
    path("statistics/", regions.entrance, name="statistics"),
    path("statistics/<division:code>/", regions.newest, name="region"),
    path(STATISTICS, regions.statistics, name="region_year"),
    path(STATISTICS + "statistics.csv", regions.statistics_csv, name="region_csv"),
    path("agencies/<slug:slug>/reports.zip", archive.archive, name="archive"),
    path(REPORT, reports.report, name="report"),
    path(REPORT + "portal/", portal.portal, name="portal"),
    path(REPORT + "portal/article.html", portal.article, name="portal_article"),
    path(REPORT + "report.<format:extension>", downloads.download, name="download"),
    path(
        REPORT + "files/<checksum:checksum>.<format:extension>", downloads.lasting, name="lasting"
    ),
    path(REPORT + "versions/<int:number>/", reports.version, name="version"),
    path(REPORT + "versions/<int:number>/changes/", reports.changes, name="changes"),
    path(
        REPORT + "versions/<int:number>/report.<format:extension>",
        downloads.download,
        name="version_download",
    ),
    path("help/", fresh(help.index), name="help"),
    path("help/<slug:key>/", fresh(help.manual), name="manual"),
    path("display/", display.display, name="display"),
    path("display.css", display.style, name="display_style"),
    path("data/", data.index, name="data"),
    path("data/dictionary/", data.dictionary_page, name="dictionary"),
    path("data/dictionary.csv", data.dictionary_csv, name="dictionary_csv"),
    path("data/dictionary.json", data.dictionary_json, name="dictionary_json"),
    path("data/catalog.jsonld", data.catalog_file, name="catalog"),
    path("data/<year:year>/<data_file:name>", data.file, name="data_file"),
    path("feed.xml", feeds.feed, name="feed"),
    path("agencies/<slug:slug>/feed.xml", feeds.agency, name="agency_feed"),
    path("divisions/<slug:code>/feed.xml", feeds.region, name="region_feed"),
    path("sitemap.xml", crawlers.index, name="sitemap"),
    path("sitemap-<sitemap_part:name>.xml", crawlers.part, name="sitemap_part"),
    path("robots.txt", crawlers.robots, name="robots"),
    path("api/", include((patterns(), "api"))),
]
