/* SPDX-License-Identifier: Apache-2.0 */
/* deparse_dml.c - INSERT, UPDATE, DELETE and MERGE as SQL text, laid out as PostgreSQL lays out bodies of functions. */
#include "bind/deparse_internal.h"

static void add(Deparse *d, const char *text)
{
    str_add_zero_terminated(d->out, text);
}

/* A clause at the statement's own indentation. */
static void clause(Deparse *d, const char *word, int32_t plus)
{
    bind__deparse_keyword(d, word, -INDENT_STANDARD, INDENT_STANDARD, plus);
}

/* ---- the target table */

static void target_table(Deparse *d, const QQuery *query, const char *words, const char *as)
{
    const QTable *table = query->tables.items[query->result_table - 1];
    const Str name = d->names->names[query->result_table - 1];
    const CatRelation *relation = cat_relation(d->view, table->relation);
    bind__deparse_begin(d);
    add(d, words);
    if (table->only) add(d, "ONLY ");
    str_add(d->out, cat_relation_name_qualified(d->view, d->arena, table->relation));
    if (!table->alias.data && relation && str_equal(relation->name, name)) return;
    add(d, as);
    bind__deparse_name(d, name);
}

static Str column_name(const Deparse *d, const QQuery *query, const QTarget *target)
{
    const QTable *table = query->tables.items[query->result_table - 1];
    const CatRelation *relation = cat_relation(d->view, table->relation);
    if (relation && target->number <= relation->column_count)
        return relation->columns[target->number - 1].name;
    return target->name;
}

/* The column of a target, or the part of it that is assigned to. What is assigned comes back. */
static const QExpr *assigned(Deparse *d, const QQuery *query, const QTarget *target)
{
    const QExpr *expr = target->expr;
    bind__deparse_name(d, column_name(d, query, target));
    for (;;) {
        const QCoerceDomain *domain = Q_IF(CoerceDomain, expr);
        const QExpr *inner = domain && domain->form == Q_CALL_IMPLICIT_CAST ? domain->arg : expr;
        const QFieldStore *store = Q_IF(FieldStore, inner);
        const QSubscript *subscript = Q_IF(Subscript, inner);
        task_check();
        if (store) {
            str_add_char(d->out, '.');
            bind__deparse_name(d, bind__field_name(d, store->type, store->typmod,
                                                   store->fields.items[0]));
            expr = store->values.items[0];
        } else if (subscript && subscript->source) {
            bind__deparse_subscripts(d, subscript);
            expr = subscript->source;
        } else {
            return expr;
        }
    }
}

/* ---- SET */

/* The output of a sub-query behind what makes it fit its column; NULL: it is none. */
static const QSubOutput *sub_output(const QExpr *expr)
{
    for (;;) {
        task_check();
        switch (expr->kind) {
        case Q_SUB_OUTPUT: return Q_AS(SubOutput, expr);
        case Q_FIELD_STORE: expr = Q_AS(FieldStore, expr)->values.items[0]; break;
        case Q_SUBSCRIPT:
            if (!Q_AS(Subscript, expr)->source) return NULL;
            expr = Q_AS(Subscript, expr)->source;
            break;
        case Q_RELABEL: expr = Q_AS(Relabel, expr)->arg; break;
        case Q_COERCE_IO: expr = Q_AS(CoerceIo, expr)->arg; break;
        case Q_COERCE_ARRAY: expr = Q_AS(CoerceArray, expr)->arg; break;
        case Q_COERCE_ROW: expr = Q_AS(CoerceRow, expr)->arg; break;
        case Q_COERCE_DOMAIN: expr = Q_AS(CoerceDomain, expr)->arg; break;
        case Q_FUNC_CALL:
            if (Q_AS(FuncCall, expr)->form != Q_CALL_IMPLICIT_CAST) return NULL;
            expr = Q_AS(FuncCall, expr)->args.items[0];
            break;
        default: return NULL;
        }
    }
}

/* The sub-query that several columns are set from, kept by a hidden target. */
static const QSubLink *set_source(const QTargetList *targets, int32_t id)
{
    for (uint32_t i = 0; i < targets->count; i++) {
        const QSubLink *link = targets->items[i]->junk ? Q_IF(SubLink, targets->items[i]->expr)
                                                       : NULL;
        if (link && link->sublink == Q_SUBLINK_MULTI && link->id == id) return link;
    }
    return NULL;
}

static uint32_t output_count(const QQuery *query)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < query->targets.count; i++) count += !query->targets.items[i]->junk;
    return count;
}

