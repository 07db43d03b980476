/* SPDX-License-Identifier: Apache-2.0 */
/* explain_node.c - what EXPLAIN says of a node behind its line: outputs, keys, conditions, and what they threw away. */
#include "exec/explain_internal.h"

/* ---- lists of expressions ---- */

static void list_exprs(Explain *e, const char *label, const PlanOp *op, const QExprList *list)
{
    Str *items = ARENA_ARRAY(e->arena, Str, list->count);
    e->part_prefix = e->many;
    for (uint32_t i = 0; i < list->count; i++)
        items[i] = explain__text(e, op, list->items[i], e->many);
    e->part_prefix = e->prefix;
    if (list->count > 0) explain_list(e->out, label, items, list->count);
}

static void show_outputs(Explain *e, const PlanOp *op)
{
    if (!e->options->verbose) return;
    QExprList list = {.items = ARENA_ARRAY(e->arena, QExpr *, op->outputs.count)};
    for (uint32_t i = 0; i < op->outputs.count; i++)
        list.items[list.count++] = op->outputs.items[i]->expr;
    list_exprs(e, "Output", op, &list);
}

/* All of them at once, as one condition. */
static QExpr *conjunction(Explain *e, const QExprList *a, const QExprList *b)
{
    const uint32_t count = a->count + b->count;
    QBool *all = Q_NEW(e->arena, Bool);
    all->type = 16;
    all->op = Q_BOOL_AND;
    all->args.items = ARENA_ARRAY(e->arena, QExpr *, count);
    for (uint32_t i = 0; i < a->count; i++) all->args.items[all->args.count++] = a->items[i];
    for (uint32_t i = 0; i < b->count; i++) all->args.items[all->args.count++] = b->items[i];
    return count == 1 ? all->args.items[0] : &all->base;
}

static void show_condition(Explain *e, const char *label, const PlanOp *op, const QExprList *a,
                           const QExprList *b, bool prefix)
{
    static const QExprList none = {0};
    if (b == NULL) b = &none;
    if (a->count + b->count == 0) return;
    explain_text(e->out, label, explain__text(e, op, conjunction(e, a, b), prefix));
}

static void show_removed(Explain *e, const char *label, bool has_conditions, uint64_t removed,
                         const ExecFigures *figures)
{
    if (!e->options->analyze || !has_conditions || figures == NULL) return;
    const double rows = figures->loops > 0 ? (double)removed / (double)figures->loops : 0;
    if (rows > 0 || !explain_is_text(e->out)) explain_float(e->out, label, rows, 0, NULL);
}

/* ---- keys ---- */

/* A collation that is not the type's own. */
static void add_collation(const Explain *e, StrBuilder *text, Oid type, Oid collation)
{
    const CatCollation *found = cat_collation(e->options->view, collation);
    if (found == NULL || collation == type_get(e->options->env, type)->collation) return;
    str_add(text, STR(" COLLATE "));
    parse_quote_identifier(text, found->name);
}

/* `expr` as a column that `child` makes by COLLATE; NULL: it is something else. */
static const QCollate *collated_output(const PlanOp *child, const QExpr *expr)
{
    const QSlot *slot = Q_IF(Slot, expr);
    if (slot == NULL || slot->column < 0 || (uint32_t)slot->column >= child->outputs.count)
        return NULL;
    return Q_IF(Collate, child->outputs.items[slot->column]->expr);
}

static Str sort_key_text(Explain *e, const PlanOp *child, const PlanSortKey *key)
{
    const QExpr *expr = explain__resolve_over(e, child, key->expr);
    const QCollate *collate = collated_output(child, key->expr);
    StrBuilder text = str_builder(e->arena, 32);
    /* What COLLATE does shows behind the key: here it is a cast to the type itself, as other casts are written. */
    if (collate) expr = explain__resolve(e, child, collate->arg);
    const Str own = explain__expr_text(e, expr, e->prefix);
    if (collate && expr->kind != Q_VAR)
        str_add_format(&text, "((%.*s)::%s)", STR_ARG(own),
                       type_get(e->options->env, expr->type)->name);
    else
        str_add(&text, own);
    add_collation(e, &text, expr->type, key->collation);
    if (key->descending) str_add(&text, key->nulls_first ? STR(" DESC") : STR(" DESC NULLS LAST"));
    if (!key->descending && key->nulls_first) str_add(&text, STR(" NULLS FIRST"));
    return str_done(&text);
}

