/* SPDX-License-Identifier: Apache-2.0 */
#include "table/leaf_change.h"

#include "table/table_internal.h"

Status leaf_change_reserve(LeafChange *change, Tree *tree, uint32_t payload_bytes, uint32_t flags)
{
    *change = (LeafChange){.tree = tree};
    if (!table__is_logged(tree)) return OK;
    uint32_t credit = wal_record_bytes(1, payload_bytes);
    TRY(wal_credit_take(store_wal(tree_store(tree)), credit, flags));
    change->credit = credit;
    return OK;
}

void leaf_change_unreserve(LeafChange *change)
{
    if (change->credit) wal_credit_return(store_wal(tree_store(change->tree)), change->credit);
    change->credit = 0;
}

Status leaf_change_begin(LeafChange *change, Tree *tree, const TreeKey *key, uint32_t payload_bytes,
                         uint32_t flags)
{
    TRY(leaf_change_reserve(change, tree, payload_bytes, flags));
    Status status = tree_latch_leaf(tree, key, false, LATCH_EXCLUSIVE, false, &change->leaf);
    if (status != OK) leaf_change_unreserve(change);
    return status;
}

void leaf_change_log(LeafChange *change, WalKind kind, Xid xid, const WalPart *parts,
                     uint32_t part_count)
{
    uint32_t payload = 0;
    for (uint32_t i = 0; i < part_count; i++) payload += parts[i].bytes;
    const PoolChange page = {&change->leaf, 0};
    bool logged = table__is_logged(change->tree);
    ASSERT(!logged || wal_record_bytes(1, payload) <= change->credit);
    pool_log(store_pool(tree_store(change->tree)), kind, xid, &page, 1, parts, part_count, !logged);
    if (logged) change->credit -= wal_record_bytes(1, payload);
}

void leaf_change_end(LeafChange *change)
{
    pool_unlatch(&change->leaf);
    leaf_change_unreserve(change);
}
