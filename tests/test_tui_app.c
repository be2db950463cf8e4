/* The session: layout, jumps, what is kept, taking in while reading, what a key costs to draw, and
 * random keys. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/stat.h>
#include <locale.h>
#include <unistd.h>
#include <cmocka.h>

#include "tests/support/reader_case.h"
#include "tests/support/session.h"
#include "tui/panes.h"

/* ---- layout ---- */

static void layout_for_every_size(void **state)
{
    (void)state;
    static const struct {
        int cols, rows;
        enum layout_choice choice, shape;
    } rows[] = {
        {80, 24, LAYOUT_AUTO, LAYOUT_BANDS},      {119, 50, LAYOUT_AUTO, LAYOUT_BANDS},
        {120, 40, LAYOUT_AUTO, LAYOUT_COLUMNS},   {200, 60, LAYOUT_AUTO, LAYOUT_COLUMNS},
        {200, 15, LAYOUT_AUTO, LAYOUT_ONE},       {80, 24, LAYOUT_COLUMNS, LAYOUT_COLUMNS},
        {40, 24, LAYOUT_COLUMNS, LAYOUT_BANDS},   {200, 60, LAYOUT_BANDS, LAYOUT_BANDS},
        {200, 60, LAYOUT_ONE, LAYOUT_ONE},        {1, 1, LAYOUT_AUTO, LAYOUT_ONE},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct layout_wish wish = {.choice = rows[i].choice, .focus = SLOT_TEXT};
        assert_int_equal(layout_make(rows[i].cols, rows[i].rows, wish).shape, rows[i].shape);
    }
}

/* No cell belongs to two places, and none of them leaves the screen. */
static void places_do_not_overlap(void **state)
{
    (void)state;
    static unsigned char cells[80][220];
    for (int cols = 1; cols <= 210; cols += cols < 60 ? 1 : 7)
        for (int rows = 1; rows <= 70; rows += rows < 20 ? 1 : 5)
            for (int n = 0; n < 24; n++) {
                struct layout_wish wish = {(enum layout_choice)(n % 4), (enum slot)(n % SLOTS),
                                           n % 5 == 0, n % 2 == 0, n % 3 ? n % 13 : 0};
                struct layout l = layout_make(cols, rows, wish);
                memset(cells, 0, sizeof cells);
                assert_true(layout_shows(&l, wish.focus));
                for (int s = 0; s < 2 * SLOTS; s++) {
                    struct rect r = s < SLOTS ? l.title[s] : l.body[s - SLOTS];
                    assert_true(r.x >= 0 && r.y >= 0 && r.x + r.cols <= cols && r.y + r.rows <= rows);
                    for (int y = r.y; y < r.y + r.rows; y++)
                        for (int x = r.x; x < r.x + r.cols; x++)
                            assert_int_equal(cells[y][x]++, 0);
                }
                if (l.last_row >= 0)
                    assert_int_equal(cells[l.last_row][0], 0);
            }
}

/* ---- jumps ---- */

static struct passage at(uint32_t article, uint32_t begin)
{
    return (struct passage){{article}, {begin, begin}};
}

static void back_and_forward(void **state)
{
    (void)state;
    struct jumps j = {0};
    struct passage to = at(0, 0);
    assert_false(jumps_go(&j, -1, at(1, 5), &to));
    jumps_push(&j, at(1, 5));
    jumps_push(&j, at(2, 0));
    assert_true(jumps_go(&j, -1, at(3, 7), &to) && to.article.v == 2);
    assert_true(jumps_go(&j, -1, to, &to) && to.article.v == 1);
    assert_false(jumps_go(&j, -1, to, &to));
    assert_true(jumps_go(&j, 2, to, &to) && to.article.v == 3 && to.at.begin == 7);
    assert_false(jumps_go(&j, 1, to, &to));
    assert_true(jumps_swap(&j, at(9, 9), &to) && to.article.v == 3);
    assert_true(jumps_swap(&j, to, &to) && to.article.v == 9);
    for (uint32_t i = 1; i < 3 * JUMPS_MAX; i++)
        jumps_push(&j, at(i, 0));
    assert_int_equal(j.n, JUMPS_MAX);
    assert_null(jumps_mark(&j, 'A'));
    assert_non_null(jumps_mark(&j, 'z'));
}

/* ---- a session ---- */

