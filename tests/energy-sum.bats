#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# tk-energy sum: what recordings add up to, beside the same sums in Python,
# whose integers have any size

load helper

setup() {
	cd "$BATS_TEST_TMPDIR" || return
}

# recording SEED: a stream of three zones, of which one is not summed
recording() {
	python3 - "$1" <<-'END'
	import json, random, sys
	random.seed(int(sys.argv[1]))
	zones = ["package-0", "dram \\\"é", "psys"]
	def put(**record):
	    print(json.dumps(record, ensure_ascii=random.random() < .5))
	put(type="trace", version=1, clock="mono", by="a recorder")
	now = 10 ** 9
	for z in zones:
	    put(type="energy_zone", ts=now, zone=z.replace("\\", "\\\\"),
	        summed=z != "psys")
	last = dict.fromkeys(zones, now)
	for i in range(900):
	    z = zones[i % 3]
	    now += random.randrange(1, 7 * 10 ** 6)
	    status = random.choice(["ok"] * 6 + ["wrap", "missed", "stale",
	        "unreadable", "reset", "unknown"])
	    known = status in ("ok", "wrap", "missed")
	    delta = random.randrange(10 ** 6) if known else None
	    dur = now - last[z]
	    watts = round(delta * 1000 / dur, 6) if known else None
	    put(type="energy", ts=now, zone=z.replace("\\", "\\\\"),
	        counter_uj=i, delta_uj=0 if status == "stale" else delta,
	        dur=dur, power_w=watts, status=status)
	    if status not in ("stale", "unreadable"):
	        last[z] = now
	put(type="end", records=903, lost=0, lost_marks=0, bad=0)
	END
}

# expected FROM TO [WINDOW]: what of each zone, and all, is in a recording,
# or in its windows from FROM on, as CSV: ts, zone, energy, measured, samples
expected() {
	python3 - "$@" <<-'END'
	import json, sys
	left, right = int(sys.argv[1]), int(sys.argv[2])
	window = int(sys.argv[3]) if len(sys.argv) > 3 else right - left
	samples, summed = [], {}
	for line in open("recording.jsonl"):
	    r = json.loads(line)
	    if r["type"] == "energy":
	        samples.append(r)
	    if r["type"] == "energy_zone":
	        summed[r["zone"]] = r["summed"]
	def until(r, t):
	    begin = r["ts"] - r["dur"]
	    t = min(max(t, begin), r["ts"])
	    return r["delta_uj"] * (t - begin) // r["dur"]
	for begin in range(left, right, window):
	    end = min(begin + window, right)
	    rows, total = [], 0
	    for z in summed:
	        uj = ns = n = 0
	        for r in samples:
	            if r["zone"] != z or r["status"] in ("stale",
	                "unreadable", "reset", "unknown"):
	                continue
	            uj += until(r, end) - until(r, begin)
	            ns += max(0, min(end, r["ts"]) -
	                max(begin, r["ts"] - r["dur"]))
	        if ns:
	            rows.append((begin, json.dumps(z), uj, ns))
	            total += uj if summed[z] else 0
	    for row in rows:
	        print(*row, sep=",")
	    print(begin, None, total, sep=",")
	END
}

# got: the same of what tk-energy wrote
got() {
	python3 -c '
import json, sys
for line in sys.stdin:
    r = json.loads(line)
    if r["type"] != "energy_sum":
        continue
    if r["zone"] is None:
        print(r["ts"], None, r["energy_uj"] or 0, sep=",")
    elif r["measured"]:
        print(r["ts"], json.dumps(r["zone"]), r["energy_uj"],
            r["measured"], sep=",")
'
}

@test "a recording adds up as in another program" {
	for seed in 1 2 3; do
		recording $seed >recording.jsonl
		# All that there is begins at a second, where the zones do.
		tk-energy sum recording.jsonl | got >is.csv
		expected 1000000000 10000000000000 >should.csv
		diff should.csv is.csv
	done
}

