/* SPDX-License-Identifier: Apache-2.0 */
/* wal_names.c - names of log segments, as PostgreSQL forms them, so that archiving tools know them: timeline, the
 * segment's number divided by the segments in 4 GiB of log, and the remainder, each as eight hexadecimal digits. */
#include "store/wal.h"

#include "base/arena.h"

static uint64_t segments_in_4gib(uint32_t segment_bytes)
{
    return (UINT64_C(1) << 32) / segment_bytes;
}

void wal_segment_name(char out[25], uint32_t timeline, uint64_t segment, uint32_t segment_bytes)
{
    uint64_t in_4gib = segments_in_4gib(segment_bytes);
    (void)snprintf(out, 25, "%08" PRIX32 "%08" PRIX32 "%08" PRIX32, timeline,
                   (uint32_t)(segment / in_4gib), (uint32_t)(segment % in_4gib));
}

bool wal_segment_parse(Str name, uint32_t segment_bytes, uint32_t *timeline, uint64_t *segment)
{
    uint64_t parts[3];
    if (name.bytes != 24) return false;
    for (size_t i = 0; i < name.bytes; i++) {
        char c = name.data[i];
        if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'F'))) return false;
    }
    for (size_t i = 0; i < 3; i++) {
        if (!str_to_u64(str_slice(name, i * 8, i * 8 + 8), 16, &parts[i])) return false;
    }
    if (parts[2] >= segments_in_4gib(segment_bytes)) return false;
    *timeline = (uint32_t)parts[0];
    *segment = parts[1] * segments_in_4gib(segment_bytes) + parts[2];
    return true;
}

Str lsn_print(Arena *arena, Lsn lsn)
{
    char text[20];
    int bytes = snprintf(text, sizeof text, "%" PRIX32 "/%" PRIX32, (uint32_t)(lsn.v >> 32),
                         (uint32_t)lsn.v);
    char *copy = arena_try_alloc(arena, (size_t)bytes);
    if (copy == NULL) return STR("?");
    memcpy(copy, text, (size_t)bytes);
    return (Str){copy, (size_t)bytes};
}
