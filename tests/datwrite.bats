#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# trace.dat files and folders out of raw pages: what trace-cmd, libtracecmd
# and tk-parse read from them
#
# tests/tools/rawdat writes them.  The last ones record on this machine, and
# skip where that cannot be.

load helper
load parse
load live/instance

sched=(sched_switch sched_wakeup_new sched_process_fork sched_process_exec
	sched_process_exit sched_migrate_task sched_wakeup)

# Of an event in a report, with -t: the CPU, the time in ns and the name.
line='s/.* \[0*([0-9]+)\] +([0-9]+)\.([0-9]{9}): +([a-z_]+): .*/\1 \2\3 \4/p'

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	mkdir none
}

teardown() {
	instance_remove
}

# tree NAME: makes the folder NAME from that recording's raw pages
tree() {
	local cpu name

	mkdir -p "$1/events/sched"
	cp "$formats/header_page" "$formats/header_event" "$1/events"
	for name in "${sched[@]}"; do
		mkdir "$1/events/sched/$name"
		cp "$formats/$name.format" "$1/events/sched/$name/format"
	done
	for cpu in 0 1; do
		mkdir -p "$1/per_cpu/cpu$cpu"
		zstd -dcq "$source/$1/cpu$cpu.raw.zst" \
			>"$1/per_cpu/cpu$cpu/trace_pipe_raw"
		name=$source/$1/stats.cpu$cpu.txt
		[ ! -f "$name" ] || cp "$name" "$1/per_cpu/cpu$cpu/stats"
	done
	echo 'local global [mono] boot' >"$1/trace_clock"
}

