/* Look-up: what is asked, what answers first, and how it says that it matches. */
#include "core/lookup.h"
#include "core/lookup_parts.h"
#include "tests/support/tiny_case.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const struct tiny_article case_rows[] = {
    {"a", "2011-06-03",
     "The inquiry sat for a third day.\n\n\"He was never there that night, and two men have now said so,\" Anna Reiss "
     "told the inquiry.\n\nThe harbour office declined to comment on the lamp log."},
    {"b", "2011-06-02",
     "Keeper's daughter speaks. He was never there that night, she is understood to believe.\n\nThe coast guard "
     "searched the western reef until dawn."},
    {"c", "2012-02-14",
     "\"The State\xe2\x80\x99s case was minimal,\" the judge wrote. A well-kept log would have settled the matter, "
     "counsel argued at length before the adjournment."},
    {"d", NULL, "Nothing in this article answers anything. The weather stayed cold."},
    {"e", "2013-01-01",
     "The deputy promised that the lantern would be repaired. Later paragraphs dealt with fishing quotas, harbour "
     "dues, a broken crane and the price of diesel. He said the repair was to be finished before midsummer."},
    {"f", "2014-05-06",
     "\"We shall rebuild the lamp house before winter sets in,\" the harbour master said on Tuesday.\n\nBoats stayed "
     "in port."},
    {"g", "2014-05-07",
     "Two crews were hired. The harbour master promised to rebuild the lamp house before winter.\n\nA bakery "
     "opened."},
    {"i", "2014-05-10", "Row, row, row, row, row, row, row, row, row, row, row and sing aloud."},
    {"j", "2014-05-11", "Row."},
    {"l", "2014-05-13", "The parish voted 10 to 2 for a bell. Nobody heard three bells."},
    {"h", "2014-05-09", "The winter was mild, and a house in the port was sold at a loss."},
};

struct row {
    const char *name, *query;
    const char *article, *text; /* of the best answer; null: nothing answers */
    enum lookup_match match;
};

static const struct row rows[] = {
    {"exact", "the western reef until dawn", "b", "the western reef until dawn", LOOKUP_EXACT},
    {"quoted_before_unquoted", "was never there that night", "a", "was never there that night", LOOKUP_EXACT},
    {"case_folds", "THE WESTERN REEF", "b", "the western reef", LOOKUP_FOLDED},
    {"quotes_and_hyphens_fold", "well kept log", "c", "well-kept log", LOOKUP_FOLDED},
    {"straight_apostrophe", "The State's case was minimal", "c", "The State\xe2\x80\x99s case was minimal", LOOKUP_FOLDED},
    {"white_space_is_nothing", "the  western\nreef", "b", "the western reef", LOOKUP_EXACT},
    {"word_dropped", "two men have said so", "a", "two men have now said so", LOOKUP_NEAR},
    {"word_changed", "two women have now said so", "a", "two men have now said so", LOOKUP_NEAR},
    {"misspelt", "declined to coment on the lamp log", "a", "declined to comment on the lamp log", LOOKUP_NEAR},
    {"number_in_letters", "voted ten to two", "l", "voted 10 to 2", LOOKUP_NEAR},
    {"number_in_digits", "heard 3 bells", "l", "heard three bells", LOOKUP_NEAR},
    {"nothing_but_misspelt", "lnatern", "e", "lantern", LOOKUP_NEAR},
    {"letter_left_out", "midsumer", "e", "midsummer", LOOKUP_NEAR},
    {"letter_put_in", "adjournmentt", "c", "adjournment", LOOKUP_NEAR},
    {"other_inflection", "guards searching the western reefs", "b", "guard searched the western reef", LOOKUP_NEAR},
    {"spliced", "the lantern would be repaired and finished before midsummer", "e",
     "the lantern would be repaired. Later paragraphs dealt with fishing quotas, harbour dues, a broken crane and the "
     "price of diesel. He said the repair was to be finished before midsummer", LOOKUP_SPLICED},
    {"a_word_in_common_is_no_answer", "zebra xylophone trombone winter", NULL, NULL, 0},
    {"nothing", "zebra xylophone", NULL, NULL, 0},
    {"no_word", "\"...\"", NULL, NULL, 0},
    {"empty", "", NULL, NULL, 0},
};

