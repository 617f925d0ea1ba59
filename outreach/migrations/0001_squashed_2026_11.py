"""The tables as they stood in November 2026: a new installation makes them at once."""

import cchc.lib.clock
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


_LEXEMES = (
    "array_to_tsvector(string_to_array(substr(rtrim(folded_title)"
    " || replace(rtrim(folded_title), ' ', ' a' || ((id >> 13)::text) || ':')"
    " || replace(rtrim(folded_title), ' ', ' b' || ((id >> 16)::text) || ':'), 2), ' '))"
)
_INDEXES = {
    # Without a pending list: every search would have to read it.
    "activity_words": f"USING gin ({_LEXEMES}) WITH (fastupdate = off)",
    "activity_province_newest": "(province_id, id DESC) INCLUDE (folded_title, agency_id)",
    "activity_agency_newest": "(agency_id, id DESC) INCLUDE (folded_title)",
}


def index_words(apps, schema_editor):
    """Index the words of the titles, and the titles in the order of the list."""
    if schema_editor.connection.vendor == "postgresql":
        for name, columns in _INDEXES.items():
            schema_editor.execute(f"CREATE INDEX {name} ON outreach_activity {columns}")


def drop_words(apps, schema_editor):
    """Drop them."""
    if schema_editor.connection.vendor == "postgresql":
        for name in _INDEXES:
            schema_editor.execute(f"DROP INDEX {name}")


