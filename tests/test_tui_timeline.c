/* The timeline asked from a shell: filters as words, and the report that no article can break out
 * of. */
#include "tests/support/tiny_case.h"
#include "tui/headless.h"
#include "tui/timeline_filter.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

/* ---- filters ---- */

static const struct filter_row {
    const char *name, *words;
    const char *again; /* as put; null: refused */
} filter_rows[] = {
    {"nothing", "  ", ""},
    {"flags", "several conflicts", " conflicts several"},
    {"a_name_of_one_word", "entity:Reiss", " entity:Reiss"},
    {"a_name_of_two", "entity:\"Thomas Reiss\" several", " entity:\"Thomas Reiss\" several"},
    {"an_open_quote_takes_the_rest", "outlet:\"The Ledger", " outlet:\"The Ledger\""},
    {"dates", "from:1998 to:2002-01-12", " from:1998 to:2002-01-12"},
    {"the_last_holds", "entity:a entity:b", " entity:b"},
    {"no_date", "from:soon", NULL},
    {"no_word", "big", NULL},
    {"a_word_with_a_value", "several:3", NULL},
};

static void filter_is(void **state)
{
    const struct filter_row *row = *state;
    struct timeline_filter f = {.several = true};
    const char *wrong = timeline_filter_parse(&f, str_of(row->words));
    struct line line = {0};
    assert_int_equal(wrong == NULL, row->again != NULL);
    timeline_filter_put(&f, &line, FACE_TEXT);
    struct str put = line_text(&line);
    const char *want = row->again ? row->again : " several"; /* left as it was */
    assert_int_equal(put.n, strlen(want));
    assert_memory_equal(put.p ? put.p : "", want, put.n);
    line_free(&line);
}

static void a_long_name_is_cut_between_characters(void **state)
{
    (void)state;
    char name[300];
    for (size_t i = 0; i < sizeof name; i += 3)
        memcpy(name + i, "\xe2\x82\xac", 3);
    char out[FILTER_NAME_MAX];
    timeline_filter_set_name(out, str_from(name, sizeof name));
    assert_int_equal(strlen(out) % 3, 0);
    assert_true(strlen(out) > 3);
}

/* ---- answers ---- */

static const struct tiny_article articles[] = {
    {"a`b", "2011-06-02",
     "# Thomas Reiss was killed at Kestrel Head on 12 November 1998, <b>it</b> says [here](x) *now*.\n\n- nor a list on "
     "November 13, 1998.\n\n```\n1. On November 14, 1998 `a` |b| was found\n===\nby Anna Reiss."},
    {"b", "2016-09-09", "Thomas Reiss was killed at Kestrel Head on November 18, 1998, it says."},
    {"c", "2012-02-14", "A court heard that Thomas Reiss was killed at Kestrel Head on November 12, 1998."},
};

/* What `timeline` with these options writes; malloced. */
static char *timeline(const struct options *o, int *status)
{
    char *out = NULL;
    size_t n = 0;
    struct dossier *d = tiny_case(articles, COUNT_OF(articles));
    FILE *to = open_memstream(&out, &n);
    struct headless h = {.options = o, .dossier = d, .out = record_open(to, false, false, false)};
    *status = headless_timeline(&h);
    assert_true(record_close(h.out));
    fclose(to);
    dossier_close(d);
    return out;
}

static const struct answer_row {
    const char *name;
    struct options o;
    int status;
    const char *has, *lacks;
} answer_rows[] = {
    {"all", {0}, EXIT_FOUND, "1998-11-12  ", NULL},
    {"conflict_at_the_end", {0}, EXIT_FOUND, "3 tell it  \xe2\x89\xa0 1998-11-18\n", NULL},
    {"from", {.from = "1998-11-13"}, EXIT_FOUND, "1998-11-13", "1998-11-12"},
    {"to", {.to = "1998-11-12"}, EXIT_FOUND, "1998-11-12", "1998-11-13"},
    {"to_a_month", {.to = "1998-10"}, EXIT_NOTHING, "", "1998"},
    {"entity", {.entity = "thomas reiss"}, EXIT_FOUND, "1998-11-12", "1998-11-13"},
    {"nobody", {.entity = "Xanthippe"}, EXIT_NOTHING, "", "1998"},
    {"no_date", {.from = "soon"}, EXIT_TROUBLE, "", "1998"},
    {"no_format", {.format = "csv"}, EXIT_TROUBLE, "", "1998"},
    {"report", {.format = "markdown"}, EXIT_FOUND, "# Timeline\n\n## 1998\n\n### 1998-11-12: ", NULL},
    {"report_cites", {.format = "markdown"}, EXIT_FOUND, "> A court heard that Thomas Reiss was killed", NULL},
    {"report_of_conflicts", {.format = "markdown"}, EXIT_FOUND, "1998-11-12 in 2, 1998-11-18 in 1.", NULL},
    {"report_with_a_path", {.format = "markdown"}, EXIT_FOUND, "`a%60b:", NULL},
};

static void answers(void **state)
{
    const struct answer_row *row = *state;
    int status;
    char *out = timeline(&row->o, &status);
    assert_int_equal(status, row->status);
    if (!strstr(out, row->has) || (row->lacks && strstr(out, row->lacks)))
        fail_msg("%s", out);
    free(out);
}

/* Every line is one of the report's own forms; none begins as an article would have it. */
static void no_article_breaks_out(void **state)
{
    (void)state;
    static const char *const forms[] = {"> ", ">\n", "\xe2\x80\x94 `", "Told by ", "**The sources disagree:** ",
                                        "\n", "# Timeline\n", "## 1998\n", "### 1998-11-1"};
    static const char *const broken[] = {"> #", "> -", "> `", "> =", "> 1. ", " <b>", " [here", " *now", "|b|"};
    int status;
    char *out = timeline(&(struct options){.format = "markdown"}, &status);
    for (char *line = out, *next; *line; line = next) {
        size_t k = 0;
        next = strchr(line, '\n') + 1;
        while (k < COUNT_OF(forms) && strncmp(line, forms[k], strlen(forms[k])))
            k++;
        if (k == COUNT_OF(forms))
            fail_msg("%s", line);
    }
    for (size_t i = 0; i < COUNT_OF(broken); i++)
        if (strstr(out, broken[i]))
            fail_msg("%s: %s", broken[i], out);
    free(out);
}

int main(void)
{
    struct CMUnitTest tests[COUNT_OF(filter_rows) + COUNT_OF(answer_rows) + 2];
    size_t n = 0;
    for (size_t i = 0; i < COUNT_OF(filter_rows); i++)
        tests[n++] = (struct CMUnitTest){filter_rows[i].name, filter_is, NULL, NULL, (void *)&filter_rows[i]};
    for (size_t i = 0; i < COUNT_OF(answer_rows); i++)
        tests[n++] = (struct CMUnitTest){answer_rows[i].name, answers, NULL, NULL, (void *)&answer_rows[i]};
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(a_long_name_is_cut_between_characters);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(no_article_breaks_out);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
