/* Alignment is the textbook table (Wagner and Fischer, 1974) over what is left between the words
 * that both share at either end: quotations are short, and most wordings differ in a word or two.
 * A linear-space or O(nd) form was left: the table is what lets like words stand opposite. */
#include "core/align.h"

#include "core/text.h"

#define HASH_BEGIN 2166136261u
#define HASH_STEP(h, c) (((h) ^ (unsigned char)(c)) * 16777619u)
#define HASH_END(h) ((h) ^ (h) >> 15)

/* The term of a word that is ASCII, as nearly all are, lowered and hashed in one pass, in `out`. */
static bool plain_term(struct str text, struct word *w, char *out)
{
    uint32_t h = HASH_BEGIN, n = span_length(w->at);
    const char *p = text.p + w->at.begin;
    if (n > TERM_BYTES_MAX)
        return false;
    for (uint32_t i = 0; i < n; i++) {
        if (p[i] & 0x80)
            return false;
        out[i] = (char)(p[i] | ((unsigned)(p[i] - 'A') < 26 ? 0x20 : 0));
        h = HASH_STEP(h, out[i]);
    }
    w->term = str_from(out, n);
    w->hash = HASH_END(h);
    w->capital = (unsigned)(p[0] - 'A') < 26;
    return true;
}

static void other_term(struct arena *a, struct str text, struct word *w)
{
    char buffer[TERM_BYTES_MAX];
    const char *behind;
    uint32_t h = HASH_BEGIN;
    w->term = arena_str(a, token_term(text, (struct token){w->at}, buffer));
    for (size_t i = 0; i < w->term.n; i++)
        h = HASH_STEP(h, w->term.p[i]);
    w->hash = HASH_END(h);
    w->capital = char_is_upper(utf8_decode(text.p + w->at.begin, &behind));
}

/* A letter or digit of ASCII, lowered; 0 for any other byte. */
#define SAME(c)  [c] = (c)
#define LOWER(c) [c] = (c) | 0x20
#define EIGHT(X, c)                                                                                \
    X(c), X((c) + 1), X((c) + 2), X((c) + 3), X((c) + 4), X((c) + 5), X((c) + 6), X((c) + 7)
static const unsigned char lowered[256] = {
    EIGHT(SAME, '0'),  SAME('8'),         SAME('9'),         EIGHT(SAME, 'a'),   EIGHT(SAME, 'i'),
    EIGHT(SAME, 'q'),  SAME('y'),         SAME('z'),         EIGHT(LOWER, 'A'),  EIGHT(LOWER, 'I'),
    EIGHT(LOWER, 'Q'), LOWER('Y'),        LOWER('Z'),
};

/* The word that begins at p with a letter or digit, if it and the byte behind it are ASCII: else
 * what is a word is for token_next to say.  Returns its end, or null. */
static inline const char *plain_word(struct str text, const char *p, struct word *w, char *out)
{
    const char *end = text.p + text.n, *q = p;
    uint32_t h = HASH_BEGIN;
    for (unsigned char c; q < end && (c = lowered[(unsigned char)*q]) != 0; q++) {
        h = HASH_STEP(h, c);
        out[q - p] = (char)c;
    }
    if (q - p > TERM_BYTES_MAX || (q < end && *q & 0x80))
        return NULL;
    *w = (struct word){.at = span_of((size_t)(p - text.p), (size_t)(q - text.p)),
                       .term = str_from(out, (size_t)(q - p)),
                       .hash = HASH_END(h),
                       .capital = (unsigned)(*p - 'A') < 26};
    return q;
}

#define BYTES_A_WORD 5 /* as few as words hardly ever have on average, blanks among them */

