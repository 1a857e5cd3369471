#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# tk-capture(1)

load helper
load live/instance

setup() {
	cd "$BATS_TEST_TMPDIR" || return
}

@test "--list-workloads shows each workload of the catalogue, and its state" {
	cat >own.yaml <<-END
	workloads:
	  - {name: here, category: a, command: [sh, -c, "exit 0"], duration: 7}
	  - {name: away, category: b, command: [tk-no-such], description: far}
	END
	run -0 --separate-stderr tk-capture --list-workloads \
		--catalogue own.yaml
	[ "$(awk '$1 == "here" { print $2, $3, $4 }' <<<"$output")" = \
		"a 7 ready" ]
	[ "$(awk '$1 == "away" { $1 = ""; print }' <<<"$output")" = \
		" b - needs tk-no-such far" ]
	[ "${#lines[@]}" -eq 3 ]
}

@test "a command that cannot be executed leaves nothing running" {
	local lacks

	lacks=$(instance_lacks sched/sched_switch)
	[ -z "$lacks" ] || skip "$lacks"
	printf '#!/no/such/interpreter\n' >bad
	chmod +x bad
	for _ in {1..10}; do
		run -127 --separate-stderr timeout 20 tk-capture -e sched \
			-o out -- ./bad
		says "tk-capture: ./bad: cannot be started:\
 No such file or directory"
	done
}

@test "options that do not go together are wrong usage" {
	while IFS='|' read -r options why; do
		# shellcheck disable=SC2086
		run -2 --separate-stderr tk-capture $options
		says "tk-capture: $why" || fail "$options"
	done <<-END
	-w all true|workloads and a command are not recorded together
	-w all --metadata x|workloads have a document each, not --metadata
	-w all -F raw|workloads are recorded as text, records or dat
	-r 2 true|--runs and --output-dir are for workloads (-w)
	--output-dir x true|--runs and --output-dir are for workloads (-w)
	--timeout 2|--timeout is for a command; without one it is -d
	-F dat true|-F raw and -F dat need -o: they are no stream
	--zstd -o x true|--zstd is for -F dat; others are packed by zstd(1)
	--last 1 -C counter true|--last needs a clock that counts time
	END
	[ ! -e x ]
}

@test "a trace.dat is kept though its instance cannot be removed" {
	local lacks pid held failed=0

	lacks=$(instance_lacks sched/sched_switch)
	[ -z "$lacks" ] || skip "$lacks"
	instance_find
	mkfifo go
	# shellcheck disable=SC2016
	timeout 20 tk-capture -e sched_switch -o a.dat -- sh -c \
		'echo $PPID >go; read -r _ <go' 2>said &
	read -r pid <go
	exec {held}<"$(echo "$tracefs/instances/tk-capture.$pid".*)/trace_pipe"
	echo >go
	wait "$!" || failed=$?
	[ "$failed" -eq 1 ]
	exec {held}<&-
	grep "cannot be removed" said
	tk-capture --clean
	run -0 --separate-stderr tk-parse a.dat
	[[ $output = *sched_switch* ]]
}

@test "the time limit of a command holds while nobody takes the output" {
	local lacks

	lacks=$(instance_lacks sched/sched_switch)
	[ -z "$lacks" ] || skip "$lacks"
	# shellcheck disable=SC2016
	timeout -k 1 30 tk-capture -e sched -d 1 --timeout 2 -- \
		sh -c 'echo $$ >pid; while :; do /bin/true; done' 2>said | {
		until [ -s pid ]; do sleep 0.1; done
		timeout 15 sh -c 'while kill -0 "$1"; do sleep 0.1; done' \
			- "$(cat pid)" 2>/dev/null
		echo $? >waited
		cat >out
	} || true
	[ "$(cat waited)" -eq 0 ]
	grep "time limit" said
}

@test "no file is written by two, and none is touched before it must be" {
	local lacks

	lacks=$(instance_lacks sched/sched_switch)
	[ -z "$lacks" ] || skip "$lacks"
	run -1 --separate-stderr tk-capture -o same --metadata same -- true
	says "tk-capture: same: is named for two things"
	run -1 --separate-stderr tk-capture -o t --command-output t -- true
	[[ $stderr == *"is named for two things" ]]
	for name in keep.txt keep.dat keep.jsonl; do
		echo mine >$name
		run -1 --separate-stderr tk-capture -o $name \
			-e sched:sched_switch -f 'nofield == 1' -- true
		[[ $stderr == *"Field not found"* ]]
		[ "$(cat $name)" = mine ]
		[ ! -e $name.json ]
	done
	run -1 --separate-stderr tk-capture -o raw/ -C nosuchclock -- true
	[ ! -e raw ]
	run -1 --separate-stderr tk-capture -o keep.txt --metadata no/x -- true
	says "tk-capture: no/x: cannot be written: No such file or directory"
	[ "$(cat keep.txt)" = mine ]
}

@test "there is no document beside what is no file" {
	local lacks

	lacks=$(instance_lacks sched/sched_switch)
	[ -z "$lacks" ] || skip "$lacks"
	mkfifo pipe
	cat pipe >got &
	timeout 20 tk-capture -o pipe -- true
	wait "$!"
	[ -s got ]
	[ ! -e pipe.json ]
	run -0 --separate-stderr tk-capture -o - -- true
	[[ ${lines[0]} == cpus=* ]]
	run -2 --separate-stderr tk-capture -o t.txt.gz -- true
	[[ $stderr == "tk-capture: --output t.txt.gz: is packed"* ]]
}

@test "a limit of the size of files is a full disk" {
	local lacks

	lacks=$(instance_lacks sched/sched_switch)
	[ -z "$lacks" ] || skip "$lacks"
	run -1 --separate-stderr bash -c 'ulimit -f 16
		exec tk-capture -e sched,irq -d 5 -o t.jsonl -- \
			sh -c "while :; do /bin/true; done"'
	says "tk-capture: t.jsonl: cannot be written: File too large"
	[ -s t.jsonl ]
}

@test "-c with no CPU of this machine is refused, with those that there are" {
	local lacks

	lacks=$(instance_lacks sched/sched_switch)
	[ -z "$lacks" ] || skip "$lacks"
	run -1 --separate-stderr tk-capture -c 4000 -- true
	[[ $stderr == *"this machine has "*" CPU"* ]]
	run -1 --separate-stderr tk-capture -c "$(nproc --all)" -- true
	[[ $stderr == *"this machine has "*" CPU"* ]]
}

@test "-P and --pids where process ids are not the kernel's own is refused" {
	unshare -fp --mount-proc true 2>/dev/null ||
		skip "namespaces of processes cannot be made"
	run -2 --separate-stderr unshare -fp --mount-proc \
		tk-capture -P 1 -d 1 -o t
	[[ $stderr == "tk-capture: --pid 1: "*"pid namespace"* ]]
	echo "1 a 10.0.0.1 x" >pids.txt
	run -2 --separate-stderr unshare -fp --mount-proc \
		tk-capture --pids pids.txt -d 1 -o t
	[[ $stderr == "tk-capture: --pids pids.txt: "*"pid namespace"* ]]
	[ ! -e t ]
}
