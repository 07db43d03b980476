/* SPDX-License-Identifier: Apache-2.0 */
/* Search paths, names of reg* types, roles and privileges. Expected texts are PostgreSQL's. */
#include "server.h"

static void catching(void (*body)(void *arg), void *arg)
{
    if (error_catch(body, arg, NULL, NULL)) return;
    const Error *e = error_current();
    (void)fprintf(stderr, "%.*s\n%.*s (%s:%d)\n", STR_ARG(e->message), STR_ARG(e->detail), e->file,
                  e->line);
    assert_failed("raised", __FILE__, __LINE__);
}

static Oid make_role(Client *c, const char *name)
{
    Datum row[PG_AUTHID_COLUMNS] = {0};
    const Oid oid = cat_new_oid(c->view, PG_AUTHID);
    row[PG_AUTHID_OID].value.u32 = oid;
    row[PG_AUTHID_ROLNAME].value.str = strview(str_from(name));
    row[PG_AUTHID_ROLINHERIT].value.b = true;
    row[PG_AUTHID_ROLPASSWORD].null = row[PG_AUTHID_ROLVALIDUNTIL].null = true;
    (void)cat_insert(c->view, PG_AUTHID, row);
    return oid;
}

static void make_member(Client *c, Oid member, Oid role, bool inherit)
{
    Datum row[PG_AUTH_MEMBERS_COLUMNS] = {0};
    row[PG_AUTH_MEMBERS_OID].value.u32 = cat_new_oid(c->view, PG_AUTH_MEMBERS);
    row[PG_AUTH_MEMBERS_ROLEID].value.u32 = role;
    row[PG_AUTH_MEMBERS_MEMBER].value.u32 = member;
    row[PG_AUTH_MEMBERS_GRANTOR].value.u32 = 10;
    row[PG_AUTH_MEMBERS_INHERIT_OPTION].value.b = inherit;
    (void)cat_insert(c->view, PG_AUTH_MEMBERS, row);
}

static Oid make_schema(Client *c, const char *name, Oid owner)
{
    Datum row[PG_NAMESPACE_COLUMNS] = {0};
    const Oid oid = cat_new_oid(c->view, PG_NAMESPACE);
    row[PG_NAMESPACE_OID].value.u32 = oid;
    row[PG_NAMESPACE_NSPNAME].value.str = strview(str_from(name));
    row[PG_NAMESPACE_NSPOWNER].value.u32 = owner;
    row[PG_NAMESPACE_NSPACL].null = true;
    (void)cat_insert(c->view, PG_NAMESPACE, row);
    return oid;
}

static Oid make_table(Client *c, Oid schema, Oid owner, const char *name)
{
    static const CatNewColumn column = {.name = {"a", 1}, .type = OID_INT4, .typmod = -1};
    return cat_create_relation(c->view, &(CatNewRelation){.namespace_ = schema,
                                                          .owner = owner,
                                                          .name = str_from(name),
                                                          .kind = 'r',
                                                          .persistence = 'p',
                                                          .columns = &column,
                                                          .column_count = 1});
}

/* ---- search path */

