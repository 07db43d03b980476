/* SPDX-License-Identifier: Apache-2.0 */
/* collation.h - what a collation does with text: order, equality, sort keys, letters large and small.
 *
 * Four of the fixed collations, and all of provider builtin, order by bytes; ICU's order by language. A collator is
 * opened once a session (FnEnv.collations) and kept until its end. Names of libc's locales other than C and POSIX
 * (en_US.utf8) are given to ICU, which knows the same languages: the order is ICU's, on every machine. */
#pragma once

#include "type/type.h"

enum { COLLATION_C_UTF8 = 811, COLLATION_UCS_BASIC = 962, COLLATION_UNICODE_FAST = 6411 };

typedef struct Collation Collation;

/* Kept in `arena`, which has to outlive them; released at the end of the session. */
Collations *collations_new(Arena *arena);
void collations_release(Collations *collations);

/* Order is that of bytes, and equal texts have equal bytes: known without a look-up. COLLATION_C_UTF8 and the default
 * are below the first bound. */
static inline bool collation_is_plain(Oid oid)
{
    return oid <= COLLATION_POSIX || oid == COLLATION_UCS_BASIC || oid == COLLATION_UNICODE_FAST;
}
/* NULL: by bytes. Raises 22023 where ICU does not open it, 42704 where nobody knows it. */
const Collation *collation_get(const FnEnv *env, Oid oid);
/* Are equal texts always equal bytes? */
bool collation_is_deterministic(const FnEnv *env, Oid oid);

int collation_compare(const Collation *collation, Str a, Str b);
bool collation_equal(const Collation *collation, Str a, Str b);
/* Bytes that order as the texts do; equal for equal texts of a nondeterministic collation. */
Str collation_sort_key(const Collation *collation, Arena *arena, Str s);
/* The longest run of characters of `s` from its start on that equals `what`; false: none. */
bool collation_prefix(const Collation *collation, Str s, Str what, size_t *bytes);

typedef enum CaseMapping { CASE_LOWER, CASE_UPPER, CASE_TITLE, CASE_FOLD } CaseMapping;
/* ASCII alone; by character; with mappings that make texts longer, by context; by a language. */
typedef enum CaseRules { CASE_ASCII, CASE_SIMPLE, CASE_FULL, CASE_LANGUAGE } CaseRules;
CaseRules collation_case(const FnEnv *env, Oid oid);
/* Of collations with CASE_FULL and CASE_LANGUAGE. CASE_TITLE is of words: by ICU's rules for words where a language is
 * known, else one begins behind what is no letter and no digit. */
Str collation_map_case(const FnEnv *env, Arena *arena, Oid oid, Str s, CaseMapping mapping);

/* ---- for who makes collations */

/* Opens and closes a collator. False: *err says why (22023). */
bool collation_check_icu(Str locale, Str rules, Arena *arena, InputError *err);
/* The version of the data behind a locale of ICU, as pg_collation keeps it; empty: none. */
Str collation_icu_version(Arena *arena, Str locale);
/* The standard form of a locale's name, "de-AT-u-co-phonebk"; false: it has none. */
bool collation_language_tag(Arena *arena, Str locale, Str *tag);
/* ICU's locales by number, the root's first: the standard form of the name ("de-AT"), what it is called in English, and
 * the version of its data. False: there are no more. */
bool collation_icu_locale(Arena *arena, uint32_t number, Str *tag, Str *title, Str *version);
/* Is a name of libc (de_AT.utf8) one of a locale that ICU knows, or of C.UTF-8? */
bool collation_knows_libc(Str name);
/* The language of a locale that ICU does not know, for a warning; false: it knows it. */
bool collation_icu_unknown_language(Arena *arena, Str locale, Str *language);
