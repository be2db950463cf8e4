/* A window of tokens: what each token is told before features are made of it. */
#include "core/clusters.h"
#include "core/find.h"
#include "core/gazetteer.h"
#include "core/tagger.h"

/* Title: hardly a long word without a capital.  Upper: as good as none with a small letter. */
static enum line_style line_style(const struct tag_token *t, size_t n)
{
    size_t lower = 0, capital = 0, upper = 0;
    for (size_t i = 0; i < n; i++) {
        bool longer = t[i].end - t[i].begin > 3;
        lower += t[i].shape == SHAPE_LOWER && longer;
        capital += t[i].shape == SHAPE_CAPITAL || t[i].shape == SHAPE_MIXED;
        upper += t[i].shape == SHAPE_UPPER;
    }
    if (upper >= 2 && lower + capital <= upper / 4)
        return LINE_UPPER;
    if (lower * 4 <= capital + upper)
        return LINE_TITLE;
    return capital + upper == 0 && lower > 2 ? LINE_LOWER : LINE_PLAIN;
}

static void mark_lines(struct tag_token *t, size_t n)
{
    for (size_t i = 0, e; i < n; i = e) {
        for (e = i + 1; e < n && !(t[e].flags & TOKEN_LINE); e++)
            ;
        uint8_t style = (uint8_t)line_style(t + i, e - i);
        for (size_t k = i; k < e; k++)
            t[k].line = style;
    }
}

static void mark_sentences(struct tag_token *t, size_t n)
{
    bool start = true;
    for (size_t i = 0; i < n; i++) {
        if (t[i].flags & TOKEN_LINE)
            start = true;
        if (start)
            t[i].flags |= TOKEN_SENTENCE;
        if (t[i].shape != SHAPE_MARK)
            start = false;
        else if (strchr(".?!:\"", t[i].mark) && t[i].mark)
            start = true;
    }
}

/* May a token without a capital stand between two capitals of a name?  `first` is the one before
 * it, whose length tells "J. Hall" from the end of a sentence. */
static bool may_join(const struct tag_token *first, const struct tag_token *t)
{
    if (t->shape != SHAPE_MARK)
        return true;
    return t->mark == '.' ? first->end - first->begin <= 4 : t->mark && strchr("-,&'/s()", t->mark);
}

/* Where a name with the capital i may begin, capitals apart: "southern Chile", "al-Nour". */
static size_t head_begin(const struct tag_token *t, size_t i)
{
    if (i == 0 || t[i].flags & TOKEN_LINE)
        return i;
    if (t[i - 1].shape == SHAPE_LOWER || t[i - 1].shape == SHAPE_NUMBER)
        return i - 1;
    return i > 1 && t[i - 1].mark == '-' && t[i].flags & t[i - 1].flags & TOKEN_GLUED ? i - 2 : i;
}

/* Where it may end: "Tai-wen", "Ida's", "Inc.", "Henan province". */
static size_t tail_end(const struct tag_token *t, size_t n, size_t i)
{
    size_t e = i + 1;
    while (e + 1 < n && e < i + 6 && t[e].mark == '-' && t[e].flags & t[e + 1].flags & TOKEN_GLUED)
        e += 2;
    if (e >= n || t[e].flags & TOKEN_LINE)
        return e;
    bool stop = t[e].mark == '.' && t[i].end - t[i].begin <= 4;
    return e +
           (t[e].mark == 's' || stop || t[e].shape == SHAPE_LOWER || t[e].shape == SHAPE_NUMBER);
}

/* Capitals, what may join them over a gap of at most three, and what may stand before and behind.
 * Hardly one name in two hundred holds anything else. */
static void mark_looked(struct tag_token *t, size_t n)
{
    size_t joined = SIZE_MAX; /* the capital that all tokens since may be joined to */
    for (size_t i = 0; i < n; i++) {
        if (t[i].flags & TOKEN_LINE)
            joined = SIZE_MAX;
        if (!tag_is_capital(&t[i])) {
            if (joined != SIZE_MAX && !may_join(&t[i - 1], &t[i]))
                joined = SIZE_MAX;
            continue;
        }
        bool near = joined != SIZE_MAX && i - joined <= 4;
        for (size_t k = near ? joined + 1 : head_begin(t, i), e = tail_end(t, n, i); k < e; k++)
            t[k].flags |= TOKEN_LOOKED;
        joined = i;
    }
}

