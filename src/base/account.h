/* SPDX-License-Identifier: Apache-2.0 */
/* account.h - who has how much memory. Accounts form a tree (server, session, operator); a charge counts in the account
 * and in all above it, and is refused when one of them would pass its limit. Arenas and heaps belong to an account,
 * which can drop them all: so a simulated crash gives everything back, and a leak has an owner's name. */
#pragma once

#include "base/base.h"

typedef struct Account Account;

enum { ACCOUNT_UNLIMITED = 0 };

/* A new account under `parent` (NULL: a root), with room for `bytes_max` bytes (0: no limit of its own). `name` is
 * static text. NULL when memory is out. Thread-safe, as are all calls here. */
Account *account_new(Account *parent, const char *name, size_t bytes_max);
/* Drops every arena and heap of the account and then the account itself, which must have no children left. What was
 * charged by hand and is not refunded yet goes back to the accounts above. */
void account_drop(Account *account);
/* Drops the arenas and heaps of the account and of all below it, and these; the account itself stays, empty. */
void account_drop_contents(Account *account);

/* False: over a limit; nothing was charged. */
bool account_charge(Account *account, size_t bytes);
void account_refund(Account *account, size_t bytes);

size_t account_used(const Account *account);
size_t account_peak(const Account *account);
const char *account_name(const Account *account);
void account_set_limit(Account *account, size_t bytes_max);
/* What to call when the lock over an account's lists is held by another for long (the machine's yield); accounts made
 * below inherit it. NULL: spin. Set on the root before others use it. */
void account_set_yield(Account *account, void (*yield)(void));

/* Test builds: the n-th charge or allocation from the system from now on fails (n = 1: the next), once or for ever; 0
 * disarms. account_fail_fired tells how often it did. Process-wide; a release build ignores it. */
void account_fail_at(uint64_t n, bool for_ever);
uint64_t account_fail_fired(void);
