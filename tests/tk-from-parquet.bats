#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# tk-from-parquet: rows of Parquet files as records
#
# The files in tests/data/parquet, but for own-*, were written by DuckDB, and
# what they hold was read by DuckDB as well: see make.mjs there.

load helper

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	files=$data/parquet
}

# holds NAME: what DuckDB says is in a file, nulls and all
holds() {
	zstd -dcq "$files/$1.jsonl.zst"
}

# without_nulls: leaves out the fields that are null
without_nulls() {
	sed -E 's/,"[a-z0-9_]+":null//g'
}

@test "values of every type come out of every codec and encoding exactly" {
	for name in v1-snappy v1-gzip v2-zstd v2-lz4 v2-none; do
		tk-from-parquet --nulls -t types "$files/$name.parquet" |
			diff <(holds types) - || fail "$name"
	done
}

@test "what is null is left out" {
	diff <(holds types | without_nulls) \
		<(tk-from-parquet -t types "$files/v2-zstd.parquet")
}

@test "row groups follow one another" {
	diff <(holds groups) <(tk-from-parquet "$files/groups.parquet")
}

@test "a file without rows gives no records" {
	run -0 --separate-stderr tk-from-parquet "$files/empty.parquet"
	[ "$output$stderr" = "" ]
}

@test "-r takes rows within a row group, over two, and up to the end" {
	for range in 1:1 100:200 2000:2100 2048:2049 2049:4096 4200:4200; do
		diff <(holds groups | sed -n "${range/:/,}p") \
			<(tk-from-parquet -r "$range" "$files/groups.parquet")
	done
	diff <(holds groups | tail -n 3) \
		<(tk-from-parquet -r 4198: "$files/groups.parquet")
	diff <(holds groups | head -n 3) \
		<(tk-from-parquet -r :3 "$files/groups.parquet")
	run -0 tk-from-parquet -r 5000: "$files/groups.parquet"
	[ "$output" = "" ]
}

@test "-c takes columns, in the order that it has" {
	run -0 tk-from-parquet -c text,i -r 1001:1002 "$files/groups.parquet"
	is '{"type":"groups","text":"x1","i":1000}
{"type":"groups","text":"x1","i":1001}'
}

@test "a column that no file has is named, the status is 1" {
	run -1 --separate-stderr tk-from-parquet -c i,nothing -r 1:1 \
		"$files/groups.parquet"
	says "tk-from-parquet: no column nothing"
	[ "$output" = '{"type":"groups","i":0}' ]
}

@test "a column type is the type, unless -t is given" {
	diff <(holds type) <(tk-from-parquet "$files/type.parquet")
	run -0 tk-from-parquet -t mine -r 1:1 "$files/type.parquet"
	is '{"type":"mine","arg_type":"kind0","n":0}'
	run -0 tk-from-parquet -c n -r 2:2 "$files/type.parquet"
	is '{"type":"kind1","n":1}'
}

@test "the type is else the file's name, and row from the standard input" {
	cp "$files/groups.parquet" a%2Fb.parquet
	run -0 tk-from-parquet -c i -r 1:1 a%2Fb.parquet
	is '{"type":"a/b","i":0}'
	run -0 tk-from-parquet -c i -r 1:1 <a%2Fb.parquet
	is '{"type":"row","i":0}'
	run -0 bash -c 'cat a%2Fb.parquet | tk-from-parquet -c i -r 1:1 -'
	is '{"type":"row","i":0}'
	zstd -q a%2Fb.parquet
	run -0 tk-from-parquet -c i -r 1:1 a%2Fb.parquet.zst
	is '{"type":"a/b","i":0}'
}

@test "a folder is its files, by name, with what folders tell of them" {
	mkdir -p d/host=b%2F1/cpu=10 d/host=__HIVE_DEFAULT_PARTITION__/cpu=07 \
		d/.hidden=1 d/other/k=v d/other/deep/k=v
	cp "$files/groups.parquet" d/z.parquet
	cp "$files/groups.parquet" d/host=b%2F1/cpu=10/x.parquet
	cp "$files/groups.parquet" \
		d/host=__HIVE_DEFAULT_PARTITION__/cpu=07/y.parquet
	cp "$files/groups.parquet" d/other/not.parquet
	cp "$files/groups.parquet" d/other/k=v/o.parquet
	cp "$files/groups.parquet" d/other/deep/k=v/not.parquet
	cp "$files/groups.parquet" d/.hidden=1/not.parquet
	cp "$files/groups.parquet" d/_not.parquet
	echo >d/not
	run -0 tk-from-parquet -r 1:1 -c i,cpu,host,k d
	is '{"type":"y","i":0,"cpu":"07"}
{"type":"x","i":0,"host":"b/1","cpu":10}
{"type":"o","i":0,"k":"v"}
{"type":"z","i":0}'
	run -0 tk-from-parquet -r 1:1 --nulls -c host d/host=_*/cpu=07/y.parquet
	is '{"type":"y","host":null}'
	run -0 tk-from-parquet -r 1:1 -c i d/host=b%2F1
	is '{"type":"x","i":0}'
}

