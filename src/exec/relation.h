/* SPDX-License-Identifier: Apache-2.0 */
/* relation.h - relations as those who write them use them: stored expressions over a row, index keys, and the rules
 * that a new row must keep. A row is an array of datums by attnum - 1. */
#pragma once

#include "exec/exec_internal.h"
#include "table/index.h"

/* Raises XX000 when it is gone, 42809 where it has no storage. */
const CatRelation *exec__relation(Exec *exec, Oid oid);

/* A stored expression (Vars of table 1 are the relation's columns) as a tree over Slot(0, attnum - 1). */
QExpr *exec__stored(Arena *arena, const CatExpr *stored);
/* The same of an expression that was bound over the relation; it is changed in place. */
QExpr *exec__over_row(Arena *arena, QExpr *expr);
/* The expression with negative slots (system columns of a row being written) put at `columns` - 1 - attnum. */
QExpr *exec__system_slots(Arena *arena, const QExpr *expr, uint32_t columns);
/* "(1, null, ...)": values as errors show them, cut at 64 characters each. */
Str exec__show_row(Arena *arena, const FnEnv *env, const CatRelation *relation,
                   const Datum *columns);

/* Calls `visit` for every row that the snapshot sees, in the order of row ids; the datums live until the next call. */
void exec__visit_rows(const CatRelation *relation, const ExecOptions *run, const Snapshot *snapshot,
                      void (*visit)(void *arg, const Datum *columns, RowId row), void *arg);

/* 23502, 23514 of rows that are there: a constraint is added, or the table written anew. */
_Noreturn void exec__raise_holds_nulls(const CatRelation *relation, Str column);
_Noreturn void exec__raise_holds_violation(const CatRelation *relation,
                                           const CatConstraint *constraint);

/* ---- index keys ---- */

typedef struct IndexMaker {
    const CatIndex *index;
    const CatRelation *relation;
    const FnEnv *env;
    Index *open;
    TypeCall *calls;        /* by key column */
    ExprState *expressions; /* those of the key, in order; NULL: none */
    Datum *expression_values;
    ExprState *predicate; /* NULL: every row has an entry */
    uint64_t *uses;       /* bits by attnum - 1: columns that the key or the predicate asks */
    IndexRecheck recheck; /* for table: projects the columns used */
    Datum *recheck_row;
} IndexMaker;
IndexMaker *index_maker_open(Exec *exec, const CatRelation *relation, const CatIndex *index);
void index_maker_close(IndexMaker *maker);
/* False: a partial index that leaves this row out. The key is made in `arena`. */
bool index_maker_key(IndexMaker *maker, const Datum *columns, Arena *arena, IndexKey *key);
/* One column of a key as bytes, as index_maker_key makes it. */
KeyExactness index_maker_column(const IndexMaker *maker, uint32_t column, const Datum *value,
                                Arena *arena, StrBuilder *out);
/* 23505 (23P01 for an exclusion). */
_Noreturn void index_maker_raise_duplicate(IndexMaker *maker, const Datum *columns, Arena *arena);

/* 23505 for an index that cannot be built: the key of that row stands there twice. */
_Noreturn void index_maker_raise_not_unique(IndexMaker *maker, const ExecOptions *options,
                                            RowId row);

/* ---- rules of a row ---- */

typedef struct RowRules RowRules;
RowRules *row_rules_open(Exec *exec, const CatRelation *relation);
/* What breaks a rule is a row that was there already. */
void row_rules_set_rewriting(RowRules *rules);
bool row_rules_have_generated(const RowRules *rules);
/* Computes the stored generated columns of a row, in place; bytes in `arena`. */
void row_rules_generate(RowRules *rules, Datum *columns, Arena *arena);
/* Does a look at the nulls tell that row_rules_check would pass all these rows? */
bool row_rules_surely_pass(const RowRules *rules, const Vector *columns, Selection rows);
/* NOT NULL (23502), then CHECK (23514) in the order of names. */
void row_rules_check(RowRules *rules, const Datum *columns, Arena *arena);
