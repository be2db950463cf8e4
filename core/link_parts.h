/* link_parts: what concerns one article each, a run of articles at a time, side by side on the
 * pool. For link_*.c and event_*.c alone.
 *
 * Each part writes into a place of its own; what they found is put together in the order of the
 * articles afterwards, so that the result does not depend on who was first. */
#ifndef CORE_LINK_PARTS_H
#define CORE_LINK_PARTS_H

#include "core/link.h"
#include "core/pool.h"

#define LINK_PART_ARTICLES 128

static inline uint32_t link_parts(uint32_t n_articles)
{
    return (n_articles + LINK_PART_ARTICLES - 1) / LINK_PART_ARTICLES;
}

/* Articles first .. end - 1 of part i. */
struct link_part {
    uint32_t first, end;
};
static inline struct link_part link_part(uint32_t i, uint32_t n_articles)
{
    uint32_t first = i * LINK_PART_ARTICLES + 1, end = first + LINK_PART_ARTICLES;
    return (struct link_part){first, end > n_articles + 1 ? n_articles + 1 : end};
}

static inline bool link_cancelled(const struct link_job *job)
{
    return job->cancel && atomic_load(job->cancel);
}

#endif
