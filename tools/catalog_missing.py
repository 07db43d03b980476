#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares the built-in objects declared in src/ with the catalogs of a real PostgreSQL 18.

    tools/catalog_missing.py                       percentages by family
    tools/catalog_missing.py --list FAMILY         what of a family is missing or different
    tools/catalog_missing.py --scaffold FAMILY     the SQL_...() lines of what is missing, to be filled in
    tools/catalog_missing.py --different           every fact that differs
    tools/catalog_missing.py --golden BUILD        percentages by family of what golden calls (tests/calls, and the
                                                   queries of tests/sql, see sql_calls.py there) reach: a
                                                   call counts if its answer is no error and equal to PostgreSQL's;
                                                   operators and casts count by their functions; input functions of
                                                   pseudo-types, which only raise, are left out. --list: what is not

The server is the oracle: a libpq connection string in $TUSK_ORACLE or --oracle. Facts (names, OIDs, types,
flags) are taken
from its catalogs; descriptions are left empty, to be written in our own words.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from gen_catalog import read_catalog
from sql_declarations import c_literal

ROOT = Path(__file__).resolve().parent.parent

# family -> types, in order: an object belongs to the last family of the list that one of its types is of.
FAMILY_TYPES = [
    ("bool", "bool"),
    ("integer", "int2 int4 int8 oid"),
    ("float", "float4 float8"),
    ("numeric", "numeric"),
    ("text", "text varchar bpchar name char bytea unknown"),
    ("money", "money"),
    ("time", "date time timetz timestamp timestamptz interval"),
    ("uuid", "uuid"),
    ("bits", "bit varbit"),
    ("network", "inet cidr macaddr macaddr8"),
    ("geometry", "point lseg path box polygon line circle"),
    ("identifiers", "xid cid tid xid8 pg_lsn txid_snapshot pg_snapshot"),
    (
        "names",
        "regproc regprocedure regoper regoperator regclass regtype regconfig regdictionary regnamespace regrole "
        "regcollation aclitem _aclitem",
    ),
    ("enum", "anyenum"),
    ("array", "anyarray anycompatiblearray int2vector oidvector"),
    ("record", "record"),
    ("json", "json jsonb jsonpath"),
    (
        "range",
        "anyrange anymultirange int4range int8range numrange tsrange tstzrange daterange int4multirange "
        "int8multirange nummultirange tsmultirange tstzmultirange datemultirange",
    ),
    ("search", "tsvector tsquery gtsvector"),
    ("xml", "xml"),
    (
        "internal",
        "internal trigger event_trigger language_handler fdw_handler index_am_handler table_am_handler tsm_handler "
        "pg_ddl_command pg_node_tree pg_ndistinct pg_dependencies pg_mcv_list pg_brin_bloom_summary "
        "pg_brin_minmax_multi_summary",
    ),
]
RANK = {name: (i, family) for i, (family, names) in enumerate(FAMILY_TYPES) for name in names.split()}

