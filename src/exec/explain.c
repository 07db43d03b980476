/* SPDX-License-Identifier: Apache-2.0 */
/* explain.c - the tree of a plan: a node's line, its figures, its children; properties are explain_node.c's.
 *
 * Two nodes of PostgreSQL's have no operator here and are shown all the same, since plan readers expect them: the Hash
 * on the inner side of a hash join. */
#include "exec/explain.h"

#include "exec/explain_internal.h"

static void show(Explain *e, const PlanOp *op, const char *relationship, Str plan_name);

/* ---- the names of nodes ---- */

typedef struct Title {
    const char *node;      /* "Node Type" */
    const char *text;      /* as text says it, where that differs */
    const char *strategy;  /* with "Partial Mode" */
    const char *operation; /* ModifyTable */
    const char *join;      /* "Join Type" */
} Title;

static const char *const join_names[] = {
    [Q_JOIN_INNER] = "Inner",          [Q_JOIN_LEFT] = "Left", [Q_JOIN_FULL] = "Full",
    [Q_JOIN_RIGHT] = "Right",          [Q_JOIN_SEMI] = "Semi", [Q_JOIN_ANTI] = "Anti",
    [Q_JOIN_SINGLE] = "Single",        [Q_JOIN_MARK] = "Mark", [Q_JOIN_RIGHT_SEMI] = "Right Semi",
    [Q_JOIN_RIGHT_ANTI] = "Right Anti"};

static const char *const split_names[] = {[PLAN_SPLIT_NONE] = "Simple",
                                          [PLAN_SPLIT_PARTIAL] = "Partial",
                                          [PLAN_SPLIT_FINAL] = "Finalize"};

static Title aggregate_title(const PlanAggregate *op)
{
    static const Title titles[] = {[PLAN_AGGREGATE_PLAIN] = {.node = "Aggregate",
                                                             .text = "Aggregate",
                                                             .strategy = "Plain"},
                                   [PLAN_AGGREGATE_SORTED] = {.node = "Aggregate",
                                                              .text = "GroupAggregate",
                                                              .strategy = "Sorted"},
                                   [PLAN_AGGREGATE_HASHED] = {.node = "Aggregate",
                                                              .text = "HashAggregate",
                                                              .strategy = "Hashed"},
                                   [PLAN_AGGREGATE_MIXED] = {.node = "Aggregate",
                                                             .text = "MixedAggregate",
                                                             .strategy = "Mixed"}};
    return titles[op->strategy];
}

static Title modify_title(const PlanModifyTable *op)
{
    switch (op->command) {
    case Q_COMMAND_INSERT:
        return (Title){.node = "ModifyTable", .text = "Insert", .operation = "Insert"};
    case Q_COMMAND_UPDATE:
        return (Title){.node = "ModifyTable", .text = "Update", .operation = "Update"};
    case Q_COMMAND_DELETE:
        return (Title){.node = "ModifyTable", .text = "Delete", .operation = "Delete"};
    case Q_COMMAND_MERGE:
        return (Title){.node = "ModifyTable", .text = "Merge", .operation = "Merge"};
    case Q_COMMAND_SELECT:
    case Q_COMMAND_UTILITY: break;
    }
    return (Title){.node = "ModifyTable"};
}

static Title index_title(const PlanIndexScan *op)
{
    if (op->index_only)
        return (Title){.node = "Index Only Scan",
                       .text = op->backward ? "Index Only Scan Backward" : NULL};
    return (Title){.node = "Index Scan", .text = op->backward ? "Index Scan Backward" : NULL};
}

