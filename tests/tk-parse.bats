#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# tk-parse(1): what its user gets; parse-*.bats are about its forms, options
# and losses and about bad input, first.bats and names.bats about live traces

load helper
load parse

setup() {
	cd "$BATS_TEST_TMPDIR" || return
}

# kernel_text: an event of the kernel's own text, and one that goes on
kernel_text() {
	joined <<-'END'
	# tracer: nop
	#
	# entries-in-buffer/entries-written: 2/2   #P:4
	#
	          <idle>-0       [003] d..2.   100.000001: sched_switch: \
	prev_comm=swapper/3 prev_pid=0 prev_prio=120 prev_state=R ==> \
	next_comm=a
	b next_pid=-7 next_prio=-1
	           <...>-12      [001] d.h1. 1700000000.123456: sched_wakeup: \
	comm=q"\e pid=5 prio=120 target_cpu=003
	END
}

@test "a record has type, ts, cpu, task, tid, flags, then the event's fields" {
	kernel_text >text
	run -0 --separate-stderr tk-parse text
	[ "$stderr" = "" ]
	is "$(joined <<-'END'
	{"type":"trace","version":1,"trace_id":"text","workload_type":"text",\
	"category":"text","cpus":4,"by":"tk-parse text"}
	{"type":"sched_switch","ts":100000001000,"cpu":3,"task":"<idle>",\
	"tid":0,"flags":"d..2.","prev_comm":"swapper/3","prev_pid":0,\
	"prev_prio":120,"prev_state":"R","next_comm":"a\nb","next_pid":-7,\
	"next_prio":-1}
	{"type":"sched_wakeup","ts":1700000000123456000,"cpu":1,"tid":12,\
	"flags":"d.h1.","comm":"q\"\\\\e","pid":5,"prio":120,"target_cpu":3}
	{"type":"end","records":2,"lost":0,"lost_marks":0,"bad":0}
	END
	)"
}

@test "the text of perf script, with and without ns, is read too" {
	# Columns as perf script prints them: comm %16s, tid %7d.
	joined >perf <<-'END'
	           a b-c    1234 [001]    62.123456: sched:sched_wakeup: \
	comm=x y pid=7 prio=120 target_cpu=001
	              :5       5 [000]    63.000000001: sched:sched_switch: \
	prev_comm=a prev_pid=5 prev_prio=120 prev_state=R+ ==> \
	next_comm=swapper/0 next_pid=0 next_prio=120
	END
	tk-parse perf >got
	joined >want <<-'END'
	{"ts":62123456000,"cpu":1,"task":"a b-c","tid":1234,"comm":"x y",\
	"pid":7,"prio":120,"target_cpu":1}
	{"ts":63000000001,"cpu":0,"task":":5","tid":5,"prev_comm":"a",\
	"prev_pid":5,"prev_prio":120,"prev_state":"R+",\
	"next_comm":"swapper/0","next_pid":0,"next_prio":120}
	END
	jq -c 'select(.ts) | del(.type)' got | diff want -
	[ "$(jq -r .type got | tr '\n' ' ')" = \
		"trace sched_wakeup sched_switch end " ]
}

@test "records pass through, but for the pipeline in by" {
	unpack source/small/trace.default.txt
	tk-parse trace.default.txt >once
	tk-parse <once >twice
	cmp <(tail -n +2 once) <(tail -n +2 twice)
	[ "$(jq -r 'select(.type == "trace") | .by' twice)" = \
		"tk-parse trace.default.txt | tk-parse" ]
	sed '1s/ | tk-parse"/"/' twice | cmp - once
}

