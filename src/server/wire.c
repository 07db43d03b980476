/* SPDX-License-Identifier: Apache-2.0 */
/* wire.c - buffers and framing.   (W1) start <= end <= capacity   (W2) while a message is written its length field
 * stands at message_at + 1 and is filled by wire_end; what lies before message_at is whole messages. */
#include "server/wire.h"

#include "base/arith.h"
#include "base/error.h"
#include "base/scope.h"
#include "os/clock.h"
#include "server/tls.h"

enum { BUFFER_BYTES_FIRST = 8192 };

/* ---- buffers */

/* Room for `bytes` behind end. Contents may move. */
static Status buffer_reserve(WireBuffer *buffer, Account *account, size_t bytes)
{
    size_t used = buffer->end - buffer->start;
    if (buffer->capacity - buffer->end >= bytes) return OK;
    if (buffer->start > 0 && buffer->capacity - used >= bytes) {
        memmove(buffer->data, buffer->data + buffer->start, used);
    } else {
        size_t capacity = MAX(buffer->capacity, (size_t)BUFFER_BYTES_FIRST);
        while (capacity - used < bytes) capacity *= 2;
        Arena *arena = arena_try_new(account, "wire buffer");
        uint8_t *data = arena ? arena_try_alloc(arena, capacity) : NULL;
        if (!data) {
            if (arena) arena_drop(arena);
            return ST_NO_MEMORY;
        }
        if (used) memcpy(data, buffer->data + buffer->start, used);
        if (buffer->arena) arena_drop(buffer->arena);
        *buffer = (WireBuffer){arena, data, 0, used, capacity};
        return OK;
    }
    buffer->start = 0;
    buffer->end = used;
    return OK;
}

static void buffer_release(WireBuffer *buffer)
{
    if (buffer->arena) arena_drop(buffer->arena);
    *buffer = (WireBuffer){0};
}

/* An empty buffer begins anew; a very large one goes back. */
static void buffer_rest(WireBuffer *buffer)
{
    if (buffer->start != buffer->end) return;
    buffer->start = buffer->end = 0;
    if (buffer->capacity > WIRE_KEEP_BYTES) buffer_release(buffer);
}

void wire_init(Wire *wire, Account *account, Socket *socket)
{
    *wire = (Wire){.account = account, .socket = socket};
}

void wire_release(Wire *wire)
{
    buffer_release(&wire->in);
    buffer_release(&wire->out);
}

void wire_shrink(Wire *wire)
{
    if (wire->in.start == wire->in.end) buffer_release(&wire->in);
    if (wire->out.start == wire->out.end) buffer_release(&wire->out);
}

/* ---- input */

static Status read_some(Wire *wire, void *data, size_t bytes, size_t *done)
{
    return wire->tls ? tls_read(wire->tls, data, bytes, done)
                     : os_socket_read(wire->socket, data, bytes, done);
}

Status wire_fill(Wire *wire)
{
    size_t done;
    buffer_rest(&wire->in);
    /* A large message doubles the buffer as it comes. */
    TRY(buffer_reserve(&wire->in, wire->account, MAX((size_t)WIRE_READ_BYTES / 2, 1)));
    const size_t room = wire->in.capacity - wire->in.end;
    TRY(read_some(wire, wire->in.data + wire->in.end, room, &done));
    wire->in.end += done;
    wire->drained = !wire->tls && done < room; /* TLS may hold back what it has read */
    return OK;
}

Status wire_fill_wait(Wire *wire, Deadline deadline)
{
    wire_flush(wire);
    for (;;) {
        Status status = wire_fill(wire);
        if (status != ST_BUSY) return status;
        status = os_socket_wait(wire->socket, SOCKET_READABLE, WAIT_CLIENT_READ, deadline);
        if (status != OK && status != ST_BUSY) return status;
    }
}

void wire_consume(Wire *wire, size_t bytes)
{
    ASSERT(bytes <= wire_available(wire));
    wire->in.start += bytes;
}

Status wire_next(Wire *wire, size_t (*bytes_max)(char type), Message *message)
{
    size_t available = wire_available(wire);
    const uint8_t *at = wire_peek(wire);
    if (available < 5) return ST_BUSY;
    size_t bytes = load_be32(at + 1);
    if (bytes < 4 || bytes > bytes_max((char)at[0])) return ST_INVALID;
    if (available < bytes + 1) return ST_BUSY;
    *message = (Message){(char)at[0], at + 5, at + 1 + bytes};
    wire_consume(wire, bytes + 1);
    return OK;
}

void wire_put_back(Wire *wire, const Message *message)
{
    wire->in.start -= (size_t)(message->end - message->at) + 5;
}

static const uint8_t *message_take(Message *message, size_t bytes)
{
    if ((size_t)(message->end - message->at) < bytes)
        raise_error(SQLSTATE_PROTOCOL_VIOLATION, "insufficient data left in message");
    const uint8_t *at = message->at;
    message->at += bytes;
    return at;
}

uint8_t message_u8(Message *message)
{
    if (message->at == message->end)
        raise_error(SQLSTATE_PROTOCOL_VIOLATION, "no data left in message");
    return *message_take(message, 1);
}

