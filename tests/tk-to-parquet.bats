#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# tk-to-parquet(1): names, statuses and messages; what is in the files is read
# by other programs elsewhere

load helper

setup() {
	cd "$BATS_TEST_TMPDIR" || return
}

# records LINE ...: a file of these records
records() {
	printf '%s\n' "$@" >in
}

# files DIR: all that is in it, hidden or not
files() {
	(cd "$1" && find . -mindepth 1 | sed 's/^\.\///' | LC_ALL=C sort)
}

# is_parquet FILE: whether it begins and ends as such a file does
is_parquet() {
	[ "$(head -c 4 "$1")" = PAR1 ] && [ "$(tail -c 4 "$1")" = PAR1 ]
}

# changing N: records of which the last has another type than N before
changing() {
	awk -v n="$1" 'BEGIN {
		for (i = 0; i < n; i++)
			print "{\"type\":\"a\",\"x\":" i ",\"y\":1000000}"
		print "{\"type\":\"a\",\"x\":\"text\"}"
	}' >in
}

# limits VALUE: a record whose x has that value, and a schema of its TYPE
limits() {
	printf '{"a":[{"name":"x","type":"%s"}]}' "$1" >schema
	records "{\"type\":\"a\",\"x\":$2}"
	rm -rf out
	run --separate-stderr tk-to-parquet --strict --schema schema -o out in
}

@test "each type of record has a file, and there is nothing else" {
	records '{"type":"a","x":1}' '{"type":"b","y":"z"}' '{"type":"a","x":2}'
	run -0 --separate-stderr tk-to-parquet -o out in
	[ "$output$stderr" = "" ]
	run files out
	is 'a.parquet
b.parquet'
	is_parquet out/a.parquet
	is_parquet out/b.parquet
	run -0 tk-to-parquet in
	run files parquet
	is 'a.parquet
b.parquet'
}

@test "files of other types stay, and one of the same is replaced" {
	mkdir out
	echo other >out/b.parquet
	echo old >out/a.parquet
	records '{"type":"a","x":1}'
	run -0 tk-to-parquet -o out in
	is_parquet out/a.parquet
	[ "$(cat out/b.parquet)" = other ]
	[ "$(files out | wc -l)" -eq 2 ]
}

@test "a trace in any form is read as tk-parse reads it" {
	for trace in small.dat trace.default.txt; do
		rm -rf out again
		run -0 tk-to-parquet -o out "$data/source/small/$trace.zst"
		tk-parse "$data/source/small/$trace.zst" |
			tk-to-parquet -o again
		[ "$(files out)" = "$(files again)" ]
		[ -s out/sched_switch.parquet ]
	done
}

@test "the same bytes come of a pipe, a file and a single processor" {
	awk 'BEGIN {
		for (i = 0; i < 150000; i++)
			printf "{\"type\":\"%s\",\"ts\":%d,\"s\":\"%x\"}\n",
			    i % 3 ? "a" : "b", i * 7919, i % 1000
	}' >in
	tk-to-parquet -t a <in >file
	dd if=in bs=777 status=none | tk-to-parquet -t a >pipe
	cmp file pipe
	taskset -c "$(taskset -cp $$ | sed 's/.*[ ,-]//')" \
		tk-to-parquet -t a <in >one
	cmp file one
}

@test "names of types cannot leave the folder" {
	records '{"type":"../x","v":1}' '{"type":"..","v":1}' \
		'{"type":"a\u0000b","v":1}' '{"type":"p=q%","v":1}' \
		"{\"type\":\"$(printf 'n%.0s' {1..1000})\",\"v\":1}"
	run -0 --separate-stderr tk-to-parquet -o out in
	[ "$(files out | wc -l)" -eq 5 ]
	[ "$(files . | grep -c parquet)" -eq 5 ]
	[ -f out/%2E.%2Fx.parquet ]
	[ -f out/%2E..parquet ]
	[ -f out/a%00b.parquet ]
	[ -f out/p%3Dq%25.parquet ]
}

