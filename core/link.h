/* link: across articles.  Names to entities, wordings to quotations, dated statements to events.
 *
 * `links_make` reads a snapshot of analysed articles and makes one immutable table of everything
 * that crosses them.  It runs on a worker while the reader reads with the table from before, and
 * is made anew when more articles are there or the reader has decided something; so nothing here
 * is ever changed in place and nobody takes a lock.
 *
 * The price for 100,000 articles: mentions 16 bytes each (some 4 million), quotations 48 (0.8
 * million), claims 24, and the reverse runs 8 a row. */
#ifndef CORE_LINK_H
#define CORE_LINK_H

#include "core/articles.h"

#include <stdatomic.h>

/* ---- entities ---- */

struct entity {
    struct str name;          /* the fullest form the articles use, without titles */
    uint8_t kind;             /* enum mention_kind */
    uint32_t n_mentions, n_articles;
    int32_t first, last;      /* days of publication of the first and last article; DAY_NONE */
    uint32_t aliases_begin, aliases_end; /* in links.aliases: by count, falling; the name first */
};

struct alias {
    struct str text;
    entity_id entity;
    uint32_t count;
    uint8_t reason;         /* enum link_reason: why this form is that entity */
    struct passage because; /* where the tie is stated or strongest; article none: by form alone */
};

enum link_reason {
    LINK_IS_NAME = 0, /* the entity's own name */
    LINK_SAME_NAME,
    LINK_SURNAME, /* "Miller" in an article that names Corey Miller */
    LINK_GIVEN_NAME,
    LINK_TITLE,      /* "Mr. Miller" */
    LINK_STATED,     /* "also known as", "whose stage name is", "formerly" */
    LINK_ACRONYM,    /* "Federal Aviation Administration (FAA)" */
    LINK_SHORT_FORM, /* "Apple" for "Apple Inc." */
    LINK_SPELLING,   /* Steve, Steven; one letter */
    LINK_HANDLE,     /* letters of the handle spell the name */
    LINK_PEOPLE,     /* "Dutch" for the Netherlands: mentions of their own kind, never of a place */
    LINK_DESCRIPTION, /* apposition: "the SKIMS founder, Kim Kardashian" */
    LINK_DECIDED,     /* the reader said so */
    LINK_REASONS
};
const char *link_reason_text(enum link_reason r); /* a clause for people */

/* Two entities that may be one; the reader is asked. */
struct entity_pair {
    entity_id a, b;
    uint8_t reason;  /* enum link_reason: why one might think so */
    uint16_t score;  /* larger: likelier */
};

/* What the reader decided, by name, so that it survives reloads. */
struct decision {
    struct str a, b; /* names or aliases as shown, unfolded */
    bool same;       /* false: they are different */
};
/* The reader says which of the answers that contradict one another is right, or that nothing is
 * wrong.  The conflict is known again by its kind, its answers and one passage; another answer that
 * comes in makes it another conflict, which is open. */
struct conflict_decision {
    uint8_t kind;           /* enum conflict_kind */
    uint64_t answers;       /* a fingerprint of them, in whatever order */
    struct article_key key; /* of the article of that of its passages that comes first by key */
    uint32_t begin;         /* where that passage begins */
    struct str right;       /* the answer; empty: no conflict */
};
struct decisions {
    const struct decision *v;
    size_t n;
    const struct conflict_decision *conflicts;
    size_t n_conflicts;
};

/* The decision that a further one about `a` and `b` goes against, through whatever chain: two names
 * of one group called different, two groups that are kept apart called one.  Null: none, and then
 * what is decided holds in any order.  What was decided of this very pair does not count: it is
 * replaced.  O(decisions squared) */
const struct decision *decisions_against(const struct decisions *all, struct str a, struct str b,
                                         bool same);

/* ---- events and conflicts ---- */

/* One dated statement: a sentence (or clause) of one article with its date. */
struct claim {
    article_id article;
    struct span at;    /* the statement */
    uint32_t date;     /* index of the date within article_dates of the article */
    event_id event;
};

struct event {
    struct days days;        /* the most precise range that most sources give */
    const char *date;        /* as TIMEX3 */
    const char *until;       /* last day as TIMEX3 where it lasts; null */
    struct passage summary;  /* the best statement, cut to its clause */
    uint32_t claims_begin, claims_end;     /* in links.claims, by article */
    uint32_t entities_begin, entities_end; /* in links.event_entities, by weight */
    uint32_t n_articles;     /* that tell it */
    float weight;            /* how much it matters to the case */
    uint32_t conflict;       /* 1 + index in links.conflicts of the conflict about its date; 0 */
};

