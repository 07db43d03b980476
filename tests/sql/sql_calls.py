# SPDX-License-Identifier: Apache-2.0
"""Which built-in functions the SQL tests call, for tools/catalog_missing.py --golden.

A query of tests/sql/NAME.sql counts when NAME passes on Tusk and the query gave rows and no error in NAME.out. What it calls is
PostgreSQL's own opinion: the oracle runs the file again, and before each such query makes a view of it and reads the OIDs of
functions, aggregates and operators out of the view's stored tree; the view is rolled back at once. A \\copy in binary form calls the
receive or send function of each column's type.
"""

import importlib.machinery
import importlib.util
import re
import subprocess
from pathlib import Path

# tests/sql/run is a program without a suffix.
_loader = importlib.machinery.SourceFileLoader("sql_run", str(Path(__file__).resolve().parent / "run"))
sql_run = importlib.util.module_from_spec(importlib.util.spec_from_loader("sql_run", _loader))
_loader.exec_module(sql_run)
psql = sql_run.psql

MARK = "functions called: "
IN_TREE = r":(?:funcid|opfuncid|aggfnoid|winfnoid) (\d+)"
# What a view of the query names. A raise takes the view back; its message carries the answer, whatever the file has set.
OF_QUERY = """do $tusk_calls$ declare called text; begin
  execute 'create temp view tusk_calls as select 1 as one from (' || {query} || ') as q';
  select string_agg(m[1], ' ') into called from pg_rewrite, regexp_matches(ev_action::text, {pattern}, 'g') as m
    where ev_class = 'pg_temp.tusk_calls'::regclass;
  raise exception using errcode = 'TUSK1', message = called;
exception when sqlstate 'TUSK1' then raise info '{mark}%', sqlerrm; when others then null; end $tusk_calls$;"""
OF_COPY = """do $tusk_calls$ begin raise info '{mark}%', (select string_agg({function}::oid::text, ' ') from pg_attribute
  join pg_type t on t.oid = atttypid where attrelid = '{table}'::regclass and attnum > 0 and not attisdropped);
exception when others then null; end $tusk_calls$;"""
COPY = re.compile(r"\\copy (\w+) (to|from) \S+ .*\bbinary\b", re.IGNORECASE)
BEGINS_QUERY = re.compile(r"(select|with|values)\b", re.IGNORECASE)


def quote(text):
    return "'" + text.replace("'", "''") + "'"


def statements(text):
    """Pieces of a file: a statement that begins and ends with a line, or a line."""
    piece = []
    for line in text.split("\n"):
        if not piece and (not line.strip() or line.startswith(("\\", "--"))):
            yield line
            continue
        piece.append(line)
        if line.rstrip().endswith(";"):
            yield "\n".join(piece)
            piece = []
    if piece:
        yield "\n".join(piece)


def with_questions(source, output):
    """The file with a question before each query that gave rows and no error."""
    at, made = 0, []
    pieces = list(statements(source))
    for i, piece in enumerate(pieces):
        shown = "\n".join(line.rstrip() for line in piece.split("\n"))
        found = output.find(shown, at)
        at = found + len(shown) if found >= 0 else at
        following = next((p for p in pieces[i + 1 :] if p.strip()), None)
        end = output.find(following.split("\n")[0].rstrip(), at) if following else len(output)
        answer = output[at:end] if found >= 0 else "ERROR: "
        copied = COPY.match(piece)
        if "ERROR: " not in answer and copied:
            function = {"to": "typsend", "from": "typreceive"}[copied[2].lower()]
            made.append(OF_COPY.format(mark=MARK, table=copied[1], function=function))
        elif "ERROR: " not in answer and "(0 rows)" not in answer and BEGINS_QUERY.match(piece):
            query = piece.rstrip().rstrip(";")
            made.append(OF_QUERY.format(query=quote(query), pattern=quote(IN_TREE), mark=MARK))
        made.append(piece)
    return "\n".join(made)


def called_in(url, file, scratch):
    """OIDs of the functions that a file's good queries call."""
    asked = scratch / file.name
    asked.write_text("\\set ON_ERROR_ROLLBACK on\n" + with_questions(file.read_text(), file.with_suffix(".out").read_text()))
    database = "calls_" + file.stem
    psql(url, command=f'DROP DATABASE IF EXISTS "{database}"')
    psql(url, command=f"CREATE DATABASE \"{database}\" TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'")
    try:
        output = psql(url, file=asked, database=database).stdout
    except subprocess.TimeoutExpired:
        print(f"{file.name} takes long on the oracle: its calls do not count")
        return set()
    finally:
        psql(url, command=f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')
    return {int(word) for line in output.split("\n") if MARK in line and "INFO" in line
            for word in line.partition(MARK)[2].split() if word.isdigit()}


def golden_oids(build, scratch, names=()):
    """OIDs of the functions called in those SQL tests that pass on this build."""
    suite, oids = sql_run.Suite(build, sql_run.SETTINGS), set()
    for file in sql_run.files(names):
        if suite.passes(file):
            oids |= called_in(sql_run.oracle_url(), file, scratch)
        else:
            print(f"{file.name} fails: its calls do not count")
    suite.end()
    return oids
