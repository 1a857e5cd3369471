#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# tk-split(1): what belongs together stays together, and nothing gets lost

load helper
load split

spans=$data/spans.jsonl

# records LINE ...: a file of these records
records() {
	printf '%s\n' "$@" >in
}

# trace ID CATEGORY: the record that begins a stream
trace() {
	printf '{"type":"trace","trace_id":"%s","category":"%s"}\n' "$@"
}

# end N: the record that ends a stream of N
end() {
	printf '{"type":"end","records":%d,"lost":0,"lost_marks":0,"bad":0}\n' \
		"$1"
}

# groups SET: the traces of the spans of a set, a dot for those without one
groups() {
	column trace "dataset/$1.csv" | uniq | sed 's/^$/./' | paste -sd ' '
}

# rows FILE: its rows, without the names of the columns
rows() {
	tail -n +2 "dataset/$1.csv"
}

# many N: N spans of requests of four spans each, in five services
many() {
	awk -v n="$1" 'BEGIN {
		print "{\"type\":\"trace\",\"version\":1}"
		for (i = 0; i < n; i++)
			printf "{\"type\":\"span\",\"ts\":%d,\"trace\":%d," \
			    "\"span\":%d,\"parent\":%s,\"service\":\"s%d\"," \
			    "\"text\":\"0123456789012345678901234567890\"}\n",
			    i, i / 4 + 1, i + 1, i % 4 ? i : "null",
			    int(i / 4) % 5
	}'
	end "$1"
}

@test "draws the sets that CPython's random draws" {
	# Of the categories api (1, 3, 5), search (2, the orphans, 6) and web
	# (4), random.seed(42) makes choice take web, and shuffle put 3 and 5,
	# and 2 and the orphans, first.
	run -0 --separate-stderr tk-split -o dataset "$spans"
	[ "$output" = "" ]
	# Four groups, two and one, of nineteen rows; nothing is said besides.
	diff -w - <(printf '%s\n' "$stderr") <<-END
		                 rows  groups  categories
		train.csv           9       4           2
		test_seen.csv       6       2           2
		test_unseen.csv     4       1           1
		all.csv            19       7           3
	END
	[ "$(groups train)" = "2 3 . 5" ]
	[ "$(groups test_seen)" = "1 6" ]
	[ "$(groups test_unseen)" = 4 ]
	# And of random.seed(1): api, and 6 last of search.
	run -0 tk-split -o dataset -s 1 "$spans"
	[ "$(groups train)" = "2 4 ." ]
	[ "$(groups test_seen)" = 6 ]
	[ "$(meta .unseen_category)" = '"api"' ]
	run -0 tk-split -o dataset -s 18446744073709551615 "$spans"
	[ "$(groups train)" = "4 . 6" ]
	[ "$(groups test_seen)" = 2 ]
	run -0 tk-split -o dataset --no-unseen-split "$spans"
	[ "$(groups train)" = "1 3 4 . 6" ]
	[ "$(groups test_seen)" = "2 5" ]
	[ "$(rows test_unseen)" = "" ]
	[ "$(meta .unseen_category)" = null ]
}

@test "a request is in one set only, whatever the seed" {
	many 4000 >in
	for seed in 1 2 3 4 5; do
		tk-split -o dataset -s "$seed" in
		for set in train test_seen test_unseen; do
			[ "$(rows "$set" | wc -l)" -gt 0 ]
			column trace "dataset/$set.csv" | sort -u
		done | sort | uniq -d >torn
		[ ! -s torn ]
	done
}

@test "every row is in one set, as it was, and in all.csv" {
	many 4000 >in
	tk-split -o dataset in
	jq -r 'select(.type == "span") | [.ts, .trace, .span, .parent,
		.service, .text] | map(. // "") | join(",")' in | sort >want
	for set in train test_seen test_unseen; do
		rows "$set"
	done >sets
	sed 's/,[^,]*$//' sets | sort | diff want -
	rows all | diff sets -
	for set in train test_seen test_unseen all; do
		[ "$(head -n 1 "dataset/$set.csv")" = \
			ts,trace,span,parent,service,text,category ]
	done
	[ "$(meta '[.total_events, .num_traces]')" = "[4000,1000]" ]
	[ "$(meta '.train_events + .test_seen_events + .test_unseen_events')" \
		= 4000 ]
	[ "$(meta .train_events)" = "$(rows train | wc -l)" ]
	[ "$(meta .test_seen_events)" = "$(rows test_seen | wc -l)" ]
}

