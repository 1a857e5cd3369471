#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# tk-energy: counters of a machine or of a recording, made into samples
#
# What is expected is worked out by hand, from the law of the counters: the
# kernel's count 32 bits of a unit of u nJ, so 262143328850 uJ is the range of
# u = 61035, and once round is 2^32 * 61035 nJ = 262143328911.36 uJ; AMD's
# 65532610987 is that of 15258, and once round is 65532611002.368 uJ.

load helper

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	writer=
}

teardown() {
	[ -z "$writer" ] || kill "$writer" 2>/dev/null || :
}

# field NAME: that of each energy record of the last run
field() {
	jq -r "select(.type == \"energy\") | .$1" <<<"$output"
}

# written NAME: the same, as it stands there: jq shortens a number
written() {
	grep '^{"type":"energy",' <<<"$output" | grep -o "\"$1\":[^,}]*" |
		cut -d : -f 2
}

# counter PATH UJ [NAME [RANGE]]: makes a zone of a tree of counters
counter() {
	mkdir -p "$1"
	echo "$2" >"$1/energy_uj"
	[ -z "${3-}" ] || echo "$3" >"$1/name"
	[ -z "${4-}" ] || echo "$4" >"$1/max_energy_range_uj"
}

# watts ZONE W: adds W * 10 ms to a counter each 10 ms, until it is killed
watts() {
	exec 3>&-
	local uj step=$(($2 * 10000))

	read -r uj <"$1/energy_uj"
	while sleep 0.01; do
		uj=$((uj + step))
		echo "$uj" >"$1/new"
		mv "$1/new" "$1/energy_uj"
	done
}

@test "a recording is read once more: ok, wrap, stale, missed, unreadable" {
	run -0 --separate-stderr tk-energy ts -i 1 - <<-'EOF'
		1000000000 p 262143328000 262143328850
		2000000000 p 262143328800
		3000000000 p 49949
		4000000000 p 49949
		5000000000 p 1049949
		6000000000 p -
		8000000000 p 4049949
	EOF
	[ "$(field status | xargs)" = "ok wrap stale ok unreadable missed" ]
	# Once round is 262143328911.36: of 262143328800 (which is a count of
	# 4294967294.2 units: no count gives it) 111.36 are left, and 49949.
	[ "$(field delta_uj | xargs)" = "800 50060 0 1000000 null 3000000" ]
	[ "$(field dur | xargs)" = "1000000000 1000000000 1000000000 \
2000000000 1000000000 3000000000" ]
	[ "$(written power_w | xargs)" = \
		"0.000800 0.050060 null 0.500000 null 1.000000" ]
	[ "$(field late | xargs)" = "null null null null null 1" ]
}

@test "a fall without a range is unknown, and with --range a wrap" {
	printf '%s\n' '1000 v 900' '2000 v 100' '3000 v 150' >fall
	run -0 --separate-stderr tk-energy ts - <fall
	[ "$(field status | xargs)" = "unknown ok" ]
	[ "$(field delta_uj | xargs)" = "null 50" ]
	[[ $stderr == *"v: samples without an energy"*": 1" ]]
	run -3 --separate-stderr tk-energy ts --strict - <fall
	run -0 --separate-stderr tk-energy ts --range v=999 - <fall
	[ "$(field status | xargs)" = "wrap ok" ]
	[ "$(field delta_uj | xargs)" = "200 50" ]
}

@test "a fall that takes more than --max-watts is a reset" {
	printf '%s\n' '0 p 100000000 262143328850' '1000000000 p 500000000' \
		'2000000000 p 1000' '3000000000 p 2000' >reset
	run -0 --separate-stderr tk-energy ts - <reset
	[ "$(field status | xargs)" = "ok reset ok" ]
	[ "$(field delta_uj | xargs)" = "400000000 null 1000" ]
	run -0 --separate-stderr tk-energy ts --max-watts 300000 - <reset
	[ "$(field status | xargs)" = "ok wrap ok" ]
}

