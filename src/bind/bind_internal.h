/* SPDX-License-Identifier: Apache-2.0 */
/* bind_internal.h - what the files of this room share while a statement is bound.
 *
 * A Bind is one statement; a Level is one query in it, linked to the query it stands in. Expressions are bound at a
 * Level in a Place (WHERE, GROUP BY, ...), which decides what may stand there and how errors name it. */
#pragma once

#include "base/array.h"
#include "base/error.h"
#include "base/oids.h"
#include "base/task.h"
#include "bind/bind.h"

typedef struct Bind {
    Arena *arena;
    const BindOptions *options;
    CatalogView *view;
    int32_t sublink_count;
} Bind;

/* A name that columns can be found under: an alias of the FROM list. */
typedef struct NsColumn {
    Str name; /* '': dropped */
    uint32_t table;
    int32_t column;
    Oid type, collation;
    int32_t typmod;
    bool hidden; /* not in the expansion of *: merged into a USING column */
} NsColumn;

typedef struct NsItem {
    QTable *table;
    uint32_t index;
    Str name; /* data NULL: columns only (a join without alias) */
    const NsColumn *columns;
    uint32_t column_count;
    bool table_visible, columns_visible;
    bool lateral_only; /* seen only by LATERAL */
    bool lateral_ok;   /* and may be used so: false where the join type forbids it */
    QVarReturning returning;
} NsItem;

typedef enum Place {
    PLACE_NONE,
    PLACE_TARGET, /* the SELECT list */
    PLACE_WHERE,
    PLACE_HAVING,
    PLACE_FILTER,
    PLACE_JOIN_ON,
    PLACE_JOIN_USING,
    PLACE_FROM_SUBSELECT,
    PLACE_FROM_FUNCTION,
    PLACE_GROUP_BY,
    PLACE_ORDER_BY,
    PLACE_DISTINCT_ON,
    PLACE_LIMIT,
    PLACE_OFFSET,
    PLACE_WINDOW_PARTITION,
    PLACE_WINDOW_ORDER,
    PLACE_FRAME_RANGE,
    PLACE_FRAME_ROWS,
    PLACE_FRAME_GROUPS,
    PLACE_INSERT_TARGET,
    PLACE_UPDATE_SOURCE,
    PLACE_UPDATE_TARGET,
    PLACE_MERGE_WHEN,
    PLACE_RETURNING,
    PLACE_MERGE_RETURNING,
    PLACE_VALUES,
    PLACE_VALUES_SINGLE,
    PLACE_CHECK,
    PLACE_DOMAIN_CHECK,
    PLACE_COLUMN_DEFAULT,
    PLACE_FUNCTION_DEFAULT,
    PLACE_INDEX,
    PLACE_INDEX_PREDICATE,
    PLACE_STATISTICS,
    PLACE_ALTER_USING,
    PLACE_EXECUTE,
    PLACE_TRIGGER_WHEN,
    PLACE_POLICY,
    PLACE_PARTITION_BOUND,
    PLACE_PARTITION_KEY,
    PLACE_CALL,
    PLACE_COPY_WHERE,
    PLACE_GENERATED,
    PLACE_CYCLE_MARK,
    PLACE_COUNT
} Place;

/* How a place is named, and what may stand in it. */
typedef struct PlaceFacts {
    const char *name; /* "WHERE": "aggregate functions are not allowed in WHERE" */
    bool aggregates;  /* allowed */
    bool windows;     /* allowed */
    bool sets;        /* set-returning functions are allowed */
    const char *
        subquery; /* "check constraint": "cannot use subquery in check constraint"; NULL: allowed */
    bool no_columns; /* column references are not allowed ("DEFAULT expression") */
} PlaceFacts;
const PlaceFacts *bind__place(Place place);
/* The place's name, where the ends of frames are a part of their window. */
const char *bind__frame_or(Place place);

/* A common table expression that names in FROM can mean. */
typedef struct CteName {
    QCte *cte;
    struct Level *level;    /* whose WITH it is */
    const AstNode *pending; /* of WITH RECURSIVE: the part not bound yet; NULL: ready */
    bool not_yet;           /* a later item of the same list: hint only */
    bool recursive_now;     /* its recursive part is being bound */
    bool usable;            /* its columns are known */
} CteName;