static void mark_near(struct tag_token *t, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (!(t[i].flags & TOKEN_LOOKED))
            continue;
        for (size_t k = i < 2 ? 0 : i - 2; k < n && k <= i + 2; k++)
            t[k].flags |= TOKEN_NEAR;
    }
}

static void look_up(struct tag_token *t)
{
    struct word_class class = clusters_find(t->form);
    t->cluster[0] = class.fine, t->cluster[1] = class.coarse;
    if (t->shape != SHAPE_MARK)
        t->single = (uint16_t)gazetteer_find(gazetteer_step(GAZETTEER_START, t->fold));
}

/* The classes of words near a name and the lists that hold them; asked for a few tokens ahead,
 * because the tables are larger than the cache. */
static void mark_words(struct tag_token *t, size_t n)
{
    enum { AHEAD = 12 };
    mark_near(t, n);
    for (size_t i = 0; i < n + AHEAD; i++) {
        if (i < n && t[i].flags & TOKEN_NEAR) {
            clusters_prefetch(t[i].form);
            gazetteer_prefetch(gazetteer_step(GAZETTEER_START, t[i].fold));
        }
        if (i >= AHEAD && t[i - AHEAD].flags & TOKEN_NEAR)
            look_up(&t[i - AHEAD]);
    }
}

/* The longest listed name that begins at the capital i, where one does. */
static void mark_longest(struct tag_token *t, size_t n, size_t i)
{
    uint32_t key = gazetteer_step(GAZETTEER_START, t[i].fold);
    unsigned kinds = GAZETTEER_LONGER, best = 0;
    size_t end = i + 1;
    for (size_t k = i + 1; k < n && (kinds & GAZETTEER_LONGER) && !(t[k].flags & TOKEN_LINE); k++) {
        key = gazetteer_step(key, t[k].fold);
        kinds = gazetteer_find(key);
        if (kinds & ~GAZETTEER_LONGER)
            best = kinds & ~GAZETTEER_LONGER, end = k + 1;
    }
    if (end == i + 1)
        return;
    t[i].begins |= (uint16_t)best;
    for (size_t k = i + 1; k < end; k++)
        t[k].inside |= (uint16_t)best;
}

static void mark_listed(struct tag_token *t, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (!(t[i].single & GAZETTEER_LONGER))
            continue;
        t[i].single &= (uint16_t)~GAZETTEER_LONGER;
        if (tag_is_capital(&t[i]))
            mark_longest(t, n, i);
    }
}

static uint32_t word_row(const struct tag_window *w, uint32_t fold)
{
    uint32_t mask = (uint32_t)(w->words.n - 2), i = fold & mask;
    while (w->words.v[i].fold && w->words.v[i].fold != fold)
        i = (i + 1) & mask;
    return i;
}

/* At most half of the rows will be taken; one more, behind them, is for words that have none. */
static void clear_words(struct tag_window *w)
{
    size_t capitals = 0, rows = 64;
    for (size_t i = 0; i < w->tokens.n; i++)
        capitals += tag_is_capital(&w->tokens.v[i]);
    while (rows < 2 * capitals)
        rows *= 2;
    vec_clear(&w->words);
    vec_reserve(&w->words, rows + 1);
    memset(w->words.v, 0, (rows + 1) * sizeof(*w->words.v));
    w->words.n = rows + 1;
}

