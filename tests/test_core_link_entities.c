/* Who is who: names that are one entity, names that are not, and what the tables promise. */
#include "core/demonyms.h"
#include "core/link.h"
#include "core/link_beside.h"
#include "core/link_names.h"
#include "core/link_why.h"
#include "tests/support/tiny_case.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define ARTICLES_MAX 4
#define APART        (-1)

struct row {
    const char *name;
    const char *texts[ARTICLES_MAX];
    const char *a, *b; /* "1:Miller": the first mention with these words in the first article */
    int reason;        /* enum link_reason of one of the two as an alias; APART: two entities */
};

static const struct row rows[] = {
    {"surname", {"Corey Lindholm was charged on Monday. Lindholm denied it."}, "1:Corey Lindholm", "1:Lindholm", LINK_SURNAME},
    {"given_name", {"Corey Lindholm was charged on Monday. \"Corey did nothing,\" said his sister."},
     "1:Corey Lindholm", "1:Corey", LINK_GIVEN_NAME},
    {"surname_in_the_case", {"Corey Lindholm was charged on Monday.", "The court heard Mr. Lindholm on Friday."},
     "1:Corey Lindholm", "2:Lindholm", LINK_SURNAME},
    {"middle_initial", {"Robert F. Hallam spoke first.", "Robert Hallam spoke for an hour."},
     "1:Robert F. Hallam", "2:Robert Hallam", LINK_SAME_NAME},
    {"two_of_one_surname", {"Peter Hallam led the inquiry. Miriam Hallam sat as judge."},
     "1:Peter Hallam", "1:Miriam Hallam", APART},
    {"the_one_named_last", {"Peter Hallam led the inquiry. Miriam Hallam sat as judge. Hallam said the trial was fair."},
     "1:Miriam Hallam", "1:Hallam", LINK_SURNAME},
    {"and_not_the_other", {"Peter Hallam led the inquiry. Miriam Hallam sat as judge. Hallam said the trial was fair."},
     "1:Peter Hallam", "1:Hallam", APART},
    {"the_younger_of_two", {"Peter Hallam led the inquiry. His nephew, Boris Hallam, drives a bus. The court heard Peter Hallam. "
                            "\"No,\" the younger Hallam said."},
     "1:Boris Hallam", "1:Hallam", LINK_SURNAME},
    {"before_its_article_says_who", {"Boris Lindholm spoke. Boris Lindholm left. Boris Lindholm, ill, went home. "
                                     "Boris Lindholm slept. Boris Lindholm woke.",
                                     "Mr. Lindholm is ill. His wife, Naina Lindholm, said so."},
     "1:Boris Lindholm", "2:Lindholm", LINK_SURNAME},
    {"a_son_is_not_his_father", {"Michael Joseph Lindholm sang. Joseph Lindholm watched. Joseph Lindholm left early."},
     "1:Michael Joseph Lindholm", "1:Joseph Lindholm", APART},
    {"hyphens", {"The ship left Port-au-Prince on Monday.", "She was born in Port au Prince."},
     "1:Port-au-Prince", "2:Port au Prince", LINK_SPELLING},
    {"two_countries_spell", {"The World Health Organisation said so.", "The World Health Organization said no."},
     "1:World Health Organisation", "2:World Health Organization", LINK_IS_NAME},
    {"acronym_of_a_part", {"The Northmark Centers for Harbour Control (CHC) said so.", "The CHC said no."},
     "1:Northmark Centers for Harbour Control", "2:CHC", LINK_ACRONYM},
    {"two_letters_say_little", {"He read the Mexico City guide in Mexico City.", "He has an MC in his hand. The MC spoke."},
     "1:Mexico City", "2:MC", APART},
    {"where_nothing_decides", {"Peter Hallam led the inquiry.", "Miriam Hallam sat as judge.", "A letter from Mr. Hallam was read."},
     "1:Peter Hallam", "3:Hallam", APART},
    {"extended", {"Kim Harlow West spoke on Monday. Later Kim Harlow wrote a letter."},
     "1:Kim Harlow West", "1:Kim Harlow", LINK_SHORT_FORM},
    {"double_surname", {"Kim Harlow West spoke on Monday. Later Harlow West wrote a letter."},
     "1:Kim Harlow West", "1:Harlow West", LINK_SURNAME},
    {"nickname", {"Thomas Reiss kept the light.", "Tom Reiss had kept the light for years."}, "1:Thomas Reiss", "2:Tom Reiss", LINK_SHORT_FORM},
    {"spelling_of_a_given_name", {"Steven Hallam was shot.", "Steve Hallam was shot."}, "1:Steven Hallam", "2:Steve Hallam", LINK_SPELLING},
    {"one_letter", {"Edda Lindqvist was a juror.", "A juror, Edda Lindquist, wept."}, "1:Edda Lindqvist", "2:Edda Lindquist", LINK_SPELLING},
    {"a_place_misspelt", {"Troops left Louisiana. He lives in Louisiana. Rain fell in Louisiana.", "She was born in Lousiana in 1962."},
     "1:Louisiana", "2:Lousiana", LINK_SPELLING},
    {"two_places_of_the_lists", {"Troops left Slovenia. He lives in Slovenia. Rain fell in Slovenia.", "She was born in Slovakia in 1962."},
     "1:Slovenia", "2:Slovakia", APART},
    {"given_names_a_letter_apart", {"Maria Lindholm was a juror.", "A juror, Mario Lindholm, wept."},
     "1:Maria Lindholm", "2:Mario Lindholm", APART},
    {"a_given_name_before_a_sibling", {"Bill Harlow kept the light.", "It was lit by two boys, Bill and Ivo Calloway, on Tuesday."},
     "1:Bill Harlow", "2:Bill", APART},
    {"siblings_of_one_name", {"Bill Calloway kept the light.", "It was lit by two boys, Bill and Ivo Calloway, on Tuesday."},
     "1:Bill Calloway", "2:Bill", LINK_GIVEN_NAME},
    {"and_no_sibling", {"Bill Harlow kept the light. It was lit by Bill and Ivo Calloway on Tuesday."},
     "1:Bill Harlow", "1:Bill", LINK_GIVEN_NAME},
    {"mrs_is_the_woman", {"Thomas Hallam kept the light. Maria Hallam is his sister. Thomas left. Mrs Hallam stayed at home."},
     "1:Maria Hallam", "1:Hallam", LINK_SURNAME},
    {"mr_is_the_man", {"Maria Hallam kept the light. Thomas Hallam is her brother. Maria left. Mr. Hallam stayed at home."},
     "1:Thomas Hallam", "1:Hallam", LINK_SURNAME},
    {"also_known_as", {"Corey Lindholm, also known as the rapper Lamplight, was charged."}, "1:Corey Lindholm", "1:Lamplight", LINK_STATED},
    {"stage_name_is", {"Corey Lindholm came in. Lindholm, whose stage name is Kid Tallow, sang."}, "1:Corey Lindholm", "1:Kid Tallow", LINK_STATED},
    {"another_is_known_as", {"Corey Lindholm and his brother, known as Peter Hallam, were charged."},
     "1:Corey Lindholm", "1:Peter Hallam", APART},
    {"an_alias_that_another_was_given", {"Harrow Insurance Group sold the policy - in which the singer was given the alias Karl Brandt - in May."},
     "1:Harrow Insurance Group", "1:Karl Brandt", APART},
    {"who_was_until", {"Anna Calloway, who was Anna Reiss until her wedding, spoke."}, "1:Anna Calloway", "1:Anna Reiss", LINK_STATED},
    {"renamed_in_its_own_sentence", {"The lamps of Northmark Wire Agency went out. The agency was renamed to Skerrow Wire Service in May."},
     "1:Northmark Wire Agency", "1:Skerrow Wire Service", LINK_STATED},
    {"another_was_renamed", {"The lamps of Northmark Wire Agency went out. The school was renamed to Skerrow Wire Service in May."},
     "1:Northmark Wire Agency", "1:Skerrow Wire Service", APART},
    {"acronym_in_parentheses", {"The Coastal Exoneration Project (CEP) took the case."}, "1:Coastal Exoneration Project", "1:CEP", LINK_ACRONYM},
    {"dots", {"He left the United States in May.", "He came back to the U.S. in June."}, "1:United States", "2:U.S.", LINK_ACRONYM},
    {"people_of_a_place", {"He left Germany in May. Two German detectives followed him."}, "1:Germany", "1:German", LINK_PEOPLE},
    {"peoples_of_a_place", {"Troops entered Iraq on Monday.", "The Iraqis left on Tuesday, an Iraqi officer said."},
     "1:Iraq", "2:Iraqis", LINK_PEOPLE},
    {"people_of_another_place", {"He left Austria in May. Two German detectives followed him."}, "1:Austria", "1:German", APART},
    {"names_of_the_world", {"He left the U.S. in May.", "He came back to America in June."}, "1:U.S.", "2:America", LINK_SAME_NAME},
    {"company_ending", {"Shares of Northmark Shipping Inc. fell.", "Shares of Northmark Shipping Corp. rose."},
     "1:Northmark Shipping Inc", "2:Northmark Shipping Corp", LINK_SHORT_FORM},
    {"description_by_vote", {"Kim Harlow spoke on Monday. In a letter the UNICEF founder said so.",
                             "Kim Harlow came late. The UNICEF founder left early."},
     "1:Kim Harlow", "1:the UNICEF founder", LINK_DESCRIPTION},
    {"description_beside_a_name", {"The UNICEF founder Kim Harlow spoke on Monday.", "Kim Harlow came late. \"No,\" the UNICEF founder said."},
     "1:Kim Harlow", "2:the UNICEF founder", LINK_DESCRIPTION},
    {"handle", {"Anna Calloway wrote to us.", "Thanks to @annacalloway for the picture."}, "1:Anna Calloway", "2:@annacalloway", LINK_HANDLE},
    {"handle_in_the_article", {"Anna Calloway wrote to us.", "Anna Brown wrote too.",
                               "The hall heard Anna sing on Monday. \"I rang @annacalloway,\" the keeper wrote."},
     "1:Anna Calloway", "3:Anna", LINK_GIVEN_NAME},
    {"handle_with_more", {"Anna Calloway wrote to us.", "Thanks to @annacalloway_light for it."}, "1:Anna Calloway", "2:@annacalloway_light", LINK_HANDLE},
};

