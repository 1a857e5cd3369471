/* SPDX-License-Identifier: MIT */
/*
 * input -- read a file or a pipe line by line, packed or not
 *
 *	struct input in;
 *
 *	if (input_open(&in, "-") < 0)
 *		...
 *	while (input_line(&in))
 *		use(in.line);
 *	if (in.why != NULL)
 *		...
 *	input_close(&in);
 *
 * A line may hold any byte; the last one need not end in a newline.  A line
 * is a view into the buffer, without its newline; a carriage return stays.
 * Of a line of more than INPUT_LINE_MAX bytes only those come, and cut says
 * so: memory stays bounded whatever the input is.
 *
 * The input has the bytes that gzip(1) or zstd(1) packed where its first
 * bytes say that it is packed, whatever its name is.
 */
#ifndef TK_INPUT_H
#define TK_INPUT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "stream/decode.h"
#include "stream/output.h"

enum { INPUT_LINE_MAX = 1 << 20 };

struct input {
	/* Read these, change none: */
	struct str line;      /* the line */
	uint64_t no;          /* the number of its (last) line, from 1 */
	bool cut;             /* it was longer than INPUT_LINE_MAX */
	bool unended;         /* it is the last, and no newline ends it */
	bool open;            /* there is something to close */
	const char *name;     /* of the input, for messages */
	const char *path;     /* as it was opened: "-" is the standard input */
	const char *why;      /* why it ended early, or NULL: a phrase */
	int err;              /* errno, if why is a system's error, or 0 */
	const char *uncopied; /* why is: it cannot be copied to this folder */

	/*
	 * May be set after input_open: an output that is flushed before each
	 * wait for input, so that a filter on a live pipe holds nothing
	 * back.  If that fails, the input ends: nobody is listening.
	 */
	struct output *tie;

	/* input's own: */
	struct decode *decode;
	char *buf;
	size_t cap, beg, end; /* the line begins at beg; bytes up to end */
	size_t next;          /* where the line after it begins */
	size_t seen;          /* no newline between next and here */
	bool eof;
	bool dry;        /* see input_piece */
	int copy;        /* see input_file; -1 where there is none */
	uint64_t copied; /* bytes in it */
};

/*
 * Opens path, or the standard input if path is "-".  Returns 0, or -1 with
 * errno set and nothing to close.  path must outlive the input.
 */
int input_open(struct input *, const char *path);

/* Steps to the next line.  Returns false at the end, or where why is set. */
bool input_line(struct input *);

/*
 * Shows the line after the present one without stepping to it.  Waits for
 * it where it has not come yet.  Returns false if there is none.  The
 * present line may move: in.line is right afterwards, copies of it are not.
 */
bool input_peek(struct input *, struct str *next);

/*
 * After either of them: shows one more line behind what was shown, with the
 * newline between.  False if there is none, or it would be too much to show.
 */
bool input_peek_on(struct input *, struct str *next);

/* Makes the line that input_peek shows, with its newline, part of this. */
void input_join(struct input *);

/*
 * Shows the first bytes of the input, before any was taken, at most n <=
 * INPUT_BEGINNING of them; fewer only where there are not more.
 */
enum { INPUT_BEGINNING = 1 << 16 };
struct str input_beginning(struct input *, size_t n);

/*
 * Reads up to n > 0 bytes, for an input that has no lines.  Returns how many;
 * 0 at the end, or where why is set.
 */
size_t input_read(struct input *, void *to, size_t n);

/*
 * Returns a descriptor from which the bytes of the whole input can be read at
 * any place by pread(2), and their number in *size: that of the file, or of a
 * copy without a name in the directory tmp where the input is a pipe or
 * packed.  It is the input's, and closed with it.  Before any line or byte
 * was taken only.  Where the input ended early, why and err are set and the
 * copy holds what came.  -1, with why and err set, where nothing did or it
 * could not be copied; then uncopied is tmp.
 */
int input_file(struct input *, const char *tmp, uint64_t *size);

/*
 * Opens the bytes of in once more, from the first, as another input of the
 * same name; in is as after input_file.  Returns 0, or -1 with nothing to
 * close and in's why and err set.
 */
int input_reopen(struct input *again, struct input *in, const char *tmp);

/*
 * Reads n bytes of the file fd, or fewer at its end, from one place on, and
 * makes them all that there is of the input, of which only whole lines should
 * be taken: dry says that more was looked for than there is.  Returns their
 * number, or -1 with errno set.  Starts zeroed, and may be done again.
 */
ssize_t input_piece(struct input *, int fd, uint64_t from, size_t n);

/*
 * Returns the descriptor of a file that can be read so, and its size: of a
 * regular one that is not packed.  Otherwise -1.
 */
int input_plain(const struct input *, uint64_t *size);

/*
 * Of such a file: return where its next line begins, and go on at another
 * place, behind the line of that number.
 */
uint64_t input_place(const struct input *);
void input_seek(struct input *, uint64_t place, uint64_t no);

/* Returns how many bytes of the file were read, and its size (0: unknown). */
uint64_t input_at(const struct input *);
uint64_t input_size(const struct input *);

/* Closes the input and frees the buffer.  name, no and why stay. */
void input_close(struct input *);

#endif