static void show_sort_keys(Explain *e, const char *label, const PlanOp *child,
                           const PlanSortKeyList *keys)
{
    Str *items = ARENA_ARRAY(e->arena, Str, keys->count);
    for (uint32_t i = 0; i < keys->count; i++) items[i] = sort_key_text(e, child, keys->items[i]);
    if (keys->count > 0) explain_list(e->out, label, items, keys->count);
}

static Str group_key_text(Explain *e, const PlanAggregate *op, uint32_t key)
{
    return explain__expr_text(e, explain__resolve_over(e, op->child, op->keys.items[key]->expr),
                              e->prefix);
}

static void show_group_keys(Explain *e, const PlanAggregate *op)
{
    Str *items = ARENA_ARRAY(e->arena, Str, op->keys.count);
    for (uint32_t i = 0; i < op->keys.count; i++) items[i] = group_key_text(e, op, i);
    if (op->sets.count == 0) {
        if (op->keys.count > 0) explain_list(e->out, "Group Key", items, op->keys.count);
        return;
    }
    explain_open(e->out, "Grouping-Sets", "Grouping Sets", true);
    for (uint32_t s = 0; s < op->sets.count; s++) {
        const NodeI32s *set = &op->sets.items[s]->keys;
        Str *keys = ARENA_ARRAY(e->arena, Str, set->count + 1);
        for (uint32_t i = 0; i < set->count; i++) keys[i] = items[set->items[i]];
        const char *label = set->count > 0 ? "Hash Key" : "Group Key";
        if (set->count == 0) keys[0] = STR("()");
        explain_open(e->out, "Grouping-Set", NULL, false);
        explain_list(e->out, label, keys, MAX(set->count, 1));
        explain_close(e->out, "Grouping-Set", false);
    }
    explain_close(e->out, "Grouping-Sets", true);
}

/* ---- joins ---- */

/* One key of a hash or merge join: outer = inner. */
static QExpr *key_equality(Explain *e, const PlanJoinOp *join, Oid equality, const QExpr *outer,
                           const QExpr *inner)
{
    QOpCall *call = Q_NEW(e->arena, OpCall);
    call->type = 16;
    call->op = equality;
    call->args.items = ARENA_ARRAY(e->arena, QExpr *, 2);
    call->args.items[0] = explain__resolve_over(e, join->outer, outer);
    call->args.items[1] = explain__resolve_over(e, join->inner, inner);
    call->args.count = 2;
    return &call->base;
}

static void show_keys(Explain *e, const PlanOp *op)
{
    const PlanJoinOp *join = (const PlanJoinOp *)op;
    const PlanHashJoin *hash = PLAN_IF(HashJoin, op);
    const PlanMergeJoin *merge = PLAN_IF(MergeJoin, op);
    const uint32_t count = hash ? hash->outer_keys.count : merge ? merge->outer_keys.count : 0;
    static const QExprList none = {0};
    QExprList all = {.items = ARENA_ARRAY(e->arena, QExpr *, count)};
    for (uint32_t i = 0; i < count; i++)
        all.items[all.count++] = hash ? key_equality(e, join, (Oid)hash->equality.items[i],
                                                     hash->outer_keys.items[i],
                                                     hash->inner_keys.items[i])
                                      : key_equality(e, join, merge->outer_keys.items[i]->equality,
                                                     merge->outer_keys.items[i]->expr,
                                                     merge->inner_keys.items[i]->expr);
    if (count > 0)
        explain_text(e->out, hash ? "Hash Cond" : "Merge Cond",
                     explain__expr_text(e, conjunction(e, &all, &none), e->prefix));
}

static void show_join(Explain *e, const PlanOp *op, const ExecFigures *figures)
{
    const PlanJoinOp *join = (const PlanJoinOp *)op;
    if (!explain_is_text(e->out) || (e->options->verbose && join->inner_unique))
        explain_bool(e->out, "Inner Unique", join->inner_unique);
    show_keys(e, op);
    show_condition(e, "Join Filter", op, &join->join_conditions, NULL, e->prefix);
    show_condition(e, "Filter", op, &op->conditions, NULL, e->prefix);
    show_removed(e, "Rows Removed by Filter", op->conditions.count > 0,
                 figures != NULL ? figures->removed : 0, figures);
}

/* ---- scans ---- */

