/* From tags to blocks, in one walk over the events of libxml2's parser.
 *
 * No tree is built: what the scorer needs of an element is its parent and a few bits, so a page
 * costs little more than its text, and nothing here recurses.  libxml2 searches its stack of open
 * elements at closing tags, and a tag's attributes for doubles; both are squares of what a
 * hostile page holds, so a page nested deeper than any real one, or with a tag of a thousand
 * attributes, is given up and only stripped of its tags. */
#include "corpus/html.h"

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <strings.h>


enum { DEPTH_MAX = 512, ATTRIBUTES_MAX = 1000, CAPTURE_BYTES_MAX = 4 << 20 };

/* ---- what tags and classes mean ---- */

enum tag_kind {
    TAG_INLINE = 0,
    TAG_BLOCK,
    TAG_SKIPPED, /* with everything in it */
    TAG_LINK,
    TAG_BREAK,
};

static const struct tag {
    const char *name;
    uint8_t kind, flags;
} tags[] = {
    {"a", TAG_LINK, 0},
    {"address", TAG_BLOCK, HTML_SUSPECT},
    {"article", TAG_BLOCK, 0},
    {"aside", TAG_BLOCK, HTML_SUSPECT},
    {"audio", TAG_SKIPPED, 0},
    {"blockquote", TAG_BLOCK, HTML_PARAGRAPH},
    {"body", TAG_BLOCK, 0},
    {"br", TAG_BREAK, 0},
    {"button", TAG_SKIPPED, 0},
    {"canvas", TAG_SKIPPED, 0},
    {"center", TAG_BLOCK, 0},
    {"dd", TAG_BLOCK, HTML_ITEM},
    {"details", TAG_BLOCK, 0},
    {"div", TAG_BLOCK, 0},
    {"dl", TAG_BLOCK, 0},
    {"dt", TAG_BLOCK, HTML_ITEM},
    {"embed", TAG_SKIPPED, 0},
    {"fieldset", TAG_BLOCK, 0},
    {"figcaption", TAG_BLOCK, HTML_SUSPECT},
    {"figure", TAG_BLOCK, HTML_SUSPECT},
    {"footer", TAG_BLOCK, HTML_SUSPECT},
    {"form", TAG_BLOCK, HTML_SUSPECT},
    {"h1", TAG_BLOCK, HTML_HEADING},
    {"h2", TAG_BLOCK, HTML_HEADING},
    {"h3", TAG_BLOCK, HTML_HEADING},
    {"h4", TAG_BLOCK, HTML_HEADING},
    {"h5", TAG_BLOCK, HTML_HEADING},
    {"h6", TAG_BLOCK, HTML_HEADING},
    {"header", TAG_BLOCK, HTML_SUSPECT},
    {"hr", TAG_BLOCK, 0},
    {"iframe", TAG_SKIPPED, 0},
    {"li", TAG_BLOCK, HTML_ITEM},
    {"main", TAG_BLOCK, 0},
    {"math", TAG_SKIPPED, 0},
    {"menu", TAG_BLOCK, HTML_SUSPECT},
    {"nav", TAG_BLOCK, HTML_SUSPECT},
    {"noscript", TAG_SKIPPED, 0},
    {"object", TAG_SKIPPED, 0},
    {"ol", TAG_BLOCK, 0},
    {"option", TAG_SKIPPED, 0},
    {"p", TAG_BLOCK, HTML_PARAGRAPH},
    {"pre", TAG_BLOCK, HTML_PARAGRAPH},
    {"script", TAG_SKIPPED, 0},
    {"section", TAG_BLOCK, 0},
    {"select", TAG_SKIPPED, 0},
    {"style", TAG_SKIPPED, 0},
    {"svg", TAG_SKIPPED, 0},
    {"table", TAG_BLOCK, 0},
    {"tbody", TAG_BLOCK, 0},
    {"td", TAG_BLOCK, 0},
    {"template", TAG_SKIPPED, 0},
    {"textarea", TAG_SKIPPED, 0},
    {"tfoot", TAG_BLOCK, 0},
    {"th", TAG_BLOCK, 0},
    {"thead", TAG_BLOCK, 0},
    {"title", TAG_SKIPPED, 0},
    {"tr", TAG_BLOCK, 0},
    {"ul", TAG_BLOCK, 0},
    {"video", TAG_SKIPPED, 0},
};

