/* Where sentences end, what a headline is, what the page put between the paragraphs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "core/find.h"

/* `expected` holds one line a sentence: flags (P paragraph, F furniture, H headline), a blank,
 * the text. */
static const struct row {
    const char *name, *input, *expected;
} rows[] = {
    {"two", "The lamp burned. It fell.", "P The lamp burned.\n It fell.\n"},
    {"title", "Mr. Voss met Dr. Reiss. They left.", "P Mr. Voss met Dr. Reiss.\n They left.\n"},
    {"initials", "J. R. Voss of the U.S. Coast Guard spoke.",
     "P J. R. Voss of the U.S. Coast Guard spoke.\n"},
    {"acronym ends", "He came to the U.S. The boat sank.",
     "P He came to the U.S.\n The boat sank.\n"},
    {"company", "Lamp Inc. Chairman Voss left Reiss Inc. He was late.",
     "P Lamp Inc. Chairman Voss left Reiss Inc.\n He was late.\n"},
    {"number", "See No. 7 of the list. Was it no. Or yes.",
     "P See No. 7 of the list.\n Was it no.\n Or yes.\n"},
    {"month", "It burned on Nov. 12 at 3.5 knots. On Nov. 13 it sank.",
     "P It burned on Nov. 12 at 3.5 knots.\n On Nov. 13 it sank.\n"},
    {"hour", "He woke at 6 a.m. Voss slept.", "P He woke at 6 a.m.\n Voss slept.\n"},
    {"versus", "In Voss v. Harbour Board the court ruled.",
     "P In Voss v. Harbour Board the court ruled.\n"},
    {"ellipsis goes on", "It came late... but it came. Well... I know.",
     "P It came late... but it came.\n Well...\n I know.\n"},
    {"spaced ellipsis", "We went . . . and came back. Then we left.",
     "P We went . . . and came back.\n Then we left.\n"},
    {"closing mark",
     "\"He was there.\" She left. \"Gone!\" she said. \xe2\x80\x9cYes.\xe2\x80\x9d He went.",
     "P \"He was there.\"\n She left.\n \"Gone!\" she said.\n \xe2\x80\x9cYes.\xe2\x80\x9d\n He "
     "went.\n"},
    {"question and name", "\"Why?\" Voss asked. \"Who?\" Nobody moved.",
     "P \"Why?\" Voss asked.\n \"Who?\"\n Nobody moved.\n"},
    {"question and title", "\"Is it over?\" the old keeper asked him.",
     "P \"Is it over?\" the old keeper asked him.\n"},
    {"lost blank", "The lamp was gone.Then it rained. See lamp.Example.org now.",
     "P The lamp was gone.\n Then it rained.\n See lamp.Example.org now.\n"},
    {"guillemets", "\xc2\xab Il est parti. \xc2\xbb Elle reste.",
     "P \xc2\xab Il est parti. \xc2\xbb\n Elle reste.\n"},
    {"brackets", "It sank (nobody saw it.) Then it rained.",
     "P It sank (nobody saw it.)\n Then it rained.\n"},
    {"byline of a post", "I saw it all\xe2\x80\xa6 \xe2\x80\x94 Ida Voss (@idavoss) June 3, 2011",
     "P I saw it all\xe2\x80\xa6\n \xe2\x80\x94 Ida Voss (@idavoss) June 3, 2011\n"},
    {"headline", "Keeper's daughter speaks\n\nThe daughter spoke.\nShe left.",
     "PH Keeper's daughter speaks\nP The daughter spoke.\nP She left.\n"},
    {"headline asks", "Who lit the lamp?\nNobody knows. Why? None.",
     "PH Who lit the lamp?\nP Nobody knows.\n Why?\n None.\n"},
    {"hard wrap",
     "The keeper of the lamp house had left the island long before\n"
     "the fire was seen by Dr. Reiss, who was on the shore with his\n"
     "dog. It was cold.\nHe went home and slept until the morning came and woke him.\n",
     "P The keeper of the lamp house had left the island long before\nthe fire was seen by Dr. "
     "Reiss, who was on the shore with his\ndog.\n It was cold.\nP He went home and slept until "
     "the morning came and woke him.\n"},
    {"wrapped by hand",
     "The keeper of the lamp house had left the island long before the fire\n"
     "was seen, she said, and \"had no reason to come\nback\".  It was cold and\n"
     "the lamp was out.\n\nHe slept.",
     "P The keeper of the lamp house had left the island long before the fire\nwas seen, she said, "
     "and \"had no reason to come\nback\".\n It was cold and\nthe lamp was out.\nP He slept.\n"},
    {"list of related",
     "He left.\n\nRELATED CONTENT:\n\nTen Boats You Must See\nVoss Buys a Boat\n\n"
     "The story goes on here, at length.",
     "P He left.\nPF RELATED CONTENT:\nPFH Ten Boats You Must See\nPFH Voss Buys a Boat\n"
     "P The story goes on here, at length.\n"},
    {"teaser",
     "He left.\n\nLOOK: The best boats\n\nFrom sail to steam, we rank boats.\n\nMore From Lamp FM",
     "P He left.\nPF LOOK: The best boats\nPF From sail to steam, we rank boats.\n"
     "PF More From Lamp FM\n"},
    {"notices",
     "Lamp FM logo\nGet our free mobile app\nRena Voss/Coast Images\n"
     "Please turn off your ad-blocker. Up Next\nHe moved more from need than greed.",
     "PF Lamp FM logo\nPF Get our free mobile app\nPF Rena Voss/Coast Images\n"
     "PF Please turn off your ad-blocker.\nF Up Next\nP He moved more from need than greed.\n"},
    {"blanks only", " \n\t\n\xc2\xa0\n", ""},
    {"nothing", "", ""},
};

