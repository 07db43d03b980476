/* SPDX-License-Identifier: Apache-2.0 */
/* explain_out.c - the four layouts of EXPLAIN. In text only properties are written here (`Label: value`): the lines of
 * plan nodes are explain.c's. */
#include "exec/explain_out.h"

#include "base/error.h"

void explain_out_init(ExplainOut *out, Arena *arena, ExplainFormat format)
{
    *out = (ExplainOut){.text = str_builder(arena, 1024), .format = format};
    out->has_item = ARENA_ARRAY(arena, bool, EXPLAIN_DEPTH_MAX + 1);
    out->is_list = ARENA_ARRAY(arena, bool, EXPLAIN_DEPTH_MAX + 1);
}

static void add(ExplainOut *out, const char *text)
{
    str_add_zero_terminated(&out->text, text);
}

void explain_indent(ExplainOut *out)
{
    str_add_repeat(&out->text, ' ', (size_t)out->indent * 2);
}

/* ---- escaping ---- */

/* In double quotes, as JSON wants it (YAML takes the same). */
static void add_quoted(ExplainOut *out, Str value)
{
    str_add_char(&out->text, '"');
    for (uint32_t i = 0; i < value.bytes; i++) {
        const unsigned char c = (unsigned char)value.data[i];
        switch (c) {
        case '"': add(out, "\\\""); break;
        case '\\': add(out, "\\\\"); break;
        case '\n': add(out, "\\n"); break;
        case '\r': add(out, "\\r"); break;
        case '\t': add(out, "\\t"); break;
        case '\b': add(out, "\\b"); break;
        case '\f': add(out, "\\f"); break;
        default:
            if (c < ' ')
                str_add_format(&out->text, "\\u%04x", c);
            else
                str_add_char(&out->text, (char)c);
        }
    }
    str_add_char(&out->text, '"');
}

static void add_xml_text(ExplainOut *out, Str value)
{
    for (uint32_t i = 0; i < value.bytes; i++) {
        switch (value.data[i]) {
        case '&': add(out, "&amp;"); break;
        case '<': add(out, "&lt;"); break;
        case '>': add(out, "&gt;"); break;
        case '\r': add(out, "&#x0d;"); break;
        default: str_add_char(&out->text, value.data[i]);
        }
    }
}

