/* The program itself in a real terminal (a pty), briefly: starting, resizing, suspending, quitting,
 * signals, a terminal that is gone.  After each the terminal's settings are compared with those it
 * had before.  Nothing depends on time: what must be on the screen is waited for, long enough for a
 * slow machine with sanitizers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <utmp.h>
#include <sqlite3.h>
#include <cmocka.h>

#include "core/arena.h"

#define PATIENCE_MS 60000
#define LEAVES "\033[?1049l" /* the alternate screen */

static const char *opens = "corpus/sample";
static char folder[] = "/tmp/dossier-terminal-XXXXXX";

struct terminal {
    int master, slave;
    pid_t child;
    struct termios before;
    VEC(char) out; /* since the last `forget` */
};

static void run_program(int slave)
{
    const char *program = getenv("DOSSIER");
    static const char *const unset[] = {"LINES", "COLUMNS", "NO_COLOR", "TMUX", "STY"};
    if (login_tty(slave) < 0)
        _exit(98);
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
    setenv("TERM", "xterm-256color", 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    setenv("ASAN_OPTIONS", "detect_leaks=0", 1); /* terminfo keeps its entry until the end */
    setenv("HOME", folder, 1);
    setenv("XDG_STATE_HOME", folder, 1);
    setenv("XDG_DATA_HOME", folder, 1);
    setenv("XDG_CONFIG_HOME", folder, 1);
    setenv("XDG_CACHE_HOME", folder, 1);
    for (size_t i = 0; i < COUNT_OF(unset); i++)
        unsetenv(unset[i]);
    execl(program ? program : ".build/plain/dossier", "dossier", opens, (char *)NULL);
    _exit(99);
}

static void start(struct terminal *t)
{
    struct winsize size = {.ws_col = 80, .ws_row = 24};
    *t = (struct terminal){0};
    if (openpty(&t->master, &t->slave, NULL, NULL, &size) != 0) {
        print_message("there is no pty here: skipped\n");
        skip();
    }
    assert_int_equal(tcgetattr(t->slave, &t->before), 0);
    fflush(NULL);
    t->child = fork();
    assert_true(t->child >= 0);
    if (t->child == 0) {
        close(t->master);
        run_program(t->slave);
    }
}

/* Takes what comes within `ms`; false when nothing did. */
static bool take(struct terminal *t, int ms)
{
    struct pollfd p = {t->master, POLLIN, 0};
    if (poll(&p, 1, ms) <= 0)
        return false;
    vec_reserve(&t->out, 4096);
    ssize_t n = read(t->master, t->out.v + t->out.n, 4096);
    if (n > 0)
        t->out.n += (size_t)n;
    return n > 0;
}

static void await(struct terminal *t, const char *what)
{
    while (!t->out.n || !memmem(t->out.v, t->out.n, what, strlen(what)))
        if (!take(t, PATIENCE_MS))
            fail_msg("'%s' does not come; the last of %zu bytes: %.*s", what, t->out.n,
                     (int)(t->out.n < 300 ? t->out.n : 300), t->out.v + (t->out.n < 300 ? 0 : t->out.n - 300));
}

static void type(struct terminal *t, const char *keys)
{
    vec_clear(&t->out);
    assert_int_equal(write(t->master, keys, strlen(keys)), strlen(keys));
}

/* Waits until the program has changed its state (WUNTRACED: stopped counts), taking what it
 * writes. */
static int wait_for(struct terminal *t, int options)
{
    int status;
    pid_t got;
    for (int waited = 0; (got = waitpid(t->child, &status, options | WNOHANG)) == 0; waited += 20) {
        if (waited > PATIENCE_MS) {
            kill(t->child, SIGKILL);
            fail_msg("the program does not end");
        }
        take(t, 20);
    }
    assert_int_equal(got, t->child);
    while (take(t, 0))
        ;
    return status;
}

static void terminal_is_as_before(const struct terminal *t)
{
    struct termios now;
    assert_int_equal(tcgetattr(t->slave, &now), 0);
    assert_int_equal(now.c_iflag, t->before.c_iflag);
    assert_int_equal(now.c_oflag, t->before.c_oflag);
    assert_int_equal(now.c_cflag, t->before.c_cflag);
    assert_int_equal(now.c_lflag, t->before.c_lflag);
    assert_memory_equal(now.c_cc, t->before.c_cc, sizeof now.c_cc);
    assert_non_null(memmem(t->out.v, t->out.n, LEAVES, strlen(LEAVES)));
}

static void finish(struct terminal *t)
{
    close(t->master);
    close(t->slave);
    vec_free(&t->out);
}

static void ends_with(struct terminal *t, int exit_status)
{
    int status = wait_for(t, 0);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), exit_status);
    terminal_is_as_before(t);
    finish(t);
}

