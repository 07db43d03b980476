/* SPDX-License-Identifier: Apache-2.0 */
/* load.c - tables written and checked outside of plans: rows from COPY and CREATE TABLE AS, constraints asked of
 * every row. */
#include "exec/exec.h"

#include "bind/bind.h"
#include "base/array.h"
#include "base/bitset.h"
#include "base/oids.h"
#include "base/scope.h"
#include "base/task.h"
#include "exec/foreign.h"
#include "exec/ops.h"
#include "exec/writer.h"

/* ---- inserting ---- */

struct ExecInsert {
    Exec *exec;
    Writer *writer;
    const int16_t *columns;
    uint32_t count;
    ExprState *defaults;       /* of the columns that rows do not bring */
    uint32_t *default_columns; /* attnum - 1 */
    uint32_t default_count;
    Vector *default_values, *row;
    const CatRelation *relation;
    ExprState *where; /* NULL: none */
    ExprState *
        *brought; /* by attnum - 1, opened when asked for: defaults of columns that rows bring */
    uint16_t *passed;
    bool where_failed; /* at row writer->at of the selection */
};

static bool is_brought(const ExecInsert *insert, int16_t attnum)
{
    for (uint32_t i = 0; i < insert->count; i++)
        if (insert->columns[i] == attnum) return true;
    return false;
}

static QExpr *null_expr(Arena *arena, const CatColumn *column)
{
    QConst *constant = Q_NEW(arena, Const);
    constant->type = column->dropped ? (Oid)OID_INT4 : column->type;
    constant->typmod = -1;
    constant->value = (QueryValue){{.null = true},
                                   column->dropped ? (uint8_t)PHYS_I32 : (uint8_t)column->phys};
    return &constant->base;
}

static ExecInsert *insert_open(const CatRelation *relation, const ExecOptions *options,
                               const int16_t *columns, uint32_t count, bool rewrites)
{
    Arena *arena = options->query;
    ExecInsert *insert = ARENA_NEW(arena, ExecInsert);
    const uint32_t all = (uint32_t)relation->column_count;
    insert->exec = exec__new(options);
    const BindOptions bind = {.view = options->view, .env = options->env};
    insert->columns = arena_copy(arena, columns, sizeof *columns * count);
    insert->count = count;
    insert->writer = rewrites ? writer_open_rewriting(insert->exec, relation)
                              : writer_open(insert->exec, relation);
    int32_t *written = ARENA_ARRAY(arena, int32_t, count);
    for (uint32_t i = 0; i < count; i++) written[i] = columns[i];
    writer_note_written(insert->writer, written, count);
    QExpr **exprs = ARENA_ARRAY(arena, QExpr *, all);
    insert->default_columns = ARENA_ARRAY(arena, uint32_t, all);
    for (uint32_t i = 0; i < all; i++) {
        const CatColumn *column = &relation->columns[i];
        if (is_brought(insert, column->number)) continue;
        QExpr *value = bind_column_default(arena, relation, column, &bind);
        exprs[insert->default_count] = value ? value : null_expr(arena, column);
        insert->default_columns[insert->default_count++] = i;
    }
    insert->defaults = exec__program(insert->exec, exprs, insert->default_count);
    insert->default_values = ARENA_ARRAY(arena, Vector, insert->default_count);
    insert->row = ARENA_ARRAY(arena, Vector, all);
    insert->relation = relation;
    insert->brought = ARENA_ARRAY(arena, ExprState *, all);
    return insert;
}

ExecInsert *exec_insert_open(const CatRelation *relation, const ExecOptions *options,
                             const int16_t *columns, uint32_t count)
{
    return insert_open(relation, options, columns, count, false);
}

ExecInsert *exec_rewrite_open(const CatRelation *relation, const ExecOptions *options,
                              const int16_t *columns, uint32_t count)
{
    return insert_open(relation, options, columns, count, true);
}

void exec_insert_where(ExecInsert *insert, QExpr *condition)
{
    Arena *arena = insert->exec->arena;
    QExpr *over_row = exec_over_row(arena, insert->writer->relation, condition);
    insert->where = exec__filter(insert->exec, &(QExprList){&over_row, 1});
    insert->passed = arena_alloc_array(arena, BATCH_ROWS_MAX, sizeof *insert->passed);
}

bool exec_insert_default(ExecInsert *insert, int16_t column, Arena *arena, Datum *value)
{
    const ExecOptions *options = &insert->exec->options;
    ExprState **program = &insert->brought[column - 1];
    if (!*program) {
        const BindOptions bind = {.view = options->view, .env = options->env};
        const CatColumn *of = &insert->relation->columns[column - 1];
        QExpr *expr = bind_column_default(insert->exec->arena, insert->relation, of, &bind);
        if (!expr) return false;
        *program = exec__program(insert->exec, &expr, 1);
    }
    const Batch *none = &exec__one_row;
    Vector result;
    if (expr_eval(*program, &none, 1, none->selection, &result) == 0) expr_raise(*program);
    *value = vector_get(&result, 0);
    if (!value->null) value->value = value_copy(arena, (Phys)result.phys, value->value);
    return true;
}

