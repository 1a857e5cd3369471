#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# tk-energy plot: power over time, in the terminal and as SVG
#
# What is to be seen follows from the records, which the tests write: a step
# from 10 W to 50 W, a gap, names that would do harm.

load helper

setup() {
	cd "$BATS_TEST_TMPDIR" || return
}

# records ZONE FROM TO UJ [STATUS]: a record for each second behind FROM up to
# TO, in which that energy was used; without one where UJ is null
records() {
	for ((i = $2 + 1; i <= $3; i++)); do
		printf '{"type":"energy","ts":%d000000000,"zone":"%s",' \
			"$i" "$1"
		printf '"counter_uj":7,"delta_uj":%s,"dur":1000000000,' "$4"
		printf '"power_w":null,"status":"%s"}\n' "${5:-ok}"
	done
}

# Ten seconds at 10 W and ten at 50 W.
step() {
	records "$1" 1000 1010 10000000
	records "$1" 1010 1020 50000000
}

# dots TEXT: its lines with # for a full cell of Braille and + for others
dots() {
	python3 -c '
import sys
for line in sys.stdin.buffer.read().decode("utf-8").splitlines():
    print("".join("#" if c == "\u28ff" else
        "+" if "\u2800" < c < "\u28ff" else c for c in line).rstrip())' \
		<<<"$1"
}

# needs COMMAND ...: skips the test where one of them is missing
needs() {
	for command; do
		type -P "$command" >/dev/null || skip "needs $command"
	done
}

# svg ZONE ...: makes out.svg of steps of these zones, and texts of its words
svg() {
	needs gnuplot xmllint
	for zone; do step "$zone"; done >in
	run -0 --separate-stderr tk-energy plot -o out.svg in
	[ "$output$stderr" = "" ]
	xmllint --noout out.svg
	xmllint --xpath '//*[local-name()="text"]' out.svg |
		sed 's/<[^>]*>/\n/g' | sed 's/^ *//' | grep . >texts
}