/* The plain terms lie one behind another, in as much room as the text has. */
struct word_run words_of(struct arena *a, struct str text, struct span within)
{
    struct str part = str_from(text.p, within.end);
    VEC(struct word) words = {0};
    vec_reserve(&words, span_length(within) / BYTES_A_WORD + 1);
    char *terms = arena_alloc(a, span_length(within));
    struct token t;
    for (size_t at = within.begin; at < part.n;) {
        struct word w;
        const char *p = part.p + at;
        bool ascii = !(*p & 0x80);
        if (ascii && !lowered[(unsigned char)*p]) {
            at++;
            continue;
        }
        const char *behind = ascii ? plain_word(part, p, &w, terms) : NULL;
        if (behind) {
            at = (size_t)(behind - part.p);
            terms += w.term.n;
        } else {
            if (!token_next(part, &at, &t))
                break;
            w = (struct word){.at = t.at};
            if (plain_term(part, &w, terms))
                terms += w.term.n;
            else
                other_term(a, part, &w);
        }
        vec_push(&words, w);
    }
    struct word *v = arena_alloc(a, words.n * sizeof(*v));
    if (words.n)
        memcpy(v, words.v, words.n * sizeof(*v));
    struct word_run run = {v, (uint32_t)words.n};
    vec_free(&words);
    return run;
}

/* ---- how like two words are ---- */

uint32_t word_stem(struct str term)
{
    static const struct {
        uint8_t n;
        char text[6];
    } endings[] = {{5, "ingly"}, {4, "edly"}, {4, "ings"}, {3, "ing"}, {3, "ied"},
                   {3, "ies"},   {3, "ers"},  {2, "es"},   {2, "ed"},  {2, "er"},
                   {2, "ly"},    {1, "s"},    {1, "e"},    {1, "d"},   {1, "y"}};
    if (term.n < 4 || !strchr("gysdre", term.p[term.n - 1]))
        return (uint32_t)term.n;
    for (size_t i = 0; i < COUNT_OF(endings); i++) {
        size_t n = endings[i].n;
        const char *at = term.p + term.n - n;
        if (term.n >= n + 3 && *at == endings[i].text[0] && memcmp(at, endings[i].text, n) == 0)
            return (uint32_t)(term.n - n);
    }
    return (uint32_t)term.n;
}

/* At most `max` insertions, removals, changes or swaps of neighbours between two short terms. */
static bool within_edits(struct str a, struct str b, unsigned max)
{
    unsigned row[3][TERM_BYTES_MAX + 2];
    for (size_t j = 0; j <= b.n; j++)
        row[0][j] = (unsigned)j;
    for (size_t i = 1; i <= a.n; i++) {
        unsigned *now = row[i % 3], *up = row[(i + 2) % 3], *up2 = row[(i + 1) % 3],
                 best = (unsigned)i;
        now[0] = (unsigned)i;
        for (size_t j = 1; j <= b.n; j++) {
            unsigned d = up[j - 1] + (a.p[i - 1] != b.p[j - 1]);
            if (up[j] + 1 < d)
                d = up[j] + 1;
            if (now[j - 1] + 1 < d)
                d = now[j - 1] + 1;
            if (i > 1 && j > 1 && a.p[i - 1] == b.p[j - 2] && a.p[i - 2] == b.p[j - 1] &&
                up2[j - 2] + 1 < d)
                d = up2[j - 2] + 1;
            now[j] = d;
            best = d < best ? d : best;
        }
        if (best > max)
            return false;
    }
    return row[a.n % 3][b.n] <= max;
}

static bool has_digit(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] >= '0' && s.p[i] <= '9')
            return true;
    return false;
}

enum likeness word_likeness(const struct word *x, const struct word *y)
{
    struct str a = x->term, b = y->term;
    if (x->hash == y->hash && str_eq(a, b))
        return LIKE_SAME;
    if (a.n < 4 || b.n < 4 || (a.p[0] != b.p[0] && a.p[1] != b.p[1]) || has_digit(a) ||
        has_digit(b))
        return LIKE_NOT;
    size_t apart = a.n > b.n ? a.n - b.n : b.n - a.n;
    uint32_t stem = word_stem(a);
    if (stem >= 3 && stem == word_stem(b) && memcmp(a.p, b.p, stem) == 0)
        return LIKE_INFLECTION;
    unsigned max = a.n >= 8 && b.n >= 8 ? 2 : 1;
    if (a.n < 5 || b.n < 5 || apart > max)
        return LIKE_NOT;
    return within_edits(a, b, max) ? LIKE_SPELLING : LIKE_NOT;
}

