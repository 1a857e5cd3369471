#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# tk-parse: the options that say what is written: names, csv, stats, symbols

load helper
load parse

setup() {
	cd "$BATS_TEST_TMPDIR" || return
}

# small: a trace, and all of its records
small() {
	unpack source/small/trace.tgid.txt
	tk-parse trace.tgid.txt >all
}

# wakeup TIME CPU [TID]: a line of tracefs text
wakeup() {
	printf '%16s-%-7d [%03d] d..2. %s: sched_wakeup: comm=a pid=1 %s\n' \
		task "${3-7}" "$2" "$1" 'prio=120 target_cpu=000'
}

@test "the trace's names come from the file's, a document, and options" {
	wakeup 1.000000 0 >hackbench_pipe_small_run0.txt
	file=hackbench_pipe_small_run0
	[ "$(tk-parse $file.txt | title)" = \
		'["'$file'","hackbench_pipe_small","hackbench"]' ]
	gzip -k $file.txt
	[ "$(tk-parse "$PWD/$file.txt.gz" | title)" = \
		'["'$file'","hackbench_pipe_small","hackbench"]' ]
	[ "$(tk-parse --trace-id a --workload-type b --category c $file.txt |
		title)" = '["a","b","c"]' ]
	cat >$file.json <<-END
	{"trace_id": "other \u00e9", "workload_name": null,
	"category": "pipes", "hostname": "host", "kernel": "6.1",
	"num_cpus": 8, "clock": "mono"}
	END
	tk-parse $file.txt >records
	[ "$(head -n 1 records | jq -c '[.trace_id, .category, .host, .kernel,
		.cpus, .clock]')" = \
		'["other é","pipes","host","6.1",8,"mono"]' ]
	[ "$(tk-parse --category mine $file.txt | title | jq -c '.[2]')" = \
		'"mine"' ]
	# A record that has names keeps them.
	mkdir more
	tk-parse --trace-id a --category c $file.txt >more/b_run1.jsonl
	[ "$(tk-parse more/b_run1.jsonl | title | jq -c '[.[0], .[2]]')" = \
		'["a","c"]' ]
	[ "$(tk-parse --trace-id z more/b_run1.jsonl | title |
		jq -c '[.[0], .[2]]')" = '["z","c"]' ]
	# A document that is none is told.
	echo '{"trace_id": ' >$file.json
	run -1 --separate-stderr tk-parse $file.txt
	grep -q "^tk-parse: $file.json: " <<<"$stderr"
	[ "$(end <<<"$output")" = '[1,0,0,0]' ]
}

@test "-o csv: a line of names, and one for each event" {
	small
	tk-parse -o csv -e sched_switch trace.tgid.txt >got
	[ "$(head -n 1 got)" = "ts,cpu,task,tid,tgid,flags,prev_comm,prev_pid,\
prev_prio,prev_state,next_comm,next_pid,next_prio" ]
	events all | jq -r 'select(.type == "sched_switch") |
		"\(.ts),\(.cpu),\(.task // ""),\(.tid),\(.tgid // "")," +
		"\(.flags // ""),\(.prev_comm),\(.prev_pid),\(.prev_prio)," +
		"\(.prev_state),\(.next_comm),\(.next_pid),\(.next_prio)"' |
		cmp - <(tail -n +2 got)
	# Records too.
	tk-parse -o csv -e sched_switch all | cmp - got
}

@test "-o csv: names with quotes, commas and newlines are quoted" {
	{
		printf '%16s-%-7d [000] d..2. 1.000000: ' 'q"u,o' 7
		printf 'sched_wakeup: comm=a\nb pid=1 prio=-1 target_cpu=001\n'
		printf '%16s-%-7d [000] d..2. 2.000000: ' '<...>' 8
		printf 'sched_wakeup: comm= x\xff\\ pid=1 prio=2 target_cpu=0\n'
		printf '%16s-%-7d [000] d..2. 3.000000: ' '' 9
		printf 'sched_wakeup: comm= pid=1 prio=2 target_cpu=0\n'
	} >text
	run -0 tk-parse -o csv text
	is "$(printf '%b' "$(cat <<-'END'
	ts,cpu,task,tid,tgid,flags,comm,pid,prio,target_cpu
	1000000000,0,"q""u,o",7,,d..2.,"a
	b",1,-1,1
	2000000000,0,,8,,d..2., x\xff\\,1,2,0
	3000000000,0,"",9,,d..2.,"",1,2,0
	END
	)")"
}

