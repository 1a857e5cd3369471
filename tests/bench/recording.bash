# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# recording.bash -- a large recording for the benchmarks, in all its forms
#
#	recording_make DIR EVENTS COPIES
#
# makes DIR/one, a recording of at least so many events, and DIR/ten, one of
# COPIES times as many:
#
#	trace.txt	text, as the kernel prints it
#	cpuN.raw	the pages of the ring buffer of each CPU
#	trace.dat	the same pages, as trace-cmd keeps them, uncompressed
#
# It is the load of hackbench, in a tracefs instance of our own.  The kernel's
# text is read first, which leaves the pages where they are; then they are
# taken out, and trace-cmd restore makes a file of them.  So the three hold
# the same events.  The larger one is COPIES such recordings one after the
# other, whose text and pages are appended: the clock runs on, and the kernel
# need not hold all of it.
#
# Where tracefs is closed, or BENCH_CLOSED is set, text and pages of
# tests/data/source/small are repeated, moved in time; its trace.dat is taken
# as it is, in both places, for there is nothing to make a larger one with.
#
# Sets recording_formats, the event formats; recording_how, words for it;
# recording_rounds, how often hackbench ran for DIR/one.
#
# Needs measured.bash and ../live/instance.bash.

recording_events='sched/sched_switch sched/sched_wakeup sched/sched_wakeup_new
	sched/sched_migrate_task'

# recording_pass DIR EVENTS: appends a recording of at least so many
recording_pass() {
	recording_rounds=0
	echo 1 >"$instance/tracing_on"
	while [ "$(instance_count entries)" -lt "$2" ] &&
		[ "$(instance_count 'dropped events')" -eq 0 ]; do
		hackbench 10 2000
		recording_rounds=$((recording_rounds + 1))
	done
	echo 0 >"$instance/tracing_on"
	# One header is enough.
	if [ -f "$1/trace.txt" ]; then
		sed '/^#/d' "$instance/trace" >>"$1/trace.txt"
	else
		cat "$instance/trace" >"$1/trace.txt"
	fi
	instance_drain "$1"
}

# recording_dat DIR: makes a trace.dat of the pages, if trace-cmd is there
recording_dat() {
	local pages

	have trace-cmd || return 0
	mapfile -t pages < <(printf '%s\n' "$1"/cpu*.raw | sort -V)
	{
		trace-cmd restore -c -o "$dir/head.dat" &&
			trace-cmd restore -i "$dir/head.dat" \
				-o "$1/trace.dat" "${pages[@]}"
	} >"$dir/stderr" 2>&1 || {
		rm -f "$1/trace.dat"
		echo "trace-cmd restore: $(tail -n 1 "$dir/stderr")"
	}
	rm -f "$dir/head.dat"
}

# recording_live DIR EVENTS COPIES
recording_live() {
	local i rounds cpus

	cpus=$(nproc --all)
	# An event takes 60 bytes; half as much again for CPUs that have more
	# than their share, and for the last round.
	# shellcheck disable=SC2086
	instance_new "tk-bench$$" $(($2 * 90 / 1024 / cpus + 16384)) \
		$recording_events
	recording_pass "$1/one" "$2"
	rounds=$recording_rounds
	cp "$1"/one/* "$1/ten"
	for ((i = 1; i < $3; i++)); do
		recording_pass "$1/ten" "$2"
	done
	recording_rounds=$rounds
	instance_remove
	recording_dat "$1/one"
	recording_dat "$1/ten"
	recording_formats=$tracefs/events
	recording_how='hackbench, recorded now'
}

# recording_repeat SOURCE DIR TIMES: text and pages, a second apart
recording_repeat() {
	local i cpu

	zstd -dcq "$1/trace.default.txt.zst" >"$dir/text"
	for ((i = 0; i < $3; i++)); do
		awk -v seconds="$i" -f "$tests/bench/shift.awk" "$dir/text" |
			if [ "$i" -eq 0 ]; then cat; else sed '/^#/d'; fi
		for cpu in cpu0 cpu1; do
			zstd -dcq "$1/$cpu.raw.zst" |
				later "${i}000000000" >>"$2/$cpu.raw"
		done
	done >"$2/trace.txt"
	rm "$dir/text"
	zstd -dcq "$1/small.dat.zst" >"$2/trace.dat"
}

# recording_synthetic DIR EVENTS COPIES WHY
recording_synthetic() {
	local small=$tests/data/source/small each times

	each=$(zstd -dcq "$small/trace.default.txt.zst" | grep -vc '^#')
	times=$((($2 + each - 1) / each))
	recording_repeat "$small" "$1/one" "$times"
	recording_repeat "$small" "$1/ten" $((times * $3))
	recording_formats=$tests/data/source/formats
	recording_how="tests/data/source/small, text and pages $times times and"
	recording_how+=" moved in time, trace.dat as it is: $4"
	recording_rounds=0
}

recording_make() {
	local lacks

	mkdir "$1/one" "$1/ten"
	# shellcheck disable=SC2086
	lacks=$(instance_lacks $recording_events)
	[ -z "${BENCH_CLOSED-}" ] || lacks='BENCH_CLOSED is set'
	if [ -z "$lacks" ]; then
		recording_live "$@"
	else
		recording_synthetic "$@" "$lacks"
	fi
}
