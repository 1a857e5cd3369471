# SPDX-License-Identifier: MIT
# shift.awk -- move the events of a trace's text in time, by whole seconds
#
#	awk -v seconds=10 -f shift.awk report.txt
#
# It takes reports, and text of the kernel, in which no name of a task looks
# like a CPU and a time: "[000]  1.2: " or "[000] d..2.  1.2: ".

!match($0, /\] +([^ ]+ +)?[0-9]+\.[0-9]+: /) {
	print
	next
}

{
	before = substr($0, 1, RSTART + RLENGTH - 1)
	sub(/[0-9]+\.[0-9]+: $/, "", before)
	line = substr($0, length(before) + 1)
	point = index(line, ".")
	print before (substr(line, 1, point - 1) + seconds) substr(line, point)
}
