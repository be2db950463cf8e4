/* Wordings of one utterance are one group; what only looks like it is not. */
#include "core/align.h"
#include "core/link.h"
#include "tests/support/tiny_case.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#define SAID "\"He was never there that night, and two men have now said so under oath,\" Anna Reiss said."

struct row {
    const char *name, *a, *b;
    bool together; /* is there a group with wordings in both? */
};

static const struct row rows[] = {
    {"verbatim", SAID, SAID, true},
    {"cut", SAID, "\"He was never there that night,\" Anna Reiss said.", true},
    {"word_changed", SAID, "\"He was never there that evening, and two men have said so under oath,\" Reiss said.", true},
    {"elided", SAID, "\"He was never there that night ... two men have now said so under oath,\" she said.", true},
    {"negation_lost", SAID, "\"He was there that night, and two men have now said so under oath,\" Anna Reiss said.", true},
    {"without_marks", SAID, "She told them that he was never there that night, and two men have now said so under oath.",
     true},
    {"reported", SAID, "Anna Reiss told the inquiry that he was never there that night and that two men had now said so.",
     true},
    {"sic_and_brackets", SAID, "\"[Brandt] was never there that night, and two men have [sic] now said so under oath,\" she "
     "said.", true},
    {"spliced", SAID, "\"He was never there under oath,\" Anna Reiss said.", true},
    {"other_words", SAID, "\"The lamp was lit at dusk and the log was signed by my own hand,\" Anna Reiss said.", false},
    {"common_phrase", "\"At the end of the day we will look at it,\" the mayor said.",
     "\"At the end of the day nobody asked the keeper,\" Karl Brandt said.", false},
    {"common_words_without_marks", SAID, "It was said that he was never seen. The night was cold and two men waited.",
     false},
};

static bool is_together(const struct links *l)
{
    for (uint32_t g = 1; g < l->n_groups; g++) {
        struct row_run run = links_of_group(l, (group_id){g});
        bool in[3] = {false, false, false};
        for (uint32_t i = 0; i < run.n; i++)
            in[links_quote_article(l, run.v[i]).v] = true;
        if (in[1] && in[2])
            return true;
    }
    return false;
}

static void wordings(void **state)
{
    const struct row *row = *state;
    struct tiny_article articles[] = {{"a", "2011-06-02", row->a}, {"b", "2011-06-03", row->b}};
    struct dossier *d = tiny_case(articles, 2);
    assert_int_equal(is_together(dossier_links(d)), row->together);
    dossier_close(d);
}

/* Rows lie in order, groups cover them all, and runs go from the earliest paper on. */
static void tables_hold(void **state)
{
    (void)state;
    struct tiny_article articles[] = {
        {"late", "2015-01-01", SAID},
        {"undated", NULL, "Those who heard it wrote: " SAID},
        {"early", "2011-06-02", "The hall was full. " SAID " \"I saw the lamp,\" she added."},
    };
    struct dossier *d = tiny_case(articles, 3);
    const struct links *l = dossier_links(d);
    uint32_t seen = 0;
    for (uint32_t g = 1; g < l->n_groups; g++) {
        struct row_run run = links_of_group(l, (group_id){g});
        assert_true(run.n > 0);
        seen += run.n;
        for (uint32_t i = 0; i < run.n; i++)
            assert_int_equal(l->quotes[run.v[i]].group.v, g);
    }
    assert_int_equal(seen, l->n_quotes);
    struct quote_run first = links_quotes(l, (article_id){1});
    assert_true(first.n > 0);
    struct row_run run = links_of_group(l, first.v[0].group);
    assert_int_equal(run.n, 3);
    assert_int_equal(links_quote_article(l, run.v[0]).v, 3);
    assert_int_equal(links_quote_article(l, run.v[1]).v, 1);
    assert_int_equal(links_quote_article(l, run.v[2]).v, 2);
    for (uint32_t a = 1; a <= 3; a++) {
        struct quote_run q = links_quotes(l, (article_id){a});
        for (uint32_t i = 1; i < q.n; i++)
            assert_true(q.v[i - 1].at.begin <= q.v[i].at.begin);
    }
    dossier_close(d);
}

