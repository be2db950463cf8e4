/* Notes: finding a passage again, tables first, then ten thousand random edits of real text in
 * which every byte remembers where it came from; and the table of notes over a store in memory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>
#include <cmocka.h>

#include "core/notes.h"
#include "core/text.h"
#include "tests/support/edited_text.h"
#include "tests/support/memory_store.h"
#include "tests/support/tiny_case.h"

/* ---- finding again ---- */

#define A  "The keeper lit the lamp at dusk. He climbed the stair alone, as he had on every night. "
#define B  "Nobody saw him come down again. The boat was gone from the slip by six. "
#define C  "At noon the inspector came from the town with two men and a lantern of his own. "
#define SAID "He declined to comment. "

struct row {
    const char *name, *before, *words, *after; /* `words` in the first text, which is before + after */
    const char *now;
    enum note_state state;
    const char *found; /* null: the words */
    int nth;           /* which of the same words is meant, from 0 */
};

static const struct row rows[] = {
    {"untouched", A, "climbed the stair", B, A B, NOTE_EXACT, NULL, 0},
    {"text_added_before", A, "climbed the stair", B, C A B, NOTE_EXACT, NULL, 0},
    {"text_added_behind", A, "climbed the stair", B, A B C, NOTE_EXACT, NULL, 0},
    {"paragraph_moved", A, "The keeper lit the lamp at dusk", B, B "\n\n" A, NOTE_MOVED, NULL, 0},
    {"context_before_changed", A, "climbed the stair alone", B,
     "Then she climbed the stair alone, as he had on every night. " B, NOTE_MOVED, NULL, 0},
    {"context_gone", A, "climbed the stair", B, C "They climbed the stair with care. " C, NOTE_WEAK, NULL, 0},
    {"gone", A, "climbed the stair", B, C C, NOTE_ORPHAN, NULL, 0},
    {"passage_deleted", A B, "Nobody saw him come down again. ", C, A "The boat was gone from the slip by six. " C,
     NOTE_ORPHAN, NULL, 0},
    {"word_changed", A, "climbed the stair alone", B,
     "The keeper lit the lamp at dusk. He climbed the steps alone, as he had on every night. " B, NOTE_WEAK,
     "climbed the steps alone", 0},
    {"twice_alike", A, "climbed the stair", B, A B A B, NOTE_ORPHAN, NULL, 0},
    {"left_alone_is_another", SAID A SAID, "He declined to comment.", B, A SAID B, NOTE_WEAK, NULL, 0},
    {"second_of_two", SAID A SAID, "He declined to comment.", B, C SAID A SAID B, NOTE_EXACT, NULL, 1},
    {"line_wrapped", A, "climbed the stair alone", B,
     "The keeper lit the lamp at dusk. He climbed\nthe  stair alone, as he had on every night. " B, NOTE_MOVED,
     "climbed\nthe  stair alone", 0},
    {"quotes_straightened", "He said: ", "“I was not there, that’s all,”", " and he left us at once for the town.",
     "He said: \"I was not there, that's all,\" and he left us at once for the town.", NOTE_MOVED,
     "\"I was not there, that's all,\"", 0},
    {"empty_text", A, "climbed", B, "", NOTE_ORPHAN, NULL, 0},
    {"whole_text", "", "All of it.", "", "All of it.", NOTE_EXACT, NULL, 0},
    {"one_letter_among_many", "a a a a ", "a", " a a", "a a a a a a a a a", NOTE_ORPHAN, NULL, 0},
};

static struct str whole_text(struct arena *a, const struct row *r)
{
    bool inside = strstr(r->before, r->words) && !r->nth && r->before[0];
    return inside ? arena_printf(a, "%s%s", r->before, r->after)
                  : arena_printf(a, "%s%s%s", r->before, r->nth ? "" : r->words, r->after);
}

static void found_again(void **state)
{
    const struct row *r = *state;
    struct arena a = {0};
    struct str text = whole_text(&a, r);
    const char *p = strstr(text.p, r->words);
    for (int i = 0; i < r->nth; i++)
        p = strstr(p + 1, r->words);
    struct anchor anchor = anchor_make(&a, text, span_of((size_t)(p - text.p), (size_t)(p - text.p) + strlen(r->words)));
    struct anchored f = anchor_find(&anchor, str_of(r->now));
    if (f.state != r->state)
        fail_msg("%s, not %s", note_state_name(f.state), note_state_name(r->state));
    if (f.state != NOTE_ORPHAN && !str_eq(str_at(str_of(r->now), f.at), str_of(r->found ? r->found : r->words)))
        fail_msg("found '%.*s'", (int)span_length(f.at), r->now + f.at.begin);
    arena_finish(&a);
}

