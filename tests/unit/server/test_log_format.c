/* SPDX-License-Identifier: Apache-2.0 */
/* What a log line says of the time: in the zone of log_timezone, with what that is called. */
#include "os/os.h"
#include "server/server.h"
#include "type/timezone.h"
#include "unit/unit.h"

enum { DAY_MINUTES = 24 * 60 };

/* "2026-11-26 23:11:17 UTC": minutes of the day. */
static int minutes_of(Str time)
{
    assert_true(time.bytes >= 20);
    return ((time.data[11] - '0') * 10 + time.data[12] - '0') * 60 + (time.data[14] - '0') * 10 +
           time.data[15] - '0';
}

static void check_zone(Arena *arena, const char *name, int minutes_east, const char *abbreviation)
{
    void *zone = (void *)(uintptr_t)time_zone_find(NULL, arena, str_from(name));
    assert_non_null(zone);
    const char escapes[] = {'t', 'm'};
    for (size_t i = 0; i < sizeof escapes; i++) {
        const int before = minutes_of(server_log_escape(NULL, escapes[i], NULL, arena));
        Str time = server_log_escape(zone, escapes[i], NULL, arena);
        const int after = minutes_of(server_log_escape(NULL, escapes[i], NULL, arena));
        const int utc = (minutes_of(time) - minutes_east + DAY_MINUTES) % DAY_MINUTES;
        assert_true(utc == before || utc == after);
        assert_true(str_ends(time, str_from(abbreviation)));
    }
}

static void test_escapes(void **state)
{
    (void)state;
    Account *account = account_new(NULL, "log format", ACCOUNT_UNLIMITED);
    Os *os;
    assert_true(os_real_new(account, &os) == OK);
    Arena *arena = arena_new(account, "log format");
    assert_true(str_ends(server_log_time(arena, NULL), STR(" UTC")));
    check_zone(arena, "Asia/Kolkata", 330, " IST");
    check_zone(arena, "GMT", 0, " GMT");
    check_zone(arena, "<-03>3", -180, " -03");
    check_zone(arena, "America/Caracas", -240, " -04");
    assert_true(str_equal(server_log_escape(NULL, 'x', NULL, arena), STR("0")));
    assert_true(str_equal(server_log_escape(NULL, 'Q', NULL, arena), STR("0")));
    arena_drop(arena);
    os_real_release(os);
    account_drop(account);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_escapes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
