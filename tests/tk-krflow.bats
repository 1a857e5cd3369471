#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# tk-krflow(1): what its user gets, and what he is told; how right it is on
# real recordings is in flow.bats

load helper

flow=$data/flow
chain4=$flow/chain4/report.txt.zst
pids=$flow/chain4/pids.txt

setup() {
	cd "$BATS_TEST_TMPDIR" || return
}

# A request, from a user at a port of 10.0.0.1 to web, which asks db.  Thread
# 11 is web's, 21 db's; 5 is the user's own.  "ends" are SOCKET PEER, the
# socket that the event is about first.  Times are microseconds.
story() {
	cat <<-END
	100 11 enter_recvfrom 4
	120 21 enter_recvfrom 7
	200 5 probe 10.0.0.2/80 10.0.0.1/40000 100
	250 11 adjust 10.0.0.2/80 10.0.0.1/40000
	260 11 exit_recvfrom 100
	300 11 enter_sendto 5
	310 11 probe 10.0.0.3/5432 10.0.0.2/50000 50
	320 11 exit_sendto 50
	330 11 enter_recvfrom 5
	350 21 adjust 10.0.0.3/5432 10.0.0.2/50000
	360 21 exit_recvfrom 50
	400 21 enter_sendto 7
	410 21 probe 10.0.0.2/50000 10.0.0.3/5432 20
	415 21 exit_sendto 20
	420 11 adjust 10.0.0.2/50000 10.0.0.3/5432
	430 11 exit_recvfrom 20
	500 11 enter_sendto 4
	510 11 probe 10.0.0.1/40000 10.0.0.2/80 300
	520 11 exit_sendto 300
	END
}

# later MICROSECONDS: the events on stdin, but later
later() {
	awk -v by="$1" '{ $1 += by; print }'
}

# six: the same with IPv6
six() {
	sed -E 's/ 10\.0\.0\.([0-9])/ fd24::\1/g'
}

# What to call a thread's list, and what the user's address is.
listed() {
	printf '%s\n' '11 web 10.0.0.2' '21 db 10.0.0.3'
}

