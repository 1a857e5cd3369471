/* SPDX-License-Identifier: MIT */
/*
 * render: bytes of known events as text, in both byte orders; and the
 * recordings, beside the truth that another program decoded from them
 */
#include "source/render.h"

#include <arpa/inet.h>
#include <endian.h>
#include <inttypes.h>

#include "base/num.h"
#include "format.h"
#include "page.h"

/* An event in the making, as a machine of that byte order writes it. */
struct made {
	bool big;
	uint8_t b[1024];
	size_t n;
};

static void
put(struct made *m, uint64_t v, unsigned size)
{
	for (unsigned i = 0; i < size; i++)
		m->b[m->n + i] = (uint8_t)(v >>
		    8 * (m->big ? size - 1 - i : i));
	m->n += size;
}

static void
put_bytes(struct made *m, const void *p, size_t n)
{
	memcpy(m->b + m->n, p, n);
	m->n += n;
}

/* The common fields of the type 7, with a pid. */
static struct made
made_new(bool big)
{
	struct made m = { .big = big };

	put(&m, 7, 2);
	put(&m, 0x01, 1);
	put(&m, 2, 1);
	put(&m, (uint64_t)-1, 4);
	return m;
}

/* What an event is shown as: key=number and key="text" with blanks between. */
struct shown {
	char text[1 << 13];
	size_t fields;
	unsigned bad;
	const char *why;
};

static void
describe(const struct fields *fields, struct shown *s)
{
	size_t at = 0;

	s->fields = fields->n;
	for (size_t i = 0; i < fields->n; i++) {
		const struct field *f = &fields->field[i];
		bool text = f->kind == FIELD_TEXT || f->kind == FIELD_WORD;
		const char *quote = text ? "\"" : "";

		assert(f->kind != FIELD_PLAIN && f->value.p != NULL);
		at += (size_t)snprintf(s->text + at, sizeof(s->text) - at,
		    "%s%.*s=%s%.*s%s", i > 0 ? " " : "", (int)f->key.n,
		    f->key.p, quote, (int)f->value.n, f->value.p, quote);
		assert(at < sizeof(s->text));
	}
}

/* Reads an event whose bytes end where its memory does. */
static struct shown
show(const char *format, unsigned long_size, const struct made *m)
{
	struct formats *all = formats_new(m->big, long_size, true);
	struct render r = { .big_endian = m->big };
	struct fields fields = { 0 };
	struct shown s = { .fields = 0 };
	uint8_t *data = mem_alloc(m->n);
	const struct format *f;

	memcpy(data, m->b, m->n);
	assert(formats_add(all, str_of("s"), str_of(format)) == NULL);
	f = formats_find(all, (unsigned)render_type(&r, data, m->n));
	assert(f != NULL);
	s.why = render_fields(&r, f, data, m->n, &fields, &s.bad);
	if (s.why == NULL)
		describe(&fields, &s);
	fields_free(&fields);
	render_free(&r);
	formats_free(all);
	free(data);
	return s;
}

static void
is_shown(const char *format, unsigned long_size, const struct made *m,
    const char *want)
{
	struct shown s = show(format, long_size, m);

	if (s.why == NULL && s.bad == 0 && strcmp(s.text, want) == 0)
		return;
	fprintf(stderr, "%s\n%s\n%s\n", s.why != NULL ? s.why : "", s.text,
	    want);
	abort();
}

static void
integers(bool big)
{
	static const char format[] = FORMAT("e",
	    FIELD("u8 a", 8, 1, 0) FIELD("s8 b", 9, 1, 1)
		FIELD("u16 c", 10, 2, 0) FIELD("s16 d", 12, 2, 1)
		    FIELD("bool e", 14, 1, 0) FIELD("bool f", 15, 1, 0)
			FIELD("u32 g", 16, 4, 0) FIELD("int h", 20, 4, 1)
			    FIELD("u64 i", 24, 8, 0) FIELD("s64 j", 32, 8, 1),
	    "\"\"");
	struct made m = made_new(big);

	put(&m, 255, 1);
	put(&m, (uint64_t)-128, 1);
	put(&m, 65535, 2);
	put(&m, (uint64_t)INT16_MIN, 2);
	put(&m, 0, 1);
	put(&m, 1, 1);
	put(&m, UINT32_MAX, 4);
	put(&m, (uint64_t)INT32_MIN, 4);
	put(&m, UINT64_MAX, 8);
	put(&m, (uint64_t)INT64_MIN, 8);
	is_shown(format, 8, &m,
	    "a=255 b=-128 c=65535 d=-32768 e=false f=true g=4294967295 "
	    "h=-2147483648 i=18446744073709551615 j=-9223372036854775808");
}

