/* The frame on a real terminal.  This is the only file that knows curses.
 *
 * Few bytes: only touched cells are given to curses, which compares them with what the terminal
 * holds.  Bands that moved are scrolled here: curses' own scrolling finds them by a search that
 * costs more than everything else together, and sets the scroll region and takes it back for each
 * line. Here the region stays set (terminfo.h: nothing else moves by rows then), and curses is told
 * by the same scroll of its picture of the screen, and by mvcur, which moves and remembers. The
 * cursor goes back to where it was with the terminal's own memory of it.  Where a terminal cannot
 * have this, curses scrolls (idlok).
 *
 * One write a frame: ncurses 6.4 flushes at every cursor move until the screen was left once (a
 * state inside it called ewInitial), so it is left and entered again at start.  That costs some 130
 * bytes and a flicker; they go to a pseudo-terminal that nobody reads.  Tried before: taking the
 * strings out of the terminfo entry (the library reads a copy of its own), and /dev/null (curses
 * then takes the terminal for none and never sets its modes again).  Strings that are not curses'
 * own cannot join its buffer (putp goes through stdio): frames with such strings are held on the
 * wire.
 *
 * Signals: curses installs handlers that draw and exit; they are put back. */
#include "tui/screen.h"

#include <curses.h>
#include <errno.h>
#include <fcntl.h>
#include <pty.h>
#include <signal.h>
#include <stdio_ext.h>
#include <sys/ioctl.h>
#include <term.h>
#include <unistd.h>

#include "core/arena.h"
#include "core/text.h"
#include "tui/clipboard.h"
#include "tui/input.h"
#include "tui/rescue.h"
#include "tui/terminfo.h"
#include "tui/wake.h"
#include "tui/wire.h"

/* What term.h makes of these words would spoil other names. */
#undef lines
#undef columns

#define LOOKS (FACES * 64)
#define ESCAPE_MS 25

struct pen {
    attr_t attributes;
    short pair;
    bool known;
};

struct terminal {
    struct screen base;
    const struct theme *theme;
    enum depth depth;
    bool defaults; /* the terminal's own colours can be asked for */
    struct pen pens[LOOKS];
    SCREEN *curses;
    WINDOW *keys; /* a pad: reading from it never draws */
    FILE *in, *out;
    struct input input;
    struct wire wire;
    bool holds;     /* the wire does */
    bool cursor_shown, repaint, suspended, sync;
    bool scrolls; /* bands are scrolled here, with these strings, not by curses */
    bool saves;   /* its memory of a cursor is free: leaving the screen does not need it */
    char *one[2], *far[2]; /* [0] back, [1] forward; NULL: it has none */
    int first, last;        /* the scroll region that is set; none: -1 */
    int cursor_x, cursor_y; /* where the terminal's cursor is; not known: -1 */
    cchar_t *line;
    int line_cap;
};

/* Strings not from curses, on their way: the buffer of `out`, which outlives the terminal. */
static char own_strings[8192];

static struct terminal *terminal_of(struct screen *s)
{
    return (struct terminal *)s;
}

/* What leaves the screen, for a handler. */
static void rescue_prepare(const struct terminal *t)
{
    const char *whole =
        t->scrolls ? tparm(change_scroll_region, 0, LINES - 1, 0, 0, 0, 0, 0, 0, 0) : NULL;
    const char *parts[] = {"\033[?2026l", tigetstr("BD"), exit_attribute_mode, keypad_local,
                           cursor_normal, whole, exit_ca_mode};
    rescue_begin(t->wire.terminal);
    for (size_t i = t->sync ? 0 : 1; i < COUNT_OF(parts); i++)
        if (parts[i] && parts[i] != (char *)-1)
            tputs(parts[i], 1, rescue_add);
}

/* ---- the size ---- */

/* What the terminal was told to keep may be lost. */
static void forget_places(struct terminal *t)
{
    t->first = t->last = t->cursor_x = t->cursor_y = -1;
}

static void take_size(struct terminal *t)
{
    struct winsize w;
    if (ioctl(fileno(t->in), TIOCGWINSZ, &w) < 0 || w.ws_row == 0 || w.ws_col == 0)
        return;
    resize_term(w.ws_row, w.ws_col);
    clearok(curscr, TRUE);
    forget_places(t);
    rescue_prepare(t);
}

