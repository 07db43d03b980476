/* SPDX-License-Identifier: Apache-2.0 */
/* options.c - the options of COPY, and which may stand together. */
#include "copy/copy_internal.h"

#include "session/settings.h"

typedef struct Reading {
    UtilityCall *call;
    const AstCopy *copy;
    const CopyColumn *columns;
    uint32_t count;
    CopyOptions options;
    uint64_t seen; /* a bit an entry of the table below */
    bool delimiter_given, null_given, quote_given, encoding_given, escape_given, header_given;
} Reading;

static _Noreturn void not_recognized(Reading *r, const AstOption *option, const char *what,
                                     Str word)
{
    Error *error = error_begin(SQLSTATE_INVALID_PARAMETER_VALUE);
    error_message(error, "COPY %s \"%.*s\" not recognized", what, STR_ARG(word));
    error_position(error, parse_position(r->call->sql, option->location));
    error_raise(error);
}

static char one_byte(const Reading *r, const AstOption *option, const char *name)
{
    Str text = option_text(r->call->arena, option);
    if (text.bytes == 1) return text.data[0];
    raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "COPY %s must be a single one-byte character",
                name);
}

static void take_format(Reading *r, const AstOption *option)
{
    Str word = option_text(r->call->arena, option);
    if (str_equal(word, STR("text"))) {
        r->options.format = COPY_TEXT;
    } else if (str_equal(word, STR("csv"))) {
        r->options.format = COPY_CSV;
    } else if (str_equal(word, STR("binary"))) {
        r->options.format = COPY_BINARY;
    } else {
        not_recognized(r, option, "format", word);
    }
}

static void take_delimiter(Reading *r, const AstOption *option)
{
    r->options.delimiter = one_byte(r, option, "delimiter");
    r->delimiter_given = true;
}

static void take_null(Reading *r, const AstOption *option)
{
    r->options.null = option_text(r->call->arena, option);
    r->null_given = true;
}

static void take_default(Reading *r, const AstOption *option)
{
    r->options.default_ = option_text(r->call->arena, option);
}

static void take_header(Reading *r, const AstOption *option)
{
    r->header_given = true;
    if (option->value != NULL &&
        str_equal_ascii_nocase(option_text(r->call->arena, option), STR("match"))) {
        if (!r->copy->from)
            raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                        "cannot use \"match\" with HEADER in COPY TO");
        r->options.header = COPY_HEADER_MATCH;
        return;
    }
    bool header;
    if (!option_is_bool(option, &header))
        raise_error(SQLSTATE_SYNTAX_ERROR, "%.*s requires a Boolean value or \"match\"",
                    STR_ARG(option->name));
    r->options.header = header ? COPY_HEADER : COPY_NO_HEADER;
}

static void take_quote(Reading *r, const AstOption *option)
{
    r->options.quote = one_byte(r, option, "quote");
    r->quote_given = true;
}

static void take_escape(Reading *r, const AstOption *option)
{
    r->options.escape = one_byte(r, option, "escape");
    r->escape_given = true;
}

static void take_freeze(Reading *r, const AstOption *option)
{
    r->options.freeze = option_bool(option);
}

static void take_encoding(Reading *r, const AstOption *option)
{
    Str name = option_text(r->call->arena, option);
    int32_t number;
    if (!encoding_find(name, &number)) {
        Error *error = error_begin(SQLSTATE_INVALID_PARAMETER_VALUE);
        error_message(error, "argument to option \"encoding\" must be a valid encoding name");
        error_position(error, parse_position(r->call->sql, option->location));
        error_raise(error);
    }
    if (!encoding_is_convertible(number))
        raise_error(SQLSTATE_UNDEFINED_FUNCTION,
                    "default conversion function for encoding \"%s\" to \"UTF8\" does not exist",
                    encoding_name(number));
    r->options.encoding = encoding_of_client(number);
    r->encoding_given = true;
}

static void take_on_error(Reading *r, const AstOption *option)
{
    Str word = option_text(r->call->arena, option);
    if (!r->copy->from) {
        Error *error = error_begin(SQLSTATE_INVALID_PARAMETER_VALUE);
        error_message(error, "COPY ON_ERROR cannot be used with COPY TO");
        error_position(error, parse_position(r->call->sql, option->location));
        error_raise(error);
    }
    if (str_equal_ascii_nocase(word, STR("ignore"))) {
        r->options.ignore_errors = true;
    } else if (!str_equal_ascii_nocase(word, STR("stop"))) {
        not_recognized(r, option, "ON_ERROR", word);
    }
}

