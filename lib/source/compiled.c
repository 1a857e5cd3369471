/* SPDX-License-Identifier: MIT */
#include "source/compiled.h"

#include <assert.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/word.h"
#include "source/scan.h"
#include "source/span.h"

/* Makes the text of a part quick to compare. */
static void
prepare(struct part *p)
{
	char front[8] = { 0 };
	size_t n = p->text.n < 8 ? p->text.n : 8;

	memcpy(front, p->text.p, n);
	p->front = p->back = scan_eight(front);
	p->mask = n < 8 ? ~(UINT64_MAX << (8 * n)) : UINT64_MAX;
	p->back_at = p->text.n - n;
	if (n == 8)
		p->back = scan_eight(p->text.p + p->back_at);
	p->need = p->text.n > 8 ? p->text.n : 8;
	if (p->text.n > 16)
		p->need = SIZE_MAX;
}

/* Finds out what kind of a field it is. */
static void
set_kind(struct part *p, struct str kind)
{
	p->kind = kind.p[0];
	if (kind.n == 1 && strchr("cdwiszZ", p->kind) != NULL)
		return;
	p->meant = meaning_find(kind, &p->meaning);
	assert(p->meant);
	p->kind = p->meaning.span;
}

/* Splits the text of a layout at its braces. */
static void
compile(struct layout *l, const char *s)
{
	l->straight = true;
	while (*s != '\0') {
		struct part *p = &l->part[l->n++];
		const char *open, *colon, *close;

		assert(l->n <= PARTS_MAX);
		if (*s == '\n') {
			l->order = s + 1;
			l->n--;
			break;
		}
		open = s + strcspn(s, "{\n");
		p->text = (struct str){ s, (size_t)(open - s) };
		prepare(p);
		s = open;
		if (*open != '{')
			continue;
		colon = strchr(open, ':');
		close = strchr(open, '}');
		assert(colon != NULL && close != NULL && colon < close);
		p->key = (struct str){ open + 1, (size_t)(colon - open) - 1 };
		p->label = field_label(p->key);
		set_kind(p,
		    (struct str){ colon + 1, (size_t)(close - colon) - 1 });
		l->meant |= p->meant;
		s = close + 1;
		if (strchr("cdzZ", p->kind) == NULL || p->key.n == 0 ||
		    (p->kind == 'c' && *s == '\0'))
			l->straight = false;
	}
	l->part[l->n].text = str_of("");
	prepare(&l->part[l->n]);
}

struct layout *
compiled_new(const char *text)
{
	struct layout *l = mem_alloc(sizeof(*l));

	compile(l, text);
	return l;
}

void
compiled_free(struct layout *l)
{
	for (size_t i = 0; l != NULL && i < l->n; i++)
		free((char *)l->part[i].label.p);
	free(l);
}

bool
compiled_has(const char *names, struct str name)
{
	for (size_t n; *names != '\0'; names += n + (names[n] == ' ')) {
		n = strcspn(names, " ");
		if (n == name.n && memcmp(names, name.p, n) == 0)
			return true;
	}
	return false;
}

void
compiled_sort(const struct layout *l, struct fields *f)
{
	const char *name = l->order;
	size_t n = 0;

	for (size_t m; *name != '\0'; name += m + (name[m] == ' ')) {
		struct str key = { name, m = strcspn(name, " ") };
		size_t i = n;
		struct field field;

		while (i < f->n && !str_eq(f->field[i].key, key))
			i++;
		if (i == f->n)
			continue;
		field = f->field[i];
		memmove(f->field + n + 1, f->field + n,
		    (i - n) * sizeof(field));
		f->field[n++] = field;
	}
}

void
compiled_sort_pairs(const struct layout *l, struct fields *f)
{
	if (l->order == NULL)
		return;
	for (size_t i = 0; i < f->n; i++)
		if (!compiled_has(l->order, f->field[i].key))
			return;
	compiled_sort(l, f);
}

const struct meaning *
compiled_meaning(const struct layout *l, struct str key)
{
	for (size_t i = 0; i < l->n; i++) {
		const struct part *p = &l->part[i];

		if (p->key.p == key.p || str_eq(p->key, key))
			return p->meant ? &p->meaning : NULL;
	}
	return NULL;
}

/* Tells whether there is KEY=VALUE behind a blank: it is no single value. */
static bool
has_pair(struct str s)
{
	const char *end = s.p + s.n, *p = s.p;

	while ((p = memchr(p, '=', (size_t)(end - p))) != NULL) {
		const char *key = p++;

		while (key > s.p && word_is(key[-1]))
			key--;
		if (key > s.p && key < p - 1 && key[-1] == ' ')
			return true;
	}
	return false;
}

bool
compiled_span(const struct part *p, struct str s, size_t *n)
{
	const char *close;

	if (p->kind != 'v') {
		*n = span_longest(p->kind, s);
		return *n > 0 &&
		    (!p->meant ||
			meaning_fits(&p->meaning, (struct str){ s.p, *n }));
	}
	if (!span_before(p[1].text, s, n))
		return false;
	if (p->meant && p->meaning.module && s.n - *n > 1 && s.p[*n] == ' ' &&
	    s.p[*n + 1] == '[' &&
	    (close = memchr(s.p + *n, ']', s.n - *n)) != NULL)
		*n = (size_t)(close + 1 - s.p);
	return p[1].kind != '\0' || p[1].text.n > 0 || !p->meaning.plain ||
	    !has_pair((struct str){ s.p, *n });
}
