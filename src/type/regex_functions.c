/* SPDX-License-Identifier: Apache-2.0 */
/* regex_functions.c - the operators and functions over regular expressions. */
#include "type/array.h"
#include "type/regex.h"
#include "type/text.h"

#include "base/array.h"
#include "base/oids.h"
#include "base/task.h"
#include "base/utf8.h"
#include "type/type_internal.h"

static RegexOptions options_of(const Fn *fn)
{
    text_need_deterministic(fn->env, fn->collation, "regular expressions");
    const bool own = fn->collation == 0 || fn->collation == COLLATION_DEFAULT;
    return (RegexOptions){.ascii = own ? fn->env && fn->env->ascii_letters
                                       : fn->collation == COLLATION_C ||
                                             fn->collation == COLLATION_POSIX};
}

/* ---- Operators */

static bool matches(Fn *fn, Str s, Str pattern)
{
    return regex_matches(regex_get(fn, pattern, options_of(fn)), s);
}

static bool matches_folded(Fn *fn, Str s, Str pattern)
{
    RegexOptions options = options_of(fn);
    options.fold = true;
    return regex_matches(regex_get(fn, pattern, options), s);
}

/* ---- Flags */

typedef struct RegexFlags {
    RegexOptions options;
    bool global;
} RegexFlags;

static bool read_flag(RegexFlags *f, char c)
{
    RegexOptions *o = &f->options;
    switch (c) {
    case 'g': f->global = true; return true;
    case 'i': o->fold = true; return true;
    case 'c': o->fold = false; return true;
    case 'm':
    case 'n': o->newline_stops = o->newline_ends = true; return true;
    case 'p': o->newline_stops = true, o->newline_ends = false; return true;
    case 'w': o->newline_stops = false, o->newline_ends = true; return true;
    case 's': o->newline_stops = o->newline_ends = false; return true;
    case 'x': o->expanded = true; return true;
    case 't': o->expanded = false; return true;
    case 'q': o->syntax = REGEX_LITERAL; return true;
    case 'b':
    case 'e':
        o->syntax = REGEX_BASIC;
        return true; /* to PostgreSQL "e" means "b" here; in a pattern it does not */
    default: return false;
    }
}

/* `function`: the one that refuses "g"; NULL: it is allowed. */
static RegexFlags read_flags(const Fn *fn, Str flags, const char *function, const char *hint)
{
    RegexFlags f = {.options = options_of(fn)};
    for (size_t i = 0; i < flags.bytes; i += utf8_length(flags.data[i]))
        if (!read_flag(&f, flags.data[i]))
            raise_error(SQLSTATE_INVALID_PARAMETER_VALUE,
                        "invalid regular expression option: \"%.*s\"",
                        STR_ARG(str_slice(flags, i, i + utf8_length(flags.data[i]))));
    if (f.global && function) {
        Error *error = error_begin(SQLSTATE_INVALID_PARAMETER_VALUE);
        error_message(error, "%s does not support the \"global\" option", function);
        if (hint) error_hint(error, "%s", hint);
        error_raise(error);
    }
    return f;
}

static void check_parameter(const char *name, int32_t value, int32_t least, int32_t most)
{
    if (value < least || value > most)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "invalid value for parameter \"%s\": %d",
                    name, value);
}

/* ---- Going from match to match */

typedef struct RegexWalk {
    Regex *regex;
    Str subject;
    size_t next; /* where to look */
    RegexSpan *spans;
    bool with_groups, done;
} RegexWalk;

static RegexWalk walk_begin(Fn *fn, Arena *arena, Regex *regex, Str subject, size_t from,
                            bool with_groups)
{
    (void)fn;
    return (RegexWalk){
        .regex = regex,
        .subject = subject,
        .next = from,
        .done = from > subject.bytes,
        .spans = arena_alloc_array(arena, (size_t)regex_groups(regex) + 1, sizeof(RegexSpan)),
        .with_groups = with_groups,
    };
}

