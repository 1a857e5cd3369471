// SPDX-License-Identifier: MIT
// make.mjs -- make the files of this folder with DuckDB
//
//	npm install @duckdb/node-api && node make.mjs
//
// Each file is written by DuckDB, and read back by it into what
// tk-from-parquet --nulls is to say of it: types.jsonl of all that have every
// type, NAME.jsonl of another.  Decimals are such that JavaScript writes them
// as printf's %.17g does.

import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';

const db = await (await DuckDBInstance.create(':memory:')).connect();
await db.run("SET TimeZone='UTC'; SET threads=1");

// Columns of every type that is read, with nulls at the ends and between.
const types = `SELECT
  i % 2 = 0 AS bool_,
  (i - 100)::TINYINT AS i8,
  (i * 100 - 10000)::SMALLINT AS i16,
  CASE i WHEN 7 THEN -2147483648 WHEN 8 THEN 2147483647
    ELSE i * 1000 END::INTEGER AS i32,
  CASE i WHEN 7 THEN -9223372036854775808 WHEN 8 THEN 9223372036854775807
    ELSE i * 1000000007 END::BIGINT AS i64,
  (i + 50)::UTINYINT AS u8,
  (65535 - i)::USMALLINT AS u16,
  (4294967295 - i)::UINTEGER AS u32,
  (18446744073709551615 - i)::UBIGINT AS u64,
  CASE i WHEN 7 THEN 'NaN' WHEN 8 THEN 'Infinity' WHEN 9 THEN '-Infinity'
    ELSE (i / 4)::VARCHAR END::FLOAT AS f32,
  CASE i WHEN 7 THEN 'NaN' WHEN 8 THEN 'Infinity' WHEN 9 THEN '-Infinity'
    WHEN 10 THEN '1e300' WHEN 11 THEN '-1e-300' WHEN 12 THEN '0.1'
    ELSE (i / 8)::VARCHAR END::DOUBLE AS f64,
  CASE WHEN i % 3 = 0 THEN NULL ELSE 'name ' || (i % 5) END AS few,
  CASE WHEN i IN (0, 4, 149) THEN NULL
    ELSE 'prefix/' || i || repeat('ä', i % 4) || chr(9) || '"\\' END AS text,
  CASE WHEN i % 4 = 1 THEN NULL ELSE unhex(printf('00FF41%02X', i)) END AS raw,
  TIMESTAMP_MS '2024-05-06 07:08:09.123' + INTERVAL (i) SECOND AS at_us,
  (TIMESTAMP '2024-05-06 07:08:09.123' + INTERVAL (i) SECOND)::TIMESTAMP_NS
    AS at_ns,
  CASE WHEN i % 5 = 0 THEN NULL WHEN i % 5 = 1 THEN []
    ELSE range(i, i + i % 7) END AS list,
  CASE WHEN i > 120 THEN i END AS late,
  CASE WHEN i < 20 THEN i END AS early,
  NULL::INTEGER AS none
  FROM range(150) t(i)`;

const short = `SELECT bool_, i16, u32, i64, f32, f64, few, raw, at_ns, list
  FROM (${types}) WHERE i8 < -80`;

const words = `SELECT few, i16 % 3 AS code, i64 % 4 AS big, list
  FROM (${types}) t, range(5)`;