# as_report: the events on stdin as trace-cmd report -R prints them
as_report() {
	awk '
	function bytes(end,  part, b) {
		split(end, part, "/")
		split(part[1], b, ".")
		return sprintf("%02x,%02x,%02x,%02x", b[1], b[2], b[3], b[4])
	}
	function port(end) { sub(/.*\//, "", end); return end }
	function socket(family) {
		return sprintf("sport=%d dport=%d family=2", port($4), port($5))
	}
	function both(front, back) {
		return sprintf(" saddr=ARRAY[%s%s%s] daddr=ARRAY[%s%s%s]",
		    front, bytes($4), back, front, bytes($5), back)
	}
	{
		printf "<...>-%d [000]  %d.%06d: ", $2, 1 + $1 / 1000000,
		    $1 % 1000000
		zero = "00,00,00,00,00,00,00,00,"
		zero = "," zero zero "00,00,00,00"
	}
	$3 ~ /^enter/ { print "sys_" $3 ": fd=" $4 }
	$3 ~ /^exit/ { printf "sys_%s: ret=0x%x\n", $3, $4 }
	$3 == "probe" {
		print "tcp_probe:" both("02,00,00,50,", zero), socket(),
		    "mark=0 data_len=" $6
	}
	$3 == "adjust" {
		print "tcp_rcv_space_adjust: skaddr=0xffff1 " socket() \
		    both("", "")
	}
	$3 == "state" {
		print "inet_sock_set_state: skaddr=0xffff1 oldstate=" $6,
		    "newstate=" $7, socket(), "protocol=6" both("", "")
	}
	$3 == "fork" {
		print "sched_process_fork: parent_comm=a parent_pid=" $2,
		    "child_comm=a child_pid=" $4
	}'
}

# as_records: the same as records, tk-record(5)
as_records() {
	echo '{"type":"trace","version":1,"clock":"mono","by":"hand"}'
	awk '
	function ends(  i, part, text) {
		for (i = 4; i <= 5; i++) {
			split($i, part, "/")
			six = part[1] ~ /:/
			text = text sprintf(",\"%s%s\":\"%s\",\"%s\":%d",
			    i == 4 ? "saddr" : "daddr",
			    six && $3 != "probe" ? "_v6" : "", part[1],
			    i == 4 ? "sport" : "dport", part[2])
		}
		return text ",\"family\":" (six ? 10 : 2)
	}
	function put(type, fields) {
		printf "{\"type\":\"%s\",\"ts\":%d,\"cpu\":0,\"tid\":%d%s}\n",
		    type, 1000000000 + $1 * 1000, $2, fields
	}
	$3 ~ /^enter/ { put("sys_" $3, ",\"fd\":" $4) }
	$3 ~ /^exit/ { put("sys_" $3, ",\"ret\":" $4) }
	$3 == "probe" { put("tcp_probe", ends() ",\"data_len\":" $6) }
	$3 == "adjust" { put("tcp_rcv_space_adjust", ends()) }
	END {
		printf "{\"type\":\"end\",\"records\":%d,\"lost\":0," \
		    "\"lost_marks\":0,\"bad\":0}\n", NR
	}'
}

# spans [FILE]: the spans among records
spans() {
	jq -c 'select(.type == "span")' "$@"
}

# end [FILE]: what the end records say of the keys that matter
end() {
	jq -c 'select(.type == "end") | [.lines, .events, .bad, .lost,
		.lost_marks, .traces, .spans, .orphans]' "$@"
}

# follow [OPTION ...]: records of chain4, or of the report on stdin
follow() {
	tk-krflow -i "$pids" -g 172.24.0.1 "$@"
}

# told: the spans of the story, as one can work them out by hand
told() {
	tr -d '\t' <<-END |
	{"type":"span","ts":1000260000,"dur":250000,"trace":1,"span":1,\
	"parent":null,"service":"web","tid":11,"local":"10.0.0.2:80",\
	"peer":"10.0.0.1:40000","link":"root","candidates":0,"queue":60000,\
	"lost":false}
	{"type":"span","ts":1000360000,"dur":50000,"trace":1,"span":2,\
	"parent":1,"service":"db","tid":21,"local":"10.0.0.3:5432",\
	"peer":"10.0.0.2:50000","link":"direct","candidates":1,"queue":50000,\
	"lost":false}
	END
		sed "s/10\.0\.0\.\([0-9]\):/${1:-10.0.0.}\1${2-}:/g"
}

# plain: the report of chain4, unpacked
plain() {
	zstd -dcq "$chain4"
}

# same_as_chain4: the report on stdin gives chain4's spans, and
# nothing is bad
same_as_chain4() {
	follow >got
	diff <(follow "$chain4" | spans) <(spans got) >differ || {
		head -n 5 differ
		return 1
	}
	[ "$(jq -s '.[-1].bad' got)" -eq 0 ]
}

@test "a request worked out by hand: times, ends, links to the nanosecond" {
	listed >pids
	story | as_report | tk-krflow -i pids -g 10.0.0.1 >got
	diff <(told) <(spans got)
	[ "$(end got)" = '[19,19,0,0,0,1,2,0]' ]
}

@test "records give what the text gives" {
	listed >pids
	story | as_records | tk-krflow -i pids -g 10.0.0.1 >got
	diff <(told) <(spans got)
	[ "$(end got)" = '[21,19,0,0,0,1,2,0]' ]
}

@test "IPv6 gives what IPv4 gives" {
	listed | six >pids
	for gateway in fd24::1 fd24:0:0::/127 fd24::/16; do
		story | six | as_records | tk-krflow -i pids -g $gateway >got
		diff <(told '[fd24::' ']') <(spans got)
	done
}

@test "the tree has the durations, and how long after the root they began" {
	listed >pids
	story | as_report >report.txt
	run -0 tk-krflow -o tree -i pids -g 10.0.0.1 report.txt
	is "$(cat <<-END
	request 1 at 1.000260000 from 10.0.0.1:40000
	  web                                  0.250 ms  +0.000 ms
	    db                                 0.050 ms  +0.100 ms
	END
	)"
	[ "$output" = "$(tk-krflow -o tree -i pids -g 10.0.0.1 <report.txt)" ]
}

@test "the raw form is nested as KRTrace has it" {
	listed >pids
	story | as_report >report.txt
	run -0 tk-krflow -R -i pids -g 10.0.0.1 report.txt
	is "$(cat <<-'END' | sed 's/DB/21, '"'db', '10.0.0.3'/"
	{(1, 11, 'web', '10.0.0.2', 1.000260000, 1.000510000): {
	  ('NetworkThreadState', DB, 1.000360000, 1.000410000): {}}}
	END
	)"
	[ "$output" = "$(tk-krflow -o raw -i pids -g 10.0.0.1 report.txt)" ]
}

