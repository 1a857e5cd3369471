#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# tk-pids: the threads of services, with their addresses
#
# What the threads are, the processes of the tests tell themselves; what the
# addresses are, ip(8) was told.  Tests that need root and network namespaces
# skip themselves without.

load helper
load live/services

setup() {
	cd "$BATS_TEST_TMPDIR" || return
}

teardown() {
	ungroup
}

# needs_spaces: skips the test where they cannot be made; makes them
needs_spaces() {
	local lacks

	lacks=$(services_lacks)
	[ -z "$lacks" ] || skip "$lacks"
	services_up
}

# process N: starts a process of N threads, sets process, writes N.tids
process() {
	threads "$1" >"$1.tids" 3>&- &
	process=$!
	services_pids+=("$process")
	started "$1.tids" "$1"
}

# lines FILE NAME REST: what is to be printed for the threads in a file
lines() {
	sort -n "$1" | sed "s|\$|	$2	$3|"
}

# notes: what was printed on stderr, but that this is a container, where it is
notes() {
	grep -v '^tk-pids: these numbers are good in this container only, ' \
		<<<"$stderr" | grep . || :
}

@test "the threads of a process are listed, each with its process's space" {
	process 5
	run -0 --separate-stderr tk-pids "web=$process"
	[[ $(notes) == "" || $(notes) == *"has no address"* ]]
	own=$(readlink /proc/self/ns/net)
	diff <(cut -f 1 <<<"$output") <(sort -n 5.tids)
	[ "$(cut -f 2 <<<"$output" | sort -u)" = web ]
	[ "$(awk '{ print NF }' <<<"$output" | sort -u)" -ge 3 ]
	awk '{ print $NF }' <<<"$output" | sort -u >ids
	# In a container of an engine's, it is the id of that.
	grep -qxE '[0-9a-f]{64}' ids || grep -qxF "$own" ids
	[ "$(wc -l <ids)" -eq 1 ]
}

@test "what descends from a process is its service's, or the nearest's" {
	bash -c 'threads 2 >2.tids & threads 3 >3.tids & wait' 3>&- &
	shell=$!
	started 2.tids 2
	started 3.tids 3
	services_pids+=("$(sed -n 1p 2.tids)" "$(sed -n 1p 3.tids)" "$shell")
	run -0 --separate-stderr tk-pids "all=$shell" "db=$(sed -n 1p 3.tids)"
	diff <(cut -f 1,2 <<<"$output") <({
		{ echo "$shell"; cat 2.tids; } | sort -n | sed 's/$/	all/'
		sort -n 3.tids | sed 's/$/	db/'
	})
}

@test "processes of one name are joined; nothing is listed twice" {
	process 2
	first=$process
	process 3
	run -0 --separate-stderr tk-pids "b=$process" "a=$first" "b=$first" \
		"b=$process"
	diff <(cut -f 1,2 <<<"$output") <({
		sort -n 3.tids | sed 's/$/	b/'
		sort -n 2.tids | sed 's/$/	a/'
	})
}

@test "a service whose threads all are another's is told" {
	process 2
	run -0 --separate-stderr tk-pids "web=$process" "db=$process" \
		"web=$process"
	diff <(cut -f 1,2 <<<"$output") <(sort -n 2.tids | sed 's/$/	web/')
	says "tk-pids: db has no line: its threads are those of services $(
		)before it"
	[ "$(grep -c 'has no line' <<<"$stderr")" -eq 1 ]
	# One that has another process of its own, or is not there, is not.
	first=$process
	process 1
	run -0 --separate-stderr tk-pids "web=$first" "db=$first" "db=$process"
	[[ $stderr != *"has no line"* ]]
	run -1 --separate-stderr tk-pids "web=$first" "db=2147483647"
	[[ $stderr != *"has no line"* ]]
}

