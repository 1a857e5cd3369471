#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# Workloads of a catalogue, the data set that is made of them, and whose files
# all these are
#
# Each test needs root and tracefs, and skips itself where one is missing.

load helper
load capture

setup() {
	capture_setup
	cat >own.yaml <<-END
	workloads:
	  - name: quick
	    category: some
	    description: "two processes"
	    command: [tk-load, cpu, -p, "2", -n, "3"]
	  - name: words
	    category: other
	    command: [sh, -c, 'echo "\$1" >>ran', sh, "one word;  no two"]
	  - name: away
	    category: some
	    command: [sh, -c, "true"]
	    needs: [sh, tk-no-such, tk-nor-such]
	  - name: fails
	    category: some
	    command: [sh, -c, "exit 9"]
	  - name: endless
	    category: some
	    command: [sleep, "600"]
	    timeout: 1
	END
	others=
}

teardown() {
	[ -z "${others-}" ] || rm -rf "$others"
	capture_teardown
}

# recordings DIR: the names of the files in its raw
recordings() {
	find "$1/raw" -type f -printf '%f\n' | sort
}

# other: makes a folder of a user who is behind sudo, outside of those of root
other() {
	others=$(mktemp -d /tmp/tk-capture.XXXXXX)
	chmod 755 "$others"
	mkdir "$others/own"
	chown 4321:8765 "$others/own"
	cd "$others/own" || return
	export SUDO_UID=4321 SUDO_GID=8765
}

@test "each run has its files, under the names that tk-split knows" {
	run -0 --separate-stderr capture --catalogue own.yaml -w quick,words \
		-r 2 -o out -F dat
	[ "$output" = "" ]
	[ "$stderr" = "" ]
	run -0 recordings out
	is "$(printf '%s\n' {quick,words}_run{0,1}.{dat,json})"
	[ "$(cat ran)" = $'one word;  no two\none word;  no two' ]
	run -0 jq -c '[.trace_id, .workload_name, .category, .description,
		.exit_status, .clock, .lost, (.start_time <= .end_time),
		(.end_time - .start_time - .duration_seconds | fabs < 0.01),
		.buffer_size_kb, .kernel, (.num_cpus == (.topology | length)),
		(.collected_at | length)]' out/raw/quick_run1.json
	is "[\"quick_run1\",\"quick\",\"some\",\"two\
 processes\",0,\"mono\",0,true,true,16384,\"$(uname -r)\",true,32]"
	nothing_left
	run -0 tk-split -o set out/raw
	[ "$(awk -F , 'NR > 1 { print $NF }' set/all.csv | sort -u |
		tr -d '\r' | tr '\n' ' ')" = \
		"quick_run0 quick_run1 words_run0 words_run1 " ]
}

