/* dossier_parts: the inside of a dossier, shared by what feeds and takes (dossier.c) and what asks
 * (dossier_ask.c).  Only they include this. */
#ifndef CORE_DOSSIER_PARTS_H
#define CORE_DOSSIER_PARTS_H

#include "core/dossier.h"
#include "core/pool.h"

#include <pthread.h>
#include <time.h>

/* One linking, on the pool's thread that makes it until it is handed over; then the reading
 * one's. */
struct link_task {
    struct dossier *d;
    struct articles all;
    struct arena memory; /* of the decisions */
    struct decisions decisions;
    atomic_bool cancel;
    struct links *links; /* the result; null when cancelled */
};

/* What crosses threads, under dossier.lock. */
struct handover {
    VEC(struct segment *) arrived;  /* full, to be shown */
    VEC(struct segment *) analysed; /* in the order they were done */
    VEC(struct issue) issues;
    struct link_task *linked; /* finished */
    struct index_segment *merged; /* of the next of segments */
    uint64_t read_bytes, total_bytes;
    bool ended;
};

struct dossier {
    struct dossier_options options;
    struct pool *pool;
    struct finder **finders; /* one a worker */
    int wake_fd;
    atomic_bool closing;

    /* The feeding thread's. */
    struct segment *open;
    uint32_t n_fed;
    size_t segment_bytes;
    struct timespec began, ended;

    pthread_mutex_t lock;
    struct handover handover;

    /* The reading thread's. */
    VEC(struct segment *) segments;
    VEC(bool) done; /* parallel: analysed, perhaps out of order */
    uint32_t n_analysed_segments;
    struct articles all;
    VEC(void *) retired;
    struct index *index;                 /* over parts and over segments not merged yet */
    VEC(struct index_segment *) parts;   /* of the index: segments merged while loading goes on */
    uint32_t n_merged, n_merging;        /* segments in parts; those a task is merging now */
    struct links *links;
    struct link_task *linking;
    bool relink;
    struct arena decisions_memory;
    struct decisions decisions;
    VEC(struct issue) issues;
    struct arena issue_memory;
    bool unreadable, ended_taken, done_told;
    uint64_t read_bytes, total_bytes, text_bytes, analysed_bytes;
};

#endif
