/* dossier: the door of the core.  Open, feed, take, ask, close; it owns every table.
 *
 * Two threads know it from outside.  The *feeding* thread calls what is under "feeding" and nothing
 * else.  The *reading* thread calls all the rest: it takes in finished work between two keys
 * (dossier_take), and between two takes nothing that it can see changes.  Inside, a pool of workers
 * analyses segments, links and merges the index.  Nothing here fails but for want of memory, which
 * ends the program. */
#ifndef CORE_DOSSIER_H
#define CORE_DOSSIER_H

#include "core/articles.h"
#include "core/index.h"
#include "core/link.h"
#include "core/query.h"

struct dossier;

struct dossier_options {
    unsigned jobs;  /* worker threads; 0: as many as there are processors, at most 8 */
    bool no_links;  /* leave out linking: the question asked does not need it */
    bool no_find;   /* leave out finders and linking */
    bool no_index;
    bool reader;    /* somebody waits at a screen: workers give way to the thread that draws, and
                       links are made on the way too */
    bool has_today; /* `today` is what relative dates are reckoned from in undated articles */
    int32_t today;
};

/* Starts the workers; *o is copied. */
struct dossier *dossier_open(const struct dossier_options *o);
/* Stops the workers, lets everything go.  The feeding thread must have ended. */
void dossier_close(struct dossier *d);

/* ---- feeding ---- */

/* Takes a copy.  Articles appear to the reader when a segment is full, or on dossier_flush. */
void dossier_add(struct dossier *d, const struct article *a);
void dossier_issue(struct dossier *d, const struct issue *i); /* the same */
void dossier_flush(struct dossier *d);
/* Read so far and to be read, in bytes, for the progress bar; any thread. */
void dossier_progress_set(struct dossier *d, uint64_t done, uint64_t total);
/* No more will come: link everything, freeze the index. */
void dossier_end(struct dossier *d);
/* The feeding thread should stop soon; any thread may ask. */
bool dossier_is_closing(const struct dossier *d);
void dossier_stop(struct dossier *d);

/* ---- taking in what is ready ---- */

enum dossier_change {
    CHANGED_ARTICLES = 1, /* more articles are there */
    CHANGED_FOUND = 2,    /* more of them are analysed */
    CHANGED_LINKS = 4,    /* another table of links: entity, group and event ids are new ones */
    CHANGED_INDEX = 8,    /* frozen */
    CHANGED_ISSUES = 16,
    CHANGED_DONE = 32,    /* everything that was asked for is there */
};

/* Takes in what the workers finished; a set of the above, 0 for nothing.  Microseconds. */
unsigned dossier_take(struct dossier *d);
/* Readable when dossier_take has something to do; for poll(2).  Owned by the dossier. */
int dossier_fd(const struct dossier *d);
/* Blocks until everything fed is analysed, linked and indexed (after dossier_end), taking in as
 * it goes; false when dossier_stop was called meanwhile. */
bool dossier_wait(struct dossier *d);

struct dossier_progress {
    uint64_t read_bytes, total_bytes; /* total 0: not known yet */
    uint64_t analysed_bytes, text_bytes;
    bool reading, linking, done;
};
struct dossier_progress dossier_progress(const struct dossier *d);

/* ---- asking ---- */

/* The tables as they are now; borrowed, valid until the next dossier_take. */
const struct articles *dossier_articles(const struct dossier *d);
const struct links *dossier_links(const struct dossier *d); /* never null; empty at first */
const struct index *dossier_index(const struct dossier *d); /* never null; empty at first */

const struct article *dossier_article(const struct dossier *d, article_id a);
/* What was found in one article, in order of place: linked where links reach, else as found.  Empty
 * while it is not analysed.  O(1) */
struct mention_run dossier_mentions(const struct dossier *d, article_id a);
struct quote_run dossier_quotes(const struct dossier *d, article_id a);
struct date_run dossier_dates(const struct dossier *d, article_id a);
struct sentence_run dossier_sentences(const struct dossier *d, article_id a);

/* The article whose path is this; none if absent.  O(articles) */
article_id dossier_find_path(const struct dossier *d, struct str path);

/* In the order they were met; one that was handed out stays where it is until the next take. */
uint32_t dossier_issue_count(const struct dossier *d);
const struct issue *dossier_issue_at(const struct dossier *d, uint32_t i);
bool dossier_had_unreadable(const struct dossier *d); /* exit status 3 */

/* The reader decided: links are made anew with this, which replaces what was decided before; a
 * linking that is under way is given up.  Copied. */
void dossier_decide(struct dossier *d, const struct decisions *all);

/* Numbers of rows, seconds of work (loading: on the clock; the rest: summed over workers) and
 * bytes. O(articles) */
struct dossier_sums {
    uint64_t articles, bytes, words, terms, mentions, entities, dates, events, quotes;
    double load_seconds, find_seconds, index_seconds;
    double link_seconds[LINK_STEPS];
    uint64_t text_memory, index_memory, analysis_memory, total_memory;
};
struct dossier_sums dossier_sums(const struct dossier *d);

#endif
