/* SPDX-License-Identifier: MIT */
/* printfmt: events look as their print fmt says */
#include "source/printfmt.h"

#include "format.h"

/* 8 comm, 24 number, 28 word, 32 big, 40 text, 44 four, 48 array, 52 back */
#define FIELDS                                                                 \
	FIELD("char comm[16]", 8, 16, 0)                                       \
	FIELD("int number", 24, 4, 1)                                          \
	FIELD("unsigned int word", 28, 4, 0)                                   \
	FIELD("void * big", 32, 8, 0)                                          \
	FIELD("__data_loc char[] text", 40, 4, 0)                              \
	FIELD("__u8 saddr[4]", 44, 4, 0)                                       \
	FIELD("__data_loc u16[] array", 48, 4, 0)                              \
	FIELD("__rel_loc char[] back", 52, 4, 0)

enum { SIZE = 72, FIXED = 56 };

/* comm "a b", -5, 0x84, a pointer, "text", 10.0.0.1, { 1, 258 }, "ext" */
static const uint8_t event[SIZE] = { 7, 0, 0, 0, 1, 0, 0, 0, 'a', ' ',
	'b', [24] = 0xfb, 0xff, 0xff, 0xff, 0x84, 0, 0, 0, 0x10, 0x32, 0x54,
	0x76, 0, 0x88, 0xff, 0xff, 56, 0, 5, 0, 10, 0, 0, 1, 64, 0, 4, 0, 1, 0,
	3, 0, 't', 'e', 'x', 't', [64] = 1, 0, 2, 1 };

/* Prints the event by that print fmt; NULL where that is not understood. */
static char *
print_of(const char *print_fmt, const uint8_t *data, size_t n, const char **why)
{
	struct formats *all = formats_new(false, 8, false);
	size_t room = strlen(print_fmt) + 4096;
	char *text = NULL, *head = malloc(room);
	struct printfmt *p;
	struct output out;

	snprintf(head, room,
	    "name: made\nID: 7\nformat:\n%s%s\n"
	    "print fmt: %s\n",
	    COMMON, FIELDS, print_fmt);
	assert(formats_add(all, str_of("s"), str_of(head)) == NULL);
	p = printfmt_new(formats_find(all, 7), false, 8);
	if (p != NULL) {
		output_in_memory(&out);
		*why = printfmt_put(p, data, n, &out);
		output_byte(&out, '\0');
		text = strdup(out.buf);
		output_close(&out);
	}
	printfmt_free(p);
	formats_free(all);
	free(head);
	return text;
}

static void
is(const char *print_fmt, const char *want)
{
	const char *why = "not understood";
	char *got = print_of(print_fmt, event, SIZE, &why);

	if (got == NULL)
		got = strdup("nothing");
	if (why != NULL || strcmp(got, want) != 0) {
		fprintf(stderr, "%s: \"%s\", not \"%s\"\n", print_fmt, want,
		    got);
		abort();
	}
	free(got);
}

static void
test_numbers(void)
{
	is("\"\"", "");
	is("\"100%%\\t\\\"x\\\"\\n\"", "100%\t\"x\"");
	is("\"%d %u %x\", REC->number, REC->word, REC->number",
	    "-5 132 fffffffb");
	is("\"%08lx|%-4d|%3u|%#x\", REC->word, REC->number, 7, REC->word",
	    "00000084|-5  |  7|0x84");
	is("\"%llu\" \" %hhd\", (unsigned long long)REC->number, REC->word",
	    "18446744073709551611 -124");
	is("\"%c%c\", REC->word ? 'F' : ' ', 66", "FB");
	is("\"%p %pS %px\", REC->big, (void *)REC->big, 0",
	    "0xffff880076543210 0xffff880076543210 0x0");
	is("\"%d %d\", REC->common_pid, REC->common_type", "1 7");
	is("\"%d\", __get_dynamic_array_len(text)", "5");
}

static void
test_text(void)
{
	is("\"comm=%s\", REC->comm", "comm=a b");
	is("\"[%5s|%-5s|%.2s|%s]\", REC->comm, REC->comm, REC->comm, \"x,y\"",
	    "[  a b|a b  |a |x,y]");
	is("\"%s %.*s.\", __get_str(text), 2, (char *)__get_str(text)",
	    "text te.");
	is("\"%s\", __get_rel_str(back)", "ext");
	is("\"%.*s.\", REC->number, __get_str(text)", "text.");
	is("\"%s%s\", REC->word & 4 ? \"+\" : \"\", REC->word & 1 ? \"1\" : "
	   "\"0\"",
	    "+0");
	is("\"%s\", REC->number == 1 ? \"a\" : (REC->number == -5 ? REC->comm "
	   ": \"b\")",
	    "a b");
	is("\"%s\", REC->word ? REC->number > 0 ? \"a\" : \"b\" : \"c\"", "b");
	is("\"%s\", ((void *)0)", "(null)");
	is("\"<%s>\", (char *)REC->big", "<ffff880076543210>");
}

