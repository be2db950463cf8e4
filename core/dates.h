/* dates: what the files of the date finder share.  Not for other rooms: they ask find.h.
 *
 * A text is turned into a line of classes, one byte a word, number or mark ("on Friday, 12
 * January" is WORD WEEKDAY COMMA DAY MONTH).  The rules of a language are patterns over that line,
 * joined into one PCRE2 pattern, so a text is passed over once for its words and once, five times
 * shorter, for its dates.  What a match means is worked out from the pieces in it (a month, a
 * number, a unit, a direction), which hold in any language; so a language is a table of words and
 * a table of rules (dates_en.def) and no code. */
#ifndef CORE_DATES_H
#define CORE_DATES_H

#include "core/arena.h"
#include "core/base.h"
#include "core/day.h"
#include "core/find.h"
#include "core/pattern.h"

/* ---- classes ----
 *
 * Those that mean something to the code.  A word that rules name in small letters gets a class of
 * its own behind these. */
#define DATE_CLASSES(X)                                                                            \
    X(WORD) X(CAPITAL) X(BREAK) X(MARK) X(DOT) X(COMMA) X(HYPHEN) X(APOS) X(SLASH) X(COLON)        \
    X(MONEY) X(PERCENT) X(OPEN) X(CLOSE) X(DAY) X(TWO) X(YEAR) X(NUMBER) X(FRACTION)               \
    X(ORDINAL_DAY) X(DECADE) X(CLOCK) X(NUMERIC) X(MONTH) X(MONTH_ABBR) X(MONTH_MAYBE)             \
    X(WEEKDAY) X(WEEKDAYS) X(WEEKDAY_ABBR) X(COUNT) X(TENS) X(SCALE) X(VAGUE) X(HALF) X(ORDINAL)   \
    X(SECOND) X(UNIT) X(UNIT_YEAR) X(UNIT_CENTURY) X(UNITS) X(COUPLE) X(QUARTER) X(WEEKEND)        \
    X(PERIOD) X(SEASON) X(SEASON_MAYBE) X(SEASONS) X(PART) X(PARTS) X(NOON) X(TONIGHT)             \
    X(DEICTIC) X(AMPM) X(ZONE) X(ERA) X(FISCAL) X(HOLIDAY) X(HOLIDAY_NAME) X(EVE)                  \
    X(QUARTER_CODE) X(LAST) X(PAST) X(COMING) X(PREVIOUS) X(NEXT) X(FOLLOWING) X(THIS) X(THAT)     \
    X(AGO) X(EARLIER) X(LATER) X(EARLY) X(EDGE) X(ABOUT) X(EACH) X(REGULAR) X(REF_PRESENT)         \
    X(REF_PAST) X(ARTICLE) X(THE) X(PAST_VERB) X(PRESENT_VERB) X(FUTURE_VERB) X(EXPECT_VERB)       \
    X(UNTIL) X(BE) X(TO) X(AS) X(OWNER) X(BEFORE) X(SINCE) X(OTHER) X(PRONOUN) X(NOT) X(AHEAD)   \
    X(OVERNIGHT) X(MIDWEEK) X(TURN) X(SAME) X(AFTER) X(ATTACKS)

enum date_class {
#define X(name) CLASS_##name,
    DATE_CLASSES(X)
#undef X
    DATE_CLASS_KINDS
};

/* What a verb is beside its class, where that decides the tense around it. */
enum date_verb {
    VERB_HAD = 1, /* "had", "did": over, whatever was expected */
    VERB_WAS,     /* "was", "were": in front of "to" they look ahead */
    VERB_WON,     /* past, but "won't" is not */
    VERB_COULD,   /* ahead, but "could not" looks back */
    EXPECT_SET,   /* past where no other verb makes it an expectation */
    EXPECT_HOPED, /* "hoped to open" looks ahead, "hoped" back */
    NOT_ANYONE,   /* "neither", "nobody": in front of the verb */
};

