/* SPDX-License-Identifier: Apache-2.0 */
/* derived_keys.c - conditions that no index decides, and what follows from them that one may: the beginning of a LIKE
 * pattern, of a regular expression and of ^@ is a range of texts; (a, b) > (x, y) wants a >= x; x = 1 OR x = 2 is x in
 * a list. What follows is asked of the index alone; the condition that it follows from is asked of the rows, unless
 * the two say the same. */
#include "plan/plan_internal.h"

#include "base/oids.h"
#include "base/utf8.h"
#include "type/collation.h"

/* Of pg_operator. */
enum {
    TEXT_LIKE = 1209,
    TEXT_REGEX = 641,
    TEXT_STARTS_WITH = 3877,
    TEXT_EQUAL = 98,
    TEXT_LESS = 664,
    TEXT_NOT_LESS = 667,
    PATTERN_LESS = 2314,
    PATTERN_NOT_LESS = 2317,
};

typedef struct Deriver {
    Planner *planner;
    Condition *source;
    ConditionList *out;
} Deriver;

static void derive(const Deriver *d, QExpr *expr, bool decides)
{
    Condition *made = plan__condition(d->planner, expr);
    made->source = d->source;
    made->decides = decides;
    plan__conditions_add(d->out, made);
}

static void derive_op(const Deriver *d, uint32_t op, const QExpr *left, const QExpr *right,
                      uint32_t collation)
{
    Arena *arena = d->planner->state->arena;
    const CatOperator *found = cat_operator(d->planner->state->options->view, op);
    if (found == NULL || found->function == 0) return;
    QOpCall *call = Q_NEW(arena, OpCall);
    call->type = OID_BOOL;
    call->typmod = -1;
    call->op = op;
    call->function = found->function;
    call->input_collation = collation;
    plan__list_add(arena, &call->args, query_copy(arena, left));
    plan__list_add(arena, &call->args, query_copy(arena, right));
    derive(d, &call->base, false);
}

/* ---- beginnings of texts ---- */

typedef struct Beginning {
    Str text;
    bool whole; /* nothing may follow */
} Beginning;

static Beginning of_like(Arena *arena, Str pattern)
{
    StrBuilder text = str_builder(arena, (uint32_t)pattern.bytes + 1);
    size_t at = 0;
    for (; at < pattern.bytes && pattern.data[at] != '%' && pattern.data[at] != '_'; at++) {
        if (pattern.data[at] == '\\' && ++at == pattern.bytes) return (Beginning){0};
        str_add_char(&text, pattern.data[at]);
    }
    return (Beginning){str_done(&text), at == pattern.bytes};
}

static bool means_itself(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == ' ' || c == '-' || c == '/' || c == ',' || c == ':' || c == '@';
}

/* ^abc..., as far as letters and digits go; one that may come not at all (abc*) is no part of it. */
static Beginning of_regex(Str pattern)
{
    size_t end = 1;
    if (pattern.bytes < 2 || pattern.data[0] != '^') return (Beginning){0};
    for (size_t i = 0; i < pattern.bytes; i++)
        if (pattern.data[i] == '|') return (Beginning){0};
    while (end < pattern.bytes && means_itself(pattern.data[end])) end++;
    const char next = end < pattern.bytes ? pattern.data[end] : 0;
    if (end > 1 && (next == '*' || next == '?' || next == '{')) end--;
    return (Beginning){str_slice(pattern, 1, end), next == '$' && end + 1 == pattern.bytes};
}

/* The least text above all that begin with `text`, in the order of bytes; empty: there is none. */
static Str above(Arena *arena, Str text)
{
    enum { SURROGATES_FIRST = 0xD800, SURROGATES_END = 0xE000, CODEPOINT_MAX = 0x10FFFF };
    while (text.bytes > 0) {
        size_t at = utf8_prev(text, text.bytes);
        const size_t start = at;
        uint32_t codepoint;
        if (!utf8_next(text, &at, &codepoint)) return (Str){0};
        text.bytes = start;
        if (codepoint == CODEPOINT_MAX) continue;
        codepoint = codepoint + 1 == SURROGATES_FIRST ? SURROGATES_END : codepoint + 1;
        char next[UTF8_BYTES_MAX];
        const size_t bytes = utf8_encode(codepoint, next);
        return str_concat(arena, text, (Str){next, bytes});
    }
    return (Str){0};
}

static QExpr *text_const(Arena *arena, const QConst *like, Str text)
{
    QConst *made = query_copy(arena, like);
    made->value.datum.value.str = strview(str_copy(arena, text));
    return &made->base;
}

