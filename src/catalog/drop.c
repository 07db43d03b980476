/* SPDX-License-Identifier: Apache-2.0 */
/* drop.c - DROP ... RESTRICT and CASCADE: the set of what goes, worked out along pg_depend, and the messages about it.
 *
 * Depth first from each object: dependents are found newest first, and an object is put on the list when all its
 * dependents are; so the list is in the order of dropping, and read backwards in that of reporting. What is a part of
 * another thing (an internal dependency) takes that thing along, and cannot be dropped itself. */
#include "catalog/catalog_internal.h"

enum { REPORTED_MAX = 100 };

typedef enum DropFlags {
    DROP_ORIGINAL = 1, /* asked for */
    DROP_NORMAL = 2,   /* reached by a dependency that RESTRICT minds */
    DROP_QUIET = 4,    /* by one that it does not */
    DROP_PART = 8,     /* a column of a relation that goes too */
} DropFlags;

typedef struct Target {
    CatObject object, because; /* because of whom */
    uint32_t flags;
} Target;

typedef struct Stacked {
    const struct Stacked *outer;
    CatObject object;
} Stacked;

typedef struct Dropping {
    CatalogView *view;
    ARRAY_OF(Target) targets;
    const CatObject *asked;
    uint32_t asked_count;
} Dropping;

static bool same(CatObject a, CatObject b)
{
    return a.class_ == b.class_ && a.oid == b.oid;
}

static bool covers(CatObject whole, CatObject part)
{
    return same(whole, part) && (whole.sub == part.sub || !whole.sub);
}

static _Noreturn void raise_pinned(Dropping *d, CatObject object)
{
    raise_error(SQLSTATE_DEPENDENT_OBJECTS_STILL_EXIST,
                "cannot drop %.*s because it is required by the database system",
                STR_ARG(cat_describe_object(d->view, d->view->stmt, object)));
}

static _Noreturn void raise_part(Dropping *d, CatObject object, CatObject owner)
{
    const Str whole = cat_describe_object(d->view, d->view->stmt, owner);
    Error *error = error_begin(SQLSTATE_DEPENDENT_OBJECTS_STILL_EXIST);
    error_message(error, "cannot drop %.*s because %.*s requires it",
                  STR_ARG(cat_describe_object(d->view, d->view->stmt, object)), STR_ARG(whole));
    error_hint(error, "You can drop %.*s instead.", STR_ARG(whole));
    error_raise(error);
}

static void lock_object(Dropping *d, CatObject object)
{
    if (object.class_ != CLASS_PG_CLASS) {
        (void)cat_object_lock(d->view, object, LOCK_ACCESS_EXCLUSIVE);
        return;
    }
    const LockTag tag = {.kind = LOCK_RELATION, .database = d->view->db->oid, .a = object.oid};
    LockOptions options = {.owner = LOCK_TRANSACTION, .wait = LOCK_WAIT};
    if (d->view->options.lock_options)
        d->view->options.lock_options(d->view->options.owner, &options);
    CHECK(lock_take(d->view->options.locks, d->view->txn, &tag, LOCK_ACCESS_EXCLUSIVE, &options));
    CHECK(cat__wait_losers(d->view, object.oid, &options));
}

/* The thing that the object is a part of; false: it stands alone. */
static bool find_owner(Dropping *d, CatObject object, CatObject *owner)
{
    const Datum keys[] = {datum_oid(object.class_), datum_oid(object.oid), datum_i32(object.sub)};
    bool found = false;
    CatScan *scan = cat_scan_open(d->view, PG_DEPEND, PG_DEPEND_DEPENDER_INDEX, keys,
                                  object.sub ? 3 : 2);
    for (CatRow row; cat_scan_next(scan, &row);) {
        const char type = (char)row.values[PG_DEPEND_DEPTYPE].value.i16;
        if (type != 'i' && type != 'e') continue;
        const CatObject on = {row.values[PG_DEPEND_REFCLASSID].value.u32,
                              row.values[PG_DEPEND_REFOBJID].value.u32,
                              row.values[PG_DEPEND_REFOBJSUBID].value.i32};
        if (same(on, object)) continue;
        *owner = on;
        found = true;
    }
    cat_scan_close(scan);
    return found;
}

