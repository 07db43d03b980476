/* SPDX-License-Identifier: Apache-2.0 */
/* text_like.c - LIKE and ILIKE. A pattern is taken apart at its % into pieces of fixed length: the first is bound to
 * the start of the text, the last to its end, and each between is looked for from the left, the first fit taken: since
 * a piece has no % of its own, no later choice could do better, so there is no backtracking. A piece without _ is found
 * by memmem: 'a%', '%a' and '%a%' cost what they should.
 *
 * The taken-apart pattern stays with the call site and is kept as long as the pattern is the same. ILIKE makes both
 * sides small letters. An escape at the end of a pattern is an error only for texts that get that far. */
#include "type/text.h"

#include "base/array.h"
#include "base/task.h"
#include "base/utf8.h"

/* Literal bytes, or one arbitrary character. */
typedef struct LikeItem {
    Str literal;
    bool any;
} LikeItem;

typedef struct LikePiece {
    LikeItem *items;
    uint32_t item_count;
    size_t bytes_least; /* of a text that fits */
    uint32_t characters;
} LikePiece;

typedef struct LikePattern {
    Arena *arena; /* dropped and filled again for another pattern */
    Str source;
    bool bytes; /* _ is a byte, not a character */
    bool open;  /* ends in an escape */
    LikePiece *pieces;
    uint32_t piece_count; /* number of % + 1 */
} LikePattern;

/* ---- Taking a pattern apart */

typedef ARRAY_OF(LikeItem) LikeItems;

static LikePiece make_piece(Arena *arena, const LikeItems *items, bool bytes)
{
    LikePiece piece = {.item_count = items->count};
    piece.items = arena_copy(arena, items->items, items->count * sizeof(LikeItem));
    for (uint32_t i = 0; i < items->count; i++) {
        const LikeItem *item = &items->items[i];
        piece.bytes_least += item->any ? 1 : item->literal.bytes;
        piece.characters += item->any ? 1
                            : bytes   ? (uint32_t)item->literal.bytes
                                      : (uint32_t)utf8_count(item->literal);
    }
    return piece;
}

static void add_literal(LikeItems *items, Str *run)
{
    if (run->bytes) array_push(items, ((LikeItem){.literal = *run}));
    *run = STR("");
}

static void add_byte(LikeItems *items, Str *run, Str source, size_t at)
{
    if (run->bytes && run->data + run->bytes != source.data + at) add_literal(items, run);
    if (!run->bytes) run->data = source.data + at;
    run->bytes++;
}

static void take_apart(LikePattern *pattern)
{
    const Str s = pattern->source;
    ARRAY_OF(LikePiece) pieces = {.arena = pattern->arena};
    LikeItems items = {.arena = pattern->arena};
    Str run = STR("");
    for (size_t i = 0; i < s.bytes; i++) {
        if (s.data[i] == '%') {
            add_literal(&items, &run);
            array_push(&pieces, make_piece(pattern->arena, &items, pattern->bytes));
            items.count = 0;
        } else if (s.data[i] == '_') {
            add_literal(&items, &run);
            array_push(&items, (LikeItem){.any = true});
        } else if (s.data[i] == '\\' && i + 1 == s.bytes) {
            pattern->open = true;
        } else {
            i += s.data[i] == '\\';
            add_byte(&items, &run, s, i);
        }
    }
    add_literal(&items, &run);
    array_push(&pieces, make_piece(pattern->arena, &items, pattern->bytes));
    pattern->pieces = pieces.items;
    pattern->piece_count = pieces.count;
}

static const LikePattern *prepare(Fn *fn, Str source, bool bytes)
{
    LikePattern *pattern = fn->state;
    if (pattern && str_equal(source, pattern->source)) return pattern;
    if (!pattern) {
        fn->state = pattern = ARENA_NEW(fn->site, LikePattern);
        pattern->arena = arena_new_child(fn->site, "LIKE pattern");
    }
    arena_reset(pattern->arena);
    *pattern = (LikePattern){.arena = pattern->arena, .bytes = bytes};
    pattern->source = str_copy(pattern->arena, source);
    take_apart(pattern);
    return pattern;
}