/* ---- asking a tiny case ---- */

static struct dossier *open_case(const char *const *texts)
{
    static const char *const paths[ARTICLES_MAX] = {"1", "2", "3", "4"};
    struct tiny_article articles[ARTICLES_MAX] = {{0}};
    size_t n = 0;
    for (; n < ARTICLES_MAX && texts[n]; n++)
        articles[n] = (struct tiny_article){paths[n], "2011-06-02", texts[n]};
    return tiny_case(articles, n);
}

/* The entity of the first mention of "N:words"; fails where there is none. */
static entity_id entity_at(const struct dossier *d, const char *where)
{
    article_id a = {(uint32_t)(where[0] - '0')};
    struct mention_run run = links_mentions(dossier_links(d), a);
    struct str words = str_of(where + 2);
    for (uint32_t i = 0; i < run.n; i++)
        if (str_eq(str_at(dossier_article(d, a)->text, run.v[i].at), words))
            return run.v[i].entity;
    for (uint32_t i = 0; i < run.n; i++)
        print_message("%s\n", tiny_text(d, (struct passage){a, run.v[i].at}));
    fail_msg("%s is no mention", where);
    return NO_ENTITY;
}

static bool has_reason(const struct links *l, entity_id e, int reason)
{
    for (uint32_t i = l->entities[e.v].aliases_begin; i < l->entities[e.v].aliases_end; i++)
        if (l->aliases[i].reason == reason)
            return true;
    return false;
}