static void
pointers(bool big)
{
	static const char format[] = FORMAT("e",
	    FIELD("void * a", 8, 8, 0) FIELD("const char * b", 16, 8, 0)
		FIELD("void * c", 24, 4, 0),
	    "\"\"");
	struct made m = made_new(big);

	put(&m, 0xffff8881004ac000, 8);
	put(&m, 0, 8);
	put(&m, 0xc0001000, 4);
	is_shown(format, 8, &m,
	    "a=\"0xffff8881004ac000\" b=\"0x0\" c=\"0xc0001000\"");
}

static void
texts(bool big)
{
	static const char format[] = FORMAT("e",
	    FIELD("char a[16]", 8, 16, 0) FIELD("char b[4]", 24, 4, 0)
		FIELD("__data_loc char[] c", 28, 4, 0)
		    FIELD("__rel_loc char[] d", 32, 4, 0)
			FIELD("__data_loc char[] e", 36, 4, 0),
	    "\"\"");
	struct made m = made_new(big);

	put_bytes(&m, "a \t=\0 hidden xyz", 16);
	put_bytes(&m, "full", 4);
	put(&m, 6 << 16 | 40, 4);        /* bytes 40 to 45 */
	put(&m, 4 << 16 | (46 - 36), 4); /* 46 to 49, from behind it */
	put(&m, 0 << 16 | 50, 4);        /* none */
	put_bytes(&m, "hello\0", 6);
	put_bytes(&m, "dlrw", 4);
	is_shown(format, 8, &m,
	    "a=\"a \t=\" b=\"full\" c=\"hello\" d=\"dlrw\" e=\"\"");
}

static void
what_is_left_is_an_array(bool big)
{
	struct made m = made_new(big), text = made_new(big);

	put(&m, 1, 4);
	put(&m, (uint64_t)-2, 4);
	put(&m, 3, 2); /* half of one */
	is_shown(FORMAT("e", FIELD("int x[]", 8, 0, 1), "\"\""), 8, &m,
	    "x=[1,-2]");
	put_bytes(&text, "to the end", 10);
	is_shown(FORMAT("e", FIELD("char x[]", 8, 0, 1), "\"\""), 8, &text,
	    "x=\"to the end\"");
}

static void
arrays(bool big)
{
	static const char format[] = FORMAT("e",
	    FIELD("u32 a[2]", 8, 8, 0) FIELD("s8 b[3]", 16, 3, 1)
		FIELD("u8 c[1]", 19, 1, 0) FIELD("__data_loc u64[] d", 20, 4, 0)
		    FIELD("__rel_loc short[] e", 24, 4, 1)
			FIELD("__data_loc u16[] f", 28, 4, 0),
	    "\"\"");
	struct made m = made_new(big);

	put(&m, 0, 4);
	put(&m, UINT32_MAX, 4);
	put(&m, (uint64_t)-128, 1);
	put(&m, (uint64_t)-1, 1);
	put(&m, 127, 1);
	put(&m, 200, 1);
	put(&m, 16 << 16 | 32, 4);
	put(&m, 4 << 16 | (48 - 28), 4);
	put(&m, 0 << 16 | 52, 4);
	put(&m, UINT64_MAX, 8);
	put(&m, 1234567890123, 8);
	put(&m, (uint64_t)INT16_MIN, 2);
	put(&m, 32767, 2);
	is_shown(format, 8, &m,
	    "a=[0,4294967295] b=[-128,-1,127] c=[200] "
	    "d=[18446744073709551615,1234567890123] e=[-32768,32767] f=[]");
}

