/* SPDX-License-Identifier: Apache-2.0 */
/* maintenance.c - the task that has tables analyzed: every autovacuum_naptime one round, while autovacuum is on. */
#include "server/server_internal.h"

enum { MAINTENANCE_STACK_SLACK = 256 << 10 };

static void interrupted(Task *task, uint32_t interrupts)
{
    (void)task;
    if (interrupts & TASK_TERMINATE)
        raise_error(SQLSTATE_ADMIN_SHUTDOWN,
                    "terminating autovacuum process due to administrator command");
    if (interrupts & TASK_CANCEL) raise_error(SQLSTATE_QUERY_CANCELED, "canceling autovacuum task");
}

typedef struct MaintenanceRound {
    Server *server;
    ServerSettings *settings;
    Account *account;
} MaintenanceRound;

static void run_round(void *arg)
{
    const MaintenanceRound *round = arg;
    const SessionOptions as = {.engine = round->server->engine,
                               .account = round->account,
                               .process = atomic_fetch_add(&round->server->next_process, 1),
                               .settings = round->settings};
    round->server->ops->autoanalyze(&as);
}

static void one_round(Server *server)
{
    MaintenanceRound round = {.server = server};
    mutex_lock(&server->lock);
    round.settings = server_settings_hold(server->settings);
    mutex_unlock(&server->lock);
    round.account = account_new(server->account, "autovacuum", 0);
    if (round.account && server_settings_values(round.settings)->autovacuum &&
        server_settings_values(round.settings)->track_counts)
        (void)error_catch(run_round, &round, NULL, NULL);
    if (round.account) account_drop(round.account);
    server_settings_release(round.settings);
}

static Deadline next_round(Server *server)
{
    mutex_lock(&server->lock);
    const int64_t seconds = server_settings_values(server->settings)->autovacuum_naptime;
    mutex_unlock(&server->lock);
    return deadline_in_ms(seconds * 1000);
}

static void maintenance_main(void *arg)
{
    Server *server = arg;
    while (!atomic_load(&server->maintenance_stop)) {
        const Deadline until = next_round(server);
        const Status status = os_wait(WAIT_AUTOVACUUM, until);
        if (status == ST_CANCELLED) (void)task_take_interrupts(task_self(), TASK_CANCEL);
        if (atomic_load(&server->maintenance_stop)) break;
        if (deadline_is_past(until)) one_round(server); /* else: the settings changed */
    }
}

void maintenance__start(Server *server)
{
    if (!server->ops->autoanalyze) return;
    mutex_lock(&server->lock);
    const Settings *settings = server_settings_values(server->settings);
    const TaskOptions options = {.name = "autovacuum",
                                 .account = server->account,
                                 .stack_bytes = ((size_t)settings->max_stack_depth << 10) +
                                                MAINTENANCE_STACK_SLACK,
                                 .log = atomic_load(&server->log),
                                 .on_interrupt = interrupted};
    mutex_unlock(&server->lock);
    CHECK(os_task_start(&options, maintenance_main, server, &server->maintenance_task));
}

void maintenance__wake(Server *server)
{
    if (server->maintenance_task) os_wake(server->maintenance_task);
}

void maintenance__stop(Server *server)
{
    if (!server->maintenance_task) return;
    atomic_store(&server->maintenance_stop, true);
    os_task_interrupt(server->maintenance_task, TASK_TERMINATE);
    os_task_join(server->maintenance_task);
    server->maintenance_task = NULL;
}