#define TOOK "He took the oil up the iron stair at nine that night with his coat over the can"
#define WENT "the lamp had been due for a new valve for three winters and nobody would pay for one"

/* The wordings of the group of the first quotation of article 1, by article and text. */
static void group_is(const struct tiny_article *articles, size_t n, const char *expected)
{
    struct dossier *d = tiny_case(articles, n);
    const struct links *l = dossier_links(d);
    struct row_run run = links_of_group(l, links_quotes(l, (article_id){1}).v[0].group);
    char got[2000] = "";
    size_t used = 0;
    for (uint32_t i = 0; i < run.n; i++) {
        const struct quote *q = &l->quotes[run.v[i]];
        article_id a = links_quote_article(l, run.v[i]);
        struct str text = str_at(article_at(dossier_articles(d), a)->text, q->at);
        used += (size_t)snprintf(got + used, sizeof(got) - used, "%u %.*s\n", a.v, (int)text.n, text.p);
    }
    dossier_close(d);
    assert_string_equal(got, expected);
}

/* What one paper gives in two pieces and the next at length is one group. */
static void pieces_join(void **state)
{
    (void)state;
    struct tiny_article articles[] = {
        {"pieces", "2011-06-02", "\"" TOOK ",\" Anna Reiss said.\n\nOn the stairs she said that \"" WENT ".\""},
        {"whole", "2011-06-03", "\"" TOOK ", and " WENT ",\" Anna Reiss said."},
    };
    group_is(articles, 2, "1 " TOOK ",\n1 " WENT ".\n2 " TOOK ", and " WENT ",\n");
}

/* Of the passages that repeat words: none out of the writer's own between two quotations, and each
 * from its first word on, whatever else stands behind it. */
static void passages_are_whole(void **state)
{
    (void)state;
    struct tiny_article articles[] = {
        {"quoted", "2011-06-02", "\"" TOOK ". Those who looked for the man who had really done it were sent home,\" Anna Reiss said."},
        {"between", "2011-06-03", "She said that those who \"looked for\" the man who had really done it were \"sent home\"."},
        {"line", "2011-06-04", "The hall was full.\n\n" TOOK "\n\nThe ferry left at noon and nobody saw who was on it. "
                               "The man was sent home."},
    };
    group_is(articles, 3, "1 " TOOK ". Those who looked for the man who had really done it were sent home,\n3 " TOOK "\n");
}

/* A passage inside reported speech has the speaker of the report, whoever the words were given
 * to. */
static void a_report_says_who(void **state)
{
    (void)state;
    struct tiny_article articles[] = {
        {"quoted", "2011-06-02", "Karl Brandt spoke first. \"" TOOK ",\" Karl Brandt said."},
        {"reported", "2011-06-03", "Karl Brandt left. Anna Reiss said that " TOOK "."},
    };
    struct dossier *d = tiny_case(articles, 2);
    const struct links *l = dossier_links(d);
    struct quote_run quotes = links_quotes(l, (article_id){2});
    assert_int_equal(quotes.n, 2);
    assert_int_equal(quotes.v[1].kind, QUOTE_BLOCK);
    assert_int_not_equal(quotes.v[1].speaker_entity.v, 0);
    assert_int_equal(quotes.v[1].speaker_entity.v, quotes.v[0].speaker_entity.v);
    dossier_close(d);
}

