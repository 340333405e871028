"""Why a depositary's table is not taken in: the file, its columns, its rows, and the acts it tells of."""

from __future__ import annotations

_FILES = {
    "csv_breaks_a_line": (
        "Line %(line)s is broken in the middle by a sign of old Macs; save the file again as CSV in UTF-8."
    ),
    "csv_ends_lines_as_old_macs": (
        "The file ends its lines as old Macs did; save it again as “CSV UTF-8”, not as “CSV (Macintosh)”."
    ),
    "csv_holds_a_stray_byte": (
        "Line %(line)s holds a byte that is no text (%(byte)s); open the file in a spreadsheet and save it again as CSV"
        " in UTF-8."
    ),
    "csv_not_utf8": "The file is not UTF-8 (line %(line)s); save it as CSV in UTF-8.",
    "csv_not_well_formed": (
        "At line %(line)s a quotation mark opens an entry and does not close it, or something stands behind the closing"
        " one. A mark within an entry is written twice; or the file was cut short."
    ),
    "encoding_unknown": (
        "The file declares an encoding that is not read here; the depositary's is ISO-8859-1. Fetch it again, or save"
        " it in UTF-8."
    ),
    "fetched_elsewhere": "Files are fetched from https://%(host)s only, not from “%(url)s”.",
    "file_did_not_arrive": "The depositary's file did not arrive (%(why)s).",
    "line_too_long": "Line %(line)s has more than %(most)s bytes; that is no row of a table.",
    "no_bundled_record": "No participation in “%(treaty)s” is bundled with this program.",
    "no_rows_below_titles": "The file has no rows below its titles.",
    "no_table_of_participants": "The file has no table of participants.",
    "notice_of_maintenance": "This is the depositary's notice of maintenance; fetch the file again later.",
    "semicolons_for_commas": "The columns are separated by semicolons; save the file with commas.",
    "table_is_a_picture": "This is a picture; take the depositary's XML file, or a CSV file.",
    "table_is_a_pdf": "This is a PDF; take the depositary's XML file, or a CSV file.",
    "table_is_a_web_page": "This is a web page (HTML), not the depositary's XML file; fetch the file again.",
    "table_is_an_old_document": "This is an old Office document; take the depositary's XML file, or a CSV file.",
    "table_is_compressed": "This is a compressed file; take the depositary's XML file, or a CSV file.",
    "table_is_empty": "The file is empty.",
    "table_is_packed": "This is a spreadsheet or an archive; take the depositary's XML file, or a CSV file.",
    "table_of_another_treaty": "The file is about “%(title)s”, not about the %(expected)s.",
    "table_of_no_treaty": "The file does not say which treaty it is about; expected: %(expected)s.",
    "table_too_large": "The file is larger than %(most)s bytes; no status table is.",
    "tables_of_participants": "The file has %(count)s tables of participants; one is expected.",
    "too_many_elements": "The file has more than %(most)s elements; no status table has.",
    "too_many_rows": "The file has more than %(most)s rows; there are not that many States.",
    "xml_declares_entities": "The file declares a document type or entities; the depositary's never do.",
    "xml_ends_early": "The file ends in the middle (line %(line)s); it was cut short, fetch it again.",
    "xml_holds_a_stray_sign": (
        "At line %(line)s, column %(column)s stands a sign that XML does not allow there; fetch the file again, or take"
        " the sign out."
    ),
    "xml_names_a_sign": (
        "At line %(line)s, column %(column)s a sign is written by a name that XML does not know, as web pages do; fetch"
        " the depositary's XML file."
    ),
    "xml_not_well_formed": (
        "The file is not well-formed XML: something is not closed or not opened (line %(line)s, column %(column)s)."
        " Fetch it again."
    ),
}
_COLUMNS = {
    "code_means_nothing": "the code “%(code)s” means nothing in the column “%(column)s”.",
    "column_means_several": "In the column “%(column)s” a date without a code could mean %(meant)s.",
    "column_not_alone": "The column “%(column)s” is not the only one of its kind.",
    "columns_missing": "Columns are missing: %(columns)s.",
    "columns_twice": "Columns stand there twice: %(columns)s.",
    "no_code_means_nothing": "a date without a code means nothing in the column “%(column)s”.",
    "no_columns_of_the_record": "This is neither the depositary's XML nor a CSV with the columns of the record.",
    "no_such_column": "The table has no column “%(column)s”.",
    "too_many_columns": "The table has %(count)s columns; the depositary's have two to six.",
    "unknown_column": "The column “%(column)s” is none that this reader knows.",
    "unknown_columns": "Columns that this reader does not know: %(columns)s.",
}
#: Some begin small: they stand behind their row.
_ROWS = {
    "act_after_the_table": "An act of %(day)s cannot stand in a table of %(published)s.",
    "act_unknown_to_treaty": "The %(treaty)s knows no %(act)s.",
    "code_of_another_state": "the code “%(code)s” is not that of %(state)s.",
    "deposit_by_halves": "a deposit has both a date and an instrument; one of them is missing.",
    "entries_beside_columns": "it has %(entries)s entries, and the table %(columns)s columns.",
    "entry_without_a_title": "“%(entry)s” stands below no title.",
    "entry_too_long": "an entry is longer than %(most)s characters.",
    "in_column": "%(column)s: %(why)s",
    "in_row": "Row %(row)s: %(why)s",
    "in_row_of": "Row %(row)s (%(participant)s): %(why)s",
    "known_by_before_the_act": "known_by: %(day)s lies before the act it speaks of.",
    "known_by_is_a_day": "known_by: write a day, such as 2026-07-24.",
    "name_of_no_state": "“%(name)s” is the name of no State in the record.",
    "name_of_no_state_nearest": "“%(name)s” is the name of no State in the record; the nearest: %(nearest)s.",
    "name_of_no_state_nothing_near": (
        "“%(name)s” is the name of no State in the record; nothing in the record comes near it."
    ),
    "name_of_several_states": "“%(name)s” may be %(several)s; write the three-letter code.",
    "never_unconfirmed": "unconfirmed: “%(column)s” is no column that can be unconfirmed.",
    "no_such_day": "“%(text)s” is not a day of the calendar.",
    "no_depositary_date": "“%(text)s” is not a date as the depositary writes it, such as 3 Jun 2013 AA.",
    "no_month_named": "“%(text)s” names no month in English or French.",
    "no_participants": "The table has no participants; that cannot be right.",
    "no_such_instrument": "instrument: “%(instrument)s” is none of %(known)s.",
    "published_in_the_future": "It cannot have been published on %(published)s; today is %(today)s.",
    "row_names_nobody": "it names no participant.",
    "row_of_an_organisation": "this is an organisation, and only States join this treaty.",
    "row_without_a_date": "it gives no date; leave out a State that did nothing.",
    "state_stands_twice": "this State already stands in row %(before)s.",
    "too_many_participants": "The table has %(count)s participants; that cannot be right.",
    "unconfirmed_is_not_given": "unconfirmed: the row gives no %(column)s.",
}
SENTENCES = _FILES | _COLUMNS | _ROWS
