"""Numbers begin anew each year: the day belongs to the identity of a document."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0005_row_identity"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="legaldocument",
            name="legal_document_once",
        ),
        migrations.AddConstraint(
            model_name="legaldocument",
            constraint=models.UniqueConstraint(
                condition=models.Q(("reference", ""), _negated=True),
                fields=("province", "document_type", "reference", "issuer", "dated_on"),
                name="legal_document_once",
            ),
        ),
    ]