static void near_copies(void **state)
{
    (void)state;
#define REPORT                                                                                                        \
    "The lamp house on the eastern point burned to its walls on Thursday, and three people died before the lifeboat " \
    "could land. Keepers from the neighbouring station saw the glow at four in the morning and raised the harbour by "  \
    "radio. By the time the first engine had crossed the causeway the roof had gone. The cause is not known, and the "  \
    "county has asked an inspector from the capital to take charge of the inquiry into the deaths. "
    struct tiny_article articles[] = {
        {"copy", "1998-11-14", "From our wire service. " REPORT},
        {"original", "1998-11-13", REPORT},
        {"other", "1998-11-15", "The council met on Monday to speak of harbour dues, and of a crane that has stood broken "
                                "since the spring. No vote was taken, and the public gallery was empty by nine."},
    };
    struct dossier *d = tiny_case(articles, 3);
    const struct links *l = dossier_links(d);
    assert_int_equal(l->near_copy_of[1].v, 2);
    assert_int_equal(l->near_copy_of[2].v, 0);
    assert_int_equal(l->near_copy_of[3].v, 0);
    dossier_close(d);
}

/* Whatever turns a statement round is either in another group or told as a negation. */
static void no_negation_goes_unmarked(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"I would tell him to leave the house that night", "I would not tell him to leave the house that night"},
        {"I would tell him to leave the house that night", "I wouldn't tell him to leave the house that night"},
        {"I would tell him to leave the house that night", "I would never tell him to leave the house that night"},
        {"He asked me to go with them and I would", "He asked me to go with them and I would not"},
        {"Not one of them saw the lamp go out that night", "One of them saw the lamp go out that night"},
        {"We did not sign, and we will say so in court", "We did ... sign, and we will say so in court"},
        {"There was no log in the house that night, sir", "There was a log in the house that night, sir"},
        {"Nobody came to the door, and the lamp was lit", "Somebody came to the door, and the lamp was lit"},
    };
    for (size_t i = 0; i < COUNT_OF(pairs); i++) {
        struct arena arena = {0};
        struct str a = arena_printf(&arena, "\"%s,\" Anna Reiss said.", pairs[i][0]);
        struct str b = arena_printf(&arena, "\"%s,\" Anna Reiss said.", pairs[i][1]);
        struct tiny_article articles[] = {{"a", "2011-06-02", a.p}, {"b", "2011-06-03", b.p}};
        struct dossier *d = tiny_case(articles, 2);
        struct word_run x = words_of(&arena, str_of(pairs[i][0]), span_of(0, strlen(pairs[i][0])));
        struct word_run y = words_of(&arena, str_of(pairs[i][1]), span_of(0, strlen(pairs[i][1])));
        unsigned flags = difference_of(str_of(pairs[i][0]), x, str_of(pairs[i][1]), y, align_words(&arena, x, y));
        if (is_together(dossier_links(d)) && !(flags & DIFFERENCE_NEGATION))
            fail_msg("%s / %s", pairs[i][0], pairs[i][1]);
        dossier_close(d);
        arena_finish(&arena);
    }
}

/* The quotation of the article that reads so. */
static const struct quote *quote_that(const struct dossier *d, uint32_t article, const char *text)
{
    struct quote_run run = links_quotes(dossier_links(d), (article_id){article});
    for (uint32_t i = 0; i < run.n; i++)
        if (str_eq(str_at(dossier_article(d, (article_id){article})->text, run.v[i].at), str_of(text)))
            return &run.v[i];
    fail_msg("no quotation \"%s\" in article %u", text, article);
    return NULL;
}

/* Two words are one quotation beside one utterance, and two elsewhere. */
static void short_words_join_beside_one_utterance(void **state)
{
    (void)state;
    struct tiny_article articles[] = {
        {"a", "2011-06-02", SAID " She signed \"under protest,\" a clerk said."},
        {"b", "2011-06-03", SAID " She signed \"under protest,\" the clerk said."},
        {"c", "2011-06-04", "\"The boats are late this year and the ice is early,\" Karl Brandt said. The harbour paid "
                            "\"under protest,\" a clerk said."},
    };
    struct dossier *d = tiny_case(articles, 3);
    group_id group = quote_that(d, 1, "under protest,")->group;
    assert_int_equal(quote_that(d, 2, "under protest,")->group.v, group.v);
    assert_int_not_equal(quote_that(d, 3, "under protest,")->group.v, group.v);
    dossier_close(d);
}

