#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# tk-parse: the same recording gives the same records in every form, and they
# are what other programs decoded from the binary buffers

load helper
load parse

setup() {
	cd "$BATS_TEST_TMPDIR" || return
}

# truth_of NAME OPTION ...: what the records of a recording must be
truth_of() {
	local name=$1

	shift
	zstd -dcq "$source/$name/truth.tsv.zst" | truth "$@" | jq -c .
}

# raw: the records of the raw pages that are here
raw() {
	tk-parse --formats "$formats" cpu0.raw cpu1.raw
}

# tasks FILE: the first column of tracefs text, which is 16 bytes wide
tasks() {
	grep -v '^#' "$1" | cut -c 1-16 | sed 's/^ *//'
}

# same_as REPORT OPTION ...: the report of small.dat gives what the file gives,
# apart from what less.awk is told with the options
same_as() {
	local report=$1

	shift
	unpack source/small/small.dat "source/small/$report.txt"
	tk-parse small.dat | events >whole
	tk-parse "$report.txt" | events >got
	[ "$(wc -l <got)" -eq 18158 ]
	awk "$@" -f "$tools/less.awk" got whole >want
	cmp got want
	# Names are not there just where the report has none.
	[ "$(grep -vc '"task":' got)" -eq \
		"$(grep -c '^ *<\.\.\.>-' "$report.txt")" ]
}

@test "nasty: 633 switches of 633, and all 1070 events, from the text" {
	unpack source/nasty/trace.default.txt
	tk-parse trace.default.txt >got
	diff <(truth_of nasty -u) <(events got | nameless)
	[ "$(grep -c '^{"type":"sched_switch"' got)" -eq 633 ]
	[ "$(end got)" = '[1070,0,0,0]' ]
}

@test "nasty: the same without the option irq-info" {
	unpack source/nasty/trace.noirq-info.txt
	tk-parse trace.noirq-info.txt >got
	diff <(truth_of nasty -n -u) <(events got | nameless)
	[ "$(end got)" = '[1070,0,0,0]' ]
}

@test "nasty: the same from the raw pages" {
	unpack source/nasty/cpu0.raw source/nasty/cpu1.raw
	raw >got
	diff <(truth_of nasty) <(events got | nameless)
	[ "$(end got)" = '[1070,0,0,0]' ]
}

@test "nasty: each line's task is who the line says it was" {
	unpack source/nasty/trace.default.txt
	tk-parse trace.default.txt | events >got
	# names.tsv: the number of a task, and the name it gave itself
	jq -rf "$tools/names.jq" got |
		awk -F '\t' '$2 == "task" { print $3, $4 }' | sort -u >seen
	# The kernel puts blanks before a name itself, so there are none left.
	while IFS=$'\t' read -r tid name; do
		name=$(printf '%b' "${name}x")
		name=$(printf '%s' "${name%x}" | sed '1s/^ *//' |
			od -An -v -tx1 | tr -d '\n' | tr a-f A-F | tr ' ' %)
		! grep -q "^$tid " seen || grep -qxF "$tid $name" seen ||
			fail "$tid: $name"
	done <"$source/nasty/names.tsv"
	[ "$(wc -l <seen)" -gt 50 ]
}

@test "small: the text of tracefs, in its three variants, is the truth" {
	truth_of small -u >want
	unpack source/small/trace.default.txt source/small/trace.tgid.txt
	tk-parse trace.default.txt >got
	cmp want <(events got | nameless)
	[ "$(end got)" = '[23787,0,0,0]' ]
	events got | jq -r .task | cmp - <(tasks trace.default.txt)
	tk-parse trace.tgid.txt | events >got
	cmp want <(sed 's/"tgid":[0-9]*,//' got | nameless)
	# Where the kernel did not know it there are dashes.
	cmp <(jq '.tgid // 0' got) <(grep -v '^#' trace.tgid.txt |
		sed -E 's/^[^(]*\( *([0-9-]*)\) \[.*/\1/; s/^-+$/0/')
	truth_of small -n -u >want
	unpack source/small/trace.noirq-info.txt
	tk-parse trace.noirq-info.txt | events | nameless | cmp want -
}

@test "small: the raw pages are the truth, to the nanosecond" {
	unpack source/small/cpu0.raw source/small/cpu1.raw
	raw >got
	cmp <(truth_of small) <(events got | nameless)
	[ "$(end got)" = '[23787,0,0,0]' ]
	jq -se '.[0] | .cpus == 2 and .type == "trace"' got
}

@test "raw pages: the CPU is in the name, or it is the position" {
	unpack source/small/cpu0.raw source/small/cpu1.raw
	raw | events >want
	# Named in another order, and from folders that say it.
	tk-parse --formats "$formats" cpu1.raw cpu0.raw | events | cmp want -
	mkdir cpu0 cpu1
	mv cpu0.raw cpu0/pages
	mv cpu1.raw cpu1/pages
	tk-parse --formats "$formats" cpu1/pages cpu0/pages | events |
		cmp want -
	mv cpu0/pages first
	mv cpu1/pages second
	tk-parse --formats "$formats" first second | events | cmp want -
}

