"""Addresses of the public site. They are stable: what was published stays where it was."""

from django.urls import include, path, register_converter

from . import (
    agencies,
    checking,
    comparing,
    downloads,
    feeds,
    health,
    home,
    regions,
    reports,
    trends,
)
from .api.addresses import patterns
from .converters import DivisionCode, Format, Year

register_converter(Year, "year")
register_converter(Format, "format")
register_converter(DivisionCode, "division")

app_name = "public"
STATISTICS = "statistics/<division:code>/<year:year>/"
REPORT = "agencies/<slug:slug>/<year:year>/"

urlpatterns = [
    path("", home.home, name="home"),
    path("search/", home.search, name="search"),
    path("map/", home.site_map, name="map"),
    path("check/", checking.check, name="check"),
    path("agencies/", agencies.directory, name="agencies"),
    path("agencies/<slug:slug>/", agencies.agency, name="agency"),
    path("agencies/<slug:slug>/trends/", trends.trends, name="trends"),
    path("agencies/<slug:slug>/trends/series.csv", trends.trends_csv, name="trends_csv"),
    path("compare/", comparing.compare, name="compare"),
    path("compare/series.csv", comparing.compare_csv, name="compare_csv"),
    path("statistics/", regions.entrance, name="statistics"),
    path("statistics/<division:code>/", regions.newest, name="region"),
    path(STATISTICS, regions.statistics, name="region_year"),
    path(STATISTICS + "statistics.csv", regions.statistics_csv, name="region_csv"),
    path(REPORT, reports.report, name="report"),
    path(REPORT + "report.<format:extension>", downloads.download, name="download"),
    path(REPORT + "versions/<int:number>/", reports.version, name="version"),
    path(REPORT + "versions/<int:number>/changes/", reports.changes, name="changes"),
    path(
        REPORT + "versions/<int:number>/report.<format:extension>",
        downloads.download,
        name="version_download",
    ),
    path("feed.xml", feeds.feed, name="feed"),
    path("sitemap.xml", feeds.sitemap, name="sitemap"),
    path("robots.txt", feeds.robots, name="robots"),
    path("api/", include((patterns(), "api"))),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
