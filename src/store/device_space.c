/* SPDX-License-Identifier: Apache-2.0 */
/* device_space.c - spaces as folders of segment files: opening, reading, giving ranges back, removing.
 *
 * A segment's file is made when its first page is written, and grows by extents, so that pages of one extent stand
 * together on the disk; pages past its end, and absent segments, read as zeros. */
#include "store/device_internal.h"

static DeviceSpace **space_bucket(DeviceLocal *local, uint32_t number)
{
    return &local->spaces[hash_u64(number) % DEVICE__SPACE_BUCKETS];
}

/* The mutex is held. */
static DeviceSpace *space_find(DeviceLocal *local, uint32_t number)
{
    DeviceSpace *space = *space_bucket(local, number);
    while (space != NULL && space->number != number) space = space->next;
    return space;
}

static Status space_absent(SpaceId space)
{
    return error_note(ST_NOT_FOUND, SQLSTATE_UNDEFINED_FILE, "space %" PRIu32 " does not exist",
                      space.v);
}

/* (D3): which names are durable is not known after a failure. */
static Status folder_sync(DeviceLocal *local, const char *path)
{
    Status status = os_dir_sync(path);
    return status == OK ? OK : device__fail(local, status);
}

/* Finds or makes the entry of a folder that is there; its segments will not vanish in the next crash. */
static Status space_install(DeviceLocal *local, SpaceId space)
{
    char path[DEVICE__PATH_MAX];
    device__path(local, path, "base/%" PRIu32, space.v);
    PathInfo info;
    Status status = os_path_info(path, &info);
    if (status == ST_NOT_FOUND) return space_absent(space);
    TRY(status);
    TRY(folder_sync(local, path)); /* (D4) */
    DeviceSpace *made = heap_try_alloc(local->heap, sizeof *made);
    if (made == NULL) return ST_NO_MEMORY;
    made->number = space.v;
    mutex_lock(&local->mutex);
    bool known = space_find(local, space.v) != NULL;
    if (!known) {
        made->next = *space_bucket(local, space.v);
        *space_bucket(local, space.v) = made;
    }
    mutex_unlock(&local->mutex);
    if (known) heap_free(local->heap, made);
    return OK;
}

Status device__space_enter(DeviceLocal *local, SpaceId space, DeviceSpace **entered)
{
    for (;;) {
        mutex_lock(&local->mutex);
        DeviceSpace *found = space_find(local, space.v);
        bool removing = found != NULL && found->removing;
        if (found != NULL && !removing) found->uses++;
        mutex_unlock(&local->mutex);
        if (removing) return space_absent(space);
        if (found != NULL) {
            *entered = found;
            return OK;
        }
        device__turn_take(local, &local->opening);
        Status status = space_install(local, space);
        device__turn_give(local, &local->opening);
        TRY(status);
    }
}

void device__space_leave(DeviceLocal *local, DeviceSpace *space)
{
    mutex_lock(&local->mutex);
    ASSERT(space->uses > 0);
    if (--space->uses == 0 && space->removing) condition_broadcast(&local->unused);
    mutex_unlock(&local->mutex);
}

/* The mutex is held. */
static File *file_find(const DeviceSpace *space, uint64_t segment)
{
    return segment < space->file_count ? space->files[segment] : NULL;
}

/* Opens, or makes, the file of a segment; the opening turn is held, so nobody else changes `files`. */
static Status file_open(DeviceLocal *local, DeviceSpace *space, uint64_t segment, bool create,
                        File **file)
{
    char path[DEVICE__PATH_MAX];
    device__path(local, path, "base/%" PRIu32 "/%" PRIu64, space->number, segment);
    uint32_t flags = FILE_READ | FILE_WRITE | (local->direct ? FILE_DIRECT : 0);
    Status status = os_file_open(path, flags, file);
    if (status == ST_NOT_FOUND && create) {
        TRY(os_file_open(path, flags | FILE_CREATE, file));
        device__path(local, path, "base/%" PRIu32, space->number);
        status = folder_sync(local, path);
        if (status != OK) os_file_close(*file);
    }
    return status;
}

