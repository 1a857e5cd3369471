#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# Tasks with hostile names on this machine's kernel: each name comes back,
# byte for byte, from the text of the trace and from the pages of its buffers
#
# The tests need root and tracefs, and skip themselves without.

load helper
load live/instance

events='sched/sched_switch sched/sched_wakeup sched/sched_process_fork
	sched/sched_process_exit'
tasks=200

setup() {
	local lacks

	# shellcheck disable=SC2086
	lacks=$(instance_lacks $events)
	[ -z "$lacks" ] || skip "$lacks"
	cd "$BATS_TEST_TMPDIR" || return
	seed=${NAMES_SEED:-$((RANDOM * 32768 + RANDOM))}
	# Shown where a test fails.
	echo "NAMES_SEED=$seed"
}

teardown() {
	instance_remove
}

# record: has the kernel write of the tasks of names, and of no others, what
# it does; leaves the file trace, cpuN.raw, and named, what they were called
record() {
	# shellcheck disable=SC2086
	instance_new "tk-names$$" 16384 $events
	echo event-fork >"$instance/trace_options"
	(
		echo "$BASHPID" >"$instance/set_event_pid"
		echo 1 >"$instance/tracing_on"
		exec timeout 60 names "$seed" "$tasks" >named
	)
	echo 0 >"$instance/tracing_on"
	[ "$(instance_count 'dropped events')" -eq 0 ]
	[ "$(instance_count overrun)" -eq 0 ]
	written=$(instance_count entries)
	cat "$instance/trace" >trace
	instance_drain .
	[ "$(wc -l <named)" -gt "$tasks" ]
}

# text; pages: what tk-parse makes of each
text() {
	timeout 60 tk-parse trace
}
pages() {
	timeout 60 tk-parse --formats "$tracefs/events" cpu*.raw
}

# whole FILE: it is a trace of which nothing was lost, bad or left out
whole() {
	jq -es --argjson n "$written" '
		(map(select(.ts != null and .tid != null)) | length) == $n
		and .[0].type == "trace"
		and (.[-1] | .type == "end" and .records == $n and
			.lost == 0 and .lost_marks == 0 and .bad == 0)' \
		<"$1" >/dev/null
}

# named FILE: each task of names has its own name there and, while it had not
# named itself, that of names; and it was switched in and out and ended under
# its own
named() {
	jq -rf "$root/tests/tools/names.jq" "$1" >seen
	awk -F '\t' '
	BEGIN {
		split("prev_comm next_comm", must, " ")
		before = "%6E%61%6D%65%73"	# names
	}
	FNR == NR { name[$1] = $2; next }
	!($3 in name) || $2 == "task" { next }
	$4 == name[$3] { found[$1, $2, $3] = 1; next }
	$4 != before { wrong($1 ": " $2 " of " $3 ": " $4, $3) }
	END {
		for (tid in name) {
			for (i = 1; i in must; i++)
				if (!(("sched_switch", must[i], tid) in found))
					wrong("no " must[i] " of " tid, tid)
			if (!(("sched_process_exit", "comm", tid) in found))
				wrong("no exit of " tid, tid)
		}
		exit bad
	}
	function wrong(what, tid) {
		if (!told[what]++)
			print what ", which is " name[tid]
		bad = 1
	}' named seen
}

# begun FILE: the tasks that lines of text begin with have their names, but
# for blanks before them: the kernel puts blanks there itself
begun() {
	jq -rf "$root/tests/tools/names.jq" "$1" >seen
	awk -F '\t' '
	FNR == NR { name[$1] = bare($2); next }
	!($3 in name) || $2 != "task" { next }
	bare($4) == name[$3] { found++; next }
	$4 != "%6E%61%6D%65%73" {
		if (!told[$4, $3]++)
			print "task of " $3 ": " $4 ", which is " name[$3]
		bad = 1
	}
	END { exit bad || !found }
	function bare(bytes) {
		sub(/^(%20)+/, "", bytes)
		return bytes
	}' named seen
}

# switches FILE: how many there are
switches() {
	jq -s 'map(select(.type == "sched_switch")) | length' "$1"
}

# plain FILE: its events, for each CPU in order, without what text does not
# carry: which task it was in, and less than a microsecond
plain() {
	jq -cS 'select(.ts != null and .tid != null) | del(.task)
		| .ts = ((.ts + 500) / 1000 | floor)' "$1" |
		sed 's/.*"cpu":\([0-9]*\)/\1 &/' | sort -s -n -k 1,1
}

@test "names: each comes back from the text of the trace" {
	record
	text >records
	whole records
	named records
}

@test "names: each comes back from the beginnings of the lines" {
	record
	text >records
	begun records
}

@test "names: each comes back from the pages of the buffers" {
	record
	pages >records
	whole records
	named records
}

@test "names: text and pages give the same events" {
	record
	text >from-text
	pages >from-pages
	whole from-text
	[ "$(switches from-text)" -gt "$tasks" ]
	[ "$(switches from-text)" -eq "$(switches from-pages)" ]
	diff <(plain from-text) <(plain from-pages)
}