FUNCTIONS = """
select p.oid::int8, p.proname::text as name, t.typname::text as result, p.prokind::text as kind, p.proretset as set,
       array(select y.typname::text from unnest(p.proargtypes) with ordinality a(o, n) join pg_type y on y.oid =
       a.o order by n)
         as args,
       p.provolatile::text as volatility, p.proisstrict as strict, p.proleakproof as leakproof,
       p.proparallel::text as parallel,
       p.prosecdef as definer, p.procost as cost, p.prorows as rows, p.prosupport::oid::int8 as support,
       p.provariadic::int8 as variadic, p.proargmodes::text[] as modes, p.proargnames as names,
       array(select y.typname::text from unnest(p.proallargtypes) with ordinality a(o, n) join pg_type y on y.oid
       = a.o order by n)
         as all_args,
       pg_get_function_arguments(p.oid) as text, p.pronargdefaults as defaults, l.lanname::text as language,
       p.prosrc as source
from pg_proc p join pg_type t on t.oid = p.prorettype join pg_language l on l.oid = p.prolang where p.oid < 10000
order by p.oid
"""
OPERATORS = """
select o.oid::int8, o.oprname::text as name, coalesce(l.typname::text, '0') as left, r.typname::text as right,
       t.typname::text as result, o.oprcode::oid::int8 as function, p.proname::text as function_name,
       o.oprcom::int8 as commutator,
       o.oprnegate::int8 as negator, o.oprcanhash as hash, o.oprcanmerge as merge, o.oprrest::oid::int8 as restrict,
       o.oprjoin::oid::int8 as join, o.oprrest::text as restrict_name, o.oprjoin::text as join_name
from pg_operator o left join pg_type l on l.oid = o.oprleft join pg_type r on r.oid = o.oprright
  join pg_type t on t.oid = o.oprresult join pg_proc p on p.oid = o.oprcode where o.oid < 10000 order by o.oid
"""
CASTS = """
select c.oid::int8, s.typname::text as source, t.typname::text as target, c.castfunc::int8 as function,
       c.castcontext::text as context, c.castmethod::text as method
from pg_cast c join pg_type s on s.oid = castsource join pg_type t on t.oid = casttarget where c.oid < 16384
order by c.oid
"""
TYPES = """
select t.oid::int8, t.typname::text as name, t.typlen as bytes, t.typbyval as by_value, t.typtype::text as kind,
       t.typcategory::text as category, t.typispreferred as preferred, t.typdelim::text as delimiter,
       t.typarray::int8 as array,
       t.typelem::int8 as element,
       t.typinput::oid::int8 as input, t.typoutput::oid::int8 as output, t.typreceive::oid::int8 as receive,
       t.typsend::oid::int8 as send, t.typmodin::oid::int8 as typmod_in, t.typmodout::oid::int8 as typmod_out,
       t.typsubscript::oid::int8 as subscript, t.typalign::text as align, t.typstorage::text as storage,
       t.typcollation::int8 as collation
from pg_type t where t.oid < 10000 and t.typtype <> 'c' and not exists (select 1 from pg_type e where e.oid =
t.typelem
  and e.typtype = 'c' and t.typcategory = 'A') order by t.oid
"""
AGGREGATES = """
select a.aggfnoid::oid::int8 as oid, a.aggkind::text as kind, a.aggnumdirectargs as direct_count,
       a.aggtransfn::oid::int8 as transition, a.aggfinalfn::oid::int8 as final, a.aggcombinefn::oid::int8 as combine,
       a.aggserialfn::oid::int8 as serial, a.aggdeserialfn::oid::int8 as deserial,
       a.aggmtransfn::oid::int8 as moving_transition, a.aggminvtransfn::oid::int8 as moving_inverse,
       a.aggmfinalfn::oid::int8 as moving_final, a.aggfinalextra as final_extra, a.aggmfinalextra as
       moving_final_extra,
       a.aggfinalmodify::text as final_modify, a.aggmfinalmodify::text as moving_final_modify,
       a.aggsortop::int8 as sort_operator, s.typname::text as state, coalesce(m.typname::text, '0') as moving_state,
       a.aggtransspace as state_bytes, a.aggmtransspace as moving_state_bytes, a.agginitval as initial,
       a.aggminitval as moving_initial
from pg_aggregate a join pg_type s on s.oid = a.aggtranstype left join pg_type m on m.oid = a.aggmtranstype
where a.aggfnoid < 10000 order by 1
"""
OPFAMILIES = """select f.oid::int8, a.amname::text as method, f.opfname::text as name from pg_opfamily f
join pg_am a on a.oid = f.opfmethod where f.oid < 16384 order by 1"""
OPCLASSES = """select c.oid::int8, a.amname::text as method, c.opcname::text as name, c.opcfamily::int8 as family,
t.typname::text as type, c.opcdefault as fallback, coalesce(k.typname::text, '0') as key_type
from pg_opclass c join pg_am a on a.oid = c.opcmethod join pg_type t on t.oid = c.opcintype left join pg_type k
on k.oid = c.opckeytype
where c.oid < 16384 order by 1"""
FAMILY_OPERATORS = """select o.amopfamily::int8 as family, l.typname::text as left, r.typname::text as right,
o.amopstrategy as strategy, o.amopopr::int8 as operator, o.amopsortfamily::int8 as order_by
from pg_amop o join pg_type l on l.oid = o.amoplefttype join pg_type r on r.oid = o.amoprighttype where o.oid <
16384 order by 1, 2, 3, 4"""
FAMILY_FUNCTIONS = """select f.amprocfamily::int8 as family, l.typname::text as left, r.typname::text as right,
f.amprocnum as number, f.amproc::oid::int8 as function
from pg_amproc f join pg_type l on l.oid = f.amproclefttype join pg_type r on r.oid = f.amprocrighttype where
f.oid < 16384 order by 1, 2, 3, 4"""


