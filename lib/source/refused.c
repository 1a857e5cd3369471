/* SPDX-License-Identifier: MIT */
#include "source/refused.h"

#include "base/num.h"
#include "base/word.h"

#define OPTIONS "/sys/kernel/tracing/options/"

#define PERF "a file of perf record: read what perf script prints of it"

const char *
refused_file(struct str beginning)
{
	static const struct {
		struct str magic;
		const char *why;
	} known[] = {
		{ { "PERFILE2", 8 }, PERF },
		{ { "2ELIFREP", 8 }, PERF },
		{ { "\177ELF", 4 }, "an ELF file, which is no trace" },
		{ { "\3757zXZ\0", 6 }, "packed by xz: unpack it first" },
		{ { "\4\"M\30", 4 }, "packed by lz4: unpack it first" },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (beginning.n >= known[i].magic.n &&
		    memcmp(beginning.p, known[i].magic.p, known[i].magic.n) ==
			0)
			return known[i].why;
	return NULL;
}

enum refused
refused_comment(struct str line)
{
	if (line.n == 0 || line.p[0] != '#')
		return REFUSED_NOT;
	if (str_is(str_trim(line), "# tracer: function_graph"))
		return REFUSED_GRAPH;
	return memmem(line.p, line.n, " latency trace v", 16) != NULL
	    ? REFUSED_LATENCY
	    : REFUSED_NOT;
}

/*
 * Tells whether s begins with three numbers and blanks: decimal ones, or
 * hexadecimal ones of 8, 8 and 16 digits.
 */
static bool
three_numbers(struct str s, bool hex)
{
	static const size_t width[] = { 8, 8, 16 };

	for (int i = 0; i < 3; i++) {
		size_t n = 0;

		while (n < s.n && num_hex_digit(s.p[n]) >= 0 &&
		    num_hex_digit(s.p[n]) < (hex ? 16 : 10))
			n++;
		if (n == 0 || n == s.n || s.p[n] != ' ' ||
		    (hex && n != width[i]))
			return false;
		s = str_skip(s, n + 1);
	}
	return true;
}

/* Thread, CPU and time in bytes; of the CPU two at least are zero. */
static bool
is_binary(struct str s)
{
	static const size_t type_at = 4 + 4 + 8;

	return s.n > type_at + 6 && memcmp(s.p + type_at, "type: ", 6) == 0 &&
	    memmem(s.p, 8, "\0\0", 2) != NULL;
}

/* Takes off "22622us+: " that ends with "us", a sign or none, and a colon. */
static bool
take_relative(struct str *s)
{
	size_t n = 0;

	while (n < s->n && s->p[n] >= '0' && s->p[n] <= '9')
		n++;
	if (n == 0 || s->n < n + 5 || memcmp(s->p + n, "us", 2) != 0)
		return false;
	*s = str_skip(*s, n + 3);
	return str_starts(*s, ": ");
}

/*
 * "    bash-30286     0d.... 22622us+: name: ...", or, with the option
 * verbose, "bash   30286   0 1 00000000 00000000 [2ecd2405c] 22.622ms (+0.008
 * ms): name: ...".
 */
static bool
is_latency(struct str s)
{
	const char *end = s.p + s.n;

	for (const char *p = s.p; p < end; p++) {
		struct str rest = { p, (size_t)(end - p) };

		if (*p != ' ')
			continue;
		rest = str_skip(rest, 1);
		if (take_relative(&rest))
			return true;
	}
	return memmem(s.p, s.n, "ms (+", 5) != NULL &&
	    memmem(s.p, s.n, "ms): ", 5) != NULL;
}

/* "sched_switch: prev_comm=...", "sys_read(fd: ..." or "type: 190". */
static bool
is_bare(struct str s)
{
	size_t n = 0, key;

	while (n < s.n && word_is(s.p[n]))
		n++;
	if (str_starts(s, "type: "))
		return true;
	if (str_starts(s, "sys_"))
		return n < s.n && (s.p[n] == '(' || s.p[n] == ' ');
	if (n == 0 || s.n < n + 3 || memcmp(s.p + n, ": ", 2) != 0)
		return false;
	s = str_skip(s, n + 2);
	for (key = 0; key < s.n && word_is(s.p[key]);)
		key++;
	return key > 0 && key < s.n && s.p[key] == '=';
}

enum refused
refused_line(struct str line)
{
	/* "0000764e 00000000 00000b6d154b6643 type: 190" */
	if (three_numbers(line, true))
		return REFUSED_HEX;
	/* "30286 0 12563136603715 type: 190" */
	if (three_numbers(line, false))
		return REFUSED_RAW;
	if (is_binary(line))
		return REFUSED_BINARY;
	if (is_bare(line))
		return REFUSED_BARE;
	return is_latency(line) ? REFUSED_LATENCY : REFUSED_NOT;
}

/* Tells whether "5f64 (24420)" is one number twice, of 32 bits or of 64. */
static bool
is_twice(struct str s)
{
	const char *open = memmem(s.p, s.n, " (", 2), *close;
	struct str inner;
	uint64_t hex;
	int64_t decimal;

	if (open == NULL)
		return false;
	close = memchr(open, ')', (size_t)(s.p + s.n - open));
	if (close == NULL || (close + 1 < s.p + s.n && close[1] != ' '))
		return false;
	inner = (struct str){ open + 2, (size_t)(close - open) - 2 };
	s.n = (size_t)(open - s.p);
	return num_hex(s, &hex) && num_s64(inner, &decimal) &&
	    (hex == (uint64_t)decimal || hex == (uint32_t)decimal);
}

enum refused
refused_body(struct str body)
{
	static const char before[] = "=0x";
	const char *at = memmem(body.p, body.n, before, strlen(before));

	if (at == NULL)
		return REFUSED_NOT;
	body = str_skip(body, (size_t)(at - body.p) + strlen(before));
	return is_twice(body) ? REFUSED_FIELDS : REFUSED_NOT;
}

const char *
refused_why(enum refused what)
{
	switch (what) {
	case REFUSED_LATENCY:
		return "text of the trace option \"latency-format\", which has "
		       "no times of a clock: echo 0 > " OPTIONS
		       "latency-format";
	case REFUSED_RAW:
		return "text of the trace option \"raw\", which has no names: "
		       "echo 0 > " OPTIONS "raw";
	case REFUSED_HEX:
		return "text of the trace option \"hex\", which has no names: "
		       "echo 0 > " OPTIONS "hex";
	case REFUSED_BINARY:
		return "text of the trace option \"bin\", which has no names: "
		       "echo 0 > " OPTIONS "bin";
	case REFUSED_BARE:
		return "text without the trace option \"context-info\", which "
		       "has no times: echo 1 > " OPTIONS "context-info";
	case REFUSED_FIELDS:
		return "text of the trace option \"fields\", which prints "
		       "numbers for addresses and arrays: echo 0 > " OPTIONS
		       "fields";
	case REFUSED_GRAPH:
		return "text of the tracer function_graph, whose lines do not "
		       "say which task they are of: take the tracer function, "
		       "or read what trace-cmd report prints";
	case REFUSED_NOT:
		break;
	}
	return NULL;
}
