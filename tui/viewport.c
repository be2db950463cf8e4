/* Every operation sets what it wants and lets two clamps put the promises right: the top may not
 * leave blank space, and the selection may not leave the view.  Sums are made in signed 64 bits and
 * cut to the list before they become rows, so a count of two thousand million moves to the end. */
#include "tui/viewport.h"

static size_t clamp(int64_t v, size_t most)
{
    return v < 0 ? 0 : (uint64_t)v > most ? most : (size_t)v;
}

static size_t last_row(const struct viewport *v)
{
    return v->n ? v->n - 1 : 0;
}

static size_t last_top(const struct viewport *v)
{
    return v->n > v->height ? v->n - v->height : 0;
}

static size_t margin_of(const struct viewport *v)
{
    size_t most = (v->height - 1) / 2;
    return v->margin < most ? v->margin : most;
}

/* The view follows the selection. */
static void follow(struct viewport *v)
{
    size_t margin = margin_of(v);
    if (v->selected < v->top + margin)
        v->top = v->selected > margin ? v->selected - margin : 0;
    if (v->selected + margin >= v->top + v->height)
        v->top = v->selected + margin + 1 - v->height;
    if (v->top > last_top(v))
        v->top = last_top(v);
}

/* The selection follows the view; at the list's ends the margin ends too. */
static void drag(struct viewport *v)
{
    size_t margin = margin_of(v);
    size_t first = v->top == 0 ? 0 : v->top + margin;
    size_t last = v->top >= last_top(v) ? last_row(v) : v->top + v->height - 1 - margin;
    if (v->selected < first)
        v->selected = first;
    if (v->selected > last)
        v->selected = last;
}

void viewport_fit(struct viewport *v, size_t n, size_t height)
{
    v->n = n;
    v->height = height ? height : 1;
    viewport_select(v, v->selected);
}

void viewport_select(struct viewport *v, size_t row)
{
    v->selected = row < v->n ? row : last_row(v);
    follow(v);
}

void viewport_move(struct viewport *v, long by)
{
    viewport_select(v, clamp((int64_t)v->selected + by, last_row(v)));
}

void viewport_page(struct viewport *v, long halves)
{
    int64_t most = (int64_t)v->n + 1; /* pages beyond that end at the same row */
    int64_t step = halves % 2      ? (int64_t)(v->height + 1) / 2
                   : v->height > 2 ? (int64_t)v->height - 2
                                   : 1;
    int64_t times = halves % 2 ? halves : halves / 2;
    times = times > most ? most : times < -most ? -most : times;
    int64_t wanted = (int64_t)v->top + times * step;
    int64_t moved = (int64_t)clamp(wanted, last_top(v)) - (int64_t)v->top;
    v->top = (size_t)((int64_t)v->top + moved);
    if (moved != times * step)
        v->selected = times > 0 ? last_row(v) : 0;
    else
        v->selected = clamp((int64_t)v->selected + moved, last_row(v));
    follow(v);
}

void viewport_scroll(struct viewport *v, long by)
{
    v->top = clamp((int64_t)v->top + by, last_top(v));
    drag(v);
}

void viewport_put(struct viewport *v, enum viewport_place place)
{
    size_t above = place == VIEWPORT_TOP      ? margin_of(v)
                   : place == VIEWPORT_MIDDLE ? (v->height - 1) / 2
                                              : v->height - 1 - margin_of(v);
    v->top = v->selected > above ? v->selected - above : 0;
    follow(v);
}

void viewport_jump(struct viewport *v, size_t row)
{
    bool seen = row >= v->top && row < v->top + v->height;
    viewport_select(v, row);
    if (!seen)
        viewport_put(v, VIEWPORT_MIDDLE);
}

size_t viewport_row_at(const struct viewport *v, unsigned percent)
{
    if (percent > 100)
        percent = 100;
    return (size_t)((uint64_t)last_row(v) * percent / 100);
}
