"""Channels as pages show them: an address, and whether letters go there; if not, why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from models.people.addresses import Channel


class ChannelState(StrEnum):
    """What is known of an address; letters go to the first two only."""

    VERIFIED = "verified"  # its reader followed a link sent there
    VOUCHED = "vouched_for"  # the operator or the Secretariat says so
    UNVERIFIED = "unverified"
    RETURNED = "returned"  # a letter came back


@dataclass(frozen=True, kw_only=True, slots=True)
class ChannelView:
    """An address of a person, and why letters go there or not."""

    channel: int
    kind: str
    address: str
    state: ChannelState
    reason: str | None


def channel_view(channel: Channel) -> ChannelView:
    """Show an address with what is known of it; who may see it was decided before."""
    if channel.returned_at is not None:
        state = ChannelState.RETURNED
    elif channel.verified_at is not None:
        state = ChannelState.VERIFIED
    else:
        state = ChannelState.UNVERIFIED if channel.vouched_by is None else ChannelState.VOUCHED
    return ChannelView(
        channel=channel.id,
        kind=channel.kind,
        address=channel.address,
        state=state,
        reason=channel.returned_reason if state is ChannelState.RETURNED else None,
    )