@test "one truth: trace-cmd report -R" {
	same_as report.R -v micro=1
}

@test "one truth: trace-cmd report -N" {
	same_as report.N -v micro=1
}

@test "one truth: trace-cmd report -t" {
	same_as report.t -v plus=1
}

@test "one truth: trace-cmd report" {
	same_as report.default -v micro=1 -v plus=1
}

@test "one truth: trace-cmd report -l" {
	same_as report.l -v micro=1 -v plus=1 -v cut=8 -v needed=1
}

@test "one truth: system calls, sockets and addresses out of arrays of bytes" {
	unpack flow/chain4/trace.dat flow/chain4/report.txt
	tk-parse trace.dat >whole
	tk-parse report.txt >got
	[ "$(end got)" = '[11423,0,0,0]' ]
	cmp <(events got) <(awk -v micro=1 -f "$tools/less.awk" \
		<(events got) <(events whole))
	# Of addresses of 16 bytes the report prints those before a NUL.
	[ "$(grep -c '_v6":null' got)" -eq \
		"$(grep -c 'saddr_v6= daddr_v6=' report.txt)" ]
	jq -se 'map(select(.saddr_v6)) | length > 100 and
		all(.[]; .saddr == .saddr_v6 and .daddr == .daddr_v6)' whole
	# Numbers of system calls: read 0, write 1, sendto 44, recvfrom 45.
	jq -se 'map(select(.__syscall_nr) | [.type, .__syscall_nr])
		| unique == [["sys_enter_read", 0], ["sys_enter_recvfrom", 45],
		["sys_enter_sendto", 44], ["sys_enter_write", 1],
		["sys_exit_read", 0], ["sys_exit_recvfrom", 45],
		["sys_exit_sendto", 44], ["sys_exit_write", 1]]' got
}

@test "one truth: a report of today's trace-cmd, in each of its forms" {
	unpack source/small/small.dat
	tk-parse small.dat | events >whole
	for option in -R -N -t ''; do
		# shellcheck disable=SC2086
		trace-cmd report $option -i small.dat >printed 2>/dev/null
		tk-parse printed | events >got
		case $option in
		-t) awk -v plus=1 -f "$tools/less.awk" got whole ;;
		'') awk -v plus=1 -v micro=1 -f "$tools/less.awk" got whole ;;
		*) awk -v micro=1 -f "$tools/less.awk" got whole ;;
		esac >want
		# Later versions of trace-cmd print the + and ns themselves.
		grep -q '"prev_state":"R+"' got || sed -i \
			's/"prev_state":"R+"/"prev_state":"R"/' want
		cmp got want
	done
}

@test "trace.dat: versions 6 and 7, packed or not, two buffers, one truth" {
	unpack source/dat/v6.dat source/dat/v7.dat source/dat/v7-zstd.dat \
		source/dat/truth.txt
	# common_pid is the second half of the first eight bytes; then comm,
	# pid and prio of both events stand in the same places
	awk '
	function le(at,  i, v, hex) {
		for (i = 3; i >= 0; i--) {
			hex = substr($5, (at + i) * 2 + 1, 2)
			v = v * 256 + digit(substr(hex, 1, 1)) * 16
			v += digit(substr(hex, 2, 1))
		}
		return v
	}
	function digit(c) { return index("0123456789abcdef", c) - 1 }
	{ print $3, $2, le(4), le(24), le(28) }' truth.txt | sort >want
	for file in v6 v7 v7-zstd; do
		tk-parse $file.dat >got
		events got | jq -r '"\(.ts) \(.cpu) \(.tid)" +
			" \(.prev_pid // .pid) \(.prev_prio // .prio)"' |
			sort | cmp - want
		[ "$(end got)" = '[655,0,0,0]' ]
		body got >$file
	done
	cmp v6 v7
	cmp v6 v7-zstd
	jq -e '.clock == "local" and .cpus == 2 and
		(.kernel | startswith("6.18.44"))' <(head -n 1 got)
}

# number BYTES VALUE ...: values of so many bytes, the least one first
number() {
	local size=$1 value i

	shift
	for value; do
		for ((i = 0; i < size; i++)); do
			# shellcheck disable=SC2059
			printf "\\x$(printf %02x $((value >> 8 * i & 255)))"
		done
	done
}

# option ID: an option of which standard input has the bytes
option() {
	cat >bytes
	number 2 "$1"
	number 4 "$(stat -c %s bytes)"
	cat bytes
}

# with_options FROM TO: FROM, a trace.dat of version 7 whose last options are
# followed by descriptions of 124 bytes, with those of standard input behind
with_options() {
	local size link

	size=$(stat -c %s "$1")
	link=$((size - 124 - 8))
	cat - <(number 2 0; number 4 8; number 8 0) >options
	[ "$(od -An -tx8 -j $link -N 8 "$1")" = " 0000000000000000" ]
	{
		cat "$1"
		number 2 0 0
		number 4 0
		number 8 "$(stat -c %s options)"
		cat options
	} >"$2"
	number 8 "$size" |
		dd of="$2" bs=1 seek=$link conv=notrunc status=none
}

