#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# .ci/setup: what it installs, and when it touches nothing
#
# It runs on a machine made of stubs: dpkg-query knows the packages that the
# file installed lists, and apt-get, npm, sudo and id do what the test says
# and write down how they were called.

load helper

install='install -y --no-install-recommends'

setup() {
	fake=$BATS_TEST_TMPDIR/fake
	called=$BATS_TEST_TMPDIR/called
	installed=$BATS_TEST_TMPDIR/installed
	mkdir "$fake"
	: >"$called"
	for tool in sh env sort cut tr cat sed dirname cmp cp mkdir; do
		ln -s "$(type -P "$tool")" "$fake/$tool"
	done
	stub id 'echo "${FAKE_ID:-0}"'
	stub dpkg-query 'shift 3
		for p; do
			grep -qxF "$p" "$FAKE/installed" &&
				echo "installed $p"
		done'
	ln -s "$(type -P grep)" "$fake/grep"
	stub apt-get 'echo "apt-get $*" >>"$FAKE/called"
		case "$* " in
		*" update ") : >"$FAKE/updated" ;;
		*" install "*)
			[ -f "$FAKE/updated" ] || exit 100
			[ "$1" != -s ] || exit 0
			for p; do echo "$p"; done >>"$FAKE/installed" ;;
		esac'
	stub node 'exit 0'
	stub npm 'echo "npm $1" >>"$FAKE/called"
		[ ! -e "$FAKE/offline" ] || exit 1
		mkdir -p node_modules'
	export FAKE=$BATS_TEST_TMPDIR
	tree=$BATS_TEST_TMPDIR/tree
	mkdir -p "$tree/.ci" "$tree/tests/npm/node_modules"
	cp "$root/.ci/setup" "$tree/.ci"
	echo list | tee "$tree/tests/npm/package-lock.json" \
		>"$tree/tests/npm/node_modules/.list"
	printf '%s\n' pkgconf zlib1g-dev libzstd-dev uthash-dev jq bats \
		libjansson-dev libtraceevent-dev libtracecmd-dev \
		libtracefs-dev libyaml-dev rt-tests sysbench nettle-dev \
		mandoc trace-cmd zstd clang-format clang-tidy cppcheck \
		shellcheck clang libclang-rt-dev gnuplot-nox libxml2-utils \
		libsnappy-dev liblz4-dev libxxhash-dev >"$installed"
}

# stub NAME SCRIPT: puts a program into the machine
stub() {
	printf '#!/bin/sh\n%s\n' "$2" >"$fake/$1"
	chmod +x "$fake/$1"
}

# remove PACKAGE ...: they are missing from the machine
remove() {
	for package; do
		sed -i "/^$package\$/d" "$installed"
	done
}

# set_up TARGET ...: runs .ci/setup there, without a terminal
set_up() {
	run --separate-stderr env PATH="$fake" "$fake/sh" "$tree/.ci/setup" \
		"$@" </dev/null
}

@test "where nothing is missing, nothing is called and nothing printed" {
	set_up demo check lint fuzz
	[ "$status" -eq 0 ]
	[ "$output$stderr" = "" ]
	[ ! -s "$called" ]
}

@test "root installs just what is missing" {
	: >"$BATS_TEST_TMPDIR/updated"
	remove jq libzstd-dev shellcheck
	set_up demo
	[ "$status" -eq 0 ]
	diff -u "$called" - <<-END
	apt-get -s $install jq libzstd-dev
	apt-get -q $install jq libzstd-dev
	END
	[ "$output" = "" ]
}

@test "the lists are fetched first where they do not do" {
	remove jq
	set_up check
	[ "$status" -eq 0 ]
	diff -u "$called" - <<-END
	apt-get -s $install jq
	apt-get -q update
	apt-get -q $install jq
	END
}

@test "what apt-get cannot install makes the status that of apt-get" {
	stub apt-get 'exit 100'
	remove jq
	set_up demo
	[ "$status" -eq 100 ]
}