/* The opening turn is held. Room for the file's number in the table. */
static Status files_grow(DeviceLocal *local, DeviceSpace *space, uint64_t segment)
{
    if (segment < space->file_count) return OK;
    uint32_t count = (uint32_t)MAX(segment + 1, (uint64_t)space->file_count * 2);
    File **files = heap_try_alloc(local->heap, count * sizeof *files);
    if (files == NULL) return ST_NO_MEMORY;
    mutex_lock(&local->mutex);
    File **old = space->files;
    if (old != NULL) memcpy(files, old, space->file_count * sizeof *files);
    space->files = files;
    space->file_count = count;
    mutex_unlock(&local->mutex);
    heap_free(local->heap, old);
    return OK;
}

static Status file_install(DeviceLocal *local, DeviceSpace *space, uint64_t segment, bool create,
                           File **file)
{
    mutex_lock(&local->mutex);
    *file = file_find(space, segment);
    mutex_unlock(&local->mutex);
    if (*file != NULL) return OK;
    TRY(files_grow(local, space, segment));
    Status status = file_open(local, space, segment, create, file);
    if (status == ST_NOT_FOUND && !create) {
        error_clear();
        *file = NULL;
        return OK;
    }
    TRY(status);
    mutex_lock(&local->mutex);
    space->files[segment] = *file;
    mutex_unlock(&local->mutex);
    return OK;
}

Status device__space_file(DeviceLocal *local, DeviceSpace *space, uint64_t segment, bool create,
                          File **file)
{
    mutex_lock(&local->mutex);
    *file = file_find(space, segment);
    mutex_unlock(&local->mutex);
    if (*file != NULL) return OK;
    device__turn_take(local, &local->opening);
    Status status = file_install(local, space, segment, create, file);
    device__turn_give(local, &local->opening);
    return status;
}

static void files_close(DeviceLocal *local, DeviceSpace *space)
{
    for (uint32_t i = 0; i < space->file_count; i++) os_file_close(space->files[i]);
    heap_free(local->heap, space->files);
    heap_free(local->heap, space);
}

void device__spaces_close(DeviceLocal *local)
{
    for (uint32_t i = 0; i < DEVICE__SPACE_BUCKETS; i++) {
        for (DeviceSpace *space = local->spaces[i], *next; space != NULL; space = next) {
            ASSERT(space->uses == 0);
            next = space->next;
            files_close(local, space);
        }
        local->spaces[i] = NULL;
    }
}

Status device__space_create(Device *device, SpaceId space)
{
    DeviceLocal *local = device__local(device);
    TRY(device__check(local));
    char path[DEVICE__PATH_MAX];
    device__path(local, path, "base/%" PRIu32, space.v);
    TRY(os_dir_make(path));
    device__path(local, path, "base");
    return folder_sync(local, path);
}

Status device__space_open(Device *device, SpaceId space)
{
    DeviceLocal *local = device__local(device);
    DeviceSpace *entered;
    TRY(device__space_enter(local, space, &entered));
    device__space_leave(local, entered);
    return OK;
}

/* Takes the space out of the table once nobody uses it; false when it was not in. */
static bool space_take_out(DeviceLocal *local, SpaceId space)
{
    mutex_lock(&local->mutex);
    DeviceSpace *found = space_find(local, space.v);
    if (found != NULL) {
        found->removing = true;
        while (found->uses > 0) {
            /* No deadline and no interrupt: always OK. */
            IGNORE_STATUS(condition_wait_through(&local->unused, &local->mutex, WAIT_DATA_FILE_READ,
                                                 DEADLINE_NEVER));
        }
        DeviceSpace **link = space_bucket(local, space.v);
        while (*link != found) link = &(*link)->next;
        *link = found->next;
    }
    mutex_unlock(&local->mutex);
    if (found != NULL) files_close(local, found);
    return found != NULL;
}

