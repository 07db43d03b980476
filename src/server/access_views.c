/* SPDX-License-Identifier: Apache-2.0 */
/* access_views.c - pg_hba_file_rules and pg_ident_file_mappings: the files as they are now, which need not be what the
 * server has read, with what is wrong in them. */
#include "server/access_internal.h"

#include "base/array.h"
#include "base/builtins.h"
#include "base/oids.h"
#include "base/settings_meta.h"
#include "catalog/datums.h"
#include "session/utility.h"
#include "type/array.h"

/* A line that is wrong, and how many good ones came before it. */
typedef struct Fault {
    Str file, message;
    int line;
    uint32_t before;
} Fault;

typedef struct Listing {
    Access access;
    ARRAY_OF(Fault) faults;
    uint32_t line, fault;
    bool ident;
} Listing;

static uint32_t good_lines(const Listing *l)
{
    return l->ident ? l->access.ident_count : l->access.hba_count;
}

static void note_fault(void *arg, const char *file, int line, Str message)
{
    Listing *l = arg;
    const Fault fault = {str_from(file), message, line, good_lines(l)};
    array_push(&l->faults, fault);
}

static Listing *read_listing(Fn *fn, Arena *arena, bool ident)
{
    cat_fn_check_execute(fn);
    Listing *l = ARENA_NEW(arena, Listing);
    const Settings *settings = session_settings(cat_view_owner(fn_view(fn)));
    const int setting = setting_find(ident ? STR("ident_file") : STR("hba_file"));
    const Str path = setting_show(arena, settings, &setting_metas[setting]);
    l->access.arena = l->faults.arena = arena;
    l->ident = ident;
    (void)access__read_file(&l->access, str_copy_zero(arena, path), ident, note_fault, l);
    return l;
}

/* What comes next in the file: a line that is wrong (true, *fault), a good one (true, *at), or its end. */
static bool next_line(Listing *l, const Fault **fault, uint32_t *at)
{
    *fault = NULL;
    if (l->fault < l->faults.count && l->faults.items[l->fault].before <= l->line) {
        *fault = &l->faults.items[l->fault++];
        return true;
    }
    *at = l->line;
    return l->line < good_lines(l) && ++l->line > 0;
}

static Datum texts_of(Fn *fn, const Field *field)
{
    Datum *values = ARENA_ARRAY(fn->arena, Datum, field->count + 1);
    for (uint32_t i = 0; i < field->count; i++) values[i] = datum_str(field->items[i].text);
    return datum_str(array_build(fn->arena, builtin_type(OID_TEXT)->type, values, field->count));
}

static const char *method_word(AuthMethod method)
{
    static const char *const words[] = {
#define METHOD_WORD(NAME, text, built) text,
        AUTH_METHODS(METHOD_WORD)
#undef METHOD_WORD
    };
    return words[method];
}

static Datum shown_options(Fn *fn, const AccessRule *rule)
{
    Item items[2];
    Field options = {.items = items};
    if (rule->map.bytes > 0)
        items[options.count++] = (Item){
            .text = str_format(fn->arena, "map=%.*s", STR_ARG(rule->map))};
    if (rule->client_cert != CLIENT_CERT_NONE)
        items[options.count++] = (Item){.text = rule->client_cert == CLIENT_CERT_VERIFY_CA
                                                    ? STR("clientcert=verify-ca")
                                                    : STR("clientcert=verify-full")};
    return options.count > 0 ? texts_of(fn, &options) : datum_null();
}

enum {
    RULE_NUMBER,
    RULE_FILE,
    RULE_LINE,
    RULE_TYPE,
    RULE_DATABASES,
    RULE_USERS,
    RULE_ADDRESS,
    RULE_MASK,
    RULE_METHOD,
    RULE_OPTIONS,
    RULE_ERROR
};

