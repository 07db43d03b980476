/* SPDX-License-Identifier: Apache-2.0 */
/* device_journal.c - writing pages so that none is ever half old and half new: the double-write journal.
 *
 * A group of pages is written to the journal and synced, then to its places and synced. A crash during the second
 * leaves torn pages whose whole copies stand in the journal; opening puts them back. Only pages with a bad crc are put
 * back: a good one may be newer than its copy, and is written again as it is (docs/traps.md F7).
 *
 *   offset size  journal
 *        0    8  magic "TUSKDWJ\n"
 *        8    8  sequence of the group
 *       16    4  number of pages
 *       20    4  crc32c of the 4096 bytes of this header, with this field zero
 *       24 12*n  page id (8), the page's own crc (4)
 *     4096       the pages
 *
 * (J1) the journal is overwritten only when the home places of the group before are synced
 * (J2) a copy counts only when its crc is the one of its entry and its page number fits, so that a group whose journal
 *      was being written over another's yields nothing wrong: the places of both are whole then
 * (J3) room for every page is allocated before the journal is written: a full disk is found while nothing has
 * changed */
#include "store/device_internal.h"

#include "store/store_internal.h"

enum { ENTRY_BYTES = 12, REQUESTS_MAX = DEVICE_GROUP_PAGES_MAX + 1 };

typedef struct JournalHeader {
    char magic[8];
    uint64_t sequence;
    uint32_t count, crc;
    uint8_t entries[DEVICE_GROUP_PAGES_MAX * ENTRY_BYTES];
} JournalHeader;
static_assert(offsetof(JournalHeader, entries) == 24, "journal header layout");
static_assert(sizeof(JournalHeader) <= DEVICE__JOURNAL_HEADER_BYTES, "journal header fits");
static const char journal_magic[8] = {'T', 'U', 'S', 'K', 'D', 'W', 'J', '\n'};

static uint64_t copy_offset(uint32_t index)
{
    return DEVICE__JOURNAL_HEADER_BYTES + (uint64_t)index * PAGE_BYTES;
}

static uint32_t header_crc(JournalHeader *header)
{
    uint32_t kept = header->crc;
    header->crc = 0;
    uint32_t crc = crc32c(0, header, DEVICE__JOURNAL_HEADER_BYTES);
    header->crc = kept;
    return crc;
}

/* Zeroed to its full length, so that writing it never needs room. */
static Status journal_fill(File *file)
{
    void *zeros;
    uint64_t end = copy_offset(DEVICE_GROUP_PAGES_MAX);
    TRY(os_memory_map(PAGE_BYTES, false, &zeros));
    Status status = OK;
    for (uint64_t at = 0; at < end && status == OK; at += PAGE_BYTES) {
        status = os_file_write(file, zeros, (size_t)MIN((uint64_t)PAGE_BYTES, end - at), at);
    }
    os_memory_unmap(zeros, PAGE_BYTES);
    return status != OK ? status : os_file_sync(file);
}

Status device__journal_create(const char *path)
{
    File *file;
    TRY(os_file_open(path, FILE_READ | FILE_WRITE | FILE_CREATE | FILE_EXCLUSIVE, &file));
    Status status = journal_fill(file);
    os_file_close(file);
    return status;
}

/* --- writing --- */

/* What one group needs while it is written. */
typedef struct Group {
    DeviceLocal *local;
    const DevicePage *pages;
    uint32_t count;
    DeviceSpace
        *spaces[DEVICE_GROUP_PAGES_MAX]; /* entered, one a page; NULL from the first failure on */
    File *files[DEVICE_GROUP_PAGES_MAX];
    IoRequest requests[REQUESTS_MAX];
    IoRequest *started[REQUESTS_MAX];
    uint32_t request_count;
} Group;

static void group_add(Group *group, IoOp op, File *file, void *data, uint32_t bytes,
                      uint64_t offset)
{
    IoRequest *last = group->request_count > 0 ? &group->requests[group->request_count - 1] : NULL;
    if (op == IO_WRITE && last != NULL && last->file == file &&
        last->offset + last->bytes == offset && (char *)last->data + last->bytes == data) {
        last->bytes += bytes;
        return;
    }
    IoRequest *request = &group->requests[group->request_count];
    *request = (IoRequest){.file = file, .op = op, .data = data, .bytes = bytes, .offset = offset};
    group->started[group->request_count++] = request;
}

