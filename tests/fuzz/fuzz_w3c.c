/* Any bytes as a file of annotations, of CSV, and of Markdown: what comes out is valid text of
 * bounded length, and words of it survive being escaped. */
#include "corpus/note_reader.h"

#include "core/text.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool promise)
{
    if (!promise)
        abort();
}

static void valid(struct str s)
{
    must(utf8_valid_prefix(s) == s.n);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a = {0};
    struct note_read *v;
    struct citation *c;
    size_t n, bad;
    const char *why = NULL;
    struct str file = utf8_repair(&a, str_from((const char *)data, size), &bad);
    if (notes_read_json(file, &a, &v, &n, &why) == OK) {
        for (size_t i = 0; i < n; i++) {
            valid(v[i].note.anchor.exact), valid(v[i].note.comment), valid(v[i].note.tags);
            valid(v[i].note.path), valid(v[i].note.url), valid(v[i].note.author);
            must(strlen(v[i].note.uid) <= NOTE_UID_BYTES && v[i].first_char <= v[i].last_char);
        }
    } else {
        must(why != NULL);
    }
    citations_read_markdown(file, &a, &c, &n);
    for (size_t i = 0; i < n; i++)
        valid(c[i].path);
    if (citations_read_csv(file, &a, &c, &n) == OK)
        for (size_t i = 0; i < n; i++)
            must(c[i].path.n > 0);
    struct str back = markdown_unescape(&a, markdown_escape(&a, file));
    if (!memchr(file.p ? file.p : "", '\n', file.n))
        must(words_same(back, text_plain(&a, file)));
    must(str_eq(path_unescape(&a, path_escape(&a, file, "#")), file));
    arena_finish(&a);
    return 0;
}