@test "in a container it is told that the numbers are of no use outside" {
	[ "$(stat -Lc %i /proc/self/ns/pid)" = 4026531836 ] ||
		skip "this is a container"
	process 1
	run -0 --separate-stderr tk-pids "x=$process"
	[[ $stderr != *"these numbers"* ]]
	unshare -pf --mount-proc true || skip "no namespace can be made"
	# shellcheck disable=SC2016
	run -0 --separate-stderr unshare -pf --mount-proc \
		bash -c 'tk-pids "x=$$"; exit'
	[[ $output == 1$'\t'x$'\t'* ]]
	says "tk-pids: these numbers are good in this container only, not $(
		)in a recording of the kernel's, nor for tk-krflow: run it $(
		)outside"
}

@test "a process that is not there is told, the others are listed" {
	process 2
	run -1 --separate-stderr tk-pids "gone=2147483647" "here=$process"
	says "tk-pids: gone=2147483647: there is no such process"
	diff <(cut -f 1 <<<"$output") <(sort -n 2.tids)
}

@test "processes that end while they are listed are no error" {
	bash -c 'while :; do for i in 1 2 3 4; do : & done; wait; done' 3>&- &
	services_pids+=($!)
	for _ in {1..30}; do
		run -0 --separate-stderr tk-pids "churn=$!"
		grep -q "^$!	churn	" <<<"$output"
	done
}

@test "each way of naming refuses what it cannot take, with status 2" {
	for wrong in '' 'a=1 net' 'net a=1' 'net other' 'a=0' 'a=' 'a=x' \
		'=1' 'a=99999999999' '--netns' '--netns a/b' '--cgroup' \
		'--cgroup /' '--cgroup --netns a' '--client crictl net' \
		'--client docker a=1' '--timeout 0 net' '--timeout x net' \
		'a/b' '-- -net'; do
		# shellcheck disable=SC2086
		run -2 --separate-stderr tk-pids $wrong
		[ "$output" = "" ]
		[[ ${stderr_lines[1]} == "usage: tk-pids "* ]]
	done
	for name in 'a b=1' $'a\tb=1' $'a\nb=1'; do
		run -2 --separate-stderr tk-pids "$name"
		[[ $stderr == *": the name has white space"* ]]
	done
	for root in / ///; do
		run -2 --separate-stderr tk-pids --cgroup $root
		says "tk-pids: $root: the root of the groups is no service: $(
			)name the groups in it"
	done
	run -2 --separate-stderr tk-pids --netns 'a b'
	run -2 --separate-stderr tk-pids --cgroup '/x/a b'
}

@test "-o writes a file; it stays as it is where nothing is found" {
	process 2
	run -0 --separate-stderr tk-pids -o table "x=$process"
	[ "$output" = "" ]
	diff <(cut -f 1 table) <(sort -n 2.tids)
	cp table before
	run -1 tk-pids -o table "x=2147483647"
	cmp table before
	run -1 --separate-stderr tk-pids -o none/table "x=$process"
	says "tk-pids: none/table: No such file or directory"
	[ ! -c /dev/full ] || {
		run -1 --separate-stderr tk-pids -o /dev/full "x=$process"
		says "tk-pids: /dev/full: No space left on device"
	}
}

@test "-o behind sudo: the file is the user's, and no link is followed" {
	[ "$(id -u)" -eq 0 ] || skip "it takes root"
	process 2
	export SUDO_UID=65534 SUDO_GID=65534
	mkdir theirs secret
	chown 65534:65534 theirs
	echo precious >secret/file
	run -0 --separate-stderr tk-pids -o theirs/table "x=$process"
	[ "$(stat -c %u:%g theirs/table)" = 65534:65534 ]
	diff <(cut -f 1 theirs/table) <(sort -n 2.tids)
	# What is there is emptied.
	yes | head -n 1000 >>theirs/table
	run -0 --separate-stderr tk-pids -o theirs/table "x=$process"
	diff <(cut -f 1 theirs/table) <(sort -n 2.tids)
	ln -s ../secret/file theirs/link
	ln -s ../secret/new theirs/dangling
	ln -s ../secret theirs/dl
	for name in link dangling dl/file dl/new; do
		run -1 --separate-stderr tk-pids -o theirs/$name "x=$process"
		says "tk-pids: theirs/$name: Too many levels of symbolic links"
	done
	ln secret/file theirs/hard
	run -1 --separate-stderr tk-pids -o theirs/hard "x=$process"
	says "tk-pids: theirs/hard: Operation not permitted"
	[ "$(cat secret/file)" = precious ]
	[ "$(ls secret)" = file ]
	[ "$(stat -c %u:%g secret/file)" = 0:0 ]
	# Of whoever is not behind sudo links are followed.
	unset SUDO_UID SUDO_GID
	run -0 --separate-stderr tk-pids -o theirs/dl/new "x=$process"
	diff <(cut -f 1 secret/new) <(sort -n 2.tids)
}

