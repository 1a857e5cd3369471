#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# tk-opendc --from, --to: other forms of workloads, and the threads of traces

load helper

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	forms=$data/workload
}

# fields FIELD ...: these of each task and failed task, "-" where there is none
fields() {
	jq -r --args 'select(.type | endswith("task")) as $t |
		[$ARGS.positional[] | $t[.] // "-" | tostring] | join(" ")' "$@"
}

# numbers: the lines of an SWF that are no comment
numbers() {
	grep -v '^;'
}

@test "a log in SWF comes back as it was, but for parts of jobs" {
	tk-opendc --from swf --to swf "$forms/five.swf" >out.swf 2>notes
	diff <(numbers <out.swf) <(numbers <"$forms/five.swf" |
		awk '$11 < 2 || $11 > 4')
	grep -q '^; UnixStartTime: 1000000000$' out.swf
	grep -q '1 lines are of parts of jobs: left out' notes
}

@test "a log in SWF comes back by way of records, too" {
	tk-opendc --from swf "$forms/five.swf" 2>/dev/null >tasks.jsonl
	tk-opendc --from records --to swf tasks.jsonl 2>/dev/null >out.swf
	tk-opendc --from swf --to swf "$forms/five.swf" 2>/dev/null |
		diff - out.swf
}

@test "times of a log count from what they did, or from --epoch" {
	job='1 70 -1 4 1 1 -1 2 -1 -1 1 -1 -1 -1 -1 -1 -1 -1'
	tk-opendc --from swf --to swf 2>/dev/null <<<"$job" >out.swf
	grep -qx -- "$job" out.swf
	grep -qx '; UnixStartTime: 0' out.swf
	tk-opendc --from swf 2>/dev/null <<<"$job" >tasks.jsonl
	tk-opendc --from records --to swf tasks.jsonl 2>/dev/null >out.swf
	grep -q '^1 0 ' out.swf
	grep -qx '; UnixStartTime: 70' out.swf
	tk-opendc --from records --to swf --epoch 10 tasks.jsonl 2>/dev/null \
		>out.swf
	grep -q '^1 60 ' out.swf
	grep -qx '; UnixStartTime: 10' out.swf
}

@test "a workflow in WfFormat comes back as it was, with its energy" {
	tk-opendc --from wfformat --to wfformat "$forms/two.wfformat.json" \
		2>/dev/null >out.json
	diff out.json "$forms/two.wfformat.json"
	tk-opendc --from wfformat "$forms/two.wfformat.json" 2>/dev/null |
		tee records | fields id name energy_uj parents >tasks
	diff tasks - <<-'END'
	0 split 44442000 -
	1 join - [0]
	2 join - [0]
	END
	tk-opendc --from records --to wfformat records 2>/dev/null |
		diff - "$forms/two.wfformat.json"
}

@test "dependencies of GWF are within their workflow" {
	run --separate-stderr -0 tk-opendc --from gwf "$forms/chain.gwf"
	fields workflow trace_id submission_time parents children \
		<<<"$output" >tasks
	diff tasks - <<-'END'
	1 1 0 - [1]
	1 2 5000 [0] -
	0 1 10000 - [3,4]
	0 2 10000 [2] [4]
	0 3 12000 [2,3] -
	END
	[[ $stderr == *'1 dependencies on tasks that are not there'* ]]
}

@test "no task waits for one that failed, or that took no time" {
	# Job 2 waits for 1, which failed, 3 for 2, and 4 for 5, in no time.
	run --separate-stderr -0 tk-opendc --from swf <<-'END'
	1 0 0 4 1 1 -1 1 -1 -1 0 -1 -1 -1 -1 -1 -1 -1
	2 1 0 4 1 1 -1 1 -1 -1 1 -1 -1 -1 -1 -1 1 -1
	3 2 0 4 1 1 -1 1 -1 -1 1 -1 -1 -1 -1 -1 2 -1
	4 3 0 4 1 1 -1 1 -1 -1 1 -1 -1 -1 -1 -1 5 -1
	5 3 0 0 1 1 -1 1 -1 -1 1 -1 -1 -1 -1 -1 -1 -1
	END
	fields type id trace_id parents children <<<"$output" >tasks
	diff tasks - <<-'END'
	task 0 2 - [1]
	task 1 3 [0] -
	task 2 4 - -
	task 3 5 - [2]
	failed_task 4 1 - [0]
	END
	[[ $stderr == *'2 dependencies on tasks that OpenDC does not run'* ]]
	# Of what is not run it is told, and so comes back.
	[ "$(tk-opendc --from records --to swf <<<"$output" 2>/dev/null |
		numbers | cut -d ' ' -f 1,17 | xargs)" = \
		"1 -1 2 1 3 2 4 5 5 -1" ]
}

@test "what a form does not tell is told to be assumed" {
	run --separate-stderr -0 tk-opendc --from swf --mhz 1000 \
		<<<'1 0 -1 4 -1 -1 -1 2 -1 -1 1 -1 -1 -1 -1 -1 -1 -1'
	[ "$(fields cpu_count cpu_capacity assumed <<<"$output")" = \
		"2 2000 cpu_count cpu_capacity mem_capacity" ] ||
		[ "$(fields cpu_count cpu_capacity assumed <<<"$output")" = \
			"2 2000.0 cpu_count cpu_capacity mem_capacity" ]
	[[ $stderr == *'1 jobs do not tell their CPU time'* ]]
	[[ $stderr == *'1000 MHz of a core assumed'* ]]
}

@test "what was not measured can be refused" {
	job='0 -1 4 1 -1 -1 2 -1 -1 1 -1 -1 -1 -1 -1 -1 -1'
	run --separate-stderr -3 tk-opendc --from swf --strict \
		--refuse-unmeasured <<<"1 $job"
	[ -z "$(fields id <<<"$output")" ]
	[[ $stderr == *'1 tasks refused'* ]]
}

@test "what a form cannot tell cannot be refused" {
	trace=$data/source/small/trace.default.txt.zst
	run -2 tk-opendc --from trace --refuse mem_capacity "$trace"
	run -2 tk-opendc --from records --to swf --refuse head </dev/null
	tk-opendc --from swf "$forms/five.swf" >records 2>/dev/null
	run -0 --separate-stderr tk-opendc --from records --to swf \
		--refuse cpu_time records
	[ "$(numbers <<<"$output" | cut -d ' ' -f 1 | xargs)" = "1 2 5 6" ]
	run -0 --separate-stderr tk-opendc --from swf --refuse duration \
		"$forms/five.swf"
	[ "$(fields trace_id <<<"$output" | sort | xargs)" = "1 2 3 5 6" ]
	jq -se '.[-1] | .refused == 1 and .unmeasured == 1 and
		.assumed_cpu_capacity == 5 and .mean_ms == 120250 and
		.whole_ms == 60000 and .fragments == 4' <<<"$output"
}

@test "--epoch dates what has no date" {
	job='1 2 -1 4 1 1 -1 2 -1 -1 1 -1 -1 -1 -1 -1 -1 -1'
	for epoch in 1000000000 2001-09-09T01:46:40Z \
		2001-09-09T03:46:40.000+02:00; do
		tk-opendc --from swf --epoch $epoch 2>/dev/null <<<"$job" |
			fields submission_time | grep -qx 1000000002000
	done
	for epoch in -1 now 2001-13-09T01:46:40Z ''; do
		run -2 tk-opendc --from swf --epoch "$epoch" <<<"$job"
	done
}

@test "bad lines are told, counted, and end nothing" {
	run --separate-stderr -0 tk-opendc --from swf <<-'END'
	1 2 3
	1 0 -1 4 1 1 -1 2 -1 -1 1 -1 -1 -1 -1 -1 -1 -1
	x 0 -1 4 1 1 -1 2 -1 -1 1 -1 -1 -1 -1 -1 -1 -1
	END
	[[ $stderr == *':1: it has not 18 fields'* ]]
	[[ $stderr == *':3: a field that must be a whole number is none'* ]]
	jq -e 'select(.type == "end") | .bad == 2 and .tasks == 1' <<<"$output"
	run -1 tk-opendc --from wfformat <<<'{"workflow":3}'
	[[ $output == *'it has no workflow with a list of tasks'* ]]
	run -1 tk-opendc --from wfformat </dev/null
	run -1 tk-opendc --from swf --to wfformat </dev/null
	[[ $output == *'a workflow must have a task'* ]]
}

@test "records without their end are told to be cut short" {
	tk-opendc --from swf "$forms/five.swf" 2>/dev/null | sed '$d' >records
	run --separate-stderr -3 tk-opendc --from records --to swf --strict \
		records
	[[ $stderr == *'the end of the records is missing'* ]]
}

@test "the map of ids tells each form's tasks" {
	tk-opendc --from swf --id-map ids.csv --experiment e.json \
		"$forms/five.swf" 2>/dev/null >records
	diff ids.csv <(echo id,node,pid,trace_id,start
		jq -r 'select(.type | endswith("task")) |
		"\(.id),,,\(.trace_id),\(.start // "")"' records | sort -n)
	jq -e '.workloads[0].pathToFile == "workload"' e.json
	tk-opendc --from trace --id-map ids.csv \
		"$data/source/small/trace.default.txt.zst" 2>/dev/null >records
	diff <(sed 1d ids.csv | cut -d , -f 1,3,5) \
		<(jq -r 'select(.type == "task") |
		"\(.id),\(.pid),\(.start // "")"' records | sort -n)
	rm ids.csv
	run -1 tk-opendc --from swf --id-map ids.csv /nonexistent
	[ ! -e ids.csv ]
}

@test "options that do not fit the form are wrong usage" {
	for option in --compat --cores=2 --dialect=sdk --energy=x --ticks=5 \
		--energy-zero=1 --topology=t.json; do
		run -2 tk-opendc --from swf $option "$forms/five.swf"
	done
	run -2 tk-opendc --from nothing x
	run -2 tk-opendc --from swf --to gwf x
	run -2 tk-opendc --from records x
	run -2 tk-opendc --from swf --fragment 1s x
	run -2 tk-opendc --from trace --fragment 0.5ms x
	run -2 tk-opendc --from trace --fragment 2y x
	run -2 tk-opendc --epoch 1 x
}

# busy RECORDS: ns for which threads had a CPU, from switch to switch, where
# the one that came is the one that leaves
busy() {
	jq -r 'select(.ts) | [.type, .ts, .cpu, .prev_pid, .next_pid] | @tsv' |
		awk -F '\t' '
		{ last = $2 }
		$1 != "sched_switch" { next }
		{
			if (on[$3] > 0 && on[$3] == $4)
				sum += $2 - since[$3]
			on[$3] = $5
			since[$3] = $2
		}
		END {
			for (cpu in on)
				if (on[cpu] > 0)
					sum += last - since[cpu]
			printf "%.0f\n", sum
		}'
}

@test "threads use the CPU time that their trace has" {
	trace=$data/source/small/trace.default.txt.zst
	tk-parse "$trace" >events
	for form in 1s 10ms change; do
		tk-opendc --from trace --fragment $form --mhz 1000 "$trace" \
			>records 2>/dev/null
		[ "$(jq -s 'map(.cpu_time // 0) | add' records)" = \
			"$(busy <events)" ]
		# The fragments last as long as the tasks, and use as much.
		jq -se '
		(map(select(.type == "fragment")) | group_by(.id)) as $f |
		(map(select(.type == "task" and .duration > 0)) |
			sort_by(.id)) as $t |
		[$t, $f] | transpose | length > 40 and all(
			. as [$one, $its] |
			$one.duration == ($its | map(.duration) | add) and
			($one.cpu_time / 1000000 - ($its |
				map(.cpu_usage / 1000 * .duration) | add) |
				fabs) < 0.0001 * $one.duration +
				0.001 * ($its | length))
			' records
	done
	# The records of a trace say the same as its text.
	tk-opendc --from trace --fragment change --mhz 1000 events 2>/dev/null |
		sed 1d | diff - <(sed 1d records)
}

@test "a trace becomes a log and a workflow" {
	trace=$data/source/small/trace.default.txt.zst
	tk-opendc --from trace "$trace" 2>/dev/null >records
	n=$(fields id <records | wc -l)
	[ "$(tk-opendc --from trace --to swf "$trace" 2>/dev/null |
		numbers | wc -l)" = "$n" ]
	tk-opendc --from trace --to wfformat "$trace" 2>/dev/null |
		jq -e --argjson n "$n" '.schemaVersion == "1.5" and
		(.workflow.specification.tasks | length == $n) and
		(.workflow.execution.tasks | all(.avgCPU <= 100))'
}

@test "lost events are told" {
	run --separate-stderr -3 tk-opendc --from trace --strict \
		"$data/source/lost/trace_pipe.txt.zst"
	[[ $stderr == *'marks of events that were lost'* ]]
	jq -e 'select(.type == "end") | .lost_marks > 0' <<<"$output"
}