/* Rows for the words that stand somewhere with a capital; then the others look for theirs. */
static void gather_words(struct tag_window *w)
{
    size_t n = w->tokens.n;
    clear_words(w);
    vec_clear(&w->word_of);
    vec_reserve(&w->word_of, n);
    w->word_of.n = n;
    for (size_t i = 0; i < n; i++) {
        const struct tag_token *t = &w->tokens.v[i];
        if (!tag_is_capital(t))
            continue;
        struct tag_word *word = &w->words.v[w->word_of.v[i] = word_row(w, t->fold | 1)];
        word->fold = t->fold | 1;
        if (!(t->flags & TOKEN_SENTENCE) && t->line == LINE_PLAIN)
            word->middle += word->middle < UINT16_MAX;
    }
    for (size_t i = 0; i < n; i++) {
        const struct tag_token *t = &w->tokens.v[i];
        if (tag_is_capital(t))
            continue;
        uint32_t row = word_row(w, t->fold | 1);
        struct tag_word *word = &w->words.v[row];
        w->word_of.v[i] = word->fold ? row : (uint32_t)w->words.n - 1;
        if (word->fold && t->shape == SHAPE_LOWER)
            word->lower += word->lower < UINT16_MAX;
    }
}

void tag_window_read(struct tag_window *w, struct str text, size_t *at)
{
    w->text = text;
    vec_clear(&w->tokens);
    vec_reserve(&w->tokens, TAGGER_WINDOW);
    w->tokens.n = tag_tokenise(text, at, w->tokens.v, TAGGER_WINDOW);
    mark_lines(w->tokens.v, w->tokens.n);
    tag_tokens_without_case(text, w->tokens.v, w->tokens.n);
    mark_sentences(w->tokens.v, w->tokens.n);
    mark_looked(w->tokens.v, w->tokens.n);
    mark_words(w->tokens.v, w->tokens.n);
    mark_listed(w->tokens.v, w->tokens.n);
    gather_words(w);
    size_t n = w->tokens.n;
    vec_clear(&w->labels), vec_clear(&w->rule);
    vec_reserve(&w->labels, n), vec_reserve(&w->rule, n);
    w->labels.n = w->rule.n = n;
    if (n) {
        memset(w->labels.v, 0, n);
        memset(w->rule.v, MENTION_BY_TAGGER, n);
    }
}

static bool is_initial(struct str text, const struct tag_token *t, char capital)
{
    return tag_is_capital(t) && (text.p[t->begin] & ~32) == capital;
}

/* Is token i, between brackets, made of the initials of the name that ends before the bracket?
 * Then the first token of that name, else i. */
static size_t expansion_of(const struct tag_window *w, size_t i)
{
    const struct tag_token *t = w->tokens.v;
    if (i < 3 || t[i].shape != SHAPE_UPPER || t[i - 1].mark != '(' || t[i].flags & TOKEN_LINE)
        return i;
    size_t letter = t[i].end, k = i - 1;
    while (letter > t[i].begin && k > 0 && i - k < 16 && !(t[k].flags & TOKEN_LINE)) {
        k--;
        if (is_initial(w->text, &t[k], w->text.p[letter - 1]))
            letter--;
        else if (t[k].shape != SHAPE_LOWER && t[k].shape != SHAPE_MARK)
            return i;
    }
    return letter == t[i].begin ? k : i;
}

/* "Human Rights Watch (HRW)": what the name is, its initials are, here and further on. */
static void vote_initials(struct tag_window *w, size_t i)
{
    size_t from = expansion_of(w, i);
    unsigned kind = label_kind(w->labels.v[from]);
    struct tag_word *word = &w->words.v[w->word_of.v[i]];
    if (from != i && kind && word->votes[kind] < UINT16_MAX - 3)
        word->votes[kind] += 3;
}

void tag_window_vote(struct tag_window *w)
{
    for (size_t i = 0; i < w->tokens.n; i++) {
        if (!tag_is_capital(&w->tokens.v[i]))
            continue;
        unsigned kind = label_kind(w->labels.v[i]);
        struct tag_word *word = &w->words.v[w->word_of.v[i]];
        word->votes[kind] += word->votes[kind] < UINT16_MAX;
        vote_initials(w, i);
        if (kind && label_part(w->labels.v[i]) != PART_UNIT)
            word->inside[kind] += word->inside[kind] < UINT16_MAX;
    }
}

void tag_window_free(struct tag_window *w)
{
    vec_free(&w->tokens);
    vec_free(&w->labels);
    vec_free(&w->rule);
    vec_free(&w->words);
    vec_free(&w->word_of);
    vec_free(&w->lead);
    vec_free(&w->scores);
    vec_free(&w->path);
}
