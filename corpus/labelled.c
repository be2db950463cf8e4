/* Sets of labelled texts as JSON Lines, read for the trainer and the tests of names.
 *
 * Places in a set are characters; here they become bytes of the text with '\n' line ends, which
 * is what the program itself reads.  Each text is cut into tokens at once, and a name becomes the
 * labels of its tokens. */
#include "corpus/labelled.h"

#include <jansson.h>
#include <stdio.h>

enum { CAPITALS_PERCENT = 10, CAPITALS_BYTES_MAX = 400 };

static uint64_t random_state;

static uint32_t random_below(uint32_t n)
{
    random_state = random_state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((random_state >> 33) % n);
}

/* ---- reading the sets ---- */

static unsigned kind_of(const char *word)
{
    static const struct { const char *word; unsigned kind; } words[] = {
        {"PER", TAG_PERSON}, {"ORG", TAG_ORGANISATION}, {"LOC", TAG_PLACE}, {"NORP", TAG_PEOPLE},
        {"Misc", TAG_OTHER}, {"MISC", TAG_OTHER}, {"Product", TAG_OTHER},
    };
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (!strcmp(words[i].word, word))
            return words[i].kind;
    return TAG_OUT;
}

/* A copy with '\n' line ends; at[c] is the byte where character c of `s` now stands. */
static struct str plain_lines(struct str s, uint32_t *at)
{
    char *out = mem_alloc(s.n + 1);
    size_t n = 0, c = 0;
    for (size_t i = 0; i < s.n; i++) {
        if ((s.p[i] & 0xc0) != 0x80)
            at[c++] = (uint32_t)n;
        if (s.p[i] == '\r' && i + 1 < s.n && s.p[i + 1] == '\n')
            continue;
        out[n++] = s.p[i] == '\r' ? '\n' : s.p[i];
    }
    at[c] = (uint32_t)n;
    return str_from(out, n);
}

static void read_names(struct labelled_text *t, const json_t *names, const uint32_t *at)
{
    for (size_t i = 0; i < json_array_size(names); i++) {
        const json_t *name = json_array_get(names, i);
        unsigned kind = kind_of(json_string_value(json_array_get(name, 2)));
        uint32_t b = at[json_integer_value(json_array_get(name, 0))];
        uint32_t e = at[json_integer_value(json_array_get(name, 1))];
        while (b < e && (unsigned char)t->body.p[b] <= ' ')
            b++;
        while (e > b && (unsigned char)t->body.p[e - 1] <= ' ')
            e--;
        if (kind != TAG_OUT && b < e)
            vec_push(&t->names, ((struct labelled_name){b, e, kind}));
    }
}

/* Labels of the tokens inside a name, as far as they are looked at and on one line. */
static void label_name(struct labelled_text *t, const struct labelled_name *name)
{
    const struct tag_token *v = t->window.tokens.v;
    size_t n = t->window.tokens.n, b = 0, e;
    while (b < n &&
           (v[b].end <= name->begin || (v[b].begin < name->end && !(v[b].flags & TOKEN_LOOKED))))
        b++;
    for (e = b; e < n && v[e].begin < name->end && (v[e].flags & TOKEN_LOOKED) && !t->gold[e]; e++)
        if (e > b && v[e].flags & TOKEN_LINE)
            break;
    for (size_t i = b; i < e; i++)
        t->gold[i] = (uint8_t)label_of(name->kind, e - b == 1   ? PART_UNIT
                                                   : i == b     ? PART_BEGIN
                                                   : i + 1 == e ? PART_LAST
                                                                : PART_INSIDE);
}

static void read_window(struct labelled_text *t)
{
    size_t at = 0;
    tag_window_read(&t->window, t->body, &at);
    t->gold = mem_alloc(t->window.tokens.n + 1);
    memset(t->gold, 0, t->window.tokens.n + 1);
    for (size_t i = 0; i < t->names.n; i++)
        label_name(t, &t->names.v[i]);
}

static void add_text(struct labelled *set, struct str s, const json_t *names)
{
    uint32_t *at = mem_alloc((s.n + 2) * sizeof(*at));
    struct labelled_text *t = vec_add(&set->v);
    t->body = plain_lines(s, at);
    t->fold = (unsigned)(set->v.n % LABELLED_FOLDS);
    read_names(t, names, at);
    read_window(t);
    free(at);
}

enum status labelled_read(struct labelled *set, const char *path)
{
    FILE *f = fopen(path, "r");
    enum status status = OK;
    if (!f)
        return ERR_IO;
    char *line = NULL;
    size_t cap = 0;
    while (status == OK && getline(&line, &cap, f) > 0) {
        json_error_t error;
        json_t *row = json_loads(line, 0, &error);
        const json_t *text = json_object_get(row, "text");
        if (json_is_string(text))
            add_text(set, str_from(json_string_value(text), json_string_length(text)),
                     json_object_get(row, "names"));
        else
            status = ERR_SYNTAX;
        json_decref(row);
    }
    free(line);
    fclose(f);
    return status;
}

/* ---- some lines in capitals ---- */

static void capitals(char *p, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        unsigned char *c = (unsigned char *)p + i;
        if (*c >= 'a' && *c <= 'z')
            *c -= 32;
        else if (*c == 0xc3 && i + 1 < n && c[1] >= 0xa0 && c[1] <= 0xbe && c[1] != 0xb7)
            c[1] -= 32; /* letters of Latin-1, in UTF-8 */
    }
}

/* Cuts the text into lines at full stops and makes capitals of some of those. */
static void make_headlines(struct labelled_text *t)
{
    char *p = (char *)t->body.p;
    size_t n = t->body.n, e;
    t->capitals = mem_alloc(n + 1);
    memset(t->capitals, 0, n + 1);
    for (size_t i = 0; i < n; i = e + 1) {
        for (e = i; e < n && p[e] != '\n' && !(p[e] == ' ' && e > i + 30 && p[e - 1] == '.'); e++)
            ;
        if (e - i >= CAPITALS_BYTES_MAX || random_below(100) >= CAPITALS_PERCENT)
            continue;
        capitals(p + i, e - i);
        memset(t->capitals + i, 1, e - i);
        if (i)
            p[i - 1] = '\n';
        if (e < n)
            p[e] = '\n';
    }
}

void labelled_add_headlines(struct labelled *set, uint64_t seed)
{
    random_state = seed;
    for (size_t i = 0, n = set->v.n; i < n; i++) {
        struct labelled_text *t = vec_add(&set->v), *from = &set->v.v[i];
        char *copy = mem_alloc(from->body.n + 1);
        memcpy(copy, from->body.p, from->body.n);
        t->body = str_from(copy, from->body.n);
        t->fold = from->fold;
        for (size_t k = 0; k < from->names.n; k++)
            vec_push(&t->names, from->names.v[k]);
        make_headlines(t);
        read_window(t);
    }
}
