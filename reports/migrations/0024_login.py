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
        ('reports', '0023_faults'),
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
        migrations.AddField(
            model_name='user',
            name='one_session',
            field=models.BooleanField(db_default=False, default=False, editable=False, verbose_name='只允许一处登录'),
        ),
        migrations.AddField(
            model_name='user',
            name='rights_changed_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='权限变更时间'),
        ),
        migrations.AddField(
            model_name='user',
            name='sessions_from',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='会话起始时间'),
        ),
        migrations.AlterField(
            model_name='notice',
            name='kind',
            field=models.CharField(choices=[('to_approve', '有报告待审定'), ('to_publish', '有报告待公布'), ('returned', '报告被退回'), ('approved', '报告已审定'), ('published', '报告已公布'), ('withdrawn', '报告已撤回公布'), ('taken_back', '填报员收回报告'), ('due', '期限临近'), ('overdue', '超过期限'), ('digest', '下级机关期限汇总'), ('urged', '主管部门催办'), ('audit_broken', '审计记录核验有问题'), ('factor_reset', '第二重验证已重置')], max_length=12, verbose_name='种类'),
        ),
        migrations.CreateModel(
            name='SecondFactor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('secret', models.CharField(max_length=300, verbose_name='密钥（加密）')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='启用时间')),
                ('last_step', models.BigIntegerField(default=0, verbose_name='最近用过的时间段')),
                ('failures', models.PositiveSmallIntegerField(default=0, verbose_name='连续输错次数')),
                ('blocked_until', models.DateTimeField(blank=True, null=True, verbose_name='暂停到')),
                ('user', models.OneToOneField(on_delete=models.deletion.CASCADE, related_name='second_factor', to=settings.AUTH_USER_MODEL, verbose_name='用户')),
            ],
            options={
                'verbose_name': '第二重验证',
                'verbose_name_plural': '第二重验证',
            },
        ),
        migrations.CreateModel(
            name='FactorReset',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=200, verbose_name='事由')),
                ('state', models.CharField(choices=[('waiting', '待确认'), ('confirmed', '已确认'), ('refused', '未同意')], default='waiting', max_length=10, verbose_name='状态')),
                ('proposed_at', models.DateTimeField(auto_now_add=True, verbose_name='提出时间')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='办理时间')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='办理人')),
                ('proposed_by', models.ForeignKey(on_delete=models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='提出人')),
                ('user', models.ForeignKey(on_delete=models.deletion.PROTECT, related_name='factor_resets', to=settings.AUTH_USER_MODEL, verbose_name='用户')),
            ],
            options={
                'verbose_name': '第二重验证重置',
                'verbose_name_plural': '第二重验证重置',
                'ordering': ['-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('user',), name='one_waiting_reset_each'), models.CheckConstraint(condition=models.Q(('state', 'waiting'), models.Q(('decided_by__isnull', False), models.Q(('decided_by', models.F('proposed_by')), _negated=True)), _connector='OR'), name='resets_are_decided_by_a_second_person'), models.CheckConstraint(condition=models.Q(models.Q(('proposed_by', models.F('user')), _negated=True), models.Q(('decided_by', None), models.Q(('decided_by', models.F('user')), _negated=True), _connector='OR')), name='nobody_resets_their_own_factor')],
            },
        ),
        migrations.CreateModel(
            name='RecoveryCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, verbose_name='摘要')),
                ('used_at', models.DateTimeField(blank=True, null=True, verbose_name='使用时间')),
                ('factor', models.ForeignKey(on_delete=models.deletion.CASCADE, related_name='codes', to='reports.secondfactor')),
            ],
            options={
                'verbose_name': '恢复码',
                'verbose_name_plural': '恢复码',
                'constraints': [models.UniqueConstraint(fields=('factor', 'digest'), name='one_recovery_code_each')],
            },
        ),
        migrations.RunPython(begin_to_count, migrations.RunPython.noop),
    ]
