/* Dates: rows of (name, day of publication, text, what is found).  Expected: "words=TYPE value",
 * parted by "; ".  All text is invented. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "core/find.h"

struct row {
    const char *name, *published, *text, *expected;
};

static const struct row rows[] = {
#include "tests/data/dates_en.def"
};

static const char *const types[] = {"", "DATE", "TIME", "DURATION", "SET"};

static struct str shown(struct arena *a, const struct body *body, const struct found *found)
{
    struct str out = STR("");
    for (size_t i = 0; i < found->dates.n; i++) {
        const struct date *d = &found->dates.v[i];
        struct str words = str_at(body->text, d->at);
        out = arena_printf(a, "%.*s%s%.*s=%s %s", (int)out.n, out.p, i ? "; " : "", (int)words.n,
                           words.p, types[d->type], d->value);
    }
    return out;
}

static struct body body_of(const struct row *row)
{
    struct body b = {.text = str_of(row->text), .published = DAY_NONE};
    if (row->published)
        b.published = day_parse(str_of(row->published));
    return b;
}

/* Beside names, which are found first. */
static const struct row named_rows[] = {
    {"a_surname", "2011-11-01", "Coroner Ed Winter did not speak to Anna Reiss on Monday.", "Monday=DATE 2011-10-31"},
    {"a_given_name", "2011-11-01", "A song by Autumn Reeser was played this autumn.", "this autumn=DATE 2011-FA"},
    {"a_newspaper", "2011-11-01", "Karl Brandt told The Sunday Times so on Sunday.", "Sunday=DATE 2011-10-30"},
    {"letters_of_an_organisation", "2011-11-01", "The DEC, which is made up of 13 charities, met in Dec. 2010.",
     "Dec. 2010=DATE 2010-12"},
    {"what_has_a_year_is_dated", "2011-11-01", "She won at the 2010 Olympic Games.", "2010=DATE 2010"},
};

typedef void find_fn(struct finder *f, const struct body *body, struct arena *keep, struct found *out);

static void check_by(find_fn *find, const struct row *row)
{
    struct finder *f = finder_open();
    struct arena a = {0};
    struct found found = {0};
    struct body body = body_of(row);
    find(f, &body, &a, &found);
    assert_string_equal(shown(&a, &body, &found).p, row->expected);
    vec_free(&found.sentences);
    vec_free(&found.mentions);
    vec_free(&found.dates);
    vec_free(&found.quotes);
    arena_finish(&a);
    finder_close(f);
}

static void check_row(void **state)
{
    check_by(find_dates, *state);
}

static void check_named(void **state)
{
    check_by(find_all, *state);
}

/* ---- what each row of a result must hold, whatever the text ---- */

static void check_valid(const struct body *body, const struct found *found)
{
    uint32_t end = 0;
    for (size_t i = 0; i < found->dates.n; i++) {
        const struct date *d = &found->dates.v[i];
        assert_true(d->at.begin >= end && d->at.begin < d->at.end && d->at.end <= body->text.n);
        assert_true(((unsigned char)body->text.p[d->at.begin] & 0xc0) != 0x80);
        assert_true(d->at.end == body->text.n ||
                    ((unsigned char)body->text.p[d->at.end] & 0xc0) != 0x80);
        assert_true(d->type >= DATE_DATE && d->type <= DATE_SET && d->value && d->value[0]);
        assert_true(date_rule_name(d->rule)[0] != '\0');
        assert_true(!days_known(d->days) || d->days.first < d->days.end);
        assert_true(d->anchor.end <= body->text.n);
        end = d->at.end;
    }
}

/* What a row says of a date beside its value. */
static struct date only_date(struct finder *f, struct arena *a, const char *published,
                             const char *text, size_t which)
{
    struct row row = {.published = published, .text = text};
    struct body body = body_of(&row);
    struct found found = {0};
    find_dates(f, &body, a, &found);
    check_valid(&body, &found);
    assert_true(which < found.dates.n);
    struct date d = found.dates.v[which];
    vec_free(&found.dates);
    return d;
}

