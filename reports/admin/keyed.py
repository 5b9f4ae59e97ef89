"""The admin's lists by key: a page begins behind a row, and costs nothing of those before it."""

from typing import Any

from django.contrib.admin.views.main import ALL_VAR, ChangeList
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from reports.queries.orderings import page_of

from . import counting

AFTER, BEFORE = "after", "before"


class KeyedChangeList(ChangeList):
    """A list whose addresses say after or before which row a page stands."""

    def get_filters(self, request: HttpRequest) -> Any:
        """A page's key is no filter; it goes when the list is filtered, searched or sorted anew."""
        for name in (AFTER, BEFORE, ALL_VAR):
            self.params.pop(name, None)
            self.filter_params.pop(name, None)
        return super().get_filters(request)

    def get_results(self, request: HttpRequest) -> None:
        """One page, and how many there are in all, as far as that is counted."""
        after, before = self.key_in(request, AFTER), self.key_in(request, BEFORE)
        size = self.list_per_page
        self.page = page_of(self.queryset, self.root_queryset, size, after=after, before=before)
        self.result_list = self.page.rows
        is_whole = self.page.before is None and self.page.after is None
        number = len(self.result_list) if is_whole else counting.counted(self.queryset)
        self.has_more_than_counted = number > counting.MOST
        self.result_count = min(number, counting.MOST)
        self.full_result_count = None
        self.show_full_result_count = False
        self.show_admin_actions = True
        # What Django's templates ask of numbered pages, of which there are none.
        self.show_all = self.can_show_all = self.multi_page = False

    def key_in(self, request: HttpRequest, name: str) -> Any:
        """The key that an address says; None for what can be none."""
        typed = request.GET.get(name)
        try:
            return None if typed is None else self.opts.pk.clean(typed, None)
        except ValidationError:
            return None

    @property
    def first_address(self) -> str:
        return self.get_query_string()

    @property
    def previous_address(self) -> str:
        key = self.page.before
        return "" if key is None else self.get_query_string({BEFORE: key})

    @property
    def next_address(self) -> str:
        key = self.page.after
        return "" if key is None else self.get_query_string({AFTER: key})


class Keyed:
    """An admin whose list is paged by key."""

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return KeyedChangeList
