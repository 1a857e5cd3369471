// SPDX-License-Identifier: MIT
// lines -- one form for the rows of all readers, so that they can be compared
//
// A line is a JSON object whose keys are sorted.  A key whose value is null
// is left out: a record that lacks a field and one whose field is null make
// the same row.  Integers of any size are written as they are; decimals as
// JavaScript does, the shortest that gives the same double, and -0.  NaN and
// the infinities are strings, as are bytes that are no text: hex:00ff.  Times
// are nanoseconds, whatever their unit was.

import { writeSync } from 'node:fs';

function listed(value) {
	return '[' + value.map(text).join(',') + ']';
}

function bytes(value) {
	return '"hex:' + Buffer.from(value).toString('hex') + '"';
}

function keyed(value) {
	const keys = Object.keys(value).filter((key) => value[key] != null);

	return '{' + keys.sort().map((key) =>
		JSON.stringify(key) + ':' + text(value[key])).join(',') + '}';
}

function number(value) {
	if (!Number.isFinite(value))
		return '"' + value + '"';
	return Object.is(value, -0) ? '-0' : String(value);
}

// text: a value in JSON
export function text(value) {
	switch (typeof value) {
	case 'bigint':
		return String(value);
	case 'number':
		return number(value);
	case 'object':
		break;
	default:
		return JSON.stringify(value);
	}
	if (value === null)
		return 'null';
	if (value instanceof Uint8Array)
		return bytes(value);
	return Array.isArray(value) || ArrayBuffer.isView(value) ?
	    listed(Array.from(value)) : keyed(value);
}

// Lines: writes rows to standard output, many at a time
export class Lines {
	#waiting = [];

	put(row) {
		this.#waiting.push(text(row) + '\n');
		if (this.#waiting.length === 4096)
			this.end();
	}

	end() {
		let rest = Buffer.from(this.#waiting.join(''));

		this.#waiting = [];
		while (rest.length > 0)
			rest = rest.subarray(writeSync(1, rest));
	}
}