static Title title_of(const PlanOp *op)
{
    switch (op->kind) {
    case PLAN_TABLE_SCAN:
        return (Title){.node = PLAN_AS(TableScan, op)->sample != NULL ? "Sample Scan" : "Seq Scan"};
    case PLAN_INDEX_SCAN: return index_title(PLAN_AS(IndexScan, op));
    case PLAN_BITMAP_SCAN: return (Title){.node = "Bitmap Heap Scan"};
    case PLAN_BITMAP_INDEX: return (Title){.node = "Bitmap Index Scan"};
    case PLAN_BITMAP_COMBINE:
        return (Title){.node = PLAN_AS(BitmapCombine, op)->is_or ? "BitmapOr" : "BitmapAnd"};
    case PLAN_ROW_ID_SCAN: return (Title){.node = "Tid Scan"};
    case PLAN_FUNCTION_SCAN: return (Title){.node = "Function Scan"};
    case PLAN_VALUES_SCAN: return (Title){.node = "Values Scan"};
    case PLAN_CTE_SCAN: return (Title){.node = "CTE Scan"};
    case PLAN_WORK_TABLE_SCAN: return (Title){.node = "WorkTable Scan"};
    case PLAN_SUBQUERY_SCAN: return (Title){.node = "Subquery Scan"};
    case PLAN_TABLE_FUNCTION_SCAN: return (Title){.node = "Table Function Scan"};
    case PLAN_PROJECT_SET: return (Title){.node = "ProjectSet"};
    case PLAN_SORT: return (Title){.node = "Sort"};
    case PLAN_LIMIT: return (Title){.node = "Limit"};
    case PLAN_UNIQUE: return (Title){.node = "Unique"};
    case PLAN_MATERIALIZE: return (Title){.node = "Materialize"};
    case PLAN_MEMOIZE: return (Title){.node = "Memoize"};
    case PLAN_LOCK_ROWS: return (Title){.node = "LockRows"};
    case PLAN_AGGREGATE: return aggregate_title(PLAN_AS(Aggregate, op));
    case PLAN_WINDOW_AGGREGATE: return (Title){.node = "WindowAgg"};
    case PLAN_NESTED_LOOP:
        return (Title){.node = "Nested Loop", .join = join_names[((const PlanJoinOp *)op)->join]};
    case PLAN_HASH_JOIN:
        return (Title){.node = "Hash Join",
                       .text = "Hash",
                       .join = join_names[((const PlanJoinOp *)op)->join]};
    case PLAN_MERGE_JOIN:
        return (Title){.node = "Merge Join",
                       .text = "Merge",
                       .join = join_names[((const PlanJoinOp *)op)->join]};
    case PLAN_APPEND: return (Title){.node = "Append"};
    case PLAN_MERGE_APPEND: return (Title){.node = "Merge Append"};
    case PLAN_SET_OP:
        return PLAN_AS(SetOp, op)->hashed
                   ? (Title){.node = "SetOp", .text = "HashSetOp", .strategy = "Hashed"}
                   : (Title){.node = "SetOp", .text = "SetOp", .strategy = "Sorted"};
    case PLAN_RECURSIVE_UNION: return (Title){.node = "Recursive Union"};
    case PLAN_GATHER:
        return (Title){.node = PLAN_AS(Gather, op)->keys.count > 0 ? "Gather Merge" : "Gather"};
    case PLAN_MODIFY_TABLE: return modify_title(PLAN_AS(ModifyTable, op));
    default: return (Title){.node = "Result"};
    }
}

/* ---- what a node reads ---- */

static void add(Explain *e, const char *text)
{
    str_add_zero_terminated(&e->out->text, text);
}

static void add_name(Explain *e, Str name)
{
    parse_quote_identifier(&e->out->text, name);
}

/* A stored table with its alias. */
static void show_relation(Explain *e, Oid oid, uint32_t table)
{
    const CatRelation *relation = cat_relation(e->options->view, oid);
    const CatNamespace *schema = relation == NULL
                                     ? NULL
                                     : cat_namespace(e->options->view, relation->namespace_);
    Str name = relation != NULL ? relation->name : STR("?");
    Str alias = e->names[table - 1];
    if (!explain_is_text(e->out)) {
        explain_text(e->out, "Relation Name", name);
        if (e->options->verbose && schema != NULL) explain_text(e->out, "Schema", schema->name);
        explain_text(e->out, "Alias", alias);
        return;
    }
    add(e, " on ");
    if (e->options->verbose && schema != NULL) {
        add_name(e, schema->name);
        add(e, ".");
    }
    add_name(e, name);
    if (str_equal(name, alias)) return;
    add(e, " ");
    add_name(e, alias);
}

