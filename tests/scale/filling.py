"""A country of any size: regions, bodies, people, and ten years of what they published.

Keys are reckoned, not drawn, so that every table is made by one statement
after another: agency ``a`` of year number ``y`` has report and revision
``y × agencies + a``. The first agencies are the governments of the regions, in
a tree of provinces, prefectures and counties; every other body stands below one
of them. Of the newest year seven in ten are published; the others are drafts, in
review and approved in equal parts. Nothing here has fingerprints
(``checker.likeness``), comments or uploads.
"""

from dataclasses import dataclass

from django.db import connection
from django.db.models import Model
from django.utils import timezone

from reports.actions import aggregating, indexing
from reports.editions import edition_for
from reports.models import (
    Agency,
    ApplicationFigures,
    AuditEntry,
    DisclosureFigures,
    Division,
    Event,
    FindingCount,
    Membership,
    NameGram,
    Notice,
    RemedyFigures,
    Report,
    Revision,
    RevisionPart,
    SearchedName,
    SearchEntry,
    Snapshot,
    StoredDocument,
    Submission,
    User,
)  # fmt: skip
from reports.queries.terms import IN_REGION, NAMED, OF_KIND, VERSION, fold, grams, terms
from reports.sheet import NARRATIVES

from . import patterns
from .loading import insert, keys_after, restored, rows_of, run, timed

OFFICES = [
    "民政局",
    "财政局",
    "教育局",
    "卫生健康局",
    "自然资源局",
    "生态环境局",
    "交通运输局",
    "水务局",
    "农业农村局",
    "商务局",
    "文化和旅游局",
    "应急管理局",
    "审计局",
    "市场监督管理局",
    "统计局",
    "医疗保障局",
    "城市管理局",
    "信访局",
    "司法局",
    "住房和城乡建设局",
]
BODIES_A_COUNTY, COUNTIES_A_CITY, CITIES_A_PROVINCE = 60, 9, 11
TABLE_PARTS = ("disclosure", "applications", "remedies")
FILES = ("pdf", "docx", "xlsx", "csv", "json")
AUTHORED_SINCE = 2019  # earlier reports are kept as they were printed


