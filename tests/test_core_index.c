/* The index against a linear scan: whatever phrase is asked of whatever texts, both find the same
 * places.  Parts, samples and tables are made tiny here, so that every seam is crossed. */
#define INDEX_PART_TOKENS 300
#define POSTINGS_SAMPLE   4
#define INTERN_LOG2_FIRST 1

#include "core/intern.c"
#include "core/postings.c"
#include "core/index.c"
#include "core/index_build.c"
#include "core/index_phrase.c"

#include "core/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

/* ---- chance, with its seed printed ---- */

static uint64_t dice;

static uint32_t roll(uint32_t sides)
{
    dice = dice * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((dice >> 33) % sides);
}

static void seed(uint64_t s)
{
    printf("seed %llu\n", (unsigned long long)s);
    dice = s * 2 + 1;
}

/* ---- lists ---- */

static size_t make_positions(uint32_t *out, uint32_t n, uint32_t universe, uint32_t shape)
{
    size_t made = 0;
    uint32_t at = shape == 1 ? universe - n : 0; /* 1: all at the end, 2: bursts, 0: anywhere */
    for (; at < universe && made < n; at++)
        if (shape == 1 || roll(universe - at) < n - made || (shape == 2 && made && roll(4)))
            out[made++] = at;
    return made;
}

static void check_list(const uint32_t *positions, uint32_t n, uint32_t universe)
{
    uint8_t *list = NULL;
    struct postings_cursor c;
    if (n > 1) {
        list = mem_zalloc(postings_bytes(n, universe) + POSTINGS_SLACK);
        struct postings_writer w = postings_write(list, n, universe);
        for (uint32_t i = 0; i < n; i++)
            postings_put(&w, positions[i]);
        postings_finish(list, n, universe);
    }
    postings_open(&c, list, n, universe, n ? positions[0] : 0);
    for (uint32_t i = 0; i < n; i++, postings_next(&c))
        assert_int_equal(c.at, positions[i]);
    assert_int_equal(c.at, POSTINGS_END);
    for (uint32_t stride = 1; stride < universe; stride = stride * 2 + roll(3)) {
        postings_open(&c, list, n, universe, n ? positions[0] : 0);
        uint32_t i = 0;
        for (uint32_t target = roll(stride); target < universe; target += 1 + roll(stride)) {
            while (i < n && positions[i] < target)
                i++;
            postings_seek(&c, target);
            assert_int_equal(c.at, i < n ? positions[i] : POSTINGS_END);
            if (i < n && roll(2)) {
                postings_next(&c);
                i++;
                assert_int_equal(c.at, i < n ? positions[i] : POSTINGS_END);
                if (i < n && target < positions[i])
                    target = positions[i];
            }
        }
    }
    free(list);
}

static void test_lists(void **state)
{
    (void)state;
    seed(11);
    static uint32_t positions[5000];
    for (uint32_t round = 0; round < 300; round++) {
        uint32_t universe = 1 + roll(round % 3 ? 5000 : 40),
                 n = 1 + roll(universe < 4000 ? universe : 4000);
        size_t made = make_positions(positions, n, universe, round % 3);
        if (made)
            check_list(positions, (uint32_t)made, universe);
    }
    positions[0] = 0, positions[1] = UINT32_MAX - 2;
    check_list(positions, 1, 7);
    uint8_t list[64] = {0};
    struct postings_cursor c;
    assert_true(postings_bytes(2, UINT32_MAX - 1) + POSTINGS_SLACK < sizeof(list));
    struct postings_writer w = postings_write(list, 2, UINT32_MAX - 1);
    postings_put(&w, 0);
    postings_put(&w, UINT32_MAX - 2);
    postings_finish(list, 2, UINT32_MAX - 1);
    postings_open(&c, list, 2, UINT32_MAX - 1, 0);
    postings_seek(&c, 1);
    assert_int_equal(c.at, UINT32_MAX - 2);
}

/* ---- interning ---- */