@test "values of partitions are the names of folders" {
	records '{"type":"a","k":"x/y","v":1}' '{"type":"a","k":null,"v":2}' \
		'{"type":"a","k":"","v":2}' '{"type":"a","k":"..","v":3}' \
		'{"type":"a","k":5,"v":1}' '{"type":"a","k":true,"v":1}'
	run -0 --separate-stderr tk-to-parquet --partition k -o out in
	[ "$(find out -type f | sort)" = \
		"$(printf 'out/a/k=%s/part-0.parquet\n' 5 x%2Fy .. true \
			__HIVE_DEFAULT_PARTITION__ | sort)" ]
}

@test "a value that is too long for a folder makes its record a bad line" {
	long=$(printf 'n%.0s' {1..300})
	records "{\"type\":\"a\",\"k\":\"$long\",\"v\":1}" \
		'{"type":"a","k":"b","v":1}'
	run -3 --separate-stderr tk-to-parquet --strict --partition k -o out in
	[[ $stderr == 'tk-to-parquet: in:1: k: too long'* ]]
	[ "$(find out -type f)" = out/a/k=b/part-0.parquet ]
}

@test "a row that neither fits nor has a folder is told of once" {
	local long

	long=$(printf 'n%.0s' {1..300})
	echo '{"a":[{"name":"v","type":"int8"}]}' >schema
	records '{"type":"a","k":"x","v":1}' \
		"{\"type\":\"a\",\"k\":\"$long\",\"v\":2}" \
		"{\"type\":\"a\",\"k\":\"$long\",\"v\":\"y\"}" \
		'{"type":"a","k":"y","v":"z"}' '{"type":"a","k":"z","v":3}'
	run -3 --separate-stderr tk-to-parquet --strict --schema schema \
		--partition k -o out in
	[ "$(cut -d : -f 2-5 <<<"$stderr" | sed 's/: `.*//' | sort)" = \
' in:2: k: too long for the name of a folder
 in:3: v: is no integer
 in:4: v: is no integer' ]
	run find out -name '*.parquet'
	is 'out/a/k=x/part-0.parquet
out/a/k=z/part-0.parquet'
}

@test "partitions do not mix with those of another run" {
	records '{"type":"a","k":1,"v":1}'
	run -0 tk-to-parquet --partition k -o out in
	records '{"type":"a","k":2,"v":1}'
	run -1 --separate-stderr tk-to-parquet --partition k -o out in
	says 'tk-to-parquet: out: no file was written'
	run find out -type f
	is out/a/k=1/part-0.parquet
}

@test "what a killed run of the same process number left is in nobody's way" {
	local option left

	records '{"type":"a","k":1,"v":1}'
	for option in --strict --partition=k; do
		rm -rf out
		mkdir out
		left=$(bash -c 'left=out/.tracekit-$$-0
			mkdir -p $left/a/k=9 out/.a.$$/k=9 &&
			echo half | tee $left/.0 $left/a/k=9/part-0.parquet \
				out/.a.$$/k=9/part-0.parquet >/dev/null
			echo ${left##*/}
			exec tk-to-parquet "$1" -o out in' - $option)
		[ -f out/"$left"/.0 ]
		rm -r out/.a.* out/.tracekit-*
		[ "$(find out -type f | wc -l)" -eq 1 ]
		find out -type f -exec tk-from-parquet {} + | grep '"v":1'
	done
}

@test "2,000 partitions need no 2,000 row groups in memory" {
	awk 'BEGIN {
		for (i = 0; i < 20000; i++)
			print "{\"type\":\"a\",\"k\":" i % 2000 ",\"v\":" i "}"
	}' >in
	run -0 --separate-stderr tk-to-parquet --partition k -o out in
	[ "$(find out -name part-0.parquet | wc -l)" -eq 2000 ]
}

@test "with too few descriptors it says so, and leaves nothing" {
	awk 'BEGIN {
		for (i = 0; i < 1000; i++)
			print "{\"type\":\"a\",\"k\":" i ",\"v\":" i "}"
	}' >in
	run -1 --separate-stderr bash -c \
		'ulimit -n 100 && tk-to-parquet --partition k -o out in'
	[[ $stderr == *'Too many open files'*'ulimit -n'* ]]
	[ ! -e out ]
}

@test "keys that are data: a table has 2000 columns, and no more" {
	awk 'BEGIN { for (i = 0; i < 2000; i++)
		printf "{\"type\":\"a\",\"k%d\":%d}\n", i, i }' >in
	tk-to-parquet -o out in
	is_parquet out/a.parquet
	[ "$(tk-from-parquet out/a.parquet | tail -n 1)" = \
		'{"type":"a","k1999":1999}' ]
	# One more beside them, and one more than a MiB behind them.
	echo '{"type":"a","more":1}' >>in
	run -0 --separate-stderr tk-to-parquet -o beside in
	says "tk-to-parquet: in:2001: more keys than a table is to have \
columns: \`{\"type\":\"a\",\"more\":1}'"
	head -n 2000 in >far
	yes '{"type":"a","k1":1}' | head -n 100000 >>far
	echo '{"type":"a","more":1}' >>far
	run -1 --separate-stderr tk-to-parquet -o behind far
	[[ $stderr == *'far:102001: column more of a is one more than 2000'* ]]
	[ ! -e behind ]
}

