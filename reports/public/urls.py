"""Addresses of the public site. They are stable: what was published stays where it was."""

from django.urls import include, path, register_converter

from . import agencies, checking, downloads, feeds, health, home, reports
from .api.addresses import patterns
from .converters import Format, Year

register_converter(Year, "year")
register_converter(Format, "format")

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
    path("feed.xml", feeds.feed, name="feed"),
    path("sitemap.xml", feeds.sitemap, name="sitemap"),
    path("robots.txt", feeds.robots, name="robots"),
    path("api/", include((patterns(), "api"))),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