class Oracle:
    def __init__(self, connection):
        self.connection = connection

    def rows(self, query):
        result = subprocess.run(
            [
                "psql",
                "-X",
                "-At",
                "-v",
                "ON_ERROR_STOP=1",
                self.connection,
                "-c",
                f"select coalesce(json_agg(x), '[]') from ({query}) x",
            ],
            capture_output=True,
            text=True,
            check=False,
        )
        if result.returncode:
            sys.exit(f"the oracle does not answer: {result.stderr.strip()}")
        return json.loads(result.stdout)


def family_of_types(names):
    """Arrays of a type belong to that type's family."""
    ranks = [RANK.get(name) or RANK.get(name.lstrip("_")) for name in names]
    ranks = [rank for rank in ranks if rank]
    return max(ranks)[1] if ranks else "polymorphic"


def family_of_function(f):
    if f["kind"] == "a":
        return "aggregate"
    if f["kind"] == "w":
        return "window"
    types = f["args"] + [f["result"]] + (f["all_args"] or [])
    if (
        ("internal" in types and type_function_kind(f) != "RECEIVE")
        or f["result"].endswith("_handler")
        or f["result"] == "trigger"
    ):
        return "internal"
    if (
        f["name"].startswith(
            (
                "pg_",
                "has_",
                "txid_",
                "current_",
                "inet_client",
                "inet_server",
                "binary_upgrade",
                "brin_",
                "gin_",
                "to_reg",
                "lo_",
                "lo",
                "row_security",
                "satisfies_hash",
                "query_to",
                "table_to",
                "schema_to",
                "database_to",
                "cursor_to",
                "set_config",
                "getdatabase",
                "obj_desc",
                "col_desc",
                "shobj_desc",
                "format_type",
                "nextval",
                "currval",
                "setval",
                "lastval",
            )
        )
        and not f["name"].startswith(("lower", "log", "pg_lsn", "pg_snapshot", "lookup"))
        and len(f["name"]) > 3
    ):
        return "system"
    kind = type_function_kind(f)
    if kind:
        words = kind.split()
        return family_of_types(
            words[1:] or [t for t in types if t not in ("cstring", "bytea", "int4", "oid")] or types
        )
    # Whatever they are made from, documents, queries and xml belong to those families.
    if family_of_types([f["result"]]) in ("search", "xml") or f["name"].startswith("ts_"):
        return "search" if f["name"].startswith("ts_") else family_of_types([f["result"]])
    return family_of_types(f["args"] if f["args"] and f["args"] != ["any"] else types)


# ---- Our side in the oracle's terms


def our_function(catalog, f):
    name = lambda oid: catalog.types[oid].name if oid else "0"
    modes = list(f.modes) if f.modes else None
    return {
        "name": f.name,
        "result": name(f.result),
        "kind": f.kind,
        "set": f.returns_set,
        "args": [name(a) for a in f.args],
        "volatility": "i" if "IMMUTABLE" in f.flags else "s" if "STABLE" in f.flags else "v",
        "strict": "STRICT" in f.flags,
        "leakproof": "LEAKPROOF" in f.flags,
        "parallel": "u" if "PARALLEL_UNSAFE" in f.flags else "r" if "PARALLEL_RESTRICTED" in f.flags else "s",
        "definer": "SECURITY_DEFINER" in f.flags,
        "cost": f.cost,
        "rows": f.rows,
        "support": f.support_oid,
        "variadic": f.variadic,
        "modes": modes,
        "names": f.arg_names,
        "all_args": [name(a) for a in f.all_args] if modes else [],
        "defaults": len(f.defaults),
    }


