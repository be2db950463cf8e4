/* Runs of things lie in order of begin; those that touch a row are found by a binary search and a
 * short walk, so that drawing a row costs the same in a long article.  Quotations nest: for them
 * the farthest end so far is kept beside. */
#include "core/text.h"
#include "tui/text_pane.h"

static void load_quotes(struct text_pane *t, struct quote_run run)
{
    uint32_t reach = 0;
    vec_clear(&t->quotes);
    for (uint32_t i = 0; i < run.n; i++) {
        const struct quote *q = &run.v[i];
        if (q->kind == QUOTE_INDIRECT)
            continue;
        reach = q->at.end > reach ? q->at.end : reach;
        vec_push(&t->quotes, ((struct text_quote){q->at, q->speaker, i, reach, q->speaker_entity,
                                                  q->group}));
    }
}

static void load_notes(struct text_pane *t, const struct app *app)
{
    struct noted_run run = notes_in_article(app->notes, app->dossier, t->article);
    uint32_t reach = 0;
    vec_clear(&t->notes);
    t->noted = false;
    for (uint32_t i = 0; i < run.n; i++) {
        const struct noted *n = &run.v[i];
        t->noted |= n->note->anchor.exact.n == 0;
        if (span_is_empty(n->at))
            continue;
        reach = n->at.end > reach ? n->at.end : reach;
        vec_push(&t->notes,
                 ((struct text_note){n->at, reach, n->note->label, label_face(app, n->note->label),
                                     n->note->id, n->state}));
    }
}

static void load_again(struct text_pane *t, const struct app *app)
{
    vec_clear(&t->again);
    for (uint32_t i = 0; app->settings.v[SETTING_DIM] && i < t->sentences.n; i++)
        vec_push(&t->again, seen_elsewhere(&app->seen, t->article, t->text, t->sentences.v[i].at));
}

void text_load_things(struct text_pane *t, struct app *app)
{
    t->sentences = dossier_sentences(app->dossier, t->article);
    t->mentions = dossier_mentions(app->dossier, t->article);
    t->dates = dossier_dates(app->dossier, t->article);
    load_quotes(t, dossier_quotes(app->dossier, t->article));
    load_notes(t, app);
    load_again(t, app);
}

void text_load_hits(struct text_pane *t, const struct search *s)
{
    if (t->hits_generation == s->generation && t->hits_article.v == t->article.v)
        return;
    vec_clear(&t->hits);
    if (t->row && search_is_set(s))
        search_in(s, t->text, &t->hits);
    t->hits_generation = s->generation;
    t->hits_article = t->article;
}

/* ---- finding in runs ---- */

/* How many of n spans, `stride` bytes apart and in order of begin, begin before `byte`. */
static uint32_t begins_before(const void *first, uint32_t n, size_t stride, uint32_t byte)
{
    const char *bytes = first;
    uint32_t i;
    BISECT(i, 0, n, ((const struct span *)(const void *)(bytes + i * stride))->begin < byte);
    return i;
}

#define BEGINS_BEFORE(run, byte)                                                                   \
    ((run).n ? begins_before(&(run).v[0].at, (uint32_t)(run).n, sizeof (run).v[0], byte) : 0)

/* The row of a run without overlaps that holds the byte, or -1. */
#define HOLDING(run, byte) holding(&(run).v[0].at, (run).n, sizeof (run).v[0], byte)

static int64_t holding(const struct span *first, uint32_t n, size_t stride, uint32_t byte)
{
    uint32_t i = n ? begins_before(first, n, stride, byte + 1) : 0;
    for (int back = 0; back < 3 && i > 0; back++) {
        i--;
        const struct span *s = (const void *)((const char *)first + i * stride);
        if (s->begin <= byte && byte < s->end)
            return i;
    }
    return -1;
}

