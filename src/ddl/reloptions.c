/* SPDX-License-Identifier: Apache-2.0 */
/* reloptions.c - storage parameters: WITH (fillfactor = 70), ALTER ... SET (...). They are kept as texts "name=value";
 * what may be kept of which kind of object, and in which range, stands in one table. */
#include "ddl/ddl_internal.h"

#include "type/array.h"
#include "type/float.h"

#include <float.h>

typedef enum ValueKind { VALUE_BOOL, VALUE_INT, VALUE_REAL, VALUE_WORD } ValueKind;
enum {
    TABLE = 1 << OPTIONS_OF_TABLE,
    TOAST = 1 << OPTIONS_OF_TOAST,
    INDEX = 1 << OPTIONS_OF_INDEX
};
enum { VIEW = 1 << OPTIONS_OF_VIEW, COLUMN = 1 << OPTIONS_OF_COLUMN };

typedef struct Parameter {
    const char *name;
    uint32_t of; /* 1 << OptionsOf */
    ValueKind kind;
    double least, most;
    const char *const *words; /* ended by NULL */
    const char *listed;       /* the words as a message lists them */
} Parameter;

static const char *const cleanup_words[] = {"auto", "on", "off", "true", "false",
                                            "yes",  "no", "1",   "0",    NULL};
static const char *const check_words[] = {"local", "cascaded", NULL};

static const Parameter parameters[] = {
    {"fillfactor", TABLE | INDEX, VALUE_INT, 10, 100, NULL, NULL},
    {"toast_tuple_target", TABLE, VALUE_INT, 128, 8160, NULL, NULL},
    {"parallel_workers", TABLE, VALUE_INT, 0, 1024, NULL, NULL},
    {"user_catalog_table", TABLE, VALUE_BOOL, 0, 0, NULL, NULL},
    {"vacuum_truncate", TABLE | TOAST, VALUE_BOOL, 0, 0, NULL, NULL},
    {"vacuum_index_cleanup", TABLE | TOAST, VALUE_WORD, 0, 0, cleanup_words,
     "\"on\", \"off\", and \"auto\""},
    {"vacuum_max_eager_freeze_failure_rate", TABLE | TOAST, VALUE_REAL, 0, 1, NULL, NULL},
    {"log_autovacuum_min_duration", TABLE | TOAST, VALUE_INT, -1, INT32_MAX, NULL, NULL},
    {"autovacuum_enabled", TABLE | TOAST, VALUE_BOOL, 0, 0, NULL, NULL},
    {"autovacuum_vacuum_threshold", TABLE | TOAST, VALUE_INT, 0, INT32_MAX, NULL, NULL},
    {"autovacuum_vacuum_max_threshold", TABLE | TOAST, VALUE_INT, -1, INT32_MAX, NULL, NULL},
    {"autovacuum_vacuum_insert_threshold", TABLE | TOAST, VALUE_INT, -1, INT32_MAX, NULL, NULL},
    {"autovacuum_analyze_threshold", TABLE, VALUE_INT, 0, INT32_MAX, NULL, NULL},
    {"autovacuum_vacuum_cost_limit", TABLE | TOAST, VALUE_INT, 1, 10000, NULL, NULL},
    {"autovacuum_vacuum_cost_delay", TABLE | TOAST, VALUE_REAL, 0, 100, NULL, NULL},
    {"autovacuum_freeze_min_age", TABLE | TOAST, VALUE_INT, 0, 1e9, NULL, NULL},
    {"autovacuum_freeze_max_age", TABLE | TOAST, VALUE_INT, 1e5, 2e9, NULL, NULL},
    {"autovacuum_freeze_table_age", TABLE | TOAST, VALUE_INT, 0, 2e9, NULL, NULL},
    {"autovacuum_multixact_freeze_min_age", TABLE | TOAST, VALUE_INT, 0, 1e9, NULL, NULL},
    {"autovacuum_multixact_freeze_max_age", TABLE | TOAST, VALUE_INT, 1e4, 2e9, NULL, NULL},
    {"autovacuum_multixact_freeze_table_age", TABLE | TOAST, VALUE_INT, 0, 2e9, NULL, NULL},
    {"autovacuum_vacuum_scale_factor", TABLE | TOAST, VALUE_REAL, 0, 100, NULL, NULL},
    {"autovacuum_vacuum_insert_scale_factor", TABLE | TOAST, VALUE_REAL, 0, 100, NULL, NULL},
    {"autovacuum_analyze_scale_factor", TABLE, VALUE_REAL, 0, 100, NULL, NULL},
    {"vacuum_cleanup_index_scale_factor", INDEX, VALUE_REAL, 0, 1e10, NULL, NULL},
    {"deduplicate_items", INDEX, VALUE_BOOL, 0, 0, NULL, NULL},
    {"security_barrier", VIEW, VALUE_BOOL, 0, 0, NULL, NULL},
    {"security_invoker", VIEW, VALUE_BOOL, 0, 0, NULL, NULL},
    {"check_option", VIEW, VALUE_WORD, 0, 0, check_words, "\"local\" and \"cascaded\""},
    {"n_distinct", COLUMN, VALUE_REAL, -1, DBL_MAX, NULL, NULL},
    {"n_distinct_inherited", COLUMN, VALUE_REAL, -1, DBL_MAX, NULL, NULL},
};

