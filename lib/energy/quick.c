/* SPDX-License-Identifier: MIT */
#include "energy/quick.h"

#include "base/num.h"
#include "energy/watts.h"
#include "record/json.h"
#include "record/quote.h"

/* All of a record without the zone: its numbers, and what is fixed. */
enum { ROOM = 9 * NUM_TEXT + 192 };

#define HEAD "{\"type\":\"energy\",\"ts\":"
#define ZONE ",\"zone\":"
#define COUNTER ",\"counter_uj\":"
#define DELTA ",\"delta_uj\":"
#define DUR ",\"dur\":"
#define POWER ",\"power_w\":"
#define STATUS ",\"status\":\""
#define LATE ",\"late\":"
#define READ ",\"read\":"
#define SMOOTHED ",\"power_w_sma"

/* Copies a literal. */
#define PUT(p, text)                                                           \
	((p) = (char *)memcpy(p, text, sizeof(text) - 1) + sizeof(text) - 1)

static char *
put_number(char *p, bool has, uint64_t v)
{
	if (has)
		return p + num_put(p, v);
	return PUT(p, "null");
}

static char *
put_power(char *p, bool has, uint64_t uw)
{
	if (has)
		return p + watts_put(p, uw);
	return PUT(p, "null");
}

/* Writes what follows status; there is ROOM. */
static char *
put_rest(char *p, const struct sample *s)
{
	if (s->late > 0) {
		PUT(p, LATE);
		p += num_put(p, s->late);
	}
	if (s->read >= 0) {
		PUT(p, READ);
		p += num_put(p, (uint64_t)s->read);
	}
	if (s->smooth > 0) {
		PUT(p, SMOOTHED);
		p += num_put(p, s->smooth);
		PUT(p, "\":");
		p = put_power(p, s->has_smoothed, s->smoothed_uw);
	}
	return PUT(p, "}\n");
}

void
quick_put(struct output *out, const struct sample *s)
{
	char *from = output_room(out, ROOM + QUOTE_SHORT), *p = from, *quoted;

	PUT(p, HEAD);
	p += num_put_signed(p, s->ts);
	quoted = quote_short(p + sizeof(ZONE) - 1, s->zone);
	if (quoted != NULL) {
		PUT(p, ZONE);
		p = quoted;
	} else {
		output_used(out, (size_t)(p - from));
		json_put_name(out, "zone", s->zone);
		p = from = output_room(out, ROOM);
	}
	PUT(p, COUNTER);
	p = put_number(p, s->has_counter, s->counter_uj);
	PUT(p, DELTA);
	p = put_number(p, s->has_delta, s->delta_uj);
	PUT(p, DUR);
	p = put_number(p, s->has_dur, (uint64_t)s->dur);
	PUT(p, POWER);
	p = put_power(p, s->has_power, s->power_uw);
	PUT(p, STATUS);
	p = str_copy(p, str_of(energy_status_word(s->status)));
	*p++ = '"';
	p = put_rest(p, s);
	output_used(out, (size_t)(p - from));
}

/*
 * The form that quick_put writes.  Each eat_ function steps over a piece of
 * the line and tells whether it is just what quick_put would write; where it
 * is not, the line is left to json.
 */
struct line {
	const char *p, *end;
};

/* Steps over a literal; it is compared in a few words, without a call. */
#define EAT(l, text) eat(l, text, sizeof(text) - 1)

__attribute__((always_inline)) static inline bool
eat(struct line *l, const char *text, size_t n)
{
	if ((size_t)(l->end - l->p) < n || memcmp(l->p, text, n) != 0)
		return false;
	l->p += n;
	return true;
}

/* Returns how many of the eight bytes at p are digits, up to another. */
static inline unsigned
digits_at(const char *p)
{
	const uint64_t ones = UINT64_MAX / 255;
	uint64_t w, other;

	memcpy(&w, p, 8);
	w = le64toh(w) ^ ones * '0';
	/* Only the lowest mark is sure, as the sum may carry. */
	other = ((w + ones * 0x76) | w) & ones * 0x80;
	return other != 0 ? (unsigned)__builtin_ctzll(other) / 8 : 8;
}

static inline bool
eat_u64(struct line *l, uint64_t *out)
{
	static const uint64_t powers[] = { 1, 10, 100, 1000, 10000, 100000,
		1000000, 10000000, 100000000 };
	const char *from = l->p;
	uint64_t v = 0, part;
	unsigned n;

	do {
		if (l->end - l->p < 8)
			return false;
		n = digits_at(l->p);
		if (n > 0 && !num_digits(l->p, n, &part))
			return false;
		if (n > 0)
			v = v * powers[n] + part;
		l->p += n;
	} while (n == 8 && l->p - from < 24);
	n = (unsigned)(l->p - from);
	*out = v;
	/* 19 digits always fit; no number begins with a zero but 0. */
	return n > 0 && n <= 19 && (n == 1 || *from != '0');
}