def differences(ours, theirs, keys):
    return [f"{key}: {ours[key]!r}, PostgreSQL {theirs[key]!r}" for key in keys if ours[key] != theirs[key]]


def compare_functions(catalog, rows):
    for row in rows:
        # A native body serves what PostgreSQL wrote in SQL; a set-returning one has its row count from there.
        f = catalog.functions.get(row["oid"])
        family = family_of_function(row)
        if not f:
            yield "functions", family, row, None
            continue
        ours = our_function(catalog, f)
        yield "functions", family, row, differences(ours, row, [key for key in ours])


def compare_simple(catalog, kind, rows, key, ours, facts, family):
    for row in rows:
        item = ours(row)
        if item is None:
            yield kind, family(row), row, None
        else:
            yield kind, family(row), row, differences(item, row, facts)


def compare(catalog, oracle):
    name = lambda oid: catalog.types[oid].name if oid else "0"
    yield from compare_functions(catalog, oracle.rows(FUNCTIONS))
    yield from compare_operators(catalog, oracle, name)
    yield from compare_types(catalog, oracle, name)
    yield from compare_index(catalog, oracle, name)


def compare_operators(catalog, oracle, name):
    """Operators and casts."""

    def operator(row):
        o = catalog.operators.get(row["oid"])
        return o and {
            "name": o.name,
            "left": name(o.left),
            "right": name(o.right),
            "result": name(o.result),
            "function": o.function,
            "commutator": o.commutator,
            "negator": o.negator,
            "hash": o.hash,
            "merge": o.merge,
            "restrict": o.restrict_by,
            "join": o.join_by,
        }

    yield from compare_simple(
        catalog,
        "operators",
        oracle.rows(OPERATORS),
        "oid",
        operator,
        ["name", "left", "right", "result", "function", "commutator", "negator", "hash", "merge", "restrict", "join"],
        lambda row: family_of_types([row["left"], row["right"], row["result"]]),
    )
    casts = {(name(c.source), name(c.target)): c for c in catalog.casts}

    def cast(row):
        c = casts.get((row["source"], row["target"]))
        return c and {"oid": c.oid, "function": c.function, "context": c.context, "method": c.method}

    yield from compare_simple(
        catalog,
        "casts",
        oracle.rows(CASTS),
        None,
        cast,
        ["oid", "function", "context", "method"],
        lambda row: family_of_types([row["source"], row["target"]]),
    )


def compare_types(catalog, oracle, name):
    """Types and aggregates."""

    def a_type(row):
        t = catalog.types.get(row["oid"])
        return t and {
            "name": t.name,
            "bytes": t.bytes,
            "by_value": t.by_value,
            "kind": t.kind,
            "category": t.category,
            "preferred": t.preferred,
            "delimiter": t.delimiter,
            "array": t.array,
            "element": t.element_oid,
            "input": t.input,
            "output": t.output,
            "receive": t.receive,
            "send": t.send,
            "typmod_in": t.typmod_in,
            "typmod_out": t.typmod_out,
            "subscript": t.subscript_oid,
            "align": t.align,
            "storage": t.storage,
            "collation": t.collation,
        }

    rows = oracle.rows(TYPES)
    yield from compare_simple(
        catalog,
        "types",
        rows,
        "oid",
        a_type,
        [key for key in rows[0] if key != "oid"],
        lambda row: family_of_types([row["name"]]),
    )
    aggregates = {f.oid: f.aggregate for f in catalog.aggregates}

    def aggregate(row):
        a = aggregates.get(row["oid"])
        return a and {**a, "state": name(a["state"]), "moving_state": name(a["moving_state"])}

    rows = oracle.rows(AGGREGATES)
    yield from compare_simple(
        catalog,
        "aggregates",
        rows,
        "oid",
        aggregate,
        [key for key in rows[0] if key != "oid"],
        lambda row: "aggregate",
    )