/* ---- values ---- */

static _Noreturn void raise_value(const Parameter *parameter, Str value)
{
    static const char *const kinds[] = {"boolean", "integer", "floating point", "enum"};
    Error *error = error_begin(SQLSTATE_INVALID_PARAMETER_VALUE);
    error_message(error, "invalid value for %s option \"%s\": %.*s", kinds[parameter->kind],
                  parameter->name, STR_ARG(value));
    if (parameter->kind == VALUE_WORD)
        error_detail(error, "Valid values are %s.", parameter->listed);
    error_raise(error);
}

static void check_range(const Parameter *parameter, Str text, double value)
{
    if (value >= parameter->least && value <= parameter->most) return;
    Error *error = error_begin(SQLSTATE_INVALID_PARAMETER_VALUE);
    error_message(error, "value %.*s out of bounds for option \"%s\"", STR_ARG(text),
                  parameter->name);
    if (parameter->kind == VALUE_INT)
        error_detail(error, "Valid values are between \"%.0f\" and \"%.0f\".", parameter->least,
                     parameter->most);
    else
        error_detail(error, "Valid values are between \"%f\" and \"%f\".", parameter->least,
                     parameter->most);
    error_raise(error);
}

static bool is_one_of(Str value, const char *const *words)
{
    for (; *words != NULL; words++) {
        if (str_equal_ascii_nocase(value, str_from(*words))) return true;
    }
    return false;
}

static bool is_bool(Ddl *ddl, Str text)
{
    TypeCall call = {.type = type_get(ddl->bind.env, 16),
                     .env = ddl->bind.env,
                     .arena = ddl->arena,
                     .typmod = -1};
    InputError input = {.arena = ddl->arena};
    Value value;
    return type_parse(&call, text, &value, &input);
}

static void check_value(Ddl *ddl, const Parameter *parameter, Str text)
{
    InputError input = {.arena = ddl->arena};
    int64_t whole = 0;
    double real = 0;
    switch (parameter->kind) {
    case VALUE_BOOL:
        if (!is_bool(ddl, text)) raise_value(parameter, text);
        return;
    case VALUE_WORD:
        if (!is_one_of(text, parameter->words)) raise_value(parameter, text);
        return;
    case VALUE_INT:
        if (!str_to_i64(text, &whole)) raise_value(parameter, text);
        check_range(parameter, text, (double)whole);
        return;
    case VALUE_REAL:
        if (!float8_parse(text, &real, &input)) raise_value(parameter, text);
        check_range(parameter, text, real);
        return;
    }
    UNREACHABLE();
}

