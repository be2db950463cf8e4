/* A buffer and a cursor, and a table from keys to small functions on them.
 *
 * All edits come down to `replace`: bytes [from, to) by others, the cursor behind.  Completion
 * keeps the list that the caller gave and steps through it; any key but Tab lets it go. */
#include "tui/prompt.h"

#include "core/text.h"
#include "tui/screen.h"

#define CTRL(letter) ((letter) & 31)

struct prompt {
    byte_vec label, text;
    size_t cursor;
    byte_vec killed; /* for ^Y */
    struct history *history;
    size_t older; /* how many lines back the text is; 0: the reader's own */
    byte_vec own; /* what was typed before going back */
    struct completer completer;
    struct candidates candidates;
    size_t selected;
    bool pasting;
    int offset; /* columns scrolled off to the left */
};

static struct str text_of(const struct prompt *p)
{
    return bytes_str(&p->text);
}

/* ---- life ---- */

struct prompt *prompt_open(void)
{
    struct prompt *p = mem_alloc(sizeof *p);
    *p = (struct prompt){.selected = SIZE_MAX};
    return p;
}

static void drop_candidates(struct prompt *p)
{
    vec_clear(&p->candidates.list);
    arena_finish(&p->candidates.arena);
    p->selected = SIZE_MAX;
}

void prompt_close(struct prompt *p)
{
    if (!p)
        return;
    drop_candidates(p);
    vec_free(&p->candidates.list);
    vec_free(&p->label);
    vec_free(&p->text);
    vec_free(&p->killed);
    vec_free(&p->own);
    free(p);
}

void prompt_start(struct prompt *p, struct str label, struct str text, struct history *history,
                  struct completer completer)
{
    drop_candidates(p);
    bytes_set(&p->label, label);
    text.n = text.n > PROMPT_BYTES ? PROMPT_BYTES : text.n;
    text.n = utf8_valid_prefix(text);
    bytes_set(&p->text, text);
    p->cursor = text.n;
    p->history = history;
    p->completer = completer;
    p->older = 0;
    p->pasting = false;
    p->offset = 0;
}

struct str prompt_text(const struct prompt *p)
{
    return text_of(p);
}

size_t prompt_cursor(const struct prompt *p)
{
    return p->cursor;
}

const struct candidates *prompt_candidates(const struct prompt *p, size_t *selected)
{
    *selected = p->selected;
    return &p->candidates;
}

/* ---- edits ---- */

/* False, and nothing changed, when the text would grow too long. */
static bool replace(struct prompt *p, size_t from, size_t to, struct str with)
{
    if (p->text.n - (to - from) + with.n > PROMPT_BYTES)
        return false;
    vec_reserve(&p->text, with.n);
    if (to < p->text.n)
        memmove(p->text.v + from + with.n, p->text.v + to, p->text.n - to);
    if (with.n)
        memcpy(p->text.v + from, with.p, with.n);
    p->text.n = p->text.n - (to - from) + with.n;
    p->cursor = from + with.n;
    return true;
}

static void insert_char(struct prompt *p, uint32_t c)
{
    char bytes[4];
    replace(p, p->cursor, p->cursor, str_from(bytes, utf8_encode(c, bytes)));
}

static void kill(struct prompt *p, size_t from, size_t to)
{
    if (from == to)
        return;
    bytes_set(&p->killed, str_from(p->text.v + from, to - from));
    replace(p, from, to, STR(""));
}

/* ---- places ---- */

static size_t before(const struct prompt *p)
{
    return p->cursor ? grapheme_before(text_of(p), p->cursor) : 0;
}

static size_t behind(const struct prompt *p)
{
    return p->cursor < p->text.n ? grapheme_next(text_of(p), p->cursor) : p->text.n;
}

static bool is_blank_at(const struct prompt *p, size_t at)
{
    return p->text.v[at] == ' ';
}

/* As a shell has it: back over blanks, then over what is not blank. */
static size_t word_start(const struct prompt *p)
{
    size_t at = p->cursor;
    while (at > 0 && is_blank_at(p, at - 1))
        at--;
    while (at > 0 && !is_blank_at(p, at - 1))
        at--;
    return at;
}

