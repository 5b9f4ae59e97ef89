"""Sentences to choose from, by kind of body. Written for this city; nobody else's words.

A slot holds alternatives; an agency walks through them year by year, so that
two years running never say the same (``choosing``).
"""

from collections.abc import Mapping

from reports.editions.bodies import BodyKind

from .department import DEPARTMENT
from .government import GOVERNMENT
from .shared import SHARED
from .town import TOWN
from .union import UNION

Slots = Mapping[str, tuple[str, ...]]
OWN: Mapping[BodyKind, Slots] = {
    BodyKind.DEPARTMENT: DEPARTMENT,
    BodyKind.GOVERNMENT: GOVERNMENT,
    BodyKind.TOWN: TOWN,
    BodyKind.UNION: UNION,
}


def slot(kind: BodyKind, name: str) -> tuple[str, ...]:
    """The kind's own sentences for a slot, or those that any body may say."""
    own = OWN[kind].get(name)
    return own if own is not None else SHARED[name]
