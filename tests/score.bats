#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# The scorer of the accuracy tests, against answers worked out by hand
#
# data/score has four requests, client -> fe -> be -> db, where db keeps no
# log: r1 is all right, r2's be hangs on nothing, r3's be hangs on r4's root,
# r4's be is missing and its db hangs on fe.  A warm-up request has the id
# and the ports of r1, and one span is nobody's.  The spans of fe and be
# begin 1 to 7 us late and end in time.

load helper

score=$TK_BIN/tests/score

setup() {
	cd "$BATS_TEST_DIRNAME/data/score" || return
}

# hand [ARGUMENT ...]: the score of the spans made by hand
# shellcheck disable=SC2120
hand() {
	"$score" "$@" truth.jsonl pids.txt <spans.jsonl
}

# span ID PARENT SERVICE PORT TS DUR [TID]: a record of trace 1
span() {
	printf '{"type":"span","ts":%s,"dur":%s,"trace":1,"span":%s,' \
		"$5" "$6" "$1"
	printf '"parent":%s,"service":"%s","tid":%s,"peer":"10.0.0.9:%s"}\n' \
		"$2" "$3" "${7:-9}" "$4"
}

@test "score: counts are those worked out by hand" {
	run -0 hand
	[ "${lines[0]}" = "spans 12 correct 0.5000 orphan 0.1667 \
stitched 0.2500 missed 0.0834 extra 2 requests 4 whole 1" ]
	[ "${lines[1]}" = "counts correct 6 orphan 2 stitched 3 missed 1" ]
}

@test "score: errors of time are those worked out by hand" {
	run -0 hand
	[ "${lines[2]}" = "start median 4.0 p99 7.0 us, \
dur median 4.0 p99 7.0 us, of 7" ]
	[ "${lines[3]}" = "service fe spans 4 start off 4.0 \
dur median 996.0 truth 1000.0 us" ]
	[ "${lines[4]}" = "service be spans 3 start off 4.0 \
dur median 596.0 truth 600.0 us" ]
}

@test "score: the order of the spans makes no difference" {
	right=$("$score" truth.jsonl pids.txt <spans.jsonl)
	for order in tac sort 'sort -r'; do
		run -0 "$score" truth.jsonl pids.txt \
			< <($order spans.jsonl)
		[ "$output" = "$right" ]
	done
}

@test "score: -v names each span that is not correct" {
	run -0 hand -v
	[ "$(grep -cE '^(orphan|stitched|missed|extra) ' \
		<<<"$output")" -eq 8 ]
	grep -q '^stitched r3 be:6003 .* in r4$' <<<"$output"
	grep -q '^missed r4 be:6004 ' <<<"$output"
}

@test "score: a limit that is not kept makes the status 1" {
	run -0 hand --correct 0.5 --orphan 0.17 --stitched 0.25 --extra 2 \
		--whole 1 --start 4 --dur fe:4
	run -0 hand --start be:4 --dur be:4
	for bad in '--correct 0.51' '--orphan 0.16' '--stitched 0.24' \
		'--extra 1' '--whole 2' '--whole all' '--start 3.9' \
		'--start be:3.9' \
		'--dur fe:3.9' '--dur 3.9' '--dur db:1000'; do
		# shellcheck disable=SC2086
		run -1 hand $bad
	done
}

@test "score: no spans at all are all missed" {
	run -0 "$score" truth.jsonl pids.txt </dev/null
	[ "${lines[1]}" = "counts correct 0 orphan 0 stitched 0 missed 12" ]
	run -1 "$score" --whole all truth.jsonl pids.txt </dev/null
	run -1 "$score" --start 10 truth.jsonl pids.txt </dev/null
}

@test "score: a line that is no JSON is an error with its number" {
	run -1 "$score" truth.jsonl pids.txt \
		< <(head -3 spans.jsonl; echo '{"type":"span",')
	[ "$output" = "score: stdin:4: not a JSON object" ]
}

@test "score: a root without a log is known by its callees' peer" {
	cd "$BATS_TEST_TMPDIR"
	printf '1 proxy 10.0.0.2\n2 be 10.0.0.3\n' >pids.txt
	echo '{"rid":"a","svc":"client","t0":1000,"t1":9000,"lport":51}' \
		>truth.jsonl
	echo '{"rid":"a","svc":"be","tid":9,"t0":3000,"t1":5000,' \
		'"peer":"10.0.0.2","pport":61,"calls":[]}' >>truth.jsonl
	span 1 null proxy 51 2000 6000 >spans
	span 2 1 be 61 3000 2000 >>spans
	run -0 "$score" --correct 1 --whole all truth.jsonl pids.txt <spans
	[ "${lines[1]}" = "counts correct 2 orphan 0 stitched 0 missed 0" ]
	[[ ${lines[2]} == *"of 1" ]]
}

