/* SPDX-License-Identifier: Apache-2.0 */
/* sequence.c - sequences: their cell in the store, which is changed at once and never rolled back, and what a session
 * remembers of it (currval, values taken in advance).
 *
 * A cell holds the last value given out, or the one to give out first (`called` false). With CACHE n a session takes n
 * values in one change and gives them out by itself. */
#include "catalog/catalog_internal.h"

#include "base/arith.h"
#include "base/oids.h"
#include "base/settings.h"

typedef struct Sequence {
    Oid oid;
    TreeId cell;
    Str name;
    int64_t start, increment, least, most, cache;
    bool cycle;
} Sequence;

/* What the session knows of a sequence. */
typedef struct Remembered {
    TreeId cell;            /* another one: TRUNCATE or ALTER made it anew, nothing taken holds */
    int64_t last, reserved; /* given out last; the last of those taken in advance */
    int64_t increment;
    bool known; /* currval is defined */
} Remembered;

static Map *remembered(CatalogView *view)
{
    if (!view->sequences.arena)
        map_init_u32(&view->sequences, view->options.session, sizeof(Remembered));
    return &view->sequences;
}

void cat_sequences_forget(CatalogView *view)
{
    map_clear(remembered(view));
    view->last_sequence = 0;
}

static const char *plural_of(char kind)
{
    switch (kind) {
    case 'i': return "indexes";
    case 'v': return "views";
    case 'm': return "materialized views";
    case 'c': return "composite types";
    case 'f': return "foreign tables";
    case 'p': return "partitioned tables";
    case 'I': return "partitioned indexes";
    default: return "tables";
    }
}

static const CatRelation *sequence_relation(CatalogView *view, Oid oid)
{
    const CatRelation *r = cat_relation(view, oid);
    if (!r) raise_error(SQLSTATE_INTERNAL_ERROR, "could not open relation with OID %u", oid);
    if (r->kind == 'S') return r;
    Error *error = error_begin(SQLSTATE_WRONG_OBJECT_TYPE);
    error_message(error, "cannot open relation \"%.*s\"", STR_ARG(r->name));
    error_detail(error, "This operation is not supported for %s.", plural_of(r->kind));
    error_raise(error);
}

static Sequence sequence_get(CatalogView *view, Oid oid)
{
    const CatRelation *r = sequence_relation(view, oid);
    const Datum key = datum_oid(oid);
    const Datum *row = cat__row(view, PG_SEQUENCE_SEQRELID_INDEX, &key, 1, view->stmt, NULL);
    if (!row) raise_error(SQLSTATE_INTERNAL_ERROR, "cache lookup failed for sequence %u", oid);
    return (Sequence){.oid = oid,
                      .cell = r->tree,
                      .name = r->name,
                      .start = row[PG_SEQUENCE_SEQSTART].value.i64,
                      .increment = row[PG_SEQUENCE_SEQINCREMENT].value.i64,
                      .least = row[PG_SEQUENCE_SEQMIN].value.i64,
                      .most = row[PG_SEQUENCE_SEQMAX].value.i64,
                      .cache = row[PG_SEQUENCE_SEQCACHE].value.i64,
                      .cycle = row[PG_SEQUENCE_SEQCYCLE].value.b};
}

static void check_privilege(CatalogView *view, const Sequence *s, uint32_t any_of)
{
    if (cat_privileges(view, view->role, (CatObject){CLASS_PG_CLASS, s->oid, 0}, any_of)) return;
    raise_error(SQLSTATE_INSUFFICIENT_PRIVILEGE, "permission denied for sequence %.*s",
                STR_ARG(s->name));
}

/* ---- taking values */

typedef struct Take {
    const Sequence *sequence;
    int64_t first, last; /* taken */
    bool exhausted;
} Take;

