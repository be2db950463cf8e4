/* What a reading thread asks between two takes.  The tables answer; the door knows which of two to
 * ask: a row is the linkers' where links reach its article, and the finders' own where they do not
 * yet. */
#include "core/dossier_parts.h"

const struct articles *dossier_articles(const struct dossier *d)
{
    return &d->all;
}

const struct links *dossier_links(const struct dossier *d)
{
    return d->links;
}

const struct index *dossier_index(const struct dossier *d)
{
    return d->index;
}

const struct article *dossier_article(const struct dossier *d, article_id a)
{
    return article_at(&d->all, a);
}

struct mention_run dossier_mentions(const struct dossier *d, article_id a)
{
    return a.v <= d->links->n_articles ? links_mentions(d->links, a) : article_mentions(&d->all, a);
}

struct quote_run dossier_quotes(const struct dossier *d, article_id a)
{
    return a.v <= d->links->n_articles ? links_quotes(d->links, a) : article_quotes(&d->all, a);
}

struct date_run dossier_dates(const struct dossier *d, article_id a)
{
    return article_dates(&d->all, a);
}

struct sentence_run dossier_sentences(const struct dossier *d, article_id a)
{
    return article_sentences(&d->all, a);
}

article_id dossier_find_path(const struct dossier *d, struct str path)
{
    for (uint32_t i = 1; i <= d->all.n; i++)
        if (str_eq(article_at(&d->all, (article_id){i})->path, path))
            return (article_id){i};
    return NO_ARTICLE;
}

uint32_t dossier_issue_count(const struct dossier *d)
{
    return (uint32_t)d->issues.n;
}

const struct issue *dossier_issue_at(const struct dossier *d, uint32_t i)
{
    return &d->issues.v[i];
}

bool dossier_had_unreadable(const struct dossier *d)
{
    return d->unreadable;
}

/* ---- sums ---- */

static double seconds_between(struct timespec a, struct timespec b)
{
    return (double)(b.tv_sec - a.tv_sec) + (double)(b.tv_nsec - a.tv_nsec) * 1e-9;
}

static uint64_t found_bytes(const struct segment *s)
{
    return s->found.sentences.cap * sizeof(struct sentence) +
           s->found.mentions.cap * sizeof(struct mention) +
           s->found.dates.cap * sizeof(struct date) + s->found.quotes.cap * sizeof(struct quote);
}

struct dossier_sums dossier_sums(const struct dossier *d)
{
    struct dossier_sums t = {.articles = d->all.n, .bytes = d->text_bytes};
    for (size_t i = 0; i < d->segments.n; i++) {
        const struct segment *s = d->segments.v[i];
        for (size_t k = 0; k < s->rows.n; k++)
            t.words += s->rows.v[k].words;
        t.dates += s->found.dates.n;
        t.find_seconds += s->find_seconds;
        t.index_seconds += s->index_seconds;
        t.text_memory += s->memory.total_bytes;
        t.analysis_memory += found_bytes(s);
    }
    const struct links *l = d->links;
    t.terms = index_terms(d->index);
    t.mentions = l->n_mentions;
    t.quotes = l->n_quotes;
    t.entities = l->n_entities ? l->n_entities - 1 : 0;
    t.events = l->n_events ? l->n_events - 1 : 0;
    t.load_seconds = seconds_between(d->began, d->ended);
    memcpy(t.link_seconds, l->seconds, sizeof(t.link_seconds));
    t.index_memory = index_bytes(d->index);
    t.analysis_memory += l->memory.total_bytes + l->n_mentions * sizeof(*l->mentions);
    t.total_memory = t.text_memory + t.index_memory + t.analysis_memory;
    return t;
}