@test "--netns: every thread, with its address, and the namespace as its id" {
	needs_spaces
	service web "$TK_BIN/tests/threads" 4 >web.tids
	started web.tids 4
	service web "$TK_BIN/tests/threads" 2 >more.tids
	started more.tids 2
	service db "$TK_BIN/tests/threads" 3 >db.tids
	started db.tids 3
	web=$(space web) db=$(space db)
	run -0 --separate-stderr tk-pids --netns "$services-db" "$services-web"
	# Where root has not all rights it may not look at everything.
	[ "$(notes | grep -cv ' could not be looked at: ')" -eq 0 ]
	diff <(echo "$output") <({
		lines db.tids "$services-db" "fd24:214::3	$db"
		sort -n web.tids more.tids >all.tids
		lines all.tids "$services-web" "10.214.0.2	$web"
	})
	run -0 --separate-stderr tk-pids -6 --netns "$services-web"
	diff <(echo "$output") <(lines all.tids "$services-web" "" |
		awk -v OFS='\t' -v web="$web" '{
			print $1, $2, "10.214.0.2", web
			print $1, $2, "fd24:214::2", web
		}')
}

@test "who has no address gets a line without, and that is told" {
	needs_spaces
	service bare "$TK_BIN/tests/threads" 2 >tids
	started tids 2
	run -0 --separate-stderr tk-pids --netns "$services-bare"
	says "tk-pids: $services-bare has no address but that of loopback: $(
		)its lines have none"
	diff <(echo "$output") <(lines tids "$services-bare" "$(space bare)")
}

@test "a process's address is that of its own namespace" {
	needs_spaces
	service web "$TK_BIN/tests/threads" 2 >tids
	started tids 2
	run -0 --separate-stderr tk-pids -6 "shop=$service"
	[ "$(cut -f 3 <<<"$output" | sort -u | paste -sd ' ')" = \
		"10.214.0.2 fd24:214::2" ]
}

@test "a namespace that is not there, is none, or is empty, is told" {
	needs_spaces
	service web "$TK_BIN/tests/threads" 1 >tids
	started tids 1
	touch "/run/netns/$services-try"
	run -1 --separate-stderr tk-pids --netns "$services-none" \
		"$services-try" "$services-db" "$services-web"
	rm "/run/netns/$services-try"
	says "tk-pids: $services-none: there is no such network namespace $(
		)under /run/netns"
	says "tk-pids: /run/netns/$services-try: it is no namespace"
	says "tk-pids: $services-db: no thread is in it"
	[ "$(wc -l <<<"$output")" -eq 1 ]
}

@test "the processes of others are counted where one may not look at them" {
	needs_spaces
	command -v setpriv >/dev/null || skip "there is no setpriv"
	cp "$TK_BIN/tk-pids" "$BATS_TEST_TMPDIR/copy" && chmod 755 copy
	exec 4<copy
	service web "$TK_BIN/tests/threads" 1 >tids
	started tids 1
	run -1 --separate-stderr setpriv --reuid 65534 --regid 65534 \
		--clear-groups /proc/self/fd/4 --netns "$services-web"
	[ "$output" = "" ]
	grep -qE ': [1-9][0-9]* processes could not be looked at: Perm' \
		<<<"$stderr"
	run -1 --separate-stderr setpriv --reuid 65534 --regid 65534 \
		--clear-groups /proc/self/fd/4 "web=$service"
	grep -qE ': 1 process could not be looked at: Permission denied$' \
		<<<"$stderr"
}

