/* find: within one article.  A body in, rows out.
 *
 * Each finder is a pure function of a body (and of the rows that earlier finders made of it), so
 * it runs on any thread; what it must remember between two calls for speed's sake (match data,
 * JIT stacks, scratch memory) is in a `struct finder`, one a thread.  The order in an article is
 * sentences, names, dates, quotations: each may read the rows of those before it.
 *
 * Rows come out in order of begin, lie on character boundaries and inside the body.  Strings in
 * rows live in the arena the caller passes as `keep`, or are static. */
#ifndef CORE_FIND_H
#define CORE_FIND_H

#include "core/arena.h"
#include "core/base.h"
#include "core/day.h"

/* ---- sentences ---- */

enum sentence_flag {
    SENTENCE_FURNITURE =
        1, /* "RELATED CONTENT:", "Get our free mobile app": not the article's own */
    SENTENCE_PARAGRAPH = 2, /* the first of its paragraph */
    SENTENCE_HEADLINE = 4,  /* a line that stands as a headline or cross-head, no full stop */
};

struct sentence {
    struct span at;     /* blanks at either end trimmed; a quotation never ends up split oddly:
                           closing marks belong to the sentence they close */
    uint32_t paragraph; /* from 0, rising */
    uint8_t flags;
};

/* ---- mentions ---- */

enum mention_kind {
    MENTION_PERSON = 1,
    MENTION_ORGANISATION,
    MENTION_PLACE,
    MENTION_LAW,     /* "Section 926.2", "Sixth Amendment", "Miller v. Alabama" */
    MENTION_HANDLE,  /* "@kimkardashian" */
    MENTION_HASHTAG, /* "#FreeCoreyMiller" */
    MENTION_PEOPLE, /* nations, faiths, parties as adjectives or plurals: "Canadian", "Democrats" */
    MENTION_OTHER,  /* what else has a name: products, works, contests */
    MENTION_KINDS
};

/* 16 bytes; some 40 an article: 64 MB for 100,000. */
struct mention {
    struct span at;   /* the name alone: no title before it, no possessive behind it */
    entity_id entity; /* none until linked */
    uint8_t kind;     /* enum mention_kind */
    uint8_t rule;     /* why it was found: enum mention_rule, for `gw` */
    uint16_t score;   /* how sure, 0..65535; 32768 is the threshold */
};

enum mention_rule {
    MENTION_BY_TAGGER = 1,
    MENTION_BY_GAZETTEER,
    MENTION_BY_TITLE,       /* "Judge Reiss" */
    MENTION_BY_PATTERN,     /* handle, hashtag, law, company ending */
    MENTION_BY_DATELINE,    /* "NEW ORLEANS (AP) —" */
    MENTION_BY_CONSISTENCY, /* the same name is sure elsewhere in the article or the case */
    MENTION_BY_DESCRIPTION, /* "the SKIMS founder": a description tied to a name */
    MENTION_RULES
};

/* ---- dates ---- */

enum date_type {
    DATE_DATE = 1,
    DATE_TIME,
    DATE_DURATION,
    DATE_SET,
};

/* 64 bytes; some 10 an article. */
struct date {
    struct span at;
    struct span anchor;    /* the date in the text that this one was reckoned from; empty: none,
                              or the day of publication (DATE_FROM_PUBLICATION) */
    const char *value;     /* TIMEX3: "2002-01-12", "P21Y", "PRESENT_REF", "XXXX-WXX-7" */
    const char *other;     /* the value if numeric dates are day first ("8/3/23"); null: no doubt */
    struct days days;      /* what `value` covers; no date for durations, sets and references,
                              save the day of "two hours" later */
    uint8_t type;          /* enum date_type */
    uint8_t flags;         /* enum date_flag */
    uint16_t rule;         /* row of the pattern table, for `gw`: date_rule_name */
};

enum date_flag {
    DATE_FROM_PUBLICATION = 1, /* the anchor is the day of publication */
    DATE_APPROXIMATE = 2,      /* "about", "early", "late": TIMEX3 mod */
    DATE_GUESSED_YEAR = 4,     /* the year was not written */
};