static void fill_address(Fn *fn, const HbaLine *line, Datum *columns)
{
    if (line->type == HBA_LOCAL) return;
    switch (line->where) {
    case WHERE_ANY: columns[RULE_ADDRESS] = datum_str(STR("all")); return;
    case WHERE_OWN: columns[RULE_ADDRESS] = datum_str(STR("samehost")); return;
    case WHERE_OWN_NETS: columns[RULE_ADDRESS] = datum_str(STR("samenet")); return;
    case WHERE_HOST: columns[RULE_ADDRESS] = datum_str(line->host); return;
    case WHERE_NETWORK:
        columns[RULE_ADDRESS] = datum_str(socket_address_print(fn->arena, &line->network));
        columns[RULE_MASK] = datum_str(socket_address_print(fn->arena, &line->mask));
        return;
    }
    UNREACHABLE();
}

static bool list_rules(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    Listing *l = set->state;
    const Fault *fault;
    uint32_t at = 0;
    (void)args;
    if (l == NULL) l = set->state = read_listing(fn, set->arena, false);
    if (!next_line(l, &fault, &at)) return false;
    if (fault != NULL) {
        columns[RULE_FILE] = datum_str(fault->file);
        columns[RULE_LINE] = datum_i32(fault->line);
        columns[RULE_ERROR] = datum_str(fault->message);
        return true;
    }
    const HbaLine *line = &l->access.hba[at];
    columns[RULE_NUMBER] = datum_i32((int32_t)at + 1);
    columns[RULE_FILE] = datum_str(line->rule.file);
    columns[RULE_LINE] = datum_i32(line->rule.line);
    columns[RULE_TYPE] = datum_str(str_from(access__type_word(line->type)));
    columns[RULE_DATABASES] = texts_of(fn, &line->databases);
    columns[RULE_USERS] = texts_of(fn, &line->users);
    fill_address(fn, line, columns);
    columns[RULE_METHOD] = datum_str(str_from(method_word(line->rule.method)));
    columns[RULE_OPTIONS] = shown_options(fn, &line->rule);
    return true;
}
SQL_FUNCTION_SET(3401, "pg_hba_file_rules", record, (), VOLATILE | STRICT, list_rules,
                 "the lines of pg_hba.conf as it is now")
SQL_FACTS(3401, .rows = 1000,
          .arguments = "OUT rule_number int4, OUT file_name text, OUT line_number int4, "
                       "OUT type text, OUT database _text, OUT user_name _text, OUT address text, "
                       "OUT netmask text, OUT auth_method text, OUT options _text, OUT error text")

static bool list_mappings(Fn *fn, FnSet *set, const Datum *args, Datum *columns)
{
    enum { NUMBER, FILE_NAME, LINE, MAP, SYSTEM_USER, USER, ERROR };
    Listing *l = set->state;
    const Fault *fault;
    uint32_t at = 0;
    (void)args;
    if (l == NULL) l = set->state = read_listing(fn, set->arena, true);
    if (!next_line(l, &fault, &at)) return false;
    const IdentLine *line = fault != NULL ? NULL : &l->access.ident[at];
    columns[FILE_NAME] = datum_str(fault != NULL ? fault->file : line->file);
    columns[LINE] = datum_i32(fault != NULL ? fault->line : line->line);
    if (fault != NULL) {
        columns[ERROR] = datum_str(fault->message);
        return true;
    }
    columns[NUMBER] = datum_i32((int32_t)at + 1);
    columns[MAP] = datum_str(line->map);
    columns[SYSTEM_USER] = datum_str(line->system_user.text);
    columns[USER] = datum_str(line->user.text);
    return true;
}
SQL_FUNCTION_SET(6250, "pg_ident_file_mappings", record, (), VOLATILE | STRICT, list_mappings,
                 "the lines of pg_ident.conf as it is now")
SQL_FACTS(6250, .rows = 1000,
          .arguments = "OUT map_number int4, OUT file_name text, OUT line_number int4, "
                       "OUT map_name text, OUT sys_name text, OUT pg_username text, "
                       "OUT error text")
