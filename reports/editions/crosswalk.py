"""Which figures of both editions may stand in one series, and why others may not.

Parts three and four say the same in both, but that the later form divides
（六）其他处理 into three. Of part two only the numbers of decided cases count the
same thing (国办公开办函〔2019〕60号 and 〔2021〕30号, the tables of 第二十条).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from .common import CLOSED, CLOSED_KEYS
from .edition_2019 import EDITION as OF_2019
from .grammar import Edition, Place

COMMON = OF_2019  # the form on which figures of both can be said
DECIDED = ("licenses_decided", "penalties_decided", "coercive_measures_decided")
WHY_NOT = (
    ("规章、规范性文件", "2019年版统计新制作、新公开和对外公开的数量，2021年版统计制发、废止和现行有效的件数，口径不同。"),
    ("项目数量和增减", "2019年版统计事项的数量，2021年版没有这些数据项。"),
    ("行政事业性收费", "2019年版统计收费项目的数量，2021年版统计收费金额。"),
    ("其他对外管理服务事项、政府集中采购", "只有2019年版有这些数据项。"),
)  # fmt: skip


@dataclass(frozen=True)
class Comparable:
    """A cell of the common form, and the cells of another edition's that it sums."""

    place: Place
    keys: tuple[str, ...]  # within the same table, as Place.key names them


def comparable(edition: Edition) -> Iterator[Comparable]:
    """The cells of the common form that an edition's figures can fill, in printed order."""
    own = {(place.part, place.key) for place in edition.places()}
    for place in COMMON.places():
        keys: tuple[str, ...] = (place.key,)
        if (place.part, place.key) not in own and place.line == CLOSED.whole:
            keys = tuple(f"{place.column}.{key}" for key in CLOSED_KEYS)
        if place.part == 2 and place.key not in DECIDED and edition is not COMMON:
            continue
        if all((place.part, key) in own for key in keys):
            yield Comparable(place, keys)


def in_series(place: Place) -> bool:
    """Whether a cell of the common form may stand in one series over both editions."""
    return place.part != 2 or place.key in DECIDED
