// SPDX-License-Identifier: MIT
// hyparquet -- print the rows of Parquet files as hyparquet reads them
//
//	node hyparquet.mjs FILE ...
//	node hyparquet.mjs -m FILE		its metadata, in one line
//	node hyparquet.mjs -f FILTER FILE	those of its rows that match
//
// The rows have the form of lines.mjs.  A text that is not UTF-8 is an error.
// FILTER is JSON, such as {"ts":{"$gt":7}}, whose integers are of 64 bits; what
// cannot match is not read, by statistics, page index and bloom filters.
// A failure is told on standard error, and the status is 1.

import { asyncBufferFromFile, parquetMetadataAsync, parquetRead,
	parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { Lines } from './lines.mjs';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

// What the reader makes of texts and times by itself is not exact.
const parsers = {
	stringFromBytes: (bytes) => bytes && utf8.decode(bytes),
	timestampFromMilliseconds: (time) => time * 1000000n,
	timestampFromMicroseconds: (time) => time * 1000n,
	timestampFromNanoseconds: (time) => time,
};

// rows: a row group at a time, so that large files fit
async function rows(file, lines) {
	const metadata = await parquetMetadataAsync(file);
	let rowStart = 0;

	for (const group of metadata.row_groups) {
		const rowEnd = rowStart + Number(group.num_rows);

		await parquetRead({
			file, metadata, compressors, parsers, rowStart, rowEnd,
			utf8: false, rowFormat: 'object',
			onComplete: (read) => read.forEach((row) =>
				lines.put(row)),
		});
		rowStart = rowEnd;
	}
}

async function matching(file, filter, lines) {
	const read = await parquetReadObjects({
		file, filter, compressors, parsers, utf8: false,
		usePageIndex: true, useBloomFilters: true,
	});

	read.forEach((row) => lines.put(row));
}

const files = process.argv.slice(2);
const lines = new Lines();

try {
	if (files[0] === '-m') {
		const file = await asyncBufferFromFile(files[1]);

		lines.put(await parquetMetadataAsync(file));
	} else if (files[0] === '-f') {
		const filter = JSON.parse(files[1], (_, value) =>
			Number.isInteger(value) ? BigInt(value) : value);

		await matching(await asyncBufferFromFile(files[2]), filter,
			lines);
	} else {
		for (const path of files)
			await rows(await asyncBufferFromFile(path), lines);
	}
	lines.end();
} catch (error) {
	lines.end();
	console.error(`hyparquet: ${error.message}`);
	process.exitCode = 1;
}
