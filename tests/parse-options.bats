#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# tk-parse: the options that choose what is kept, and wrong usage

load helper
load parse

setup() {
	cd "$BATS_TEST_TMPDIR" || return
}

# small: the trace of which each test takes a part, and all of its records
small() {
	unpack source/small/trace.tgid.txt
	tk-parse trace.tgid.txt >all
}

# keeps FILTER OPTION ...: with the options those records are left that jq's
# filter chooses out of all, and the end counts them
keeps() {
	local filter=$1

	shift
	tk-parse "$@" trace.tgid.txt >got
	events all | jq -c "select($filter)" >want
	[ -s want ]
	[ "$(wc -l <want)" -lt 23787 ]
	cmp <(events got) want
	[ "$(end got)" = "[$(wc -l <want),0,0,0]" ]
}

# wakeup TIME CPU [TID]: a line of tracefs text
wakeup() {
	printf '%16s-%-7d [%03d] d..2. %s: sched_wakeup: comm=a pid=1 %s\n' \
		task "${3-7}" "$2" "$1" 'prio=120 target_cpu=000'
}

# at TIME ...: exactly these times are left, in seconds
at() {
	printf '%s000000000\n' "$@" |
		diff - <(jq '.ts // empty' "${records-records}")
}

# refuses TEXT ARGUMENT ...: wrong usage, and this is why
refuses() {
	local why=$1

	shift
	run -2 --separate-stderr tk-parse "$@" </dev/null
	[ "$output" = "" ]
	[[ ${stderr_lines[0]} == "tk-parse: "*"$why"* ]] ||
		fail "${stderr_lines[0]}"
	[[ ${stderr_lines[1]} == "usage: tk-parse "* ]]
}

@test "-e: a sample of perf is chosen by all of its name" {
	joined <<-'END' >samples
		            perf  8672 [000] 1.5:   250000 cpu-clock:ppp: \
		 ffffffff81000000 x+0x1 (y)
		            perf  8672 [000] 1.6:   250000 cycles:u: \
		 ffffffff81000000 x+0x1 (y)
		            perf  8672 [000] 1.7: sched:sched_wakeup: \
		comm=ls pid=3 prio=120 target_cpu=000
	END
	tk-parse samples | events | jq -r .type >types
	cmp types - <<-'END'
		cpu-clock:ppp
		cycles:u
		sched_wakeup
	END
	for name in cpu-clock:ppp cycles:u sched:sched_wakeup sched_wakeup; do
		[ "$(tk-parse -e $name samples | events | jq -r .type)" = \
			"${name#sched:}" ]
	done
}

@test "-e keeps events by their names" {
	small
	keeps '.type == "sched_wakeup"' -e sched_wakeup
	keeps '.type == "sched_wakeup" or .type == "sched_migrate_task"' \
		-e sched_wakeup,sched_migrate_task
	keeps '.type == "sched_wakeup" or .type == "sched_migrate_task"' \
		-e sched:sched_migrate_task --event=sched_wakeup
	run -0 --separate-stderr tk-parse -e sched_waking trace.tgid.txt
	[ "$(end <<<"$output")" = '[0,0,0,0]' ]
}

@test "-e chooses in every form of a trace" {
	unpack source/small/small.dat source/small/cpu0.raw
	tk-parse small.dat | events | grep sched_migrate_task >want
	tk-parse -e sched_migrate_task small.dat | events | cmp - want
	tk-parse small.dat | tk-parse -e sched_migrate_task | events |
		cmp - want
	tk-parse --formats "$formats" cpu0.raw | events |
		grep '"type":"sched_wakeup_new"' >want
	[ -s want ]
	tk-parse --formats "$formats" -e sched_wakeup_new cpu0.raw | events |
		cmp - want
}

@test "-c keeps CPUs" {
	small
	keeps '.cpu == 1' -c 1
	keeps '.cpu == 0' --cpu=0
	tk-parse -c 0-1 trace.tgid.txt | events | cmp - <(events all)
	for cpu in 0 1 2 3 4; do
		wakeup $cpu.000000 $cpu
		echo "CPU:$cpu [LOST 1 EVENTS]"
	done >text
	echo '[EVENTS DROPPED]' >>text
	tk-parse -c 1,3-4 text >records
	[ "$(events records | jq .cpu | tr '\n' ' ')" = "1 3 4 " ]
	# Of losses those of other CPUs go too.
	[ "$(losses records | jq -c '.[1]' | tr '\n' ' ')" = "1 3 4 " ]
}

@test "-p keeps threads, and the threads of processes" {
	small
	tid=$(events all | jq 'select(.tgid != .tid) | .tid' | head -n 1)
	keeps ".tid == 3493 or .tgid == 3493" -p 3493
	[ -z "$tid" ] || keeps ".tid == $tid or .tgid == $tid" --pid="$tid"
	keeps ".tid == 3493 or .tid == 0 or .tgid == 3493 or .tgid == 0" \
		-p 3493 -p 0
	cat >text <<-END
	            task-11      (     10) [000] ..... 1.000000: a: v=1
	            task-12      (     10) [000] ..... 2.000000: a: v=1
	            task-10      (-------) [000] ..... 3.000000: a: v=1
	            task-13      (     11) [000] ..... 4.000000: a: v=1
	END
	tk-parse -p 10 text >records
	at 1 2 3
	tk-parse -p 11,12 text >records
	at 1 2 4
}

