#include "tests/support/reader_case.h"

#include <stdio.h>

static const struct row {
    const char *path, *title, *outlet, *author, *date, *tags, *text;
} rows[READER_ARTICLES] = {
    {"ferry/01.txt", "Ferry strikes the pier at Ostrow", "Harbour Gazette", "Pia Lund", "2004-05-11", "",
     "OSTROW - The ferry Marit struck the north pier on 10 May 2004 and sank within an hour, the "
     "harbour office said.\n\n"
     "\"I heard the hull tear like cloth,\" said Captain Jonas Vik, 52, who was the last to leave. "
     "\"Nobody should have been below.\"\n\n"
     "Eleven passengers were hurt. The owner, Vik Lines, declined to comment."},
    {"ferry/02.txt", "Captain was warned, letter says", "The Observer of Ostrow", "Sam Okoro",
     "2004-05-14", "court",
     "A letter of 3 March 2004 warned Vik Lines that the bow door would not close, according to "
     "Ada Brenn, a former engineer.\n\n"
     "\"I wrote it down, and I signed it,\" Brenn told the Observer. She left the company the next "
     "day.\n\nJonas Vik did not answer questions on Friday."},
    {"ferry/03.txt", "Captain was warned, letter says", "Coast Wire", "", "2004-05-15", "",
     "A letter of 3 March 2004 warned Vik Lines that the bow door would not close, according to "
     "Ada Brenn, a former engineer.\n\n"
     "\"I wrote it down, and I signed it,\" Brenn said."},
    {"ferry/04.txt", "Inquiry opens in Lindholm", "Harbour Gazette", "Pia Lund", "2005-01-20", "",
     "LINDHOLM - The inquiry into the loss of the Marit opened on Thursday. Judge Ines Falk asked "
     "why the ferry sailed at all.\n\n"
     "The Marit sank on 9 May 2004, she said, \"and eight months later nobody has told me who shut "
     "the door\".\n\nCaptain Vik will be heard in February 2005."},
    {"ferry/05.txt", "Notes from the gallery", "", "", "", "",
     "What one hears in the gallery: that the captain slept; that he did not; that the door was "
     "never mended.\n\nGet our free mobile app"},
    {"ferry/06.txt", "Vik cleared", "The Observer of Ostrow", "Sam Okoro", "2006-06-30", "",
     "Captain Jonas Vik was cleared on 29 June 2006. \"I have waited two years to sleep,\" he "
     "said.\n\nAda Brenn was in the room and said nothing."},
    {"ferry/07.txt", "The wide \xe6\xbc\xa2\xe5\xad\x97 page", "Coast Wire", "", "2007-01-01", "",
     "A page with \xe6\xbc\xa2\xe5\xad\x97, e\xcc\x81 and \xf0\x9f\x91\x8d\xf0\x9f\x8f\xbd, a "
     "control \x1b[31m and a turned \xe2\x80\xaetxet\xe2\x80\xac."},
};

struct dossier *reader_case_open(void)
{
    return dossier_open(&(struct dossier_options){.jobs = 1});
}

static void add(struct dossier *d, const struct row *row)
{
    struct article a = {
        .path = str_of(row->path),     .title = str_of(row->title),
        .outlet = str_of(row->outlet), .author = str_of(row->author),
        .tags = str_of(row->tags),     .text = str_of(row->text),
        .published = day_parse(str_of(row->date)), .not_before = DAY_NONE,
    };
    a.published_from = a.published == DAY_NONE ? PUBLISHED_NONE : PUBLISHED_HEADER;
    dossier_add(d, &a);
}

void reader_case_feed(struct dossier *d, int from, int to)
{
    for (int i = from; i < to; i++)
        add(d, &rows[i]);
    dossier_flush(d);
}

void reader_case_end(struct dossier *d)
{
    dossier_end(d);
    dossier_wait(d);
}

struct dossier *reader_case(void)
{
    struct dossier *d = reader_case_open();
    reader_case_feed(d, 0, READER_ARTICLES);
    struct issue issue = {.path = STR("ferry/08.txt"), .byte = 17,
                          .what = STR("a byte that is no UTF-8 was replaced")};
    dossier_issue(d, &issue);
    reader_case_end(d);
    return d;
}

struct dossier *rival_case(void)
{
    static const struct row rivals[] = {
        {"light/01.txt", "Keeper's daughter speaks", "Harbour Gazette", "Pia Lund", "2011-06-02", "",
         "The inquiry sat.\n\n\"He was never there that night, and two men have now said so, and a third will come "
         "before the court and say the same when he is asked,\" Anna Reiss said.\n\nThomas Reiss was killed at Kestrel "
         "Head on 12 November 1998."},
        {"light/02.txt", "A court hears of the keeper", "Coast Wire", "", "2012-02-14", "",
         "A court heard that Thomas Reiss was killed at Kestrel Head on November 12, 1998.  Anna Reiss said that he was "
         "never there that night, and two men have now said so."},
        {"light/03.txt", "Old lamp, not arson, study says", "The Observer of Ostrow", "", "2016-09-09", "",
         "The study was printed.\n\n\"He was there that night, and three men have now said so, and a third will come "
         "before the court and say the same when he is asked,\" Anna Reiss said.\n\nThomas Reiss was killed at Kestrel "
         "Head on November 18, 1998, it says."},
    };
    struct dossier *d = reader_case_open();
    for (size_t i = 0; i < COUNT_OF(rivals); i++)
        add(d, &rivals[i]);
    reader_case_end(d);
    return d;
}

struct dossier *long_case(uint32_t n)
{
    struct dossier *d = dossier_open(&(struct dossier_options){.jobs = 1, .no_find = true});
    for (uint32_t i = 0; i < n; i++) {
        char path[32], title[64];
        snprintf(path, sizeof path, "long/%06u.txt", i);
        snprintf(title, sizeof title, "Number %u of many", i * 7919u % n);
        struct article a = {.path = str_of(path), .title = str_of(title), .outlet = STR("Daily"),
                            .text = STR("A line of text that says little."),
                            .published = (int32_t)(10000 + i * 31u % 5000u), .not_before = DAY_NONE};
        dossier_add(d, &a);
    }
    reader_case_end(d);
    return d;
}
