"""A content item that an amendment takes out stays for the plans and activities that name it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0006_register_by_day"),
    ]

    operations = [
        migrations.AddField(
            model_name="contentitem",
            name="removed_in",
            field=models.PositiveIntegerField(
                blank=True, null=True, verbose_name="bỏ ở lần sửa đổi"
            ),
        ),
        migrations.RemoveConstraint(
            model_name="contentitem",
            name="content_item_order_once",
        ),
        migrations.AddConstraint(
            model_name="contentitem",
            constraint=models.UniqueConstraint(
                condition=models.Q(("removed_in", None)),
                fields=("plan", "order"),
                name="content_item_order_once",
            ),
        ),
    ]
