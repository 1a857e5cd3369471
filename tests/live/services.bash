# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# services.bash -- processes in network namespaces of our own
#
# Three namespaces, whose names begin with the process's number, joined by
# pairs of interfaces:
#
#	web 10.214.0.2, fd24:214::2   db fd24:214::3   bare no address
#
# services_down removes all of it, however far it came.

services=tkp$$
services_pids=()

# services_lacks: what is missing here to make them; nothing if nothing
services_lacks() {
	[ "$(id -u)" -eq 0 ] || { echo "it needs root"; return; }
	command -v ip >/dev/null || { echo "ip is not installed"; return; }
	ip netns add "$services-try" 2>/dev/null ||
		{ echo "network namespaces cannot be made"; return; }
	ip -n "$services-try" link add tk0 type veth peer name tk1 \
		2>/dev/null || echo "pairs of interfaces cannot be made"
	ip netns del "$services-try"
}

# services_up: makes the namespaces; link-local addresses come by themselves
services_up() {
	local name

	for name in web db bare; do
		ip netns add "$services-$name"
		ip -n "$services-$name" link set lo up
	done
	ip -n "$services-web" link add eth0 type veth \
		peer name eth0 netns "$services-db"
	ip -n "$services-web" link add eth1 type veth \
		peer name eth1 netns "$services-db"
	ip -n "$services-web" addr add 10.214.9.9/24 dev eth1
	ip -n "$services-web" addr add 169.254.7.7/16 dev eth0
	ip -n "$services-web" addr add 10.214.0.2/24 dev eth0
	ip -n "$services-web" addr add fd24:214::2/64 dev eth0 nodad
	ip -n "$services-db" addr add fd24:214::3/64 dev eth0 nodad
	for name in web db; do
		ip -n "$services-$name" link set eth0 up
		ip -n "$services-$name" link set eth1 up
	done
}

# service NAME COMMAND ...: runs it there, sets service to its number
service() {
	ip netns exec "$services-$1" "${@:2}" 3>&- &
	service=$!
	services_pids+=("$service")
}

# started FILE N: waits until N lines are in a file, those of "threads N"
started() {
	for _ in {1..100}; do
		# The file may not be there yet.
		[ -f "$1" ] && [ "$(wc -l <"$1")" -ge "$2" ] && return 0
		sleep 0.05
	done
	echo "$1 has fewer than $2 lines"
	return 1
}

# space NAME: its network namespace, as readlink(1) shows those of processes
space() {
	ip netns exec "$services-$1" readlink /proc/self/ns/net
}

services_down() {
	local pid name

	# unshare(1) and nsenter(1) take no other signal while they wait.
	for pid in "${services_pids[@]}"; do
		kill -KILL "$pid" 2>/dev/null || :
	done
	for pid in "${services_pids[@]}"; do
		wait "$pid" 2>/dev/null || :
	done
	services_pids=()
	for name in web db bare try; do
		ip netns del "$services-$name" 2>/dev/null || :
	done
}
