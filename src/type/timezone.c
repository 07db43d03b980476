/* SPDX-License-Identifier: Apache-2.0 */
/* timezone.c - time zones: files of tzdata (RFC 8536, version 2 and later), POSIX zone strings, fixed offsets,
 * abbreviations.
 *
 * A zone is a list of moments at which its offset changed, and a rule for what comes after the last of them: the POSIX
 * string at the end of the file, or the whole zone when it is one. A rule is asked by looking at the two changes of the
 * year and of its neighbours, so there is no table that ends. All seconds count from 1970-01-01 UTC. */
#include "type/timezone.h"

#include "base/arith.h"
#include "base/task.h"
#include "os/file.h"
#include "type/timezone_abbreviations.h"
#include "type/type_internal.h"

#define ZONE_DIR "/usr/share/zoneinfo"
enum {
    ZONE_FILE_BYTES_MAX = 1 << 20,
    ZONE_NAME_BYTES_MAX = 255,
    ZONE_TYPES_MAX = 256,
    ZONE_HEADER_BYTES = 44
};
enum { OFFSET_SECONDS_MAX = 168 * 3600 };

typedef struct ZoneType {
    int32_t seconds;
    bool is_dst;
    Str abbreviation;
} ZoneType;

/* When a summer time begins or ends in a year. */
typedef struct ZoneDay {
    char kind; /* J: day 1 to 365 without February 29th, D: day 0 to 365, M: month, week, weekday */
    int32_t day; /* J, D */
    int32_t month, week, weekday;
    int32_t time; /* seconds of the day, local time before the change */
} ZoneDay;

typedef struct ZoneRule {
    bool any, has_dst;
    ZoneType standard, summer;
    ZoneDay begin, end;
} ZoneRule;

struct TimeZone {
    Str name;
    uint32_t change_count;
    const int64_t *changes;     /* ascending */
    const uint8_t *change_type; /* what holds from changes[i] on */
    ZoneType types[ZONE_TYPES_MAX];
    uint32_t type_count, first_type; /* first_type: before the first change */
    ZoneRule rule;                   /* after the last change */
};

/* ---- POSIX zone strings */

/* Whatever is between < and >, or comes before a digit, sign or comma: PostgreSQL asks for no letters, and not for
 * three. */
static bool take_zone_name(Str *s, Str *name)
{
    size_t i = 0;
    if (str_starts(*s, STR("<"))) {
        size_t end;
        if (!str_find_char(*s, '>', &end)) return false;
        *name = str_slice(*s, 1, end);
        *s = str_slice(*s, end + 1, s->bytes);
        return true;
    }
    while (i < s->bytes && !is_digit(s->data[i]) && !memchr(",-+", s->data[i], 3)) i++;
    *name = str_slice(*s, 0, i);
    *s = str_slice(*s, i, s->bytes);
    return true;
}

static bool take_int(Str *s, int32_t most, int32_t *value)
{
    size_t i = 0;
    *value = 0;
    for (; i < s->bytes && is_digit(s->data[i]) && *value <= most; i++)
        *value = *value * 10 + (s->data[i] - '0');
    *s = str_slice(*s, i, s->bytes);
    return i > 0 && *value <= most;
}

static bool take_char(Str *s, char c)
{
    if (!s->bytes || s->data[0] != c) return false;
    *s = str_slice(*s, 1, s->bytes);
    return true;
}

/* [+-]hh[:mm[:ss]] */
static bool take_clock(Str *s, int32_t hours_max, int32_t *seconds)
{
    int32_t hours, minutes = 0, rest = 0;
    const bool negative = take_char(s, '-');
    if (!negative) take_char(s, '+');
    if (!take_int(s, hours_max, &hours)) return false;
    if (take_char(s, ':') && !take_int(s, 59, &minutes)) return false;
    if (take_char(s, ':') && !take_int(s, 60, &rest)) return false; /* a leap second */
    *seconds = hours * 3600 + minutes * 60 + rest;
    if (negative) *seconds = -*seconds;
    return true;
}

