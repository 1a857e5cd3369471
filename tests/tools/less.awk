# SPDX-License-Identifier: MIT
# less.awk -- take out of records what other records of the same events lack
#
#	awk [-v micro=1] [-v cut=8] [-v plus=1] [-v needed=1] \
#	    -f less.awk OTHER RECORDS
#
# Prints RECORDS without the task and flags that the same line of OTHER does
# not have, and null where that has null.  With micro=1 times are rounded half
# up to microseconds; with cut=N a task's name is N bytes at most; with plus=1
# prev_state R+ is R, as libtraceevent's own layout prints it; with needed=1
# the flag n is N, as trace-cmd report -l has it.

FNR == NR {
	other[FNR] = $0
	next
}

{
	if (index(other[FNR], "\"task\":") == 0)
		sub(/"task":"([^"\\]|\\.)*",/, "")
	if (index(other[FNR], "\"flags\":\"") == 0)
		sub(/"flags":"[^"]*",/, "")
	rest = other[FNR]
	while (match(rest, /"[a-z_0-9]+":null/)) {
		key = substr(rest, RSTART, RLENGTH - 4)
		sub(key "(\"[^\"]*\"|[-0-9]+)", key "null")
		rest = substr(rest, RSTART + RLENGTH)
	}
	if (micro && match($0, /"ts":[0-9]+/)) {
		ts = substr($0, RSTART + 5, RLENGTH - 5)
		sub(/"ts":[0-9]+/, sprintf("\"ts\":%.0f000",
		    int((ts + 500) / 1000)))
	}
	if (cut && match($0, /"task":"[^"]*"/) && RLENGTH > cut + 9)
		$0 = substr($0, 1, RSTART + cut + 7) \
		    substr($0, RSTART + RLENGTH - 1)
	if (plus)
		sub(/"prev_state":"R\+"/, "\"prev_state\":\"R\"")
	if (needed && match($0, /"flags":".n/))
		$0 = substr($0, 1, RSTART + 9) "N" substr($0, RSTART + 11)
	print
}