@test "the rows of a set keep the order of the input" {
	many 4000 >in
	tk-split -o dataset in
	for set in train test_seen test_unseen; do
		column ts "dataset/$set.csv" | sort -nc
	done
}

@test "the category is the root's service, the unseen one is nowhere else" {
	tk-split -o dataset "$spans"
	[ "$(column category dataset/test_unseen.csv | sort -u)" = web ]
	[ "$(column category dataset/train.csv | sort -u | paste -sd ' ')" = \
		"api search" ]
	run -1 grep -h ',web$' dataset/train.csv dataset/test_seen.csv
	# The database is no root, so none of its spans are a category.
	[ "$(meta .categories)" = '["api","search","web"]' ]
}

@test "the ratio is kept in each category, one group at least trains" {
	# 1000 requests in five services, one of which is held out.
	many 4000 >in
	for want in "0 4 796" "0.001 4 796" "0.5 400 400" "0.666 532 268" \
		"1 800 0"; do
		read -r ratio train seen <<<"$want"
		tk-split -o dataset -r "$ratio" in
		[ "$(groups train | wc -w)" = "$train" ]
		[ "$(groups test_seen | wc -w)" = "$seen" ]
		column category dataset/train.csv | sort | uniq -c |
			awk '{ print $1 }' | sort -u | wc -l >each
		[ "$(cat each)" = 1 ]
	done
}

@test "the same seed gives the same bytes, another one other sets" {
	many 4000 >in
	tk-split -o dataset in
	cp -r dataset before
	tk-split -o dataset <in
	for file in train test_seen test_unseen all; do
		cmp "before/$file.csv" "dataset/$file.csv"
	done
	diff <(jq 'del(.command, .inputs)' before/dataset_meta.json) \
		<(jq 'del(.command, .inputs)' dataset/dataset_meta.json)
	tk-split -o dataset -s 43 in
	run -1 cmp -s before/train.csv dataset/train.csv
}

@test "spans without a request stay with their tree" {
	tk-split -o dataset "$spans"
	[ "$(awk -F, '$3 == "" { print $4, $NF }' dataset/*.csv | sort -u |
		paste -sd ' ')" = "13 search 14 search" ]
	[ "$(grep -l '^[0-9]*,[0-9]*,,' dataset/t*.csv | wc -l)" -eq 1 ]
}

@test "requests of streams that were joined by cat are told apart" {
	cat "$spans" "$spans" >in
	tk-split -o dataset in
	[ "$(meta '[.total_events, .num_traces]')" = "[38,14]" ]
	cp "$spans" in
	tk-split -o dataset "$spans" - <in
	[ "$(meta '[.total_events, .num_traces]')" = "[38,14]" ]
}

@test "events are split by trace, with its id and category" {
	for i in 1 2 3 4 5 6; do
		trace "run$i" "c$((i % 3))"
		printf '{"type":"sched_wakeup","ts":%d}\n' "$i" "$((i + 10))"
		end 2
	done >in
	run -0 --separate-stderr tk-split -o dataset -r 0.5 in
	is ""
	run -1 grep '^tk-split: ' <<<"$stderr"
	[ "$(meta '[.num_traces, .csv_columns]')" = \
		'[6,["ts","trace_id","category"]]' ]
	for set in train test_seen test_unseen; do
		[ "$(rows "$set" | wc -l)" -eq 4 ]
		column trace_id "dataset/$set.csv" | sort | uniq -c |
			awk '$1 != 2 { exit 1 }'
	done
	[ "$(rows all | sort -n | head -n 1)" = 1,run1,c1 ]
}

@test "a record's own trace_id goes before its stream's" {
	records '{"type":"e","n":1,"trace_id":"a"}' \
		'{"type":"e","n":2,"trace_id":"b"}' \
		'{"type":"e","n":3,"trace_id":"a"}'
	tk-split -o dataset in
	[ "$(meta .num_traces)" = 2 ]
	[ "$(rows all | sort | paste -sd ' ')" = \
		"1,a,unknown 2,b,unknown 3,a,unknown" ]
}

@test "inputs without a trace record are a trace each" {
	records '{"type":"e","n":1}' '{"type":"e","n":2}'
	cp in other
	tk-split -o dataset in other
	[ "$(meta '[.num_traces, .categories]')" = '[2,["unknown"]]' ]
	[ "$(rows train | wc -l)" -eq 2 ]
}

