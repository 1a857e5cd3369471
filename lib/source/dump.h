/* SPDX-License-Identifier: MIT */
/*
 * dump -- bytes of an event as the kernel prints them
 *
 * The forms are those of lib/vsprintf.c (%pI4, %pM, %pU, %*pb ...) and of
 * trace_print_hex_seq and trace_print_array_seq in kernel/trace/trace_output.c.
 */
#ifndef TK_DUMP_H
#define TK_DUMP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum dump_form {
	DUMP_NONE,
	DUMP_TEXT,     /* up to the first NUL, or all of it */
	DUMP_HEX,      /* 01 2f */
	DUMP_JOINED,   /* 012f */
	DUMP_ARRAY,    /* {0x1,0x2f} */
	DUMP_BITMASK,  /* words of 32 bits in hexadecimal, the highest first */
	DUMP_LIST,     /* its bits in decimal: 0-3,7 */
	DUMP_IP4,      /* 172.24.0.5 */
	DUMP_IP6,      /* fd24::3 */
	DUMP_SOCKADDR, /* either, of a struct sockaddr */
	DUMP_ENDPOINT, /* and its port */
	DUMP_MAC,      /* 02:42:ac:18:00:05 */
	DUMP_UUID,
};

/* A byte of the data takes up so many of the text at most, and ROOM. */
enum { DUMP_BYTE = 40, DUMP_ROOM = 64 };

/* How: element is the size of what is in an array, or of a long. */
struct dump {
	enum dump_form form;
	unsigned element;
	bool swap; /* integers are in the other byte order */
};

/*
 * Writes n bytes to out, which has room for n * DUMP_BYTE + DUMP_ROOM, and
 * returns the place behind.  Of fewer than the form needs, nothing.
 */
char *dump_put(const struct dump *, const uint8_t *p, size_t n, char *out);

#endif
