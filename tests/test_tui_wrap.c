/* Wrapping: rows by example, then for random texts and every width that rows join up to the text,
 * fit, lie on cluster boundaries, and that bytes and rows find each other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <locale.h>
#include <stdlib.h>
#include <time.h>
#include <cmocka.h>

#include "core/text.h"
#include "tui/screen.h"
#include "tui/wrap.h"

static const struct row {
    const char *name, *text;
    int cols;
    const char *rows; /* what is shown of each, '|' behind each */
} rows[] = {
    {"empty", "", 10, "|"},
    {"one line", "the lamp", 10, "the lamp|"},
    {"at a blank", "the lamp house burned", 10, "the lamp|house|burned|"},
    {"exactly full", "the lamp house", 8, "the lamp|house|"},
    {"blanks at the break", "the lamp    house", 8, "the lamp|house|"},
    {"blanks inside", "a  b   c", 20, "a  b   c|"},
    {"paragraphs", "one\n\ntwo\n", 10, "one||two|"},
    {"full row, then a line end", "the lamp\nhouse", 8, "the lamp|house|"},
    {"full row, blanks, line end", "the lamp  \nhouse", 8, "the lamp|house|"},
    {"only line ends", "\n\n\n", 4, "|||"},
    {"only blanks", "      ", 4, "|"},
    {"indented", "  one two", 7, "  one|two|"},
    {"long word", "abcdefghij kl", 4, "abcd|efgh|ij|kl|"},
    {"long word behind a short", "ab cdefghij", 6, "ab|cdefgh|ij|"},
    {"hyphen", "well-known man", 7, "well-|known|man|"},
    {"leading hyphen stays", "a -known", 5, "a|-know|n|"},
    {"no break before a digit", "12 a-10 c", 5, "12|a-10|c|"},
    {"dash", "night—and day", 8, "night—|and day|"},
    {"wide", "日本語の新聞", 5, "日本|語の|新聞|"},
    {"closing mark stays", "日本語。新聞", 6, "日本|語。新|聞|"},
    {"wider than the row", "日本", 1, "日|本|"},
    {"one column", "ab c", 1, "a|b|c|"},
    {"combining", "ae\xcc\x81xy", 2, "ae\xcc\x81|xy|"},
    {"cluster in pieces is not parted", "ab c\xe2\x80\x8d", 8, "ab|c\xe2\x80\x8d|"},
    {"tab", "a\tb", 9, "a\tb|"},
    {"tab breaks", "a\tb", 8, "a|b|"},
};

/* Texts whose lines were broken by hand, and such as only look like it. */
#define TYPED                                                                                        \
    "Searchers recovered the body of a lifeboat volunteer on\nFriday evening, bringing to two the number "  \
    "of dead in the\nfire that destroyed the lamp house at the headland, and\nwent home.\n\n"
static const struct row reflowed[] = {
    {"a paragraph is filled", TYPED, 90,
     "Searchers recovered the body of a lifeboat volunteer on\nFriday evening, bringing to two|the number of dead in "
     "the\nfire that destroyed the lamp house at the headland, and\nwent|home.||"},
    {"filled for its own width", TYPED, 58,
     "Searchers recovered the body of a lifeboat volunteer on|Friday evening, bringing to two the number of dead in "
     "the|fire that destroyed the lamp house at the headland, and|went home.||"},
    {"a line with room left ends", TYPED "A heading\nthe text below\n", 90,
     "Searchers recovered the body of a lifeboat volunteer on\nFriday evening, bringing to two|the number of dead in "
     "the\nfire that destroyed the lamp house at the headland, and\nwent|home.||A heading|the text below|"},
    {"items and indents stay", TYPED "A line that goes on until there is no room for any word\n- antidisestablished\n"
     "  indented again\n", 58,
     "Searchers recovered the body of a lifeboat volunteer on|Friday evening, bringing to two the number of dead in "
     "the|fire that destroyed the lamp house at the headland, and|went home.||A line that goes on until there is no room "
     "for any word|- antidisestablished|  indented again|"},
    {"a table stays", TYPED "Kestrel Head        12   30   40   50   60   70   80\nAnselmshavnsundet    1    2\n", 70,
     "Searchers recovered the body of a lifeboat volunteer on\nFriday|evening, bringing to two the number of dead in "
     "the\nfire that destroyed|the lamp house at the headland, and\nwent home.||Kestrel Head        12   30   40   50   "
     "60   70   80|Anselmshavnsundet    1    2|"},
    {"a headline over a byline is no typescript", "Keeper's daughter speaks for the first time in years\nBy Ida Voss\n",
     90, "Keeper's daughter speaks for the first time in years|By Ida Voss|"},
    {"verse keeps its lines", "The light went out\nupon the head\nand nobody was there\nto see it burn\n", 60,
     "The light went out|upon the head|and nobody was there|to see it burn|"},
};

