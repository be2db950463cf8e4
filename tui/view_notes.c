/* All notes of the case, one a row, or those that answer a query, under headings; by tag, a note
 * with three tags in three places.  What the reader wrote comes first, the passage after, since
 * what does not fit is the end.  The review is the same list of those whose place is not sure, each
 * over what it stood in and what stands there now (review.c). */
#include "core/text.h"
#include "tui/app.h"
#include "tui/card.h"
#include "tui/panes.h"
#include "tui/review.h"

enum order { BY_ARTICLE, BY_DATE, BY_TAG, BY_LABEL, BY_STATE, ORDERS };
static const char *const order_names[ORDERS] = {"article", "date", "tag", "label", "state"};

/* Rows: a is the row of notes_all; b, by tag, which of the note's tags it stands under.  Key 0: a
 * heading, or in the review one of the rows under a note, b of it. */
struct own {
    byte_vec query;        /* as typed; empty: all */
    bool review;
    enum order order;
    size_t shown;          /* notes */
    struct review laid;    /* the note drawn last, side by side */
};

/* ---- which ---- */

/* The rows of notes_all that the query answers; false, said: it is none. */
static bool answering(struct app *app, struct str text, row_vec *out)
{
    struct arena memory = {0};
    struct query *query = app_parse_query(app, &memory, text);
    struct deadline d;
    struct query_limits limits = {.guard = deadline_guard(&d, QUERY_BUDGET_MS)};
    if (query && !notes_query(query, app_asked(app), limits, out))
        app_say(app, FACE_MESSAGE, "The filter took too long and was cut short");
    arena_finish(&memory);
    return query;
}

/* The i-th tag; empty: there are not so many. */
static struct str tag_at(const struct note *n, uint32_t i)
{
    size_t at = 0;
    while (i > 0 && at < n->tags.n)
        i -= n->tags.p[at++] == ' ';
    const char *blank = at < n->tags.n ? memchr(n->tags.p + at, ' ', n->tags.n - at) : NULL;
    return str_from(n->tags.p + at, blank ? (size_t)(blank - n->tags.p) - at : n->tags.n - at);
}

/* A note stands once, or under each of its tags. */
static void add_note(struct list *l, const struct noted *n, uint32_t i)
{
    struct own *o = l->own;
    uint32_t tag = 0;
    o->shown++;
    do
        vec_push(&l->rows,
                 ((struct list_row){(uint64_t)n->note->id | (uint64_t)tag << 48, i, tag}));
    while (o->order == BY_TAG && !o->review && tag_at(n->note, ++tag).n);
}

/* ---- order ---- */

struct sorting {
    enum order order;
    const struct noted *v;
};

static int by(enum order order, const struct noted *a, const struct noted *b, struct str tag_a,
              struct str tag_b)
{
    switch (order) {
    case BY_DATE:
        return (a->note->changed < b->note->changed) - (a->note->changed > b->note->changed);
    case BY_TAG: /* untagged last */
        return tag_a.n && tag_b.n ? str_cmp(tag_a, tag_b) : (tag_a.n == 0) - (tag_b.n == 0);
    case BY_LABEL:
        return (a->note->label - 1 > b->note->label - 1) -
               (a->note->label - 1 < b->note->label - 1);
    case BY_STATE:
        return (a->state > b->state) - (a->state < b->state);
    default:
        return 0;
    }
}

static int compare(const void *x, const void *y, void *ctx)
{
    const struct sorting *s = ctx;
    const struct list_row *a = x, *b = y;
    const struct noted *m = &s->v[a->a], *n = &s->v[b->a];
    int c = by(s->order, m, n, tag_at(m->note, a->b), tag_at(n->note, b->b));
    return c ? c : (a->a > b->a) - (a->a < b->a);
}

/* Puts rows under others: `under` says how many rows with key 0 go before and behind row i. */
static void put_between(struct list *l, struct app *app,
                        void (*under)(struct list *l, struct app *app, size_t i, uint32_t *before,
                                      uint32_t *behind))
{
    VEC(struct list_row) all = {0};
    for (size_t i = 0; i < l->rows.n; i++) {
        struct list_row row = l->rows.v[i];
        uint32_t before = 0, behind = 0;
        under(l, app, i, &before, &behind);
        for (uint32_t k = 0; k < before; k++)
            vec_push(&all, ((struct list_row){0, row.a, row.b}));
        vec_push(&all, row);
        for (uint32_t k = 0; k < behind; k++)
            vec_push(&all, ((struct list_row){0, row.a, k}));
    }
    vec_clear(&l->rows);
    vec_append(&l->rows, all.v, all.n);
    vec_free(&all);
}

