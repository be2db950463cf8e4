/* What a page says about itself: <meta> under the names that house systems and search engines
 * have introduced over the years, and JSON-LD (schema.org, Article).  Each name has a rank, so
 * the most deliberate statement wins whatever the order in the page. */
#include "corpus/html.h"

#include <jansson.h>
#include <strings.h>

#include "core/day.h"

static bool is_web_address(struct str s)
{
    return str_starts(s, STR("http://")) || str_starts(s, STR("https://"));
}

/* "By Ida Voss," as "Ida Voss"; of "By" alone nothing is left. */
static struct str without_by(struct str s)
{
    if (s.n >= 2 && !strncasecmp(s.p, "by", 2) && (s.n == 2 || strchr(" :\n\t", s.p[2])))
        s = str_from(s.p + 2, s.n - 2);
    while (s.n && strchr(" :,;\n\t", s.p[0]))
        s.p++, s.n--;
    while (s.n && strchr(" :,;\n\t", s.p[s.n - 1]))
        s.n--;
    return s;
}

void html_offer(struct html_page *p, enum html_field field, int rank, struct str value)
{
    value = str_trim(value);
    if (field == HTML_AUTHOR)
        value = is_web_address(value) ? STR("") : without_by(value);
    if (!value.n || (p->fields[field].rank && p->fields[field].rank <= rank))
        return;
    if (field == HTML_DATE && day_parse(value) == DAY_NONE)
        return;
    p->fields[field].value = arena_str(&p->memory, value);
    p->fields[field].rank = rank;
}

static const struct {
    const char *name;
    enum html_field field;
    int rank;
} metas[] = {
    {"og:title", HTML_TITLE, 2},
    {"twitter:title", HTML_TITLE, 3},
    {"dc.title", HTML_TITLE, 4},
    {"article:published_time", HTML_DATE, 1},
    {"datepublished", HTML_DATE, 3},
    {"parsely-pub-date", HTML_DATE, 3},
    {"pubdate", HTML_DATE, 3},
    {"publishdate", HTML_DATE, 3},
    {"publish-date", HTML_DATE, 3},
    {"publish_date", HTML_DATE, 3},
    {"publication_date", HTML_DATE, 3},
    {"publication-date", HTML_DATE, 3},
    {"og:published_time", HTML_DATE, 3},
    {"originalpublicationdate", HTML_DATE, 3},
    {"article_date_original", HTML_DATE, 3},
    {"sailthru.date", HTML_DATE, 3},
    {"dc.date.issued", HTML_DATE, 3},
    {"dcterms.created", HTML_DATE, 4},
    {"dc.date", HTML_DATE, 4},
    {"date", HTML_DATE, 4},
    {"author", HTML_AUTHOR, 1},
    {"article:author", HTML_AUTHOR, 2},
    {"parsely-author", HTML_AUTHOR, 2},
    {"byl", HTML_AUTHOR, 2},
    {"sailthru.author", HTML_AUTHOR, 3},
    {"dc.creator", HTML_AUTHOR, 3},
    {"og:site_name", HTML_OUTLET, 1},
    {"publisher", HTML_OUTLET, 3},
    {"dc.publisher", HTML_OUTLET, 3},
    {"application-name", HTML_OUTLET, 4},
    {"og:url", HTML_URL, 2},
    {"news_keywords", HTML_TAGS, 1},
    {"keywords", HTML_TAGS, 2},
};

void html_take_meta(struct html_page *p, struct str name, struct str content)
{
    for (size_t i = 0; name.n && i < COUNT_OF(metas); i++)
        if (strlen(metas[i].name) == name.n && !strncasecmp(metas[i].name, name.p, name.n))
            html_offer(p, metas[i].field, metas[i].rank, content);
}

/* ---- JSON-LD ---- */

static struct str member(const json_t *object, const char *name)
{
    const json_t *value = json_object_get(object, name);
    return str_from(json_string_value(value), json_string_length(value));
}

/* "…": a string, {"name": …}, or the first of a list of them. */
static struct str name_of(const json_t *value)
{
    if (json_is_array(value))
        value = json_array_get(value, 0);
    if (json_is_object(value))
        return member(value, "name");
    return str_from(json_string_value(value), json_string_length(value));
}

static bool is_article(const json_t *object)
{
    const json_t *type = json_object_get(object, "@type");
    if (json_is_array(type))
        type = json_array_get(type, 0);
    const char *name = json_string_value(type);
    return name && (strstr(name, "Article") || !strcmp(name, "BlogPosting") ||
                    !strcmp(name, "Report"));
}

static void take_article(struct html_page *p, const json_t *object)
{
    html_offer(p, HTML_TITLE, 1, member(object, "headline"));
    html_offer(p, HTML_DATE, 2, member(object, "datePublished"));
    html_offer(p, HTML_AUTHOR, 3, name_of(json_object_get(object, "author")));
    html_offer(p, HTML_OUTLET, 2, name_of(json_object_get(object, "publisher")));
    html_offer(p, HTML_URL, 3, member(object, "url"));
    html_offer(p, HTML_BODY, 1, member(object, "articleBody"));
}

/* An article, a list of things, or a graph of them. */
static void take_value(struct html_page *p, const json_t *value)
{
    size_t i;
    const json_t *item;
    const json_t *list = json_is_array(value) ? value : json_object_get(value, "@graph");
    if (is_article(value))
        take_article(p, value);
    json_array_foreach(list, i, item) {
        if (is_article(item))
            take_article(p, item);
    }
}

void html_take_json_ld(struct html_page *p, struct str json)
{
    json_t *value = json_loadb(json.p, json.n, 0, NULL);
    if (value)
        take_value(p, value);
    json_decref(value);
}

/* ---- the title ---- */

/* "Lamp case | Harbour Post", "Lamp case - Harbour Post": without the paper, where it is known or
 * what stands behind the last bar is short. */
static struct str without_outlet(struct str title, struct str outlet)
{
    static const char *const bars[] = {" | ",  " - ",       " \xe2\x80\x93 ", " \xe2\x80\x94 ",
                                       " :: ", " \xc2\xbb "};
    for (size_t b = 0; b < COUNT_OF(bars); b++) {
        size_t n = strlen(bars[b]);
        for (size_t i = title.n; i-- > 12;) {
            if (i + n > title.n || memcmp(title.p + i, bars[b], n))
                continue;
            struct str behind = str_from(title.p + i + n, title.n - i - n);
            bool named =
                outlet.n && behind.n >= outlet.n && memmem(behind.p, behind.n, outlet.p, outlet.n);
            if (named || (b == 0 && behind.n < 32 && behind.n * 2 < i))
                return str_trim(str_from(title.p, i));
            break;
        }
    }
    return title;
}

struct str html_title(const struct html_page *p)
{
    struct str stated = p->fields[HTML_TITLE].value, outlet = p->fields[HTML_OUTLET].value;
    struct str window = p->window_title;
    struct str longest = stated.n ? stated : window;
    bool agrees = p->heading.n && longest.n && p->heading.n <= longest.n &&
                  memmem(longest.p, longest.n, p->heading.p, p->heading.n) &&
                  p->heading.n * 2 > longest.n;
    if (agrees)
        return p->heading;
    if (p->heading.n && str_ends(longest, p->heading))
        return without_outlet(longest, p->heading); /* the heading is the name of the paper */
    if (stated.n)
        return without_outlet(stated, outlet);
    if (p->heading.n && !str_eq(p->heading, outlet))
        return p->heading;
    return without_outlet(window, outlet);
}