/* Something else with a name (NULL: it has only its alias). */
static void show_named(Explain *e, const char *label, Str name, uint32_t table)
{
    Str alias = e->names[table - 1];
    if (!explain_is_text(e->out)) {
        if (name.data != NULL) explain_text(e->out, label, name);
        explain_text(e->out, "Alias", alias);
        return;
    }
    add(e, " on ");
    if (name.data != NULL) add_name(e, name);
    if (name.data != NULL && str_equal(name, alias)) return;
    if (name.data != NULL) add(e, " ");
    add_name(e, alias);
}

static void show_function(Explain *e, const PlanFunctionScan *scan)
{
    const QFuncCall *call = scan->functions.count == 1
                                ? Q_IF(FuncCall, scan->functions.items[0]->call)
                                : NULL;
    const CatFunction *function = call == NULL ? NULL
                                               : cat_function(e->options->view, call->function);
    if (function != NULL && e->options->verbose && explain_is_text(e->out)) {
        const CatNamespace *schema = cat_namespace(e->options->view, function->namespace_);
        add(e, " on ");
        if (schema != NULL) add_name(e, schema->name);
        add(e, ".");
        add_name(e, function->name);
        if (str_equal(function->name, e->names[scan->table - 1])) return;
        add(e, " ");
        add_name(e, e->names[scan->table - 1]);
        return;
    }
    show_named(e, "Function Name", function != NULL ? function->name : (Str){0}, scan->table);
}

static void show_source(Explain *e, const PlanOp *op)
{
    switch (op->kind) {
    case PLAN_INDEX_SCAN: {
        const PlanIndexScan *scan = PLAN_AS(IndexScan, op);
        const CatRelation *index = cat_relation(e->options->view, scan->index);
        Str name = index != NULL ? index->name : STR("?");
        if (explain_is_text(e->out)) {
            add(e, " using ");
            add_name(e, name);
        } else {
            explain_text(e->out, "Scan Direction",
                         scan->backward ? STR("Backward") : STR("Forward"));
            explain_text(e->out, "Index Name", name);
        }
        show_relation(e, ((const PlanScan *)op)->relation, ((const PlanScan *)op)->table);
        return;
    }
    case PLAN_TABLE_SCAN:
    case PLAN_BITMAP_SCAN:
    case PLAN_ROW_ID_SCAN:
        show_relation(e, ((const PlanScan *)op)->relation, ((const PlanScan *)op)->table);
        return;
    case PLAN_MODIFY_TABLE:
        show_relation(e, PLAN_AS(ModifyTable, op)->relation, PLAN_AS(ModifyTable, op)->table);
        return;
    case PLAN_FUNCTION_SCAN: show_function(e, PLAN_AS(FunctionScan, op)); return;
    case PLAN_TABLE_FUNCTION_SCAN:
        show_named(e, "Table Function Name", STR("json_table"),
                   PLAN_AS(TableFunctionScan, op)->table);
        return;
    case PLAN_VALUES_SCAN: show_named(e, "", (Str){0}, PLAN_AS(ValuesScan, op)->table); return;
    case PLAN_SUBQUERY_SCAN: show_named(e, "", (Str){0}, PLAN_AS(SubqueryScan, op)->table); return;
    case PLAN_CTE_SCAN:
        show_named(e, "CTE Name", PLAN_AS(CteScan, op)->name, PLAN_AS(CteScan, op)->table);
        return;
    case PLAN_WORK_TABLE_SCAN:
        show_named(e, "CTE Name", PLAN_AS(WorkTableScan, op)->name,
                   PLAN_AS(WorkTableScan, op)->table);
        return;
    default: return;
    }
}