Status device__space_remove(Device *device, SpaceId space)
{
    DeviceLocal *local = device__local(device);
    TRY(device__check(local));
    (void)space_take_out(local, space);
    char path[DEVICE__PATH_MAX];
    device__path(local, path, "base/%" PRIu32, space.v);
    TRY(os_dir_remove_all(path));
    device__path(local, path, "base");
    return folder_sync(local, path);
}

Status device__space_list(Device *device, Arena *arena, SpaceId **spaces, uint32_t *count)
{
    DeviceLocal *local = device__local(device);
    char path[DEVICE__PATH_MAX];
    device__path(local, path, "base");
    Str *names;
    uint32_t name_count;
    TRY(os_dir_list(arena, path, &names, &name_count));
    *spaces = arena_try_alloc(arena, (size_t)name_count * sizeof(SpaceId));
    if (*spaces == NULL) return ST_NO_MEMORY;
    *count = 0;
    for (uint32_t i = 0; i < name_count; i++) {
        uint64_t number;
        if (str_to_u64(names[i], 10, &number) && number < UINT64_C(1) << SPACE_BITS) {
            (*spaces)[(*count)++] = (SpaceId){(uint32_t)number};
        }
    }
    return OK;
}

static Status space_used(DeviceLocal *local, DeviceSpace *space, Arena *arena, uint64_t *used)
{
    char path[DEVICE__PATH_MAX];
    device__path(local, path, "base/%" PRIu32, space->number);
    Str *names;
    uint32_t count;
    TRY(os_dir_list(arena, path, &names, &count));
    for (uint32_t i = 0; i < count; i++) {
        uint64_t segment, bytes = 0;
        File *file;
        if (!str_to_u64(names[i], 10, &segment)) continue;
        TRY(device__space_file(local, space, segment, false, &file));
        if (file != NULL) TRY(os_file_space_used(file, &bytes));
        *used += bytes;
    }
    return OK;
}

Status device__space_bytes(Device *device, SpaceId space, uint64_t *used)
{
    DeviceLocal *local = device__local(device);
    *used = 0;
    Arena *arena = arena_try_new(device->account, "space bytes");
    if (arena == NULL) return ST_NO_MEMORY;
    DeviceSpace *entered;
    Status status = device__space_enter(local, space, &entered);
    if (status == OK) {
        status = space_used(local, entered, arena, used);
        device__space_leave(local, entered);
    }
    arena_drop(arena);
    return status;
}

Status device__read_zeros(Status status, void *data, size_t bytes, size_t done)
{
    if (status != OK && status != ST_END) return status;
    memset((char *)data + done, 0, bytes - done);
    return OK;
}

/* A plain read in the calling thread: handing it to another costs more than most reads take. */
Status device__read(Device *device, PageId page, void *data)
{
    DeviceLocal *local = device__local(device);
    DeviceSpace *space;
    TRY(device__space_enter(local, page_space(page), &space));
    File *file;
    size_t done = 0;
    Status status = device__space_file(local, space, device__segment(local, page), false, &file);
    if (status == OK && file != NULL) {
        status = os_file_read(file, data, PAGE_BYTES, device__offset(local, page), &done);
    }
    device__space_leave(local, space);
    return device__read_zeros(status, data, PAGE_BYTES, done);
}

static void read_done(IoRequest *request)
{
    DeviceRead *read = CONTAINER_OF(request, DeviceRead, request);
    device__space_leave(device__local(read->device), read->device_use);
    read->status = device__read_zeros(request->status, read->data, PAGE_BYTES, request->done);
    read->complete(read);
}

