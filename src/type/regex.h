/* SPDX-License-Identifier: Apache-2.0 */
/* regex.h - POSIX-style regular expressions as PostgreSQL has them, run by PCRE2. */
#pragma once

#include "base/fn.h"

typedef enum RegexSyntax {
    REGEX_ADVANCED,
    REGEX_EXTENDED, /* e in the pattern: no escapes but before what is not a letter or digit */
    REGEX_BASIC,    /* b: \( \) \{ \} are special, | + ? are not */
    REGEX_LITERAL,  /* q: no regular expression at all */
} RegexSyntax;

typedef struct RegexOptions {
    bool fold;          /* i: whatever the case */
    bool newline_stops; /* . and [^x] do not match a newline */
    bool newline_ends;  /* ^ and $ match beside newlines */
    bool expanded;      /* x: space and comments are left out */
    bool ascii;         /* by the collation: letters are those of ASCII */
    uint8_t syntax;     /* a RegexSyntax, in a byte: options are compared bytewise */
} RegexOptions;

typedef enum RegexWish { WISH_NONE, WISH_LONGEST, WISH_SHORTEST } RegexWish;

typedef enum RegexKind {
    REGEX_LEAF,     /* a character, or nothing at a certain place */
    REGEX_SEQUENCE, /* the parts one behind the other */
    REGEX_CHOICE,   /* one of the parts */
    REGEX_REPEAT,   /* its one part, from `least` to `most` times */
    REGEX_GROUP,    /* its one part, told as group `number` */
} RegexKind;
enum { REGEX_NO_LIMIT = -1 };

/* A part of a pattern: what the groups of a match are found by. */
typedef struct RegexNode {
    RegexKind kind;
    RegexWish wish;
    bool has_groups;
    bool is_place; /* LEAF: takes no character */
    bool
        is_shortest; /* REPEAT: the fewest times are wanted; `wish` is that of its part where least is most */
    int32_t least, most;
    uint32_t number;
    Str text;               /* LEAF: in PCRE2's syntax */
    struct RegexLeaf *leaf; /* what regex.c makes of it, when needed */
    struct RegexNode *first, *last, *next, *previous;
} RegexNode;

/* A pattern in PCRE2's syntax, and what must be known of it besides. */
typedef struct RegexPattern {
    Str text;
    RegexNode *root;      /* NULL: without groups */
    RegexOptions options; /* with those that stand in the pattern */
    uint32_t groups;
    bool shortest;       /* of the matches at one place the shortest is wanted, not the longest */
    bool has_references; /* \1 */
    bool is_straight;    /* the first match that is found has the wanted length */
    bool is_ordered;     /* of one extent, the first match that is found has the wanted groups */
} RegexPattern;
/* Raises 2201B. */
void regex_translate(Arena *arena, Str pattern, RegexOptions options, RegexPattern *out);

typedef struct Regex Regex;
typedef struct RegexSpan {
    size_t from, to; /* bytes; SIZE_MAX: the group took no part */
} RegexSpan;

/* The compiled pattern of a call site, made anew when pattern or options change; lives until the next call with the
 * same `fn`. Raises 2201B for a pattern that is none. */
Regex *regex_get(Fn *fn, Str pattern, RegexOptions options);
uint32_t regex_groups(const Regex *regex);
/* Is there a match? */
bool regex_matches(Regex *regex, Str subject);
/* The first match at or behind byte `from`: spans[0] is the whole, spans[1 .. groups] the groups (when `spans` has room
 * for them: `with_groups`). */
bool regex_find(Regex *regex, Str subject, size_t from, RegexSpan *spans, bool with_groups);