static int by_tag_name(const void *name, const void *row)
{
    return strcasecmp(name, ((const struct tag *)row)->name);
}

static struct tag tag_named(const char *name)
{
    const struct tag *t = bsearch(name, tags, COUNT_OF(tags), sizeof *tags, by_tag_name);
    return t ? *t : (struct tag){name, TAG_INLINE, 0};
}

/* Words of class and id that mostly stand on furniture.  Sorted. */
static const char *const suspect_words[] = {
    "ad",          "ads",          "advert",      "advertisement", "attribution", "author",
    "banner",      "bio",          "bottom",      "breadcrumb",    "breadcrumbs", "byline",
    "caption",     "carousel",     "consent",     "cookie",        "cookies",     "copyright",
    "credit",      "credits",      "dateline",    "disclaimer",    "dropdown",    "embed",
    "facebook",    "footer",       "gallery",     "header",        "hidden",      "legal",
    "links",       "login",        "masthead",    "menu",          "meta",        "metadata",
    "modal",       "nav",          "navbar",      "navigation",    "newsletter",  "outbrain",
    "overlay",     "pager",        "pagination",  "paywall",       "poll",        "popular",
    "popup",       "promo",        "promotion",   "rail",          "readmore",    "recirc",
    "recommended", "related",      "rss",         "share",         "sharing",     "shopping",
    "sidebar",     "signup",       "skip",        "social",        "sponsor",     "sponsored",
    "subscribe",   "subscription", "syndication", "taboola",       "tags",        "teaser",
    "teasers",     "thumbnail",    "timestamp",   "toolbar",       "tools",       "trending",
    "twitter",     "video",        "widget",
};
static const char *const comment_words[] = {
    "comment", "commentlist", "comments", "disqus", "replies", "respond",
};

static const char *const likely_words[] = {
    "article", "body", "content", "entry", "main", "post", "story", "text",
};

static int by_word(const void *word, const void *row)
{
    return strcmp(word, *(const char *const *)row);
}

#define IS_ONE_OF(word, table)                                                                     \
    (bsearch(word, table, COUNT_OF(table), sizeof *(table), by_word) != NULL)

