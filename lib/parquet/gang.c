/* SPDX-License-Identifier: MIT */
#include "parquet/gang.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/processors.h"

struct worker {
	struct gang *gang;
	unsigned who;
	pthread_t thread;
};

struct gang {
	struct worker worker[GANG_MAX];
	unsigned running;

	pthread_mutex_t lock; /* of these, and of each done: */
	pthread_cond_t given, done;
	struct gang_job *first, **last;
	bool over;
};

/* Returns the next job, or NULL if there will be none. */
static struct gang_job *
next_job(struct gang *g)
{
	struct gang_job *job;

	while (g->first == NULL && !g->over)
		pthread_cond_wait(&g->given, &g->lock);
	job = g->first;
	if (job == NULL)
		return NULL;
	g->first = job->next;
	if (g->first == NULL)
		g->last = &g->first;
	return job;
}

/* Does one job after the other: a thread. */
static void *
work(void *arg)
{
	struct worker *w = arg;
	struct gang *g = w->gang;
	struct gang_job *job;

	pthread_mutex_lock(&g->lock);
	while ((job = next_job(g)) != NULL) {
		pthread_mutex_unlock(&g->lock);
		job->work(job->arg, w->who);
		pthread_mutex_lock(&g->lock);
		job->done = true;
		pthread_cond_broadcast(&g->done);
	}
	pthread_mutex_unlock(&g->lock);
	return NULL;
}

struct gang *
gang_new(unsigned threads)
{
	struct gang *g = mem_alloc(sizeof(*g));

	if (threads == 0)
		threads = processors();
	if (threads > GANG_MAX)
		threads = GANG_MAX;
	pthread_mutex_init(&g->lock, NULL);
	pthread_cond_init(&g->given, NULL);
	pthread_cond_init(&g->done, NULL);
	g->last = &g->first;
	for (unsigned i = 0; threads > 1 && i < threads; i++) {
		g->worker[i] = (struct worker){ .gang = g, .who = i };
		if (pthread_create(&g->worker[i].thread, NULL, work,
			&g->worker[i]) != 0)
			break;
		g->running++;
	}
	return g;
}

void
gang_free(struct gang *g)
{
	if (g == NULL)
		return;
	pthread_mutex_lock(&g->lock);
	g->over = true;
	pthread_cond_broadcast(&g->given);
	pthread_mutex_unlock(&g->lock);
	for (unsigned i = 0; i < g->running; i++)
		pthread_join(g->worker[i].thread, NULL);
	pthread_cond_destroy(&g->given);
	pthread_cond_destroy(&g->done);
	pthread_mutex_destroy(&g->lock);
	free(g);
}

unsigned
gang_size(const struct gang *g)
{
	return g->running > 0 ? g->running : 1;
}

void
gang_give(struct gang *g, struct gang_job *job)
{
	job->next = NULL;
	job->done = false;
	if (g->running == 0) {
		job->work(job->arg, 0);
		job->done = true;
		return;
	}
	pthread_mutex_lock(&g->lock);
	*g->last = job;
	g->last = &job->next;
	pthread_cond_signal(&g->given);
	pthread_mutex_unlock(&g->lock);
}

bool
gang_is_done(struct gang *g, const struct gang_job *job)
{
	bool done;

	pthread_mutex_lock(&g->lock);
	done = job->done;
	pthread_mutex_unlock(&g->lock);
	return done;
}

void
gang_wait(struct gang *g, const struct gang_job *job)
{
	pthread_mutex_lock(&g->lock);
	while (!job->done)
		pthread_cond_wait(&g->done, &g->lock);
	pthread_mutex_unlock(&g->lock);
}
