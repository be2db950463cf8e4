/* What is found in the sample case: quotations with their speakers, names and who bears them,
 * dates, and the events of the timeline. */
#include "tests/support/sample.h"

/* ---- quotations ---- */

/* The record that begins like `text` in the article of `row`, or that holds it; null if none. */
static json_t *find_quote(json_t *row, bool whole)
{
    json_t *r;
    size_t i;
    json_array_foreach(ask("quotes"), i, r) {
        if (strcmp(article_of(r), text_of(row, "article")) || !strcmp(text_of(r, "kind"), "indirect"))
            continue;
        if (whole ? same_words(text_of(r, "text"), text_of(row, "text"))
                  : stands_in(text_of(r, "text"), text_of(row, "begins")))
            return r;
    }
    return NULL;
}

static void quotations(void **state)
{
    (void)state;
    struct tally found = {"quotations found", 98, 0, 0}, kinds = {"kinds of quotations", 97, 0, 0};
    json_t *row;
    size_t i;
    json_array_foreach(json_object_get(gold, "quotes"), i, row) {
        json_t *r = find_quote(row, true);
        tally_row(&found, r, "%s: %s", text_of(row, "article"), text_of(row, "text"));
        if (r)
            tally_row(&kinds, same(row, r, "kind"), "%s: %s is %s", article_of(r), text_of(r, "text"),
                      text_of(row, "kind"));
    }
    tally_check(&found);
    tally_check(&kinds);
}

/* What stands between marks and is no quotation (titles of songs), or is cut wrongly. */
static void quotations_invented(void **state)
{
    (void)state;
    struct tally sound = {"quotations that are such", 97, 0, 0};
    json_t *r, *row, *rows = json_object_get(gold, "quotes");
    size_t i, j;
    json_array_foreach(ask("quotes"), i, r) {
        bool known = !strcmp(text_of(r, "kind"), "indirect");
        json_array_foreach(rows, j, row)
            if (!known && !strcmp(text_of(row, "article"), article_of(r)))
                known = stands_in(text_of(row, "text"), text_of(r, "text"));
        tally_row(&sound, known, "%s: %s", article_of(r), text_of(r, "text"));
    }
    tally_check(&sound);
}

/* Whether `name` is the entity's own in the gold file, or one of its forms. */
static bool is_name_of(const char *entity, const char *name)
{
    json_t *e, *forms, *count;
    size_t i;
    const char *article, *form;
    if (!strcmp(entity, name))
        return true;
    json_array_foreach(json_object_get(gold, "entities"), i, e)
        if (!strcmp(text_of(e, "name"), entity))
            json_object_foreach(json_object_get(e, "aliases"), article, forms)
                json_object_foreach(forms, form, count)
                    if (strchr(form, ' ') && !strcmp(form, name))
                        return true;
    return false;
}

static void speakers(void **state)
{
    (void)state;
    struct tally t = {"speakers", 78, 0, 0};
    json_t *row;
    size_t i;
    json_array_foreach(json_object_get(gold, "quotes"), i, row) {
        json_t *r = find_quote(row, true);
        if (!r || !*text_of(row, "speaker"))
            continue;
        json_t *speaker = json_object_get(r, "speaker");
        tally_row(&t, is_name_of(text_of(row, "speaker"), text_of(speaker, "name")), "%s: %s: '%s' (%s), not %s",
                  article_of(r), text_of(r, "text"), text_of(speaker, "name"), text_of(speaker, "text"),
                  text_of(row, "speaker"));
    }
    tally_check(&t);
}

static void wordings(void **state)
{
    (void)state;
    struct tally t = {"wordings grouped", 93, 0, 0};
    json_t *group, *wording;
    size_t i, j;
    json_array_foreach(json_object_get(gold, "groups"), i, group) {
        json_t *first = NULL;
        json_array_foreach(json_object_get(group, "wordings"), j, wording) {
            json_t *r = find_quote(wording, false);
            if (j == 0)
                first = r;
            else
                tally_row(&t, first && r && number_of(r, "group") == number_of(first, "group"), "%s: %s",
                          text_of(wording, "article"), text_of(wording, "begins"));
        }
    }
    tally_check(&t);
}

/* ---- names ---- */