# raw_spans: the spans of raw trees, in order: depth, thread, service, start,
# end; as literals of Python differ from JSON in few things, jq reads them
raw_spans() {
	tr "(){}'" '[][]"' | sed 's/]: \[/], [/g; s/None/null/g' | jq -c '
	def walk_tree($depth): . as $t | range(0; length; 2) as $i |
		($t[$i][-5:] | [$depth, .[0], .[1], .[3], .[4]]),
		($t[$i + 1] | walk_tree($depth + 1));
	walk_tree(0)'
}

# deep_spans: the same of span records
deep_spans() {
	jq -cn 'foreach (inputs | select(.type == "span")) as $s ({};
		.d[$s.span | tostring] = (if $s.parent
			then .d[$s.parent | tostring] + 1 else 0 end);
		[.d[$s.span | tostring], $s.tid, $s.service, $s.ts / 1e9,
		if $s.dur then ($s.ts + $s.dur) / 1e9 else null end])'
}

@test "the raw form has all the spans of the records, nested alike" {
	for name in chain4 fork2 async8 chain4-lost; do
		report=$flow/$name/report.txt.zst
		diff <(tk-krflow -R -g 172.24.0.1 "$report" | raw_spans) \
			<(tk-krflow -g 172.24.0.1 "$report" | deep_spans)
	done
}

@test "a name that needs quoting is quoted in the raw form" {
	printf "11 it's\\\\web 10.0.0.2\n21 d\303\244b 10.0.0.3\n" >pids
	story | as_report | tk-krflow -R -i pids -g 10.0.0.1 >got
	grep -qF "(1, 11, 'it\\'s\\\\web', '10.0.0.2'" got
	grep -qF "21, 'd\\xc3\\xa4b', '10.0.0.3'" got ||
		grep -qF "21, 'däb', '10.0.0.3'" got
}

@test "-V tells each message on stderr, and the records stay as they are" {
	listed >pids
	story | as_report >report.txt
	run -0 --separate-stderr tk-krflow -V -i pids -g 10.0.0.1 report.txt
	diff <(told) <(spans <<<"$output")
	stderr=$(grep -v '^tk-krflow' <<<"$stderr")
	web="('10.0.0.2', '50000')" db="('10.0.0.3', '5432')"
	user="('10.0.0.1', '40000')" port80="('10.0.0.2', '80')"
	output=$stderr is "$(sed 's/ at / at time 1.000/' <<-END
	web@11 receiving request at 260000 from $user to $port80
	web@11 sending request at 310000 from $web to $db
	db@21 receiving request at 360000 from $web to $db
	db@21 sending response at 410000 from $db to $web
	web@11 receiving response at 430000 from $db to $web
	web@11 sending response at 510000 from $port80 to $user
	END
	)"
}

@test "-V tells a fork" {
	echo '5 11 fork 12' | as_report >report.txt
	listed >pids
	run -0 --separate-stderr tk-krflow -V -i pids report.txt
	says 'web@11 forking 12 at time 1.000005000'
}

@test "-C colours the tree and the log; without it there is no escape" {
	listed >pids
	story | as_report >report.txt
	tk-krflow -C -V -o tree -i pids -g 10.0.0.1 report.txt >got 2>log
	grep -q $'\033\\[' got
	grep -q $'\033\\[' log
	tk-krflow -V -o tree -i pids -g 10.0.0.1 report.txt >plain 2>&1
	run ! grep -q $'\033' plain
	sed 's/\x1b\[[0-9;]*m//g' got | diff - \
		<(tk-krflow -o tree -i pids -g 10.0.0.1 report.txt)
}

@test "on a terminal the tree is the default, with a summary after it" {
	script -qec true /dev/null </dev/null >/dev/null 2>&1 ||
		skip "script(1) or pseudo-terminals are missing here"
	listed >pids
	story | as_report >report.txt
	script -qec 'tk-krflow -i pids -g 10.0.0.1 report.txt' /dev/null \
		</dev/null | tr -d '\r' >got
	grep -q '^request 1 at 1.000260000 from 10.0.0.1:40000$' got
	grep -q '^tk-krflow: 19 lines, 19 events, 0 bad lines, 0 events lost' \
		got
	grep -q '^tk-krflow: 1 traces, 2 spans, 0 orphans$' got
	run ! grep -q '"type"' got
}

@test "without -i an address is a service, and its own name" {
	story | as_report | tk-krflow -g 10.0.0.1 >got
	diff <(told | sed 's/"web"/"10.0.0.2"/; s/"db"/"10.0.0.3"/') \
		<(spans got)
}

@test "without -g a user is who is neither listed nor traced" {
	listed >pids
	story | as_report | tk-krflow -i pids >got
	diff <(told) <(spans got)
}

