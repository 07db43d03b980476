/* SPDX-License-Identifier: Apache-2.0 */
/* Statements and what the oracle says of them (golden/NAME.expected, written by ask_oracle.py): the types of
 * parameters, the names, types and origins of the result's columns, or the error with its SQLSTATE, position, detail
 * and hint. Only what is built in can be named, so no storage is needed. TUSK_GOLDEN=NAME runs one file and prints
 * every difference. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "../unit.h"
#include "base/settings.h"
#include "bind/bind.h"

typedef struct Fixture {
    Unit unit;
    Catalog *catalog;
    CatalogView *view;
    FnEnv env;
} Fixture;

static void open_fixture(Fixture *f)
{
    unit_open(&f->unit);
    assert_true(catalog_new(f->unit.account, NULL, NULL, &f->catalog) == OK);
    f->view = cat_view_new(f->catalog, &(CatalogViewOptions){.session = f->unit.arena});
    cat_view_set_txn(f->view, NULL, f->unit.arena);
    f->env = (FnEnv){.settings = &settings_boot, .stmt = f->unit.arena, .calls_arg = f->view};
}

static void close_fixture(Fixture *f)
{
    cat_view_drop(f->view);
    catalog_release(f->catalog);
    unit_close(&f->unit);
}

typedef struct Question {
    Fixture *fixture;
    Arena *arena;
    Str sql;
    StrBuilder out;
} Question;

static void describe_columns(Question *q, const QQuery *query)
{
    QTargetList targets = query->command == Q_COMMAND_SELECT ? query->targets : query->returning;
    for (uint32_t i = 0; i < targets.count; i++) {
        const QTarget *target = targets.items[i];
        if (target->junk) continue;
        Str type = cat_type_name(q->fixture->view, q->arena, target->expr->type,
                                 target->expr->typmod);
        str_add_format(&q->out, "| %.*s %.*s %u %d\n", STR_ARG(target->name), STR_ARG(type),
                       target->from_table, target->from_column);
    }
}

/* What is bound must survive being stored, and being copied. */
static void check_stored(Question *q, const QQuery *query)
{
    Str stored = bind_store(q->arena, (const QNode *)query);
    QNode *again = bind_load(q->arena, stored);
    if (!query_equal(query, again))
        fail_msg("not the same when stored and loaded: %.*s", STR_ARG(q->sql));
}

static void bind_one(void *arg)
{
    Question *q = arg;
    BindParams params = {.arena = q->arena};
    BindOptions options = {.view = q->fixture->view,
                           .env = &q->fixture->env,
                           .sql = q->sql,
                           .params = &params};
    ParseResult *parsed = parse_sql(q->arena, q->sql, NULL);
    assert_int_equal(parsed->count, 1);
    QQuery *query = bind_statement(q->arena, parsed->statements[0].tree, &options);
    bind_check_params(&params);
    for (uint32_t i = 0; i < params.count; i++) {
        Str type = cat_type_name(q->fixture->view, q->arena, params.types[i], -1);
        str_add_format(&q->out, "%s%.*s%s", i ? ", " : "$ ", STR_ARG(type),
                       i + 1 == params.count ? "\n" : "");
    }
    describe_columns(q, query);
    check_stored(q, query);
    assert_ptr_equal(rewrite_query(q->arena, query, &options), query);
}

static Str answer(Fixture *f, Arena *arena, Str sql)
{
    Question q = {.fixture = f, .arena = arena, .sql = sql, .out = str_builder(arena, 256)};
    Error *error;
    if (error_catch(bind_one, &q, arena, &error)) return str_done(&q.out);
    StrBuilder out = str_builder(arena, 256);
    char code[6];
    sqlstate_print(error->code, code);
    str_add_format(&out, "! %s %d %.*s\n", code, error->position, STR_ARG(error->message));
    if (error->detail.bytes) str_add_format(&out, "+ %.*s\n", STR_ARG(error->detail));
    if (error->hint.bytes) str_add_format(&out, "? %.*s\n", STR_ARG(error->hint));
    error_clear();
    return str_done(&out);
}

static char *read_file(const char *path)
{
    FILE *file = fopen(path, "r");
    if (!file) return NULL;
    fseek(file, 0, SEEK_END);
    long bytes = ftell(file);
    rewind(file);
    char *text = calloc(1, (size_t)bytes + 1);
    assert_int_equal(fread(text, 1, (size_t)bytes, file), bytes);
    fclose(file);
    return text;
}

/* Statements whose difference is known, a line each in golden/open.txt: types and functions that are not built yet. */
static bool is_open(const char *list, Str sql)
{
    for (const char *at = list; at && *at;) {
        const char *end = strchr(at, '\n');
        size_t bytes = end ? (size_t)(end - at) : strlen(at);
        if (str_equal((Str){at, bytes}, sql)) return true;
        at = end ? end + 1 : NULL;
    }
    return false;
}

/* Runs the blocks of a file; gives the number of statements whose answer differs. */
static uint32_t run_file(Fixture *f, const char *path, const char *open, uint32_t *count)
{
    char *text = read_file(path), *at = text;
    assert_non_null(text);
    uint32_t failed = 0;
    while (*at) {
        assert_true(at[0] == '=' && at[1] == ' ');
        char *end = strchr(at, '\n'), *next = end + 1;
        while (*next && !(next[0] == '=' && next[1] == ' ')) next = strchr(next, '\n') + 1;
        Arena *arena = arena_new_child(f->unit.arena, "statement");
        cat_view_set_txn(f->view, NULL, arena);
        f->env.stmt = arena;
        Str sql = {at + 2, (size_t)(end - at - 2)}, expected = {end + 1, (size_t)(next - end - 1)};
        Str got = answer(f, arena, sql);
        ++*count;
        bool known = is_open(open, sql);
        if (known && str_equal(got, expected)) print_message("open no more: %.*s\n", STR_ARG(sql));
        if (!known && !str_equal(got, expected)) {
            failed++;
            print_message("---- %.*s\nexpected:\n%.*sgot:\n%.*s", STR_ARG(sql), STR_ARG(expected),
                          STR_ARG(got));
        }
        arena_drop(arena);
        at = next;
    }
    free(text);
    return failed;
}

static void test_golden(void **state)
{
    (void)state;
    Fixture f;
    char folder[4096], path[5000];
    ssize_t bytes = readlink("/proc/self/exe", folder, sizeof folder - 1);
    assert_true(bytes > 0);
    folder[bytes] = 0;
    for (int i = 0; i < 4; i++) *strrchr(folder, '/') = 0; /* build/KIND/tests/program */
    snprintf(path, sizeof path, "%s/tests/unit/bind/golden", folder);
    DIR *dir = opendir(path);
    snprintf(path, sizeof path, "%s/tests/unit/bind/golden/open.txt", folder);
    char *known = read_file(path);
    assert_non_null(known);
    assert_non_null(dir);
    open_fixture(&f);
    uint32_t failed = 0, count = 0;
    const char *only = getenv("TUSK_GOLDEN");
    for (struct dirent *entry; (entry = readdir(dir));) {
        const char *dot = strrchr(entry->d_name, '.');
        if (!dot || strcmp(dot, ".expected") != 0) continue;
        if (only && strncmp(entry->d_name, only, strlen(only)) != 0) continue;
        snprintf(path, sizeof path, "%s/tests/unit/bind/golden/%s", folder, entry->d_name);
        failed += run_file(&f, path, known, &count);
    }
    closedir(dir);
    free(known);
    close_fixture(&f);
    print_message("%u statements, %u differ\n", count, failed);
    assert_true(count > 0);
    assert_int_equal(failed, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_golden)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
