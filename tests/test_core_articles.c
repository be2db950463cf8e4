/* Articles in segments: what is copied, which title a text without one gets, the fingerprint
 * against its reference, and the runs of rows across two segments. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/articles.h"
#include "tests/support/assert_str.h"

#define FIFTY "1234567890123456789012345678901234567890123456789 "

static const struct title_row {
    const char *name, *text, *path, *title;
    bool in_text;
} title_rows[] = {
    {"first line", "The lamp house burns\n\nTom Reiss died.", "a/b.txt", "The lamp house burns", true},
    {"blank lines before", "\n \n\tA line \nmore", "b.txt", "A line", true},
    {"no text", "", "cases/1998/fire.txt", "fire.txt", false},
    {"blanks alone", " \n\t\n", "fire.txt", "fire.txt", false},
    {"no text, no path", "", "", "untitled", false},
    {"cut behind a word", FIFTY FIFTY "twelve bytes and more", "x", FIFTY FIFTY "twelve bytes and", true},
    {"no blank to cut at", FIFTY "\xc3\xa9" FIFTY "123456789012345678\xc3\xa9\xc3\xa9", "x",
     FIFTY "\xc3\xa9" "1234567890123456789012345678901234567890123456789", true},
    {"one long word", FIFTY "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\xe2\x82\xac", "x",
     FIFTY "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", true},
};

static void test_title(void **state)
{
    const struct title_row *row = *state;
    struct segment *s = segment_new();
    struct article a = {.path = str_of(row->path), .text = str_of(row->text)};
    const struct article *got = segment_add(s, &a);
    assert_str(got->title, row->title);
    assert_int_equal(got->title_in_text, row->in_text);
    segment_free(s);
}

/* From the reference implementation's vectors: input 00 01 02 … of n bytes. */
static const struct key_row {
    size_t n;
    uint8_t expected[16];
} key_rows[] = {
    {0, {0xa3, 0x81, 0x7f, 0x04, 0xba, 0x25, 0xa8, 0xe6, 0x6d, 0xf6, 0x72, 0x14, 0xc7, 0x55, 0x02, 0x93}},
    {1, {0xda, 0x87, 0xc1, 0xd8, 0x6b, 0x99, 0xaf, 0x44, 0x34, 0x76, 0x59, 0x11, 0x9b, 0x22, 0xfc, 0x45}},
    {2, {0x81, 0x77, 0x22, 0x8d, 0xa4, 0xa4, 0x5d, 0xc7, 0xfc, 0xa3, 0x8b, 0xde, 0xf6, 0x0a, 0xff, 0xe4}},
};

static void test_key(void **state)
{
    (void)state;
    char input[16];
    for (size_t i = 0; i < sizeof input; i++)
        input[i] = (char)i;
    for (size_t i = 0; i < COUNT_OF(key_rows); i++) {
        struct article_key k = article_key_of(str_from(input, key_rows[i].n));
        uint8_t got[16];
        for (int b = 0; b < 8; b++)
            got[b] = (uint8_t)(k.lo >> 8 * b), got[8 + b] = (uint8_t)(k.hi >> 8 * b);
        assert_memory_equal(got, key_rows[i].expected, 16);
    }
}

static void test_key_of_copies(void **state)
{
    (void)state;
    char text[] = " The lamp house burns tonight";
    struct article_key a = article_key_of(str_of(text));
    struct article_key b = article_key_of(str_of(" The lamp house burns tonight"));
    text[20] ^= 1;
    struct article_key c = article_key_of(str_of(text));
    assert_true(a.hi == b.hi && a.lo == b.lo);
    assert_false(a.hi == c.hi || a.lo == c.lo);
}

static void test_everything_is_copied(void **state)
{
    (void)state;
    char buffer[] = "path title outlet author url tags text";
    struct article a = {
        .path = str_from(buffer, 4),       .title = str_from(buffer + 5, 5),
        .outlet = str_from(buffer + 11, 6), .author = str_from(buffer + 18, 6),
        .url = str_from(buffer + 25, 3),    .tags = str_from(buffer + 29, 4),
        .text = str_from(buffer + 34, 4),   .published = 7, .not_before = DAY_NONE,
    };
    struct segment *s = segment_new();
    segment_add(s, &a);
    memset(buffer, '#', sizeof buffer);
    const struct article *got = &s->rows.v[0];
    assert_str(got->path, "path");
    assert_str(got->title, "title");
    assert_str(got->outlet, "outlet");
    assert_str(got->author, "author");
    assert_str(got->url, "url");
    assert_str(got->tags, "tags");
    assert_str(got->text, "text");
    assert_int_equal(got->published, 7);
    assert_false(got->title_in_text);
    assert_int_equal(s->text_bytes, 4);
    segment_free(s);
}