static void search_path(void *arg)
{
    Client c;
    client_open(&c, arg);
    client_begin(&c);
    const Oid one = make_schema(&c, "one", 10), two = make_schema(&c, "Two", 10);
    const Oid hidden = make_table(&c, two, 10, "t");
    CHECK_TRUE(cat_view_wrote(c.view));
    cat_view_set_search_path(c.view, STR("one, \"Two\", nowhere, ONE"));
    const SearchPath *path = cat_search_path(c.view);
    CHECK_TRUE(path->count == 3 && path->schemas[0] == 11 && path->schemas[1] == one &&
               path->schemas[2] == two && path->create_in == one);
    CHECK_TRUE(cat_relation_search(c.view, (CatName){.name = STR("t")}) == hidden);
    CHECK_TRUE(cat_relation_is_visible(c.view, hidden));
    const Oid shown = make_table(&c, one, 10, "t");
    CHECK_TRUE(!cat_relation_is_visible(c.view, hidden) && cat_relation_is_visible(c.view, shown));
    CHECK_STR(cat_relation_name_qualified(c.view, c.stmt, hidden), "\"Two\".t");
    CHECK_STR(cat_relation_name_qualified(c.view, c.stmt, shown), "t");
    cat_view_set_search_path(c.view, STR("\"Two\", pg_catalog"));
    path = cat_search_path(c.view);
    CHECK_TRUE(path->count == 2 && path->schemas[0] == two && path->schemas[1] == 11);
    CHECK_TRUE(cat_namespace_for_creation(c.view, (CatName){.name = STR("x")}, false) == two);
    const Oid temporary = cat_namespace_for_creation(c.view, (CatName){.name = STR("x")}, true);
    path = cat_search_path(c.view);
    CHECK_TRUE(path->count == 3 && path->schemas[0] == temporary);
    client_abort(&c);
    client_begin(&c);
    CHECK_TRUE(cat_search_path(c.view)->temporary == 0); /* went with the transaction */
    const Oid third = make_schema(&c, "Two", 10), again = cat_temporary_schema(c.view);
    CHECK_TRUE(cat_search_path(c.view)->schemas[0] == again);
    const Oid first = make_table(&c, third, 10, "t");
    client_commit(&c);
    client_begin(&c);
    CHECK_TRUE(cat_search_path(c.view)->temporary == again);
    const CatRelation *r = cat_relation_open_oid(c.view, first, LOCK_ACCESS_SHARE);
    CHECK_TRUE(r->oid == first && cat_view_snapshot(c.view) != NULL);
    cat_view_next_command(c.view);
    cat_invalidate(c.view, CLASS_PG_CLASS, first);
    CHECK_TRUE(cat_relation(c.view, first) != r);
    client_abort(&c);
    client_close(&c);
}

/* ---- names of reg* types */

typedef struct NameCase {
    FnNameKind kind;
    const char *text;
    Oid oid;
    const char *printed, *message;
} NameCase;

static void reg_names(void *arg)
{
    static const NameCase cases[] = {
        {FN_NAME_RELATION, "pg_class", 1259, "pg_class", NULL},
        {FN_NAME_RELATION, " Pg_Catalog . \"pg_class\" ", 1259, "pg_class", NULL},
        {FN_NAME_RELATION, "pg_class_oid_index", 2662, "pg_class_oid_index", NULL},
        {FN_NAME_RELATION, "a.b", 0, NULL, "relation \"a.b\" does not exist"},
        {FN_NAME_RELATION, "\"x", 0, NULL, "invalid name syntax"},
        {FN_NAME_RELATION, "a..b", 0, NULL, "invalid name syntax"},
        {FN_NAME_RELATION, "", 0, NULL, "invalid name syntax"},
        {FN_NAME_FUNCTION, "int4eq", 65, "int4eq", NULL},
        {FN_NAME_FUNCTION, "abs", 0, NULL, "more than one function named \"abs\""},
        {FN_NAME_FUNCTION, "nix", 0, NULL, "function \"nix\" does not exist"},
        {FN_NAME_FUNCTION_ARGUMENTS, "int4eq(int4, int4)", 65, "int4eq(integer,integer)", NULL},
        {FN_NAME_FUNCTION_ARGUMENTS, "abs(text)", 0, NULL, "function \"abs(text)\" does not exist"},
        {FN_NAME_FUNCTION_ARGUMENTS, "abs", 0, NULL, "expected a left parenthesis"},
        {FN_NAME_FUNCTION_ARGUMENTS, "abs(int4", 0, NULL, "expected a right parenthesis"},
        {FN_NAME_OPERATOR, "=", 0, NULL, "more than one operator named ="},
        {FN_NAME_OPERATOR, "=-=-=", 0, NULL, "operator does not exist: =-=-="},
        {FN_NAME_OPERATOR_ARGUMENTS, "=(int4,int4)", 96, "=(integer,integer)", NULL},
        {FN_NAME_OPERATOR_ARGUMENTS, "-(NONE, int4)", 558, "-(NONE,integer)", NULL},
        {FN_NAME_OPERATOR_ARGUMENTS, "-(int4)", 0, NULL, "missing argument"},
        {FN_NAME_TYPE, "int4", 23, "integer", NULL},
        {FN_NAME_ROLE, "pg_monitor", 3373, "pg_monitor", NULL},
        {FN_NAME_ROLE, "nobody", 0, NULL, "role \"nobody\" does not exist"},
        {FN_NAME_ROLE, "a.b", 0, NULL, "invalid name syntax"},
        {FN_NAME_NAMESPACE, "public", 2200, "public", NULL},
        {FN_NAME_NAMESPACE, "nix", 0, NULL, "schema \"nix\" does not exist"},
        {FN_NAME_COLLATION, "\"C\"", 950, "\"C\"", NULL},
        {FN_NAME_COLLATION, "nix", 0, NULL,
         "collation \"nix\" for encoding \"UTF8\" does not exist"},
        {FN_NAME_DATABASE, "template1", 1, "template1", NULL},
        {FN_NAME_TS_CONFIGURATION, "nix", 0, NULL,
         "text search configuration \"nix\" does not exist"},
    };
    Client c;
    client_open(&c, arg);
    client_begin(&c);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        InputError err = {.arena = c.stmt};
        Oid oid = 0;
        Str printed = {0};
        const bool found = c.calls.name_find(c.view, cases[i].kind, str_from(cases[i].text), &oid,
                                             &err);
        CHECK_TRUE(found == !cases[i].message);
        if (!found) CHECK_STR(err.message, cases[i].message);
        if (!found) continue;
        CHECK_TRUE(oid == cases[i].oid);
        CHECK_TRUE(c.calls.name_print(c.view, cases[i].kind, oid, c.stmt, &printed));
        CHECK_STR(printed, cases[i].printed);
    }
    const FnAttribute *columns;
    uint32_t count;
    CHECK_TRUE(c.calls.attributes(c.view, 83, -1, &columns, &count) && count == 34);
    const int32_t typmod = c.calls.record_typmod(c.view, columns, 2);
    CHECK_TRUE(typmod != c.calls.record_typmod(c.view, columns, 3));
    CHECK_TRUE(typmod == c.calls.record_typmod(c.view, columns, 2));
    CHECK_TRUE(c.calls.attributes(c.view, OID_RECORD, typmod, &columns, &count) && count == 2);
    CHECK_STR(columns[1].name, "relname");
    client_commit(&c);
    client_close(&c);
}

