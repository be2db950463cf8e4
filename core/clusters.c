/* One open-addressing table from the hash of a word as written to its two classes, made on first
 * use from the lines of core/model/clusters.txt: word, fine class, coarse class, parted by tabs. */
#include "core/clusters.h"
#include "core/tagger.h"

#include <pthread.h>

__asm__(".section .rodata\n"
        "clusters_begin:\n.incbin \"core/model/clusters.txt\"\nclusters_end:\n"
        ".byte 0\n.previous\n");
extern const char clusters_begin[], clusters_end[];

#define SLOTS (1u << 16)
#define WORDS_MAX (SLOTS / 4 * 3)

static struct slot {
    uint32_t form;
    struct word_class class;
} slots[SLOTS];

static pthread_once_t slots_once = PTHREAD_ONCE_INIT;

static struct slot *slot_of(uint32_t form)
{
    uint32_t i = form & (SLOTS - 1);
    while (slots[i].class.fine && slots[i].form != form)
        i = (i + 1) & (SLOTS - 1);
    return &slots[i];
}

static uint16_t take_number(const char **p, const char *end)
{
    unsigned v = 0;
    while (*p < end && **p == '\t')
        ++*p;
    while (*p < end && **p >= '0' && **p <= '9')
        v = v * 10 + (unsigned)(*(*p)++ - '0');
    return (uint16_t)v;
}

static void add_line(const char *p, const char *end)
{
    const char *tab = memchr(p, '\t', (size_t)(end - p));
    struct tag_token token;
    size_t at = 0;
    if (!tab || tag_tokenise(str_from(p, (size_t)(tab - p)), &at, &token, 1) != 1)
        return;
    struct slot *s = slot_of(token.form);
    s->form = token.form;
    s->class.fine = take_number(&tab, end);
    s->class.coarse = take_number(&tab, end);
}

static void make_table(void)
{
    const char *p = clusters_begin;
    for (size_t words = 0; p < clusters_end && words < WORDS_MAX; words++) {
        const char *line = memchr(p, '\n', (size_t)(clusters_end - p));
        const char *end = line ? line : clusters_end;
        add_line(p, end);
        p = end + 1;
    }
}

struct word_class clusters_find(uint32_t form)
{
    pthread_once(&slots_once, make_table);
    return slot_of(form)->class;
}

void clusters_prefetch(uint32_t form)
{
    __builtin_prefetch(&slots[form & (SLOTS - 1)]);
}
