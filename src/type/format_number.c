/* SPDX-License-Identifier: Apache-2.0 */
/* format_number.c - numbers by a picture: to_char(number, '9,999.99') and to_number.
 *
 * A picture is read into nodes; a number becomes its digits, rounded to the picture's places, and the nodes then walk
 * over them. Places that do not suffice are filled with #. The sign stands, unless a node asks for it elsewhere, right
 * before the first digit in a place of its own. Facts about corner cases are PostgreSQL's, by experiment. */
#include "type/numeric.h"

#include <math.h>

#include "base/array.h"
#include "base/oids.h"
#include "base/task.h"
#include "base/utf8.h"
#include "type/type_internal.h"

typedef enum NodeKind {
    NODE_NINE,
    NODE_ZERO,
    NODE_POINT,
    NODE_COMMA, /* ',' */
    NODE_GROUP, /* G */
    NODE_CURRENCY,
    NODE_SIGN,       /* S */
    NODE_MINUS,      /* MI */
    NODE_PLUS,       /* PL */
    NODE_EITHER,     /* SG */
    NODE_BRACKETS,   /* PR */
    NODE_ROMAN,      /* RN */
    NODE_ORDINAL,    /* TH */
    NODE_MULTIPLY,   /* V */
    NODE_SCIENTIFIC, /* EEEE */
    NODE_FILL,       /* FM */
    NODE_BLANK,      /* B, C, SP: no meaning */
    NODE_LITERAL,
} NodeKind;

typedef struct Node {
    NodeKind kind;
    bool lower;
    Str text; /* of literals: one character */
} Node;

typedef enum Seen {
    SEEN_POINT = 1,
    SEEN_SIGN = 2,
    SEEN_MINUS = 4,
    SEEN_PLUS = 8,
    SEEN_EITHER = 16, /* SG is MI and PL in one */
    SEEN_BRACKETS = 32,
    SEEN_ROMAN = 64,
    SEEN_MULTIPLY = 128,
    SEEN_SCIENTIFIC = 256,
    SEEN_FILL = 512,
    SEEN_ZERO = 1024,
} Seen;

enum { SEEN_SIGNS = SEEN_MINUS | SEEN_PLUS | SEEN_EITHER, ROMAN_WIDTH = 15, ROMAN_MAX = 3999 };

typedef struct Picture {
    ARRAY_OF(Node) nodes;
    uint32_t seen;
    uint32_t whole, fraction, multiply; /* places */
    uint32_t zero_from; /* whole places from here on show 0; `whole` + multiply: none */
    uint32_t zero_to;   /* fraction places that FM keeps */
    bool sign_before;   /* S: a place stands behind it */
    bool any_place;     /* or point; the last of them is node `last_place` */
    uint32_t last_place;
} Picture;

/* ---- Reading pictures */

static const struct {
    const char *word;
    NodeKind kind;
} words[] = {
    {"9", NODE_NINE},          {"0", NODE_ZERO},      {".", NODE_POINT},    {"D", NODE_POINT},
    {",", NODE_COMMA},         {"G", NODE_GROUP},     {"L", NODE_CURRENCY}, {"MI", NODE_MINUS},
    {"PL", NODE_PLUS},         {"PR", NODE_BRACKETS}, {"RN", NODE_ROMAN},   {"SG", NODE_EITHER},
    {"SP", NODE_BLANK},        {"S", NODE_SIGN},      {"TH", NODE_ORDINAL}, {"V", NODE_MULTIPLY},
    {"EEEE", NODE_SCIENTIFIC}, {"FM", NODE_FILL},     {"B", NODE_BLANK},    {"C", NODE_BLANK},
};

static _Noreturn void picture_error(const char *message)
{
    raise_error(SQLSTATE_SYNTAX_ERROR, "%s", message);
}

static _Noreturn void incompatible(const char *what, const char *detail)
{
    Error *error = error_begin(SQLSTATE_SYNTAX_ERROR);
    error_message(error, "\"%s\" is incompatible with other formats", what);
    error_raise(error_detail(error, "\"%s\" may only be used together with %s", what, detail));
}