@test "a step from 10 W to 50 W is drawn where it was, over round numbers" {
	needs python3
	step package >in
	run -0 --separate-stderr tk-energy plot in
	[ "$stderr" = "" ]
	# Of 80 columns six are the axis, and so half of the time is 37; the
	# two around the step may have dots of both.
	high=$(printf '#%.0s' {1..36})
	none=${high//#/ }
	got=$(dots "$output")
	[ "$(sed -n 1p <<<"$got")" = "package: mean 30.000 W, max 50.000 W, \
600.000000 J in 20.000 s" ]
	for row in 2 3 4 5 6 7 8 9; do
		label="     │"
		[ $((row % 2)) -eq 1 ] || label="$((60 - row * 5)) W ┤"
		line=$(sed -n "${row}p" <<<"$got")
		[[ $line == "$label$none"[\ +#][\ +#]"$high" ]] ||
			fail "row $row: $line"
	done
	for row in 10 11; do
		label="     │"
		[ "$row" -eq 11 ] || label="10 W ┤"
		[ "$(sed -n "${row}p" <<<"$got")" = "$label$high##$high" ]
	done
	[[ $(sed -n 12p <<<"$got") == " 0 W ┼─"* ]]
	[[ $(sed -n 13p <<<"$got") =~ ^\ {6}0\ +2\ +4\ +6\ +8\ +10\ +12\ + ]]
	[ "${lines[-1]}" = "time in s since 1000.000000000" ]
}

@test "it is 80 columns wide where no terminal is" {
	{
		step a
		records b 1000 1020 123456789012
		records c 1000 1020 1
	} >in
	run -0 --separate-stderr env COLUMNS=200 tk-energy plot in
	[ "$(LC_ALL=C.UTF-8 wc -L <<<"$output")" -eq 80 ]
	# The axis of each zone reaches that far, whatever its numbers take.
	grep '0 W ┼' <<<"$output" >axes
	[ "$(wc -l <axes)" -eq 3 ]
	while IFS= read -r axis; do
		echo "$axis"
		[ "$(LC_ALL=C.UTF-8 wc -L <<<"$axis")" -eq 80 ]
	done <axes
}

@test "on a terminal it is as wide as that" {
	needs python3
	step a >in
	cat >wide.py <<-'END'
	import fcntl, os, pty, struct, sys, termios
	pid, fd = pty.fork()
	if pid == 0:
	    size = struct.pack("HHHH", 24, int(sys.argv[1]), 0, 0)
	    fcntl.ioctl(1, termios.TIOCSWINSZ, size)
	    os.execvp("tk-energy", ["tk-energy", "plot", "in"])
	text = b""
	try:
	    while True:
	        data = os.read(fd, 65536)
	        if not data:
	            break
	        text += data
	except OSError:
	    pass
	print(max(len(line) for line in text.decode().splitlines()))
	END
	run -0 python3 wide.py 132
	is 132
	run -0 python3 wide.py 61
	is 61
}

@test "what was not measured is a gap, and 0 W is none" {
	needs python3
	{
		records a 0 5 10000000
		records a 5 10 null unreadable
		records a 10 15 0
		records a 15 20 0 stale
	} >in
	run -0 --separate-stderr tk-energy plot in
	got=$(dots "$output")
	line=$(grep -B 1 '^ *0 W' <<<"$got" | head -n 1)
	line=${line#*│}
	[ "${#line}" -gt 0 ]
	third=$((${#line} / 3))
	[ "${line:0:third-1}" = "$(printf '#%.0s' $(seq $((third - 1))))" ]
	[ "${line:third+1:third-2}" = "$(printf ' %.0s' \
		$(seq $((third - 2))))" ]
	[ "${line:2*third+1}" = "$(printf '+%.0s' \
		$(seq $((${#line} - 2 * third - 1))))" ]
	[[ ${lines[0]} == *" 50.000000 J in 10.000 s" ]]
}

@test "--from and --to cut, in the midst of a record too" {
	step a >in
	run -0 tk-energy plot --from 1009.5 --to 1010.5 in
	[ "${lines[0]}" = \
		"a: mean 30.000 W, max 50.000 W, 30.000000 J in 1.000 s" ]
	[ "${lines[-1]}" = "time in s since 1009.500000000" ]
	# An energy is cut in whole uJ, and none is lost between two figures.
	records a 0 1 10 >in
	for cut in "--to 0.75" "--from 0.75"; do
		# shellcheck disable=SC2086
		tk-energy plot $cut in | sed -n '1s/.* W, \(.*\) J in.*/\1/p'
	done >parts
	diff parts - <<-END
	0.000007
	0.000003
	END
}

@test "streams that were joined are drawn whole, in any order" {
	step a >one
	records b 0 30 5000000 >two
	cat one two >in
	run -0 --separate-stderr tk-energy plot in
	grep -q '^a: .* 600.000000 J in 20.000 s' <<<"$output"
	grep -q '^b: .* 150.000000 J in 30.000 s' <<<"$output"
	[ "${lines[-1]}" = "time in s since 0.000000000" ]
	tac one >back
	[ "$(tk-energy plot back)" = "$(tk-energy plot <one)" ]
	[ "$(tk-energy plot one two)" = "$output" ]
}

@test "bad lines are told, and the others drawn" {
	{
		step a
		echo '{"type":"energy","ts":1}'
		echo rubbish
		echo '{"type":"span","ts":1}'
	} >in
	run -0 --separate-stderr tk-energy plot in
	[[ ${lines[0]} == *" 600.000000 J in 20.000 s" ]]
	[ "$(grep -c '^tk-energy: in:2[12]: ' <<<"$stderr")" -eq 2 ]
	run -3 tk-energy plot --strict in
}

@test "records without their end are told of" {
	{
		echo '{"type":"trace","version":1}'
		step a
	} >in
	run -0 --separate-stderr tk-energy plot in
	says "tk-energy: the records were cut short: their end is missing"
	run -3 tk-energy plot --strict in
}

@test "where there is nothing to draw a message says so, the status is 1" {
	records a 0 5 null unreadable >in
	for args in in /dev/null "-o out.svg in" "--from 7 in"; do
		# shellcheck disable=SC2086
		run -1 --separate-stderr tk-energy plot $args
		[ "$output" = "" ]
		[[ $stderr == "tk-energy: there is nothing to draw: "* ]]
	done
	[ ! -e out.svg ]
}

@test "a name cannot move the cursor of a terminal" {
	step 'a\n\u001b]0;b\u0007\u009b2J\u007f' >in
	run -0 --separate-stderr tk-energy plot in
	[[ ${lines[0]} == 'a\n\u001b]0;b\u0007\xc2\x9b2J\x7f: mean '* ]]
	[ "$(tr -d '\n' <<<"$output" | LC_ALL=C grep -c '[[:cntrl:]]')" -eq 0 ]
}

@test "the figure is the same in every locale and time zone" {
	step 'Z\u00fcrich' >in
	run -0 tk-energy plot in
	want=$output
	for locale in C.UTF-8 de_DE.UTF-8 tr_TR.UTF-8; do
		run -0 env LC_ALL=$locale TZ=Asia/Tokyo tk-energy plot in
		is "$want"
	done
}

@test "an output that cannot be written is told, the status is 1" {
	step a >in
	run -1 bash -c 'tk-energy plot in 2>&1 >/dev/full'
	is "tk-energy: standard output: No space left on device"
}

@test "the SVG is well-formed, with axes, units and a legend" {
	svg package-0 dram
	for text in 'power (W)' 'time since 1000.000000000 s (s)' 0 10 50 20 \
		package-0 dram; do
		grep -qxF "$text" texts || fail "no text $text"
	done
}

@test "in the SVG a gap breaks the line off" {
	needs gnuplot xmllint
	step a >in
	tk-energy plot -o whole.svg in
	{
		records a 0 5 10000000
		records a 5 10 null reset
		records a 10 15 10000000
	} >in
	tk-energy plot -o gap.svg in
	# The pieces of the line: how often the pen is put down.
	line='//*[@id="gnuplot_plot_1"]//*[local-name()="path"]/@d'
	for file in whole gap; do
		xmllint --xpath "$line" "$file.svg" | grep -o M | wc -l
	done >pieces
	[ "$(tail -n 1 pieces)" -eq $(($(head -n 1 pieces) + 1)) ]
}

@test "a name is no command and no markup, whatever it is" {
	svg "'; system('touch x'); \`touch x\`" '\"; system(\"touch x\") #' \
		'<&>{/Bold b}_c^d %d ]]>' '@y $(touch x) !touch x' \
		'a\nsystem \"touch x\"\n' '\u001b\u0000\ufffe\\xff' '' \
		"$(printf 'long%.0s' {1..1000})"
	[ "$(echo x*)" = 'x*' ]
	[ "$(grep -c '^..*$' texts)" -ge 8 ]
	grep -qF "'; system('touch x'); \`touch x\`" texts
	grep -qF '&lt;&amp;&gt;{/Bold b}_c^d %d ]]\x3e' texts
	grep -qF '@y $(touch x) !touch x' texts
	[ "$(wc -L <texts)" -lt 150 ]
}

@test "the SVG has the same bytes in every locale and time zone" {
	svg 'Z\u00fcrich'
	grep -qxF Zürich texts || grep -qF '&#xFC;' texts
	mv out.svg want.svg
	# What a user has set for gnuplot does not count.
	echo 'set title "x"' >.gnuplot
	HOME=$PWD GNUTERM=dumb LC_ALL=tr_TR.UTF-8 TZ=Asia/Tokyo \
		tk-energy plot -o out.svg in
	cmp out.svg want.svg
}

@test "without gnuplot a message names its package, the status is 1" {
	step a >in
	mkdir bin
	ln -s "$(type -P tk-energy)" bin/
	echo before >out.svg
	run -1 --separate-stderr env PATH="$PWD/bin" tk-energy plot \
		-o out.svg in
	[ "$output" = "" ]
	says "tk-energy: gnuplot is not installed, and makes the SVG: it is in \
the package gnuplot-nox"
	[ "$(cat out.svg)" = before ]
}

@test "where gnuplot fails, or prints but a part, the file stays as it was" {
	step a >in
	mkdir bin
	echo before >out.svg
	for script in 'cat >/dev/null; echo; echo "  no luck" >&2; exit 2' \
		'echo "<svg>"' 'kill -9 $$'; do
		printf '#!/bin/sh\n%s\n' "$script" >bin/gnuplot
		chmod +x bin/gnuplot
		PATH=$PWD/bin:$PATH run -1 --separate-stderr tk-energy plot \
			-o out.svg in
		[[ $stderr == "tk-energy: gnuplot failed"* ]]
		[ "$(cat out.svg)" = before ]
		[ "$(find . -name '.out*')" = "" ]
	done
}

@test "an SVG that cannot be written is told, the status is 1" {
	needs gnuplot
	step a >in
	run -1 --separate-stderr tk-energy plot -o no/such/out.svg in
	says "tk-energy: no/such/out.svg: No such file or directory"
	mkdir out.svg
	run -1 --separate-stderr tk-energy plot -o out.svg in
	says "tk-energy: out.svg: Is a directory"
	[ "$(find . -name '.out*')" = "" ]
}

@test "an SVG that does not fit leaves nothing of itself" {
	needs gnuplot
	step a >in
	# A limit of 512 bytes to a file, which those in memory have as well.
	run -1 --separate-stderr bash -c "trap '' XFSZ
		ulimit -f 1 && exec tk-energy plot -o out.svg in"
	[[ $stderr == *"File too large" ]]
	[ ! -e out.svg ]
	[ "$(find . -name '.out*')" = "" ]
}

@test "-o takes a name that ends in .svg, and no other" {
	step a >in
	for name in out.png out.svg.gz svg - .svg; do
		run -2 --separate-stderr tk-energy plot -o "$name" in
		[ "${stderr_lines[0]}" = "tk-energy: plot writes SVG, to a \
file whose name ends in .svg" ]
	done
}

@test "options that say nothing to a figure are refused" {
	for option in '-f csv' '-i 1' '--window 1' '--files x' '--all'; do
		# shellcheck disable=SC2086
		run -2 --separate-stderr tk-energy plot $option in
		[[ ${stderr_lines[0]} == *" is not for plot" ]]
	done
}

@test "with --strict the status is 3 where records were lost" {
	step z >in
	run -0 tk-energy plot --strict in
	echo '{"type":"lost","ts":5,"cpu":null,"count":1}' >>in
	run -0 tk-energy plot in
	run -3 tk-energy plot --strict in
}
