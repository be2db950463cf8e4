/* The door: what was fed is there, in order, whatever the workers' pace. */
#include "core/dossier.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

static void add(struct dossier *d, const char *path, const char *text)
{
    struct article a = {.path = str_of(path), .text = str_of(text), .published = DAY_NONE,
                        .not_before = DAY_NONE};
    dossier_add(d, &a);
}

static void empty_case(void **state)
{
    (void)state;
    struct dossier *d = dossier_open(&(struct dossier_options){.jobs = 2});
    dossier_end(d);
    assert_true(dossier_wait(d));
    assert_int_equal(dossier_articles(d)->n, 0);
    assert_true(dossier_progress(d).done);
    dossier_close(d);
}

static void fed_articles_come_in_order(void **state)
{
    (void)state;
    struct dossier *d = dossier_open(&(struct dossier_options){.jobs = 3});
    char path[32], text[64];
    for (int i = 1; i <= 500; i++) {
        snprintf(path, sizeof(path), "a%d", i);
        snprintf(text, sizeof(text), "Article number %d.", i);
        add(d, path, text);
        if (i % 7 == 0)
            dossier_flush(d);
    }
    dossier_end(d);
    assert_true(dossier_wait(d));
    assert_int_equal(dossier_articles(d)->n, 500);
    assert_int_equal(dossier_articles(d)->analysed, 500);
    assert_int_equal(dossier_links(d)->n_articles, 500);
    for (uint32_t i = 1; i <= 500; i++) {
        snprintf(path, sizeof(path), "a%u", i);
        assert_true(str_eq(dossier_article(d, (article_id){i})->path, str_of(path)));
    }
    assert_int_equal(dossier_find_path(d, STR("a321")).v, 321);
    assert_int_equal(dossier_find_path(d, STR("nowhere")).v, 0);
    assert_int_equal(dossier_sums(d).articles, 500);
    dossier_close(d);
}

static void issues_are_kept(void **state)
{
    (void)state;
    struct dossier *d = dossier_open(&(struct dossier_options){.jobs = 1});
    dossier_issue(d, &(struct issue){.path = STR("x"), .what = STR("gone"), .fatal = true});
    dossier_end(d);
    assert_true(dossier_wait(d));
    assert_int_equal(dossier_issue_count(d), 1);
    assert_true(str_eq(dossier_issue_at(d, 0)->what, STR("gone")));
    assert_true(dossier_had_unreadable(d));
    dossier_close(d);
}

static void closing_early_lets_everything_go(void **state)
{
    (void)state;
    for (int round = 0; round < 20; round++) {
        struct dossier *d = dossier_open(&(struct dossier_options){.jobs = 2});
        for (int i = 0; i < 50; i++) {
            add(d, "p", "Some text on 3 June 2011, said Anna Reiss.");
            dossier_flush(d);
        }
        if (round % 2)
            dossier_end(d);
        dossier_take(d);
        dossier_close(d);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(empty_case),
        cmocka_unit_test(fed_articles_come_in_order),
        cmocka_unit_test(issues_are_kept),
        cmocka_unit_test(closing_early_lets_everything_go),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
