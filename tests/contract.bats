#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# What every program promises in tracekit(7)
#
# A new program is under these tests as soon as it is there.  Those that need
# it to run on something take the first example of its manual page, or, where
# that is not the thing to run, the shell command in tests/tk-NAME.sample.
# Like all examples it runs in a copy of tests/data.

load helper

setup() {
	farm=$BATS_TEST_TMPDIR/data
	bad=0
}

# sample PROGRAM: a shell command that runs the program on a recording
sample() {
	local file=$root/tests/$1.sample

	if [ -f "$file" ]; then
		grep -v '^#' "$file"
	else
		page_examples "$root/man/$1.1" | sed -n 1p
	fi
}

# reads_files PROGRAM: the words that operands which are inputs follow; fails if
# it has none.  Of several verbs it is the first.
reads_files() {
	"$1" --help | sed -n '1s/^usage: //p' | awk '
	$2 == "[OPTION" && /FILE/ {
		split($4, verb, "|")
		print $1, verb[1] ~ /^[a-z]+$/ ? verb[1] : ""
		found = 1
	}
	END { exit !found }'
}

# complain TEXT: goes on with the next program, but the test fails
complain() {
	printf '%s\n' "$*"
	bad=1
}

# in_farm COMMAND [NAME=VALUE ...]: runs a shell command in a fresh copy of
# tests/data, with an empty TMPDIR; prints what it prints
in_farm() {
	local command=$1

	shift
	rm -rf "$farm" "$farm.tmp"
	mkdir "$farm.tmp"
	data_farm "$farm"
	(cd "$farm" && env TMPDIR="$farm.tmp" "$@" \
		timeout 120 bash -o pipefail -c "$command")
}

# page_options PAGE: the options that the DESCRIPTION lists, sorted
page_options() {
	awk '
	/^\.Sh / { on = /DESCRIPTION/ }
	on && /^\.It Fl / {
		for (i = 3; i <= NF; i++)
			if ($(i - 1) == "Fl") {
				sub(/,$/, "", $i)
				gsub(/\\-/, "-", $i)
				print "-" $i
			}
	}' "$1" | sort -u
}