static void test_interning(void **state)
{
    (void)state;
    struct intern t = {0};
    char name[64];
    for (int round = 0; round < 2; round++)
        for (uint32_t i = 0; i < 5000; i++) {
            int n = snprintf(name, sizeof(name), i % 2 ? "%u" : "a-rather-long-name-%u-of-it", i);
            struct str s = str_from(name, (size_t)n);
            assert_int_equal(intern_add(&t, s, intern_key_of(s)), i);
            assert_true(str_eq(intern_name(&t, i), s));
        }
    assert_int_equal(intern_count(&t), 5000);
    intern_finish(&t);
}

/* ---- random texts ---- */

static const char *const words[] = {
    "the",       "the",     "of",           "lamp",
    "house",     "Keeper",  "fire",         "1998",
    "12",        "inquiry", "caf\u00e9",    "cafe",
    "CAF\u00c9", "Reiss",   "rei\u00dfs",   "lighthousekeepers",
    "a",         "\u5929",  "Stra\u00dfe",  "lamplight",
    "lam",       "x",       "\uff21\uff22", "Lighthousekeepers",
};
static const char *const seps[] = {
    " ", " ",      " ",     ", ",      "\n",      "\u2019",       "'",
    "-", "\u2014", ".\n\n", " \u201c", "\u201d ", " \U0001f44b ", "\t",
};

static struct str random_text(struct arena *a, uint32_t n)
{
    char text[4096];
    size_t at = 0;
    for (uint32_t i = 0; i < n; i++) {
        const char *w = words[roll(roll(3) ? 8 : COUNT_OF(words))], *s = seps[roll(COUNT_OF(seps))];
        at += (size_t)snprintf(text + at, sizeof(text) - at, "%s%s", w, s);
    }
    return arena_str(a, str_from(text, at));
}

struct corpus {
    struct arena a;
    struct segment segments[6];
    struct index_segment *built[6], *parts[6];
    uint32_t n_segments, n_parts, n_articles;
};

static void make_corpus(struct corpus *c)
{
    *c = (struct corpus){.n_segments = 1 + roll(COUNT_OF(c->segments))};
    for (uint32_t i = 0; i < c->n_segments; i++) {
        struct segment *s = &c->segments[i];
        s->first.v = c->n_articles + 1;
        for (uint32_t n = roll(12); n > 0; n--, c->n_articles++) {
            struct article a = {.text = random_text(&c->a, roll(60)),
                                .title_in_text = roll(3) == 0};
            a.title = a.title_in_text ? a.text : random_text(&c->a, roll(5));
            vec_push(&s->rows, a);
        }
        c->built[i] = index_segment_build(s);
    }
    for (uint32_t at = 0, n; at < c->n_segments; at += n) {
        n = index_part_length(c->built + at, c->n_segments - at);
        c->parts[c->n_parts++] = index_segment_merge(c->built + at, n, NULL);
    }
}

static void free_corpus(struct corpus *c)
{
    for (uint32_t i = 0; i < c->n_segments; i++) {
        index_segment_free(c->built[i]);
        vec_free(&c->segments[i].rows);
    }
    for (uint32_t i = 0; i < c->n_parts; i++)
        index_segment_free(c->parts[i]);
    arena_finish(&c->a);
}

static const struct article *corpus_article(const struct corpus *c, uint32_t id)
{
    for (uint32_t i = 0; i < c->n_segments; i++)
        if (id - c->segments[i].first.v < c->segments[i].rows.n)
            return &c->segments[i].rows.v[id - c->segments[i].first.v];
    return NULL;
}

/* ---- the scan ---- */

struct scanned {
    struct hit hit;
    struct span at;
    bool in_title;
};
typedef VEC(struct scanned) scanned_vec;

static bool term_matches(struct str want, struct str term, bool last)
{
    if (last && str_ends(want, STR("*")))
        return str_starts(term, str_from(want.p, want.n - 1));
    return str_eq(want, term);
}

static bool phrase_at(struct str text, size_t at, const struct str *terms, uint32_t n,
                      struct span *out)
{
    for (uint32_t i = 0; i < n; i++) {
        struct token t;
        char buffer[TERM_BYTES_MAX];
        if (!token_next(text, &at, &t) ||
            !term_matches(terms[i], token_term(text, t, buffer), i + 1 == n))
            return false;
        out->begin = i ? out->begin : t.at.begin;
        out->end = t.at.end;
    }
    return true;
}

