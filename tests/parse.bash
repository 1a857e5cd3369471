# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# parse.bash -- what the tests of tk-parse share; loaded after helper

source=$data/source
formats=$source/formats
tools=$root/tests/tools

# unpack PATH ...: puts recordings of tests/data, given without .zst, here
unpack() {
	local path

	for path; do
		zstd -dcq "$data/$path.zst" >"${path##*/}"
	done
}

# joined: standard input, where a line that ends in a backslash goes on in the
# next, so that lines of traces fit on the page
joined() {
	sed -e ':more' -e '/\\$/{ N; s/\\\n//; b more' -e '}'
}

# events [FILE ...]: records without those that frame a stream
events() {
	grep -hvE '^\{"type":"(trace|lost|end)"' "$@"
}

# losses [FILE ...]: where events were lost, a line each: ts, cpu, count
losses() {
	jq -rc 'select(.type == "lost") | [.ts, .cpu, .count]' "$@"
}

# end [FILE ...]: the counts of end records
end() {
	jq -c 'select(.type == "end") | [.records, .lost, .lost_marks, .bad]' \
		"$@"
}

# title [FILE ...]: what trace records say of the trace's names
title() {
	jq -c 'select(.type == "trace")
		| [.trace_id, .workload_type, .category]' "$@"
}

# nameless: records without the task they happened in; JSON in jq's spelling
nameless() {
	sed -E 's/"task":"([^"\\]|\\.)*",//' | jq -c .
}

# body FILE: a record stream without what depends on the input's name
body() {
	sed -E '1s/"(trace_id|workload_type|category)":"[^"]*",//g
		1s/,"by":.*//' "$1"
}

# well_formed FILE: every line is one flat JSON object, and they are framed
well_formed() {
	jq -es 'all(.[]; type == "object" and (.type | type) == "string")
		and .[0].type == "trace" and .[-1].type == "end"' "$1" \
		>/dev/null
}
