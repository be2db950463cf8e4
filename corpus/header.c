/* The danger is not to miss a header but to take one that is none: "Source: police said", "Note:
 * names were changed" are how articles begin, and what is taken off is lost to the reader.  So a
 * block of `Key: value` lines counts only by keys that are known, two of them, or one whose value
 * is of the kind that the key asks for; an unknown key rides along only between known ones and a
 * blank line.  A YAML library was left: front matter of articles uses a corner of it, and its
 * anchors and tags are what a hostile file would use. */
#include "corpus/header.h"

enum { HEADER_BYTES_MAX = 65536, HEADER_LINES_MAX = 200, KEY_BYTES_MAX = 32 };

enum key {
    KEY_NONE = 0, /* not a key, or an unknown one */
    KEY_TITLE,
    KEY_DATE,
    KEY_AUTHOR,
    KEY_OUTLET,
    KEY_URL,
    KEY_TAGS,
    KEY_OTHER, /* known, and of no use here */
};

static const struct {
    const char *name;
    enum key key;
} keys[] = {
    {"title", KEY_TITLE},        {"headline", KEY_TITLE},     {"subject", KEY_TITLE},
    {"date", KEY_DATE},          {"published", KEY_DATE},     {"pubdate", KEY_DATE},
    {"publication-date", KEY_DATE}, {"date-published", KEY_DATE}, {"datepublished", KEY_DATE},
    {"posted", KEY_DATE},        {"author", KEY_AUTHOR},      {"authors", KEY_AUTHOR},
    {"by", KEY_AUTHOR},          {"byline", KEY_AUTHOR},      {"source", KEY_OUTLET},
    {"outlet", KEY_OUTLET},      {"publication", KEY_OUTLET}, {"publisher", KEY_OUTLET},
    {"newspaper", KEY_OUTLET},   {"site", KEY_OUTLET},        {"url", KEY_URL},
    {"link", KEY_URL},           {"permalink", KEY_URL},      {"source-url", KEY_URL},
    {"canonical", KEY_URL},      {"tags", KEY_TAGS},          {"keywords", KEY_TAGS},
    {"topics", KEY_TAGS},        {"categories", KEY_TAGS},    {"category", KEY_TAGS},
    {"id", KEY_OTHER},           {"section", KEY_OTHER},      {"language", KEY_OTHER},
    {"lang", KEY_OTHER},         {"updated", KEY_OTHER},      {"modified", KEY_OTHER},
    {"retrieved", KEY_OTHER},    {"accessed", KEY_OTHER},     {"edition", KEY_OTHER},
    {"page", KEY_OTHER},         {"words", KEY_OTHER},        {"copyright", KEY_OTHER},
    {"description", KEY_OTHER},  {"summary", KEY_OTHER},      {"layout", KEY_OTHER},
    {"draft", KEY_OTHER},        {"slug", KEY_OTHER},         {"image", KEY_OTHER},
    {"charset", KEY_OTHER},      {"format", KEY_OTHER},       {"type", KEY_OTHER},
};

static bool is_key_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
}

static char folded(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c | 32) : c == '_' || c == ' ' ? '-' : c;
}

static enum key key_named(struct str name)
{
    for (size_t k = 0; k < COUNT_OF(keys); k++) {
        size_t i = 0;
        while (i < name.n && keys[k].name[i] && folded(name.p[i]) == keys[k].name[i])
            i++;
        if (i == name.n && !keys[k].name[i])
            return keys[k].key;
    }
    return KEY_NONE;
}

/* The line that begins at `at`, without its end; *next gets the place behind that. */
static struct str line_at(struct str text, size_t at, size_t *next)
{
    const char *begin = text.p + at;
    const char *end = memchr(begin, '\n', text.n - at);
    size_t n = end ? (size_t)(end - begin) : text.n - at;
    *next = end ? at + n + 1 : text.n;
    return str_from(begin, n);
}

/* "Key: value", the key of one word, or of two that are known together ("Publication date"). */
static bool split_pair(struct str line, struct str *key, struct str *value)
{
    const char *colon = memchr(line.p, ':', line.n < KEY_BYTES_MAX ? line.n : KEY_BYTES_MAX);
    if (!colon || colon == line.p)
        return false;
    size_t n = (size_t)(colon - line.p);
    *key = str_from(line.p, n);
    *value = str_trim(str_from(colon + 1, line.n - n - 1));
    if (n + 1 < line.n && line.p[n + 1] != ' ' && line.p[n + 1] != '\t')
        return false; /* "http://", "10:30" */
    for (size_t i = 0; i < n; i++)
        if (!is_key_char(line.p[i]))
            return key_named(*key) != KEY_NONE;
    return true;
}

