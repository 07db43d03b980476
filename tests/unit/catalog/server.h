/* SPDX-License-Identifier: Apache-2.0 */
/* server.h - store, transactions and catalog on the simulated machine, and sessions on them. */
#pragma once

#include "base/oids.h"
#include "catalog/catalog.h"
#include "table/upkeep.h"
#include "unit/store/store_fixture.h"

typedef struct Server {
    Store *store;
    Txns *txns;
    Catalog *catalog;
    Task *rollback;
} Server;

/* An empty store, its catalogs, and the databases that are copies of template1. */
void server_create(void);
void server_open(Server *server);
/* The same as it is before anything that a crash left open is undone in the background: server_start does that. */
void server_open_idle(Server *server);
void server_start(Server *server);
void server_close(Server *server);

typedef struct Client {
    Server *server;
    Arena *arena, *stmt;
    uint32_t slot;
    LockSession *locks;
    CatalogView *view;
    Txn *txn;
    SpaceId space;
    FnCalls calls;
} Client;
/* Connected to database postgres as the superuser, no transaction open. */
void client_open(Client *client, Server *server);
void client_close(Client *client);
void client_begin(Client *client);
void client_end_statement(Client *client);
void client_commit(Client *client);
void client_abort(Client *client);

/* Runs main(arg) on a machine made from the seed; it must end. */
void on_machine(uint64_t seed, void (*main)(void *arg), void *arg);
/* main in a task of its own that ends in a crash of the machine `ms` later; then after(arg) on the same disk. */
#define CHECK_STR(text, expected) CHECK_TRUE(str_equal((text), str_from(expected)))
