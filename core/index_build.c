/* Texts to a segment, and segments to one.
 *
 * Building walks the text once.  A word of up to seven ASCII letters and digits, which most are,
 * is recognised, folded and hashed as one 8-byte register; longer ones are copied; anything with
 * a byte above 127 goes through text.h, and each such form is folded once a segment: its row in
 * the table points to the row of its term.  The walk leaves one number a token; when the counts
 * are known every list gets its place, and a second pass over the numbers writes the positions
 * straight into the lists.  A segment of a few megabytes keeps all this in the processor's cache,
 * which is why it beats one big table (measured: 1.5 times).
 *
 * Merging adds the segment's place to each position and writes it on; no text is looked at. */
#include "core/index_part.h"

#include "core/text.h"

#ifndef INDEX_PART_TOKENS
#define INDEX_PART_TOKENS (16u << 20) /* some 95 MB of English */
#endif

/* ---- the words of a text ---- */

/* One a name in the table. */
struct row {
    uint32_t count, articles;
    uint32_t last;  /* the article it was last seen in; 1 is the first */
    uint32_t term;  /* the row of its folded form; mostly itself */
};

struct builder {
    struct intern names;
    VEC(struct row) rows;
    VEC(uint32_t) tokens; /* a row each; GAP between titles, texts and articles */
    uint32_t article;     /* from 1 */
};

#define GAP       UINT32_MAX
#define HIGH_BITS UINT64_C(0x8080808080808080)
#define EACH(b)   (UINT64_C(0x0101010101010101) * (b))

static uint64_t load_eight(const char *p, const char *end)
{
    uint64_t w = 0;
    if (end - p >= 8)
        memcpy(&w, p, 8);
    else
        memcpy(&w, p, (size_t)(end - p));
    return le64toh(w);
}

/* The high bit of each byte that is an ASCII letter or digit, or not ASCII. */
static uint64_t run_bytes(uint64_t w)
{
    uint64_t seven = w & ~HIGH_BITS, lower = seven | EACH(0x20);
    uint64_t letter = (lower + EACH(0x80 - 'a')) & ~(lower + EACH(0x7f - 'z'));
    uint64_t digit = (seven + EACH(0x80 - '0')) & ~(seven + EACH(0x7f - '9'));
    return (letter | digit | w) & HIGH_BITS;
}

static uint32_t row_of(struct builder *b, struct str name, struct intern_key key)
{
    uint32_t row = intern_add(&b->names, name, key);
    if (row == b->rows.n)
        vec_push(&b->rows, ((struct row){.term = row}));
    return row;
}

static void add_token(struct builder *b, uint32_t row)
{
    struct row *r = &b->rows.v[row];
    r->count++;
    if (r->last != b->article) {
        r->last = b->article;
        r->articles++;
    }
    b->tokens.v[b->tokens.n++] = row; /* room was made by add_text */
}

/* A token that is not all ASCII, as it stands in the text. */
static uint32_t row_of_form(struct builder *b, struct str form)
{
    uint32_t before = intern_count(&b->names);
    uint32_t row = row_of(b, form, intern_key_of(form));
    if (row == before) { /* new: which term is it? */
        char buffer[TERM_BYTES_MAX];
        struct token whole = {span_of(0, form.n)};
        struct str term = token_term(form, whole, buffer);
        uint32_t folded = row_of(b, term, intern_key_of(term));
        b->rows.v[row].term = folded;
    }
    return b->rows.v[row].term;
}

/* The bytes from p on that are words or not ASCII; returns their end. */
static const char *run_end(const char *p, const char *end)
{
    while (p < end) {
        uint64_t other = ~run_bytes(load_eight(p, end)) & HIGH_BITS;
        if (other)
            return p + __builtin_ctzll(other) / 8;
        p += 8;
    }
    return end;
}

static bool is_ascii(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] & 0x80)
            return false;
    return true;
}

