/* Statements of one happening are one event; what contradicts is told; what does not is left
 * alone. */
#include "core/link.h"
#include "core/link_events.h"
#include "tests/support/tiny_case.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

struct row {
    const char *name;
    struct tiny_article articles[4];
    size_t n;
    const char *conflicts; /* "kind:value|value" parted by ";", values most told first */
};

#define BURNED "The lamp house at Kestrel Head burned on November 12, 1998, and Thomas Reiss was killed."

static const struct row rows[] = {
    {"agree", {{"a", "2011-06-03", BURNED}, {"b", "2012-02-14", BURNED}}, 2, ""},
    {"two_days",
     {{"a", "2011-06-03", BURNED},
      {"b", "2012-02-14", "Lawyers recalled that Thomas Reiss was killed at Kestrel Head on 12 November 1998."},
      {"c", "2016-01-01", "Thomas Reiss was killed at Kestrel Head on November 18, 1998, the report says."}},
     3, "date:1998-11-12|1998-11-18"},
    {"vague_is_no_conflict",
     {{"a", "2011-06-03", BURNED}, {"b", "2012-02-14", "Thomas Reiss was killed at Kestrel Head in November 1998."}},
     2, ""},
    {"one_paper_tells_both",
     {{"a", "2011-06-03", "Thomas Reiss was killed at Kestrel Head on November 12, 1998. The search for Thomas Reiss, "
                          "killed at Kestrel Head, ended on November 18, 1998."},
      {"b", "2012-02-14", "Thomas Reiss was killed at Kestrel Head on November 18, 1998."}},
     2, ""},
    {"the_other_day_is_named_too",
     {{"a", "2011-06-03", BURNED},
      {"b", "2012-02-14", "Lawyers recalled that Thomas Reiss was killed at Kestrel Head on 12 November 1998."},
      {"c", "2016-01-01", "Thomas Reiss was killed at Kestrel Head on November 18, 1998. The storm that took the "
                          "boats had come on November 12, 1998."}},
     3, ""},
    {"two_spellings",
     {{"a", "2011-06-03", "The juror Edda Lindqvist sat for nine days. Edda Lindqvist regretted her vote."},
      {"b", "2012-02-14", "The juror Edda Lindquist regretted her vote."}},
     2, "name:Edda Lindquist|Edda Lindqvist"},
    {"a_name_cut_is_no_spelling",
     {{"a", "2011-06-03", "Karl Josef Brandt was seen. Karl Brandt said so. Karl Brandt left."},
      {"b", "2012-02-14", "Karl Josef Jr was seen. Karl Brandt said so."}},
     2, ""},
    {"fresh_reports_are_two_events",
     {{"a", "1998-11-13", "A fire at Kestrel Head killed a man of the lifeboat crew on November 12, 1998."},
      {"b", "1998-11-19", "A fire at Kestrel Head killed a man of the harbour office on November 18, 1998."}},
     2, ""},
    {"negation",
     {{"a", "2011-06-02", "\"He was never there that night, and two men have now said so,\" Anna Reiss said."},
      {"b", "2016-09-09", "\"He was there that night, and two men have now said so,\" Anna Reiss said."}},
     2, "quote:He was never there that night, and two men have now said so,|"
        "He was there that night, and two men have now said so,"},
    {"papers_that_say_the_same_stand_together",
     {{"a", "2011-06-02", "\"He was never there that night, and two men have now said so,\" Anna Reiss said."},
      {"b", "2011-06-09", "\"He was never there that night, and two men have now said so,\" Miss Reiss said."},
      {"c", "2016-09-09", "\"He was there that night, and two men have now said so,\" Anna Reiss said."}},
     3, "quote:He was never there that night, and two men have now said so,|"
        "He was there that night, and two men have now said so,"},
    {"cut_is_no_conflict",
     {{"a", "2011-06-02", "\"He was never there that night, and two men have now said so,\" Anna Reiss said."},
      {"b", "2016-09-09", "\"He was never there that night,\" Anna Reiss said."}},
     2, ""},
    {"vote",
     {{"a", "2004-10-23", "A jury convicted Karl Brandt by a vote of 11-1 on Friday."},
      {"b", "2011-06-04", "In 2004 a jury convicted Karl Brandt by a vote of 10-2."},
      {"c", "2012-02-14", "Karl Brandt was convicted 11\xe2\x80\x93" "1 by a jury in 2004."}},
     3, "number:11-1|10-2"},
    {"two_votes_of_other_bodies",
     {{"a", "2004-10-23", "A jury convicted Karl Brandt by a vote of 11-1 on Friday."},
      {"b", "2011-06-04", "The court ruled 5-2 against Karl Brandt."}},
     2, ""},
    {"parliaments_vote_every_day",
     {{"a", "2004-10-23", "The Senate voted 65-31 for the bill of Karl Brandt."},
      {"b", "2011-06-04", "The Senate voted 91-5 for the bill of Karl Brandt."}},
     2, ""},
    {"a_number_in_other_letters",
     {{"a", "2011-06-02", "\"I carried oil up those stairs for six years and never once spilled a drop,\" Karl Brandt said."},
      {"b", "2016-09-09", "\"I carried oil up those stairs for 6 years and never once spilled a drop,\" Karl Brandt said."}},
     2, ""},
    {"another_number",
     {{"a", "2011-06-02", "\"I carried oil up those stairs for six years and never once spilled a drop,\" Karl Brandt said."},
      {"b", "2016-09-09", "\"I carried oil up those stairs for 9 years and never once spilled a drop,\" Karl Brandt said."}},
     2, "quote:I carried oil up those stairs for 9 years and never once spilled a drop,|"
        "I carried oil up those stairs for six years and never once spilled a drop,"},
    {"a_place_is_no_victim",
     {{"a", "2011-06-02", "Two tourists were killed in a taxi in Port Merrin on 3 March 2001."},
      {"b", "2016-09-09", "On 12 March 2001 an old sailor was shot in Port Merrin."}},
     2, ""},
    {"a_deadline_is_no_day",
     {{"a", "2011-06-02", "Lawyers recalled that Thomas Reiss was killed at Kestrel Head on 12 November 1998."},
      {"b", "2016-09-09", "By 18 November 1998 Thomas Reiss had been killed at Kestrel Head, the report says."}},
     2, ""},
    {"a_fund_is_no_fire",
     {{"a", "2011-06-02", "Karl Brandt gave money to the Merrin Fire Fund on 3 March 2001."},
      {"b", "2016-09-09", "On 12 March 2001 Karl Brandt spoke of the fire."}},
     2, ""},
    {"two_votes_in_one_paper",
     {{"a", "2004-10-23", "A jury convicted Karl Brandt by a vote of 11-1, after a first jury had voted 10-2 against "
                          "Karl Brandt."},
      {"b", "2011-06-04", "In 2004 a jury convicted Karl Brandt by a vote of 10-2."}},
     2, ""},
    {"ages_that_fit",
     {{"a", "2011-06-03", "Anna Reiss, 34, spoke to the inquiry."}, {"b", "2019-11-12", "Anna Reiss, 42, lit the lamp."}},
     2, ""},
    {"ages_that_do_not",
     {{"a", "2011-06-03", "Anna Reiss, 34, spoke to the inquiry."}, {"b", "2019-11-12", "Anna Reiss, 51, lit the lamp."}},
     2, "number:34|51"},
    {"the_dead_keep_their_age",
     {{"a", "1998-11-13", "Thomas Reiss, 61, kept the light."}, {"b", "2011-06-03", "Thomas Reiss, 61, kept the light."}},
     2, ""},
};

