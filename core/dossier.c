/* The door: who hands what to whom, and when.
 *
 *   feeding thread          pool                            reading thread
 *   dossier_add ─┐
 *   dossier_flush ─ segment ─► analyse (finders, index) ─┐
 *                        └────────────► arrived ─────────┴─► dossier_take ─► tables
 *                                  link, merge  ◄── submitted by take ──┘
 *
 * Everything that crosses threads crosses under one lock, in `struct handover`, and the reading
 * thread moves it into the tables in dossier_take; so what it reads between two takes never
 * changes.  Arrays of segments that a running link task may still look at are retired, not freed.
 *
 * Segments begin small, so that the first articles are there at once, and grow, so that a large
 * case has few of them. */
#include "core/dossier_parts.h"

#include <errno.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#ifndef SEGMENT_BYTES_MIN
#define SEGMENT_BYTES_MIN (64u << 10)
#endif
#define SEGMENT_BYTES_MAX (8u << 20)
/* For who reads while loading, links are made anew each time the articles are so many times as
 * many, up to a number of them: all those rounds together cost a third of one over the last. */
#define RELINK_TIMES        4
#define RELINK_ARTICLES_MAX 4096

static void wake(struct dossier *d)
{
    uint64_t one = 1;
    ssize_t n;
    do
        n = write(d->wake_fd, &one, sizeof(one));
    while (n < 0 && errno == EINTR);
}

struct dossier *dossier_open(const struct dossier_options *o)
{
    struct dossier *d = mem_alloc(sizeof(*d));
    *d = (struct dossier){.options = *o, .segment_bytes = SEGMENT_BYTES_MIN};
    if (!d->options.jobs) {
        long n = sysconf(_SC_NPROCESSORS_ONLN);
        d->options.jobs = n < 1 ? 1 : n > 8 ? 8 : (unsigned)n;
    }
    pthread_mutex_init(&d->lock, NULL);
    d->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    d->finders = mem_alloc(d->options.jobs * sizeof(*d->finders));
    for (unsigned i = 0; i < d->options.jobs; i++)
        d->finders[i] = finder_open();
    d->pool = pool_open(d->options.jobs, d->options.reader);
    d->links = links_empty();
    d->index = index_over(NULL, 0);
    clock_gettime(CLOCK_MONOTONIC, &d->began);
    return d;
}

static void link_task_free(struct link_task *t)
{
    if (!t)
        return;
    arena_finish(&t->memory);
    links_free(t->links);
    free(t);
}

/* Segments that arrived and were never taken in are freed with the others. */
static void free_segments(struct dossier *d)
{
    for (size_t i = 0; i < d->handover.arrived.n; i++)
        segment_free(d->handover.arrived.v[i]);
    for (size_t i = 0; i < d->segments.n; i++)
        segment_free(d->segments.v[i]);
    if (d->open)
        segment_free(d->open);
    for (size_t i = 0; i < d->retired.n; i++)
        free(d->retired.v[i]);
    free((void *)d->all.segments);
}

void dossier_close(struct dossier *d)
{
    if (!d)
        return;
    dossier_stop(d);
    if (d->linking)
        atomic_store(&d->linking->cancel, true);
    pool_close(d->pool);
    if (d->linking != d->handover.linked)
        link_task_free(d->linking);
    link_task_free(d->handover.linked);
    index_segment_free(d->handover.merged);
    index_close(d->index);
    for (size_t i = 0; i < d->parts.n; i++)
        index_segment_free(d->parts.v[i]);
    vec_free(&d->parts);
    links_free(d->links);
    free_segments(d);
    for (unsigned i = 0; i < d->options.jobs; i++)
        finder_close(d->finders[i]);
    free(d->finders);
    vec_free(&d->handover.arrived);
    vec_free(&d->handover.analysed);
    vec_free(&d->handover.issues);
    vec_free(&d->segments);
    vec_free(&d->done);
    vec_free(&d->retired);
    vec_free(&d->issues);
    arena_finish(&d->issue_memory);
    arena_finish(&d->decisions_memory);
    close(d->wake_fd);
    pthread_mutex_destroy(&d->lock);
    free(d);
}