typedef struct Dependent {
    CatObject object;
    uint32_t flags;
} Dependent;

static bool goes_before(const Dependent *a, const Dependent *b)
{
    if (a->object.oid != b->object.oid) return a->object.oid > b->object.oid;
    if (a->object.class_ != b->object.class_) return a->object.class_ > b->object.class_;
    return (uint32_t)a->object.sub < (uint32_t)b->object.sub;
}

/* Everything that depends on the object, newest first. */
static uint32_t find_dependents(Dropping *d, CatObject object, Dependent **list)
{
    ARRAY_OF(Dependent) found = {.arena = d->view->stmt};
    const Datum keys[] = {datum_oid(object.class_), datum_oid(object.oid), datum_i32(object.sub)};
    CatScan *scan = cat_scan_open(d->view, PG_DEPEND, PG_DEPEND_REFERENCE_INDEX, keys,
                                  object.sub ? 3 : 2);
    for (CatRow row; cat_scan_next(scan, &row);) {
        const char type = (char)row.values[PG_DEPEND_DEPTYPE].value.i16;
        const Dependent dependent = {{row.values[PG_DEPEND_CLASSID].value.u32,
                                      row.values[PG_DEPEND_OBJID].value.u32,
                                      row.values[PG_DEPEND_OBJSUBID].value.i32},
                                     type == 'n' ? DROP_NORMAL : DROP_QUIET};
        if (same(dependent.object, object)) continue; /* a column, or the relation of one */
        array_push(&found, dependent);
        for (uint32_t i = found.count - 1;
             i > 0 && goes_before(&found.items[i], &found.items[i - 1]); i--) {
            const Dependent swapped = found.items[i];
            found.items[i] = found.items[i - 1];
            found.items[i - 1] = swapped;
        }
    }
    cat_scan_close(scan);
    *list = found.items;
    return found.count;
}

static bool is_asked(const Dropping *d, CatObject object)
{
    for (uint32_t i = 0; i < d->asked_count; i++)
        if (covers(d->asked[i], object)) return true;
    return false;
}

static bool is_listed(Dropping *d, CatObject object, uint32_t flags)
{
    bool listed = false;
    for (uint32_t i = 0; i < d->targets.count; i++) {
        Target *t = &d->targets.items[i];
        if (!same(t->object, object)) continue;
        if (t->object.sub == object.sub) {
            t->flags |= flags;
            listed = true;
        } else if (!t->object.sub) {
            listed = true;
        } else if (!object.sub) {
            t->flags |= DROP_PART;
        }
    }
    return listed;
}

static void collect(Dropping *d, CatObject object, CatObject because, uint32_t flags,
                    const Stacked *outer)
{
    task_check();
    for (const Stacked *s = outer; s; s = s->outer)
        if (covers(s->object, object)) return;
    if (is_listed(d, object, flags)) return;
    if (!(flags & DROP_ORIGINAL) || cat__is_pinned(object))
        if (cat__is_pinned(object)) raise_pinned(d, object);
    CatObject owner;
    if (find_owner(d, object, &owner)) {
        bool above = false;
        for (const Stacked *s = outer; s; s = s->outer) above |= covers(s->object, owner);
        if (!above && flags & DROP_ORIGINAL) {
            if (is_asked(d, owner)) return; /* it comes with its owner */
            raise_part(d, object, owner);
        }
        if (!above) {
            lock_object(d, owner);
            collect(d, owner, because, flags, outer);
            return;
        }
    }
    const Stacked here = {outer, object};
    Dependent *dependents;
    const uint32_t count = find_dependents(d, object, &dependents);
    for (uint32_t i = 0; i < count; i++) {
        lock_object(d, dependents[i].object);
        collect(d, dependents[i].object, object, dependents[i].flags, &here);
    }
    if (is_listed(d, object, flags)) return;
    const Target target = {object, because, flags};
    array_push(&d->targets, target);
}

