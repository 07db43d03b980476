/* SPDX-License-Identifier: Apache-2.0 */
/* tls.h - encrypted connections: OpenSSL over memory, with our own sockets beneath, so that waiting and the simulation
 * work as without. */
#pragma once

#include "base/arena.h"
#include "base/settings.h"
#include "os/net.h"

/* Certificates, keys and options, as the settings say; replaced whole by a reload. */
typedef struct TlsContext TlsContext;
/* Loads what ssl_cert_file, ssl_key_file and the other ssl_ settings name; relative names start at `folder`. Raises
 * F0000 where something is missing or wrong. */
TlsContext *tls_context_new(Account *account, const Settings *settings, Str folder);
TlsContext *tls_context_hold(TlsContext *context);
void tls_context_release(TlsContext *context);

typedef struct Tls Tls;
/* The server's side of a connection; the handshake is made by tls_accept. `context` is held. Raises 53200. */
Tls *tls_new(Account *account, TlsContext *context, Socket *socket);
void tls_release(Tls *tls);
/* Bytes read from the socket before it was known that they belong to TLS (direct TLS). */
void tls_feed(Tls *tls, const void *data, size_t bytes);
/* OK, ST_TIMEOUT, ST_CANCELLED, ST_CLOSED, ST_INVALID (the handshake failed; noted). */
Status tls_accept(Tls *tls, Deadline deadline);

/* As os_socket_read and os_socket_write. */
Status tls_read(Tls *tls, void *data, size_t bytes, size_t *done);
Status tls_write(Tls *tls, const void *data, size_t bytes, size_t *done);
/* Sends what tls_write encrypted and the socket did not take: OK when nothing is left, ST_BUSY, ST_CLOSED. */
Status tls_flush(Tls *tls);

/* What was agreed on; for logs and views. */
const char *tls_protocol(const Tls *tls);
const char *tls_cipher(const Tls *tls);
/* The peer's certificate was checked; its common name and distinguished name ("" where none). */
bool tls_peer_verified(const Tls *tls);
Str tls_peer_name(Arena *arena, const Tls *tls, bool whole);
int tls_bits(const Tls *tls); /* of the cipher's key */
/* Of the peer's certificate, as pg_stat_ssl shows it: names as /CN=.../O=..., the serial number in decimal; empty where
 * there is none. */
typedef enum TlsPeerText { TLS_PEER_SUBJECT, TLS_PEER_ISSUER, TLS_PEER_SERIAL } TlsPeerText;
Str tls_peer_text(Arena *arena, const Tls *tls, TlsPeerText what);
/* ALPN: the client said "postgresql". */
bool tls_agreed_postgresql(const Tls *tls);
/* tls-server-end-point of RFC 5929: a hash of our certificate. False: the signature has none. */
bool tls_channel_binding(Arena *arena, const Tls *tls, Str *binding);
