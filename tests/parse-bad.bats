#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# tk-parse: what cannot be read is refused or told, and what can is kept

load helper
load parse

setup() {
	cd "$BATS_TEST_TMPDIR" || return
}

# cuts FILE ARGUMENT ...: runs tk-parse on FILE cut at every 997th byte; leaves
# all records in "all", one run's in N.records, and N.stderr, N.status
cuts() {
	local file=$1 n size
	shift

	size=$(stat -c %s "$file")
	mkdir cut
	tk-parse "$@" "$file" | events >whole
	for ((n = 0; n < size; n += 997)); do
		head -c "$n" "$file" >"cut/$file"
		timeout 20 tk-parse "$@" "cut/$file" >"$n.records" \
			2>"$n.stderr" && echo 0 >"$n.status" ||
			echo $? >"$n.status"
	done
	rm -r cut
	# None crashed or hung, and all is valid.
	! grep -LE '^[01]$' ./*.status | grep . || return 1
	cat ./*.records >all
	jq -es 'all(.[]; type == "object")' all >/dev/null
	# A stream that begins ends.
	[ "$(grep -c '"type":"trace"' all)" -eq \
		"$(grep -c '"type":"end"' all)" ]
}

# told: each of the cuts, but for the empty file, says something
told() {
	local file

	for file in ./*.stderr; do
		[ -s "$file" ] || [ "$file" = ./0.stderr ] ||
			fail "$file is empty"
	done
}

# prefixes: the records of each cut are the first ones of the whole
prefixes() {
	local file

	for file in ./*.records; do
		events "$file" >got || :
		head -n "$(wc -l <got)" whole | cmp - got
	done
}

# garbage COUNT: bytes that are no page, the same every time
garbage() {
	awk -v n="$1" 'BEGIN {
		for (x = 1; n > 0; n--) {
			x = x * 16807 % 2147483647
			printf "%c", x % 255 + 1
		}
	}'
}

@test "text under options that leave too much out is refused, and why" {
	set -- latency-format.txt latency-format latency-verbose.txt \
		latency-format raw.txt raw hex.txt hex bin.txt bin \
		nocontext.txt context-info fields.txt fields
	while [ $# -gt 0 ]; do
		run -1 --separate-stderr tk-parse "$source/refused/$1.zst"
		[[ $stderr == *"/$1.zst: "*"\"$2\""* ]] || fail "$1: $stderr"
		[ "${#stderr_lines[@]}" -eq 1 ]
		# What switches it off (or on) can be copied from there.
		[[ $stderr == *"echo "[01]" > /sys/kernel/tracing/options/$2" ]]
		[ "$(grep -c '"ts":' <<<"$output")" -eq 0 ]
		# From a pipe too, and by the other programs.
		run -1 --separate-stderr bash -c \
			"zstd -dcq $source/refused/$1.zst | tk-parse"
		[[ $stderr == "tk-parse: <stdin>: "*"$2"* ]]
		run -1 --separate-stderr tk-krflow "$source/refused/$1.zst"
		[[ $stderr == *"$2"* ]]
		shift 2
	done
}

@test "what is refused does not hide the next input" {
	unpack source/nasty/trace.default.txt
	run -1 --separate-stderr tk-parse "$source/refused/raw.txt.zst" \
		trace.default.txt
	[ "$(events <<<"$output" | wc -l)" -eq 1070 ]
}

@test "a trace.dat that is cut: a message, and the whole's records" {
	for version in v6 v7 v7-zstd; do
		mkdir "$BATS_TEST_TMPDIR/$version"
		cd "$BATS_TEST_TMPDIR/$version"
		unpack source/dat/$version.dat
		cuts $version.dat
		told
		# Of v7 one buffer may be there and the other not.
		sort whole >sorted
		for file in ./*.records; do
			events "$file" | sort | comm -13 sorted - >strange
			[ ! -s strange ]
		done
		# All that is not told to be cut short is refused.
		for file in ./*.status; do
			[ "$file" != ./0.status ] || continue
			[ "$(cat "$file")" -eq 1 ] || grep -q \
				'"cut_short":true' "${file%.status}.records"
		done
	done
}

@test "pages that nothing tells the CPUs of are not read: trace.dat version 7" {
	unpack source/small/small.dat
	# All of its pages are there, and a part of the option behind them.
	for n in 5467100 6000000 6504447 6504500; do
		head -c $n small.dat >cut.dat
		run -1 --separate-stderr tk-parse cut.dat
		[ -z "$output" ]
		[ "$stderr" = "tk-parse: cut.dat: it is cut short before it \
says where its events are: version 7 does that behind them" ]
	done
}

@test "a trace.dat on a pipe that is cut gives what the cut file gives" {
	unpack source/dat/v6.dat
	for n in 1 8 900 5000 30000 50000; do
		head -c $n v6.dat >cut.dat
		status=0
		tk-parse cut.dat >file 2>stderr || status=$?
		[ -s stderr ]
		run -$status bash -c "cat cut.dat | tk-parse >pipe"
		cmp <(events file) <(events pipe)
	done
}

@test "raw pages that are cut: a message, and the first of the records" {
	unpack source/nasty/cpu1.raw
	cuts cpu1.raw --formats "$formats"
	told
	prefixes
}

@test "text that is cut: no more than its last event differs" {
	unpack source/nasty/trace.default.txt
	cuts trace.default.txt
	for file in ./*.records; do
		events "$file" | sed '$d' >got || :
		head -n "$(wc -l <got)" whole | cmp - got
	done
}

@test "packed files that are cut: a message, status 1, and what was whole" {
	for file in nasty/trace.default.txt small/small.dat; do
		zstd -dcq "$source/$file.zst" >trace
		tk-parse trace | events >whole
		gzip -cf trace >trace.gz
		zstd -qf trace
		for packed in trace.gz trace.zst; do
			head -c $(($(stat -c %s $packed) / 2)) $packed >"cut"
			run -1 --separate-stderr tk-parse cut
			[[ $stderr == *"cut: "* ]]
			events <<<"$output" >got || :
			sed -i '$d' got
			head -n "$(wc -l <got)" whole | cmp - got
		done
	done
}

@test "a page of garbage between others is told, and the others are kept" {
	unpack source/nasty/cpu1.raw
	tk-parse --formats "$formats" cpu1.raw >whole
	{
		head -c 8192 cpu1.raw
		garbage 4096
		tail -c +12289 cpu1.raw
	} >cpu1.bad
	{
		head -c 8192 cpu1.raw
		tail -c +12289 cpu1.raw
	} >cpu1.less
	tk-parse --formats "$formats" cpu1.less | events >want
	run -3 --separate-stderr tk-parse --strict --formats "$formats" cpu1.bad
	[[ $stderr == "tk-parse: cpu1.bad: CPU 1: "* ]]
	jq -es '.[-1].bad > 0' <<<"$output" >/dev/null
	events <<<"$output" | sort | comm -13 - <(sort want) >missing
	[ ! -s missing ]
}

@test "events of which there is no format are bad, the others are kept" {
	unpack source/nasty/cpu0.raw source/nasty/cpu1.raw
	mkdir some
	cp "$formats/header_page" "$formats/sched_switch.format" some
	run -3 --separate-stderr tk-parse --strict --formats some cpu?.raw
	[[ $stderr == *"format"* ]]
	[ "$(events <<<"$output" | wc -l)" -eq 633 ]
	[ "$(end <<<"$output" | jq .[3])" -eq $((1070 - 633)) ]
}

@test "without formats raw pages are refused, and that is why" {
	unpack source/nasty/cpu0.raw
	mkdir empty
	for folder in empty nonexistent; do
		run -1 --separate-stderr tk-parse --formats $folder cpu0.raw
		[[ $stderr == *"format"* ]]
		[ "$(grep -c '"ts":' <<<"$output")" -eq 0 ]
	done
}

@test "an input that is not there is named, and the others are read" {
	unpack source/nasty/trace.default.txt
	run -1 --separate-stderr tk-parse nonexistent trace.default.txt none
	says "tk-parse: nonexistent: No such file or directory"
	says "tk-parse: none: No such file or directory"
	[ "$(end <<<"$output")" = '[1070,0,0,0]' ]
	mkdir folder
	run -1 --separate-stderr tk-parse folder
	says "tk-parse: folder: a folder without per_cpu/cpuN/trace_pipe_raw"
	[ "$output" = "" ]
}

@test "bad lines are quoted, counted, and left out" {
	unpack source/nasty/trace.default.txt
	tk-parse trace.default.txt | events >want
	# After a line that a name cannot go on in.
	{
		sed -n 1,20p trace.default.txt
		for i in 1 2 3 4 5 6 7; do
			printf 'bad\001 \377 %s\n' $i
		done
		sed -n '21,$p' trace.default.txt
	} >text
	run -3 --separate-stderr tk-parse --strict text
	printf '%s\n' "$output" >got
	cmp want <(events got)
	[ "$(end got)" = '[1070,0,0,7]' ]
	[ "$(grep -c '^tk-parse: text:2[1-5]: ' <<<"$stderr")" -eq 5 ]
	says "tk-parse: 2 more bad lines"
	run -0 tk-parse text
}

@test "garbage is bad, whatever it is, and the records are valid" {
	garbage 100000 >bytes
	head -c 10000 /dev/zero >zeros
	head -c 100000 /dev/zero | tr '\0' x >long
	yes '{"type":"x","ts":' | head -n 100 >json
	yes '[{}]' | head -n 100 >arrays
	printf '\xef\xbb\xbf<html>\r\n' >html
	printf '\x17\x08\x44tracing' >magic
	printf '\x17\x08\x44tracing6\0\0\1\4\0\20\0\0' >magic6
	printf '\x17\x08\x44tracing9999\0\1\10\0\20\0\0' >magic9
	for file in bytes zeros long json arrays html magic magic6 magic9; do
		status=0
		timeout 20 tk-parse --strict $file >got 2>stderr || status=$?
		[ $status -eq 1 ] || [ $status -eq 3 ]
		[ -s stderr ]
		[ "$(events got | wc -l)" -eq 0 ]
		[ $status -eq 1 ] || well_formed got
	done
}

@test "any bytes in names and values leave as valid JSON" {
	for i in {0..255}; do
		[ "$i" -ne 10 ] || continue
		byte=$(printf '\\x%02x' "$i")
		printf "%16s-%-7d [000] ..... 1.000000: e: s=a${byte}b t=1\\n" \
			x$'\xe2\x82' 7
		printf "%16s-%-7d [000] ..... 1.000000: ev${byte}: v=1\\n" t 7
		printf "%16s-%-7d [000] ..... 1.000000: e: k${byte}=1\\n" t 7
	done >text
	tk-parse text >got 2>stderr
	well_formed got
	jq -se '.[1:-1] | map(select(.type == "e" and .s)) |
		length == 254 or length == 255' got
	jq -se '[.[] | select(.s).task] | unique == ["x\\xe2\\x82"]' got
}

@test "a line of megabytes is bad, and the next is read" {
	{
		printf '%16s-%-7d [000] ..... 1.000000: e: v=' t 7
		head -c 3000000 /dev/zero | tr '\0' 1
		printf '\n%16s-%-7d [000] ..... 2.000000: e: v=1\n' t 7
	} >text
	run -3 --separate-stderr tk-parse --strict text
	[ "$(end <<<"$output" | jq -c '[.[0], .[3]]')" = '[1,1]' ]
	grep -q '"ts":2000000000,' <<<"$output"
}

@test "a full disk is told, status 1" {
	unpack source/small/small.dat source/small/cpu0.raw \
		source/small/trace.default.txt
	for file in small.dat trace.default.txt "--formats $formats cpu0.raw" \
		"--stats small.dat" "-o csv -e sched_switch small.dat"; do
		run -1 bash -c "timeout 20 tk-parse $file 2>&1 >/dev/full"
		is "tk-parse: standard output: No space left on device"
	done
}

@test "a full disk for the copy of a pipe is told, status 1" {
	[ -w /dev/shm ] && unshare -rm true 2>/dev/null ||
		skip "there are no mounts of one's own here"
	unpack source/small/small.dat
	run -1 --separate-stderr unshare -rm bash -c '
		mount -t tmpfs -o size=64k tmpfs /mnt &&
		cat small.dat | TMPDIR=/mnt tk-parse'
	grep -q 'No space left on device' <<<"$stderr"
}

@test "head ends it without a word" {
	unpack source/small/small.dat source/small/cpu0.raw \
		source/small/trace.default.txt
	for file in small.dat trace.default.txt "--formats $formats cpu0.raw"
	do
		run -0 --separate-stderr bash -c \
			"timeout 20 tk-parse $file | head -n 1"
		[ "$stderr" = "" ]
		[[ $output == '{"type":"trace"'* ]]
	done
}

@test "files of other programs are refused, and what to do is told" {
	printf 'PERFILE2\0\0\1\2' >perf.data
	printf '\177ELF\2\1\1\0\0' >elf
	printf '\3757zXZ\0\0\4' >packed
	for options in '' --clip --stats; do
		# shellcheck disable=SC2086 # it may be none
		run -1 --separate-stderr tk-parse $options perf.data elf packed
		[ "$output" = "" ]
		[[ $stderr == "tk-parse: perf.data: "*"perf script"* ]]
		says "tk-parse: elf: an ELF file, which is no trace"
		says "tk-parse: packed: packed by xz: unpack it first"
	done
	run -1 --separate-stderr bash -c 'cat perf.data | tk-parse'
	[[ $stderr == "tk-parse: <stdin>: "*"perf script"* ]]
}
