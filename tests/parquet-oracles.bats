#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# What tk-to-parquet writes, as DuckDB and hyparquet read it

load helper
load parquet

setup() {
	need_readers
	cd "$BATS_TEST_TMPDIR" || return
}

# kinds N: records of all kinds of values
kinds() {
	awk -v n="$1" -f "$root/tests/tools/kinds.awk"
}

# written OPTION ...: writes in.jsonl, which no message may follow
written() {
	run --separate-stderr tk-to-parquet "$@" in.jsonl
	[ "$status" -eq 0 ] || fail "status $status: $stderr"
	[ "$output$stderr" = "" ] || fail "$stderr"
}

# metadata FILE COLUMNS [WHERE]: of parquet_metadata(), in order
metadata() {
	duckdb "SELECT $2 FROM parquet_metadata('$1') ${3:+WHERE $3}
		ORDER BY row_group_id, column_id"
}

# values FILE EXPRESSION: of a query of one row
values() {
	duckdb "SELECT $2 FROM read_parquet('$1')"
}

@test "all codecs and pages give back the rows" {
	local codec version

	kinds 3000 >in.jsonl
	rows_of kinds <in.jsonl >expected
	for codec in zstd snappy gzip lz4_raw none; do
		for version in 1 2; do
			written --codec $codec --page-version $version \
				-o $codec$version
		done
	done
	same_rows expected ./*/kinds.parquet
	duckdb "SELECT DISTINCT file_name AS file, compression AS codec FROM
		parquet_metadata('*/kinds.parquet') ORDER BY file" |
		jq -r '(.file | ltrimstr("./")) + " " + .codec' >got
	diff -u - got <<-'END'
	gzip1/kinds.parquet GZIP
	gzip2/kinds.parquet GZIP
	lz4_raw1/kinds.parquet LZ4_RAW
	lz4_raw2/kinds.parquet LZ4_RAW
	none1/kinds.parquet UNCOMPRESSED
	none2/kinds.parquet UNCOMPRESSED
	snappy1/kinds.parquet SNAPPY
	snappy2/kinds.parquet SNAPPY
	zstd1/kinds.parquet ZSTD
	zstd2/kinds.parquet ZSTD
	END
	for version in 1 2; do
		node "$npm/pages.mjs" zstd$version/kinds.parquet |
			grep -o '"type":"DATA_[^"]*"' | sort -u
	done >got
	diff -u - got <<-'END'
	"type":"DATA_PAGE"
	"type":"DATA_PAGE_V2"
	END
}

@test "a column has the type that holds all of its values" {
	kinds 300 >in.jsonl
	written -o out
	duckdb "SELECT column_name AS name, column_type AS type FROM
		(DESCRIBE FROM 'out/kinds.parquet')" >got
	diff -u - got <<-'END'
	{"name":"ts","type":"BIGINT"}
	{"name":"integer","type":"BIGINT"}
	{"name":"unsigned","type":"UBIGINT"}
	{"name":"decimal","type":"DOUBLE"}
	{"name":"slow","type":"DOUBLE"}
	{"name":"both","type":"DOUBLE"}
	{"name":"boolean","type":"BOOLEAN"}
	{"name":"text","type":"VARCHAR"}
	{"name":"unique","type":"VARCHAR"}
	{"name":"list","type":"BIGINT[]"}
	{"name":"same","type":"VARCHAR"}
	{"name":"late","type":"BIGINT"}
	END
}

@test "one row, and each null there can be in eight rows" {
	local column row

	echo '{"type":"one","ts":1}' >in.jsonl
	for ((row = 0; row < 8; row++)); do
		printf '{"type":"nulls"'
		for ((column = 0; column < 256; column++)); do
			((column >> row & 1)) || continue
			printf ',"i%d":%d' $column $((row - 3))
			printf ',"t%d":"%d"' $column $row
			printf ',"l%d":[%d,7]' $column $row
		done
		echo '}'
	done >>in.jsonl
	echo '{"type":"end","records":9,"lost":0,"lost_marks":0,"bad":0}' \
		>>in.jsonl
	rows_of nulls <in.jsonl >expected
	echo '{"ts":1}' >one
	written --page-version 1 -o out1
	written --page-version 2 -o out2
	same_rows one out1/one.parquet out2/one.parquet
	same_rows expected out1/nulls.parquet out2/nulls.parquet
}