static void see_digit(Picture *p, bool zero)
{
    if (p->seen & SEEN_BRACKETS)
        picture_error(zero ? "\"0\" must be ahead of \"PR\"" : "\"9\" must be ahead of \"PR\"");
    if (p->seen & SEEN_MULTIPLY) {
        p->multiply++;
    } else if (p->seen & SEEN_POINT) {
        p->fraction++;
        if (zero) p->zero_to = p->fraction;
    } else {
        if (zero && !(p->seen & SEEN_ZERO)) {
            p->seen |= SEEN_ZERO;
            p->zero_from = p->whole;
        }
        p->whole++;
    }
}

static void see_sign(Picture *p, NodeKind kind)
{
    switch (kind) {
    case NODE_SIGN:
        if (p->seen & SEEN_SIGN) picture_error("cannot use \"S\" twice");
        if (p->seen & (SEEN_SIGNS | SEEN_BRACKETS))
            picture_error("cannot use \"S\" and \"PL\"/\"MI\"/\"SG\"/\"PR\" together");
        p->seen |= SEEN_SIGN;
        return;
    case NODE_MINUS:
        if (p->seen & SEEN_SIGN) picture_error("cannot use \"S\" and \"MI\" together");
        p->seen |= SEEN_MINUS;
        return;
    case NODE_PLUS:
        if (p->seen & SEEN_SIGN) picture_error("cannot use \"S\" and \"PL\" together");
        p->seen |= SEEN_PLUS;
        return;
    case NODE_EITHER:
        if (p->seen & SEEN_SIGN) picture_error("cannot use \"S\" and \"SG\" together");
        p->seen |= SEEN_EITHER;
        return;
    default: break;
    }
    if (p->seen & (SEEN_SIGN | SEEN_SIGNS))
        picture_error("cannot use \"PR\" and \"S\"/\"PL\"/\"MI\"/\"SG\" together");
    p->seen |= SEEN_BRACKETS;
}

static void see_once(Picture *p, NodeKind kind)
{
    switch (kind) {
    case NODE_POINT:
        if (p->seen & SEEN_POINT) picture_error("multiple decimal points");
        if (p->seen & SEEN_MULTIPLY) picture_error("cannot use \"V\" and decimal point together");
        p->seen |= SEEN_POINT;
        return;
    case NODE_MULTIPLY:
        if (p->seen & SEEN_POINT) picture_error("cannot use \"V\" and decimal point together");
        p->seen |= SEEN_MULTIPLY;
        return;
    case NODE_SCIENTIFIC:
        if (p->seen & SEEN_SCIENTIFIC) picture_error("cannot use \"EEEE\" twice");
        if (p->seen & (SEEN_FILL | SEEN_SIGN | SEEN_SIGNS | SEEN_BRACKETS | SEEN_MULTIPLY))
            incompatible("EEEE", "digit and decimal point patterns.");
        p->seen |= SEEN_SCIENTIFIC;
        return;
    default: break;
    }
    if (p->seen & SEEN_ROMAN) picture_error("cannot use \"RN\" twice");
    p->seen |= SEEN_ROMAN;
}

static void see(Picture *p, NodeKind kind)
{
    if (p->seen & SEEN_SCIENTIFIC) picture_error("\"EEEE\" must be the last pattern used");
    switch (kind) {
    case NODE_NINE:
    case NODE_ZERO: see_digit(p, kind == NODE_ZERO); return;
    case NODE_SIGN:
    case NODE_MINUS:
    case NODE_PLUS:
    case NODE_EITHER:
    case NODE_BRACKETS: see_sign(p, kind); return;
    case NODE_POINT:
    case NODE_MULTIPLY:
    case NODE_SCIENTIFIC:
    case NODE_ROMAN: see_once(p, kind); return;
    case NODE_FILL: p->seen |= SEEN_FILL; return;
    case NODE_CURRENCY:
    case NODE_GROUP:
    case NODE_COMMA:
    case NODE_ORDINAL:
    case NODE_BLANK:
    case NODE_LITERAL: break;
    }
}

/* The word at the start of `rest`, all upper or all lower case; NULL bytes: none. */
static uint32_t find_word(Str rest, Node *node)
{
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        const Str word = str_from(words[i].word);
        bool upper = true, lower = true;
        if (rest.bytes < word.bytes) continue;
        for (size_t k = 0; k < word.bytes; k++) {
            const char c = word.data[k], low = c >= 'A' && c <= 'Z' ? c | 0x20 : c;
            upper &= rest.data[k] == c;
            lower &= rest.data[k] == low;
        }
        if (!upper && !lower) continue;
        *node = (Node){.kind = words[i].kind, .lower = !upper};
        return (uint32_t)word.bytes;
    }
    return 0;
}

