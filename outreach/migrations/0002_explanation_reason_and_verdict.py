import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def keep_verdicts(apps, schema_editor):
    apps.get_model("outreach", "Explanation").objects.filter(accepted_at__isnull=False).update(
        state="accepted"
    )


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0001_initial"),
        ("outreach", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="explanation",
            name="state",
            field=models.CharField(
                choices=[
                    ("open", "Chờ xem xét"),
                    ("accepted", "Được chấp nhận"),
                    ("refused", "Không được chấp nhận"),
                ],
                default="open",
                max_length=10,
                verbose_name="trạng thái",
            ),
        ),
        migrations.RunPython(keep_verdicts, migrations.RunPython.noop),
        migrations.AddField(
            model_name="explanation",
            name="reason",
            field=models.CharField(
                choices=[
                    ("content", "Thiếu nội dung, đề tài"),
                    ("staff", "Thiếu nhân sự"),
                    ("approval", "Chờ duyệt quá lâu"),
                    ("channel", "Sự cố kỹ thuật của kênh"),
                    ("reorganised", "Sắp xếp tổ chức bộ máy"),
                    ("urgent", "Nhiệm vụ đột xuất"),
                    ("other", "Khác"),
                ],
                default="other",
                max_length=20,
                verbose_name="nguyên nhân",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="explanation",
            name="unit",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agencies.unit",
            ),
        ),
        migrations.AddField(
            model_name="explanation",
            name="by_office",
            field=models.BooleanField(
                default=False, verbose_name="do Văn phòng cơ quan giải trình"
            ),
        ),
        migrations.AddField(
            model_name="explanation",
            name="refused_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="không chấp nhận lúc"),
        ),
        migrations.AddField(
            model_name="explanation",
            name="refused_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="explanation",
            name="refused_reason",
            field=models.TextField(blank=True, verbose_name="lý do không chấp nhận"),
        ),
        migrations.AddConstraint(
            model_name="explanation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("refused_at", None), ("refused_by", None), ("refused_reason", "")
                )
                | (
                    models.Q(("refused_at__isnull", False), ("refused_by__isnull", False))
                    & ~models.Q(("refused_reason", ""))
                ),
                name="explanation_refused_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="explanation",
            constraint=models.CheckConstraint(
                condition=models.Q(("accepted_at", None), ("refused_at", None), ("state", "open"))
                | models.Q(("accepted_at__isnull", False), ("state", "accepted"))
                | models.Q(("refused_at__isnull", False), ("state", "refused")),
                name="explanation_state_known",
            ),
        ),
    ]
