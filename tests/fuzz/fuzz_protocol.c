/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz_protocol.c - any bytes from a client: no crash, no leak, no hang, and the server still serves another. A
 * libFuzzer target: the first byte says whether the bytes come at the very start or to a session, and how they are cut
 * into pieces. The server runs on the simulated machine with sessions that are doubles. */
#include "unit/server/harness.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

typedef struct Input {
    const uint8_t *data;
    size_t bytes;
} Input;

static void fuzz_body(Harness *h)
{
    const Input *input = h->arg;
    uint8_t choice = input->data[0];
    Socket *witness = client_start(h);
    Socket *client = choice & 1 ? client_start(h) : client_open(h);
    size_t piece = choice >> 1 ? choice >> 1 : SIZE_MAX / 2;
    for (size_t at = 1; at < input->bytes; at += piece) {
        if (!client_try_send(client, input->data + at, MIN(piece, input->bytes - at))) break;
        if (piece < input->bytes) must_be_ok(os_sleep_until(deadline_in_ms(1), WAIT_SLEEP));
    }
    (void)client_read(h, client, 'Z', 50);
    os_socket_close(client);
    Bytestring b = bytes_new(h);
    bytes_query(&b, "");
    bytes_send(witness, &b);
    must_read(h, witness, 'Z', 1, "I\nZ I\n", "another session");
    os_socket_close(witness);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    static const DoubleRole roles[] = {{"u", "", "", true, false}};
    if (bytes == 0) return 0;
    Input input = {data, bytes};
    Harness h = {.body = fuzz_body, .arg = &input, .engine = {.roles = roles, .role_count = 1}};
    SimOptions options = {.seed = 1};
    Sim *sim = sim_new(&options);
    if (sim_run(sim, harness_main, &h) != SIM_DONE) abort();
    sim_release(sim);
    return 0;
}
