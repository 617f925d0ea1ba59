"""A proposal that a newer one takes the place of was not declined by anybody."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("plans", "0008_target_value_later"),)

    operations = (
        migrations.AlterField(
            model_name="proposal",
            name="state",
            field=models.CharField(
                choices=[
                    ("open", "Chờ xem xét"),
                    ("accepted", "Đã tiếp thu"),
                    ("declined", "Không tiếp thu"),
                    ("replaced", "Đã có đề xuất mới hơn"),
                ],
                default="open",
                max_length=8,
                verbose_name="trạng thái",
            ),
        ),
    )