/* ---- Matching */

/* Does the piece stand at the beginning of `s`? *end: behind it. */
static bool piece_fits(const LikePiece *piece, Str s, bool bytes, size_t *end)
{
    size_t at = 0;
    for (uint32_t i = 0; i < piece->item_count; i++) {
        const LikeItem *item = &piece->items[i];
        if (item->any) {
            if (at >= s.bytes) return false;
            at += bytes ? 1 : utf8_length(s.data[at]);
        } else {
            if (!str_starts(str_slice(s, at, s.bytes), item->literal)) return false;
            at += item->literal.bytes;
        }
    }
    *end = at;
    return true;
}

/* The first place in `s` where the piece fits; *end: behind it. */
static bool piece_find(const LikePiece *piece, Str s, bool bytes, size_t *end)
{
    const bool starts_plain = piece->item_count && !piece->items[0].any;
    for (size_t from = 0;;) {
        size_t at = 0, length;
        task_check();
        if (starts_plain && !str_find(str_slice(s, from, s.bytes), piece->items[0].literal, &at))
            return false;
        from += at;
        if (piece_fits(piece, str_slice(s, from, s.bytes), bytes, &length)) {
            *end = from + length;
            return true;
        }
        if (from >= s.bytes) return false;
        from += bytes ? 1 : utf8_length(s.data[from]);
    }
}

/* Does the piece end `s`, reaching back no further than its start? */
static bool piece_ends(const LikePiece *piece, Str s, bool bytes)
{
    size_t from = s.bytes, end;
    if (s.bytes < piece->bytes_least) return false;
    if (bytes || piece->bytes_least == 0)
        from -= piece->bytes_least;
    else if (piece->item_count == 1 && !piece->items[0].any)
        return str_ends(s, piece->items[0].literal);
    else
        for (uint32_t i = 0; i < piece->characters; i++) {
            if (!from) return false;
            from = utf8_prev(s, from);
        }
    return piece_fits(piece, str_slice(s, from, s.bytes), bytes, &end) && end == s.bytes - from;
}

static _Noreturn void raise_open(void)
{
    raise_error(SQLSTATE_INVALID_ESCAPE_SEQUENCE,
                "LIKE pattern must not end with escape character");
}

static bool is_all_any(const LikePiece *piece)
{
    for (uint32_t i = 0; i < piece->item_count; i++)
        if (!piece->items[i].any) return false;
    return true;
}

/* The last piece stands before an escape at the end of the pattern: nothing fits, and a text that has more behind the
 * piece is an error. */
static bool match_open(const LikePattern *pattern, Str rest, bool anchored)
{
    const LikePiece *piece = &pattern->pieces[pattern->piece_count - 1];
    size_t end;
    if (anchored) {
        if (piece_fits(piece, rest, pattern->bytes, &end) && end < rest.bytes) raise_open();
    } else if (rest.bytes && piece_find(piece, rest, pattern->bytes, &end) &&
               (end < rest.bytes || is_all_any(piece))) {
        raise_open(); /* behind a row of _ PostgreSQL looks at the pattern first */
    }
    return false;
}

static bool like_matches(const LikePattern *pattern, Str s)
{
    const bool bytes = pattern->bytes;
    const uint32_t last = pattern->piece_count - 1;
    size_t end;
    if (last == 0 && pattern->open) return match_open(pattern, s, true);
    if (last == 0) return piece_fits(&pattern->pieces[0], s, bytes, &end) && end == s.bytes;
    if (!piece_fits(&pattern->pieces[0], s, bytes, &end)) return false;
    s = str_slice(s, end, s.bytes);
    for (uint32_t i = 1; i < last; i++) {
        if (!pattern->pieces[i].item_count) continue;
        if (!piece_find(&pattern->pieces[i], s, bytes, &end)) return false;
        s = str_slice(s, end, s.bytes);
    }
    if (pattern->open) return match_open(pattern, s, false);
    return piece_ends(&pattern->pieces[last], s, bytes);
}