def compare_index(catalog, oracle, name):
    yield from compare_simple(
        catalog,
        "opfamilies",
        oracle.rows(OPFAMILIES),
        "oid",
        lambda row: (lambda f: f and {"method": f.method, "name": f.name})(catalog.opfamilies.get(row["oid"])),
        ["method", "name"],
        lambda row: row["method"],
    )
    yield from compare_simple(
        catalog,
        "opclasses",
        oracle.rows(OPCLASSES),
        "oid",
        lambda row: (
            lambda c: c
            and {
                "method": c.method,
                "name": c.name,
                "family": c.family,
                "type": name(c.type),
                "fallback": c.fallback,
                "key_type": name(c.key_type),
            }
        )(catalog.opclasses.get(row["oid"])),
        ["method", "name", "family", "type", "fallback", "key_type"],
        lambda row: row["method"],
    )
    methods = {row["oid"]: row["method"] for row in oracle.rows(OPFAMILIES)}
    operators = {(o.family, name(o.left), name(o.right), o.strategy): o for o in catalog.family_operators}
    functions = {(f.family, name(f.left), name(f.right), f.number): f for f in catalog.family_functions}
    for kind, query, table, key, facts in (
        ("family operators", FAMILY_OPERATORS, operators, "strategy", ["operator", "order_by"]),
        ("family functions", FAMILY_FUNCTIONS, functions, "number", ["function"]),
    ):
        for row in oracle.rows(query):
            item = table.get((row["family"], row["left"], row["right"], row[key]))
            family = methods[row["family"]]
            yield kind, family, row, differences(vars(item), row, facts) if item else None


# ---- Scaffolding


def scaffold(kind, row):
    if kind == "functions":
        return scaffold_function(row)
    if kind == "operators":
        extra = "".join(f", .{key} = {row[key]}" for key in ("commutator", "negator") if row[key])
        extra += "".join(f", .{key} = true" for key in ("hash", "merge") if row[key])
        extra += "".join(
            f', .{ours} = "{row[key]}"'
            for ours, key in (("restrict_by", "restrict_name"), ("join_by", "join_name"))
            if row[key] != "-"
        )
        return (
            f"SQL_OPERATOR({row['oid']}, {c_literal(row['name'])}, {row['left']}, {row['right']}, {row['result']}, "
            f"{row['function_name']}{extra})"
        )
    if kind == "casts":
        function = {"b": "BINARY", "i": "IO"}.get(row["method"], row["function"])
        return (
            f"SQL_CAST({row['oid']}, {row['source']}, {row['target']}, {function}, "
            f"{ {'i': 'IMPLICIT', 'a': 'ASSIGNMENT', 'e': 'EXPLICIT'}[row['context']]})"
        )
    if kind == "types":
        return scaffold_type(row)
    if kind == "opfamilies":
        return f"SQL_OPFAMILY({row['oid']}, {row['method']}, \"{row['name']}\")"
    if kind == "opclasses":
        extra = (", .fallback = true" if row["fallback"] else "") + (
            f", .key_type = {row['key_type']}" if row["key_type"] != "0" else ""
        )
        return f"SQL_OPCLASS({row['oid']}, {row['method']}, \"{row['name']}\", {row['family']}, {row['type']}{extra})"
    if kind == "family operators":
        extra = f", .order_by = {row['order_by']}" if row["order_by"] else ""
        return (f"SQL_FAMILY_OPERATOR({row['family']}, {row['left']}, {row['right']}, "
                f"{row['strategy']}, {row['operator']}{extra})")
    if kind == "family functions":
        return (
            f"SQL_FAMILY_FUNCTION({row['family']}, {row['left']}, {row['right']}, {row['number']}, {row['function']})"
        )
    return scaffold_aggregate(row)


def flags_of(row):
    flags = [{"i": "IMMUTABLE", "s": "STABLE", "v": "VOLATILE"}[row["volatility"]]]
    flags += ["STRICT"] * row["strict"] + ["LEAKPROOF"] * row["leakproof"] + ["SECURITY_DEFINER"] * row["definer"]
    flags += {"u": ["PARALLEL_UNSAFE"], "r": ["PARALLEL_RESTRICTED"]}.get(row["parallel"], [])
    return " | ".join(flags + ["VARIADIC_LAST"] * bool(row["variadic"]))


