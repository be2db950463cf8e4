/* Alignment: what two wordings share, and what a difference amounts to. */
#include "core/align.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

struct row {
    const char *name, *a, *b;
    const char *edits;    /* "=the light -was +is =out" */
    unsigned differences;
};

static const struct row rows[] = {
    {"same", "The light was out.", "“the LIGHT was out”", "=the light was out", 0},
    {"empty", "", "", "", 0},
    {"one_empty", "", "gone", "+gone", DIFFERENCE_CUT},
    {"word_changed", "the light was out again", "the light went out again", "=the light -was +went =out again",
     DIFFERENCE_WORD},
    {"cut_at_end", "he left before the fire began", "he left before the fire", "=he left before the fire -began",
     DIFFERENCE_CUT},
    {"cut_at_begin", "and he left before the fire", "he left before the fire", "-and =he left before the fire",
     DIFFERENCE_CUT},
    {"negation", "I would tell them that", "I would not tell them that", "=i would +not =tell them that",
     DIFFERENCE_NEGATION},
    {"negation_short_form", "they did know that night", "they didn't know that night",
     "=they -did +didn t =know that night", DIFFERENCE_WORD | DIFFERENCE_NEGATION},
    {"number", "a 10-2 verdict was read", "an 11-1 verdict was read", "-a 10 2 +an 11 1 =verdict was read",
     DIFFERENCE_WORD | DIFFERENCE_NUMBER},
    {"name", "then Anna Reiss spoke to us", "then Hanna Reiss spoke to us", "=then -anna +hanna =reiss spoke to us",
     DIFFERENCE_NAME},
    {"negation_cut_off", "he knew, and he would not", "he knew, and he would", "=he knew and he would -not",
     DIFFERENCE_CUT | DIFFERENCE_NEGATION},
    {"negation_cut_off_before", "not guilty on all counts", "guilty on all counts", "-not =guilty on all counts",
     DIFFERENCE_CUT | DIFFERENCE_NEGATION},
    {"negation_far_in_the_cut", "he left, and nobody said so", "he left", "=he left -and nobody said so", DIFFERENCE_CUT},
    {"a_word_at_the_end_stands_with_the_rest", "it is not enough, nor quick enough", "it is not enough",
     "=it is not enough -nor quick enough", DIFFERENCE_CUT},
    {"negation_behind_a_comma", "it is not enough, not quick enough", "it is not enough",
     "=it is not enough -not quick enough", DIFFERENCE_CUT},
    {"elided", "we asked twice in two years and heard nothing", "we asked twice ... and heard nothing",
     "=we asked twice -in two years =and heard nothing", DIFFERENCE_ELIDED},
    {"elided_by_one_character", "we asked twice in two years and heard nothing", "we asked twice … and heard nothing",
     "=we asked twice -in two years =and heard nothing", DIFFERENCE_ELIDED},
    {"earliest_is_elided", "we asked twice . . . and heard nothing", "we asked twice in two years and heard nothing",
     "=we asked twice +in two years =and heard nothing", DIFFERENCE_ELIDED},
    {"ellipsis_hides_a_negation", "they said it was not at all true that night", "they said it was ... true that night",
     "=they said it was -not at all =true that night", DIFFERENCE_ELIDED | DIFFERENCE_NEGATION},
    {"word_dropped_without_sign", "we asked twice in June and heard nothing", "we asked twice and heard nothing",
     "=we asked twice -in june =and heard nothing", DIFFERENCE_WORD | DIFFERENCE_NAME},
    {"spliced", "the lamp was lit at six by Tom, as on every night of that year, and it was out at seven",
     "the lamp was lit and it was out at seven",
     "=the lamp was lit -at six by tom as on every night of that year =and it was out at seven", DIFFERENCE_SPLICED},
    {"pronoun_inserted", "I never saw the log", "[he] never saw the log", "-i +he =never saw the log",
     DIFFERENCE_INSERTED},
    {"sic_inserted", "the keeper were out that night", "the keeper were [sic] out that night",
     "=the keeper were +sic =out that night", DIFFERENCE_INSERTED},
    {"several_words_inserted", "they never came back", "they [the two men] never came back",
     "=they +the two men =never came back", DIFFERENCE_INSERTED},
    {"negation_inserted", "we are sure of it now", "we are [not] sure of it now", "=we are +not =sure of it now",
     DIFFERENCE_INSERTED | DIFFERENCE_NEGATION},
    {"word_beside_its_run", "the jury saw it and the court rose at once", "the court rose at once",
     "-the jury saw it and =the court rose at once", DIFFERENCE_CUT},
};

