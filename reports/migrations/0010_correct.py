"""A correction can be given up: such a text was never published and has no time of it."""

from django.db import migrations, models
from django.db.models import Q

from reports.models.guards import around_remaking

GUARDED = {
    "following": [
        "reports_disclosurefigures",
        "reports_applicationfigures",
        "reports_remedyfigures",
    ],
    "sealed": [
        "reports_disclosurefigures",
        "reports_applicationfigures",
        "reports_remedyfigures",
        "reports_revisionpart",
        "reports_verbatim",
        "reports_explanation",
    ],
    "append_only": ["reports_event", "reports_snapshot", "reports_storeddocument"],
}


class Migration(migrations.Migration):
    dependencies = [("reports", "0009_comments")]
    operations = around_remaking(
        migrations.RemoveConstraint("revision", "what_was_published_has_its_time"),
        migrations.AlterField(
            "revision",
            "state",
            models.CharField(
                "状态",
                max_length=12,
                choices=[
                    ("draft", "起草中"),
                    ("in_review", "审核中"),
                    ("approved", "已审定"),
                    ("published", "已公布"),
                    ("superseded", "已更正"),
                    ("withdrawn", "已撤回公布"),
                    ("dropped", "已放弃"),
                ],
                default="draft",
            ),
        ),
        migrations.AlterField(
            "revision", "reason", models.TextField("更正理由", blank=True)
        ),
        migrations.AddConstraint(
            "revision",
            models.CheckConstraint(
                name="what_was_published_has_its_time",
                condition=~Q(state__in=["published", "superseded", "withdrawn"])
                | Q(published_at__isnull=False),
            ),
        ),
        **GUARDED,
    )