static bool is_letter(char c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* Flags by the words of "article-body__related relatedLinks": parted by all but letters, and
 * before a capital. */
static uint8_t class_flags(const char *s)
{
    uint8_t flags = 0;
    char word[24];
    for (size_t i = 0; s[i];) {
        size_t n = 0;
        while (s[i] && !is_letter(s[i]))
            i++;
        for (size_t begin = i;
             is_letter(s[i]) && (i == begin || !is_upper(s[i]) || is_upper(s[i - 1])); i++)
            if (n < sizeof word - 1)
                word[n++] = (char)(s[i] | 32);
        word[n] = '\0';
        if (IS_ONE_OF(word, suspect_words))
            flags |= HTML_SUSPECT;
        if (IS_ONE_OF(word, comment_words))
            flags |= HTML_COMMENTS;
        if (IS_ONE_OF(word, likely_words))
            flags |= HTML_LIKELY;
    }
    return flags;
}

/* ---- the walk ---- */

/* Text that is kept beside the blocks while its element is open. */
enum capture {
    CAPTURE_NONE = 0,
    CAPTURE_TITLE,
    CAPTURE_HEADING,
    CAPTURE_AUTHOR,
    CAPTURE_JSON,
    CAPTURE_DATE
};

struct open_element {
    uint32_t node;
    uint8_t kind;
    uint8_t capture;
    bool pre;
};

struct walker {
    struct html_page *page;
    htmlParserCtxtPtr parser;
    VEC(struct open_element) open;
    size_t block_begin;  /* in page->text: the block that is being written */
    uint32_t link_bytes; /* of it */
    uint32_t skipped, links; /* open elements of these kinds */
    uint8_t capture;
    struct { char *v; size_t n, cap; } captured;
};

static struct open_element *innermost(struct walker *w)
{
    return vec_last(&w->open);
}

static void end_block(struct walker *w)
{
    struct html_page *p = w->page;
    size_t end = p->text.n;
    while (end > w->block_begin && (p->text.v[end - 1] == ' ' || p->text.v[end - 1] == '\n'))
        end--;
    p->text.n = end;
    if (end > w->block_begin)
        vec_push(&p->blocks, ((struct html_block){span_of(w->block_begin, end), innermost(w)->node,
                                                  w->link_bytes}));
    w->block_begin = p->text.n;
    w->link_bytes = 0;
}

/* Adds a blank or a line break, if one is missing. */
static void add_gap(struct walker *w, char gap)
{
    struct html_page *p = w->page;
    char last = p->text.n > w->block_begin ? p->text.v[p->text.n - 1] : '\n';
    if (gap == '\n' && last == ' ')
        p->text.v[p->text.n - 1] = '\n';
    else if (last != ' ' && last != '\n')
        vec_push(&p->text, gap);
}

static bool is_blank(unsigned char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static void add_text(struct walker *w, const char *s, size_t n)
{
    struct html_page *p = w->page;
    size_t before = p->text.n;
    for (size_t i = 0; i < n;) {
        size_t begin = i;
        if (is_blank((unsigned char)s[i]) || (i + 1 < n && s[i] == '\xc2' && s[i + 1] == '\xa0')) {
            add_gap(w, s[i] == '\n' && innermost(w)->pre ? '\n' : ' ');
            i += s[i] == '\xc2' ? 2 : 1;
            continue;
        }
        while (i < n && !is_blank((unsigned char)s[i]) && s[i] != '\xc2')
            i++;
        if (i < n && s[i] == '\xc2' && (i == begin || (i + 1 < n && s[i + 1] != '\xa0')))
            i++;
        vec_append(&p->text, s + begin, i - begin);
    }
    if (w->links)
        w->link_bytes += (uint32_t)(p->text.n - before);
}

static void on_text(void *ctx, const xmlChar *s, int n)
{
    struct walker *w = ctx;
    if (w->capture && w->captured.n < CAPTURE_BYTES_MAX)
        vec_append(&w->captured, s, (size_t)n);
    if (!w->skipped)
        add_text(w, (const char *)s, (size_t)n);
}

/* ---- attributes ---- */

static struct str attribute(const xmlChar **atts, const char *name)
{
    for (; atts && atts[0]; atts += 2)
        if (atts[1] && !strcasecmp((const char *)atts[0], name))
            return str_of((const char *)atts[1]);
    return str_from("", 0);
}

static bool is_word(struct str s, const char *word)
{
    return s.n == strlen(word) && !strncasecmp(s.p, word, s.n);
}

static uint8_t flags_of(const struct tag *t, const xmlChar **atts)
{
    uint8_t flags = t->flags;
    struct str class = attribute(atts, "class"), id = attribute(atts, "id");
    if (class.n)
        flags |= class_flags(class.p);
    if (id.n)
        flags |= class_flags(id.p);
    if (is_word(attribute(atts, "itemprop"), "articleBody"))
        flags |= HTML_STATED;
    if (attribute(atts, "style").n && strcasestr(attribute(atts, "style").p, "display:none"))
        flags |= HTML_SUSPECT;
    return flags;
}

static void take_element(struct walker *w, const char *name, const xmlChar **atts)
{
    struct html_page *p = w->page;
    struct str property = attribute(atts, "itemprop"), content = attribute(atts, "content");
    if (!strcasecmp(name, "meta")) {
        static const char *const named_by[] = {"property", "name", "itemprop", NULL};
        for (size_t i = 0; named_by[i]; i++)
            html_take_meta(p, attribute(atts, named_by[i]), content);
    } else if (!strcasecmp(name, "link") && is_word(attribute(atts, "rel"), "canonical")) {
        html_offer(p, HTML_URL, 1, attribute(atts, "href"));
    } else if (!strcasecmp(name, "time")) {
        bool published =
            is_word(property, "datePublished") || strstr(attribute(atts, "class").p, "publish");
        html_offer(p, HTML_DATE, published ? 4 : 6, attribute(atts, "datetime"));
    } else if (is_word(property, "datePublished")) {
        html_offer(p, HTML_DATE, 3, content);
    }
}

static uint8_t capture_of(struct walker *w, const char *name, const xmlChar **atts)
{
    struct str class = attribute(atts, "class"), property = attribute(atts, "itemprop");
    if (!strcasecmp(name, "title") && !w->page->window_title.n)
        return CAPTURE_TITLE;
    if (!strcasecmp(name, "h1") && !w->page->heading.n)
        return CAPTURE_HEADING;
    if (!strcasecmp(name, "script") && strcasestr(attribute(atts, "type").p, "ld+json"))
        return CAPTURE_JSON;
    if (!strcasecmp(name, "time") && !w->page->fields[HTML_DATE].rank)
        return CAPTURE_DATE;
    if (is_word(property, "author") || is_word(attribute(atts, "rel"), "author") ||
        strcasestr(class.p, "byline") || is_word(class, "author"))
        return CAPTURE_AUTHOR;
    return CAPTURE_NONE;
}

/* "By Ida Voss   posted Aug 3": what stands before a wide gap, a bar or a figure, if that is not
 * a word of a date alone. */
static void take_author(struct html_page *p, struct str s)
{
    enum { NAME_BYTES_MAX = 80 };
    size_t n = 0;
    s = str_trim(s);
    while (n < s.n && s.p[n] != '\n' && s.p[n] != '|' && !(s.p[n] >= '0' && s.p[n] <= '9') &&
           !(n + 1 < s.n && s.p[n] == ' ' && s.p[n + 1] == ' '))
        n++;
    bool before_figure = n < s.n && s.p[n] >= '0' && s.p[n] <= '9';
    while (before_figure && n && !is_blank((unsigned char)s.p[n - 1]))
        n--;
    if (n <= NAME_BYTES_MAX)
        html_offer(p, HTML_AUTHOR, 5, str_from(s.p, n));
}

/* Runs of blanks as one blank. */
static struct str squeezed(struct arena *a, struct str s)
{
    char *out = arena_alloc(a, s.n + 1), *w = out;
    for (size_t i = 0; i < s.n; i++) {
        bool blank = is_blank((unsigned char)s.p[i]);
        if (!blank || (w > out && w[-1] != ' '))
            *w++ = blank ? ' ' : s.p[i];
    }
    return str_trim(str_from(out, (size_t)(w - out)));
}

static void end_capture(struct walker *w)
{
    struct html_page *p = w->page;
    struct str s = str_from(w->captured.v, w->captured.n);
    switch (w->capture) {
    case CAPTURE_TITLE:
        p->window_title = squeezed(&p->memory, s);
        break;
    case CAPTURE_HEADING:
        p->heading = squeezed(&p->memory, s);
        break;
    case CAPTURE_AUTHOR:
        take_author(p, s);
        break;
    case CAPTURE_DATE:
        html_offer(p, HTML_DATE, 7, s);
        break;
    default:
        html_take_json_ld(p, s);
    }
    w->capture = CAPTURE_NONE;
    vec_clear(&w->captured);
}

/* ---- elements ---- */

static void on_start(void *ctx, const xmlChar *xml_name, const xmlChar **atts)
{
    struct walker *w = ctx;
    const char *name = (const char *)xml_name;
    struct tag t = tag_named(name);
    struct open_element e = {innermost(w)->node, t.kind, CAPTURE_NONE, innermost(w)->pre};
    if (w->open.n > DEPTH_MAX) {
        w->page->too_deep = true;
        xmlStopParser(w->parser);
        return;
    }
    take_element(w, name, atts);
    if (!w->capture)
        w->capture = e.capture = capture_of(w, name, atts);
    w->skipped += t.kind == TAG_SKIPPED;
    w->links += t.kind == TAG_LINK;
    if (t.kind == TAG_BREAK && !w->skipped) {
        bool second =
            w->page->text.n > w->block_begin && w->page->text.v[w->page->text.n - 1] == '\n';
        if (second && !e.pre)
            end_block(w);
        else
            add_gap(w, '\n');
    }
    if (t.kind == TAG_BLOCK) {
        end_block(w);
        struct html_node node = {.parent = e.node, .flags = flags_of(&t, atts)};
        e.node = (uint32_t)w->page->nodes.n;
        e.pre = e.pre || !strcasecmp(name, "pre");
        vec_push(&w->page->nodes, node);
    }
    vec_push(&w->open, e);
}

static void on_end(void *ctx, const xmlChar *name)
{
    struct walker *w = ctx;
    (void)name; /* libxml2 closes what it opened, in order */
    if (w->open.n < 2)
        return;
    struct open_element e = *innermost(w);
    if (e.capture)
        end_capture(w);
    if (e.kind == TAG_BLOCK)
        end_block(w);
    w->skipped -= e.kind == TAG_SKIPPED;
    w->links -= e.kind == TAG_LINK;
    w->open.n--;
}

/* ---- all of it ---- */

/* A tag with more attributes than any page has: they are counted by their "=" or blanks outside
 * of quotes. */
static bool has_attribute_bomb(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] != '<' || i + 1 >= s.n || !is_letter(s.p[i + 1]))
            continue;
        size_t n = 0;
        char quote = '\0';
        for (i++; i < s.n && (quote || s.p[i] != '>'); i++) {
            if (quote)
                quote = s.p[i] == quote ? '\0' : quote;
            else if ((s.p[i] == '"' || s.p[i] == '\'') && s.p[i - 1] == '=')
                quote = s.p[i];
            else
                n += is_blank((unsigned char)s.p[i]) || s.p[i] == '/';
            if (n > ATTRIBUTES_MAX)
                return true;
        }
    }
    return false;
}