/* Bits 0, 33 and 64: %*pb of 128 bits. */
static void
bitmasks(bool big, unsigned long_size)
{
	static const char format[] = FORMAT("e",
	    FIELD("__data_loc cpumask_t mask", 8, 4, 0), "\"\"");
	struct made m = made_new(big);

	put(&m, 16 << 16 | 12, 4);
	if (long_size == 8) {
		put(&m, 0x200000001, 8);
		put(&m, 1, 8);
	} else {
		put(&m, 1, 4);
		put(&m, 2, 4);
		put(&m, 1, 4);
		put(&m, 0, 4);
	}
	is_shown(format, long_size, &m,
	    "mask=\"00000000,00000001,00000002,00000001\"");
}

static void
put_sockaddr(struct made *m, int family, const char *address, unsigned port)
{
	uint8_t b[16];

	put(m, (uint64_t)(family == AF_INET ? 2 : 10), 2);
	m->b[m->n++] = (uint8_t)(port >> 8);
	m->b[m->n++] = (uint8_t)port;
	assert(inet_pton(family, address, b) == 1);
	if (family == AF_INET6)
		put_bytes(m, "flow", 4);
	put_bytes(m, b, family == AF_INET ? 4 : 16);
	put_bytes(m,
	    "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"
	    "\xff\xff\xff\xff\xff\xff",
	    family == AF_INET ? 20 : 4);
}

static void
addresses(bool big)
{
	static const char format[] = FORMAT("e",
	    FIELD("__u8 saddr[4]", 8, 4, 0) FIELD("__u8 daddr[4]", 12, 4, 0)
		FIELD("__u8 saddr_v6[16]", 16, 16, 0)
		    FIELD("__u8 daddr_v6[16]", 32, 16, 0),
	    "\"\"");
	struct made m = made_new(big);

	put_bytes(&m, "\xac\x18\x00\x05", 4);
	put_bytes(&m, "\0\0\0\0", 4);
	put_bytes(&m, "\xfd\x24\0\0\0\0\0\0\0\0\0\0\0\0\0\3", 16);
	put_bytes(&m, "\0\0\0\0\0\0\0\0\0\0\xff\xff\x0a\0\0\1", 16);
	is_shown(format, 8, &m,
	    "saddr=\"172.24.0.5\" daddr=\"0.0.0.0\" saddr_v6=\"fd24::3\" "
	    "daddr_v6=\"10.0.0.1\"");
}

static void
sockets(bool big)
{
	static const char format[] = FORMAT("e",
	    FIELD("__u8 saddr[28]", 8, 28, 0) FIELD("__u8 daddr[28]", 36, 28, 0)
		FIELD("__u8 naddr[28]", 64, 28, 0) FIELD("__data_loc u8[] x",
		    92, 4, 0) FIELD("__data_loc u8[] y", 96, 4, 0),
	    "\"%pISpc %pISpc\", __get_sockaddr(x), __get_sockaddr(y)");
	struct made m = made_new(big);

	put_sockaddr(&m, AF_INET, "172.24.0.5", 8083);
	put_sockaddr(&m, AF_INET6, "fd24::3", 80);
	put_sockaddr(&m, AF_INET, "0.0.0.0", 0);
	put(&m, 28 << 16 | 100, 4);
	put(&m, 3 << 16 | 128, 4);
	put_sockaddr(&m, AF_INET6, "::ffff:10.0.0.1", 65535);
	put_bytes(&m, "\1\0\7", 3);
	is_shown(format, 8, &m,
	    "saddr=\"172.24.0.5:8083\" daddr=\"[fd24::3]:80\" "
	    "naddr=\"0.0.0.0:0\" x=\"10.0.0.1:65535\" y=[1,0,7]");
}

