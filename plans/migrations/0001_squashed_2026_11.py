"""The tables as they stood in November 2026: a new installation makes them at once."""

import django.db.models.deletion
import plans.models.uid
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("plans", "0001_initial"),
        ("plans", "0002_accepted_warning"),
        ("plans", "0003_task_title_text"),
        ("plans", "0004_plan_authoring"),
        ("plans", "0005_row_identity"),
        ("plans", "0006_register_by_day"),
        ("plans", "0007_content_removed"),
        ("plans", "0008_target_value_later"),
        ("plans", "0009_proposal_replaced"),
        ("plans", "0010_channel_without_addresses"),
    ]

    dependencies = [
        ("agencies", "0002_internal_clearance"),
        ("jobs", "0002_daily_runs"),
    ]

    operations = [
        migrations.CreateModel(
            name="Channel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=24, verbose_name="mã kênh")),
                ("name", models.CharField(max_length=200, verbose_name="tên kênh")),
                ("short_name", models.CharField(max_length=60, verbose_name="tên ngắn")),
                (
                    "aliases",
                    models.JSONField(blank=True, default=list, verbose_name="tên gọi khác"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("online", "Trực tuyến"), ("traditional", "Truyền thống")],
                        max_length=12,
                        verbose_name="loại",
                    ),
                ),
                (
                    "needs_approval",
                    models.BooleanField(default=True, verbose_name="phải qua biên tập viên duyệt"),
                ),
                ("order", models.PositiveIntegerField(default=0, verbose_name="thứ tự")),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="channels",
                        to="agencies.province",
                    ),
                ),
                (
                    "run_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="channels",
                        to="agencies.agency",
                    ),
                ),
                (
                    "without_addresses",
                    models.BooleanField(
                        default=False, verbose_name="tin, bài không có đường dẫn riêng"
                    ),
                ),
            ],
            options={
                "verbose_name": "kênh tuyên truyền",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("province", "code"), name="channel_code_once_per_province"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["online", "traditional"])),
                        name="channel_kind_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.SlugField(max_length=80, unique=True, verbose_name="khóa")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("outreach", "Tuyên truyền cải cách hành chính"),
                            ("reform", "Cải cách hành chính"),
                            ("multi_year", "Kế hoạch nhiều năm"),
                        ],
                        max_length=12,
                        verbose_name="loại",
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=16, verbose_name="số")),
                ("symbol", models.CharField(blank=True, max_length=40, verbose_name="ký hiệu")),
                ("signed_on", models.DateField(blank=True, null=True, verbose_name="ngày ký")),
                (
                    "signed_precision",
                    models.CharField(
                        choices=[
                            ("day", "ngày/tháng/năm"),
                            ("month", "tháng/năm"),
                            ("year", "năm"),
                            ("none", "không ghi"),
                        ],
                        default="none",
                        max_length=8,
                        verbose_name="độ chính xác của ngày ký",
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=80, verbose_name="địa danh")),
                ("title", models.CharField(max_length=300, verbose_name="trích yếu")),
                ("opening", models.TextField(blank=True, verbose_name="đoạn mở đầu")),
                ("audiences", models.TextField(blank=True, verbose_name="đối tượng")),
                ("scopes", models.TextField(blank=True, verbose_name="phạm vi")),
                (
                    "annex_title",
                    models.CharField(blank=True, max_length=300, verbose_name="tên phụ lục"),
                ),
                ("starts_on", models.DateField(verbose_name="từ ngày")),
                ("ends_on", models.DateField(verbose_name="đến ngày")),
                (
                    "signer_authority",
                    models.CharField(blank=True, max_length=120, verbose_name="quyền hạn"),
                ),
                (
                    "signer_position",
                    models.CharField(blank=True, max_length=120, verbose_name="chức vụ"),
                ),
                (
                    "signer_name",
                    models.CharField(blank=True, max_length=120, verbose_name="họ tên người ký"),
                ),
                ("recipients", models.TextField(blank=True, verbose_name="nơi nhận")),
                (
                    "known_by_citation",
                    models.BooleanField(default=False, verbose_name="chỉ biết qua viện dẫn"),
                ),
                (
                    "count_before_issue",
                    models.BooleanField(
                        default=False, verbose_name="tính cả đầu việc đến hạn trước khi ban hành"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Dự thảo"),
                            ("submitted", "Đã trình ký"),
                            ("issued", "Đã ban hành"),
                            ("closed", "Đã kết thúc"),
                        ],
                        default="draft",
                        max_length=12,
                        verbose_name="trạng thái",
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=0, verbose_name="lần sửa đổi")),
                (
                    "issued_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="ban hành lúc"),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plans",
                        to="agencies.agency",
                    ),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="plans.plan",
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plans",
                        to="agencies.province",
                    ),
                ),
                ("amendment_reason", models.TextField(blank=True, verbose_name="lý do sửa đổi")),
                (
                    "amends",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="amendments",
                        to="plans.plan",
                    ),
                ),
                (
                    "closed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="kết thúc lúc"),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "copied_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="copies",
                        to="plans.plan",
                    ),
                ),
                (
                    "derive_by",
                    models.DateField(
                        blank=True, null=True, verbose_name="hạn ban hành kế hoạch triển khai"
                    ),
                ),
                (
                    "submitted_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="trình ký lúc"),
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
            ],
            options={
                "verbose_name": "kế hoạch",
                "indexes": [
                    models.Index(fields=["province", "-starts_on"], name="plan_province_start")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="plan_period_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("signed_on", None), ("signed_precision", "none")),
                            models.Q(
                                ("signed_on__isnull", False),
                                ("signed_precision__in", ["day", "month", "year"]),
                            ),
                            _connector="OR",
                        ),
                        name="plan_signed_on_has_precision",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("issued_at", None), ("issued_by", None)),
                            models.Q(("issued_at__isnull", False), ("issued_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="plan_issued_at_and_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parent", None),
                            models.Q(("parent", models.F("pk")), _negated=True),
                            _connector="OR",
                        ),
                        name="plan_parent_is_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("issued_at", None), ("state__in", ["draft", "submitted"])),
                            models.Q(
                                ("issued_at__isnull", False), ("state__in", ["issued", "closed"])
                            ),
                            _connector="OR",
                        ),
                        name="plan_in_force_was_issued",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            models.Q(("number", ""), _negated=True), ("amends", None)
                        ),
                        fields=("agency", "number", "symbol", "signed_on"),
                        name="plan_number_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("amends__isnull", False)),
                        fields=("amends",),
                        name="plan_one_amendment_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("submitted_at", None), ("submitted_by", None)),
                            models.Q(
                                ("submitted_at__isnull", False), ("submitted_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="plan_submitted_at_and_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at", None), ("closed_by", None)),
                            models.Q(("closed_at__isnull", False), ("closed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="plan_closed_at_and_by",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContentItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("order", models.PositiveIntegerField(verbose_name="thứ tự")),
                ("label", models.CharField(blank=True, max_length=12, verbose_name="ký hiệu mục")),
                ("title", models.CharField(max_length=300, verbose_name="nội dung")),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adopted_as",
                        to="plans.contentitem",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="content_items",
                        to="plans.plan",
                    ),
                ),
                (
                    "uid",
                    models.CharField(
                        default=plans.models.uid.new_uid,
                        editable=False,
                        max_length=16,
                        verbose_name="mã dòng",
                    ),
                ),
                (
                    "removed_in",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="bỏ ở lần sửa đổi"
                    ),
                ),
            ],
            options={
                "verbose_name": "nội dung tuyên truyền",
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "uid"), name="content_item_uid_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("removed_in", None)),
                        fields=("plan", "order"),
                        name="content_item_order_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Clause",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("order", models.PositiveIntegerField(verbose_name="thứ tự")),
                ("label", models.CharField(blank=True, max_length=12, verbose_name="ký hiệu mục")),
                ("heading", models.CharField(blank=True, max_length=300, verbose_name="tiêu đề")),
                ("text", models.TextField(blank=True, verbose_name="nội dung")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="children",
                        to="plans.clause",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="clauses",
                        to="plans.plan",
                    ),
                ),
                (
                    "uid",
                    models.CharField(
                        default=plans.models.uid.new_uid,
                        editable=False,
                        max_length=16,
                        verbose_name="mã dòng",
                    ),
                ),
            ],
            options={
                "verbose_name": "mục của kế hoạch",
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "order"), name="clause_order_once"),
                    models.UniqueConstraint(fields=("plan", "uid"), name="clause_uid_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanChannel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("order", models.PositiveIntegerField(verbose_name="thứ tự")),
                ("label", models.CharField(blank=True, max_length=12, verbose_name="ký hiệu mục")),
                ("title", models.CharField(max_length=300, verbose_name="hình thức")),
                (
                    "channels",
                    models.ManyToManyField(
                        blank=True, related_name="plan_channels", to="plans.channel"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="plan_channels",
                        to="plans.plan",
                    ),
                ),
                (
                    "uid",
                    models.CharField(
                        default=plans.models.uid.new_uid,
                        editable=False,
                        max_length=16,
                        verbose_name="mã dòng",
                    ),
                ),
            ],
            options={
                "verbose_name": "hình thức tuyên truyền",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("plan", "order"), name="plan_channel_order_once"
                    ),
                    models.UniqueConstraint(fields=("plan", "uid"), name="plan_channel_uid_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Target",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("order", models.PositiveIntegerField(verbose_name="thứ tự")),
                (
                    "operator",
                    models.CharField(
                        choices=[("=", "đạt"), (">=", "ít nhất"), ("<=", "không quá")],
                        max_length=2,
                        verbose_name="so sánh",
                    ),
                ),
                (
                    "value",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        verbose_name="giá trị",
                    ),
                ),
                (
                    "measure",
                    models.CharField(default="%", max_length=20, verbose_name="đơn vị tính"),
                ),
                ("counted", models.CharField(max_length=300, verbose_name="đối tượng tính")),
                (
                    "place_in_plan",
                    models.CharField(
                        blank=True, max_length=40, verbose_name="vị trí trong kế hoạch"
                    ),
                ),
                (
                    "data_source",
                    models.CharField(blank=True, max_length=200, verbose_name="nguồn số liệu"),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="targets",
                        to="plans.plan",
                    ),
                ),
                (
                    "uid",
                    models.CharField(
                        default=plans.models.uid.new_uid,
                        editable=False,
                        max_length=16,
                        verbose_name="mã dòng",
                    ),
                ),
            ],
            options={
                "verbose_name": "chỉ tiêu",
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "order"), name="target_order_once"),
                    models.CheckConstraint(
                        condition=models.Q(("value__gte", 0)), name="target_not_negative"
                    ),
                    models.UniqueConstraint(fields=("plan", "uid"), name="target_uid_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("order", models.PositiveIntegerField(verbose_name="thứ tự")),
                ("code", models.CharField(blank=True, max_length=20, verbose_name="mã")),
                (
                    "area",
                    models.CharField(blank=True, max_length=200, verbose_name="nhóm nhiệm vụ"),
                ),
                ("title", models.TextField(blank=True, verbose_name="nhiệm vụ")),
                (
                    "conditional",
                    models.BooleanField(default=False, verbose_name="chỉ khi phát sinh (nếu có)"),
                ),
                ("products", models.TextField(blank=True, verbose_name="sản phẩm")),
                ("timing_text", models.TextField(blank=True, verbose_name="thời gian thực hiện")),
                (
                    "timing_kind",
                    models.CharField(blank=True, max_length=16, verbose_name="cách hiểu thời gian"),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="subtasks",
                        to="plans.task",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tasks",
                        to="plans.plan",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adopted_as",
                        to="plans.task",
                    ),
                ),
                ("explanation", models.TextField(blank=True, verbose_name="giải trình")),
                (
                    "removed_in",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="bỏ ở lần sửa đổi"
                    ),
                ),
                (
                    "timing_meant",
                    models.CharField(blank=True, max_length=400, verbose_name="thời gian hiểu là"),
                ),
                (
                    "without_quota",
                    models.BooleanField(default=False, verbose_name="không giao định mức"),
                ),
                (
                    "uid",
                    models.CharField(
                        default=plans.models.uid.new_uid,
                        editable=False,
                        max_length=16,
                        verbose_name="mã dòng",
                    ),
                ),
            ],
            options={
                "verbose_name": "nhiệm vụ",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("removed_in", None)),
                        fields=("plan", "order"),
                        name="task_order_once",
                    ),
                    models.UniqueConstraint(fields=("plan", "uid"), name="task_uid_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="AcceptedWarning",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=40, verbose_name="mã cảnh báo")),
                ("place", models.CharField(max_length=400, verbose_name="vị trí")),
                ("reason", models.TextField(verbose_name="lý do")),
                ("accepted_at", models.DateTimeField(verbose_name="chấp nhận lúc")),
                (
                    "accepted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="accepted_warnings",
                        to="plans.plan",
                    ),
                ),
            ],
            options={
                "verbose_name": "cảnh báo được chấp nhận",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("plan", "code", "place"), name="warning_accepted_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="warning_accepted_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AnnexImport",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="tên tệp")),
                ("file", models.CharField(max_length=200, verbose_name="tệp")),
                ("is_pasted", models.BooleanField(default=False, verbose_name="dán từ bảng tạm")),
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
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="annex_imports",
                        to="plans.plan",
                    ),
                ),
            ],
            options={
                "verbose_name": "lần nhập phụ lục",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("imported_at", None), ("imported_by", None)),
                            models.Q(
                                ("imported_at__isnull", False), ("imported_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="annex_imported_at_and_by",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DraftSection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=20, verbose_name="phần")),
                ("version", models.PositiveIntegerField(default=0, verbose_name="phiên")),
                ("saved_at", models.DateTimeField(verbose_name="lưu lúc")),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="draft_sections",
                        to="plans.plan",
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "phần của dự thảo",
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "name"), name="draft_section_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="LegalDocument",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("document_type", models.CharField(max_length=60, verbose_name="loại văn bản")),
                (
                    "reference",
                    models.CharField(blank=True, max_length=60, verbose_name="số, ký hiệu"),
                ),
                ("dated_on", models.DateField(blank=True, null=True, verbose_name="ngày văn bản")),
                (
                    "date_precision",
                    models.CharField(
                        choices=[
                            ("day", "ngày/tháng/năm"),
                            ("month", "tháng/năm"),
                            ("year", "năm"),
                            ("none", "không ghi"),
                        ],
                        default="none",
                        max_length=8,
                        verbose_name="độ chính xác của ngày",
                    ),
                ),
                (
                    "issuer",
                    models.CharField(blank=True, max_length=160, verbose_name="cơ quan ban hành"),
                ),
                ("abstract", models.CharField(blank=True, max_length=400, verbose_name="về việc")),
                ("rank", models.PositiveIntegerField(default=0, verbose_name="thứ bậc")),
                (
                    "force",
                    models.CharField(
                        choices=[
                            ("in_force", "Còn hiệu lực"),
                            ("replaced", "Đã được thay thế"),
                            ("expired", "Hết hiệu lực"),
                        ],
                        default="in_force",
                        max_length=12,
                        verbose_name="hiệu lực",
                    ),
                ),
                (
                    "ended_on",
                    models.DateField(blank=True, null=True, verbose_name="hết hiệu lực từ ngày"),
                ),
                ("search", models.TextField(blank=True, verbose_name="chữ để tìm")),
                ("added_at", models.DateTimeField(verbose_name="ghi lúc")),
                (
                    "added_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="register_entries",
                        to="plans.plan",
                    ),
                ),
                (
                    "province",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="legal_documents",
                        to="agencies.province",
                    ),
                ),
                (
                    "replaced_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaces",
                        to="plans.legaldocument",
                    ),
                ),
            ],
            options={
                "verbose_name": "văn bản trong sổ",
                "indexes": [models.Index(fields=["province", "rank"], name="legal_document_rank")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("date_precision", "none"), ("dated_on", None)),
                            models.Q(
                                ("dated_on__isnull", False),
                                models.Q(("date_precision", "none"), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="legal_document_date_has_precision",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_on", None), ("force", "in_force"), ("replaced_by", None)
                            ),
                            models.Q(("force", "in_force"), _negated=True),
                            _connector="OR",
                        ),
                        name="legal_document_in_force_has_no_end",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("replaced_by", None),
                            models.Q(("replaced_by", models.F("pk")), _negated=True),
                            _connector="OR",
                        ),
                        name="legal_document_replaced_by_another",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("reference", ""), _negated=True),
                        fields=("province", "document_type", "reference", "issuer", "dated_on"),
                        name="legal_document_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanRevision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="lần sửa đổi")),
                ("reason", models.TextField(blank=True, verbose_name="lý do")),
                ("value", models.JSONField(verbose_name="nội dung")),
                ("made_at", models.DateTimeField(verbose_name="có hiệu lực lúc")),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revisions",
                        to="plans.plan",
                    ),
                ),
            ],
            options={
                "verbose_name": "lần ban hành, sửa đổi kế hoạch",
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "number"), name="plan_revision_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("number", 0), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="plan_revision_gives_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SignedFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=0, verbose_name="lần sửa đổi")),
                ("name", models.CharField(max_length=200, verbose_name="tên tệp")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("size", models.PositiveIntegerField(verbose_name="dung lượng")),
                ("added_at", models.DateTimeField(verbose_name="đính kèm lúc")),
                ("voided_at", models.DateTimeField(blank=True, null=True, verbose_name="hủy lúc")),
                ("voided_reason", models.TextField(blank=True, verbose_name="lý do hủy")),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signed_files",
                        to="plans.plan",
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
            ],
            options={
                "verbose_name": "bản ký của kế hoạch",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at", None)),
                        fields=("plan", "revision"),
                        name="signed_file_once_per_revision",
                    ),
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
                        name="signed_file_voided_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LegalBasis",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("order", models.PositiveIntegerField(verbose_name="thứ tự")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("basis", "Căn cứ"),
                            ("implements", "Thực hiện"),
                            ("cited", "Viện dẫn"),
                        ],
                        max_length=12,
                        verbose_name="vai trò",
                    ),
                ),
                (
                    "place_in_plan",
                    models.CharField(
                        blank=True, max_length=40, verbose_name="vị trí trong kế hoạch"
                    ),
                ),
                ("document_type", models.CharField(max_length=60, verbose_name="loại văn bản")),
                (
                    "reference",
                    models.CharField(blank=True, max_length=60, verbose_name="số, ký hiệu"),
                ),
                ("dated_on", models.DateField(blank=True, null=True, verbose_name="ngày văn bản")),
                (
                    "date_precision",
                    models.CharField(
                        choices=[
                            ("day", "ngày/tháng/năm"),
                            ("month", "tháng/năm"),
                            ("year", "năm"),
                            ("none", "không ghi"),
                        ],
                        default="none",
                        max_length=8,
                        verbose_name="độ chính xác của ngày",
                    ),
                ),
                (
                    "issuer",
                    models.CharField(blank=True, max_length=160, verbose_name="cơ quan ban hành"),
                ),
                ("abstract", models.CharField(blank=True, max_length=400, verbose_name="về việc")),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cited_as",
                        to="plans.plan",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bases",
                        to="plans.plan",
                    ),
                ),
                (
                    "registered",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="citations",
                        to="plans.legaldocument",
                    ),
                ),
                (
                    "uid",
                    models.CharField(
                        default=plans.models.uid.new_uid,
                        editable=False,
                        max_length=16,
                        verbose_name="mã dòng",
                    ),
                ),
            ],
            options={
                "verbose_name": "căn cứ, văn bản viện dẫn",
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "order"), name="basis_order_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("date_precision", "none"), ("dated_on", None)),
                            models.Q(
                                ("dated_on__isnull", False),
                                models.Q(("date_precision", "none"), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="basis_date_has_precision",
                    ),
                    models.UniqueConstraint(fields=("plan", "uid"), name="basis_uid_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Quota",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("order", models.PositiveIntegerField(default=1, verbose_name="thứ tự")),
                (
                    "counts_when",
                    models.CharField(
                        choices=[
                            ("approved_published", "được duyệt và đăng"),
                            ("sent", "đã gửi"),
                            ("held", "đã tổ chức, phát sóng"),
                        ],
                        default="approved_published",
                        max_length=20,
                        verbose_name="tính khi",
                    ),
                ),
                ("minimum", models.PositiveIntegerField(default=1, verbose_name="ít nhất")),
                (
                    "maximum",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="nhiều nhất"),
                ),
                (
                    "per",
                    models.CharField(
                        choices=[
                            ("week", "tuần"),
                            ("month", "tháng"),
                            ("quarter", "quý"),
                            ("half", "kỳ 6 tháng"),
                            ("nine_months", "kỳ 9 tháng"),
                            ("year", "năm"),
                        ],
                        max_length=12,
                        verbose_name="mỗi",
                    ),
                ),
                (
                    "due_kind",
                    models.CharField(
                        choices=[
                            ("period_end", "Ngày cuối kỳ"),
                            ("day_of_month", "Ngày trong tháng cuối kỳ"),
                            ("fixed", "Ngày ghi trong kế hoạch"),
                        ],
                        max_length=12,
                        verbose_name="cách tính hạn",
                    ),
                ),
                (
                    "due_day",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="ngày đến hạn"
                    ),
                ),
                (
                    "due_month_offset",
                    models.PositiveSmallIntegerField(default=0, verbose_name="số tháng lùi"),
                ),
                (
                    "due_dates",
                    models.JSONField(blank=True, default=dict, verbose_name="hạn từng kỳ"),
                ),
                (
                    "channel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quotas",
                        to="plans.channel",
                    ),
                ),
                (
                    "default_unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.unit",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="quotas",
                        to="plans.task",
                    ),
                ),
                (
                    "removed_in",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="bỏ ở lần sửa đổi"
                    ),
                ),
                (
                    "uid",
                    models.CharField(
                        default=plans.models.uid.new_uid,
                        editable=False,
                        max_length=16,
                        verbose_name="mã dòng",
                    ),
                ),
            ],
            options={
                "verbose_name": "định mức",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("minimum__gte", 1)), name="quota_asks_for_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("maximum", None),
                            ("maximum__gte", models.F("minimum")),
                            _connector="OR",
                        ),
                        name="quota_range_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("due_kind", "day_of_month"), _negated=True),
                            models.Q(("due_day__gte", 1), ("due_day__lte", 31)),
                            _connector="OR",
                        ),
                        name="quota_due_day_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("removed_in", None)),
                        fields=("task", "order"),
                        name="quota_order_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("removed_in", None)),
                        fields=("task", "channel", "per"),
                        name="quota_once_per_channel",
                    ),
                    models.UniqueConstraint(fields=("task", "uid"), name="quota_uid_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Assignee",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("order", models.PositiveIntegerField(verbose_name="thứ tự")),
                (
                    "duty",
                    models.CharField(
                        choices=[("lead", "Chủ trì"), ("coordinating", "Phối hợp")],
                        max_length=12,
                        verbose_name="vai trò",
                    ),
                ),
                ("group", models.CharField(blank=True, max_length=200, verbose_name="nhóm đơn vị")),
                (
                    "qualifier",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="ghi chú trong ngoặc"
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="agencies.agency",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="agencies.unit",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assignees",
                        to="plans.task",
                    ),
                ),
            ],
            options={
                "verbose_name": "phân công",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("task", "duty", "order"), name="assignee_order_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agency", None), ("group", ""), ("unit__isnull", False)),
                            models.Q(("agency__isnull", False), ("group", ""), ("unit", None)),
                            models.Q(
                                ("agency", None),
                                ("unit", None),
                                models.Q(("group", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="assignee_is_one_of_three",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NotApplicable",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.TextField(verbose_name="lý do")),
                ("decided_at", models.DateTimeField(verbose_name="ghi lúc")),
                (
                    "content_item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="left_out",
                        to="plans.contentitem",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="not_applicable",
                        to="plans.plan",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="left_out",
                        to="plans.task",
                    ),
                ),
            ],
            options={
                "verbose_name": "nội dung không áp dụng",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("plan", "content_item"), name="content_item_left_out_once"
                    ),
                    models.UniqueConstraint(fields=("plan", "task"), name="task_left_out_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("content_item__isnull", False), ("task", None)),
                            models.Q(("content_item", None), ("task__isnull", False)),
                            _connector="OR",
                        ),
                        name="left_out_is_one_item",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="left_out_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "revision",
                    models.PositiveIntegerField(verbose_name="lần sửa đổi của kế hoạch cấp trên"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("added", "Bổ sung"),
                            ("changed", "Sửa đổi"),
                            ("removed", "Bãi bỏ"),
                        ],
                        max_length=8,
                        verbose_name="loại",
                    ),
                ),
                ("section", models.CharField(max_length=20, verbose_name="phần")),
                ("uid", models.CharField(max_length=16, verbose_name="mã dòng")),
                ("before", models.JSONField(blank=True, default=dict, verbose_name="trước")),
                ("after", models.JSONField(blank=True, default=dict, verbose_name="sau")),
                (
                    "state",
                    models.CharField(
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
                ("reason", models.TextField(blank=True, verbose_name="lý do")),
                ("made_at", models.DateTimeField(verbose_name="đề xuất lúc")),
                (
                    "decided_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="xem xét lúc"),
                ),
                (
                    "content_item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="proposals",
                        to="plans.contentitem",
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
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proposals",
                        to="plans.plan",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="proposals",
                        to="plans.task",
                    ),
                ),
            ],
            options={
                "verbose_name": "đề xuất từ kế hoạch cấp trên",
                "indexes": [models.Index(fields=["plan", "state"], name="proposal_plan_state")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("plan", "revision", "section", "uid"), name="proposal_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decided_by", None), ("state", "open")),
                            models.Q(
                                models.Q(("state", "open"), _negated=True),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="proposal_decided_at_and_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "declined"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="proposal_declined_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RotationTurn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("period", models.CharField(max_length=8, verbose_name="kỳ")),
                (
                    "quota",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="turns",
                        to="plans.quota",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="turns",
                        to="agencies.unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "lượt luân phiên",
                "constraints": [
                    models.UniqueConstraint(fields=("quota", "period"), name="turn_once_per_period")
                ],
            },
        ),
        migrations.CreateModel(
            name="Obligation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "counts_when",
                    models.CharField(
                        choices=[
                            ("approved_published", "được duyệt và đăng"),
                            ("sent", "đã gửi"),
                            ("held", "đã tổ chức, phát sóng"),
                        ],
                        max_length=20,
                        verbose_name="tính khi",
                    ),
                ),
                ("period", models.CharField(max_length=8, verbose_name="kỳ")),
                ("window_start", models.DateField(verbose_name="tính từ ngày")),
                ("window_end", models.DateField(verbose_name="tính đến ngày")),
                ("due_on", models.DateField(verbose_name="hạn")),
                (
                    "required",
                    models.PositiveIntegerField(default=1, verbose_name="số phải thực hiện"),
                ),
                (
                    "before_issue",
                    models.BooleanField(
                        default=False, verbose_name="đến hạn trước khi kế hoạch ban hành"
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=0, verbose_name="lần sửa đổi")),
                ("waived_at", models.DateTimeField(blank=True, null=True, verbose_name="miễn lúc")),
                ("waived_reason", models.TextField(blank=True, verbose_name="lý do miễn")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="obligations",
                        to="agencies.agency",
                    ),
                ),
                (
                    "channel",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="obligations",
                        to="plans.channel",
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
                        related_name="obligations",
                        to="agencies.unit",
                    ),
                ),
                (
                    "waived_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="obligations",
                        to="plans.plan",
                    ),
                ),
                (
                    "quota",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="obligations",
                        to="plans.quota",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="obligations",
                        to="plans.task",
                    ),
                ),
            ],
            options={
                "verbose_name": "đầu việc theo kỳ",
                "indexes": [
                    models.Index(
                        fields=["agency", "window_start"], name="obligation_agency_window"
                    ),
                    models.Index(
                        fields=["province", "window_start"], name="obligation_province_window"
                    ),
                    models.Index(fields=["unit", "due_on"], name="obligation_unit_due"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("quota", "period"), name="obligation_once_per_quota"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("quota", None)),
                        fields=("task", "period"),
                        name="obligation_once_per_task",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("window_end__gte", models.F("window_start"))),
                        name="obligation_window_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("required__gte", 1)),
                        name="obligation_asks_for_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("quota", None), ("channel__isnull", False), _connector="OR"
                        ),
                        name="obligation_of_quota_has_channel",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("waived_at", None), ("waived_by", None), ("waived_reason", "")
                            ),
                            models.Q(
                                ("waived_at__isnull", False),
                                ("waived_by__isnull", False),
                                models.Q(("waived_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="obligation_waived_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TurnChange",
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
                        choices=[("swap", "Hoán đổi lượt"), ("substitution", "Làm thay")],
                        max_length=12,
                        verbose_name="hình thức",
                    ),
                ),
                ("reason", models.TextField(verbose_name="lý do")),
                ("changed_at", models.DateTimeField(verbose_name="đổi lúc")),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "from_unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="turns_given",
                        to="agencies.unit",
                    ),
                ),
                (
                    "obligation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="turn_changes",
                        to="plans.obligation",
                    ),
                ),
                (
                    "partner",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="partnered",
                        to="plans.turnchange",
                    ),
                ),
                (
                    "to_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="turns_taken",
                        to="agencies.unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "đổi lượt luân phiên",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="turn_change_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("from_unit", None),
                            models.Q(("from_unit", models.F("to_unit")), _negated=True),
                            _connector="OR",
                        ),
                        name="turn_change_to_another",
                    ),
                ],
            },
        ),
    ]