/* Behind an empty match it goes on at the next character. */
static bool walk_next(RegexWalk *w)
{
    if (w->done || !regex_find(w->regex, w->subject, w->next, w->spans, w->with_groups))
        return false;
    const RegexSpan whole = w->spans[0];
    w->next = whole.to;
    if (whole.from == whole.to) {
        w->done = whole.to >= w->subject.bytes;
        if (!w->done) w->next += utf8_length(w->subject.data[w->next]);
    }
    return true;
}

static Datum span_datum(Str subject, RegexSpan span)
{
    if (span.from == SIZE_MAX) return (Datum){.null = true};
    return (Datum){.value.str = strview(str_slice(subject, span.from, span.to))};
}

/* The groups of the match at hand, or the whole where the pattern has none. */
static Str match_array(Fn *fn, Arena *arena, const RegexWalk *w)
{
    const uint32_t groups = regex_groups(w->regex);
    Datum *values = ARENA_ARRAY(arena, Datum, MAX(groups, 1u));
    if (!groups) values[0] = span_datum(w->subject, w->spans[0]);
    for (uint32_t i = 0; i < groups; i++) values[i] = span_datum(w->subject, w->spans[i + 1]);
    return array_build(arena, type_get(fn->env, OID_TEXT), values, MAX(groups, 1u));
}

/* ---- regexp_match, regexp_matches */

static Str match_first(Fn *fn, Str s, Str pattern, Str flags)
{
    const RegexFlags f = read_flags(fn, flags, "regexp_match()",
                                    "Use the regexp_matches function instead.");
    RegexWalk w = walk_begin(fn, fn->arena, regex_get(fn, pattern, f.options), s, 0, true);
    if (!walk_next(&w)) return FN_NULL(fn, STR(""));
    return match_array(fn, fn->arena, &w);
}

typedef struct MatchRows {
    RegexWalk walk;
    size_t copied; /* of splits */
    bool global, ended;
} MatchRows;

static MatchRows *rows_begin(Fn *fn, FnSet *set, const Datum *args, const char *function)
{
    if (set->state) return set->state;
    MatchRows *rows = ARENA_NEW(set->arena, MatchRows);
    const Str flags = fn->arg_count > 2 ? strview_str(&args[2].value.str) : STR("");
    const RegexFlags f = read_flags(fn, flags, function, NULL);
    const Str s = str_copy(set->arena, strview_str(&args[0].value.str));
    Regex *regex = regex_get(fn, strview_str(&args[1].value.str), f.options);
    rows->walk = walk_begin(fn, set->arena, regex, s, 0, !function);
    rows->global = f.global;
    set->state = rows;
    return rows;
}

static bool match_rows(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    MatchRows *rows = rows_begin(fn, set, args, NULL);
    if (rows->ended || !walk_next(&rows->walk)) return false;
    rows->ended = !rows->global;
    columns[0] = (Datum){.value.str = strview(match_array(fn, fn->arena, &rows->walk))};
    return true;
}

/* ---- Splits: at matches, but not at empty ones at either end or right behind another match */

static bool split_next(MatchRows *rows, Str *part)
{
    RegexWalk *w = &rows->walk;
    if (rows->ended) return false;
    while (walk_next(w)) {
        const RegexSpan whole = w->spans[0];
        if (whole.from == whole.to && (whole.to >= w->subject.bytes || whole.to <= rows->copied))
            continue;
        *part = str_slice(w->subject, rows->copied, whole.from);
        rows->copied = whole.to;
        return true;
    }
    rows->ended = true;
    *part = str_slice(w->subject, rows->copied, w->subject.bytes);
    return true;
}

static bool split_rows(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    Str part;
    if (!split_next(rows_begin(fn, set, args, "regexp_split_to_table()"), &part)) return false;
    columns[0] = (Datum){.value.str = strview(part)};
    return true;
}

static Str split_array(Fn *fn, Str s, Str pattern, Str flags)
{
    ARRAY_OF(Datum) parts = {.arena = fn->arena};
    const RegexFlags f = read_flags(fn, flags, "regexp_split_to_array()", NULL);
    MatchRows rows = {
        .walk = walk_begin(fn, fn->arena, regex_get(fn, pattern, f.options), s, 0, false)};
    for (Str part; split_next(&rows, &part);)
        array_push(&parts, ((Datum){.value.str = strview(part)}));
    return array_build(fn->arena, type_get(fn->env, OID_TEXT), parts.items, parts.count);
}

