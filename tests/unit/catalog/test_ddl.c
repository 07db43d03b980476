/* SPDX-License-Identifier: Apache-2.0 */
/* Relations made, changed and dropped: what entries show to the one who does it, to others, after savepoints, aborts
 * and crashes (docs/traps.md F14, C26). */
#include "server.h"

#include "table/index.h"
#include "table/table.h"

static void catching(void (*body)(void *arg), void *arg)
{
    if (error_catch(body, arg, NULL, NULL)) return;
    const Error *e = error_current();
    (void)fprintf(stderr, "%.*s\n%.*s (%s:%d)\n", STR_ARG(e->message), STR_ARG(e->detail), e->file,
                  e->line);
    assert_failed("raised", __FILE__, __LINE__);
}

static const CatNewColumn two_columns[] = {
    {.name = {"a", 1}, .type = OID_INT4, .typmod = -1, .not_null = true},
    {.name = {"b", 1}, .type = OID_TEXT, .typmod = -1, .collation = 100},
};

static Oid make_table(Client *client, const char *name)
{
    const CatNewRelation r = {.namespace_ = 2200,
                              .owner = 10,
                              .name = str_from(name),
                              .kind = 'r',
                              .persistence = 'p',
                              .columns = two_columns,
                              .column_count = 2};
    return cat_create_relation(client->view, &r);
}

static Oid make_index(Client *client, Oid relation, const char *name)
{
    static const CatIndexKey key = {.column = 1, .opclass = 1978, .type = OID_INT4};
    const Str column = STR("a");
    const CatNewIndex index = {.relation = relation,
                               .method = 403,
                               .name = str_from(name),
                               .unique = true,
                               .keys = &key,
                               .names = &column,
                               .key_count = 1,
                               .column_count = 1};
    return cat_create_index(client->view, &index);
}

static Oid find(Client *client, const char *name)
{
    return cat_relation_search(client->view, (CatName){.name = str_from(name)});
}

static void drop_row(CatalogView *view, CatObject object, void *arg)
{
    const CatalogTable table = object.class_ == CLASS_PG_CLASS ? PG_CLASS : PG_TYPE;
    const CatalogIndex index = object.class_ == CLASS_PG_CLASS ? PG_CLASS_OID_INDEX
                                                               : PG_TYPE_OID_INDEX;
    uint32_t *dropped = arg;
    const Datum key = {.value.u32 = object.oid};
    CHECK_TRUE(object.class_ == CLASS_PG_CLASS || object.class_ == CLASS_PG_TYPE);
    CatScan *scan = cat_scan_open(view, table, index, &key, 1);
    CatRow row;
    CHECK_TRUE(cat_scan_next(scan, &row));
    if (table == PG_CLASS)
        cat_drop_storage(view, (TreeId){(uint64_t)row.values[PG_CLASS_TREE].value.i64},
                         (char)row.values[PG_CLASS_RELKIND].value.i16);
    cat_delete(view, table, row.id);
    CHECK_TRUE(!cat_scan_next(scan, &row));
    cat_scan_close(scan);
    ++*dropped;
}

/* ---- one session */

static void check_table(Client *client, Oid oid)
{
    const CatRelation *r = cat_relation(client->view, oid);
    CHECK_STR(r->name, "t");
    CHECK_STR(r->schema_name, "public");
    CHECK_TRUE(r->kind == 'r' && r->column_count == 2 && r->table != NULL);
    CHECK_STR(r->columns[1].name, "b");
    CHECK_TRUE(r->columns[0].not_null && r->columns[0].phys == PHYS_I32);
    CHECK_TRUE(r->columns[1].type == OID_TEXT && r->columns[1].physical == 1);
    const CatType *row_type = cat_type(client->view, r->type);
    CHECK_TRUE(row_type->kind == 'c' && row_type->relation == oid);
    const CatType *array = cat_type(client->view, row_type->array);
    CHECK_STR(array->name, "_t");
    CHECK_TRUE(array->element == r->type);
    CHECK_STR(cat_type_name(client->view, client->stmt, row_type->array, -1), "t[]");
}

