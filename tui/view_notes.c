/* All notes of the case, one a row, or those that a query answers; and the review, in which each
 * note whose place is not sure stands over what it stood in and what stands there now. */
#include "core/text.h"
#include "tui/app.h"
#include "tui/card.h"
#include "tui/panes.h"

enum order { BY_ARTICLE, BY_DATE, BY_TAG, BY_LABEL, BY_STATE, ORDERS };
static const char *const order_names[ORDERS] = {"article", "date", "tag", "label", "state"};

/* b of a heading row: which of the two lines under a note it is. */
enum { LINE_WAS = 1, LINE_NOW };

struct own {
    struct arena memory;
    struct str query;      /* as typed; empty: all */
    struct search words;   /* what of it stands in a note */
    bool review;
    enum order order;
    size_t shown;
};

/* ---- which ---- */

/* `#tag`, a state's name, else words looked for in the passage, the comment, the tags, the author. */
static bool answers(const struct own *o, const struct noted *n)
{
    if (o->query.n == 0)
        return true;
    if (o->query.p[0] == '#')
        return note_has_tag(n->note, o->query);
    if (str_starts(o->query, STR("tag:")))
        return note_has_tag(n->note, str_from(o->query.p + 4, o->query.n - 4));
    if (str_starts(o->query, STR("label:"))) {
        char label[5];
        return n->note->label && str_eq(str_from(label, utf8_encode(n->note->label, label)),
                                        str_from(o->query.p + 6, o->query.n - 6));
    }
    if (str_starts(o->query, STR("state:")))
        return str_eq(str_of(note_state_name(n->state)), str_from(o->query.p + 6, o->query.n - 6));
    struct arena a = {0};
    struct str author = n->note->author, words = note_words(&a, n->note), exact = n->note->anchor.exact;
    struct str all = arena_printf(&a, "%.*s\n%.*s\n%.*s", (int)exact.n, exact.p, (int)words.n, words.p ? words.p : "",
                                  (int)author.n, author.p);
    bool yes = search_matches(&o->words, all);
    arena_finish(&a);
    return yes;
}

/* ---- order ---- */

static int by(const struct own *o, const struct noted *a, const struct noted *b)
{
    switch (o->order) {
    case BY_DATE:
        return (a->note->changed < b->note->changed) - (a->note->changed > b->note->changed);
    case BY_TAG: /* untagged last */
        return a->note->tags.n && b->note->tags.n ? str_cmp(a->note->tags, b->note->tags)
                                                  : (a->note->tags.n == 0) - (b->note->tags.n == 0);
    case BY_LABEL:
        return (a->note->label - 1 > b->note->label - 1) - (a->note->label - 1 < b->note->label - 1);
    case BY_STATE:
        return (a->state > b->state) - (a->state < b->state);
    default:
        return 0;
    }
}

struct sorting {
    const struct own *own;
    const struct noted *v;
};

static int compare(const void *x, const void *y, void *ctx)
{
    const struct sorting *s = ctx;
    const struct list_row *a = x, *b = y;
    int c = by(s->own, &s->v[a->a], &s->v[b->a]);
    return c ? c : (a->a > b->a) - (a->a < b->a);
}

static void add_lines(struct list *l)
{
    VEC(struct list_row) all = {0};
    for (size_t i = 0; i < l->rows.n; i++) {
        struct list_row row = l->rows.v[i];
        vec_push(&all, row);
        vec_push(&all, ((struct list_row){0, row.a, LINE_WAS}));
        vec_push(&all, ((struct list_row){0, row.a, LINE_NOW}));
    }
    vec_clear(&l->rows);
    for (size_t i = 0; i < all.n; i++)
        vec_push(&l->rows, all.v[i]);
    vec_free(&all);
}

static bool fill(struct list *l, struct app *app, unsigned changed)
{
    struct own *o = l->own;
    if (changed && !(changed & (PANE_NOTES | PANE_REFILL)))
        return false;
    struct noted_run all = notes_all(app->notes);
    vec_clear(&l->rows);
    for (uint32_t i = 0; i < all.n; i++)
        if ((!o->review || all.v[i].state != NOTE_EXACT) && answers(o, &all.v[i]))
            vec_push(&l->rows, ((struct list_row){(uint64_t)all.v[i].note->id, i, 0}));
    o->shown = l->rows.n;
    struct sorting s = {o, all.v};
    if (l->rows.n && o->order != BY_ARTICLE)
        qsort_r(l->rows.v, l->rows.n, sizeof *l->rows.v, compare, &s);
    if (o->review)
        add_lines(l);
    return true;
}

static const struct noted *noted_of(struct app *app, const struct list_row *row)
{
    struct noted_run all = notes_all(app->notes);
    return row->a < all.n ? &all.v[row->a] : NULL;
}

/* ---- looks ---- */