# dat FOLDER FILE CPUS [OPTION ...]: writes a trace.dat of the events there
dat() {
	local event events=() folder=$1 file=$2 cpus=$3

	shift 3
	for event in "$folder"/events/*/*/; do
		event=${event#"$folder/events/"}
		events+=("${event%/}")
	done
	rawdat "$@" dat "$folder" none "$file" "$cpus" "${events[@]}"
}

# report FILE [OPTION ...]: the events that trace-cmd prints; it may not
# complain, and the first line tells of the CPUs
report() {
	local file=$1

	shift
	trace-cmd report "$@" -i "$file" 2>complaints |
		grep -vE '^(cpus=[0-9]+|CPU [0-9]+ is empty)$' || :
	[ ! -s complaints ] || fail "$(cat complaints)"
}

# content FILE: the events as libtracecmd reads them; it never frees the name
# of a buffer's clock
content() {
	ASAN_OPTIONS=${ASAN_OPTIONS-}:detect_leaks=0 timeout 60 datcat "$1"
}

# jump FILE: how many they are; each is found by its offset, too
jump() {
	ASAN_OPTIONS=${ASAN_OPTIONS-}:detect_leaks=0 timeout 60 datjump "$1"
}

# proves FILE COUNT: trace-cmd reads it without a word against it, and tells
# so many events, at the times and in the order that tk-parse has
proves() {
	local option

	trace-cmd dump --summary -i "$1" >summary 2>&1
	grep -q '7.*\[Version\]' summary
	grep -q '\[9 sections\]' summary
	trace-cmd dump --all -i "$1" >all 2>complaints
	[ ! -s complaints ]
	grep -q '\[9 sections\]' all
	trace-cmd report --stat -i "$1" >stat 2>complaints
	[ ! -s complaints ]
	tk-parse "$1" >records
	[ "$(end records | cut -d, -f1,4)" = "[$2,0]" ]
	for option in -t -tN -tR; do
		report "$1" "$option" | tr -d '\0' | sed -nE "$line" >text
		[ "$(wc -l <text)" -eq "$2" ]
		diff text \
			<(events records | jq -r '"\(.cpu) \(.ts) \(.type)"')
	done
}

@test "small and nasty: a trace.dat, packed or not, has the truth" {
	for name in small nasty; do
		tree $name
		count=$(zstd -dcq "$source/$name/truth.tsv.zst" | truth |
			wc -l)
		for level in '' '-z 1' '-z 19'; do
			rm -f $name.dat
			# shellcheck disable=SC2086
			dat $name $name.dat 2 $level
			proves $name.dat "$count"
			cmp <(zstd -dcq "$source/$name/truth.tsv.zst" |
				truth | jq -c .) <(events records | nameless)
			content $name.dat >got
			[ "$(jump $name.dat)" -eq "$count" ]
			[ -n "$level" ] || mv got plain
			[ -z "$level" ] || cmp plain got
		done
		[ "$(wc -l <plain)" -eq "$count" ]
	done
}

@test "trace-cmd's report of it gives the records of the raw pages" {
	tree small
	dat small small.dat 2 -z 3
	report small.dat -R -t | tk-parse | events | nameless >got
	tk-parse small | events | nameless |
		sed -E 's/"flags":"[^"]*",//' >want
	cmp want <(sed -E 's/"flags":"[^"]*",//' got)
	[ "$(wc -l <got)" -eq 23787 ]
}

@test "it tells the clock, the CPUs and what the buffers counted" {
	tree small
	dat small small.dat 2
	tk-parse small.dat | head -n 1 | jq -e --arg host "$(uname -n)" \
		--arg kernel "$(uname -r)" '.clock == "mono" and .cpus == 2
		and .host == $host and .kernel == $kernel'
	trace-cmd report --stat -i small.dat >stat
	for cpu in 0 1; do
		grep -qF "$(sed -n 's/^entries: //p' \
			"$source/small/stats.cpu$cpu.txt")" stat
	done
	trace-cmd dump --options -i small.dat >options
	grep -qx 'local global \[mono\] boot' options
	grep -qx '"mono" \[clock\]' options
}

@test "trace-cmd convert packs and unpacks it, and all is there" {
	tree small
	dat small plain.dat 2
	dat small packed.dat 2 -z 3
	content plain.dat >want
	trace-cmd convert -i plain.dat -o one.dat --compression zstd
	trace-cmd convert -i packed.dat -o two.dat --compression none
	trace-cmd convert -i packed.dat -o old.dat --file-version 6
	for file in one two old; do
		content $file.dat | cmp want -
	done
}

@test "a CPU without pages, CPUs without any, and no CPU" {
	tree small
	dat small whole.dat 2
	content whole.dat | grep '^- 1 ' >want
	: >small/per_cpu/cpu0/trace_pipe_raw
	for level in '' '-z 3'; do
		rm -f ./*.dat
		# shellcheck disable=SC2086
		{
			dat small one.dat 2 $level
			dat small other.dat 4 $level
			dat small idle.dat 1 $level
			dat small no.dat 0 $level
		}
		content one.dat | cmp want -
		content other.dat | cmp want -
		proves one.dat "$(wc -l <want)"
		proves other.dat "$(wc -l <want)"
		for empty in idle no; do
			[ -z "$(content $empty.dat)" ]
			[ -z "$(report $empty.dat)" ]
			tk-parse $empty.dat >records
			[ "$(end records)" = '[0,0,0,0]' ] ||
				[ "$(end records | cut -d, -f1)" = '[0' ]
		done
	done
}

@test "symbols, formats of trace_printk and names of tasks are in it" {
	tree small
	echo '3492 from the list' >small/saved_cmdlines
	printf '0xffffffff82811111 : "a format"\n' >small/printk_formats
	printf 'ffffffff81000000 T a_symbol\n' >symbols
	for level in '' '-z 3'; do
		rm -f small.dat
		# shellcheck disable=SC2086
		dat small small.dat 2 -k symbols $level
		trace-cmd report -f -i small.dat | grep -q 'a_symbol'
		trace-cmd report -P -i small.dat |
			grep -qx 'ffffffff82811111 a format'
		report small.dat | sed -n 1p | grep -q '^ *from the list-3492 '
		tk-parse small.dat | sed -n 2p |
			jq -e '.task == "from the list"'
	done
}

@test "a folder that was copied is the same, and is not written over" {
	tree small
	: >small/saved_cmdlines
	rawdat raw small none copy 2 "${sched[@]/#/sched/}"
	diff -r small copy
	run -1 --separate-stderr rawdat raw small none copy 2 sched/sched_switch
	says 'rawdat: copy: File exists'
	diff -r small copy
	tk-parse small >want
	tk-parse copy >got
	cmp <(body want) <(body got)
	run -1 --separate-stderr rawdat raw small none new 2 sched/unknown
	says 'rawdat: events/sched/unknown/format: No such file or directory'
}

# record LOAD ...: what happens during a command, in the folder raw
record() {
	local lacks

	lacks=$(instance_lacks "${sched[@]/#/sched/}")
	[ -z "$lacks" ] || skip "$lacks"
	instance_new "tk-datwrite$$" 32768 "${sched[@]/#/sched/}"
	echo 1 >"$instance/tracing_on"
	"$@" >output 2>&1
	echo 0 >"$instance/tracing_on"
	written=$(instance_count entries)
	[ "$(instance_count 'dropped events')" -eq 0 ]
	cpus=$(find "$instance/per_cpu" -maxdepth 1 -name 'cpu[0-9]*' | wc -l)
	rawdat raw "$instance" "$tracefs" raw "$cpus" "${sched[@]/#/sched/}"
}

@test "live: what was recorded is in the folder and in the trace.dat" {
	record timeout 60 hackbench 2 1000
	[ "$written" -gt 1000 ]
	tk-parse raw >want
	[ "$(end want)" = "[$written,0,0,0]" ]
	[ -s raw/events/ftrace/print/format ]
	[ -s raw/saved_cmdlines ]
	grep -q '\[mono\]' raw/trace_clock
	for level in '' '-z 3'; do
		rm -f live.dat
		# shellcheck disable=SC2086
		dat raw live.dat "$cpus" $level
		proves live.dat "$written"
		events records | nameless | cmp - <(events want | nameless)
		[ "$(content live.dat | wc -l)" -eq "$written" ]
	done
}