/* ---- privileges */

typedef struct Denied {
    Client *client;
    CatObject object;
    bool owner;
} Denied;

static void ask(void *arg)
{
    const Denied *d = arg;
    if (d->owner)
        cat_check_owner(d->client->view, d->object);
    else
        cat_check_privilege(d->client->view, d->object, PRIV_SELECT);
}

static void check_denied(Client *c, CatObject object, bool owner, const char *message)
{
    Error *e;
    Denied d = {c, object, owner};
    CHECK_TRUE(!error_catch(ask, &d, NULL, &e));
    CHECK_TRUE(e->code == SQLSTATE_INSUFFICIENT_PRIVILEGE);
    CHECK_STR(e->message, message);
    error_clear();
}

static void privileges(void *arg)
{
    Client c;
    client_open(&c, arg);
    client_begin(&c);
    CatalogView *view = c.view;
    const Oid owner = make_role(&c, "owner"), child = make_role(&c, "child");
    const Oid stranger = make_role(&c, "stranger"), reader = make_role(&c, "reader");
    make_member(&c, child, owner, true);
    make_member(&c, stranger, owner, false);
    make_member(&c, reader, 6181, true);
    const CatObject table = {CLASS_PG_CLASS, make_table(&c, 2200, owner, "p"), 0};
    const CatObject secret = {CLASS_PG_CLASS, CLASS_PG_AUTHID, 0};
    const CatObject open = {CLASS_PG_CLASS, CLASS_PG_CLASS, 0};
    CHECK_TRUE(cat_privileges(view, owner, table, PRIV_SELECT | PRIV_INSERT) ==
               (PRIV_SELECT | PRIV_INSERT));
    CHECK_TRUE(cat_privileges(view, child, table, PRIV_SELECT) == PRIV_SELECT);
    CHECK_TRUE(cat_privileges(view, stranger, table, PRIV_SELECT) == 0);
    CHECK_TRUE(cat_privileges(view, reader, table, PRIV_SELECT | PRIV_DELETE) == PRIV_SELECT);
    CHECK_TRUE(cat_privileges(view, 10, table, PRIV_SELECT) == PRIV_SELECT);
    CHECK_TRUE(cat_privileges(view, stranger, open, PRIV_SELECT | PRIV_UPDATE) == PRIV_SELECT);
    CHECK_TRUE(cat_privileges(view, stranger, secret, PRIV_SELECT) == 0);
    CHECK_TRUE(cat_privileges(view, stranger, (CatObject){CLASS_PG_PROC, 65, 0}, PRIV_EXECUTE) ==
               PRIV_EXECUTE);
    CHECK_TRUE(cat_role_is_member(view, stranger, owner) && !cat_is_owner(view, stranger, table));
    CHECK_TRUE(cat_is_owner(view, child, table) && !cat_role_is_member(view, owner, child));
    const AclItem items[] = {{stranger, owner, PRIV_SELECT, PRIV_SELECT}};
    CHECK_TRUE(cat_acl_privileges(view, stranger, owner, items, 1, PRIV_SELECT, true) ==
               PRIV_SELECT);
    cat_view_set_role(view, stranger, stranger);
    check_denied(&c, table, false, "permission denied for table p");
    check_denied(&c, table, true, "must be owner of table p");
    check_denied(&c, (CatObject){CLASS_PG_NAMESPACE, 2200, 0}, true,
                 "must be owner of schema public");
    client_abort(&c);
    client_close(&c);
}

