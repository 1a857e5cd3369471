#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# tk-energy on the recordings of tests/data/energy, of which the energy is
# known by hand

load helper

setup() {
	cd "$data/energy" || return
}

# samples: a line for each energy record: zone, delta, dur, status
samples() {
	jq -r 'select(.type == "energy") |
		[.zone, .delta_uj // "-", .dur, .status] | join(" ")'
}

@test "recordings: a day at 400 W on AMD's range is 34.56 MJ, in 527 wraps" {
	# 400 W * 86400 s, cut to whole steps of 15258 nJ: 34559999999997.27 uJ
	run -0 --separate-stderr bash -c "zstd -dcq day.txt.zst |
		tk-energy once -f text -"
	is "Duration: 86400.000s
intel-rapl:0: 34559999.999997 J   avg 400.000 W"
	[ "$stderr" = "" ]
	tk-energy ts - <day.txt.zst | samples >"$BATS_TEST_TMPDIR/samples"
	cd "$BATS_TEST_TMPDIR"
	[ "$(wc -l <samples)" -eq 1440 ]
	[ "$(grep -c ' wrap$' samples)" -eq 527 ]
	[ "$(grep -c ' ok$' samples)" -eq 913 ]
	# Each minute has 24 kJ, to a step.
	run -0 awk '{ s += $2; n += $2 > 23999999980 && $2 < 24000000020 }
		END { printf "%d %.0f\n", n, s }' samples
	is "1440 34559999999997"
}

@test "recordings: the same with the range from --range" {
	run -0 --separate-stderr bash -c "zstd -dcq day.txt.zst |
		sed 's/ 65532610987//' |
		tk-energy once -f text --range intel-rapl:0=65532610987 -"
	is "Duration: 86400.000s
intel-rapl:0: 34559999.999997 J   avg 400.000 W"
	# Without it the falls are no energy, and are told.
	run -3 --separate-stderr bash -c "zstd -dcq day.txt.zst |
		sed 's/ 65532610987//' | tk-energy once --strict -f text -"
	[[ ${lines[1]} == *" unknown: 527" ]]
}

@test "recordings: each status where it belongs" {
	# Steps of 819200 * 61035 nJ and 200000 * 15300 nJ, and 30 J.
	run -0 --separate-stderr bash -c "tk-energy ts - <server.txt |
		jq -r 'select(.type == \"energy\") |
		[.zone, .delta_uj // \"-\", .dur / 1e9, .status] |
		join(\" \")'"
	is "intel-rapl:0 49999872 1 ok
intel-rapl:1 49999872 1 ok
intel-rapl:0:2 3060000 1 ok
web 30000000 1 ok
intel-rapl:0 49999872 1 wrap
intel-rapl:1 - 1 reset
intel-rapl:0:2 - 1 unreadable
web 0 1 stale
intel-rapl:0 49999872 1 ok
intel-rapl:1 49999872 1 ok
intel-rapl:0:2 6120000 2 ok
web - 2 unknown
intel-rapl:0 49999872 1 ok
intel-rapl:1 49999872 1 ok
intel-rapl:0:2 0 1 stale
web 30000000 1 ok"
}

@test "recordings: records are a recording, and say the same" {
	cd "$BATS_TEST_TMPDIR"
	tk-energy ts - <"$data/energy/server.txt" 2>/dev/null >first
	tk-energy ts - <first 2>/dev/null >second
	diff <(tail -n +2 first) <(tail -n +2 second)
}

@test "recordings: what was not measured is an empty cell" {
	run -0 --separate-stderr bash -c "tk-energy ts -f csv - <server.txt |
		cut -d , -f 1,4,5,6,7"
	is "ts,intel-rapl:1_energy_uj,intel-rapl:1_power_w,\
intel-rapl:0:2_energy_uj,intel-rapl:0:2_power_w
1001,244189999872,49.999872,3366000,3.060000
1002,61035000,,,
1003,111034872,49.999872,9486000,3.060000
1004,161034744,49.999872,9486000,"
}

@test "recordings: what a recording lost is said again, of each trace" {
	cat >"$BATS_TEST_TMPDIR/r" <<-'END'
	{"type":"trace","version":1}
	{"type":"energy","ts":1,"zone":"a","counter_uj":5,"status":"ok"}
	{"type":"lost","ts":1,"cpu":null,"count":7}
	{"type":"lost","ts":1,"cpu":null,"count":null}
	{"type":"end","records":1,"lost":7,"lost_marks":2,"bad":3}
	{"type":"trace","version":1}
	{"type":"energy","ts":1,"zone":"a","counter_uj":5,"status":"ok"}
	bad
	{"type":"end","records":1,"lost":0,"lost_marks":0,"bad":4}
	END
	run -3 --separate-stderr tk-energy ts --strict - \
		<"$BATS_TEST_TMPDIR/r"
	[ "$(jq -c 'select(.type == "end") | [.lost, .lost_marks, .bad]' \
		<<<"$output" | xargs)" = "[7,2,3] [0,0,5]" ]
	# It is the losses, and not the bad line.
	grep -v bad$ "$BATS_TEST_TMPDIR/r" >"$BATS_TEST_TMPDIR/good"
	run -3 tk-energy ts --strict - <"$BATS_TEST_TMPDIR/good"
	grep -v '"lost",' "$BATS_TEST_TMPDIR/good" >"$BATS_TEST_TMPDIR/whole"
	run -0 tk-energy ts --strict - <"$BATS_TEST_TMPDIR/whole"
}

@test "recordings: one without a reading is a trace all the same, and told" {
	run -0 --separate-stderr tk-energy ts - </dev/null
	[ "$(jq -r .type <<<"$output" | xargs)" = "trace end" ]
	note="tk-energy: there was no reading"
	says "$note"
	run -3 --separate-stderr tk-energy ts --strict - <<<garbage
	[ "$(jq -r '[.type, .bad] | join(" ")' <<<"$output" |
		xargs)" = "trace end 1" ]
	says "$note"
	run -0 --separate-stderr tk-energy ts -f csv - <<<"# nothing"
	is ts
	says "$note"
	run -0 --separate-stderr tk-energy once -f text - </dev/null
	is "Duration: 0.000s"
	says "$note"
	run -0 --separate-stderr tk-energy ts - <<<"1 a 5"
	[ "$stderr" = "" ]
}

# twice: a recording by zones of which each counts what others count, too
twice() {
	for ts in 0 1000000000; do
		j=$((ts / 1000))
		cat <<-END
		$ts intel-rapl:0:0 $((30 * j))
		$ts intel-rapl:0 $((50 * j))
		$ts intel-rapl:0:1 $((3 * j))
		$ts psys $((70 * j))
		$ts intel-rapl-mmio:0 $((50 * j))
		$ts dram $((5 * j))
		END
	done
}

@test "recordings: names of zones tell what is counted twice" {
	run -0 --separate-stderr tk-energy once -f text - < <(twice)
	is "Duration: 1.000s
intel-rapl:0:0: 30.000000 J   avg 30.000 W
intel-rapl:0: 50.000000 J   avg 50.000 W
intel-rapl:0:1: 3.000000 J   avg 3.000 W
psys: 70.000000 J   avg 70.000 W
intel-rapl-mmio:0: 50.000000 J   avg 50.000 W
dram: 5.000000 J   avg 5.000 W
sum of 2: 55.000000 J   avg 55.000 W"
	says "tk-energy: intel-rapl:0:0 is not summed: \
it is part of intel-rapl:0"
	says "tk-energy: psys is not summed: it holds the packages"
	says "tk-energy: intel-rapl-mmio:0 is not summed: \
it is the same as intel-rapl:0"
	# Records say what is known when the zone comes.
	run -0 --separate-stderr tk-energy ts - < <(twice | tail -n +2)
	[ "$(jq -r 'select(.type == "energy_zone") |
		"\(.zone) \(.role) \(.summed)"' <<<"$output" | xargs)" = \
		"intel-rapl:0 null true intel-rapl:0:1 part false \
psys psys false intel-rapl-mmio:0 twin false dram dram true \
intel-rapl:0:0 part false" ]
	run -0 --separate-stderr bash -c "tk-energy sum - <<<'$output' |
		jq -r 'select(.type == \"energy_sum\" and .zone == null)
		.energy_uj'"
	is 55000000
}

@test "recordings: a range for a zone that is not there is told" {
	run -0 --separate-stderr tk-energy ts --range nozone=5 --range a=9 - \
		<<<"1 a 5"
	said="tk-energy: --range: there is no zone nozone"
	[ "$stderr" = "$said" ]
	# Of counters likewise.
	cd "$BATS_TEST_TMPDIR"
	mkdir z && echo 5 >z/energy_uj
	run -0 --separate-stderr tk-energy ts -n 1 -i 0.01 --range nozone=5 \
		--range z=9 z
	[ "$stderr" = "$said" ]
}

@test "recordings: rows of less than a second apart have times of their own" {
	seq 0 1000000 20000000 | sed 's/.*/& a 5/' \
		>"$BATS_TEST_TMPDIR/khz"
	run -0 --separate-stderr tk-energy ts -f csv - \
		<"$BATS_TEST_TMPDIR/khz"
	[ "${lines[1]}" = "0.001000,5," ]
	[ "$(cut -d , -f 1 <<<"$output" | sort -u | wc -l)" -eq 21 ]
	# An interval that is told is taken at its word.
	run -0 --separate-stderr tk-energy ts -f csv -i 1 - \
		<"$BATS_TEST_TMPDIR/khz"
	[ "${lines[1]}" = "0,5," ]
	run -0 --separate-stderr tk-energy ts -f csv -i 0.001 - \
		<<<$'0 a 5\n1000000000 a 5\n2000000000 a 5'
	[ "${lines[1]}" = "1.000000,5," ]
	# Rows of a second are, with several zones read one after the other.
	run -0 --separate-stderr tk-energy ts -f csv - <<-'END'
	0 a 5
	20000000 b 5
	1000000000 a 5
	1020000000 b 5
	2000100000 a 5
	2020000000 b 5
	END
	[ "$(cut -d , -f 1 <<<"$output" | xargs)" = "ts 1 2" ]
}

@test "recordings: a zone that comes when rows are written is told of" {
	run -1 --separate-stderr tk-energy ts -f csv - <<-'END'
	0 a 0
	1000000000 a 1
	2000000000 a 2
	2000000000 b 0
	3000000000 a 3
	3000000000 b 1
	4000000000 b 2
	END
	[ "${lines[0]}" = "ts,a_energy_uj,a_power_w" ]
	[ "${#lines[@]}" -eq 4 ]
	says "tk-energy: samples of zones that came after the header and are \
not in the CSV: 2"
}

@test "a range that is told holds for counters, too" {
	cd "$BATS_TEST_TMPDIR"
	mkdir z && echo 990 >z/energy_uj
	run -0 --separate-stderr tk-energy run --range z=999 --files z -- \
		sh -c 'echo 10 >z/energy_uj'
	[ "$(jq -r 'select(.type == "energy") |
		"\(.status) \(.delta_uj)"' <<<"$output")" = "wrap 20" ]
	[ "$(jq 'select(.type == "energy_zone").range_uj' \
		<<<"$output")" = 999 ]
}
