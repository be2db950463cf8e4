#include "core/link_events.h"

void link_conflicts(const struct link_job *job, struct links *l, const statement_vec *all,
                    const uint32_t *statement_of_claim)
{
    (void)job, (void)l, (void)all, (void)statement_of_claim;
}
