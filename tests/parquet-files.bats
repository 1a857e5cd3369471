#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# What lib/parquet writes: the same rows, values and types in other engines

load helper

# need_npm: skips without node, DuckDB and hyparquet
need_npm() {
	command -v node >/dev/null || skip "node is not there"
	[ -d "${NODE_PATH:-$root/tests/npm/node_modules/..}" ] ||
		skip "no folder $NODE_PATH"
	(cd "${NODE_PATH:-$root/tests/npm}" && ls -d node_modules/hyparquet \
		node_modules/hyparquet-compressors \
		node_modules/@duckdb/node-api) >/dev/null 2>&1 ||
		skip "DuckDB and hyparquet are not there: make setup"
}

setup_file() {
	export BATS_NO_PARALLELIZE_WITHIN_FILE=true
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