static void
names_and_states(bool big)
{
	static const char format[] = FORMAT("sched_switch",
	    FIELD("long prev_state", 8, 8, 1) FIELD("int a", 16, 4, 1)
		FIELD("int b", 20, 4, 1) FIELD("u8 c", 24, 1, 0),
	    "\"\", __print_symbolic(REC->a, {-1, \"NONE\"}, {1, \"ONE\"}), "
	    "__print_flags(REC->b, \"|\", {1, \"A\"}, {2, \"B\"}), "
	    "__print_flags(REC->c & 0x7f, \"|\", {1, \"A\"})");
	struct made m = made_new(big), other = made_new(big);

	put(&m, 0x100, 8);
	put(&m, (uint64_t)-1, 4);
	put(&m, 7, 4);
	put(&m, 0x81, 1);
	is_shown(format, 8, &m,
	    "prev_state=\"R+\" a=\"NONE\" b=\"A|B|0x4\" c=129");
	put(&other, 0x82, 8);
	put(&other, 5, 4);
	put(&other, 0, 4);
	put(&other, 1, 1);
	is_shown(format, 8, &other, "prev_state=\"D|I\" a=\"0x5\" b=0 c=\"A\"");
}

/* What was written to trace_marker, without the end of its line. */
static void
written_lines_end_before_their_newline(bool big)
{
	static const char format[] = FORMAT("print",
	    FIELD("unsigned long ip", 8, 8, 0) FIELD("char buf[]", 16, 0, 0),
	    "\"%ps: %s\", (void *)REC->ip, REC->buf");
	static const struct {
		const char *bytes, *want;
	} t[] = {
		{ "hello\n", "ip=1 buf=\"hello\"" },
		{ "a\n\n", "ip=1 buf=\"a\n\"" },
		{ "\n", "ip=1 buf=\"\"" },
		{ "", "ip=1 buf=\"\"" },
		{ " a\nb ", "ip=1 buf=\" a\nb \"" },
	};

	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		struct made m = made_new(big);

		put(&m, 1, 8);
		put_bytes(&m, t[i].bytes, strlen(t[i].bytes) + 1);
		is_shown(format, 8, &m, t[i].want);
	}
}

/* The kernel writes fewer than the eight of the format, or more. */
static void
a_stack_has_the_callers_it_has(bool big)
{
	static const char format[] = FORMAT("kernel_stack",
	    FIELD("int size", 8, 4, 1)
		FIELD("unsigned long caller[8]", 16, 64, 0),
	    "\"\\t=> %ps\\n\", (void *)REC->caller[0]");

	for (unsigned n = 1; n < 12; n++) {
		struct made m = made_new(big);
		struct shown s;

		put(&m, n, 4);
		put(&m, 0, 4);
		for (unsigned i = 0; i < n; i++)
			put(&m, 7, 8);
		s = show(format, 8, &m);
		assert(s.why == NULL && s.bad == 0 && s.fields == 2);
		assert(strlen(strstr(s.text, "caller=")) == 8 + 2 * n);
	}
}

/* Each prefix of an event is too short; places outside of it are left out. */
static void
events_are_cut(bool big)
{
	static const char format[] = FORMAT("e",
	    FIELD("__data_loc char[] a", 8, 4, 0)
		FIELD("__data_loc u32[] b", 12, 4, 0) FIELD("int c", 16, 4, 1)
		    FIELD("__rel_loc u8[] d", 20, 4, 0),
	    "\"\"");
	struct made m = made_new(big);
	struct shown s;

	put(&m, 4 << 16 | 24, 4);
	put(&m, 8 << 16 | 28, 4);
	put(&m, 5, 4);
	put(&m, 2 << 16 | 12, 4);
	put_bytes(&m, "text", 4);
	put(&m, 1, 4);
	put(&m, 2, 4);
	put_bytes(&m, "\1\2", 2);
	is_shown(format, 8, &m, "a=\"text\" b=[1,2] c=5 d=[1,2]");
	for (m.n = 0; m.n < 24; m.n++) {
		struct render r = { .big_endian = big };

		if (m.n < 2) {
			assert(render_type(&r, m.b, m.n) == -1);
			continue;
		}
		s = show(format, 8, &m);
		assert(s.why != NULL);
	}
	s = show(format, 8, &m);
	assert(s.bad == 3 && strcmp(s.text, "c=5") == 0);
	m.n = 28;
	s = show(format, 8, &m);
	assert(s.bad == 2 && strcmp(s.text, "a=\"text\" c=5") == 0);
	m.n = 36;
	s = show(format, 8, &m);
	assert(s.bad == 1 && strcmp(s.text, "a=\"text\" b=[1,2] c=5") == 0);
}

