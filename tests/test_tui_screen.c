/* Screens: keys out of raw input, and the curses screen on a pseudo-terminal: what it writes, that
 * a frame is one write, and that the terminal comes back as it was. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <utmp.h>
#include <termios.h>
#include <unistd.h>
#include <cmocka.h>

#include "tui/input.h"
#include "tui/rescue.h"
#include "tui/screen.h"
#include "tui/wire.h"

/* ---- raw input ---- */

#define B K_PASTE_BEGIN
#define E K_PASTE_END

static const struct row {
    const char *name;
    uint32_t raw[16], keys[16];
} rows[] = {
    {"letters", {'j', 0xe9}, {'j', 0xe9}},
    {"enter and delete", {'\r', 127, 8, 9}, {K_ENTER, K_BACKSPACE, 8, 9}},
    {"escape alone", {27}, {27}},
    {"escape, then a letter", {27, 'x'}, {27, 'x'}},
    {"answer about attributes", {27, '[', '?', '1', ';', '2', 'c', 'j'}, {'j'}},
    {"answer of a title", {27, ']', 'l', ':', 'q', 7, 'j'}, {'j'}},
    {"answer in a string", {27, 'P', '1', '$', 'r', ':', 'q', 27, '\\', 'j'}, {'j'}},
    {"unknown function key", {INPUT_UNKNOWN, 27, 'O', 'z', 'j'}, {'j'}},
    {"raw C1", {0x9b, 'j'}, {'j'}},
    {"paste", {B, 'a', '\r', E, 'j'}, {B, 'a', '\n', E, 'j'}},
    {"paste with controls", {B, 3, 27, ':', 'q', K_UP, E}, {B, ':', 'q', E}},
    {"paste with an end in it", {B, 'a', E, 'q', '\r', E, 'j'}, {B, 'a', 'q', '\n', E, 'j'}},
    {"paste in a paste", {B, 'a', B, 'b', E, 'c', E}, {B, 'a', 'b', 'c', E}},
    {"end without a paste", {E, 'j'}, {'j'}},
};

static uint32_t read_raw(void *context)
{
    const uint32_t **p = context;
    return **p ? *(*p)++ : KEY_NONE_;
}

static bool nothing_comes(void *context, int ms)
{
    (void)context;
    (void)ms;
    return false;
}

static void row_holds(void **state)
{
    const struct row *r = *state;
    const uint32_t *p = r->raw;
    struct input in;
    input_init(&in, read_raw, nothing_comes, &p);
    for (size_t i = 0; r->keys[i]; i++)
        assert_int_equal(input_next(&in), r->keys[i]);
    assert_int_equal(input_next(&in), KEY_NONE_);
    input_finish(&in);
}

/* ---- a terminal ---- */

/* The program in it shows the number of its frame at every key; q leaves, y copies, Z leaves and
 * comes back, ! ends as a crash would; + and - scroll the rows below the second. */
