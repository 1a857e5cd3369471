/* SPDX-License-Identifier: MIT */
/*
 * format: what the formats of kernels say, those of the recordings, those of
 * this machine beside libtraceevent, and what is none
 */
#include "format.h"

#include <glob.h>
#include <traceevent/event-parse.h>

#define FORMATS "tests/data/source/formats/"

static char text[1 << 17];

static const struct format *
only(struct formats *all, const char *format)
{
	assert(formats_add(all, str_of("sys"), str_of(format)) == NULL);
	return formats_find(all, 7);
}

static bool
field_is(const struct format *f, size_t i, const char *key,
    enum field_form form, unsigned offset, unsigned size)
{
	const struct format_field *field = &f->field[i];

	return i < f->n && str_is(field->key, key) && field->form == form &&
	    field->offset == offset && field->size == size &&
	    field->place == PLACE_HERE;
}

static void
sched_switch_is_read(void)
{
	struct formats *all = formats_new(false, 8, false);
	const struct format *f;

	assert(read_file(FORMATS "sched_switch.format", text, sizeof(text)));
	assert(formats_add(all, str_of("sched"), str_of(text)) == NULL);
	assert(formats_find(all, 371) == NULL);
	f = formats_find(all, 372);
	assert(f != NULL && f == formats_find(all, 372));
	assert(str_is(f->name, "sched_switch") && str_is(f->system, "sched"));
	assert(f->flags_at == 2 && f->preempt_at == 3 && f->pid_at == 4);
	assert(f->head == 8 && f->fixed == 64 && f->n == 7 && !f->wide);
	assert(field_is(f, 0, "prev_comm", FORM_CHARS, 8, 16));
	assert(field_is(f, 1, "prev_pid", FORM_SIGNED, 24, 4));
	assert(field_is(f, 2, "prev_prio", FORM_SIGNED, 28, 4));
	assert(field_is(f, 3, "prev_state", FORM_STATE, 32, 8));
	assert(field_is(f, 4, "next_comm", FORM_CHARS, 40, 16));
	assert(field_is(f, 5, "next_pid", FORM_SIGNED, 56, 4));
	assert(field_is(f, 6, "next_prio", FORM_SIGNED, 60, 4));
	formats_free(all);
}

static void
a_name_may_be_dynamic(void)
{
	struct formats *all = formats_new(false, 8, false);
	const struct format_field *comm;
	const struct format *f;

	assert(
	    read_file(FORMATS "sched_migrate_task.format", text, sizeof(text)));
	assert(formats_add(all, str_of("sched"), str_of(text)) == NULL);
	f = formats_find(all, 371);
	assert(f != NULL && f->n == 5 && f->fixed == 28 && !f->wide);
	comm = field_named(f, "comm");
	assert(comm != NULL && comm->form == FORM_CHARS);
	assert(comm->place == PLACE_DYNAMIC && comm->offset == 8);
	formats_free(all);
}

/* The form and the size of an element that a declaration gives. */
static void
form_is(const char *format, enum field_form form, enum field_place place,
    unsigned element)
{
	struct formats *all = formats_new(false, 8, false);
	const struct format *f = only(all, format);

	if (f == NULL || f->n != 1 || f->field->form != form ||
	    f->field->place != place || f->field->element != element) {
		fprintf(stderr, "%s\nform %d place %d element %u\n", format,
		    f != NULL && f->n > 0 ? (int)f->field->form : -1,
		    f != NULL && f->n > 0 ? (int)f->field->place : -1,
		    f != NULL && f->n > 0 ? f->field->element : 0);
		abort();
	}
	formats_free(all);
}