@test "a file of a million rows has all of them, and their sum" {
	{
		seq 1000000 | sed 's/.*/{"type":"many","ts":&}/'
		echo '{"type":"end","records":1000000,"lost":0,' \
			'"lost_marks":0,"bad":0}'
	} >in.jsonl
	written -o out
	[ "$(values out/many.parquet "count(*) AS n, sum(ts) AS s,
		min(ts) AS a, max(ts) AS z")" = \
		'{"a":1,"n":1000000,"s":500000500000,"z":1000000}' ]
	hyparquet out/many.parquet | cmp - <(sed '$d' in.jsonl |
		sed 's/"type":"many",//')
}

@test "texts are empty, or a megabyte, or many" {
	{
		printf '{"type":"text","t":"","u":"%s"}\n' \
			"$(head -c 1048576 /dev/zero | tr '\0' a)"
		printf '{"type":"text","t":"%s","u":"%s"}\n' \
			"$(head -c 1048575 /dev/zero | tr '\0' b)" \
			"$(seq -s ' ' 150000)"
		printf '{"type":"text","t":"","u":""}\n'
		seq 30000 | sed 's/.*/{"type":"text","t":"&","u":null}/'
	} >in.jsonl
	rows_of text <in.jsonl >expected
	run --separate-stderr tk-to-parquet -o out in.jsonl
	[ "$status" -eq 0 ]
	same_rows expected out/text.parquet
}

@test "bytes that are no UTF-8 are spelled as in records" {
	{
		printf '# tracer: nop\n'
		printf '    \xff\xfe\\-7    [000] d..2.     1.000001: '
		printf 'sched_wakeup: comm=a\xc3 pid=8 prio=120 target_cpu=0\n'
	} >in.txt
	tk-to-parquet -o out in.txt
	[ "$(values out/sched_wakeup.parquet "task, comm")" = \
		'{"comm":"a\\xc3","task":"\\xff\\xfe\\\\"}' ]
	[ "$(hyparquet out/sched_wakeup.parquet | jq -r .comm)" = 'a\xc3' ]
}

@test "lists are null, empty, long, and over many row groups" {
	{
		printf '{"type":"list","l":[]}\n{"type":"list"}\n'
		printf '{"type":"list","l":[%s]}\n' "$(seq -s , 100000)"
		awk 'BEGIN { for (i = 0; i < 3000; i++) {
			printf "{\"type\":\"list\",\"l\":["
			for (k = 1; k <= i % 40; k++)
				printf("%s%d", k > 1 ? "," : "", k)
			printf "],\"m\":[%d]}\n", i } }'
	} >in.jsonl
	rows_of list <in.jsonl >expected
	run --separate-stderr tk-to-parquet --row-group 16384 -o out in.jsonl
	[ "$status" -eq 0 ]
	same_rows expected out/list.parquet
	[ "$(values out/list.parquet "sum(len(l)) AS n")" = \
		"{\"n\":$((100000 + 75 * 780))}" ]
}

@test "row groups are of the size asked for, and lose no row between them" {
	kinds 20000 >in.jsonl
	rows_of kinds <in.jsonl >expected
	written --row-group 262144 -o out
	same_rows expected out/kinds.parquet
	duckdb "SELECT count(*) > 3 AS several, sum(n) AS n FROM
		(SELECT any_value(row_group_num_rows) AS n FROM
		parquet_metadata('out/kinds.parquet')
		GROUP BY row_group_id)" >got
	[ "$(cat got)" = '{"n":20000,"several":true}' ]
}

@test "times are deltas, names are in dictionaries, decimals split" {
	records 20000 >in.jsonl
	written -o out
	metadata out/sched_switch.parquet \
		'path_in_schema AS c, encodings AS e' >got
	grep -q '"c":"ts","e":".*DELTA_BINARY_PACKED' got
	grep -q '"c":"prev_comm","e":".*RLE_DICTIONARY' got
	grep -q '"c":"next_comm","e":".*RLE_DICTIONARY' got
	awk 'BEGIN { srand(7)
		for (i = 0; i < 20000; i++)
			printf "{\"type\":\"w\",\"power_w\":%.9f}\n",
				40 + sin(i / 700) + rand() / 1000 }' >in.jsonl
	tk-to-parquet -o out in.jsonl 2>/dev/null
	metadata out/w.parquet 'encodings AS e' >got
	grep -q BYTE_STREAM_SPLIT got
	rows_of w <in.jsonl >expected
	same_rows expected out/w.parquet
}