static void one_or_two(void **state)
{
    const struct row *row = *state;
    struct dossier *d = open_case(row->texts);
    entity_id a = entity_at(d, row->a), b = entity_at(d, row->b);
    assert_int_equal(a.v == b.v, row->reason != APART);
    if (row->reason != APART)
        assert_true(has_reason(dossier_links(d), a, row->reason));
    dossier_close(d);
}

static bool is_mention(const struct dossier *d, uint32_t article, const char *words)
{
    struct mention_run run = links_mentions(dossier_links(d), (article_id){article});
    for (uint32_t i = 0; i < run.n; i++)
        if (str_eq(str_at(dossier_article(d, (article_id){article})->text, run.v[i].at), str_of(words)))
            return true;
    return false;
}

/* One article says too little, and nobody is described in a sentence that names them. */
static void descriptions_in_doubt(void **state)
{
    (void)state;
    static const char *const texts[ARTICLES_MAX] = {
        "Kim Harlow spoke on Monday. In a letter the UNICEF founder said so.",
        "Kim Harlow met the NASA director.", "Kim Harlow left. Later the NASA director spoke. Kim Harlow came to the NASA director.",
    };
    struct dossier *d = open_case(texts);
    assert_false(is_mention(d, 1, "the UNICEF founder"));
    assert_false(is_mention(d, 2, "the NASA director"));
    assert_false(is_mention(d, 3, "the NASA director"));
    dossier_close(d);
}