int64_t text_quote_at(const struct text_pane *t, uint32_t byte)
{
    for (int64_t i = (int64_t)BEGINS_BEFORE(t->quotes, byte + 1) - 1; i >= 0; i--) {
        if (t->quotes.v[i].reach <= byte)
            return -1;
        if (byte < t->quotes.v[i].at.end)
            return i;
    }
    return -1;
}

const struct text_note *text_note_at(const struct text_pane *t, uint32_t byte)
{
    for (int64_t i = (int64_t)BEGINS_BEFORE(t->notes, byte + 1) - 1; i >= 0; i--) {
        if (t->notes.v[i].reach <= byte)
            return NULL;
        if (byte < t->notes.v[i].at.end)
            return &t->notes.v[i];
    }
    return NULL;
}

int64_t text_note(const struct pane *p)
{
    const struct text_pane *t = (const struct text_pane *)p;
    const struct text_note *n = t->row ? text_note_at(t, t->cursor) : NULL;
    return n ? n->id : 0;
}

/* ---- what the cursor is on ---- */

static bool mention_thing(const struct text_pane *t, int64_t i, struct thing *out)
{
    if (i < 0)
        return false;
    const struct mention *m = &t->mentions.v[i];
    *out = (struct thing){.kind = THING_ENTITY, .where = {t->article, m->at}, .entity = m->entity,
                          .row = (uint32_t)i};
    return true;
}

static bool date_thing(const struct text_pane *t, int64_t i, struct thing *out)
{
    if (i < 0)
        return false;
    *out = (struct thing){.kind = THING_DATE, .where = {t->article, t->dates.v[i].at},
                          .row = (uint32_t)i};
    return true;
}

static bool quote_thing(const struct text_pane *t, int64_t i, struct thing *out)
{
    if (i < 0)
        return false;
    const struct text_quote *q = &t->quotes.v[i];
    *out = (struct thing){.kind = THING_QUOTE, .where = {t->article, q->at}, .entity = q->entity,
                          .group = q->group, .row = q->row};
    return true;
}

bool text_thing_at(const struct text_pane *t, uint32_t byte, struct thing *out)
{
    int64_t quote = text_quote_at(t, byte);
    if (t->prefer == THING_QUOTE && quote_thing(t, quote, out))
        return true;
    return mention_thing(t, t->mentions.n ? HOLDING(t->mentions, byte) : -1, out) ||
           date_thing(t, t->dates.n ? HOLDING(t->dates, byte) : -1, out) ||
           quote_thing(t, quote, out);
}

struct span text_lit(const struct text_pane *t)
{
    struct thing thing;
    if (t->resting)
        return span_of(t->cursor, t->cursor);
    if (t->mode == SELECT_NONE && t->prefer == THING_PASSAGE && t->shown.begin == t->cursor)
        return t->shown;
    if (t->mode == SELECT_NONE && text_thing_at(t, t->cursor, &thing) &&
        (thing.kind != THING_QUOTE || t->prefer == THING_QUOTE))
        return thing.where.at;
    return span_of(t->cursor, t->cursor);
}

bool text_entity_near(struct pane *p, struct app *app, struct thing *out)
{
    (void)app;
    struct text_pane *t = (struct text_pane *)p;
    struct span row;
    if (!t->row)
        return false;
    if (mention_thing(t, t->mentions.n ? HOLDING(t->mentions, t->cursor) : -1, out))
        return true;
    if (!text_row_span(t, text_row_of(t, t->cursor), &row))
        return false;
    uint32_t i = BEGINS_BEFORE(t->mentions, t->cursor);
    if (i == t->mentions.n || t->mentions.v[i].at.begin >= row.end)
        i = BEGINS_BEFORE(t->mentions, row.begin);
    return i < t->mentions.n && t->mentions.v[i].at.begin < row.end &&
           mention_thing(t, (int64_t)i, out);
}

/* ---- stepping ---- */

struct steps {
    const char *one; /* "name" */
    enum thing_kind kind;
    const void *first;
    uint32_t n;
    size_t stride;
};

