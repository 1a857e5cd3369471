/* SPDX-License-Identifier: MIT */
/*
 * names -- run tasks that have names as no reader of traces would like them
 *
 *	names SEED COUNT [NAME ...]
 *
 * Forks a task for each NAME, for each of a list of nasty ones, and for COUNT
 * more whose names are drawn at random: any bytes but NUL, none to fifteen of
 * them, some made of pieces of what traces look like.  In a NAME, %XX is a
 * byte.  The same seed gives the same names.
 *
 * Each task names itself, waits until all have, and then sleeps and yields a
 * few times, so that it is switched in and out under that name; before, it
 * has the name of this program.  Prints each task's number, a tab, and its
 * name with each byte as %XX.
 */
#include <errno.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/num.h"

enum { NAME_MAX_BYTES = 15, ROUNDS = 4 };

struct name {
	char bytes[NAME_MAX_BYTES + 1];
	size_t n;
};

static const char *const nasty[] = { "", " ", "               ", " a", "a ",
	"a b c", "==>", "a ==> b", " ==> next_com", "=> next_comm=x", "#",
	"# tracer: nop", "#comment", "[003]", "x [003] d..2.",
	"[003] 1.2: a:", "9.9: b:", "1 [120] R", "a:12 [120] R ", "-1", "-5",
	"foo-123", "]-[1] 2-3", "12345", "0", "{", "{\"type\":\"end\"}",
	"{\"a\":1}", "\"", "\\", "\\x41", "\\\\", "prev_pid=7",
	"p prev_pid=7 q", " prev_prio=120", "prev_state=S", "next_comm=z",
	" next_pid=1", "comm=x pid=9", " pid=9 prio=1", " target_cpu=0", "x=y",
	"<idle>", "<...", "(deleted)", "swapper/0", "kworker/0:1H-x",
	"CPU:1 [LOST 5", "CPU 1 is empty", "cpus=2", "version = 6",
	"sched_switch:", "sched_wakeup:", "%s%n%d", "%n", "'\"`$(x)", "a;b|c&d",
	"\n", "\n\n\n", "a\nb", "\na", "a\n", "\n# b", "\na\nb", "a\n\nb",
	"x\n#y\n z", "\n\r=>\n#[", "a\r", "a\r\nb", "\r", "\t", "a\tb", "\v\f",
	"\x1b[31mred", "\x7f", "\x01\x02\x03", "\xff", "\xff\xfe\x80",
	"h\xc3\xa9\xe2\x86\x92", "\xc3", "a\xe6\x97", "\xf0\x9f\x98\x80",
	"\xf0\x9f\x98", "\xed\xa0\x80", "\xc0\x80", "\xf4\x90\x80\x80",
	"\xef\xbb\xbf", "\xc2\x85", "\xe2\x80\xa8", "exactly15chars!",
	"d... 12.345678:", "    x-1     [00" };

/* Pieces of which names are made at random. */
static const char *const piece[] = { " ", "  ", "\n", "-", "=", "==>", "[", "]",
	"[001]", ":", ": ", "#", "# ", "{", "}", "\"", "\\", "\\x0", "0", "7",
	"120", ".", "R", "R+", "|", "(", "<",
	" prev_pid=", " pid=", "comm=", "next_", " d..2.", "\xc3", "\xa9",
	"\xe2\x86", "\xf0\x9f", "\xff", "\t", "\r", "%", "a" };

/* The next of a series of numbers below limit (splitmix64). */
static size_t
draw(uint64_t *state, size_t limit)
{
	uint64_t v = *state += 0x9e3779b97f4a7c15;

	v = (v ^ v >> 30) * 0xbf58476d1ce4e5b9;
	v = (v ^ v >> 27) * 0x94d049bb133111eb;
	return (size_t)((v ^ v >> 31) % limit);
}

static void
append(struct name *name, const char *bytes, size_t n)
{
	if (n > NAME_MAX_BYTES - name->n)
		n = NAME_MAX_BYTES - name->n;
	memcpy(name->bytes + name->n, bytes, n);
	name->n += n;
}

static struct name
random_name(uint64_t *state)
{
	size_t n = draw(state, NAME_MAX_BYTES + 1);
	bool pieces = draw(state, 2) == 0;
	struct name name = { .n = 0 };

	while (name.n < n) {
		const char *p =
		    piece[draw(state, sizeof(piece) / sizeof(*piece))];
		char byte = (char)(1 + draw(state, 255));

		append(&name, pieces ? p : &byte, pieces ? strlen(p) : 1);
	}
	return name;
}

/* Reads a name in which %XX is a byte. */
static struct name
given_name(const char *text)
{
	struct name name = { .n = 0 };

	while (*text != '\0') {
		char byte = *text++;

		if (byte == '%' && num_hex_digit(text[0]) >= 0 &&
		    num_hex_digit(text[1]) >= 0) {
			byte = (char)(num_hex_digit(text[0]) * 16 +
			    num_hex_digit(text[1]));
			text += 2;
		}
		append(&name, &byte, 1);
	}
	return name;
}

static _Noreturn void
fail(const char *what)
{
	fprintf(stderr, "names: %s: %s\n", what, strerror(errno));
	exit(1);
}

/* What a task does; it goes on when all other ends of the pipe are closed. */
static _Noreturn void
task(const struct name *name, const int go[2], int named)
{
	const struct timespec moment = { .tv_nsec = 500000 };
	char byte;

	if (prctl(PR_SET_NAME, name->bytes) != 0 || write(named, "", 1) != 1)
		_exit(1);
	close(go[1]);
	while (read(go[0], &byte, 1) < 0 && errno == EINTR)
		;
	for (int i = 0; i < ROUNDS; i++) {
		nanosleep(&moment, NULL);
		sched_yield();
	}
	_exit(0);
}

static void
start(const struct name *name, const int go[2], const int named[2])
{
	pid_t child = fork();
	char byte;

	if (child < 0)
		fail("fork");
	if (child == 0)
		task(name, go, named[1]);
	if (read(named[0], &byte, 1) != 1)
		fail("read");
	printf("%d\t", (int)child);
	for (size_t i = 0; i < name->n; i++)
		printf("%%%02X", (unsigned char)name->bytes[i]);
	putchar('\n');
	if (fflush(stdout) != 0)
		fail("stdout");
}

int
main(int argc, char *argv[])
{
	uint64_t state, count;
	int go[2], named[2], status;
	struct name name;

	if (argc < 3 || !num_u64(str_of(argv[1]), &state) ||
	    !num_u64(str_of(argv[2]), &count)) {
		fputs("usage: names SEED COUNT [NAME ...]\n", stderr);
		return 2;
	}
	if (pipe(go) != 0 || pipe(named) != 0)
		fail("pipe");
	for (int i = 3; i < argc; i++) {
		name = given_name(argv[i]);
		start(&name, go, named);
	}
	for (size_t i = 0; i < sizeof(nasty) / sizeof(*nasty); i++) {
		name = (struct name){ .n = 0 };
		append(&name, nasty[i], strlen(nasty[i]));
		start(&name, go, named);
	}
	for (uint64_t i = 0; i < count; i++) {
		name = random_name(&state);
		start(&name, go, named);
	}
	close(go[1]);
	while (wait(&status) > 0)
		if (status != 0)
			return 1;
	return 0;
}
