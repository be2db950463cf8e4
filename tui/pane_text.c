/* The text of an article.
 *
 * `j` scrolls while there is something to scroll and moves the cursor along, as a pager does, so
 * that a page is read at the top of the pane and not at its last row; at the ends the cursor walks
 * on alone.  A cursor that is put somewhere (a step, a search, a mention) scrolls no more than it
 * must.  Rows are made from the text for the width at hand and drawn one by one: a line of text
 * scrolled in a full-width pane draws one row. */
#include "tui/card.h"
#include "tui/text_pane.h"

#define MARGIN_COLS 3
#define MARGIN_COLS_NARROW 1
#define NARROW_COLS 40

static struct text_pane *of(struct pane *p)
{
    return (struct text_pane *)p;
}

/* ---- rows ---- */

static uint32_t head_rows(const struct text_pane *t)
{
    return t->head ? (uint32_t)wrap_rows(t->head) + 1 : 0;
}

uint32_t text_rows(const struct text_pane *t)
{
    return t->wrap ? head_rows(t) + (uint32_t)wrap_rows(t->wrap) : 0;
}

uint32_t text_row_of(const struct text_pane *t, uint32_t byte)
{
    return t->wrap ? head_rows(t) + (uint32_t)wrap_row_of(t->wrap, byte) : 0;
}

bool text_row_span(const struct text_pane *t, uint32_t row, struct span *out)
{
    if (row < head_rows(t) || row >= text_rows(t))
        return false;
    struct wrap_row r;
    if (!wrap_row(t->wrap, row - head_rows(t), &r))
        return false;
    *out = r.at;
    return true;
}

static uint32_t pane_rows(const struct text_pane *t)
{
    return t->pane.at.rows > 0 ? (uint32_t)t->pane.at.rows : 1;
}

static uint32_t top_max(const struct text_pane *t)
{
    uint32_t rows = text_rows(t);
    return rows > pane_rows(t) ? rows - pane_rows(t) : 0;
}

static int margin_cols(const struct text_pane *t)
{
    return t->pane.at.cols >= NARROW_COLS ? MARGIN_COLS : MARGIN_COLS_NARROW;
}

/* Headline and dateline, when the text does not begin with them itself. */
static void make_head(struct text_pane *t)
{
    const struct article *a = t->row;
    struct line l = {0};
    arena_finish(&t->memory);
    if (!a->title_in_text)
        line_put_flat(&l, a->title, look_of(FACE_HEADLINE));
    t->headline_bytes = (uint32_t)l.text.n;
    const char *between = l.text.n ? "\n" : "";
    const struct str parts[] = {a->outlet, {NULL, 0}, a->author, a->tags};
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        if (i == 1 ? a->published == DAY_NONE : parts[i].n == 0)
            continue;
        line_printf(&l, FACE_DATELINE, "%s", between);
        if (i == 1)
            put_day(&l, a->published, FACE_DATELINE);
        else
            line_put_flat(&l, parts[i], look_of(FACE_DATELINE));
        between = " · ";
    }
    t->head_text = arena_str(&t->memory, line_text(&l));
    line_free(&l);
}

static void wrap_all(struct text_pane *t, int cols, bool reflow)
{
    if (t->wrap)
        wrap_resize(t->wrap, cols);
    else
        t->wrap = wrap_open(t->text, cols);
    if (t->cols == 0 || reflow != t->reflow)
        wrap_reflow(t->wrap, reflow);
    t->cols = cols;
    t->reflow = reflow;
    if (t->head)
        wrap_resize(t->head, cols);
    else if (t->head_text.n)
        t->head = wrap_open(t->head_text, cols);
}

/* For another width: the row at the top still shows the byte it showed. */
static void rewrap(struct text_pane *t, const struct app *app)
{
    int room = t->pane.at.cols - margin_cols(t);
    int cols = room < 1 ? 1 : room;
    if (cols > app->settings.v[SETTING_MEASURE])
        cols = app->settings.v[SETTING_MEASURE];
    bool reflow = app->settings.v[SETTING_REFLOW];
    if (!t->row || (t->wrap && cols == t->cols && reflow == t->reflow))
        return;
    struct span first;
    bool in_body = text_row_span(t, t->top, &first);
    wrap_all(t, cols, reflow);
    if (in_body)
        t->top = text_row_of(t, first.begin);
    t->pane.dirty = true;
}