#define FORM(declaration, size, is_signed, print_fmt, form, place, element)    \
	form_is(FORMAT("e", FIELD(declaration, 8, size, is_signed),            \
		    print_fmt),                                                \
	    FORM_##form, PLACE_##place, element)

static void
declarations_have_forms(void)
{
	FORM("int x", 4, 1, "", SIGNED, HERE, 1);
	FORM("u64 x", 8, 0, "", UNSIGNED, HERE, 1);
	FORM("enum xfs_group_type x", 4, 0, "", UNSIGNED, HERE, 1);
	FORM("bool x", 1, 0, "", BOOL, HERE, 1);
	FORM("char x", 1, 1, "", SIGNED, HERE, 1);
	FORM("const char * x", 8, 0, "", POINTER, HERE, 1);
	FORM("const void *const x", 8, 0, "", POINTER, HERE, 1);
	FORM("struct robust_list_head * * x", 8, 0, "", POINTER, HERE, 1);
	FORM("char x[16]", 16, 0, "", CHARS, HERE, 1);
	FORM("char x[TASK_COMM_LEN]", 16, 0, "", CHARS, HERE, 1);
	FORM("const char x[16]", 16, 0, "", CHARS, HERE, 1);
	FORM("char x[]", 0, 0, "", CHARS, REST, 1);
	FORM("__data_loc char[] x", 4, 0, "", CHARS, DYNAMIC, 1);
	FORM("__rel_loc char[] x", 4, 0, "", CHARS, RELATIVE, 1);
	FORM("unsigned char addr[6]", 6, 0, "", ARRAY, HERE, 1);
	FORM("__u8 saddr[4]", 4, 0, "", ADDRESS, HERE, 1);
	FORM("__u8 daddr_v6[16]", 16, 0, "", ADDRESS, HERE, 1);
	FORM("u8 gw4[4]", 4, 0, "\"%*s %% %pI4\", 4, REC->x, REC->gw4", ADDRESS,
	    HERE, 1);
	FORM("u8 gw4[4]", 4, 0, "\"%s %pI4\", REC->gw4, REC->x", ARRAY, HERE,
	    1);
	FORM("u8 fsid[16]", 16, 0, "\"%pU\", REC->fsid", ARRAY, HERE, 1);
	FORM("__u8 saddr[28]", 28, 0, "", SOCKADDR, HERE, 1);
	FORM("__u8 saddr[sizeof(struct sockaddr_in6)]", 28, 0, "", SOCKADDR,
	    HERE, 1);
	FORM("__data_loc u8[] x", 4, 0, "\"%pISpc\", __get_sockaddr(x)",
	    SOCKADDR, DYNAMIC, 1);
	FORM("__data_loc cpumask_t x", 4, 0, "", BITMASK, DYNAMIC, 8);
	FORM("__data_loc unsigned long[] x", 4, 0, "\"%s\", __get_bitmask(x)",
	    BITMASK, DYNAMIC, 8);
	FORM("__data_loc unsigned long[] x", 4, 0, "\"%s\", __get_bitmask(xy)",
	    ARRAY, DYNAMIC, 8);
	FORM("__data_loc unsigned int[] x", 4, 0, "", ARRAY, DYNAMIC, 4);
	FORM("__rel_loc u16[] x", 4, 0, "", ARRAY, RELATIVE, 2);
	FORM("unsigned long x[6]", 48, 0, "", ARRAY, HERE, 8);
	FORM("u32 x[2]", 8, 0, "", ARRAY, HERE, 4);
	FORM("u32 x[COUNT]", 8, 0, "", ARRAY, HERE, 4);
	FORM("unsigned long x[]", 0, 0, "", ARRAY, REST, 8);
	FORM("struct thing x", 12, 0, "", ARRAY, HERE, 1);
}

static void
keys_that_are_taken(void)
{
	static const char *const taken[] = { "type", "ts", "cpu", "task", "tid",
		"tgid", "flags" };
	struct formats *all = formats_new(false, 8, true);
	const struct format *f = only(all,
	    FORMAT("e",
		FIELD("int type", 8, 4, 1) FIELD("int ts", 12, 4, 1)
		    FIELD("int cpu", 16, 4, 1) FIELD("int task", 20, 4, 1)
			FIELD("int tid", 24, 4, 1) FIELD("int tgid", 28, 4, 1)
			    FIELD("int flags", 32, 4, 1)
				FIELD("int types", 36, 4, 1),
		"\"%s\", __print_flags(REC->flags, \"|\", {1, \"A\"})"));

	assert(f != NULL && f->n == 8 && f->fixed == 40);
	for (size_t i = 0; i < 7; i++) {
		assert(str_is(f->field[i].key, taken[i]));
		assert(str_starts(f->field[i].label, ",\"arg_"));
		assert(str_starts(str_skip(f->field[i].label, 6), taken[i]));
	}
	assert(str_is(f->field[7].key, "types"));
	assert(str_is(f->field[7].label, ",\"types\":"));
	assert(f->field[6].symbols != NULL && f->field[5].symbols == NULL);
	formats_free(all);
}

/* Which of two sets holds, another field tells. */
static void
names_in_two_ways_are_none(void)
{
	struct formats *all = formats_new(false, 8, true);
	const struct format *f = only(all,
	    FORMAT("e",
		FIELD("int a", 8, 4, 1) FIELD("int b", 12, 4, 1)
		    FIELD("int c", 16, 4, 1),
		"\"\", REC->c ? __print_symbolic(REC->a, {1,\"X\"}) : "
		"__print_symbolic(REC->a, {1,\"Y\"}), REC->c ? "
		"__print_symbolic(REC->b, {1,\"Z\"}) : \"\", "
		"__print_symbolic(REC->b, {1,\"Z\"})"));

	assert(field_named(f, "a")->symbols == NULL);
	assert(field_named(f, "b")->symbols != NULL);
	assert(field_named(f, "c")->symbols == NULL);
	formats_free(all);
	all = formats_new(false, 8, false);
	f = only(all,
	    FORMAT("e", FIELD("int b", 8, 4, 1),
		"\"\", __print_symbolic(REC->b, {1,\"Z\"})"));
	assert(field_named(f, "b")->symbols == NULL);
	formats_free(all);
}

/* Of what no parser understands, the fields are known. */
static void
the_print_fmt_may_be_anything(void)
{
	static const char *const fmt[] = { "\"", "(((((((((((", "\"%s\",",
		"), }", "__print_flags(", "__print_symbolic(REC->x,{", "\\",
		"\"%", "\"%*", "\"%p", "\"%pI4\"", "\"\" ? \"+\"", "REC->",
		"? \"+\"" };
	char format[1000];

	for (size_t i = 0; i < sizeof(fmt) / sizeof(fmt[0]); i++) {
		struct formats *all = formats_new(false, 8, true);
		const struct format *f;

		snprintf(format, sizeof(format), "%s%s",
		    FORMAT("sched_switch",
			FIELD("int prev_state", 8, 4, 1)
			    FIELD("u8 x[4]", 12, 4, 0),
			""),
		    fmt[i]);
		f = only(all, format);
		assert(f != NULL && f->n == 2);
		assert(f->field[0].form == FORM_STATE);
		formats_free(all);
	}
}

static const char *
add(struct formats *all, const char *format)
{
	return formats_add(all, str_of("s"), str_of(format));
}

static void
what_is_no_format(void)
{
	static const char *const none[] = { "", "\n", "name: x\n", "ID: 7\n",
		"name: x\nID: 65536\n", "name: x\nID: -1\n", "name: \nID: 1\n",
		"name: a b\nID: 7\n", "name: 1\nID: 7\n", "ID: 7\nname: \"\n",
		"format:\nname: x\nID: 7\n", "name: x\nID: x\n" };
	struct formats *all = formats_new(false, 8, false);
	static char large[1 << 18];

	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		assert(add(all, none[i]) != NULL);
	memset(large, ' ', sizeof(large) - 1);
	assert(add(all, large) != NULL);
	assert(formats_add(all, str_of("s"),
		   (struct str){ "name: x\nID: 7\n\0", 15 }) != NULL);
	assert(formats_find(all, 7) == NULL);
	assert(formats_find(all, 65535) == NULL);
	assert(formats_find(all, UINT32_MAX) == NULL);
	formats_free(all);
	formats_free(NULL);
}

static void
the_first_of_two_stands(void)
{
	struct formats *all = formats_new(false, 8, false);

	assert(add(all, FORMAT("a", FIELD("int x", 8, 4, 1), "\"\"")) == NULL);
	assert(add(all, FORMAT("b", FIELD("int y", 8, 4, 1), "\"\"")) != NULL);
	assert(str_is(formats_find(all, 7)->name, "a"));
	assert(add(all, FORMAT("b", FIELD("int y", 8, 4, 1), "\"\"")) != NULL);
	formats_free(all);
}

/* Fields that cannot be read: the event has no format. */
static void
lines_that_are_none(void)
{
	static const char *const lines[] = { "\tfield:int x;\n",
		"\tfield:int x;\toffset:8;\n", "\tnonsense\n",
		FIELD("int x", 65535, 4, 1), FIELD("int x", 8, 65535, 1),
		FIELD("int x", -8, 4, 1), FIELD("int x", 8, 99999999999, 1),
		FIELD("x", 8, 4, 1), FIELD("", 8, 4, 1),
		FIELD("int x[", 8, 4, 1), FIELD("int x]", 8, 4, 1),
		FIELD("int x[(]", 8, 4, 1), FIELD("int x[\"]", 8, 4, 1),
		FIELD("int (*x)(int)", 8, 8, 0), FIELD("int x y; z", 8, 8, 0),
		FIELD("int *", 8, 8, 0), FIELD("int 5", 8, 8, 0) };
	char format[1000];

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		struct formats *all = formats_new(false, 8, false);

		snprintf(format, sizeof(format), "%s%s",
		    "name: x\nID: 7\nformat:\n" COMMON, lines[i]);
		assert(add(all, format) == NULL);
		assert(formats_find(all, 7) == NULL);
		assert(formats_find(all, 7) == NULL);
		formats_free(all);
	}
}

