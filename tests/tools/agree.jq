# SPDX-License-Identifier: MIT
# agree.jq -- where records out of text differ from those of the binary trace
#
#	jq -rn --slurpfile truth A --slurpfile text B [--arg hashed yes] \
#		-f agree.jq
#
# Each line is the type and the field, and what it is: absent where the text
# does not carry it, unknown where it is null, other where it has another
# value, new where the trace has no such field, moved where the order is
# another one.  Fields that all events have are not looked at.  Numbers are
# strings with # in front, so that none is rounded.
#
# An address of the kernel may be printed by the name of what is there, or, with
# hashed, as 32 bits that the kernel makes of it: in the fields that are named
# here, and one address the same way wherever it is printed.  Another line
# tells of two ways for one address, or of one hash for two.

# The addresses are the upper half: from 0xffff800000000000 on.
def address:
	test("^0xffff[89a-f][0-9a-f]{11}$") or
	(test("^#[0-9]{20}$") and .[1:] >= "18446603336221196288");

# Of memory that each CPU has, a pointer tells the distance.
def offset:
	test("^0x[0-9a-f]{9,12}$");

def hash:
	test("^0x[0-9a-f]{1,8}$") or
	(test("^#[0-9]{1,10}$") and (.[1:] | tonumber) < 4294967296);

def name:
	test("^[A-Za-z_.][A-Za-z0-9_.]*([+]0x[0-9a-f]+)?( \\[[a-z0-9_]+\\])?$")
	and (test("^[0-9a-f]{8,}$") | not);

def is_code:
	IN("call_site", "callback", "caller", "callsite", "cb", "fn", "fun",
		"func", "function", "ip", "location", "ops", "shrink");

def is_pointer:
	IN("base_addr", "capable_ns", "cred", "csd", "ctx", "fl", "folio",
		"fpu", "group", "hrtimer", "lock_addr", "mm", "mt", "napi",
		"node", "owner", "ptr", "shr", "sk", "skaddr", "skbaddr",
		"target_ns", "timer", "val", "work", "worker");

def own:
	del(.type, .ts, .cpu, .task, .tid, .tgid, .flags) | to_entries;

def hashes:
	$ARGS.named.hashed == "yes";

# place($key; $a; $b): how an address is printed, or nothing
def place($key; $a; $b):
	select($a != $b and ($a | type) == "string" and
		($b | type) == "string")
	| if ($key | is_code) and ($a | address) and ($b | name) then
		"name"
	elif hashes and ($key | is_pointer) and ($b | hash) and
		($a | address or offset) then
		"hash"
	else
		empty
	end;

def agree($key; $a; $b):
	$a == $b or ([place($key; $a; $b)] != []);

def compare($truth; $text):
	($truth | own | from_entries) as $want
	| ($text | own | from_entries) as $got
	| ($want | to_entries[]
		| select(.key as $key | $got | has($key) | not)
		| "\(.key) absent"),
	($got | to_entries[]
		| if .key as $key | $want | has($key) | not then
			"\(.key) new"
		elif agree(.key; $want[.key]; .value) then
			empty
		elif .value == null then
			"\(.key) unknown"
		else
			"\(.key) other"
		end),
	(($want | keys_unsorted | map(select(. as $k | $got | has($k)))) as $a
		| ($got | keys_unsorted | map(select(. as $k | $want | has($k))))
		| select(. != $a) | "fields moved");

# The two laws of names and hashes; two functions may have one name.
def ways:
	[range($truth | length) as $i
		| $text[$i] as $got
		| $truth[$i] | own[]
		| .value as $a
		| $got[.key] as $b
		| {way: place(.key; $a; $b), a: $a, b: $b}]
	| unique as $all
	| ($all | group_by([.way, .a])[] | select(length > 1)
		| "\(.[0].a) is printed as \(map(.b))"),
	($all | map(select(.way == "hash")) | group_by(.b)[]
		| select(length > 1)
		| "\(.[0].b) is a hash of \(map(.a))");

if ($truth | length) != ($text | length) then
	"\($truth | length) records, but \($text | length)"
else
	(range($truth | length) as $i
	| if $truth[$i].type != $text[$i].type then
		"record \($i) is \($text[$i].type)"
	else
		compare($truth[$i]; $text[$i])
		| "\($truth[$i].type) \(.)"
	end),
	ways
end
