/* SPDX-License-Identifier: Apache-2.0 */
/* tls.c - TLS by OpenSSL, which reads and writes memory only: our sockets move the encrypted bytes, our files are read
 * by os. A record that the socket does not take at once stays in OpenSSL's output memory; tls_flush says when it is
 * gone. */
#include "server/tls.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include "base/error.h"
#include "base/log.h"
#include "base/scope.h"
#include "os/file.h"

enum { TLS_FILE_BYTES_MAX = 16 << 20, TLS_CHUNK_BYTES = 16384 };

struct TlsContext {
    _Atomic uint32_t holders;
    SSL_CTX *ssl;
    Arena *arena;
    bool verifies;
};

struct Tls {
    Arena *arena;
    TlsContext *context;
    SSL *ssl;
    BIO *in, *out; /* belong to ssl */
    Socket *socket;
};

/* ---- the context */

typedef struct Load {
    Account *account;
    const Settings *settings;
    Str folder;
    TlsContext *context;
    Arena *tmp;
} Load;

static const char *reason(void)
{
    unsigned long code = ERR_get_error();
    const char *text = code ? ERR_reason_error_string(code) : NULL;
    ERR_clear_error();
    return text ? text : "unknown error";
}

static const char *file_path(const Load *load, Str name)
{
    if (name.bytes > 0 && name.data[0] == '/') return str_copy_zero(load->tmp, name);
    return str_copy_zero(load->tmp,
                         str_format(load->tmp, "%.*s/%.*s", STR_ARG(load->folder), STR_ARG(name)));
}

static void free_bio(void *bio)
{
    BIO_free(bio);
}

static BIO *read_pem(const Load *load, Scope *scope, Str name, const char *what)
{
    Str text;
    Status status = os_file_read_all(load->tmp, file_path(load, name), TLS_FILE_BYTES_MAX, &text);
    if (status != OK)
        raise_error(SQLSTATE_CONFIG_FILE_ERROR, "could not load %s \"%.*s\": %s", what,
                    STR_ARG(name),
                    status == ST_NOT_FOUND ? "No such file or directory" : status_text(status));
    BIO *bio = BIO_new_mem_buf(text.data, (int)text.bytes);
    if (!bio) raise_status(ST_NO_MEMORY);
    scope_add(scope, free_bio, bio);
    return bio;
}

static void free_x509(void *certificate)
{
    X509_free(certificate);
}

static void load_certificates(const Load *load)
{
    SCOPED(scope);
    Str name = load->settings->ssl_cert_file;
    BIO *bio = read_pem(load, scope, name, "server certificate file");
    X509 *own = PEM_read_bio_X509_AUX(bio, NULL, NULL, NULL);
    if (own) scope_add(scope, free_x509, own);
    if (!own || !SSL_CTX_use_certificate(load->context->ssl, own))
        raise_error(SQLSTATE_CONFIG_FILE_ERROR,
                    "could not load server certificate file \"%.*s\": %s", STR_ARG(name), reason());
    for (X509 *next; (next = PEM_read_bio_X509(bio, NULL, NULL, NULL)) != NULL;)
        if (!SSL_CTX_add0_chain_cert(load->context->ssl, next)) X509_free(next);
    ERR_clear_error(); /* the end of the file is one */
}

/* Nobody types a passphrase here. */
static int no_passphrase(char *buffer, int size, int writing, void *arg)
{
    (void)buffer;
    (void)size;
    (void)writing;
    (void)arg;
    return -1;
}

static void check_key_file(const Load *load, Str name)
{
    PathInfo info;
    if (os_path_info(file_path(load, name), &info) != OK) return; /* reading it says why */
    if ((info.mode & (info.owner == 0 ? 037u : 077u)) == 0) return;
    Error *error = error_begin(SQLSTATE_CONFIG_FILE_ERROR);
    error_message(error, "private key file \"%.*s\" has group or world access", STR_ARG(name));
    error_detail(error,
                 "File must have permissions u=rw (0600) or less if owned by the database user, or "
                 "permissions u=rw,g=r (0640) or less if owned by root.");
    error_raise(error);
}

static void free_key(void *key)
{
    EVP_PKEY_free(key);
}

static void load_key(const Load *load)
{
    SCOPED(scope);
    Str name = load->settings->ssl_key_file;
    check_key_file(load, name);
    BIO *bio = read_pem(load, scope, name, "private key file");
    EVP_PKEY *key = PEM_read_bio_PrivateKey(bio, NULL, no_passphrase, NULL);
    if (key) scope_add(scope, free_key, key);
    if (!key || !SSL_CTX_use_PrivateKey(load->context->ssl, key))
        raise_error(SQLSTATE_CONFIG_FILE_ERROR, "could not load private key file \"%.*s\": %s",
                    STR_ARG(name), reason());
    if (!SSL_CTX_check_private_key(load->context->ssl))
        raise_error(SQLSTATE_CONFIG_FILE_ERROR, "check of private key failed: %s", reason());
}