static void
common_fields_must_be_there(void)
{
	static const char *const none[] = { "",
		FIELD("unsigned short common_type", 0, 2, 0),
		FIELD("int common_type", 0, 4, 1) };
	char format[1000];

	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++) {
		struct formats *all = formats_new(false, 8, false);

		snprintf(format, sizeof(format),
		    "name: x\nID: 7\nformat:\n%s\n%s\nprint fmt: \"\"\n",
		    none[i], FIELD("int x", 8, 4, 1));
		assert(add(all, format) == NULL);
		assert(formats_find(all, 7) == NULL);
		formats_free(all);
	}
}

static void
pages_have_a_shape(void)
{
	static const char small[] =
	    "\tfield: u64 timestamp;\toffset:0;\tsize:8;\tsigned:0;\n"
	    "\tfield: local_t commit;\toffset:8;\tsize:4;\tsigned:1;\n"
	    "\tfield: int overwrite;\toffset:8;\tsize:1;\tsigned:1;\n"
	    "\tfield: char data;\toffset:12;\tsize:131060;\tsigned:1;\n";
	struct formats *all = formats_new(true, 4, false);
	struct page_shape s = { .size = 1 };

	assert(read_file(FORMATS "header_page", text, sizeof(text)));
	assert(formats_page(all, str_of(text), &s));
	assert(s.big_endian && s.commit_at == 8 && s.commit_size == 8);
	assert(s.data_at == 16 && s.size == 4096);
	assert(formats_page(all, str_of(small), &s));
	assert(s.commit_size == 4 && s.data_at == 12 && s.size == 131072);
	assert(!formats_page(all, str_of("# nothing\n"), &s));
	assert(!formats_page(all, str_of(""), &s) && s.size == 131072);
	formats_free(all);
}