static void row_holds(void **state)
{
    const struct row *r = *state;
    char got[1024] = "";
    struct wrap *w = wrap_open(str_of(r->text), r->cols);
    if (r >= reflowed && r < reflowed + COUNT_OF(reflowed))
        wrap_reflow(w, true);
    struct wrap_row row;
    for (size_t i = 0; wrap_row(w, i, &row); i++) {
        strncat(got, r->text + row.at.begin, row.shown_end - row.at.begin);
        strcat(got, "|");
    }
    assert_string_equal(got, r->rows);
    wrap_close(w);
}

/* ---- properties ---- */

static const char *const pieces[] = {
    "lamp", " ", " ", "\n", "a", "-", "—", "日", "。", "e\xcc\x81", "\t", "👍🏽", "\xe2\x80\x8d", "\xe2\x80\xae",
    "🇫🇷", "\xcc\x81", "antidisestablishment", "\n\n", "  ", "👨\xe2\x80\x8d👩", "\xf3\xa0\x81\xa7", "’",
};

static uint32_t seed = 11;

static unsigned next_random(void)
{
    seed = seed * 1664525 + 1013904223;
    return seed >> 12;
}

static size_t random_text(char *out, unsigned pieces_n)
{
    size_t n = 0;
    for (unsigned i = 0; i < pieces_n; i++) {
        const char *p = pieces[next_random() % COUNT_OF(pieces)];
        memcpy(out + n, p, strlen(p));
        n += strlen(p);
    }
    return n;
}

static void check_row(struct wrap *w, int width, struct str text, const struct wrap_row *row, size_t i, bool may_join)
{
    struct str shown = str_at(text, span_of(row->at.begin, row->shown_end));
    int cols = wrap_col(w, row, row->shown_end), clusters = 0;
    for (size_t at = 0; at < shown.n; at = grapheme_next(shown, at))
        clusters++;
    assert_true(cols <= width || clusters <= 1);
    if (!may_join)
        assert_null(memchr(shown.p, '\n', shown.n));
    for (size_t at = row->shown_end; at < row->at.end; at++)
        assert_true(strchr(" \t\n", text.p[at]) != NULL);
    for (size_t at = row->at.begin; at < row->at.end; at++)
        assert_int_equal(wrap_row_of(w, at), i);
}

static void rows_join_up(void **state)
{
    (void)state;
    static char buffer[4096];
    for (int round = 0; round < 1500; round++) {
        struct str text = {buffer, random_text(buffer, next_random() % 60)};
        int cols = 1 + (int)(next_random() % 40);
        struct wrap *w = wrap_open(text, cols), *backward = wrap_open(text, cols);
        struct wrap_row row;
        size_t end = 0, i = 0;
        for (; wrap_row(w, i, &row); i++) {
            assert_int_equal(row.at.begin, end);
            assert_true(row.at.end > end || text.n == 0);
            end = row.at.end;
            check_row(w, cols, text, &row, i, false);
        }
        assert_int_equal(end, text.n);
        assert_int_equal(wrap_rows(backward), i);
        assert_int_equal(wrap_row_of(w, text.n), i - 1);
        wrap_close(w);
        wrap_close(backward);
    }
}

/* The same of typescript that is filled: words of random lengths, blanks and hyphens at the ends of
 * lines, in every width. */
static void filled_rows_join_up(void **state)
{
    static char buffer[8192];
    unsigned joined = 0;
    (void)state;
    for (int round = 0; round < 300; round++) {
        size_t n = 0, line = 0;
        while (n < 1500) {
            size_t word = 1 + next_random() % 11;
            if (line + word > 66) {
                buffer[n++] = '\n';
                line = 0;
                if (next_random() % 8 == 0)
                    buffer[n++] = '\n';
            }
            for (size_t i = 0; i < word; i++)
                buffer[n++] = (char)('a' + next_random() % 26);
            buffer[n++] = next_random() % 9 ? ' ' : '-';
            line += word + 1;
        }
        struct str text = {buffer, n};
        int cols = 1 + (int)(next_random() % 120);
        struct wrap *w = wrap_open(text, cols);
        struct wrap_row row;
        size_t end = 0;
        wrap_reflow(w, true);
        for (size_t i = 0; wrap_row(w, i, &row); i++) {
            assert_int_equal(row.at.begin, end);
            assert_true(row.at.end > end);
            end = row.at.end;
            check_row(w, cols, text, &row, i, true);
            joined += memchr(text.p + row.at.begin, '\n', row.shown_end - row.at.begin) != NULL;
        }
        assert_int_equal(end, n);
        wrap_close(w);
    }
    assert_true(joined > 1000);
}

