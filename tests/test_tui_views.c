/* The views of quotations and conflicts, on the memory screen over a tiny case. */
#include "tests/support/session.h"
#include "tests/support/tiny_case.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const struct tiny_article articles[] = {
    {"a", "2011-06-02",
     "The inquiry sat.\n\n\"He was never there that night, and two men have now said so,\" Anna Reiss said.\n\nThomas "
     "Reiss was killed at Kestrel Head on 12 November 1998."},
    {"b", "2016-09-09",
     "The study was printed.\n\n\"He was there that night, and two men have now said so,\" Anna Reiss said.\n\nThomas "
     "Reiss was killed at Kestrel Head on November 18, 1998, it says."},
    {"c", "2012-02-14", "A court heard that Thomas Reiss was killed at Kestrel Head on November 12, 1998."},
    {"d", "2013-02-14",
     "The yard was sold on March 3, 1998. Karl Brandt was charged on March 4, 1999. Karl Brandt was convicted on "
     "February 25, 2000. A court freed Karl Brandt on May 20, 2003."},
};

struct row {
    const char *name;
    const char *keys;
    const char *shows[4];
    const char *hides;
};

static const struct row rows[] = {
    {"lookup_as_typed", "\"never there night", {"Look up · never there night", "near", "was never there"}, NULL},
    {"a_few_words_are_shown_where_they_stand", "\"men never oath", {"never there that night, and two men"}, NULL},
    {"lookup_exact", "\"two men have now\n", {"exact", "1 of 2"}, NULL},
    {"lookup_nothing", "\"xylophone", {"nothing"}, NULL},
    {"lookup_cancelled_leaves_the_answers", "\"never there\x1b", {"Look up · never there"}, NULL},
    {"a_step_lands_in_the_text", "]eg*", {"Mentions · Anna Reiss", "1 of 2"}, "No name is under"},
    {"board_marks_what_changed", "]q\"", {"2 wordings", "2011-06-02", "-never", "negation"}, NULL},
    {"conflicts_side_by_side", "gx", {"Conflicts · 2", "1998-11-12", "1998-11-18", "Quotation"}, NULL},
    {"event_card", "\x17lgd", {"3 articles", "2 dates", "November 18, 19", "Told by"}, NULL},
    {"event_card_names", "\x17lgd", {"Names", "Thomas Reiss", "mention"}, NULL},
    {"why_a_name", "]egw", {"Why · Anna Reiss is Anna Reiss", "1 step", "its own name", "recogniser"}, NULL},
    {"card_of_a_name", "]egd", {"2 mentions in 2 articles", "2 June 2011 to 9 September 2016", "its own name", "Mentions"}, NULL},
    {"why_an_event", "\x17lgw", {"statements of 1998-11-12", "1 of another day", "killed (3)", "Thomas Reiss"}, NULL},
    {"zoom_to_years", "3zw", {"Timeline by year", "1998 ", "and 1 more", "One row a year"}, "1998-11-1"},
    {"zoom_there_and_back", "9zw9zn", {"1998-11-12", "One row an event"}, "by decade"},
    {"enter_opens_a_fold", "4zw\x17l\n\n\n", {"Timeline by month", "1998-11-12"}, "and 1 more"},
    {"only_conflicts", "zc", {"Timeline conflicts", "1 of 1", "1 of 5", "events; zz shows all"}, NULL},
    {"only_several_again_all", "zszs", {"Timeline ", "All events"}, "several"},
    {"only_a_name", ":timeline entity:\"Thomas Reiss\"\n", {"entity:\"Thomas Reiss\""}, NULL},
    {"the_name_of_the_event", "\x17lze", {"Timeline entity:", "zz shows all"}, NULL},
    {"nobody_of_that_name", ":timeline entity:Xanthippe\n", {"Nobody here is called 'Xanthippe'"}, NULL},
    {"between_days", ":timeline from:2012 to:2012-03\n", {"from:2012 to:2012-03", "no event"}, "1998-11-12"},
    {"no_date", ":timeline from:yesterday\n", {"A date is 2002-01-12"}, NULL},
    {"no_such_word", ":timeline weighty\n", {"Words: entity:NAME"}, NULL},
    {"all_again", "zcze" "zz", {"All events"}, "conflicts "},
    {"conflicts_are_stepped_through_folds", "\x17lgg9zw]c9zn", {"1998-11-12", "One row an event"}, NULL},
    {"the_last_conflict_of_a_fold", "\x17lgg9zw]c]c", {"No event after here has dates that differ"}, NULL},
    {"struck_out", "\x17lggx", {"Struck out; u undoes", "1 of 4"}, "1998-03-03"},
    {"struck_shown", "\x17lggxzx", {"Timeline struck out", "1998-03-03", "1 of 1"}, NULL},
    {"struck_taken_back", "\x17lggxzxxzx", {"The timeline again", "1998-03-03", " of 5"}, NULL},
    {"all_again_is_not_the_struck", "\x17lggxzxzz", {"All events", " of 4"}, "struck out"},
    {"no_fold_is_struck_out", "9zw\x17lggx", {"zn shows them one by one"}, "Struck out;"},
    {"conflicts_said", "\x17lgg]c", {"Conflict 1 of 1"}, NULL},
    {"lookup_with_nothing_typed", "\"", {" speaker", "Anna Reiss", "type what you remember"}, NULL},
    {"lookup_speaker", "\"\n\n", {"Quotations · ", "Anna Reiss", "He was never there that night"}, NULL},
    {"lookup_cancelled_with_nothing_typed", "\"\x1b", {"Articles · 4"}, "speaker"},
    {"board_gives_the_keys_back", "\t]q\"q]e", {"Articles · 4", "Name "}, "wordings"},
    {"set_alone_lists_the_settings", ":set\n", {"Settings", "layout auto", ":set layout auto|bands"}, "Articles ·"},
    {"set_one_from_the_list", ":set\n\n", {":set layout"}, NULL},
    {"selection_looked_up", "\t]qviq\"", {"Look up · He was never there that night", "exact"}, NULL},
    {"selection_looked_up_and_left", "\t]qviq\"q", {"Articles · 4"}, "Look up"},
    {"mentions_of_a_speaker_begin_here", "G\n]qgr", {"Mentions · Anna Reiss", "2 of 2 in 2 articles"}, NULL},
    {"q_leaves_the_view", "gxq", {"Articles"}, "Conflicts ·"},
};

