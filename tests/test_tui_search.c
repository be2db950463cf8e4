/* What `/` finds in a text, as spans. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "tui/search.h"

static const struct row {
    const char *name, *search, *text;
    const char *expected; /* the words found, parted by '|'; null: the search is refused */
} rows[] = {
    {"a word", "lamp", "The lamp and the Lamp.", "lamp|Lamp"},
    {"half typed", "la", "The lamp, late.", "la|la"},
    {"not inside a word", "amp", "The lamp.", ""},
    {"a phrase", "lamp house", "lamp\nhouse, lamp-house, lamp", "lamp\nhouse|lamp-house"},
    {"the last word half typed", "lamp ho", "a lamp house", "lamp ho"},
    {"accents and case", "jose", "JOS\xc3\x89 met Jos\xc3\xa9", "JOS\xc3\x89|Jos\xc3\xa9"},
    {"exact words of the query language", "\"lamp house\"", "a lamp house", "lamp house"},
    {"either", "lamp OR sea", "the sea, a lamp", "sea|lamp"},
    {"a pattern", "/l.mp/", "a lump, a lamp", "lump|lamp"},
    {"nothing to look for", " ,. ", "text", NULL},
    {"a query that is none", "(lamp", "lamp", NULL},
};

static void finds(void **state)
{
    const struct row *r = *state;
    struct search s = {0};
    struct query_error error;
    span_vec found = {0};
    char words[256] = "";
    bool taken = search_set(&s, str_of(r->search), false, &error);
    assert_int_equal(taken, r->expected != NULL);
    if (taken) {
        search_in(&s, str_of(r->text), &found);
        for (size_t i = 0; i < found.n; i++) {
            struct str w = str_at(str_of(r->text), found.v[i]);
            size_t n = strlen(words);
            snprintf(words + n, sizeof words - n, "%s%.*s", i ? "|" : "", (int)w.n, w.p);
        }
        assert_string_equal(words, r->expected);
        assert_int_equal(search_matches(&s, str_of(r->text)), r->expected[0] != '\0');
    }
    vec_free(&found);
    search_finish(&s);
}

int main(void)
{
    struct CMUnitTest tests[COUNT_OF(rows)];
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        tests[i] = (struct CMUnitTest){rows[i].name, finds, NULL, NULL, (void *)&rows[i]};
    return _cmocka_run_group_tests("search", tests, COUNT_OF(rows), NULL, NULL);
}