static void add_literal(Picture *p, Str rest, size_t *at)
{
    const size_t bytes = MIN((size_t)utf8_length(rest.data[*at]), rest.bytes - *at);
    array_push(&p->nodes,
               ((Node){.kind = NODE_LITERAL, .text = str_slice(rest, *at, *at + bytes)}));
    *at += bytes;
}

/* From behind a quote to behind the one that closes it. */
static void read_quoted(Picture *p, Str text, size_t *at)
{
    while (*at < text.bytes && text.data[*at] != '"') {
        if (text.data[*at] == '\\' && *at + 1 < text.bytes) ++*at;
        add_literal(p, text, at);
    }
    if (*at < text.bytes) ++*at;
}

static Picture picture_of(Arena *arena, Str text)
{
    Picture p = {.nodes.arena = arena};
    for (size_t at = 0; at < text.bytes;) {
        Node node;
        const Str rest = str_slice(text, at, text.bytes);
        const uint32_t bytes = find_word(rest, &node);
        task_check();
        if (bytes) {
            see(&p, node.kind);
            if ((p.seen & SEEN_ROMAN) && (p.seen & ~(uint32_t)(SEEN_ROMAN | SEEN_FILL)))
                incompatible("RN", "\"FM\".");
            array_push(&p.nodes, node);
            at += bytes;
        } else if (text.data[at] == '"') {
            at++;
            read_quoted(&p, text, &at);
        } else {
            if (str_starts(rest, STR("\\\""))) at++;
            add_literal(&p, text, &at);
        }
    }
    if (!(p.seen & SEEN_ZERO)) p.zero_from = UINT32_MAX;
    if ((p.seen & SEEN_BRACKETS) && (p.seen & SEEN_SIGNS)) p.seen &= ~(uint32_t)SEEN_BRACKETS;
    for (uint32_t i = 0; i < p.nodes.count; i++) {
        const NodeKind kind = p.nodes.items[i].kind;
        if (kind == NODE_SIGN) p.sign_before = false;
        if (kind != NODE_NINE && kind != NODE_ZERO && kind != NODE_POINT) continue;
        p.sign_before |= kind != NODE_POINT && (p.seen & SEEN_SIGN);
        p.any_place = true;
        p.last_place = i;
    }
    return p;
}

/* ---- Numbers as digits */

typedef struct Digits {
    bool negative, overflow;
    Str whole;    /* without leading zeros; NaN and Infinity stand here too */
    Str fraction; /* as many as the picture has places, or fewer where a float has no more */
    bool is_zero; /* no digit before the point */
} Digits;

static Str repeated(Arena *arena, char c, uint32_t count)
{
    StrBuilder out = str_builder(arena, count);
    str_add_repeat(&out, c, count);
    return str_done(&out);
}

/* Of a number's text: [-]digits[.digits]. */
static Digits digits_of_text(Arena *arena, const Picture *p, Str text)
{
    Digits d = {.negative = str_starts(text, STR("-"))};
    size_t point;
    if (d.negative) text = str_slice(text, 1, text.bytes);
    const bool has_point = str_find_char(text, '.', &point);
    d.whole = has_point ? str_slice(text, 0, point) : text;
    if (has_point) d.fraction = str_slice(text, point + 1, text.bytes);
    while (d.whole.bytes && d.whole.data[0] == '0') d.whole = str_slice(d.whole, 1, d.whole.bytes);
    d.is_zero = d.whole.bytes == 0;
    /* A zero before the point counts where the picture has no place for it. */
    const uint32_t places = p->whole + p->multiply;
    if (MAX(d.whole.bytes, (size_t)1) > places) {
        d.overflow = true;
        d.is_zero = false;
        d.whole = repeated(arena, '#', places);
        d.fraction = repeated(arena, '#', (uint32_t)d.fraction.bytes);
    }
    return d;
}

static Decimal shifted(Arena *arena, Decimal v, uint32_t places)
{
    Decimal factor = decimal_small(1, 0);
    const Decimal ten = decimal_small(10, 0);
    for (uint32_t i = 0; i < places; i++) factor = decimal_multiply(arena, factor, ten);
    return places ? decimal_multiply(arena, v, factor) : v;
}

static Str decimal_text(Arena *arena, Decimal v)
{
    StrBuilder out = str_builder(arena, 32);
    decimal_print(v, arena, &out);
    return str_done(&out);
}