@test "score: without logged calls the peer's service is the caller" {
	cd "$BATS_TEST_TMPDIR"
	printf '1 fe 10.0.0.2\n2 be 10.0.0.3\n3 au 10.0.0.4\n' >pids.txt
	cat >truth.jsonl <<-'END'
	{"rid":"a","svc":"client","t0":1000,"t1":9000,"lport":51}
	{"rid":"a","svc":"fe","t0":2000,"t1":8000,"peer":"x","pport":51}
	{"rid":"a","svc":"be","t0":3000,"t1":4000,"peer":"10.0.0.2","pport":61}
	{"rid":"a","svc":"au","t0":5000,"t1":6000,"peer":"10.0.0.2","pport":62}
	END
	span 1 null fe 51 2000 6000 >spans
	span 2 1 be 61 3000 1000 >>spans
	cp spans right
	span 3 1 au 62 5000 1000 >>right
	span 3 2 au 62 5000 1000 >>spans
	run -0 "$score" --correct 1 --whole all truth.jsonl pids.txt <right
	run -0 "$score" truth.jsonl pids.txt <spans
	[ "${lines[1]}" = "counts correct 2 orphan 0 stitched 1 missed 0" ]
}

@test "score: a Unix socket has no port, the thread tells" {
	cd "$BATS_TEST_TMPDIR"
	printf '1 fe 10.0.0.2\n2 be 10.0.0.3\n' >pids.txt
	cat >truth.jsonl <<-'END'
	{"rid":"a","svc":"client","t0":1000,"t1":9000,"lport":51}
	{"rid":"a","svc":"be","tid":7,"t0":3000,"t1":4000,"peer":"","pport":0}
	END
	echo '{"rid":"a","svc":"fe","tid":9,"t0":2000,"t1":8000,"peer":"x",' \
		'"pport":51,"calls":[["/s",0,0]]}' >>truth.jsonl
	span 1 null fe 51 2000 6000 >spans
	span 2 1 be 0 3000 1000 7 >right
	span 2 1 be 0 3000 1000 8 >wrong
	run -0 "$score" --correct 1 --whole all truth.jsonl pids.txt \
		< <(cat spans right)
	run -1 "$score" --correct 1 truth.jsonl pids.txt < <(cat spans wrong)
}

@test "score: a span that is still open matches by its start" {
	cd "$BATS_TEST_TMPDIR"
	printf '1 fe 10.0.0.2\n' >pids.txt
	cat >truth.jsonl <<-'END'
	{"rid":"a","svc":"client","t0":1000,"t1":90000,"lport":51}
	{"rid":"a","svc":"fe","t0":20000,"t1":80000,"peer":"x","pport":51}
	{"rid":"b","svc":"client","t0":91000,"t1":190000,"lport":51}
	{"rid":"b","svc":"fe","t0":120000,"t1":180000,"peer":"x","pport":51}
	END
	span 1 null fe 51 19000 60000 >spans
	span 2 null fe 51 119000 null >>spans
	run -0 "$score" --correct 1 --whole all truth.jsonl pids.txt <spans
	[[ ${lines[2]} == *"of 1" ]]
}

@test "score: parents that go round in a circle end as stitched" {
	cd "$BATS_TEST_TMPDIR"
	printf '1 fe 10.0.0.2\n' >pids.txt
	cat >truth.jsonl <<-'END'
	{"rid":"a","svc":"client","t0":1000,"t1":9000,"lport":51}
	{"rid":"a","svc":"fe","t0":2000,"t1":8000,"peer":"x","pport":51}
	END
	run -0 "$score" truth.jsonl pids.txt \
		< <(span 1 2 fe 51 2000 6000; span 2 1 fe 99 2000 6000)
	[ "${lines[1]}" = "counts correct 0 orphan 0 stitched 1 missed 0" ]
}

@test "score: without the client's lines the spans' time is the run" {
	grep -v client truth.jsonl >"$BATS_TEST_TMPDIR/truth.jsonl"
	run -0 "$score" "$BATS_TEST_TMPDIR/truth.jsonl" pids.txt \
		< <(grep -v '"span":90,' spans.jsonl)
	[ "${lines[1]}" = "counts correct 6 orphan 2 stitched 3 missed 1" ]
}

@test "score: calls that tell their times part those of one connection" {
	cd "$BATS_TEST_TMPDIR"
	printf '1 fe 10.0.0.2\n2 db 10.0.0.3\n' >pids.txt
	cat >truth.jsonl <<-'END'
	{"rid":"a","svc":"client","t0":1000,"t1":9500,"lport":51}
	{"rid":"b","svc":"client","t0":1000,"t1":9000,"lport":52}
	END
	# b calls db over a's connection while a goes on
	fe='"svc":"fe","peer":"x"' call='"calls":[["10.0.0.3",6379,71'
	cat >>truth.jsonl <<-END
	{"rid":"a",$fe,"t0":2000,"t1":9400,"pport":51,$call,2500,3600]]}
	{"rid":"b",$fe,"t0":2100,"t1":8000,"pport":52,$call,3800,7000]]}
	END
	{
		span 1 null fe 51 1900 7400
		span 2 null fe 52 2000 5900 8
		span 3 1 db 71 2600 900
		span 4 2 db 71 3900 3000
	} | sed 's/"trace":1,"span":\([24]\)/"trace":2,"span":\1/' >spans
	run -0 "$score" --correct 1 --whole all truth.jsonl pids.txt <spans
	sed 's/,[0-9]*,[0-9]*\]\]/]]/' truth.jsonl >less
	run -1 "$score" --correct 1 --whole all less pids.txt <spans
}