static bool take_day(Str *s, ZoneDay *day)
{
    *day = (ZoneDay){.time = 2 * 3600};
    if (take_char(s, 'M')) {
        day->kind = 'M';
        if (!take_int(s, 12, &day->month) || !take_char(s, '.') || !take_int(s, 5, &day->week) ||
            !take_char(s, '.') || !take_int(s, 6, &day->weekday) || day->month < 1 || day->week < 1)
            return false;
    } else {
        day->kind = take_char(s, 'J') ? 'J' : 'D';
        if (!take_int(s, 365, &day->day) || (day->kind == 'J' && day->day < 1)) return false;
    }
    return !take_char(s, '/') || take_clock(s, 167, &day->time);
}

/* std offset [dst [offset] [, begin, end]]; without rules those of the United States. The names stay where they are. */
static bool rule_parse(Str s, ZoneRule *rule)
{
    int32_t west;
    *rule = (ZoneRule){.any = true};
    if (!take_zone_name(&s, &rule->standard.abbreviation) || !take_clock(&s, 167, &west))
        return false;
    rule->standard.seconds = -west;
    if (!s.bytes) return true;
    if (!take_zone_name(&s, &rule->summer.abbreviation) || !rule->summer.abbreviation.bytes)
        return false;
    rule->has_dst = rule->summer.is_dst = true;
    rule->summer.seconds = rule->standard.seconds + 3600;
    if (s.bytes && s.data[0] != ',') {
        if (!take_clock(&s, 167, &west)) return false;
        rule->summer.seconds = -west;
    }
    if (!s.bytes) s = STR(",M3.2.0,M11.1.0");
    return take_char(&s, ',') && take_day(&s, &rule->begin) && take_char(&s, ',') &&
           take_day(&s, &rule->end) && !s.bytes;
}

static int64_t unix_of_date(int64_t date)
{
    return (date - DATE_OF_UNIX_EPOCH) * SEC_PER_DAY;
}

/* The moment of `day` in a year, by a clock that is `seconds` east. */
static int64_t rule_moment(const ZoneDay *day, int64_t year, int32_t seconds)
{
    int64_t date = date_of_civil(year, 1, 1);
    if (day->kind == 'M') {
        const int64_t first = date_of_civil(year, day->month, 1);
        date = first + (day->weekday - day_of_week(first) + 7) % 7 + (day->week - 1) * 7;
        while (date >= first + month_days(year, day->month)) date -= 7;
    } else if (day->kind == 'J') {
        date += day->day - 1 + (day->day >= 60 && year_is_leap(year));
    } else {
        date += day->day;
    }
    return unix_of_date(date) + day->time - seconds;
}

/* The last change at or before a moment, and the first one after it. */
typedef struct ZoneSpan {
    const ZoneType *type, *next_type;
    int64_t next; /* INT64_MAX: none */
} ZoneSpan;

static ZoneSpan rule_span(const ZoneRule *rule, int64_t moment)
{
    ZoneSpan span = {.type = &rule->standard, .next = INT64_MAX};
    if (!rule->has_dst) return span;
    CivilTime civil;
    civil_of_date(i64_div_floor(moment, SEC_PER_DAY) + DATE_OF_UNIX_EPOCH, &civil);
    int64_t last = INT64_MIN;
    for (int64_t year = civil.year - 1; year <= civil.year + 1; year++) {
        const int64_t begin = rule_moment(&rule->begin, year, rule->standard.seconds);
        const int64_t end = rule_moment(&rule->end, year, rule->summer.seconds);
        if (begin <= moment && begin > last) last = begin, span.type = &rule->summer;
        if (end <= moment && end > last) last = end, span.type = &rule->standard;
        if (begin > moment && begin < span.next) span.next = begin, span.next_type = &rule->summer;
        if (end > moment && end < span.next) span.next = end, span.next_type = &rule->standard;
    }
    return span;
}

static ZoneSpan zone_span(const TimeZone *zone, int64_t moment)
{
    uint32_t low = 0, high = zone->change_count; /* changes[low - 1] <= moment < changes[high] */
    while (low < high) {
        const uint32_t middle = (low + high) / 2;
        if (zone->changes[middle] <= moment)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == zone->change_count && zone->rule.any) return rule_span(&zone->rule, moment);
    ZoneSpan span = {.type = &zone->types[low ? zone->change_type[low - 1] : zone->first_type],
                     .next = INT64_MAX};
    if (low < zone->change_count) {
        span.next = zone->changes[low];
        span.next_type = &zone->types[zone->change_type[low]];
    }
    return span;
}

