/* Plain text and Markdown: which header is one, what it states, and that nothing else is taken
 * off; then the dates that a text or a path gives away. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "corpus/complete.h"
#include "tests/support/assert_str.h"
#include "tests/support/gather.h"

static const struct row {
    const char *name, *path, *input;
    const char *text, *title, *date, *author, *outlet, *url, *tags; /* null: empty */
    const char *issue; /* part of the sentence of the one issue; null: none */
} rows[] = {
    {"no header", "a.txt", "The lamp house burns.\nMore.\n", .text = "The lamp house burns.\nMore.\n"},
    {"date word", "a.txt", " date 2011-06-03 The keeper spoke.\n\nMore.",
     .text = "The keeper spoke.\n\nMore.", .date = "2011-06-03"},
    {"date word and nothing behind", "a.txt", " date 2011-06-03", .text = "", .date = "2011-06-03"},
    {"date word on its own line", "a.txt", "date 2011-06-03\n\n\nText", .text = "\nText", .date = "2011-06-03"},
    {"only one blank goes", "a.txt", " date 2011-06-03  Two blanks", .text = " Two blanks", .date = "2011-06-03"},
    {"no such day", "a.txt", " date 2011-02-30 Text", .text = " date 2011-02-30 Text"},
    {"date in a word", "a.txt", " date 2011-06-03rd Text", .text = " date 2011-06-03rd Text"},
    {"dates in a text", "a.txt", " dates 2011-06-03 Text", .text = " dates 2011-06-03 Text"},
    {"pairs", "a.txt",
     "Title: Keeper's daughter speaks\nDate: 2011-06-02\nSource: Harbour Post\nAuthor: Ida Voss\n"
     "URL: https://harbour.example/1\nTags: lamp, fire\n\nText.\n",
     .text = "Text.\n", .title = "Keeper's daughter speaks", .date = "2011-06-02",
     .author = "Ida Voss", .outlet = "Harbour Post", .url = "https://harbour.example/1",
     .tags = "lamp, fire"},
    {"keys in any case, date in words", "a.txt", "HEADLINE: A\npublished: 3 June 2011\n\nT",
     .text = "T", .title = "A", .date = "2011-06-03"},
    {"two pairs and no blank line", "a.txt", "Title: A\nDate: 2011-06-02\nIt began at dawn.",
     .text = "It began at dawn.", .title = "A", .date = "2011-06-02"},
    {"unknown key among known", "a.txt", "Title: A\nSource: B\nPress-Run: 3\n\nT", .text = "T",
     .title = "A", .outlet = "B"},
    {"unknown key before the text", "a.txt", "Title: A\nSource: B\nWitness: I saw him.\nT",
     .text = "Witness: I saw him.\nT", .title = "A", .outlet = "B"},
    {"a quoted title keeps its marks", "a.txt", "Title: 'He was never there'\nSource: B\n\nT",
     .text = "T", .title = "'He was never there'", .outlet = "B"},
    {"header and nothing else", "a.txt", "Title: A\nDate: 2011-06-02\n", .text = "", .title = "A", .date = "2011-06-02"},
    {"outlet from the address", "a.txt", "Title: A\nURL: https://www.coast.example:80/x\n\nT", .text = "T",
     .title = "A", .outlet = "coast.example", .url = "https://www.coast.example:80/x"},
    {"colon in the first line", "a.txt", "Keeper: I was asleep\n\nHe said so.", .text = "Keeper: I was asleep\n\nHe said so."},
    {"known word, ordinary line", "a.txt", "Source: police say that the gun was found.\n\nMore.",
     .text = "Source: police say that the gun was found.\n\nMore."},
    {"date of a love story", "a.txt", "Date: a love story\n\nMore.", .text = "Date: a love story\n\nMore."},
    {"time of day", "a.txt", "10:30 the lamp went out\n", .text = "10:30 the lamp went out\n"},
    {"address first", "a.txt", "https://coast.example/x\nText", .text = "https://coast.example/x\nText"},
    {"front matter", "a.md",
     "---\ntitle: \"Lamp: the case\"\ndate: 2011-06-03T10:00:00Z\nauthor: Ida Voss\nsource: The Ledger\n"
     "tags: [lamp, 'two men']\n---\nText\n",
     .text = "Text\n", .title = "Lamp: the case", .date = "2011-06-03", .author = "Ida Voss",
     .outlet = "The Ledger", .tags = "lamp, two men"},
    {"front matter with a list and a paragraph", "a.txt",
     "---\ntitle: >\n  A title\n  in two lines\ntags:\n  - lamp\n  - \"fire\"\n# a comment\n...\nText",
     .text = "Text", .title = "A title in two lines", .tags = "lamp, fire"},
    {"front matter that never ends", "a.txt", "---\ntitle: A\nText", .text = "---\ntitle: A\nText"},
    {"a rule is no front matter", "a.txt", "---\nA letter.\n---\nText", .text = "---\nA letter.\n---\nText"},
    {"date that nobody understands", "a.txt", "Title: A\nDate: last Tuesday\n\nT", .text = "T",
     .title = "A", .issue = "last Tuesday"},
    {"an issue that quotes half a letter", "a.txt",
     "Title: A\nDate: some day in the year of the lamp, 12345\xc3\xa9\n\nT", .text = "T", .title = "A",
     .issue = "\xef\xbf\xbd\" is not understood"},
    {"Markdown heading", "a.md", "\n# The *lamp* #\n\nText", .text = "\n# The *lamp* #\n\nText", .title = "The *lamp*"},
    {"Markdown heading underlined", "a.md", "The lamp\n=====\nText", .text = "The lamp\n=====\nText", .title = "The lamp"},
    {"hash in plain text", "a.txt", "# The lamp\n", .text = "# The lamp\n"},
    {"line ends", "a.txt", "a\r\nb\rc\n\rd\r", .text = "a\nb\nc\n\nd\n"},
    {"line ends in a header", "a.txt", "Title: A\r\nSource: B\r\n\r\nT\r\n", .text = "T\n", .title = "A", .outlet = "B"},
    {"mark", "a.txt", "\xef\xbb\xbf date 2011-06-03 T", .text = "T", .date = "2011-06-03"},
    {"last resort", "a.txt", "The caf\xe9 had \x93no lamp\x94", .text = "The caf\xc3\xa9 had \xe2\x80\x9cno lamp\xe2\x80\x9d",
     .issue = "Windows-1252"},
    {"one bad byte", "a.txt", "The caf\xc3\xa9 had \xffno lamp", .text = "The caf\xc3\xa9 had \xef\xbf\xbdno lamp", .issue = "U+FFFD"},
};