/* A row is cut between clusters unless the cluster is wider than a row. */
static void rows_end_between_clusters(void **state)
{
    (void)state;
    static char buffer[4096];
    for (int round = 0; round < 1500; round++) {
        struct str text = {buffer, random_text(buffer, 40)};
        struct wrap *w = wrap_open(text, 30);
        size_t at = 0, cluster = 0;
        struct wrap_row row;
        for (size_t i = 0; wrap_row(w, i, &row); i++) {
            for (; at < row.at.end; at = grapheme_next(text, at))
                cluster = at;
            if (at != row.at.end)
                assert_true(glyph_cols(str_at(text, span_of(cluster, at)), 0) > 30);
        }
        wrap_close(w);
    }
}

static void drawing_agrees_with_columns(void **state)
{
    (void)state;
    struct str text = STR("a\tb日\tc e\xcc\x81 x");
    struct wrap *w = wrap_open(text, 60);
    struct frame *f = frame_open(60, 1);
    struct rect all = {0, 0, 60, 1};
    struct wrap_row row;
    assert_true(wrap_row(w, 0, &row));
    int x = 0;
    for (uint32_t at = 0; at < row.shown_end; at++) {
        assert_int_equal(x, wrap_col(w, &row, at));
        uint32_t next = (uint32_t)grapheme_next(text, at);
        x += wrap_put(w, f, all, x, 0, span_of(at, next), (struct look){0});
        at = next - 1;
    }
    assert_int_equal(x, wrap_col(w, &row, row.shown_end));
    assert_int_equal(frame_row(f, 0)[8].bytes[0], 'b');
    assert_int_equal(frame_row(f, 0)[16].bytes[0], 'c');
    assert_int_equal(wrap_put(w, f, all, 0, 0, span_of(0, row.shown_end), (struct look){0}), x);
    wrap_close(w);
    frame_close(f);
}

static void resizing_forgets(void **state)
{
    (void)state;
    struct wrap *w = wrap_open(STR("the lamp house burned"), 10);
    assert_int_equal(wrap_rows(w), 3);
    wrap_resize(w, 40);
    assert_int_equal(wrap_rows(w), 1);
    wrap_resize(w, -3); /* counts as 1 */
    assert_int_equal(wrap_rows(w), strlen("thelamphouseburned"));
    wrap_close(w);
}

/* Texts with no place to break: the work doubles when the text doubles.  Counted in rows and bytes
 * handled, since a row is never looked at twice; here that every row makes headway. */
static void hostile_texts(void **state)
{
    (void)state;
    static const char *const units[] = {"x", "\xcc\x81", "\xf3\xa0\x81\xa7", "\xe2\x80\x8d", "\t", " ", "日", "👨\xe2\x80\x8d"};
    size_t n = 300000;
    char *text = malloc(n);
    for (size_t u = 0; u < COUNT_OF(units); u++) {
        size_t unit = strlen(units[u]), used = n / unit * unit;
        for (size_t i = 0; i < used; i++)
            text[i] = units[u][i % unit];
        struct wrap *w = wrap_open(str_from(text, used), 20);
        struct wrap_row row;
        size_t count = wrap_rows(w);
        for (size_t i = 0; i < count; i++) {
            assert_true(wrap_row(w, i, &row));
            assert_true(row.at.end > row.at.begin);
            assert_true(wrap_col(w, &row, row.shown_end) <= 20);
        }
        wrap_close(w);
    }
    free(text);
}

int main(void)
{
    assert_non_null(setlocale(LC_ALL, "C.UTF-8"));
    glyph_init(true);
    struct CMUnitTest tests[COUNT_OF(rows) + COUNT_OF(reflowed) + 6] = {
        cmocka_unit_test(filled_rows_join_up),
        cmocka_unit_test(rows_join_up),  cmocka_unit_test(rows_end_between_clusters),
        cmocka_unit_test(drawing_agrees_with_columns),
        cmocka_unit_test(resizing_forgets), cmocka_unit_test(hostile_texts),
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        tests[6 + i] = (struct CMUnitTest){rows[i].name, row_holds, NULL, NULL, (void *)&rows[i]};
    for (size_t i = 0; i < COUNT_OF(reflowed); i++)
        tests[6 + COUNT_OF(rows) + i] =
            (struct CMUnitTest){reflowed[i].name, row_holds, NULL, NULL, (void *)&reflowed[i]};
    return _cmocka_run_group_tests("wrap", tests, COUNT_OF(tests), NULL, NULL);
}