/* ---- functions, called as expressions call them */

enum { ARGS_MAX = 4 };
typedef struct Call {
    Client *client;
    Oid function;
    Datum args[ARGS_MAX], result;
} Call;

static Phys phys_of(Oid type)
{
    return builtin_type(type)->type->phys;
}

static void call_body(void *arg)
{
    Call *call = arg;
    const BuiltinFunction *f = builtin_function(call->function);
    const FnEnv env = {.calls = &call->client->calls,
                       .calls_arg = call->client->view,
                       .role = cat_view_role(call->client->view),
                       .session_role = 10,
                       .encoding = 6,
                       .stmt = call->client->stmt};
    Fn fn = {.arena = call->client->stmt,
             .site = call->client->stmt,
             .env = &env,
             .function = f,
             .result_type = f->result,
             .arg_types = f->args,
             .arg_count = f->arg_count};
    Phys physes[ARGS_MAX];
    for (uint32_t i = 0; i < f->arg_count; i++) physes[i] = phys_of(f->args[i]);
    call->result = fn_call_datum(&fn, f->vector, (f->flags & STRICT) != 0, f->args, physes,
                                 phys_of(f->result), call->args);
}

/* The result as text; what it raised when it did. Arguments as text. */
static Str call(Client *c, Oid function, const char *const *texts)
{
    const BuiltinFunction *f = builtin_function(function);
    const FnEnv env = {.calls = &c->calls, .calls_arg = c->view};
    Call call = {.client = c, .function = function};
    Error *e;
    CHECK_TRUE(f != NULL && f->arg_count <= ARGS_MAX);
    for (uint32_t i = 0; i < f->arg_count; i++) {
        const TypeCall in = {.type = type_get(&env, f->args[i]),
                             .env = &env,
                             .arena = c->stmt,
                             .typmod = -1};
        InputError err = {.arena = c->stmt};
        call.args[i].null = texts[i] == NULL;
        if (texts[i] && !type_parse(&in, str_from(texts[i]), &call.args[i].value, &err))
            return err.message;
    }
    if (!error_catch(call_body, &call, c->stmt, &e)) {
        error_clear();
        return e->message;
    }
    if (call.result.null) return STR("NULL");
    const TypeCall out = {.type = type_get(&env, f->result),
                          .env = &env,
                          .arena = c->stmt,
                          .typmod = -1};
    return type_print(&out, &call.result.value);
}

typedef struct CallCase {
    Oid function;
    const char *args[ARGS_MAX];
    const char *expected;
} CallCase;

static void check_calls(Client *c, const CallCase *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const Str got = call(c, cases[i].function, cases[i].args);
        if (!str_equal(got, str_from(cases[i].expected)))
            (void)fprintf(stderr, "case %zu (function %u): %.*s\n", i, cases[i].function,
                          STR_ARG(got));
        CHECK_STR(got, cases[i].expected);
    }
}

