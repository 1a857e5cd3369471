/* SPDX-License-Identifier: MIT */
#include "source/printfmt.h"

#include <stdlib.h>

#include "base/mem.h"
#include "source/ctext.h"
#include "source/formulate.h"
#include "source/printarg.h"

struct printfmt {
	struct steps steps;
	unsigned fixed; /* bytes that the data has at least */
	bool swap;
};

/* Marks where a text begins that is cut or padded; false if it is not. */
static bool
begin(const struct printarg *a, const struct conversion *c)
{
	static const struct step mark = { .kind = STEP_MARK };

	if (c->width == 0 && c->precision < 0 && !c->star_precision)
		return false;
	steps_add(a->steps, &mark);
	return true;
}

/* Cuts it and pads it, the length being the argument most. */
static bool
finish(const struct printarg *a, const struct conversion *c, struct str most)
{
	struct step cut = { .kind = STEP_CUT, .conversion = *c };
	struct step pad = { .kind = STEP_PAD, .conversion = *c };

	if (c->star_precision &&
	    !formulate(&cut.value, most, a->format, a->long_size))
		return false;
	if (c->star_precision || c->precision >= 0)
		steps_add(a->steps, &cut);
	if (c->width > 0)
		steps_add(a->steps, &pad);
	return true;
}

/* Adds a conversion with its arguments, which it takes off. */
static bool
add(const struct printarg *a, const struct conversion *c, struct str *arguments)
{
	struct str text, width, most = { NULL, 0 };
	bool marked;

	/* That of a bitmask is how many bits there are. */
	if (c->star_width &&
	    (!symbols_argument(arguments, &width) || c->letter != 'p'))
		return false;
	if (c->star_precision && !symbols_argument(arguments, &most))
		return false;
	if (!symbols_argument(arguments, &text))
		return false;
	if (c->letter != 's' && c->letter != 'p')
		return !c->star_precision && printarg_number(a, text, c);
	marked = begin(a, c);
	if (c->letter == 's' ? !printarg_string(a, text)
			     : !printarg_pointer(a, text, c))
		return false;
	return !marked || finish(a, c, most);
}

/* Adds the text of the fields, with the arguments where it wants them. */
static bool
compile(const struct printarg *a, struct str text, struct str arguments)
{
	struct conversion c;

	while (text.n > 0) {
		const char *percent = memchr(text.p, '%', text.n);
		size_t n = percent != NULL ? (size_t)(percent - text.p)
					   : text.n;

		steps_text(a->steps, text.p, n);
		text = str_skip(text, n);
		if (text.n == 0)
			break;
		text = str_skip(text, 1);
		if (text.n > 0 && text.p[0] == '%') {
			steps_text(a->steps, "%", 1);
			text = str_skip(text, 1);
		} else if (!conversion_read(&text, a->long_size, &c) ||
		    !add(a, &c, &arguments)) {
			return false;
		}
	}
	return true;
}

/* Splits the print fmt, whose first argument is text, and compiles it. */
static bool
compile_all(struct printfmt *p, const struct format *f, unsigned long_size)
{
	struct printarg a = { &p->steps, f, long_size };
	struct str rest = str_trim(f->print_fmt), first, text;
	struct steps literal = { NULL, 0, 0, NULL, 0, 0, 0, 0 };
	bool good;

	while (rest.n > 0 && rest.p[rest.n - 1] == '\n')
		rest = str_trim((struct str){ rest.p, rest.n - 1 });
	if (!symbols_argument(&rest, &first))
		return false;
	first = str_trim(first);
	good = printarg_literal(&literal, first) == first.n;
	text = (struct str){ literal.text, literal.text_n };
	while (text.n > 0 && text.p[text.n - 1] == '\n')
		text.n--;
	good = good && compile(&a, text, rest) && steps_end(&p->steps);
	steps_free(&literal);
	return good;
}

struct printfmt *
printfmt_new(const struct format *f, bool big_endian, unsigned long_size)
{
	struct printfmt *p = mem_alloc(sizeof(*p));

	p->fixed = f->fixed;
	p->swap = raw_must_swap(big_endian);
	if (compile_all(p, f, long_size))
		return p;
	printfmt_free(p);
	return NULL;
}

void
printfmt_free(struct printfmt *p)
{
	if (p == NULL)
		return;
	steps_free(&p->steps);
	free(p);
}

size_t
printfmt_room(const struct printfmt *p, size_t n)
{
	return p->steps.room + p->steps.wide * n;
}

char *
printfmt_write(const struct printfmt *p, const uint8_t *data, size_t n,
    char *out)
{
	if (n < p->fixed)
		return NULL;
	return steps_run(&p->steps, data, n, p->swap, out);
}

const char *
printfmt_put(const struct printfmt *p, const uint8_t *data, size_t n,
    struct output *out)
{
	char *front = output_room(out, printfmt_room(p, n)), *end;

	if (n < p->fixed)
		return "the event is shorter than its format says";
	end = printfmt_write(p, data, n, front);
	if (end == NULL)
		return "a field that lies outside of its event";
	output_used(out, (size_t)(end - front));
	return NULL;
}
