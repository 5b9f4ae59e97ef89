"""Every address of the site, found by walking the URL configuration."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, get_resolver


def addresses(patterns: Any = None, namespace: str = "") -> Iterator[str]:
    """The full name of every address; one without a name is an error by itself."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}"
        else:
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from addresses(pattern.url_patterns, namespace + inner)