# statistics COLUMN TYPE: a query for how many row groups have statistics that
# are not those of the rows
statistics() {
	printf 'SELECT * FROM (SELECT count(*) AS groups, count_if(
		g.least IS DISTINCT FROM f.least OR
		g.most IS DISTINCT FROM f.most OR
		g.n IS DISTINCT FROM f.n) AS wrong, %s AS of FROM
		(SELECT stats_null_count AS n, stats_min_value::%s AS least,
		stats_max_value::%s AS most, row_group_num_rows AS size,
		sum(size) OVER (ORDER BY row_group_id) AS upto
		FROM parquet_metadata(%s) WHERE path_in_schema = %s) g,
		LATERAL (SELECT min(%s) AS least, max(%s) AS most,
		count(*) - count(%s) AS n FROM r
		WHERE row >= upto - size AND row < upto) f)' \
		"'$1'" "$2" "$2" "'out/kinds.parquet'" "'$1'" \
		"\"$1\"" "\"$1\"" "\"$1\""
}

@test "least, greatest and nulls of each row group are those of its rows" {
	local column query=

	kinds 20000 >in.jsonl
	written --row-group 262144 -o out
	for column in ts=BIGINT integer=BIGINT unsigned=UBIGINT \
		decimal=DOUBLE slow=DOUBLE both=DOUBLE boolean=BOOLEAN \
		text=VARCHAR unique=VARCHAR late=BIGINT same=VARCHAR; do
		query+="${query:+ UNION ALL }$(statistics "${column%=*}" \
			"${column#*=}")"
	done
	duckdb "CREATE TABLE r AS SELECT *, file_row_number AS row FROM
		read_parquet('out/kinds.parquet', file_row_number = true)" \
		"$query" >got
	[ "$(grep -c '"groups":[1-9].*"wrong":0' got)" -eq 11 ] ||
		fail "$(cat got)"
}

@test "each page has its CRC and stands in the page index with its bounds" {
	kinds 60000 >in.jsonl
	written -o out
	node "$npm/pages.mjs" out/kinds.parquet >pages
	[ "$(grep -c '"crc":"ok"' pages)" = "$(grep -c . pages)" ]
	grep '"type":"DATA' pages >data
	! grep -v '"indexed":true' data || fail "is not in the index"
	# More than one page of the times, each with its own rows' bounds.
	grep '"column":"ts"' data >ts
	[ "$(grep -c . ts)" -gt 1 ] || written --page-version 1 -o out
	duckdb "CREATE TABLE r AS SELECT file_row_number AS row, ts FROM
		read_parquet('out/kinds.parquet', file_row_number = true)" \
		"CREATE TABLE p AS SELECT first_row AS first, least, most,
		lead(first_row, 1, 60000) OVER (ORDER BY first_row) AS next
		FROM read_json('ts') WHERE \"group\" = 0" \
		"SELECT count_if(p.least != f.least OR p.most != f.most)
		AS wrong FROM p, LATERAL (SELECT min(ts) AS least,
		max(ts) AS most FROM r
		WHERE row >= first AND row < next) f" >got
	[ "$(cat got)" = '{"wrong":0}' ]
}

# spoil FILE GROUP: overwrites the pages of a row group
spoil() {
	local from to

	read -r from to < <(duckdb "SELECT min(coalesce(
		dictionary_page_offset, data_page_offset)) AS a,
		sum(total_compressed_size) AS n FROM parquet_metadata('$1')
		WHERE row_group_id = $2" | tr -c '0-9\n' ' ')
	head -c "$to" /dev/zero | tr '\0' '\377' |
		dd of="$1" bs=64K seek="$from" oflag=seek_bytes conv=notrunc \
			status=none
}

