/* Names to entities, first form: one entity for each folded name and kind. */
#include "core/link.h"

#include "core/text.h"

struct key {
    struct str folded;
    uint8_t kind;
    uint32_t row;
};

static int by_name(const void *a, const void *b)
{
    const struct key *x = a, *y = b;
    int c = str_cmp(x->folded, y->folded);
    if (!c)
        c = (int)x->kind - (int)y->kind;
    return c ? c : (x->row > y->row) - (x->row < y->row);
}

/* All mentions of the case behind one another, with the start of each article's. */
static void gather_mentions(const struct link_job *job, struct links *l)
{
    uint32_t n = l->n_articles;
    l->mention_starts = arena_array(&l->memory, uint32_t, n + 2);
    for (uint32_t i = 1; i <= n; i++)
        l->mention_starts[i + 1] =
            l->mention_starts[i] + article_mentions(job->all, (article_id){i}).n;
    l->n_mentions = l->mention_starts[n + 1];
    l->mentions = arena_array(&l->memory, struct mention, l->n_mentions);
    for (uint32_t i = 1; i <= n; i++) {
        struct mention_run run = article_mentions(job->all, (article_id){i});
        if (run.n)
            memcpy(l->mentions + l->mention_starts[i], run.v, run.n * sizeof(*run.v));
    }
}

static struct str mention_text(const struct link_job *job, const struct links *l, uint32_t row)
{
    const struct article *a = article_at(job->all, links_mention_article(l, row));
    return str_at(a->text, l->mentions[row].at);
}

static void add_entity(const struct link_job *job, struct links *l, const struct key *keys, uint32_t n)
{
    uint32_t id = l->n_entities++;
    struct entity *e = &l->entities[id];
    *e = (struct entity){.kind = keys[0].kind, .n_mentions = n, .first = DAY_NONE, .last = DAY_NONE};
    e->name = mention_text(job, l, keys[0].row);
    e->aliases_begin = l->n_aliases;
    l->aliases[l->n_aliases++] = (struct alias){.text = e->name, .entity = {id}, .count = n};
    e->aliases_end = l->n_aliases;
    l->entity_starts[id + 1] = l->entity_starts[id] + n;
    article_id before = NO_ARTICLE;
    for (uint32_t i = 0; i < n; i++) {
        l->mentions[keys[i].row].entity = (entity_id){id};
        l->entity_mentions[l->entity_starts[id] + i] = keys[i].row;
        article_id a = links_mention_article(l, keys[i].row);
        if (a.v == before.v)
            continue;
        before = a;
        e->n_articles++;
        int32_t day = article_at(job->all, a)->published;
        if (day != DAY_NONE && (e->first == DAY_NONE || day < e->first))
            e->first = day;
        if (day != DAY_NONE && (e->last == DAY_NONE || day > e->last))
            e->last = day;
    }
}

void link_entities(const struct link_job *job, struct links *l)
{
    gather_mentions(job, l);
    uint32_t n = l->n_mentions;
    struct arena scratch = {0};
    struct key *keys = arena_array(&scratch, struct key, n + 1);
    for (uint32_t i = 0; i < n; i++)
        keys[i] = (struct key){text_fold(&scratch, mention_text(job, l, i), FOLD_ALL), l->mentions[i].kind, i};
    qsort(keys, n, sizeof(*keys), by_name);
    l->entities = arena_array(&l->memory, struct entity, n + 1);
    l->aliases = arena_array(&l->memory, struct alias, n + 1);
    l->entity_starts = arena_array(&l->memory, uint32_t, n + 2);
    l->entity_mentions = arena_array(&l->memory, uint32_t, n + 1);
    l->n_entities = 1;
    for (uint32_t i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n && keys[end].kind == keys[i].kind &&
                          str_eq(keys[end].folded, keys[i].folded);
             end++)
            ;
        add_entity(job, l, keys + i, end - i);
    }
    arena_finish(&scratch);
}
