/* What the three formats share, and the table.  The words of a note with a sure place are those of
 * the article now, so that `check` can prove them. */
#include "tui/export_parts.h"

#include "core/text.h"

#include <time.h>

enum export_format export_format_named(struct str name)
{
    static const struct {
        const char *name;
        enum export_format format;
    } names[] = {
        {"markdown", EXPORT_MARKDOWN}, {"md", EXPORT_MARKDOWN}, {"w3c", EXPORT_W3C},
        {"json", EXPORT_W3C}, {"jsonld", EXPORT_W3C}, {"csv", EXPORT_CSV},
    };
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (str_eq(name, str_of(names[i].name)))
            return names[i].format;
    return EXPORTS;
}

const char *export_time(int64_t seconds, char out[EXPORT_TIME_BYTES])
{
    time_t t = (time_t)seconds;
    struct tm tm;
    out[0] = 0;
    if (gmtime_r(&t, &tm))
        strftime(out, EXPORT_TIME_BYTES, "%Y-%m-%dT%H:%M:%SZ", &tm);
    return out;
}

struct str export_words(const struct dossier *d, const struct noted *x, struct arena *a)
{
    const struct article *row = dossier_article(d, x->article);
    return text_plain(a, export_is_sure(x) ? str_at(row->text, x->at) : x->note->anchor.exact);
}

struct str export_label(const struct note *n, char out[5])
{
    return str_from(out, n->label ? utf8_encode(n->label, out) : 0);
}

/* ---- CSV ---- */

static void cell(FILE *to, struct arena *a, struct str s, bool last)
{
    struct str c = csv_cell(a, s);
    fwrite(c.p, 1, c.n, to);
    fputs(last ? "\r\n" : ",", to);
}

static void write_csv(FILE *to, const struct dossier *d, const struct noted *v, size_t n)
{
    fputs(
        "article,begin,end,state,text,label,tags,comment,author,created,changed,outlet,title,date,url\r\n",
        to);
    for (size_t i = 0; i < n; i++) {
        struct arena a = {0};
        const struct note *x = v[i].note;
        const struct article *row = dossier_article(d, v[i].article);
        char label[5], time[EXPORT_TIME_BYTES];
        cell(to, &a, row->path, false);
        if (export_is_sure(&v[i]))
            fprintf(to, "%u,%u,", v[i].at.begin, v[i].at.end);
        else
            fputs(",,", to);
        cell(to, &a, str_of(note_state_name(v[i].state)), false);
        cell(to, &a, export_words(d, &v[i], &a), false);
        cell(to, &a, export_label(x, label), false);
        cell(to, &a, x->tags, false);
        cell(to, &a, x->comment, false);
        cell(to, &a, x->author, false);
        cell(to, &a, str_of(export_time(x->created, time)), false);
        cell(to, &a, str_of(export_time(x->changed, time)), false);
        cell(to, &a, row->outlet, false);
        cell(to, &a, row->title, false);
        cell(to, &a,
             row->published == DAY_NONE ? STR("") : days_timex(&a, days_of_day(row->published)),
             false);
        cell(to, &a, row->url, true);
        arena_finish(&a);
    }
}

bool export_notes(FILE *to, const struct dossier *d, const struct noted *v, size_t n,
                  enum export_format f, bool by_tag)
{
    if (f == EXPORT_CSV)
        write_csv(to, d, v, n);
    else if (f == EXPORT_W3C)
        export_w3c(to, d, v, n);
    else
        export_markdown(to, d, v, n, by_tag);
    return fflush(to) == 0 && !ferror(to);
}