/* ---- regexp_replace */

/* \1 to \9, \& and \\ of a replacement. */
static void add_replacement(StrBuilder *out, Str with, const RegexWalk *w)
{
    for (size_t i = 0; i < with.bytes; i++) {
        const char c = with.data[i], next = i + 1 < with.bytes ? with.data[i + 1] : '\0';
        const bool group = next >= '1' && next <= '9';
        if (c != '\\' || !(group || next == '&' || next == '\\')) {
            str_add_char(out, c);
            continue;
        }
        i++;
        const uint32_t number = group ? (uint32_t)(next - '0') : 0;
        if (next == '\\')
            str_add_char(out, '\\');
        else if (number <= regex_groups(w->regex) && w->spans[number].from != SIZE_MAX)
            str_add(out, str_slice(w->subject, w->spans[number].from, w->spans[number].to));
    }
}

/* Match `n` from character `start` on; 0: all. */
static Str replace(Fn *fn, Str s, Str pattern, Str with, int32_t start, int32_t n, RegexOptions o)
{
    size_t at, copied = 0;
    const bool has_escape = str_find_char(with, '\\', &at);
    const size_t from = utf8_offset(s, (size_t)start - 1);
    RegexWalk w = walk_begin(fn, fn->arena, regex_get(fn, pattern, o), s, from, has_escape);
    if ((size_t)start - 1 > utf8_count(s)) w.done = true;
    StrBuilder out = str_builder(fn->arena, s.bytes + with.bytes);
    for (int32_t i = 1; walk_next(&w); i++) {
        if (n && i < n) continue;
        str_add(&out, str_slice(s, copied, w.spans[0].from));
        add_replacement(&out, with, &w);
        copied = w.spans[0].to;
        if (n) break;
    }
    str_add(&out, str_slice(s, copied, s.bytes));
    return str_done(&out);
}

static Str replace_flags(Fn *fn, Str s, Str pattern, Str with, Str flags)
{
    if (flags.bytes && is_digit(flags.data[0])) {
        Error *error = error_begin(SQLSTATE_INVALID_PARAMETER_VALUE);
        error_message(error, "invalid regular expression option: \"%c\"", flags.data[0]);
        error_raise(error_hint(error,
                               "If you meant to use regexp_replace() with a start parameter, "
                               "cast the fourth argument to integer explicitly."));
    }
    const RegexFlags f = read_flags(fn, flags, NULL, NULL);
    return replace(fn, s, pattern, with, 1, f.global ? 0 : 1, f.options);
}

static Str replace_from(Fn *fn, Str s, Str pattern, Str with, int32_t start, int32_t n, Str flags)
{
    check_parameter("start", start, 1, INT32_MAX);
    check_parameter("n", n, 0, INT32_MAX);
    return replace(fn, s, pattern, with, start, n, read_flags(fn, flags, NULL, NULL).options);
}

/* ---- regexp_count, _instr, _like, _substr */

static RegexWalk walk_from(Fn *fn, Str s, Str pattern, int32_t start, Str flags,
                           const char *function)
{
    const RegexFlags f = read_flags(fn, flags, function, NULL);
    RegexWalk w = walk_begin(fn, fn->arena, regex_get(fn, pattern, f.options), s,
                             utf8_offset(s, (size_t)start - 1), true);
    if ((size_t)start - 1 > utf8_count(s)) w.done = true;
    return w;
}

static int32_t count(Fn *fn, Str s, Str pattern, int32_t start, Str flags)
{
    int32_t n = 0;
    check_parameter("start", start, 1, INT32_MAX);
    RegexWalk w = walk_from(fn, s, pattern, start, flags, "regexp_count()");
    w.with_groups = false;
    while (walk_next(&w)) n++;
    return n;
}