/* Who has no cue takes the speaker of the other wordings; a speaker of its own stays. */
static void a_speaker_is_handed_on(void **state)
{
    (void)state;
    struct tiny_article articles[] = {
        {"a", "2011-06-02", SAID},
        {"b", "2011-06-03", "The hall fell silent.\n\n\"He was never there that night, and two men have now said so under oath.\""
                            "\n\nThe inquiry goes on."},
        {"c", "2011-06-04", "\"He was never there that night, and two men have now said so under oath,\" Karl Brandt said."},
    };
    static const char text[] = "He was never there that night, and two men have now said so under oath";
    for (size_t n = 2; n <= 3; n++) {
        struct dossier *d = tiny_case(articles, n);
        const struct quote *theirs = quote_that(d, 1, "He was never there that night, and two men have now said so under oath,");
        const struct quote *ours = &links_quotes(dossier_links(d), (article_id){2}).v[0];
        assert_true(str_starts(str_at(dossier_article(d, (article_id){2})->text, ours->at), str_of(text)));
        assert_true(theirs->speaker_entity.v);
        assert_int_equal(ours->speaker_entity.v, n == 2 ? theirs->speaker_entity.v : 0); /* two disagree: nobody */
        assert_int_equal(ours->rule == SPEAKER_BY_WORDING, n == 2);
        dossier_close(d);
    }
}

/* Of the names in a speaker's words the one that they come down to. */
static const struct speaker_row {
    const char *name, *speaker, *is; /* empty: nobody by name */
} speaker_rows[] = {
    {"title", "Rep. Anna Reiss", "Anna Reiss"},
    {"man_of_another_man", "Brandt manager Thomas Hallam", "Thomas Hallam"},
    {"man_of_a_body", "Coast Wire reporter Thomas Hallam", "Thomas Hallam"},
    {"owned_by_one_who_is_silent", "Karl Brandt's lawyer", ""},
    {"owned_and_named", "Karl Brandt's lawyer Thomas Hallam", "Thomas Hallam"},
    {"head_before_of", "Anna Reiss of Coast Wire", "Anna Reiss"},
};

static void speaker_is(void **state)
{
    const struct speaker_row *row = *state;
    char text[600];
    snprintf(text, sizeof text, "Karl Brandt kept the light. Coast Wire wrote of Karl Brandt. Anna Reiss and Thomas Hallam came.\n\n"
             "\"He was never there that night, and two men have now said so,\" %s said.", row->speaker);
    struct dossier *d = tiny_case(&(struct tiny_article){"a", "2011-06-02", text}, 1);
    const struct links *l = dossier_links(d);
    const struct quote *q = quote_that(d, 1, "He was never there that night, and two men have now said so,");
    assert_true(str_eq(l->entities[q->speaker_entity.v].name, str_of(row->is)));
    dossier_close(d);
}

int main(void)
{
    struct CMUnitTest tests[COUNT_OF(rows) + COUNT_OF(speaker_rows) + 8];
    size_t n = 0;
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        tests[n++] = (struct CMUnitTest){rows[i].name, wordings, NULL, NULL, (void *)&rows[i]};
    for (size_t i = 0; i < COUNT_OF(speaker_rows); i++)
        tests[n++] = (struct CMUnitTest){speaker_rows[i].name, speaker_is, NULL, NULL, (void *)&speaker_rows[i]};
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(tables_hold);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(near_copies);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(a_report_says_who);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(pieces_join);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(passages_are_whole);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(no_negation_goes_unmarked);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(short_words_join_beside_one_utterance);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(a_speaker_is_handed_on);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