/* What stands between two mentions is looked up in the case. */
static void overlooked_names(void **state)
{
    (void)state;
    static const char *const texts[ARTICLES_MAX] = {
        "Skerrow County voted on Monday. He lives in Skerrow County.", "She moved to Skerrow County.",
        "RESULTS\n\nSKERROW COUNTY 12 OSLO 4\n",
    };
    struct dossier *d = open_case(texts);
    assert_true(is_mention(d, 3, "SKERROW COUNTY"));
    assert_int_equal(entity_at(d, "3:SKERROW COUNTY").v, entity_at(d, "2:Skerrow County").v);
    dossier_close(d);
}

/* A mention that is names run together, or one cut short, is mended by what the case knows. */
static void mended_names(void **state)
{
    (void)state;
    static const struct {
        const char *name, *body, *is, *is_not;
    } table[] = {
        {"headline", "OSLO BEAT SKERROW COUNTY\n\nNothing else.", "SKERROW COUNTY", "OSLO BEAT SKERROW COUNTY"},
        {"lengthened", "The board of Northmark Shipping met.", "Northmark Shipping", "Northmark"},
        {"hyphen_in_text_set_as_tokens", "The shop of Lum - Harbour in Oslo closed .", "Lum - Harbour", "Lum"},
        {"small_noun", "She bought it at the Lantern Tide store. The Lantern Tide store was shut.", "Lantern Tide store", ""},
        {"two_names_run_together", "Anna Reiss and Kid Tallow Ida Voss/Wire came.", "Kid Tallow", "Tallow Ida Voss"},
        {"word_before", "Concluded Lindholm: it was late.", "Lindholm", "Concluded Lindholm"},
        {"one_name_with_a_small_word", "They read the Oslo and Skerrow County Gazette.", "Oslo", ""},
    };
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        const char *texts[ARTICLES_MAX] = {
            "Skerrow County voted on Monday. He lives in Skerrow County. He came from Oslo, she went to Oslo.",
            "Shares of Northmark Shipping fell in Oslo. Northmark Shipping was founded in Oslo. She moved to Skerrow County. "
            "The rapper Kid Tallow sang. The rapper Kid Tallow left. "
            "The lamps of Lum-Harbour fell. Shares of Lantern Tide Store fell too. "
            "Corey Lindholm came. Lindholm spoke. Mr. Lindholm left. Mr. Lindholm ate. Lindholm slept. Mr. Lindholm woke.",
            table[i].body,
        };
        struct dossier *d = open_case(texts);
        if (!is_mention(d, 3, table[i].is) || is_mention(d, 3, table[i].is_not))
            fail_msg("%s", table[i].name);
        dossier_close(d);
    }
}

/* One word that the finder takes for somebody in one place is a person by right only where a full
 * name of the case has it, and a thing where a noun told so. */
static void persons_by_right(void **state)
{
    (void)state;
    static const char company[] = "Shares of Interlux rose. The company Interlux sold lamps. Interlux Inc. sold more.";
    static const char ferry[] = "The ferry Marit struck the pier, said Jonas Vik.";
    static const struct {
        const char *first, *second, *where;
        uint8_t kind;
    } table[] = {
        {company, "\"No,\" said Interlux.", "2:Interlux", MENTION_ORGANISATION},
        {company, "\"No,\" said Interlux. Anna Interlux left.", "2:Interlux", MENTION_PERSON},
        {ferry, "The Marit sank on 9 May 2004, said Judge Ines Falk.", "2:Marit", MENTION_OTHER},
        {ferry, "\"No,\" said Marit. Marit Vik left.", "2:Marit", MENTION_PERSON},
    };
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        const char *texts[ARTICLES_MAX] = {table[i].first, table[i].second};
        struct dossier *d = open_case(texts);
        assert_int_equal(dossier_links(d)->entities[entity_at(d, table[i].where).v].kind, table[i].kind);
        dossier_close(d);
    }
}

/* ---- why, and beside whom ---- */

struct why_row {
    const char *name;
    const char *texts[ARTICLES_MAX];
    const char *of;                /* as struct row's */
    struct {
        const char *words;
        int reason;
    } steps[4];
};

