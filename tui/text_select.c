/* Motions are functions from a byte to a byte; a selection is the stretch between the cursor and
 * an anchor, the character under the later one included, or the rows of both. */
#include "core/text.h"
#include "tui/text_pane.h"

/* ---- motions ---- */

static uint32_t word_next(struct str text, uint32_t at)
{
    struct token t;
    size_t from = at;
    if (!token_next(text, &from, &t))
        return (uint32_t)text.n;
    if (t.at.begin <= at && !token_next(text, &from, &t)) /* `at` was inside this one */
        return (uint32_t)text.n;
    return t.at.begin;
}

static uint32_t word_end(struct str text, uint32_t at)
{
    struct token t;
    for (size_t from = at; token_next(text, &from, &t);) {
        uint32_t last = (uint32_t)grapheme_before(text, t.at.end);
        if (last > at)
            return last;
    }
    return at;
}

/* The beginning of the last token that begins before `at`: from a little way back, on. */
static uint32_t word_back(struct str text, uint32_t at)
{
    for (uint32_t reach = 64;; reach *= 2) {
        uint32_t from = at > reach ? at - reach : 0, found = at;
        while (from > 0 && ((unsigned char)text.p[from] & 0xc0) == 0x80)
            from--;
        struct token t;
        bool whole = from == 0;
        for (size_t i = from; token_next(text, &i, &t) && t.at.begin < at;) {
            if (t.at.begin > from || from == 0)
                found = t.at.begin;
        }
        if (found < at || whole)
            return found < at ? found : 0;
    }
}

static const struct sentence *sentence_beside(const struct text_pane *t, uint32_t at, int step)
{
    const struct sentence *s = sentence_at(t->sentences, at);
    if (!s)
        return NULL;
    if (step < 0 && s->at.begin < at)
        return s;
    s += step;
    return s >= t->sentences.v && s < t->sentences.v + t->sentences.n ? s : NULL;
}

static uint32_t paragraph_move(const struct text_pane *t, uint32_t at, int step)
{
    const struct sentence *s = sentence_at(t->sentences, at);
    if (!s)
        return step < 0 ? 0 : (uint32_t)t->text.n;
    const struct sentence *end = t->sentences.v + t->sentences.n;
    uint32_t here = s->paragraph;
    if (step > 0) {
        while (s < end && s->paragraph == here)
            s++;
        return s < end ? s->at.begin : t->sentences.v[t->sentences.n - 1].at.end;
    }
    while (s > t->sentences.v && s[-1].paragraph == here)
        s--;
    if (s->at.begin >= at && s > t->sentences.v)
        for (here = (--s)->paragraph; s > t->sentences.v && s[-1].paragraph == here;)
            s--;
    return s->at.begin;
}

static uint32_t moved(const struct text_pane *t, enum motion m, int step)
{
    uint32_t at = t->cursor;
    const struct sentence *s;
    switch (m) {
    case MOTION_CHAR:
        return (uint32_t)(step > 0 ? grapheme_next(t->text, at) : grapheme_before(t->text, at));
    case MOTION_WORD:
        return step > 0 ? word_next(t->text, at) : word_back(t->text, at);
    case MOTION_WORD_END:
        return word_end(t->text, at);
    case MOTION_SENTENCE:
        s = sentence_beside(t, at, step);
        return s ? s->at.begin : at;
    case MOTION_PARAGRAPH:
        return paragraph_move(t, at, step);
    }
    return at;
}

void text_motion(struct pane *p, struct app *app, enum motion m, long n)
{
    struct text_pane *t = (struct text_pane *)p;
    int step = n < 0 ? -1 : 1;
    t->prefer = THING_NONE;
    for (long left = n * step; left > 0; left--) {
        uint32_t to = moved(t, m, step);
        if (to >= t->text.n)
            to = (uint32_t)grapheme_before(t->text, t->text.n);
        if (to == t->cursor)
            break;
        text_put_cursor(t, app, to);
    }
    app_text_moved(app);
}

/* ---- selecting ---- */

struct span text_selected(const struct text_pane *t)
{
    if (t->mode == SELECT_NONE || !t->row)
        return span_of(0, 0);
    uint32_t from = t->cursor < t->anchor ? t->cursor : t->anchor;
    uint32_t to = t->cursor < t->anchor ? t->anchor : t->cursor;
    if (t->mode == SELECT_CHARS)
        return span_of(from, grapheme_next(t->text, to));
    struct span first, last;
    if (!text_row_span(t, text_row_of(t, from), &first) ||
        !text_row_span(t, text_row_of(t, to), &last))
        return span_of(0, 0);
    return span_of(first.begin, last.end);
}

void text_select(struct pane *p, struct app *app, enum select_mode mode)
{
    struct text_pane *t = (struct text_pane *)p;
    if (t->mode == SELECT_NONE)
        t->anchor = t->cursor;
    t->mode = t->mode == mode ? SELECT_NONE : mode;
    t->prefer = THING_NONE;
    if (t->mode != SELECT_NONE)
        app_say(app, FACE_MESSAGE, "Selecting%s: y copies, v lets go",
                t->mode == SELECT_LINES ? " lines" : "");
}

void text_select_span(struct pane *p, struct app *app, struct span at)
{
    struct text_pane *t = (struct text_pane *)p;
    if (span_is_empty(at))
        return;
    t->mode = SELECT_CHARS;
    t->anchor = at.begin;
    text_put_cursor(t, app, (uint32_t)grapheme_before(t->text, at.end));
}

void text_other_end(struct pane *p, struct app *app)
{
    struct text_pane *t = (struct text_pane *)p;
    uint32_t to = t->anchor;
    t->anchor = t->cursor;
    text_put_cursor(t, app, to);
}

bool text_selection(const struct pane *p, struct span *out)
{
    struct span s = text_selected((const struct text_pane *)p);
    if (span_is_empty(s))
        return false;
    *out = s;
    return true;
}

struct span text_object(const struct pane *p, enum text_object what)
{
    const struct text_pane *t = (const struct text_pane *)p;
    const struct sentence *s = sentence_at(t->sentences, t->cursor), *last = s;
    struct thing thing;
    const struct text_note *note;
    int64_t i;
    switch (what) {
    case OBJECT_SENTENCE:
        return s ? s->at : span_of(0, 0);
    case OBJECT_PARAGRAPH:
        if (!s)
            return span_of(0, 0);
        while (s > t->sentences.v && s[-1].paragraph == s->paragraph)
            s--;
        while (last + 1 < t->sentences.v + t->sentences.n && last[1].paragraph == last->paragraph)
            last++;
        return span_of(s->at.begin, last->at.end);
    case OBJECT_QUOTE:
        i = text_quote_at(t, t->cursor);
        return i < 0 ? span_of(0, 0) : t->quotes.v[i].at;
    case OBJECT_ENTITY:
        return text_thing_at(t, t->cursor, &thing) && thing.kind == THING_ENTITY ? thing.where.at
                                                                                : span_of(0, 0);
    case OBJECT_NOTE:
        note = text_note_at(t, t->cursor);
        return note ? note->at : span_of(0, 0);
    }
    return span_of(0, 0);
}