/* The n-th match's whole or group; false: there is none. Without groups the whole is the first. */
static bool find_nth(RegexWalk *w, int32_t n, int32_t group, RegexSpan *span)
{
    if (group == 1 && !regex_groups(w->regex)) group = 0;
    if (group > 0 && (uint32_t)group > regex_groups(w->regex)) return false;
    while (walk_next(w)) {
        *span = w->spans[group];
        if (--n == 0) return span->from != SIZE_MAX;
    }
    return false;
}

static int32_t instr(Fn *fn, Str s, Str pattern, int32_t start, int32_t n, int32_t end_option,
                     Str flags, int32_t group)
{
    RegexSpan span;
    check_parameter("start", start, 1, INT32_MAX);
    check_parameter("n", n, 1, INT32_MAX);
    check_parameter("endoption", end_option, 0, 1);
    check_parameter("subexpr", group, 0, INT32_MAX);
    RegexWalk w = walk_from(fn, s, pattern, start, flags, "regexp_instr()");
    if (!find_nth(&w, n, group, &span)) return 0;
    return (int32_t)utf8_count(str_slice(s, 0, end_option ? span.to : span.from)) + 1;
}

static Str substr_nth(Fn *fn, Str s, Str pattern, int32_t start, int32_t n, Str flags,
                      int32_t group)
{
    RegexSpan span;
    check_parameter("start", start, 1, INT32_MAX);
    check_parameter("n", n, 1, INT32_MAX);
    check_parameter("subexpr", group, 0, INT32_MAX);
    RegexWalk w = walk_from(fn, s, pattern, start, flags, "regexp_substr()");
    if (!find_nth(&w, n, group, &span)) return FN_NULL(fn, STR(""));
    return str_slice(s, span.from, span.to);
}

static bool like(Fn *fn, Str s, Str pattern, Str flags)
{
    return regex_matches(regex_get(fn, pattern,
                                   read_flags(fn, flags, "regexp_like()", NULL).options),
                         s);
}

/* substring(s from pattern): the first group, or the whole. */
static Str substring(Fn *fn, Str s, Str pattern)
{
    RegexWalk w = walk_begin(fn, fn->arena, regex_get(fn, pattern, options_of(fn)), s, 0, true);
    if (!walk_next(&w)) return FN_NULL(fn, STR(""));
    const RegexSpan span = w.spans[regex_groups(w.regex) ? 1 : 0];
    if (span.from == SIZE_MAX) return FN_NULL(fn, STR(""));
    return str_slice(s, span.from, span.to);
}

/* ---- SIMILAR TO: its pattern as a regular expression. Two escaped double quotes make three parts, of which the middle
 * one is what substring() gives. */

static void check_escape(Str escape)
{
    if (!escape.bytes || utf8_length(escape.data[0]) == escape.bytes) return;
    Error *error = error_begin(SQLSTATE_INVALID_ESCAPE_SEQUENCE);
    error_message(error, "invalid escape string");
    error_raise(error_hint(error, "Escape string must be empty or one character."));
}

typedef struct SimilarState {
    StrBuilder out;
    uint32_t parts;
    uint32_t bracket; /* 0 outside; 1 + characters since [ and ^ */
} SimilarState;

static void add_separator(SimilarState *s)
{
    if (++s->parts > 2)
        raise_error(SQLSTATE_INVALID_USE_OF_ESCAPE_CHARACTER,
                    "SQL regular expression may not contain more than two escape-double-quote "
                    "separators");
    str_add(&s->out, s->parts == 1 ? STR("){1,1}?(") : STR("){1,1}(?:"));
}

static void add_similar(SimilarState *s, Str c)
{
    if (s->bracket) {
        const bool ends = c.data[0] == ']' && s->bracket > 1;
        if (c.data[0] == '\\') str_add_char(&s->out, '\\');
        str_add(&s->out, c);
        if (ends)
            s->bracket = 0;
        else if (!(c.data[0] == '^' && s->bracket == 1))
            s->bracket++;
        return;
    }
    switch (c.data[0]) {
    case '%': str_add(&s->out, STR(".*")); break;
    case '_': str_add(&s->out, STR(".")); break;
    case '(': str_add(&s->out, STR("(?:")); break;
    case '\\':
    case '.':
    case '^':
    case '$':
        str_add_char(&s->out, '\\');
        str_add(&s->out, c);
        break;
    case '[':
        s->bracket = 1;
        str_add(&s->out, c);
        break;
    default: str_add(&s->out, c);
    }
}

