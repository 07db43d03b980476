/* SPDX-License-Identifier: Apache-2.0 */
/* deparse_constraint.c - pg_get_indexdef and pg_get_constraintdef. */
#include "bind/deparse_internal.h"

#include "bind/json_ops.h"
#include "catalog/datums.h"

static Oid relation_of(CatalogView *view, CatalogTable table, CatalogIndex index, uint32_t column,
                       Oid oid)
{
    Datum key = datum_oid(oid);
    CatScan *scan = cat_scan_open(view, table, index, &key, 1);
    CatRow row;
    Oid found = cat_scan_next(scan, &row) ? row.values[column].value.u32 : 0;
    cat_scan_close(scan);
    return found;
}

static void column_names(StrBuilder *out, const CatRelation *relation, const int16_t *columns,
                         uint32_t count)
{
    str_add_char(out, '(');
    for (uint32_t i = 0; i < count; i++) {
        if (i) str_add(out, STR(", "));
        parse_quote_identifier(out, relation->columns[columns[i] - 1].name);
    }
    str_add_char(out, ')');
}

/* ---- indexes */

static bool looks_like_call(const QExpr *expr)
{
    const QFuncCall *call = Q_IF(FuncCall, expr);
    if (call) return call->form == Q_CALL_FUNCTION || call->form == Q_CALL_SQL_SYNTAX;
    const QJsonExpr *json = Q_IF(JsonExpr, expr);
    if (json) return json->op >= JSON_EXPR_EXISTS;
    return expr->kind == Q_COALESCE || expr->kind == Q_MIN_MAX || expr->kind == Q_NULL_IF;
}

static void index_key(StrBuilder *out, const CatRelation *relation, const CatIndex *index,
                      uint32_t at, uint32_t *expression, const DeparseOptions *options, bool plain)
{
    const CatIndexKey *key = &index->keys[at];
    CatalogView *view = options->view;
    Oid collation; /* that it would have without being told */
    if (key->column) {
        parse_quote_identifier(out, relation->columns[key->column - 1].name);
        collation = relation->columns[key->column - 1].collation;
    } else {
        const QExpr *expr = (const QExpr *)bind_stored(index->expressions[(*expression)++]);
        bool paren = !looks_like_call(expr);
        if (paren) str_add_char(out, '(');
        expr_deparse(out, expr, relation, options);
        if (paren) str_add_char(out, ')');
        collation = expr->collation;
    }
    if (plain || at >= index->key_count) return;
    if (key->collation && key->collation != collation) {
        const CatCollation *other = cat_collation(view, key->collation);
        str_add(out, STR(" COLLATE "));
        parse_quote_identifier(out, other ? other->name : STR("?"));
    }
    const CatOpclass *standard = cat_opclass_default(view, index->method, key->type);
    const CatOpclass *own = cat_opclass(view, key->opclass);
    if (own && (!standard || standard->oid != own->oid)) {
        str_add_char(out, ' ');
        parse_quote_identifier(out, own->name);
    }
    bool descending = key->options & 1, nulls_first = key->options & 2;
    if (descending) str_add(out, nulls_first ? STR(" DESC") : STR(" DESC NULLS LAST"));
    if (!descending && nulls_first) str_add(out, STR(" NULLS FIRST"));
}

static void index_options(StrBuilder *out, const CatIndex *index)
{
    for (uint32_t i = 0; i < index->option_count; i++) {
        const Str option = index->options[i];
        size_t at = 0;
        if (!str_find_char(option, '=', &at)) continue;
        const Str value = str_slice(option, at + 1, option.bytes);
        str_add(out, i == 0 ? STR(" WITH (") : STR(", "));
        parse_quote_identifier(out, str_slice(option, 0, at));
        str_add_char(out, '=');
        const size_t before = str_peek(out).bytes;
        parse_quote_identifier(out, value);
        if (str_equal(str_slice(str_peek(out), before, str_peek(out).bytes), value)) continue;
        str_truncate(out, before); /* not a name: a literal */
        parse_quote_literal(out, value);
    }
    if (index->option_count > 0) str_add_char(out, ')');
}