static void show_sample(Explain *e, const PlanOp *op, const QSample *sample)
{
    if (sample == NULL) return;
    const bool prefix = e->options->verbose;
    const CatFunction *method = cat_function(e->options->view, sample->method);
    const Str name = method != NULL ? method->name : STR("?");
    Str arg = explain__text(e, op, sample->args.items[0], prefix), repeat = STR("");
    if (sample->repeatable != NULL) repeat = explain__text(e, op, sample->repeatable, prefix);
    if (!explain_is_text(e->out)) {
        explain_text(e->out, "Sampling Method", name);
        explain_list(e->out, "Sampling Parameters", &arg, 1);
        if (sample->repeatable != NULL) explain_text(e->out, "Repeatable Seed", repeat);
        return;
    }
    StrBuilder text = str_builder(e->arena, 64);
    str_add_format(&text, "%.*s (%.*s)", STR_ARG(name), STR_ARG(arg));
    if (sample->repeatable != NULL) str_add_format(&text, " REPEATABLE (%.*s)", STR_ARG(repeat));
    explain_text(e->out, "Sampling", str_done(&text));
}

static void show_filter(Explain *e, const PlanOp *op, const QExprList *pushed, bool prefix,
                        const ExecFigures *figures)
{
    static const QExprList none = {0};
    if (pushed == NULL) pushed = &none;
    show_condition(e, "Filter", op, pushed, &op->conditions, prefix);
    /* What a scan's pages refuse by themselves is not counted. */
    show_removed(e, "Rows Removed by Filter", pushed->count == 0 && op->conditions.count > 0,
                 figures != NULL ? figures->removed : 0, figures);
}

static void show_row_ids(Explain *e, const PlanOp *op)
{
    const QExprList *ids = &PLAN_AS(RowIdScan, op)->row_ids;
    for (uint32_t i = 0; i < ids->count; i++) {
        Str value = explain__text(e, op, ids->items[i], e->options->verbose);
        if (ids->items[i]->kind != Q_CURRENT_OF)
            value = str_format(e->arena, "(ctid = %.*s)", STR_ARG(value));
        explain_text(e->out, "TID Cond", value);
    }
}

static void show_function_calls(Explain *e, const PlanOp *op)
{
    const PlanFunctionScan *scan = PLAN_AS(FunctionScan, op);
    if (!e->options->verbose) return;
    QExprList calls = {.items = ARENA_ARRAY(e->arena, QExpr *, scan->functions.count)};
    for (uint32_t i = 0; i < scan->functions.count; i++)
        calls.items[calls.count++] = scan->functions.items[i]->call;
    list_exprs(e, "Function Call", op, &calls);
}

/* ---- windows ---- */

static void show_window(Explain *e, const PlanWindowAggregate *op)
{
    /* The keys as targets of the window's references, their texts in place. */
    const QWindow *window = op->window;
    const uint32_t keys = window->partition_by.count + window->order_by.count;
    QTargetList targets = {.items = ARENA_ARRAY(e->arena, QTarget *, keys)};
    for (uint32_t i = 0; i < keys; i++) {
        const bool part = i < window->partition_by.count;
        const uint32_t at = part ? i : i - window->partition_by.count;
        const PlanSortKey *key = part ? op->partition_by.items[at] : op->order_by.items[at];
        QTarget *target = Q_NEW(e->arena, Target);
        target->reference = (part ? window->partition_by : window->order_by).items[at]->reference;
        target->expr = explain__resolve_over(e, op->child, key->expr);
        targets.items[targets.count++] = target;
    }
    QWindow *copy = query_copy(e->arena, window);
    copy->parent = (Str){0};
    copy->copied_order = false;
    /* PostgreSQL names the keys of a window's order without their direction. */
    for (uint32_t i = 0; i < copy->order_by.count; i++)
        copy->order_by.items[i]->reverse = copy->order_by.items[i]->nulls_first = false;
    if (op->start_offset != NULL)
        copy->start_offset = explain__resolve_over(e, op->child, op->start_offset);
    if (op->end_offset != NULL)
        copy->end_offset = explain__resolve_over(e, op->child, op->end_offset);
    StrBuilder text = str_builder(e->arena, 64);
    str_add_format(&text, "%.*s AS ", STR_ARG(explain__window_name(e, op)));
    window_deparse_over(&text, copy, &targets, &e->tables, e->names, e->prefix, &e->deparse);
    explain_text(e->out, "Window", str_done(&text));
}

/* ---- changes ---- */