@test "tk-krflow takes the table, and so does KRTrace unless -6 is given" {
	needs_spaces
	service web "$TK_BIN/tests/threads" 3 >web.tids
	started web.tids 3
	tk-pids --netns "$services-web" >table
	# Its reader: four words, the third of four numbers with dots between.
	awk 'NF != 4 || $1 !~ /^[0-9]+$/ || split($3, n, ".") != 4 { exit 1 }
		{ for (i in n) if (n[i] !~ /^[0-9]+$/) exit 1 }' table
	for option in '' -6; do
		# shellcheck disable=SC2086
		tk-pids $option --netns "$services-web" >table
		run -0 --separate-stderr tk-krflow --strict -i table \
			-g 172.24.0.1 "$data/flow/chain4/report.txt.zst"
		[[ $stderr != *table* ]]
	done
}

# group: makes a control group of our own, sets group; skips where it cannot
group() {
	for top in /sys/fs/cgroup /sys/fs/cgroup/unified \
		/sys/fs/cgroup/memory; do
		group=$top/$services
		mkdir "$group" 2>/dev/null || continue
		[ ! -e "$group/cgroup.procs" ] || return 0
		rmdir "$group"
	done
	skip "control groups cannot be made"
}

# ungroup: ends the processes and removes the groups, where they were made
ungroup() {
	services_down
	[ -n "${group-}" ] || return 0
	for _ in {1..50}; do
		rmdir "$group"/* "$group" 2>/dev/null || :
		[ -d "$group" ] || break
		sleep 0.1
	done
}

@test "--cgroup: every thread of a group and of those below" {
	id=$(printf '%064d' 7)
	group
	mkdir "$group/docker-$id.scope"
	process 2
	echo "$process" >"$group/cgroup.procs"
	process 4
	echo "$process" >"$group/docker-$id.scope/cgroup.procs"
	tk-pids --cgroup "$group/" >all
	tk-pids --cgroup "$group/docker-$id.scope" >container
	tk-pids "x=$process" >named
	mkdir "$group/empty"
	run -1 --separate-stderr tk-pids --cgroup "$group/empty" /nothing
	tk-pids --cgroup "$group" "$group/docker-$id.scope" >twice 2>told
	ungroup
	cmp all twice
	grep -qxF "tk-pids: docker-$id.scope has no line: its threads are $(
		)those of services before it" told
	says "tk-pids: $group/empty: no thread is in it"
	says "tk-pids: /nothing: it is no control group"
	diff <(cut -f 1,2 all) \
		<(sort -n 2.tids 4.tids | sed "s/\$/	$services/")
	diff <(cut -f 1,2 container) \
		<(sort -n 4.tids | sed "s/\$/	docker-$id.scope/")
	[ "$(awk '{ print $NF }' container | sort -u)" = "$id" ]
	[ "$(awk '{ print $NF }' named | sort -u)" = "$id" ]
}

# stand_in CLIENT: a program of that name in a PATH of our own, which is
# strict about its arguments and answers from the files of the test as the
# real ones do: network.json, ps.txt, inspect.json; and keeps its arguments
stand_in() {
	mkdir -p bin
	cat >"bin/$1" <<-END
	#!/bin/bash
	cd "$BATS_TEST_TMPDIR"
	printf '%s\n' "\$*" >>$1.asked
	[ ! -x before ] || ./before "\$@" || exit
	case \$* in
	'network inspect net' | 'network inspect abc123')
		cat network.json ;;
	'network inspect '*)
		echo '[]'
		echo "Error response from daemon: network \$3 not found" >&2
		exit 1 ;;
	'ps --no-trunc -q --filter network=net')
		cat ps.txt ;;
	'inspect --type=container '*)
		cat inspect.json ;;
	*)
		echo "what is \$*?" >&2
		exit 125 ;;
	esac
	END
	chmod +x "bin/$1"
	PATH=$BATS_TEST_TMPDIR/bin:$PATH
}

ids=("$(printf 'a%.0s' {1..64})" "$(printf '%064d' 42)")

# docker_net ID:NAME:PID:IPV4:IPV6 ...: what Docker tells of these containers,
# in the form of the Engine API, version 1.43
docker_net() {
	jq -n '[{
		Name: "net", Id: ("f" * 64), Created: "2026-11-20T10:00:00Z",
		Scope: "local", Driver: "bridge", EnableIPv6: true,
		IPAM: { Driver: "default", Options: null, Config: [
			{ Subnet: "172.24.0.0/16", Gateway: "172.24.0.1" }] },
		Internal: false, Attachable: false, Ingress: false,
		Containers: ($ARGS.positional | map(split(";") | {
			key: .[0], value: { Name: .[1], EndpointID: ("e" * 64),
				MacAddress: "02:42:ac:18:00:02",
				IPv4Address: "\(.[3])/16",
				IPv6Address: "\(.[4])/64" } }) | from_entries),
		Options: {}, Labels: {}
	}]' --args "$@" >network.json
	jq -n '$ARGS.positional | map(split(";") | {
		Id: .[0], Created: "2026-11-20T10:00:01.123456789Z",
		Path: "/app", Args: [], State: {
			Status: "running", Running: true, Paused: false,
			Pid: (.[2] | tonumber), ExitCode: 0, Error: "" },
		Name: "/\(.[1])", RestartCount: 0, NetworkSettings: {
			Bridge: "", SandboxID: ("5" * 64), IPAddress: "",
			Networks: {
				other: { IPAddress: "172.30.0.9",
					GlobalIPv6Address: "" },
				net: { IPAMConfig: null, Gateway: "172.24.0.1",
					NetworkID: ("f" * 64),
					IPAddress: .[3], IPPrefixLen: 16,
					GlobalIPv6Address: .[4] } } } })' \
		--args "$@" >inspect.json
	printf '%s\n' "$@" | cut -d ';' -f 1 >ps.txt
}

# podman_net: the same in the form of Podman 5
podman_net() {
	docker_net "$@"
	jq -n '[{
		name: "net", id: ("f" * 64), driver: "bridge",
		network_interface: "podman1",
		created: "2026-11-20T10:00:00.5+01:00",
		subnets: [{ subnet: "10.89.0.0/24", gateway: "10.89.0.1" }],
		ipv6_enabled: true, internal: false, dns_enabled: true,
		ipam_options: { driver: "host-local" },
		containers: ($ARGS.positional | map(split(";") | {
			key: .[0], value: { name: .[1], interfaces: { eth0: {
				subnets: [{ ipnet: "\(.[3])/24" }],
				mac_address: "1a:bd:ca:ea:4b:3a" } } }
			}) | from_entries)
	}]' --args "$@" >network.json
	jq 'map(.Name |= ltrimstr("/"))' inspect.json >i && mv i inspect.json
}

# containers: two of them, as far as the kernel can tell: a process with its
# threads each, in a namespace of its own
containers() {
	needs_spaces
	service web "$TK_BIN/tests/threads" 3 >web.tids
	started web.tids 3
	web=$service
	service db "$TK_BIN/tests/threads" 2 >db.tids
	started db.tids 2
	db=$service
}

@test "docker: the containers of a network, by name, with what it tells" {
	containers
	stand_in docker
	docker_net "${ids[0]};shop-web-1;$web;172.24.0.5;fd24::5" \
		"${ids[1]};shop-db-1;$db;172.24.0.3;"
	for network in net abc123; do
		run -0 --separate-stderr tk-pids -6 "$network"
		[ "$(notes)" = "" ]
		diff <(echo "$output") <({
			lines db.tids shop-db-1 "172.24.0.3	${ids[1]}"
			sort -n web.tids | while read -r tid; do
				printf '%s\tshop-web-1\t%s\t%s\n' \
					"$tid" 172.24.0.5 "${ids[0]}" \
					"$tid" fd24::5 "${ids[0]}"
			done
		})
	done
	grep -qxF "inspect --type=container ${ids[*]}" docker.asked
}

@test "podman: the same, and addresses from inside where it tells none" {
	containers
	stand_in podman
	podman_net "${ids[0]};web;$web;;" "${ids[1]};db;$db;10.89.0.3;"
	run -0 --separate-stderr tk-pids --client podman net
	diff <(echo "$output") <({
		lines db.tids db "10.89.0.3	${ids[1]}"
		lines web.tids web "10.214.0.2	${ids[0]}"
	})
}

@test "podman is asked where docker fails or does not know the network" {
	containers
	stand_in podman
	podman_net "${ids[0]};web;$web;10.89.0.3;"
	for docker in 'exit 1' 'echo no daemon >&2; exit 1' 'kill -9 $$'; do
		printf '#!/bin/sh\n%s\n' "$docker" >bin/docker
		chmod +x bin/docker
		run -0 --separate-stderr tk-pids net
		[ "$(notes)" = "" ]
		[ "$(wc -l <<<"$output")" -eq 3 ]
		run -1 --separate-stderr tk-pids --client docker net
		[[ $stderr == "tk-pids: docker network inspect net: "* ]]
	done
	says "tk-pids: docker network inspect net: ended by signal 9"
}

# child PID: the only child of a process
child() {
	# Others end meanwhile, which grep(1) takes and not every awk(1).
	grep -ls "^PPid:[[:space:]]*$1\$" /proc/[0-9]*/status | cut -d / -f 3
}

