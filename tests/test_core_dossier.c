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

/* Enough articles for several parts of each step, with a day, a name and a quotation in each; every
 * third prints what another one does, every fifth without the marks. */
static struct dossier *varied_case(unsigned jobs)
{
    static const char *const people[] = {"Anna Reiss", "Karl Brandt", "Tom Hallam", "Ida Voss", "Mr. Brandt", "Reiss"};
    static const char *const said[] = {"We will rebuild the lamp house before the winter storms come back to the point",
                                       "Nobody who stood on the pier that evening saw a light in the upper window",
                                       "The council has never once asked the keepers what the harbour needs from it"};
    struct dossier *d = dossier_open(&(struct dossier_options){.jobs = jobs});
    char path[32], text[700];
    for (unsigned i = 0; i < 1000; i++) {
        const char *mark = i % 5 ? "\"" : "", *who = people[i * 7 % COUNT_OF(people)], *what = said[i % COUNT_OF(said)];
        snprintf(path, sizeof(path), "a%u", i);
        snprintf(text, sizeof(text),
                 "%s spoke to the harbour board in Skerrow on %u May 20%02u. %s%s,%s said %s at the meeting.\n\n"
                 "%u boats burned on %u May, and the fire was the work of %s, the board heard. Karl Brandt denied it.",
                 who, i / 3 % 28 + 1, i / 3 % 20, mark, what, mark, who, i % 11 + 2, i % 28 + 1, people[i % COUNT_OF(people)]);
        struct article a = {.path = str_of(path), .text = str_of(text), .published = day_from_civil(2001 + (int)i % 19, 6, 1),
                            .not_before = DAY_NONE};
        dossier_add(d, &a);
    }
    dossier_end(d);
    assert_true(dossier_wait(d));
    return d;
}

static void assert_same_links(const struct links *a, const struct links *b)
{
    assert_int_equal(a->n_mentions, b->n_mentions);
    for (uint32_t i = 0; i < a->n_mentions; i++) {
        assert_int_equal(a->mentions[i].at.begin, b->mentions[i].at.begin);
        assert_int_equal(a->mentions[i].at.end, b->mentions[i].at.end);
        assert_int_equal(a->mentions[i].entity.v, b->mentions[i].entity.v);
    }
    assert_int_equal(a->n_quotes, b->n_quotes);
    for (uint32_t i = 0; i < a->n_quotes; i++) {
        assert_int_equal(a->quotes[i].at.begin, b->quotes[i].at.begin);
        assert_int_equal(a->quotes[i].group.v, b->quotes[i].group.v);
    }
    for (uint32_t i = 1; i <= a->n_articles; i++)
        assert_int_equal(a->near_copy_of[i].v, b->near_copy_of[i].v);
    assert_int_equal(a->n_events, b->n_events);
    assert_int_equal(a->n_claims, b->n_claims);
    for (uint32_t i = 0; i < a->n_claims; i++) {
        assert_int_equal(a->claims[i].article.v, b->claims[i].article.v);
        assert_int_equal(a->claims[i].date, b->claims[i].date);
        assert_int_equal(a->claims[i].event.v, b->claims[i].event.v);
    }
    assert_int_equal(a->n_conflicts, b->n_conflicts);
}

static void links_are_the_same_with_any_number_of_threads(void **state)
{
    (void)state;
    struct dossier *one = varied_case(1);
    const struct links *l = dossier_links(one);
    uint32_t copies = 0, unmarked = 0;
    for (uint32_t i = 1; i <= l->n_articles; i++)
        copies += l->near_copy_of[i].v != 0;
    for (uint32_t i = 0; i < l->n_quotes; i++)
        unmarked += l->quotes[i].kind == QUOTE_BLOCK;
    assert_true(copies > 100 && unmarked > 100 && l->n_events > 20 && l->n_mentions > 2000); /* it has what is shared out */
    for (unsigned jobs = 2; jobs <= 4; jobs += 2) {
        struct dossier *many = varied_case(jobs);
        assert_same_links(l, dossier_links(many));
        dossier_close(many);
    }
    dossier_close(one);
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
        cmocka_unit_test(links_are_the_same_with_any_number_of_threads),
        cmocka_unit_test(issues_are_kept),
        cmocka_unit_test(closing_early_lets_everything_go),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