/* What an event is summed up by. */
static const struct summary_row {
    const char *name, *published, *text;
    const char *events; /* "date: summary" parted by " / ", in order of date */
} summary_rows[] = {
    {"dateline_is_taken_off", "2010-04-01", "LINDMARK, April 1 (Coast Wire) -- The governor signed a law on Thursday.",
     "2010-04-01: The governor signed a law on Thursday."},
    {"dateline_is_no_event", "2010-04-02", "PORT MERRIN, April 1 \xe2\x80\x94 The boats stayed in the harbour.", ""},
    {"a_dash_makes_no_dateline", "2010-04-02", "The boats \xe2\x80\x94 all nine of them \xe2\x80\x94 sank on March 3, 2009.",
     "2009-03-03: The boats \xe2\x80\x94 all nine of them \xe2\x80\x94 sank on March 3, 2009."},
    {"clauses_of_three_dates", "2011-06-03",
     "Brandt was convicted in 2000, won a new trial in 2003 and was convicted again in 2004, by a vote of 11-1.",
     "2000: Brandt was convicted in 2000 / 2003: Brandt was convicted in 2000, won a new trial in 2003 / 2004: Brandt "
     "was convicted in 2000, won a new trial in 2003 and was convicted again in 2004, by a vote of 11-1."},
    {"a_date_that_leads", "2011-06-03",
     "In 2001 the ferry sank off the bar, and in 2005 the second ferry was sold to the islands.",
     "2001: In 2001 the ferry sank off the bar / 2005: In 2001 the ferry sank off the bar, and in 2005 the second ferry "
     "was sold to the islands."},
    {"two_ends_of_a_range_are_one", "2011-06-03", "The light was dark between 1999 and 2004.",
     "1999-2004: The light was dark between 1999 and 2004."},
    {"days_of_one_month", "2010-06-20", "The fair in Port Merrin ran from 3 to 7 June.",
     "2010-06-03-2010-06-07: The fair in Port Merrin ran from 3 to 7 June."},
    {"a_hyphen_between_days", "2010-06-20", "The fair was held June 3-7, 1999.",
     "1999-06-03-1999-06-07: The fair was held June 3-7, 1999."},
    {"weekdays_through", "2010-06-25", "The pilots struck from Monday through Thursday.",
     "2010-06-21-2010-06-24: The pilots struck from Monday through Thursday."},
    {"two_days_are_no_range", "2010-06-20", "The boats came on 3 June and 7 June.",
     "2010-06-03: The boats came on 3 June and 7 June. / 2010-06-07: The boats came on 3 June and 7 June."},
    {"a_list_is_no_range", "2010-06-20", "The boats came on 3 June\n\n- 7 June: the fair in Port Merrin opened.",
     "2010-06-03: The boats came on 3 June / 2010-06-07: - 7 June: the fair in Port Merrin opened."},
    {"moved_is_no_range", "2010-06-20", "The hearing was moved from 3 June to 7 June.",
     "2010-06-03: The hearing was moved from 3 June to 7 June. / 2010-06-07: The hearing was moved from 3 June to 7 June."},
    {"a_stamp_is_taken_off", "2009-05-04",
     "MERRIN | Mon May 4, 2009 3:56 pm EDT MERRIN (Coast Wire) - The boats came in on Monday with the dead.",
     "2009-05-04: The boats came in on Monday with the dead."},
    {"a_stamp_tells_nothing", "2009-05-04", "PORT MERRIN | Mon May 4, 2009 3:56 pm EDT. The boats came in on Monday.",
     "2009-05-04: The boats came in on Monday."},
    {"marks_without_a_partner", "2011-06-03", "\"The lamp house burned on November 12, 1998.",
     "1998-11-12: The lamp house burned on November 12, 1998."},
    {"marks_within_stay", "2011-06-03", "\"It burned\" on November 12, 1998, \"to the ground\".",
     "1998-11-12: \"It burned\" on November 12, 1998, \"to the ground\"."},
    {"what_leads_up_to_a_late_date_is_cut", "2020-08-17",
     "She told the inquiry once more that nothing suggests he had any larger part in it than the three hundred dancers "
     "who were in the hall on November 12, 1998, when Thomas Reiss was shot.",
     "1998-11-12: Thomas Reiss was shot."},
    {"what_people_did_then_is_kept", "2020-08-17",
     "She told the inquiry once more that nothing suggests he had any larger part in it than the three hundred dancers "
     "who left the hall on November 12, 1998, when Thomas Reiss was shot.",
     "1998-11-12: dancers who left the hall on November 12, 1998, when Thomas Reiss was shot."},
    {"a_main_clause_stays_before_when", "2020-08-17",
     "The lamp house at Kestrel Head burned on November 12, 1998, when the oil ran out.",
     "1998-11-12: The lamp house at Kestrel Head burned on November 12, 1998, when the oil ran out."},
    {"a_singer_is_who_is_named_below", "2011-06-03",
     "A film star asks for the release of a singer convicted in 2004 of arson.\n\n"
     "Karl Brandt was convicted of arson in October 2004.",
     "2004-10: Karl Brandt was convicted of arson in October 2004."},
    {"nor_behind_an_apposition", "1999-03-05",
     "Those who looked are Nicholas Varga, a deckhand on the ferry Anselm, who has told detectives he saw a man carry a can "
     "up the path to the light on 12 November 1998, an hour before the fire.",
     "1998-11-12: Those who looked are Nicholas Varga, a deckhand on the ferry Anselm, who has told detectives he saw a man "
     "carry a can up the path to the light on 12 November 1998, an hour before the fire."},
    {"but_not_to_a_scrap", "2020-08-17",
     "The detective so mishandled the notes and harassed the witnesses, she wrote to the governor of the state, that the "
     "court could only grant the keeper another trial after he was convicted in 2003.",
     "2003: the court could only grant the keeper another trial after he was convicted in 2003."},
    {"quoted_today_is_not_known", "2020-08-17", "\"If the trial was today, no jury would convict him,\" Anna Reiss said.", ""},
    {"quoted_weekday_tells_nothing", "2020-08-17", "\"Ask me about the boats on Monday,\" Anna Reiss said.", ""},
    {"reported_night_is_not_known", "2012-02-14",
     "The lamp house burned on November 12, 1998. Anna Reiss said that he was never there that night.",
     "1998-11-12: The lamp house burned on November 12, 1998."},
    {"quoted_happening_counts", "2020-08-19", "\"The second man was killed on Monday,\" Anna Reiss said.",
     "2020-08-17: \"The second man was killed on Monday,\" Anna Reiss said."},
};

