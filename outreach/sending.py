"""Which way an activity takes when it is sent: to the channels, or to its unit's head first.

Only actions call this; they have asked whether the person may send at all.
"""

from __future__ import annotations

from agencies.models import User
from outreach import moves
from outreach.models import Activity, Placement
from outreach.moves import Dispatch
from outreach.policies import own_clearance, submits


def go(activity: Activity, to: Dispatch, by: User) -> tuple[bool, list[Placement]]:
    """Submit or send, as the agency's rule and the sender's part say; whether it was submitted."""
    if not activity.agency.clears_internally:
        return False, moves.send_out(activity, to, by)
    if submits(by, activity):
        return True, moves.submit_all(activity, to, by)
    words = own_clearance(by, activity) if activity.author_id == by.pk else ""
    return False, moves.send_out(activity, to, by, cleared=True, comment=words)