static void settle(struct text_pane *t)
{
    if (t->top > top_max(t))
        t->top = top_max(t);
}

void text_put_cursor(struct text_pane *t, struct app *app, uint32_t byte)
{
    app_lay_out(app);
    rewrap(t, app);
    t->cursor = byte;
    t->resting = false;
    t->prefer = THING_NONE;
    uint32_t row = text_row_of(t, byte), rows = pane_rows(t);
    if (row < t->top || row >= t->top + rows)
        t->top = row > rows / 3 ? row - rows / 3 : 0;
    settle(t);
}

/* ---- opening an article ---- */

static void close_wraps(struct text_pane *t)
{
    if (t->wrap)
        wrap_close(t->wrap);
    if (t->head)
        wrap_close(t->head);
    t->wrap = t->head = NULL;
    t->cols = 0;
}

static void load(struct text_pane *t, struct app *app, article_id id)
{
    t->article = id;
    t->row = dossier_article(app->dossier, id);
    t->text = t->row->text;
    t->top = t->cursor = 0;
    t->mode = SELECT_NONE;
    t->prefer = THING_NONE;
    close_wraps(t);
    make_head(t);
    text_load_things(t, app);
    t->pane.dirty = true;
}

void text_show(struct pane *p, struct app *app, struct passage where)
{
    struct text_pane *t = of(p);
    if (where.article.v != t->article.v)
        load(t, app, where.article);
    if (where.at.begin >= t->text.n)
        where.at.begin = 0;
    text_put_cursor(t, app, where.at.begin);
    if (where.at.begin == 0 && where.at.end == 0)
        t->top = 0;
    if (!span_is_empty(where.at))
        t->prefer = THING_PASSAGE;
    t->shown = where.at;
}

article_id text_article(const struct pane *p)
{
    return ((const struct text_pane *)p)->article;
}

uint32_t text_cursor(const struct pane *p)
{
    return ((const struct text_pane *)p)->cursor;
}

bool text_let_go(struct pane *p, struct app *app)
{
    (void)app;
    struct text_pane *t = of(p);
    bool was = t->mode != SELECT_NONE;
    t->mode = SELECT_NONE;
    return was;
}

/* ---- drawing ---- */

/* The stretches of a row that look alike, one after another. */
static int put_body(struct text_pane *t, struct app *app, struct rect at, int y,
                    const struct wrap_row *row)
{
    struct span shown = span_of(row->at.begin, row->shown_end);
    int x = 0;
    text_paint(t, app, shown);
    for (uint32_t from = shown.begin, to = from; from < shown.end; from = to) {
        struct look look = t->looks.v[from - shown.begin];
        while (to < shown.end && memcmp(&t->looks.v[to - shown.begin], &look, sizeof look) == 0)
            to++;
        x += wrap_put(t->wrap, app->frame, at, x, y, span_of(from, to), look);
    }
    return x;
}

static int put_head(struct text_pane *t, struct app *app, struct rect at, int y, uint32_t i)
{
    struct wrap_row row;
    if (!wrap_row(t->head, i, &row))
        return 0;
    enum face face = row.at.begin < t->headline_bytes ? FACE_HEADLINE : FACE_DATELINE;
    return wrap_put(t->head, app->frame, at, 0, y, span_of(row.at.begin, row.shown_end),
                    look_of(face));
}

static void draw_row(struct text_pane *t, struct app *app, uint32_t row)
{
    struct rect left = t->pane.at, at = left;
    int y = (int)(row - t->top), margin = margin_cols(t), used = 0;
    left.cols = margin < at.cols ? margin : at.cols;
    at.x += left.cols;
    at.cols -= left.cols;
    struct wrap_row body;
    char sign[8];
    enum face face = FACE_MARGIN;
    struct str mark = {NULL, 0};
    if (row < head_rows(t)) {
        used = put_head(t, app, at, y, row);
    } else if (t->wrap && wrap_row(t->wrap, row - head_rows(t), &body)) {
        mark = text_margin(t, body.at, sign, &face);
        used = put_body(t, app, at, y, &body);
    }
    frame_fill(app->frame, at, used, y, look_of(FACE_TEXT));
    used = frame_put(app->frame, left, 0, y, mark, look_of(face));
    frame_fill(app->frame, left, used, y, look_of(FACE_TEXT));
}

