"""Forms of the entry and edit pages."""

from __future__ import annotations

from itertools import groupby
from typing import Any, cast

from crispy_forms.bootstrap import StrictButton
from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Field, Layout
from django import forms
from django.core.files.uploadedfile import UploadedFile

from agencies.models import Agency, Unit, User
from cchc.lib import clock
from cchc.lib.choice_fields import SeveralField
from cchc.lib.filetypes import MAX_BYTES
from cchc.lib.text import squeeze
from cchc.lib.upload_limits import MAX_REQUEST
from outreach import particulars
from outreach.actions.activities import Facts
from outreach.forms import choices
from outreach.forms.channels import ChannelChoice, owed_on
from outreach.forms.clearance import to_whom
from outreach.forms.evidence import FilesForm, SeveralFiles
from outreach.forms.fields import AddressField, CountField, check_address, day_field
from outreach.forms.kinds import KindChoice
from outreach.kinds import KIND_FIELDS, Kind
from outreach.models import Activity
from outreach.moves import Dispatch
from plans.models import ContentItem, Task

OPEN_DETAILS = (
    '<details class="mb-3"{open}><summary class="form-label">{title}</summary>'
    '<div class="pt-2 ps-3">'
)
CLOSE_DETAILS = "</div></details>"
NO_PLACE = (
    "Tài khoản của anh/chị không gắn với đơn vị nào đang hoạt động; hãy báo Văn phòng cơ quan."
)
FOREIGN_UNIT = "Đơn vị cùng thực hiện phải thuộc {agency}."
NO_SCRIPT = (
    '<p class="form-text" data-no-script>Chỉ ghi những mục mà loại đã chọn có; mục khác để trống.'
    "</p>"
)
LIKENESSES = '{% include "outreach/_likeness_box.html" %}'
ENTRY_GO = '{% include "outreach/_entry_go.html" %}'
FILES_AGAIN = "Tệp minh chứng chưa được gửi: hãy chọn lại."
LONGEST_TASK = 140
_WIDTHS = {
    "author_name": "col-sm-7",
    "held_on": "col-6 col-sm-4",
    "venue": "col-sm-8",
    "attendance": "col-6 col-sm-4",
    "quantity": "col-6 col-sm-4",
    "reach": "col-6 col-sm-5",
    "document_number": "col-6 col-sm-5",
    "document_on": "col-6 col-sm-4",
    "task": "col-12",
}


class SomeFiles(SeveralFiles):
    """Every file of the post, or none."""

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """The files; each is judged by itself when the activity is kept."""
        return list(data or ())


class TaskChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """The tasks of the agency's plans, plan by plan."""

    def offer(self, tasks: list[Task]) -> None:
        """One group per plan."""
        groups = groupby(tasks, key=lambda task: task.plan)
        self.choices = [
            ("", "Không chọn"),
            *((_short(str(plan)), [(t.pk, _short(str(t))) for t in rows]) for plan, rows in groups),
        ]


