/* SPDX-License-Identifier: MIT */
#include "workload/powerfit.h"

#include <math.h>

/* Utilisations that lie closer together than this say nothing of a form. */
#define LEAST_SPREAD 0.1

#define R_LEAST 0.05
#define R_MOST 20.0

enum form { SQRT, LINEAR, SQUARE, CUBIC, MSE };

static const char *const names[] = { "sqrt", "linear", "square", "cubic",
	"mse" };

static double
shape(enum form form, double u, double r)
{
	switch (form) {
	case SQRT:
		return sqrt(u);
	case LINEAR:
		return u;
	case SQUARE:
		return u * u;
	case CUBIC:
		return u * u * u;
	default:
		return 2 * u - pow(u, r);
	}
}

/* Fits idle and max for one form; false where the shape is all the same. */
static bool
fit(const struct power_point *p, size_t n, enum form form,
    struct power_model *m)
{
	double x = 0, y = 0, xx = 0, xy = 0, sum = 0, slope;
	double degrees = (double)n - (form == MSE ? 3 : 2);

	for (size_t i = 0; i < n; i++) {
		x += shape(form, p[i].utilisation, m->r);
		y += p[i].watts;
	}
	x /= (double)n;
	y /= (double)n;
	for (size_t i = 0; i < n; i++) {
		double dx = shape(form, p[i].utilisation, m->r) - x;

		xx += dx * dx;
		xy += dx * (p[i].watts - y);
	}
	if (!(xx > 1e-9))
		return false;
	slope = xy / xx;
	m->type = names[form];
	m->idle = y - slope * x;
	m->max = m->idle + slope;
	for (size_t i = 0; i < n; i++) {
		double off = p[i].watts - m->idle -
		    slope * shape(form, p[i].utilisation, m->r);

		sum += off * off;
	}
	m->error = sqrt(sum / degrees);
	return isfinite(m->error);
}

static double
error_at(const struct power_point *p, size_t n, double log_r)
{
	struct power_model m = { .r = exp(log_r) };

	return fit(p, n, MSE, &m) ? m.error : INFINITY;
}

/* Looks for the best r: on a grid, and then between its neighbours. */
static bool
fit_mse(const struct power_point *p, size_t n, struct power_model *m)
{
	enum { STEPS = 60, NARROWINGS = 60 };
	const double step = log(R_MOST / R_LEAST) / STEPS;
	const double golden = 0.6180339887498949;
	double best = log(R_LEAST), low, high;

	for (int i = 1; i <= STEPS; i++)
		if (error_at(p, n, log(R_LEAST) + i * step) <
		    error_at(p, n, best))
			best = log(R_LEAST) + i * step;
	low = best - step;
	high = best + step;
	for (int i = 0; i < NARROWINGS; i++) {
		double a = high - golden * (high - low);
		double b = low + golden * (high - low);

		if (error_at(p, n, a) < error_at(p, n, b))
			high = b;
		else
			low = a;
	}
	m->r = exp((low + high) / 2);
	return fit(p, n, MSE, m);
}

static bool
is_possible(const struct power_model *m)
{
	return m->idle >= 0 && m->max >= m->idle;
}

const char *
powerfit(const struct power_point *p, size_t n, struct power_model *out)
{
	/* What is too small to be told from rounding is no difference. */
	const double equal = 1e-6;
	struct power_model best = { .type = NULL }, m;
	double low = INFINITY, high = -INFINITY;

	if (n < POWERFIT_LEAST)
		return "less than 10 intervals with energy and samples";
	for (size_t i = 0; i < n; i++) {
		low = fmin(low, p[i].utilisation);
		high = fmax(high, p[i].utilisation);
	}
	if (high - low < LEAST_SPREAD)
		return "the utilisation is always about the same";
	for (int form = SQRT; form <= CUBIC; form++) {
		m = (struct power_model){ .r = 1 };
		if (fit(p, n, (enum form)form, &m) && is_possible(&m) &&
		    (best.type == NULL || m.error < best.error - equal))
			best = m;
	}
	m = (struct power_model){ .r = 1 };
	if (fit_mse(p, n, &m) && is_possible(&m) &&
	    (best.type == NULL || m.error < 0.99 * best.error - equal))
		best = m;
	if (best.type == NULL)
		return "the power falls with the utilisation, or is negative "
		       "without any";
	*out = best;
	return NULL;
}
