/* SPDX-License-Identifier: Apache-2.0 */
/* harness.h - a server on the simulated network with sessions that are doubles, and clients that send bytes and read
 * answers as text: one message a line, its type, then its body with unprintable bytes as \xx; of errors the fields F, L
 * and R are left out. Runs end when the body returns. */
#pragma once

#include "unit/os/sim_fixture.h"
#include "base/log.h"
#include "base/str.h"
#include "double.h"
#include "os/net.h"
#include "server/server.h"

typedef struct Harness {
    Account *account;
    Arena *arena;
    Server *server;
    Double engine;
    const char *hba, *ident;
    SettingAssignment settings[8];
    uint32_t setting_count;
    uint32_t workers_at_once;
    uint32_t log_lines;
    char log_last[200];
    void (*body)(struct Harness *h);
    void *arg;
    Log log;
} Harness;

/* In a simulation with this seed: starts the server, runs h->body, stops it, checks that nothing is left. */
void harness_run(Harness *h, uint64_t seed);
/* The same on the running task's machine. */
void harness_main(void *harness);

Socket *client_open(Harness *h);
void client_send(Socket *client, const void *data, size_t bytes);
/* False: the server takes no more, since its answers are not read. */
bool client_try_send(Socket *client, const void *data, size_t bytes);
/* The answer: until `count` messages of type `until`, or the end ("EOF"), or nothing for a second ("..."). */
Str client_read(Harness *h, Socket *client, char until, uint32_t count);
/* Connects, says user u and database d, reads to the first ReadyForQuery. */
Socket *client_start(Harness *h);
void must_read(Harness *h, Socket *client, char until, uint32_t count, const char *wanted,
               const char *what);

/* Bytes to send, in an arena. */
typedef struct Bytestring {
    StrBuilder out;
} Bytestring;
Bytestring bytes_new(Harness *h);
void bytes_u16(Bytestring *b, uint16_t value);
void bytes_u32(Bytestring *b, uint32_t value);
/* A message: body as a format of C, "%z" not needed: zero bytes come by bytes. */
void bytes_message(Bytestring *b, char type, const void *body, size_t bytes);
void bytes_query(Bytestring *b, const char *sql);
void bytes_startup(Bytestring *b, uint32_t version, const char *pairs, size_t bytes);
void bytes_send(Socket *client, Bytestring *b);
