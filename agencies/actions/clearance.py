"""Whether a unit's head clears what goes to the channels: each agency says for itself."""

from __future__ import annotations

from django.db import transaction

from agencies import audit
from agencies.models import Agency, User
from agencies.policies import may_switch_clearance
from cchc.lib.decisions import Refused, require

SWITCHED_ON = audit.Verb("agency.clear_internally", "Bật duyệt nội bộ trước khi gửi")
SWITCHED_OFF = audit.Verb("agency.send_at_once", "Tắt duyệt nội bộ trước khi gửi")

ALREADY = "{agency} đã {way} duyệt nội bộ trước đó."


@transaction.atomic
def switch(*, agency: Agency, on: bool, by: User) -> Agency:
    """From now on; what was submitted before is still cleared, handed back or taken back."""
    locked = Agency.objects.select_for_update(of=("self",)).get(pk=agency.pk)
    require(may_switch_clearance(by, locked))
    if locked.clears_internally == on:
        raise Refused(ALREADY.format(agency=locked.name, way="bật" if on else "tắt"))
    locked.clears_internally = on
    locked.save(update_fields=["clears_internally"])
    audit.record(
        SWITCHED_ON if on else SWITCHED_OFF,
        locked,
        by=by,
        agency=locked,
        before={"clears_internally": not on},
        after={"clears_internally": on},
    )
    return locked
