/* SPDX-License-Identifier: Apache-2.0 */
/* digest.c - checksums and cryptographic digests of bytes: MD5 and SHA-2 by OpenSSL, CRC-32 (the polynomial of Ethernet
 * and zip, four bits a step) and CRC-32C (base/hash.h). */
#include "type/text.h"

#include <openssl/evp.h>

#include "base/hash.h"
#include "base/scope.h"
#include "base/task.h"

enum { PIECE_BYTES = 1 << 20 };

static void free_context(void *context)
{
    EVP_MD_CTX_free(context);
}

/* As EVP_Digest, piece by piece. */
static bool digest_long(Str s, unsigned char *bytes, unsigned int *count, const EVP_MD *kind)
{
    SCOPED(scope);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    if (context == NULL) return false;
    scope_add(scope, free_context, context);
    bool fine = EVP_DigestInit_ex(context, kind, NULL);
    for (size_t at = 0; fine && at < s.bytes; at += PIECE_BYTES) {
        const Str piece = str_slice(s, at, MIN(s.bytes, at + PIECE_BYTES));
        task_check();
        fine = EVP_DigestUpdate(context, piece.data, piece.bytes);
    }
    return fine && EVP_DigestFinal_ex(context, bytes, count);
}

static Str digest(Fn *fn, Str s, const EVP_MD *kind)
{
    unsigned char bytes[EVP_MAX_MD_SIZE];
    unsigned int count = 0;
    const bool fine = s.bytes <= PIECE_BYTES
                          ? EVP_Digest(s.data, s.bytes, bytes, &count, kind, NULL)
                          : digest_long(s, bytes, &count, kind);
    if (!fine) raise_error(SQLSTATE_INTERNAL_ERROR, "could not compute a digest");
    return str_copy(fn->arena, (Str){(const char *)bytes, count});
}

static Str md5(Fn *fn, Str s)
{
    StrBuilder out = str_builder(fn->arena, 32);
    bytea_print_hex(digest(fn, s, EVP_md5()), &out);
    return str_done(&out);
}

static int64_t crc32(Fn *fn, Str s)
{
    static const uint32_t steps[16] = {0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac,
                                       0x76dc4190, 0x6b6b51f4, 0x4db26158, 0x5005713c,
                                       0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c,
                                       0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c};
    uint32_t crc = ~UINT32_C(0);
    (void)fn;
    for (size_t i = 0; i < s.bytes; i++) {
        if (i % PIECE_BYTES == 0) task_check();
        crc ^= (uint8_t)s.data[i];
        crc = crc >> 4 ^ steps[crc & 15];
        crc = crc >> 4 ^ steps[crc & 15];
    }
    return (int64_t)~crc & 0xffffffff;
}

SQL_FUNCTION(2311, "md5", text, (text), IMMUTABLE | STRICT | LEAKPROOF, md5,
             "MD5 digest in hexadecimal")
SQL_FUNCTION(2321, "md5", text, (bytea), IMMUTABLE | STRICT | LEAKPROOF, md5,
             "MD5 digest in hexadecimal")
SQL_EXPRESSION(3419, "sha224", bytea, (bytea), IMMUTABLE | STRICT | LEAKPROOF,
               digest(fn, a, EVP_sha224()), "SHA-224 digest")
SQL_EXPRESSION(3420, "sha256", bytea, (bytea), IMMUTABLE | STRICT | LEAKPROOF,
               digest(fn, a, EVP_sha256()), "SHA-256 digest")
SQL_EXPRESSION(3421, "sha384", bytea, (bytea), IMMUTABLE | STRICT | LEAKPROOF,
               digest(fn, a, EVP_sha384()), "SHA-384 digest")
SQL_EXPRESSION(3422, "sha512", bytea, (bytea), IMMUTABLE | STRICT | LEAKPROOF,
               digest(fn, a, EVP_sha512()), "SHA-512 digest")
SQL_FUNCTION(6364, "crc32", int8, (bytea), IMMUTABLE | STRICT | LEAKPROOF | TOTAL, crc32,
             "CRC-32 checksum")
SQL_EXPRESSION(6365, "crc32c", int8, (bytea), IMMUTABLE | STRICT | LEAKPROOF | TOTAL,
               (int64_t)crc32c(0, a.data, a.bytes), "CRC-32C checksum")