static ZoneOffset offset_of(const ZoneType *type)
{
    return (ZoneOffset){type->seconds, type->is_dst, type->abbreviation};
}

static int64_t unix_of_timestamp(int64_t t)
{
    return i64_div_floor(t, USEC_PER_SEC) - (int64_t)DATE_OF_UNIX_EPOCH * SEC_PER_DAY;
}

ZoneOffset time_zone_offset(const TimeZone *zone, int64_t utc)
{
    return offset_of(zone_span(zone, unix_of_timestamp(utc)).type);
}

/* The change nearest to the local time decides: there is at most one within a day, as no two changes are that close. */
ZoneOffset time_zone_offset_local(const TimeZone *zone, int64_t local)
{
    const int64_t seconds = unix_of_timestamp(local);
    const ZoneSpan span = zone_span(zone, seconds - SEC_PER_DAY);
    if (span.next == INT64_MAX) return offset_of(span.type);
    const int64_t before = seconds - span.type->seconds, after = seconds - span.next_type->seconds;
    if (before < span.next && after < span.next) return offset_of(span.type);
    if (before >= span.next && after >= span.next) return offset_of(span.next_type);
    return offset_of(before > after ? span.type : span.next_type);
}

bool time_zone_is_fixed(const TimeZone *zone, int32_t *seconds)
{
    const ZoneRule *rule = &zone->rule;
    *seconds = rule->any ? rule->standard.seconds : zone->types[zone->first_type].seconds;
    for (uint32_t i = 0; i < zone->type_count; i++)
        if (zone->types[i].seconds != *seconds) return false;
    return !rule->any || !rule->has_dst || rule->summer.seconds == *seconds;
}

/* ---- Files of tzdata */

typedef struct ZoneFile {
    Bytes bytes;
    uint32_t leap_count, change_count, type_count, text_bytes, standard_count, utc_count;
} ZoneFile;

static bool file_header(Bytes bytes, ZoneFile *file)
{
    if (bytes.bytes < ZONE_HEADER_BYTES || memcmp(bytes.data, "TZif", 4) != 0) return false;
    *file = (ZoneFile){bytes,
                       .utc_count = load_be32(bytes.data + 20),
                       .standard_count = load_be32(bytes.data + 24),
                       .leap_count = load_be32(bytes.data + 28),
                       .change_count = load_be32(bytes.data + 32),
                       .type_count = load_be32(bytes.data + 36),
                       .text_bytes = load_be32(bytes.data + 40)};
    return file->change_count < ZONE_FILE_BYTES_MAX && file->leap_count < ZONE_FILE_BYTES_MAX &&
           file->text_bytes < ZONE_FILE_BYTES_MAX && file->type_count <= ZONE_TYPES_MAX &&
           file->type_count > 0 && file->standard_count <= ZONE_TYPES_MAX &&
           file->utc_count <= ZONE_TYPES_MAX;
}

/* Bytes of the block behind a header; times are of `width` bytes. */
static size_t file_block(const ZoneFile *file, size_t width)
{
    return ZONE_HEADER_BYTES + file->change_count * (width + 1) + (size_t)file->type_count * 6 +
           file->text_bytes + file->leap_count * (width + 4) + file->standard_count +
           file->utc_count;
}

static bool zone_types(Arena *arena, TimeZone *zone, const ZoneFile *file, const uint8_t *at)
{
    const char *texts = (const char *)at + (size_t)file->type_count * 6;
    const Str all = str_copy(arena, (Str){texts, file->text_bytes});
    zone->type_count = file->type_count;
    for (uint32_t i = 0; i < file->type_count; i++, at += 6) {
        const uint32_t from = at[5];
        if (from >= all.bytes) return false;
        size_t end = from;
        while (end < all.bytes && all.data[end]) end++;
        zone->types[i] = (ZoneType){(int32_t)load_be32(at), at[4] != 0, str_slice(all, from, end)};
    }
    for (uint32_t i = 0; i < zone->change_count; i++)
        if (zone->change_type[i] >= zone->type_count) return false;
    return true;
}

