/* SPDX-License-Identifier: Apache-2.0 */
/* real.c - a real machine for a test. */
#include "real.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

const char *real_dir_make(char path[static 64])
{
    (void)snprintf(path, 64, "/tmp/tusk_os_XXXXXX");
    EXPECT(mkdtemp(path) != NULL);
    return path;
}

void real_dir_remove(const char *path)
{
    Account *account = account_new(NULL, "test", 0);
    Os *os;
    EXPECT(os_real_new(account, &os) == OK);
    EXPECT(os_dir_remove_all(path) == OK);
    os_real_release(os);
    account_drop(account);
}

bool real_run(const RealRun *run)
{
    char dir[64];
    BothPlace place = {.dir = real_dir_make(dir),
                       .number = run->number,
                       .address = {.kind = run->kind, .ip = {127, 0, 0, 1}}};
    if (run->kind == SOCKET_UNIX)
        (void)snprintf(place.address.path, sizeof place.address.path, "%s/socket", dir);
    if (run->kind == SOCKET_IPV6) memcpy(place.address.ip, (uint8_t[16]){[15] = 1}, 16);
    Account *account = account_new(NULL, "test", 0);
    size_t used = account_used(account);
    Os *os;
    Status status = os__real_new(account, &run->options, &os);
    if (status == OK) {
        run->body(&place);
        os_real_release(os);
    }
    EXPECT(status == OK || (status == ST_UNSUPPORTED && run->may_be_unsupported));
    EXPECT(account_used(account) == used);
    account_drop(account);
    real_dir_remove(dir);
    return status == OK;
}
