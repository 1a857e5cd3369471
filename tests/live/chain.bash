# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# chain.bash -- a chain of services on this machine's kernel, traced
#
# client -> edge (nginx, a proxy) -> origin (nginx), each in a network
# namespace of its own, joined by a bridge in the client's:
#
#	gateway 10.213.0.1   edge 10.213.0.2:8080   origin 10.213.0.3:8080
#
# edge tells origin its client's address and port, and origin logs that
# beside the address and port of edge: which request of the client led to
# which of edge, by the services' own account.
#
# Everything has the process's number in its name; chain_down removes all of
# it, however far chain_up came.

# shellcheck source=host.bash
. "${BASH_SOURCE[0]%/*}/host.bash"

chain=tk$$
chain_gateway=10.213.0.1
chain_dir=
chain_pids=()
chain_on=()
chain_events='sched/sched_switch sched/sched_process_exit
	sched/sched_process_fork sock/inet_sock_set_state tcp/tcp_probe
	tcp/tcp_rcv_space_adjust'
for call in sendto recvfrom sendmsg recvmsg write read writev readv; do
	chain_events+=" syscalls/sys_enter_$call syscalls/sys_exit_$call"
done

# chain_lacks: what is missing here to run it, a phrase; nothing if nothing
chain_lacks() {
	local event

	[ "$(id -u)" -eq 0 ] || { echo "it needs root"; return; }
	for program in ip nginx jq; do
		command -v "$program" >/dev/null ||
			{ echo "$program is not installed"; return; }
	done
	chain_find_tracefs ||
		{ echo "tracefs is not mounted, or cannot be written"; return; }
	for event in $chain_events; do
		[ -d "$tracefs/events/$event" ] ||
			{ echo "this kernel has no event $event"; return; }
	done
	ip netns add "$chain-try" 2>/dev/null ||
		{ echo "network namespaces cannot be made"; return; }
	ip netns del "$chain-try"
}

chain_find_tracefs() {
	for tracefs in /sys/kernel/tracing /sys/kernel/debug/tracing; do
		mkdir "$tracefs/instances/$chain-try" 2>/dev/null || continue
		rmdir "$tracefs/instances/$chain-try"
		return
	done
	return 1
}

# chain_nginx NAME ADDRESS: an nginx with the http configuration on stdin
chain_nginx() {
	local dir=$chain_dir/$1

	mkdir "$dir"
	cat >"$dir/nginx.conf" <<-END
	daemon off;
	master_process off;
	pid $dir/nginx.pid;
	error_log $dir/error.log;
	events { worker_connections 256; }
	http {
		client_body_temp_path $dir/body;
		proxy_temp_path $dir/proxy;
		fastcgi_temp_path $dir/fastcgi;
		uwsgi_temp_path $dir/uwsgi;
		scgi_temp_path $dir/scgi;
		keepalive_requests 100000;
		$(cat)
	}
	END
	"${chain_on[@]}" ip netns exec "$chain-$1" nginx -c "$dir/nginx.conf" \
		>"$dir/out" 2>&1 </dev/null 3>&- &
	chain_pids+=($!)
	printf '%s\t%s\t%s\t%s\n' $! "$1" "$2" "$1" >>"$chain_dir/pids.txt"
}

