#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# Which requests tk-krflow(1) finds in real recordings, against what the
# services and the client logged themselves
#
# data/flow/NAME holds a report of the kernel's events, the threads, and the
# truth: each request that a service handled, with its times.  "score"
# compares; see tools/score.c and score.bats.

load helper

score=$TK_BIN/tests/score
flow=$BATS_TEST_DIRNAME/data/flow
gateway=172.24.0.1

setup() {
	cd "$BATS_TEST_TMPDIR" || return
}

# follow NAME [OPTION ...]: all that tk-krflow says of a recording
follow() {
	local name=$1

	shift
	tk-krflow -g "$gateway" "$@" "$flow/$name/report.txt.zst"
}

# judge NAME [LIMIT ...]: the score of the spans on stdin
judge() {
	local name=$1

	shift
	"$score" -v "$@" "$flow/$name/truth.jsonl.gz" "$flow/$name/pids.txt"
}

# whole NAME: every request of a recording is found, and nothing else
whole() {
	follow "$1" -i "$flow/$1/pids.txt" >spans
	judge "$1" --correct 1 --stitched 0 --extra 0 --whole all <spans
}

# drop5 REPORT: the limits for 5 % of the events cut out
drop5() {
	tk-krflow -g "$gateway" -i "$flow/chain4-drop5/pids.txt" "$1" >spans
	judge chain4-drop5 --correct 0.87 --stitched 0.03 <spans
}

# counted EVENTS LINES LOST MARKS: the end record of "spans" has these, and
# no line was bad
counted() {
	local expected

	expected=$(printf '{"lines":%s,"events":%s,"bad":0,' "$2" "$1"
		printf '"lost":%s,"lost_marks":%s}' "$3" "$4")
	[ "$(tail -n 1 spans | jq -c 'select(.type == "end") |
		{lines, events, bad, lost, lost_marks}')" = "$expected" ] ||
		{ echo "not $expected:"; tail -n 1 spans; false; }
	[ "$(tail -n 1 spans | jq .records)" -eq \
		"$(grep -c '"type":"span"' spans)" ]
}

# accounted NAME GATEWAY: a recording is read to its end, and nothing is
# counted wrongly; grep and wc say what is in it
accounted() {
	local report=$flow/$1/report.txt.zst events lines marks

	gateway=$2 follow "$1" -i "$flow/$1/pids.txt" >spans
	lines=$(zstd -dcq "$report" | wc -l)
	events=$(zstd -dcq "$report" |
		grep -cE '^ *[^ ]+-[0-9]+ +\[[0-9]{3}\] +[0-9]+\.[0-9]{6}: ')
	marks=$(zstd -dcq "$report" | grep -cE '^CPU:.*LOST' || true)
	counted "$events" "$lines" 0 "$marks"
	jq -es 'map(select(.type == "span")) | length > 0' <spans
	judge "$1" <spans
}

@test "flow: chain4, a thread for each connection: every request whole" {
	whole chain4
	judge chain4 --start 10 <spans
}

@test "flow: newconn4, a connection for each request: every request whole" {
	whole newconn4
	judge newconn4 --start 10 <spans
}

@test "flow: fork2, a process for each connection: every request whole" {
	whole fork2
	# The new process reads its clock some 38 us after its recvfrom has
	# returned, with no event between: its own pages are copied first.
	judge fork2 --start backend:10 <spans
}

@test "flow: nginx4, a proxy with one worker: every request whole" {
	whole nginx4
	judge nginx4 --start 10 <spans
}

@test "flow: async8, one asyncio thread for 8 clients: every request whole" {
	whole async8
	# The frontend reads its clock when the event loop comes to it.
	judge async8 --start auth:10 <spans
	judge async8 --start backend:10 <spans
}

@test "flow: load32, 8000 requests of 32 clients: every request whole" {
	whole load32
	judge load32 --start 10 --dur auth:10 <spans
}

@test "flow: without -i the threads are known by their sockets" {
	follow chain4 >spans
	judge chain4 --correct 1 --stitched 0 --extra 0 --whole all <spans
}

@test "flow: a network or many addresses may be the gateway" {
	gateway=172.24.0.0/31 follow chain4 -i "$flow/chain4/pids.txt" >spans
	judge chain4 --correct 1 --stitched 0 --extra 0 --whole all <spans
	gateway=10.9.9.9 follow chain4 -g fd24::1 -g 172.24.0.1 \
		-i "$flow/chain4/pids.txt" >spans
	judge chain4 --correct 1 --stitched 0 --extra 0 --whole all <spans
}

@test "flow: a gateway that is in no event begins no request" {
	gateway=10.9.9.9 follow chain4 -i "$flow/chain4/pids.txt" >spans
	jq -es 'map(select(.type == "span" and .trace != null)) == []' <spans
}

@test "flow: with 5 % of the events cut out most is still right" {
	drop5 "$flow/chain4-drop5/report.txt.zst"
}

@test "flow: marks of lost events make it no worse, and are counted" {
	drop5 "$flow/chain4-drop5/report.withmarks.txt.zst"
	counted 10823 10838 600 15
}

# cut_share SHARE MARKS: the mean shares of correct and of stitched spans of
# chain4 with so many of its events cut out, in four ways
cut_share() {
	for seed in 1 2 3 4; do
		awk -v share="$1" -v seed="$seed" -v marks="$2" \
			-f "$BATS_TEST_DIRNAME/tools/drop.awk" whole.txt |
			tk-krflow -g "$gateway" -i "$flow/chain4/pids.txt" |
			"$score" "$flow/chain4/truth.jsonl.gz" \
				"$flow/chain4/pids.txt"
	done | awk '$1 == "counts" {
		correct += $3; stitched += $7; all += $3 + $5 + $7 + $9
	}
	END { print correct / all, stitched / all }'
}

