# SPDX-License-Identifier: MIT
# agree.jq -- where records out of text differ from those of the binary trace
#
#	jq -rn --slurpfile truth A --slurpfile text B -f agree.jq
#
# Each line is the type and the field, and what it is: absent where the text
# does not carry it, other where it has another value, new where the trace has
# no such field, moved where the order is another one.  Fields that all events
# have are not looked at.  An address that the kernel hashes, or that is
# printed by the name of what is there, agrees with any other address; numbers
# are strings with # in front, so that none is rounded.

def address:
	test("^0x[0-9a-f]+$") or test("^#[0-9]{15,}$");

def place:
	test("^0x[0-9a-f]+$") or test("^#[0-9]+$") or
	test("^[A-Za-z_.][A-Za-z0-9_.]*([+]0x[0-9a-f]+)?( \\[[a-z0-9_]+\\])?$");

def own:
	del(.type, .ts, .cpu, .task, .tid, .tgid, .flags) | to_entries;

def agree($a; $b):
	$a == $b or (($a | type) == "string" and ($b | type) == "string" and
		($a | address) and ($b | place));

def compare($truth; $text):
	($truth | own | from_entries) as $want
	| ($text | own | from_entries) as $got
	| ($want | to_entries[]
		| select(.key as $key | $got | has($key) | not)
		| "\(.key) absent"),
	($got | to_entries[]
		| if .key as $key | $want | has($key) | not then
			"\(.key) new"
		elif .value == null or agree($want[.key]; .value) then
			empty
		else
			"\(.key) other"
		end),
	(($want | keys_unsorted | map(select(. as $k | $got | has($k)))) as $a
		| ($got | keys_unsorted | map(select(. as $k | $want | has($k))))
		| select(. != $a) | "fields moved");

if ($truth | length) != ($text | length) then
	"\($truth | length) records, but \($text | length)"
else
	range($truth | length) as $i
	| if $truth[$i].type != $text[$i].type then
		"record \($i) is \($text[$i].type)"
	else
		compare($truth[$i]; $text[$i])
		| "\($truth[$i].type) \(.)"
	end
end
