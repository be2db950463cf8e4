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

/* Tokens in a gap of at most three between two capitals of a line, one beyond, and what is glued
 * on behind: "Tai-wen". */
static void mark_looked(struct tag_token *t, size_t n)
{
    size_t last = SIZE_MAX;
    for (size_t i = 0; i < n; i++) {
        if (!tag_is_capital(&t[i]))
            continue;
        t[i].flags |= TOKEN_LOOKED;
        if (i)
            t[i - 1].flags |= TOKEN_LOOKED;
        for (size_t k = i + 1; k < n && (k == i + 1 || t[k].flags & TOKEN_GLUED) && k <= i + 6; k++)
            t[k].flags |= TOKEN_LOOKED;
        if (last != SIZE_MAX && i - last <= 4)
            for (size_t k = last + 1; k < i; k++)
                t[k].flags |= TOKEN_LOOKED;
        last = i;
    }
}

/* The longest listed name that begins at each capital, and the single words. */
static void mark_listed(struct tag_token *t, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (t[i].shape == SHAPE_MARK || !(t[i].flags & TOKEN_LOOKED))
            continue;
        uint32_t key = gazetteer_step(GAZETTEER_START, t[i].fold);
        unsigned kinds = gazetteer_find(key), best = 0;
        t[i].single = (uint16_t)(kinds & ~GAZETTEER_LONGER);
        size_t end = i + 1;
        for (size_t k = i + 1; k < n && (kinds & GAZETTEER_LONGER) && !(t[k].flags & TOKEN_LINE); k++) {
            key = gazetteer_step(key, t[k].fold);
            kinds = gazetteer_find(key);
            if (kinds & ~GAZETTEER_LONGER)
                best = kinds & ~GAZETTEER_LONGER, end = k + 1;
        }
        if (end == i + 1 || !tag_is_capital(&t[i]))
            continue;
        t[i].begins |= (uint16_t)best;
        for (size_t k = i + 1; k < end; k++)
            t[k].inside |= (uint16_t)best;
    }
}

static void mark_classes(struct tag_token *t, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        size_t from = i < 2 ? 0 : i - 2, to = i + 3 > n ? n : i + 3;
        bool near = false;
        for (size_t k = from; k < to; k++)
            near |= (t[k].flags & TOKEN_LOOKED) != 0;
        if (!near)
            continue;
        struct word_class class = clusters_find(t[i].form);
        t[i].cluster[0] = class.fine, t[i].cluster[1] = class.coarse;
    }
}

static uint32_t word_row(struct tag_window *w, uint32_t fold)
{
    uint32_t i = fold & (uint32_t)(w->words.n - 1);
    while (w->words.v[i].fold && w->words.v[i].fold != fold)
        i = (i + 1) & (uint32_t)(w->words.n - 1);
    w->words.v[i].fold = fold;
    return i;
}

static void gather_words(struct tag_window *w)
{
    size_t n = w->tokens.n, rows = 64;
    while (rows < 2 * n)
        rows *= 2;
    vec_clear(&w->words);
    vec_reserve(&w->words, rows);
    memset(w->words.v, 0, rows * sizeof(*w->words.v));
    w->words.n = rows;
    vec_clear(&w->word_of);
    vec_reserve(&w->word_of, n);
    w->word_of.n = n;
    for (size_t i = 0; i < n; i++) {
        const struct tag_token *t = &w->tokens.v[i];
        uint32_t row = w->word_of.v[i] = word_row(w, t->fold | 1);
        struct tag_word *word = &w->words.v[row];
        if (t->shape == SHAPE_LOWER)
            word->lower += word->lower < UINT16_MAX;
        else if (tag_is_capital(t) && !(t->flags & TOKEN_SENTENCE) && t->line == LINE_PLAIN)
            word->middle += word->middle < UINT16_MAX;
    }
}

void tag_window_read(struct tag_window *w, struct str text, size_t *at)
{
    w->text = text;
    vec_clear(&w->tokens);
    vec_reserve(&w->tokens, TAGGER_WINDOW);
    w->tokens.n = tag_tokenise(text, at, w->tokens.v, TAGGER_WINDOW);
    mark_lines(w->tokens.v, w->tokens.n);
    mark_sentences(w->tokens.v, w->tokens.n);
    mark_looked(w->tokens.v, w->tokens.n);
    mark_listed(w->tokens.v, w->tokens.n);
    mark_classes(w->tokens.v, w->tokens.n);
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
    vec_free(&w->back);
}