static void summaries_are(void **state)
{
    const struct summary_row *row = *state;
    struct dossier *d = tiny_case(&(struct tiny_article){"a", row->published, row->text}, 1);
    const struct links *l = dossier_links(d);
    char out[1024] = "";
    for (uint32_t i = 1, n = 0; i < l->n_events; i++)
        n += (uint32_t)snprintf(out + n, sizeof(out) - n, "%s%s%s%s: %s", n ? " / " : "", l->events[i].date,
                                l->events[i].until ? "-" : "", l->events[i].until ? l->events[i].until : "",
                                tiny_text(d, l->events[i].summary));
    assert_string_equal(out, row->events);
    dossier_close(d);
}

static uint32_t draw(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static struct statement random_statement(uint32_t *seed)
{
    struct statement s = {.kinds = draw(seed) % 8};
    s.n_entities = (uint8_t)(draw(seed) % 4), s.n_near = (uint8_t)(draw(seed) % 4);
    for (int i = 0; i < s.n_entities + s.n_near; i++)
        s.entities[i] = 1 + draw(seed) % 12;
    for (uint32_t h = 0, n = draw(seed) % (STATEMENT_STEMS + 1); s.n_stems < n;)
        s.stems[s.n_stems++] = h += 1 + draw(seed) % 40; /* rising */
    return s;
}

/* What a sketch lets pass holds all that is alike. */
static void no_sketch_says_less(void **state)
{
    (void)state;
    uint32_t seed = 7;
    for (int i = 0; i < 20000; i++) {
        struct statement a = random_statement(&seed), b = random_statement(&seed);
        struct sketch x = statement_sketch(&a), y = statement_sketch(&b);
        assert_true(statement_likeness_at_most(&a, &x, &y) >= statement_likeness(&a, &b));
        assert_true(statement_likeness_at_most(&b, &y, &x) >= statement_likeness(&a, &b));
    }
}

/* Ranges without an end, and one word of them: linear, too. */
static void hostile_ranges(void **state)
{
    (void)state;
    static const char *const parts[] = {"3 June to ", "1999-2003-", "from 1999 to 2003 "};
    for (size_t k = 0; k < COUNT_OF(parts); k++) {
        size_t n = 0, room = 50000;
        char *text = mem_alloc(room);
        while (n + 40 < room)
            n += (size_t)snprintf(text + n, room - n, "%s", parts[k]);
        struct dossier *d = tiny_case(&(struct tiny_article){"a", "2011-06-03", text}, 1);
        const struct links *l = dossier_links(d);
        for (uint32_t i = 1; i < l->n_events; i++)
            assert_true(!l->events[i].until || days_known(days_of_timex(str_of(l->events[i].until))));
        dossier_close(d);
        free(text);
    }
}

/* A sentence of nothing but dates, or names and dates, takes no longer by the sentence: rows are as
 * many as dates, spans valid. */
static void hostile_sentence(const char *part)
{
    size_t n = 0, room = 200000;
    char *text = mem_alloc(room);
    while (n + 40 < room)
        n += (size_t)snprintf(text + n, room - n, "%s", part);
    struct dossier *d = tiny_case(&(struct tiny_article){"a", "2011-06-03", text}, 1);
    const struct links *l = dossier_links(d);
    for (uint32_t i = 1; i < l->n_events; i++) {
        assert_true(l->events[i].summary.at.begin < l->events[i].summary.at.end);
        assert_true(l->events[i].summary.at.end <= n);
    }
    assert_true(l->n_claims > 1000);
    dossier_close(d);
    free(text);
}

static void hostile_sentences(void **state)
{
    (void)state;
    static const char *const parts[] = {"born 12 May 1998 \xe2\x80\x94 ", "Ida Voss was killed on 3 June, "};
    for (size_t i = 0; i < COUNT_OF(parts); i++)
        hostile_sentence(parts[i]);
}

static void write_conflicts(const struct links *l, char *out, size_t room)
{
    static const char *const kinds[] = {"", "date", "name", "quote", "number"};
    size_t n = 0;
    out[0] = '\0';
    for (uint32_t i = 0; i < l->n_conflicts; i++) {
        const struct conflict *c = &l->conflicts[i];
        n += (size_t)snprintf(out + n, room - n, "%s%s:", n ? ";" : "", kinds[c->kind]);
        for (uint32_t k = c->values_begin; k < c->values_end; k++) {
            struct str v = l->conflict_values[k].value;
            n += (size_t)snprintf(out + n, room - n, "%s%.*s", k > c->values_begin ? "|" : "", (int)v.n, v.p);
        }
    }
}

static void conflicts_are(void **state)
{
    const struct row *row = *state;
    struct dossier *d = tiny_case(row->articles, row->n);
    char out[1024];
    write_conflicts(dossier_links(d), out, sizeof(out));
    assert_string_equal(out, row->conflicts);
    dossier_close(d);
}

/* Vague and precise statements of one happening are one event, with every source. */
static void statements_join(void **state)
{
    (void)state;
    struct tiny_article articles[] = {
        {"a", "2011-06-03", BURNED},
        {"b", "2012-02-14", "Thomas Reiss was killed at Kestrel Head in November 1998."},
        {"c", "2013-02-14", "The 1998 killing of Thomas Reiss at Kestrel Head is back in court."},
        {"d", "2014-02-14", "The price of diesel rose in 1998."},
    };
    struct dossier *d = tiny_case(articles, COUNT_OF(articles));
    const struct links *l = dossier_links(d);
    const struct event *told = NULL;
    for (uint32_t i = 1; i < l->n_events; i++)
        if (!strcmp(l->events[i].date, "1998-11-12"))
            told = &l->events[i];
    assert_non_null(told);
    assert_int_equal(told->n_articles, 3);
    assert_true(strstr(tiny_text(d, told->summary), "Kestrel Head") != NULL);
    dossier_close(d);
}

/* ---- what is one ---- */

static const struct joined_row {
    const char *name;
    struct tiny_article articles[5];
    size_t n;
    const char *events; /* date and how many articles tell it, parted by ", " */
} joined_rows[] = {
    {"a_verdict_however_it_is_told",
     {{"a", "2023-08-04", "The keeper was grey by then. Karl Brandt was officially convicted in August 2009."},
      {"b", "2020-08-17", "Karl Brandt is a keeper. His first conviction in 2003 was overturned, but a county jury again "
                          "found him guilty in a 2009 retrial."},
      {"c", "2021-08-17", "The court had no choice but to grant Karl Brandt a new trial after he was convicted in 2003."},
      {"d", "2021-08-18", "In 2009, before the second trial of Karl Brandt, his lawyer tried to withdraw."}},
     4, "2003 2, 2009 1, 2009-08 2"},
    {"a_death_in_passing",
     {{"a", "1998-11-13", "Thomas Reiss, 61, the keeper of the light, died on 12 November 1998 in the lamp house."},
      {"b", "2004-02-14", "The jurors walked up to the rocks, and Anna Reiss spoke of Thomas Reiss's death on 12 November 1998."},
      {"c", "2011-06-03", "Lawyers asked for the log of the harbour, four months before Thomas Reiss died in November 1998."},
      {"d", "2012-02-14", "A film about Thomas Reiss, who died in 1998, is in the cinemas."},
      {"e", "2013-03-01", "Karl Brandt cared for Thomas Reiss and was with him when he died in November 1998."}},
     5, "1998-11-12 5"},
    {"two_deaths_in_one_month",
     {{"a", "2004-02-14", "Thomas Reiss was killed in November 1998."},
      {"b", "2011-06-03", "Ivo Marsh was killed in November 1998."},
      {"c", "2012-02-14", "The mother of Ivo Marsh said that Thomas Reiss died in November 1998."}},
     3, "1998-11 2, 1998-11 1"},
    {"whose_death_cannot_be_said",
     {{"a", "2004-02-14", "Thomas Reiss was killed in November 1998."},
      {"b", "2011-06-03", "Ivo Marsh was killed in November 1998."},
      {"c", "2012-02-14", "Thomas Reiss and Ivo Marsh were friends of his, and the sea was calm when he died in November 1998."}},
     3, "1998-11 1, 1998-11 1, 1998-11 1"},
    {"an_arrest_for_a_death",
     {{"a", "1998-11-13", "Thomas Reiss was killed on 12 November 1998."},
      {"b", "1999-02-14", "Karl Brandt was arrested for the murder of Thomas Reiss on 14 November 1998."}},
     2, "1998-11-12 1, 1998-11-14 1"},
    {"the_day_that_most_tell",
     {{"a", "1998-11-13", "Thomas Reiss was killed on 12 November 1998."},
      {"b", "1999-02-14", "The gate was shut after Thomas Reiss was killed on 12 November 1998."},
      {"c", "2012-02-14", "There is no coast road since the murder of Thomas Reiss in 1998."},
      {"d", "2001-05-05", "A first stone was laid after the murder of Thomas Reiss on 2 January 1998."}},
     4, "1998-01-02 1, 1998-11-12 3"},
    {"whose_son_he_was",
     {{"a", "2004-02-14", "Thomas Reiss, the keeper of the light, died in November 1998."},
      {"b", "2011-06-03", "Thomas Reiss, the son of Ivo Marsh, was killed on 12 November 1998."},
      {"c", "2012-02-14", "Nobody spoke of the lamp or of Thomas Reiss, who died in November 1998."}},
     3, "1998-11-12 3"},
    {"a_cardiac_arrest_is_none",
     {{"a", "1999-02-14", "Karl Brandt was arrested on 14 November 1998."},
      {"b", "1999-03-14", "Karl Brandt suffered a cardiac arrest in November 1998, and the boats went out."}},
     2, "1998-11 1, 1998-11-14 1"},
};

static void events_are(void **state)
{
    const struct joined_row *row = *state;
    struct dossier *d = tiny_case(row->articles, row->n);
    const struct links *l = dossier_links(d);
    char got[400] = "";
    size_t n = 0;
    for (uint32_t i = 1; i < l->n_events; i++)
        n += (size_t)snprintf(got + n, sizeof(got) - n, "%s%s %u", n ? ", " : "", l->events[i].date,
                              l->events[i].n_articles);
    dossier_close(d);
    assert_string_equal(got, row->events);
}

/* Not by the way. */
static void the_summary_tells_it_straight(void **state)
{
    (void)state;
    struct tiny_article articles[] = {
        {"a", "2004-02-14", "Thomas Reiss, who died on 12 November 1998 aged 61, had spent four months in Port Merrin with Karl Brandt."},
        {"b", "2011-06-03", "Thomas Reiss died at Kestrel Head on 12 November 1998."},
    };
    struct dossier *d = tiny_case(articles, COUNT_OF(articles));
    const struct links *l = dossier_links(d);
    assert_int_equal(l->n_events, 2);
    assert_int_equal(l->events[1].summary.article.v, 2);
    dossier_close(d);
}

/* ---- decided ---- */

static const struct decided_row {
    const char *name, *right; /* the answer said to be right; empty: no conflict */
    const char *of;           /* the row above with the conflict */
} decided_rows[] = {
    {"right_as_most_say", "1998-11-12", "two_days"},
    {"right_as_one_says", "1998-11-18", "two_days"},
    {"no_conflict_of_dates", "", "two_days"},
    {"a_name_spelt_right", "Edda Lindquist", "two_spellings"},
    {"a_vote", "10-2", "vote"},
    {"words", "He was there that night, and two men have now said so,", "negation"},
};

static struct conflict_decision decision_on(const struct dossier *d, struct str right)
{
    const struct links *l = dossier_links(d);
    return conflict_decided_for(dossier_articles(d), l, &l->conflicts[0], right);
}

static void decided_is_obeyed(void **state)
{
    const struct decided_row *row = *state;
    const struct row *of = rows;
    while (strcmp(of->name, row->of))
        of++;
    struct dossier *d = tiny_case(of->articles, of->n);
    struct str right = str_of(row->right);
    struct conflict_decision one = decision_on(d, right);
    dossier_decide(d, &(struct decisions){.conflicts = &one, .n_conflicts = 1});
    dossier_wait(d);
    const struct links *l = dossier_links(d);
    const struct conflict *c = &l->conflicts[0];
    assert_int_equal(l->n_conflicts, 1);
    if (right.n)
        assert_true(str_eq(l->conflict_values[c->decided - 1].value, right));
    else
        assert_int_equal(c->decided, CONFLICT_NONE);
    if (c->event.v && right.n)
        assert_string_equal(l->events[c->event.v].date, row->right);
    if (c->event.v)
        assert_null(links_open_conflict(l, &l->events[c->event.v]));
    if (c->entity.v && c->kind == CONFLICT_NAME)
        assert_true(str_eq(l->entities[c->entity.v].name, right));
    dossier_close(d);
}

/* A third answer was not there when the reader decided. */
static void another_answer_opens_it_again(void **state)
{
    (void)state;
    const struct row *two = &rows[1];
    struct dossier *d = tiny_case(two->articles, two->n);
    struct conflict_decision one = decision_on(d, STR("1998-11-12"));
    dossier_close(d);
    struct tiny_article more[4];
    memcpy(more, two->articles, 3 * sizeof(*more));
    more[3] = (struct tiny_article){"d", "2017-01-01", "Thomas Reiss was killed at Kestrel Head on November 15, 1998."};
    d = tiny_case(more, 4);
    dossier_decide(d, &(struct decisions){.conflicts = &one, .n_conflicts = 1});
    dossier_wait(d);
    const struct links *l = dossier_links(d);
    assert_true(l->n_conflicts >= 1);
    assert_int_equal(l->conflicts[0].values_end - l->conflicts[0].values_begin, 3);
    assert_int_equal(l->conflicts[0].decided, 0);
    dossier_close(d);
}

/* From each event to its claims and back from each article. */
static void tables_hold(void **state)
{
    (void)state;
    struct dossier *d = tiny_case(rows[1].articles, rows[1].n);
    const struct links *l = dossier_links(d);
    uint32_t claims = 0;
    for (uint32_t i = 1; i < l->n_events; i++) {
        const struct event *e = &l->events[i];
        assert_true(i < 2 || l->events[i - 1].days.first <= e->days.first);
        assert_true(e->claims_begin < e->claims_end);
        for (uint32_t k = e->claims_begin; k < e->claims_end; k++, claims++)
            assert_int_equal(l->claims[k].event.v, i);
    }
    assert_int_equal(claims, l->n_claims);
    claims = 0;
    for (uint32_t a = 1; a <= l->n_articles; a++) {
        struct row_run run = links_claims_in(l, (article_id){a});
        for (uint32_t i = 0; i < run.n; i++, claims++)
            assert_int_equal(l->claims[run.v[i]].article.v, a);
    }
    assert_int_equal(claims, l->n_claims);
    dossier_close(d);
}

int main(void)
{
    struct CMUnitTest tests[COUNT_OF(rows) + COUNT_OF(summary_rows) + COUNT_OF(decided_rows) + COUNT_OF(joined_rows) + 7];
    size_t n = 0;
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        tests[n++] = (struct CMUnitTest){rows[i].name, conflicts_are, NULL, NULL, (void *)&rows[i]};
    for (size_t i = 0; i < COUNT_OF(summary_rows); i++)
        tests[n++] = (struct CMUnitTest){summary_rows[i].name, summaries_are, NULL, NULL, (void *)&summary_rows[i]};
    for (size_t i = 0; i < COUNT_OF(decided_rows); i++)
        tests[n++] = (struct CMUnitTest){decided_rows[i].name, decided_is_obeyed, NULL, NULL, (void *)&decided_rows[i]};
    for (size_t i = 0; i < COUNT_OF(joined_rows); i++)
        tests[n++] = (struct CMUnitTest){joined_rows[i].name, events_are, NULL, NULL, (void *)&joined_rows[i]};
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(the_summary_tells_it_straight);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(another_answer_opens_it_again);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(hostile_sentences);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(hostile_ranges);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(no_sketch_says_less);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(statements_join);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(tables_hold);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
