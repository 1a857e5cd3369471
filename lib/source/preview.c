/* SPDX-License-Identifier: MIT */
#include "source/preview.h"

#include <stdlib.h>

#include "base/mem.h"

struct input **
preview_open(struct input *const *in, size_t n, const char *tmp)
{
	struct input **again = mem_alloc(n * sizeof(struct input *));

	for (size_t i = 0; i < n; i++) {
		again[i] = mem_alloc(sizeof(struct input));
		if (input_reopen(again[i], in[i], tmp) < 0) {
			free(again[i]);
			preview_close(again, in, i);
			return NULL;
		}
		again[i]->tie = in[i]->tie;
	}
	return again;
}

void
preview_close(struct input **again, struct input *const *in, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (in[i]->why == NULL) {
			in[i]->why = again[i]->why;
			in[i]->err = again[i]->err;
		}
		input_close(again[i]);
		free(again[i]);
	}
	free(again);
}

void
preview_window(const struct recording_options *options, struct input *const *in,
    size_t n, struct window *window)
{
	struct event_reader *r = event_reader_new();
	struct event ev;

	event_set_options(r, options);
	event_open_all(r, in, n);
	while (event_next(r, &ev))
		if (ev.kind == EVENT_POINT)
			window_note(window, ev.at.cpu, ev.at.ts);
	event_reader_free(r);
}
