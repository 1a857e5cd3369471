# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# shop.bash -- services of our own, each in a network namespace
#
#	gateway 10.215.0.1 -> frontend 10.215.0.2 -> auth 10.215.0.3
#	                                          -> backend 10.215.0.4
#	                      backend -> redis 10.215.0.5
#
# The clients are at the gateway, which has the bridge.  See service.py for
# what the services log; Redis logs nothing, but backend tells the end of the
# connection that it calls it by.
#
# The namespaces are named after the services, with the process's number
# before them; shop_down removes all of it, however far shop_up came.

# shellcheck source=host.bash
. "${BASH_SOURCE[0]%/*}/host.bash"

shop=tks$$
shop_gateway=10.215.0.1
shop_port=8080
shop_dir=
shop_pids=()
shop_here=$(dirname "${BASH_SOURCE[0]}")

# shop_lacks: what is missing here to run it, a phrase; nothing if nothing
shop_lacks() {
	[ "$(id -u)" -eq 0 ] || { echo "it needs root"; return; }
	for program in ip python3 redis-server jq; do
		command -v "$program" >/dev/null ||
			{ echo "$program is not installed"; return; }
	done
	ip netns add "$shop-gateway" 2>/dev/null ||
		{ echo "network namespaces cannot be made"; return; }
	ip -n "$shop-gateway" link add one type veth peer name other \
		2>/dev/null || echo "pairs of interfaces cannot be made"
	ip netns del "$shop-gateway"
}

# shop_run NAME COMMAND ...: runs it there; its last is the newest shop_pids
shop_run() {
	ip netns exec "$shop-$1" "${@:2}" >"$shop_dir/$1.out" 2>&1 \
		</dev/null 3>&- &
	shop_pids+=("$!")
}

# shop_service NAME ADDRESS [ADDRESS:PORT ...]: one that calls those
shop_service() {
	host_add "$shop" "$1" "$2"
	shop_run "$1" python3 "$shop_here/service.py" "$shop-$1" "$2" \
		"$shop_port" "$shop_dir/$1.log" "${@:3}"
}

# shop_up: starts it, and waits until requests go through
shop_up() {
	shop_dir=$(mktemp -d)
	ip netns add "$shop-gateway"
	ip -n "$shop-gateway" link set lo up
	ip -n "$shop-gateway" link add bridge type bridge
	ip -n "$shop-gateway" addr add "$shop_gateway/24" dev bridge
	ip -n "$shop-gateway" link set bridge up
	host_add "$shop" redis 10.215.0.5
	shop_run redis redis-server --bind 10.215.0.5 --save '' \
		--appendonly no --protected-mode no --dir "$shop_dir"
	shop_redis=${shop_pids[0]}
	shop_service backend 10.215.0.4 10.215.0.5:6379
	shop_service auth 10.215.0.3
	shop_service frontend 10.215.0.2 "10.215.0.3:$shop_port" \
		"10.215.0.4:$shop_port"
	shop_wait
}

# shop_client CLIENTS N IDS: the command by which so many clients send N
# requests each, as words of the array shop_command
shop_client() {
	shop_command=(ip netns exec "$shop-gateway" python3
		"$shop_here/client.py" 10.215.0.2 "$shop_port" "$@"
		"$shop_dir/client-$3.log")
}

# shop_wait: until requests of several clients at once go through, so that
# the services have opened connections to each other
shop_wait() {
	shop_client 4 20 warm
	for _ in {1..100}; do
		"${shop_command[@]}" 2>/dev/null && return
		sleep 0.1
	done
	echo "the services did not come up:"
	cat "$shop_dir"/*.out
	return 1
}

# shop_table FILE: the threads of the services, in the form of tk-pids
shop_table() {
	tk-pids --netns -o "$1" \
		"$shop"-{frontend,auth,backend,redis}
}

# shop_close IDS TRUTH: ends the services; TRUTH is all that was logged of
# the requests of these clients, theirs too
shop_close() {
	shop_end
	cat "$shop_dir"/{client-"$1",frontend,auth,backend}.log |
		grep -F "\"rid\": \"$1" >"$2"
}

# shop_end: ends the services, which then write their logs
shop_end() {
	local pid

	for pid in "${shop_pids[@]}"; do
		kill "$pid" 2>/dev/null || :
	done
	for pid in "${shop_pids[@]}"; do
		wait "$pid" 2>/dev/null || :
	done
	shop_pids=()
}

# shop_down: removes whatever shop_up made
shop_down() {
	local host

	shop_end
	for host in frontend auth backend redis gateway; do
		ip netns del "$shop-$host" 2>/dev/null || :
	done
	[ -z "$shop_dir" ] || rm -rf "$shop_dir"
	shop_dir=
}

# What both of the following write, for each request at a service, sorted:
#
#	CONNECTION#N SERVICE THREAD PARENT
#
# the N-th on this connection, CLIENT'S-END>SERVICE'S-END; PARENT is the
# request for which it was made, CONNECTION#N, or - for that of a user.
shop_names='
	def numbered: group_by(.at) | map(to_entries | map(
		.value + { name: "\(.value.at)#\(.key)" })) | add;
	def shown($parent): "\(.name) \(.service) \(.thread) \($parent)";'

# shop_logged TRUTH: what the services logged
shop_logged() {
	jq -rs --arg redis "$shop-redis" --argjson thread "$shop_redis" \
		"$shop_names"'
	def calls: .address as $from | .calls[]
		| { at: "\($from):\(.[2])>\(.[0]):\(.[1])", t: .[3],
			redis: (.[1] == 6379) };
	map(select(.svc != "client")) | sort_by(.t0)
	| map(. + { at: "\(.peer):\(.pport)>\(.address):\(.port)",
		service: .svc, thread: .tid }) | numbered as $logged
	| [$logged[] | . as $by | calls + { by: $by.name, rid: $by.rid }]
		as $calls
	| ($calls | map({ key: "\(.rid) \(.at)", value: .by })
		| from_entries) as $parent
	| ($logged[] | shown($parent["\(.rid) \(.at)"] // "-")),
	($calls | map(select(.redis)) | sort_by(.t)
		| map(. + { service: $redis, thread: $thread })
		| numbered[] | shown(.by))' "$1" | sort
}

# shop_spans FILE: what tk-krflow found
shop_spans() {
	jq -rs "$shop_names"'
	map(select(.type == "span")) | sort_by(.ts)
	| map(. + { at: "\(.peer)>\(.local)", thread: .tid })
	| numbered as $all
	| ($all | map({ key: "\(.span)", value: .name }) | from_entries)
		as $name
	| $all[] | shown(if .parent == null then "-"
		else $name["\(.parent)"] end)' "$1" | sort
}
