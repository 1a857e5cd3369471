# SPDX-License-Identifier: MIT
# length.awk -- nothing is longer than one can take in
#
#	LC_ALL=C awk -f tests/length.awk FILE ...
#
# A line has 80 columns at most, where a tab goes on to the next multiple of
# eight; a function has 50 lines between its braces, main 60; a file in lib/
# has fewer than 400 lines, one in cmd/ fewer than 300.  And each file names
# its licence in one of its first two lines.

FNR == 1 {
	finish()
	file = FILENAME
	is_c = file ~ /\.[ch]$/
	licensed = opened = 0
}

{ lines = FNR }

FNR <= 2 && /SPDX-License-Identifier: MIT/ { licensed = 1 }

columns($0) > 80 { complain(FNR, columns($0) " columns") }

# A definition has its name in the first column, its braces alone.
is_c && /^[A-Za-z_][A-Za-z0-9_]*\(/ {
	name = $0
	sub(/\(.*/, "", name)
}
is_c && /^\{/ { opened = FNR }
is_c && /^\}/ && opened {
	if (FNR - opened - 1 > (name == "main" ? 60 : 50))
		complain(opened, name " has " FNR - opened - 1 " lines")
	opened = 0
}

END {
	finish()
	exit bad
}

function finish() {
	if (file == "")
		return
	if (!licensed)
		complain(1, "no SPDX line")
	if (file ~ /(^|\/)lib\// && lines >= 400 ||
	    file ~ /(^|\/)cmd\// && lines >= 300)
		complain(lines, "the file is too long")
}

# Bytes that go on with a UTF-8 character take no column.
function columns(text,    n, i, part, width) {
	gsub(/[\200-\277]/, "", text)
	n = split(text, part, "\t")
	width = length(part[1])
	for (i = 2; i <= n; i++)
		width = width - width % 8 + 8 + length(part[i])
	return width
}

function complain(line, why) {
	print file ":" line ": " why
	bad = 1
}