static const struct why_row why_rows[] = {
    {"why_its_own_name", {"Anna Reiss spoke."}, "1:Anna Reiss", {{"Anna Reiss", LINK_IS_NAME}}},
    {"why_surname", {"Anna Reiss spoke. Reiss left."}, "1:Reiss", {{"Reiss", LINK_SURNAME}, {"Anna Reiss", LINK_IS_NAME}}},
    {"why_three_steps",
     {"Anna Reiss spoke. Anna Reiss left. Anna Reiss slept.", "Anna Calloway, who was Anna Reiss until her wedding, spoke. Calloway left."},
     "2:Calloway", {{"Calloway", LINK_SURNAME}, {"Anna Calloway", LINK_STATED}, {"Anna Reiss", LINK_IS_NAME}}},
    {"why_from_another_article", {"Anna Reiss spoke.", "A letter from Mr. Reiss, no, Ms. Reiss was read."},
     "2:Reiss", {{"Reiss", LINK_SURNAME}, {"Anna Reiss", LINK_IS_NAME}}},
    {"why_acronym", {"The Coastal Exoneration Project (CEP) took the case. The CEP won."},
     "1:CEP", {{"CEP", LINK_ACRONYM}, {"Coastal Exoneration Project", LINK_IS_NAME}}},
    {"why_people", {"He left Germany. A German judge followed."}, "1:German", {{"German", LINK_PEOPLE}, {"Germany", LINK_IS_NAME}}},
};

static void why(void **state)
{
    const struct why_row *row = *state;
    struct dossier *d = open_case(row->texts);
    struct passage at = {{(uint32_t)(row->of[0] - '0')}, {0, 0}};
    struct mention_run run = links_mentions(dossier_links(d), at.article);
    for (uint32_t i = 0; i < run.n && !at.at.end; i++)
        if (str_eq(str_at(dossier_article(d, at.article)->text, run.v[i].at), str_of(row->of + 2)))
            at.at = run.v[i].at;
    struct why_step steps[WHY_STEPS_MAX];
    uint32_t n = links_why(dossier_articles(d), dossier_links(d), at, steps), want = 0;
    for (; want < COUNT_OF(row->steps) && row->steps[want].words; want++) {
        assert_true(want < n);
        assert_string_equal(tiny_text(d, steps[want].at), row->steps[want].words);
        assert_int_equal(steps[want].reason, row->steps[want].reason);
    }
    assert_int_equal(n, want);
    dossier_close(d);
}

static void named_beside(void **state)
{
    (void)state;
    static const char *const texts[ARTICLES_MAX] = {
        "Anna Reiss met Peter Hallam. Hallam left. Anna and Peter Hallam wrote. Grace Holt met Anna Reiss and Anna Reiss."};
    struct dossier *d = open_case(texts);
    struct beside v[4];
    assert_int_equal(links_beside(dossier_articles(d), dossier_links(d), entity_at(d, "1:Anna Reiss"), v, 4), 2);
    assert_int_equal(v[0].entity.v, entity_at(d, "1:Peter Hallam").v);
    assert_int_equal(v[0].sentences, 2);
    assert_int_equal(v[1].sentences, 1);
    assert_string_equal(tiny_text(d, v[0].first), "Peter Hallam");
    assert_int_equal(links_beside(dossier_articles(d), dossier_links(d), entity_at(d, "1:Anna Reiss"), v, 1), 1);
    struct why_step steps[WHY_STEPS_MAX];
    assert_int_equal(links_why(dossier_articles(d), dossier_links(d), (struct passage){{1}, {1, 2}}, steps), 0);
    dossier_close(d);
}

/* ---- decisions and pairs ---- */

static void decide(struct dossier *d, const char *a, const char *b, bool same)
{
    struct decision one = {str_of(a), str_of(b), same};
    dossier_decide(d, &(struct decisions){.v = &one, .n = 1});
    dossier_wait(d);
}

static const char *const two_hallams[ARTICLES_MAX] = {
    "Peter Hallam led the inquiry.", "Miriam Hallam sat as judge.", "A letter from Mr. Hallam was read."};

static bool is_offered(const struct dossier *d, const char *one, const char *other)
{
    const struct links *l = dossier_links(d);
    uint32_t a = entity_at(d, one).v, b = entity_at(d, other).v;
    bool found = false;
    for (uint32_t i = 0; i < l->n_pairs; i++)
        found |= (l->pairs[i].a.v == a && l->pairs[i].b.v == b) || (l->pairs[i].b.v == a && l->pairs[i].a.v == b);
    return found;
}

