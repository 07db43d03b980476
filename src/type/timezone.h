/* SPDX-License-Identifier: Apache-2.0 */
/* timezone.h - time zones: offsets from UTC at a moment, moments of a local time, abbreviations. A zone is an entry of
 * the system's tzdata, a POSIX zone string (EST5EDT,M3.2.0,M11.1.0), or a fixed offset. Offsets are seconds EAST of
 * Greenwich. */
#pragma once

#include "type/calendar.h"

/* What holds at a moment. */
typedef struct ZoneOffset {
    int32_t seconds; /* east of Greenwich */
    bool is_dst;
    Str abbreviation; /* lives as long as the zone */
} ZoneOffset;

/* Zones looked up so far, so that a zone named in every row is read once. One session's; in its arena. */
typedef struct TimeZones TimeZones;
TimeZones *time_zones_new(Arena *arena);

/* The zone of a name, ASCII case aside; NULL: there is none. `zones` NULL: it is read anew, into `arena`. */
const TimeZone *time_zone_find(TimeZones *zones, Arena *arena, Str name);
/* As the setting TimeZone and SET TIME ZONE make it of a number of hours or an interval; shown as "<+01>-01". */
const TimeZone *time_zone_fixed(Arena *arena, int32_t seconds_east);
const TimeZone *time_zone_utc(void);
Str time_zone_name(const TimeZone *zone);

/* At a moment, microseconds since 2000-01-01 UTC. */
ZoneOffset time_zone_offset(const TimeZone *zone, int64_t utc);
/* Of a local time. Where clocks were put forward the time that was left out is read as before; where they were put back
 * the time that came twice is read as after. */
ZoneOffset time_zone_offset_local(const TimeZone *zone, int64_t local);
/* Has it had but one offset at all times, seconds east? */
bool time_zone_is_fixed(const TimeZone *zone, int32_t *seconds);
/* The zone in force for the statement; UTC when there is none. */
static inline const TimeZone *env_time_zone(const FnEnv *env)
{
    return env->time_zone ? env->time_zone : time_zone_utc();
}

/* Abbreviations: those of `zone` itself go before the table that everybody knows. `text` is lower case. False: there is
 * no such one. */
bool time_zone_abbreviation(const TimeZone *zone, Str text, ZoneOffset *offset);
/* What time_zone_abbreviation finds, as lists: the zone's own, of letters alone, each with its latest meaning; and the
 * table, lower case and in order. Raise 53200. */
uint32_t time_zone_abbreviations_own(const TimeZone *zone, Arena *arena, ZoneOffset **list);
uint32_t time_zone_abbreviations_known(Arena *arena, ZoneOffset **list);

/* Names of tzdata's zones in no order; not those of its second copies (posix, with leap seconds) nor of the machine's
 * own zone. Reads folders alone: a name may still be of no zone. Raises 53200. */
uint32_t time_zone_names(Arena *arena, Str **names);
const TimeZone *time_zone_named(Arena *arena, Str name); /* one of these; NULL: of no zone */
