import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0001_initial'),
        ('jobs', '0001_initial'),
        ('plans', '0001_initial'),
        ('reporting', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='run',
            name='plan',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='plans.plan'),
        ),
        migrations.AlterField(
            model_name='run',
            name='format',
            field=models.CharField(choices=[('pdf', 'PDF'), ('docx', 'Word (DOCX)'), ('xlsx', 'Excel (XLSX)')], max_length=4, verbose_name='định dạng'),
        ),
        migrations.AlterField(
            model_name='run',
            name='period',
            field=models.CharField(blank=True, max_length=8, verbose_name='kỳ'),
        ),
        migrations.AlterField(
            model_name='run',
            name='report',
            field=models.CharField(choices=[('consolidated', 'Báo cáo tổng hợp toàn tỉnh'), ('plan', 'Văn bản kế hoạch')], max_length=20, verbose_name='báo cáo'),
        ),
        migrations.AlterField(
            model_name='scheduledrun',
            name='format',
            field=models.CharField(choices=[('pdf', 'PDF'), ('docx', 'Word (DOCX)'), ('xlsx', 'Excel (XLSX)')], max_length=4, verbose_name='định dạng'),
        ),
        migrations.AlterField(
            model_name='scheduledrun',
            name='report',
            field=models.CharField(choices=[('consolidated', 'Báo cáo tổng hợp toàn tỉnh'), ('plan', 'Văn bản kế hoạch')], max_length=20, verbose_name='báo cáo'),
        ),
        migrations.AddConstraint(
            model_name='run',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('period', ''), ('plan__isnull', False), ('report', 'plan')), models.Q(models.Q(('report', 'plan'), _negated=True), ('plan', None), models.Q(('period', ''), _negated=True)), _connector='OR'), name='run_of_a_plan_or_a_period'),
        ),
    ]
