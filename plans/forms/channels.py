"""The form of a channel; validates, never saves."""

from __future__ import annotations

from typing import Any

from crispy_forms.bootstrap import StrictButton
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Field, Layout, Row
from django import forms

from agencies.models import Agency
from agencies.models.agency import AgencyQuerySet
from cchc.lib.name_fields import AliasesField, NameField
from plans.actions.channel_book import ChannelTerms
from plans.models import Channel
from plans.models.channel import ChannelKind

_NAME, _SHORT = 200, 60
# A shorter name would be found inside other words of a plan.
_LEAST = 3


class ChannelForm(forms.Form):
    """What Home Affairs says of a channel."""

    name = NameField(label="Tên kênh", max_length=_NAME, least=_LEAST)
    short_name = NameField(
        label="Tên ngắn",
        max_length=_SHORT,
        least=_LEAST,
        required=False,
        help_text="Dùng trong bảng và báo cáo; để trống thì lấy tên kênh.",
    )
    aliases = AliasesField(
        label="Tên gọi khác",
        limit=_NAME,
        least=_LEAST,
        rows=5,
        help_text="Mỗi dòng một tên: viết tắt, tên cũ, cách ghi khác trong các kế hoạch.",
    )
    kind = forms.ChoiceField(label="Loại", choices=ChannelKind.choices)
    run_by = forms.ModelChoiceField(
        label="Cơ quan quản lý",
        queryset=Agency.objects.none(),
        required=False,
        empty_label="Mỗi cơ quan tự quản lý kênh của mình",
        help_text="Biên tập viên của cơ quan này duyệt, đăng tin, bài gửi đến kênh.",
    )
    needs_approval = forms.BooleanField(
        label="Tin, bài phải qua biên tập viên duyệt", required=False, initial=True
    )
    without_addresses = forms.BooleanField(
        label="Tin, bài không có đường dẫn riêng",
        required=False,
        help_text="Ví dụ thư điện tử, nhóm Zalo nội bộ: không hỏi đường dẫn khi ghi nhận.",
    )

    def __init__(
        self,
        *args: Any,
        agencies: AgencyQuerySet,
        channel: Channel | None = None,
        fixed: str = "",
        **kwargs: Any,
    ) -> None:
        """``fixed`` says why another agency cannot take the channel over now."""
        if channel is not None:
            kwargs["initial"] = _initial(channel)
        super().__init__(*args, **kwargs)
        run_by = self.fields["run_by"]
        run_by.queryset = agencies  # type: ignore[attr-defined]
        run_by.label_from_instance = _agency_label  # type: ignore[attr-defined]
        if fixed:
            run_by.disabled = True
            run_by.help_text = fixed
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Field("name", autofocus=True),
            "short_name",
            "aliases",
            Row(
                Column("kind", css_class="col-sm-4"),
                Column("run_by", css_class="col-sm-8"),
            ),
            "needs_approval",
            "without_addresses",
            StrictButton("Lưu", type="submit", css_class="btn-primary"),
        )

    def clean(self) -> dict[str, Any]:
        """A long name needs a short one beside it."""
        data = super().clean() or {}
        name = data.get("name", "")
        if name and "short_name" in data and not data["short_name"]:
            data["short_name"] = name
            if len(name) > _SHORT:
                self.add_error("short_name", f"Tên kênh dài quá {_SHORT} ký tự: hãy ghi tên ngắn.")
        return data

    def terms(self) -> ChannelTerms:
        """What was typed."""
        data = self.cleaned_data
        return ChannelTerms(
            name=data["name"],
            short_name=data["short_name"],
            aliases=data["aliases"],
            kind=data["kind"],
            run_by=data["run_by"],
            needs_approval=data["needs_approval"],
            without_addresses=data["without_addresses"],
        )


def _initial(channel: Channel) -> dict[str, Any]:
    return {
        "name": channel.name,
        "short_name": channel.short_name,
        "aliases": "\n".join(channel.aliases),
        "kind": channel.kind,
        "run_by": channel.run_by_id,
        "needs_approval": channel.needs_approval,
        "without_addresses": channel.without_addresses,
    }


def _agency_label(agency: Agency) -> str:
    ended = f" (chấm dứt {agency.dissolved_on:%d/%m/%Y})" if agency.dissolved_on else ""
    return f"{agency.name}{ended}"
