/* SPDX-License-Identifier: Apache-2.0 */
/* operators.c - which operator is meant, and calls of it; and how one of several candidates is chosen, for operators
 * and functions alike ("Type Conversion" of PostgreSQL's manual, steps in its order). */
#include "bind/bind_internal.h"

/* ---- candidates */

uint32_t bind__keep_coercible(const Bind *bind, const Oid *types, uint32_t arg_count,
                              Candidate *candidates, uint32_t count)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++)
        if (bind__can_coerce(bind, arg_count, types, candidates[i].args, 'i'))
            candidates[kept++] = candidates[i];
    return kept;
}

/* Keeps those with the highest score. */
static uint32_t keep_best(Candidate *candidates, uint32_t count, const uint32_t *scores)
{
    uint32_t best = 0, kept = 0;
    for (uint32_t i = 0; i < count; i++) best = MAX(best, scores[i]);
    for (uint32_t i = 0; i < count; i++)
        if (scores[i] == best) candidates[kept++] = candidates[i];
    return kept;
}

typedef struct Chooser {
    const Bind *bind;
    const Oid *types; /* domains looked through */
    uint32_t arg_count;
    uint32_t *scores;
} Chooser;

static uint32_t keep_exact(const Chooser *c, Candidate *candidates, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        c->scores[i] = 0;
        for (uint32_t j = 0; j < c->arg_count; j++)
            c->scores[i] += c->types[j] != OID_UNKNOWN && c->types[j] == candidates[i].args[j];
    }
    return keep_best(candidates, count, c->scores);
}

static uint32_t keep_preferred(const Chooser *c, Candidate *candidates, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        c->scores[i] = 0;
        for (uint32_t j = 0; j < c->arg_count; j++) {
            Oid type = c->types[j], takes = candidates[i].args[j];
            if (type == OID_UNKNOWN) continue;
            c->scores[i] += type == takes ||
                            bind__is_preferred(c->bind, bind__category(c->bind, type), takes);
        }
    }
    return keep_best(candidates, count, c->scores);
}

/* The category that an unknown literal at `arg` shall have; 0: the candidates disagree. */
static char literal_category(const Chooser *c, const Candidate *candidates, uint32_t count,
                             uint32_t arg, bool *preferred)
{
    char category = 0;
    bool conflict = false, string = false;
    *preferred = false;
    for (uint32_t i = 0; i < count; i++) {
        const CatType *type = bind__type(c->bind, candidates[i].args[arg]);
        string |= type->category == 'S';
        if (!category) {
            category = type->category;
            *preferred = type->preferred;
        } else if (category == type->category) {
            *preferred |= type->preferred;
        } else {
            conflict = true;
        }
    }
    if (!conflict) return category;
    if (!string) return 0;
    *preferred = false;
    for (uint32_t i = 0; i < count; i++) {
        const CatType *type = bind__type(c->bind, candidates[i].args[arg]);
        *preferred |= type->category == 'S' && type->preferred;
    }
    return 'S';
}

static bool fits_literals(const Chooser *c, const Candidate *candidate, const char *categories,
                          const bool *preferred)
{
    for (uint32_t j = 0; j < c->arg_count; j++) {
        if (c->types[j] != OID_UNKNOWN) continue;
        const CatType *type = bind__type(c->bind, candidate->args[j]);
        if (type->category != categories[j] || (preferred[j] && !type->preferred)) return false;
    }
    return true;
}

static uint32_t keep_for_literals(const Chooser *c, Candidate *candidates, uint32_t count)
{
    char *categories = arena_alloc_zero(c->bind->arena, c->arg_count);
    bool *preferred = arena_alloc_zero(c->bind->arena, c->arg_count);
    for (uint32_t j = 0; j < c->arg_count; j++) {
        if (c->types[j] != OID_UNKNOWN) continue;
        categories[j] = literal_category(c, candidates, count, j, &preferred[j]);
        if (!categories[j]) return count;
    }
    uint32_t kept = 0;
    Candidate *fit = arena_alloc_array(c->bind->arena, count, sizeof(*fit));
    for (uint32_t i = 0; i < count; i++)
        if (fits_literals(c, &candidates[i], categories, preferred)) fit[kept++] = candidates[i];
    if (kept) memcpy(candidates, fit, kept * sizeof(*fit));
    return kept ? kept : count;
}

