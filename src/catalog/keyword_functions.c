/* SPDX-License-Identifier: Apache-2.0 */
/* keyword_functions.c - pg_get_keywords: the words that the parser knows. */
#include "catalog/catalog_internal.h"
#include "parse/parse.h"

/* pg_get_keywords's catcode and catdesc. */
static const struct {
    char code;
    const char *what;
} categories[] = {{'U', "unreserved"},
                  {'C', "unreserved (cannot be function or type name)"},
                  {'T', "reserved (can be function or type name)"},
                  {'R', "reserved"}};

static bool list_keywords(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    uint32_t *at = set->state;
    Str word;
    bool bare_label;
    size_t i = 0;
    (void)fn, (void)args;
    if (!at) at = set->state = ARENA_NEW(set->arena, uint32_t);
    if (!parse_keyword_at((*at)++, &word)) return false;
    const char category = parse_keyword_category(word, &bare_label);
    while (categories[i].code != category) i++;
    columns[0] = datum_str(word);
    columns[1] = datum_char(category);
    columns[2] = datum_bool(bare_label);
    columns[3] = datum_str(str_from(categories[i].what));
    columns[4] = datum_str(bare_label ? STR("can be bare label") : STR("requires AS"));
    return true;
}
SQL_FUNCTION_SET(1686, "pg_get_keywords", record, (), STABLE | STRICT, list_keywords,
                 "key words, how far they are reserved, and whether they name a column without AS")
SQL_FACTS(1686, .cost = 10, .rows = 500,
          .arguments = "OUT word text, OUT catcode char, OUT barelabel bool, OUT catdesc text, "
                       "OUT baredesc text")