@test "packed inputs are read" {
	gzip -c "$spans" >in.gz
	zstd -qc "$spans" >in.zst
	tk-split -o dataset in.gz in.zst
	[ "$(meta '[.total_events, .num_traces]')" = "[38,14]" ]
}

@test "columns are the keys as they come; what is missing or null is empty" {
	records '{"type":"e","b":1,"a":null}' '{"c":"x","type":"e","a":2}' \
		'{"type":"e"}' '{"type":"e","a":"","d":true,"f":[1,2]}'
	tk-split -o dataset -r 1 in
	is_file() { diff <(printf '%s\n' "$@") dataset/train.csv; }
	is_file b,a,c,d,f,category 1,,,,,unknown ,2,x,,,unknown ,,,,,unknown \
		',"",,true,"[1,2]",unknown'
}

@test "hostile strings come through: commas, quotes, newlines, any bytes" {
	records '{"type":"e","task":"a,b","n":1}' \
		'{"type":"e","task":"say \"x\"","n":2}' \
		'{"type":"e","task":"one\ntwo\r","n":3}' \
		'{"type":"e","task":"\\xff\\\\x41 \u00e9\u0000","n":4}' \
		'{"type":"e","\u006e":5,"task":"=1+1"}'
	tk-split -o dataset -r 1 in
	{
		printf '%s\n' task,n,category '"a,b",1,unknown' \
			'"say ""x""",2,unknown'
		printf '"one\ntwo\r",3,unknown\n'
		printf '\\xff\\\\x41 \303\251\\x00,4,unknown\n'
		printf '=1+1,5,unknown\n'
	} >want
	cmp want dataset/train.csv
	# Every line of it is in all.csv.
	cmp want dataset/all.csv
}

@test "several types need -t, which leaves the others out" {
	records '{"type":"a","x":1}' '{"type":"b","y":2}' '{"type":"a","x":3}'
	run -2 --separate-stderr tk-split -o dataset in
	says "tk-split: there are records of type 'a' and of type 'b': choose \
with -t"
	[ ! -e dataset ]
	run -0 tk-split -o dataset -t a in
	[ "$(meta '[.type, .total_events, .other_records, .csv_columns]')" = \
		'["a",2,1,["x","category"]]' ]
	run -1 --separate-stderr tk-split -o dataset -t c in
	says "tk-split: no records of type c"
	[ "$(meta .type)" = '"a"' ]
}

@test "switches and spans are taken without -t, whatever is beside them" {
	for usual in sched_switch/pid span/next_pid; do
		pid=${usual#*/} usual=${usual%/*}
		{
			trace t c
			echo '{"type":"a","x":1}'
			echo '{"type":"b","y":2}'
			printf '{"type":"%s","ts":1,"trace":1,"next_pid":3}\n' \
				"$usual"
			echo '{"type":"a","x":4}'
			printf '{"type":"%s","ts":2,"trace":1,"next_pid":5}\n' \
				"$usual"
		} >in
		run -0 --separate-stderr tk-split -o dataset in
		[ "$(meta '[.type, .total_events, .other_records]')" = \
			"[\"$usual\",2,3]" ]
		[ "$(meta .num_traces)" = 1 ]
		[ "$(column "$pid" dataset/all.csv | paste -sd ' ')" = "3 5" ]
	done
	records '{"type":"a"}' '{"type":"span"}' '{"type":"sched_switch"}'
	run -2 --separate-stderr tk-split -o dataset in
	says "tk-split: there are records of type 'span' and of type \
'sched_switch': choose with -t"
}

@test "bad lines are told, counted and left out" {
	records '{"type":"e","n":1}' 'nonsense' '{"type":"e","n":' '[]' \
		'{"n":2}' '{"type":7}' '{"type":"e","n":3}'
	run -0 --separate-stderr tk-split -o dataset in
	[ "$(grep -c '^tk-split: in:[2-6]: ' <<<"$stderr")" -eq 5 ]
	[ "$(meta '[.total_events, .bad]')" = "[2,5]" ]
	run -3 tk-split --strict -o dataset in
	[ "$(meta '[.total_events, .bad]')" = "[2,5]" ]
}

@test "spans whose numbers are none are bad" {
	records '{"type":"span","trace":"1"}' '{"type":"span","trace":1.5}' \
		'{"type":"span","trace":1,"parent":[1]}' \
		'{"type":"span","trace":1,"service":7}'
	run -0 --separate-stderr tk-split -o dataset in
	[ "$(meta '[.total_events, .bad, .num_traces]')" = "[1,3,1]" ]
}

@test "a line of thousands of keys is bad, and takes no columns" {
	awk 'BEGIN { printf "{\"type\":\"e\""
		for (i = 0; i < 5000; i++) printf ",\"k%d\":1", i
		print "}" }' >in
	echo '{"type":"e","a":1}' >>in
	run -0 tk-split -o dataset in
	[ "$(meta '[.csv_columns, .bad]')" = '[["a","category"],1]' ]
}

