/* The three linkers in order, and how their tables are asked. */
#include "core/link.h"

#include "core/text.h"

#include <time.h>

const char *link_reason_text(enum link_reason r)
{
    static const char *const texts[LINK_REASONS] = {
        [LINK_IS_NAME] = "its own name",
        [LINK_SAME_NAME] = "the same name",
        [LINK_SURNAME] = "the surname, in an article that gives the full name",
        [LINK_GIVEN_NAME] = "the given name, in an article that gives the full name",
        [LINK_TITLE] = "a title and the surname",
        [LINK_STATED] = "an article says that it is another name",
        [LINK_ACRONYM] = "the initials, put beside the full name",
        [LINK_SHORT_FORM] = "a shorter form of the name",
        [LINK_SPELLING] = "another spelling",
        [LINK_HANDLE] = "the letters of the handle spell the name",
        [LINK_PEOPLE] = "what its people, their language and their things are called",
        [LINK_DESCRIPTION] = "a description put beside the name",
        [LINK_DECIDED] = "the reader said so",
    };
    return r < LINK_REASONS ? texts[r] : "";
}

static double seconds_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static bool cancelled(const struct link_job *job)
{
    return job->cancel && atomic_load(job->cancel);
}

struct links *links_make(const struct link_job *job)
{
    static void (*const steps[LINK_STEPS])(const struct link_job *, struct links *) = {
        [LINK_ENTITIES] = link_entities, [LINK_QUOTES] = link_quotes, [LINK_EVENTS] = link_events};
    struct links *l = mem_alloc(sizeof(*l));
    *l = (struct links){.n_articles = job->all->analysed};
    for (size_t i = 0; i < COUNT_OF(steps) && !cancelled(job); i++) {
        double begin = seconds_now();
        steps[i](job, l);
        l->seconds[i] = seconds_now() - begin;
    }
    if (cancelled(job)) {
        links_free(l);
        return NULL;
    }
    return l;
}

struct links *links_empty(void)
{
    struct articles none = {0};
    struct link_job job = {.all = &none};
    return links_make(&job);
}

void links_free(struct links *l)
{
    if (!l)
        return;
    arena_finish(&l->memory);
    free(l->mentions);
    free(l);
}

/* ---- asking ---- */

struct mention_run links_mentions(const struct links *l, article_id a)
{
    if (!a.v || a.v > l->n_articles)
        return (struct mention_run){0};
    uint32_t begin = l->mention_starts[a.v];
    return (struct mention_run){l->mentions + begin, l->mention_starts[a.v + 1] - begin};
}

struct quote_run links_quotes(const struct links *l, article_id a)
{
    if (!a.v || a.v > l->n_articles)
        return (struct quote_run){0};
    uint32_t begin = l->quote_starts[a.v];
    return (struct quote_run){l->quotes + begin, l->quote_starts[a.v + 1] - begin};
}

/* Run i of a pair of arrays, starts and items, with n runs. */
static struct row_run run_of(const uint32_t *starts, const uint32_t *items, uint32_t i, uint32_t n)
{
    if (!i || i >= n)
        return (struct row_run){0};
    return (struct row_run){items + starts[i], starts[i + 1] - starts[i]};
}

struct row_run links_of_entity(const struct links *l, entity_id e)
{
    return run_of(l->entity_starts, l->entity_mentions, e.v, l->n_entities);
}

struct row_run links_of_group(const struct links *l, group_id g)
{
    return run_of(l->group_starts, l->group_quotes, g.v, l->n_groups);
}

struct row_run links_claims_in(const struct links *l, article_id a)
{
    return run_of(l->claim_starts, l->article_claims, a.v, l->n_articles + 1);
}

/* The article whose run holds `row`: the last start that is not behind it. */
static article_id article_of(const uint32_t *starts, uint32_t n_articles, uint32_t row)
{
    uint32_t next;
    BISECT(next, 2, n_articles + 1, starts[next] <= row);
    return (article_id){next - 1};
}

article_id links_mention_article(const struct links *l, uint32_t row)
{
    return article_of(l->mention_starts, l->n_articles, row);
}

article_id links_quote_article(const struct links *l, uint32_t row)
{
    return article_of(l->quote_starts, l->n_articles, row);
}

entity_id links_find_entity(const struct links *l, struct str name)
{
    struct arena scratch = {0};
    struct str want = text_fold(&scratch, str_trim(name), FOLD_ALL);
    entity_id found = NO_ENTITY;
    for (uint32_t i = 0; i < l->n_aliases && !found.v; i++) {
        struct arena_mark mark = arena_mark(&scratch);
        if (str_eq(text_fold(&scratch, l->aliases[i].text, FOLD_ALL), want))
            found = l->aliases[i].entity;
        arena_release(&scratch, mark);
    }
    arena_finish(&scratch);
    return found;
}