/* False: damaged. Version 1 files, of 32-bit times, are no longer made. */
static bool zone_read(Arena *arena, Bytes bytes, TimeZone *zone)
{
    ZoneFile file;
    if (!file_header(bytes, &file) || file_block(&file, 4) > bytes.bytes) return false;
    const size_t skip = file_block(&file, 4);
    bytes = (Bytes){bytes.data + skip, bytes.bytes - skip};
    if (!file_header(bytes, &file) || file_block(&file, 8) > bytes.bytes) return false;
    int64_t *changes = ARENA_ARRAY(arena, int64_t, file.change_count);
    const uint8_t *at = bytes.data + ZONE_HEADER_BYTES;
    for (uint32_t i = 0; i < file.change_count; i++)
        changes[i] = (int64_t)load_be64(at + (size_t)i * 8);
    at += (size_t)file.change_count * 8;
    zone->changes = changes;
    zone->change_count = file.change_count;
    zone->change_type = arena_copy(arena, at, file.change_count);
    if (!zone_types(arena, zone, &file, at + file.change_count)) return false;
    const size_t block = file_block(&file, 8);
    const Str footer = str_trim((Str){(const char *)bytes.data + block, bytes.bytes - block}, "\n");
    return !footer.bytes || rule_parse(str_copy(arena, footer), &zone->rule);
}

/* Finds `name` below the folder of zones, whatever its case; the name as it stands there. */
static bool zone_path(Arena *arena, Str name, Str *path, Str *right_name)
{
    StrBuilder found = str_builder(arena, 64);
    Str rest = name;
    str_add(&found, STR(ZONE_DIR));
    while (rest.bytes) {
        size_t end = rest.bytes;
        Str *entries;
        uint32_t count;
        bool any = false;
        str_find_char(rest, '/', &end);
        const Str part = str_slice(rest, 0, end);
        rest = str_slice(rest, end + 1, rest.bytes);
        const char *folder = str_copy_zero(arena, str_peek(&found));
        if (!part.bytes || part.data[0] == '.' ||
            os_dir_list(arena, folder, &entries, &count) != OK)
            return false;
        for (uint32_t i = 0; i < count && !any; i++) {
            if (!str_equal_ascii_nocase(entries[i], part)) continue;
            any = true;
            str_add_char(&found, '/');
            str_add(&found, entries[i]);
        }
        if (!any) return false;
    }
    *path = str_done(&found);
    *right_name = str_slice(*path, sizeof ZONE_DIR, path->bytes);
    return true;
}

static bool zone_from_path(Arena *arena, Str path, TimeZone *zone)
{
    Str contents;
    return os_file_read_all(arena, str_copy_zero(arena, path), ZONE_FILE_BYTES_MAX, &contents) ==
               OK &&
           zone_read(arena, (Bytes){(const uint8_t *)contents.data, contents.bytes}, zone);
}

static bool zone_from_file(Arena *arena, Str name, TimeZone *zone)
{
    Str path;
    return zone_path(arena, name, &path, &zone->name) && zone_from_path(arena, path, zone);
}

/* ---- Looking up */

static const TimeZone utc = {.name = {"UTC", 3},
                             .type_count = 1,
                             .types = {{0, false, {"UTC", 3}}}};
static const TimeZone gmt = {.name = {"GMT", 3},
                             .type_count = 1,
                             .types = {{0, false, {"GMT", 3}}}};

const TimeZone *time_zone_utc(void)
{
    return &utc;
}

Str time_zone_name(const TimeZone *zone)
{
    return zone->name;
}

static TimeZone *zone_new(Arena *arena)
{
    return ARENA_NEW(arena, TimeZone);
}

