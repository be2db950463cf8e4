/* Glyphs: what each kind of character is shown as, and for every character there is and for files
 * of hostile strings that nothing leaves here which a terminal would obey. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <locale.h>
#include <stdio.h>
#include <wchar.h>
#include <cmocka.h>

#include "core/text.h"
#include "tui/glyph.h"

#define RLO "\xe2\x80\xae"
#define ZWJ "\xe2\x80\x8d"
#define ZWSP "\xe2\x80\x8b"
#define VS16 "\xef\xb8\x8f"
#define ACUTE "\xcc\x81"

static const struct row {
    const char *name, *input, *shown, *ascii;
    unsigned cols;
} rows[] = {
    {"ascii", "Reiss", "Reiss", "Reiss", 5},
    {"quotes", "“a” ‘b’", "“a” ‘b’", "\"a\" 'b'", 7},
    {"accent", "Müller", "Müller", "Muller", 6},
    {"combining accent", "e" ACUTE "x", "e" ACUTE "x", "ex", 2},
    {"wide", "日本", "日本", "??", 4},
    {"escape", "a\x1b[2Jb", "a␛[2Jb", "a^[[2Jb", 6},
    {"delete", "\x7f", "␡", "^?", 1},
    {"line end", "a\nb\tc", "a␊b␉c", "a^Jb^Ic", 5},
    {"C1", "\xc2\x9b", "<009B>", "<009B>", 6},
    {"override", "a" RLO "b", "a<202E>b", "a?b", 8 + 0},
    {"zero width space", "a" ZWSP "b", "a<200B>b", "a?b", 8},
    {"joiner among letters", "a" ZWJ "b", "a<200D>b", "ab", 8},
    {"byte order mark", "\xef\xbb\xbf" "a", "<FEFF>a", "?a", 7},
    {"line separator", "\xe2\x80\xa8", "<2028>", "?", 6},
    {"soft hyphen", "co\xc2\xadop", "co-op", "co-op", 5},
    {"unassigned", "\xcd\xb8", "<0378>", "?", 6},
    {"heart with selector", "❤" VS16 "!", "❤!", "?!", 2},
    {"selector alone", VS16, "<FE0F>", "?", 6},
    {"two selectors", "a" VS16 VS16, "a<FE0F>", "a", 7},
    {"skin tone", "👍🏽!", "👍!", "?!", 3},
    {"tone alone", "🏽", "🏽", "?", 2},
    {"family", "👨" ZWJ "👩" ZWJ "👧", "👨👩👧", "?", 6},
    {"flag", "🇫🇷", "🇫🇷", "?", 2},
    {"keycap", "1" VS16 "\xe2\x83\xa3", "1\xe2\x83\xa3", "1", 1},
    {"tagged flag", "🏴\xf3\xa0\x81\xa7\xf3\xa0\x81\xa2\xf3\xa0\x81\xbf", "🏴<gb>", "?", 6},
    {"mark without base", ACUTE, "◌" ACUTE, "?", 1},
    {"mark after a line end", "\n" ACUTE, "␊◌" ACUTE, "^J?", 2},
    {"hangul jamo", "\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab", "\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab", "?", 2},
    {"spacing mark", "\xe0\xa4\x95\xe0\xa4\xbe", "\xe0\xa4\x95\xe0\xa4\xbe", "?", 2},
    {"broken bytes", "a\xff\xc3", "a\xef\xbf\xbd\xef\xbf\xbd", "a??", 3},
    {"the reader's own signs", "›●≈≠─│", "›●≈≠─│", ">*~!-|", 6},
};

static void shown_as(char *out, const char *input)
{
    struct str s = str_of(input);
    struct glyph g;
    *out = '\0';
    for (size_t at = 0; at < s.n; at += g.taken) {
        glyph_at(s, at, &g);
        strncat(out, g.bytes, g.n);
    }
}

static void row_holds(void **state)
{
    const struct row *r = *state;
    char out[512];
    glyph_init(true);
    shown_as(out, r->input);
    assert_string_equal(out, r->shown);
    assert_int_equal(glyph_cols(str_of(r->input), 0), r->cols);
    glyph_init(false);
    shown_as(out, r->input);
    assert_string_equal(out, r->ascii);
    glyph_init(true);
}

/* ---- nothing leaves but what may ---- */

static bool is_obeyed(uint32_t c)
{
    return c < 0x20 || (c >= 0x7f && c <= 0x9f) || (c >= 0x200b && c <= 0x200f) ||
           (c >= 0x2028 && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) || c == 0x061c ||
           c == 0x180e || c == 0xfeff || (c >= 0xfff9 && c <= 0xfffb) ||
           (c >= 0xe0000 && c <= 0xe0fff);
}

static void check_glyph(const struct glyph *g)
{
    unsigned cols = 0, parts = 0, marks = 0;
    assert_true(g->n > 0 && g->n <= GLYPH_BYTES && g->taken > 0);
    const char *p = g->bytes, *end = p + g->n;
    assert_int_equal(utf8_valid_prefix(str_from(p, g->n)), g->n);
    while (p < end) {
        uint32_t c = utf8_decode(p, &p);
        int width = wcwidth((wchar_t)c);
        assert_false(is_obeyed(c));
        assert_true(width >= 0);
        marks = width ? 0 : marks + 1;
        assert_true(marks <= GLYPH_MARKS);
        cols += (unsigned)width;
        parts += width > 0;
    }
    assert_int_equal(cols, g->cols);
    assert_int_equal(parts, g->parts);
    assert_true(cols > 0);
}