/* ---- alignment ---- */

static bool same_word(const struct word *x, const struct word *y)
{
    return x->hash == y->hash && str_eq(x->term, y->term);
}

struct edits {
    struct arena *arena;
    struct edit *v;
    uint32_t n, same;
};

/* One more word of a kind, joined to the run before where it continues it. */
static void add_edit(struct edits *e, enum edit_kind kind, uint32_t i, uint32_t j)
{
    struct edit *last = e->n ? &e->v[e->n - 1] : NULL;
    e->same += kind == EDIT_SAME;
    if (last && last->kind == kind) {
        last->end++;
        if (kind != EDIT_REMOVED)
            last->b_end++;
        return;
    }
    uint32_t begin = kind == EDIT_ADDED ? j : i;
    e->v[e->n++] = (struct edit){kind, begin, begin + 1, j, kind == EDIT_REMOVED ? j : j + 1};
}

/* A stretch of changed words: all of a's removed, then all of b's added. */
static void add_change(struct edits *e, uint32_t a_begin, uint32_t a_end, uint32_t b_begin,
                       uint32_t b_end)
{
    for (uint32_t i = a_begin; i < a_end; i++)
        add_edit(e, EDIT_REMOVED, i, b_begin);
    for (uint32_t j = b_begin; j < b_end; j++)
        add_edit(e, EDIT_ADDED, a_end, j);
}

/* In tables over this size like words are not looked for: that costs ten times the comparison. */
#define LIKENESS_CELLS_MAX 4096

static uint16_t pair_score(const struct word *x, const struct word *y, bool likeness)
{
    if (same_word(x, y))
        return 4;
    return likeness && word_likeness(x, y) != LIKE_NOT;
}

/* Scores of the best alignment of what begins at (i, j): 4 for the same word, 1 for a like one. */
static uint16_t *score_table(struct arena *scratch, struct word_run a, struct word_run b)
{
    size_t cols = b.n + 1;
    bool likeness = (uint64_t)a.n * b.n <= LIKENESS_CELLS_MAX;
    uint16_t *t = arena_array(scratch, uint16_t, (a.n + 1) * cols);
    for (uint32_t i = a.n; i-- > 0;)
        for (uint32_t j = b.n; j-- > 0;) {
            uint16_t best = t[(i + 1) * cols + j], right = t[i * cols + j + 1];
            uint16_t both = pair_score(&a.v[i], &b.v[j], likeness);
            best = right > best ? right : best;
            both = both ? (uint16_t)(both + t[(i + 1) * cols + j + 1]) : 0;
            t[i * cols + j] = both > best ? both : best;
        }
    return t;
}

/* Walks the table; changes are gathered so that removed words stand before added ones. */
static void align_middle(struct edits *e, struct word_run a, struct word_run b, uint32_t from)
{
    struct arena scratch = {0};
    size_t cols = b.n + 1;
    uint16_t *t = score_table(&scratch, a, b);
    uint32_t i = 0, j = 0, i0 = 0, j0 = 0;
    while (i < a.n && j < b.n) {
        uint16_t here = t[i * cols + j];
        if (same_word(&a.v[i], &b.v[j]) && here == t[(i + 1) * cols + j + 1] + 4) {
            add_change(e, from + i0, from + i, from + j0, from + j);
            add_edit(e, EDIT_SAME, from + i, from + j);
            i0 = ++i, j0 = ++j;
        } else if (here == t[(i + 1) * cols + j]) {
            i++;
        } else if (here == t[i * cols + j + 1]) {
            j++;
        } else { /* like words opposite one another */
            add_change(e, from + i0, from + i, from + j0, from + j);
            add_change(e, from + i, from + i + 1, from + j, from + j + 1);
            i0 = ++i, j0 = ++j;
        }
    }
    add_change(e, from + i0, from + a.n, from + j0, from + b.n);
    arena_finish(&scratch);
}

