/* SPDX-License-Identifier: Apache-2.0 */
/* op_table_scan.c - all rows of a table, in the order of their ids. Pushed conditions become predicates that the scan
 * applies on its pages; those whose constant is not known to be one (NULL, or of a type that is compared otherwise)
 * are asked behind it. Runtime filters of hash joins are predicates too, if they are made when the scan starts.
 *
 * TABLESAMPLE: SYSTEM takes or leaves whole pages, which the scan itself does; BERNOULLI takes rows by a hash of
 * their ids. */
#include "exec/ops.h"

#include <math.h>

#include "base/hash.h"
#include "base/random.h"
#include "exec/parallel.h"
#include "exec/scan_row.h"

enum { RANGES = 32 }; /* of a shared scan, by participant */
enum { OID_TSM_BERNOULLI = 3313, OID_TSM_SYSTEM = 3314 };

typedef struct Sample {
    ExprState *args; /* the percentage, perhaps REPEATABLE's number; NULL: no sample */
    bool by_row;
    double fraction; /* of a run */
    uint64_t seed, drawn;
} Sample;

/* Below a Gather: where all who scan the table take their next rows from. */
typedef struct SharedScan {
    ParallelOnce opened;
    ScanCursor *cursor;
} SharedScan;

typedef struct ScanState {
    ScanRow row;
    Sample sample;
    ExprState *late; /* pushed conditions that are no predicates; NULL: none */
    TableScan *scan;
    const Snapshot *snapshot;
    Arena *arena; /* of a run */
    Batch batch;
    uint16_t *passed;
    RelationFigures *figures; /* NULL: nothing is counted */
    SharedScan *shared;       /* NULL: it reads all rows itself */
} ScanState;

/* ---- TABLESAMPLE ---- */

static void sample_open(Sample *sample, Exec *exec, const QSample *clause)
{
    QExpr *exprs[2] = {clause->args.items[0], clause->repeatable};
    sample->args = exec__program(exec, exprs, clause->repeatable ? 2 : 1);
    sample->by_row = clause->method == OID_TSM_BERNOULLI;
    sample->drawn = random_u64(exec->options.env->random);
    if (!sample->by_row && clause->method != OID_TSM_SYSTEM)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "tablesample method %u is not supported",
                    clause->method);
}

/* The arguments as they are for this run. */
static void sample_start(Sample *sample, const QSample *clause)
{
    Datum values[2];
    expr_eval_row(sample->args, NULL, values);
    if (values[0].null)
        raise_error(SQLSTATE_INVALID_TABLESAMPLE_ARGUMENT, "TABLESAMPLE parameter cannot be null");
    const double percentage = (double)values[0].value.f32;
    sample->seed = sample->drawn;
    if (clause->repeatable) {
        if (values[1].null)
            raise_error(SQLSTATE_INVALID_TABLESAMPLE_REPEAT,
                        "TABLESAMPLE REPEATABLE parameter cannot be null");
        const double number = values[1].value.f64 + 0.0; /* -0 is 0 */
        sample->seed = hash_bytes(&number, sizeof number, 0);
    }
    if (!(percentage >= 0 && percentage <= 100))
        raise_error(SQLSTATE_INVALID_TABLESAMPLE_ARGUMENT,
                    "sample percentage must be between 0 and 100");
    sample->fraction = percentage / 100;
}

static Selection sample_rows(const Sample *sample, const RowId *ids, Selection rows, uint16_t *out)
{
    const double limit = ldexp(sample->fraction, 32);
    uint32_t count = 0;
    for (uint32_t i = 0; i < rows.count; i++) {
        const uint16_t row = (uint16_t)sel_row(rows, i);
        const uint64_t drawn = hash_combine(sample->seed, ids[row].v) >> 32;
        if ((double)drawn < limit) out[count++] = row;
    }
    return (Selection){out, count};
}

/* ---- scanning ---- */

static void scan_open(OpState *op)
{
    const PlanTableScan *plan = (const PlanTableScan *)op->plan;
    ScanState *state = OP_STATE(ScanState, op);
    Arena *arena = op->exec->arena;
    scan_row_open(&state->row, op->exec, &plan->base, BATCH_ROWS_MAX);
    if (plan->sample) sample_open(&state->sample, op->exec, plan->sample);
    state->row.wants_ids |= state->sample.by_row;
    state->figures = exec_figures_of(op->exec->options.figures, state->row.relation->oid);
    state->batch.arena = arena_new_child(arena, "table scan");
    state->arena = arena_new_child(arena, "table scan");
    state->passed = arena_alloc_array(arena, BATCH_ROWS_MAX, sizeof *state->passed);
    if (plan->base.base.parallel && op->exec->group)
        state->shared = parallel_shared(op->exec, op->plan->id, sizeof(SharedScan));
}