@test "apt-get asks no questions" {
	: >"$BATS_TEST_TMPDIR/updated"
	stub apt-get 'echo "$DEBIAN_FRONTEND" >>"$FAKE/called"; read -r _; :'
	remove jq
	set_up demo
	[ "$status" -eq 0 ]
	[ "$(tail -n 1 "$called")" = noninteractive ]
}

@test "a user who may use sudo without a password installs through it" {
	: >"$BATS_TEST_TMPDIR/updated"
	stub sudo 'echo "sudo $*" >>"$FAKE/called"
		[ "$1" = -n ] || exit 1
		shift
		"$@"'
	stub true :
	remove bats
	FAKE_ID=1000 set_up check
	[ "$status" -eq 0 ]
	as_root="env DEBIAN_FRONTEND=noninteractive apt-get"
	grep -qx "sudo -n $as_root -q $install bats" "$called"
	grep -qx bats "$installed"
}

@test "a user who may not is told the line to type, the status is 1" {
	stub sudo 'exit 1'
	remove jq bats
	FAKE_ID=1000 set_up check
	[ "$status" -eq 1 ]
	[ ! -s "$called" ]
	says "    sudo sh -c 'apt-get update && apt-get $install bats jq'"
}

@test "a user without sudo is told how to do it with su" {
	remove jq
	FAKE_ID=1000 set_up demo
	[ "$status" -eq 1 ]
	[ ! -s "$called" ]
	says "    su -c 'apt-get update && apt-get $install jq'"
}

@test "elsewhere than on Debian what is there will do" {
	rm "$fake/apt-get" "$fake/dpkg-query"
	for tool in jq pkg-config cc; do
		stub "$tool" 'cat >/dev/null; exit 0'
	done
	set_up demo
	[ "$status" -eq 0 ]
	[ "$output$stderr" = "" ]
}

@test "elsewhere than on Debian what is missing is named, the status is 1" {
	rm "$fake/apt-get" "$fake/dpkg-query"
	stub pkg-config '[ "$2" = zlib ]'
	stub cc 'cat >/dev/null'
	set_up demo
	[ "$status" -eq 1 ]
	[ "$(sort <<<"$stderr")" = "setup: command jq is missing
setup: library jansson is missing
setup: library liblz4 is missing
setup: library libtraceevent is missing
setup: library libtracefs is missing
setup: library libxxhash is missing
setup: library libzstd is missing
setup: library nettle is missing
setup: library snappy is missing
setup: library yaml-0.1 is missing" ]
}

@test "node and npm are installed where there is no such command" {
	: >"$BATS_TEST_TMPDIR/updated"
	rm "$fake/node"
	mv "$fake/npm" "$BATS_TEST_TMPDIR/npm"
	stub apt-get 'echo "apt-get $*" >>"$FAKE/called"
		[ "$1" = -s ] || mv "$FAKE/npm" "$FAKE/fake/npm"'
	ln -s "$(type -P mv)" "$fake/mv"
	set_up check
	[ "$status" -eq 0 ]
	grep -qx "apt-get -q $install nodejs npm" "$called"
}

@test "npm is called for the tests when its list has changed, and once" {
	echo other >"$tree/tests/npm/package-lock.json"
	set_up demo
	[ ! -s "$called" ]
	set_up check
	[ "$status" -eq 0 ]
	set_up check
	[ "$(cat "$called")" = "npm ci" ]
}

@test "npm without a registry is told, and stops nothing" {
	rm -r "$tree/tests/npm/node_modules"
	: >"$BATS_TEST_TMPDIR/offline"
	set_up check
	[ "$status" -eq 0 ]
	says "setup: npm failed: some tests will be skipped"
}

@test "a target that is none is refused, the status is 2" {
	set_up nothing
	[ "$status" -eq 2 ]
	[[ $stderr == usage:* ]]
	[ ! -s "$called" ]
}