/* While it is typed. */
static const struct row typed_rows[] = {
    {"typed_last_word_begun", "the western re", "b", "the western reef", LOOKUP_BEGUN},
    {"typed_one_letter_behind_others", "declined to c", "a", "declined to comment", LOOKUP_BEGUN},
    {"typed_one_word_begun", "bak", "g", "bakery", LOOKUP_BEGUN},
    {"typed_whole_word_first", "the lamp log", "a", "the lamp log", LOOKUP_EXACT},
    {"typed_behind_a_blank_is_whole", "zebra harbo ", NULL, NULL, 0},
    {"typed_one_letter_is_not_a_beginning", "z", NULL, NULL, 0},
    {"typed_near_and_begun", "two men now said s", "a", "two men have now said so", LOOKUP_NEAR},
    {"typed_nothing", "", NULL, NULL, 0},
};

static struct dossier *shared_case;

static int open_case(void **state)
{
    (void)state;
    shared_case = tiny_case(case_rows, COUNT_OF(case_rows));
    return 0;
}

static int close_case(void **state)
{
    (void)state;
    dossier_close(shared_case);
    return 0;
}

static void check_best(const struct row *row, struct lookup_result found)
{
    if (!row->article) {
        assert_int_equal(found.n, 0);
    } else {
        assert_true(found.n > 0);
        const struct article *a = dossier_article(shared_case, found.v[0].where.article);
        assert_true(str_eq(a->path, str_of(row->article)));
        assert_string_equal(tiny_text(shared_case, found.v[0].where), row->text);
        assert_int_equal(found.v[0].match, row->match);
    }
}

static void best_answer(void **state)
{
    const struct row *row = *state;
    struct arena arena = {0};
    check_best(row, lookup_run(shared_case, str_of(row->query), 10, &arena));
    arena_finish(&arena);
}

static void best_answer_as_typed(void **state)
{
    const struct row *row = *state;
    struct arena arena = {0};
    check_best(row, lookup_typed(shared_case, str_of(row->query), 10, &arena));
    arena_finish(&arena);
}

/* Whole words before those that are only begun, and none of these who asks for whole words. */
static void whole_words_come_first(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct lookup_result typed = lookup_typed(shared_case, STR("the harbour"), 20, &arena);
    struct lookup_result whole = lookup_run(shared_case, STR("the harbour"), 20, &arena);
    assert_int_equal(typed.n, whole.n);
    typed = lookup_typed(shared_case, STR("in the"), 20, &arena);
    for (uint32_t i = 1; i < typed.n; i++)
        assert_true(typed.v[i - 1].match <= typed.v[i].match);
    whole = lookup_run(shared_case, STR("the western re"), 20, &arena);
    for (uint32_t i = 0; i < whole.n; i++)
        assert_int_not_equal(whole.v[i].match, LOOKUP_BEGUN);
    arena_finish(&arena);
}

static void exact_means_the_very_bytes(void **state)
{
    (void)state;
    struct arena arena = {0};
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct lookup_result found = lookup_run(shared_case, str_of(rows[i].query), 10, &arena);
        for (uint32_t k = 0; k < found.n; k++) {
            assert_true(k == 0 || found.v[k - 1].match <= LOOKUP_FOLDED || found.v[k].match > LOOKUP_FOLDED);
            if (found.v[k].match == LOOKUP_EXACT && !strstr(rows[i].query, "\n"))
                assert_non_null(strstr(rows[i].query, tiny_text(shared_case, found.v[k].where)));
        }
    }
    arena_finish(&arena);
}

static void limit_is_kept_and_said(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct lookup_result found = lookup_run(shared_case, STR("never there that night"), 1, &arena);
    assert_int_equal(found.n, 1);
    assert_true(found.cut_short);
    arena_finish(&arena);
}

/* All words but one are too frequent to find anything, and that one stands twice: those around it
 * tell which place is meant. */
static void the_words_around_a_rare_one_count(void **state)
{
    (void)state;
    enum { times = 9000, bytes = 15 };
    static const char first[] = "A verger came.\n\n", last[] = "\n\nSo young verger the third.";
    struct arena arena = {0};
    char *text = arena_alloc(&arena, sizeof(first) + sizeof(last) + times * bytes), *at = stpcpy(text, first);
    for (int i = 0; i < times; i++)
        at = stpcpy(at, "one so two the ");
    stpcpy(at, last);
    struct dossier *d = tiny_case(&(struct tiny_article){"a", NULL, text}, 1);
    struct lookup_result found = lookup_run(d, STR("so old verger the"), 5, &arena);
    assert_true(found.n > 0);
    assert_string_equal(tiny_text(d, found.v[0].where), "So young verger the");
    dossier_close(d);
    arena_finish(&arena);
}

