/* SPDX-License-Identifier: MIT */
#include "cli/progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "cli/safe.h"

enum { DRAW_MS = 200 }; /* five times a second */

static int64_t
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void
draw(const char *name, uint64_t at, uint64_t size, int64_t ms)
{
	double mb = (double)at / 1e6;
	double of = (double)size / 1e6;
	double rate = ms > 0 ? mb * 1000 / (double)ms : 0;

	putc('\r', stderr);
	safe_print(stderr, str_of(name), false);
	fprintf(stderr, ": %.1f of %.1f MB, %.1f MB/s", mb, of, rate);
	if (rate > 0 && of > mb)
		fprintf(stderr, ", %.0f s left", (of - mb) / rate);
	fputs("\033[K", stderr);
	fflush(stderr);
}

void
progress_show(struct progress *p, const char *name, uint64_t at, uint64_t size)
{
	int64_t now = now_ms();

	if (p->name != name) {
		p->name = name;
		p->began = p->drawn = now;
	}
	if (now - p->drawn < DRAW_MS)
		return;
	p->drawn = now;
	p->visible = true;
	draw(name, at, size, now - p->began);
}

void
progress_say(struct progress *p, const char *fmt, va_list ap)
{
	int64_t now = now_ms();
	char *text;

	if ((p->visible && now - p->drawn < DRAW_MS) ||
	    vasprintf(&text, fmt, ap) < 0)
		return;
	p->drawn = now;
	p->visible = true;
	putc('\r', stderr);
	safe_print(stderr, str_of(text), false);
	fputs("\033[K", stderr);
	fflush(stderr);
	free(text);
}

void
progress_clear(struct progress *p)
{
	if (p->visible)
		fputs("\r\033[K", stderr);
	p->visible = false;
}
