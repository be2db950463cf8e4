/* Compares folded tokens, so that case, accents, quote styles and line wraps make no difference.
 * A token is folded only when its first letter could be the one looked for. */
#include "tui/search.h"

#include <time.h>

#include "core/text.h"

#define PATTERN_BUDGET_MS 500 /* for one text */

void search_clear(struct search *s)
{
    vec_clear(&s->words);
    vec_clear(&s->text);
    s->query = NULL;
    s->generation++;
}

void search_finish(struct search *s)
{
    vec_free(&s->words);
    vec_free(&s->text);
    arena_finish(&s->memory);
}

int64_t clock_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static enum status check_deadline(void *context)
{
    const struct deadline *d = context;
    return clock_ms() < d->end_ms ? OK : ERR_LIMIT;
}

struct pattern_guard deadline_guard(struct deadline *d, unsigned ms)
{
    d->end_ms = clock_ms() + ms;
    return (struct pattern_guard){check_deadline, d};
}

/* Does the text hold anything that words alone do not? */
static bool has_syntax(struct str text)
{
    static const char *const words[] = {"AND", "OR", "NOT", "NEAR"};
    for (size_t i = 0; i < text.n; i++)
        if (memchr("\"*/():", text.p[i], 7))
            return true;
    struct token t;
    for (size_t at = 0; token_next(text, &at, &t);)
        for (size_t i = 0; i < COUNT_OF(words); i++)
            if (str_eq(str_at(text, t.at), str_of(words[i])))
                return true;
    return false;
}

bool search_set(struct search *s, struct str text, bool back, struct query_error *error)
{
    struct arena memory = {0};
    struct query *query = NULL;
    struct token t;
    size_t at = 0;
    bool plain = !has_syntax(text);
    *error = (struct query_error){0, "There is no word to look for"};
    text = arena_str(&memory, text);
    if ((plain && !token_next(text, &at, &t)) ||
        (!plain && query_parse(&memory, text, &query, error))) {
        arena_finish(&memory);
        return false;
    }
    search_clear(s);
    arena_finish(&s->memory);
    s->memory = memory;
    s->back = back;
    s->query = query;
    bytes_put(&s->text, text);
    for (at = 0; plain && token_next(text, &at, &t);)
        vec_push(&s->words, text_fold(&s->memory, str_at(text, t.at), FOLD_ALL));
    return true;
}

/* Is the token the `i`-th word looked for?  The last may be a beginning. */
static bool is_word(const struct search *s, size_t i, struct str token, struct arena *scratch)
{
    struct str word = s->words.v[i];
    unsigned char a = (unsigned char)token.p[0], b = (unsigned char)word.p[0];
    if (a < 0x80 && b < 0x80 && (a | 32) != (b | 32))
        return false;
    struct str folded = text_fold(scratch, token, FOLD_ALL);
    return i + 1 == s->words.n ? str_starts(folded, word) : str_eq(folded, word);
}

/* The phrase from token `t` on; *end gets where it ends. */
static bool phrase_at(const struct search *s, struct str text, struct token t, size_t at,
                      struct arena *scratch, uint32_t *end)
{
    for (size_t i = 0;; i++) {
        if (!is_word(s, i, str_at(text, t.at), scratch))
            return false;
        if (i + 1 == s->words.n) {
            struct str folded = text_fold(scratch, str_at(text, t.at), FOLD_ALL);
            struct str raw = str_at(text, t.at);
            size_t n = folded.n == raw.n ? s->words.v[i].n : raw.n;
            *end = t.at.begin + (uint32_t)n;
            return true;
        }
        if (!token_next(text, &at, &t))
            return false;
    }
}

static bool walk(const struct search *s, struct str text, span_vec *out)
{
    struct arena scratch = {0};
    struct arena_mark mark = arena_mark(&scratch);
    struct token t;
    bool found = false;
    for (size_t at = 0; s->words.n && token_next(text, &at, &t) && !(found && !out);) {
        uint32_t end;
        if (phrase_at(s, text, t, at, &scratch, &end)) {
            found = true;
            if (out)
                vec_push(out, span_of(t.at.begin, end));
            if (at < end)
                at = end;
        }
        arena_release(&scratch, mark);
    }
    arena_finish(&scratch);
    return found;
}

void search_in(const struct search *s, struct str text, span_vec *out)
{
    struct deadline d;
    if (s->query) /* cut short is still something */
        query_in_text(s->query, text,
                      (struct query_limits){.guard = deadline_guard(&d, PATTERN_BUDGET_MS)}, out);
    else
        walk(s, text, out);
}

bool search_matches(const struct search *s, struct str text)
{
    if (!s->query)
        return walk(s, text, NULL);
    span_vec found = {0};
    search_in(s, text, &found);
    bool any = found.n > 0;
    vec_free(&found);
    return any;
}