typedef ARRAY_OF(CteName *) CteNames;

typedef struct Level {
    struct Level *parent;
    Bind *bind;
    QQuery *query;
    ARRAY_OF(QTable *) tables;
    ARRAY_OF(NsItem *) names;
    CteNames ctes;
    CteName *parent_cte; /* what this query is the body of */
    Place place;
    bool lateral_active;
    bool has_aggregates, has_windows, has_sets, has_sublinks;
    ARRAY_OF(QWindow *) windows;
    ARRAY_OF(const AstWindowDef *) window_defs; /* of WINDOW, then those of OVER (...) */
    const AstLockClauseList *locks;
    bool locked;             /* by the query around it */
    uint32_t next_reference; /* of targets */
    /* While grouping is checked or INSERT and UPDATE bound. */
    const CatRelation *target;
    NsItem *target_item;
    QTable *result;
    bool in_case, in_coalesce;
    const char *set_forbidden; /* "CASE", "COALESCE": set-returning functions may not stand below */
    QExpr *last_set;           /* the last set-returning call of this level; NULL: none */
    bool resolve_unknowns;
    bool in_aggregate_args;
    QExpr *domain_value; /* what VALUE means */
} Level;

Level *bind__level_new(Bind *bind, Level *parent);

/* ---- errors: binder.c */
int32_t bind__position(const Bind *bind, int32_t location);
#define bind__error(bind, code, location) \
    error_position(error_begin(SQLSTATE_##code), bind__position((bind), (location)))
#define bind__raise(bind, code, location, ...) \
    error_raise(error_message(bind__error((bind), code, (location)), __VA_ARGS__))
_Noreturn void bind__raise_input(const Bind *bind, const InputError *err, int32_t location);
/* Where an expression begins in the text: the leftmost location of it and what it is made of. */
int32_t bind__location(const QExpr *expr);
int32_t bind__ast_location(const AstNode *node);
Str bind__type_text(const Bind *bind, Oid type); /* for messages */
Str bind__type_text_mod(const Bind *bind, Oid type, int32_t typmod);
/* "a.b.c" */
Str bind__name_text(const Bind *bind, NodeStrs names);
_Noreturn void bind__not_yet(const Bind *bind, int32_t location, const char *what);

/* ---- types: types.c */
const CatType *bind__type(const Bind *bind, Oid type);            /* raises XX000 */
Oid bind__base_type(const Bind *bind, Oid type, int32_t *typmod); /* typmod may be NULL */
Oid bind__array_element(const Bind *bind, Oid type);              /* of true arrays; else 0 */
/* int2vector and oidvector: arrays of their elements, from 0, that nothing is cast to. */
bool bind__is_vector(Oid type);
Oid bind__array_type(const Bind *bind, Oid element); /* 0: none */
Oid bind__range_subtype(const Bind *bind, Oid type);
Oid bind__multirange_range(const Bind *bind, Oid type);
char bind__category(const Bind *bind, Oid type);
bool bind__is_preferred(const Bind *bind, char category, Oid type);
bool bind__is_complex(const Bind *bind, Oid type); /* has columns: composite, or domain over one */
bool bind__is_polymorphic(Oid type);
bool bind__is_polymorphic_simple(Oid type);     /* anyelement and kin */
bool bind__is_polymorphic_compatible(Oid type); /* anycompatible and kin */
Oid bind__type_collation(const Bind *bind, Oid type);
/* Has the function columns of its own to give, by OUT or TABLE arguments? NULL: no. */
bool bind__has_outs(const CatFunction *function);
const FnAttribute *bind__attributes(const Bind *bind, Oid type, int32_t typmod, uint32_t *count);
Oid bind__type_name(const Bind *bind, const AstTypeName *name, int32_t *typmod);
Oid bind__find_type_name(const Bind *bind, const AstTypeName *name,
                         int32_t *typmod); /* 0: no such type */
Oid bind__collation(const Bind *bind, NodeStrs names, int32_t location);
/* The value of a text by the type's input; its errors stand at `location`. */
Value bind__input(const Bind *bind, Oid type, int32_t typmod, Str text, int32_t location);
Phys bind__phys(const Bind *bind, Oid type);
/* Schema of a qualified name's parts; raises 3F000. */
CatName bind__qualified(const Bind *bind, NodeStrs names, int32_t location);

/* ---- making expressions: make.c */
QConst *bind__const(const Bind *bind, Oid type, int32_t typmod, Datum datum, int32_t location);
QExpr *bind__null(const Bind *bind, Oid type, int32_t typmod, Oid collation);
QExpr *bind__const_i32(const Bind *bind, int32_t value);
QExpr *bind__const_bool(const Bind *bind, bool value, int32_t location);
QExpr *bind__const_unknown(const Bind *bind, Str text, int32_t location);
QExpr *bind__var(const NsItem *item, const NsColumn *column, uint32_t up, Arena *arena,
                 int32_t location);
QExpr *bind__bool(const Bind *bind, QBoolOp op, QExpr **args, uint32_t count, int32_t location);
QExprList bind__exprs(const Bind *bind, QExpr *const *items, uint32_t count);
NodeI32s bind__i32s(const Bind *bind, const int32_t *items, uint32_t count);
NodeStrs bind__strs(const Bind *bind, const Str *items, uint32_t count);
#define BIND_LIST(bind, List, array)                                                            \
    ((List){arena_copy((bind)->arena, (array).items, (array).count * sizeof((array).items[0])), \
            (array).count})
bool bind__is_unknown_const(const QExpr *expr);

/* ---- coercion: coerce.c */
typedef enum CoercePath { PATH_NONE, PATH_FUNCTION, PATH_RELABEL, PATH_IO, PATH_ARRAY } CoercePath;
CoercePath bind__coerce_path(const Bind *bind, Oid target, Oid source, char context, Oid *function);
bool bind__can_coerce(const Bind *bind, uint32_t count, const Oid *from, const Oid *to,
                      char context);
/* Unconditional conversion, of what can be: no length coercion. */
QExpr *bind__coerce_type(const Bind *bind, QExpr *expr, Oid target, int32_t typmod, char context,
                         QCallForm form, int32_t location);
/* With length coercion; NULL: there is no way. */
QExpr *bind__coerce(const Bind *bind, QExpr *expr, Oid target, int32_t typmod, char context,
                    QCallForm form, int32_t location);
/* 42804 "argument of WHERE must be type boolean, not type integer" */
QExpr *bind__coerce_boolean(const Bind *bind, QExpr *expr, const char *construct);
QExpr *bind__coerce_named(const Bind *bind, QExpr *expr, Oid target, const char *construct);
/* UNION, CASE, ARRAY...: `context` NULL: 0 when there is none. *which: the expression that decided (may be NULL). */
Oid bind__common_type(const Bind *bind, QExpr *const *exprs, uint32_t count, const char *context,
                      QExpr **which);
int32_t bind__common_typmod(QExpr *const *exprs, uint32_t count, Oid type);
QExpr *bind__coerce_common(const Bind *bind, QExpr *expr, Oid type, const char *context);
/* Resolves the polymorphic ones of declared[] by actual[]; changes declared[]; gives the result type. */
Oid bind__resolve_polymorphic(const Bind *bind, const Oid *actual, Oid *declared, uint32_t count,
                              Oid result, bool allow_poly);
bool bind__check_polymorphic(const Bind *bind, const Oid *actual, const Oid *declared,
                             uint32_t count);
void bind__coerce_args(const Bind *bind, QExpr **args, const Oid *actual, const Oid *declared,
                       uint32_t count);

/* ---- operators: operators.c */
QExpr *bind__operator(Level *level, NodeStrs schema, Str name, QExpr *left, QExpr *right,
                      int32_t location);
QExpr *bind__operator_any(Level *level, NodeStrs schema, Str name, QExpr *left, QExpr *right,
                          bool all, int32_t location);
/* What fits two types, no error when `quiet`. */
const CatOperator *bind__find_operator(const Bind *bind, NodeStrs schema, Str name, Oid left,
                                       Oid right, bool quiet, int32_t location);
/* Candidates by argument types, for operators and functions alike: the one that PostgreSQL's rules choose, or -1. */
typedef struct Candidate {
    const Oid *args; /* as many as there are arguments */
    void *item;
} Candidate;
uint32_t bind__keep_coercible(const Bind *bind, const Oid *types, uint32_t arg_count,
                              Candidate *candidates, uint32_t count);
int32_t bind__select_candidate(const Bind *bind, const Oid *types, uint32_t arg_count,
                               Candidate *candidates, uint32_t count);
/* SortKey's operators of a type; raises 42883 where one is needed. */
void bind__sort_operators(const Bind *bind, Oid type, bool need_less, bool need_equality,
                          QSortKey *key, int32_t location);

/* ---- expressions: expr*.c */
QExpr *bind__expr(Level *level, const AstNode *node, Place place);
/* json.c */
QExpr *bind__json_is(Level *level, const AstNode *node);
QExpr *bind__json_value(Level *level, const AstNode *node); /* with its FORMAT */
QExpr *bind__json_parse(Level *level, const AstNode *node);
QExpr *bind__json_scalar(Level *level, const AstNode *node);
QExpr *bind__json_serialize(Level *level, const AstNode *node);
QExpr *bind__json_object(Level *level, const AstNode *node);
QExpr *bind__json_array(Level *level, const AstNode *node);
QExpr *bind__json_array_query(Level *level, const AstNode *node);
QExpr *bind__json_object_agg(Level *level, const AstNode *node);
QExpr *bind__json_array_agg(Level *level, const AstNode *node);
QExpr *bind__expr_in(Level *level, const AstNode *node); /* in the place at hand */
QExpr *bind__column_ref(Level *level, const AstColumnRef *ref);
QExpr *bind__whole_row(Level *level, NsItem *item, uint32_t up, int32_t location);
QExpr *bind__select_field(Level *level, QExpr *arg, Str field, int32_t location, bool quiet);
/* arg.name: a field, or the function of that name with the one argument. */
QExpr *bind__field_or_call(Level *level, QExpr *arg, Str name, int32_t location);
const FnAttribute *bind__attributes_of(Level *level, const QExpr *arg,
                                       uint32_t *count); /* NULL: unknown record */
QExpr *bind__field_at(const Bind *bind, QExpr *arg, const FnAttribute *attribute, uint32_t at);
QExpr *bind__indirection(Level *level, const AstIndirection *node);
QExpr *bind__subscripts(const Bind *bind, Level *level, QExpr *container, AstNode *const *parts,
                        uint32_t count, QExpr *source, int32_t source_typmod);
QExpr *bind__param(Level *level, int32_t number, int32_t location);
QExpr *bind__param_coerced(const Bind *bind, QParam *param, Oid target, int32_t typmod,
                           int32_t location);
QExpr *bind__sublink(Level *level, const AstSublink *node);
QExpr *bind__row_compare(Level *level, NodeStrs schema, Str op, QExpr *const *left,
                         QExpr *const *right, uint32_t count, int32_t location);
QExpr *bind__cast(Level *level, const AstCastExpr *node);
QExpr *bind__array(Level *level, const AstArrayExpr *node, Oid array_type, Oid element,
                   int32_t typmod);

/* ---- functions: functions.c, aggregates.c, windows.c */
/* Does any call in it return a set, outside of sub-queries? */
bool bind__returns_set(const QExpr *expr);
QExpr *bind__func_call(Level *level, const AstFuncCall *node);
QFuncCall *bind__procedure_call(Level *level, const AstFuncCall *node);
typedef struct Resolved {
    const CatFunction *function; /* NULL with is_cast */
    bool is_cast;
    Oid result;
    uint32_t arg_count; /* declared, variadic ones spread, defaults included */
    Oid *declared;
    uint32_t variadic_count; /* arguments that go into the VARIADIC array */
    Oid variadic_type;
    int32_t *named_at; /* for named calls: place of each given argument; NULL: none */
    uint32_t default_count;
} Resolved;
QExpr *bind__aggregate(Level *level, const AstFuncCall *node, const Resolved *found, QExpr **args,
                       uint32_t count, QExpr *filter);
QExpr *bind__window_call(Level *level, const AstFuncCall *node, const Resolved *found, QExpr **args,
                         uint32_t count, QExpr *filter);
QExpr *bind__grouping(Level *level, const AstGroupingFunc *node);
void bind__windows(Level *level, QTargetList *targets); /* defines what window_defs gathered */
void bind__note_set(Level *level, QExpr *call, QExpr *set_before, int32_t location);

/* ---- FROM: from.c, columns.c, ctes.c */
typedef ARRAY_OF(NsItem *) NsItems;
/* `names` gets what the item shows; *self is the item as a table. */
QJoinItem *bind__from_item(Level *level, const AstNode *node, NsItems *names, NsItem **self);
QJoinItem *bind__join(Level *level, const AstJoin *node, NsItems *names, NsItem **self);
/* 42712 when a name of b is one of a. */
void bind__check_conflicts(Level *level, NsItem *const *a, uint32_t a_count, NsItem *const *b,
                           uint32_t b_count);
void bind__from(Level *level, const AstFromItemList *from);
NsItem *bind__add_table(Level *level, QTable *table, Str name);
NsItem *bind__add_relation(Level *level, const CatRelation *relation, const AstRangeVar *node,
                           bool in_from);
NsItem *bind__add_subquery(Level *level, QQuery *query, const AstAlias *alias, bool lateral);
void bind__push_name(Level *level, NsItem *item, bool table_visible, bool columns_visible);
const CatRelation *bind__open(Level *level, const AstRangeVar *node, LockMode mode);
NsItem *bind__find_table(Level *level, Str schema, Str name, int32_t location, uint32_t *up);
/* a.b.c.d names a table of this database, or raises 0A000. */
void bind__check_dotted(const Bind *bind, const AstColumnRef *ref);
_Noreturn void bind__no_table(Level *level, Str schema, Str name, int32_t location);
_Noreturn void bind__no_column(Level *level, Str table, Str column, int32_t location);
QExpr *bind__find_column(Level *level, Str name, int32_t location, bool local_only);
/* The column at its place: names that stand twice do not matter. */
QExpr *bind__column_at(Level *level, NsItem *item, uint32_t up, const NsColumn *column,
                       int32_t location);
QExpr *bind__find_column_of(Level *level, NsItem *item, uint32_t up, Str name, int32_t location);
CteName *bind__find_cte(Level *level, Str name, uint32_t *up);
/* Sets the columns of an item, under its own names for them. */
void bind__cte_columns(Level *level, CteName *cte, NodeStrs names, QExpr *const *exprs,
                       uint32_t count);
/* Does the statement name the common table expression, and not one of its own? recursion.c */
bool bind__mentions(const AstNode *query, Str name);
/* Raises 42P19 and 0A000 where an item that names itself is not one that can be run round by round. */
void bind__check_recursion(const Bind *bind, const AstCommonTable *node);
/* Raises 42P19: no aggregates over the rows of the round before. */
void bind__check_recursive_term(const Level *level);
void bind__with(Level *level, const AstWith *with);
void bind__columns_of_query(const Bind *bind, const QQuery *query, NodeStrs *names, NodeI32s *types,
                            NodeI32s *typmods, NodeI32s *collations);

/* ---- target lists and clauses: targets.c, clauses.c, grouping.c */
QTargetList bind__targets(Level *level, const AstTargetList *targets, Place place);
QExprList bind__expr_list(Level *level, AstNode *const *items, uint32_t count, Place place,
                          bool allow_default);
Str bind__column_name(const AstNode *expr);
QTarget *bind__target(Level *level, const AstNode *node, QExpr *expr, Place place, Str name,
                      bool junk);
void bind__resolve_unknown_targets(Level *level, QTargetList targets);
void bind__mark_origins(Level *level, QTargetList targets);
QExpr *bind__where(Level *level, const AstNode *node, Place place, const char *construct);
QExpr *bind__limit(Level *level, const AstNode *node, Place place, const char *construct,
                   bool with_ties);
QSortKeyList bind__order_by(Level *level, const AstSortItemList *items, QTargetList *targets,
                            Place place, bool sql99);
QSortKeyList bind__distinct(Level *level, QTargetList *targets, QSortKeyList order,
                            bool is_aggregate);
QSortKeyList bind__distinct_on(Level *level, const AstExprList *items, QTargetList *targets,
                               QSortKeyList order);
void bind__group_by(Level *level, const AstSelect *node, QTargetList *targets);
QTarget *bind__find_target(Level *level, const AstNode *node, QTargetList *targets, Place place);
void bind__add_group_key(Level *level, QTarget *target, QSortKeyList *keys, QTargetList *targets,
                         const QSortKeyList *order, int32_t location);
/* Equal but for the numbers of sub-queries. */
bool bind__is_same(const Bind *bind, const QExpr *a, const void *b);
QTarget *bind__find_target_sql99(Level *level, const AstNode *node, QTargetList *targets,
                                 Place place);
void bind__add_sort_key(Level *level, QTarget *target, QSortKeyList *keys, QTargetList *targets,
                        const AstSortItem *item, int32_t location);
uint32_t bind__reference(QTarget *target, const QTargetList *targets);
QTarget *bind__target_by_reference(const QTargetList *targets, uint32_t reference);
void bind__check_grouping(Level *level);

/* ---- queries: select.c, setops.c, dml.c */
QQuery *bind__query(Level *parent, const AstNode *tree, Bind *bind, CteName *cte, bool locked,
                    bool resolve_unknowns);
QQuery *bind__select(Level *level, const AstSelect *node);
QQuery *bind__values(Level *level, const AstValues *node);
QQuery *bind__set_operation(Level *level, const AstSetOperation *node);
QQuery *bind__insert(Level *level, const AstInsert *node);
QQuery *bind__update(Level *level, const AstUpdate *node);
void bind__refer(Level *level, const NsItem *item); /* puts it into the FROM list */
QQuery *bind__delete(Level *level, const AstDelete *node);
QQuery *bind__merge(Level *level, const AstMerge *node);
void bind__finish(Level *level);
void bind__locks(Level *level, const AstLockClauseList *locks);
/* All tables of the query of a view that is locked; `lock` is that of the query around it. Raises 0A000. */
void bind__lock_view(const Bind *bind, QQuery *query, const QRowLock *lock);

/* ---- SEARCH and CYCLE: search.c */
/* Raises if the query's sides are not as these clauses want them. */
void bind__check_searchable(const QCte *cte);
/* Writes the clauses into the query, if there are any. */
void bind__expand_search(const Bind *bind, QCte *cte);

/* ---- assign.c: assignments to parts of one column made one */
/* ---- json_table.c ---- */
QTable *bind__json_table(Level *level, const AstJsonTable *node);

/* ---- updatable.c ---- */
/* Why are the view's rows not those of one table? NULL: they are. */
const char *bind__why_not_plain(const QQuery *view);
/* Of a view that has no reason: its table or view, and which of that one's columns it shows, as `columns` of its own
 * (NULL: any). */
Oid bind__base_relation(const QQuery *view);
NodeI32s bind__columns_of_base(Arena *arena, const QQuery *view, const NodeI32s *columns);
/* The relation under the view that the query changes; raises where it cannot be changed through it. */
Oid bind__updatable_base(const QQuery *query, const CatRelation *relation, const QQuery *view);
/* Turns the query's target from the view into its base. `barrier`: the view, or one over it, hides rows also from
 * what the query asks. */
void bind__change_base(const Bind *bind, QQuery *query, const CatRelation *relation, QQuery *view,
                       const CatRelation *base, bool barrier);
/* What a column's definition, or its domain's, says it gets; NULL: nothing. */
QExpr *bind__own_default(const Bind *bind, const CatColumn *column);
/* NULL for a column; its domain, which may refuse that, is asked when it is computed. */
QExpr *bind__asked_null(const Bind *bind, const CatColumn *column);
/* The table of VALUES that a target takes a column of; NULL: it does not. */
QTable *bind__values_of(const QQuery *query, const QTarget *target);
void bind__merge_assignments(const Bind *bind, QTargetList *targets);

/* ---- collations of expressions, once they are complete: collations.c */
void bind__collate_query(const Bind *bind, QQuery *query);
void bind__collate(const Bind *bind, void *node);
/* Of a column of a set operation; 0: none, or the sides differ and may. Raises 42P21. */
Oid bind__common_collation(const Bind *bind, QExpr *left, QExpr *right, bool may_differ);
