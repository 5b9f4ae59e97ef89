"""Drawing public pages outside of a request, and finding those whose drawing was cut off."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from time import monotonic

from django.core.management import call_command
from django.db.models import Exists, OuterRef, QuerySet
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from reports.actions.publishing import draw_missing_pages, draw_pages, has_page
from reports.models import Event, Report, Revision
from reports.workflow import PUBLIC

LOOKED_AT = 200  # reports a beat of the clock: the newest events' and the next of the round
AHEAD = 20  # drawings in the queue at a time, so that nobody's publication stands behind them
FIRST_REST, LONGEST_REST = 60.0, 3600.0  # seconds before a page that is still missing is asked for


@task()
def draw_report_pages(report_pk: int) -> None:
    """One report's pages."""
    draw_pages(report_pk)


@task()
def draw_if_missing(report_pk: int) -> None:
    """One report's pages, after the drawing at publication was cut off."""
    draw_missing_pages(report_pk)


@task()
def redraw_all_pages() -> None:
    """Every page: after a change of the site's settings, which stand on each."""
    call_command("redraw_pages", if_stale=True)


def public_reports() -> QuerySet[Report]:
    texts = Revision.objects.filter(report=OuterRef("pk"), state__in=sorted(PUBLIC))
    return Report.objects.filter(Exists(texts)).order_by("pk")


@dataclass
class Round:
    """What one worker's clock has seen of the pages on disk; a round ends and begins anew.

    A page is asked for when it is missing at two looks: between a commit and the end of the
    drawing it is missing for a moment. One that stays missing is asked for less and less often.
    """

    clock: Callable[[], float] = monotonic
    at: int = 0  # the last report looked at
    missing: set[int] = field(default_factory=set)
    resting: dict[int, tuple[float, float]] = field(default_factory=dict)  # until, and how long

    def take_up(self) -> int:
        """Ask for pages that are missing: for the worker's clock; returns how many."""
        looked_at = {pk: has_page(slug, year) for pk, slug, year in self.next_reports()}
        missing = {pk for pk, there in looked_at.items() if not there}
        for pk in looked_at.keys() - missing:
            self.resting.pop(pk, None)
        again = missing & self.missing
        # Looked at once more at the next beat, when the round is past them; of very many the newest.
        self.missing = set(sorted(missing)[-LOOKED_AT:])
        asked = [pk for pk in sorted(again) if self.resting.get(pk, (0.0, 0.0))[0] <= self.clock()]
        return self.ask(asked) if asked else 0

    def next_reports(self) -> Iterable[tuple[int, str, int]]:
        """Key, slug and year of those that were missing, the newest events', and the round's next."""
        rows = public_reports().values_list("pk", "agency__slug", "year")
        newest = Event.objects.order_by("-pk").values_list("revision__report", flat=True)
        following = list(rows.filter(pk__gt=self.at)[:LOOKED_AT])
        self.at = following[-1][0] if len(following) == LOOKED_AT else 0
        return {*rows.filter(pk__in={*newest[:LOOKED_AT], *self.missing}), *following}

    def ask(self, wanted: Iterable[int]) -> int:
        ready = DBTaskResult.objects.ready().filter(task_path=draw_if_missing.module_path)
        queued = {given["args"][0] for given in ready.values_list("args_kwargs", flat=True)}
        new = [pk for pk in wanted if pk not in queued][: max(0, AHEAD - len(queued))]
        for pk in new:
            rest = min(self.resting.get(pk, (0.0, FIRST_REST / 2))[1] * 2, LONGEST_REST)
            self.resting[pk] = (self.clock() + rest, rest)
            draw_if_missing.enqueue(pk)
        return len(new)
