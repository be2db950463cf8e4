/* Dated statements: each date that places something in time, with what its sentence tells of it.
 *
 * One article at a time, side by side on the pool: which dates count (event_dated.c), the clause of
 * the date (event_clause.c), what its words tell (event_told.c), to whom it happened
 * (event_fate.c), and who is named there or beside it. */
#include "core/event_parts.h"
#include "core/link_parts.h"

/* A sentence may be all of a hostile text: no more of it is read than so many bytes to either side
 * of the date. */
#define REACH        2000
#define NAMES_LOOKED 64 /* from the first of a sentence: for the same reason */

/* ---- entities ---- */

static void add_entity(struct statement *s, uint32_t id, bool near)
{
    uint32_t n = (uint32_t)s->n_entities + s->n_near;
    for (uint32_t i = 0; i < n; i++)
        if (s->entities[i] == id)
            return;
    if (n == STATEMENT_ENTITIES || !id)
        return;
    s->entities[n] = id;
    if (near)
        s->n_near++;
    else
        s->n_entities++;
}

static void add_entities(struct statement *s, struct mention_run names, struct span at, bool near)
{
    uint32_t i;
    BISECT(i, 0, names.n, names.v[i].at.begin < at.begin);
    for (uint32_t n = 0; n < NAMES_LOOKED && i < names.n && names.v[i].at.begin < at.end; i++, n++)
        if (names.v[i].kind != MENTION_PEOPLE)
            add_entity(s, names.v[i].entity.v, near);
}

/* Those named in `told`, then those in the sentences beside it of its paragraph; where paragraphs
 * are of one sentence, and it befell "a singer", the sentence behind says who that is. */
static void add_all_entities(struct statement *x, struct mention_run names, const struct dated *d,
                             struct span told)
{
    const struct sentence *s = d->sentence, *last = d->sentences.v + d->sentences.n - 1;
    bool before = s > d->sentences.v && s[-1].paragraph == s->paragraph;
    bool unnamed = x->fate.kind && !x->fate.who;
    add_entities(x, names, told, false);
    if (before)
        add_entities(x, names, s[-1].at, true);
    if (s < last && (s[1].paragraph == s->paragraph || (!before && unnamed)))
        add_entities(x, names, s[1].at, true);
}

/* ---- words ---- */

/* An arrest and an attack are no man's deed behind "cardiac" or "heart". */
static struct word_run with_names_marked(struct arena *a, struct word_run words,
                                         struct mention_run names)
{
    struct word *v = arena_array(a, struct word, words.n + 1);
    uint32_t k = 0;
    for (uint32_t i = 0; i < words.n; i++) {
        v[i] = words.v[i];
        while (k < names.n && names.v[k].at.end <= v[i].at.begin)
            k++;
        bool in_name = k < names.n && span_touches(names.v[k].at, v[i].at);
        in_name |= i > 0 && term_is_among(v[i - 1].term, "cardiac|heart|asthma");
        v[i].hash = in_name ? v[i].hash | WORD_IN_NAME : v[i].hash & ~WORD_IN_NAME;
    }
    return (struct word_run){v, words.n};
}

/* The names from the first that ends behind byte `from`. */
static struct mention_run names_from(struct mention_run names, uint32_t from)
{
    uint32_t i;
    BISECT(i, 0, names.n, names.v[i].at.end <= from);
    return (struct mention_run){names.v + i, names.n - i};
}

static struct span within_reach(struct str text, struct span sentence, struct span date)
{
    uint32_t begin = date.begin > sentence.begin + REACH ? date.begin - REACH : sentence.begin;
    uint32_t end = sentence.end > date.end + REACH ? date.end + REACH : sentence.end;
    while (begin > sentence.begin && ((unsigned char)text.p[begin] & 0xc0) == 0x80)
        begin--;
    while (end < sentence.end && ((unsigned char)text.p[end] & 0xc0) == 0x80)
        end++;
    return span_of(begin, end);
}

/* ---- gathering ---- */

struct gathering {
    const struct link_job *job;
    const struct links *l;
    struct statement *out; /* where the next goes */
    struct word_memory *memory;
    struct arena scratch;
};