static void program(void)
{
    const char *why;
    struct theme *t = theme_open();
    struct screen *s = screen_curses_open(t, &why);
    if (!s)
        _Exit(7);
    int cols, rows_n;
    bool alive = true, quit = false;
    s->ops->size(s, &cols, &rows_n);
    struct frame *f = frame_open(cols, rows_n);
    struct rect all = {0, 0, cols, rows_n};
    char text[32];
    int lines = 0;
    frame_cursor(f, 3, 4);
    for (int n = 0; alive && !quit; n++) {
        snprintf(text, sizeof text, "frame %d %dx%d", n, cols, rows_n);
        frame_put(f, all, 0, 0, str_of(text), (struct look){FACE_PERSON, 0});
        frame_put(f, all, 0, rows_n - 1, STR("\x1b]0;title\x07日本"), (struct look){0});
        s->ops->show(s, f);
        struct pollfd p = {s->ops->fd(s), POLLIN, 0};
        poll(&p, 1, -1);
        for (uint32_t key; (key = s->ops->key(s, &alive)) != KEY_NONE_ && alive;) {
            if (key == 'y')
                s->ops->copy(s, STR("lamp"));
            if (key == '+' || key == '-') {
                frame_scroll(f, 2, 9, key == '+' ? 1 : -1);
                snprintf(text, sizeof text, "line %d", ++lines);
                frame_put(f, all, 3, key == '+' ? 10 : 2, str_of(text), (struct look){0});
                n--;
            }
            if (key == '*') {
                for (int y = 1; y < rows_n - 1; y++)
                    for (int x = 0; x < cols; x += 10)
                        frame_put(f, all, x, y, STR("abcdefghij"), (struct look){0});
                frame_put(f, all, 0, rows_n - 2, STR("the end"), (struct look){0});
            }
            if (key == '!') {
                rescue_terminal();
                _Exit(3);
            }
            if (key == 'Z') {
                s->ops->suspend(s);
                s->ops->resume(s);
            }
            if (key == K_RESIZE) {
                s->ops->size(s, &cols, &rows_n);
                frame_resize(f, cols, rows_n);
                all = (struct rect){0, 0, cols, rows_n};
            }
            quit = quit || key == 'q';
        }
    }
    s->ops->close(s);
    frame_close(f);
    theme_close(t);
    _Exit(0);
}

struct pty {
    int master, slave;
    pid_t child;
    struct termios before;
    char out[1 << 18];
    size_t n;
};

static void start(struct pty *t, const char *term, int cols, int rows_n)
{
    struct winsize size = {.ws_col = (unsigned short)cols, .ws_row = (unsigned short)rows_n};
    memset(t, 0, sizeof *t);
    assert_int_equal(openpty(&t->master, &t->slave, NULL, NULL, &size), 0);
    tcgetattr(t->slave, &t->before);
    t->child = fork();
    if (t->child == 0) {
        close(t->master);
        setenv("TERM", term, 1);
        unsetenv("TMUX");
        unsetenv("STY");
        unsetenv("LINES");
        unsetenv("COLUMNS");
        if (login_tty(dup(t->slave)) < 0)
            _Exit(8);
        close(t->slave);
        program();
    }
}

/* Reads until `until` came since the last reset, or five seconds went by; false then. */
static bool await(struct pty *t, const char *until)
{
    struct pollfd p = {t->master, POLLIN, 0};
    while (!memmem(t->out, t->n, until, strlen(until))) {
        if (poll(&p, 1, 5000) <= 0)
            return false;
        ssize_t got = read(t->master, t->out + t->n, sizeof t->out - t->n);
        if (got <= 0)
            return false;
        t->n += (size_t)got;
    }
    return true;
}

static void type(struct pty *t, const char *keys)
{
    t->n = 0;
    assert_int_equal(write(t->master, keys, strlen(keys)), strlen(keys));
}

static int finish(struct pty *t)
{
    int status = -1;
    waitpid(t->child, &status, 0);
    struct termios after;
    assert_int_equal(tcgetattr(t->slave, &after), 0);
    assert_int_equal(after.c_lflag, t->before.c_lflag);
    assert_int_equal(after.c_iflag, t->before.c_iflag);
    assert_int_equal(after.c_oflag, t->before.c_oflag);
    close(t->master);
    close(t->slave);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 100;
}

static const struct terminal_case {
    const char *name, *term;
    int cols, rows;
    const char *enters, *leaves;
} terminals[] = {
    {"xterm", "xterm-256color", 80, 24, "\033[?1049h", "\033[?1049l"},
    {"tmux", "tmux-256color", 80, 24, "\033[?1049h", "\033[?1049l"},
    {"vt100", "vt100", 80, 24, "\033[H\033[J", "\033[?1l"},
    {"large", "xterm-256color", 500, 200, "\033[?2004h", "\033[?2004l"},
};

static void on_a_terminal(void **state)
{
    const struct terminal_case *c = *state;
    struct pty t;
    start(&t, c->term, c->cols, c->rows);
    assert_true(await(&t, "日本"));
    assert_true(await(&t, "frame 0"));
    assert_non_null(memmem(t.out, t.n, c->enters, strlen(c->enters)));
    assert_null(memmem(t.out, t.n, "\033]0;", 4));
    type(&t, "jjj");
    assert_true(await(&t, "1"));
    type(&t, "q");
    assert_true(await(&t, c->leaves));
    assert_int_equal(finish(&t), 0);
}

