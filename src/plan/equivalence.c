/* SPDX-License-Identifier: Apache-2.0 */
/* equivalence.c - equalities that follow from others. Where rows of a group of inner joins have a = b and b = c, they
 * have a = c: one more way to join, or an index more to use. Where they have a = 1 as well, they have b = 1 and c = 1,
 * which their tables can ask before any join; a = b and b = c say nothing then. An outer or semi join on a = b asks
 * b = 1 of its inner side if its outer side has a = 1.
 *
 * Equalities go together if they are of one btree family and collation; what a family calls equal is transitive, over
 * its types too. Only sides that read one table each take part.
 *
 * Of the conditions of a class a join needs one (`between` in join_path.c): on each of its sides all members are equal
 * already, those of one table by a condition that is made here. */
#include "plan/plan_internal.h"

enum { MEMBERS_MAX = 64, BTREE = 403, EQUAL = 3 };

typedef struct Member {
    QExpr *expr;
    uint32_t group; /* the number of its class */
} Member;

typedef struct Class {
    Oid family, collation;
    QExpr *value; /* a constant of the level that all members equal; NULL: none is known */
} Class;

typedef struct Classes {
    Planner *planner;
    Member members[MEMBERS_MAX];
    Class classes[MEMBERS_MAX];
    uint32_t member_count, class_count;
} Classes;

static Oid family_of(Planner *planner, Oid op)
{
    uint32_t count;
    const CatOperatorFamily *families = cat_operator_families(planner->state->options->view, op,
                                                              &count);
    for (uint32_t i = 0; i < count; i++)
        if (families[i].method == BTREE && families[i].strategy == EQUAL) return families[i].family;
    return 0;
}

static bool is_one_table(const QExpr *expr)
{
    const TableSet tables = plan__tables_of(expr);
    uint32_t count = 0;
    for (uint32_t i = 0; i < ARRAY_LEN(tables.words); i++)
        count += (uint32_t)__builtin_popcountll(tables.words[i]);
    return count == 1;
}

/* ---- classes ---- */

static Member *find(Classes *all, Oid family, Oid collation, const QExpr *expr)
{
    for (uint32_t i = 0; i < all->member_count; i++) {
        const Class *class = &all->classes[all->members[i].group];
        if (class->family == family && class->collation == collation &&
            query_equal(all->members[i].expr, expr))
            return &all->members[i];
    }
    return NULL;
}

static Member *add(Classes *all, Oid family, Oid collation, QExpr *expr)
{
    Member *found = find(all, family, collation, expr);
    if (found != NULL) return found;
    if (all->member_count == MEMBERS_MAX) return NULL;
    all->classes[all->class_count] = (Class){.family = family, .collation = collation};
    all->members[all->member_count] = (Member){.expr = expr, .group = all->class_count++};
    return &all->members[all->member_count++];
}

static void take_equality(Classes *all, const Condition *condition)
{
    if (condition->left == NULL || condition->is_volatile || !is_one_table(condition->left) ||
        !is_one_table(condition->right))
        return;
    const Oid family = family_of(all->planner, condition->equality);
    if (family == 0 || all->member_count + 2 > MEMBERS_MAX) return;
    const Member *left = add(all, family, condition->collation, condition->left);
    const Member *right = add(all, family, condition->collation, condition->right);
    const uint32_t from = right->group, to = left->group;
    for (uint32_t i = 0; i < all->member_count; i++)
        if (all->members[i].group == from) all->members[i].group = to;
}

/* ---- what rows of a node are known to equal ---- */

/* expr = value of no table, asked of these rows? Gives the sides. */
static bool is_fact(Planner *planner, const Condition *condition, QExpr **expr, QExpr **value)
{
    const QOpCall *call = Q_IF(OpCall, condition->expr);
    if (call == NULL || call->args.count != 2 || condition->is_volatile) return false;
    for (uint32_t side = 0; side < 2; side++) {
        *expr = call->args.items[side];
        *value = call->args.items[1 - side];
        const QKind kind = (QKind)(*value)->kind;
        if ((kind == Q_CONST || kind == Q_PARAM || kind == Q_EXEC_PARAM) && is_one_table(*expr))
            return family_of(planner, call->op) != 0;
    }
    return false;
}

static void take_facts(Classes *all, const ConditionList *conditions)
{
    for (uint32_t i = 0; i < conditions->count; i++) {
        QExpr *expr, *value;
        if (!is_fact(all->planner, conditions->items[i], &expr, &value)) continue;
        const QOpCall *call = Q_AS(OpCall, conditions->items[i]->expr);
        const Member *member = find(all, family_of(all->planner, call->op), call->input_collation,
                                    expr);
        if (member != NULL && all->classes[member->group].value == NULL)
            all->classes[member->group].value = value;
    }
}

static void take_facts_of(Classes *all, const JoinNode *node)
{
    task_check_stack();
    if (node->kind != JOIN_NODE_JOIN) take_facts(all, &node->conditions);
    for (uint32_t i = 0; i < node->item_count; i++) take_facts_of(all, node->items[i]);
    if (node->kind != JOIN_NODE_JOIN || node->join == Q_JOIN_FULL) return;
    take_facts_of(all, node->left);
}

/* ---- new conditions ---- */

/* left = right by the family's operator for their types; NULL: it has none. */
static Condition *equate(Planner *planner, const Class *class, QExpr *left, QExpr *right)
{
    CatalogView *view = planner->state->options->view;
    Arena *arena = planner->state->arena;
    const Oid op = cat_family_operator(view, class->family, left->type, right->type, EQUAL);
    const CatOperator *found = op != 0 ? cat_operator(view, op) : NULL;
    if (found == NULL || found->function == 0) return NULL;
    QOpCall *call = Q_NEW(arena, OpCall);
    call->type = 16;
    call->typmod = -1;
    call->op = op;
    call->function = found->function;
    call->input_collation = class->collation;
    plan__list_add(arena, &call->args, query_copy(arena, left));
    plan__list_add(arena, &call->args, query_copy(arena, right));
    return plan__condition(planner, &call->base);
}

