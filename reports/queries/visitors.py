"""From where a request comes."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

ONE_HOME = 64  # bits: whoever has one IPv6 address has its whole network


def visitor_address(request: HttpRequest) -> str:
    """The last proxy's word where there is one (BEHIND_PROXY), else the other end of the line."""
    said: str = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        said = request.headers.get("X-Forwarded-For", "").split(",")[-1].strip() or said
    return said


def address_of(request: HttpRequest) -> str:
    """Who asks, as far as one home can be told from another."""
    said = visitor_address(request)
    try:
        address = ip_address(said)
    except ValueError:  # a socket's file: everyone behind it counts as one
        return said
    if isinstance(address, IPv6Address):
        home = ip_network((int(address), ONE_HOME), strict=False)
        return str(address.ipv4_mapped or home)
    return said
