#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# Workloads of OpenDC: the schema that each generation of it asks for
#
# OpenDC's reader, of parquet-mr with strict types, refuses a column that is
# OPTIONAL where it asks for REQUIRED or that has another physical type; reads
# micro- or nanoseconds as milliseconds; and takes defaults for a REQUIRED
# column that is not there.

load helper
load parquet

setup() {
	need_readers
	cd "$BATS_TEST_TMPDIR" || return
	cat >in.jsonl <<-'END'
	{"type":"task","id":0,"name":"a","submission_time":1757000000000,\
	"duration":1500,"cpu_count":2,"cpu_capacity":4800,\
	"mem_capacity":65536,"parents":[],"children":[1]}
	{"type":"fragment","id":0,"duration":1000,"cpu_count":2,\
	"cpu_usage":1200.5}
	{"type":"fragment","id":0,"duration":500,"cpu_count":2,\
	"cpu_usage":4800}
	{"type":"task","id":1,"name":null,"submission_time":1757000001000,\
	"duration":7,"cpu_count":1,"cpu_capacity":2400.25,\
	"mem_capacity":1024,"parents":[0],"children":[]}
	{"type":"fragment","id":1,"duration":7,"cpu_count":1,\
	"cpu_usage":0.1}
	{"type":"end","records":5,"lost":0,"lost_marks":0,"bad":0}
	END
	sed -i -e ':more' -e '/\\$/{ N; s/\\\n//; b more' -e '}' in.jsonl
}

# schema FILE: its columns by name, a line each
schema() {
	duckdb "SELECT name, type, repetition_type AS rule,
		regexp_extract(logical_type, '(MILLIS|MICROS|NANOS)=[A-Z]', 1)
		AS unit FROM parquet_schema('$1')
		WHERE type IS NOT NULL" |
		jq -r '[.name, .type, .rule, .unit // ""] | join(" ")' |
		sed 's/ *$//' | LC_ALL=C sort
}

# left_out WHY VERSION: the second task of in.jsonl is told, and not written
left_out() {
	run --separate-stderr tk-to-parquet --strict --opendc "$2" -o out \
		in.jsonl
	[ "$status" -eq 3 ] || fail "status $status"
	[[ $stderr == *"tk-to-parquet: in.jsonl:4: $1"* ]] || fail "$stderr"
	[ "$(duckdb "SELECT id::INT AS id FROM 'out/tasks.parquet'")" = \
		'{"id":0}' ]
}

@test "v1 has ids that are texts, and the cores of fragments" {
	tk-to-parquet --opendc v1 -o out in.jsonl
	schema out/tasks.parquet >tasks
	diff -u - tasks <<-'END'
	cpu_capacity DOUBLE REQUIRED
	cpu_count INT32 REQUIRED
	duration INT64 REQUIRED
	id BYTE_ARRAY REQUIRED
	mem_capacity INT64 REQUIRED
	submission_time INT64 REQUIRED
	END
	schema out/fragments.parquet >fragments
	diff -u - fragments <<-'END'
	cpu_count INT32 REQUIRED
	cpu_usage DOUBLE REQUIRED
	duration INT64 REQUIRED
	id BYTE_ARRAY REQUIRED
	END
	duckdb "FROM 'out/tasks.parquet'" | jq -c '[.id, .cpu_count]' >got
	diff -u got - <<-'END'
	["0",2]
	["1",1]
	END
	duckdb "FROM 'out/fragments.parquet'" | jq -c '[.id, .cpu_count]' >got
	diff -u got - <<-'END'
	["0",2]
	["0",2]
	["1",1]
	END
}

# own VERSION: the column that only this generation has
own() {
	case $1 in
	v2) echo nature BYTE_ARRAY OPTIONAL ;;
	v3) echo deferrable BOOLEAN OPTIONAL ;;
	esac
}

