#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# tk-parse: a long file, which threads read ahead, gives what a pipe gives

load helper
load parse

setup() {
	cd "$BATS_TEST_TMPDIR" || return
}

# long: a trace of some MB with all that a trace may hold, in long.txt
long() {
	unpack source/nasty/trace.default.txt source/small/trace.default.txt
	for ((i = 0; i < 6; i++)); do
		cat trace.default.txt
		printf '%16s-%-7d [%03d] d..2. %s: %s\n' hackbench 9 0 \
			"9$i.000001" 'print: of
several lines' hackbench 9 1 "9$i.000002" 'a: b=1'
		echo 'CPU:1 [LOST 12 EVENTS]'
		echo 'what is this?'
	done >long.txt
	[ "$(wc -c <long.txt)" -gt 3000000 ]
}

# unnamed FILE: records without what depends on the input's name
unnamed() {
	sed -E '/^\{"type":"trace"/{
		s/"(trace_id|workload_type|category)":"[^"]*",//g
		s/,"by":.*// }' "$1"
}

# same OPTION ...: from a file, by one processor and by all that there are, and
# from a pipe: records, messages and status
same() {
	local how status=0

	for how in file one pipe; do
		case $how in
		file) tk-parse "$@" long.txt ;;
		one) taskset -c "$processor" tk-parse "$@" long.txt ;;
		pipe) tk-parse "$@" < <(cat long.txt) ;;
		esac >$how.records 2>$how.messages || status=$?
		sed -i 's/<stdin>/long.txt/' $how.messages
		unnamed $how.records >$how.body
		echo "$status" >>$how.body
		cat $how.messages >>$how.body
	done
	cmp file.body one.body
	cmp file.body pipe.body
	[ "$(wc -l <file.body)" -gt "$least" ]
}

@test "a long file gives what a pipe gives, byte for byte" {
	processor=$(taskset -cp $$ | sed 's/.*: //; s/[-,].*//')
	long
	least=20000 same
	least=20000 same --strict
	least=5000 same -e sched_wakeup,print
	least=5000 same -c 1
	least=1000 same --since +0.01
	least=1 same -p 9
	least=1 same --clip
}

@test "what follows a long file is read as well, the standard input too" {
	long
	grep '^#\|sched_switch' long.txt | head -n 5 >short.txt
	tk-parse long.txt - long.txt short.txt \
		<<<"$(cat short.txt)" >all 2>/dev/null
	tk-parse long.txt 2>/dev/null >one
	tk-parse short.txt >two
	for file in one two one two; do unnamed $file; done >want
	unnamed all | cmp - want
}

@test "a long file that nobody takes is not read to its end" {
	long
	run -1 --separate-stderr bash -c 'tk-parse long.txt >/dev/full'
	[[ $stderr == *'No space left on device'* ]]
}
