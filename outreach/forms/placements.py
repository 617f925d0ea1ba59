"""Forms of a placement's way: send, clear, approve, turn down, publish, take down."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from crispy_forms.bootstrap import StrictButton
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout
from django import forms

from agencies.models import User
from cchc.lib import clock
from outreach.actions.placements import WHY_NOT_COUNTED
from outreach.forms.channels import ChannelChoice, owed_on
from outreach.forms.choices import channels
from outreach.forms.fields import AddressField, check_address, day_field
from outreach.models import Activity, Placement
from outreach.moves import Dispatch
from outreach.policies import submits
from outreach.workflow import OPEN, State
from plans.models import Obligation


class SendForm(forms.Form):
    """Send an activity to channels that do not have it."""

    channels = ChannelChoice("Kênh")
    on = day_field("Ngày gửi")
    url = AddressField(required=False, help_text="Chỉ ghi khi chọn đúng một kênh.")
    comment = forms.CharField(label="Lời nhắn cho biên tập viên", max_length=1000, required=False)

    def __init__(
        self,
        *args: Any,
        user: User,
        activity: Activity,
        placements: list[Placement],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        gone = [p.channel_id for p in placements if p.state not in OPEN]
        field = cast(ChannelChoice, self.fields["channels"])
        field.queryset = channels(user).exclude(pk__in=gone)
        field.initial = [p.channel_id for p in placements if p.state in OPEN]
        self.nothing_gone = not gone
        self.is_again = any(p.state == State.RETURNED for p in placements)
        self.submits = submits(user, activity)
        if self.submits:
            self.fields["on"].label = "Ngày trình"
            self.fields["comment"].label = "Lời nhắn cho người duyệt nội bộ"
        field.owed = owed_on({activity.agency_id})
        self.fields["on"].initial = clock.today()
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Field("channels", template="outreach/_channel_choice.html"),
            Div(Div("on", css_class="col-sm-4"), Div("url", css_class="col-sm-8"), css_class="row"),
            "comment",
        )

    @property
    def is_wanted(self) -> bool:
        """Whether sending is the next thing to do: nothing sent yet, returned, or just tried."""
        return self.is_bound or self.nothing_gone or bool(self.fields["channels"].initial)

    @property
    def has_channels(self) -> bool:
        """Whether anything is left to send to."""
        return bool(self.fields["channels"].queryset.exists())  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """At least one channel, and the address only where it belongs."""
        data = super().clean() or self.cleaned_data
        chosen = list(data.get("channels") or ())
        if not chosen:
            self.add_error("channels", "Hãy chọn ít nhất một kênh.")
        if "url" in data:
            check_address(self, chosen, data["url"])
        return data

    def dispatch(self) -> Dispatch:
        """The input as the action takes it."""
        data = self.cleaned_data
        return Dispatch(list(data["channels"]), data["on"], data["url"], data["comment"])


# The page shows again what would count, by the day that has been typed.
_SHOWS = {"hx-get": "", "hx-select": "#tinh-cho", "hx-target": "#tinh-cho", "hx-swap": "outerHTML"}


class DecideForm(forms.Form):
    """The day of the decision, and words if any."""

    on = day_field("Ngày duyệt", required=False)
    comment = forms.CharField(label="Ý kiến (nếu có)", max_length=1000, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = clock.today()


class ClearForm(DecideForm):
    """Internal clearance: the words go on to the channel's editors."""

    comment = forms.CharField(
        label="Lời nhắn cho biên tập viên (nếu có)", max_length=1000, required=False
    )


class ApproveForm(DecideForm):
    """Approval, and which of the obligations that it would count for it is not to count for.

    ``shown`` are those that the person was shown; what was not shown counts by the rule.
    """

    def __init__(self, *args: Any, obligations: Iterable[Obligation] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].widget.attrs |= _SHOWS
        self.obligations = list(obligations)
        for obligation in self.obligations:
            self.fields[_ticked(obligation)] = forms.BooleanField(required=False, initial=True)
            self.fields[_reason(obligation)] = forms.CharField(max_length=500, required=False)

    def clean(self) -> dict[str, Any]:
        """What is not to count needs its reason."""
        data = super().clean() or self.cleaned_data
        for obligation in self.obligations:
            if not data.get(_ticked(obligation)) and not data.get(_reason(obligation)):
                self.add_error(_reason(obligation), WHY_NOT_COUNTED.format(obligation=obligation))
        return data

    def not_counting(self) -> dict[Obligation, str]:
        """The obligations that were unticked, each with the reason."""
        return {
            obligation: self.cleaned_data[_reason(obligation)]
            for obligation in self.obligations
            if not self.cleaned_data[_ticked(obligation)]
        }

    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The tick and the reason of each obligation, in their order."""
        return [(self[_ticked(o)], self[_reason(o)]) for o in self.obligations]


def _ticked(obligation: Obligation) -> str:
    return f"counts-{obligation.pk}"


def _reason(obligation: Obligation) -> str:
    return f"reason-{obligation.pk}"


class ReasonForm(forms.Form):
    """A compulsory reason, and the day where one is kept."""

    reason = forms.CharField(
        label="Lý do",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Hãy ghi lý do."},
    )

    def __init__(self, *args: Any, button: str, day: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if day:
            self.fields["on"] = day_field(day)
            self.fields["on"].initial = clock.today()
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Field("reason", autofocus=True),
            *([Div(Div("on", css_class="col-sm-5"), css_class="row")] if day else []),
            StrictButton(button, type="submit", css_class="btn-primary"),
        )


class PublishForm(forms.Form):
    """Since when it stands on the channel, and where."""

    decided_on = day_field("Ngày duyệt", required=False, help_text="Sửa nếu đã duyệt sớm hơn.")
    on = day_field("Ngày đăng")
    url = AddressField()

    def __init__(self, *args: Any, placement: Placement, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "decided_on": placement.decided_on,
            "on": clock.today(),
            "url": placement.url,
        }
        super().__init__(*args, **kwargs)
        self.fields["url"].required = placement.channel.needs_address
        for day in ("decided_on", "on"):
            shows = _SHOWS | {"hx-include": "#id_decided_on, #id_on"}
            self.fields[day].widget.attrs |= shows
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Div(
                Div("decided_on", css_class="col-sm-6"),
                Div("on", css_class="col-sm-6"),
                css_class="row",
            ),
            "url",
            StrictButton("Ghi nhận đã đăng", type="submit", css_class="btn-primary"),
        )