static void show_conflict(Explain *e, const PlanModifyTable *op, const ExecFigures *figures)
{
    const QOnConflict *conflict = op->on_conflict;
    if (conflict == NULL) return;
    explain_text(e->out, "Conflict Resolution",
                 conflict->action == Q_CONFLICT_UPDATE ? STR("UPDATE") : STR("NOTHING"));
    Str *names = ARENA_ARRAY(e->arena, Str, conflict->indexes.count);
    for (uint32_t i = 0; i < conflict->indexes.count; i++) {
        const CatRelation *index = cat_relation(e->options->view, (Oid)conflict->indexes.items[i]);
        names[i] = index != NULL ? index->name : STR("?");
    }
    if (conflict->indexes.count > 0)
        explain_list(e->out, "Conflict Arbiter Indexes", names, conflict->indexes.count);
    e->in_conflict = true;
    if (conflict->where != NULL)
        explain_text(e->out, "Conflict Filter",
                     explain__text(e, (const PlanOp *)op, conflict->where, e->prefix));
    e->in_conflict = false;
    if (!e->options->analyze || figures == NULL) return;
    show_removed(e, "Rows Removed by Conflict Filter", conflict->where != NULL, figures->removed,
                 figures);
    explain_float(e->out, "Tuples Inserted", (double)figures->inserted, 0, NULL);
    explain_float(e->out, "Conflicting Tuples", (double)figures->conflicting, 0, NULL);
}

/* What MERGE did with the rows that it looked at. */
static void show_merged(Explain *e, const ExecFigures *figures)
{
    const uint64_t done = figures->inserted + figures->updated + figures->deleted;
    const uint64_t skipped = figures->considered > done ? figures->considered - done : 0;
    const struct {
        const char *word, *label;
        uint64_t rows;
    } parts[] = {{"inserted", "Tuples Inserted", figures->inserted},
                 {"updated", "Tuples Updated", figures->updated},
                 {"deleted", "Tuples Deleted", figures->deleted},
                 {"skipped", "Tuples Skipped", skipped}};
    StrBuilder text = str_builder(e->arena, 64);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (!explain_is_text(e->out))
            explain_float(e->out, parts[i].label, (double)parts[i].rows, 0, NULL);
        else if (parts[i].rows > 0)
            str_add_format(&text, "%s%s=%" PRIu64, text.bytes > 0 ? " " : "", parts[i].word,
                           parts[i].rows);
    }
    if (text.bytes > 0) explain_text(e->out, "Tuples", str_done(&text));
}

static void show_change(Explain *e, const PlanModifyTable *op, const ExecFigures *figures)
{
    show_conflict(e, op, figures);
    if (op->command == Q_COMMAND_MERGE && e->options->analyze && figures != NULL)
        show_merged(e, figures);
}

void explain_buffers(ExplainOut *out, const TaskUsage *usage)
{
    const uint64_t hit = usage->pages_hit, read = usage->pages_read;
    if (!explain_is_text(out)) {
        explain_integer(out, "Shared Hit Blocks", (int64_t)hit, NULL);
        explain_integer(out, "Shared Read Blocks", (int64_t)read, NULL);
        return;
    }
    if (hit + read == 0) return;
    StrBuilder text = str_builder(out->text.arena, 32);
    str_add(&text, STR("shared"));
    if (hit > 0) str_add_format(&text, " hit=%" PRIu64, hit);
    if (read > 0) str_add_format(&text, " read=%" PRIu64, read);
    explain_text(out, "Buffers", str_done(&text));
}

/* Records hold no images of pages, and whoever finds the log's buffers full waits before it has a record. */
static void show_wal(ExplainOut *out, const TaskUsage *usage)
{
    if (!explain_is_text(out)) {
        explain_integer(out, "WAL Records", (int64_t)usage->wal_records, NULL);
        explain_integer(out, "WAL FPI", 0, NULL);
        explain_integer(out, "WAL Bytes", (int64_t)usage->wal_bytes, NULL);
        explain_integer(out, "WAL Buffers Full", 0, NULL);
        return;
    }
    if (usage->wal_records == 0) return;
    explain_text(out, "WAL",
                 str_format(out->text.arena, "records=%" PRIu64 " bytes=%" PRIu64,
                            usage->wal_records, usage->wal_bytes));
}

static void show_workers(Explain *e, const PlanGather *op, const ExecFigures *figures)
{
    explain_integer(e->out, "Workers Planned", op->workers, NULL);
    if (e->options->analyze)
        explain_integer(e->out, "Workers Launched", figures != NULL ? figures->workers : 0, NULL);
    if (op->single_copy || !explain_is_text(e->out))
        explain_bool(e->out, "Single Copy", op->single_copy);
}