@test "with -i what is neither listed nor at an address there is left out" {
	echo '11 web 10.0.0.2' >pids
	story | as_report | tk-krflow -i pids -g 10.0.0.1 >got
	[ "$(spans got | jq -r .service)" = web ]
}

@test "several -g, addresses and blocks of both kinds" {
	listed >pids
	story | as_report >report.txt
	for options in '-g 10.0.0.9 -g 10.0.0.1' '-g fd24::/16 -g 10.0.0.0/31' \
		'--gateway=10.0.0.1 --gateway ::1'; do
		# shellcheck disable=SC2086
		tk-krflow -i pids $options report.txt >got
		diff <(told) <(spans got)
	done
	tk-krflow -i pids -g 10.0.0.4/30 report.txt >got
	[ "$(spans got | jq -s 'map(select(.link == "root")) | length')" -eq 0 ]
}

# reads LIST: nothing in it is bad, and it gives the story
reads() {
	run -0 --separate-stderr tk-krflow --strict -i "$1" -g 10.0.0.1 \
		report.txt
	diff <(told) <(spans <<<"$output")
}

@test "a list of threads: columns, blanks, tabs, comments, CRLF" {
	story | as_report >report.txt
	printf '%s\n' '# threads' '' '11 web 10.0.0.2 5812f0' '   ' \
		$'\t21\tdb\t10.0.0.3' '# end' >pids
	reads pids
	sed 's/$/\r/' pids >crlf
	reads crlf
	gzip -c pids >packed
	reads packed
	# Where the third of three is no address, threads alone must do.
	printf '11 web 5812f0c8f365\n21 db\n' >pids
	reads pids
}

@test "a wrong line of the list is told with its number and left out" {
	story | as_report >report.txt
	printf '11 web 10.0.0.2\nx11 web 10.0.0.2\n21\n22 a b c\n21 db\n' >pids
	run -0 --separate-stderr tk-krflow -i pids -g 10.0.0.1 report.txt
	diff <(told) <(spans <<<"$output")
	why='the first column is no thread'
	says "tk-krflow: pids:2: $why: \`x11 web 10.0.0.2'"
	says "tk-krflow: pids:3: there is no name: \`21'"
	[ "$(grep -c '^tk-krflow: pids:' <<<"$stderr")" -eq 3 ]
	run -3 --separate-stderr tk-krflow --strict -i pids report.txt
}

@test "packed or not, by name or on stdin, the spans are the same" {
	plain >report.txt
	gzip -c report.txt >report.gz
	zstd -qc report.txt >looks-like-text.txt
	follow report.txt | spans >right
	[ "$(wc -l <right)" -eq 800 ]
	for file in report.gz looks-like-text.txt "$chain4"; do
		follow "$file" | spans | cmp - right
		follow <"$file" | spans | cmp - right
		follow - <"$file" | spans | cmp - right
	done
}

@test "of several inputs each is a trace of its own, numbered from 1" {
	listed >pids
	story | as_report >one.txt
	story | as_records >two.jsonl
	story | as_report |
		tk-krflow -i pids -g 10.0.0.1 one.txt two.jsonl - >got
	diff <(told; told; told) <(spans got)
	[ "$(jq -r .type got | uniq | paste -sd ' ')" = \
		"trace span end trace span end trace span end" ]
}

@test "by tells the pipeline so far, and the command line" {
	story | as_records >two.jsonl
	tk-krflow -g 10.0.0.1 two.jsonl >got
	run -0 jq -r 'select(.type == "trace") | .by, .clock' got
	is "$(printf '%s\n' 'hand | tk-krflow -g 10.0.0.1 two.jsonl' mono)"
	story | as_report | tk-krflow -g 10.0.0.1 >got
	[ "$(jq -r '.by // empty' got)" = 'tk-krflow -g 10.0.0.1' ]
}

@test "a request is held back for as long as --linger says" {
	listed >pids
	{
		story
		echo 2000000 99 enter_recvfrom 3
	} | as_report >report.txt
	echo 'CPU:0 [LOST 7 EVENTS]' >>report.txt
	for options in '' '--linger 1' '--linger=0'; do
		# shellcheck disable=SC2086
		tk-krflow -i pids -g 10.0.0.1 $options report.txt >got
		[ "$(jq -r .type got | paste -sd ' ')" = \
			"trace span span lost end" ]
	done
	tk-krflow -i pids -g 10.0.0.1 --linger 10 report.txt >got
	[ "$(jq -r .type got | paste -sd ' ')" = "trace lost span span end" ]
}