# chain_one_cpu: edge and origin share a CPU, so that neither is in a call on
# its socket while the other one sends.  Otherwise the segment waits for the
# end of that call, and the receiver takes it in; of a connection's first
# request nothing tells then which call has sent it, as tk-krflow(1) says.
chain_one_cpu() {
	local cpus

	cpus=$(taskset -cp $$)
	cpus=${cpus##* }
	chain_on=(taskset -c "${cpus%%[-,]*}")
}

# chain_up KEEPALIVE: starts it; edge keeps so many connections to origin
# open, with 0 it opens one for each request
chain_up() {
	local keep=

	chain_on=()
	[ "$1" -gt 0 ] || chain_one_cpu
	chain_dir=$(mktemp -d)
	ip netns add "$chain-gateway"
	ip -n "$chain-gateway" link set lo up
	ip -n "$chain-gateway" link add bridge type bridge
	ip -n "$chain-gateway" addr add "$chain_gateway/24" dev bridge
	ip -n "$chain-gateway" link set bridge up
	host_add "$chain" edge 10.213.0.2
	host_add "$chain" origin 10.213.0.3
	chain_nginx origin 10.213.0.3 <<-END
	log_format pair '\$http_client \$remote_addr:\$remote_port';
	access_log $chain_dir/pairs pair;
	server {
		listen 10.213.0.3:8080;
		location / { return 200 "ok\n"; }
	}
	END
	[ "$1" -eq 0 ] || keep="keepalive $1; keepalive_requests 100000;"
	chain_nginx edge 10.213.0.2 <<-END
	access_log off;
	upstream origin { server 10.213.0.3:8080; $keep }
	server {
		listen 10.213.0.2:8080;
		location / {
			proxy_pass http://origin;
			proxy_http_version 1.1;
			proxy_set_header Connection "";
			proxy_set_header Client \$remote_addr:\$remote_port;
		}
	}
	END
	chain_wait
}

# Until both answer: a request goes through.
chain_wait() {
	for _ in {1..100}; do
		if chain_client 1 2>/dev/null; then
			chain_logged 1
			: >"$chain_dir/pairs"
			return
		fi
		sleep 0.1
	done
	echo "nginx did not come up:"
	cat "$chain_dir"/*/out "$chain_dir"/*/error.log
	return 1
}

# chain_client N [PRINTF]: sends N requests over one connection, each with
# one write; the shell's own printf writes it line by line
chain_client() {
	# shellcheck disable=SC2016
	ip netns exec "$chain-gateway" timeout 60 bash -c '
	exec 4<>/dev/tcp/10.213.0.2/8080 || exit 1
	for ((i = 0; i < $1; i++)); do
		$2 "GET / HTTP/1.1\r\nHost: edge\r\n\r\n" >&4
		while IFS= read -r line <&4 && [ "$line" != $'"'\\r'"' ]; do
			case $line in
			[Cc]ontent-[Ll]ength:*) n=${line//[!0-9]/} ;;
			esac
		done
		IFS= read -r -N "$n" body <&4
		[ "$body" = ok$'"'\\n'"' ] || exit 1
	done' client "$1" "${2:-env printf}" 3>&-
}

# chain_logged N: waits for a log of N requests; nginx writes it after the
# answer
chain_logged() {
	for _ in {1..100}; do
		[ "$(wc -l <"$chain_dir/pairs")" -lt "$1" ] || return 0
		sleep 0.1
	done
	echo "origin logged fewer than $1 requests"
	return 1
}

# chain_load CLIENTS N [PRINTF]: so many clients at a time, N requests each
chain_load() {
	local clients=() client

	for ((client = 0; client < $1; client++)); do
		chain_client "$2" "${@:3}" &
		clients+=($!)
	done
	for client in "${clients[@]}"; do
		wait "$client"
	done
	chain_logged $(($1 * $2))
}

# chain_trace: begins to trace edge and origin in an instance of our own
chain_trace() {
	local event

	instance=$tracefs/instances/$chain
	mkdir "$instance"
	echo 8192 >"$instance/buffer_size_kb"
	echo mono >"$instance/trace_clock"
	echo event-fork >"$instance/trace_options"
	echo nooverwrite >"$instance/trace_options"
	echo "${chain_pids[*]}" >"$instance/set_event_pid"
	for event in $chain_events; do
		echo 1 >"$instance/events/$event/enable"
	done
	echo 1 >"$instance/tracing_on"
}

chain_trace_off() {
	echo 0 >"$instance/tracing_on"
}

# chain_drained: waits until a reader of trace_pipe has taken everything
chain_drained() {
	for _ in {1..100}; do
		sleep 0.1
		awk '$1 == "entries:" && $2 > 0 { exit 1 }' \
			"$instance"/per_cpu/cpu*/stats && break
	done
	sleep 0.2
}

# chain_pairs: for each request of edge to origin the client's end and
# edge's, as origin logged them
chain_pairs() {
	sort "$chain_dir/pairs"
}

# chain_down: removes whatever chain_up and chain_trace made
chain_down() {
	local pid host

	for pid in "${chain_pids[@]}"; do
		kill "$pid" 2>/dev/null
		wait "$pid" 2>/dev/null
	done
	chain_pids=()
	if [ -d "$tracefs/instances/$chain" ]; then
		echo 0 >"$tracefs/instances/$chain/tracing_on"
		echo >"$tracefs/instances/$chain/set_event"
		rmdir "$tracefs/instances/$chain"
	fi
	for host in edge origin gateway; do
		ip netns del "$chain-$host" 2>/dev/null
	done
	[ -z "$chain_dir" ] || rm -rf "$chain_dir"
	chain_dir=
}
