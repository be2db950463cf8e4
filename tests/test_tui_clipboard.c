/* The clipboard: what is sent for a text, plain and through multiplexers, and what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "tui/clipboard.h"

#define ST "\033\\"

static const struct row {
    const char *name, *text;
    bool tmux, screen;
    const char *sent;
} rows[] = {
    {"one byte over", "lamp", false, false, "\033]52;c;bGFtcA==\a"},
    {"two bytes over", "lamps", false, false, "\033]52;c;bGFtcHM=\a"},
    {"in threes", "lamp a", false, false, "\033]52;c;bGFtcCBh\a"},
    {"nothing", "", false, false, "\033]52;c;\a"},
    {"beyond ascii", "é", false, false, "\033]52;c;w6k=\a"},
    {"tmux, both forms", "lamp", true, false,
     "\033]52;c;bGFtcA==\a\033Ptmux;\033\033]52;c;bGFtcA==\a" ST},
    {"tmux in screen", "lamp", true, true, "\033]52;c;bGFtcA==\a\033Ptmux;\033\033]52;c;bGFtcA==\a" ST},
    {"screen", "lamp", false, true, "\033P\033]52;c;bGFtcA==\a" ST},
    {"line ends stay", "a\n\tb", false, false, "\033]52;c;YQoJYg==\a"},
    {"escape as its picture (in ascii here)", "\033", false, false, "\033]52;c;Xls=\a"},
};

static void row(void **state)
{
    const struct row *r = *state;
    size_t n;
    char *sent = clipboard_sequence(str_of(r->text), r->tmux, r->screen, &n);
    assert_non_null(sent);
    assert_int_equal(n, strlen(r->sent));
    assert_memory_equal(sent, r->sent, n);
    free(sent);
}

/* At the limit all of it goes, one byte more and none; screen takes no more than 768 at a time. */
static void limit(void **state)
{
    (void)state;
    size_t n, most = SCREEN_COPY_BYTES;
    char *text = malloc(most + 1);
    memset(text, 'x', most + 1);
    char *sent = clipboard_sequence(str_from(text, most), false, true, &n);
    assert_non_null(sent);
    assert_true(n > most / 3 * 4);
    for (size_t i = 0, last = 0; i < n; i++)
        if (i == n - 1 || memcmp(sent + i, ST, 2) == 0) {
            assert_true(i - last <= 768);
            last = i;
        }
    free(sent);
    assert_null(clipboard_sequence(str_from(text, most + 1), false, false, &n));
    free(text);
}

int main(void)
{
    struct CMUnitTest tests[COUNT_OF(rows) + 1] = {cmocka_unit_test(limit)};
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        tests[1 + i] = (struct CMUnitTest){rows[i].name, row, NULL, NULL, (void *)&rows[i]};
    return _cmocka_run_group_tests("clipboard", tests, COUNT_OF(tests), NULL, NULL);
}
