# ruff: noqa: E501
"""The faults of the protocol's list, each as a change of the product's text."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Change:
    """`before` must stand exactly once in the file."""

    file: str
    before: str
    after: str


@dataclass(frozen=True)
class Mutant:
    """One fault, by the name that the protocol gives it. `test`: what catches it where no simulated day would."""

    name: str
    changes: tuple[Change, ...]
    test: str = ""


MUTANTS = (
    Mutant(
        "acknowledge before commit",
        (
            Change(
                "server/services/door/telling.py",
                "        with writing():\n            results.append(take_in(kiosk, attempt, clock, vault))\n",
                "        try:\n            with writing():\n                results.append(take_in(kiosk, attempt, clock, vault))\n"
                "        except OperationalError:\n"
                "            results.append(Told(attempt_id=attempt.attempt_id, effect=Effect.APPLIED))\n",
            ),
        ),
    ),
    Mutant(
        "screen before commit",
        (
            Change(
                "kiosk/desk.py",
                "        written = self.store.journal.write_outcome(concluded, admitted)\n",
                "        try:\n            written = self.store.journal.write_outcome(concluded, admitted)\n"
                "        except Exception:\n            written = concluded\n",
            ),
        ),
    ),
    Mutant(
        "intent not written first",
        (
            Change(
                "kiosk/store/journal.py",
                "        _insert(connection, attempt, at)\n    latest",
                "        connection.execute('CREATE TEMP TABLE IF NOT EXISTS later (a, b)')\n    latest",
            ),
            Change(
                "kiosk/store/journal.py",
                "    linked = replace(attempt, chain=wire.chain(attempt, last_chain))\n",
                "    linked = replace(attempt, chain=wire.chain(attempt, last_chain))\n"
                "    if not first_row(connection, 'SELECT 1 FROM attempt WHERE attempt_id = ?', (attempt.attempt_id,)):\n"
                "        _insert(connection, replace(attempt, outcome=None), clocktime.from_ms(attempt.t_wall))\n",
            ),
            Change(
                "kiosk/store/journal.py",
                'connection.execute("UPDATE epoch SET last_seq = ? WHERE id = ?", (last_seq + len(attempts), epoch))',
                'connection.execute("UPDATE epoch SET last_seq = ? WHERE id = ?", (last_seq, epoch))',
            ),
            Change(
                "kiosk/store/journal.py",
                '    connection.execute("UPDATE epoch SET last_chain = ? WHERE id = ?", (linked.chain, attempt.epoch))\n',
                '    connection.execute("UPDATE epoch SET last_seq = ?, last_chain = ? WHERE id = ?",'
                " (attempt.seq, linked.chain, attempt.epoch))\n",
            ),
        ),
    ),
    Mutant(
        "ledger key from the attempt id",
        (
            Change("server/services/door/settling.py", "    if total == owed:\n        return\n", ""),
            Change("server/services/door/settling.py", "        delta=owed - total,\n", "        delta=owed,\n"),
            Change(
                "server/services/door/settling.py",
                '        key=f"{visit.id}#{lines + 1}",\n',
                '        key=f"{cause.attempt_id}#{lines * 0}",\n',
            ),
        ),
    ),
    Mutant(
        "new id on retry",
        (
            Change(
                "kiosk/store/journal.py",
                "        attempts = tuple(_attempt(body) for _, body in found)\n        return Batch(",
                "        attempts = tuple(_attempt(body) for _, body in found)\n"
                "        attempts = tuple(replace(a, attempt_id=a.attempt_id[:-1] + '0') for a in attempts)\n"
                "        return Batch(",
            ),
        ),
    ),
    Mutant(
        "no report for refusals",
        (
            Change(
                "kiosk/store/journal.py",
                '                "SELECT id, body FROM attempt WHERE epoch = ? AND told_at IS NULL AND outcome IS NOT NULL"\n',
                "                \"SELECT id, body FROM attempt WHERE epoch = ? AND told_at IS NULL AND outcome <> 'REFUSED'\"\n",
            ),
        ),
    ),
    Mutant(
        "no compensation",
        (
            Change(
                "server/services/door/telling.py",
                "    withdraw(attempt.attempt_id, clock.at, _cause(kiosk, attempt, reason or RefusalReason.INTERRUPTED))\n",
                "",
            ),
        ),
    ),
    Mutant(
        "late cancel frees its hold",
        (
            Change(
                "server/services/reserving/cancel.py",
                "row.has_hold = row.has_hold and is_late",
                "row.has_hold = False",
            ),
        ),
    ),
    Mutant(
        "no-show without barrier",
        (
            Change(
                "server/services/night/no_shows.py",
                "return until is None or until >= due_at(session.ends_at, work.policy)",
                "return True",
            ),
        ),
    ),
    Mutant(
        "job effect not keyed",
        (
            Change("server/services/door/ledger.py", "        key=line.key,\n", "        key=line.key + new_id(at),\n"),
            Change(
                "server/services/door/ledger.py",
                'pass_id, f"no-show:{no_show_id}"',
                'pass_id, f"no-show:{no_show_id}{id_}"',
            ),
            Change(
                "server/services/night/suspending.py",
                "        answered = answered_until(self.work.organization_id, member_ids, self.versions)\n",
                "        answered = dict.fromkeys(member_ids)\n",
            ),
        ),
    ),
    Mutant(
        "delete on 4xx",
        (
            Change(
                "kiosk/telling.py",
                "                failed_alone = len(batch.attempts) == 1\n                if failed_alone:\n",
                "                failed_alone = len(batch.attempts) == 1\n                if failed_alone:\n"
                "                    with self._store.journal._database.writing() as connection:\n"
                "                        gone = (batch.attempts[0].attempt_id,)\n"
                "                        connection.execute('DELETE FROM attempt WHERE attempt_id = ?', gone)\n",
            ),
        ),
    ),
    Mutant(
        "stop at the first bad item",
        (
            Change(
                "kiosk/telling.py",
                "                    report.stuck.add(batch.attempts[0].attempt_id)\n",
                "                    report.stuck.add(batch.attempts[0].attempt_id)\n                    raise\n",
            ),
        ),
    ),
    Mutant(
        "seq reused after a crash",
        (
            Change(
                "kiosk/store/journal.py",
                "    for (body,) in found:\n        _write_outcome(",
                "    for (body,) in found:\n"
                "        one = _attempt(body)\n"
                "        connection.execute('DELETE FROM attempt WHERE attempt_id = ?', (one.attempt_id,))\n"
                "        connection.execute('UPDATE epoch SET last_seq = ? WHERE id = ?', (one.seq - 1, one.epoch))\n"
                "        continue\n"
                "        _write_outcome(",
            ),
        ),
    ),
    Mutant(
        "have_upto as maximum",
        (
            Change(
                "server/services/door/hearing.py",
                "    while upto + 1 in held:\n        upto += 1\n    return upto\n",
                "    return max(held, default=upto)\n",
            ),
        ),
    ),
    Mutant(
        "synchronous=NORMAL",
        (Change("kiosk/store/database.py", "PRAGMA synchronous=FULL", "PRAGMA synchronous=NORMAL"),),
    ),
    Mutant(
        "deferred BEGIN on a write path",
        (
            Change(
                "server/store/database.py",
                'database.atomic(*() if is_postgresql() else ("IMMEDIATE",)):\n',
                "database.atomic():\n",
            ),
        ),
        test="tests/server/test_reading_and_writing.py",
    ),
    Mutant(
        "organization filter missing in one query",
        (
            Change(
                "server/services/door/proving.py",
                '    is_it = (CardRow.fingerprint == given("card")) & (CardRow.organization == given("organization"))\n',
                '    is_it = CardRow.fingerprint == given("card")\n',
            ),
            Change(
                "server/services/door/facts.py",
                'for_update(MemberRow.select().where(MemberRow.id == given("member"), is_ours))',
                'for_update(MemberRow.select().where(MemberRow.id == given("member")))',
            ),
        ),
    ),
    Mutant(
        "PIN counter after the check",
        (
            Change(
                "kiosk/staff.py",
                "    step = pins.count_try(known.staff_id, at)\n    if isinstance(step, PinRefused):\n        return step\n"
                "    if not fits(known.verifier, code.keyed(pin)):\n",
                "    is_right = fits(known.verifier, code.keyed(pin))\n"
                "    step = pins.count_try(known.staff_id, at)\n    if isinstance(step, PinRefused):\n        return step\n"
                "    if not is_right:\n",
            ),
        ),
        test="tests/kiosk/test_staff_proved.py",
    ),
    Mutant(
        "once ours: a suspension that is over still denies",
        (Change("kiosk/store/replica.py", "for moment in (at, denied_at) if moment", "for moment in (at,)"),),
    ),
    Mutant(
        "once ours: a check-in elsewhere without its session",
        (
            Change(
                "server/services/door/facts.py",
                "sessions=_named(sessions, (*reservations, *visits)),",
                "sessions=_named(sessions, reservations),",
            ),
        ),
    ),
    Mutant(
        "once ours: judged while check-in is open",
        (
            Change(
                "core/attendance.py",
                "    return session_ends_at + max(policy.no_show_delay, policy.longest_after_end)\n",
                "    return session_ends_at + policy.no_show_delay\n",
            ),
        ),
    ),
    Mutant(
        "once ours: a full disk leaves an attempt open",
        (
            Change(
                "kiosk/desk.py",
                "            self.store.journal.write_outcome(aborted)\n            self._choosing = None\n",
                "            self._choosing = None\n            self.store.journal.write_outcome(aborted)\n",
            ),
            Change("kiosk/desk.py", "        self._close_what_failed()\n", ""),
        ),
    ),
    Mutant(
        "once ours: a version given twice is taken for the first",
        (
            Change(
                "server/services/fleet/replica.py",
                "    return version <= newest and (not mark or version == 0 or mark_of(organization_id, version) == mark)\n",
                "    return version <= newest\n",
            ),
            Change(
                "kiosk/telling.py",
                "            self._start_over()\n            return heard, retell, False\n",
                "            return heard, retell, False\n",
            ),
        ),
    ),
    Mutant(
        "once ours: what was only asked counts as held",
        (
            Change(
                "server/services/door/hearing.py",
                "(AttemptRow, AttemptRow.told_at.is_null(False))",
                "(AttemptRow, AttemptRow.seq > 0)",
            ),
        ),
    ),
    Mutant(
        "once ours: a choice after another answer is a stranger's",
        (
            Change(
                "server/services/door/checkin.py",
                "        if row.device_id == kiosk.id and _is_about(row, attempt):\n",
                "        if row.device_id == kiosk.id and same_question(row, attempt):\n",
            ),
        ),
    ),
    Mutant(
        "once ours: welcome is welcome, whichever the session",
        (
            Change(
                "server/services/door/telling.py",
                "(outcome.value == row.outcome and attempt.session_id in (None, row.session_id))",
                "outcome.value == row.outcome",
            ),
        ),
    ),
    Mutant(
        "once ours: what is lost behind a gap is not missed",
        (
            Change(
                "kiosk/store/journal.py", "    if have_upto >= row[0] and not lacks:\n", "    if have_upto >= row[0]:\n"
            ),
        ),
        test="tests/kiosk/test_kiosk_journal.py",
    ),
    Mutant(
        "once ours: told and counted in two commits",
        (
            Change(
                "kiosk/store/journal.py",
                "            return 0 if have_upto is None else _heard_upto(connection, epoch, have_upto, held_beyond, at)\n",
                "        if have_upto is None:\n            return 0\n"
                "        with self._database.writing() as connection:\n"
                "            return _heard_upto(connection, epoch, have_upto, held_beyond, at)\n",
            ),
        ),
        test="tests/kiosk/test_kiosk_journal.py",
    ),
)