/* ---- Under a nondeterministic collation a literal equals runs of any length */

/* What of a text the pattern up to some place reaches: reached[i], its first i bytes. */
typedef struct LikeReach {
    const Collation *collation;
    Str s;
    bool *now, *next;
} LikeReach;

/* The places behind a literal: all ends of runs that equal it and start where the pattern has come to. */
static void reach_literal(LikeReach *reach, Str literal, bool to_end)
{
    memset(reach->next, 0, reach->s.bytes + 1);
    for (size_t start = 0; start <= reach->s.bytes; start++) {
        if (!reach->now[start]) continue;
        size_t end = to_end ? reach->s.bytes : start;
        for (;; end += utf8_length(reach->s.data[end])) {
            task_check();
            if (!reach->next[end] &&
                collation_equal(reach->collation, str_slice(reach->s, start, end), literal))
                reach->next[end] = true;
            if (end >= reach->s.bytes) break;
        }
    }
}

static void reach_any(LikeReach *reach, bool one)
{
    bool open = false;
    memset(reach->next, 0, reach->s.bytes + 1);
    for (size_t at = 0;; at += utf8_length(reach->s.data[at])) {
        open |= reach->now[at];
        if (!one) reach->next[at] = open;
        if (at >= reach->s.bytes) break;
        if (one && reach->now[at]) reach->next[at + utf8_length(reach->s.data[at])] = true;
    }
}

/* Characters up to a wildcard, without their backslashes. */
static Str take_literal(Arena *arena, Str pattern, size_t *at)
{
    StrBuilder out = str_builder(arena, 16);
    for (; *at < pattern.bytes && pattern.data[*at] != '%' && pattern.data[*at] != '_'; ++*at) {
        if (pattern.data[*at] == '\\' && ++*at == pattern.bytes)
            raise_error(SQLSTATE_INVALID_ESCAPE_SEQUENCE,
                        "LIKE pattern must not end with escape character");
        str_add_char(&out, pattern.data[*at]);
    }
    return str_done(&out);
}

static bool like_collated(Fn *fn, Str s, Str pattern)
{
    LikeReach reach = {.collation = collation_get(fn->env, fn->collation), .s = s};
    reach.now = ARENA_ARRAY(fn->arena, bool, s.bytes + 1);
    reach.next = ARENA_ARRAY(fn->arena, bool, s.bytes + 1);
    reach.now[0] = true;
    for (size_t at = 0; at < pattern.bytes;) {
        const char c = pattern.data[at];
        if (c == '%' || c == '_') {
            reach_any(&reach, c == '_');
            at++;
        } else {
            const Str literal = take_literal(fn->arena, pattern, &at);
            reach_literal(&reach, literal, at == pattern.bytes);
        }
        bool *swap = reach.now;
        reach.now = reach.next;
        reach.next = swap;
    }
    return reach.now[s.bytes];
}

static bool text_like(Fn *fn, Str s, Str pattern)
{
    if (!collation_is_plain(fn->collation) && !collation_is_deterministic(fn->env, fn->collation))
        return like_collated(fn, s, pattern);
    return like_matches(prepare(fn, pattern, false), s);
}

static bool bytea_like(Fn *fn, Str s, Str pattern)
{
    return like_matches(prepare(fn, pattern, true), s);
}

static bool text_ilike(Fn *fn, Str s, Str pattern)
{
    text_need_deterministic(fn->env, fn->collation, "ILIKE");
    const Str folded = text_lower(fn, pattern);
    return like_matches(prepare(fn, folded, false), text_lower(fn, s));
}

/* ---- LIKE ... ESCAPE: the pattern with its escape character turned into a backslash */

