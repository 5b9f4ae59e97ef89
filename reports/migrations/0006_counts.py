"""The table of the cache ``counts`` (settings.CACHES), which all processes share."""

from django.core.management import call_command
from django.db import migrations


def make_table(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("reports", "0005_tallies")]
    operations = [migrations.RunPython(make_table, migrations.RunPython.noop)]