# enter: a container that has numbers of its own for its processes, first
# being that of its first one, and a process that was started in it later
enter() {
	needs_spaces
	command -v unshare >/dev/null || skip "there is no unshare"
	command -v nsenter >/dev/null || skip "there is no nsenter"
	service web unshare -pf --kill-child "$TK_BIN/tests/threads" 2 >tids
	started tids 2
	# Both wait outside of the namespace, for what is in it.
	first=$(child "$service")
	nsenter -t "$first" -p "$TK_BIN/tests/threads" 1 >x 3>&- &
	services_pids+=("$!")
	started x 1
	entered=$(child "$!")
	[ "$(readlink "/proc/$entered/ns/pid")" = \
		"$(readlink "/proc/$first/ns/pid")" ]
	stand_in docker
	docker_net "${ids[0]};web;$first;172.24.0.5;"
}

@test "what docker exec starts is in the container, its neighbour is not" {
	enter
	service web "$TK_BIN/tests/threads" 1 >other
	started other 1
	run -0 --separate-stderr tk-pids net
	diff <(cut -f 1 <<<"$output") \
		<({ ls "/proc/$first/task"; echo "$entered"; } | sort -n)
	[ "$(wc -l <<<"$output")" -eq 3 ]
}

@test "a container that shares the processes of another has only its own" {
	enter
	group
	mkdir "$group/docker-${ids[1]}.scope"
	echo "$entered" >"$group/docker-${ids[1]}.scope/cgroup.procs"
	run -0 --separate-stderr tk-pids net
	diff <(cut -f 1 <<<"$output") <(sort -n <(ls "/proc/$first/task"))
}