/* ---- values ---- */

void header_date(struct str date, int32_t *published, int32_t *not_before)
{
    date = str_trim(date);
    *published = day_parse(date);
    struct days d = *published == DAY_NONE ? days_of_timex(date) : (struct days){0};
    *not_before = days_known(d) ? d.first : DAY_NONE;
}

static struct str unquoted(struct str s)
{
    s = str_trim(s);
    if (s.n >= 2 && (s.p[0] == '"' || s.p[0] == '\'') && s.p[s.n - 1] == s.p[0])
        return str_from(s.p + 1, s.n - 2);
    return s;
}

struct str header_tags(struct arena *a, struct str tags)
{
    tags = str_trim(tags);
    if (tags.n >= 2 && tags.p[0] == '[' && tags.p[tags.n - 1] == ']')
        tags = str_from(tags.p + 1, tags.n - 2);
    char *out = arena_alloc(a, tags.n * 2 + 1), *w = out;
    for (size_t i = 0; i <= tags.n; i++) {
        size_t begin = i;
        while (i < tags.n && tags.p[i] != ',' && tags.p[i] != ';')
            i++;
        struct str tag = unquoted(str_from(tags.p + begin, i - begin));
        if (!tag.n)
            continue;
        if (w > out)
            *w++ = ',', *w++ = ' ';
        memcpy(w, tag.p, tag.n);
        w += tag.n;
    }
    return str_from(out, (size_t)(w - out));
}

/* The first value of a key stands; a later one does not replace it. */
static void take_value(struct arena *a, struct header *h, enum key key, struct str value)
{
    struct str *field = key == KEY_TITLE    ? &h->title
                        : key == KEY_AUTHOR ? &h->author
                        : key == KEY_OUTLET ? &h->outlet
                        : key == KEY_URL    ? &h->url
                        : key == KEY_TAGS   ? &h->tags
                        : key == KEY_DATE   ? &h->date
                                            : NULL;
    if (!field || !value.n || (field->n && (key != KEY_DATE || h->published != DAY_NONE)))
        return;
    *field = key == KEY_TAGS ? header_tags(a, value) : value;
    if (key == KEY_DATE)
        header_date(value, &h->published, &h->not_before);
}

/* ---- ` date 2023-08-04 ` ---- */

static size_t skip_blanks(struct str s, size_t i)
{
    while (i < s.n && (s.p[i] == ' ' || s.p[i] == '\t'))
        i++;
    return i;
}

static bool parse_date_word(struct str text, struct header *h)
{
    size_t word = skip_blanks(text, 0);
    if (!str_starts(str_from(text.p + word, text.n - word), STR("date")))
        return false;
    size_t begin = skip_blanks(text, word + 4), end = begin + 10;
    if (begin == word + 4 || end > text.n)
        return false;
    struct str date = str_from(text.p + begin, 10);
    if (date.p[4] != '-' || date.p[7] != '-' || day_parse(date) == DAY_NONE)
        return false;
    if (end < text.n && text.p[end] != ' ' && text.p[end] != '\t' && text.p[end] != '\n')
        return false;
    h->date = date;
    h->published = day_parse(date);
    h->bytes = end + (end < text.n);
    if (str_starts(str_from(text.p + end, text.n - end), STR("\n\n")))
        h->bytes++; /* a header line of its own, with the blank line that parts it */
    return true;
}

/* ---- front matter ---- */

static bool is_fence(struct str line, const char *fence)
{
    while (line.n && (line.p[line.n - 1] == ' ' || line.p[line.n - 1] == '\t'))
        line.n--;
    return str_eq(line, str_of(fence));
}

/* A value that goes on in indented lines: "- item" is one of a list, else words of a paragraph. */
static void take_continuation(byte_vec *value, struct str line)
{
    line = str_trim(line);
    bool item = line.n && line.p[0] == '-' && (line.n == 1 || line.p[1] == ' ');
    if (item)
        line = unquoted(str_from(line.p + 1, line.n - 1));
    if (value->n && line.n)
        bytes_put(value, item ? STR(", ") : STR(" "));
    bytes_put(value, line);
}

