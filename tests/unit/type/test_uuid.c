/* SPDX-License-Identifier: Apache-2.0 */
/* Identifiers that are made: versions and variant, version 7 ascending within a place, its time shifted. */
#include "base/builtins.h"

#include "os/os.h"
#include "type/calendar.h"
#include "unit/unit.h"

enum { UUID_V4 = 6428, UUID_V7 = 6429, UUID_V7_SHIFTED = 6430, ROWS = 2000 };

typedef struct Fixture {
    Account *account;
    Os *os;
    Arena *arena;
    FnEnv env;
} Fixture;

static void fixture_open(Fixture *f)
{
    memset(f, 0, sizeof *f);
    f->account = account_new(NULL, "uuid", ACCOUNT_UNLIMITED);
    assert_true(os_real_new(f->account, &f->os) == OK);
    f->arena = arena_new(f->account, "uuid");
    f->env.stmt = f->arena;
}

static void fixture_close(Fixture *f)
{
    arena_drop(f->arena);
    os_real_release(f->os);
    account_drop(f->account);
}

static const Uuid *make(Fixture *f, Oid function, const Vector *args, uint32_t arg_count)
{
    const BuiltinFunction *found = builtin_function(function);
    Fn fn = {.arena = f->arena,
             .site = f->arena,
             .env = &f->env,
             .function = found,
             .arg_count = arg_count};
    Vector *result = ARENA_NEW(f->arena, Vector);
    vector_init_flat(result, f->arena, found->result, PHYS_FIXED16, ROWS);
    found->vector(&fn, args, (Selection){.count = ROWS}, result);
    return result->data;
}

static void check_version(const Uuid *v, int version)
{
    assert_int_equal(v->bytes[6] >> 4, version);
    assert_int_equal(v->bytes[8] & 0xc0, 0x80);
}

static void random_ones_differ(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    const Uuid *made = make(&f, UUID_V4, NULL, 0);
    for (int i = 0; i < ROWS; i++) {
        check_version(&made[i], 4);
        if (i) assert_memory_not_equal(&made[i - 1], &made[i], sizeof made[i]);
    }
    fixture_close(&f);
}

static void those_of_version_7_ascend(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    const Uuid *made = make(&f, UUID_V7, NULL, 0);
    for (int i = 0; i < ROWS; i++) {
        check_version(&made[i], 7);
        if (i) assert_true(memcmp(&made[i - 1], &made[i], sizeof made[i]) < 0);
    }
    Vector shift;
    const Datum back = {.value.interval = {.days = -1}};
    vector_init_constant(&shift, f.arena, 1186, PHYS_FIXED16, &back);
    const Uuid *earlier = make(&f, UUID_V7_SHIFTED, &shift, 1);
    uint64_t now = 0, then = 0;
    for (int i = 0; i < 6; i++) {
        now = now << 8 | made[0].bytes[i];
        then = then << 8 | earlier[0].bytes[i];
    }
    const int64_t day = USEC_PER_DAY / 1000;
    assert_in_range(now - then, (uint64_t)(day - 10000), (uint64_t)day);
    fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_ones_differ),
        cmocka_unit_test(those_of_version_7_ascend),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