static void users_cast(Client *c)
{
    Datum cast[PG_CAST_COLUMNS] = {0};
    cast[PG_CAST_OID].value.u32 = cat_new_oid(c->view, PG_CAST);
    cast[PG_CAST_CASTSOURCE].value.u32 = OID_BOOL;
    cast[PG_CAST_CASTTARGET].value.u32 = OID_INT8;
    cast[PG_CAST_CASTCONTEXT].value.i16 = 'e';
    cast[PG_CAST_CASTMETHOD].value.i16 = 'i';
    CHECK_TRUE(cat_cast(c->view, OID_BOOL, OID_INT8) == NULL);
    (void)cat_insert(c->view, PG_CAST, cast);
    CHECK_TRUE(cat_cast(c->view, OID_BOOL, OID_INT8)->method == 'i');
}

static const CallCase information_cases[] = {
    {745, {0}, "postgres"},
    {861, {0}, "postgres"},
    {1402, {0}, "public"},
    {1642, {"3373"}, "pg_monitor"},
    {1642, {"1"}, "unknown (OID=1)"},
    {1597, {"6"}, "UTF8"},
    {1597, {"8"}, "LATIN1"},
    {1597, {"99"}, ""},
    {1264, {"latin-1"}, "8"},
    {1264, {"nix"}, "-1"},
    {1081, {"1700", "655366"}, "numeric(10,2)"},
    {1081, {"1042", NULL}, "character"},
    {1081, {"1042", "-1"}, "bpchar"},
    {1081, {NULL, NULL}, "NULL"},
    {2079, {"1259"}, "t"},
    {2079, {"1"}, "NULL"},
    {2081, {"65"}, "t"},
    {2082, {"96"}, "t"},
    {2083, {"1978"}, "t"},
    {3815, {"950"}, "t"},
    {3537, {"1259", "1259", "1"}, "column oid of table pg_class"},
    {3537, {"1255", "65", "0"}, "function int4eq(integer,integer)"},
    {3537, {"1259", "99999", "0"}, "NULL"},
    {1215, {"2200", "pg_namespace"}, "standard public schema"},
    {1922, {"postgres", "pg_class", "select"}, "t"},
    {1922, {"pg_monitor", "pg_authid", "SELECT, insert"}, "f"},
    {1922, {"pg_monitor", "pg_class", "insert, SELECT"}, "t"},
    {1922, {"pg_monitor", "pg_class", "SELECT WITH GRANT OPTION"}, "f"},
    {1922, {"nobody", "pg_class", "select"}, "role \"nobody\" does not exist"},
    {1922, {"postgres", "nix", "select"}, "relation \"nix\" does not exist"},
    {1922, {"postgres", "pg_class", "run"}, "unrecognized privilege type: \"run\""},
    {1925, {"10", "99999", "select"}, "NULL"},
    {2181, {"postgres", "pg_class", "usage"}, "\"pg_class\" is not a sequence"},
    {2268, {"public", "public", "USAGE"}, "t"},
    {2268, {"public", "public", "CREATE"}, "f"},
    {2256, {"pg_monitor", "int4eq(int4,int4)", "execute"}, "t"},
    {2705, {"pg_monitor", "pg_read_all_stats", "MEMBER"}, "t"},
    {2705, {"pg_read_all_stats", "pg_monitor", "MEMBER"}, "f"},
    {2705, {"pg_monitor", "pg_read_all_stats", "SET WITH ADMIN OPTION"}, "f"},
    {3012, {"pg_monitor", "pg_class", "oid", "SELECT"}, "t"},
    {3012,
     {"pg_monitor", "pg_class", "nix", "SELECT"},
     "column \"nix\" of relation \"pg_class\" does not exist"},
    {1365, {"10", "10", "SELECT,update", "true"}, "postgres=r*w*/postgres"},
    {1365, {"0", "10", "SELECT", "false"}, "=r/postgres"},
    {3842, {"pg_class", "false"}, "28"},
    {3843, {"pg_class", "1", "false"}, "t"},
    {3843, {"pg_class_oid_index", "1", "false"}, "f"},
    {3298, {"1259"}, "f"},
    {3299, {"nix"}, "relation \"nix\" does not exist"},
};

static void information(void *arg)
{
    Client c;
    client_open(&c, arg);
    client_begin(&c);
    check_calls(&c, information_cases, ARRAY_LEN(information_cases));
    users_cast(&c);
    const char *const relation[] = {"1259"};
    int64_t bytes;
    CHECK_TRUE(str_to_i64(call(&c, 2325, relation), &bytes) && bytes > 0 && bytes % 16384 == 0);
    client_commit(&c);
    client_close(&c);
}

