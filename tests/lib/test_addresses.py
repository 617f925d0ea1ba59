"""The quick way to an address says what Django says."""

import pytest
from django.urls import reverse

from cchc.lib.addresses import numbered, plain


@pytest.mark.core
@pytest.mark.parametrize(
    "name",
    ["outreach:obligation-detail", "plans:plan-detail", "reporting:report-detail"],
)
@pytest.mark.parametrize("number", [0, 7, 100, 2_000_000_001])
def test_a_number_stands_where_django_puts_it(name: str, number: int) -> None:
    assert numbered(name, number) == reverse(name, args=[number])


@pytest.mark.core
def test_a_page_without_a_number() -> None:
    assert plain("reporting:agency-matrix") == reverse("reporting:agency-matrix")
