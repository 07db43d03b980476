/* SPDX-License-Identifier: Apache-2.0 */
/* wire.h - bytes to and from one client: an input and an output buffer over a socket, with TLS or without, and the
 * framing of messages (a type byte, a length that counts itself, a body).
 *
 * Output is written to the buffer; at a message's end what is more than WIRE_FLUSH_BYTES goes to the socket, waiting
 * for a slow reader through os_socket_wait. Input is read as much as there is; a message is handed out in place once it
 * is whole. Buffers grow with what really came, not with what a length promises, and are given back by wire_shrink. */
#pragma once

#include "base/arena.h"
#include "base/base.h"
#include "os/net.h"
#include "type/encoding.h"

enum {
    WIRE_FLUSH_BYTES = 8192,
    WIRE_READ_BYTES = 8192,
    WIRE_MESSAGE_BYTES_MAX = 0x3ffffffe, /* PostgreSQL's limits, the length itself included */
    WIRE_SMALL_MESSAGE_BYTES_MAX = 10000,
    WIRE_KEEP_BYTES = 65536, /* a larger buffer is given back once it is empty */
};

typedef struct Tls Tls; /* tls.h */

typedef struct WireBuffer {
    Arena *arena; /* holds `data` alone; NULL when there is none */
    uint8_t *data;
    size_t start, end, capacity; /* bytes in use: [start, end) */
} WireBuffer;

typedef struct Wire {
    Account *account;
    Socket *socket;
    Tls *tls; /* NULL: plain */
    WireBuffer in, out;
    size_t message_at; /* where the message being written begins in `out` */
    bool in_message;
    bool lost;                /* the client is gone: output is dropped */
    bool drained;             /* the last read took all there was: another one now is in vain */
    const Encoding *encoding; /* of the client's texts; NULL: UTF-8 */
} Wire;

void wire_init(Wire *wire, Account *account, Socket *socket);
void wire_release(Wire *wire);
/* Gives back empty buffers, before the connection is parked. */
void wire_shrink(Wire *wire);

/* ---- input */

/* Reads what is there: OK (something came), ST_BUSY, ST_CLOSED, ST_NO_MEMORY. */
Status wire_fill(Wire *wire);
/* Waits until wire_fill has something: also ST_TIMEOUT, ST_CANCELLED. Flushes output first. */
Status wire_fill_wait(Wire *wire, Deadline deadline);
static inline size_t wire_available(const Wire *wire)
{
    return wire->in.end - wire->in.start;
}
static inline const uint8_t *wire_peek(const Wire *wire)
{
    return wire->in.start == 0 ? wire->in.data : wire->in.data + wire->in.start;
}
void wire_consume(Wire *wire, size_t bytes);

/* A message's body, read from its start; raises 08P01 when it is too short or badly formed. */
typedef struct Message {
    char type;
    const uint8_t *at, *end;
} Message;
/* OK: *message is the next one, which stays in the buffer until the next call of wire_fill. ST_BUSY: it is not whole
 * yet. ST_INVALID: its length is below 4 or above bytes_max(type). */
Status wire_next(Wire *wire, size_t (*bytes_max)(char type), Message *message);
/* The message that wire_next gave last is the next one again. */
void wire_put_back(Wire *wire, const Message *message);
uint8_t message_u8(Message *message);
int16_t message_i16(Message *message);
int32_t message_i32(Message *message);
Bytes message_bytes(Message *message, size_t bytes);
Str message_text(Message *message); /* up to a zero byte */
void message_end(const Message *message);

/* ---- output; all raise 53200, and 08006 when the client is gone */

void wire_begin(Wire *wire, char type);
void wire_end(Wire *wire);
/* Takes back a message that was begun and not ended: after a raise. */
void wire_abandon(Wire *wire);
void wire_u8(Wire *wire, uint8_t value);
void wire_i16(Wire *wire, int16_t value);
void wire_i32(Wire *wire, int32_t value);
void wire_bytes(Wire *wire, const void *data, size_t bytes);
void wire_text(Wire *wire, Str text); /* and a zero byte */
static inline size_t wire_pending(const Wire *wire)
{
    return wire->out.end - wire->out.start;
}
/* Sends all that is buffered, waiting as needed. */
void wire_flush(Wire *wire);
/* Sends what the socket takes now: OK (all), ST_BUSY, ST_CLOSED. */
Status wire_flush_some(Wire *wire);
/* One byte past the buffer, the answer to a request for encryption. */
void wire_answer(Wire *wire, char answer);
