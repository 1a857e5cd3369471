# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# proof.bash -- spans against what the services of chain.bash logged
#
# Needs chain.bash.

# pairs: for each child span the client's end of its parent and of itself
pairs() {
	jq -rs 'map(select(.type == "span"))
		| (map({ key: (.span | tostring), value: .peer })
			| from_entries) as $peer
		| map(select(.parent != null))[]
		| $peer[.parent | tostring] + " " + .peer' | sort
}

# chain_proves N FILE [PREFIX]: the spans of a file are the N requests that the
# services of the chain logged; PREFIX is before their names
chain_proves() {
	local n=$1

	[ "$(chain_pairs | wc -l)" -eq "$n" ]
	diff <(chain_pairs) <(pairs <"$2")
	jq -es --argjson n "$n" --arg prefix "${3-}" '
		map(select(.type == "span")) as $spans
		| ($spans | length) == 2 * $n
		and ($spans | map(select(.link == "root")) | length) == $n
		and ($spans | map(select(.service == $prefix + "edge" and
			.parent == null)) | length) == $n
		and ($spans | map(select(.service == $prefix + "origin" and
			.parent != null)) | length) == $n
		and ($spans | map(select(.trace == null)) | length) == 0
		and ($spans | map(.parent | select(. != null)) | unique
			| length) == $n' <"$2"
	within <"$2"
	tail -n 1 "$2" | jq -e '.type == "end" and .lost == 0 and
		.lost_marks == 0 and .bad == 0'
}

# within: each child span lies within its parent, to the microsecond
within() {
	jq -es 'map(select(.type == "span"))
		| (map({ key: (.span | tostring), value: . })
			| from_entries) as $at
		| map(select(.parent != null)
			| $at[.parent | tostring] as $up
			| .ts >= $up.ts and
			.ts + .dur <= $up.ts + $up.dur + 1000)
		| all'
}