static void what_is_kept_comes_back(void **state)
{
    (void)state;
    struct session s = {0};
    assert_true(session_folder(&s));
    size_t top = strlen(s.folder);
    strcat(s.folder, "/deeper/down");
    snprintf(s.file, sizeof s.file, "%s/notes.db", s.folder);
    session_start(&s, reader_case(), 80, 24);
    command_line(s.app, STR("sort title"));
    command_line(s.app, STR("filter-list outlet:Gazette"));
    session_keys(&s, "Enter ^D m a");
    article_id a = app_article(s.app);
    uint32_t byte = app_here(s.app).at.begin;
    assert_true(byte > 0);
    app_keep(s.app, KEEP_LAST);
    session_stop(&s);

    session_start(&s, reader_case(), 80, 24);
    assert_int_equal(s.app->state.sort, SORT_TITLE);
    assert_true(session_shows(&s, "Articles · 2 of 7 · outlet:Gazette · by title"));
    assert_int_equal(app_article(s.app).v, a.v);
    assert_int_equal(app_here(s.app).at.begin, byte);
    assert_int_equal(s.app->state.n_read, 1);
    session_keys(&s, "J");
    assert_int_not_equal(app_article(s.app).v, a.v);
    session_keys(&s, "' a");
    assert_int_equal(app_article(s.app).v, a.v);
    session_stop(&s);
    s.folder[top] = '\0';
    assert_int_equal(session_folder_remove(&s), 0);
}

