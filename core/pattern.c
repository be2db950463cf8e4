/* PCRE2's match limit starts anew at every place a match could begin, so over a long text it bounds
 * nothing; there is no limit of time.  So a search asks for matches that begin in a window of
 * places (PCRE2_USE_OFFSET_LIMIT), sees the text only so far behind it, and looks at the clock of
 * the caller in between.  Three ladders of (places, steps at each) keep their product, and with it
 * the time of one call, about the same: honest patterns never leave the first; one that runs out of
 * steps is tried again more patiently over fewer places, at last a single one, and when that is not
 * enough the place is left and the search says so.
 *
 * The JIT's stack may overflow where the interpreter, which keeps its state on the heap, would do:
 * such calls are made again without JIT.  Refused: automatic callouts as a step counter (they
 * switch most of the optimiser off), and a thread to be killed. */
#include "core/pattern.h"

#include <stdio.h>
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "core/arena.h"

#define JIT_STACK_BYTES_MIN (32u << 10)
#define JIT_STACK_BYTES_MAX (1u << 20)
#define HEAP_KILOBYTES_MAX  (32u << 10)
#define STEPS_OF_THE_HOUSE  10000000u

struct pattern {
    pcre2_code *code;
    bool jit;
    bool utf;
};

struct matcher {
    pcre2_match_data *data;
    pcre2_match_context *context;
    pcre2_jit_stack *stack;
};

/* ---- compiling ---- */

static void say_why(struct pattern_error *why, size_t at, const char *what)
{
    if (!why)
        return;
    why->at = at;
    snprintf(why->what, sizeof(why->what), "%s", what);
}

/* "(*LIMIT_MATCH=…)" and the like stand at the head, one behind another; verbs that belong to the
 * pattern itself, "(*FAIL)", "(*ACCEPT)", are no business of ours. */
static bool head_is_allowed(struct str source)
{
    static const char *const settings[] = {
        "(*LIMIT_",
        "(*NO_JIT",
        "(*NO_START_OPT",
        "(*NO_AUTO_POSSESS",
        "(*NO_DOTSTAR_ANCHOR",
        "(*UTF",
        "(*UCP",
        "(*NOTEMPTY",
        "(*CR",
        "(*LF",
        "(*ANY",
        "(*NUL",
        "(*BSR_",
    };
    for (size_t i = 0; i < COUNT_OF(settings); i++)
        if (str_starts(source, str_of(settings[i])))
            return false;
    return true;
}

static uint32_t options_of(unsigned flags)
{
    uint32_t o = PCRE2_NEVER_BACKSLASH_C | PCRE2_USE_OFFSET_LIMIT;
    if (!(flags & PATTERN_BYTES))
        o |= PCRE2_UTF | PCRE2_UCP;
    if (flags & PATTERN_CASELESS)
        o |= PCRE2_CASELESS;
    if (flags & PATTERN_EXTENDED)
        o |= PCRE2_EXTENDED;
    if (flags & PATTERN_MULTILINE)
        o |= PCRE2_MULTILINE;
    if (flags & PATTERN_LITERAL) {
        o |= PCRE2_LITERAL;
        o &= ~(uint32_t)(PCRE2_NEVER_BACKSLASH_C | PCRE2_EXTENDED | PCRE2_MULTILINE | PCRE2_UCP);
    }
    return o;
}

enum status pattern_compile(struct str source, unsigned flags, struct pattern **out,
                            struct pattern_error *why)
{
    if (source.n > PATTERN_SOURCE_BYTES_MAX && !(flags & PATTERN_BYTES)) {
        say_why(why, PATTERN_SOURCE_BYTES_MAX, "the pattern is too long");
        return ERR_LIMIT;
    }
    if (!(flags & PATTERN_LITERAL) && !head_is_allowed(source)) {
        say_why(why, 0, "settings of the engine at the head of a pattern are not allowed");
        return ERR_SYNTAX;
    }
    int error;
    PCRE2_SIZE at;
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)(source.n ? source.p : ""), source.n,
                                     options_of(flags), &error, &at, NULL);
    if (!code) {
        char message[128] = "";
        pcre2_get_error_message(error, (PCRE2_UCHAR *)message, sizeof(message));
        say_why(why, at, message);
        return error == PCRE2_ERROR_PATTERN_TOO_LARGE ? ERR_LIMIT : ERR_SYNTAX;
    }
    struct pattern *p = mem_alloc(sizeof(*p));
    *p = (struct pattern){.code = code,
                          .jit = pcre2_jit_compile(code, PCRE2_JIT_COMPLETE) == 0,
                          .utf = !(flags & PATTERN_BYTES)};
    *out = p;
    return OK;
}

void pattern_free(struct pattern *p)
{
    if (!p)
        return;
    pcre2_code_free(p->code);
    free(p);
}

/* ---- one call ---- */