static void ignore(void *ctx, const char *message, ...)
{
    (void)ctx, (void)message;
}

static void walk(struct walker *w, struct str text)
{
    htmlSAXHandler sax = {
        .startElement = on_start,
        .endElement = on_end,
        .characters = on_text,
        .ignorableWhitespace = on_text,
        .cdataBlock = on_text,
        .warning = ignore,
        .error = ignore,
    };
    htmlParserCtxtPtr parser = htmlCreateMemoryParserCtxt(text.p, (int)text.n);
    if (!parser)
        return;
    w->parser = parser;
    memcpy(parser->sax, &sax, sizeof sax);
    parser->userData = w;
    htmlCtxtUseOptions(parser, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                                   HTML_PARSE_NONET | HTML_PARSE_NODEFDTD);
    xmlSwitchToEncoding(parser, xmlFindCharEncodingHandler("UTF-8"));
    parser->input->encoding = xmlStrdup((const xmlChar *)"UTF-8"); /* whatever <meta> says */
    htmlParseDocument(parser);
    if (parser->myDoc)
        xmlFreeDoc(parser->myDoc);
    htmlFreeParserCtxt(parser);
}

void html_parse(struct html_page *p, struct str text)
{
    struct walker w = {.page = p};
    vec_push(&p->nodes, (struct html_node){0});
    vec_push(&w.open, (struct open_element){0});
    p->too_deep = has_attribute_bomb(text);
    if (!p->too_deep && text.n)
        walk(&w, text);
    end_block(&w);
    if (w.capture)
        end_capture(&w);
    vec_free(&w.open);
    vec_free(&w.captured);
}

