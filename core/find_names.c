#include "core/find.h"

void find_names(struct finder *f, const struct body *body, struct found *out)
{
    (void)f, (void)body, (void)out;
}