/* ---- the line of a node ---- */

static void show_costs(Explain *e, const PlanOp *op)
{
    const double rows = op->rows < 1 ? 1 : __builtin_rint(op->rows);
    if (!e->options->costs) return;
    if (explain_is_text(e->out)) {
        str_add_format(&e->out->text, "  (cost=%.2f..%.2f rows=%.0f width=%d)", op->startup_cost,
                       op->total_cost, rows, op->width);
        return;
    }
    explain_float(e->out, "Startup Cost", op->startup_cost, 2, NULL);
    explain_float(e->out, "Total Cost", op->total_cost, 2, NULL);
    explain_float(e->out, "Plan Rows", rows, 0, NULL);
    explain_integer(e->out, "Plan Width", op->width, NULL);
}

static void show_actual(Explain *e, const ExecFigures *figures)
{
    const bool ran = figures != NULL && figures->loops > 0;
    const double loops = ran ? (double)figures->loops : 1;
    const double first = ran ? (double)figures->first_ns / loops / 1e6 : 0;
    const double total = ran ? (double)figures->total_ns / loops / 1e6 : 0;
    const double rows = ran ? (double)figures->rows / loops : 0;
    if (explain_is_text(e->out)) {
        add(e, "actual");
        if (e->options->timing) str_add_format(&e->out->text, " time=%.3f..%.3f", first, total);
        str_add_format(&e->out->text, " rows=%.2f loops=%.0f", rows, loops);
        return;
    }
    if (e->options->timing) {
        explain_float(e->out, "Actual Startup Time", first, 3, NULL);
        explain_float(e->out, "Actual Total Time", total, 3, NULL);
    }
    explain_float(e->out, "Actual Rows", rows, 2, NULL);
    explain_float(e->out, "Actual Loops", ran ? loops : 0, 0, NULL);
}

static void show_figures(Explain *e, const ExecFigures *figures)
{
    if (!e->options->analyze) return;
    if (!explain_is_text(e->out)) {
        show_actual(e, figures);
    } else if (figures == NULL || figures->loops == 0) {
        add(e, " (never executed)");
    } else {
        add(e, " (");
        show_actual(e, figures);
        add(e, ")");
    }
}

static void show_worker(Explain *e, const PlanOp *op, uint32_t number, const ExecFigures *figures)
{
    ExplainOut *out = e->out;
    const bool text = explain_is_text(out), verbose = e->options->verbose;
    explain_open(out, "Worker", NULL, false);
    if (text) {
        explain_indent(out);
        str_add_format(&out->text, "Worker %u:  ", number);
    } else {
        explain_integer(out, "Worker Number", number, NULL);
    }
    if (verbose) show_actual(e, figures);
    if (verbose && text) add(e, "\n");
    out->indent += text;
    if (op->kind == PLAN_SORT) explain__sort_method(e, figures, text && !verbose);
    if (verbose) explain__usage(e, &figures->usage);
    out->indent -= text;
    explain_close(out, "Worker", false);
}

/* What each worker of the Gather above has done of the node. */
static void show_workers(Explain *e, const PlanOp *op)
{
    const ExecFigures **tasks;
    bool any = false;
    if (!e->options->analyze || e->hides_workers) return;
    if (!e->options->verbose && op->kind != PLAN_SORT) return;
    const uint32_t count = exec__shared_figures(e->exec, op->id, e->arena, &tasks);
    for (uint32_t i = 1; i < count; i++) {
        if (tasks[i] == NULL || tasks[i]->loops == 0) continue;
        if (!any) explain_open(e->out, "Workers", "Workers", true);
        any = true;
        show_worker(e, op, i - 1, tasks[i]);
    }
    if (any) explain_close(e->out, "Workers", true);
}