static Str similar_to_regex(Fn *fn, Str pattern, Str escape)
{
    check_escape(escape);
    SimilarState s = {.out = str_builder(fn->arena, pattern.bytes * 2 + 16)};
    bool escaped = false;
    str_add(&s.out, STR("^(?:"));
    for (size_t i = 0; i < pattern.bytes;) {
        const Str c = str_slice(pattern, i, i + utf8_length(pattern.data[i]));
        i += c.bytes;
        if (escaped) {
            if (c.data[0] == '"' && !s.bracket) {
                add_separator(&s);
            } else {
                str_add_char(&s.out, '\\');
                str_add(&s.out, c);
                if (s.bracket) s.bracket++;
            }
            escaped = false;
        } else if (escape.bytes && str_equal(c, escape)) {
            escaped = true;
        } else if (s.bracket &&
                   str_starts(str_slice(pattern, i - c.bytes, pattern.bytes), STR("[:"))) {
            size_t end;
            const Str rest = str_slice(pattern, i - c.bytes, pattern.bytes);
            const size_t length = str_find(rest, STR(":]"), &end) ? end + 2 : rest.bytes;
            str_add(&s.out, str_slice(rest, 0, length));
            i += length - c.bytes;
            s.bracket++;
        } else {
            add_similar(&s, c);
        }
    }
    str_add(&s.out, STR(")$"));
    return str_done(&s.out);
}

/* A NULL escape is none that is given: backslash. */
static Datum similar_escape(Fn *fn, const Datum *args)
{
    if (args[0].null) return args[0];
    const Str escape = args[1].null ? STR("\\") : strview_str(&args[1].value.str);
    const Str regex = similar_to_regex(fn, strview_str(&args[0].value.str), escape);
    return (Datum){.value.str = strview(regex)};
}

static Str substring_similar(Fn *fn, Str s, Str pattern, Str escape)
{
    return substring(fn, s, similar_to_regex(fn, pattern, escape));
}

SQL_FUNCTION(1254, "textregexeq", bool, (text, text), IMMUTABLE | STRICT, matches,
             "does the regular expression match?")
SQL_FACTS(1254, .support = 1364)
SQL_EXPRESSION(1256, "textregexne", bool, (text, text), IMMUTABLE | STRICT, !matches(fn, a, b),
               "does the regular expression not match?")
SQL_FUNCTION(1238, "texticregexeq", bool, (text, text), IMMUTABLE | STRICT, matches_folded,
             "does the regular expression match, whatever the case?")
SQL_FACTS(1238, .support = 1024)
SQL_EXPRESSION(1239, "texticregexne", bool, (text, text), IMMUTABLE | STRICT,
               !matches_folded(fn, a, b),
               "does the regular expression not match, whatever the case?")
SQL_FUNCTION(79, "nameregexeq", bool, (name, text), IMMUTABLE | STRICT, matches,
             "does the regular expression match?")
SQL_FACTS(79, .support = 1364)
SQL_EXPRESSION(1252, "nameregexne", bool, (name, text), IMMUTABLE | STRICT, !matches(fn, a, b),
               "does the regular expression not match?")
SQL_FUNCTION(1240, "nameicregexeq", bool, (name, text), IMMUTABLE | STRICT, matches_folded,
             "does the regular expression match, whatever the case?")
SQL_FACTS(1240, .support = 1024)
SQL_EXPRESSION(1241, "nameicregexne", bool, (name, text), IMMUTABLE | STRICT,
               !matches_folded(fn, a, b),
               "does the regular expression not match, whatever the case?")
SQL_FUNCTION(1658, "bpcharregexeq", bool, (bpchar, text), IMMUTABLE | STRICT, matches,
             "does the regular expression match?")
SQL_FACTS(1658, .support = 1364)
SQL_EXPRESSION(1659, "bpcharregexne", bool, (bpchar, text), IMMUTABLE | STRICT, !matches(fn, a, b),
               "does the regular expression not match?")