/* A segment of articles with one sentence each, from id `first` on. */
static struct segment *segment_of_texts(uint32_t first, const char *const *texts, size_t n)
{
    struct segment *s = segment_new();
    s->first = (article_id){first};
    for (size_t i = 0; i < n; i++)
        segment_add(s, &(struct article){.path = STR("p"), .text = str_of(texts[i]),
                                         .published = DAY_NONE, .not_before = DAY_NONE});
    return s;
}

static void test_runs_across_segments(void **state)
{
    (void)state;
    static const char *const early[] = {"One stands here.", "", "Three. It has two."};
    static const char *const late[] = {"Four stands here."};
    struct segment *a = segment_of_texts(1, early, 3), *b = segment_of_texts(4, late, 1);
    struct finder *f = finder_open();
    segment_analyse(a, f, true);
    const struct segment *both[] = {a, b};
    struct articles all = {both, 2, 4, 3};
    assert_int_equal(article_sentences(&all, (article_id){1}).n, 1);
    assert_int_equal(article_sentences(&all, (article_id){2}).n, 0);
    assert_int_equal(article_sentences(&all, (article_id){3}).n, 2);
    assert_int_equal(article_sentences(&all, (article_id){4}).n, 0); /* not analysed yet */
    segment_analyse(b, f, true);
    all.analysed = 4;
    struct sentence_run run = article_sentences(&all, (article_id){4});
    assert_int_equal(run.n, 1);
    assert_int_equal(run.v[0].at.end, strlen(late[0]));
    assert_ptr_equal(article_at(&all, (article_id){4}), &b->rows.v[0]);
    assert_ptr_equal(article_at(&all, (article_id){3}), &a->rows.v[2]);
    assert_null(article_at(&all, NO_ARTICLE));
    assert_null(article_at(&all, (article_id){5}));
    assert_int_equal(article_mentions(&all, (article_id){5}).n, 0);
    finder_close(f);
    segment_free(a);
    segment_free(b);
}

static void test_analysing_without_finders(void **state)
{
    (void)state;
    static const char *const texts[] = {"One stands here.", "Two."};
    struct segment *s = segment_of_texts(1, texts, 2);
    segment_analyse(s, NULL, true);
    const struct segment *one[] = {s};
    struct articles all = {one, 1, 2, 2};
    assert_int_equal(article_sentences(&all, (article_id){2}).n, 0);
    assert_int_equal(article_quotes(&all, (article_id){1}).n, 0);
    assert_int_equal(article_dates(&all, (article_id){1}).n, 0);
    segment_free(s);
}

static void test_sentence_at(void **state)
{
    (void)state;
    static const struct sentence v[] = {{.at = {5, 10}}, {.at = {12, 20}}, {.at = {20, 30}}};
    static const struct { uint32_t at; int row; } rows[] = {
        {0, 0}, {5, 0}, {9, 0}, {11, 0}, {12, 1}, {19, 1}, {20, 2}, {99, 2},
    };
    struct sentence_run run = {v, COUNT_OF(v)};
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        assert_ptr_equal(sentence_at(run, rows[i].at), &v[rows[i].row]);
    assert_null(sentence_at((struct sentence_run){0}, 3));
}

int main(void)
{
    struct CMUnitTest tests[COUNT_OF(title_rows) + 6];
    size_t n = 0;
    for (size_t i = 0; i < COUNT_OF(title_rows); i++)
        tests[n++] = (struct CMUnitTest){title_rows[i].name, test_title, NULL, NULL, (void *)&title_rows[i]};
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_key);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_key_of_copies);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_everything_is_copied);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_runs_across_segments);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_analysing_without_finders);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_sentence_at);
    return _cmocka_run_group_tests("articles", tests, n, NULL, NULL);
}
