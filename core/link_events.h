/* link_events: what the parts of linking events share.  For link_event*.c and link_conflicts.c. */
#ifndef CORE_LINK_EVENTS_H
#define CORE_LINK_EVENTS_H

#include "core/event_fate.h"
#include "core/link.h"

enum event_kind {
#define EVENT_KIND(ID, once, words) EVENT_##ID,
#include "core/event_kinds.def"
#undef EVENT_KIND
    EVENT_KINDS
};

/* What courts and police do is done about something else: of "arrested for the murder in June" the
 * date is the arrest's. */
#define EVENT_JUSTICE                                                                              \
    (1u << EVENT_ARREST | 1u << EVENT_PRISON | 1u << EVENT_CHARGE | 1u << EVENT_TRIAL |            \
     1u << EVENT_VERDICT | 1u << EVENT_SENTENCE | 1u << EVENT_APPEAL | 1u << EVENT_RELEASE)

/* In the hash of a word: it is part of a name.  "The Court of Appeals" speaks of appeals, but "the
 * Earthquake Fund" tells no earthquake: what happens once is not told by a name. */
#define WORD_IN_NAME 0x80000000u

#define STATEMENT_ENTITIES 8
#define STATEMENT_STEMS    16

/* One dated statement, and what it can be compared by. */
struct statement {
    struct claim claim;
    struct span summary; /* what of it tells the happening, to be read by itself */
    struct days days;
    const char *value;
    const char *until;          /* the value of the last day, where it lasts; null */
    uint32_t kinds;             /* set of 1 << enum event_kind */
    uint8_t n_entities, n_near; /* near: named in the sentences beside it, behind the others */
    uint8_t n_stems;
    struct fate fate; /* what the date dates, where it befalls a person; none where bound */
    bool bound;       /* "by 15 January", "since then": no day of a happening */
    uint32_t entities[STATEMENT_ENTITIES];
    uint32_t stems[STATEMENT_STEMS]; /* hashes of the content words nearest the date, rising */
    uint32_t next;                   /* the next of its draft; 0: the last */
};

/* Row 0 is reserved. */
typedef VEC(struct statement) statement_vec;

/* All statements of the case, by article and begin.  Sentences that are furniture state nothing. */
void statements_gather(const struct link_job *job, const struct links *l, statement_vec *out);

/* The kinds that a folded word speaks of; O(the table). */
uint32_t event_kinds_of(struct str term);
uint32_t event_kinds_once(void); /* the set of kinds that happen once */

/* How alike two statements are, 0..: shared kinds, entities and words.  Symmetric. */
float statement_likeness(const struct statement *a, const struct statement *b);
uint32_t statement_shared_stems(const struct statement *a, const struct statement *b);
bool statement_shares_entity(const struct statement *a, const struct statement *b, bool near);

/* What tells that two statements cannot be alike, 64 bytes: a bit for every stem and entity.  It is
 * read for all drafts of a day, whose statements lie far apart in memory. */
struct sketch {
    uint64_t stems[4];
    uint64_t entities, near; /* near: those too that are named beside it */
    uint32_t kinds, n_stems;
};
struct sketch statement_sketch(const struct statement *s);
/* No less than their likeness; `own` is the sketch of `s`. */
float statement_likeness_at_most(const struct statement *s, const struct sketch *own,
                                 const struct sketch *other);

/* The most that statement_fate gives. */
#define STATEMENT_FATE 0.8f
/* What two statements of one month or year are more alike by where both tell the verdict on, the
 * sentence or the birth of one person, named in at least one of them: it happens once in so short a
 * time; else 0. */
float statement_fate(const struct links *l, const struct statement *a, const struct statement *b);

/* ---- drafts of events ---- */

struct draft {
    uint32_t first, last; /* statements, linked by next */
    uint32_t n;           /* how many */
    uint32_t into;        /* the draft it joined; 0: none */
    struct days days;
    struct fate fate; /* that of its first statement that has one, by name if any is */
};

/* Row 0 is reserved. */
typedef VEC(struct draft) draft_vec;

struct event_making {
    const struct link_job *job;
    struct links *l;
    statement_vec all;
    draft_vec drafts;
    uint32_t *starts;        /* article -> its first statement; one more row at the end */
    uint32_t *stamps, stamp; /* by article: for asking whether two drafts share one */
    struct arena scratch;
};

/* Drafts of one happening under days that cannot both be true are joined into the one that most
 * articles tell; its statements then contradict one another (event_joins.c says when). */
void drafts_join_conflicting(struct event_making *m);
/* Drafts known to the month or year join the one precise draft they can mean. */
void drafts_join_vague(struct event_making *m);
/* `from` becomes part of `to`. */
void draft_join(struct event_making *m, uint32_t from, uint32_t to);

/* ---- drafts by fate (event_fate_joins.c) ---- */

/* May likeness tell that the statement belongs to the draft: not where one thing befell two people,
 * or may have, as another is named where one is only spoken of. */
bool fates_agree(const struct event_making *m, const struct draft *d, const struct statement *s);
/* Drafts of the same days and the same fate are joined, and vaguer ones join the days that stand
 * out. Linear but for sorting. */
void drafts_join_fates(struct event_making *m);

/* The reader's decisions (conflict_decided.c): a draft gets the days that were said to be right,
 * before events are made; conflicts are marked as decided and persons get the spelling, after. */
void drafts_obey(struct event_making *m);
void conflicts_obey(const struct link_job *job, struct links *l);

/* Fills l->conflicts from dates, names, quotations and numbers.  After events are there. */
void link_conflicts(const struct link_job *job, struct links *l);

#endif