/* (a, b) = (SELECT ...): targets from `at` on, which stand together; how many they are. */
static uint32_t set_row(Deparse *d, const QQuery *query, const QTargetList *targets, uint32_t at,
                        const QSubLink *link)
{
    const uint32_t count = MIN(output_count(link->query), targets->count - at);
    str_add_char(d->out, '(');
    for (uint32_t i = 0; i < count; i++) {
        if (i) add(d, ", ");
        (void)assigned(d, query, targets->items[at + i]);
    }
    add(d, ") = ");
    bind__deparse_expr(d, &link->base, false);
    return count;
}

static void set_list(Deparse *d, const QQuery *query, const QTargetList *targets)
{
    const char *separator = "";
    for (uint32_t i = 0; i < targets->count;) {
        const QTarget *target = targets->items[i];
        const QSubOutput *output = sub_output(target->expr);
        const QSubLink *link = output ? set_source(targets, output->id) : NULL;
        if (target->junk) {
            i++;
            continue;
        }
        add(d, separator);
        separator = ", ";
        if (link) {
            i += set_row(d, query, targets, i, link);
            continue;
        }
        const QExpr *value = assigned(d, query, target);
        add(d, " = ");
        bind__deparse_expr(d, value, false);
        i++;
    }
}

/* ---- RETURNING */

static void returning(Deparse *d, const QQuery *query, bool names_visible)
{
    const Str old = query->returning_old, new = query->returning_new;
    const bool old_named = old.data && !str_equal(old, STR("old"));
    const bool new_named = new.data && !str_equal(new, STR("new"));
    if (!query->returning.count) return;
    clause(d, " RETURNING", 1);
    if (old_named || new_named) {
        add(d, " WITH (");
        if (old_named) {
            add(d, "OLD AS ");
            bind__deparse_name(d, old);
        }
        if (new_named) {
            add(d, old_named ? ", NEW AS " : "NEW AS ");
            bind__deparse_name(d, new);
        }
        str_add_char(d->out, ')');
    }
    bind__deparse_targets(d, &query->returning, NULL, names_visible);
}

/* ---- INSERT */

/* (columns); the values in them are put into `values`. */
static void insert_columns(Deparse *d, const QQuery *query, const QTargetList *targets,
                           QExprList *values)
{
    *values = (QExprList){ARENA_ARRAY(d->arena, QExpr *, targets->count + 1), targets->count};
    str_add_char(d->out, '(');
    for (uint32_t i = 0; i < targets->count; i++) {
        if (i) add(d, ", ");
        values->items[i] = (QExpr *)assigned(d, query, targets->items[i]);
    }
    str_add_char(d->out, ')');
}

static void overriding(Deparse *d, uint32_t which)
{
    if (which == Q_OVERRIDING_USER) add(d, " OVERRIDING USER VALUE");
    if (which == Q_OVERRIDING_SYSTEM) add(d, " OVERRIDING SYSTEM VALUE");
}

static void insert_source(Deparse *d, const QQuery *query, const QExprList *values)
{
    const QJoinItem *item = query->from && query->from->items.count ? query->from->items.items[0]
                                                                    : NULL;
    if (!item) {
        clause(d, "VALUES (", 2);
        bind__deparse_list(d, values, ", ", false);
        str_add_char(d->out, ')');
        return;
    }
    const QTable *table = query->tables.items[Q_AS(TableRef, item)->table - 1];
    str_add_char(d->out, ' ');
    if (table->table == Q_RTE_VALUES)
        bind__deparse_values(d, table);
    else
        bind__deparse_query(d, table->query, NULL, false);
}

static void arbiter(Deparse *d, const QOnConflict *conflict)
{
    const bool prefix = d->prefix;
    d->prefix = false;
    str_add_char(d->out, '(');
    for (uint32_t i = 0; i < conflict->arbiter_elements.count; i++) {
        const CatCollation *collation = cat_collation(d->view,
                                                      (Oid)conflict->arbiter_collations.items[i]);
        if (i) add(d, ", ");
        const QExpr *element = conflict->arbiter_elements.items[i];
        const bool paren = element->kind != Q_VAR && element->kind != Q_FUNC_CALL;
        if (paren) str_add_char(d->out, '(');
        bind__deparse_expr(d, element, false);
        if (paren) str_add_char(d->out, ')');
        if (!collation) continue;
        add(d, " COLLATE ");
        bind__deparse_name(d, collation->name);
    }
    str_add_char(d->out, ')');
    bind__deparse_where(d, conflict->arbiter_where);
    d->prefix = prefix;
}

static void constraint_name(Deparse *d, const QQuery *query, Oid constraint)
{
    const Oid oid = query->tables.items[query->result_table - 1]->relation;
    const CatRelation *relation = cat_relation(d->view, oid);
    for (uint32_t i = 0; relation && i < relation->constraint_count; i++) {
        if (relation->constraints[i].oid != constraint) continue;
        bind__deparse_name(d, relation->constraints[i].name);
        return;
    }
    raise_error(SQLSTATE_INTERNAL_ERROR, "cache lookup failed for constraint %u", constraint);
}

