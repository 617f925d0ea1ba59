"""Forms of the entry and edit pages."""

from __future__ import annotations

from typing import Any, cast

from crispy_forms.bootstrap import StrictButton
from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Field, Layout
from django import forms

from agencies.models import Agency, Unit, User
from cchc.lib import clock
from cchc.lib.text import squeeze
from outreach.actions.activities import Facts
from outreach.forms.channels import ChannelChoice, owed_on
from outreach.forms.choices import channels, content_items, place_name, places
from outreach.forms.fields import AddressField, check_address, day_field
from outreach.kinds import HELD_KINDS, Kind
from outreach.models import Activity
from outreach.moves import Dispatch
from plans.models import ContentItem

OPEN_DETAILS = (
    '<details class="mb-3"{open}><summary class="form-label">{title}</summary>'
    '<div class="pt-2 ps-3">'
)
CLOSE_DETAILS = "</div></details>"
NO_PLACE = (
    "Tài khoản của anh/chị không gắn với đơn vị nào đang hoạt động; hãy báo Văn phòng cơ quan."
)


class ActivityForm(forms.Form):
    """What was written, made or held; nothing about channels."""

    kind = forms.ChoiceField(label="Loại", choices=[(kind.value, kind.label) for kind in Kind])
    title = forms.CharField(
        label="Tiêu đề",
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Hãy ghi tiêu đề."},
    )
    author_name = forms.CharField(
        label="Tác giả", max_length=120, required=False, help_text="Ghi khi khác người nhập."
    )
    held_on = day_field(
        "Ngày thực hiện",
        required=False,
        help_text="Bắt buộc với hội nghị, đối thoại, cuộc thi.",
    )
    attendance = forms.IntegerField(
        label="Số người tham dự", required=False, min_value=0, max_value=2_000_000
    )
    content_items = forms.ModelMultipleChoiceField(
        queryset=ContentItem.objects.none(),
        label="",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, user: User, activity: Activity | None = None, **kwargs: Any):
        if activity is not None:
            kwargs["initial"] = _facts_of(activity)
        super().__init__(*args, **kwargs)
        self.activity = activity
        self.places = {} if activity else places(user)
        agencies = [activity.agency_id] if activity else [p[0].pk for p in self.places.values()]
        self._ask_place()
        items = content_items(agencies)
        self.fields["content_items"].queryset = items  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.layout = Layout(*self._article(has_items=items.exists()), *self._ending())

    def _ask_place(self) -> None:
        """Ask for the unit only when the person writes for more than one."""
        if len(self.places) > 1:
            choices = [(key, place_name(*place)) for key, place in self.places.items()]
            self.fields["place"] = forms.ChoiceField(label="Đơn vị thực hiện", choices=choices)

    def _article(self, *, has_items: bool) -> list[Any]:
        head = [Div("kind", css_class="col-sm-5")]
        if "place" in self.fields:
            head.append(Div("place", css_class="col-sm-7"))
        more: list[Any] = []
        if has_items:
            opening = OPEN_DETAILS.format(title="Nội dung tuyên truyền theo kế hoạch", open="")
            more = [HTML(opening), "content_items", HTML(CLOSE_DETAILS)]
        return [
            Div(*head, css_class="row"),
            "title",
            Div(
                Div("held_on", css_class="col-7 col-sm-4"),
                Div("attendance", css_class="col-5 col-sm-3"),
                Div("author_name", css_class="col-sm-5"),
                css_class="row",
            ),
            *more,
        ]

    def _ending(self) -> list[Any]:
        return [StrictButton("Lưu", type="submit", css_class="btn-primary")]

    def clean_title(self) -> str:
        """In NFC, without doubled spaces."""
        return squeeze(self.cleaned_data["title"])

    def clean(self) -> dict[str, Any]:
        """Somebody whose unit has ended has nowhere to enter for."""
        data = super().clean() or self.cleaned_data
        if self.activity is None and not self.places:
            self.add_error(None, NO_PLACE)
        return data

    def place(self) -> tuple[Agency, Unit | None]:
        """In whose name it is entered."""
        key = self.cleaned_data.get("place") or next(iter(self.places))
        return self.places[key]

    @property
    def only_place(self) -> str:
        """The place when there is no choice."""
        if self.activity is not None:
            return place_name(self.activity.agency, self.activity.unit)
        return place_name(*next(iter(self.places.values()))) if len(self.places) == 1 else ""

    def facts(self) -> Facts:
        """The input as the action takes it."""
        data = self.cleaned_data
        return Facts(
            kind=data["kind"],
            title=data["title"],
            author_name=squeeze(data["author_name"]),
            held_on=data["held_on"],
            attendance=data["attendance"],
            content_items=list(data["content_items"]),
            summary=self.activity.summary if self.activity else "",
        )


class EntryForm(ActivityForm):
    """A new activity, and where it goes at once."""

    channels = ChannelChoice("Gửi ngay đến")
    sent_on = day_field("Ngày gửi")
    url = AddressField(required=False, help_text="Không bắt buộc; chỉ ghi khi chọn đúng một kênh.")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        choice = cast(ChannelChoice, self.fields["channels"])
        choice.queryset = channels(user)
        choice.owed = owed_on({agency.pk for agency, _ in self.places.values()})
        self.fields["sent_on"].initial = clock.today()
        if not self.is_bound:
            self.fields["title"].widget.attrs["autofocus"] = True

    def _ending(self) -> list[Any]:
        return [
            Field("channels", template="outreach/_channel_choice.html"),
            Div(
                Div("sent_on", css_class="col-sm-4"),
                Div("url", css_class="col-sm-8"),
                css_class="row",
            ),
            Div(
                StrictButton(
                    "Lưu và gửi", type="submit", name="then", value="send", css_class="btn-primary"
                ),
                StrictButton(
                    "Lưu nháp",
                    type="submit",
                    name="then",
                    value="draft",
                    css_class="btn-outline-secondary",
                ),
                css_class="d-flex gap-2",
            ),
        ]

    @property
    def sends(self) -> bool:
        """Whether the person pressed "Lưu và gửi"."""
        return self.data.get("then") == "send"

    def clean(self) -> dict[str, Any]:
        """What sending needs, asked only when it is sent."""
        data = super().clean() or self.cleaned_data
        chosen = list(data.get("channels") or ())
        if not self.sends:
            return data
        if not chosen:
            self.add_error("channels", "Hãy chọn ít nhất một kênh, hoặc bấm “Lưu nháp”.")
        if data.get("kind") in HELD_KINDS and "held_on" in data and data["held_on"] is None:
            self.add_error("held_on", "Hãy ghi ngày thực hiện: loại này tính theo ngày tổ chức.")
        if "url" in data:
            check_address(self, chosen, data["url"])
        return data

    def dispatch(self) -> Dispatch | None:
        """Where it goes; None for a draft."""
        data = self.cleaned_data
        if not self.sends:
            return None
        return Dispatch(list(data["channels"]), data["sent_on"], data["url"])


def _facts_of(activity: Activity) -> dict[str, Any]:
    return {
        "kind": activity.kind,
        "title": activity.title,
        "author_name": activity.author_name,
        "held_on": activity.held_on,
        "attendance": activity.attendance,
        "content_items": list(activity.content_items.values_list("pk", flat=True)),
    }
