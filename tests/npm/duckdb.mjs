// SPDX-License-Identifier: MIT
// duckdb -- run queries in DuckDB, and print the rows of the last
//
//	node duckdb.mjs QUERY ...
//	node duckdb.mjs -t QUERY ...	seconds that each took, instead
//
// The rows have the form of lines.mjs.  A failure is told on standard error,
// and the status is 1.  Nothing is downloaded: no extension is loaded.

import { DuckDBInstance, DuckDBBlobValue, DuckDBDecimalValue,
	DuckDBListValue, DuckDBMapValue, DuckDBStructValue,
	DuckDBTimestampMillisecondsValue, DuckDBTimestampNanosecondsValue,
	DuckDBTimestampTZValue, DuckDBTimestampValue } from '@duckdb/node-api';
import { Lines } from './lines.mjs';

function entries(value) {
	return value.entries instanceof Array ?
	    Object.fromEntries(value.entries.map(({ key, value: v }) =>
		[String(plain(key)), plain(v)])) :
	    Object.fromEntries(Object.entries(value.entries).map(([k, v]) =>
		[k, plain(v)]));
}

// plain: a value in terms that lines.mjs knows
function plain(value) {
	if (value === null || typeof value !== 'object')
		return value;
	switch (value.constructor) {
	case DuckDBListValue:
		return value.items.map(plain);
	case DuckDBStructValue:
	case DuckDBMapValue:
		return entries(value);
	case DuckDBBlobValue:
		return value.bytes;
	case DuckDBTimestampNanosecondsValue:
		return value.nanos;
	case DuckDBTimestampMillisecondsValue:
		return value.millis * 1000000n;
	case DuckDBTimestampValue:
	case DuckDBTimestampTZValue:
		return value.micros * 1000n;
	case DuckDBDecimalValue:
		return value.toString();
	default:
		throw new Error(`a value of ${value.constructor.name}`);
	}
}

async function print(result) {
	const names = result.columnNames();
	const lines = new Lines();

	for await (const rows of result.yieldRows())
		for (const row of rows)
			lines.put(Object.fromEntries(names.map((name, i) =>
				[name, plain(row[i])])));
	lines.end();
}

async function run(queries, timed) {
	const instance = await DuckDBInstance.create(':memory:', {
		autoinstall_known_extensions: 'false',
	});
	const connection = await instance.connect();

	while (queries.length > 1 || timed && queries.length > 0) {
		const start = process.hrtime.bigint();

		await connection.run(queries.shift());
		if (timed)
			console.log(Number(process.hrtime.bigint() - start) /
				1e9);
	}
	// All rows are there before the first is printed: a stream of them would
	// just end where it fails.
	if (!timed)
		await print(await connection.run(queries[0]));
}

const timed = process.argv[2] === '-t';

try {
	await run(process.argv.slice(timed ? 3 : 2), timed);
} catch (error) {
	console.error(`duckdb: ${error.message}`);
	process.exitCode = 1;
}