/* Ready to be submitted: OK. ST_END: it is done already, as is any failure. */
static Status read_prepare(DeviceLocal *local, DeviceRead *read)
{
    DeviceSpace *space;
    TRY(device__space_enter(local, page_space(read->page), &space));
    File *file;
    Status status = device__space_file(local, space, device__segment(local, read->page), false,
                                       &file);
    if (status != OK || file == NULL) {
        device__space_leave(local, space);
        return status != OK ? status : ST_END;
    }
    read->device = &local->device;
    read->device_use = space;
    read->request = (IoRequest){.file = file,
                                .op = IO_READ,
                                .data = read->data,
                                .bytes = PAGE_BYTES,
                                .offset = device__offset(local, read->page),
                                .complete = read_done};
    return OK;
}

/* Together, so that the system sees neighbours in time to read them in one piece. */
void device__read_submit(Device *device, DeviceRead *const *reads, uint32_t count)
{
    enum { TOGETHER = 64 };
    DeviceLocal *local = device__local(device);
    IoRequest *requests[TOGETHER];
    uint32_t ready = 0;
    for (uint32_t i = 0; i < count; i++) {
        Status status = read_prepare(local, reads[i]);
        if (status == OK) {
            requests[ready++] = &reads[i]->request;
        } else {
            reads[i]->status = device__read_zeros(status, reads[i]->data, PAGE_BYTES, 0);
            reads[i]->complete(reads[i]);
        }
        if (ready == TOGETHER || (ready > 0 && i + 1 == count)) {
            os_io_submit(NULL, requests, ready);
            ready = 0;
        }
    }
}

static Status free_part(DeviceLocal *local, DeviceSpace *space, PageId first, uint32_t count)
{
    File *file;
    TRY(device__space_file(local, space, device__segment(local, first), false, &file));
    if (file == NULL) return OK;
    uint64_t offset = device__offset(local, first), size;
    TRY(os_file_size(file, &size));
    if (offset >= size) return OK;
    uint64_t bytes = MIN((uint64_t)count * PAGE_BYTES, size - offset);
    Status status = os_file_punch(file, offset, bytes);
    return status == ST_UNSUPPORTED ? OK : status; /* a hint */
}

Status device__extend(DeviceLocal *local, const DeviceSpace *space, uint64_t segment, File *file,
                      uint64_t offset, uint64_t bytes)
{
    Status status;
    while ((status = os_file_allocate(file, offset, bytes)) == ST_FULL &&
           device__log_spare_drop(local))
        error_clear();
    if (status == ST_UNSUPPORTED) {
        error_clear();
        return OK;
    }
    if (status != ST_FULL) return status;
    status = error_note(ST_FULL, SQLSTATE_DISK_FULL,
                        "could not extend file \"base/%" PRIu32 "/%" PRIu64
                        "\": No space left on device",
                        space->number, segment);
    error_hint(error_current(), "Check free disk space.");
    return status;
}

static Status reserve_part(DeviceLocal *local, DeviceSpace *space, PageId first, uint32_t count)
{
    File *file;
    const uint64_t segment = device__segment(local, first);
    TRY(device__space_file(local, space, segment, true, &file));
    return device__extend(local, space, segment, file, device__offset(local, first),
                          (uint64_t)count * PAGE_BYTES);
}

/* Calls `part` with the pages of each segment. */
static Status each_part(Device *device, PageId first, uint32_t page_count,
                        Status (*part)(DeviceLocal *local, DeviceSpace *space, PageId first,
                                       uint32_t count))
{
    DeviceLocal *local = device__local(device);
    TRY(device__check(local));
    DeviceSpace *space;
    TRY(device__space_enter(local, page_space(first), &space));
    Status status = OK;
    while (page_count > 0 && status == OK) {
        uint64_t in_segment = page_number(first) % local->segment_pages;
        uint32_t count = (uint32_t)MIN((uint64_t)page_count, local->segment_pages - in_segment);
        status = part(local, space, first, count);
        first.v += count;
        page_count -= count;
    }
    device__space_leave(local, space);
    return status;
}

Status device__free_range(Device *device, PageId first, uint32_t page_count)
{
    return each_part(device, first, page_count, free_part);
}

Status device__reserve(Device *device, PageId first, uint32_t page_count)
{
    return each_part(device, first, page_count, reserve_part);
}
