/* A compiled entry is a header of six shorts, the names, flags, numbers, offsets of strings and the
 * strings; a few of the offsets are all that has to change.  ncurses takes a whole entry, in
 * hexadecimal digits, as the value of TERMINFO, which is the one way to hand it one: what is
 * changed after newterm changes a copy that the library never reads. */
#include "tui/terminfo.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ENTRY_BYTES 32768 /* what ncurses itself reads at most */
#define MAGIC 0432
#define MAGIC_WIDE_NUMBERS 01036

/* Places of the strings in the entry: term.h. */
enum {
    CSR = 3, CUD1 = 11, CUU1 = 19, DL1 = 22, SGR0 = 39, IL1 = 53, DL = 106, CUD = 107, INDN = 109,
    IL = 110, RIN = 113, CUU = 114, IND = 129, RI = 130, SGR = 131
};
enum { NAMES = 1, FLAGS, NUMBERS, STRINGS, TABLE, HEADER };

static unsigned short_at(const char *entry, size_t at)
{
    return (unsigned char)entry[at] | (unsigned)(unsigned char)entry[at + 1] << 8;
}

static void put_short(char *entry, size_t at, unsigned v)
{
    entry[at] = (char)(v & 255);
    entry[at + 1] = (char)(v >> 8);
}

/* Where the offset of string `which` stands, and where the table of strings begins; 0: not
 * there. */
static size_t offset_place(const char *entry, size_t n, unsigned which, size_t *table)
{
    if (n < 2 * HEADER)
        return 0;
    unsigned magic = short_at(entry, 0), strings = short_at(entry, 2 * STRINGS);
    if ((magic != MAGIC && magic != MAGIC_WIDE_NUMBERS) || which >= strings)
        return 0;
    size_t at = 2 * HEADER + short_at(entry, 2 * NAMES) + short_at(entry, 2 * FLAGS);
    at += at & 1;
    at += short_at(entry, 2 * NUMBERS) * (magic == MAGIC ? 2u : 4u);
    *table = at + 2 * (size_t)strings;
    return *table + short_at(entry, 2 * TABLE) <= n ? at + 2 * (size_t)which : 0;
}

/* The string's place in the entry; 0: the terminal has none, or it has no end. */
static size_t string_place(const char *entry, size_t place, size_t table)
{
    unsigned offset = short_at(entry, place), bytes = short_at(entry, 2 * TABLE);
    bool whole = offset < bytes && memchr(entry + table + offset, '\0', bytes - offset);
    return whole ? table + offset : 0;
}

static bool has_string(const char *entry, size_t n, unsigned which)
{
    size_t table, place = offset_place(entry, n, which, &table);
    return place && string_place(entry, place, table);
}

static void drop_string(char *entry, size_t n, unsigned which)
{
    size_t table, place = offset_place(entry, n, which, &table);
    if (place)
        put_short(entry, place, 0xffff);
}

static bool trim_looks(char *entry, size_t n)
{
    static const char head[] = "\033(B\033[", tail[] = "\033[m\017";
    size_t table, place = offset_place(entry, n, SGR0, &table);
    size_t sgr0 = place ? string_place(entry, place, table) : 0;
    if (!sgr0)
        return false;
    if (strncmp(entry + sgr0, head, sizeof head - 1) == 0)
        put_short(entry, place, short_at(entry, place) + 3);
    else if (strcmp(entry + sgr0, tail) == 0)
        entry[sgr0 + sizeof tail - 2] = '\0';
    else
        return false;
    drop_string(entry, n, SGR);
    return true;
}

static bool trim_motions(char *entry, size_t n)
{
    static const unsigned motions[] = {CUD1, CUU1, CUD, CUU, IND, RI, INDN, RIN, IL1, DL1, IL, DL};
    if (!has_string(entry, n, CSR) || !has_string(entry, n, IND) || !has_string(entry, n, RI))
        return false;
    for (size_t i = 0; i < sizeof motions / sizeof *motions; i++)
        drop_string(entry, n, motions[i]);
    return true;
}

bool terminfo_trim(char *entry, size_t n)
{
    bool looks = trim_looks(entry, n);
    return trim_motions(entry, n) || looks;
}

/* ---- finding it ---- */

/* The entry of `term` under `folder`: t/term, or its first letter as two digits. */
static size_t read_entry(const char *folder, size_t n, const char *term, char *entry)
{
    char path[4096];
    for (int digits = 0; digits < 2; digits++) {
        int len = snprintf(path, sizeof path, digits ? "%.*s/%02x/%s" : "%.*s/%c/%s", (int)n,
                           folder, (unsigned char)term[0], term);
        FILE *f = len > 0 && (size_t)len < sizeof path ? fopen(path, "rbe") : NULL;
        if (!f)
            continue;
        size_t got = fread(entry, 1, ENTRY_BYTES, f);
        fclose(f);
        return got;
    }
    return 0;
}

/* The folders of a list parted by colons. */
static size_t read_from_list(const char *list, const char *term, char *entry)
{
    size_t got = 0;
    for (const char *p = list; p && !got; p = strchr(p, ':') ? strchr(p, ':') + 1 : NULL)
        got = *p && *p != ':' ? read_entry(p, strcspn(p, ":"), term, entry) : 0;
    return got;
}

static size_t find_entry(const char *term, char *entry)
{
    const char *own = getenv("TERMINFO"), *home = getenv("HOME");
    char at_home[4096] = "";
    if (home)
        snprintf(at_home, sizeof at_home, "%s/.terminfo", home);
    const char *lists[] = {
        own, at_home, getenv("TERMINFO_DIRS"),
        "/etc/terminfo:/lib/terminfo:/usr/share/terminfo:/usr/local/share/terminfo:"
        "/usr/lib/terminfo"};
    size_t got = 0;
    for (size_t i = 0; i < sizeof lists / sizeof *lists && !got; i++)
        got = i == 1 ? read_entry(at_home, strlen(at_home), term, entry)
                     : read_from_list(lists[i], term, entry);
    return got;
}

/* ---- handing it over ---- */

static bool offered;
static char *before; /* TERMINFO as it was; NULL: not set */

static void offer(const char *entry, size_t n)
{
    char *digits = malloc(4 + 2 * n + 1);
    if (!digits)
        return;
    memcpy(digits, "hex:", 5);
    for (size_t i = 0; i < n; i++)
        sprintf(digits + 4 + 2 * i, "%02X", (unsigned char)entry[i]);
    const char *now = getenv("TERMINFO");
    before = now ? strdup(now) : NULL;
    offered = setenv("TERMINFO", digits, 1) == 0;
    free(digits);
}

void terminfo_offer(const char *term)
{
    if (!term || !*term || strchr(term, '/'))
        return;
    char *entry = malloc(ENTRY_BYTES);
    size_t n = entry ? find_entry(term, entry) : 0;
    if (n > 0 && terminfo_trim(entry, n))
        offer(entry, n);
    free(entry);
}

void terminfo_restore(void)
{
    if (!offered)
        return;
    if (before)
        setenv("TERMINFO", before, 1);
    else
        unsetenv("TERMINFO");
    free(before);
    before = NULL;
    offered = false;
}
