#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# tk-parse: what perf script prints of this machine, in its forms: each gives
# the same records, and they hold what perf says of the samples
#
# Each test records for a moment with perf, and skips itself where perf is
# missing or may not record.  Other tasks are in the recording beside those of
# names, so nothing is expected of a task that is not ours.

load helper
load parse

traced=sched:sched_switch,sched:sched_wakeup
columns=comm,pid,tid,cpu,time,event,trace

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	type -P perf >/dev/null || skip "perf is not installed"
	perf record -q -e $traced -a -o perf.data -- true >why 2>&1 ||
		skip "perf may not record here: $(head -n 1 why)"
	seed=${NAMES_SEED:-$((RANDOM * 32768 + RANDOM))}
	# Shown where a test fails.
	echo "NAMES_SEED=$seed"
	perf record -q -e $traced -a -o perf.data -- \
		timeout 60 names "$seed" 50 >named
	[ -s named ]
}

# printed OPTION ...: the recording as perf script prints it.  What perf says
# of columns that other kinds of events do not have is of no use here.
printed() {
	perf script -i perf.data "$@" 2>/dev/null
}

# parsed OPTION ...: the records of that
parsed() {
	printed "$@" | timeout 60 tk-parse --strict
}

# micro: records with their times cut to microseconds, as perf cuts them
micro() {
	sed -E 's/("ts":[0-9]+)[0-9]{3},/\1000,/'
}

# plain: lines of traces in which both names are made of such bytes as no
# reader, perf's included, would change or mistake
plain() {
	local name='[[:alnum:]_/:.-]+' number='-?[0-9]+'

	grep -axE -e "comm=$name pid=$number prio=$number target_cpu=[0-9]+" \
		-e "prev_comm=$name prev_pid=$number prev_prio=$number \
prev_state=[A-Za-z|+]+ ==> next_comm=$name next_pid=$number next_prio=$number"
}

@test "perf: as many records as samples, whatever is printed of them" {
	# Times have no line feeds, which names and thus traces may have.
	samples=$(printed -F time | wc -l)
	[ "$samples" -gt 200 ]
	[ "$(parsed | end)" = "[$samples,0,0,0]" ]
	[ "$(parsed --ns | end)" = "[$samples,0,0,0]" ]
	[ "$(parsed -F $columns | end)" = "[$samples,0,0,0]" ]
	[ "$(parsed -F $columns --ns | end)" = "[$samples,0,0,0]" ]
}

@test "perf: the same records, but that only --ns has nanoseconds" {
	parsed --ns >ns
	parsed | cmp - <(micro <ns)
	parsed -F $columns --ns >tgid
	sed 's/"tgid":[0-9]*,//' tgid | cmp - ns
	parsed -F $columns | cmp - <(micro <tgid)
	grep -qE '"ts":[0-9]*[1-9],' ns
}

@test "perf: threads, processes, CPUs, times and events are those it tells" {
	# 7025/7025  [000] 18081.846778335: sched:sched_wakeup:
	printed -F pid,tid,cpu,time,event --ns | tr -s '[]/: ' ' ' |
		awk '{ sub(/\./, "", $4); print $4, $3 + 0, $2, $1, $6 }' >want
	parsed -F $columns --ns | events >got
	# Where perf knows no thread it prints -1.  jq before 1.7 would round
	# the times of machines that have been up for months.
	paste -d ' ' <(sed -E 's/.*"ts":([0-9]+),.*/\1/' got) \
		<(jq -r '"\(.cpu) \(.tid // -1) \(.tgid // -1) \(.type)"' got) |
		diff want -
}

@test "perf: the fields of events are those it prints" {
	printed -F trace | plain >want
	[ "$(grep -c '^prev_comm=' want)" -gt 50 ]
	grep -q '^comm=' want
	parsed | events | jq -r 'if .type == "sched_switch" then
			"prev_comm=\(.prev_comm) prev_pid=\(.prev_pid) " +
			"prev_prio=\(.prev_prio) prev_state=\(.prev_state) " +
			"==> next_comm=\(.next_comm) next_pid=\(.next_pid) " +
			"next_prio=\(.next_prio)"
		else
			"comm=\(.comm) pid=\(.pid) prio=\(.prio) " +
			"target_cpu=\("00\(.target_cpu)"[-3:])"
		end' | plain | diff want -
}

@test "perf: hostile names come back as the tasks gave them to themselves" {
	parsed | jq -rf "$tools/names.jq" >seen
	# Blanks before the name of a line's task may be the column's; and
	# a task has the name of its program before it has its own.
	awk -F '\t' '
	FNR == NR { name[$1] = $2; next }
	!($3 in name) || $4 == "%6E%61%6D%65%73" { next }
	{ found[$2, $3] = 1; given = name[$3] }
	$2 == "task" { sub(/^(%20)+/, "", $4); sub(/^(%20)+/, "", given) }
	$4 != given { wrong($2 " of " $3 ": " $4) }
	END {
		for (tid in name)
			if (!(("prev_comm", tid) in found &&
			    ("next_comm", tid) in found))
				wrong("no switch from or to " tid)
		exit bad
	}
	function wrong(what) {
		print what
		bad = 1
	}' named seen
}