SQL_FUNCTION(1656, "bpcharicregexeq", bool, (bpchar, text), IMMUTABLE | STRICT, matches_folded,
             "does the regular expression match, whatever the case?")
SQL_FACTS(1656, .support = 1024)
SQL_EXPRESSION(1657, "bpcharicregexne", bool, (bpchar, text), IMMUTABLE | STRICT,
               !matches_folded(fn, a, b),
               "does the regular expression not match, whatever the case?")
SQL_FUNCTION_DATUM(1623, "similar_escape", text, (text, text), IMMUTABLE, similar_escape,
                   "a SIMILAR TO pattern as a regular expression")
SQL_EXPRESSION(1986, "similar_to_escape", text, (text, text), IMMUTABLE | STRICT,
               similar_to_regex(fn, a, b), "a SIMILAR TO pattern as a regular expression")
SQL_EXPRESSION(1987, "similar_to_escape", text, (text), IMMUTABLE | STRICT,
               similar_to_regex(fn, a, STR("\\")), "a SIMILAR TO pattern as a regular expression")
SQL_EXPRESSION(2073, "substring", text, (text, text), IMMUTABLE | STRICT | NULLABLE,
               substring(fn, a, b), "text of the first match, or of its first group")
SQL_EXPRESSION(2074, "substring", text, (text, text, text), IMMUTABLE | IN_SQL | STRICT | NULLABLE,
               substring_similar(fn, a, b, c), "part of a text by a SIMILAR TO pattern")
SQL_EXPRESSION(2284, "regexp_replace", text, (text, text, text), IMMUTABLE | STRICT,
               replace(fn, a, b, c, 1, 1, options_of(fn)), "the first match replaced")
SQL_FACTS(2284, .arguments = "string text, pattern text, replacement text")
SQL_EXPRESSION(2285, "regexp_replace", text, (text, text, text, text), IMMUTABLE | STRICT,
               replace_flags(fn, a, b, c, d), "the first match, or all, replaced")
SQL_FACTS(2285, .arguments = "string text, pattern text, replacement text, flags text")
SQL_FUNCTION_SET(2763, "regexp_matches", _text, (text, text), IMMUTABLE | STRICT, match_rows,
                 "groups of the first match, or of all")
SQL_FACTS(2763, .rows = 1, .arguments = "string text, pattern text")
SQL_FUNCTION_SET(2764, "regexp_matches", _text, (text, text, text), IMMUTABLE | STRICT, match_rows,
                 "groups of the first match, or of all")
SQL_FACTS(2764, .rows = 10, .arguments = "string text, pattern text, flags text")
SQL_FUNCTION_SET(2765, "regexp_split_to_table", text, (text, text), IMMUTABLE | STRICT, split_rows,
                 "parts between matches as rows")
SQL_FACTS(2765, .arguments = "string text, pattern text")
SQL_FUNCTION_SET(2766, "regexp_split_to_table", text, (text, text, text), IMMUTABLE | STRICT,
                 split_rows, "parts between matches as rows")
SQL_FACTS(2766, .arguments = "string text, pattern text, flags text")
SQL_EXPRESSION(2767, "regexp_split_to_array", _text, (text, text), IMMUTABLE | STRICT,
               split_array(fn, a, b, STR("")), "parts between matches")
SQL_FACTS(2767, .arguments = "string text, pattern text")
SQL_EXPRESSION(2768, "regexp_split_to_array", _text, (text, text, text), IMMUTABLE | STRICT,
               split_array(fn, a, b, c), "parts between matches")
SQL_FACTS(2768, .arguments = "string text, pattern text, flags text")
SQL_EXPRESSION(3396, "regexp_match", _text, (text, text), IMMUTABLE | STRICT | NULLABLE,
               match_first(fn, a, b, STR("")), "groups of the first match")
SQL_FACTS(3396, .arguments = "string text, pattern text")
SQL_EXPRESSION(3397, "regexp_match", _text, (text, text, text), IMMUTABLE | STRICT | NULLABLE,
               match_first(fn, a, b, c), "groups of the first match")