@test "a folder that tk-to-parquet wrote of a trace is a stream again" {
	cat >in.jsonl <<-'END'
	{"type":"trace","version":1,"trace_id":"r","host":"h"}
	{"type":"a","ts":1,"host":"mine"}
	{"type":"zoo","ts":2,"list":[1,2]}
	{"type":"lost","ts":3,"cpu":0,"count":4}
	{"type":"a","ts":4,"d":0.5}
	{"type":"end","records":3,"lost":4,"lost_marks":1,"bad":0}
	END
	tk-to-parquet -o d in.jsonl
	run -0 --separate-stderr tk-from-parquet d
	is '{"type":"trace","version":1,"trace_id":"r","host":"h"}
{"type":"a","ts":1,"host":"mine","trace_id":"r","trace_host":"h"}
{"type":"a","ts":4,"d":0.5,"trace_id":"r","trace_host":"h"}
{"type":"lost","ts":3,"cpu":0,"count":4,"trace_id":"r","host":"h"}
{"type":"zoo","ts":2,"list":[1,2],"trace_id":"r","host":"h"}
{"type":"end","records":3,"lost":4,"lost_marks":1,"bad":0,"trace_id":"r",'\
'"host":"h"}'
	# But for what its trace says, each record is what it was.
	tk-from-parquet d/a.parquet |
		jq -c 'del(.trace_id, .trace_host)' >a
	jq -c 'select(.type == "a")' in.jsonl | cmp a -
	# Nothing is cut short in it, and all of it is counted.
	tk-from-parquet d | tk-to-parquet --print-schema 2>said >/dev/null
	[ "$(cat said)" = "tk-to-parquet: 4 events lost (1 marks)" ]
	tk-to-parquet -o p --partition trace_id in.jsonl
	run -0 tk-from-parquet p
	[ "$(jq -r .type <<<"${lines[0]}")" = trace ]
	[ "$(jq -r .type <<<"${lines[5]}")" = end ]
}

@test "a record without a field comes back as it was" {
	echo '{"type":"x/y"}' >in.jsonl
	tk-to-parquet -o d in.jsonl
	run -0 tk-from-parquet d
	is '{"type":"x/y"}'
}

@test "types, keys and values that look like hidden files come back" {
	cat >in.jsonl <<-'END'
	{"type":"_k","v":1,"_q":"a\\b"}
	{"type":"_k","v":2,"_q":"_x"}
	{"type":"_k","v":3,"_q":".y"}
	END
	tk-to-parquet -o d in.jsonl
	run -0 tk-from-parquet d
	is "$(cat in.jsonl)"
	tk-to-parquet -o p --partition _q in.jsonl
	tk-from-parquet p | sort >back
	sort in.jsonl | diff - back
}

@test "a folder without Parquet files is named, the status is 1" {
	mkdir d
	run -1 --separate-stderr tk-from-parquet d
	says "tk-from-parquet: d: a folder without Parquet files"
	[ "$output" = "" ]
}

@test "columns that no record can hold are named, and the others stay" {
	run -0 --separate-stderr tk-from-parquet "$files/nested.parquet"
	[ "$output" = "$(holds nested)" ]
	says "tk-from-parquet: $files/nested.parquet: column s is left out: it\
 is nested"
	says "tk-from-parquet: $files/nested.parquet: column m is left out: it\
 is nested"
	says "tk-from-parquet: $files/nested.parquet: column deep is left out:\
 it is nested"
	says "tk-from-parquet: $files/nested.parquet: column price is left out:\
 it is a DECIMAL"
	says "tk-from-parquet: $files/nested.parquet: column id is left out: it\
 is of type FIXED_LEN_BYTE_ARRAY"
	says "tk-from-parquet: $files/nested.parquet: column words is left out:\
 it has lists that are not of integers"
	run -3 tk-from-parquet --strict "$files/nested.parquet"
	run -0 tk-from-parquet --strict -c i,j "$files/nested.parquet"
	is '{"type":"nested","i":7,"j":9}'
}

