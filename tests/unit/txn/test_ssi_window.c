/* SPDX-License-Identifier: Apache-2.0 */
/* test_ssi_window.c - what commits between the moment when SSI notes that a first snapshot is about to be taken and the
 * snapshot itself is seen by it: a read-only transaction with such a snapshot takes part in the anomaly that is named
 * after it (Fekete, O'Neil and O'Neil, "A Read-Only Transaction Anomaly Under Snapshot Isolation", SIGMOD Record 2004),
 * and it must be found. */
#include "fake_store.h"

#include <setjmp.h>

#include <cmocka.h>

#define WRAP_BY_HAND(type, name, parameters)              \
    type real_##name parameters __asm__("__real_" #name); \
    type wrap_##name parameters __asm__("__wrap_" #name); \
    type wrap_##name parameters

enum { CHECKING, SAVINGS };

typedef struct Bank {
    Txns *txns;
    Store *store;
    Client interest, deposit, report;
} Bank;

static const Txn *reader;
static Txn *committing; /* NULL: has committed */

WRAP_BY_HAND(void, ssi__before_snapshot, (Txn * txn))
{
    real_ssi__before_snapshot(txn);
    if (txn != reader || !committing) return;
    Txn *now = committing;
    committing = NULL;
    EXPECT(client_commit(now) == OK);
}

static void bank_open(Bank *bank)
{
    const TxnsOptions options = {.sessions_max = 8, .ring_bits = 6};
    EXPECT(txns_new(task_self()->account, &options, &bank->txns) == OK);
    bank->store = fake_new();
    EXPECT(txns_recover(bank->txns, bank->store, fake_apply, bank->store) == OK);
    client_open(&bank->interest, bank->txns, bank->store, 1);
    client_open(&bank->deposit, bank->txns, bank->store, 2);
    client_open(&bank->report, bank->txns, bank->store, 3);
}

static void bank_close(Bank *bank)
{
    client_close(&bank->interest);
    client_close(&bank->deposit);
    client_close(&bank->report);
    txns_release(bank->txns);
    fake_free(bank->store);
}

static Txn *begin(Client *client, bool read_only)
{
    Txn *txn;
    const TxnOptions options = {.space = {SPACE_FIRST_USER},
                                .session = client->slot,
                                .serializable = true,
                                .read_only = read_only};
    EXPECT(txn_begin(client->txns, &options, &txn) == OK);
    return txn;
}

static int64_t read_row(Bank *bank, Txn *txn, const Snapshot *snapshot, uint32_t row)
{
    int64_t value;
    EXPECT(fake_read_tracked(bank->store, txn, snapshot, row, &value) == OK);
    return value;
}

static Status write_row(Client *client, Txn *txn, const Snapshot *snapshot, uint32_t row,
                        int64_t value)
{
    TRY(fake_write(client->store, client, txn, snapshot, row, value));
    return ssi_write_row(txn, tree_id(SPACE_SHARED, 1), (RowId){row + 1});
}

static void report_main(void *arg)
{
    Bank *bank = arg;
    Snapshot old, newer, last;
    bank_open(bank);
    Txn *interest = begin(&bank->interest, false);
    EXPECT(txn_snapshot(interest, &old) == OK);
    (void)read_row(bank, interest, &old, CHECKING);
    (void)read_row(bank, interest, &old, SAVINGS);
    Txn *deposit = begin(&bank->deposit, false);
    EXPECT(txn_snapshot(deposit, &newer) == OK);
    (void)read_row(bank, deposit, &newer, SAVINGS);
    EXPECT(write_row(&bank->deposit, deposit, &newer, SAVINGS, 20) == OK);
    txn_snapshot_release(&newer);
    Txn *report = begin(&bank->report, true);
    reader = report;
    committing = deposit;
    EXPECT(txn_snapshot(report, &last) == OK && committing == NULL);
    EXPECT(read_row(bank, report, &last, CHECKING) == 0);
    EXPECT(read_row(bank, report, &last, SAVINGS) == 20);
    txn_snapshot_release(&last);
    EXPECT(client_commit(report) == OK);
    Status status = write_row(&bank->interest, interest, &old, CHECKING, -11);
    txn_snapshot_release(&old);
    if (status == OK) status = client_commit(interest);
    EXPECT(status == ST_SERIALIZATION);
    txn_abort(interest);
    bank_close(bank);
}

static void test_a_commit_just_before_a_snapshot_is_seen_by_it(void **state)
{
    (void)state;
    Bank bank = {0};
    on_sim(seed_base() + 1, report_main, &bank);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_commit_just_before_a_snapshot_is_seen_by_it)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
