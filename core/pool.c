/* A ring of tasks under one lock.  Tasks here last milliseconds (a segment, a linking), so the
 * lock is never what anybody waits for; results are the tasks' own business. */
#include "core/pool.h"

#include "core/arena.h"

#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>

#define BEHIND 5 /* in steps of nice(1): a third of the share of whoever reads */

struct task {
    pool_task *run;
    void *arg;
};

struct pool {
    bool behind;
    pthread_mutex_t lock;
    pthread_cond_t more;
    VEC(struct task) tasks; /* [taken, n) wait */
    size_t taken;
    bool closing;
    unsigned n_threads;
    struct worker {
        struct pool *pool;
        pthread_t thread;
        unsigned number;
    } workers[];
};

/* The next task, waiting for one; false when the pool closes and none is left. */
static bool take_task(struct pool *p, struct task *out)
{
    pthread_mutex_lock(&p->lock);
    while (!p->closing && p->taken == p->tasks.n)
        pthread_cond_wait(&p->more, &p->lock);
    bool got = p->taken < p->tasks.n;
    if (got) {
        *out = p->tasks.v[p->taken++];
        if (p->taken == p->tasks.n)
            p->taken = p->tasks.n = 0;
    }
    pthread_mutex_unlock(&p->lock);
    return got;
}

static void *work(void *arg)
{
    struct worker *w = arg;
    struct task t;
    if (w->pool->behind)
        pool_stand_behind();
    while (take_task(w->pool, &t))
        t.run(t.arg, w->number);
    return NULL;
}

/* On Linux "process" 0 is the calling thread alone, and its children. */
void pool_stand_behind(void)
{
    setpriority(PRIO_PROCESS, 0, getpriority(PRIO_PROCESS, 0) + BEHIND);
}

struct pool *pool_open(unsigned n, bool behind)
{
    n = n ? n : 1;
    struct pool *p = mem_alloc(sizeof(*p) + n * sizeof(p->workers[0]));
    *p = (struct pool){.n_threads = n, .behind = behind};
    pthread_mutex_init(&p->lock, NULL);
    pthread_cond_init(&p->more, NULL);
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    for (unsigned i = 0; i < n; i++) {
        p->workers[i] = (struct worker){.pool = p, .number = i};
        pthread_create(&p->workers[i].thread, NULL, work, &p->workers[i]);
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return p;
}

void pool_submit(struct pool *p, pool_task *run, void *arg)
{
    pthread_mutex_lock(&p->lock);
    vec_push(&p->tasks, ((struct task){run, arg}));
    pthread_cond_signal(&p->more);
    pthread_mutex_unlock(&p->lock);
}

void pool_close(struct pool *p)
{
    if (!p)
        return;
    pthread_mutex_lock(&p->lock);
    p->closing = true;
    pthread_cond_broadcast(&p->more);
    pthread_mutex_unlock(&p->lock);
    for (unsigned i = 0; i < p->n_threads; i++)
        pthread_join(p->workers[i].thread, NULL);
    vec_free(&p->tasks);
    pthread_mutex_destroy(&p->lock);
    pthread_cond_destroy(&p->more);
    free(p);
}