TYPE_FUNCTION_KINDS = (("cstring", 0, "INPUT"), ("internal", 0, "RECEIVE"))


def type_function_kind(row):
    """What kind of type function this is, by its types; None: an ordinary function."""
    args, result, name = row["args"], row["result"], row["name"]
    if row["language"] != "internal" or row["set"]:
        return None
    if (
        args
        and args[0] == "cstring"
        and result != "cstring"
        and name.endswith("in")
        and args[1:] in ([], ["oid", "int4"])
    ):
        return "INPUT"
    if len(args) == 1 and result == "cstring" and name.endswith("out") and not name.endswith("typmodout"):
        return "OUTPUT"
    if args and args[0] == "internal" and name.endswith("recv") and args[1:] in ([], ["oid", "int4"]):
        return "RECEIVE"
    if len(args) == 1 and result == "bytea" and name.endswith("send"):
        return "SEND"
    for suffix, what in (("typmodin", "TYPMOD_IN"), ("typmodout", "TYPMOD_OUT")):
        if name.endswith(suffix):
            return f"{what} {name[:-len(suffix)]}"
    return None


def scaffold_function(row):
    head = f"{row['oid']}, \"{row['name']}\", {row['result']}, ({', '.join(row['args'])}), {flags_of(row)}"
    body = row["name"]
    kind = type_function_kind(row)
    if kind:
        line = f'SQL_TYPE_FUNCTION({head}, {kind}, "")'
    elif row["kind"] == "a":
        line = f'SQL_AGGREGATE({head}, aggregate_{body}, "")'
    elif row["kind"] == "w":
        line = f'SQL_WINDOW_FUNCTION({head}, window_{body}, "")'
    elif family_of_function(row) == "internal":
        line = f'SQL_FUNCTION_INTERNAL({head}, "")'
    elif row["set"]:
        line = f'SQL_FUNCTION_SET({head}, {body}, "")'
    elif row["result"] == "record" and row["modes"]:
        line = f'SQL_FUNCTION_ROW({head}, {body}, "")'
    elif not row["strict"] or row["variadic"]:
        line = f'SQL_FUNCTION_DATUM({head}, {body}, "")'
    else:
        line = f'SQL_FUNCTION({head}, {body}, "")'
    facts = []
    if row["cost"] != 1:
        facts.append(f".cost = {row['cost']:g}")
    if row["set"] and row["rows"] != 1000:
        facts.append(f".rows = {row['rows']:g}")
    if row["support"]:
        facts.append(f".support = {row['support']}")
    if row["names"] or row["modes"]:
        facts.append(f".arguments = {c_literal(argument_text(row))}")
    return line + (f"\nSQL_FACTS({row['oid']}, {', '.join(facts)})" if facts else "")


def argument_text(row):
    types = row["all_args"] or row["args"]
    modes = row["modes"] or ["i"] * len(types)
    names = row["names"] or [""] * len(types)
    # Defaults as the server prints them, in the order of the input arguments.
    texts = row["text"].split(" DEFAULT ")
    defaults = []
    for piece in texts[1:]:
        defaults.append(piece.rsplit(", ", 1)[0] if piece is not texts[-1] and ", " in piece else piece)
    inputs = [i for i, mode in enumerate(modes) if mode in "ibv"]
    with_default = dict(zip(inputs[len(inputs) - row["defaults"] :], defaults)) if row["defaults"] else {}
    parts = []
    for i, (a_type, mode, name) in enumerate(zip(types, modes, names)):
        prefix = {"i": "", "o": "OUT ", "b": "INOUT ", "v": "VARIADIC ", "t": "TABLE "}[mode]
        default = f" DEFAULT {with_default[i].split(', OUT ')[0]}" if i in with_default else ""
        parts.append(f"{prefix}{name + ' ' if name else ''}{a_type}{default}")
    return ", ".join(parts)