static void curses_size(struct screen *s, int *cols, int *rows)
{
    (void)s;
    *cols = COLS > 0 ? COLS : 1;
    *rows = LINES > 0 ? LINES : 1;
}

/* ---- looks ---- */

static short pair_of(const struct terminal *t, int fg, int bg)
{
    if (t->depth == DEPTH_NONE || (fg < 0 && bg < 0))
        return 0;
    if (!t->defaults) {
        fg = fg < 0 ? COLOR_WHITE : fg;
        bg = bg < 0 ? COLOR_BLACK : bg;
    }
    int pair = alloc_pair(fg, bg);
    return pair > 0 && pair <= INT16_MAX ? (short)pair : 0;
}

static attr_t attributes_of(unsigned wanted)
{
    static const struct {
        unsigned ours;
        attr_t theirs;
    } known[] = {{ATTR_BOLD, A_BOLD},       {ATTR_DIM, A_DIM},       {ATTR_UNDERLINE, A_UNDERLINE},
                 {ATTR_REVERSE, A_REVERSE}, {ATTR_ITALIC, A_ITALIC}};
    attr_t a = A_NORMAL;
    for (size_t i = 0; i < COUNT_OF(known); i++)
        if (wanted & known[i].ours)
            a |= known[i].theirs;
    return a;
}

static const struct pen *pen_of(struct terminal *t, struct look look)
{
    struct pen *pen = &t->pens[(look.face % FACES) * 64 + (look.flags & 63)];
    if (!pen->known) {
        struct ink ink = theme_ink(t->theme, t->depth, look);
        *pen = (struct pen){attributes_of(ink.attributes), pair_of(t, ink.fg, ink.bg), true};
    }
    return pen;
}

static void curses_theme(struct screen *s, const struct theme *theme)
{
    struct terminal *t = terminal_of(s);
    t->theme = theme;
    memset(t->pens, 0, sizeof t->pens);
    if (t->depth != DEPTH_NONE)
        reset_color_pairs();
    t->repaint = true;
}

/* ---- showing a frame ---- */

static void set_cell(cchar_t *out, const struct cell *c, const struct pen *pen)
{
    wchar_t text[2 + GLYPH_MARKS];
    size_t n = 0;
    const char *p = c->bytes, *end = p + c->n;
    while (p < end && n < 1 + GLYPH_MARKS)
        text[n++] = (wchar_t)utf8_decode(p, &p);
    text[n] = L'\0';
    setcchar(out, text, pen->attributes, pen->pair, NULL);
}

/* Cells [from, to) of a row, as one array: curses takes a wide glyph as one item. */
static void write_row(struct terminal *t, const struct frame *f, int y, int from, int to)
{
    const struct cell *row = frame_row(f, y);
    struct look look = {0};
    const struct pen *pen = NULL;
    int n = 0;
    for (int x = from; x < to; x++) {
        const struct cell *c = &row[x];
        if (c->cols == 0)
            continue;
        if (!pen || c->look.face != look.face || c->look.flags != look.flags)
            pen = pen_of(t, look = c->look);
        set_cell(&t->line[n++], c, pen);
    }
    mvwadd_wchnstr(stdscr, y, from, t->line, n);
}

static void place_cursor(struct terminal *t, int x, int y)
{
    bool shown = x >= 0;
    if (shown)
        wmove(stdscr, y, x);
    if (shown != t->cursor_shown)
        curs_set(t->cursor_shown = shown);
}

/* Returns the cells it gave to curses. */
static int write_rows(struct terminal *t, const struct frame *f)
{
    int rows = frame_rows(f) < LINES ? frame_rows(f) : LINES, from, to, cells = 0;
    if (t->line_cap < frame_cols(f)) {
        t->line_cap = frame_cols(f);
        t->line = mem_grow(t->line, (size_t)t->line_cap * sizeof *t->line);
    }
    for (int y = 0; y < rows; y++)
        if (frame_touched(f, y, &from, &to)) {
            write_row(t, f, y, from, to);
            cells += to - from;
        }
    return cells;
}

