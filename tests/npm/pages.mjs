// SPDX-License-Identifier: MIT
// pages -- list the pages of a Parquet file
//
//	node pages.mjs FILE
//
// A line for each page of each column: where it is, of what sort, how it is
// encoded, whether its CRC is ok, wrong or absent, and, of data pages, what the
// page index says of it: first_row (of the row group), most and least.  A page
// that the index does not know, or knows elsewhere, has "indexed":false.

import { readFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { parquetMetadata, parquetSchema, readColumnIndex, readOffsetIndex }
	from 'hyparquet';
import { parquetHeader } from './node_modules/hyparquet/src/column.js';
import { Lines } from './lines.mjs';

const file = readFileSync(process.argv[2]);
const metadata = parquetMetadata(file);
const lines = new Lines();

function reader(at) {
	return {
		view: new DataView(file.buffer, file.byteOffset, file.length),
		offset: Number(at),
	};
}

function crc(header, at) {
	const bytes = file.subarray(at, at + header.compressed_page_size);

	if (header.crc === undefined)
		return 'absent';
	return crc32(bytes) === header.crc >>> 0 ? 'ok' : 'wrong';
}

// leaf: the schema's element of a column
function leaf(path) {
	let tree = parquetSchema(metadata);

	for (const name of path)
		tree = tree.children.find((c) => c.element.name === name);
	return tree.element;
}

// index: what the page index has of a chunk, or null
function index(chunk) {
	if (chunk.offset_index_offset === undefined)
		return null;
	return {
		at: readOffsetIndex(reader(chunk.offset_index_offset))
			.page_locations,
		of: chunk.column_index_offset === undefined ? null :
		    readColumnIndex(reader(chunk.column_index_offset),
			leaf(chunk.meta_data.path_in_schema)),
	};
}

// known: what the index says of the data page number n, which is there
function known(index, n, at, bytes) {
	const place = index?.at[n];

	if (!place || Number(place.offset) !== at ||
	    place.compressed_page_size !== bytes)
		return { indexed: false };
	return {
		indexed: true,
		first_row: place.first_row_index,
		all_null: index.of?.null_pages[n],
		nulls: index.of?.null_counts?.[n],
		least: index.of?.min_values[n],
		most: index.of?.max_values[n],
		order: index.of?.boundary_order,
	};
}

function list(chunk, group) {
	const of = chunk.meta_data;
	const indexed = index(chunk);
	let at = Number(of.dictionary_page_offset ?? of.data_page_offset);
	let n = 0;

	for (const end = at + Number(of.total_compressed_size); at < end;) {
		const from = reader(at);
		const header = parquetHeader(from);
		const bytes = from.offset - at + header.compressed_page_size;
		const data = header.data_page_header ??
			header.data_page_header_v2;
		const row = {
			group, at, bytes, column: of.path_in_schema.join('.'),
			type: header.type, crc: crc(header, from.offset),
			...(data ?? header.dictionary_page_header),
			statistics: null,
		};

		if (data)
			Object.assign(row, known(indexed, n++, at, bytes));
		lines.put(row);
		at += bytes;
	}
	if (indexed && indexed.at.length !== n)
		throw new Error(`${n} pages, but not in the index`);
}

metadata.row_groups.forEach((group, i) =>
	group.columns.forEach((chunk) => list(chunk, i)));
lines.end();
