/* One reading of all texts for two questions.
 *
 * Which passages repeat the words of a quotation without its marks?  The runs of five words of
 * every quotation of eight words and more are in one table; a run of the text outside quotations
 * that is there points at a wording, with which the sentences around it are aligned.
 *
 * Which article copies which?  Of the runs of five words of a text, the one in sixteen whose hash
 * says so is its sketch; an article half of whose sketch first stood in one earlier article is a
 * near copy of that one (Broder, 1997, for the sketch). */
#include "core/link_parts.h"
#include "core/link_quotes.h"

#include "core/shingles.h"

#define RUN_WORDS      5
#define PASSAGE_WORDS  8  /* fewer words in a row say nothing */
#define PART_WORDS     12
#define SAMPLE_WINDOW  4
#define SKETCH_EACH    16
#define INDIRECT_LOOKED 4 /* quotations in front of a passage that may report it */
#define BETWEEN_MAX    200 /* bytes between two quotations of one sentence */
#define COPY_SHARE     0.5f
#define COPY_RUNS      4  /* a sketch of fewer says nothing */
#define ORIGINALS_MAX  16

struct passages {
    const struct link_job *job;
    struct links *l;
    wording_vec *rows;
    uint32_t n_marked;            /* rows that are quotations with marks: 1..n_marked - 1 */
    uint32_t *starts;             /* article -> its first row; one more at the end */
    struct shingle_table *quoted; /* runs of quotations -> wordings */
    struct shingle_table *sketch; /* sketches -> articles, the first to hold them */
    article_id *order;            /* by day of publication */
    struct arena scratch;
};

/* What is read of a few articles by themselves, to be put together in their order. */
struct reading {
    const struct passages *p;
    const article_id *articles;
    uint32_t n;
    wording_vec found;
    VEC(uint64_t) sketch;              /* of all articles, one behind another */
    uint32_t ends[LINK_PART_ARTICLES]; /* where that of each ends */
    struct arena scratch;
};

static void add_quoted(struct passages *p)
{
    p->quoted = shingle_table_open();
    p->starts = arena_array(&p->scratch, uint32_t, p->l->n_articles + 2);
    uint32_t next = 0;
    for (uint32_t i = 1; i < p->n_marked; i++) {
        const struct wording *w = &p->rows->v[i];
        while (next <= w->article.v)
            p->starts[next++] = i;
        struct arena_mark mark = arena_mark(&p->scratch);
        struct word_run words = wording_words(p->job, w, &p->scratch);
        if (w->quote.kind != QUOTE_INDIRECT && words.n >= PASSAGE_WORDS) {
            struct shingle_run run = shingles_of(&p->scratch, words, RUN_WORDS, SAMPLE_WINDOW);
            for (uint32_t k = 0; k < run.n; k++)
                shingle_table_add(p->quoted, run.v[k].hash, i);
        }
        arena_release(&p->scratch, mark);
    }
    while (next <= p->l->n_articles + 1)
        p->starts[next++] = p->n_marked;
}

/* ---- passages ---- */

/* The words that `e` leaves as they are, and those in front of them that are the same too, which
 * the alignment may have given to other words: a "the" to one far away.  From word `from` of the
 * text on. */
static struct span same_words(const struct edit *e, struct word_run words, struct word_run text,
                              uint32_t from)
{
    uint32_t n = 0;
    while (n < e->begin && from + n < e->b_begin &&
           words.v[e->begin - n - 1].hash == text.v[e->b_begin - n - 1].hash)
        n++;
    return span_of(e->b_begin - n, e->b_end);
}

/* The part of `text` words around word `at` that repeats the wording: the words in common there,
 * and those to either side while four fifths of what lies between are in common too.  Empty: those
 * in common are fewer than PASSAGE_WORDS, or than PART_WORDS where others stand further off. */
