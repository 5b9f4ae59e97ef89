from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0021_documents'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='revision',
            index=models.Index(condition=models.Q(('state', 'published')), fields=['published_at', 'id'], name='in_force_by_publication'),
        ),
    ]