@test "records of losses, of several traces, and spans pass" {
	joined >records <<-'END'
	{"type":"trace","version":1,"trace_id":"a","clock":"mono","by":"x",\
	"mine":1.5}
	{"type":"span","ts":5,"dur":null,"trace":1,"span":1,"parent":null,\
	"service":"web","tid":7,"lost":false}
	{"type":"energy","ts":6,"cpu":null,"power_w":1.5,"bins":[1,2,3]}
	{"type":"lost","ts":7,"cpu":1,"count":20}
	{"type":"lost","ts":8,"cpu":null,"count":null}
	{"type":"end","records":2,"lost":20,"lost_marks":2,"bad":0}
	{"type":"trace","version":1,"trace_id":"b"}
	{"type":"x","ts":9007199254740993,"cpu":0,"task":"\\xff\\\\","tid":1,\
	"v":18446744073709551615,"s":"\u0001\u00e9\ud83d\ude00"}
	{"type":"end","records":1,"lost":0,"lost_marks":0,"bad":0}
	END
	run -0 --separate-stderr tk-parse records
	printf '%s\n' "$output" >got
	diff <(grep -v '"type":"trace"' records) <(grep -v '"type":"trace"' got)
	jq -se '[.[] | select(.type == "trace")] |
		.[0] == {"type": "trace", "version": 1, "trace_id": "a",
		"clock": "mono", "by": "x | tk-parse records", "mine": 1.5} and
		.[1] == {"type": "trace", "version": 1, "trace_id": "b",
		"by": "tk-parse records"}' got
	run -3 tk-parse --strict records
}

@test "a stream of records without its end was cut short" {
	printf '%s\n' '{"type":"trace","version":1}' \
		'{"type":"x","ts":1,"cpu":0,"tid":1}' >records
	run -3 --separate-stderr tk-parse --strict records
	grep -q 'records: the input was cut short' <<<"$stderr"
	jq -se '.[-1] == {"type": "end", "records": 1, "lost": 0,
		"lost_marks": 0, "bad": 0, "cut_short": true}' <<<"$output"
}

@test "a file, standard input, a pipe and packed files give the same bytes" {
	unpack source/small/trace.noirq-info.txt source/small/small.dat
	for file in trace.noirq-info.txt small.dat; do
		tk-parse $file >records
		body records >want
		gzip -kf $file
		zstd -qkf $file
		cp $file no-name
		tk-parse <$file >redirected
		cat $file | tk-parse >pipe
		cat $file.zst | tk-parse - >packed
		tk-parse $file.gz >gz
		tk-parse $file.zst >zst
		tk-parse no-name >other
		for got in redirected pipe packed gz zst other; do
			body $got | cmp want -
		done
		# Packed or not, the name says the same.
		[ "$(title zst)" = "$(title records)" ]
		[ "$(title gz)" = "$(title records)" ]
	done
}

@test "raw pages on a pipe, packed, and in a file give the same bytes" {
	unpack source/small/cpu0.raw
	tk-parse --formats "$formats" cpu0.raw >records
	body records >want
	tk-parse --formats "$formats" <cpu0.raw >redirected
	tk-parse --formats "$formats" < <(cat cpu0.raw) >pipe
	tk-parse --formats "$formats" "$source/small/cpu0.raw.zst" >zst
	for got in redirected pipe zst; do
		body $got | cmp want -
	done
	[ "$(end records)" = "[$(awk '/^entries:/ { print $2 }' \
		"$source/small/stats.cpu0.txt"),0,0,0]" ]
}

@test "standard input says nothing of the trace's names" {
	kernel_text | tk-parse >got
	head -n 1 got | jq -e 'has("trace_id") or has("workload_type") or
		has("category") | not'
}

@test "several traces are several streams, each with its own counts" {
	unpack source/nasty/trace.default.txt source/small/small.dat
	kernel_text >text
	tk-parse text trace.default.txt small.dat >got
	[ "$(end got | tr '\n' ' ')" = \
		'[2,0,0,0] [1070,0,0,0] [18158,0,0,0] ' ]
	[ "$(title got | wc -l)" -eq 3 ]
}

@test "a copied trace of trace-cmd leaves nothing in TMPDIR" {
	mkdir temporary
	zstd -dcq "$source/small/small.dat.zst" |
		TMPDIR=$PWD/temporary tk-parse >got
	[ "$(end got)" = '[18158,0,0,0]' ]
	[ -z "$(ls -A temporary)" ]
	zstd -dcq "$source/small/small.dat.zst" >small.dat
	gone=' No such file or directory'
	run -1 --separate-stderr bash -c \
		'cat small.dat | TMPDIR=/nonexistent tk-parse'
	says "tk-parse: <stdin>: cannot be copied to /nonexistent:$gone"
	[ "$output" = "" ]
	run -1 --separate-stderr bash -c \
		'echo | TMPDIR=/nonexistent tk-parse --clip'
	says "tk-parse: <stdin>: cannot be copied to /nonexistent:$gone"
	[ "$output" = "" ]
}

