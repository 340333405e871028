"""Channels: the ways out for letters that the operator configured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from casework.core.settings import Settings
from notifications.channels import Channel, MailChannel, NoMail, OfficeChannel
from notifications.offices import BadChannel, Office, office
from notifications.wires import MailServer


@dataclass(frozen=True, kw_only=True, slots=True)
class Wires:
    """Mail for persons, and rooms for those who get their letters there instead."""

    mail: Channel
    rooms: Mapping[str, Channel]

    @property
    def has_mail(self) -> bool:
        """Tell whether a mail server is configured."""
        return not isinstance(self.mail, NoMail)

    def room_of(self, name: str) -> Channel | None:
        """Return the room of a person or office on file, if the operator gave them one."""
        return self.rooms.get(name.casefold())


def wires_of(settings: Settings, *, training: bool) -> Wires:
    """Return the ways out; BadChannel lists every fault in how offices are written."""
    offices = offices_of(settings)
    return Wires(
        mail=_mail(settings, training=training),
        rooms={o.serves.casefold(): OfficeChannel(office=o, training=training) for o in offices},
    )


def offices_of(settings: Settings) -> list[Office]:
    """Return the offices' channels as the operator wrote them, or every fault in them at once."""
    read, faults = [], []
    for name, given in settings.offices.items():
        try:
            read.append(office(name, given))
        except BadChannel as wrong:
            faults.append(str(wrong))
    if faults:
        raise BadChannel("\n".join(faults))
    return read


def _mail(settings: Settings, *, training: bool) -> Channel:
    if settings.smtp_host is None:
        return NoMail()
    server = MailServer(
        host=settings.smtp_host,
        port=settings.smtp_port,
        security=settings.smtp_security,
        sender=settings.mail_from,
        user=settings.smtp_user,
        password=settings.password(),
    )
    return MailChannel(server=server, training=training)