static size_t word_end(const struct prompt *p)
{
    size_t at = p->cursor;
    while (at < p->text.n && is_blank_at(p, at))
        at++;
    while (at < p->text.n && !is_blank_at(p, at))
        at++;
    return at;
}

/* ---- keys ---- */

static void go_left(struct prompt *p)
{
    p->cursor = before(p);
}

static void go_right(struct prompt *p)
{
    p->cursor = behind(p);
}

static void go_start(struct prompt *p)
{
    p->cursor = 0;
}

static void go_end(struct prompt *p)
{
    p->cursor = p->text.n;
}

static void go_word_left(struct prompt *p)
{
    p->cursor = word_start(p);
}

static void go_word_right(struct prompt *p)
{
    p->cursor = word_end(p);
}

static void delete_before(struct prompt *p)
{
    replace(p, before(p), p->cursor, STR(""));
}

static void delete_under(struct prompt *p)
{
    replace(p, p->cursor, behind(p), STR(""));
}

static void kill_word(struct prompt *p)
{
    kill(p, word_start(p), p->cursor);
}

static void kill_to_start(struct prompt *p)
{
    kill(p, 0, p->cursor);
}

static void kill_to_end(struct prompt *p)
{
    kill(p, p->cursor, p->text.n);
}

static void yank(struct prompt *p)
{
    replace(p, p->cursor, p->cursor, str_from(p->killed.v, p->killed.n));
}

/* The line `back` lines ago becomes the text; 0 is the reader's own. */
static void recall(struct prompt *p, size_t back)
{
    struct str line = back ? history_at(p->history, back - 1) : bytes_str(&p->own);
    if (p->older == 0)
        bytes_set(&p->own, text_of(p));
    p->older = back;
    line.n = line.n > PROMPT_BYTES ? PROMPT_BYTES : line.n;
    line.n = utf8_valid_prefix(line);
    bytes_set(&p->text, line);
    p->cursor = p->text.n;
}

static bool begins_alike(const struct prompt *p, size_t back)
{
    struct str own = p->older ? bytes_str(&p->own) : text_of(p);
    return str_starts(history_at(p->history, back - 1), own);
}

static void go_older(struct prompt *p)
{
    size_t n = p->history ? history_count(p->history) : 0;
    for (size_t back = p->older + 1; back <= n; back++)
        if (begins_alike(p, back)) {
            recall(p, back);
            return;
        }
}

static void go_newer(struct prompt *p)
{
    if (p->older == 0)
        return;
    size_t back = p->older - 1;
    while (back > 0 && !begins_alike(p, back))
        back--;
    recall(p, back);
}

static const struct {
    uint32_t key;
    void (*act)(struct prompt *p);
} actions[] = {
    {CTRL('B'), go_left},        {K_LEFT, go_left},           {CTRL('F'), go_right},
    {K_RIGHT, go_right},         {CTRL('A'), go_start},       {K_HOME, go_start},
    {CTRL('E'), go_end},         {K_END, go_end},             {K_WORD_LEFT, go_word_left},
    {K_WORD_RIGHT, go_word_right}, {CTRL('H'), delete_before}, {K_BACKSPACE, delete_before},
    {CTRL('D'), delete_under},   {K_DELETE, delete_under},    {CTRL('W'), kill_word},
    {CTRL('U'), kill_to_start},  {CTRL('K'), kill_to_end},    {CTRL('Y'), yank},
    {CTRL('P'), go_older},       {K_UP, go_older},            {CTRL('N'), go_newer},
    {K_DOWN, go_newer},
};

/* ---- completion ---- */

static size_t common_prefix(const struct candidates *c)
{
    struct str first = c->list.v[0];
    size_t n = first.n;
    for (size_t i = 1; i < c->list.n; i++) {
        size_t k = 0;
        while (k < n && k < c->list.v[i].n && c->list.v[i].p[k] == first.p[k])
            k++;
        n = k;
    }
    return utf8_valid_prefix(str_from(first.p, n));
}