static void count_spelling(void *ctx, struct str term, uint32_t occurrences)
{
    (void)term, (void)occurrences;
    ++*(uint32_t *)ctx;
}

/* Whichever of two doubled letters was left out, put in or changed, and where letters do not change
 * by changing places. */
static void a_spelling_is_told_once(void **state)
{
    (void)state;
    static const char *const words[] = {"midsumer", "lanttern", "adjournmentt", "lnatern", "lamterm", "baakery"};
    static const uint32_t told[] = {1, 1, 1, 1, 0, 1};
    struct arena arena = {0};
    struct ask q = ask_of(shared_case, STR("lantern"), &arena);
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        uint32_t n = 0;
        lookup_spellings(&q, str_of(words[i]), count_spelling, &n);
        assert_int_equal(n, told[i]);
    }
    arena_finish(&arena);
}

/* What the words typed are only the edge of is found where they do not stand at all. */
static void the_same_is_told_elsewhere(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct str query = STR("harbour master said on Tuesday");
    struct lookup_result found = lookup_run(shared_case, query, 10, &arena);
    assert_int_equal(found.n, 1);
    assert_int_equal(found.v[0].match, LOOKUP_EXACT);
    lookup_more(shared_case, query, 10, &found, &arena);
    assert_int_equal(found.n, 2);
    const struct lookup_hit *h = &found.v[1];
    assert_int_equal(h->match, LOOKUP_RETOLD);
    assert_string_equal(tiny_text(shared_case, h->where), "rebuild the lamp house before winter");
    assert_true(h->of.article.v == found.v[0].where.article.v && span_holds(h->of.at, found.v[0].where.at));
    assert_false(found.cut_short);
    struct str asked;
    struct word_run ours, theirs;
    struct edit_run edits = lookup_difference(&arena, shared_case, query, h, &asked, &ours, &theirs);
    assert_true(str_starts(asked, STR("\"We shall rebuild")));
    assert_int_equal(edits.same, 6);
    arena_finish(&arena);
}

/* A word that the statement has many times does not make one that has it once the same. */
static void likeness_is_at_most_one(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct lookup_result found = lookup_run(shared_case, STR("row row"), 30, &arena);
    uint32_t n = found.n;
    lookup_more(shared_case, STR("row row"), 30, &found, &arena);
    assert_int_equal(found.n, n + 1);
    assert_true(found.v[n].score >= 0 && found.v[n].score <= 1);
    arena_finish(&arena);
}

/* Only what begins with an exact or folded answer has a statement to ask about, and the limit is
 * kept. */
static void more_keeps_to_its_terms(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct lookup_result near = lookup_run(shared_case, STR("two women have now said so"), 10, &arena);
    uint32_t n = near.n;
    lookup_more(shared_case, STR("two women have now said so"), 10, &near, &arena);
    assert_int_equal(near.n, n);
    struct lookup_result one = lookup_run(shared_case, STR("said on Tuesday"), 1, &arena);
    lookup_more(shared_case, STR("said on Tuesday"), 1, &one, &arena);
    assert_int_equal(one.n, 1);
    struct lookup_result none = lookup_run(shared_case, STR(""), 10, &arena);
    lookup_more(shared_case, STR(""), 10, &none, &arena);
    assert_int_equal(none.n, 0);
    arena_finish(&arena);
}

int main(void)
{
    struct CMUnitTest tests[COUNT_OF(rows) + COUNT_OF(typed_rows) + 8];
    size_t n = 0;
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        tests[n++] = (struct CMUnitTest){rows[i].name, best_answer, NULL, NULL, (void *)&rows[i]};
    for (size_t i = 0; i < COUNT_OF(typed_rows); i++)
        tests[n++] = (struct CMUnitTest){typed_rows[i].name, best_answer_as_typed, NULL, NULL, (void *)&typed_rows[i]};
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(whole_words_come_first);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(exact_means_the_very_bytes);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(limit_is_kept_and_said);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(the_words_around_a_rare_one_count);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(a_spelling_is_told_once);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(the_same_is_told_elsewhere);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(likeness_is_at_most_one);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(more_keeps_to_its_terms);
    return cmocka_run_group_tests(tests, open_case, close_case);
}