/* Where no clipboard takes it, what was to be copied is in a file that only its owner reads. */
static void what_cannot_be_copied_is_put_aside(void **state)
{
    (void)state;
    char path[160], read[512] = "";
    struct session s = {0};
    assert_true(session_folder(&s));
    session_start(&s, reader_case(), 80, 24);
    command_line(s.app, STR("set noclipboard"));
    session_keys(&s, "Enter ]q y");
    assert_true(session_shows(&s, "it is in /tmp/dossier-session-"));
    assert_int_equal(screen_memory_copied(s.screen).n, 0);
    snprintf(path, sizeof path, "%s/copied.txt", s.folder);
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    struct stat st;
    assert_int_equal(fstat(fileno(f), &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    size_t n = fread(read, 1, sizeof read - 1, f);
    fclose(f);
    struct str text = dossier_article(s.dossier, app_article(s.app))->text;
    assert_true(n > 0 && memmem(text.p, text.n, read, n) != NULL);
    session_stop(&s);
    assert_int_equal(session_folder_remove(&s), 0);
}

static void articles_come_in_while_one_reads(void **state)
{
    (void)state;
    struct dossier *d = reader_case_open();
    struct session s = {0};
    session_start(&s, d, 80, 24);
    assert_true(session_shows(&s, "Articles · 0"));
    session_keys(&s, "j Enter ]e gr g/ q");
    reader_case_feed(d, 1, 3);
    while (dossier_articles(d)->n < 2)
        app_take(s.app);
    app_draw(s.app);
    assert_true(session_shows(&s, "Articles · 2"));
    session_keys(&s, "j Enter"); /* the second by date is the third fed */
    article_id a = app_article(s.app);
    assert_int_not_equal(a.v, 0);
    reader_case_feed(d, 0, 1);
    reader_case_feed(d, 3, READER_ARTICLES);
    dossier_end(d);
    while (!dossier_progress(d).done)
        app_take(s.app);
    app_draw(s.app);
    assert_true(session_shows(&s, "Articles · 7"));
    assert_int_equal(app_article(s.app).v, a.v);
    struct thing thing;
    session_keys(&s, "h");
    assert_true(app_thing(s.app, &thing) && thing.where.article.v == a.v);
    session_stop(&s);
}

static void resizing_keeps_the_row_that_is_read(void **state)
{
    (void)state;
    static const int widths[] = {30, 200, 17, 5, 1, 40, 80};
    struct session s = {0};
    session_start(&s, reader_case(), 80, 12);
    session_keys(&s, "Enter 3 j");
    uint32_t byte = app_here(s.app).at.begin;
    for (size_t i = 0; i < COUNT_OF(widths); i++) {
        screen_memory_resize(s.screen, widths[i], 12 - (int)i);
        app_key(s.app, K_RESIZE);
        app_draw(s.app);
        assert_int_equal(app_here(s.app).at.begin, byte);
    }
    session_stop(&s);
}

/* A line down in the list touches two rows and a title, however long the list is. */
static void a_list_key_draws_two_rows(void **state)
{
    (void)state;
    static const uint32_t sizes[] = {100, 3000};
    for (size_t i = 0; i < COUNT_OF(sizes); i++) {
        struct session s = {0};
        session_start(&s, long_case(sizes[i]), 80, 24);
        struct screen_count before = screen_memory_count(s.screen);
        session_keys(&s, "j");
        struct screen_count after = screen_memory_count(s.screen);
        assert_true(after.rows - before.rows <= 3); /* the card is the third */
        session_stop(&s);
    }
}

static void a_text_line_scrolls(void **state)
{
    (void)state;
    struct session s = {0};
    session_start(&s, reader_case(), 30, 24);
    session_keys(&s, "Enter gg j");
    struct screen_count before = screen_memory_count(s.screen);
    session_keys(&s, "j");
    struct screen_count after = screen_memory_count(s.screen);
    assert_int_equal(after.moves - before.moves, 1);
    assert_true(after.rows - before.rows <= 6);
    session_stop(&s);
}

/* A key that has nothing to do says so. */
static void no_key_is_silent(void **state)
{
    static const struct {
        const char *keys, *says;
    } rows[] = {
        {"h", "There is nothing further out: q quits"},
        {"ge ga", "This view lies over that pane: q leaves it"},
        {"g? J", "J means nothing here"},
        {"g! Enter", "No article came of this"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct session s = {0};
        session_start(&s, reader_case(), 80, 24);
        session_keys(&s, rows[i].keys);
        session_must_show(&s, rows[i].says);
        session_stop(&s);
    }
}

/* Nothing breaks whatever is pressed; what is selected is seen. */
static void random_keys(void **state)
{
    (void)state;
    static const char *const words[] = {
        "j", "k", "Space", "b", "gg", "G", "5", "0", "Tab", "S-Tab", "Enter", "h", "l", "J", "K",
        "]e", "[e", "]q", "[q", "]d", "[d", "]c", "]u", "*", "#", "gr", "gd", "gw", "gt", "ga", "ge",
        "gq", "gs", "g!", "g?", "v", "V", "w", "e", ")", "(", "}", "{", "o", "is", "ip", "iq", "y",
        "Y", "m", "'", "a", "^O", ">", "U", "/", "n", "N", "g/", "F", ":", "s", "t", "^H", "Esc",
        "O", "^L", "%", "^D", "^U", "^W", "c", "q"};
    struct session s = {0};
    session_start(&s, reader_case(), 80, 24);
    uint32_t random = 1;
    for (int i = 0; i < 6000; i++) {
        random = random * 1664525u + 1013904223u;
        uint32_t keys[KEYMAP_KEYS];
        size_t n;
        if (random >> 25 == 1) {
            screen_memory_resize(s.screen, 1 + (int)(random >> 8) % 140, 1 + (int)(random >> 16) % 50);
            app_key(s.app, K_RESIZE);
        }
        assert_null(keys_parse(str_of(words[(random >> 9) % COUNT_OF(words)]), keys, &n));
        for (size_t k = 0; k < n; k++)
            app_key(s.app, keys[k]);
        s.app->quit = s.app->suspend = false;
        app_draw(s.app);
        for (int slot = 0; slot < SLOTS; slot++) {
            struct pane *p = app_pane(s.app, (enum slot)slot);
            struct list *l = list_of(p);
            if (p->context != IN_TEXT && l->rows.n)
                assert_true(l->view.selected >= l->view.top &&
                            l->view.selected < l->view.top + l->view.height);
        }
    }
    session_stop(&s);
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    glyph_init(true);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(layout_for_every_size),
        cmocka_unit_test(places_do_not_overlap),
        cmocka_unit_test(back_and_forward),
        cmocka_unit_test(what_is_kept_comes_back),
        cmocka_unit_test(what_cannot_be_copied_is_put_aside),
        cmocka_unit_test(articles_come_in_while_one_reads),
        cmocka_unit_test(resizing_keeps_the_row_that_is_read),
        cmocka_unit_test(a_list_key_draws_two_rows),
        cmocka_unit_test(a_text_line_scrolls),
        cmocka_unit_test(no_key_is_silent),
        cmocka_unit_test(random_keys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