# help_options PROGRAM: those that --help lists, sorted
help_options() {
	"$1" --help | awk '
	NR > 1 && /^  -/ {
		for (i = 1; i <= NF; i++) {
			if ($i !~ /^-/)
				break
			comma = sub(/,$/, "", $i)
			sub(/\[=.*/, "", $i)
			print $i
			if (!comma)
				break
		}
	}' | sort -u
}

@test "there are programs, each with a manual page and a test file" {
	[ -n "$(programs)" ]
	for p in $(programs); do
		[ -f "$root/man/$p.1" ] || complain "no man/$p.1"
		[ -f "$root/tests/$p.bats" ] || complain "no tests/$p.bats"
	done
	[ "$bad" -eq 0 ]
}

@test "every program in cmd/ was built" {
	for source in "$root"/cmd/tk-*.c; do
		name=${source##*/}
		[ -x "$TK_BIN/${name%.c}" ] || complain "no $name"
	done
	[ "$bad" -eq 0 ]
}

@test "--help prints the usage on stdout, -h too, and the status is 0" {
	for p in $(programs); do
		run -0 --separate-stderr "$p" --help
		[[ $output == "usage: $p "* ]] || complain "$p: $output"
		[ "$stderr" = "" ] || complain "$p: stderr: $stderr"
		[ "$(wc -L <<<"$output")" -le 80 ] || complain "$p: too wide"
		grep -q '^  -h, --help' <<<"$output" || continue
		was=$output
		run -0 --separate-stderr "$p" -h
		[ "$output" = "$was" ] || complain "$p: -h is not --help"
	done
	[ "$bad" -eq 0 ]
}

@test "the usage agrees with the synopsis of the manual page" {
	for p in $(programs); do
		got=$("$p" --help | sed -n '1s/^usage: //p')
		want=$(mandoc -T ascii -O width=500 "$root/man/$p.1" |
			sed 's/.\x08//g' |
			awk '/^SYNOPSIS/ { on = 1; next } /^[A-Z]/ { on = 0 }
			on && NF { $1 = $1; print; exit }')
		# The page spells the options out, and writes names small.
		want=${want#"$p"}
		while [[ $want =~ ^\ \[-([^][]|\[[^]]*\])*\](.*)$ ]]; do
			want=${BASH_REMATCH[2]}
		done
		want="$p [OPTION ...]$want"
		[ "${want,,}" = "${got,,}" ] ||
			complain "$p: usage '$got', synopsis '$want'"
	done
	[ "$bad" -eq 0 ]
}

@test "the manual page lists the options of --help and no others" {
	for p in $(programs); do
		diff -u --label "$p(1)" <(page_options "$root/man/$p.1") \
			--label "$p --help" <(help_options "$p") || bad=1
	done
	[ "$bad" -eq 0 ]
}

@test "--version names the program and its version, the status is 0" {
	version=$(sed -n 's/^VERSION = //p' "$root/Makefile")
	for p in $(programs); do
		run -0 --separate-stderr "$p" --version
		[ "$output" = "$p $version" ] || complain "$p: $output"
		[ "$stderr" = "" ] || complain "$p: stderr: $stderr"
	done
	[ "$bad" -eq 0 ]
}

@test "an unknown option gets the usage on stderr, the status is 2" {
	for p in $(programs); do
		for option in '-?' --no-such-option; do
			run -2 --separate-stderr "$p" "$option"
			[ "$output" = "" ] || complain "$p: stdout: $output"
			says "$p: unknown option $option" || bad=1
			[[ ${stderr_lines[1]} == "usage: $p "* ]] ||
				complain "$p: ${stderr_lines[1]}"
		done
	done
	[ "$bad" -eq 0 ]
}

@test "the first example of each page works" {
	for p in $(programs); do
		[ -n "$(sample "$p")" ] || complain "$p: nothing to run"
		in_farm "$(sample "$p")" >/dev/null ||
			complain "$p: status $?: $(sample "$p")"
	done
	[ "$bad" -eq 0 ]
}

@test "the examples of all manual pages run" {
	for page in "$root"/man/*.[157]; do
		while IFS= read -r example; do
			echo "${page##*/}: $example"
			in_farm "$example" >/dev/null </dev/null ||
				complain "status $?"
		done < <(page_examples "$page")
	done
	[ "$bad" -eq 0 ]
}

@test "an output that cannot be written is told, the status is 1" {
	for p in $(programs); do
		for option in --help --version; do
			run -1 bash -c "$p $option 2>&1 >/dev/full"
			is "$p: standard output: No space left on device" ||
				bad=1
		done
		[ -n "$(in_farm "$(sample "$p")" | head -c 1)" ] || continue
		run -1 in_farm "{ $(sample "$p"); } 2>&1 >/dev/full"
		grep -q ': standard output: No space left on device$' \
			<<<"$output" || complain "$p: $output"
	done
	[ "$bad" -eq 0 ]
}

@test "a reader that goes away ends a program without a word" {
	for p in $(programs); do
		run -0 --separate-stderr in_farm "$(sample "$p")"
		stays=$stderr
		# Its parent may have ignored SIGPIPE; the reader is gone first.
		run -0 --separate-stderr in_farm "set +o pipefail
			{ sleep 0.2; trap '' PIPE; $(sample "$p"); } | :"
		# No word more than it has for a reader that stays.
		[ "$stderr" = "$stays" ] || complain "$p: $stderr"
	done
	[ "$bad" -eq 0 ]
}

@test "an input that is not there is named, the status is 1" {
	for p in $(programs); do
		command=$(reads_files "$p") || continue
		run -1 --separate-stderr in_farm "$command /nonexistent/input"
		says "$p: /nonexistent/input: No such file or directory" ||
			bad=1
	done
	[ "$bad" -eq 0 ]
}

@test "a directory is no input, and is named, the status is 1" {
	for p in $(programs); do
		# Where there are verbs, a folder may be what one of them takes.
		[ "$(reads_files "$p")" = "$p " ] || continue
		run -1 --separate-stderr in_farm "$p /"
		grep -qE "^$p: /: a folder without [a-zA-Z_/]+( files)?$" \
			<<<"$stderr" || complain "$p: $stderr"
	done
	[ "$bad" -eq 0 ]
}

@test "neither the locale nor the time zone changes the output" {
	for p in $(programs); do
		in_farm "$(sample "$p")" LC_ALL=C TZ=UTC \
			>"$BATS_TEST_TMPDIR/plain"
		in_farm "$(sample "$p")" LC_ALL=de_DE.UTF-8 TZ=Asia/Kolkata |
			cmp - "$BATS_TEST_TMPDIR/plain" || complain "$p"
	done
	[ "$bad" -eq 0 ]
}

@test "includes follow lib/ORDER" {
	cd "$root"
	awk -f tests/layers.awk lib/ORDER lib/*/*.[ch] cmd/*.[ch]
}
