/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz_input.c - any bytes as a value of any built-in type: no crash, no leak, and what is taken is printed, sent and
 * stored such that reading it back gives the same. A libFuzzer target.
 *
 * An input is a type's name, a newline, and the value's text; or, with a * behind the name, the value as the wire has
 * it. Another name stands for some type. */
#include "base/account.h"
#include "base/builtins.h"
#include "base/hash.h"
#include "base/oids.h"
#include "base/random.h"
#include "base/settings.h"
#include "base/task.h"
#include "base/utf8.h"
#include "os/os.h"
#include "type/timezone.h"
#include "type/type.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

enum { STACK_CHECKED_BYTES = 512 * 1024, MEMORY_MAX = 512 << 20 };

typedef struct Input {
    TypeCall call;
    Str text;
    bool binary;
} Input;

static const Type *type_named(Str name)
{
    for (uint32_t i = 0; i < builtins.types_count; i++)
        if (str_equal(str_from(builtins.types[i].name), name))
            return type_find(NULL, builtins.types[i].oid);
    const uint64_t any = hash_bytes(name.data, name.bytes, 0);
    return type_find(NULL, builtins.types[any % builtins.types_count].oid);
}

/* An empty vector is refused from its binary form. */
static bool has_empty_vector(const TypeCall *call, const Value *value)
{
    const Oid oid = call->type->oid, element = call->type->element;
    const bool is_list = oid == OID_INT2VECTOR || oid == OID_OIDVECTOR;
    size_t at;
    if (!is_list && element != OID_INT2VECTOR && element != OID_OIDVECTOR) return false;
    const Str text = type_print(call, value);
    return is_list ? text.bytes == 0 : str_find(text, STR("\"\""), &at);
}

/* A zone of 16 hours or more, which a time takes from a zone's name ('12:03 sz56'), is given out as hours that neither
 * Tusk nor PostgreSQL reads. */
static bool is_never_read_again(const TypeCall *call, const Value *value)
{
    enum { ZONE_HOURS_MAX = 15 };
    if (has_empty_vector(call, value)) return true;
    if (call->type->oid != OID_TIMETZ && call->type->element != OID_TIMETZ) return false;
    const Str text = type_print(call, value);
    for (size_t i = 0; i < text.bytes; i++) {
        if (text.data[i] != '-' && text.data[i] != '+') continue;
        int hours = 0;
        for (size_t at = i + 1; at < text.bytes && at < i + 4; at++) {
            if (text.data[at] < '0' || text.data[at] > '9') break;
            hours = hours * 10 + (text.data[at] - '0');
        }
        if (hours > ZONE_HOURS_MAX) return true;
    }
    return false;
}

static bool text_is_stable(const TypeCall *call, const Value *value)
{
    Value again;
    if (!call->type->print) return true;
    const Str text = type_print(call, value);
    InputError err = {.arena = call->arena};
    return type_parse(call, text, &again, &err) && str_equal(type_print(call, &again), text);
}

static bool wire_is_stable(const TypeCall *call, const Value *value)
{
    Value again;
    if (!call->type->send || !call->type->receive) return true;
    StrBuilder out = str_builder(call->arena, 64), second = str_builder(call->arena, 64);
    InputError err = {.arena = call->arena};
    call->type->send(call, value, &out);
    const Str wire = str_done(&out);
    if (!call->type->receive(call, (Bytes){(const uint8_t *)wire.data, wire.bytes}, &again, &err))
        return false;
    call->type->send(call, &again, &second);
    return str_equal(str_done(&second), wire);
}

static bool store_is_stable(const TypeCall *call, const Value *value)
{
    Value again;
    StrBuilder out = str_builder(call->arena, 64), second = str_builder(call->arena, 64);
    type_store(call->type, value, &out);
    const Str stored = str_done(&out);
    if (!type_load(call->type, (Bytes){(const uint8_t *)stored.data, stored.bytes}, &again))
        return false;
    type_store(call->type, &again, &second);
    return str_equal(str_done(&second), stored);
}

static void value_body(void *arg)
{
    const Input *input = arg;
    const TypeCall *call = &input->call;
    InputError err = {.arena = call->arena};
    Value value = {0};
    if (!input->binary) {
        if (!call->type->parse || !type_parse(call, input->text, &value, &err)) return;
    } else {
        const Bytes wire = {(const uint8_t *)input->text.data, input->text.bytes};
        if (!call->type->receive || !call->type->receive(call, wire, &value, &err)) return;
    }
    if (call->type->kind == 'p') return;
    if (!store_is_stable(call, &value)) abort();
    if (!is_never_read_again(call, &value) &&
        (!wire_is_stable(call, &value) || !text_is_stable(call, &value)))
        abort();
    if (call->type->compare && call->type->compare(call, &value, &value) != 0) abort();
    if (call->type->hash) (void)call->type->hash(call, &value);
    StrBuilder key = str_builder(call->arena, 64);
    if (call->type->sort_key) (void)call->type->sort_key(call, &value, &key);
}

/* What all inputs share, made at the first. */
typedef struct Machine {
    Account *account;
    Os *os;
    Settings settings;
    TimeZones *zones;
    const TimeZone *zone;
} Machine;

static void machine_start(Machine *m)
{
    if (m->account) return;
    m->account = account_new(NULL, "fuzz", MEMORY_MAX);
    if (!m->account || os_real_new(m->account, &m->os) != OK) abort();
    Arena *arena = arena_new(m->account, "zones");
    m->settings = settings_boot;
    m->zones = time_zones_new(arena);
    m->zone = time_zone_find(m->zones, arena, STR("Europe/Berlin"));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    const Str whole = {(const char *)data, bytes};
    size_t line, zero;
    if (!str_find_char(whole, '\n', &line)) return 0;
    Str name = str_slice(whole, 0, line);
    const bool binary = name.bytes && name.data[name.bytes - 1] == '*';
    if (binary) name = str_slice(name, 0, name.bytes - 1);
    static Machine machine;
    machine_start(&machine);
    task_self()->stack_low = (char *)__builtin_frame_address(0) - STACK_CHECKED_BYTES;
    Random random;
    random_seed(&random, 1);
    Arena *arena = arena_new(machine.account, "value");
    FnEnv env = {.settings = &machine.settings,
                 .random = &random,
                 .stmt = arena,
                 .encoding = 6,
                 .time_zones = machine.zones,
                 .time_zone = machine.zone};
    const Type *type = type_named(name);
    Input input = {.text = str_slice(whole, line + 1, bytes), .binary = binary};
    if (!binary) { /* what clients send is UTF-8 without zero bytes before a type sees it */
        if (str_find_char(input.text, '\0', &zero)) input.text = str_slice(input.text, 0, zero);
        input.text = str_slice(input.text, 0, utf8_valid_prefix(input.text));
    }
    input.call = (TypeCall){.type = type, .env = &env, .arena = arena, .typmod = -1};
    Error *error = NULL;
    if (type) (void)error_catch(value_body, &input, arena, &error);
    arena_drop(arena);
    return 0;
}