/* ---- reporting */

typedef struct Report {
    StrBuilder text;
    uint32_t count, left_out;
} Report;

static void add_line(Report *report, Str line)
{
    if (report->count >= REPORTED_MAX) {
        report->left_out++;
        return;
    }
    if (report->count++) str_add_char(&report->text, '\n');
    str_add(&report->text, line);
}

static void finish(Report *report)
{
    if (report->left_out)
        str_add_format(&report->text, "\nand %u other object%s (see server log for list)",
                       (unsigned)report->left_out, report->left_out == 1 ? "" : "s");
}

static void notice_cascade(Dropping *d, const Report *report)
{
    const CatalogViewOptions *options = &d->view->options;
    if (!report->count || !options->notice) return;
    const uint32_t count = report->count + report->left_out;
    Error *notice = error_severity(error_begin(SQLSTATE_SUCCESSFUL_COMPLETION), SEVERITY_NOTICE);
    const Str text = str_peek(&report->text);
    if (count > 1) {
        error_message(notice, "drop cascades to %u other objects", (unsigned)count);
        error_detail(notice, "%.*s", STR_ARG(text));
    } else {
        error_message(notice, "%.*s", STR_ARG(text));
    }
    options->notice(options->owner, notice);
    error_clear();
}

static _Noreturn void raise_restricted(Dropping *d, const Report *report)
{
    Error *error = error_begin(SQLSTATE_DEPENDENT_OBJECTS_STILL_EXIST);
    if (d->asked_count == 1)
        error_message(error, "cannot drop %.*s because other objects depend on it",
                      STR_ARG(cat_describe_object(d->view, d->view->stmt, d->asked[0])));
    else
        error_message(error, "cannot drop desired object(s) because other objects depend on them");
    error_detail(error, "%.*s", STR_ARG(str_peek(&report->text)));
    error_hint(error, "Use DROP ... CASCADE to drop the dependent objects too.");
    error_raise(error);
}

static void report(Dropping *d, bool cascade)
{
    Report r = {.text = str_builder(d->view->stmt, 256)};
    Arena *arena = d->view->stmt;
    for (uint32_t i = d->targets.count; i-- > 0;) {
        const Target *t = &d->targets.items[i];
        if (t->flags & (DROP_ORIGINAL | DROP_PART | DROP_QUIET)) continue;
        const Str what = cat_describe_object(d->view, arena, t->object);
        add_line(&r, cascade
                         ? str_format(arena, "drop cascades to %.*s", STR_ARG(what))
                         : str_format(arena, "%.*s depends on %.*s", STR_ARG(what),
                                      STR_ARG(cat_describe_object(d->view, arena, t->because))));
    }
    finish(&r);
    if (!r.count) return;
    if (!cascade) raise_restricted(d, &r);
    notice_cascade(d, &r);
}

/* What goes, told or refused. */
static Dropping work_out(CatalogView *view, const CatObject *objects, uint32_t count, bool cascade)
{
    Dropping d = {.view = view,
                  .targets = {.arena = view->stmt},
                  .asked = objects,
                  .asked_count = count};
    for (uint32_t i = 0; i < count; i++) collect(&d, objects[i], objects[i], DROP_ORIGINAL, NULL);
    report(&d, cascade);
    return d;
}

void cat_check_drop(CatalogView *view, CatObject object)
{
    (void)work_out(view, &object, 1, false);
}

void cat_drop(CatalogView *view, const CatObject *objects, uint32_t count, bool cascade,
              CatDrop drop, void *arg)
{
    const Dropping d = work_out(view, objects, count, cascade);
    for (uint32_t i = 0; i < d.targets.count; i++) {
        const Target *t = &d.targets.items[i];
        if (t->flags & DROP_PART) continue;
        drop(view, t->object, arg);
        cat_forget_object(view, t->object);
    }
}
