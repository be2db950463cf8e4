/* The citations of a report or a table that this program wrote, read back.  In Markdown a passage
 * is a block quotation and its place the code span of the line that follows; whatever a person
 * wrote around them is passed over. */
#include "core/note_files.h"

/* "path:12-40" */
static bool read_place(struct arena *a, struct str s, struct citation *c)
{
    size_t dash = s.n;
    while (dash && s.p[dash - 1] >= '0' && s.p[dash - 1] <= '9')
        dash--;
    size_t colon = dash ? dash - 1 : 0;
    while (colon && s.p[colon - 1] >= '0' && s.p[colon - 1] <= '9')
        colon--;
    c->has_place = dash < s.n && dash > 1 && s.p[dash - 1] == '-' && colon > 1 &&
                   colon < dash - 1 && s.p[colon - 1] == ':' && s.n - dash < 12 &&
                   dash - colon < 12;
    struct str path = s;
    if (c->has_place) {
        for (size_t i = colon; i < dash - 1; i++)
            c->begin = c->begin * 10 + (uint64_t)(s.p[i] - '0');
        for (size_t i = dash; i < s.n; i++)
            c->end = c->end * 10 + (uint64_t)(s.p[i] - '0');
        path.n = colon - 1;
    }
    c->path = path_unescape(a, path);
    return path.n > 0;
}

/* "— `path:12-40` · ..." */
static bool read_citation_line(struct arena *a, struct str line, struct citation *c)
{
    const struct str lead = STR("— `");
    if (!str_starts(line, lead))
        return false;
    struct str rest = str_from(line.p + lead.n, line.n - lead.n);
    const char *end = memchr(rest.p, '`', rest.n);
    return end && read_place(a, str_from(rest.p, (size_t)(end - rest.p)), c);
}

void citations_read_markdown(struct str file, struct arena *a, struct citation **v, size_t *n)
{
    VEC(struct citation) out = {0};
    byte_vec quoted = {0};
    uint32_t number = 0;
    for (size_t i = 0; i < file.n;) {
        const char *stop = memchr(file.p + i, '\n', file.n - i);
        struct str line = str_from(file.p + i, stop ? (size_t)(stop - file.p) - i : file.n - i);
        struct citation c = {.line = ++number};
        i += line.n + 1;
        if (line.n && line.p[0] == '>') {
            struct str part = str_from(line.p + 1, line.n - 1);
            bytes_put(&quoted, part);
            vec_push(&quoted, '\n');
        } else if (read_citation_line(a, line, &c)) {
            c.text = str_trim(markdown_unescape(a, bytes_str(&quoted)));
            vec_push(&out, c);
            vec_clear(&quoted);
        } else if (str_trim(line).n) {
            vec_clear(&quoted);
        }
    }
    *n = out.n;
    *v = arena_array(a, struct citation, out.n);
    if (out.n)
        memcpy(*v, out.v, out.n * sizeof **v);
    vec_free(&out);
    vec_free(&quoted);
}

/* ---- CSV (RFC 4180) ---- */

/* The next cell from *at, which moves behind it and what parts it; *last: the row ends with it. */
static struct str next_cell(struct str file, size_t *at, struct arena *a, byte_vec *out, bool *last)
{
    size_t i = *at;
    vec_clear(out);
    bool quoted = i < file.n && file.p[i] == '"';
    for (i += quoted; i < file.n; i++) {
        if (quoted && file.p[i] == '"' && i + 1 < file.n && file.p[i + 1] == '"')
            i++;
        else if (quoted ? file.p[i] == '"' : file.p[i] == ',' || file.p[i] == '\n')
            break;
        vec_push(out, file.p[i]);
    }
    i += quoted && i < file.n;
    if (i < file.n && file.p[i] == '\r')
        i++;
    *last = i >= file.n || file.p[i] == '\n';
    *at = i + (i < file.n);
    size_t marks = 0;
    while (marks < out->n && out->v[marks] == '\'')
        marks++;
    bool guarded = marks && marks < out->n && strchr("=+-@\t\r\n", out->v[marks]) && out->v[marks];
    return arena_str(a, str_from(out->v + guarded, out->n - guarded));
}

enum { CSV_ARTICLE, CSV_BEGIN, CSV_END, CSV_STATE, CSV_TEXT, CSV_COLUMNS };

static bool read_number(struct str s, uint64_t *out)
{
    *out = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9' || i > 10)
            return false;
        *out = *out * 10 + (uint64_t)(s.p[i] - '0');
    }
    return s.n > 0;
}

enum status citations_read_csv(struct str file, struct arena *a, struct citation **v, size_t *n)
{
    static const char head[] = "article,begin,end,state,text,";
    VEC(struct citation) out = {0};
    byte_vec cell_bytes = {0};
    size_t at = 0;
    uint32_t number = 1;
    if (!str_starts(file, STR(head)))
        return ERR_SYNTAX;
    const char *line = memchr(file.p, '\n', file.n);
    at = line ? (size_t)(line - file.p) + 1 : file.n;
    while (at < file.n) {
        struct arena scratch = {0};
        struct str cells[CSV_COLUMNS] = {{NULL, 0}};
        bool last = false;
        for (int k = 0; !last; k++) {
            struct str cell = next_cell(file, &at, &scratch, &cell_bytes, &last);
            if (k < CSV_COLUMNS)
                cells[k] = cell;
        }
        struct citation c = {.line = ++number, .path = arena_str(a, cells[CSV_ARTICLE]),
                             .text = arena_str(a, cells[CSV_TEXT])};
        c.has_place =
            read_number(cells[CSV_BEGIN], &c.begin) && read_number(cells[CSV_END], &c.end);
        if (c.path.n)
            vec_push(&out, c);
        arena_finish(&scratch);
    }
    *n = out.n;
    *v = arena_array(a, struct citation, out.n);
    if (out.n)
        memcpy(*v, out.v, out.n * sizeof **v);
    vec_free(&out);
    vec_free(&cell_bytes);
    return OK;
}
