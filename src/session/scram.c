/* SPDX-License-Identifier: Apache-2.0 */
/* scram.c - password forms. The hashes are OpenSSL's; what RFC 5802 builds of them stands here:
 *
 *     SaltedPassword = PBKDF2(password, salt, iterations)
 *     ClientKey = HMAC(SaltedPassword, "Client Key")      StoredKey = H(ClientKey)
 *     ServerKey = HMAC(SaltedPassword, "Server Key")
 *     proof = ClientKey xor HMAC(StoredKey, auth message) signature = HMAC(ServerKey, auth message)
 *
 * Passwords are taken as the bytes they are: for ASCII, SASLprep changes nothing. Other passwords go through unchanged,
 * as PostgreSQL does for texts that SASLprep refuses. */
#include "session/scram.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "base/arena.h"
#include "base/error.h"
#include "os/os.h"

enum { MD5_TEXT_BYTES = 35 };

/* ---- base64 */

static const char base64_digits[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

Str base64_encode(Arena *arena, const void *data, size_t bytes)
{
    const uint8_t *in = data;
    StrBuilder out = str_builder(arena, (bytes + 2) / 3 * 4 + 1);
    for (size_t i = 0; i < bytes; i += 3) {
        size_t left = MIN(bytes - i, (size_t)3);
        uint32_t group = (uint32_t)in[i] << 16 | (left > 1 ? (uint32_t)in[i + 1] << 8 : 0) |
                         (left > 2 ? in[i + 2] : 0);
        for (size_t digit = 0; digit < 4; digit++)
            str_add_char(&out, digit <= left ? base64_digits[group >> (18 - 6 * digit) & 63] : '=');
    }
    return str_done(&out);
}

static int base64_value(char c)
{
    const char *at = c ? strchr(base64_digits, c) : NULL;
    return at ? (int)(at - base64_digits) : -1;
}

bool base64_decode(Str text, void *data, size_t bytes_max, size_t *bytes)
{
    uint8_t *out = data;
    *bytes = 0;
    if (text.bytes % 4 != 0) return false;
    for (size_t i = 0; i < text.bytes; i += 4) {
        uint32_t group = 0;
        size_t padding = 0;
        bool last = i + 4 == text.bytes;
        for (size_t digit = 0; digit < 4; digit++) {
            char c = text.data[i + digit];
            int value = base64_value(c);
            if (c == '=' && last && digit >= 2)
                padding++;
            else if (value < 0 || padding > 0)
                return false;
            group = group << 6 | (uint32_t)MAX(value, 0);
        }
        for (size_t byte = 0; byte < 3 - padding; byte++) {
            if (*bytes == bytes_max) return false;
            out[(*bytes)++] = (uint8_t)(group >> (16 - 8 * byte));
        }
    }
    return true;
}

/* ---- hashes */

static void hmac(const uint8_t *key, size_t key_bytes, Str text, uint8_t out[SCRAM_KEY_BYTES])
{
    unsigned bytes = SCRAM_KEY_BYTES;
    if (!HMAC(EVP_sha256(), key, (int)key_bytes, (const uint8_t *)text.data, text.bytes, out,
              &bytes))
        raise_error(SQLSTATE_INTERNAL_ERROR, "could not compute HMAC");
}

static void sha256(const uint8_t *data, size_t bytes, uint8_t out[SCRAM_KEY_BYTES])
{
    unsigned got = SCRAM_KEY_BYTES;
    if (!EVP_Digest(data, bytes, out, &got, EVP_sha256(), NULL))
        raise_error(SQLSTATE_INTERNAL_ERROR, "could not compute SHA-256");
}

bool password_equal(Str a, Str b)
{
    return a.bytes == b.bytes && (a.bytes == 0 || CRYPTO_memcmp(a.data, b.data, a.bytes) == 0);
}

/* ---- SCRAM-SHA-256 */

static bool split_at(Str *rest, char c, Str *part)
{
    size_t at;
    if (!str_find_char(*rest, c, &at)) return false;
    *part = str_slice(*rest, 0, at);
    *rest = str_slice(*rest, at + 1, rest->bytes);
    return true;
}

static bool decode_key(Str text, uint8_t out[SCRAM_KEY_BYTES])
{
    size_t bytes;
    return base64_decode(text, out, SCRAM_KEY_BYTES, &bytes) && bytes == SCRAM_KEY_BYTES;
}

bool scram_parse(Str text, ScramVerifier *verifier)
{
    Str scheme, iterations, salt, stored_key, rest = text;
    uint64_t count;
    size_t salt_bytes;
    if (!split_at(&rest, '$', &scheme) || !str_equal(scheme, STR("SCRAM-SHA-256"))) return false;
    if (!split_at(&rest, ':', &iterations) || !split_at(&rest, '$', &salt)) return false;
    if (!split_at(&rest, ':', &stored_key)) return false;
    if (!str_to_u64(iterations, 10, &count) || count == 0 || count > INT_MAX) return false;
    if (!base64_decode(salt, verifier->salt, sizeof verifier->salt, &salt_bytes)) return false;
    verifier->iterations = (int)count;
    verifier->salt_bytes = (uint32_t)salt_bytes;
    return decode_key(stored_key, verifier->stored_key) && decode_key(rest, verifier->server_key);
}

Str scram_print(Arena *arena, const ScramVerifier *verifier)
{
    Str salt = base64_encode(arena, verifier->salt, verifier->salt_bytes);
    Str stored_key = base64_encode(arena, verifier->stored_key, SCRAM_KEY_BYTES);
    Str server_key = base64_encode(arena, verifier->server_key, SCRAM_KEY_BYTES);
    return str_format(arena, "SCRAM-SHA-256$%d:%.*s$%.*s:%.*s", verifier->iterations, STR_ARG(salt),
                      STR_ARG(stored_key), STR_ARG(server_key));
}

static void derive_keys(Arena *arena, Str password, const ScramVerifier *verifier,
                        uint8_t client_key[SCRAM_KEY_BYTES], uint8_t server_key[SCRAM_KEY_BYTES])
{
    uint8_t salted[SCRAM_KEY_BYTES];
    if (password.bytes > INT_MAX) raise_error(SQLSTATE_PROGRAM_LIMIT_EXCEEDED, "password too long");
    const char *data = password.bytes ? password.data : arena_copy(arena, "", 1);
    if (!PKCS5_PBKDF2_HMAC(data, (int)password.bytes, verifier->salt, (int)verifier->salt_bytes,
                           verifier->iterations, EVP_sha256(), SCRAM_KEY_BYTES, salted))
        raise_error(SQLSTATE_INTERNAL_ERROR, "could not compute salted password");
    hmac(salted, SCRAM_KEY_BYTES, STR("Client Key"), client_key);
    hmac(salted, SCRAM_KEY_BYTES, STR("Server Key"), server_key);
    OPENSSL_cleanse(salted, sizeof salted);
}

void scram_derive(Arena *arena, Str password, ScramVerifier *verifier)
{
    uint8_t client_key[SCRAM_KEY_BYTES];
    derive_keys(arena, password, verifier, client_key, verifier->server_key);
    sha256(client_key, SCRAM_KEY_BYTES, verifier->stored_key);
    OPENSSL_cleanse(client_key, sizeof client_key);
}

void scram_client_proof(Arena *arena, Str password, const ScramVerifier *verifier, Str auth_message,
                        uint8_t proof[SCRAM_KEY_BYTES])
{
    uint8_t client_key[SCRAM_KEY_BYTES], stored_key[SCRAM_KEY_BYTES], server_key[SCRAM_KEY_BYTES];
    derive_keys(arena, password, verifier, client_key, server_key);
    sha256(client_key, SCRAM_KEY_BYTES, stored_key);
    hmac(stored_key, SCRAM_KEY_BYTES, auth_message, proof);
    for (int i = 0; i < SCRAM_KEY_BYTES; i++) proof[i] ^= client_key[i];
}

bool scram_check_proof(const ScramVerifier *verifier, Str auth_message,
                       const uint8_t proof[SCRAM_KEY_BYTES])
{
    uint8_t signature[SCRAM_KEY_BYTES], client_key[SCRAM_KEY_BYTES], hashed[SCRAM_KEY_BYTES];
    hmac(verifier->stored_key, SCRAM_KEY_BYTES, auth_message, signature);
    for (int i = 0; i < SCRAM_KEY_BYTES; i++) client_key[i] = proof[i] ^ signature[i];
    sha256(client_key, SCRAM_KEY_BYTES, hashed);
    OPENSSL_cleanse(client_key, sizeof client_key);
    return CRYPTO_memcmp(hashed, verifier->stored_key, SCRAM_KEY_BYTES) == 0;
}

void scram_server_signature(const ScramVerifier *verifier, Str auth_message,
                            uint8_t out[SCRAM_KEY_BYTES])
{
    hmac(verifier->server_key, SCRAM_KEY_BYTES, auth_message, out);
}

/* ---- the forms of a password */

PasswordForm password_form(Str text)
{
    static const char digits[] = "0123456789abcdef";
    ScramVerifier verifier;
    bool md5 = text.bytes == MD5_TEXT_BYTES && str_starts(text, STR("md5"));
    for (size_t i = 3; md5 && i < text.bytes; i++)
        md5 = text.data[i] != 0 && strchr(digits, text.data[i]) != NULL;
    if (md5) return PASSWORD_MD5;
    return scram_parse(text, &verifier) ? PASSWORD_SCRAM : PASSWORD_PLAIN;
}

Str password_md5(Arena *arena, Str password, Str salt)
{
    uint8_t digest[16];
    unsigned bytes = sizeof digest;
    Str both = str_concat(arena, password, salt);
    if (!EVP_Digest(both.data, both.bytes, digest, &bytes, EVP_md5(), NULL))
        raise_error(SQLSTATE_INTERNAL_ERROR, "could not compute MD5 hash");
    StrBuilder out = str_builder(arena, MD5_TEXT_BYTES + 1);
    str_add(&out, STR("md5"));
    for (size_t i = 0; i < sizeof digest; i++) str_add_format(&out, "%02x", digest[i]);
    return str_done(&out);
}

Str password_encrypt(Arena *arena, Str role, Str password, bool scram, int iterations)
{
    if (password_form(password) != PASSWORD_PLAIN) return str_copy(arena, password);
    if (!scram) return password_md5(arena, password, role);
    ScramVerifier verifier = {.iterations = iterations, .salt_bytes = SCRAM_SALT_BYTES};
    os_random_bytes(verifier.salt, SCRAM_SALT_BYTES);
    scram_derive(arena, password, &verifier);
    return scram_print(arena, &verifier);
}

bool password_matches(Arena *arena, Str role, Str kept, Str password)
{
    switch (password_form(kept)) {
    case PASSWORD_MD5: return password_equal(kept, password_md5(arena, password, role));
    case PASSWORD_SCRAM: {
        ScramVerifier verifier, derived;
        if (!scram_parse(kept, &verifier)) return false;
        derived = verifier;
        scram_derive(arena, password, &derived);
        return CRYPTO_memcmp(verifier.stored_key, derived.stored_key, SCRAM_KEY_BYTES) == 0;
    }
    case PASSWORD_PLAIN: return false; /* pg_authid never holds one */
    }
    UNREACHABLE();
}