@test "24 h at 400 W on AMD's range: 527 wraps, and no uJ is lost" {
	# A reading each minute of a counter with 400 J a second: the raw
	# count is that energy in units of 15258 nJ, cut off.
	python3 - >day <<-'EOF'
		unit = 15258
		for minute in range(24 * 60 + 1):
		    raw = minute * 60 * 400 * 10**9 // unit
		    print(minute * 60 * 10**9, "amd",
		          raw % 2**32 * unit // 1000, 65532610987)
	EOF
	truth=$((86400 * 400 * 1000000000 / 15258 * 15258 / 1000))
	run -0 --separate-stderr tk-energy ts - <day
	[ "$(field status | grep -c wrap)" = 527 ]
	[ "$(field delta_uj | jq -s add)" = "$truth" ]
	run -0 --separate-stderr tk-energy once - <day
	[ "$(field delta_uj)" = "$truth" ]
	[ "$(field dur)" = 86400000000000 ]
	[ "$(written power_w)" = 400.000000 ]
}

@test "8 s at 50 W, with an empty file and a wrap: 400.000 J, not 300" {
	# The original clamped the wrap to 0, and took the value before for
	# the empty file.
	printf '%s\n' '0 vm 262043328850 262143328850' \
		'1000000000 vm 262093328850' '2000000000 vm -' \
		'3000000000 vm 49999939' '4000000000 vm 99999939' \
		'5000000000 vm 149999939' '6000000000 vm 199999939' \
		'7000000000 vm 249999939' '8000000000 vm 299999939' >original
	run -0 --separate-stderr tk-energy once -f text - <original
	is "Duration: 8.000s
vm: 400.000000 J   avg 50.000 W"
}

@test "energy records are read once more, and give the same samples" {
	printf '%s\n' '1000 a 5 99' '1500 b 0' '2000 a 50' '2500 b 7' \
		'3000 a 10' '3500 b 3' '4000 a -' '5000 a 60' >lines
	tk-energy ts - <lines >once.jsonl 2>/dev/null
	tk-energy ts - <once.jsonl >twice.jsonl 2>/dev/null
	diff <(jq -c 'del(.by)' once.jsonl) <(jq -c 'del(.by)' twice.jsonl)
}

@test "a record that covers many rounds has them when it is read once more" {
	# Ten rounds of 1000 uJ, and 5 uJ more.
	for i in 0 1 2 3 4 5 6 7 8 9 10; do
		printf '%s\n' "$((1000 + i * 1000)) a $((100 + i % 2)) 999" \
			"$((1500 + i * 1000)) a $((600 - i % 2))"
	done >lines
	truth=$(($(tk-energy ts - <lines | jq -s 'map(.delta_uj // 0) | add')))
	tk-energy once - <lines >once.jsonl
	[ "$(jq 'select(.type == "energy").delta_uj' once.jsonl)" = "$truth" ]
	run -0 --separate-stderr tk-energy ts - <once.jsonl
	[ "$(field delta_uj)" = "$truth" ]
	[ "$(field status)" = wrap ]
}

@test "recordings joined by cat begin anew: what is between is not counted" {
	printf '%s\n' '1000 a 5 99' '2000 a 50' >one
	printf '%s\n' '1000 a 60 99' '2000 a 61' >two
	tk-energy ts - <one >one.jsonl
	tk-energy ts - <two >two.jsonl
	run -0 --separate-stderr tk-energy ts - < <(cat one.jsonl two.jsonl)
	[ "$(field delta_uj | xargs)" = "45 1" ]
	[ "$(jq -r .type <<<"$output" | xargs)" = "trace energy_zone energy \
end trace energy_zone energy end" ]
	head -n -1 one.jsonl >cut.jsonl
	run -3 --separate-stderr tk-energy ts --strict - <cut.jsonl
	says "tk-energy: the recording was cut short: its end is missing"
}

@test "bad lines are counted and quoted, and the rest is read" {
	run -0 --separate-stderr tk-energy ts - <<-'EOF'
		# a comment

		1000 a 5
		x a 5
		2000 a
		2000 a -5
		2000 a 6
		2000 a 7
		1999 a 7
		3000 a 99999999999999999999
		{"type":"energy","ts":3000}
		3000 a 9 1000 x
		4000 a 9
	EOF
	[ "$(field delta_uj | xargs)" = "1 3" ]
	[ "$(jq 'select(.type == "end").bad' <<<"$output")" = 8 ]
	[[ $stderr == *"its time is not after the zone's last one"* ]]
}

@test "CSV has the columns of the original, and empty cells" {
	printf '%s\n' '1000000000 a 0 9999999' '1000000001 b,c 7' \
		'2000000000 a 1000000' '2000000001 b,c -' \
		'3000000000 a 3000000' '3000000001 b,c 7' >lines
	run -0 --separate-stderr tk-energy ts -f csv - <lines
	is 'ts,a_energy_uj,a_power_w,"b,c_energy_uj","b,c_power_w"
2,1000000,1.000000,,
3,3000000,2.000000,7,'
	run -0 --separate-stderr tk-energy ts -f csv --smooth 2 - \
		< <(grep ' a ' lines)
	is 'ts,a_energy_uj,a_power_w,a_power_w_sma2
2,1000000,1.000000,1.000000
3,3000000,2.000000,1.500000'
	tk-energy ts -f csv --separate-files -o out.csv - <lines 2>/dev/null
	[ "$(cat out_a.csv)" = 'ts,a_energy_uj,a_power_w
2,1000000,1.000000
3,3000000,2.000000' ]
	[ -f out_b,c.csv ]
	[ ! -e out.csv ]
}

@test "ts takes 120 samples where nobody says how many" {
	counter z/a 1000
	tk-energy ts -i 0.001 --root z -o e.jsonl
	# A tick that was late has no sample.
	[ "$(jq -s 'map(select(.type == "energy") | 1 + .late) | add' \
		e.jsonl)" = 120 ]
}

@test "ts samples on its schedule, and says what each sample is" {
	counter z/a 1000 package-0 262143328850
	watts z/a 100 &
	writer=$!
	run -0 --separate-stderr tk-energy ts -i 0.1 -n 10 --root z
	kill "$writer"
	[ "$(field zone | sort | uniq -c | xargs)" = "10 a" ] ||
		[ "$(jq 'select(.type == "end").late' <<<"$output")" -gt 0 ]
	[ "$(jq -r .type <<<"$output" | uniq | xargs)" = \
		"trace energy_zone energy end" ]
	first=$(jq 'select(.type == "energy_zone").counter_uj' <<<"$output")
	last=$(field counter_uj | tail -1)
	sum=$(field delta_uj | awk '{ s += $1 } END { print s }')
	[ "$sum" -eq $((last - first)) ]
	[ "$sum" -gt 0 ]
	# The times of the records are those between which energy was used.
	jq -se 'map(select(.type == "energy" and .status != "stale"))
		| map(.dur) | add <= 1100000000' <<<"$output"
}

@test "once -d measures so long, and prints text as the original did" {
	counter z/a 1000
	run -0 --separate-stderr tk-energy once -d 0.2 --files z/a/energy_uj \
		-f text
	[[ ${lines[0]} == "Duration: 0.2"??s ]]
	[ "${lines[1]}" = "a: 0.000000 J   avg 0.000 W   (z/a/energy_uj)" ]
	run -2 --separate-stderr tk-energy once z/a/energy_uj
	says "tk-energy: once needs -d or --until-enter"
}

@test "Enter and the end of the input stop what they are to stop" {
	counter z/a 1000
	for end in '\n' ''; do
		# shellcheck disable=SC2059 # the newline is to be one
		run -0 --separate-stderr timeout 20 tk-energy once \
			--until-enter z/a < <(sleep 0.2; printf "$end")
		[ "$(field status)" = stale ]
		# shellcheck disable=SC2059
		run -0 --separate-stderr timeout 20 tk-energy ts \
			--manual-stop -i 1h z/a < <(sleep 0.2; printf "$end")
		[ "$(field status)" = stale ]
	done
}

@test "^C ends a measurement, and what was measured is there" {
	counter z/a 1000
	for how in "ts --manual-stop" "once --until-enter"; do
		# shellcheck disable=SC2086 # two words
		run -0 --separate-stderr env --default-signal=INT \
			timeout -s INT --preserve-status 0.3 \
			tk-energy $how z/a < <(sleep 5)
		[ "$(jq -r .type <<<"$output" | tail -1)" = end ]
	done
	run -130 --separate-stderr env --default-signal=INT \
		timeout -s INT --preserve-status 0.3 tk-energy ts z/a
	[ "$(jq -r .type <<<"$output" | tail -1)" = end ]
}

@test "run measures a command, and has its exit status" {
	counter z/a 1000
	watts z/a 100 &
	writer=$!
	run -3 --separate-stderr tk-energy run --root z -- \
		sh -c 'echo out; sleep 0.3; exit 3'
	[ "$stderr" = "tk-energy: a: the range is not known: where it goes \
round, energy is not measured; --range tells it
out" ]
	[ "$(field delta_uj)" -gt 0 ]
	run -0 --separate-stderr tk-energy run --root z -o e.jsonl -- echo out
	is out
	jq -se 'any(.type == "energy" and .dur > 0)' e.jsonl
	run -143 --separate-stderr tk-energy run --root z -- \
		sh -c 'kill -TERM $$'
	run -127 --separate-stderr tk-energy run --root z -- ./nothing
	run -126 --separate-stderr tk-energy run --root z -- ./z
	run -2 --separate-stderr tk-energy run --root z
	says "tk-energy: run needs a command"
	counter y/b 1
	run -2 --separate-stderr tk-energy run --files z/a y/b -- echo no
	[ "$output" = "" ]
	run -0 --separate-stderr tk-energy run --files z/a -o e.jsonl \
		-- echo -- yes
	is "-- yes"
	kill "$writer"
}

@test "run behind options would take those of its command, and is refused" {
	counter z/a 1000
	run -2 --separate-stderr tk-energy --root z run echo -a
	says "tk-energy: run must stand before all options"
	[ "$output" = "" ]
}

@test "run passes signals on to the command, and tells what was measured" {
	counter z/a 1000
	tk-energy run --root z -o e.jsonl -- sh -c 'trap "exit 7" TERM
		echo >ready
		while :; do sleep 0.1; done' 3>&- &
	energy=$!
	while [ ! -e ready ]; do sleep 0.05; done
	kill -TERM "$energy"
	status=0
	wait "$energy" || status=$?
	[ "$status" = 7 ]
	[ "$(jq -r .type e.jsonl | tail -1)" = end ]
}

@test "a second signal kills a command that will not end" {
	counter z/a 1000
	tk-energy run --root z -o e.jsonl -- sh -c 'trap "" TERM
		echo >ready
		while :; do sleep 0.1; done' 3>&- &
	energy=$!
	while [ ! -e ready ]; do sleep 0.05; done
	kill -TERM "$energy"
	sleep 0.5
	kill -0 "$energy"
	kill -TERM "$energy"
	status=0
	wait "$energy" || status=$?
	[ "$status" = 137 ]
	[ "$(jq -r .type e.jsonl | tail -1)" = end ]
}

@test "a counter that only root may read is told of, with what to do" {
	[ "$(id -u)" = 0 ] || skip "this is not root, who can be somebody else"
	counter z/a 1000 package-0 262143328850
	counter z/b 1000 package-1 262143328850
	chmod 755 . z z/a z/b
	chmod 400 z/a/energy_uj
	cp "$(command -v tk-energy)" .
	run -1 --separate-stderr setpriv --reuid 65534 --clear-groups \
		./tk-energy ts -n 1 -i 0.1 --root z
	[[ $stderr == *"z/a/energy_uj"*"mode 0400"*CVE-2020-8694* ]]
	[[ $stderr == *chgrp*setfacl*cap_dac_read_search* ]]
	[ "$(field 'zone + " " + .status' | sort | xargs)" = \
		"a unreadable b stale" ]
	[ "$(field delta_uj | sort | xargs)" = "0 null" ]
	says "tk-energy: a: samples without a reading (Permission denied): 1"
	chmod 400 z/b/energy_uj
	run -1 --separate-stderr setpriv --reuid 65534 --clear-groups \
		./tk-energy ts -n 1 -i 0.1 --root z
	[ "$output" = "" ]
}

@test "folders that are shut, and what is no counter, are told of" {
	[ "$(id -u)" = 0 ] || skip "this is not root, who can be somebody else"
	counter z/a 1000 package-0 262143328850
	mkdir -m 0700 z/shut shut
	mkdir none
	: >empty
	mkfifo fifo
	chmod 755 . z z/a none
	cp "$(command -v tk-energy)" .
	run -1 --separate-stderr setpriv --reuid 65534 --clear-groups \
		./tk-energy ts -n 1 -i 0.1 --root z --root shut
	[[ $stderr == *"z/shut: Permission denied: mode 0700, owner root"* ]]
	[[ $stderr == *"tk-energy: shut: Permission denied: mode 0700"* ]]
	[[ $stderr == *"chmod g+rx z/shut"*cap_dac_read_search* ]]
	[ "$(field zone)" = a ]
	run -1 --separate-stderr tk-energy ts none empty fifo
	says "tk-energy: none: a folder without an energy_uj, and none is \
below it"
	[[ $stderr == *"/empty: an empty file"* ]]
	[[ $stderr == *"/fifo: nothing in it either"* ]]
	run -1 --separate-stderr tk-energy ts fifo
	[[ $stderr == *"/fifo: a FIFO, in which there is nothing" ]]
}

@test "a machine without counters is told so" {
	mkdir z
	run -1 --separate-stderr tk-energy ts --root z
	[[ $stderr == *"there is no energy counter here"* ]]
	run -1 --separate-stderr tk-energy ts nothing
	says "tk-energy: nothing: No such file or directory"
}

@test "--list has nothing to do with a recording" {
	for how in '-l -' '-l ts -' '-l --files -' 'once --list -'; do
		# shellcheck disable=SC2086 # words
		run -2 --separate-stderr tk-energy $how </dev/null
		says "tk-energy: - is a recording, which has no \
counters to list"
	done
}

@test "a recording has times of its own, and takes no --clock" {
	run -2 --separate-stderr tk-energy ts -C boot - </dev/null
	says "tk-energy: a recording has times of its own: no -C"
}

@test "--list writes no file, and says so" {
	counter z/a 1
	run -2 --separate-stderr tk-energy --list --root z -o zones
	says "tk-energy: --output is not for --list"
	run -2 --separate-stderr tk-energy ts --list --root z -f csv
	says "tk-energy: --list prints a table: no -f and no -o"
	[ ! -e zones ]
}

@test "--list shows zones and what would be summed" {
	counter z/intel-rapl:0 1 package-0 262143328850
	counter z/intel-rapl:0:0 1 core 262143328850
	counter z/intel-rapl:0:a 1 dram 65712999613
	counter z/intel-rapl:1 1 psys 4294967295000000
	run -0 --separate-stderr tk-energy --list --root z
	[ "$(awk '{ print $1, $3, $4, $5, $6, $7 }' <<<"$output")" = \
		"ZONE ROLE RANGE_UJ UNIT_NJ WRAP_AT_400W USE
intel-rapl:0 package 262143328850 61035 655.3 summed
intel-rapl:0:0 part 262143328850 61035 655.3 left-out
intel-rapl:0:a dram 65712999613 15300 164.2 summed
intel-rapl:1 psys 4294967295000000 1000000000 10737418.2 recorded" ]
}

@test "a file that was being written is read again" {
	# An empty file, which is there again 2 ms later: the sampler waits.
	counter z/a 1000
	(
		exec 3>&-
		for i in 1 2 3 4 5 6 7 8; do
			sleep 0.05
			: >z/a/energy_uj
			echo $((1000 + i)) >z/a/energy_uj
		done
	) &
	run -0 --separate-stderr tk-energy ts -i 0.01 -n 50 z/a
	wait
	[ "$(field status | sort -u | grep -vcE 'ok|stale|missed')" = 0 ]
	[ "$(field delta_uj | awk '{ s += $1 } END { print s }')" = 8 ]
}

@test "what cannot be written is an error" {
	counter z/a 1000
	run -1 --separate-stderr tk-energy ts -n 1 -i 0.1 -o /dev/full z/a
	says "tk-energy: /dev/full: No space left on device"
	run -1 --separate-stderr tk-energy ts -n 1 -o no/such z/a
	says "tk-energy: no/such: No such file or directory"
	run -1 --separate-stderr tk-energy ts -n 1 -f csv --separate-files \
		-o no/such z/a
}

@test "run waits for its command, and fails, if it cannot write" {
	counter z/a 1000
	run -4 --separate-stderr tk-energy run --root z -o /dev/full -- \
		sh -c 'sleep 0.5; echo still; exit 4'
	is still
	says "tk-energy: /dev/full: No space left on device"
	run -1 --separate-stderr tk-energy run --root z -o /dev/full -- true
	run -1 --separate-stderr tk-energy run --root z -o no/such -- true
}

@test "a signal ends what is late at each tick, and what nobody reads" {
	counter z/a 1000
	run -143 --separate-stderr timeout -k 5 --preserve-status 0.5 \
		tk-energy ts -i 1ns --manual-stop z/a < <(sleep 9)
	[ "$(jq -r .type <<<"$output" | tail -1)" = end ]
	mkfifo nobody
	exec 7<>nobody
	run -143 timeout -k 5 --preserve-status 1 \
		tk-energy ts -i 0.0001 -n 1000000 z/a >&7
	exec 7>&-
}

@test "who writes nothing to a pipe does not wait for who reads it" {
	counter z/a 1000
	mkfifo pipe
	# Open for reading, too, so that it takes 64 KiB without a reader.
	exec 4<>pipe
	head -c 65536 /dev/zero >&4
	timeout -k 5 20 tk-energy ts -n 3 -i 0.15 --separate-files -o e \
		--root z >&4 2>err
	exec 4>&-
	[ "$(wc -l <e_a.csv)" -eq 4 ]
}

@test "a file that stays empty takes no time from the others" {
	counter z/a 1000
	counter z/b 1000
	: >z/b/energy_uj
	run -1 --separate-stderr tk-energy ts -i 0.005 -n 100 --root z
	late=$(field 'late // 0' | jq -s add)
	[ "$(field zone | grep -c a)" -gt 50 ] || [ "$late" -gt 0 ]
	[ "$(jq -r 'select(.type == "energy" and .zone == "b").status' \
		<<<"$output" | sort -u)" = unreadable ]
}

@test "counters without a descriptor left are told of: the status is 1" {
	for i in 1 2 3 4 5 6 7 8 9; do
		counter "z/a$i" 1000
	done
	run -1 --separate-stderr prlimit --nofile=12:12 \
		tk-energy ts -n 1 -i 0.01 --root z
	[[ $stderr == *": Too many open files"* ]]
}

@test "unreadable parts of unreadable packages are nothing to measure" {
	counter z/intel-rapl:0 x package-0
	counter z/intel-rapl:0:0 x core
	run -1 --separate-stderr tk-energy ts -n 1 -i 0.01 --root z
	[ "$output" = "" ]
}

@test "watts are shown on a terminal, by once too, on one line" {
	counter z/a 1000
	counter z/b 1000
	watts z/a 100 &
	writer=$!
	script -qec "stty cols 13; tk-energy once -d 3 --root z \
-o out" screen >/dev/null </dev/null
	kill "$writer"
	grep -oE 'a [0-9.]+ W' screen
	run -1 grep -E 'a [0-9.]+ W +b' screen
}