@test "the next request on the connection makes a request final" {
	listed >pids
	{
		story
		story | later 1000
	} | as_report >report.txt
	echo 'CPU:0 [LOST 7 EVENTS]' >>report.txt
	tk-krflow -i pids -g 10.0.0.1 report.txt >got
	[ "$(jq -r '.trace // .type' got | paste -sd ' ')" = \
		"trace 1 1 lost 2 2 end" ]
	diff <(spans got | jq -c '[.ts, .dur, .queue]') <(told |
		jq -c '[.ts, .dur, .queue], [.ts + 1000000, .dur, .queue]' |
		sort)
}

@test "what is final leaves a live pipe while its writer still waits" {
	listed >pids
	mkfifo pipe
	tk-krflow -i pids -g 10.0.0.1 <pipe >got &
	job=$!
	exec 8>pipe
	{
		story
		# The user has closed, and web closes too.
		echo 600 11 state 10.0.0.2/80 10.0.0.1/40000 8 9
		echo 700 11 enter_recvfrom 6
	} | as_report >&8
	for _ in {1..200}; do
		[ "$(grep -c '"type":"span"' got)" -lt 2 ] || break
		sleep 0.1
	done
	cp got early
	exec 8>&-
	wait "$job"
	diff <(told) <(spans early)
	[ "$(end got)" = '[21,21,0,0,0,1,2,0]' ]
}

# conserved NAME GATEWAY: what holds of the records of any trace
conserved() {
	tk-krflow -g "$2" -i "$flow/$1/pids.txt" "$flow/$1/report.txt.zst" >got
	jq -es --arg gateway "$2" '
	def host: sub(":[0-9]+$"; "");
	def all_of(f): map(select(f | not)) | if . == [] then true
		else debug | false end;
	map(select(.type == "span")) as $spans | .[-1] as $last |
	($spans | map({key: (.span | tostring), value: .}) | from_entries)
		as $by | (.[0].type == "trace" and $last.type == "end")
	and $last.records == ($spans | length)
	and $last.spans == ($spans | length)
	and $last.lines == $last.events + $last.bad + $last.lost_marks
	and ($spans | map(.span) | sort) == [range(1; $last.spans + 1)]
	and ($spans | map(select(.link == "root").trace) | sort)
		== [range(1; $last.traces + 1)]
	and ($spans | map(select(.link == "orphan")) | length) == $last.orphans
	and ($spans | all_of((.parent == null) ==
		(.link == "root" or .link == "orphan")))
	and ($spans | all_of(.link != "root" or
		(.peer | host | ltrimstr("[") | rtrimstr("]")) == $gateway))
	and ($spans | all_of(.link != "orphan" or .trace == null))
	and ($spans | all_of(.link != "direct" or .candidates == 1))
	and ($spans | all_of(.link != "fifo" or .candidates > 1))
	and ($spans | all_of(.dur == null or .dur >= 0))
	and ($spans | all_of(.queue == null or .queue >= 0))
	and ($spans | map(select(.parent != null)) |
		all_of($by[.parent | tostring] as $p | $p.trace == .trace
		and (.lost or $p.lost or $p.ts <= .ts)
		and ($p.local | host) == (.peer | host)))
	and ($spans | map(select(.parent != null)) |
		all_of(.parent < .span or $by[.parent | tostring].lost))
	and ($spans | map(select(.dur != null and (.lost | not)))
		| group_by([.local, .peer]) | map(sort_by(.ts) | . as $c |
			range(1; length) | $c[. - 1:. + 1])
		| all_of(.[0].ts + .[0].dur <= .[1].ts))' got >/dev/null || {
		echo "$1"
		return 1
	}
	# Trees stand together: each begins with a root or an orphan.
	spans got | jq -r '[.trace, .parent, .span] | @tsv' | awk -F '\t' '
		$2 == "" { split("", seen); trace = $1 }
		$2 != "" && !($2 in seen) || $1 != trace { print; bad = 1 }
		{ seen[$3] }
		END { exit bad }'
}

@test "laws that hold of every trace: numbers, counts, links and times" {
	for name in chain4 newconn4 fork2 nginx4 async8 chain4-drop5 \
		chain4-lost chain4-rps pool4-rich cpool4-rich unix2-rich; do
		conserved "$name" 172.24.0.1
	done
}

@test "the same input gives the same bytes, in any locale and time zone" {
	follow "$chain4" >once
	follow "$chain4" | cmp - once
	LC_ALL=de_DE.UTF-8 TZ=Asia/Kolkata follow "$chain4" | cmp - once
	plain | follow >piped
	cmp <(spans piped) <(spans once)
}

