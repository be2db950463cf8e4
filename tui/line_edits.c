/* A line that shows how one wording differs from another: "[-words-] it lacks", "[+words+] it has
 * more", and what they share, cut in the middle where it is long. */
#include "tui/panes.h"

#include "core/align.h"

#define SHARED_WORDS 8 /* a longer run in common is cut to its ends */
#define END_WORDS    3

static struct str words_text(struct str text, struct word_run words, uint32_t begin, uint32_t end)
{
    return str_at(text, span_of(words.v[begin].at.begin, words.v[end - 1].at.end));
}

static void put_shared(struct line *out, struct str text, struct word_run words, uint32_t begin,
                       uint32_t end, bool whole)
{
    struct look look = look_of(FACE_QUOTE);
    if (whole || end - begin <= SHARED_WORDS) {
        line_put_flat(out, words_text(text, words, begin, end), look);
        return;
    }
    line_put_flat(out, words_text(text, words, begin, begin + END_WORDS), look);
    line_put(out, STR(" … "), FACE_FURNITURE);
    line_put_flat(out, words_text(text, words, end - END_WORDS, end), look);
}

void line_put_edits(struct line *out, struct edit_run edits, struct str a_text, struct word_run a,
                    struct str b_text, struct word_run b, bool whole)
{
    for (uint32_t i = 0; i < edits.n; i++) {
        const struct edit *e = &edits.v[i];
        if (i)
            line_put(out, STR(" "), FACE_TEXT);
        if (e->kind == EDIT_SAME) {
            put_shared(out, b_text, b, e->b_begin, e->b_end, whole);
        } else if (e->kind == EDIT_REMOVED) {
            line_put(out, STR("-"), FACE_REMOVED);
            line_put_flat(out, words_text(a_text, a, e->begin, e->end), look_of(FACE_REMOVED));
        } else {
            line_put(out, STR("+"), FACE_ADDED);
            line_put_flat(out, words_text(b_text, b, e->b_begin, e->b_end), look_of(FACE_ADDED));
        }
    }
}