SQL_FACTS(3397, .arguments = "string text, pattern text, flags text")
SQL_EXPRESSION(6251, "regexp_replace", text, (text, text, text, int4, int4, text),
               IMMUTABLE | STRICT, replace_from(fn, a, b, c, d, e, f), "a match replaced; 0: all")
SQL_FACTS(6251, .arguments =
                    "string text, pattern text, replacement text, start int4, N int4, flags text")
SQL_EXPRESSION(6252, "regexp_replace", text, (text, text, text, int4, int4), IMMUTABLE | STRICT,
               replace_from(fn, a, b, c, d, e, STR("")), "a match replaced; 0: all")
SQL_FACTS(6252, .arguments = "string text, pattern text, replacement text, start int4, N int4")
SQL_EXPRESSION(6253, "regexp_replace", text, (text, text, text, int4), IMMUTABLE | STRICT,
               replace_from(fn, a, b, c, d, 1, STR("")), "the first match from a place on replaced")
SQL_FACTS(6253, .arguments = "string text, pattern text, replacement text, start int4")
SQL_EXPRESSION(6254, "regexp_count", int4, (text, text), IMMUTABLE | STRICT,
               count(fn, a, b, 1, STR("")), "number of matches")
SQL_FACTS(6254, .arguments = "string text, pattern text")
SQL_EXPRESSION(6255, "regexp_count", int4, (text, text, int4), IMMUTABLE | STRICT,
               count(fn, a, b, c, STR("")), "number of matches")
SQL_FACTS(6255, .arguments = "string text, pattern text, start int4")
SQL_EXPRESSION(6256, "regexp_count", int4, (text, text, int4, text), IMMUTABLE | STRICT,
               count(fn, a, b, c, d), "number of matches")
SQL_FACTS(6256, .arguments = "string text, pattern text, start int4, flags text")
SQL_EXPRESSION(6257, "regexp_instr", int4, (text, text), IMMUTABLE | STRICT,
               instr(fn, a, b, 1, 1, 0, STR(""), 0), "where a match stands; 0: nowhere")
SQL_FACTS(6257, .arguments = "string text, pattern text")
SQL_EXPRESSION(6258, "regexp_instr", int4, (text, text, int4), IMMUTABLE | STRICT,
               instr(fn, a, b, c, 1, 0, STR(""), 0), "where a match stands; 0: nowhere")
SQL_FACTS(6258, .arguments = "string text, pattern text, start int4")
SQL_EXPRESSION(6259, "regexp_instr", int4, (text, text, int4, int4), IMMUTABLE | STRICT,
               instr(fn, a, b, c, d, 0, STR(""), 0), "where a match stands; 0: nowhere")
SQL_FACTS(6259, .arguments = "string text, pattern text, start int4, N int4")
SQL_EXPRESSION(6260, "regexp_instr", int4, (text, text, int4, int4, int4), IMMUTABLE | STRICT,
               instr(fn, a, b, c, d, e, STR(""), 0), "where a match stands, or ends; 0: nowhere")
SQL_FACTS(6260, .arguments = "string text, pattern text, start int4, N int4, endoption int4")
SQL_EXPRESSION(6261, "regexp_instr", int4, (text, text, int4, int4, int4, text), IMMUTABLE | STRICT,
               instr(fn, a, b, c, d, e, f, 0), "where a match stands, or ends; 0: nowhere")
SQL_FACTS(6261,
          .arguments = "string text, pattern text, start int4, N int4, endoption int4, flags text")
SQL_EXPRESSION(6262, "regexp_instr", int4, (text, text, int4, int4, int4, text, int4),
               IMMUTABLE | STRICT, instr(fn, a, b, c, d, e, f, g),
               "where a match, or a group of it, stands or ends; 0: nowhere")
SQL_FACTS(
    6262,
    .arguments =
        "string text, pattern text, start int4, N int4, endoption int4, flags text, subexpr int4")
SQL_EXPRESSION(6263, "regexp_like", bool, (text, text), IMMUTABLE | STRICT, like(fn, a, b, STR("")),
               "does the regular expression match?")