static void draw_rows(struct text_pane *t, struct app *app, int64_t from, int64_t to)
{
    for (int64_t y = from < 0 ? 0 : from; y < to && y < t->pane.at.rows; y++)
        draw_row(t, app, t->top + (uint32_t)y);
}

/* The rows of the screen that show these bytes. */
static void draw_span(struct text_pane *t, struct app *app, struct span s)
{
    int64_t first = (int64_t)text_row_of(t, s.begin) - t->top;
    int64_t last = (int64_t)text_row_of(t, s.end > s.begin ? s.end - 1 : s.begin) - t->top;
    draw_rows(t, app, first, last + 1);
}

static bool span_eq(struct span a, struct span b)
{
    return a.begin == b.begin && a.end == b.end;
}

static void draw_changes(struct text_pane *t, struct app *app)
{
    int rows = t->pane.at.rows;
    int64_t moved = (int64_t)t->top - t->drawn.top;
    if (moved) {
        frame_scroll(app->frame, t->pane.at.y, rows, (int)moved);
        draw_rows(t, app, moved > 0 ? rows - moved : 0, moved > 0 ? rows : -moved);
    }
    struct span lit = text_lit(t), selected = text_selected(t);
    if (!span_eq(lit, t->drawn.cursor)) {
        if (!span_is_empty(t->drawn.cursor))
            draw_span(t, app, t->drawn.cursor);
        if (!span_is_empty(lit))
            draw_span(t, app, lit);
    }
    if (!span_eq(selected, t->drawn.selected)) {
        if (!span_is_empty(t->drawn.selected))
            draw_span(t, app, t->drawn.selected);
        if (!span_is_empty(selected))
            draw_span(t, app, selected);
    }
}

static void show_cursor(struct text_pane *t, struct app *app)
{
    struct wrap_row row;
    uint32_t at = text_row_of(t, t->cursor);
    if (at < t->top || at >= t->top + pane_rows(t) || at < head_rows(t) ||
        !wrap_row(t->wrap, at - head_rows(t), &row))
        return;
    int x = margin_cols(t) + wrap_col(t->wrap, &row, t->cursor);
    if (x < t->pane.at.cols)
        frame_cursor(app->frame, t->pane.at.x + x, t->pane.at.y + (int)(at - t->top));
}

/* A pane that lost rows still shows the cursor, if it showed it before. */
static void keep_cursor(struct text_pane *t)
{
    uint32_t row = t->wrap ? text_row_of(t, t->cursor) : 0, rows = pane_rows(t);
    if (rows < t->drawn.rows && row >= t->top + rows && row < t->top + t->drawn.rows)
        t->top = row - (rows - 1) + rows / 3;
    t->drawn.rows = rows;
}

static void text_draw(struct pane *p, struct app *app, bool focused)
{
    struct text_pane *t = of(p);
    rewrap(t, app);
    keep_cursor(t);
    settle(t);
    text_load_hits(t, &app->search);
    int64_t moved = (int64_t)t->top - t->drawn.top;
    bool wide = p->at.x == 0 && p->at.cols == app->cols;
    if (t->drawn.generation != app->search.generation || t->drawn.focused != focused ||
        moved >= p->at.rows || -moved >= p->at.rows || (moved && !wide))
        p->dirty = true;
    t->drawn.focused = focused;
    if (p->dirty)
        draw_rows(t, app, 0, p->at.rows);
    else
        draw_changes(t, app);
    if (focused && t->row)
        show_cursor(t, app);
    p->dirty = false;
    t->drawn.top = t->top;
    t->drawn.cursor = text_lit(t);
    t->drawn.selected = text_selected(t);
    t->drawn.generation = app->search.generation;
}

/* ---- the contract of panes ---- */

static void text_close(struct pane *p)
{
    struct text_pane *t = of(p);
    close_wraps(t);
    arena_finish(&t->memory);
    vec_free(&t->quotes);
    vec_free(&t->notes);
    vec_free(&t->hits);
    vec_free(&t->again);
    vec_free(&t->looks);
    free(t);
}

