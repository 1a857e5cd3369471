/* SPDX-License-Identifier: MIT */
/* powerfit, areas: laws that are known, and sums by hand */
#include <assert.h>
#include <math.h>
#include <string.h>

#include "workload/areas.h"
#include "workload/powerfit.h"

enum { POINTS = 100 };

static void
test_least_squares(void)
{
	/* Off the line 10 + 20u by 1, -2, 1 in turns, which keep it there. */
	struct power_point p[12];
	struct power_model m;

	for (int i = 0; i < 12; i++) {
		p[i].utilisation = (i % 3) / 2.0;
		p[i].watts = 10 + 20 * p[i].utilisation + (i % 3 == 1 ? -2 : 1);
	}
	assert(powerfit(p, 12, &m) == NULL);
	/* A square that goes through all three: 11, 18, 31. */
	assert(strcmp(m.type, "linear") != 0);
	for (int i = 0; i < 12; i++) {
		p[i].utilisation = (i / 3) / 3.0;
		p[i].watts = 10 + 20 * p[i].utilisation + (i % 3 == 1 ? -2 : 1);
	}
	assert(powerfit(p, 12, &m) == NULL);
	assert(strcmp(m.type, "linear") == 0);
	assert(fabs(m.idle - 10) < 1e-9 && fabs(m.max - 30) < 1e-9);
	/* 12 differences with squares 1, 4, 1: 24 / (12 - 2). */
	assert(fabs(m.error - sqrt(2.4)) < 1e-9);
}

static void
test_refusals(void)
{
	struct power_point p[POINTS];
	struct power_model m;

	for (int i = 0; i < POINTS; i++)
		p[i] = (struct power_point){ i / 100.0, 50 - i / 10.0 };
	assert(powerfit(p, POWERFIT_LEAST - 1, &m) != NULL);
	assert(powerfit(p, POWERFIT_LEAST, &m) != NULL); /* spread */
	assert(powerfit(p, POINTS, &m) != NULL);         /* it falls */
	for (int i = 0; i < POINTS; i++)
		p[i].watts = 50 + i / 10.0;
	assert(powerfit(p, POWERFIT_LEAST, &m) != NULL);
	assert(powerfit(p, POWERFIT_LEAST + 1, &m) == NULL);
	for (int i = 0; i < POINTS; i++)
		p[i].watts = 1e308;
	if (powerfit(p, POINTS, &m) == NULL)
		assert(isfinite(m.idle) && isfinite(m.max));
}

static void
test_areas(void)
{
	struct areas a = { 0 };

	assert(areas_between(&a, 0, 10) <= 0);
	areas_add(&a, 10, 20, 100);
	areas_add(&a, 15, 35, 40); /* over the first */
	areas_add(&a, 50, 60, 7);
	areas_add(&a, 60, 60, 7); /* of no time: nothing */
	areas_sort(&a);
	assert(fabs(areas_between(&a, 0, 100) - 147) < 1e-9);
	assert(fabs(areas_between(&a, 12, 17) - 54) < 1e-9);
	assert(fabs(areas_between(&a, 35, 50)) < 1e-9);
	assert(fabs(areas_between(&a, 55, 58) - 2.1) < 1e-9);
	assert(fabs(areas_between(&a, 58, 55)) < 1e-9);
	areas_free(&a);
}

int
main(void)
{
	test_least_squares();
	test_refusals();
	test_areas();
	return 0;
}
