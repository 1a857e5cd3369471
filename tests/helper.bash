# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# helper.bash -- loaded by every test file
#
# Sets data, the folder of recordings, and root, the top of the tree; the
# programs that were built are found first in PATH, and after them those of
# tests/tools.  TK_SAN is set where they were built with SAN=1.

bats_require_minimum_version 1.5.0

export LC_ALL=C
root=$(cd "$BATS_TEST_DIRNAME" && while [ ! -f Makefile ]; do cd ..; done; pwd)
data=$root/tests/data
TK_BIN=${TK_BIN:-$root/build}
PATH=$TK_BIN:$TK_BIN/tests:$PATH
# What a test makes by mktemp, and what a program puts aside, goes with it.
export TMPDIR=${BATS_TEST_TMPDIR:-/tmp}

# programs: the names of all that were built and still have a source
programs() {
	local source name

	for source in "$root"/cmd/tk-*.c; do
		name=${source##*/}
		name=${name%.c}
		[ ! -x "$TK_BIN/$name" ] || echo "$name"
	done
}

# is TEXT: fails, with a diff, unless the last run printed just that
is() {
	diff -u --label expected <(printf '%s\n' "$1") \
		--label got <(printf '%s\n' "$output")
}

# says TEXT: fails unless a line of the last run's stderr is just that
says() {
	grep -qxF -e "$1" <<<"$stderr" || {
		printf 'expected on stderr: %s\ngot: %s\n' "$1" "$stderr"
		return 1
	}
}

# fail TEXT: says why, and fails
fail() {
	printf '%s\n' "$*"
	return 1
}

# page_examples FILE: the commands of a manual page's EXAMPLES, a line each
page_examples() {
	awk '
	/^\.Sh / { on = /EXAMPLES/ }
	on && sub(/^\.Dl /, "") {
		gsub(/\\\(aq/, "\047")
		gsub(/\\\(dq/, "\"")
		gsub(/\\\(ti/, "~")
		gsub(/\\\(ha/, "^")
		gsub(/\\-/, "-")
		gsub(/\\&/, "")
		gsub(/\\e/, "\\")
		print
	}' "$1"
}

# data_farm DIR: makes DIR a copy of tests/data in which a command may write
data_farm() {
	mkdir -p "$1"
	cp -rs "$data/." "$1/"
}
