# SPDX-License-Identifier: MIT
# shift.awk -- move the events of a report in time, by whole seconds
#
#	awk -v seconds=10 -f shift.awk report.txt
#
# It takes reports in which no name of a task holds "]  ".

{
	at = index($0, "]  ") + 3
	line = substr($0, at)
	if (at == 3 || line !~ /^[0-9]+\./) {
		print
		next
	}
	point = index(line, ".")
	print substr($0, 1, at - 1) (substr(line, 1, point - 1) + seconds) \
	    substr(line, point)
}