void html_page_free(struct html_page *p)
{
    vec_free(&p->nodes);
    vec_free(&p->blocks);
    vec_free(&p->text);
    arena_finish(&p->memory);
}

struct str html_strip(struct arena *a, struct str s)
{
    char *out = arena_alloc(a, s.n * 2 + 1), *w = out;
    for (size_t i = 0; i < s.n; i++) {
        bool opens =
            s.p[i] == '<' && i + 1 < s.n && (is_letter(s.p[i + 1]) || strchr("/!?", s.p[i + 1]));
        if (!opens) {
            *w++ = s.p[i];
            continue;
        }
        char name[12] = {0};
        size_t at = i + 1 + (s.p[i + 1] == '/'), n = 0;
        while (at + n < s.n && n < sizeof name - 1 &&
               (is_letter(s.p[at + n]) || (n && s.p[at + n] >= '1' && s.p[at + n] <= '6')))
            name[n] = s.p[at + n], n++;
        const char *end = memchr(s.p + i, '>', s.n - i);
        if (!end)
            break;
        if (tag_named(name).kind == TAG_BLOCK && w > out && w[-1] != '\n')
            *w++ = '\n';
        i = (size_t)(end - s.p);
    }
    return str_trim(str_from(out, (size_t)(w - out)));
}