/* Compares with what libtraceevent says of all fields. */
static void
same_fields(const struct format *f, const struct tep_event *event)
{
	const struct tep_format_field *t = event->format.fields;

	assert(str_is(f->name, event->name));
	for (size_t i = 0; i < f->n; i++, t = t->next) {
		assert(t != NULL);
		assert(str_is(f->field[i].key, t->name));
		assert(f->field[i].offset == (unsigned)t->offset);
		assert(f->field[i].size == (unsigned)t->size);
	}
	assert(t == NULL);
}

/* Compares names with those that libtraceevent found for the field. */
static bool
same_names(const struct symbols *names, const struct tep_print_flag_sym *s,
    bool flags)
{
	char out[1 << 12];
	size_t n;

	/* The kernel prints the name of no bits before others. */
	if (flags && strtoull(s->value, NULL, 0) == 0)
		return false;
	for (const struct tep_print_flag_sym *i = s; i != NULL; i = i->next) {
		uint64_t v = strtoull(i->value, NULL, 0);
		const struct tep_print_flag_sym *k = s;

		assert(symbols_room(names) <= sizeof(out));
		if (flags && (v & (v - 1)) != 0)
			continue; /* several bits, which may have names */
		if (strcmp(i->str, "0") == 0)
			continue; /* ((void *)0), the end of the list */
		/* The first of those with the same value is shown. */
		while (strtoull(k->value, NULL, 0) != v)
			k = k->next;
		if (!symbols_print(names, v, out, &n))
			return false;
		assert(str_is((struct str){ out, n }, k->str));
	}
	return true;
}