static void fill_row(ExecInsert *insert, const Batch *rows)
{
    arena_reset(insert->writer->scratch);
    if (expr_eval(insert->defaults, &rows, 1, rows->selection, insert->default_values) <
        rows->selection.count)
        expr_raise(insert->defaults);
    for (uint32_t i = 0; i < insert->default_count; i++)
        insert->row[insert->default_columns[i]] = insert->default_values[i];
    for (uint32_t i = 0; i < insert->count; i++)
        insert->row[insert->columns[i] - 1] = rows->columns[i];
}

/* Those of the rows, complete with their defaults, that WHERE lets in. Where it raises, what is wrong with the rows
 * before is said first. */
static Selection let_in(ExecInsert *insert, const Batch *rows)
{
    if (!insert->where) return rows->selection;
    const Batch row = {.columns = insert->row,
                       .column_count = insert->writer->column_count,
                       .row_count = rows->row_count,
                       .selection = rows->selection};
    const Batch *input = &row;
    insert->where_failed = false;
    const Selection kept = {insert->passed,
                            expr_filter(insert->where, &input, 1, rows->selection, insert->passed)};
    if (!expr_has_error(insert->where)) return kept;
    if (kept.count > 0) writer_check(insert->writer, insert->row, kept);
    insert->where_failed = true;
    for (uint32_t i = 0; i < rows->selection.count; i++) {
        uint16_t one = (uint16_t)sel_row(rows->selection, i);
        insert->writer->at = i;
        (void)expr_filter(insert->where, &input, 1, (Selection){&one, 1}, insert->passed);
        if (expr_has_error(insert->where)) expr_raise(insert->where);
    }
    UNREACHABLE();
}

uint32_t exec_insert_rows(ExecInsert *insert, const Batch *rows)
{
    if (rows->selection.count == 0) return 0;
    fill_row(insert, rows);
    const Selection kept = let_in(insert, rows);
    writer_insert(insert->writer, insert->row, kept);
    return kept.count;
}

void exec_insert_check(ExecInsert *insert, const Batch *rows)
{
    if (rows->selection.count == 0) return;
    fill_row(insert, rows);
    const Selection kept = let_in(insert, rows);
    if (kept.count > 0) writer_check(insert->writer, insert->row, kept);
}

uint32_t exec_insert_place(const ExecInsert *insert, bool *obeys_rules)
{
    *obeys_rules = insert->writer->obeys_rules;
    const uint32_t at = insert->writer->at;
    return insert->where && !insert->where_failed ? insert->passed[at] : at;
}

void exec_insert_close(ExecInsert *insert)
{
    writer_finish(insert->writer);
}

/* ---- every row of a table ---- */

static void close_scan(void *scan)
{
    table_scan_close(scan);
}

void exec__visit_rows(const CatRelation *relation, const ExecOptions *run, const Snapshot *snapshot,
                      const uint64_t *uses,
                      void (*visit)(void *arg, const Datum *columns, RowId row), void *arg)
{
    exec__visit_part(relation, run, snapshot, uses, NULL, visit, arg);
}

void exec__visit_part(const CatRelation *relation, const ExecOptions *run, const Snapshot *snapshot,
                      const uint64_t *uses, ScanCursor *shared,
                      void (*visit)(void *arg, const Datum *columns, RowId row), void *arg)
{
    SCOPED(scope);
    Arena *arena = scope_arena(scope, arena_account(run->query), "every row");
    const uint32_t columns = (uint32_t)relation->column_count;
    uint16_t *numbers = ARENA_ARRAY(arena, uint16_t, columns);
    uint32_t *places = ARENA_ARRAY(arena, uint32_t, columns), count = 0;
    for (uint32_t i = 0; i < columns; i++) {
        if (relation->columns[i].dropped || (uses && !bits_get(uses, i))) continue;
        places[count] = i;
        numbers[count++] = relation->columns[i].physical;
    }
    const TableScanOptions options = {.projection = {numbers, count},
                                      .last = {ROW_ID_MAX},
                                      .sample_fraction = 1,
                                      .shared = shared};
    TableScan *scan;
    Batch batch = {.arena = arena_new_child(arena, "rows")};
    RowId *ids = arena_alloc_array(arena, BATCH_ROWS_MAX, sizeof *ids);
    Datum *row = ARENA_ARRAY(arena, Datum, columns);
    for (uint32_t i = 0; i < columns; i++) row[i].null = true;
    CHECK(table_scan_open(relation->table, snapshot, &options, arena, &scan));
    scope_add(scope, close_scan, scan);
    for (;;) {
        Status status = table_scan_next(scan, BATCH_ROWS_MAX, &batch, ids);
        if (status == ST_END) return;
        CHECK(status);
        for (uint32_t i = 0; i < batch.selection.count; i++) {
            const uint32_t at = sel_row(batch.selection, i);
            task_check();
            for (uint32_t c = 0; c < count; c++) row[places[c]] = vector_get(&batch.columns[c], at);
            visit(arg, row, ids[at]);
        }
    }
}