/* ---- feeding ---- */

struct analysis {
    struct dossier *d;
    struct segment *segment;
};

static void analyse_task(void *arg, unsigned worker)
{
    struct analysis *a = arg;
    struct dossier *d = a->d;
    struct segment *s = a->segment;
    free(a);
    if (atomic_load(&d->closing))
        return;
    struct finder *f = d->options.no_find ? NULL : d->finders[worker];
    segment_analyse(s, f, !d->options.no_index);
    pthread_mutex_lock(&d->lock);
    vec_push(&d->handover.analysed, s);
    pthread_mutex_unlock(&d->lock);
    wake(d);
}

void dossier_flush(struct dossier *d)
{
    struct segment *s = d->open;
    if (!s)
        return;
    d->open = NULL;
    if (d->segment_bytes < SEGMENT_BYTES_MAX)
        d->segment_bytes *= 2;
    pthread_mutex_lock(&d->lock);
    vec_push(&d->handover.arrived, s);
    pthread_mutex_unlock(&d->lock);
    wake(d);
    struct analysis *a = mem_alloc(sizeof(*a));
    *a = (struct analysis){d, s};
    pool_submit(d->pool, analyse_task, a);
}

void dossier_add(struct dossier *d, const struct article *a)
{
    if (!d->open) {
        d->open = segment_new();
        d->open->first.v = d->n_fed + 1;
        if (d->options.has_today)
            d->open->today = d->options.today;
    }
    segment_add(d->open, a);
    d->n_fed++;
    if (d->open->text_bytes >= d->segment_bytes)
        dossier_flush(d);
}

void dossier_issue(struct dossier *d, const struct issue *i)
{
    pthread_mutex_lock(&d->lock);
    struct issue copy = *i;
    copy.path = arena_str(&d->issue_memory, i->path);
    copy.what = arena_str(&d->issue_memory, i->what);
    vec_push(&d->handover.issues, copy);
    pthread_mutex_unlock(&d->lock);
    wake(d);
}

void dossier_progress_set(struct dossier *d, uint64_t done, uint64_t total)
{
    pthread_mutex_lock(&d->lock);
    d->handover.read_bytes = done;
    d->handover.total_bytes = total;
    pthread_mutex_unlock(&d->lock);
}

void dossier_end(struct dossier *d)
{
    dossier_flush(d);
    clock_gettime(CLOCK_MONOTONIC, &d->ended);
    pthread_mutex_lock(&d->lock);
    d->handover.ended = true;
    pthread_mutex_unlock(&d->lock);
    wake(d);
}

bool dossier_is_closing(const struct dossier *d)
{
    return atomic_load(&d->closing);
}

void dossier_stop(struct dossier *d)
{
    atomic_store(&d->closing, true);
    wake(d);
}

/* ---- linking and freezing, on the pool ---- */

static void link_task_run(void *arg, unsigned worker)
{
    (void)worker;
    struct link_task *t = arg;
    struct dossier *d = t->d;
    struct link_job job = {&t->all, &t->decisions, &t->cancel, t->d->pool};
    t->links = links_make(&job);
    pthread_mutex_lock(&d->lock);
    d->handover.linked = t; /* from here on it is the reading thread's, which frees it */
    pthread_mutex_unlock(&d->lock);
    wake(d);
}

static struct decisions copy_decisions(struct arena *a, struct decisions from)
{
    struct decision *v = arena_array(a, struct decision, from.n);
    for (size_t i = 0; i < from.n; i++)
        v[i] =
            (struct decision){arena_str(a, from.v[i].a), arena_str(a, from.v[i].b), from.v[i].same};
    struct conflict_decision *c = arena_array(a, struct conflict_decision, from.n_conflicts);
    for (size_t i = 0; i < from.n_conflicts; i++) {
        c[i] = from.conflicts[i];
        c[i].right = arena_str(a, from.conflicts[i].right);
    }
    return (struct decisions){v, from.n, c, from.n_conflicts};
}