/* A line scrolled: the region is set once, and what a line costs besides its text is ten bytes. */
static void scrolling(void **state)
{
    static const struct {
        const char *term, *set, *on, *back;
    } rows_of[] = {
        {"xterm-256color", "\033[3;11r", "\0337\033[11d\nline 2\0338", "\0337\033[3d\033Mline 3\0338"},
        {"tmux-256color", "\033[3;11r", "\0337\033[11d\nline 2\0338", "\0337\033[3d\033Mline 3\0338"},
        {"vt100", "\033[3;11r", "\0337\033[11;4H\nline 2\0338", "\0337\033[3;4H\033Mline 3\0338"},
        /* its cursor's memory belongs to leaving the screen */
        {"xterm-color", "\033[3;11r", "\nline 2\033[5;4H", "\033Mline 3\033[5;4H"},
        {"ansi", "line 1", "line 2", "line 3"}, /* no regions: curses scrolls as it can */
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows_of); i++) {
        struct pty t;
        start(&t, rows_of[i].term, 80, 24);
        assert_true(await(&t, "frame 0"));
        type(&t, "+");
        assert_true(await(&t, "line 1"));
        assert_non_null(memmem(t.out, t.n, rows_of[i].set, strlen(rows_of[i].set)));
        type(&t, "+");
        assert_true(await(&t, rows_of[i].on));
        type(&t, "-");
        assert_true(await(&t, rows_of[i].back));
        type(&t, "q");
        assert_int_equal(finish(&t), 0);
    }
}

/* A frame that finds the terminal full is written all the same where writing does not wait. */
static void not_waiting(void **state)
{
    (void)state;
    struct pty t;
    start(&t, "xterm-256color", 500, 200);
    assert_int_equal(fcntl(t.slave, F_SETFL, O_NONBLOCK), 0); /* shared with the program */
    assert_true(await(&t, "frame 0"));
    type(&t, "*");
    usleep(100000); /* more than the terminal takes is to be written by now */
    assert_true(await(&t, "the end"));
    type(&t, "q");
    assert_true(await(&t, "\033[?1049l"));
    assert_int_equal(finish(&t), 0);
}

/* The whole screen scrolls again when the program is gone, however it went. */
static void region_given_back(void **state)
{
    (void)state;
    for (int crash = 0; crash < 2; crash++) {
        struct pty t;
        start(&t, "xterm-256color", 80, 24);
        assert_true(await(&t, "frame 0"));
        type(&t, "+");
        assert_true(await(&t, "line 1"));
        type(&t, crash ? "!" : "q");
        assert_true(await(&t, "\033[?1049l"));
        assert_non_null(memmem(t.out, t.n, "\033[1;24r", 7));
        assert_int_equal(finish(&t), crash ? 3 : 0);
    }
}

/* ---- what goes over the wire ---- */

static const struct shorter {
    const char *name, *bytes, *left;
} shorter[] = {
    {"a colour and all looks", "a\033[39m\033[mb", "a\033[mb"},
    {"several", "\033[1m\033[38;5;33m\033[39m\033[m", "\033[m"},
    {"looks alone", "\033[1ma\033[mb", "\033[1ma\033[mb"},
    {"then a colour", "\033[m\033[31m", "\033[m\033[31m"},
    {"a move between", "\033[39m\033[2d\033[m", "\033[39m\033[2d\033[m"},
    {"no looks", "\033[2d\033[m", "\033[2d\033[m"},
    {"cut off", "\033[39m\033[", "\033[39m\033["},
    {"escape at the end", "a\033", "a\033"},
    {"nothing", "", ""},
};

static void shortened(void **state)
{
    const struct shorter *r = *state;
    char bytes[64];
    size_t n = strlen(r->bytes);
    memcpy(bytes, r->bytes, n);
    n = wire_shorten(bytes, n);
    assert_int_equal(n, strlen(r->left));
    assert_memory_equal(bytes, r->left, n);
}

