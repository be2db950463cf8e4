/* tagger: names in running text, by a trained linear model.
 *
 * Text is cut into tokens, each token gets features (itself, its neighbours, its shape, lists,
 * word clusters, what else the article says of the same word), and the best sequence of labels
 * is found by dynamic programming over weights that `make model` learnt.  Twice: the second time
 * each token also knows what the first reading made of the same word elsewhere in the article.
 *
 * Words that no capital stands beside cannot be part of a name and are not looked at, and what a
 * word adds to the scores around it is remembered for the next time; that makes it fast.  Text is
 * read in windows of TAGGER_WINDOW tokens, so memory is bounded. */
#ifndef CORE_TAGGER_H
#define CORE_TAGGER_H

#include "core/arena.h"
#include "core/base.h"

#define TAGGER_WINDOW (1u << 15)

enum tag_kind {
    TAG_OUT,
    TAG_PERSON,
    TAG_ORGANISATION,
    TAG_PLACE,
    TAG_PEOPLE,
    TAG_OTHER,
    TAG_KINDS
};

/* Labels: 0 is outside; kind k has 4k-3.. as begin, inside, last, unit. */
enum tag_part { PART_BEGIN, PART_INSIDE, PART_LAST, PART_UNIT };
#define TAG_LABELS (1 + 4 * (TAG_KINDS - 1))
#define TAG_LANES  24 /* TAG_LABELS rounded up to whole vectors */

static inline unsigned label_of(unsigned kind, unsigned part)
{
    return kind == TAG_OUT ? 0 : 4 * kind - 3 + part;
}
static inline unsigned label_kind(unsigned label)
{
    return (label + 3) / 4;
}
static inline unsigned label_part(unsigned label)
{
    return (label + 3) & 3;
}

enum token_shape {
    SHAPE_MARK,    /* punctuation */
    SHAPE_LOWER,
    SHAPE_CAPITAL, /* "Paris" */
    SHAPE_UPPER,   /* "NATO" */
    SHAPE_INITIAL, /* "J" */
    SHAPE_MIXED,   /* "McDonald", "iPhone" */
    SHAPE_DOTTED,  /* "U.S." */
    SHAPE_NUMBER,
    SHAPE_ALNUM,   /* "G20" */
    SHAPE_LINK,    /* address, handle, hashtag */
    SHAPE_OTHER,   /* letters without case */
    SHAPES
};

struct tag_token {
    uint32_t begin, end;
    uint32_t form, fold;  /* hashes: as written; lower case without diacritics */
    uint32_t head, tail;  /* hashes of the first 3 and last 3 characters of the fold */
    uint16_t tail2, head2;
    uint16_t cluster[2];  /* word cluster, fine and coarse; 0: unknown word */
    uint16_t single;      /* gazetteer kinds of the token alone; these three only near a name */
    uint16_t begins, inside; /* kinds of the longest listed name that begins here / runs on here */
    uint8_t shape;        /* enum token_shape */
    uint8_t flags;        /* enum token_flag */
    uint8_t line;         /* enum line_style of its line */
    uint8_t mark;         /* the character of an ASCII punctuation mark */
};

enum token_flag {
    TOKEN_LINE = 1,     /* the first of its line */
    TOKEN_SENTENCE = 2, /* a capital here says nothing: after a full stop, a quotation mark... */
    TOKEN_GLUED = 4,    /* no blank before it */
    TOKEN_LOOKED = 8,   /* near enough to a capital to be part of a name */
    TOKEN_NEAR = 16,    /* two tokens at most from one looked at */
};

enum line_style { LINE_PLAIN, LINE_TITLE, LINE_UPPER, LINE_LOWER };

/* Written with a capital or more: what a name is made of. */
static inline bool tag_is_capital(const struct tag_token *t)
{
    return t->shape >= SHAPE_CAPITAL && t->shape <= SHAPE_ALNUM && t->shape != SHAPE_NUMBER;
}

/* Cuts text[*at..) into at most `max` tokens, stopping at a line end where possible; *at moves
 * behind the last.  Returns how many. */
size_t tag_tokenise(struct str text, size_t *at, struct tag_token *out, size_t max);

/* Where the tokens are those of a text without capitals, makes them what they would be were it all
 * in capitals; their lines must be known. */
void tag_tokens_without_case(struct str text, struct tag_token *t, size_t n);

