#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# The pipelines do what their first lines say

load helper

pipelines=$root/pipelines

setup() {
	cd "$BATS_TEST_TMPDIR" || return
}

# span NUMBER PARENT SERVICE START DURATION
span() {
	printf '{"type":"span","ts":%s,"dur":%s,"trace":1,"span":%s,' \
		"$4" "$5" "$1"
	printf '"parent":%s,"service":"%s","lost":false}\n' "$2" "$3"
}

# columns WORD ...: the columns of a service's line in "table"
columns() {
	awk -v name="$1" '$1 == name { $1 = ""; print substr($0, 2) }' table
}

@test "service-times: percentiles are the times of real requests" {
	# 1 to 100 ms, in disorder: the rank of each is its time.
	for ((i = 1; i <= 100; i++)); do
		span $i null web $((i * 1000000000)) $((i * 37 % 101 * 1000000))
	done | "$pipelines/service-times" >table
	[ "$(columns web)" = \
		"100 50.000 95.000 99.000 100.000 5050.000 100.0" ]
	# Of three the 50th percentile is the second, the 95th the third.
	for i in 3 1 2; do
		span $i null web $i ${i}000
	done | "$pipelines/service-times" >table
	[ "$(columns web)" = "3 0.002 0.003 0.003 0.003 0.006 100.0" ]
}

@test "service-times: self time is without calls, overlapping or not" {
	{
		span 1 null web 1700000000999000000 10000000
		# from 1 to 4 ms and from 2 to 6: 5 ms in all
		span 2 1 auth 1700000001000000000 3000000
		span 3 1 auth 1700000001001000000 4000000
		# within the first of them
		span 4 1 auth 1700000001002000000 1000000
		# from 9 ms to 2 ms after the end: 1 ms, with a call of its own
		span 5 1 db 1700000001008000000 3000000
		span 6 5 disk 1700000001009000000 500000
		# an answer was not seen: not counted
		span 7 null web 1700000002000000000 null
	} | "$pipelines/service-times" >table
	[ "$(columns web | cut -d ' ' -f 1,2,6)" = "1 10.000 4.000" ]
	[ "$(columns auth | cut -d ' ' -f 1,2,6)" = "3 3.000 8.000" ]
	[ "$(columns db | cut -d ' ' -f 1,2,6)" = "1 3.000 2.500" ]
	[ "$(columns disk | cut -d ' ' -f 1,2,6)" = "1 0.500 0.500" ]
	# 15 ms in all
	[ "$(columns web | cut -d ' ' -f 7)" = 26.7 ]
}

@test "service-times: without spans there is a head and no line" {
	run -0 --separate-stderr "$pipelines/service-times" /dev/null
	[ "${#lines[@]}" -eq 1 ]
	[ "$stderr" = "" ]
}

@test "request-flow: spans, a table and a data set of them" {
	"$pipelines/request-flow" requests -g 172.24.0.1 \
		-i "$data/flow/chain4/pids.txt" \
		"$data/flow/chain4/report.txt.zst" 2>/dev/null
	[ "$(grep -c '"type":"span"' requests/spans.jsonl)" -eq 800 ]
	run -0 awk 'NR > 1 { print $1, $2 }' requests/services.txt
	is "$(printf '%s 200\n' auth backend frontend redis)"
	[ "$(tail -n +2 requests/dataset/all.csv | wc -l)" -eq 800 ]
	run -2 "$pipelines/request-flow"
	run -1 "$pipelines/request-flow" other /nonexistent
}

# zone FOLDER NAME MICROJOULES [RANGE]: a counter as powercap has it
zone() {
	mkdir -p "$1"
	echo "$2" >"$1/name"
	echo "$3" >"$1/energy_uj"
	[ -z "${4-}" ] || echo "$4" >"$1/max_energy_range_uj"
}

# A command that takes so many microjoules of a zone, by an integer law.
use() {
	echo "f=$1/energy_uj; echo \$(((\$(cat \$f) + $2) % $3)) >\$f"
}