int16_t message_i16(Message *message)
{
    const uint8_t *at = message_take(message, 2);
    return (int16_t)(at[0] << 8 | at[1]);
}

int32_t message_i32(Message *message)
{
    return (int32_t)load_be32(message_take(message, 4));
}

Bytes message_bytes(Message *message, size_t bytes)
{
    return (Bytes){message_take(message, bytes), bytes};
}

Str message_text(Message *message)
{
    size_t left = (size_t)(message->end - message->at);
    const uint8_t *from = message->at, *zero = left ? memchr(from, 0, left) : NULL;
    if (!zero) raise_error(SQLSTATE_PROTOCOL_VIOLATION, "invalid string in message");
    message->at = zero + 1;
    return (Str){(const char *)from, (size_t)(zero - from)};
}

void message_end(const Message *message)
{
    if (message->at != message->end)
        raise_error(SQLSTATE_PROTOCOL_VIOLATION, "invalid message format");
}

/* ---- output */

/* Room for `bytes` more at the end. */
static uint8_t *wire_room(Wire *wire, size_t bytes)
{
    size_t before = wire->out.start;
    if (UNLIKELY(wire->out.capacity - wire->out.end < bytes)) {
        if (wire->in_message && wire->out.end - wire->message_at + bytes > WIRE_MESSAGE_BYTES_MAX)
            raise_error(SQLSTATE_PROGRAM_LIMIT_EXCEEDED, "message for the client is too long");
        CHECK(buffer_reserve(&wire->out, wire->account, bytes));
        wire->message_at -= before - wire->out.start;
    }
    return wire->out.data + wire->out.end;
}

void wire_u8(Wire *wire, uint8_t value)
{
    *wire_room(wire, 1) = value;
    wire->out.end += 1;
}

void wire_i16(Wire *wire, int16_t value)
{
    store_be16(wire_room(wire, 2), (uint16_t)value);
    wire->out.end += 2;
}

void wire_i32(Wire *wire, int32_t value)
{
    store_be32(wire_room(wire, 4), (uint32_t)value);
    wire->out.end += 4;
}

void wire_bytes(Wire *wire, const void *data, size_t bytes)
{
    uint8_t *at = wire_room(wire, bytes);
    if (bytes) memcpy(at, data, bytes);
    wire->out.end += bytes;
}

void wire_text(Wire *wire, Str text)
{
    if (wire->encoding && !encoding_is_ascii(text)) {
        SCOPED(scope);
        Arena *arena = scope_arena(scope, wire->account, "converted text");
        const Str converted = encoding_encode_lossy(arena, wire->encoding, text);
        wire_bytes(wire, converted.data, converted.bytes);
        wire_u8(wire, 0);
        return;
    }
    wire_bytes(wire, text.data, text.bytes);
    wire_u8(wire, 0);
}

void wire_begin(Wire *wire, char type)
{
    ASSERT(!wire->in_message);
    uint8_t *at = wire_room(wire, 5);
    at[0] = (uint8_t)type;
    wire->message_at = wire->out.end;
    wire->in_message = true;
    wire->out.end += 5;
}

void wire_end(Wire *wire)
{
    ASSERT(wire->in_message);
    store_be32(wire->out.data + wire->message_at + 1,
               (uint32_t)(wire->out.end - wire->message_at - 1));
    wire->in_message = false;
    if (wire_pending(wire) >= WIRE_FLUSH_BYTES) wire_flush(wire);
}

void wire_abandon(Wire *wire)
{
    if (wire->in_message) wire->out.end = wire->message_at;
    wire->in_message = false;
}

Status wire_flush_some(Wire *wire)
{
    while (wire_pending(wire) > 0 && !wire->lost) {
        size_t done = 0;
        const uint8_t *from = wire->out.data + wire->out.start;
        Status status = wire->tls ? tls_write(wire->tls, from, wire_pending(wire), &done)
                                  : os_socket_write(wire->socket, from, wire_pending(wire), &done);
        if (status == ST_BUSY) return status;
        if (status != OK) wire->lost = true;
        wire->out.start += done;
    }
    if (!wire->lost && wire->tls) {
        Status status = tls_flush(wire->tls);
        if (status == ST_BUSY) return status;
        wire->lost = status != OK;
    }
    if (wire->lost) wire->out.start = wire->out.end;
    buffer_rest(&wire->out);
    return wire->lost ? ST_CLOSED : OK;
}

/* While the client does not read: an interrupt ends the wait and the session, since the client could not be told. */
void wire_flush(Wire *wire)
{
    for (;;) {
        Status status = wire_flush_some(wire);
        if (status == OK) return;
        if (status == ST_BUSY)
            status = os_socket_wait(wire->socket, SOCKET_WRITABLE, WAIT_CLIENT_WRITE,
                                    DEADLINE_NEVER);
        if (status == ST_CANCELLED) task_check();
        if (status == OK || status == ST_BUSY || status == ST_CANCELLED) continue;
        wire->lost = true;
        error_raise(error_severity(error_message(error_begin(SQLSTATE_CONNECTION_FAILURE),
                                                 "connection to client lost"),
                                   SEVERITY_FATAL));
    }
}

void wire_answer(Wire *wire, char answer)
{
    wire_u8(wire, (uint8_t)answer);
    wire_flush(wire);
}
