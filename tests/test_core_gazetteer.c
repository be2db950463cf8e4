/* The lists: what is in them, heads of longer names, folding. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "core/gazetteer.h"
#include "core/tagger.h"

#define BIT(kind) (1u << GAZETTEER_##kind)

static const struct row {
    const char *name;
    unsigned has, lacks;
} rows[] = {
    {"France", BIT(COUNTRY), 0},
    {"FRANCE", BIT(COUNTRY), 0},
    {"Burkina Faso", BIT(COUNTRY), 0},
    {"Burkina", GAZETTEER_LONGER, BIT(COUNTRY)},
    {"Bogotá", BIT(CITY), 0},
    {"Bogota", BIT(CITY), 0},
    {"Elizabeth", BIT(GIVEN), 0},
    {"Rodriguez", BIT(SURNAME), BIT(COUNTRY)},
    {"Texas", BIT(REGION), BIT(COUNTRY)},
    {"Danube", BIT(PLACE), 0},
    {"Swahili", BIT(PEOPLE), BIT(COUNTRY)},
    {"Abraham Lincoln", BIT(PERSON), 0},
    {"the", 0, BIT(COUNTRY) | BIT(CITY) | BIT(REGION)},
    {"qwzxv", 0, ~0u},
};

static unsigned find(const char *name)
{
    struct tag_token tokens[8];
    size_t at = 0, n = tag_tokenise(str_of(name), &at, tokens, 8);
    uint32_t key = GAZETTEER_START;
    for (size_t i = 0; i < n; i++)
        key = gazetteer_step(key, tokens[i].fold);
    return gazetteer_find(key);
}

static void test_row(void **state)
{
    const struct row *row = *state;
    unsigned kinds = find(row->name);
    assert_int_equal(kinds & row->has, row->has);
    assert_int_equal(kinds & row->lacks, 0);
}

int main(void)
{
    struct CMUnitTest tests[COUNT_OF(rows)];
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        tests[i] = (struct CMUnitTest){rows[i].name, test_row, NULL, NULL, (void *)(uintptr_t)&rows[i]};
    return _cmocka_run_group_tests("gazetteer", tests, COUNT_OF(rows), NULL, NULL);
}
