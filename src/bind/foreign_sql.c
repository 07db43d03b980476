/* SPDX-License-Identifier: Apache-2.0 */
/* foreign_sql.c - what a foreign key does, written as the SQL by which PostgreSQL does it: the context of errors
 * inside. Names of tables and columns always stand in quotes, those of operators and types where they need them. */
#include "bind/foreign_sql.h"

#include "parse/parse.h"

static void add_quoted(StrBuilder *out, Str name)
{
    str_add_char(out, '"');
    for (size_t i = 0; i < name.bytes; i++) {
        if (name.data[i] == '"') str_add_char(out, '"');
        str_add_char(out, name.data[i]);
    }
    str_add_char(out, '"');
}

static void add_table(StrBuilder *out, const CatRelation *relation)
{
    add_quoted(out, relation->schema_name);
    str_add_char(out, '.');
    add_quoted(out, relation->name);
}

static void add_schema(const ForeignTables *tables, StrBuilder *out, Oid schema)
{
    parse_quote_identifier(out, cat_namespace(tables->view, schema)->name);
    str_add_char(out, '.');
}

/* ::schema.type, where the operator wants another one. */
static void add_cast(const ForeignTables *tables, StrBuilder *out, Oid from, Oid to)
{
    if (from == to) return;
    const CatType *type = cat_type(tables->view, to);
    str_add(out, STR("::"));
    add_schema(tables, out, type->namespace_);
    parse_quote_identifier(out, type->name);
}

static const CatColumn *child_column(const ForeignTables *tables, uint32_t i)
{
    return &tables->child->columns[tables->constraint->columns[i] - 1];
}
static const CatColumn *parent_column(const ForeignTables *tables, uint32_t i)
{
    return &tables->parent->columns[tables->constraint->foreign_columns[i] - 1];
}

/* WHERE each pair is equal. The side that is asked for is a parameter, and those count from `parameter`. */
static void add_condition(const ForeignTables *tables, StrBuilder *out, bool of_child,
                          uint32_t parameter)
{
    for (uint32_t i = 0; i < tables->constraint->column_count; i++) {
        const CatOperator *op = cat_operator(tables->view, tables->constraint->equal_pk_fk[i]);
        const CatColumn *left = parent_column(tables, i), *right = child_column(tables, i);
        str_add(out, i > 0 ? STR(" AND ") : STR(" WHERE "));
        if (of_child)
            str_add_format(out, "$%u", parameter + i);
        else
            add_quoted(out, left->name);
        add_cast(tables, out, left->type, op->left);
        str_add(out, STR(" OPERATOR("));
        add_schema(tables, out, op->namespace_);
        str_add(out, op->name);
        str_add(out, STR(") "));
        if (of_child)
            add_quoted(out, right->name);
        else
            str_add_format(out, "$%u", parameter + i);
        add_cast(tables, out, right->type, op->right);
    }
}

bool foreign_sets_column(const CatConstraint *constraint, int16_t attnum)
{
    if (constraint->delete_set_count == 0) return true;
    for (uint32_t i = 0; i < constraint->delete_set_count; i++)
        if (constraint->delete_set_columns[i] == attnum) return true;
    return false;
}

Str foreign_action_sql(const ForeignTables *tables, Arena *arena, bool deleted)
{
    const CatConstraint *constraint = tables->constraint;
    const char action = deleted ? constraint->on_delete : constraint->on_update;
    StrBuilder out = str_builder(arena, 128);
    uint32_t parameters = 0, set = 0;
    str_add(&out, action == 'c' && deleted ? STR("DELETE FROM ONLY ") : STR("UPDATE ONLY "));
    add_table(&out, tables->child);
    for (uint32_t i = 0; i < constraint->column_count && !(action == 'c' && deleted); i++) {
        if (deleted && !foreign_sets_column(constraint, constraint->columns[i])) continue;
        str_add(&out, set++ > 0 ? STR(", ") : STR(" SET "));
        add_quoted(&out, child_column(tables, i)->name);
        if (action == 'c')
            str_add_format(&out, " = $%u", ++parameters);
        else
            str_add(&out, action == 'n' ? STR(" = NULL") : STR(" = DEFAULT"));
    }
    add_condition(tables, &out, true, parameters + 1);
    return str_done(&out);
}

Str foreign_lookup_sql(const ForeignTables *tables, Arena *arena)
{
    StrBuilder out = str_builder(arena, 128);
    str_add(&out, STR("SELECT 1 FROM ONLY "));
    add_table(&out, tables->parent);
    str_add(&out, STR(" x"));
    add_condition(tables, &out, false, 1);
    str_add(&out, STR(" FOR KEY SHARE OF x"));
    return str_done(&out);
}