static void derive_text(const Deriver *d, const QOpCall *call)
{
    Arena *arena = d->planner->state->arena;
    const QExpr *key = call->args.items[0];
    const QConst *pattern = Q_IF(Const, call->args.items[1]);
    const uint32_t collation = call->input_collation;
    if (pattern == NULL || pattern->value.datum.null) return;
    const Str text = strview_str(&pattern->value.datum.value.str);
    const Beginning begin = call->op == TEXT_LIKE    ? of_like(arena, text)
                            : call->op == TEXT_REGEX ? of_regex(text)
                                                     : (Beginning){text, false};
    if (begin.text.bytes == 0) return;
    const QExpr *least = text_const(arena, pattern, begin.text);
    const Str end = above(arena, begin.text);
    if (begin.whole) {
        derive_op(d, TEXT_EQUAL, key, least, collation);
        return;
    }
    const QExpr *most = end.bytes > 0 ? text_const(arena, pattern, end) : NULL;
    if (collation_is_plain(collation)) {
        derive_op(d, TEXT_NOT_LESS, key, least, collation);
        if (most != NULL) derive_op(d, TEXT_LESS, key, most, collation);
    }
    derive_op(d, PATTERN_NOT_LESS, key, least, collation);
    if (most != NULL) derive_op(d, PATTERN_LESS, key, most, collation);
}

/* ---- rows ---- */

static void derive_row(const Deriver *d, const QRowCompare *row)
{
    CatalogView *view = d->planner->state->options->view;
    const bool less = row->strategy == 1 || row->strategy == 2;
    if (!less && row->strategy != 4 && row->strategy != 5) return;
    QExpr *left = row->left.items[0], *right = row->right.items[0];
    uint32_t count;
    const CatOperatorFamily *families = cat_operator_families(view, (Oid)row->ops.items[0], &count);
    for (uint32_t i = 0; i < count; i++) {
        if (families[i].strategy != row->strategy) continue;
        const Oid op = cat_family_operator(view, families[i].family, left->type, right->type,
                                           less ? 2 : 4);
        if (op == 0) continue;
        derive_op(d, op, left, right, (uint32_t)row->collations.items[0]);
        return;
    }
}

/* ---- lists ---- */

/* key = value with the key on the left; false: it is not so. */
static bool is_equality(Planner *planner, const QExpr *expr, QExpr **key, QExpr **value,
                        uint32_t *op)
{
    const QOpCall *call = Q_IF(OpCall, expr);
    if (call == NULL || call->args.count != 2) return false;
    *key = call->args.items[0];
    *value = call->args.items[1];
    *op = call->op;
    if (set_is_empty(plan__tables_of(*key))) {
        const CatOperator *found = cat_operator(planner->state->options->view, call->op);
        if (found == NULL || found->commutator == 0) return false;
        *key = call->args.items[1];
        *value = call->args.items[0];
        *op = found->commutator;
    }
    return set_is_empty(plan__tables_of(*value)) &&
           !plan__expr_has((QNode *)*value, Q_SUB_PLAN_CALL) &&
           !plan__expr_has((QNode *)*value, Q_SUB_LINK);
}

static void derive_list(const Deriver *d, const QBool *either)
{
    Planner *planner = d->planner;
    Arena *arena = planner->state->arena;
    const CatOperator *found = NULL;
    QExpr *key = NULL;
    uint32_t op = 0, collation = 0;
    QArray *array = Q_NEW(arena, Array);
    for (uint32_t i = 0; i < either->args.count; i++) {
        QExpr *own_key, *value;
        uint32_t own_op;
        if (!is_equality(planner, either->args.items[i], &own_key, &value, &own_op)) return;
        const QOpCall *call = Q_AS(OpCall, either->args.items[i]);
        if (i > 0 &&
            (own_op != op || call->input_collation != collation || !query_equal(own_key, key)))
            return;
        key = own_key;
        op = own_op;
        collation = call->input_collation;
        plan__list_add(arena, &array->items, query_copy(arena, value));
    }
    found = cat_operator(planner->state->options->view, op);
    array->element = array->items.items[0]->type;
    array->type = type_get(planner->state->options->env, array->element)->array;
    array->typmod = -1;
    array->location = -1;
    if (found == NULL || found->function == 0 || array->type == 0) return;
    for (uint32_t i = 1; i < array->items.count; i++)
        if (array->items.items[i]->type != array->element) return;
    QArrayOp *in = Q_NEW(arena, ArrayOp);
    in->type = OID_BOOL;
    in->typmod = -1;
    in->op = op;
    in->function = found->function;
    in->input_collation = collation;
    in->left = query_copy(arena, key);
    in->array = plan__simplify(planner, arena, &array->base, NULL, 0);
    derive(d, &in->base, true);
}

ConditionList plan__with_derived(Planner *planner, const ConditionList *conditions)
{
    ConditionList all = {.arena = planner->state->temporary};
    for (uint32_t i = 0; i < conditions->count; i++)
        plan__conditions_add(&all, conditions->items[i]);
    for (uint32_t i = 0; i < conditions->count; i++) {
        const Deriver d = {planner, conditions->items[i], &all};
        const QExpr *expr = d.source->expr;
        if (d.source->is_volatile) continue;
        const QOpCall *call = Q_IF(OpCall, expr);
        const QBool *either = Q_IF(Bool, expr);
        if (call != NULL &&
            (call->op == TEXT_LIKE || call->op == TEXT_REGEX || call->op == TEXT_STARTS_WITH))
            derive_text(&d, call);
        if (either != NULL && either->op == Q_BOOL_OR) derive_list(&d, either);
        if (expr->kind == Q_ROW_COMPARE) derive_row(&d, Q_AS(RowCompare, expr));
    }
    return all;
}