static void start_linking(struct dossier *d)
{
    struct link_task *t = mem_alloc(sizeof(*t));
    *t = (struct link_task){.d = d, .all = d->all};
    t->decisions = copy_decisions(&t->memory, d->decisions);
    d->linking = t;
    d->relink = false;
    pool_submit(d->pool, link_task_run, t);
}

static bool all_analysed(const struct dossier *d)
{
    return d->ended_taken && d->n_analysed_segments == d->segments.n;
}

static bool links_are_stale(const struct dossier *d)
{
    if (d->relink || (all_analysed(d) && d->links->n_articles < d->all.analysed))
        return true;
    return d->options.reader && d->all.analysed >= RELINK_TIMES * d->links->n_articles &&
           d->all.analysed > d->links->n_articles && d->all.analysed <= RELINK_ARTICLES_MAX;
}

/* Runs of segments become one part of the index as soon as there are enough of them, so that the
 * index is never there twice. */
struct merge {
    struct dossier *d;
    uint32_t n;
    struct index_segment *segments[];
};

static void merge_task(void *arg, unsigned worker)
{
    (void)worker;
    struct merge *m = arg;
    struct index_segment *part = index_segment_merge(m->segments, m->n, &m->d->closing);
    pthread_mutex_lock(&m->d->lock);
    m->d->handover.merged = part;
    pthread_mutex_unlock(&m->d->lock);
    wake(m->d);
    free(m);
}

static void start_merging(struct dossier *d)
{
    uint32_t n = d->n_analysed_segments - d->n_merged;
    if (d->n_merging || !n)
        return;
    struct merge *m = mem_alloc(sizeof(*m) + n * sizeof(m->segments[0]));
    for (uint32_t i = 0; i < n; i++)
        m->segments[i] = d->segments.v[d->n_merged + i]->index;
    m->d = d;
    m->n = index_part_length(m->segments, n);
    if (m->n == n && !all_analysed(d)) { /* more may come for this part */
        free(m);
        return;
    }
    d->n_merging = m->n;
    pool_submit(d->pool, merge_task, m);
}

/* ---- taking in ---- */

static void take_segments(struct dossier *d, struct handover *h)
{
    for (size_t i = 0; i < h->arrived.n; i++) {
        struct segment *s = h->arrived.v[i];
        vec_push(&d->segments, s);
        vec_push(&d->done, false);
        d->text_bytes += s->text_bytes;
        d->all.n += (uint32_t)s->rows.n;
    }
    const struct segment **table = mem_alloc(d->segments.n * sizeof(*table));
    memcpy(table, d->segments.v, d->segments.n * sizeof(*table));
    vec_push(&d->retired, (void *)d->all.segments);
    d->all.segments = table;
    d->all.n_segments = (uint32_t)d->segments.n;
}

static bool take_analysed(struct dossier *d, struct handover *h)
{
    for (size_t i = 0; i < h->analysed.n; i++) {
        size_t k = 0;
        while (d->segments.v[k] != h->analysed.v[i])
            k++;
        d->done.v[k] = true;
        d->analysed_bytes += d->segments.v[k]->text_bytes;
    }
    uint32_t before = d->n_analysed_segments;
    while (d->n_analysed_segments < d->segments.n && d->done.v[d->n_analysed_segments])
        d->all.analysed += (uint32_t)d->segments.v[d->n_analysed_segments++]->rows.n;
    return d->n_analysed_segments > before;
}

/* An index over what is merged and analysed so far; cheap, so made at each take that brings
 * some. */
static void index_what_is_there(struct dossier *d)
{
    VEC(struct index_segment *) all = {0};
    vec_append(&all, d->parts.v, d->parts.n);
    for (uint32_t i = d->n_merged; i < d->n_analysed_segments; i++)
        vec_push(&all, d->segments.v[i]->index);
    index_close(d->index);
    d->index = index_over(all.v, (uint32_t)all.n);
    vec_free(&all);
}

static void take_merged(struct dossier *d, struct index_segment *part)
{
    uint32_t end = d->n_merged + d->n_merging;
    vec_push(&d->parts, part);
    for (uint32_t i = d->n_merged; i < end; i++) {
        index_segment_free(d->segments.v[i]->index);
        d->segments.v[i]->index = NULL;
    }
    d->n_merged = end;
    d->n_merging = 0;
    index_what_is_there(d);
}