/* All known arguments are of one type: take the literals for the same. */
static int32_t same_type_choice(const Chooser *c, const Candidate *candidates, uint32_t count)
{
    Oid known = OID_UNKNOWN;
    for (uint32_t j = 0; j < c->arg_count; j++) {
        if (c->types[j] == OID_UNKNOWN) continue;
        if (known != OID_UNKNOWN && known != c->types[j]) return -1;
        known = c->types[j];
    }
    if (known == OID_UNKNOWN) return -1;
    Oid *types = ARENA_ARRAY(c->bind->arena, Oid, c->arg_count);
    for (uint32_t j = 0; j < c->arg_count; j++) types[j] = known;
    int32_t found = -1;
    for (uint32_t i = 0; i < count; i++) {
        if (!bind__can_coerce(c->bind, c->arg_count, types, candidates[i].args, 'i')) continue;
        if (found >= 0) return -1;
        found = (int32_t)i;
    }
    return found;
}

int32_t bind__select_candidate(const Bind *bind, const Oid *types, uint32_t arg_count,
                               Candidate *candidates, uint32_t count)
{
    Oid *base = ARENA_ARRAY(bind->arena, Oid, arg_count);
    uint32_t literals = 0;
    for (uint32_t j = 0; j < arg_count; j++) {
        literals += types[j] == OID_UNKNOWN;
        base[j] = types[j] == OID_UNKNOWN ? OID_UNKNOWN : bind__base_type(bind, types[j], NULL);
    }
    Chooser c = {bind, base, arg_count, ARENA_ARRAY(bind->arena, uint32_t, count)};
    count = keep_exact(&c, candidates, count);
    if (count == 1) return 0;
    count = keep_preferred(&c, candidates, count);
    if (count == 1) return 0;
    if (literals == 0) return -1;
    count = keep_for_literals(&c, candidates, count);
    if (count == 1) return 0;
    return literals < arg_count ? same_type_choice(&c, candidates, count) : -1;
}

/* ---- finding */

/* Operators of the name that a schema, or the search path, shows; of equal arguments the first schema's. */
static uint32_t visible_operators(const Bind *bind, NodeStrs schema, Str name, bool prefix,
                                  int32_t location, const CatOperator ***found)
{
    uint32_t count, kept = 0;
    const CatOperator **all = cat_operators_named(bind->view, name, &count);
    const SearchPath *path = cat_search_path(bind->view);
    Oid only = 0;
    if (schema.count) {
        Str text = schema.items[schema.count - 1];
        only = cat_namespace_used(bind->view, text, bind__position(bind, location));
        if (!only)
            bind__raise(bind, INVALID_SCHEMA_NAME, location, "schema \"%.*s\" does not exist",
                        STR_ARG(text));
    }
    *found = arena_alloc_array(bind->arena, count + 1, sizeof(**found));
    for (uint32_t at = 0; at < (only ? 1 : path->lasting_count); at++)
        for (uint32_t i = 0; i < count; i++) {
            const CatOperator *op = all[i];
            if (op->namespace_ != (only ? only : path->lasting[at]) || (op->left == 0) != prefix)
                continue;
            bool hidden = false;
            for (uint32_t j = 0; j < kept; j++)
                hidden |= (*found)[j]->left == op->left && (*found)[j]->right == op->right;
            if (!hidden) (*found)[kept++] = op;
        }
    return kept;
}

static const CatOperator *exact_operator(const CatOperator **ops, uint32_t count, Oid left,
                                         Oid right)
{
    for (uint32_t i = 0; i < count; i++)
        if (ops[i]->left == left && ops[i]->right == right) return ops[i];
    return NULL;
}

