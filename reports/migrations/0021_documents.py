"""Bulk files of a year's reports, and the license under which they may be used."""

import django.core.validators
from django.db import migrations, models


def ask_for_every_year(apps, schema_editor):
    """What was published before there were such files stands in none of them."""
    revisions = apps.get_model("reports", "Revision").objects.using(schema_editor.connection.alias)
    years = revisions.filter(state="published").values_list("report__year", flat=True).distinct()
    changes = apps.get_model("reports", "DataChange").objects.using(schema_editor.connection.alias)
    changes.bulk_create(changes.model(year=year) for year in sorted(set(years)))


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0020_search'),
    ]

    operations = [
        migrations.CreateModel(
            name='DataChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(db_index=True, verbose_name='年度')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='时间')),
            ],
            options={
                'verbose_name': '待更新的年度数据',
                'verbose_name_plural': '待更新的年度数据',
            },
        ),
        migrations.CreateModel(
            name='DataYear',
            fields=[
                ('year', models.PositiveSmallIntegerField(primary_key=True, serialize=False, verbose_name='年度')),
                ('reports', models.PositiveIntegerField(default=0, verbose_name='报告')),
                ('built_at', models.DateTimeField(blank=True, null=True, verbose_name='生成时间')),
                ('files', models.JSONField(default=list, verbose_name='文件')),
                ('claim', models.UUIDField(blank=True, null=True)),
                ('claimed_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': '年度数据',
                'verbose_name_plural': '年度数据',
            },
        ),
        migrations.AddField(
            model_name='sitesettings',
            name='data_terms',
            field=models.TextField(blank=True, help_text='不填时，写明年度报告是政府信息、注明来源即可使用。', verbose_name='数据使用说明'),
        ),
        migrations.AddField(
            model_name='sitesettings',
            name='license_address',
            field=models.CharField(blank=True, help_text='与数据许可一起填写，从 https:// 写起。', max_length=200, validators=[django.core.validators.URLValidator(['http', 'https'])], verbose_name='数据许可网址'),
        ),
        migrations.AddField(
            model_name='sitesettings',
            name='license_name',
            field=models.CharField(blank=True, help_text='不填时，为知识共享署名 4.0 国际许可。', max_length=80, verbose_name='数据许可'),
        ),
        migrations.RunPython(ask_for_every_year, migrations.RunPython.noop),
    ]