static Digits digits_of_decimal(Arena *arena, const Picture *p, Decimal v)
{
    if (decimal_is_special(v)) {
        Digits d = digits_of_text(arena, p, decimal_text(arena, v));
        if (d.overflow) d.fraction = repeated(arena, '#', p->fraction);
        return d;
    }
    v = decimal_round(arena, shifted(arena, v, p->multiply), (int32_t)p->fraction);
    return digits_of_text(arena, p, decimal_text(arena, v));
}

/* A float shows no more digits than it has: 15, or 6 of float4. */
static Digits digits_of_double(Arena *arena, const Picture *p, double v, int precision)
{
    double factor = 1;
    for (uint32_t i = 0; i < p->multiply; i++) factor *= 10;
    v *= factor;
    if (!isfinite(v)) {
        const Str text = isnan(v) ? STR("NaN") : v > 0 ? STR("Infinity") : STR("-Infinity");
        Digits d = digits_of_text(arena, p, text);
        if (d.overflow && (isnan(v) || precision > 6))
            d.fraction = repeated(arena, '#', p->fraction);
        return d;
    }
    const Str whole = str_format(arena, "%.0f", v < 0 ? -v : v);
    const int room = MAX(precision - (int)whole.bytes, 0);
    const int places = MIN((int)p->fraction, room);
    return digits_of_text(arena, p, str_format(arena, "%.*f", places, v));
}

/* ---- Writing */

typedef struct Writer {
    const Picture *p;
    const Digits *d;
    StrBuilder *out;
    bool fill;            /* FM */
    bool started;         /* a whole digit has been written, and no point after it */
    bool ended;           /* a point without places behind it ends what is shown */
    bool sign_written;    /* or there is none to write here */
    uint32_t at;          /* whole places passed */
    uint32_t fraction_at; /* fraction digits written */
    Str fraction;         /* what is to be written of it */
} Writer;

static void write_sign(Writer *w)
{
    const bool negative = w->d->negative;
    if (w->sign_written) return;
    w->sign_written = true;
    if (w->p->seen & SEEN_SIGN)
        str_add_char(w->out, negative ? '-' : '+');
    else if (w->p->seen & SEEN_BRACKETS)
        str_add(w->out, negative ? STR("<") : w->fill ? STR("") : STR(" "));
    else
        str_add(w->out, negative ? STR("-") : w->fill ? STR("") : STR(" "));
}

/* One of the whole places: a digit, a zero, or a blank. */
static void write_whole(Writer *w)
{
    const uint32_t places = w->p->whole + w->p->multiply, at = w->at++;
    const bool shows_zero = w->d->is_zero && at + 1 == places && w->fraction.bytes == 0 &&
                            (w->fill || w->d->fraction.bytes == 0);
    const bool has_digit = places - at <= w->d->whole.bytes;
    if (!has_digit && !shows_zero && at < w->p->zero_from) {
        if (!w->fill) str_add_char(w->out, ' ');
        return;
    }
    write_sign(w);
    w->started = true;
    str_add_char(w->out, has_digit ? w->d->whole.data[w->d->whole.bytes - (places - at)] : '0');
}

static void write_digit(Writer *w)
{
    if (w->at < w->p->whole + w->p->multiply) {
        write_whole(w);
    } else if (w->fraction_at < w->fraction.bytes) {
        str_add_char(w->out, w->fraction.data[w->fraction_at++]);
        w->started = true;
    }
}

static void write_point(Writer *w)
{
    w->started = false;
    if (!w->d->fraction.bytes && !w->d->overflow) {
        w->ended = w->p->whole > 0;
        return;
    }
    write_sign(w);
    str_add_char(w->out, '.');
}

static void write_group(Writer *w)
{
    if (w->started)
        str_add_char(w->out, ',');
    else if (!w->fill)
        str_add_char(w->out, ' ');
}