@test "a reader that has seen enough ends it without a word" {
	run -0 --separate-stderr bash -c "
		tk-krflow -g 172.24.0.1 $flow/load32/report.txt.zst | head -n 1"
	[[ $output == '{"type":"trace",'* ]]
	[ "$stderr" = "" ]
}

@test "an input or a list that is not there is named, the status is 1" {
	run -1 --separate-stderr tk-krflow -i nowhere "$chain4"
	[ "$output" = "" ]
	says 'tk-krflow: nowhere: No such file or directory'
	run -1 --separate-stderr tk-krflow -i . "$chain4"
	says 'tk-krflow: .: Is a directory'
	# The other inputs are read all the same.
	listed >pids
	story | as_report >report.txt
	run -1 --separate-stderr tk-krflow -g 10.0.0.1 -i pids \
		nowhere report.txt
	says 'tk-krflow: nowhere: No such file or directory'
	diff <(told) <(spans <<<"$output")
}

@test "a packed input that is broken off is told, the status is 1" {
	head -c 60000 "$chain4" >short.zst
	run -1 --separate-stderr follow short.zst
	says 'tk-krflow: short.zst: compressed data ends early'
	[ "$(spans <<<"$output" | wc -l)" -gt 100 ]
}

@test "a wrong command line is told with the usage, the status is 2" {
	for options in '-g' '-g nonsense' '-g 10.0.0.1/33' '-o xml' '-x' \
		'--linger -1' '--linger soon' '--raw=yes'; do
		# shellcheck disable=SC2086
		run -2 --separate-stderr tk-krflow $options "$chain4"
		[ "$output" = "" ]
		[[ ${stderr_lines[1]} == 'usage: tk-krflow '* ]]
	done
}

@test "lines of rubbish are counted one by one, the spans are the same" {
	plain | awk '
	{ print }
	NR % 500 == 0 {
		if (NR % 1500 == 0) print "Segmentation fault (core dumped)"
		else if (NR % 1500 == 500) print "\001\002\377\376"
		else print "{\"type\":\"sys_exit_read\""
		n++
	}
	END { print n >"inserted" }' >report.txt
	inserted=$(cat inserted)
	run -0 --separate-stderr follow report.txt
	diff <(follow "$chain4" | spans) <(spans <<<"$output")
	[ "$(jq -s ".[-1].bad == $inserted" <<<"$output")" = true ]
	says "tk-krflow: $((inserted - 5)) more bad lines"
	[ "$(grep -c 'tk-krflow: report.txt:[0-9]*: ' <<<"$stderr")" -eq 5 ]
	run -3 --separate-stderr follow --strict report.txt
}

@test "a line that was cut is bad, and no event" {
	listed >pids
	story | as_report >report.txt
	echo '<...>-11 [000]  1.000600: sys_exit_recvfrom: __sysc' >>report.txt
	printf '<...>-11 [000]  1.0006' >>report.txt
	run -0 --separate-stderr tk-krflow -i pids -g 10.0.0.1 report.txt
	diff <(told) <(spans <<<"$output")
	[ "$(end <<<"$output" | jq -c '.[2:]')" = '[2,0,0,1,2,0]' ]
	why='no event, no mark, no record'
	says "tk-krflow: report.txt:21: $why: \`<...>-11 [000]  1.0006'"
}

@test "marks of lost events are passed on and summed up" {
	report=$flow/chain4-drop5/report.withmarks.txt.zst
	run -0 --separate-stderr follow "$report"
	[ "$stderr" = "" ]
	marks=$(zstd -dcq "$report" | grep -c 'LOST')
	zstd -dcq "$report" |
		sed -nE 's/^CPU:([0-9]+) \[LOST ([0-9]+) EVENTS\].*/[\1,\2]/p' |
		diff - <(jq -c 'select(.type == "lost") | [.cpu, .count]' \
			<<<"$output")
	[ "$(jq -s '.[-1].lost_marks' <<<"$output")" -eq "$marks" ]
	[ "$(jq -s '.[-1].lost == (map(.count // 0) | add)' \
		<<<"$output")" = true ]
	run -3 --separate-stderr follow --strict "$report"
}