static Status group_do(Group *group, WaitEvent event)
{
    IoBatch batch = {0};
    os_io_submit(&batch, group->started, group->request_count);
    Status status = os_io_wait(&batch, event, group->started, group->request_count);
    group->request_count = 0;
    return status;
}

static void group_leave(Group *group)
{
    for (uint32_t i = 0; i < group->count; i++) {
        if (group->spaces[i] != NULL) device__space_leave(group->local, group->spaces[i]);
    }
}

/* Opens every page's file. */
static Status group_enter(Group *group)
{
    DeviceLocal *local = group->local;
    for (uint32_t i = 0; i < group->count; i++) {
        PageId page = group->pages[i].page;
        TRY(device__space_enter(local, page_space(page), &group->spaces[i]));
        TRY(device__space_file(local, group->spaces[i], device__segment(local, page), true,
                               &group->files[i]));
    }
    return OK;
}

/* (J3). A file grows by whole extents. */
static Status group_allocate(Group *group)
{
    DeviceLocal *local = group->local;
    const uint64_t extent = (uint64_t)EXTENT_PAGES * PAGE_BYTES;
    const uint64_t segment = (uint64_t)local->segment_pages * PAGE_BYTES;
    for (uint32_t i = 0, next; i < group->count; i = next) {
        uint64_t from = device__offset(local, group->pages[i].page), to = from + PAGE_BYTES, size;
        for (next = i + 1; next < group->count && group->files[next] == group->files[i]; next++) {
            if (device__offset(local, group->pages[next].page) != to) break;
            to += PAGE_BYTES;
        }
        TRY(os_file_size(group->files[i], &size));
        if (to > size) {
            from = MIN(from, MAX(size, from / extent * extent));
            to = MIN(ALIGN_UP(to, extent), segment);
        }
        TRY(device__extend(local, group->spaces[i], device__segment(local, group->pages[i].page),
                           group->files[i], from, to - from));
    }
    return OK;
}

static Status journal_write(Group *group)
{
    DeviceLocal *local = group->local;
    JournalHeader *header = local->journal_header;
    memset(header, 0, DEVICE__JOURNAL_HEADER_BYTES);
    memcpy(header->magic, journal_magic, sizeof journal_magic);
    header->sequence = ++local->journal_sequence;
    header->count = group->count;
    for (uint32_t i = 0; i < group->count; i++) {
        const DevicePage *page = &group->pages[i];
        memcpy(&header->entries[i * ENTRY_BYTES], &page->page.v, 8);
        memcpy(&header->entries[i * ENTRY_BYTES + 8], &((PageHeader *)page->data)->crc, 4);
    }
    header->crc = header_crc(header);
    group_add(group, IO_WRITE, local->journal_file, header, DEVICE__JOURNAL_HEADER_BYTES, 0);
    for (uint32_t i = 0; i < group->count; i++) {
        group_add(group, IO_WRITE, local->journal_file, group->pages[i].data, PAGE_BYTES,
                  copy_offset(i));
    }
    TRY(group_do(group, WAIT_JOURNAL_WRITE));
    return os_file_sync(local->journal_file);
}

static Status home_write(Group *group)
{
    for (uint32_t i = 0; i < group->count; i++) {
        group_add(group, IO_WRITE, group->files[i], group->pages[i].data, PAGE_BYTES,
                  device__offset(group->local, group->pages[i].page));
    }
    return group_do(group, WAIT_DATA_FILE_WRITE);
}

static Status home_sync(Group *group)
{
    for (uint32_t i = 0; i < group->count; i++) {
        bool listed = false;
        for (uint32_t k = 0; k < group->request_count && !listed; k++) {
            listed = group->requests[k].file == group->files[i];
        }
        if (!listed) group_add(group, IO_SYNC, group->files[i], NULL, 0, 0);
    }
    return group_do(group, WAIT_DATA_FILE_SYNC);
}

/* A failure leaves the disk in a state that only opening can mend; but where the file system is full for the journal
 * (one that writes every change to a new place), the pages' own places are as they were. */
static Status group_write(Group *group)
{
    TRY(group_enter(group));
    TRY(group_allocate(group));
    Status status = journal_write(group);
    if (status == ST_FULL) return status;
    if (status == OK) status = home_write(group);
    if (status == OK) status = home_sync(group);
    return status == OK ? OK : device__fail(group->local, status);
}