static uint32_t scan_text(struct str text, bool in_title, uint32_t id, uint32_t pos,
                          const struct str *terms, uint32_t n, scanned_vec *out)
{
    struct token t;
    struct span at;
    for (size_t before = 0, behind = 0; token_next(text, &behind, &t); before = behind, pos++)
        if (phrase_at(text, before, terms, n, &at))
            vec_push(out, ((struct scanned){{{id}, pos, n}, at, in_title}));
    return pos;
}

static void scan(const struct corpus *c, const struct str *terms, uint32_t n, scanned_vec *out)
{
    for (uint32_t id = 1; id <= c->n_articles; id++) {
        const struct article *a = corpus_article(c, id);
        uint32_t pos = a->title_in_text ? 0 : scan_text(a->title, true, id, 0, terms, n, out);
        scan_text(a->text, false, id, pos + 1, terms, n, out);
    }
}

/* ---- the property ---- */

static void expect_hit(const struct corpus *c, const struct scanned *want, const struct hit *got)
{
    assert_int_equal(got->article.v, want->hit.article.v);
    assert_int_equal(got->pos, want->hit.pos);
    assert_int_equal(got->n_tokens, want->hit.n_tokens);
    struct span at;
    assert_int_equal(hit_span(corpus_article(c, got->article.v), got, &at), !want->in_title);
    if (!want->in_title)
        assert_true(at.begin == want->at.begin && at.end == want->at.end);
}

static void check_phrase(const struct corpus *c, const struct index *x, const struct str *terms,
                         uint32_t n, const scanned_vec *want)
{
    struct arena a = {0};
    struct hit hit;
    struct phrase *p = phrase_open(x, &a, terms, n);
    size_t i = 0;
    for (; phrase_next(p, &hit); i++) {
        assert_true(i < want->n);
        expect_hit(c, &want->v[i], &hit);
    }
    assert_int_equal(i, want->n);
    assert_false(phrase_next(p, &hit));
    phrase_close(p);

    p = phrase_open(x, &a, terms, n);
    i = 0;
    for (uint32_t id = 1; id <= c->n_articles + 1; id += 1 + roll(9)) {
        while (i < want->n && want->v[i].hit.article.v < id)
            i++;
        bool found = phrase_seek(p, (article_id){id}, &hit);
        assert_int_equal(found, i < want->n);
        if (!found)
            break;
        expect_hit(c, &want->v[i], &hit);
        if (roll(2) && ++i < want->n) {
            assert_true(phrase_next(p, &hit));
            expect_hit(c, &want->v[i], &hit);
        } else if (i == want->n) {
            break;
        }
    }
    phrase_close(p);
    arena_finish(&a);
}

static void check_counts(const struct index *x, struct str term, const scanned_vec *want)
{
    struct term_count n = index_count(x, term);
    uint32_t articles = 0;
    for (size_t i = 0; i < want->n; i++)
        articles += i == 0 || want->v[i].hit.article.v != want->v[i - 1].hit.article.v;
    assert_int_equal(n.occurrences, want->n);
    assert_int_equal(n.articles, articles);
}

/* A phrase that is likely to occur: words of one place of one text, sometimes one of them changed.
 */
static uint32_t random_phrase(const struct corpus *c, struct arena *a, struct str *terms)
{
    const struct article *from = corpus_article(c, 1 + roll(c->n_articles));
    uint32_t want = 1 + roll(4), n = 0, skip = roll(from->words + 1);
    char buffer[TERM_BYTES_MAX];
    struct token t;
    for (size_t at = 0; n < want && token_next(from->text, &at, &t);) {
        if (skip == 0)
            terms[n++] = arena_str(a, token_term(from->text, t, buffer));
        else
            skip--;
    }
    if (n && roll(4) == 0)
        terms[roll(n)] = STR("the");
    if (n && roll(3) == 0 && terms[n - 1].n > 1 && !(terms[n - 1].p[1] & 0x80))
        terms[n - 1] = arena_printf(a, "%.*s*", 1 + (int)roll(2), terms[n - 1].p);
    return n;
}

