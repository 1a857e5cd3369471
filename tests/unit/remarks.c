/* SPDX-License-Identifier: MIT */
/* remarks: what people are told before and after a measurement */
#undef NDEBUG
#include "energy/remarks.h"

#include <errno.h>

#include "point.h"

#define S INT64_C(1000000000)

static struct output out;

/* Reads a counter; uj below 0: it could not be read. */
static void
read_counter(struct meter *m, size_t zone, int64_t ts, int64_t uj)
{
	struct counter_reading r = { .ts = ts };
	struct sample s[METER_SAMPLES];
	bool begins;

	r.kind = uj < 0 ? COUNTER_NONE : COUNTER_VALUE;
	r.uj = uj < 0 ? 0 : (uint64_t)uj;
	meter_read(m, zone, &r, 0, true, s, &begins);
}

static void
before_it_what_can_mislead_is_told(void)
{
	struct arguments a;
	struct zones zs = { 0 };
	struct zone *z;

	arguments_open(&a);
	assert(arguments_take(&a, ARGUMENT_RANGE, "none\033=5") == NULL);
	assert(arguments_take(&a, ARGUMENT_RANGE, "k=5") == NULL);
	z = zone_add(&zs, "/p/k/energy_uj", "package-0");
	z->has_range = true;
	for (int i = 0; i < 3; i++) {
		z = zone_add(&zs,
		    (const char *[]){ "/v/scaphandre/vm1/x/energy_uj",
			"/v/scaphandre/vm2/x/energy_uj",
			"/v/scaphandre/vm3/x/energy_uj" }[i],
		    NULL);
		z->written_raw = i > 0;
	}
	zone_choose(&zs, false);
	remarks_before(&zs, &a, &out);
	wrote(&out,
	    "--range: there is no zone none\\x1b\n"
	    "vm2 and 1 more: written as by Scaphandre, of which 1.0.0 to 1.0.3 "
	    "count about a fifth of the energy: if it is one of them, use "
	    "--scaphandre-fix\n");
	a.fix = true;
	a.ranges = 0;
	remarks_before(&zs, &a, &out);
	wrote(&out, "");
	zone_add(&zs, "/p/file", NULL);
	zone_choose(&zs, false);
	remarks_before(&zs, &a, &out);
	wrote(&out,
	    "p: the range is not known: where it goes round, energy is not "
	    "measured; --range tells it\n");
	zones_free(&zs);
	arguments_close(&a);
}

static void
a_range_of_no_recorded_zone_is_told(void)
{
	struct arguments a;
	struct meter m = { 0 };

	arguments_open(&a);
	assert(arguments_take(&a, ARGUMENT_RANGE, "here=5") == NULL);
	assert(arguments_take(&a, ARGUMENT_RANGE, "her=5") == NULL);
	meter_add(&m, str_of("here"));
	remarks_recorded(&m, &a, &out);
	wrote(&out, "--range: there is no zone her\n");
	meter_close(&m);
	arguments_close(&a);
}

/* Two hundred machines that could not be read are one line. */
static void
zones_with_the_same_to_say_share_a_line(void)
{
	struct meter m = { 0 };
	char label[16];

	for (size_t i = 0; i < 200; i++) {
		snprintf(label, sizeof(label), "vm%zu", i);
		meter_add(&m, str_of(label));
		read_counter(&m, i, 0, 5);
		read_counter(&m, i, S, i < 100 ? -1 : 4);
		m.zone[i].error = i < 60 ? EACCES : i < 99 ? EIO : 0;
	}
	remarks_after(&m, 1000, &out);
	wrote(&out,
	    "vm100 and 99 more: samples without an energy, since the counter "
	    "fell and its range is not known: 100\n"
	    "vm0 and 59 more: samples without a reading (Permission denied): "
	    "60\n"
	    "vm60 and 38 more: samples without a reading (Input/output "
	    "error): 39\n"
	    "vm99: samples without a reading: 1\n");
	assert(remarks_incomplete(&m));
	meter_close(&m);
}

static void
each_loss_has_its_reason(void)
{
	struct meter m = { 0 };

	meter_add(&m, str_of("reset"));
	meter_set_law(&m, 0, 9999999, 1);
	read_counter(&m, 0, 0, 5);
	read_counter(&m, 0, S, 4); /* round, it would be 10 J in 1 s */
	meter_add(&m, str_of("fixed"));
	meter_set_steps(&m, 1, true, true);
	read_counter(&m, 1, 0, 10);
	read_counter(&m, 1, S, 20);
	meter_add(&m, str_of("hot"));
	meter_set_law(&m, 2, 0, 1);
	read_counter(&m, 2, 0, 0);
	read_counter(&m, 2, S, 2000000);
	meter_add(&m, str_of("long"));
	meter_set_law(&m, 3, 999999, 1);
	read_counter(&m, 3, 0, 0);
	read_counter(&m, 3, 10 * S, 5);
	remarks_after(&m, 1, &out);
	wrote(&out,
	    "reset: samples without an energy, since the counter began anew: "
	    "1\n"
	    "fixed: samples without an energy, since the time of a power is "
	    "not known (of the first change, or after a fall): 1\n"
	    "hot: powers above 1 W: 1; --max-watts should be higher, or wraps "
	    "are taken for resets\n"
	    "long: times without a reading that are long enough for the "
	    "counter to go round at 1 W: 1; there may be more energy\n");
	meter_close(&m);
}

static void
counters_that_cannot_be_read_are_named_once(void)
{
	static const char *const paths[] = { "/none/a", "/none/b", "/none/c",
		"/none/d", "/none/e" };
	static const int errors[] = { ENOENT, EINVAL, ENOENT, ENOENT, 0 };
	struct zones zs = { 0 };

	for (size_t i = 0; i < 5; i++)
		zone_add(&zs, paths[i], NULL)->error = errors[i];
	assert(remarks_unreadable(&zs, &out) == 4);
	wrote(&out,
	    "/none/a: No such file or directory\n"
	    "/none/c and 1 more: the same\n"
	    "/none/b: no number of microjoules\n");
	zones_free(&zs);
}

int
main(void)
{
	output_in_memory(&out);
	before_it_what_can_mislead_is_told();
	a_range_of_no_recorded_zone_is_told();
	zones_with_the_same_to_say_share_a_line();
	each_loss_has_its_reason();
	counters_that_cannot_be_read_are_named_once();
	output_close(&out);
	return 0;
}
