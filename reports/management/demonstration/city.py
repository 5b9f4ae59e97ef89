"""云泽市 in 虚构省: neither exists. Codes begin with 99, telephones with 0999."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from reports.editions.bodies import BodyKind, Level


@dataclass(frozen=True)
class Region:
    code: str
    name: str
    level: Level
    parent: str = ""  # its code


@dataclass(frozen=True)
class Seat:
    """An agency of the city; ``work`` names what it does (``works.WORKS``).

    ``former`` is the name it bore until ``renamed``; a merged agency was there
    until ``closed``; ``founded`` is the first report year of a new one.
    """

    slug: str
    name: str
    kind: BodyKind
    region: str
    parent: str
    work: str
    aliases: tuple[str, ...] = ()
    former: str = ""
    renamed: date | None = None
    closed: date | None = None
    founded: int = 0
    predecessors: tuple[str, ...] = field(default=())

    def name_in(self, year: int) -> str:
        """What it was called when it reported on the year, in the January after."""
        before = self.renamed is not None and date(year + 1, 1, 31) < self.renamed
        return self.former if before else self.name


PROVINCE = Region("990000", "虚构省", Level.PROVINCE)
CITY = Region("990100", "云泽市", Level.PREFECTURE, PROVINCE.code)
DISTRICTS = {
    "lakeside": Region("990102", "临湖区", Level.COUNTY, CITY.code),
    "bridge": Region("990103", "望桥区", Level.COUNTY, CITY.code),
    "isle": Region("990121", "青屿县", Level.COUNTY, CITY.code),
}
TOWNS = (  # slug, district, name
    ("reed-bay", "lakeside", "芦湾镇"),
    ("willow-bank", "lakeside", "柳堤街道"),
    ("stone-bridge", "bridge", "石梁街道"),
    ("west-ferry", "bridge", "西津镇"),
    ("fishing-lights", "isle", "渔灯镇"),
    ("tea-hill", "isle", "茶坞乡"),
)
CITY_DEPARTMENTS = (  # slug, name after the city's, alias
    ("development", "发展和改革委员会", "发展改革委"),
    ("education", "教育局", "教育局"),
    ("police", "公安局", "公安局"),
    ("civil-affairs", "民政局", "民政局"),
    ("finance", "财政局", "财政局"),
    ("labor", "人力资源和社会保障局", "人社局"),
    ("planning", "自然资源和规划局", "自然资源局"),
    ("environment", "生态环境局", "生态环境局"),
    ("housing", "住房和城乡建设局", "住建局"),
    ("transport", "交通运输局", "交通局"),
    ("water", "水务局", "水务局"),
    ("agriculture", "农业农村局", "农业局"),
    ("health", "卫生健康委员会", "卫生健康委"),
    ("market", "市场监督管理局", "市场监管局"),
    ("emergency", "应急管理局", "应急局"),
    ("statistics", "统计局", "统计局"),
)
DISTRICT_DEPARTMENTS = ("education", "civil-affairs", "labor", "housing", "market")
MERGED_ON = date(2025, 1, 6)
RENAMED_ON = date(2024, 4, 1)


@cache
def regions() -> tuple[Region, ...]:
    """Parents before their children."""
    towns = (
        Region(
            f"{DISTRICTS[district].code}{number:03d}", name, Level.TOWN, DISTRICTS[district].code
        )
        for number, (_, district, name) in enumerate(TOWNS, 1)
    )
    return (PROVINCE, CITY, *DISTRICTS.values(), *towns)


@cache
def seats() -> tuple[Seat, ...]:
    """Every agency, a parent before its children."""
    return (*city_seats(), *(seat for slug in DISTRICTS for seat in district_seats(slug)))


def seat(slug: str) -> Seat:
    return next(each for each in seats() if each.slug == slug)


def city_seats() -> Iterator[Seat]:
    government, department = BodyKind.GOVERNMENT, BodyKind.DEPARTMENT
    city, code = CITY.name, CITY.code
    yield Seat("city", f"{city}人民政府", government, code, "", "government", ("云泽市政府",))
    for slug, name, short in CITY_DEPARTMENTS:
        aliases = (f"{city}{short}",) if short != name else ()
        yield Seat(slug, city + name, department, code, "city", slug, aliases)
    yield Seat(
        "data", f"{city}数据局", department, code, "city", "data",
        former=f"{city}大数据发展管理局", renamed=RENAMED_ON,
    )  # fmt: skip
    for slug, name in (("arts", "文化广电局"), ("tourism", "旅游局")):
        yield Seat(slug, city + name, department, code, "city", slug, closed=MERGED_ON)
    yield Seat(
        "culture", f"{city}文化广电和旅游局", department, code, "city", "culture",
        aliases=(f"{city}文广旅局",), founded=2025, predecessors=("arts", "tourism"),
    )  # fmt: skip
    yield Seat("union", f"{city}总工会", BodyKind.UNION, code, "city", "union")


def district_seats(slug: str) -> Iterator[Seat]:
    region = DISTRICTS[slug]
    named = {key: (name, short) for key, name, short in CITY_DEPARTMENTS}
    yield Seat(
        slug, f"{region.name}人民政府", BodyKind.GOVERNMENT, region.code, "city", "government",
        (f"{region.name}政府",),
    )  # fmt: skip
    for key in DISTRICT_DEPARTMENTS:
        name, short = named[key]
        aliases = (f"{region.name}{short}",) if short != name else ()
        yield Seat(
            f"{slug}-{key}",
            region.name + name,
            BodyKind.DEPARTMENT,
            region.code,
            slug,
            key,
            aliases,
        )
    for number, (town, district, name) in enumerate(TOWNS, 1):
        if district == slug:
            full = f"{region.name}{name}" + ("办事处" if name.endswith("街道") else "人民政府")
            code = f"{region.code}{number:03d}"
            yield Seat(f"{slug}-{town}", full, BodyKind.TOWN, code, slug, "town", (name,))
    yield Seat(
        f"{slug}-union", f"{region.name}总工会", BodyKind.UNION, region.code, "union", "union"
    )


def contact_of(slug: str) -> dict[str, str]:
    """Invented, each its own: office, address, postcode, telephone, e-mail."""
    number = [each.slug for each in seats()].index(slug) + 1
    place = seat(slug)
    region = next(each for each in regions() if each.code == place.region)
    where = "" if region is CITY else region.name
    return {
        "office": "政务公开科" if place.kind is BodyKind.GOVERNMENT else "办公室",
        "address": f"虚构省云泽市{where}不存在路{number * 7}号",
        "postcode": f"999{number:03d}",
        "telephone": f"0999-5550{number:03d}",
        "email": f"{slug}@example.invalid",
    }