/* ---- the property ---- */

static uint64_t random_state;

static uint32_t below(uint32_t n)
{
    random_state = random_state * 6364136223846793005u + 1442695040888963407u;
    return n ? (uint32_t)(random_state >> 33) % n : 0;
}

/* From the beginning of a word to the end of one some words on. */
static struct span some_words(struct str text)
{
    static const uint32_t lengths[] = {1, 2, 3, 5, 8, 13, 25, 60};
    struct token t;
    size_t at = below((uint32_t)text.n);
    while (at < text.n && ((unsigned char)text.p[at] & 0xc0) == 0x80)
        at++;
    if (!token_next(text, &at, &t) || !token_next(text, &at, &t))
        return span_of(0, 0);
    struct span out = t.at;
    for (uint32_t n = lengths[below(COUNT_OF(lengths))]; n > 1 && token_next(text, &at, &t); n--)
        out.end = t.at.end;
    return out;
}

/* Do the words found come from the words noted?  A quarter of them will do: where the same words
 * stood at both ends of what was deleted, nobody can say which of them are left. */
static bool same_origin(const struct edited_text *e, struct span noted, struct span at)
{
    uint32_t from_there = 0;
    for (uint32_t i = at.begin; i < at.end; i++)
        from_there += e->origin.v[i] >= noted.begin && e->origin.v[i] < noted.end;
    return from_there * 4 >= span_length(at);
}

static void never_on_other_words(void **state)
{
    (void)state;
    const char *wish = getenv("EDITS"), *seed = getenv("SEED");
    unsigned trials = wish ? (unsigned)atol(wish) : 10000, counts[4] = {0}, wrong = 0;
    random_state = seed ? strtoull(seed, NULL, 10) : 20110603;
    printf("seed %llu, %u edited texts\n", (unsigned long long)random_state, trials);
    struct texts texts;
    texts_open(&texts);
    if (texts.seeds == 0) { /* real text: in a few short ones a repeated sentence is all that is left too often */
        texts_close(&texts);
        skip();
    }
    for (unsigned i = 0; i < trials; i++) {
        struct arena scratch = {0};
        uint32_t which = below((uint32_t)texts.n);
        struct str text = texts.v[which];
        struct span noted = some_words(text);
        struct edited_text e;
        edited_open(&e, &texts, which);
        for (uint32_t n = 1 + below(6); n; n--)
            edit_randomly(&e, &texts, below);
        struct anchor a = anchor_make(&scratch, text, noted);
        struct str now = str_from(e.text.v, e.text.n);
        struct anchored f = span_is_empty(noted) ? (struct anchored){0} : anchor_find(&a, now);
        assert_true(f.at.begin <= f.at.end && f.at.end <= now.n);
        assert_true(f.state == NOTE_ORPHAN || utf8_valid_prefix(str_at(now, f.at)) == span_length(f.at));
        counts[f.state]++;
        if (f.state >= NOTE_MOVED && !same_origin(&e, noted, f.at)) {
            wrong++;
            printf("%s on other words: '%.*s' at %u-%u found as '%.*s' from %d-%d (rival %u; %.40s|%.40s)\n",
                   note_state_name(f.state), (int)a.exact.n, a.exact.p, noted.begin, noted.end,
                   (int)span_length(f.at), now.p + f.at.begin, (int)e.origin.v[f.at.begin],
                   (int)e.origin.v[f.at.end - 1] + 1, a.rival, a.before.p, a.after.p);
        }
        edited_close(&e);
        arena_finish(&scratch);
    }
    printf("exact %u, moved %u, weak %u, orphan %u; on other words %u\n", counts[NOTE_EXACT],
           counts[NOTE_MOVED], counts[NOTE_WEAK], counts[NOTE_ORPHAN], wrong);
    texts_close(&texts);
    assert_int_equal(wrong, 0);
    /* And it must find: most edits leave the passage itself alone. */
    assert_true((counts[NOTE_EXACT] + counts[NOTE_MOVED]) * 100 > trials * 55);
}