static struct span repeated_part(struct reading *r, struct word_run text, const struct wording *w,
                                 uint32_t at)
{
    struct word_run words = wording_words(r->p->job, w, &r->scratch);
    struct edit_run edits = align_words(&r->scratch, words, text);
    struct span *runs = arena_array(&r->scratch, struct span, edits.n + 1);
    uint32_t n = 0, low = 0, same;
    for (uint32_t i = 0; i < edits.n; i++)
        if (edits.v[i].kind == EDIT_SAME && edits.v[i].end - edits.v[i].begin >= 3)
            runs[n] = same_words(&edits.v[i], words, text, n ? runs[n - 1].end : 0), n++;
    while (low < n && runs[low].end <= at)
        low++;
    if (low == n)
        return (struct span){0};
    uint32_t high = low;
    same = span_length(runs[low]);
    for (bool grown = true; grown;) {
        grown = false;
        if (high + 1 < n &&
            (same + span_length(runs[high + 1])) * 5 >= (runs[high + 1].end - runs[low].begin) * 4)
            same += span_length(runs[high + 1]), high++, grown = true;
        if (low > 0 &&
            (same + span_length(runs[low - 1])) * 5 >= (runs[high].end - runs[low - 1].begin) * 4)
            same += span_length(runs[low - 1]), low--, grown = true;
    }
    bool all = low == 0 && high + 1 == n;
    if (same < (all ? PASSAGE_WORDS : PART_WORDS))
        return (struct span){0};
    return span_of(text.v[runs[low].begin].at.begin, text.v[runs[high].end - 1].at.end);
}

/* The indirect speech that the passage lies in: who speaks there says it here; null: none. */
static const struct quote *report_of(const struct passages *p, article_id a, struct span at)
{
    uint32_t i;
    BISECT(i, p->starts[a.v], p->starts[a.v + 1], p->rows->v[i].quote.at.begin <= at.begin);
    for (uint32_t n = 0; n < INDIRECT_LOOKED && i > p->starts[a.v]; n++) {
        const struct quote *q = &p->rows->v[--i].quote;
        if (q->kind == QUOTE_INDIRECT && at.end <= q->at.end)
            return q;
    }
    return NULL;
}

/* A passage around word `at` of the article that repeats a wording; false: it does not. */
static bool find_passage(struct reading *r, article_id a, struct word_run words, uint32_t at,
                         uint32_t row, struct span free_part)
{
    const struct wording *w = &r->p->rows->v[row];
    uint32_t reach = span_length(w->quote.at) / 4 + 8, from = at > reach ? at - reach : 0;
    uint32_t to = at + reach < words.n ? at + reach : words.n;
    while (words.v[from].at.begin < free_part.begin)
        from++;
    while (to > from && words.v[to - 1].at.end > free_part.end)
        to--;
    if (at < from || at >= to)
        return false;
    struct span found =
        repeated_part(r, (struct word_run){words.v + from, to - from}, w, at - from);
    if (span_is_empty(found))
        return false;
    struct wording *x = vec_add(&r->found);
    x->article = a;
    x->group = wording_group(r->p->rows, row);
    x->quote =
        (struct quote){.at = found,
                       .kind = QUOTE_BLOCK,
                       .speaker_entity = w->quote.speaker_entity,
                       .rule = w->quote.speaker_entity.v ? SPEAKER_BY_WORDING : SPEAKER_UNKNOWN};
    const struct quote *report = report_of(r->p, a, found);
    if (report && report->speaker_entity.v)
        x->quote.speaker_entity = report->speaker_entity;
    return true;
}

/* Walks the stretches between the quotations of an article, in order. */
struct gaps {
    struct quote_run quotes;
    uint32_t next;    /* the first quotation not yet behind */
    struct span part; /* the stretch at hand */
    uint32_t text_end;
};

