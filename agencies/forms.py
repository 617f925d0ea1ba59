"""Input of the account pages; validates, never saves."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Field, Layout, Row, Submit
from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.contrib.auth.password_validation import validate_password

from agencies.models import Agency, Unit, User
from agencies.roles import Role


def _helper(button: str, *fields: Any) -> FormHelper:
    helper = FormHelper()
    helper.form_show_errors = True
    helper.layout = Layout(*fields, Submit("submit", button, css_class="btn btn-primary"))
    return helper


class LoginForm(AuthenticationForm):
    """User name and password."""

    error_messages = {  # noqa: RUF012 - Django's own form of a class attribute
        "invalid_login": (
            "Tên đăng nhập hoặc mật khẩu không đúng. Hãy kiểm tra bộ gõ và phím Caps Lock."
        ),
        "inactive": "Tài khoản này đã bị khóa.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "Tên đăng nhập"
        self.fields["password"].label = "Mật khẩu"
        self.helper = _helper(
            "Đăng nhập",
            Field("username", autocomplete="username", autocapitalize="none"),
            Field("password", autocomplete="current-password"),
        )


class NewPasswordForm(PasswordChangeForm):
    """The old password and twice the new one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = "Mật khẩu hiện tại"
        self.fields["new_password1"].label = "Mật khẩu mới"
        self.fields[
            "new_password1"
        ].help_text = "Ít nhất 10 ký tự, không phải mật khẩu thông dụng, không giống tên đăng nhập."
        self.fields["new_password2"].label = "Nhập lại mật khẩu mới"
        self.fields["new_password2"].help_text = ""
        self.helper = _helper("Đổi mật khẩu", "old_password", "new_password1", "new_password2")


class AccountForm(forms.Form):
    """A new account with its first role."""

    username = forms.RegexField(
        r"^[a-z0-9._-]{3,60}$",
        label="Tên đăng nhập",
        error_messages={
            "invalid": "Tên đăng nhập gồm 3–60 ký tự: chữ thường không dấu, số, dấu chấm, gạch."
        },
    )
    full_name = forms.CharField(label="Họ và tên", max_length=120)
    position = forms.CharField(label="Chức vụ", max_length=120, required=False)
    email = forms.EmailField(label="Thư công vụ", required=False)
    password = forms.CharField(
        label="Mật khẩu ban đầu",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Ít nhất 10 ký tự; người dùng tự đổi sau khi đăng nhập.",
    )
    role = forms.ChoiceField(
        label="Vai trò",
        # None of them by default: the first on the list would be an administrator.
        choices=[("", "Chọn vai trò"), *((role.value, role.label) for role in Role)],
    )
    agency = forms.ModelChoiceField(
        label="Cơ quan", queryset=Agency.objects.none(), empty_label="Chọn cơ quan"
    )
    unit = forms.ModelChoiceField(
        label="Đơn vị",
        queryset=Unit.objects.none(),
        required=False,
        empty_label="Không thuộc đơn vị nào",
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agencies = Agency.objects.visible_to(user).in_order()
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]
        self.fields["unit"].queryset = (  # type: ignore[attr-defined]
            Unit.objects.visible_to(user).select_related("agency").in_order()
        )
        self.fields["unit"].label_from_instance = (  # type: ignore[attr-defined]
            lambda unit: f"{unit.agency.short_name} – {unit.name}"
        )
        self.helper = _helper(
            "Tạo tài khoản",
            Row(Column("username"), Column("full_name")),
            Row(Column("position"), Column("email")),
            "password",
            "role",
            "agency",
            "unit",
        )

    def clean_username(self) -> str:
        """Refuse a name that is taken."""
        username: str = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=username).exists():
            raise forms.ValidationError("Tên đăng nhập này đã có người dùng.")
        return username

    def clean_password(self) -> str:
        """Hold the first password to the same rules as any other."""
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password

    def clean(self) -> dict[str, Any]:
        """The unit belongs to the agency, and a unit head has a unit."""
        data = super().clean() or {}
        unit, agency = data.get("unit"), data.get("agency")
        if unit and agency and unit.agency_id != agency.pk:
            self.add_error("unit", f"Đơn vị này không thuộc {agency}.")
        if data.get("role") == Role.UNIT_HEAD and not unit:
            self.add_error("unit", "Trưởng đơn vị phải gắn với một đơn vị.")
        return data
