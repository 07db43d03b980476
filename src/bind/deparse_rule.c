/* SPDX-License-Identifier: Apache-2.0 */
/* deparse_rule.c - rules and triggers as the statements that make them, and views by other names than their OID. */
#include "bind/deparse_internal.h"

#include "base/builtins.h"
#include "catalog/datums.h"
#include "type/array.h"

static Str text_of(const Datum *d)
{
    return d->null ? (Str){0} : strview_str(&d->value.str);
}

/* As pg_get_*def name the table they are on: `pretty` leaves the schema away where it is not needed. */
static void print_table(StrBuilder *out, CatalogView *view, Oid oid, bool pretty)
{
    const CatRelation *relation = cat_relation(view, oid);
    if (!relation || pretty) {
        str_add(out, cat_relation_name_qualified(view, out->arena, oid));
        return;
    }
    parse_quote_identifier(out, relation->schema_name);
    str_add_char(out, '.');
    parse_quote_identifier(out, relation->name);
}

/* ---- rules */

static Str rule_text(Fn *fn, Oid oid, bool pretty)
{
    enum { EVENT_SELECT = '1' };
    CatalogView *view = fn_view(fn);
    const Datum key = datum_oid(oid);
    const Datum *row = cat_row_find(view, PG_REWRITE_OID_INDEX, &key, 1, fn->arena);
    if (!row) return FN_NULL(fn, (Str){0});
    const CatRelation *on = cat_relation(view, row[PG_REWRITE_EV_CLASS].value.u32);
    if (!on) return FN_NULL(fn, (Str){0});
    if (row[PG_REWRITE_EV_TYPE].value.i16 != EVENT_SELECT)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "writing out rules other than ON SELECT is not supported");
    StrBuilder out = str_builder(fn->arena, 256);
    str_add(&out, STR("CREATE RULE "));
    parse_quote_identifier(&out, text_of(&row[PG_REWRITE_RULENAME]));
    str_add(&out, STR(" AS\n    ON SELECT TO "));
    print_table(&out, view, on->oid, pretty);
    str_add(&out, STR(" DO INSTEAD "));
    str_add(&out, bind__view_text(fn, on, pretty));
    return str_done(&out);
}

static Str get_rule(Fn *fn, Oid oid)
{
    return rule_text(fn, oid, false);
}
SQL_FUNCTION(1573, "pg_get_ruledef", text, (oid), STABLE | STRICT | NULLABLE, get_rule,
             "the command that makes a rule")
static Str get_rule_pretty(Fn *fn, Oid oid, bool pretty)
{
    return rule_text(fn, oid, pretty);
}
SQL_FUNCTION(2504, "pg_get_ruledef", text, (oid, bool), STABLE | STRICT | NULLABLE, get_rule_pretty,
             "the command that makes a rule, with few parentheses if asked")

/* ---- views by name, or with lines of a given width */

static Str view_named(Fn *fn, Str name, bool pretty)
{
    InputError err = {.arena = fn->arena};
    Oid oid = 0;
    if (!fn->env->calls->name_find(fn->env->calls_arg, FN_NAME_RELATION_TEXT, name, &oid, &err))
        input_error_raise(&err);
    const CatRelation *view = cat_relation(fn_view(fn), oid);
    return view && view->view_query ? bind__view_text(fn, view, pretty) : FN_NULL(fn, (Str){0});
}

static Str get_view_named(Fn *fn, Str name)
{
    return view_named(fn, name, false);
}
SQL_FUNCTION(1640, "pg_get_viewdef", text, (text), STABLE | STRICT | NULLABLE | PARALLEL_RESTRICTED,
             get_view_named, "the query of a view by its name")
static Str get_view_named_pretty(Fn *fn, Str name, bool pretty)
{
    return view_named(fn, name, pretty);
}
SQL_FUNCTION(2505, "pg_get_viewdef", text, (text, bool),
             STABLE | STRICT | NULLABLE | PARALLEL_RESTRICTED, get_view_named_pretty,
             "the query of a view by its name, with few parentheses if asked")

/* ---- triggers */