static void put_sign(const struct noted *n, struct line *out)
{
    char label[5];
    if (n->state == NOTE_ORPHAN)
        line_put(out, STR("✗ "), FACE_ERROR);
    else if (n->state == NOTE_WEAK)
        line_put(out, STR("○ "), FACE_NOTE);
    else
        line_put(out, STR("● "), FACE_NOTE);
    if (n->note->label) {
        line_put(out, str_from(label, utf8_encode(n->note->label, label)), FACE_TAG);
        line_put(out, STR(" "), FACE_TEXT);
    }
}

static void put_words(const struct note *n, struct line *out, enum face face)
{
    struct arena a = {0};
    for (size_t i = 0; i < n->tags.n;) {
        const char *blank = memchr(n->tags.p + i, ' ', n->tags.n - i);
        size_t len = blank ? (size_t)(blank - n->tags.p) - i : n->tags.n - i;
        line_put(out, STR("#"), FACE_TAG);
        line_put_flat(out, str_from(n->tags.p + i, len), look_of(FACE_TAG));
        line_put(out, STR(" "), FACE_TEXT);
        i += len + 1;
    }
    line_put_flat(out, n->comment, look_of(face));
    arena_finish(&a);
}

/* "was  …before [words] after…" */
static void put_was(const struct anchor *a, struct line *out)
{
    line_put(out, STR("    was  "), FACE_COUNT);
    line_put_flat(out, a->before, look_of(FACE_TEXT));
    line_put_flat(out, a->exact, look_of(FACE_REMOVED));
    line_put_flat(out, a->after, look_of(FACE_TEXT));
}

static void put_now(struct app *app, const struct noted *n, struct line *out)
{
    const struct article *a = dossier_article(app->dossier, n->article);
    line_put(out, STR("    now  "), FACE_COUNT);
    if (n->state == NOTE_ORPHAN) {
        line_put(out, STR("not found, or in two places alike: select words, then gR"), FACE_ERROR);
        return;
    }
    struct arena scratch = {0};
    struct anchor now = anchor_make(&scratch, a->text, n->at);
    line_put_flat(out, now.before, look_of(FACE_TEXT));
    line_put_flat(out, now.exact, look_of(FACE_ADDED));
    line_put_flat(out, now.after, look_of(FACE_TEXT));
    arena_finish(&scratch);
}

static void row_line(struct list *l, struct app *app, const struct list_row *row, struct line *out)
{
    const struct noted *n = noted_of(app, row);
    (void)l;
    if (!n)
        return;
    if (row->key == 0) {
        if (row->b == LINE_WAS)
            put_was(&n->note->anchor, out);
        else
            put_now(app, n, out);
        return;
    }
    put_sign(n, out);
    if (n->state < NOTE_MOVED)
        line_printf(out, FACE_ERROR, "%s ", note_state_name(n->state));
    if (n->note->anchor.exact.n)
        line_put_flat(out, n->note->anchor.exact, (struct look){FACE_TEXT, LOOK_NOTED});
    else
        line_put_flat(out, n->note->title, look_of(FACE_HEADLINE));
    line_put(out, STR("  "), FACE_TEXT);
    put_words(n->note, out, FACE_NOTE);
    line_right(out);
    line_put(out, STR("  "), FACE_TEXT);
    put_source(app, n->article, out, FACE_OUTLET);
}

static void title(struct list *l, struct app *app, struct line *out)
{
    struct own *o = l->own;
    line_printf(out, FACE_TITLE, "%s · %zu", o->review ? "Notes to confirm" : "Notes", o->shown);
    if (o->query.n)
        line_printf(out, FACE_TITLE, " of %u · %.*s", notes_all(app->notes).n, (int)o->query.n, o->query.p);
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
    put_sign(n, out);
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

static void moved(struct list *l, struct app *app, const struct list_row *row)
{
    const struct noted *n = noted_of(app, row);
    (void)l;
    if (n)
        app_go(app, (struct passage){n->article, n->at}, GO_SHOW);
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
    search_finish(&o->words);
    arena_finish(&o->memory);
    free(o);
}

static const struct list_source source = {
    .name = "Notes",
    .context = IN_NOTES,
    .fill = fill,
    .line = row_line,
    .thing = thing,
    .title = title,
    .moved = moved,
    .card = card,
    .close = close_list,
};

struct pane *notes_view_open(struct app *app, struct str query, bool review)
{
    struct own *o = mem_zalloc(sizeof *o);
    struct query_error error;
    o->query = arena_str(&o->memory, query);
    o->review = review;
    if (query.n && !search_set(&o->words, query, false, &error)) {
        app_error(app, "Column %u: %s", error.column + 1, error.what);
        arena_finish(&o->memory);
        free(o);
        return NULL;
    }
    return list_open(app, &source, o);
}

const char *notes_view_sort(struct pane *p, struct app *app)
{
    struct own *o = list_of(p)->own;
    o->order = (enum order)((o->order + 1) % ORDERS);
    p->ops->taken(p, app, PANE_NOTES);
    p->dirty = true;
    return order_names[o->order];
}
