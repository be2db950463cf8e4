/* The width is the longest line of the sample that stands in a paragraph with others.  Whether the
 * text was broken by hand at all is a matter of votes: of the line ends inside paragraphs, most
 * must stand where the next word had no room.  Guessing from a single paragraph was refused: a
 * headline over a byline would pass for one. */
#include "tui/reflow.h"

#include "tui/wrap.h"

#define WIDTH_LEAST 45  /* shorter lines are verse, captions, tables */
#define WIDTH_MOST  100 /* longer ones are whole paragraphs, or their wrapping is none of ours */
#define VOTES_LEAST 3

static bool is_space(char c)
{
    return c == ' ' || c == '\t';
}

static size_t line_end(struct str s, size_t at)
{
    const char *end = memchr(s.p + at, '\n', s.n - at);
    return end ? (size_t)(end - s.p) : s.n;
}

/* Characters of [begin, end), the blanks at its end not counted. */
static uint32_t line_length(struct str s, size_t begin, size_t end)
{
    uint32_t n = 0;
    while (end > begin && is_space(s.p[end - 1]))
        end--;
    for (size_t i = begin; i < end; i++)
        n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
    return n;
}

/* A line that begins with a sign of its own: indented, an item, a heading, a quoted mail, a row of
 * a table.  Without a word it is a rule or nothing. */
static bool stands_alone(struct str s, size_t begin)
{
    size_t i = begin;
    if (begin >= s.n || s.p[begin] == '\n' || is_space(s.p[begin]) ||
        strchr("#>|*+=_~", s.p[begin]))
        return true;
    if (s.n - begin >= 3 && memcmp(s.p + begin, "•", 3) == 0)
        return true;
    if (s.p[begin] == '-')
        return begin + 1 >= s.n || s.p[begin + 1] == ' ' || s.p[begin + 1] == '\n';
    while (i < s.n && i < begin + 3 && s.p[i] >= '0' && s.p[i] <= '9')
        i++;
    return i > begin && i + 1 < s.n && (s.p[i] == '.' || s.p[i] == ')') && s.p[i + 1] == ' ';
}

/* A table's row: cells parted by a tab, or by blanks that follow no sentence's end. */
static bool has_columns(struct str s, size_t begin, size_t end)
{
    while (end > begin && is_space(s.p[end - 1]))
        end--;
    for (size_t i = begin; i + 1 < end; i++)
        if (s.p[i] == '\t' ||
            (s.p[i] == ' ' && s.p[i + 1] == ' ' && i > begin && (unsigned char)s.p[i - 1] < 0x80 &&
             !memchr(".!?:;\"')", s.p[i - 1], 8)))
            return true;
    return false;
}

/* Would the first word of the line at `next` have fitted behind `length` characters? */
static bool had_room(struct str s, uint32_t length, size_t next, uint32_t width)
{
    uint32_t word = 0;
    for (size_t i = next;
         i < s.n && s.p[i] != '\n' && !is_space(s.p[i]) && length + 1 + word <= width; i++)
        word += ((unsigned char)s.p[i] & 0xc0) != 0x80;
    return length + 1 + word <= width;
}

uint32_t reflow_width(struct str text)
{
    struct str s = {text.p, text.n < REFLOW_SAMPLE_BYTES ? text.n : REFLOW_SAMPLE_BYTES};
    uint32_t width = 0, votes[2] = {0, 0};
    for (size_t at = 0, end; at < s.n; at = end + 1) {
        end = line_end(s, at);
        uint32_t n = line_length(s, at, end);
        bool inside = (end + 1 < s.n && s.p[end + 1] != '\n') || (at > 1 && s.p[at - 2] != '\n');
        if (inside && n > width && n <= WIDTH_MOST)
            width = n;
    }
    if (width < WIDTH_LEAST)
        return 0;
    for (size_t at = 0, end; at < s.n; at = end + 1) {
        end = line_end(s, at);
        uint32_t n = line_length(s, at, end);
        if (n && end + 1 < s.n && !stands_alone(s, end + 1))
            votes[n <= WIDTH_MOST && !had_room(s, n, end + 1, width)]++;
    }
    return votes[true] >= VOTES_LEAST && votes[true] >= 2 * votes[false] ? width : 0;
}

bool reflow_joins(struct str text, size_t at, uint32_t width)
{
    size_t begin = at;
    uint32_t length = 0;
    if (width == 0 || at == 0 || at + 1 >= text.n || stands_alone(text, at + 1))
        return false;
    while (begin > 0 && text.p[begin - 1] != '\n' && at - begin <= 4 * WIDTH_MOST)
        begin--;
    if (begin > 0 && text.p[begin - 1] != '\n')
        return false; /* a whole paragraph on one line */
    length = line_length(text, begin, at);
    return length && length <= WIDTH_MOST && !had_room(text, length, at + 1, width) &&
           !has_columns(text, begin, at);
}