/* Arrays that share bytes could be longer than any event. */
static void
arrays_do_not_overlap(void)
{
	static const char format[] = FORMAT("e",
	    FIELD("__data_loc u8[] a", 8, 4, 0)
		FIELD("__data_loc u8[] b", 12, 4, 0),
	    "\"\"");
	struct made m = made_new(false);
	struct shown s;

	put(&m, 8 << 16 | 16, 4);
	put(&m, 20 << 16 | 0, 4);
	put_bytes(&m, "\1\2\3\4\5\6\7\x8", 8);
	s = show(format, 8, &m);
	assert(s.bad == 1 && strcmp(s.text, "a=[1,2,3,4,5,6,7,8]") == 0);
}

static void
heads(bool big)
{
	struct formats *all = formats_new(big, 8, false);
	struct render r = { .big_endian = big };
	struct made m = made_new(big);
	struct render_head head;
	const struct format *f;

	assert(formats_add(all, str_of("s"), str_of(FORMAT("e", "", "\"\""))) ==
	    NULL);
	f = formats_find(all, 7);
	assert(f != NULL && f->n == 0);
	assert(render_type(&r, m.b, m.n) == 7);
	assert(render_head(&r, f, m.b, 7, &head) != NULL);
	assert(render_head(&r, f, m.b, 8, &head) == NULL);
	assert(head.tid == -1 && head.flags == 1 && head.preempt == 2);
	formats_free(all);
}

static void
flags_are_letters(void)
{
	static const struct {
		unsigned flags, preempt;
		const char *text;
	} t[] = {
		{ 0x00, 0x00, "....." },
		{ 0x01, 0x02, "d..2." },
		{ 0x80, 0x00, "b...." },
		{ 0x81, 0x1f, "D..f1" },
		{ 0x04, 0xa0, ".n..a" },
		{ 0x20, 0x00, ".p..." },
		{ 0x24, 0x00, ".N..." },
		{ 0x02, 0x00, ".l..." },
		{ 0x06, 0x00, ".b..." },
		{ 0x22, 0x00, ".L..." },
		{ 0x26, 0x00, ".B..." },
		{ 0x08, 0x00, "..h.." },
		{ 0x10, 0x00, "..s.." },
		{ 0x18, 0x00, "..H.." },
		{ 0x40, 0x00, "..z.." },
		{ 0x48, 0x00, "..Z.." },
		{ 0x50, 0x00, "..z.." },
		{ 0x5d, 0xff, "dnZff" },
	};
	char out[RENDER_FLAGS];

	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		render_flags(t[i].flags, t[i].preempt, out);
		assert(memcmp(out, t[i].text, sizeof(out)) == 0);
	}
	for (unsigned i = 0; i < 65536; i++)
		render_flags(i & 255, i >> 8, out);
}

/* The truth has bytes that are no plain characters as %xx. */
static size_t
put_encoded(char *p, struct str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c <= ' ' || c > '~' || c == '%')
			n += (size_t)snprintf(p + n, 4, "%%%02x", c);
		else
			p[n++] = s.p[i];
	}
	return n;
}

/* And the states as numbers. */
static const char *
state_number(struct str s)
{
	static const char *const t[][2] = { { "R", "0" }, { "S", "1" },
		{ "D", "2" }, { "T", "4" }, { "t", "8" }, { "X", "16" },
		{ "Z", "32" }, { "P", "64" }, { "I", "128" }, { "R+", "256" } };

	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++)
		if (str_is(s, t[i][0]))
			return t[i][1];
	return "?";
}

enum { ROW = 1000 };

