/* What on a page is not the article's own: teasers, invitations, credits, notices.
 *
 * Told by the first words of a line ("LOOK:", "More From", "Sign up"), by words that only a
 * notice has ("ad-blocking", "all rights reserved"), by the shape of a photo credit (names, a
 * slash, an agency) and by the last word of a caption without a verb ("logo").  A long line of
 * prose is never furniture on the strength of its beginning alone: a notice is short. */
#include "core/sentence_parts.h"

#include <pthread.h>

#define NOTICE_BYTES_MAX  220
#define HEAD_BYTES_MAX    140
#define PICTURE_BYTES_MAX 60

static const struct cue {
    const char *words; /* in small letters */
    enum furniture kind;
    bool whole; /* the line is no more than these words and a colon */
} heads[] = {
    {"related content", FURNITURE_LIST, true},
    {"related stories", FURNITURE_LIST, true},
    {"related articles", FURNITURE_LIST, true},
    {"related links", FURNITURE_LIST, true},
    {"related news", FURNITURE_LIST, true},
    {"related coverage", FURNITURE_LIST, true},
    {"related topics", FURNITURE_LIST, true},
    {"related", FURNITURE_LIST, true},
    {"related gallery", FURNITURE_LINE, true},
    {"related video", FURNITURE_LINE, true},
    {"related:", FURNITURE_TEASER, false},
    {"more stories", FURNITURE_LIST, false},
    {"more news", FURNITURE_LIST, true},
    {"most read", FURNITURE_LIST, true},
    {"most popular", FURNITURE_LIST, true},
    {"trending", FURNITURE_LIST, true},
    {"trending now", FURNITURE_LIST, true},
    {"recommended", FURNITURE_LIST, true},
    {"recommended for you", FURNITURE_LIST, true},
    {"you may also like", FURNITURE_LIST, false},
    {"you might also like", FURNITURE_LIST, false},
    {"read more", FURNITURE_LINE, false},
    {"read also", FURNITURE_LINE, false},
    {"read next", FURNITURE_LINE, false},
    {"read:", FURNITURE_TEASER, false},
    {"see also", FURNITURE_LINE, false},
    {"see more", FURNITURE_LINE, false},
    {"also read", FURNITURE_LINE, false},
    {"more from", FURNITURE_LINE, false},
    {"more on this", FURNITURE_LINE, false},
    {"more:", FURNITURE_TEASER, false},
    {"look:", FURNITURE_TEASER, false},
    {"watch:", FURNITURE_TEASER, false},
    {"watch now", FURNITURE_LINE, false},
    {"listen:", FURNITURE_TEASER, false},
    {"photos:", FURNITURE_TEASER, false},
    {"gallery:", FURNITURE_TEASER, false},
    {"don't miss", FURNITURE_LINE, false},
    {"up next", FURNITURE_LINE, true},
    {"next up", FURNITURE_LINE, true},
    {"advertisement", FURNITURE_LINE, true},
    {"sponsored", FURNITURE_LINE, true},
    {"sponsored content", FURNITURE_LINE, true},
    {"continue reading", FURNITURE_LINE, false},
    {"story continues", FURNITURE_LINE, false},
    {"article continues", FURNITURE_LINE, false},
    {"scroll to continue", FURNITURE_LINE, false},
    {"scroll down", FURNITURE_LINE, false},
    {"click here", FURNITURE_LINE, false},
    {"tap here", FURNITURE_LINE, false},
    {"sign up", FURNITURE_LINE, false},
    {"subscribe", FURNITURE_LINE, false},
    {"get our", FURNITURE_LINE, false},
    {"get the app", FURNITURE_LINE, false},
    {"download our", FURNITURE_LINE, false},
    {"download the", FURNITURE_LINE, false},
    {"follow us", FURNITURE_LINE, false},
    {"share this", FURNITURE_LINE, false},
    {"share on", FURNITURE_LINE, false},
    {"print this", FURNITURE_LINE, false},
    {"email this", FURNITURE_LINE, false},
    {"view comments", FURNITURE_LINE, true},
    {"leave a comment", FURNITURE_LINE, true},
    {"comments", FURNITURE_LINE, true},
    {"loading...", FURNITURE_LINE, true},
    {"photo:", FURNITURE_LINE, false},
    {"photo by", FURNITURE_LINE, false},
    {"photos by", FURNITURE_LINE, false},
    {"photograph:", FURNITURE_LINE, false},
    {"image:", FURNITURE_LINE, false},
    {"image credit", FURNITURE_LINE, false},
    {"picture:", FURNITURE_LINE, false},
    {"credit:", FURNITURE_LINE, false},
    {"getty images", FURNITURE_LINE, true},
    {"copyright", FURNITURE_LINE, false},
    {"all rights reserved", FURNITURE_LINE, false},
    {"\xc2\xa9", FURNITURE_LINE, false},
};