static bool meet_in(const scanned_vec *x, const scanned_vec *y, uint32_t id, uint32_t distance)
{
    for (size_t i = 0; i < x->n; i++)
        for (size_t k = 0; k < y->n && x->v[i].hit.article.v == id; k++) {
            uint32_t a = x->v[i].hit.pos, b = y->v[k].hit.pos;
            if (y->v[k].hit.article.v == id && (a < b ? b - a : a - b) <= distance)
                return true;
        }
    return false;
}

static void check_meetings(const struct corpus *c, const struct index *x)
{
    struct arena a = {0};
    struct str first[8], second[8];
    uint32_t n = random_phrase(c, &a, first), m = random_phrase(c, &a, second), distance = roll(9),
             last = 0;
    scanned_vec u = {0}, v = {0};
    scan(c, first, n, &u);
    scan(c, second, m, &v);
    struct phrase *p = phrase_open(x, &a, first, n), *q = phrase_open(x, &a, second, m);
    struct hit s, t;
    while (n && m && phrase_meet(p, q, (article_id){last + 1}, distance, &s, &t)) {
        assert_int_equal(s.article.v, t.article.v);
        assert_true((s.pos < t.pos ? t.pos - s.pos : s.pos - t.pos) <= distance);
        for (uint32_t id = last + 1; id < s.article.v; id++)
            assert_false(meet_in(&u, &v, id, distance));
        last = s.article.v;
    }
    for (uint32_t id = last + 1; n && m && id <= c->n_articles; id++)
        assert_false(meet_in(&u, &v, id, distance));
    phrase_close(p);
    phrase_close(q);
    vec_free(&u);
    vec_free(&v);
    arena_finish(&a);
}

static void check_corpus(const struct corpus *c, const struct index *x)
{
    for (int i = 0; i < 30; i++) {
        struct arena a = {0};
        struct str terms[8];
        uint32_t n = random_phrase(c, &a, terms);
        scanned_vec want = {0};
        if (n)
            scan(c, terms, n, &want);
        check_phrase(c, x, terms, n, &want);
        if (n == 1 && !str_ends(terms[0], STR("*")))
            check_counts(x, terms[0], &want);
        vec_free(&want);
        arena_finish(&a);
    }
}

static void test_finds_what_a_scan_finds(void **state)
{
    (void)state;
    seed(5);
    for (int round = 0; round < 120; round++) {
        struct corpus c;
        make_corpus(&c);
        struct index *over = index_over(c.built, c.n_segments);
        struct index *merged = index_over(c.parts, c.n_parts);
        if (c.n_articles) {
            check_corpus(&c, over);
            check_corpus(&c, merged);
            for (int i = 0; i < 10; i++)
                check_meetings(&c, i % 2 ? over : merged);
        }
        assert_int_equal(index_terms(over), index_terms(merged));
        index_close(merged);
        index_close(over);
        free_corpus(&c);
    }
}

static void test_words_are_counted(void **state)
{
    (void)state;
    struct segment s = {.first = {1}};
    struct article a = {.title = STR("Three words here"),
                        .text = STR("It's five\u2014or six-\nwords \u2764\ufe0f")};
    vec_push(&s.rows, a);
    struct index_segment *built = index_segment_build(&s);
    assert_int_equal(s.rows.v[0].words, 6);
    assert_int_equal(built->universe, 3 + 1 + 6 + 1);
    index_segment_free(built);
    vec_free(&s.rows);
}

static struct index_segment *part_of(const char *text, uint32_t first)
{
    struct segment s = {.first = {first}};
    vec_push(&s.rows, ((struct article){.text = str_of(text)}));
    struct index_segment *built = index_segment_build(&s);
    vec_free(&s.rows);
    return built;
}