static struct steps steps_of(const struct text_pane *t, enum step_kind kind)
{
    switch (kind) {
    case STEP_ENTITY:
        return (struct steps){"Name", THING_ENTITY, t->mentions.n ? &t->mentions.v[0].at : NULL,
                              t->mentions.n, sizeof(struct mention)};
    case STEP_QUOTE:
        return (struct steps){"Quotation", THING_QUOTE, t->quotes.n ? &t->quotes.v[0].at : NULL,
                              (uint32_t)t->quotes.n, sizeof(struct text_quote)};
    case STEP_DATE:
        break;
    }
    return (struct steps){"Date", THING_DATE, t->dates.n ? &t->dates.v[0].at : NULL, t->dates.n,
                          sizeof(struct date)};
}

void text_step(struct pane *p, struct app *app, enum step_kind kind, long n)
{
    struct text_pane *t = (struct text_pane *)p;
    struct steps s = steps_of(t, kind);
    if (s.n == 0) {
        app_say(app, FACE_MESSAGE, "No %s in this article",
                kind == STEP_ENTITY ? "name" : kind == STEP_QUOTE ? "quotation" : "date");
        return;
    }
    /* From the top of an article the first one is the next, even when it stands at byte 0. */
    bool on_one = t->prefer == s.kind || t->cursor > 0;
    int64_t i = n > 0 ? (int64_t)begins_before(s.first, s.n, s.stride, t->cursor + on_one) - 1
                      : (int64_t)begins_before(s.first, s.n, s.stride, t->cursor);
    i += n;
    if (i < 0 || i >= (int64_t)s.n) {
        app_say(app, FACE_MESSAGE, "%s: this is the %s of %u", s.one, n > 0 ? "last" : "first",
                s.n);
        i = i < 0 ? 0 : (int64_t)s.n - 1;
    } else {
        app_say(app, FACE_MESSAGE, "%s %lld of %u", s.one, (long long)i + 1, s.n);
    }
    app->message.carded = true;
    const struct span *at = (const void *)((const char *)s.first + (size_t)i * s.stride);
    text_put_cursor(t, app, at->begin);
    t->prefer = (uint8_t)s.kind;
    app_text_moved(app);
}

/* ---- looks ---- */

static void paint(struct text_pane *t, struct span row, struct span what, int face, uint8_t flags)
{
    uint32_t from = what.begin > row.begin ? what.begin : row.begin;
    uint32_t to = what.end < row.end ? what.end : row.end;
    for (uint32_t i = from; i < to; i++) {
        struct look *look = &t->looks.v[i - row.begin];
        if (face >= 0)
            look->face = (uint8_t)face;
        look->flags |= flags;
    }
}

static void paint_sentences(struct text_pane *t, struct span row)
{
    uint32_t i = BEGINS_BEFORE(t->sentences, row.begin + 1);
    for (i -= i > 0; i < t->sentences.n && t->sentences.v[i].at.begin < row.end; i++) {
        const struct sentence *s = &t->sentences.v[i];
        if (s->flags & SENTENCE_FURNITURE)
            paint(t, row, s->at, FACE_FURNITURE, LOOK_DIM);
        else if (s->flags & SENTENCE_HEADLINE)
            paint(t, row, s->at, FACE_HEADLINE, 0);
        if (i < t->again.n && t->again.v[i])
            paint(t, row, s->at, -1, LOOK_DIM);
    }
}

static void paint_quotes(struct text_pane *t, struct span row)
{
    int64_t last = (int64_t)BEGINS_BEFORE(t->quotes, row.end) - 1, first = last;
    while (first >= 0 && t->quotes.v[first].reach > row.begin)
        first--;
    for (int64_t i = first + 1; i <= last; i++) {
        paint(t, row, t->quotes.v[i].at, FACE_QUOTE, 0);
        paint(t, row, t->quotes.v[i].speaker, FACE_SPEAKER, 0);
    }
}

