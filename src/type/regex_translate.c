/* SPDX-License-Identifier: Apache-2.0 */
/* regex_translate.c - PostgreSQL's regular expressions written in PCRE2's syntax, by recursive descent. What PCRE2
 * would read otherwise never reaches it: every literal that is no letter or digit goes out behind a backslash, classes
 * are spelled out, ^ and $ become \A and \z or look-arounds.
 *
 * Which length is wanted: an expression with | wants the longest match; a branch wants what its first quantified atom
 * with a wish wants: longest after * + ? {m,n}, shortest with another ? behind; an atom in parentheses, unquantified or
 * with a fixed count, has the wish of what is inside. */
#include "type/regex.h"

#include "base/task.h"
#include "base/utf8.h"
#include "type/type_internal.h"

enum { REPEAT_MAX = 255 };

typedef struct OpenGroup {
    uint32_t number; /* 0: it does not capture */
    const struct OpenGroup *outer;
} OpenGroup;

typedef struct Translator {
    Arena *arena;
    Str source;
    size_t at;
    RegexOptions options;
    StrBuilder out;
    uint32_t groups;
    const struct OpenGroup *open; /* the groups around the place, innermost first */
    uint32_t reference_most, reference_last;
    uint32_t variable_quantifiers, branches;
    bool variable_atom;  /* a quantifier of variable count stands on more than a character */
    bool variable_group; /* several of variable count stand in a group */
    bool inside_look;
    StrBuilder *others; /* in a bracket: what \\D \\S \\W of it stand for, each behind a | */
    bool
        nothing_yet; /* basic: nothing stands before in the expression or its group, where ^ is an anchor */
    bool no_operand; /* basic: nothing that * could repeat stands before */
} Translator;

static _Noreturn void invalid(const char *why)
{
    raise_error(SQLSTATE_INVALID_REGULAR_EXPRESSION, "invalid regular expression: %s", why);
}

static bool at_end(const Translator *t)
{
    return t->at >= t->source.bytes;
}
static char peek(const Translator *t)
{
    return at_end(t) ? '\0' : t->source.data[t->at];
}
static bool ahead(const Translator *t, Str what)
{
    return str_starts(str_slice(t->source, t->at, t->source.bytes), what);
}
static bool take(Translator *t, Str what)
{
    if (!ahead(t, what)) return false;
    t->at += what.bytes;
    return true;
}
static uint32_t take_character(Translator *t)
{
    uint32_t c = 0;
    if (!utf8_next(t->source, &t->at, &c)) invalid("invalid character");
    return c;
}