/* A sentence for a person: "month and day; the year from the publication date". */
const char *date_rule_name(uint16_t rule);

/* ---- quotations ---- */

enum quote_kind {
    QUOTE_DIRECT = 1, /* a whole utterance between marks */
    QUOTE_MIXED,      /* quoted words inside the writer's sentence */
    QUOTE_BLOCK,      /* set off, no marks; also a passage that repeats a quotation's words */
    QUOTE_INDIRECT,   /* reported speech with a cue verb */
    QUOTE_KINDS
};

/* 48 bytes; some 8 an article. */
struct quote {
    struct span at;           /* inside the marks */
    struct span speaker;      /* the words that name the speaker; empty: unknown */
    struct span cue;          /* "said", "according to"; empty: none */
    uint32_t speaker_mention; /* 1 + the index of a mention of this article that says who the
                                 speaker is, after pronouns and descriptions; 0: unknown */
    entity_id speaker_entity; /* none until linked */
    group_id group;           /* none until linked */
    uint8_t kind;             /* enum quote_kind */
    uint8_t open;             /* the closing mark is missing */
    uint8_t level;            /* 0, or how many quotations hold this one */
    uint8_t rule;             /* enum speaker_rule, for `gw` */
};

enum speaker_rule {
    SPEAKER_UNKNOWN = 0,
    SPEAKER_BY_CUE,      /* name and verb beside the quotation */
    SPEAKER_BY_COLON,    /* "She wrote:" */
    SPEAKER_BY_PRONOUN,  /* a cue whose subject is a pronoun or description, resolved */
    SPEAKER_BY_CARRY,    /* carried over from the quotation before */
    SPEAKER_BY_DIALOGUE, /* turn and turn about */
    SPEAKER_BY_BYLINE,   /* "— Name (@handle) August 3, 2023" */
    SPEAKER_BY_NEAREST,  /* the nearest name, for want of better */
    SPEAKER_BY_WORDING,  /* linked: another wording of it has this speaker */
    SPEAKER_RULES
};

/* ---- the finders ---- */

/* What a finder is told of the article. */
struct body {
    struct str text;      /* valid UTF-8, line ends '\n', at most 2^32 - 1 bytes */
    struct str title;     /* a headline that stands apart from the text; may be empty */
    int32_t published;    /* day, or DAY_NONE */
};

/* What was found, so far; the arrays are the caller's and are appended to. */
struct found {
    VEC(struct sentence) sentences;
    VEC(struct mention) mentions;
    VEC(struct date) dates;
    VEC(struct quote) quotes;
};

struct finder;

/* One a thread: compiled tables are shared and made on the first call, in a safe way. */
struct finder *finder_open(void);
void finder_close(struct finder *f);

/* All of the below in order, appending to `out`, whose rows may belong to earlier articles:
 * each finder looks only at what was appended since the call.  Linear in the text, or as good as:
 * hostile text costs no more than some constant times honest text. */
void find_all(struct finder *f, const struct body *body, struct arena *keep, struct found *out);

/* The single finders; `out->…` holds exactly the rows of this body from the finders before. */
void find_sentences(struct finder *f, const struct body *body, struct found *out);
void find_names(struct finder *f, const struct body *body, struct found *out);
void find_dates(struct finder *f, const struct body *body, struct arena *keep, struct found *out);
void find_quotes(struct finder *f, const struct body *body, struct found *out);

/* Scratch memory of this thread's finder, let go after each article; the finders' own state,
 * made on first use by `make` and freed by `free_state` on close.  `slot` is one of the enum. */
enum finder_slot { FINDER_SENTENCES, FINDER_NAMES, FINDER_DATES, FINDER_QUOTES, FINDER_SLOTS };
struct arena *finder_scratch(struct finder *f);
void *finder_state(struct finder *f, enum finder_slot slot, void *(*make)(void),
                   void (*free_state)(void *));

#endif