static void doubt_is_offered(void **state)
{
    (void)state;
    struct dossier *d = open_case(two_hallams);
    assert_true(is_offered(d, "1:Peter Hallam", "3:Hallam"));
    dossier_close(d);
    static const char *const handles[ARTICLES_MAX] = {
        "Anna Lindholm wrote to us. Boris Lindholm did not.", "Thanks to @annielindholm and @cathlindholm for the picture.",
    };
    d = open_case(handles);
    assert_true(is_offered(d, "1:Anna Lindholm", "2:@annielindholm"));
    assert_false(is_offered(d, "1:Boris Lindholm", "2:@annielindholm"));
    assert_false(is_offered(d, "1:Anna Lindholm", "2:@cathlindholm"));
    dossier_close(d);
}

static void the_reader_says_same(void **state)
{
    (void)state;
    struct dossier *d = open_case(two_hallams);
    decide(d, "Hallam", "Peter Hallam", true);
    assert_int_equal(entity_at(d, "3:Hallam").v, entity_at(d, "1:Peter Hallam").v);
    assert_int_not_equal(entity_at(d, "2:Miriam Hallam").v, entity_at(d, "1:Peter Hallam").v);
    assert_true(has_reason(dossier_links(d), entity_at(d, "3:Hallam"), LINK_DECIDED));
    dossier_close(d);
}

static void the_reader_says_different(void **state)
{
    (void)state;
    static const char *const texts[ARTICLES_MAX] = {"Steven Hallam was shot.", "Steve Hallam was shot."};
    struct dossier *d = open_case(texts);
    assert_int_equal(entity_at(d, "1:Steven Hallam").v, entity_at(d, "2:Steve Hallam").v);
    decide(d, "Steven Hallam", "Steve Hallam", false);
    assert_int_not_equal(entity_at(d, "1:Steven Hallam").v, entity_at(d, "2:Steve Hallam").v);
    dossier_decide(d, &(struct decisions){0});
    dossier_wait(d);
    assert_int_equal(entity_at(d, "1:Steven Hallam").v, entity_at(d, "2:Steve Hallam").v);
    dossier_close(d);
}

/* Whatever the reader decides, one thing after the other, where nothing refused is decided: what is
 * called one is one, what is called different is two, and the order does not matter. */
#define NAMES     7
#define ROUNDS    60
#define DECISIONS 8

static const char *const names[NAMES] = {"Anna Reiss", "Peter Hallam", "Hallam", "Grace Holt", "Corey Lindholm", "Lindholm", "Oslo"};

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 16;
}

static void group_names(struct dossier *d, const struct decision *v, size_t n, uint32_t out[NAMES])
{
    static const char *const where[NAMES] = {
        "1:Anna Reiss", "1:Peter Hallam", "3:Hallam", "2:Grace Holt", "1:Corey Lindholm", "3:Lindholm", "2:Oslo"};
    dossier_decide(d, &(struct decisions){.v = v, .n = n});
    dossier_wait(d);
    for (int i = 0; i < NAMES; i++)
        out[i] = entity_at(d, where[i]).v;
}

static int name_number(struct str name)
{
    int i = 0;
    while (!str_eq(name, str_of(names[i])))
        i++;
    return i;
}