static void tiny(void **state)
{
    (void)state;
    struct pty t;
    start(&t, "xterm-256color", 1, 1);
    assert_true(await(&t, "\033[?2004h"));
    type(&t, "q");
    assert_true(await(&t, "\033[?1049l"));
    assert_int_equal(finish(&t), 0);
}

static void resizing_and_coming_back(void **state)
{
    (void)state;
    struct pty t;
    start(&t, "xterm-256color", 80, 24);
    assert_true(await(&t, "80x24"));
    t.n = 0;
    struct winsize size = {.ws_col = 60, .ws_row = 10};
    ioctl(t.master, TIOCSWINSZ, &size);
    assert_true(await(&t, "60x10"));
    type(&t, "Z");
    assert_true(await(&t, "\033[?1049l"));
    assert_true(await(&t, "\033[?1049h"));
    assert_true(await(&t, "日本"));
    type(&t, "q");
    assert_true(await(&t, "\033[?1049l"));
    assert_int_equal(finish(&t), 0);
}

static void copying(void **state)
{
    (void)state;
    struct pty t;
    start(&t, "xterm-256color", 80, 24);
    assert_true(await(&t, "frame 0"));
    type(&t, "y");
    assert_true(await(&t, "\033]52;c;bGFtcA==\007"));
    type(&t, "q");
    assert_true(await(&t, "\033[?1049l"));
    assert_int_equal(finish(&t), 0);
}

static void rescue(void **state)
{
    (void)state;
    struct pty t;
    start(&t, "xterm-256color", 80, 24);
    assert_true(await(&t, "frame 0"));
    type(&t, "!");
    assert_true(await(&t, "\033[?1049l"));
    assert_non_null(memmem(t.out, t.n, "\033[?2004l", 8));
    assert_int_equal(finish(&t), 3);
}

static void unknown_terminals(void **state)
{
    (void)state;
    static const char *const names[] = {"dumb", "no-such-terminal"};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        struct pty t;
        start(&t, names[i], 80, 24);
        assert_int_equal(finish(&t), 7);
    }
}

static void hanging_up(void **state)
{
    (void)state;
    struct pty t;
    int status;
    signal(SIGHUP, SIG_IGN);
    start(&t, "xterm-256color", 80, 24);
    assert_true(await(&t, "frame 0"));
    close(t.slave);
    close(t.master);
    assert_int_equal(waitpid(t.child, &status, 0), t.child);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    signal(SIGHUP, SIG_DFL);
}

int main(void)
{
    assert_non_null(setlocale(LC_ALL, "C.UTF-8"));
    glyph_init(true);
    enum { PLAIN = 9 };
    struct CMUnitTest tests[PLAIN + COUNT_OF(rows) + COUNT_OF(terminals) + COUNT_OF(shorter)] = {
        cmocka_unit_test(tiny),   cmocka_unit_test(resizing_and_coming_back), cmocka_unit_test(copying),
        cmocka_unit_test(rescue), cmocka_unit_test(unknown_terminals),        cmocka_unit_test(hanging_up),
        cmocka_unit_test(scrolling), cmocka_unit_test(region_given_back),
        cmocka_unit_test(not_waiting),
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        tests[PLAIN + i] = (struct CMUnitTest){rows[i].name, row_holds, NULL, NULL, (void *)&rows[i]};
    for (size_t i = 0; i < COUNT_OF(terminals); i++)
        tests[PLAIN + COUNT_OF(rows) + i] =
            (struct CMUnitTest){terminals[i].name, on_a_terminal, NULL, NULL, (void *)&terminals[i]};
    for (size_t i = 0; i < COUNT_OF(shorter); i++)
        tests[PLAIN + COUNT_OF(rows) + COUNT_OF(terminals) + i] =
            (struct CMUnitTest){shorter[i].name, shortened, NULL, NULL, (void *)&shorter[i]};
    return _cmocka_run_group_tests("screen", tests, COUNT_OF(tests), NULL, NULL);
}