/* ---- bands that moved ---- */

/* In a window, or in curses' picture of the screen. */
static void scroll_picture(WINDOW *w, const struct frame_move *m)
{
    scrollok(w, TRUE);
    wsetscrreg(w, m->y, m->y + m->rows - 1);
    wscrl(w, m->n);
    wsetscrreg(w, 0, LINES - 1);
    scrollok(w, FALSE);
}

/* The column of the first glyph in row y, where curses will begin to write it. */
static int first_glyph(const struct frame *f, int y, int none)
{
    const struct cell *row = frame_row(f, y);
    for (int x = 0; x < frame_cols(f) && x < COLS; x++)
        if (row[x].n != 1 || row[x].bytes[0] != ' ')
            return x;
    return none < 0 ? 0 : none;
}

static void put_region(struct terminal *t, int first, int last)
{
    putp(tparm(change_scroll_region, first, last, 0, 0, 0, 0, 0, 0, 0));
    forget_places(t);
    t->first = first;
    t->last = last;
}

/* Many rows at once where that is shorter. */
static void put_scroll(const struct terminal *t, int n)
{
    const char *one = t->one[n > 0], *far = t->far[n > 0];
    int rows = n > 0 ? n : -n;
    if (far && rows > 3)
        putp(tparm(far, rows, 0, 0, 0, 0, 0, 0, 0, 0));
    else
        for (int i = 0; i < rows; i++)
            putp(one);
}

static void scroll_terminal(struct terminal *t, const struct frame *f, const struct frame_move *m)
{
    int last = m->y + m->rows - 1, y = m->n > 0 ? last : m->y;
    if (t->first != m->y || t->last != last)
        put_region(t, m->y, last);
    int x = first_glyph(f, y, t->cursor_x);
    mvcur(t->cursor_y, t->cursor_x, y, x);
    t->cursor_y = y;
    t->cursor_x = x;
    put_scroll(t, m->n);
    scroll_picture(curscr, m);
}

/* The same moves on the terminal; curses is told, and where the cursor is.  True when the cursor
 * was put into the terminal's memory, since its place is to stay as it was. */
static bool scroll_bands(struct terminal *t, const struct frame *f, int x, int y)
{
    const struct frame_move *moves;
    int n = frame_moves(f, &moves);
    bool saved = t->saves && x >= 0 && x == t->cursor_x && y == t->cursor_y;
    if (saved)
        putp(save_cursor);
    for (int i = 0; i < n; i++)
        scroll_terminal(t, f, &moves[i]);
    return saved;
}

/* What was put since the last time, and not written. */
static struct str take_own(struct terminal *t)
{
    struct str own = {own_strings, __fpending(t->out)};
    __fpurge(t->out);
    return own;
}

/* Everything else that curses is to write; with the cursor left where that ends, curses is told by
 * mvcur where it will be, whose string is not wanted. */
static void refresh_to(struct terminal *t, int x, int y, bool saved)
{
    place_cursor(t, x, y);
    leaveok(stdscr, saved || x < 0);
    wrefresh(stdscr);
    if (saved)
        mvcur(-1, -1, y, x);
    take_own(t);
    t->cursor_x = x;
    t->cursor_y = y;
}

static void show_held(struct terminal *t, const struct frame *f, bool sync, int x, int y)
{
    wire_hold(&t->wire);
    if (sync)
        putp("\033[?2026h");
    bool saved = t->scrolls && scroll_bands(t, f, x, y);
    char before[sizeof own_strings];
    struct str own = take_own(t);
    memcpy(before, own.p, own.n);
    refresh_to(t, x, y, saved);
    if (saved)
        putp(restore_cursor);
    if (sync)
        putp("\033[?2026l");
    wire_release(&t->wire, (struct str){before, own.n}, take_own(t));
}