static void join(char *out, size_t room, char sign, struct word_run words, uint32_t begin, uint32_t end)
{
    size_t n = strlen(out);
    n += (size_t)snprintf(out + n, room - n, "%s%c", n ? " " : "", sign);
    for (uint32_t i = begin; i < end; i++)
        n += (size_t)snprintf(out + n, room - n, "%s%.*s", i > begin ? " " : "", (int)words.v[i].term.n,
                              words.v[i].term.p);
}

static void edits_are(void **state)
{
    const struct row *row = *state;
    struct arena arena = {0};
    struct word_run a = words_of(&arena, str_of(row->a), span_of(0, strlen(row->a)));
    struct word_run b = words_of(&arena, str_of(row->b), span_of(0, strlen(row->b)));
    struct edit_run edits = align_words(&arena, a, b);
    char out[512] = "";
    for (uint32_t i = 0; i < edits.n; i++) {
        const struct edit *e = &edits.v[i];
        bool of_a = e->kind == EDIT_REMOVED;
        join(out, sizeof(out), (char)e->kind, of_a ? a : b, of_a ? e->begin : e->b_begin, of_a ? e->end : e->b_end);
    }
    assert_string_equal(out, row->edits);
    assert_int_equal(difference_of(str_of(row->a), a, str_of(row->b), b, edits), row->differences);
    arena_finish(&arena);
}

static enum likeness likeness(struct arena *arena, const char *x, const char *y)
{
    struct word_run a = words_of(arena, str_of(x), span_of(0, strlen(x)));
    struct word_run b = words_of(arena, str_of(y), span_of(0, strlen(y)));
    return word_likeness(&a.v[0], &b.v[0]);
}

static void likenesses(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        enum likeness want;
    } pairs[] = {
        {"Keeper", "keeper", LIKE_SAME},        {"deserves", "deserved", LIKE_INFLECTION},
        {"inquiry", "inquirry", LIKE_SPELLING}, {"lighthouse", "lihgthouse", LIKE_SPELLING},
        {"2002", "2003", LIKE_NOT},             {"was", "has", LIKE_NOT},
        {"fire", "wire", LIKE_NOT},             {"lawyer", "banker", LIKE_NOT},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < COUNT_OF(pairs); i++)
        if (likeness(&arena, pairs[i].a, pairs[i].b) != pairs[i].want)
            fail_msg("%s, %s", pairs[i].a, pairs[i].b);
    arena_finish(&arena);
}

/* Whatever two texts are, the edits rebuild both. */
static void edits_rebuild_both(void **state)
{
    (void)state;
    static const char *const vocabulary[] = {"the", "lamp", "keeper", "was", "not", "there", "that", "night"};
    unsigned seed = 7;
    for (int round = 0; round < 2000; round++) {
        struct arena arena = {0};
        char text[2][256] = {"", ""};
        for (int k = 0; k < 2; k++)
            for (int i = 0, n = (int)((seed = seed * 1103515245u + 12345u) >> 16) % 14; i < n; i++) {
                seed = seed * 1103515245u + 12345u;
                strcat(text[k], vocabulary[(seed >> 16) % COUNT_OF(vocabulary)]);
                strcat(text[k], " ");
            }
        struct word_run a = words_of(&arena, str_of(text[0]), span_of(0, strlen(text[0])));
        struct word_run b = words_of(&arena, str_of(text[1]), span_of(0, strlen(text[1])));
        struct edit_run edits = align_words(&arena, a, b);
        uint32_t i = 0, j = 0, same = 0;
        for (uint32_t k = 0; k < edits.n; k++) {
            const struct edit *e = &edits.v[k];
            assert_true(e->begin < e->end);
            if (e->kind != EDIT_ADDED) {
                assert_int_equal(e->begin, i);
                i = e->end;
            }
            if (e->kind != EDIT_REMOVED) {
                assert_int_equal(e->b_begin, j);
                j = e->b_end;
            }
            for (uint32_t w = 0; e->kind == EDIT_SAME && w < e->end - e->begin; w++, same++)
                assert_true(str_eq(a.v[e->begin + w].term, b.v[e->b_begin + w].term));
        }
        assert_int_equal(i, a.n);
        assert_int_equal(j, b.n);
        assert_int_equal(same, edits.same);
        arena_finish(&arena);
    }
}

int main(void)
{
    struct CMUnitTest tests[COUNT_OF(rows) + 2];
    size_t n = 0;
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        tests[n++] = (struct CMUnitTest){rows[i].name, edits_are, NULL, NULL, (void *)&rows[i]};
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(likenesses);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(edits_rebuild_both);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