static void
test_names(void)
{
	is("\"%s\", __print_symbolic(REC->word, { 0x84, \"ONE\" }, { 2, \"T\" "
	   "})",
	    "ONE");
	is("\"%s\", __print_symbolic(REC->number, { 1, \"ONE\" })",
	    "0xfffffffffffffffb");
	is("\"%s.\", __print_flags(REC->word, \"|\", { 1, \"A\" }, { 4, \"C\" "
	   "}, { 1 << 7, \"H\" })",
	    "C|H.");
	is("\"%s\", __print_flags(REC->word, \", \", { 4, \"C\" })", "C, 0x80");
	is("\"%s.\", __print_flags(REC->word & 1, \"|\", { 1, \"A\" })", ".");
	is("\"%s\", (REC->word & 3) ? __print_flags(REC->word & 3, \"|\", { 1, "
	   "\"A\" }) : \"none\"",
	    "none");
	is("\"%-4s|\", __print_symbolic(REC->word >> 7, { 1, \"a\" })",
	    "a   |");
	is("\"%s\", __print_symbolic(REC->word, { NAME, \"NAME\" })", "0x84");
}

static void
test_bytes(void)
{
	is("\"%pI4\", REC->saddr", "10.0.0.1");
	is("\"%s\", __print_hex(REC->saddr, 2)", "0a 00");
	is("\"%s\", __print_hex(REC->saddr, REC->word)", "0a 00 00 01");
	is("\"%s\", __print_hex_str(__get_dynamic_array(text), "
	   "__get_dynamic_array_len(text))",
	    "7465787400");
	is("\"%s\", __print_array(__get_dynamic_array(array), "
	   "__get_dynamic_array_len(array) / 2, 2)",
	    "{0x1,0x102}");
}

static void
test_refusals(void)
{
	static const char *const bad[] = { "", "REC->comm", "\"%s\"",
		"\"%d\", REC->nothing", "\"%d\", f(1)", "\"%y\", 1", "\"%\"",
		"\"%s\", ({ 1; })", "\"%s\", REC->word ? \"a\"",
		"\"%pI4\", REC->nothing", "\"%*d\", 1, 2", "\"%999d\", 1",
		"\"%s\", __print_symbolic(REC->nothing, { 1, \"a\" })",
		"\"%s\", __print_array(REC->saddr, 1, 3)",
		"\"%pX\", REC->big" };
	const char *why;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		char *got = print_of(bad[i], event, SIZE, &why);

		if (got != NULL)
			fprintf(stderr, "%s: %s\n", bad[i], got);
		assert(got == NULL);
	}
}

/* Prints comm with n times before around it, and n times behind. */
static char *
print_wrapped(size_t n, const char *before, const char *behind)
{
	const char *why = NULL;
	struct output text;
	char *got;

	output_in_memory(&text);
	output_text(&text, "\"%s\", ");
	for (size_t i = 0; i < n; i++)
		output_text(&text, before);
	output_text(&text, "REC->comm");
	for (size_t i = 0; i < n; i++)
		output_text(&text, behind);
	output_byte(&text, '\0');
	got = print_of(text.buf, event, SIZE, &why);
	output_close(&text);
	assert(why == NULL);
	return got;
}

/* Each has to be looked for: without end that would take very long. */
static void
test_brackets(void)
{
	static const char *const around[][2] = { { "(", ")" }, { "( ", " )" },
		{ "(char *)", "" }, { "((char *)", ")" } };

	for (size_t i = 0; i < sizeof(around) / sizeof(around[0]); i++) {
		char *got = print_wrapped(30, around[i][0], around[i][1]);

		assert(got != NULL && strcmp(got, "a b") == 0);
		free(got);
		got = print_wrapped(10000, around[i][0], around[i][1]);
		assert(got == NULL);
	}
}

/* Data that is shorter than its format, or points outside of itself. */
static void
test_data(void)
{
	uint8_t *data = malloc(FIXED);
	const char *why = NULL;
	char *got;

	memcpy(data, event, FIXED);
	for (size_t n = 0; n < FIXED; n++) {
		got = print_of("\"%s %d\", REC->comm, REC->number", data, n,
		    &why);
		assert(got != NULL && *got == '\0' && why != NULL);
		free(got);
	}
	got = print_of("\"%d\", REC->number", data, FIXED, &why);
	assert(why == NULL && strcmp(got, "-5") == 0);
	free(got);
	got = print_of("\"%s\", __get_str(text)", data, FIXED, &why);
	assert(why != NULL && *got == '\0');
	free(got);
	free(data);
}

int
main(void)
{
	test_numbers();
	test_text();
	test_names();
	test_bytes();
	test_refusals();
	test_brackets();
	test_data();
	return 0;
}
