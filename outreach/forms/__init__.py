"""Input of the outreach pages; validates, never saves. Choices come from the user."""

from outreach.forms.activities import ActivityForm, EntryForm
from outreach.forms.choices import places
from outreach.forms.filters import FilterForm
from outreach.forms.placements import (
    ApproveForm,
    ClearForm,
    PublishForm,
    ReasonForm,
    SendForm,
)

__all__ = [
    "ActivityForm",
    "ApproveForm",
    "ClearForm",
    "EntryForm",
    "FilterForm",
    "PublishForm",
    "ReasonForm",
    "SendForm",
    "places",
]
