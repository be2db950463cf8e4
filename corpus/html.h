/* html: a page, taken apart: what it says about itself, and its blocks of text.
 *
 * html_parse walks the page once; html_body chooses the blocks that are the article.  Inside the
 * HTML reader only. */
#ifndef CORPUS_HTML_H
#define CORPUS_HTML_H

#include "core/arena.h"
#include "core/base.h"

/* What a page states, in many places; the offer with the lowest rank stands. */
enum html_field {
    HTML_TITLE,
    HTML_DATE,
    HTML_AUTHOR,
    HTML_OUTLET,
    HTML_URL,
    HTML_TAGS,
    HTML_BODY, /* the text itself, as JSON-LD sometimes has it */
    HTML_FIELDS
};

enum html_node_flag {
    HTML_SUSPECT = 1,  /* a tag or class that mostly holds furniture */
    HTML_COMMENTS = 2, /* readers' comments */
    HTML_STATED = 4,   /* itemprop="articleBody" */
    HTML_PARAGRAPH = 8,
    HTML_HEADING = 16,
    HTML_ITEM = 32,
    HTML_LIKELY = 64, /* a class that mostly holds the article */
};

/* A block-level element; node 0 is the page.  Parents come before their children. */
struct html_node {
    uint32_t parent;
    uint8_t flags; /* enum html_node_flag */
    float score;   /* html_body's: how much prose below it */
};

/* A run of text between the edges of blocks, blanks collapsed; '\n' for a line break. */
struct html_block {
    struct span at; /* in page.text */
    uint32_t node;  /* the innermost block-level element around it */
    uint32_t link_bytes;
};

struct html_page {
    struct arena memory;
    VEC(struct html_node) nodes;
    VEC(struct html_block) blocks;
    struct { char *v; size_t n, cap; } text;
    struct { struct str value; int rank; } fields[HTML_FIELDS]; /* rank 0: none offered */
    struct str window_title; /* <title> */
    struct str heading;      /* the first <h1> */
    bool too_deep;           /* given up: nested deeper, or with more attributes, than any page */
};

/* `text` is valid UTF-8.  Bounded in time for any input: linear, or given up (too_deep). */
void html_parse(struct html_page *p, struct str text);
void html_page_free(struct html_page *p);

/* Offers a value for a field; blanks are trimmed, nothing is taken from an empty one.  Copied. */
void html_offer(struct html_page *p, enum html_field field, int rank, struct str value);

/* <meta name=… content=…> and JSON-LD. */
void html_take_meta(struct html_page *p, struct str name, struct str content);
void html_take_json_ld(struct html_page *p, struct str json);

/* The headline without the name of the paper behind it; empty when the page has none. */
struct str html_title(const struct html_page *p);

/* The article's text: paragraphs parted by blank lines, in `a`.  Empty when there is none. */
struct str html_body(struct html_page *p, struct arena *a, struct str title);

/* All text between tags, for a page that was given up; a line for each block tag. */
struct str html_strip(struct arena *a, struct str text);

#endif