static ScanCursor *shared_cursor(OpState *op, const ScanState *state)
{
    ParallelGroup *group = op->exec->group;
    SharedScan *shared = state->shared;
    if (!shared) return NULL;
    if (parallel_begin(group, &shared->opened)) {
        CHECK(scan_cursor_open(state->row.relation->table, op->exec->arena,
                               group->participants * RANGES, &shared->cursor));
        parallel_done(group, &shared->opened);
    }
    return shared->cursor;
}

/* `slot`'s column of the row as a position of the projection; false: a system column. */
static bool scan_column(const ScanState *state, uint16_t *column)
{
    if (state->row.place[*column] == UINT32_MAX) return false;
    *column = (uint16_t)state->row.place[*column];
    return true;
}

static bool filter_predicate(OpState *op, const ScanState *state, const PlanRuntimeFilter *plan,
                             Predicate *predicate)
{
    const RuntimeFilter *filter = &op->exec->filters[plan->number];
    uint16_t column = (uint16_t)plan->column;
    if (filter->words == NULL || !scan_column(state, &column)) return false;
    *predicate = (Predicate){.column = column,
                             .op = filter->op,
                             .phys = filter->phys,
                             .low = {.i64 = filter->low},
                             .filter = filter->words,
                             .filter_limit = filter->limit};
    return true;
}

static void start(OpState *op, ScanState *state)
{
    const PlanTableScan *plan = (const PlanTableScan *)op->plan;
    const QExprList *pushed = &plan->pushed;
    Exec *exec = op->exec;
    ExprRun run = exec->run;
    QExpr **late = ARENA_ARRAY(state->arena, QExpr *, pushed->count);
    Predicate *predicates = ARENA_ARRAY(state->arena, Predicate,
                                        pushed->count + plan->filters.count);
    uint32_t late_count = 0, count = 0;
    run.query = state->arena;
    for (uint32_t i = 0; i < pushed->count; i++) {
        Predicate *predicate = &predicates[count];
        if (expr_predicate(pushed->items[i], exec->options.env, &run, predicate) &&
            scan_column(state, &predicate->column))
            count++;
        else
            late[late_count++] = pushed->items[i];
    }
    state->late = NULL;
    if (late_count > 0)
        state->late = expr_open(expr_compile_filter(state->arena, late, late_count,
                                                    exec->options.env),
                                &run);
    for (uint32_t i = 0; i < plan->filters.count; i++)
        count += filter_predicate(op, state, plan->filters.items[i], &predicates[count]);
    const ExecSource *again = exec__source(exec, plan->table);
    Sample *sample = &state->sample;
    if (plan->sample) sample_start(sample, plan->sample);
    if (again) sample->fraction = 1; /* the row was drawn before */
    const TableScanOptions options = {
        .projection = state->row.projection,
        .predicates = predicates,
        .predicate_count = count,
        .first = {again ? again->row.v : 0},
        .last = {again ? again->row.v : ROW_ID_MAX},
        .shared = shared_cursor(op, state),
        .sample_fraction = plan->sample && !sample->by_row ? sample->fraction : 1,
        .sample_seed = sample->seed,
    };
    state->snapshot = again ? again->snapshot : exec->options.snapshot;
    CHECK(table_scan_open(state->row.relation->table, state->snapshot, &options, state->arena,
                          &state->scan));
    if (state->figures && !again) figures_add(&state->figures->scans, 1);
}

static bool scan_next(OpState *op, uint32_t rows_max)
{
    ScanState *state = OP_STATE(ScanState, op);
    const Batch *row = &state->row.row;
    if (!state->scan) start(op, state);
    for (uint32_t tries = 0;; tries++) {
        if (tail_give(op, rows_max)) return true;
        Status status = table_scan_next(state->scan, tail_demand(op, rows_max, tries),
                                        &state->batch,
                                        state->row.wants_ids ? state->row.ids : NULL);
        if (status == ST_END) return false;
        CHECK(status);
        scan_row_fill(&state->row, &state->batch, state->snapshot);
        Selection rows = row->selection;
        if (state->sample.by_row)
            rows = sample_rows(&state->sample, state->row.ids, rows, state->passed);
        if (state->late) {
            rows = (Selection){state->passed,
                               expr_filter(state->late, &row, 1, rows, state->passed)};
            if (expr_has_error(state->late)) expr_raise(state->late);
        }
        tail_take(op, &row, 1, rows);
    }
}

static void scan_close(OpState *op)
{
    ScanState *state = OP_STATE(ScanState, op);
    if (!state->scan) return;
    if (state->figures) figures_add(&state->figures->returned, table_scan_met(state->scan));
    table_scan_close(state->scan);
    state->scan = NULL;
}

static void scan_rewind(OpState *op)
{
    scan_close(op);
    arena_reset(OP_STATE(ScanState, op)->arena);
}

const Operator op_table_scan = {.kind = PLAN_TABLE_SCAN,
                                .title = "Seq Scan",
                                .state_bytes = sizeof(ScanState),
                                .open = scan_open,
                                .next = scan_next,
                                .rewind = scan_rewind,
                                .close = scan_close};
