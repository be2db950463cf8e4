/* The sample case as it is read: every article there is, with what its header or page states, its
 * text whole, nothing of the page around it, and which of them copy one another. */
#include "tests/support/sample.h"

static void articles_are_read(void **state)
{
    (void)state;
    static const char *const fields[] = {"title", "published", "published_from", "not_before",
                                         "outlet", "author"};
    struct tally t = {"articles as stated", 100, 0, 0};
    json_t *records = ask("articles --text"), *row;
    size_t i;
    json_array_foreach(json_object_get(gold, "articles"), i, row) {
        json_t *r = record_of(records, text_of(row, "article"));
        for (size_t f = 0; f < COUNT_OF(fields); f++)
            tally_row(&t, r && same(row, r, fields[f]), "%s: %s is '%s', should be '%s'",
                      text_of(row, "article"), fields[f], text_of(r, fields[f]), text_of(row, fields[f]));
        tally_row(&t, r && number_of(r, "issues") == (*text_of(row, "issue") != '\0'), "%s: %ld issues",
                  text_of(row, "article"), number_of(r, "issues"));
    }
    tally_check(&t);
}

/* Every word the gold file speaks of stands in the text the program gives: what was decoded,
 * taken out of a page or parted from its header is whole. */
static void texts_are_whole(void **state)
{
    (void)state;
    static const char *const lists[] = {"quotes", "dates", "furniture"};
    struct tally t = {"texts whole", 100, 0, 0};
    json_t *records = ask("articles --text"), *row;
    size_t i;
    for (size_t list = 0; list < COUNT_OF(lists); list++)
        json_array_foreach(json_object_get(gold, lists[list]), i, row) {
            json_t *r = record_of(records, text_of(row, "article"));
            tally_row(&t, stands_in(text_of(r, "text"), text_of(row, "text")), "%s lacks: %s",
                      text_of(row, "article"), text_of(row, "text"));
        }
    tally_check(&t);
}

static void pages_lose_their_furniture(void **state)
{
    (void)state;
    struct tally t = {"page furniture left out", 100, 0, 0};
    json_t *row;
    size_t i;
    json_array_foreach(json_object_get(gold, "page_furniture"), i, row) {
        json_t *r = record_of(ask("articles --text"), text_of(row, "article"));
        tally_row(&t, r && !stands_in(text_of(r, "text"), text_of(row, "text")), "%s keeps: %s",
                  text_of(row, "article"), text_of(row, "text"));
    }
    tally_check(&t);
}

/* The article that `article` copies, as the program says; "" when none. */
static const char *copied_by(const char *article)
{
    const char *path = text_of(record_of(ask("articles --text"), article), "near_copy_of");
    const char *name = strstr(path, SAMPLE);
    return name ? name + strlen(SAMPLE) : path;
}

/* Each pair of the gold file is known, whichever came first, and nothing else is called a copy. */
static void near_copies(void **state)
{
    (void)state;
    struct tally t = {"near copies", 100, 0, 0};
    json_t *pair, *r;
    size_t i, said = 0;
    json_array_foreach(json_object_get(gold, "near_copies"), i, pair) {
        const char *a = json_string_value(json_array_get(pair, 0));
        const char *b = json_string_value(json_array_get(pair, 1));
        tally_row(&t, !strcmp(copied_by(b), a) || !strcmp(copied_by(a), b), "%s, %s", a, b);
    }
    tally_check(&t);
    json_array_foreach(ask("articles --text"), i, r)
        said += *text_of(r, "near_copy_of") != '\0';
    assert_int_equal(said, json_array_size(json_object_get(gold, "near_copies")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(articles_are_read),
        cmocka_unit_test(texts_are_whole),
        cmocka_unit_test(pages_lose_their_furniture),
        cmocka_unit_test(near_copies),
    };
    return cmocka_run_group_tests(tests, sample_open, sample_close);
}