/* On to the stretch that holds byte `at` or lies behind it. */
static struct span gap_at(struct gaps *g, uint32_t at)
{
    while (g->part.end <= at && g->next < g->quotes.n) {
        const struct quote *q = &g->quotes.v[g->next++];
        if (q->kind == QUOTE_INDIRECT)
            continue;
        if (q->at.end > g->part.begin)
            g->part.begin = q->at.end;
        while (g->next < g->quotes.n && (g->quotes.v[g->next].kind == QUOTE_INDIRECT ||
                                         g->quotes.v[g->next].at.begin <= g->part.begin)) {
            const struct quote *inner = &g->quotes.v[g->next++];
            if (inner->kind != QUOTE_INDIRECT && inner->at.end > g->part.begin)
                g->part.begin = inner->at.end;
        }
        g->part.end = g->next < g->quotes.n ? g->quotes.v[g->next].at.begin : g->text_end;
    }
    return g->part;
}

/* Words between two quotations of one sentence: "a <quoted> of the crime, the local office
 * <quoted>". */
static bool is_between(struct str text, const struct gaps *g)
{
    if (g->part.begin == 0 || g->part.end >= g->text_end || span_length(g->part) > BETWEEN_MAX)
        return false;
    for (uint32_t i = g->part.begin - 1; i < g->part.end; i++)
        if (strchr(".!?\n", text.p[i]))
            return false;
    return true;
}

static struct gaps gaps_of(struct quote_run quotes, uint32_t text_end)
{
    uint32_t first = 0;
    while (first < quotes.n && quotes.v[first].kind == QUOTE_INDIRECT)
        first++;
    return (struct gaps){quotes, first,
                         span_of(0, first < quotes.n ? quotes.v[first].at.begin : text_end),
                         text_end};
}

/* `runs`: the hashes of the runs of words that begin at each. */
static void passages_in(struct reading *r, article_id a, struct word_run words,
                        const uint64_t *runs)
{
    uint32_t done = 0;
    struct str text = article_at(r->p->job->all, a)->text;
    struct gaps gaps = gaps_of(article_quotes(r->p->job->all, a), (uint32_t)text.n);
    for (uint32_t i = 0; i + RUN_WORDS <= words.n; i++) {
        const uint32_t *rows =
            words.v[i].at.begin < done ? NULL : shingle_table_rows(r->p->quoted, runs[i]);
        if (!rows)
            continue;
        struct span part = gap_at(&gaps, words.v[i].at.begin);
        if (part.begin < done)
            part.begin = done;
        if (is_between(text, &gaps))
            continue;
        if (words.v[i].at.begin < part.begin || words.v[i].at.begin >= part.end)
            continue;
        struct arena_mark mark = arena_mark(&r->scratch);
        bool found = false;
        for (uint32_t k = 0; k < SHINGLE_ROWS && rows[k] && !found; k++)
            found = find_passage(r, a, words, i, rows[k], part);
        if (found)
            done = vec_last(&r->found)->quote.at.end;
        arena_release(&r->scratch, mark);
    }
}

/* ---- near copies ---- */

struct original {
    uint32_t article, runs;
};

/* The article that most of the sketch stood in before, if that is enough of it. */
static void find_original(struct passages *p, article_id a, const uint64_t *sketch, uint32_t runs)
{
    struct original seen[ORIGINALS_MAX];
    uint32_t n = 0;
    for (uint32_t i = 0; i < runs; i++)
        shingle_table_expect(p->sketch, sketch[i]);
    for (uint32_t i = 0; i < runs; i++) {
        const uint32_t *rows = shingle_table_rows(p->sketch, sketch[i]);
        uint32_t k = 0;
        while (rows && k < n && seen[k].article != rows[0])
            k++;
        if (!rows)
            shingle_table_add(p->sketch, sketch[i], a.v);
        else if (k < n)
            seen[k].runs++;
        else if (n < ORIGINALS_MAX && rows[0] != a.v)
            seen[n++] = (struct original){rows[0], 1};
    }
    for (uint32_t k = 0; k < n && runs >= COPY_RUNS; k++)
        if ((float)seen[k].runs >= COPY_SHARE * (float)runs)
            p->l->near_copy_of[a.v].v = seen[k].article;
}

