/* SPDX-License-Identifier: MIT */
#include "capture/load.h"

#include <assert.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/now.h"
#include "stream/output.h"

/* A process at work. */
struct worker {
	const struct load_plan *plan;
	volatile struct load_result *result; /* its parent sees it too */
	int64_t end;                         /* when to stop; 0: never */
	int fd;                              /* of its file, or -1 */
	uint64_t state;                      /* of its numbers */
};

/* Marsaglia's xorshift: the next number is not known before this one is. */
static uint64_t
step(uint64_t x)
{
	x ^= x << 13;
	x ^= x >> 7;
	x ^= x << 17;
	return x;
}

static void
compute(struct worker *w)
{
	uint64_t x = w->state;

	for (int i = 0; i < LOAD_ROUNDS; i++)
		x = step(x);
	w->state = x;
}

/* What a block has in it, and where in the file it goes, tells its seed. */
static off_t
fill(uint64_t block[LOAD_BLOCK / 8], uint64_t seed)
{
	for (int i = 0; i < LOAD_BLOCK / 8; i++)
		block[i] = seed = step(seed);
	return (off_t)(seed % (LOAD_FILE / LOAD_BLOCK)) * LOAD_BLOCK;
}

/* Tells whether the call did the whole block; sets errno if not. */
static bool
whole_block(ssize_t n)
{
	if (n >= 0 && n < LOAD_BLOCK)
		errno = EIO;
	return n == LOAD_BLOCK;
}

static bool
write_blocks(const struct worker *w)
{
	uint64_t block[LOAD_BLOCK / 8];

	for (unsigned i = 0; i < LOAD_BLOCKS; i++) {
		off_t at = fill(block, w->state + i);

		if (!whole_block(pwrite(w->fd, block, LOAD_BLOCK, at)))
			return false;
	}
	return fsync(w->fd) == 0;
}

/* Of two blocks in one place the later is there. */
static bool
read_blocks(const struct worker *w)
{
	uint64_t block[LOAD_BLOCK / 8], want[LOAD_BLOCK / 8];
	uint64_t seen = 0;

	for (unsigned i = LOAD_BLOCKS; i-- > 0;) {
		off_t at = fill(want, w->state + i);
		uint64_t bit = UINT64_C(1) << at / LOAD_BLOCK;

		if (!whole_block(pread(w->fd, block, LOAD_BLOCK, at)))
			return false;
		if (!(seen & bit) && memcmp(block, want, LOAD_BLOCK) != 0) {
			errno = EIO;
			return false;
		}
		seen |= bit;
	}
	return true;
}

static bool
work(struct worker *w)
{
	if (w->plan->kind == LOAD_IO && !(write_blocks(w) && read_blocks(w)))
		return false;
	compute(w);
	w->result->units++;
	return true;
}

static bool
is_over(const struct worker *w)
{
	const uint64_t units = w->plan->units;

	return (units > 0 && w->result->units >= units) ||
	    (w->end > 0 && now_of(CLOCK_MONOTONIC) >= w->end);
}

/* The child: what the parent is told stands in the result. */
static _Noreturn void
run_worker(struct worker *w, pid_t parent)
{
	bool good = true;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent) /* it was gone before that */
		_exit(1);
	if (w->plan->kind == LOAD_IO) {
		w->fd = output_nameless(w->plan->dir);
		good = w->fd >= 0;
	}
	while (good && !is_over(w))
		good = work(w);
	w->result->error = good ? 0 : errno;
	w->result->done = true;
	_exit(good ? 0 : 1);
}

/* Waits for n children; kills them first, if so asked. */
static void
wait_for(const pid_t *pids, size_t n, bool end)
{
	for (size_t i = 0; end && i < n; i++)
		kill(pids[i], SIGKILL);
	for (size_t i = 0; i < n; i++)
		while (waitpid(pids[i], NULL, 0) == -1 && errno == EINTR)
			;
}

/* Returns how many of the processes could be begun, with errno if not all. */
static size_t
begin(const struct load_plan *plan, struct load_result *results, pid_t *pids)
{
	const int64_t end = plan->duration > 0
	    ? now_of(CLOCK_MONOTONIC) + plan->duration
	    : 0;
	const pid_t parent = getpid();

	for (size_t i = 0; i < plan->processes; i++) {
		struct worker w = { .plan = plan,
			.result = &results[i],
			.end = end,
			.fd = -1,
			.state = i + 1 };

		pids[i] = fork();
		if (pids[i] == 0)
			run_worker(&w, parent);
		if (pids[i] == -1)
			return i;
	}
	return plan->processes;
}

int
load_run(const struct load_plan *plan, struct load_result *results)
{
	const size_t size = plan->processes * sizeof(*results);
	struct load_result *shared;
	pid_t *pids;
	size_t n;
	int error;

	assert(plan->processes > 0 && plan->processes <= LOAD_PROCESSES_MAX);
	assert(plan->duration > 0 || plan->units > 0);
	shared = mmap(NULL, size, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (shared == MAP_FAILED)
		return -1;
	pids = mem_alloc(plan->processes * sizeof(*pids));
	n = begin(plan, shared, pids);
	error = errno;
	wait_for(pids, n, n < plan->processes);
	memcpy(results, shared, size);
	munmap(shared, size);
	free(pids);
	errno = error;
	return n < plan->processes ? -1 : 0;
}