static bool index_is_whole(const struct dossier *d)
{
    return d->options.no_index || d->n_merged == d->segments.n;
}

static unsigned take_links(struct dossier *d, struct link_task *t)
{
    unsigned changed = 0;
    if (t->links && !atomic_load(&t->cancel)) {
        links_free(d->links);
        d->links = t->links;
        t->links = NULL;
        changed = CHANGED_LINKS;
    }
    d->linking = NULL;
    link_task_free(t);
    return changed;
}

static unsigned take_issues(struct dossier *d, struct handover *h)
{
    for (size_t i = 0; i < h->issues.n; i++) {
        vec_push(&d->issues, h->issues.v[i]);
        d->unreadable |= h->issues.v[i].fatal;
    }
    return h->issues.n ? CHANGED_ISSUES : 0;
}

/* What the pool should do next, now that the tables have changed. */
static void start_what_is_due(struct dossier *d)
{
    if (!d->options.no_links && !d->options.no_find && !d->linking && links_are_stale(d))
        start_linking(d);
    if (!d->options.no_index)
        start_merging(d);
}

static bool everything_is_there(const struct dossier *d)
{
    bool linked = d->options.no_links || d->options.no_find ||
                  (!d->linking && d->links->n_articles == d->all.n);
    return all_analysed(d) && linked && index_is_whole(d);
}

unsigned dossier_take(struct dossier *d)
{
    uint64_t count;
    while (read(d->wake_fd, &count, sizeof(count)) < 0 && errno == EINTR)
        ;
    pthread_mutex_lock(&d->lock);
    struct handover h = d->handover;
    d->handover = (struct handover){
        .read_bytes = h.read_bytes, .total_bytes = h.total_bytes, .ended = h.ended};
    unsigned changed = take_issues(d, &h);
    pthread_mutex_unlock(&d->lock);

    d->read_bytes = h.read_bytes;
    d->total_bytes = h.total_bytes;
    d->ended_taken = h.ended;
    if (h.arrived.n) {
        take_segments(d, &h);
        changed |= CHANGED_ARTICLES;
    }
    if (h.analysed.n && take_analysed(d, &h)) {
        changed |= CHANGED_FOUND;
        if (!d->options.no_index)
            index_what_is_there(d);
    }
    if (h.linked)
        changed |= take_links(d, h.linked);
    if (h.merged) {
        take_merged(d, h.merged);
        if (all_analysed(d) && index_is_whole(d))
            changed |= CHANGED_INDEX;
    }
    vec_free(&h.arrived);
    vec_free(&h.analysed);
    vec_free(&h.issues);
    start_what_is_due(d);
    if (!d->done_told && everything_is_there(d)) {
        d->done_told = true;
        changed |= CHANGED_DONE;
    }
    return changed;
}

int dossier_fd(const struct dossier *d)
{
    return d->wake_fd;
}

bool dossier_wait(struct dossier *d)
{
    while (!dossier_is_closing(d)) {
        dossier_take(d);
        if (everything_is_there(d))
            return true;
        struct pollfd p = {d->wake_fd, POLLIN, 0};
        poll(&p, 1, -1);
    }
    return false;
}

struct dossier_progress dossier_progress(const struct dossier *d)
{
    return (struct dossier_progress){
        .read_bytes = d->read_bytes,
        .total_bytes = d->total_bytes,
        .analysed_bytes = d->analysed_bytes,
        .text_bytes = d->text_bytes,
        .reading = !d->ended_taken,
        .linking = d->linking != NULL,
        .done = everything_is_there(d),
    };
}

void dossier_decide(struct dossier *d, const struct decisions *all)
{
    arena_finish(&d->decisions_memory);
    d->decisions = copy_decisions(&d->decisions_memory, *all);
    d->relink = d->links->n_articles > 0 || d->linking;
    if (d->linking)
        atomic_store(&d->linking->cancel, true);
    start_what_is_due(d);
}
