// SPDX-License-Identifier: MIT
// rows.mjs -- whether DuckDB and hyparquet read what columns wrote
//
//	node rows.mjs DIR [NAME...]
//
// For each NAME.rows in DIR (see tests/tools/columns.c), reads all
// NAME-*.parquet by both engines and compares each row, value and type.
// NODE_PATH names the folder where the packages are, else they are found as
// usual.  Prints what differs; status 1 if anything does.
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import fs from 'node:fs'
import path from 'node:path'

const require = createRequire(path.join(process.env.NODE_PATH ?? import.meta.dirname, 'x.js'))
const load = (name) => import(pathToFileURL(require.resolve(name)))
const { DuckDBInstance } = await load('@duckdb/node-api')
const { parquetReadObjects, parquetMetadata } = await load('hyparquet')
const { compressors } = await load('hyparquet-compressors')

const [dir, ...names] = process.argv.slice(2)
let wrong = 0

function complain(...what) {
  if (++wrong <= 20) console.log(...what)
}

function bits(number) {
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, Number.isNaN(number) ? NaN : number)
  return view.getBigUint64(0).toString(16).padStart(16, '0')
}

// What an engine gives for a value, as columns wrote it.
function canonical(kind, v) {
  if (v === null || v === undefined) return null
  switch (kind) {
    case 'decimal': return bits(v)
    case 'bytes': return Buffer.from(v.bytes ?? v).toString('hex')
    case 'integers': return Array.from(v.items ?? v, (x) => String(x))
    case 'texts': return Array.from(v.items ?? v)
    case 'boolean': case 'text': return v
    default: return String(v)
  }
}

const duckdb = await (await DuckDBInstance.create(':memory:')).connect()
await duckdb.run("SET TimeZone='UTC'")

async function fromDuckDB(file, columns) {
  const epoch = { ms: 'epoch_ms', us: 'epoch_us', ns: 'epoch_ns' }
  const list = columns.map(({ name, kind }) =>
    epoch[kind] ? `${epoch[kind]}("${name}")` : `"${name}"`)
  const described = await duckdb.runAndReadAll(
    `DESCRIBE SELECT * FROM '${file}'`)
  described.getRowObjects().forEach((row, i) => {
    if (row.column_name !== columns[i].name || row.column_type !== columns[i].type)
      complain(file, 'DuckDB:', row.column_name, 'is', row.column_type, 'not', columns[i].type)
  })
  const all = await duckdb.runAndReadAll(`SELECT ${list.join()} FROM '${file}'`)
  return all.getRows()
}

async function fromHyparquet(file, columns) {
  const bytes = fs.readFileSync(file)
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)
  const same = (v) => v
  const rows = await parquetReadObjects({ file: buffer, compressors, utf8: false,
    metadata: parquetMetadata(buffer),
    parsers: { timestampFromMilliseconds: same, timestampFromMicroseconds: same,
      timestampFromNanoseconds: same } })
  return rows.map((row) => columns.map(({ name }) => row[name]))
}

function compare(engine, file, columns, expected, rows) {
  if (rows.length !== expected.length)
    complain(file, engine, 'rows', rows.length, 'not', expected.length)
  for (let i = 0; i < Math.min(rows.length, expected.length); i++)
    columns.forEach(({ name, kind }, k) => {
      const got = JSON.stringify(canonical(kind, rows[i][k]))
      const want = JSON.stringify(expected[i][k])
      if (got !== want)
        complain(file, engine, name, 'row', i, 'is', got.slice(0, 80), 'not', want.slice(0, 80))
    })
}

let files = 0
for (const rowsFile of fs.readdirSync(dir).filter((f) => f.endsWith('.rows'))) {
  const name = rowsFile.slice(0, -5)
  if (names.length > 0 && !names.includes(name)) continue
  const [columns, ...expected] = fs.readFileSync(path.join(dir, rowsFile), 'utf8')
    .trimEnd().split('\n').map((line) => JSON.parse(line))
  for (const f of fs.readdirSync(dir)) {
    if (!f.endsWith('.parquet') || !f.startsWith(name + '-') ||
      f.slice(name.length + 1).split('-').length !== 2) continue
    const file = path.join(dir, f)
    files++
    for (const [engine, read] of [['DuckDB', fromDuckDB], ['hyparquet', fromHyparquet]])
      try {
        compare(engine, f, columns, expected, await read(file, columns))
      } catch (e) {
        complain(f, engine, e.message.slice(0, 300))
      }
  }
}
console.log(files, 'files,', wrong, 'differences')
process.exit(wrong > 0 || files === 0 ? 1 : 0)