@test "what is in a container's control group is in it, what watches is not" {
	group
	stand_in docker
	mkdir "$group/docker-${ids[0]}.scope" \
		"$group/libpod-conmon-${ids[0]}.scope"
	for n in 2 3; do
		process "$n"
		echo "$process" >"$group/docker-${ids[0]}.scope/cgroup.procs"
	done
	docker_net "${ids[0]};web;$process;172.24.0.5;"
	process 1
	echo "$process" >"$group/libpod-conmon-${ids[0]}.scope/cgroup.procs"
	run -0 --separate-stderr tk-pids net
	ungroup
	diff <(echo "$output") \
		<(cat 2.tids 3.tids | lines - web "172.24.0.5	${ids[0]}")
}

@test "a network that is unknown, empty or whose containers end is told" {
	needs_spaces
	stand_in docker
	docker_net
	: >ps.txt
	run -1 --separate-stderr tk-pids --client docker other
	[ "$output" = "" ]
	[ "$stderr" = "tk-pids: docker network inspect other: Error response $(
		)from daemon: network other not found" ]
	run -1 --separate-stderr tk-pids --client docker net
	[ "$stderr" = \
		"tk-pids: network net of docker has no running containers" ]
	# Listed, but not running when it was asked about.
	docker_net "${ids[0]};web;0;;"
	run -1 --separate-stderr tk-pids --client docker net
	[ "$stderr" = \
		"tk-pids: network net of docker has no running containers" ]
	# Running when it was asked about, but no more.
	docker_net "${ids[0]};web;2147483000;172.24.0.5;"
	run -1 --separate-stderr tk-pids --client docker net
	[ "$stderr" = "tk-pids: no thread was found" ]
}

