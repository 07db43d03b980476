// SPDX-License-Identifier: Apache-2.0
// The witness: PostgreSQL 18's own raw parser (npm libpg-query, a black box) as a process.
//
// stdin   for each statement a line with its length in bytes (decimal), then the statement (UTF-8)
// stdout  for each statement one line of JSON:
//         { ok: true, statements, fingerprint, tree }   or   { ok: false, message, position }
//
// `tree` is a hash of the whole raw parse tree without source positions. It is far sharper than
// `fingerprint`, which takes all constants, and many lists, for equal. `position` is 1-based in
// characters as a client of PostgreSQL sees it; the library counts from 0, and answers 0 as well
// where the server gives no position, so a position of 1 may mean "none".
// With an argument `--tree` the answer carries the stripped tree itself as `json`.
'use strict';
const crypto = require('crypto');
const path = require('path');
const witness = require(path.join(__dirname, '../../build/witness/node_modules/libpg-query'));

// What the tree is compared without: source positions, and a flag that only says how a setting's
// value counts for query identifiers.
const IGNORED = new Set(['jumble_args',
    'location', 'stmt_location', 'stmt_len', 'name_location',
    'list_start', 'list_end', 'rexpr_list_start', 'rexpr_list_end', 'arg_location']);
const withTree = process.argv.includes('--tree');

function strip(node)
{
    if (Array.isArray(node)) return node.map(strip);
    if (node === null || typeof node !== 'object') return node;
    const out = {};
    for (const key of Object.keys(node)) if (!IGNORED.has(key)) out[key] = strip(node[key]);
    return out;
}

function judge(sql)
{
    if (sql === '') sql = ';';  // the library refuses the empty text, a server does not
    let parsed;
    try {
        parsed = witness.parseSync(sql);
    } catch (e) {
        if (e.sqlDetails === undefined) return { ok: false, message: String(e.message), position: 0, trap: true };
        return { ok: false, message: e.sqlDetails.message, position: e.sqlDetails.cursorPosition + 1 };
    }
    const json = JSON.stringify(strip(parsed.stmts));
    const answer = { ok: true, statements: parsed.stmts.length, fingerprint: '',
        tree: crypto.createHash('sha1').update(json).digest('hex') };
    try {
        answer.fingerprint = witness.fingerprintSync(sql);
    } catch (e) {
        answer.fingerprint = 'none: ' + e.message;
    }
    if (withTree) answer.json = json;
    return answer;
}

async function main()
{
    await witness.loadModule();
    let held = Buffer.alloc(0);
    for await (const chunk of process.stdin) {
        held = held.length ? Buffer.concat([held, chunk]) : chunk;
        let at = 0;
        const out = [];
        for (;;) {
            const eol = held.indexOf(10, at);
            if (eol < 0) break;
            const bytes = Number(held.toString('latin1', at, eol));
            if (!Number.isInteger(bytes) || bytes < 0) throw new Error('bad length line');
            if (held.length < eol + 1 + bytes) break;
            out.push(JSON.stringify(judge(held.toString('utf8', eol + 1, eol + 1 + bytes))) + '\n');
            at = eol + 1 + bytes;
        }
        held = held.subarray(at);
        if (out.length && !process.stdout.write(out.join('')))
            await new Promise((resolve) => process.stdout.once('drain', resolve));
    }
}

main();