const TimeZone *time_zone_fixed(Arena *arena, int32_t seconds_east)
{
    TimeZone *zone = zone_new(arena);
    StrBuilder text = str_builder(arena, 32);
    const int32_t magnitude = seconds_east < 0 ? -seconds_east : seconds_east;
    str_add_format(&text, "%c%02d", seconds_east < 0 ? '-' : '+', magnitude / 3600);
    if (magnitude % 3600) str_add_format(&text, ":%02d", magnitude / 60 % 60);
    if (magnitude % 60) str_add_format(&text, ":%02d", magnitude % 60);
    const Str shown = str_done(&text);
    zone->name = str_format(arena, "<%.*s>%c%.*s", STR_ARG(shown), seconds_east < 0 ? '+' : '-',
                            STR_ARG(str_slice(shown, 1, shown.bytes)));
    zone->type_count = 1;
    zone->types[0] = (ZoneType){seconds_east, false, shown};
    return zone;
}

static const TimeZone *zone_load(Arena *arena, Str name)
{
    if (!name.bytes || name.bytes > ZONE_NAME_BYTES_MAX) return NULL;
    if (str_equal_ascii_nocase(name, STR("UTC"))) return &utc;
    if (str_equal_ascii_nocase(name, STR("GMT"))) return &gmt;
    TimeZone *zone = zone_new(arena);
    if (zone_from_file(arena, name, zone)) return zone;
    *zone = (TimeZone){.name = str_upper_ascii(arena, name)};
    const bool is_rule = rule_parse(zone->name, &zone->rule) &&
                         zone->rule.standard.seconds >= -OFFSET_SECONDS_MAX &&
                         zone->rule.standard.seconds <= OFFSET_SECONDS_MAX;
    return is_rule ? zone : NULL;
}

typedef struct KnownZone {
    Str name;             /* lower case */
    const TimeZone *zone; /* NULL: there is none of this name */
    struct KnownZone *next;
} KnownZone;
struct TimeZones {
    Arena *arena;
    KnownZone *first;
    uint32_t count;
};
/* Names that are no zones are kept too, but not without end. */
enum { KNOWN_ZONES_MAX = 1000 };

TimeZones *time_zones_new(Arena *arena)
{
    TimeZones *zones = ARENA_NEW(arena, TimeZones);
    zones->arena = arena;
    return zones;
}

const TimeZone *time_zone_find(TimeZones *zones, Arena *arena, Str name)
{
    if (!zones) return zone_load(arena, name);
    for (KnownZone *known = zones->first; known; known = known->next)
        if (str_equal_ascii_nocase(known->name, name)) return known->zone;
    if (zones->count >= KNOWN_ZONES_MAX) return zone_load(arena, name);
    KnownZone *known = ARENA_NEW(zones->arena, KnownZone);
    *known = (KnownZone){str_copy(zones->arena, name), zone_load(zones->arena, name), zones->first};
    zones->first = known;
    zones->count++;
    return known->zone;
}

/* ---- Abbreviations */

static const struct {
    const char *text;
    int32_t seconds;
    bool is_dst;
} abbreviations[] = {
#define ABBREVIATION(text, seconds, is_dst) {text, seconds, is_dst},
    TIME_ZONE_ABBREVIATIONS(ABBREVIATION)
#undef ABBREVIATION
};

static const ZoneType *zone_own_type(const TimeZone *zone, Str text)
{
    if (str_equal_ascii_nocase(zone->rule.standard.abbreviation, text) && zone->rule.any)
        return &zone->rule.standard;
    if (zone->rule.has_dst && str_equal_ascii_nocase(zone->rule.summer.abbreviation, text))
        return &zone->rule.summer;
    /* The latest use of it. */
    for (uint32_t i = zone->change_count; i > 0; i--) {
        const ZoneType *type = &zone->types[zone->change_type[i - 1]];
        if (str_equal_ascii_nocase(type->abbreviation, text)) return type;
    }
    for (uint32_t i = 0; i < zone->type_count; i++)
        if (str_equal_ascii_nocase(zone->types[i].abbreviation, text)) return &zone->types[i];
    return NULL;
}