/* A short run of common words that could as well stand beside the longer one behind the gap does:
 * "[the] -jury returned the- [court]" becomes "-the jury returned- [the court]", as people read
 * it. */
static void slide_right(struct word_run run, struct edit *short_run, struct edit *gap,
                        struct edit *long_run)
{
    uint32_t n = short_run->end - short_run->begin;
    if (n > 2 || n > gap->end - gap->begin || long_run->end - long_run->begin < n)
        return;
    for (uint32_t i = 0; i < n; i++)
        if (!same_word(&run.v[gap->begin - n + i], &run.v[gap->end - n + i]))
            return;
    gap->begin -= n, gap->end -= n;
    long_run->begin -= n, long_run->b_begin -= n;
    if (gap->kind == EDIT_ADDED)
        gap->b_begin -= n, gap->b_end -= n;
    else
        gap->b_begin = gap->b_end = short_run->b_begin;
    short_run->end = short_run->begin;
    short_run->b_end = short_run->b_begin;
}

/* Only at the beginning: in the middle a word apart is as good on either side. */
static void tidy_head(struct edits *e, struct word_run a, struct word_run b)
{
    if (e->n < 3 || e->v[0].kind != EDIT_SAME || e->v[1].kind == EDIT_SAME ||
        e->v[2].kind != EDIT_SAME)
        return;
    slide_right(e->v[1].kind == EDIT_REMOVED ? a : b, &e->v[0], &e->v[1], &e->v[2]);
    if (e->v[0].begin == e->v[0].end)
        memmove(e->v, e->v + 1, --e->n * sizeof(*e->v));
}

/* And the same from the end: "not [enough, not quick] enough" becomes "not enough[, not quick
 * enough]". */
static void slide_left(struct word_run run, struct edit *long_run, struct edit *gap,
                       struct edit *short_run)
{
    uint32_t n = short_run->end - short_run->begin;
    if (n > 2 || n > gap->end - gap->begin || long_run->end - long_run->begin < n)
        return;
    for (uint32_t i = 0; i < n; i++)
        if (!same_word(&run.v[gap->begin + i], &run.v[gap->end + i]))
            return;
    gap->begin += n, gap->end += n;
    long_run->end += n, long_run->b_end += n;
    if (gap->kind == EDIT_ADDED)
        gap->b_begin += n, gap->b_end += n;
    else
        gap->b_begin = gap->b_end = short_run->b_end;
    short_run->begin = short_run->end;
    short_run->b_begin = short_run->b_end;
}

static void tidy_tail(struct edits *e, struct word_run a, struct word_run b)
{
    struct edit *last = e->n < 3 ? NULL : &e->v[e->n - 1];
    if (!last || last->kind != EDIT_SAME || last[-1].kind == EDIT_SAME ||
        last[-2].kind != EDIT_SAME)
        return;
    slide_left(last[-1].kind == EDIT_REMOVED ? a : b, last - 2, last - 1, last);
    e->n -= last->begin == last->end;
}

struct edit_run align_words(struct arena *out, struct word_run a, struct word_run b)
{
    struct edits e = {.arena = out, .v = arena_array(out, struct edit, a.n + b.n + 1)};
    uint32_t head = 0, tail = 0;
    while (head < a.n && head < b.n && same_word(&a.v[head], &b.v[head]))
        head++;
    while (tail < a.n - head && tail < b.n - head &&
           same_word(&a.v[a.n - 1 - tail], &b.v[b.n - 1 - tail]))
        tail++;
    struct word_run x = {a.v + head, a.n - head - tail}, y = {b.v + head, b.n - head - tail};
    for (uint32_t i = 0; i < head; i++)
        add_edit(&e, EDIT_SAME, i, i);
    if ((uint64_t)x.n * y.n > ALIGN_CELLS_MAX || !x.n || !y.n)
        add_change(&e, head, head + x.n, head, head + y.n);
    else
        align_middle(&e, x, y, head);
    for (uint32_t i = 0; i < tail; i++)
        add_edit(&e, EDIT_SAME, a.n - tail + i, b.n - tail + i);
    tidy_head(&e, a, b);
    tidy_tail(&e, a, b);
    return (struct edit_run){e.v, e.n, e.same};
}