@test "so do a part of it, and its windows" {
	for seed in 4 5; do
		recording $seed >recording.jsonl
		tk-energy sum --from 1.234567891 --to 2.9 recording.jsonl |
			sed 's/"ts":[0-9]*/"ts":1234567891/' | got >is.csv
		expected 1234567891 2900000000 >should.csv
		diff should.csv is.csv
		tk-energy sum --from 1 --to 3 --window 0.07 recording.jsonl |
			got >is.csv
		expected 1000000000 3000000000 70000000 >should.csv
		diff should.csv is.csv
	done
}

@test "intervals of other records have the energy of their time" {
	recording 6 >recording.jsonl
	python3 - >spans.jsonl <<-'END'
	import json, random
	random.seed(7)
	print('{"type":"trace","version":1,"clock":"mono"}')
	for i in range(100):
	    print(json.dumps({"type": "span", "dur": random.randrange(10 ** 9),
	        "ts": random.randrange(10 ** 9, 3 * 10 ** 9), "span": i + 1,
	        "trace": None}))
	print('{"type":"end","records":100,"lost":0,"lost_marks":0,"bad":0}')
	END
	tk-energy sum --by spans.jsonl recording.jsonl >sums.jsonl
	python3 - <<-'END'
	import json
	def records(path, type):
	    return [r for r in map(json.loads, open(path)) if r["type"] == type]
	spans = records("spans.jsonl", "span")
	rows = records("sums.jsonl", "energy_sum")
	sums = [r for r in rows if r["zone"] is None]
	samples = [r for r in records("recording.jsonl", "energy")
	    if r["delta_uj"] and r["zone"] != "psys"]
	def until(r, t):
	    begin = r["ts"] - r["dur"]
	    t = min(max(t, begin), r["ts"])
	    return r["delta_uj"] * (t - begin) // r["dur"]
	assert len(spans) == len(sums) == 100
	# Those of the zones add up; psys has rows, and is not summed.
	for e in sums:
	    parts = [r["energy_uj"] for r in rows if r["interval"] ==
	        e["interval"] and r["zone"] not in (None, "psys")]
	    assert sum(parts) == (e["energy_uj"] or 0)
	assert any(r["zone"] == "psys" for r in rows)
	for s, e in zip(spans, sums):
	    end = s["ts"] + s["dur"]
	    for key in "ts", "dur", "span":
	        assert e[key] == s[key]
	    assert (e["energy_uj"] or 0) == sum(until(r, end) -
	        until(r, s["ts"]) for r in samples)
	END
}

@test "the pipeline is told, and the clock is passed on" {
	recording 1 >recording.jsonl
	run -0 --separate-stderr tk-energy sum recording.jsonl
	[[ ${lines[0]} == *'"clock":"mono"'* ]]
	[[ ${lines[0]} == *'"by":"a recorder | tk-energy sum '* ]]
	[[ ${lines[-1]} == '{"type":"end","records":4,'*'"samples":900}' ]]
}

@test "times of two clocks are not joined" {
	recording 1 >recording.jsonl
	cat >spans.jsonl <<-'END'
	{"type":"trace","version":1,"clock":"boot"}
	{"type":"span","ts":1,"dur":2}
	{"type":"end","records":1,"lost":0,"lost_marks":0,"bad":0}
	END
	run -1 --separate-stderr tk-energy sum --by spans.jsonl recording.jsonl
	[[ $stderr == *'spans.jsonl: times of the clock boot, but '*mono* ]]
	[[ $output != *energy_sum* ]]
}

