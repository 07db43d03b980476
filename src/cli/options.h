/* SPDX-License-Identifier: Apache-2.0 */
/* options.h - command lines: options with a letter, a name or both, from a table; the rest are operands. */
#pragma once

#include "base/base.h"

typedef struct Option {
    int id;           /* the caller's, above 0 */
    char letter;      /* 0: none */
    const char *name; /* NULL: none */
    bool takes_value;
} Option;

enum {
    OPTION_END = 0,
    OPTION_OPERAND = -1,
    OPTION_UNKNOWN = -2,
    OPTION_NO_VALUE = -3,
    OPTION_SETTING = -4
};

typedef struct Options {
    const Option *table;
    uint32_t count;
    bool
        any_name; /* --name=value of an unknown name is OPTION_SETTING, `word` the name with _ for - */
    int argc;
    const char *const *argv;
    int at;             /* of the next word */
    const char *rest;   /* inside a word of letters */
    const char *word;   /* the option as it was written, or the operand */
    const char *value;  /* NULL: none */
    char name[64];      /* what `word` points to for OPTION_SETTING */
    bool operands_only; /* behind -- */
} Options;

/* The id of the next one, or one of the constants above. Letters may stand together, values with their letter. */
int options_next(Options *options);
