/* A date found in running text is mostly that of an event, so only places are asked where a paper
 * puts its own: a line that holds nothing but a date, or says "Published", among the first; a
 * dateline; and the foot of a post that the article shows, which bounds it from below.  The name
 * of the file comes last: it is what somebody called it, not what the paper printed. */
#include "corpus/complete.h"

enum {
    YEAR_MIN = 1600,
    YEAR_MAX = 2199,
    LINES_ASKED = 6,   /* among the first and among the last of a text */
    DATE_LINE_MAX = 100,
    EDGE_BYTES = 4096, /* how far from either end lines are looked for */
};

static int32_t plausible(int32_t day)
{
    if (day == DAY_NONE)
        return DAY_NONE;
    int32_t year = day_to_civil(day).year;
    return year >= YEAR_MIN && year <= YEAR_MAX ? day : DAY_NONE;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

/* ---- the path ---- */

/* The number of exactly `n` digits at `i`, none on either side; -1 if it is none. */
static int number_at(struct str s, size_t i, size_t n)
{
    if (i + n > s.n || (i && is_digit(s.p[i - 1])) || (i + n < s.n && is_digit(s.p[i + n])))
        return -1;
    int value = 0;
    for (size_t k = 0; k < n; k++) {
        if (!is_digit(s.p[i + k]))
            return -1;
        value = value * 10 + (s.p[i + k] - '0');
    }
    return value;
}

static int32_t day_if_valid(int year, int month, int day)
{
    if (year < YEAR_MIN || year > YEAR_MAX || !civil_is_valid(year, month, day))
        return DAY_NONE;
    return day_from_civil(year, month, day);
}

/* "2003-02-14", "2003_02_14", "2003/02/14" (a name or a folder behind it), "20030214". */
static int32_t day_at(struct str path, size_t i, bool in_name)
{
    int whole = number_at(path, i, 8);
    if (whole > 0)
        return in_name ? day_if_valid(whole / 10000, whole / 100 % 100, whole % 100) : DAY_NONE;
    int year = number_at(path, i, 4);
    if (year < 0 || i + 10 > path.n || path.p[i + 4] != path.p[i + 7])
        return DAY_NONE;
    char between = path.p[i + 4];
    bool folders = between == '/' && i + 10 < path.n && path.p[i + 10] == '/';
    bool name = in_name && (between == '-' || between == '_' || between == '.');
    if (!folders && !name)
        return DAY_NONE;
    return day_if_valid(year, number_at(path, i + 5, 2), number_at(path, i + 8, 2));
}

int32_t day_of_path(struct str path)
{
    size_t name = path.n;
    while (name && path.p[name - 1] != '/')
        name--;
    for (size_t i = name; i < path.n; i++) {
        int32_t day = day_at(path, i, true);
        if (day != DAY_NONE)
            return day;
    }
    for (size_t i = name; i-- > 0;) {
        int32_t day = day_at(path, i, false);
        if (day != DAY_NONE)
            return day;
    }
    return DAY_NONE;
}

/* ---- words of a date ---- */

/* `word` is a beginning, three letters or more, of one of the names, or one of the small words. */
static bool is_date_word(struct str word)
{
    static const char *const names[] = {
        "january", "february", "march",  "april",   "may",       "june",     "july",
        "august",  "september", "october", "november", "december", "monday", "tuesday",
        "wednesday", "thursday", "friday", "saturday", "sunday",
    };
    static const char *const small[] = {"st", "nd", "rd", "th", "at",  "on", "am",  "pm",
                                        "a",  "p",  "m",  "t",  "z",   "utc", "gmt", "est",
                                        "edt", "cst", "cdt", "pst", "pdt", "et", "bst", "cet"};
    char low[12];
    if (word.n >= sizeof low)
        return false;
    for (size_t i = 0; i < word.n; i++)
        low[i] = (char)(word.p[i] | 32);
    low[word.n] = '\0';
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (word.n >= 3 && !strncmp(names[i], low, word.n))
            return true;
    for (size_t i = 0; i < COUNT_OF(small); i++)
        if (!strcmp(small[i], low))
            return true;
    return false;
}

/* The day, when `s` is a date and nothing else. */
static int32_t day_alone(struct str s)
{
    s = str_trim(s);
    if (s.n < 6 || s.n > 60)
        return DAY_NONE;
    for (size_t i = 0; i < s.n;) {
        size_t begin = i;
        while (i < s.n && is_letter(s.p[i]))
            i++;
        if (i > begin && !is_date_word(str_from(s.p + begin, i - begin)))
            return DAY_NONE;
        if (i == begin && !is_digit(s.p[i]) && !strchr(" ,.:/-+()", s.p[i]))
            return DAY_NONE;
        i += i == begin;
    }
    return plausible(day_parse(s));
}

/* ---- lines ---- */

static bool starts_with_word(struct str s, const char *word)
{
    size_t n = strlen(word);
    for (size_t i = 0; i < n; i++)
        if (i >= s.n || (s.p[i] | 32) != (word[i] | 32))
            return false;
    return n == s.n || !is_letter(s.p[n]);
}

/* "Published: June 3, 2011", "Posted on 3 June 2011". */
static int32_t day_announced(struct str line)
{
    static const char *const cues[] = {"first published", "originally published", "date published",
                                       "published", "posted", "publication date", "date",
                                       "last updated", "updated"};
    for (size_t i = 0; i < COUNT_OF(cues); i++) {
        if (!starts_with_word(line, cues[i]))
            continue;
        struct str rest = str_trim(str_from(line.p + strlen(cues[i]), line.n - strlen(cues[i])));
        if (rest.n && rest.p[0] == ':')
            rest.p++, rest.n--;
        return day_alone(rest);
    }
    return DAY_NONE;
}

/* "Ida Voss | June 3, 2011": the day in a part of a line parted by a bar or a middle dot. */
static int32_t day_in_parts(struct str line)
{
    for (size_t i = 0; i <= line.n;) {
        size_t begin = i, gap = 1;
        for (; i < line.n && line.p[i] != '|'; i++) {
            struct str rest = str_from(line.p + i, line.n - i);
            gap = str_starts(rest, STR("\xc2\xb7"))       ? 2
                  : str_starts(rest, STR("\xe2\x80\xa2")) ? 3
                                                          : 1;
            if (gap > 1)
                break;
        }
        int32_t day = day_alone(str_from(line.p + begin, i - begin));
        if (day != DAY_NONE)
            return day;
        i += gap;
    }
    return DAY_NONE;
}

/* "HARBOUR TOWN, June 3, 2011 (Wire) — ": a place in capitals, the day, before the first dash. */
static int32_t day_of_dateline(struct str line)
{
    if (line.n > DATE_LINE_MAX)
        line.n = DATE_LINE_MAX;
    size_t n = 0;
    while (n + 3 <= line.n && memcmp(line.p + n, "\xe2\x80\x94", 3) &&
           memcmp(line.p + n, "\xe2\x80\x93", 3) && memcmp(line.p + n, " - ", 3) &&
           memcmp(line.p + n, " --", 3))
        n++;
    if (n + 3 > line.n || n < 4 || !(line.p[0] >= 'A' && line.p[0] <= 'Z') ||
        !(line.p[1] >= 'A' && line.p[1] <= 'Z'))
        return DAY_NONE;
    struct str head = str_trim(str_from(line.p, n));
    const char *agency = memchr(head.p, '(', head.n);
    if (agency)
        head.n = (size_t)(agency - head.p);
    for (size_t i = 0; i < head.n; i++) {
        int32_t day =
            head.p[i] == ',' ? day_alone(str_from(head.p + i + 1, head.n - i - 1)) : DAY_NONE;
        if (day != DAY_NONE)
            return day;
    }
    return DAY_NONE;
}

/* The next line of `text` from *at that is not blank; empty at the end. */
static struct str next_line(struct str text, size_t *at)
{
    while (*at < text.n) {
        const char *begin = text.p + *at, *end = memchr(begin, '\n', text.n - *at);
        size_t n = end ? (size_t)(end - begin) : text.n - *at;
        *at += n + (end != NULL);
        struct str line = str_trim(str_from(begin, n));
        if (line.n)
            return line;
    }
    return str_from(text.p, 0);
}

static int32_t day_near_top(struct str text)
{
    size_t at = 0;
    if (text.n > EDGE_BYTES)
        text.n = EDGE_BYTES;
    for (int i = 0; i < LINES_ASKED; i++) {
        struct str line = next_line(text, &at);
        int32_t day = day_of_dateline(line);
        if (day == DAY_NONE && line.n <= DATE_LINE_MAX)
            day = day_announced(line);
        if (day == DAY_NONE && line.n <= DATE_LINE_MAX)
            day = day_in_parts(line);
        if (day != DAY_NONE)
            return day;
    }
    return DAY_NONE;
}

/* At the end of a text a date alone may be anybody's; one that is announced is not. */
static int32_t day_near_end(struct str text)
{
    size_t at = text.n > EDGE_BYTES ? text.n - EDGE_BYTES : 0;
    int32_t found = DAY_NONE;
    for (struct str line; (line = next_line(text, &at)).n;) {
        int32_t day = line.n <= DATE_LINE_MAX ? day_announced(line) : DAY_NONE;
        found = day != DAY_NONE ? day : found;
    }
    return found;
}

int32_t day_stated_in(struct str text)
{
    int32_t day = day_near_top(text);
    return day != DAY_NONE ? day : day_near_end(text);
}

/* ---- posts ---- */

/* `s` begins behind the ")" of a handle. */
static int32_t day_of_post(struct str s)
{
    enum { DATE_BYTES_MAX = 32 };
    if (s.n > DATE_BYTES_MAX)
        s.n = DATE_BYTES_MAX;
    const char *end = memchr(s.p, '\n', s.n);
    s = str_trim(end ? str_from(s.p, (size_t)(end - s.p)) : s);
    size_t n = 0;
    while (n < s.n && is_letter(s.p[n]))
        n++;
    bool begins = n ? is_date_word(str_from(s.p, n)) : s.n && is_digit(s.p[0]);
    return begins ? plausible(day_parse(s)) : DAY_NONE;
}

int32_t day_of_posts(struct str text)
{
    enum { HANDLE_BYTES_MAX = 64 };
    int32_t latest = DAY_NONE;
    const char *end = text.p + text.n, *p = text.p;
    while (p && p < end && (p = memmem(p, (size_t)(end - p), "(@", 2))) {
        size_t room = (size_t)(end - p) < HANDLE_BYTES_MAX ? (size_t)(end - p) : HANDLE_BYTES_MAX;
        const char *close = memchr(p, ')', room);
        p += 2;
        if (!close)
            continue;
        int32_t day = day_of_post(str_from(close + 1, (size_t)(end - close - 1)));
        if (day != DAY_NONE && (latest == DAY_NONE || day > latest))
            latest = day;
    }
    return latest;
}

/* ---- addresses ---- */

struct str host_of_url(struct str url)
{
    const char *scheme = url.n > 8 ? memmem(url.p, 8, "://", 3) : NULL;
    if (!scheme)
        return str_from(url.p, 0);
    struct str rest = str_from(scheme + 3, url.n - (size_t)(scheme + 3 - url.p));
    size_t n = 0;
    while (n < rest.n && !strchr("/?#:", rest.p[n]))
        n++;
    const char *user = n ? memchr(rest.p, '@', n) : NULL;
    struct str host =
        user ? str_from(user + 1, n - (size_t)(user + 1 - rest.p)) : str_from(rest.p, n);
    if (str_starts(host, STR("www.")))
        host.p += 4, host.n -= 4;
    return host;
}

/* ---- all of it ---- */

static void set_published(struct article *a, int32_t day, enum published_from from)
{
    if (a->published == DAY_NONE && day != DAY_NONE) {
        a->published = day;
        a->published_from = (uint8_t)from;
    }
}

void article_complete(struct article *a)
{
    if (!a->outlet.n)
        a->outlet = host_of_url(a->url); /* the house that serves a page is the best guess at who
                                            printed it */
    if (a->published == DAY_NONE)
        set_published(a, day_stated_in(a->text), PUBLISHED_TEXT);
    if (a->published == DAY_NONE)
        set_published(a, day_of_path(a->path), PUBLISHED_FILE);
    if (a->published != DAY_NONE) {
        a->not_before = DAY_NONE;
        return;
    }
    int32_t bound = day_of_posts(a->text);
    if (bound != DAY_NONE && (a->not_before == DAY_NONE || bound > a->not_before))
        a->not_before = bound;
}