static int count_mentions(const char *article, const char *text, const char *kind)
{
    json_t *r;
    size_t i;
    int n = 0;
    json_array_foreach(ask("mentions"), i, r)
        n += !strcmp(article_of(r), article) && same_words(text_of(r, "text"), text) &&
             (!kind || !strcmp(text_of(r, "kind"), kind));
    return n;
}

static void names(void **state)
{
    (void)state;
    struct tally found = {"names found", 94, 0, 0}, kinds = {"kinds of names", 90, 0, 0};
    json_t *e, *forms, *count;
    size_t i;
    const char *article, *form;
    json_array_foreach(json_object_get(gold, "entities"), i, e)
        json_object_foreach(json_object_get(e, "aliases"), article, forms)
            json_object_foreach(forms, form, count) {
                int n = count_mentions(article, form, NULL);
                tally_row(&found, n >= json_integer_value(count), "%s: %s %d times", article, form, n);
                if (n)
                    tally_row(&kinds, count_mentions(article, form, text_of(e, "kind")) == n,
                              "%s: %s is a %s", article, form, text_of(e, "kind"));
            }
    tally_check(&found);
    tally_check(&kinds);
}

/* The entity that most mentions of this form have, in one article or (null) anywhere; 0: none. */
static long entity_of(const char *article, const char *form)
{
    json_t *r;
    size_t i;
    json_array_foreach(ask("mentions"), i, r)
        if ((!article || !strcmp(article_of(r), article)) && same_words(text_of(r, "text"), form))
            return number_of(r, "entity");
    return 0;
}

static void names_tied(void **state)
{
    (void)state;
    struct tally t = {"names tied", 94, 0, 0};
    json_t *row, *e, *forms, *count;
    size_t i;
    const char *article, *form;
    json_array_foreach(json_object_get(gold, "same"), i, row) {
        long a = entity_of(text_of(row, "stated_in"), text_of(row, "alias"));
        tally_row(&t, a && a == entity_of(NULL, text_of(row, "name")), "%s is %s", text_of(row, "alias"),
                  text_of(row, "name"));
    }
    json_array_foreach(json_object_get(gold, "entities"), i, e) {
        long whole = entity_of(NULL, text_of(e, "name"));
        json_object_foreach(json_object_get(e, "aliases"), article, forms)
            json_object_foreach(forms, form, count)
                tally_row(&t, whole && entity_of(article, form) == whole, "%s: %s is %s", article, form,
                          text_of(e, "name"));
    }
    tally_check(&t);
}

static void namesakes_stay_apart(void **state)
{
    (void)state;
    json_t *pair;
    size_t i;
    json_array_foreach(json_object_get(gold, "apart"), i, pair) {
        const char *a = json_string_value(json_array_get(pair, 0)), *b = json_string_value(json_array_get(pair, 1));
        long x = entity_of(NULL, a), y = entity_of(NULL, b);
        print_message("%s %ld, %s %ld\n", a, x, b, y);
        assert_true(x && y && x != y);
    }
}

/* ---- dates and events ---- */

static bool has_date(json_t *row)
{
    json_t *r;
    size_t i;
    json_array_foreach(ask("dates"), i, r)
        if (!strcmp(article_of(r), text_of(row, "article")) && same(r, row, "value") &&
            (stands_in(text_of(r, "text"), text_of(row, "text")) ||
             stands_in(text_of(row, "text"), text_of(r, "text"))))
            return true;
    return false;
}

static void dates(void **state)
{
    (void)state;
    struct tally t = {"dates", 91, 0, 0};
    json_t *row;
    size_t i;
    json_array_foreach(json_object_get(gold, "dates"), i, row)
        tally_row(&t, has_date(row), "%s: %s is %s", text_of(row, "article"), text_of(row, "text"),
                  text_of(row, "value"));
    tally_check(&t);
}

/* The event that `claim` is told by: a source in its article that touches its words and gives
 * its date. */
