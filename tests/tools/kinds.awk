# SPDX-License-Identifier: MIT
# kinds.awk -- records with values of all kinds, at their limits
#
#	awk -v n=3000 -f kinds.awk
#
# Integers are written as texts, for awk's own have 53 bits.  Each column is
# null in other rows; "late" comes in the second half.

function one_of(list, i,    part, parts) {
	parts = split(list, part, " ")
	return part[i % parts + 1]
}

function put(key, value, i, nulls) {
	if (i % nulls == nulls - 2)
		printf ",\"%s\":null", key
	else if (i % nulls != nulls - 1)
		printf ",\"%s\":%s", key, value
}

function text(i) {
	return one_of("\"\" \"a\" \"äß€😀\" " \
	    "\"\\u0000\\u001f\" \"\\\"\\\\\\/\" " \
	    "\"\\ud83d\\ude00\\ufeff\" \"\\\\\\\\xff\" \"{}\" \"12\"", i)
}

BEGIN {
	for (i = 0; i < n; i++) {
		printf "{\"type\":\"kinds\",\"ts\":954242%09d", \
		    i * 1237 + i % 7 * 11
		put("integer", one_of("-9223372036854775808 0 -1 1 65536 " \
		    "9223372036854775807 4294967296", int(i / 3)), i, 11)
		put("unsigned", one_of("18446744073709551615 0 1 " \
		    "9223372036854775808", int(i / 5)), i, 7)
		put("decimal", one_of("0.1 -1e300 5e-324 -0.0 2.5 1e21 " \
		    "1.7976931348623157e308 -2.2250738585072014e-308 0.5", \
		    int(i / 2)), i, 13)
		put("slow", sprintf("%.2f", 20 + int(i / 9) * 0.01), i, 500)
		put("both", i % 4 ? i : i + 0.25, i, 17)
		put("boolean", i % 5 < 2 ? "true" : "false", i, 3)
		put("text", text(int(i / 2)), i, 19)
		put("unique", sprintf("\"%08x-%d\"", i * 40503 % 65521, i), \
		    i, 23)
		put("list", one_of("[] [1] [-9223372036854775808,0] [1,2,3] " \
		    "[9223372036854775807,9223372036854775807,5,6,7]", i), \
		    i, 29)
		put("same", "\"same\"", i, n + 2)
		if (i >= n / 2)
			put("late", i % 100, i, 3)
		print "}"
	}
	printf "{\"type\":\"end\",\"records\":%d,\"lost\":0,", n
	print "\"lost_marks\":0,\"bad\":0}"
}