/* ---- what changed ---- */

const char *difference_name(enum difference one)
{
    static const char *const names[DIFFERENCES] = {"word", "cut",    "negation", "number",
                                                  "name", "elided", "spliced",  "inserted"};
    return names[__builtin_ctz(one)];
}

bool word_is_negation(const struct word *run, uint32_t i)
{
    static const char *const words[] = {"not",    "no",      "never",  "none",
                                        "nobody", "nothing", "cannot", "neither",
                                        "nor",    "nowhere", "without"};
    if (str_among(run[i].term, words))
        return true;
    /* "don't" is two tokens: "don", "t". */
    return i && str_eq(run[i].term, STR("t")) && str_ends(run[i - 1].term, STR("n")) &&
           run[i].at.begin - run[i - 1].at.end <= 3;
}

bool word_is_number(const struct word *w)
{
    static const char *const words[] = {
        "one",      "two",      "three",   "four",    "five",      "six",
        "seven",    "eight",    "nine",    "ten",     "eleven",    "twelve",
        "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
        "nineteen", "twenty",   "thirty",  "forty",   "fifty",     "sixty",
        "seventy",  "eighty",   "ninety",  "hundred", "thousand",  "million",
        "billion",  "dozen",    "half",    "first",   "second",    "third"};
    return has_digit(w->term) || str_among(w->term, words);
}

int64_t word_number(const struct word *w)
{
    static const char *const words[] = {
        "zero",     "one",     "two",     "three",     "four",     "five",     "six",
        "seven",    "eight",   "nine",    "ten",       "eleven",   "twelve",   "thirteen",
        "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"};
    static const char *const orders[] = {"",      "first",    "second",  "third",  "fourth",
                                         "fifth", "sixth",    "seventh", "eighth", "ninth",
                                         "tenth", "eleventh", "twelfth"};
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (str_eq(w->term, str_of(words[i])) ||
            (i && i < COUNT_OF(orders) && str_eq(w->term, str_of(orders[i]))))
            return (int64_t)i;
    int64_t value = 0;
    size_t n = 0;
    while (n < w->term.n && n < 18 && w->term.p[n] >= '0' && w->term.p[n] <= '9')
        value = value * 10 + (w->term.p[n++] - '0');
    static const char *const endings[] = {"", "st", "nd", "rd", "th"};
    bool whole = n && str_among(str_from(w->term.p + n, w->term.n - n), endings);
    return whole ? value : -1;
}

static unsigned word_difference(const struct word *run, uint32_t i)
{
    if (word_is_negation(run, i))
        return DIFFERENCE_NEGATION;
    if (word_is_number(&run[i]))
        return DIFFERENCE_NUMBER;
    return run[i].capital && i ? DIFFERENCE_NAME : DIFFERENCE_WORD;
}

#define SPLICED_WORDS 6  /* in the middle, left out without a sign: fewer are words dropped */
#define KEPT_WORDS    3  /* on either side of them */
#define BRACKET_BYTES 60 /* an insertion in brackets is no longer */

/* One of two wordings that are compared. */
struct side {
    struct str text;
    struct word_run words;
};

static bool in_brackets(const struct side *s, uint32_t i)
{
    uint32_t from = s->words.v[i].at.begin;
    for (uint32_t at = from; at-- > 0 && from - at < BRACKET_BYTES && s->text.p[at] != ']';)
        if (s->text.p[at] == '[')
            return true;
    return false;
}