static bool is_asked(const ConditionList *conditions, const QExpr *left, const QExpr *right)
{
    for (uint32_t i = 0; i < conditions->count; i++) {
        const QOpCall *call = Q_IF(OpCall, conditions->items[i]->expr);
        if (call == NULL || call->args.count != 2) continue;
        if ((query_equal(call->args.items[0], left) && query_equal(call->args.items[1], right)) ||
            (query_equal(call->args.items[0], right) && query_equal(call->args.items[1], left)))
            return true;
    }
    return false;
}

static bool is_asked_in(const JoinNode *node, const QExpr *left, const QExpr *right)
{
    task_check_stack();
    if (node->kind == JOIN_NODE_JOIN)
        return node->join != Q_JOIN_FULL && is_asked_in(node->left, left, right);
    if (is_asked(&node->conditions, left, right)) return true;
    for (uint32_t i = 0; i < node->item_count; i++)
        if (is_asked_in(node->items[i], left, right)) return true;
    return false;
}

/* All members equal the value: each table asks it, and the joins need not. */
static bool spread_value(Classes *all, JoinNode *node, uint32_t number)
{
    const Class *class = &all->classes[number];
    for (uint32_t i = 0; i < all->member_count; i++) {
        QExpr *expr = all->members[i].expr;
        if (all->members[i].group != number || is_asked_in(node, expr, class->value)) continue;
        Condition *condition = equate(all->planner, class, expr, class->value);
        if (condition == NULL) return false;
        plan__push_condition(all->planner, node, condition);
    }
    return true;
}

static void join_members(Classes *all, JoinNode *node, uint32_t number)
{
    for (uint32_t i = 0; i < all->member_count; i++) {
        for (uint32_t j = i + 1; j < all->member_count; j++) {
            QExpr *left = all->members[i].expr, *right = all->members[j].expr;
            if (all->members[i].group != number || all->members[j].group != number ||
                is_asked_in(node, left, right))
                continue;
            Condition *condition = equate(all->planner, &all->classes[number], left, right);
            if (condition != NULL) plan__push_condition(all->planner, node, condition);
        }
    }
}

/* Are there all the equalities of the class that a join may be asked for? */
static bool is_complete(const Classes *all, const JoinNode *node, uint32_t number)
{
    for (uint32_t i = 0; i < all->member_count; i++)
        for (uint32_t j = i + 1; j < all->member_count; j++)
            if (all->members[i].group == number && all->members[j].group == number &&
                !is_asked_in(node, all->members[i].expr, all->members[j].expr))
                return false;
    return true;
}

static void mark(Classes *all, JoinNode *node, uint32_t number, bool implied)
{
    for (uint32_t i = 0; i < node->conditions.count; i++) {
        Condition *condition = node->conditions.items[i];
        if (condition->left == NULL || condition->is_volatile) continue;
        const Member *member = find(all, family_of(all->planner, condition->equality),
                                    condition->collation, condition->left);
        const Member *other = find(all, family_of(all->planner, condition->equality),
                                   condition->collation, condition->right);
        if (member == NULL || other == NULL || member->group != number || other->group != number)
            continue;
        condition->is_implied = implied;
        condition->class = number + 1;
    }
}

static void derive_group(Planner *planner, JoinNode *node)
{
    Classes *all = ARENA_NEW(planner->state->temporary, Classes);
    all->planner = planner;
    for (uint32_t i = 0; i < node->conditions.count; i++)
        take_equality(all, node->conditions.items[i]);
    if (all->member_count == 0) return;
    take_facts_of(all, node);
    for (uint32_t number = 0; number < all->class_count; number++) {
        if (all->classes[number].value != NULL && spread_value(all, node, number)) {
            mark(all, node, number, true);
            continue;
        }
        join_members(all, node, number);
        if (is_complete(all, node, number)) mark(all, node, number, false);
    }
}

/* ON a = b, and the outer side has a = value: so have the inner rows that matter. */
static void derive_join(Planner *planner, JoinNode *node)
{
    if (node->join == Q_JOIN_FULL || node->null_aware) return;
    Classes *all = ARENA_NEW(planner->state->temporary, Classes);
    all->planner = planner;
    for (uint32_t i = 0; i < node->conditions.count; i++)
        take_equality(all, node->conditions.items[i]);
    if (all->member_count == 0) return;
    take_facts_of(all, node->left);
    for (uint32_t i = 0; i < all->member_count; i++) {
        const Class *class = &all->classes[all->members[i].group];
        QExpr *expr = all->members[i].expr;
        if (class->value == NULL || !set_within(plan__tables_of(expr), node->right->tables) ||
            is_asked_in(node->right, expr, class->value))
            continue;
        Condition *condition = equate(planner, class, expr, class->value);
        if (condition != NULL) plan__push_condition(planner, node->right, condition);
    }
}

void plan__derive(Planner *planner, JoinNode *node)
{
    task_check_stack();
    if (node->kind == JOIN_NODE_GROUP) derive_group(planner, node);
    if (node->kind == JOIN_NODE_JOIN) derive_join(planner, node);
    for (uint32_t i = 0; i < node->item_count; i++) plan__derive(planner, node->items[i]);
    if (node->kind != JOIN_NODE_JOIN) return;
    plan__derive(planner, node->left);
    plan__derive(planner, node->right);
}
