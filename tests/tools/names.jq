# SPDX-License-Identifier: MIT
# names.jq -- the names in records, byte for byte
#
#	jq -rf names.jq RECORDS
#
# Prints a line for each name of each event: the event's type, what the name
# is called there, the number of the task, and the name with each byte as %XX,
# with tabs between.

def hex: "0123456789ABCDEF" | split("");

def byte: "%" + hex[. / 16 | floor] + hex[. % 16];

# The bytes of a character in UTF-8 (RFC 3629).
def bytes:
	def rest($n): 128 + ((. / $n | floor) % 64);
	if . < 128 then .
	elif . < 2048 then 192 + (. / 64 | floor), rest(1)
	elif . < 65536 then 224 + (. / 4096 | floor), rest(64), rest(1)
	else 240 + (. / 262144 | floor), rest(4096), rest(64), rest(1)
	end;

# In a name \\ is a backslash and \xNN a byte, tk-record(5).
def spelled:
	[match("\\\\\\\\|\\\\x[0-9a-f]{2}|[\\s\\S]"; "g").string
		| if . == "\\\\" then "%5C"
		elif length == 4 then "%" + (.[2:] | ascii_upcase)
		else [explode[0] | bytes | byte] | add
		end]
	| add // "";

def shown($what; $tid; $name):
	if $name == null then empty
	else [.type, $what, $tid, ($name | spelled)] | join("\t")
	end;

select(.ts != null and .tid != null)
| shown("task"; .tid; .task),
	shown("prev_comm"; .prev_pid; .prev_comm),
	shown("next_comm"; .next_pid; .next_comm),
	shown("comm"; .pid; .comm),
	shown("parent_comm"; .parent_pid; .parent_comm),
	shown("child_comm"; .child_pid; .child_comm)
