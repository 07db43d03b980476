// SPDX-License-Identifier: Apache-2.0
// node's pg: queries, parameters, prepared statements, types, rows as arrays, errors, transactions, pools, cursors, streams,
// notifications, cancelling by timeout.
'use strict'
const { Client, Pool, types } = require('pg')
const Cursor = require('pg-cursor')
const QueryStream = require('pg-query-stream')

const show = (what, ...values) => console.log([what, ...values.map((v) => JSON.stringify(v))].join('\t'))
const where = { host: process.env.PGHOST, port: process.env.PGPORT, user: process.env.PGUSER, database: process.env.PGDATABASE }
const wrong = async (what, asked) => {
  try {
    await asked()
    show(what, 'no error')
  } catch (e) {
    show(what, e.message, e.code, e.severity, e.position, e.detail, e.hint, e.table, e.column, e.constraint, e.schema, e.dataType)
  }
}

async function queries (client) {
  show('text', (await client.query('SELECT 1 AS a, \'x\' AS b, NULL AS c, true AS d')).rows)
  const two = await client.query('SELECT 1 AS a; SELECT 2 AS b, 3 AS b')
  show('two', two.map((r) => [r.command, r.rowCount, r.rows, r.fields.map((f) => [f.name, f.dataTypeID, f.dataTypeSize, f.dataTypeModifier, f.format])]))
  show('empty', (await client.query('')).rows, (await client.query('SELECT')).rows, (await client.query({ text: 'SELECT 1, 2', rowMode: 'array' })).rows)
  await client.query(`CREATE TABLE things (id serial PRIMARY KEY, name varchar(20) UNIQUE, n numeric(10, 3), big int8, at timestamptz, day date, t timestamp,
    j json, jb jsonb, tags text[], ns int[], data bytea, u uuid, iv interval, ok bool, f float8, ip inet)`)
  const values = ['Ä "quoted" \\ \'', '12.345', '9007199254740993', new Date('2024-02-29T12:30:15.123Z'), '2024-02-29', new Date(0), { a: [1, null, 'ü'] },
    JSON.stringify([1, { b: 2 }]), ['x', 'a,b', null, 'q"\\'], [[1, 2], [3, 4]], Buffer.from([0, 1, 255]), '00000000-0000-0000-0000-00000000000f',
    '1 year 2 days 03:04:05.6', true, 1 / 3, '10.0.0.1/8']
  const names = ['name', 'n', 'big', 'at', 'day', 't', 'j', 'jb', 'tags', 'ns', 'data', 'u', 'iv', 'ok', 'f', 'ip']
  const sql = `INSERT INTO things (${names}) VALUES (${names.map((_, i) => '$' + (i + 1))}) RETURNING *`
  const made = await client.query(sql, values)
  show('inserted', made.command, made.rowCount, made.rows, made.fields.map((f) => f.dataTypeID))
  show('binary', (await client.query({ text: 'SELECT id, f, ok, big FROM things WHERE id = $1', values: [1], binary: true })).rows)
  for (let i = 0; i < 3; i++) show('prepared', (await client.query({ name: 'by name', text: 'SELECT $1::int + id AS sum FROM things WHERE name LIKE $2', values: [i, '%'] })).rows)
  show('statements', (await client.query('SELECT name, statement, parameter_types::text, from_sql FROM pg_prepared_statements')).rows)
  types.setTypeParser(20, (v) => BigInt(v).toString() + 'n')
  show('parser', (await client.query('SELECT 9223372036854775807::int8 AS most, ARRAY[1.5, NULL]::float4[] AS f')).rows.map((r) => [r.most, r.f]))
}

async function errors (client) {
  await wrong('syntax', () => client.query('SELEC 1'))
  await wrong('unique', () => client.query('INSERT INTO things (name) SELECT name FROM things'))
  await wrong('type', () => client.query('SELECT $1::int', ['x']))
  await wrong('missing', () => client.query('SELECT * FROM nothing'))
  await wrong('count', () => client.query('SELECT $1::int, $2::int', [1]))
  await client.query('BEGIN')
  await wrong('inside', () => client.query('SELECT 1 / 0'))
  await wrong('failed', () => client.query('SELECT 1'))
  await client.query('ROLLBACK')
  await wrong('timeout', async () => {
    await client.query('SET statement_timeout = 50')
    await client.query('SELECT pg_sleep(5)')
  })
  show('reset', (await client.query('RESET statement_timeout')).command)
  await wrong('raised later', () => client.query('SELECT 10 / (5 - g) FROM generate_series(1, 10) AS g'))
}

async function streams (client) {
  const cursor = client.query(new Cursor('SELECT g, repeat(\'x\', g) AS x FROM generate_series(1, $1) AS g', [7]))
  const batches = []
  for (let rows = await cursor.read(3); rows.length; rows = await cursor.read(3)) batches.push(rows.map((r) => r.x))
  await cursor.close()
  show('cursor', batches)
  const half = client.query(new Cursor('SELECT g FROM generate_series(1, 1000000) AS g'))
  show('half', (await half.read(2)), await half.close())
  let sum = 0
  for await (const row of client.query(new QueryStream('SELECT g FROM generate_series(1, 2500) AS g', [], { batchSize: 100 }))) sum += row.g
  show('stream', sum)
  const wide = await client.query('SELECT repeat(\'ä\', 100000) AS long, g FROM generate_series(1, 20) AS g')
  show('wide', wide.rows.length, wide.rows[19].long.length, wide.rows.reduce((s, r) => s + r.g, 0))
}

async function notifications (client) {
  const other = new Client(where)
  await other.connect()
  const heard = new Promise((resolve) => client.on('notification', (m) => resolve([m.channel, m.payload])))
  const notices = []
  client.on('notice', (m) => notices.push([m.severity, m.message, m.code]))
  await client.query('LISTEN "a Channel"')
  await other.query('SELECT pg_notify($1, $2)', ['a Channel', 'päyload'])
  show('heard', await heard)
  await client.query('DROP TABLE IF EXISTS nothing')
  show('notices', notices)
  await other.end()
}

async function pools () {
  const pool = new Pool({ ...where, max: 4 })
  const many = await Promise.all(Array.from({ length: 40 }, (_, i) => pool.query('SELECT $1::int * 2 AS d, pg_sleep(0.001)', [i])))
  show('pool', many.reduce((s, r) => s + r.rows[0].d, 0), pool.totalCount <= 4)
  const client = await pool.connect()
  await client.query('BEGIN ISOLATION LEVEL SERIALIZABLE')
  await client.query('INSERT INTO things (name) VALUES (\'kept\')')
  await client.query('SAVEPOINT s')
  await client.query('DELETE FROM things')
  await client.query('ROLLBACK TO s')
  await client.query('COMMIT')
  client.release()
  show('kept', (await pool.query('SELECT name FROM things ORDER BY id')).rows.length)
  await pool.end()
}

async function main () {
  const client = new Client({ ...where, application_name: 'node test', options: '-c search_path=public' })
  await client.connect()
  show('connected', (await client.query('SELECT current_setting(\'application_name\') AS name, current_schema() AS schema')).rows)
  await queries(client)
  await errors(client)
  await streams(client)
  await notifications(client)
  await pools()
  await client.query('DROP TABLE things')
  await client.end()
}

main().catch((e) => { console.log(e.stack); process.exit(1) })
