/* One open-addressing table from the key of a name, or of the head of one, to the kinds of list
 * that hold it.
 *
 * Keys are 32-bit hashes and are not checked against letters: among 80,000 names a word that is
 * in no list hits one by chance once in 50,000 looks, which does less harm than the errors of the
 * lists themselves, and the lists as such need not be kept in order. */
#include "core/gazetteer.h"
#include "core/tagger.h"

#include <pthread.h>

#define LIST(symbol, file)                                                                         \
    __asm__(".section .rodata\n"                                                                   \
            ".balign 16\n" #symbol "_begin:\n.incbin \"core/model/" file "\"\n" #symbol "_end:\n"  \
            ".byte 0\n.previous\n");                                                               \
    extern const char symbol##_begin[], symbol##_end[];

LIST(gazetteer_given, "given.txt")
LIST(gazetteer_surnames, "surnames.txt")
LIST(gazetteer_people, "people.txt")
LIST(gazetteer_cities, "cities.txt")
LIST(gazetteer_regions, "regions.txt")
LIST(gazetteer_countries, "countries.txt")
LIST(gazetteer_places, "places.txt")
LIST(gazetteer_organisations, "organisations.txt")
LIST(gazetteer_peoples, "peoples.txt")

static const struct list {
    const char *begin, *end;
    enum gazetteer_kind kind;
} lists[] = {
    {gazetteer_given_begin, gazetteer_given_end, GAZETTEER_GIVEN},
    {gazetteer_surnames_begin, gazetteer_surnames_end, GAZETTEER_SURNAME},
    {gazetteer_people_begin, gazetteer_people_end, GAZETTEER_PERSON},
    {gazetteer_cities_begin, gazetteer_cities_end, GAZETTEER_CITY},
    {gazetteer_regions_begin, gazetteer_regions_end, GAZETTEER_REGION},
    {gazetteer_countries_begin, gazetteer_countries_end, GAZETTEER_COUNTRY},
    {gazetteer_places_begin, gazetteer_places_end, GAZETTEER_PLACE},
    {gazetteer_organisations_begin, gazetteer_organisations_end, GAZETTEER_ORGANISATION},
    {gazetteer_peoples_begin, gazetteer_peoples_end, GAZETTEER_PEOPLE},
};

#define SLOTS (1u << 18)
#define NAME_TOKENS 12

static struct slot {
    uint32_t key;
    uint32_t kinds;
} slots[SLOTS];

static pthread_once_t slots_once = PTHREAD_ONCE_INIT;

static void add(uint32_t key, unsigned kinds)
{
    uint32_t i = key & (SLOTS - 1);
    while (slots[i].kinds && slots[i].key != key)
        i = (i + 1) & (SLOTS - 1);
    slots[i].key = key;
    slots[i].kinds |= kinds;
}

static void add_name(struct str name, unsigned kinds)
{
    struct tag_token tokens[NAME_TOKENS];
    size_t at = 0, n = tag_tokenise(name, &at, tokens, NAME_TOKENS);
    if (at < name.n)
        return;
    uint32_t key = GAZETTEER_START;
    for (size_t i = 0; i < n; i++) {
        key = gazetteer_step(key, tokens[i].fold);
        add(key, i + 1 < n ? GAZETTEER_LONGER : kinds);
    }
}

static void make_table(void)
{
    for (size_t i = 0; i < COUNT_OF(lists); i++) {
        const char *p = lists[i].begin;
        while (p < lists[i].end) {
            const char *line = memchr(p, '\n', (size_t)(lists[i].end - p));
            const char *stop = line ? line : lists[i].end;
            add_name(str_from(p, (size_t)(stop - p)), 1u << lists[i].kind);
            p = stop + 1;
        }
    }
}

unsigned gazetteer_find(uint32_t key)
{
    pthread_once(&slots_once, make_table);
    uint32_t i = key & (SLOTS - 1);
    while (slots[i].kinds && slots[i].key != key)
        i = (i + 1) & (SLOTS - 1);
    return slots[i].kinds;
}

void gazetteer_prefetch(uint32_t key)
{
    __builtin_prefetch(&slots[key & (SLOTS - 1)]);
}