@test "losses that are not counted or not placed are null" {
	printf '%s\n' '# tracer: nop' '#' \
		'# entries-in-buffer/entries-written: 10/25   #P:2' '#' \
		'    a-1 [000] d..2. 1.000000: sys_enter_read: fd=3' \
		'CPU:1 [EVENTS DROPPED]' >report.txt
	run -0 --separate-stderr tk-krflow report.txt
	[ "$(jq -c 'select(.type == "lost")' <<<"$output")" = \
'{"type":"lost","ts":null,"cpu":null,"count":15}
{"type":"lost","ts":1000000000,"cpu":1,"count":null}' ]
	[ "$(end <<<"$output" | jq -c '.[3:5]')" = '[15,2]' ]
}

@test "a span across a loss says so" {
	listed >pids
	{
		story | sed -n 1,9p | as_report
		echo 'CPU:1 [LOST 7 EVENTS]'
		story | sed -n '10,$p' | as_report
	} | tk-krflow -i pids -g 10.0.0.1 >got
	[ "$(spans got | jq -c '[.service, .lost]' | paste -sd ' ')" = \
		'["web",true] ["db",false]' ]
	[ "$(spans got | jq -c '[.ts, .dur, .link]')" = \
		"$(told | jq -c '[.ts, .dur, .link]')" ]
}

@test "forks and exits of threads that nobody knows change nothing" {
	plain | awk '
	{ print }
	NR % 200 == 0 {
		front = "<...>-999999 [001] " $3
		print front, "sched_process_fork: parent_comm=x" \
		    " parent_pid=999999 child_comm=x child_pid=" 900000 + NR
		print front, "sched_process_exit: comm=x pid=999999 prio=120"
	}' | same_as_chain4
}

@test "a thread stopped or traced or parked changes nothing" {
	for state in 4 8 64 T t P 'T|K'; do
		plain | sed "s/prev_state=[0-9]*/prev_state=$state/" |
			same_as_chain4
	done
}

@test "names with blanks, = and brackets change nothing" {
	for name in 'tmux: server' 'a=b' '] [001]' 'x-1 [0' '==>' 'py-32451'; do
		plain | sed "s/^<\.\.\.>/$name/; s/_comm=[^ ]*/_comm=$name/g" |
			same_as_chain4
	done
}

@test "three columns in the list of threads do as well as four" {
	cut -f 1-3 "$pids" >three
	cut -f 1,2,4 "$pids" >without-address
	for list in three without-address; do
		follow "$chain4" | spans >right
		tk-krflow -i $list -g 172.24.0.1 "$chain4" | spans |
			cmp - right
	done
}

@test "a thread's number that is used again is another thread" {
	# Service a forks 12, which serves; then db forks a 12, without an
	# exit of the first in between.
	listed >pids
	{
		echo 10 11 fork 12
		story | sed 's/ 11 / 12 /' | later 100
		echo 2000 21 fork 12
		story | sed 's/ 11 / 12 /; s/10\.0\.0\.2/10.0.0.3/
			s/10\.0\.0\.3\/5432/10.0.0.2\/5432/
			s/ 21 / 11 /' | later 3000
	} | as_report >report.txt
	run -0 --separate-stderr tk-krflow -i pids -g 10.0.0.1 report.txt
	[ "$stderr" = "" ]
	[ "$(spans <<<"$output" | jq -c 'select(.link == "root") |
		[.trace, .tid, .service]' | paste -sd ' ')" = \
		'[1,12,"web"] [2,12,"db"]' ]
}

@test "addresses that report -R breaks over three lines do no harm" {
	for name in chain6:fd24::1 chain1-net10:10.42.0.1; do
		dir=$flow/${name%%:*}
		run -0 --separate-stderr tk-krflow -g "${name#*:}" \
			-i "$dir/pids.txt" "$dir/report.txt.zst"
		[ "$stderr" = "" ]
		[ "$(jq -s '.[-1].bad == 0 and .[-1].spans > 50' \
			<<<"$output")" = true ]
	done
}

@test "records that end too soon are told; with --strict the status is 3" {
	story | as_records | sed '$d' >cut.jsonl
	run -0 --separate-stderr tk-krflow -g 10.0.0.1 cut.jsonl
	says 'tk-krflow: cut.jsonl: the input was cut short: its end is missing'
	[ "$(spans <<<"$output" | wc -l)" -eq 2 ]
	run -3 --separate-stderr tk-krflow --strict -g 10.0.0.1 cut.jsonl
}

@test "an empty input is an empty trace" {
	run -0 --separate-stderr tk-krflow --strict /dev/null
	[ "$(jq -r .type <<<"$output" | paste -sd ' ')" = 'trace end' ]
	[ "$(end <<<"$output")" = '[0,0,0,0,0,0,0,0]' ]
	[ "$stderr" = "" ]
	[ "$(tk-krflow -o tree /dev/null)" = "" ]
}

@test "events that are missing without a mark are told, 3 with --strict" {
	lossy=$flow/chain4-drop5/report.txt.zst
	run -0 --separate-stderr tk-krflow -i "$flow/chain4-drop5/pids.txt" \
		-g 172.24.0.1 "$lossy"
	[[ $stderr == *"events are missing although nothing says so: "* ]]
	[ "$(jq '.gaps > 0 and .lost == 0' <<<"${lines[-1]}")" = true ]
	run -3 --separate-stderr tk-krflow --strict -g 172.24.0.1 "$lossy"
	run -0 --separate-stderr tk-krflow --strict -g 172.24.0.1 "$chain4"
	[ "$stderr" = "" ]
	[ "$(jq .gaps <<<"${lines[-1]}")" = 0 ]
}

@test "an input that was cut short is known as such further down the pipe" {
	plain | gzip | head -c 60000 >half.gz
	run -1 --separate-stderr tk-krflow -g 172.24.0.1 half.gz
	[[ $stderr == *"half.gz: compressed data ends early"* ]]
	[ "$(jq .cut_short <<<"${lines[-1]}")" = true ]
	tk-krflow -g 172.24.0.1 half.gz 2>/dev/null |
		tk-split -o cut 2>/dev/null
	[ "$(jq .cut_short cut/dataset_meta.json)" = true ]
	follow "$chain4" | sed '$d' | tk-split -o cut 2>/dev/null
	[ "$(jq .cut_short cut/dataset_meta.json)" = true ]
	follow "$chain4" | tk-split -o whole 2>/dev/null
	[ "$(jq .cut_short whole/dataset_meta.json)" = false ]
}

@test "finding nothing, or nothing of users, is told" {
	sed 's/^/9/; s/172.24/172.99/' "$flow/chain4/pids.txt" >wrong
	run -0 --separate-stderr tk-krflow -i wrong -g 172.24.0.1 "$chain4"
	[[ $stderr == "tk-krflow: no requests were found: "* ]]
	run -0 --separate-stderr tk-krflow -g 10.9.9.9 "$chain4"
	said="tk-krflow: no request comes from a gateway: is -g right?"
	[ "$stderr" = "$said" ]
	run -0 --separate-stderr tk-krflow -g 172.24.0.1 /dev/null
	[ "$stderr" = "" ]
}

@test "a trace that is not in the order of time is told, 3 with --strict" {
	plain | tac >backwards
	n=$(awk '{ t = $3 + 0 } NR > 1 && t < last { n++ }
		{ last = t } END { print n }' backwards)
	run -3 --separate-stderr tk-krflow --strict -g 172.24.0.1 backwards
	[[ $stderr == *"$n events are earlier than the one before: "* ]]
	[ "$(jq .backwards <<<"${lines[-1]}")" = "$n" ]
}

@test "a log that cannot be written makes the status 1" {
	[ -c /dev/full ] || skip "there is no /dev/full here"
	status=0
	tk-krflow -V -g 172.24.0.1 "$chain4" 2>/dev/full >/dev/null || status=$?
	[ "$status" -eq 1 ]
}

@test "--linger takes a fraction, and not more than a day" {
	run -0 tk-krflow --linger 0.5 -g 172.24.0.1 "$chain4"
	for n in '' -1 x 1e3 86401 86400.1 0x1; do
		run -2 --separate-stderr tk-krflow --linger "$n" "$chain4"
		[[ ${stderr_lines[0]} == "tk-krflow: --linger $n: no time"* ]]
	done
}

@test "a byte order mark before a list is no part of it" {
	{ printf '\357\273\277'; cat "$flow/chain4/pids.txt"; } >marked
	run -0 --separate-stderr tk-krflow --strict -i marked \
		-g 172.24.0.1 "$chain4"
	[ "$stderr" = "" ]
}

@test "a record without a time is bad, and does not count as out of order" {
	call='"tid":11,"cpu":0'
	cat >records <<-END
		{"type":"sys_enter_read","ts":100,$call,"fd":4}
		{"type":"sys_exit_read",$call,"ret":5}
		{"type":"sys_exit_read","ts":null,$call,"ret":5}
		{"type":"sys_exit_read","ts":-7,$call,"ret":5}
		{"type":"sys_exit_read","ts":200,$call,"ret":5}
	END
	run -0 --separate-stderr tk-krflow records
	[[ $stderr == *"records:2: no time: "* ]]
	[[ $stderr == *"records:3: no time: "* ]]
	[[ $stderr == *"records:4: a number is expected, or it is out"* ]]
	[ "$(jq -c '[.lines, .events, .bad, .backwards]' \
		<<<"${lines[-1]}")" = '[5,4,3,0]' ]
}
