# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# host.bash -- hosts on a bridge, each a network namespace of its own

# host_add PREFIX NAME ADDRESS: makes PREFIX-NAME, on the bridge of
# PREFIX-gateway
host_add() {
	ip netns add "$1-$2"
	ip -n "$1-gateway" link add "$2" type veth peer name eth0 netns "$1-$2"
	ip -n "$1-gateway" link set "$2" master bridge up
	ip -n "$1-$2" addr add "$3/24" dev eth0
	ip -n "$1-$2" link set eth0 up
	ip -n "$1-$2" link set lo up
}
