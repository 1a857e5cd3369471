#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# lib/source/textline: recordings printed as text, which tk-parse reads back
#
# totext prints a recording event by event.  What tk-parse then makes of the
# text must be what it makes of the recording itself.

load helper
load parse
load live/instance

setup() {
	cd "$BATS_TEST_TMPDIR" || return
}

teardown() {
	[ -z "$instance" ] || instance_remove
}

# left_out BINARY TEXT: compares records, one by one, in what both have; prints
# each type and field that those of TEXT lack; fails where anything else differs
left_out() {
	events "$1" >left.binary
	events "$2" >left.text
	[ "$(wc -l <left.binary)" -eq "$(wc -l <left.text)" ] || return
	jq -nr --slurpfile binary left.binary --slurpfile text left.text '
		[range($binary | length) as $i
		| $binary[$i] as $b | $text[$i] as $t
		| ($b | with_entries(select(.key | in($t)))) as $both
		| if $both == $t then $b | keys - ($t | keys) | .[]
		| "\($b.type) \(.)" else error("\($b) \($t)") end]
		| unique | .[]'
}

# both FORM: tk-parse of trace.dat, and of what totext makes of it
both() {
	tk-parse trace.dat >binary
	totext trace.dat >text.txt
	tk-parse text.txt >text
	[ "$(end binary)" = "$(end text)" ]
}

# bodies: lines of text as time, event and body, single blanks between
bodies() {
	sed -E 's/^[a-z]+: //; s/^.{16}-[0-9]+ +\[[0-9]+\] +([^ ]*[^ :] )? *//
		s/^([0-9.]+: [a-zA-Z_0-9]+:) +/\1 /'
}

@test "scheduler events: the text gives every record of the recording" {
	unpack source/small/small.dat
	mv small.dat trace.dat
	both
	[ "$(end text)" = '[18158,0,0,0]' ]
	cmp <(events binary) <(events text)
	for form in v6 v7 v7-zstd; do
		unpack source/dat/$form.dat
		mv $form.dat trace.dat
		both
		cmp <(events binary) <(events text)
	done
}

@test "hostile names: the text gives every record of the raw pages" {
	unpack source/nasty/cpu0.raw source/nasty/cpu1.raw
	totext "$formats" cpu0.raw cpu1.raw >text.txt
	tk-parse text.txt >text
	[ "$(end text)" = '[1070,0,0,0]' ]
	tk-parse --formats "$formats" cpu0.raw cpu1.raw | events | nameless |
		cmp - <(events text | nameless)
}

@test "requests: the text gives all that the kernel's print fmts print" {
	for name in chain4 load32; do
		unpack flow/$name/trace.dat
		both
		# Without what is in no print fmt of theirs.
		events binary | sed -E 's/"__syscall_nr":[0-9]+,//
			/^.{9}(inet_sock_set|tcp_rcv)_/s/"skaddr":"[^"]*",//
			/^.{9}tcp_probe/s/"[sd]port":[0-9]+,//g' |
			cmp - <(events text)
	done
}

@test "requests: trace-cmd report -N prints the same, line by line" {
	command -v trace-cmd >/dev/null || skip "trace-cmd is not installed"
	for name in chain4 load32; do
		unpack flow/$name/trace.dat
		totext trace.dat | bodies >got
		# libtraceevent forgets the 0x before a 0, as C does.
		trace-cmd report -N -t -i trace.dat 2>/dev/null |
			grep -v ^cpus= | bodies | sed 's/ mark=0 / mark=0x0 /' |
			cmp - got
		[ "$(wc -l <got)" -gt 10000 ]
	done
}

@test "a recording of all events: the text gives what it prints" {
	unpack source/all/trace.dat
	both
	[ "$(end text)" = '[636,0,0,0]' ]
	# Bits without a name are no text; a reason has its name in the text
	# alone; and of a link's address as many bytes as it has are printed.
	for file in binary text; do
		events $file | jq -c 'del(.reason)
			| if .type | startswith("writeback_") then del(.state)
			elif .type | startswith("neigh_") then
				del(.lladdr, .new_lladdr) else . end' \
			>$file.some
	done
	left_out binary.some text.some >left
	[ "$(wc -l <left)" -lt 40 ]
}

# record: some seconds of this machine's events, as kernel.txt, the kernel's
# text of them, and as cpuN.raw, the same events out of its buffers
record() {
	local pid lacks

	lacks=$(instance_lacks sched irq timer tcp sock)
	[ -z "$lacks" ] || skip "$lacks"
	instance_new tk-textline-$$ 16384 sched irq timer tcp sock
	for name in read write sendto recvfrom openat close; do
		echo 1 >"$instance/events/syscalls/sys_enter_$name/enable"
		echo 1 >"$instance/events/syscalls/sys_exit_$name/enable"
	done
	# Numbers of pointers instead of what hides them, where that is there.
	echo nohash-ptr >"$instance/trace_options" || :
	echo 1 >"$instance/tracing_on"
	timeout 20 hackbench 2 100
	timeout 2 bash -c 'exec 3<>/dev/tcp/127.0.0.1/9' 2>/dev/null || :
	echo 0 >"$instance/tracing_on"
	cat "$instance/trace" >kernel.txt
	[ "$(instance_count 'dropped events')" -eq 0 ]
	instance_drain .
}

# front: lines of text as tid, CPU, flags, event and body
front() {
	sed -nE 's/^.{16}-([0-9]+) +(\[[0-9]+\] .{5}) +[0-9.]+: /\1 \2 /p'
}

@test "live: the kernel's own text of the same events is the same" {
	record
	totext "$tracefs/events" cpu*.raw >text.txt
	[ "$(front <text.txt | wc -l)" -gt 5000 ]
	# Events in which there is no name of a function and no pointer.
	for file in kernel text; do
		front <$file.txt |
			grep -E '^[^:]* (sched_[swmp]|irq_|soft)' \
				>$file.front
	done
	[ "$(wc -l <text.front)" -gt 1000 ]
	cmp kernel.front text.front
}

@test "live: the kernel's own text gives the same records" {
	record
	totext "$tracefs/events" cpu*.raw >text.txt
	# The kernel has names of functions.  What else looks as trace-cmd has
	# it, 0x before a pointer, is no text of timer_start to trust.
	for file in kernel text; do
		tk-parse $file.txt | events | nameless | sed -E \
			's/"(function|ip|tasklet|func)":"?[^,}]*"?,?//g
			/"timer_start"/s/,"arg_flags":[0-9]+//
			s/"ts":[0-9]+/"ts"/' >$file.records
	done
	cmp kernel.records text.records
}