/* Blanks in names become hyphens, other characters that XML names do not have go. */
static void add_tag(ExplainOut *out, const char *name, const char *before, const char *after)
{
    add(out, before);
    for (const char *at = name; *at != 0; at++) {
        const bool good = (*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z') ||
                          (*at >= '0' && *at <= '9') || strchr("-_.", *at) != NULL;
        str_add_char(&out->text, good ? *at : '-');
    }
    add(out, after);
}

/* ---- lines ---- */

/* What stands between the property before and this one. */
static void separate(ExplainOut *out)
{
    bool *has_item = &out->has_item[out->depth];
    if (out->format == EXPLAIN_JSON) {
        add(out, *has_item ? ",\n" : "\n");
        explain_indent(out);
    } else if (out->format == EXPLAIN_YAML) {
        if (out->after_dash) {
            out->after_dash = false;
        } else {
            if (out->text.bytes > 0) str_add_char(&out->text, '\n');
            explain_indent(out);
        }
    } else {
        explain_indent(out);
    }
    *has_item = true;
}

static void label_of(ExplainOut *out, const char *label)
{
    if (out->format == EXPLAIN_JSON) {
        add_quoted(out, str_from(label));
        add(out, ": ");
    } else {
        add(out, label);
        add(out, ": ");
    }
}

/* A property whose value is written by itself (`quoted`: as a string where the format knows them). */
static void property(ExplainOut *out, const char *label, Str value, bool quoted, const char *unit)
{
    separate(out);
    if (out->format == EXPLAIN_XML) {
        add_tag(out, label, "<", ">");
        add_xml_text(out, value);
        add_tag(out, label, "</", ">\n");
        return;
    }
    label_of(out, label);
    if (quoted && out->format != EXPLAIN_TEXT)
        add_quoted(out, value);
    else
        str_add(&out->text, value);
    if (out->format != EXPLAIN_TEXT) return;
    if (unit != NULL) str_add_format(&out->text, " %s", unit);
    str_add_char(&out->text, '\n');
}

void explain_text(ExplainOut *out, const char *label, Str value)
{
    property(out, label, value, true, NULL);
}

void explain_integer(ExplainOut *out, const char *label, int64_t value, const char *unit)
{
    property(out, label, str_format(out->text.arena, "%" PRId64, value), false, unit);
}

void explain_float(ExplainOut *out, const char *label, double value, int decimals, const char *unit)
{
    property(out, label, str_format(out->text.arena, "%.*f", decimals, value), false, unit);
}

void explain_bool(ExplainOut *out, const char *label, bool value)
{
    property(out, label, value ? STR("true") : STR("false"), false, NULL);
}

void explain_list(ExplainOut *out, const char *label, const Str *items, uint32_t count)
{
    separate(out);
    switch (out->format) {
    case EXPLAIN_TEXT:
    case EXPLAIN_JSON:
        label_of(out, label);
        if (out->format == EXPLAIN_JSON) str_add_char(&out->text, '[');
        for (uint32_t i = 0; i < count; i++) {
            if (i > 0) add(out, ", ");
            if (out->format == EXPLAIN_JSON)
                add_quoted(out, items[i]);
            else
                str_add(&out->text, items[i]);
        }
        str_add_char(&out->text, out->format == EXPLAIN_JSON ? ']' : '\n');
        return;
    case EXPLAIN_XML:
        add_tag(out, label, "<", ">\n");
        for (uint32_t i = 0; i < count; i++) {
            explain_indent(out);
            add(out, "  <Item>");
            add_xml_text(out, items[i]);
            add(out, "</Item>\n");
        }
        explain_indent(out);
        add_tag(out, label, "</", ">\n");
        return;
    case EXPLAIN_YAML:
        label_of(out, label);
        for (uint32_t i = 0; i < count; i++) {
            str_add_char(&out->text, '\n');
            explain_indent(out);
            add(out, "  - ");
            add_quoted(out, items[i]);
        }
        return;
    }
}

/* ---- groups ---- */

void explain_open(ExplainOut *out, const char *tag, const char *label, bool list)
{
    if (out->format == EXPLAIN_TEXT) return;
    if (out->depth >= EXPLAIN_DEPTH_MAX)
        raise_error(SQLSTATE_STATEMENT_TOO_COMPLEX, "the plan is nested too deeply to be shown");
    if (out->format == EXPLAIN_XML) {
        explain_indent(out);
        add_tag(out, tag, "<", ">\n");
    } else {
        separate(out);
        if (label != NULL) label_of(out, label);
        if (out->format == EXPLAIN_JSON) str_add_char(&out->text, list ? '[' : '{');
        if (out->format == EXPLAIN_YAML && label == NULL) {
            add(out, "- ");
            out->after_dash = true;
        }
    }
    out->indent++;
    out->depth++;
    out->has_item[out->depth] = false;
    out->is_list[out->depth] = list;
}

void explain_close(ExplainOut *out, const char *tag, bool list)
{
    if (out->format == EXPLAIN_TEXT) return;
    out->indent--;
    out->depth--;
    if (out->format == EXPLAIN_XML) {
        explain_indent(out);
        add_tag(out, tag, "</", ">\n");
    } else if (out->format == EXPLAIN_JSON) {
        str_add_char(&out->text, '\n');
        explain_indent(out);
        str_add_char(&out->text, list ? ']' : '}');
    }
}

void explain_out_begin(ExplainOut *out)
{
    if (out->format == EXPLAIN_XML) {
        add(out, "<explain xmlns=\"http://www.postgresql.org/2009/explain\">\n");
        out->indent++;
    } else if (out->format == EXPLAIN_JSON) {
        str_add_char(&out->text, '[');
        out->indent++;
    }
}

Str explain_out_end(ExplainOut *out)
{
    if (out->format == EXPLAIN_XML) add(out, "</explain>");
    if (out->format == EXPLAIN_JSON) add(out, "\n]");
    Str whole = str_done(&out->text);
    if (out->format == EXPLAIN_TEXT && str_ends(whole, STR("\n"))) whole.bytes--;
    return whole;
}
