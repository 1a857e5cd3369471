// SPDX-License-Identifier: MIT
// records -- print records as the rows that are expected of them
//
//	node records.mjs [-k] [TYPE] <RECORDS
//
// Records of TYPE only, or all but those that frame a stream; without their
// type, which is the name of their file, unless -k says to keep it.  The rows
// have the form of lines.mjs: integers are not touched.

import { createInterface } from 'node:readline';
import { Lines } from './lines.mjs';

const keep = process.argv[2] === '-k';
const type = process.argv[keep ? 3 : 2];
const framing = ['trace', 'lost', 'end'];
const token = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/g;
const mark = '\u0001';

// marked: JSON in which integers are strings that begin with a mark
function marked(line) {
	return line.replace(token, (part) =>
		/^-?\d+$/.test(part) && part !== '-0' ?
		    '"\\u0001' + part + '"' : part);
}

function unmarked(_, value) {
	return typeof value === 'string' && value.startsWith(mark) ?
	    BigInt(value.slice(1)) : value;
}

const lines = new Lines();

for await (const line of createInterface({ input: process.stdin })) {
	const row = JSON.parse(marked(line), unmarked);

	if (type ? row.type !== type : framing.includes(row.type))
		continue;
	if (!keep)
		delete row.type;
	lines.put(row);
}
lines.end();
