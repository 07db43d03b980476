/* SPDX-License-Identifier: Apache-2.0 */
/* recursion.c - WITH RECURSIVE as it is written, before anything of it is bound: which item needs which, and where a
 * recursive one may name itself: once, in the right side of its UNION, where each row that it gave decides for itself
 * which rows come next. */
#include "bind/bind_internal.h"

typedef enum Inside {
    INSIDE_NOTHING,
    INSIDE_FIRST_TERM,
    INSIDE_SUBQUERY,
    INSIDE_OUTER_JOIN,
    INSIDE_INTERSECT,
    INSIDE_EXCEPT,
} Inside;

typedef struct Walk {
    const Bind *bind; /* NULL: only whether there is a reference */
    Str name;
    Inside inside;
    uint32_t references;
    const AstWith *seen; /* the WITH of the statement at hand: its items were looked at */
} Walk;

static bool visit(void *arg, void *child);

static const AstWith *with_of(const AstNode *node)
{
    switch (node->kind) {
    case AST_SELECT: return AST_AS(Select, node)->with;
    case AST_VALUES: return AST_AS(Values, node)->with;
    case AST_SET_OPERATION: return AST_AS(SetOperation, node)->with;
    case AST_INSERT: return AST_AS(Insert, node)->with;
    case AST_UPDATE: return AST_AS(Update, node)->with;
    case AST_DELETE: return AST_AS(Delete, node)->with;
    case AST_MERGE: return AST_AS(Merge, node)->with;
    default: return NULL;
    }
}

static bool names(const AstWith *with, Str name)
{
    for (uint32_t i = 0; i < with->ctes.count; i++)
        if (str_equal(with->ctes.items[i]->name, name)) return true;
    return false;
}

/* The items of an inner WITH. True: the statement behind means another item by the name. */
static bool walk_with(Walk *walk, const AstWith *with)
{
    if (with->recursive && names(with, walk->name)) return true;
    for (uint32_t i = 0; i < with->ctes.count; i++) {
        (void)visit(walk, with->ctes.items[i]->query);
        if (str_equal(with->ctes.items[i]->name, walk->name)) return true;
    }
    return false;
}

static void note_reference(Walk *walk, int32_t location)
{
    static const char *const places[] = {[INSIDE_FIRST_TERM] = "its non-recursive term",
                                         [INSIDE_SUBQUERY] = "a subquery",
                                         [INSIDE_OUTER_JOIN] = "an outer join",
                                         [INSIDE_INTERSECT] = "INTERSECT",
                                         [INSIDE_EXCEPT] = "EXCEPT"};
    walk->references++;
    if (!walk->bind) return;
    if (walk->inside != INSIDE_NOTHING)
        bind__raise(walk->bind, INVALID_RECURSION, location,
                    "recursive reference to query \"%.*s\" must not appear within %s",
                    STR_ARG(walk->name), places[walk->inside]);
    if (walk->references > 1)
        bind__raise(walk->bind, INVALID_RECURSION, location,
                    "recursive reference to query \"%.*s\" must not appear more than once",
                    STR_ARG(walk->name));
}

/* `node` as a part that stands inside of something; what it already is inside of comes first. */
static void walk_inside(Walk *walk, const void *node, Inside inside)
{
    const Inside before = walk->inside;
    if (before == INSIDE_NOTHING) walk->inside = inside;
    if (node) (void)visit(walk, (void *)node);
    walk->inside = before;
}

static void walk_join(Walk *walk, const AstJoin *join)
{
    const bool left = join->join == AST_JOIN_RIGHT || join->join == AST_JOIN_FULL,
               right = join->join == AST_JOIN_LEFT || join->join == AST_JOIN_FULL;
    walk_inside(walk, join->left, left ? INSIDE_OUTER_JOIN : INSIDE_NOTHING);
    walk_inside(walk, join->right, right ? INSIDE_OUTER_JOIN : INSIDE_NOTHING);
    walk_inside(walk, join->on, INSIDE_NOTHING);
}

static void walk_operation(Walk *walk, const AstSetOperation *set)
{
    const bool intersect = set->op == AST_SETOP_INTERSECT && set->all,
               except = set->op == AST_SETOP_EXCEPT;
    const Inside left = intersect            ? INSIDE_INTERSECT
                        : except && set->all ? INSIDE_EXCEPT
                                             : INSIDE_NOTHING;
    walk_inside(walk, set->left, left);
    walk_inside(walk, set->right, except ? INSIDE_EXCEPT : left);
    for (uint32_t i = 0; i < set->order_by.count; i++)
        walk_inside(walk, set->order_by.items[i], INSIDE_NOTHING);
    walk_inside(walk, set->offset, INSIDE_NOTHING);
    walk_inside(walk, set->limit, INSIDE_NOTHING);
}

