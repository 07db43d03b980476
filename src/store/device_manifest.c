/* SPDX-License-Identifier: Apache-2.0 */
/* device_manifest.c - the manifest and the fence epoch: one file of two slots, written in turn, so that a crash during
 * a write leaves the slot written before. The newest slot with a good crc counts.
 *
 *   offset size  slot
 *        0    8  magic "TUSKMFS\n"
 *        8    8  sequence: of two good slots the higher counts; slot = sequence mod 2
 *       16    8  version, raised by each replacement
 *       24    8  fence epoch, raised by each opening
 *       32    4  bytes of the manifest
 *       36    4  crc32c of slot header and manifest, with this field zero
 *       40       the manifest
 *
 * A replacement reads both slots again first: another server that was let in (the lock of a network file system may
 * fail) has raised the epoch, and then this one must not write any more. */
#include "store/device_internal.h"

typedef struct SlotHeader {
    char magic[8];
    uint64_t sequence, version, epoch;
    uint32_t bytes, crc;
    uint8_t manifest[DEVICE_MANIFEST_BYTES_MAX];
} SlotHeader;
static_assert(offsetof(SlotHeader, manifest) == 40, "manifest slot layout");
static_assert(sizeof(SlotHeader) <= DEVICE__MANIFEST_SLOT_BYTES, "manifest slot fits");
static const char slot_magic[8] = {'T', 'U', 'S', 'K', 'M', 'F', 'S', '\n'};

static uint32_t slot_bytes(const SlotHeader *slot)
{
    return (uint32_t)offsetof(SlotHeader, manifest) + slot->bytes;
}

static uint32_t slot_crc(const SlotHeader *slot)
{
    uint32_t zero = 0;
    uint32_t crc = crc32c(0, slot, offsetof(SlotHeader, crc));
    crc = crc32c(crc, &zero, sizeof zero);
    return crc32c(crc, slot->manifest, slot->bytes);
}

static bool slot_is_good(const SlotHeader *slot, size_t read)
{
    return read >= offsetof(SlotHeader, manifest) &&
           memcmp(slot->magic, slot_magic, sizeof slot_magic) == 0 &&
           slot->bytes <= DEVICE_MANIFEST_BYTES_MAX && slot_bytes(slot) <= read &&
           slot->crc == slot_crc(slot);
}

static Status slot_write(File *file, SlotHeader *slot)
{
    memcpy(slot->magic, slot_magic, sizeof slot_magic);
    slot->crc = slot_crc(slot);
    TRY(os_file_write(file, slot, slot_bytes(slot),
                      slot->sequence % 2 * DEVICE__MANIFEST_SLOT_BYTES));
    return os_file_sync(file);
}

/* Reads the newest good slot into slots[0]; slots[1] is for work. */
static Status slots_read(File *file, SlotHeader *slots)
{
    bool good[2];
    for (uint32_t i = 0; i < 2; i++) {
        size_t done = 0;
        Status status = os_file_read(file, &slots[i], sizeof slots[i],
                                     (uint64_t)i * DEVICE__MANIFEST_SLOT_BYTES, &done);
        if (status != ST_END) TRY(status);
        good[i] = slot_is_good(&slots[i], done);
    }
    if (!good[0] && !good[1]) {
        return error_note(ST_CORRUPT, SQLSTATE_DATA_CORRUPTED, "\"%s\" holds no valid manifest",
                          os_file_path(file));
    }
    if (good[1] && (!good[0] || slots[1].sequence > slots[0].sequence)) slots[0] = slots[1];
    return OK;
}

static Status slots_map(SlotHeader **slots)
{
    void *memory;
    TRY(os_memory_map(2 * sizeof(SlotHeader), false, &memory));
    *slots = memory;
    return OK;
}

static void slots_unmap(SlotHeader *slots)
{
    os_memory_unmap(slots, 2 * sizeof(SlotHeader));
}

Status device__manifest_create(const char *path, Bytes manifest)
{
    File *file;
    SlotHeader *slots;
    TRY(slots_map(&slots));
    Status status = os_file_open(path, FILE_READ | FILE_WRITE | FILE_CREATE | FILE_EXCLUSIVE,
                                 &file);
    if (status == OK) {
        slots->sequence = 1;
        slots->version = 1;
        slots->bytes = (uint32_t)manifest.bytes;
        memcpy(slots->manifest, manifest.data, manifest.bytes);
        status = slot_write(file, slots);
        os_file_close(file);
    }
    slots_unmap(slots);
    return status;
}

static void slot_keep(DeviceLocal *local, const SlotHeader *slot)
{
    local->manifest_sequence = slot->sequence;
    local->manifest_version = slot->version;
    local->manifest_bytes = slot->bytes;
    memcpy(local->manifest_data, slot->manifest, slot->bytes);
}

Status device__manifest_open(DeviceLocal *local)
{
    SlotHeader *slots;
    TRY(slots_map(&slots));
    Status status = slots_read(local->manifest_file, slots);
    /* After a failed sync the slot may be in the system's cache only: it must be durable before the other is
     * written. */
    if (status == OK) status = slot_write(local->manifest_file, slots);
    if (status == OK) {
        slots->sequence++;
        slots->epoch++;
        status = slot_write(local->manifest_file, slots);
    }
    if (status == OK) {
        local->device.epoch = slots->epoch;
        slot_keep(local, slots);
    }
    slots_unmap(slots);
    return status;
}

Status device__manifest_read(Device *device, Arena *arena, Bytes *manifest, uint64_t *version)
{
    DeviceLocal *local = device__local(device);
    device__turn_take(local, &local->manifest);
    uint8_t *copy = arena_try_alloc(arena, local->manifest_bytes);
    if (copy != NULL) memcpy(copy, local->manifest_data, local->manifest_bytes);
    *manifest = (Bytes){copy, local->manifest_bytes};
    *version = local->manifest_version;
    device__turn_give(local, &local->manifest);
    return copy != NULL ? OK : ST_NO_MEMORY;
}

/* After a failed write the slot may or may not be there at the next opening: nothing may be built on either. */
static Status replace(DeviceLocal *local, SlotHeader *slots, Bytes manifest)
{
    TRY(slots_read(local->manifest_file, slots));
    if (slots->sequence != local->manifest_sequence || slots->epoch != local->device.epoch) {
        return device__fail(local, error_note(ST_CLOSED, SQLSTATE_OBJECT_IN_USE,
                                              "another server has taken over data directory \"%s\"",
                                              local->dir));
    }
    slots->sequence++;
    slots->version++;
    slots->bytes = (uint32_t)manifest.bytes;
    memcpy(slots->manifest, manifest.data, manifest.bytes);
    Status status = slot_write(local->manifest_file, slots);
    if (status != OK) return device__fail(local, status);
    slot_keep(local, slots);
    return OK;
}

Status device__manifest_replace(Device *device, uint64_t version_seen, Bytes manifest)
{
    DeviceLocal *local = device__local(device);
    ASSERT(manifest.bytes <= DEVICE_MANIFEST_BYTES_MAX);
    SlotHeader *slots;
    TRY(slots_map(&slots));
    device__turn_take(local, &local->manifest);
    Status status = device__check(local);
    if (status == OK && version_seen != local->manifest_version) status = ST_CHANGED;
    if (status == OK) status = replace(local, slots, manifest);
    device__turn_give(local, &local->manifest);
    slots_unmap(slots);
    return status;
}
