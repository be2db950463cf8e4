/* Sentences read before: what counts as the same one, and where it was read first; and that `dim`
 * shows it, and no more when it is off. */
#include "tests/support/session.h"
#include "tests/support/tiny_case.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const struct tiny_article articles[] = {
    {"a", "2011-06-02",
     "The county attorney's office has twice refused a new hearing.  He declined to comment.  \"Nobody lit that lamp but "
     "me, I swear it,\" he said.\n\nThe harbour was closed for the whole of the week."},
    {"b", "2011-06-03",
     "The County Attorney\xe2\x80\x99s office has twice refused a new hearing!  He declined to comment.  The county "
     "attorney's office has twice granted a new hearing.\n\n\xe2\x80\x9cNobody lit that lamp but me, I swear it,\xe2\x80\x9d "
     "he said."},
};

static bool again(const struct seen *s, struct dossier *d, uint32_t id, uint32_t sentence)
{
    struct sentence_run run = dossier_sentences(d, (article_id){id});
    assert_true(sentence < run.n);
    return seen_elsewhere(s, (article_id){id}, dossier_article(d, (article_id){id})->text, run.v[sentence].at);
}

static void sentences_of_another_article(void **state)
{
    struct dossier *d = tiny_case(articles, COUNT_OF(articles));
    struct seen s = {0};
    (void)state;
    assert_false(again(&s, d, 2, 0));
    seen_add(&s, d, (article_id){1});
    size_t n = s.n;
    seen_add(&s, d, (article_id){1});
    assert_int_equal(s.n, n);
    assert_true(again(&s, d, 2, 0));  /* capitals, quotes and stops aside */
    assert_false(again(&s, d, 2, 1)); /* too short to be a copy */
    assert_false(again(&s, d, 2, 2)); /* one word differs */
    assert_true(again(&s, d, 2, 3));
    assert_false(again(&s, d, 1, 0)); /* it was read here first */
    seen_add(&s, d, (article_id){2});
    assert_false(again(&s, d, 1, 0));
    seen_finish(&s);
    assert_false(again(&s, d, 2, 0));
    dossier_close(d);
}

/* The table grows: sentences of many articles are all found again. */
static void many(void **state)
{
    static struct tiny_article rows[300];
    static char texts[300][160], names[300][8];
    (void)state;
    for (int i = 0; i < 300; i++) {
        snprintf(names[i], sizeof names[i], "%03d", i);
        snprintf(texts[i], sizeof texts[i],
                 "The harbour master counted %d boats and %d lamps on the quay.  The ferry left pier %d with nobody at all on "
                 "board.", i % 150 + 2000, i % 150, i % 150);
        rows[i] = (struct tiny_article){names[i], NULL, texts[i]};
    }
    struct dossier *d = tiny_case(rows, 300);
    struct seen s = {0};
    for (uint32_t id = 1; id <= 150; id++)
        seen_add(&s, d, (article_id){id});
    assert_int_equal(s.n, 300);
    for (uint32_t id = 151; id <= 300; id++) {
        assert_true(again(&s, d, id, 0));
        assert_true(again(&s, d, id, 1));
        assert_false(again(&s, d, id - 150, 0));
    }
    seen_finish(&s);
    dossier_close(d);
}

static unsigned dim_cells(struct app *app)
{
    unsigned n = 0;
    app_draw(app);
    for (int y = 0; y < frame_rows(app->frame); y++)
        for (int x = 0; x < frame_cols(app->frame); x++)
            n += (frame_row(app->frame, y)[x].look.flags & LOOK_DIM) != 0;
    return n;
}

static void shown_dim(void **state)
{
    struct session s = {0};
    (void)state;
    session_start(&s, tiny_case(articles, COUNT_OF(articles)), 100, 30);
    session_type(&s, "\nJ");
    assert_int_equal(dim_cells(s.app), 0);
    session_type(&s, ":set dim\n");
    assert_true(dim_cells(s.app) > 80);
    session_type(&s, "K");
    assert_int_equal(dim_cells(s.app), 0);
    session_type(&s, "J:set nodim\n");
    assert_int_equal(dim_cells(s.app), 0);
    session_stop(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sentences_of_another_article),
        cmocka_unit_test(many),
        cmocka_unit_test(shown_dim),
    };
    glyph_init(true);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
