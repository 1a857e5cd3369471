/* SPDX-License-Identifier: MIT */
/*
 * powerfit -- the power of a machine as a function of its utilisation
 *
 * OpenDC's models, of a utilisation u from 0 to 1:
 *
 *	sqrt    idle + (max - idle) * sqrt(u)
 *	linear  idle + (max - idle) * u
 *	square  idle + (max - idle) * u^2
 *	cubic   idle + (max - idle) * u^3
 *	mse     idle + (max - idle) * (2u - u^r)
 *
 * Of each, idle and max are those with the least squares of the differences to
 * what was measured; of mse, r as well.  The one with the least error is
 * taken: the root of the squares' sum by the degrees of freedom.  mse, which
 * is all of linear and more, must be better by a hundredth.
 */
#ifndef TK_POWERFIT_H
#define TK_POWERFIT_H

#include <stdbool.h>
#include <stddef.h>

struct power_point {
	double utilisation; /* 0 to 1 */
	double watts;
};

struct power_model {
	const char *type; /* OpenDC's name of it */
	double idle, max; /* W */
	double r;         /* of mse, which OpenDC calls calibrationFactor */
	double error;     /* W */
};

enum { POWERFIT_LEAST = 10 }; /* points */

/* Returns NULL, or why none fits: a phrase.  O(n). */
const char *powerfit(const struct power_point *, size_t n,
    struct power_model *);

#endif