static void one_session(void *arg)
{
    Client c;
    client_open(&c, arg);
    client_begin(&c);
    CHECK_TRUE(find(&c, "t") == 0);
    const Oid oid = make_table(&c, "t");
    CHECK_TRUE(oid >= 16384);
    CHECK_TRUE(find(&c, "t") == oid);
    check_table(&c, oid);
    client_end_statement(&c);
    check_table(&c, oid);
    client_commit(&c);

    client_begin(&c);
    const CatRelation *r = cat_relation_open(c.view, (CatName){.name = STR("t")}, LOCK_ACCESS_SHARE,
                                             0);
    CHECK_TRUE(r->oid == oid && r->index_count == 0);
    check_table(&c, oid);
    const Oid index = make_index(&c, oid, "t_a");
    r = cat_relation(c.view, oid);
    CHECK_TRUE(r->index_count == 1 && r->indexes[0]->oid == index && r->indexes[0]->unique);
    CHECK_TRUE(r->indexes[0]->keys[0].column == 1 && r->indexes[0]->keys[0].opfamily == 1976);
    CHECK_STR(cat_describe_object(c.view, c.stmt, (CatObject){CLASS_PG_CLASS, index, 0}),
              "index t_a");
    client_abort(&c);

    client_begin(&c);
    CHECK_TRUE(cat_relation(c.view, oid)->index_count == 0);
    CHECK_TRUE(find(&c, "t_a") == 0);
    client_commit(&c);
    client_close(&c);
}

/* ---- savepoints */

static void savepoints(void *arg)
{
    Client c;
    client_open(&c, arg);
    client_begin(&c);
    const Oid first = make_table(&c, "s1");
    cat_view_release(c.view);
    const Savepoint savepoint = txn_savepoint(c.txn);
    const Oid second = make_table(&c, "s2");
    CHECK_TRUE(find(&c, "s2") == second && cat_relation(c.view, second) != NULL);
    cat_view_release(c.view);
    must_be_ok(txn_rollback_to(c.txn, &savepoint));
    cat_view_savepoint_rolled_back(c.view, &savepoint);
    CHECK_TRUE(find(&c, "s2") == 0 && cat_relation(c.view, second) == NULL);
    CHECK_TRUE(find(&c, "s1") == first);
    client_commit(&c);
    client_begin(&c);
    CHECK_TRUE(find(&c, "s1") == first && find(&c, "s2") == 0);
    client_commit(&c);
    client_close(&c);
}

/* ---- two sessions: the other one's entry is stale exactly when the change is committed */

static void two_sessions(void *arg)
{
    Client a, b;
    client_open(&a, arg);
    client_open(&b, arg);
    client_begin(&a);
    client_begin(&b);
    const Oid oid = make_table(&a, "two");
    CHECK_TRUE(find(&b, "two") == 0);
    CHECK_TRUE(cat_relation(b.view, oid) == NULL);
    client_commit(&a);
    CHECK_TRUE(find(&b, "two") == oid);
    const CatRelation *before = cat_relation(b.view, oid);
    CHECK_TRUE(before->index_count == 0 && cat_entry_is_current(b.view, &before->entry));
    cat_entry_hold((CatEntry *)&before->entry);
    client_commit(&b);

    client_begin(&a);
    (void)make_index(&a, oid, "two_a");
    CHECK_TRUE(cat_relation(a.view, oid)->index_count == 1);
    client_begin(&b);
    CHECK_TRUE(cat_relation(b.view, oid) == before);
    CHECK_TRUE(cat_entry_is_current(b.view, &before->entry));
    client_commit(&a);
    CHECK_TRUE(!cat_entry_is_current(b.view, &before->entry));
    const CatRelation *after = cat_relation(b.view, oid);
    CHECK_TRUE(after != before && after->index_count == 1);
    CHECK_TRUE(before->index_count == 0); /* what is held stays as it was */
    cat_entry_let_go((CatEntry *)&before->entry);
    client_commit(&b);
    client_close(&a);
    client_close(&b);
}

/* ---- name, lock, name again (K4): who waits for the lock of a table that is dropped and made again gets the new
 * one */

typedef struct LateOpener {
    Server *server;
    Oid got;
} LateOpener;

static void wait_for_table(void *arg)
{
    LateOpener *w = arg;
    Client c;
    client_open(&c, w->server);
    client_begin(&c);
    const CatRelation *r = cat_relation_open(c.view, (CatName){.name = STR("again")},
                                             LOCK_ROW_EXCLUSIVE, 0);
    w->got = r->oid;
    client_commit(&c);
    client_close(&c);
}

static void waiter_main(void *arg)
{
    catching(wait_for_table, arg);
}

