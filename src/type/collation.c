/* SPDX-License-Identifier: Apache-2.0 */
/* collation.c - collations of ICU, opened once a session. Texts are compared as UTF-8; equal ones of a deterministic
 * collation are told apart by their bytes. ICU's memory is its own: charged to no account, given back at the end of the
 * session. */
#include "type/collation.h"

#include <unicode/ucasemap.h>
#include <unicode/uchar.h>
#include <unicode/ucol.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>

#include "base/array.h"
#include "base/oids.h"
#include "base/task.h"
#include "base/utf8.h"

enum { COLLATION_UNICODE = 963, LOCALE_BYTES_MAX = 256 };

struct Collation {
    Oid oid;
    bool deterministic, by_bytes;
    CaseRules rules;
    UCollator *collator; /* NULL: by_bytes */
    UCaseMap *letters;   /* NULL: neither CASE_FULL nor CASE_LANGUAGE */
};

struct Collations {
    Arena *arena;
    ARRAY_OF(Collation *) opened;
};

Collations *collations_new(Arena *arena)
{
    Collations *collations = ARENA_NEW(arena, Collations);
    collations->arena = collations->opened.arena = arena;
    return collations;
}

static void close_icu(Collation *collation)
{
    if (collation->collator) ucol_close(collation->collator);
    if (collation->letters) ucasemap_close(collation->letters);
    collation->collator = NULL;
    collation->letters = NULL;
}

void collations_release(Collations *collations)
{
    for (uint32_t i = 0; i < collations->opened.count; i++) close_icu(collations->opened.items[i]);
    collations->opened.count = 0;
}

/* ---- Opening */

/* ICU's name of a locale: language tags (de-AT-u-co-phonebk) and libc's names (de_AT.utf8@euro) are brought to it. */
static bool icu_locale(Str locale, bool is_libc, char *name, UErrorCode *status)
{
    char text[LOCALE_BYTES_MAX];
    size_t bytes = locale.bytes, at;
    if (is_libc && (str_find_char(locale, '.', &at) || str_find_char(locale, '@', &at))) bytes = at;
    if (bytes >= sizeof text) return false;
    memcpy(text, locale.data, bytes);
    text[bytes] = 0;
    if (is_libc)
        uloc_canonicalize(text, name, LOCALE_BYTES_MAX, status);
    else
        uloc_forLanguageTag(text, name, LOCALE_BYTES_MAX, NULL, status);
    if (U_FAILURE(*status)) return false;
    /* What is no language tag comes back empty: a name in ICU's own form. */
    if (!name[0] && bytes && strcmp(text, "und") != 0 && strncmp(text, "und-", 4) != 0)
        memcpy(name, text, bytes + 1);
    return true;
}

static UChar *to_utf16(Arena *arena, Str s, int32_t *units)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar *out = arena_alloc(arena, (s.bytes + 1) * sizeof(UChar));
    u_strFromUTF8(out, (int32_t)(s.bytes + 1), units, s.data, (int32_t)s.bytes, &status);
    if (U_FAILURE(status))
        raise_error(SQLSTATE_CHARACTER_NOT_IN_REPERTOIRE, "ICU does not read a text: %s",
                    u_errorName(status));
    return out;
}

/* The locale's own rules and more behind them. */
static UCollator *open_rules(Arena *arena, const char *name, Str rules, UErrorCode *status)
{
    UCollator *base = ucol_open(name, status);
    int32_t own_units = 0, more_units = 0;
    if (U_FAILURE(*status)) return base;
    const UChar *own = ucol_getRules(base, &own_units);
    const UChar *more = to_utf16(arena, rules, &more_units);
    UChar *all = arena_alloc(arena, (size_t)(own_units + more_units + 1) * sizeof(UChar));
    memcpy(all, own, (size_t)own_units * sizeof(UChar));
    memcpy(all + own_units, more, (size_t)more_units * sizeof(UChar));
    UCollator *made = ucol_openRules(all, own_units + more_units, UCOL_DEFAULT,
                                     UCOL_DEFAULT_STRENGTH, NULL, status);
    ucol_close(base);
    return made;
}

static bool open_collator(Arena *arena, Str locale, bool is_libc, Str rules, UCollator **collator,
                          InputError *err)
{
    UErrorCode status = U_ZERO_ERROR;
    char name[LOCALE_BYTES_MAX];
    *collator = NULL;
    if (!icu_locale(locale, is_libc, name, &status))
        return input_error(err, SQLSTATE_INVALID_PARAMETER_VALUE,
                           "could not convert locale name \"%.*s\" to language tag: %s",
                           STR_ARG(locale),
                           u_errorName(U_FAILURE(status) ? status : U_ILLEGAL_ARGUMENT_ERROR));
    *collator = rules.bytes ? open_rules(arena, name, rules, &status) : ucol_open(name, &status);
    if (U_SUCCESS(status)) return true;
    if (*collator) ucol_close(*collator);
    *collator = NULL;
    if (rules.bytes)
        return input_error(err, SQLSTATE_INVALID_PARAMETER_VALUE,
                           "could not open collator for locale \"%.*s\" with rules \"%.*s\": %s",
                           STR_ARG(locale), STR_ARG(rules), u_errorName(status));
    return input_error(err, SQLSTATE_INVALID_PARAMETER_VALUE,
                       "could not open collator for locale \"%.*s\": %s", STR_ARG(locale),
                       u_errorName(status));
}