static void assert_day(int32_t day, const char *expected)
{
    if (!expected) {
        assert_int_equal(day, DAY_NONE);
        return;
    }
    struct arena a = {0};
    assert_true(day != DAY_NONE);
    assert_str(days_timex(&a, days_of_day(day)), expected);
    arena_finish(&a);
}

static void test_row(void **state)
{
    const struct row *row = *state;
    struct gathered g = {0};
    gather_read(&g, read_text, row->path, str_of(row->input));
    assert_int_equal(g.articles.n, 1);
    const struct article *a = &g.articles.v[0];
    assert_str(a->text, row->text);
    assert_str(a->title, row->title);
    assert_str(a->author, row->author);
    assert_str(a->outlet, row->outlet);
    assert_str(a->url, row->url);
    assert_str(a->tags, row->tags);
    assert_day(a->published, row->date);
    assert_int_equal(a->published_from, row->date ? PUBLISHED_HEADER : PUBLISHED_NONE);
    assert_int_equal(g.issues.n, row->issue != NULL);
    assert_int_equal(a->issues, g.issues.n);
    if (row->issue)
        assert_non_null(gathered_issue(&g, row->issue));
    gather_free(&g);
}

static void test_nul(void **state)
{
    (void)state;
    struct gathered g = {0};
    gather_read(&g, read_text, "a.txt", STR("before\0after\0\0end"));
    assert_int_equal(g.articles.v[0].text.n, 17);
    assert_memory_equal(g.articles.v[0].text.p, "before\0after\0\0end", 17);
    assert_int_equal(g.issues.n, 0);
    gather_free(&g);
}