@test "what is no sample is told, and the rest counts" {
	recording 1 >recording.jsonl
	tk-energy sum recording.jsonl >whole
	{
		head -n 300 recording.jsonl
		echo '{"type":"energy","ts":5,"zone":"z","status":"fine"}'
		echo '{"type":"sched_switch","ts":5}'
		echo nonsense
		tail -n +301 recording.jsonl
	} >bad.jsonl
	run -0 --separate-stderr tk-energy sum bad.jsonl
	[ "${#lines[@]}" -eq 6 ]
	diff <(grep energy_sum whole) <(grep energy_sum <<<"$output")
	[[ ${lines[-1]} == *'"bad":2,'* ]]
	[ "$(grep -c 'bad.jsonl:30[13]: ' <<<"$stderr")" -eq 2 ]
	run -3 tk-energy sum --strict bad.jsonl
}

@test "a recording that was cut short is told" {
	recording 1 | head -n 100 >recording.jsonl
	run -0 tk-energy sum recording.jsonl
	[[ $output == *'"cut_short":true}'* ]]
	run -3 --separate-stderr tk-energy sum --strict recording.jsonl
	says 'tk-energy: the records were cut short: their end is missing'
	recording 1 >whole.jsonl
	echo '{"type":"trace","version":1}' >spans.jsonl
	run -3 --separate-stderr tk-energy sum --strict --by spans.jsonl \
		whole.jsonl
	[[ $stderr == *' the records of --by were cut short: '* ]]
}

@test "energy that was not measured makes the status 3 with --strict" {
	local record='{"type":"energy","zone":"a","ts":9,"dur":2,'
	for status in reset unreadable unknown; do
		echo "$record\"delta_uj\":null,\"status\":\"$status\"}" >in
		run -0 tk-energy sum in
		run -3 --separate-stderr tk-energy sum --strict in
		[[ $stderr == *' samples without an energy: 1' ]]
	done
	echo "$record\"delta_uj\":8,\"status\":\"ok\"}" >in
	run -0 tk-energy sum --strict in
	run -3 tk-energy sum --strict --from 5 in
	echo '{"ts":8,"dur":1}' >by
	run -0 tk-energy sum --strict --by by in
	echo '{"ts":10,"dur":1}' >by
	run -3 tk-energy sum --strict --by by in
}

@test "an input without samples is told" {
	run -0 --separate-stderr tk-energy sum </dev/null
	says 'tk-energy: there is no sample of this time'
	run -1 tk-energy sum nowhere.jsonl
}

@test "CSV without a row has its header" {
	local record='{"type":"energy","ts":2,"zone":"a","status":"ok"}'

	for how in '' '--window 1' '--by by.jsonl'; do
		echo '{"type":"x","ts":1,"dur":1}' >by.jsonl
		# shellcheck disable=SC2086 # words
		tk-energy sum -f csv $how <<<"$record" | sed 1q >header
		[ -s header ]
		: >by.jsonl
		# shellcheck disable=SC2086 # words
		tk-energy sum -f csv $how </dev/null 2>/dev/null >empty
		cmp header empty
	done
}

@test "people get a table, and -o a file" {
	sed 's/^/{"type":"energy","zone":"a\\nb",/' >recording.jsonl <<-'END'
	"ts":2000000000,"delta_uj":1500000,"dur":2e9,"status":"wrap"}
	"ts":3000000000,"delta_uj":null,"dur":1000000000,"status":"reset"}
	END
	sed -i 's/2e9,/2000000000,"power_w":0.75,/' recording.jsonl
	run -0 --separate-stderr tk-energy sum -f text -o table recording.jsonl
	is ''
	run -0 awk '{ $1 = $1; print }' table
	is 'J mean W min W max W measured s not measured s wraps resets zone
1.500000 0.750000 0.750000 0.750000 2.000000000 1.000000000 1 1 a\x0ab
1.500000 0.750000 0.750000 0.750000 2.000000000 1.000000000 1 1 (all)'
}

