/* A bisection of the text of the list itself: it is asked once for each people of a case, so a
 * table made of it first would cost more than it saves. */
#include "core/demonyms.h"

__asm__(
    ".section .rodata\n"
    "demonyms_begin:\n.incbin \"core/model/demonyms.txt\"\ndemonyms_end:\n.byte 0\n.previous\n");
extern const char demonyms_begin[], demonyms_end[];

/* The line that holds `p`. */
static struct str line_at(const char *p)
{
    const char *begin = p, *end = p;
    while (begin > demonyms_begin && begin[-1] != '\n')
        begin--;
    while (end < demonyms_end && *end != '\n')
        end++;
    return str_from(begin, (size_t)(end - begin));
}

static struct str place_of(struct str word)
{
    const char *low = demonyms_begin, *high = demonyms_end;
    while (low < high) {
        struct str line = line_at(low + (high - low) / 2);
        const char *tab = memchr(line.p, '\t', line.n);
        int order = tab ? str_cmp(word, str_from(line.p, (size_t)(tab - line.p))) : 0;
        if (tab && order == 0)
            return str_from(tab + 1, (size_t)(line.p + line.n - tab - 1));
        if (order < 0)
            high = line.p;
        else
            low = line.p + line.n + 1;
    }
    return (struct str){0};
}

struct str demonym_place(struct str form)
{
    struct str place = place_of(form);
    if (!place.n && form.n > 3 && form.p[form.n - 1] == 's')
        place = place_of(str_from(form.p, form.n - 1));
    return place;
}
