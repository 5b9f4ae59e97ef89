"""The withdrawals by time, for the feeds. An index alone: SQLite does not remake the table for it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0015_backup'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='event',
            index=models.Index(condition=models.Q(('verb', 'withdraw')), fields=['-at'], name='withdrawals'),
        ),
    ]