/* What the tokens of a window with the same fold have in common, one of them with a capital. */
struct tag_word {
    uint32_t fold;
    uint16_t lower, middle;     /* times in lower case; with a capital inside a sentence */
    uint16_t votes[TAG_KINDS];  /* first reading: labels given to it */
    uint16_t inside[TAG_KINDS]; /* ... as part of a name of several words */
    uint8_t club;               /* tokens of the club's name that it begins; for names.h */
    uint8_t told;               /* enum tag_kind that a noun before it told; for names.h */
    bool surname;               /* ends a full name; likewise */
};

/* A score for each label. */
typedef int16_t tag_lanes __attribute__((vector_size(16)));
struct tag_scores {
    tag_lanes v[TAG_LANES / 8];
};

/* A window being read.  Zeroed memory is ready; arrays grow and are kept for the next. */
struct tag_window {
    struct str text;
    VEC(struct tag_token) tokens;
    VEC(uint8_t) labels;
    VEC(uint8_t) rule; /* enum mention_rule of each label */
    VEC(struct tag_word)
    words; /* open addressing by fold, a power of two; and one for all others */
    VEC(uint32_t) word_of;      /* token to row of `words` */
    VEC(int16_t) lead;          /* how sure each label is */
    VEC(struct tag_scores) scores; /* two a token: of each reading */
    VEC(struct tag_scores) path;   /* of the best way to each label of a token */
};

/* Reads the next window of `text`, from *at on: tokens, with everything that features are made
 * of.  No tokens: the text is at its end. */
void tag_window_read(struct tag_window *w, struct str text, size_t *at);
/* Counts the labels of the first reading into `words`. */
void tag_window_vote(struct tag_window *w);
void tag_window_free(struct tag_window *w);

/* What the first reading says of a token and of its word elsewhere. */
struct tag_voted {
    uint8_t own, before, after; /* labels */
    uint8_t left, right;        /* kinds of the neighbours' words elsewhere, plus 1 */
    uint8_t kind, share, kind_inside, share_inside;
};

/* The features of a token, in groups.  Two groups with the same key have the same features,
 * whatever text they come from; a key of 0 is that of a group not worth keeping. */
#define TAG_GROUPS         16
#define TAG_TOKEN_FEATURES 160 /* in all groups of a token, at most */
struct tag_groups {
    size_t n;
    uint64_t key[TAG_GROUPS];
    uint8_t group[TAG_GROUPS];
    const struct tag_token *t, *p1, *p2, *n1, *n2;       /* the token, before it, behind it */
    const struct tag_token *first, *last; /* of the run of capitals it is in, or null */
    const struct tag_token *before, *before2, *after, *after2; /* of the run */
    const struct tag_token *loose_first, *loose_last;    /* of the run with "of", "and" inside */
    uint32_t shape, style, glue, seen, where, run;
    struct tag_voted voted;
};

/* The groups of token i: those that both readings look at, and those that the second adds, which
 * are the votes and the labels of the first around it. */
void tag_groups_first(struct tag_groups *g, const struct tag_window *w, size_t i);
void tag_groups_second(struct tag_groups *g, const struct tag_window *w, size_t i);
/* The hashed features of group k; how many. */
size_t tag_group_features(const struct tag_groups *g, size_t k, uint32_t *out);

/* ---- the model ---- */

enum { TAG_READINGS = 2 };

/* The model knows a feature by the upper bits of its hash. */
#define TAG_KEY_BITS 24
static inline uint32_t tag_key(uint32_t feature)
{
    return feature >> (32 - TAG_KEY_BITS);
}

/* Sums of weights are kept within this, so that paths can be added up in 16 bits. */
#define TAG_SCORE_MAX 4000

struct tag_model;

/* The model that is compiled in; made from its packed form on the first call, on any thread. */
const struct tag_model *tag_model_builtin(void);
/* A model from its packed form (core/model/README.md), or null when that is damaged.  For the
 * trainer and the tests; freed by tag_model_free. */
struct tag_model *tag_model_unpack(struct str packed);
void tag_model_free(struct tag_model *m);

/* What groups of features were seen to add up to under one model, which it borrows; for one thread
 * at a time.  Bounded: the later takes the place of the earlier. */
struct tag_memo;
struct tag_memo *tag_memo_open(const struct tag_model *m);
void tag_memo_close(struct tag_memo *memo);

/* Labels the tokens of the window, in both readings, and says how sure each label is: the lead,
 * in units of weight, over the best label of another kind.  What the memo holds makes it faster
 * and changes nothing else. */
void tag_window_label(struct tag_window *w, struct tag_memo *memo);

#endif