static void open_letters(Collation *collation, Str locale, bool is_libc)
{
    UErrorCode status = U_ZERO_ERROR;
    char name[LOCALE_BYTES_MAX] = "";
    if (collation->rules == CASE_LANGUAGE) (void)icu_locale(locale, is_libc, name, &status);
    if (U_SUCCESS(status)) collation->letters = ucasemap_open(name, 0, &status);
    if (U_FAILURE(status))
        raise_error(SQLSTATE_INTERNAL_ERROR, "could not open case map for locale \"%s\": %s", name,
                    u_errorName(status));
}

static bool is_c_locale(Str locale)
{
    return str_equal(locale, STR("C")) || str_equal(locale, STR("POSIX"));
}

/* libc's C.UTF-8, as its makers spell it. */
static bool is_c_utf8_locale(Str locale)
{
    return str_equal_ascii_nocase(locale, STR("C.UTF-8")) ||
           str_equal_ascii_nocase(locale, STR("C.UTF8"));
}

static CaseRules rules_of(const FnCollation *facts)
{
    if (is_c_locale(facts->locale)) return CASE_ASCII;
    if (facts->provider == 'b' && str_equal(facts->locale, STR("PG_UNICODE_FAST")))
        return CASE_FULL;
    if (facts->provider == 'b' || is_c_utf8_locale(facts->locale)) return CASE_SIMPLE;
    return CASE_LANGUAGE;
}

static FnCollation facts_of(const FnEnv *env, Oid oid)
{
    FnCollation facts = {.deterministic = true};
    switch (oid) {
    case COLLATION_C:
    case COLLATION_POSIX: facts = (FnCollation){'c', true, STR("C"), STR("")}; break;
    case COLLATION_UCS_BASIC: facts = (FnCollation){'b', true, STR("C"), STR("")}; break;
    case 0:
    case COLLATION_DEFAULT:
    case COLLATION_C_UTF8: facts = (FnCollation){'b', true, STR("C.UTF-8"), STR("")}; break;
    case COLLATION_UNICODE_FAST:
        facts = (FnCollation){'b', true, STR("PG_UNICODE_FAST"), STR("")};
        break;
    case COLLATION_UNICODE: facts = (FnCollation){'i', true, STR("und"), STR("")}; break;
    default:
        if (!env || !env->calls || !env->calls->collation ||
            !env->calls->collation(env->calls_arg, oid, &facts))
            raise_error(SQLSTATE_UNDEFINED_OBJECT, "collation with OID %u does not exist", oid);
    }
    return facts;
}

static const Collation *find_opened(const FnEnv *env, Oid oid)
{
    if (!env || !env->collations)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "collation %u is not supported here", oid);
    for (uint32_t i = 0; i < env->collations->opened.count; i++)
        if (env->collations->opened.items[i]->oid == oid) return env->collations->opened.items[i];
    return NULL;
}

/* The entry stands in the list before ICU is asked, so that a raise leaves nothing open behind. */
static const Collation *open_collation(const FnEnv *env, Oid oid)
{
    const Collation *found = find_opened(env, oid);
    if (found) return found;
    Collations *collations = env->collations;
    const FnCollation facts = facts_of(env, oid);
    InputError err = {.arena = env->stmt ? env->stmt : collations->arena};
    Collation *made = ARENA_NEW(collations->arena, Collation);
    made->deterministic = facts.deterministic;
    made->rules = rules_of(&facts);
    made->by_bytes = made->rules != CASE_LANGUAGE;
    array_push(&collations->opened, made);
    if (!made->by_bytes && !open_collator(err.arena, facts.locale, facts.provider == 'c',
                                          facts.rules, &made->collator, &err))
        input_error_raise(&err);
    if (made->rules >= CASE_FULL) open_letters(made, facts.locale, facts.provider == 'c');
    made->oid = oid;
    return made;
}

const Collation *collation_get(const FnEnv *env, Oid oid)
{
    if (collation_is_plain(oid)) return NULL;
    const Collation *collation = open_collation(env, oid);
    return collation->by_bytes ? NULL : collation;
}

bool collation_is_deterministic(const FnEnv *env, Oid oid)
{
    const Collation *collation = collation_get(env, oid);
    return !collation || collation->deterministic;
}

