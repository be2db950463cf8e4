/* terminfo: compiled entries made here, trimmed; and that what is no entry stays as it is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "core/base.h"
#include "tui/terminfo.h"

enum { SGR0 = 39, SGR = 131, STRINGS = 132, NUMBERS = 3 };

struct entry {
    char bytes[2048];
    size_t n, offsets, table;
};

static void put(struct entry *e, unsigned v)
{
    e->bytes[e->n++] = (char)(v & 255);
    e->bytes[e->n++] = (char)(v >> 8);
}

/* An entry named "t" with two flags, some numbers and at most two strings. */
static void make(struct entry *e, bool wide, const char *sgr0, const char *sgr)
{
    char table[256] = "";
    size_t at[2] = {0, sgr0 ? strlen(sgr0) + 1 : 0}, n = at[1] + (sgr ? strlen(sgr) + 1 : 0);
    if (sgr0)
        memcpy(table, sgr0, at[1]);
    if (sgr)
        memcpy(table + at[1], sgr, strlen(sgr) + 1);
    *e = (struct entry){.n = 0};
    put(e, wide ? 01036 : 0432), put(e, 2), put(e, 1), put(e, NUMBERS), put(e, STRINGS), put(e, (unsigned)n);
    memcpy(e->bytes + e->n, "t\0\1\0", 4); /* names, one flag, a byte to make it even */
    e->n += 4;
    for (int i = 0; i < NUMBERS * (wide ? 2 : 1); i++)
        put(e, 80);
    e->offsets = e->n;
    for (int i = 0; i < STRINGS; i++)
        put(e, i == SGR0 && sgr0 ? (unsigned)at[0] : i == SGR && sgr ? (unsigned)at[1] : 0xffff);
    e->table = e->n;
    memcpy(e->bytes + e->n, table, n);
    e->n += n;
}

/* The string as curses would read it; NULL: the terminal has none. */
static const char *string_of(const struct entry *e, int which)
{
    const unsigned char *p = (const unsigned char *)e->bytes + e->offsets + 2 * which;
    unsigned offset = p[0] | (unsigned)p[1] << 8;
    return offset == 0xffff ? NULL : e->bytes + e->table + offset;
}

#define XTERM_SGR "\033[0%?%p6%t;1%;m"

static const struct row {
    const char *name, *sgr0, *sgr, *left;
    bool trimmed;
} rows[] = {
    {"character set first", "\033(B\033[m", XTERM_SGR, "\033[m", true},
    {"shift in behind", "\033[m\017", XTERM_SGR, "\033[m", true},
    {"looks alone", "\033[m", XTERM_SGR, "\033[m", false},
    {"padding behind", "\033[m\017$<2>", XTERM_SGR, "\033[m\017$<2>", false},
    {"character set alone", "\033(B", XTERM_SGR, "\033(B", false},
    {"no sgr", "\033(B\033[m", NULL, "\033[m", true},
    {"no sgr0", NULL, XTERM_SGR, NULL, false},
};

static void row(void **state)
{
    const struct row *r = *state;
    for (int wide = 0; wide < 2; wide++) {
        struct entry e;
        make(&e, wide, r->sgr0, r->sgr);
        assert_int_equal(terminfo_trim(e.bytes, e.n), r->trimmed);
        if (r->left)
            assert_string_equal(string_of(&e, SGR0), r->left);
        else
            assert_null(string_of(&e, SGR0));
        assert_int_equal(string_of(&e, SGR) == NULL, r->trimmed || !r->sgr);
    }
}

/* Cut anywhere, or with any byte of the header changed, it is read within its bounds. */
static void broken(void **state)
{
    (void)state;
    struct entry whole;
    make(&whole, false, "\033(B\033[m", XTERM_SGR);
    for (size_t n = 0; n < whole.n; n++) {
        char *cut = malloc(n ? n : 1);
        memcpy(cut, whole.bytes, n);
        assert_false(terminfo_trim(cut, n));
        assert_memory_equal(cut, whole.bytes, n);
        free(cut);
    }
    for (size_t i = 0; i < 12; i++)
        for (int v = 0; v < 256; v++) {
            char *bad = malloc(whole.n);
            memcpy(bad, whole.bytes, whole.n);
            bad[i] = (char)v;
            terminfo_trim(bad, whole.n);
            free(bad);
        }
}

static void environment(void **state)
{
    (void)state;
    setenv("TERMINFO", "/nowhere", 1);
    terminfo_offer("xterm-256color");
    terminfo_restore();
    assert_string_equal(getenv("TERMINFO"), "/nowhere");
    unsetenv("TERMINFO");
    terminfo_offer("xterm-256color");
    terminfo_restore();
    assert_null(getenv("TERMINFO"));
    terminfo_offer("../../etc/passwd");
    assert_null(getenv("TERMINFO"));
    terminfo_offer("");
    terminfo_offer(NULL);
    terminfo_restore();
    assert_null(getenv("TERMINFO"));
}

/* With scroll regions and both ways to scroll in them, the moves by rows are gone; else all
 * stays. */
static void motions(void **state)
{
    enum { CSR = 3, CUD1 = 11, CUU1 = 19, CUD = 107, IND = 129, RI = 130 };
    static const int scrolls[] = {CSR, IND, RI}, moves[] = {CUD1, CUU1, CUD};
    (void)state;
    for (int without = -1; without < 3; without++) {
        struct entry e;
        make(&e, false, NULL, NULL);
        e.bytes[10] = 2; /* a table of one string, "x", which all of these have */
        memcpy(e.bytes + e.n, "x", 2), e.n += 2;
        for (int i = 0; i < 3; i++) {
            if (i != without)
                memset(e.bytes + e.offsets + 2 * scrolls[i], 0, 2);
            memset(e.bytes + e.offsets + 2 * moves[i], 0, 2);
        }
        assert_int_equal(terminfo_trim(e.bytes, e.n), without < 0);
        for (int i = 0; i < 3; i++)
            assert_int_equal(string_of(&e, moves[i]) == NULL, without < 0);
        assert_int_equal(string_of(&e, CSR) == NULL, without == 0);
    }
}

int main(void)
{
    struct CMUnitTest tests[COUNT_OF(rows) + 3] = {cmocka_unit_test(broken), cmocka_unit_test(environment),
                                                   cmocka_unit_test(motions)};
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        tests[3 + i] = (struct CMUnitTest){rows[i].name, row, NULL, NULL, (void *)&rows[i]};
    return _cmocka_run_group_tests("terminfo", tests, COUNT_OF(tests), NULL, NULL);
}