static bool is_block_sign(struct str value)
{
    return value.n && value.n <= 2 && (value.p[0] == '|' || value.p[0] == '>');
}

static bool parse_front_matter(struct arena *a, struct str text, struct header *h)
{
    size_t at, n_pairs = 0;
    if (!is_fence(line_at(text, 0, &at), "---"))
        return false;
    enum key key = KEY_NONE;
    byte_vec value = {0};
    bool closed = false;
    for (int lines = 0; at < text.n && lines < HEADER_LINES_MAX && !closed; lines++) {
        struct str line = line_at(text, at, &at), name, rest;
        closed = is_fence(line, "---") || is_fence(line, "...");
        bool goes_on = line.n && (line.p[0] == ' ' || line.p[0] == '\t' || line.p[0] == '-');
        if (!closed && goes_on) {
            take_continuation(&value, line);
            continue;
        }
        take_value(a, h, key, unquoted(arena_str(a, bytes_str(&value))));
        vec_clear(&value);
        key = KEY_NONE;
        if (!closed && split_pair(line, &name, &rest)) {
            key = key_named(name);
            n_pairs++;
            if (!is_block_sign(rest))
                bytes_put(&value, rest);
        }
    }
    vec_free(&value);
    h->bytes = at;
    return closed && n_pairs;
}

/* ---- `Key: value` lines ---- */

static bool is_short_phrase(struct str value)
{
    return value.n && value.n <= 80 && !strchr(".!?", value.p[value.n - 1]);
}

/* A header of this one pair alone is believed. */
static bool stands_alone(enum key key, struct str value, int32_t published)
{
    switch (key) {
    case KEY_DATE:
        return published != DAY_NONE;
    case KEY_URL:
        return str_starts(value, STR("http://")) || str_starts(value, STR("https://")) ||
               str_starts(value, STR("www."));
    case KEY_TITLE:
    case KEY_AUTHOR:
    case KEY_OUTLET:
        return is_short_phrase(value);
    default:
        return false;
    }
}

struct pairs {
    size_t n_known;
    enum key first;
    struct str first_value;
    bool blank; /* ended by a blank line */
};

/* Takes pairs from the start of the text; h->bytes is the end of the last one taken. */
static struct pairs parse_pairs(struct arena *a, struct str text, struct header *h)
{
    struct pairs p = {0};
    size_t at = 0, next = 0, known_end = 0;
    for (int lines = 0; at < text.n && lines < HEADER_LINES_MAX; lines++, at = next) {
        struct str line = line_at(text, at, &next), name, value;
        p.blank = str_trim(line).n == 0;
        if (p.blank || !split_pair(line, &name, &value))
            break;
        enum key key = key_named(name);
        if (key == KEY_NONE && (p.n_known < 2 || value.n > 100))
            break;
        if (key == KEY_NONE)
            continue;
        take_value(a, h, key, value);
        if (!p.n_known++)
            p.first = key, p.first_value = value;
        known_end = next;
    }
    p.blank |= at >= text.n;
    h->bytes = p.blank && at < text.n ? next : p.blank ? at : known_end;
    return p;
}

static bool parse_pair_lines(struct arena *a, struct str text, struct header *h)
{
    struct pairs p = parse_pairs(a, text, h);
    if (p.n_known >= 2)
        return true;
    if (p.n_known == 0)
        return false;
    return stands_alone(p.first, p.first_value, h->published) &&
           (p.blank || p.first == KEY_DATE);
}

/* ---- all of it ---- */

struct header header_parse(struct arena *a, struct str text)
{
    const struct header none = {.published = DAY_NONE, .not_before = DAY_NONE};
    struct header h = none;
    struct str head = text;
    if (head.n > HEADER_BYTES_MAX)
        head.n = HEADER_BYTES_MAX;
    if (parse_date_word(head, &h))
        return h;
    h = none;
    if (parse_front_matter(a, head, &h))
        return h;
    h = none;
    return parse_pair_lines(a, head, &h) ? h : none;
}

void header_apply(const struct header *h, struct article *a)
{
    a->title = h->title;
    a->author = h->author;
    a->outlet = h->outlet;
    a->url = h->url;
    a->tags = h->tags;
    a->published = h->published;
    a->not_before = h->not_before;
    a->published_from = h->published != DAY_NONE ? PUBLISHED_HEADER : PUBLISHED_NONE;
}