static struct dated_words read_words(struct gathering *g, const struct dated *d,
                                     struct mention_run names, struct span told)
{
    struct span at = d->dates.v[d->date].at, read = within_reach(d->text, told, at);
    struct dated_words w = {.text = d->text,
                            .names = names_from(names, read.begin),
                            .clause = clause_of(d->text, read, d->dates, d->date)};
    w.words = with_names_marked(&g->scratch, words_of(&g->scratch, d->text, read), w.names);
    uint32_t *kinds = arena_array(&g->scratch, uint32_t, w.words.n + 1);
    for (uint32_t i = 0; i < w.words.n; i++)
        kinds[i] = word_known(g->memory, &w.words.v[i])->kinds;
    w.kinds = kinds;
    BISECT(w.first, 0, w.words.n, w.words.v[w.first].at.end <= at.begin);
    BISECT(w.behind, w.first, w.words.n, w.words.v[w.behind].at.begin < at.end);
    return w;
}

/* Kinds, words, fate and summary, from the part of the sentence that is told. */
static void read_sentence(struct gathering *g, struct statement *x, const struct dated *d,
                          struct mention_run names, struct span told)
{
    struct arena_mark mark = arena_mark(&g->scratch);
    struct dated_words words = read_words(g, d, names, told);
    x->summary = words.clause.at;
    statement_read_words(x, g->memory, &words);
    if (!x->bound)
        x->fate = fate_of(&words);
    arena_release(&g->scratch, mark);
}

static void gather_one(struct gathering *g, article_id id, const struct dated *d)
{
    const struct date *date = &d->dates.v[d->date];
    struct mention_run names = links_mentions(g->l, id);
    struct statement x = {.claim = {.article = id, .at = d->sentence->at, .date = d->date},
                          .days = date->days,
                          .value = date->value,
                          .until = dated_until(d),
                          .bound = dated_bounds(d)};
    struct span told = dated_told(d);
    read_sentence(g, &x, d, names, told);
    if (dated_loosely(d, x.kinds))
        return;
    const struct quote *post = dated_post(d);
    told.begin = clause_behind_dateline(d->text, told); /* its place and agency took no part */
    if (post)
        told.begin = x.claim.at.begin = x.summary.begin = post->at.begin;
    add_all_entities(&x, names, d, span_of(told.begin, d->sentence->at.end));
    *g->out++ = x;
}

static void gather_article(struct gathering *g, article_id id)
{
    const struct article *a = article_at(g->job->all, id);
    struct dated d = {.text = a->text,
                      .sentences = article_sentences(g->job->all, id),
                      .dates = article_dates(g->job->all, id),
                      .quotes = links_quotes(g->l, id),
                      .published = a->published};
    for (; d.date < d.dates.n; d.date++) {
        d.sentence = sentence_at(d.sentences, d.dates.v[d.date].at.begin);
        if (d.sentence && dated_states(&d))
            gather_one(g, id, &d);
    }
}

/* ---- on the pool ---- */

/* All parts write into one table, each from the row that it would begin at if every date stated
 * something: so it is there only once. */
struct parts {
    const struct link_job *job;
    const struct links *l;
    struct part {
        size_t begin, n;
    } *v;
    struct statement *rows;
};

static void gather_part(void *arg, uint32_t i)
{
    struct parts *p = arg;
    struct link_part articles = link_part(i, p->l->n_articles);
    struct gathering g = {p->job, p->l, p->rows + p->v[i].begin, word_memory_new(), {0}};
    for (uint32_t a = articles.first; a < articles.end && !link_cancelled(p->job); a++)
        gather_article(&g, (article_id){a});
    p->v[i].n = (size_t)(g.out - p->rows) - p->v[i].begin;
    arena_finish(&g.scratch);
    free(g.memory);
}

/* Where each part begins; how many rows there may be, with row 0. */
static size_t place_parts(struct parts *p, uint32_t n)
{
    size_t dates = 1;
    for (uint32_t i = 0; i < n; i++) {
        struct link_part articles = link_part(i, p->l->n_articles);
        p->v[i].begin = dates;
        for (uint32_t a = articles.first; a < articles.end; a++)
            dates += article_dates(p->job->all, (article_id){a}).n;
    }
    return dates;
}

void statements_gather(const struct link_job *job, const struct links *l, statement_vec *out)
{
    uint32_t n = link_parts(l->n_articles);
    struct parts p = {.job = job, .l = l, .v = mem_zalloc((n + 1) * sizeof(*p.v))};
    vec_reserve(out, place_parts(&p, n));
    vec_add(out);
    p.rows = out->v;
    pool_share(job->pool, n, gather_part, &p);
    for (uint32_t i = 0; i < n; i++) {
        memmove(out->v + out->n, out->v + p.v[i].begin, p.v[i].n * sizeof(*out->v));
        out->n += p.v[i].n;
    }
    free(p.v);
}