class ActivityForm(forms.Form):
    """What was written, made or held; nothing about channels. The kind says which fields count."""

    kind = KindChoice()
    title = forms.CharField(
        label="Tiêu đề",
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Hãy ghi tiêu đề."},
    )
    author_name = forms.CharField(
        label="Tác giả",
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "Chỉ ghi khi khác người nhập"}),
    )
    held_on = day_field("Ngày thực hiện", required=False)
    venue = forms.CharField(label="Địa điểm", max_length=200, required=False)
    attendance = CountField("Số người tham dự")
    quantity = CountField("Số lượng")
    reach = CountField("Lượt xem")
    document_number = forms.CharField(
        label="Số, ký hiệu",
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "placeholder": "15/BC-STTTT"}),
    )
    document_on = day_field("Ngày văn bản", required=False)
    task = TaskChoice(Task.objects.none(), required=False, label="Là sản phẩm của nhiệm vụ")
    content_items = SeveralField(
        queryset=ContentItem.objects.none(),
        label="",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    joint_units = SeveralField(
        queryset=Unit.objects.none(),
        label="",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, user: User, activity: Activity | None = None, **kwargs: Any):
        if activity is not None:
            kwargs["initial"] = _facts_of(activity)
        super().__init__(*args, **kwargs)
        self.activity = activity
        self.places = {} if activity else choices.places(user)
        self.agency_ids = (
            {activity.agency_id} if activity else {agency.pk for agency, _ in self.places.values()}
        )
        self._ask_place()
        plans = choices.plans_today(self.agency_ids)
        items = choices.content_items(plans, activity)
        units = choices.joint_units(self.agency_ids, activity)
        if len(self.places) == 1:
            units = units.exclude(pk__in=[unit.pk for _, unit in self.places.values() if unit])
        self._choose("content_items", items)
        self._choose("joint_units", units)
        tasks = choices.tasks(plans, activity)
        self._choose("task", tasks)
        cast(TaskChoice, self.fields["task"]).offer(list(tasks))
        self.helper = FormHelper()
        self.helper.attrs = {"data-entry": ""}
        self.helper.layout = Layout(*self._article(), *self._ending())

    def _choose(self, name: str, rows: Any) -> None:
        self.fields[name].queryset = rows  # type: ignore[attr-defined]

    def _ask_place(self) -> None:
        """Ask for the unit only when the person writes for more than one."""
        if len(self.places) > 1:
            names = [(key, choices.place_name(*place)) for key, place in self.places.items()]
            self.fields["place"] = forms.ChoiceField(label="Đơn vị thực hiện", choices=names)

    def _article(self) -> list[Any]:
        place = ["place"] if "place" in self.fields else []
        own = [Div(name, css_class=_WIDTHS[name], data_field=name) for name in KIND_FIELDS]
        return [
            Field("kind", template="outreach/_kind_choice.html"),
            *place,
            "title",
            HTML(LIKENESSES),
            HTML(NO_SCRIPT),
            Div(*own, css_class="row entry-own"),
            *self._fold("content_items", "Nội dung tuyên truyền theo kế hoạch"),
        ]

    def _fold(self, name: str, title: str) -> list[Any]:
        """Boxes to tick behind a line; open when one is ticked."""
        if not self.fields[name].queryset.exists():  # type: ignore[attr-defined]
            return []
        is_open = " open" if self[name].value() else ""
        return [HTML(OPEN_DETAILS.format(title=title, open=is_open)), name, HTML(CLOSE_DETAILS)]

    def _ending(self) -> list[Any]:
        return [
            *self._fold("joint_units", "Đơn vị cùng thực hiện"),
            Div(StrictButton("Lưu", type="submit", css_class="btn-primary"), css_class="entry-go"),
        ]

    @property
    def sends(self) -> bool:
        """Whether it is sent at once."""
        return False

    def clean_title(self) -> str:
        """In NFC, without doubled spaces."""
        return squeeze(self.cleaned_data["title"])

    def clean(self) -> dict[str, Any]:
        """Only what the kind has is looked at; somebody without a unit has nowhere to enter for."""
        data = super().clean() or self.cleaned_data
        if self.activity is None and not self.places:
            self.add_error(None, NO_PLACE)
        elif "kind" in data:
            self._clean_own(Kind(data["kind"]), data)
            self._clean_joint(data)
        return data

    def _clean_own(self, kind: Kind, data: dict[str, Any]) -> None:
        for name in KIND_FIELDS:
            if name not in kind.fields:
                self.errors.pop(name, None)
                data[name] = None
        wrong = particulars.faults(kind, data, clock.today())
        if self.sends:
            wrong |= particulars.lacking(kind, data)
        for name, fault in wrong.items():
            if name not in self.errors:
                self.add_error(name, fault)

    def _clean_joint(self, data: dict[str, Any]) -> None:
        agency = self._agency(data)
        if agency and any(u.agency_id != agency.pk for u in data.get("joint_units") or ()):
            self.add_error("joint_units", FOREIGN_UNIT.format(agency=agency))

    def _agency(self, data: dict[str, Any]) -> Agency | None:
        if self.activity is not None:
            return self.activity.agency
        known = self.places.get(data.get("place") or next(iter(self.places)))
        return known[0] if known else None

    def place(self) -> tuple[Agency, Unit | None]:
        """In whose name it is entered."""
        key = self.cleaned_data.get("place") or next(iter(self.places))
        return self.places[key]

    @property
    def only_place(self) -> str:
        """The place when there is no choice."""
        if self.activity is not None:
            return choices.place_name(self.activity.agency, self.activity.unit)
        if len(self.places) != 1:
            return ""
        return choices.place_name(*next(iter(self.places.values())))

    def facts(self) -> Facts:
        """The input as the action takes it."""
        data = self.cleaned_data
        return Facts(
            kind=data["kind"],
            title=data["title"],
            summary=self.activity.summary if self.activity else "",
            author_name=squeeze(data["author_name"] or ""),
            held_on=data["held_on"],
            venue=squeeze(data["venue"] or ""),
            attendance=data["attendance"],
            reach=data["reach"],
            quantity=data["quantity"],
            document_number=squeeze(data["document_number"] or ""),
            document_on=data["document_on"],
            task=data["task"],
            content_items=list(data["content_items"]),
            joint_units=list(data["joint_units"]),
        )


class EntryForm(ActivityForm):
    """A new activity, what proves it, and where it goes at once."""

    channels = ChannelChoice("Gửi ngay đến")
    sent_on = day_field("Ngày gửi")
    url = AddressField(required=False, help_text="Không bắt buộc; chỉ ghi khi chọn đúng một kênh.")
    proof_files = SomeFiles(required=False, label="Tệp minh chứng")
    proof_url = AddressField(required=False)
    max_file = MAX_BYTES
    max_post = MAX_REQUEST
    max_megabytes = MAX_BYTES // 1024 // 1024

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.whom: dict[str, str] = {}
        super().__init__(*args, user=user, **kwargs)
        choice = cast(ChannelChoice, self.fields["channels"])
        choice.queryset = choices.channels(user)
        choice.owed = owed_on(self.agency_ids)
        self.whom = to_whom(user, self.places)
        self.fields["sent_on"].initial = clock.today()
        if self.whom and all(self.whom.values()):
            self.fields["sent_on"].label = "Ngày trình"
        self.fields["proof_url"].label = "Đường dẫn minh chứng"
        self.fields["proof_files"].widget.attrs["accept"] = FilesForm.accept
        if not self.is_bound:
            self.fields["title"].widget.attrs["autofocus"] = True

    def _ending(self) -> list[Any]:
        return [
            Field("channels", template="outreach/_channel_choice.html"),
            Div(
                Div("sent_on", css_class="col-6 col-sm-4"),
                Div("url", css_class="col-sm-8"),
                css_class="row",
            ),
            Div(
                Div(
                    Field("proof_files", template="outreach/_entry_files.html"),
                    css_class="col-sm-6",
                ),
                Div("proof_url", css_class="col-sm-6"),
                css_class="row",
            ),
            *self._fold("joint_units", "Đơn vị cùng thực hiện"),
            HTML(ENTRY_GO),
        ]

    @property
    def sends(self) -> bool:
        """Whether the person pressed "Lưu và gửi"."""
        return self.data.get("then") == "send"

    @property
    def submits(self) -> bool:
        """Whether sending from the chosen place lays it before a clearer first."""
        return bool(self.whom.get(self.chosen_place))

    @property
    def chosen_place(self) -> str:
        """The place as it stands on the page."""
        shown = str(self["place"].value()) if "place" in self.fields else ""
        return shown if shown in self.places else next(iter(self.places), "")

    @property
    def lost_files(self) -> str:
        """A page that comes back brings no files with it."""
        return FILES_AGAIN if self.files else ""

    def clean(self) -> dict[str, Any]:
        """What sending needs, asked only when it is sent."""
        data = super().clean()
        chosen = list(data.get("channels") or ())
        if not self.sends:
            return data
        if not chosen:
            self.add_error("channels", "Hãy chọn ít nhất một kênh, hoặc bấm “Lưu nháp”.")
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
        **{name: getattr(activity, name) for name in KIND_FIELDS},
        "content_items": list(activity.content_items.values_list("pk", flat=True)),
        "joint_units": list(activity.joint_units.values_list("pk", flat=True)),
    }


def _short(text: str) -> str:
    text = squeeze(text)
    return f"{text[: LONGEST_TASK - 1]}…" if len(text) > LONGEST_TASK else text