static void write_ordinal(Writer *w, bool lower)
{
    static const char *const endings[] = {"TH", "ST", "ND", "RD"};
    const Str whole = w->d->whole;
    if (str_equal(whole, STR("NaN")) && !w->d->overflow && !(w->p->seen & SEEN_ROMAN))
        raise_error(SQLSTATE_INVALID_TEXT_REPRESENTATION, "\"NaN\" is not a number");
    const bool none_shown = !w->p->any_place && !(w->p->seen & (SEEN_POINT | SEEN_ROMAN));
    if (none_shown && !w->d->negative)
        raise_error(SQLSTATE_INVALID_TEXT_REPRESENTATION, "\".\" is not a number");
    if (w->d->negative || w->d->overflow || (w->p->seen & (SEEN_POINT | SEEN_ROMAN))) return;
    const int last = whole.bytes ? whole.data[whole.bytes - 1] - '0' : 0;
    const bool teen = whole.bytes > 1 && whole.data[whole.bytes - 2] == '1';
    const Str ending = str_from(endings[!teen && last >= 1 && last <= 3 ? last : 0]);
    str_add(w->out, lower ? str_lower_ascii(w->out->arena, ending) : ending);
}

static const struct {
    int value;
    const char *text;
} romans[] = {{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"},
              {40, "XL"},  {10, "X"},   {9, "IX"},  {5, "V"},    {4, "IV"},  {1, "I"}};

static Str roman_text(Arena *arena, int64_t value)
{
    StrBuilder text = str_builder(arena, ROMAN_WIDTH);
    for (size_t i = 0; i < sizeof romans / sizeof romans[0]; i++)
        for (; value >= romans[i].value; value -= romans[i].value)
            str_add_zero_terminated(&text, romans[i].text);
    return str_done(&text);
}

static void write_roman(Writer *w, bool lower)
{
    int64_t value;
    if (!str_to_i64(w->d->whole, &value) || value < 1 || value > ROMAN_MAX || w->d->negative) {
        str_add_repeat(w->out, '#', ROMAN_WIDTH);
        return;
    }
    const Str roman = roman_text(w->out->arena, value);
    if (!w->fill && roman.bytes < ROMAN_WIDTH)
        str_add_repeat(w->out, ' ', ROMAN_WIDTH - roman.bytes);
    str_add(w->out, lower ? str_lower_ascii(w->out->arena, roman) : roman);
}

static void write_node(Writer *w, const Node *node)
{
    const bool negative = w->d->negative;
    const Str blank = w->fill ? STR("") : STR(" ");
    switch (node->kind) {
    case NODE_NINE:
    case NODE_ZERO:
        if (!(w->p->seen & SEEN_ROMAN)) write_digit(w);
        return;
    case NODE_POINT: write_point(w); return;
    case NODE_COMMA:
    case NODE_GROUP: write_group(w); return;
    case NODE_CURRENCY: str_add_char(w->out, ' '); return;
    case NODE_MINUS: str_add(w->out, negative ? STR("-") : blank); return;
    case NODE_PLUS: str_add(w->out, negative ? blank : STR("+")); return;
    case NODE_EITHER: str_add_char(w->out, negative ? '-' : '+'); return;
    case NODE_ROMAN: write_roman(w, node->lower); return;
    case NODE_ORDINAL: write_ordinal(w, node->lower); return;
    case NODE_LITERAL: str_add(w->out, node->text); return;
    case NODE_SIGN:
    case NODE_BRACKETS:
    case NODE_MULTIPLY:
    case NODE_SCIENTIFIC:
    case NODE_FILL:
    case NODE_BLANK: break;
    }
}

/* What S and PR put behind the last place. */
static void write_end_of_number(Writer *w)
{
    const bool negative = w->d->negative;
    if ((w->p->seen & SEEN_SIGN) && !w->p->sign_before) str_add_char(w->out, negative ? '-' : '+');
    if (w->p->seen & SEEN_BRACKETS)
        str_add(w->out, negative ? STR(">") : w->fill ? STR("") : STR(" "));
}

/* The fraction without the zeros that FM leaves out. */
static Str kept_fraction(const Picture *p, const Digits *d)
{
    Str kept = d->fraction;
    if (!(p->seen & SEEN_FILL)) return kept;
    while (kept.bytes > p->zero_to && kept.data[kept.bytes - 1] == '0') kept.bytes--;
    return kept;
}

static Str write_number(Arena *arena, const Picture *p, const Digits *digits)
{
    StrBuilder out = str_builder(arena, 32);
    Writer w = {.p = p, .d = digits, .out = &out, .fill = p->seen & SEEN_FILL};
    w.fraction = kept_fraction(p, digits);
    w.sign_written = (p->seen & (SEEN_MINUS | SEEN_EITHER)) ||
                     ((p->seen & SEEN_SIGN) && !p->sign_before);
    const bool places = p->any_place && !(p->seen & SEEN_ROMAN);
    for (uint32_t i = 0; i < p->nodes.count && !w.ended; i++) {
        write_node(&w, &p->nodes.items[i]);
        if (places && i == p->last_place && !w.ended) write_end_of_number(&w);
    }
    return str_done(&out);
}

/* ---- The functions */

/* d.ddde+dd */
static Str scientific(Arena *arena, const Picture *p, Decimal v)
{
    StrBuilder out = str_builder(arena, 32);
    if (decimal_is_special(v)) {
        str_add_char(&out, ' ');
        str_add_repeat(&out, '#', p->whole);
        str_add_char(&out, '.');
        str_add_repeat(&out, '#', p->fraction + 4);
        return str_done(&out);
    }
    const bool negative = decimal_sign(v) < 0;
    const Decimal size = negative ? decimal_negate(arena, v) : v;
    int32_t exponent = 0, places = (int32_t)p->fraction;
    const Str digits = decimal_text(arena, size);
    size_t point = digits.bytes, first = 0;
    (void)str_find_char(digits, '.', &point);
    while (first < digits.bytes && (digits.data[first] == '0' || digits.data[first] == '.'))
        first++;
    if (first < digits.bytes)
        exponent = first < point ? (int32_t)(point - first) - 1 : (int32_t)point - (int32_t)first;
    Decimal rounded = decimal_round(arena, size, places - exponent);
    /* 9.99 may round up to 10.0 */
    const Decimal limit = exponent >= 0 ? shifted(arena, decimal_small(10, 0), (uint32_t)exponent)
                                        : decimal_small(0, 0);
    if (exponent >= 0 && decimal_compare(rounded, limit) >= 0)
        rounded = decimal_round(arena, size, places - ++exponent);
    StrBuilder kept = str_builder(arena, 32);
    const Str text = decimal_text(arena, rounded);
    for (size_t i = 0; i < text.bytes; i++)
        if (text.data[i] != '.' && (kept.bytes || text.data[i] != '0'))
            str_add_char(&kept, text.data[i]);
    if (exponent < 0 && kept.bytes > (size_t)places + 1) exponent++;
    while (kept.bytes < (size_t)places + 1) str_add_char(&kept, '0');
    const Str all = str_done(&kept);
    str_add_char(&out, negative ? '-' : ' ');
    str_add(&out, str_slice(all, 0, 1));
    if (places) str_add_char(&out, '.');
    str_add(&out, str_slice(all, 1, (size_t)places + 1));
    str_add_format(&out, "e%c%02d", exponent < 0 ? '-' : '+', exponent < 0 ? -exponent : exponent);
    return str_done(&out);
}

/* The site keeps the picture of a template that is the same for all rows. */
typedef struct PictureSite {
    Str text;
    Picture picture;
} PictureSite;

static const Picture *picture_at(Fn *fn, Str text)
{
    PictureSite *site = fn->state;
    if (site && str_equal(site->text, text)) return &site->picture;
    if (!site) fn->state = site = ARENA_NEW(fn->site, PictureSite);
    const Str kept = str_copy(fn->site, text);
    site->text = (Str){0};
    site->picture = picture_of(fn->site, kept);
    site->text = kept;
    return &site->picture;
}

static Picture roman_picture(const Picture *p)
{
    Picture wide = *p;
    wide.whole = ROMAN_WIDTH;
    wide.fraction = wide.multiply = 0;
    return wide;
}

static Str numeric_to_char(Fn *fn, Decimal v, Str format)
{
    const Picture *p = picture_at(fn, format);
    if (p->seen & SEEN_SCIENTIFIC) return scientific(fn->arena, p, v);
    if (!p->nodes.count) return STR("");
    const Picture wide = roman_picture(p);
    const Digits d = digits_of_decimal(fn->arena, p->seen & SEEN_ROMAN ? &wide : p, v);
    return write_number(fn->arena, p, &d);
}

static Str double_to_char(Fn *fn, double v, Str format, int precision)
{
    const Picture *p = picture_at(fn, format);
    if (p->seen & SEEN_SCIENTIFIC) {
        if (!isfinite(v)) return scientific(fn->arena, p, decimal_nan(fn->arena));
        return str_format(fn->arena, "%s%.*e", v < 0 ? "" : " ", (int)p->fraction, v);
    }
    if (!p->nodes.count) return STR("");
    const Picture wide = roman_picture(p);
    const Digits d = digits_of_double(fn->arena, p->seen & SEEN_ROMAN ? &wide : p, v, precision);
    return write_number(fn->arena, p, &d);
}

/* ---- to_number */

/* A place takes the digit, or the first point, that stands where reading is, and passes over whatever else does. */
typedef struct NumberReader {
    const Picture *p;
    Str in;
    size_t at;
    StrBuilder digits;
    char sign; /* '+', '-', or ' ' while none was read */
    bool point_read, digit_read;
    uint32_t fraction; /* digits read behind the point */
} NumberReader;

static char peek(const NumberReader *r)
{
    return r->at < r->in.bytes ? r->in.data[r->at] : 0;
}

static bool is_sign(char c)
{
    return c == '-' || c == '+';
}

static bool take_sign(NumberReader *r)
{
    const char c = peek(r);
    const bool bracket = c == '<' && (r->p->seen & SEEN_BRACKETS);
    if (!bracket && !is_sign(c)) return false;
    r->sign = bracket ? '-' : c;
    r->at++;
    return true;
}

/* `may_sign`: 9 and 0, not the point. A sign behind digits counts where the picture has one somewhere. */
static void read_place(NumberReader *r, bool may_sign)
{
    if (peek(r) == ' ') r->at++;
    if (may_sign && !r->digit_read && r->sign == ' ') take_sign(r);
    const char c = peek(r);
    if (is_digit(c) && !(r->point_read && r->fraction >= r->p->fraction)) {
        str_add_char(&r->digits, c);
        r->digit_read = true;
        r->fraction += r->point_read;
    } else if (c == '.' && (r->p->seen & SEEN_POINT) && !r->point_read) {
        str_add_char(&r->digits, '.');
        r->point_read = true;
    } else if (r->digit_read && r->sign == ' ' && (r->p->seen & (SEEN_SIGN | SEEN_SIGNS)) &&
               is_sign(c)) {
        r->sign = c;
    }
    if (r->at < r->in.bytes) r->at++;
    if ((r->p->seen & SEEN_SIGN) && r->digit_read && r->sign == ' ' && is_digit(c) &&
        is_sign(peek(r)))
        take_sign(r);
}

/* L and TH pass over what cannot be part of a number. */
static void skip_word(NumberReader *r)
{
    const char c = peek(r);
    if (c && !strchr("0123456789.,+-", c)) r->at += utf8_length(c);
}

static void read_node(NumberReader *r, const Node *node)
{
    switch (node->kind) {
    case NODE_NINE:
    case NODE_ZERO: read_place(r, true); return;
    case NODE_POINT: read_place(r, false); return;
    case NODE_COMMA:
    case NODE_GROUP:
        if (peek(r) == ',') r->at++;
        return;
    case NODE_MINUS:
    case NODE_PLUS:
    case NODE_EITHER:
        if (is_sign(peek(r))) take_sign(r);
        return;
    case NODE_BRACKETS:
        if (peek(r) == '>') r->at++;
        return;
    case NODE_ORDINAL:
        skip_word(r);
        skip_word(r);
        return;
    case NODE_CURRENCY: skip_word(r); return;
    case NODE_LITERAL: r->at += utf8_length(peek(r)); return;
    case NODE_SIGN: /* is read with the places */
    case NODE_ROMAN:
    case NODE_MULTIPLY:
    case NODE_SCIENTIFIC:
    case NODE_FILL:
    case NODE_BLANK: break;
    }
}

/* A numeral is right if it is what its value is written as. */
static int64_t read_roman(Arena *arena, Str text)
{
    Str numeral = str_upper_ascii(arena, type__trim(text));
    int64_t value = 0;
    for (size_t i = 0; i < numeral.bytes; i++)
        if (is_space(numeral.data[i])) numeral.bytes = i;
    size_t at = 0;
    for (size_t i = 0; i < sizeof romans / sizeof romans[0]; i++)
        while (str_starts(str_slice(numeral, at, numeral.bytes), str_from(romans[i].text))) {
            value += romans[i].value;
            at += strlen(romans[i].text);
        }
    if (!value || at < numeral.bytes || value > ROMAN_MAX ||
        !str_equal(roman_text(arena, value), numeral))
        raise_error(SQLSTATE_INVALID_TEXT_REPRESENTATION, "invalid Roman numeral");
    return value;
}

/* V: the digits behind it are places; what it is divided by has the scale of PostgreSQL's powers of ten. */
static Decimal unmultiplied(Arena *arena, Decimal value, uint32_t places)
{
    enum { POWER_SCALE = 16 };
    const Decimal one = decimal_round(arena, decimal_small(1, 0), POWER_SCALE);
    const Decimal power = decimal_round(arena,
                                        decimal_divide(arena, one,
                                                       shifted(arena, decimal_small(1, 0), places)),
                                        MAX(POWER_SCALE, (int32_t)places));
    return decimal_multiply(arena, decimal_round(arena, value, (int32_t)places), power);
}

static Decimal to_number(Fn *fn, Str text, Str format)
{
    const Picture *p = picture_at(fn, format);
    NumberReader r = {.p = p,
                      .in = text,
                      .digits = str_builder(fn->arena, text.bytes + 2),
                      .sign = ' '};
    InputError err = {.arena = fn->arena};
    Decimal value;
    if (p->seen & SEEN_SCIENTIFIC)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "\"EEEE\" not supported for input");
    if ((p->seen & SEEN_ROMAN) && text.bytes) return decimal_small(read_roman(fn->arena, text), 0);
    if (!p->nodes.count) return FN_NULL(fn, (Decimal){0});
    for (uint32_t i = 0; i < p->nodes.count && r.at < text.bytes; i++)
        read_node(&r, &p->nodes.items[i]);
    if (!r.digit_read)
        raise_error(SQLSTATE_INVALID_TEXT_REPRESENTATION,
                    "invalid input syntax for type numeric: \"%c\"", r.sign);
    if (!decimal_parse(fn->arena, str_done(&r.digits), &value, &err)) input_error_raise(&err);
    /* A point of the picture takes a digit too, and there may be no place for it. */
    const uint32_t precision = p->whole + p->multiply + r.fraction;
    if (precision <= DECIMAL_PRECISION_MAX &&
        !decimal_fit(fn->arena, &value, decimal_typmod((int32_t)precision, (int32_t)r.fraction),
                     &err))
        input_error_raise(&err);
    if (p->multiply) value = unmultiplied(fn->arena, value, p->multiply);
    return r.sign == '-' ? decimal_negate(fn->arena, value) : value;
}

