"""What is said of files from another system: in English."""

SENTENCES: dict[str, str] = {
    "error.import.no_such_kind": "Rows cannot be “{given}”. Please choose one of: {known}.",
    "error.import.no_such_system": (
        "The columns of “{given}” are not known here. Please choose one of {known}, or none."
    ),
    "error.import.no_such_column": "There is no one column “{column}” in this file. Its columns are: {known}.",
    "error.import.no_such_field": "A column cannot be “{field}”. Please choose one of: {known}.",
    "error.import.no_such_choice": "“{given}” does not say which column is what. Please write COLUMN=FIELD.",
    "error.import.field_twice": "Two columns cannot both be “{field}”. Please leave one of them out.",
    "error.import.columns_missing": (
        "No column is known to be {fields}. Please say which is. More than one may be meant by: {doubtful}."
    ),
    "error.import.no_such_order": "Days cannot be written “{given}”. Please choose one of: {known}.",
    "error.import.days_mixed": (
        "In “{column}” some days have the day first and some the month. Please correct the file."
    ),
    "error.import.days_ambiguous": (
        "In “{column}” nothing tells whether {example} begins with the day or the month. Please say which."
    ),
    "error.import.no_header": "The first line is no header of columns. Please export the file again with one.",
    "error.import.empty": "Nothing stands in this file. Please export it again.",
    "error.import.too_many_columns": "This file has more than {most} columns. Please export fewer.",
    "error.import.too_many_rows": "This file has more than {most} rows. Please send it in several parts.",
    "error.import.not_text": "This file is no text that can be read. Please export it as CSV in UTF-8.",
    "error.import.spreadsheet": "This is a spreadsheet program’s own file. Please save it as CSV there.",
    "error.import.utf_16": "This file is written in UTF-16. Please save it as CSV in UTF-8.",
    "error.import.line_too_long": (
        "Line {row} has more than {most} characters and no end. Please look whether it is the right file."
    ),
    "error.import.quotes": (
        "From line {row} on the quotation marks do not match. Please correct the line, or export again."
    ),
    "error.pass.taken_over_before": "This pass, “{title}”, was taken over before. Please look at the member’s passes.",
    "desk.import.verdict.NEW": "New",
    "desk.import.verdict.SAME": "As before",
    "desk.import.verdict.CHANGED": "Changed",
    "desk.import.verdict.PROBLEM": "Not taken",
    "desk.import.not_a_day": "“{column}” is {given}, which is no day. Write it like 2026-11-21.",
    "desk.import.not_a_clock": "“{column}” is {given}, which is no time. Write it like 18:30.",
    "desk.import.not_a_moment": "“{column}” is {given}, which is no day with a time. Write it like 2026-11-21 18:30.",
    "desk.import.not_a_phone": (
        "“{column}” is {given}, which is no phone number, or a spreadsheet has spoiled it. Please correct it."
    ),
    "desk.import.not_a_count": "“{column}” is {given}, which is no whole number. Please correct it.",
    "desk.import.not_yes_or_no": "“{column}” is {given}, which is neither yes nor no. Please correct it.",
    "desk.import.not_a_pass_type": (
        "“{column}” is {given}, which is no kind of pass. Write PUNCH_PASS, UNLIMITED_SERIES or FULL_COURSE."
    ),
    "desk.import.not_a_language": (
        "“{column}” is {given}, which is not spoken here. Write en, de, fr, es, pl or ar, or leave the column out."
    ),
    "desk.import.formula": "“{column}” is {given}, which is a formula. Please write the value itself.",
    "desk.import.signs": "“{column}” is {given}, with signs that are no text. Please write it anew.",
    "desk.import.too_many_cells": (
        "The row has more cells than there are columns: {given}. Perhaps quotation marks are missing around a comma."
    ),
    "desk.import.row_twice": "Line {row} is about the same. Only that one counts.",
    "desk.import.no_identity": (
        "Without an id, an e-mail or a number nobody would know this row again. Please add one of them."
    ),
    "desk.import.email_of_several": "Several members have the e-mail {email}. Please say by id or number who is meant.",
    "desk.import.email_of_another": (
        "{name} has the e-mail {email}. One address is one member; please correct one of the two."
    ),
    "desk.import.number_of_another": "{name} has the number {number}. Please correct one of the two.",
    "desk.import.member_unknown": "Nobody here is “{given}”. Please import the members first.",
    "desk.import.member_erased": "This member was erased at their own wish and does not come back by a file.",
    "desk.import.changes": "Now different: {fields}.",
    "desk.import.known_here": "Is here already, as number {number}.",
    "desk.import.left_alone": "Also different in the file, and changed by hand only: {fields}.",
    "desk.import.pass_changed": (
        "This pass was taken over before, and the file now says otherwise. What is here stays; please correct it "
        "by hand."
    ),
    "desk.import.reservation_changed": (
        "This place was taken over before, and the file now says otherwise. What is here stays; please correct it "
        "by hand."
    ),
    "desk.import.pass_over": "This pass has ended or is used up. Only what still lets somebody in is taken over.",
    "desk.import.plan_unknown": (
        "No plan is called “{title}”, and the file does not say enough to make one. Please add the plan, or a "
        "column with its type."
    ),
    "desk.import.plan_twice": "Several plans are called “{title}”. Please say the type, or how many punches were sold.",
    "desk.import.plan_of_another_type": (
        "The plan “{title}” is of another type. Please correct the file, or rename the plan."
    ),
    "desk.import.makes_plan": "The plan “{title}” is made for it.",
    "desk.import.punches_missing": (
        "“{title}” is a punch pass, and the row does not say how many punches are left. Please add them."
    ),
    "desk.import.punches_not_for_this": (
        "“{title}” is not paid by the punch, but the row says how many are left. Please correct one of the two."
    ),
    "desk.import.session_not_said": "The row does not say which class, or when. Please add it.",
    "desk.import.in_the_past": "{when} is over. Only places ahead are taken over.",
    "desk.import.session_unknown": "There is no “{title}” on {when}. Please put it on the calendar first.",
    "desk.import.session_twice": "There are several “{title}” on {when}. Please say at which venue.",
    "desk.import.venue_unknown": "No venue is called “{name}”. Please write it as it is here.",
}