# cells WORD: the first column of joules and that of watts, in "table"
cells() {
	awk -v name="$1" '$1 == name { print $2, $3 }' table
}

@test "energy-of-a-command: joules of what is summed, mean and spread" {
	# Two to the 32 of the kernel's unit, of 61035 nJ.
	local take round=262143328911

	# Nothing is counted twice: psys and core hold the same energy.
	zone tree/intel-rapl:0 package-0 $((round - 75000000)) 262143328850
	zone tree/intel-rapl:0/intel-rapl:0:0 core 1000000 262143328850
	zone tree/intel-rapl:0/intel-rapl:0:2 dram 1000000 65712999613
	zone tree/intel-rapl:1 psys 1000000 262143328850
	take="$(use tree/intel-rapl:0 '50000000 + $(cat n) * 1000000' $round)
		$(use tree/intel-rapl:0/intel-rapl:0:0 40000000 $round)
		$(use tree/intel-rapl:0/intel-rapl:0:2 3000000 65712999614)
		$(use tree/intel-rapl:1 70000000 $round)
		echo \$((\$(cat n) + 1)) >n; echo out"
	echo 0 >n
	# 53, 54 and 55 J, at once; the package goes round in the second run.
	"$pipelines/energy-of-a-command" -r 3 -o energy.jsonl --root tree \
		--max-watts 1000000 -- sh -c "$take" >table 2>messages
	[ "$(grep -cx out messages)" -eq 3 ]
	run -0 awk '{ printf "%s %.3f\n", $1, $2 }' <(tail -n +2 table)
	is "$(printf '%s\n' '1 53.000' '2 54.000' '3 55.000' 'mean 54.000' \
		'spread 1.000')"
	# Watts are those joules in those seconds, and in the time in which not
	# all zones were measured: none of them has more.
	awk 'NR > 1 && NR < 5 { d = $2 / $4 / $3 - 1
		n += d > -1e-4 && d < $5 / $4 + 1e-4 }
		END { exit n != 3 }' table
	[ "$(grep -c '"type":"trace"' energy.jsonl)" -eq 3 ]
	[ "$(grep -c '"status":"wrap"' energy.jsonl)" -eq 1 ]
}

@test "energy-of-a-command: ends with the first run that fails" {
	zone tree/intel-rapl:0 package-0 1000000 262143328850
	run -7 --separate-stderr "$pipelines/energy-of-a-command" -r 3 \
		--root tree -- sh -c 'echo 6000000 >tree/intel-rapl:0/energy_uj
			exit 7'
	[ "${#lines[@]}" -eq 2 ]
	[[ ${lines[1]} == "1 "*" 5.000000 "* ]]
	run -127 "$pipelines/energy-of-a-command" --root tree -- /nonexistent
	run -2 "$pipelines/energy-of-a-command" -r 0 -- true
	run -2 "$pipelines/energy-of-a-command" -r 2
	run -2 "$pipelines/energy-of-a-command" -f text -- true
	run -2 "$pipelines/energy-of-a-command" --format=csv -- true
	mkdir none
	echo before >energy.jsonl
	run -1 "$pipelines/energy-of-a-command" -o energy.jsonl --root none \
		-- touch ran
	[ ! -e ran ]
	[ "$(cat energy.jsonl)" = before ]
	run -1 "$pipelines/energy-of-a-command" -o no/where --root tree \
		-- touch ran
	[ ! -e ran ]
}

@test "energy-of-a-command: what was not measured is no energy" {
	zone tree/intel-rapl:0 package-0 9000000000 262143328850
	# It begins anew in the second run.
	"$pipelines/energy-of-a-command" -r 3 --root tree -- sh -c '
		f=tree/intel-rapl:0/energy_uj
		case $(cat $f) in
		9000000000) echo 9010000000 >$f ;;
		9010000000) echo 5 >$f ;;
		*) echo 20000005 >$f ;;
		esac' >table 2>messages
	[ "$(cells 2)" = "- -" ]
	[ "$(cells mean | cut -d ' ' -f 1)" = 15.000000 ]
	grep -q 'began anew: 1$' messages
	# A zone that is not summed is none of it, and told by tk-energy.
	zone board/intel-rapl:1 psys 1000000 262143328850
	"$pipelines/energy-of-a-command" --root board -- true >board.table
	[ "$(awk '{ $1 = $1; print }' board.table | tail -n 1)" = "1 - - - -" ]
	# The table tells which run it was.
	run -0 awk 'NR > 1 && NR < 5 { print ($5 > 0) }' table
	is "$(printf '%s\n' 0 1 0)"
}