struct matcher *matcher_open(void)
{
    struct matcher *m = mem_alloc(sizeof(*m));
    m->data = pcre2_match_data_create(PATTERN_GROUPS, NULL);
    m->context = pcre2_match_context_create(NULL);
    m->stack = pcre2_jit_stack_create(JIT_STACK_BYTES_MIN, JIT_STACK_BYTES_MAX, NULL);
    if (m->context) {
        pcre2_jit_stack_assign(m->context, NULL, m->stack);
        pcre2_set_heap_limit(m->context, HEAP_KILOBYTES_MAX);
    }
    return m;
}

void matcher_close(struct matcher *m)
{
    if (!m)
        return;
    pcre2_match_data_free(m->data);
    pcre2_match_context_free(m->context);
    pcre2_jit_stack_free(m->stack);
    free(m);
}

/* Matches that begin in [from, last], in `steps` steps at each place. */
static int match_between(const struct pattern *p, struct matcher *m, struct str text, size_t from,
                         size_t last, uint32_t steps, uint32_t options)
{
    if (!m->data || !m->context)
        return PCRE2_ERROR_NOMEMORY;
    pcre2_set_offset_limit(m->context, last);
    pcre2_set_match_limit(m->context, steps);
    if (p->utf)
        options |= PCRE2_NO_UTF_CHECK;
    PCRE2_SPTR subject = (PCRE2_SPTR)(text.n ? text.p : "");
    int n = pcre2_match(p->code, subject, text.n, from, options, m->data, m->context);
    if (n == PCRE2_ERROR_JIT_STACKLIMIT)
        n = pcre2_match(p->code, subject, text.n, from, options | PCRE2_NO_JIT, m->data,
                        m->context);
    return n;
}

/* A look-behind with \K may report an end before its beginning: such a match is empty. */
static struct span group_at(const struct matcher *m, int i)
{
    const PCRE2_SIZE *o = pcre2_get_ovector_pointer(m->data) + 2 * i;
    if (o[0] == PCRE2_UNSET || o[1] < o[0])
        return (struct span){0, 0};
    return span_of(o[0], o[1]);
}

bool pattern_match(const struct pattern *p, struct matcher *m, struct str text, size_t from,
                   struct span groups[PATTERN_GROUPS])
{
    int n = match_between(p, m, text, from, PCRE2_UNSET, STEPS_OF_THE_HOUSE, 0);
    if (n < 0)
        return false;
    if (n == 0)
        n = PATTERN_GROUPS;
    for (int i = 0; i < PATTERN_GROUPS; i++)
        groups[i] = i < n ? group_at(m, i) : (struct span){0, 0};
    return true;
}

struct str matcher_mark(const struct matcher *m)
{
    return str_of((const char *)pcre2_get_mark(m->data));
}

/* ---- windows ---- */

static const struct rung {
    size_t places;
    uint32_t steps;
} ladder[] = {{4096, 5000}, {64, 300000}, {1, 10000000}};

#define RUNGS COUNT_OF(ladder)

static bool is_inside_character(struct str text, size_t at)
{
    return at < text.n && ((unsigned char)text.p[at] & 0xc0) == 0x80;
}

/* What one call may see of the text: all of a short one, else so far behind the window. */
static struct str visible(struct str text, size_t last)
{
    size_t end = last + PATTERN_REACH_BYTES;
    if (text.n <= 65536 || end >= text.n)
        return text;
    while (is_inside_character(text, end))
        end++;
    return str_from(text.p, end);
}

static size_t place_after(struct str text, size_t at)
{
    at++;
    while (is_inside_character(text, at))
        at++;
    return at;
}

/* The last place of the window that begins at `from`. */
static size_t last_of_window(struct str text, size_t from, size_t places)
{
    size_t last = from + places - 1;
    if (last > text.n)
        last = text.n;
    while (last > from && is_inside_character(text, last))
        last--;
    return last;
}

/* Climbs the ladder over [from, *last] until the pattern comes to an end; *last shrinks with it. */
static int match_window(struct pattern_search *s, size_t from, size_t *last)
{
    int n = PCRE2_ERROR_NOMATCH;
    for (size_t r = 0; r < RUNGS; r++) {
        *last = last_of_window(s->text, from, ladder[r].places);
        struct str seen = visible(s->text, *last);
        uint32_t options = PCRE2_NOTEMPTY | (seen.n < s->text.n ? PCRE2_NOTEOL : 0);
        n = match_between(s->pattern, s->matcher, seen, from, *last, ladder[r].steps, options);
        if (n >= 0 || n == PCRE2_ERROR_NOMATCH)
            return n;
    }
    return n;
}

enum status pattern_search_next(struct pattern_search *s, struct span *hit)
{
    while (s->at <= s->text.n) {
        enum status go_on = s->guard.check ? s->guard.check(s->guard.context) : OK;
        if (go_on != OK)
            return go_on;
        size_t last;
        int n = match_window(s, s->at, &last);
        struct span found = n >= 0 ? group_at(s->matcher, 0) : (struct span){0, 0};
        if (!span_is_empty(found)) {
            s->at = found.end > s->at ? found.end : place_after(s->text, s->at);
            *hit = found;
            return OK;
        }
        if (n < 0 && n != PCRE2_ERROR_NOMATCH)
            s->incomplete = true;
        s->at = place_after(s->text, last);
    }
    return ERR_ABSENT;
}