static void a_heading(struct list *l, struct app *app, size_t i, uint32_t *before, uint32_t *behind)
{
    const struct own *o = l->own;
    const struct noted *v = notes_all(app->notes).v;
    const struct list_row *row = &l->rows.v[i], *last = row - 1;
    (void)behind;
    *before = i == 0 || (o->order == BY_ARTICLE && v[last->a].article.v != v[row->a].article.v) ||
              by(o->order, &v[last->a], &v[row->a], tag_at(v[last->a].note, last->b),
                 tag_at(v[row->a].note, row->b)) != 0;
}

static void its_contexts(struct list *l, struct app *app, size_t i, uint32_t *before,
                         uint32_t *behind)
{
    struct own *o = l->own;
    (void)before;
    *behind = review_lay(&o->laid, app, &notes_all(app->notes).v[l->rows.v[i].a], l->filled_cols);
}

static bool fill(struct list *l, struct app *app, unsigned changed)
{
    struct own *o = l->own;
    if (!list_anew(l, changed, PANE_NOTES | PANE_REFILL | (o->review ? PANE_WIDTH : 0)))
        return false;
    struct noted_run all = notes_all(app->notes);
    row_vec rows = {0};
    struct str query = bytes_str(&o->query);
    bool some = query.n && answering(app, query, &rows);
    o->shown = 0;
    o->laid.of = NULL;
    for (uint32_t k = 0; k < (some ? (uint32_t)rows.n : all.n); k++) {
        uint32_t i = some ? rows.v[k] : k;
        if (!o->review || all.v[i].state != NOTE_EXACT)
            add_note(l, &all.v[i], i);
    }
    vec_free(&rows);
    struct sorting s = {o->order, all.v};
    if (l->rows.n && o->order != BY_ARTICLE)
        qsort_r(l->rows.v, l->rows.n, sizeof *l->rows.v, compare, &s);
    if (o->review)
        put_between(l, app, its_contexts);
    else if (o->order != BY_DATE)
        put_between(l, app, a_heading);
    return true;
}

static const struct noted *noted_of(struct app *app, const struct list_row *row)
{
    struct noted_run all = notes_all(app->notes);
    return row->a < all.n ? &all.v[row->a] : NULL;
}

/* ---- looks ---- */

static void put_sign(struct app *app, const struct noted *n, struct line *out)
{
    char label[5];
    if (n->state == NOTE_ORPHAN)
        line_put(out, STR("✗ "), FACE_ERROR);
    else if (n->state == NOTE_WEAK)
        line_put(out, STR("○ "), FACE_NOTE);
    else
        line_put(out, STR("● "), FACE_NOTE);
    if (n->note->label) {
        line_put(out, str_from(label, utf8_encode(n->note->label, label)),
                 label_face(app, n->note->label));
        line_put(out, STR(" "), FACE_TEXT);
    }
}

static void put_words(const struct note *n, struct line *out, enum face face)
{
    for (size_t i = 0; i < n->tags.n;) {
        const char *blank = memchr(n->tags.p + i, ' ', n->tags.n - i);
        size_t len = blank ? (size_t)(blank - n->tags.p) - i : n->tags.n - i;
        line_put(out, STR("#"), FACE_TAG);
        line_put_flat(out, str_from(n->tags.p + i, len), look_of(FACE_TAG));
        line_put(out, n->comment.n || i + len < n->tags.n ? STR(" ") : STR(""), FACE_TEXT);
        i += len + 1;
    }
    line_put_flat(out, n->comment, look_of(face));
}

static void heading_line(struct app *app, const struct own *o, const struct list_row *row,
                         struct line *out)
{
    const struct noted *n = noted_of(app, row);
    struct str tag = tag_at(n->note, row->b);
    char label[5];
    if (o->order == BY_ARTICLE) {
        put_source(app, n->article, out, FACE_OUTLET);
        line_put(out, STR(" · "), FACE_COUNT);
        line_put_flat(out, dossier_article(app->dossier, n->article)->title,
                      look_of(FACE_HEADLINE));
    } else if (o->order == BY_TAG && tag.n) {
        line_put(out, STR("#"), FACE_TAG);
        line_put_flat(out, tag, look_of(FACE_TAG));
    } else if (o->order == BY_LABEL && n->note->label) {
        line_put(out, str_from(label, utf8_encode(n->note->label, label)),
                 label_face(app, n->note->label));
    } else {
        line_put(out, str_of(o->order == BY_TAG ? "untagged" : o->order == BY_LABEL ? "no label"
                             : note_state_name(n->state)), FACE_COUNT);
    }
}

/* At most a quarter of the row. */
static void put_source_right(struct list *l, struct app *app, article_id a, struct line *out)
{
    struct line source = {0};
    unsigned most = l->pane.at.cols > 48 ? (unsigned)l->pane.at.cols / 4 : 12;
    put_source(app, a, &source, FACE_OUTLET);
    line_right(out);
    line_put(out, STR("  "), FACE_TEXT);
    line_cell(out, line_text(&source), glyph_cols(line_text(&source), most), FACE_OUTLET);
    line_free(&source);
}