@test "a folder laid out as tracefs is one trace" {
	mkdir -p nasty/per_cpu/cpu0 nasty/per_cpu/cpu1
	for cpu in 0 1; do
		zstd -dcq "$source/nasty/cpu$cpu.raw.zst" \
			>nasty/per_cpu/cpu$cpu/trace_pipe_raw
	done
	mkdir -p nasty/events/sched
	cp "$formats/header_page" "$formats/header_event" nasty/events
	for format in "$formats"/*.format; do
		name=${format##*/}
		mkdir "nasty/events/sched/${name%.format}"
		cp "$format" "nasty/events/sched/${name%.format}/format"
	done
	echo 'local global [mono] boot' >nasty/trace_clock
	printf '31449 from list\n' >nasty/saved_cmdlines
	run -0 --separate-stderr tk-parse nasty
	printf '%s\n' "$output" >got
	cmp <(zstd -dcq "$source/nasty/truth.tsv.zst" | truth | jq -c .) \
		<(events got | nameless)
	head -n 1 got | jq -e '.trace_id == "nasty" and .clock == "mono" and
		.cpus == 2'
	jq -se '[.[] | select(.tid == 31449) | .task] | unique ==
		["from list"]' got
	# The same of one of its files: the folder says the formats.
	tk-parse nasty/per_cpu/cpu1/trace_pipe_raw | events >one
	cmp one <(events got | grep '"cpu":1,')
}

@test "the names of an instance's tasks are in the folder of all instances" {
	local one=tracing/instances/one path

	mkdir -p $one/per_cpu/cpu1
	zstd -dcq "$source/nasty/cpu1.raw.zst" >$one/per_cpu/cpu1/trace_pipe_raw
	printf '31449 from list\n' >tracing/saved_cmdlines
	tk-parse --formats "$formats" "$PWD/$one" | events >whole
	grep -q '"task":"from list","tid":31449,' whole
	for path in .:$one tracing:instances/one tracing/instances:one $one:. \
		$one:per_cpu/cpu1/trace_pipe_raw; do
		(
			cd "${path%%:*}"
			tk-parse --formats "$formats" "${path#*:}" | events
		) | cmp - whole
	done
}

@test "tk-krflow takes a trace.dat: the spans that its report gives" {
	unpack flow/chain4/trace.dat flow/chain4/report.txt
	for file in trace.dat report.txt; do
		tk-krflow -i "$data/flow/chain4/pids.txt" -g 172.24.0.1 $file |
			jq -c 'select(.type == "span") | [.trace, .span,
				.parent, .service, .tid, .local, .peer,
				.link]' >$file.spans
	done
	[ "$(wc -l <trace.dat.spans)" -eq 800 ]
	cmp trace.dat.spans report.txt.spans
	# And its records, so that all three are one.
	tk-parse trace.dat | tk-krflow -i "$data/flow/chain4/pids.txt" \
		-g 172.24.0.1 | jq -c 'select(.type == "span")' >records
	tk-krflow -i "$data/flow/chain4/pids.txt" -g 172.24.0.1 trace.dat |
		jq -c 'select(.type == "span")' | cmp - records
}

@test "tk-split takes a trace.dat: the rows that its records give" {
	unpack source/small/small.dat
	tk-split -o out -t sched_switch small.dat
	tk-parse -e sched_switch small.dat >records
	[ "$(wc -l <records)" -gt 8000 ]
	[ "$(tail -q -n +2 out/all.csv | wc -l)" -eq \
		"$(events records | wc -l)" ]
	mkdir again
	cp records again/small.jsonl
	tk-split -o out2 -t sched_switch again/small.jsonl
	cmp out/all.csv out2/all.csv
}