@test "a record that brings more than 4094 keys is bad, others are not" {
	{
		trace x c
		awk 'BEGIN { for (i = 0; i < 4094; i++)
			printf "{\"type\":\"e\",\"k%d\":1}\n", i }'
		printf '{"type":"e",%s}\n' '"k4094":1' '"k7":1,"k4094":1' \
			'"k0":1' '"k1":1,"k2":1,"trace_id":"x"'
		end 4098
	} >in
	run -0 --separate-stderr tk-split -o dataset in
	[ "$(meta '[.total_events, .bad, (.csv_columns | length)]')" = \
		"[4096,2,4096]" ]
	says 'tk-split: in:4096: too many columns: `{"type":"e","k4094":1}'"'"
}

@test "--window: rows of other groups may stand between those of a window" {
	# Three rows of each of two traces that take turns: two windows each.
	for i in 1 2 3; do
		for id in a b; do
			trace "$id" c
			printf '{"type":"e","n":%d}\n' "$i"
			end 2
		done
	done >in
	run -0 --separate-stderr tk-split --window 2 -r 1 -o dataset in
	[ "$(column trace_id dataset/train.csv | paste -sd ' ')" = \
		"a b a b a b" ]
	[ "$(awk '$1 == "train.csv" { print $NF }' <<<"$stderr")" -eq 4 ]
}

