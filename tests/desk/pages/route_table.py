"""Every route of the desk with every role, and the status each one is answered with. A new route needs a row.

303 to a stranger leads to signing in. 404 also stands where something may not be known; 403 where one may know that
it is there, but may not do it. The stage is Malawi's file: “contact” is Malawi's own, “elsewhere” serves Asia.
"""

from dataclasses import dataclass

from tests.cast import STRANGER

ROLES = (
    STRANGER,
    "contact",
    "contact elsewhere",
    "champion",
    "champion elsewhere",
    "coordinator",
    "coordinator elsewhere",
    "president",
    "chair",
    "secretariat",
    "administrator",
    "made up",
)

TABLE = """
#                                               stranger
#                                               |   contact, of another State
#                                               |   |   |   champion, of another region
#                                               |   |   |   |   |   coordinator, of another region
#                                               |   |   |   |   |   |   |   president, chair
#                                               |   |   |   |   |   |   |   |   |   secretariat, administrator
#                                               |   |   |   |   |   |   |   |   |   |   |   a role outside the table
GET  /health                                    200 200 200 200 200 200 200 200 200 200 200 200
GET  /metrics                                   303 404 404 404 404 404 404 404 404 404 404 404
GET  /                                          303 200 200 200 200 200 200 200 200 200 200 200
POST /seen                                      303 303 303 303 303 303 303 303 303 303 303 303
GET  /follow-ups                                303 200 200 200 200 200 200 200 200 200 200 200
GET  /follow-ups/new                            303 404 404 200 200 200 200 404 404 200 200 404
POST /follow-ups/new                            303 404 404 303 403 303 403 404 404 303 303 404
GET  /follow-ups/{follow_up}                    303 404 404 200 404 200 404 404 404 200 200 404
POST /follow-ups/{follow_up}/take               303 404 404 303 404 303 404 404 404 303 303 404
POST /follow-ups/{follow_up}/hand-over          303 404 404 303 404 303 404 404 404 303 303 404
POST /follow-ups/{follow_up}/snooze             303 404 404 303 404 422 404 404 404 303 303 404
POST /follow-ups/{follow_up}/close              303 404 404 303 404 422 404 404 404 303 303 404
POST /follow-ups/together                       303 422 422 303 422 422 422 422 422 303 303 422
POST /follow-ups/{follow_up}/reopen             303 404 404 409 404 409 404 404 404 409 409 404
POST /follow-ups/{follow_up}/comments           303 404 404 303 404 303 404 404 404 303 303 404
POST /follow-ups/{follow_up}/comments/{comment}/delete 303 404 404 422 404 422 404 404 404 404 404 404
GET  /runs                                      303 404 404 404 404 404 404 404 404 200 200 404
GET  /runs/prefect                              303 404 404 404 404 404 404 404 404 303 303 404
POST /runs/{flow}/start                         303 404 404 404 404 404 404 404 404 303 303 404
GET  /runs/intake                               303 404 404 404 404 404 404 404 404 200 200 404
POST /runs/intake                               303 404 404 404 404 404 404 404 404 422 422 404
POST /runs/intake/files/{digest}                303 404 404 404 404 404 404 404 404 422 422 404
POST /letters/{letter}/retry                    303 404 404 404 404 404 404 404 404 422 422 404
POST /letters/{letter}/give-up                  303 404 404 404 404 404 404 404 404 303 303 404
POST /letters/{letter}/returned                 303 404 404 404 404 404 404 404 404 422 422 404
GET  /states                                    303 200 200 200 200 200 200 200 200 200 200 200
GET  /states.csv                                303 200 200 200 200 200 200 200 200 200 200 200
GET  /states.xlsx                               303 200 200 200 200 200 200 200 200 200 200 200
GET  /next-steps                                303 404 404 200 200 200 200 200 200 200 200 404
GET  /next-steps.csv                            303 404 404 200 200 200 200 200 200 200 200 404
GET  /next-steps.xlsx                           303 404 404 200 200 200 200 200 200 200 200 404
POST /next-steps/{state}                        303 403 403 303 403 303 403 403 403 303 303 403
GET  /states/{state}                            303 200 200 200 200 200 200 200 200 200 200 200
GET  /states/{state}/file/{kind}                303 200 404 200 404 200 404 404 404 200 200 404
GET  /states/{state}/file/{kind}/who-may-know   303 200 404 200 404 200 404 404 404 200 200 404
POST /states/{state}/facts                      303 403 403 303 403 303 403 403 403 303 303 403
POST /states/{state}/steps/{step}               303 403 403 403 403 422 403 403 403 422 422 403
POST /states/{state}/settle                     303 403 403 403 403 403 403 403 403 422 422 403
GET  /states/{state}/names                      303 200 200 200 200 200 200 200 200 200 200 200
POST /states/{state}/names                      303 403 403 403 403 403 403 403 403 303 303 403
POST /states/{state}/names/{number}/take-back   303 403 403 403 403 403 403 403 403 303 303 403
GET  /reading/day                               303 200 200 200 200 200 200 200 200 200 200 200
GET  /reading/date                              303 200 200 200 200 200 200 200 200 200 200 200
GET  /sign-in                                   200 303 303 303 303 303 303 303 303 303 303 303
POST /sign-in                                   422 422 422 422 422 422 422 422 422 422 422 422
GET  /sign-in/{token}                           410 410 410 410 410 410 410 410 410 410 410 410
POST /sign-in/{token}                           410 410 410 410 410 410 410 410 410 410 410 410
POST /sign-out                                  303 303 303 303 303 303 303 303 303 303 303 303
POST /sign-out/everywhere                       303 303 303 303 303 303 303 303 303 303 303 303
GET  /verify/{token}                            410 410 410 410 410 410 410 410 410 410 410 410
POST /verify/{token}                            410 410 410 410 410 410 410 410 410 410 410 410
GET  /r/{token}                                 410 410 410 410 410 410 410 410 410 410 410 410
POST /r/{token}                                 410 410 410 410 410 410 410 410 410 410 410 410
GET  /enquiry                                   303 404 404 200 200 200 200 200 200 200 200 404
GET  /enquiry.csv                               303 404 404 200 200 200 200 200 200 200 200 404
GET  /enquiry.xlsx                              303 404 404 200 200 200 200 200 200 200 200 404
POST /enquiry                                   303 403 403 403 403 403 403 403 403 303 303 403
POST /enquiry/close                             303 403 403 403 403 403 403 403 403 422 422 403
GET  /account                                   303 200 200 200 200 200 200 200 200 200 200 200
POST /account/password                          303 303 303 303 303 303 303 303 303 303 303 303
POST /account/language                          303 303 303 303 303 303 303 303 303 303 303 303
GET  /l/{letter}                                303 404 404 303 404 404 404 404 404 404 404 404
GET  /files/{fact}                              303 200 404 200 404 404 404 200 404 200 200 404
GET  /proposals/{proposal}/file                 303 200 404 404 404 404 404 404 404 200 200 404
GET  /states/{state}/facts/{fact}/release       303 403 403 403 403 403 403 403 403 200 200 403
POST /states/{state}/facts/{fact}/release       303 403 403 403 403 403 403 403 403 303 303 403
POST /states/{state}/facts/{fact}/take-back     303 403 403 403 403 403 403 403 403 303 303 403
GET  /proposals                                 303 200 200 404 404 404 404 404 404 200 200 404
POST /states/{state}/proposals                  303 303 403 403 403 403 403 403 403 403 403 403
POST /proposals/{proposal}/accept               303 403 403 403 403 403 403 403 403 303 303 403
POST /proposals/{proposal}/decline              303 403 403 403 403 403 403 403 403 303 303 403
GET  /papers                                    303 200 200 200 200 200 200 200 200 200 200 200
GET  /papers/{paper}                            303 200 200 200 200 200 200 200 200 200 200 200
GET  /meetings                                  303 200 200 200 200 200 200 200 200 200 200 200
POST /meetings                                  303 403 403 403 403 403 403 303 303 303 303 403
GET  /meetings/{meeting}                        303 200 200 200 200 200 200 200 200 200 200 200
POST /meetings/{meeting}/end                    303 403 403 403 403 403 403 303 303 303 303 403
GET  /meetings/{meeting}/line                   303 403 403 403 403 403 403 200 200 200 200 403
POST /meetings/{meeting}/lines                  303 403 403 403 403 403 403 303 303 303 303 403
POST /meetings/{meeting}/kept                   303 403 403 403 403 403 403 200 200 200 200 403
POST /meetings/{meeting}/lines/{line}/check     303 403 403 403 403 403 403 303 303 303 303 403
POST /meetings/{meeting}/lines/{line}/strike    303 403 403 403 403 403 403 303 303 303 303 403
POST /meetings/{meeting}/check                  303 403 403 403 403 403 403 303 303 303 303 403
GET  /promises                                  303 200 200 200 200 200 200 200 200 200 200 200
GET  /promises/{state}/{promise}                303 403 403 200 403 200 403 403 403 200 200 403
POST /promises/{state}/{promise}                303 403 403 303 403 303 403 403 403 303 303 403
GET  /people                                    303 200 200 200 200 200 200 200 200 200 200 200
POST /people                                    303 403 403 403 403 403 403 403 403 303 303 403
GET  /people/{person}                           303 200 404 200 200 200 200 200 200 200 200 404
GET  /people/{person}/kept                      303 403 403 200 403 403 403 403 403 403 200 403
GET  /retention                                 303 404 404 404 404 404 404 404 404 403 200 404
POST /retention                                 303 404 404 404 404 404 404 404 404 403 422 404
POST /people/{person}/channels                  303 403 403 403 403 403 403 403 403 303 303 403
POST /people/channels/{channel}/verify          303 404 404 303 404 404 404 404 404 303 303 404
POST /people/channels/{channel}/returned        303 403 403 403 403 403 403 403 403 303 303 403
POST /people/{person}/invite                    303 403 403 403 403 403 403 403 403 303 303 403
POST /people/mandates                           303 403 403 403 403 403 403 403 403 303 303 403
GET  /people/mandates/{mandate}                 303 200 404 200 200 200 200 200 200 200 200 404
POST /people/mandates/{mandate}/holds           303 403 403 403 403 403 403 403 403 303 303 403
GET  /people/mandates/{mandate}/end             303 403 403 403 403 403 403 403 403 200 200 403
POST /people/mandates/{mandate}/end             303 403 403 403 403 403 403 403 403 303 303 403
GET  /people/holds/{hold_id}/end                303 403 403 403 403 403 403 403 403 200 200 403
POST /people/holds/{hold_id}/end                303 403 403 403 403 403 403 403 403 303 303 403
"""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One route, and the status of its answer to every role."""

    method: str
    path: str
    answers: dict[str, int]

    def __str__(self) -> str:
        """Name it as an address."""
        return f"{self.method} {self.path}"


def _read(line: str) -> Row:
    method, path, *statuses = line.split()
    return Row(method=method, path=path, answers=dict(zip(ROLES, map(int, statuses), strict=True)))


ROWS = tuple(_read(line) for line in TABLE.strip().splitlines() if not line.startswith("#"))
