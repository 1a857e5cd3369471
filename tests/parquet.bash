# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# parquet.bash -- what the tests of Parquet files share; loaded after helper
#
# Two other readers look at what was written: DuckDB and hyparquet, which npm
# put into tests/npm.  Rows have one form, that of tests/npm/lines.mjs.

npm=$root/tests/npm

# need_readers: skips where they are missing
need_readers() {
	command -v node >/dev/null || skip "node is missing"
	[ -d "$npm/node_modules/@duckdb/node-api" ] ||
		skip "DuckDB is missing: npm ci in tests/npm failed"
	[ -d "$npm/node_modules/hyparquet-compressors" ] ||
		skip "hyparquet is missing: npm ci in tests/npm failed"
}

# duckdb QUERY ...: the rows of the last
duckdb() {
	timeout -k 5 120 node "$npm/duckdb.mjs" "$@"
}

# hyparquet FILE ...: their rows
hyparquet() {
	timeout -k 5 120 node "$npm/hyparquet.mjs" "$@"
}

# rows_of [TYPE] <RECORDS: the rows that are expected of them
rows_of() {
	timeout -k 5 120 node "$npm/records.mjs" "$@"
}

# same_rows EXPECTED FILE ...: whether both readers find just these rows in each
# of the files, in this order
same_rows() {
	local expected=$1 file list=

	shift
	for file; do
		list+="'$file', "
		cat "$expected"
	done >"$TMPDIR/same_rows"
	hyparquet "$@" | cmp "$TMPDIR/same_rows" - ||
		fail "$* is not the same to hyparquet"
	duckdb "FROM read_parquet([$list])" | cmp "$TMPDIR/same_rows" - ||
		fail "$* is not the same to DuckDB"
}