static bool visit(void *arg, void *child)
{
    Walk *walk = arg;
    const AstNode *node = child;
    task_check_stack();
    if ((const void *)node == (const void *)walk->seen) return false;
    const AstWith *with = with_of(node), *outer = walk->seen;
    if (with) {
        if (walk_with(walk, with)) return false;
        walk->seen = with;
    }
    switch (node->kind) {
    case AST_RANGE_VAR: {
        const AstRangeVar *var = AST_AS(RangeVar, node);
        if (!var->schema.data && str_equal(var->name, walk->name))
            note_reference(walk, var->location);
        break;
    }
    case AST_JOIN: walk_join(walk, AST_AS(Join, node)); break;
    case AST_SET_OPERATION: walk_operation(walk, AST_AS(SetOperation, node)); break;
    case AST_SUBLINK:
        walk_inside(walk, AST_AS(Sublink, node)->select, INSIDE_SUBQUERY);
        walk_inside(walk, AST_AS(Sublink, node)->test, INSIDE_NOTHING);
        break;
    default: (void)ast_walk(node, visit, arg);
    }
    walk->seen = outer;
    return false;
}

bool bind__mentions(const AstNode *query, Str name)
{
    Walk walk = {.name = name};
    (void)visit(&walk, (void *)query);
    return walk.references > 0;
}

/* Clauses behind the UNION would be of each round, or of all: PostgreSQL has neither. */
static void check_clauses(const Bind *bind, const AstSetOperation *set)
{
    const struct {
        const void *clause;
        const char *name;
    } clauses[] = {
        {set->order_by.count ? set->order_by.items[0]->expr : NULL, "ORDER BY"},
        {set->offset, "OFFSET"},
        {set->limit, "LIMIT"},
    };
    for (uint32_t i = 0; i < ARRAY_LEN(clauses); i++)
        if (clauses[i].clause)
            bind__raise(bind, FEATURE_NOT_SUPPORTED, bind__ast_location(clauses[i].clause),
                        "%s in a recursive query is not implemented", clauses[i].name);
    if (set->locks.count)
        bind__raise(bind, FEATURE_NOT_SUPPORTED, NODE_NO_LOCATION,
                    "FOR UPDATE/SHARE in a recursive query is not implemented");
}

void bind__check_recursion(const Bind *bind, const AstCommonTable *node)
{
    const AstNode *query = (const AstNode *)node->query;
    const AstSetOperation *set = AST_IF(SetOperation, query);
    if (!set && query->kind != AST_SELECT && query->kind != AST_VALUES)
        bind__raise(bind, INVALID_RECURSION, node->location,
                    "recursive query \"%.*s\" must not contain data-modifying statements",
                    STR_ARG(node->name));
    if (!set || set->op != AST_SETOP_UNION)
        bind__raise(
            bind, INVALID_RECURSION, node->location,
            "recursive query \"%.*s\" does not have the form non-recursive-term UNION [ALL] recursive-term",
            STR_ARG(node->name));
    Walk walk = {.bind = bind, .name = node->name};
    if (set->with && walk_with(&walk, set->with)) return;
    walk_inside(&walk, set->left, INSIDE_FIRST_TERM);
    walk_inside(&walk, set->right, INSIDE_NOTHING);
    check_clauses(bind, set);
}

/* ---- aggregates of the recursive term */

typedef struct Search {
    const Bind *bind;
    uint32_t depth;
} Search;

static bool visit_aggregate(void *arg, void *child)
{
    Search *search = arg;
    QNode *node = child;
    task_check_stack();
    const QAggregate *call = Q_IF(Aggregate, node);
    if (call && call->up == search->depth)
        bind__raise(search->bind, INVALID_RECURSION, node->location,
                    "aggregate functions are not allowed in a recursive query's recursive term");
    const bool deeper = node->kind == Q_QUERY;
    search->depth += deeper;
    (void)query_walk(node, visit_aggregate, arg);
    search->depth -= deeper;
    return false;
}

void bind__check_recursive_term(const Level *level)
{
    Search search = {level->bind, 0};
    bool recursive = false;
    for (uint32_t i = 0; i < level->tables.count; i++)
        recursive |= level->tables.items[i]->cte_self;
    if (recursive) (void)query_walk(level->query, visit_aggregate, &search);
}
