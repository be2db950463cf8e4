/* quote_parts: the steps of finding quotations, in the order find_quotes takes them.
 *
 *   marks      text and paragraphs        -> pairs of quotation marks
 *   words      text and pairs             -> words with their classes, a pair as one word
 *   speaker    words around a pair        -> speaker, cue, why
 *   resolve    pronouns and descriptions  -> mentions
 *   block      lines without marks        -> set-off quotations with a byline
 *   indirect   words of other sentences   -> reported speech
 *
 * All of it is private to core/find_quotes.c; every step is linear in the text. */
#ifndef CORE_QUOTE_PARTS_H
#define CORE_QUOTE_PARTS_H

#include "core/arena.h"
#include "core/find.h"

/* ---- marks ---- */

enum mark_family {
    FAMILY_DOUBLE = 1, /* " “ ” „ ‟ `` '' and their full-width kin */
    FAMILY_SINGLE,     /* ' ‘ ’ ‚ ‹ › */
    FAMILY_ANGLE,      /* « » */
};

/* What stands between one pair of marks. */
struct quoted {
    struct span at;    /* inside the marks, blanks trimmed */
    struct span outer; /* marks included */
    uint8_t family;
    uint8_t open;      /* no closing mark, and none due: the paragraph behind does not reopen */
    uint8_t continues; /* the utterance of the quoted text before, in a new paragraph */
    uint8_t level;     /* how many others hold this one */
};

struct paragraph {
    struct span at;
    uint32_t sentence, sentence_end; /* its sentences: [sentence, sentence_end) */
    uint8_t furniture;               /* all of it is */
};

typedef VEC(struct quoted) quoted_list;
typedef VEC(struct paragraph) paragraph_list;

/* Pairs of marks of all paragraphs, appended in order of begin, outer before inner. */
void quote_marks(struct str text, const paragraph_list *paragraphs, quoted_list *out);

/* ---- words ---- */

enum word_kind {
    KIND_PLAIN = 1, /* a word in small letters */
    KIND_CAPITAL,   /* a word with a capital that is no known name */
    KIND_NAME,      /* a whole mention, however many words */
    KIND_NUMBER,
    KIND_COMMA,
    KIND_COLON,   /* : */
    KIND_PAUSE,   /* ; and dashes */
    KIND_BRACKET, /* ( ) [ ] */
    KIND_STOP,    /* . ! ? … */
    KIND_OWNER,   /* 's */
    KIND_OPEN,    /* the first mark of a pair; `link` its index in the list of pairs */
    KIND_CLOSE,   /* the end of a pair */
    KIND_END,     /* the end of a sentence */
    KIND_EDGE,    /* the end of a paragraph, and one in front of the text */
};

/* 24 bytes, some one a word. */
struct word {
    struct span at;
    uint32_t classes; /* cue_of_word, 0 for what is no word */
    uint32_t link;    /* KIND_NAME: index of the mention; KIND_OPEN, KIND_CLOSE: of the pair */
    uint32_t other;   /* KIND_OPEN, KIND_CLOSE: the index of the word at the other end */
    uint8_t kind;
};

typedef VEC(struct word) word_list;

/* All words of the text, pairs entered as KIND_OPEN … KIND_CLOSE around their own words. */
void quote_words(struct str text, const paragraph_list *paragraphs, const quoted_list *pairs,
                 const struct found *found, word_list *out);

/* ---- speakers ---- */

struct attribution {
    struct span speaker, cue;
    uint32_t mention;     /* 1 + index; 0: the words of `speaker` name nobody yet */
    uint32_t cue_word;    /* index of the word, or 0 */
    uint32_t first, last; /* the words of `speaker` */
    uint8_t rule;         /* enum speaker_rule; SPEAKER_UNKNOWN: nothing found */
    bool behind;          /* the cue stands behind the quotation */
};

/* What the steps share of an article. */
struct scene {
    struct str text;
    const struct found *found;
    const word_list *words;
    const quoted_list *pairs;
    const uint32_t *opens; /* for each pair the index of its KIND_OPEN word */
};

/* A transcript between marks: "VOSS: I saw it." */
struct attribution attribution_inside(const struct scene *s, uint32_t pair);
/* The cue beside pair `p`, in its own sentence. */
struct attribution attribution_beside(const struct scene *s, uint32_t pair);
/* "…!" the keeper shouted: a cue in the sentence behind one that ends in a mark of its own. */
struct attribution attribution_across(const struct scene *s, uint32_t pair);
/* The cue and its subject that begin at word `i`: "Voss said", "said Voss", "according to Voss". */
bool attribution_at(const struct scene *s, uint32_t i, struct attribution *out);
/* "said Voss", from the verb. */
bool attribution_inverted(const struct scene *s, uint32_t verb, struct attribution *out);
/* "Voss has said", from the verb. */
bool attribution_before(const struct scene *s, uint32_t verb, struct attribution *out);
/* Betsy shook her head. "He is better": the subject of the short sentence in front. */
struct attribution attribution_by_beat(const struct scene *s, uint32_t pair);
/* For want of a cue: the subject of the sentence that the quoted words belong to. */
struct attribution attribution_by_subject(const struct scene *s, uint32_t pair);

/* ---- kinds ---- */

/* QUOTE_DIRECT or QUOTE_MIXED; 0 where the marks hold no speech: titles, scare quotes, tags. */
uint8_t quote_kind(const struct scene *s, uint32_t pair, const struct attribution *a);

/* ---- who is meant ---- */

struct resolver; /* in the scratch arena: the persons of one article, by name */

struct resolver *resolver_make(const struct scene *s, struct arena *scratch);

/* Sets a->mention: the name inside the speaker's words, or the person that a pronoun ("she") or a
 * description ("the singer") points back to.  Called in order of the text: whoever spoke last is
 * remembered, and is the likeliest "she".  Looks back at most some two hundred words. */
void resolve_speaker(struct resolver *r, struct attribution *a);

/* ---- quotations without marks ---- */

/* Appends a QUOTE_BLOCK row for each embedded post and each set-off line in the first person;
 * the latter have no speaker yet.  In order of begin. */
void quote_blocks(const struct scene *s, const paragraph_list *paragraphs, struct arena *scratch,
                  struct found *out);

/* The report in the sentence whose first word is `first`, which holds no quotation marks: true,
 * with its attribution and its content (empty: it passes on what follows, "reposted her words"), or
 * false. */
bool quote_indirect(const struct scene *s, uint32_t first, struct attribution *a,
                    struct span *content);

#endif