const files = [
  ['v1-snappy', types, 'PARQUET_VERSION V1, CODEC snappy'],
  ['v1-gzip', types, 'PARQUET_VERSION V1, CODEC gzip, ' +
    'DICTIONARY_SIZE_LIMIT 1, ROW_GROUP_SIZE 2048'],
  ['v2-zstd', types, 'PARQUET_VERSION V2, CODEC zstd'],
  ['v2-lz4', types, 'PARQUET_VERSION V2, CODEC lz4_raw, ' +
    'DICTIONARY_SIZE_LIMIT 1'],
  ['v2-none', types, 'PARQUET_VERSION V2, CODEC uncompressed, ' +
    'DICTIONARY_SIZE_LIMIT 1'],
  ['groups', `SELECT i, i % 100 AS few, 'x' || (i // 1000) AS text
    FROM range(4200) t(i)`, 'CODEC zstd, ROW_GROUP_SIZE 2048'],
  ['empty', `SELECT 1 AS a, 'x' AS b WHERE false`, 'CODEC zstd'],
  ['nested', `SELECT {'a': 1, 'b': {'c': 'x'}} AS s, 7 AS i,
    MAP {'k': 'v'} AS m, [[1], [2, 3]] AS deep, 1.50::DECIMAL(9, 2) AS price,
    uuid() AS id, ['a', 'b'] AS words, 9 AS j`, 'CODEC zstd'],
  // Seeds for the fuzzer, each less than 8 KiB.
  ['seed-v1', short, 'PARQUET_VERSION V1, CODEC uncompressed'],
  ['seed-v2', short, 'PARQUET_VERSION V2, CODEC uncompressed'],
  ['seed-words-v1', words, 'PARQUET_VERSION V1, CODEC uncompressed'],
  ['seed-words-v2', words, 'PARQUET_VERSION V2, CODEC uncompressed'],
  ['seed-zstd', short, 'PARQUET_VERSION V2, CODEC zstd'],
  ['seed-snappy', short, 'PARQUET_VERSION V1, CODEC snappy'],
  ['seed-gzip', short, 'PARQUET_VERSION V1, CODEC gzip'],
  ['seed-lz4', short, 'PARQUET_VERSION V1, CODEC lz4_raw'],
  ['type', `SELECT 'kind' || (i % 2) AS type, i AS n FROM range(4) t(i)`,
    'CODEC zstd'],
];

function number(v) {
  if (Number.isNaN(v)) return '"NaN"';
  if (!Number.isFinite(v)) return v < 0 ? '"-Infinity"' : '"Infinity"';
  return Number.isInteger(v) && Math.abs(v) < 1e15 ? `${v}.0` : `${v}`;
}

// A byte string, as design.md has names that are not UTF-8.
function bytes(b) {
  let s = '';
  for (const c of b)
    s += c === 92 ? '\\\\' : c < 128 ? String.fromCharCode(c)
      : `\\x${c.toString(16).padStart(2, '0')}`;
  return JSON.stringify(s);
}

function json(v, type) {
  if (v === null) return 'null';
  if (type === 'FLOAT' || type === 'DOUBLE') return number(v);
  if (v.micros !== undefined) return `${v.micros}`;
  if (v.nanos !== undefined) return `${v.nanos}`;
  if (v.nanoseconds !== undefined) return `${v.nanoseconds}`;
  if (v.bytes !== undefined) return bytes(v.bytes);
  if (v.items !== undefined) return `[${v.items.join(',')}]`;
  return typeof v === 'string' ? JSON.stringify(v) : `${v}`;
}

let all_types; // as the first of them was read

function put(name, text) {
  fs.writeFileSync(name, text);
  execFileSync('zstd', ['-q', '-19', '-f', '--rm', name]);
}

for (const [name, sql, how] of files) {
  await db.run(`COPY (${sql}) TO '${name}.parquet' (FORMAT parquet, ${how})`);
  if (name.startsWith('seed-')) continue;
  const all = await db.runAndReadAll(`FROM '${name}.parquet'`);
  const names = all.columnNames(), kinds = all.columnTypes().map(String);
  const left = name === 'nested' ? ['i', 'j'] : names;
  const label = sql === types ? 'types' : name;
  const lines = all.getRows().map((row) => {
    let line = `{"type":"${name === 'type' ? row[0] : label}"`;
    names.forEach((key, i) => {
      if (left.includes(key) && key !== 'type')
        line += `,"${key}":${json(row[i], kinds[i])}`;
    });
    return `${line}}\n`;
  });
  const text = lines.join('');
  if (sql === types) {
    if (all_types !== undefined && text !== all_types)
      throw new Error(`${name} is not as the one before`);
    all_types = text;
  }
  put(`${label}.jsonl`, text);
}
