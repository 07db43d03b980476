/* SPDX-License-Identifier: Apache-2.0 */
/* page.c - the header that every page begins with: made, sealed with its crc, and checked. */
#include "store/page.h"

#include "base/error.h"
#include "base/hash.h"
#include "store/store_internal.h"

enum { CRC_FROM = 4 };

void page_format(void *page, PageKind kind, uint64_t number, uint64_t tree, uint32_t level)
{
    ASSERT(number < UINT64_C(1) << 40 && tree < UINT64_C(1) << 40 && level < 256);
    memset(page, 0, PAGE_BYTES);
    PageHeader *header = page;
    header->kind = (uint8_t)kind;
    header->number = number;
    header->tree_level = (uint64_t)level << 40 | tree;
}

void page_set_crc(void *page)
{
    PageHeader *header = page;
    header->crc = crc32c(0, (char *)page + CRC_FROM, PAGE_BYTES - CRC_FROM);
}

static bool is_zero(const void *page)
{
    const char *bytes = page;
    return bytes[0] == 0 && memcmp(bytes, bytes + 1, PAGE_BYTES - 1) == 0;
}

/* What is wrong with the page, or NULL. */
static const char *page_fault(const void *page, PageId id)
{
    const PageHeader *header = page;
    if (header->crc == 0 && header->kind == PAGE_FREE && is_zero(page)) return NULL;
    if (header->crc != crc32c(0, (const char *)page + CRC_FROM, PAGE_BYTES - CRC_FROM))
        return "checksum mismatch";
    if (header->number != page_number(id)) return "it is another page";
    return NULL;
}

bool page__is_good(const void *page, PageId id)
{
    return page_fault(page, id) == NULL;
}

Status page_check(const void *page, PageId id)
{
    const char *fault = page_fault(page, id);
    if (LIKELY(fault == NULL)) return OK;
    return error_note(ST_CORRUPT, SQLSTATE_DATA_CORRUPTED,
                      "invalid page %" PRIu64 " of space %" PRIu32 ": %s", page_number(id),
                      page_space(id).v, fault);
}