static void decisions_hold_in_any_order(void **state)
{
    (void)state;
    static const char *const texts[ARTICLES_MAX] = {
        "Anna Reiss met Peter Hallam and Corey Lindholm.", "Miriam Hallam met Grace Holt in Oslo.", "A letter from Mr. Hallam and Mr. Lindholm was read."};
    struct dossier *d = open_case(texts);
    uint32_t seed = 20261122, refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
        struct decision v[DECISIONS];
        size_t n = 0;
        for (int i = 0; i < DECISIONS; i++) {
            uint32_t a = next_random(&seed) % NAMES, b = next_random(&seed) % NAMES;
            struct decision one = {str_of(names[a]), str_of(names[b]), next_random(&seed) % 3 != 0};
            bool known = a == b;
            for (size_t k = 0; k < n; k++)
                known |= (str_eq(v[k].a, one.a) && str_eq(v[k].b, one.b)) || (str_eq(v[k].a, one.b) && str_eq(v[k].b, one.a));
            bool against = !known && decisions_against(&(struct decisions){.v = v, .n = n}, one.a, one.b, one.same);
            refused += against;
            if (!known && !against)
                v[n++] = one;
        }
        uint32_t first[NAMES], second[NAMES];
        group_names(d, v, n, first);
        for (size_t i = 0; i < n; i++)
            if ((first[name_number(v[i].a)] == first[name_number(v[i].b)]) != v[i].same)
                fail_msg("round %d: %.*s, %.*s", round, (int)v[i].a.n, v[i].a.p, (int)v[i].b.n, v[i].b.p);
        for (size_t i = 0; i + 1 < n; i++) {
            size_t other = i + next_random(&seed) % (n - i);
            struct decision t = v[i];
            v[i] = v[other], v[other] = t;
        }
        group_names(d, v, n, second);
        for (int i = 0; i < NAMES * NAMES; i++)
            if ((first[i / NAMES] == first[i % NAMES]) != (second[i / NAMES] == second[i % NAMES]))
                fail_msg("round %d: in another order %s, %s", round, names[i / NAMES], names[i % NAMES]);
    }
    assert_true(refused > ROUNDS / 4);
    dossier_close(d);
}

static void decisions_against_one_another(void **state)
{
    (void)state;
    struct decision v[] = {{STR("A Reiss"), STR("B Reiss"), true}, {STR("B Reiss"), STR("C Reiss"), true},
                           {STR("C Reiss"), STR("D Reiss"), false}};
    struct decisions all = {.v = v, .n = COUNT_OF(v)};
    assert_ptr_equal(decisions_against(&all, STR("A Reiss"), STR("C Reiss"), false), &v[1]);
    assert_ptr_equal(decisions_against(&all, STR("d reiss"), STR("A Reiss"), true), &v[2]);
    assert_null(decisions_against(&all, STR("A Reiss"), STR("C Reiss"), true));
    assert_null(decisions_against(&all, STR("A Reiss"), STR("D Reiss"), false));
    assert_null(decisions_against(&all, STR("A Reiss"), STR("B Reiss"), false));
    assert_null(decisions_against(&all, STR("C Reiss"), STR("D Reiss"), true));
    assert_null(decisions_against(&(struct decisions){0}, STR("A"), STR("A"), false));
}

/* ---- what the tables promise ---- */

static void tables_hold(void **state)
{
    (void)state;
    static const char *const texts[ARTICLES_MAX] = {
        "Corey Lindholm, also known as the rapper Lamplight, was charged in Boston. Lindholm denied it.",
        "\"Corey did nothing,\" wrote @coreylindholm. The Coastal Exoneration Project (CEP) took the case in Boston.",
        "Lamplight sang for the CEP. Peter Hallam and Miriam Hallam came. Hallam left early.",
        "",
    };
    struct dossier *d = open_case(texts);
    const struct links *l = dossier_links(d);
    uint32_t rows_seen = 0;
    for (uint32_t e = 1; e < l->n_entities; e++) {
        const struct entity *x = &l->entities[e];
        struct row_run run = links_of_entity(l, (entity_id){e});
        uint32_t counted = 0;
        assert_true(run.n > 0 && run.n == x->n_mentions);
        assert_true(e == 1 || l->entities[e - 1].n_mentions >= x->n_mentions);
        for (uint32_t i = 0; i < run.n; i++) {
            assert_int_equal(l->mentions[run.v[i]].entity.v, e);
            assert_true(i == 0 || run.v[i] > run.v[i - 1]);
        }
        for (uint32_t i = x->aliases_begin; i < x->aliases_end; i++) {
            assert_int_equal(l->aliases[i].entity.v, e);
            assert_true((l->aliases[i].reason == LINK_IS_NAME) == (i == x->aliases_begin));
            counted += l->aliases[i].count;
        }
        assert_true(str_eq(l->aliases[x->aliases_begin].text, x->name));
        assert_int_equal(counted, run.n);
        rows_seen += run.n;
    }
    assert_int_equal(rows_seen, l->n_mentions);
    dossier_close(d);
}