static void show_title_text(Explain *e, const PlanOp *op, const Title *title)
{
    if (op->parallel) add(e, "Parallel ");
    if (op->kind == PLAN_AGGREGATE) {
        const PlanAggregateSplit split = PLAN_AS(Aggregate, op)->split;
        if (split != PLAN_SPLIT_NONE) add(e, split == PLAN_SPLIT_FINAL ? "Finalize " : "Partial ");
    }
    add(e, title->text != NULL ? title->text : title->node);
    if (title->join != NULL) {
        const bool plain = strcmp(title->join, "Inner") == 0;
        if (!plain) str_add_format(&e->out->text, " %s", title->join);
        if (title->text != NULL || !plain) add(e, " Join");
    }
    if (op->kind == PLAN_SET_OP) {
        const PlanSetOp *set = PLAN_AS(SetOp, op);
        add(e, set->op == Q_SETOP_INTERSECT ? " Intersect" : " Except");
        if (set->all) add(e, " All");
    }
}

static void show_title(Explain *e, const PlanOp *op, const char *relationship, Str plan_name)
{
    const Title title = title_of(op);
    ExplainOut *out = e->out;
    if (explain_is_text(out)) {
        show_title_text(e, op, &title);
        show_source(e, op);
        return;
    }
    explain_text(out, "Node Type", str_from(title.node));
    if (title.strategy != NULL) explain_text(out, "Strategy", str_from(title.strategy));
    if (op->kind == PLAN_AGGREGATE)
        explain_text(out, "Partial Mode", str_from(split_names[PLAN_AS(Aggregate, op)->split]));
    if (title.operation != NULL) explain_text(out, "Operation", str_from(title.operation));
    if (relationship != NULL) explain_text(out, "Parent Relationship", str_from(relationship));
    if (plan_name.data != NULL) explain_text(out, "Subplan Name", plan_name);
    explain_bool(out, "Parallel Aware", op->parallel);
    explain_bool(out, "Async Capable", false);
    show_source(e, op);
    if (title.join != NULL) explain_text(out, "Join Type", str_from(title.join));
    if (op->kind == PLAN_SET_OP) {
        const PlanSetOp *set = PLAN_AS(SetOp, op);
        Str name = set->op == Q_SETOP_INTERSECT ? STR("Intersect") : STR("Except");
        explain_text(out, "Command",
                     set->all ? str_format(e->arena, "%.*s All", STR_ARG(name)) : name);
    }
}

/* ---- the tree ---- */

/* In text the indentation of a node's properties and children; gives back what it was. */
static int32_t enter(Explain *e, Str plan_name)
{
    ExplainOut *out = e->out;
    const int32_t before = out->indent;
    if (!explain_is_text(out)) return before;
    if (plan_name.data != NULL) {
        explain_indent(out);
        str_add(&out->text, plan_name);
        add(e, "\n");
        out->indent++;
    }
    if (out->indent > 0) {
        explain_indent(out);
        add(e, "->  ");
        out->indent += 2;
    }
    return before;
}

static void leave(Explain *e, int32_t before)
{
    if (explain_is_text(e->out)) e->out->indent = before;
    explain_close(e->out, "Plan", false);
}

static void end_line(Explain *e, const PlanOp *op, const ExecFigures *figures)
{
    show_costs(e, op);
    show_figures(e, figures);
    if (explain_is_text(e->out)) {
        add(e, "\n");
        e->out->indent++;
    } else {
        explain_bool(e->out, "Disabled", op->total_cost >= 1e9);
    }
}

static void show_children_begin(Explain *e)
{
    explain_open(e->out, "Plans", "Plans", true);
}

