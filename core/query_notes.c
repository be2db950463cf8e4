/* Notes become the rows of a small case, so that they are asked by the same code as articles: its
 * texts are what notes say, its fields those of their articles.  It is made anew for each question:
 * notes are few, and change. */
#include "core/query_notes.h"

#include "core/query_tree.h"
#include "core/text.h"

/* ---- articles, by their notes ---- */

static struct noted_run notes_of(const struct notes_asked *n, article_id a)
{
    return notes_in_article(n->notes, n->dossier, a);
}

static bool is_unread(void *ctx, article_id a)
{
    struct notes_asked *n = ctx;
    return n->unread && n->unread(n->ctx, a);
}

static bool is_noted(void *ctx, article_id a)
{
    return notes_of(ctx, a).n > 0;
}

/* Tags are compared as words are: case and accents make no difference. */
static bool is_tagged(void *ctx, article_id a, struct str tag)
{
    struct noted_run run = notes_of(ctx, a);
    struct arena scratch = {0};
    struct str want = text_fold(&scratch, tag, FOLD_ALL);
    bool found = false;
    for (uint32_t i = 0; i < run.n && !found; i++) {
        struct note folded = {.tags = text_fold(&scratch, run.v[i].note->tags, FOLD_ALL)};
        found = note_has_tag(&folded, want);
    }
    arena_finish(&scratch);
    return found;
}

static bool is_labelled(void *ctx, article_id a, uint32_t label)
{
    struct noted_run run = notes_of(ctx, a);
    uint32_t i = 0;
    while (i < run.n && run.v[i].note->label != label)
        i++;
    return i < run.n;
}

static bool is_in_state(void *ctx, article_id a, struct str state)
{
    struct noted_run run = notes_of(ctx, a);
    uint32_t i = 0;
    while (i < run.n && !str_eq(str_of(note_state_name(run.v[i].state)), state))
        i++;
    return i < run.n;
}

struct query_outside notes_outside(struct notes_asked *n)
{
    return (struct query_outside){is_unread, is_noted, is_tagged, is_labelled, is_in_state, n};
}

/* ---- notes, as rows ---- */

struct table {
    struct segment rows; /* row i: the note i of `all` */
    const struct segment *segments[1];
    struct articles articles;
    struct index *index;
    article_id *article_of; /* by the number of a row, from 1 */
    struct noted_run all;
    struct notes_asked *asked;
};

/* ", " between, as tags of articles are parted. */
static struct str tags_of(struct arena *a, struct str tags)
{
    char *out = arena_alloc(a, tags.n + 1);
    for (size_t i = 0; i < tags.n; i++)
        out[i] = tags.p[i] == ' ' ? ',' : tags.p[i];
    return str_from(out, tags.n);
}

static void add_row(struct table *t, const struct dossier *d, const struct noted *n)
{
    struct arena *a = &t->rows.memory;
    const struct article *row = dossier_article(d, n->article);
    struct str words = note_words(a, n->note), exact = n->note->anchor.exact;
    vec_push(&t->rows.rows,
             ((struct article){
                 .title = row->title,
                 .outlet = row->outlet,
                 .published = row->published,
                 .author = arena_printf(a, "%.*s | %.*s", (int)row->author.n,
                                        row->author.p ? row->author.p : "", (int)n->note->author.n,
                                        n->note->author.p ? n->note->author.p : ""),
                 .tags = tags_of(a, n->note->tags),
                 .text = arena_printf(a, "%.*s\n%.*s", (int)exact.n, exact.p ? exact.p : "",
                                      (int)words.n, words.p ? words.p : ""),
                 .title_in_text = true, /* the index leaves it out */
             }));
    t->article_of[t->rows.rows.n] = n->article;
}

static void open_table(struct table *t, struct notes_asked *n)
{
    *t = (struct table){.rows = {.first = {1}}, .all = notes_all(n->notes), .asked = n};
    t->article_of = arena_array(&t->rows.memory, article_id, t->all.n + 1);
    for (uint32_t i = 0; i < t->all.n; i++)
        add_row(t, n->dossier, &t->all.v[i]);
    t->segments[0] = &t->rows;
    t->articles = (struct articles){t->segments, 1, t->all.n, t->all.n};
    t->rows.index = index_segment_build(&t->rows);
    t->index = index_over(&t->rows.index, 1);
}

static void close_table(struct table *t)
{
    index_close(t->index);
    index_segment_free(t->rows.index);
    vec_free(&t->rows.rows);
    arena_finish(&t->rows.memory);
}

static bool row_unread(void *ctx, article_id row)
{
    struct table *t = ctx;
    return is_unread(t->asked, t->article_of[row.v]);
}

static bool row_noted(void *ctx, article_id row)
{
    (void)ctx;
    return row.v > 0;
}

static bool row_labelled(void *ctx, article_id row, uint32_t label)
{
    return ((struct table *)ctx)->all.v[row.v - 1].note->label == label;
}

static bool row_in_state(void *ctx, article_id row, struct str state)
{
    return str_eq(str_of(note_state_name(((struct table *)ctx)->all.v[row.v - 1].state)), state);
}

bool notes_query(const struct query *q, struct notes_asked *n, struct query_limits limits,
                 row_vec *out)
{
    struct table t;
    vec_clear(out);
    if (notes_all(n->notes).n == 0)
        return true;
    open_table(&t, n);
    struct query_outside outside = {row_unread, row_noted, NULL, row_labelled, row_in_state, &t};
    struct query_job job = {.all = &t.articles,
                            .index = t.index,
                            .links = dossier_links(n->dossier),
                            .outside = &outside,
                            .limits = limits,
                            .n = t.all.n,
                            .article_of = t.article_of};
    job.matching = arena_array(&job.memory, uint32_t, q->number + 1);
    job.matcher = query_uses(q) & QUERY_USES_PATTERN ? matcher_open() : NULL;
    article_set found = query_match(&job, q);
    for (uint32_t id = 0; (id = set_next(found, job.n, id + 1));)
        vec_push(out, id - 1);
    if (job.matcher)
        matcher_close(job.matcher);
    arena_finish(&job.memory);
    close_table(&t);
    return !job.cut_short;
}