static void curses_show(struct screen *s, struct frame *f)
{
    struct terminal *t = terminal_of(s);
    const struct frame_move *moves;
    if (t->suspended)
        return;
    if (t->repaint)
        frame_touch_all(f);
    t->repaint = false;
    int moves_n = frame_moves(f, &moves), x = -1, y = -1;
    for (int i = 0; i < moves_n; i++)
        scroll_picture(stdscr, &moves[i]);
    idlok(stdscr, moves_n > 0 && !t->scrolls);
    bool large = write_rows(t, f) > LINES * COLS / 4;
    if (!frame_cursor_at(f, &x, &y))
        x = y = -1;
    bool cursor_changes = (x >= 0) != t->cursor_shown; /* curs_set writes at once */
    if (t->holds && (large || cursor_changes || (t->scrolls && moves_n > 0)))
        show_held(t, f, large && t->sync, x, y);
    else
        refresh_to(t, x, y, false);
    frame_shown(f);
}

static void curses_redraw(struct screen *s)
{
    clearok(curscr, TRUE);
    forget_places(terminal_of(s));
}

static void curses_sync(struct screen *s, bool on)
{
    terminal_of(s)->sync = on;
}

/* ---- keys ---- */

static const struct {
    int theirs;
    enum key ours;
} special[] = {
    {KEY_UP, K_UP},           {KEY_DOWN, K_DOWN},     {KEY_LEFT, K_LEFT},   {KEY_RIGHT, K_RIGHT},
    {KEY_HOME, K_HOME},       {KEY_END, K_END},       {KEY_FIND, K_HOME},   {KEY_SELECT, K_END},
    {KEY_PPAGE, K_PAGE_UP},   {KEY_NPAGE, K_PAGE_DOWN}, {KEY_IC, K_INSERT}, {KEY_DC, K_DELETE},
    {KEY_BACKSPACE, K_BACKSPACE}, {KEY_BTAB, K_BACKTAB}, {KEY_ENTER, K_ENTER},
};

#define OWN_KEY (KEY_MAX + 1) /* code of ours, for what terminfo has no name of */

static uint32_t ours_of(int code)
{
    for (size_t i = 0; i < COUNT_OF(special); i++)
        if (special[i].theirs == code)
            return special[i].ours;
    if (code >= KEY_F(1) && code <= KEY_F(12))
        return (uint32_t)(K_F1 + (code - KEY_F(1)));
    static const enum key own[] = {K_PASTE_BEGIN, K_PASTE_END, K_WORD_LEFT, K_WORD_RIGHT};
    return code >= OWN_KEY && code < OWN_KEY + (int)COUNT_OF(own) ? own[code - OWN_KEY]
                                                                  : INPUT_UNKNOWN;
}

/* In a locale of single bytes curses would wait for the rest of a character that it cannot know,
 * and take the keys behind it for that: there bytes are read. */
static uint32_t raw_byte(struct terminal *t)
{
    int c = wgetch(t->keys);
    if (c == ERR || c >= KEY_MIN)
        return c == ERR ? KEY_NONE_ : ours_of(c);
    wint_t wide = btowc(c);
    return wide == WEOF ? INPUT_UNKNOWN : (uint32_t)wide;
}

/* What is there from curses, or KEY_NONE_; input.c makes keys of it. */
static uint32_t raw_key(void *context)
{
    struct terminal *t = context;
    if (MB_CUR_MAX == 1)
        return raw_byte(t);
    wint_t c;
    int kind = wget_wch(t->keys, &c);
    return kind == OK ? (uint32_t)c : kind == KEY_CODE_YES ? ours_of((int)c) : KEY_NONE_;
}

static bool wait_for_more(void *context, int ms)
{
    (void)context;
    return wake_within(ms);
}

static uint32_t curses_key(struct screen *s, bool *alive)
{
    struct terminal *t = terminal_of(s);
    *alive = true;
    if (wake_resized()) {
        take_size(t);
        return K_RESIZE;
    }
    uint32_t key = input_next(&t->input);
    if (key == KEY_NONE_)
        *alive = !wake_is_lost();
    return key;
}

static int curses_fd(struct screen *s)
{
    (void)s;
    return wake_fd();
}

