/* The text as words, each with what the word table knows of it, and names and quotations in place.
 *
 * Everything behind asks for the neighbours of a quotation: the word before, the noun phrase in
 * front of a verb.  So the text is read once into one flat array; a pair of marks is two entries
 * that know each other, and a walk outside a quotation steps over it in one move. */
#include "core/quote_parts.h"

#include "core/cue_words.h"
#include "core/text.h"

struct reader {
    struct str text;
    const struct found *found;
    const quoted_list *pairs;
    word_list *out;
    uint32_t mention;  /* the next one */
    uint32_t pair;     /* the next to open */
    uint32_t open[16]; /* words that opened, innermost last */
    uint32_t depth;
    size_t mark; /* where the next mark stands: see next_mark */
};

static bool word_byte(char c)
{
    return ((c | 32) >= 'a' && (c | 32) <= 'z') || (c >= '0' && c <= '9') || (c & 0x80);
}

static void push(struct reader *r, uint8_t kind, size_t b, size_t e)
{
    vec_push(r->out, ((struct word){.at = span_of(b, e), .kind = kind}));
}

/* A mark of more than one byte that parts words; its length, or 0. */
static size_t part_at(struct str t, size_t i, uint8_t *kind)
{
    if ((unsigned char)t.p[i] == 0xc2 && i + 1 < t.n &&
        ((unsigned char)t.p[i + 1] == 0xa0 || (unsigned char)t.p[i + 1] == 0xab ||
         (unsigned char)t.p[i + 1] == 0xbb))
        return *kind = 0, 2;
    if ((unsigned char)t.p[i] != 0xe2 || i + 2 >= t.n || (unsigned char)t.p[i + 1] != 0x80)
        return 0;
    unsigned char c = (unsigned char)t.p[i + 2];
    *kind = c == 0xa6 ? KIND_STOP : c >= 0x90 && c <= 0x95 ? KIND_PAUSE : 0;
    return 3;
}

/* An apostrophe inside or behind a word: its length, or 0. */
static size_t apostrophe_at(struct str t, size_t i)
{
    if (t.p[i] == '\'')
        return 1;
    return i + 2 < t.n && memcmp(t.p + i, "\xe2\x80\x99", 3) == 0 ? 3 : 0;
}

static size_t word_end(struct str t, size_t i, size_t end)
{
    uint8_t kind;
    while (i < end) {
        if ((unsigned char)t.p[i] >= 0xc2 && part_at(t, i, &kind))
            break;
        if (word_byte(t.p[i]))
            i++;
        else if ((t.p[i] == '-' || t.p[i] == '.') && i + 1 < end && word_byte(t.p[i + 1]) &&
                 (unsigned char)t.p[i + 1] < 0xe2)
            i++;
        else
            break;
    }
    return i;
}

/* "n't" and "'ve" belong to their word; "'s" is an entry of its own. */
static size_t read_apostrophe(struct reader *r, size_t i, size_t end)
{
    size_t n = i < end ? apostrophe_at(r->text, i) : 0;
    if (!n || i + n > end)
        return i;
    size_t e = word_end(r->text, i + n, end);
    if (e == i + n) {
        char last = i ? r->text.p[i - 1] : ' ';
        if (last == 's' || last == 'z')
            push(r, KIND_OWNER, i, e);
        return last == 's' || last == 'z' ? e : i;
    }
    if (e == i + n + 1 && r->text.p[i + n] == 's') {
        push(r, KIND_OWNER, i, e);
        return e;
    }
    if (e - i - n <= 2) { /* "n't", "'ll" */
        vec_last(r->out)->at.end = (uint32_t)e;
        return e;
    }
    return i;
}

/* "Said Voss", taken for a name at the begin of a sentence: enters the verb and returns its
 * bytes, blank included.  More than the mention has, when it is no name at all: "She". */
static size_t verb_in_front(struct reader *r, struct span mention)
{
    if (vec_last(r->out)->kind < KIND_OPEN)
        return 0;
    size_t e = word_end(r->text, mention.begin, mention.end);
    unsigned classes = cue_of_word(str_from(r->text.p + mention.begin, e - mention.begin));
    if (e >= mention.end)
        return classes & (WORD_PRONOUN | WORD_DET | WORD_JOIN) ? SIZE_MAX / 2 : 0;
    if (!(classes & CUE_SAY) || (classes & (WORD_ROLE | NAME_HIS | NAME_HERS)) ||
        r->text.p[e] != ' ')
        return 0;
    push(r, KIND_CAPITAL, mention.begin, e);
    vec_last(r->out)->classes = classes;
    return e + 1 - mention.begin;
}

/* "(C-Word)'s": a mention that begins at `i`, as one entry; its end or `i`. */
static size_t read_mention(struct reader *r, size_t i, size_t end)
{
    const struct mention *v = r->found->mentions.v;
    while (r->mention < r->found->mentions.n && v[r->mention].at.begin < i)
        r->mention++;
    if (r->mention == r->found->mentions.n || v[r->mention].at.begin != i ||
        v[r->mention].at.end > end || v[r->mention].kind == MENTION_HASHTAG ||
        v[r->mention].kind == MENTION_LAW || v[r->mention].kind >= MENTION_PEOPLE)
        return i;
    size_t b = i + verb_in_front(r, v[r->mention].at);
    if (b > v[r->mention].at.end)
        return i;
    push(r, KIND_NAME, b, v[r->mention].at.end);
    vec_last(r->out)->link = r->mention;
    return v[r->mention].at.end;
}