static void day_first_or_month_first(void **state)
{
    (void)state;
    struct finder *f = finder_open();
    struct arena a = {0};
    struct date d = only_date(f, &a, "2023-09-01", "The keeper signed on 8/3/23.", 0);
    assert_string_equal(d.value, "2023-08-03");
    assert_string_equal(d.other, "2023-03-08");
    d = only_date(f, &a, "2023-09-01", "The keeper signed on 8/8/23.", 0);
    assert_null(d.other);
    d = only_date(f, &a, "2023-09-01", "The keeper signed on 28/3/23.", 0);
    assert_string_equal(d.value, "2023-03-28");
    assert_null(d.other);
    const char *text = "He signed on 8/3/23 and left on 28/3/23.";
    d = only_date(f, &a, "2023-09-01", text, 0);
    assert_string_equal(d.value, "2023-03-08");
    assert_null(d.other);
    text = "He signed on 8/3/23, on 9/28/23 and on 28/9/23.";
    d = only_date(f, &a, "2023-09-01", text, 0);
    assert_string_equal(d.value, "2023-08-03");
    assert_string_equal(d.other, "2023-03-08");
    d = only_date(f, &a, "2023-09-01", "Signed 08.03.2023.", 0);
    assert_string_equal(d.value, "2023-03-08");
    arena_finish(&a);
    finder_close(f);
}

static void anchors_and_flags(void **state)
{
    (void)state;
    struct finder *f = finder_open();
    struct arena a = {0};
    const char *text = "The lamp burned on 12 November 1998. The next day two men left.";
    struct date d = only_date(f, &a, "2011-06-03", text, 1);
    assert_string_equal(d.value, "1998-11-13");
    assert_true(str_eq(str_from(text + d.anchor.begin, span_length(d.anchor)),
                       STR("12 November 1998")));
    assert_false(d.flags & DATE_FROM_PUBLICATION);
    d = only_date(f, &a, "2011-06-03", "She spoke on Thursday.", 0);
    assert_true(d.flags & DATE_FROM_PUBLICATION);
    assert_true(span_is_empty(d.anchor));
    d = only_date(f, &a, "2011-06-03", "She spoke on May 2.", 0);
    assert_true(d.flags & DATE_GUESSED_YEAR);
    d = only_date(f, &a, "2011-06-03", "It was built in early 1998.", 0);
    assert_true(d.flags & DATE_APPROXIMATE);
    assert_true(d.days.precision == PRECISION_YEAR);
    arena_finish(&a);
    finder_close(f);
}

static void rule_names(void **state)
{
    (void)state;
    assert_string_equal(date_rule_name(0), "");
    assert_string_equal(date_rule_name(UINT16_MAX), "");
    for (uint16_t i = 1; date_rule_name(i)[0]; i++)
        assert_true(strlen(date_rule_name(i)) < 100);
}

/* ---- hostile text ---- */

static const struct {
    const char *name, *pump;
} hostile[] = {
    {"digits", "1"},          {"small numbers", "1 "},      {"articles", "a "},
    {"determiners", "the "},  {"months", "May "},           {"months and days", "May 1 "},
    {"units", "years "},      {"the years", "the years "},  {"hyphens", "2-"},
    {"slashes", "1/"},        {"numeric", "1/1/1/"},        {"clock", "10:10:"},
    {"commas", "1,111,"},     {"dots", "1."},               {"apostrophes", "'"},
    {"curly", "\xe2\x80\x99"}, {"curly and letters", "\xe2\x80\x99s"}, {"a.m.", "a.m."},
    {"tens", "twenty "},      {"scales", "hundred "},       {"scales of tens", "twenty hundred "},
    {"vague", "a few "},      {"more than", "more than "},  {"early", "early "},
    {"early of", "the early part of "}, {"end of", "the end of "}, {"ordinals", "first "},
    {"ago", "ago "},          {"two years ago", "two years ago "}, {"weekdays", "Friday "},
    {"past verbs", "said "},  {"clocks", "at 10 p.m. on "}, {"nul", "\0 "},
    {"long word", "january"}, {"accents", "\xc3\xa9"},      {"no-break space", "\xc2\xa0"},
    {"fractions", "1/2 "},    {"years BC", "241 BC "},      {"decades", "1990s "},
    {"empty lines", "\n\n"},  {"quarter", "the third quarter "}, {"of that", "of that year "},
    {"nines", "999999999999999999 years ago "}, {"thousands", "thousand thousand years later "},
    {"until", "until Friday "}, {"plans", "planned set Friday "}, {"names", "the Today "},
    {"addresses", "http://"}, {"the first days", "the first days of "},
};