/* ---- Order */

int collation_compare(const Collation *collation, Str a, Str b)
{
    UErrorCode status = U_ZERO_ERROR;
    const UCollationResult result = ucol_strcollUTF8(collation->collator, a.data, (int32_t)a.bytes,
                                                     b.data, (int32_t)b.bytes, &status);
    if (U_FAILURE(status))
        raise_error(SQLSTATE_INTERNAL_ERROR, "collation failed: %s", u_errorName(status));
    if (result != UCOL_EQUAL) return result == UCOL_LESS ? -1 : 1;
    return collation->deterministic ? str_compare(a, b) : 0;
}

bool collation_equal(const Collation *collation, Str a, Str b)
{
    if (collation->deterministic) return str_equal(a, b);
    return str_equal(a, b) || collation_compare(collation, a, b) == 0;
}

Str collation_sort_key(const Collation *collation, Arena *arena, Str s)
{
    int32_t units;
    const UChar *text = to_utf16(arena, s, &units);
    const int32_t bytes = ucol_getSortKey(collation->collator, text, units, NULL, 0);
    uint8_t *key = arena_alloc(arena, (size_t)bytes + 1);
    if (bytes == 0 || ucol_getSortKey(collation->collator, text, units, key, bytes) != bytes)
        raise_error(SQLSTATE_INTERNAL_ERROR, "sort key generation failed");
    return (Str){(const char *)key, (size_t)bytes - 1}; /* without ICU's zero at the end */
}

bool collation_prefix(const Collation *collation, Str s, Str what, size_t *bytes)
{
    bool found = false;
    for (size_t end = 0;; end += utf8_length(s.data[end])) {
        task_check();
        if (collation_equal(collation, str_slice(s, 0, end), what)) {
            *bytes = end;
            found = true;
        } else if (found) {
            return true;
        }
        if (end >= s.bytes) return found;
    }
}

/* ---- Letters */

CaseRules collation_case(const FnEnv *env, Oid oid)
{
    switch (oid) {
    case COLLATION_C:
    case COLLATION_POSIX:
    case COLLATION_UCS_BASIC: return CASE_ASCII;
    case 0:
    case COLLATION_DEFAULT: return env && env->ascii_letters ? CASE_ASCII : CASE_SIMPLE;
    case COLLATION_C_UTF8: return CASE_SIMPLE;
    case COLLATION_UNICODE_FAST: return CASE_FULL;
    default: return open_collation(env, oid)->rules;
    }
}

typedef int32_t MapFunction(const UCaseMap *map, char *to, int32_t capacity, const char *from,
                            int32_t bytes, UErrorCode *status);

/* ICU keeps the iterator over words that titles need in the map. */
static int32_t map_title(const UCaseMap *map, char *to, int32_t capacity, const char *from,
                         int32_t bytes, UErrorCode *status)
{
    return ucasemap_utf8ToTitle((UCaseMap *)(uintptr_t)map, to, capacity, from, bytes, status);
}

static Str map_by(MapFunction *function, const UCaseMap *map, Arena *arena, Str s)
{
    size_t capacity = s.bytes + s.bytes / 2 + 16;
    for (;;) {
        UErrorCode status = U_ZERO_ERROR;
        char *out = arena_alloc(arena, capacity);
        const int32_t bytes = function(map, out, (int32_t)capacity, s.data, (int32_t)s.bytes,
                                       &status);
        if (status != U_BUFFER_OVERFLOW_ERROR) {
            if (U_FAILURE(status))
                raise_error(SQLSTATE_INTERNAL_ERROR, "case conversion failed: %s",
                            u_errorName(status));
            return (Str){out, (size_t)bytes};
        }
        capacity = (size_t)bytes + 1;
    }
}

static bool is_word_character(uint32_t c)
{
    return u_isUAlphabetic((UChar32)c) || (c >= '0' && c <= '9') || u_isdigit((UChar32)c);
}

/* A word: its first character in title case; of the word in small letters what is behind that character's. */
static void add_word(const UCaseMap *map, Arena *arena, Str word, StrBuilder *out)
{
    if (!word.bytes) return;
    const Str first = str_slice(word, 0, utf8_length(word.data[0]));
    const Str small = map_by(ucasemap_utf8ToLower, map, arena, word);
    const Str small_first = map_by(ucasemap_utf8ToLower, map, arena, first);
    str_add(out, map_by(map_title, map, arena, first));
    str_add(out, str_slice(small, small_first.bytes, small.bytes));
}

