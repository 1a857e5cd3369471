#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# What an interrupted run of tk-to-parquet leaves: nothing, or all of it
#
# The bytes of a file are the same each time; so one that is there must be the
# same as that of a run that came to its end, whose rows are compared.

load helper
load parquet

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	# Sanitized it takes ten times as long.
	records $((${#TK_SAN} > 0 ? 5000 : 20000)) >in.jsonl
}

# whole: makes what a run leaves that comes to its end, in the folder whole
whole() {
	# Their metadata have the command.
	tk-to-parquet --row-group 65536 -o out in.jsonl
	mv out whole
	[ "$(find whole -name 'sched_*.parquet' | wc -l)" -eq 4 ]
}

# nothing_half DIR: whether each file there, under whatever name that is not a
# temporary one, is whole
nothing_half() {
	local file

	[ -d "$1" ] || return 0
	for file in "$1"/*; do
		[ ! -e "$file" ] || cmp "$file" "whole/${file##*/}" ||
			fail "$file is not whole"
	done
}

# rows_right: whether the whole files have the rows that the records are
rows_right() {
	local type

	need_readers
	for type in sched_switch sched_waking; do
		rows_of $type <in.jsonl >expected
		duckdb "SELECT * EXCLUDE (trace_id, workload_type, category,
			clock, cpus, \"by\") FROM 'whole/$type.parquet'" >got
		cmp expected got
	done
}

# moment MS: the next of a series of moments up to that, in seconds
moment() {
	local us

	seed=$(((seed * 1103515245 + 12345) % 2147483648))
	us=$((seed / 128 % ($1 * 1000)))
	printf '%d.%06d' $((us / 1000000)) $((us % 1000000))
}

# first_cpu: the first that we may use
first_cpu() {
	sed -n 's/^Cpus_allowed_list:[[:blank:]]*\([0-9]*\).*/\1/p' \
		/proc/self/status
}

@test "the same records make the same bytes" {
	local file

	whole
	taskset -c "$(first_cpu)" tk-to-parquet --row-group 65536 -o out \
		in.jsonl
	for file in whole/*; do
		cmp "$file" "out/${file##*/}"
	done
	rows_right
}

@test "killed at a hundred moments, no file is half there" {
	local i seed=7 took left=0

	whole
	measure times tk-to-parquet --row-group 65536 -o timed in.jsonl
	took=$(awk '{ printf "%d", $1 * 1250 + 2 }' times)
	for ((i = 0; i < 100; i++)); do
		rm -rf out
		timeout -s KILL "$(moment "$took")" \
			tk-to-parquet --row-group 65536 -o out in.jsonl || :
		nothing_half out
		# Moments crowd where a run ends, however busy the machine is.
		if [ -e out/sched_switch.parquet ]; then
			left=$((left + 1))
			took=$((took * 9 / 10 + 1))
		else
			took=$((took * 11 / 10 + 1))
		fi
	done
	# Some were early enough, so that this tells something.
	[ "$left" -lt 100 ]
}

@test "killed while older files are replaced, those or the new ones are there" {
	local i seed=8 file

	whole
	records 3000 2 >other.jsonl
	tk-to-parquet -o older other.jsonl
	for ((i = 0; i < 20; i++)); do
		rm -rf out
		cp -r older out
		timeout -s KILL "$(moment 100)" \
			tk-to-parquet --row-group 65536 -o out in.jsonl || :
		for file in out/*; do
			cmp -s "$file" "older/${file##*/}" ||
				cmp "$file" "whole/${file##*/}" ||
				fail "$file is neither"
		done
	done
}

@test "killed while it makes partitions, all of them are there or none" {
	local i seed=9 type took

	measure times tk-to-parquet --partition cpu,prev_state -o out in.jsonl
	took=$(awk '{ printf "%d", $1 * 1250 + 2 }' times)
	mv out whole
	for ((i = 0; i < 40; i++)); do
		rm -rf out
		timeout -s KILL "$(moment "$took")" tk-to-parquet \
			--partition cpu,prev_state -o out in.jsonl || :
		for type in sched_switch sched_wakeup; do
			[ ! -e out/$type ] || diff -r out/$type whole/$type
		done
	done
}

@test "ended by a signal, it leaves nothing, and is seen to be" {
	local signal at

	mkfifo pipe
	for signal in TERM INT HUP; do
		rm -rf out
		# It reads, and has not come to the end.
		{
			cat in.jsonl
			sleep 20
		} >pipe 3>&- &
		at=$!
		run timeout -s $signal --preserve-status 0.4 \
			tk-to-parquet --row-group 65536 -o out - <pipe
		kill $at
		wait $at || :
		[ "$status" -ge 128 ] || [ "$status" -eq 1 ]
		[ "$(find . -path './out/*' | wc -l)" -eq 0 ]
	done
}

@test "input that cannot be read to its end leaves no file" {
	zstd -q in.jsonl -o in.zst
	head -c 20000 in.zst >cut.zst
	run --separate-stderr tk-to-parquet -o out cut.zst
	[ "$status" -eq 1 ]
	[ "$(find . -path './out/*' | wc -l)" -eq 0 ]
	[[ $stderr == *cut.zst:* ]]
}

# limited COMMAND ...: its files may have 8 KiB only
limited() {
	(
		trap '' XFSZ
		ulimit -f 8
		exec "$@"
	)
}

@test "a file that may not grow is told, status 1, and leaves nothing" {
	run --separate-stderr limited tk-to-parquet -o out in.jsonl
	[ "$status" -eq 1 ]
	[[ $stderr == tk-to-parquet:*"File too large"* ]]
	[ "$(find . -path './out/*' | wc -l)" -eq 0 ]
}

@test "a full disk is told, status 1, and leaves nothing" {
	local dir=$BATS_TEST_TMPDIR/full

	mkdir full
	mount -t tmpfs -o size=32k none "$dir" 2>/dev/null ||
		skip "tmpfs cannot be mounted: not root"
	run --separate-stderr tk-to-parquet -o full/out in.jsonl
	ls -A full full/out >left 2>/dev/null || :
	umount "$dir"
	[ "$status" -eq 1 ]
	[[ $stderr == tk-to-parquet:*"No space left on device"* ]]
	[ "$(grep -c parquet left)" -eq 0 ]
}

@test "a standard output that is full is told, status 1" {
	run --separate-stderr bash -c \
		'tk-to-parquet -t sched_switch in.jsonl >/dev/full'
	[ "$status" -eq 1 ]
	[[ $stderr == tk-to-parquet:*"No space left on device"* ]]
}

@test "a folder that cannot be made or written is told, status 1" {
	echo old >file
	run --separate-stderr tk-to-parquet -o file in.jsonl
	[ "$status" -eq 1 ]
	[[ $stderr == "tk-to-parquet: file: "* ]]
	[ "$(cat file)" = old ]
	run --separate-stderr tk-to-parquet -o missing/out in.jsonl
	[ "$status" -eq 1 ]
	[[ $stderr == "tk-to-parquet: missing/out: No such file"* ]]
	mkdir closed
	chmod 555 closed
	[ ! -w closed ] || skip "root may write everywhere"
	run --separate-stderr tk-to-parquet -o closed in.jsonl
	[ "$status" -eq 1 ]
	[[ $stderr == "tk-to-parquet: closed"*": Permission denied" ]]
}
