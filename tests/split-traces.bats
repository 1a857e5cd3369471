#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# tk-split(1) on a collection of traces: the rows of their switches
#
# tests/data/dataset is twelve runs of six workloads, as collect_traces.py of
# KernelOracle recorded them.

load helper
load split

# as_original RAW SEED RATIO [--no-unseen-split]: both make the same files
as_original() {
	rm -rf ours theirs
	python3 "$root/tests/original.py" "$1" theirs "${@:2}" >held_out
	tk-split --compat -o ours -s "$2" -r "$3" "${@:4}" "$1" 2>stderr
	[ "$(meta '.unseen_category // "None"' ours)" = "\"$(cat held_out)\"" ]
	diff -r ours theirs
}

# traces NAME=ROWS ...: files raw/NAME.txt with so many switches
traces() {
	local spec i

	mkdir -p raw
	for spec; do
		for ((i = 0; i < ${spec#*=}; i++)); do
			switch "$((i + 1)).000000" "t$i"
		done >"raw/${spec%=*}.txt"
	done
}

# sums: compares the digests in dataset_meta.json with those of sha256sum
sums() {
	local trace

	meta '.files[] | [.sha256, .bytes, .name]' >got
	for name in train test_seen test_unseen all; do
		sha256sum <"dataset/$name.csv" | cut -c -64
		wc -c <"dataset/$name.csv"
		echo "$name.csv"
	done | jq -Rc '[., (input | tonumber), input]' | diff got -
	meta '(.inputs // .traces)[]' | while read -r trace; do
		jq -r '.paths // [.path] | .[]' <<<"$trace" | xargs cat |
			sha256sum | cut -c -64 |
			diff <(jq -r .sha256 <<<"$trace") -
	done
}

# told NAME CATEGORY: a document beside a trace
told() {
	jq -n --arg id "$1" --arg workload "${1%_run*}" --arg category "$2" \
		'{trace_id: $id, workload_name: $workload, $category}' \
		>"raw/$1.json"
}

@test "--compat: the bytes that the original published for seed 42" {
	run -0 tk-split --compat --seed 42 -o dataset "$raw"
	(cd dataset && sha256sum train.csv test_seen.csv test_unseen.csv \
		all.csv | cut -c -64) >sums
	diff sums - <<'END'
95c76980aeb54390a0a2ff96d05f31e5bca3e71859570554a03ffd1be5cc7607
d0b64d60a95616f86cef22f22d45d2b1a1b741eec11b204510ce018e43a31d50
311f7bbe9f0195b44c8b9f00fcb4b5377b5d824db52669d3bce6f5b99e456320
3b3aab793e09afb8ff3f9da94d46945b430240a639c31e84271b34ba816a248e
END
	[ "$(cat dataset/dataset_meta.json)" = '{
  "total_events": 83009,
  "train_events": 45748,
  "test_seen_events": 33781,
  "test_unseen_events": 3480,
  "train_ratio": 0.8,
  "seed": 42,
  "unseen_category": "cpu_bound",
  "categories": [
    "cpu_bound",
    "hackbench",
    "io_mixed",
    "sysbench_cpu",
    "sysbench_threads"
  ],
  "num_traces": 12,
  "csv_columns": [
    "timestamp",
    "time_diff",
    "task_name",
    "pid",
    "cpu",
    "prev_state",
    "prev_comm",
    "workload_type",
    "trace_id"
  ],
  "created_at": "2001-09-09T01:46:40"
}' ]
	[ "$(tail -c 1 dataset/dataset_meta.json)" = '}' ]
}

@test "--compat: other seeds and ratios, beside another implementation" {
	need_python
	for seed in 0 1 7 -42 18446744073709551621; do
		for ratio in 0 0.5 0.8 1; do
			as_original "$raw" "$seed" "$ratio"
		done
		as_original "$raw" "$seed" 0.3 --no-unseen-split
	done
}

@test "--compat: the document tells any ratio and seed as json.dump does" {
	need_python
	traces a_run0=3 b_run0=2 c_run0=1
	for ratio in 0 0.0 1 1.0 0.30000000000000004 0.1 1e-5 0.0001 1e-4 \
		1e-300 2.5e-10 5e-324 0.00012345 0.9999999999999999; do
		as_original raw 42 "$ratio"
	done
	grep -qx '  "train_ratio": 0.9999999999999999,' ours/dataset_meta.json
	for seed in 0 -1 0042 123456789012345678901234567890; do
		as_original raw "$seed" 1e-05
	done
	grep -qx '  "train_ratio": 1e-05,' ours/dataset_meta.json
}

@test "--compat: the last rows of all where no trace is left to test with" {
	need_python
	traces a_run0=3 b_run0=9 c_run0=4 b_run1=0
	for seed in 0 1 2; do
		for ratio in 0 0.01 0.5 0.99 1; do
			as_original raw "$seed" "$ratio"
			as_original raw "$seed" "$ratio" --no-unseen-split
		done
	done
	grep -q 'test_seen.csv is empty' stderr
}

@test "--compat: names as hostile as a kernel lets them be" {
	need_python
	mkdir raw
	zstdcat "$data/source/nasty/trace.default.txt.zst" >raw/a_run0.txt
	zstdcat "$data/source/nasty/trace.default.txt.zst" | tac >raw/b_run0.txt
	as_original raw 1 0.5
	# It reads fewer than the 633 switches that there are.
	tk-split --compat -o dataset raw/a_run0.txt
	[ "$(meta .total_events)" -lt 633 ]
}

@test "--compat: categories and workloads where documents are missing" {
	need_python
	traces io_mixed_run0=2 io_mixed_run1=3 hackbench_pipe_run_run2=1 \
		plain=2 a-b=1 a=2 'x,y "z"_run1=4' _run7=1
	told io_mixed_run0 io_mixed
	echo '{"trace_id":"other"}' >raw/plain.json
	for seed in 1 2 3 4 5 6; do
		as_original raw "$seed" 0.6
	done
}

@test "--compat: times and lines of other forms" {
	need_python
	mkdir raw
	{
		switch 1.5 a
		switch 1.25000049 b
		switch 0004.000000001 c
		switch 1 d
		switch 9007199254.740993 e
		switch 9007199254.740992 f
		switch 123456789012345678.9 g
		switch 4194304.000001 h
		switch 8640000.123456 h
		switch 8640000.123457 h
		printf '[1]x2.5: sched_switch: prev_comm=a prev_pid=1 '
		printf 'prev_prio=1 prev_state=S ==> next_comm=b next_pid=2 '
		printf 'next_prio=3 more next_pid=9 next_prio=9\n'
		switch 5.000000 '' y
		switch 5.000001 y ''
		switch 5.000002 'a,b' 'say "x"'
		switch 5.000003 $'\u00a0\u3000' $'tail\u2003\u0085'
		switch 5.000004 'a prev_pid=1' 'b next_pid=2'
		switch 5.000005 '[7]' '#'
		switch 5.000006 $'cr\rcr' x
		switch 5.000007 $'\xff\xfe' $'\xc2'
		printf '  #'
		switch 5.000008 a
	} >raw/a_run0.txt
	as_original raw 1 0.5
}

@test "--compat: lines damaged at random, in some of all ways" {
	need_python
	mkdir raw
	files=("$raw"/*.txt.gz)
	for seed in {1..30}; do
		python3 "$root/tests/damage.py" "${files[seed % 12]}" \
			"$seed" 200 >raw/a_run0.txt
		as_original raw 1 0.5
	done
	# Long enough for threads to read ahead.
	for seed in 31 32; do
		python3 "$root/tests/damage.py" \
			"$raw/sysbench_threads_8t_run0.txt.gz" "$seed" 9000 \
			>raw/a_run0.txt
		as_original raw 1 0.5
	done
}

@test "--compat: a switch in a line of something else" {
	need_python
	mkdir raw
	{
		switch 1.000000 a
		# A program may write what it likes to trace_marker.
		printf 'x-1 [001] d..2. 2.5: tracing_mark_write: '
		switch 3.000000 b
		printf 'CPU:0 [LOST 5 EVENTS] '
		switch 4.000000 c
		printf '# a comment\r'
		switch 5.000000 d
	} >raw/a_run0.txt
	as_original raw 1 1
	[ "$(wc -l <ours/all.csv)" -eq 5 ]
}

@test "--compat of a binary trace is that of the kernel's text of it" {
	zstdcat "$data/source/small/trace.default.txt.zst" >cpu0.txt
	tk-split --compat -o want cpu0.txt
	tk-split --compat -o dataset --formats "$data/source/formats" \
		"$data"/source/small/cpu[01].raw.zst
	[ "$(meta .total_events)" -gt 1000 ]
	rm want/*.json dataset/*.json
	diff -rq want dataset
}

@test "by default: LF, plain integers, exact differences, as the kernel said" {
	run -0 tk-split -o dataset "$raw"
	gunzip -c "$raw"/sysbench_cpu_4t_run0.txt.gz | grep sched_switch: |
		sed 's/.*\[\([0-9]*\)\][^:]* \([0-9.]*\): .* prev_state=\(.*\)'`
		`' ==> .* next_pid=\([0-9]*\) .*/\2 \1 \4 \3/' |
		awk '{ split($1, t, "."); us = t[1] * 1000000 + t[2]
			d = NR > 1 ? us - last : 0; last = us
			printf "%s,%d.%06d,%d,%d,%s\n", $1,
			    d / 1000000, d % 1000000, $3, $2, $4 }' >want
	grep -h ',sysbench_cpu_4t,sysbench_cpu_4t_run0$' dataset/all.csv |
		awk -F, '{ print $1 "," $2 "," $4 "," $5 "," $6 }' |
		diff want -
	run -1 grep -c $'\r' dataset/all.csv
	# The same sets as the original's: only the form differs.
	tk-split --compat -o compat "$raw"
	for set in train test_seen test_unseen all; do
		diff -q <(tr -d '\r' <"compat/$set.csv" |
			column trace_id /dev/stdin) \
			<(column trace_id "dataset/$set.csv")
	done
}

@test "by default: nanoseconds where the trace has them, no two are 0 apart" {
	run -0 tk-split -o dataset "$data/source/small/small.dat.zst"
	run -1 grep -E '^[0-9.]*,0\.000000000,' <(tail -n +3 dataset/all.csv)
	run -1 grep -vE '^[0-9]+\.[0-9]{9}$' \
		<(column timestamp dataset/all.csv)
	# The differences add up to the time between the first and the last.
	column timestamp dataset/train.csv >first
	awk -F, 'NR > 1 { split($2, d, "."); s += d[1] * 1000000000 + d[2] }
		END { printf "%d\n", s }' <(cat dataset/train.csv \
		<(tail -n +2 dataset/test_seen.csv)) >sum
	cat first <(column timestamp dataset/test_seen.csv) | tr -d . |
		sed -n '1p;$p' | paste -sd ' ' | awk '{ print $2 - $1 }' |
		diff - sum
}

@test "by default: every switch is a row, whatever its name is" {
	zstdcat "$data/source/nasty/trace.default.txt.zst" >in.txt
	tk-split -o dataset in.txt
	[ "$(meta .total_events)" = 633 ]
	tk-parse -e sched_switch in.txt | jq 'select(.type == "sched_switch")
		| .next_pid' >want
	tk-split -o dataset -r 1 in.txt
	need_python
	python3 -c 'import csv
rows = open("dataset/all.csv", newline="", encoding="latin-1")
for row in csv.DictReader(rows): print(row["pid"])' | diff want -
}

@test "rows of a set are one trace after the other, in the order drawn" {
	run -0 tk-split -o dataset "$raw"
	[ "$(column trace_id dataset/test_unseen.csv | uniq |
		paste -sd ' ')" = "cpu_bound_4p_run0 cpu_bound_4p_run1" ]
	[ "$(column trace_id dataset/all.csv | uniq | wc -l)" -eq 12 ]
	cat dataset/train.csv <(tail -n +2 dataset/test_seen.csv) \
		<(tail -n +2 dataset/test_unseen.csv) | cmp - dataset/all.csv
}

@test "the order of the operands does not matter" {
	tk-split -o want "$raw" 2>/dev/null
	mapfile -t files < <(printf '%s\n' "$raw"/*.gz | tac)
	tk-split -o dataset "${files[@]}" 2>/dev/null
	cmp want/all.csv dataset/all.csv
	cmp want/train.csv dataset/train.csv
	tk-split -o dataset --raw-dir "$raw" 2>/dev/null
	cmp want/train.csv dataset/train.csv
	mkdir traces
	ln -s "$raw" traces/raw
	tk-split --compat 2>/dev/null </dev/null
	[ "$(jq .train_events traces/dataset_meta.json)" = 45748 ]
}

@test "by default a category does not hang on its document" {
	mkdir bare one
	cp "$raw"/*.gz bare
	cp "$raw"/*.gz "$raw"/io_mixed_run1.json one
	tk-split -o want "$raw"
	for from in bare one; do
		run -0 --separate-stderr tk-split -o dataset "$from"
		grep -q '^tk-split: no document tells the category of cpu' \
			<<<"$stderr"
		[ "$(meta .categories)" = "$(meta .categories want)" ]
		cmp want/train.csv dataset/train.csv
	done
	# Nor on how the traces are read.
	for file in "$raw"/*.gz; do
		tk-parse "${PWD}/bare/${file##*/}"
	done >records
	run -0 --separate-stderr tk-split -o dataset records
	[ "$(meta .categories)" = "$(meta .categories want)" ]
	[ "$(meta '[.traces[] | [.trace_id, .category]] | sort')" = \
		"$(meta '[.traces[] | [.trace_id, .category]] | sort' want)" ]
	head -n 1 records >one/first.jsonl
	run -0 --separate-stderr tk-split -o dataset bare/*.gz one/first.jsonl
	[ "$(meta .categories)" = "$(meta .categories want)" ]
	traces odd_run0=1 odd_run1=1 db_4t_run0=1 db_16t_run0=1 io_small=1 \
		io_large=1
	told odd_run1 strange
	run -0 --separate-stderr tk-split -o dataset raw
	says "tk-split: no document tells the category of db_16t_run0 (db), \
db_4t_run0 (db), io_large (io), io_small (io), odd_run0 (strange)"
}

@test "where no trace is left to test with, each gives its last rows" {
	traces a_run0=3 b_run0=9 c_run0=1
	run -0 --separate-stderr tk-split -o dataset --no-unseen-split \
		-r 0.7 raw
	says "tk-split: no trace is left to test with: test_seen.csv has the \
last rows of each that trains"
	# floor(3 * 0.7) = 2, floor(9 * 0.7) = 6, floor(0.7) = 0
	[ "$(column trace_id dataset/train.csv | uniq -c |
		awk '{ print $1 $2 }' | paste -sd ' ')" = "2a_run0 6b_run0" ]
	[ "$(column task_name dataset/test_seen.csv | paste -sd ' ')" = \
		"t2 t6 t7 t8 t0" ]
	[ "$(meta '[.train_events, .test_seen_events]')" = "[8,5]" ]
	[ "$(column timestamp dataset/test_seen.csv | sed -n 2p)" = 7.000000 ]
	# A newline in a name does not count as a row.
	{
		switch 1.000000 $'a\nb'
		switch 2.000000 '"'
		switch 3.000000 $'c\nd'
		switch 4.000000 e
	} >in.txt
	tk-split -o dataset -r 0.75 in.txt
	[ "$(tail -n 1 dataset/test_seen.csv)" = \
		4.000000,1.000000,e,8,1,S,x,in,in ]
	[ "$(meta '[.train_events, .test_seen_events]')" = "[3,1]" ]
}

@test "a trace that was divided is told of both files that have its rows" {
	mkdir raw
	{
		switch 1.000000 a
		echo 'CPU:0 [LOST 7 EVENTS]'
		switch 3.000000 b
		echo nonsense
	} >raw/a_run0.txt
	switch 5.000000 c >raw/b_run0.txt
	{
		echo 'CPU:0 [LOST 2 EVENTS]'
		echo 'x-7 [001] d..2. 9.000000: sched_wakeup: comm=w pid=8' \
			'prio=120 target_cpu=001'
	} >raw/c_run0.txt
	for file in raw/*.txt; do
		tk-parse "$file"
	done >records
	# Of a the first row trains, of b none; c has no row at all, and in a
	# stream what has none is no group.
	for from in raw records; do
		all="3 3 3 9"
		c=',["c_run0","train",0,0]'
		whole='[3,1000000000,9000000000,9,2,1]'
		if [ $from = records ]; then
			all="3 2 2 7"
			c=''
			whole='[3,1000000000,5000000000,7,1,1]'
		fi
		run -0 --separate-stderr tk-split -o dataset -r 0.5 \
			--no-unseen-split -t sched_switch "$from"
		tail -n 5 <<<"$stderr" | tr -s ' ' | sed 's/^ //' >table
		diff - table <<-END
			rows traces categories lost
			train.csv 1 1 1 7
			test_seen.csv 2 2 2 7
			test_unseen.csv 0 0 0 0
			all.csv $all
		END
		[ "$(meta '[.divided, .lost]')" = '[true,9]' ]
		[ "$(meta '.files | map([.rows, .first, .last, .lost,
			.lost_marks, .bad])')" = "$(tr -d ' \n' <<-END
			[[1,1000000000,3000000000,7,1,1],
			[2,1000000000,5000000000,7,1,1],
			[0,null,null,0,0,0],
			$whole]
		END
		)" ]
		[ "$(meta '.traces | map([.trace_id, .set, .rows,
			.test_seen_rows])')" = '[["a_run0","train",2,1],'`
			`'["b_run0","train",1,1]'"$c]" ]
	done
	# The original takes the last of all rows, floor(3 * 0.5) train.
	run -0 --separate-stderr tk-split --compat -o dataset -r 0.5 \
		--no-unseen-split raw
	[ "$(awk '/^(train|test_seen)/ { print $2, $3 }' <<<"$stderr" |
		paste -sd ' ')" = "1 1 2 2" ]
	[ "$(meta 'has("divided")')" = false ]
	run -0 --separate-stderr tk-split -o dataset -r 1 --no-unseen-split raw
	[ "$(meta '[.divided, (.traces[0] | has("test_seen_rows"))]')" = \
		"[false,false]" ]
}

@test "a set without rows: column names by default, no file with --compat" {
	traces a_run0=3
	run -0 --separate-stderr tk-split -o dataset raw
	[ "$(wc -l <dataset/test_unseen.csv)" -eq 1 ]
	says "tk-split: test_unseen.csv is empty: to hold one out takes \
3 categories, there is 1"
	run -0 --separate-stderr tk-split --compat -o dataset raw
	says "tk-split: dataset/test_unseen.csv of an earlier data set is gone"
	[ ! -e dataset/test_unseen.csv ]
	run -0 --separate-stderr tk-split --compat -o dataset raw
	run -1 grep earlier <<<"$stderr"
}

@test "each trace is told in dataset_meta.json, with what it lost" {
	mkdir raw
	{
		switch 1.000000 a
		echo 'CPU:0 [LOST 7 EVENTS]'
		switch 3.000000 b
		echo nonsense
	} >raw/a_run0.txt
	run -0 --separate-stderr tk-split -o dataset -r 1 raw
	sum=$(sha256sum <raw/a_run0.txt | cut -c -64)
	[ "$(meta '.traces[0]')" = '{"trace_id":"a_run0",'`
		`'"path":"raw/a_run0.txt","sha256":"'"$sum"'",'`
		`'"workload_type":"a","category":"a",'`
		`'"set":"train","rows":2,"first":1000000000,'`
		`'"last":3000000000,"lost":7,"lost_marks":1,"bad":1,'`
		`'"cut_short":false}' ]
	[ "$(meta '[.lost, .bad]')" = '[7,1]' ]
	says "tk-split: raw/a_run0.txt: 7 events were lost in 1 places"
	grep -q '^train.csv  *2  *1  *1  *7$' <<<"$stderr"
	run -3 tk-split --strict -o dataset -r 1 raw
}

@test "dataset_meta.json has the digests of the files and the traces" {
	run -0 tk-split -o dataset "$raw"
	sums
	meta '.files[].rows' | paste -sd ' ' >rows
	for file in train test_seen test_unseen all; do
		tail -n +2 "dataset/$file.csv" | wc -l
	done | paste -sd ' ' | diff rows -
	[ "$(meta '.files[3].first')" = "$(meta '[.traces[].first] | min')" ]
	[ "$(meta '.files[2] | [.first, .last]')" = "$(meta '.traces |
		map(select(.set == "test_unseen")) |
		[(map(.first) | min), (map(.last) | max)]')" ]
	# The last rows of each trace, moved to test_seen.csv, are of it then.
	traces a_run0=3 b_run0=9
	run -0 tk-split -o dataset -r 0.7 raw
	sums
	[ "$(meta '.files[] | .first' | paste -sd ' ')" = \
		"1000000000 1000000000 null 1000000000" ]
	# Pages of several files are one trace.
	cp "$data"/source/small/cpu[01].raw.zst .
	run -0 tk-split -o dataset --formats "$data/source/formats" \
		cpu[01].raw.zst
	sums
	[ "$(meta '.traces[].paths')" = '["cpu0.raw.zst","cpu1.raw.zst"]' ]
	# So are the files of other records.
	run -0 tk-split -o dataset "$data/spans.jsonl"
	sums
	run -0 tk-split -o dataset -t nothing - <<'END'
{"type":"trace"}
{"type":"nothing"}
END
	# What cannot be read twice has none.
	[ "$(meta .inputs)" = '[{"path":"standard input","sha256":null}]' ]
	run -0 tk-split -o dataset -t sched_switch <(switch 1.000000 a)
	[ "$(meta '.inputs[] | .sha256')" = null ]
}

@test "--verify: what is as it was is counted, what is not is told" {
	traces a_run0=3 b_run0=9 c_run0=4
	tk-split -o dataset raw
	run -0 --separate-stderr tk-split --verify dataset
	[ "$output" = "" ]
	[ "$stderr" = "tk-split: 4 of 4 files and 3 of 3 traces are as they \
were" ]
	# A trace that is gone takes nothing from the data set.
	mv raw/a_run0.txt aside
	run -0 --separate-stderr tk-split --verify dataset
	says "tk-split: raw/a_run0.txt: the trace is no longer there"
	says "tk-split: 4 of 4 files and 2 of 3 traces are as they were"
	mv aside raw/a_run0.txt
	for file in dataset/{train,test_seen,test_unseen,all}.csv \
		raw/b_run0.txt; do
		cp "$file" aside
		was=$(sha256sum <"$file" | cut -c -64)
		printf '\xff' | dd of="$file" bs=1 seek=9 conv=notrunc \
			status=none
		run -1 --separate-stderr tk-split --verify dataset
		says "tk-split: $file: it differs: its SHA-256 is \
$(sha256sum <"$file" | cut -c -64), was $was"
		says "tk-split: dataset: it is not as it was made"
		[ "${#stderr_lines[@]}" -eq 3 ]
		cp aside "$file"
	done
	rm dataset/all.csv
	mkfifo dataset/all.csv
	run -1 --separate-stderr timeout 9 tk-split --verify dataset
	says "tk-split: dataset/all.csv: it is no regular file"
	rm dataset/all.csv
	run -1 --separate-stderr tk-split --verify dataset
	says "tk-split: dataset/all.csv: No such file or directory"
	says "tk-split: 3 of 4 files and 3 of 3 traces are as they were"
}

@test "--verify: pages of several files, records, what is read but once" {
	cp "$data"/source/small/cpu[01].raw.zst .
	tk-split -o dataset --formats "$data/source/formats" cpu[01].raw.zst
	run -0 --separate-stderr tk-split --verify dataset
	says "tk-split: 4 of 4 files and 1 of 1 traces are as they were"
	echo >>cpu1.raw.zst
	run -1 tk-split --verify dataset
	rm cpu1.raw.zst
	run -0 --separate-stderr tk-split --verify dataset
	says "tk-split: cpu1.raw.zst: the trace is no longer there"
	tk-split -o dataset "$data/spans.jsonl"
	run -0 --separate-stderr tk-split --verify dataset
	says "tk-split: 4 of 4 files and 1 of 1 inputs are as they were"
	cp "$data/spans.jsonl" .
	tk-split -o dataset spans.jsonl - <"$data/spans.jsonl"
	run -0 --separate-stderr tk-split --verify dataset
	says "tk-split: standard input: its SHA-256 is not known"
	says "tk-split: 4 of 4 files and 1 of 2 inputs are as they were"
	echo >>spans.jsonl
	run -1 --separate-stderr tk-split --verify dataset
	grep -q '^tk-split: spans.jsonl: it differs: ' <<<"$stderr"
	rm spans.jsonl
	run -0 --separate-stderr tk-split --verify dataset
	says "tk-split: spans.jsonl: the input is no longer there"
	for filter in '.inputs = {}' '.inputs[0] = 7' 'del(.inputs[0].path)' \
		'.inputs[0].sha256 = "x"'; do
		tk-split -o dataset "$data/spans.jsonl"
		jq "$filter" dataset/dataset_meta.json >damaged
		mv damaged dataset/dataset_meta.json
		run -1 --separate-stderr tk-split --verify dataset
		says "tk-split: dataset/dataset_meta.json: it is damaged"
	done
}

@test "--verify: a document that is damaged, older or of no data set" {
	traces a_run0=3 b_run0=9
	run -1 --separate-stderr tk-split --verify nowhere
	says "tk-split: nowhere/dataset_meta.json: No such file or directory"
	run -2 tk-split --verify dataset raw
	tk-split --compat -o dataset raw
	run -1 --separate-stderr tk-split --verify dataset
	says "tk-split: dataset/dataset_meta.json: it tells no SHA-256: an \
older tk-split made it, or --compat"
	tk-split -o dataset raw
	cp dataset/dataset_meta.json good
	for filter in 'del(.files[0])' '.files[3].name = "../x"' '.files = 1' \
		'.files[1].sha256 = null' '.files[1] = []' '.traces = {}' \
		'.files[2].sha256 |= .[1:]' 'del(.traces[0])' \
		'.traces[1] = 7' '.traces[0].path = 7' \
		'del(.traces[0].sha256)' '.traces[0].paths = []' \
		'.traces[0].paths = [1]' '.traces[0].sha256 = "x"'; do
		jq "$filter" good >dataset/dataset_meta.json
		run -1 --separate-stderr tk-split --verify dataset
		says "tk-split: dataset/dataset_meta.json: it is damaged"
	done
	for text in '[]' '{}' '7'; do
		echo "$text" >dataset/dataset_meta.json
		run -1 --separate-stderr tk-split --verify dataset
		grep -q 'dataset_meta.json: it ' <<<"$stderr"
	done
	# Its last bytes are a brace and the end of the line.
	for ((n = 0; n < $(wc -c <good) - 1; n += 7)); do
		head -c "$n" good >dataset/dataset_meta.json
		run -1 --separate-stderr tk-split --verify dataset
		says "tk-split: dataset/dataset_meta.json: it is no JSON"
	done
	jq '.traces[0].path = "a\nb\u001b"' good >dataset/dataset_meta.json
	run -0 --separate-stderr tk-split --verify dataset
	says 'tk-split: a\x0ab\x1b: the trace is no longer there'
	rm dataset/dataset_meta.json
	mkfifo dataset/dataset_meta.json
	run -1 --separate-stderr timeout 9 tk-split --verify dataset
	says "tk-split: dataset/dataset_meta.json: it is no file, or too large"
}

@test "what cannot be leaves what was there before" {
	traces a_run0=3 b_run0=9
	tk-split -o dataset raw
	cp -r dataset before
	cp -r raw twice
	cp raw/a_run0.txt twice/a_run0.dat
	run -1 --separate-stderr tk-split -o dataset twice
	says "tk-split: twice/a_run0.dat, twice/a_run0.txt: two traces of the \
same trace_id"
	says "tk-split: dataset: no data set was written"
	diff -r before dataset
	echo '{"category":' >raw/b_run0.json
	run -1 --separate-stderr tk-split -o dataset raw
	says "tk-split: raw/b_run0.json: it is no JSON"
	diff -r before dataset
	rm raw/b_run0.json
	run -1 --separate-stderr tk-split -o dataset raw nowhere
	says "tk-split: nowhere: No such file or directory"
	run -1 --separate-stderr tk-split -o dataset --raw-dir nowhere
	says "tk-split: nowhere: No such file or directory"
	run -2 tk-split -o dataset --raw-dir raw raw
	for option in "-s x" "-s 1.5" "-r -1" "-r 2" "-r nan"; do
		# shellcheck disable=SC2086
		run -2 tk-split -o dataset $option raw
	done
	traces long_run0=4000
	run -1 --separate-stderr bash -c 'ulimit -f 100
		tk-split -o dataset raw'
	grep -q '^tk-split: dataset/[a-z_]*.csv: File too large$' <<<"$stderr"
	diff -r before dataset
	echo text >file
	run -1 --separate-stderr tk-split -o file raw
	says "tk-split: file: Not a directory"
	run -1 tk-split -o fresh twice
	[ ! -e fresh ]
}

@test "the rows of traces are not held in memory" {
	[ -z "${TK_SAN-}" ] || skip "the sanitizers reserve all of it"
	{
		for ((i = 0; i < 1000; i++)); do
			switch "$((i + 1)).000000" "t$i"
		done
	} >piece
	for ((i = 0; i < 400; i++)); do cat piece; done >long.txt
	run -0 bash -c 'ulimit -v 60000; tk-split -o dataset long.txt'
	[ "$(meta .total_events)" = 400000 ]
}

@test "--folds: each trace is in one fold, and a category held out in none" {
	local fold trace

	traces a_run0=2 a_run1=3 a_run2=4 b_run0=5 b_run1=6 b_run2=7 c_run0=8
	run -0 --separate-stderr tk-split --folds 3 -o dataset raw
	[ "$(ls dataset)" = "$(printf '%s\n' all.csv dataset_meta.json \
		fold1.csv fold2.csv fold3.csv test_unseen.csv)" ]
	# Seed 42 holds the last of three categories out, as CPython draws it.
	[ "$(meta .unseen_category)" = '"c"' ]
	for fold in 1 2 3; do
		for trace in a b; do
			[ "$(tail -n +2 "dataset/fold$fold.csv" |
				cut -d , -f 9 | grep "^$trace" |
				sort -u | wc -l)" -eq 1 ]
		done
	done
	[ "$(tail -qn +2 dataset/fold?.csv dataset/test_unseen.csv |
		cut -d , -f 9 | sort | uniq -c | awk '{ print $2 "=" $1 }' |
		xargs)" = "a_run0=2 a_run1=3 a_run2=4 b_run0=5 b_run1=6 \
b_run2=7 c_run0=8" ]
	{
		head -n 1 dataset/fold1.csv
		tail -qn +2 dataset/fold?.csv dataset/test_unseen.csv
	} | diff - dataset/all.csv
	[ "$(meta '[.fold1_events, .fold2_events, .fold3_events,
		.test_unseen_events] | add')" -eq 35 ]
	[ "$(meta '[.traces[].set] | sort | unique')" = \
		'["fold1","fold2","fold3","test_unseen"]' ]
	run -0 --separate-stderr tk-split --verify dataset
	says "tk-split: 5 of 5 files and 7 of 7 traces are as they were"
}

@test "--folds: more of them than traces are told of, 1 and 65 refused" {
	traces a_run0=2 a_run1=3
	run -0 --separate-stderr tk-split --folds 3 --no-unseen-split \
		-o dataset raw
	says "tk-split: fold3.csv is empty: there are more folds than groups"
	for k in 0 1 65 x ''; do
		run -2 tk-split --folds "$k" -o dataset raw
	done
	run -2 tk-split --folds 2 --compat -o dataset raw
}

@test "files of a data set of other sets do not stay, one's own do" {
	traces a_run0=2 a_run1=3
	tk-split -o dataset raw
	echo mine >dataset/notes.csv
	run -0 --separate-stderr tk-split --folds 2 -o dataset raw
	says "tk-split: dataset/train.csv of an earlier data set is gone"
	[ "$(ls dataset)" = "$(printf '%s\n' all.csv dataset_meta.json \
		fold1.csv fold2.csv notes.csv test_unseen.csv)" ]
	run -0 --separate-stderr tk-split -o dataset raw
	says "tk-split: dataset/fold2.csv of an earlier data set is gone"
	[ "$(ls dataset)" = "$(printf '%s\n' all.csv dataset_meta.json \
		notes.csv test_seen.csv test_unseen.csv train.csv)" ]
}

@test "--window tells how many windows cross no trace's end" {
	# floor((n - 4) / 2) + 1 of 3, 4, 9 and 10 rows: 0, 1, 3, 4.
	traces a_run0=3 a_run1=4 b_run0=9 b_run1=10
	run -0 --separate-stderr tk-split --window 4 --stride 2 -r 0.5 \
		-o dataset raw
	[ "$(awk '$1 == "all.csv" { print $6 }' <<<"$stderr")" -eq 8 ]
	[ "$(awk '$1 ~ /^(train|test_seen)/ { n += $6 } END { print n }' \
		<<<"$stderr")" -eq 8 ]
	[ ! -e dataset/windows ]
	# One trace, of whose ten rows eight train and two test.
	run -0 --separate-stderr tk-split --window 2 -o dataset \
		raw/b_run1.txt
	[ "$(awk '$1 == "train.csv" { print $6 }' <<<"$stderr")" -eq 7 ]
	[ "$(awk '$1 == "test_seen.csv" { print $6 }' <<<"$stderr")" -eq 1 ]
	run -2 tk-split --stride 2 -o dataset raw
	run -2 tk-split --window 0 -o dataset raw
}

@test "where one file cannot be replaced, none is" {
	traces a_run0=3 a_run1=4 b_run0=5 b_run1=6
	tk-split -o dataset raw
	cp -r dataset before
	chattr +i dataset/test_unseen.csv 2>/dev/null ||
		skip "nobody can make a file here that stays"
	run -1 --separate-stderr tk-split -s 7 -r 0.5 -o dataset raw
	says "tk-split: dataset/test_unseen.csv: Operation not permitted"
	says "tk-split: dataset: no data set was written"
	diff -r before dataset
	# A file of other sets, that cannot go.
	run -1 --separate-stderr tk-split --folds 2 -f jsonl -o dataset raw
	chattr -i dataset/test_unseen.csv
	says "tk-split: dataset/test_unseen.csv: Operation not permitted"
	diff -r before dataset
	[ "$(find dataset -name '.?*' | wc -l)" -eq 0 ]
}

@test "a pipe in a folder is none of its traces" {
	traces a_run0=3 a_run1=4
	mkfifo raw/b_run0.txt
	run -0 --separate-stderr timeout 20 tk-split -o dataset raw
	[ "$(meta .num_traces)" -eq 2 ]
}

@test "--compat of a stream: a set without rows has no file" {
	traces a_run0=4
	run -0 --separate-stderr tk-split --compat -o dataset - \
		<raw/a_run0.txt
	[ "$(ls dataset)" = "$(printf '%s\n' all.csv dataset_meta.json \
		test_seen.csv train.csv)" ]
	run -2 --separate-stderr tk-split --compat -t sched_wakeup -o dataset \
		raw
	says "tk-split: the rows of --compat are switches, not what -t names"
	run -1 --separate-stderr tk-split --compat -o other "$data/spans.jsonl"
	says "tk-split: no records of type sched_switch"
}

@test "no thread to be had: the files are the same" {
	[ "$(id -u)" -eq 0 ] || skip "only root can take another user's place"
	command -v setpriv >/dev/null || skip "there is no setpriv"
	[ -z "${TK_SAN-}" ] || skip "the sanitizers need threads"
	# Of more bytes than one thread would read by itself.
	mkdir raw
	awk 'BEGIN {
		for (i = 0; i < 30000; i++)
			printf "          <idle>-0       [000] d..2. " \
			    "%5d.%06d: sched_switch: prev_comm=swapper/0 " \
			    "prev_pid=0 prev_prio=120 prev_state=R ==> " \
			    "next_comm=a next_pid=7 next_prio=120\n",
			    i / 1000, i % 1000
	}' >raw/a_run0.txt
	tk-split -o many raw
	chmod 777 "$BATS_TEST_TMPDIR"
	run -0 --separate-stderr timeout 60 setpriv --reuid 65534 \
		--clear-groups prlimit --nproc=1 "$(command -v tk-split)" \
		-o one raw
	diff <(cat many/*.csv) <(cat one/*.csv)
}