static void check_option(Ddl *ddl, OptionsOf of, Str name, Str value)
{
    for (uint32_t i = 0; i < ARRAY_LEN(parameters); i++) {
        if (!(parameters[i].of & 1u << of) || !str_equal(name, str_from(parameters[i].name)))
            continue;
        check_value(ddl, &parameters[i], value);
        return;
    }
    raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "unrecognized parameter \"%.*s\"", STR_ARG(name));
}

/* ---- lists ---- */

typedef struct Kept {
    Str *items;
    uint32_t count;
} Kept;

static Kept read_kept(Ddl *ddl, const Datum *stored, uint32_t room)
{
    Kept kept = {0};
    ArrayView view = {0};
    const bool there = !stored->null && array_view(strview_str(&stored->value.str), &view);
    kept.items = ARENA_ARRAY(ddl->arena, Str, (there ? view.count : 0) + room);
    for (uint32_t i = 0; there && i < view.count; i++) {
        const Bytes bytes = array_element(&view, i);
        kept.items[kept.count++] = str_copy(ddl->arena,
                                            (Str){(const char *)bytes.data, bytes.bytes});
    }
    return kept;
}

/* Is "name=value" of that name? */
static bool is_of(Str item, Str name)
{
    return item.bytes > name.bytes && item.data[name.bytes] == '=' &&
           str_equal(str_slice(item, 0, name.bytes), name);
}

static void take_out(Kept *kept, Str name)
{
    uint32_t left = 0;
    for (uint32_t i = 0; i < kept->count; i++)
        if (!is_of(kept->items[i], name)) kept->items[left++] = kept->items[i];
    kept->count = left;
}

Str ddl__kept_option(Ddl *ddl, Datum stored, Str name)
{
    const Kept kept = read_kept(ddl, &stored, 0);
    for (uint32_t i = 0; i < kept.count; i++)
        if (is_of(kept.items[i], name))
            return str_slice(kept.items[i], name.bytes + 1, kept.items[i].bytes);
    return (Str){0};
}

/* Tables of this engine have no table beside for long values: what is said of one is checked and not kept. */
static bool is_for_toast(OptionsOf of, const AstOption *option)
{
    if (option->space.data == NULL) return false;
    if (of == OPTIONS_OF_TABLE && str_equal(option->space, STR("toast"))) return true;
    raise_error(SQLSTATE_INVALID_PARAMETER_VALUE, "unrecognized parameter namespace \"%.*s\"",
                STR_ARG(option->space));
}

Datum ddl__change_options(Ddl *ddl, OptionsOf of, Datum stored, const AstOptionList *list,
                          bool reset)
{
    Kept kept = read_kept(ddl, &stored, list->count);
    for (uint32_t i = 0; i < list->count; i++) {
        const AstOption *option = list->items[i];
        if (reset && option->value != NULL)
            raise_error(SQLSTATE_SYNTAX_ERROR, "RESET must not include values for parameters");
        if (!is_for_toast(of, option)) take_out(&kept, option->name);
    }
    for (uint32_t i = 0; i < list->count && !reset; i++) {
        const AstOption *option = list->items[i];
        const bool toast = is_for_toast(of, option);
        const Str value = option->value != NULL ? option_text(ddl->arena, option) : STR("true");
        check_option(ddl, toast ? OPTIONS_OF_TOAST : of, option->name, value);
        if (!toast)
            kept.items[kept.count++] = str_format(ddl->arena, "%.*s=%.*s", STR_ARG(option->name),
                                                  STR_ARG(value));
    }
    return cat_text_array(ddl->arena, kept.items, kept.count);
}

const Str *ddl__new_options(Ddl *ddl, OptionsOf of, const AstOptionList *list, uint32_t *count)
{
    Datum options = ddl__change_options(ddl, of, datum_null(), list, false);
    const Kept kept = read_kept(ddl, &options, 0);
    *count = kept.count;
    return kept.items;
}