@test "trace text is taken like records, its trace named by the file" {
	records '  bash-1 [000] 1.000001: sys_exit_read: 0x5' \
		'  bash-1 [000] 1.000002: sys_exit_read: 0x6'
	run -1 --separate-stderr tk-split -o dataset in
	says "tk-split: no records of type sched_switch"
	run -0 --separate-stderr tk-split -o dataset -t sys_exit_read in
	[ "$(cat dataset/all.csv)" = "ts,cpu,task,tid,ret,workload_type,\
trace_id,category
1000001000,0,bash,1,5,in,in,in
1000002000,0,bash,1,6,in,in,in" ]
}

@test "a file that holds nothing: no data set, status 1" {
	: >in
	run -1 --separate-stderr tk-split -o dataset in
	says "tk-split: no records"
	says "tk-split: dataset: no data set was written"
	[ ! -e dataset ]
}

@test "an input cut short is told; status 3 with --strict" {
	head -n 12 "$spans" >in
	run -0 --separate-stderr tk-split -o dataset in
	says "tk-split: the input was cut short: a trace has no end record"
	[ "$(meta .cut_short)" = true ]
	run -3 tk-split --strict -o dataset in
	[ "$(meta .total_events)" = 11 ]
	run -0 tk-split --strict -o dataset "$spans"
	[ "$(meta .cut_short)" = false ]
}

@test "events that were lost are told; status 3 with --strict" {
	records '{"type":"trace"}' '{"type":"lost","ts":1,"cpu":0,"count":7}' \
		'{"type":"lost","ts":2,"cpu":0,"count":null}' '{"type":"e"}' \
		'{"type":"end","records":1,"lost":7,"lost_marks":2,"bad":4}'
	run -0 --separate-stderr tk-split -o dataset in
	says "tk-split: 7 events were lost in 2 places"
	says "tk-split: 4 lines were bad before they came here"
	[ "$(meta '[.lost, .lost_marks, .bad]')" = "[7,2,4]" ]
	run -3 tk-split --strict -o dataset in
}

@test "a set without rows has a file of column names, and a warning" {
	records '{"type":"e","a":1}'
	run -0 --separate-stderr tk-split -o dataset -r 1 in
	says "tk-split: test_unseen.csv is empty: to hold one out takes \
3 categories, there is 1"
	says "tk-split: test_seen.csv is empty: no trace with rows is left \
beside those that train"
	[ "$(cat dataset/test_seen.csv dataset/test_unseen.csv)" = \
		"$(printf 'a,category\na,category')" ]
	run -0 --separate-stderr tk-split --no-unseen-split -r 1 -o dataset in
	[ "$(grep -c '^tk-split: ' <<<"$stderr")" -eq 1 ]
}

@test "files of an earlier data set do not survive" {
	tk-split -o dataset "$spans"
	[ "$(rows test_unseen)" != "" ]
	records '{"type":"e","a":1}'
	tk-split -o dataset in
	[ "$(cat dataset/test_unseen.csv)" = a,category ]
	[ "$(find dataset -type f | wc -l)" -eq 5 ]
}

@test "no records: status 1, and what was there stays" {
	tk-split -o dataset "$spans"
	cp -r dataset before
	run -1 --separate-stderr tk-split -o dataset </dev/null
	says "tk-split: no records"
	diff -r before dataset
	run -1 tk-split -o fresh </dev/null
	[ ! -e fresh ]
}

@test "an input that cannot be read: status 1, and what was there stays" {
	tk-split -o dataset "$spans"
	cp -r dataset before
	run -1 --separate-stderr tk-split -o dataset /nonexistent "$spans"
	says "tk-split: /nonexistent: No such file or directory"
	run -1 --separate-stderr tk-split -o dataset "$spans" /nonexistent
	many 4000 | gzip -c | head -c 2000 >in
	run -1 --separate-stderr tk-split -o dataset in
	diff -r before dataset
}

@test "a directory that cannot be written: status 1 with its name" {
	echo text >dataset
	run -1 --separate-stderr tk-split -o dataset "$spans"
	says "tk-split: dataset: Not a directory"
	[ "$(cat dataset)" = text ]
	run -1 --separate-stderr tk-split -o no/such "$spans"
	says "tk-split: no/such: No such file or directory"
	mkdir -p other/train.csv
	run -1 --separate-stderr tk-split -o other "$spans"
	says "tk-split: other/train.csv: Is a directory"
	[ "$(find other | wc -l)" -eq 2 ]
	[ "$(id -u)" -ne 0 ] || skip "root writes everywhere"
	mkdir -m 500 closed
	run -1 --separate-stderr tk-split -o closed "$spans"
	says "tk-split: closed/train.csv: Permission denied"
}

@test "a full disk: status 1, and nothing half done" {
	tk-split -o dataset "$spans"
	cp -r dataset before
	# Rows that wait are too many; columns that come late make them longer.
	many 20000 >long
	awk 'BEGIN { for (i = 0; i < 20000; i++) print "{\"type\":\"e\"}"
		printf "{\"type\":\"e\""
		for (i = 0; i < 500; i++) printf ",\"k%d\":1", i
		print "}" }' >late
	for in in long late; do
		run -1 --separate-stderr bash -c \
			"ulimit -f 900; tk-split -o dataset $in"
		grep -q '^tk-split: .*: File too large$' <<<"$stderr"
		says "tk-split: dataset: no data set was written"
		diff -r before dataset
	done
	says "tk-split: dataset/train.csv: File too large"
	run -1 --separate-stderr env TMPDIR=/nonexistent tk-split "$spans"
	says "tk-split: /nonexistent: No such file or directory"
	[ "$(find . -name '.?*' | wc -l)" -eq 0 ]
}

@test "a run that is stopped leaves nothing behind" {
	mkfifo pipe
	tk-split -o dataset "$spans"
	cp -r dataset before
	for signal in INT TERM KILL; do
		env --default-signal=INT tk-split -o dataset pipe \
			3>&- 2>said &
		pid=$!
		exec 9>pipe
		head -n 8 "$spans" >&9
		kill -s "$signal" "$pid"
		status=0
		wait "$pid" || status=$?
		[ "$status" -eq $((128 + $(kill -l "$signal"))) ]
		[ "$signal" = KILL ] || grep -qx \
			"tk-split: interrupted: no data set was written" said
		exec 9>&-
		diff -r before dataset
		[ "$(find . -name 'tracekit-*' | wc -l)" -eq 0 ]
	done
}

@test "the rows are not held in memory" {
	[ -z "${TK_SAN-}" ] || skip "the sanitizers reserve all of it"
	# 60 MB of rows in a few groups, where 40 MB of memory may be had.
	for i in 1 2 3 4 5 6; do
		trace "t$i" "c$i"
		yes '{"type":"e","text":"'"$(printf '%0500d' 0)"'"}' |
			head -n 20000
		end 20000
	done >in
	run -0 bash -c 'ulimit -v 40000; tk-split -o dataset in'
	[ "$(meta .total_events)" = 120000 ]
}