static void put_candidate(struct prompt *p, struct str text)
{
    struct span *r = &p->candidates.replaced;
    if (replace(p, r->begin, r->end, text))
        r->end = (uint32_t)(r->begin + text.n);
}

static void complete_first(struct prompt *p)
{
    struct candidates *c = &p->candidates;
    c->replaced = span_of(p->cursor, p->cursor);
    p->completer.complete(p->completer.context, text_of(p), p->cursor, c);
    if (c->list.n == 0 || c->replaced.end > p->text.n || c->replaced.begin > c->replaced.end) {
        drop_candidates(p);
        return;
    }
    size_t n = common_prefix(c);
    if (c->list.n > 1 && n <= span_length(c->replaced))
        return;
    put_candidate(p, str_from(c->list.v[0].p, n));
    if (c->list.n == 1)
        drop_candidates(p);
}

static void complete(struct prompt *p, bool forward)
{
    size_t n = p->candidates.list.n;
    if (n == 0) {
        if (p->completer.complete)
            complete_first(p);
        return;
    }
    if (p->selected == SIZE_MAX)
        p->selected = forward ? 0 : n - 1;
    else
        p->selected = (p->selected + (forward ? 1 : n - 1)) % n;
    put_candidate(p, p->candidates.list.v[p->selected]);
}

/* ---- one key ---- */

static bool is_text(uint32_t key)
{
    return key >= 0x20 && key < KEY_SPECIAL_ && (key < 0x7f || key > 0x9f) &&
           (key < 0xd800 || key > 0xdfff);
}

static bool cancels(const struct prompt *p, uint32_t key)
{
    bool deletes = key == K_BACKSPACE || key == CTRL('H') || key == CTRL('D');
    return key == CTRL('C') || key == CTRL('G') || key == 27 || (deletes && p->text.n == 0);
}

static void edit(struct prompt *p, uint32_t key)
{
    if (is_text(key))
        insert_char(p, key);
    for (size_t i = 0; i < COUNT_OF(actions); i++)
        if (actions[i].key == key)
            actions[i].act(p);
}

static void paste(struct prompt *p, uint32_t key)
{
    if (key == K_PASTE_END)
        p->pasting = false;
    else if (key == '\n' || key == '\t' || key == K_ENTER)
        insert_char(p, ' ');
    else if (is_text(key))
        insert_char(p, key);
}

enum prompt_state prompt_key(struct prompt *p, uint32_t key)
{
    if (p->pasting) {
        paste(p, key);
        return PROMPT_GOING;
    }
    if (key == '\t' || key == K_BACKTAB) {
        complete(p, key == '\t');
        return PROMPT_GOING;
    }
    drop_candidates(p);
    if (key == K_ENTER || key == '\n') {
        if (p->history)
            history_add(p->history, text_of(p));
        return PROMPT_DONE;
    }
    if (cancels(p, key))
        return PROMPT_CANCELLED;
    p->pasting = key == K_PASTE_BEGIN;
    edit(p, key);
    return PROMPT_GOING;
}

/* ---- drawing ---- */

void prompt_draw(struct prompt *p, struct frame *f, struct rect clip, int y)
{
    struct look look = {FACE_PROMPT, 0};
    struct str label = {p->label.v, p->label.n};
    int room = clip.cols - (int)glyph_cols(label, (unsigned)(clip.cols > 0 ? clip.cols : 1));
    int x = room < 4 ? 0 : clip.cols - room;
    if (x)
        frame_put(f, clip, 0, y, label, look);
    room = clip.cols - x;
    int col = (int)glyph_cols(str_from(p->text.v, p->cursor), 0);
    if (col < p->offset)
        p->offset = col > room / 4 ? col - room / 4 : 0;
    if (col - p->offset >= room)
        p->offset = col - room + 1 + (room > 8 ? room / 4 : 0);
    struct rect field = {clip.x + x, clip.y + y, room, 1};
    int end = frame_put(f, field, -p->offset, 0, text_of(p), look) - p->offset;
    frame_fill(f, field, end < 0 ? 0 : end, 0, look);
    frame_cursor(f, field.x + col - p->offset, field.y);
}
