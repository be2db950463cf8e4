#include "tests/support/edited_text.h"

#include <glob.h>
#include <stdio.h>

#include "core/text.h"

static void add_files(struct texts *t, const char *pattern)
{
    glob_t found;
    if (glob(pattern, 0, NULL, &found) != 0)
        return;
    for (size_t i = 0; i < found.gl_pathc && t->n < COUNT_OF(t->v); i++) {
        static char bytes[200000];
        FILE *f = fopen(found.gl_pathv[i], "r");
        size_t n = f ? fread(bytes, 1, sizeof bytes, f) : 0, bad;
        if (f)
            fclose(f);
        if (n > 1500 && !memchr(bytes, 0, n))
            t->v[t->n++] = arena_str(&t->memory, utf8_repair(&t->memory, str_from(bytes, n), &bad));
    }
    globfree(&found);
}

void texts_open(struct texts *t)
{
    *t = (struct texts){.n = 0};
    add_files(t, "../shared/seeds/*.txt");
    t->seeds = t->n;
    add_files(t, "corpus/sample/*.txt");
    printf("%zu texts, %s\n", t->n, t->seeds ? "the seeds among them" : "the seeds are not here: skipped");
}

void texts_close(struct texts *t)
{
    arena_finish(&t->memory);
}

void edited_open(struct edited_text *e, const struct texts *t, size_t which)
{
    struct str text = t->v[which];
    *e = (struct edited_text){.seed = which < t->seeds};
    for (size_t i = 0; i < text.n; i++) {
        vec_push(&e->text, text.p[i]);
        vec_push(&e->origin, (uint32_t)i);
    }
}

void edited_close(struct edited_text *e)
{
    vec_free(&e->text);
    vec_free(&e->origin);
}

/* text[at] becomes these bytes with these origins (null: new). */
static void replace(struct edited_text *e, struct span at, const char *bytes, const uint32_t *origin, size_t n)
{
    size_t rest = e->text.n - at.end;
    vec_reserve(&e->text, n + 1);
    vec_reserve(&e->origin, n + 1);
    memmove(e->text.v + at.begin + n, e->text.v + at.end, rest);
    memmove(e->origin.v + at.begin + n, e->origin.v + at.end, rest * sizeof *e->origin.v);
    for (size_t i = 0; i < n; i++) {
        e->text.v[at.begin + i] = bytes[i];
        e->origin.v[at.begin + i] = origin ? origin[i] : ORIGIN_NEW;
    }
    e->text.n = e->origin.n = at.begin + n + rest;
}

static bool boundary(const struct edited_text *e, size_t i)
{
    return i >= e->text.n || ((unsigned char)e->text.v[i] & 0xc0) != 0x80;
}

/* From a random place on, the first place behind one of these bytes. */
static uint32_t place_behind(const struct edited_text *e, const char *bytes, uint32_t (*below)(uint32_t))
{
    size_t i = below((uint32_t)e->text.n);
    while (i < e->text.n && !(e->text.v[i] && strchr(bytes, e->text.v[i])))
        i++;
    i = i < e->text.n ? i + 1 : e->text.n;
    while (!boundary(e, i))
        i++;
    return (uint32_t)i;
}

static struct span stretch(const struct edited_text *e, const char *ends, uint32_t (*below)(uint32_t))
{
    uint32_t a = place_behind(e, ends, below), b = a;
    for (size_t i = a; i < e->text.n && b == a; i++)
        if (e->text.v[i] && strchr(ends, e->text.v[i]) && i > a)
            b = (uint32_t)i + 1;
    return span_of(a, b);
}

static void repeat_or_move(struct edited_text *e, const char *ends, bool move, uint32_t (*below)(uint32_t))
{
    struct span from = stretch(e, ends, below);
    size_t n = span_length(from);
    char *bytes = mem_alloc(n);
    uint32_t *origin = mem_alloc((n + 1) * sizeof *origin);
    memcpy(bytes, e->text.v + from.begin, n);
    memcpy(origin, e->origin.v + from.begin, n * sizeof *origin);
    if (move)
        replace(e, from, "", NULL, 0);
    uint32_t to = place_behind(e, ends, below);
    replace(e, span_of(to, to), bytes, origin, n);
    free(bytes);
    free(origin);
}

static void insert_words(struct edited_text *e, const struct texts *other, struct span at, uint32_t words,
                         uint32_t (*below)(uint32_t))
{
    size_t first = e->seed ? other->seeds : 0, last = e->seed || !other->seeds ? other->n : other->seeds;
    struct str from = other->v[first + below((uint32_t)(last - first))];
    size_t begin = below((uint32_t)from.n), end;
    while (begin < from.n && from.p[begin] != ' ')
        begin++;
    for (end = begin; end < from.n && words; end++)
        words -= from.p[end] == ' ' && end > begin;
    replace(e, at, from.p + begin, NULL, end - begin);
}

static void respace(struct edited_text *e, uint32_t (*below)(uint32_t))
{
    static const char *const blanks[] = {"\n", "  ", " \n ", "\t"};
    for (int i = 0; i < 12; i++) {
        uint32_t at = place_behind(e, " ", below);
        if (at == 0 || at > e->text.n || e->text.v[at - 1] != ' ')
            continue;
        const char *blank = blanks[below(4)];
        replace(e, span_of(at - 1, at), blank, NULL, strlen(blank));
    }
}

/* Each quote or apostrophe becomes the other style's, keeping the origin of its first and last
 * byte. */
static void requote(struct edited_text *e, uint32_t (*below)(uint32_t))
{
    static const char *const pairs[][2] = {{"\"", "”"}, {"'", "’"}, {"“", "\""}, {"”", "\""}, {"’", "'"}};
    const char *const *pair = pairs[below(COUNT_OF(pairs))];
    size_t n = strlen(pair[0]), m = strlen(pair[1]);
    for (size_t i = 0; i + n <= e->text.n;) {
        if (memcmp(e->text.v + i, pair[0], n) != 0) {
            i++;
            continue;
        }
        uint32_t origin[8];
        for (size_t k = 0; k < m; k++)
            origin[k] = k + 1 == m ? e->origin.v[i + n - 1] : e->origin.v[i];
        replace(e, span_of(i, i + n), pair[1], origin, m);
        i += m;
    }
}

void edit_randomly(struct edited_text *e, const struct texts *other, uint32_t (*below)(uint32_t n))
{
    uint32_t at = place_behind(e, " ", below);
    switch (below(9)) {
    case 0: insert_words(e, other, span_of(at, at), 1 + below(3), below); break;
    case 1: insert_words(e, other, span_of(at, at), 5 + below(40), below); break;
    case 2: replace(e, stretch(e, " ", below), "", NULL, 0); break;
    case 3: replace(e, stretch(e, ".\n", below), "", NULL, 0); break;
    case 4: insert_words(e, other, stretch(e, " ", below), 1, below); break;
    case 5: repeat_or_move(e, "\n", true, below); break;
    case 6: repeat_or_move(e, ".", false, below); break;
    case 7: respace(e, below); break;
    default: requote(e, below); break;
    }
}
