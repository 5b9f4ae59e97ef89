"""The queues of a province and a nation begin at an end of an index instead of sorting all texts."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0025_scale'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='revision',
            index=models.Index(fields=['-changed_at', '-id'], name='revisions_by_change'),
        ),
        migrations.AddIndex(
            model_name='revision',
            index=models.Index(condition=models.Q(('state__in', ['approved', 'in_review'])), fields=['changed_at', 'id'], name='revisions_in_turn'),
        ),
    ]
