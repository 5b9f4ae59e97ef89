"""PostgreSQL learns how bodies are spread over the tree.

A subtree is a range of paths. With a hundred steps for all paths it takes a county of
two hundred thousand bodies for two thousand of them, and reads every report to find
those of sixty; with two thousand steps it goes from the bodies to their reports.
"""

from django.db import migrations


def set_statistics(to: int):
    def run(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"ALTER TABLE reports_agency ALTER COLUMN path SET STATISTICS {to}")

    return run


class Migration(migrations.Migration):
    dependencies = [('reports', '0024_login')]
    operations = [migrations.RunPython(set_statistics(2000), set_statistics(-1))]
