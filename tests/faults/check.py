"""What the database and the disk say after a fault, against what people were told.

Run with the site's own settings and the round's journal; prints JSON: for each kind of act how
often it was tried, confirmed, told as not done, lost and doubled, and a sentence for whatever
else is not as it must be.
"""

import json
import re
import sys
from collections import Counter, defaultdict
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db.models import Count  # noqa: E402
from django_tasks_db.models import DBTaskResult  # noqa: E402

from reports.actions import publishing  # noqa: E402
from reports.actions.aggregating import differences_from_raw  # noqa: E402
from reports.actions.verifying import verify  # noqa: E402
from reports.models import (  # noqa: E402
    AuditEntry,
    Batch,
    BatchItem,
    DraftInput,
    Event,
    Notice,
    Revision,
    RevisionPart,
    ScheduledPublication,
    Snapshot,
    StoredDocument,
    Upload,
)
from reports.workflow import PUBLIC  # noqa: E402
from tests.faults.light import go_light  # noqa: E402

go_light()

MOVES = ("submit", "approve", "publish")
DRAFT_NUMBER = re.compile(r"第(\d+)稿")
Attempts = list[dict[str, Any]]


class Tally:
    """Of one kind of act."""

    def __init__(self, attempts: Attempts) -> None:
        outcomes = Counter(each["outcome"] for each in attempts)
        self.tried, self.confirmed = len(attempts), outcomes["confirmed"]
        self.told, self.lost, self.doubled = outcomes["told"], 0, 0

    def as_json(self) -> dict[str, int]:
        return dict(self.__dict__)


def of_key(attempts: Attempts) -> dict[Any, Attempts]:
    by_key: dict[Any, Attempts] = defaultdict(list)
    for each in attempts:
        by_key[each["key"]].append(each)
    return by_key


def marks(attempts: Attempts, *outcomes: str) -> list[int]:
    return [each["mark"] for each in attempts if each["outcome"] in outcomes]


def number_in(text: str) -> int:
    found = DRAFT_NUMBER.search(text)
    return int(found[1]) if found else 0


def saves(attempts: Attempts) -> Tally:
    """Each confirmed save is an event and a version; the text is the last one's or a later one's."""
    count = Tally(attempts)
    for pk, own in of_key(attempts).items():
        part = RevisionPart.objects.get(revision=pk, key="overview")
        events = Event.objects.filter(revision=pk, verb="save_overview").count()
        confirmed = marks(own, "confirmed")
        count.lost += max(0, len(confirmed) - events)
        count.lost += number_in(part.text) < max(confirmed, default=0)
        possible = len(confirmed) + len(marks(own, "unknown"))
        count.doubled += max(0, events - possible) + abs(part.version - 1 - events)
    return count


def shared(attempts: Attempts) -> Tally:
    """Of many in one part: each confirmed save is an event and a version, the last one stands.

    Whoever was told that another had been quicker has their text kept.
    """
    count = Tally(attempts)
    for key, own in of_key(attempts).items():
        pk, name = key.split(":")
        part = RevisionPart.objects.get(revision=pk, key=name)
        events = Event.objects.filter(revision=pk, verb=f"save_{name}").count()
        confirmed = marks(own, "confirmed")
        count.lost += max(0, len(confirmed) - events) + (number_in(part.text) not in confirmed)
        possible = len(confirmed) + len(marks(own, "unknown"))
        count.doubled += max(0, events - possible) + abs(part.version - 1 - events)
    return count


def keeps(attempts: Attempts) -> Tally:
    count = Tally(attempts)
    for pk, own in of_key(attempts).items():
        kept = DraftInput.objects.filter(revision=pk, part="problems")
        text = kept[0].content.get("text", "") if kept else ""
        count.lost += number_in(text) < max(marks(own, "confirmed"), default=0)
        count.doubled += max(0, len(kept) - 1)
    return count


def moves(verb: str, attempts: Attempts) -> Tally:
    count = Tally(attempts)
    for pk, own in of_key(attempts).items():
        events = Event.objects.filter(revision=pk, verb=verb).count()
        count.lost += bool(marks(own, "confirmed")) and not events
        count.doubled += max(0, events - 1)
    return count


def batches(attempts: Attempts) -> Tally:
    """Every line of a confirmed batch is done, once, or says why not."""
    count = Tally(attempts)
    count.told = 0
    for token, own in of_key(attempts).items():
        verb, keys = own[0]["mark"]
        batch = Batch.objects.filter(token=token).first()
        if not any(each["outcome"] == "confirmed" for each in own) and batch is None:
            continue
        items = list(BatchItem.objects.filter(batch=batch)) if batch else []
        count.lost += len(keys) - len(items)
        for item in items:
            events = Event.objects.filter(revision=item.revision_id, verb=verb).count()
            waits, done = item.state == "waiting", item.state == "done"
            count.told += item.state == "refused" and bool(item.sentence)
            count.lost += waits or (done and not events)
            count.doubled += max(0, events - 1)
    return count