Status device__write_group(Device *device, const DevicePage *pages, uint32_t count)
{
    DeviceLocal *local = device__local(device);
    ASSERT(count <= DEVICE_GROUP_PAGES_MAX);
    if (count == 0) return OK;
    TRY(device__check(local));
    Group group = {.local = local, .pages = pages, .count = count};
    device__turn_take(local, &local->journal);
    Status status = device__check(local); /* another's group may have failed meanwhile */
    if (status == OK) status = group_write(&group);
    device__turn_give(local, &local->journal);
    group_leave(&group);
    return status;
}

Status device__write_plain(Device *device, const DevicePage *pages, uint32_t count)
{
    DeviceLocal *local = device__local(device);
    ASSERT(count <= DEVICE_GROUP_PAGES_MAX);
    if (count == 0) return OK;
    TRY(device__check(local));
    Group group = {.local = local, .pages = pages, .count = count};
    Status status = group_enter(&group);
    if (status == OK) status = group_allocate(&group);
    if (status == OK) status = home_write(&group);
    group_leave(&group);
    return status;
}

/* --- recovery --- */

static Status read_all(File *file, void *data, size_t bytes, uint64_t offset)
{
    size_t done = 0;
    Status status = os_file_read(file, data, bytes, offset, &done);
    return device__read_zeros(status, data, bytes, done);
}

/* Puts one copy back if it is whole and the page in its place is not. A good page is written again as it is: after a
 * failed sync the system may show what never reached the disk, and would not write it at the next sync. */
static Status copy_mend(DeviceLocal *local, PageId page, uint32_t crc, const void *copy, void *home,
                        DeviceSpace *space, File **written)
{
    if (((const PageHeader *)copy)->crc != crc || !page__is_good(copy, page)) return OK; /* (J2) */
    File *file;
    TRY(device__space_file(local, space, device__segment(local, page), false, &file));
    if (file == NULL) return OK;
    uint64_t offset = device__offset(local, page);
    TRY(read_all(file, home, PAGE_BYTES, offset));
    bool good = page__is_good(home, page);
    if (good && ((const PageHeader *)home)->kind == PAGE_FREE)
        return OK; /* never written, or punched */
    if (!good) MARK("a torn page is mended from the journal");
    *written = file;
    return os_file_write(file, good ? home : copy, PAGE_BYTES, offset);
}

static Status entry_mend(DeviceLocal *local, const JournalHeader *header, uint32_t index,
                         char *buffer, File **written)
{
    PageId page;
    uint32_t crc;
    memcpy(&page.v, &header->entries[index * ENTRY_BYTES], 8);
    memcpy(&crc, &header->entries[index * ENTRY_BYTES + 8], 4);
    TRY(read_all(local->journal_file, buffer, PAGE_BYTES, copy_offset(index)));
    DeviceSpace *space;
    Status status = device__space_enter(local, page_space(page), &space);
    if (status == ST_NOT_FOUND) {
        error_clear(); /* dropped since */
        return OK;
    }
    TRY(status);
    status = copy_mend(local, page, crc, buffer, buffer + PAGE_BYTES, space, written);
    device__space_leave(local, space);
    return status;
}

Status device__journal_recover(DeviceLocal *local)
{
    JournalHeader *header = local->journal_header;
    TRY(read_all(local->journal_file, header, DEVICE__JOURNAL_HEADER_BYTES, 0));
    if (memcmp(header->magic, journal_magic, sizeof journal_magic) != 0) return OK;
    if (header->crc != header_crc(header) || header->count > DEVICE_GROUP_PAGES_MAX) return OK;
    local->journal_sequence = header->sequence;
    void *buffer;
    TRY(os_memory_map(2 * PAGE_BYTES, false, &buffer));
    Status status = OK;
    File *written[DEVICE_GROUP_PAGES_MAX] = {NULL};
    for (uint32_t i = 0; i < header->count && status == OK; i++) {
        status = entry_mend(local, header, i, buffer, &written[i]);
    }
    os_memory_unmap(buffer, 2 * PAGE_BYTES);
    for (uint32_t i = 0; i < header->count && status == OK; i++) {
        bool again = i > 0 && written[i] == written[i - 1]; /* groups are mostly sorted */
        if (written[i] != NULL && !again) status = os_file_sync(written[i]);
    }
    return status;
}

void device__journal_close(DeviceLocal *local)
{
    if (local->journal_sequence == 0) return;
    JournalHeader *header = local->journal_header;
    header->count = 0;
    header->crc = header_crc(header);
    /* Only to spare the next opening some work: it may fail, or be lost. */
    IGNORE_STATUS(os_file_write(local->journal_file, header, DEVICE__JOURNAL_HEADER_BYTES, 0));
}