static void take_verbosity(Reading *r, const AstOption *option)
{
    Str word = option_text(r->call->arena, option);
    r->options.verbose = str_equal_ascii_nocase(word, STR("verbose"));
    r->options.silent = str_equal_ascii_nocase(word, STR("silent"));
    if (!r->options.verbose && !r->options.silent && !str_equal_ascii_nocase(word, STR("default")))
        not_recognized(r, option, "LOG_VERBOSITY", word);
}

static void take_reject_limit(Reading *r, const AstOption *option)
{
    const AstIntConst *number = AST_IF(IntConst, option->value);
    if (number == NULL || number->value <= 0)
        raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "REJECT_LIMIT (%d) must be greater than zero",
                    number != NULL ? number->value : 0);
    r->options.reject_limit = number->value;
}

static bool *flag_columns(Reading *r, const AstOption *option)
{
    bool *flags = ARENA_ARRAY(r->call->arena, bool, r->count);
    const AstNodeGroup *group = AST_IF(NodeGroup, option->value);
    for (uint32_t i = 0; group == NULL && i < r->count; i++) flags[i] = true; /* star */
    for (uint32_t i = 0; group != NULL && i < group->items.count; i++) {
        Str name = AST_AS(StringConst, group->items.items[i])->value;
        bool found = false;
        for (uint32_t j = 0; j < r->count; j++) {
            if (!str_equal(r->columns[j].name, name)) continue;
            flags[j] = true;
            found = true;
        }
        if (!found)
            raise_error(SQLSTATE_UNDEFINED_COLUMN, "column \"%.*s\" does not exist", STR_ARG(name));
    }
    return flags;
}

static void take_force_quote(Reading *r, const AstOption *option)
{
    r->options.force_quote = flag_columns(r, option);
}

static void take_force_not_null(Reading *r, const AstOption *option)
{
    r->options.force_not_null = flag_columns(r, option);
}

static void take_force_null(Reading *r, const AstOption *option)
{
    r->options.force_null = flag_columns(r, option);
}

static const struct {
    const char *name;
    void (*take)(Reading *r, const AstOption *option);
} known[] = {
    {"format", take_format},
    {"delimiter", take_delimiter},
    {"null", take_null},
    {"default", take_default},
    {"header", take_header},
    {"quote", take_quote},
    {"escape", take_escape},
    {"freeze", take_freeze},
    {"encoding", take_encoding},
    {"on_error", take_on_error},
    {"log_verbosity", take_verbosity},
    {"reject_limit", take_reject_limit},
    {"force_quote", take_force_quote},
    {"force_not_null", take_force_not_null},
    {"force_null", take_force_null},
};

static void take(Reading *r, const AstOption *option)
{
    for (uint32_t i = 0; i < ARRAY_LEN(known); i++) {
        if (!str_equal(option->name, str_from(known[i].name))) continue;
        if (r->seen & UINT64_C(1) << i) {
            Error *error = error_begin(SQLSTATE_SYNTAX_ERROR);
            error_message(error, "conflicting or redundant options");
            error_position(error, parse_position(r->call->sql, option->location));
            error_raise(error);
        }
        r->seen |= UINT64_C(1) << i;
        known[i].take(r, option);
        return;
    }
    Error *error = error_begin(SQLSTATE_SYNTAX_ERROR);
    error_message(error, "option \"%.*s\" not recognized", STR_ARG(option->name));
    error_position(error, parse_position(r->call->sql, option->location));
    error_raise(error);
}

static void refuse(bool wrong, Sqlstate code, const char *message)
{
    if (wrong) raise_error(code, "%s", message);
}

static bool has_byte(Str text, char byte)
{
    return memchr(text.data, byte, text.bytes) != NULL;
}

/* DEFAULT's marker must be told from all else; what was not given has its default by now. */
static void check_marker(const CopyOptions *o)
{
    const Str marker = o->default_;
    if (marker.data == NULL) return;
    const Sqlstate feature = SQLSTATE_FEATURE_NOT_SUPPORTED;
    refuse(has_byte(marker, '\n') || has_byte(marker, '\r'), SQLSTATE_INVALID_PARAMETER_VALUE,
           "COPY default representation cannot use newline or carriage return");
    refuse(has_byte(marker, o->delimiter), feature,
           "COPY delimiter character must not appear in the DEFAULT specification");
    refuse(o->format == COPY_CSV && has_byte(marker, o->quote), feature,
           "CSV quote character must not appear in the DEFAULT specification");
    refuse(str_equal(marker, o->null), feature,
           "NULL specification and DEFAULT specification cannot be the same");
}

