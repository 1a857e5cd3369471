/* SPDX-License-Identifier: MIT */
/*
 * generation -- the columns of OpenDC's workloads, by generation of the format
 *
 * OpenDC's reader (opendc-trace-api, TaskSchemas.kt and FragmentSchemas.kt of
 * v2.4f and later, ResourceReadSupport.kt before) refuses a column that is
 * OPTIONAL or of another type than it asks for, and reads one that is missing
 * as a default without a word.  So all that it requires is required here.
 *
 *	v1	v2.3 to v2.4e	ids are strings
 *	v2	v2.4f		ids are INT32; nature
 *	v3	from v2.4g on	deferrable in the place of nature
 */
#ifndef TK_GENERATION_H
#define TK_GENERATION_H

#include "parquet/schema.h"

/*
 * Fills an empty schema for "task" and "fragment" records (workload/task.h),
 * in tasks.parquet and fragments.parquet; they may have more fields, as those
 * of tk-opendc do.  False if there is no such version.
 */
bool generation_schema(struct schema *, const char *version);

#endif