void index_deparse(StrBuilder *out, const CatRelation *relation, const CatIndex *index,
                   const DeparseOptions *options)
{
    static const struct {
        Oid oid;
        const char *name;
    } methods[] = {{403, "btree"}, {405, "hash"},    {783, "gist"},
                   {2742, "gin"},  {4000, "spgist"}, {3580, "brin"}};
    uint32_t expression = 0;
    str_add(out, index->unique ? STR("CREATE UNIQUE INDEX ") : STR("CREATE INDEX "));
    parse_quote_identifier(out, index->name);
    str_add(out, STR(" ON "));
    parse_quote_identifier(out, relation->schema_name);
    str_add_char(out, '.');
    parse_quote_identifier(out, relation->name);
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
        if (methods[i].oid == index->method) str_add_format(out, " USING %s", methods[i].name);
    str_add(out, STR(" ("));
    for (uint32_t i = 0; i < index->column_count; i++) {
        if (i == index->key_count) str_add(out, STR(") INCLUDE ("));
        if (i && i != index->key_count) str_add(out, STR(", "));
        index_key(out, relation, index, i, &expression, options, false);
    }
    str_add_char(out, ')');
    if (index->nulls_not_distinct) str_add(out, STR(" NULLS NOT DISTINCT"));
    index_options(out, index);
    if (!index->predicate) return;
    str_add(out, STR(" WHERE "));
    expr_deparse(out, (const QExpr *)bind_stored(index->predicate), relation, options);
}

void index_keys_deparse(StrBuilder *out, const CatRelation *relation, const CatIndex *index,
                        const DeparseOptions *options)
{
    uint32_t expression = 0;
    for (uint32_t i = 0; i < index->key_count; i++) {
        if (i > 0) str_add(out, STR(", "));
        index_key(out, relation, index, i, &expression, options, true);
    }
}

static Str index_text(Fn *fn, uint32_t oid, int32_t column, bool pretty)
{
    CatalogView *view = fn_view(fn);
    Oid table = relation_of(view, PG_INDEX, PG_INDEX_INDEXRELID_INDEX, PG_INDEX_INDRELID, oid);
    const CatRelation *relation = table ? cat_relation(view, table) : NULL;
    DeparseOptions options = {.view = view, .env = fn->env, .pretty = pretty};
    StrBuilder out = str_builder(fn->arena, 64);
    for (uint32_t i = 0; relation && i < relation->index_count; i++) {
        const CatIndex *index = relation->indexes[i];
        uint32_t expression = 0;
        if (index->oid != oid) continue;
        if (column == 0) index_deparse(&out, relation, index, &options);
        for (uint32_t k = 0; column > 0 && k < (uint32_t)column && k < index->column_count; k++) {
            str_truncate(&out, 0);
            index_key(&out, relation, index, k, &expression, &options, true);
        }
        if (column < 0 || (column > 0 && (uint32_t)column > index->column_count))
            str_truncate(&out, 0);
        return str_done(&out);
    }
    return FN_NULL(fn, (Str){0});
}

static Str get_index(Fn *fn, uint32_t oid)
{
    return index_text(fn, oid, 0, false);
}
SQL_FUNCTION(1643, "pg_get_indexdef", text, (oid), STABLE | STRICT | NULLABLE, get_index,
             "the command that makes an index")
static Str get_index_column(Fn *fn, uint32_t oid, int32_t column, bool pretty)
{
    return index_text(fn, oid, column, pretty);
}
SQL_FUNCTION(2507, "pg_get_indexdef", text, (oid, int4, bool), STABLE | STRICT | NULLABLE,
             get_index_column, "the command that makes an index, or one of its columns")

/* ---- constraints */

static void foreign_key(StrBuilder *out, CatalogView *view, Arena *arena,
                        const CatRelation *relation, const CatConstraint *key)
{
    static const struct {
        char code;
        const char *text;
    } actions[] = {{'r', "RESTRICT"}, {'c', "CASCADE"}, {'n', "SET NULL"}, {'d', "SET DEFAULT"}};
    const CatRelation *other = cat_relation(view, key->foreign_relation);
    str_add(out, STR("FOREIGN KEY "));
    column_names(out, relation, key->columns, key->column_count);
    str_add(out, STR(" REFERENCES "));
    str_add(out, cat_relation_name_qualified(view, arena, key->foreign_relation));
    if (other) column_names(out, other, key->foreign_columns, key->foreign_count);
    if (key->match == 'f') str_add(out, STR(" MATCH FULL"));
    const char codes[2] = {key->on_update, key->on_delete};
    for (int i = 0; i < 2; i++)
        for (size_t j = 0; j < sizeof actions / sizeof *actions; j++)
            if (actions[j].code == codes[i])
                str_add_format(out, " ON %s %s", i ? "DELETE" : "UPDATE", actions[j].text);
    if (key->delete_set_count && other) {
        str_add_char(out, ' ');
        column_names(out, relation, key->delete_set_columns, key->delete_set_count);
    }
}