static void paint_names(struct text_pane *t, struct span row)
{
    uint32_t i = BEGINS_BEFORE(t->mentions, row.begin);
    for (i -= i > 1 ? 2 : i; i < t->mentions.n && t->mentions.v[i].at.begin < row.end; i++)
        paint(t, row, t->mentions.v[i].at, face_of_mention(t->mentions.v[i].kind), 0);
}

static void paint_dates(struct text_pane *t, struct span row)
{
    uint32_t i = BEGINS_BEFORE(t->dates, row.begin);
    for (i -= i > 1 ? 2 : i; i < t->dates.n && t->dates.v[i].at.begin < row.end; i++)
        paint(t, row, t->dates.v[i].at, FACE_DATE, 0);
}

static void paint_notes(struct text_pane *t, struct span row)
{
    int64_t i = (int64_t)BEGINS_BEFORE(t->notes, row.end) - 1;
    for (; i >= 0 && t->notes.v[i].reach > row.begin; i--)
        paint(t, row, t->notes.v[i].at, -1, LOOK_NOTED);
}

/* Words under a label have its face, names and dates among them theirs; the inner of nested notes
 * is painted last. */
static void paint_labels(struct text_pane *t, struct span row)
{
    int64_t end = (int64_t)BEGINS_BEFORE(t->notes, row.end), i = end;
    while (i > 0 && t->notes.v[i - 1].reach > row.begin)
        i--;
    for (; i < end; i++)
        if (t->notes.v[i].label)
            paint(t, row, t->notes.v[i].at, (int)t->notes.v[i].face, 0);
}

static void paint_hits(struct text_pane *t, struct span row)
{
    uint32_t i = t->hits.n ? begins_before(t->hits.v, (uint32_t)t->hits.n, sizeof(struct span),
                                           row.begin) : 0;
    for (i -= i > 0; i < t->hits.n && t->hits.v[i].begin < row.end; i++)
        paint(t, row, t->hits.v[i], -1, LOOK_HIT);
}

void text_paint(struct text_pane *t, const struct app *app, struct span row)
{
    uint32_t n = span_length(row);
    vec_clear(&t->looks);
    vec_reserve(&t->looks, n + 1);
    memset(t->looks.v, 0, n * sizeof *t->looks.v); /* FACE_TEXT is the first face */
    paint_sentences(t, row);
    if (app->settings.v[SETTING_QUOTES])
        paint_quotes(t, row);
    paint_labels(t, row);
    if (app->settings.v[SETTING_NAMES])
        paint_names(t, row);
    if (app->settings.v[SETTING_DATES])
        paint_dates(t, row);
    paint_notes(t, row);
    paint_hits(t, row);
    paint(t, row, text_selected(t), -1, LOOK_SELECTED);
    if (t->drawn.focused || t->prefer)
        paint(t, row, text_lit(t), -1, LOOK_CURSOR);
}

/* The label of the first note that begins in this row, or a dot; a ring while its place waits for
 * the reader. */
static bool note_mark(const struct text_pane *t, struct span row, char out[8], enum face *face)
{
    uint32_t i = BEGINS_BEFORE(t->notes, row.begin);
    if (i == t->notes.n || t->notes.v[i].at.begin >= row.end)
        return false;
    const struct text_note *n = &t->notes.v[i];
    *face = n->face;
    if (n->state == NOTE_WEAK)
        strcpy(out, "○");
    else if (n->label)
        out[utf8_encode(n->label, out)] = 0;
    else
        strcpy(out, "●");
    return true;
}

struct str text_margin(const struct text_pane *t, struct span row, char out[8], enum face *face)
{
    uint32_t i = BEGINS_BEFORE(t->quotes, row.begin);
    if (note_mark(t, row, out, face))
        return str_of(out);
    *face = FACE_MARGIN;
    /* The opening mark stands before the quotation and may end the row above. */
    if (i < t->quotes.n && t->quotes.v[i].at.begin < row.end)
        return STR("”");
    return (struct str){NULL, 0};
}