static void text_taken(struct pane *p, struct app *app, unsigned changed)
{
    struct text_pane *t = of(p);
    if (!t->row || !(changed & (CHANGED_FOUND | CHANGED_LINKS | PANE_REFILL | PANE_NOTES)))
        return;
    text_load_things(t, app);
    p->dirty = true;
}

/* "” 3 of 7": the last quotation that begins at or before the cursor. */
static void put_place(struct text_pane *t, struct line *out)
{
    uint32_t rows = text_rows(t), below = t->top + pane_rows(t), n = 0;
    unsigned percent = below >= rows ? 100 : (unsigned)((uint64_t)below * 100 / rows);
    if (t->top == 0 && below >= rows)
        line_put(out, STR("all"), FACE_TEXT);
    else
        line_printf(out, FACE_TEXT, "%u%%", percent);
    while (n < t->quotes.n && t->quotes.v[n].at.begin <= t->cursor)
        n++;
    if (t->quotes.n && n)
        line_printf(out, FACE_TEXT, " · ” %u of %zu", n, t->quotes.n);
    else if (t->quotes.n)
        line_printf(out, FACE_TEXT, " · ” %zu", t->quotes.n);
}

static void put_nothing(struct app *app, struct line *out)
{
    uint32_t issues = dossier_issue_count(app->dossier);
    if (!dossier_progress(app->dossier).done)
        line_put(out, STR("Reading"), FACE_TITLE);
    else if (dossier_articles(app->dossier)->n > 0)
        line_put(out, STR("No article"), FACE_TITLE);
    else if (issues)
        line_printf(out, FACE_TITLE, "Nothing could be read · %u in :issues", issues);
    else
        line_put(out, STR("Nothing to read was found"), FACE_TITLE);
}

static void text_title(struct pane *p, struct app *app, struct line *out)
{
    struct text_pane *t = of(p);
    if (!t->row) {
        put_nothing(app, out);
        return;
    }
    const struct article *a = t->row;
    if (a->outlet.n)
        line_put_flat(out, a->outlet, look_of(FACE_TITLE));
    if (a->published != DAY_NONE) {
        if (a->outlet.n)
            line_put(out, STR(" · "), FACE_TITLE);
        put_day(out, a->published, FACE_TITLE);
    }
    if (!a->outlet.n) {
        line_put(out, a->published != DAY_NONE ? STR(" · ") : STR(""), FACE_TITLE);
        line_put_flat(out, a->title, look_of(FACE_TITLE));
    } else if (a->author.n) {
        line_put(out, STR(" · "), FACE_TITLE);
        line_put_flat(out, a->author, look_of(FACE_TITLE));
    }
    line_right(out);
    put_place(t, out);
}

/* The byte a row begins with; the text's own first for rows of the head. */
static uint32_t row_begin(const struct text_pane *t, uint32_t row)
{
    struct span span;
    return text_row_span(t, row, &span) ? span.begin : 0;
}

/* Scrolls by n rows, the cursor keeping its row of the screen; what cannot be scrolled is
 * walked. */
static void scroll(struct text_pane *t, int64_t n)
{
    int64_t row = text_row_of(t, t->cursor), last = (int64_t)text_rows(t) - 1;
    int64_t top = (int64_t)t->top + n, max = top_max(t), first = head_rows(t);
    int64_t to = row + n;
    if (row < t->top || row >= t->top + pane_rows(t))
        to = n > 0 ? t->top + n : (int64_t)t->top + pane_rows(t) - 1 + n;
    t->top = (uint32_t)(top < 0 ? 0 : top > max ? max : top);
    to = to > last ? last : to < first ? first : to;
    if (to < (int64_t)t->top)
        to = t->top;
    if (to >= (int64_t)t->top + pane_rows(t))
        to = (int64_t)t->top + pane_rows(t) - 1;
    t->cursor = row_begin(t, (uint32_t)to);
    t->resting = true; /* names that happen to stand at the edge do not flash by */
}

/* While selecting, lines are walked and the pane follows. */
static void walk(struct text_pane *t, struct app *app, int64_t n)
{
    int64_t to = (int64_t)text_row_of(t, t->cursor) + n, last = (int64_t)text_rows(t) - 1;
    uint32_t top = t->top;
    to = to < head_rows(t) ? head_rows(t) : to > last ? last : to;
    text_put_cursor(t, app, row_begin(t, (uint32_t)to));
    if (t->top != top && n * n == 1) /* one row out of sight: scroll one row */
        t->top = (uint32_t)((int64_t)top + n);
    settle(t);
}

