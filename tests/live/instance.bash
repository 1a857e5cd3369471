# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# instance.bash -- a tracefs instance of our own, and what is recorded in it
#
#	lacks=$(instance_lacks)
#	instance_new NAME KB EVENT ...
#	echo 1 >"$instance/tracing_on"
#	...
#	instance_drain DIRECTORY
#	instance_remove
#
# Nothing outside of the instance is written.

instance=

# instance_find: sets tracefs to where instances can be made
instance_find() {
	for tracefs in /sys/kernel/tracing /sys/kernel/debug/tracing; do
		mkdir "$tracefs/instances/tk-try$$" 2>/dev/null || continue
		rmdir "$tracefs/instances/tk-try$$"
		return
	done
	return 1
}

# instance_lacks EVENT ...: why none can be made with these events, a phrase;
# nothing if one can
instance_lacks() {
	local event

	[ "$(id -u)" -eq 0 ] || { echo "it needs root"; return; }
	instance_find ||
		{ echo "tracefs is not mounted, or cannot be written"; return; }
	for event; do
		[ -d "$tracefs/events/$event" ] ||
			{ echo "this kernel has no event $event"; return; }
	done
}

# instance_new NAME KB EVENT ...: sets instance to a new one with so large a
# buffer for each CPU, in which nothing is overwritten; it does not trace yet
instance_new() {
	local event kb=$2

	instance_find
	mkdir "$tracefs/instances/$1"
	instance=$tracefs/instances/$1
	shift 2
	echo 0 >"$instance/tracing_on"
	echo mono >"$instance/trace_clock"
	echo nooverwrite >"$instance/trace_options"
	echo "$kb" >"$instance/buffer_size_kb"
	for event; do
		echo 1 >"$instance/events/$event/enable"
	done
}

# instance_count NAME: the sum of a number of stats over all CPUs
instance_count() {
	awk -F ': *' -v name="$1" '$1 == name { n += $2 } END { print n + 0 }' \
		"$instance"/per_cpu/cpu*/stats
}

# instance_drain DIRECTORY: appends the pages of each CPU to DIRECTORY/cpuN.raw
instance_drain() {
	local cpu

	for cpu in "$instance"/per_cpu/cpu*; do
		# It ends where there is nothing left: "try again".
		dd if="$cpu/trace_pipe_raw" bs=4096 iflag=nonblock status=none \
			2>/dev/null >>"$1/${cpu##*/}.raw" || :
	done
	[ "$(instance_count entries)" -eq 0 ]
}

# instance_remove: removes it, if it was made
instance_remove() {
	[ -d "${instance:-none}" ] || return 0
	echo 0 >"$instance/tracing_on"
	echo >"$instance/set_event"
	for _ in {1..50}; do
		# A reader that was killed may have it open for a moment.
		rmdir "$instance" 2>/dev/null && break
		sleep 0.1
	done
	[ ! -d "$instance" ]
}
