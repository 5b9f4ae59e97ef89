"""Addresses of the public site. They are stable: what was published stays where it was."""

from django.urls import path, register_converter

from . import agencies, checking, data, downloads, feeds, health, home, reports
from .converters import DataFile, Format, Year

register_converter(Year, "year")
register_converter(Format, "format")
register_converter(DataFile, "data_file")

app_name = "public"
REPORT = "agencies/<slug:slug>/<year:year>/"

urlpatterns = [
    path("", home.home, name="home"),
    path("search/", home.search, name="search"),
    path("map/", home.site_map, name="map"),
    path("check/", checking.check, name="check"),
    path("agencies/", agencies.directory, name="agencies"),
    path("agencies/<slug:slug>/", agencies.agency, name="agency"),
    path(REPORT, reports.report, name="report"),
    path(REPORT + "report.<format:extension>", downloads.download, name="download"),
    path(REPORT + "versions/<int:number>/", reports.version, name="version"),
    path(REPORT + "versions/<int:number>/changes/", reports.changes, name="changes"),
    path(
        REPORT + "versions/<int:number>/report.<format:extension>",
        downloads.download,
        name="version_download",
    ),
    path("data/", data.index, name="data"),
    path("data/dictionary/", data.dictionary_page, name="dictionary"),
    path("data/dictionary.csv", data.dictionary_csv, name="dictionary_csv"),
    path("data/dictionary.json", data.dictionary_json, name="dictionary_json"),
    path("data/catalog.jsonld", data.catalog_file, name="catalog"),
    path("data/<year:year>/<data_file:name>", data.file, name="data_file"),
    path("feed.xml", feeds.feed, name="feed"),
    path("sitemap.xml", feeds.sitemap, name="sitemap"),
    path("robots.txt", feeds.robots, name="robots"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
