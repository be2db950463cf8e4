/* pool: a few threads that take tasks from one queue, first come first served. */
#ifndef CORE_POOL_H
#define CORE_POOL_H

#include "core/base.h"

struct pool;

/* `worker` numbers the thread, 0 .. n - 1: for what a task keeps per thread. */
typedef void pool_task(void *arg, unsigned worker);

/* Starts n threads (at least one), with all signals blocked: those belong to the main thread.
 * `behind`: they give way to the thread that answers keys. */
struct pool *pool_open(unsigned n, bool behind);
/* The calling thread gives way from now on, and the threads it starts. */
void pool_stand_behind(void);
void pool_submit(struct pool *p, pool_task *run, void *arg);

/* Runs part(arg, i) for every i below n, each once, on the calling thread, which may be one of the
 * pool's, and on those of the pool that have no task of their own meanwhile; returns when all are
 * done.  What a part writes belongs to it alone; then the result is the same whatever ran where.
 * Null pool: on the calling thread. */
typedef void pool_part(void *arg, uint32_t i);
void pool_share(struct pool *p, uint32_t n, pool_part *part, void *arg);
/* Runs what is queued to its end and joins the threads; a task that should not begin by then
 * looks at a flag of its own.  Null is nothing. */
void pool_close(struct pool *p);

#endif