static int accept_verified(int good, X509_STORE_CTX *store)
{
    (void)store;
    return good;
}

static void add_to_store(const Load *load, X509_STORE *store, Str name, const char *what,
                         bool names)
{
    SCOPED(scope);
    BIO *bio = read_pem(load, scope, name, what);
    STACK_OF(X509_INFO) *infos = PEM_X509_INFO_read_bio(bio, NULL, NULL, NULL);
    int added = 0;
    for (int i = 0; infos && i < sk_X509_INFO_num(infos); i++) {
        const X509_INFO *info = sk_X509_INFO_value(infos, i);
        if (info->x509) added += X509_STORE_add_cert(store, info->x509);
        if (info->x509 && names) (void)SSL_CTX_add_client_CA(load->context->ssl, info->x509);
        if (info->crl) added += X509_STORE_add_crl(store, info->crl);
    }
    sk_X509_INFO_pop_free(infos, X509_INFO_free);
    if (added == 0)
        raise_error(SQLSTATE_CONFIG_FILE_ERROR, "could not load %s \"%.*s\": %s", what,
                    STR_ARG(name), reason());
}

static void load_authorities(const Load *load)
{
    const Settings *settings = load->settings;
    X509_STORE *store = SSL_CTX_get_cert_store(load->context->ssl);
    if (settings->ssl_crl_dir.bytes)
        raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "\"ssl_crl_dir\" is not supported");
    if (settings->ssl_ca_file.bytes == 0) return;
    add_to_store(load, store, settings->ssl_ca_file, "root certificate file", true);
    if (settings->ssl_crl_file.bytes) {
        add_to_store(load, store, settings->ssl_crl_file, "SSL certificate revocation list file",
                     false);
        X509_STORE_set_flags(store, X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL);
    }
    SSL_CTX_set_verify(load->context->ssl, SSL_VERIFY_PEER | SSL_VERIFY_CLIENT_ONCE,
                       accept_verified);
    load->context->verifies = true;
}

static void need(int good, const char *what)
{
    if (!good) raise_error(SQLSTATE_CONFIG_FILE_ERROR, "could not set %s: %s", what, reason());
}

