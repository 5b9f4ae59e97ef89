"""The crispy object that draws a statutory table."""

from typing import Any

from crispy_forms.layout import TemplateNameMixin
from crispy_forms.utils import TEMPLATE_PACK
from django.template.loader import render_to_string
from django.utils.safestring import SafeString


class StatutoryTable(TemplateNameMixin):
    """Draws the form's ``drawn()`` in place of a list of fields."""

    template = "forms/statutory_table.html"

    def render(
        self, form: Any, context: Any, template_pack: str = TEMPLATE_PACK, **kwargs: Any
    ) -> SafeString:
        return render_to_string(self.template, {"table": form.drawn()})