@test "a seed is what int() of python3 takes, and draws what that draws" {
	python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
		skip "python3 is missing, or older than 3.11"
	# Of one category with twenty groups, r 0.05: the first of the shuffle.
	for i in {0..19}; do
		trace "$i" c
		for ts in 1000 2000; do
			printf '{"type":"sched_switch","ts":%d,"cpu":0,' "$ts"
			printf '"prev_comm":"a","prev_pid":1,"prev_prio":120,'
			printf '"prev_state":"S","next_comm":"b","next_pid":'
			printf '%d,"next_prio":120}\n' "$i"
		done
		end 2
	done >in
	long=$(printf '%04299d' 0)
	for seed in 42 ' 42' $'\t-7\n' +1_0 1_2_3 00 -0 -000_5 "${long//0/9}8" \
		"-${long}7" "1${long}0" "${long}00" '' - + +-1 1_ _1 1__0 \
		'1 0' '- 1' 1.0 0x1 $'\x1f3' $'\b3' 18446744073709551616; do
		rm -rf dataset
		want=$(python3 - "$seed" <<-'END'
			import random, sys
			try:
			    seed = int(sys.argv[1])
			    random.seed(seed)
			    drawn = list(range(20))
			    random.shuffle(drawn)
			    print(drawn[0], seed)
			except ValueError:
			    print("none")
		END
		)
		for manner in "" --compat; do
			tk-split $manner -r 0.05 -o dataset -s "$seed" in \
				2>/dev/null || [ "$want" = none ]
			got=none
			[ ! -e dataset ] || got="$(column pid \
				dataset/train.csv | head -n 1) $(sed -n \
				's/^  "seed": //p' dataset/dataset_meta.json |
				tr -d '",')"
			[ "$got" = "$want" ] || fail "-s '$seed': $got"
		done
	done
}

@test "what is no seed and no ratio is refused, the status is 2" {
	for seed in '' x 1x '1 2' 1__2 _1 1.5 0x10 nan; do
		run -2 --separate-stderr tk-split -s "$seed" "$spans"
		says "tk-split: -s $seed: not an integer of up to 4300 digits"
	done
	for ratio in '' x -1 2 1.0001 nan inf 0x1 ' 1' 80%; do
		run -2 --separate-stderr tk-split -r "$ratio" "$spans"
		says "tk-split: -r $ratio: not from 0 to 1"
	done
	run -2 --separate-stderr env SOURCE_DATE_EPOCH=today tk-split "$spans"
	[ ! -e traces ]
}

@test "the options have the names that their users know" {
	run -0 tk-split --output-dir dataset --train-ratio 0.5 --seed 7 \
		--no-unseen-split --type span "$spans"
	[ "$(meta '[.train_ratio, .seed, .unseen_category]')" = "[0.5,7,null]" ]
	run -0 tk-split "$spans"
	[ -f traces/train.csv ]
}

@test "dataset_meta.json tells what was done, in keys of one order" {
	tk-split -o dataset -s 7 "$spans"
	[ "$(meta 'keys_unsorted | join(" ")')" = "\"total_events train_events \
test_seen_events test_unseen_events train_ratio seed unseen_category \
categories num_traces csv_columns created_at type other_records lost \
lost_marks bad cut_short divided version command files inputs\"" ]
	[ "$(meta .created_at)" = '"2001-09-09T01:46:40Z"' ]
	[ "$(meta .command)" = "\"tk-split -o dataset -s 7 $spans\"" ]
	[ "$(meta '.csv_columns | join(",")')" = \
		"\"$(head -n 1 dataset/all.csv)\"" ]
}

@test "on a terminal it shows what went where" {
	script -qec true /dev/null </dev/null >/dev/null 2>&1 ||
		skip "script(1) or pseudo-terminals are missing here"
	run -0 script -qec "tk-split -o dataset $spans" /dev/null </dev/null
	[[ $output == *"train.csv"*9*4*2* ]]
	[[ $output == *"test_unseen.csv"*4*1*1* ]]
}

@test "each file of spans tells the times of its rows" {
	tk-split -o dataset "$spans"
	for name in train test_seen test_unseen all; do
		want=$(column ts "dataset/$name.csv" | sort -n |
			sed -n '1p;$p' | xargs)
		[ "$(meta ".files[] | select(.name == \"$name.csv\") |
			\"\\(.first) \\(.last)\"")" = "\"$want\"" ]
	done
}