/* Bits of tgtype. */
enum {
    TRIGGER_ROW = 1,
    TRIGGER_BEFORE = 2,
    TRIGGER_INSERT = 4,
    TRIGGER_DELETE = 8,
    TRIGGER_UPDATE = 16,
    TRIGGER_TRUNCATE = 32,
    TRIGGER_INSTEAD = 64,
};

static void print_update_columns(StrBuilder *out, const Datum *row, const CatRelation *on)
{
    ArrayView columns;
    if (!array_view(text_of(&row[PG_TRIGGER_TGATTR]), &columns)) return;
    for (uint32_t i = 0; i < columns.count; i++) {
        const int16_t column = array_get(&columns, builtin_type(OID_INT2)->type, i).value.i16;
        str_add(out, i ? STR(", ") : STR(" OF "));
        parse_quote_identifier(out, on->columns[column - 1].name);
    }
}

static void print_events(StrBuilder *out, const Datum *row, const CatRelation *on)
{
    static const struct {
        int16_t bit;
        const char *word;
    } events[] = {{TRIGGER_INSERT, "INSERT"},
                  {TRIGGER_DELETE, "DELETE"},
                  {TRIGGER_UPDATE, "UPDATE"},
                  {TRIGGER_TRUNCATE, "TRUNCATE"}};
    const int16_t type = row[PG_TRIGGER_TGTYPE].value.i16;
    bool first = true;
    for (size_t i = 0; i < ARRAY_LEN(events); i++) {
        if (!(type & events[i].bit)) continue;
        str_add_format(out, first ? " %s" : " OR %s", events[i].word);
        if (events[i].bit == TRIGGER_UPDATE) print_update_columns(out, row, on);
        first = false;
    }
}

static void print_deferral(StrBuilder *out, const Datum *row, CatalogView *view)
{
    const Oid other = row[PG_TRIGGER_TGCONSTRRELID].value.u32;
    if (other) {
        str_add(out, STR(" FROM "));
        str_add(out, cat_relation_name_qualified(view, out->arena, other));
    }
    str_add(out,
            row[PG_TRIGGER_TGDEFERRABLE].value.b ? STR(" DEFERRABLE") : STR(" NOT DEFERRABLE"));
    str_add(out, row[PG_TRIGGER_TGINITDEFERRED].value.b ? STR(" INITIALLY DEFERRED")
                                                        : STR(" INITIALLY IMMEDIATE"));
}

static void print_transition_tables(StrBuilder *out, const Datum *row)
{
    const Datum *old = &row[PG_TRIGGER_TGOLDTABLE], *new = &row[PG_TRIGGER_TGNEWTABLE];
    if (old->null && new->null) return;
    str_add(out, STR(" REFERENCING"));
    if (!old->null) {
        str_add(out, STR(" OLD TABLE AS "));
        parse_quote_identifier(out, text_of(old));
    }
    if (!new->null) {
        str_add(out, STR(" NEW TABLE AS "));
        parse_quote_identifier(out, text_of(new));
    }
}

/* The stored expression names OLD as table 1 and NEW as table 2. */
static void print_condition(Fn *fn, StrBuilder *out, const Datum *row, Oid relation, bool pretty)
{
    if (row[PG_TRIGGER_TGQUAL].null) return;
    QTable tables[2] = {{.kind = Q_TABLE, .table = Q_RTE_RELATION, .relation = relation},
                        {.kind = Q_TABLE, .table = Q_RTE_RELATION, .relation = relation}};
    QTable *items[2] = {&tables[0], &tables[1]};
    QTableList list = {items, 2};
    Str aliases[2] = {STR("old"), STR("new")};
    const DeparseNames names = {.tables = &list, .names = aliases};
    Deparse d = {.out = out,
                 .arena = fn->arena,
                 .view = fn_view(fn),
                 .env = fn->env,
                 .names = &names,
                 .pretty = pretty,
                 .prefix = true};
    str_add(out, STR(" WHEN ("));
    bind__deparse_expr(&d, (QExpr *)bind_load(fn->arena, text_of(&row[PG_TRIGGER_TGQUAL])), false);
    str_add_char(out, ')');
}