@test "a query with a filter reads no row group that cannot match" {
	local from

	kinds 20000 >in.jsonl
	written --row-group 262144 -o out
	from=$(duckdb "SELECT stats_min_value AS least FROM
		parquet_metadata('out/kinds.parquet') WHERE row_group_id = 1
		AND path_in_schema = 'ts'" | tr -dc 0-9)
	duckdb "SELECT * FROM 'out/kinds.parquet' WHERE ts < $from" >before
	spoil out/kinds.parquet 1
	run duckdb "SELECT * FROM 'out/kinds.parquet'"
	[ "$status" -eq 1 ] || fail "status $status: ${output: -300}"
	duckdb "SELECT * FROM 'out/kinds.parquet' WHERE ts < $from" >after
	cmp before after
	[ -s after ]
}

@test "the rows that match are found by page index and bloom filter" {
	local first last name

	records 60000 >in.jsonl
	written --bloom next_comm -o out
	read -r first last < <(duckdb "SELECT max(ts) - 99999999 AS a,
		max(ts) - 9999999 AS z FROM 'out/sched_switch.parquet'" |
		tr -c '0-9\n' ' ')
	hyparquet -f "{\"ts\":{\"\$gt\":$first,\"\$lte\":$last}}" \
		out/sched_switch.parquet >got
	duckdb "FROM 'out/sched_switch.parquet'
		WHERE ts > $first AND ts <= $last" | cmp got -
	[ -s got ]
	for name in ffmpeg missing; do
		hyparquet -f "{\"next_comm\":\"$name\"}" \
			out/sched_switch.parquet >got
		duckdb "FROM 'out/sched_switch.parquet'
			WHERE next_comm = '$name'" | cmp got -
	done
}

@test "partitions are read as one table, by their keys" {
	records 5000 >in.jsonl
	written --partition cpu -o out
	duckdb "SELECT cpu, count(*) AS n, sum(prev_pid) AS s FROM
		read_parquet('out/sched_switch/**/*.parquet',
		hive_partitioning = true) GROUP BY cpu ORDER BY cpu" >got
	jq -c 'select(.type == "sched_switch")' in.jsonl |
		jq -sSc 'group_by(.cpu)[] | {cpu: .[0].cpu, n: length,
			s: (map(.prev_pid) | add)}' >expected
	diff -u expected got
	ls out/sched_switch >folders
	diff -u - folders <<-'END'
	cpu=0
	cpu=1
	cpu=2
	cpu=3
	END
}

@test "partitions of which each has other columns are one table, too" {
	awk 'BEGIN { for (i = 0; i < 20000; i++) {
		printf "{\"type\":\"x\",\"k\":%d,\"n\":%d", i % 2, i
		if (i > 10000 && i % 2) printf ",\"one\":\"t%d\"", i
		if (i > 15000 && i % 2 == 0) printf ",\"nil\":%d", i
		print "}" } }' >in.jsonl
	tk-to-parquet --row-group 5k --partition k -o out in.jsonl
	duckdb "SELECT k, count(*) AS n, count(one) AS one, count(nil) AS nil,
		sum(n)::BIGINT AS s FROM read_parquet('out/x/*/*.parquet')
		GROUP BY k ORDER BY k" >got
	diff -u - got <<-'END'
	{"k":0,"n":10000,"nil":2499,"one":0,"s":99990000}
	{"k":1,"n":10000,"nil":0,"one":5000,"s":100000000}
	END
	# Each file has all columns, with the same types.
	duckdb "SELECT name, count(DISTINCT type) AS types, count(*) AS files
		FROM parquet_schema('out/x/*/*.parquet')
		WHERE type IS NOT NULL GROUP BY name ORDER BY name" >got
	diff -u - got <<-'END'
	{"files":2,"name":"n","types":1}
	{"files":2,"name":"nil","types":1}
	{"files":2,"name":"one","types":1}
	END
}

@test "keys of partitions may be any text, or null" {
	cat >in.jsonl <<-'END'
	{"type":"x","k":"a/b=c%","n":1}
	{"type":"x","k":"","n":2}
	{"type":"x","n":3}
	{"type":"x","k":"ä ö:*?","n":4}
	{"type":"x","k":"..","n":5}
	{"type":"end","records":5,"lost":0,"lost_marks":0,"bad":0}
	END
	written --partition k -o out
	duckdb "SELECT k, n FROM read_parquet('out/x/**/*.parquet',
		hive_partitioning = true) ORDER BY n" >got
	grep -qxF '{"k":"a/b=c%","n":1}' got
	grep -qxF '{"n":3}' got
	grep -qxF '{"k":"ä ö:*?","n":4}' got
	grep -qxF '{"k":"..","n":5}' got
	[ "$(grep -c . got)" -eq 5 ]
}