/* ---- checking a constraint ---- */

typedef struct ConstraintCheck {
    const CatRelation *relation;
    const CatConstraint *constraint;
    ExprState *check;
} ConstraintCheck;

static void check_not_null(void *arg, const Datum *columns, RowId row)
{
    const ConstraintCheck *work = arg;
    (void)row;
    if (work->check != NULL) { /* of a virtual column: its value */
        Datum value;
        expr_eval_row(work->check, columns, &value);
        if (!value.null) return;
        exec__raise_holds_nulls(work->relation,
                                work->relation->columns[work->constraint->columns[0] - 1].name);
    }
    for (uint32_t i = 0; i < work->constraint->column_count; i++) {
        const int16_t attnum = work->constraint->columns[i];
        if (!columns[attnum - 1].null) continue;
        exec__raise_holds_nulls(work->relation, work->relation->columns[attnum - 1].name);
    }
}

static void check_expression(void *arg, const Datum *columns, RowId row)
{
    const ConstraintCheck *work = arg;
    Datum passes;
    (void)row;
    expr_eval_row(work->check, columns, &passes);
    if (passes.null || passes.value.b) return;
    exec__raise_holds_violation(work->relation, work->constraint);
}

static void check_foreign(void *arg, const Datum *columns, RowId row)
{
    (void)row;
    foreign_check_row(arg, columns);
}

void exec_check_constraint(const CatRelation *relation, const CatConstraint *constraint,
                           const ExecOptions *options)
{
    SCOPED(scope);
    ExecOptions own = *options;
    own.query = scope_arena(scope, arena_account(options->query), "constraint");
    Exec *exec = exec__new(&own);
    ConstraintCheck work = {relation, constraint, NULL};
    if (constraint->type == 'n') {
        const int16_t column = constraint->columns[0];
        if (relation->columns[column - 1].generated == 'v') {
            QExpr *value = exec__column(own.query, relation, column);
            work.check = exec__program(exec, &value, 1);
        }
        exec__visit_rows(relation, &own, own.snapshot, NULL, check_not_null, &work);
    } else if (constraint->type == 'c') {
        QExpr *check = exec__stored(own.query, relation, constraint->check);
        work.check = exec__program(exec, &check, 1);
        exec__visit_rows(relation, &own, own.snapshot, NULL, check_expression, &work);
    } else if (constraint->type == 'f') {
        Foreign *foreign = foreign_open(exec, relation, constraint);
        exec__visit_rows(relation, &own, own.snapshot, NULL, check_foreign, foreign);
    } else {
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "constraints of type \"%c\" cannot be checked",
                    constraint->type);
    }
}

/* ---- checking a domain's constraint ---- */

typedef struct DomainCheck {
    const CatRelation *relation;
    const CatColumn *column;
    ExprState *check; /* NULL: NOT NULL */
} DomainCheck;

static void check_value(void *arg, const Datum *columns, RowId row)
{
    const DomainCheck *work = arg;
    const Datum *value = &columns[work->column->number - 1];
    Datum passes = {.value.b = !value->null};
    (void)row;
    if (work->check != NULL) expr_eval_row(work->check, value, &passes);
    if (passes.null || passes.value.b) return;
    const bool nulls = work->check == NULL;
    Error *error = error_begin(nulls ? SQLSTATE_NOT_NULL_VIOLATION : SQLSTATE_CHECK_VIOLATION);
    error_message(error, "column \"%.*s\" of table \"%.*s\" contains %s",
                  STR_ARG(work->column->name), STR_ARG(work->relation->name),
                  nulls ? "null values" : "values that violate the new constraint");
    error_object(error, work->relation->schema_name, work->relation->name, work->column->name,
                 (Str){0}, (Str){0});
    error_raise(error);
}

void exec_check_domain(const CatRelation *relation, int16_t column, QExpr *check,
                       const ExecOptions *options)
{
    SCOPED(scope);
    ExecOptions own = *options;
    own.query = scope_arena(scope, arena_account(options->query), "domain");
    Exec *exec = exec__new(&own);
    DomainCheck work = {relation, &relation->columns[column - 1], NULL};
    if (check != NULL) work.check = exec__program(exec, &check, 1);
    exec__visit_rows(relation, &own, own.snapshot, NULL, check_value, &work);
}
