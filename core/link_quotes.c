/* Wordings to quotations: every way in which the papers give one utterance, in one group.
 *
 *   1. All quotations of the case, earliest published first.  Each looks up its runs of three words
 *      among those of the groups before it; the few groups that share most are aligned word by
 * word, and the first that is alike enough takes it in (`alike` says what that is).
 *   2. link_passages.c adds the passages that repeat a quotation's words without marks.
 *   3. link_wordings.c joins what is too short for that, and hands on speakers.
 *   4. Groups get their numbers in the order of the articles.
 *
 * Each quotation is aligned with at most CANDIDATES others whatever the size of the case, so the
 * work is linear in the words.  Comparing all with all that share a common phrase was left: "one of
 * the" is in every case a thousand times.  A wording that changes a number, a name or a negation
 * stays in the group, where the board shows it as changed: apart, nobody would see the change. */
#include "core/link_quotes.h"

#include "core/shingles.h"

#define SHINGLE_WORDS 3
#define SAMPLE_WINDOW 3
#define CANDIDATES    3
#define MERGE_WORDS   8
#define TALLY_MAX     64

/* ---- all quotations of the case ---- */

/* The first name that touches `at`; null: none.  Names lie in order and apart. */
static const struct mention *name_at(struct mention_run names, struct span at)
{
    uint32_t i;
    BISECT(i, 0, names.n, names.v[i].at.end <= at.begin);
    return i < names.n && span_touches(names.v[i].at, at) ? &names.v[i] : NULL;
}

/* Is the name what the speaker's words come down to: "the Acme founder", linked as a whole, but not
 * "Voss's lawyer", "a clerk of Acme"? */
static bool is_head(struct str text, const struct mention *name, struct span speaker)
{
    static const char *const parts[] = {" of ", " for ",  " to ", " from ",
                                        " at ", " with ", " in "};
    if (name->kind == MENTION_LAW || name->at.end < speaker.end)
        return false;
    if (name->at.begin <= speaker.begin)
        return true;
    return !str_holds_any(str_at(text, span_of(speaker.begin, name->at.begin)), parts);
}

/* The finder says which of its mentions speaks; linking may have put more rows among them, so the
 * way there is by place. */
static entity_id speaker_of(const struct link_job *job, const struct links *l, article_id a,
                            const struct quote *q)
{
    struct mention_run linked = links_mentions(l, a), found = article_mentions(job->all, a);
    bool resolved = q->speaker_mention && q->speaker_mention <= found.n;
    if (!resolved && span_is_empty(q->speaker))
        return NO_ENTITY;
    const struct mention *name =
        name_at(linked, resolved ? found.v[q->speaker_mention - 1].at : q->speaker);
    bool speaks = name && (resolved || is_head(article_at(job->all, a)->text, name, q->speaker));
    return speaks ? name->entity : NO_ENTITY;
}

static void gather(const struct link_job *job, const struct links *l, wording_vec *rows)
{
    vec_add(rows);
    for (uint32_t i = 1; i <= l->n_articles; i++) {
        article_id a = {i};
        struct quote_run run = article_quotes(job->all, a);
        for (uint32_t k = 0; k < run.n; k++) {
            struct wording *w = vec_add(rows);
            w->article = a;
            w->quote = run.v[k];
            w->quote.speaker_entity = speaker_of(job, l, a, &run.v[k]);
        }
    }
}

struct word_run wording_words(const struct link_job *job, const struct wording *w, struct arena *a)
{
    struct word_run run = words_of(a, article_at(job->all, w->article)->text, w->quote.at);
    if (run.n > LINK_WORDS_MAX)
        run.n = LINK_WORDS_MAX;
    return run;
}

/* ---- grouping ---- */

uint32_t wording_group(wording_vec *rows, uint32_t row)
{
    while (rows->v[row].group)
        row = rows->v[row].group;
    return row;
}

struct grouping {
    const struct link_job *job;
    wording_vec *rows;
    struct shingle_table *table; /* runs of words -> wordings */
    struct arena scratch;
};

static int32_t day_or_last(const struct link_job *job, article_id a)
{
    int32_t day = article_at(job->all, a)->published;
    return day == DAY_NONE ? INT32_MAX : day;
}

struct dated_row {
    int32_t day;
    uint32_t row;
};