/* Over both parts, the most frequent first; the beginning itself is no word that it begins. */
static void test_beginnings_are_counted(void **state)
{
    (void)state;
    struct index_segment *parts[] = {part_of("lamp lamplight lamplight lantern lamps lamps lamps", 1),
                                     part_of("lamplight lamplight lampoon lamp ladder", 2)};
    struct index *x = index_over(parts, 2);
    struct beginning found[8];
    assert_int_equal(index_beginnings(x, STR("lamp"), found, 8), 3);
    assert_true(str_eq(found[0].term, STR("lamplight")) && found[0].occurrences == 4);
    assert_true(str_eq(found[1].term, STR("lamps")) && found[1].occurrences == 3);
    assert_true(str_eq(found[2].term, STR("lampoon")) && found[2].occurrences == 1);
    assert_int_equal(index_beginnings(x, STR("la"), found, 1), 1);
    assert_true(str_eq(found[0].term, STR("lamplight")));
    assert_int_equal(index_beginnings(x, STR("lampoon"), found, 8), 0);
    index_close(x);
    index_segment_free(parts[0]);
    index_segment_free(parts[1]);
}

static void test_a_limited_phrase_ends(void **state)
{
    (void)state;
    struct index_segment *part = part_of("a b a c a b", 1);
    struct index *x = index_over(&part, 1);
    struct arena a = {0};
    struct str terms[] = {STR("a"), STR("b")};
    struct phrase *p = phrase_open(x, &a, terms, 2);
    struct hit h;
    phrase_limit(p, 1);
    assert_true(phrase_next(p, &h));
    assert_false(phrase_next(p, &h));
    phrase_close(p);
    arena_finish(&a);
    index_close(x);
    index_segment_free(part);
}

/* ---- edges ---- */

static void test_nothing(void **state)
{
    (void)state;
    struct arena a = {0};
    struct hit hit;
    struct index *none = index_over(NULL, 0);
    struct str term = STR("x");
    assert_false(phrase_next(phrase_open(none, &a, &term, 1), &hit));
    assert_false(phrase_seek(phrase_open(none, &a, &term, 1), (article_id){1}, &hit));
    assert_false(phrase_next(phrase_open(none, &a, NULL, 0), &hit));
    assert_int_equal(index_terms(none) + index_count(none, term).articles, 0);
    index_close(none);
    index_close(NULL);
    struct segment s = {.first = {1}};
    struct index_segment *built = index_segment_build(&s);
    index_segment_free(built);
    arena_finish(&a);
}

static void test_cancelled(void **state)
{
    (void)state;
    struct corpus c;
    seed(1);
    make_corpus(&c);
    atomic_bool cancel = true;
    assert_null(index_segment_merge(c.built, c.n_segments, &cancel));
    free_corpus(&c);
}

/* A text of one endless word, and one of one word again and again. */
static void test_monotonous(void **state)
{
    (void)state;
    enum { N = 300000 };
    char *text = malloc(N);
    memset(text, 'a', N);
    struct segment s = {.first = {1}};
    vec_push(&s.rows, ((struct article){.title = STR("t"), .text = {text, N}}));
    for (int round = 0; round < 2; round++) {
        struct index_segment *built = index_segment_build(&s);
        struct index *x = index_over(&built, 1);
        struct arena a = {0};
        struct hit hit;
        struct str terms[] = {STR("a"), STR("a"), STR("a")};
        struct phrase *p = phrase_open(x, &a, terms, 3);
        uint32_t n = 0;
        while (phrase_next(p, &hit))
            n++;
        phrase_close(p);
        assert_int_equal(n, round ? N / 2 - 2 : 0);
        assert_int_equal(s.rows.v[0].words, round ? N / 2 : 1);
        assert_true(index_bytes(x) < (round ? N : 2000));
        index_close(x);
        index_segment_free(built);
        arena_finish(&a);
        for (int i = 1; i < N; i += 2)
            text[i] = '\n';
    }
    vec_free(&s.rows);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lists),
        cmocka_unit_test(test_interning),
        cmocka_unit_test(test_finds_what_a_scan_finds),
        cmocka_unit_test(test_words_are_counted),
        cmocka_unit_test(test_beginnings_are_counted),
        cmocka_unit_test(test_a_limited_phrase_ends),
        cmocka_unit_test(test_nothing),
        cmocka_unit_test(test_cancelled),
        cmocka_unit_test(test_monotonous),
    };
    return cmocka_run_group_tests_name("core/index", tests, NULL, NULL);
}