/* Anywhere in a short line. */
static const char *const notices[] = {
    "ad-block",
    "ad block",
    "adblock",
    "all rights reserved",
    "reload the page",
    "mobile app",
    "newsletter",
    "your inbox",
    "video is unavailable",
    "load a message from our sponsors",
    "enable javascript",
    "cookie policy",
    "privacy policy",
    "terms of service",
    "terms of use",
    "may earn a commission",
    "affiliate link",
    "may not be published, broadcast",
    "click here to",
    "for more stories",
    "follow him on twitter",
    "follow her on twitter",
    "push notification",
};

/* Agencies that stand behind the slash of a photo credit. */
static const char *const agencies[] = {
    "getty",     "wireimage", "images",   "ap",    "afp",  "reuters",   "shutterstock",
    "photo",     "photos",    "pool",     "upi",   "epa",  "filmmagic", "redux",
    "bloomberg", "splash",    "backgrid", "press", "file",
};

struct low_line {
    char p[NOTICE_BYTES_MAX + 1];
    size_t n;
};

/* Small letters, blanks folded to one, curly apostrophes straightened. */
static void make_low(struct str line, struct low_line *out)
{
    out->n = 0;
    for (size_t i = 0; i < line.n && out->n < NOTICE_BYTES_MAX; i++) {
        char c = line.p[i];
        if (c == '\xe2' && i + 2 < line.n && memcmp(line.p + i, "\xe2\x80\x99", 3) == 0)
            c = '\'', i += 2;
        if (c == ' ' && out->n && out->p[out->n - 1] == ' ')
            continue;
        out->p[out->n++] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    }
    out->p[out->n] = '\0';
}

static bool is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c & 0x80);
}

static enum furniture by_head(const struct low_line *low)
{
    if (low->n > HEAD_BYTES_MAX)
        return FURNITURE_NONE;
    for (size_t i = 0; i < COUNT_OF(heads); i++) {
        if (heads[i].words[0] != low->p[0])
            continue;
        size_t n = strlen(heads[i].words);
        if (low->n < n || memcmp(low->p, heads[i].words, n) != 0)
            continue;
        if (is_word_byte(low->p[n - 1]) && low->n > n && is_word_byte(low->p[n]))
            continue;
        size_t rest = low->n - n;
        if (!heads[i].whole || rest == 0 || (rest == 1 && strchr(":.-", low->p[n])))
            return heads[i].kind;
    }
    return FURNITURE_NONE;
}

/* "Rena Voss/Coast Images; Pool/AP": capitals around a slash, an agency behind one. */
static bool is_credit(struct str line, const struct low_line *low)
{
    if (line_is_stopped(line) || low->n > HEAD_BYTES_MAX)
        return false;
    for (size_t i = 1; i + 1 < low->n; i++) {
        if (low->p[i] != '/')
            continue;
        for (size_t at = i + 1; at < low->n && low->p[at] != ';' && low->p[at] != '/';) {
            size_t n = 0;
            while (at + n < low->n && is_word_byte(low->p[at + n]))
                n++;
            for (size_t a = 0; n && a < COUNT_OF(agencies); a++)
                if (strlen(agencies[a]) == n && memcmp(agencies[a], low->p + at, n) == 0)
                    return true;
            at += n + 1;
        }
    }
    return false;
}