static Str like_escape(Fn *fn, Str pattern, Str escape, bool bytes)
{
    if (str_equal(escape, STR("\\"))) return pattern;
    if (escape.bytes && (bytes ? 1 : utf8_length(escape.data[0])) != escape.bytes) {
        Error *error = error_begin(SQLSTATE_INVALID_ESCAPE_SEQUENCE);
        error_message(error, "invalid escape string");
        error_raise(error_hint(error, "Escape string must be empty or one character."));
    }
    StrBuilder out = str_builder(fn->arena, pattern.bytes * 2);
    bool after_escape = false;
    for (size_t i = 0; i < pattern.bytes;) {
        const Str c = str_slice(pattern, i, i + (bytes ? 1 : utf8_length(pattern.data[i])));
        i += c.bytes;
        if (escape.bytes && str_equal(c, escape) && !after_escape) {
            str_add_char(&out, '\\');
            after_escape = true;
            continue;
        }
        if (c.data[0] == '\\' && !after_escape) str_add_char(&out, '\\');
        str_add(&out, c);
        after_escape = false;
    }
    return str_done(&out);
}

SQL_FUNCTION(850, "textlike", bool, (text, text), IMMUTABLE | STRICT, text_like,
             "does the text fit the pattern?")
SQL_FACTS(850, .support = 1023)
SQL_EXPRESSION(851, "textnlike", bool, (text, text), IMMUTABLE | STRICT, !text_like(fn, a, b),
               "does the text not fit the pattern?")
SQL_FUNCTION(858, "namelike", bool, (name, text), IMMUTABLE | STRICT, text_like,
             "does the name fit the pattern?")
SQL_FACTS(858, .support = 1023)
SQL_EXPRESSION(859, "namenlike", bool, (name, text), IMMUTABLE | STRICT, !text_like(fn, a, b),
               "does the name not fit the pattern?")
SQL_FUNCTION(1569, "like", bool, (text, text), IMMUTABLE | STRICT, text_like,
             "does the text fit the pattern?")
SQL_FACTS(1569, .support = 1023)
SQL_EXPRESSION(1570, "notlike", bool, (text, text), IMMUTABLE | STRICT, !text_like(fn, a, b),
               "does the text not fit the pattern?")
SQL_FUNCTION(1571, "like", bool, (name, text), IMMUTABLE | STRICT, text_like,
             "does the name fit the pattern?")
SQL_FACTS(1571, .support = 1023)
SQL_EXPRESSION(1572, "notlike", bool, (name, text), IMMUTABLE | STRICT, !text_like(fn, a, b),
               "does the name not fit the pattern?")
SQL_FUNCTION(1631, "bpcharlike", bool, (bpchar, text), IMMUTABLE | STRICT, text_like,
             "does the text, with its trailing spaces, fit the pattern?")
SQL_FACTS(1631, .support = 1023)
SQL_EXPRESSION(1632, "bpcharnlike", bool, (bpchar, text), IMMUTABLE | STRICT, !text_like(fn, a, b),
               "does the text, with its trailing spaces, not fit the pattern?")
SQL_FUNCTION(2005, "bytealike", bool, (bytea, bytea), IMMUTABLE | STRICT, bytea_like,
             "do the bytes fit the pattern?")
SQL_FACTS(2005, .support = 1023)
SQL_EXPRESSION(2006, "byteanlike", bool, (bytea, bytea), IMMUTABLE | STRICT, !bytea_like(fn, a, b),
               "do the bytes not fit the pattern?")
SQL_FUNCTION(2007, "like", bool, (bytea, bytea), IMMUTABLE | STRICT, bytea_like,
             "do the bytes fit the pattern?")
SQL_FACTS(2007, .support = 1023)
SQL_EXPRESSION(2008, "notlike", bool, (bytea, bytea), IMMUTABLE | STRICT, !bytea_like(fn, a, b),
               "do the bytes not fit the pattern?")
SQL_FUNCTION(1633, "texticlike", bool, (text, text), IMMUTABLE | STRICT, text_ilike,
             "does the text fit the pattern, whatever the case?")
SQL_FACTS(1633, .support = 1025)
SQL_EXPRESSION(1634, "texticnlike", bool, (text, text), IMMUTABLE | STRICT, !text_ilike(fn, a, b),
               "does the text not fit the pattern, whatever the case?")
