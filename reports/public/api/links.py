"""Absolute addresses in answers: a program follows them as they are."""

from collections.abc import Callable

from django.http import HttpRequest
from django.urls import reverse

Links = Callable[..., str]


def links_of(request: HttpRequest) -> Links:
    """``link(name, *arguments)`` for the public addresses, on the host that was asked."""
    site = request.build_absolute_uri("/").rstrip("/")

    def link(name: str, *arguments: object) -> str:
        return site + reverse(f"public:{name}", args=arguments)

    return link