/* The value after `value`; false: there is none without a cycle. */
static bool step(const Sequence *s, int64_t value, int64_t *next)
{
    const bool over = add_overflows(value, s->increment, next);
    if (s->increment > 0 ? !over && *next <= s->most : !over && *next >= s->least) return true;
    return false;
}

static bool take_values(void *arg, int64_t *value, bool *called)
{
    Take *take = arg;
    const Sequence *s = take->sequence;
    if (!*called) {
        take->first = *value;
    } else if (!step(s, *value, &take->first)) {
        take->exhausted = !s->cycle;
        if (take->exhausted) return false;
        take->first = s->increment > 0 ? s->least : s->most;
    }
    take->last = take->first;
    int64_t next;
    for (int64_t i = 1; i < s->cache && step(s, take->last, &next); i++) take->last = next;
    *value = take->last;
    *called = true;
    return true;
}

static _Noreturn void raise_exhausted(const Sequence *s)
{
    const bool up = s->increment > 0;
    raise_error(SQLSTATE_SEQUENCE_GENERATOR_LIMIT_EXCEEDED,
                "nextval: reached %s value of sequence \"%.*s\" (%" PRId64 ")",
                up ? "maximum" : "minimum", STR_ARG(s->name), up ? s->most : s->least);
}

int64_t cat_sequence_next(CatalogView *view, Oid oid, bool check)
{
    /* Who changes a sequence gives it another cell, and waits for those who draw from this one. */
    (void)cat_relation_open_oid(view, oid, LOCK_ROW_EXCLUSIVE);
    const Sequence s = sequence_get(view, oid);
    if (check) check_privilege(view, &s, PRIV_USAGE | PRIV_UPDATE);
    Remembered *r = map_put(remembered(view), &oid, NULL);
    view->last_sequence = oid;
    if (r->known && r->cell.v == s.cell.v && r->last != r->reserved) {
        r->last += r->increment;
        return r->last;
    }
    Take take = {.sequence = &s};
    CHECK(sequence_change(view->catalog->store, s.cell, take_values, &take));
    if (take.exhausted) raise_exhausted(&s);
    *r = (Remembered){s.cell, take.first, take.last, s.increment, true};
    return take.first;
}

typedef struct Put {
    int64_t value;
    bool called;
} Put;

static bool put_value(void *arg, int64_t *value, bool *called)
{
    const Put *put = arg;
    *value = put->value;
    *called = put->called;
    return true;
}

void cat_sequence_set(CatalogView *view, Oid oid, int64_t value, bool called)
{
    const CatRelation *r = sequence_relation(view, oid);
    Put put = {value, called};
    CHECK(sequence_change(view->catalog->store, r->tree, put_value, &put));
}

void cat_sequence_read(CatalogView *view, Oid oid, int64_t *value, bool *called)
{
    const CatRelation *r = sequence_relation(view, oid);
    CHECK(sequence_read(view->catalog->store, r->tree, value, called));
}

/* A new cell, the old one's until the transaction commits: ALTER SEQUENCE, TRUNCATE ... RESTART IDENTITY. */
void cat_sequence_replace(CatalogView *view, Oid oid, int64_t value, bool called)
{
    const CatRelation *r = sequence_relation(view, oid);
    const TreeId old = r->tree;
    TreeId cell;
    CHECK(
        sequence_create(view->catalog->store, cat__space_for(view, r->persistence), value, &cell));
    Put put = {value, called};
    if (called) CHECK(sequence_change(view->catalog->store, cell, put_value, &put));
    RowId id;
    const Datum key = datum_oid(oid);
    Datum *row = (Datum *)cat__row(view, PG_CLASS_OID_INDEX, &key, 1, view->stmt, &id);
    if (!row) raise_error(SQLSTATE_INTERNAL_ERROR, "cache lookup failed for relation %u", oid);
    cat__class_row_set_tree(row, cell);
    cat_update(view, PG_CLASS, id, row);
    cat_drop_storage(view, old, 'S');
}

/* ---- the functions */

