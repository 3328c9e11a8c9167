/* Looking things up in a house. */
#include "model/house.h"

const struct tier *house_tier(const struct house *house, struct str id)
{
    for (size_t i = 0; i < house->tiers.count; i++)
        if (str_eq(house->tiers.items[i].id.s, id))
            return &house->tiers.items[i];
    return NULL;
}

const struct band *house_band(const struct house *house, int hundredths)
{
    for (size_t i = 0; i < house->scale.bands.count; i++) {
        const struct band *band = &house->scale.bands.items[i];
        if (hundredths >= band->from.hundredths && hundredths <= band->to.hundredths)
            return band;
    }
    return NULL;
}
