/* The small corpora of tests/data through the door, and the five articles of ../shared/seeds where
 * they are at hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/support/gather.h"

static const struct row {
    const char *path, *title, *day;
    int from;
} plain[] = {
    {"01-date-word.txt", "", "1998-11-13", PUBLISHED_HEADER},
    {"02-pairs.txt", "Keeper had left, says daughter", "2011-06-02", PUBLISHED_HEADER},
    {"03-front-matter.md", "He was never there", "2011-06-03", PUBLISHED_HEADER},
    {"04-lines.jsonl#1", "Brandt is charged", "1999-03-02", PUBLISHED_HEADER},
    {"04-lines.jsonl#2", "Brandt is freed", "2004-05-06", PUBLISHED_HEADER},
    {"05-array.json#1", "A", "2001-01-01", PUBLISHED_HEADER},
    {"05-array.json#2", "B", "2001-01-02", PUBLISHED_HEADER},
    {"06-page.html", "New hearing refused", "2012-09-10", PUBLISHED_PAGE},
    {"08-undated.txt", "", NULL, PUBLISHED_NONE},
    {"2003/02/14/07-by-folder.txt", "", "2003-02-14", PUBLISHED_FILE},
};

static int32_t day_of(const char *s)
{
    return s ? day_parse(str_of(s)) : DAY_NONE;
}

static void test_plain(void **state)
{
    (void)state;
    struct gathered g = {0};
    assert_int_equal(gather_path(&g, "tests/data/plain"), OK);
    assert_int_equal(g.articles.n, COUNT_OF(plain));
    assert_int_equal(g.issues.n, 0);
    for (size_t i = 0; i < COUNT_OF(plain); i++) {
        const struct article *a = &g.articles.v[i];
        assert_string_equal(a->path.p + strlen("tests/data/plain/"), plain[i].path);
        assert_string_equal(a->title.p, plain[i].title);
        assert_int_equal(a->published, day_of(plain[i].day));
        assert_int_equal(a->published_from, plain[i].from);
        assert_true(a->text.n > 0);
    }
    assert_int_equal(g.articles.v[8].not_before, day_of("2011-06-03"));
    gather_free(&g);
}

static void test_broken(void **state)
{
    (void)state;
    static const struct { const char *file, *what; bool fatal; } expected[] = {
        {"byte.txt", "U+FFFD", false},        {"date.txt", "the day after", false},
        {"empty.txt", "empty", false},        {"line.jsonl", "line 2", true},
        {"member.json", "line 2", true},      {"picture.txt", "not text", true},
        {"script-only.html", "no article", true},
    };
    struct gathered g = {0};
    assert_int_equal(gather_path(&g, "tests/data/broken"), OK);
    assert_int_equal(g.issues.n, COUNT_OF(expected));
    for (size_t i = 0; i < COUNT_OF(expected); i++) {
        const struct issue *is = &g.issues.v[i];
        assert_string_equal(is->path.p + strlen("tests/data/broken/"), expected[i].file);
        assert_non_null(strstr(is->what.p, expected[i].what));
        assert_int_equal(is->fatal, expected[i].fatal);
    }
    assert_int_equal(g.articles.n, 8);
    gather_free(&g);
}

static void test_unicode(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "e\xcc\x81te\xcc\x81 \xf0\x9f\x99\x8f\xf0\x9f\x8f\xbe \xe7\x81\xaf\xe5\x8f\xb0 \xe2\x80\xaethgir ot tfel\xe2\x80\xac zero\xe2\x80\x8bwidth\n",
        "\xd0\x9c\xd0\xb0\xd1\x8f\xd0\xba \xd1\x81\xd0\xb3\xd0\xbe\xd1\x80\xd0\xb5\xd0\xbb, \xd1\x81\xd0\xba\xd0\xb0\xd0\xb7\xd0\xb0\xd0\xbb\xd0\xb0 \xd0\xbe\xd0\xbd\xd0\xb0.",
        "Der Schl\xc3\xbcssel\n\xe4\xb8\x8a\n",
        "Le phare a br\xc3\xbbl\xc3\xa9 jeudi, \xe2\x80\x9crien de plus\xe2\x80\x9d, dit le gar\xc3\xa7on.\n",
    };
    struct gathered g = {0};
    assert_int_equal(gather_path(&g, "tests/data/unicode"), OK);
    assert_int_equal(g.articles.n, COUNT_OF(texts));
    for (size_t i = 0; i < COUNT_OF(texts); i++)
        assert_string_equal(g.articles.v[i].text.p, texts[i]);
    assert_int_equal(g.issues.n, 1);
    gather_free(&g);
}

/* Three of the seeds state a date, one of the others shows a post of 3 August 2023. */
static void test_seeds(void **state)
{
    (void)state;
    struct gathered g = {0};
    if (gather_path(&g, "../shared/seeds") != OK) {
        gather_free(&g);
        print_message("skipped: no ../shared/seeds\n");
        skip();
    }
    static const char *const days[] = {"2023-08-04", NULL, NULL, "2020-08-17", "2020-08-17"};
    assert_int_equal(g.articles.n, COUNT_OF(days));
    assert_int_equal(g.issues.n, 0);
    for (size_t i = 0; i < COUNT_OF(days); i++) {
        assert_int_equal(g.articles.v[i].published, day_of(days[i]));
        assert_true(g.articles.v[i].text.p[0] != ' ');
    }
    assert_int_equal(g.articles.v[1].not_before, day_of("2023-08-03"));
    assert_int_equal(g.articles.v[2].not_before, DAY_NONE);
    gather_free(&g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain),
        cmocka_unit_test(test_broken),
        cmocka_unit_test(test_unicode),
        cmocka_unit_test(test_seeds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