static void on_conflict(Deparse *d, const QQuery *query)
{
    const QOnConflict *conflict = query->on_conflict;
    if (!conflict) return;
    add(d, " ON CONFLICT");
    if (conflict->constraint) {
        add(d, " ON CONSTRAINT ");
        constraint_name(d, query, conflict->constraint);
    } else if (conflict->arbiter_elements.count) {
        arbiter(d, conflict);
    }
    if (conflict->action == Q_CONFLICT_NOTHING) {
        add(d, " DO NOTHING");
        return;
    }
    add(d, " DO UPDATE SET ");
    set_list(d, query, &conflict->set);
    bind__deparse_where(d, conflict->where);
}

void bind__deparse_insert(Deparse *d, const QQuery *query, bool names_visible)
{
    QExprList values;
    target_table(d, query, "INSERT INTO ", " AS ");
    str_add_char(d->out, ' ');
    if (query->targets.count) {
        insert_columns(d, query, &query->targets, &values);
        overriding(d, query->overriding);
        insert_source(d, query, &values);
    } else {
        add(d, "DEFAULT VALUES");
    }
    on_conflict(d, query);
    returning(d, query, names_visible);
}

/* ---- UPDATE and DELETE: the first item of FROM is the target */

void bind__deparse_update(Deparse *d, const QQuery *query, bool names_visible)
{
    target_table(d, query, "UPDATE ", " ");
    add(d, " SET ");
    set_list(d, query, &query->targets);
    bind__deparse_from(d, " FROM ", query->from, 1);
    bind__deparse_where(d, query->from->where);
    returning(d, query, names_visible);
}

void bind__deparse_delete(Deparse *d, const QQuery *query, bool names_visible)
{
    target_table(d, query, "DELETE FROM ", " ");
    bind__deparse_from(d, " USING ", query->from, 1);
    bind__deparse_where(d, query->from->where);
    returning(d, query, names_visible);
}

/* ---- MERGE */

static void merge_insert(Deparse *d, const QQuery *query, const QMergeWhen *when)
{
    QExprList values;
    add(d, "INSERT ");
    if (!when->targets.count) {
        add(d, "DEFAULT VALUES");
        return;
    }
    insert_columns(d, query, &when->targets, &values);
    overriding(d, when->override_);
    clause(d, " VALUES (", 4);
    bind__deparse_list(d, &values, ", ", false);
    str_add_char(d->out, ')');
}

/* `sided`: rows without a target are told from rows without a source. */
static void merge_when(Deparse *d, const QQuery *query, const QMergeWhen *when, bool sided)
{
    static const char *const words[] = {
        [Q_MERGE_MATCHED] = " WHEN MATCHED",
        [Q_MERGE_NOT_MATCHED_BY_SOURCE] = " WHEN NOT MATCHED BY SOURCE",
        [Q_MERGE_NOT_MATCHED_BY_TARGET] = " WHEN NOT MATCHED BY TARGET",
    };
    const bool plain = when->match == Q_MERGE_NOT_MATCHED_BY_TARGET && !sided;
    clause(d, plain ? " WHEN NOT MATCHED" : words[when->match], 2);
    if (when->condition) {
        clause(d, " AND ", 3);
        bind__deparse_expr(d, when->condition, false);
    }
    clause(d, " THEN ", 3);
    switch (when->command) {
    case Q_COMMAND_INSERT: merge_insert(d, query, when); break;
    case Q_COMMAND_UPDATE:
        add(d, "UPDATE SET ");
        set_list(d, query, &when->targets);
        break;
    case Q_COMMAND_DELETE: add(d, "DELETE"); break;
    case Q_COMMAND_SELECT:
    case Q_COMMAND_MERGE:
    case Q_COMMAND_UTILITY: add(d, "DO NOTHING"); break;
    }
}

/* The one join is of the target and the source, which may have a row that marks it beside. */
void bind__deparse_merge(Deparse *d, const QQuery *query, bool names_visible)
{
    const QJoin *both = Q_AS(Join, query->from->items.items[0]);
    const QJoinItem *source = query->merge_source ? Q_AS(Join, both->right)->left : both->right;
    bool sided = false;
    target_table(d, query, "MERGE INTO ", " ");
    clause(d, " USING ", 2);
    bind__deparse_join_item(d, source);
    clause(d, " ON ", 2);
    bind__deparse_expr(d, both->on, false);
    for (uint32_t i = 0; i < query->merge_whens.count; i++)
        sided |= query->merge_whens.items[i]->match == Q_MERGE_NOT_MATCHED_BY_SOURCE;
    for (uint32_t i = 0; i < query->merge_whens.count; i++)
        merge_when(d, query, query->merge_whens.items[i], sided);
    returning(d, query, names_visible);
}