void explain__sort_method(Explain *e, const ExecFigures *figures, bool behind)
{
    if (figures == NULL || figures->loops == 0) return;
    const bool disk = figures->disk_bytes > 0;
    const char *method = disk                   ? "external merge"
                         : figures->keeps_first ? "top-N heapsort"
                                                : "quicksort";
    const char *space = disk ? "Disk" : "Memory";
    const uint64_t bytes = disk ? figures->disk_bytes : figures->memory_bytes;
    const uint64_t kib = (bytes + 1023) / 1024;
    if (!explain_is_text(e->out)) {
        explain_text(e->out, "Sort Method", str_from(method));
        explain_integer(e->out, "Sort Space Used", (int64_t)kib, "kB");
        explain_text(e->out, "Sort Space Type", str_from(space));
        return;
    }
    if (!behind) explain_indent(e->out);
    str_add_format(&e->out->text, "Sort Method: %s  %s: %" PRIu64 "kB\n", method, space, kib);
}

/* Below a Gather what the session's task has done; the workers' come behind. */
static const ExecFigures *own_figures(Explain *e, const PlanOp *op, const ExecFigures *figures)
{
    const ExecFigures **tasks;
    if (e->exec == NULL || e->hides_workers) return figures;
    return exec__shared_figures(e->exec, op->id, e->arena, &tasks) > 0 ? tasks[0] : figures;
}

static void properties(Explain *e, const PlanOp *op, const ExecFigures *figures)
{
    show_outputs(e, op);
    switch (op->kind) {
    case PLAN_TABLE_SCAN:
        show_sample(e, op, PLAN_AS(TableScan, op)->sample);
        show_filter(e, op, &PLAN_AS(TableScan, op)->pushed, e->options->verbose, figures);
        return;
    case PLAN_INDEX_SCAN:
        show_condition(e, "Index Cond", op, &PLAN_AS(IndexScan, op)->original, NULL,
                       e->options->verbose);
        show_filter(e, op, NULL, e->options->verbose, figures);
        if (e->options->analyze && figures != NULL)
            explain_integer(e->out, "Index Searches", (int64_t)figures->searches, NULL);
        return;
    case PLAN_ROW_ID_SCAN:
        show_row_ids(e, op);
        show_filter(e, op, NULL, e->options->verbose, figures);
        return;
    case PLAN_FUNCTION_SCAN:
        show_function_calls(e, op);
        show_filter(e, op, NULL, e->options->verbose, figures);
        return;
    case PLAN_TABLE_FUNCTION_SCAN:
        if (e->options->verbose)
            explain_text(e->out, "Table Function Call",
                         explain__text(e, op, &PLAN_AS(TableFunctionScan, op)->call->base,
                                       e->many));
        show_filter(e, op, NULL, e->options->verbose, figures);
        return;
    case PLAN_VALUES_SCAN:
    case PLAN_CTE_SCAN:
    case PLAN_WORK_TABLE_SCAN: show_filter(e, op, NULL, e->options->verbose, figures); return;
    case PLAN_RESULT:
        show_condition(e, "One-Time Filter", op, &op->conditions, NULL, e->prefix);
        return;
    case PLAN_NESTED_LOOP:
    case PLAN_HASH_JOIN:
    case PLAN_MERGE_JOIN: show_join(e, op, figures); return;
    case PLAN_SORT:
        show_sort_keys(e, "Sort Key", PLAN_AS(Sort, op)->child, &PLAN_AS(Sort, op)->keys);
        if (e->options->analyze) explain__sort_method(e, own_figures(e, op, figures), false);
        break;
    case PLAN_AGGREGATE: show_group_keys(e, PLAN_AS(Aggregate, op)); break;
    case PLAN_GATHER: show_workers(e, PLAN_AS(Gather, op), figures); break;
    case PLAN_WINDOW_AGGREGATE: show_window(e, PLAN_AS(WindowAggregate, op)); break;
    case PLAN_MODIFY_TABLE: show_change(e, PLAN_AS(ModifyTable, op), figures); break;
    default: break;
    }
    show_filter(e, op, NULL, e->prefix, figures);
}

void explain__properties(Explain *e, const PlanOp *op, const ExecFigures *figures)
{
    properties(e, op, figures);
    if (figures != NULL) explain__usage(e, &figures->usage);
}

void explain__usage(Explain *e, const TaskUsage *usage)
{
    if (e->options->buffers) explain_buffers(e->out, usage);
    if (e->options->wal) show_wal(e->out, usage);
}