@test "--schema tells the columns of each type, once" {
	cp "$files/v2-zstd.parquet" a.parquet
	run -0 bash -c 'tk-from-parquet --schema a.parquet a.parquet "$1" |
		jq -c "keys_unsorted, (.a[] | [.name, .type, .required])"' \
		- "$files/type.parquet"
	is '["a","type"]
["bool_","boolean",false]
["i8","int8",false]
["i16","int16",false]
["i32","int32",false]
["i64","int64",false]
["u8","uint8",false]
["u16","uint16",false]
["u32","uint32",false]
["u64","uint64",false]
["f32","float",false]
["f64","double",false]
["few","string",false]
["text","string",false]
["raw","string",false]
["at_us","timestamp_us",false]
["at_ns","timestamp_ns",false]
["list","list",false]
["late","int64",false]
["early","int64",false]
["none","int32",false]'
}

@test "--schema has the units, and only columns that a record can have" {
	echo '{"type":"x","ts":1,"energy_uj":2,"s":"a","l":[1]}' >x.jsonl
	tk-to-parquet -o d x.jsonl
	run -0 bash -c "tk-from-parquet --schema d |
		jq -r '.x[] | .name + \" \" + .type + \" \" + .unit'"
	is 'ts int64 ns
energy_uj int64 uJ
s string 
l list '
	run -0 bash -c "tk-from-parquet --schema '$files/nested.parquet' |
		jq -c '.nested | map(.name)'"
	is '["i","j"]'
}

@test "what is no Parquet file, or a part of one, is told" {
	head -c 2000 "$files/groups.parquet" >cut.parquet
	run -1 --separate-stderr tk-from-parquet cut.parquet
	says "tk-from-parquet: cut.parquet: it does not end as a Parquet file\
 does: it was cut off"
	run -1 --separate-stderr tk-from-parquet "$files/make.mjs"
	says "tk-from-parquet: $files/make.mjs: it is no Parquet file"
	: >none
	run -1 --separate-stderr tk-from-parquet none "$files/type.parquet"
	says "tk-from-parquet: none: it is too short for a Parquet file"
	[ "$(wc -l <<<"$output")" -eq 4 ] # those behind it are read
}

# claims TYPE: a file of one column a of a type, required, that claims 2^60 rows
# and has no page
claims() {
	local hex

	hex=504152311504192c480173150200"15${1}250018016100168080808080808080"
	hex+=20191c191c26001c"15${1}19150019180161150016808080808080808020"
	hex+=1600160026080000160016808080808080808020"00004e00000050415231"
	basenc --base16 -d -i <<<"${hex^^}"
}

@test "the rows that a footer claims are not believed" {
	claims 06 >int96.parquet
	run -1 --separate-stderr tk-from-parquet int96.parquet
	says "tk-from-parquet: int96.parquet: it has no column that can be read"
	[ "$output" = "" ]
	claims 02 >int32.parquet
	run -1 --separate-stderr tk-from-parquet -c none int32.parquet
	says "tk-from-parquet: int32.parquet: row group 1, column a, page 1\
 at byte 4: it has fewer pages than the footer tells"
	[ "$output" = "" ]
}

@test "rows are counted where only folders are asked for" {
	mkdir -p d/k=v
	cp "$files/type.parquet" d/k=v
	run -0 tk-from-parquet -t x -c k d
	is "$(holds type | sed 's/.*/{"type":"x","k":"v"}/')"
}

@test "what is broken is told with its place, and the rows before stand" {
	cp "$files/groups.parquet" broken.parquet
	# Zeros over the header of the second row group's page of few, which
	# is where parquet_metadata() of DuckDB says.
	dd if=/dev/zero of=broken.parquet bs=1 seek=6399 count=20 \
		conv=notrunc status=none
	run -1 --separate-stderr tk-from-parquet broken.parquet
	says "tk-from-parquet: broken.parquet: row group 2, column few, page 2\
 at byte 6399: a page without a type"
	[ "${#lines[@]}" -eq 2048 ]
	diff <(printf '%s\n' "${lines[@]}") \
		<(holds groups | sed 's/groups/broken/' |
			head -n "${#lines[@]}")
}

@test "ranges and columns that are none are wrong usage" {
	for range in 0:1 2:1 3 a:b 1:2:3 -1:2; do
		run -2 tk-from-parquet -r "$range" "$files/type.parquet"
	done
	run -2 tk-from-parquet -c a,,b "$files/type.parquet"
	run -2 tk-from-parquet -c a,b,a "$files/type.parquet"
	run -2 tk-from-parquet -c '' "$files/type.parquet"
}
