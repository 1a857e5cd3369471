// SPDX-License-Identifier: MIT
// facts.mjs -- whether what a file says about its values is true of them
//
//	node facts.mjs DIR [NAME...]
//
// For each NAME.rows in DIR (see tests/tools/columns.c), looks at all
// NAME-zstd-*.parquet: checksums and places of pages, bounds and nulls of chunks
// and pages, and filters.  Thrift, XXH64 and the filter's lookup are
// hyparquet's; see rows.mjs for the rest.
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import fs from 'node:fs'
import path from 'node:path'

const require = createRequire(path.join(process.env.NODE_PATH ?? import.meta.dirname, 'x.js'))
const folder = path.dirname(require.resolve('hyparquet'))
const load = (name) => import(pathToFileURL(path.join(folder, name)))
const { deserializeTCompactProtocol } = await load('thrift.js')
const { readBloomFilter, sbbfContains } = await load('bloom.js')
const { xxhash64 } = await load('xxhash.js')

const [dir, ...names] = process.argv.slice(2)
let wrong = 0
const count = { files: 0, pages: 0, bounds: 0, cut: 0, filters: 0, others: 0, hits: 0 }

function check(right, ...what) {
  if (!right && ++wrong <= 20) console.log(...what)
}

const table = Array.from({ length: 256 }, (_, n) => {
  for (let k = 0; k < 8; k++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1
  return n >>> 0
})

function crc32(bytes) {
  let sum = 0xffffffff
  for (const b of bytes) sum = table[(sum ^ b) & 0xff] ^ (sum >>> 8)
  return (sum ^ 0xffffffff) | 0
}

// A value of NAME.rows as its PLAIN bytes, without a length.
function plain(column, type, v) {
  const view = new DataView(new ArrayBuffer(8))
  if (type === 6) return Buffer.from(v, column.kind === 'bytes' ? 'hex' : 'utf8')
  if (type === 0) return Buffer.from([v ? 1 : 0])
  view.setBigUint64(0, column.kind === 'decimal' ? BigInt('0x' + v) : BigInt.asUintN(64, BigInt(v)), type !== 4 && type !== 5)
  if (type === 4) {
    view.setFloat32(0, view.getFloat64(0), true)
    return Buffer.from(view.buffer, 0, 4)
  }
  if (type === 5) return Buffer.from(view.buffer).reverse()
  return Buffer.from(view.buffer, 0, type === 1 ? 4 : 8)
}

// A key by which PLAIN bytes are ordered; NaN has none.
function key(column, type, bytes) {
  const view = new DataView(Uint8Array.from(bytes).buffer)
  const unsigned = column.type.startsWith('U')
  switch (type) {
    case 0: return bytes[0]
    case 1: return unsigned ? view.getUint32(0, true) : view.getInt32(0, true)
    case 2: return unsigned ? view.getBigUint64(0, true) : view.getBigInt64(0, true)
    case 4: return view.getFloat32(0, true)
    case 5: return view.getFloat64(0, true)
    default: return Buffer.from(bytes).toString('latin1')
  }
}

// All values of some rows, as PLAIN bytes, and how many are null or empty.
function valuesOf(column, type, rows, k) {
  const values = []
  let nulls = 0
  for (const row of rows) {
    const list = Array.isArray(row[k]) ? row[k] : row[k] === null ? [] : [row[k]]
    if (list.length === 0) nulls++
    for (const v of list) values.push(plain(column, type, v))
  }
  return { values, nulls }
}

// Bounds must hold, and be met where they are said to be exact.
function checkBounds(where, column, type, values, least, most, exact) {
  const keys = values.map((v) => key(column, type, v)).filter((v) => v === v)
  if (least === undefined || most === undefined) {
    check(keys.length === 0 || values.some((v) => v.length > 64), where, 'no bounds')
    return
  }
  count.bounds++
  const low = key(column, type, least), high = key(column, type, most)
  check(low === low && high === high, where, 'a bound is NaN')
  for (const v of keys) check(low <= v && v <= high, where, 'out of bounds', v, low, high)
  if (type === 4 || type === 5) {
    check(!Object.is(low, 0) && !Object.is(high, -0), where, 'the wrong zero')
  } else if (type === 6) {
    check(least.length <= 64 && most.length <= 64, where, 'long bounds')
    if (column.kind.startsWith('text'))
      for (const b of [least, most]) new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(b))
  }
  if (exact[0]) check(keys.includes(low), where, 'the least is not there')
  else count.cut++
  if (exact[1]) check(keys.includes(high), where, 'the greatest is not there')
  else count.cut++
}

function checkFilter(where, column, type, values, reader) {
  const filter = readBloomFilter(reader)
  count.filters++
  check(filter !== undefined, where, 'a filter that cannot be read')
  for (const v of values) check(sbbfContains(filter.blocks, xxhash64(v)), where, 'a value is not in the filter')
  for (let i = 0; i < 200; i++) {
    count.others++
    if (sbbfContains(filter.blocks, xxhash64(Buffer.from(`no value ${i}`)))) count.hits++
  }
  return reader.offset
}