@test "-o csv is for one type of event, and names the second" {
	small
	run -1 --separate-stderr tk-parse -o csv trace.tgid.txt
	[[ $stderr == "tk-parse: "*"sched_switch"* ]]
	[[ $stderr == *"-e"* ]]
	[ "${lines[0]}" = \
		"ts,cpu,task,tid,tgid,flags,comm,pid,prio,target_cpu" ]
}

@test "--stats: counts, rates, times and bytes of each type of event" {
	small
	tk-parse --stats trace.tgid.txt >table
	awk '/^cpu /{ exit } NR > 1 && NF { print $1, $2, $4, $5 }' table |
		sort >got
	seconds='def s: tostring | .[:-9] + "." + .[-9:];'
	{
		events all | jq -rs "$seconds"'group_by(.type)[] |
			"\(.[0].type) \(length) \(map(.ts) | min | s)" +
			" \(map(.ts) | max | s)"'
		events all | jq -rs "$seconds"' "all \(length)" +
			" \(map(.ts) | min | s) \(map(.ts) | max | s)"'
	} | sort >want
	diff want got
	# The most frequent first; the bytes are those of the lines.
	awk 'NR > 1 && $1 != "all" { print $2 } /^all/ { exit }' table |
		sort -c -n -r
	[ "$(awk '/^all / { print $6 }' table)" -eq \
		"$(grep -v '^#' trace.tgid.txt | wc -c)" ]
	awk '/^[a-z_]+ / && $2 > 0 && NF == 6 {
		if ($1 != "all") { sum += $2; bytes += $6; rates += $3 }
		else all = $2 == sum && $6 == bytes &&
		    ($3 - rates) ^ 2 < 1 && ($3 - 23787 / ($5 - $4)) ^ 2 < 1
	}
	END { exit !all }' table
	awk '/^cpu /{ on = 1 } on && $1 ~ /^[0-9]/ { print $1, $2 }' table |
		diff <(events all | jq -r .cpu | sort | uniq -c |
			awk '{ print $2, $1 }') -
}

@test "--stats: what each CPU lost" {
	unpack source/lost/trace_pipe.txt
	tk-parse --stats trace_pipe.txt >table
	[ "$(awk '/^cpu /{ on = 1; next } on { print $1, $3, $4 }' table |
		tr '\n' ';')" = "0 9968 3;1 1139 1;" ]
	run -3 tk-parse --strict --stats trace_pipe.txt
}

@test "--symbols: values as the kernel prints them" {
	unpack flow/chain4/trace.dat
	tk-parse -e inet_sock_set_state trace.dat >plain
	tk-parse -e inet_sock_set_state --symbols trace.dat >got
	trace-cmd report -t -i trace.dat 2>/dev/null |
		grep inet_sock_set_state: >printed
	[ "$(wc -l <printed)" -gt 50 ]
	# family=AF_INET ... oldstate=TCP_CLOSE newstate=TCP_SYN_SENT
	for key in family protocol oldstate newstate; do
		sed -E "s/.*[ :]$key=([A-Z0-9_]+).*/\1/" printed |
			cmp - <(events got | jq -r ".$key")
	done
	[ "$(events got | jq -r .newstate | grep -c '^TCP_')" -eq \
		"$(wc -l <printed)" ]
	# Nothing else changes.
	cmp <(events plain | jq -c 'del(.family, .protocol, .oldstate,
		.newstate)') <(events got | jq -c 'del(.family, .protocol,
		.oldstate, .newstate)')
	[ "$(events plain | jq -r '.family' | sort -u)" = 2 ]
}