PHYS = {
    "bool": "BOOL",
    "int2": "I16",
    "char": "I16",
    "int4": "I32",
    "date": "I32",
    "float4": "F32",
    "float8": "F64",
    "uuid": "FIXED16",
    "timetz": "FIXED16",
    "interval": "FIXED16",
    "point": "FIXED16",
    "numeric": "DECIMAL",
}
PHYS.update({name: "I32" for name in """oid xid cid regproc regprocedure regoper regoperator regclass regtype regrole
    regnamespace regcollation regconfig regdictionary anyenum""".split()})
PHYS.update(
    {name: "I64" for name in """int8 time timestamp timestamptz money xid8 pg_lsn tid macaddr macaddr8 internal
    table_am_handler index_am_handler language_handler fdw_handler tsm_handler pg_ddl_command""".split()}
)


def scaffold_type(row):
    if row["category"] == "A" and row["name"].startswith("_"):
        return f"/* {row['name']} comes with its element type's .array = {row['oid']} */"
    parts = [
        str(row["oid"]),
        f'"{row["name"]}"',
        f".phys = PHYS_{PHYS.get(row['name'], 'STR')}",
        f".category = '{row['category']}'",
        f".bytes = {row['bytes']}",
        f".align = '{row['align']}'",
        f".storage = '{row['storage']}'",
    ]
    if row["kind"] != "b":
        parts.append(f".kind = '{row['kind']}'")
    parts += [f".{key} = true" for key in ("by_value", "preferred") if row[key]]
    if row["delimiter"] != ",":
        parts.append(f".delimiter = '{row['delimiter']}'")
    parts += [f".{key} = {row[key]}" for key in ("array", "element", "collation", "subscript") if row[key]]
    return f"SQL_TYPE_ROW({', '.join(parts)}, .text = \"\")"


def scaffold_aggregate(row):
    defaults = {"kind": "n", "final_modify": "r", "moving_final_modify": "r"}
    parts = []
    for key, value in row.items():
        if key == "oid" or value in (0, None, False, "0") or defaults.get(key) == value:
            continue
        if key in ("kind", "final_modify", "moving_final_modify"):
            value = f"'{value}'"
        elif key in ("initial", "moving_initial"):
            value = c_literal(value)
        elif value is True:
            value = "true"
        parts.append(f".{key} = {value}")
    return f"/* facts of aggregate {row['oid']}: {', '.join(parts)} */"


def print_percentages(results):
    counts = {}
    for kind, family, _, found in results:
        for key in ((family, kind), (family, "all"), ("total", kind), ("total", "all")):
            there, same, total = counts.get(key, (0, 0, 0))
            counts[key] = (there + (found is not None), same + (found == []), total + 1)
    print(f"{'family':14} {'kind':18} {'declared':>8} {'equal':>6} {'of':>5}  equal %")
    for (family, kind), (there, same, total) in sorted(counts.items(), key=lambda x: (x[0][0] == "total", x[0])):
        print(f"{family:14} {kind:18} {there:8} {same:6} {total:5}  {100 * same / total:5.1f}")


def golden_oids(build):
    """OIDs of the functions with a golden call: tests/calls and, where a catalog is needed, tests/sql are run."""
    sys.path[:0] = [str(ROOT / "tests" / "calls"), str(ROOT / "tests" / "sql")]
    import check  # pylint: disable=import-outside-toplevel,import-error
    import sql_calls  # pylint: disable=import-outside-toplevel,import-error

    wanted, done = check.golden(Path(build))
    with tempfile.TemporaryDirectory() as scratch:
        return {wanted[key].oid for key in done} | sql_calls.golden_oids(build, Path(scratch))


def only_raises(row):
    """Input functions of pseudo-types and output functions of most know no answer but an error, and neither do the
    functions that are kept for what is no longer supported: they cannot have a golden call."""
    if row.get("name") in ("aclinsert", "aclremove") or row.get("function_name") in ("aclinsert", "aclremove"):
        return True
    if row.get("kind") != "f":
        return False
    kind = type_function_kind(row)
    return (kind in ("INPUT", "RECEIVE") and row["result"] in PSEUDO_INPUTS) or (
        kind == "OUTPUT" and row["args"][0] in PSEUDO_OUTPUTS
    )


