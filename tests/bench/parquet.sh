#!/bin/bash
# SPDX-License-Identifier: MIT
# parquet.sh -- how fast records become Parquet files, beside DuckDB
#
#	RUNS=5 RECORDS=2000000 ROWS=10000000 tests/bench/parquet.sh
#
# Events of the scheduler come from memory and become files with pages of
# zstd's.  DuckDB reads the same as JSON and copies it to one file, with all
# cores; of that run its own time for the copy counts, without the start of
# node.  It is spared the records that frame the stream, since their keys, which
# come last, make it fail.  The programs take turns, RUNS times (5), and the
# best time of each counts.
#
# Then a run that Tracekit collected becomes a workload of OpenDC's, and ROWS
# rows of which the sum is known become a file.

set -euo pipefail
# shellcheck source=measured.bash
. "$(dirname "$0")/measured.bash"
runs=${RUNS:-5}
records=${RECORDS:-2000000}
rows=${ROWS:-10000000}
npm=$tests/npm
# To write to a disk would be measured, too.
if [ -d /dev/shm ] && [ -w /dev/shm ]; then
	rm -r "$dir"
	dir=$(mktemp -d /dev/shm/tracekit-bench.XXXXXX)
fi

# duckdb QUERY: its rows
duckdb() {
	node "$npm/duckdb.mjs" "$@"
}

# has_duckdb: whether it is there
has_duckdb() {
	have node && [ -d "$npm/node_modules/@duckdb/node-api" ]
}

prepare() {
	records "$records" >"$dir/all.jsonl"
	sed -E '/^\{"type":"(trace|end)"/d' "$dir/all.jsonl" \
		>"$dir/events.jsonl"
	collected "$dir/run" 4000 61
}

# copy: DuckDB's run, whose time is replaced by that which it tells
copy() {
	rm -f "$dir/duckdb.parquet" "$dir/node.times"
	measure "$dir/node.times" node "$npm/duckdb.mjs" -t \
		"COPY (SELECT * FROM read_json('$dir/events.jsonl'))
		TO '$dir/duckdb.parquet' (FORMAT parquet, COMPRESSION zstd)" \
		>"$dir/seconds"
	awk -v s="$(cat "$dir/seconds")" '{ $1 = s; print }' \
		"$dir/node.times" >>"$dir/duckdb.times"
}

take_turns() {
	local i

	for ((i = 0; i < runs; i++)); do
		time_of wc wc -l "$dir/all.jsonl"
		! has_duckdb || copy
		rm -rf "$dir/files"
		time_of ours tk-to-parquet -o "$dir/files" "$dir/all.jsonl"
	done
}

# bytes_of FILE|DIR: of all files together
bytes_of() {
	find "$1" -type f -printf '%s\n' 2>/dev/null |
		awk '{ n += $1 } END { print n + 0 }'
}

# row TITLE NAME BYTES
row() {
	timed "$2" || return 0
	awk -v title="$1" -v s="$(least "$2" 1)" -v rss="$(most "$2" 4)" \
		-v n="$records" -v from="$(bytes_of "$dir/all.jsonl")" \
		-v bytes="$3" -v cpu="$(least "$2" 5)" 'BEGIN {
		printf "%-22s %8.3f %8.3f %10d %8.1f %11d %9.1f\n", title,
		    s, cpu, n / s, from / s / 1e6, bytes, rss / 1024
	}'
}

# same NAME FIRST SECOND: whether two answers are one
same() {
	if [ "$2" = "$3" ]; then
		echo "ok   $1"
	else
		printf 'NO   %s: %s, but %s\n' "$1" "$2" "$3"
		missed=1
	fi
}

# compare: against DuckDB's run, and what it finds in our files
compare() {
	local sums='count(*) AS n, sum(ts) AS ts, sum(tid) AS tid,
		sum(prev_prio) AS prio, count(DISTINCT task) AS tasks'

	at_least "time of DuckDB / time of tk-to-parquet" \
		"$(divide "$(least duckdb 1)" "$(least ours 1)")" 2
	at_most "bytes of all files / of DuckDB's" "$(divide \
		"$(bytes_of "$dir/files")" \
		"$(bytes_of "$dir/duckdb.parquet")")" 1
	same "the same in our files as in DuckDB's" \
		"$(duckdb "SELECT $sums FROM read_parquet(
		'$dir/files/sched_*.parquet', union_by_name = true)")" \
		"$(duckdb "SELECT $sums FROM '$dir/duckdb.parquet'")"
}

# export: a workload, from the folders to the files
export_run() {
	local i

	for ((i = 0; i < runs; i++)); do
		rm -rf "$dir/workload"
		time_of export bash -c 'set -o pipefail
			tk-opendc "$1" | tk-to-parquet --opendc v3 -o "$2"' \
			- "$dir/run" "$dir/workload"
	done
	printf '\n4000 tasks of 61 samples to a workload: %.3f s, %d bytes\n' \
		"$(least export 1)" "$(bytes_of "$dir/workload")"
	at_most "seconds" "$(least export 1)" 0.2
	! has_duckdb || same "each task's fragments are as long as itself" \
		'{"n":4000,"wrong":0}' "$(duckdb "SELECT count(*) AS n,
		count_if(t.duration IS DISTINCT FROM f.duration) AS wrong
		FROM '$dir/workload/tasks.parquet' t LEFT JOIN
		(SELECT id, sum(duration) AS duration
		FROM '$dir/workload/fragments.parquet' GROUP BY id) f
		USING (id)")"
}

# many: so many rows, whose sum is known, to both readers
many() {
	local want="{\"most\":$rows,\"n\":$rows,\"ts\":$((rows *
		(rows + 1) / 2))}"

	rm -rf "$dir/files"
	# shellcheck disable=SC2016
	time_of many bash -c 'set -o pipefail
		seq "$1" | sed "s/.*/{\"type\":\"many\",\"ts\":&}/" |
		tk-to-parquet -o "$2"' - "$rows" "$dir/files"
	printf '\n%d rows: %.3f s, %d bytes\n' "$rows" "$(least many 1)" \
		"$(bytes_of "$dir/files/many.parquet")"
	at_most "MiB resident" "$(divide "$(most many 4)" 1024)" 256
	has_duckdb || return 0
	same "all are there to DuckDB" "$want" "$(duckdb "SELECT
		max(ts) AS most, count(*) AS n, sum(ts) AS ts
		FROM '$dir/files/many.parquet'")"
	same "all are there to hyparquet" "$want" \
		"$(node "$npm/hyparquet.mjs" "$dir/files/many.parquet" |
		tr -dc '0-9\n' | awk '{ n++; ts += $1
			if ($1 > most) most = $1 }
		END { printf "{\"most\":%d,\"n\":%d,\"ts\":%.0f}\n",
			most, n, ts }')"
}

prepare
take_turns
printf '%d records, %d bytes; best of %d runs in turns, %d CPUs\n\n' \
	"$records" "$(bytes_of "$dir/all.jsonl")" "$runs" "$(nproc)"
printf '%-22s %8s %8s %10s %8s %11s %9s\n' '' s 'CPU s' records/s MB/s \
	bytes 'RSS MiB'
row 'wc -l' wc 0
row 'DuckDB, COPY' duckdb "$(bytes_of "$dir/duckdb.parquet")"
row 'tk-to-parquet' ours "$(bytes_of "$dir/files")"
echo
if has_duckdb; then
	compare
else
	echo 'DuckDB is missing: npm ci in tests/npm'
fi
at_most "MiB resident" "$(divide "$(most ours 4)" 1024)" 256
export_run
many
exit "$missed"