@test "flow: the more events are lost, the fewer are right, but few wrong" {
	zstd -dcq "$flow/chain4/report.txt.zst" >whole.txt
	bad=0
	for limits in '0.01 0.96 0.01' '0.05 0.87 0.03' '0.20 0.56 0.08'; do
		read -r share correct stitched <<<"$limits"
		for marks in 0 1; do
			got=$(cut_share "$share" "$marks")
			echo "lost $share, marks $marks: $got, for $limits"
			awk -v correct="$correct" -v stitched="$stitched" '{
				exit $1 < correct || $2 > stitched
			}' <<<"$got" || bad=1
		done
	done
	[ "$bad" -eq 0 ]
}

@test "flow: chain4-lost, two thirds lost: read to the end" {
	accounted chain4-lost 172.24.0.1
}

@test "flow: chain1-net10, lines broken in three: read to the end" {
	accounted chain1-net10 10.42.0.1
}

@test "flow: chain6, IPv6 and lines broken in three: read to the end" {
	accounted chain6 fd24::1
}

@test "flow: unix2-rich, a Unix socket between services: read to the end" {
	accounted unix2-rich 172.24.0.1
}

@test "flow: pool4-rich, a pool of workers in Python: read to the end" {
	accounted pool4-rich 172.24.0.1
}

@test "flow: cpool4-rich, a pool of workers in C: read to the end" {
	accounted cpool4-rich 172.24.0.1
}

@test "flow: chain4-rps, packets steered elsewhere: read to the end" {
	accounted chain4-rps 172.24.0.1
}

@test "flow: a recording twice over is twice the requests" {
	zstd -dcq "$flow/chain4/report.txt.zst" >once
	# 1000 s later, and other sockets
	sed -E 's/^(.*\] +)([0-9])([0-9]*\.)/\12\3/; s/0xffff8/0xffff9/g' \
		once >later
	tk-krflow -g "$gateway" -i "$flow/chain4/pids.txt" - \
		< <(cat once later) >both
	follow chain4 -i "$flow/chain4/pids.txt" >spans
	[ "$(grep -c '"link":"root"' both)" -eq 400 ]
	[ "$(grep -c '"type":"span"' both)" -eq 1600 ]
	judge chain4 --correct 1 --stitched 0 --extra 800 --whole all <both
}

# shape: the spans on stdin without their times, and in order of their
# numbers
shape() {
	jq -c 'select(.type == "span") | [.span, .parent, .trace, .service,
		.tid, .local, .peer, .link, .candidates, .dur == null]' | sort
}

# form: what tk-krflow makes of the report on stdin is what it made of the
# plain one, and right; times may differ by their rounding
form() {
	tk-krflow -g "$gateway" -i "$flow/chain4/pids.txt" >other
	judge chain4 --correct 1 --stitched 0 --extra 0 --whole all \
		--start 10 <other
	diff <(shape <spans) <(shape <other)
	paste <(jq -c 'select(.type == "span") | [.span, .ts, .dur]' spans |
		tr -d '[]' | sort) \
		<(jq -c 'select(.type == "span") | [.span, .ts, .dur]' other |
		tr -d '[]' | sort) | tr '\t' , | awk -F , '
		function far(a, b) { return a - b > 1000 || b - a > 1000 }
		far($2, $5) || far($3, $6) { print; bad = 1 }
		END { exit bad || NR != 800 }'
}

@test "flow: each form of a report gives the same spans" {
	zstd -dcq "$flow/chain4/trace.dat.zst" >trace.dat
	follow chain4 -i "$flow/chain4/pids.txt" >spans
	for option in '' -R -N -t '-R -t' '-N -t' '-R -N'; do
		echo "trace-cmd report $option"
		# shellcheck disable=SC2086
		trace-cmd report $option -i trace.dat 2>/dev/null >report.txt
		form <report.txt
		grep -vEi '^cpu' report.txt | form
		sed -E 's/,\s*/,/g' report.txt | form
		grep -vEi '^cpu' report.txt | sed -E 's/,\s*/,/g' | form
		sed 's/$/\r/' report.txt | form
		sed 's/^tkkr: *//' report.txt | form
		sed 's/^tkkr://' report.txt | form
	done
}

@test "flow: a report that was packed gives the same spans" {
	follow chain4 -i "$flow/chain4/pids.txt" | shape >right
	zstd -dcq "$flow/chain4/report.txt.zst" >report.txt
	for pack in 'gzip -c' 'zstd -qc' cat; do
		$pack <report.txt >packed
		diff right <(tk-krflow -g "$gateway" \
			-i "$flow/chain4/pids.txt" packed | shape)
	done
}