# same_times FILE: each event has the time that libtracecmd gives it
same_times() {
	datcat "$1" | awk '{ print $2, $3 }' | sort >expected
	tk-parse "$1" 2>stderr | events |
		sed -E 's/.*"ts":([0-9]+),"cpu":([0-9]+).*/\2 \1/' |
		sort | cmp - expected
	[ ! -s stderr ]
}

@test "trace.dat: what its options add to times is added, and ticks are ns" {
	unpack source/small/small.dat
	printf '%s\n\0' -1234567 | option 7 | with_options small.dat offset.dat
	printf '0x5f5e100\n\0' | option 1 | with_options small.dat date.dat
	{
		{ number 4 1431655765 30; number 8 555; } | option 14
		printf '17\n\0' | option 7
		printf '0x3\n\0' | option 1
	} | with_options small.dat ticks.dat
	datcat small.dat | awk '{ print $2, $3 }' | sort >plain
	for file in offset date ticks; do
		same_times $file.dat
		! cmp -s plain expected
	done
}

# samples COUNT: of a guest's CPU, from the times, offsets and factors behind
samples() {
	number 4 "$1"
	number 8 "${@:2}"
}

@test "trace.dat: the times of a guest are its host's" {
	local t=1218400000000

	unpack source/small/small.dat
	for flags in 0 1; do
		{
			number 8 77
			number 4 $flags 2
			samples 4 $t $((t + 50000000)) $((t + 100000000)) \
				$((t + 900000000)) 100 5000300 -90000 7 3 3 3 3
			samples 2 $t $((t + 50000000)) -5000 777777 1 1
			number 8 1 1 1 1 0 0
		} | option 12 | with_options small.dat guest.dat
		same_times guest.dat
	done
	# One sample each, as trace-cmd wrote it before there were fractions.
	{
		number 8 77
		number 4 0 2
		samples 1 $t -5000 1
		samples 1 0 9000 1
	} | option 12 | with_options small.dat guest.dat
	same_times guest.dat
	# Merged by the host's time: no event is before the last.
	tk-parse guest.dat | events | sed -E 's/.*"ts":([0-9]+),.*/\1/' |
		sort -nc
	# One that is damaged is told.
	number 4 77 0 0 99 | option 12 | with_options small.dat guest.dat
	run -0 --separate-stderr tk-parse guest.dat
	[ "$(events <<<"$output" | wc -l)" -eq 18158 ]
	says "tk-parse: guest.dat: how a guest's times become its host's is \
damaged"
}

@test "sched_process_fork: text has the names of fields that its format has" {
	unpack flow/chain4/trace.dat
	trace-cmd report -i trace.dat 2>/dev/null |
		grep sched_process_fork: >printed
	grep -q 'sched_process_fork: *comm=' printed
	tk-parse printed | events >got
	[ "$(jq -r 'keys_unsorted | .[-4:] | join(" ")' got | sort -u)" = \
		"parent_comm parent_pid child_comm child_pid" ]
}

@test "state: where the text cannot tell X from Z a note stands once" {
	joined >report <<-'END'
	cpus=1
	            a-1     [000]     1.000001: sched_switch:         \
	a:1 [120] X ==> b:2 [120]
	            b-2     [000]     1.000002: sched_switch:         \
	b:2 [120] Z ==> c:3 [120]
	END
	run -0 --separate-stderr tk-parse report report
	[ "$(grep -c libtraceevent <<<"$stderr")" -eq 1 ]
	is_state=$(jq -r 'select(.prev_state) | .prev_state' <<<"$output" |
		tr -d '\n')
	[ "$is_state" = XZXZ ]
}

@test "state: trace-cmd report -R prints the kernel's bits" {
	# include/linux/sched.h of Linux 4.14 and later
	set -- 0 R 1 S 2 D 4 T 8 t 16 X 32 Z 64 P 128 I 256 R+ 257 S+ 3 'S|D'
	while [ $# -gt 0 ]; do
		printf '           <...>-7     [000]     1.000001: %s %s %s\n' \
			'sched_switch:          prev_comm=a prev_pid=7' \
			"prev_prio=120 prev_state=$1" \
			'next_comm=b next_pid=2 next_prio=120' >printed
		[ "$(tk-parse printed | jq -r '.prev_state // empty')" = "$2" ]
		shift 2
	done
}

@test "one truth: each event of every report is a record, none is bad" {
	# Addresses hold bytes such as a line feed: events go on in a new line.
	for file in "$data"/flow/*/report*.zst; do
		[[ $file != */load32/* ]] || continue
		zstd -dcq "$file" >printed
		tk-parse printed >got 2>/dev/null
		[ "$(end got | jq -c '[.[0], .[3]]')" = "[$(grep -acE -e \
			'-[0-9]+ +\[[0-9]{3}\] +[0-9.]+: +[a-z0-9_]+: ' \
			printed),0]" ] || fail "$file"
		# Each has its fields: none is only text.
		[ "$(grep -c '"text":' got)" -eq 0 ]
	done
}
