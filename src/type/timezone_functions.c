/* SPDX-License-Identifier: Apache-2.0 */
/* timezone_functions.c - pg_timezone_names and pg_timezone_abbrevs: which zones there are and what they mean now. */
#include "type/timezone.h"

#include "base/fn.h"

typedef struct ZoneSet {
    Str *names;       /* of zones; or */
    ZoneOffset *list; /* of abbreviations */
    uint32_t count, at;
} ZoneSet;

static Datum text_datum(Str text)
{
    return (Datum){.value.str = strview(text)};
}

/* utc_offset and is_dst. */
static void fill_offset(ZoneOffset offset, Datum *columns)
{
    columns[0] = (Datum){
        .value.interval = {.microseconds = (int64_t)offset.seconds * USEC_PER_SEC}};
    columns[1] = (Datum){.value.b = offset.is_dst};
}

/* A zone is read when its row is asked for, and forgotten. */
static bool list_zones(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    ZoneSet *s = set->state;
    (void)args;
    if (!s) {
        s = set->state = ARENA_NEW(set->arena, ZoneSet);
        s->count = time_zone_names(set->arena, &s->names);
    }
    while (s->at < s->count) {
        const Str name = s->names[s->at++];
        const TimeZone *zone = time_zone_named(fn->arena, name);
        if (!zone) continue;
        const ZoneOffset offset = time_zone_offset(zone, fn->env->transaction_time);
        columns[0] = text_datum(name);
        columns[1] = text_datum(offset.abbreviation);
        fill_offset(offset, &columns[2]);
        return true;
    }
    return false;
}
SQL_FUNCTION_SET(2856, "pg_timezone_names", record, (), STABLE | STRICT, list_zones,
                 "zones that SET TIME ZONE knows, as they are now")
SQL_FACTS(2856, .rows = 1000,
          .arguments = "OUT name text, OUT abbrev text, OUT utc_offset interval, OUT is_dst bool")

static bool next_abbreviation(Fn *fn, ZoneSet *s, Datum *columns)
{
    if (s->at == s->count) return false;
    const ZoneOffset *offset = &s->list[s->at++];
    columns[0] = text_datum(str_upper_ascii(fn->arena, offset->abbreviation));
    fill_offset(*offset, &columns[1]);
    return true;
}

static bool list_own_abbreviations(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    ZoneSet *s = set->state;
    (void)args;
    if (!s) {
        s = set->state = ARENA_NEW(set->arena, ZoneSet);
        s->count = time_zone_abbreviations_own(env_time_zone(fn->env), set->arena, &s->list);
    }
    return next_abbreviation(fn, s, columns);
}
SQL_FUNCTION_SET(6401, "pg_timezone_abbrevs_zone", record, (), STABLE | STRICT,
                 list_own_abbreviations, "abbreviations of the time zone in force")
SQL_FACTS(6401, .rows = 10,
          .arguments = "OUT abbrev text, OUT utc_offset interval, OUT is_dst bool")

static bool list_known_abbreviations(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    ZoneSet *s = set->state;
    (void)args;
    if (!s) {
        s = set->state = ARENA_NEW(set->arena, ZoneSet);
        s->count = time_zone_abbreviations_known(set->arena, &s->list);
    }
    return next_abbreviation(fn, s, columns);
}
SQL_FUNCTION_SET(2599, "pg_timezone_abbrevs_abbrevs", record, (), STABLE | STRICT,
                 list_known_abbreviations, "abbreviations that are known in every time zone")
SQL_FACTS(2599, .rows = 1000,
          .arguments = "OUT abbrev text, OUT utc_offset interval, OUT is_dst bool")