static void check(Reading *r)
{
    CopyOptions *o = &r->options;
    bool binary = o->format == COPY_BINARY, csv = o->format == COPY_CSV;
    Sqlstate syntax = SQLSTATE_SYNTAX_ERROR, value = SQLSTATE_INVALID_PARAMETER_VALUE,
             feature = SQLSTATE_FEATURE_NOT_SUPPORTED;
    refuse(binary && r->delimiter_given, syntax, "cannot specify DELIMITER in BINARY mode");
    refuse(binary && r->null_given, syntax, "cannot specify NULL in BINARY mode");
    refuse(binary && o->default_.data != NULL, syntax, "cannot specify DEFAULT in BINARY mode");
    refuse(binary && o->header != COPY_NO_HEADER, feature, "cannot specify HEADER in BINARY mode");
    refuse(!csv && r->quote_given, feature, "COPY QUOTE requires CSV mode");
    refuse(!csv && r->escape_given, feature, "COPY ESCAPE requires CSV mode");
    refuse(!csv && o->force_quote != NULL, feature, "COPY FORCE_QUOTE requires CSV mode");
    refuse(!csv && o->force_not_null != NULL, feature, "COPY FORCE_NOT_NULL requires CSV mode");
    refuse(!csv && o->force_null != NULL, feature, "COPY FORCE_NULL requires CSV mode");
    refuse(r->copy->from && o->force_quote != NULL, feature,
           "COPY FORCE_QUOTE cannot be used with COPY FROM");
    refuse(!r->copy->from && o->force_not_null != NULL, feature,
           "COPY FORCE_NOT_NULL cannot be used with COPY TO");
    refuse(!r->copy->from && o->force_null != NULL, feature,
           "COPY FORCE_NULL cannot be used with COPY TO");
    refuse(!r->copy->from && o->freeze, feature, "COPY FREEZE cannot be used with COPY TO");
    refuse(!r->copy->from && o->default_.data != NULL, feature,
           "COPY DEFAULT cannot be used with COPY TO");
    refuse(o->delimiter == '\n' || o->delimiter == '\r', value,
           "COPY delimiter cannot be newline or carriage return");
    refuse(memchr(o->null.data, '\n', o->null.bytes) != NULL ||
               memchr(o->null.data, '\r', o->null.bytes) != NULL,
           value, "COPY null representation cannot use newline or carriage return");
    if (!csv && !binary && o->delimiter != 0 &&
        strchr("\\.abcdefghijklmnopqrstuvwxyz0123456789", o->delimiter) != NULL)
        raise_error(value, "COPY delimiter cannot be \"%c\"", o->delimiter);
    refuse(csv && o->delimiter == o->quote, value, "COPY delimiter and quote must be different");
    refuse(o->null.bytes > 0 && memchr(o->null.data, o->delimiter, o->null.bytes) != NULL, value,
           "COPY delimiter character must not appear in the NULL specification");
    refuse(csv && o->null.bytes > 0 && memchr(o->null.data, o->quote, o->null.bytes) != NULL, value,
           "CSV quote character must not appear in the NULL specification");
    refuse(binary && o->ignore_errors, syntax, "only ON_ERROR STOP is allowed in BINARY mode");
    refuse(o->reject_limit != 0 && !o->ignore_errors, value,
           "COPY REJECT_LIMIT requires ON_ERROR to be set to IGNORE");
}

CopyOptions copy__options(UtilityCall *call, const AstCopy *copy, const CopyColumn *columns,
                          uint32_t count)
{
    Reading r = {.call = call, .copy = copy, .columns = columns, .count = count};
    for (uint32_t i = 0; i < copy->options.count; i++) take(&r, copy->options.items[i]);
    CopyOptions *o = &r.options;
    if (!r.encoding_given) o->encoding = encoding_of_client(session_env(call->session)->encoding);
    bool csv = o->format == COPY_CSV;
    if (!r.delimiter_given) o->delimiter = csv ? ',' : '\t';
    if (!r.null_given) o->null = csv ? STR("") : STR("\\N");
    if (!r.quote_given) o->quote = '"';
    if (!r.escape_given) o->escape = o->quote;
    check(&r);
    check_marker(o);
    return r.options;
}