@dataclass(frozen=True)
class Size:
    """How many agencies and years; the newest year is the one that is due now."""

    agencies: int
    years: int

    @property
    def last(self) -> int:
        return timezone.localdate().year - 1

    @property
    def first(self) -> int:
        return self.last - self.years + 1

    @property
    def reports(self) -> int:
        return self.agencies * self.years

    @property
    def levels(self) -> list[tuple[str, int, int]]:
        """Of each level of regions its name, and its first and last key."""
        counties = max(1, self.agencies // (BODIES_A_COUNTY + 5))
        cities = max(1, counties // COUNTIES_A_CITY)
        provinces = max(1, cities // CITIES_A_PROVINCE)
        found, start = [], 1
        for level, number in (
            ("nation", 1), ("province", provinces), ("prefecture", cities), ("county", counties),
        ):  # fmt: skip
            found.append((level, start, start + number - 1))
            start += number
        return found

    @property
    def regions(self) -> int:
        return self.levels[-1][2]


def fill(size: Size) -> None:
    """Everything, into a database that was migrated and is empty; PostgreSQL alone."""
    if connection.vendor != "postgresql" or Agency.objects.exists():
        raise SystemExit("The database must be PostgreSQL, migrated and empty.")
    with restored():
        lay_patterns()
        place_bodies(size)
        employ_people(size)
        write_reports(size)
        tell(size)
    for model in (Agency, Division, Report, Revision, Event, User, SearchedName, Notice):
        keys_after(model)
    timed("VACUUM ANALYZE", "VACUUM ANALYZE")
    aggregating.rebuild()
    indexing.count_again()
    run("VACUUM ANALYZE")


def copied(table: str, columns: list[str], rows: list[tuple[object, ...]]) -> None:
    statement = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def lay_patterns() -> None:
    """The patterns as tables of this connection, and the terms of their texts."""
    for model, by, of in (
        (ApplicationFigures, "applicant", patterns.applications),
        (RemedyFigures, "remedy", patterns.remedies),
        (DisclosureFigures, "", lambda edition, n: {"": patterns.disclosure(edition, n)}),
    ):  # fmt: skip
        keys = model.keys()
        columns = ["p", "edition", *([by] if by else []), *keys]
        table = f"pattern_{model._meta.model_name}"
        run(f"CREATE TEMP TABLE {table} (p int, edition int, "
            + (f"{by} text, " if by else "") + ", ".join(f"{key} int" for key in keys) + ")")  # fmt: skip
        rows = [
            (n, edition.key, *([name] if by else []), *(figures.get(key) for key in keys))
            for edition, n in patterns.numbered()
            for name, figures in of(edition, n).items()
        ]
        copied(table, columns, rows)
    run("CREATE TEMP TABLE pattern_text (p int, key text, text text)")
    run("CREATE TEMP TABLE pattern_terms (p int, text text, terms text)")
    for n in range(patterns.PATTERNS):
        texts = {key: patterns.text(n, key) for key in NARRATIVES}
        copied("pattern_text", ["p", "key", "text"], [(n, *each) for each in texts.items()])
        folded = fold("\n".join(texts.values()))
        copied("pattern_terms", ["p", "text", "terms"],
               [(n, folded, " ".join(sorted(terms(folded))))])  # fmt: skip
    for table in ("applicationfigures", "remedyfigures", "disclosurefigures", "text", "terms"):
        run(f"ANALYZE pattern_{table}")


def place_bodies(size: Size) -> None:
    """Regions and their governments (of one key), the other bodies, and by what they are found."""
    parents, names = {1: 0}, {1: "虚构国"}
    paths, levels = {1: "00000001/"}, {1: "nation"}
    for (_, start, end), (level, first, last) in zip(size.levels, size.levels[1:], strict=False):
        for key in range(first, last + 1):
            parents[key] = start + (key - first) % (end - start + 1)
            kind = {"province": "省", "prefecture": "市", "county": "县"}[level]
            names[key] = f"虚构{chr(0x4E00 + key % 997)}{chr(0x6000 + key // 997)}{kind}"
            paths[key], levels[key] = f"{paths[parents[key]]}{key:08d}/", level
    copied("reports_division", ["id", "code", "name", "level", "parent_id"],
           [(key, f"99{key:06d}", names[key], levels[key], parents[key] or None)
            for key in names])  # fmt: skip
    rows, searched, grammed = [], [], []
    for key in range(1, size.agencies + 1):
        where = key if key <= size.regions else 1 + key % size.regions
        office = OFFICES[key // size.regions % len(OFFICES)]
        turn = key // size.regions // len(OFFICES)
        name = f"{names[where]}人民政府" if where == key else f"{names[where]}{office}"
        name += f"第{turn}分局" if turn and where != key else ""
        parent = parents[where] if where == key else where
        path = paths[key] if where == key else f"{paths[where]}{key:08d}/"
        kind = "government" if where == key else "town" if key % 5 == 0 else "department"
        head = fold(f"{name}\n{names[where]}")
        codes, at = [], where
        while at:
            codes.append(f"99{at:06d}")
            at = parents[at]
        found = terms(head)
        said = " ".join([*sorted(found), *(NAMED + each for each in sorted(found)),
                         OF_KIND + kind, *(IN_REGION + code for code in codes)])  # fmt: skip
        rows.append((key, name, f"scale-{key}", kind, where, parent or None, path,
                     head, f" {' '.join(codes)} ", said))  # fmt: skip
        searched.append((key, key, name, fold(name)))
        grammed += [(gram, key) for gram in grams(fold(name))]
    run("CREATE TEMP TABLE body (id bigint, name text, slug text, kind text, division_id bigint, "
        "parent_id bigint, path text, head text, regions text, terms text)")  # fmt: skip
    copied("body", ["id", "name", "slug", "kind", "division_id", "parent_id", "path", "head",
                    "regions", "terms"], rows)  # fmt: skip
    run("ANALYZE body")
    same = {key: key for key in ("id", "name", "slug", "kind", "path")}
    more = {"division": "division_id", "parent": "parent_id", "address": "'虚构大道1号'",
            "postcode": "'999001'", "telephone": "'0999-1234567'"}  # fmt: skip
    insert(Agency, same | more, "body")
    copied(table_of(SearchedName), ["id", "agency_id", "name", "folded"], searched)
    copied(table_of(NameGram), ["gram", "name_id"], grammed)


def table_of(model: type[Model]) -> str:
    return model._meta.db_table


def employ_people(size: Size) -> None:
    """An author in every body; of the governments also a supervisor, whose keys come after."""
    insert(User, {"id": "id", "username": "'author-' || id", "display_name": "'填报员' || id",
                  "password": "'!'", "is_active": "true"}, "body")  # fmt: skip
    insert(Membership, {"user": "id", "agency": "id", "role": "'author'"}, "body")
    reviewers = f"body WHERE id <= {size.regions}"
    insert(User, {"id": f"{size.agencies} + id", "username": "'supervisor-' || id",
                  "display_name": "'审核员' || id", "password": "'!'", "is_active": "true"},
           reviewers)  # fmt: skip
    insert(Membership, {"user": f"{size.agencies} + id", "agency": "id",
                        "role": "CASE WHEN id % 2 = 0 THEN 'supervisor' ELSE 'authority' END"},
           reviewers)  # fmt: skip


def write_reports(size: Size) -> None:
    """Reports, texts and figures, year by year and within it by the tree's keys."""
    states = "(ARRAY['draft','in_review','approved'])[id % 3 + 1]"
    editions = " ".join(
        f"WHEN {year} THEN {edition_for(max(year, 2019)).key}"
        for year in range(size.first, size.last + 1)
    )
    run(f"""
        CREATE TEMP TABLE made AS
        SELECT (year - {size.first})::bigint * {size.agencies} + body.id AS id, body.id AS agency,
            year, CASE year {editions} END AS edition, year < {AUTHORED_SINCE} AS as_printed,
            CASE WHEN year < {size.last} OR body.id % 10 < 7 THEN 'published' ELSE {states}
            END AS state,
            (body.id * 7 + year * 31) % {patterns.PATTERNS} AS p,
            make_timestamptz(year + 1, 1, 1, 9, 0, 0) + (body.id % 79) * interval '1 day'
                + body.id % 40000 * interval '1 second' AS at,
            coalesce(body.parent_id, 1) AS above
        FROM body, generate_series({size.first}, {size.last}) AS year ORDER BY 1
    """)
    run("ALTER TABLE made ADD PRIMARY KEY (id)")
    run("ANALYZE made")
    insert(Report, {"id": "id", "agency": "agency", "year": "year"}, "made ORDER BY id")
    insert(Revision, {
        "id": "made.id", "report": "made.id", "number": "1", "edition": "edition",
        "as_printed": "as_printed", "state": "state", "agency_name": "name",
        "title": "name || year || '年政府信息公开工作年度报告'", "signed_by": "name",
        "signed_on": "at::date", "address": "'虚构大道1号'", "created_at": "at - interval '20 days'",
        "changed_at": "at", "published_at": "CASE state WHEN 'published' THEN at END",
    }, "made JOIN body ON body.id = agency ORDER BY made.id")  # fmt: skip
    own = {"revision": "made.id", "as_printed": "as_printed", "edition": "made.edition"}
    for model in (ApplicationFigures, RemedyFigures, DisclosureFigures):
        dealt = f"pattern_{model._meta.model_name}"
        by = {ApplicationFigures: ["applicant"], RemedyFigures: ["remedy"]}.get(model, [])
        insert(model, own | {key: f"{dealt}.{key}" for key in (*by, *model.keys())},
               f"made JOIN {dealt} USING (p, edition) ORDER BY made.id")  # fmt: skip
    saved = {"revision": "made.id", "version": "1", "saved_at": "at", "saved_by": "agency"}
    insert(RevisionPart, saved | {"key": "key", "text": "pattern_text.text"},
           "made JOIN pattern_text USING (p) ORDER BY made.id")  # fmt: skip
    insert(RevisionPart, saved | {"key": "key", "text": "''"},
           f"made, unnest(ARRAY{list(TABLE_PARTS)}) AS key ORDER BY made.id")  # fmt: skip


def tell(size: Size) -> None:
    """What was done to the texts, and what is kept of those in force."""
    steps = (("start", 0), ("save_overview", 1), ("submit", 2), ("approve", 3), ("publish", 4))
    reached = (
        "CASE state WHEN 'draft' THEN 1 WHEN 'in_review' THEN 2 WHEN 'approved' THEN 3 ELSE 4 END"
    )
    named = ", ".join(f"('{verb}', {n})" for verb, n in steps)
    insert(Event, {
        "id": "made.id * 5 + step.n", "revision": "made.id", "verb": "step.verb",
        "part": "CASE step.n WHEN 1 THEN 'overview' ELSE '' END",
        "by": f"CASE WHEN step.n < 3 THEN agency ELSE {size.agencies} + above END",
        "at": "at - (5 - step.n) * interval '1 hour'",
    }, f"made JOIN (VALUES {named}) AS step (verb, n) ON step.n <= {reached} ORDER BY 1")  # fmt: skip
    handed_in = "made WHERE state <> 'draft' ORDER BY id"
    insert(Submission, {"revision": "id", "event": "id * 5 + 2", "sheet": "'{}'"}, handed_in)
    insert(FindingCount, {"revision": "id", "errors": "0", "to_explain": "0",
                          "explained": "id % 3", "hints": "id % 4"}, handed_in)  # fmt: skip
    insert(Notice, {
        "to": f"{size.agencies} + above", "kind": "'to_approve'", "key": "'event-' || id * 5 + 2",
        "revision": "id", "words": "'有一份年度报告等待审定'", "by": "agency", "at": "at",
        "read_at": "CASE WHEN state <> 'in_review' THEN at END",
    }, f"made WHERE year = {size.last} AND state <> 'draft' ORDER BY id")  # fmt: skip
    in_force = "made WHERE state = 'published' ORDER BY id"
    insert(Snapshot, {"revision": "id", "sheet": "'{}'", "findings": "'[]'", "taken_at": "at"},
           in_force)  # fmt: skip
    insert(StoredDocument, {
        "revision": "id", "format": "format", "filename": "'年度报告.' || format",
        "path": "'files/00/' || md5(id::text) || '.' || format", "size": "100000 + id % 9999",
        "checksum": "md5(id::text) || md5(format)", "algorithm": "'sha256'",
    }, f"made, unnest(ARRAY{list(FILES)}) AS format WHERE state = 'published' ORDER BY id")  # fmt: skip
    insert(AuditEntry, {
        "at": "at", "user_key": f"{size.agencies} + above",
        "username": "'supervisor-' || above", "display_name": "'审核员' || above",
        "origin": "'网页'", "verb": "'publish'", "subject_kind": "'revision'",
        "subject_key": "made.id", "subject": "name || year || '年度报告'", "agency_path": "path",
        "result": "'done'",
    }, "made JOIN body ON body.id = agency WHERE state = 'published' ORDER BY made.id")  # fmt: skip
    insert(SearchEntry, {
        "report": "made.id", "revision": "made.id", "agency": "agency", "year": "year",
        "kind": "kind", "regions": "regions", "place": "(year::bigint << 40) | made.id",
        "head": "body.head || E'\\n' || year || '年度'",
        "text": "body.head || E'\\n' || year || E'年度\\n' || pattern_terms.text",
        "terms": "body.terms || ' ' || pattern_terms.terms || ' ' || year || ' 年度 名年度'",
        "version": str(VERSION),
    }, "made JOIN body ON body.id = agency JOIN pattern_terms USING (p) "
       "WHERE state = 'published' ORDER BY made.id")  # fmt: skip


def sizes() -> list[tuple[str, int, int]]:
    """The largest tables: name, rows, bytes with their indexes."""
    return [tuple(row) for row in rows_of(
        "SELECT relname, reltuples::bigint, pg_total_relation_size(oid) FROM pg_class "
        "WHERE relkind = 'r' AND relname LIKE 'reports%' ORDER BY 3 DESC LIMIT 12"
    )]  # fmt: skip