static void print_sentences(struct str text, const struct found *found, char *out, size_t room)
{
    size_t n = 0;
    out[0] = '\0';
    for (size_t i = 0; i < found->sentences.n; i++) {
        const struct sentence *s = &found->sentences.v[i];
        n += (size_t)snprintf(
            out + n, room - n, "%s%s%s %.*s\n", s->flags & SENTENCE_PARAGRAPH ? "P" : "",
            s->flags & SENTENCE_FURNITURE ? "F" : "", s->flags & SENTENCE_HEADLINE ? "H" : "",
            (int)span_length(s->at), text.p + s->at.begin);
    }
}

static void test_row(void **state)
{
    const struct row *row = *state;
    struct finder *f = finder_open();
    struct found found = {0};
    struct body body = {.text = str_of(row->input), .published = DAY_NONE};
    char got[2000];
    find_sentences(f, &body, &found);
    print_sentences(body.text, &found, got, sizeof(got));
    vec_free(&found.sentences);
    finder_close(f);
    assert_string_equal(got, row->expected);
}

/* Hostile lengths: the work must not grow faster than the text, and rows stay in order. */
static void test_long_runs(void **state)
{
    (void)state;
    static const char *const parts[] = {".", "\"", ". ", "A.", "\n", "? \"", "a\xe2\x80\xa6", ")."};
    struct finder *f = finder_open();
    for (size_t p = 0; p < COUNT_OF(parts); p++) {
        size_t n = strlen(parts[p]), times = 200000 / n;
        char *text = mem_alloc(n * times);
        for (size_t i = 0; i < times; i++)
            memcpy(text + i * n, parts[p], n);
        struct found found = {0};
        struct body body = {.text = str_from(text, n * times), .published = DAY_NONE};
        find_sentences(f, &body, &found);
        for (size_t i = 0; i < found.sentences.n; i++) {
            struct span at = found.sentences.v[i].at;
            assert_true(at.begin < at.end && at.end <= n * times);
            assert_true(i == 0 || found.sentences.v[i - 1].at.end <= at.begin);
        }
        vec_free(&found.sentences);
        free(text);
    }
    finder_close(f);
}

int main(void)
{
    struct CMUnitTest tests[COUNT_OF(rows) + 1];
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        tests[i] = (struct CMUnitTest){
            .name = rows[i].name, .test_func = test_row, .initial_state = (void *)&rows[i]};
    tests[COUNT_OF(rows)] = (struct CMUnitTest)cmocka_unit_test(test_long_runs);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
