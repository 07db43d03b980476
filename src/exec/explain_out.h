/* SPDX-License-Identifier: Apache-2.0 */
/* explain_out.h - what EXPLAIN says, as text, JSON, XML or YAML: groups of labelled properties, laid out as PostgreSQL
 * lays them out. */
#pragma once

#include "base/arena.h"
#include "base/str.h"

typedef enum ExplainFormat { EXPLAIN_TEXT, EXPLAIN_JSON, EXPLAIN_XML, EXPLAIN_YAML } ExplainFormat;

enum { EXPLAIN_DEPTH_MAX = 1000 };

typedef struct ExplainOut {
    StrBuilder text;
    ExplainFormat format;
    int32_t indent;  /* in levels of two spaces */
    uint32_t depth;  /* open groups */
    bool *has_item;  /* by depth: a comma is due */
    bool *is_list;   /* by depth: items without labels */
    bool after_dash; /* YAML: the first property of a list's item stands on the dash's line */
} ExplainOut;

void explain_out_init(ExplainOut *out, Arena *arena, ExplainFormat format);
/* The whole: a list of plans. */
void explain_out_begin(ExplainOut *out);
Str explain_out_end(ExplainOut *out);

/* `tag`: XML's name of the group; `label` NULL: an item of a list. */
void explain_open(ExplainOut *out, const char *tag, const char *label, bool list);
void explain_close(ExplainOut *out, const char *tag, bool list);

void explain_text(ExplainOut *out, const char *label, Str value);
void explain_integer(ExplainOut *out, const char *label, int64_t value, const char *unit);
void explain_float(ExplainOut *out, const char *label, double value, int decimals,
                   const char *unit);
void explain_bool(ExplainOut *out, const char *label, bool value);
void explain_list(ExplainOut *out, const char *label, const Str *items, uint32_t count);
/* Text format: the spaces that a line begins with. */
void explain_indent(ExplainOut *out);
static inline bool explain_is_text(const ExplainOut *out)
{
    return out->format == EXPLAIN_TEXT;
}
