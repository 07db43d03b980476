/* SPDX-License-Identifier: Apache-2.0 */
/* scram.h - passwords: the forms in which pg_authid keeps them, made for CREATE and ALTER ROLE and proved by
 * authentication. SCRAM-SHA-256 is RFC 5802 and RFC 7677; md5 is PostgreSQL's own old form. */
#pragma once

#include "base/base.h"
#include "base/str.h"

enum {
    SCRAM_KEY_BYTES = 32,
    SCRAM_SALT_BYTES = 16,
    SCRAM_SALT_BYTES_MAX = 1024,
    SCRAM_ITERATIONS = 4096,
};

typedef enum PasswordForm { PASSWORD_PLAIN, PASSWORD_MD5, PASSWORD_SCRAM } PasswordForm;
/* What the text of rolpassword, or of a PASSWORD clause, is. */
PasswordForm password_form(Str text);

/* "SCRAM-SHA-256$<iterations>:<salt>$<StoredKey>:<ServerKey>", taken apart. */
typedef struct ScramVerifier {
    int iterations;
    uint8_t salt[SCRAM_SALT_BYTES_MAX];
    uint32_t salt_bytes;
    uint8_t stored_key[SCRAM_KEY_BYTES], server_key[SCRAM_KEY_BYTES];
} ScramVerifier;
/* False: not a well-formed verifier. */
bool scram_parse(Str text, ScramVerifier *verifier);
Str scram_print(Arena *arena, const ScramVerifier *verifier);
/* The verifier of a password; salt and iterations are set before. Raises XX000 when the library fails. */
void scram_derive(Arena *arena, Str password, ScramVerifier *verifier);
/* ClientKey of a proof: does it belong to the verifier? In constant time. */
bool scram_check_proof(const ScramVerifier *verifier, Str auth_message,
                       const uint8_t proof[SCRAM_KEY_BYTES]);
/* The client's side: the proof that it knows the password. */
void scram_client_proof(Arena *arena, Str password, const ScramVerifier *verifier, Str auth_message,
                        uint8_t proof[SCRAM_KEY_BYTES]);
void scram_server_signature(const ScramVerifier *verifier, Str auth_message,
                            uint8_t out[SCRAM_KEY_BYTES]);

/* A password as pg_authid keeps it, with a fresh salt: `scram`, else md5. A text that is a verifier already is kept. */
Str password_encrypt(Arena *arena, Str role, Str password, bool scram, int iterations);
/* "md5" and 32 digits, of `password` and `salt` (the role's name in pg_authid). */
Str password_md5(Arena *arena, Str password, Str salt);
/* Does the plain password belong to what pg_authid keeps? */
bool password_matches(Arena *arena, Str role, Str kept, Str password);
/* Equal, in a time that depends on the lengths alone. */
bool password_equal(Str a, Str b);

/* RFC 4648, with padding, no line breaks. */
Str base64_encode(Arena *arena, const void *data, size_t bytes);
/* False: not base64, or more than bytes_max. */
bool base64_decode(Str text, void *data, size_t bytes_max, size_t *bytes);