static void shows_in(const struct tiny_article *of, size_t n, const struct row *row)
{
    struct session s = {0};
    session_start(&s, tiny_case(of, n), 100, 30);
    session_type(&s, row->keys);
    for (size_t i = 0; i < COUNT_OF(row->shows) && row->shows[i]; i++)
        session_must_show(&s, row->shows[i]);
    if (row->hides)
        session_must_hide(&s, row->hides);
    session_stop(&s);
}

static void shows(void **state)
{
    shows_in(articles, COUNT_OF(articles), *state);
}

/* Who prints a wording that another has printed before has it from there, as likely as not. */
static void printed_after(void **state)
{
    (void)state;
    static const struct tiny_article printings[] = {
        {"first", "2011-06-02", "It rained.\n\n\"He was never there that night, and two men have said so,\" Anna Reiss said."},
        {"changed", "2012-02-14", "Snow fell.\n\n\"He was never there that week, and two men have said so,\" Anna Reiss said."},
        {"after", "2013-01-01", "A gale.\n\n\"He was never there that week, and two men have said so,\" Anna Reiss said."},
    };
    shows_in(printings, COUNT_OF(printings),
             &(struct row){"", "]q\"", {"3 wordings", "2013-01-01  Anna Reiss  after 2012-02-14", "word changed"}, "after 2013"});
}

/* Of very many wordings the last ones are not laid out: each has a row for its words. */
static void many_wordings(void **state)
{
    (void)state;
    enum { many = 210 };
    struct tiny_article printings[many];
    for (int i = 0; i < many; i++)
        printings[i] = (struct tiny_article){"a", "2011-06-02", "\"He was never there that night, and two men have said so,\" Anna Reiss said."};
    printings[many - 1] = (struct tiny_article){
        "b", "2012-06-02", "\"He was never there that night, and two men have said so, and a third who kept the lamp while the other two "
        "slept below in the boat will say the same before the week is out at zenith,\" Anna Reiss said."};
    shows_in(printings, many, &(struct row){"", "]q\"G", {"210 wordings", "2012-06-02", "who kept the lamp while the other two"}, NULL});
}

int main(void)
{
    struct CMUnitTest tests[COUNT_OF(rows) + 2];
    glyph_init(true);
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        tests[i] = (struct CMUnitTest){rows[i].name, shows, NULL, NULL, (void *)&rows[i]};
    tests[COUNT_OF(rows)] = (struct CMUnitTest)cmocka_unit_test(printed_after);
    tests[COUNT_OF(rows) + 1] = (struct CMUnitTest)cmocka_unit_test(many_wordings);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
