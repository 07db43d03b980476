/* SPDX-License-Identifier: Apache-2.0 */
/* updatable_functions.c - which of INSERT, UPDATE and DELETE a relation takes: tables all; views by their rules and
 * triggers, or as the tables that they show. */
#include "bind/bind_internal.h"

#include "catalog/datums.h"

/* Bits of pg_relation_is_updatable: one an event of rules. */
enum { CAN_UPDATE = 1 << 2, CAN_INSERT = 1 << 3, CAN_DELETE = 1 << 4 };

/* Events that an unconditional INSTEAD rule takes: ev_type 2 UPDATE, 3 INSERT, 4 DELETE. */
static int32_t events_of_rules(CatalogView *view, Oid relation)
{
    int32_t events = 0;
    const Datum key = datum_oid(relation);
    CatScan *scan = cat_scan_open(view, PG_REWRITE, PG_REWRITE_REL_RULENAME_INDEX, &key, 1);
    for (CatRow row; cat_scan_next(scan, &row);) {
        const int16_t event = row.values[PG_REWRITE_EV_TYPE].value.i16 - '0';
        if (row.values[PG_REWRITE_IS_INSTEAD].value.b && event >= 2 && event <= 4)
            events |= 1 << event;
    }
    cat_scan_close(scan);
    return events;
}

/* tgtype: 1 a row, 4 INSERT, 8 DELETE, 16 UPDATE, 64 INSTEAD. */
static int32_t events_of_triggers(CatalogView *view, Oid relation)
{
    enum { INSTEAD_OF_ROW = 65 };
    int32_t events = 0;
    const Datum key = datum_oid(relation);
    CatScan *scan = cat_scan_open(view, PG_TRIGGER, PG_TRIGGER_TGRELID_TGNAME_INDEX, &key, 1);
    for (CatRow row; cat_scan_next(scan, &row);) {
        const int16_t type = row.values[PG_TRIGGER_TGTYPE].value.i16;
        if ((type & INSTEAD_OF_ROW) != INSTEAD_OF_ROW) continue;
        if (type & 4) events |= CAN_INSERT;
        if (type & 8) events |= CAN_DELETE;
        if (type & 16) events |= CAN_UPDATE;
    }
    cat_scan_close(scan);
    return events;
}

static int32_t events_of(Fn *fn, Oid relation, bool with_triggers, const NodeI32s *columns);

/* A plain view: those of its base, where one of the asked columns (NULL: any) is a column of it. */
static int32_t events_of_view(Fn *fn, const CatRelation *relation, bool with_triggers,
                              const NodeI32s *columns)
{
    const QQuery *query = relation->view_query ? Q_AS(Query, bind_stored(relation->view_query))
                                               : NULL;
    if (!query || bind__why_not_plain(query)) return 0;
    const NodeI32s shown = bind__columns_of_base(fn->arena, query, columns);
    const int32_t events = shown.count ? CAN_UPDATE | CAN_INSERT | CAN_DELETE : CAN_DELETE;
    return events & events_of(fn, bind__base_relation(query), with_triggers, &shown);
}

static int32_t events_of(Fn *fn, Oid oid, bool with_triggers, const NodeI32s *columns)
{
    CatalogView *view = fn->env->calls_arg;
    const int32_t all = CAN_UPDATE | CAN_INSERT | CAN_DELETE;
    const CatRelation *relation = cat_relation(view, oid);
    task_check_stack();
    if (!relation) return 0;
    if (relation->kind == 'r' || relation->kind == 'p') return all;
    if (relation->kind != 'v') return 0;
    int32_t events = events_of_rules(view, oid);
    if (with_triggers) events |= events_of_triggers(view, oid);
    if (events == all) return events;
    return events | events_of_view(fn, relation, with_triggers, columns);
}

static int32_t relation_is_updatable(Fn *fn, Oid relation, bool with_triggers)
{
    return events_of(fn, relation, with_triggers, NULL);
}
SQL_FUNCTION(3842, "pg_relation_is_updatable", int4, (regclass, bool), STABLE | STRICT,
             relation_is_updatable, "which of UPDATE, INSERT and DELETE a relation takes, as bits")
SQL_FACTS(3842, .cost = 10)

static bool column_is_updatable(Fn *fn, Oid relation, int16_t column, bool with_triggers)
{
    const int32_t both = CAN_UPDATE | CAN_DELETE;
    int32_t number = column;
    const NodeI32s asked = {&number, 1};
    return column > 0 && (events_of(fn, relation, with_triggers, &asked) & both) == both;
}
SQL_FUNCTION(3843, "pg_column_is_updatable", bool, (regclass, int2, bool), STABLE | STRICT,
             column_is_updatable, "can the column be updated")
SQL_FACTS(3843, .cost = 10)