static json_t *event_of(json_t *claim)
{
    const char *text = text_of(record_of(ask("articles --text"), text_of(claim, "article")), "text");
    const char *value = text_of(claim, "date");
    json_t *event, *source;
    size_t i, j;
    json_array_foreach(ask("timeline"), i, event)
        json_array_foreach(json_object_get(event, "sources"), j, source) {
            if (strcmp(article_of(source), text_of(claim, "article")) ||
                strncmp(text_of(source, "date"), value, strlen(value)))
                continue;
            size_t begin = (size_t)number_of(source, "begin"), n = (size_t)number_of(source, "end") - begin;
            char *statement = mem_alloc(n + 1);
            memcpy(statement, text + begin, n);
            statement[n] = '\0';
            bool tells = stands_in(statement, text_of(claim, "text"));
            free(statement);
            if (tells)
                return event;
        }
    return NULL;
}

static void events(void **state)
{
    (void)state;
    struct tally told = {"claims on the timeline", 97, 0, 0}, together = {"claims of one event together", 93, 0, 0};
    json_t *row, *claim;
    size_t i, j;
    json_array_foreach(json_object_get(gold, "events"), i, row) {
        json_t *first = NULL;
        json_array_foreach(json_object_get(row, "claims"), j, claim) {
            json_t *event = event_of(claim);
            tally_row(&told, event, "%s: %s", text_of(claim, "article"), text_of(claim, "text"));
            if (event && first)
                tally_row(&together, event == first, "%s: %s", text_of(row, "about"), text_of(claim, "article"));
            first = first ? first : event;
        }
    }
    tally_check(&told);
    tally_check(&together);
}

/* ---- conflicts ---- */

/* Does the record give this value, whole or as part of a longer one? */
static bool gives(json_t *record, const char *value)
{
    json_t *claim;
    size_t i;
    json_array_foreach(json_object_get(record, "claims"), i, claim)
        if (stands_in(text_of(claim, "value"), value))
            return true;
    return false;
}

/* The record whose kind and values these are. */
static json_t *conflict_of(json_t *row)
{
    json_t *r, *value;
    size_t i, j;
    json_array_foreach(ask("conflicts"), i, r) {
        bool all = same(row, r, "kind");
        json_array_foreach(json_object_get(row, "values"), j, value)
            all = all && gives(r, text_of(value, "value"));
        if (all)
            return r;
    }
    return NULL;
}

/* What is told differently is shown, and nothing else is. */
static void conflicts(void **state)
{
    (void)state;
    struct tally shown = {"conflicts shown", 100, 0, 0};
    json_t *row, *r;
    size_t i;
    json_array_foreach(json_object_get(gold, "conflicts"), i, row)
        tally_row(&shown, conflict_of(row), "%s: %s", text_of(row, "kind"), text_of(row, "about"));
    tally_check(&shown);
    json_array_foreach(ask("conflicts"), i, r) {
        bool known = false;
        size_t j;
        json_array_foreach(json_object_get(gold, "conflicts"), j, row)
            known = known || conflict_of(row) == r;
        if (!known)
            fail_msg("no conflict: %s: %s", text_of(r, "kind"), text_of(r, "about"));
    }
}

/* A toll that rises is news. */
static void updates_are_no_conflicts(void **state)
{
    (void)state;
    json_t *row, *told, *r, *claim, *source;
    size_t h, i, j, k, m;
    json_array_foreach(json_object_get(gold, "no_conflicts"), h, row)
        json_array_foreach(json_object_get(row, "texts"), i, told) {
            const char *text = text_of(record_of(ask("articles --text"), text_of(told, "article")), "text");
            const char *at = strstr(text, text_of(told, "text"));
            assert_non_null(at);
            json_array_foreach(ask("conflicts"), j, r)
                json_array_foreach(json_object_get(r, "claims"), k, claim)
                    json_array_foreach(json_object_get(claim, "sources"), m, source)
                        assert_false(same(row, r, "kind") && !strcmp(article_of(source), text_of(told, "article")) &&
                                     number_of(source, "begin") < at - text + (long)strlen(text_of(told, "text")) &&
                                     number_of(source, "end") > at - text);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quotations),
        cmocka_unit_test(quotations_invented),
        cmocka_unit_test(speakers),
        cmocka_unit_test(wordings),
        cmocka_unit_test(names),
        cmocka_unit_test(names_tied),
        cmocka_unit_test(namesakes_stay_apart),
        cmocka_unit_test(dates),
        cmocka_unit_test(events),
        cmocka_unit_test(conflicts),
        cmocka_unit_test(updates_are_no_conflicts),
    };
    return cmocka_run_group_tests(tests, sample_open, sample_close);
}