@test "an output that is an input is refused, and stays" {
	recording 1 >recording.jsonl
	cp recording.jsonl whole
	ln recording.jsonl same
	ln -s recording.jsonl link
	echo '{"ts":8,"dur":1}' >by
	for out in recording.jsonl same link; do
		run -1 --separate-stderr tk-energy sum recording.jsonl -o $out
		[[ $stderr == *": $out: it would be written over while "* ]]
		run -1 tk-energy sum -o $out <recording.jsonl
		run -1 tk-energy sum --by recording.jsonl by -o $out
		run -1 tk-energy ts - -o $out <recording.jsonl
		cmp recording.jsonl whole
	done
	echo 1234 >counter
	run -1 --separate-stderr tk-energy ts --files counter -n 1 -i 0.01 \
		-o counter
	says 'tk-energy: counter: it would be written over while it is read'
	[ "$(cat counter)" = 1234 ]
	mv recording.jsonl recording.svg
	run -1 --separate-stderr tk-energy plot recording.svg -o recording.svg
	cmp recording.svg whole
	# Another one is written over, and so is what is no file.
	tk-energy sum whole -o by
	[ "$(grep -c energy_sum by)" = 4 ]
	tk-energy sum whole -o /dev/null
}

@test "recordings that overlap, or are of another machine, are told" {
	recording 1 >one.jsonl
	run -0 --separate-stderr tk-energy sum one.jsonl one.jsonl
	[[ $stderr == *' zones whose recordings overlap,'*': 3; what is '* ]]
	sed '1s/"clock"/"host":"other","clock"/' one.jsonl >other.jsonl
	sed '1s/"clock"/"host":"this","clock"/' one.jsonl >this.jsonl
	run -0 --separate-stderr tk-energy sum this.jsonl other.jsonl
	[[ $stderr == *' recordings of another machine, '*': 1; all are '* ]]
	# One behind the other they are not.
	sed -E '/"(trace|end)"/!s/"ts": ?/&9/' one.jsonl >later.jsonl
	run -0 --separate-stderr tk-energy sum one.jsonl later.jsonl
	[[ $stderr != *recordings* ]]
}

@test "a zone that stands still leaves what others measured measured" {
	printf '%s\n' '0 a 0' '0 b 5' '1000000000 a 7000000' '1000000000 b 5' \
		'2000000000 a 9000000' '2000000000 b 5' |
		tk-energy ts - >in
	run -0 tk-energy sum --strict in
	[ "$(jq -c 'select(.type == "energy_sum" and .zone == null) |
		[.energy_uj, .measured, .unmeasured]' <<<"$output")" = \
		"[9000000,2000000000,0]" ]
}

@test "an interval in which a zone was not read was not measured" {
	printf '%s\n' '0 a 0 99999999' '0 b 0 99999999' \
		'1000000000 a 10' '1000000000 b 20' '2000000000 a 20' \
		'2000000000 b -' '3000000000 a 30' '3000000000 b 1' >lines
	tk-energy ts --max-watts 1 - <lines >in
	echo '{"ts":1000000000,"dur":1000000000}' >by
	run -0 tk-energy sum --by by in
	[ "$(jq -c 'select(.zone == null and .type == "energy_sum") |
		[.energy_uj, .measured, .unmeasured]' <<<"$output")" = \
		"[10,0,1000000000]" ]
}

@test "windows of records without their zones come once" {
	printf '%s\n' '0 a 0' '0 b 0' '1000 a 10' '1000 b 20' '2000 a 20' \
		'2000 b 40' '3000 a 30' '3000 b 60' | tk-energy ts - |
		jq -c 'select(.type == "energy")' >in
	run -0 --separate-stderr tk-energy sum --window 1000ns in
	[ "$(jq -r 'select(.zone == null and .type == "energy_sum") |
		[.ts, .energy_uj] | join(" ")' <<<"$output" | xargs)" = \
		"0 30 1000 30 2000 30" ]
}

@test "--from 0 is a place for windows, too" {
	printf '%s\n' '2500000000 a 0' '3500000000 a 10' '4500000000 a 20' |
		tk-energy ts - >in
	run -0 tk-energy sum --window 1 --from 0 in
	[ "$(jq -r 'select(.zone == "a") | .energy_uj' <<<"$output" |
		xargs)" = "5 10 5" ]
}