@test "whatever the form, the document counts the switches" {
	for form in text:txt records:jsonl dat:dat; do
		run -0 capture --catalogue own.yaml -w quick -r 1 -o out \
			-F "${form%:*}"
		file=out/raw/quick_run0.${form#*:}
		tk-parse "$file" >parsed
		[ "$(grep -c '^{"type":"sched_switch"' parsed)" -eq \
			"$(jq .sched_switch_events out/raw/quick_run0.json)" ]
		[ "$(sed -n 1p parsed | jq -c \
			'[.trace_id, .workload_type, .category]')" = \
			'["quick_run0","quick","some"]' ]
		rm -r out
	done
}

@test "without -r each is run three times" {
	run -0 capture --catalogue own.yaml -w words -o out -F records
	[ "$(recordings out | grep -c 'json$')" -eq 3 ]
	[ "$(wc -l <ran)" -eq 3 ]
}

@test "a workload whose program is missing is passed over, with a word" {
	run -0 --separate-stderr capture --catalogue own.yaml -w away,words \
		-r 2 -o out -F records
	[ "$stderr" = "tk-capture: away: passed over: there is no program\
 tk-no-such" ]
	[ "$(recordings out | grep -c 'json$')" -eq 2 ]
}

@test "one that fails or takes too long makes it 1, and the others are run" {
	run -1 --separate-stderr capture --catalogue own.yaml \
		-w fails,endless,words -r 1 -o out -F records
	says "tk-capture: fails_run0: its status is 9"
	says "tk-capture: endless_run0: its status is 124"
	[ "$(jq .exit_status out/raw/fails_run0.json)" -eq 9 ]
	[ "$(jq .timed_out out/raw/endless_run0.json)" = true ]
	[ -s out/raw/words_run0.jsonl ]
	nothing_left
}

@test "a signal ends the run, and no other is begun" {
	begin --catalogue own.yaml -w endless,words -o out -F records
	kill -INT "$pid"
	ended "$pid"
	[ "$status" -eq 130 ]
	run -0 recordings out
	is $'endless_run0.json\nendless_run0.jsonl'
	nothing_left
}

@test "what is wrong in a catalogue is told with its line" {
	printf 'workloads:\n  - name: x\n    command: sleep 1\n' >bad.yaml
	run -1 --separate-stderr capture --catalogue bad.yaml
	grep -q '^tk-capture: bad.yaml:[23]: ' <<<"$stderr" || fail "$stderr"
	run -1 --separate-stderr capture --catalogue own.yaml -w quick,nope
	says "tk-capture: nope: is no workload of the catalogue"
	run -1 --separate-stderr capture --catalogue none.yaml
	says "tk-capture: none.yaml: No such file or directory"
}

@test "behind sudo all that is made belongs to the user" {
	other
	for name in a.jsonl a.txt a.dat a/; do
		run -0 capture -o $name --command-output said -- echo hi
	done
	run -0 capture --catalogue "$BATS_TEST_TMPDIR/own.yaml" -w quick \
		-o new/batch -F dat -r 1
	[ "$(find . ! -name pids -printf '%U:%G\n' | sort -u)" = 4321:8765 ]
	[ "$(find . -type f | wc -l)" -gt 10 ]
}

@test "behind sudo no link is followed, and what it leads to is untouched" {
	other
	echo precious >"$others/file"
	mkdir "$others/folder"
	for name in t.jsonl t.txt; do
		ln -s "$others/file" $name
		run -1 --separate-stderr capture -o $name -- true
		says "tk-capture: $name: cannot be written: Too many levels of\
 symbolic links"
		rm $name
		ln -s "$others/file" $name.json
		run -1 --separate-stderr capture -o $name -- true
		says "tk-capture: $name.json: cannot be written: Too many\
 levels of symbolic links"
		rm $name.json
	done
	ln "$others/file" hard.jsonl
	run -1 --separate-stderr capture -o hard.jsonl -- true
	says "tk-capture: hard.jsonl: cannot be written: Operation not\
 permitted"
	ln -s "$others/folder" tree
	run -1 --separate-stderr capture -o tree/ -- true
	[ "$(ls -A "$others/folder")" = "" ]
	ln -s "$others/folder" batch
	run -1 --separate-stderr capture -w cpu_bound_4p -o batch
	[ "$(ls -A "$others/folder")" = "" ]
	mkdir set
	chown 4321:8765 set
	ln -s "$others/folder" set/raw
	run -1 --separate-stderr capture -w cpu_bound_4p -o set
	[ "$(ls -A "$others/folder")" = "" ]
	[ "$(cat "$others/file")" = precious ]
	[ "$(stat -c %u "$others/file")" -eq 0 ]
	nothing_left
}

@test "behind sudo no link is followed in an earlier part of a path either" {
	other
	echo precious >"$others/file"
	mkdir -p "$others/folder/in"
	ln -s "$others" dl
	for name in dl/file dl/new dl/x.dat dl/folder/in/t.jsonl dl/folder/tree/
	do
		run -1 --separate-stderr capture -o $name -- true
		[[ $stderr == *"Too many levels of symbolic links"* ]]
	done
	run -1 --separate-stderr capture -w cpu_bound_4p -o dl/folder/set
	[[ $stderr == *"Too many levels of symbolic links"* ]]
	[ "$(find "$others/folder")" = \
		"$(printf '%s\n' "$others/folder" "$others/folder/in")" ]
	[ ! -e "$others/new" ]
	[ "$(cat "$others/file")" = precious ]
	[ "$(find "$others/f"* -printf '%U\n' | sort -u)" = 0 ]
	nothing_left
}

@test "sched-dataset: recordings and a data set of them in one command" {
	run -0 "$root/pipelines/sched-dataset" set --catalogue own.yaml \
		-w quick,words -r 2 -F dat -- --no-unseen-split --seed 7 3>&-
	[ "$(recordings set | grep -c 'dat$')" -eq 4 ]
	[ "$(jq .seed set/dataset_meta.json)" -eq 7 ]
	[ "$(wc -l <set/train.csv)" -gt 1 ]
	# The data set is made of what could be recorded.
	run -1 "$root/pipelines/sched-dataset" other --catalogue own.yaml \
		-w quick,fails -r 1 -F dat 3>&-
	[ -s other/all.csv ]
	run -2 "$root/pipelines/sched-dataset" other --no-such 3>&-
	run -1 "$root/pipelines/sched-dataset" none --catalogue own.yaml \
		-w nope 3>&-
	[ ! -e none/all.csv ]
}

@test "sched-dataset: wrong options of tk-split are told before recording" {
	for wrong in '--no-such' '--seed x' '--seed' '--folds 1' '--stride 2' \
		'-f xml' '--raw-dir other' '--verify set'; do
		# shellcheck disable=SC2086
		run -2 --separate-stderr "$root/pipelines/sched-dataset" set \
			--catalogue own.yaml -w quick -r 1 -F dat -- $wrong 3>&-
		[[ $stderr == "tk-split: "* ]]
		[ "$output" = "" ]
		[ ! -e set ]
	done
	# Good ones write nothing before, wherever they say.
	run "$root/pipelines/sched-dataset" set --catalogue own.yaml \
		-w nope -- -o there -t sched_switch 3>&-
	[ ! -e there ] && [ ! -e traces ]
}

@test "sched-dataset: behind sudo the user has all, no link leads elsewhere" {
	needs setpriv
	setpriv --reuid 4321 --regid 8765 --clear-groups \
		test -x "$TK_BIN/tk-split" ||
		skip "another user may not run what was built here"
	other
	cp "$BATS_TEST_TMPDIR/own.yaml" .
	chown 4321:8765 own.yaml
	run -0 "$root/pipelines/sched-dataset" set --catalogue own.yaml \
		-w quick -r 2 -F dat 3>&-
	[ -s set/all.csv ]
	[ "$(find set -printf '%U:%G\n' | sort -u)" = 4321:8765 ]
	# A folder of root's in the place of the user's
	mkdir "$others/folder"
	mv set/raw raw
	rm -r set
	mkdir set
	chown 4321:8765 set
	mv raw set/raw
	mv set theirs
	ln -s "$others/folder" set
	run -1 "$root/pipelines/sched-dataset" set --catalogue own.yaml \
		-w quick -r 2 -F dat 3>&-
	[ "$(ls -A "$others/folder")" = "" ]
	# Links in the place of its files are replaced, not followed.
	rm set
	mv theirs set
	echo precious >"$others/file"
	ln -s "$others/file" set/all.csv
	run "$root/pipelines/sched-dataset" set --catalogue own.yaml \
		-w quick -r 2 -F dat 3>&-
	[ "$(cat "$others/file")" = precious ]
	[ "$(stat -c %u "$others/file")" -eq 0 ]
}