/* A run of more than seven bytes, or with a byte above 127 in it: no, one or several tokens. */
static void add_run(struct builder *b, struct str run)
{
    struct token t;
    for (size_t at = 0; token_next(run, &at, &t);) {
        struct str form = str_at(run, t.at);
        if (is_ascii(form)) {
            char buffer[TERM_BYTES_MAX];
            struct str term = token_term(run, t, buffer);
            add_token(b, row_of(b, term, intern_key_of(term)));
        } else {
            size_t n = form.n;
            if (n > TERM_BYTES_MAX) /* the fold looks no further */
                for (n = TERM_BYTES_MAX; ((unsigned char)form.p[n] & 0xc0) == 0x80;)
                    n--;
            add_token(b, row_of_form(b, str_from(form.p, n)));
        }
    }
}

static void add_gap(struct builder *b)
{
    vec_push(&b->tokens, GAP);
}

/* Appends the tokens of `text`; returns how many. */
static size_t add_text(struct builder *b, struct str text)
{
    size_t before = b->tokens.n, at = 0;
    vec_reserve(&b->tokens, text.n / 2 + 1); /* a token of one byte is followed by one that is none */
    while (at < text.n) {
        const char *p = text.p + at, *end = text.p + text.n;
        uint64_t w = load_eight(p, end), run = run_bytes(w), other = ~run & HIGH_BITS;
        unsigned length = other ? (unsigned)__builtin_ctzll(other) / 8 : 8;
        if (length == 0) {
            at += run ? (size_t)__builtin_ctzll(run) / 8 : 8;
            continue;
        }
        uint64_t mask = other ? ((uint64_t)1 << length * 8) - 1 : 0;
        if (other && !(w & HIGH_BITS & mask)) {
            uint64_t head = (w | EACH(0x20)) & mask, bytes = htole64(head);
            add_token(b, row_of(b, str_from((char *)&bytes, length), (struct intern_key){head, length}));
            at += length + 1; /* behind a word comes a byte that is none */
        } else {
            const char *stop = run_end(p, end);
            add_run(b, str_from(p, (size_t)(stop - p)));
            at += (size_t)(stop - p);
        }
    }
    return b->tokens.n - before;
}

/* ---- a segment from its articles ---- */

static void add_articles(struct builder *b, struct segment *from, struct index_segment *s)
{
    s->first = from->first;
    s->n_articles = (uint32_t)from->rows.n;
    s->starts = mem_alloc((from->rows.n + 1) * sizeof(*s->starts));
    for (size_t i = 0; i < from->rows.n; i++) {
        struct article *a = &from->rows.v[i];
        s->starts[i] = (uint32_t)b->tokens.n;
        b->article = (uint32_t)i + 1;
        if (!a->title_in_text)
            add_text(b, a->title);
        add_gap(b);
        a->words = (uint32_t)add_text(b, a->text);
        add_gap(b);
    }
    s->universe = s->starts[s->n_articles] = (uint32_t)b->tokens.n;
}

/* Leaves out the rows that only point to their term; each row's `last` becomes its term. */
static void number_terms(struct builder *b, struct index_segment *s)
{
    struct intern kept = {0};
    bool all = true;
    for (size_t i = 0; i < b->rows.n && all; i++)
        all = b->rows.v[i].term == i;
    s->counts = mem_alloc(b->rows.n * sizeof(*s->counts));
    s->articles = mem_alloc(b->rows.n * sizeof(*s->articles));
    for (uint32_t i = 0; i < b->rows.n; i++) {
        struct row *r = &b->rows.v[i];
        if (r->term != i)
            continue;
        if (!all) {
            struct str name = intern_name(&b->names, i);
            intern_add(&kept, name, intern_key_of(name));
        }
        s->counts[s->n_terms] = r->count;
        s->articles[s->n_terms] = r->articles;
        r->last = s->n_terms++;
    }
    names_take(s, all ? &b->names : &kept);
}

static void write_lists(const struct builder *b, struct index_segment *s)
{
    struct postings_writer *w = lists_begin(s);
    for (size_t i = 0; i < b->tokens.n; i++)
        if (b->tokens.v[i] != GAP)
            lists_put(s, w, b->rows.v[b->tokens.v[i]].last, (uint32_t)i);
    lists_finish(s, w);
    free(w);
}

struct index_segment *index_segment_build(struct segment *from)
{
    struct builder b = {0};
    struct index_segment *s = mem_zalloc(sizeof(*s));
    add_articles(&b, from, s);
    number_terms(&b, s);
    write_lists(&b, s);
    intern_finish(&b.names);
    vec_free(&b.rows);
    vec_free(&b.tokens);
    return s;
}

