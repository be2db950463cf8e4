/* complete: what a file does not state and its text, name or address gives away.
 *
 * Dates are never guessed from a clock or a file's time stamp: an article whose date nobody
 * states stays undated, with a bound where the text gives one. */
#ifndef CORPUS_COMPLETE_H
#define CORPUS_COMPLETE_H

#include "core/articles.h"

/* Fills what is still empty: the date from the text, else from the path; a bound for what stays
 * undated; the outlet from the address.  Strings are views into the article's own. */
void article_complete(struct article *a);

/* The day that the name of a file or its folders say: "2003/02/14/x.txt", "2003-02-14-x.txt",
 * "20030214.txt"; DAY_NONE if none. */
int32_t day_of_path(struct str path);

/* The day on which the text says it was written: a line "Published: June 3, 2011" or one that
 * holds nothing but a date, among the first lines or the last; a dateline with day and year. */
int32_t day_stated_in(struct str text);

/* The latest day of a post shown in the text ("— Name (@handle) August 3, 2023"), which the
 * article cannot be older than; DAY_NONE if none. */
int32_t day_of_posts(struct str text);

/* "www.harbourpost.example" of an address, without "www."; empty if it is none. */
struct str host_of_url(struct str url);

#endif
