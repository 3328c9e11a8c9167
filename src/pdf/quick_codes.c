/* Made by tests/bench/codes from the example documents, in all tiers and on both papers. */
#include "pdf/quick.h"

const struct quick_code quick_codes[QUICK_KINDS] = {
    [QUICK_CONTENTS] =
        {.literals =
             "8abbbbbbcb7ccecccdcdcbccccccccdc4ccccbcc66dc875765565566669baeaee888989b99ac889a9a997ccaee"
             "e89aeee687658875b967667b666798a8beeeeedeeeeeeeeeeeeeeeeebeecaeeeeeeeeeeeeeeeeeeeeeeeeeeeee"
             "eee9eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeebe445566767787"
             "8898bccddeeeeeee",
         .distances = "cccc88876655554434343445579bcc",
         .lengths = "0005444434443530300"},
    [QUICK_OBJECTS] =
        {.literals =
             "8eecdddeecaeeeceeeeeeeeeeeeeeeee4eeeeeee98eda9775555555555bd9e8ee9988a9ba9b99aaa9b899abbcc"
             "c7b9ebe798869997ba89778d7778a9b9eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeedeeeeeeeeeeeeeeeeeee"
             "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeddde344567766766"
             "68878aaaceeeeeee",
         .distances = "a7a897666655444544444545455557",
         .lengths = "0006445443446420300"},
    [QUICK_TEXT] =
        {.literals =
             "eeeeeeeeee7eeeeeeeeeeeeeeeeeeeee4e8eebeacb9e777988899999997aeeeee8a9aaaaa9dcaa9a9b999cbaed"
             "eaeae8d576647765b756556a55568797beceeea9acabcbbbbbbcdcccccbbcbcbccbcbcbbdcacdbbbbcbccbbabb"
             "bacbabccbcbbeedbeeeeeeeeee9b9aeeeee9aaeeeeee9ecacaabcddbbceeeeeeeeeeeeeeeeeece345567777898"
             "9ababbcddceeeeee",
         .distances = "8ccb9a876766554544443434455778",
         .lengths = "0005544444333430400"},
    [QUICK_METADATA] =
        {.literals =
             "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee6e58eeeeeeee977666677888876e7678e888788a98eab89c8a8879e9ee"
             "aeeeeee575546675e866555a565697678eeeeeeeeeeeeeeeeeeeeeeeeeeeeeedeeeeeeeeeeeeeeeeeeeeeeeeee"
             "eeeeeeeaeeeaeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeedeeeeeeeeeeeeaeeeeeeeeeeeeeeeeae5556667687a8"
             "879eaaae8eeeeeee",
         .distances = "cc8cc866554435343544386ccbbbbb",
         .lengths = "0006533435475720300"},
};
