/* SPDX-License-Identifier: Apache-2.0 */
/* leaf_change.h - a change of one leaf that has no undo of its own (rollback, purge): credit, latch, log record, in the
 * order that the store asks for (docs/traps.md C15). */
#pragma once

#include "base/base.h"
#include "store/store.h"

typedef struct LeafChange {
    Tree *tree;
    PageRef leaf; /* latched exclusively between begin and end */
    uint32_t credit;
} LeafChange;

/* Takes credit for a record of `payload_bytes` (`flags` of WalCreditFlags) and latches the leaf responsible for `key`.
 * Nothing is latched or reserved before, nor after a failure. */
Status leaf_change_begin(LeafChange *change, Tree *tree, const TreeKey *key, uint32_t payload_bytes,
                         uint32_t flags);
/* The credit alone; who latches the leaf himself sets change->leaf, and lets go of it before giving back what is
 * left. */
Status leaf_change_reserve(LeafChange *change, Tree *tree, uint32_t payload_bytes, uint32_t flags);
void leaf_change_unreserve(LeafChange *change);
/* Logs what has been done to the leaf; not more bytes than told. */
void leaf_change_log(LeafChange *change, WalKind kind, Xid xid, const WalPart *parts,
                     uint32_t part_count);
/* Lets go of the latch and of what credit is left. */
void leaf_change_end(LeafChange *change);