#define CUT_SHORT 1000 /* the value of a word whose full stop ends no sentence */

/* Units, as in a TIMEX3 period; those of time of day are small. */
enum date_unit {
    UNIT_NONE = 0,
    UNIT_SECOND = 's',
    UNIT_MINUTE = 'm',
    UNIT_HOUR = 'h',
    UNIT_DAY = 'D',
    UNIT_WEEK = 'W',
    UNIT_WEEKEND = 'K',
    UNIT_FORTNIGHT = 'F',
    UNIT_MONTH = 'M',
    UNIT_QUARTER = 'Q',
    UNIT_YEAR = 'Y',
    UNIT_DECADE = 'E',
    UNIT_CENTURY = 'C',
};

enum date_part {
    PART_MORNING = 1,
    PART_AFTERNOON,
    PART_EVENING,
    PART_NIGHT,
    PART_DAYTIME,
    PART_MIDDAY,
    PART_MIDNIGHT,
};

enum date_holiday {
    HOLIDAY_CHRISTMAS = 1,
    HOLIDAY_THANKSGIVING,
    HOLIDAY_EASTER,
    HOLIDAY_HALLOWEEN,
    HOLIDAY_NEW_YEAR,
    HOLIDAY_LABOR,
    HOLIDAY_MEMORIAL,
    HOLIDAY_INDEPENDENCE,
    HOLIDAY_VETERANS,
    HOLIDAY_VALENTINE,
    HOLIDAY_ELECTION,
    HOLIDAY_COLUMBUS,
    HOLIDAY_PRESIDENTS,
    HOLIDAY_MOTHERS,
    HOLIDAY_FATHERS,
    HOLIDAY_BOXING,
    HOLIDAY_KING,
    HOLIDAY_PATRICK,
    HOLIDAY_MAY,
    HOLIDAY_JUNETEENTH,
    HOLIDAY_REMEMBRANCE, /* its day, or its Sunday */
    HOLIDAY_FAWKES,
    HOLIDAY_CANADA,
    HOLIDAY_AUSTRALIA,
    HOLIDAY_ANZAC,
    HOLIDAY_EARTH,
    HOLIDAY_BASTILLE,
    HOLIDAY_GROUNDHOG,
};

/* How a match is read: which pieces it must have and what they make. */
enum date_reading {
    READ_CALENDAR = 1, /* month, day, year, weekday, as far as they are there */
    READ_NUMERIC,      /* "8/3/23", "2023-08-03" */
    READ_YEAR,
    READ_SAID_YEAR,   /* behind a preposition that makes it one */
    READ_YEAR_BEFORE, /* "240" of "240-238 BC" */
    READ_RANGE_DAY,   /* "15" of "April 13-15" */
    READ_RANGE_YEAR,  /* "13" of "2012-13" */
    READ_NAMED,       /* "9/11" */
    READ_DECADE,
    READ_CENTURY,
    READ_SEASON,
    READ_QUARTER,
    READ_WEEKDAY,
    READ_DEICTIC, /* today, yesterday, tonight, this morning */
    READ_SHIFT,   /* "last year", "the following day" */
    READ_OFFSET,  /* "two weeks ago", "a year earlier", "three days later" */
    READ_DURATION,
    READ_PERIOD,  /* "the year", "the quarter", said of what was just spoken of */
    READ_SET,
    READ_CLOCK,
    READ_HOLIDAY,
    READ_PRESENT,
    READ_PAST,
    READ_FUTURE,
    READ_FORMER,  /* "former": a date in histories, where it is marked as one */
    READ_NOTHING, /* looks like a date and is none: an age, three quarters of something */
};

struct date_rule {
    const char *name;    /* a sentence for people */
    const char *pattern; /* over names of classes and small words */
    enum date_reading reading;
};

/* ---- tokens ---- */