SQL_FACTS(6263, .arguments = "string text, pattern text")
SQL_EXPRESSION(6264, "regexp_like", bool, (text, text, text), IMMUTABLE | STRICT, like(fn, a, b, c),
               "does the regular expression match?")
SQL_FACTS(6264, .arguments = "string text, pattern text, flags text")
SQL_EXPRESSION(6265, "regexp_substr", text, (text, text), IMMUTABLE | STRICT | NULLABLE,
               substr_nth(fn, a, b, 1, 1, STR(""), 0), "text of a match")
SQL_FACTS(6265, .arguments = "string text, pattern text")
SQL_EXPRESSION(6266, "regexp_substr", text, (text, text, int4), IMMUTABLE | STRICT | NULLABLE,
               substr_nth(fn, a, b, c, 1, STR(""), 0), "text of a match")
SQL_FACTS(6266, .arguments = "string text, pattern text, start int4")
SQL_EXPRESSION(6267, "regexp_substr", text, (text, text, int4, int4), IMMUTABLE | STRICT | NULLABLE,
               substr_nth(fn, a, b, c, d, STR(""), 0), "text of a match")
SQL_FACTS(6267, .arguments = "string text, pattern text, start int4, N int4")
SQL_EXPRESSION(6268, "regexp_substr", text, (text, text, int4, int4, text),
               IMMUTABLE | STRICT | NULLABLE, substr_nth(fn, a, b, c, d, e, 0), "text of a match")
SQL_FACTS(6268, .arguments = "string text, pattern text, start int4, N int4, flags text")
SQL_EXPRESSION(6269, "regexp_substr", text, (text, text, int4, int4, text, int4),
               IMMUTABLE | STRICT | NULLABLE, substr_nth(fn, a, b, c, d, e, f),
               "text of a match, or of a group of it")
SQL_FACTS(6269,
          .arguments = "string text, pattern text, start int4, N int4, flags text, subexpr int4")
SQL_OPERATOR(639, "~", name, text, bool, nameregexeq, .negator = 640, .restrict_by = "regexeqsel",
             .join_by = "regexeqjoinsel")
SQL_OPERATOR(640, "!~", name, text, bool, nameregexne, .negator = 639, .restrict_by = "regexnesel",
             .join_by = "regexnejoinsel")
SQL_OPERATOR(641, "~", text, text, bool, textregexeq, .negator = 642, .restrict_by = "regexeqsel",
             .join_by = "regexeqjoinsel")
SQL_OPERATOR(642, "!~", text, text, bool, textregexne, .negator = 641, .restrict_by = "regexnesel",
             .join_by = "regexnejoinsel")
SQL_OPERATOR(1055, "~", bpchar, text, bool, bpcharregexeq, .negator = 1056,
             .restrict_by = "regexeqsel", .join_by = "regexeqjoinsel")
SQL_OPERATOR(1056, "!~", bpchar, text, bool, bpcharregexne, .negator = 1055,
             .restrict_by = "regexnesel", .join_by = "regexnejoinsel")
SQL_OPERATOR(1226, "~*", name, text, bool, nameicregexeq, .negator = 1227,
             .restrict_by = "icregexeqsel", .join_by = "icregexeqjoinsel")
SQL_OPERATOR(1227, "!~*", name, text, bool, nameicregexne, .negator = 1226,
             .restrict_by = "icregexnesel", .join_by = "icregexnejoinsel")
SQL_OPERATOR(1228, "~*", text, text, bool, texticregexeq, .negator = 1229,
             .restrict_by = "icregexeqsel", .join_by = "icregexeqjoinsel")
SQL_OPERATOR(1229, "!~*", text, text, bool, texticregexne, .negator = 1228,
             .restrict_by = "icregexnesel", .join_by = "icregexnejoinsel")
SQL_OPERATOR(1234, "~*", bpchar, text, bool, bpcharicregexeq, .negator = 1235,
             .restrict_by = "icregexeqsel", .join_by = "icregexeqjoinsel")
SQL_OPERATOR(1235, "!~*", bpchar, text, bool, bpcharicregexne, .negator = 1234,
             .restrict_by = "icregexnesel", .join_by = "icregexnejoinsel")