/* ---- one segment from several ---- */

/* The terms of all; maps[i] gets, for each term of segment i, its number in `s`. */
static void merge_terms(struct index_segment *const *from, uint32_t n, struct index_segment *s, uint32_t **maps)
{
    struct intern names = {0};
    struct { VEC(uint32_t) counts, articles; } sums = {0};
    for (uint32_t i = 0; i < n; i++) {
        maps[i] = mem_alloc(from[i]->n_terms * sizeof(*maps[i]));
        for (uint32_t t = 0; t < from[i]->n_terms; t++) {
            struct str name = segment_term(from[i], t);
            uint32_t term = maps[i][t] = intern_add(&names, name, intern_key_of(name));
            if (term == sums.counts.n) {
                vec_push(&sums.counts, 0);
                vec_push(&sums.articles, 0);
            }
            sums.counts.v[term] += from[i]->counts[t];
            sums.articles.v[term] += from[i]->articles[t];
        }
    }
    s->n_terms = intern_count(&names);
    s->counts = mem_grow(sums.counts.v, s->n_terms * sizeof(*s->counts));
    s->articles = mem_grow(sums.articles.v, s->n_terms * sizeof(*s->articles));
    names_take(s, &names);
}

static void merge_articles(struct index_segment *const *from, uint32_t n, struct index_segment *s)
{
    s->first = from[0]->first;
    for (uint32_t i = 0; i < n; i++)
        s->n_articles += from[i]->n_articles;
    s->starts = mem_alloc((s->n_articles + (size_t)1) * sizeof(*s->starts));
    uint32_t row = 0;
    for (uint32_t i = 0; i < n; i++) {
        for (uint32_t a = 0; a < from[i]->n_articles; a++)
            s->starts[row++] = s->universe + from[i]->starts[a];
        s->universe += from[i]->universe;
    }
    s->starts[row] = s->universe;
}

static void merge_lists(const struct index_segment *from, const uint32_t *map, uint32_t base, struct index_segment *s,
                        struct postings_writer *w)
{
    for (uint32_t t = 0; t < from->n_terms; t++) {
        struct postings_cursor c;
        for (segment_list(from, t, &c); c.at != POSTINGS_END; postings_next(&c))
            lists_put(s, w, map[t], base + c.at);
    }
}

static bool is_cancelled(const atomic_bool *cancel)
{
    return cancel && atomic_load_explicit(cancel, memory_order_relaxed);
}

struct index_segment *index_segment_merge(struct index_segment *const *from, uint32_t n, const atomic_bool *cancel)
{
    struct index_segment *s = mem_zalloc(sizeof(*s));
    uint32_t **maps = mem_zalloc(n * sizeof(*maps)), base = 0, done = 0;
    merge_articles(from, n, s);
    merge_terms(from, n, s, maps);
    struct postings_writer *w = lists_begin(s);
    for (; done < n && !is_cancelled(cancel); done++) {
        merge_lists(from[done], maps[done], base, s, w);
        base += from[done]->universe;
    }
    if (done == n)
        lists_finish(s, w);
    free(w);
    for (uint32_t i = 0; i < n; i++)
        free(maps[i]);
    free(maps);
    if (done == n)
        return s;
    index_segment_free(s);
    return NULL;
}

/* How many of the segments, 1 or more, make one part. */
static uint32_t part_length(struct index_segment *const *from, uint32_t n)
{
    uint64_t tokens = from[0]->universe;
    uint32_t length = 1;
    while (length < n && (tokens += from[length]->universe) <= INDEX_PART_TOKENS)
        length++;
    return length;
}

struct index *index_freeze(struct index_segment *const *segments, uint32_t n, const atomic_bool *cancel)
{
    struct index *x = index_over(NULL, 0);
    x->parts = mem_grow(x->parts, n * sizeof(*x->parts));
    x->owned = true;
    for (uint32_t at = 0; at < n;) {
        uint32_t length = part_length(segments + at, n - at);
        struct index_segment *part = index_segment_merge(segments + at, length, cancel);
        if (!part) {
            index_close(x);
            return NULL;
        }
        x->parts[x->n_parts++] = part;
        at += length;
    }
    return x;
}