@test "-t writes one type to a file, and to standard output" {
	records '{"type":"a","x":1}' '{"type":"b","y":2}'
	run -0 --separate-stderr tk-to-parquet -t b -o one.parquet in
	[ "$stderr" = "" ]
	is_parquet one.parquet
	tk-to-parquet -t b in >two.parquet
	is_parquet two.parquet
	run -1 --separate-stderr tk-to-parquet -t c -o none.parquet in
	says 'tk-to-parquet: no records of type c'
	[ ! -e none.parquet ]
}

@test "bad lines are counted, quoted and left out" {
	records '{"type":"a","x":1}' 'no record' '{"x":1}' '{"type":"a","x":2}'
	run -0 --separate-stderr tk-to-parquet -o out in
	[[ $stderr == *'in:2: '*'`no record'\'* ]]
	[[ $stderr == *'in:3: '* ]]
	run -3 tk-to-parquet --strict -o out in
	is_parquet out/a.parquet
}

@test "trace text behind records is told of, and tk-parse makes it readable" {
	zstdcat "$data/source/small/trace.default.txt.zst" | head -n 40 >text
	records '{"type":"a","x":1}'
	run -3 --separate-stderr tk-to-parquet --strict -o out in - < \
		<(cat in text)
	[[ $stderr == *'<stdin>:2: trace text behind records: let tk-parse'* ]]
	run files out
	is a.parquet
	cat in text | tk-parse | tk-to-parquet -o out
	[ -s out/sched_switch.parquet ]
	rm -r out
	cat text in | tk-to-parquet -o out
	[ -s out/sched_switch.parquet ]
	[ -s out/a.parquet ]
}

@test "a comm that begins as a record does is text" {
	zstdcat "$data/source/small/trace.default.txt.zst" | grep -v '^#' |
		sed -n '1,40s/^ *hackb/           {hackb/p' >in
	head -c 40 in
	[ "$(grep -c . in)" -gt 3 ]
	sed -i 's/^ *{/{/' in
	run -0 --separate-stderr tk-to-parquet -o out in
	[ -s out/sched_switch.parquet ]
}

@test "a stream without its end is told of" {
	records '{"type":"trace","version":1}' '{"type":"a","x":1}'
	run -3 --separate-stderr tk-to-parquet --strict -o out in
	[[ $stderr == *'in: the input was cut short'* ]]
	records '{"type":"trace","version":1}' '{"type":"a","x":1}' \
		'{"type":"end","records":1,"lost":0,"lost_marks":0,"bad":0}'
	run -0 --separate-stderr tk-to-parquet --strict -o out in
	[ "$stderr" = "" ]
}

@test "an input without records is a failure, and leaves no folder" {
	echo '{' >in
	run -1 --separate-stderr tk-to-parquet -o out in
	says 'tk-to-parquet: no records'
	[ ! -e out ]
	for from in /dev/null "$data/source/seeds/report.txt"; do
		head -n 1 "$from" >in
		run -1 --separate-stderr tk-to-parquet -o out in
		says 'tk-to-parquet: no records'
		[ ! -e out ]
	done
	run -0 tk-to-parquet -t trace -o out/ /dev/null
}

@test "a column that changes its type after rows were written ends the run" {
	changing 100000
	run -1 --separate-stderr tk-to-parquet --row-group 64k -o out in
	[[ $stderr == *'in:100001: column x of a has a value of '* ]]
	[[ $stderr == *'type text'*integer*--schema* ]]
	[ ! -e out ]
	changing 1000
	run -0 tk-to-parquet -o out in
}

@test "what --print-schema prints is a schema" {
	records '{"type":"trace","version":1,"host":"h"}' \
		'{"type":"a","ts":1,"e_uj":2,"p_w":1.5,"l":[1],"host":1}' \
		'{"type":"end"}'
	run -0 --separate-stderr tk-to-parquet --print-schema in
	[ "$(jq -c '.a[]' <<<"$output")" = \
'{"name":"ts","type":"int64","unit":"ns"}
{"name":"e_uj","type":"int64","unit":"uJ"}
{"name":"p_w","type":"double","unit":"W"}
{"name":"l","type":"list"}
{"name":"host","type":"int64"}
{"name":"trace_host","type":"string","trace":true}' ]
	printf '%s\n' "$output" >schema
	run -0 --separate-stderr tk-to-parquet --schema schema -o out in
	[ "$stderr" = "" ]
	run -0 tk-to-parquet --print-schema --schema schema in
	is "$(cat schema)"
}

@test "a value that is beyond its type is a bad line" {
	while read -r type most beyond; do
		limits "$type" "$most"
		[ "$status" -eq 0 ] || fail "$type $most: $status $stderr"
		limits "$type" "$beyond"
		[ "$status" -eq 3 ] || fail "$type $beyond: $status $stderr"
		[[ $stderr == *'in:1: x: is '* ]]
	done <<-'END'
		int8 -128 -129
		int8 127 128
		int16 32767 32768
		int32 -2147483648 -2147483649
		int64 9223372036854775807 9223372036854775808
		uint8 255 256
		uint8 0 -1
		uint16 65535 65536
		uint32 4294967295 4294967296
		uint64 18446744073709551615 18446744073709551616
		uint64 0 -1
		float 3e38 4e38
		float "NaN" "nan"
		double "-Infinity" "-infinity"
		boolean true 1
		list [1,2] 1
		list_int32 [2147483647] [2147483648]
		int64 5.0 5.5
		timestamp_ns 1 "x"
	END
}

@test "what is required and missing makes its record a bad line" {
	echo '{"a":[{"name":"x","type":"int64","required":true}]}' >schema
	records '{"type":"a","x":1}' '{"type":"a","x":null}' \
		'{"type":"a","y":1}'
	run -3 --separate-stderr tk-to-parquet --strict --schema schema \
		-o out in
	[[ $stderr == *'in:2: x: is missing'*'in:3: x: is missing'* ]]
	[[ $stderr == *'1 values of fields'* ]]
}

@test "a schema that is none is wrong usage" {
	while read -r text; do
		echo "$text" >schema
		run -2 --separate-stderr tk-to-parquet --schema schema -o out
		[[ $stderr == 'tk-to-parquet: --schema schema: '* ]]
	done <<-'END'
		[
		[]
		{}
		{"a":{}}
		{"a":[]}
		{"a":[1]}
		{"a":[{"name":1,"type":"int8"}]}
		{"a":[{"name":"x"}]}
		{"a":[{"name":"x","type":"int"}]}
		{"a":[{"name":"x","type":"int8","requird":true}]}
		{"a":[{"name":"x","type":"int8","required":1}]}
		{"a":[{"name":"x","type":"int8","unit":1}]}
		{"a":[{"name":"x","type":"int8"},{"name":"x","type":"int8"}]}
	END
	run -2 tk-to-parquet --schema none -o out
}

@test "--opendc writes both files, if need be without rows" {
	records '{"type":"failed_task","id":1}'
	run -0 --separate-stderr tk-to-parquet --opendc v3 -o out in
	run files out
	is 'fragments.parquet
tasks.parquet'
	run -2 tk-to-parquet --opendc v4 -o out in
}

@test "-t takes one type of a schema alone, to a file and to standard output" {
	echo '{"a":[{"name":"x","type":"int64"}],
		"b":[{"name":"x","type":"int64"}]}' >schema
	records '{"type":"a","x":1}' '{"type":"b","x":2}' '{"type":"b","x":3}'
	for type in a b; do
		tk-to-parquet --schema schema -t $type -o $type.parquet in
		tk-to-parquet --schema schema -t $type in >$type.out
		grep "\"$type\"" in >expected
		tk-from-parquet $type.parquet | cmp expected -
		tk-from-parquet $type.out | cmp expected -
		rm -rf out
		tk-to-parquet --schema schema -t $type -o out --partition y in
		run files out
		is "$type
$type/y=__HIVE_DEFAULT_PARTITION__
$type/y=__HIVE_DEFAULT_PARTITION__/part-0.parquet"
	done
	run -1 --separate-stderr tk-to-parquet --schema schema -t c -o no in
	says 'tk-to-parquet: no records of type c'
	[ ! -e no ]
}

@test "records that a schema does not have are named, and its frame is not" {
	records '{"type":"trace","version":1}' '{"type":"failed_task","id":1}' \
		'{"type":"failed_fragment","id":1}' \
		'{"type":"failed_fragment","id":1}' \
		'{"type":"task","id":0,"node":"n","submission_time":1,
"duration":1,"cpu_count":1,"cpu_capacity":1,"mem_capacity":1}' \
		'{"type":"end","records":4,"lost":0,"lost_marks":0,"bad":0}'
	sed -i '/"node"/N; s/\n//' in
	run -0 --separate-stderr tk-to-parquet --strict --opendc v3 -o out in
	[ "$stderr" = "tk-to-parquet: records of other types were left out: \
1 failed_task, 2 failed_fragment" ]
	echo '{"a":[{"name":"x","type":"int64"}]}' >schema
	seq 1 12 | sed 's/.*/{"type":"t&","v":1}/' >in
	run -0 --separate-stderr tk-to-parquet --schema schema -o out in
	[[ $stderr == *": 1 t1, 1 t2,"*"1 t8, 4 of others" ]]
}

@test "a disk that is full is an error, and leaves no file" {
	mkdir out
	awk 'BEGIN {
		for (i = 0; i < 50000; i++)
			print "{\"type\":\"a\",\"x\":" i * i * i % 999983 "}"
	}' >in
	run -1 --separate-stderr bash -c \
		'ulimit -f 8 && tk-to-parquet --codec none -o out in'
	[[ $stderr == *'out/a.parquet: File too large'* ]]
	[ "$(files out)" = "" ]
	run -1 --separate-stderr bash -c 'tk-to-parquet -t a in >/dev/full'
	[[ $stderr == *'No space left'* ]]
}

@test "a signal leaves no file" {
	mkdir out
	mkfifo pipe
	tk-to-parquet -o out pipe 2>err &
	exec 9>pipe
	echo '{"type":"a","x":1}' >&9
	kill -TERM $!
	wait $! || status=$?
	exec 9>&-
	[ "$status" -eq 143 ]
	[ "$(files out)" = "" ]
	grep -qx 'tk-to-parquet: interrupted: no file was written' err
}

@test "the command line is looked at first" {
	run -2 tk-to-parquet --codec lzo -o out in
	run -2 tk-to-parquet --row-group 0 -o out in
	run -2 tk-to-parquet --row-group 5T -o out in
	run -2 tk-to-parquet --page-version 3 -o out in
	run -2 tk-to-parquet --partition a,,b -o out in
	run -2 tk-to-parquet --partition a,b,a -o out in
	run -2 tk-to-parquet --print-schema -o out in
	run -2 tk-to-parquet --schema /dev/null --opendc v3 -o out in
	[ ! -e out ]
}