/* Each argument ends with a zero byte. */
static void print_call(Fn *fn, StrBuilder *out, const Datum *row)
{
    Deparse d = {.out = out, .arena = fn->arena, .view = fn_view(fn), .env = fn->env};
    str_add(out, STR(" EXECUTE FUNCTION "));
    bind__deparse_function_name(&d, row[PG_TRIGGER_TGFOID].value.u32);
    str_add_char(out, '(');
    Str rest = text_of(&row[PG_TRIGGER_TGARGS]);
    const int16_t count = row[PG_TRIGGER_TGNARGS].value.i16;
    for (int16_t i = 0; i < count; i++) {
        size_t end = rest.bytes;
        (void)str_find_char(rest, '\0', &end);
        if (i) str_add(out, STR(", "));
        parse_quote_literal(out, str_slice(rest, 0, end));
        rest = str_slice(rest, end + 1, rest.bytes);
    }
    str_add_char(out, ')');
}

static Str trigger_text(Fn *fn, Oid oid, bool pretty)
{
    CatalogView *view = fn_view(fn);
    const Datum key = datum_oid(oid);
    const Datum *row = cat_row_find(view, PG_TRIGGER_OID_INDEX, &key, 1, fn->arena);
    const CatRelation *on = row ? cat_relation(view, row[PG_TRIGGER_TGRELID].value.u32) : NULL;
    if (!on) return FN_NULL(fn, (Str){0});
    const int16_t type = row[PG_TRIGGER_TGTYPE].value.i16;
    const bool constraint = row[PG_TRIGGER_TGCONSTRAINT].value.u32 != 0;
    StrBuilder out = str_builder(fn->arena, 256);
    str_add(&out, constraint ? STR("CREATE CONSTRAINT TRIGGER ") : STR("CREATE TRIGGER "));
    parse_quote_identifier(&out, text_of(&row[PG_TRIGGER_TGNAME]));
    str_add(&out, type & TRIGGER_BEFORE    ? STR(" BEFORE")
                  : type & TRIGGER_INSTEAD ? STR(" INSTEAD OF")
                                           : STR(" AFTER"));
    print_events(&out, row, on);
    str_add(&out, STR(" ON "));
    print_table(&out, view, on->oid, pretty);
    if (constraint) print_deferral(&out, row, view);
    print_transition_tables(&out, row);
    str_add(&out, type & TRIGGER_ROW ? STR(" FOR EACH ROW") : STR(" FOR EACH STATEMENT"));
    print_condition(fn, &out, row, on->oid, pretty);
    print_call(fn, &out, row);
    return str_done(&out);
}

static Str get_trigger(Fn *fn, Oid oid)
{
    return trigger_text(fn, oid, false);
}
SQL_FUNCTION(1662, "pg_get_triggerdef", text, (oid), STABLE | STRICT | NULLABLE, get_trigger,
             "the command that makes a trigger")
static Str get_trigger_pretty(Fn *fn, Oid oid, bool pretty)
{
    return trigger_text(fn, oid, pretty);
}
SQL_FUNCTION(2730, "pg_get_triggerdef", text, (oid, bool), STABLE | STRICT | NULLABLE,
             get_trigger_pretty, "the command that makes a trigger, with few parentheses if asked")

/* ---- partitions */

/* No relation is partitioned, nor a partition: there is nothing to write. */
static Str get_partition_key(Fn *fn, Oid oid)
{
    const Datum key = datum_oid(oid);
    if (cat_row_find(fn_view(fn), PG_PARTITIONED_TABLE_PARTRELID_INDEX, &key, 1, fn->arena))
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "writing out partition keys is not supported");
    return FN_NULL(fn, (Str){0});
}
SQL_FUNCTION(3352, "pg_get_partkeydef", text, (oid), STABLE | STRICT | NULLABLE, get_partition_key,
             "the partition key of a table")

static Str get_partition_constraint(Fn *fn, Oid oid)
{
    const CatRelation *relation = cat_relation(fn_view(fn), oid);
    if (relation && relation->partition)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                    "writing out partition constraints is not supported");
    return FN_NULL(fn, (Str){0});
}
SQL_FUNCTION(3408, "pg_get_partition_constraintdef", text, (oid), STABLE | STRICT | NULLABLE,
             get_partition_constraint, "the condition that a partition's rows fulfil")