/* "shot back": what is no verb of saying by itself. */
static bool answers_back(struct str verb)
{
    static const char *const verbs[] = {
        "shot",  "shoots", "fired",  "fires", "hit",    "hits",   "snapped", "snaps",  "clapped",
        "claps", "lashed", "lashes", "bit",   "barked", "struck", "strikes", "pushed", "pushes"};
    return str_among(verb, verbs);
}

static size_t read_word(struct reader *r, size_t i, size_t end)
{
    size_t e = word_end(r->text, i, end);
    const char *next;
    uint32_t c = utf8_decode(r->text.p + i, &next);
    struct word *before = vec_last(r->out);
    if (before->kind == KIND_PLAIN && str_eq(str_from(r->text.p + i, e - i), STR("back")) &&
        answers_back(str_at(r->text, before->at)))
        before->classes |= CUE_SAY;
    uint8_t kind = (c < 128 ? c >= 'A' && c <= 'Z' : char_is_upper(c)) ? KIND_CAPITAL
                   : c >= '0' && c <= '9'                              ? KIND_NUMBER
                                                                       : KIND_PLAIN;
    push(r, kind, i, e);
    vec_last(r->out)->classes = cue_of_word(str_at(r->text, vec_last(r->out)->at));
    return read_apostrophe(r, e, end);
}

static size_t read_punctuation(struct reader *r, size_t i)
{
    static const uint8_t kinds[128] = {
        [','] = KIND_COMMA,   [':'] = KIND_COLON,   [';'] = KIND_PAUSE,   ['-'] = KIND_PAUSE,
        ['('] = KIND_BRACKET, [')'] = KIND_BRACKET, ['['] = KIND_BRACKET, [']'] = KIND_BRACKET,
        ['!'] = KIND_STOP,    ['?'] = KIND_STOP,
    }; /* a full stop inside a sentence is an abbreviation's, and says nothing */
    uint8_t kind = kinds[r->text.p[i] & 127];
    if (kind)
        push(r, kind, i, i + 1);
    return i + 1;
}

static size_t read_entry(struct reader *r, size_t i, size_t end)
{
    uint8_t kind;
    size_t n = (unsigned char)r->text.p[i] >= 0xc2 ? part_at(r->text, i, &kind) : 0;
    if (n) {
        if (kind)
            push(r, kind, i, i + n);
        return i + n;
    }
    if (!word_byte(r->text.p[i]) && r->text.p[i] != '@')
        return read_punctuation(r, i);
    size_t e = read_mention(r, i, end);
    if (e > i)
        return read_apostrophe(r, e, end);
    return r->text.p[i] == '@' ? i + 1 : read_word(r, i, end);
}

/* Where the walk must stop next to enter a mark: the begin of the next pair or the end of the
 * innermost. */
static size_t next_mark(const struct reader *r)
{
    size_t at = SIZE_MAX;
    if (r->pair < r->pairs->n)
        at = r->pairs->v[r->pair].outer.begin;
    if (r->depth) {
        size_t end = r->pairs->v[r->out->v[r->open[r->depth - 1]].link].at.end;
        at = end < at ? end : at;
    }
    return at;
}

/* Enters the mark at `i`; returns the place behind it. */
static size_t enter_mark(struct reader *r, size_t i)
{
    if (r->depth) {
        struct word *o = &r->out->v[r->open[r->depth - 1]];
        const struct quoted *q = &r->pairs->v[o->link];
        if (q->at.end <= i) {
            o->other = (uint32_t)r->out->n;
            struct word w = {.at = span_of(q->at.end, q->outer.end),
                             .link = o->link,
                             .other = r->open[--r->depth],
                             .kind = KIND_CLOSE};
            vec_push(r->out, w);
            return q->outer.end > i ? q->outer.end : i;
        }
    }
    const struct quoted *q = &r->pairs->v[r->pair];
    if (r->depth < COUNT_OF(r->open)) {
        r->open[r->depth++] = (uint32_t)r->out->n;
        vec_push(r->out, ((struct word){.at = span_of(q->outer.begin, q->at.begin),
                                        .link = r->pair,
                                        .kind = KIND_OPEN}));
    }
    r->pair++;
    return q->at.begin > i ? q->at.begin : i;
}

static void read_sentence(struct reader *r, struct span at)
{
    size_t i = at.begin;
    while (i < at.end) {
        if (r->mark <= i) {
            i = enter_mark(r, i);
            r->mark = next_mark(r);
        } else if (r->text.p[i] == ' ') {
            i++;
        } else {
            i = read_entry(r, i, r->mark < at.end ? r->mark : at.end);
        }
    }
    while (r->depth && r->mark <= i) {
        i = enter_mark(r, i);
        r->mark = next_mark(r);
    }
    push(r, KIND_END, at.end, at.end);
}

void quote_words(struct str text, const paragraph_list *paragraphs, const quoted_list *pairs,
                 const struct found *found, word_list *out)
{
    struct reader r = {.text = text, .found = found, .pairs = pairs, .out = out};
    r.mark = next_mark(&r);
    push(&r, KIND_EDGE, 0, 0);
    for (size_t p = 0; p < paragraphs->n; p++) {
        const struct paragraph *x = &paragraphs->v[p];
        for (uint32_t s = x->sentence; s < x->sentence_end; s++)
            if (!(found->sentences.v[s].flags & SENTENCE_FURNITURE))
                read_sentence(&r, found->sentences.v[s].at);
        push(&r, KIND_EDGE, x->at.end, x->at.end);
    }
}