/* Forms that terminals use whatever their entry says: numeric pads, other cursor modes, pastes. */
static void define_keys(void)
{
    static const struct {
        const char *bytes;
        int code;
    } forms[] = {
        {"\033[A", KEY_UP},         {"\033[B", KEY_DOWN},       {"\033[C", KEY_RIGHT},
        {"\033[D", KEY_LEFT},       {"\033OA", KEY_UP},         {"\033OB", KEY_DOWN},
        {"\033OC", KEY_RIGHT},      {"\033OD", KEY_LEFT},       {"\033[H", KEY_HOME},
        {"\033[F", KEY_END},        {"\033OH", KEY_HOME},       {"\033OF", KEY_END},
        {"\033[1~", KEY_HOME},      {"\033[4~", KEY_END},       {"\033[7~", KEY_HOME},
        {"\033[8~", KEY_END},       {"\033[5~", KEY_PPAGE},     {"\033[6~", KEY_NPAGE},
        {"\033[2~", KEY_IC},        {"\033[3~", KEY_DC},        {"\033[Z", KEY_BTAB},
        {"\033OP", KEY_F(1)},       {"\033[11~", KEY_F(1)},     {"\033OM", KEY_ENTER},
        {"\033[200~", OWN_KEY},     {"\033[201~", OWN_KEY + 1}, {"\033[1;5D", OWN_KEY + 2},
        {"\033[1;5C", OWN_KEY + 3},
    };
    for (size_t i = 0; i < COUNT_OF(forms); i++)
        if (key_defined(forms[i].bytes) == 0)
            define_key(forms[i].bytes, forms[i].code);
}

/* ---- the clipboard ---- */

static bool has_clipboard(void)
{
    const char *ms = tigetstr("Ms");
    return (ms && ms != (char *)-1) || getenv("TMUX") || getenv("STY");
}

static bool curses_copy(struct screen *s, struct str text)
{
    struct terminal *t = terminal_of(s);
    size_t n;
    char *sequence =
        has_clipboard() ? clipboard_sequence(text, getenv("TMUX"), getenv("STY"), &n) : NULL;
    bool good = sequence && wire_write(fileno(t->out), sequence, n);
    free(sequence);
    return good;
}

/* ---- leaving and coming back ---- */

/* At once: a string that only newer entries have. */
static void put_named(struct terminal *t, const char *name)
{
    char *string = tigetstr(name);
    if (string && string != (char *)-1)
        putp(string);
    fflush(t->out);
}

static void leave(struct terminal *t)
{
    if (t->scrolls)
        put_region(t, 0, LINES - 1);
    put_named(t, "BD");
    endwin();
    rescue_forget();
    t->cursor_shown = false;
}

static void enter(struct terminal *t)
{
    put_named(t, "BE");
    rescue_prepare(t);
}

static void curses_suspend(struct screen *s)
{
    struct terminal *t = terminal_of(s);
    if (!t->suspended)
        leave(t);
    t->suspended = true;
}

static void curses_resume(struct screen *s)
{
    struct terminal *t = terminal_of(s);
    if (!t->suspended)
        return;
    t->suspended = false;
    wake_may_be_resized(); /* while another program had the screen */
    enter(t);
    clearok(curscr, TRUE);
    wrefresh(stdscr);
}

static void free_terminal(struct terminal *t)
{
    for (int i = 0; i < 2; i++)
        free(t->one[i]), free(t->far[i]);
    if (t->in && t->in != stdin)
        fclose(t->in);
    free(t->line);
    free(t);
}

static void curses_close(struct screen *s)
{
    struct terminal *t = terminal_of(s);
    if (!t->suspended)
        leave(t);
    wake_close();
    delwin(t->keys);
    delscreen(t->curses);
    wire_close(&t->wire);
    input_finish(&t->input);
    free_terminal(t);
}

static const struct screen_ops curses_ops = {
    curses_size,   curses_show, curses_redraw, curses_key,  curses_fd,   curses_suspend,
    curses_resume, curses_copy, curses_theme,  curses_sync, curses_close,
};

/* ---- opening ---- */

static char *copy_of(const char *string)
{
    return string ? strdup(string) : NULL;
}

/* From the whole entry.  A scroll region can stay set where the last column of its last row scrolls
 * nothing, and where what leaves a screen does not come back. */