static size_t
compare_names(const struct format *f, const struct tep_print_arg *arg)
{
	const struct format_field *field;
	const struct tep_print_arg *of;
	size_t n = 0;

	for (; arg != NULL; arg = arg->next) {
		bool flags = arg->type == TEP_PRINT_FLAGS;

		if (!flags && arg->type != TEP_PRINT_SYMBOL)
			continue;
		of = flags ? arg->flags.field : arg->symbol.field;
		if (of->type != TEP_PRINT_FIELD)
			continue;
		field = field_named(f, of->field.name);
		if (field == NULL || field->symbols == NULL)
			continue;
		n += same_names(field->symbols,
		    flags ? arg->flags.flags : arg->symbol.symbols, flags);
	}
	return n;
}

/* Of the sanitizers, where they are. */
void __lsan_disable(void) __attribute__((weak));
void __lsan_enable(void) __attribute__((weak));

/* Reads all of a format; libtraceevent 1.7 leaks parts of some print fmts. */
static struct tep_event *
parse(struct tep_handle *tep, const char *format)
{
	struct tep_event *event = NULL;

	tep_set_loglevel(TEP_LOG_NONE);
	if (__lsan_disable != NULL)
		__lsan_disable();
	tep_parse_format(tep, &event, format, strlen(format), "s");
	if (__lsan_enable != NULL)
		__lsan_enable();
	assert(event != NULL);
	return event;
}

static size_t
compare(const char *format)
{
	struct formats *all = formats_new(false, sizeof(long), true);
	struct tep_handle *tep = tep_alloc();
	const struct tep_event *event = parse(tep, format);
	const struct format *f;
	size_t n;

	assert(formats_add(all, str_of("s"), str_of(format)) == NULL);
	f = formats_find(all, (unsigned)event->id);
	assert(f != NULL);
	same_fields(f, event);
	n = compare_names(f, event->print_fmt.args);
	tep_free(tep);
	formats_free(all);
	return n;
}

static void
those_of_this_machine(void)
{
	size_t names = 0;
	glob_t g;

	if (glob("/sys/kernel/tracing/events/*/*/format", 0, NULL, &g) != 0) {
		puts("skipped: the formats of this machine are closed");
		return;
	}
	for (size_t i = 0; i < g.gl_pathc; i++)
		if (read_file(g.gl_pathv[i], text, sizeof(text)))
			names += compare(text);
	printf("%zu formats, %zu fields with names\n", g.gl_pathc, names);
	globfree(&g);
}

int
main(void)
{
	sched_switch_is_read();
	a_name_may_be_dynamic();
	declarations_have_forms();
	keys_that_are_taken();
	names_in_two_ways_are_none();
	the_print_fmt_may_be_anything();
	what_is_no_format();
	the_first_of_two_stands();
	lines_that_are_none();
	common_fields_must_be_there();
	pages_have_a_shape();
	those_of_this_machine();
	return 0;
}
