from django.conf import settings
from django.db import migrations, models
from django.utils import timezone


def begin_to_count(apps, schema_editor):
    """Passwords grow old from the day this is installed, so that nobody is stopped by an upgrade."""
    user = apps.get_model("reports", "User")
    own = user.objects.filter(password_issued_at=None).exclude(password="")
    own.exclude(password__startswith="!").update(password_changed_at=timezone.now())


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0019_agencies'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='password_changed_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='密码修改时间'),
        ),
        migrations.CreateModel(
            name='FormerPassword',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='密码摘要')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='设置时间')),
                ('user', models.ForeignKey(on_delete=models.deletion.CASCADE, related_name='former_passwords', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '用过的密码',
                'verbose_name_plural': '用过的密码',
                'ordering': ['-pk'],
            },
        ),
        migrations.RunPython(begin_to_count, migrations.RunPython.noop),
    ]
