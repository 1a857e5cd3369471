#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# tk-parse: times of every clock are exact, and what the tracer lost is told

load helper
load parse

setup() {
	cd "$BATS_TEST_TMPDIR" || return
}

# wakeup TIME [CPU [TID]]: a line of tracefs text
wakeup() {
	printf '%16s-%-7d [%03d] d..2. %s: sched_wakeup: comm=a pid=1 %s\n' \
		task "${3-7}" "${2-0}" "$1" 'prio=120 target_cpu=000'
}

# times: those of the records
times() {
	jq -r 'select(.ts and .tid) | .ts'
}

# stats CPU ENTRIES OVERRUN DROPPED: an object of a document's stats
stats() {
	printf '{"cpu":%s,"entries":%s,"overrun":%s,' "$1" "$2" "$3"
	printf '"dropped_events":%s,"read_events":0}' "$4"
}

@test "clocks: the counter's numbers are times as they are" {
	unpack source/clocks/trace.counter.txt
	tk-parse trace.counter.txt >got
	[ "$(end got)" = '[1032,0,0,0]' ]
	times <got | cmp - <(sed -nE 's/.*\] [^ ]+ +([0-9]+): .*/\1/p' \
		trace.counter.txt)
}

@test "clocks: seconds of local, mono and boot become nanoseconds" {
	printed='.*\] [^ ]+ +([0-9]+)\.([0-9]{6}): .*'
	for clock in local mono boot; do
		unpack source/clocks/trace.$clock.txt
		tk-parse trace.$clock.txt | times >got
		[ "$(wc -l <got)" -eq "$(grep -vc '^#' trace.$clock.txt)" ]
		sed -nE "s/$printed/\1\2000/p" trace.$clock.txt | cmp got -
	done
}

@test "clocks: times are exact, however great, and whatever their digits" {
	{
		wakeup 0.000000
		wakeup 1700000000.123457
		wakeup 4294967296.999999
		wakeup 9007199.254740993
		wakeup 9007199254.740993001
		wakeup 9007199254740993
		wakeup 9223372036.854775807
		wakeup 9223372036854775807
	} >text
	tk-parse text >got
	# jq before 1.7 would round them.
	sed -nE 's/.*"ts":([0-9]+),.*/\1/p' got >stamps
	diff - stamps <<-END
	0
	1700000000123457000
	4294967296999999000
	9007199254740993
	9007199254740993001
	9007199254740993
	9223372036854775807
	9223372036854775807
	END
	[ "$(end got)" = '[8,0,0,0]' ]
}

@test "clocks: times that do not fit into 63 bits are bad, not wrong" {
	{
		wakeup 1.000000
		wakeup 9223372036854775808
		wakeup 9223372036.854775808
		wakeup 99999999999999999999999.000000
	} >text
	run -3 --separate-stderr tk-parse --strict text
	[ "$(end <<<"$output")" = '[1,0,0,3]' ]
}

@test "losses: trace_pipe's marks stand where they stood" {
	unpack source/lost/trace_pipe.txt
	tk-parse trace_pipe.txt >got
	[ "$(losses got | jq -c '.[1:]' | tr '\n' ' ')" = \
		'[0,5051] [1,1139] [0,3932] [0,985] ' ]
	# Their place is kept: N marks after M events.
	awk '/^{"type":"lost"/ { print NR - 1 }' got |
		cmp - <(awk '/ EVENTS\]$/ { print NR }' trace_pipe.txt)
	[ "$(jq -c 'select(.type == "end") | [.lost, .lost_marks]' got)" = \
		'[11107,4]' ]
	run -3 tk-parse --strict trace_pipe.txt
	run -0 tk-parse trace_pipe.txt
}

@test "losses: every form of a mark, with and without a number" {
	{
		echo '# entries-in-buffer/entries-written: 5/105   #P:4'
		wakeup 1.000000 0
		echo 'CPU:0 [LOST 5051 EVENTS]'
		wakeup 2.000000 0
		echo 'CPU:3 [350 EVENTS DROPPED]'
		wakeup 3.000000 3
		echo 'CPU:2 [EVENTS DROPPED]'
		wakeup 4.000000 2
		echo 'buffer: CPU:1 [7 EVENTS DROPPED]'
		wakeup 5.000000 1
		echo 'CPU:1 [LOST EVENTS]'
	} >text
	run -3 --separate-stderr tk-parse --strict text
	printf '%s\n' "$output" >got
	diff - <(losses got) <<-END
	[null,null,100]
	[1000000000,0,5051]
	[2000000000,3,350]
	[3000000000,2,null]
	[4000000000,1,7]
	[5000000000,1,null]
	END
	[ "$(end got)" = '[5,5508,6,0]' ]
	grep -q '^tk-parse: text: 5508 events lost (6 marks)' <<<"$stderr"
	# The header's own, before the first event.
	sed -n 2p got | grep -q '"type":"lost"'
}

