#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# tk-opendc: the collections of runs as tasks and fragments
#
# workload/demo is a run on two nodes; demo.tasks.tsv and demo.fragments.tsv are
# the rows of the tables that Tracekit's exporter made of it.

load helper

setup() {
	cd "$BATS_TEST_TMPDIR" || exit
	demo=$data/workload/demo
}

# node FOLDER CORES MHZ [MIB]: begins a node's folder
node() {
	mkdir -p "$1/CTS"
	printf '[{"node_id":"%s","cpu_cores":%s,"mem_mb":%s,%s}]\n' \
		"${1##*/}" "$2" "${4-4096}" "\"cpu_freq_mhz\":$3" \
		>"$1/CTS/nodes.json"
	: >"$1/CTS/invocations.jsonl"
	: >"$1/CTS/proc_metrics.jsonl"
}

# task FOLDER PID ENQUEUE START END [TRACE_ID]: adds one; times from 10^12 on
task() {
	printf '{"trace_id": "%s", "pid": %s, "ts_enqueue": %s,' \
		"${6-t$2}" "$2" $((1000000000000 + $3)) \
		>>"$1/CTS/invocations.jsonl"
	printf ' "ts_start": %s, "ts_end": %s}\n' \
		$((1000000000000 + $4)) $((1000000000000 + $5)) \
		>>"$1/CTS/invocations.jsonl"
}

# sample FOLDER PID TS DT CPU [RSS]: adds one
sample() {
	printf '{"ts_ms": %s, "pid": %s, "dt_ms": %s, "cpu_ms": %s' \
		$((1000000000000 + $3)) "$2" "$4" "$5" \
		>>"$1/CTS/proc_metrics.jsonl"
	printf ', "rss_kb": %s}\n' "${6-2000}" >>"$1/CTS/proc_metrics.jsonl"
}

# whole: without ".0", which versions of jq print or not
whole() {
	sed 's/\.0\( \|$\)/\1/g'
}

# fragments: "ID DURATION USAGE KIND" of each, of what is in output
fragments() {
	jq -r 'select(.type | endswith("fragment")) |
		"\(.id) \(.duration) \(.cpu_usage) \(.kind)"' <<<"$output" |
		whole
}

