"""What a person's memberships add up to on one day. Pure: no Django, no clock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from agencies.roles import AGENCY_READERS, PROVINCE_READERS, TRAIL_READERS, Role


@dataclass(frozen=True, slots=True)
class Post:
    """One current membership as plain values; ``whole_province`` when the agency is UBND tỉnh."""

    role: Role
    agency_id: int
    province_id: int
    unit_id: int | None = None
    whole_province: bool = False

    @property
    def oversees_province(self) -> bool:
        """Home Affairs, and readers at UBND tỉnh, read the province as a whole."""
        return self.role is Role.HOME_AFFAIRS or (
            self.whole_province and self.role in PROVINCE_READERS
        )


@dataclass(frozen=True, slots=True)
class Standing:
    """All current posts of one person, the first being the one shown on screen."""

    posts: tuple[Post, ...] = ()

    @property
    def roles(self) -> frozenset[Role]:
        """Every role held anywhere."""
        return frozenset(post.role for post in self.posts)

    @property
    def province_ids(self) -> frozenset[int]:
        """Provinces in which the person works."""
        return frozenset(post.province_id for post in self.posts)

    @property
    def overseen_province_ids(self) -> frozenset[int]:
        """Provinces that the person reads as a whole."""
        return frozenset(post.province_id for post in self.posts if post.oversees_province)

    @property
    def inspected_province_ids(self) -> frozenset[int]:
        """Provinces whose whole audit trail the person reads."""
        return frozenset(
            post.province_id
            for post in self.posts
            if post.oversees_province and post.role in TRAIL_READERS
        )

    @property
    def inspected_agency_ids(self) -> frozenset[int]:
        """Agencies whose audit trail the person reads."""
        return self.agencies_as(*TRAIL_READERS)

    @property
    def readable_agency_ids(self) -> frozenset[int]:
        """Agencies whose drafts the person may read."""
        return self.agencies_as(*AGENCY_READERS)

    @property
    def edited_agency_ids(self) -> frozenset[int]:
        """Agencies whose channels the person edits."""
        return self.agencies_as(Role.CHANNEL_EDITOR)

    def agencies_as(self, *roles: Role) -> frozenset[int]:
        """Agencies where one of the roles is held."""
        return frozenset(post.agency_id for post in self.posts if post.role in roles)

    def units_as(self, *roles: Role) -> frozenset[int]:
        """Units where one of the roles is held."""
        return frozenset(
            post.unit_id for post in self.posts if post.role in roles and post.unit_id is not None
        )

    def holds(self, roles: Iterable[Role], agency_id: int | None = None) -> bool:
        """Whether one of the roles is held, at that agency when one is given."""
        wanted = frozenset(roles)
        return any(
            post.role in wanted and agency_id in {None, post.agency_id} for post in self.posts
        )