/* A note on the smallest words in the longest repetition: bounded in time, and an orphan. */
static void bounded(void **state)
{
    (void)state;
    struct arena a = {0};
    size_t n = 4 << 20;
    char *text = mem_alloc(n + 1);
    memset(text, 'a', n);
    struct anchor x = anchor_make(&a, str_from(text, n), span_of(1000, 60000));
    assert_int_equal(anchor_find(&x, str_from(text, n - 7)).state, NOTE_ORPHAN);
    for (size_t i = 1; i < n; i += 2)
        text[i] = ' ';
    x = anchor_make(&a, str_from(text, n), span_of(1000, 1001));
    assert_int_equal(anchor_find(&x, str_from(text, n - 7)).state, NOTE_ORPHAN);
    x.exact = STR("a a a b b a a a b b");
    assert_int_not_equal(anchor_find(&x, str_from(text, n - 7)).state, NOTE_EXACT);
    free(text);
    arena_finish(&a);
}

/* ---- words and tags ---- */

static void words_and_tags(void **state)
{
    (void)state;
    static const struct {
        const char *typed, *comment, *tags, *again;
    } words[] = {
        {"who says so? #ask #ledger", "who says so?", "ask ledger", "who says so? #ask #ledger"},
        {"#ask who says so?", "who says so?", "ask", "who says so? #ask"},
        {"no. 5 # 6 a#b", "no. 5 # 6 a#b", "", "no. 5 # 6 a#b"},
        {"twice #a #a", "twice", "a", "twice #a"},
        {"the end #süd.", "the end.", "süd", "the end. #süd"},
        {"", "", "", ""},
    };
    struct arena a = {0};
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        struct note n = {0};
        note_set_words(&n, &a, str_of(words[i].typed));
        assert_string_equal(arena_str(&a, n.comment).p, words[i].comment);
        assert_string_equal(arena_str(&a, n.tags).p, words[i].tags);
        assert_string_equal(arena_str(&a, note_words(&a, &n)).p, words[i].again);
    }
    struct note n = {.tags = STR("ask ledger")};
    assert_true(note_has_tag(&n, STR("#ask")));
    assert_false(note_has_tag(&n, STR("as")));
    assert_true(str_eq(tag_clean(&a, STR(" #two words ")), STR("two-words")));
    arena_finish(&a);
}

/* ---- the table ---- */

static const struct tiny_article tiny[] = {
    {"/case/a.txt", "2004-05-11", A B C},
    {"/case/b.txt", "2004-05-12", C "Two men and a boat stood at the slip. " B},
    {"/case/copy-of-a.txt", "2004-05-11", A B C},
};

static struct note on(struct arena *a, const struct notes *n, const struct dossier *d, const char *path,
                      const char *words)
{
    const struct article *row = dossier_article(d, dossier_find_path(d, str_of(path)));
    const char *p = strstr(row->text.p, words);
    return note_on(n, a, row, span_of((size_t)(p - row->text.p), (size_t)(p - row->text.p) + strlen(words)));
}

static void put_undo_redo(void **state)
{
    (void)state;
    struct arena a = {0};
    struct dossier *d = tiny_case(tiny, COUNT_OF(tiny));
    struct notes_store *store = memory_store_open();
    struct notes *n = notes_open(store, STR("me"), STR("/case"));
    const char *why;
    int64_t id;
    notes_sync(n, d);
    assert_int_equal(notes_undo(n, d, &why), ERR_ABSENT);
    struct note x = on(&a, n, d, "/case/a.txt", "climbed the stair");
    x.comment = STR("alone?");
    assert_int_equal(notes_put(n, d, &x, &id, &why), OK);
    assert_int_equal(notes_all(n).n, 1);
    assert_int_equal(notes_all(n).v[0].state, NOTE_EXACT);
    /* The copy of the text has it too, and the list has it once. */
    assert_int_equal(notes_in_article(n, d, dossier_find_path(d, STR("/case/copy-of-a.txt"))).n, 1);
    assert_int_equal(notes_in_article(n, d, dossier_find_path(d, STR("/case/b.txt"))).n, 0);

    struct note changed = note_copy(&a, notes_by_id(n, id)->note);
    changed.comment = STR("with whom?");
    assert_int_equal(notes_put(n, d, &changed, &id, &why), OK);
    assert_int_equal(notes_undo(n, d, &why), OK);
    assert_true(str_eq(notes_by_id(n, id)->note->comment, STR("alone?")));
    assert_int_equal(notes_undo(n, d, &why), OK);
    assert_int_equal(notes_all(n).n, 0);
    assert_int_equal(notes_redo(n, d, &why), OK);
    assert_int_equal(notes_redo(n, d, &why), OK);
    assert_true(str_eq(notes_by_id(n, id)->note->comment, STR("with whom?")));
    assert_int_equal(notes_redo(n, d, &why), ERR_ABSENT);
    assert_int_equal(notes_remove(n, d, id, &why), OK);
    assert_int_equal(notes_all(n).n, 0);
    assert_int_equal(notes_undo(n, d, &why), OK);
    assert_true(str_eq(notes_by_id(n, id)->note->comment, STR("with whom?")));
    notes_close(n);
    store->ops->close(store);
    dossier_close(d);
    arena_finish(&a);
}

