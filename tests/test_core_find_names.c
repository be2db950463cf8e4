/* Names in short invented texts: one line a mention, kind and words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "core/find.h"

static const struct row {
    const char *name, *input, *expected;
} rows[] = {
    {"person and place", "Anna Petersen was born in Norway in 1962.",
     "person|Anna Petersen\nplace|Norway\n"},
    {"no title before the name", "The ruling came from Judge Marta Olsen on Friday.", "person|Marta Olsen\n"},
    {"no possessive behind it", "It was Germany's third bid, said John Carter’s lawyer.",
     "place|Germany\nperson|John Carter\n"},
    {"a pronoun is no name", "She believes that. He went home.", ""},
    {"a role before it", "the rapper C-Lantern sang", "person|C-Lantern\n"},
    {"a headline is cut at its verb", "Anna Petersen Introduces Karl Brandt\n\nThey met on Friday.",
     "person|Anna Petersen\nperson|Karl Brandt\n"},
    {"a headline in capitals is no one name", "ANNA PETERSEN SUES LUND HARBOUR BOARD OVER OSLO CRASH\n",
     "person|ANNA PETERSEN\nplace|OSLO\n"},
    {"a noun tells an organisation, here and further on",
     "The police asked the newspaper Quendor for help. Later Quendor met Ida Voss in Oslo.",
     "organisation|Quendor\norganisation|Quendor\nperson|Ida Voss\nplace|Oslo\n"},
    {"but a surname may be a person's further on",
     "He bought the brewer Halvorsen in May. On Monday Halvorsen told Ida Voss that he was right.",
     "organisation|Halvorsen\nperson|Halvorsen\nperson|Ida Voss\n"},
    {"a noun tells a vessel, here and behind \"the\"",
     "He was a deckhand on the ferry Anselm, which sank off Oslo. The Anselm was old, said Anselm Voss.",
     "other|Anselm\nplace|Oslo\nother|Anselm\nperson|Anselm Voss\n"},
    {"somebody built the ship", "On the ship Ida Voss spoke of Oslo.", "person|Ida Voss\nplace|Oslo\n"},
    {"a side is a club", "The title was won by rivals Liverpool on Friday, and champions Germany lost again.",
     "organisation|Liverpool\nplace|Germany\n"},
    {"a score is no part of a name", "It was a good day as the Denver Herons beat the Boston Anglers 3-1 for their seventh win.",
     "other|Denver Herons\nother|Boston Anglers\n"},
    {"a byline ends at the dateline", "Glenn Lindholm BERLIN (AP) -- The harbour was closed on Monday.",
     "person|Glenn Lindholm\nplace|BERLIN\norganisation|AP\n"},
    {"a dateline is a town, in no list", "LINDMARK, April 1 (Coast Wire) -- Gov. Alma Standish signed it.",
     "place|LINDMARK\norganisation|Coast Wire\nperson|Alma Standish\n"},
    {"an office is no name", "Publicist Celia Bray said so.", "person|Celia Bray\n"},
    {"a parish is a place", "He lost his case, but a Jefferson Parish jury heard him.", "place|Jefferson Parish\n"},
    {"loud words are no name", "The notice said LOST PASSPORT and was signed by Ida Voss.", "person|Ida Voss\n"},
    {"a word like iPod is a product", "The shop sells the iPod and the iPhone 4 in Oslo.",
     "other|iPod\nother|iPhone 4\nplace|Oslo\n"},
    {"a caption run into its text",
     "Kim Petersen West Helps Win Release for Another Prisoner This film is unavailable because we were unable to load it, "
     "and we are sorry for the delay of it.",
     "person|Kim Petersen West\n"},
    {"a namesake in a headline", "Kim Lindholm Channels Sundra Lindholm With New Bob Haircut\n\nIt was Kim Lindholm's idea.",
     "person|Kim Lindholm\nperson|Sundra Lindholm\nperson|Kim Lindholm\n"},
    {"the credit of a picture", "Anna Petersen and Karl Brandt Ida Voss/WireImage; Prince Zelmira/WireImage",
     "person|Anna Petersen\nperson|Karl Brandt Ida Voss\norganisation|WireImage\nperson|Prince Zelmira\norganisation|WireImage\n"},
    {"a noun before a quoted name", "It was bought by the company \"Zelmira\" from Oslo.",
     "organisation|Zelmira\nplace|Oslo\n"},
    {"the end of a full name is that person",
     "Fumiko Zelmira won. The Zelmira Cabinet met, and the Zelmira Cabinet fell. Members of Zelmira voted for it.",
     "person|Fumiko Zelmira\norganisation|Zelmira Cabinet\norganisation|Zelmira Cabinet\nperson|Zelmira\n"},
    {"a loud word is no name", "She thanked Anna Petersen and EVERYONE who helped.", "person|Anna Petersen\n"},
    {"a short weekday is no name", "He left Lund on Mon, and on Thurs they met again in Oslo.",
     "place|Lund\nplace|Oslo\n"},
    {"organisation", "She taught at the University of Toronto before joining the World Bank.",
     "organisation|University of Toronto\norganisation|World Bank\n"},
    {"handle and hashtag", "Thanks, wrote @lamp_keeper under #OpenTheCase.",
     "handle|@lamp_keeper\nhashtag|#OpenTheCase\n"},
    {"an address is no handle", "Write to desk@ledger.example today.", ""},
    {"a sign alone is nothing", "We met @ noon, # 4.", ""},
    {"amendment", "That violates the Sixth Amendment, he argued.", "law|Sixth Amendment\n"},
    {"amendment by number", "It rests on the 14th Amendment.", "law|14th Amendment\n"},
    {"section", "The motion cites Section 926.2 of the code.", "law|Section 926.2\n"},
    {"section with a letter", "as Section 12(b) demands", "law|Section 12(b)\n"},
    {"a section of the paper is no law", "The Sports Section was thin.", ""},
    {"a weekday is no name", "The hearing is on Friday. On Friday, Lund votes.", "place|Lund\n"},
    {"case", "In Miller v. Alabama the court was divided.", "law|Miller v. Alabama\n"},
    {"case of several words", "as held in Brandt & Sons v. City of Lund last year",
     "law|Brandt & Sons v. City of Lund\n"},
    {"two words with a v are no case", "It was Lund v the rest.", "place|Lund\n"},
    {"results: towns are clubs", "Lund 3 Bergen 1\nDenver 2 Oslo 0\n",
     "organisation|Lund\norganisation|Bergen\norganisation|Denver\norganisation|Oslo\n"},
    {"results: countries are countries", "Norway 3 Sweden 1\nPoland 2 Italy 0\n",
     "place|Norway\nplace|Sweden\nplace|Poland\nplace|Italy\n"},
    {"standings", "1. Real Bergen 4 2 1 1 9 6 7\n2. Oslo 4 1 1 2 5 6 4\n",
     "organisation|Real Bergen\norganisation|Oslo\n"},
    {"meetings", "DENVER AT BOSTON\nCHICAGO AT TORONTO\nHOUSTON AT MONTREAL\n",
     "organisation|DENVER\nplace|BOSTON\norganisation|CHICAGO\nplace|TORONTO\n"
     "organisation|HOUSTON\nplace|MONTREAL\n"},
    {"meetings by v", "DENVER V BOSTON\nCHICAGO V TORONTO\nHOUSTON V MONTREAL\n",
     "organisation|DENVER\norganisation|BOSTON\norganisation|CHICAGO\norganisation|TORONTO\n"
     "organisation|HOUSTON\norganisation|MONTREAL\n"},
    {"a table of clubs holds no people", "Lund 4 2 1 1 9 6 7\nOslo 4 1 1 2 5 6 4\nHanna Bergstrom 4 1 1 2 3 6 4\n"
     "Bergen 4 1 0 3 5 6 3\n",
     "organisation|Lund\norganisation|Oslo\norganisation|Hanna Bergstrom\norganisation|Bergen\n"},
    {"a table of people", "Hanna Bergstrom 70 71 68 72\nKarl Brandt 71 70 71 71\nIda Lund 70 70 73 71\n",
     "person|Hanna Bergstrom\nperson|Karl Brandt\nperson|Ida Lund\n"},
    {"a place with a score is a club", "At the close: Lund 82-4, Bergen 164-2. It was wet in Oslo.",
     "organisation|Lund\norganisation|Bergen\nplace|Oslo\n"},
    {"one score makes no club", "It was Lund 82-4 at noon.", "place|Lund\n"},
    {"teams behind countries",
     "1. Ida Voss (Norway) Kestrel 1:53.2\n2. Karl Brandt (Germany) Jordan 1:54.0\n3. Ann Hall (Ireland) Lund\n",
     "person|Ida Voss\nplace|Norway\norganisation|Kestrel\nperson|Karl Brandt\nplace|Germany\norganisation|Jordan\n"
     "person|Ann Hall\nplace|Ireland\norganisation|Lund\n"},
    {"a town is meant by in", "Bergen 3 Denver 1\nOslo 2 Boston 0\nIt rained in Boston on Monday.",
     "organisation|Bergen\norganisation|Denver\norganisation|Oslo\norganisation|Boston\nplace|Boston\n"},
    {"a text without capitals",
     "yesterday the police in norway said that anna petersen, who lives in berlin, met karl brandt at home.",
     "place|norway\nperson|anna petersen\nplace|berlin\nperson|karl brandt\n"},
    {"a letter or two without capitals are no text", "see france and german", ""},
    {"no capitals, no names", "nothing at all happened there, and nobody came.", ""},
    {"empty", "", ""},
    {"blanks", " \n\n \t\n", ""},
};

static const char *const kinds[] = {"?", "person", "organisation", "place", "law", "handle", "hashtag",
                                    "people", "other"};

static void check_rows(struct str text, const struct found *found)
{
    uint32_t last = 0;
    for (size_t i = 0; i < found->mentions.n; i++) {
        const struct mention *m = &found->mentions.v[i];
        assert_true(m->at.begin >= last && m->at.begin < m->at.end && m->at.end <= text.n);
        assert_true((text.p[m->at.begin] & 0xc0) != 0x80);
        assert_true(m->at.end == text.n || (text.p[m->at.end] & 0xc0) != 0x80);
        assert_in_range(m->kind, MENTION_PERSON, MENTION_KINDS - 1);
        assert_in_range(m->rule, MENTION_BY_TAGGER, MENTION_RULES - 1);
        assert_int_equal(m->entity.v, 0);
        last = m->at.end;
    }
}

static void find(struct finder *f, struct str text, struct found *found)
{
    struct body body = {.text = text, .published = 0};
    vec_clear(&found->mentions);
    find_names(f, &body, found);
    check_rows(text, found);
}

static void test_row(void **state)
{
    const struct row *row = *state;
    struct finder *f = finder_open();
    struct found found = {0};
    char out[2000] = "";
    size_t n = 0;
    find(f, str_of(row->input), &found);
    for (size_t i = 0; i < found.mentions.n; i++) {
        const struct mention *m = &found.mentions.v[i];
        struct str s = str_at(str_of(row->input), m->at);
        n += (size_t)snprintf(out + n, sizeof(out) - n, "%s|%.*s\n", kinds[m->kind], (int)s.n, s.p);
    }
    assert_string_equal(out, row->expected);
    vec_free(&found.mentions);
    finder_close(f);
}

/* A finder gives the same rows however often, and whatever it read before. */
static void test_again(void **state)
{
    (void)state;
    struct str text = STR("Anna Petersen left Norway. Petersen, @anna, met Karl Brandt in Oslo.");
    struct finder *f = finder_open();
    struct found once = {0}, twice = {0};
    find(f, text, &once);
    find(f, STR("Berlin and Paris; Karl Brandt again."), &twice);
    find(f, text, &twice);
    assert_true(once.mentions.n > 0);
    assert_int_equal(once.mentions.n, twice.mentions.n);
    assert_memory_equal(once.mentions.v, twice.mentions.v, once.mentions.n * sizeof(*once.mentions.v));
    vec_free(&once.mentions);
    vec_free(&twice.mentions);
    finder_close(f);
}