/* The Hash that PostgreSQL has below a hash join. */
static void show_hash(Explain *e, const PlanOp *inner, bool parallel)
{
    explain_open(e->out, "Plan", NULL, false);
    const int32_t before = enter(e, (Str){0});
    const ExecFigures *figures = e->exec != NULL ? exec__figures(e->exec, inner->id) : NULL;
    PlanOp hash = *inner;
    hash.startup_cost = hash.total_cost;
    if (explain_is_text(e->out)) {
        add(e, parallel ? "Parallel Hash" : "Hash");
    } else {
        explain_text(e->out, "Node Type", STR("Hash"));
        explain_text(e->out, "Parent Relationship", STR("Inner"));
        explain_bool(e->out, "Parallel Aware", parallel);
        explain_bool(e->out, "Async Capable", false);
    }
    end_line(e, &hash, figures);
    if (e->options->verbose) {
        Str *items = ARENA_ARRAY(e->arena, Str, inner->outputs.count);
        for (uint32_t i = 0; i < inner->outputs.count; i++) {
            const QExpr *expr = explain__resolve(e, inner, inner->outputs.items[i]->expr);
            Str text = explain__expr_text(e, expr, e->many);
            items[i] = expr->kind == Q_VAR ? text : str_format(e->arena, "(%.*s)", STR_ARG(text));
        }
        if (inner->outputs.count > 0) explain_list(e->out, "Output", items, inner->outputs.count);
    }
    show_workers(e, inner);
    show_children_begin(e);
    show(e, inner, "Outer", (Str){0});
    explain_close(e->out, "Plans", true);
    leave(e, before);
}

static void show_child(Explain *e, const PlanOp *op, uint32_t i)
{
    const PlanOp *child = explain__child(op, i);
    switch (op->kind) {
    case PLAN_HASH_JOIN:
        if (i == 1) {
            show_hash(e, child, op->parallel);
            return;
        }
        break;
    case PLAN_APPEND:
    case PLAN_MERGE_APPEND: show(e, child, "Member", (Str){0}); return;
    case PLAN_SUBQUERY_SCAN: show(e, child, "Subquery", (Str){0}); return;
    default: break;
    }
    show(e, child, i == 0 ? "Outer" : "Inner", (Str){0});
}

/* Sub-plans that the operator's expressions call for each row. */
typedef struct Calls {
    const PlanPlan *plan;
    int32_t *numbers;
    const QSubPlanCall **calls;
    const PlanOp **over; /* whose rows the call's arguments are of; NULL: the operator's own */
    const PlanOp *child; /* of what is gathered now */
    uint32_t count;
} Calls;

static bool gather_calls(void *arg, void *child)
{
    Calls *calls = arg;
    task_check_stack();
    if (child == NULL) return false;
    const QSubPlanCall *call = Q_IF(SubPlanCall, (QNode *)child);
    if (call != NULL && !calls->plan->subplans.items[call->plan - 1]->is_init) {
        bool known = false;
        for (uint32_t i = 0; i < calls->count; i++) known |= calls->numbers[i] == call->plan;
        if (!known) {
            calls->calls[calls->count] = call;
            calls->over[calls->count] = calls->child;
            calls->numbers[calls->count++] = call->plan;
        }
    }
    return query_walk(child, gather_calls, arg);
}

static void gather_list(Calls *calls, const QExprList *list)
{
    for (uint32_t i = 0; i < list->count; i++) (void)gather_calls(calls, list->items[i]);
}

/* The node's own expressions, not its children's. */
static void gather_of_op(Calls *calls, const PlanOp *op)
{
    for (uint32_t i = 0; i < op->outputs.count; i++)
        (void)gather_calls(calls, op->outputs.items[i]->expr);
    gather_list(calls, &op->conditions);
    switch (op->kind) {
    case PLAN_TABLE_SCAN: gather_list(calls, &PLAN_AS(TableScan, op)->pushed); return;
    case PLAN_INDEX_SCAN: gather_list(calls, &PLAN_AS(IndexScan, op)->original); return;
    case PLAN_NESTED_LOOP:
    case PLAN_MERGE_JOIN:
    case PLAN_HASH_JOIN: gather_list(calls, &((const PlanJoinOp *)op)->join_conditions); return;
    case PLAN_AGGREGATE: {
        const PlanAggregate *aggregate = PLAN_AS(Aggregate, op);
        calls->child = aggregate->child;
        for (uint32_t i = 0; i < aggregate->aggregates.count; i++)
            (void)gather_calls(calls, aggregate->aggregates.items[i]);
        for (uint32_t i = 0; i < aggregate->keys.count; i++)
            (void)gather_calls(calls, aggregate->keys.items[i]->expr);
        return;
    }
    case PLAN_WINDOW_AGGREGATE: {
        const PlanWindowAggregate *window = PLAN_AS(WindowAggregate, op);
        calls->child = window->child;
        for (uint32_t i = 0; i < window->calls.count; i++)
            (void)gather_calls(calls, window->calls.items[i]);
        return;
    }
    case PLAN_VALUES_SCAN: {
        const QValuesRowList *rows = &PLAN_AS(ValuesScan, op)->value_rows;
        for (uint32_t i = 0; i < rows->count; i++) gather_list(calls, &rows->items[i]->items);
        return;
    }
    default: return;
    }
}