static bool text_move(struct pane *p, struct app *app, enum move how, long n)
{
    struct text_pane *t = of(p);
    app_lay_out(app);
    rewrap(t, app);
    if (!t->wrap)
        return false;
    uint32_t top = t->top, cursor = t->cursor, rows = pane_rows(t);
    int64_t by = how == MOVE_PAGES ? n * (int64_t)(rows > 2 ? rows - 1 : 1)
                 : how == MOVE_HALVES ? n * (int64_t)(rows > 1 ? rows / 2 : 1) : n;
    if (how == MOVE_TO || how == MOVE_PERCENT) {
        int64_t to = how == MOVE_TO ? n - 1 : (int64_t)text_rows(t) * n / 100;
        int64_t last = (int64_t)text_rows(t) - 1;
        to = to < 0 ? 0 : to > last ? last : to;
        text_put_cursor(t, app, row_begin(t, (uint32_t)to));
        if (to == 0)
            t->top = 0;
    } else if (t->mode == SELECT_NONE) {
        scroll(t, by);
    } else {
        walk(t, app, by);
    }
    t->prefer = THING_NONE;
    app_text_moved(app);
    return t->top != top || t->cursor != cursor;
}

static bool text_thing(struct pane *p, struct app *app, struct thing *out)
{
    (void)app;
    struct text_pane *t = of(p);
    return t->row && !t->resting && text_thing_at(t, t->cursor, out);
}

/* With nothing under the cursor, the card is that of the article. */
static bool text_card(struct pane *p, struct app *app, struct line *out)
{
    struct text_pane *t = of(p);
    struct thing thing;
    int64_t note = t->row && !t->resting ? text_note(p) : 0;
    if (note)
        return note_card(app, note, out);
    if (!t->row || text_thing(p, app, &thing))
        return false;
    thing = (struct thing){.kind = THING_ARTICLE, .where = {t->article, {0, 0}}};
    card_put(app, &thing, out);
    return true;
}

static void text_search(struct pane *p, struct app *app, long n, bool incremental)
{
    struct text_pane *t = of(p);
    text_load_hits(t, &app->search);
    int64_t hits = (int64_t)t->hits.n, i = 0;
    if (n == 0 && !incremental)
        t->search_from = t->cursor;
    else if (n == 0 || hits == 0)
        text_put_cursor(t, app, incremental ? t->search_from : t->cursor);
    if (n == 0 || hits == 0) {
        if (n && !app->asking.command)
            app_say(app, FACE_MESSAGE, "Not in this article: g/ searches all");
        return;
    }
    uint32_t from = incremental ? t->search_from : t->cursor;
    while (i < hits && t->hits.v[i].begin < from + (n > 0 && !incremental))
        i++;
    i += n > 0 ? n - 1 : n; /* i is the first at or behind: the next one, or one past the last */
    bool round = i < 0 || i >= hits;
    i = ((i % hits) + hits) % hits;
    text_put_cursor(t, app, t->hits.v[i].begin);
    app_say(app, FACE_MESSAGE, "%lld of %lld%s", (long long)i + 1, (long long)hits,
            round ? ", round the end" : "");
    app_text_moved(app);
}

static void text_copy(struct pane *p, struct app *app, struct line *out)
{
    (void)app;
    struct text_pane *t = of(p);
    struct span row;
    if (text_row_span(t, text_row_of(t, t->cursor), &row))
        line_put_flat(out, str_trim(str_at(t->text, row)), look_of(FACE_TEXT));
}

static const struct pane_ops text_ops = {
    .close = text_close,
    .taken = text_taken,
    .title = text_title,
    .draw = text_draw,
    .move = text_move,
    .thing = text_thing,
    .card = text_card,
    .search = text_search,
    .copy = text_copy,
};

struct pane *text_open(struct app *app)
{
    (void)app;
    struct text_pane *t = mem_zalloc(sizeof *t);
    t->pane = (struct pane){.ops = &text_ops, .name = "Text", .context = IN_TEXT, .dirty = true};
    return &t->pane;
}
