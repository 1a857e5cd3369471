# SPDX-License-Identifier: MIT
# layers.awk -- each file includes only what its layer may know
#
#	awk -f tests/layers.awk lib/ORDER lib/*/*.[ch] cmd/*.[ch]
#
# A module of lib/ may include itself and the modules that lib/ORDER lists
# before it, but none of another subject.  cli may include what is no subject,
# and only cmd/ may include cli.  A program may include every module, and
# headers of its own name.  The header of a foreign library may be included
# where lib/ORDER allows it; those of libc, POSIX and Linux everywhere.
# Every module of lib/ must be in lib/ORDER, and every name there in lib/.

BEGIN {
	split("flow dataset capture pids energy hist parquet workload", list)
	for (i in list)
		subject[list[i]] = 1
	system_headers = "assert complex ctype errno fenv float inttypes " \
	    "limits locale math setjmp signal stdalign stdarg stdatomic " \
	    "stdbool stddef stdint stdio stdlib stdnoreturn string threads " \
	    "time uchar wchar wctype aio cpio dirent dlfcn endian fcntl " \
	    "fnmatch ftw getopt glob grp iconv ifaddrs langinfo libgen link " \
	    "malloc mntent netdb poll pthread pwd regex sched search " \
	    "semaphore spawn strings syslog termios unistd utime wordexp"
	n = split(system_headers, list, " ")
	for (i = 1; i <= n; i++)
		known[list[i] ".h"] = 1
}

FNR == 1 {
	read_order = FILENAME ~ /(^|\/)ORDER$/
	if (!read_order)
		enter(FILENAME)
}

read_order {
	if (NF == 0 || $1 ~ /^#/)
		next
	rank[$1] = ++modules
	for (i = 2; i <= NF; i++)
		may[$1, $i] = 1
	next
}

# Two headers of one guard: who includes both has one of them.
/^#ifndef TK_/ && FILENAME ~ /\.h$/ {
	if ($2 in guard && guard[$2] != FILENAME)
		complain($2 " is the guard of " guard[$2] ", too")
	guard[$2] = FILENAME
}

/^[ \t]*#[ \t]*include[ \t]*</ {
	split($0, part, /[<>]/)
	check_system(part[2])
}

/^[ \t]*#[ \t]*include[ \t]*"/ {
	split($0, part, "\"")
	check_own(part[2])
}

# Sets self, the module or program that a file belongs to, and its folder.
function enter(file) {
	self = file
	in_lib = sub(/^(.*\/)?lib\//, "", self)
	if (!in_lib)
		sub(/^.*\//, "", self)
	sub(/\.[ch]$/, "", self)
	folder = in_lib ? self : "cmd"
	sub(/\/.*/, "", folder)
	if (in_lib && folder != "cli" && !(self in rank))
		complain("module " self " is not in lib/ORDER")
	seen[self] = 1
}

function check_system(header) {
	if (header in known)
		return
	if (header ~ /^(sys|linux|asm|arpa|netinet|net)\/[a-z0-9_\/-]+\.h$/)
		return
	if (!((self, header) in may))
		complain("<" header ">: lib/ORDER does not allow it here")
}

function check_own(header,    other, module) {
	module = header
	if (!sub(/\.h$/, "", module))
		complain("\"" header "\" is no header")
	if (module == self || !in_lib && index(module, self ".") == 1)
		return
	other = module
	sub(/\/.*/, "", other)
	if (other == "cli") {
		if (in_lib && folder != "cli")
			complain("\"" header "\": cli is for cmd/ alone")
	} else if (!(module in rank))
		complain("\"" header "\" is no module of lib/ORDER")
	else if (folder == "cli") {
		if (other in subject)
			complain("\"" header "\": cli knows no subject")
	} else if (self in rank && rank[module] > rank[self])
		complain("\"" header "\" stands above " self)
	else if (folder in subject && other in subject && folder != other)
		complain("\"" header "\": " folder " must not know " other)
}

function complain(why) {
	print FILENAME ":" FNR ": " why
	bad = 1
}

END {
	for (module in rank)
		if (!(module in seen)) {
			print "lib/ORDER: " module " is not there"
			bad = 1
		}
	exit bad
}