/* More than a window, and lines without end: rows stay in order, inside, on boundaries. */
/* What a finder read before changes nothing: what it remembers of words is true of them anywhere.
 * The words come in every style of line, glued and apart, at the beginning of a sentence and
 * inside. */
static void test_order(void **state)
{
    static const char *const words[] = {"Lund", "Brandt", "the", "Bank of", "N", "(", ")", "-", "1996", "said", ".",
                                        "RIVER", "Anna", "in", "\n", "v", "United", "4", "I.", ","};
    (void)state;
    struct finder *one = finder_open();
    unsigned seed = 5;
    for (int round = 0; round < 400; round++) {
        char text[400] = "";
        for (int i = 0; i < 30; i++) {
            seed = seed * 1103515245u + 12345u;
            strcat(text, words[(seed >> 16) % COUNT_OF(words)]);
            if (seed >> 29)
                strcat(text, " ");
        }
        struct found mine = {0}, fresh = {0};
        struct finder *other = finder_open();
        find(one, str_of(text), &mine);
        find(other, str_of(text), &fresh);
        assert_int_equal(mine.mentions.n, fresh.mentions.n);
        if (mine.mentions.n)
            assert_memory_equal(mine.mentions.v, fresh.mentions.v, mine.mentions.n * sizeof(*mine.mentions.v));
        vec_free(&mine.mentions);
        vec_free(&fresh.mentions);
        finder_close(other);
    }
    finder_close(one);
}

static void test_hostile(void **state)
{
    (void)state;
    static const char *const units[] = {"Anna ", "A.", "v. A ", "@a#b", "É'É’s ", "\xf0\x9f\x91\x8d\xf0\x9f\x8f\xbd", "Of ",
                                        "A\n",   "of", "’",     "(A) ", "Section 1(a)(b)", "\xcc\x81"};
    struct finder *f = finder_open();
    struct found found = {0};
    size_t size = 300000;
    char *text = mem_alloc(size);
    for (size_t u = 0; u < COUNT_OF(units); u++) {
        size_t n = strlen(units[u]), at = 0;
        for (; at + n <= size; at += n)
            memcpy(text + at, units[u], n);
        find(f, str_from(text, at), &found);
    }
    free(text);
    vec_free(&found.mentions);
    finder_close(f);
}

int main(void)
{
    struct CMUnitTest tests[COUNT_OF(rows) + 3];
    size_t n = 0;
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        tests[n++] = (struct CMUnitTest){rows[i].name, test_row, NULL, NULL, (void *)(uintptr_t)&rows[i]};
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_again);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_order);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(test_hostile);
    return _cmocka_run_group_tests("find_names", tests, n, NULL, NULL);
}