@test "what the trace says of itself is in each row, and in the metadata" {
	records 100 >in.jsonl
	written -o out
	[ "$(values out/sched_switch.parquet "DISTINCT trace_id,
		workload_type, clock")" = \
'{"clock":"mono","trace_id":"mixed_run0","workload_type":"mixed"}' ]
	duckdb "SELECT decode(key) AS key, decode(value) AS value FROM
		parquet_kv_metadata('out/sched_switch.parquet')" >got
	grep -qxF '{"key":"tracekit.trace_id","value":"mixed_run0"}' got
	grep -qxF '{"key":"tracekit.clock","value":"mono"}' got
}

@test "a bloom filter knows the names that are there, and few others" {
	records 20000 >in.jsonl
	written --bloom next_comm -o out
	duckdb "SELECT count_if(bloom_filter_excludes) AS n FROM
		parquet_bloom_probe('out/sched_switch.parquet', 'next_comm',
		'hackbench')" >got
	[ "$(cat got)" = '{"n":0}' ]
	duckdb "SELECT bool_and(bloom_filter_excludes) AS all FROM
		parquet_bloom_probe('out/sched_switch.parquet', 'next_comm',
		'no such name')" >got
	[ "$(cat got)" = '{"all":true}' ]
}

# typed: a schema of a column of each type, by its name
typed() {
	local type separator=

	printf '{"typed":['
	for type in boolean int8 int16 int32 int64 uint8 uint16 uint32 uint64 \
		float double string timestamp_ms timestamp_us timestamp_ns \
		list list_int32; do
		printf '%s{"name":"%s","type":"%s"}' "$separator" $type $type
		separator=,
	done
	printf ']}\n'
}

@test "the types of a schema are those that both readers see" {
	typed >schema.json
	cat >in.jsonl <<-'END'
	{"type":"typed","boolean":true,"int8":-128,"int16":-32768,\
	"int32":-2147483648,"int64":-9223372036854775808,"uint8":255,\
	"uint16":65535,"uint32":4294967295,"uint64":18446744073709551615,\
	"float":0.5,"double":0.1,"string":"x","timestamp_ms":-1,\
	"timestamp_us":1757000000123456,"timestamp_ns":1757000000123456789,\
	"list":[-9223372036854775808],"list_int32":[2147483647]}
	{"type":"typed","int8":127,"int16":32767,"int32":2147483647,"uint8":0}
	{"type":"end","records":2,"lost":0,"lost_marks":0,"bad":0}
	END
	sed -i -e ':more' -e '/\\$/{ N; s/\\\n//; b more' -e '}' in.jsonl
	run --separate-stderr tk-to-parquet --schema schema.json -o out in.jsonl
	[ "$status" -eq 0 ]
	# All times are nanoseconds here.
	rows_of typed <in.jsonl | sed -e 's/"timestamp_ms":-1/&000000/' \
		-e 's/"timestamp_us":[0-9]*/&000/' >expected
	hyparquet out/typed.parquet | cmp expected -
	duckdb "FROM 'out/typed.parquet'" | cmp expected -
	duckdb "SELECT column_name AS name, column_type AS type FROM
		(DESCRIBE FROM 'out/typed.parquet')
		WHERE name NOT LIKE 'timestamp%'" |
		jq -r '.name + " " + .type' >got
	diff -u - got <<-'END'
	boolean BOOLEAN
	int8 TINYINT
	int16 SMALLINT
	int32 INTEGER
	int64 BIGINT
	uint8 UTINYINT
	uint16 USMALLINT
	uint32 UINTEGER
	uint64 UBIGINT
	float FLOAT
	double DOUBLE
	string VARCHAR
	list BIGINT[]
	list_int32 INTEGER[]
	END
	duckdb "SELECT regexp_extract(logical_type,
		'(MILLIS|MICROS|NANOS)=[A-Z]', 1) AS unit,
		logical_type LIKE '%isAdjustedToUTC=1%' AS utc
		FROM parquet_schema('out/typed.parquet')
		WHERE name LIKE 'timestamp%'" >got
	diff -u - got <<-'END'
	{"unit":"MILLIS","utc":true}
	{"unit":"MICROS","utc":true}
	{"unit":"NANOS","utc":false}
	END
}