/* What is said more often beats a longer form that stands once, and a title is no name. */
static void named_as_papers_do(void **state)
{
    (void)state;
    static const char *const texts[ARTICLES_MAX] = {
        "Anna Reiss spoke. Anna Reiss left. Anna Reiss came. Anna Reiss slept. Keeper Anna Reiss woke. Anna Reiss ate.",
        "The European Union met. Ministers of the European Union spoke. The European Union agreed. The European Union paid. "
        "The European Union left. The European Union came. Ship European Union sank.",
    };
    struct dossier *d = open_case(texts);
    const struct links *l = dossier_links(d);
    assert_true(str_eq(l->entities[entity_at(d, "1:Anna Reiss").v].name, STR("Anna Reiss")));
    assert_true(str_eq(l->entities[entity_at(d, "2:European Union").v].name, STR("European Union")));
    dossier_close(d);
}

/* The place is named by its name, whatever is said more often, and a people is no place. */
static void peoples_are_no_places(void **state)
{
    (void)state;
    static const char *const texts[ARTICLES_MAX] = {
        "Two German detectives came. A German lawyer followed, and a German judge. He had left Germany in May."};
    struct dossier *d = open_case(texts);
    const struct links *l = dossier_links(d);
    const struct entity *e = &l->entities[entity_at(d, "1:Germany").v];
    assert_int_equal(e->kind, MENTION_PLACE);
    assert_true(str_eq(e->name, STR("Germany")));
    struct row_run run = links_of_entity(l, entity_at(d, "1:Germany"));
    assert_int_equal(run.n, 4);
    for (uint32_t i = 0; i < run.n; i++)
        assert_int_equal(l->mentions[run.v[i]].kind, i < 3 ? MENTION_PEOPLE : MENTION_PLACE);
    dossier_close(d);
    struct decision apart = {STR("Germany"), STR("German"), false};
    d = open_case(texts);
    dossier_decide(d, &(struct decisions){.v = &apart, .n = 1});
    dossier_wait(d);
    assert_int_not_equal(entity_at(d, "1:Germany").v, entity_at(d, "1:German").v);
    dossier_close(d);
}

static void demonyms(void **state)
{
    (void)state;
    static const char *const table[][2] = {
        {"dutch", "netherlands"}, {"iraqis", "iraq"}, {"swiss", "switzerland"}, {"aberdonian", "aberdeen"},
        {"zimbabwean", "zimbabwe"}, {"jewish", ""}, {"basque", ""}, {"", ""}, {"~", ""}, {"s", ""},
    };
    for (size_t i = 0; i < COUNT_OF(table); i++)
        assert_true(str_eq(demonym_place(str_of(table[i][0])), str_of(table[i][1])));
}

static void forms(void **state)
{
    (void)state;
    static const struct {
        const char *written;
        uint8_t kind;
        const char *form;
    } table[] = {
        {"The Ledger", MENTION_ORGANISATION, "ledger"}, {"U.S.", MENTION_PLACE, "us"},
        {"John F. Kennedy", MENTION_PERSON, "john f kennedy"}, {"André  Sorel", MENTION_PERSON, "andre sorel"},
        {"Wal - Mart", MENTION_ORGANISATION, "wal-mart"}, {"Miller\xe2\x80\x99s", MENTION_PERSON, "miller"},
        {"Boston, Massachusetts", MENTION_PLACE, "boston"}, {"...", MENTION_OTHER, ""}, {"The Queen", MENTION_PERSON, "the queen"},
    };
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        char buffer[FORM_BYTES_MAX];
        struct str f = name_form(str_of(table[i].written), table[i].kind, buffer);
        assert_int_equal(f.n, strlen(table[i].form));
        assert_memory_equal(f.p ? f.p : "", table[i].form, f.n);
    }
}

int main(void)
{
    struct CMUnitTest tests[COUNT_OF(rows) + COUNT_OF(why_rows) + 15];
    size_t n = 0;
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        tests[n++] = (struct CMUnitTest){rows[i].name, one_or_two, NULL, NULL, (void *)&rows[i]};
    for (size_t i = 0; i < COUNT_OF(why_rows); i++)
        tests[n++] = (struct CMUnitTest){why_rows[i].name, why, NULL, NULL, (void *)&why_rows[i]};
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(named_beside);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(descriptions_in_doubt);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(overlooked_names);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(mended_names);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(persons_by_right);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(doubt_is_offered);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(the_reader_says_same);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(the_reader_says_different);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(decisions_hold_in_any_order);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(decisions_against_one_another);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(tables_hold);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(peoples_are_no_places);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(named_as_papers_do);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(demonyms);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(forms);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
