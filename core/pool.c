/* A ring of tasks under one lock.  Tasks here last milliseconds (a segment, a linking), so the
 * lock is never what anybody waits for; results are the tasks' own business.
 *
 * A task that shares its work out does not wait for free threads: it begins, and who comes by takes
 * the next part.  So sharing from inside a task cannot stand still, and while segments are queued
 * the parts all run where they were asked for. */
#include "core/pool.h"

#include "core/arena.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
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

/* ---- parts of one task ---- */

struct share {
    pool_part *part;
    void *arg; /* gone when all parts are done */
    uint32_t n;
    atomic_uint next;
    pthread_mutex_t lock;
    pthread_cond_t all_done;
    uint32_t done, holders;
};

static void leave(struct share *s, uint32_t did)
{
    pthread_mutex_lock(&s->lock);
    s->done += did;
    bool last = !--s->holders;
    pthread_cond_signal(&s->all_done);
    pthread_mutex_unlock(&s->lock);
    if (!last)
        return;
    pthread_mutex_destroy(&s->lock);
    pthread_cond_destroy(&s->all_done);
    free(s);
}

static uint32_t take_parts(struct share *s)
{
    uint32_t did = 0;
    for (uint32_t i; (i = atomic_fetch_add(&s->next, 1)) < s->n; did++)
        s->part(s->arg, i);
    return did;
}

static void help(void *arg, unsigned worker)
{
    (void)worker;
    leave(arg, take_parts(arg));
}

void pool_share(struct pool *p, uint32_t n, pool_part *part, void *arg)
{
    unsigned helpers = !p || n < 2 ? 0 : p->n_threads - 1 < n - 1 ? p->n_threads - 1 : n - 1;
    struct share *s = mem_alloc(sizeof(*s));
    *s = (struct share){.part = part, .arg = arg, .n = n, .holders = helpers + 1};
    pthread_mutex_init(&s->lock, NULL);
    pthread_cond_init(&s->all_done, NULL);
    for (unsigned i = 0; i < helpers; i++)
        pool_submit(p, help, s);
    uint32_t did = take_parts(s);
    pthread_mutex_lock(&s->lock);
    while (s->done + did < n)
        pthread_cond_wait(&s->all_done, &s->lock);
    pthread_mutex_unlock(&s->lock);
    leave(s, did);
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
