/* Everybody who exports articles names the fields anew; the lists below are of what news APIs,
 * crawlers and archives call them, the names of the manual first. */
#include "corpus/record.h"

#include "corpus/decode.h"
#include "corpus/header.h"

static const char *const title_keys[] = {"title", "headline", "name", NULL};
static const char *const date_keys[] = {"date", "published", "publishedAt", "published_at",
                                        "pubDate", "pubdate", "datePublished", "date_published",
                                        "date_publish", "publish_date", "publication_date", NULL};
static const char *const author_keys[] = {"author", "authors", "byline", "by", "creator", NULL};
static const char *const outlet_keys[] = {"source", "outlet", "publication", "publisher",
                                          "newspaper", "site", "site_name", NULL};
static const char *const url_keys[] = {"url", "link", "permalink", "canonical", NULL};
static const char *const tag_keys[] = {"tags", "keywords", "topics", "categories", NULL};
static const char *const text_keys[] = {"text", "body", "content", "articleBody", "maintext",
                                        "full_text", NULL};

static const json_t *field(const json_t *record, const char *const *names)
{
    for (; *names; names++) {
        const json_t *value = json_object_get(record, *names);
        if (value && !json_is_null(value))
            return value;
    }
    return NULL;
}

static struct str string_of(const json_t *value)
{
    return str_from(json_string_value(value), json_string_length(value));
}

/* A string as it is; of an object its name. */
static struct str word_of(const json_t *value)
{
    return string_of(json_is_object(value) ? json_object_get(value, "name") : value);
}

/* As above; of a list its members, parted by `between`. */
static struct str words_of(struct arena *a, const json_t *value, const char *between)
{
    if (!json_is_array(value))
        return word_of(value);
    size_t i, room = 0;
    const json_t *member;
    json_array_foreach(value, i, member)
        room += word_of(member).n + strlen(between);
    char *out = arena_alloc(a, room), *w = out;
    json_array_foreach(value, i, member) {
        struct str word = word_of(member);
        if (w > out && word.n)
            w = mempcpy(w, between, strlen(between));
        if (word.n)
            w = mempcpy(w, word.p, word.n);
    }
    return str_from(out, (size_t)(w - out));
}

/* Seconds or milliseconds since 1970. */
static int32_t day_of_number(double n)
{
    if (n > 1e11)
        n /= 1000;
    return n > -1e11 && n < 1e11 ? (int32_t)((n < 0 ? n - 86399 : n) / 86400) : DAY_NONE;
}

static void take_date(const json_t *value, struct article *a, struct str *unknown)
{
    *unknown = str_from("", 0);
    if (json_is_number(value))
        a->published = day_of_number(json_number_value(value));
    struct str date = string_of(value);
    if (!date.n)
        return;
    header_date(date, &a->published, &a->not_before);
    if (a->published == DAY_NONE && a->not_before == DAY_NONE)
        *unknown = date;
}

bool record_article(struct arena *memory, const json_t *record, struct article *a, bool *cut,
                    struct str *date)
{
    const json_t *text = field(record, text_keys);
    if (!json_is_string(text) && !json_is_array(text))
        return false;
    *a = (struct article){.published = DAY_NONE, .not_before = DAY_NONE, .format = FORMAT_JSON};
    struct str whole = text_line_ends(memory, words_of(memory, text, "\n\n"));
    a->text = text_cut(whole, ARTICLE_BYTES_MAX);
    *cut = a->text.n < whole.n;
    a->title = str_trim(words_of(memory, field(record, title_keys), " "));
    a->author = str_trim(words_of(memory, field(record, author_keys), ", "));
    a->outlet = str_trim(words_of(memory, field(record, outlet_keys), ", "));
    a->url = str_trim(words_of(memory, field(record, url_keys), " "));
    a->tags = header_tags(memory, words_of(memory, field(record, tag_keys), ", "));
    take_date(field(record, date_keys), a, date);
    a->published_from = a->published != DAY_NONE ? PUBLISHED_HEADER : PUBLISHED_NONE;
    return true;
}