/* A literal beside a known type is first taken for that type, looking through a domain. */
static const CatOperator *exact_binary(const Bind *bind, const CatOperator **ops, uint32_t count,
                                       Oid left, Oid right)
{
    bool assumed = false;
    if (left == OID_UNKNOWN && right != OID_UNKNOWN)
        left = right, assumed = true;
    else if (right == OID_UNKNOWN && left != OID_UNKNOWN)
        right = left, assumed = true;
    const CatOperator *found = exact_operator(ops, count, left, right);
    if (found || !assumed) return found;
    Oid base = bind__base_type(bind, left, NULL);
    return base == left ? NULL : exact_operator(ops, count, base, base);
}

static Str signature(const Bind *bind, NodeStrs schema, Str name, Oid left, Oid right)
{
    StrBuilder text = str_builder(bind->arena, 64);
    if (left) {
        str_add(&text, bind__type_text(bind, left));
        str_add_char(&text, ' ');
    }
    for (uint32_t i = 0; i < schema.count; i++) {
        str_add(&text, schema.items[i]);
        str_add_char(&text, '.');
    }
    str_add(&text, name);
    str_add_char(&text, ' ');
    str_add(&text, bind__type_text(bind, right));
    return str_done(&text);
}

static const CatOperator *choose_operator(const Bind *bind, const CatOperator **ops, uint32_t count,
                                          Oid left, Oid right, bool *ambiguous)
{
    Oid types[2] = {left ? left : right, right};
    uint32_t arg_count = left ? 2 : 1;
    Candidate *candidates = ARENA_ARRAY(bind->arena, Candidate, count + 1);
    for (uint32_t i = 0; i < count; i++) {
        Oid *args = ARENA_ARRAY(bind->arena, Oid, 2);
        args[0] = left ? ops[i]->left : ops[i]->right;
        args[1] = ops[i]->right;
        candidates[i] = (Candidate){args, (void *)ops[i]};
    }
    uint32_t kept = bind__keep_coercible(bind, types, arg_count, candidates, count);
    if (kept == 0) return NULL;
    if (kept == 1) return candidates[0].item;
    int32_t at = bind__select_candidate(bind, types, arg_count, candidates, kept);
    *ambiguous = at < 0;
    return at < 0 ? NULL : candidates[at].item;
}

_Noreturn static void no_operator(const Bind *bind, Str text, bool ambiguous, bool binary,
                                  int32_t location)
{
    if (ambiguous) {
        Error *error = bind__error(bind, AMBIGUOUS_FUNCTION, location);
        error_message(error, "operator is not unique: %.*s", STR_ARG(text));
        error_hint(error, "Could not choose a best candidate operator. You might need to add "
                          "explicit type casts.");
        error_raise(error);
    }
    Error *error = bind__error(bind, UNDEFINED_FUNCTION, location);
    error_message(error, "operator does not exist: %.*s", STR_ARG(text));
    if (binary)
        error_hint(error,
                   "No operator matches the given name and argument types. You might need to "
                   "add explicit type casts.");
    else
        error_hint(error, "No operator matches the given name and argument type. You might need to "
                          "add an explicit type cast.");
    error_raise(error);
}

const CatOperator *bind__find_operator(const Bind *bind, NodeStrs schema, Str name, Oid left,
                                       Oid right, bool quiet, int32_t location)
{
    const CatOperator **ops;
    uint32_t count = visible_operators(bind, schema, name, left == 0, location, &ops);
    const CatOperator *found = left ? exact_binary(bind, ops, count, left, right)
                                    : exact_operator(ops, count, 0, right);
    bool ambiguous = false;
    if (!found) found = choose_operator(bind, ops, count, left, right, &ambiguous);
    if (found || quiet) return found;
    no_operator(bind, signature(bind, schema, name, left, right), ambiguous, left != 0, location);
}

/* ---- calling */

static void check_shell(const Bind *bind, const CatOperator *op, NodeStrs schema, Str name,
                        Oid left, Oid right, int32_t location)
{
    if (op->function) return;
    bind__raise(bind, UNDEFINED_FUNCTION, location, "operator is only a shell: %.*s",
                STR_ARG(signature(bind, schema, name, left, right)));
}