@test "--since and --until keep both ends" {
	for t in 3 4 5 6 7; do
		wakeup $t.000000 0
	done >text
	tk-parse --since 5 text >records
	at 5 6 7
	tk-parse --until 5.0 text >records
	at 3 4 5
	tk-parse --since 4.000000000 --until 6 text >records
	at 4 5 6
	tk-parse --since 4.000000001 --until 5.999999999 text >records
	at 5
	# From the first event on.
	tk-parse --since +1 --until +3 text >records
	at 4 5 6
	tk-parse --since +0.000000001 --until 6 text >records
	at 4 5 6
	# From the trace's first event, wanted or not.
	tk-parse --since +3 -e other,sched_wakeup -c 0 \
		<(wakeup 2.000000 1 && cat text) >records
	at 5 6 7
	sed '1s/sched_wakeup:/sched_waking:/' text >first
	tk-parse --since +1 --until +2 -e sched_wakeup first >records
	at 4 5
	tk-parse --until 2 text >records
	[ "$(end records)" = '[0,0,0,0]' ]
}

@test "--since and --until choose in every form of a trace" {
	unpack source/small/small.dat
	tk-parse small.dat >all
	since=$(events all | sed -n 101p | jq .ts)
	until=$(events all | sed -n 200p | jq .ts)
	events all | jq -c "select(.ts >= $since and .ts <= $until)" >want
	set -- --since "${since:0:-9}.${since: -9}" \
		--until "${until:0:-9}.${until: -9}"
	tk-parse "$@" small.dat | events | cmp - want
	tk-parse <all "$@" | events | cmp - want
}

@test "--clip keeps the time in which every CPU has data" {
	# CPU 0 from 1 to 9, CPU 1 from 3 to 12, CPU 2 from 2 to 8.
	{
		echo '# entries-in-buffer/entries-written: 10/10   #P:4'
		wakeup 1.000000 0
		wakeup 2.000000 2
		wakeup 3.000000 1
		wakeup 4.000000 0
		wakeup 6.000000 2
		wakeup 7.000000 1
		wakeup 8.000000 2
		wakeup 9.000000 0
		wakeup 10.000000 1
		wakeup 12.000000 1
	} >text
	for way in 'tk-parse --clip text' 'tk-parse --clip <text' \
		'cat text | tk-parse --clip' 'gzip -c text | tk-parse --clip' \
		'tk-parse text | tk-parse --clip'; do
		bash -c "$way" >records
		at 3 4 6 7 8
		[ "$(end records)" = '[5,0,0,0]' ]
	done
	# Within what else is wanted.
	tk-parse --clip --since 4 -c 0,2 text >records
	at 4 6 8
	# Of events that are not wanted the window is the same.
	sed 's/sched_wakeup: \(.*\)$/a: v=1/; 5s/a: /b: /; 6s/a: /b: /' text \
		>other
	tk-parse --clip -e b other >records
	at 4 6
	# Each trace has its own.
	wakeup 100.000000 0 >single
	tk-parse --clip text single >records
	at 3 4 6 7 8 100
	# CPUs that have nothing in common.
	{
		wakeup 1.000000 0
		wakeup 2.000000 1
	} >apart
	tk-parse --clip apart >records
	[ "$(end records)" = '[0,0,0,0]' ]
}

@test "--clip of a trace.dat and of raw pages" {
	unpack source/small/small.dat source/small/cpu0.raw \
		source/small/cpu1.raw
	clipped() {
		jq -sc 'map(select(.tid != null)) | group_by(.cpu) as $cpu
			| ($cpu | map(map(.ts) | min) | max) as $since
			| ($cpu | map(map(.ts) | max) | min) as $until
			| .[] | select(.ts >= $since and .ts <= $until)'
	}
	tk-parse small.dat | clipped >want
	[ -s want ]
	tk-parse --clip small.dat | events | cmp - want
	tk-parse --clip < <(cat small.dat) | events | cmp - want
	tk-parse --formats "$formats" cpu?.raw | clipped >want
	tk-parse --clip --formats "$formats" cpu?.raw | events | cmp - want
}

@test "where no event is kept a note asks for the options" {
	local note='no event was kept: are -e, -c, -p, --since and --until'

	wakeup 1.000000 0 >text
	for option in '-e nosuch' '-c 7' '-p 8' '--since 2' '--until +0 -c 1' \
		'--stats -e sched_switch' '-o csv -c 1'; do
		# shellcheck disable=SC2086 # an option and its value
		run -0 --separate-stderr tk-parse $option text
		[ "$stderr" = "tk-parse: text: $note right?" ]
	done
	# Not where there is no event, nor where some are kept.
	echo '# tracer: nop' >empty
	run -0 --separate-stderr tk-parse -e sched_wakeup empty text
	[ "$stderr" = "" ]
}

@test "wrong usage: status 2, and why" {
	refuses '-c' -c x
	refuses '-c' -c 1,
	refuses '-c' -c 5-3
	refuses '-c' -c -1
	refuses '-c' -c ''
	refuses '-p' -p 1x
	refuses '-p' -p -- -5
	refuses '-p' -p ''
	refuses '--since' --since yesterday
	refuses '--since' --since 1.0000000001
	refuses '--since' --since ''
	refuses '--until' --until +
	refuses '--until' --until 99999999999999999999
	refuses '-e' -e ''
	refuses '-e' -e a,,b
	refuses '-o' -o xml
	refuses '--stats' -o csv --stats
	refuses '--stats' --stats --output=csv
	refuses '' --formats
}