static void check_parts(const struct glyph *g)
{
    unsigned at = 0, cols, sum = 0, n = 0;
    struct str part;
    while (glyph_part(g, &at, &part, &cols)) {
        assert_true(part.n > 0 && part.n <= CELL_BYTES && cols >= 1 && cols <= 2);
        sum += cols;
        n++;
    }
    assert_int_equal(at, g->n);
    assert_int_equal(sum, g->cols);
    assert_int_equal(n, g->parts);
}

static void check_text(struct str s)
{
    struct glyph g;
    size_t at = 0;
    for (; at < s.n; at += g.taken) {
        glyph_at(s, at, &g);
        check_glyph(&g);
        check_parts(&g);
    }
    assert_int_equal(at, s.n);
}

static void every_character(void **state)
{
    (void)state;
    char text[12] = "x";
    for (uint32_t c = 0; c < 0x110000; c++) {
        if (c >= 0xd800 && c < 0xe000)
            continue;
        size_t n = 1 + utf8_encode(c, text + 1);
        memcpy(text + n, "é", 2);
        check_text(str_from(text, n + 2));
        check_text(str_from(text + 1, n - 1));
    }
}

static void random_text(void **state)
{
    (void)state;
    static const uint32_t pool[] = {'a',    ' ',    '\n',    0x1b,    0x301,   0x200d,  0xfe0f,
                                    0x202e, 0x65e5, 0x1f468, 0x1f3fd, 0x1f1eb, 0x1f1f7, 0xe0067,
                                    0x1112, 0x1161, 0x93e,   0x378,   0x9b,    0x600,   0x2019};
    char text[400];
    uint32_t seed = 7;
    for (int round = 0; round < 20000; round++) {
        size_t n = 0;
        for (int i = 0; i < 24; i++) {
            seed = seed * 1664525 + 1013904223;
            n += utf8_encode(pool[(seed >> 16) % COUNT_OF(pool)], text + n);
        }
        if (round % 4 == 0)
            text[seed % n] = (char)(seed >> 8);
        check_text(str_from(text, n));
    }
}

/* A million marks on one letter: four are shown, and looking at them all stays linear. */
static void flood_of_marks(void **state)
{
    (void)state;
    size_t marks = 1000000, n = 1 + 2 * marks;
    char *text = malloc(n);
    *text = 'a';
    for (size_t i = 0; i < marks; i++)
        memcpy(text + 1 + 2 * i, ACUTE, 2);
    check_text(str_from(text, n));
    struct glyph g;
    glyph_at(str_from(text, n), 0, &g);
    assert_int_equal(g.n, 1 + 2 * GLYPH_MARKS);
    assert_true(g.taken < 1000);
    free(text);
}

/* ---- files of others ---- */

static FILE *shared_file(const char *name)
{
    char path[256];
    snprintf(path, sizeof path, "../shared/hostile/%s", name);
    FILE *f = fopen(path, "r");
    if (!f)
        print_message("[ no file ] %s\n", path);
    return f;
}

static void naughty_strings(void **state)
{
    (void)state;
    FILE *f = shared_file("blns/blns.txt");
    if (!f)
        skip();
    char *line = NULL;
    size_t cap = 0;
    ssize_t n;
    while ((n = getline(&line, &cap, f)) > 0)
        check_text(str_from(line, (size_t)n));
    free(line);
    fclose(f);
}

/* Each emoji is one glyph, the tagged flags aside, and as wide as the sum of what is shown. */
static void emoji(void **state)
{
    (void)state;
    FILE *f = shared_file("unicode/emoji-test.txt");
    if (!f)
        skip();
    char *line = NULL;
    size_t cap = 0, seen = 0;
    while (getline(&line, &cap, f) > 0) {
        char text[64], *p = line, *end;
        size_t n = 0;
        for (unsigned long c; c = strtoul(p, &end, 16), end != p; p = end)
            n += utf8_encode((uint32_t)c, text + n);
        if (n == 0 || line[0] == '#')
            continue;
        struct glyph g;
        glyph_at(str_from(text, n), 0, &g);
        check_text(str_from(text, n));
        if (g.bytes[0] != '<' && !memmem(text, n, "\xf3\xa0", 2))
            assert_int_equal(g.taken, n);
        seen++;
    }
    assert_true(seen > 4000);
    free(line);
    fclose(f);
}

static void columns_stop_at_the_limit(void **state)
{
    (void)state;
    assert_int_equal(glyph_cols(STR("日本語"), 3), 4);
    assert_int_equal(glyph_cols(STR(""), 0), 0);
}

static void printing_keeps_line_ends(void **state)
{
    (void)state;
    char *text = NULL;
    size_t n;
    FILE *to = open_memstream(&text, &n);
    glyph_print(to, STR("a\n\tb\x1b]0;x\x07"));
    fclose(to);
    assert_string_equal(text, "a\n\tb␛]0;x␇");
    free(text);
}

int main(void)
{
    assert_non_null(setlocale(LC_ALL, "C.UTF-8"));
    glyph_init(true);
    struct CMUnitTest tests[COUNT_OF(rows) + 7] = {
        cmocka_unit_test(every_character), cmocka_unit_test(random_text),
        cmocka_unit_test(flood_of_marks),  cmocka_unit_test(naughty_strings),
        cmocka_unit_test(emoji),           cmocka_unit_test(columns_stop_at_the_limit),
        cmocka_unit_test(printing_keeps_line_ends),
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        tests[7 + i] = (struct CMUnitTest){rows[i].name, row_holds, NULL, NULL, (void *)&rows[i]};
    return _cmocka_run_group_tests("glyph", tests, COUNT_OF(tests), NULL, NULL);
}