class Migration(migrations.Migration):
    replaces = [
        ("outreach", "0001_initial"),
        ("outreach", "0002_explanation_reason_and_verdict"),
        ("outreach", "0003_evidence_kept"),
        ("outreach", "0004_activity_review_and_reminders"),
        ("outreach", "0005_title_search"),
    ]

    dependencies = [
        ("agencies", "0002_internal_clearance"),
        ("jobs", "0002_daily_runs"),
        ("plans", "0001_squashed_2026_11"),
    ]

    operations = [
        migrations.CreateModel(
            name="Activity",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("news", "Tin"),
                            ("article", "Bài viết"),
                            ("reportage", "Phóng sự"),
                            ("video", "Video"),
                            ("broadcast", "Phát thanh, truyền hình"),
                            ("meeting", "Hội nghị, cuộc họp lồng ghép"),
                            ("dialogue", "Đối thoại, họp mặt"),
                            ("contest", "Hội thi, cuộc thi"),
                            ("poster", "Pa nô, áp phích, tờ rơi"),
                            ("posted_procedures", "Niêm yết thủ tục hành chính"),
                            ("document", "Văn bản (kế hoạch, báo cáo, quyết định …)"),
                        ],
                        max_length=20,
                        verbose_name="loại",
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="tiêu đề")),
                (
                    "folded_title",
                    models.CharField(
                        editable=False, max_length=620, verbose_name="tiêu đề không dấu"
                    ),
                ),
                ("summary", models.TextField(blank=True, verbose_name="tóm tắt")),
                (
                    "author_name",
                    models.CharField(blank=True, max_length=120, verbose_name="tác giả"),
                ),
                ("held_on", models.DateField(blank=True, null=True, verbose_name="ngày thực hiện")),
                (
                    "attendance",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="số người tham dự"
                    ),
                ),
                (
                    "entered_at",
                    models.DateTimeField(default=cchc.lib.clock.now, verbose_name="nhập lúc"),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="activities",
                        to="agencies.agency",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "content_items",
                    models.ManyToManyField(
                        blank=True, related_name="activities", to="plans.contentitem"
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.province",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="activities",
                        to="agencies.unit",
                    ),
                ),
                (
                    "document_number",
                    models.CharField(blank=True, max_length=60, verbose_name="số, ký hiệu văn bản"),
                ),
                (
                    "document_on",
                    models.DateField(blank=True, null=True, verbose_name="ngày văn bản"),
                ),
                (
                    "joint_units",
                    models.ManyToManyField(
                        blank=True, related_name="joint_activities", to="agencies.unit"
                    ),
                ),
                (
                    "quantity",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="số lượng"),
                ),
                (
                    "reach",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="lượt xem, nghe, tiếp cận"
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="activities",
                        to="plans.task",
                    ),
                ),
                (
                    "title_order",
                    models.CharField(
                        default="", editable=False, max_length=900, verbose_name="khóa sắp xếp"
                    ),
                ),
                ("venue", models.CharField(blank=True, max_length=200, verbose_name="địa điểm")),
            ],
            options={
                "verbose_name": "hoạt động tuyên truyền",
                "indexes": [
                    models.Index(
                        fields=["province", "-entered_at", "-id"], name="activity_province_at"
                    ),
                    models.Index(
                        fields=["agency", "-entered_at", "-id"], name="activity_agency_at"
                    ),
                    models.Index(
                        fields=["province", "title_order", "id"], name="activity_province_title"
                    ),
                    models.Index(
                        fields=["agency", "title_order", "id"], name="activity_agency_title"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="activity_has_title"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Explanation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(verbose_name="nội dung giải trình")),
                (
                    "given_at",
                    models.DateTimeField(default=cchc.lib.clock.now, verbose_name="giải trình lúc"),
                ),
                (
                    "accepted_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="chấp nhận lúc"),
                ),
                (
                    "accepted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "obligation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="explanations",
                        to="plans.obligation",
                    ),
                ),
                (
                    "state",
                    models.CharField(
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
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("content", "Thiếu nội dung, đề tài"),
                            ("staff", "Thiếu nhân sự"),
                            ("approval", "Chờ duyệt quá lâu"),
                            ("channel", "Sự cố kỹ thuật của kênh"),
                            ("reorganised", "Sắp xếp tổ chức bộ máy"),
                            ("urgent", "Nhiệm vụ đột xuất"),
                            ("other", "Khác"),
                        ],
                        max_length=20,
                        verbose_name="nguyên nhân",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.unit",
                    ),
                ),
                (
                    "by_office",
                    models.BooleanField(
                        default=False, verbose_name="do Văn phòng cơ quan giải trình"
                    ),
                ),
                (
                    "refused_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="không chấp nhận lúc"),
                ),
                (
                    "refused_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "refused_reason",
                    models.TextField(blank=True, verbose_name="lý do không chấp nhận"),
                ),
            ],
            options={
                "verbose_name": "giải trình",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="explanation_says_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("accepted_at", None), ("accepted_by", None)),
                            models.Q(
                                ("accepted_at__isnull", False), ("accepted_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="explanation_accepted_at_and_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("refused_at", None), ("refused_by", None), ("refused_reason", "")
                            ),
                            models.Q(
                                ("refused_at__isnull", False),
                                ("refused_by__isnull", False),
                                models.Q(("refused_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="explanation_refused_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("accepted_at", None), ("refused_at", None), ("state", "open")
                            ),
                            models.Q(("accepted_at__isnull", False), ("state", "accepted")),
                            models.Q(("refused_at__isnull", False), ("state", "refused")),
                            _connector="OR",
                        ),
                        name="explanation_state_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "secret",
                    models.CharField(
                        max_length=64, unique=True, verbose_name="SHA-256 của mã bí mật"
                    ),
                ),
                ("made_on", models.DateField(verbose_name="ngày tạo")),
                (
                    "revoked_on",
                    models.DateField(blank=True, null=True, verbose_name="ngày thu hồi"),
                ),
                (
                    "fetched_on",
                    models.DateField(blank=True, null=True, verbose_name="ngày đọc gần nhất"),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calendar_feeds",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "địa chỉ lịch cá nhân",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_on", None)),
                        fields=("user",),
                        name="calendar_feed_one_open",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Digest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(verbose_name="ngày")),
                ("lines", models.JSONField(default=list, verbose_name="nội dung")),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, verbose_name="thư điện tử"),
                ),
                (
                    "mail_state",
                    models.CharField(
                        choices=[
                            ("not_wanted", "Không gửi thư"),
                            ("waiting", "Chờ gửi"),
                            ("sending", "Đang gửi"),
                            ("sent", "Đã gửi"),
                            ("failed", "Không gửi được"),
                        ],
                        max_length=12,
                        verbose_name="gửi thư",
                    ),
                ),
                (
                    "mail_tries",
                    models.PositiveSmallIntegerField(default=0, verbose_name="số lần gửi thư"),
                ),
                (
                    "mail_tried",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="lần gửi thư gần nhất"
                    ),
                ),
                (
                    "mail_error",
                    models.CharField(blank=True, max_length=300, verbose_name="lỗi gửi thư"),
                ),
                ("read_on", models.DateField(blank=True, null=True, verbose_name="ngày đọc")),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.province",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="digests",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "thông báo nhắc việc",
                "indexes": [
                    models.Index(
                        condition=models.Q(("mail_state", "waiting")),
                        fields=["mail_state", "day"],
                        name="digest_to_mail",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("user", "day"), name="digest_once_a_day")
                ],
            },
        ),
        migrations.CreateModel(
            name="ReminderSettings",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by_email", models.BooleanField(default=True, verbose_name="gửi thư điện tử")),
                (
                    "days_before",
                    models.JSONField(blank=True, default=list, verbose_name="nhắc trước số ngày"),
                ),
                (
                    "after_due",
                    models.BooleanField(default=True, verbose_name="nhắc lại khi quá hạn"),
                ),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminder_settings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "cách nhắc việc",
            },
        ),
        migrations.CreateModel(
            name="ResultsImport",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="tên tệp")),
                ("file", models.CharField(max_length=200, verbose_name="tệp")),
                ("sheet", models.CharField(blank=True, max_length=200, verbose_name="trang")),
                ("answers", models.JSONField(blank=True, default=dict, verbose_name="trả lời")),
                (
                    "findings",
                    models.JSONField(blank=True, null=True, verbose_name="kết quả kiểm tra"),
                ),
                ("ordered_at", models.DateTimeField(verbose_name="gửi lúc")),
                (
                    "imported_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="nhập lúc"),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="results_imports",
                        to="agencies.agency",
                    ),
                ),
                (
                    "imported_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "job",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="jobs.job"
                    ),
                ),
                (
                    "ordered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "lần nhập kết quả",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("imported_at", None), ("imported_by", None)),
                            models.Q(
                                ("imported_at__isnull", False), ("imported_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="results_imported_at_and_by",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "page",
                    models.CharField(
                        choices=[
                            ("activities", "Tin, bài, hoạt động"),
                            ("placements", "Lượt gửi, đăng"),
                        ],
                        max_length=12,
                        verbose_name="trang",
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="tên")),
                ("query", models.CharField(blank=True, max_length=1000, verbose_name="bộ lọc")),
                (
                    "is_shared",
                    models.BooleanField(default=False, verbose_name="chia sẻ trong cơ quan"),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_views",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "bộ lọc đã lưu",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("owner", "page", "name"), name="saved_view_name_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="saved_view_has_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_shared", False), ("agency__isnull", False), _connector="OR"
                        ),
                        name="saved_view_shared_with_an_agency",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="tên minh chứng")),
                ("url", models.URLField(blank=True, max_length=500, verbose_name="đường dẫn")),
                ("sha256", models.CharField(blank=True, max_length=64, verbose_name="SHA-256")),
                (
                    "added_at",
                    models.DateTimeField(default=cchc.lib.clock.now, verbose_name="thêm lúc"),
                ),
                ("voided_at", models.DateTimeField(blank=True, null=True, verbose_name="hủy lúc")),
                ("voided_reason", models.TextField(blank=True, verbose_name="lý do hủy")),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="outreach.activity",
                    ),
                ),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "voided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "checked_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="kiểm tra đường dẫn lúc"
                    ),
                ),
                (
                    "file_type",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("pdf", "tệp PDF"),
                            ("jpg", "ảnh JPEG"),
                            ("png", "ảnh PNG"),
                            ("webp", "ảnh WebP"),
                            ("docx", "văn bản Word"),
                            ("xlsx", "bảng tính Excel"),
                        ],
                        max_length=4,
                        verbose_name="loại tệp",
                    ),
                ),
                (
                    "link_state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("unchecked", "Chưa kiểm tra"),
                            ("private", "Địa chỉ nội bộ, chỉ lưu chữ"),
                            ("alive", "Còn mở được"),
                            ("unknown", "Chưa kiểm tra được"),
                            ("dead", "Không còn mở được"),
                        ],
                        max_length=10,
                        verbose_name="tình trạng đường dẫn",
                    ),
                ),
                ("size", models.PositiveIntegerField(blank=True, null=True, verbose_name="cỡ tệp")),
                (
                    "link_title",
                    models.CharField(blank=True, max_length=300, verbose_name="tiêu đề trên trang"),
                ),
                (
                    "link_fault",
                    models.CharField(
                        blank=True, max_length=12, verbose_name="vì sao không mở được"
                    ),
                ),
                (
                    "failing_since",
                    models.DateField(blank=True, null=True, verbose_name="không mở được từ"),
                ),
                (
                    "failures",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="số lần liền không mở được"
                    ),
                ),
            ],
            options={
                "verbose_name": "minh chứng",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("voided_at", None), ("voided_by", None), ("voided_reason", "")
                            ),
                            models.Q(
                                ("voided_at__isnull", False),
                                ("voided_by__isnull", False),
                                models.Q(("voided_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="evidence_voided_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("checked_at", None),
                                ("link_state", ""),
                                ("size__isnull", False),
                                ("url", ""),
                                models.Q(("sha256", ""), _negated=True),
                                models.Q(("file_type", ""), _negated=True),
                            ),
                            models.Q(
                                ("file_type", ""),
                                ("sha256", ""),
                                ("size", None),
                                models.Q(("url", ""), _negated=True),
                                models.Q(("link_state", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="evidence_is_file_or_address",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Placement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Nháp"),
                            ("submitted", "Chờ duyệt nội bộ"),
                            ("sent", "Chờ duyệt"),
                            ("returned", "Bị trả lại"),
                            ("refused", "Bị từ chối"),
                            ("approved", "Đã duyệt, chờ đăng"),
                            ("published", "Đã đăng"),
                            ("withdrawn", "Đã gỡ"),
                        ],
                        default="draft",
                        max_length=12,
                        verbose_name="trạng thái",
                    ),
                ),
                ("sent_on", models.DateField(blank=True, null=True, verbose_name="ngày gửi")),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="ngày duyệt")),
                ("published_on", models.DateField(blank=True, null=True, verbose_name="ngày đăng")),
                ("url", models.URLField(blank=True, max_length=500, verbose_name="đường dẫn")),
                (
                    "fingerprint",
                    models.CharField(
                        blank=True, max_length=64, verbose_name="dấu vân của đường dẫn"
                    ),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="placements",
                        to="outreach.activity",
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="placements",
                        to="agencies.agency",
                    ),
                ),
                (
                    "channel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="placements",
                        to="plans.channel",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "editing_agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.province",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "checked_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="kiểm tra đường dẫn lúc"
                    ),
                ),
                (
                    "cleared_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "cleared_on",
                    models.DateField(blank=True, null=True, verbose_name="ngày duyệt nội bộ"),
                ),
                (
                    "link_state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("unchecked", "Chưa kiểm tra"),
                            ("private", "Địa chỉ nội bộ, chỉ lưu chữ"),
                            ("alive", "Còn mở được"),
                            ("unknown", "Chưa kiểm tra được"),
                            ("dead", "Không còn mở được"),
                        ],
                        max_length=10,
                        verbose_name="tình trạng đường dẫn",
                    ),
                ),
                (
                    "link_title",
                    models.CharField(blank=True, max_length=300, verbose_name="tiêu đề trên trang"),
                ),
                (
                    "link_fault",
                    models.CharField(
                        blank=True, max_length=12, verbose_name="vì sao không mở được"
                    ),
                ),
                (
                    "failing_since",
                    models.DateField(blank=True, null=True, verbose_name="không mở được từ"),
                ),
                (
                    "failures",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="số lần liền không mở được"
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submitted_on",
                    models.DateField(blank=True, null=True, verbose_name="ngày trình duyệt nội bộ"),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("withdrawn_on", models.DateField(blank=True, null=True, verbose_name="ngày gỡ")),
            ],
            options={
                "verbose_name": "lượt gửi, đăng",
                "indexes": [
                    models.Index(
                        fields=["agency", "channel", "published_on"], name="placement_published"
                    ),
                    models.Index(
                        condition=models.Q(("state__in", ["sent", "approved"])),
                        fields=["editing_agency", "sent_on"],
                        name="placement_waiting",
                    ),
                    models.Index(fields=["fingerprint"], name="placement_fingerprint"),
                    models.Index(
                        condition=models.Q(("state", "submitted")),
                        fields=["agency", "submitted_on"],
                        name="placement_to_clear",
                    ),
                    models.Index(
                        condition=models.Q(("link_state", "dead")),
                        fields=["agency"],
                        name="placement_dead_link",
                    ),
                    models.Index(fields=["province", "-id"], name="placement_province_newest"),
                    models.Index(fields=["agency", "-id"], name="placement_agency_newest"),
                    models.Index(
                        fields=["province", "-published_on", "-id"], name="placement_province_day"
                    ),
                    models.Index(
                        fields=["agency", "-published_on", "-id"], name="placement_agency_day"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("activity", "channel"), name="placement_once"),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("state", "published"), models.Q(("fingerprint", ""), _negated=True)
                        ),
                        fields=("agency", "channel", "fingerprint"),
                        name="placement_address_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "draft",
                                    "submitted",
                                    "sent",
                                    "returned",
                                    "refused",
                                    "approved",
                                    "published",
                                    "withdrawn",
                                ],
                            )
                        ),
                        name="placement_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "submitted", "returned"]),
                            models.Q(("sent_by__isnull", False), ("sent_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="placement_sent_has_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "submitted"), _negated=True),
                            models.Q(
                                ("submitted_by__isnull", False), ("submitted_on__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="placement_submitted_has_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cleared_by", None), ("cleared_on", None)),
                            models.Q(("cleared_by__isnull", False), ("cleared_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="placement_cleared_on_and_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "state__in",
                                    ["returned", "refused", "approved", "published", "withdrawn"],
                                ),
                                _negated=True,
                            ),
                            models.Q(("decided_by__isnull", False), ("decided_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="placement_decided_has_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["published", "withdrawn"]), _negated=True),
                            models.Q(
                                ("published_by__isnull", False), ("published_on__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="placement_published_has_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "withdrawn"),
                                ("withdrawn_by__isnull", False),
                                ("withdrawn_on__isnull", False),
                            ),
                            models.Q(
                                models.Q(("state", "withdrawn"), _negated=True),
                                ("withdrawn_by", None),
                                ("withdrawn_on", None),
                            ),
                            _connector="OR",
                        ),
                        name="placement_withdrawn_has_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("step", models.CharField(max_length=20, verbose_name="mốc nhắc")),
                ("due_on", models.DateField(verbose_name="hạn")),
                (
                    "digest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="outreach.digest",
                    ),
                ),
                (
                    "obligation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reminders",
                        to="plans.obligation",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "lượt nhắc việc",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "obligation", "due_on", "step"), name="reminder_told_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Fulfilment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("counted_on", models.DateField(verbose_name="ngày tính")),
                ("at", models.DateTimeField(default=cchc.lib.clock.now, verbose_name="ghi lúc")),
                ("why", models.CharField(max_length=300, verbose_name="vì sao được tính")),
                ("voided_at", models.DateTimeField(blank=True, null=True, verbose_name="hủy lúc")),
                ("voided_reason", models.TextField(blank=True, verbose_name="lý do hủy")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "obligation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fulfilments",
                        to="plans.obligation",
                    ),
                ),
                (
                    "voided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "placement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fulfilments",
                        to="outreach.placement",
                    ),
                ),
            ],
            options={
                "verbose_name": "kết quả được tính",
                "indexes": [
                    models.Index(
                        condition=models.Q(("voided_at", None)),
                        fields=["obligation", "counted_on"],
                        name="fulfilment_standing",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("placement", "obligation"),
                        name="fulfilment_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("voided_at", None), ("voided_reason", "")),
                            models.Q(
                                ("voided_at__isnull", False),
                                models.Q(("voided_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="fulfilment_voided_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "move",
                    models.CharField(
                        choices=[
                            ("submit", "Trình duyệt nội bộ"),
                            ("clear", "Duyệt nội bộ và gửi"),
                            ("clear_record", "Duyệt nội bộ và ghi nhận"),
                            ("hand_back", "Trả lại để sửa"),
                            ("send", "Gửi duyệt"),
                            ("recall", "Rút về nháp"),
                            ("approve", "Duyệt"),
                            ("return", "Trả lại"),
                            ("refuse", "Từ chối"),
                            ("publish", "Đăng"),
                            ("record", "Ghi nhận đã thực hiện"),
                            ("withdraw", "Gỡ"),
                        ],
                        max_length=12,
                        verbose_name="bước",
                    ),
                ),
                ("at", models.DateTimeField(default=cchc.lib.clock.now, verbose_name="lúc")),
                ("comment", models.TextField(blank=True, verbose_name="ý kiến")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "placement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="outreach.placement",
                    ),
                ),
            ],
            options={
                "verbose_name": "ý kiến duyệt",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("move__in", ["hand_back", "refuse", "return", "withdraw"]),
                                _negated=True,
                            ),
                            models.Q(("comment", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="review_return_has_reason",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CountDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("counts", models.BooleanField(verbose_name="được tính")),
                ("reason", models.TextField(verbose_name="lý do")),
                ("at", models.DateTimeField(default=cchc.lib.clock.now, verbose_name="lúc")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "obligation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="count_decisions",
                        to="plans.obligation",
                    ),
                ),
                (
                    "placement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="count_decisions",
                        to="outreach.placement",
                    ),
                ),
            ],
            options={
                "verbose_name": "quyết định về việc tính kết quả",
                "indexes": [
                    models.Index(fields=["placement", "obligation", "id"], name="count_decision")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="count_decision_has_reason",
                    )
                ],
            },
        ),
        migrations.RunPython(index_words, drop_words),
    ]