/* What the store refuses has not happened; another's note is not ours to change. */
static void refused(void **state)
{
    (void)state;
    struct arena a = {0};
    struct dossier *d = tiny_case(tiny, COUNT_OF(tiny));
    struct notes_store *store = memory_store_open();
    struct notes *n = notes_open(store, STR("me"), STR("/case"));
    const char *why = NULL;
    int64_t id;
    notes_sync(n, d);
    struct note x = on(&a, n, d, "/case/a.txt", "climbed the stair");
    memory_store_fail(store, ERR_IO);
    assert_int_equal(notes_put(n, d, &x, &id, &why), ERR_IO);
    assert_non_null(why);
    assert_int_equal(notes_all(n).n, 0);
    memory_store_fail(store, OK);
    assert_int_equal(notes_put(n, d, &x, &id, &why), OK);
    memory_store_fail(store, ERR_IO);
    assert_int_equal(notes_remove(n, d, id, &why), ERR_IO);
    assert_int_equal(notes_undo(n, d, &why), ERR_IO);
    assert_int_equal(notes_all(n).n, 1);
    memory_store_fail(store, OK);
    notes_close(n);

    n = notes_open(store, STR("another"), STR("/case"));
    notes_sync(n, d);
    assert_int_equal(notes_all(n).n, 1);
    assert_int_equal(notes_remove(n, d, id, &why), ERR_READONLY);
    notes_close(n);
    n = notes_open(NULL, STR("me"), STR("/case"));
    notes_sync(n, d);
    assert_int_equal(notes_put(n, d, &x, &id, &why), ERR_READONLY);
    notes_close(n);
    store->ops->close(store);
    dossier_close(d);
    arena_finish(&a);
}

/* Cases are told apart by what is in them; a changed article is known by its address. */
static void which_case(void **state)
{
    (void)state;
    static const struct tiny_article elsewhere[] = {{"/moved/x.txt", "2004-05-11", A B C}};
    static const struct tiny_article changed[] = {{"/case/a.txt", "2004-05-11", C A B}};
    static const struct tiny_article rewritten[] = {{"/case/a.txt", "2004-05-11", C C}};
    static const struct tiny_article other[] = {{"/other/a.txt", "2004-05-11", C C}};
    static const struct {
        const struct tiny_article *article;
        uint32_t n;
        enum note_state state;
    } cases[] = {
        {elsewhere, 1, NOTE_EXACT}, {changed, 1, NOTE_EXACT}, {rewritten, 1, NOTE_ORPHAN}, {other, 0, 0},
    };
    struct arena a = {0};
    struct dossier *d = tiny_case(tiny, COUNT_OF(tiny));
    struct notes_store *store = memory_store_open();
    struct notes *n = notes_open(store, STR("me"), STR("/"));
    const char *why;
    int64_t id;
    notes_sync(n, d);
    struct note x = on(&a, n, d, "/case/a.txt", "climbed the stair");
    x.title = STR("A title that nobody else has");
    assert_int_equal(notes_put(n, d, &x, &id, &why), OK);
    notes_close(n);
    dossier_close(d);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        d = tiny_case(cases[i].article, 1);
        n = notes_open(store, STR("me"), STR("/"));
        notes_sync(n, d);
        assert_int_equal(notes_all(n).n, cases[i].n);
        if (cases[i].n)
            assert_int_equal(notes_all(n).v[0].state, cases[i].state);
        notes_close(n);
        dossier_close(d);
    }
    store->ops->close(store);
    arena_finish(&a);
}

int main(void)
{
    struct CMUnitTest tests[COUNT_OF(rows) + 10];
    size_t n = 0;
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        tests[n++] = (struct CMUnitTest){rows[i].name, found_again, NULL, NULL, (void *)(uintptr_t)&rows[i]};
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(never_on_other_words);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(bounded);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(words_and_tags);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(put_undo_redo);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(refused);
    tests[n++] = (struct CMUnitTest)cmocka_unit_test(which_case);
    return _cmocka_run_group_tests("notes", tests, n, NULL, NULL);
}
