#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# tk-energy beside counters that move: every delta against what was counted
#
# powercap plays the trees and notes what it did.  A counter that goes round
# between two readings cannot be told from one that did not: where the machine
# was so busy that this may have been, tk-energy says so, and the test is done
# again.

load helper
load energy

setup() {
	cd "$BATS_TEST_TMPDIR" || return
}

teardown() {
	energy_teardown
}

# sampled TRUTH "ZONE ..." ARGUMENT ...: samples what counters would play, to
# out, until no reading came too late, five times at most
sampled() {
	local truth=$1 zones=$2 try

	shift 2
	for ((try = 0; try < 5; try++)); do
		rm -rf tree
		# shellcheck disable=SC2086 # a word for each zone
		counters "$truth" $zones
		energy "$@" --root tree >out 2>err
		counters_end
		grep -q 'there may be more energy' err || return 0
	done
	skip "this machine is too busy"
}

# statuses ZONE: of its records, once each
statuses() {
	jq -r --arg zone "$1" 'select(.type == "energy" and .zone == $zone)
		.status' out | sort -u | xargs
}

@test "ten thousand wraps, each exact" {
	# 64 counters of AMD's range that go round in 100 ms, which takes
	# 655 kW, for 20 s: more than enough where others are busy, too.
	many=()
	for ((i = 0; i < 64; i++)); do
		many+=("z$i,name=package-$i,range=65532610987,unit=15258,\
start=$((i * 60000000)),add=40000000:45900000")
	done
	sampled truth "${many[*]}" ts -i 0.01 -n 2000 --max-watts 750000
	awk -F '\t' '{ print >("truth." $2) }' truth
	wraps=0
	for ((i = 0; i < 64; i++)); do
		got=$(grep "\"zone\":\"z$i\"" out |
			as_counted "truth.z$i" "z$i" 15258)
		echo "z$i: $got"
		wraps=$((wraps + ${got##* }))
	done
	[ "$wraps" -ge 10000 ]
}

@test "resets, EIO, a folder that vanishes: what is known is counted" {
	amd=range=65532610987,unit=15258
	intel=range=262143328850
	# The last is of no unit of the kernel's, and counts uJ.
	zones="r,name=package-0,$amd,add=1:1000,reset=70
		f,name=package-1,$intel,unit=61035,add=9,fail=300:200
		g,name=package-2,range=262143000000,add=7:70,gone=400:400"
	sampled truth "$zones" ts -i 0.005 -n 500
	[ "$(statuses r | grep -ow reset)" = reset ]
	[ "$(statuses f | grep -ow unreadable)" = unreadable ]
	[ "$(statuses g | grep -ow unreadable)" = unreadable ]
	[ "$(happened truth r reset)" -gt 10 ]
	# None that is read at all is missed, but the last ones.
	resets=$(grep '"zone":"r"' out | grep -c '"status":"reset"')
	[ "$resets" -ge $(($(happened truth r reset) - 5)) ]
	for zone in r,15258 f,61035 g,1000; do
		jq -c --arg zone "${zone%,*}" 'select(.zone == $zone)' out |
			as_counted truth "${zone%,*}" "${zone#*,}"
	done
}

@test "steps and empty files, as Scaphandre writes them" {
	two=add=1000000,every=500000
	way=way=empty
	# Each 500 ms, and each 20 ms; empty for 3 ms and 0.5 ms before.
	zones="scaphandre/slow/intel-rapl:0,$two,$way,gap=3000
		scaphandre/quick/intel-rapl:0,add=1:9,every=20000,$way,gap=500"
	sampled truth "$zones" ts -i 0.05 -n 50
	[ "$(statuses slow)" = "ok stale" ] ||
		[ "$(statuses slow)" = "missed ok stale" ]
	for zone in slow quick; do
		jq -c --arg zone "$zone" 'select(.zone == $zone)' out |
			as_counted truth "scaphandre/$zone/intel-rapl:0"
	done
	# 1 J each 500 ms is 2 W between changes, whenever they were seen.
	jq -s 'map(select(.zone == "slow" and .power_w != null).power_w)
		| length > 1 and min > 1.8 and max < 2.2' out | grep -x true
	grep -q 'written as by Scaphandre' err
	# One that counts power as if it was energy: 1 W is 1 J in a second.
	sampled truth "$zones" ts -i 0.05 -n 50 --scaphandre-fix
	jq -s 'map(select(.zone == "slow" and .power_w != null).power_w)
		| length > 1 and min > 0.9 and max < 1.1' out | grep -x true
}

@test "the zones of a machine with everything, none counted twice" {
	psys=range=4294967295000000,unit=1000000000
	all=range=262143328850,unit=61035
	zones="intel-rapl:0,name=package-0-die-0,$all,add=1000
		intel-rapl:0:0,name=core,$all,add=700
		intel-rapl:0:a,name=dram,$all,add=300
		intel-rapl:1,name=package-0-die-1,$all,add=1000,like=0
		intel-rapl:2,name=psys,$psys,add=1
		intel-rapl-mmio:0,name=package-0-die-0,$all,add=1000,like=0"
	sampled truth "$zones" ts -i 0.05 -n 10
	[ "$(jq -r 'select(.type == "energy_zone") |
		"\(.zone) \(.summed)"' out | xargs)" = \
		"intel-rapl:0 true intel-rapl:0:a true intel-rapl:2 false" ]
	for left in intel-rapl:0:0 intel-rapl:1 intel-rapl-mmio:0; do
		grep -q "$left .* is left out: " err
	done
	run -0 --separate-stderr tk-energy sum out
	[ "$(jq 'select(.type == "energy_sum" and .zone == null).energy_uj' \
		<<<"$output")" = "$(jq -s 'map(select(.type == "energy" and
			.zone != "intel-rapl:2").delta_uj) | add' out)" ]
}

@test "once reads in between: a counter goes round thirty times in it" {
	sampled truth "p,name=package-0,range=65532610987,unit=15258,\
add=40000000:45900000" once -d 3 --max-watts 750000
	[ "$(grep -c '"type":"energy",' out)" = 1 ]
	[ "$(happened truth p wrap)" -gt 25 ]
	as_counted truth p 15258 <out
}

@test "run reads in between, too" {
	for try in 1 2 3 4 5; do
		rm -rf tree
		counters truth "p,name=package-0,range=65532610987,unit=15258,\
add=40000000:45900000"
		energy run --root tree --max-watts 750000 -- sleep 2 >out 2>err
		counters_end
		grep -q 'there may be more energy' err || break
	done
	[ "$(grep -c '"type":"energy",' out)" = 1 ]
	[ "$(happened truth p wrap)" -gt 15 ]
	as_counted truth p 15258 <out
}
