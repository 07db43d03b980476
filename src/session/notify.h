/* SPDX-License-Identifier: Apache-2.0 */
/* notify.h - LISTEN and NOTIFY: the engine's queue of messages and who listens (Notifier), and what a transaction has
 * said and not yet committed (NotifyActs). */
#pragma once

#include "session/client.h"
#include "txn/txn.h"

typedef struct Notifier Notifier;
typedef struct Listener Listener;
typedef struct NotifyActs NotifyActs;

Notifier *notifier_new(Account *account, Arena *arena);
void notifier_release(Notifier *notifier);
/* How much of the queue is taken, 0 to 1. */
double notifier_usage(Notifier *notifier, const Settings *settings);

/* ---- in a transaction ---- */

void notify_listen(Session *session, Str channel);
void notify_unlisten(Session *session, Str channel); /* data NULL: all */
/* Raises 22023 for a channel or payload that cannot be. The same message twice in a transaction is one. */
void notify_send(Session *session, Str channel, Str payload);
/* What savepoints remember, and go back to. */
uint32_t notify_count(const Session *session);
void notify_rollback_to(Session *session, uint32_t count);

/* ---- its end ---- */

/* Before the commit record: all that can fail. Until notify_commit or notify_abort, other transactions that notify
 * wait. */
void notify_prepare(Session *session);
void notify_commit(Session *session);
void notify_abort(Session *session);
/* The session listens no more. */
void notify_forget(Session *session);