function checkPages(where, bytes, view, locations, firstData, end, dictionary) {
  const starts = locations.map((l) => Number(l.field_1))
  check(starts[0] === firstData, where, 'the first data page is elsewhere')
  for (const at of dictionary === undefined ? starts : [dictionary, ...starts]) {
    const reader = { view, offset: at }
    const head = deserializeTCompactProtocol(reader)
    const page = bytes.subarray(reader.offset, reader.offset + head.field_3)
    const location = locations[starts.indexOf(at)]
    count.pages++
    check(crc32(page) === head.field_4, where, 'checksum')
    check(location === undefined || location.field_2 === reader.offset - at + head.field_3, where, 'size of a page')
    check(reader.offset + head.field_3 <= end, where, 'a page beyond its chunk')
  }
}

function checkChunk(where, bytes, view, chunk, column, rows, k) {
  const meta = chunk.field_3, statistics = meta.field_12, type = meta.field_1
  const { values, nulls } = valuesOf(column, type, rows, k)
  check(Number(meta.field_5) === values.length + nulls, where, 'number of values')
  check(Number(statistics.field_3) === nulls, where, 'nulls', statistics.field_3, nulls)
  checkBounds(where, column, type, values, statistics.field_6, statistics.field_5, [statistics.field_8, statistics.field_7])
  const offsets = deserializeTCompactProtocol({ view, offset: Number(chunk.field_4) }).field_1
  const dictionary = meta.field_11 === undefined ? undefined : Number(meta.field_11)
  const first = dictionary ?? Number(meta.field_9)
  checkPages(where, bytes, view, offsets, Number(meta.field_9), first + Number(meta.field_7), dictionary)
  if (meta.field_14 !== undefined) {
    const at = Number(meta.field_14)
    check(checkFilter(where, column, type, values, { view, offset: at }) === at + meta.field_15, where, 'size of the filter')
  }
  if (chunk.field_6 === undefined) return
  const columns = deserializeTCompactProtocol({ view, offset: Number(chunk.field_6) })
  offsets.forEach((o, p) => {
    const to = p + 1 < offsets.length ? Number(offsets[p + 1].field_3) : rows.length
    const page = valuesOf(column, type, rows.slice(Number(o.field_3), to), k)
    check(Number(columns.field_5[p]) === page.nulls, where, 'nulls of page', p)
    check(columns.field_1[p] === (page.values.length === 0), where, 'null page', p)
    if (!columns.field_1[p])
      checkBounds(where + ' page ' + p, column, type, page.values, columns.field_2[p], columns.field_3[p], [type !== 6, type !== 6])
  })
}

function checkFile(f, columns, rows) {
  const bytes = fs.readFileSync(path.join(dir, f))
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const length = view.getUint32(bytes.length - 8, true)
  const footer = deserializeTCompactProtocol({ view, offset: bytes.length - 8 - length })
  let from = 0, before = 0
  count.files++
  check(Number(footer.field_3) === rows.length, f, 'rows')
  check(footer.field_7.length === columns.length, f, 'orders of columns')
  for (const group of footer.field_4) {
    const to = from + Number(group.field_3)
    const packed = group.field_1.reduce((sum, c) => sum + Number(c.field_3.field_7), 0)
    check(Number(group.field_6) === packed, f, 'bytes of a row group')
    // parquet-mr gives a row group to the split that its middle is in.
    const meta = group.field_1[0].field_3
    const middle = Number(meta.field_11 ?? meta.field_9) + Math.floor(packed / 2)
    check(middle > before && middle < bytes.length, f, 'the middle of a row group')
    before = middle
    columns.forEach((column, k) => checkChunk(`${f} ${column.name} from ${from}`,
      bytes, view, group.field_1[k], column, rows.slice(from, to), k))
    from = to
  }
  check(from === rows.length, f, 'rows of all groups')
}

for (const rowsFile of fs.readdirSync(dir).filter((f) => f.endsWith('.rows'))) {
  const name = rowsFile.slice(0, -5)
  if (names.length > 0 && !names.includes(name)) continue
  const [columns, ...rows] = fs.readFileSync(path.join(dir, rowsFile), 'utf8')
    .trimEnd().split('\n').map((line) => JSON.parse(line))
  for (const f of fs.readdirSync(dir))
    if (f.startsWith(name + '-zstd-'))
      try {
        checkFile(f, columns, rows)
      } catch (e) {
        check(false, f, e.stack.slice(0, 500))
      }
}
// 1 % is expected.
check(count.hits <= count.others / 50, 'filters let too much pass')
console.log(Object.entries(count).map(([k, v]) => `${k} ${v}`).join(', '), 'wrong', wrong)
process.exit(wrong > 0 || count.files === 0 ? 1 : 0)