@test "demo: trees, services and files, and the commands that made them" {
	run -0 "$pipelines/demo"
	for text in 'request 1 at ' '$ tk-krflow -o tree ' '$ tk-split -o ' \
		'service   requests ' 'backend        200 ' \
		'   640  ' 'train.csv' 'The files are in '; do
		grep -qF -e "$text" <<<"$output" || fail "$text"
	done
}

# node FOLDER PID START END: a task of a node, measured each second
node() {
	local ts

	mkdir -p "$1/CTS"
	echo '{"node":"vm0","cpu_cores":4,"mem_mb":8000,"cpu_freq_mhz":2000}' \
		>"$1/node_meta.json"
	printf '{"trace_id":"t%s","pid":%s,"ts_enqueue":%s,' "$2" "$2" "$3" \
		>"$1/CTS/invocations.jsonl"
	printf '"ts_start":%s,"ts_end":%s}\n' "$3" "$4" \
		>>"$1/CTS/invocations.jsonl"
	for ((ts = $3 + 1000; ts <= $4; ts += 1000)); do
		printf '{"ts_ms":%s,"pid":%s,"dt_ms":1000,' "$ts" "$2"
		printf '"cpu_ms":500,"rss_kb":2048}\n'
	done >"$1/CTS/proc_metrics.jsonl"
}

@test "opendc-export: a workload, its nodes and an experiment" {
	# 2 s that were measured; 3.6 s, of them 0.6 s behind the last sample.
	node c0 7 1700000000000 1700000002000
	node c1 7 1700000001000 1700000004600
	"$pipelines/opendc-export" -o replay -- c0 c1 >table
	[ "$(awk '$1 == "c0" { print $2, $3, $4, $5, $6 }' table)" = \
		"1 0 2 2 0" ]
	[ "$(awk '$1 == "c1" { print $2, $3, $4, $5, $6 }' table)" = \
		"1 0 4 3 0.6" ]
	[ "$(jq -r '.topologies[0].pathToFile, .workloads[0].pathToFile' \
		replay/experiment.json)" = $'topology.json\nworkload' ]
	[ "$(jq -r '.clusters[0].hosts[0] | .count, .cpu.coreCount' \
		replay/topology.json)" = $'2\n4' ]
	[ "$(wc -l <replay/ids.csv)" -eq 3 ]
	# Half of a core of 2000 MHz, for all of the tasks' times.
	tk-from-parquet replay/workload/fragments.parquet >fragments
	[ "$(jq -s 'map(.duration) | add' fragments)" -eq 5600 ]
	[ "$(jq '.cpu_usage == 1000' fragments | sort -u)" = true ]
	[ "$(ls -A replay)" = "$(printf '%s\n' experiment.json ids.csv \
		topology.json workload)" ]
}

@test "opendc-export: what cannot be read leaves the folder as it was" {
	node run 7 1700000000000 1700000002000
	run -1 "$pipelines/opendc-export" -o replay -- run none
	[ ! -e replay ]
	mkdir replay
	run -1 "$pipelines/opendc-export" -o replay -- run none
	[ "$(ls -AR replay)" = replay: ]
	echo old >replay/ids.csv
	run -1 "$pipelines/opendc-export" -o replay -- run none
	[ "$(ls -AR replay)" = $'replay:\nids.csv' ]
	run -2 "$pipelines/opendc-export" -g v4 -- run
	run -2 "$pipelines/opendc-export" -o replay --topology=x -- run
	run -2 "$pipelines/opendc-export" -o replay
}