/* ---- sequences */

static Oid make_sequence(Client *c, int64_t most, int64_t cache, bool cycle)
{
    static const CatNewColumn columns[] = {{.name = {"last_value", 10}, .type = OID_INT8},
                                           {.name = {"log_cnt", 7}, .type = OID_INT8},
                                           {.name = {"is_called", 9}, .type = OID_BOOL}};
    const CatNewRelation r = {.namespace_ = 2200,
                              .owner = 10,
                              .name = STR("zs"),
                              .kind = 'S',
                              .persistence = 'p',
                              .columns = columns,
                              .column_count = 3,
                              .sequence_start = 1};
    const Oid oid = cat_create_relation(c->view, &r);
    Datum row[PG_SEQUENCE_COLUMNS] = {0};
    row[PG_SEQUENCE_SEQRELID].value.u32 = oid;
    row[PG_SEQUENCE_SEQTYPID].value.u32 = OID_INT8;
    row[PG_SEQUENCE_SEQSTART].value.i64 = row[PG_SEQUENCE_SEQINCREMENT].value.i64 = 1;
    row[PG_SEQUENCE_SEQMIN].value.i64 = 1;
    row[PG_SEQUENCE_SEQMAX].value.i64 = most;
    row[PG_SEQUENCE_SEQCACHE].value.i64 = cache;
    row[PG_SEQUENCE_SEQCYCLE].value.b = cycle;
    (void)cat_insert(c->view, PG_SEQUENCE, row);
    return oid;
}

static void sequences(void *arg)
{
    static const CallCase cases[] = {
        {1575, {"zs"}, "currval of sequence \"zs\" is not yet defined in this session"},
        {2559, {0}, "lastval is not yet defined in this session"},
        {1574, {"pg_class"}, "cannot open relation \"pg_class\""},
        {4032, {"zs"}, "NULL"},
        {1574, {"zs"}, "1"},
        {1574, {"zs"}, "2"},
        {1574, {"zs"}, "3"},
        {1574, {"zs"}, "nextval: reached maximum value of sequence \"zs\" (3)"},
        {1575, {"zs"}, "3"},
        {1576, {"zs", "10"}, "setval: value 10 is out of bounds for sequence \"zs\" (1..3)"},
        {1765, {"zs", "2", "false"}, "2"},
        {1575, {"zs"}, "3"},
        {1574, {"zs"}, "2"},
        {2559, {0}, "2"},
        {4032, {"zs"}, "2"},
    };
    Client c;
    client_open(&c, arg);
    client_begin(&c);
    (void)make_sequence(&c, 3, 1, false);
    check_calls(&c, cases, ARRAY_LEN(cases));
    cat_sequences_forget(c.view);
    CHECK_STR(call(&c, 1575, cases[0].args),
              "currval of sequence \"zs\" is not yet defined in this session");
    client_abort(&c);

    client_begin(&c);
    const Oid oid = make_sequence(&c, 5, 3, true);
    int64_t value;
    bool called;
    for (int64_t i = 0; i < 12; i++) CHECK_TRUE(cat_sequence_next(c.view, oid, true) == i % 5 + 1);
    client_commit(&c);
    client_begin(&c);
    cat_sequence_set(c.view, oid, 2, true);
    cat_sequence_read(c.view, oid, &value, &called);
    CHECK_TRUE(value == 2 && called);
    cat_sequence_replace(c.view, oid, 1, false);
    CHECK_TRUE(cat_sequence_next(c.view, oid, true) == 1);
    client_abort(&c);
    client_begin(&c);
    CHECK_TRUE(cat_sequence_next(c.view, oid, true) ==
               3); /* what was set stays, the new cell went */
    client_commit(&c);
    client_close(&c);
}

static void (*const bodies[])(void *arg) = {search_path, reg_names, privileges, information,
                                            sequences};

static void names_main(void *arg)
{
    Server server;
    (void)arg;
    server_create();
    server_open(&server);
    for (size_t i = 0; i < ARRAY_LEN(bodies); i++) catching(bodies[i], &server);
    server_close(&server);
}

static void test_names(void **state)
{
    (void)state;
    on_machine(test_seed(1), names_main, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_names)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
