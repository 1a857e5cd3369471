# SPDX-License-Identifier: MIT
# counted.awk -- compare the readings of a counter with what powercap noted
#
#	awk -F '\t' -v path=ZONE -v unit=NJ -f counted.awk TRUTH READINGS
#
# A reading is a type (energy_zone, energy), the value, the delta and the
# status, where - is none.  Each value must have been shown, in that order;
# the sum of deltas must be what was counted between, to the uJ.  A value
# without a delta begins anew.  Prints how many deltas there were, their sum
# in uJ and how many wraps; the status is 1 if anything differs.

BEGIN {
	# awk counts exactly up to 2^53 only.
	most = 9007199254740992
}

FNR == 1 { file++ }

# What is shown while nothing new was counted needs no line.
file == 1 {
	if ($2 == path && $3 ~ /^(begin|write|wrap|reset)$/) {
		value[++shown] = $4
		counted[shown] = $5
		epoch[shown] = $6
		round[shown] = rounds += $3 == "wrap"
	}
	next
}

$2 == "-" { next }

{
	was = at
	if (!find($2)) {
		complain($2 " was not shown, or not then")
		next
	}
}

$1 == "energy_zone" || $3 == "-" {
	if ($4 == "reset" && was && epoch[at] == epoch[was])
		complain("no reset at " $2)
	since = at
	sum = 0
	next
}

{
	deltas++
	sum += $3
	total += $3
	want = energy(counted[at] - counted[since])
	if (epoch[at] != epoch[since])
		complain("a reset at " $2 " was not seen")
	else if (sum != want || total >= most)
		complain(sprintf("%.0f uJ are %.0f at %s", sum, want, $2))
	if (($4 == "wrap") != (round[at] > round[was]))
		complain($4 " at " $2 ": " round[at] - round[was] " rounds")
	wraps += $4 == "wrap"
}

END {
	printf "%d %.0f %d\n", deltas, total, wraps
	exit bad || deltas == 0
}

# Goes on to where that was shown, from the value before on.
function find(text,    i) {
	for (i = at ? at : 1; i <= shown; i++)
		if (value[i] == text) {
			at = i
			return 1
		}
	return 0
}

# The uJ of so many units, cut off: in parts that are exact.
function energy(n,    thousands, rest) {
	thousands = int(n / 1000)
	rest = n - thousands * 1000
	return thousands * unit + int(rest * unit / 1000)
}

function complain(why) {
	print path ": " why
	bad = 1
}