bool time_zone_abbreviation(const TimeZone *zone, Str text, ZoneOffset *offset)
{
    const ZoneType *own = zone_own_type(zone, text);
    if (own) {
        *offset = offset_of(own);
        return true;
    }
    size_t low = 0, high = ARRAY_LEN(abbreviations);
    while (low < high) {
        const size_t middle = (low + high) / 2;
        const int order = str_compare(str_from(abbreviations[middle].text), text);
        if (order == 0) {
            *offset = (ZoneOffset){abbreviations[middle].seconds, abbreviations[middle].is_dst,
                                   str_from(abbreviations[middle].text)};
            return true;
        }
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

static bool is_of_letters(Str text)
{
    for (size_t i = 0; i < text.bytes; i++)
        if ((text.data[i] | 32) < 'a' || (text.data[i] | 32) > 'z') return false;
    return text.bytes > 0;
}

/* Files name their abbreviations in the order of their first use. */
uint32_t time_zone_abbreviations_own(const TimeZone *zone, Arena *arena, ZoneOffset **list)
{
    ZoneOffset *out = *list = ARENA_ARRAY(arena, ZoneOffset, zone->type_count + 2);
    uint32_t count = 0;
    for (uint32_t i = 0; i < zone->type_count + 2; i++) {
        const ZoneType *type = i < zone->type_count    ? &zone->types[i]
                               : i == zone->type_count ? &zone->rule.standard
                                                       : &zone->rule.summer;
        uint32_t same = 0;
        while (same < count && !str_equal_ascii_nocase(out[same].abbreviation, type->abbreviation))
            same++;
        if (same == count && is_of_letters(type->abbreviation))
            out[count++] = offset_of(zone_own_type(zone, type->abbreviation));
    }
    return count;
}

uint32_t time_zone_abbreviations_known(Arena *arena, ZoneOffset **list)
{
    *list = ARENA_ARRAY(arena, ZoneOffset, ARRAY_LEN(abbreviations));
    for (uint32_t i = 0; i < ARRAY_LEN(abbreviations); i++)
        (*list)[i] = (ZoneOffset){abbreviations[i].seconds, abbreviations[i].is_dst,
                                  str_from(abbreviations[i].text)};
    return ARRAY_LEN(abbreviations);
}

/* ---- All names */

enum { ZONE_NAMES_MAX = 10000, ZONE_FOLDERS_DEPTH_MAX = 4 };

typedef struct ZoneNames {
    Arena *arena;
    Str *names;
    uint32_t count;
} ZoneNames;

static bool is_second_copy(Str name)
{
    static const char *const others[] = {"posix", "right", "localtime", "posixrules"};
    for (size_t i = 0; i < ARRAY_LEN(others); i++)
        if (str_equal(name, str_from(others[i]))) return true;
    return false;
}

static void zone_names_below(ZoneNames *all, Str folder, int depth)
{
    Str *entries;
    uint32_t count;
    const Str path = str_concat(all->arena, STR(ZONE_DIR "/"), folder);
    task_check();
    if (os_dir_list(all->arena, str_copy_zero(all->arena, path), &entries, &count) != OK) {
        /* A file. Tables that stand beside the zones have a dot in their names. */
        size_t dot;
        if (folder.bytes && !str_find_char(folder, '.', &dot) && all->count < ZONE_NAMES_MAX)
            all->names[all->count++] = folder;
        return;
    }
    for (uint32_t i = 0; i < count && depth < ZONE_FOLDERS_DEPTH_MAX; i++) {
        if (entries[i].data[0] == '.' || is_second_copy(entries[i])) continue;
        zone_names_below(all,
                         folder.bytes ? str_format(all->arena, "%.*s/%.*s", STR_ARG(folder),
                                                   STR_ARG(entries[i]))
                                      : entries[i],
                         depth + 1);
    }
}

const TimeZone *time_zone_named(Arena *arena, Str name)
{
    TimeZone *zone = zone_new(arena);
    zone->name = name;
    return zone_from_path(arena, str_concat(arena, STR(ZONE_DIR "/"), name), zone) ? zone : NULL;
}

uint32_t time_zone_names(Arena *arena, Str **names)
{
    ZoneNames all = {arena, ARENA_ARRAY(arena, Str, ZONE_NAMES_MAX), 0};
    zone_names_below(&all, (Str){0}, 0);
    *names = all.names;
    return all.count;
}