/* "Harbour 98.4 logo": what a page calls its pictures. */
static bool is_picture_name(struct str line, const struct low_line *low)
{
    static const char *const ends[] = {" logo", " logo.", " icon", " thumbnail", " file photo"};
    if (line.n > PICTURE_BYTES_MAX || memchr(line.p, ',', line.n))
        return false;
    for (size_t i = 0; i < COUNT_OF(ends); i++)
        if (str_ends(str_from(low->p, low->n), str_of(ends[i])))
            return true;
    return false;
}

/* Lines are many and furniture is rare: most lines are passed over on the first two letters of
 * the line, and on the first four of each word. */
static bool head_pairs[32][32];
static uint8_t notice_of[256]; /* 1 + the first notice whose first four letters hash here */
static uint8_t notice_behind[COUNT_OF(notices)]; /* 1 + the next of them */

static uint8_t hash_four(const char *p)
{
    uint32_t four;
    memcpy(&four, p, sizeof(four));
    return (uint8_t)((four | 0x20202020u) * 2654435761u >> 24);
}

static void make_tables(void)
{
    for (size_t i = 0; i < COUNT_OF(heads); i++)
        head_pairs[heads[i].words[0] & 31][heads[i].words[1] & 31] = true;
    for (size_t i = 0; i < COUNT_OF(notices); i++) {
        uint8_t h = hash_four(notices[i]);
        notice_behind[i] = notice_of[h];
        notice_of[h] = (uint8_t)(i + 1);
    }
}

/* `notice`, which is in small letters, at `p` in any case. */
static bool notice_at(const char *notice, const char *p, const char *end)
{
    for (; *notice; notice++, p++)
        if (p == end || (*p != *notice && (*p < 'A' || *p > 'Z' || (*p | 32) != *notice)))
            return false;
    return true;
}

static bool has_notice(struct str line)
{
    const char *end = line.p + line.n;
    for (const char *p = line.p; p && end - p >= 4;
         p = memchr(p, ' ', (size_t)(end - p)), p += p != NULL)
        for (uint8_t i = notice_of[hash_four(p)]; i; i = notice_behind[i - 1])
            if (notice_at(notices[i - 1], p, end))
                return true;
    return false;
}

static enum furniture head_furniture(struct str line)
{
    struct low_line low;
    if (line.n > HEAD_BYTES_MAX || !head_pairs[line.p[0] & 31][line.p[1] & 31])
        return FURNITURE_NONE;
    make_low(line, &low);
    return by_head(&low);
}

/* Whether the line ends in one of the letters that the names of pictures end in. */
static bool may_be_picture_name(struct str line)
{
    char last = line.p[line.n - 1] == '.' ? line.p[line.n - 2] : line.p[line.n - 1];
    return line.n <= PICTURE_BYTES_MAX && strchr("onl", last | 32);
}

static bool is_picture(struct str line)
{
    struct low_line low;
    if (line.n > HEAD_BYTES_MAX)
        return false;
    bool slash = memchr(line.p, '/', line.n) != NULL;
    if (!slash && !may_be_picture_name(line))
        return false;
    make_low(line, &low);
    return (slash && is_credit(line, &low)) || is_picture_name(line, &low);
}

enum furniture line_furniture(struct str line)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, make_tables);
    if (line.n < 4 || line.n > NOTICE_BYTES_MAX)
        return FURNITURE_NONE;
    enum furniture head = head_furniture(line);
    if (head)
        return head;
    return has_notice(line) || is_picture(line) ? FURNITURE_LINE : FURNITURE_NONE;
}