static void check_writable(Fn *fn, Oid oid, const char *what)
{
    const Settings *settings = fn->env->settings; /* NULL: without a session */
    if (settings == NULL || !settings->transaction_read_only) return;
    const CatRelation *relation = cat_relation(fn_view(fn), oid);
    if (relation && relation->kind == 'S' && relation->persistence != 't')
        raise_error(SQLSTATE_READ_ONLY_SQL_TRANSACTION,
                    "cannot execute %s in a read-only transaction", what);
}

static int64_t nextval(Fn *fn, Oid oid)
{
    check_writable(fn, oid, "nextval()");
    return cat_sequence_next(fn_view(fn), oid, !fn->unasked);
}
SQL_FUNCTION(1574, "nextval", int8, (regclass), VOLATILE | STRICT | PARALLEL_UNSAFE, nextval,
             "next value of a sequence")

static int64_t currval(Fn *fn, Oid oid)
{
    CatalogView *view = fn_view(fn);
    const Sequence s = sequence_get(view, oid);
    check_privilege(view, &s, PRIV_SELECT | PRIV_USAGE);
    const Remembered *r = map_find(remembered(view), &oid);
    if (!r || !r->known)
        raise_error(SQLSTATE_OBJECT_NOT_IN_PREREQUISITE_STATE,
                    "currval of sequence \"%.*s\" is not yet defined in this session",
                    STR_ARG(s.name));
    return r->last;
}
SQL_FUNCTION(1575, "currval", int8, (regclass), VOLATILE | STRICT | PARALLEL_UNSAFE, currval,
             "the value that this session got last of a sequence")

static int64_t lastval(Fn *fn)
{
    CatalogView *view = fn_view(fn);
    const Oid oid = view->last_sequence;
    const Remembered *r = oid ? map_find(remembered(view), &oid) : NULL;
    if (!r || !r->known || !cat_relation(view, oid))
        raise_error(SQLSTATE_OBJECT_NOT_IN_PREREQUISITE_STATE,
                    "lastval is not yet defined in this session");
    const Sequence s = sequence_get(view, oid);
    check_privilege(view, &s, PRIV_SELECT | PRIV_USAGE);
    return r->last;
}
SQL_FUNCTION(2559, "lastval", int8, (), VOLATILE | STRICT | PARALLEL_UNSAFE, lastval,
             "the value that this session got last of any sequence")

static int64_t set_value(Fn *fn, Oid oid, int64_t value, bool called)
{
    CatalogView *view = fn_view(fn);
    (void)cat_relation_open_oid(view, oid, LOCK_ROW_EXCLUSIVE);
    const Sequence s = sequence_get(view, oid);
    check_privilege(view, &s, PRIV_UPDATE);
    check_writable(fn, oid, "setval()");
    if (value < s.least || value > s.most)
        raise_error(SQLSTATE_NUMERIC_VALUE_OUT_OF_RANGE,
                    "setval: value %" PRId64 " is out of bounds for sequence \"%.*s\" (%" PRId64
                    "..%" PRId64 ")",
                    value, STR_ARG(s.name), s.least, s.most);
    Put put = {value, called};
    CHECK(sequence_change(view->catalog->store, s.cell, put_value, &put));
    Remembered *r = map_put(remembered(view), &oid, NULL);
    r->cell = s.cell;
    r->increment = s.increment;
    if (called) {
        r->last = value;
        r->known = true;
    }
    r->reserved = r->last; /* nothing is left of what was taken */
    return value;
}

static int64_t setval(Fn *fn, Oid oid, int64_t value)
{
    return set_value(fn, oid, value, true);
}
SQL_FUNCTION(1576, "setval", int8, (regclass, int8), VOLATILE | STRICT | PARALLEL_UNSAFE, setval,
             "sets the last value of a sequence")