/* Writes an event as the truth does. */
static void
write_row(char row[ROW], const struct page_event *ev, int cpu,
    const struct format *f, const struct render_head *head,
    const struct fields *fields)
{
	size_t n = (size_t)snprintf(row, ROW,
	    "%" PRIu64 "\t%d\t%.*s\t%" PRId64 "\t%u\t%u", ev->ts, cpu,
	    (int)f->name.n, f->name.p, head->tid, head->flags, head->preempt);

	for (size_t i = 0; i < fields->n; i++) {
		struct str value = fields->field[i].value;

		assert(n + 3 * value.n + 8 < ROW);
		row[n++] = '\t';
		if (str_is(fields->field[i].key, "prev_state"))
			value = str_of(state_number(value));
		n += put_encoded(row + n, value);
	}
	memcpy(row + n, "\n", 2);
}

/* Reads the pages of a CPU; each event is a line of the truth. */
static size_t
read_pages(struct formats *all, const char *dir, int cpu, const char *truth)
{
	struct page_shape shape = page_shape_usual();
	struct render r = { .big_endian = false };
	struct fields fields = { 0 };
	struct render_head head;
	struct page_event ev;
	struct bytes pages;
	struct page page;
	char path[100], row[ROW];
	unsigned bad = 0;
	size_t n = 0;

	snprintf(path, sizeof(path), SOURCE "%s/cpu%d.raw.zst", dir, cpu);
	pages = slurp(path);
	for (size_t at = 0; at < pages.n; at += shape.size) {
		page_open(&page, &shape, pages.p + at, shape.size);
		for (; page_next(&page, &ev); n++) {
			int type = render_type(&r, ev.data, ev.n);
			const struct format *f = formats_find(all,
			    (unsigned)type);

			assert(f != NULL);
			assert(
			    render_head(&r, f, ev.data, ev.n, &head) == NULL);
			assert(render_fields(&r, f, ev.data, ev.n, &fields,
				   &bad) == NULL);
			write_row(row, &ev, cpu, f, &head, &fields);
			if (strstr(truth, row) == NULL) {
				fprintf(stderr, "not in the truth: %s", row);
				abort();
			}
		}
	}
	assert(bad == 0);
	fields_free(&fields);
	render_free(&r);
	free(pages.p);
	return n;
}

static void
add_recorded(struct formats *all)
{
	static const char *const names[] = { "sched_switch", "sched_wakeup",
		"sched_wakeup_new", "sched_migrate_task" };
	static char text[1 << 16];
	char path[100];

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		snprintf(path, sizeof(path), SOURCE "formats/%s.format",
		    names[i]);
		assert(read_file(path, text, sizeof(text)));
		assert(formats_add(all, str_of("sched"), str_of(text)) == NULL);
	}
}

static void
recordings_are_the_truth(const char *dir)
{
	struct formats *all = formats_new(false, 8, false);
	size_t lines = 0, events = 0;
	struct bytes truth;
	char path[100];

	add_recorded(all);
	snprintf(path, sizeof(path), SOURCE "%s/truth.tsv.zst", dir);
	truth = slurp(path);
	truth.p[truth.n] = '\0'; /* there is room: the last read gave none */
	for (size_t i = 0; i < truth.n; i++)
		lines += truth.p[i] == '\n';
	for (int cpu = 0; cpu < 2; cpu++)
		events += read_pages(all, dir, cpu, (const char *)truth.p);
	assert(events == lines && events > 1000);
	free(truth.p);
	formats_free(all);
}

int
main(void)
{
	for (int big = 0; big < 2; big++) {
		integers(big);
		pointers(big);
		texts(big);
		what_is_left_is_an_array(big);
		arrays(big);
		bitmasks(big, 8);
		bitmasks(big, 4);
		addresses(big);
		sockets(big);
		names_and_states(big);
		written_lines_end_before_their_newline(big);
		a_stack_has_the_callers_it_has(big);
		events_are_cut(big);
		heads(big);
	}
	arrays_do_not_overlap();
	flags_are_letters();
	recordings_are_the_truth("nasty");
	recordings_are_the_truth("small");
	return 0;
}
