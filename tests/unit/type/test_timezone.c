/* SPDX-License-Identifier: Apache-2.0 */
/* Time zones: names in any case, POSIX strings, fixed offsets, what clocks do when they are put forward and back,
 * moments far from any table, names that lead out of the folder. */
#include "type/timezone.h"

#include "os/os.h"
#include "unit/unit.h"

typedef struct Fixture {
    Account *account;
    Os *os;
    Arena *arena;
    TimeZones *zones;
} Fixture;

static void fixture_open(Fixture *f)
{
    f->account = account_new(NULL, "zones", ACCOUNT_UNLIMITED);
    assert_true(os_real_new(f->account, &f->os) == OK);
    f->arena = arena_new(f->account, "zones");
    f->zones = time_zones_new(f->arena);
}

static void fixture_close(Fixture *f)
{
    arena_drop(f->arena);
    os_real_release(f->os);
    account_drop(f->account);
}

static const TimeZone *zone(Fixture *f, const char *name)
{
    const TimeZone *found = time_zone_find(f->zones, f->arena, str_from(name));
    assert_non_null(found);
    return found;
}

static int64_t moment(int64_t year, int32_t month, int64_t day, int64_t minutes)
{
    return date_of_civil(year, month, day) * USEC_PER_DAY + minutes * USEC_PER_MINUTE;
}

static void names_are_found_in_any_case(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    const TimeZone *paris = zone(&f, "europe/PARIS");
    assert_true(str_equal(time_zone_name(paris), STR("Europe/Paris")));
    assert_ptr_equal(zone(&f, "EUROPE/paris"), paris); /* kept */
    assert_true(str_equal(time_zone_name(zone(&f, "utc")), STR("UTC")));
    assert_null(time_zone_find(f.zones, f.arena, STR("Europe/Nowhere")));
    assert_null(time_zone_find(NULL, f.arena, STR("../../../etc/passwd")));
    assert_null(time_zone_find(NULL, f.arena, STR("Europe")));
    assert_null(time_zone_find(NULL, f.arena, STR("tzdata.zi")));
    assert_null(time_zone_find(NULL, f.arena, STR("")));
    fixture_close(&f);
}

static void clocks_go_forward_and_back(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    const char *const names[] = {"America/New_York", "EST5EDT,M3.2.0,M11.1.0", "EST5EDT"};
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        const TimeZone *z = zone(&f, names[i]);
        /* 2024-03-10 07:00 UTC: from -5 to -4; 02:30 does not exist and is read as before. */
        assert_int_equal(time_zone_offset(z, moment(2024, 3, 10, 7 * 60) - 1).seconds, -5 * 3600);
        assert_int_equal(time_zone_offset(z, moment(2024, 3, 10, 7 * 60)).seconds, -4 * 3600);
        assert_true(time_zone_offset(z, moment(2024, 3, 10, 7 * 60)).is_dst);
        assert_int_equal(time_zone_offset_local(z, moment(2024, 3, 10, 119)).seconds, -5 * 3600);
        assert_int_equal(time_zone_offset_local(z, moment(2024, 3, 10, 150)).seconds, -5 * 3600);
        assert_int_equal(time_zone_offset_local(z, moment(2024, 3, 10, 180)).seconds, -4 * 3600);
        /* 2024-11-03 06:00 UTC: back; 01:30 comes twice and is read as after. */
        assert_int_equal(time_zone_offset_local(z, moment(2024, 11, 3, 59)).seconds, -4 * 3600);
        assert_int_equal(time_zone_offset_local(z, moment(2024, 11, 3, 90)).seconds, -5 * 3600);
        /* Far beyond the table of changes. */
        assert_int_equal(time_zone_offset(z, moment(9999, 7, 1, 0)).seconds, -4 * 3600);
        assert_int_equal(time_zone_offset(z, moment(9999, 1, 1, 0)).seconds, -5 * 3600);
    }
    /* The south has its summer over the new year. */
    const TimeZone *south = zone(&f, "AEST-10AEDT,M10.1.0,M4.1.0/3");
    assert_int_equal(time_zone_offset(south, moment(2050, 1, 1, 0)).seconds, 11 * 3600);
    assert_int_equal(time_zone_offset(south, moment(2050, 7, 1, 0)).seconds, 10 * 3600);
    fixture_close(&f);
}

static void posix_strings_and_fixed_offsets(void **state)
{
    (void)state;
    Fixture f;
    fixture_open(&f);
    static const struct {
        const char *text;
        int32_t seconds;
    } good[] = {{"FOO+3", -3 * 3600},       {"<+0530>-5:30", 19800}, {"xyz-1:02:03", 3723},
                {"+3", -3 * 3600},          {"JST-9", 9 * 3600},     {"ABC0DEF,J60,J300", 0},
                {"ABC0DEF,59/1:30,299", 0}, {"<-03>3", -3 * 3600},   {"FO3", -3 * 3600},
                {"<AB>3", -3 * 3600},       {"FOO3;x", -3 * 3600}};
    for (size_t i = 0; i < ARRAY_LEN(good); i++)
        assert_int_equal(time_zone_offset(zone(&f, good[i].text), moment(2024, 1, 1, 0)).seconds,
                         good[i].seconds);
    static const char *const bad[] = {"FOO",           "FOO+200",      "FOO3BAR,M13.1.0,M1.1.0",
                                      "FOO3BAR,M1",    "FOO3BAR,J366", "FOO3BAR,J1,J2,J3",
                                      "FOO3BAR,J0,J2", "<ABC"};
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        assert_null(time_zone_find(NULL, f.arena, str_from(bad[i])));
    const TimeZone *fixed = time_zone_fixed(f.arena, -(3 * 3600 + 1800));
    assert_int_equal(time_zone_offset(fixed, 0).seconds, -12600);
    assert_true(str_equal(time_zone_name(fixed), STR("<-03:30>+03:30")));
    assert_true(str_equal(time_zone_offset(fixed, 0).abbreviation, STR("-03:30")));
    fixture_close(&f);
}

static void abbreviations_of_the_zone_go_first(void **state)
{
    (void)state;
    Fixture f;
    ZoneOffset offset;
    fixture_open(&f);
    assert_true(time_zone_abbreviation(time_zone_utc(), STR("ist"), &offset));
    assert_int_equal(offset.seconds, 2 * 3600); /* Israel's, in everybody's table */
    assert_true(time_zone_abbreviation(zone(&f, "Asia/Kolkata"), STR("ist"), &offset));
    assert_int_equal(offset.seconds, 19800);
    assert_false(time_zone_abbreviation(time_zone_utc(), STR("nope"), &offset));
    fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_found_in_any_case),
        cmocka_unit_test(clocks_go_forward_and_back),
        cmocka_unit_test(posix_strings_and_fixed_offsets),
        cmocka_unit_test(abbreviations_of_the_zone_go_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