static void key_constraint(StrBuilder *out, const CatRelation *relation, const CatConstraint *key)
{
    const CatIndex *index = NULL;
    for (uint32_t i = 0; i < relation->index_count; i++)
        if (relation->indexes[i]->oid == key->index) index = relation->indexes[i];
    str_add(out, key->type == 'p' ? STR("PRIMARY KEY ") : STR("UNIQUE "));
    if (index && index->nulls_not_distinct) str_add(out, STR("NULLS NOT DISTINCT "));
    column_names(out, relation, key->columns, key->column_count);
    if (!index || index->column_count == index->key_count) return;
    str_add(out, STR(" INCLUDE ("));
    for (uint32_t i = index->key_count; i < index->column_count; i++) {
        if (i > index->key_count) str_add(out, STR(", "));
        parse_quote_identifier(out, relation->columns[index->keys[i].column - 1].name);
    }
    str_add_char(out, ')');
}

static bool one_constraint(StrBuilder *out, Arena *arena, const CatRelation *relation,
                           const CatConstraint *c, const DeparseOptions *options)
{
    switch (c->type) {
    case 'c':
        str_add(out, STR("CHECK ("));
        if (c->check) expr_deparse(out, (const QExpr *)bind_stored(c->check), relation, options);
        str_add_char(out, ')');
        break;
    case 'n':
        str_add(out, STR("NOT NULL "));
        if (relation && c->column_count)
            parse_quote_identifier(out, relation->columns[c->columns[0] - 1].name);
        else
            str_truncate(out, out->bytes - 1); /* of a domain */
        break;
    case 'p':
    case 'u': key_constraint(out, relation, c); break;
    case 'f': foreign_key(out, options->view, arena, relation, c); break;
    default: return false;
    }
    if (c->no_inherit && (c->type == 'c' || c->type == 'n')) str_add(out, STR(" NO INHERIT"));
    if (c->deferrable) str_add(out, STR(" DEFERRABLE"));
    if (c->deferred) str_add(out, STR(" INITIALLY DEFERRED"));
    if (!c->enforced)
        str_add(out, STR(" NOT ENFORCED"));
    else if (!c->validated)
        str_add(out, STR(" NOT VALID"));
    return true;
}

static Str constraint_text(Fn *fn, uint32_t oid, bool pretty)
{
    CatalogView *view = fn_view(fn);
    DeparseOptions options = {.view = view, .env = fn->env, .pretty = pretty};
    StrBuilder out = str_builder(fn->arena, 64);
    Oid table = relation_of(view, PG_CONSTRAINT, PG_CONSTRAINT_OID_INDEX, PG_CONSTRAINT_CONRELID,
                            oid);
    Oid domain = table ? 0
                       : relation_of(view, PG_CONSTRAINT, PG_CONSTRAINT_OID_INDEX,
                                     PG_CONSTRAINT_CONTYPID, oid);
    const CatRelation *relation = table ? cat_relation(view, table) : NULL;
    const CatType *type = domain ? cat_type(view, domain) : NULL;
    const CatConstraint *list = relation ? relation->constraints : type ? type->constraints : NULL;
    uint32_t count = relation ? relation->constraint_count : type ? type->constraint_count : 0;
    for (uint32_t i = 0; i < count; i++)
        if (list[i].oid == oid && one_constraint(&out, fn->arena, relation, &list[i], &options))
            return str_done(&out);
    return FN_NULL(fn, (Str){0});
}

static Str get_constraint(Fn *fn, uint32_t oid)
{
    return constraint_text(fn, oid, false);
}
SQL_FUNCTION(1387, "pg_get_constraintdef", text, (oid), STABLE | STRICT | NULLABLE, get_constraint,
             "a constraint as CREATE TABLE would write it")
static Str get_constraint_pretty(Fn *fn, uint32_t oid, bool pretty)
{
    return constraint_text(fn, oid, pretty);
}
SQL_FUNCTION(2508, "pg_get_constraintdef", text, (oid, bool), STABLE | STRICT | NULLABLE,
             get_constraint_pretty,
             "a constraint as CREATE TABLE would write it, with few parentheses if asked")