static size_t filled(char *text, size_t n, const char *pump)
{
    size_t k = pump[0] ? strlen(pump) : 2, at = 0;
    for (; at + k <= n; at += k)
        memcpy(text + at, pump, k);
    return at;
}

static void hostile_text(void **state)
{
    (void)state;
    const size_t n = 40000;
    char *text = mem_alloc(n);
    struct finder *f = finder_open();
    for (size_t i = 0; i < COUNT_OF(hostile); i++)
        for (int dated = 0; dated < 2; dated++) {
            struct body body = {.text = str_from(text, filled(text, n, hostile[i].pump)),
                                .published = dated ? 15000 : DAY_NONE};
            struct arena a = {0};
            struct found found = {0};
            print_message("%s\n", hostile[i].name);
            find_dates(f, &body, &a, &found);
            check_valid(&body, &found);
            vec_free(&found.dates);
            arena_finish(&a);
        }
    finder_close(f);
    free(text);
}

/* Words that mean something, in any order at all. */
static void random_words(void **state)
{
    (void)state;
    static const char *const words[] = {
        "the", "a", "last", "next", "this", "that", "two", "few", "years", "year", "month", "ago",
        "earlier", "later", "May", "March", "3", "31", "1990", "1990s", "'90s", "10:30", "p.m.",
        "Friday", "Sat.", "on", "of", "early", "end", "quarter", "third", "second", "half", "and",
        "-", ",", ".", "\n\n", "morning", "BC", "241", "fiscal", "weekend", "spring", "Christmas",
        "1/2", "8/3/23", "hundred", "twenty", "nearly", "more", "than", "every", "daily", "now",
        "Easter", "century", "20th", "decade", "\xe2\x80\x99s", "99999", "30", "February", "noon",
    };
    struct finder *f = finder_open();
    uint32_t seed = 12345;
    for (int round = 0; round < 2000; round++) {
        struct arena a = {0};
        VEC(char) text = {0};
        for (int k = 0; k < 30; k++) {
            seed = seed * 1664525u + 1013904223u;
            const char *w = words[(seed >> 8) % COUNT_OF(words)];
            for (; *w; w++)
                vec_push(&text, *w);
            vec_push(&text, ' ');
        }
        struct body body = {.text = str_from(text.v, text.n),
                            .published = round % 3 ? 10000 + round : DAY_NONE};
        struct found found = {0};
        find_dates(f, &body, &a, &found);
        check_valid(&body, &found);
        vec_free(&found.dates);
        vec_free(&text);
        arena_finish(&a);
    }
    finder_close(f);
}

int main(void)
{
    struct CMUnitTest tests[COUNT_OF(rows) + COUNT_OF(named_rows) + 5];
    size_t n = 0;
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        tests[n++] = (struct CMUnitTest){rows[i].name, check_row, NULL, NULL, (void *)&rows[i]};
    for (size_t i = 0; i < COUNT_OF(named_rows); i++)
        tests[n++] = (struct CMUnitTest){named_rows[i].name, check_named, NULL, NULL, (void *)&named_rows[i]};
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(day_first_or_month_first);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(anchors_and_flags);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(rule_names);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(hostile_text);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(random_words);
    return _cmocka_run_group_tests("dates", tests, n, NULL, NULL);
}
