/* SPDX-License-Identifier: Apache-2.0 */
/* options.c - see options.h. */
#include "cli/options.h"

static const Option *find_letter(const Options *o, char letter)
{
    for (uint32_t i = 0; i < o->count; i++)
        if (o->table[i].letter == letter) return &o->table[i];
    return NULL;
}

static const Option *find_name(const Options *o, const char *name, size_t bytes)
{
    for (uint32_t i = 0; i < o->count; i++) {
        const char *known = o->table[i].name;
        if (known && strlen(known) == bytes && memcmp(known, name, bytes) == 0) return &o->table[i];
    }
    return NULL;
}

/* The value that follows in a word of its own. */
static int take_value(Options *o, const Option *option)
{
    if (o->at >= o->argc) return OPTION_NO_VALUE;
    o->value = o->argv[o->at++];
    return option->id;
}

static int next_letter(Options *o)
{
    const Option *option = find_letter(o, *o->rest++);
    if (!option) {
        o->rest = NULL;
        return OPTION_UNKNOWN;
    }
    if (!option->takes_value) {
        if (*o->rest == 0) o->rest = NULL;
        return option->id;
    }
    const char *joined = o->rest;
    o->rest = NULL;
    if (*joined == 0) return take_value(o, option);
    o->value = joined;
    return option->id;
}

static int unknown_name(Options *o, const char *name, size_t bytes, const char *equals)
{
    if (!o->any_name || !equals || bytes >= sizeof o->name) return OPTION_UNKNOWN;
    for (size_t i = 0; i < bytes; i++) o->name[i] = name[i] == '-' ? '_' : name[i];
    o->name[bytes] = 0;
    o->word = o->name;
    o->value = equals + 1;
    return OPTION_SETTING;
}

static int next_name(Options *o, const char *name)
{
    const char *equals = strchr(name, '=');
    size_t bytes = equals ? (size_t)(equals - name) : strlen(name);
    const Option *option = find_name(o, name, bytes);
    if (!option) return unknown_name(o, name, bytes, equals);
    if (!option->takes_value) return equals ? OPTION_UNKNOWN : option->id;
    if (!equals) return take_value(o, option);
    o->value = equals + 1;
    return option->id;
}

int options_next(Options *options)
{
    Options *o = options;
    o->value = NULL;
    if (o->rest) return next_letter(o);
    if (o->at >= o->argc) return OPTION_END;
    o->word = o->argv[o->at++];
    if (o->operands_only || o->word[0] != '-' || o->word[1] == 0) return OPTION_OPERAND;
    if (strcmp(o->word, "--") == 0) {
        o->operands_only = true;
        return options_next(o);
    }
    if (o->word[1] == '-') return next_name(o, o->word + 2);
    o->rest = o->word + 1;
    return next_letter(o);
}