static int by_day(const void *a, const void *b)
{
    const struct dated_row *x = a, *y = b;
    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

/* Rows 1.. by day of publication, then as they stand; undated ones last. */
static uint32_t *rows_by_day(const struct link_job *job, const wording_vec *rows, struct arena *a)
{
    struct dated_row *order = arena_array(a, struct dated_row, rows->n);
    uint32_t n = (uint32_t)rows->n - 1;
    for (uint32_t i = 0; i < n; i++)
        order[i] = (struct dated_row){day_or_last(job, rows->v[i + 1].article), i + 1};
    if (n)
        qsort(order, n, sizeof(*order), by_day);
    uint32_t *out = arena_array(a, uint32_t, n + 1);
    for (uint32_t i = 0; i < n; i++)
        out[i] = order[i].row;
    return out;
}

struct tally {
    uint32_t row, count;
};

static void count_row(struct tally *t, uint32_t *n, uint32_t row)
{
    for (uint32_t i = 0; i < *n; i++)
        if (t[i].row == row) {
            t[i].count++;
            return;
        }
    if (*n < TALLY_MAX)
        t[(*n)++] = (struct tally){row, 1};
}

/* The wordings that share most runs with these shingles, most first. */
static uint32_t candidates(struct grouping *g, struct shingle_run run, uint32_t *out)
{
    struct tally t[TALLY_MAX];
    uint32_t n = 0, n_out = 0;
    for (uint32_t i = 0; i < run.n; i++)
        shingle_table_expect(g->table, run.v[i].hash);
    for (uint32_t i = 0; i < run.n; i++) {
        const uint32_t *rows = shingle_table_rows(g->table, run.v[i].hash);
        for (uint32_t k = 0; rows && k < SHINGLE_ROWS && rows[k]; k++)
            count_row(t, &n, rows[k]);
    }
    while (n_out < CANDIDATES) {
        struct tally *best = NULL;
        for (uint32_t i = 0; i < n; i++)
            if (t[i].count && (!best || t[i].count > best->count))
                best = &t[i];
        if (!best)
            break;
        out[n_out++] = best->row;
        best->count = 0;
    }
    return n_out;
}

/* What words [begin, end) say: short ones, mostly articles and prepositions, say less. */
static float weight_of(struct word_run words, uint32_t begin, uint32_t end)
{
    float sum = 0;
    for (uint32_t i = begin; i < end; i++)
        sum += words.v[i].term.n < 4 ? 0.4f : 1.0f;
    return sum;
}

/* Two wordings are of one utterance when the shorter is in the longer: all but a fifth of it for a
 * few words, three fifths of it for many; somewhat less when the same person speaks. */
static bool alike(const struct wording *x, const struct wording *y, struct word_run a,
                  struct word_run b, struct edit_run edits)
{
    uint32_t least = a.n < b.n ? a.n : b.n;
    entity_id p = x->quote.speaker_entity, q = y->quote.speaker_entity;
    if (least < 4)
        return edits.same == least && p.v && p.v == q.v;
    float share = least < 8 ? 0.8f : 0.6f, same = 0;
    if (p.v && q.v)
        share += p.v == q.v ? -0.05f : 0.15f;
    for (uint32_t i = 0; i < edits.n; i++)
        if (edits.v[i].kind == EDIT_SAME)
            same += weight_of(a, edits.v[i].begin, edits.v[i].end);
    float all_a = weight_of(a, 0, a.n), all_b = weight_of(b, 0, b.n);
    return same >= share * (all_a < all_b ? all_a : all_b);
}

/* A wording that holds two others whole makes one group of theirs: what one paper gives in pieces,
 * the next prints at length.  Not for a few words, which many a speech may hold. */
static void join_groups(struct grouping *g, uint32_t row, uint32_t other, uint32_t least)
{
    uint32_t ours = wording_group(g->rows, row), theirs = wording_group(g->rows, other);
    if (ours != theirs && least >= MERGE_WORDS)
        g->rows->v[theirs].group = ours;
}

/* Joins `row` to the group of a wording before it, or leaves it to stand for one of its own. */
static void place(struct grouping *g, uint32_t row)
{
    struct wording *w = &g->rows->v[row];
    struct word_run words = wording_words(g->job, w, &g->scratch);
    struct shingle_run run =
        shingles_of(&g->scratch, words, SHINGLE_WORDS, words.n <= 12 ? 1 : SAMPLE_WINDOW);
    uint32_t others[CANDIDATES], n = candidates(g, run, others);
    for (uint32_t i = 0; i < n; i++) {
        const struct wording *other = &g->rows->v[others[i]];
        if (other->article.v == w->article.v && span_touches(other->quote.at, w->quote.at))
            continue;
        if (w->group && wording_group(g->rows, others[i]) == wording_group(g->rows, row))
            continue; /* nothing left to decide */
        struct word_run theirs = wording_words(g->job, other, &g->scratch);
        struct edit_run edits = align_words(&g->scratch, theirs, words);
        if (!alike(other, w, theirs, words, edits))
            continue;
        if (w->group)
            join_groups(g, row, others[i], theirs.n < words.n ? theirs.n : words.n);
        else
            w->group = wording_group(g->rows, others[i]);
    }
    bool adds_words = !w->group || words.n > 8;
    for (uint32_t i = 0; adds_words && i < run.n; i++)
        shingle_table_add(g->table, run.v[i].hash, row);
}

static void group_rows(const struct link_job *job, wording_vec *rows)
{
    struct grouping g = {.job = job, .rows = rows, .table = shingle_table_open()};
    struct arena keep = {0};
    uint32_t *order = rows_by_day(job, rows, &keep);
    for (uint32_t i = 0; i + 1 < rows->n; i++) {
        struct arena_mark mark = arena_mark(&g.scratch);
        place(&g, order[i]);
        arena_release(&g.scratch, mark);
    }
    arena_finish(&keep);
    arena_finish(&g.scratch);
    shingle_table_close(g.table);
}

/* ---- the final tables ---- */

static int by_place(const void *a, const void *b, void *rows)
{
    const struct wording *x = (const struct wording *)rows + *(const uint32_t *)a;
    const struct wording *y = (const struct wording *)rows + *(const uint32_t *)b;
    if (x->article.v != y->article.v)
        return x->article.v < y->article.v ? -1 : 1;
    if (x->quote.at.begin != y->quote.at.begin)
        return x->quote.at.begin < y->quote.at.begin ? -1 : 1;
    return (x->quote.at.end < y->quote.at.end) - (x->quote.at.end > y->quote.at.end);
}

static uint32_t *rows_by_place(const wording_vec *rows, struct arena *a)
{
    uint32_t n = (uint32_t)rows->n - 1, *order = arena_array(a, uint32_t, n + 1);
    for (uint32_t i = 0; i < n; i++)
        order[i] = i + 1;
    qsort_r(order, n, sizeof(*order), by_place, rows->v);
    return order;
}

/* Copies the rows into l->quotes in `order`, which is theirs by place; groups are numbered as they
 * come up.  `position` maps rows to places in l->quotes. */
static void fill_quotes(struct links *l, wording_vec *rows, const uint32_t *order,
                        uint32_t *position)
{
    uint32_t n = (uint32_t)rows->n - 1;
    struct arena scratch = {0};
    uint32_t *number = arena_array(&scratch, uint32_t, rows->n);
    l->n_quotes = n;
    l->quotes = arena_array(&l->memory, struct quote, n + 1);
    l->quote_starts = arena_array(&l->memory, uint32_t, l->n_articles + 2);
    l->n_groups = 1;
    uint32_t a = 0;
    for (uint32_t i = 0; i < n; i++) {
        struct wording *w = &rows->v[order[i]];
        while (a < w->article.v)
            l->quote_starts[++a] = i;
        uint32_t root = wording_group(rows, order[i]);
        if (!number[root])
            number[root] = l->n_groups++;
        l->quotes[i] = w->quote;
        l->quotes[i].group.v = number[root];
        position[order[i]] = i;
    }
    while (a <= l->n_articles)
        l->quote_starts[++a] = n;
    arena_finish(&scratch);
}

/* Group runs, earliest published first: one pass over the rows in order of day, by counting. */
static void fill_groups(const struct link_job *job, struct links *l, const wording_vec *rows,
                        const uint32_t *position)
{
    struct arena scratch = {0};
    uint32_t *order = rows_by_day(job, rows, &scratch), n = l->n_quotes;
    l->group_starts = arena_array(&l->memory, uint32_t, l->n_groups + 2);
    l->group_quotes = arena_array(&l->memory, uint32_t, n + 1);
    for (uint32_t i = 0; i < n; i++)
        l->group_starts[l->quotes[i].group.v + 2]++;
    for (uint32_t g = 1; g < l->n_groups + 2; g++)
        l->group_starts[g] += l->group_starts[g - 1];
    for (uint32_t i = 0; i < n; i++) {
        uint32_t at = position[order[i]];
        l->group_quotes[l->group_starts[l->quotes[at].group.v + 1]++] = at;
    }
    arena_finish(&scratch);
}

void link_quotes(const struct link_job *job, struct links *l)
{
    wording_vec rows = {0};
    gather(job, l, &rows);
    group_rows(job, &rows);
    link_passages(job, l, &rows);
    struct arena scratch = {0};
    uint32_t *order = rows_by_place(&rows, &scratch),
             *position = arena_array(&scratch, uint32_t, rows.n);
    link_echoes(job, &rows, order, (uint32_t)rows.n - 1);
    link_speakers(&rows);
    fill_quotes(l, &rows, order, position);
    fill_groups(job, l, &rows, position);
    arena_finish(&scratch);
    vec_free(&rows);
}