static void note_scrolling(struct terminal *t)
{
    t->scrolls = change_scroll_region && scroll_forward && scroll_reverse && !memory_above &&
                 !memory_below && (eat_newline_glitch || !auto_right_margin);
    t->saves =
        save_cursor && restore_cursor && !(exit_ca_mode && strstr(exit_ca_mode, restore_cursor));
    t->one[0] = copy_of(scroll_reverse), t->one[1] = copy_of(scroll_forward);
    t->far[0] = copy_of(parm_rindex), t->far[1] = copy_of(parm_index);
}

static const char *check_terminal(struct terminal *t)
{
    int error;
    t->out = stdout;
    t->in = isatty(STDIN_FILENO) ? stdin : fopen("/dev/tty", "r");
    if (!isatty(STDOUT_FILENO) || !t->in)
        return "standard output is no terminal";
    if (setupterm(NULL, STDOUT_FILENO, &error) != OK)
        return "the terminal's name in TERM is not known here";
    bool able = cursor_address && !hard_copy;
    note_scrolling(t);
    del_curterm(cur_term); /* newterm reads it again */
    return able ? NULL : "this terminal cannot place its cursor: set TERM to its name";
}

/* Curses' handlers for these draw or exit; whoever opens the screen has better ones. */
static const int signals[] = {SIGINT, SIGTERM, SIGTSTP, SIGWINCH};

static bool start_curses(struct terminal *t)
{
    struct sigaction before[COUNT_OF(signals)];
    for (size_t i = 0; i < COUNT_OF(signals); i++)
        sigaction(signals[i], NULL, &before[i]);
    terminfo_offer(getenv("TERM"));
    t->curses = newterm(NULL, t->out, t->in);
    terminfo_restore();
    for (size_t i = 0; i < COUNT_OF(signals); i++)
        sigaction(signals[i], &before[i], NULL);
    return t->curses != NULL;
}

/* Leaves the screen and comes back, unseen: see the head of this file.  What comes of it fits the
 * buffer of a pseudo-terminal. */
static void leave_once(struct terminal *t)
{
    int fd = fileno(t->out), saved = dup(fd), master, slave;
    bool hidden = saved >= 0 && openpty(&master, &slave, NULL, NULL, NULL) == 0;
    if (hidden)
        dup2(slave, fd);
    endwin();
    wrefresh(stdscr);
    if (hidden) {
        dup2(saved, fd);
        close(master);
        close(slave);
        clearok(curscr, TRUE);
    }
    close(saved);
}

static void set_modes(void)
{
    set_escdelay(ESCAPE_MS);
    raw();
    noecho();
    nonl();
    curs_set(0);
}

/* After leave_once, which would turn the keypad off again. */
static void open_keys(struct terminal *t)
{
    t->keys = newpad(1, 1);
    keypad(t->keys, TRUE);
    nodelay(t->keys, TRUE);
    define_keys();
    input_init(&t->input, raw_key, wait_for_more, t);
}

static void set_colours(struct terminal *t)
{
    const char *no_color = getenv("NO_COLOR");
    if ((no_color && *no_color) || !has_colors() || start_color() != OK)
        return;
    t->defaults = use_default_colors() == OK;
    t->depth = COLORS >= 256  ? DEPTH_256
               : COLORS >= 16 ? DEPTH_16
               : COLORS >= 8  ? DEPTH_8
                              : DEPTH_NONE;
}

struct screen *screen_curses_open(const struct theme *theme, const char **why)
{
    struct terminal *t = mem_alloc(sizeof *t);
    *t = (struct terminal){.base.ops = &curses_ops, .theme = theme};
    *why = check_terminal(t);
    if (!*why) {
        rescue_keep_mode(STDOUT_FILENO);
        if (!start_curses(t))
            *why = "the terminal could not be set up";
    }
    if (*why) {
        free_terminal(t);
        return NULL;
    }
    set_modes();
    set_colours(t);
    leave_once(t);
    setvbuf(t->out, own_strings, _IOFBF, sizeof own_strings);
    t->holds = wire_open(&t->wire, fileno(t->out));
    t->scrolls = t->holds && t->scrolls && !scroll_forward; /* the entry was found and trimmed */
    forget_places(t);
    open_keys(t);
    const char *sync = tigetstr("Sync");
    t->sync = sync && sync != (char *)-1;
    wake_open(fileno(t->in));
    enter(t);
    return &t->base;
}
