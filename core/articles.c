/* What came in is copied once, into the arena of its segment; what was found stands beside it in
 * flat arrays for the whole segment, with one row of starts an article:
 *
 *     rows        [ article 1 | article 2 | ... ]
 *     starts      [ s m d q   | s m d q   | ... | s m d q ]   one more than rows
 *     found       sentences [ ..1.. | ..2.. | ... ], mentions [ ... ], ...
 *
 * so the rows of an article are two reads and no pointer is kept that growth could move.  A table
 * of malloc'd articles was left: a hundred thousand small blocks cost more than their texts. */
#include "core/articles.h"

#include <assert.h>
#include <time.h>

#include "core/index.h"

/* A title taken from the text is no longer than this, which is some two rows of a wide list. */
#define TITLE_BYTES_MAX 120

struct segment *segment_new(void)
{
    struct segment *s = mem_alloc(sizeof(*s));
    *s = (struct segment){.today = DAY_NONE};
    return s;
}

void segment_free(struct segment *s)
{
    if (!s)
        return;
    if (s->index)
        index_segment_free(s->index);
    vec_free(&s->found.sentences);
    vec_free(&s->found.mentions);
    vec_free(&s->found.dates);
    vec_free(&s->found.quotes);
    free(s->starts);
    vec_free(&s->rows);
    arena_finish(&s->memory);
    free(s);
}

/* ---- titles ---- */

/* Where to cut `line` so that at most TITLE_BYTES_MAX are left: behind a word, or, in a text
 * without blanks, between two characters. */
static size_t title_cut(struct str line)
{
    if (line.n <= TITLE_BYTES_MAX)
        return line.n;
    size_t n = TITLE_BYTES_MAX;
    while (n && ((unsigned char)line.p[n] & 0xc0) == 0x80)
        n--;
    for (size_t i = n; i > TITLE_BYTES_MAX / 2; i--)
        if (line.p[i] == ' ' || line.p[i] == '\t')
            return i;
    return n;
}

struct str title_from_text(struct str text)
{
    text = str_trim(text);
    const char *end = text.n ? memchr(text.p, '\n', text.n) : NULL;
    struct str line = end ? str_from(text.p, (size_t)(end - text.p)) : text;
    return str_trim(str_from(line.p, title_cut(line)));
}

/* The last part of a path, for an article that has neither title nor text. */
static struct str base_name(struct str path)
{
    size_t i = path.n;
    while (i && path.p[i - 1] != '/')
        i--;
    return str_from(path.p + i, path.n - i);
}

static void derive_title(struct article *a)
{
    a->title = title_from_text(a->text);
    a->title_in_text = a->title.n > 0;
    if (!a->title.n)
        a->title = base_name(a->path);
    if (!a->title.n)
        a->title = STR("untitled");
}

/* ---- filling ---- */

struct article *segment_add(struct segment *s, const struct article *given)
{
    assert(given->text.n <= ARTICLE_BYTES_MAX);
    struct article a = *given;
    a.path = arena_str(&s->memory, a.path);
    a.text = arena_str(&s->memory, a.text);
    a.outlet = arena_str(&s->memory, a.outlet);
    a.author = arena_str(&s->memory, a.author);
    a.url = arena_str(&s->memory, a.url);
    a.tags = arena_str(&s->memory, a.tags);
    if (a.title.n)
        a.title = arena_str(&s->memory, a.title);
    else
        derive_title(&a);
    if (!a.key.hi && !a.key.lo)
        a.key = article_key_of(a.text);
    s->text_bytes += a.text.n;
    vec_push(&s->rows, a);
    return vec_last(&s->rows);
}

/* ---- analysing ---- */

/* Of this thread's work: what others do on the machine does not count. */
static double seconds_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void mark_start(struct segment *s, size_t row)
{
    s->starts[row].sentence = (uint32_t)s->found.sentences.n;
    s->starts[row].mention = (uint32_t)s->found.mentions.n;
    s->starts[row].date = (uint32_t)s->found.dates.n;
    s->starts[row].quote = (uint32_t)s->found.quotes.n;
}

static void find_in_rows(struct segment *s, struct finder *f)
{
    s->starts = mem_alloc((s->rows.n + 1) * sizeof(*s->starts));
    for (size_t i = 0; i < s->rows.n; i++) {
        const struct article *a = &s->rows.v[i];
        int32_t today = a->published != DAY_NONE ? a->published : s->today;
        struct body body = {a->text, a->title_in_text ? str_from("", 0) : a->title, today};
        mark_start(s, i);
        if (f)
            find_all(f, &body, &s->memory, &s->found);
    }
    mark_start(s, s->rows.n);
    vec_trim(&s->found.sentences);
    vec_trim(&s->found.mentions);
    vec_trim(&s->found.dates);
    vec_trim(&s->found.quotes);
}

void segment_analyse(struct segment *s, struct finder *f, bool with_index)
{
    double begin = seconds_now();
    find_in_rows(s, f);
    double found = seconds_now();
    if (with_index)
        s->index = index_segment_build(s);
    s->find_seconds = found - begin;
    s->index_seconds = seconds_now() - found;
}

/* ---- asking ---- */

/* The segment that holds `id`, and the row within it; null when `id` is none or not there. */
static const struct segment *segment_of(const struct articles *all, article_id id, uint32_t *row)
{
    if (id.v == 0 || id.v > all->n)
        return NULL;
    uint32_t next;
    BISECT(next, 1, all->n_segments, all->segments[next]->first.v <= id.v);
    *row = id.v - all->segments[next - 1]->first.v;
    return all->segments[next - 1];
}

const struct article *article_at(const struct articles *all, article_id id)
{
    uint32_t row;
    const struct segment *s = segment_of(all, id, &row);
    return s ? &s->rows.v[row] : NULL;
}

/* As segment_of, but null for what is not analysed yet. */
static const struct segment *analysed_segment(const struct articles *all, article_id id,
                                              uint32_t *row)
{
    return id.v <= all->analysed ? segment_of(all, id, row) : NULL;
}

/* The rows of one kind that belong to article `id`, as a run of them. */
#define RUN_OF(all, id, type, array, start)                                                        \
    do {                                                                                           \
        uint32_t row;                                                                              \
        const struct segment *s = analysed_segment(all, id, &row);                                 \
        if (!s)                                                                                    \
            return (struct type){0};                                                               \
        uint32_t begin = s->starts[row].start;                                                     \
        uint32_t n = s->starts[row + 1].start - begin;                                             \
        return (struct type){n ? s->found.array.v + begin : NULL, n};                              \
    } while (0)

struct sentence_run article_sentences(const struct articles *all, article_id id)
{
    RUN_OF(all, id, sentence_run, sentences, sentence);
}

struct mention_run article_mentions(const struct articles *all, article_id id)
{
    RUN_OF(all, id, mention_run, mentions, mention);
}

struct date_run article_dates(const struct articles *all, article_id id)
{
    RUN_OF(all, id, date_run, dates, date);
}

struct quote_run article_quotes(const struct articles *all, article_id id)
{
    RUN_OF(all, id, quote_run, quotes, quote);
}

const struct sentence *sentence_at(struct sentence_run run, uint32_t at)
{
    uint32_t next;
    BISECT(next, 1, run.n, run.v[next].at.begin <= at);
    return run.n ? &run.v[next - 1] : NULL;
}