static void show_subplans(Explain *e, const NodeI32s *numbers, bool init)
{
    for (uint32_t i = 0; i < numbers->count; i++) {
        const PlanSubPlan *plan = e->plan->subplans.items[numbers->items[i] - 1];
        const char *kind = init ? "InitPlan" : "SubPlan";
        Str name = plan->cte.data != NULL ? str_format(e->arena, "CTE %.*s", STR_ARG(plan->cte))
                                          : str_format(e->arena, "%s %d", kind, numbers->items[i]);
        show(e, plan->root, kind, name);
    }
}

static void show(Explain *e, const PlanOp *op, const char *relationship, Str plan_name)
{
    task_check_stack();
    if (op->kind == PLAN_GATHER && PLAN_AS(Gather, op)->hidden) {
        const bool hid = e->hides_workers;
        e->hides_workers = true;
        show(e, PLAN_AS(Gather, op)->child, relationship, plan_name);
        e->hides_workers = hid;
        return;
    }
    const ExecFigures *figures = e->exec != NULL ? exec__figures(e->exec, op->id) : NULL;
    explain_open(e->out, "Plan", relationship == NULL ? "Plan" : NULL, false);
    const int32_t before = enter(e, plan_name);
    show_title(e, op, relationship, plan_name);
    end_line(e, op, figures);
    explain__properties(e, op, figures);
    show_workers(e, op);
    if (op->kind == PLAN_NESTED_LOOP) explain__set_params(e, PLAN_AS(NestedLoop, op));

    const uint32_t subplans = e->plan->subplans.count;
    Calls calls = {.plan = e->plan,
                   .numbers = ARENA_ARRAY(e->arena, int32_t, subplans),
                   .calls = ARENA_ARRAY(e->arena, const QSubPlanCall *, subplans),
                   .over = ARENA_ARRAY(e->arena, const PlanOp *, subplans)};
    gather_of_op(&calls, op);
    for (uint32_t i = 0; i < calls.count; i++)
        explain__set_call_params(e, op, calls.over[i], calls.calls[i]);
    const uint32_t children = explain__child_count(op);
    const bool any = children + calls.count + op->init_plans.count > 0;
    if (any) show_children_begin(e);
    show_subplans(e, &op->init_plans, true);
    for (uint32_t i = 0; i < children; i++) show_child(e, op, i);
    show_subplans(e, &(NodeI32s){calls.numbers, calls.count}, false);
    if (any) explain_close(e->out, "Plans", true);
    leave(e, before);
}

void explain_plan(ExplainOut *out, const PlanPlan *plan, const Exec *exec,
                  const ExplainOptions *options)
{
    Explain e = {.out = out,
                 .arena = out->text.arena,
                 .plan = plan,
                 .exec = exec,
                 .options = options,
                 .deparse = {.view = options->view, .env = options->env}};
    /* A plan tells of rows by its estimates: who may not read them is not shown it. */
    if (exec == NULL) exec__check_privileges(plan, options->view);
    explain__name_tables(&e);
    show(&e, plan->root, NULL, (Str){0});
}