static void resolve_again(void *arg)
{
    Client c;
    uint32_t dropped = 0;
    client_open(&c, arg);
    client_begin(&c);
    const Oid first = make_table(&c, "again");
    client_commit(&c);
    client_begin(&c);
    const CatRelation *r = cat_relation_open(c.view, (CatName){.name = STR("again")},
                                             LOCK_ACCESS_EXCLUSIVE, 0);
    CHECK_TRUE(r->oid == first);
    LateOpener waiter = {.server = arg};
    Task *task = start_task("waiter", waiter_main, &waiter);
    must_be_ok(os_sleep_until(deadline_in_ms(50), WAIT_BACKGROUND));
    const CatObject object = {CLASS_PG_CLASS, first, 0};
    cat_drop(c.view, &object, 1, false, drop_row, &dropped);
    CHECK_TRUE(dropped == 3); /* the table, its row type and the array of it */
    const Oid second = make_table(&c, "again");
    CHECK_TRUE(second != first);
    client_commit(&c);
    os_task_join(task);
    CHECK_TRUE(waiter.got == second);
    client_close(&c);
}

/* ---- dropping */

static void drop_restricted(void *arg)
{
    Client *c = arg;
    uint32_t dropped = 0;
    const CatObject schema = {CLASS_PG_NAMESPACE, cat_namespace_named(c->view, STR("public")), 0};
    cat_drop(c->view, &schema, 1, false, drop_row, &dropped);
}

static void drop_pinned(void *arg)
{
    Client *c = arg;
    uint32_t dropped = 0;
    const CatObject type = {CLASS_PG_TYPE, OID_INT4, 0};
    cat_drop(c->view, &type, 1, true, drop_row, &dropped);
}

static void drop_part(void *arg)
{
    Client *c = arg;
    uint32_t dropped = 0;
    const CatRelation *r = cat_relation(c->view, find(c, "whole"));
    const CatObject type = {CLASS_PG_TYPE, r->type, 0};
    cat_drop(c->view, &type, 1, true, drop_row, &dropped);
}

static void expect(void (*body)(void *arg), void *arg, const char *message, const char *detail,
                   const char *hint)
{
    Error *e;
    CHECK_TRUE(!error_catch(body, arg, NULL, &e));
    CHECK_STR(e->message, message);
    CHECK_TRUE(str_ends(e->detail, str_from(detail))); /* the newest comes last */
    CHECK_STR(e->hint, hint);
    error_clear();
}

static void dropping(void *arg)
{
    Client c;
    client_open(&c, arg);
    client_begin(&c);
    (void)make_table(&c, "whole");
    expect(drop_restricted, &c, "cannot drop schema public because other objects depend on it",
           "table whole depends on schema public",
           "Use DROP ... CASCADE to drop the dependent objects too.");
    expect(drop_pinned, &c,
           "cannot drop type integer because it is required by the database system", "", "");
    expect(drop_part, &c, "cannot drop type whole because table whole requires it", "",
           "You can drop table whole instead.");
    client_abort(&c);
    client_close(&c);
}

/* ---- fresh trees */

static void replacing(void *arg)
{
    Client c;
    client_open(&c, arg);
    client_begin(&c);
    const Oid oid = make_table(&c, "fresh");
    (void)make_index(&c, oid, "fresh_a");
    client_commit(&c);
    client_begin(&c);
    const CatRelation *r = cat_relation(c.view, oid);
    const TreeId before = r->tree, index_before = r->indexes[0]->tree;
    cat_replace_index_storage(c.view, oid, r->indexes[0]->oid);
    CHECK_TRUE(cat_relation(c.view, oid)->indexes[0]->tree.v != index_before.v);
    cat_replace_storage(c.view, oid);
    r = cat_relation(c.view, oid);
    CHECK_TRUE(r->tree.v != before.v && r->indexes[0]->tree.v != index_before.v);
    CHECK_TRUE(table_tree(r->table).v == r->tree.v);
    client_abort(&c);
    client_begin(&c);
    CHECK_TRUE(cat_relation(c.view, oid)->tree.v == before.v);
    client_commit(&c);
    client_close(&c);
}

static void (*const bodies[])(void *arg) = {one_session,   savepoints, two_sessions,
                                            resolve_again, dropping,   replacing};

static void ddl_main(void *arg)
{
    Server server;
    (void)arg;
    server_create();
    for (size_t i = 0; i < ARRAY_LEN(bodies); i++) {
        server_open(&server);
        catching(bodies[i], &server);
        server_close(&server);
    }
}

static void test_ddl(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 3; seed++) on_machine(test_seed(seed), ddl_main, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_ddl)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