static void row_line(struct list *l, struct app *app, const struct list_row *row, struct line *out)
{
    struct own *o = l->own;
    const struct noted *n = noted_of(app, row);
    if (!n)
        return;
    if (row->key == 0 && o->review) {
        review_lay(&o->laid, app, n, l->filled_cols);
        review_line(&o->laid, row->b, out);
        return;
    }
    if (row->key == 0) {
        heading_line(app, o, row, out);
        return;
    }
    put_sign(app, n, out);
    if (n->state < NOTE_MOVED)
        line_printf(out, FACE_ERROR, "%s ", note_state_name(n->state));
    put_words(n->note, out, FACE_NOTE);
    if (n->note->tags.n + n->note->comment.n)
        line_put(out, STR("  "), FACE_TEXT);
    if (n->note->anchor.exact.n)
        line_put_flat(out, n->note->anchor.exact, (struct look){FACE_TEXT, LOOK_NOTED});
    else if (o->order == BY_ARTICLE && !o->review)
        line_put(out, STR("the article as a whole"), FACE_COUNT);
    else
        line_put_flat(out, n->note->title, look_of(FACE_HEADLINE));
    if (o->order != BY_ARTICLE || o->review)
        put_source_right(l, app, n->article, out);
}

static void title(struct list *l, struct app *app, struct line *out)
{
    struct own *o = l->own;
    line_printf(out, FACE_TITLE, "%s · %zu", o->review ? "Notes to confirm" : "Notes", o->shown);
    if (o->query.n)
        line_printf(out, FACE_TITLE, " of %u · %.*s", notes_all(app->notes).n, (int)o->query.n,
                    o->query.v);
    line_printf(out, FACE_TITLE, " by %s", order_names[o->order]);
    line_right(out);
    if (!o->shown)
        line_put(out, o->review ? STR("all are where they were") : STR("a makes one"), FACE_COUNT);
    else if (o->review)
        line_put(out, STR("+ accepts, gR on selected words"), FACE_COUNT);
}

bool note_card(struct app *app, int64_t id, struct line *out)
{
    const struct noted *n = notes_by_id(app->notes, id);
    if (!n)
        return false;
    put_sign(app, n, out);
    put_words(n->note, out, FACE_NOTE);
    if (n->state != NOTE_EXACT)
        line_printf(out, FACE_ERROR, " · %s", note_state_name(n->state));
    line_put(out, STR(" · "), FACE_CARD);
    line_put_flat(out, n->note->author, look_of(FACE_CARD));
    line_put(out, STR(", "), FACE_CARD);
    put_day(out, (int32_t)(n->note->changed / 86400), FACE_CARD);
    return true;
}

/* ---- the contract of lists ---- */

static bool thing(struct list *l, struct app *app, const struct list_row *row, struct thing *out)
{
    const struct noted *n = noted_of(app, row);
    (void)l;
    if (!n)
        return false;
    *out = (struct thing){.kind = THING_NOTE, .where = {n->article, n->at}, .note = n->note->id};
    return true;
}

static bool card(struct list *l, struct app *app, const struct list_row *row, struct line *out)
{
    const struct noted *n = noted_of(app, row);
    (void)l;
    return n && note_card(app, n->note->id, out);
}

static void close_list(struct list *l)
{
    struct own *o = l->own;
    vec_free(&o->query);
    review_finish(&o->laid);
}

/* What both lists are alike in. */
#define NOTES_LIST                                                                                 \
    .name = "Notes", .context = IN_NOTES, .fill = fill, .line = row_line, .thing = thing,          \
    .title = title, .moved = list_preview, .card = card, .close = close_list

static const struct list_source source = {NOTES_LIST};
static const struct list_source review_source = {NOTES_LIST, .tails = true, .by_width = true};

struct pane *notes_view_open(struct app *app, struct str query, bool review)
{
    if (query.n && !app_is_query(app, query))
        return NULL;
    struct own *o = mem_zalloc(sizeof *o);
    o->review = review;
    bytes_set(&o->query, query);
    return list_open(app, review ? &review_source : &source, o);
}

struct str notes_view_query(struct pane *p)
{
    const struct own *o = list_of(p)->own;
    return bytes_str(&o->query);
}

void notes_view_filter(struct pane *p, struct app *app, struct str query)
{
    struct own *o = list_of(p)->own;
    if (query.n && !app_is_query(app, query))
        return;
    bytes_set(&o->query, query);
    p->ops->taken(p, app, PANE_NOTES);
}

const char *notes_view_sort(struct pane *p, struct app *app)
{
    struct own *o = list_of(p)->own;
    o->order = (enum order)((o->order + 1) % ORDERS);
    p->ops->taken(p, app, PANE_NOTES);
    p->dirty = true;
    return order_names[o->order];
}
