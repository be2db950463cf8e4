/* link_conflicts: what the finders of conflicts share.  For link_conflicts.c and
 * conflict_numbers.c. */
#ifndef CORE_LINK_CONFLICTS_H
#define CORE_LINK_CONFLICTS_H

#include "core/link_events.h"

struct conflict_making {
    const struct link_job *job;
    struct links *l;
    VEC(struct conflict) conflicts;
    VEC(struct conflict_value) values;
    VEC(struct passage) passages;
};

/* One source of one answer, before answers are gathered. */
struct told {
    struct str value;
    struct passage where;
};
typedef VEC(struct told) told_vec;

/* A conflict from what is told, if at least two values are: values by how many articles give them,
 * the most first; passages in order of article.  Reorders `told`.  Null: all agree. The result
 * lives until the next call. */
struct conflict *conflict_add(struct conflict_making *m, enum conflict_kind kind, struct str about,
                              told_vec *told);

/* Is there an article that gives two of the values? */
bool told_share_article(const told_vec *told);

/* Votes ("10-2", "11-1") and ages ("Reiss, 61," where the dates make it 63). */
void conflicts_of_numbers(struct conflict_making *m);

#endif