@test "the schema that is printed makes the same table" {
	{
		echo '{"type":"trace","version":1,"trace_id":"t","cpus":2}'
		kinds 3000
	} >in.jsonl
	tk-to-parquet --print-schema in.jsonl >schema.json 2>messages
	tk-to-parquet -o shown in.jsonl 2>messages
	tk-to-parquet --schema schema.json -o said in.jsonl 2>messages
	for dir in shown said; do
		duckdb "FROM '$dir/kinds.parquet'" >$dir.rows
		duckdb "SELECT name, type, converted_type AS of,
			repetition_type AS rule FROM
			parquet_schema('$dir/kinds.parquet')" >$dir.columns
	done
	cmp shown.rows said.rows
	diff -u shown.columns said.columns
}

@test "a file without a row has the columns of its schema" {
	typed >schema.json
	echo '{"type":"end","records":0,"lost":0,"lost_marks":0,"bad":0}' \
		>in.jsonl
	run --separate-stderr tk-to-parquet --schema schema.json -o out in.jsonl
	[ "$status" -eq 0 ]
	[ "$(values out/typed.parquet 'count(*) AS n')" = '{"n":0}' ]
	[ "$(hyparquet out/typed.parquet)" = "" ]
	[ "$(duckdb "FROM (DESCRIBE FROM 'out/typed.parquet')" |
		grep -c .)" -eq 17 ]
}

@test "where a row group is does not go by columns that have no value in it" {
	{
		echo '{"type":"x","late":null,"n":0,"t":"a"}'
		seq 60000 | awk '{
			printf "{\"type\":\"x\",\"n\":%d,\"t\":\"%d\"}\n",
				$1 * 7919 % 1000003, $1 * $1 % 1000003 }'
		echo '{"type":"x","late":true,"n":1}'
		echo '{"type":"end","records":60002,"lost":0,' \
			'"lost_marks":0,"bad":0}'
	} >in.jsonl
	rows_of x <in.jsonl >expected
	written --row-group 1M -o out
	same_rows expected out/x.parquet
	# A split of parquet-mr has the row groups of which the middle, counted
	# from the first column, is in it; the last split ends with the file.
	duckdb "SELECT row_group_id AS g, sum(total_compressed_size) // 2 +
		arg_min(data_page_offset, column_id) AS middle
		FROM parquet_metadata('out/x.parquet')
		GROUP BY g ORDER BY g" | jq -r .middle >middles
	[ "$(grep -c . middles)" -gt 2 ]
	sort -n middles | cmp middles -
	[ "$(tail -n 1 middles)" -lt "$(stat -c %s out/x.parquet)" ]
}

# back FILE ...: whether tk-from-parquet makes of each the rows of expected
back() {
	local file

	for file; do
		tk-from-parquet -t kinds "$file" >back.jsonl
		rows_of kinds <back.jsonl | cmp expected - ||
			fail "$file: not the same"
	done
}

@test "tk-from-parquet gives the records back" {
	local codec

	kinds 3000 >in.jsonl
	rows_of kinds <in.jsonl >expected
	for codec in zstd snappy gzip lz4_raw none; do
		written --codec $codec --row-group 65536 -o $codec
	done
	written --page-version 1 -o old
	back ./*/kinds.parquet
}

@test "tk-from-parquet reads what DuckDB writes as DuckDB does" {
	local codec queries=() version

	kinds 3000 >in.jsonl
	rows_of kinds <in.jsonl >expected
	written -o out
	for version in V1 V2; do
		for codec in zstd snappy gzip lz4_raw uncompressed; do
			queries+=("COPY (FROM 'out/kinds.parquet') TO
				'$version$codec.parquet' (FORMAT parquet,
				COMPRESSION $codec, ROW_GROUP_SIZE 2048,
				PARQUET_VERSION $version)")
		done
	done
	duckdb "${queries[@]}" "SELECT 1"
	back V*.parquet
}