@test "losses: pages that lost events say so" {
	# A page: its time, how many bytes, and bit 31, events were missed;
	# with bit 30, how many stands behind them (ring_buffer.c).
	le() {
		local v=$2 i

		for ((i = 0; i < $1; i++)); do
			printf '%b' "\\x$(printf %02x $((v & 255)))"
			v=$((v >> 8))
		done
	}
	# One event of 36 bytes: sched_wakeup.
	id=$(awk '/^ID:/ { print $2 }' "$formats/sched_wakeup.format")
	page() {
		{
			le 8 "$1"
			le 8 $((40 | $2))
			le 4 $((9 | 5 << 5))
			le 2 "$id"
			le 1 1
			le 1 2
			le 4 7
			printf 'name\0\0\0\0\0\0\0\0\0\0\0\0'
			le 4 8
			le 4 120
			le 4 1
			le 8 "$3"
			head -c 4096 /dev/zero
		} | head -c 4096
	}
	{
		page 1000 0 0
		page 2000 $((1 << 31)) 0
		page 3000 $((3 << 30)) 12345
	} >cpu1.raw
	tk-parse --formats "$formats" cpu1.raw >got
	[ "$(end got)" = '[3,12345,2,0]' ]
	joined >want <<-'END'
	{"type":"sched_wakeup","ts":1005,"cpu":1,"tid":7,"flags":"d..2.",\
	"comm":"name","pid":8}
	{"type":"lost","ts":1005,"cpu":1,"count":null}
	{"type":"sched_wakeup","ts":2005,"cpu":1,"tid":7,"flags":"d..2.",\
	"comm":"name","pid":8}
	{"type":"lost","ts":2005,"cpu":1,"count":12345}
	{"type":"sched_wakeup","ts":3005,"cpu":1,"tid":7,"flags":"d..2.",\
	"comm":"name","pid":8}
	END
	jq -c 'select(.ts) | del(.prio, .target_cpu)' got | diff want -
}

@test "losses: what a buffer dropped in nooverwrite mode is in its stats" {
	unpack source/lost/trace.nooverwrite.txt
	# The header says 2678/2678, so the text alone tells of no loss.
	tk-parse --strict trace.nooverwrite.txt >got
	[ "$(end got)" = '[2678,0,0,0]' ]
	# stats.nooverwrite.txt has the two CPUs' files, joined.
	[ "$(awk '/dropped/ { print $3 }' \
		"$source/lost/stats.nooverwrite.txt" | tr '\n' ' ')" = \
		"19917 13274 " ]
	echo "{\"stats\":[$(stats 0 1594 0 19917),$(stats 1 1084 0 13274)]}" \
		>trace.nooverwrite.json
	run -3 --separate-stderr tk-parse --strict trace.nooverwrite.txt
	printf '%s\n' "$output" >got
	[ "$(losses got | jq -c '.[1:]' | tr '\n' ' ')" = \
		'[0,19917] [1,13274] ' ]
	[ "$(end got)" = '[2678,33191,2,0]' ]
	# They are the last before the end; their time is that of an event.
	[ "$(tail -n 3 got | jq -r .type | tr '\n' ' ')" = "lost lost end " ]
	run -0 tk-parse trace.nooverwrite.txt
	# And so for the file's name with .json behind it.
	mv trace.nooverwrite.json trace.nooverwrite.txt.json
	run -3 tk-parse --strict trace.nooverwrite.txt
}

@test "losses: what the trace told is not told again" {
	unpack source/lost/trace_pipe.txt
	sum=$(awk '/^CPU:0 .LOST/ { n += $3 } END { print n }' trace_pipe.txt)
	[ "$sum" -eq $((5051 + 3932 + 985)) ]
	echo "{\"stats\":[$(stats 0 1 $((sum + 5)) 0),$(stats 1 1 1139 0)]}" \
		>trace_pipe.json
	tk-parse trace_pipe.txt >got
	[ "$(losses got | jq -c '.[1:]' | tail -n 1)" = '[0,5]' ]
	[ "$(jq -c 'select(.type == "end") | [.lost, .lost_marks]' got)" = \
		'[11112,5]' ]
}

@test "losses: stats beside the raw pages of a folder as tracefs has it" {
	for cpu in 0 1; do
		mkdir -p small/per_cpu/cpu$cpu
		zstd -dcq "$source/small/cpu$cpu.raw.zst" \
			>small/per_cpu/cpu$cpu/trace_pipe_raw
		cp "$source/small/stats.cpu$cpu.txt" small/per_cpu/cpu$cpu/stats
	done
	tk-parse --strict --formats "$formats" small >got
	[ "$(end got)" = '[23787,0,0,0]' ]
	sed -i 's/^dropped events: 0/dropped events: 77/' \
		small/per_cpu/cpu1/stats
	run -3 --separate-stderr tk-parse --strict --formats "$formats" small
	[ "$(losses <<<"$output" | jq -c '.[1:]')" = '[1,77]' ]
	[ "$(end <<<"$output")" = '[23787,77,1,0]' ]
}

@test "losses: events that go back in time are told, and kept" {
	{
		wakeup 5.000000
		wakeup 3.000000
		wakeup 4.000000
		wakeup 6.000000
	} >text
	run -0 --separate-stderr tk-parse text
	[ "$(end <<<"$output")" = '[4,0,0,0]' ]
	[ "$(times <<<"$output" | tr '\n' ' ')" = \
		"5000000000 3000000000 4000000000 6000000000 " ]
	grep -q '^tk-parse: text: [0-9]* events are earlier' <<<"$stderr"
}
