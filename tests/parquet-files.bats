#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# What lib/parquet writes: the same rows, values and types in other engines

load helper

# need_npm: skips without node, DuckDB and hyparquet, from the folder NODE_PATH
# or from tests/npm
need_npm() {
	local modules=${NODE_PATH:-$root/tests/npm}/node_modules package

	command -v node >/dev/null || skip "node is not there"
	for package in hyparquet hyparquet-compressors @duckdb/node-api; do
		[ -d "$modules/$package" ] || skip "$package is not there"
	done
}

setup_file() {
	"$TK_BIN/tests/columns" "$BATS_FILE_TMPDIR"
}

setup() {
	need_npm
}

@test "DuckDB and hyparquet read all rows of all types, codecs and pages" {
	node "$root/tests/npm/rows.mjs" "$BATS_FILE_TMPDIR" types-0 types-1 \
		types-2 types-9 types-100
}

@test "row groups, late columns, long texts and many pages are read, too" {
	node "$root/tests/npm/rows.mjs" "$BATS_FILE_TMPDIR" groups texts long
}

@test "checksums, bounds, nulls, places and filters are true of the values" {
	node "$root/tests/npm/facts.mjs" "$BATS_FILE_TMPDIR"
}
