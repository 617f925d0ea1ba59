"""Rows of a plan get an identity that copies and revisions keep."""

from django.db import migrations, models

import plans.models.uid

MODELS = ("Clause", "ContentItem", "LegalBasis", "PlanChannel", "Quota", "Target", "Task")


def _identify(apps, schema_editor):
    """A uid of its own for every row that is there already."""
    for name in MODELS:
        model = apps.get_model("plans", name)
        for pk in model.objects.values_list("pk", flat=True).iterator():
            model.objects.filter(pk=pk).update(uid=plans.models.uid.new_uid())


class Migration(migrations.Migration):

    dependencies = [
        ('plans', '0004_plan_authoring'),
    ]

    operations = [
        migrations.AddField(
            model_name='clause',
            name='uid',
            field=models.CharField(default=plans.models.uid.new_uid, editable=False, max_length=16, verbose_name='mã dòng'),
        ),
        migrations.AddField(
            model_name='contentitem',
            name='uid',
            field=models.CharField(default=plans.models.uid.new_uid, editable=False, max_length=16, verbose_name='mã dòng'),
        ),
        migrations.AddField(
            model_name='legalbasis',
            name='uid',
            field=models.CharField(default=plans.models.uid.new_uid, editable=False, max_length=16, verbose_name='mã dòng'),
        ),
        migrations.AddField(
            model_name='planchannel',
            name='uid',
            field=models.CharField(default=plans.models.uid.new_uid, editable=False, max_length=16, verbose_name='mã dòng'),
        ),
        migrations.AddField(
            model_name='quota',
            name='uid',
            field=models.CharField(default=plans.models.uid.new_uid, editable=False, max_length=16, verbose_name='mã dòng'),
        ),
        migrations.AddField(
            model_name='target',
            name='uid',
            field=models.CharField(default=plans.models.uid.new_uid, editable=False, max_length=16, verbose_name='mã dòng'),
        ),
        migrations.AddField(
            model_name='task',
            name='uid',
            field=models.CharField(default=plans.models.uid.new_uid, editable=False, max_length=16, verbose_name='mã dòng'),
        ),
        migrations.RunPython(_identify, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='clause',
            constraint=models.UniqueConstraint(fields=('plan', 'uid'), name='clause_uid_once'),
        ),
        migrations.AddConstraint(
            model_name='contentitem',
            constraint=models.UniqueConstraint(fields=('plan', 'uid'), name='content_item_uid_once'),
        ),
        migrations.AddConstraint(
            model_name='planchannel',
            constraint=models.UniqueConstraint(fields=('plan', 'uid'), name='plan_channel_uid_once'),
        ),
        migrations.AddConstraint(
            model_name='quota',
            constraint=models.UniqueConstraint(fields=('task', 'uid'), name='quota_uid_once'),
        ),
        migrations.AddConstraint(
            model_name='target',
            constraint=models.UniqueConstraint(fields=('plan', 'uid'), name='target_uid_once'),
        ),
        migrations.AddConstraint(
            model_name='task',
            constraint=models.UniqueConstraint(fields=('plan', 'uid'), name='task_uid_once'),
        ),
        migrations.AddConstraint(
            model_name='legalbasis',
            constraint=models.UniqueConstraint(fields=('plan', 'uid'), name='basis_uid_once'),
        ),
    ]
