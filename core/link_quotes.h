/* link_quotes: what the two halves of linking quotations share.  For link_*.c alone. */
#ifndef CORE_LINK_QUOTES_H
#define CORE_LINK_QUOTES_H

#include "core/align.h"
#include "core/link.h"

/* One wording while the groups are being made. */
struct wording {
    article_id article;
    struct quote quote;  /* group: filled in at the end */
    uint32_t group; /* row of the wording that stands for the group (its earliest); 0: itself */
};

/* Row 0 is reserved. */
typedef VEC(struct wording) wording_vec;

/* The words of a wording, at most LINK_WORDS_MAX of them. */
#define LINK_WORDS_MAX 200
struct word_run wording_words(const struct link_job *job, const struct wording *w, struct arena *a);

/* The row that stands for the group of `row`. */
uint32_t wording_group(wording_vec *rows, uint32_t row);

/* Passages that repeat the words of a quotation without marks, appended to `rows` with their group;
 * and which article copies which (l->near_copy_of).  One reading of all texts. */
void link_passages(const struct link_job *job, struct links *l, wording_vec *rows);

/* Joins the groups of short wordings that are the same words beside wordings of one utterance.
 * `order`: all n rows by article and place.  n log n. */
void link_echoes(const struct link_job *job, wording_vec *rows, const uint32_t *order, uint32_t n);

/* Gives the wordings that have no speaker, or the nearest name for one, the speaker whom the cues
 * of their group's other wordings agree on. */
void link_speakers(wording_vec *rows);

#endif