/* ---- what must hold ---- */

static void starts_and_quits(void **state)
{
    struct terminal t;
    struct termios during;
    (void)state;
    start(&t);
    await(&t, "Articles");
    await(&t, "Keeper dead, two lifeboatmen missing");
    assert_int_equal(tcgetattr(t.slave, &during), 0);
    assert_int_equal(during.c_lflag & (ECHO | ICANON), 0);
    type(&t, "q");
    ends_with(&t, 0);
}

/* Keys typed before the program was there are not lost. */
static void keys_typed_ahead(void **state)
{
    struct terminal t;
    (void)state;
    start(&t);
    type(&t, "ZZ");
    ends_with(&t, 0);
}

static void resizes(void **state)
{
    struct terminal t;
    struct winsize size = {.ws_col = 140, .ws_row = 40}, tiny = {.ws_col = 1, .ws_row = 1};
    (void)state;
    start(&t);
    await(&t, "Timeline");
    vec_clear(&t.out);
    ioctl(t.master, TIOCSWINSZ, &size);
    await(&t, "│"); /* columns have a rule between them */
    ioctl(t.master, TIOCSWINSZ, &tiny);
    vec_clear(&t.out);
    ioctl(t.master, TIOCSWINSZ, &size);
    await(&t, "│");
    type(&t, "q");
    ends_with(&t, 0);
}

static void suspends_and_continues(void **state)
{
    struct terminal t;
    (void)state;
    start(&t);
    await(&t, "Keeper dead, two lifeboatmen missing");
    type(&t, "\x1a");
    assert_true(WIFSTOPPED(wait_for(&t, WUNTRACED)));
    terminal_is_as_before(&t);
    vec_clear(&t.out);
    kill(t.child, SIGCONT);
    await(&t, "Keeper dead, two lifeboatmen missing");
    type(&t, "q");
    ends_with(&t, 0);
}

static const struct signal_case {
    const char *name;
    int signal;
} signals[] = {{"hang-up", SIGHUP}, {"terminate", SIGTERM}, {"interrupt", SIGINT}};

static void signal_restores(void **state)
{
    const struct signal_case *c = *state;
    struct terminal t;
    start(&t);
    await(&t, "Keeper dead, two lifeboatmen missing");
    type(&t, "jj\""); /* with a prompt open */
    await(&t, "Look up:");
    kill(t.child, c->signal);
    ends_with(&t, 128 + c->signal);
}

/* A broken promise ends the program as ever, and leaves the terminal as it was. */
static void abort_restores(void **state)
{
    struct terminal t;
    (void)state;
    start(&t);
    await(&t, "Keeper dead, two lifeboatmen missing");
    vec_clear(&t.out);
    kill(t.child, SIGABRT);
    int status = wait_for(&t, 0);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGABRT);
    terminal_is_as_before(&t);
    finish(&t);
}