/* 16 bytes. */
struct date_token {
    uint32_t begin, end;
    int32_t value; /* of a number, month, unit, direction: what the class says it is */
    int32_t extra; /* CLOCK: minutes; NUMERIC: index; NUMBER: 1 when it has a fraction */
};

struct date_line {
    VEC(char) classes;
    VEC(struct date_token) tokens; /* as many */
};

/* The words of a language with their classes; made once and shared. */
struct date_words;
struct date_words *date_words_new(void);
void date_words_add(struct date_words *w, struct str word, int class, int value);
/* The class of `word` in small letters, or -1. */
int date_words_find(const struct date_words *w, struct str word, int *value);

/* The classes of a text, into `line`, which is emptied first.  Linear. */
void date_line_read(struct date_line *line, const struct date_words *words, struct str text);

/* ---- rules ---- */

struct date_language {
    struct date_words *words;
    struct pattern *pattern; /* all rules, each with its (*MARK:number) */
    const struct date_rule *rules;
    size_t n_rules;
};

/* English; made on the first call, by one thread, and kept for the life of the program. */
const struct date_language *date_language_english(void);

/* ---- what a match means ---- */

#define DEICTIC_NONE 99


/* Zero, or -1 where said, is "not there". */
struct date_pieces {
    int weekday, month, day, part, season, ordinal, unit, holiday, decade, era;
    int shift_class, shift; /* the word that points ("last", "following"), and which way */
    int deictic;            /* "yesterday" -1; DEICTIC_NONE */
    int from;               /* CLASS_AGO, _EARLIER, _LATER: behind a length */
    int32_t year;           /* -1; of two digits as written, with two_digits set */
    double count;           /* -1; "two and a half" is 2.5 */
    int first_count;        /* the first number of several: "nineteen ninety-four" */
    int hour, minute;       /* -1 */
    int afternoon;          /* 1 am, 2 pm */
    bool eve;
    bool turn;              /* of a century */
    int past_hour;          /* "half past", "quarter to": minutes, negative before the hour */
    bool of_quarter;        /* a quarter, or a period of business */
    bool vague, approximate, plural, two_digits, early_or_late;
};

struct date_pieces date_pieces_of(const struct date_line *line, struct span tokens);

enum date_tense { TENSE_UNKNOWN, TENSE_PAST, TENSE_FUTURE };
/* By the nearest verb of the sentence before the date. */
enum date_tense date_tense_before(const struct date_line *line, struct span tokens);
/* And, where there is none, by the nearest behind. */
enum date_tense date_tense_at(const struct date_line *line, struct span tokens);
/* The verb stands right before the date, or with one word between ("met on"): its tense is sure. */
bool date_opens_sentence(const struct date_line *line, struct span tokens);
bool date_tense_is_sure(const struct date_line *line, struct span tokens);

enum date_order { ORDER_UNKNOWN, ORDER_MONTH_FIRST, ORDER_DAY_FIRST };
enum date_order date_order_of(const struct date_line *line, struct str text);

/* What an article is read by. */
struct date_context {
    struct str text;
    const struct date_line *line;
    struct arena *keep;
    int32_t published;  /* or DAY_NONE */
    bool history;       /* told from long after: dates follow one another */
    bool narrative;     /* so, or nobody says when the article was published */
    struct days last;   /* the date told last, and where */
    struct span last_at;
    uint32_t last_token; /* the token behind it */
    struct days quarter; /* the quarter told last */
    uint32_t quarter_token; /* behind the words that spoke of it last */
    int32_t before_christ; /* the year, when the date told last was one; else 0 */
    enum date_order order; /* of numbers in dates, as far as the text shows */
};

/* Fills value, type, days, anchor, flags, other of `d`, whose `at` is set; false when the words are
 * no date after all. */
bool date_read(struct date_context *c, const struct date_rule *rule, struct span tokens,
               struct date *d);

#endif
