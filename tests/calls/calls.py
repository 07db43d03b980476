# SPDX-License-Identifier: Apache-2.0
"""What expect.py, check.py and random_calls.py share: .calls files, the oracle's and Tusk's answers to their lines."""

import os
import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent

# Runs a call and gives its result or error as call_runner prints them.
CALL_FUNCTION = r"""
create function pg_temp.tusk_call(call text, is_set bool) returns text language plpgsql as $$
declare result text; state text; message text; detail text; hint text;
begin
    if is_set then
        execute 'select coalesce(string_agg(case when x is null then ''NULL'' else format(''%s'', x) end, '' | ''), '''')'
            || ' from (select ' || call || ' as x limit 1000) s' into result;
    else
        execute 'select case when x is null then ''NULL'' else format(''%s'', x) end from (select ' || call
            || ' as x offset 0) s' into result;
    end if;
    return replace(replace(result, '\', '\\'), E'\n', '\n');
exception when others then
    get stacked diagnostics state = returned_sqlstate, message = message_text, detail = pg_exception_detail,
        hint = pg_exception_hint;
    return replace(replace('ERROR: ' || state || ' ' || message || case when detail <> '' or hint <> ''
        then ' | ' || detail || ' | ' || hint else '' end, '\', '\\'), E'\n', '\n');
end $$;
"""


def read_calls(path):
    """The lines that matter: calls and SETs."""
    return [line for line in Path(path).read_text().splitlines() if line.strip() and not line.startswith("#")]


# PostgreSQL gives what strncmp gives, which is not the same from one call to the next: only the sign has a meaning.
SIGN_ONLY = re.compile(r'"?btnamecmp"?\(')


def reduce_answer(line, answer):
    if SIGN_ONLY.match(line) and re.fullmatch(r"-?\d+", answer):
        return str((int(answer) > 0) - (int(answer) < 0))
    return answer


def is_setting(line):
    return line.startswith("SET ")


ROWS = re.compile(r'\{((?:[^{}\']|\'(?:[^\']|\'\')*\')*)\}::"?(\w+)"?')


def rows_to_sql(call):
    """A call over rows ({'1', NULL}::int4): an aggregate, an ordered-set one when literals stand before the rows, or with
    `over ({...}::type)` a window function. Rows are numbered, so that their order is the one that is written."""
    columns = [f"array[{values}]::pg_catalog.\"{kind}\"[]" for values, kind in ROWS.findall(call)]
    source = f"unnest({', '.join(columns)}) with ordinality as t({', '.join(f'c{i}' for i in range(len(columns)))}, n)"
    count = iter(range(len(columns)))
    head, over, _ = ROWS.sub(lambda _: f"c{next(count)}", call).partition(" over (")
    name, arguments = re.match(r'"?(\w+)"?\((.*)\)', head).groups()
    arguments = re.sub(r"::\"?(\w+)\"?", r'::pg_catalog."\1"', arguments)
    if name in WINDOW_FUNCTIONS and (over or name not in ("rank", "dense_rank", "percent_rank", "cume_dist")):
        order = f"order by c{len(columns) - 1}" if over else ""
        value = f"{name}({arguments}) over ({order})"
        return f"string_agg(coalesce(v, 'NULL'), ' | ' order by n) from (select n, case when {value} is not null" \
            f" then format('%s', {value}) end as v from {source}) s"
    if name in ORDERED_AGGREGATES:
        direct, _, rest = arguments.partition("c0")
        return f"{name}({direct.rstrip(', ')}) within group (order by c0{rest}) as x from {source}"
    return f"{name}({arguments}{' order by n' if name == 'string_agg' else ''}) as x from {source}"


WINDOW_FUNCTIONS = set(
    "row_number rank dense_rank percent_rank cume_dist ntile lag lead first_value last_value nth_value".split()
)
ORDERED_AGGREGATES = set("percentile_disc percentile_cont mode rank dense_rank percent_rank cume_dist".split())


def to_sql(call):
    """Quotes type names, since "char" and char are not the same type, and the function's name."""
    out = re.sub(r"::\"?(\w+)\"?(?=\s*[,)])", r'::pg_catalog."\1"', call)
    return re.sub(r'^"?(\w+)"?\(', r'pg_catalog."\1"(', out)


def quote(text):
    return "'" + text.replace("'", "''") + "'"


class Oracle:
    def __init__(self, connection=None):
        self.connection = connection or os.environ.get("TUSK_ORACLE")
        if not self.connection:
            sys.exit("no oracle: set TUSK_ORACLE to a libpq connection string")
        self.sets = set(self.query("select distinct proname from pg_proc where proretset and oid < 16384"))

    def query(self, sql):
        result = subprocess.run(
            ["psql", "-XAtq", "-v", "ON_ERROR_STOP=1", self.connection],
            input=sql.encode(),
            capture_output=True,
            check=False,
        )
        if result.returncode:
            sys.exit(f"the oracle: {result.stderr.decode().strip()}")
        return lines_of(result.stdout)

    def answers(self, lines):
        sql = ["set client_min_messages = error;", CALL_FUNCTION]
        for line in lines:
            if is_setting(line):
                sql.append(line + ";")
            else:
                name = re.match(r'"?(\w+)', line)[1]
                if ROWS.search(line):
                    sql.append(f"select pg_temp.tusk_call({quote(f'(select {rows_to_sql(line)})')}, false);")
                    continue
                sql.append(f"select pg_temp.tusk_call({quote(to_sql(line))}, {str(name in self.sets).lower()});")
        answers = self.query("\n".join(sql))
        calls = [line for line in lines if not is_setting(line)]
        if len(answers) != len(calls):
            sys.exit(f"the oracle gave {len(answers)} answers to {len(calls)} calls")
        return [reduce_answer(line, answer) for line, answer in zip(calls, answers)]


def lines_of(output):
    """Ended by \\n alone: what else Python takes for the end of a line may stand in a value."""
    return output.decode(errors="replace").split("\n")[:-1]


def tusk_answers(build, lines, timeout=600):
    result = subprocess.run(
        [str(Path(build) / "tests/call_runner")],
        input="".join(line + "\n" for line in lines).encode(),
        capture_output=True,
        timeout=timeout,
        check=False,
    )
    answers = lines_of(result.stdout)
    if result.returncode:
        calls = [line for line in lines if not is_setting(line)]
        at = calls[len(answers)] if len(answers) < len(calls) else "(the end)"
        answers.append(f"DIED with {result.returncode} at {at}: {result.stderr.decode(errors='replace')[-2000:]}")
    return answers


def call_files(names):
    return [HERE / f"{name}.calls" for name in names] if names else sorted(HERE.glob("*.calls"))