static const struct day_row {
    const char *name, *text, *day;
} stated_rows[] = {
    {"line of its own", "The lamp\n\nJune 3, 2011\n\nText", "2011-06-03"},
    {"weekday and time", "The lamp\nFriday, 3 June 2011 10:30 am EDT\nText", "2011-06-03"},
    {"published", "The lamp\nPublished: June 3, 2011\n", "2011-06-03"},
    {"published on", "The lamp\nFirst published on 3 June 2011 at 10:00\n", "2011-06-03"},
    {"behind a bar", "The lamp\nIda Voss | June 3, 2011\n", "2011-06-03"},
    {"behind a dot", "The lamp\nIda Voss \xc2\xb7 June 3, 2011\n", "2011-06-03"},
    {"dateline", "HARBOUR TOWN, June 3, 2011 (Wire) \xe2\x80\x94 The keeper spoke.", "2011-06-03"},
    {"dateline with two places", "HARBOUR TOWN, Coast, June 3, 2011 - The keeper spoke.", "2011-06-03"},
    {"dateline without a year", "HARBOUR TOWN, June 3 (Wire) \xe2\x80\x94 The keeper spoke.", NULL},
    {"published at the foot", "The lamp\na\nb\nc\nd\ne\nf\ng\nPublished: June 3, 2011", "2011-06-03"},
    {"date alone at the foot", "The lamp\na\nb\nc\nd\ne\nf\ng\nJune 3, 2011", NULL},
    {"an event", "The lamp burned on June 3, 2011, police said.", NULL},
    {"published a book", "She published a book on June 3, 2011\nPublished a second in 2012", NULL},
    {"an hour and a month", "May 2011\n", NULL},
    {"nothing", "", NULL},
};

static void test_stated(void **state)
{
    const struct day_row *row = *state;
    assert_day(day_stated_in(str_of(row->text)), row->day);
}

static const struct day_row path_rows[] = {
    {"folders", "case/2003/02/14/x.txt", "2003-02-14"},
    {"name", "case/2003-02-14-x.txt", "2003-02-14"},
    {"name with underscores", "x_2003_02_14.txt", "2003-02-14"},
    {"eight digits", "case/20030214.txt", "2003-02-14"},
    {"name before folders", "2001/01/01/2003-02-14.txt", "2003-02-14"},
    {"folder that is called so", "2003-02-14-export/x.txt", NULL},
    {"no such day", "2003/02/30/x.txt", NULL},
    {"more digits", "case/120030214.txt", NULL},
    {"a number", "case/20039914.txt", NULL},
    {"year and month", "2003/02/x.txt", NULL},
    {"short", "2003", NULL},
};

static void test_path(void **state)
{
    const struct day_row *row = *state;
    assert_day(day_of_path(str_of(row->text)), row->day);
}

static void test_bound(void **state)
{
    (void)state;
    struct gathered g = {0};
    gather_read(&g, read_text, "a.txt",
                STR("Text \xe2\x80\x94 Anna Reiss (@annareiss) June 3, 2011\n\nText (@x) said on 4 May 2012.\n"
                    "\xe2\x80\x94 Anna Reiss (@annareiss) May 3, 2011"));
    assert_day(g.articles.v[0].published, NULL);
    assert_day(g.articles.v[0].not_before, "2011-06-03");
    gather_read(&g, read_text, "a.txt", STR("Title: A\nDate: 2011-06\n\nText"));
    assert_day(g.articles.v[1].published, NULL);
    assert_day(g.articles.v[1].not_before, "2011-06-01");
    gather_free(&g);
}

static void test_published_from(void **state)
{
    (void)state;
    struct gathered g = {0};
    gather_read(&g, read_text, "2003/02/14/a.txt", STR(" date 2011-06-03 T"));
    gather_read(&g, read_text, "2003/02/14/a.txt", STR("The lamp\nPublished: 3 June 2012\n"));
    gather_read(&g, read_text, "2003/02/14/a.txt", STR("Text"));
    static const struct { const char *day; int from; } expected[] = {
        {"2011-06-03", PUBLISHED_HEADER}, {"2012-06-03", PUBLISHED_TEXT}, {"2003-02-14", PUBLISHED_FILE}};
    for (size_t i = 0; i < COUNT_OF(expected); i++) {
        assert_day(g.articles.v[i].published, expected[i].day);
        assert_int_equal(g.articles.v[i].published_from, expected[i].from);
    }
    gather_free(&g);
}

int main(void)
{
    struct CMUnitTest tests[COUNT_OF(rows) + COUNT_OF(stated_rows) + COUNT_OF(path_rows) + 3];
    size_t n = 0;
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        tests[n++] = (struct CMUnitTest){rows[i].name, test_row, NULL, NULL, (void *)&rows[i]};
    for (size_t i = 0; i < COUNT_OF(stated_rows); i++)
        tests[n++] = (struct CMUnitTest){stated_rows[i].name, test_stated, NULL, NULL, (void *)&stated_rows[i]};
    for (size_t i = 0; i < COUNT_OF(path_rows); i++)
        tests[n++] = (struct CMUnitTest){path_rows[i].name, test_path, NULL, NULL, (void *)&path_rows[i]};
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_nul);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_bound);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_published_from);
    return _cmocka_run_group_tests("text", tests, n, NULL, NULL);
}