/* ---- reading ---- */

static void read_article(struct reading *r, article_id a)
{
    struct str text = article_at(r->p->job->all, a)->text;
    struct word_run words = words_of(&r->scratch, text, span_of(0, text.n));
    uint32_t n = words.n < RUN_WORDS ? 0 : words.n - RUN_WORDS + 1;
    uint64_t *runs = arena_alloc(&r->scratch, n * sizeof(*runs));
    for (uint32_t i = 0; i < n; i++) {
        runs[i] = shingle_at(words.v, i, RUN_WORDS);
        if (!(runs[i] >> 32 & (SKETCH_EACH - 1)))
            vec_push(&r->sketch, runs[i]);
    }
    passages_in(r, a, words, runs);
}

static void read_part(void *arg, uint32_t i)
{
    struct reading *r = (struct reading *)arg + i;
    for (uint32_t k = 0; k < r->n && !link_cancelled(r->p->job); k++) {
        struct arena_mark mark = arena_mark(&r->scratch);
        read_article(r, r->articles[k]);
        r->ends[k] = (uint32_t)r->sketch.n;
        arena_release(&r->scratch, mark);
    }
    arena_finish(&r->scratch);
}

static void put_together(struct passages *p, struct reading *r)
{
    vec_append(p->rows, r->found.v, r->found.n);
    for (uint32_t k = 0, from = 0; k < r->n && !link_cancelled(p->job); from = r->ends[k++])
        find_original(p, r->articles[k], r->sketch.v + from, r->ends[k] - from);
    vec_free(&r->found);
    vec_free(&r->sketch);
}

#define READ_AT_ONCE 16 /* parts: what is read but not yet put together stays small */

static void read_all(struct passages *p)
{
    struct reading parts[READ_AT_ONCE];
    for (uint32_t at = 0; at < p->l->n_articles && !link_cancelled(p->job);) {
        uint32_t n = 0;
        for (; n < READ_AT_ONCE && at < p->l->n_articles; n++) {
            uint32_t left = p->l->n_articles - at,
                     take = left < LINK_PART_ARTICLES ? left : LINK_PART_ARTICLES;
            parts[n] = (struct reading){.p = p, .articles = p->order + at, .n = take};
            at += take;
        }
        pool_share(p->job->pool, n, read_part, parts);
        for (uint32_t i = 0; i < n; i++)
            put_together(p, &parts[i]);
    }
}

/* Undated articles come last; then in the order they came in. */
static int by_publication(const void *a, const void *b, void *all)
{
    const article_id *x = a, *y = b;
    int32_t p = article_at(all, *x)->published, q = article_at(all, *y)->published;
    if (p != q)
        return p == DAY_NONE ? 1 : q == DAY_NONE ? -1 : p < q ? -1 : 1;
    return (x->v > y->v) - (x->v < y->v);
}

void link_passages(const struct link_job *job, struct links *l, wording_vec *rows)
{
    struct passages p = {.job = job, .l = l, .rows = rows, .n_marked = (uint32_t)rows->n};
    add_quoted(&p);
    p.sketch = shingle_table_open();
    l->near_copy_of = arena_array(&l->memory, article_id, l->n_articles + 1);
    p.order = mem_alloc((l->n_articles + 1) * sizeof(*p.order));
    for (uint32_t i = 0; i < l->n_articles; i++)
        p.order[i].v = i + 1;
    qsort_r(p.order, l->n_articles, sizeof(*p.order), by_publication, (void *)job->all);
    read_all(&p);
    free(p.order);
    arena_finish(&p.scratch);
    shingle_table_close(p.quoted);
    shingle_table_close(p.sketch);
}