static int64_t setval_called(Fn *fn, Oid oid, int64_t value, bool called)
{
    return set_value(fn, oid, value, called);
}
SQL_FUNCTION(1765, "setval", int8, (regclass, int8, bool), VOLATILE | STRICT | PARALLEL_UNSAFE,
             setval_called, "sets the last value of a sequence, or the next one")

static int64_t last_value(Fn *fn, Oid oid)
{
    CatalogView *view = fn_view(fn);
    const Sequence s = sequence_get(view, oid);
    int64_t value;
    bool called;
    if (!cat_privileges(view, view->role, (CatObject){CLASS_PG_CLASS, oid, 0},
                        PRIV_SELECT | PRIV_USAGE))
        return FN_NULL(fn, 0);
    CHECK(sequence_read(view->catalog->store, s.cell, &value, &called));
    return called ? value : FN_NULL(fn, 0);
}
SQL_FUNCTION(4032, "pg_sequence_last_value", int8, (regclass),
             VOLATILE | STRICT | PARALLEL_UNSAFE | NULLABLE, last_value,
             "the value that anybody got last of a sequence")

static bool sequence_parameters(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    CatalogView *view = fn_view(fn);
    const Oid oid = args[0].value.u32;
    const CatRelation *r = cat_relation(view, oid);
    (void)set;
    if (!r || r->kind != 'S')
        raise_error(SQLSTATE_INTERNAL_ERROR, "cache lookup failed for sequence %u", oid);
    if (!cat_privileges(view, fn->env->role, (CatObject){CLASS_PG_CLASS, oid, 0},
                        PRIV_UPDATE | PRIV_USAGE | PRIV_SELECT))
        raise_error(SQLSTATE_INSUFFICIENT_PRIVILEGE, "permission denied for sequence %.*s",
                    STR_ARG(r->name));
    const Datum key = datum_oid(oid);
    const Datum *row = cat__row(view, PG_SEQUENCE_SEQRELID_INDEX, &key, 1, fn->arena, NULL);
    if (!row) raise_error(SQLSTATE_INTERNAL_ERROR, "cache lookup failed for sequence %u", oid);
    columns[0] = row[PG_SEQUENCE_SEQSTART];
    columns[1] = row[PG_SEQUENCE_SEQMIN];
    columns[2] = row[PG_SEQUENCE_SEQMAX];
    columns[3] = row[PG_SEQUENCE_SEQINCREMENT];
    columns[4] = row[PG_SEQUENCE_SEQCYCLE];
    columns[5] = row[PG_SEQUENCE_SEQCACHE];
    columns[6] = row[PG_SEQUENCE_SEQTYPID];
    return true;
}
SQL_FUNCTION_ROW(3078, "pg_sequence_parameters", record, (oid), STABLE | STRICT,
                 sequence_parameters, "how a sequence counts")
SQL_FACTS(3078, .arguments = "sequence_oid oid, OUT start_value int8, OUT minimum_value int8, "
                             "OUT maximum_value int8, OUT increment int8, OUT cycle_option bool, "
                             "OUT cache_size int8, OUT data_type oid")

/* For dumps: NULLs where the role may not read it. */
static bool sequence_data(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    CatalogView *view = fn_view(fn);
    const Oid oid = args[0].value.u32;
    const CatRelation *r = cat_relation(view, oid);
    int64_t value;
    bool called;
    (void)set;
    if (!r || r->kind != 'S' ||
        !cat_privileges(view, fn->env->role, (CatObject){CLASS_PG_CLASS, oid, 0}, PRIV_SELECT))
        return false;
    cat_sequence_read(view, oid, &value, &called);
    columns[0] = datum_i64(value);
    columns[1] = datum_bool(called);
    return true;
}
SQL_FUNCTION_ROW(6427, "pg_get_sequence_data", record, (regclass),
                 VOLATILE | STRICT | PARALLEL_UNSAFE, sequence_data,
                 "where a sequence stands, for dumps")
SQL_FACTS(6427, .arguments = "sequence_oid regclass, OUT last_value int8, OUT is_called bool")