# tasks FIELD ...: these of each task, with blanks between
tasks() {
	jq -r --args 'select(.type | endswith("task")) as $t |
		[$ARGS.positional[] | $t[.] // "-"] | join(" ")' "$@" \
		<<<"$output" | whole
}

@test "durations of fragments add up to each task's, CPU time is kept" {
	run -0 --separate-stderr tk-opendc "$demo"
	[ "$(jq -s '[.[] | select(.id != null)] | group_by(.id) | map(
		(map(select(.type == "task").duration)[0]) ==
		(map(select(.type == "fragment").duration) | add)) |
		[length, all]' -c <<<"$output")" = "[11,true]" ]

	# CPU time of the run's samples but those that are of no task: none.
	used=$(zstd -dcq "$demo"/*/CTS/proc_metrics.jsonl.zst |
		jq -s 'map(.cpu_ms) | add')
	[ "$used" -eq 182150 ]
	jq -s --argjson used "$used" -e '[.[] | select(.kind == "sample") |
		.duration * .cpu_usage] | add / 2400 - $used | fabs < 0.001' \
		<<<"$output"
	says "tk-opendc: 1 task without a sample: half a core is assumed"
	says "tk-opendc: 1 task whose memory is not known: assumed"
}

@test "the end counts tasks, fragments, and the time of each kind" {
	run -0 --separate-stderr tk-opendc "$demo"
	jq -s -e '(.[-1] | del(.type, .lost, .lost_marks, .bad)) ==
		(. as $all | {
		records: ($all | length - 2),
		tasks: [.[] | select(.type == "task")] | length,
		failed_tasks: 0, refused: 0,
		unmeasured: [.[] | select(.type == "task" and
			(has("cpu_time") | not))] | length,
		fragments: [.[] | select(.type == "fragment")] | length,
		raised: [.[] | select(.cpu_usage == 0.1)] | length,
	} + (["cpu_count", "cpu_capacity", "mem_capacity", "duration"] |
	map(. as $word | { ("assumed_" + $word): [$all[] |
		select(.assumed // "" | contains($word))] | length }) | add) +
	(["sample", "head", "gap", "tail", "whole", "mean"] | map(. as $kind |
		{ ($kind + "_ms"): ([$all[] | select(.kind == $kind) |
			.duration] | add // 0) }) | add))' <<<"$output"
}

@test "head, gap, tail, and a sample that began before the task" {
	node n 2 1000
	task n 7 0 1000 9000
	sample n 7 2500 1000 500 3000
	sample n 7 4000 1000 250 5000
	sample n 7 5000 1000 0 4000
	task n 8 10 1500 3000
	sample n 8 1000 0 0
	sample n 8 2000 1000 800
	sample n 8 3000 1000 100
	run -0 tk-opendc n
	[ "$(fragments)" = "0 500 500 head
0 1000 500 sample
0 500 250 gap
0 1000 250 sample
0 1000 0.1 sample
0 4000 0.1 tail
1 500 1600 sample
1 1000 100 sample" ]
	# P95 of task 0 is all but the highest: between ranks 4 and 5 of 0-5,
	# 250 + 0.75 * 250 = 500 (both are 500); of task 1 100 + 0.95 * 1500.
	[ "$(tasks id submission_time duration cpu_count cpu_capacity \
		mem_capacity)" = "0 1000000000000 8000 1 500 5000
1 1000000000010 1500 2 1525 2000" ]
}

@test "what is more than all cores could do falls to the next sample" {
	node n 2 1000
	task n 7 0 0 3000
	sample n 7 1000 1000 2050
	sample n 7 2000 1000 1960
	sample n 7 3000 1000 2040
	run -0 --separate-stderr tk-opendc n
	[ "$(fragments)" = "0 1000 2000 sample
0 1000 2000 sample
0 1000 2000 sample" ]
	says "tk-opendc: 50 milliseconds of CPU time were more than all cores \
had: not in a fragment"
}

@test "no fragment is without work, however short or idle it is" {
	node n 2 1000
	task n 7 0 0 1003
	sample n 7 1000 1000 0
	task n 8 1 0 3
	sample n 8 3 3 0
	task n 9 2 5 5
	run -0 --separate-stderr tk-opendc n
	[ "$(fragments)" = "0 1000 0.1 sample
0 3 0.333334 tail
1 3 0.333334 sample" ]
	says "tk-opendc: 1 task that took no time: without a fragment, OpenDC \
runs none"
	run -0 --separate-stderr tk-opendc --floor 5 n
	[ "$(fragments)" = "0 1000 5 sample
0 3 5 tail
1 3 5 sample" ]
}

@test "a task without a sample has half a core, is marked, can be refused" {
	node n 2 1000
	task n 7 0 0 3000
	task n 8 1 0 2000
	sample n 8 1000 0 0 1500
	task n 9 2 0 1000
	sample n 9 1000 1000 1000
	run -0 --separate-stderr tk-opendc n
	[ "$(fragments)" = "0 3000 500 whole
1 2000 500 whole
2 1000 1000 sample" ]
	[ "$(tasks id mem_capacity assumed)" = \
		"0 65536 cpu_count cpu_capacity mem_capacity
1 1500 cpu_count cpu_capacity
2 2000 -" ]
	says "tk-opendc: 2 tasks without a sample: half a core is assumed"
	says "tk-opendc: 1 task whose memory is not known: assumed"
	run -3 --separate-stderr tk-opendc --strict --refuse-unmeasured n
	[ "$(fragments)" = "0 1000 1000 sample" ]
	[ "$(tasks id pid)" = "0 9" ]
	says "tk-opendc: 2 tasks refused: too much of them is assumed"
	tk-opendc --refuse-unmeasured n >/dev/null
	# Also where another form is written.
	run -3 --separate-stderr tk-opendc --strict --refuse-unmeasured \
		--to swf n
	[ "$(grep -vc '^;' <<<"$output")" -eq 1 ]
	says "tk-opendc: 2 tasks refused: too much of them is assumed"
}

@test "each thing that is assumed of a task can be refused" {
	node n 2 1000
	task n 6 0 0 2000	# nothing is assumed
	sample n 6 1000 1000 100
	sample n 6 2000 1000 100
	task n 7 1 0 2000	# a head
	sample n 7 2000 1000 100
	task n 8 2 0 2000	# a tail
	sample n 8 1000 1000 100
	task n 9 3 0 3000	# a gap
	sample n 9 1000 1000 100
	sample n 9 3000 1000 100
	task n 10 4 0 2000	# no sample, but a memory
	sample n 10 1000 0 0
	task n 11 5 0 2000	# nothing at all
	while read -r what pids; do
		run -0 --separate-stderr tk-opendc --refuse "$what" n
		[ "$(tasks pid | xargs)" = "$pids" ] || fail "$what: $output"
		[ "$(jq 'select(.type == "end").refused' <<<"$output")" -eq \
			$((6 - $(wc -w <<<"$pids"))) ]
	done <<-E
	head 6 8 9 10 11
	tail 6 7 9 10 11
	gap 6 7 8 10 11
	head,gap,tail 6 10 11
	cpu_time 6 7 8 9
	cpu_capacity 6 7 8 9
	mem_capacity 6 7 8 9 10
	duration 6 7 8 9 10 11
	mem_capacity,head,tail 6 9 10
	E
	run -2 tk-opendc --refuse heads n
	run -2 tk-opendc --refuse head, n
}

@test "the CPU time of a task is that of its fragments" {
	tk-opendc "$demo" 2>/dev/null >records
	jq -se '(map(select(.type == "fragment")) | group_by(.id) |
		map(map(.duration * .cpu_usage) | add)) as $mhz_ms |
		map(select(.type == "task")) | all(.[]; .id as $id |
		if .cpu_time == null then .assumed != null else
		(.cpu_time / 1e6 * 2400 / $mhz_ms[$id] - 1 | fabs) < 0.001 end)
		' records
	# A log of it has the share of a core, and no more than there is.
	tk-opendc --to swf "$demo" 2>/dev/null | grep -v "^;" >log
	jq -r 'select(.type == "task") | .cpu_time // -1' records >want
	awk '{ printf "%.0f\n", $6 < 0 ? -1 : $6 * $5 * 1e9 }' log |
		paste - want |
		awk '{ off = $1 - $2; if (off * off > 100) exit 1 }'
}

@test "a task is its node, pid and start: pids come again" {
	node 'r/n(c0)' 2 1000
	node 'r/n(c1)' 2 1000
	for c in 0 1; do
		task "r/n(c$c)" 7 0 1000 3000 "first on $c"
		sample "r/n(c$c)" 7 1500 0 0
		sample "r/n(c$c)" 7 2500 1000 $((c + 1))00
	done
	# The pid of one that ended at 3000; the first difference is of both.
	task 'r/n(c0)' 7 0 5000 8000 "second"
	sample 'r/n(c0)' 7 6000 3500 0
	sample 'r/n(c0)' 7 7000 1000 900
	run -0 --separate-stderr tk-opendc --id-map ids.csv r
	[ "$(fragments)" = "0 500 100 head
0 1000 100 sample
0 500 100 tail
1 1000 900 head
1 1000 900 sample
1 1000 900 tail
2 500 200 head
2 1000 200 sample
2 500 200 tail" ]
	says "tk-opendc: 1 sample between two processes of one pid: not used"
	diff ids.csv - <<-E
	id,node,pid,trace_id,start
	0,n(c0),7,first on 0,1000000001000
	1,n(c0),7,second,1000000005000
	2,n(c1),7,first on 1,1000000001000
	E
}

@test "bytes whose sum no integer holds are memory all the same" {
	node n 2 1000
	task n 7 0 0 1000
	big=6000000000000000000
	sed "s/}\$/, \"status\": 0, \"bytes_in\": $big, \"bytes_out\": $big}/" \
		n/CTS/invocations.jsonl >n/events.ffmpeg.jsonl
	run -0 --separate-stderr tk-opendc n
	# 12 * 10^18 bytes twice, in KiB
	[ "$(tasks mem_capacity)" = 23437500000000000 ]
}

@test "tasks that failed have records of their own, and ids behind all" {
	node n 2 1000
	task n 7 0 0 1000
	task n 8 1 0 1000
	task n 9 2 0 1000
	sed 's/}$/, "status": 1, "bytes_in": 5, "bytes_out": 6}/; 1q' \
		n/CTS/invocations.jsonl >n/events.ffmpeg.jsonl
	sed -n '2s/}$/, "status": 0, "bytes_in": 5, "bytes_out": 6}/p' \
		n/CTS/invocations.jsonl >n/events.other.jsonl
	run -0 --separate-stderr tk-opendc n
	[ "$(tasks type id pid status read_bytes written_bytes)" = \
		"task 0 8 0 5 6
task 1 9 - - -
failed_task 2 7 1 5 6" ]
	[ "$(jq -r 'select(.id == 2).type' <<<"$output" | xargs)" = \
		"failed_task failed_fragment" ]
	says "tk-opendc: 1 task failed: records of their own types"
	says "tk-opendc: 1 task without an event: status not known"
}

@test "tasks are in the order of submission, node, start and pid" {
	for c in 10 2; do
		node "r/x(c$c)" 2 1000
		task "r/x(c$c)" 9 50 60 100
		task "r/x(c$c)" 8 50 60 100
		task "r/x(c$c)" 7 50 70 100
		task "r/x(c$c)" 6 40 90 100
	done
	run -0 --separate-stderr tk-opendc r
	[ "$(tasks id node pid)" = "0 x(c2) 6
1 x(c10) 6
2 x(c2) 8
3 x(c2) 9
4 x(c2) 7
5 x(c10) 8
6 x(c10) 9
7 x(c10) 7" ]
}

@test "nodes that call themselves alike are called like their folders" {
	for c in 0 1; do
		node "r/x(c$c)" 2 1000
		sed -i 's/"node_id":"[^"]*"/"node_id":"vm0"/' \
			"r/x(c$c)/CTS/nodes.json"
		task "r/x(c$c)" 9 50 60 100
	done
	run -0 --separate-stderr tk-opendc r
	[ "$(tasks node | xargs)" = "x(c0) x(c1)" ]
	run -0 --separate-stderr tk-opendc "r/x(c1)"
	[ "$(tasks node)" = vm0 ]
	# And by their paths where two runs have folders of the same names.
	cp -r r again
	run -0 --separate-stderr tk-opendc r again
	[ "$(tasks id node | xargs)" = \
		"0 r/x(c0) 1 r/x(c1) 2 again/x(c0) 3 again/x(c1)" ]
}

@test "raw samples give the same as the differences of Tracekit's parser" {
	cp -r "$demo" raw
	tk-opendc raw >want 2>/dev/null
	rm raw/*/CTS/proc_metrics.jsonl.zst
	run -0 --separate-stderr tk-opendc raw
	diff <(sed 1d want) <(sed 1d <<<"$output")
	# In ticks of 20 ms all have twice the CPU time.
	tk-opendc --ticks 50 raw 2>/dev/null | jq -s -e --slurpfile was want '
		def used: [.[] | select(.kind == "sample") |
			.cpu_usage] | min;
		used == 2 * ($was | used)'
}

@test "the older layout, and events alone, give the same tasks" {
	cp -r "$demo" old
	mv 'old/demo(c0)/CTS' 'old/demo(c0)/cctf'
	rm 'old/demo(c1)/CTS/invocations.jsonl.zst'
	tk-opendc "$demo" 2>/dev/null | sed 1d >want
	run -0 --separate-stderr tk-opendc old
	diff want <(sed 1d <<<"$output")
	run -0 --separate-stderr tk-opendc old/*
	diff want <(sed 1d <<<"$output")
}

# alike FILE: fails unless rows of numbers on stdin are those of the file to
# 10^-9; the first column, the id, apart
alike() {
	paste - "$1" | awk '{
		half = NF / 2
		for (i = 2; i <= half; i++) {
			off = $i - $(half + i)
			if (off * off > 1e-18 * $i * $i) {
				print
				bad = 1
			}
		}
	} END { exit bad || NR == 0 }'
}

@test "--compat gives what Tracekit's exporter gave, where that is right" {
	run -0 --separate-stderr tk-opendc --compat "$demo"
	jq -s -e 'map(select(.type == "task").id) == [range(1; 12)]' \
		<<<"$output"
	# Pids 1003 to 1005 are on both nodes, and that exporter gives all of
	# them the fragments of both: its rows 4 to 9, ids 4 to 6.
	tasks id submission_time duration cpu_count cpu_capacity mem_capacity \
		>ours
	zstd -dcq "$data/workload/demo.tasks.tsv.zst" >theirs
	sed '4,9d' theirs >want
	[ "$(wc -l <want)" -eq 5 ]
	sed '4,9d' ours | alike want
	# Of those six, all but the capacity.
	sed -n '4,9p' theirs | cut -f 1-3,6 >want
	sed -n '4,9p' ours | cut -d ' ' -f 1-3,6 | alike want
	# Its tasks 7 and 8 are our 10 and 11.
	fragments | awk '$1 <= 3 || $1 >= 10' | cut -d ' ' -f 1-3 >ours
	zstd -dcq "$data/workload/demo.fragments.tsv.zst" |
		awk '$1 <= 3 || $1 >= 7' >want
	[ "$(wc -l <want)" -eq 57 ]
	alike want <ours
}

@test "nodes become hosts: alike ones together, sorted, with units" {
	cp -r "$demo" r
	node r/small 2 1800.5 8192
	run -0 --separate-stderr tk-opendc --topology t.json r
	[ "$(jq -c . t.json)" = '{"clusters":[{"name":"C01","hosts":[{"name":'\
'"H01","count":1,"cpu":{"coreCount":2,"coreSpeed":"1800.5 MHz"},"memory":'\
'{"memorySize":"8192 MiB"}},{"name":"H02","count":2,"cpu":{"coreCount":4,'\
'"coreSpeed":"2400 MHz"},"memory":{"memorySize":"16384 MiB"}}]}]}' ]
	tk-opendc --topology s.json --dialect sdk r >/dev/null 2>&1
	jq -e --slurpfile t t.json '. == ($t[0] | .clusters[0].hosts[].memory |=
		{ size: .memorySize })' s.json
	node r/none 2 1800 0
	run -1 --separate-stderr tk-opendc --topology u.json r
	says "tk-opendc: r/none: its memory is not known: no topology was \
written"
	[ ! -e u.json ]
}

# law FORMULA: a node with 20 samples of a second, and records of two zones of
# its energy whose power is that of u, what it used of its 2 cores
law() {
	rm -rf n
	node n 2 1000
	task n 7 0 0 20000
	for ((i = 1; i <= 20; i++)); do
		sample n 7 $((i * 1000)) 1000 $((i * 97))
	done
	printf '{"type":"energy_zone","ts":0,"zone":"c","summed":false}\n' >e
	for ((i = 1; i <= 20; i++)); do
		for part in 0.25:a 0.75:b 9:c; do
			uj=$(awk "BEGIN { u = $i * 97 / 2000
				printf \"%d\", ($1) * 1e6 * ${part%:*} }")
			echo "{\"type\":\"energy\",\"ts\":${i}000000000," \
				"\"zone\":\"${part#*:}\",\"delta_uj\":$uj," \
				"\"dur\":1000000000,\"status\":\"ok\"}"
		done
	done >>e
}

@test "a power model has the form, the idle and the greatest power of a law" {
	while read -r form formula; do
		law "$formula"
		run -0 --separate-stderr tk-opendc --topology t.json \
			--energy e --energy-zero 1000000000000 n
		jq -e --arg form "$form" '.clusters[0].hosts[0].cpuPowerModel |
			.modelType == $form and .idlePower == "20 W" and
			.maxPower == "90 W" and ($form != "mse" or
			(.calibrationFactor - 1.4 | fabs < 0.001))' t.json ||
			fail "$form: $(cat t.json) $stderr"
	done <<-E
	linear 20 + 70 * u
	sqrt 20 + 70 * sqrt(u)
	square 20 + 70 * u ^ 2
	cubic 20 + 70 * u ^ 3
	mse 20 + 70 * (2 * u - u ^ 1.4)
	E
	tk-opendc --topology t.json --energy e --energy-zero 1000000000000 \
		--opendc v1 n >/dev/null 2>&1
	jq -e '.clusters[0].hosts[0] | has("powerModel") and
		(has("cpuPowerModel") | not)' t.json
	tk-opendc --topology t.json --energy e --energy-zero 1000000000000 \
		--dialect sdk n >/dev/null 2>&1
	jq -e '.clusters[0].hosts[0].cpuPowerModel.type == "mse"' t.json
}

# meter NODE DT UJ ...: records of a zone, of intervals of DT ms from 10^12 on
meter() {
	local zone=$1 dt=$2 i=0 uj

	shift 2
	for uj; do
		i=$((i + 1))
		echo "{\"type\":\"energy\",\"ts\":$((i * dt))000000," \
			"\"zone\":\"$zone\",\"delta_uj\":$uj," \
			"\"dur\":${dt}000000,\"status\":\"ok\"}"
	done
}

@test "tasks share the energy of their node by their CPU time" {
	node 'r/a' 2 1000
	task r/a 7 0 0 2000	# 750 ms of 1000, then 250 of 500
	sample r/a 7 1000 1000 750
	sample r/a 7 2000 1000 250
	task r/a 8 0 0 3000	# 250 ms of 1000, then of 500, then all of 100
	sample r/a 8 1000 1000 250
	sample r/a 8 2000 1000 250
	sample r/a 8 3000 1000 100
	task r/a 9 0 3000 4000	# nothing: nobody has the last interval
	sample r/a 9 4000 1000 0
	task r/a 6 0 4000 5000	# here the meter does not measure
	sample r/a 6 5000 1000 500
	task r/a 5 0 4000 5000	# no sample
	node 'r/b' 2 1000
	task r/b 7 0 0 1000	# in two intervals of the meter, 4 J and 2 J
	sample r/b 7 1000 1000 500
	{
		meter a 1000 40000000 20000000 7000000 3000000
		meter b 500 4000000 2000000
	} >e
	run -0 --separate-stderr tk-opendc --energy e \
		--energy-zero 1000000000000 r
	tasks node pid energy_uj | sort >got
	diff got - <<-'END'
	a 5 -
	a 6 -
	a 7 40000000
	a 8 27000000
	a 9 0
	b 7 6000000
	END
	jq -e 'select(.type == "end") | .energy_uj == 76000000 and
		.tasks_energy_uj == 73000000' <<<"$output"
	says "tk-opendc: 2 tasks whose energy is not known: no meter, or not \
at all times"
	run -0 --separate-stderr tk-opendc --energy e --to wfformat \
		--energy-zero 1000000000000 r
	jq -e '.workflow.execution.tasks | map(.energyInKWh // 0) | add |
		. * 3.6e12 - 73000000 | fabs < 1' <<<"$output"
}

@test "energy that two records tell of one time is nobody's" {
	node n 2 1000
	task n 7 0 0 2000
	sample n 7 1000 1000 500
	sample n 7 2000 1000 500
	meter n 1000 5000000 5000000 >e
	meter n 1000 5000000 >>e
	run -0 --separate-stderr tk-opendc --energy e \
		--energy-zero 1000000000000 n
	jq -e 'select(.type == "end") | .energy_uj == 5000000 and
		.tasks_energy_uj == 0' <<<"$output"
	says "tk-opendc: 1 task whose energy is not known: no meter, or not \
at all times"
}

@test "what tasks and idle time use is what was measured" {
	law '20 + 70 * u'
	task n 8 0 5000 15500
	for i in 6250 7750 9123 11987 15000; do
		sample n 8 $i 700 $((i / 20))
	done
	# As many joules as the 20 intervals of a and b have; c is left out.
	want=$(grep -v '"c"' e | jq -s 'map(.delta_uj) | add')
	run -0 tk-opendc --energy e --energy-zero 1000000000000 n
	jq -s -e --argjson want "$want" '(.[-1].energy_uj - $want | fabs < 1)
		and (.[-1].tasks_energy_uj - $want | fabs < 1) and
		((map(.energy_uj? // 0) | .[:-1] | add) - $want | fabs < 3)' \
		<<<"$output"
}

@test "too few intervals, or none at that time, are no power model" {
	law '20 + 70 * u'
	run -0 --separate-stderr tk-opendc --topology t.json --energy e n
	says "tk-opendc: H01: no power model: no meter has the name of such a \
node, and intervals at the times of its samples"
	jq -e '.clusters[0].hosts[0] | has("cpuPowerModel") | not' t.json
	law '90 - 70 * u'
	sed -i '1i{"type":"trace","version":1,"clock":"boot"}' e
	run -0 --separate-stderr tk-opendc --topology t.json --energy e \
		--energy-zero 1000000000000 n
	says "tk-opendc: H01: no power model: the power falls with the \
utilisation, or is negative without any"
	says "tk-opendc: the records of energy were cut short: their end is \
missing"
}

@test "the experiment names the workload and the topology" {
	tk-opendc --topology here.json --workload there --experiment e.json \
		"$demo" >/dev/null 2>&1
	jq -e '.topologies == [{ pathToFile: "here.json" }] and
		(.workloads == [{ pathToFile: "there",
		type: "ComputeWorkload" }]) and .name != null' e.json
	run -1 --separate-stderr tk-opendc --workload $'\xff' \
		--experiment e.json "$demo"
	says "tk-opendc: e.json: JSON cannot name a path that is no UTF-8"
}

@test "files beside the workload are whole or not there" {
	node n 2 1000
	task n 7 0 0 3000
	beside=(--topology t.json --id-map i.csv --experiment e.json)
	run -1 tk-opendc "${beside[@]}" /nonexistent
	[ "$(find . -type f -name '*.json' -o -name '*.csv')" = \
		./n/CTS/nodes.json ]
	# What was there stays where the new one cannot be written.
	echo old >i.csv
	ln -s i.csv link
	run -1 bash -c "ulimit -f 0; trap '' XFSZ; tk-opendc --id-map i.csv n"
	[[ $output == *"tk-opendc: i.csv: File too large"* ]]
	[ "$(cat i.csv)" = old ]
	tk-opendc --id-map link n >/dev/null 2>&1
	[ -L link ]
	[ "$(wc -l <i.csv)" -eq 2 ]
	[ "$(tk-opendc --id-map /dev/stderr n 2>&1 >/dev/null |
		sed -n 1p)" = id,node,pid,trace_id,start ]
	[ -z "$(find . -name '.*.*' -type f)" ]
	# An experiment names no topology that is not there.
	node n 2 1000 0
	run -1 tk-opendc "${beside[@]}" n
	[ ! -e t.json ]
	[ ! -e e.json ]
}

@test "bad lines are told with file and number, and left out" {
	node n 2 1000
	task n 7 0 0 3000
	cat >>n/CTS/invocations.jsonl <<-'E'
	{"pid": 8, "ts_enqueue": 1, "ts_start": 5, "ts_end": 4}
	{"pid": 9, "ts_enqueue": 1, "ts_start": -5, "ts_end": 4}
	{"pid": 9223372036854775808, "ts_start": 5, "ts_end": 6}
	{"pid": 9, "ts_start": 1e308, "ts_end": 9223372036854775807}
	{"trace_id": "x", "pid": 10, "ts_start": 5, "ts_en
	E
	sample n 7 1000 1000 500
	cat >>n/CTS/proc_metrics.jsonl <<-'E'
	{"ts_ms": 1000000002000, "pid": 7, "dt_ms": -1, "cpu_ms": 5}
	{"ts_ms": 1000000002000, "pid": 7, "dt_ms": 1, "cpu_ms": 1e308}
	E
	run -3 --separate-stderr tk-opendc --strict n
	[ "$(fragments)" = "0 1000 500 sample
0 2000 500 tail" ]
	grep -q 'invocations.jsonl:2: a task that ended before it began: ' \
		<<<"$stderr"
	grep -q 'n/CTS/invocations.jsonl:6: ' <<<"$stderr"
	[ "$(jq 'select(.type == "end").bad' <<<"$output")" -eq 7 ]
	tk-opendc n >/dev/null 2>&1
}

@test "the greatest numbers there are do no harm" {
	node n 1048576 1000000
	cat >>n/CTS/invocations.jsonl <<-'E'
	{"pid": 2147483647, "ts_start": 0, "ts_end": 253402300799999}
	E
	sed 's/V/1125899906842624/g' >>n/CTS/proc_metrics.jsonl <<-'E'
	{"ts_ms": 253402300799999, "pid": 2147483647, "dt_ms": V, "cpu_ms": V}
	E
	run -0 --separate-stderr tk-opendc n
	jq -s -e '(map(select(.type == "fragment").duration) | add) ==
		253402300799999' <<<"$output"
}

@test "files that are missing or empty are told, and the rest is done" {
	node n 2 1000
	task n 7 0 0 3000
	rm n/CTS/proc_metrics.jsonl
	run -0 --separate-stderr tk-opendc n
	[ "$(fragments)" = "0 3000 500 whole" ]
	says "tk-opendc: n: no proc_metrics.jsonl"
	mkdir -p m/CTS empty
	run -1 --separate-stderr tk-opendc m n empty /nonexistent
	[ "$(fragments)" = "0 3000 500 whole" ]
	says "tk-opendc: m: no invocations.jsonl and no events.*.jsonl"
	says "tk-opendc: empty: no folder of a node: CTS, cctf and \
node_meta.json are neither in it nor below"
	says "tk-opendc: /nonexistent: No such file or directory"
	run -1 --separate-stderr tk-opendc n ./n
	[ "$(fragments)" = "0 3000 500 whole" ]
	says "tk-opendc: ./n: the same folder as n: read once"
	: >n/CTS/nodes.json
	run -1 --separate-stderr tk-opendc n
	says "tk-opendc: n/CTS/nodes.json: no JSON"
	says "tk-opendc: n: the MHz of its cores are not known: left out \
without --mhz"
	run -1 --separate-stderr tk-opendc --mhz 1000 --cores 2 n
	[ "$(fragments)" = "0 3000 500 whole" ]
	: >n/CTS/invocations.jsonl
	run -1 --separate-stderr tk-opendc --mhz 1000 --cores 2 n
	[ "$(jq -r .type <<<"$output" | xargs)" = "trace end" ]
}

@test "times in a wrong order are counted" {
	node n 2 1000
	task n 7 500 0 3000
	task n 7 600 2000 4000
	task n 7 700 2000 5000
	sample n 7 2500 500 100
	sample n 7 8000 500 100
	run -0 --separate-stderr tk-opendc n
	[ "$(fragments)" = "0 2000 200 head
0 500 200 sample
0 500 200 tail
1 2000 500 whole" ]
	says "tk-opendc: 1 task that began before being queued: ts_start < \
ts_enqueue"
	says "tk-opendc: 1 task that began before the last of that pid and \
node had ended"
	says "tk-opendc: 1 sample at a time when no task had its pid"
	says "tk-opendc: 1 task of a pid and start that were there: left out"
}

@test "options that do not fit together are wrong usage" {
	for options in '--floor 0' '--floor nan' '--mhz 1e9' '--cores 0' \
		'--opendc v4' '--dialect x' '--from x' \
		'--dialect sdk --opendc v1' \
		'--dialect sdk --experiment x'; do
		# shellcheck disable=SC2086
		run -2 tk-opendc $options "$demo"
	done
	run -2 tk-opendc
}
