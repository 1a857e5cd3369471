#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# Bugs that were fixed stay fixed
#
# A bug is bugs/WORDS.cmd, a script of bash whose first line says what went
# wrong; WORDS.out is what it must print, on stdout and stderr together, with
# "status N" as the last line; WORDS.in, where there is one, is its input.

load helper

@test "each bug in tests/bugs stays fixed" {
	cd "$BATS_TEST_DIRNAME/bugs" || skip "none is known"
	bad=0
	for script in *.cmd; do
		[ -f "$script" ] || continue
		bug=${script%.cmd}
		input=/dev/null
		[ ! -f "$bug.in" ] || input=$bug.in
		got=0
		TMPDIR=$(mktemp -d) timeout 60 bash -o pipefail "$script" \
			<"$input" >"$BATS_TEST_TMPDIR/out" 2>&1 || got=$?
		echo "status $got" >>"$BATS_TEST_TMPDIR/out"
		diff -u "$bug.out" "$BATS_TEST_TMPDIR/out" || {
			head -n 1 "$script"
			bad=1
		}
	done
	[ "$bad" -eq 0 ]
}