PSEUDO_OUTPUTS = set(
    "any anyelement anynonarray anycompatible anycompatiblenonarray trigger event_trigger language_handler fdw_handler "
    "index_am_handler table_am_handler tsm_handler internal opaque shell".split()
)
PSEUDO_INPUTS = set(
    "any anyarray anyelement anynonarray anyenum anyrange anymultirange anycompatible anycompatiblearray "
    "anycompatiblenonarray anycompatiblerange anycompatiblemultirange trigger event_trigger language_handler "
    "fdw_handler index_am_handler table_am_handler tsm_handler internal opaque pg_ddl_command pg_node_tree "
    "pg_ndistinct pg_dependencies pg_mcv_list shell pg_brin_bloom_summary pg_brin_minmax_multi_summary".split()
)


def reached(kind, row, oids):
    """Has a golden call gone through it? Casts without a function are counted as reached: they run nothing."""
    if kind in ("functions", "aggregates"):
        return row["oid"] in oids
    return row["function"] in oids or (kind == "casts" and row["function"] == 0)


def print_golden(results, build, family, kept):
    """`kept`: a file of the OIDs, so that several lists cost one run."""
    if kept and Path(kept).exists():
        oids = set(map(int, Path(kept).read_text().split()))
    else:
        oids = golden_oids(build)
        if kept:
            Path(kept).write_text(" ".join(map(str, sorted(oids))) + "\n")
    counts = {}
    for kind, of, row, _ in results:
        if kind not in ("functions", "operators", "casts", "aggregates") or only_raises(row):
            continue
        done = reached(kind, row, oids)
        if family == of and not done:
            label = row.get("name") or f"{row.get('source', '')} {row.get('target', '')}"
            print(f"{kind[:-1]} {row['oid']} {label}: no golden call")
        for key in ((of, kind), (of, "all")):
            there, total = counts.get(key, (0, 0))
            counts[key] = (there + done, total + 1)
    for (of, kind), (there, total) in sorted(counts.items()):
        if family in (None, of):
            print(f"{of:14} {kind:18} {there:6} {total:5}  {100 * there / total:5.1f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--oracle", default=os.environ.get("TUSK_ORACLE"))
    parser.add_argument("--list", metavar="FAMILY")
    parser.add_argument("--scaffold", metavar="FAMILY")
    parser.add_argument("--kind", help="functions, operators, casts, types, aggregates, ... only")
    parser.add_argument("--different", action="store_true")
    parser.add_argument("--golden", metavar="BUILD")
    parser.add_argument("--oids", metavar="FILE", help="what --golden found: read if it exists, else kept there")
    options = parser.parse_args()
    if not options.oracle:
        sys.exit("no oracle: set TUSK_ORACLE to a libpq connection string")
    catalog, _ = read_catalog(ROOT / "src")
    if catalog.problems:
        sys.exit("\n".join(catalog.problems))
    results = list(compare(catalog, Oracle(options.oracle)))
    if options.kind:
        results = [result for result in results if result[0] == options.kind]
    family = options.list or options.scaffold
    if options.golden:
        print_golden(results, options.golden, family, options.oids)
        return
    if not family and not options.different:
        print_percentages(results)
        return
    for kind, of, row, found in results:
        label = (
            row.get("name") or f"{row.get('source', row.get('left', ''))} {row.get('target', row.get('right', ''))}"
        )
        if options.scaffold and family in (of, "all") and found is None:
            print(scaffold(kind, row))
        elif options.list and of == family and found != []:
            print(
                f"{kind[:-1]} {row.get('oid', row.get('family'))} {label}: {'; '.join(found) if found else 'missing'}"
            )
        elif options.different and found:
            print(f"{kind[:-1]} {row.get('oid', row.get('family'))} {label}: {'; '.join(found)}")
    if options.list:
        print(Counter(kind for kind, of, _, found in results if of == family and found != []))


if __name__ == "__main__":
    main()