enum conflict_kind { CONFLICT_DATE = 1, CONFLICT_NAME, CONFLICT_QUOTE, CONFLICT_NUMBER };

/* One of the answers that contradict one another. */
struct conflict_value {
    struct str value;                    /* "2002-01-12", "Steve Thomas", "10-2" */
    uint32_t passages_begin, passages_end; /* in links.conflict_passages: who says so */
};
struct conflict {
    uint8_t kind;    /* enum conflict_kind */
    struct str about; /* a few words: what it is that is told differently */
    uint32_t values_begin, values_end; /* in links.conflict_values, most sources first */
    uint32_t
        decided; /* 0: open; 1 + index in links.conflict_values: that one is right; CONFLICT_NONE */
    event_id event;  /* for dates */
    entity_id entity; /* for names, or none */
    group_id group;  /* for quotes */
};

#define CONFLICT_NONE UINT32_MAX /* decided: it is no conflict */

/* ---- all of it ---- */

enum link_step { LINK_ENTITIES, LINK_QUOTES, LINK_EVENTS, LINK_STEPS };

/* Row 0 of entities, groups and events is reserved.  "starts" arrays have one more item than
 * rows, so run i is [starts[i], starts[i + 1]). */
struct links {
    uint32_t n_articles; /* articles 1..n_articles are linked */
    struct arena memory; /* everything below lives here or in a malloc freed by links_free */

    /* By article (index: article id): the final rows, entity and group filled in. */
    struct mention *mentions;
    uint32_t n_mentions, *mention_starts;
    struct quote *quotes;
    uint32_t n_quotes, *quote_starts;
    article_id *near_copy_of; /* the earlier article this one copies, or none */

    struct entity *entities; /* by mentions, falling */
    uint32_t n_entities;     /* row 0 included, here and below */
    struct alias *aliases;
    uint32_t n_aliases;
    uint32_t *entity_starts; /* entity -> rows of `mentions`, in order of article and begin */
    uint32_t *entity_mentions;
    struct entity_pair *pairs; /* offered to the reader, likeliest first */
    uint32_t n_pairs;

    uint32_t n_groups;
    uint32_t *group_starts; /* group -> rows of `quotes`, earliest published first */
    uint32_t *group_quotes;

    struct event *events; /* by date, then weight falling */
    uint32_t n_events;
    struct claim *claims;
    uint32_t n_claims;
    uint32_t *claim_starts;     /* article -> rows of article_claims */
    uint32_t *article_claims;   /* rows of `claims`, in order of begin within an article */
    entity_id *event_entities;
    struct conflict *conflicts;
    uint32_t n_conflicts;
    struct conflict_value *conflict_values;
    struct passage *conflict_passages;

    double seconds[LINK_STEPS]; /* as they pass, by step */
};

struct pool;

struct link_job {
    const struct articles *all;        /* analysed up to all->analysed */
    const struct decisions *decisions; /* may be null */
    const atomic_bool *cancel;         /* looked at now and then; may be null */
    struct pool *pool; /* shares what concerns one article each; null: this thread alone */
};

/* Null when cancelled.  Linear in the rows, or near it.  The same whatever the number of
 * threads. */
struct links *links_make(const struct link_job *job);
void links_free(struct links *l); /* null is nothing */
struct links *links_empty(void);  /* of no articles */

/* The three steps, in this order: each fills its part of `l` and may read what is there. */
void link_entities(const struct link_job *job, struct links *l);
void link_quotes(const struct link_job *job, struct links *l);
void link_events(const struct link_job *job, struct links *l);

/* ---- asking ---- */

struct mention_run links_mentions(const struct links *l, article_id a);
struct quote_run links_quotes(const struct links *l, article_id a);

/* Rows of l->mentions of an entity: indices, in order. */
struct row_run { const uint32_t *v; uint32_t n; };
struct row_run links_of_entity(const struct links *l, entity_id e);
struct row_run links_of_group(const struct links *l, group_id g);
struct row_run links_claims_in(const struct links *l, article_id a);

/* The conflict about the event's date, while the reader has not decided it; null: there is none. */
const struct conflict *links_open_conflict(const struct links *l, const struct event *e);
/* The decision that this answer is right (empty: that there is no conflict); strings borrowed. */
struct conflict_decision conflict_decided_for(const struct articles *all, const struct links *l,
                                              const struct conflict *c, struct str right);

/* The article a row of l->mentions or l->quotes stands in.  O(log articles). */
article_id links_mention_article(const struct links *l, uint32_t row);
article_id links_quote_article(const struct links *l, uint32_t row);

/* The entity with this name or alias, compared folded; none if absent.  O(aliases). */
entity_id links_find_entity(const struct links *l, struct str name);

#endif
