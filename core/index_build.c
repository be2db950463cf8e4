/* Texts to a segment, and segments to one.
 *
 * Building walks the text once.  A word of up to fifteen ASCII letters and digits, which nearly
 * all are, is recognised, folded and hashed in two 8-byte registers; longer ones, and anything with
 * a byte above 127, go through text.h, and each form that is not ASCII is folded once a segment:
 * its name in the table points to the name of its term.  The walk leaves one number a token; when
 * the counts are known every list gets its place, and a second pass over the numbers writes the
 * positions straight into the lists.  A segment of a few megabytes keeps its tables in the
 * processor's cache, and words are looked up a batch at a time, while the next slots arrive.
 *
 * Merging adds the segment's place to each position and writes it on; no text is looked at. */
#include "core/index_part.h"

#include "core/text.h"

#ifndef INDEX_PART_TOKENS
#define INDEX_PART_TOKENS (16u << 20) /* some 95 MB of English */
#endif

/* ---- the words of a text ---- */

/* Words that are read before they are looked up, so that their slots arrive meanwhile. */
#define BATCH 64

struct builder {
    struct intern names; /* words as folded, and forms that are not ASCII as they stand */
    VEC(uint32_t)
    terms;                /* for such a form the number of its folded one, for others their own;
                             filled up to the last form */
    VEC(uint32_t) tokens; /* a name each; GAP between titles, texts and articles */
    struct intern_key batch[BATCH];
    unsigned n_batch;
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

static void add_batch(struct builder *b)
{
    uint32_t *out = b->tokens.v + b->tokens.n; /* room was made by add_text */
    for (unsigned i = 0; i < b->n_batch; i++)
        out[i] = intern_add_whole(&b->names, b->batch[i]);
    b->tokens.n += b->n_batch;
    b->n_batch = 0;
}

/* The name of the folded form of `form`, a token as it stands in the text, not all ASCII. */
static uint32_t term_of_form(struct builder *b, struct str form)
{
    uint32_t name = intern_add(&b->names, form, intern_key_of(form));
    if (name < b->terms.n)
        return b->terms.v[name];
    char buffer[TERM_BYTES_MAX];
    struct token whole = {span_of(0, form.n)};
    struct str term = token_term(form, whole, buffer);
    uint32_t folded = intern_add(&b->names, term, intern_key_of(term));
    vec_reserve(&b->terms, name + (size_t)1 - b->terms.n);
    while (b->terms.n <= name) {
        b->terms.v[b->terms.n] = (uint32_t)b->terms.n;
        b->terms.n++;
    }
    return b->terms.v[name] = folded;
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

/* `form` no longer than what folding looks at (TERM_BYTES_MAX). */
static struct str cut_form(struct str form)
{
    if (form.n <= TERM_BYTES_MAX)
        return form;
    for (form.n = TERM_BYTES_MAX; ((unsigned char)form.p[form.n] & 0xc0) == 0x80;)
        form.n--;
    return form;
}

/* A run of sixteen bytes or more, or with a byte above 127 in it: no, one or several tokens. */
static void add_run(struct builder *b, struct str run)
{
    struct token t;
    add_batch(b);
    for (size_t at = 0; token_next(run, &at, &t);) {
        struct str form = cut_form(str_at(run, t.at));
        uint32_t name;
        if (is_ascii(form)) {
            char buffer[TERM_BYTES_MAX];
            struct str term = token_term(run, t, buffer);
            name = intern_add(&b->names, term, intern_key_of(term));
        } else {
            name = term_of_form(b, form);
        }
        b->tokens.v[b->tokens.n++] = name;
    }
}

static void add_gap(struct builder *b)
{
    vec_push(&b->tokens, GAP);
}

static uint64_t low_bytes_mask(unsigned n)
{
    return ((uint64_t)1 << n * 8) - 1; /* n < 8 */
}

/* The word of 1 to 15 ASCII letters and digits that begins with the eight bytes `w`, folded; false
 * if it is longer or not all ASCII. */
static inline bool short_word(uint64_t w, uint64_t run, const char *p, const char *end,
                              struct intern_key *k)
{
    uint64_t other = ~run & HIGH_BITS, high = w & HIGH_BITS;
    if (other) {
        unsigned n = (unsigned)__builtin_ctzll(other) / 8;
        uint64_t mask = low_bytes_mask(n);
        *k = intern_key_from((w | EACH(0x20)) & mask, 0, n);
        return !(high & mask);
    }
    uint64_t second = load_eight(p + 8, end), other2 = ~run_bytes(second) & HIGH_BITS;
    unsigned n = other2 ? (unsigned)__builtin_ctzll(other2) / 8 : 0;
    uint64_t mask = low_bytes_mask(n);
    *k = intern_key_from(w | EACH(0x20), (second | EACH(0x20)) & mask, 8 + n);
    return other2 && !(high | (second & HIGH_BITS & mask));
}

/* Appends the tokens of `text`; returns how many. */
static size_t add_text(struct builder *b, struct str text)
{
    size_t before = b->tokens.n, at = 0;
    vec_reserve(&b->tokens,
                text.n / 2 + 1); /* a token of one byte is followed by one that is none */
    while (at < text.n) {
        const char *p = text.p + at, *end = text.p + text.n;
        struct intern_key k;
        uint64_t w = load_eight(p, end), run = run_bytes(w);
        if (!(run & 0x80)) {
            at += run ? (size_t)__builtin_ctzll(run) / 8 : 8;
        } else if (short_word(w, run, p, end, &k)) {
            intern_prefetch(&b->names, k);
            b->batch[b->n_batch++] = k;
            if (b->n_batch == BATCH)
                add_batch(b);
            at += k.n + 1; /* behind a word comes a byte that is none */
        } else {
            const char *stop = run_end(p, end);
            add_run(b, str_from(p, (size_t)(stop - p)));
            at += (size_t)(stop - p);
        }
    }
    add_batch(b);
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
        if (!a->title_in_text)
            add_text(b, a->title);
        add_gap(b);
        a->words = (uint32_t)add_text(b, a->text);
        add_gap(b);
    }
    s->universe = s->starts[s->n_articles] = (uint32_t)b->tokens.n;
}

static uint32_t *count_names(const struct builder *b)
{
    uint32_t *counts = mem_zalloc(intern_count(&b->names) * sizeof(*counts));
    for (size_t i = 0; i < b->tokens.n; i++)
        if (b->tokens.v[i] != GAP)
            counts[b->tokens.v[i]]++;
    return counts;
}

/* Leaves out the names that are no terms but forms: they do not occur among the tokens.  counts[i]
 * becomes the term of name i, or NO_TERM. */
static void number_terms(struct builder *b, struct index_segment *s, uint32_t *counts)
{
    struct intern kept = {0};
    uint32_t n = intern_count(&b->names);
    bool all = true;
    for (size_t i = 0; i < n && all; i++)
        all = counts[i] > 0;
    s->counts = mem_alloc(n * sizeof(*s->counts));
    s->articles = mem_zalloc(n * sizeof(*s->articles));
    for (uint32_t i = 0; i < n; i++) {
        if (!counts[i]) {
            counts[i] = NO_TERM;
            continue;
        }
        if (!all) {
            struct str name = intern_name(&b->names, i);
            intern_add(&kept, name, intern_key_of(name));
        }
        s->counts[s->n_terms] = counts[i];
        counts[i] = s->n_terms++;
    }
    names_take(s, all ? &b->names : &kept);
}

/* A list as it is written. */
struct open_list {
    struct postings_writer w;
    uint32_t last, articles; /* the article last seen in, from 1; how many there were */
};

static void write_article(const struct builder *b, struct open_list *lists, uint32_t article,
                          uint32_t begin, uint32_t end)
{
    for (uint32_t i = begin; i < end; i++) {
        if (b->tokens.v[i] == GAP)
            continue;
        struct open_list *l = &lists[b->tokens.v[i]];
        l->articles += l->last != article;
        l->last = article;
        postings_put(&l->w, i);
    }
}

/* terms[i] is the term of name i, or NO_TERM. */
static void write_lists(const struct builder *b, struct index_segment *s, const uint32_t *terms,
                        uint32_t n_names)
{
    lists_begin(s);
    struct open_list *lists = mem_zalloc(n_names * sizeof(*lists)); /* by name */
    for (uint32_t i = 0; i < n_names; i++)
        if (terms[i] != NO_TERM)
            lists[i].w = list_writer(s, terms[i]);
    for (uint32_t i = 0; i < s->n_articles; i++)
        write_article(b, lists, i + 1, s->starts[i], s->starts[i + 1]);
    for (uint32_t i = 0; i < n_names; i++)
        if (terms[i] != NO_TERM)
            s->articles[terms[i]] = lists[i].articles;
    lists_finish(s);
    free(lists);
}

struct index_segment *index_segment_build(struct segment *from)
{
    struct builder b = {0};
    struct index_segment *s = mem_zalloc(sizeof(*s));
    add_articles(&b, from, s);
    uint32_t n_names = intern_count(&b.names), *counts = count_names(&b);
    number_terms(&b, s, counts);
    write_lists(&b, s, counts, n_names);
    free(counts);
    intern_finish(&b.names);
    vec_free(&b.terms);
    vec_free(&b.tokens);
    return s;
}

/* ---- one segment from several ---- */

/* The terms of all; maps[i] gets, for each term of segment i, its number in `s`. */
static void merge_terms(struct index_segment *const *from, uint32_t n, struct index_segment *s,
                        uint32_t **maps)
{
    struct intern names = {0};
    struct {
        VEC(uint32_t) counts, articles;
    } sums = {0};
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

static void merge_lists(const struct index_segment *from, const uint32_t *map, uint32_t base,
                        struct postings_writer *w)
{
    for (uint32_t t = 0; t < from->n_terms; t++) {
        struct postings_cursor c;
        for (segment_list(from, t, &c); c.at != POSTINGS_END; postings_next(&c))
            postings_put(&w[map[t]], base + c.at);
    }
}

static bool is_cancelled(const atomic_bool *cancel)
{
    return cancel && atomic_load_explicit(cancel, memory_order_relaxed);
}

struct index_segment *index_segment_merge(struct index_segment *const *from, uint32_t n,
                                          const atomic_bool *cancel)
{
    struct index_segment *s = mem_zalloc(sizeof(*s));
    uint32_t **maps = mem_zalloc(n * sizeof(*maps)), base = 0, done = 0;
    merge_articles(from, n, s);
    merge_terms(from, n, s, maps);
    lists_begin(s);
    struct postings_writer *w = mem_alloc(s->n_terms * sizeof(*w));
    for (uint32_t t = 0; t < s->n_terms; t++)
        w[t] = list_writer(s, t);
    for (; done < n && !is_cancelled(cancel); done++) {
        merge_lists(from[done], maps[done], base, w);
        base += from[done]->universe;
    }
    if (done == n)
        lists_finish(s);
    free(w);
    for (uint32_t i = 0; i < n; i++)
        free(maps[i]);
    free(maps);
    if (done == n)
        return s;
    index_segment_free(s);
    return NULL;
}

uint32_t index_part_length(struct index_segment *const *from, uint32_t n)
{
    uint64_t tokens = from[0]->universe;
    uint32_t length = 1;
    while (length < n && (tokens += from[length]->universe) <= INDEX_PART_TOKENS)
        length++;
    return length;
}