QExpr *bind__operator(Level *level, NodeStrs schema, Str name, QExpr *left, QExpr *right,
                      int32_t location)
{
    const Bind *bind = level->bind;
    QExpr *set_before = level->last_set;
    const CatOperator *op = bind__find_operator(bind, schema, name, left ? left->type : 0,
                                                right->type, false, location);
    check_shell(bind, op, schema, name, left ? left->type : 0, right->type, location);
    QExpr *args[2] = {left ? left : right, right};
    Oid actual[2] = {args[0]->type, right->type};
    Oid declared[2] = {left ? op->left : op->right, op->right};
    uint32_t count = left ? 2 : 1;
    Oid result = bind__resolve_polymorphic(bind, actual, declared, count, op->result, false);
    bind__coerce_args(bind, args, actual, declared, count);
    const CatFunction *function = cat_function(bind->view, op->function);
    QOpCall *call = Q_NEW(bind->arena, OpCall);
    call->location = location;
    call->type = result;
    call->typmod = -1;
    call->op = op->oid;
    call->function = op->function;
    call->returns_set = function && function->returns_set;
    call->args = bind__exprs(bind, args, count);
    if (call->returns_set) bind__note_set(level, &call->base, set_before, location);
    return &call->base;
}

QExpr *bind__operator_any(Level *level, NodeStrs schema, Str name, QExpr *left, QExpr *right,
                          bool all, int32_t location)
{
    const Bind *bind = level->bind;
    Oid element = OID_UNKNOWN;
    if (right->type != OID_UNKNOWN) {
        element = bind__array_element(bind, bind__base_type(bind, right->type, NULL));
        if (!element)
            bind__raise(bind, WRONG_OBJECT_TYPE, location,
                        "op ANY/ALL (array) requires array on right side");
    }
    const CatOperator *op = bind__find_operator(bind, schema, name, left->type, element, false,
                                                location);
    check_shell(bind, op, schema, name, left->type, element, location);
    QExpr *args[2] = {left, right};
    Oid actual[2] = {left->type, element};
    Oid declared[2] = {op->left, op->right};
    Oid result = bind__resolve_polymorphic(bind, actual, declared, 2, op->result, false);
    if (result != OID_BOOL)
        bind__raise(bind, WRONG_OBJECT_TYPE, location,
                    "op ANY/ALL (array) requires operator to yield boolean");
    const CatFunction *function = cat_function(bind->view, op->function);
    if (function && function->returns_set)
        bind__raise(bind, WRONG_OBJECT_TYPE, location,
                    "op ANY/ALL (array) requires operator not to return a set");
    /* The array is wanted of the declared element; a polymorphic one takes the array as it is. */
    Oid array = right->type;
    if (declared[1] != OID_ANY) array = bind__array_type(bind, declared[1]);
    if (!array)
        bind__raise(bind, UNDEFINED_OBJECT, location,
                    "could not find array type for data type %.*s",
                    STR_ARG(bind__type_text(bind, declared[1])));
    actual[1] = right->type;
    declared[1] = array;
    bind__coerce_args(bind, args, actual, declared, 2);
    QArrayOp *call = Q_NEW(bind->arena, ArrayOp);
    call->location = location;
    call->type = OID_BOOL;
    call->typmod = -1;
    call->op = op->oid;
    call->function = op->function;
    call->left = args[0];
    call->array = args[1];
    call->all = all;
    return &call->base;
}

/* ---- sorting */

enum { METHOD_BTREE = 403, METHOD_HASH = 405 };

void bind__sort_operators(const Bind *bind, Oid type, bool need_less, bool need_equality,
                          QSortKey *key, int32_t location)
{
    Oid base = bind__base_type(bind, type, NULL);
    key->order = cat_type_less(bind->view, base);
    key->equality = cat_type_equality(bind->view, base);
    key->hashable = cat_opclass_default(bind->view, METHOD_HASH, base) != NULL;
    if (need_less && !key->order) {
        Error *error = bind__error(bind, UNDEFINED_FUNCTION, location);
        error_message(error, "could not identify an ordering operator for type %.*s",
                      STR_ARG(bind__type_text(bind, type)));
        error_raise(error_hint(error, "Use an explicit ordering operator or modify the query."));
    }
    if (need_equality && !key->equality)
        bind__raise(bind, UNDEFINED_FUNCTION, location,
                    "could not identify an equality operator for type %.*s",
                    STR_ARG(bind__type_text(bind, type)));
}
