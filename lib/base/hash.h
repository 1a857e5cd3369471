/* SPDX-License-Identifier: MIT */
/*
 * hash -- a quick hash of a few bytes, for the tables of uthash
 *
 * Keys here are names, numbers and addresses, looked up for each event; eight
 * bytes at a time are much quicker than what uthash does by itself:
 *
 *	#define HASH_FUNCTION(key, n, out) ((out) = hash_bytes(key, n))
 *	#include <uthash.h>
 */
#ifndef TK_HASH_H
#define TK_HASH_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/*
 * Returns the hash of n bytes.  The multiplier is that of Fibonacci hashing:
 * 2^64 divided by the golden ratio (Knuth, TAOCP 3, 6.4).
 */
static inline unsigned
hash_bytes(const void *key, size_t n)
{
	const uint64_t golden = 0x9e3779b97f4a7c15;
	const char *p = key;
	uint64_t h = n, word;

	for (; n >= 8; p += 8, n -= 8) {
		memcpy(&word, p, 8);
		h = (h ^ word) * golden;
		h ^= h >> 32;
	}
	if (n > 0) {
		word = 0;
		memcpy(&word, p, n);
		h = (h ^ word) * golden;
		h ^= h >> 32;
	}
	/* Tables look at the lower bits, which know the least. */
	return (unsigned)(h * golden >> 32);
}

#endif