static void set_options(const Load *load)
{
    static const int versions[] = {TLS1_VERSION, TLS1_1_VERSION, TLS1_2_VERSION, TLS1_3_VERSION};
    const Settings *settings = load->settings;
    SSL_CTX *ssl = load->context->ssl;
    int least = settings->ssl_min_protocol_version, most = settings->ssl_max_protocol_version;
    need(SSL_CTX_set_min_proto_version(ssl, versions[least]), "minimum SSL protocol version");
    /* the first of its values is the empty one: none */
    if (most > 0)
        need(SSL_CTX_set_max_proto_version(ssl, versions[most - 1]),
             "maximum SSL protocol version");
    need(SSL_CTX_set_cipher_list(ssl, str_copy_zero(load->tmp, settings->ssl_ciphers)),
         "the cipher list");
    if (settings->ssl_tls13_ciphers.bytes)
        need(SSL_CTX_set_ciphersuites(ssl, str_copy_zero(load->tmp, settings->ssl_tls13_ciphers)),
             "the TLSv1.3 cipher suites");
    need((int)SSL_CTX_set1_groups_list(ssl, str_copy_zero(load->tmp, settings->ssl_groups)),
         "group names");
    uint64_t flags = SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_TICKET |
                     SSL_OP_SINGLE_DH_USE;
    if (settings->ssl_prefer_server_ciphers) flags |= SSL_OP_CIPHER_SERVER_PREFERENCE;
    SSL_CTX_set_options(ssl, flags);
    SSL_CTX_set_mode(ssl, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                              SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_session_cache_mode(ssl, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_num_tickets(ssl, 0);
}

static int select_alpn(SSL *ssl, const unsigned char **out, unsigned char *out_bytes,
                       const unsigned char *in, unsigned in_bytes, void *arg)
{
    static const unsigned char known[] = "\012postgresql";
    (void)ssl;
    (void)arg;
    unsigned char *chosen;
    if (SSL_select_next_proto(&chosen, out_bytes, known, sizeof known - 1, in, in_bytes) !=
        OPENSSL_NPN_NEGOTIATED)
        return SSL_TLSEXT_ERR_ALERT_FATAL;
    *out = chosen;
    return SSL_TLSEXT_ERR_OK;
}

static void load_context(void *arg)
{
    Load *load = arg;
    SCOPED(scope);
    load->tmp = scope_arena(scope, load->account, "tls files");
    load->context->ssl = SSL_CTX_new(TLS_server_method());
    if (!load->context->ssl) raise_status(ST_NO_MEMORY);
    SSL_CTX_set_alpn_select_cb(load->context->ssl, select_alpn, NULL);
    load_certificates(load);
    load_key(load);
    load_authorities(load);
    set_options(load);
}

TlsContext *tls_context_new(Account *account, const Settings *settings, Str folder)
{
    Arena *arena = arena_new(account, "tls context");
    Load load = {.account = account, .settings = settings, .folder = folder};
    Error *error = NULL;
    load.context = arena_try_alloc_zero(arena, sizeof(TlsContext));
    if (load.context) {
        *load.context = (TlsContext){.holders = 1, .arena = arena};
        if (error_catch(load_context, &load, NULL, &error)) return load.context;
        SSL_CTX_free(load.context->ssl);
    }
    arena_drop(arena);
    if (error) error_raise_again(error);
    raise_status(ST_NO_MEMORY);
}

TlsContext *tls_context_hold(TlsContext *context)
{
    atomic_fetch_add_explicit(&context->holders, 1, memory_order_relaxed);
    return context;
}

void tls_context_release(TlsContext *context)
{
    if (atomic_fetch_sub_explicit(&context->holders, 1, memory_order_acq_rel) != 1) return;
    SSL_CTX_free(context->ssl);
    arena_drop(context->arena);
}

/* ---- a connection */

Tls *tls_new(Account *account, TlsContext *context, Socket *socket)
{
    Arena *arena = arena_new(account, "tls");
    Tls *tls = arena_try_alloc_zero(arena, sizeof(Tls));
    SSL *ssl = tls ? SSL_new(context->ssl) : NULL;
    BIO *in = ssl ? BIO_new(BIO_s_mem()) : NULL, *out = in ? BIO_new(BIO_s_mem()) : NULL;
    if (!out) {
        BIO_free(in);
        SSL_free(ssl);
        arena_drop(arena);
        raise_status(ST_NO_MEMORY);
    }
    SSL_set_bio(ssl, in, out);
    SSL_set_accept_state(ssl);
    *tls = (Tls){arena, context, ssl, in, out, socket};
    return tls;
}

void tls_release(Tls *tls)
{
    SSL_free(tls->ssl);
    arena_drop(tls->arena);
}

void tls_feed(Tls *tls, const void *data, size_t bytes)
{
    if (bytes > 0 && BIO_write(tls->in, data, (int)bytes) != (int)bytes) raise_status(ST_NO_MEMORY);
}

/* From the socket to OpenSSL's memory. */
static Status pump_in(Tls *tls)
{
    char chunk[TLS_CHUNK_BYTES];
    size_t done;
    TRY(os_socket_read(tls->socket, chunk, sizeof chunk, &done));
    return BIO_write(tls->in, chunk, (int)done) == (int)done ? OK : ST_NO_MEMORY;
}

Status tls_flush(Tls *tls)
{
    char *data;
    long bytes;
    while ((bytes = BIO_get_mem_data(tls->out, &data)) > 0) {
        size_t done;
        char dropped[TLS_CHUNK_BYTES];
        TRY(os_socket_write(tls->socket, data, MIN((size_t)bytes, sizeof dropped), &done));
        (void)BIO_read(tls->out, dropped, (int)done);
    }
    return OK;
}

/* After an SSL call that did not succeed: OK to try again, or what it means. */
static Status after_failure(Tls *tls, int result)
{
    int problem = SSL_get_error(tls->ssl, result);
    ERR_clear_error();
    Status flushed = tls_flush(tls);
    if (flushed != OK && flushed != ST_BUSY) return flushed;
    switch (problem) {
    case SSL_ERROR_WANT_READ: return pump_in(tls);
    case SSL_ERROR_WANT_WRITE: return flushed;
    case SSL_ERROR_ZERO_RETURN: return ST_CLOSED;
    default: return ST_CLOSED;
    }
}

Status tls_read(Tls *tls, void *data, size_t bytes, size_t *done)
{
    for (;;) {
        int result = SSL_read_ex(tls->ssl, data, bytes, done);
        if (result == 1) return OK;
        TRY(after_failure(tls, result));
    }
}

Status tls_write(Tls *tls, const void *data, size_t bytes, size_t *done)
{
    TRY(tls_flush(tls));
    for (;;) {
        int result = SSL_write_ex(tls->ssl, data, MIN(bytes, (size_t)TLS_CHUNK_BYTES), done);
        if (result == 1) break;
        TRY(after_failure(tls, result));
    }
    Status status = tls_flush(tls);
    return status == ST_BUSY ? OK : status; /* it is on its way: tls_flush tells when it is gone */
}

Status tls_accept(Tls *tls, Deadline deadline)
{
    for (;;) {
        int result = SSL_accept(tls->ssl);
        if (result == 1) return tls_flush(tls);
        unsigned long code = ERR_peek_error();
        Status status = after_failure(tls, result);
        if (status == ST_BUSY)
            status = os_socket_wait(tls->socket, SOCKET_READABLE, WAIT_CLIENT_READ, deadline);
        if (status == OK || status == ST_BUSY) continue;
        if (status == ST_CLOSED && code) {
            const char *why = ERR_reason_error_string(code);
            log_write(SEVERITY_LOG, "could not accept SSL connection: %s",
                      why ? why : "unknown error");
        }
        return status;
    }
}

const char *tls_protocol(const Tls *tls)
{
    return SSL_get_version(tls->ssl);
}

const char *tls_cipher(const Tls *tls)
{
    return SSL_get_cipher(tls->ssl);
}

bool tls_peer_verified(const Tls *tls)
{
    return tls->context->verifies && SSL_get0_peer_certificate(tls->ssl) != NULL &&
           SSL_get_verify_result(tls->ssl) == X509_V_OK;
}

Str tls_peer_name(Arena *arena, const Tls *tls, bool whole)
{
    X509 *peer = tls_peer_verified(tls) ? SSL_get0_peer_certificate(tls->ssl) : NULL;
    if (!peer) return (Str){0};
    X509_NAME *subject = X509_get_subject_name(peer);
    if (!whole) {
        char name[256];
        int bytes = X509_NAME_get_text_by_NID(subject, NID_commonName, name, sizeof name);
        /* a zero byte inside would end the name early elsewhere */
        if (bytes <= 0 || memchr(name, 0, (size_t)bytes)) return (Str){0};
        return str_copy(arena, (Str){name, (size_t)bytes});
    }
    BIO *out = BIO_new(BIO_s_mem());
    char *data;
    if (!out) return (Str){0};
    long bytes = X509_NAME_print_ex(out, subject, 0, XN_FLAG_RFC2253) < 0
                     ? 0
                     : BIO_get_mem_data(out, &data);
    void *copy = bytes > 0 ? arena_try_alloc(arena, (size_t)bytes) : NULL;
    if (copy) memcpy(copy, data, (size_t)bytes);
    BIO_free(out);
    return copy ? (Str){copy, (size_t)bytes} : (Str){0};
}

int tls_bits(const Tls *tls)
{
    int bits = 0;
    (void)SSL_get_cipher_bits(tls->ssl, &bits);
    return bits;
}

Str tls_peer_text(Arena *arena, const Tls *tls, TlsPeerText what)
{
    X509 *peer = SSL_get0_peer_certificate(tls->ssl);
    if (!peer) return (Str){0};
    if (what != TLS_PEER_SERIAL) {
        char line[512];
        X509_NAME *name = what == TLS_PEER_SUBJECT ? X509_get_subject_name(peer)
                                                   : X509_get_issuer_name(peer);
        return X509_NAME_oneline(name, line, sizeof line) ? str_copy(arena, str_from(line))
                                                          : (Str){0};
    }
    BIGNUM *number = ASN1_INTEGER_to_BN(X509_get0_serialNumber(peer), NULL);
    char *text = number ? BN_bn2dec(number) : NULL;
    BN_free(number);
    /* Copied where a raise cannot lose it: serial numbers have at most 20 bytes, RFC 5280. */
    char digits[64];
    (void)snprintf(digits, sizeof digits, "%s", text ? text : "");
    OPENSSL_free(text);
    return str_copy(arena, str_from(digits));
}

bool tls_agreed_postgresql(const Tls *tls)
{
    const unsigned char *name;
    unsigned bytes;
    SSL_get0_alpn_selected(tls->ssl, &name, &bytes);
    return bytes == 10 && memcmp(name, "postgresql", 10) == 0;
}

bool tls_channel_binding(Arena *arena, const Tls *tls, Str *binding)
{
    X509 *own = SSL_get_certificate(tls->ssl);
    int digest = NID_undef;
    unsigned bytes;
    unsigned char hash[EVP_MAX_MD_SIZE];
    if (!own || !X509_get_signature_info(own, &digest, NULL, NULL, NULL)) return false;
    /* RFC 5929: weak hashes are replaced by SHA-256 */
    if (digest == NID_md5 || digest == NID_sha1) digest = NID_sha256;
    const EVP_MD *kind = EVP_get_digestbynid(digest);
    if (!kind || !X509_digest(own, kind, hash, &bytes)) return false;
    *binding = str_copy(arena, (Str){(const char *)hash, bytes});
    return true;
}
