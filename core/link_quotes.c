/* Wordings to quotations, first form: quotations of the same folded words are one. */
#include "core/link.h"

#include "core/text.h"

struct key {
    struct str words;
    int32_t published;
    uint32_t row;
};

static int by_words(const void *a, const void *b)
{
    const struct key *x = a, *y = b;
    int c = str_cmp(x->words, y->words);
    if (!c)
        c = (x->published > y->published) - (x->published < y->published);
    return c ? c : (x->row > y->row) - (x->row < y->row);
}

static void gather_quotes(const struct link_job *job, struct links *l)
{
    uint32_t n = l->n_articles;
    l->quote_starts = arena_array(&l->memory, uint32_t, n + 2);
    for (uint32_t i = 1; i <= n; i++)
        l->quote_starts[i + 1] = l->quote_starts[i] + article_quotes(job->all, (article_id){i}).n;
    l->n_quotes = l->quote_starts[n + 1];
    l->quotes = arena_array(&l->memory, struct quote, l->n_quotes);
    for (uint32_t i = 1; i <= n; i++) {
        struct quote_run run = article_quotes(job->all, (article_id){i});
        struct mention_run names = links_mentions(l, (article_id){i});
        for (uint32_t k = 0; k < run.n; k++) {
            struct quote *q = &l->quotes[l->quote_starts[i] + k];
            *q = run.v[k];
            if (q->speaker_mention && q->speaker_mention <= names.n)
                q->speaker_entity = names.v[q->speaker_mention - 1].entity;
        }
    }
}

/* The tokens of a quotation, folded, a blank between. */
static struct str words_of(struct arena *a, struct str text)
{
    char *out = arena_alloc(a, text.n * 3 + 1);
    size_t n = 0, at = 0;
    struct token t;
    while (token_next(text, &at, &t)) {
        struct str w = text_fold(a, str_at(text, t.at), FOLD_ALL);
        if (n)
            out[n++] = ' ';
        if (n + w.n > text.n * 3)
            break;
        memcpy(out + n, w.p, w.n);
        n += w.n;
    }
    return str_from(out, n);
}

static void add_group(struct links *l, const struct key *keys, uint32_t n)
{
    uint32_t id = l->n_groups++;
    l->group_starts[id + 1] = l->group_starts[id] + n;
    for (uint32_t i = 0; i < n; i++) {
        l->quotes[keys[i].row].group = (group_id){id};
        l->group_quotes[l->group_starts[id] + i] = keys[i].row;
    }
}

void link_quotes(const struct link_job *job, struct links *l)
{
    gather_quotes(job, l);
    l->near_copy_of = arena_array(&l->memory, article_id, l->n_articles + 1);
    uint32_t n = l->n_quotes;
    struct arena scratch = {0};
    struct key *keys = arena_array(&scratch, struct key, n + 1);
    for (uint32_t i = 0; i < n; i++) {
        const struct article *a = article_at(job->all, links_quote_article(l, i));
        keys[i] = (struct key){words_of(&scratch, str_at(a->text, l->quotes[i].at)),
                               a->published == DAY_NONE ? INT32_MAX : a->published, i};
    }
    qsort(keys, n, sizeof(*keys), by_words);
    l->group_starts = arena_array(&l->memory, uint32_t, n + 2);
    l->group_quotes = arena_array(&l->memory, uint32_t, n + 1);
    l->n_groups = 1;
    for (uint32_t i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n && str_eq(keys[end].words, keys[i].words); end++)
            ;
        add_group(l, keys + i, end - i);
    }
    arena_finish(&scratch);
}