/* Is there a draft in the reader's notes? */
static bool draft_on_disk(void)
{
    char file[sizeof folder + 32];
    sqlite3 *db = NULL;
    sqlite3_stmt *q = NULL;
    snprintf(file, sizeof file, "%s/dossier/notes.db", folder);
    bool found = sqlite3_open_v2(file, &db, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK &&
                 sqlite3_prepare_v2(db, "SELECT 1 FROM notes WHERE draft", -1, &q, NULL) == SQLITE_OK &&
                 sqlite3_step(q) == SQLITE_ROW;
    sqlite3_finalize(q);
    sqlite3_close(db);
    return found;
}

/* Killed in the middle of a comment, nothing was typed for nothing. */
static void a_kill_keeps_what_was_typed(void **state)
{
    struct terminal t;
    (void)state;
    start(&t);
    await(&t, "1998-11-12"); /* all is read */
    type(&t, "\ta");
    await(&t, "Note:");
    type(&t, "half a thought");
    await(&t, "thought");
    for (int waited = 0; !draft_on_disk(); waited += 20) {
        assert_true(waited < PATIENCE_MS);
        take(&t, 20);
    }
    kill(t.child, SIGKILL);
    wait_for(&t, 0);
    finish(&t);
    start(&t);
    await(&t, ":draft takes it up");
    type(&t, ":draft\r");
    await(&t, "half a thought");
    type(&t, "\r");
    await(&t, "Saved");
    type(&t, "ZZ");
    ends_with(&t, 0);
}

static void terminal_gone(void **state)
{
    struct terminal t;
    int status = 0;
    pid_t got = 0;
    (void)state;
    start(&t);
    await(&t, "Keeper dead, two lifeboatmen missing");
    close(t.slave);
    close(t.master);
    for (int waited = 0; waited < PATIENCE_MS && (got = waitpid(t.child, &status, WNOHANG)) == 0; waited += 20)
        poll(NULL, 0, 20);
    if (got == 0)
        kill(t.child, SIGKILL);
    assert_int_equal(got, t.child);
    assert_true(WIFEXITED(status));
    vec_free(&t.out);
}

/* A path that is not there is told in a line, without a screen; a folder without articles on
 * one. */
static void nothing_to_read(void **state)
{
    struct terminal t;
    (void)state;
    opens = "/nowhere at all";
    start(&t);
    int status = wait_for(&t, 0);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 2);
    assert_non_null(memmem(t.out.v, t.out.n, "/nowhere at all: No such file", 29));
    assert_null(memmem(t.out.v, t.out.n, LEAVES, strlen(LEAVES)));
    finish(&t);
    char empty[sizeof folder + 8];
    snprintf(empty, sizeof empty, "%s/empty", folder);
    assert_int_equal(mkdir(empty, 0700), 0);
    opens = empty;
    start(&t);
    await(&t, "Nothing to read was found");
    type(&t, "q");
    ends_with(&t, 0);
    opens = "corpus/sample";
}

/* What cannot be an option comes from a shell's pattern as well as from a hand: it is said,
 * safely. */
static void no_option(void **state)
{
    struct terminal t;
    (void)state;
    opens = "--\033]0;title\007";
    start(&t);
    int status = wait_for(&t, 0);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 2);
    assert_non_null(memmem(t.out.v, t.out.n, "title", 5));
    assert_null(memchr(t.out.v, '\033', t.out.n));
    assert_null(memchr(t.out.v, '\007', t.out.n));
    finish(&t);
    opens = "corpus/sample";
}

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    char line[128];
    (void)state;
    snprintf(line, sizeof line, "rm -rf %s", folder);
    return system(line);
}

int main(void)
{
    enum { PLAIN = 9 };
    struct CMUnitTest tests[PLAIN + COUNT_OF(signals)] = {
        cmocka_unit_test(starts_and_quits),       cmocka_unit_test(keys_typed_ahead),
        cmocka_unit_test(resizes), cmocka_unit_test(suspends_and_continues),
        cmocka_unit_test(terminal_gone),          cmocka_unit_test(nothing_to_read),
        cmocka_unit_test(a_kill_keeps_what_was_typed), cmocka_unit_test(no_option),
        cmocka_unit_test(abort_restores),
    };
    for (size_t i = 0; i < COUNT_OF(signals); i++)
        tests[PLAIN + i] =
            (struct CMUnitTest){signals[i].name, signal_restores, NULL, NULL, (void *)&signals[i]};
    return _cmocka_run_group_tests("terminal", tests, COUNT_OF(tests), make_folder, remove_folder);
}