SQL_FUNCTION(1635, "nameiclike", bool, (name, text), IMMUTABLE | STRICT, text_ilike,
             "does the name fit the pattern, whatever the case?")
SQL_FACTS(1635, .support = 1025)
SQL_EXPRESSION(1636, "nameicnlike", bool, (name, text), IMMUTABLE | STRICT, !text_ilike(fn, a, b),
               "does the name not fit the pattern, whatever the case?")
SQL_FUNCTION(1660, "bpchariclike", bool, (bpchar, text), IMMUTABLE | STRICT, text_ilike,
             "does the text, with its trailing spaces, fit the pattern, whatever the case?")
SQL_FACTS(1660, .support = 1025)
SQL_EXPRESSION(1661, "bpcharicnlike", bool, (bpchar, text), IMMUTABLE | STRICT,
               !text_ilike(fn, a, b),
               "does the text, with its trailing spaces, not fit the pattern, whatever the case?")
SQL_EXPRESSION(1637, "like_escape", text, (text, text), IMMUTABLE | STRICT,
               like_escape(fn, a, b, false), "a LIKE pattern with another escape character")
SQL_EXPRESSION(2009, "like_escape", bytea, (bytea, bytea), IMMUTABLE | STRICT,
               like_escape(fn, a, b, true), "a LIKE pattern with another escape byte")

SQL_OPERATOR(1207, "~~", name, text, bool, namelike, .negator = 1208, .restrict_by = "likesel",
             .join_by = "likejoinsel")
SQL_OPERATOR(1208, "!~~", name, text, bool, namenlike, .negator = 1207, .restrict_by = "nlikesel",
             .join_by = "nlikejoinsel")
SQL_OPERATOR(1209, "~~", text, text, bool, textlike, .negator = 1210, .restrict_by = "likesel",
             .join_by = "likejoinsel")
SQL_OPERATOR(1210, "!~~", text, text, bool, textnlike, .negator = 1209, .restrict_by = "nlikesel",
             .join_by = "nlikejoinsel")
SQL_OPERATOR(1211, "~~", bpchar, text, bool, bpcharlike, .negator = 1212, .restrict_by = "likesel",
             .join_by = "likejoinsel")
SQL_OPERATOR(1212, "!~~", bpchar, text, bool, bpcharnlike, .negator = 1211,
             .restrict_by = "nlikesel", .join_by = "nlikejoinsel")
SQL_OPERATOR(1625, "~~*", name, text, bool, nameiclike, .negator = 1626, .restrict_by = "iclikesel",
             .join_by = "iclikejoinsel")
SQL_OPERATOR(1626, "!~~*", name, text, bool, nameicnlike, .negator = 1625,
             .restrict_by = "icnlikesel", .join_by = "icnlikejoinsel")
SQL_OPERATOR(1627, "~~*", text, text, bool, texticlike, .negator = 1628, .restrict_by = "iclikesel",
             .join_by = "iclikejoinsel")
SQL_OPERATOR(1628, "!~~*", text, text, bool, texticnlike, .negator = 1627,
             .restrict_by = "icnlikesel", .join_by = "icnlikejoinsel")
SQL_OPERATOR(1629, "~~*", bpchar, text, bool, bpchariclike, .negator = 1630,
             .restrict_by = "iclikesel", .join_by = "iclikejoinsel")
SQL_OPERATOR(1630, "!~~*", bpchar, text, bool, bpcharicnlike, .negator = 1629,
             .restrict_by = "icnlikesel", .join_by = "icnlikejoinsel")
SQL_OPERATOR(2016, "~~", bytea, bytea, bool, bytealike, .negator = 2017, .restrict_by = "likesel",
             .join_by = "likejoinsel")
SQL_OPERATOR(2017, "!~~", bytea, bytea, bool, byteanlike, .negator = 2016,
             .restrict_by = "nlikesel", .join_by = "nlikejoinsel")