/* V multiplies in the integer's own type: int4 wraps, int8 raises. The picture multiplies once more, so the product is
 * handed over divided. */
static Str int4_to_char(Fn *fn, int32_t v, Str format)
{
    enum { PLACES_MAX = 9 };
    const uint32_t places = picture_at(fn, format)->multiply;
    if (!places || places > NUMERIC_SMALL_SCALE_MAX)
        return numeric_to_char(fn, decimal_small(v, 0), format);
    uint32_t power = 1;
    for (uint32_t i = 0; i < places; i++) power *= 10;
    if (places > PLACES_MAX) power = (uint32_t)INT32_MIN;
    const int32_t product = (int32_t)((uint32_t)v * power);
    return numeric_to_char(fn, decimal_small(product, places), format);
}

static Str int8_to_char(Fn *fn, int64_t v, Str format)
{
    const uint32_t places = picture_at(fn, format)->multiply;
    int64_t product = v;
    for (uint32_t i = 0; i < places && product; i++)
        if (__builtin_mul_overflow(product, 10, &product))
            raise_error(SQLSTATE_NUMERIC_VALUE_OUT_OF_RANGE, "bigint out of range");
    return numeric_to_char(fn, decimal_from_i64(fn->arena, v), format);
}

SQL_FUNCTION(1772, "to_char", text, (numeric, text), STABLE | STRICT, numeric_to_char,
             "number by a picture")
SQL_FUNCTION(1773, "to_char", text, (int4, text), STABLE | STRICT, int4_to_char,
             "number by a picture")
SQL_FUNCTION(1774, "to_char", text, (int8, text), STABLE | STRICT, int8_to_char,
             "number by a picture")
SQL_EXPRESSION(1775, "to_char", text, (float4, text), STABLE | STRICT,
               double_to_char(fn, (double)a, b, 6), "number by a picture")
SQL_EXPRESSION(1776, "to_char", text, (float8, text), STABLE | STRICT, double_to_char(fn, a, b, 15),
               "number by a picture")
SQL_FUNCTION(1777, "to_number", numeric, (text, text), STABLE | STRICT | NULLABLE, to_number,
             "number in a text by a picture")