static bool is_word_byte(uint32_t c)
{
    return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

/* PCRE2 folds letters of all the world; where those of ASCII alone are meant, both forms are written out. */
static bool folds_ascii(const Translator *t)
{
    return t->options.fold && t->options.ascii;
}

static void add_literal(Translator *t, uint32_t c)
{
    if (folds_ascii(t) && (c | 32) >= 'a' && (c | 32) <= 'z') {
        str_add_format(&t->out, "[%c%c]", (char)(c & ~32U), (char)(c | 32));
    } else if (c == 0 || c > 0x10ffff) { /* no text has it */
        str_add(&t->out, STR("(?!)"));
    } else if (c < 0x20 || c == 0x7f) {
        str_add_format(&t->out, "\\x{%x}", c);
    } else {
        char bytes[UTF8_BYTES_MAX];
        const size_t length = utf8_encode(c, bytes);
        if (c < 0x80 && !is_word_byte(c)) str_add_char(&t->out, '\\');
        str_add(&t->out, length ? (Str){bytes, length} : STR("(?!)"));
    }
}

/* ---- Classes */

typedef struct RegexClass {
    Str name, unicode, ascii; /* as parts of a bracket */
} RegexClass;

#define CLASS(name, unicode, ascii)                             \
    {                                                           \
        {name, sizeof name - 1}, {unicode, sizeof unicode - 1}, \
        {                                                       \
            ascii, sizeof ascii - 1                             \
        }                                                       \
    }
static const RegexClass classes[] = {
    CLASS("alnum", "\\p{Alphabetic}0-9", "A-Za-z0-9"),
    CLASS("alpha", "\\p{Alphabetic}", "A-Za-z"),
    CLASS("ascii", "\\x{1}-\\x{7f}", "\\x{1}-\\x{7f}"),
    CLASS("blank", "\\t\\p{Zs}", "\\t\\x{20}"),
    CLASS("cntrl", "\\p{Cc}", "\\x{1}-\\x{1f}\\x{7f}"),
    CLASS("digit", "0-9", "0-9"),
    CLASS("graph", "\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}\\p{Cf}\\p{Co}", "\\x{21}-\\x{7e}"),
    CLASS("lower", "\\p{Lowercase}", "a-z"),
    CLASS("print", "\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}\\p{Cf}\\p{Co}\\p{Zs}", "\\x{20}-\\x{7e}"),
    CLASS("punct", "\\p{P}$+<=>\\^`|~",
          "\\x{21}-\\x{2f}\\x{3a}-\\x{40}\\x{5b}-\\x{60}\\x{7b}-\\x{7e}"),
    CLASS("space", "\\p{White_Space}", "\\t-\\r\\x{20}"),
    CLASS("upper", "\\p{Uppercase}", "A-Z"),
    CLASS("word", "\\p{Alphabetic}0-9_", "A-Za-z0-9_"),
    CLASS("xdigit", "0-9A-Fa-f", "0-9A-Fa-f"),
};

static Str class_parts(const Translator *t, Str name)
{
    for (size_t i = 0; i < ARRAY_LEN(classes); i++) {
        if (!str_equal(classes[i].name, name)) continue;
        const bool cased = str_equal(name, STR("lower")) || str_equal(name, STR("upper"));
        const Str wanted = cased && t->options.fold ? STR("alpha") : name;
        if (!str_equal(wanted, name)) return class_parts(t, wanted);
        return t->options.ascii ? classes[i].ascii : classes[i].unicode;
    }
    invalid("invalid character class");
}

/* What \d \s \w stand for; empty: another escape. */
static Str shorthand(const Translator *t, char c)
{
    switch (c | 32) {
    case 'd': return class_parts(t, STR("digit"));
    case 's': return class_parts(t, STR("space"));
    case 'w': return class_parts(t, STR("word"));
    default: return STR("");
    }
}

/* ---- Escapes */

static uint32_t take_hex(Translator *t, uint32_t least, uint32_t most)
{
    uint64_t value = 0;
    uint32_t digits = 0;
    for (; digits < most && !at_end(t); digits++, t->at++) {
        const char c = peek(t);
        if (!is_digit(c) && ((c | 32) < 'a' || (c | 32) > 'f')) break;
        value = value << 4 | (uint32_t)(is_digit(c) ? c - '0' : (c | 32) - 'a' + 10);
        if (value > 0x7fffffff) value = 0x7fffffff;
    }
    if (digits < least) invalid("invalid escape \\ sequence");
    return (uint32_t)value;
}

/* The character of an escape whose letter is `c`; false: the escape is none of a character. */
static bool character_escape(Translator *t, char c, uint32_t *value)
{
    static const char letters[] = "abBefnrtv", values[] = "\a\b\\\033\f\n\r\t\v";
    const char *found = c ? strchr(letters, c) : NULL;
    if (found)
        *value = (uint8_t)values[found - letters];
    else if (c == 'c')
        *value = take_character(t) & 31;
    else if (c == 'u')
        *value = take_hex(t, 4, 4);
    else if (c == 'U')
        *value = take_hex(t, 8, 8);
    else if (c == 'x')
        *value = take_hex(t, 1, 255);
    else
        return false;
    return true;
}

/* \0, \xy, \xyz in octal. */
static uint32_t take_octal(Translator *t, uint32_t value)
{
    for (int i = 0; i < 2 && peek(t) >= '0' && peek(t) <= '7'; i++)
        value = value * 8 + (uint32_t)(t->source.data[t->at++] - '0');
    return value;
}

static void add_reference(Translator *t, uint32_t number)
{
    bool is_bad = number > t->groups;
    for (const OpenGroup *open = t->open; open; open = open->outer)
        is_bad |= open->number == number;
    if (is_bad) invalid("invalid backreference number");
    t->reference_most = MAX(t->reference_most, number);
    t->reference_last = number;
    /* Where letters are ASCII's alone, the rest of the pattern spells both cases out. */
    const bool spelled = folds_ascii(t);
    str_add_format(&t->out, spelled ? "(?i:\\g{%u})" : "\\g{%u}", number);
}

static void add_reference_or_octal(Translator *t, char first)
{
    const size_t from = t->at;
    uint32_t number = (uint32_t)(first - '0');
    while (is_digit(peek(t)) && number <= 1000)
        number = number * 10 + (uint32_t)(t->source.data[t->at++] - '0');
    const bool one_digit = t->at == from;
    if (first == '0' || (!one_digit && number > t->groups)) {
        t->at = from;
        add_literal(t, take_octal(t, (uint32_t)(first - '0')));
        return;
    }
    add_reference(t, number);
}

/* True: an assertion, which takes no quantifier. */
static bool add_assertion(Translator *t, char c)
{
    const Str parts = class_parts(t, STR("word"));
    const Str word = str_format(t->arena, "[%.*s]", STR_ARG(parts));
    switch (c) {
    case 'A': str_add(&t->out, STR("\\A")); return true;
    case 'Z': str_add(&t->out, STR("\\z")); return true;
    case 'm':
    case '<':
        str_add_format(&t->out, "(?<!%.*s)(?=%.*s)", STR_ARG(word), STR_ARG(word));
        return true;
    case 'M':
    case '>':
        str_add_format(&t->out, "(?<=%.*s)(?!%.*s)", STR_ARG(word), STR_ARG(word));
        return true;
    case 'y':
        str_add_format(&t->out, "(?:(?<!%.*s)(?=%.*s)|(?<=%.*s)(?!%.*s))", STR_ARG(word),
                       STR_ARG(word), STR_ARG(word), STR_ARG(word));
        return true;
    case 'Y':
        str_add_format(&t->out, "(?:(?<!%.*s)(?!%.*s)|(?<=%.*s)(?=%.*s))", STR_ARG(word),
                       STR_ARG(word), STR_ARG(word), STR_ARG(word));
        return true;
    default: return false;
    }
}

/* Behind a backslash. False: an assertion. */
static bool add_escape(Translator *t)
{
    uint32_t value;
    if (at_end(t)) invalid("invalid escape \\ sequence");
    const uint32_t c = take_character(t);
    if (c >= 0x80 || !is_word_byte(c) || t->options.syntax != REGEX_ADVANCED) {
        add_literal(t, c);
        return true;
    }
    if (is_digit((char)c)) {
        add_reference_or_octal(t, (char)c);
        return true;
    }
    const Str parts = shorthand(t, (char)c);
    if (parts.bytes) {
        str_add_format(&t->out, "[%s%.*s]", c < 'a' ? "^" : "", STR_ARG(parts));
        return true;
    }
    if (add_assertion(t, (char)c)) return false;
    if (!character_escape(t, (char)c, &value)) invalid("invalid escape \\ sequence");
    add_literal(t, value);
    return true;
}

/* ---- Brackets */

/* [:name:], [.x.], [=x=] behind "[:" and kin: the text up to the mark and the bracket. */
static Str take_named(Translator *t, char mark)
{
    const char end[2] = {mark, ']'};
    size_t length;
    t->at += 2;
    const Str rest = str_slice(t->source, t->at, t->source.bytes);
    if (!str_find(rest, (Str){end, 2}, &length)) invalid("brackets [] not balanced");
    t->at += length + 2;
    return str_slice(rest, 0, length);
}

/* One end of a range, or a character; false: a class went out, which no range may have. */
static bool take_member(Translator *t, uint32_t *c)
{
    uint32_t value;
    if (at_end(t)) invalid("brackets [] not balanced");
    if (ahead(t, STR("[:"))) {
        str_add(&t->out, class_parts(t, take_named(t, ':')));
        return false;
    }
    if (ahead(t, STR("[.")) || ahead(t, STR("[="))) {
        const Str name = take_named(t, t->source.data[t->at + 1]);
        size_t at = 0;
        if (!utf8_next(name, &at, c) || at != name.bytes) invalid("invalid collating element");
        return true;
    }
    *c = take_character(t);
    if (*c != '\\' || t->options.syntax != REGEX_ADVANCED) return true;
    if (at_end(t)) invalid("invalid escape \\ sequence");
    const uint32_t letter = take_character(t);
    *c = letter;
    if (letter >= 0x80 || !is_word_byte(letter)) return true;
    const Str parts = shorthand(t, (char)letter);
    if (parts.bytes) {
        if (letter < 'a')
            str_add_format(t->others, "|[^%.*s]", STR_ARG(parts));
        else
            str_add(&t->out, parts);
        return false;
    }
    if (is_digit((char)letter))
        *c = take_octal(t, letter - '0');
    else if (character_escape(t, (char)letter, &value))
        *c = value;
    else
        invalid("invalid escape \\ sequence");
    return true;
}

static void add_member(Translator *t, uint32_t c)
{
    if (c == 0 || c > 0x10ffff || (c >= 0xd800 && c < 0xe000)) return;
    str_add_format(&t->out, "\\x{%x}", c);
}

/* The other forms of the letters between `low` and `high` that stand from `first` on. */
static void add_other_case(Translator *t, uint32_t low, uint32_t high, uint32_t first)
{
    low = MAX(low, first);
    high = MIN(high, first + 25);
    if (low <= high) str_add_format(&t->out, "\\x{%x}-\\x{%x}", low ^ 32, high ^ 32);
}

static void add_range(Translator *t, uint32_t low, uint32_t high)
{
    add_member(t, low);
    if (low != high) {
        str_add_char(&t->out, '-');
        add_member(t, high);
    }
    if (!folds_ascii(t)) return;
    add_other_case(t, low, high, 'a');
    add_other_case(t, low, high, 'A');
}

/* What a bracket holds went out from `inside` on, its [ at `start`. Classes that are the rest of another one cannot
 * stand in PCRE2's: they become alternatives of it. */
static void close_bracket(Translator *t, size_t start, size_t inside, bool negated)
{
    const bool is_empty = t->out.bytes == inside;
    const Str others = str_done(t->others);
    if (!others.bytes && is_empty) { /* nothing that a text may have */
        str_truncate(&t->out, start);
        str_add(&t->out, !negated                   ? STR("(?!)")
                         : t->options.newline_stops ? STR("[^\\n]")
                                                    : STR("(?s:.)"));
    } else if (!others.bytes) {
        str_add(&t->out, negated && t->options.newline_stops ? STR("\\n]") : STR("]"));
    } else {
        const Str members = str_copy(t->arena, str_slice(str_peek(&t->out), inside, t->out.bytes));
        str_truncate(&t->out, start);
        str_add(&t->out, negated ? STR("(?:(?!") : STR("(?:"));
        if (!is_empty) str_add_format(&t->out, "[%.*s]", STR_ARG(members));
        str_add(&t->out, str_slice(others, is_empty, others.bytes));
        if (negated) str_add(&t->out, t->options.newline_stops ? STR(")[^\\n]") : STR(")(?s:.)"));
        str_add_char(&t->out, ')');
    }
}

static void add_bracket(Translator *t)
{
    const bool negated = take(t, STR("^"));
    const size_t start = t->out.bytes;
    StrBuilder others = str_builder(t->arena, 0);
    t->others = &others;
    str_add(&t->out, negated ? STR("[^") : STR("["));
    const size_t inside = t->out.bytes;
    for (bool first = true; first || peek(t) != ']'; first = false) {
        uint32_t low, high;
        task_check();
        if (!take_member(t, &low)) {
            if (peek(t) == '-' && t->at + 1 < t->source.bytes && t->source.data[t->at + 1] != ']')
                invalid("invalid character range");
            continue;
        }
        if (peek(t) == '-' && t->at + 1 < t->source.bytes && t->source.data[t->at + 1] != ']') {
            t->at++;
            if (!take_member(t, &high) || high < low) invalid("invalid character range");
            add_range(t, low, high);
        } else {
            add_range(t, low, low);
        }
    }
    t->at++;
    close_bracket(t, start, inside, negated);
}

/* ---- Atoms, quantifiers, branches */

static RegexNode *add_alternatives(Translator *t, bool inside);

typedef struct RegexAtom {
    bool is_assertion, is_group;
    uint32_t reference; /* \1: 1; 0: none */
    RegexNode *node;    /* NULL: what went out is a leaf */
} RegexAtom;

static RegexNode *new_node(Translator *t, RegexKind kind, RegexWish wish)
{
    RegexNode *node = ARENA_NEW(t->arena, RegexNode);
    node->kind = kind;
    node->wish = wish;
    return node;
}

static void add_part(RegexNode *node, RegexNode *part)
{
    part->previous = node->last;
    if (node->last)
        node->last->next = part;
    else
        node->first = part;
    node->last = part;
    node->has_groups |= part->has_groups;
}

/* The inside of a group up to its end; one that captures takes the next number. */
static RegexNode *add_inside(Translator *t, bool captures, Str end)
{
    const OpenGroup group = {.number = captures ? ++t->groups : 0, .outer = t->open};
    const uint32_t variable_before = t->variable_quantifiers;
    t->open = &group;
    RegexNode *inside = add_alternatives(t, true);
    t->open = group.outer;
    if (!take(t, end)) invalid("parentheses () not balanced");
    str_add_char(&t->out, ')');
    if (!captures) return inside;
    t->variable_group |= t->variable_quantifiers > variable_before + 1;
    RegexNode *node = new_node(t, REGEX_GROUP, inside->wish);
    add_part(node, inside);
    node->number = group.number;
    node->has_groups = true;
    return node;
}

static RegexAtom add_group(Translator *t)
{
    RegexAtom atom = {.is_group = true};
    const bool was_inside = t->inside_look;
    bool captures = false;
    static const char *const looks[] = {"?=", "?!", "?<=", "?<!"};
    task_check();
    for (size_t i = 0; i < ARRAY_LEN(looks) && !atom.is_assertion; i++)
        if (take(t, str_from(looks[i]))) {
            atom.is_assertion = t->inside_look = true;
            str_add_format(&t->out, "(%s", looks[i]);
        }
    if (!atom.is_assertion) {
        captures = !take(t, STR("?:"));
        if (captures && peek(t) == '?') invalid("quantifier operand invalid");
        captures = captures && !t->inside_look;
        str_add(&t->out, captures ? STR("(") : STR("(?:"));
    }
    atom.node = add_inside(t, captures, STR(")"));
    t->inside_look = was_inside;
    if (atom.is_assertion) atom.node = NULL;
    return atom;
}

static RegexAtom add_start(Translator *t)
{
    str_add(&t->out, t->options.newline_ends ? STR("(?:\\A|(?<=\\n))") : STR("\\A"));
    return (RegexAtom){.is_assertion = true};
}

static RegexAtom add_end(Translator *t)
{
    str_add(&t->out, t->options.newline_ends ? STR("(?=\\n|\\z)") : STR("\\z"));
    return (RegexAtom){.is_assertion = true};
}

/* What is written alike in all syntaxes. */
static RegexAtom add_common_atom(Translator *t)
{
    RegexAtom atom = {0};
    if (take(t, STR("[[:<:]]")))
        atom.is_assertion = add_assertion(t, 'm');
    else if (take(t, STR("[[:>:]]")))
        atom.is_assertion = add_assertion(t, 'M');
    else if (take(t, STR("[")))
        add_bracket(t);
    else if (take(t, STR(".")))
        str_add(&t->out, t->options.newline_stops ? STR("[^\\n]") : STR("(?s:.)"));
    else
        add_literal(t, take_character(t));
    return atom;
}

static RegexAtom add_basic_atom(Translator *t)
{
    RegexAtom atom = {0};
    if (take(t, STR("\\("))) {
        str_add_char(&t->out, '(');
        atom = (RegexAtom){.is_group = true, .node = add_inside(t, true, STR("\\)"))};
    } else if (take(t, STR("\\<"))) {
        atom.is_assertion = add_assertion(t, 'm');
    } else if (take(t, STR("\\>"))) {
        atom.is_assertion = add_assertion(t, 'M');
    } else if (take(t, STR("\\"))) {
        if (at_end(t)) invalid("invalid escape \\ sequence");
        const uint32_t c = take_character(t);
        atom.is_group = c >= '1' && c <= '9';
        if (atom.is_group)
            add_reference(t, atom.reference = c - '0');
        else
            add_literal(t, c);
    } else if (t->nothing_yet && take(t, STR("^"))) {
        atom = add_start(t);
        t->nothing_yet = false;
        return atom; /* with nothing to repeat still */
    } else if (peek(t) == '$' &&
               (t->at + 1 == t->source.bytes ||
                str_starts(str_slice(t->source, t->at + 1, t->source.bytes), STR("\\)")))) {
        t->at++;
        atom = add_end(t);
    } else {
        atom = add_common_atom(t);
    }
    t->nothing_yet = t->no_operand = false;
    return atom;
}

static RegexAtom add_atom(Translator *t)
{
    if (t->options.syntax == REGEX_BASIC) return add_basic_atom(t);
    if (take(t, STR("("))) return add_group(t);
    if (take(t, STR("^"))) return add_start(t);
    if (take(t, STR("$"))) return add_end(t);
    if (!take(t, STR("\\"))) return add_common_atom(t);
    t->reference_last = 0;
    RegexAtom atom = {.is_assertion = !add_escape(t)};
    atom.reference = t->reference_last;
    atom.is_group = atom.reference != 0;
    return atom;
}

static void skip_blanks(Translator *t)
{
    while (t->options.expanded && !at_end(t) && is_space(peek(t))) t->at++;
}

static int32_t take_count(Translator *t)
{
    int32_t n = 0;
    if (!is_digit(peek(t))) invalid("invalid repetition count(s)");
    while (is_digit(peek(t)) && n <= REPEAT_MAX) n = n * 10 + (t->source.data[t->at++] - '0');
    if (n > REPEAT_MAX) invalid("invalid repetition count(s)");
    return n;
}

/* The inside and the end of {m}, {m,} or {m,n}. In basic ones a number may be left out: 0, or without limit. */
static void take_counts(Translator *t, bool basic, int32_t *least, int32_t *most)
{
    skip_blanks(t);
    *least = *most = basic && !is_digit(peek(t)) ? 0 : take_count(t);
    skip_blanks(t);
    if (take(t, STR(","))) {
        skip_blanks(t);
        *most = is_digit(peek(t)) ? take_count(t) : REGEX_NO_LIMIT;
        skip_blanks(t);
    }
    if (at_end(t)) invalid("braces {} not balanced");
    if (!take(t, basic ? STR("\\}") : STR("}"))) invalid("invalid repetition count(s)");
    if (*most != REGEX_NO_LIMIT && *most < *least) invalid("invalid repetition count(s)");
}

static bool starts_quantifier(const Translator *t)
{
    const char c = peek(t);
    if (t->options.syntax == REGEX_BASIC) return c == '*' || ahead(t, STR("\\{"));
    if (c == '*' || c == '+' || c == '?') return true;
    Translator behind = *t;
    behind.at += c == '{';
    skip_blanks(&behind);
    return c == '{' && is_digit(peek(&behind));
}

/* A quantifier at the place; false: there is none. */
static bool take_quantifier(Translator *t, int32_t *least, int32_t *most)
{
    if (!starts_quantifier(t)) return false;
    *least = 0;
    *most = REGEX_NO_LIMIT;
    switch (t->source.data[t->at++]) {
    case '*': return true;
    case '+': *least = 1; return true;
    case '?': *most = 1; return true;
    case '\\':
        t->at++;
        take_counts(t, true, least, most);
        return true;
    default: take_counts(t, false, least, most); return true;
    }
}

static void skip_expanded(Translator *t)
{
    for (;;) {
        if (t->options.syntax == REGEX_ADVANCED && take(t, STR("(?#"))) {
            while (!at_end(t) && peek(t) != ')') t->at++;
            t->at += !at_end(t);
        } else if (t->options.expanded && !at_end(t) && is_space(peek(t))) {
            t->at++;
        } else if (t->options.expanded && peek(t) == '#') {
            while (!at_end(t) && peek(t) != '\n') t->at++;
        } else {
            return;
        }
    }
}

/* The node of an atom; its leaf's text is what went out since `start`. */
static RegexNode *atom_node(Translator *t, const RegexAtom *atom, size_t start)
{
    if (atom->node) return atom->node;
    RegexNode *leaf = new_node(t, REGEX_LEAF, WISH_NONE);
    leaf->is_place = atom->is_assertion;
    leaf->text = str_copy(t->arena,
                          str_slice((Str){t->out.data, t->out.bytes}, start, t->out.bytes));
    return leaf;
}

static void add_quantifier(Translator *t, int32_t least, int32_t most, bool shortest)
{
    if (most == REGEX_NO_LIMIT)
        str_add_format(&t->out, "{%d,}", least);
    else
        str_add_format(&t->out, "{%d,%d}", least, most);
    if (shortest) str_add_char(&t->out, '?');
}

/* A reference to a group without a match fails, even if it is wanted no time. */
static void need_group(Translator *t, uint32_t group, size_t start)
{
    const Str repeated = str_copy(t->arena,
                                  str_slice((Str){t->out.data, t->out.bytes}, start, t->out.bytes));
    t->out.bytes = start;
    str_add_format(&t->out, "(?(%u)%.*s|(?!))", group, STR_ARG(repeated));
}

/* An atom with its quantifier. */
static RegexNode *add_piece(Translator *t)
{
    int32_t least, most;
    const bool basic = t->options.syntax == REGEX_BASIC;
    if (starts_quantifier(t) && !(t->no_operand && peek(t) == '*'))
        invalid("quantifier operand invalid");
    const uint32_t variable_before = t->variable_quantifiers;
    const size_t start = t->out.bytes;
    const RegexAtom atom = add_atom(t);
    RegexNode *node = atom_node(t, &atom, start);
    skip_expanded(t);
    if (t->no_operand) return node; /* ^ of a basic one: * behind it is a character */
    if (atom.is_assertion && starts_quantifier(t)) invalid("quantifier operand invalid");
    if (!take_quantifier(t, &least, &most)) return node;
    const bool shortest = !basic && take(t, STR("?"));
    add_quantifier(t, least, most, shortest);
    if (atom.reference && least == 0 && most != 0) need_group(t, atom.reference, start);
    skip_expanded(t);
    if (starts_quantifier(t)) invalid("quantifier operand invalid");
    const bool variable = least != most;
    t->variable_quantifiers += variable;
    t->variable_atom |= (variable && atom.is_group) ||
                        variable_before != t->variable_quantifiers - variable;
    RegexNode *repeat = new_node(t, REGEX_REPEAT,
                                 !variable  ? node->wish
                                 : shortest ? WISH_SHORTEST
                                            : WISH_LONGEST);
    add_part(repeat, node);
    repeat->least = least;
    repeat->most = most;
    repeat->is_shortest = shortest;
    return repeat;
}

static RegexNode *add_alternatives(Translator *t, bool inside)
{
    const bool basic = t->options.syntax == REGEX_BASIC;
    RegexNode *choice = NULL, *branch = new_node(t, REGEX_SEQUENCE, WISH_NONE);
    task_check();
    t->nothing_yet = t->no_operand = basic;
    for (skip_expanded(t); !at_end(t); skip_expanded(t)) {
        if (ahead(t, basic ? STR("\\)") : STR(")"))) {
            if (inside) break;
            invalid("parentheses () not balanced");
        }
        if (!basic && take(t, STR("|"))) {
            str_add_char(&t->out, '|');
            if (!choice) choice = new_node(t, REGEX_CHOICE, WISH_LONGEST);
            add_part(choice, branch);
            branch = new_node(t, REGEX_SEQUENCE, WISH_NONE);
            t->branches++;
            continue;
        }
        RegexNode *piece = add_piece(t);
        add_part(branch, piece);
        if (branch->wish == WISH_NONE) branch->wish = piece->wish;
    }
    if (!choice) return branch;
    add_part(choice, branch);
    return choice;
}

/* ***: ***= (?flags) at the beginning. */
static void take_director(Translator *t)
{
    if (take(t, STR("***="))) {
        t->options.syntax = REGEX_LITERAL;
        return;
    }
    if (take(t, STR("***:"))) t->options.syntax = REGEX_ADVANCED;
    if (ahead(t, STR("***"))) invalid("quantifier operand invalid");
    if (t->options.syntax != REGEX_ADVANCED || !ahead(t, STR("(?")) ||
        t->at + 2 >= t->source.bytes || is_digit(t->source.data[t->at + 2]) ||
        !is_word_byte((uint8_t)t->source.data[t->at + 2]))
        return;
    for (t->at += 2; peek(t) != ')'; t->at++) {
        if (at_end(t)) invalid("invalid embedded option");
        RegexOptions *o = &t->options;
        switch (peek(t)) {
        case 'i': o->fold = true; break;
        case 'c': o->fold = false; break;
        case 'm':
        case 'n': o->newline_stops = o->newline_ends = true; break;
        case 'p': o->newline_stops = true, o->newline_ends = false; break;
        case 'w': o->newline_stops = false, o->newline_ends = true; break;
        case 's': o->newline_stops = o->newline_ends = false; break;
        case 'x': o->expanded = true; break;
        case 't': o->expanded = false; break;
        case 'e': o->syntax = REGEX_EXTENDED; break;
        case 'b': o->syntax = REGEX_BASIC; break;
        case 'q': o->syntax = REGEX_LITERAL; break;
        default: invalid("invalid embedded option");
        }
    }
    t->at++;
}

void regex_translate(Arena *arena, Str pattern, RegexOptions options, RegexPattern *out)
{
    Translator t = {.arena = arena, .source = pattern, .options = options};
    t.out = str_builder(arena, pattern.bytes * 2 + 16);
    if (options.syntax != REGEX_LITERAL) take_director(&t);
    RegexNode *root = NULL;
    str_add(&t.out, STR("(?:"));
    if (t.options.syntax == REGEX_LITERAL)
        while (!at_end(&t)) add_literal(&t, take_character(&t));
    else
        root = add_alternatives(&t, false);
    str_add(&t.out, STR(")(?C1)")); /* regex.c stops there at the end that is wanted */
    *out = (RegexPattern){.text = str_done(&t.out),
                          .root = t.groups ? root : NULL,
                          .options = t.options,
                          .groups = t.groups,
                          .shortest = root && root->wish == WISH_SHORTEST,
                          .has_references = t.reference_most > 0};
    out->is_straight = !t.branches && t.variable_quantifiers <= 1 && !t.variable_atom;
    out->is_ordered = !t.branches && !t.variable_atom && !t.variable_group;
}