static Str title_words(const UCaseMap *map, Arena *arena, Str s)
{
    StrBuilder out = str_builder(arena, s.bytes);
    size_t at = 0, start = 0;
    for (uint32_t c; at < s.bytes;) {
        const size_t from = at;
        task_check();
        if (!utf8_next(s, &at, &c)) break;
        if (is_word_character(c)) continue;
        add_word(map, arena, str_slice(s, start, from), &out);
        str_add(&out, str_slice(s, from, at));
        start = at;
    }
    add_word(map, arena, str_slice(s, start, s.bytes), &out);
    return str_done(&out);
}

static MapFunction *const map_functions[] = {[CASE_LOWER] = ucasemap_utf8ToLower,
                                             [CASE_UPPER] = ucasemap_utf8ToUpper,
                                             [CASE_TITLE] = map_title,
                                             [CASE_FOLD] = ucasemap_utf8FoldCase};

Str collation_map_case(const FnEnv *env, Arena *arena, Oid oid, Str s, CaseMapping mapping)
{
    const Collation *collation = open_collation(env, oid);
    if (mapping == CASE_TITLE && collation->rules == CASE_FULL)
        return title_words(collation->letters, arena, s);
    return map_by(map_functions[mapping], collation->letters, arena, s);
}

/* ---- For who makes collations */

bool collation_check_icu(Str locale, Str rules, Arena *arena, InputError *err)
{
    UCollator *collator;
    if (!open_collator(arena, locale, false, rules, &collator, err)) return false;
    ucol_close(collator);
    return true;
}

Str collation_icu_version(Arena *arena, Str locale)
{
    UCollator *collator;
    UVersionInfo version;
    char text[U_MAX_VERSION_STRING_LENGTH];
    InputError err = {.arena = arena};
    if (!open_collator(arena, locale, false, STR(""), &collator, &err)) return STR("");
    ucol_getVersion(collator, version);
    ucol_close(collator);
    u_versionToString(version, text);
    return str_copy(arena, str_from(text));
}

bool collation_language_tag(Arena *arena, Str locale, Str *tag)
{
    UErrorCode status = U_ZERO_ERROR;
    char made[LOCALE_BYTES_MAX];
    const int32_t bytes = uloc_toLanguageTag(str_copy_zero(arena, locale), made, sizeof made, true,
                                             &status);
    if (U_FAILURE(status) || bytes >= (int32_t)sizeof made) return false;
    *tag = str_copy(arena, (Str){made, (size_t)bytes});
    return true;
}

static Str english_name(Arena *arena, const char *locale)
{
    enum { NAME_UNITS_MAX = 256 };
    UErrorCode status = U_ZERO_ERROR;
    UChar units[NAME_UNITS_MAX];
    char text[NAME_UNITS_MAX * 3];
    int32_t bytes = 0;
    const int32_t count = uloc_getDisplayName(locale, "en", units, NAME_UNITS_MAX, &status);
    u_strToUTF8(text, sizeof text, &bytes, units, count, &status);
    return U_FAILURE(status) ? STR("") : str_copy(arena, (Str){text, (size_t)bytes});
}

bool collation_icu_locale(Arena *arena, uint32_t number, Str *tag, Str *title, Str *version)
{
    const uint32_t count = (uint32_t)uloc_countAvailable();
    if (number > count) return false;
    const char *name = number ? uloc_getAvailable((int32_t)number - 1) : "";
    if (!collation_language_tag(arena, str_from(name), tag)) *tag = str_from(name);
    *title = number ? english_name(arena, name) : STR("");
    *version = collation_icu_version(arena, *tag);
    return true;
}

static bool knows_language(const char *tongue)
{
    for (int32_t i = 0; i < uloc_countAvailable(); i++) {
        UErrorCode status = U_ZERO_ERROR;
        char known[ULOC_LANG_CAPACITY];
        uloc_getLanguage(uloc_getAvailable(i), known, sizeof known, &status);
        if (U_SUCCESS(status) && strcmp(known, tongue) == 0) return true;
    }
    return false;
}

bool collation_icu_unknown_language(Arena *arena, Str locale, Str *language)
{
    UErrorCode status = U_ZERO_ERROR;
    char name[LOCALE_BYTES_MAX], tongue[ULOC_LANG_CAPACITY];
    if (!icu_locale(locale, false, name, &status)) return false;
    uloc_getLanguage(name, tongue, sizeof tongue, &status);
    if (U_FAILURE(status) || !tongue[0] || strcmp(tongue, "root") == 0) return false;
    *language = str_copy(arena, str_from(tongue));
    return !knows_language(tongue);
}

bool collation_knows_libc(Str name)
{
    UErrorCode status = U_ZERO_ERROR;
    char locale[LOCALE_BYTES_MAX], tongue[ULOC_LANG_CAPACITY];
    if (is_c_utf8_locale(name)) return true;
    if (!icu_locale(name, true, locale, &status)) return false;
    uloc_getLanguage(locale, tongue, sizeof tongue, &status);
    return U_SUCCESS(status) && tongue[0] && knows_language(tongue);
}
