"""What is refused of a record that is carried out of the house or brought back."""

from __future__ import annotations

#: What a nightly backup came to.
_RESULTS = {
    "backed_up": (
        "Backed up, brought back in a scratch folder, and verified there. Facts: %(facts)s; dossiers: %(dossiers)s;"
        " files: %(files)s."
    ),
    "backed_up_without_files": (
        "Backed up, and verified, without files that are lost: %(lost)s; accede verify names their facts. Facts:"
        " %(facts)s; dossiers: %(dossiers)s; files: %(files)s."
    ),
}
_UPGRADES = {
    "upgrade_backs_up": (
        "Backing up the record of schema %(schema)s, and bringing a copy of it up to %(to)s in a scratch folder."
    ),
    "upgrade_steps_up": "Bringing the record up to schema %(schema)s: %(number)s of %(total)s.",
    "upgrade_counts_anew": (
        "Counted anew by the rules of this version, with no fact changed; the next sweep does what follows. Dossiers:"
        " %(number)s"
    ),
    "upgrade_verifies": "Verifying the record.",
    "upgrade_beside_others": (
        "Somebody is at work on the record still: %(names)s. Let it end, or wait a minute if it was killed, then try"
        " again."
    ),
    "upgraded_does_not_verify": (
        "The record does not verify under the newer schema. Differences: %(number)s, the first: %(first)s"
    ),
}
SENTENCES = {
    **_RESULTS,
    **_UPGRADES,
    "no_record_in_file": "This is no record of Accede's, or its end is missing.",
    "record_of_newer_program": (
        "This was made by a newer version of Accede (schema %(schema)s, this one knows %(known)s). Install that"
        " version; nothing was changed."
    ),
    "record_has_unknown_column": (
        "It holds “%(name)s”, which this version of Accede does not know; nothing was changed."
    ),
    "record_cannot_be_read": "Line %(line)s is not as Accede writes it; nothing was changed.",
    "record_cut_off": "Its end is missing; nothing was changed.",
    "record_damaged": "It is damaged: what is in it is not what was written. Nothing was changed; take another.",
    "record_does_not_fit": "Its rows of “%(table)s” do not hold together; nothing was changed.",
    "backup_is_there": "%(file)s is there already, and a backup is never written over. Give it another name.",
    "backup_not_written": "The backup could not be written to %(file)s: %(why)s.",
    "no_file_there": "There is no file %(file)s.",
    "backup_is_encrypted": "The backup is encrypted. Name the file with its key: --identity FILE",
    "key_does_not_open": "The key does not open this backup: it is that of somebody else, or the file was changed.",
    "key_cannot_be_read": "The file with the key, %(file)s, cannot be read: %(why)s.",
    "no_key_in_file": (
        "There is no key in the file: it is one of age's (AGE-SECRET-KEY-1…) or of SSH's, without a password."
    ),
    "no_public_key": "“%(text)s” is no public key: write one of age's (age1…) or of SSH's (ssh-ed25519 …).",
    "backup_damaged": (
        "The backup is damaged: what is in it is not what was put in. Nothing was restored; take another."
    ),
    "backup_lacks": "The backup is damaged: “%(name)s” is missing from it. Nothing was restored; take another.",
    "restored_does_not_verify": (
        "What is in it does not verify, so nothing was restored. Differences: %(number)s, the first: %(first)s"
    ),
    "file_beside_damaged": "The file %(name)s beside it is damaged; nothing was changed. Take another.",
    "backup_to_restore": "This is a backup, and is brought back with: accede restore",
    "export_is_there": (
        "There is something at %(folder)s already, and an export is never written over. Give another folder with --out."
    ),
    "export_not_written": "The export could not be written to %(folder)s: %(why)s.",
    "whole_record_for_the_operator": (
        "The whole record holds what every State told in confidence, and is the operator's alone: leave out --as."
    ),
    "home_not_empty": (
        "There is something in %(home)s already: %(there)s. A record is restored into an empty home only: give another"
        " one with --home, or move this one away."
    ),
    "database_not_empty": (
        "There are tables in the database already (%(where)s). A record is restored into an empty database only: make"
        " one, and name it in ACCEDE_DATABASE_URL."
    ),
    "restore_under_way": "Another restore into %(home)s is under way.",
}