static inline bool
eat_known(struct line *l, bool *has, uint64_t *out)
{
	*has = !EAT(l, "null");
	*out = 0;
	return !*has || eat_u64(l, out);
}

static inline bool
eat_watts(struct line *l, bool *has, uint64_t *uw)
{
	uint64_t places = 0;

	if (!eat_known(l, has, uw))
		return false;
	if (!*has)
		return true;
	/* Six digits, and eight bytes can be read where status follows. */
	if (l->end - l->p < 9 || *l->p != '.' ||
	    !num_digits(l->p + 1, WATTS_PLACES, &places))
		return false;
	l->p += 1 + WATTS_PLACES;
	if (*uw >= UINT64_MAX / WATTS_UW)
		return false;
	*uw = *uw * WATTS_UW + places;
	return true;
}

/* A name of plain bytes up to its quote. */
static inline bool
eat_zone(struct line *l, struct str *zone)
{
	const char *from = l->p;

	while (l->end - l->p >= 8) {
		uint64_t w, odd;

		memcpy(&w, l->p, 8);
		odd = quote_odd(le64toh(w));
		if (odd == 0) {
			l->p += 8;
			continue;
		}
		l->p += __builtin_ctzll(odd) / 8;
		*zone = (struct str){ from, (size_t)(l->p - from) };
		return *l->p++ == '"';
	}
	return false;
}

static inline bool
eat_status(struct line *l, enum energy_status *status)
{
	enum energy_status s;
	const char *word;

	if (l->end - l->p < 3)
		return false;
	switch (l->p[0]) {
	case 'o':
		s = ENERGY_OK;
		break;
	case 's':
		s = ENERGY_STALE;
		break;
	case 'm':
		s = ENERGY_MISSED;
		break;
	case 'w':
		s = ENERGY_WRAP;
		break;
	case 'r':
		s = ENERGY_RESET;
		break;
	default:
		s = l->p[2] == 'k' ? ENERGY_UNKNOWN : ENERGY_UNREADABLE;
		break;
	}
	word = energy_status_word(s);
	*status = s;
	return eat(l, word, strlen(word)) && EAT(l, "\"");
}

static inline bool
eat_time(struct line *l, int64_t *ts)
{
	bool minus = EAT(l, "-");
	uint64_t v;

	if (!eat_u64(l, &v) || v > INT64_MAX)
		return false;
	*ts = minus ? -(int64_t)v : (int64_t)v;
	return true;
}

/* A number that may be at the end of the line. */
static inline bool
eat_last(struct line *l, uint64_t *v)
{
	const char *from = l->p;

	*v = 0;
	while (l->p < l->end && *l->p >= '0' && *l->p <= '9')
		*v = *v * 10 + (uint64_t)(*l->p++ - '0');
	return l->p > from && l->p - from <= 19 &&
	    (l->p - from == 1 || *from != '0');
}

/* The smoothed power, which nobody reads, up to the end. */
static bool
eat_smoothed(struct line *l)
{
	const char *from;
	uint64_t unused;

	if (!eat_last(l, &unused) || !EAT(l, "\":"))
		return false;
	if (EAT(l, "null"))
		return true;
	if (!eat_last(l, &unused) || !EAT(l, "."))
		return false;
	from = l->p;
	while (l->p < l->end && *l->p >= '0' && *l->p <= '9')
		l->p++;
	return l->p - from == WATTS_PLACES;
}

bool
quick_read(struct str line, struct sample *s)
{
	struct line l = { line.p, line.p + line.n };
	uint64_t dur, unused;

	s->late = 0;
	if (!EAT(&l, HEAD) || !eat_time(&l, &s->ts) || !EAT(&l, ZONE "\"") ||
	    !eat_zone(&l, &s->zone) || !EAT(&l, COUNTER) ||
	    !eat_known(&l, &s->has_counter, &s->counter_uj) ||
	    !EAT(&l, DELTA) || !eat_known(&l, &s->has_delta, &s->delta_uj) ||
	    !EAT(&l, DUR) || !eat_known(&l, &s->has_dur, &dur) ||
	    !EAT(&l, POWER) || !eat_watts(&l, &s->has_power, &s->power_uw) ||
	    !EAT(&l, STATUS) || !eat_status(&l, &s->status))
		return false;
	if (EAT(&l, LATE) && !eat_last(&l, &s->late))
		return false;
	if (EAT(&l, READ) && !eat_last(&l, &unused))
		return false;
	if (EAT(&l, SMOOTHED) && !eat_smoothed(&l))
		return false;
	s->dur = (int64_t)dur;
	return EAT(&l, "}") && l.p == l.end && dur <= INT64_MAX;
}