@test "v2 and v3 have ids of 32 bits, and what may be null is OPTIONAL" {
	local version

	for version in v2 v3; do
		tk-to-parquet --opendc $version -o out in.jsonl
		schema out/tasks.parquet >tasks
		LC_ALL=C sort - <(own $version) <<-'END' | diff -u - tasks
		cpu_capacity DOUBLE REQUIRED
		cpu_count INT32 REQUIRED
		deadline INT64 OPTIONAL
		duration INT64 REQUIRED
		element INT32 OPTIONAL
		element INT32 OPTIONAL
		gpu_capacity DOUBLE OPTIONAL
		gpu_count INT32 OPTIONAL
		id INT32 REQUIRED
		mem_capacity INT64 REQUIRED
		name BYTE_ARRAY OPTIONAL
		submission_time INT64 REQUIRED MILLIS
		END
		schema out/fragments.parquet >fragments
		diff -u - fragments <<-'END'
		cpu_usage DOUBLE REQUIRED
		duration INT64 REQUIRED
		gpu_usage DOUBLE OPTIONAL
		id INT32 REQUIRED
		END
		duckdb "SELECT name, converted_type AS of, repetition_type
			AS rule FROM parquet_schema('out/tasks.parquet')
			WHERE name IN ('parents', 'children', 'list')" >lists
		diff -u - <(sort lists) <<-'END'
		{"name":"children","of":"LIST","rule":"OPTIONAL"}
		{"name":"list","rule":"REPEATED"}
		{"name":"list","rule":"REPEATED"}
		{"name":"parents","of":"LIST","rule":"OPTIONAL"}
		END
	done
}

@test "the values are those of the records, in both readers" {
	tk-to-parquet --opendc v3 -o out in.jsonl
	rows_of task <in.jsonl | sed 's/1757000[0-9]*/&000000/' >expected
	hyparquet out/tasks.parquet | cmp expected -
	duckdb "FROM 'out/tasks.parquet'" | cmp expected -
	rows_of fragment <in.jsonl | sed 's/"cpu_count":.,//' >expected
	same_rows expected out/fragments.parquet
}

@test "fragments stand in the order in which they ran, grouped or not" {
	{
		sed -n '/"task"/p' in.jsonl
		awk 'BEGIN { for (i = 0; i < 20000; i++)
			printf "{\"type\":\"fragment\",\"id\":%d," \
				"\"duration\":%d,\"cpu_usage\":%d.5}\n",
				i % 3 == 0, i + 1, i * 7 % 4800 }'
	} >many.jsonl
	tk-to-parquet --opendc v3 -o out many.jsonl 2>messages
	[ "$(grep -vc 'cut short' messages)" -eq 0 ]
	rows_of fragment <many.jsonl >expected
	same_rows expected out/fragments.parquet
}

@test "codecs are those that OpenDC has, and pages have a CRC" {
	tk-to-parquet --opendc v3 -o out in.jsonl
	duckdb "SELECT DISTINCT compression AS c FROM
		parquet_metadata('out/*.parquet')" >got
	[ "$(cat got)" = '{"c":"ZSTD"}' ]
	node "$npm/pages.mjs" out/tasks.parquet >pages
	[ "$(grep -vc '"crc":"ok"' pages)" -eq 0 ]
}

@test "a task without what is REQUIRED is left out, and its line named" {
	local version

	sed -i '4s/"duration":7,//' in.jsonl
	for version in v1 v2 v3; do
		left_out duration $version
	done
}

@test "an id that 32 bits do not hold is left out" {
	sed -i 's/"id":1,/"id":2147483648,/' in.jsonl
	left_out id v3
}

@test "a value of another type is left out, and not rounded" {
	sed -i '4s/"mem_capacity":1024/"mem_capacity":1024.5/' in.jsonl
	left_out mem_capacity v3
}

@test "a run that was collected is a workload, of each generation" {
	local version

	collected run 40 5
	tk-opendc run >run.jsonl
	for version in v1 v2 v3; do
		tk-to-parquet --opendc $version -o $version run.jsonl
		duckdb "SELECT count(*) AS tasks, count(DISTINCT t.id) AS ids,
			count_if(t.duration IS DISTINCT FROM f.duration)
			AS wrong, count_if(least < 0.1) AS zero
			FROM '$version/tasks.parquet' t LEFT JOIN
			(SELECT id, sum(duration) AS duration,
			min(cpu_usage) AS least
			FROM '$version/fragments.parquet' GROUP BY id) f
			USING (id)" >got
		diff -u - got <<-'END'
		{"ids":40,"tasks":40,"wrong":0,"zero":0}
		END
	done
}
