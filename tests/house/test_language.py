"""Nothing on screen is left in English, and days come before months."""

from __future__ import annotations

from datetime import date

import pytest
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import formats


class Everything(forms.Form):
    name = forms.CharField(max_length=3)
    day = forms.DateField()
    number = forms.IntegerField(min_value=1)
    url = forms.URLField(assume_scheme="https")
    email = forms.EmailField()
    kind = forms.ChoiceField(choices=[("a", "A")])


def errors(**sent: str) -> dict[str, list[str]]:
    return {name: list(found) for name, found in Everything(sent).errors.items()}


def test_an_empty_form_is_answered_in_vietnamese() -> None:
    assert errors() == {key: ["Hãy điền ô này."] for key in Everything.base_fields}


def test_wrong_input_is_answered_with_what_would_be_accepted() -> None:
    sent = {"name": "bốn chữ", "day": "31/02/2024", "number": "0", "url": "x y", "email": "x"}
    assert errors(**sent, kind="b") == {
        "name": ["Chỉ được ghi tối đa 3 ký tự (hiện có 7)."],
        "day": ["Ngày không đọc được; hãy ghi theo dạng ngày/tháng/năm, ví dụ 05/03/2024."],
        "number": ["Số này không được nhỏ hơn 1."],
        "url": ["Đường dẫn phải bắt đầu bằng http:// hoặc https://."],
        "email": ["Địa chỉ thư điện tử chưa đúng, ví dụ đúng: ten@tinh.gov.vn."],
        "kind": ["Lựa chọn “b” không có trong danh sách."],
    }


def test_a_weak_password_is_answered_in_vietnamese() -> None:
    with pytest.raises(ValidationError) as refusal:
        validate_password("password")
    assert refusal.value.messages == [
        "Mật khẩu quá ngắn; cần ít nhất 10 ký tự.",
        "Mật khẩu này quá thông dụng, dễ bị đoán.",
    ]


@pytest.mark.parametrize("text", ["05/11/2026", "5-11-2026", "5.11.2026", "2026-11-05"])
def test_the_day_comes_before_the_month(text: str) -> None:
    assert forms.DateField().clean(text) == date(2026, 11, 5)
    assert formats.date_format(date(2026, 11, 5)) == "05/11/2026"