def schedules(attempts: Attempts) -> Tally:
    count = Tally(attempts)
    for pk, own in of_key(attempts).items():
        events = list(Event.objects.filter(revision=pk, verb="publish"))
        set_times = ScheduledPublication.objects.filter(revision=pk)
        told = set_times.filter(state="refused").exclude(sentence="").exists()
        count.told += told
        confirmed = marks(own, "confirmed")
        count.lost += bool(confirmed) and not events and not told
        count.doubled += max(0, len(events) - 1)
        due = min((datetime.fromisoformat(each["mark"]) for each in own), default=None)
        count.doubled += bool(events and due and events[0].at < due)  # too early is worse
    return count


def uploads(attempts: Attempts) -> Tally:
    count = Tally(attempts)
    for name, own in of_key(attempts).items():
        rows = list(Upload.objects.filter(filename=name).exclude(state="twin"))
        ended = {"read", "stored", "known"}
        confirmed = marks_of_any(own)
        count.lost += confirmed and not any(each.state in ended for each in rows)
        count.doubled += max(0, len([each for each in rows if each.state != "known"]) - 1)
        for row in rows:
            gone = row.held and not (Path(settings.UPLOAD_ROOT) / str(row.pk)).is_file()
            count.lost += gone
    return count


def marks_of_any(attempts: Attempts) -> bool:
    return any(each["outcome"] == "confirmed" for each in attempts)


def stores(attempts: Attempts) -> Tally:
    count = Tally(attempts)
    for name, own in of_key(attempts).items():
        revisions = Revision.objects.filter(report__agency=own[0]["mark"]).count()
        stored = Upload.objects.filter(filename=name, state="stored").count()
        count.lost += marks_of_any(own) and not (revisions and stored)
        count.doubled += max(0, revisions - 1)
    return count


def troubles() -> list[str]:
    """What must hold whatever happened."""
    found = [str(fault) for fault in verify()] + list(differences_from_raw())
    found += [f"snapshot {each}" for each in snapshots()]
    running = DBTaskResult.objects.running().count()
    if running:
        found.append(f"{running} tasks are still in a worker's hand")
    events = Event.objects.count()
    noted = AuditEntry.objects.filter(detail__has_key="event", result="done").count()
    if events != noted:
        found.append(f"{events} events and {noted} entries of the audit trail that name one")
    repeated = Notice.objects.values("to", "kind", "key").annotate(n=Count("pk")).filter(n__gt=1)
    return found + [f"notice told twice: {each}" for each in repeated]


def snapshots() -> list[str]:
    """Each published text has one, with every document on disk as it was kept."""
    said = []
    public = Revision.objects.filter(state__in=sorted(PUBLIC), as_printed=False)
    without = public.filter(snapshot=None).count()
    early = Snapshot.objects.exclude(revision__state__in=sorted(PUBLIC)).count()
    if without or early:
        said.append(f"{without} published texts without one, {early} of texts not published")
    for snapshot in Snapshot.objects.all():
        documents = StoredDocument.objects.filter(revision=snapshot.revision_id)
        if sorted(each.format for each in documents) != sorted(publishing.KEPT_FORMATS):
            said.append(f"{snapshot.revision_id}: {len(documents)} documents")
        for each in documents:
            path = Path(settings.PUBLISHED_ROOT) / each.path
            if not path.is_file() or sha256(path.read_bytes()).hexdigest() != each.checksum:
                said.append(f"{snapshot.revision_id}: {each.format} is not what was kept")
    return said


def waiting() -> int:
    """What the workers still have to do."""
    return (
        DBTaskResult.objects.ready().count()
        + DBTaskResult.objects.running().count()
        + BatchItem.objects.filter(state="waiting").count()
        + ScheduledPublication.objects.filter(state="waiting").count()
        + Upload.objects.filter(held=True, state__in=["waiting", "reading"]).count()
    )


def main(path: str) -> None:
    attempts: Attempts = json.loads(Path(path).read_text())
    kinds: dict[str, Any] = {
        "save": saves, "shared": shared, "keep": keeps, "batch": batches, "schedule": schedules,
        "upload": uploads, "store": stores,
    } | {verb: lambda own, verb=verb: moves(verb, own) for verb in MOVES}  # fmt: skip
    counts = {}
    for kind, counted in kinds.items():
        own = [each for each in attempts if each["kind"] == kind]
        counts[kind] = counted(own).as_json()
    published = list(
        Revision.objects.filter(state="published").values_list(
            "report__agency__slug", "report__year"
        )
    )
    print(json.dumps({"counts": counts, "troubles": troubles(), "published": published}))


if __name__ == "__main__":
    if sys.argv[1] == "waiting":
        print(waiting())
    else:
        main(sys.argv[1])
