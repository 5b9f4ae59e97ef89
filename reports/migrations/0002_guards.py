from django.db import migrations

from reports.models.guards import set_guards


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]
    operations = [
        set_guards(
            following=[
                "reports_disclosurefigures",
                "reports_applicationfigures",
                "reports_remedyfigures",
            ],
            sealed=[
                "reports_disclosurefigures",
                "reports_applicationfigures",
                "reports_remedyfigures",
                "reports_revisionpart",
                "reports_verbatim",
                "reports_explanation",
            ],
            append_only=["reports_event", "reports_snapshot", "reports_storeddocument"],
        )
    ]