@test "a container that goes between two questions is asked about no more" {
	containers
	stand_in docker
	docker_net "${ids[0]};web;$web;172.24.0.5;"
	cat >before <<-'END'
	#!/bin/sh
	[ "$1" = inspect ] && [ ! -e once ] || exit 0
	touch once
	echo "Error: No such container: x" >&2
	exit 1
	END
	chmod +x before
	run -0 --separate-stderr tk-pids net
	[ "$(notes)" = "" ]
	[ "$(wc -l <<<"$output")" -eq 3 ]
}

@test "an engine on another machine is noticed" {
	stand_in docker
	process 1
	docker_net "${ids[0]};web;$process;172.24.0.5;"
	run -1 --separate-stderr tk-pids --client docker net
	[ "$output" = "" ]
	says "tk-pids: web: process $process is no container's here: does the $(
		)engine run on another machine?"
}

@test "a client that hangs is ended, with what it started" {
	stand_in docker
	cat >before <<-'END'
	#!/bin/bash
	sleep 1000 &
	echo $! >sleeping
	wait
	END
	chmod +x before
	run -1 --separate-stderr timeout 60 tk-pids --timeout 1 \
		--client docker net
	[ "$stderr" = "tk-pids: docker network inspect net: it did not answer $(
		)in time" ]
	for _ in {1..50}; do
		[ -d "/proc/$(cat sleeping)" ] || break
		grep -q '^State:.[^Z]' "/proc/$(cat sleeping)/status" || break
		sleep 0.1
	done
	run ! grep -q '^State:.[^Z]' "/proc/$(cat sleeping)/status"
}

@test "an answer that is none is told" {
	stand_in docker
	docker_net "${ids[0]};web;1;172.24.0.5;"
	cp inspect.json good
	for wrong in '' '{}' '[{}]' '[' 'null' '[{"Name":"a b"}]' '[{},{}]'; do
		echo "$wrong" >network.json
		run -1 --separate-stderr tk-pids --client docker net
		[ "$output" = "" ]
		[ "$stderr" = "tk-pids: docker network inspect: the answer is $(
			)not that of one network" ]
	done
	echo '[{"Name":"net"}]' >network.json
	for wrong in '.[0].Id = "x y"' '.[0].Name = "/a b"' 'del(.[0].State)' \
		'.[0].State.Pid = -1' '.[0].State.Pid = 1e99' '{}' '[3]' \
		'.[0].State.Pid = 4294967297'; do
		jq "$wrong" good >inspect.json
		run -1 --separate-stderr tk-pids --client docker net
		[ "$output" = "" ]
		[[ $stderr == "tk-pids: docker inspect: "* ]]
	done
}

@test "no client at all is told" {
	run -1 --separate-stderr env -i PATH="$TK_BIN" "$TK_BIN/tk-pids" net
	[ "$stderr" = "tk-pids: neither docker nor podman is installed" ]
	run -1 --separate-stderr env -i PATH="$TK_BIN" "$TK_BIN/tk-pids" \
		--client podman net
	[ "$stderr" = "tk-pids: podman is not installed" ]
}
