# SPDX-License-Identifier: MIT
# drop.awk -- cut events out of a report, as a full ring buffer loses them
#
#	awk -v share=0.05 -v seed=1 -v marks=1 -f drop.awk report.txt
#
# Loses about that share of the events, in blocks of 40 that follow one
# another on a CPU.  With marks=1 a line "CPU:n [LOST 40 EVENTS]" stands
# before the next event of that CPU, where trace-cmd report puts it.  Lines
# that continue an event share its fate.  The same seed cuts the same lines
# with every awk.

function chance() {
	state = state * 16807 % 2147483647
	return state / 2147483647
}

BEGIN {
	if (!block)
		block = 40
	state = seed ? seed * 7919 : 7919
	chance()
	start = share / (block * (1 - share))
}

$2 ~ /^\[[0-9]+\]$/ {
	cpu = $2
	gsub(/[^0-9]/, "", cpu)
	cpu += 0
	if (!left[cpu] && chance() < start)
		left[cpu] = block
	gone = left[cpu] > 0
	if (gone && !--left[cpu])
		due[cpu] = 1
	else if (!gone && due[cpu]) {
		if (marks)
			print "CPU:" cpu " [LOST " block " EVENTS]"
		due[cpu] = 0
	}
}

!gone