/* Does an ellipsis stand before word i, behind the one before it? */
static bool ellipsis_before(const struct side *s, uint32_t i)
{
    struct str gap = str_at(s->text, span_of(s->words.v[i - 1].at.end, s->words.v[i].at.begin));
    return memmem(gap.p, gap.n, "...", 3) || memmem(gap.p, gap.n, ". .", 3) ||
           memmem(gap.p, gap.n, "\xe2\x80\xa6", 3);
}

/* Does a comma or the end of a sentence part word i from the one before it? */
static bool is_broken_before(const struct side *s, uint32_t i)
{
    struct str gap = str_at(s->text, span_of(s->words.v[i - 1].at.end, s->words.v[i].at.begin));
    for (size_t k = 0; k < gap.n; k++)
        if (gap.p[k] && strchr(",;:.!?\n", gap.p[k]))
            return true;
    return false;
}

/* Words [e.begin, e.end) of `has` that `lacks` leaves out before its word `at`. */
static unsigned left_out_difference(const struct side *has, struct edit e, const struct side *lacks,
                                    uint32_t at, bool joined)
{
    const struct word *v = has->words.v;
    bool first_kept = e.begin > 0, last_kept = e.end < has->words.n;
    bool denies = (first_kept && word_is_negation(v, e.begin) && !is_broken_before(has, e.begin)) ||
                  (last_kept && word_is_negation(v, e.end - 1) && !is_broken_before(has, e.end));
    unsigned found = denies ? DIFFERENCE_NEGATION : 0;
    if (!first_kept || !last_kept)
        return found | DIFFERENCE_CUT;
    if (ellipsis_before(lacks, at))
        return found | DIFFERENCE_ELIDED;
    if (joined && e.end - e.begin >= SPLICED_WORDS)
        return found | DIFFERENCE_SPLICED;
    for (uint32_t i = e.begin; i < e.end; i++)
        found |= word_difference(v, i);
    return found;
}

static bool all_in_brackets(const struct side *s, struct edit e)
{
    for (uint32_t i = e.begin; i < e.end; i++)
        if (!in_brackets(s, i))
            return false;
    return true;
}

/* Words that others stand in the place of, or words put in. */
static unsigned changed_difference(const struct side *s, struct edit e)
{
    unsigned found = 0;
    for (uint32_t i = e.begin; i < e.end; i++)
        found |= word_difference(s->words.v, i);
    return found;
}

static bool is_kept(const struct edit_run *edits, uint32_t k, uint32_t words)
{
    return k < edits->n && edits->v[k].kind == EDIT_SAME &&
           edits->v[k].end - edits->v[k].begin >= words;
}

unsigned difference_of(struct str a_text, struct word_run a, struct str b_text, struct word_run b,
                       struct edit_run edits)
{
    const struct side x = {a_text, a}, y = {b_text, b};
    unsigned found = 0;
    uint32_t i = 0; /* the next word of a */
    for (uint32_t k = 0; k < edits.n; k++) {
        struct edit e = edits.v[k];
        bool removed = e.kind == EDIT_REMOVED, last = k + 1 == edits.n;
        const struct edit *added =
            removed && !last && edits.v[k + 1].kind == EDIT_ADDED ? &edits.v[k + 1] : NULL;
        bool joined = is_kept(&edits, k - 1, KEPT_WORDS) && is_kept(&edits, k + 1, KEPT_WORDS);
        if (e.kind == EDIT_ADDED && all_in_brackets(&y, e))
            found |= DIFFERENCE_INSERTED | (changed_difference(&y, e) & DIFFERENCE_NEGATION);
        else if (added)
            found |= changed_difference(&x, e) &
                     (all_in_brackets(&y, *added) ? DIFFERENCE_NEGATION : ~0u);
        else if (removed)
            found |= left_out_difference(&x, e, &y, e.b_begin, joined);
        else if (e.kind == EDIT_ADDED && k && edits.v[k - 1].kind == EDIT_REMOVED)
            found |= changed_difference(&y, e);
        else if (e.kind == EDIT_ADDED)
            found |= left_out_difference(&y, e, &x, i, joined);
        i = e.kind == EDIT_ADDED ? i : e.end;
    }
    return found;
}
